//! Ends another session of the user. The session that asks is refused: it ends with GlobalSignOut or
//! RevokeToken.
//!
//! Its refresh and access tokens are refused from then on, by every server of the database.
//!
//! Differs from AWS / not verified:
//! - What is no live session of the user gives ResourceNotFoundException; so does every id in a pool
//!   that does not track sessions.
//! - `RevokeAssociatedSessions` is accepted: there are no browser sessions yet that it could end.
//! - The refusal of the own session is InvalidParameterException; the service's name is not known.

use poolhouse_domain::error::{Error, Result, UserSessionRefusal};
use poolhouse_domain::id::SessionId;
use poolhouse_wire::operations::RevokeUserSession;
use poolhouse_wire::shapes::{RevokeUserSessionRequest, RevokeUserSessionResponse};

use super::revoke;
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};

impl Operation for RevokeUserSession {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        request: RevokeUserSessionRequest,
    ) -> Result<RevokeUserSessionResponse> {
        let id = &SessionId::new(request.session_id);
        let own = ctx.caller.family().session.as_ref();
        if own.is_some_and(|session| session.id == *id) {
            return Err(Error::UserSession(UserSessionRefusal::Current));
        }
        let (pool, sub) = (ctx.caller.pool(), &ctx.caller.user().sub);
        ctx.write(async |mut tx| {
            let pool = tx.pool(pool).await?;
            revoke(&mut tx, &pool, sub, id).await
        })
        .await?;
        Ok(RevokeUserSessionResponse {})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ops::sessions::testing::{sessions, track, tracking};
    use crate::testing::Reply;
    use crate::testing::client::{Application, PASSWORD};

    const MISSING: (&str, &str) = ("ResourceNotFoundException", "Session does not exist.");

    async fn sign_in(app: &Application, name: &str) -> Value {
        app.server.advance_secs(1);
        app.password_sign_in(name, PASSWORD).await.ok()["AuthenticationResult"].clone()
    }

    async fn revoke(app: &Application, by: &Value, id: &Value) -> Reply {
        let request = json!({ "AccessToken": by["AccessToken"], "SessionId": id });
        app.server.call("RevokeUserSession", request).await
    }

    #[tokio::test]
    async fn another_session_ends_and_the_own_one_does_not() {
        let app = tracking(5).await;
        app.user("ada").await;
        let (first, second) = (sign_in(&app, "ada").await, sign_in(&app, "ada").await);
        let listed = sessions(&app, "ada").await;
        let (newer, older) = (&listed[0]["SessionId"], &listed[1]["SessionId"]);
        let own = revoke(&app, &first, older).await;
        own.refused("InvalidParameterException", "The current session cannot be revoked.");
        assert_eq!(sessions(&app, "ada").await, listed);
        assert_eq!(revoke(&app, &first, newer).await.ok(), json!({}));
        let reply =
            app.server.call("GetUser", json!({ "AccessToken": second["AccessToken"] })).await;
        reply.refused("NotAuthorizedException", "Access Token has been revoked");
        let refresh = json!({ "REFRESH_TOKEN": second["RefreshToken"] });
        let reply = app.initiate("REFRESH_TOKEN_AUTH", refresh).await;
        reply.refused("NotAuthorizedException", "Refresh Token has been revoked");
        app.server.call("GetUser", json!({ "AccessToken": first["AccessToken"] })).await.ok();
        revoke(&app, &first, newer).await.refused(MISSING.0, MISSING.1);
    }

    #[tokio::test]
    async fn nobody_ends_the_session_of_another_user() {
        let app = tracking(5).await;
        app.user("ada").await;
        app.user("bob").await;
        let (ada, _) = (sign_in(&app, "ada").await, sign_in(&app, "bob").await);
        let before = sessions(&app, "bob").await;
        revoke(&app, &ada, &before[0]["SessionId"]).await.refused(MISSING.0, MISSING.1);
        assert_eq!(sessions(&app, "bob").await, before);
    }

    #[tokio::test]
    async fn without_tracking_there_is_no_session() {
        let app = tracking(5).await;
        app.user("ada").await;
        let (first, second) = (sign_in(&app, "ada").await, sign_in(&app, "ada").await);
        let id = sessions(&app, "ada").await[0]["SessionId"].clone();
        track(&app, "DISABLED", 5).await;
        revoke(&app, &first, &id).await.refused(MISSING.0, MISSING.1);
        app.server.call("GetUser", json!({ "AccessToken": second["AccessToken"] })).await.ok();
    }
}
