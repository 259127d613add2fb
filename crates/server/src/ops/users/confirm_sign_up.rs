//! Confirms a sign-up with the code that was sent; the address that it was sent to is verified.
//!
//! Fifteen guesses an hour are compared, right ones included. A code works once, for a day, for
//! its user and for the address it was sent to.
//!
//! Differs from AWS / not verified:
//! - Too many guesses are a LimitExceededException; TooManyFailedAttemptsException is not used.
//! - A user who does not exist is `User does not exist.`; `Username/client id combination not
//!   found.` has been seen, too. Where clients hide users it is an ExpiredCodeException.
//! - A disabled user is refused before the code is looked at.
//! - `ForceAliasCreation` takes over email addresses and phone numbers, never preferred usernames.
//! - A `Session` answers 501: SignUp does not issue any yet. So does a pool with a PostConfirmation
//!   trigger.

use poolhouse_domain::auth::secret_hash;
use poolhouse_domain::error::{CodeRefusal, Error, Result, UserStateRefusal};
use poolhouse_domain::id::ClientId;
use poolhouse_domain::session::{CodePurpose, CodeRow, HourlyBudget};
use poolhouse_domain::user::username::SignInNames;
use poolhouse_domain::user::{User, UserStatus};
use poolhouse_store::Tx;
use poolhouse_wire::operations::ConfirmSignUp;
use poolhouse_wire::shapes::{ConfirmSignUpRequest, ConfirmSignUpResponse};

use super::codes;
use crate::ops::ctx::{Anonymous, Ctx, PoolAndClient, client_and_pool, refuse_trigger};
use crate::ops::{Operation, aliases};

impl Operation for ConfirmSignUp {
    type Caller = Anonymous;

    async fn run(
        ctx: &mut Ctx<'_, Anonymous>,
        request: ConfirmSignUpRequest,
    ) -> Result<ConfirmSignUpResponse> {
        let client = &ClientId::new(&*request.client_id);
        let found = ctx.read(async |mut tx| client_and_pool(&mut tx, client).await).await?;
        let PoolAndClient { pool, client } = &found;
        let name = &*request.username;
        secret_hash::check(client, &[name], request.secret_hash.as_deref())?;
        if request.session.is_some() {
            return Err(Error::NotBuilt("Session of ConfirmSignUp"));
        }
        refuse_trigger(&pool.settings.auth_policy(), &["PostConfirmation"])?;
        let (purpose, budget) = (CodePurpose::SignUp, HourlyBudget::ConfirmSignUp);
        let Some(user) = &codes::find_user(ctx, pool, name).await? else {
            if !client.settings.hides_users() {
                return Err(Error::UserNotFound);
            }
            codes::spend_hidden(ctx, &pool.id, name, budget).await?;
            return Err(Error::Code(CodeRefusal::Expired));
        };
        check_state(user)?;
        let code = &codes::check(ctx, user, purpose, budget, &request.confirmation_code).await?;
        let names = &pool.settings.sign_in_names();
        let force = request.force_alias_creation == Some(true);
        ctx.write(async |mut tx| confirm(&mut tx, names, user, code, force).await).await?;
        Ok(ConfirmSignUpResponse { session: None })
    }
}

fn check_state(user: &User) -> Result<()> {
    let refusal = match user.status {
        _ if !user.enabled => UserStateRefusal::Disabled,
        UserStatus::Unconfirmed => return Ok(()),
        status => UserStateRefusal::CannotConfirm(status.as_str()),
    };
    Err(Error::UserState(refusal))
}

/// Uses the code up and confirms, or does neither. `seen` is the user whose code was compared.
async fn confirm(
    tx: &mut Tx,
    names: &SignInNames,
    seen: &User,
    code: &CodeRow,
    force: bool,
) -> Result<()> {
    let before = tx.user_by_sub(&seen.pool, &seen.sub).await?;
    check_state(&before)?;
    let address = &code.attribute;
    let moved = before.attribute(address) != seen.attribute(address);
    if moved || !tx.consume_code(&seen.pool, &seen.sub, code.purpose, &code.hash).await? {
        // A newer code, or another address, since it was compared.
        return Err(Error::Code(CodeRefusal::Expired));
    }
    let mut after = before.clone();
    after.status = UserStatus::Confirmed;
    after.attributes.insert(format!("{address}_verified"), "true".to_owned());
    after.stamp = after.stamp.saturating_add(1);
    after.modified = tx.now;
    if force {
        aliases::take_over(tx, names, Some(&before), &after).await?;
    }
    aliases::sync(tx, names, Some(&before), &after).await?;
    tx.update_user(&after).await
}
