//! SQLite: its connections, and what it means by its errors.
//!
//! Writing is in [`lane`](super::lane). Reading goes on beside it, on connections of its own, each
//! read on one snapshot of what is committed.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ffi, params_from_iter};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::lane::{Shared, Writer};
use crate::sql::{DbError, Row, Value};

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

/// Columns of a unique index, as SQLite names them, to the index's name.
type Uniques = HashMap<String, String>;

/// An opened SQLite database.
#[derive(Clone, Debug)]
pub(crate) struct Sqlite {
    shared: Arc<Shared>,
    uniques: Arc<Uniques>,
    readers: Option<Arc<Readers>>,
}

#[derive(Debug)]
struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
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
        let shared = Shared::new(conn, path.is_some())?;
        let readers = path.map(|path| {
            let permits = Arc::new(Semaphore::new(READERS));
            Arc::new(Readers { path, idle: Mutex::default(), permits })
        });
        Ok(Self { shared: Arc::new(shared), uniques: Arc::new(uniques), readers })
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
        let uniques = Arc::clone(&self.uniques);
        Ok(Session { kind: Kind::Reader(reader), uniques, read: true })
    }

    /// Whether writes are still taken.
    pub(crate) fn health(&self) -> Result<(), DbError> {
        self.shared.health()
    }

    #[cfg(test)]
    pub(crate) fn shared_for_tests(&self) -> &Shared {
        &self.shared
    }

    async fn lane_session(&self, read: bool) -> Result<Session, DbError> {
        let kind = Kind::Writer(Writer::begin(&self.shared).await?);
        Ok(Session { kind, uniques: Arc::clone(&self.uniques), read })
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
    uniques: Arc<Uniques>,
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
            Kind::Writer(writer) => writer.conn(),
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
                Failure::Engine(error) => named(error, &self.uniques),
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
            Some(committed) => committed.heard().await,
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

pub(super) fn finished() -> DbError {
    DbError::other("the transaction is over")
}

pub(super) fn step(conn: &Connection, sql: &str) -> rusqlite::Result<()> {
    conn.prepare_cached(sql)?.execute([]).map(|_| ())
}

pub(super) fn roll_back(conn: &Connection) -> rusqlite::Result<()> {
    step(conn, "ROLLBACK TO one_write")?;
    step(conn, "RELEASE one_write")
}

pub(super) fn is_io(error: &rusqlite::Error) -> bool {
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

    /// Subqueries that are no tables, the one list that begins at its end and stops, and the
    /// administrators, who are counted when one more is made and are bounded by that.
    const FINE: [&str; 6] = [
        "CONSTANT ROW",
        "8-ROW VALUES",
        "given",
        "found",
        "outbox USING INDEX outbox_recent",
        "iam_user USING COVERING INDEX",
    ];

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
