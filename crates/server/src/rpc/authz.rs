//! Whether policy lets a signed caller do an operation to its resource.
//!
//! The resource is built from the pool that the request is about and from the server's own region
//! and account, never from an ARN that the request claims.

use poolhouse_domain::iam::{self, Context, Transport};
use poolhouse_domain::id::PoolId;
use poolhouse_domain::time::Timestamp;
use poolhouse_wire::{ErrorName, ResourceKind};
use serde_json::Value;

use super::authn::SignedCaller;
use super::error::WireError;
use crate::app::App;

/// The operation that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Its name.
    pub operation: &'static str,
    /// What its policies are about.
    pub resource: ResourceKind,
    /// The request.
    pub body: &'a Value,
    /// `User-Agent`.
    pub user_agent: Option<&'a str>,
}

/// Lets the caller pass, or says why not.
///
/// # Errors
/// `AccessDeniedException` with the service's text.
pub fn permit(
    app: &App,
    caller: &SignedCaller,
    asked: Asked<'_>,
    now: Timestamp,
) -> Result<(), WireError> {
    let resource = resource(app, asked);
    let context = context(app, caller, asked, now);
    let action = format!("cognito-idp:{}", asked.operation);
    let request = iam::Request { action: &action, resource: &resource, context: &context };
    iam::permit(&caller.principal, &caller.policies, &request)
        .map_err(|denied| WireError::new(ErrorName::AccessDeniedException, denied.message()))
}

fn resource(app: &App, asked: Asked<'_>) -> String {
    let text = |name: &str| asked.body.get(name).and_then(Value::as_str);
    match asked.resource {
        ResourceKind::Pool => match text("UserPoolId") {
            Some(pool) => app.identity.realm.pool_arn(&PoolId::new(pool)),
            None => "*".to_owned(),
        },
        // An ARN of another realm names nothing here; it can only be allowed by a policy for all.
        ResourceKind::ArnMember => text("ResourceArn").unwrap_or("*").to_owned(),
        ResourceKind::ClientPool | ResourceKind::Any | ResourceKind::None => "*".to_owned(),
    }
}

/// The condition keys that every signed request has, whatever it asks for.
pub(crate) fn common_context(
    app: &App,
    caller: &SignedCaller,
    user_agent: Option<&str>,
    now: Timestamp,
) -> Context {
    let context = Context::of(&caller.principal)
        .with_time(now)
        .with_source_ip(caller.ip)
        .with_secure_transport(Transport::Plain)
        .with_requested_region(&app.identity.realm.region);
    match user_agent {
        Some(agent) => context.with_user_agent(agent),
        None => context,
    }
}

fn context(app: &App, caller: &SignedCaller, asked: Asked<'_>, now: Timestamp) -> Context {
    let mut context = common_context(app, caller, asked.user_agent, now);
    let tags = ["UserPoolTags", "Tags"].iter().filter_map(|name| asked.body.get(*name));
    for (key, value) in tags.filter_map(Value::as_object).flatten() {
        if let Some(value) = value.as_str() {
            context = context.with_request_tag(key, value);
        }
    }
    context
}
