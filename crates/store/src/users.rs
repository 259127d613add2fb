//! Users: the record, how it is found, and the passwords beside it.

use std::collections::BTreeMap;

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::user::{Lookup, PasswordRecord, User, UserStatus};

use crate::cell::Cell;
use crate::pools::{from_json, json};
use crate::sql::{DbError, OnConstraint, Row, Value, args};
use crate::tx::Tx;

/// What became of a new user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InsertUser {
    /// It is there.
    Inserted,
    /// Another user of the pool has the username; nothing was changed.
    UsernameTaken,
}

/// The columns of a user, in the order in which they are read.
macro_rules! user_columns {
    () => {
        "u.pool_id, u.sub, u.username, u.status, u.enabled, u.attributes, u.mfa, u.created,
        u.modified, u.version, u.stamp, CASE WHEN t.seed IS NULL THEN 0 ELSE 1 END, t.name"
    };
}
/// What [`user_columns`] reads from, after `u`.
macro_rules! user_joins {
    () => {
        " LEFT JOIN totp t ON t.pool_id = u.pool_id AND t.sub = u.sub "
    };
}
pub(crate) use {user_columns, user_joins};

const INSERT: &str = "INSERT INTO users (pool_id, sub, username, username_key, status, enabled,
        attributes, mfa, version, created, modified, stamp)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1, ?9, ?10, ?11)
    ON CONFLICT (pool_id, username_key) DO NOTHING";
const BY_SUB: &str = concat!(
    "SELECT ",
    user_columns!(),
    " FROM users u",
    user_joins!(),
    "WHERE u.pool_id = ?1 AND u.sub = ?2"
);
const BY_USERNAME: &str = concat!(
    "SELECT ",
    user_columns!(),
    " FROM users u",
    user_joins!(),
    "WHERE u.pool_id = ?1 AND u.username_key = ?2"
);
/// Each way has its rank, the caller's order, and its key, null when it is not to be tried.
const BY_ANY: &str = concat!(
    "SELECT ",
    user_columns!(),
    " FROM (
        SELECT CAST(?2 AS BIGINT) AS rank, pool_id, sub FROM users
            WHERE pool_id = ?1 AND username_key = ?3
        UNION ALL SELECT CAST(?4 AS BIGINT), pool_id, sub FROM users
            WHERE pool_id = ?1 AND sub = ?5
        UNION ALL SELECT CAST(?6 AS BIGINT), pool_id, sub FROM alias
            WHERE pool_id = ?1 AND kind = 'email' AND value_key = ?7
        UNION ALL SELECT CAST(?8 AS BIGINT), pool_id, sub FROM alias
            WHERE pool_id = ?1 AND kind = 'phone_number' AND value_key = ?9
        UNION ALL SELECT CAST(?10 AS BIGINT), pool_id, sub FROM alias
            WHERE pool_id = ?1 AND kind = 'preferred_username' AND value_key = ?11
    ) found JOIN users u ON u.pool_id = found.pool_id AND u.sub = found.sub",
    user_joins!(),
    "ORDER BY found.rank LIMIT 1"
);
const UPDATE: &str = "UPDATE users SET status = ?3, enabled = ?4, attributes = ?5, mfa = ?6,
        modified = ?7, stamp = ?9, version = version + 1
    WHERE pool_id = ?1 AND sub = ?2 AND (CAST(?8 AS BIGINT) IS NULL OR version = ?8)";
/// Changes nothing, but makes others who would change the row wait.
pub(crate) const HOLD: &str = "UPDATE users SET version = version WHERE pool_id = ?1 AND sub = ?2";
const DELETE: &str = "DELETE FROM users WHERE pool_id = ?1 AND sub = ?2";

const PASSWORD: &str = "SELECT salt, verifier, temporary_until FROM password
    WHERE pool_id = ?1 AND sub = ?2";
const SET_PASSWORD: &str = "INSERT INTO password (pool_id, sub, salt, verifier, temporary_until)
    VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (pool_id, sub) DO UPDATE SET salt = excluded.salt, verifier = excluded.verifier,
        temporary_until = excluded.temporary_until";

