//! A response as the doors make it, and the few that the listener makes itself.
//!
//! The listener's own refusals have the form of AWS JSON errors, so that an SDK shows their text
//! instead of failing to parse. Errors of operations are not made here.

use bytes::Bytes;

/// The content type of the AWS JSON 1.1 protocol.
pub const AWS_JSON: &str = "application/x-amz-json-1.1";
/// The content type of plain JSON documents (health, key sets, discovery).
pub const JSON: &str = "application/json";

/// One response, complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`; none for a response without a body.
    pub content_type: Option<&'static str>,
    /// More headers. A control character in a value is sent as a blank, so that no text of a client
    /// can start a header of its own.
    pub headers: Vec<(&'static str, String)>,
    /// Body.
    pub body: Bytes,
}

impl Response {
    /// A response with a body.
    pub fn new(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Response {
            status,
            content_type: Some(content_type),
            headers: Vec::new(),
            body: body.into(),
        }
    }

    /// A response without a body.
    pub fn empty(status: u16) -> Self {
        Response { status, content_type: None, headers: Vec::new(), body: Bytes::new() }
    }

    /// The same response with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// An AWS JSON error: `{"__type":…,"message":…}` with the two `x-amzn-Error…` headers.
    pub fn aws_error(status: u16, name: &str, message: &str) -> Self {
        let body = serde_json::json!({ "__type": name, "message": message }).to_string();
        Response::new(status, AWS_JSON, body)
            .with_header("x-amzn-ErrorType", format!("{name}:"))
            .with_header("x-amzn-ErrorMessage", message)
    }

    /// What Cognito answers to a request that names no operation it knows how to look for.
    pub fn not_understood() -> Self {
        const BODY: &str = concat!(
            r#"{"code":"BadRequest","message":"The server did not understand the operation "#,
            r#"that was requested.","type":"client"}"#
        );
        Response::new(404, JSON, BODY)
    }

    /// The path is known and the method is not; `allow` lists the ones that are.
    pub fn method_not_allowed(allow: &'static str) -> Self {
        let message = format!("This path answers {allow} only.");
        Response::aws_error(405, "MethodNotAllowedException", &message).with_header("Allow", allow)
    }

    /// The answer when something of ours broke: no detail leaves the server.
    pub fn internal_error() -> Self {
        Response::aws_error(500, "InternalErrorException", "Internal server error.")
    }

    /// The body is larger than the limit.
    pub fn body_too_large(bytes_max: usize) -> Self {
        let message = format!("The request body is larger than {bytes_max} bytes.");
        Response::aws_error(413, "RequestEntityTooLargeException", &message)
    }

    /// The body did not arrive in time.
    pub fn body_too_slow() -> Self {
        let message = "The request body did not arrive in time.";
        Response::aws_error(408, "RequestTimeoutException", message)
    }

    /// Too many large bodies are in memory already.
    pub fn busy() -> Self {
        let message = "The server is handling too many large requests. Try again shortly.";
        Response::aws_error(503, "ServiceUnavailableException", message)
            .with_header("Retry-After", "1")
    }

    /// The request cannot be read at all.
    pub fn bad_request(message: &str) -> Self {
        Response::aws_error(400, "BadRequestException", message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_aws_error_says_its_name_and_message_in_body_and_headers() {
        let response = Response::aws_error(400, "FooException", "Say \"no\".");
        assert_eq!(response.body, r#"{"__type":"FooException","message":"Say \"no\"."}"#);
        assert_eq!(
            response.headers,
            [
                ("x-amzn-ErrorType", "FooException:".to_owned()),
                ("x-amzn-ErrorMessage", "Say \"no\".".to_owned())
            ]
        );
    }

    #[test]
    fn the_404_document_is_the_one_of_the_service() {
        let body: serde_json::Value =
            serde_json::from_slice(&Response::not_understood().body).unwrap();
        assert_eq!(
            body,
            serde_json::json!({
                "code": "BadRequest",
                "message": "The server did not understand the operation that was requested.",
                "type": "client",
            })
        );
    }
}
