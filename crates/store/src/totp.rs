//! Authenticator apps: a secret that waits for its first code, and one that has been verified.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::secret::Secret;
use poolhouse_domain::user::TotpRecord;

use crate::cell::Cell;
use crate::sql::{OnConstraint, args};
use crate::tx::Tx;

const PUT_PENDING: &str = "INSERT INTO totp (pool_id, sub, pending) VALUES (?1, ?2, ?3)
    ON CONFLICT (pool_id, sub) DO UPDATE SET pending = excluded.pending";
const PENDING: &str = "SELECT pending FROM totp
    WHERE pool_id = ?1 AND sub = ?2 AND pending IS NOT NULL";
const VERIFY: &str = "UPDATE totp SET pending = NULL, seed = ?4, name = ?5, last_step = ?6
    WHERE pool_id = ?1 AND sub = ?2 AND pending = ?3";
const SELECT: &str = "SELECT seed, last_step FROM totp
    WHERE pool_id = ?1 AND sub = ?2 AND seed IS NOT NULL";
const ACCEPT: &str = "UPDATE totp SET last_step = ?3
    WHERE pool_id = ?1 AND sub = ?2 AND seed IS NOT NULL
        AND (last_step IS NULL OR last_step < ?3)";
const DELETE: &str = "DELETE FROM totp WHERE pool_id = ?1 AND sub = ?2";

impl Tx {
    /// Keeps a secret that waits for its first code, in place of another that did. A verified one
    /// stays until this is verified.
    ///
    /// # Errors
    /// `UserNotFound`.
    pub async fn put_totp_pending(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        seed: &Secret<Vec<u8>>,
    ) -> Result<()> {
        let sealed = self.seal(cell("pending", &[pool.as_str(), sub.as_str()]), seed.expose())?;
        let put = self.execute(PUT_PENDING, args![pool, sub, sealed]).await;
        put.on_missing_parent(Error::UserNotFound)?;
        Ok(())
    }

    /// The secret that waits for its first code.
    pub async fn totp_pending(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
    ) -> Result<Option<Secret<Vec<u8>>>> {
        let Some(mut row) = self.fetch_opt(PENDING, args![pool, sub]).await? else {
            return Ok(None);
        };
        let sealed = row.blob()?;
        Ok(Some(self.open(cell("pending", &[pool.as_str(), sub.as_str()]), &sealed)?))
    }

    /// Makes the waiting secret the verified one. `step` is the time step of the code that proved
    /// it, which is thereby used up; `name` is the authenticator's. Whether one was waiting: of two
    /// that verify at once, one is told no.
    pub async fn verify_totp(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        name: Option<&str>,
        step: i64,
    ) -> Result<bool> {
        let place = [pool.as_str(), sub.as_str()];
        let Some(mut row) = self.fetch_opt(PENDING, args![pool, sub]).await? else {
            return Ok(false);
        };
        let pending = row.blob()?;
        let seed = self.open(cell("pending", &place), &pending)?;
        let sealed = self.seal(cell("seed", &place), seed.expose())?;
        let values = args![pool, sub, pending, sealed, name, step];
        Ok(self.execute(VERIFY, values).await? == 1)
    }

    /// The verified secret.
    pub async fn totp(&mut self, pool: &PoolId, sub: &Sub) -> Result<Option<TotpRecord>> {
        let Some(mut row) = self.fetch_opt(SELECT, args![pool, sub]).await? else {
            return Ok(None);
        };
        let (sealed, last_step) = (row.blob()?, row.opt_int()?);
        let seed = self.open(cell("seed", &[pool.as_str(), sub.as_str()]), &sealed)?;
        Ok(Some(TotpRecord { seed, last_step }))
    }

    /// Uses up the code of a time step: false when it, or a later one, was used before.
    pub async fn accept_totp_step(&mut self, pool: &PoolId, sub: &Sub, step: i64) -> Result<bool> {
        Ok(self.execute(ACCEPT, args![pool, sub, step]).await? == 1)
    }

    /// Forgets a user's authenticator, waiting and verified. None is fine.
    pub async fn delete_totp(&mut self, pool: &PoolId, sub: &Sub) -> Result<()> {
        self.execute(DELETE, args![pool, sub]).await?;
        Ok(())
    }
}

fn cell<'a>(column: &'static str, key: &'a [&'a str]) -> Cell<'a> {
    Cell { table: "totp", column, key }
}
