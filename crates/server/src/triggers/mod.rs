//! Calling Lambda triggers: attempts, bounds, what a failure means, and the log of it all.
//!
//! A call can take as long as three attempts of five seconds, so none is made while a transaction is
//! open: who calls needs the request's context for itself, and that is lent to an open transaction.
//! How many calls a pool may have going is bounded, so that one whose function hangs does not take
//! the others' places.

pub mod log;
pub mod sender;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use poolhouse_domain::error::{Error, Result, TriggerRefusal};
use poolhouse_domain::id::PoolId;
use poolhouse_domain::pool::Pool;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::trigger::{self, Call, redacted};
use serde_json::Value;

use self::log::{CallLog, TriggerCall};
use crate::app::App;
use crate::ports::lambda::{Functions, Invocation, InvokeError};

/// Attempts of one call.
const ATTEMPTS_MAX: u32 = 3;
/// Calls of all pools that may be going at once.
const CALLS_MAX: usize = 1024;
/// Calls of one pool that may be going at once.
const CALLS_OF_POOL_MAX: usize = 128;

/// The triggers of all pools.
pub struct Triggers {
    functions: Arc<dyn Functions>,
    going: Mutex<Going>,
    log: CallLog,
}

#[derive(Default)]
struct Going {
    all: usize,
    of_pool: HashMap<PoolId, usize>,
}

/// A call's place among those that may be going at once.
struct Place<'a> {
    triggers: &'a Triggers,
    pool: &'a PoolId,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut going = self.triggers.going.lock().unwrap_or_else(PoisonError::into_inner);
        going.all = going.all.saturating_sub(1);
        if let Some(count) = going.of_pool.get_mut(self.pool) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                going.of_pool.remove(self.pool);
            }
        }
    }
}

/// What the attempts came to.
struct Outcome {
    attempts: u32,
    answer: Result<Bytes, InvokeError>,
}

impl Triggers {
    /// Of functions that are reached this way.
    pub fn new(functions: Arc<dyn Functions>) -> Self {
        Self { functions, going: Mutex::default(), log: CallLog::default() }
    }

    /// The last calls.
    pub fn log(&self) -> &CallLog {
        &self.log
    }

    fn place<'a>(&'a self, pool: &'a PoolId) -> Option<Place<'a>> {
        let mut going = self.going.lock().unwrap_or_else(PoisonError::into_inner);
        let of_pool = going.of_pool.get(pool).copied().unwrap_or_default();
        if going.all >= CALLS_MAX || of_pool >= CALLS_OF_POOL_MAX {
            return None;
        }
        going.all = going.all.saturating_add(1);
        going.of_pool.insert(pool.clone(), of_pool.saturating_add(1));
        Some(Place { triggers: self, pool })
    }

    async fn attempts(&self, call: Invocation<'_>) -> Outcome {
        let mut attempts = 0;
        loop {
            attempts += 1;
            let answer = self.functions.invoke(call.clone()).await;
            match answer {
                Err(error) if error.is_transient() && attempts < ATTEMPTS_MAX => {}
                answer => return Outcome { attempts, answer },
            }
        }
    }
}

impl fmt::Debug for Triggers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Triggers").finish_non_exhaustive()
    }
}

/// Calls a trigger, if the pool has it; none where it has not.
///
/// Whoever calls this has nothing of the store open. `Ctx::trigger` and the sign-in machine are the
/// only ones who do.
///
/// # Errors
/// [`Error::Trigger`].
pub(crate) async fn call<C: Call + Sync>(
    app: &App,
    now: Timestamp,
    pool: &Pool,
    call: &C,
) -> Result<Option<C::Reply>> {
    let Some(arn) = pool.settings.trigger(C::TRIGGER) else { return Ok(None) };
    let refused = |refusal| Error::Trigger(refusal);
    let triggers = &app.triggers;
    let place = triggers.place(&pool.id).ok_or_else(|| refused(TriggerRefusal::Busy))?;
    let event = call.event().to_json(&app.identity.realm.region, &pool.id);
    let began = app.env.clock.now();
    let bytes = Bytes::from(event.to_string());
    let outcome = triggers.attempts(Invocation { arn, event: bytes, now }).await;
    drop(place);
    let answer = outcome.answer.as_ref().ok().and_then(|bytes| serde_json::from_slice(bytes).ok());
    let reply = match &outcome.answer {
        Err(error) => Err(refusal_of::<C>(error)),
        Ok(bytes) => trigger::response_of(bytes)
            .and_then(|response| call.reply(&response))
            .map_err(|_| TriggerRefusal::Unrecognizable),
    };
    let failure = match (&outcome.answer, &reply) {
        (Err(error), _) => Some(error.to_string()),
        (Ok(_), Err(_)) => Some("the answer cannot be understood".to_owned()),
        (Ok(_), Ok(_)) => None,
    };
    if let Some(reason) = &failure {
        // The reason may be the function's own words, which are not for the log of the server.
        let kind = outcome.answer.as_ref().err().map_or("answer", kind);
        tracing::warn!(trigger = C::TRIGGER.as_str(), pool = %pool.id, kind, "a trigger failed");
        debug_assert!(!reason.is_empty());
    }
    triggers.log.keep(TriggerCall {
        at: now,
        millis: app.env.clock.now().millis_since(began),
        pool: pool.id.clone(),
        trigger: C::TRIGGER.as_str(),
        arn: arn.to_owned(),
        attempts: outcome.attempts,
        failure,
        event: redacted(&event),
        answer: answer.as_ref().map(|answer: &Value| redacted(answer)),
    });
    reply.map(Some).map_err(refused)
}

fn kind(error: &InvokeError) -> &'static str {
    match error {
        InvokeError::Configuration(_) => "configuration",
        InvokeError::Denied => "denied",
        InvokeError::Timeout => "timeout",
        InvokeError::Throttled => "throttled",
        InvokeError::Service(_) => "service",
        InvokeError::Function(_) => "function",
        InvokeError::TooLarge => "too large",
    }
}

fn refusal_of<C: Call>(error: &InvokeError) -> TriggerRefusal {
    let trigger = C::TRIGGER;
    match error {
        InvokeError::Configuration(_) => TriggerRefusal::Configuration(trigger),
        InvokeError::Denied => TriggerRefusal::Denied(trigger),
        InvokeError::Timeout => TriggerRefusal::Timeout(trigger),
        InvokeError::Throttled => TriggerRefusal::Throttled(trigger),
        InvokeError::Service(_) => TriggerRefusal::Service(trigger),
        InvokeError::Function(text) => TriggerRefusal::Function(trigger, text.clone()),
        InvokeError::TooLarge => TriggerRefusal::Unrecognizable,
    }
}
