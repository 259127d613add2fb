//! PostgreSQL: a pool of connections, deadlines on everything, one closure one transaction.
//!
//! Writes run at READ COMMITTED, which is why every decision is one conditional statement. A
//! connection whose transaction did not end in an answered COMMIT or ROLLBACK is closed, never
//! given back: the server then takes the transaction back by itself.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use bytes::BytesMut;
use deadpool_postgres::{
    Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime, TimeoutType,
};
use tokio_postgres::config::SslMode;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Config, NoTls};

use crate::sql::{DbError, Overloaded, Row, Translations, Value};

/// Connections to the server.
const CONNECTIONS_MAX: usize = 16;
/// How long a request waits for a connection before it is turned away.
const WAIT_MS_MAX: u64 = 5_000;
/// How long connecting may take.
const CONNECT_MS_MAX: u64 = 5_000;
/// How long sent bytes may stay unacknowledged: a cut cable is noticed after this.
const UNACKNOWLEDGED_MS_MAX: u64 = 3_000;
/// How long one statement may take on the server.
const STATEMENT_MS_MAX: u64 = 5_000;
/// How long one statement may take as seen from here; a frozen server keeps no deadline of its own.
const ANSWER_MAX: Duration = Duration::from_secs(8);
/// How long a statement waits for another transaction's lock. Longer than the second after which
/// the server looks for deadlocks: it then ends one of the two, where a shorter wait would end
/// both, and both again when they run again side by side.
const LOCK_MS_MAX: u64 = 1_500;
/// How long a transaction may sit between two statements.
const IDLE_MS_MAX: u64 = 5_000;
/// The oldest server: `server_version_num` of 15.0.
const OLDEST_SERVER: i64 = 150_000;

/// An opened PostgreSQL database.
#[derive(Clone)]
pub(crate) struct Postgres {
    pool: Pool,
    translations: Arc<Translations>,
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Postgres")
    }
}

impl Postgres {
    /// Reads the URL, makes the pool and checks that the server keeps its promises.
    pub(crate) async fn open(url: &str) -> Result<Self, DbError> {
        let manager = Manager::from_config(
            config(url)?,
            NoTls,
            ManagerConfig { recycling_method: RecyclingMethod::Fast },
        );
        let pool = Pool::builder(manager)
            .max_size(CONNECTIONS_MAX)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(Duration::from_millis(WAIT_MS_MAX)))
            .create_timeout(Some(Duration::from_millis(CONNECT_MS_MAX)))
            .recycle_timeout(Some(Duration::from_millis(CONNECT_MS_MAX)))
            .build()
            .map_err(DbError::other)?;
        let opened = Self { pool, translations: Arc::default() };
        opened.check_server().await?;
        Ok(opened)
    }

    /// A 200 means on disk: a server that acknowledges earlier is refused.
    async fn check_server(&self) -> Result<(), DbError> {
        let client = self.client().await?;
        for (setting, allowed) in
            [("synchronous_commit", &["on", "remote_apply"][..]), ("fsync", &["on"])]
        {
            let found = show(&client, setting).await?;
            if !allowed.contains(&found.as_str()) {
                return Err(DbError::other(format!(
                    "PostgreSQL has {setting} = {found}; acknowledged writes could be lost"
                )));
            }
        }
        let version = show(&client, "server_version_num").await?;
        if version.parse::<i64>().unwrap_or(0) < OLDEST_SERVER {
            return Err(DbError::other(format!("PostgreSQL {version} is older than 15")));
        }
        Ok(())
    }

    /// Begins a transaction that may write.
    pub(crate) async fn write(&self) -> Result<Session, DbError> {
        let mut session = self.session(true).await?;
        session.control("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE").await?;
        Ok(session)
    }

    /// A connection to read from. Each statement sees what is committed when it starts; there is
    /// no transaction around them, which saves two journeys to the server.
    pub(crate) async fn read(&self) -> Result<Session, DbError> {
        self.session(false).await
    }

    async fn session(&self, write: bool) -> Result<Session, DbError> {
        let client = Some(self.client().await?);
        let translations = Arc::clone(&self.translations);
        let deadline = ANSWER_MAX;
        Ok(Session {
            client,
            translations,
            write,
            deadline,
            busy: write,
            failed: false,
            lost: false,
        })
    }

    async fn client(&self) -> Result<Object, DbError> {
        self.pool.get().await.map_err(|error| match error {
            PoolError::Timeout(TimeoutType::Wait) => DbError::other(Overloaded),
            error => DbError::other(error),
        })
    }
}

