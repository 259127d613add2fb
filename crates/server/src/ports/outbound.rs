//! An HTTP client for calls to other people's programs: bounded in time and size, and kept from
//! addresses that are none of its business (see [`super::guard`]).
//!
//! One connection for each call, HTTP/1.1, with TLS for `https`. Redirects are not followed: an
//! answer is an answer. Certificates are checked against the system's authorities.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::Uri;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::header::{HOST, HeaderMap, HeaderName, HeaderValue};
use hyper::http::uri::Scheme;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::guard::Guard;

const HTTP_PORT: u16 = 80;
const HTTPS_PORT: u16 = 443;
/// Addresses of one name that are tried.
const ADDRESSES_MAX: usize = 4;

/// Where a call goes: a checked `http` or `https` URL.
#[derive(Clone, PartialEq, Eq)]
pub struct Url {
    text: String,
    tls: bool,
    /// As in the URL, IPv6 addresses in brackets.
    host: String,
    port: u16,
    /// Host and, if it is not the scheme's own, port.
    authority: String,
    path: String,
    query: Option<String>,
}

impl Url {
    /// Reads a URL.
    ///
    /// # Errors
    /// What is wrong with it, in words for whoever configured it.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const FORM: &str = "expected a URL such as https://functions.example.com/pre-sign-up";
        let uri: Uri = text.parse().map_err(|_| FORM)?;
        let tls = match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => true,
            Some(scheme) if *scheme == Scheme::HTTP => false,
            _ => return Err("expected a URL that starts with https:// or http://"),
        };
        let authority = uri.authority().ok_or(FORM)?;
        if authority.as_str().contains('@') {
            return Err("expected a URL without a user name or password");
        }
        if authority.host().is_empty() || text.contains('#') {
            return Err(FORM);
        }
        Ok(Self {
            tls,
            host: authority.host().to_owned(),
            port: authority.port_u16().unwrap_or(if tls { HTTPS_PORT } else { HTTP_PORT }),
            authority: authority.as_str().to_owned(),
            path: uri.path().to_owned(),
            query: uri.query().map(str::to_owned),
            text: text.to_owned(),
        })
    }

    /// The same URL with more at the end of its path.
    #[must_use]
    pub fn join(&self, path: &str) -> Self {
        let path = format!("{}{path}", self.path.trim_end_matches('/'));
        let scheme = if self.tls { "https" } else { "http" };
        let text = format!("{scheme}://{}{path}", self.authority);
        Self { path, query: None, text, ..self.clone() }
    }

    /// The host as the URL has it, IPv6 addresses in brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Host and port as the `Host` header has them.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The path.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A query may hold the secret of a function.
        write!(f, "{}{}", self.authority, self.path)
    }
}

/// What one call may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// From looking the name up to the last byte of the answer.
    pub time: Duration,
    /// The body of the answer.
    pub answer_bytes_max: usize,
}

/// An answer, whatever its status.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

/// Why there is no answer. The texts are for the log of the operator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutboundError {
    /// The name leads only to addresses that may not be reached.
    #[error("{0} leads to an address that outbound-allow does not name")]
    Forbidden(String),
    /// The name leads nowhere.
    #[error("{0} cannot be resolved")]
    Unresolved(String),
    /// No connection.
    #[error("no connection to {0}: {1}")]
    Unreachable(String, String),
    /// It took too long.
    #[error("no answer in time")]
    Timeout,
    /// The answer is larger than it may be.
    #[error("the answer is too large")]
    TooLarge,
    /// The other side does not speak HTTP well, or stopped in the middle.
    #[error("the connection failed: {0}")]
    Broken(String),
}

/// The client.
#[derive(Clone)]
pub struct Outbound {
    guard: Guard,
    tls: Arc<ClientConfig>,
}