/// Bytes of a sealed verifier: its form, two nonces, a residue, the tag.
const SEALED_VERIFIER_BYTES: usize = 1 + 12 + 12 + 384 + 16;
/// Looks like a sealed verifier and is none.
const NO_VERIFIER: [u8; SEALED_VERIFIER_BYTES] = [1; SEALED_VERIFIER_BYTES];

impl Tx {
    /// Keeps a new user, and the password if it has one. `username_key` is the username as it is
    /// looked up: folded where the pool ignores case.
    ///
    /// # Errors
    /// `PoolNotFound` when the pool went away meanwhile.
    pub async fn insert_user(
        &mut self,
        user: &User,
        username_key: &str,
        password: Option<&PasswordRecord>,
    ) -> Result<InsertUser> {
        let row = args![
            &user.pool,
            &user.sub,
            &user.username,
            username_key,
            user.status.as_str(),
            user.enabled,
            json(&user.attributes)?,
            json(&user.mfa)?,
            user.created,
            user.modified,
            user.stamp
        ];
        let missing = Error::PoolNotFound(user.pool.clone());
        if self.execute(INSERT, row).await.on_missing_parent(missing)? == 0 {
            return Ok(InsertUser::UsernameTaken);
        }
        self.saw("users", &version_key(&user.pool, &user.sub), 1);
        self.count_user(&user.pool, &user.sub, 1).await?;
        self.insert_search(user).await?;
        if let Some(password) = password {
            self.set_password(&user.pool, &user.sub, password).await?;
        }
        Ok(InsertUser::Inserted)
    }

    /// The user that the first successful of `lookups` finds, in one statement.
    ///
    /// # Errors
    /// `UserNotFound`; a fault when two lookups are of the same kind.
    pub async fn user_by(&mut self, pool: &PoolId, lookups: &[Lookup]) -> Result<User> {
        let row = match lookups {
            [Lookup::Sub(sub)] => self.fetch_opt(BY_SUB, args![pool, sub]).await?,
            [Lookup::Username(key)] => self.fetch_opt(BY_USERNAME, args![pool, key]).await?,
            _ => self.fetch_opt(BY_ANY, &any_of(pool, lookups)?).await?,
        };
        let user = self.user_of_row(&mut row.ok_or(Error::UserNotFound)?)?;
        self.hold(user).await
    }

    /// The user with this subject.
    ///
    /// # Errors
    /// `UserNotFound`.
    pub async fn user_by_sub(&mut self, pool: &PoolId, sub: &Sub) -> Result<User> {
        let row = self.fetch_opt(BY_SUB, args![pool, sub]).await?;
        let user = self.user_of_row(&mut row.ok_or(Error::UserNotFound)?)?;
        self.hold(user).await
    }

    /// Where this transaction lost against another once: takes the row, then reads it again.
    pub(crate) async fn hold(&mut self, user: User) -> Result<User> {
        if !self.core.cautious {
            return Ok(user);
        }
        let key = args![&user.pool, &user.sub];
        self.expect_one(HOLD, key, Error::UserNotFound).await?;
        let row = self.fetch_opt(BY_SUB, key).await?;
        self.user_of_row(&mut row.ok_or(Error::UserNotFound)?)
    }

    /// Reads [`user_columns`] and remembers the version.
    pub(crate) fn user_of_row(&mut self, row: &mut Row) -> Result<User> {
        let mut user = User {
            pool: PoolId::new(row.text()?),
            sub: Sub::new(row.text()?),
            username: row.text()?,
            status: status_of(&row.text()?)?,
            enabled: row.flag()?,
            attributes: from_json::<BTreeMap<String, String>>(&row.text()?)?,
            mfa: from_json(&row.text()?)?,
            created: row.time()?,
            modified: row.time()?,
            stamp: 0,
            totp_verified: false,
            totp_name: None,
        };
        let version = row.int()?;
        user.stamp = row.int()?;
        user.totp_verified = row.flag()?;
        user.totp_name = row.opt_text()?;
        self.saw("users", &version_key(&user.pool, &user.sub), version);
        Ok(user)
    }

