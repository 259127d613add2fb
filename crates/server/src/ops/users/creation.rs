//! What SignUp and AdminCreateUser have in common: the record, its password, its names.

use poolhouse_domain::auth::exchange;
use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::secret::Secret;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::user::attribute::Attributes;
use poolhouse_domain::user::username::{Purpose, SignInNames, UsernameRule};
use poolhouse_domain::user::{MfaPreference, PasswordRecord, User, UserStatus};
use poolhouse_store::{InsertUser, Tx};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::ops::aliases;
use crate::ops::ctx::Ctx;

/// A user who is about to be created.
pub(super) fn record(
    pool: &PoolId,
    sub: Sub,
    username: String,
    status: UserStatus,
    attributes: Attributes,
    now: Timestamp,
) -> User {
    User {
        pool: pool.clone(),
        sub,
        username,
        status,
        enabled: true,
        attributes,
        mfa: MfaPreference::default(),
        totp_verified: false,
        totp_name: None,
        stamp: 0,
        created: now,
        modified: now,
    }
}

/// What is kept of a password. Expensive: it runs on the crypto pool, and never in a transaction.
///
/// # Errors
/// `Overloaded`, or a fault.
pub(super) async fn password_record<C: Send + Sync>(
    ctx: &mut Ctx<'_, C>,
    user: &User,
    password: Secret<String>,
    temporary_until: Option<Timestamp>,
) -> Result<PasswordRecord> {
    let (pool, username) = (user.pool.clone(), user.username.clone());
    let mut rng = ChaCha20Rng::from_rng(&mut ctx.rng);
    let job = move || {
        exchange::new_password(&pool, &username, password.expose(), temporary_until, &mut rng)
    };
    ctx.app.crypto.run(job).await
}

/// Who creates a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The user.
    SignUp,
    /// An administrator, who may take aliases from others.
    Admin {
        /// `ForceAliasCreation`.
        force: bool,
    },
}

/// Writes a new user with everything that makes it findable.
///
/// # Errors
/// [`UsernameRule`] when a name is taken, which is decided by the writes themselves.
pub(super) async fn insert(
    tx: &mut Tx,
    names: &SignInNames,
    user: &User,
    password: &PasswordRecord,
    by: By,
) -> Result<()> {
    let key = names.username_key(&user.username);
    let admin = by != By::SignUp;
    if names.own_names() && is_known(tx, names, user).await? {
        return Err(UsernameRule::UsernameTaken { admin }.into());
    }
    match tx.insert_user(user, &key, Some(password)).await? {
        InsertUser::Inserted => {}
        InsertUser::UsernameTaken => return Err(UsernameRule::UsernameTaken { admin }.into()),
    }
    if by == (By::Admin { force: true }) {
        aliases::take_over(tx, names, None, user).await?;
    }
    aliases::sync(tx, names, None, user).await
}

/// Whether another user is found by the username already, be it an alias or a subject of theirs:
/// from now on it would find this one.
async fn is_known(tx: &mut Tx, names: &SignInNames, user: &User) -> Result<bool> {
    let lookups = names.lookups(Purpose::Admin, &user.username);
    match tx.user_by(&user.pool, &lookups).await {
        Ok(_) => Ok(true),
        Err(Error::UserNotFound) => Ok(false),
        Err(error) => Err(error),
    }
}
