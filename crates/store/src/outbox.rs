//! Messages that wait to be sent, written in the transaction that causes them.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::message::{Medium, Message};
use poolhouse_domain::time::Timestamp;

use crate::cell::Cell;
use crate::sql::{DbError, Row, args};
use crate::tx::Tx;

/// A message that is due.
#[derive(Clone, Debug)]
pub struct DueMessage {
    /// The message.
    pub message: Message,
    /// How often sending it has failed.
    pub attempts: i64,
}

macro_rules! message_columns {
    () => {
        "pool_id, id, sub, medium, kind, destination, subject, body, code, created, attempts"
    };
}

const ENQUEUE: &str = "INSERT INTO outbox (pool_id, id, sub, medium, kind, destination, subject,
        body, code, created, due, attempts)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0)";
const DUE: &str = concat!(
    "SELECT ",
    message_columns!(),
    " FROM outbox WHERE delivered IS NULL AND due <= ?1 ORDER BY due, id LIMIT ?2"
);
const DELIVERED: &str = "UPDATE outbox SET delivered = ?3
    WHERE pool_id = ?1 AND id = ?2 AND delivered IS NULL";
const FAILED: &str = "UPDATE outbox SET due = ?3, attempts = attempts + 1, last_error = ?4
    WHERE pool_id = ?1 AND id = ?2 AND delivered IS NULL";
const RECENT: &str =
    concat!("SELECT ", message_columns!(), " FROM outbox ORDER BY created DESC, id DESC LIMIT ?1");

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
        let row = args![
            &message.pool,
            &message.id,
            &message.sub,
            message.medium.as_str(),
            &message.kind,
            destination,
            message.subject.as_deref(),
            body,
            code,
            message.created,
            self.now
        ];
        self.execute(ENQUEUE, row).await?;
        Ok(())
    }

    /// At most `limit` messages that are due at `now`, oldest first.
    pub async fn due(&mut self, now: Timestamp, limit: i64) -> Result<Vec<DueMessage>> {
        let rows = self.fetch_all(DUE, args![now, limit]).await?;
        rows.into_iter().map(|mut row| self.message_of(&mut row)).collect()
    }

    /// Notes that a message was sent; whether it was still waiting.
    pub async fn delivered(&mut self, pool: &PoolId, id: &str) -> Result<bool> {
        Ok(self.execute(DELIVERED, args![pool, id, self.now]).await? == 1)
    }

    /// Notes that sending failed, and when to try again. `reason` must hold nothing personal.
    pub async fn failed(
        &mut self,
        pool: &PoolId,
        id: &str,
        retry_at: Timestamp,
        reason: &str,
    ) -> Result<()> {
        self.execute(FAILED, args![pool, id, retry_at, reason]).await?;
        Ok(())
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

    fn message_of(&self, row: &mut Row) -> Result<DueMessage> {
        let (pool, id) = (PoolId::new(row.text()?), row.text()?);
        let (sub, medium, kind) = (Sub::new(row.text()?), row.text()?, row.text()?);
        let medium = Medium::parse(&medium).ok_or_else(|| DbError::shape("an unknown medium"))?;
        let place = [pool.as_str(), &id];
        let destination = self.open_text(cell("destination", &place), &row.blob()?)?;
        let subject = row.opt_text()?;
        let body = self.open_text(cell("body", &place), &row.blob()?)?;
        let code = self.open_text(cell("code", &place), &row.blob()?)?;
        let (created, attempts) = (row.time()?, row.int()?);
        let message =
            Message { id, pool, sub, medium, kind, destination, subject, body, code, created };
        Ok(DueMessage { message, attempts })
    }
}

fn cell<'a>(column: &'static str, key: &'a [&'a str]) -> Cell<'a> {
    Cell { table: "outbox", column, key }
}
