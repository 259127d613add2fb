//! The mark of an installation: something sealed under its key, to tell a wrong key at start
//! rather than at the first secret that does not open.

use poolhouse_domain::error::{Error, Result};

use crate::cell::Cell;
use crate::sql::args;
use crate::tx::Tx;

/// What is sealed; its content says nothing.
const MARK: &[u8] = b"poolhouse";
const KEY: [&str; 1] = ["installation"];

const SELECT: &str = "SELECT mark FROM installation WHERE id = ?1";
const INSERT: &str =
    "INSERT INTO installation (id, mark) VALUES (?1, ?2) ON CONFLICT (id) DO NOTHING";

/// The database was written under another key.
#[derive(Debug, thiserror::Error)]
#[error(
    "the master key does not fit this database: its secrets were sealed under another one. Start \
     with the key file that belongs to it (--master-key-file), or restore it from the backup that \
     holds both"
)]
pub struct WrongKey;

impl Tx {
    /// Whether this database has a mark.
    pub(crate) async fn has_mark(&mut self) -> Result<bool> {
        let [id] = KEY;
        Ok(self.fetch_opt(SELECT, args![id]).await?.is_some())
    }

    /// Leaves the mark of this key, unless there is one.
    pub(crate) async fn leave_mark(&mut self) -> Result<()> {
        let [id] = KEY;
        let sealed = self.seal(cell(), MARK)?;
        self.execute(INSERT, args![id, sealed]).await?;
        Ok(())
    }

    /// Opens the mark.
    ///
    /// # Errors
    /// A fault, [`WrongKey`], if it was left under another key.
    pub(crate) async fn check_mark(&mut self) -> Result<()> {
        let [id] = KEY;
        let row = self.fetch_opt(SELECT, args![id]).await?;
        let sealed = row.ok_or_else(|| Error::fault(WrongKey))?.blob()?;
        self.open(cell(), &sealed).map(drop).map_err(|_| Error::fault(WrongKey))
    }
}

fn cell() -> Cell<'static> {
    Cell { table: "installation", column: "mark", key: &KEY }
}
