//! The last calls of triggers, for an operator who wants to know why a sign-in failed.
//!
//! Kept in memory, bounded, and gone with the process. What is kept has been redacted before.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use poolhouse_domain::iam;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::time::Timestamp;
use poolhouse_wire::ErrorName;
use serde_json::{Value, json};

use crate::app::App;
use crate::http::{Request, Response, response};
use crate::rpc::authn::{self, SignatureRefusal};
use crate::rpc::authz;
use crate::rpc::pipeline::chain;

/// Calls that are kept.
pub const CALLS_MAX: usize = 200;
/// The action that a policy must allow.
pub const ACTION: &str = "poolhouse:ListTriggerCalls";

/// One call of a trigger, with all its attempts.
#[derive(Clone, Debug)]
pub struct TriggerCall {
    /// When the request that made it came.
    pub at: Timestamp,
    /// How long it took, in milliseconds.
    pub millis: i64,
    /// The pool.
    pub pool: PoolId,
    /// The trigger.
    pub trigger: &'static str,
    /// The function.
    pub arn: String,
    /// How often it was tried.
    pub attempts: u32,
    /// Why it failed; none if it did not.
    pub failure: Option<String>,
    /// The event, redacted.
    pub event: Value,
    /// The answer, redacted; none without one.
    pub answer: Option<Value>,
}

/// The calls, oldest first.
#[derive(Debug, Default)]
pub struct CallLog(Mutex<VecDeque<TriggerCall>>);

impl CallLog {
    /// Keeps a call, and forgets the oldest if there are too many.
    pub fn keep(&self, call: TriggerCall) {
        let mut calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if calls.len() >= CALLS_MAX {
            calls.pop_front();
        }
        calls.push_back(call);
    }

    /// The calls of a pool, or all of them, newest first.
    pub fn latest(&self, pool: Option<&str>) -> Vec<TriggerCall> {
        let calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = |call: &&TriggerCall| pool.is_none_or(|pool| call.pool.as_str() == pool);
        calls.iter().rev().filter(wanted).cloned().collect()
    }
}

/// `GET /_poolhouse/triggers?pool=…`: signed for the service `cognito-idp`, by somebody whose
/// policies allow [`ACTION`].
pub async fn answer(app: &App, request: &Request) -> Response {
    let now = app.env.clock.now();
    let regions = [app.identity.realm.region.as_str()];
    let caller = match authn::signed(app, request, &["cognito-idp"], &regions, now).await {
        Ok(caller) => caller,
        Err(SignatureRefusal::Signature(refusal)) => {
            return Response::aws_error(403, refusal.exception_name(), &refusal.message());
        }
        Err(SignatureRefusal::Fault(fault)) => {
            tracing::error!(error = %chain(&fault), "fault");
            return Response::internal_error();
        }
    };
    let context = authz::common_context(app, &caller, request.header("user-agent"), now);
    let asked = iam::Request { action: ACTION, resource: "*", context: &context };
    if let Err(denied) = iam::permit(&caller.principal, &caller.policies, &asked) {
        let name = ErrorName::AccessDeniedException;
        return Response::aws_error(name.http_status(), name.as_str(), &denied.message());
    }
    let pool = request.query.split('&').find_map(|pair| pair.strip_prefix("pool="));
    let calls: Vec<Value> = app.triggers.log().latest(pool).iter().map(document).collect();
    Response::new(200, response::JSON, json!({ "calls": calls }).to_string())
}

fn document(call: &TriggerCall) -> Value {
    json!({
        "at": call.at.as_millis(),
        "milliseconds": call.millis,
        "pool": call.pool.as_str(),
        "trigger": call.trigger,
        "function": call.arn,
        "attempts": call.attempts,
        "failure": call.failure,
        "event": call.event,
        "answer": call.answer,
    })
}
