//! What SignUp and AdminCreateUser have in common: the record, its password, its names.

use poolhouse_domain::auth::exchange;
use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::trigger::{
    ConfirmationSource, Metadata, Person, PostConfirmation, PreSignUp, PreSignUpSource, Trigger,
};
use poolhouse_domain::user::attribute::{AttributeRule, Attributes};
use poolhouse_domain::user::username::{AliasKind, Purpose, SignInNames, UsernameRule};
use poolhouse_domain::user::{MfaPreference, PasswordRecord, User, UserStatus};
use poolhouse_store::{InsertUser, Tx};
use poolhouse_wire::shapes::{AdminCreateUserRequest, AttributeType, SignUpRequest};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::codes::Origin;
use crate::ops::aliases;
use crate::ops::ctx::Ctx;

/// A user who is about to be created.
pub(crate) fn record(
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

/// Asks the PreSignUp trigger whether a user may be made, and how; whether it verified an address.
/// A name that is taken is told first.
///
/// # Errors
/// [`Error::Trigger`]; [`AttributeRule`] where there is no such address.
pub(super) async fn pre_sign_up<C: Send + Sync>(
    ctx: &mut Ctx<'_, C>,
    origin: Origin<'_>,
    user: &mut User,
    request: &SignUpRequest,
) -> Result<bool> {
    let pool = origin.pool;
    if pool.settings.trigger(Trigger::PreSignUp).is_none() {
        return Ok(false);
    }
    check_free(ctx, pool, user, false).await?;
    let call = PreSignUp {
        source: PreSignUpSource::SignUp,
        client: origin.client.cloned(),
        person: Person::applicant(user),
        validation_data: validation_data(request.validation_data.as_deref()),
        metadata: origin.metadata.cloned(),
    };
    let answer = ctx.trigger(pool, &call).await?.unwrap_or_default();
    if answer.confirm {
        user.status = UserStatus::Confirmed;
    }
    let verified =
        [(answer.verify_email, AliasKind::Email), (answer.verify_phone, AliasKind::PhoneNumber)];
    for (_, kind) in verified.into_iter().filter(|(verified, _)| *verified) {
        if user.attribute(kind.as_str()).is_none() {
            return Err(AttributeRule::NothingToVerify(kind).into());
        }
        user.attributes.insert(format!("{}_verified", kind.as_str()), "true".to_owned());
    }
    Ok(answer.verify_email || answer.verify_phone)
}

/// Asks the PreSignUp trigger whether an administrator may make a user. It cannot confirm one.
///
/// # Errors
/// [`Error::Trigger`].
pub(super) async fn pre_admin_create<C: Send + Sync>(
    ctx: &mut Ctx<'_, C>,
    pool: &Pool,
    user: &User,
    request: &AdminCreateUserRequest,
) -> Result<()> {
    if pool.settings.trigger(Trigger::PreSignUp).is_none() {
        return Ok(());
    }
    check_free(ctx, pool, user, true).await?;
    let call = PreSignUp {
        source: PreSignUpSource::AdminCreateUser,
        client: None,
        person: Person::applicant(user),
        validation_data: validation_data(request.validation_data.as_deref()),
        metadata: request.client_metadata.clone(),
    };
    ctx.trigger(pool, &call).await.map(drop)
}

/// Whether nobody has the name yet; the insertion decides for good.
async fn check_free<C: Sync>(
    ctx: &Ctx<'_, C>,
    pool: &Pool,
    user: &User,
    admin: bool,
) -> Result<()> {
    let names = &pool.settings.sign_in_names();
    let claims = names.claims(user.status, &user.attributes);
    let claims = claims.iter().filter(|(kind, _)| names.username_attributes.contains(kind));
    let claims = &claims.collect::<Vec<_>>();
    ctx.read(async |mut tx| {
        if is_known(&mut tx, names, user).await? {
            return Err(UsernameRule::UsernameTaken { admin }.into());
        }
        for (kind, claim) in claims {
            if tx.alias(&pool.id, kind.as_str(), claim).await?.is_some() {
                return Err(UsernameRule::AttributeTaken(*kind).into());
            }
        }
        Ok(())
    })
    .await
}

fn validation_data(given: Option<&[AttributeType]>) -> Option<Metadata> {
    let pair = |attribute: &AttributeType| {
        let value = attribute.value.as_ref().map(|value| value.to_string());
        (attribute.name.clone(), value.unwrap_or_default())
    };
    given.map(|list| list.iter().map(pair).collect())
}

/// Tells the PostConfirmation trigger of a user who was confirmed. What was done stays done.
///
/// # Errors
/// [`Error::Trigger`].
pub(super) async fn post_confirmation<C: Send>(
    ctx: &mut Ctx<'_, C>,
    origin: Origin<'_>,
    user: &User,
) -> Result<()> {
    confirmed(ctx, origin, user, ConfirmationSource::ConfirmSignUp).await
}

/// As [`post_confirmation`], whatever confirmed the user.
///
/// # Errors
/// [`Error::Trigger`].
pub(super) async fn confirmed<C: Send>(
    ctx: &mut Ctx<'_, C>,
    origin: Origin<'_>,
    user: &User,
    source: ConfirmationSource,
) -> Result<()> {
    let call = PostConfirmation {
        source,
        client: origin.client.cloned(),
        person: Person::of(user),
        metadata: origin.metadata.cloned(),
    };
    ctx.trigger(origin.pool, &call).await.map(drop)
}

/// Who creates a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// The user.
    SignUp {
        /// Whether a trigger has verified an address, which then takes it from whoever has it.
        takes_over: bool,
    },
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
pub(crate) async fn insert(
    tx: &mut Tx,
    names: &SignInNames,
    user: &User,
    password: Option<&PasswordRecord>,
    by: By,
) -> Result<()> {
    let key = names.username_key(&user.username);
    let admin = matches!(by, By::Admin { .. });
    if names.own_names() && is_known(tx, names, user).await? {
        return Err(UsernameRule::UsernameTaken { admin }.into());
    }
    match tx.insert_user(user, &key, password).await? {
        InsertUser::Inserted => {}
        InsertUser::UsernameTaken => return Err(UsernameRule::UsernameTaken { admin }.into()),
    }
    if matches!(by, By::Admin { force: true } | By::SignUp { takes_over: true }) {
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
