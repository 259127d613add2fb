//! SQLite: one writer, group commit, readers beside it.
//!
//! The promise is that an acknowledged write is on disk. A write runs on its caller's task, inside
//! a savepoint of the transaction that is open on the one writer connection. When it is done and
//! others wait, it hands the connection on and waits; the last of the batch has the transaction
//! committed on a thread of its own, so that the fsync holds up no other task, and that one fsync
//! answers the whole batch. No timer takes part: a lone write is committed at once.
//!
//! A write that is dropped half-way takes back its own savepoint and nothing else.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex as StdMutex, PoisonError, mpsc};
use std::time::Duration;

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ffi, params_from_iter};
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore, oneshot};

use crate::sql::{DbError, Overloaded, Row, Value};

/// Writers that may wait for their turn; one more is turned away.
pub(crate) const WRITERS_WAITING_MAX: usize = 256;
/// Writes that may share one commit.
const BATCH_WRITES_MAX: usize = 64;
/// Connections that read beside the writer.
const READERS: usize = 4;
/// Statements kept prepared on each connection.
const STATEMENTS_CACHED: usize = 256;
/// How long a connection waits for a lock of another process, such as a backup.
const BUSY_MS: u64 = 1_000;
/// What is left of the log's file after it has been copied into the database.
const WAL_BYTES_MAX: i64 = 64 * 1024 * 1024;
/// Older engines can lose commits when a checkpoint races a commit.
const OLDEST_ENGINE: i32 = 3_051_003;

/// What the one fsync of a batch tells each of its writes.
type Outcome = Result<(), Arc<str>>;
/// Columns of a unique index, as SQLite names them, to the index's name.
type Uniques = HashMap<String, String>;

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
    #[cfg(test)]
    commits: AtomicUsize,
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
        let shared = Shared {
            lane,
            waiting: AtomicUsize::new(0),
            committer,
            uniques,
            #[cfg(test)]
            commits: AtomicUsize::new(0),
        };
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

    /// Whether writes are still taken.
    pub(crate) async fn health(&self) -> Result<(), DbError> {
        match &self.shared.lane.lock().await.broken {
            None => Ok(()),
            Some(why) => Err(broken(why)),
        }
    }

    #[cfg(test)]
    pub(crate) fn commits(&self) -> usize {
        self.shared.commits.load(Ordering::SeqCst)
    }

    #[cfg(test)]
    pub(crate) fn waiting(&self) -> usize {
        self.shared.waiting.load(Ordering::SeqCst)
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
            return Err(DbError::other(Overloaded));
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
    #[cfg(test)]
    shared.commits.fetch_add(1, Ordering::SeqCst);
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
            return Err(broken(why));
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
        #[cfg(test)]
        plans::check(self.conn()?, sql);
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

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        named(error, &Uniques::new())
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Blob(value) => ValueRef::Blob(value),
        }))
    }
}

fn value(value: ValueRef<'_>) -> Result<Value, DbError> {
    match value {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(value) => Ok(Value::Int(value)),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Value::Text(text.to_owned())),
            Err(_) => Err(DbError::shape("text that is not UTF-8")),
        },
        ValueRef::Blob(bytes) => Ok(Value::Blob(bytes.to_vec())),
        ValueRef::Real(_) => Err(DbError::shape("a floating-point number")),
    }
}

fn broken(why: &str) -> DbError {
    DbError::other(format!("writing is over until the server is started again: {why}"))
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

/// Gives an engine error its name. A unique violation names columns, never the index: the schema
/// was asked for its indexes at start.
fn named(error: rusqlite::Error, uniques: &Uniques) -> DbError {
    let rusqlite::Error::SqliteFailure(code, Some(text)) = &error else {
        return DbError::other(error);
    };
    match code.extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => {
            let columns = text.strip_prefix("UNIQUE constraint failed: ").unwrap_or(text);
            DbError::Unique(uniques.get(columns).cloned().unwrap_or_else(|| columns.to_owned()))
        }
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => DbError::ForeignKey(text.clone()),
        _ if matches!(code.code, ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            DbError::Contention(text.clone())
        }
        _ => DbError::other(error),
    }
}

fn check_engine(version: i32) -> Result<(), DbError> {
    if version < OLDEST_ENGINE {
        return Err(DbError::other(format!(
            "SQLite {version} can lose commits; at least {OLDEST_ENGINE} is needed"
        )));
    }
    Ok(())
}

fn prepare_writer(conn: &Connection, file: bool) -> Result<(), DbError> {
    conn.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    conn.busy_timeout(Duration::from_millis(BUSY_MS))?;
    if file {
        let mode: String = conn.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        if mode != "wal" {
            return Err(DbError::other(format!("journal_mode is {mode}, not wal")));
        }
    }
    conn.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
    conn.pragma_update(None, "journal_size_limit", WAL_BYTES_MAX)?;
    for (pragma, wanted) in [("synchronous", 2_i64), ("foreign_keys", 1)] {
        let found: i64 = conn.pragma_query_value(None, pragma, |row| row.get(0))?;
        if found != wanted {
            return Err(DbError::other(format!("{pragma} is {found}, not {wanted}")));
        }
    }
    Ok(())
}

fn open_reader(path: &PathBuf) -> Result<Connection, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    conn.busy_timeout(Duration::from_millis(BUSY_MS))?;
    conn.execute_batch("PRAGMA query_only = ON;")?;
    Ok(conn)
}

/// Every unique index of the schema by the columns that SQLite's message will name. A primary key
/// goes by the name PostgreSQL gives it.
fn uniques(conn: &Connection) -> Result<Uniques, DbError> {
    let mut statement = conn.prepare(
        "SELECT m.name, l.name, l.origin, 
                group_concat(m.name || '.' || i.name, ', ' ORDER BY i.seqno)
         FROM sqlite_schema m, pragma_index_list(m.name) l, pragma_index_info(l.name) i
         WHERE m.type = 'table' AND l.\"unique\" = 1
         GROUP BY m.name, l.name, l.origin",
    )?;
    let mut found = Uniques::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (table, index, origin): (String, String, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let name = if origin == "pk" { format!("{table}_pkey") } else { index };
        found.insert(row.get(3)?, name);
    }
    Ok(found)
}

/// Every statement that a test runs is looked at: what it costs must not depend on how much is
/// stored.
#[cfg(test)]
mod plans {
    use super::Connection;

    /// Subqueries that are no tables, and the one list that begins at its end and stops.
    const FINE: [&str; 5] =
        ["CONSTANT ROW", "8-ROW VALUES", "given", "found", "outbox USING INDEX outbox_recent"];

    pub(super) fn check(conn: &Connection, sql: &str) {
        if sql.contains("/* test */") {
            return;
        }
        let mut explain = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let mut rows = explain.raw_query();
        while let Some(row) = rows.next().unwrap() {
            let detail: String = row.get(3).unwrap();
            let scans = detail
                .strip_prefix("SCAN ")
                .is_some_and(|what| !FINE.iter().any(|fine| what.starts_with(fine)));
            assert!(!scans, "{detail}: {sql}");
            let sorts = detail.contains("TEMP B-TREE") && sql.contains("LIMIT ?");
            assert!(!sorts, "{detail}: {sql}");
        }
    }
}
