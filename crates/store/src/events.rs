//! What users did that concerns their credentials, kept for two years.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::risk::RiskRefusal;
use poolhouse_domain::risk::event::{
    AuthEvent, Context, EventResponseType, EventType, Feedback, FeedbackValueType,
};
use poolhouse_domain::time::Timestamp;

use crate::cell::Cell;
use crate::pools::{CreatedCursor, from_json, json};
use crate::sql::{DbError, OnConstraint, Row, args};
use crate::tx::Tx;

macro_rules! event_columns {
    () => {
        "pool_id, sub, id, kind, response, findings, context, feedback, feedback_provider,
        feedback_at, created"
    };
}

const INSERT: &str = "INSERT INTO auth_event
        (pool_id, sub, id, kind, response, findings, context, created)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const SELECT: &str = concat!(
    "SELECT ",
    event_columns!(),
    " FROM auth_event WHERE pool_id = ?1 AND sub = ?2 AND id = ?3"
);
const LIST: &str = concat!(
    "SELECT ",
    event_columns!(),
    " FROM auth_event WHERE pool_id = ?1 AND sub = ?2 AND (created, id) < (?3, ?4)
    ORDER BY created DESC, id DESC LIMIT ?5"
);
const OF_KIND: &str = concat!(
    "SELECT ",
    event_columns!(),
    " FROM auth_event WHERE pool_id = ?1 AND sub = ?2 AND kind = ?3 AND response = ?4
    ORDER BY created DESC LIMIT ?5"
);
const SINCE: &str = "SELECT created FROM auth_event
    WHERE pool_id = ?1 AND sub = ?2 AND kind = ?3 AND response = ?4 AND created > ?5 LIMIT ?6";
const FEEDBACK: &str = "UPDATE auth_event
    SET feedback = ?4, feedback_provider = ?5, feedback_at = ?6
    WHERE pool_id = ?1 AND sub = ?2 AND id = ?3";
/// Later than every id at the end of time.
const LAST_ID: &str = "\u{10FFFF}";

/// The kind of the rows that stand for the events of users who do not exist.
const SHADOW_KIND: &str = "event";
/// About what the context of an event has, bytes.
const SHADOW_CONTEXT_BYTES: usize = 128;

impl Tx {
    /// Does what [`Self::put_event`] does for a user who does not exist: as much is sealed, and a
    /// row is written that holds nothing and is swept away.
    pub async fn put_shadow_event(&mut self, pool: &PoolId, id: &[u8; 32]) -> Result<()> {
        self.seal(cell(&[pool.as_str(), "", ""]), &[b' '; SHADOW_CONTEXT_BYTES])?;
        let until = self.now.plus_secs(1);
        self.once(pool, SHADOW_KIND, id, until).await?;
        Ok(())
    }

    /// Keeps an event.
    ///
    /// # Errors
    /// `UserNotFound` when the user went away meanwhile.
    pub async fn put_event(&mut self, event: &AuthEvent) -> Result<()> {
        let place = [event.pool.as_str(), event.sub.as_str(), event.id.as_str()];
        let context = self.seal(cell(&place), json(&event.context)?.as_bytes())?;
        let row = args![
            &event.pool,
            &event.sub,
            &event.id,
            event.kind.as_str(),
            event.response.as_str(),
            json(&event.findings)?,
            context,
            event.created
        ];
        self.execute(INSERT, row).await.on_missing_parent(Error::UserNotFound)?;
        Ok(())
    }

    /// An event of a user.
    ///
    /// # Errors
    /// [`RiskRefusal::EventNotFound`].
    pub async fn event(&mut self, pool: &PoolId, sub: &Sub, id: &str) -> Result<AuthEvent> {
        let row = self.fetch_opt(SELECT, args![pool, sub, id]).await?;
        self.event_of(&mut row.ok_or(Error::Risk(RiskRefusal::EventNotFound))?)
    }

    /// At most `limit` events of a user, the newest first, those older than `before`.
    pub async fn list_events(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        before: Option<&CreatedCursor>,
        limit: i64,
    ) -> Result<Vec<AuthEvent>> {
        let end = Timestamp::from_millis(i64::MAX);
        let (created, id) = before.map_or((end, LAST_ID), |c| (c.created, c.id.as_str()));
        let rows = self.fetch_all(LIST, args![pool, sub, created, id, limit]).await?;
        rows.into_iter().map(|mut row| self.event_of(&mut row)).collect()
    }

    /// A user's last successful sign-ins, at most `limit`, the newest first.
    pub async fn last_sign_ins(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        limit: i64,
    ) -> Result<Vec<AuthEvent>> {
        let (kind, passed) = (EventType::SignIn.as_str(), EventResponseType::Pass.as_str());
        let rows = self.fetch_all(OF_KIND, args![pool, sub, kind, passed, limit]).await?;
        rows.into_iter().map(|mut row| self.event_of(&mut row)).collect()
    }

    /// How often signing a user in failed since then, counting no further than `limit`.
    pub async fn failed_sign_ins(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        since: Timestamp,
        limit: i64,
    ) -> Result<i64> {
        let (kind, failed) = (EventType::SignIn.as_str(), EventResponseType::Fail.as_str());
        let rows = self.fetch_all(SINCE, args![pool, sub, kind, failed, since, limit]).await?;
        Ok(i64::try_from(rows.len()).unwrap_or(limit))
    }

    /// Keeps what was said about an event, in place of what was said before.
    ///
    /// # Errors
    /// [`RiskRefusal::EventNotFound`].
    pub async fn set_feedback(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        id: &str,
        feedback: &Feedback,
    ) -> Result<()> {
        let row = args![pool, sub, id, feedback.value.as_str(), &feedback.provider, feedback.at];
        self.expect_one(FEEDBACK, row, Error::Risk(RiskRefusal::EventNotFound)).await
    }

    fn event_of(&self, row: &mut Row) -> Result<AuthEvent> {
        let (pool, sub, id) = (PoolId::new(row.text()?), Sub::new(row.text()?), row.text()?);
        let kind = from_name::<EventType>(row.text()?)?;
        let response = from_name::<EventResponseType>(row.text()?)?;
        let findings = from_json(&row.text()?)?;
        let place = [pool.as_str(), sub.as_str(), id.as_str()];
        let context: Context = from_json(self.open_text(cell(&place), &row.blob()?)?.expose())?;
        let said = (row.opt_text()?, row.opt_text()?, row.opt_time()?);
        let feedback = match said {
            (Some(value), Some(provider), Some(at)) => {
                Some(Feedback { value: from_name::<FeedbackValueType>(value)?, provider, at })
            }
            _ => None,
        };
        let created = row.time()?;
        Ok(AuthEvent { id, pool, sub, created, kind, response, findings, context, feedback })
    }
}

/// A stored name of the wire.
fn from_name<T: serde::de::DeserializeOwned>(name: String) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(name))
        .map_err(|_| DbError::shape("an unknown name").into())
}

fn cell<'a>(key: &'a [&'a str]) -> Cell<'a> {
    Cell { table: "auth_event", column: "context", key }
}
