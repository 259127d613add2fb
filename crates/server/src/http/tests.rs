//! The listener over loopback sockets: limits, shutdown, both protocol versions, hostile bytes.
//!
//! Clients here are raw sockets, because what matters is what no client library would send. Where a
//! test waits, it waits for the server to act under a tiny limit, never for time to pass.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hyper::Method;
use poolhouse_domain::time::Timestamp;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::listener::{Drained, serve};
use super::router::{Route, route};
use super::{BoxFuture, Doors, Limits, Request, Response, cors, response};
use crate::env::Env;
use crate::shutdown::{self, Trigger};

/// A test that hangs fails instead.
const PATIENCE: Duration = Duration::from_secs(20);
const TINY: Duration = Duration::from_millis(20);
const NOW_MS: i64 = 1_700_000_000_000;

/// Answers `/echo` with the request, `/slow` when told to, `/panic` never, and the rest by route.
struct Fake {
    entered: Semaphore,
    released: Semaphore,
}

impl Doors for Fake {
    fn handle(&self, request: Request) -> BoxFuture<'_, Response> {
        Box::pin(async move {
            match request.path.as_str() {
                "/echo" => echo(&request),
                "/slow" => {
                    self.entered.add_permits(1);
                    self.released.acquire().await.unwrap().forget();
                    Response::new(200, response::JSON, "{}")
                }
                "/panic" => panic!("a handler broke"),
                _ if route(&request) == Route::Preflight => cors::preflight(&request),
                _ => Response::not_understood(),
            }
        })
    }
}

fn echo(request: &Request) -> Response {
    let headers: Vec<String> = request
        .headers
        .iter()
        .map(|header| format!("{}={}", header.name, String::from_utf8_lossy(&header.value)))
        .collect();
    let body = serde_json::json!({
        "method": request.method.as_str(),
        "query": request.query,
        "headers": headers,
        "body": String::from_utf8_lossy(&request.body),
        "received": request.received.as_millis(),
        "id": request.id.to_string(),
    });
    Response::new(200, response::JSON, body.to_string())
}

struct Server {
    address: SocketAddr,
    fake: Arc<Fake>,
    trigger: Trigger,
    running: JoinSet<Drained>,
}

impl Server {
    async fn start(limits: Limits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let fake = Arc::new(Fake { entered: Semaphore::new(0), released: Semaphore::new(0) });
        let (env, _clock) = Env::simulated(Timestamp::from_millis(NOW_MS), 1);
        let (trigger, shutdown) = shutdown::channel();
        let mut running = JoinSet::new();
        let doors: Arc<dyn Doors> = Arc::<Fake>::clone(&fake);
        running.spawn(serve(listener, doors, env, limits, shutdown));
        Server { address, fake, trigger, running }
    }

    async fn connect(&self) -> Client {
        Client { stream: TcpStream::connect(self.address).await.unwrap(), unread: Vec::new() }
    }

    async fn send(&self, text: impl AsRef<[u8]>) -> Client {
        let mut client = self.connect().await;
        client.send(text).await;
        client
    }

    /// Waits until a request is inside `/slow`.
    async fn entered(&self) {
        patiently(self.fake.entered.acquire()).await.unwrap().forget();
    }

    async fn ended(mut self) -> Drained {
        patiently(self.running.join_next()).await.unwrap().unwrap()
    }
}

async fn patiently<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, future).await.expect("the server did not act")
}

struct Client {
    stream: TcpStream,
    unread: Vec<u8>,
}

#[derive(Debug)]
struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Reply {
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// A header's value; `name` in lower case.
    fn header(&self, name: &str) -> Option<&str> {
        let line = |line: &'_ str| line.split_once(": ").is_some_and(|(n, _)| n == name);
        self.head.lines().find(|l| line(l)).and_then(|l| l.split_once(": ")).map(|(_, v)| v)
    }
}

impl Client {
    async fn send(&mut self, text: impl AsRef<[u8]>) {
        // A server that has already refused may close before it has read everything.
        let _refused_early = self.stream.write_all(text.as_ref()).await;
    }

