//! SQLite: one writer, group commit, readers beside it.
//!
//! The promise is that an acknowledged write is on disk. A write runs on its caller's task, inside
//! a savepoint of the transaction that is open on the one writer connection. When it is done and
//! others wait, it hands the connection on and waits; the last of the batch has the transaction
//! committed on a thread of its own, so that the fsync holds up no other task, and that one fsync
//! answers the whole batch. No timer takes part: a lone write is committed at once.
//!
//! A write that is dropped half-way takes back its own savepoint and nothing else.

mod connection;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex as StdMutex, PoisonError, mpsc};

use rusqlite::{Connection, ErrorCode, params_from_iter};
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore, oneshot};

use crate::sql::{DbError, Row, Value};
use connection::{Uniques, check_engine, named, open_reader, prepare_writer, uniques, value};

/// Writers that may wait for their turn; one more is turned away.
pub(crate) const WRITERS_WAITING_MAX: usize = 256;
/// Writes that may share one commit.
const BATCH_WRITES_MAX: usize = 64;
/// Connections that read beside the writer.
const READERS: usize = 4;

/// What the one fsync of a batch tells each of its writes.
type Outcome = Result<(), Arc<str>>;

/// The writer connection and the writes that wait for its commit.
#[derive(Debug)]
struct Lane {
    conn: Connection,
    batch: Vec<oneshot::Sender<Outcome>>,
    /// Why nothing more may be written: after a failed fsync the kernel may have dropped the pages
    /// and a later fsync would lie.
    broken: Option<Arc<str>>,
}

#[derive(Debug)]
struct Shared {
    lane: Arc<Mutex<Lane>>,
    waiting: AtomicUsize,
    /// Where a batch goes to be committed; none for a database in memory, which has no fsync.
    committer: Option<mpsc::Sender<OwnedMutexGuard<Lane>>>,
    uniques: Uniques,
}

/// An opened SQLite database.
#[derive(Clone, Debug)]
pub(crate) struct Sqlite {
    shared: Arc<Shared>,
    readers: Option<Arc<Readers>>,
}

#[derive(Debug)]
struct Readers {
    path: PathBuf,
    idle: StdMutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
}

impl Sqlite {
    /// Opens `path`, or a database in memory, and lets `migrate` bring it up to date.
    pub(crate) fn open(
        path: Option<PathBuf>,
        migrate: impl FnOnce(&mut Connection) -> Result<(), DbError>,
    ) -> Result<Self, DbError> {
        check_engine(rusqlite::version_number())?;
        let mut conn = match &path {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        prepare_writer(&conn, path.is_some())?;
        migrate(&mut conn)?;
        let uniques = uniques(&conn)?;
        let lane = Arc::new(Mutex::new(Lane { conn, batch: Vec::new(), broken: None }));
        let committer = path.as_ref().map(|_| start_committer()).transpose()?;
        let readers = path.map(|path| {
            let permits = Arc::new(Semaphore::new(READERS));
            Arc::new(Readers { path, idle: StdMutex::default(), permits })
        });
        let shared = Shared { lane, waiting: AtomicUsize::new(0), committer, uniques };
        Ok(Self { shared: Arc::new(shared), readers })
    }

    /// Waits for the writer's turn.
    pub(crate) async fn write(&self) -> Result<Session, DbError> {
        self.lane_session(false).await
    }

    /// A snapshot to read from.
    pub(crate) async fn read(&self) -> Result<Session, DbError> {
        let Some(readers) = &self.readers else {
            return self.lane_session(true).await;
        };
        let permit = Arc::clone(&readers.permits).acquire_owned().await;
        let permit = permit.map_err(DbError::other)?;
        let conn = match readers.idle.lock().unwrap_or_else(PoisonError::into_inner).pop() {
            Some(conn) => conn,
            None => open_reader(&readers.path)?,
        };
        let reader = Reader { conn: Some(conn), readers: Arc::clone(readers), _permit: permit };
        step(reader.conn()?, "BEGIN")?;
        Ok(Session { kind: Kind::Reader(reader), uniques: Arc::clone(&self.shared), read: true })
    }

    async fn lane_session(&self, read: bool) -> Result<Session, DbError> {
        let turn = Turn::wait(&self.shared)?;
        let guard = Arc::clone(&self.shared.lane).lock_owned().await;
        drop(turn);
        let mut writer = Writer {
            guard: Some(guard),
            shared: Arc::clone(&self.shared),
            savepoint: false,
            lost: false,
        };
        writer.begin()?;
        Ok(Session { kind: Kind::Writer(writer), uniques: Arc::clone(&self.shared), read })
    }
}

/// A place in the writers' queue. Dropping it, in turn or by cancellation, must never leave a
/// batch behind that nobody commits.
struct Turn<'a>(&'a Arc<Shared>);

