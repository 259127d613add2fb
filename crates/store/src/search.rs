//! ListUsers: the rows it searches, and its pages. Every page costs what the page holds, however
//! many users the pool has.

use std::collections::BTreeMap;

use poolhouse_domain::error::Result;
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::user::User;

use crate::sql::{Row, Value, args, prefix_end};
use crate::tx::Tx;
use crate::users::{user_columns, user_joins};

/// How a search compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchMatch {
    /// `=`
    Exact,
    /// `^=`
    Prefix,
}

/// One term of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchTerm {
    /// What is searched: `username`, `email`, `phone_number`, `name`, `given_name`, `family_name`,
    /// `preferred_username`, `cognito:user_status`, `status` or `sub`. Others find nothing.
    pub name: String,
    /// How.
    pub matching: SearchMatch,
    /// What for: as it is for `username` and `status`, in lower case for everything else.
    pub key: String,
}

/// The user after which the next page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserCursor {
    /// The value by which the list is ordered; empty in a list without a term.
    pub key: String,
    /// The user.
    pub sub: Sub,
}

/// A page of users.
#[derive(Clone, Debug, PartialEq)]
pub struct UserPage {
    /// The users, ordered by the searched value and then by subject.
    pub users: Vec<User>,
    /// Where the next page begins, if there is one.
    pub next: Option<UserCursor>,
}

const INSERT: &str = "INSERT INTO user_search (pool_id, name, value_key, sub)
    SELECT CAST(?1 AS TEXT), given.name, given.value_key, CAST(?2 AS TEXT) FROM (
        SELECT 'username' AS name, CAST(?3 AS TEXT) AS value_key
        UNION ALL SELECT 'email', CAST(?4 AS TEXT)
        UNION ALL SELECT 'phone_number', CAST(?5 AS TEXT)
        UNION ALL SELECT 'name', CAST(?6 AS TEXT)
        UNION ALL SELECT 'given_name', CAST(?7 AS TEXT)
        UNION ALL SELECT 'family_name', CAST(?8 AS TEXT)
        UNION ALL SELECT 'preferred_username', CAST(?9 AS TEXT)
        UNION ALL SELECT 'cognito:user_status', CAST(?10 AS TEXT)
        UNION ALL SELECT 'status', CAST(?11 AS TEXT)
    ) given WHERE given.value_key IS NOT NULL";
/// The names of [`INSERT`], in its order.
const NAMES: [&str; 9] = [
    "username",
    "email",
    "phone_number",
    "name",
    "given_name",
    "family_name",
    "preferred_username",
    "cognito:user_status",
    "status",
];
const SELECT: &str = "SELECT name, value_key FROM user_search WHERE pool_id = ?1 AND sub = ?2";
const DELETE: &str = "DELETE FROM user_search WHERE pool_id = ?1 AND sub = ?2";

const LIST_ALL: &str = concat!(
    "SELECT '', ",
    user_columns!(),
    " FROM users u",
    user_joins!(),
    "WHERE u.pool_id = ?1 AND u.sub > ?2 ORDER BY u.sub LIMIT ?3"
);
const LIST_SUBS: &str = concat!(
    "SELECT '', ",
    user_columns!(),
    " FROM users u",
    user_joins!(),
    "WHERE u.pool_id = ?1 AND u.sub >= ?2 AND u.sub < ?3 ORDER BY u.sub LIMIT ?4"
);
const LIST_EXACT: &str = concat!(
    "SELECT s.value_key, ",
    user_columns!(),
    " FROM user_search s JOIN users u ON u.pool_id = s.pool_id AND u.sub = s.sub",
    user_joins!(),
    "WHERE s.pool_id = ?1 AND s.name = ?2 AND s.value_key = ?3 AND s.sub > ?4
    ORDER BY s.sub LIMIT ?5"
);
const LIST_PREFIX: &str = concat!(
    "SELECT s.value_key, ",
    user_columns!(),
    " FROM user_search s JOIN users u ON u.pool_id = s.pool_id AND u.sub = s.sub",
    user_joins!(),
    "WHERE s.pool_id = ?1 AND s.name = ?2 AND (s.value_key, s.sub) > (?3, ?4) AND s.value_key < ?5
    ORDER BY s.value_key, s.sub LIMIT ?6"
);

