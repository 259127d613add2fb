//! The dialect layer: one value, one row, one error, and the translation of placeholders.
//!
//! All SQL in this crate is written once, with `?1..?n`, and means the same to both engines.
//! Nothing here knows a table.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use poolhouse_domain::error::Error;
use poolhouse_domain::id::{ClientId, DeviceKey, OriginJti, PoolId, SessionId, Sub};
use poolhouse_domain::time::Timestamp;

/// A value as both engines keep it. There is no fifth kind: booleans are 0/1, times are epoch
/// milliseconds, documents are text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// Absent.
    Null,
    /// INTEGER.
    Int(i64),
    /// TEXT.
    Text(String),
    /// BLOB.
    Blob(Vec<u8>),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Int(i64::from(value))
    }
}

impl From<Timestamp> for Value {
    fn from(value: Timestamp) -> Self {
        Self::Int(value.as_millis())
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Blob(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Blob(value.to_vec())
    }
}

impl From<&[u8; 32]> for Value {
    fn from(value: &[u8; 32]) -> Self {
        Self::Blob(value.to_vec())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

macro_rules! ids_are_text {
    ($($id:ty),*) => { $(
        impl From<&$id> for Value {
            fn from(value: &$id) -> Self {
                Self::Text(value.as_str().to_owned())
            }
        }
    )* };
}

ids_are_text!(PoolId, ClientId, Sub, DeviceKey, OriginJti, SessionId);

/// The values of one statement, in the order of `?1..?n`.
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$($crate::sql::Value::from($value)),*][..] };
}
pub(crate) use args;

/// A result row, read from its first column to its last: each getter takes the next column, so a
/// record is read in the order of its SELECT list and a column cannot be read twice.
#[derive(Debug)]
pub(crate) struct Row(std::vec::IntoIter<Value>);

impl Row {
    pub(crate) fn new(values: Vec<Value>) -> Self {
        Self(values.into_iter())
    }

    fn next(&mut self) -> Result<Value, DbError> {
        self.0.next().ok_or_else(|| DbError::shape("a column more than the statement selects"))
    }

    /// The next column, an integer.
    pub(crate) fn int(&mut self) -> Result<i64, DbError> {
        match self.next()? {
            Value::Int(value) => Ok(value),
            other => Err(DbError::unexpected("an integer", &other)),
        }
    }

    /// The next column, an integer or null.
    pub(crate) fn opt_int(&mut self) -> Result<Option<i64>, DbError> {
        match self.next()? {
            Value::Null => Ok(None),
            Value::Int(value) => Ok(Some(value)),
            other => Err(DbError::unexpected("an integer or null", &other)),
        }
    }

    /// The next column, 0 or 1.
    pub(crate) fn flag(&mut self) -> Result<bool, DbError> {
        match self.int()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(DbError::shape("a flag that is neither 0 nor 1")),
        }
    }

    /// The next column, text.
    pub(crate) fn text(&mut self) -> Result<String, DbError> {
        match self.next()? {
            Value::Text(value) => Ok(value),
            other => Err(DbError::unexpected("text", &other)),
        }
    }

    /// The next column, text or null.
    pub(crate) fn opt_text(&mut self) -> Result<Option<String>, DbError> {
        match self.next()? {
            Value::Null => Ok(None),
            Value::Text(value) => Ok(Some(value)),
            other => Err(DbError::unexpected("text or null", &other)),
        }
    }

    /// The next column, bytes.
    pub(crate) fn blob(&mut self) -> Result<Vec<u8>, DbError> {
        match self.next()? {
            Value::Blob(value) => Ok(value),
            other => Err(DbError::unexpected("bytes", &other)),
        }
    }

    /// The next column, bytes or null.
    pub(crate) fn opt_blob(&mut self) -> Result<Option<Vec<u8>>, DbError> {
        match self.next()? {
            Value::Null => Ok(None),
            Value::Blob(value) => Ok(Some(value)),
            other => Err(DbError::unexpected("bytes or null", &other)),
        }
    }

    /// The next column, a SHA-256 or an HMAC-SHA256.
    pub(crate) fn hash(&mut self) -> Result<[u8; 32], DbError> {
        self.blob()?.try_into().map_err(|_| DbError::shape("a hash that is not 32 bytes"))
    }

    /// The next column, a time.
    pub(crate) fn time(&mut self) -> Result<Timestamp, DbError> {
        self.int().map(Timestamp::from_millis)
    }

    /// The next column, a time or null.
    pub(crate) fn opt_time(&mut self) -> Result<Option<Timestamp>, DbError> {
        Ok(self.opt_int()?.map(Timestamp::from_millis))
    }
}

/// What an engine says when it refuses a statement.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DbError {
    /// A unique index or primary key, by its name in the schema.
    #[error("unique constraint {0}")]
    Unique(String),
    /// A foreign key.
    #[error("foreign key: {0}")]
    ForeignKey(String),
    /// Another transaction was in the way: the closure may run again.
    #[error("contention: {0}")]
    Contention(String),
    /// The row is not what the code expects it to be.
    #[error("stored row: {0}")]
    Shape(String),
    /// The server is gone or does not answer; what it did is not known.
    #[error("connection: {0}")]
    Lost(String),
    /// Anything else.
    #[error("storage: {0}")]
    Other(Box<dyn std::error::Error + Send + Sync>),
}

