//! Messages that wait to be sent, written in the transaction that causes them.
//!
//! Whoever sends takes a message first, by one conditional statement that counts the attempt and
//! moves `due` to the end of a lease. Until then nobody else takes it; when its taker is gone, the
//! lease runs out and the message is due again, with the same id. An attempt that is counted before
//! it is made cannot be forgotten by a crash.

use poolhouse_domain::crypto::sha256;
use poolhouse_domain::error::Result;
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::message::{Lane, Medium, Message};
use poolhouse_domain::secret::Secret;
use poolhouse_domain::time::Timestamp;

use crate::cell::Cell;
use crate::sql::{DbError, Row, args};
use crate::tx::Tx;

/// The kind of the rows that stand for messages that nobody is sent.
const HIDDEN_MESSAGE_KIND: &str = "hidden_message";

/// A message that this server has taken.
#[derive(Clone, Debug)]
pub struct TakenMessage {
    /// The message.
    pub message: Message,
    /// The number of this attempt; the first is 1.
    pub attempt: i64,
}

/// A message that was given up. It says nothing of what was in it.
#[derive(Clone, Debug)]
pub struct DeadMessage {
    /// Its id.
    pub id: String,
    /// The pool it spoke for.
    pub pool: PoolId,
    /// The user it was for.
    pub sub: Sub,
    /// Who should have sent it.
    pub lane: Lane,
    /// How it should have travelled.
    pub medium: Medium,
    /// What it was.
    pub kind: String,
    /// When it was written.
    pub created: Timestamp,
    /// When it was given up.
    pub dead: Timestamp,
    /// How often it was tried.
    pub attempts: i64,
    /// Why it was given up.
    pub reason: String,
}

/// How many messages of a lane wait, and how many were given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutboxCount {
    /// Messages that wait or are being sent.
    pub queued: i64,
    /// Messages that were given up.
    pub dead: i64,
}

macro_rules! message_columns {
    () => {
        "pool_id, id, sub, medium, kind, destination, subject, body, code, call, created, \
         expires, attempts"
    };
}

const ENQUEUE: &str = "INSERT INTO outbox (pool_id, id, sub, lane, medium, kind, destination,
        subject, body, code, call, created, expires, due, attempts)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 0)";
// `lane || ''` keeps both engines on the index by due: the one by lane would have to sort.
const DUE: &str = concat!(
    "SELECT ",
    message_columns!(),
    " FROM outbox WHERE delivered IS NULL AND dead IS NULL AND due <= ?1
        AND lane || '' IN (?2, ?3, ?4) ORDER BY due, id LIMIT ?5"
);
const ANY_DUE: &str = "SELECT 1 FROM outbox WHERE delivered IS NULL AND dead IS NULL AND due <= ?1
    AND lane || '' IN (?2, ?3, ?4) LIMIT 1";
const TAKE: &str = "UPDATE outbox SET due = ?3, attempts = attempts + 1
    WHERE pool_id = ?1 AND id = ?2 AND attempts = ?4 AND due <= ?5
        AND delivered IS NULL AND dead IS NULL";
const DELIVERED: &str = "UPDATE outbox SET delivered = ?3, dead = NULL
    WHERE pool_id = ?1 AND id = ?2 AND delivered IS NULL";
const FAILED: &str = "UPDATE outbox SET due = ?4, last_error = ?5
    WHERE pool_id = ?1 AND id = ?2 AND attempts = ?3 AND delivered IS NULL AND dead IS NULL";
const BURY: &str = "UPDATE outbox SET dead = ?4, last_error = ?5
    WHERE pool_id = ?1 AND id = ?2 AND attempts = ?3 AND delivered IS NULL AND dead IS NULL";
const REVIVE: &str = "UPDATE outbox SET dead = NULL, due = ?3, attempts = 0
    WHERE pool_id = ?1 AND id = ?2 AND dead IS NOT NULL AND delivered IS NULL";
const DEAD: &str = "SELECT id, pool_id, sub, lane, medium, kind, created, dead, attempts,
        COALESCE(last_error, '')
    FROM outbox WHERE dead IS NOT NULL ORDER BY dead DESC, id DESC LIMIT ?1";
const QUEUED: &str = "SELECT COUNT(*) FROM (SELECT 1 FROM outbox
    WHERE delivered IS NULL AND lane = ?1 AND dead IS NULL LIMIT ?2) AS found";