impl<'a> Turn<'a> {
    fn wait(shared: &'a Arc<Shared>) -> Result<Self, DbError> {
        let before = shared.waiting.fetch_add(1, Ordering::SeqCst);
        let turn = Self(shared);
        if before >= WRITERS_WAITING_MAX {
            return Err(DbError::other("overloaded: too many writes are waiting"));
        }
        Ok(turn)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if self.0.waiting.fetch_sub(1, Ordering::SeqCst) == 1 {
            commit_if_idle(self.0);
        }
    }
}

/// Hands the writer on: commits when the batch is full or nobody is left to fill it.
fn release(shared: &Arc<Shared>, guard: OwnedMutexGuard<Lane>) {
    if guard.batch.is_empty() {
        if !guard.conn.is_autocommit() {
            let _ = step(&guard.conn, "ROLLBACK");
        }
        drop(guard);
        return;
    }
    let bound = if shared.committer.is_some() { BATCH_WRITES_MAX } else { 1 };
    if guard.batch.len() >= bound || shared.waiting.load(Ordering::SeqCst) == 0 {
        send_to_commit(shared, guard);
        return;
    }
    drop(guard);
    // Those who waited a moment ago may have given up before they could see the lane free.
    if shared.waiting.load(Ordering::SeqCst) == 0 {
        commit_if_idle(shared);
    }
}

/// Commits what is left open, unless someone holds the writer, who will see to it then.
fn commit_if_idle(shared: &Arc<Shared>) {
    if let Ok(guard) = Arc::clone(&shared.lane).try_lock_owned()
        && !guard.batch.is_empty()
    {
        send_to_commit(shared, guard);
    }
}

fn send_to_commit(shared: &Shared, guard: OwnedMutexGuard<Lane>) {
    match &shared.committer {
        None => commit(guard),
        Some(committer) => {
            // The thread outlives every sender; should it be gone, the work is still done.
            if let Err(mpsc::SendError(guard)) = committer.send(guard) {
                commit(guard);
            }
        }
    }
}

fn commit(mut guard: OwnedMutexGuard<Lane>) {
    let outcome = match step(&guard.conn, "COMMIT") {
        Ok(()) => Ok(()),
        Err(error) => {
            let text: Arc<str> = format!("commit failed: {error}").into();
            if !guard.conn.is_autocommit() {
                let _ = step(&guard.conn, "ROLLBACK");
            }
            if is_io(&error) {
                guard.broken = Some(Arc::clone(&text));
            }
            Err(text)
        }
    };
    let batch = std::mem::take(&mut guard.batch);
    drop(guard);
    for write in batch {
        // A write that was dropped while it waited does not hear that it is on disk.
        let _ = write.send(outcome.clone());
    }
}

fn start_committer() -> Result<mpsc::Sender<OwnedMutexGuard<Lane>>, DbError> {
    let (sender, receiver) = mpsc::channel::<OwnedMutexGuard<Lane>>();
    let run = move || receiver.into_iter().for_each(commit);
    std::thread::Builder::new().name("store-commit".into()).spawn(run).map_err(DbError::other)?;
    Ok(sender)
}

/// One transaction's hold on the writer.
#[derive(Debug)]
struct Writer {
    guard: Option<OwnedMutexGuard<Lane>>,
    shared: Arc<Shared>,
    savepoint: bool,
    /// The engine rolled the whole transaction back (a full disk does that): nothing more may run,
    /// or it would run outside any transaction.
    lost: bool,
}

impl Writer {
    fn begin(&mut self) -> Result<(), DbError> {
        let lane = self.guard.as_mut().ok_or_else(finished)?;
        if let Some(why) = &lane.broken {
            return Err(DbError::other(format!("storage is broken, restart: {why}")));
        }
        if lane.conn.is_autocommit() {
            step(&lane.conn, "BEGIN IMMEDIATE")?;
        }
        step(&lane.conn, "SAVEPOINT one_write")?;
        self.savepoint = true;
        Ok(())
    }

    /// After a refused statement: has the engine thrown the transaction away?
    fn look_for_loss(&mut self) {
        let Some(lane) = self.guard.as_mut() else { return };
        if self.savepoint && lane.conn.is_autocommit() {
            self.savepoint = false;
            self.lost = true;
            for write in lane.batch.drain(..) {
                let _ = write.send(Err("the transaction was rolled back by the engine".into()));
            }
        }
    }

    /// Ends this write's savepoint and gives the writer on. What is returned tells when the batch
    /// is on disk; a refused write has to wait too when it may have read what is not yet.
    fn end(&mut self, keep: bool) -> Result<Option<oneshot::Receiver<Outcome>>, DbError> {
        let Some(mut guard) = self.guard.take() else { return Err(finished()) };
        if self.lost {
            release(&self.shared, guard);
            return if keep { Err(finished()) } else { Ok(None) };
        }
        let ended = match (self.savepoint, keep) {
            (true, true) => step(&guard.conn, "RELEASE one_write").inspect_err(|_| {
                let _ = roll_back(&guard.conn);
            }),
            (true, false) => roll_back(&guard.conn),
            (false, _) => Ok(()),
        };
        self.savepoint = false;
        let waits = ended.is_ok() && (keep || !guard.batch.is_empty());
        let receiver = waits.then(|| {
            let (sender, receiver) = oneshot::channel();
            guard.batch.push(sender);
            receiver
        });
        release(&self.shared, guard);
        ended?;
        Ok(receiver)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(guard) = self.guard.take() {
            if self.savepoint {
                let _ = roll_back(&guard.conn);
            }
            release(&self.shared, guard);
        }
    }
}

