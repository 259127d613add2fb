//! Lists the sessions of the user; the one that asks is marked.
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
use poolhouse_wire::OperationSpec;
use poolhouse_wire::operations::ListUserSessions;
use poolhouse_wire::shapes::{ListUserSessionsRequest, ListUserSessionsResponse};

use super::{List, describe};
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};

impl Operation for ListUserSessions {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        request: ListUserSessionsRequest,
    ) -> Result<ListUserSessionsResponse> {
        let (pool, sub) = (&ctx.caller.pool().clone(), &ctx.caller.user().sub.clone());
        let list = List { operation: Self::NAME, pool, sub };
        let page = list.page(ctx, request.next_token.as_deref()).await?;
        let own = &ctx.caller.family().origin_jti;
        let described =
            page.sessions.iter().map(|family| describe(family, family.origin_jti == *own));
        Ok(ListUserSessionsResponse {
            sessions: Some(described.flatten().collect()),
            next_token: page.next,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ops::sessions::testing::{sessions, track, tracking};
    use crate::testing::client::{Application, PASSWORD, token};

    const OPERATION: &str = "ListUserSessions";

    async fn listed(app: &Application, token: &str) -> Vec<Value> {
        let listed = app.server.call(OPERATION, json!({ "AccessToken": token })).await.ok();
        assert!(listed.get("NextToken").is_none());
        listed["Sessions"].as_array().unwrap().clone()
    }

    #[tokio::test]
    async fn the_sessions_of_all_clients_are_listed_and_the_own_one_is_marked() {
        let app = tracking(5).await;
        app.user("ada").await;
        app.user("bob").await;
        let first = token(&app, "ada").await;
        app.server.advance_secs(1);
        let other = json!({
            "UserPoolId": app.pool, "ClientName": "other",
            "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
        });
        let other = app.server.admin("CreateUserPoolClient", other).await.ok();
        let other = &other["UserPoolClient"]["ClientId"];
        let sign_in = json!({
            "ClientId": other, "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": { "USERNAME": "ada", "PASSWORD": PASSWORD },
        });
        app.server.call("InitiateAuth", sign_in).await.ok();
        app.password_sign_in("bob", PASSWORD).await.ok();
        let sessions = listed(&app, &first).await;
        let shown: Vec<_> =
            sessions.iter().map(|s| (&s["ClientId"], &s["IsCurrentSession"])).collect();
        assert_eq!(shown, [(other, &json!(false)), (&json!(app.client), &json!(true))]);
        for personal in ["LastLocation", "OriginSessionId"] {
            assert!(sessions[0].get(personal).is_none());
        }
    }

    #[tokio::test]
    async fn the_user_agent_is_shown_as_far_as_it_prints() {
        let app = tracking(5).await;
        app.user("ada").await;
        let body = json!({
            "ClientId": app.client, "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": { "USERNAME": "ada", "PASSWORD": PASSWORD },
        });
        let headers = [
            ("content-type", "application/x-amz-json-1.1"),
            ("x-amz-target", "AWSCognitoIdentityProviderService.InitiateAuth"),
            ("user-agent", "Fox/1.0\u{1b}[31m (\u{202e}X11)"),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        app.server.send(headers, body.to_string().into()).await.ok();
        let sessions = sessions(&app, "ada").await;
        assert_eq!(sessions[0]["DeviceType"], "Fox/1.0[31m (X11)");
    }

    #[tokio::test]
    async fn without_tracking_the_list_is_empty() {
        let app = tracking(5).await;
        app.user("ada").await;
        let token = token(&app, "ada").await;
        track(&app, "DISABLED", 5).await;
        assert!(listed(&app, &token).await.is_empty());
    }

    #[tokio::test]
    async fn a_bad_token_is_refused() {
        let app = tracking(5).await;
        let reply = app.server.call(OPERATION, json!({ "AccessToken": "x" })).await;
        reply.refused("NotAuthorizedException", "Invalid Access Token");
        app.user("ada").await;
        let token = token(&app, "ada").await;
        let request = json!({ "AccessToken": token, "NextToken": "x" });
        let reply = app.server.call(OPERATION, request).await;
        reply.refused("InvalidParameterException", "Invalid pagination token given.");
    }
}