/// Characters of a value that can be searched by: a whole filter has no more, and an index of
/// PostgreSQL cannot hold the longest attributes.
const KEY_CHARS_MAX: usize = 256;
/// Greater than every text that is stored.
const LAST: &str = "\u{10FFFF}\u{10FFFF}";

impl Tx {
    pub(crate) async fn insert_search(&mut self, user: &User) -> Result<()> {
        let mut keys = keys(user);
        let mut row = vec![Value::from(&user.pool), Value::from(&user.sub)];
        row.extend(NAMES.iter().map(|name| keys.remove(*name).into()));
        self.execute(INSERT, &row).await?;
        Ok(())
    }

    /// Most changes touch nothing that is searched by, and then nothing is rewritten.
    pub(crate) async fn update_search(&mut self, user: &User) -> Result<()> {
        let mut known = BTreeMap::new();
        for mut row in self.fetch_all(SELECT, args![&user.pool, &user.sub]).await? {
            known.insert(row.text()?, row.text()?);
        }
        let wanted = keys(user);
        if known.len() == wanted.len() && wanted.iter().all(|(k, v)| known.get(*k) == Some(v)) {
            return Ok(());
        }
        self.execute(DELETE, args![&user.pool, &user.sub]).await?;
        self.insert_search(user).await
    }

    /// At most `limit` users of a pool that match `term`, after `after`.
    pub async fn list_users(
        &mut self,
        pool: &PoolId,
        term: Option<&SearchTerm>,
        after: Option<&UserCursor>,
        limit: i64,
    ) -> Result<UserPage> {
        let more = limit.saturating_add(1);
        let sub = after.map_or("", |cursor| cursor.sub.as_str());
        let rows = match term {
            None => self.fetch_all(LIST_ALL, args![pool, sub, more]).await?,
            Some(term) if term.name == "sub" => {
                let from = after.map_or(term.key.clone(), |cursor| just_after(cursor.sub.as_str()));
                self.fetch_all(LIST_SUBS, args![pool, from, term.end(), more]).await?
            }
            Some(term) if term.matching == SearchMatch::Exact => {
                let values = args![pool, &term.name, &term.key, sub, more];
                self.fetch_all(LIST_EXACT, values).await?
            }
            Some(term) => {
                let key = after.map_or(&term.key, |cursor| &cursor.key);
                let values = args![pool, &term.name, key, sub, term.end(), more];
                self.fetch_all(LIST_PREFIX, values).await?
            }
        };
        self.page(rows, usize::try_from(limit).unwrap_or(0))
    }

    fn page(&mut self, rows: Vec<Row>, limit: usize) -> Result<UserPage> {
        let more = rows.len() > limit;
        let mut users = Vec::with_capacity(limit.min(rows.len()));
        let mut last = None;
        for mut row in rows.into_iter().take(limit) {
            let key = row.text()?;
            let user = self.user_of_row(&mut row)?;
            last = Some(UserCursor { key, sub: user.sub.clone() });
            users.push(user);
        }
        Ok(UserPage { users, next: last.filter(|_| more) })
    }
}

impl SearchTerm {
    /// The first text that no longer matches.
    fn end(&self) -> String {
        match self.matching {
            SearchMatch::Exact => just_after(&self.key),
            SearchMatch::Prefix => prefix_end(&self.key).unwrap_or_else(|| LAST.to_owned()),
        }
    }
}

/// The next text after `text`, of those that hold no control characters.
fn just_after(text: &str) -> String {
    format!("{text}\u{1}")
}

/// A user's search rows: name and folded value. `sub` is found by the user's own key.
fn keys(user: &User) -> BTreeMap<&'static str, String> {
    let key = |name: &'static str| match name {
        "username" => Some(user.username.clone()),
        "status" => Some(if user.enabled { "Enabled" } else { "Disabled" }.to_owned()),
        "cognito:user_status" => Some(user.status.as_str().to_lowercase()),
        name => user.attribute(name).map(str::to_lowercase),
    };
    let short = |key: String| key.chars().filter(|c| *c != '\0').take(KEY_CHARS_MAX).collect();
    NAMES.into_iter().filter_map(|name| Some((name, short(key(name)?)))).collect()
}
