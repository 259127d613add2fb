//! Codes that were sent. One of a kind per user; the newest counts.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::session::{CodePurpose, CodeRow};
use poolhouse_domain::time::Timestamp;

use crate::sql::{OnConstraint, Row, args};
use crate::tx::Tx;

const PUT: &str = "INSERT INTO code (pool_id, sub, purpose, attribute, code_hash, expires)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (pool_id, sub, purpose) DO UPDATE SET attribute = excluded.attribute,
        code_hash = excluded.code_hash, expires = excluded.expires";
const SELECT: &str = "SELECT attribute, code_hash, expires FROM code
    WHERE pool_id = ?1 AND sub = ?2 AND purpose = ?3";
const PUT_HIDDEN: &str = "INSERT INTO hidden_code
        (pool_id, subject, purpose, attribute, code_hash, expires)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (pool_id, subject, purpose) DO UPDATE SET attribute = excluded.attribute,
        code_hash = excluded.code_hash, expires = excluded.expires";
/// ?4 now. A code that was sent comes before one that only seems to have been.
const SEEMING: &str = "SELECT attribute, code_hash, expires FROM (
        SELECT 0 AS rank, attribute, code_hash, expires FROM code
            WHERE pool_id = ?1 AND sub = ?2 AND purpose = ?3 AND expires > ?4
        UNION ALL SELECT 1, attribute, code_hash, expires FROM hidden_code
            WHERE pool_id = ?1 AND subject = ?2 AND purpose = ?3 AND expires > ?4
    ) found ORDER BY rank LIMIT 1";
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
        row.map(|mut row| code_of(purpose, &mut row)).transpose()
    }

    /// Keeps a code that is not sent to anybody. `subject` is a user's, or stands for a name that
    /// belongs to nobody.
    pub async fn put_hidden_code(
        &mut self,
        pool: &PoolId,
        subject: &str,
        code: &CodeRow,
    ) -> Result<()> {
        let purpose = code.purpose.as_str();
        let row = args![pool, subject, purpose, &code.attribute, &code.hash, code.expires];
        self.execute(PUT_HIDDEN, row).await?;
        Ok(())
    }

    /// The code for a purpose that a subject seems to have at this time, sent or hidden: one
    /// statement, whoever it is about.
    pub async fn seeming_code(
        &mut self,
        pool: &PoolId,
        subject: &str,
        purpose: CodePurpose,
        now: Timestamp,
    ) -> Result<Option<CodeRow>> {
        let row = self.fetch_opt(SEEMING, args![pool, subject, purpose.as_str(), now]).await?;
        row.map(|mut row| code_of(purpose, &mut row)).transpose()
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

fn code_of(purpose: CodePurpose, row: &mut Row) -> Result<CodeRow> {
    let attribute = row.text()?;
    Ok(CodeRow { purpose, attribute, hash: row.hash()?, expires: row.time()? })
}
