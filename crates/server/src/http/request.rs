//! A complete request as the doors see it: nothing is decoded, nothing is dropped.
//!
//! Signature checks need the bytes as they were sent, so names and values stay as received (names in
//! lower case, as HTTP defines them to be the same), and every line of a repeated header is there.

use std::fmt;
use std::net::SocketAddr;

use bytes::Bytes;
pub use hyper::Method;
use poolhouse_domain::time::Timestamp;
use rand_core::RngCore;
use uuid::Uuid;

/// One header line: the name in lower case and the value's bytes without surrounding blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Lower-case name.
    pub name: String,
    /// Value as received; may hold bytes that are not UTF-8.
    pub value: Bytes,
}

/// The id of one request: in `x-amzn-RequestId`, in the log, in every fault report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RequestId(Uuid);

impl RequestId {
    /// Draws a random (version 4) id.
    pub fn generate(rng: &mut dyn RngCore) -> Self {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        RequestId(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One request, read completely.
///
/// `Debug` shows neither headers nor body, because both carry secrets.
#[derive(Clone)]
pub struct Request {
    /// Method.
    pub method: Method,
    /// Path as sent, still percent-encoded; `/` when the client sent none.
    pub path: String,
    /// What followed `?`, as sent; empty when nothing did.
    pub query: String,
    /// Header lines. All lines of one name stand together in the order received. `host` is always
    /// there exactly once, from `:authority` where HTTP/2 has it so (but absent in HTTP/1.0).
    pub headers: Vec<Header>,
    /// The body, at most [`super::limits::BODY_BYTES_MAX`] bytes.
    pub body: Bytes,
    /// The other end of the connection.
    pub peer: SocketAddr,
    /// This request's id.
    pub id: RequestId,
    /// When its headers were complete.
    pub received: Timestamp,
}

impl Request {
    /// The values of all lines of one header; `name` in lower case.
    pub fn header_values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Bytes> + 'a {
        self.headers.iter().filter(move |header| header.name == name).map(|header| &header.value)
    }

    /// The first line of one header if it is UTF-8; `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|header| header.name == name)?;
        std::str::from_utf8(&header.value).ok()
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("id", &self.id)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("peer", &self.peer)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use rand_core::SeedableRng;

    /// A request as the router's and other tests need it: no peer, no time, fixed id.
    pub(crate) fn request(method: Method, target: &str, headers: &[(&str, &str)]) -> Request {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let headers = headers
            .iter()
            .map(|(name, value)| Header {
                name: (*name).to_owned(),
                value: Bytes::copy_from_slice(value.as_bytes()),
            })
            .collect();
        Request {
            method,
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body: Bytes::new(),
            peer: SocketAddr::from(([127, 0, 0, 1], 1)),
            id: RequestId(Uuid::nil()),
            received: Timestamp::from_millis(0),
        }
    }

    #[test]
    fn an_id_is_a_version_4_uuid_and_follows_the_randomness() {
        let mut rng = rand_chacha::ChaCha20Rng::from_seed([7; 32]);
        let first = RequestId::generate(&mut rng).to_string();
        let second = RequestId::generate(&mut rng).to_string();
        assert_eq!(first.len(), 36);
        assert_eq!(first.as_bytes()[14], b'4');
        assert_ne!(first, second);
    }

    #[test]
    fn debug_shows_no_header_and_no_body() {
        let mut request = request(Method::POST, "/", &[("authorization", "hush")]);
        request.body = Bytes::from_static(b"hush");
        assert!(!format!("{request:?}").contains("hush"));
    }
}
