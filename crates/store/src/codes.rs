//! Codes that were sent. One of a kind per user; the newest counts.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::session::{CodePurpose, CodeRow};

use crate::sql::{OnConstraint, args};
use crate::tx::Tx;

const PUT: &str = "INSERT INTO code (pool_id, sub, purpose, attribute, code_hash, expires)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (pool_id, sub, purpose) DO UPDATE SET attribute = excluded.attribute,
        code_hash = excluded.code_hash, expires = excluded.expires";
const SELECT: &str = "SELECT attribute, code_hash, expires FROM code
    WHERE pool_id = ?1 AND sub = ?2 AND purpose = ?3";
const CONSUME: &str = "DELETE FROM code
    WHERE pool_id = ?1 AND sub = ?2 AND purpose = ?3 AND code_hash = ?4 AND expires > ?5";

impl Tx {
    /// Keeps a code, in place of an older one for the same purpose.
    ///
    /// # Errors
    /// `UserNotFound`.
    pub async fn put_code(&mut self, pool: &PoolId, sub: &Sub, code: &CodeRow) -> Result<()> {
        let purpose = code.purpose.as_str();
        let row = args![pool, sub, purpose, &code.attribute, &code.hash, code.expires];
        self.execute(PUT, row).await.on_missing_parent(Error::UserNotFound)?;
        Ok(())
    }

    /// The code for a purpose, whether or not it has expired.
    pub async fn code(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        purpose: CodePurpose,
    ) -> Result<Option<CodeRow>> {
        let row = self.fetch_opt(SELECT, args![pool, sub, purpose.as_str()]).await?;
        let Some(mut row) = row else { return Ok(None) };
        let attribute = row.text()?;
        Ok(Some(CodeRow { purpose, attribute, hash: row.hash()?, expires: row.time()? }))
    }

    /// Uses a code up, by one statement: false when it is not this code, has expired, or is gone.
    pub async fn consume_code(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        purpose: CodePurpose,
        hash: &[u8; 32],
    ) -> Result<bool> {
        let row = args![pool, sub, purpose.as_str(), hash, self.now];
        Ok(self.execute(CONSUME, row).await? == 1)
    }
}
