//! Lists the sessions of a user.
//!
//! The newest first, in pages of at most 125: those that are alive, of all clients of the pool.
//!
//! Differs from AWS / not verified:
//! - A pool that does not track sessions gives an empty list.
//! - A session whose device was forgotten is not alive: it cannot be refreshed, though its last
//!   access token works until it expires.
//! - `DeviceType` is the user agent of the sign-in in its own words; `LastLocation` is left out.
//! - `LastActiveDate` of clients whose refresh tokens do not rotate is exact to a minute.
//! - A pagination token is good for an hour, for this user alone; the text for any other is
//!   Poolhouse's own.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::OperationSpec;
use poolhouse_wire::operations::AdminListUserSessions;
use poolhouse_wire::shapes::{AdminListUserSessionsRequest, AdminListUserSessionsResponse};

use super::{List, describe};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, named_user};

impl Operation for AdminListUserSessions {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminListUserSessionsRequest,
    ) -> Result<AdminListUserSessionsResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let user = ctx.read(async |mut tx| {
            let pool = tx.pool(pool).await?;
            named_user(&mut tx, &pool, name).await
        });
        let user = user.await?;
        let list = List { operation: Self::NAME, pool, sub: &user.sub };
        let page = list.page(ctx, request.next_token.as_deref()).await?;
        let sessions = page.sessions.iter().filter_map(|family| describe(family, false)).collect();
        Ok(AdminListUserSessionsResponse { next_token: page.next, sessions: Some(sessions) })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ops::sessions::testing::{sessions, tracking};
    use crate::testing::client::{Application, PASSWORD};
    use poolhouse_domain::id::{OriginJti, SessionId};
    use poolhouse_domain::session::TokenSession;

    const OPERATION: &str = "AdminListUserSessions";

    #[tokio::test]
    async fn a_session_is_described_and_none_is_the_current_one() {
        let app = tracking(5).await;
        app.user("ada").await;
        app.user("bob").await;
        let began = app.server.now().as_secs();
        let signed_in = app.password_sign_in("ada", PASSWORD).await.ok();
        app.server.advance_secs(90);
        let refresh = json!({ "REFRESH_TOKEN": signed_in["AuthenticationResult"]["RefreshToken"] });
        app.initiate("REFRESH_TOKEN_AUTH", refresh).await.ok();
        let listed = sessions(&app, "ada").await;
        let id = listed[0]["SessionId"].as_str().unwrap();
        assert!(id.starts_with("tkn") && id.len() == 28, "{id}");
        let expected = json!({
            "SessionId": id, "SessionType": "TOKEN", "ClientId": app.client,
            "CreateDate": began, "LastActiveDate": began + 90, "LastIPAddress": "192.0.2.1",
            "IsCurrentSession": false,
        });
        let mut got = listed[0].clone();
        for date in ["CreateDate", "LastActiveDate"] {
            got[date] = json!(got[date].as_f64().unwrap() as i64);
        }
        assert_eq!((listed.len(), got), (1, expected));
        assert!(sessions(&app, "bob").await.is_empty());
    }

    #[tokio::test]
    async fn sessions_that_ended_are_not_listed() {
        let app = tracking(5).await;
        app.user("ada").await;
        let first = app.password_sign_in("ada", PASSWORD).await.ok();
        app.password_sign_in("ada", PASSWORD).await.ok();
        let token = &first["AuthenticationResult"]["RefreshToken"];
        let revoke = json!({ "ClientId": app.client, "Token": token });
        app.server.call("RevokeToken", revoke).await.ok();
        assert_eq!(sessions(&app, "ada").await.len(), 1);
        app.server.advance_secs(30 * 24 * 3600);
        assert!(sessions(&app, "ada").await.is_empty());
    }

    /// More sessions than a user can have by signing in.
    async fn crowd(app: &Application, count: usize) {
        let user = app.user("ada").await;
        app.password_sign_in("ada", PASSWORD).await.ok();
        let (pool, sub, now) = (&user.pool, &user.sub, app.server.now());
        let write = app.server.app.db.write(now, async |mut tx| {
            let listed = tx.list_sessions(pool, sub, now, None, 1).await?;
            for n in 1..count {
                let mut family = listed[0].clone();
                family.origin_jti = OriginJti::new(format!("family {n}"));
                family.refresh_hash = [u8::try_from(n).unwrap(); 32];
                family.session = family.session.map(|session| TokenSession {
                    id: SessionId::new(format!("tkn{n:025}")),
                    ..session
                });
                tx.put_family(&family).await?;
            }
            Ok(())
        });
        write.await.unwrap();
    }

    #[tokio::test]
    async fn a_page_has_125_and_the_token_leads_to_the_rest() {
        let app = tracking(100).await;
        crowd(&app, 130).await;
        let mut request = json!({ "UserPoolId": app.pool, "Username": "ada" });
        let first = app.server.admin(OPERATION, request.clone()).await.ok();
        request["NextToken"] = first["NextToken"].clone();
        let second = app.server.admin(OPERATION, request.clone()).await.ok();
        let pages = [&first["Sessions"], &second["Sessions"]];
        assert_eq!(pages.map(|page| page.as_array().unwrap().len()), [125, 5]);
        assert!(second.get("NextToken").is_none());
        let ids: std::collections::BTreeSet<_> = pages
            .into_iter()
            .flat_map(|page| page.as_array().unwrap())
            .map(|session| session["SessionId"].as_str().unwrap())
            .collect();
        assert_eq!(ids.len(), 130);
        app.user("bob").await;
        request["Username"] = json!("bob");
        let foreign = app.server.admin(OPERATION, request).await;
        foreign.refused("InvalidParameterException", "Invalid pagination token given.");
    }

    #[tokio::test]
    async fn unknown_users_and_pools_are_not_found() {
        let app = tracking(5).await;
        let nobody = json!({ "UserPoolId": app.pool, "Username": "nobody" });
        let reply = app.server.admin(OPERATION, nobody.clone()).await;
        reply.refused("UserNotFoundException", "User does not exist.");
        let nowhere = json!({ "UserPoolId": "us-east-1_Nowhere00", "Username": "ada" });
        let reply = app.server.admin(OPERATION, nowhere).await;
        assert_eq!(reply.body["__type"], "ResourceNotFoundException");
        let unsigned = app.server.call(OPERATION, nobody).await;
        assert_eq!(unsigned.body["__type"], "MissingAuthenticationTokenException");
    }
}
