//! Deletes a user, with everything that was kept about them, at once.
//!
//! The username and the aliases are free afterwards; who takes them is somebody else, with another
//! subject. Tokens of the deleted user answer `User does not exist.`

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::AdminDeleteUser;
use poolhouse_wire::shapes::AdminDeleteUserRequest;

use super::named;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for AdminDeleteUser {
    type Caller = Signed;

    async fn run(ctx: &mut Ctx<'_, Signed>, request: AdminDeleteUserRequest) -> Result<()> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        ctx.write(async |mut tx| {
            let (_, user) = named::user(&mut tx, pool, name).await?;
            tx.delete_user(&user.pool, &user.sub).await
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ops::users::people::{
        NOBODY, TWIN, admin, answer_bytes, me, of_pool, plain, refreshed, seen_in_twin, signed_in,
        twin,
    };
    use crate::testing::client::{Application, PASSWORD};
    use crate::testing::devices::insert_user;
    use crate::testing::refused;

    const OPERATION: &str = "AdminDeleteUser";

    #[tokio::test]
    async fn the_user_is_gone() {
        let app = plain().await;
        app.user("ada").await;
        app.user("bob").await;
        let (tokens, bobs) = (signed_in(&app, "ada").await, signed_in(&app, "bob").await);
        admin(&app, OPERATION, "ada").await.ok();
        let (name, text) = NOBODY;
        me(&app, &tokens).await.refused(name, text);
        assert_ne!(refreshed(&app, &tokens).await.status, 200);
        app.password_sign_in("ada", PASSWORD).await.refused(name, text);
        for operation in ["AdminGetUser", "AdminDisableUser", "AdminEnableUser", OPERATION] {
            admin(&app, operation, "ada").await.refused(name, text);
        }
        let listed = app.server.admin("ListUsers", of_pool(&app, json!({}))).await.ok();
        assert_eq!(listed["Users"].as_array().map(Vec::len), Some(1));
        assert_eq!(listed["Users"][0]["Username"], "bob");
        let pool = app.server.admin("DescribeUserPool", of_pool(&app, json!({}))).await.ok();
        assert_eq!(pool["UserPool"]["EstimatedNumberOfUsers"], 1);
        me(&app, &bobs).await.ok();
    }

    #[tokio::test]
    async fn the_answer_has_no_body_at_all() {
        let app = plain().await;
        app.user("ada").await;
        let request = of_pool(&app, json!({ "Username": "ada" }));
        assert_eq!(answer_bytes(&app.server, OPERATION, request).await, (200, 0));
    }

    #[tokio::test]
    async fn username_and_aliases_are_free_for_somebody_else() {
        let app = Application::new(json!({ "AliasAttributes": ["email"] }), json!({})).await;
        let old = insert_user(&app.server, &app.pool, "ada").await;
        admin(&app, OPERATION, "ada@example.com").await.ok();
        let new = insert_user(&app.server, &app.pool, "ada").await;
        assert_ne!(old.sub, new.sub);
        let (name, text) = NOBODY;
        admin(&app, "AdminGetUser", old.sub.as_str()).await.refused(name, text);
        for known in ["ada", "ada@example.com"] {
            let shown = admin(&app, "AdminGetUser", known).await.ok();
            assert_eq!(shown["UserAttributes"][0]["Value"], json!(new.sub), "{known}");
        }
    }

    #[tokio::test]
    async fn who_takes_the_name_inherits_nothing() {
        let app = Application::with_devices(false, false).await;
        app.user("ada").await;
        let tokens = signed_in(&app, "ada").await;
        let result = app.srp_sign_in("ada", None).await.ok()["AuthenticationResult"].clone();
        app.confirm_device(&result).await;
        let seed = app.enrol_totp(tokens["AccessToken"].as_str().unwrap()).await;
        let begun = app.password_sign_in("ada", PASSWORD).await.ok();
        admin(&app, OPERATION, "ada").await.ok();
        app.user("ada").await;
        // Neither a sign-in that began before, nor tokens, nor devices, nor the authenticator.
        let reply = app.answer_totp(&begun, "ada", &seed, None).await;
        assert_ne!(reply.status, 200, "{}", reply.body);
        let (name, text) = NOBODY;
        me(&app, &tokens).await.refused(name, text);
        assert_ne!(refreshed(&app, &tokens).await.status, 200);
        let devices = admin(&app, "AdminListDevices", "ada").await.ok();
        assert_eq!(devices, json!({ "Devices": [] }));
        let shown = me(&app, &signed_in(&app, "ada").await).await.ok();
        assert_eq!(shown.get("UserMFASettingList"), None);
    }

    #[tokio::test]
    async fn nobody_of_another_pool_is_touched() {
        let app = plain().await;
        app.user("ada").await;
        let tokens = signed_in(&app, "ada").await;
        let other = twin(&app.server, "ada").await;
        let before = seen_in_twin(&app.server, "ada").await;
        let (name, text) = NOBODY;
        admin(&app, OPERATION, other.sub.as_str()).await.refused(name, text);
        admin(&app, OPERATION, "ada").await.ok();
        assert_eq!(seen_in_twin(&app.server, "ada").await, before);
        me(&app, &tokens).await.refused(name, text);
        let request = json!({ "UserPoolId": TWIN, "Username": "ada" });
        app.server.admin(OPERATION, request).await.ok();
    }

    #[tokio::test]
    async fn disabled_users_can_be_deleted() {
        let app = plain().await;
        app.user("ada").await;
        admin(&app, "AdminDisableUser", "ada").await.ok();
        admin(&app, OPERATION, "ada").await.ok();
        let (name, text) = NOBODY;
        admin(&app, "AdminGetUser", "ada").await.refused(name, text);
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
