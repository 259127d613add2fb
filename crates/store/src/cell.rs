//! Sealed cells: what is secret at rest, bound to the place where it stands.
//!
//! The associated data names the table, the column and the row. A cell that is copied to another
//! row, or another column, does not open: swapping two users' verifiers fails closed.

use std::sync::Mutex;

use poolhouse_domain::crypto::Sealer;
use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::secret::Secret;
use rand_core::RngCore;

use crate::tx::Tx;

/// Where a cell stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell<'a> {
    pub(crate) table: &'static str,
    pub(crate) column: &'static str,
    pub(crate) key: &'a [&'a str],
}

/// A cell did not open: it was altered, moved from another row, or sealed under another key.
#[derive(Debug, thiserror::Error)]
#[error("integrity: the sealed cell {table}.{column} does not belong to its row or was altered")]
pub struct IntegrityError {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
}

impl Cell<'_> {
    /// Every part with its length before it, so that no two places have the same name.
    fn place(&self) -> Vec<u8> {
        let mut place = b"poolhouse cell 1".to_vec();
        for part in [self.table, self.column].iter().chain(self.key) {
            place.extend_from_slice(&(part.len() as u64).to_be_bytes());
            place.extend_from_slice(part.as_bytes());
        }
        place
    }
}

/// The key of the cells, and the randomness that their nonces are drawn from.
pub(crate) struct CellSealer {
    pub(crate) sealer: Sealer,
    pub(crate) rng: Mutex<Box<dyn RngCore + Send>>,
}

impl CellSealer {
    fn seal(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
        let mut rng = self.rng.lock().map_err(|_| Error::fault("a draw of randomness panicked"))?;
        Ok(self.sealer.seal(place, plain, rng.as_mut()))
    }
}

impl Tx {
    pub(crate) fn seal(&self, cell: Cell<'_>, plain: &[u8]) -> Result<Vec<u8>> {
        self.core.sealer.seal(&cell.place(), plain)
    }

    pub(crate) fn open(&self, cell: Cell<'_>, sealed: &[u8]) -> Result<Secret<Vec<u8>>> {
        let Cell { table, column, .. } = cell;
        let opened = self.core.sealer.sealer.open(&cell.place(), sealed);
        opened.map_err(|_| Error::fault(IntegrityError { table, column }))
    }

    pub(crate) fn open_text(&self, cell: Cell<'_>, sealed: &[u8]) -> Result<Secret<String>> {
        let bytes = self.open(cell, sealed)?;
        String::from_utf8(bytes.expose().clone())
            .map(Secret::new)
            .map_err(|_| Error::fault("a sealed text that is not UTF-8"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_places_have_the_same_name() {
        let place = |key| Cell { table: "t", column: "c", key }.place();
        assert_ne!(place(&["ab", "c"]), place(&["a", "bc"]));
        assert_ne!(place(&["a"]), place(&["a", ""]));
        let other = Cell { table: "t", column: "cc", key: &["a"] }.place();
        assert_ne!(place(&["a"]), other);
    }
}
