//! The outbox at work: takes messages that committed transactions wrote and sends each.
//!
//! A message is written in the transaction of the change that needs it, so a code that was stored
//! is a code that will be sent. It is sent **at least once**: a crash between sending and noting it
//! sends it again, with the same id. docs/adr/0009-outbox.md says who waits for what.
//!
//! It knows nothing of what is in a message, and says nothing of it: the reasons that are kept and
//! logged name errors, never addresses or codes.

mod counters;
mod file;
mod smtp;
mod webhook;
mod worker;

use std::sync::Arc;
use std::time::Duration;

use poolhouse_domain::error::Result;
use poolhouse_domain::message::{Lane, Message, retry_after_ms};
use poolhouse_domain::time::Timestamp;
use poolhouse_store::{Db, TakenMessage};
use tokio::sync::{Mutex, Notify};

pub use self::counters::{Counters, Counts};
pub use self::file::{FileSpool, document};
pub use self::smtp::{Smtp, SmtpSetup};
pub use self::webhook::{Webhook, signature};
pub use self::worker::work;
use crate::env::Clock;
use crate::http::BoxFuture;

/// Messages that one turn takes.
const BATCH_MESSAGES: i64 = 16;
/// Turns of one call of [`Post::deliver`] at most.
const TURNS_MAX: u32 = 1_000;
/// How long one attempt may take.
const ATTEMPT_MAX: Duration = Duration::from_secs(60);
/// How long a taken message belongs to its taker, milliseconds. Longer than an attempt, so that no
/// second server begins one while the first still waits.
const LEASE_MS: i64 = 150_000;
/// Longest reason that is kept, characters.
const REASON_CHARS_MAX: usize = 200;
const EXPIRED: &str = "its code ran out before it could be sent";

/// Why a message was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// For the operator: names the error, and nothing of the message.
    pub reason: String,
    /// Whether trying again is of no use.
    pub permanent: bool,
}

impl Failure {
    /// It may succeed later.
    pub fn temporary(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), permanent: false }
    }

    /// It will not succeed later either.
    pub fn permanent(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), permanent: true }
    }
}

/// Takes a message to where it can be read.
pub trait Sink: Send + Sync + 'static {
    /// Delivers one message. Called at least once for each: the same id may come again.
    fn deliver<'a>(
        &'a self,
        message: &'a Message,
    ) -> BoxFuture<'a, std::result::Result<(), Failure>>;

    /// Removes what it keeps of old messages.
    fn sweep(&self, _now: Timestamp) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// Whether a request waits until its message was delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// It waits: delivery is a matter of this machine alone.
    ForDelivery,
    /// It does not: how long others take, and whether a message was sent at all, must not be seen
    /// from how long an answer takes.
    Not,
}

/// Who carries the messages of one lane.
pub struct Carrier {
    sink: Arc<dyn Sink>,
    wait: Wait,
    waiting: Notify,
}

impl Carrier {
    /// A carrier.
    pub fn new(sink: Arc<dyn Sink>, wait: Wait) -> Self {
        Self { sink, wait, waiting: Notify::new() }
    }
}

/// The post office: who carries what, and how much of it.
pub struct Post {
    email: Carrier,
    sms: Carrier,
    function: Carrier,
    /// What was done since the start.
    pub counters: Counters,
    /// Held while requests' messages are delivered: a request whose message somebody else took
    /// waits for them.
    turn: Mutex<()>,
    /// How long one attempt may take.
    attempt_max: Duration,
}

impl std::fmt::Debug for Post {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Post").field("counters", &self.counters).finish_non_exhaustive()
    }
}

/// What delivery stands on.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The store.
    pub db: &'a Db,
    /// The time.
    pub clock: &'a dyn Clock,
}

impl Post {
    /// A post office.
    pub fn new(email: Carrier, sms: Carrier, function: Carrier) -> Self {
        let (counters, turn) = (Counters::default(), Mutex::new(()));
        Self { email, sms, function, counters, turn, attempt_max: ATTEMPT_MAX }
    }

