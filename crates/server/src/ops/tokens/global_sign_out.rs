//! Signs the calling user out everywhere: refresh tokens end, access tokens are refused.
//!
//! ID tokens stay verifiable by whoever checks them without asking, until they expire.

use poolhouse_domain::error::Result;
use poolhouse_wire::operations::GlobalSignOut;
use poolhouse_wire::shapes::{GlobalSignOutRequest, GlobalSignOutResponse};

use super::sign_out;
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};

impl Operation for GlobalSignOut {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        _: GlobalSignOutRequest,
    ) -> Result<GlobalSignOutResponse> {
        let (pool, sub) = (ctx.caller.pool(), &ctx.caller.user().sub);
        ctx.write(async |mut tx| {
            let user = tx.user_by_sub(pool, sub).await?;
            sign_out(&mut tx, user).await
        })
        .await?;
        Ok(GlobalSignOutResponse {})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::client::{Application, token};

    #[tokio::test]
    async fn every_sign_in_of_the_user_ends_and_nobody_elses() {
        let app = Application::new(json!({}), json!({})).await;
        app.user("ada").await;
        app.user("bob").await;
        let (first, second) = (token(&app, "ada").await, token(&app, "ada").await);
        let other = token(&app, "bob").await;
        let request = json!({ "AccessToken": first });
        assert_eq!(app.server.call("GlobalSignOut", request).await.ok(), json!({}));
        for ended in [&first, &second] {
            let reply = app.server.call("GetUser", json!({ "AccessToken": ended })).await;
            reply.refused("NotAuthorizedException", "Access Token has been revoked");
        }
        app.server.call("GetUser", json!({ "AccessToken": other })).await.ok();
        let fresh = token(&app, "ada").await;
        app.server.call("GetUser", json!({ "AccessToken": fresh })).await.ok();
    }
}
