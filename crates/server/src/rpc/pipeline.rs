//! The way of a request through the door: every step and their order, once for all operations.
//!
//! target → signature → body → constraints → permission → caller → operation → reply, and one log
//! line. The order is the service's: a bad signature is told before a bad body, a bad body before
//! missing permission, and constraints before a bad access token.

use poolhouse_domain::time::Timestamp;
use poolhouse_wire::{AuthKind, ErrorName, Rejection, body, validate};
use serde_json::Value;

use super::authn::{self, SignatureRefusal, SignedCaller, Verified};
use super::authz::{self, Asked};
use super::dispatch::{self, Entry};
use super::error::{WireError, to_wire};
use super::target::{self, Target};
use crate::app::App;
use crate::http::response::AWS_JSON;
use crate::http::router::TARGET_HEADER;
use crate::http::{Request, Response};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Meta};
use crate::rpc::authn::Caller;

/// What an operation's shell works on.
pub struct Job<'a> {
    /// The server.
    pub app: &'a App,
    /// The request's one time.
    pub now: Timestamp,
    /// The validated body.
    pub body: Value,
    /// What the transport proved.
    pub verified: Verified,
    /// Facts besides the body.
    pub meta: &'a Meta,
}

/// A body (none for operations without output) or an error.
pub type Outcome = Result<Option<Vec<u8>>, WireError>;

/// Answers one request.
pub async fn handle(app: &App, request: Request) -> Response {
    let now = app.env.clock.now();
    let Target::Operation(name) = target::parse(request.header(TARGET_HEADER)) else {
        return Response::not_understood();
    };
    let Some(entry) = dispatch::find(name) else {
        return unknown_operation();
    };
    let outcome = run(app, entry, &request, now).await;
    log(app, entry, &request, &outcome, now);
    respond(outcome)
}

fn unknown_operation() -> Response {
    let body = serde_json::json!({ "__type": ErrorName::UnknownOperationException.as_str() });
    let name = format!("{}:", ErrorName::UnknownOperationException.as_str());
    Response::new(400, AWS_JSON, body.to_string()).with_header("x-amzn-ErrorType", name)
}

async fn run(app: &App, entry: &Entry, request: &Request, now: Timestamp) -> Outcome {
    let caller = match entry.auth {
        AuthKind::Signed => Some(signed(app, request, now).await?),
        AuthKind::Bearer
        | AuthKind::BearerOrSession
        | AuthKind::Anonymous
        | AuthKind::SignedOrClient => None,
    };
    let body = body::parse(&request.body).map_err(|rejection| rejected(&rejection))?;
    validate::check(entry.input, &body).map_err(|rejection| rejected(&rejection))?;
    let mut verified = Verified::Nothing;
    if let Some(caller) = &caller {
        let user_agent = request.header("user-agent");
        let (operation, resource) = (entry.name, entry.resource);
        let asked = Asked { operation, resource, body: &body, user_agent };
        authz::permit(app, caller, asked, now)?;
        verified = Verified::Signature;
    }
    let user_agent = request.header("user-agent").map(str::to_owned);
    let meta = Meta { ip: request.peer.ip(), user_agent };
    (entry.run)(Job { app, now, body, verified, meta: &meta }).await
}

async fn signed(app: &App, request: &Request, now: Timestamp) -> Result<SignedCaller, WireError> {
    let regions = [app.identity.realm.region.as_str()];
    let signed = authn::signed(app, request, &["cognito-idp"], &regions, now).await;
    signed.map_err(|refusal| match refusal {
        SignatureRefusal::Fault(fault) => failed(app, &fault),
        SignatureRefusal::Signature(refusal) => {
            let name = refusal.exception_name().parse();
            WireError::new(name.unwrap_or(ErrorName::InvalidSignatureException), refusal.message())
        }
    })
}

fn rejected(rejection: &Rejection) -> WireError {
    match rejection {
        Rejection::Serialization(_) => WireError::new(ErrorName::SerializationException, ""),
        Rejection::Violations(_) => {
            WireError::new(ErrorName::InvalidParameterException, rejection.to_string())
        }
    }
}

