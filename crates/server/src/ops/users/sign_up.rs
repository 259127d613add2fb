//! Registers a user, who confirms an address with a code.
//!
//! The code goes to the phone number or, failing that, the email address that the pool verifies
//! automatically. Without such an address the sign-up succeeds and nothing is sent.
//!
//! Differs from AWS / not verified:
//! - A password may be left out where the client has USER_AUTH and the pool takes a code as the first
//!   factor to an address that the request gives.
//! - The link of a confirmation message leads to `/confirmUser` at the server's public address; AWS
//!   demands a domain for it.
//! - An address that the PreSignUp trigger verifies is taken from users who have it as an alias.
//!   Where a user is confirmed at once, no code is sent.
//! - `Session`, with which a sign-in continues after ConfirmSignUp, comes for clients with USER_AUTH and
//!   lives as long as a challenge's; not for a user who is confirmed at once, who has proven nothing.
//! - A message that cannot be delivered at once is tried again: there is no
//!   CodeDeliveryFailureException, nor a daily quota of messages.
//! - In pools where an email address or phone number is the username, another one among the
//!   attributes wins, and is what signs in.
//! - A password that others know is refused where the pool's risk configuration blocks those: the
//!   exception and its text. A sign-up that is refused leaves no event.
//! - `ClientMetadata` and `ValidationData` reach triggers alone and are not kept.

use poolhouse_domain::auth::choice;
use poolhouse_domain::auth::policy::Flow;
use poolhouse_domain::auth::secret_hash;
use poolhouse_domain::error::{Error, Result, UserStateRefusal};
use poolhouse_domain::id::{ClientId, Sub};
use poolhouse_domain::risk::event::{EventResponseType, EventType, Findings};
use poolhouse_domain::secret::Secret;
use poolhouse_domain::user::attribute::{self, AttributeRule, Creator};
use poolhouse_domain::user::delivery::MessageKind;
use poolhouse_domain::user::password::{self, PasswordPolicy};
use poolhouse_domain::user::username::AliasKind;
use poolhouse_domain::user::{User, UserStatus};
use poolhouse_wire::operations::SignUp;
use poolhouse_wire::shapes::{EventFilterType, SignUpRequest, SignUpResponse};

use super::codes::{self, Origin};
use super::continuation;
use super::creation::{self, By};
use crate::ops::Operation;
use crate::ops::ctx::{Anonymous, Ctx, PoolAndClient, client_and_pool};
use crate::threat::{self, Scene};

impl Operation for SignUp {
    type Caller = Anonymous;

    async fn run(ctx: &mut Ctx<'_, Anonymous>, request: SignUpRequest) -> Result<SignUpResponse> {
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
        let mut user = new_user(ctx, &found, &request)?;
        let from = threat::Origin::of_user(ctx.meta, client, request.user_context_data.as_ref());
        let scene = Scene::of(ctx.app, pool, &client.id, &from).await?;
        let known = EventFilterType::SignUp;
        let verdict = scene.check_password(ctx.app, known, password.as_ref()).await?;
        let findings = threat::findings(&verdict, Findings::default());
        let passed = (EventType::SignUp, EventResponseType::Pass);
        if password.is_none() {
            check_passwordless(&found, &user)?;
        }
        let metadata = request.client_metadata.as_ref();
        let origin = Origin { pool, client: Some(&client.id), metadata };
        let verified = creation::pre_sign_up(ctx, origin, &mut user, &request).await?;
        let (user, confirmed) = (&user, user.status == UserStatus::Confirmed);
        let event = &scene.event(user, passed, findings, ctx.now, &mut ctx.rng);
        let code = match confirmed {
            true => None,
            false => codes::issue_sign_up(ctx, origin, user, MessageKind::SignUp).await?,
        };
        let password = match password {
            Some(password) => Some(creation::password_record(ctx, user, password, None).await?),
            None => None,
        };
        let session = match confirmed {
            true => None,
            false => continuation::of_sign_up(ctx, &found, user)?,
        };
        let (password, issued, next) = (password.as_ref(), &code, &session);
        let by = By::SignUp { takes_over: verified };
        ctx.write(async |mut tx| {
            creation::insert(&mut tx, names, user, password, by).await?;
            threat::record(&mut tx, event.as_ref()).await?;
            if let Some(session) = next {
                session.store(&mut tx).await?;
            }
            match issued {
                Some(code) => code.store(&mut tx).await,
                None => Ok(()),
            }
        })
        .await?;
        if code.is_some() {
            ctx.mail_enqueued();
        }
        if confirmed {
            creation::post_confirmation(ctx, origin, user).await?;
        }
        Ok(SignUpResponse {
            code_delivery_details: code.map(|code| code.details()),
            session: session.map(|session| session.to_session(ctx).into()),
            user_confirmed: confirmed,
            user_sub: user.sub.as_str().to_owned(),
        })
    }
}

