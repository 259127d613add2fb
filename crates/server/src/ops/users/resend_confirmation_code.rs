//! Sends a new code to a user who has not confirmed the sign-up; the one before stops working.
//!
//! Differs from AWS / not verified:
//! - A user in any other status than UNCONFIRMED is `User is already confirmed.`
//! - Where nothing is verified automatically, a client that hides users is told so for users who
//!   do not exist, too: a success would give them away.
//! - A user who does not exist is `User does not exist.`; `Username/client id combination not
//!   found.` has been seen, too.
//! - The five an hour count for a name that belongs to nobody as well, where clients hide users.
//! - 501 and failures of delivery: as SignUp.

use poolhouse_domain::auth::secret_hash;
use poolhouse_domain::error::{Error, Result, UserStateRefusal};
use poolhouse_domain::id::ClientId;
use poolhouse_domain::pool::Pool;
use poolhouse_domain::session::HourlyBudget;
use poolhouse_domain::user::{User, UserStatus};
use poolhouse_wire::operations::ResendConfirmationCode;
use poolhouse_wire::shapes::{
    CodeDeliveryDetailsType, ResendConfirmationCodeRequest, ResendConfirmationCodeResponse,
};

use super::codes;
use crate::ops::Operation;
use crate::ops::ctx::{Anonymous, Ctx, PoolAndClient, client_and_pool};

const BUDGET: HourlyBudget = HourlyBudget::ResendConfirmationCode;

impl Operation for ResendConfirmationCode {
    type Caller = Anonymous;

    async fn run(
        ctx: &mut Ctx<'_, Anonymous>,
        request: ResendConfirmationCodeRequest,
    ) -> Result<ResendConfirmationCodeResponse> {
        let client = &ClientId::new(&*request.client_id);
        let found = ctx.read(async |mut tx| client_and_pool(&mut tx, client).await).await?;
        let PoolAndClient { pool, client } = &found;
        let name = &*request.username;
        secret_hash::check(client, &[name], request.secret_hash.as_deref())?;
        let details = match codes::find_user(ctx, pool, name).await? {
            Some(user) => resend(ctx, pool, &user).await?,
            None if client.settings.hides_users() => pretend(ctx, pool, name).await?,
            None => return Err(Error::UserNotFound),
        };
        Ok(ResendConfirmationCodeResponse { code_delivery_details: Some(details) })
    }
}

async fn resend(
    ctx: &mut Ctx<'_, Anonymous>,
    pool: &Pool,
    user: &User,
) -> Result<CodeDeliveryDetailsType> {
    check_state(user)?;
    let address = codes::sign_up_address(&pool.settings, &user.attributes);
    let address = address.ok_or(Error::UserState(UserStateRefusal::NoAutoVerification))?;
    let code = &codes::issue_sign_up(ctx, pool, user, address, "ResendCode")?;
    ctx.write(async |mut tx| {
        let current = tx.user_by_sub(&user.pool, &user.sub).await?;
        check_state(&current)?;
        if !tx.spend(&user.pool, user.sub.as_str(), BUDGET).await? {
            return Err(Error::AttemptLimit);
        }
        code.store(&mut tx).await
    })
    .await?;
    ctx.mail_enqueued();
    Ok(code.details())
}

fn check_state(user: &User) -> Result<()> {
    let refusal = match user.status {
        _ if !user.enabled => UserStateRefusal::Disabled,
        UserStatus::Unconfirmed => return Ok(()),
        UserStatus::Confirmed
        | UserStatus::ForceChangePassword
        | UserStatus::ResetRequired
        | UserStatus::ExternalProvider => UserStateRefusal::AlreadyConfirmed,
    };
    Err(Error::UserState(refusal))
}

/// Behaves as for a user who exists.
async fn pretend(
    ctx: &Ctx<'_, Anonymous>,
    pool: &Pool,
    name: &str,
) -> Result<CodeDeliveryDetailsType> {
    if pool.settings.auto_verified().is_empty() {
        return Err(Error::UserState(UserStateRefusal::NoAutoVerification));
    }
    codes::spend_hidden(ctx, &pool.id, name, BUDGET).await?;
    Ok(codes::simulated_details(ctx.app, pool, name))
}
