//! Sends a new code to a user who has not confirmed the sign-up; the one before stops working.
//!
//! Differs from AWS / not verified:
//! - A user in any other status than UNCONFIRMED is `User is already confirmed.`
//! - Where nothing is verified automatically, a client that hides users is told so for users who
//!   do not exist, too: a success would give them away.
//! - A user who does not exist is `User does not exist.`; `Username/client id combination not
//!   found.` has been seen, too.
//! - The five an hour count for a name that belongs to nobody as well, where clients hide users.
//! - Failures of delivery: as SignUp.

use poolhouse_domain::auth::secret_hash;
use poolhouse_domain::error::{Error, Result, UserStateRefusal};
use poolhouse_domain::id::ClientId;
use poolhouse_domain::pool::Pool;
use poolhouse_domain::risk::event::{EventResponseType, EventType, Findings};
use poolhouse_domain::session::{CodePurpose, HourlyBudget};
use poolhouse_domain::user::delivery::MessageKind;
use poolhouse_domain::user::{User, UserStatus};
use poolhouse_wire::operations::ResendConfirmationCode;
use poolhouse_wire::shapes::{
    CodeDeliveryDetailsType, ResendConfirmationCodeRequest, ResendConfirmationCodeResponse,
};

use super::codes::{self, Origin};
use crate::ops::Operation;
use crate::ops::ctx::{Anonymous, Ctx, PoolAndClient, client_and_pool};
use crate::threat::{self, Scene};

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
        let user = codes::find_user(ctx, pool, name).await?;
        let from = threat::Origin::of_user(ctx.meta, client, request.user_context_data.as_ref());
        let scene = Scene::of(ctx.app, pool, &client.id, &from).await?;
        // Whether it is told or not: the work is the same.
        let seeming = codes::simulated_details(ctx.app, pool, name);
        let details = match user {
            Some(user) => {
                let metadata = request.client_metadata.as_ref();
                let origin = Origin { pool, client: Some(&client.id), metadata };
                resend(ctx, origin, &scene, &user).await?
            }
            None if client.settings.hides_users() => {
                pretend(ctx, &scene, pool, name).await?;
                seeming
            }
            None => return Err(Error::UserNotFound),
        };
        Ok(ResendConfirmationCodeResponse { code_delivery_details: Some(details) })
    }
}