    /// Reads one response with a `Content-Length`; none when the server closes instead.
    async fn reply(&mut self) -> Option<Reply> {
        loop {
            if let Some(reply) = self.complete() {
                return Some(reply);
            }
            let mut buffer = [0; 4096];
            match patiently(self.stream.read(&mut buffer)).await {
                Ok(0) | Err(_) => return None,
                Ok(count) => self.unread.extend_from_slice(&buffer[..count]),
            }
        }
    }

    fn complete(&mut self) -> Option<Reply> {
        let end = self.unread.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
        let head = String::from_utf8(self.unread[..end].to_vec()).unwrap();
        let status = head[9..12].parse().unwrap();
        let mut reply = Reply { status, head, body: String::new() };
        let length: usize = reply.header("content-length").map_or(0, |v| v.parse().unwrap());
        if self.unread.len() < end + length {
            return None;
        }
        reply.body = String::from_utf8(self.unread[end..end + length].to_vec()).unwrap();
        self.unread.drain(..end + length);
        Some(reply)
    }

    /// Waits until the server closes; panics if it says something first.
    async fn closed(&mut self) {
        if let Some(reply) = self.reply().await {
            panic!("the server answered {reply:?}");
        }
    }
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: h\r\n\r\n")
}

#[tokio::test]
async fn a_request_arrives_whole_and_its_response_has_the_common_headers() {
    let server = Server::start(Limits::default()).await;
    let mut client = server
        .send(
            "POST /echo?a=%20&b HTTP/1.1\r\nHost: localhost:9229\r\nX-Two:  one \r\n\
             Content-Length: 4\r\nx-two: two\r\n\r\nbody",
        )
        .await;
    let reply = client.reply().await.unwrap();
    assert_eq!(reply.status, 200);
    let json = reply.json();
    assert_eq!(json["method"], "POST");
    assert_eq!(json["query"], "a=%20&b");
    assert_eq!(json["body"], "body");
    assert_eq!(json["received"], NOW_MS);
    let headers = json["headers"].as_array().unwrap();
    let count = |line: &str| headers.iter().filter(|header| *header == line).count();
    for line in ["host=localhost:9229", "x-two=one", "x-two=two", "content-length=4"] {
        assert_eq!(count(line), 1, "{line}: {headers:?}");
    }
    assert_eq!(reply.header("x-amzn-requestid"), json["id"].as_str());
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    assert_eq!(
        reply.header("access-control-expose-headers"),
        Some("x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date")
    );
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert!(reply.header("date").unwrap().ends_with(" GMT"));
}

#[tokio::test]
async fn a_connection_is_kept_for_more_requests() {
    let server = Server::start(Limits::default()).await;
    let mut client = server.send(get("/echo")).await;
    let first = client.reply().await.unwrap().json();
    client.send(get("/echo") + &get("/echo")).await;
    let second = client.reply().await.unwrap().json();
    let third = client.reply().await.unwrap().json();
    assert!(first["id"] != second["id"] && second["id"] != third["id"]);
}

#[tokio::test]
async fn a_preflight_is_answered_with_what_it_asks_for() {
    let server = Server::start(Limits::default()).await;
    let asked = "content-type,x-amz-target,x-amz-user-agent";
    let request = format!(
        "OPTIONS / HTTP/1.1\r\nHost: h\r\nOrigin: http://localhost:3000\r\n\
         Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: {asked}\r\n\r\n"
    );
    let reply = server.send(request).await.reply().await.unwrap();
    assert_eq!((reply.status, reply.header("content-length")), (200, Some("0")));
    assert_eq!(reply.header("access-control-allow-headers"), Some(asked));
    assert_eq!(reply.header("access-control-allow-methods"), Some("POST"));
    assert_eq!(reply.header("access-control-max-age"), Some("172800"));
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
}

fn small_bodies() -> Limits {
    Limits { body_bytes_max: 8, ..Limits::default() }
}

#[tokio::test]
async fn a_body_may_be_as_large_as_the_limit() {
    let server = Server::start(small_bodies()).await;
    let request = "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 8\r\n\r\n12345678";
    let mut client = server.send(request).await;
    assert_eq!(client.reply().await.unwrap().json()["body"], "12345678");
    let chunked = "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n\
                   4\r\n1234\r\n4\r\n5678\r\n0\r\n\r\n";
    client.send(chunked).await;
    assert_eq!(client.reply().await.unwrap().json()["body"], "12345678");
}