async fn show(client: &Object, setting: &str) -> Result<String, DbError> {
    let args: [&(dyn ToSql + Sync); 1] = [&setting];
    let row = within(ANSWER_MAX, client.query_one("SELECT current_setting($1)", &args)).await?;
    row.try_get(0).map_err(DbError::from)
}

fn config(url: &str) -> Result<Config, DbError> {
    let mut config = Config::from_str(url).map_err(DbError::other)?;
    if config.get_ssl_mode() == SslMode::Require {
        return Err(DbError::other("sslmode=require: TLS to PostgreSQL is not built yet"));
    }
    // Outside `write` nothing may write; `write` says READ WRITE when it begins.
    let options = format!(
        "{} -c default_transaction_read_only=on -c statement_timeout={STATEMENT_MS_MAX} \
         -c lock_timeout={LOCK_MS_MAX} -c idle_in_transaction_session_timeout={IDLE_MS_MAX}",
        config.get_options().unwrap_or_default()
    );
    config
        .options(options.trim())
        .application_name("poolhouse")
        .connect_timeout(Duration::from_millis(CONNECT_MS_MAX))
        .tcp_user_timeout(Duration::from_millis(UNACKNOWLEDGED_MS_MAX));
    Ok(config)
}

/// One transaction on PostgreSQL, or one connection to read from.
pub(crate) struct Session {
    client: Option<Object>,
    translations: Arc<Translations>,
    write: bool,
    deadline: Duration,
    /// Something is under way whose end has not been heard: the connection must not be reused.
    busy: bool,
    /// A statement failed, so the server will turn a COMMIT into a ROLLBACK without saying so.
    failed: bool,
    /// The server did not answer; it is not asked again.
    lost: bool,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("write", &self.write).finish_non_exhaustive()
    }
}

impl Session {
    /// Runs a statement and counts the rows it changed.
    pub(crate) async fn execute(&mut self, sql: &'static str, args: &[Value]) -> Answer<u64> {
        let statement = self.prepare(sql).await?;
        let result = match &self.client {
            Some(client) => {
                within(self.deadline, client.execute(&statement, &by_reference(args))).await
            }
            None => Err(over()),
        };
        self.heard(result)
    }

    /// Runs a statement and returns its rows, at most `limit`.
    pub(crate) async fn fetch(
        &mut self,
        sql: &'static str,
        args: &[Value],
        limit: usize,
    ) -> Answer<Vec<Row>> {
        let statement = self.prepare(sql).await?;
        let result = match &self.client {
            Some(client) => {
                within(self.deadline, client.query(&statement, &by_reference(args))).await
            }
            None => Err(over()),
        };
        self.heard(result)?.iter().take(limit).map(values).collect()
    }

    async fn prepare(&mut self, sql: &'static str) -> Answer<tokio_postgres::Statement> {
        self.busy = true;
        let text = self.translations.of(sql);
        let result = match &self.client {
            Some(client) => within(self.deadline, client.prepare_cached(&text)).await,
            None => Err(over()),
        };
        self.note(&result);
        result
    }

    fn heard<T>(&mut self, result: Answer<T>) -> Answer<T> {
        self.busy = self.write || result.is_err();
        self.note(&result);
        result
    }

    fn note<T>(&mut self, result: &Answer<T>) {
        self.failed |= result.is_err();
        self.lost |= matches!(result, Err(DbError::Lost(_)));
    }

    /// Waits this long for an answer, instead of as long as a request can.
    pub(crate) fn wait_for(&mut self, deadline: Duration) {
        self.deadline = deadline;
    }

    /// Runs text that belongs to no cache: BEGIN, COMMIT, a migration.
    pub(crate) async fn control(&mut self, sql: &str) -> Answer<()> {
        let result = match &self.client {
            Some(client) => within(self.deadline, client.batch_execute(sql)).await,
            None => Err(over()),
        };
        self.note(&result);
        result
    }

