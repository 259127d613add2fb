//! Bringing a database up to date: numbered migrations, each in a transaction of its own, written
//! once and spelled for the engine.
//!
//! The dialect layer is three words. SQLite gets `STRICT` tables; PostgreSQL gets its own names
//! for the types, and text ordered by bytes as SQLite orders it.

use std::time::Duration;

use rusqlite::Connection;

use crate::engine::postgres::Postgres;
use crate::sql::{DbError, Value};

/// A step of the schema. Once released its text never changes.
#[derive(Debug)]
struct Migration {
    version: i64,
    name: &'static str,
    sql: &'static str,
}

const MIGRATIONS: &[Migration] = &[
    Migration { version: 1, name: "init", sql: include_str!("../migrations/0001_init.sql") },
    Migration { version: 2, name: "outbox", sql: include_str!("../migrations/0002_outbox.sql") },
    Migration {
        version: 3,
        name: "accounts",
        sql: include_str!("../migrations/0003_accounts.sql"),
    },
    Migration {
        version: 4,
        name: "sessions",
        sql: include_str!("../migrations/0004_sessions.sql"),
    },
    Migration { version: 5, name: "groups", sql: include_str!("../migrations/0005_groups.sql") },
    Migration { version: 6, name: "risk", sql: include_str!("../migrations/0006_risk.sql") },
    Migration { version: 8, name: "sign_in", sql: include_str!("../migrations/0008_sign_in.sql") },
    Migration {
        version: 10,
        name: "key_succession",
        sql: include_str!("../migrations/0010_key_succession.sql"),
    },
];

/// The whole schema, from the text for readers.
#[cfg(test)]
pub(crate) fn whole_for_sqlite() -> String {
    for_sqlite(TABLE) + &for_sqlite(include_str!("../schema.sql"))
}

/// The whole schema, from the text for readers.
#[cfg(test)]
pub(crate) fn whole_for_postgres() -> String {
    for_postgres(TABLE) + &for_postgres(include_str!("../schema.sql"))
}

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    PRIMARY KEY (version)
);";
const APPLIED: &str = "SELECT version, checksum FROM migration ORDER BY version";
const RECORD: &str = "INSERT INTO migration (version, name, checksum) VALUES (?1, ?2, ?3)";

/// How often two servers that start at once may get in each other's way.
const ATTEMPTS_MAX: u32 = 5;
/// How long a migration waits for another server's, and how long it may run.
const WAIT_MS_MAX: u64 = 60_000;

/// Migrates a SQLite database.
pub(crate) fn sqlite(conn: &mut Connection) -> Result<(), DbError> {
    conn.execute_batch(&for_sqlite(TABLE))?;
    let applied = {
        let mut statement = conn.prepare(APPLIED)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect::<Result<Vec<(i64, String)>, _>>()?
    };
    for migration in pending(&applied)? {
        #[expect(clippy::disallowed_methods, reason = "before the store is open nothing else runs")]
        let tx = conn.transaction()?;
        tx.execute_batch(&for_sqlite(migration.sql))?;
        tx.execute(RECORD, (migration.version, migration.name, checksum(migration.sql)))?;
        tx.commit()?;
    }
    Ok(())
}

/// Migrates a PostgreSQL database, perhaps beside other servers that start at the same time.
pub(crate) async fn postgres(db: &Postgres) -> Result<(), DbError> {
    let mut result = postgres_once(db).await;
    for _ in 1..ATTEMPTS_MAX {
        if result.is_ok() {
            break;
        }
        result = postgres_once(db).await;
    }
    result
}

async fn postgres_once(db: &Postgres) -> Result<(), DbError> {
    let mut session = db.write().await?;
    session.control(&for_postgres(TABLE)).await?;
    session.commit().await?;
    let mut session = db.read().await?;
    let rows = session.fetch(APPLIED, &[], usize::MAX).await?;
    session.commit().await?;
    let applied = rows
        .into_iter()
        .map(|mut row| Ok((row.int()?, row.text()?)))
        .collect::<Result<Vec<_>, DbError>>()?;
    for migration in pending(&applied)? {
        let mut session = db.write().await?;
        session.wait_for(Duration::from_millis(WAIT_MS_MAX));
        let patience = format!(
            "SET LOCAL lock_timeout = {WAIT_MS_MAX}; SET LOCAL statement_timeout = {WAIT_MS_MAX};"
        );
        session.control(&patience).await?;
        // First the row: of two servers one waits here, and then finds it done.
        let row = [
            Value::from(migration.version),
            Value::from(migration.name),
            Value::from(checksum(migration.sql)),
        ];
        session.execute(RECORD, &row).await?;
        session.control(&for_postgres(migration.sql)).await?;
        session.commit().await?;
    }
    Ok(())
}

