//! Opening the store, and the only two ways into it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use poolhouse_domain::crypto::Sealer;
use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::time::Timestamp;
use rand_core::RngCore;
use tokio::sync::Mutex;

use crate::cell::CellSealer;
use crate::engine::postgres::Postgres;
use crate::engine::sqlite::Sqlite;
use crate::migrate;
use crate::sql::DbError;
use crate::tx::{Core, Engine, Tx};

/// How often a write runs at most when others keep getting in its way.
const WRITE_ATTEMPTS_MAX: u32 = 5;

/// Which engine, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DbConfig {
    /// A SQLite file, created if it is not there. Its directory must exist.
    SqliteFile(PathBuf),
    /// A SQLite database that ends with the process.
    SqliteMemory,
    /// A PostgreSQL server of version 15 or later, as a `postgres://` URL.
    Postgres(String),
}

/// The store. Cheap to clone; every clone is the same store.
#[derive(Clone)]
pub struct Db {
    engine: OpenEngine,
    sealer: Arc<CellSealer>,
    statements: Arc<AtomicU64>,
}

#[derive(Clone, Debug)]
enum OpenEngine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Db").field("engine", &self.engine).finish_non_exhaustive()
    }
}

impl Db {
    /// Opens the store, checks that the engine keeps its promises, and migrates it. `sealer` seals
    /// the cells, with nonces from `rng`.
    ///
    /// # Errors
    /// A fault that says what is wrong: an engine that is too old or acknowledges writes before
    /// they are on disk, a database written by a newer program, an unreachable server.
    pub async fn open(
        config: DbConfig,
        sealer: Sealer,
        rng: Box<dyn RngCore + Send>,
    ) -> Result<Self> {
        let engine = match config {
            DbConfig::SqliteFile(path) => {
                OpenEngine::Sqlite(Sqlite::open(Some(path), migrate::sqlite)?)
            }
            DbConfig::SqliteMemory => OpenEngine::Sqlite(Sqlite::open(None, migrate::sqlite)?),
            DbConfig::Postgres(url) => {
                let postgres = Postgres::open(&url).await?;
                migrate::postgres(&postgres).await?;
                OpenEngine::Postgres(postgres)
            }
        };
        let sealer = Arc::new(CellSealer { sealer, rng: std::sync::Mutex::new(rng) });
        let db = Self { engine, sealer, statements: Arc::default() };
        db.check_key().await?;
        Ok(db)
    }

    /// Leaves the mark of the key in a new database, and refuses one that was written under
    /// another key: better at start than at the first secret that does not open.
    async fn check_key(&self) -> Result<()> {
        if !self.read(async |mut tx| tx.has_mark().await).await? {
            let epoch = Timestamp::from_millis(0);
            self.write(epoch, async |mut tx| tx.leave_mark().await).await?;
        }
        self.read(async |mut tx| tx.check_mark().await).await
    }

    /// How many statements were run since the store was opened: a measure of the work that a request
    /// is, which must not tell who exists.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Whether the store can be read from and still takes writes. After a failed fsync it never
    /// does again: the process has to be started anew.
    pub async fn health(&self) -> Result<()> {
        if let OpenEngine::Sqlite(sqlite) = &self.engine {
            sqlite.health()?;
        }
        self.read(async |mut tx| Ok(tx.fetch_all("SELECT 1", &[]).await?)).await?;
        Ok(())
    }

    /// Runs `f` on what is committed. A statement that writes is a fault.
    pub async fn read<T, F, Fut>(&self, mut f: F) -> Result<T>
    where
        F: FnMut(Tx) -> Fut,
        Fut: Future<Output = Result<T>>,
    {
        let engine = match &self.engine {
            OpenEngine::Sqlite(sqlite) => Engine::Sqlite(sqlite.read().await?),
            OpenEngine::Postgres(postgres) => Engine::Postgres(postgres.read().await?),
        };
        let core = self.core(engine, false);
        let result = f(lend(&core, Timestamp::from_millis(0))?).await;
        roll_back(core).await?;
        result
    }

