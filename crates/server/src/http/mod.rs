//! The HTTP side of the server: sockets in, [`Request`]s out, [`Response`]s back.
//!
//! It decides how long a client may take, how much it may send, how many may be connected and which
//! headers every answer carries. It must never know what an operation is, who calls, or what is
//! stored: everything behind [`Doors`] is somebody else's. Start reading at [`listener::serve`].

pub mod connection;
pub mod cors;
pub mod io;
pub mod limits;
pub mod listener;
pub mod reading;
pub mod request;
pub mod response;
pub mod router;
pub mod watch;

#[cfg(test)]
mod tests;

use std::pin::Pin;

pub use limits::Limits;
pub use request::{Header, Request, RequestId};
pub use response::Response;

/// A future that is boxed and may move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What stands behind the listener: it gets every complete request and answers each with exactly one
/// response.
///
/// A refusal is a response, too, so there is no error. A panic in `handle` becomes the 500 of
/// [`Response::internal_error`] and one error line in the log; other requests go on.
pub trait Doors: Send + Sync + 'static {
    /// Answers one request. The listener adds the request id, CORS and `Date` headers itself.
    fn handle(&self, request: Request) -> BoxFuture<'_, Response>;
}
