//! Callers of the service interface: IAM users, their access keys and their inline policies.
//!
//! Names of users are unique without regard to case, names of policies with it. What is missing or
//! taken is an outcome here; the IAM interface has its own words for it.

use poolhouse_domain::error::Result;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::time::Timestamp;

use crate::cell::Cell;
use crate::sql::{DbError, OnConstraint, Row, args};
use crate::tx::Tx;

/// An IAM user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IamUserRow {
    /// The name as it was given.
    pub name: String,
    /// The unique id, `AIDA…`.
    pub id: String,
    /// The path, `/` by default.
    pub path: String,
    /// When it was created.
    pub created: Timestamp,
}

/// An access key without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IamKeyListing {
    /// The access key id, `AKIA…`.
    pub id: String,
    /// Whether it may be used.
    pub active: bool,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last used, as far as that was noted.
    pub last_used: Option<Timestamp>,
}

/// All that a request signed with an access key is judged by.
#[derive(Clone, Debug)]
pub struct AccessKeyRow {
    /// The user it belongs to.
    pub user: IamUserRow,
    /// The key.
    pub key: IamKeyListing,
    /// Its secret.
    pub secret: Secret<String>,
    /// The user's inline policies, name and document, in the order of their names.
    pub policies: Vec<(String, String)>,
}

/// What became of a change to IAM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IamChange {
    /// Done.
    Done,
    /// What it is about is not there; nothing was changed.
    Missing,
    /// The name is taken; nothing was changed.
    Taken,
    /// The user still has access keys or policies; nothing was changed.
    InUse,
}

const INSERT_USER: &str = "INSERT INTO iam_user (name_key, name, id, path, created)
    VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (name_key) DO NOTHING";
const USER: &str = "SELECT name, id, path, created FROM iam_user WHERE name_key = ?1";
const LIST_USERS: &str = "SELECT name, id, path, created FROM iam_user
    WHERE name_key > ?1 ORDER BY name_key LIMIT ?2";
const COUNT_USERS: &str = "SELECT COUNT(*) FROM iam_user";
const LOCK_USER: &str = "UPDATE iam_user SET name = name WHERE name_key = ?1";
const DELETE_USER: &str = "DELETE FROM iam_user WHERE name_key = ?1
    AND NOT EXISTS (SELECT 1 FROM iam_access_key k WHERE k.user_key = ?1)
    AND NOT EXISTS (SELECT 1 FROM iam_user_policy p WHERE p.user_key = ?1)";

const INSERT_KEY: &str = "INSERT INTO iam_access_key (id, user_key, secret, active, created)
    VALUES (?1, ?2, ?3, ?4, ?5)";
const LIST_KEYS: &str = "SELECT id, active, created, last_used FROM iam_access_key
    WHERE user_key = ?1 ORDER BY created, id";
const SET_KEY: &str = "UPDATE iam_access_key SET active = ?3 WHERE user_key = ?1 AND id = ?2";
const DELETE_KEY: &str = "DELETE FROM iam_access_key WHERE user_key = ?1 AND id = ?2";
const TOUCH_KEY: &str = "UPDATE iam_access_key SET last_used = ?2 WHERE id = ?1
    AND (last_used IS NULL OR last_used < ?3)";
const ACCESS_KEY: &str = "SELECT u.name, u.id, u.path, u.created,
        k.id, k.active, k.created, k.last_used, k.secret, p.name, p.document
    FROM iam_access_key k JOIN iam_user u ON u.name_key = k.user_key
        LEFT JOIN iam_user_policy p ON p.user_key = k.user_key
    WHERE k.id = ?1 ORDER BY p.name";

const PUT_POLICY: &str = "INSERT INTO iam_user_policy (user_key, name, document)
    VALUES (?1, ?2, ?3)
    ON CONFLICT (user_key, name) DO UPDATE SET document = excluded.document";
