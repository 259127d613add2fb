//! A transaction: the instant it happens at, and the four verbs that all SQL goes through.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::time::Timestamp;
use tokio::sync::OwnedMutexGuard;

use crate::cell::CellSealer;
use crate::engine::{postgres, sqlite};
use crate::sql::{DbError, Row, Value};

/// A transaction, lent to the closure of [`Db::read`](crate::Db::read) or
/// [`Db::write`](crate::Db::write) for as long as it runs. What it can do is written in the
/// modules of the nouns.
#[derive(Debug)]
pub struct Tx {
    /// The instant at which everything in this transaction happens: the one passed to `write`. In
    /// a `read` it is the epoch, and no reading function uses it.
    pub now: Timestamp,
    pub(crate) core: OwnedMutexGuard<Core>,
}

/// What a transaction stands on. It stays with `Db` while the closure has the [`Tx`].
pub(crate) struct Core {
    pub(crate) engine: Engine,
    pub(crate) sealer: Arc<CellSealer>,
    /// The closure has to run again, whatever it answered.
    pub(crate) again: bool,
    /// The closure runs again because another transaction changed what it had read: now it takes
    /// the rows it reads before it goes on, so that this cannot happen to it twice.
    pub(crate) cautious: bool,
    /// Versions of the rows read so far, by table and key: a change is conditional on them.
    seen: HashMap<(&'static str, String), i64>,
    /// Statements run, of all transactions of the store.
    statements: Arc<AtomicU64>,
}

impl std::fmt::Debug for Core {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Core").field("engine", &self.engine).finish_non_exhaustive()
    }
}

#[derive(Debug)]
pub(crate) enum Engine {
    Sqlite(sqlite::Session),
    Postgres(postgres::Session),
}

impl Core {
    pub(crate) fn new(
        engine: Engine,
        sealer: Arc<CellSealer>,
        cautious: bool,
        statements: Arc<AtomicU64>,
    ) -> Self {
        Self { engine, sealer, again: false, cautious, seen: HashMap::new(), statements }
    }
}

impl Tx {
    /// Runs a statement; how many rows it changed.
    pub(crate) async fn execute(
        &mut self,
        sql: &'static str,
        args: &[Value],
    ) -> Result<u64, DbError> {
        let result = match &mut self.core.engine {
            Engine::Sqlite(session) => session.execute(sql, args),
            Engine::Postgres(session) => session.execute(sql, args).await,
        };
        self.note(result)
    }

    /// Every row of a statement.
    pub(crate) async fn fetch_all(
        &mut self,
        sql: &'static str,
        args: &[Value],
    ) -> Result<Vec<Row>, DbError> {
        self.fetch(sql, args, usize::MAX).await
    }

    /// The first row of a statement, if there is one.
    pub(crate) async fn fetch_opt(
        &mut self,
        sql: &'static str,
        args: &[Value],
    ) -> Result<Option<Row>, DbError> {
        Ok(self.fetch(sql, args, 1).await?.pop())
    }

    /// Runs a statement that must change exactly one row; `missing` when it changed none.
    pub(crate) async fn expect_one(
        &mut self,
        sql: &'static str,
        args: &[Value],
        missing: Error,
    ) -> Result<()> {
        match self.execute(sql, args).await? {
            1 => Ok(()),
            0 => Err(missing),
            n => Err(DbError::shape(&format!("{n} rows where there is one")).into()),
        }
    }

    async fn fetch(
        &mut self,
        sql: &'static str,
        args: &[Value],
        limit: usize,
    ) -> Result<Vec<Row>, DbError> {
        let result = match &mut self.core.engine {
            Engine::Sqlite(session) => session.fetch(sql, args, limit),
            Engine::Postgres(session) => session.fetch(sql, args, limit).await,
        };
        self.note(result)
    }

    fn note<T>(&mut self, result: Result<T, DbError>) -> Result<T, DbError> {
        self.core.statements.fetch_add(1, Ordering::Relaxed);
        if let Err(DbError::Contention(_)) = &result {
            self.core.again = true;
        }
        result
    }

    /// Remembers the version at which a row was read.
    pub(crate) fn saw(&mut self, table: &'static str, key: &str, version: i64) {
        self.core.seen.insert((table, key.to_owned()), version);
    }

    /// The version at which this transaction read a row, if it did. A change that is based on what
    /// was read must be conditional on it, or two of them at once would lose one.
    pub(crate) fn seen(&self, table: &'static str, key: &str) -> Option<i64> {
        self.core.seen.get(&(table, key.to_owned())).copied()
    }

    /// After a change conditional on a version: remembers the new one, or has the closure run
    /// again when the row has moved on since it was read.
    pub(crate) fn moved(
        &mut self,
        table: &'static str,
        key: &str,
        changed: u64,
        missing: Error,
    ) -> Result<()> {
        match (changed, self.seen(table, key)) {
            (0, Some(_)) => {
                self.core.again = true;
                Err(DbError::Contention(format!("a row of {table} changed since it was read")))?
            }
            (0, None) => Err(missing),
            (_, Some(version)) => {
                self.saw(table, key, version + 1);
                Ok(())
            }
            (_, None) => Ok(()),
        }
    }
}
