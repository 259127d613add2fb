//! Sends a user who has forgotten the password a code for a new one; the code before stops working.
//!
//! The code goes to a verified address, in the order of the pool's `AccountRecoverySetting`, and not
//! to one by which the user also receives second factors. It works for an hour. Until it is used the
//! password stays what it is. Five an hour are sent to a user.
//!
//! A client that hides users gets the answer of a success for everybody: for names that belong to
//! nobody, disabled users, users whose password is temporary or an identity provider's, and users
//! without a verified address. The work is that of a real success, and the five an hour count.
//!
//! Differs from AWS / not verified:
//! - Five requests and fifteen guesses an hour, always; AWS counts both together, five to twenty by
//!   its estimate of the risk.
//! - That only administrators recover accounts is said before anybody looks for the user.
//! - An unconfirmed user whose address an administrator has verified is sent a code.
//! - A destination is made up by the form of the name, else by what the pool verifies, else by the
//!   first of the recovery mechanisms.
//! - A pool with a UserMigration trigger asks its function about unknown users; those whom it does not
//!   know are told as unknown users are, but the time that the function takes can tell them.
//! - A message that cannot be delivered at once is tried again; there is no error for it.

use poolhouse_domain::auth::secret_hash;
use poolhouse_domain::auth::start::Api;
use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::ClientId;
use poolhouse_domain::risk::event::{EventResponseType, EventType, Findings};
use poolhouse_domain::session::{CodePurpose, HourlyBudget};
use poolhouse_domain::user::User;
use poolhouse_domain::user::recovery::{self, By};
use poolhouse_wire::operations::ForgotPassword;
use poolhouse_wire::shapes::{
    CodeDeliveryDetailsType, ForgotPasswordRequest, ForgotPasswordResponse,
};

use super::codes::{self, Origin};
use super::resets;
use crate::drive::Drive;
use crate::ops::Operation;
use crate::ops::ctx::{Anonymous, Ctx, PoolAndClient, client_and_pool};
use crate::threat::{self, Scene};

/// What a code is pretended to be for, and what it costs.
const RESET: (CodePurpose, HourlyBudget) = (CodePurpose::Reset, HourlyBudget::ForgotPassword);

impl Operation for ForgotPassword {
    type Caller = Anonymous;

    async fn run(
        ctx: &mut Ctx<'_, Anonymous>,
        request: ForgotPasswordRequest,
    ) -> Result<ForgotPasswordResponse> {
        let id = &ClientId::new(&*request.client_id);
        let found = ctx.read(async |mut tx| client_and_pool(&mut tx, id).await).await?;
        let PoolAndClient { pool, client } = &found;
        let name = &*request.username;
        secret_hash::check(client, &[name], request.secret_hash.as_deref())?;
        recovery::check_open(pool.settings.recovery_mechanisms()).map_err(Error::UserState)?;
        let hides = client.settings.hides_users();
        let origin = Origin { pool, client: Some(id), metadata: request.client_metadata.as_ref() };
        let user = match codes::find_user(ctx, pool, name).await? {
            Some(user) => Some(user),
            None => {
                let metadata = request.client_metadata.clone();
                let drive = Drive::new(ctx, Api::Public, found.clone());
                drive.with_metadata(metadata).migrate(name, None).await?
            }
        };
        // Whether it is told or not: the work is the same.
        let seeming = codes::simulated_reset(ctx.app, pool, name);
        let claimed = request.user_context_data.as_ref();
        let from = threat::Origin::of_user(ctx.meta, client, claimed);
        let scene = Scene::of(ctx.app, pool, id, &from).await?;
        let details = match &user {
            Some(user) => match resets::medium(pool, By::User, user) {
                Ok(_) => send(ctx, origin, &scene, user).await?,
                Err(_) if hides => {
                    codes::pretend(ctx, &scene, &pool.id, user.sub.as_str(), RESET).await?;
                    seeming
                }
                Err(refusal) => return Err(refusal),
            },
            None if hides => {
                let subject = codes::hidden_subject_of(pool, name);
                codes::pretend(ctx, &scene, &pool.id, &subject, RESET).await?;
                seeming
            }
            None => return Err(Error::NobodyToRecover),
        };
        ctx.mail_enqueued();
        Ok(ForgotPasswordResponse { code_delivery_details: Some(details) })
    }
}