/// The migrations that are not applied yet; a fault when the database is not one of ours.
fn pending(applied: &[(i64, String)]) -> Result<&'static [Migration], DbError> {
    for (index, (version, sum)) in applied.iter().enumerate() {
        let Some(migration) = MIGRATIONS.get(index) else {
            return Err(DbError::other(format!(
                "the database is at version {version}, newer than this program knows"
            )));
        };
        if migration.version != *version || checksum(migration.sql) != *sum {
            return Err(DbError::other(format!(
                "migration {version} in the database is not the one this program knows"
            )));
        }
    }
    Ok(MIGRATIONS.get(applied.len()..).unwrap_or_default())
}

fn checksum(sql: &str) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, sql.as_bytes());
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every table `STRICT`; those marked `-- clustered` are kept in the order of their key.
fn for_sqlite(sql: &str) -> String {
    let spelled = statements(sql).map(|statement| {
        let clustered = statement.contains("-- clustered");
        let table = statement.lines().any(|line| line.starts_with("CREATE TABLE"));
        match (table, clustered) {
            (true, true) => format!("{statement} STRICT, WITHOUT ROWID;\n"),
            (true, false) => format!("{statement} STRICT;\n"),
            (false, _) => format!("{statement};\n"),
        }
    });
    spelled.collect()
}

/// PostgreSQL's type words.
fn for_postgres(sql: &str) -> String {
    let spelled = statements(sql).map(|statement| {
        let code = statement.lines().filter(|line| !line.trim_start().starts_with("--"));
        let mut text: String = code.flat_map(|line| [line, "\n"]).collect();
        for (ours, theirs) in
            [(" INTEGER", " BIGINT"), (" BLOB", " BYTEA"), (" TEXT", " TEXT COLLATE \"C\"")]
        {
            text = text.replace(ours, theirs);
        }
        text + ";\n"
    });
    spelled.collect()
}

/// The statements of a file. A semicolon ends one wherever it ends a line; comments hold none.
fn statements(sql: &str) -> impl Iterator<Item = &str> {
    sql.split(";\n")
        .flat_map(|part| part.split(";\r\n"))
        .map(|part| part.trim().trim_end_matches(';'))
        .filter(|part| {
            part.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with("--"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "-- a note\n-- clustered\nCREATE TABLE t (\n    a TEXT NOT NULL,\n    \
                         b BLOB,\n    PRIMARY KEY (a)\n);\n\nCREATE INDEX t_b ON t (b);\n";

    #[test]
    fn one_text_is_spelled_for_both() {
        let sqlite = for_sqlite(SMALL);
        assert!(sqlite.contains("PRIMARY KEY (a)\n) STRICT, WITHOUT ROWID;\n"));
        assert!(sqlite.contains("CREATE INDEX t_b ON t (b);\n"));
        let postgres = for_postgres(SMALL);
        assert!(postgres.contains("a TEXT COLLATE \"C\" NOT NULL,\n    b BYTEA,\n"));
        assert!(!postgres.contains("--"));
    }

    #[test]
    fn a_newer_or_altered_database_is_refused() {
        let known: Vec<(i64, String)> =
            MIGRATIONS.iter().map(|m| (m.version, checksum(m.sql))).collect();
        assert!(pending(&known).unwrap().is_empty());
        assert_eq!(pending(&[]).unwrap().len(), MIGRATIONS.len());
        let newer = [known.clone(), vec![(99, String::new())]].concat();
        assert!(pending(&newer).unwrap_err().to_string().contains("newer"));
        let altered = [(1, "0".repeat(64))];
        assert!(pending(&altered).unwrap_err().to_string().contains("not the one"));
    }

    #[test]
    fn the_schema_uses_the_common_dialect_only() {
        for migration in MIGRATIONS {
            for word in ["SERIAL", "NOW(", "TRIGGER", "SEQUENCE", "BOOLEAN", "AUTOINCREMENT", "$1"]
            {
                assert!(!migration.sql.to_uppercase().contains(word), "{word}");
            }
        }
    }
}