    /// Runs `f` as one transaction: what it wrote is on disk when this returns `Ok`, and gone when
    /// it returns `Err`. A refusal whose traces must stay (a counted failure) is an `Ok` value.
    ///
    /// `f` runs again, up to five times in all, when another transaction got in the way; it must
    /// have no effect but through its [`Tx`], and must not begin another transaction, which would
    /// wait for this one. `now` is the [`Tx::now`] of every run. Dropping the
    /// future takes everything back, unless the commit was already on its way.
    pub async fn write<T, F, Fut>(&self, now: Timestamp, mut f: F) -> Result<T>
    where
        F: FnMut(Tx) -> Fut,
        Fut: Future<Output = Result<T>>,
    {
        let mut attempt = 1;
        loop {
            match self.write_once(now, attempt > 1, &mut f).await? {
                Attempt::Done(result) => return result,
                Attempt::Again(why) if attempt == WRITE_ATTEMPTS_MAX => return Err(why),
                Attempt::Again(_) => tokio::task::yield_now().await,
            }
            attempt += 1;
        }
    }

    async fn write_once<T, F, Fut>(
        &self,
        now: Timestamp,
        cautious: bool,
        f: &mut F,
    ) -> Result<Attempt<T>>
    where
        F: FnMut(Tx) -> Fut,
        Fut: Future<Output = Result<T>>,
    {
        let begun = match &self.engine {
            OpenEngine::Sqlite(sqlite) => sqlite.write().await.map(Engine::Sqlite),
            OpenEngine::Postgres(postgres) => postgres.write().await.map(Engine::Postgres),
        };
        let engine = match begun {
            Err(contention @ DbError::Contention(_)) => {
                return Ok(Attempt::Again(contention.into()));
            }
            other => other?,
        };
        let core = self.core(engine, cautious);
        let result = f(lend(&core, now)?).await;
        if again(&core)? {
            roll_back(core).await?;
            let why = result.err().unwrap_or_else(|| Error::fault("contention"));
            return Ok(Attempt::Again(why));
        }
        let value = match result {
            Ok(value) => value,
            Err(refusal) => {
                roll_back(core).await?;
                return Ok(Attempt::Done(Err(refusal)));
            }
        };
        let kept = match take(core)?.engine {
            Engine::Sqlite(session) => session.commit().await,
            Engine::Postgres(session) => session.commit().await,
        };
        match kept {
            Ok(()) => Ok(Attempt::Done(Ok(value))),
            Err(contention @ DbError::Contention(_)) => Ok(Attempt::Again(contention.into())),
            Err(fault) => Err(fault.into()),
        }
    }

    fn core(&self, engine: Engine, cautious: bool) -> Arc<Mutex<Core>> {
        Arc::new(Mutex::new(Core::new(
            engine,
            Arc::clone(&self.sealer),
            cautious,
            Arc::clone(&self.statements),
        )))
    }
}

enum Attempt<T> {
    Done(Result<T>),
    Again(Error),
}

/// The closure owns its [`Tx`] while it runs and so cannot keep a borrow; the transaction itself
/// stays here, which is how it can be ended, or taken back when the closure is dropped half-way.
fn lend(core: &Arc<Mutex<Core>>, now: Timestamp) -> Result<Tx> {
    let core = Arc::clone(core).try_lock_owned().map_err(Error::fault)?;
    Ok(Tx { now, core })
}

fn again(core: &Arc<Mutex<Core>>) -> Result<bool> {
    Ok(core.try_lock().map_err(|_| kept())?.again)
}

fn take(core: Arc<Mutex<Core>>) -> Result<Core> {
    Arc::into_inner(core).map(Mutex::into_inner).ok_or_else(kept)
}

fn kept() -> Error {
    Error::fault("the closure kept its transaction")
}

async fn roll_back(core: Arc<Mutex<Core>>) -> Result<()> {
    match take(core)?.engine {
        Engine::Sqlite(session) => session.roll_back().await?,
        Engine::Postgres(session) => session.roll_back().await,
    }
    Ok(())
}

/// The engine under a store, for tests of the engine itself.
#[cfg(test)]
pub(crate) enum EngineForTests {
    Sqlite,
    Postgres(Postgres),
}

#[cfg(test)]
impl Db {
    pub(crate) fn commits_for_tests(&self) -> usize {
        match &self.engine {
            OpenEngine::Sqlite(sqlite) => sqlite.shared_for_tests().commits(),
            OpenEngine::Postgres(_) => 0,
        }
    }

    pub(crate) fn writers_waiting_for_tests(&self) -> usize {
        match &self.engine {
            OpenEngine::Sqlite(sqlite) => sqlite.shared_for_tests().waiting(),
            OpenEngine::Postgres(_) => 0,
        }
    }

    pub(crate) fn engine_for_tests(&self) -> EngineForTests {
        match &self.engine {
            OpenEngine::Sqlite(_) => EngineForTests::Sqlite,
            OpenEngine::Postgres(postgres) => EngineForTests::Postgres(postgres.clone()),
        }
    }
}