impl DbError {
    pub(crate) fn shape(text: &str) -> Self {
        Self::Shape(text.to_owned())
    }

    pub(crate) fn other(text: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Other(text.into())
    }

    /// Names the kinds only: the value may be secret.
    fn unexpected(wanted: &str, got: &Value) -> Self {
        let got = match got {
            Value::Null => "null",
            Value::Int(_) => "an integer",
            Value::Text(_) => "text",
            Value::Blob(_) => "bytes",
        };
        Self::Shape(format!("wanted {wanted}, got {got}"))
    }
}

impl From<DbError> for Error {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Other(inner) => Self::Fault(inner),
            error => Self::fault(error),
        }
    }
}

/// More is asked of the store than it can queue. Nothing was done; it can be tried again later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("overloaded: too many transactions are waiting")]
pub struct Overloaded;

/// Turns the refusal of the database into the refusal of the domain, named at the call.
pub(crate) trait OnConstraint<T> {
    /// `refusal` when the unique index or key `name` refused the statement; a fault otherwise.
    fn on_constraint(self, name: &str, refusal: Error) -> Result<T, Error>;
    /// `refusal` when a foreign key refused the statement: the parent is not there.
    fn on_missing_parent(self, refusal: Error) -> Result<T, Error>;
}

impl<T> OnConstraint<T> for Result<T, DbError> {
    fn on_constraint(self, name: &str, refusal: Error) -> Result<T, Error> {
        self.map_err(|error| match error {
            DbError::Unique(broken) if broken == name => refusal,
            other => other.into(),
        })
    }

    fn on_missing_parent(self, refusal: Error) -> Result<T, Error> {
        self.map_err(|error| match error {
            DbError::ForeignKey(_) => refusal,
            other => other.into(),
        })
    }
}

/// Statements in PostgreSQL's spelling of placeholders, each translated once.
#[derive(Debug, Default)]
pub(crate) struct Translations(RwLock<HashMap<&'static str, Arc<str>>>);

impl Translations {
    pub(crate) fn of(&self, sql: &'static str) -> Arc<str> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(sql).cloned();
        known.unwrap_or_else(|| {
            let text: Arc<str> = dollars(sql).into();
            self.0.write().unwrap_or_else(PoisonError::into_inner).insert(sql, Arc::clone(&text));
            text
        })
    }
}

/// `?n` outside quotes becomes `$n`.
fn dollars(sql: &str) -> String {
    let mut quoted = false;
    sql.chars()
        .map(|c| {
            quoted ^= c == '\'';
            if c == '?' && !quoted { '$' } else { c }
        })
        .collect()
}

/// The least string greater than every string that begins with `prefix`, if there is one: the
/// open upper end of a prefix search. Both engines order text by its UTF-8 bytes, which is the
/// order of code points, so the successor of the last character is enough.
pub(crate) fn prefix_end(prefix: &str) -> Option<String> {
    let mut chars: Vec<char> = prefix.chars().collect();
    while let Some(last) = chars.pop() {
        let next = match u32::from(last) {
            0xD7FF => Some('\u{E000}'),
            code => char::from_u32(code + 1),
        };
        if let Some(next) = next {
            chars.push(next);
            return Some(chars.into_iter().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_translated_outside_quotes_only() {
        assert_eq!(
            dollars("UPDATE t SET x = ?4, y = '?1' WHERE a = ?1 AND b = ?12"),
            "UPDATE t SET x = $4, y = '?1' WHERE a = $1 AND b = $12"
        );
    }

    #[test]
    fn a_prefix_ends_before_the_next_character() {
        assert_eq!(prefix_end("ab").as_deref(), Some("ac"));
        assert_eq!(prefix_end("a\u{10FFFF}").as_deref(), Some("b"));
        assert_eq!(prefix_end("\u{D7FF}").as_deref(), Some("\u{E000}"));
        assert_eq!(prefix_end("\u{10FFFF}"), None);
        assert_eq!(prefix_end(""), None);
        for tail in ["", "a", "zz", "\u{10FFFF}"] {
            let text = format!("é{tail}");
            assert!(text.as_str() >= "é" && text < prefix_end("é").unwrap());
        }
    }

    #[test]
    fn a_row_is_read_once_and_by_kind() {
        let mut row = Row::new(vec![Value::Int(1), Value::Null, Value::Text("x".into())]);
        assert!(row.flag().unwrap());
        assert_eq!(row.opt_int().unwrap(), None);
        assert!(row.int().is_err());
        assert!(row.text().is_err());
    }

    #[test]
    fn a_shape_error_never_shows_the_value() {
        let mut row = Row::new(vec![Value::Text("hunter2".into())]);
        assert!(!row.int().unwrap_err().to_string().contains("hunter2"));
    }
}
