//! Creates a user with a temporary password and invites them, or invites again.
//!
//! The invitation goes by the mediums that the request names; without any, by text message to
//! those who have a phone number. RESEND gives the user a new temporary password, which works for
//! as long as the first one did.
//!
//! Differs from AWS / not verified:
//! - Without `TemporaryPassword` a user is created confirmed and without a password where a code that
//!   the pool takes as a first factor reaches an address of theirs, verified or not. Where the pool
//!   has other first factors that do not reach them, and with SUPPRESS, it is `User is required to
//!   have a password`: nobody would learn a generated one.
//! - A named medium for which the user has no address is refused, with a text of ours. So is RESEND
//!   when it would generate a password and send it nowhere.
//! - RESEND does not look at `UserAttributes`; its refusal names the user as the request does.
//! - Where email addresses or phone numbers are usernames, the invitation calls the user by them,
//!   and a taken one is `An account with the given email already exists.`
//! - AliasExistsException for an alias that another user holds, which the model does not list here.
//! - `ForceAliasCreation` takes over email addresses and phone numbers, never preferred usernames.
//! - Text messages are sent whether or not the pool has an SmsConfiguration.
//! - Failures of delivery, another address among the attributes, `ClientMetadata` and
//!   `ValidationData`: as SignUp.
//! - Attributes are listed `sub` first and then in the order of the schema.

use poolhouse_domain::auth::choice;
use poolhouse_domain::error::{Error, Result, UserStateRefusal};
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::message::{Medium, Message};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::user::attribute::{self, Creator};
use poolhouse_domain::user::delivery::{self, MessageKind};
use poolhouse_domain::user::password::{self, PasswordPolicy};
use poolhouse_domain::user::template;
use poolhouse_domain::user::username::Purpose;
use poolhouse_domain::user::{User, UserStatus};
use poolhouse_wire::operations::AdminCreateUser;
use poolhouse_wire::shapes::{
    AdminCreateUserRequest, AdminCreateUserResponse, AuthFactorType, MessageActionType,
};

use super::codes::{self, Origin};
use super::creation::{self, By};
use super::shown;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};
use crate::triggers::sender;

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
        let user = shown::listed(pool.settings.schema(), &user, |_| true);
        Ok(AdminCreateUserResponse { user: Some(user) })
    }
}

