//! Giving a user a password: what every operation that does so has in common.
//!
//! A password is checked and turned into a record outside of any transaction, because both halves
//! of that take time; the transaction that keeps the record reads the user again.

use poolhouse_domain::auth::exchange;
use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::user::password::{self, PasswordPolicy};
use poolhouse_domain::user::{PasswordRecord, User, UserStatus};
use poolhouse_store::Tx;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::ops::aliases;
use crate::ops::ctx::Ctx;

/// Seconds of a day.
const DAY_SECS: i64 = 24 * 60 * 60;

/// Checks a new password against the pool's policy.
///
/// # Errors
/// The first broken rule; [`Error::NotBuilt`] in a pool with a password history, since a password
/// that was used before would pass.
pub fn check(pool: &Pool, new_password: &str) -> Result<()> {
    let policy = policy_of(pool);
    password::check(&policy, new_password)?;
    if policy.history_size.is_some_and(|passwords| passwords > 0) {
        return Err(Error::NotBuilt("the password history, which this user pool configures,"));
    }
    Ok(())
}

/// When a temporary password that is given now stops working.
pub fn temporary_until(pool: &Pool, now: Timestamp) -> Timestamp {
    let days = i64::from(policy_of(pool).temporary_validity_days);
    now.plus_secs(days.saturating_mul(DAY_SECS))
}

fn policy_of(pool: &Pool) -> PasswordPolicy {
    PasswordPolicy::from_wire(Some(pool.settings.password_policy()))
}

/// Makes the record of a password that [`check`] let pass. It costs a modular exponentiation: never
/// inside a transaction.
///
/// # Errors
/// [`Error::Overloaded`].
pub async fn record<C>(
    ctx: &mut Ctx<'_, C>,
    user: &User,
    new_password: Secret<String>,
    temporary_until: Option<Timestamp>,
) -> Result<PasswordRecord> {
    let (pool, username) = (user.pool.clone(), user.username.clone());
    let mut rng = ChaCha20Rng::from_rng(&mut ctx.rng);
    let job = move || {
        let password = new_password.expose();
        exchange::new_password(&pool, &username, password, temporary_until, &mut rng)
    };
    ctx.app.crypto.run(job).await
}

/// Replaces a user's password. `user` is as this transaction read it. Sign-ins in progress end;
/// whoever is signed in stays so.
///
/// # Errors
/// An alias that the user would hold in the new status and another user has.
pub async fn store(
    tx: &mut Tx,
    pool: &Pool,
    user: &User,
    record: &PasswordRecord,
    status: UserStatus,
) -> Result<()> {
    let stamp = user.stamp.saturating_add(1);
    let changed = User { status, stamp, modified: tx.now, ..user.clone() };
    aliases::sync(tx, &pool.settings.sign_in_names(), Some(user), &changed).await?;
    tx.set_password(&user.pool, &user.sub, record).await?;
    tx.update_user(&changed).await
}
