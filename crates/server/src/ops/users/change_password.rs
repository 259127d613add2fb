//! Changes the calling user's password.
//!
//! The new password is checked first: one that cannot be used costs no attempt. Then an attempt is
//! paid for, from an hourly budget of five and from the guesses that sign-ins share, and only then
//! is the previous password compared. Sign-ins in progress end; tokens stay good, the caller's and
//! all others.
//!
//! Differs from AWS / not verified:
//! - In pools with a `PasswordHistorySize` above 0 it answers 501 until the history is built.
//! - The order of the checks; that five changes an hour count whether they succeed or fail.
//! - While sign-ins are locked after wrong passwords, this operation is too.
//! - `PreviousPassword` left out by a user who has a password is an InvalidParameterException.
//! - A temporary password cannot be changed this way: NotAuthorizedException, with the text that
//!   recovery has for such users. The same goes for users of an identity provider.

use poolhouse_domain::auth::exchange;
use poolhouse_domain::auth::refresh::check_bearer;
use poolhouse_domain::error::{AccessTokenRefusal, Error, Result, SignInRefusal, UserStateRefusal};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::secret::{Secret, ct_eq};
use poolhouse_domain::session::{Charge, GuessKind, HourlyBudget};
use poolhouse_domain::user::{PasswordRecord, User, UserStatus};
use poolhouse_store::Tx;
use poolhouse_wire::Sensitive;
use poolhouse_wire::operations::ChangePassword;
use poolhouse_wire::shapes::{ChangePasswordRequest, ChangePasswordResponse};

use super::passwords;
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};

impl Operation for ChangePassword {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        request: ChangePasswordRequest,
    ) -> Result<ChangePasswordResponse> {
        let (id, sub) = (ctx.caller.pool().clone(), ctx.caller.user().sub.clone());
        let found = ctx.read(async |mut tx| {
            let (pool, user) = (tx.pool(&id).await?, tx.user_by_sub(&id, &sub).await?);
            Ok((pool, user, tx.password(&id, &sub).await?))
        });
        let (pool, user, current) = found.await?;
        check_state(&user)?;
        let proposed = Secret::new(request.proposed_password.into_inner());
        passwords::check(&pool, proposed.expose())?;
        let previous = request.previous_password.map(Sensitive::into_inner).map(Secret::new);
        if current.is_some() && previous.is_none() {
            return Err(Error::MissingParameter("PreviousPassword"));
        }
        pay(ctx, &user).await?;
        compare(ctx, &user, current.clone(), previous).await?;
        let record = passwords::record(ctx, &user, proposed, None).await?;
        change(ctx, &pool, current.as_ref(), &record).await?;
        Ok(ChangePasswordResponse {})
    }
}

/// Whether the password is the user's own to change: neither temporary nor somebody else's to check.
fn check_state(user: &User) -> Result<()> {
    match user.status {
        UserStatus::Confirmed => Ok(()),
        UserStatus::Unconfirmed
        | UserStatus::ForceChangePassword
        | UserStatus::ResetRequired
        | UserStatus::ExternalProvider => {
            Err(Error::UserState(UserStateRefusal::CannotResetPassword))
        }
    }
}

/// Pays for one attempt, in a transaction of its own: it stays paid whatever comes of it. A refusal
/// costs nothing.
async fn pay(ctx: &Ctx<'_, Bearer>, user: &User) -> Result<()> {
    let (pool, sub) = (&user.pool, user.sub.as_str());
    ctx.write(async |mut tx| {
        if !tx.spend(pool, sub, HourlyBudget::ChangePassword).await? {
            return Err(Error::AttemptLimit);
        }
        match tx.charge(pool, sub, GuessKind::Password).await? {
            Charge::Paid => Ok(()),
            Charge::Locked => Err(Error::SignIn(SignInRefusal::Locked)),
        }
    })
    .await
}

/// Compares the previous password. A user who has none must not claim one.
async fn compare(
    ctx: &Ctx<'_, Bearer>,
    user: &User,
    current: Option<PasswordRecord>,
    previous: Option<Secret<String>>,
) -> Result<()> {
    let fits = match (current, previous) {
        (None, None) => true,
        (Some(current), Some(previous)) => {
            let user = user.clone();
            let job =
                move || exchange::password_fits(&user.pool, &user, &current, previous.expose());
            ctx.app.crypto.run(job).await?
        }
        (None, Some(_)) | (Some(_), None) => false,
    };
    if fits { Ok(()) } else { Err(bad_credentials()) }
}

/// Keeps the new password, if the caller may still act and the password is still the one that was
/// compared.
async fn change(
    ctx: &Ctx<'_, Bearer>,
    pool: &Pool,
    compared: Option<&PasswordRecord>,
    record: &PasswordRecord,
) -> Result<()> {
    let (jti, sub) = (&ctx.caller.family().origin_jti, &ctx.caller.user().sub);
    ctx.write(async |mut tx| {
        let found = tx.bearer_facts(&pool.id, jti, sub).await?;
        let (user, family) = found.ok_or(Error::AccessToken(AccessTokenRefusal::Revoked))?;
        check_bearer(&family, &user)?;
        check_state(&user)?;
        check_unchanged(&mut tx, &user, compared).await?;
        passwords::store(&mut tx, pool, &user, record, user.status).await?;
        tx.clear_guesses(&user.pool, user.sub.as_str(), GuessKind::Password).await
    })
    .await
}

async fn check_unchanged(
    tx: &mut Tx,
    user: &User,
    compared: Option<&PasswordRecord>,
) -> Result<()> {
    let same = match (tx.password(&user.pool, &user.sub).await?, compared) {
        (None, None) => true,
        (Some(now), Some(then)) => {
            now.salt == then.salt && ct_eq(now.verifier.expose(), then.verifier.expose())
        }
        (None, Some(_)) | (Some(_), None) => false,
    };
    if same { Ok(()) } else { Err(bad_credentials()) }
}

fn bad_credentials() -> Error {
    Error::SignIn(SignInRefusal::BadCredentials)
}
