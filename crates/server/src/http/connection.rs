//! One connection, from accept to close: HTTP/1.1 or HTTP/2, requests in, responses out.
//!
//! It decides which headers every response carries and what a panic becomes. It must never look at
//! what a request asks for.

use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{StatusCode, Version};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::Semaphore;

use super::io::Watched;
use super::limits::{
    GOAWAY_TIMEOUT_MS, HEADER_BYTES_MAX, HEADERS_MAX, HTTP2_CONNECTION_WINDOW_BYTES,
    HTTP2_FRAME_BYTES_MAX, HTTP2_LOCAL_RESETS_MAX, HTTP2_PENDING_RESETS_MAX, HTTP2_SEND_BYTES_MAX,
    HTTP2_STREAM_WINDOW_BYTES, HTTP2_STREAMS_MAX, Limits,
};
use super::reading::{ReadError, headers, read_body};
use super::watch::{Late, Stopwatch};
use super::{Doors, Request, RequestId, Response, cors};
use crate::env::Env;
use crate::shutdown::{Phase, Shutdown};

const REQUEST_ID_HEADER: HeaderName = HeaderName::from_static("x-amzn-requestid");
/// Purpose of the randomness that request ids are drawn from.
const REQUEST_ID_PURPOSE: &str = "request-id";

/// What all connections of a listener share.
pub struct Shared {
    doors: Arc<dyn Doors>,
    env: Env,
    limits: Limits,
    large_bodies: Semaphore,
    requests: AtomicU64,
    http: auto::Builder<TokioExecutor>,
}

impl Shared {
    /// Sets up the protocol with its limits.
    pub fn new(doors: Arc<dyn Doors>, env: Env, limits: Limits) -> Self {
        let mut http = auto::Builder::new(TokioExecutor::new());
        // The header timer is ours (see `watch`); hyper's would also cut idle connections.
        http.http1()
            .timer(TokioTimer::new())
            .header_read_timeout(None)
            .max_headers(HEADERS_MAX)
            .max_buf_size(HEADER_BYTES_MAX)
            .keep_alive(true)
            .half_close(false);
        http.http2()
            .timer(TokioTimer::new())
            .max_concurrent_streams(HTTP2_STREAMS_MAX)
            .max_header_list_size(u32::try_from(HEADER_BYTES_MAX).unwrap_or(u32::MAX))
            .initial_stream_window_size(HTTP2_STREAM_WINDOW_BYTES)
            .initial_connection_window_size(HTTP2_CONNECTION_WINDOW_BYTES)
            .max_frame_size(HTTP2_FRAME_BYTES_MAX)
            .max_send_buf_size(HTTP2_SEND_BYTES_MAX)
            .max_pending_accept_reset_streams(HTTP2_PENDING_RESETS_MAX)
            .max_local_error_reset_streams(HTTP2_LOCAL_RESETS_MAX);
        Shared {
            doors,
            env,
            large_bodies: Semaphore::new(limits.large_bodies_max),
            limits,
            requests: AtomicU64::new(0),
            http,
        }
    }

    /// The limits of this listener.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }
}

/// Serves one connection until either side ends it, the client is late, or the server stops.
pub async fn serve<T>(shared: Arc<Shared>, stream: T, peer: SocketAddr, mut shutdown: Shutdown)
where
    T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let limits = &shared.limits;
    let stopwatch = Arc::new(Stopwatch::start(limits.header_timeout, limits.idle_timeout));
    let io = TokioIo::new(Watched::new(stream, Arc::clone(&stopwatch)));
    let service = {
        let (shared, stopwatch) = (Arc::clone(&shared), Arc::clone(&stopwatch));
        service_fn(move |request| {
            let (shared, stopwatch) = (Arc::clone(&shared), Arc::clone(&stopwatch));
            async move { answer(&shared, &stopwatch, peer, request).await }
        })
    };
    let mut connection = pin!(shared.http.serve_connection(io, service));
    let mut overdue = pin!(stopwatch.overdue());
    tokio::select! {
        result = connection.as_mut() => log_end(peer, result),
        late = overdue.as_mut() => {
            tracing::debug!(%peer, ?late, "closing a connection");
            if late == Late::Headers {
                return;
            }
            connection.as_mut().graceful_shutdown();
            let patience = Duration::from_millis(GOAWAY_TIMEOUT_MS);
            let _dropped_anyway = tokio::time::timeout(patience, connection).await;
        }
        () = shutdown.reached(Phase::Draining) => {
            connection.as_mut().graceful_shutdown();
            // Whoever waits for this task also bounds the wait; a late client is late here, too.
            tokio::select! {
                result = connection => log_end(peer, result),
                _late = overdue => {}
            }
        }
    }
}