/// The TLS library refuses our settings.
#[derive(Debug, thiserror::Error)]
#[error("TLS for outbound calls cannot be set up: {0}")]
pub struct TlsSetup(#[from] rustls::Error);

impl Outbound {
    /// A client that trusts the system's certificate authorities.
    ///
    /// # Errors
    /// The TLS library refuses its own defaults.
    pub fn new(guard: Guard) -> Result<Self, TlsSetup> {
        let mut roots = RootCertStore::empty();
        // A certificate that cannot be read is left out; what it had signed is then refused.
        let _counts =
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        Self::with_roots(guard, roots)
    }

    /// A client that trusts these certificate authorities.
    ///
    /// # Errors
    /// The TLS library refuses its own defaults.
    pub fn with_roots(guard: Guard, roots: RootCertStore) -> Result<Self, TlsSetup> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { guard, tls: Arc::new(config) })
    }

    /// Sends a `POST` and takes the answer.
    ///
    /// # Errors
    /// See [`OutboundError`].
    pub async fn post(
        &self,
        url: &Url,
        headers: &[(String, String)],
        body: Bytes,
        bounds: Bounds,
    ) -> Result<Answer, OutboundError> {
        let call = self.exchange(url, headers, body, bounds.answer_bytes_max);
        tokio::time::timeout(bounds.time, call).await.unwrap_or(Err(OutboundError::Timeout))
    }

    async fn exchange(
        &self,
        url: &Url,
        headers: &[(String, String)],
        body: Bytes,
        answer_bytes_max: usize,
    ) -> Result<Answer, OutboundError> {
        let request = request(url, headers, body)?;
        let stream = self.connect(url).await?;
        if !url.tls {
            return talk(stream, request, answer_bytes_max).await;
        }
        let host = url.host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let unreachable = |error: &dyn fmt::Display| {
            OutboundError::Unreachable(url.host.clone(), format!("TLS: {error}"))
        };
        let name = ServerName::try_from(host).map_err(|error| unreachable(&error))?;
        let connector = TlsConnector::from(Arc::clone(&self.tls));
        let stream = connector.connect(name, stream).await.map_err(|error| unreachable(&error))?;
        talk(stream, request, answer_bytes_max).await
    }

    async fn connect(&self, url: &Url) -> Result<TcpStream, OutboundError> {
        let host = url.host.trim_start_matches('[').trim_end_matches(']');
        let found = tokio::net::lookup_host((host, url.port)).await;
        let found = found.map_err(|_| OutboundError::Unresolved(url.host.clone()))?;
        let mut failure = OutboundError::Forbidden(url.host.clone());
        let permitted = |address: &SocketAddr| self.guard.permits(host, address.ip());
        for address in found.filter(permitted).take(ADDRESSES_MAX) {
            match TcpStream::connect(address).await {
                Ok(stream) => return self.checked(url, stream),
                Err(error) => {
                    let reason = error.kind().to_string();
                    failure = OutboundError::Unreachable(url.host.clone(), reason);
                }
            }
        }
        Err(failure)
    }

    /// Looks at whom the connection is with, as the system says it, before anything is sent.
    fn checked(&self, url: &Url, stream: TcpStream) -> Result<TcpStream, OutboundError> {
        let forbidden = || OutboundError::Forbidden(url.host.clone());
        let peer = stream.peer_addr().map_err(|_| forbidden())?;
        if self.guard.permits(&url.host, peer.ip()) { Ok(stream) } else { Err(forbidden()) }
    }
}

impl fmt::Debug for Outbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbound").field("guard", &self.guard).finish_non_exhaustive()
    }
}

type Request = hyper::Request<Full<Bytes>>;

fn request(url: &Url, headers: &[(String, String)], body: Bytes) -> Result<Request, OutboundError> {
    let broken = |error: &dyn fmt::Display| OutboundError::Broken(error.to_string());
    let target = match &url.query {
        Some(query) => format!("{}?{query}", url.path),
        None => url.path.clone(),
    };
    let mut request = hyper::Request::post(target).header(HOST, &url.authority);
    for (name, value) in headers {
        let name = HeaderName::try_from(name).map_err(|error| broken(&error))?;
        let value = HeaderValue::try_from(value).map_err(|error| broken(&error))?;
        if name != HOST {
            request = request.header(name, value);
        }
    }
    request.body(Full::new(body)).map_err(|error| broken(&error))
}

async fn talk<S>(stream: S, request: Request, bytes_max: usize) -> Result<Answer, OutboundError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let broken = |error: hyper::Error| OutboundError::Broken(error.to_string());
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
    let answer = async {
        let response = sender.send_request(request).await.map_err(broken)?;
        read(response, bytes_max).await
    };
    tokio::pin!(answer, connection);
    let mut open = true;
    loop {
        tokio::select! {
            answer = &mut answer => return answer,
            // What was received before the end is still to be read.
            _ = &mut connection, if open => open = false,
        }
    }
}

