//! Aliases: values that find at most one user of a pool. The primary key decides who has one.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{PoolId, Sub};

use crate::sql::{OnConstraint, args};
use crate::tx::Tx;

/// Who has an alias after it was claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It was free.
    Claimed,
    /// The user had it before.
    AlreadyYours,
    /// Another user has it; nothing was changed.
    TakenBy(Sub),
}

const CLAIM: &str = "INSERT INTO alias (pool_id, kind, value_key, sub) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (pool_id, kind, value_key) DO NOTHING";
const HOLDER: &str = "SELECT sub FROM alias WHERE pool_id = ?1 AND kind = ?2 AND value_key = ?3";
const MOVE: &str = "INSERT INTO alias (pool_id, kind, value_key, sub) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (pool_id, kind, value_key) DO UPDATE SET sub = excluded.sub";
const RELEASE: &str = "DELETE FROM alias
    WHERE pool_id = ?1 AND kind = ?2 AND value_key = ?3 AND sub = ?4";

impl Tx {
    /// Gives a free alias to a user.
    ///
    /// # Errors
    /// `UserNotFound`.
    pub async fn claim_alias(
        &mut self,
        pool: &PoolId,
        kind: &str,
        key: &str,
        sub: &Sub,
    ) -> Result<Claim> {
        let claim = self.execute(CLAIM, args![pool, kind, key, sub]).await;
        if claim.on_missing_parent(Error::UserNotFound)? == 1 {
            return Ok(Claim::Claimed);
        }
        match self.alias(pool, kind, key).await? {
            Some(holder) if holder == *sub => Ok(Claim::AlreadyYours),
            Some(holder) => Ok(Claim::TakenBy(holder)),
            None => {
                // It was released between the two statements: look again.
                self.core.again = true;
                Err(Error::fault("contention for an alias"))
            }
        }
    }

    /// Who has an alias.
    pub async fn alias(&mut self, pool: &PoolId, kind: &str, key: &str) -> Result<Option<Sub>> {
        let row = self.fetch_opt(HOLDER, args![pool, kind, key]).await?;
        Ok(row.map(|mut row| row.text()).transpose()?.map(Sub::new))
    }

    /// Gives an alias to a user, taking it from whoever has it.
    ///
    /// # Errors
    /// `UserNotFound`.
    pub async fn move_alias(
        &mut self,
        pool: &PoolId,
        kind: &str,
        key: &str,
        sub: &Sub,
    ) -> Result<()> {
        let moved = self.execute(MOVE, args![pool, kind, key, sub]).await;
        moved.on_missing_parent(Error::UserNotFound)?;
        Ok(())
    }

    /// Takes an alias from a user; whether the user had it.
    pub async fn release_alias(
        &mut self,
        pool: &PoolId,
        kind: &str,
        key: &str,
        sub: &Sub,
    ) -> Result<bool> {
        Ok(self.execute(RELEASE, args![pool, kind, key, sub]).await? == 1)
    }
}
