//! User pools, their settings and the count of their users.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::time::Timestamp;

use crate::sql::{DbError, OnConstraint, Row, args};
use crate::tx::Tx;

/// The place in a list ordered by creation after which the next page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreatedCursor {
    /// When the last item of the page before was created.
    pub created: Timestamp,
    /// Its id.
    pub id: String,
}

/// Parts of a pool's user count; sign-ups of different users rarely meet in one.
const COUNT_PARTS: u64 = 8;

const INSERT: &str = "INSERT INTO pool (id, name, settings, deleted, version, created, modified)
    VALUES (?1, ?2, ?3, 0, 1, ?4, ?5)";
const INSERT_COUNT: &str = "INSERT INTO pool_users (pool_id, part, users) VALUES
    (?1, 0, 0), (?1, 1, 0), (?1, 2, 0), (?1, 3, 0), (?1, 4, 0), (?1, 5, 0), (?1, 6, 0), (?1, 7, 0)";
const SELECT: &str = "SELECT p.id, p.name, p.settings, p.created, p.modified,
        CAST((SELECT SUM(c.users) FROM pool_users c WHERE c.pool_id = p.id) AS BIGINT), p.version
    FROM pool p WHERE p.id = ?1 AND p.deleted = 0";
const LIST: &str = "SELECT p.id, p.name, p.settings, p.created, p.modified,
        CAST((SELECT SUM(c.users) FROM pool_users c WHERE c.pool_id = p.id) AS BIGINT), p.version
    FROM pool p WHERE p.deleted = 0 AND (p.created, p.id) > (?1, ?2)
    ORDER BY p.deleted, p.created, p.id LIMIT ?3";
const UPDATE: &str =
    "UPDATE pool SET name = ?2, settings = ?3, modified = ?4, version = version + 1
    WHERE id = ?1 AND deleted = 0 AND (CAST(?5 AS BIGINT) IS NULL OR version = ?5)";
const DELETE: &str = "UPDATE pool SET deleted = 1 WHERE id = ?1 AND deleted = 0";
const COUNT: &str = "UPDATE pool_users SET users = users + ?3 WHERE pool_id = ?1 AND part = ?2";

/// What must be gone with the pool itself, and is bounded: without them nothing of it can be
/// reached, and no user can be added.
const DELETE_AT_ONCE: [&str; 3] = [
    "DELETE FROM client WHERE pool_id = ?1",
    "DELETE FROM signing_key WHERE pool_id = ?1",
    "DELETE FROM pool_users WHERE pool_id = ?1",
];
const DELETED: &str = "SELECT id FROM pool WHERE deleted = 1 ORDER BY created, id LIMIT 1";
/// The rest of a deleted pool, in pieces. What hangs on a user goes with the user; the other tables
/// are not tied to the pool by a foreign key, because such a key would make every sign-in lock the
/// pool's row.
const DELETE_LATER: [&str; 7] = [
    "DELETE FROM users WHERE (pool_id, sub) IN (
        SELECT pool_id, sub FROM users WHERE pool_id = ?1 LIMIT ?2)",
    "DELETE FROM session WHERE (pool_id, handle_hash) IN (
        SELECT pool_id, handle_hash FROM session WHERE pool_id = ?1 LIMIT ?2)",
    "DELETE FROM once WHERE (pool_id, kind, id_hash) IN (
        SELECT pool_id, kind, id_hash FROM once WHERE pool_id = ?1 LIMIT ?2)",
    "DELETE FROM guess WHERE (pool_id, subject, kind) IN (
        SELECT pool_id, subject, kind FROM guess WHERE pool_id = ?1 LIMIT ?2)",
    "DELETE FROM budget WHERE (pool_id, subject, kind) IN (
        SELECT pool_id, subject, kind FROM budget WHERE pool_id = ?1 LIMIT ?2)",
    "DELETE FROM hidden_code WHERE (pool_id, subject, purpose) IN (
        SELECT pool_id, subject, purpose FROM hidden_code WHERE pool_id = ?1 LIMIT ?2)",
    "DELETE FROM outbox WHERE (pool_id, id) IN (
        SELECT pool_id, id FROM outbox WHERE pool_id = ?1 LIMIT ?2)",
];
const DELETE_REST: &str = "DELETE FROM pool WHERE id = ?1";

