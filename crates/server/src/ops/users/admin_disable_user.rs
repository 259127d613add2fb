//! Shuts a user out: they can no longer sign in, and what they were given is revoked.
//!
//! They stay in the pool and are found and listed as before. To do it again changes nothing.
//!
//! Differs from AWS / not verified:
//! - Tokens of a disabled user answer `User is disabled.`, although they are also revoked.
//! - Doing it again leaves `UserLastModifiedDate` as it is.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::user::User;
use poolhouse_wire::operations::AdminDisableUser;
use poolhouse_wire::shapes::{AdminDisableUserRequest, AdminDisableUserResponse};

use super::named;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for AdminDisableUser {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminDisableUserRequest,
    ) -> Result<AdminDisableUserResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        ctx.write(async |mut tx| {
            let (_, user) = named::user(&mut tx, pool, name).await?;
            tx.revoke_all(&user.pool, &user.sub).await?;
            if !user.enabled {
                return Ok(());
            }
            let (stamp, modified) = (user.stamp.saturating_add(1), tx.now);
            tx.update_user(&User { enabled: false, stamp, modified, ..user }).await
        })
        .await?;
        Ok(AdminDisableUserResponse {})
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::user::UserStatus;
    use serde_json::json;

    use crate::ops::users::people::{
        DISABLED, TWIN, admin, me, of_pool, plain, refreshed, seen_in_twin, signed_in, twin,
    };
    use crate::testing::client::PASSWORD;
    use crate::testing::refused;

    const OPERATION: &str = "AdminDisableUser";

    #[tokio::test]
    async fn the_user_is_shut_out() {
        let app = plain().await;
        app.user("ada").await;
        app.user("bob").await;
        let (first, second) = (signed_in(&app, "ada").await, signed_in(&app, "ada").await);
        let bobs = signed_in(&app, "bob").await;
        assert_eq!(admin(&app, OPERATION, "ada").await.ok(), json!({}));
        let (name, text) = DISABLED;
        for tokens in [&first, &second] {
            me(&app, tokens).await.refused(name, text);
            let reply = refreshed(&app, tokens).await;
            assert_eq!(reply.body["__type"], name, "{}", reply.body);
        }
        app.password_sign_in("ada", PASSWORD).await.refused(name, text);
        me(&app, &bobs).await.ok();
        refreshed(&app, &bobs).await.ok();
    }

    #[tokio::test]
    async fn the_user_keeps_status_and_attributes_and_stays_listed() {
        let app = plain().await;
        app.user_in("ada", UserStatus::Unconfirmed, None).await;
        let mut expected = admin(&app, "AdminGetUser", "ada").await.ok();
        app.server.advance_secs(5);
        admin(&app, OPERATION, "ada").await.ok();
        expected["Enabled"] = json!(false);
        let modified = expected["UserLastModifiedDate"].as_f64().unwrap() + 5.0;
        let shown = admin(&app, "AdminGetUser", "ada").await.ok();
        assert_eq!(shown["UserLastModifiedDate"].as_f64(), Some(modified));
        expected["UserLastModifiedDate"] = shown["UserLastModifiedDate"].clone();
        assert_eq!(shown, expected);
        for (filter, found) in [("", 1), ("status = \"Disabled\"", 1), ("status = \"Enabled\"", 0)]
        {
            let request = of_pool(&app, json!({ "Filter": filter }));
            let users = app.server.admin("ListUsers", request).await.ok();
            assert_eq!(users["Users"].as_array().map(Vec::len), Some(found), "{filter}");
        }
    }

    #[tokio::test]
    async fn again_it_changes_nothing() {
        let app = plain().await;
        app.user("ada").await;
        admin(&app, OPERATION, "ada").await.ok();
        let once = admin(&app, "AdminGetUser", "ada").await.ok();
        app.server.advance_secs(60);
        assert_eq!(admin(&app, OPERATION, "ada").await.ok(), json!({}));
        assert_eq!(admin(&app, "AdminGetUser", "ada").await.ok(), once);
    }

    #[tokio::test]
    async fn a_sign_in_that_began_before_is_not_finished_even_if_the_user_is_enabled_again() {
        let app = plain().await;
        app.set_mfa("OPTIONAL").await;
        app.user("ada").await;
        let tokens = signed_in(&app, "ada").await;
        let seed = app.enrol_totp(tokens["AccessToken"].as_str().unwrap()).await;
        let (first, second) = (
            app.password_sign_in("ada", PASSWORD).await.ok(),
            app.password_sign_in("ada", PASSWORD).await.ok(),
        );
        admin(&app, OPERATION, "ada").await.ok();
        let reply = app.answer_totp(&first, "ada", &seed, None).await;
        assert_eq!(reply.body["__type"], "NotAuthorizedException");
        admin(&app, "AdminEnableUser", "ada").await.ok();
        let reply = app.answer_totp(&second, "ada", &seed, None).await;
        reply.refused("NotAuthorizedException", "Invalid session for the user.");
        let third = app.password_sign_in("ada", PASSWORD).await.ok();
        app.answer_totp(&third, "ada", &seed, None).await.ok();
    }

    #[tokio::test]
    async fn nobody_of_another_pool_is_touched() {
        let app = plain().await;
        app.user("ada").await;
        twin(&app.server, "ada").await;
        let before = seen_in_twin(&app.server, "ada").await;
        let tokens = signed_in(&app, "ada").await;
        app.server.advance_secs(1);
        admin(&app, OPERATION, "ada").await.ok();
        assert_eq!(seen_in_twin(&app.server, "ada").await, before);
        admin(&app, "AdminEnableUser", "ada").await.ok();
        let fresh = signed_in(&app, "ada").await;
        let request = json!({ "UserPoolId": TWIN, "Username": "ada" });
        app.server.admin(OPERATION, request).await.ok();
        me(&app, &fresh).await.ok();
        assert_ne!(tokens, fresh);
    }

    #[tokio::test]
    async fn pools_and_users_that_are_not_there_are_told() {
        refused::places(OPERATION, json!({})).await;
    }

    #[tokio::test]
    async fn callers_without_permission_are_refused() {
        refused::callers(OPERATION, json!({})).await;
    }
}
