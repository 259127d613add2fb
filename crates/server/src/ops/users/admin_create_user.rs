//! Creates a user with a temporary password and invites them, or invites again.
//!
//! The invitation goes by the mediums that the request names; without any, by text message to
//! those who have a phone number. RESEND gives the user a new temporary password, which works for
//! as long as the first one did.
//!
//! Differs from AWS / not verified:
//! - Users without a password answer 501 where the pool has one-time passwords as a first factor;
//!   so do pools with a trigger that would have to run.
//! - Without `TemporaryPassword` a user is `User is required to have a password` where passkeys are
//!   a first factor, and with SUPPRESS: nobody would learn a generated password.
//! - A named medium for which the user has no address is refused, with a text of ours. So is RESEND
//!   when it would generate a password and send it nowhere.
//! - RESEND does not look at `UserAttributes`; its refusal names the user as the request does.
//! - Where email addresses or phone numbers are usernames, the invitation calls the user by them,
//!   and a taken one is `An account with the given email already exists.`
//! - `ForceAliasCreation` takes over email addresses and phone numbers, never preferred usernames.
//! - Text messages are sent whether or not the pool has an SmsConfiguration.
//! - Failures of delivery, another address among the attributes, `ClientMetadata` and
//!   `ValidationData`: as SignUp.
//! - Attributes are listed `sub` first and then in the order of the schema.

use poolhouse_domain::error::{Error, Result, UserStateRefusal};
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::message::{Medium, Message};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::user::attribute::{self, Creator};
use poolhouse_domain::user::password::{self, PasswordPolicy};
use poolhouse_domain::user::username::Purpose;
use poolhouse_domain::user::{User, UserStatus, template};
use poolhouse_wire::operations::AdminCreateUser;
use poolhouse_wire::shapes::{
    AdminCreateUserRequest, AdminCreateUserResponse, AttributeType, AuthFactorType,
    DeliveryMediumType, MessageActionType, UserStatusType, UserType,
};
use poolhouse_wire::{EpochSeconds, Sensitive};

use super::codes::{self, Address};
use super::creation::{self, By};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, refuse_trigger};

/// What the message is called.
const KIND: &str = "AdminCreateUser";
const DAY_SECS: i64 = 24 * 60 * 60;

impl Operation for AdminCreateUser {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminCreateUserRequest,
    ) -> Result<AdminCreateUserResponse> {
        let pool = &PoolId::new(&request.user_pool_id);
        let pool = &ctx.read(async |mut tx| tx.pool(pool).await).await?;
        let user = match request.message_action {
            Some(MessageActionType::Resend) => invite_again(ctx, pool, &request).await?,
            Some(MessageActionType::Suppress) | None => create(ctx, pool, &request).await?,
        };
        Ok(AdminCreateUserResponse { user: Some(shown(pool, &user)?) })
    }
}

async fn create(
    ctx: &mut Ctx<'_, Signed>,
    pool: &Pool,
    request: &AdminCreateUserRequest,
) -> Result<User> {
    let names = &pool.settings.sign_in_names();
    names.check_new(&request.username)?;
    if given_password(request).is_none() {
        check_can_generate(pool, request)?;
    }
    let password = temporary_password(ctx, pool, request)?;
    let sub = Sub::generate(&mut ctx.rng);
    let identity = names.new_identity(&request.username, &sub);
    let given = request.user_attributes.as_deref().unwrap_or_default();
    let (schema, implied) = (pool.settings.schema(), identity.implied_attribute);
    let attributes = attribute::for_new_user(schema, Creator::Admin, given, implied)?;
    let (username, status) = (identity.stored_username, UserStatus::ForceChangePassword);
    let user = creation::record(&pool.id, sub, username, status, attributes, ctx.now);
    refuse_trigger(&pool.settings.auth_policy(), &["PreSignUp"])?;
    let mediums = match request.message_action {
        Some(MessageActionType::Suppress) => Vec::new(),
        Some(MessageActionType::Resend) | None => addresses(request, &user)?,
    };
    let messages = &invitations(ctx, pool, &user, &mediums, &password)?;
    let until = Some(temporary_until(pool, ctx.now));
    let record = &creation::password_record(ctx, &user, password, until).await?;
    let by = By::Admin { force: request.force_alias_creation == Some(true) };
    let new = &user;
    ctx.write(async |mut tx| {
        creation::insert(&mut tx, names, new, record, by).await?;
        for message in messages {
            tx.enqueue(message).await?;
        }
        Ok(())
    })
    .await?;
    if !messages.is_empty() {
        ctx.mail_enqueued();
    }
    Ok(user)
}

async fn invite_again(
    ctx: &mut Ctx<'_, Signed>,
    pool: &Pool,
    request: &AdminCreateUserRequest,
) -> Result<User> {
    let lookups = &pool.settings.sign_in_names().lookups(Purpose::Admin, &request.username);
    let user = &ctx.read(async |mut tx| tx.user_by(&pool.id, lookups).await).await?;
    check_invited(user, &request.username)?;
    let password = temporary_password(ctx, pool, request)?;
    let mediums = addresses(request, user)?;
    let messages = &invitations(ctx, pool, user, &mediums, &password)?;
    if given_password(request).is_none() && messages.is_empty() {
        // The old password would end and nobody would learn the new one.
        let medium = mediums.first().map_or(Medium::Sms, |address| address.medium);
        return Err(Error::UserState(UserStateRefusal::NoAddressFor(medium.attribute())));
    }
    let until = Some(temporary_until(pool, ctx.now));
    let record = &creation::password_record(ctx, user, password, until).await?;
    let invited = ctx
        .write(async |mut tx| {
            let mut current = tx.user_by_sub(&user.pool, &user.sub).await?;
            check_invited(&current, &request.username)?;
            current.stamp = current.stamp.saturating_add(1);
            current.modified = tx.now;
            tx.set_password(&user.pool, &user.sub, record).await?;
            tx.update_user(&current).await?;
            for message in messages {
                tx.enqueue(message).await?;
            }
            Ok(current)
        })
        .await?;
    if !messages.is_empty() {
        ctx.mail_enqueued();
    }
    Ok(invited)
}

