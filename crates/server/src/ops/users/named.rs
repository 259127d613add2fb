//! Whom an administrator's request names.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::pool::Pool;
use poolhouse_domain::user::User;
use poolhouse_domain::user::username::Purpose;
use poolhouse_store::Tx;

/// The pool, and its user with this username, alias or subject.
///
/// # Errors
/// [`Error::PoolNotFound`] before [`Error::UserNotFound`].
///
/// [`Error::PoolNotFound`]: poolhouse_domain::error::Error::PoolNotFound
/// [`Error::UserNotFound`]: poolhouse_domain::error::Error::UserNotFound
pub(super) async fn user(tx: &mut Tx, pool: &PoolId, name: &str) -> Result<(Pool, User)> {
    let pool = tx.pool(pool).await?;
    let lookups = pool.settings.sign_in_names().lookups(Purpose::Admin, name);
    let user = tx.user_by(&pool.id, &lookups).await?;
    Ok((pool, user))
}
