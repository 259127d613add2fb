//! Signs a user out everywhere, as an administrator.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::AdminUserGlobalSignOut;
use poolhouse_wire::shapes::{AdminUserGlobalSignOutRequest, AdminUserGlobalSignOutResponse};

use super::sign_out;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, named_user};

impl Operation for AdminUserGlobalSignOut {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminUserGlobalSignOutRequest,
    ) -> Result<AdminUserGlobalSignOutResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        ctx.write(async |mut tx| {
            let pool = tx.pool(pool).await?;
            let user = named_user(&mut tx, &pool, name).await?;
            sign_out(&mut tx, user).await
        })
        .await?;
        Ok(AdminUserGlobalSignOutResponse {})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::client::{Application, token};

    #[tokio::test]
    async fn every_sign_in_of_the_user_ends_and_the_user_may_begin_anew() {
        let app = Application::new(json!({}), json!({})).await;
        app.user("ada").await;
        let access = token(&app, "ada").await;
        let request = json!({ "UserPoolId": app.pool, "Username": "ada" });
        for _ in 0..2 {
            let done = app.server.admin("AdminUserGlobalSignOut", request.clone()).await.ok();
            assert_eq!(done, json!({}));
        }
        let reply = app.server.call("GetUser", json!({ "AccessToken": access })).await;
        reply.refused("NotAuthorizedException", "Access Token has been revoked");
        let fresh = token(&app, "ada").await;
        app.server.call("GetUser", json!({ "AccessToken": fresh })).await.ok();
    }

    #[tokio::test]
    async fn pool_user_and_signature_must_be_there() {
        let app = Application::new(json!({}), json!({})).await;
        let request = |pool: &str| json!({ "UserPoolId": pool, "Username": "nobody" });
        let name = "AdminUserGlobalSignOut";
        let unknown = app.server.admin(name, request(&app.pool)).await;
        unknown.refused("UserNotFoundException", "User does not exist.");
        let unknown = app.server.admin(name, request("us-east-1_Nowhere00")).await;
        let text = "User pool us-east-1_Nowhere00 does not exist.";
        unknown.refused("ResourceNotFoundException", text);
        let unsigned = app.server.call(name, request(&app.pool)).await;
        unsigned.refused("MissingAuthenticationTokenException", "Missing Authentication Token");
    }
}