async fn read(
    response: hyper::Response<Incoming>,
    bytes_max: usize,
) -> Result<Answer, OutboundError> {
    let (head, body) = response.into_parts();
    match Limited::new(body, bytes_max).collect().await {
        Ok(body) => {
            let (status, headers) = (head.status.as_u16(), head.headers);
            Ok(Answer { status, headers, body: body.to_bytes() })
        }
        Err(error) if error.is::<http_body_util::LengthLimitError>() => {
            Err(OutboundError::TooLarge)
        }
        Err(error) => Err(OutboundError::Broken(error.to_string())),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    /// What a test's server does with a connection.
    pub(crate) enum Script {
        /// Answers with these bytes and closes.
        Answer(Vec<u8>),
        /// Answers with these bytes and stays.
        Stay(Vec<u8>),
    }

    /// An HTTP answer.
    pub(crate) fn http(status: u16, headers: &str, body: &str) -> Script {
        let length = body.len();
        let text =
            format!("HTTP/1.1 {status} X\r\nContent-Length: {length}\r\n{headers}\r\n{body}");
        Script::Answer(text.into_bytes())
    }

    /// Serves one connection for each script, one after the other; the requests that came.
    pub(crate) async fn serve(listener: TcpListener, scripts: Vec<Script>) -> Vec<String> {
        let mut requests = Vec::new();
        let mut open = Vec::new();
        for script in scripts {
            let (mut stream, _) = listener.accept().await.unwrap();
            requests.push(read_request(&mut stream).await);
            match script {
                Script::Answer(bytes) => {
                    let _ = stream.write_all(&bytes).await;
                    let _ = stream.shutdown().await;
                }
                Script::Stay(bytes) => {
                    stream.write_all(&bytes).await.unwrap();
                    open.push(stream);
                }
            }
        }
        requests
    }

    async fn read_request(stream: &mut TcpStream) -> String {
        let mut bytes = Vec::new();
        let mut piece = [0; 4096];
        loop {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
                if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                    return text;
                }
            }
            let count = stream.read(&mut piece).await.unwrap();
            if count == 0 {
                return text;
            }
            bytes.extend_from_slice(&piece[..count]);
        }
    }

    /// A listener on this machine, and its port.
    pub(crate) async fn listener() -> (TcpListener, u16) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        (listener, port)
    }

    pub(crate) fn bounds() -> Bounds {
        Bounds { time: Duration::from_secs(5), answer_bytes_max: 1000 }
    }

    fn client(allowed: &[&str]) -> Outbound {
        let guard = Guard::new(allowed.iter().map(|text| text.parse().unwrap()).collect());
        Outbound::with_roots(guard, RootCertStore::empty()).unwrap()
    }

    async fn call(client: &Outbound, url: &str, bounds: Bounds) -> Result<Answer, OutboundError> {
        let headers = [("x-test".to_owned(), "1".to_owned())];
        client.post(&Url::parse(url).unwrap(), &headers, "body".into(), bounds).await
    }

    #[tokio::test]
    async fn a_call_takes_the_answer_whatever_its_status() {
        let (listener, port) = listener().await;
        let url = format!("http://127.0.0.1:{port}/a/b?key=1");
        let scripts = vec![http(418, "X-Kind: teapot\r\n", "short and stout")];
        let client = client(&["127.0.0.1"]);
        let (requests, answer) =
            tokio::join!(serve(listener, scripts), call(&client, &url, bounds()));
        let answer = answer.unwrap();
        assert_eq!((answer.status, answer.body.as_ref()), (418, b"short and stout".as_slice()));
        assert_eq!(answer.headers["x-kind"], "teapot");
        let expected = format!(
            "POST /a/b?key=1 HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nx-test: 1\r\n\
             content-length: 4\r\n\r\nbody"
        );
        assert_eq!(requests, [expected]);
    }

    #[tokio::test]
    async fn a_redirect_is_an_answer() {
        let (listener, port) = listener().await;
        let url = format!("http://127.0.0.1:{port}/");
        let scripts = vec![http(302, "Location: http://127.0.0.1:1/\r\n", "")];
        let client = client(&["127.0.0.1"]);
        let (_, answer) = tokio::join!(serve(listener, scripts), call(&client, &url, bounds()));
        assert_eq!(answer.unwrap().status, 302);
    }

    #[tokio::test]
    async fn every_way_to_write_this_machine_is_refused() {
        let (listener, port) = listener().await;
        let hosts = [
            "127.0.0.1",
            "localhost",
            "LOCALHOST",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "0.0.0.0",
            "[::]",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "127.1",
            "0177.0.0.1",
            "017700000001",
            "localhost.",
        ];
        for host in hosts {
            let url = format!("http://{host}:{port}/");
            let refused = call(&client(&["functions.example"]), &url, bounds()).await.unwrap_err();
            // Not every system understands every form; none connects.
            let known =
                [OutboundError::Forbidden(host.into()), OutboundError::Unresolved(host.into())];
            assert!(known.contains(&refused), "{host}: {refused:?}");
        }
        let nobody = tokio::time::timeout(Duration::from_millis(20), listener.accept()).await;
        assert!(nobody.is_err(), "somebody connected");
    }

    #[tokio::test]
    async fn a_host_that_the_operator_names_is_reached_wherever_it_is() {
        let (listener, port) = listener().await;
        let url = format!("http://localhost:{port}/");
        let client = client(&["localhost"]);
        let scripts = vec![http(200, "", "ok")];
        let (_, answer) = tokio::join!(serve(listener, scripts), call(&client, &url, bounds()));
        assert_eq!(answer.unwrap().body, "ok");
    }

    #[tokio::test]
    async fn time_and_size_are_bounded() {
        let client = client(&["127.0.0.1"]);
        let quick = Bounds { time: Duration::from_millis(50), answer_bytes_max: 1000 };
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nslow";
        for bytes in ["", "HTTP/1.1", head] {
            let (listener, port) = listener().await;
            let url = format!("http://127.0.0.1:{port}/");
            let serving = serve(listener, vec![Script::Stay(bytes.into())]);
            let calling = call(&client, &url, quick);
            // The server ends first and leaves its connection to the test.
            let (_, answer) = tokio::join!(
                async {
                    serving.await;
                },
                calling
            );
            // Closed or slow: there is no answer.
            assert!(answer.is_err(), "{bytes:?}");
        }
        for (length, fits) in [(1000, true), (1001, false)] {
            let (listener, port) = listener().await;
            let url = format!("http://127.0.0.1:{port}/");
            let scripts = vec![http(200, "", &"x".repeat(length))];
            let (_, answer) = tokio::join!(serve(listener, scripts), call(&client, &url, bounds()));
            assert_eq!(answer.err(), (!fits).then_some(OutboundError::TooLarge));
        }
    }

    #[tokio::test]
    async fn an_answer_that_never_ends_is_a_timeout() {
        let (listener, port) = listener().await;
        let url = format!("http://127.0.0.1:{port}/");
        let quick = Bounds { time: Duration::from_millis(50), answer_bytes_max: 1000 };
        let client = client(&["127.0.0.1"]);
        // The connection is in the listener's queue, and nobody takes it.
        let answer = call(&client, &url, quick).await;
        assert_eq!(answer.err(), Some(OutboundError::Timeout));
        drop(listener);
    }

    #[tokio::test]
    async fn a_server_that_cannot_prove_its_name_is_not_talked_to() {
        let (listener, port) = listener().await;
        let url = format!("https://127.0.0.1:{port}/");
        let client = client(&["127.0.0.1"]);
        let plain = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
        };
        let ((), answer) = tokio::join!(plain, call(&client, &url, bounds()));
        assert!(matches!(answer, Err(OutboundError::Unreachable(..))), "{answer:?}");
    }

    #[test]
    fn urls_are_checked() {
        for wrong in [
            "",
            "functions.example",
            "ftp://a/",
            "https://",
            "https:///x",
            "https://u:p@a/",
            "https://u@a/",
            "https://a/#x",
            "https://a b/",
            "file:///etc/passwd",
        ] {
            assert!(Url::parse(wrong).is_err(), "{wrong}");
        }
        let url = Url::parse("https://functions.example/base/").unwrap();
        assert_eq!((url.port, url.authority()), (443, "functions.example"));
        assert_eq!(url.join("/x").as_str(), "https://functions.example/base/x");
        assert_eq!(Url::parse("http://[::1]:90/").unwrap().port, 90);
        let secret = Url::parse("https://functions.example/?code=hush").unwrap();
        assert!(!format!("{secret:?}").contains("hush"));
    }
}
