//! Lets a user who was shut out sign in again.
//!
//! What they were given before stays revoked. To do it again changes nothing: who is enabled stays
//! signed in.
//!
//! Differs from AWS / not verified:
//! - That tokens from before stay revoked.
//! - Doing it again leaves `UserLastModifiedDate` as it is.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::user::User;
use poolhouse_wire::operations::AdminEnableUser;
use poolhouse_wire::shapes::{AdminEnableUserRequest, AdminEnableUserResponse};

use super::named;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for AdminEnableUser {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminEnableUserRequest,
    ) -> Result<AdminEnableUserResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        ctx.write(async |mut tx| {
            let (_, user) = named::user(&mut tx, pool, name).await?;
            if user.enabled {
                return Ok(());
            }
            let (stamp, modified) = (user.stamp.saturating_add(1), tx.now);
            tx.update_user(&User { enabled: true, stamp, modified, ..user }).await
        })
        .await?;
        Ok(AdminEnableUserResponse {})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ops::users::people::{
        REVOKED, TWIN, admin, me, plain, refreshed, seen_in_twin, signed_in, twin,
    };
    use crate::testing::refused;

    const OPERATION: &str = "AdminEnableUser";

    #[tokio::test]
    async fn the_user_signs_in_again_and_what_was_given_before_stays_revoked() {
        let app = plain().await;
        app.user("ada").await;
        let old = signed_in(&app, "ada").await;
        admin(&app, "AdminDisableUser", "ada").await.ok();
        app.server.advance_secs(5);
        assert_eq!(admin(&app, OPERATION, "ada").await.ok(), json!({}));
        let shown = admin(&app, "AdminGetUser", "ada").await.ok();
        assert_eq!(shown["Enabled"], true);
        let seconds = |member: &str| shown[member].as_f64().unwrap();
        assert_eq!(seconds("UserLastModifiedDate"), seconds("UserCreateDate") + 5.0);
        let (name, text) = REVOKED;
        me(&app, &old).await.refused(name, text);
        let text = "Refresh Token has been revoked";
        refreshed(&app, &old).await.refused("NotAuthorizedException", text);
        let new = signed_in(&app, "ada").await;
        me(&app, &new).await.ok();
        refreshed(&app, &new).await.ok();
    }

    #[tokio::test]
    async fn who_is_enabled_stays_signed_in() {
        let app = plain().await;
        app.user("ada").await;
        let tokens = signed_in(&app, "ada").await;
        let before = admin(&app, "AdminGetUser", "ada").await.ok();
        app.server.advance_secs(5);
        assert_eq!(admin(&app, OPERATION, "ada").await.ok(), json!({}));
        assert_eq!(admin(&app, "AdminGetUser", "ada").await.ok(), before);
        me(&app, &tokens).await.ok();
        refreshed(&app, &tokens).await.ok();
    }

    #[tokio::test]
    async fn nobody_of_another_pool_is_touched() {
        let app = plain().await;
        app.user("ada").await;
        twin(&app.server, "ada").await;
        let request = json!({ "UserPoolId": TWIN, "Username": "ada" });
        app.server.admin("AdminDisableUser", request).await.ok();
        admin(&app, "AdminDisableUser", "ada").await.ok();
        admin(&app, OPERATION, "ada").await.ok();
        assert_eq!(seen_in_twin(&app.server, "ada").await["Enabled"], false);
        assert_eq!(admin(&app, "AdminGetUser", "ada").await.ok()["Enabled"], true);
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