async fn create(
    ctx: &mut Ctx<'_, Signed>,
    pool: &Pool,
    request: &AdminCreateUserRequest,
) -> Result<User> {
    let names = &pool.settings.sign_in_names();
    names.check_new(&request.username)?;
    let sub = Sub::generate(&mut ctx.rng);
    let identity = names.new_identity(&request.username, &sub);
    let given = request.user_attributes.as_deref().unwrap_or_default();
    let (schema, implied) = (pool.settings.schema(), identity.implied_attribute);
    let attributes = attribute::for_new_user(schema, Creator::Admin, given, implied)?;
    let (username, status) = (identity.stored_username, UserStatus::ForceChangePassword);
    let mut user = creation::record(&pool.id, sub, username, status, attributes, ctx.now);
    let password = if passwordless(pool, request, &user)? {
        user.status = UserStatus::Confirmed;
        None
    } else {
        Some(temporary_password(ctx, pool, request)?)
    };
    creation::pre_admin_create(ctx, pool, &user, request).await?;
    let media = match request.message_action {
        Some(MessageActionType::Suppress) => Vec::new(),
        Some(MessageActionType::Resend) | None => media(request, &user)?,
    };
    let origin = Origin { pool, client: None, metadata: request.client_metadata.as_ref() };
    let messages = &invitations(ctx, origin, &user, &media, password.as_ref()).await?;
    let until = Some(temporary_until(pool, ctx.now));
    let record = match password {
        Some(password) => Some(creation::password_record(ctx, &user, password, until).await?),
        None => None,
    };
    let record = record.as_ref();
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
    let media = media(request, user)?;
    let origin = Origin { pool, client: None, metadata: request.client_metadata.as_ref() };
    let messages = &invitations(ctx, origin, user, &media, Some(&password)).await?;
    if given_password(request).is_none() && messages.is_empty() {
        // The old password would end and nobody would learn the new one.
        let medium = media.first().copied().unwrap_or(Medium::Sms);
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

/// Whether a new user does without a password: none is given, and a code that the pool takes as a
/// first factor reaches them.
fn passwordless(pool: &Pool, request: &AdminCreateUserRequest, user: &User) -> Result<bool> {
    if given_password(request).is_some() {
        return Ok(false);
    }
    let confirmed = User { status: UserStatus::Confirmed, ..user.clone() };
    if !choice::available(&pool.settings.auth_policy(), &confirmed, false).is_empty() {
        return Ok(true);
    }
    let suppressed = request.message_action == Some(MessageActionType::Suppress);
    let by_choice = pool.settings.first_factors().iter().any(|f| *f != AuthFactorType::Password);
    if suppressed || by_choice {
        return Err(Error::UserState(UserStateRefusal::PasswordNeeded));
    }
    Ok(false)
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

/// Which of the user's addresses the invitation goes to.
fn media(request: &AdminCreateUserRequest, user: &User) -> Result<Vec<Medium>> {
    let desired = request.desired_delivery_mediums.as_deref().unwrap_or_default();
    delivery::invitation_media(desired, &user.attributes).map_err(Error::UserState)
}

/// The invitations by these media. A template without a place for the password sends none, unless a
/// trigger says something else.
async fn invitations(
    ctx: &mut Ctx<'_, Signed>,
    origin: Origin<'_>,
    user: &User,
    media: &[Medium],
    password: Option<&Secret<String>>,
) -> Result<Vec<Message>> {
    let pool = origin.pool;
    let none = Secret::new(String::new());
    let code = password.unwrap_or(&none);
    let texts = pool.settings.invite_template();
    let name = called(pool, user);
    let mut messages = Vec::new();
    for medium in media.iter().copied() {
        let kind = MessageKind::AdminCreateUser;
        let custom = codes::custom_text(ctx, origin, user, kind, medium).await?;
        let text = template::invitation(medium, Some(&texts), name, password);
        let writes = custom.body.is_some() || sender::sends(pool, medium);
        let text = text.or_else(|| writes.then(sender::unwritten));
        let text = text.map(|text| template::customised(text, &custom, medium, Some(name), code));
        let (now, rng) = (ctx.now, &mut ctx.rng);
        let message =
            text.and_then(|text| delivery::message(user, kind, medium, text, code, now, rng));
        if let Some(message) = message {
            let cause = origin.cause(kind);
            messages.push(sender::hand_over(ctx.app, cause, user, message, &mut ctx.rng)?);
        }
    }
    Ok(messages)
}

/// The name by which the invited user will sign in.
fn called<'a>(pool: &Pool, user: &'a User) -> &'a str {
    let names = pool.settings.sign_in_names();
    let mut kinds = names.username_attributes.iter();
    kinds.find_map(|kind| user.attribute(kind.as_str())).unwrap_or(&user.username)
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::message::Medium;
    use poolhouse_domain::user::UserStatus;
    use serde_json::{Value, json};

    use crate::ops::pools::testing::{UNKNOWN, finds_no_pool, needs_a_signature};
    use crate::ops::users::bed::*;
    use crate::testing::{Reply, START};

    const CREATE: &str = "AdminCreateUser";
    const TEMPORARY: &str = "Temp0rary!";
    const REFUSED: &str = "InvalidParameterException";

    async fn create(bed: &Bed, request: Value) -> Reply {
        bed.admin(CREATE, merged(json!({"Username": "alice"}), request)).await
    }

    fn with(attributes: Value, request: Value) -> Value {
        merged(json!({"UserAttributes": listed(&attributes)}), request)
    }

    fn names(user: &Value) -> Vec<&str> {
        let attributes = user["Attributes"].as_array().unwrap();
        attributes.iter().map(|attribute| attribute["Name"].as_str().unwrap()).collect()
    }

    #[tokio::test]
    async fn nothing_but_a_name_is_needed() {
        let bed = Bed::new(json!({})).await;
        let reply = create(&bed, json!({})).await.ok();
        let stored = bed.user("alice").await;
        let sub = stored.sub.as_str();
        let now = START.as_secs() as f64;
        let user = json!({
            "Username": "alice", "Attributes": [{"Name": "sub", "Value": sub}], "Enabled": true,
            "UserStatus": "FORCE_CHANGE_PASSWORD", "UserCreateDate": now,
            "UserLastModifiedDate": now,
        });
        assert_eq!(reply, json!({"User": user}));
        assert_eq!(stored.status, UserStatus::ForceChangePassword);
        assert_eq!(bed.server.take_messages().len(), 0);
        // An email address alone is not written to either: text messages are the default.
        let email = with(json!({"email": "a@b.example"}), json!({"Username": "bob"}));
        create(&bed, email).await.ok();
        assert_eq!(bed.server.take_messages().len(), 0);
    }

    #[tokio::test]
    async fn attributes_are_listed_sub_first() {
        let schema = json!([
            {"Name": "email", "Required": true, "Mutable": true},
            {"Name": "team", "AttributeDataType": "String"},
            {"Name": "inner", "AttributeDataType": "String", "DeveloperOnlyAttribute": true},
        ]);
        let bed = Bed::new(json!({"Schema": schema})).await;
        // What is required is not required of administrators, and they write what clients cannot.
        let attributes = json!({
            "custom:team": "red", "dev:custom:inner": "1", "phone_number_verified": "TRUE",
            "phone_number": "+15550100", "name": "Alice",
        });
        let user = create(&bed, with(attributes, json!({}))).await.ok()["User"].clone();
        let order = [
            "sub",
            "name",
            "phone_number",
            "phone_number_verified",
            "custom:team",
            "dev:custom:inner",
        ];
        assert_eq!(names(&user), order);
        assert_eq!(user["Attributes"][3]["Value"], "true");
    }

    #[tokio::test]
    async fn attributes_fit_the_schema() {
        let bed = Bed::new(json!({})).await;
        let refuse = async |attributes: Value, text: &str| {
            create(&bed, with(attributes, json!({}))).await.refused(REFUSED, text);
        };
        let text = "Attributes did not conform to the schema: custom:x: Attribute does not exist \
                    in the schema.\n";
        refuse(json!({"custom:x": "1"}), text).await;
        refuse(json!({"email": "a"}), "Invalid email address format.").await;
        refuse(json!({"phone_number": "1"}), "Invalid phone number format.").await;
        let text = "Email is required to verify/un-verify an email";
        refuse(json!({"email_verified": "true"}), text).await;
        refuse(json!({"email_verified": "false"}), text).await;
        let text = "Phone Number is required to verify/un-verify a phone number";
        refuse(json!({"phone_number_verified": "true"}), text).await;
        assert_eq!(bed.users().await, 0);
    }

    #[tokio::test]
    async fn a_temporary_password_forces_a_new_one() {
        let bed = Bed::with(json!({}), password_client()).await;
        let text = "Password did not conform with policy: Password must have uppercase characters";
        let weak = json!({"TemporaryPassword": "password1!"});
        create(&bed, weak).await.refused("InvalidPasswordException", text);
        create(&bed, json!({"TemporaryPassword": TEMPORARY})).await.ok();
        let sub = bed.user("alice").await.sub;
        let until = START.plus_secs(7 * DAY_SECS);
        assert_eq!(bed.password(&sub).await.temporary_until, Some(until));
        let challenge = bed.sign_in("alice", TEMPORARY).await.ok();
        assert_eq!(challenge["ChallengeName"], "NEW_PASSWORD_REQUIRED");
        // The new one may be the same.
        let answer = json!({
            "ClientId": bed.client, "ChallengeName": "NEW_PASSWORD_REQUIRED",
            "Session": challenge["Session"],
            "ChallengeResponses": {"USERNAME": "alice", "NEW_PASSWORD": TEMPORARY},
        });
        bed.admin("AdminRespondToAuthChallenge", answer).await.ok();
        assert_eq!(bed.user("alice").await.status, UserStatus::Confirmed);
    }

    #[tokio::test]
    async fn a_generated_password_is_sent_and_works_for_as_long_as_the_pool_says() {
        let policy = json!({
            "MinimumLength": 20, "RequireSymbols": true, "TemporaryPasswordValidityDays": 2,
        });
        let settings = json!({"Policies": {"PasswordPolicy": policy}});
        let bed = Bed::with(settings, password_client()).await;
        let phone = json!({"phone_number": "+15550100"});
        create(&bed, with(phone, json!({}))).await.ok();
        let message = bed.server.take_message();
        let password = message.code.expose().clone();
        assert_eq!((message.medium, message.kind.as_str()), (Medium::Sms, CREATE));
        assert_eq!(message.destination.expose(), "+15550100");
        let text = format!("Your username is alice and temporary password is {password}. ");
        assert_eq!((message.body.expose(), &message.subject), (&text, &None));
        assert_eq!(password.chars().count(), 20);
        bed.server.advance_secs(2 * DAY_SECS - 1);
        let challenge = bed.sign_in("alice", &password).await.ok();
        assert_eq!(challenge["ChallengeName"], "NEW_PASSWORD_REQUIRED");
        bed.server.advance_secs(1);
        let text = "Temporary password has expired and must be reset by an administrator.";
        bed.sign_in("alice", &password).await.refused("NotAuthorizedException", text);
    }

    #[tokio::test]
    async fn somebody_must_learn_the_password() {
        let bed = Bed::new(json!({})).await;
        let suppress = json!({"MessageAction": "SUPPRESS"});
        create(&bed, suppress.clone()).await.is(NO_PASSWORD);
        let factors = |factors: Value| {
            let policy = json!({ "AllowedFirstAuthFactors": factors });
            json!({"Policies": {"SignInPolicy": policy}})
        };
        let passkeys = Bed::new(factors(json!(["PASSWORD", "WEB_AUTHN"]))).await;
        create(&passkeys, json!({})).await.is(NO_PASSWORD);
        let codes = Bed::new(factors(json!(["PASSWORD", "EMAIL_OTP"]))).await;
        create(&codes, json!({})).await.is(NO_PASSWORD);
        for bed in [&bed, &passkeys, &codes] {
            assert_eq!(bed.users().await, 0);
            let given = json!({"TemporaryPassword": TEMPORARY});
            create(bed, merged(suppress.clone(), given)).await.ok();
            assert_eq!(bed.server.take_messages().len(), 0);
        }
    }

    #[tokio::test]
    async fn the_invitation_goes_by_the_mediums_that_are_named() {
        let bed = Bed::new(json!({})).await;
        let both = json!({"email": "a@b.example", "phone_number": "+15550100"});
        let by = |mediums: Value| json!({"DesiredDeliveryMediums": mediums});
        create(&bed, with(both.clone(), by(json!(["EMAIL", "SMS", "EMAIL"])))).await.ok();
        let messages = bed.server.take_messages();
        let mut mediums: Vec<_> = messages.iter().map(|m| m.medium.as_str()).collect();
        mediums.sort_unstable();
        assert_eq!(mediums, ["EMAIL", "SMS"]);
        assert_eq!(messages[0].code.expose(), messages[1].code.expose());
        let bob = merged(by(json!(["EMAIL"])), json!({"Username": "bob"}));
        create(&bed, with(both.clone(), bob)).await.ok();
        let message = bed.server.take_message();
        assert_eq!(message.subject.as_deref(), Some("Your temporary password"));
        // None named, or an empty list: by text message.
        for (name, request) in [("carol", json!({})), ("dave", by(json!([])))] {
            let request = merged(request, json!({"Username": name}));
            create(&bed, with(both.clone(), request)).await.ok();
            assert_eq!(bed.server.take_message().medium, Medium::Sms);
        }
        let eve = json!({"Username": "eve"});
        let eve = merged(by(json!(["SMS", "EMAIL"])), eve);
        let text = "The user has no email that the invitation could be sent to";
        let phone = json!({"phone_number": "+15550100"});
        create(&bed, with(phone, eve)).await.refused(REFUSED, text);
        assert_eq!((bed.find("eve").await, bed.server.take_messages().len()), (None, 0));
        // With SUPPRESS mediums do not matter.
        let quiet = json!({
            "Username": "frank", "MessageAction": "SUPPRESS", "TemporaryPassword": TEMPORARY,
        });
        create(&bed, merged(by(json!(["EMAIL"])), quiet)).await.ok();
    }

    #[tokio::test]
    async fn the_pools_invitation_is_sent() {
        let invite = |message: &str| {
            let texts = json!({"EmailSubject": "Hi", "EmailMessage": message});
            json!({"AdminCreateUserConfig": {"InviteMessageTemplate": texts}})
        };
        let by_email = || {
            with(
                json!({"email": "a@b.example"}),
                json!({
                    "DesiredDeliveryMediums": ["EMAIL"], "TemporaryPassword": "A&b<c>1234",
                }),
            )
        };
        let bed = Bed::new(invite("<p>{username}: {####}</p>")).await;
        create(&bed, by_email()).await.ok();
        let message = bed.server.take_message();
        assert_eq!(message.subject.as_deref(), Some("Hi"));
        assert_eq!(message.body.expose(), "<p>alice: A&amp;b&lt;c&gt;1234</p>");
        assert_eq!(message.code.expose(), "A&b<c>1234");
        // A text without a place for the password tells nobody anything.
        let bed = Bed::new(invite("Welcome, {username}!")).await;
        create(&bed, by_email()).await.ok();
        assert_eq!(bed.server.take_messages().len(), 0);
    }

    #[tokio::test]
    async fn a_name_is_taken_once() {
        let taken = ("UsernameExistsException", "User account already exists");
        let bed = Bed::new(json!({})).await;
        bed.sign_up("alice", json!({})).await.ok();
        let before = bed.user("alice").await;
        let phone = json!({"phone_number": "+15550100"});
        create(&bed, with(phone, json!({}))).await.is(taken);
        assert_eq!((bed.user("alice").await, bed.users().await), (before, 1));
        assert_eq!(bed.server.take_messages().len(), 0);
        let bed = Bed::new(json!({"UsernameConfiguration": {"CaseSensitive": false}})).await;
        create(&bed, json!({"Username": "Alice"})).await.ok();
        create(&bed, json!({"Username": "aLICE"})).await.is(taken);
        let (one, two) = tokio::join!(
            create(&bed, json!({"Username": "bob"})),
            create(&bed, json!({"Username": "bob"}))
        );
        let lost = if one.status == 200 { two } else { one };
        lost.is(taken);
        assert_eq!(bed.users().await, 2);
    }

    #[tokio::test]
    async fn an_email_address_can_be_the_username() {
        let bed = Bed::new(email_as_username()).await;
        create(&bed, json!({})).await.refused(REFUSED, "Username should be an email.");
        let by_email = json!({"Username": "a@b.example", "DesiredDeliveryMediums": ["EMAIL"]});
        let user = create(&bed, by_email).await.ok()["User"].clone();
        assert_eq!(names(&user), ["sub", "email"]);
        assert_eq!(user["Username"], user["Attributes"][0]["Value"]);
        let message = bed.server.take_message();
        assert!(message.body.expose().starts_with("Your username is a@b.example and "));
        // The address is the name: another user cannot have it, verified or not, by force or not.
        let again = json!({
            "Username": "a@b.example", "ForceAliasCreation": true,
            "UserAttributes": [{"Name": "email_verified", "Value": "true"}],
        });
        let text = "An account with the given email already exists.";
        create(&bed, again).await.refused("UsernameExistsException", text);
        // One among the attributes wins.
        let other = json!({
            "Username": "c@d.example",
            "UserAttributes": [{"Name": "email", "Value": "e@f.example"}],
        });
        create(&bed, other).await.ok();
        assert_eq!(bed.find("c@d.example").await, None);
        assert_eq!(bed.user("e@f.example").await.attribute("email"), Some("e@f.example"));
    }

    #[tokio::test]
    async fn a_verified_alias_moves_only_by_force() {
        let bed = Bed::new(email_alias()).await;
        let verified = json!({"email": "a@b.example", "email_verified": "True"});
        bed.created("owner", verified.clone()).await;
        let owner = bed.user("a@b.example").await;
        assert_eq!(owner.username, "owner");
        let text = "An account with the email already exists.";
        create(&bed, with(verified.clone(), json!({}))).await.refused("AliasExistsException", text);
        assert_eq!((bed.find("alice").await, bed.user("owner").await), (None, owner.clone()));
        // Without the claim to be verified force means nothing.
        let force = json!({"ForceAliasCreation": true});
        for (name, attributes) in [
            ("bob", json!({"email": "a@b.example"})),
            ("carol", json!({"email": "a@b.example", "email_verified": "false"})),
        ] {
            let request = merged(force.clone(), json!({"Username": name}));
            create(&bed, with(attributes, request)).await.ok();
        }
        assert_eq!(bed.user("owner").await, owner);
        bed.server.advance_secs(60);
        create(&bed, with(verified, force)).await.ok();
        assert_eq!(bed.user("a@b.example").await.username, "alice");
        let loser = bed.user("owner").await;
        assert_eq!(loser.attribute("email_verified"), Some("false"));
        assert_eq!((loser.stamp, loser.modified), (owner.stamp + 1, bed.server.now()));
    }

    #[tokio::test]
    async fn a_preferred_username_stays_with_its_holder() {
        let bed = Bed::new(json!({"AliasAttributes": ["preferred_username"]})).await;
        let ally = json!({"preferred_username": "ally"});
        bed.created("owner", ally.clone()).await;
        let text = "An account with the preferred_username already exists.";
        for force in [false, true] {
            create(&bed, with(ally.clone(), json!({"ForceAliasCreation": force})))
                .await
                .refused("AliasExistsException", text);
        }
        assert_eq!(bed.user("ally").await.username, "owner");
    }

    #[tokio::test]
    async fn resend_gives_a_new_password_and_a_new_time() {
        let bed = Bed::with(json!({}), password_client()).await;
        let phone = json!({"phone_number": "+15550100"});
        create(&bed, with(phone, json!({}))).await.ok();
        let first = bed.server.take_message().code.expose().clone();
        let created = bed.user("alice").await;
        bed.server.advance_secs(8 * DAY_SECS);
        let reply = create(&bed, json!({"MessageAction": "RESEND"})).await.ok();
        let user = &reply["User"];
        assert_eq!(names(user), ["sub", "phone_number"]);
        assert_eq!(user["UserCreateDate"], json!(START.as_secs() as f64));
        assert_eq!(user["UserLastModifiedDate"], json!(bed.server.now().as_secs() as f64));
        assert_eq!(user["UserStatus"], "FORCE_CHANGE_PASSWORD");
        let message = bed.server.take_message();
        let second = message.code.expose().clone();
        assert_ne!(first, second);
        assert!(message.body.expose().contains(&second));
        let after = bed.user("alice").await;
        assert_eq!(after.stamp, created.stamp + 1);
        let until = Some(bed.server.now().plus_secs(7 * DAY_SECS));
        assert_eq!(bed.password(&after.sub).await.temporary_until, until);
        let wrong = "Incorrect username or password.";
        bed.sign_in("alice", &first).await.refused("NotAuthorizedException", wrong);
        bed.sign_in("alice", &second).await.ok();
    }

    #[tokio::test]
    async fn resend_is_for_invited_users() {
        let bed = Bed::with(json!({}), password_client()).await;
        let resend = json!({"MessageAction": "RESEND"});
        create(&bed, resend.clone()).await.is(NOT_FOUND);
        bed.sign_up("alice", json!({"phone_number": "+15550100"})).await.ok();
        let text = "Resend not possible. alice status is not FORCE_CHANGE_PASSWORD";
        create(&bed, resend.clone()).await.refused("UnsupportedUserStateException", text);
        bed.sign_in("alice", PASSWORD)
            .await
            .refused("UserNotConfirmedException", "User is not confirmed.");
        assert_eq!(bed.server.take_messages().len(), 0);
    }

    #[tokio::test]
    async fn resend_does_not_lose_a_password() {
        let bed = Bed::with(json!({}), password_client()).await;
        bed.created("alice", json!({"email": "a@b.example"})).await;
        let before = bed.user("alice").await;
        let resend = json!({"MessageAction": "RESEND"});
        let text = "The user has no phone_number that the invitation could be sent to";
        create(&bed, resend.clone()).await.refused(REFUSED, text);
        let weak = merged(resend.clone(), json!({"TemporaryPassword": "short"}));
        let weak = create(&bed, weak).await;
        weak.refused(
            "InvalidPasswordException",
            "Password did not conform with policy: Password not long enough",
        );
        assert_eq!(bed.user("alice").await, before);
        bed.sign_in("alice", PASSWORD).await.ok();
        // A given one need not be sent; an email address must be named.
        create(&bed, merged(resend.clone(), json!({"TemporaryPassword": TEMPORARY}))).await.ok();
        assert_eq!(bed.server.take_messages().len(), 0);
        bed.sign_in("alice", TEMPORARY).await.ok();
        create(&bed, merged(resend, json!({"DesiredDeliveryMediums": ["EMAIL"]}))).await.ok();
        let password = bed.server.take_message().code.expose().clone();
        bed.sign_in("alice", &password).await.ok();
    }

    #[tokio::test]
    async fn the_door_is_for_administrators() {
        let bed =
            Bed::new(json!({"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": true}})).await;
        let request = json!({"UserPoolId": bed.pool, "Username": "alice"});
        needs_a_signature(&bed.server, CREATE, request.clone()).await;
        finds_no_pool(&bed.server, CREATE, json!({"UserPoolId": UNKNOWN, "Username": "alice"}))
            .await;
        bed.admin(CREATE, request).await.ok();
    }

    #[tokio::test]
    async fn pre_sign_up_may_say_no_and_nothing_else() {
        let bed = Bed::new(with_trigger(json!({}), "PreSignUp")).await;
        bed.server.functions.fail("PreSignUp", "no");
        let request = json!({
            "ClientMetadata": {"k": "v"}, "ValidationData": [{"Name": "d", "Value": "1"}],
            "UserAttributes": listed(&json!({"phone_number": "+15550100"})),
        });
        create(&bed, request.clone())
            .await
            .refused("UserLambdaValidationException", "PreSignUp failed with error no.");
        assert_eq!((bed.users().await, bed.server.take_messages().len()), (0, 0));
        let said = json!({
            "userAttributes": {"phone_number": "+15550100"}, "validationData": {"d": "1"},
            "clientMetadata": {"k": "v"},
        });
        let silence =
            json!({"autoConfirmUser": false, "autoVerifyEmail": false, "autoVerifyPhone": false});
        let expected = event(&bed, "PreSignUp_AdminCreateUser", None, said, silence);
        assert_eq!(bed.server.functions.take_event(), expected);
        let all =
            json!({"autoConfirmUser": true, "autoVerifyEmail": true, "autoVerifyPhone": true});
        bed.server.functions.answer("PreSignUp", all);
        create(&bed, request.clone()).await.ok();
        let user = bed.user("alice").await;
        assert_eq!(user.status, UserStatus::ForceChangePassword);
        assert_eq!(user.attribute("phone_number_verified"), None);
        bed.server.take_message();
        bed.server.functions.take_events();
        create(&bed, request)
            .await
            .refused("UsernameExistsException", "User account already exists");
        assert_eq!(bed.server.functions.take_events(), Vec::<Value>::new());
    }

    #[tokio::test]
    async fn custom_message_writes_the_invitation() {
        let bed = Bed::new(with_trigger(json!({}), "CustomMessage")).await;
        bed.server.functions.answer("CustomMessage", json!({"smsMessage": "{username}: {####}"}));
        let request = with(
            json!({"phone_number": "+15550100"}),
            json!({"TemporaryPassword": TEMPORARY, "ClientMetadata": {"k": "v"}}),
        );
        let user = create(&bed, request).await.ok();
        let message = bed.server.take_message();
        assert_eq!(message.body.expose(), &format!("alice: {TEMPORARY}"));
        let said = json!({
            "userAttributes": {
                "sub": user["User"]["Attributes"][0]["Value"],
                "cognito:user_status": "FORCE_CHANGE_PASSWORD", "phone_number": "+15550100",
            },
            "codeParameter": "{####}", "linkParameter": "{##Click Here##}",
            "usernameParameter": "{username}", "clientMetadata": {"k": "v"},
        });
        let silence = json!({"smsMessage": null, "emailMessage": null, "emailSubject": null});
        let told = bed.server.functions.take_event();
        assert_eq!(told, event(&bed, "CustomMessage_AdminCreateUser", None, said, silence));
        assert!(!told.to_string().contains(TEMPORARY));
        // An invitation without the name, or without the password, is none.
        for text in ["{####}", "{username}"] {
            bed.server.functions.answer("CustomMessage", json!({ "smsMessage": text }));
            create(&bed, json!({"MessageAction": "RESEND"}))
                .await
                .refused("InvalidLambdaResponseException", "Unrecognizable lambda output");
        }
        assert_eq!(bed.server.take_messages().len(), 0);
        // The pool's own text need not have a place for the password where a trigger's has.
        let invite = json!({"InviteMessageTemplate": {"SMSMessage": "Welcome {username}!"}});
        let settings = merged(json!({}), json!({ "AdminCreateUserConfig": invite }));
        let bed = Bed::new(with_trigger(settings, "CustomMessage")).await;
        bed.server.functions.answer("CustomMessage", json!({"smsMessage": "{username}: {####}"}));
        create(&bed, with(json!({"phone_number": "+15550100"}), json!({}))).await.ok();
        assert!(bed.server.take_message().body.expose().starts_with("alice: "));
    }

    #[tokio::test]
    async fn a_user_whom_a_code_reaches_needs_no_password() {
        let policy = json!({ "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"] });
        let settings = json!({"Policies": {"SignInPolicy": policy}});
        let client = json!({"ExplicitAuthFlows": ["ALLOW_USER_AUTH"]});
        let bed = Bed::with(settings, client).await;
        let by_email = json!({"DesiredDeliveryMediums": ["EMAIL"]});
        let made = create(&bed, with(json!({"email": "a@b.example"}), by_email)).await.ok();
        assert_eq!(made["User"]["UserStatus"], "CONFIRMED");
        let invitation = bed.server.take_message();
        assert_eq!(invitation.body.expose(), "Your username is alice. ");
        let request = json!({
            "AuthFlow": "USER_AUTH", "AuthParameters": {"USERNAME": "alice"},
        });
        let asked = bed.call("InitiateAuth", request).await.ok();
        assert_eq!(asked["AvailableChallenges"], json!(["EMAIL_OTP"]));
    }

    #[tokio::test]
    async fn a_custom_sender_invites_in_our_place() {
        // A template without a place for the password is none of its business.
        let template = json!({"AdminCreateUserConfig": {"InviteMessageTemplate": {
            "SMSMessage": "Hello {username} {####}",
        }}});
        let bed = Bed::new(with_trigger(template, "CustomSMSSender")).await;
        let phone = json!({"phone_number": "+15550100"});
        let request = json!({"TemporaryPassword": TEMPORARY, "ClientMetadata": {"k": "v"}});
        create(&bed, with(phone.clone(), request)).await.ok();
        let sent = bed.server.take_sent().await;
        assert_eq!(sent.event["triggerSource"], "CustomSMSSender_AdminCreateUser");
        assert_eq!(sent.event["callerContext"]["clientId"], "CLIENT_ID_NOT_APPLICABLE");
        assert_eq!(sent.event["request"]["clientMetadata"], json!({"k": "v"}));
        assert_eq!(sent.code, TEMPORARY);
        bed.server.advance_secs(1);
        create(&bed, json!({"MessageAction": "RESEND"})).await.ok();
        assert_ne!(bed.server.take_sent().await.code, TEMPORARY);
        // Where there is no message it does not run.
        bed.created("bob", phone).await;
        assert_eq!(bed.server.functions.take_events(), Vec::<Value>::new());
        let bed = Bed::new(with_trigger(json!({}), "PostConfirmation")).await;
        create(&bed, json!({})).await.ok();
        assert_eq!(bed.server.functions.take_events(), Vec::<Value>::new());
    }
}
