//! Reading a request completely, within its limits: size, time, and how many large ones at once.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use hyper::http::request::Parts;
use hyper::{Version, header};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::limits::{Limits, SMALL_BODY_BYTES_MAX};
use super::{Header, Response};

/// A body, and its slot among the large ones, which it keeps as long as it is in memory.
pub struct ReadBody<'a> {
    /// All of it.
    pub bytes: Bytes,
    _slot: Option<SemaphorePermit<'a>>,
}

/// Why a request was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// The client is answered, and an HTTP/1 connection closed: the rest of the body would stand
    /// where the next request should.
    Refused(Response),
    /// The client has gone away or broke the framing; nobody is there to read an answer.
    Gone,
}

/// Reads a body.
pub async fn read_body<'a>(
    body: Incoming,
    limits: &Limits,
    large_bodies: &'a Semaphore,
) -> Result<ReadBody<'a>, ReadError> {
    let refused = |response| Err(ReadError::Refused(response));
    // A length announced honestly saves reading a body that will be refused.
    if body.size_hint().lower() > limits.body_bytes_max as u64 {
        return refused(Response::body_too_large(limits.body_bytes_max));
    }
    match tokio::time::timeout(limits.body_timeout, collect(body, limits, large_bodies)).await {
        Ok(result) => result,
        Err(_elapsed) => refused(Response::body_too_slow()),
    }
}

async fn collect<'a>(
    mut body: Incoming,
    limits: &Limits,
    large_bodies: &'a Semaphore,
) -> Result<ReadBody<'a>, ReadError> {
    let mut bytes = BytesMut::new();
    let mut slot = None;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| ReadError::Gone)?;
        // Trailers say nothing that this API knows.
        let Ok(data) = frame.into_data() else { continue };
        let length = bytes.len().saturating_add(data.len());
        if length > limits.body_bytes_max {
            return Err(ReadError::Refused(Response::body_too_large(limits.body_bytes_max)));
        }
        if length > SMALL_BODY_BYTES_MAX && slot.is_none() {
            let free = large_bodies.try_acquire();
            slot = Some(free.map_err(|_| ReadError::Refused(Response::busy()))?);
        }
        bytes.extend_from_slice(&data);
    }
    Ok(ReadBody { bytes: bytes.freeze(), _slot: slot })
}

/// The header lines of a request, with the host that HTTP/2 keeps in `:authority` among them.
///
/// # Errors
/// A request whose host is missing, repeated or said differently in two places: which of them a
/// signature covers must not be a matter of taste.
pub fn headers(parts: &Parts) -> Result<Vec<Header>, Response> {
    let mut hosts = parts.headers.get_all(header::HOST).iter();
    let host = hosts.next();
    if hosts.next().is_some() {
        return Err(Response::bad_request("The request has more than one Host header."));
    }
    let authority = parts.uri.authority().map(|authority| authority.as_str());
    let lines = parts.headers.iter().map(|(name, value)| Header {
        name: name.as_str().to_owned(),
        value: Bytes::copy_from_slice(value.as_bytes()),
    });
    match (host, authority) {
        (Some(host), Some(authority)) if host.as_bytes() != authority.as_bytes() => {
            Err(Response::bad_request("The Host header contradicts the request's target."))
        }
        (None, Some(authority)) => {
            let value = Bytes::copy_from_slice(authority.as_bytes());
            let host = Header { name: "host".to_owned(), value };
            Ok(std::iter::once(host).chain(lines).collect())
        }
        (None, None) if parts.version > Version::HTTP_10 => {
            Err(Response::bad_request("The request has no Host header."))
        }
        (Some(_) | None, _) => Ok(lines.collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::Request;

    fn check(uri: &str, version: Version, hosts: &[&str], expected: Result<Option<&str>, ()>) {
        let mut builder = Request::builder().uri(uri).version(version);
        for host in hosts {
            builder = builder.header("host", *host);
        }
        let (parts, ()) = builder.body(()).unwrap().into_parts();
        let found = headers(&parts).map_err(|_| ()).map(|headers| {
            let mut hosts = headers.into_iter().filter(|header| header.name == "host");
            let host = hosts.next().map(|header| String::from_utf8(header.value.to_vec()).unwrap());
            assert!(hosts.next().is_none());
            host
        });
        assert_eq!(found, expected.map(|host| host.map(str::to_owned)), "{uri} {hosts:?}");
    }

    #[test]
    fn the_host_is_there_exactly_once() {
        check("/", Version::HTTP_11, &["a:1"], Ok(Some("a:1")));
        check("http://a:1/", Version::HTTP_2, &[], Ok(Some("a:1")));
        check("http://a:1/", Version::HTTP_2, &["a:1"], Ok(Some("a:1")));
        check("http://a:1/", Version::HTTP_2, &["b:1"], Err(()));
        check("http://a:1/", Version::HTTP_11, &["b:1"], Err(()));
        check("/", Version::HTTP_11, &["a", "a"], Err(()));
        check("/", Version::HTTP_11, &[], Err(()));
        check("/", Version::HTTP_10, &[], Ok(None));
    }
}
