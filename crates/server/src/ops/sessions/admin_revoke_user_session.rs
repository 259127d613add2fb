//! Ends a session of a user.
//!
//! Its refresh and access tokens are refused from then on, by every server of the database.
//!
//! Differs from AWS / not verified:
//! - What is no live session of the user gives ResourceNotFoundException; so does every id in a pool
//!   that does not track sessions.
//! - `RevokeAssociatedSessions` is accepted: there are no browser sessions yet that it could end.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::{PoolId, SessionId};
use poolhouse_wire::operations::AdminRevokeUserSession;
use poolhouse_wire::shapes::{AdminRevokeUserSessionRequest, AdminRevokeUserSessionResponse};

use super::revoke;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, named_user};

impl Operation for AdminRevokeUserSession {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminRevokeUserSessionRequest,
    ) -> Result<AdminRevokeUserSessionResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let id = &SessionId::new(request.session_id);
        ctx.write(async |mut tx| {
            let pool = tx.pool(pool).await?;
            let user = named_user(&mut tx, &pool, name).await?;
            revoke(&mut tx, &pool, &user.sub, id).await
        })
        .await?;
        Ok(AdminRevokeUserSessionResponse {})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ops::sessions::testing::{sessions, tracking};
    use crate::testing::client::{Application, token};

    const OPERATION: &str = "AdminRevokeUserSession";

    fn request(app: &Application, name: &str, id: &Value) -> Value {
        json!({ "UserPoolId": app.pool, "Username": name, "SessionId": id })
    }

    #[tokio::test]
    async fn the_users_session_ends_and_another_users_is_not_found() {
        let app = tracking(5).await;
        app.user("ada").await;
        app.user("bob").await;
        let (ada, bob) = (token(&app, "ada").await, token(&app, "bob").await);
        let id = &sessions(&app, "ada").await[0]["SessionId"];
        let foreign = app.server.admin(OPERATION, request(&app, "bob", id)).await;
        foreign.refused("ResourceNotFoundException", "Session does not exist.");
        let nobody = app.server.admin(OPERATION, request(&app, "nobody", id)).await;
        nobody.refused("UserNotFoundException", "User does not exist.");
        let unsigned = app.server.call(OPERATION, request(&app, "ada", id)).await;
        assert_eq!(unsigned.body["__type"], "MissingAuthenticationTokenException");
        app.server.call("GetUser", json!({ "AccessToken": ada })).await.ok();
        let linked = json!({ "RevokeAssociatedSessions": "LINKED" });
        let request = crate::testing::client::with(request(&app, "ada", id), linked);
        assert_eq!(app.server.admin(OPERATION, request.clone()).await.ok(), json!({}));
        let reply = app.server.call("GetUser", json!({ "AccessToken": ada })).await;
        reply.refused("NotAuthorizedException", "Access Token has been revoked");
        app.server.call("GetUser", json!({ "AccessToken": bob })).await.ok();
        let again = app.server.admin(OPERATION, request).await;
        again.refused("ResourceNotFoundException", "Session does not exist.");
    }
}
