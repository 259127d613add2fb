//! The bounds of the listener, each a named constant, and the struct that carries them.
//!
//! Tests inject a [`Limits`] with small times; the server uses [`Limits::default`] with the
//! connection count of the configuration. Nothing else in the server may bound a socket.

use std::time::Duration;

/// The largest request body, in bytes; a larger one is answered with status 413.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;
/// A body up to this size never waits for a slot among the large ones.
pub const SMALL_BODY_BYTES_MAX: usize = 64 * 1024;
/// How many bodies above [`SMALL_BODY_BYTES_MAX`] may be in memory at once, so that ten thousand
/// clients sending a megabyte each cannot exhaust it; more are answered with status 503.
pub const LARGE_BODIES_MAX: usize = 64;
/// The largest request head (request line and headers), in bytes; a larger one gets status 431.
pub const HEADER_BYTES_MAX: usize = 32 * 1024;
/// The most header lines of a request.
pub const HEADERS_MAX: usize = 100;
/// From the first byte of a request (or from connecting) to the end of its headers.
pub const HEADER_TIMEOUT_MS: u64 = 10_000;
/// From the end of the headers to the end of the body; then status 408.
pub const BODY_TIMEOUT_MS: u64 = 30_000;
/// How long a connection may stay open without a request, and a response may stay unread.
pub const IDLE_TIMEOUT_MS: u64 = 75_000;
/// How long a shutdown waits for requests in flight.
pub const DRAIN_TIMEOUT_MS: u64 = 10_000;
/// How long an idle connection that was told to go away may take to do so.
pub const GOAWAY_TIMEOUT_MS: u64 = 1_000;
/// Default of the setting `max-connections`.
pub const CONNECTIONS_DEFAULT: usize = 10_000;
/// How long the listener rests when the system has no file descriptor for a new connection.
pub const ACCEPT_BACKOFF_MS: u64 = 50;

/// HTTP/2: requests that one connection may have in flight.
pub const HTTP2_STREAMS_MAX: u32 = 64;
/// HTTP/2: bytes of one body that a client may send ahead of our reading.
pub const HTTP2_STREAM_WINDOW_BYTES: u32 = 128 * 1024;
/// HTTP/2: bytes of all bodies of a connection that a client may send ahead of our reading.
pub const HTTP2_CONNECTION_WINDOW_BYTES: u32 = 1024 * 1024;
/// HTTP/2: the largest frame.
pub const HTTP2_FRAME_BYTES_MAX: u32 = 16 * 1024;
/// HTTP/2: bytes of one response buffered for a client that does not read.
pub const HTTP2_SEND_BYTES_MAX: usize = 64 * 1024;
/// HTTP/2: requests reset by the client before we saw them ("rapid reset"); more closes the
/// connection.
pub const HTTP2_PENDING_RESETS_MAX: usize = 20;
/// HTTP/2: streams that the client's errors make us reset ("made you reset"); more closes the
/// connection.
pub const HTTP2_LOCAL_RESETS_MAX: usize = 100;

/// The bounds that one listener enforces.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Largest body, bytes ([`BODY_BYTES_MAX`]).
    pub body_bytes_max: usize,
    /// Bodies above [`SMALL_BODY_BYTES_MAX`] in memory at once ([`LARGE_BODIES_MAX`]).
    pub large_bodies_max: usize,
    /// Time for the headers of a request ([`HEADER_TIMEOUT_MS`]).
    pub header_timeout: Duration,
    /// Time for the body of a request ([`BODY_TIMEOUT_MS`]).
    pub body_timeout: Duration,
    /// Time between requests ([`IDLE_TIMEOUT_MS`]).
    pub idle_timeout: Duration,
    /// Time for requests in flight at a shutdown ([`DRAIN_TIMEOUT_MS`]).
    pub drain_timeout: Duration,
    /// Connections open at once; more wait in the system's queue ([`CONNECTIONS_DEFAULT`]).
    pub connections_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            body_bytes_max: BODY_BYTES_MAX,
            large_bodies_max: LARGE_BODIES_MAX,
            header_timeout: Duration::from_millis(HEADER_TIMEOUT_MS),
            body_timeout: Duration::from_millis(BODY_TIMEOUT_MS),
            idle_timeout: Duration::from_millis(IDLE_TIMEOUT_MS),
            drain_timeout: Duration::from_millis(DRAIN_TIMEOUT_MS),
            connections_max: CONNECTIONS_DEFAULT,
        }
    }
}
