//! Groups and who is in them.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::group::{GROUPS_MAX, GROUPS_OF_USER_MAX, Group, GroupRefusal};
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::user::User;

use crate::sql::{DbError, OnConstraint, Row, args};
use crate::tx::Tx;
use crate::users::{user_columns, user_joins};

macro_rules! group_columns {
    () => {
        "g.pool_id, g.name, g.description, g.role_arn, g.precedence, g.created, g.modified"
    };
}

/// Changes nothing, but makes others who would add a group wait, so that the limit is exact.
const HOLD_POOL: &str = "UPDATE pool SET version = version WHERE id = ?1 AND deleted = 0";
const HOLD_USER: &str = "UPDATE users SET version = version WHERE pool_id = ?1 AND sub = ?2";
const COUNT: &str = "SELECT COUNT(*) FROM user_group WHERE pool_id = ?1";
const INSERT: &str = "INSERT INTO user_group
        (pool_id, name, description, role_arn, precedence, version, created, modified)
    VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7)
    ON CONFLICT (pool_id, name) DO NOTHING";
const SELECT: &str = concat!(
    "SELECT ",
    group_columns!(),
    ", g.version FROM user_group g WHERE g.pool_id = ?1 AND g.name = ?2"
);
const UPDATE: &str = "UPDATE user_group SET description = ?3, role_arn = ?4, precedence = ?5,
        modified = ?6, version = version + 1
    WHERE pool_id = ?1 AND name = ?2 AND (CAST(?7 AS BIGINT) IS NULL OR version = ?7)";
const DELETE: &str = "DELETE FROM user_group WHERE pool_id = ?1 AND name = ?2";
const LIST: &str = concat!(
    "SELECT ",
    group_columns!(),
    " FROM user_group g WHERE g.pool_id = ?1 AND g.name > ?2 ORDER BY g.name LIMIT ?3"
);
/// At most a hundred rows, so that they can be put in order when they are read.
const OF_USER: &str = concat!(
    "SELECT ",
    group_columns!(),
    " FROM membership m JOIN user_group g ON g.pool_id = m.pool_id AND g.name = m.group_name
    WHERE m.pool_id = ?1 AND m.sub = ?2
    ORDER BY CASE WHEN g.precedence IS NULL THEN 1 ELSE 0 END, g.precedence, g.name"
);
const USERS: &str = concat!(
    "SELECT ",
    user_columns!(),
    " FROM membership m JOIN users u ON u.pool_id = m.pool_id AND u.sub = m.sub",
    user_joins!(),
    "WHERE m.pool_id = ?1 AND m.group_name = ?2 AND m.sub > ?3 ORDER BY m.sub LIMIT ?4"
);
const IS_MEMBER: &str = "SELECT COUNT(*) FROM membership
    WHERE pool_id = ?1 AND sub = ?2 AND group_name = ?3";
const COUNT_OF_USER: &str = "SELECT COUNT(*) FROM membership WHERE pool_id = ?1 AND sub = ?2";
const ADD: &str = "INSERT INTO membership (pool_id, sub, group_name) VALUES (?1, ?2, ?3)
    ON CONFLICT (pool_id, sub, group_name) DO NOTHING";
const REMOVE: &str = "DELETE FROM membership WHERE pool_id = ?1 AND sub = ?2 AND group_name = ?3";

impl Tx {
    /// Keeps a new group.
    ///
    /// # Errors
    /// `PoolNotFound`, [`GroupRefusal::Exists`], [`GroupRefusal::TooMany`].
    pub async fn insert_group(&mut self, group: &Group) -> Result<()> {
        let missing = || Error::PoolNotFound(group.pool.clone());
        self.expect_one(HOLD_POOL, args![&group.pool], missing()).await?;
        let full = self.count(COUNT, args![&group.pool]).await? >= GROUPS_MAX;
        if full && self.fetch_opt(SELECT, args![&group.pool, &group.name]).await?.is_none() {
            return Err(Error::Group(GroupRefusal::TooMany));
        }
        let row = args![
            &group.pool,
            &group.name,
            group.description.as_deref(),
            group.role_arn.as_deref(),
            group.precedence.map(i64::from),
            group.created,
            group.modified
        ];
        match self.execute(INSERT, row).await.on_missing_parent(missing())? {
            0 => Err(Error::Group(GroupRefusal::Exists)),
            _ => Ok(()),
        }
    }

    /// A group.
    ///
    /// # Errors
    /// [`GroupRefusal::NotFound`].
    pub async fn group(&mut self, pool: &PoolId, name: &str) -> Result<Group> {
        let row = self.fetch_opt(SELECT, args![pool, name]).await?;
        let mut row = row.ok_or(Error::Group(GroupRefusal::NotFound))?;
        let group = group_of(&mut row)?;
        let version = row.int()?;
        self.saw("user_group", &version_key(pool, name), version);
        Ok(group)
    }

