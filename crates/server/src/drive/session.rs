//! Finding the session that a request names, and whether it may be answered.

use poolhouse_domain::auth::handle::Handle;
use poolhouse_domain::auth::step::SessionState;
use poolhouse_domain::error::{Error, Result, SessionRefusal};
use poolhouse_domain::id::{ClientId, PoolId, Sub};
use poolhouse_domain::session::SessionRow;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::user::User;

use crate::app::App;

/// A subject that no user has.
const NOBODY: &str = "nobody";

/// A session that is there, not used and not expired, and whose user is as it was.
#[derive(Debug)]
pub struct Found {
    /// The hash it is stored under.
    pub hash: [u8; 32],
    /// The pool.
    pub pool: PoolId,
    /// The client that began the sign-in.
    pub client: ClientId,
    /// What it waits for.
    pub state: SessionState,
    /// Its user.
    pub user: User,
}

/// A session of a user who does not exist, where the client hides that.
#[derive(Debug)]
pub struct Hidden {
    /// The hash it is stored under.
    pub hash: [u8; 32],
    /// The pool.
    pub pool: PoolId,
    /// The client that began the sign-in.
    pub client: ClientId,
    /// What it waits for.
    pub state: SessionState,
    /// The name typed, as the pool compares names.
    pub name: String,
}

/// Whose session it is.
#[derive(Debug)]
pub enum Whose {
    /// A user's.
    Users(Box<Found>),
    /// Nobody's.
    Nobodys(Box<Hidden>),
}

/// Reads a `Session` string and what it names.
///
/// # Errors
/// [`SessionRefusal`]: garbage, unknown, used, expired, of nobody, or of a user who changed since.
pub async fn find(app: &App, text: &str, now: Timestamp) -> Result<Found> {
    let handle = Handle::from_session(text, &app.sealer)?;
    find_by_hash(app, &handle.pool, handle.hash(), now).await
}

/// Reads the session that is stored under a hash.
///
/// # Errors
/// As [`find`].
pub async fn find_by_hash(
    app: &App,
    pool: &PoolId,
    hash: [u8; 32],
    now: Timestamp,
) -> Result<Found> {
    match whose(app, pool, hash, now).await? {
        Whose::Users(found) => Ok(*found),
        Whose::Nobodys(_) => Err(Error::Session(SessionRefusal::Invalid)),
    }
}

/// Reads a `Session` string of a user, or of nobody.
///
/// # Errors
/// As [`find`].
pub async fn find_any(app: &App, text: &str, now: Timestamp) -> Result<Whose> {
    let handle = Handle::from_session(text, &app.sealer)?;
    whose(app, &handle.pool, handle.hash(), now).await
}

async fn whose(app: &App, pool: &PoolId, hash: [u8; 32], now: Timestamp) -> Result<Whose> {
    let invalid = || Error::Session(SessionRefusal::Invalid);
    let (stored, key) = (pool, &hash);
    let found = app.db.read(async |mut tx| {
        let Some(row) = tx.session(stored, key).await? else { return Ok(None) };
        // For nobody's session nobody is looked for: as many statements.
        let sub = row.sub.clone().unwrap_or_else(|| Sub::new(NOBODY));
        match tx.user_by_sub(stored, &sub).await {
            Ok(user) => Ok(Some((row, Some(user)))),
            Err(Error::UserNotFound) if row.sub.is_none() => Ok(Some((row, None))),
            Err(Error::UserNotFound) => Ok(None),
            Err(error) => Err(error),
        }
    });
    let (row, user) = found.await?.ok_or_else(invalid)?;
    check_row(&row, now)?;
    let state: SessionState = serde_json::from_slice(row.step.expose()).map_err(Error::fault)?;
    let (pool, client) = (row.pool, row.client);
    match (user, state.hidden.clone()) {
        (Some(user), None) if state.progress.stamp == user.stamp => {
            Ok(Whose::Users(Box::new(Found { hash, pool, client, state, user })))
        }
        (None, Some(name)) => {
            Ok(Whose::Nobodys(Box::new(Hidden { hash, pool, client, state, name })))
        }
        (Some(_) | None, _) => Err(invalid()),
    }
}

fn check_row(row: &SessionRow, now: Timestamp) -> Result<()> {
    if row.used.is_some() {
        return Err(Error::Session(SessionRefusal::Used));
    }
    if row.expires <= now {
        return Err(Error::Session(SessionRefusal::Expired));
    }
    Ok(())
}