async fn resend(
    ctx: &mut Ctx<'_, Anonymous>,
    origin: Origin<'_>,
    scene: &Scene,
    user: &User,
) -> Result<CodeDeliveryDetailsType> {
    check_state(user)?;
    let code = codes::issue_sign_up(ctx, origin, user, MessageKind::ResendCode).await?;
    let code = &code.ok_or(Error::UserState(UserStateRefusal::NoAutoVerification))?;
    let passed = (EventType::ResendCode, EventResponseType::Pass);
    let event = &scene.event(user, passed, Findings::default(), ctx.now, &mut ctx.rng);
    ctx.write(async |mut tx| {
        let current = tx.user_by_sub(&user.pool, &user.sub).await?;
        check_state(&current)?;
        if !tx.spend(&user.pool, user.sub.as_str(), BUDGET).await? {
            return Err(Error::AttemptLimit);
        }
        threat::record(&mut tx, event.as_ref()).await?;
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
    ctx: &mut Ctx<'_, Anonymous>,
    scene: &Scene,
    pool: &Pool,
    name: &str,
) -> Result<()> {
    if pool.settings.auto_verified().is_empty() {
        return Err(Error::UserState(UserStateRefusal::NoAutoVerification));
    }
    let subject = codes::hidden_subject_of(pool, name);
    codes::pretend(ctx, scene, &pool.id, &subject, (CodePurpose::SignUp, BUDGET)).await?;
    ctx.mail_enqueued();
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ops::users::bed::*;

    const RESEND: &str = "ResendConfirmationCode";
    const NOT_VERIFYING: (&str, &str) =
        ("InvalidParameterException", "Auto verification not turned on.");

    fn email() -> Value {
        json!({"email": "test@test.com"})
    }

    #[tokio::test]
    async fn a_new_code_ends_the_one_before() {
        let bed = Bed::new(verifying()).await;
        let first = bed.signed_up("alice", email()).await;
        bed.server.advance_secs(DAY_SECS / 2);
        let reply = bed.resend("alice").await.ok();
        let details = json!({
            "Destination": "t***@t***", "DeliveryMedium": "EMAIL", "AttributeName": "email",
        });
        assert_eq!(reply, json!({"CodeDeliveryDetails": details}));
        let message = bed.server.take_message();
        assert_eq!(
            (message.kind.as_str(), message.destination.expose().as_str()),
            ("ResendCode", "test@test.com")
        );
        let second = code_of(&message);
        assert_ne!(first, second);
        bed.confirm("alice", &first).await.is(MISMATCH);
        // Its day begins anew.
        bed.server.advance_secs(DAY_SECS - 1);
        bed.confirm("alice", &second).await.ok();
        bed.resend("alice")
            .await
            .refused("InvalidParameterException", "User is already confirmed.");
    }

    #[tokio::test]
    async fn five_an_hour_are_sent() {
        let bed = Bed::new(verifying()).await;
        bed.signed_up("alice", email()).await;
        for _ in 0..5 {
            bed.resend("alice").await.ok();
        }
        let code = code_of(&bed.server.take_messages()[4]);
        bed.resend("alice").await.is(LIMIT);
        assert_eq!(bed.server.take_messages().len(), 0);
        bed.server.advance_secs(3600);
        // The refused one left the last code as it was.
        bed.confirm("alice", &code).await.ok();
        bed.signed_up("bob", email()).await;
        bed.resend("bob").await.ok();
    }

    #[tokio::test]
    async fn there_must_be_an_address_to_verify() {
        let bed = Bed::new(json!({})).await;
        bed.sign_up("alice", email()).await.ok();
        bed.resend("alice").await.is(NOT_VERIFYING);
        let bed = Bed::new(verifying()).await;
        bed.sign_up("alice", json!({})).await.ok();
        bed.resend("alice").await.is(NOT_VERIFYING);
        // A phone number comes first, if there is one by now.
        let bed = Bed::new(verifying_both()).await;
        bed.signed_up("alice", email()).await;
        bed.change("alice", |user| {
            user.attributes.insert("phone_number".into(), "+15555559934".into());
        })
        .await;
        let reply = bed.resend("alice").await.ok();
        assert_eq!(reply["CodeDeliveryDetails"]["Destination"], "+*******9934");
        let code = code_of(&bed.server.take_message());
        bed.confirm("alice", &code).await.ok();
        assert_eq!(bed.user("alice").await.attribute("email_verified"), None);
    }

    #[tokio::test]
    async fn an_unknown_user_is_told_or_hidden() {
        let bed = Bed::new(verifying()).await;
        bed.resend("nobody").await.is(NOT_FOUND);
        let client = bed.hiding_client().await;
        let ask = async |name: &str| {
            bed.call(RESEND, json!({"ClientId": client, "Username": name})).await
        };
        let first = ask("nobody").await.ok();
        let details = &first["CodeDeliveryDetails"];
        assert_eq!(
            (&details["DeliveryMedium"], &details["AttributeName"]),
            (&json!("EMAIL"), &json!("email"))
        );
        for _ in 1..5 {
            assert_eq!(ask("nobody").await.ok(), first);
        }
        ask("nobody").await.is(LIMIT);
        let like_an_address = ask("test@test.com").await.ok();
        assert_eq!(like_an_address["CodeDeliveryDetails"]["Destination"], "t***@t***");
        assert_eq!((bed.server.take_messages().len(), bed.users().await), (0, 0));

        // Without automatic verification nobody gets a code, whether or not they exist.
        let bed = Bed::new(json!({})).await;
        bed.sign_up("alice", email()).await.ok();
        let client = bed.hiding_client().await;
        for name in ["alice", "nobody"] {
            let request = json!({"ClientId": client, "Username": name});
            bed.call(RESEND, request).await.is(NOT_VERIFYING);
        }
    }

    #[tokio::test]
    async fn states_without_a_code_are_refused() {
        let bed = Bed::new(verifying()).await;
        bed.created("invited", email()).await;
        let text = "User is already confirmed.";
        bed.resend("invited").await.refused("InvalidParameterException", text);
        bed.signed_up("alice", email()).await;
        bed.change("alice", |user| user.enabled = false).await;
        bed.resend("alice").await.is(DISABLED);
        assert_eq!(bed.server.take_messages().len(), 0);
    }

    #[tokio::test]
    async fn the_client_and_its_secret_come_first() {
        let bed = Bed::with(verifying(), json!({"GenerateSecret": true})).await;
        let text = format!(
            "Client {} is configured with secret but SECRET_HASH was not received",
            bed.client
        );
        bed.resend("nobody").await.refused("NotAuthorizedException", &text);
    }

    #[tokio::test]
    async fn custom_message_writes_what_is_sent() {
        let bed = Bed::new(verifying()).await;
        let code = bed.signed_up("alice", email()).await;
        bed.admin("UpdateUserPool", with_trigger(verifying(), "CustomMessage")).await.ok();
        bed.server.functions.fail("CustomMessage", "no");
        bed.resend("alice")
            .await
            .refused("UserLambdaValidationException", "CustomMessage failed with error no.");
        assert_eq!(bed.server.take_messages().len(), 0);
        bed.server.functions.take_events();
        bed.server.functions.answer("CustomMessage", json!({"emailMessage": "again {####}"}));
        let request = json!({"Username": "alice", "ClientMetadata": {"k": "v"}});
        bed.call(RESEND, request).await.ok();
        let told = bed.server.functions.take_event();
        assert_eq!(told["triggerSource"], "CustomMessage_ResendCode");
        assert_eq!(told["request"]["clientMetadata"], json!({"k": "v"}));
        assert_eq!(told["callerContext"]["clientId"], json!(bed.client));
        let message = bed.server.take_message();
        let second = code_of(&message);
        assert_eq!(message.body.expose(), &format!("again {second}"));
        assert_ne!(code, second);
        bed.confirm("alice", &second).await.ok();
    }

    #[tokio::test]
    async fn a_custom_sender_sends_in_our_place() {
        let bed = Bed::new(verifying()).await;
        let code = bed.signed_up("alice", email()).await;
        let lambda = with_trigger(verifying(), "CustomEmailSender");
        bed.admin("UpdateUserPool", lambda).await.ok();
        bed.server.advance_secs(1);
        bed.resend("alice").await.ok();
        let sent = bed.server.take_sent().await;
        assert_eq!(sent.event["triggerSource"], "CustomEmailSender_ResendCode");
        assert_ne!(sent.code, code);
        bed.confirm("alice", &sent.code).await.ok();
    }
}