#[tokio::test]
async fn a_larger_body_is_refused_and_the_connection_closed() {
    let server = Server::start(small_bodies()).await;
    let announced = "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n";
    let chunked = "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n\
                   9\r\n123456789\r\n0\r\n\r\n";
    for request in [announced, chunked] {
        let mut client = server.send(request).await;
        let reply = client.reply().await.unwrap();
        assert_eq!((reply.status, reply.header("connection")), (413, Some("close")));
        assert_eq!(
            reply.json(),
            serde_json::json!({
                "__type": "RequestEntityTooLargeException",
                "message": "The request body is larger than 8 bytes.",
            })
        );
        assert!(reply.header("x-amzn-requestid").is_some());
        client.closed().await;
    }
}

#[tokio::test]
async fn a_client_that_asks_before_sending_is_told() {
    let server = Server::start(small_bodies()).await;
    let expect = |length: usize| {
        format!(
            "POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n\
             Content-Length: {length}\r\n\r\n"
        )
    };
    let mut client = server.send(expect(9)).await;
    assert_eq!(client.reply().await.unwrap().status, 413);
    let mut client = server.send(expect(4)).await;
    assert_eq!(client.reply().await.unwrap().status, 100);
    client.send("body").await;
    assert_eq!(client.reply().await.unwrap().json()["body"], "body");
}

#[tokio::test]
async fn too_many_large_bodies_are_turned_away() {
    let server = Server::start(Limits { large_bodies_max: 0, ..Limits::default() }).await;
    let body = "x".repeat(super::limits::SMALL_BODY_BYTES_MAX);
    let request = |body: &str| {
        let length = body.len();
        format!("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: {length}\r\n\r\n{body}")
    };
    let mut client = server.send(request(&body)).await;
    assert_eq!(client.reply().await.unwrap().status, 200);
    client.send(request(&format!("{body}x"))).await;
    let reply = client.reply().await.unwrap();
    assert_eq!((reply.status, reply.header("retry-after")), (503, Some("1")));
}

#[tokio::test]
async fn a_slow_body_is_given_up() {
    let server = Server::start(Limits { body_timeout: TINY, ..Limits::default() }).await;
    let request = "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n1";
    let mut client = server.send(request).await;
    assert_eq!(client.reply().await.unwrap().status, 408);
    client.closed().await;
}

#[tokio::test]
async fn slow_headers_close_the_connection() {
    let server = Server::start(Limits { header_timeout: TINY, ..Limits::default() }).await;
    server.connect().await.closed().await;
    server.send("P").await.closed().await;
    server.send("PRI * HTTP/2.0\r\n\r\n").await.closed().await;
    server.send("POST / HTTP/1.1\r\nHost: h\r\n").await.closed().await;
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let server = Server::start(Limits { idle_timeout: TINY, ..Limits::default() }).await;
    let mut client = server.send(get("/echo")).await;
    client.reply().await.unwrap();
    client.closed().await;
}

#[tokio::test]
async fn a_second_request_must_not_dawdle_either() {
    let limits = Limits { header_timeout: TINY, ..Limits::default() };
    let server = Server::start(limits).await;
    let mut client = server.send(get("/echo")).await;
    // On a machine so slow that the first request was late, there is nothing to see.
    if client.reply().await.is_some() {
        client.send("GET /echo HT").await;
        client.closed().await;
    }
}

#[tokio::test]
async fn connections_beyond_the_limit_wait_their_turn() {
    let server = Server::start(Limits { connections_max: 1, ..Limits::default() }).await;
    let mut first = server.send(get("/slow")).await;
    server.entered().await;
    let mut second = server.send(get("/echo")).await;
    server.fake.released.add_permits(1);
    assert_eq!(first.reply().await.unwrap().status, 200);
    // The first is idle now and still holds its place.
    assert!(tokio::time::timeout(TINY, second.reply()).await.is_err());
    drop(first);
    assert_eq!(second.reply().await.unwrap().status, 200);
}

#[tokio::test]
async fn a_panic_is_an_answer_and_not_the_end() {
    let server = Server::start(Limits::default()).await;
    let mut client = server.send(get("/panic") + &get("/echo")).await;
    let reply = client.reply().await.unwrap();
    assert_eq!(reply.status, 500);
    assert_eq!(reply.json()["__type"], "InternalErrorException");
    assert!(!reply.body.contains("a handler broke"));
    assert_eq!(client.reply().await.unwrap().status, 200);
}

