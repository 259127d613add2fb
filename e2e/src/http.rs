//! Requests byte by byte, for what no client would send.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(30);

/// A connection on which a test decides what is sent, and when.
#[derive(Debug)]
pub struct Connection(TcpStream);

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// The status line and the headers.
    pub head: String,
    /// The body.
    pub body: String,
}

impl Connection {
    /// Connects to `127.0.0.1:port`.
    #[must_use]
    pub fn open(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        stream.set_write_timeout(Some(LIMIT)).unwrap();
        Connection(stream)
    }

    /// Sends a piece of a request.
    pub fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).unwrap();
        self.0.flush().unwrap();
    }

    /// Everything until the server closes.
    #[must_use]
    pub fn reply(mut self) -> Reply {
        let mut bytes = Vec::new();
        self.0.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) =
            text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no reply: {text}"));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap();
        Reply { status, head: head.to_owned(), body: body.to_owned() }
    }
}

/// One `GET`.
#[must_use]
pub fn get(port: u16, path: &str) -> Reply {
    let mut connection = Connection::open(port);
    let head =
        format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
    connection.send(head.as_bytes());
    connection.reply()
}

/// The head of an unsigned call of an operation, for a body of `length` bytes.
#[must_use]
pub fn call_head(port: u16, operation: &str, length: usize) -> String {
    format!(
        "POST / HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\
         Content-Type: application/x-amz-json-1.1\r\nContent-Length: {length}\r\n\
         X-Amz-Target: AWSCognitoIdentityProviderService.{operation}\r\n\r\n"
    )
}
