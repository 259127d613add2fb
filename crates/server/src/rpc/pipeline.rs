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
    let meta = Meta { ip: request.peer.ip() };
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

/// The first attempt at delivery is part of the answer; later ones are the worker's. A failure is
/// recorded with the message and does not undo the operation.
async fn deliver(app: &App) {
    if let Err(error) = app.deliver().await {
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