    /// Keeps what was written; returns when it is on disk.
    pub(crate) async fn commit(mut self) -> Answer<()> {
        if !self.write {
            return Ok(());
        }
        if self.failed {
            return Err(DbError::other("a statement of this transaction failed; nothing was kept"));
        }
        self.control("COMMIT").await?;
        self.busy = false;
        Ok(())
    }

    /// Takes everything back. A server that does not answer takes it back when the connection is
    /// closed, so this cannot fail.
    pub(crate) async fn roll_back(mut self) {
        if self.write && !self.lost && self.control("ROLLBACK").await.is_ok() {
            self.busy = false;
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.busy
            && let Some(client) = self.client.take()
        {
            drop(Object::take(client));
        }
    }
}

type Answer<T> = Result<T, DbError>;

/// Waits for the server, but not for ever.
async fn within<T>(
    deadline: Duration,
    answer: impl Future<Output = Result<T, tokio_postgres::Error>>,
) -> Result<T, DbError> {
    match tokio::time::timeout(deadline, answer).await {
        Ok(result) => result.map_err(DbError::from),
        Err(_) => Err(DbError::Lost("PostgreSQL did not answer in time".into())),
    }
}

fn over() -> DbError {
    DbError::other("the transaction is over")
}

fn by_reference(args: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    args.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

impl From<tokio_postgres::Error> for DbError {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(db) = error.as_db_error() else { return Self::Lost(error.to_string()) };
        let constraint = || db.constraint().unwrap_or_default().to_owned();
        match db.code() {
            &SqlState::UNIQUE_VIOLATION => Self::Unique(constraint()),
            &SqlState::FOREIGN_KEY_VIOLATION => Self::ForeignKey(constraint()),
            &SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED => {
                Self::Contention(db.message().to_owned())
            }
            // The detail of a database error may quote the row, so only code and message go on.
            code => Self::other(format!("PostgreSQL {}: {}", code.code(), db.message())),
        }
    }
}

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(value) if *ty == Type::INT8 => value.to_sql(ty, out),
            Self::Int(value) if *ty == Type::INT4 => i32::try_from(*value)?.to_sql(ty, out),
            Self::Text(value) if *ty != Type::BYTEA && *ty != Type::INT8 => value.to_sql(ty, out),
            Self::Blob(value) if *ty == Type::BYTEA => value.to_sql(ty, out),
            _ => Err(format!("a value of another kind than {ty}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn values(row: &tokio_postgres::Row) -> Result<Row, DbError> {
    let value = |(index, column): (usize, &tokio_postgres::Column)| match *column.type_() {
        Type::INT8 => Ok(row.try_get::<_, Option<i64>>(index)?.into()),
        Type::INT4 => Ok(row.try_get::<_, Option<i32>>(index)?.map(i64::from).into()),
        Type::TEXT | Type::VARCHAR | Type::NAME => {
            Ok(row.try_get::<_, Option<String>>(index)?.into())
        }
        Type::BYTEA => Ok(row.try_get::<_, Option<Vec<u8>>>(index)?.into()),
        ref other => Err(DbError::shape(&format!("a column of type {other}"))),
    };
    row.columns().iter().enumerate().map(value).collect::<Result<Vec<_>, _>>().map(Row::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demand_for_tls_is_refused_not_ignored() {
        let error = config("postgres://u@localhost/db?sslmode=require").unwrap_err();
        assert!(error.to_string().contains("TLS to PostgreSQL is not built yet"));
        assert!(config("postgres://u@localhost/db").is_ok());
    }

    #[test]
    fn every_connection_has_its_deadlines() {
        let config = config("postgres://u@localhost/db?options=-c%20search_path%3Dx").unwrap();
        let options = config.get_options().unwrap();
        assert!(options.starts_with("-c search_path=x -c default_transaction_read_only=on"));
        assert!(options.contains("lock_timeout=1500") && options.contains("statement_timeout="));
        assert!(config.get_connect_timeout().is_some() && config.get_tcp_user_timeout().is_some());
    }
}
