//! What guessing costs: attempts at secrets, and hourly budgets. Each is charged by one statement
//! before anything is compared, so that any number of concurrent guesses are counted one by one.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::session::{Charge, GuessKind, HourlyBudget};

use crate::sql::args;
use crate::tx::Tx;

/// After this long without an attempt the count begins anew.
const QUIET_MS: i64 = 15 * 60 * 1_000;
/// The longest lock.
const LOCK_MS_MAX: i64 = 900 * 1_000;
/// The doublings of one second that stay below the longest lock.
const LOCK_DOUBLINGS_MAX: i64 = 9;
/// What an hourly budget is measured by.
const HOUR_MS: i64 = 60 * 60 * 1_000;

/// ?4 now, ?5 free attempts, ?6 what is long ago, ?7 the last doubling, ?8 the longest lock. No row
/// comes back when the subject is locked, because then nothing is changed.
const CHARGE: &str = "INSERT INTO guess
        (pool_id, subject, kind, attempts, last_attempt, locked_until)
    VALUES (?1, ?2, ?3, 1, ?4, 0)
    ON CONFLICT (pool_id, subject, kind) DO UPDATE SET
        attempts = CASE WHEN guess.last_attempt <= ?6 THEN 1 ELSE guess.attempts + 1 END,
        last_attempt = ?4,
        locked_until = CASE
            WHEN guess.last_attempt <= ?6 OR guess.attempts + 1 < ?5 THEN 0
            WHEN guess.attempts + 1 - ?5 > ?7 THEN ?4 + ?8
            ELSE ?4 + 1000 * (CAST(1 AS BIGINT) << CAST(guess.attempts + 1 - ?5 AS INTEGER))
        END
        WHERE guess.locked_until <= ?4
    RETURNING attempts";
const CLEAR: &str = "DELETE FROM guess WHERE pool_id = ?1 AND subject = ?2 AND kind = ?3";
const SPEND: &str = "INSERT INTO budget (pool_id, subject, kind, spent, started)
    VALUES (?1, ?2, ?3, 1, ?4)
    ON CONFLICT (pool_id, subject, kind) DO UPDATE SET
        spent = CASE WHEN budget.started <= ?6 THEN 1 ELSE budget.spent + 1 END,
        started = CASE WHEN budget.started <= ?6 THEN ?4 ELSE budget.started END
        WHERE budget.started <= ?6 OR budget.spent < ?5
    RETURNING spent";

impl Tx {
    /// Charges one attempt, before anything is compared. From the n-th attempt on, n being
    /// `free_attempts`, each locks the subject: for one second, then two, four, up to 15 minutes.
    /// An attempt while locked neither counts nor extends the lock. Clear the count on success.
    ///
    /// This must commit whatever the comparison says.
    pub async fn charge(
        &mut self,
        pool: &PoolId,
        subject: &str,
        kind: GuessKind,
    ) -> Result<Charge> {
        let now = self.now.as_millis();
        let row = args![
            pool,
            subject,
            kind.as_str(),
            now,
            kind.free_attempts(),
            now.saturating_sub(QUIET_MS),
            LOCK_DOUBLINGS_MAX,
            LOCK_MS_MAX
        ];
        let paid = self.fetch_opt(CHARGE, row).await?.is_some();
        Ok(if paid { Charge::Paid } else { Charge::Locked })
    }

    /// Forgets the attempts of a subject, after it succeeded.
    pub async fn clear_guesses(
        &mut self,
        pool: &PoolId,
        subject: &str,
        kind: GuessKind,
    ) -> Result<()> {
        self.execute(CLEAR, args![pool, subject, kind.as_str()]).await?;
        Ok(())
    }

    /// Spends one of an hourly budget; false when it is used up, and then nothing is counted. The
    /// hour begins with the first.
    pub async fn spend(
        &mut self,
        pool: &PoolId,
        subject: &str,
        budget: HourlyBudget,
    ) -> Result<bool> {
        let now = self.now.as_millis();
        let hour_ago = now.saturating_sub(HOUR_MS);
        let row = args![pool, subject, budget.as_str(), now, budget.per_hour(), hour_ago];
        Ok(self.fetch_opt(SPEND, row).await?.is_some())
    }
}
