//! Sweeping away what has run out. Correctness never waits for it: every reader compares times.

use poolhouse_domain::error::Result;
use poolhouse_domain::time::Timestamp;

use crate::sql::args;
use crate::tx::Tx;

/// How long each kind of row is kept after it ran out, because an answer still depends on it: an
/// expired session is told from an unknown one, and an access token can outlive its refresh token
/// by a day.
const SWEEPS: [(&str, i64); 9] = [
    (
        "DELETE FROM session WHERE (pool_id, handle_hash) IN (
            SELECT pool_id, handle_hash FROM session WHERE expires < ?1 ORDER BY expires LIMIT ?2)",
        HOUR_MS,
    ),
    (
        "DELETE FROM once WHERE (pool_id, kind, id_hash) IN (
            SELECT pool_id, kind, id_hash FROM once WHERE expires < ?1 ORDER BY expires LIMIT ?2)",
        0,
    ),
    (
        "DELETE FROM refresh_retry WHERE (pool_id, token_hash) IN (
            SELECT pool_id, token_hash FROM refresh_retry
            WHERE expires < ?1 ORDER BY expires LIMIT ?2)",
        0,
    ),
    (
        "DELETE FROM guess WHERE (pool_id, subject, kind) IN (
            SELECT pool_id, subject, kind FROM guess
            WHERE last_attempt < ?1 ORDER BY last_attempt LIMIT ?2)",
        HOUR_MS,
    ),
    (
        "DELETE FROM budget WHERE (pool_id, subject, kind) IN (
            SELECT pool_id, subject, kind FROM budget
            WHERE started < ?1 ORDER BY started LIMIT ?2)",
        HOUR_MS,
    ),
    (
        "DELETE FROM code WHERE (pool_id, sub, purpose) IN (
            SELECT pool_id, sub, purpose FROM code WHERE expires < ?1 ORDER BY expires LIMIT ?2)",
        7 * DAY_MS,
    ),
    (
        "DELETE FROM hidden_code WHERE (pool_id, subject, purpose) IN (
            SELECT pool_id, subject, purpose FROM hidden_code
            WHERE expires < ?1 ORDER BY expires LIMIT ?2)",
        0,
    ),
    (
        "DELETE FROM token_family WHERE (pool_id, origin_jti) IN (
            SELECT pool_id, origin_jti FROM token_family
            WHERE expires < ?1 ORDER BY expires LIMIT ?2)",
        7 * DAY_MS,
    ),
    (
        "DELETE FROM auth_event WHERE (pool_id, sub, id) IN (
            SELECT pool_id, sub, id FROM auth_event
            WHERE created < ?1 ORDER BY created LIMIT ?2)",
        EVENTS_KEPT_MS,
    ),
];
const SENT: &str = "DELETE FROM outbox WHERE (pool_id, id) IN (
    SELECT pool_id, id FROM outbox
    WHERE created < ?1 AND delivered IS NOT NULL ORDER BY created, id LIMIT ?2)";
const DEAD: &str = "DELETE FROM outbox WHERE (pool_id, id) IN (
    SELECT pool_id, id FROM outbox WHERE dead < ?1 ORDER BY dead, id LIMIT ?2)";

const HOUR_MS: i64 = 60 * 60 * 1_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// How long it is kept what users did.
const EVENTS_KEPT_MS: i64 = 2 * 365 * DAY_MS;
/// How long a sent message is kept, with its code sealed in it.
const SENT_KEPT_MS: i64 = DAY_MS;
/// How long a message that was given up can be looked at and tried again.
const DEAD_KEPT_MS: i64 = 7 * DAY_MS;
/// How long an issued device waits for ConfirmDevice; every sign-in without one issues another.
const UNCONFIRMED_KEPT_MS: i64 = 30 * DAY_MS;

impl Tx {
    /// Deletes what ran out long enough before this instant, and what is left of deleted pools, at
    /// most `limit` rows of each kind; how many there were. Call again while it is not 0.
    pub async fn purge_expired(&mut self, limit: i64) -> Result<u64> {
        let mut purged = 0;
        for (sql, kept) in SWEEPS {
            purged += self.execute(sql, args![self.before(kept), limit]).await?;
        }
        purged += self.execute(SENT, args![self.before(SENT_KEPT_MS), limit]).await?;
        purged += self.execute(DEAD, args![self.before(DEAD_KEPT_MS), limit]).await?;
        purged += self.purge_unconfirmed(self.before(UNCONFIRMED_KEPT_MS), limit).await?;
        purged += self.purge_signing_keys(limit).await?;
        purged += self.purge_deleted_pool(limit).await?;
        Ok(purged)
    }

    fn before(&self, kept_ms: i64) -> Timestamp {
        Timestamp::from_millis(self.now.as_millis().saturating_sub(kept_ms))
    }
}
