//! From settings and files to a running application: the store is opened and migrated, keys are
//! derived, background work begins. What the application does is not decided here.

use std::net::SocketAddr;
use std::sync::Arc;

use crate::config::Config;
use crate::env::Env;
use crate::http::router::{Route, route};
use crate::http::{BoxFuture, Doors, Request, Response, cors, response};
use crate::shutdown::Shutdown;
use crate::startup::Prepared;

/// What an application is started with.
pub struct Start {
    /// The settings.
    pub config: Arc<Config>,
    /// What is on disk, locked for this process.
    pub prepared: Arc<Prepared>,
    /// Time and randomness.
    pub env: Env,
    /// The address that the listener has.
    pub bound: SocketAddr,
    /// Tells background work to stop.
    pub shutdown: Shutdown,
}

/// A running application, and what must end with it.
pub struct Running {
    _start: Start,
}

/// Opens what the application needs; it is ready for requests when this returns.
///
/// # Errors
/// Whatever keeps it from starting, in words for the operator.
pub async fn start(start: Start) -> Result<Arc<Running>, Box<dyn std::error::Error + Send + Sync>> {
    Ok(Arc::new(Running { _start: start }))
}

impl Running {
    /// Ends background work and closes the store; called when no request is in flight any more.
    pub async fn stop(&self) {}
}

impl Doors for Running {
    fn handle(&self, request: Request) -> BoxFuture<'_, Response> {
        Box::pin(async move {
            match route(&request) {
                Route::Health => Response::new(200, response::JSON, r#"{"status":"ok"}"#),
                Route::Preflight => cors::preflight(&request),
                Route::MethodNotAllowed { allow } => Response::method_not_allowed(allow),
                _ => Response::not_understood(),
            }
        })
    }
}