impl Tx {
    /// Keeps a new pool. Its `users` is ignored: it starts with none.
    pub async fn insert_pool(&mut self, pool: &Pool) -> Result<()> {
        let row = args![&pool.id, &pool.name, json(&pool.settings)?, pool.created, pool.modified];
        let taken = Error::fault("a generated pool id is taken");
        self.execute(INSERT, row).await.on_constraint("pool_pkey", taken)?;
        self.execute(INSERT_COUNT, args![&pool.id]).await?;
        Ok(())
    }

    /// A pool.
    ///
    /// # Errors
    /// `PoolNotFound`.
    pub async fn pool(&mut self, id: &PoolId) -> Result<Pool> {
        let row = self.fetch_opt(SELECT, args![id]).await?;
        let mut row = row.ok_or_else(|| Error::PoolNotFound(id.clone()))?;
        let pool = pool_of(&mut row)?;
        let version = row.int()?;
        self.saw("pool", id.as_str(), version);
        Ok(pool)
    }

    /// Replaces a pool's name, settings and time of change. Where this transaction read the pool,
    /// a change that others made since makes it run again.
    ///
    /// # Errors
    /// `PoolNotFound`.
    pub async fn update_pool(&mut self, pool: &Pool) -> Result<()> {
        let seen = self.seen("pool", pool.id.as_str());
        let row = args![&pool.id, &pool.name, json(&pool.settings)?, pool.modified, seen];
        let changed = self.execute(UPDATE, row).await?;
        self.moved("pool", pool.id.as_str(), changed, Error::PoolNotFound(pool.id.clone()))
    }

    /// Deletes a pool: it is gone for every reader when this commits. Its users are removed by
    /// [`Self::purge_expired`], piece by piece, so that the time this takes does not grow with them.
    ///
    /// # Errors
    /// `PoolNotFound`.
    pub async fn delete_pool(&mut self, id: &PoolId) -> Result<()> {
        self.expect_one(DELETE, args![id], Error::PoolNotFound(id.clone())).await?;
        for sql in DELETE_AT_ONCE {
            self.execute(sql, args![id]).await?;
        }
        Ok(())
    }

    /// Removes a piece of a deleted pool, at most `limit` rows of each kind; how many there were.
    pub(crate) async fn purge_deleted_pool(&mut self, limit: i64) -> Result<u64> {
        let Some(mut row) = self.fetch_opt(DELETED, &[]).await? else { return Ok(0) };
        let id = PoolId::new(row.text()?);
        let mut purged = 0;
        for sql in DELETE_LATER {
            purged += self.execute(sql, args![&id, limit]).await?;
        }
        if purged == 0 {
            purged = self.execute(DELETE_REST, args![&id]).await?;
        }
        Ok(purged)
    }

    /// At most `limit` pools after `after`, oldest first.
    pub async fn list_pools(
        &mut self,
        after: Option<&CreatedCursor>,
        limit: i64,
    ) -> Result<Vec<Pool>> {
        let (created, id) = CreatedCursor::start(after);
        let rows = self.fetch_all(LIST, args![created, id, limit]).await?;
        rows.into_iter().map(|mut row| pool_of(&mut row)).collect()
    }

    /// Counts a user in or out.
    pub(crate) async fn count_user(&mut self, pool: &PoolId, sub: &Sub, change: i64) -> Result<()> {
        let sum = sub.as_str().bytes().fold(0_u64, |sum, b| sum.wrapping_mul(31) + u64::from(b));
        let part = i64::try_from(sum % COUNT_PARTS).unwrap_or(0);
        let missing = Error::PoolNotFound(pool.clone());
        self.expect_one(COUNT, args![pool, part, change], missing).await
    }
}

impl CreatedCursor {
    /// What the first statement of a list compares with: everything comes after the empty id at
    /// the beginning of time.
    pub(crate) fn start(after: Option<&Self>) -> (Timestamp, &str) {
        after.map_or((Timestamp::from_millis(i64::MIN), ""), |c| (c.created, c.id.as_str()))
    }
}

fn pool_of(row: &mut Row) -> Result<Pool> {
    Ok(Pool {
        id: PoolId::new(row.text()?),
        name: row.text()?,
        settings: from_json(&row.text()?)?,
        created: row.time()?,
        modified: row.time()?,
        users: row.int()?,
    })
}

/// A document as it is stored.
pub(crate) fn json<T: serde::Serialize>(document: &T) -> Result<String> {
    serde_json::to_string(document).map_err(Error::fault)
}

/// A stored document.
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    let shape = |_| DbError::shape("a document that does not read as its record");
    serde_json::from_str(text).map_err(|error| shape(error).into())
}
