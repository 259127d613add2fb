//! Invokes Lambda functions: through a URL that the operator has given a function's ARN, or through
//! an endpoint that speaks the Invoke API of AWS Lambda.
//!
//! A URL gets the event as JSON and answers the changed event. The endpoint gets what AWS Lambda
//! gets, `POST /2015-03-31/functions/<ARN>/invocations`, signed. In both an answer with the header
//! `X-Amz-Function-Error` is the error of the function itself; behind a URL, an object with
//! `errorMessage` is one as well.
//!
//! It knows nothing of triggers: what is sent and what an answer means is decided elsewhere.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use poolhouse_domain::secret::Secret;
use poolhouse_domain::sigv4::{self, PathForm, TokenForm};
use poolhouse_domain::time::Timestamp;
use serde_json::Value;

use super::outbound::{Answer, Bounds, Outbound, OutboundError, Url};
use crate::http::BoxFuture;

/// How long one attempt may take.
pub const ATTEMPT_TIME: Duration = Duration::from_secs(5);
/// Bytes of one answer.
pub const ANSWER_BYTES_MAX: usize = 1024 * 1024;
/// Characters of a function's own error that are passed on.
const ERROR_CHARS_MAX: usize = 1000;

const FUNCTION_ERROR: &str = "x-amz-function-error";
const SERVICE: &str = "lambda";
/// What stands as it is in a segment of a path.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// Where an ARN has its region.
const ARN_REGION: usize = 3;

/// Invokes functions.
pub trait Functions: Send + Sync + 'static {
    /// One attempt to invoke a function and have its answer.
    fn invoke<'a>(&'a self, call: Invocation<'a>) -> BoxFuture<'a, Result<Bytes, InvokeError>>;
}

/// What is invoked.
#[derive(Clone)]
pub struct Invocation<'a> {
    /// The function.
    pub arn: &'a str,
    /// The event.
    pub event: Bytes,
    /// The time, for the signature.
    pub now: Timestamp,
}

/// Why a function gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvokeError {
    /// Nothing is configured for the function, or what is configured leads nowhere.
    #[error("configuration: {0}")]
    Configuration(String),
    /// We may not invoke it.
    #[error("access denied")]
    Denied,
    /// It took too long.
    #[error("no answer in time")]
    Timeout,
    /// There were too many invocations.
    #[error("throttled")]
    Throttled,
    /// The service failed, not the function.
    #[error("the service failed: {0}")]
    Service(String),
    /// The function failed; what it says of it.
    #[error("the function failed: {0}")]
    Function(String),
    /// The answer is too large.
    #[error("the answer is too large")]
    TooLarge,
}

impl InvokeError {
    /// Whether another attempt may end better.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Timeout | Self::Throttled | Self::Service(_) => true,
            Self::Configuration(_) | Self::Denied | Self::Function(_) | Self::TooLarge => false,
        }
    }
}

/// An endpoint that speaks the Invoke API.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Its address.
    pub url: Url,
    /// With what requests are signed; without, they are not.
    pub key: Option<EndpointKey>,
}

/// A key pair for an endpoint.
#[derive(Clone, Debug)]
pub struct EndpointKey {
    /// The access key id.
    pub access_key_id: String,
    /// The secret access key.
    pub secret: Secret<String>,
}

/// Functions behind URLs and an endpoint.
#[derive(Debug)]
pub struct Lambda {
    outbound: Outbound,
    urls: BTreeMap<String, Url>,
    endpoint: Option<Endpoint>,
    bounds: Bounds,
}

impl Lambda {
    /// With what the operator has configured.
    pub fn new(
        outbound: Outbound,
        urls: BTreeMap<String, Url>,
        endpoint: Option<Endpoint>,
    ) -> Self {
        let bounds = Bounds { time: ATTEMPT_TIME, answer_bytes_max: ANSWER_BYTES_MAX };
        Self { outbound, urls, endpoint, bounds }
    }

    async fn attempt(&self, call: Invocation<'_>) -> Result<Bytes, InvokeError> {
        if let Some(url) = self.urls.get(call.arn) {
            let headers = [("content-type".to_owned(), "application/json".to_owned())];
            return read(self.outbound.post(url, &headers, call.event, self.bounds).await, true);
        }
        let Some(endpoint) = &self.endpoint else {
            let reason = format!("neither lambda-functions nor lambda-endpoint has {}", call.arn);
            return Err(InvokeError::Configuration(reason));
        };
        let name = utf8_percent_encode(call.arn, SEGMENT);
        let url = endpoint.url.join(&format!("/2015-03-31/functions/{name}/invocations"));
        let headers = signed(endpoint, &url, &call);
        read(self.outbound.post(&url, &headers, call.event, self.bounds).await, false)
    }
}

impl Functions for Lambda {
    fn invoke<'a>(&'a self, call: Invocation<'a>) -> BoxFuture<'a, Result<Bytes, InvokeError>> {
        Box::pin(self.attempt(call))
    }
}

