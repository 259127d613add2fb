//! A connection to SQLite: how it is opened, and what crosses it, values and the names of errors.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ffi};

use crate::sql::{DbError, Value};

/// Statements kept prepared on each connection.
const STATEMENTS_CACHED: usize = 256;
/// How long a connection waits for a lock of another process, such as a backup.
const BUSY_MS: u64 = 1_000;
/// Older engines can lose commits when a checkpoint races a commit.
const OLDEST_ENGINE: i32 = 3_051_003;

/// Columns of a unique index, as SQLite names them, to the index's name.
pub(super) type Uniques = HashMap<String, String>;

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

pub(super) fn value(value: ValueRef<'_>) -> Result<Value, DbError> {
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

/// Gives an engine error its name. A unique violation names columns, never the index: the schema
/// was asked for its indexes at start.
pub(super) fn named(error: rusqlite::Error, uniques: &Uniques) -> DbError {
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

pub(super) fn check_engine(version: i32) -> Result<(), DbError> {
    if version < OLDEST_ENGINE {
        return Err(DbError::other(format!(
            "SQLite {version} can lose commits; at least {OLDEST_ENGINE} is needed"
        )));
    }
    Ok(())
}

pub(super) fn prepare_writer(conn: &Connection, file: bool) -> Result<(), DbError> {
    conn.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    conn.busy_timeout(Duration::from_millis(BUSY_MS))?;
    if file {
        let mode: String = conn.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        if mode != "wal" {
            return Err(DbError::other(format!("journal_mode is {mode}, not wal")));
        }
    }
    conn.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
    for (pragma, wanted) in [("synchronous", 2_i64), ("foreign_keys", 1)] {
        let found: i64 = conn.pragma_query_value(None, pragma, |row| row.get(0))?;
        if found != wanted {
            return Err(DbError::other(format!("{pragma} is {found}, not {wanted}")));
        }
    }
    Ok(())
}

pub(super) fn open_reader(path: &PathBuf) -> Result<Connection, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    conn.busy_timeout(Duration::from_millis(BUSY_MS))?;
    conn.execute_batch("PRAGMA query_only = ON;")?;
    Ok(conn)
}

/// Every unique index of the schema by the columns that SQLite's message will name. A primary key
/// goes by the name PostgreSQL gives it.
pub(super) fn uniques(conn: &Connection) -> Result<Uniques, DbError> {
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
