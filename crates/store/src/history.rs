//! Passwords that were replaced, kept as the one in force is: salt and sealed verifier.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::user::PasswordRecord;

use crate::cell::Cell;
use crate::sql::{OnConstraint, args};
use crate::tx::Tx;

const NEWEST: &str = "SELECT number, salt, verifier FROM password_history
    WHERE pool_id = ?1 AND sub = ?2 ORDER BY number DESC LIMIT ?3";
const LAST_NUMBER: &str = "SELECT number FROM password_history
    WHERE pool_id = ?1 AND sub = ?2 ORDER BY number DESC LIMIT 1";
const INSERT: &str = "INSERT INTO password_history (pool_id, sub, number, salt, verifier)
    VALUES (?1, ?2, ?3, ?4, ?5)";
const TRIM: &str = "DELETE FROM password_history
    WHERE pool_id = ?1 AND sub = ?2 AND number <= ?3";

impl Tx {
    /// The passwords that a user had before the one in force, the newest first, at most `limit`.
    pub async fn old_passwords(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        limit: i64,
    ) -> Result<Vec<PasswordRecord>> {
        let rows = self.fetch_all(NEWEST, args![pool, sub, limit]).await?;
        let mut passwords = Vec::with_capacity(rows.len());
        for mut row in rows {
            let (number, salt, sealed) = (row.int()?.to_string(), row.blob()?, row.blob()?);
            let place = [pool.as_str(), sub.as_str(), &number];
            let verifier = self.open(cell(&place), &sealed)?;
            passwords.push(PasswordRecord { salt, verifier, temporary_until: None });
        }
        Ok(passwords)
    }

    /// Remembers a password that is being replaced, and of all that were the newest `keep`. Whoever
    /// calls it has changed the user's row before, so that two at once follow one another.
    ///
    /// # Errors
    /// `UserNotFound`.
    pub async fn remember_password(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        password: &PasswordRecord,
        keep: i64,
    ) -> Result<()> {
        let last = self.fetch_opt(LAST_NUMBER, args![pool, sub]).await?;
        let number = last.map_or(Ok(0), |mut row| row.int())?.saturating_add(1);
        let text = number.to_string();
        let place = [pool.as_str(), sub.as_str(), &text];
        let sealed = self.seal(cell(&place), password.verifier.expose())?;
        let row = args![pool, sub, number, password.salt.as_slice(), sealed];
        self.execute(INSERT, row).await.on_missing_parent(Error::UserNotFound)?;
        self.execute(TRIM, args![pool, sub, number.saturating_sub(keep)]).await?;
        Ok(())
    }
}

fn cell<'a>(key: &'a [&'a str]) -> Cell<'a> {
    Cell { table: "password_history", column: "verifier", key }
}
