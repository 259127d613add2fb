//! Addresses that wait for their code before they replace the ones in force: one of a kind per
//! user, the newest.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::secret::Secret;

use crate::cell::Cell;
use crate::sql::{OnConstraint, args};
use crate::tx::Tx;

const PUT: &str = "INSERT INTO pending_attribute (pool_id, sub, name, value)
    VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (pool_id, sub, name) DO UPDATE SET value = excluded.value";
const SELECT: &str = "SELECT value FROM pending_attribute
    WHERE pool_id = ?1 AND sub = ?2 AND name = ?3";
const DELETE: &str = "DELETE FROM pending_attribute
    WHERE pool_id = ?1 AND sub = ?2 AND name = ?3";

impl Tx {
    /// Keeps a value that waits, in place of another that did.
    ///
    /// # Errors
    /// `UserNotFound`.
    pub async fn put_pending_attribute(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        name: &str,
        value: &Secret<String>,
    ) -> Result<()> {
        let place = [pool.as_str(), sub.as_str(), name];
        let sealed = self.seal(cell(&place), value.expose().as_bytes())?;
        let put = self.execute(PUT, args![pool, sub, name, sealed]).await;
        put.on_missing_parent(Error::UserNotFound)?;
        Ok(())
    }

    /// The value of an attribute that waits.
    pub async fn pending_attribute(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        name: &str,
    ) -> Result<Option<Secret<String>>> {
        let Some(mut row) = self.fetch_opt(SELECT, args![pool, sub, name]).await? else {
            return Ok(None);
        };
        let sealed = row.blob()?;
        let place = [pool.as_str(), sub.as_str(), name];
        Ok(Some(self.open_text(cell(&place), &sealed)?))
    }

    /// Forgets a value that waits; whether there was one.
    pub async fn drop_pending_attribute(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        name: &str,
    ) -> Result<bool> {
        Ok(self.execute(DELETE, args![pool, sub, name]).await? == 1)
    }
}

fn cell<'a>(key: &'a [&'a str]) -> Cell<'a> {
    Cell { table: "pending_attribute", column: "value", key }
}