const POLICY: &str = "SELECT document FROM iam_user_policy WHERE user_key = ?1 AND name = ?2";
const LIST_POLICIES: &str = "SELECT name, document FROM iam_user_policy
    WHERE user_key = ?1 AND name > ?2 ORDER BY name LIMIT ?3";
const DELETE_POLICY: &str = "DELETE FROM iam_user_policy WHERE user_key = ?1 AND name = ?2";

impl Tx {
    /// Keeps a new user: `Done` or `Taken`.
    pub async fn insert_iam_user(&mut self, user: &IamUserRow) -> Result<IamChange> {
        let row = args![folded(&user.name), &user.name, &user.id, &user.path, user.created];
        Ok(match self.execute(INSERT_USER, row).await? {
            0 => IamChange::Taken,
            _ => IamChange::Done,
        })
    }

    /// A user by name.
    pub async fn iam_user(&mut self, name: &str) -> Result<Option<IamUserRow>> {
        let row = self.fetch_opt(USER, args![folded(name)]).await?;
        Ok(row.map(|mut row| user_of(&mut row)).transpose()?)
    }

    /// At most `limit` users after the one named `after`, by name without regard to case.
    pub async fn list_iam_users(
        &mut self,
        after: Option<&str>,
        limit: i64,
    ) -> Result<Vec<IamUserRow>> {
        let after = folded(after.unwrap_or_default());
        let rows = self.fetch_all(LIST_USERS, args![after, limit]).await?;
        Ok(rows.into_iter().map(|mut row| user_of(&mut row)).collect::<Result<_, DbError>>()?)
    }