const GIVEN_UP: &str = "SELECT COUNT(*) FROM (SELECT 1 FROM outbox
    WHERE delivered IS NULL AND lane = ?1 AND dead IS NOT NULL LIMIT ?2) AS found";
const RECENT: &str =
    concat!("SELECT ", message_columns!(), " FROM outbox ORDER BY created DESC, id DESC LIMIT ?1");

/// No more than these are counted: it is enough to see that something is wrong.
const COUNTED_MAX: i64 = 100_000;
/// How many recent messages are looked through for one destination.
const RECENT_MESSAGES_MAX: i64 = 1_000;

impl Tx {
    /// Keeps a message to be sent, due at once.
    pub async fn enqueue(&mut self, message: &Message) -> Result<()> {
        let place = [message.pool.as_str(), &message.id];
        let destination = message.destination.expose().as_bytes();
        let destination = self.seal(cell("destination", &place), destination)?;
        let body = self.seal(cell("body", &place), message.body.expose().as_bytes())?;
        let code = self.seal(cell("code", &place), message.code.expose().as_bytes())?;
        let call = match &message.call {
            Some(call) => Some(self.seal(cell("call", &place), call.expose().as_bytes())?),
            None => None,
        };
        let row = args![
            &message.pool,
            &message.id,
            &message.sub,
            message.lane().as_str(),
            message.medium.as_str(),
            &message.kind,
            destination,
            message.subject.as_deref(),
            body,
            code,
            call,
            message.created,
            message.expires,
            self.now
        ];
        self.execute(ENQUEUE, row).await?;
        Ok(())
    }

    /// Does what [`Self::enqueue`] does for a message that nobody is to be sent: as much is sealed,
    /// and a row is written that holds nothing and is swept away.
    pub async fn pretend_to_enqueue(&mut self, message: &Message) -> Result<()> {
        let place = [message.pool.as_str(), &message.id];
        for (column, plain) in [
            ("destination", &message.destination),
            ("body", &message.body),
            ("code", &message.code),
        ] {
            self.seal(cell(column, &place), plain.expose().as_bytes())?;
        }
        let id = sha256(&[message.id.as_bytes()]);
        let now = self.now;
        self.once(&message.pool, HIDDEN_MESSAGE_KIND, &id, now).await?;
        Ok(())
    }

    /// Whether a message of these lanes is due at `now`: cheaper to ask than [`Self::take_messages`],
    /// which writes.
    pub async fn any_due(&mut self, lanes: &[Lane], now: Timestamp) -> Result<bool> {
        let [first, second, third] = names(lanes);
        Ok(self.fetch_opt(ANY_DUE, args![now, first, second, third]).await?.is_some())
    }

    /// Takes at most `limit` messages of these lanes that are due, oldest first: they are the
    /// caller's until `lease_until`. No lane is none.
    pub async fn take_messages(
        &mut self,
        lanes: &[Lane],
        lease_until: Timestamp,
        limit: i64,
    ) -> Result<Vec<TakenMessage>> {
        let [first, second, third] = names(lanes);
        let wanted = args![self.now, first, second, third, limit];
        let mut taken = Vec::new();
        for mut row in self.fetch_all(DUE, wanted).await? {
            let mut found = self.message_of(&mut row)?;
            let (pool, id) = (&found.message.pool, &found.message.id);
            let take = args![pool, id, lease_until, found.attempt, self.now];
            if self.execute(TAKE, take).await? == 1 {
                found.attempt = found.attempt.saturating_add(1);
                taken.push(found);
            }
        }
        Ok(taken)
    }

    /// Notes that a message was sent, by whomever; whether that was not known yet.
    pub async fn delivered(&mut self, pool: &PoolId, id: &str) -> Result<bool> {
        Ok(self.execute(DELIVERED, args![pool, id, self.now]).await? == 1)
    }

    /// Notes that an attempt failed, and when to try again; false when it is not the last one that
    /// was begun. `reason` must hold nothing personal.
    pub async fn failed(
        &mut self,
        taken: &TakenMessage,
        retry_at: Timestamp,
        reason: &str,
    ) -> Result<bool> {
        let (pool, id) = (&taken.message.pool, &taken.message.id);
        Ok(self.execute(FAILED, args![pool, id, taken.attempt, retry_at, reason]).await? == 1)
    }