#[derive(Debug)]
struct Reader {
    conn: Option<Connection>,
    readers: Arc<Readers>,
    _permit: OwnedSemaphorePermit,
}

impl Reader {
    fn conn(&self) -> Result<&Connection, DbError> {
        self.conn.as_ref().ok_or_else(finished)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        if let Some(conn) = self.conn.take()
            && (conn.is_autocommit() || step(&conn, "ROLLBACK").is_ok())
        {
            self.readers.idle.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
        }
    }
}

#[derive(Debug)]
enum Kind {
    Writer(Writer),
    Reader(Reader),
}

/// One transaction on SQLite.
#[derive(Debug)]
pub(crate) struct Session {
    kind: Kind,
    uniques: Arc<Shared>,
    read: bool,
}

impl Session {
    /// Runs a statement and counts the rows it changed.
    pub(crate) fn execute(&mut self, sql: &str, args: &[Value]) -> Result<u64, DbError> {
        let result = self.try_execute(sql, args);
        self.name_failure(result)
    }

    /// Runs a statement and returns its rows, at most `limit`.
    pub(crate) fn fetch(
        &mut self,
        sql: &str,
        args: &[Value],
        limit: usize,
    ) -> Result<Vec<Row>, DbError> {
        let result = self.try_fetch(sql, args, limit);
        self.name_failure(result)
    }

    fn conn(&self) -> Result<&Connection, DbError> {
        match &self.kind {
            Kind::Writer(writer) if writer.lost => Err(finished()),
            Kind::Writer(writer) => writer.guard.as_ref().map(|g| &g.conn).ok_or_else(finished),
            Kind::Reader(reader) => reader.conn(),
        }
    }

    fn prepare(&self, sql: &str) -> Result<rusqlite::CachedStatement<'_>, Failure> {
        let statement = self.conn()?.prepare_cached(sql)?;
        if self.read && !statement.readonly() {
            return Err(DbError::other("a statement that writes inside a read").into());
        }
        Ok(statement)
    }

    fn try_execute(&self, sql: &str, args: &[Value]) -> Result<u64, Failure> {
        let changed = self.prepare(sql)?.execute(params_from_iter(args))?;
        Ok(u64::try_from(changed).unwrap_or(u64::MAX))
    }

    /// Steps to the end even past `limit` rows, because a RETURNING statement is done only then.
    fn try_fetch(&self, sql: &str, args: &[Value], limit: usize) -> Result<Vec<Row>, Failure> {
        let mut statement = self.prepare(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(params_from_iter(args))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            if found.len() < limit {
                let values: Result<Vec<Value>, Failure> =
                    (0..columns).map(|column| Ok(value(row.get_ref(column)?)?)).collect();
                found.push(Row::new(values?));
            }
        }
        Ok(found)
    }

    fn name_failure<T>(&mut self, result: Result<T, Failure>) -> Result<T, DbError> {
        result.map_err(|failure| {
            if let Kind::Writer(writer) = &mut self.kind {
                writer.look_for_loss();
            }
            match failure {
                Failure::Ours(error) => error,
                Failure::Engine(error) => named(error, &self.uniques.uniques),
            }
        })
    }

    /// Keeps what was written; returns when it is on disk.
    pub(crate) async fn commit(mut self) -> Result<(), DbError> {
        self.finish(true).await
    }

    /// Takes everything back.
    pub(crate) async fn roll_back(mut self) -> Result<(), DbError> {
        self.finish(false).await
    }

    async fn finish(&mut self, keep: bool) -> Result<(), DbError> {
        let receiver = match &mut self.kind {
            Kind::Reader(_) => None,
            Kind::Writer(writer) => writer.end(keep && !self.read)?,
        };
        match receiver {
            None => Ok(()),
            Some(receiver) => match receiver.await {
                Ok(Ok(())) => Ok(()),
                Ok(Err(why)) => Err(DbError::other(why.to_string())),
                Err(_) => Err(DbError::other("the commit was never answered")),
            },
        }
    }
}

/// Either the engine's refusal, whose name is looked up later, or our own.
enum Failure {
    Engine(rusqlite::Error),
    Ours(DbError),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Engine(error)
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        Self::Ours(error)
    }
}

fn finished() -> DbError {
    DbError::other("the transaction is over")
}

fn step(conn: &Connection, sql: &str) -> rusqlite::Result<()> {
    conn.prepare_cached(sql)?.execute([]).map(|_| ())
}

fn roll_back(conn: &Connection) -> rusqlite::Result<()> {
    step(conn, "ROLLBACK TO one_write")?;
    step(conn, "RELEASE one_write")
}

fn is_io(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    )
}
