//! Whom an administrator's request names.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::pool::Pool;
use poolhouse_domain::user::User;
use poolhouse_store::Tx;

use crate::ops::ctx::named_user;

/// The pool, and its user with this username, alias or subject.
///
/// # Errors
/// [`Error::PoolNotFound`] before [`Error::UserNotFound`].
///
/// [`Error::PoolNotFound`]: poolhouse_domain::error::Error::PoolNotFound
/// [`Error::UserNotFound`]: poolhouse_domain::error::Error::UserNotFound
pub(super) async fn user(tx: &mut Tx, pool: &PoolId, name: &str) -> Result<(Pool, User)> {
    let pool = tx.pool(pool).await?;
    let user = named_user(tx, &pool, name).await?;
    Ok((pool, user))
}