/// The typed shell around an operation: thin, because it exists 141 times.
pub(super) async fn call<O: Operation>(job: Job<'_>) -> Outcome {
    let Job { app, now, body, verified, meta } = job;
    let caller = O::Caller::establish(app, verified, O::AUTH, &body, now).await;
    let caller = caller.map_err(|error| failed(app, &error))?;
    let request: O::Input = body::decode(body).map_err(|rejection| rejected(&rejection))?;
    let mut ctx = Ctx::new(app, now, caller, meta);
    let result = O::run(&mut ctx, request).await;
    if ctx.mail {
        deliver(app).await;
    }
    let output = result.map_err(|error| failed(app, &error))?;
    if !O::HAS_OUTPUT {
        return Ok(None);
    }
    let body = serde_json::to_vec(&output);
    body.map(Some).map_err(|error| failed(app, &poolhouse_domain::error::Error::fault(error)))
}

/// Where messages stay on this machine, delivery is part of the answer; other transports have their
/// workers. A failure is recorded with the message and does not undo the operation.
async fn deliver(app: &App) {
    if let Err(error) = app.mail_written().await {
        tracing::error!(%error, "messages could not be taken from the outbox");
    }
}

/// Says an error on the wire; a fault is logged here, once, with its causes.
fn failed(_: &App, error: &poolhouse_domain::error::Error) -> WireError {
    if error.is_fault() {
        tracing::error!(error = %chain(error), "fault");
    }
    to_wire(error)
}

/// An error with its causes, for the log.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let next = inner.to_string();
        if !text.contains(&next) {
            text.push_str(": ");
            text.push_str(&next);
        }
        cause = inner.source();
    }
    text
}

fn respond(outcome: Outcome) -> Response {
    match outcome {
        Ok(Some(body)) => Response::new(200, AWS_JSON, body),
        Ok(None) => Response::empty(200).with_header("Content-Type", AWS_JSON),
        Err(error) => {
            let (status, name) = (error.name.http_status(), error.name.as_str());
            if error.message.is_empty() {
                let body = serde_json::json!({ "__type": name }).to_string();
                let header = format!("{name}:");
                return Response::new(status, AWS_JSON, body)
                    .with_header("x-amzn-ErrorType", header);
            }
            Response::aws_error(status, name, &error.message)
        }
    }
}

