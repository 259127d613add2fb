//! Challenge sessions, and things that may happen once.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::{ClientId, PoolId, Sub};
use poolhouse_domain::session::SessionRow;
use poolhouse_domain::time::Timestamp;

use crate::cell::Cell;
use crate::sql::args;
use crate::tx::Tx;

const PUT: &str = "INSERT INTO session (pool_id, handle_hash, client_id, sub, step, expires, used)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
    ON CONFLICT (pool_id, handle_hash) DO UPDATE SET client_id = excluded.client_id,
        sub = excluded.sub, step = excluded.step, expires = excluded.expires, used = excluded.used";
const SELECT: &str = "SELECT client_id, sub, step, expires, used FROM session
    WHERE pool_id = ?1 AND handle_hash = ?2";
const CONSUME: &str = "UPDATE session SET used = ?3
    WHERE pool_id = ?1 AND handle_hash = ?2 AND used IS NULL AND expires > ?3";
/// A row that has expired no longer counts, even before it is swept away.
const ONCE: &str = "INSERT INTO once (pool_id, kind, id_hash, expires) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (pool_id, kind, id_hash) DO UPDATE SET expires = excluded.expires
        WHERE once.expires <= ?5";

impl Tx {
    /// Keeps a session, in place of one with the same handle.
    pub async fn put_session(&mut self, session: &SessionRow) -> Result<()> {
        let hash = hex(&session.handle_hash);
        let sealed =
            self.seal(step_cell(&[session.pool.as_str(), &hash]), session.step.expose())?;
        let row = args![
            &session.pool,
            &session.handle_hash,
            &session.client,
            session.sub.as_ref(),
            sealed,
            session.expires,
            session.used
        ];
        self.execute(PUT, row).await?;
        Ok(())
    }

    /// A session by its handle's hash, whether or not it may still be answered.
    pub async fn session(
        &mut self,
        pool: &PoolId,
        handle_hash: &[u8; 32],
    ) -> Result<Option<SessionRow>> {
        let Some(mut row) = self.fetch_opt(SELECT, args![pool, handle_hash]).await? else {
            return Ok(None);
        };
        let client = ClientId::new(row.text()?);
        let sub = row.opt_text()?.map(Sub::new);
        let sealed = row.blob()?;
        let step = self.open(step_cell(&[pool.as_str(), &hex(handle_hash)]), &sealed)?;
        let (expires, used) = (row.time()?, row.opt_time()?);
        let pool = pool.clone();
        Ok(Some(SessionRow { pool, handle_hash: *handle_hash, client, sub, step, expires, used }))
    }

    /// Uses a session up, by one statement: of any number that try at once, one is told yes. An
    /// expired session cannot be used up.
    pub async fn consume_session(&mut self, pool: &PoolId, handle_hash: &[u8; 32]) -> Result<bool> {
        Ok(self.execute(CONSUME, args![pool, handle_hash, self.now]).await? == 1)
    }

    /// Whether this is the first time that `id_hash` is seen for `kind`; remembered until `expires`.
    pub async fn once(
        &mut self,
        pool: &PoolId,
        kind: &str,
        id_hash: &[u8; 32],
        expires: Timestamp,
    ) -> Result<bool> {
        let row = args![pool, kind, id_hash, expires, self.now];
        Ok(self.execute(ONCE, row).await? == 1)
    }
}

fn hex(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn step_cell<'a>(key: &'a [&'a str]) -> Cell<'a> {
    Cell { table: "session", column: "step", key }
}