fn log_end(peer: SocketAddr, result: Result<(), Box<dyn std::error::Error + Send + Sync>>) {
    if let Err(error) = result {
        // Clients break off all the time; that is for whoever looks for it.
        tracing::debug!(%peer, error = %error, "a connection ended badly");
    }
}

/// Answers one request of a connection. The error ends the connection without an answer.
async fn answer(
    shared: &Shared,
    stopwatch: &Stopwatch,
    peer: SocketAddr,
    request: hyper::Request<Incoming>,
) -> Result<hyper::Response<Full<Bytes>>, ClientGone> {
    let version = request.version();
    let _active = stopwatch.request_begins(version);
    let number = shared.requests.fetch_add(1, Ordering::Relaxed);
    let id = RequestId::generate(&mut shared.env.entropy.fork(REQUEST_ID_PURPOSE, number));
    match respond(shared, peer, id, request).await {
        Ok(response) => Ok(to_http(id, response, None)),
        Err(ReadError::Refused(response)) => {
            tracing::info!(request_id = %id, %peer, status = response.status, "request not read");
            let close = (version < Version::HTTP_2).then(|| HeaderValue::from_static("close"));
            Ok(to_http(id, response, close))
        }
        Err(ReadError::Gone) => Err(ClientGone),
    }
}

/// The client ended its request in the middle.
#[derive(Debug, thiserror::Error)]
#[error("the client broke off its request")]
struct ClientGone;

async fn respond(
    shared: &Shared,
    peer: SocketAddr,
    id: RequestId,
    request: hyper::Request<Incoming>,
) -> Result<Response, ReadError> {
    let received = shared.env.clock.now();
    let (parts, body) = request.into_parts();
    let headers = headers(&parts).map_err(ReadError::Refused)?;
    let body = read_body(body, &shared.limits, &shared.large_bodies).await?;
    let request = Request {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers,
        body: body.bytes.clone(),
        peer,
        id,
        received,
    };
    Ok(guarded(shared, request).await)
}

/// Runs the doors; a panic becomes an answer like every other fault. The panic hook logs it.
async fn guarded(shared: &Shared, request: Request) -> Response {
    let mut handling = match catch_unwind(AssertUnwindSafe(|| shared.doors.handle(request))) {
        Ok(handling) => handling,
        Err(_panic) => return Response::internal_error(),
    };
    std::future::poll_fn(|cx| {
        // Unwinding leaves `handling` broken, and it is not polled again.
        catch_unwind(AssertUnwindSafe(|| handling.as_mut().poll(cx)))
            .unwrap_or_else(|_panic| Poll::Ready(Response::internal_error()))
    })
    .await
}

/// Puts on the headers that every response carries.
fn to_http(
    id: RequestId,
    response: Response,
    connection: Option<HeaderValue>,
) -> hyper::Response<Full<Bytes>> {
    let mut http = hyper::Response::new(Full::new(response.body));
    *http.status_mut() =
        StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = http.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
        headers.insert(REQUEST_ID_HEADER, id);
    }
    headers
        .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static(cors::ALLOW_ORIGIN));
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static(cors::EXPOSE_HEADERS),
    );
    if let Some(content_type) = response.content_type {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    for (name, value) in response.headers {
        if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
            headers.append(name, header_value(&value));
        }
    }
    if let Some(connection) = connection {
        headers.insert(header::CONNECTION, connection);
    }
    http
}

/// A header value from any text: what may not stand in one becomes a blank.
fn header_value(text: &str) -> HeaderValue {
    let clean: Vec<u8> =
        text.bytes().map(|byte| if byte < 0x20 || byte == 0x7f { b' ' } else { byte }).collect();
    HeaderValue::from_bytes(&clean).unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_client_cannot_start_a_header() {
        assert_eq!(
            header_value("a\r\nSet-Cookie: b\u{7f}é").as_bytes(),
            "a  Set-Cookie: b é".as_bytes()
        );
    }
}