    /// Replaces a user's status, attributes, MFA choice, stamp and time of change. The username and what
    /// is known of TOTP are not written. Where this transaction read the user, a change that others
    /// made since makes it run again.
    ///
    /// # Errors
    /// `UserNotFound`.
    pub async fn update_user(&mut self, user: &User) -> Result<()> {
        let key = version_key(&user.pool, &user.sub);
        let row = args![
            &user.pool,
            &user.sub,
            user.status.as_str(),
            user.enabled,
            json(&user.attributes)?,
            json(&user.mfa)?,
            user.modified,
            self.seen("users", &key),
            user.stamp
        ];
        let changed = self.execute(UPDATE, row).await?;
        self.moved("users", &key, changed, Error::UserNotFound)?;
        self.update_search(user).await
    }

    /// Deletes a user and everything that hangs on it: password, TOTP, devices, aliases, codes,
    /// tokens.
    ///
    /// # Errors
    /// `UserNotFound`.
    pub async fn delete_user(&mut self, pool: &PoolId, sub: &Sub) -> Result<()> {
        self.expect_one(DELETE, args![pool, sub], Error::UserNotFound).await?;
        self.count_user(pool, sub, -1).await
    }

    /// A user's password, if it has one.
    pub async fn password(&mut self, pool: &PoolId, sub: &Sub) -> Result<Option<PasswordRecord>> {
        let Some(mut row) = self.fetch_opt(PASSWORD, args![pool, sub]).await? else {
            // The time of a password that is there: that of a seal that does not open.
            let _ = self.open(verifier_cell(&[pool.as_str(), sub.as_str()]), &NO_VERIFIER);
            return Ok(None);
        };
        let (salt, sealed, temporary_until) = (row.blob()?, row.blob()?, row.opt_time()?);
        let verifier = self.open(verifier_cell(&[pool.as_str(), sub.as_str()]), &sealed)?;
        Ok(Some(PasswordRecord { salt, verifier, temporary_until }))
    }

    /// Gives a user a password, in place of any other.
    ///
    /// # Errors
    /// `UserNotFound`.
    pub async fn set_password(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        password: &PasswordRecord,
    ) -> Result<()> {
        let place = [pool.as_str(), sub.as_str()];
        let sealed = self.seal(verifier_cell(&place), password.verifier.expose())?;
        let row = args![pool, sub, password.salt.as_slice(), sealed, password.temporary_until];
        self.execute(SET_PASSWORD, row).await.on_missing_parent(Error::UserNotFound)?;
        Ok(())
    }
}

fn any_of(pool: &PoolId, lookups: &[Lookup]) -> Result<Vec<Value>> {
    let mut values = vec![Value::from(pool)];
    values.resize(11, Value::Null);
    for (rank, lookup) in (0_i64..).zip(lookups) {
        let (at, key) = match lookup {
            Lookup::Username(key) => (1, Value::from(key)),
            Lookup::Sub(sub) => (3, Value::from(sub)),
            Lookup::Alias("email", key) => (5, Value::from(key)),
            Lookup::Alias("phone_number", key) => (7, Value::from(key)),
            Lookup::Alias("preferred_username", key) => (9, Value::from(key)),
            Lookup::Alias(..) => return Err(Error::fault("an alias of unknown kind")),
        };
        match values.get_mut(at..at + 2) {
            Some([place, slot]) if *slot == Value::Null => {
                *place = rank.into();
                *slot = key;
            }
            _ => return Err(Error::fault("two lookups of the same kind")),
        }
    }
    Ok(values)
}

fn status_of(text: &str) -> Result<UserStatus, DbError> {
    UserStatus::parse(text).ok_or_else(|| DbError::shape("an unknown user status"))
}

fn version_key(pool: &PoolId, sub: &Sub) -> String {
    format!("{pool}/{sub}")
}

fn verifier_cell<'a>(key: &'a [&'a str]) -> Cell<'a> {
    Cell { table: "password", column: "verifier", key }
}