    /// Gives a message up; false when this is not the last attempt that was begun. `reason` must
    /// hold nothing personal.
    pub async fn bury(&mut self, taken: &TakenMessage, reason: &str) -> Result<bool> {
        let (pool, id) = (&taken.message.pool, &taken.message.id);
        Ok(self.execute(BURY, args![pool, id, taken.attempt, self.now, reason]).await? == 1)
    }

    /// Has a message that was given up tried again from the start; false when there is none.
    pub async fn revive(&mut self, pool: &PoolId, id: &str) -> Result<bool> {
        Ok(self.execute(REVIVE, args![pool, id, self.now]).await? == 1)
    }

    /// What was given up, the latest first. Nothing sealed is opened.
    pub async fn dead_messages(&mut self, limit: i64) -> Result<Vec<DeadMessage>> {
        let rows = self.fetch_all(DEAD, args![limit]).await?;
        rows.into_iter().map(|mut row| dead_of(&mut row)).collect()
    }

    /// How many messages of a lane wait and how many were given up; of each a hundred thousand are
    /// counted.
    pub async fn outbox_count(&mut self, lane: Lane) -> Result<OutboxCount> {
        let queued = self.count_lane(QUEUED, lane).await?;
        Ok(OutboxCount { queued, dead: self.count_lane(GIVEN_UP, lane).await? })
    }

    async fn count_lane(&mut self, sql: &'static str, lane: Lane) -> Result<i64> {
        let row = self.fetch_opt(sql, args![lane.as_str(), COUNTED_MAX]).await?;
        Ok(row.ok_or_else(|| DbError::shape("a count without a row"))?.int()?)
    }

    /// The newest messages first, at most `limit`, to one destination or to all: for local work
    /// only, since it opens what is sealed. Looks through the last thousand.
    pub async fn messages_to(
        &mut self,
        destination: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Message>> {
        let mut found = Vec::new();
        for mut row in self.fetch_all(RECENT, args![RECENT_MESSAGES_MAX]).await? {
            let message = self.message_of(&mut row)?.message;
            if destination.is_none_or(|wanted| message.destination.expose() == wanted) {
                found.push(message);
            }
            if found.len() >= limit {
                break;
            }
        }
        Ok(found)
    }

    fn message_of(&self, row: &mut Row) -> Result<TakenMessage> {
        let (pool, id) = (PoolId::new(row.text()?), row.text()?);
        let (sub, medium, kind) = (Sub::new(row.text()?), medium_of(&row.text()?)?, row.text()?);
        let place = [pool.as_str(), &id];
        let open = |column, sealed: &[u8]| -> Result<Secret<String>> {
            self.open_text(cell(column, &place), sealed)
        };
        let destination = open("destination", &row.blob()?)?;
        let subject = row.opt_text()?;
        let body = open("body", &row.blob()?)?;
        let code = open("code", &row.blob()?)?;
        let call = row.opt_blob()?.map(|sealed| open("call", &sealed)).transpose()?;
        let (created, expires, attempt) = (row.time()?, row.opt_time()?, row.int()?);
        let message = Message {
            id,
            pool,
            sub,
            medium,
            kind,
            destination,
            subject,
            body,
            code,
            created,
            expires,
            call,
        };
        Ok(TakenMessage { message, attempt })
    }
}

/// As many names as the statements have places; nobody's where there are fewer lanes.
fn names(lanes: &[Lane]) -> [&'static str; 3] {
    [0, 1, 2].map(|index| lanes.get(index).map_or("", |lane| lane.as_str()))
}

fn dead_of(row: &mut Row) -> Result<DeadMessage> {
    Ok(DeadMessage {
        id: row.text()?,
        pool: PoolId::new(row.text()?),
        sub: Sub::new(row.text()?),
        lane: lane_of(&row.text()?)?,
        medium: medium_of(&row.text()?)?,
        kind: row.text()?,
        created: row.time()?,
        dead: row.time()?,
        attempts: row.int()?,
        reason: row.text()?,
    })
}

fn medium_of(text: &str) -> Result<Medium> {
    Ok(Medium::parse(text).ok_or_else(|| DbError::shape("an unknown medium"))?)
}

fn lane_of(text: &str) -> Result<Lane> {
    Ok(Lane::parse(text).ok_or_else(|| DbError::shape("an unknown lane"))?)
}

fn cell<'a>(column: &'static str, key: &'a [&'a str]) -> Cell<'a> {
    Cell { table: "outbox", column, key }
}
