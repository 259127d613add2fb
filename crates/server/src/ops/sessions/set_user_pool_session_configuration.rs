//! Sets whether a pool tracks its users' sessions, and how many each may have. It replaces both.
//!
//! Sign-ins are tracked from then on. At the next sign-in of a user who has as many sessions as there
//! may be, the ones that were used least recently end. Switched off, the settings of clients are
//! kept, and the sessions too: they are there again when it is switched on, unless they ended.
//!
//! Differs from AWS / not verified:
//! - Sign-ins before tracking was switched on have no session: they are neither listed nor counted,
//!   and go on until something else ends them.
//! - A plan without the feature is refused whatever is set, DISABLED too.
//! - Two calls at once both succeed, one after the other: ConcurrentModificationException does not
//!   occur.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::SetUserPoolSessionConfiguration;
use poolhouse_wire::shapes::{
    SetUserPoolSessionConfigurationRequest, SetUserPoolSessionConfigurationResponse,
};

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for SetUserPoolSessionConfiguration {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: SetUserPoolSessionConfigurationRequest,
    ) -> Result<SetUserPoolSessionConfigurationResponse> {
        let now = ctx.now;
        let id = &PoolId::new(request.user_pool_id.clone());
        ctx.write(async |mut tx| {
            let pool = tx.pool(id).await?.set_sessions(&request, now)?;
            tx.update_pool(&pool).await
        })
        .await?;
        Ok(SetUserPoolSessionConfigurationResponse {
            token_session: Some(request.token_session),
            user_pool_id: Some(request.user_pool_id),
            user_session_tracking: Some(request.user_session_tracking),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ops::pools::testing::{UNKNOWN, finds_no_pool, needs_a_signature, pool};
    use crate::ops::sessions::testing::{sessions, track, tracking};
    use crate::testing::TestServer;
    use crate::testing::client::{PASSWORD, with};

    const OPERATION: &str = "SetUserPoolSessionConfiguration";
    const READ: &str = "GetUserPoolSessionConfiguration";

    fn request(pool: &str, tracking: &str, max: i64) -> Value {
        json!({
            "UserPoolId": pool, "UserSessionTracking": tracking,
            "TokenSession": { "MaxPerUser": max },
        })
    }

    #[tokio::test]
    async fn it_replaces_what_was_set_and_an_update_of_the_pool_keeps_it() {
        let server = TestServer::new().await;
        let pool = pool(&server, json!({})).await;
        for (tracking, max) in [("ENABLED", 1), ("DISABLED", 100), ("ENABLED", 7)] {
            let request = request(&pool, tracking, max);
            assert_eq!(server.admin(OPERATION, request.clone()).await.ok(), request);
            let read = server.admin(READ, json!({ "UserPoolId": pool })).await.ok();
            assert_eq!(read, request);
        }
        server.admin("UpdateUserPool", json!({ "UserPoolId": pool })).await.ok();
        let read = server.admin(READ, json!({ "UserPoolId": pool })).await.ok();
        assert_eq!(read, request(&pool, "ENABLED", 7));
    }

    #[tokio::test]
    async fn the_plan_must_have_it_and_cannot_be_left_with_it() {
        let server = TestServer::new().await;
        let lite = pool(&server, json!({ "UserPoolTier": "LITE" })).await;
        let name = "FeatureUnavailableInTierException";
        let text = "Following features need to be disabled for this tier or upgrade the tier: User \
                    Session Tracking";
        for tracking in ["ENABLED", "DISABLED"] {
            server.admin(OPERATION, request(&lite, tracking, 5)).await.refused(name, text);
        }
        let read = server.admin(READ, json!({ "UserPoolId": lite })).await.ok();
        assert_eq!(read, request(&lite, "DISABLED", 20));
        let pool = pool(&server, json!({})).await;
        let leave = json!({ "UserPoolId": pool, "UserPoolTier": "LITE" });
        server.admin(OPERATION, request(&pool, "ENABLED", 5)).await.ok();
        let refused = server.admin("UpdateUserPool", leave.clone()).await;
        assert_eq!(refused.body["__type"], "TierChangeNotAllowedException");
        server.admin(OPERATION, request(&pool, "DISABLED", 5)).await.ok();
        server.admin("UpdateUserPool", leave).await.ok();
    }

    #[tokio::test]
    async fn the_least_recently_used_sessions_end_at_the_next_sign_in() {
        let app = tracking(3).await;
        app.user("ada").await;
        let sign_in = async || {
            app.server.advance_secs(100);
            app.password_sign_in("ada", PASSWORD).await.ok()["AuthenticationResult"].clone()
        };
        let results = [sign_in().await, sign_in().await, sign_in().await];
        app.server.advance_secs(100);
        let refresh = json!({ "ClientId": app.client, "RefreshToken": results[0]["RefreshToken"] });
        app.server.call("GetTokensFromRefreshToken", refresh).await.ok();
        sign_in().await;
        let get = async |result: &Value| {
            let request = json!({ "AccessToken": result["AccessToken"] });
            app.server.call("GetUser", request).await
        };
        get(&results[0]).await.ok();
        let revoked = ("NotAuthorizedException", "Access Token has been revoked");
        get(&results[1]).await.refused(revoked.0, revoked.1);
        get(&results[2]).await.ok();
        assert_eq!(sessions(&app, "ada").await.len(), 3);
        // A lower limit takes effect at the next sign-in, not before.
        track(&app, "ENABLED", 1).await;
        assert_eq!(sessions(&app, "ada").await.len(), 3);
        let last = sign_in().await;
        get(&results[0]).await.refused(revoked.0, revoked.1);
        get(&last).await.ok();
        assert_eq!(sessions(&app, "ada").await.len(), 1);
    }

    #[tokio::test]
    async fn a_failed_sign_in_ends_nothing_and_other_users_have_their_own() {
        let app = tracking(1).await;
        app.user("ada").await;
        app.user("bob").await;
        app.password_sign_in("ada", PASSWORD).await.ok();
        let before = sessions(&app, "ada").await;
        assert_ne!(app.password_sign_in("ada", "Wrong-1!").await.status, 200);
        app.password_sign_in("bob", PASSWORD).await.ok();
        assert_eq!(sessions(&app, "ada").await, before);
    }

    #[tokio::test]
    async fn sign_ins_are_tracked_while_it_is_on() {
        let app = tracking(5).await;
        app.user("ada").await;
        app.password_sign_in("ada", PASSWORD).await.ok();
        track(&app, "DISABLED", 5).await;
        let untracked = app.password_sign_in("ada", PASSWORD).await.ok();
        assert!(sessions(&app, "ada").await.is_empty());
        track(&app, "ENABLED", 1).await;
        assert_eq!(sessions(&app, "ada").await.len(), 1);
        app.password_sign_in("ada", PASSWORD).await.ok();
        assert_eq!(sessions(&app, "ada").await.len(), 1);
        let get = json!({ "AccessToken": untracked["AuthenticationResult"]["AccessToken"] });
        app.server.call("GetUser", get).await.ok();
    }

    #[tokio::test]
    async fn requests_are_checked() {
        let server = TestServer::new().await;
        let id = pool(&server, json!({})).await;
        needs_a_signature(&server, OPERATION, request(&id, "ENABLED", 5)).await;
        finds_no_pool(&server, OPERATION, request(UNKNOWN, "ENABLED", 5)).await;
        for wrong in [
            json!({ "TokenSession": { "MaxPerUser": 0 } }),
            json!({ "TokenSession": { "MaxPerUser": 101 } }),
            json!({ "TokenSession": null }),
            json!({ "UserSessionTracking": "MAYBE" }),
            json!({ "UserSessionTracking": null }),
        ] {
            let reply = server.admin(OPERATION, with(request(&id, "ENABLED", 5), wrong)).await;
            assert_eq!(reply.body["__type"], "InvalidParameterException");
        }
        let read = server.admin(READ, json!({ "UserPoolId": id })).await.ok();
        assert_eq!(read, request(&id, "DISABLED", 20));
    }
}
