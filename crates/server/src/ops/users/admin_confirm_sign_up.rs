//! Confirms a sign-up without a code. No address is verified by it.
//!
//! Differs from AWS / not verified:
//! - A disabled user can be confirmed.
//! - When the PostConfirmation trigger fails, so does the call, and the user is confirmed.
//! - AliasExistsException when the user was given a preferred username that another user holds,
//!   which the model does not list for this operation.

use poolhouse_domain::error::{Error, Result, UserStateRefusal};
use poolhouse_domain::id::PoolId;
use poolhouse_domain::user::username::Purpose;
use poolhouse_domain::user::{User, UserStatus};
use poolhouse_wire::operations::AdminConfirmSignUp;
use poolhouse_wire::shapes::{AdminConfirmSignUpRequest, AdminConfirmSignUpResponse};

use super::codes::Origin;
use super::creation;
use crate::ops::ctx::{Ctx, Signed};
use crate::ops::{Operation, aliases};

impl Operation for AdminConfirmSignUp {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminConfirmSignUpRequest,
    ) -> Result<AdminConfirmSignUpResponse> {
        let pool = &PoolId::new(request.user_pool_id);
        let pool = ctx.read(async |mut tx| tx.pool(pool).await).await?;
        let names = pool.settings.sign_in_names();
        let lookups = names.lookups(Purpose::Admin, &request.username);
        let (id, names, lookups) = (&pool.id, &names, &lookups);
        let confirmed = ctx.write(async |mut tx| {
            let before = tx.user_by(id, lookups).await?;
            if before.status != UserStatus::Unconfirmed {
                let status = before.status.as_str();
                return Err(Error::UserState(UserStateRefusal::CannotConfirm(status)));
            }
            let after = User {
                status: UserStatus::Confirmed,
                stamp: before.stamp.saturating_add(1),
                modified: tx.now,
                ..before.clone()
            };
            aliases::sync(&mut tx, names, Some(&before), &after).await?;
            tx.update_user(&after).await?;
            Ok(after)
        });
        let confirmed = confirmed.await?;
        let metadata = request.client_metadata.as_ref();
        let origin = Origin { pool: &pool, client: None, metadata };
        creation::post_confirmation(ctx, origin, &confirmed).await?;
        Ok(AdminConfirmSignUpResponse {})
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::user::UserStatus;
    use serde_json::json;

    use crate::ops::pools::testing::{UNKNOWN, finds_no_pool, needs_a_signature};
    use crate::ops::users::bed::*;

    const CONFIRM: &str = "AdminConfirmSignUp";

    #[tokio::test]
    async fn a_user_is_confirmed_and_no_address_verified() {
        let bed = Bed::with(verifying(), password_client()).await;
        let code = bed.signed_up("alice", json!({"email": "a@b.example"})).await;
        bed.server.advance_secs(60);
        let reply = bed.admin(CONFIRM, json!({"Username": "alice"})).await.ok();
        assert_eq!(reply, json!({}));
        let user = bed.user("alice").await;
        assert_eq!((user.status, user.modified), (UserStatus::Confirmed, bed.server.now()));
        assert_eq!(user.attribute("email_verified"), None);
        bed.sign_in("alice", PASSWORD).await.ok();
        bed.confirm("alice", &code).await.is(CONFIRMED);
        assert_eq!(bed.user("alice").await, user);
    }

    #[tokio::test]
    async fn only_an_unconfirmed_user_can_be() {
        let bed = Bed::new(json!({})).await;
        bed.sign_up("alice", json!({})).await.ok();
        bed.admin(CONFIRM, json!({"Username": "alice"})).await.ok();
        bed.admin(CONFIRM, json!({"Username": "alice"})).await.is(CONFIRMED);
        bed.created("invited", json!({})).await;
        let text = "User cannot be confirmed. Current status is FORCE_CHANGE_PASSWORD";
        bed.admin(CONFIRM, json!({"Username": "invited"}))
            .await
            .refused("NotAuthorizedException", text);
        bed.admin(CONFIRM, json!({"Username": "nobody"})).await.is(NOT_FOUND);
    }

    #[tokio::test]
    async fn a_user_is_found_by_name_address_and_subject() {
        let bed = Bed::new(email_as_username()).await;
        for name in ["a@b.example", "c@d.example"] {
            bed.sign_up(name, json!({})).await.ok();
        }
        bed.admin(CONFIRM, json!({"Username": "a@b.example"})).await.ok();
        let sub = bed.user("c@d.example").await.sub;
        bed.admin(CONFIRM, json!({"Username": sub.as_str()})).await.ok();
        let bed = Bed::new(json!({"UsernameConfiguration": {"CaseSensitive": false}})).await;
        bed.sign_up("alice", json!({})).await.ok();
        let sub = bed.user("alice").await.sub;
        bed.admin(CONFIRM, json!({"Username": sub.as_str()})).await.ok();
        bed.admin(CONFIRM, json!({"Username": "ALICE"})).await.is(CONFIRMED);
    }

    #[tokio::test]
    async fn a_preferred_username_counts_from_now_on() {
        let bed = Bed::new(json!({"AliasAttributes": ["preferred_username"]})).await;
        for name in ["alice", "bob"] {
            bed.sign_up(name, json!({})).await.ok();
            bed.change(name, |user| {
                user.attributes.insert("preferred_username".into(), "ally".into());
            })
            .await;
        }
        assert_eq!(bed.find("ally").await, None);
        bed.admin(CONFIRM, json!({"Username": "alice"})).await.ok();
        assert_eq!(bed.user("ally").await.username, "alice");
        let text = "An account with the preferred_username already exists.";
        bed.admin(CONFIRM, json!({"Username": "bob"})).await.refused("AliasExistsException", text);
        assert_eq!(bed.user("bob").await.status, UserStatus::Unconfirmed);
    }

    #[tokio::test]
    async fn the_door_is_for_administrators() {
        let bed = Bed::new(json!({})).await;
        bed.sign_up("alice", json!({})).await.ok();
        let request = json!({"UserPoolId": bed.pool, "Username": "alice"});
        needs_a_signature(&bed.server, CONFIRM, request.clone()).await;
        let elsewhere = json!({"UserPoolId": UNKNOWN, "Username": "alice"});
        finds_no_pool(&bed.server, CONFIRM, elsewhere).await;
        assert_eq!(bed.user("alice").await.status, UserStatus::Unconfirmed);
    }

    #[tokio::test]
    async fn post_confirmation_hears_of_it_and_cannot_undo_it() {
        let bed = Bed::new(with_trigger(json!({}), "PostConfirmation")).await;
        bed.server.functions.fail("PostConfirmation", "late");
        let sub = bed.sign_up("alice", json!({})).await.ok()["UserSub"].clone();
        let request = json!({"Username": "alice", "ClientMetadata": {"k": "v"}});
        let text = "PostConfirmation failed with error late.";
        bed.admin(CONFIRM, request.clone()).await.refused("UserLambdaValidationException", text);
        assert_eq!(bed.user("alice").await.status, UserStatus::Confirmed);
        let said = json!({
            "userAttributes": {"sub": sub, "cognito:user_status": "CONFIRMED"},
            "clientMetadata": {"k": "v"},
        });
        let expected = event(&bed, "PostConfirmation_ConfirmSignUp", None, said, json!({}));
        assert_eq!(bed.server.functions.take_event(), expected);
        bed.admin(CONFIRM, request).await.is(CONFIRMED);
        assert_eq!(bed.server.functions.take_events(), Vec::<serde_json::Value>::new());
    }
}
