//! Has a user choose a new password, as an administrator: the present one stops working at once,
//! and a code for a new one is sent.
//!
//! The user is RESET_REQUIRED: they neither sign in nor refresh nor act with the tokens that they
//! have, until ConfirmForgotPassword takes the code. A user who is so already is sent another code.
//! The code goes where ForgotPassword would send it; where only administrators recover accounts, to
//! the phone before the email. It is not one of the five that users get an hour.
//!
//! Differs from AWS / not verified:
//! - An unconfirmed user's password cannot be reset by an administrator.
//! - A message that cannot be delivered at once is tried again; there is no error for it.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::user::recovery::By;
use poolhouse_domain::user::{User, UserStatus};
use poolhouse_wire::operations::AdminResetUserPassword;
use poolhouse_wire::shapes::{AdminResetUserPasswordRequest, AdminResetUserPasswordResponse};

use super::codes::Origin;
use super::{named, resets};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for AdminResetUserPassword {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminResetUserPasswordRequest,
    ) -> Result<AdminResetUserPasswordResponse> {
        let (id, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let found = ctx.read(async |mut tx| named::user(&mut tx, id, name).await);
        let (pool, user) = &found.await?;
        let medium = resets::medium(pool, By::Administrator, user)?;
        let origin = Origin { pool, client: None, metadata: request.client_metadata.as_ref() };
        let code = &resets::issue(ctx, origin, user, medium).await?;
        ctx.write(async |mut tx| {
            let current = tx.user_by_sub(&user.pool, &user.sub).await?;
            resets::check_same(pool, By::Administrator, user, &current, medium)?;
            let stamp = current.stamp.saturating_add(1);
            let (status, modified) = (UserStatus::ResetRequired, tx.now);
            tx.update_user(&User { status, stamp, modified, ..current }).await?;
            code.store(&mut tx).await
        })
        .await?;
        ctx.mail_enqueued();
        Ok(AdminResetUserPasswordResponse {})
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::user::{MfaFactor, UserStatus};
    use serde_json::{Value, json};

    use crate::ops::users::bed::*;
    use crate::ops::users::passwords::testing::is_for_administrators;
    use crate::testing::Reply;

    const NEW: &str = "Changed-Passw0rd!";
    const REQUIRED: (&str, &str) =
        ("PasswordResetRequiredException", "Password reset required for the user");

    async fn reset(bed: &Bed, name: &str) -> Reply {
        bed.admin("AdminResetUserPassword", json!({"Username": name})).await
    }

    async fn confirmed(settings: Value) -> Bed {
        let bed = Bed::with(settings, password_client()).await;
        let code = bed.signed_up("ann", json!({"email": "a@b.example"})).await;
        bed.confirm("ann", &code).await.ok();
        bed
    }

    async fn finish(bed: &Bed, code: &str) -> Reply {
        let request = json!({"Username": "ann", "ConfirmationCode": code, "Password": NEW});
        bed.call("ConfirmForgotPassword", request).await
    }

    #[tokio::test]
    async fn the_old_password_and_tokens_stop_working_until_a_new_one_is_chosen() {
        let bed = confirmed(verifying()).await;
        let tokens = bed.sign_in("ann", PASSWORD).await.ok()["AuthenticationResult"].take();
        let stamp = bed.user("ann").await.stamp;
        assert_eq!(reset(&bed, "ann").await.ok(), json!({}));
        let message = bed.server.take_message();
        assert_eq!((message.kind.as_str(), code_of(&message).len()), ("ForgotPassword", 6));
        let user = bed.user("ann").await;
        assert_eq!((user.status, user.stamp), (UserStatus::ResetRequired, stamp + 1));
        bed.sign_in("ann", PASSWORD).await.is(REQUIRED);
        let act = json!({"AccessToken": tokens["AccessToken"]});
        bed.server.call("GetUser", act.clone()).await.is(REQUIRED);
        let refresh = json!({
            "ClientId": bed.client, "AuthFlow": "REFRESH_TOKEN_AUTH",
            "AuthParameters": {"REFRESH_TOKEN": tokens["RefreshToken"]},
        });
        bed.admin("AdminInitiateAuth", refresh).await.is(REQUIRED);
        finish(&bed, &code_of(&message)).await.ok();
        bed.sign_in("ann", NEW).await.ok();
        bed.server.call("GetUser", act).await.ok();
    }

    #[tokio::test]
    async fn a_reset_can_be_repeated_and_the_newest_code_counts() {
        let bed = confirmed(verifying()).await;
        for _ in 0..7 {
            reset(&bed, "ann").await.ok();
        }
        let mut codes: Vec<_> = bed.server.take_messages().iter().map(code_of).collect();
        let newest = codes.pop().unwrap();
        if codes[0] != newest {
            finish(&bed, &codes[0]).await.is(MISMATCH);
        }
        finish(&bed, &newest).await.ok();
    }

    #[tokio::test]
    async fn a_reset_works_where_only_administrators_recover() {
        let settings = merged(
            verifying(),
            json!({"AccountRecoverySetting": {
                "RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}],
            }}),
        );
        let bed = confirmed(settings).await;
        reset(&bed, "ann").await.ok();
        let code = code_of(&bed.server.take_message());
        finish(&bed, &code).await.ok();
    }

    #[tokio::test]
    async fn what_is_refused_changes_nothing() {
        let bed = confirmed(verifying()).await;
        let no_contact = (
            "InvalidParameterException",
            "Cannot reset password for the user as there is no registered/verified email or \
             phone_number",
        );
        let state =
            ("NotAuthorizedException", "User password cannot be reset in the current state.");
        for (enabled, status, verified, mfa, refusal) in [
            (false, UserStatus::Confirmed, true, vec![], DISABLED),
            (true, UserStatus::Unconfirmed, true, vec![], state),
            (true, UserStatus::ForceChangePassword, true, vec![], state),
            (true, UserStatus::ExternalProvider, true, vec![], state),
            (true, UserStatus::Confirmed, false, vec![], no_contact),
            (true, UserStatus::Confirmed, true, vec![MfaFactor::Email], no_contact),
        ] {
            bed.change("ann", |user| {
                (user.enabled, user.status) = (enabled, status);
                user.mfa.active.clone_from(&mfa);
                user.attributes.insert("email_verified".into(), verified.to_string());
            })
            .await;
            let before = bed.user("ann").await;
            reset(&bed, "ann").await.is(refusal);
            assert_eq!(bed.user("ann").await, before);
        }
        assert_eq!(bed.server.take_messages().len(), 0);
    }

    #[tokio::test]
    async fn a_custom_sender_sends_in_our_place() {
        let bed = Bed::new(with_trigger(verifying(), "CustomEmailSender")).await;
        bed.created("ann", json!({"email": "a@b.example", "email_verified": "true"})).await;
        bed.change("ann", |user| user.status = UserStatus::Confirmed).await;
        reset(&bed, "ann").await.ok();
        let sent = bed.server.take_sent().await;
        assert_eq!(sent.event["triggerSource"], "CustomEmailSender_ForgotPassword");
        assert_eq!(sent.event["callerContext"]["clientId"], "CLIENT_ID_NOT_APPLICABLE");
    }

    #[tokio::test]
    async fn only_administrators_and_of_users_that_are_there() {
        is_for_administrators("AdminResetUserPassword", json!({})).await;
    }
}