/// The password, if it satisfies the policy; a blank one is none.
fn password_of(found: &PoolAndClient, request: &SignUpRequest) -> Result<Option<Secret<String>>> {
    let given = request.password.as_deref().filter(|password| !password.is_empty());
    let Some(given) = given else { return Ok(None) };
    let policy = PasswordPolicy::from_wire(Some(found.pool.settings.password_policy()));
    password::check(&policy, given)?;
    Ok(Some(Secret::new(given.to_owned())))
}

/// A user without a password needs an address for a code that the pool takes as a first factor.
fn check_passwordless(found: &PoolAndClient, user: &User) -> Result<()> {
    let policy = found.pool.settings.auth_policy();
    let choice_based = found.client.auth_policy().flows.contains(&Flow::UserAuth);
    if choice_based && !choice::available(&policy, user, false).is_empty() {
        return Ok(());
    }
    Err(Error::UserState(UserStateRefusal::PasswordNeeded))
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

#[cfg(test)]
mod tests {
    use poolhouse_domain::secret_hash;
    use poolhouse_domain::user::UserStatus;
    use serde_json::{Value, json};

    use crate::ops::users::bed::*;
    use crate::testing::START;

    const SIGN_UP: &str = "SignUp";

    fn asking(request: Value) -> Value {
        merged(json!({"Username": "alice", "Password": PASSWORD}), request)
    }

    fn nonconforming(lines: &str) -> String {
        format!("Attributes did not conform to the schema: {lines}")
    }

    #[tokio::test]
    async fn nothing_is_sent_where_nothing_is_verified() {
        let bed = Bed::new(json!({})).await;
        let plain = bed.call(SIGN_UP, asking(json!({}))).await.ok();
        let sub = plain["UserSub"].as_str().unwrap();
        assert_eq!(plain, json!({"UserConfirmed": false, "UserSub": sub}));
        assert_eq!(sub.len(), 36);
        let with_email = bed.sign_up("bob", json!({"email": "test@test.com"})).await.ok();
        assert_eq!(with_email.get("CodeDeliveryDetails"), None);
        assert_eq!(bed.server.take_messages().len(), 0);

        let user = bed.user("alice").await;
        assert_eq!((user.sub.as_str(), user.status), (sub, UserStatus::Unconfirmed));
        assert_eq!((user.enabled, user.created, user.modified), (true, START, START));
        assert!(user.attributes.is_empty());
        assert_eq!(bed.users().await, 2);
    }

    #[tokio::test]
    async fn the_code_goes_to_the_address_that_the_pool_verifies() {
        let bed = Bed::new(verifying()).await;
        let reply = bed.sign_up("alice", json!({"email": "test@test.com"})).await.ok();
        let details = json!({
            "Destination": "t***@t***", "DeliveryMedium": "EMAIL", "AttributeName": "email",
        });
        assert_eq!(reply["CodeDeliveryDetails"], details);
        assert_eq!(reply["UserConfirmed"], false);
        let message = bed.server.take_message();
        let code = code_of(&message);
        assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
        assert_eq!(message.destination.expose(), "test@test.com");
        assert_eq!(message.subject.as_deref(), Some("Your verification code"));
        assert_eq!(message.body.expose(), &format!("Your verification code is {code}. "));
        let sub = reply["UserSub"].as_str().unwrap();
        assert_eq!((message.kind.as_str(), message.sub.as_str()), (SIGN_UP, sub));
        // Signing up verifies nothing.
        assert_eq!(bed.user("alice").await.attribute("email_verified"), None);

        let without = bed.sign_up("bob", json!({})).await.ok();
        assert_eq!(without.get("CodeDeliveryDetails"), None);
        assert_eq!(bed.server.take_messages().len(), 0);
    }

    #[tokio::test]
    async fn a_phone_number_comes_before_an_email_address() {
        let bed = Bed::new(verifying_both()).await;
        let both = json!({"email": "a@b.example", "phone_number": "+15555559934"});
        let reply = bed.sign_up("alice", both).await.ok();
        let details = json!({
            "Destination": "+*******9934", "DeliveryMedium": "SMS",
            "AttributeName": "phone_number",
        });
        assert_eq!(reply["CodeDeliveryDetails"], details);
        assert_eq!(bed.server.take_message().destination.expose(), "+15555559934");
        let reply = bed.sign_up("bob", json!({"email": "a@b.example"})).await.ok();
        assert_eq!(reply["CodeDeliveryDetails"]["DeliveryMedium"], "EMAIL");
    }

    #[tokio::test]
    async fn the_pools_own_texts_are_sent() {
        let texts = json!({
            "EmailSubject": "Welcome", "EmailMessage": "<b>{####}</b>", "SmsMessage": "Code {####}",
        });
        let bed =
            Bed::new(merged(verifying(), json!({"VerificationMessageTemplate": texts}))).await;
        bed.sign_up("alice", json!({"email": "a@b.example"})).await.ok();
        let message = bed.server.take_message();
        assert_eq!(message.subject.as_deref(), Some("Welcome"));
        assert_eq!(message.body.expose(), &format!("<b>{}</b>", code_of(&message)));
    }

    #[tokio::test]
    async fn local_work_can_have_one_code_for_all() {
        let bed = Bed::dev("424242", verifying()).await;
        assert_eq!(bed.signed_up("alice", json!({"email": "a@b.example"})).await, "424242");
        bed.confirm("alice", "424242").await.ok();
    }

    #[tokio::test]
    async fn the_store_has_neither_code_nor_password_in_clear() {
        let bed = Bed::new(verifying()).await;
        let code = bed.signed_up("alice", json!({"email": "a@b.example"})).await;
        let sub = bed.user("alice").await.sub;
        let row = bed.stored_code(&sub).await.unwrap();
        assert_eq!((row.attribute.as_str(), row.expires), ("email", START.plus_secs(DAY_SECS)));
        let holds = |bytes: &[u8], text: &str| {
            bytes.windows(text.len()).any(|window| window == text.as_bytes())
        };
        assert!(!holds(&row.hash, &code));
        // The hash needs the server's key: none of the million codes gives it by itself.
        let plain = (0..1_000_000).map(|n| format!("{n:06}"));
        let hashed = plain.map(|code| poolhouse_domain::crypto::sha256(&[code.as_bytes()]));
        assert!(hashed.into_iter().all(|hash| hash != row.hash));
        let password = bed.password(&sub).await;
        assert!(!holds(password.verifier.expose(), PASSWORD));
        assert!(!holds(&password.salt, PASSWORD));
        assert_eq!(password.temporary_until, None);
    }

    #[tokio::test]
    async fn the_client_must_exist_and_prove_its_secret() {
        let bed = Bed::with(json!({}), json!({"GenerateSecret": true})).await;
        let id = bed.client.clone();
        let describe = json!({"ClientId": id});
        let client = bed.admin("DescribeUserPoolClient", describe).await.ok();
        let secret = client["UserPoolClient"]["ClientSecret"].as_str().unwrap();
        let missing =
            format!("Client {id} is configured with secret but SECRET_HASH was not received");
        let wrong = format!("Unable to verify secret hash for client {id}");
        let refused = "NotAuthorizedException";
        bed.call(SIGN_UP, asking(json!({}))).await.refused(refused, &missing);
        let another = secret_hash::compute(secret, "Alice", &id);
        bed.call(SIGN_UP, asking(json!({"SecretHash": another}))).await.refused(refused, &wrong);
        assert_eq!(bed.users().await, 0);
        let right = secret_hash::compute(secret, "alice", &id);
        bed.call(SIGN_UP, asking(json!({"SecretHash": right}))).await.ok();

        bed.call(SIGN_UP, asking(json!({"ClientId": "nobody"})))
            .await
            .refused("ResourceNotFoundException", "User pool client nobody does not exist.");
        let public = bed.hiding_client().await;
        let text = format!("Unable to verify secret hash for client {public}");
        let request = asking(json!({"ClientId": public, "SecretHash": "x"}));
        bed.call(SIGN_UP, request).await.refused(refused, &text);
    }

    #[tokio::test]
    async fn a_pool_can_leave_sign_up_to_administrators() {
        let settings = json!({"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": true}});
        let bed = Bed::new(settings).await;
        // Before anything about the name or the password is said.
        let request = asking(json!({"Password": "x"}));
        bed.call(SIGN_UP, request)
            .await
            .refused("NotAuthorizedException", "SignUp is not permitted for this user pool");
    }

    #[tokio::test]
    async fn a_password_is_told_one_reason_at_a_time() {
        let bed = Bed::new(json!({})).await;
        let reasons = [
            ("a", "Password not long enough"),
            ("aaaaaaaa", "Password must have uppercase characters"),
            ("AAAAAAAA", "Password must have lowercase characters"),
            ("AAAAaaaa", "Password must have numeric characters"),
            ("AAAAaaa1", "Password must have symbol characters"),
        ];
        for (password, reason) in reasons {
            // Before the attributes are looked at.
            let attributes = json!([{"Name": "custom:x", "Value": "1"}]);
            let request = asking(json!({"Password": password, "UserAttributes": attributes}));
            let text = format!("Password did not conform with policy: {reason}");
            bed.call(SIGN_UP, request).await.refused("InvalidPasswordException", &text);
        }
        let long = "x".repeat(257);
        bed.call(SIGN_UP, asking(json!({"Password": long}))).await.refused(
            "InvalidParameterException",
            "1 validation error detected: Value at 'password' failed to satisfy constraint: \
             Member must have length less than or equal to 256",
        );
        assert_eq!(bed.users().await, 0);
    }

    #[tokio::test]
    async fn a_user_without_a_password_is_not_pretended() {
        let request = json!({"Username": "alice"});
        let bed = Bed::new(json!({})).await;
        bed.call(SIGN_UP, request.clone()).await.is(NO_PASSWORD);
        let factors = json!({"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]});
        let settings = json!({"Policies": {"SignInPolicy": factors}});
        let client = json!({"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]});
        let bed = Bed::with(settings.clone(), client).await;
        bed.call(SIGN_UP, request.clone()).await.is(NO_PASSWORD);
        let client = json!({"ExplicitAuthFlows": ["ALLOW_USER_AUTH"]});
        // Nor where there is no address to send a code to.
        let bed = Bed::with(settings, client).await;
        bed.call(SIGN_UP, request).await.is(NO_PASSWORD);
        assert_eq!(bed.users().await, 0);
    }

    #[tokio::test]
    async fn attributes_fit_the_schema_and_are_all_named() {
        let schema = json!([
            {"Name": "email", "Required": true, "Mutable": true},
            {"Name": "name", "Required": true, "Mutable": true},
            {"Name": "tenant", "AttributeDataType": "String", "Mutable": false},
        ]);
        let bed = Bed::new(json!({"Schema": schema})).await;
        let refused = "InvalidParameterException";
        let missing = "name: The attribute is required\nemail: The attribute is required\n";
        bed.sign_up("alice", json!({})).await.refused(refused, &nonconforming(missing));
        let unknown = json!({"name": "A", "email": "a@b.example", "custom:x": "1"});
        let text = "custom:x: Attribute does not exist in the schema.\n";
        bed.sign_up("alice", unknown).await.refused(refused, &nonconforming(text));
        let text = "Invalid email address format.";
        bed.sign_up("alice", json!({"name": "A", "email": "a"})).await.refused(refused, text);
        let phone = json!({"name": "A", "email": "a@b.example", "phone_number": "0123"});
        let text = "Invalid phone number format.";
        bed.sign_up("alice", phone).await.refused(refused, text);
        assert_eq!(bed.users().await, 0);
        // An immutable attribute is written once: now.
        let fine = json!({"name": "A", "email": "a@b.example", "custom:tenant": "t1"});
        bed.sign_up("alice", fine).await.ok();
        assert_eq!(bed.user("alice").await.attribute("custom:tenant"), Some("t1"));
    }

    #[tokio::test]
    async fn a_client_writes_what_it_may() {
        let schema = json!([
            {"Name": "inner", "AttributeDataType": "String", "DeveloperOnlyAttribute": true},
        ]);
        let client = json!({"WriteAttributes": ["email"]});
        let bed = Bed::with(json!({"Schema": schema}), client).await;
        let text = "A client attempted to write unauthorized attribute";
        let unlisted = bed.hiding_client().await;
        let cases = [
            (&bed.client, "name"),
            (&bed.client, "custom:unknown"),
            (&bed.client, "email_verified"),
            (&unlisted, "email_verified"),
            (&unlisted, "phone_number_verified"),
            (&unlisted, "dev:custom:inner"),
            (&unlisted, "sub"),
        ];
        for (client, name) in cases {
            let attributes = json!([{"Name": name, "Value": "true"}]);
            let request = asking(json!({"ClientId": client, "UserAttributes": attributes}));
            bed.call(SIGN_UP, request).await.refused("NotAuthorizedException", text);
        }
        bed.sign_up("alice", json!({"email": "a@b.example"})).await.ok();
    }

    #[tokio::test]
    async fn nobody_takes_a_name_by_which_another_is_found() {
        let pool = json!({"AliasAttributes": ["preferred_username"]});
        let bed = Bed::new(pool).await;
        let taken = ("UsernameExistsException", "User already exists");
        // An administrator may name a user by the subject: nobody else must answer to it.
        let sub = bed.sign_up("alice", json!({})).await.ok()["UserSub"].clone();
        let sub = sub.as_str().unwrap();
        bed.sign_up(sub, json!({})).await.is(taken);
        let named = |name: &str| json!({"UserPoolId": bed.pool, "Username": name});
        bed.server.admin("AdminConfirmSignUp", named(sub)).await.ok();
        let alias = json!([{"Name": "preferred_username", "Value": "ally"}]);
        let request = merged(named("alice"), json!({"UserAttributes": alias}));
        bed.server.admin("AdminUpdateUserAttributes", request).await.ok();
        bed.sign_up("ally", json!({})).await.is(taken);
        assert_eq!(bed.users().await, 1);
        let found = bed.server.admin("AdminGetUser", named(sub)).await.ok();
        assert_eq!(found["Username"], "alice");
    }

    #[tokio::test]
    async fn a_username_is_taken_once() {
        let bed = Bed::new(verifying()).await;
        let taken = ("UsernameExistsException", "User already exists");
        bed.signed_up("alice", json!({"email": "a@b.example"})).await;
        let first = bed.user("alice").await;
        bed.server.advance_secs(60);
        bed.sign_up("alice", json!({"email": "c@d.example"})).await.is(taken);
        // Nor is it hidden.
        let client = bed.hiding_client().await;
        bed.call(SIGN_UP, asking(json!({"ClientId": client}))).await.is(taken);
        assert_eq!(bed.user("alice").await, first);
        assert_eq!((bed.users().await, bed.server.take_messages().len()), (1, 0));
        // Case counts, unless the pool says otherwise.
        bed.sign_up("Alice", json!({})).await.ok();
        let folding = json!({"UsernameConfiguration": {"CaseSensitive": false}});
        let bed = Bed::new(folding).await;
        bed.sign_up("Alice", json!({})).await.ok();
        assert_eq!(bed.user("ALICE").await.username, "alice");
        bed.sign_up("aLICE", json!({})).await.is(taken);
    }

    #[tokio::test]
    async fn of_two_at_once_one_wins() {
        let bed = Bed::new(verifying()).await;
        let attributes = json!({"email": "a@b.example"});
        let (one, two) = tokio::join!(
            bed.sign_up("alice", attributes.clone()),
            bed.sign_up("alice", attributes.clone())
        );
        let (won, lost) = if one.status == 200 { (one, two) } else { (two, one) };
        let sub = won.ok()["UserSub"].clone();
        lost.is(("UsernameExistsException", "User already exists"));
        assert_eq!(
            (bed.users().await, bed.user("alice").await.sub.as_str()),
            (1, sub.as_str().unwrap())
        );
        // The only message has the code that counts.
        bed.confirm("alice", &code_of(&bed.server.take_message())).await.ok();
    }

    #[tokio::test]
    async fn an_email_address_can_be_the_username() {
        let bed = Bed::with(email_as_username(), password_client()).await;
        let refused = "InvalidParameterException";
        bed.sign_up("alice", json!({})).await.refused(refused, "Username should be an email.");
        let reply = bed.sign_up("Test@test.com", json!({})).await.ok();
        assert_eq!(reply["CodeDeliveryDetails"]["Destination"], "T***@t***");
        let user = bed.user("Test@test.com").await;
        assert_eq!(user.username, user.sub.as_str());
        assert_eq!(user.attribute("email"), Some("Test@test.com"));
        let text = "An account with the given email already exists.";
        bed.sign_up("Test@test.com", json!({})).await.refused("UsernameExistsException", text);
        assert_eq!(bed.users().await, 1);

        // After an administrator's confirmation tokens carry the generated name and the address.
        bed.admin("AdminConfirmSignUp", json!({"Username": "Test@test.com"})).await.ok();
        let tokens = bed.sign_in("Test@test.com", PASSWORD).await.ok();
        let claims = |token: &str| -> Value {
            let token = tokens["AuthenticationResult"][token].as_str().unwrap();
            let payload = token.split('.').nth(1).unwrap();
            let payload = data_encoding::BASE64URL_NOPAD.decode(payload.as_bytes()).unwrap();
            serde_json::from_slice(&payload).unwrap()
        };
        assert_eq!(claims("AccessToken")["username"], reply["UserSub"]);
        assert_eq!(claims("IdToken")["cognito:username"], reply["UserSub"]);
        assert_eq!(claims("IdToken")["email"], "Test@test.com");

        let phone = merged(verifying_both(), json!({"UsernameAttributes": ["phone_number"]}));
        let bed = Bed::new(phone).await;
        let text = "Username should be a phone number.";
        bed.sign_up("a@b.example", json!({})).await.refused(refused, text);
        let either = json!({"UsernameAttributes": ["phone_number", "email"]});
        let bed = Bed::new(merged(verifying_both(), either)).await;
        let text = "Username should be either an email or a phone number.";
        bed.sign_up("alice", json!({})).await.refused(refused, text);
        bed.sign_up("+15550100", json!({})).await.ok();
        let text = "An account with the given phone_number already exists.";
        bed.sign_up("+15550100", json!({})).await.refused("UsernameExistsException", text);
        bed.sign_up("a@b.example", json!({})).await.ok();
    }

    #[tokio::test]
    async fn case_variants_of_an_email_are_one_where_case_does_not_count() {
        let folding = json!({"UsernameConfiguration": {"CaseSensitive": false}});
        let bed = Bed::new(merged(email_as_username(), folding)).await;
        bed.sign_up("Test@Test.com", json!({})).await.ok();
        let text = "An account with the given email already exists.";
        bed.sign_up("test@test.COM", json!({})).await.refused("UsernameExistsException", text);
        let bed = Bed::new(email_as_username()).await;
        bed.sign_up("Test@Test.com", json!({})).await.ok();
        bed.sign_up("test@test.com", json!({})).await.ok();
    }

    #[tokio::test]
    async fn an_alias_is_not_a_username_and_no_conflict_yet() {
        let bed = Bed::new(email_alias()).await;
        let text = "Username cannot be of email format, since user pool is configured for email \
                    alias.";
        bed.sign_up("a@b.example", json!({})).await.refused("InvalidParameterException", text);
        let verified = json!({"email": "a@b.example", "email_verified": "true"});
        bed.created("owner", verified).await;
        let reply = bed.sign_up("alice", json!({"email": "a@b.example"})).await.ok();
        assert_eq!(reply["CodeDeliveryDetails"]["Destination"], "a***@b***");
        assert_eq!(bed.user("a@b.example").await.username, "owner");

        let bed = Bed::new(json!({"AliasAttributes": ["preferred_username"]})).await;
        let reply = bed.sign_up("alice", json!({"preferred_username": "ally"})).await;
        assert_eq!(
            (reply.status, &reply.body["__type"]),
            (400, &json!("InvalidParameterException"))
        );
        assert_eq!(bed.users().await, 0);
    }

    #[tokio::test]
    async fn a_custom_sender_sends_in_our_place() {
        for (trigger, attribute, address, form) in [
            ("CustomEmailSender", "email", "a@b.example", "customEmailSenderRequestV1"),
            ("CustomSMSSender", "phone_number", "+15550100", "customSMSSenderRequestV1"),
        ] {
            let bed = Bed::new(with_trigger(verifying_both(), trigger)).await;
            let change = json!({"LambdaConfig": merged(
                with_trigger(json!({}), trigger)["LambdaConfig"].clone(),
                with_trigger(json!({}), "CustomMessage")["LambdaConfig"].clone(),
            )});
            let change = merged(verifying_both(), change);
            bed.admin("UpdateUserPool", change).await.ok();
            let reply = bed
                .call(
                    "SignUp",
                    json!({
                        "Username": "alice", "Password": PASSWORD,
                        "UserAttributes": listed(&json!({attribute: address})),
                        "ClientMetadata": {"k": "v"},
                    }),
                )
                .await
                .ok();
            assert_eq!(reply["CodeDeliveryDetails"]["AttributeName"], attribute);
            // CustomMessage was not asked.
            let sent = bed.server.take_sent().await;
            let sub = &reply["UserSub"];
            let mut expected = event(
                &bed,
                &format!("{trigger}_SignUp"),
                Some(&bed.client),
                json!({
                    "type": form, "code": null, "clientMetadata": {"k": "v"},
                    "userAttributes": {
                        "sub": sub, "cognito:user_status": "UNCONFIRMED", attribute: address,
                    },
                }),
                json!({}),
            );
            expected.as_object_mut().unwrap().remove("response");
            assert_eq!(sent.event, expected);
            bed.confirm("alice", &sent.code).await.ok();
        }
    }

    #[tokio::test]
    async fn a_custom_sender_for_another_medium_is_in_nobodys_way() {
        let bed = Bed::new(with_trigger(verifying_both(), "CustomSMSSender")).await;
        bed.signed_up("alice", json!({"email": "a@b.example"})).await;
        assert_eq!(bed.server.functions.take_events(), Vec::<Value>::new());
    }

    #[tokio::test]
    async fn a_trigger_of_another_operation_is_not_called() {
        let email = json!({"email": "a@b.example"});
        let bed = Bed::new(with_trigger(verifying(), "PostConfirmation")).await;
        bed.sign_up("alice", email.clone()).await.ok();
        assert_eq!(bed.server.functions.take_events(), Vec::<Value>::new());
    }

    fn triggers(settings: Value, names: &[&str]) -> Value {
        let arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
        let lambda: serde_json::Map<_, _> =
            names.iter().map(|name| ((*name).to_owned(), json!(arn))).collect();
        merged(settings, json!({ "LambdaConfig": lambda }))
    }

    #[tokio::test]
    async fn pre_sign_up_hears_everything_and_may_say_no() {
        let bed = Bed::new(triggers(verifying(), &["PreSignUp"])).await;
        bed.server.functions.fail("PreSignUp", "Domain not allowed");
        let request = asking(json!({
            "UserAttributes": listed(&json!({"email": "a@b.example"})),
            "ValidationData": [{"Name": "captcha", "Value": "x"}],
            "ClientMetadata": {"k": "v"},
        }));
        bed.call(SIGN_UP, request.clone()).await.refused(
            "UserLambdaValidationException",
            "PreSignUp failed with error Domain not allowed.",
        );
        assert_eq!((bed.users().await, bed.server.take_messages().len()), (0, 0));
        let said = json!({
            "userAttributes": {"email": "a@b.example"}, "validationData": {"captcha": "x"},
            "clientMetadata": {"k": "v"},
        });
        let silence =
            json!({"autoConfirmUser": false, "autoVerifyEmail": false, "autoVerifyPhone": false});
        let expected = event(&bed, "PreSignUp_SignUp", Some(&bed.client), said, silence.clone());
        assert_eq!(bed.server.functions.take_event(), expected);

        bed.server.functions.answer("PreSignUp", silence);
        let reply = bed.call(SIGN_UP, request.clone()).await.ok();
        assert_eq!(reply["UserConfirmed"], false);
        assert_eq!(bed.user("alice").await.status, UserStatus::Unconfirmed);
        bed.server.take_message();
        // A name that is taken is told without asking.
        bed.server.functions.take_events();
        bed.call(SIGN_UP, request).await.refused("UsernameExistsException", "User already exists");
        assert_eq!(bed.server.functions.take_events(), Vec::<Value>::new());
    }

    #[tokio::test]
    async fn what_a_trigger_does_not_say_well_changes_nothing() {
        use crate::ports::lambda::InvokeError;
        let bed = Bed::new(triggers(verifying(), &["PreSignUp"])).await;
        let unexpected = |cause: &str| {
            let text = format!("PreSignUp invocation failed due to {cause}.");
            ("UnexpectedLambdaException", text)
        };
        let attempt = async || bed.sign_up("alice", json!({"email": "a@b.example"})).await;
        let (name, text) = unexpected("configuration");
        attempt().await.refused(name, &text);
        for (error, attempts, cause) in [
            (InvokeError::Configuration("x".into()), 1, "configuration"),
            (InvokeError::Denied, 1, "error AccessDeniedException"),
            (InvokeError::Timeout, 3, "error Socket timeout while invoking Lambda function"),
            (InvokeError::Throttled, 3, "error TooManyRequestsException"),
            (InvokeError::Service("x".into()), 3, "error ServiceException"),
        ] {
            bed.server.functions.take_events();
            bed.server.functions.on("PreSignUp", move |_| Err(error.clone()));
            let (name, text) = unexpected(cause);
            attempt().await.refused(name, &text);
            assert_eq!(bed.server.functions.take_events().len(), attempts, "{cause}");
        }
        for answer in [
            json!(null),
            json!([]),
            json!("x"),
            json!({}),
            json!({"response": null}),
            json!({"response": {"autoConfirmUser": "true"}}),
        ] {
            bed.server.functions.on("PreSignUp", move |_| Ok(answer.clone()));
            attempt()
                .await
                .refused("InvalidLambdaResponseException", "Unrecognizable lambda output");
        }
        bed.server.functions.on("PreSignUp", |_| Err(InvokeError::TooLarge));
        attempt().await.refused("InvalidLambdaResponseException", "Unrecognizable lambda output");
        assert_eq!((bed.users().await, bed.server.take_messages().len()), (0, 0));
    }

    #[tokio::test]
    async fn a_call_that_fails_once_is_made_again() {
        use crate::ports::lambda::InvokeError;
        use std::sync::atomic::{AtomicU32, Ordering};
        let bed = Bed::new(triggers(json!({}), &["PreSignUp"])).await;
        let calls = AtomicU32::new(0);
        bed.server.functions.on("PreSignUp", move |event| {
            match calls.fetch_add(1, Ordering::Relaxed) {
                0 | 1 => Err(InvokeError::Timeout),
                _ => Ok(event.clone()),
            }
        });
        bed.sign_up("alice", json!({})).await.ok();
        assert_eq!(bed.server.functions.take_events().len(), 3);
        assert_eq!(bed.users().await, 1);
    }

    #[tokio::test]
    async fn pre_sign_up_confirms_and_then_post_confirmation_hears_of_it() {
        let bed = Bed::new(triggers(verifying(), &["PreSignUp", "PostConfirmation"])).await;
        let both = json!({"autoConfirmUser": true, "autoVerifyEmail": true});
        bed.server.functions.answer("PreSignUp", both);
        bed.server.functions.answer("PostConfirmation", json!({}));
        let reply = bed.sign_up("alice", json!({"email": "a@b.example"})).await.ok();
        let sub = &reply["UserSub"];
        assert_eq!(reply, json!({"UserConfirmed": true, "UserSub": sub}));
        let user = bed.user("alice").await;
        assert_eq!(user.status, UserStatus::Confirmed);
        assert_eq!(user.attribute("email_verified"), Some("true"));
        assert_eq!(bed.server.take_messages().len(), 0);
        let events = bed.server.functions.take_events();
        let said = json!({"userAttributes": {
            "sub": sub, "cognito:user_status": "CONFIRMED", "email": "a@b.example",
            "email_verified": "true",
        }});
        let source = "PostConfirmation_ConfirmSignUp";
        let expected = event(&bed, source, Some(&bed.client), said, json!({}));
        assert_eq!((events.len(), events.last()), (2, Some(&expected)));

        // The user is confirmed, whatever the second function says.
        bed.server.functions.fail("PostConfirmation", "late");
        bed.sign_up("bob", json!({"email": "b@b.example"}))
            .await
            .refused("UserLambdaValidationException", "PostConfirmation failed with error late.");
        assert_eq!(bed.user("bob").await.status, UserStatus::Confirmed);
        let both = ["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"];
        assert_eq!(bed.server.functions.take_sources(), both);
        // What is not there cannot be verified.
        let text = "Email is required to verify/un-verify an email";
        bed.sign_up("carol", json!({})).await.refused("InvalidParameterException", text);
        assert_eq!(bed.users().await, 2);
    }

    #[tokio::test]
    async fn an_address_that_a_trigger_verifies_moves() {
        let bed = Bed::new(triggers(email_alias(), &["PreSignUp"])).await;
        let says = |verifies: bool| {
            bed.server.functions.answer("PreSignUp", json!({ "autoVerifyEmail": verifies }));
        };
        says(false);
        let verified = json!({"email": "a@b.example", "email_verified": "true"});
        bed.created("owner", verified).await;
        bed.sign_up("alice", json!({"email": "a@b.example"})).await.ok();
        assert_eq!(bed.user("a@b.example").await.username, "owner");
        says(true);
        bed.sign_up("bob", json!({"email": "a@b.example"})).await.ok();
        assert_eq!(bed.user("a@b.example").await.username, "bob");
        assert_eq!(bed.user("owner").await.attribute("email_verified"), Some("false"));
        bed.server.take_messages();
    }

    #[tokio::test]
    async fn custom_message_writes_what_is_sent() {
        let bed = Bed::new(triggers(verifying(), &["CustomMessage"])).await;
        let texts = json!({
            "emailMessage": "<b>{####}</b> {username}", "emailSubject": "Hi\r\nBcc: x",
            "smsMessage": "not used",
        });
        bed.server.functions.answer("CustomMessage", texts);
        let request = asking(json!({
            "UserAttributes": listed(&json!({"email": "a@b.example"})),
            "ClientMetadata": {"lang": "de"},
        }));
        let reply = bed.call(SIGN_UP, request).await.ok();
        let message = bed.server.take_message();
        let code = code_of(&message);
        assert_eq!(message.body.expose(), &format!("<b>{code}</b> {{username}}"));
        assert_eq!(message.subject.as_deref(), Some("HiBcc: x"));
        let said = json!({
            "userAttributes": {
                "sub": reply["UserSub"], "cognito:user_status": "UNCONFIRMED",
                "email": "a@b.example",
            },
            "codeParameter": "{####}", "linkParameter": "{##Click Here##}",
            "usernameParameter": null, "clientMetadata": {"lang": "de"},
        });
        let silence = json!({"smsMessage": null, "emailMessage": null, "emailSubject": null});
        let source = "CustomMessage_SignUp";
        let expected = event(&bed, source, Some(&bed.client), said, silence.clone());
        let told = bed.server.functions.take_event();
        assert_eq!(told, expected);
        assert!(!told.to_string().contains(&code));
        bed.confirm("alice", &code).await.ok();

        // Nothing said is the pool's text; something unusable is nothing at all.
        bed.server.functions.answer("CustomMessage", silence);
        bed.sign_up("bob", json!({"email": "b@b.example"})).await.ok();
        let body = bed.server.take_message().body.expose().clone();
        assert!(body.starts_with("Your verification code is "), "{body}");
        bed.server.functions.answer("CustomMessage", json!({"emailMessage": "no code"}));
        bed.sign_up("carol", json!({"email": "c@b.example"}))
            .await
            .refused("InvalidLambdaResponseException", "Unrecognizable lambda output");
        assert_eq!((bed.find("carol").await, bed.server.take_messages().len()), (None, 0));
    }

    #[tokio::test]
    async fn an_operator_reads_what_triggers_were_called_and_said() {
        use crate::testing::{Key, ROOT};
        let bed = Bed::new(triggers(json!({}), &["PreSignUp"])).await;
        bed.server.functions.fail("PreSignUp", "Domain not allowed");
        let _ = bed.sign_up("canary-name", json!({"email": "canary@b.example"})).await;
        bed.server.functions.answer("PreSignUp", json!({"autoConfirmUser": true}));
        bed.sign_up("canary-two", json!({"email": "canary@b.example"})).await.ok();
        let path = "/_poolhouse/triggers";
        let read = bed.server.get_signed(ROOT, path).await.ok();
        assert!(!read.to_string().contains("canary"), "{read}");
        let calls = read["calls"].as_array().unwrap();
        assert_eq!(calls.len(), 2);
        assert_eq!((&calls[0]["failure"], &calls[0]["attempts"]), (&json!(null), &json!(1)));
        assert_eq!(calls[0]["answer"]["response"]["autoConfirmUser"], true);
        assert_eq!(calls[1]["failure"], "the function failed: Domain not allowed");
        assert_eq!(calls[1]["event"]["triggerSource"], "PreSignUp_SignUp");
        assert_eq!(calls[1]["pool"], json!(bed.pool));
        let other = bed.server.get_signed(ROOT, "/_poolhouse/triggers?pool=other").await.ok();
        assert_eq!(other, json!({"calls": []}));
        // Nobody else reads it.
        assert_eq!(bed.server.get(path).await.status, 403);
        let forged = Key { secret: "wrong", ..ROOT };
        assert_eq!(bed.server.get_signed(forged, path).await.status, 403);
    }
}
