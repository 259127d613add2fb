//! The IAM and STS Query API: who may call, on the same port as what they call.
//!
//! The way of a request: form → action → signature → parameters → permission → operation → XML, and
//! one log line. An action that nobody knows is told before a bad signature, and a bad parameter
//! before missing permission, as at the operations' own door. Each operation has a file; none of
//! them knows HTTP, signatures or XML's syntax.
//!
//! Differs from AWS / not verified:
//! - managed policies, groups, roles, tags and permissions boundaries do not exist; what belongs to
//!   them is `NotImplemented`, also as a parameter of an action that exists;
//! - a parameter given twice is refused;
//! - texts of `MalformedInput` and `NotImplemented` are ours;
//! - which of several refusals comes first was not observed.

mod action;
mod call;
mod create_access_key;
mod create_user;
mod delete_access_key;
mod delete_user;
mod delete_user_policy;
mod form;
mod get_caller_identity;
mod get_user;
mod get_user_policy;
mod input;
mod list_access_keys;
mod list_user_policies;
mod list_users;
mod put_user_policy;
mod refusal;
#[cfg(test)]
mod tests;
mod update_access_key;
mod xml;

use poolhouse_domain::time::Timestamp;

use self::action::{Action, Found, Service};
use self::call::{Call, Outcome};
use self::form::Form;
use self::refusal::Refusal;
use crate::app::App;
use crate::http::{Request, Response};
use crate::rpc::authn::{self, SignatureRefusal};
use crate::rpc::pipeline::chain;

/// Where AWS signs for services that have no region of their own.
const GLOBAL_REGION: &str = "us-east-1";

/// Answers one call.
pub async fn handle(app: &App, request: Request) -> Response {
    let now = app.env.clock.now();
    let mut about = About { service: Service::Iam, found: Found::Unknown };
    let outcome = run(app, &request, &mut about, now).await;
    log(app, about, &request, &outcome, now);
    match (outcome, about.found) {
        (Ok(result), Found::Built(action)) => {
            xml::success(about.service, action.name(), result, request.id)
        }
        // Nothing but a built action succeeds.
        (Ok(_), _) => xml::refused(about.service, &Refusal::internal(), request.id),
        (Err(refusal), _) => xml::refused(about.service, &refusal, request.id),
    }
}

/// What a request is about, as far as it was understood.
#[derive(Clone, Copy)]
struct About {
    service: Service,
    found: Found,
}

async fn run(app: &App, request: &Request, about: &mut About, now: Timestamp) -> Outcome {
    let form = Form::parse(&[request.query.as_bytes(), &request.body])?;
    let name = form.get("Action").ok_or_else(Refusal::no_action)?;
    let version = form.get("Version");
    let Some(service) = version.and_then(Service::of_version) else {
        return Err(Refusal::unknown_action(name, version));
    };
    about.service = service;
    about.found = action::find(service, name);
    if matches!(about.found, Found::Unknown) {
        return Err(Refusal::unknown_action(name, version));
    }
    let regions = [app.identity.realm.region.as_str(), GLOBAL_REGION];
    let caller = authn::signed(app, request, &[service.signing_name()], &regions, now).await;
    let caller = caller.map_err(|refusal| match refusal {
        SignatureRefusal::Signature(refusal) => Refusal::signature(&refusal),
        SignatureRefusal::Fault(fault) => fault.into(),
    })?;
    match about.found {
        Found::Built(action) => {
            let user_agent = request.header("user-agent");
            dispatch(&Call { app, now, caller, form, action, user_agent }).await
        }
        Found::NotBuilt(name) => Err(Refusal::not_built(name)),
        Found::Unknown => Err(Refusal::unknown_action(name, version)),
    }
}

async fn dispatch(call: &Call<'_>) -> Outcome {
    match call.action {
        Action::CreateUser => create_user::run(call).await,
        Action::GetUser => get_user::run(call).await,
        Action::ListUsers => list_users::run(call).await,
        Action::DeleteUser => delete_user::run(call).await,
        Action::CreateAccessKey => create_access_key::run(call).await,
        Action::ListAccessKeys => list_access_keys::run(call).await,
        Action::UpdateAccessKey => update_access_key::run(call).await,
        Action::DeleteAccessKey => delete_access_key::run(call).await,
        Action::PutUserPolicy => put_user_policy::run(call).await,
        Action::GetUserPolicy => get_user_policy::run(call).await,
        Action::ListUserPolicies => list_user_policies::run(call).await,
        Action::DeleteUserPolicy => delete_user_policy::run(call).await,
        Action::GetCallerIdentity => Ok(get_caller_identity::run(call)),
    }
}

/// One line a request, as the operations' door writes it: no names, no parameters, no keys.
fn log(app: &App, about: About, request: &Request, outcome: &Outcome, began: Timestamp) {
    let id = request.id;
    if let Err(Refusal { cause: Some(cause), .. }) = outcome {
        tracing::error!(error = %chain(cause), request_id = %id, "fault");
    }
    let operation = match about.found {
        Found::Built(action) => action.label(),
        Found::NotBuilt(name) => name,
        Found::Unknown => "iam:unknown",
    };
    let result = match outcome {
        Ok(_) => "ok",
        Err(refusal) => refusal.code,
    };
    let millis = app.env.clock.now().millis_since(began);
    tracing::info!(operation, outcome = result, ms = millis, request_id = %id, "request");
}