fn signed(endpoint: &Endpoint, url: &Url, call: &Invocation<'_>) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = [
        ("host", url.authority()),
        ("content-type", "application/json"),
        ("x-amz-invocation-type", "RequestResponse"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    let Some(key) = &endpoint.key else { return headers };
    let borrowed: Vec<(&str, &[u8])> =
        headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
    let request = sigv4::Request {
        method: "POST",
        path: url.path(),
        query: "",
        headers: &borrowed,
        body: &call.event,
    };
    let signer = sigv4::Signer {
        access_key_id: &key.access_key_id,
        secret: &key.secret,
        session_token: None,
        region: call.arn.split(':').nth(ARN_REGION).unwrap_or_default(),
        service: SERVICE,
        path: PathForm::Normalized,
        token: TokenForm::Signed,
    };
    let added = signer.headers(&request, call.now);
    headers.extend(added);
    headers
}

/// What came of it. `plain` says that whoever answered need not know the Invoke API.
fn read(answer: Result<Answer, OutboundError>, plain: bool) -> Result<Bytes, InvokeError> {
    let answer = answer.map_err(|error| match error {
        OutboundError::Forbidden(_) | OutboundError::Unresolved(_) => {
            InvokeError::Configuration(error.to_string())
        }
        OutboundError::Unreachable(..) | OutboundError::Broken(_) => {
            InvokeError::Service(error.to_string())
        }
        OutboundError::Timeout => InvokeError::Timeout,
        OutboundError::TooLarge => InvokeError::TooLarge,
    })?;
    let said = error_message(&answer.body);
    if answer.headers.contains_key(FUNCTION_ERROR) {
        return Err(InvokeError::Function(said.unwrap_or_else(|| "Unhandled".to_owned())));
    }
    if let Some(said) = said.filter(|_| plain) {
        return Err(InvokeError::Function(said));
    }
    match answer.status {
        200..=299 => Ok(answer.body),
        401 | 403 => Err(InvokeError::Denied),
        429 => Err(InvokeError::Throttled),
        500.. => Err(InvokeError::Service(format!("status {}", answer.status))),
        _ => Err(InvokeError::Configuration(format!("status {}", answer.status))),
    }
}

/// What a function says of its error. An event that was returned says nothing of the kind.
fn error_message(body: &[u8]) -> Option<String> {
    let Ok(Value::Object(body)) = serde_json::from_slice(body) else { return None };
    if body.contains_key("triggerSource") {
        return None;
    }
    let text = body.get("errorMessage")?.as_str()?;
    Some(text.chars().take(ERROR_CHARS_MAX).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::RootCertStore;
    use tokio::net::TcpListener;

    use crate::ports::guard::Guard;
    use crate::ports::outbound::tests::{Script, http, listener, serve};

    const ARN: &str = "arn:aws:lambda:eu-west-1:000000000000:function:check";
    const NOW: Timestamp = Timestamp::from_secs(1_767_614_400);

    fn lambda(
        allowed: Vec<crate::ports::guard::Allowed>,
        mapped: Option<u16>,
        endpoint: Option<u16>,
    ) -> Lambda {
        let outbound = Outbound::with_roots(Guard::new(allowed), RootCertStore::empty()).unwrap();
        let url = |port| Url::parse(&format!("http://127.0.0.1:{port}/f")).unwrap();
        let urls = mapped.map(|port| (ARN.to_owned(), url(port))).into_iter().collect();
        let endpoint = endpoint.map(|port| Endpoint {
            url: Url::parse(&format!("http://127.0.0.1:{port}")).unwrap(),
            key: Some(EndpointKey {
                access_key_id: "AKIDFUNCTIONS".into(),
                secret: Secret::new("a-secret-of-functions".into()),
            }),
        });
        let bounds = Bounds { time: Duration::from_millis(150), answer_bytes_max: 500 };
        Lambda { bounds, ..Lambda::new(outbound, urls, endpoint) }
    }

    async fn invoke(lambda: &Lambda) -> Result<Bytes, InvokeError> {
        lambda.invoke(Invocation { arn: ARN, event: r#"{"a":1}"#.into(), now: NOW }).await
    }

    async fn through(
        listener: TcpListener,
        lambda: Lambda,
        script: Script,
    ) -> (String, Result<Bytes, InvokeError>) {
        let (mut requests, answer) = tokio::join!(serve(listener, vec![script]), invoke(&lambda));
        (requests.remove(0), answer)
    }

    async fn by_url(script: Script) -> Result<Bytes, InvokeError> {
        let (listener, port) = listener().await;
        let lambda = lambda(Guard::this_machine(), Some(port), None);
        through(listener, lambda, script).await.1
    }

    async fn by_endpoint(script: Script) -> (String, Result<Bytes, InvokeError>) {
        let (listener, port) = listener().await;
        let lambda = lambda(Guard::this_machine(), None, Some(port));
        through(listener, lambda, script).await
    }

    #[tokio::test]
    async fn a_url_gets_the_event_and_answers() {
        let (listener, port) = listener().await;
        let lambda = lambda(Guard::this_machine(), Some(port), None);
        let (request, answer) =
            through(listener, lambda, http(200, "", r#"{"response":{}}"#)).await;
        assert_eq!(answer.unwrap(), r#"{"response":{}}"#);
        assert!(request.starts_with("POST /f HTTP/1.1\r\n"), "{request}");
        assert!(request.contains("\r\ncontent-type: application/json\r\n"), "{request}");
        assert!(request.ends_with("\r\n\r\n{\"a\":1}"), "{request}");
    }

    #[tokio::test]
    async fn the_endpoint_gets_a_signed_invocation() {
        let (request, answer) = by_endpoint(http(200, "", "{}")).await;
        assert_eq!(answer.unwrap(), "{}");
        let path = "/2015-03-31/functions/\
                    arn%3Aaws%3Alambda%3Aeu-west-1%3A000000000000%3Afunction%3Acheck/invocations";
        assert!(request.starts_with(&format!("POST {path} HTTP/1.1\r\n")), "{request}");
        assert!(request.contains("\r\nx-amz-invocation-type: RequestResponse\r\n"), "{request}");
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        let headers: Vec<(&str, &[u8])> = head
            .lines()
            .skip(1)
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name, value.as_bytes()))
            .collect();
        let request = sigv4::Request {
            method: "POST",
            path,
            query: "",
            headers: &headers,
            body: body.as_bytes(),
        };
        let rules = sigv4::Rules::new(&["lambda"], &["eu-west-1"]);
        let claim = sigv4::parse(&request, &rules, NOW).unwrap();
        let secret = Secret::new("a-secret-of-functions".to_owned());
        assert!(sigv4::verify(&claim, &request, &secret).is_ok());
    }

    #[tokio::test]
    async fn a_functions_own_error_is_told_apart() {
        let failed = r#"{"errorMessage":"Domain not allowed","errorType":"Error"}"#;
        let header = "X-Amz-Function-Error: Unhandled\r\n";
        let own = |text: &str| Err(InvokeError::Function(text.to_owned()));
        assert_eq!(by_endpoint(http(200, header, failed)).await.1, own("Domain not allowed"));
        assert_eq!(by_endpoint(http(200, header, "null")).await.1, own("Unhandled"));
        assert_eq!(by_endpoint(http(200, "", failed)).await.1.unwrap(), failed);
        assert_eq!(by_url(http(200, header, failed)).await, own("Domain not allowed"));
        for status in [200, 400, 500] {
            assert_eq!(by_url(http(status, "", failed)).await, own("Domain not allowed"));
        }
        // An event may have a member of that name.
        let event = r#"{"triggerSource":"x","errorMessage":"no"}"#;
        assert_eq!(by_url(http(200, "", event)).await.unwrap(), event);
    }

    #[tokio::test]
    async fn other_failures_are_those_of_the_service() {
        let configuration = |status: u16| InvokeError::Configuration(format!("status {status}"));
        let service = |status: u16| InvokeError::Service(format!("status {status}"));
        for (status, expected) in [
            (301, configuration(301)),
            (400, configuration(400)),
            (403, InvokeError::Denied),
            (404, configuration(404)),
            (429, InvokeError::Throttled),
            (500, service(500)),
            (503, service(503)),
        ] {
            assert_eq!(by_endpoint(http(status, "", "{}")).await.1, Err(expected.clone()));
            assert_eq!(by_url(http(status, "", "{}")).await, Err(expected));
        }
        let large = "x".repeat(501);
        assert_eq!(by_url(http(200, "", &large)).await, Err(InvokeError::TooLarge));
    }

    #[tokio::test]
    async fn a_function_that_hangs_is_a_timeout() {
        let (listener, port) = listener().await;
        let lambda = lambda(Guard::this_machine(), Some(port), None);
        assert_eq!(invoke(&lambda).await, Err(InvokeError::Timeout));
        drop(listener);
        // Nobody listens any more.
        assert!(matches!(invoke(&lambda).await, Err(InvokeError::Service(_))));
    }

    #[tokio::test]
    async fn what_is_not_configured_or_not_allowed_is_not_called() {
        assert!(matches!(
            invoke(&lambda(Guard::this_machine(), None, None)).await,
            Err(InvokeError::Configuration(_))
        ));
        let (listener, port) = listener().await;
        let forbidden = invoke(&lambda(Vec::new(), Some(port), None)).await;
        assert!(matches!(forbidden, Err(InvokeError::Configuration(_))), "{forbidden:?}");
        let nobody = tokio::time::timeout(Duration::from_millis(10), listener.accept()).await;
        assert!(nobody.is_err());
    }
}