#[tokio::test]
async fn a_shutdown_finishes_what_is_in_flight_and_takes_nothing_new() {
    let server = Server::start(Limits::default()).await;
    let mut idle = server.send(get("/echo")).await;
    idle.reply().await.unwrap();
    let mut busy = server.send(get("/slow") + &get("/echo")).await;
    server.entered().await;
    server.trigger.advance();
    idle.closed().await;
    // The listener is gone before the last request ends.
    patiently(async {
        while TcpStream::connect(server.address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    server.fake.released.add_permits(1);
    let reply = busy.reply().await.unwrap();
    assert_eq!((reply.status, reply.header("connection")), (200, Some("close")));
    busy.closed().await;
    assert_eq!(server.ended().await, Drained { abandoned: 0 });
}

#[tokio::test]
async fn a_shutdown_does_not_wait_for_ever() {
    let server = Server::start(Limits { drain_timeout: TINY, ..Limits::default() }).await;
    let mut client = server.send(get("/slow")).await;
    server.entered().await;
    server.trigger.advance();
    client.closed().await;
    assert_eq!(server.ended().await, Drained { abandoned: 1 });
}

#[tokio::test]
async fn a_second_signal_ends_at_once() {
    let server = Server::start(Limits::default()).await;
    let mut client = server.send(get("/slow")).await;
    server.entered().await;
    server.trigger.advance();
    server.trigger.advance();
    client.closed().await;
    assert_eq!(server.ended().await, Drained { abandoned: 1 });
}

/// What a hostile request must come to.
enum Fate {
    /// This status, then the connection is closed.
    Refused(u16),
    /// Closed without a word.
    Dropped,
    /// One answer, and whatever stands behind the request is not taken for another.
    OnceThenClosed,
}

/// Raw requests that proxies and servers have been found to read differently.
fn hostile() -> Vec<(&'static str, String, Fate)> {
    use Fate::{Dropped, OnceThenClosed, Refused};
    let post = |headers: &str, body: &str| {
        format!("POST /echo HTTP/1.1\r\nHost: h\r\n{headers}\r\n\r\n{body}")
    };
    let chunked = |body: &str| post("Transfer-Encoding: chunked", body);
    let smuggled = get("/echo");
    let many: String = (0..101).map(|n| format!("x-{n}: y\r\n")).collect();
    let big = "y".repeat(64 * 1024);
    vec![
        ("two lengths", post("Content-Length: 4\r\nContent-Length: 5", "12345"), Refused(400)),
        ("list of lengths", post("Content-Length: 4, 4", "1234"), Refused(400)),
        ("signed length", post("Content-Length: +4", "1234"), Refused(400)),
        ("negative length", post("Content-Length: -1", ""), Refused(400)),
        ("hex length", post("Content-Length: 0x4", "1234"), Refused(400)),
        ("empty length", post("Content-Length: ", "1234"), Refused(400)),
        ("huge length", post("Content-Length: 99999999999999999999999", ""), Refused(400)),
        (
            "length, then encoding",
            post("Content-Length: 4\r\nTransfer-Encoding: chunked", "0\r\n\r\n") + &smuggled,
            OnceThenClosed,
        ),
        (
            "encoding, then length",
            post("Transfer-Encoding: chunked\r\nContent-Length: 4", "0\r\n\r\n") + &smuggled,
            OnceThenClosed,
        ),
        ("identity", post("Transfer-Encoding: identity", "abc"), Refused(400)),
        ("not last chunked", post("Transfer-Encoding: chunked, gzip", "0\r\n\r\n"), Refused(400)),
        ("misspelt chunked", post("Transfer-Encoding: xchunked", "0\r\n\r\n"), Refused(400)),
        (
            "chunked in HTTP/1.0",
            "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".into(),
            Refused(400),
        ),
        ("chunk size of letters", chunked("zz\r\nabc\r\n0\r\n\r\n"), Dropped),
        ("negative chunk size", chunked("-1\r\nabc\r\n0\r\n\r\n"), Dropped),
        ("chunk size with 0x", chunked("0x3\r\nabc\r\n0\r\n\r\n"), Dropped),
        ("overflowing chunk size", chunked("fffffffffffffffff\r\nabc\r\n"), Dropped),
        ("chunk longer than its size", chunked("2\r\nabc\r\n0\r\n\r\n"), Dropped),
        ("endless chunk extension", chunked(&format!("3;{big}")), Dropped),
        ("blank before the colon", post("Content-Length : 4", "1234"), Refused(400)),
        ("folded header", post("X-A: b\r\n c", ""), Refused(400)),
        ("header without colon", post("X-A", ""), Refused(400)),
        ("header without name", post(": x", ""), Refused(400)),
        ("NUL in a header", post("X-A: b\0c", ""), Refused(400)),
        ("return in a header", post("X-A: b\rc", ""), Refused(400)),
        ("no host", "GET /echo HTTP/1.1\r\n\r\n".into(), Refused(400)),
        ("two hosts", post("Host: h", ""), Refused(400)),
        ("target of another host", get("http://other/echo"), Refused(400)),
        ("blank in the target", get("/echo x"), Refused(400)),
        ("no version", "GET /echo\r\n\r\n".into(), Refused(400)),
        ("future version", "GET /echo HTTP/3.0\r\nHost: h\r\n\r\n".into(), Refused(400)),
        ("no method", " /echo HTTP/1.1\r\nHost: h\r\n\r\n".into(), Refused(400)),
        ("TLS", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\r\n\r\n".into(), Refused(400)),
        ("too many headers", format!("GET / HTTP/1.1\r\nHost: h\r\n{many}\r\n"), Refused(431)),
        ("headers too large", post(&format!("X-A: {big}"), ""), Refused(431)),
        ("target too large", get(&format!("/{big}")), Refused(431)),
    ]
}

#[tokio::test]
async fn hostile_requests_end_their_connection() {
    let server = Server::start(Limits::default()).await;
    for (name, request, fate) in hostile() {
        let mut client = server.send(&request).await;
        let reply = client.reply().await;
        let status = reply.as_ref().map(|reply| reply.status);
        match fate {
            Fate::Refused(expected) => assert_eq!(status, Some(expected), "{name}: {reply:?}"),
            Fate::Dropped => assert_eq!(status, None, "{name}: {reply:?}"),
            Fate::OnceThenClosed => assert_eq!(status, Some(200), "{name}: {reply:?}"),
        }
        let more = client.reply().await;
        assert!(more.is_none(), "{name} was followed by {more:?}");
    }
    // And the server is as well as before.
    assert_eq!(server.send(get("/echo")).await.reply().await.unwrap().status, 200);
}

/// An HTTP/2 client on a connection of its own.
async fn http2(server: &Server, tasks: &mut JoinSet<()>) -> h2::client::SendRequest<Bytes> {
    let stream = TcpStream::connect(server.address).await.unwrap();
    let (client, connection) = h2::client::handshake(stream).await.unwrap();
    tasks.spawn(async move {
        let _server_may_close_first = connection.await;
    });
    client.ready().await.unwrap()
}

async fn http2_reply(
    response: h2::client::ResponseFuture,
) -> (hyper::http::response::Parts, Vec<u8>) {
    let (parts, mut stream) = patiently(response).await.unwrap().into_parts();
    let mut body = Vec::new();
    while let Some(data) = patiently(stream.data()).await {
        body.extend_from_slice(&data.unwrap());
    }
    (parts, body)
}

fn http2_request(method: Method, path: &str) -> hyper::Request<()> {
    let uri = format!("http://localhost:9229{path}");
    hyper::Request::builder()
        .method(method)
        .uri(uri)
        .version(hyper::Version::HTTP_2)
        .body(())
        .unwrap()
}

#[tokio::test]
async fn http2_is_spoken_on_the_same_port() {
    let server = Server::start(Limits::default()).await;
    let mut tasks = JoinSet::new();
    let mut client = http2(&server, &mut tasks).await;
    let (first, mut body) =
        client.send_request(http2_request(Method::POST, "/echo?q"), false).unwrap();
    let (second, _) = client.send_request(http2_request(Method::GET, "/echo"), true).unwrap();
    body.send_data(Bytes::from_static(b"body"), true).unwrap();
    let (parts, body) = http2_reply(first).await;
    assert_eq!(parts.status, 200);
    let json: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!((&json["body"], &json["query"]), (&"body".into(), &"q".into()));
    assert_eq!(json["headers"][0], "host=localhost:9229");
    assert_eq!(parts.headers["x-amzn-requestid"].to_str().unwrap(), json["id"]);
    assert!(parts.headers.contains_key("date"));
    assert_eq!(http2_reply(second).await.0.status, 200);
}

#[tokio::test]
async fn http2_has_the_same_limits() {
    let server = Server::start(small_bodies()).await;
    let mut tasks = JoinSet::new();
    let mut client = http2(&server, &mut tasks).await;
    let (response, mut body) =
        client.send_request(http2_request(Method::POST, "/echo"), false).unwrap();
    body.send_data(Bytes::from_static(b"123456789"), true).unwrap();
    assert_eq!(http2_reply(response).await.0.status, 413);
    // One stream was refused; the connection serves others.
    let (response, _) = client.send_request(http2_request(Method::GET, "/echo"), true).unwrap();
    assert_eq!(http2_reply(response).await.0.status, 200);
}

#[tokio::test]
async fn http2_requests_in_flight_survive_a_shutdown() {
    let server = Server::start(Limits::default()).await;
    let mut tasks = JoinSet::new();
    let mut client = http2(&server, &mut tasks).await;
    let (response, _) = client.send_request(http2_request(Method::GET, "/slow"), true).unwrap();
    server.entered().await;
    server.trigger.advance();
    server.fake.released.add_permits(1);
    assert_eq!(http2_reply(response).await.0.status, 200);
    assert_eq!(server.ended().await, Drained { abandoned: 0 });
}

/// One HTTP/2 frame.
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let mut frame = length[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const CONTINUATION: u8 = 9;
const END_HEADERS: u8 = 4;
/// `GET / http` with the authority `h`, in HPACK.
const GET_ROOT: &[u8] = &[0x82, 0x86, 0x84, 0x41, 1, b'h'];

/// Sends frames after the opening of a connection; the server must end it.
async fn flood(server: &Server, frames: impl Iterator<Item = Vec<u8>>) {
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    bytes.extend(frame(SETTINGS, 0, 0, &[]));
    bytes.extend(frames.flatten());
    let (mut reader, mut writer) = TcpStream::connect(server.address).await.unwrap().into_split();
    let mut tasks = JoinSet::new();
    tasks.spawn(async move {
        let _closed_early = writer.write_all(&bytes).await;
        // Keep our half open: it is the server that must end this.
        std::future::pending::<()>().await;
    });
    let mut buffer = [0; 4096];
    while let Ok(1..) = patiently(reader.read(&mut buffer)).await {}
}

#[tokio::test]
async fn http2_floods_end_their_connection() {
    // No timer may end a connection here, only the flood itself.
    let long = PATIENCE * 10;
    let limits = Limits { header_timeout: long, idle_timeout: long, ..Limits::default() };
    let server = Server::start(limits).await;
    let rapid_resets = (0..1000u32).flat_map(|n| {
        let stream = 2 * n + 1;
        [
            frame(HEADERS, END_HEADERS, stream, GET_ROOT),
            frame(RST_STREAM, 0, stream, &8u32.to_be_bytes()),
        ]
    });
    flood(&server, rapid_resets).await;
    // A window update of nothing is the client's error, for which the server resets the stream.
    let made_resets = (0..1000u32).flat_map(|n| {
        let stream = 2 * n + 1;
        [frame(HEADERS, END_HEADERS, stream, GET_ROOT), frame(8, 0, stream, &0u32.to_be_bytes())]
    });
    flood(&server, made_resets).await;
    let endless_headers = std::iter::once(frame(HEADERS, 0, 1, GET_ROOT)).chain(
        // A literal header of 100 bytes per frame, ten thousand of them.
        (0..10_000).map(|_| {
            let mut header = vec![0, 1, b'x', 100];
            header.extend([b'y'; 100]);
            frame(CONTINUATION, 0, 1, &header)
        }),
    );
    flood(&server, endless_headers).await;
    flood(&server, std::iter::once(frame(HEADERS, END_HEADERS, 2, GET_ROOT))).await;
    flood(&server, std::iter::once(frame(PING, 0, 0, b"short"))).await;
    assert_eq!(server.send(get("/echo")).await.reply().await.unwrap().status, 200);
}