    /// How many users there are.
    pub async fn count_iam_users(&mut self) -> Result<usize> {
        let row = self.fetch_opt(COUNT_USERS, args![]).await?;
        let count = row.map(|mut row| row.int()).transpose()?.unwrap_or_default();
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// Keeps others from changing what a user has until this transaction ends, so that what is
    /// counted of it stays true. Whether the user is there.
    pub async fn lock_iam_user(&mut self, name: &str) -> Result<bool> {
        Ok(self.execute(LOCK_USER, args![folded(name)]).await? == 1)
    }

    /// Deletes a user without keys and policies: `Done`, `Missing` or `InUse`.
    pub async fn delete_iam_user(&mut self, name: &str) -> Result<IamChange> {
        if self.execute(DELETE_USER, args![folded(name)]).await? == 1 {
            return Ok(IamChange::Done);
        }
        let there = self.iam_user(name).await?.is_some();
        Ok(if there { IamChange::InUse } else { IamChange::Missing })
    }

    /// Gives a user a new access key, active: `Done` or `Missing`.
    pub async fn insert_access_key(
        &mut self,
        user: &str,
        id: &str,
        secret: &Secret<String>,
    ) -> Result<IamChange> {
        if self.iam_user(user).await?.is_none() {
            return Ok(IamChange::Missing);
        }
        let sealed = self.seal(secret_cell(&[id]), secret.expose().as_bytes())?;
        let row = args![id, folded(user), sealed, true, self.now];
        let missing = poolhouse_domain::error::Error::fault("the IAM user was deleted meanwhile");
        self.execute(INSERT_KEY, row).await.on_missing_parent(missing)?;
        Ok(IamChange::Done)
    }

    /// A user's access keys, oldest first. None for a user who is not there.
    pub async fn list_access_keys(&mut self, user: &str) -> Result<Vec<IamKeyListing>> {
        let rows = self.fetch_all(LIST_KEYS, args![folded(user)]).await?;
        Ok(rows.into_iter().map(|mut row| key_of(&mut row)).collect::<Result<_, DbError>>()?)
    }

    /// Activates a user's key or puts it out of use: `Done` or `Missing`.
    pub async fn set_access_key(
        &mut self,
        user: &str,
        id: &str,
        active: bool,
    ) -> Result<IamChange> {
        let changed = self.execute(SET_KEY, args![folded(user), id, active]).await?;
        Ok(done_or_missing(changed))
    }

    /// Deletes a user's key: `Done` or `Missing`.
    pub async fn delete_access_key(&mut self, user: &str, id: &str) -> Result<IamChange> {
        Ok(done_or_missing(self.execute(DELETE_KEY, args![folded(user), id]).await?))
    }

    /// Notes that a key was used at this instant, unless that was noted since `before`.
    pub async fn touch_access_key(&mut self, id: &str, before: Timestamp) -> Result<()> {
        self.execute(TOUCH_KEY, args![id, self.now, before]).await?;
        Ok(())
    }

    /// An access key with its secret, its user and the user's policies, in one journey.
    pub async fn access_key(&mut self, id: &str) -> Result<Option<AccessKeyRow>> {
        let mut found: Option<AccessKeyRow> = None;
        for mut row in self.fetch_all(ACCESS_KEY, args![id]).await? {
            let (user, key, sealed) = (user_of(&mut row)?, key_of(&mut row)?, row.blob()?);
            if found.is_none() {
                let secret = self.open_text(secret_cell(&[id]), &sealed)?;
                found = Some(AccessKeyRow { user, key, secret, policies: Vec::new() });
            }
            if let (Some(name), Some(document)) = (row.opt_text()?, row.opt_text()?)
                && let Some(found) = &mut found
            {
                found.policies.push((name, document));
            }
        }
        Ok(found)
    }

    /// Gives a user an inline policy, in place of one of the same name: `Done` or `Missing`.
    pub async fn put_user_policy(
        &mut self,
        user: &str,
        name: &str,
        document: &str,
    ) -> Result<IamChange> {
        if self.iam_user(user).await?.is_none() {
            return Ok(IamChange::Missing);
        }
        let missing = poolhouse_domain::error::Error::fault("the IAM user was deleted meanwhile");
        let put = self.execute(PUT_POLICY, args![folded(user), name, document]).await;
        put.on_missing_parent(missing)?;
        Ok(IamChange::Done)
    }

    /// The document of a user's inline policy.
    pub async fn user_policy(&mut self, user: &str, name: &str) -> Result<Option<String>> {
        let row = self.fetch_opt(POLICY, args![folded(user), name]).await?;
        Ok(row.map(|mut row| row.text()).transpose()?)
    }

    /// At most `limit` of a user's inline policies, name and document, after the one named `after`.
    pub async fn list_user_policies(
        &mut self,
        user: &str,
        after: Option<&str>,
        limit: i64,
    ) -> Result<Vec<(String, String)>> {
        let values = args![folded(user), after.unwrap_or_default(), limit];
        let rows = self.fetch_all(LIST_POLICIES, values).await?;
        let policy = |mut row: Row| Ok((row.text()?, row.text()?));
        Ok(rows.into_iter().map(policy).collect::<Result<_, DbError>>()?)
    }

    /// Deletes a user's inline policy: `Done` or `Missing`.
    pub async fn delete_user_policy(&mut self, user: &str, name: &str) -> Result<IamChange> {
        Ok(done_or_missing(self.execute(DELETE_POLICY, args![folded(user), name]).await?))
    }
}

fn done_or_missing(changed: u64) -> IamChange {
    if changed == 0 { IamChange::Missing } else { IamChange::Done }
}

fn user_of(row: &mut Row) -> Result<IamUserRow, DbError> {
    Ok(IamUserRow { name: row.text()?, id: row.text()?, path: row.text()?, created: row.time()? })
}

fn key_of(row: &mut Row) -> Result<IamKeyListing, DbError> {
    Ok(IamKeyListing {
        id: row.text()?,
        active: row.flag()?,
        created: row.time()?,
        last_used: row.opt_time()?,
    })
}

fn folded(name: &str) -> String {
    name.to_ascii_lowercase()
}

fn secret_cell<'a>(key: &'a [&'a str]) -> Cell<'a> {
    Cell { table: "iam_access_key", column: "secret", key }
}
