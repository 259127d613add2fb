//! Registers a user, who confirms an address with a code.
//!
//! The code goes to the phone number or, failing that, the email address that the pool verifies
//! automatically. Without such an address the sign-up succeeds and nothing is sent.
//!
//! Differs from AWS / not verified:
//! - A sign-up without a password answers 501 where the pool has one-time passwords as a first
//!   factor and the client USER_AUTH; so does one in a pool with a trigger that would have to run
//!   or with confirmation by link.
//! - `Session`, with which a sign-in continues after ConfirmSignUp, is not returned.
//! - A message that cannot be delivered at once is tried again: there is no
//!   CodeDeliveryFailureException, nor a daily quota of messages.
//! - In pools where an email address or phone number is the username, another one among the
//!   attributes wins, and is what signs in.
//! - `ClientMetadata` and `ValidationData` reach triggers alone and are not kept.

use poolhouse_domain::auth::policy::Flow;
use poolhouse_domain::auth::secret_hash;
use poolhouse_domain::error::{Error, Result, UserStateRefusal};
use poolhouse_domain::id::{ClientId, Sub};
use poolhouse_domain::secret::Secret;
use poolhouse_domain::user::attribute::{self, AttributeRule, Creator};
use poolhouse_domain::user::password::{self, PasswordPolicy};
use poolhouse_domain::user::username::AliasKind;
use poolhouse_domain::user::{User, UserStatus};
use poolhouse_wire::operations::SignUp;
use poolhouse_wire::shapes::{AuthFactorType, SignUpRequest, SignUpResponse};

use super::creation::{self, By};
use super::codes;
use crate::ops::Operation;
use crate::ops::ctx::{Anonymous, Ctx, PoolAndClient, client_and_pool, refuse_trigger};

impl Operation for SignUp {
    type Caller = Anonymous;

    async fn run(
        ctx: &mut Ctx<'_, Anonymous>,
        request: SignUpRequest,
    ) -> Result<SignUpResponse> {
        let client = &ClientId::new(&*request.client_id);
        let found = ctx.read(async |mut tx| client_and_pool(&mut tx, client).await).await?;
        let PoolAndClient { pool, client } = &found;
        secret_hash::check(client, &[&request.username], request.secret_hash.as_deref())?;
        if !pool.settings.allows_sign_up() {
            return Err(Error::UserState(UserStateRefusal::SignUpNotPermitted));
        }
        let names = &pool.settings.sign_in_names();
        names.check_new(&request.username)?;
        let password = password_of(&found, &request)?;
        let user = &new_user(ctx, &found, &request)?;
        refuse_trigger(&pool.settings.auth_policy(), &["PreSignUp"])?;
        let code = match codes::sign_up_address(&pool.settings, &user.attributes) {
            Some(address) => Some(codes::issue_sign_up(ctx, pool, user, address, "SignUp")?),
            None => None,
        };
        let password = &creation::password_record(ctx, user, password, None).await?;
        let issued = &code;
        ctx.write(async |mut tx| {
            creation::insert(&mut tx, names, user, password, By::SignUp).await?;
            match issued {
                Some(code) => code.store(&mut tx).await,
                None => Ok(()),
            }
        })
        .await?;
        if code.is_some() {
            ctx.mail_enqueued();
        }
        Ok(SignUpResponse {
            code_delivery_details: code.map(|code| code.details()),
            session: None,
            user_confirmed: false,
            user_sub: user.sub.as_str().to_owned(),
        })
    }
}

/// The password, if it satisfies the policy; a blank one is none.
fn password_of(found: &PoolAndClient, request: &SignUpRequest) -> Result<Secret<String>> {
    let PoolAndClient { pool, client } = found;
    let Some(given) = request.password.as_deref().filter(|password| !password.is_empty()) else {
        let otp = [AuthFactorType::EmailOtp, AuthFactorType::SmsOtp];
        let passwordless = pool.settings.first_factors().iter().any(|factor| otp.contains(factor));
        if passwordless && client.auth_policy().flows.contains(&Flow::UserAuth) {
            return Err(Error::NotBuilt("sign-up without a password"));
        }
        return Err(Error::UserState(UserStateRefusal::PasswordNeeded));
    };
    password::check(&PasswordPolicy::from_wire(Some(pool.settings.password_policy())), given)?;
    Ok(Secret::new(given.to_owned()))
}

fn new_user(
    ctx: &mut Ctx<'_, Anonymous>,
    found: &PoolAndClient,
    request: &SignUpRequest,
) -> Result<User> {
    let PoolAndClient { pool, client } = found;
    let names = pool.settings.sign_in_names();
    let given = request.user_attributes.as_deref().unwrap_or_default();
    if !given.iter().all(|attribute| client.settings.writes(&attribute.name)) {
        return Err(AttributeRule::UnauthorizedWrite.into());
    }
    let sub = Sub::generate(&mut ctx.rng);
    let identity = names.new_identity(&request.username, &sub);
    let creator = Creator::SignUp {
        preferred_username_is_alias: names.aliases.contains(&AliasKind::PreferredUsername),
    };
    let schema = pool.settings.schema();
    let attributes = attribute::for_new_user(schema, creator, given, identity.implied_attribute)?;
    let (username, status) = (identity.stored_username, UserStatus::Unconfirmed);
    Ok(creation::record(&pool.id, sub, username, status, attributes, ctx.now))
}