async fn send(
    ctx: &mut Ctx<'_, Anonymous>,
    origin: Origin<'_>,
    scene: &Scene,
    user: &User,
) -> Result<CodeDeliveryDetailsType> {
    let pool = origin.pool;
    let medium = resets::medium(pool, By::User, user)?;
    let code = &resets::issue(ctx, origin, user, medium).await?;
    let passed = (EventType::ForgotPassword, EventResponseType::Pass);
    let event = &scene.event(user, passed, Findings::default(), ctx.now, &mut ctx.rng);
    ctx.write(async |mut tx| {
        let current = tx.user_by_sub(&user.pool, &user.sub).await?;
        resets::check_same(pool, By::User, user, &current, medium)?;
        if !tx.spend(&user.pool, user.sub.as_str(), HourlyBudget::ForgotPassword).await? {
            return Err(Error::AttemptLimit);
        }
        threat::record(&mut tx, event.as_ref()).await?;
        code.store(&mut tx).await
    })
    .await?;
    Ok(code.details())
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::session::CodePurpose;
    use poolhouse_domain::user::{MfaFactor, UserStatus};
    use serde_json::{Value, json};

    use crate::ops::users::bed::*;
    use crate::testing::Reply;

    const NO_CONTACT: (&str, &str) = (
        "InvalidParameterException",
        "Cannot reset password for the user as there is no registered/verified email or \
         phone_number",
    );
    const STATE: (&str, &str) =
        ("NotAuthorizedException", "User password cannot be reset in the current state.");
    const ADMIN_ONLY: (&str, &str) =
        ("NotAuthorizedException", "Contact administrator to reset password.");

    fn recovering(names: &[&str]) -> Value {
        let one = |(priority, name): (i32, &&str)| json!({"Name": name, "Priority": priority});
        let mechanisms: Value = (1..).zip(names).map(one).collect();
        merged(
            verifying_both(),
            json!({"AccountRecoverySetting": {"RecoveryMechanisms": mechanisms}}),
        )
    }

    fn both_verified() -> Value {
        json!({
            "email": "test@test.com", "email_verified": "true",
            "phone_number": "+15550100", "phone_number_verified": "true",
        })
    }

    async fn forgot(bed: &Bed, name: &str) -> Reply {
        bed.call("ForgotPassword", json!({"Username": name})).await
    }

    async fn permanent(bed: &Bed, name: &str) {
        let request = json!({"Username": name, "Password": PASSWORD, "Permanent": true});
        bed.admin("AdminSetUserPassword", request).await.ok();
    }

    /// The user of Appendix C, 5: created by an administrator who vouches for the address.
    async fn vouched(bed: &Bed, name: &str, attributes: Value) {
        bed.created(name, attributes).await;
        permanent(bed, name).await;
    }

    #[tokio::test]
    async fn a_code_is_sent_to_the_verified_address() {
        let bed = Bed::with(verifying(), password_client()).await;
        vouched(&bed, "ann", json!({"email": "test@test.com", "email_verified": "True"})).await;
        let before = bed.user("ann").await;
        let body = forgot(&bed, "ann").await.ok();
        assert_eq!(
            body,
            json!({"CodeDeliveryDetails": {
                "Destination": "t***@t***", "DeliveryMedium": "EMAIL", "AttributeName": "email",
            }})
        );
        let message = bed.server.take_message();
        let code = code_of(&message);
        assert_eq!((message.kind.as_str(), code.len()), ("ForgotPassword", 6));
        assert_eq!(message.destination.expose(), "test@test.com");
        assert_eq!(message.subject.as_deref(), Some("Your password reset code"));
        assert_eq!(*message.body.expose(), format!("Your password reset code is {code}. "));
        let (id, sub) = (&bed.id(), &before.sub);
        let kept =
            bed.server.app.db.read(async |mut tx| tx.code(id, sub, CodePurpose::Reset).await);
        assert_eq!(kept.await.unwrap().unwrap().expires, bed.server.now().plus_secs(3600));
        // Nothing else changes: the password works on.
        assert_eq!(bed.user("ann").await, before);
        bed.sign_in("ann", PASSWORD).await.ok();
    }

    #[tokio::test]
    async fn the_pools_own_text_counts() {
        let settings = merged(
            verifying(),
            json!({"VerificationMessageTemplate": {
                "EmailMessage": "Take {####}!", "EmailSubject": "Here",
            }}),
        );
        let bed = Bed::new(settings).await;
        vouched(&bed, "ann", both_verified()).await;
        forgot(&bed, "ann").await.ok();
        let message = bed.server.take_message();
        assert_eq!(message.subject.as_deref(), Some("Here"));
        assert_eq!(*message.body.expose(), format!("Take {}!", code_of(&message)));
    }

    #[tokio::test]
    async fn priorities_choose_among_verified_addresses() {
        let (email, phone) = (("EMAIL", "t***@t***"), ("SMS", "+****0100"));
        for (mechanisms, unverified, expected) in [
            (&["verified_email", "verified_phone_number"][..], "", email),
            (&["verified_phone_number", "verified_email"], "", phone),
            (&["verified_phone_number", "verified_email"], "phone_number_verified", email),
            (&["verified_email", "verified_phone_number"], "email_verified", phone),
        ] {
            let bed = Bed::new(recovering(mechanisms)).await;
            vouched(&bed, "ann", both_verified()).await;
            bed.change("ann", |user| {
                user.attributes.remove(unverified);
            })
            .await;
            let details = forgot(&bed, "ann").await.ok()["CodeDeliveryDetails"].take();
            let got = (details["DeliveryMedium"].as_str(), details["Destination"].as_str());
            assert_eq!(got, (Some(expected.0), Some(expected.1)), "{mechanisms:?} {unverified}");
            assert_eq!(bed.server.take_message().medium.as_str(), expected.0);
        }
    }

    #[tokio::test]
    async fn a_second_factor_is_no_way_to_recover() {
        let bed = Bed::new(recovering(&["verified_phone_number", "verified_email"])).await;
        vouched(&bed, "ann", both_verified()).await;
        bed.change("ann", |user| user.mfa.active = vec![MfaFactor::Sms]).await;
        let details = forgot(&bed, "ann").await.ok();
        assert_eq!(details["CodeDeliveryDetails"]["DeliveryMedium"], "EMAIL");
        bed.server.take_messages();
        bed.change("ann", |user| user.mfa.active = vec![MfaFactor::Sms, MfaFactor::Email]).await;
        forgot(&bed, "ann").await.is(NO_CONTACT);
        assert_eq!(bed.server.take_messages().len(), 0);
    }

    #[tokio::test]
    async fn who_cannot_recover_is_told_why_and_nothing_is_sent() {
        let bed = Bed::new(verifying()).await;
        vouched(&bed, "ann", both_verified()).await;
        for (change, refusal) in [
            ((true, UserStatus::ForceChangePassword, true), STATE),
            ((true, UserStatus::ExternalProvider, true), STATE),
            ((false, UserStatus::Confirmed, true), DISABLED),
            ((true, UserStatus::Confirmed, false), NO_CONTACT),
            ((true, UserStatus::Unconfirmed, false), NO_CONTACT),
        ] {
            let (enabled, status, verified) = change;
            bed.change("ann", |user| {
                (user.enabled, user.status) = (enabled, status);
                for name in ["email_verified", "phone_number_verified"] {
                    user.attributes.insert(name.into(), verified.to_string());
                }
            })
            .await;
            let before = bed.user("ann").await;
            forgot(&bed, "ann").await.is(refusal);
            assert_eq!(bed.user("ann").await, before);
            let (id, sub) = (&bed.id(), &before.sub);
            let kept =
                bed.server.app.db.read(async |mut tx| tx.code(id, sub, CodePurpose::Reset).await);
            assert_eq!(kept.await.unwrap(), None, "{change:?}");
        }
        assert_eq!(bed.server.take_messages().len(), 0);
        forgot(&bed, "nobody")
            .await
            .is(("UserNotFoundException", "Username/client id combination not found."));
        for status in [UserStatus::Unconfirmed, UserStatus::ResetRequired] {
            bed.change("ann", |user| {
                user.status = status;
                user.attributes.insert("email_verified".into(), "true".into());
            })
            .await;
            forgot(&bed, "ann").await.ok();
        }
    }

    #[tokio::test]
    async fn where_administrators_recover_nobody_else_does() {
        let bed = Bed::new(recovering(&["admin_only"])).await;
        vouched(&bed, "ann", both_verified()).await;
        let hiding = bed.hiding_client().await;
        for name in ["ann", "nobody"] {
            forgot(&bed, name).await.is(ADMIN_ONLY);
            let request = json!({"ClientId": hiding, "Username": name});
            bed.call("ForgotPassword", request).await.is(ADMIN_ONLY);
        }
        assert_eq!(bed.server.take_messages().len(), 0);
    }

    #[tokio::test]
    async fn five_an_hour_are_sent_to_a_user() {
        let bed = Bed::new(verifying()).await;
        vouched(&bed, "ann", both_verified()).await;
        vouched(&bed, "bob", both_verified()).await;
        for _ in 0..5 {
            forgot(&bed, "ann").await.ok();
        }
        forgot(&bed, "ann").await.is(LIMIT);
        assert_eq!(bed.server.take_messages().len(), 5);
        forgot(&bed, "bob").await.ok();
        bed.server.advance_secs(3600);
        forgot(&bed, "ann").await.ok();
        let at_once = all_at_once((0..8).map(|_| forgot(&bed, "ann")).collect()).await;
        assert_eq!(at_once.iter().filter(|reply| reply.status == 200).count(), 4);
    }

    #[tokio::test]
    async fn aliases_name_the_user() {
        let bed = Bed::new(email_alias()).await;
        vouched(&bed, "ann", json!({"email": "a@b.example", "email_verified": "true"})).await;
        forgot(&bed, "a@b.example").await.ok();
        assert_eq!(bed.server.take_message().sub, bed.user("ann").await.sub);
    }

    #[tokio::test]
    async fn the_secret_hash_is_asked_for() {
        let bed = Bed::with(verifying(), json!({"GenerateSecret": true})).await;
        vouched(&bed, "ann", both_verified()).await;
        for name in ["ann", "nobody"] {
            let reply = forgot(&bed, name).await;
            assert_eq!(reply.body["__type"], "NotAuthorizedException");
        }
        assert_eq!(bed.server.take_messages().len(), 0);
        let unknown = json!({"ClientId": "nosuchclient", "Username": "ann"});
        bed.call("ForgotPassword", unknown)
            .await
            .refused("ResourceNotFoundException", "User pool client nosuchclient does not exist.");
    }

    #[tokio::test]
    async fn hiding_clients_answer_alike_for_everybody() {
        let bed = Bed::new(verifying()).await;
        let hiding = bed.hiding_client().await;
        for name in ["ann", "off", "tmp", "bare"] {
            vouched(&bed, name, json!({"email": "q@q.example", "email_verified": "true"})).await;
        }
        bed.change("off", |user| user.enabled = false).await;
        bed.change("tmp", |user| user.status = UserStatus::ForceChangePassword).await;
        bed.change("bare", |user| user.attributes.clear()).await;
        bed.server.take_messages();
        let ask = async |name: &str| {
            bed.call("ForgotPassword", json!({"ClientId": hiding, "Username": name})).await
        };
        let mut seen = Vec::new();
        for name in ["ann", "off", "tmp", "bare", "nobody"] {
            let mut replies = Vec::new();
            for _ in 0..7 {
                let mut reply = ask(name).await;
                let details = &mut reply.body["CodeDeliveryDetails"];
                if let Some(to) = details["Destination"].as_str() {
                    assert_eq!(to.len(), "q***@q***".len());
                    details["Destination"] = json!("somewhere");
                }
                replies.push(reply);
            }
            seen.push(replies);
        }
        assert!(seen.iter().all(|replies| *replies == seen[0]), "{seen:?}");
        assert_eq!(seen[0].iter().filter(|reply| reply.status == 200).count(), 5);
        assert_eq!(bed.server.take_messages().len(), 5, "to ann alone");
        // The same name seems to be sent to the same place each time, and an address to itself.
        bed.server.advance_secs(3600);
        assert_eq!(ask("nobody").await, ask("nobody").await);
        let details = ask("zoe@mail.example").await.ok()["CodeDeliveryDetails"].take();
        assert_eq!(details["Destination"], "z***@m***");
    }

    #[tokio::test]
    async fn custom_message_writes_what_is_sent() {
        let bed = Bed::new(with_trigger(verifying(), "CustomMessage")).await;
        let only_email = json!({"email": "a@b.example", "email_verified": "true"});
        bed.created("ann", only_email).await;
        permanent(&bed, "ann").await;
        bed.server.functions.answer("CustomMessage", json!({"emailMessage": "reset {####}"}));
        let request = json!({"Username": "ann", "ClientMetadata": {"k": "v"}});
        bed.call("ForgotPassword", request).await.ok();
        let message = bed.server.take_message();
        assert_eq!(message.body.expose(), &format!("reset {}", code_of(&message)));
        let told = bed.server.functions.take_event();
        assert_eq!(told["triggerSource"], "CustomMessage_ForgotPassword");
        assert_eq!(told["request"]["clientMetadata"], json!({"k": "v"}));
        bed.server.functions.fail("CustomMessage", "no");
        let text = "CustomMessage failed with error no.";
        forgot(&bed, "ann").await.refused("UserLambdaValidationException", text);
        assert_eq!(bed.server.take_messages().len(), 0);
    }

    #[tokio::test]
    async fn a_custom_sender_sends_in_our_place() {
        let bed = Bed::new(with_trigger(verifying(), "CustomEmailSender")).await;
        let only_email = json!({"email": "a@b.example", "email_verified": "true"});
        bed.created("ann", only_email).await;
        permanent(&bed, "ann").await;
        forgot(&bed, "ann").await.ok();
        let sent = bed.server.take_sent().await;
        assert_eq!(sent.event["triggerSource"], "CustomEmailSender_ForgotPassword");
        let confirm = json!({
            "Username": "ann", "ConfirmationCode": sent.code, "Password": "An0ther!pass",
        });
        bed.call("ConfirmForgotPassword", confirm).await.ok();
    }

    #[tokio::test]
    async fn a_user_who_is_known_elsewhere_comes_here_and_is_sent_a_code() {
        let bed = Bed::new(with_trigger(verifying(), "UserMigration")).await;
        let known = json!({
            "userAttributes": {"email": "ann@example.com", "email_verified": "true"},
            "finalUserStatus": "RESET_REQUIRED",
        });
        bed.server.functions.answer("UserMigration", known);
        let request = json!({"Username": "ann", "ClientMetadata": {"k": "v"}});
        let sent = bed.call("ForgotPassword", request.clone()).await.ok();
        assert_eq!(sent["CodeDeliveryDetails"]["Destination"], "a***@e***");
        let asked = bed.server.functions.take_event();
        assert_eq!(asked["triggerSource"], "UserMigration_ForgotPassword");
        assert_eq!(asked["userName"], "ann");
        assert_eq!(asked["request"]["clientMetadata"], json!({"k": "v"}));
        assert!(asked["request"].get("password").is_none_or(Value::is_null), "{asked}");
        let user = bed.user("ann").await;
        assert_eq!(user.status, UserStatus::ResetRequired);
        let code = code_of(&bed.server.take_message());
        let confirm = json!({"Username": "ann", "ConfirmationCode": code, "Password": PASSWORD});
        bed.call("ConfirmForgotPassword", confirm).await.ok();
        assert_eq!(bed.user("ann").await.status, UserStatus::Confirmed);
        // From now on the user is here, and nobody is asked.
        bed.call("ForgotPassword", request).await.ok();
        assert_eq!(bed.server.functions.take_events().len(), 0);
    }

    #[tokio::test]
    async fn whoever_is_known_nowhere_is_told_as_the_client_wants() {
        let bed = Bed::new(with_trigger(verifying(), "UserMigration")).await;
        let nothing = json!({"userAttributes": null, "finalUserStatus": null});
        bed.server.functions.answer("UserMigration", nothing);
        let hiding = bed.hiding_client().await;
        forgot(&bed, "nobody")
            .await
            .refused("UserNotFoundException", "Username/client id combination not found.");
        let request = json!({"ClientId": hiding, "Username": "nobody"});
        bed.call("ForgotPassword", request).await.ok();
        assert_eq!(bed.users().await, 0);
        assert_eq!(bed.server.take_messages().len(), 0);
    }
}