/// One line a request, without personal data.
fn log(app: &App, entry: &Entry, request: &Request, outcome: &Outcome, began: Timestamp) {
    let millis = app.env.clock.now().millis_since(began);
    let result = match outcome {
        Ok(_) => "ok",
        Err(error) => error.name.as_str(),
    };
    let id = request.id;
    tracing::info!(operation = entry.name, outcome = result, ms = millis, request_id = %id, "request");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Doors;
    use crate::testing::client::with;
    use crate::testing::{ROOT, TestServer};
    use bytes::Bytes;
    use serde_json::json;

    const SERVICE: &str = "AWSCognitoIdentityProviderService";

    fn headers(target: &str) -> Vec<(String, String)> {
        [
            ("host", "localhost:9229"),
            ("content-type", "application/x-amz-json-1.1"),
            ("x-amz-target", target),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
    }

    async fn raw(server: &TestServer, operation: &str, signed: bool, body: &str) -> Response {
        let mut headers = headers(&format!("{SERVICE}.{operation}"));
        if signed {
            let added = server.signature(ROOT, "cognito-idp", &headers, body.as_bytes());
            headers.extend(added);
        }
        let body = Bytes::copy_from_slice(body.as_bytes());
        server.app.handle(server.request(headers, body)).await
    }

    fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
        let found = response.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    #[tokio::test]
    async fn an_error_has_bare_type_lower_case_message_and_two_headers() {
        let server = TestServer::new().await;
        let body = r#"{"UserPoolId":"us-east-1_Nowhere00"}"#;
        let response = raw(&server, "DescribeUserPool", true, body).await;
        let text = "User pool us-east-1_Nowhere00 does not exist.";
        assert_eq!(response.status, 400);
        let expected = json!({ "__type": "ResourceNotFoundException", "message": text });
        assert_eq!(serde_json::from_slice::<Value>(&response.body).unwrap(), expected);
        assert_eq!(header(&response, "x-amzn-ErrorType"), Some("ResourceNotFoundException:"));
        assert_eq!(header(&response, "x-amzn-ErrorMessage"), Some(text));
    }

    #[tokio::test]
    async fn what_is_no_operation_is_not_understood() {
        let server = TestServer::new().await;
        let other = server.send(headers("AWSCognitoIdentityService.GetId"), Bytes::new()).await;
        assert_eq!((other.status, &other.body["code"]), (404, &json!("BadRequest")));
        let unknown = server.call("Banana", json!({})).await;
        assert_eq!(unknown.status, 400);
        assert_eq!(unknown.body, json!({ "__type": "UnknownOperationException" }));
    }

    #[tokio::test]
    async fn an_operation_that_is_not_built_says_so_after_everything_else() {
        let server = TestServer::new().await;
        let request = json!({ "UserPoolId": "us-east-1_AAAAAAAAA" });
        let built = server.admin("ListTerms", request.clone()).await;
        assert_eq!(built.status, 501);
        built.refused("NotImplementedException", "Poolhouse does not implement ListTerms yet.");
        let unsigned = server.call("ListTerms", request).await;
        unsigned.refused("MissingAuthenticationTokenException", "Missing Authentication Token");
        let invalid = server.admin("ListTerms", json!({ "MaxResults": 1 })).await;
        invalid.refused(
            "InvalidParameterException",
            "1 validation error detected: Value null at 'userPoolId' failed to satisfy \
             constraint: Member must not be null",
        );
        let token = server.call("GetUserAuthFactors", json!({ "AccessToken": "x" })).await;
        token.refused("NotAuthorizedException", "Invalid Access Token");
    }

    #[tokio::test]
    async fn a_bad_signature_is_told_before_a_bad_body() {
        let server = TestServer::new().await;
        for body in ["not json", "[]", r#"{"UserPoolId":1}"#] {
            let unsigned = raw(&server, "DescribeUserPool", false, body).await;
            let name = header(&unsigned, "x-amzn-ErrorType");
            assert_eq!(name, Some("MissingAuthenticationTokenException:"));
            let signed = raw(&server, "DescribeUserPool", true, body).await;
            assert_eq!(signed.status, 400);
            assert_eq!(signed.body, r#"{"__type":"SerializationException"}"#);
        }
    }

    #[tokio::test]
    async fn empty_bodies_and_empty_structures() {
        let server = TestServer::new().await;
        let pool = server.admin("CreateUserPool", json!({ "PoolName": "p" })).await.ok();
        let pool = pool["UserPool"]["Id"].as_str().unwrap();
        let body = json!({ "UserPoolId": pool }).to_string();
        let updated = raw(&server, "UpdateUserPool", true, &body).await;
        assert_eq!((updated.status, updated.body.as_ref()), (200, b"{}".as_slice()));
        let deleted = raw(&server, "DeleteUserPool", true, &body).await;
        assert_eq!((deleted.status, deleted.body.as_ref()), (200, b"".as_slice()));
        // No body at all is an empty object.
        let empty = raw(&server, "InitiateAuth", false, "").await;
        assert_eq!(header(&empty, "x-amzn-ErrorType"), Some("InvalidParameterException:"));
    }

    #[tokio::test]
    async fn null_is_absent_and_unknown_members_are_ignored() {
        let server = TestServer::new().await;
        let request = json!({
            "PoolName": "p", "Policies": null, "Banana": { "Deep": [1] },
            "UserPoolTags": { "a": "b", "c": null },
        });
        let made = server.admin("CreateUserPool", request).await.ok();
        assert_eq!(made["UserPool"]["UserPoolTags"], json!({ "a": "b" }));
    }

    #[tokio::test]
    async fn public_operations_ignore_whatever_is_in_authorization() {
        let server = TestServer::new().await;
        let body = json!({
            "ClientId": "0123456789abcdefghijklmnop", "AuthFlow": "USER_SRP_AUTH",
            "AuthParameters": {},
        });
        let plain = server.call("InitiateAuth", body.clone()).await;
        for value in ["Bearer x", "AWS4-HMAC-SHA256 Credential=nobody", "\u{1}"] {
            let mut headers = headers(&format!("{SERVICE}.InitiateAuth"));
            headers.push(("authorization".into(), value.into()));
            let reply = server.send(headers, body.to_string().into()).await;
            assert_eq!(reply, plain, "{value:?}");
        }
    }

    #[tokio::test]
    async fn the_values_of_sensitive_members_are_not_shown() {
        let server = TestServer::new().await;
        let request = json!({
            "ClientId": "c", "Username": "u".repeat(129), "Password": "p".repeat(257),
        });
        let reply = server.call("SignUp", with(request, json!({}))).await;
        reply.refused(
            "InvalidParameterException",
            "2 validation errors detected: Value at 'username' failed to satisfy constraint: \
             Member must have length less than or equal to 128; Value at 'password' failed to \
             satisfy constraint: Member must have length less than or equal to 256",
        );
    }
}