fn check_invited(user: &User, name: &str) -> Result<()> {
    if user.status == UserStatus::ForceChangePassword {
        return Ok(());
    }
    Err(Error::UserState(UserStateRefusal::ResendNotPossible(name.to_owned())))
}

/// A blank password is none.
fn given_password(request: &AdminCreateUserRequest) -> Option<&str> {
    request.temporary_password.as_deref().filter(|password| !password.is_empty())
}

/// Whether a new user for whom no password is given gets one.
fn check_can_generate(pool: &Pool, request: &AdminCreateUserRequest) -> Result<()> {
    let first = |factor| pool.settings.first_factors().contains(&factor);
    if first(AuthFactorType::EmailOtp) || first(AuthFactorType::SmsOtp) {
        return Err(Error::NotBuilt("users without a password"));
    }
    let suppressed = request.message_action == Some(MessageActionType::Suppress);
    if suppressed || first(AuthFactorType::WebAuthn) {
        return Err(Error::UserState(UserStateRefusal::PasswordNeeded));
    }
    Ok(())
}

fn temporary_password(
    ctx: &mut Ctx<'_, Signed>,
    pool: &Pool,
    request: &AdminCreateUserRequest,
) -> Result<Secret<String>> {
    let policy = PasswordPolicy::from_wire(Some(pool.settings.password_policy()));
    match given_password(request) {
        None => Ok(password::generate_temporary(&policy, &mut ctx.rng)),
        Some(given) => {
            password::check(&policy, given)?;
            Ok(Secret::new(given.to_owned()))
        }
    }
}

/// When a temporary password that is made now stops working.
fn temporary_until(pool: &Pool, now: Timestamp) -> Timestamp {
    let policy = PasswordPolicy::from_wire(Some(pool.settings.password_policy()));
    now.plus_secs(i64::from(policy.temporary_validity_days).saturating_mul(DAY_SECS))
}

/// Where the invitation goes: by the mediums that are named, each once; by none to a user without
/// a phone number when none is named.
fn addresses<'a>(request: &AdminCreateUserRequest, user: &'a User) -> Result<Vec<Address<'a>>> {
    let named = request.desired_delivery_mediums.as_deref().unwrap_or_default();
    if named.is_empty() {
        return Ok(Address::of(Medium::Sms, &user.attributes).into_iter().collect());
    }
    let mut addresses = Vec::new();
    for medium in named {
        let medium = match medium {
            DeliveryMediumType::Email => Medium::Email,
            DeliveryMediumType::Sms => Medium::Sms,
        };
        let missing = UserStateRefusal::NoAddressFor(medium.attribute());
        let address = Address::of(medium, &user.attributes).ok_or(Error::UserState(missing))?;
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    Ok(addresses)
}

/// The messages to these addresses. A template without a place for the password sends none.
fn invitations(
    ctx: &mut Ctx<'_, Signed>,
    pool: &Pool,
    user: &User,
    addresses: &[Address<'_>],
    password: &Secret<String>,
) -> Result<Vec<Message>> {
    let policy = pool.settings.auth_policy();
    let texts = pool.settings.invite_template();
    let name = called(pool, user);
    let mut messages = Vec::new();
    for address in addresses {
        codes::refuse_message_triggers(&policy, address.medium)?;
        let text = template::invitation(address.medium, Some(&texts), name, Some(password));
        messages.extend(
            text.map(|text| codes::message(ctx, user, KIND, *address, text, password.clone())),
        );
    }
    Ok(messages)
}

/// The name by which the invited user will sign in.
fn called<'a>(pool: &Pool, user: &'a User) -> &'a str {
    let names = pool.settings.sign_in_names();
    let mut kinds = names.username_attributes.iter();
    kinds.find_map(|kind| user.attribute(kind.as_str())).unwrap_or(&user.username)
}

fn shown(pool: &Pool, user: &User) -> Result<UserType> {
    let attributes = attribute::in_order(pool.settings.schema(), &user.sub, &user.attributes);
    let attributes = attributes
        .into_iter()
        .map(|(name, value)| AttributeType { name, value: Some(Sensitive::new(value)) });
    let status: UserStatusType = user
        .status
        .as_str()
        .parse()
        .map_err(|_| Error::fault("a user status that the model does not know"))?;
    Ok(UserType {
        attributes: Some(attributes.collect()),
        enabled: Some(user.enabled),
        mfa_options: None,
        user_create_date: Some(EpochSeconds::from_millis(user.created.as_millis())),
        user_last_modified_date: Some(EpochSeconds::from_millis(user.modified.as_millis())),
        user_status: Some(status),
        username: Some(Sensitive::new(user.username.clone())),
    })
}
