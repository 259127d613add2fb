//! The decision: explicit deny first, then any allow, otherwise deny.

use super::context::Context;
use super::policy::{Effect, Policy};
use super::principal::Principal;

/// What is to be decided.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Such as `cognito-idp:AdminGetUser`.
    pub action: &'a str,
    /// The resource's ARN, or `*` for an action that is about none.
    pub resource: &'a str,
    /// The condition keys.
    pub context: &'a Context,
}

/// What policies say about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A statement allows it and none denies it.
    Allow,
    /// A statement denies it.
    ExplicitDeny {
        /// The statement's `Sid`.
        sid: Option<String>,
    },
    /// No statement speaks about it.
    ImplicitDeny,
}

/// Evaluates all policies of a principal together; their order does not matter.
pub fn decide(policies: &[Policy], request: &Request<'_>) -> Decision {
    let action = request.action.to_ascii_lowercase();
    let mut decision = Decision::ImplicitDeny;
    for statement in policies.iter().flat_map(|policy| &policy.statements) {
        if statement.effect == Effect::Allow && decision == Decision::Allow {
            continue;
        }
        if statement.applies(&action, request) {
            match statement.effect {
                Effect::Allow => decision = Decision::Allow,
                Effect::Deny => return Decision::ExplicitDeny { sid: statement.sid.clone() },
            }
        }
    }
    decision
}

/// Lets a principal do something, or says why not. Root may do everything: identity policies cannot
/// be attached to it.
///
/// # Errors
/// [`Denied`] if the policies do not allow the request.
pub fn permit(
    principal: &Principal,
    policies: &[Policy],
    request: &Request<'_>,
) -> Result<(), Denied> {
    let reason = match principal {
        Principal::Root { .. } => return Ok(()),
        Principal::User { .. } => match decide(policies, request) {
            Decision::Allow => return Ok(()),
            Decision::ExplicitDeny { .. } => Reason::Explicit,
            Decision::ImplicitDeny => Reason::Implicit,
        },
    };
    Err(Denied {
        principal: principal.arn(),
        action: request.action.to_owned(),
        resource: request.resource.to_owned(),
        reason,
    })
}

/// A refusal by policy: what `AccessDeniedException` tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    /// The principal's ARN.
    pub principal: String,
    /// The action.
    pub action: String,
    /// The resource's ARN, or `*`.
    pub resource: String,
    /// Which kind of denial it was.
    pub reason: Reason,
}

/// Which kind of denial it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A statement denies it.
    Explicit,
    /// No statement allows it.
    Implicit,
}

impl Denied {
    /// The message, in AWS's words.
    pub fn message(&self) -> String {
        let Self { principal, action, resource, reason } = self;
        let why = match reason {
            Reason::Explicit => "with an explicit deny in an identity-based policy".to_owned(),
            Reason::Implicit => {
                format!("because no identity-based policy allows the {action} action")
            }
        };
        format!(
            "User: {principal} is not authorized to perform: {action} on resource: {resource} {why}"
        )
    }
}