    /// Replaces a group's description, role, precedence and time of change. Where this transaction
    /// read the group, a change that others made since makes it run again.
    ///
    /// # Errors
    /// [`GroupRefusal::NotFound`].
    pub async fn update_group(&mut self, group: &Group) -> Result<()> {
        let key = version_key(&group.pool, &group.name);
        let row = args![
            &group.pool,
            &group.name,
            group.description.as_deref(),
            group.role_arn.as_deref(),
            group.precedence.map(i64::from),
            group.modified,
            self.seen("user_group", &key)
        ];
        let changed = self.execute(UPDATE, row).await?;
        self.moved("user_group", &key, changed, Error::Group(GroupRefusal::NotFound))
    }

    /// Deletes a group; nobody is in it any more.
    ///
    /// # Errors
    /// [`GroupRefusal::NotFound`].
    pub async fn delete_group(&mut self, pool: &PoolId, name: &str) -> Result<()> {
        self.expect_one(DELETE, args![pool, name], Error::Group(GroupRefusal::NotFound)).await
    }

    /// At most `limit` groups of a pool, those with a name behind `after`, by name.
    pub async fn list_groups(
        &mut self,
        pool: &PoolId,
        after: Option<&str>,
        limit: i64,
    ) -> Result<Vec<Group>> {
        let rows = self.fetch_all(LIST, args![pool, after.unwrap_or_default(), limit]).await?;
        Ok(rows.into_iter().map(|mut row| group_of(&mut row)).collect::<Result<_, DbError>>()?)
    }

    /// The groups that a user is in, by precedence and name, those without a precedence last.
    pub async fn groups_of_user(&mut self, pool: &PoolId, sub: &Sub) -> Result<Vec<Group>> {
        let rows = self.fetch_all(OF_USER, args![pool, sub]).await?;
        Ok(rows.into_iter().map(|mut row| group_of(&mut row)).collect::<Result<_, DbError>>()?)
    }

    /// At most `limit` members of a group, those with a subject behind `after`, by subject.
    pub async fn users_in_group(
        &mut self,
        pool: &PoolId,
        name: &str,
        after: Option<&Sub>,
        limit: i64,
    ) -> Result<Vec<User>> {
        let after = after.map_or("", Sub::as_str);
        let rows = self.fetch_all(USERS, args![pool, name, after, limit]).await?;
        rows.into_iter().map(|mut row| self.user_of_row(&mut row)).collect()
    }

    /// Puts a user into a group; whether they were not in it before.
    ///
    /// # Errors
    /// [`GroupRefusal::UserInTooMany`]; [`GroupRefusal::NotFound`] for a group, `UserNotFound` for
    /// a user who is not there.
    pub async fn add_to_group(&mut self, pool: &PoolId, sub: &Sub, name: &str) -> Result<bool> {
        self.expect_one(HOLD_USER, args![pool, sub], Error::UserNotFound).await?;
        if self.count(IS_MEMBER, args![pool, sub, name]).await? > 0 {
            return Ok(false);
        }
        if self.count(COUNT_OF_USER, args![pool, sub]).await? >= GROUPS_OF_USER_MAX {
            return Err(Error::Group(GroupRefusal::UserInTooMany));
        }
        let missing = Error::Group(GroupRefusal::NotFound);
        let added = self.execute(ADD, args![pool, sub, name]).await.on_missing_parent(missing)?;
        Ok(added > 0)
    }

    /// Takes a user out of a group; whether they were in it.
    pub async fn remove_from_group(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        name: &str,
    ) -> Result<bool> {
        Ok(self.execute(REMOVE, args![pool, sub, name]).await? > 0)
    }

    async fn count(&mut self, sql: &'static str, args: &[crate::sql::Value]) -> Result<i64> {
        let row = self.fetch_opt(sql, args).await?;
        Ok(row.ok_or_else(|| DbError::shape("a count without a row"))?.int()?)
    }
}

fn group_of(row: &mut Row) -> Result<Group, DbError> {
    Ok(Group {
        pool: PoolId::new(row.text()?),
        name: row.text()?,
        description: row.opt_text()?,
        role_arn: row.opt_text()?,
        precedence: precedence_of(row.opt_int()?)?,
        created: row.time()?,
        modified: row.time()?,
    })
}

fn precedence_of(stored: Option<i64>) -> Result<Option<i32>, DbError> {
    let narrow = |value| i32::try_from(value).map_err(|_| DbError::shape("a precedence too large"));
    stored.map(narrow).transpose()
}

fn version_key(pool: &PoolId, name: &str) -> String {
    format!("{pool}/{name}")
}