    fn carrier(&self, lane: Lane) -> &Carrier {
        match lane {
            Lane::Email => &self.email,
            Lane::Sms => &self.sms,
            Lane::Function => &self.function,
        }
    }

    /// Messages were written: delivers those whose requests wait for it, and tells the workers of
    /// the others.
    ///
    /// # Errors
    /// A fault of the store; a message that cannot be delivered is not one.
    pub async fn written(&self, desk: Desk<'_>) -> Result<()> {
        let waits = |lane: &Lane| self.carrier(*lane).wait == Wait::ForDelivery;
        let (now, later): (Vec<Lane>, Vec<Lane>) = Lane::ALL.into_iter().partition(waits);
        for lane in later {
            self.carrier(lane).waiting.notify_one();
        }
        if now.is_empty() { Ok(()) } else { self.deliver(desk, &now).await }
    }

    /// Delivers everything of these lanes that is due, in the order in which it was written.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn deliver(&self, desk: Desk<'_>, lanes: &[Lane]) -> Result<()> {
        let _turn = self.turn.lock().await;
        for _ in 0..TURNS_MAX {
            let taken = take(desk, lanes, BATCH_MESSAGES).await?;
            if taken.is_empty() {
                break;
            }
            for taken in &taken {
                self.attempt(desk, taken).await?;
            }
        }
        Ok(())
    }

    /// One attempt at a message that was taken, and the record of how it ended.
    async fn attempt(&self, desk: Desk<'_>, taken: &TakenMessage) -> Result<()> {
        let message = &taken.message;
        let lane = message.lane();
        let outcome = if message.expires.is_some_and(|expires| expires <= desk.clock.now()) {
            Err(Failure::permanent(EXPIRED))
        } else {
            let attempt = self.carrier(lane).sink.deliver(message);
            let late = |_| Err(Failure::temporary("no answer in time"));
            tokio::time::timeout(self.attempt_max, attempt).await.unwrap_or_else(late)
        };
        self.settle(desk, taken, lane, outcome).await
    }

    async fn settle(
        &self,
        desk: Desk<'_>,
        taken: &TakenMessage,
        lane: Lane,
        outcome: std::result::Result<(), Failure>,
    ) -> Result<()> {
        let (now, message) = (desk.clock.now(), &taken.message);
        let Err(failure) = outcome else {
            let (pool, id) = (&message.pool, &message.id);
            desk.db.write(now, async |mut tx| tx.delivered(pool, id).await).await?;
            self.counters.delivered(lane);
            return Ok(());
        };
        let reason: String = failure.reason.chars().take(REASON_CHARS_MAX).collect();
        let retry = retry_after_ms(taken.attempt).filter(|_| !failure.permanent);
        let (id, attempt) = (&message.id, taken.attempt);
        self.counters.failed(lane);
        let reason = reason.as_str();
        match retry {
            Some(wait) => {
                let at = now.plus_millis(wait);
                desk.db.write(now, async |mut tx| tx.failed(taken, at, reason).await).await?;
                tracing::warn!(message = id, attempt, reason, "a message could not be delivered");
            }
            None => {
                desk.db.write(now, async |mut tx| tx.bury(taken, reason).await).await?;
                self.counters.given_up(lane);
                tracing::error!(message = id, attempt, reason, "a message was given up");
            }
        }
        Ok(())
    }

    /// Removes what the carriers keep of old messages.
    pub async fn sweep(&self, now: Timestamp) {
        for lane in Lane::ALL {
            self.carrier(lane).sink.sweep(now).await;
        }
    }
}

async fn take(desk: Desk<'_>, lanes: &[Lane], limit: i64) -> Result<Vec<TakenMessage>> {
    let now = desk.clock.now();
    if !desk.db.read(async |mut tx| tx.any_due(lanes, now).await).await? {
        return Ok(Vec::new());
    }
    let until = now.plus_millis(LEASE_MS);
    desk.db.write(now, async |mut tx| tx.take_messages(lanes, until, limit).await).await
}

#[cfg(test)]
mod tests;
