//! Shows an app client with all its settings, and its secret.
//!
//! Differs from AWS / not verified:
//! - `ClientType` is always shown.
//! - Of two secrets the older one is shown; which one the service shows is not known.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::{ClientId, PoolId};
use poolhouse_wire::operations::DescribeUserPoolClient;
use poolhouse_wire::shapes::{DescribeUserPoolClientRequest, DescribeUserPoolClientResponse};

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for DescribeUserPoolClient {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: DescribeUserPoolClientRequest,
    ) -> Result<DescribeUserPoolClientResponse> {
        let pool = PoolId::new(request.user_pool_id);
        let id = ClientId::new(request.client_id.into_inner());
        let client = ctx.read(async |mut tx| {
            tx.pool(&pool).await?;
            tx.client_in_pool(&pool, &id).await
        });
        let user_pool_client = client.await?.describe();
        Ok(DescribeUserPoolClientResponse { user_pool_client: Some(user_pool_client) })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ops::clients::testing::{client, described, finds_no_client};
    use crate::ops::pools::testing::{UNKNOWN, finds_no_pool, needs_a_signature, pool};
    use crate::testing::TestServer;

    const OPERATION: &str = "DescribeUserPoolClient";

    #[tokio::test]
    async fn settings_are_shown_as_they_were_sent() {
        let server = TestServer::new().await;
        let pool = pool(&server, json!({})).await;
        let settings = json!({
            "ClientName": "web", "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"],
            "TokenValidityUnits": {"AccessToken": "minutes"}, "AccessTokenValidity": 30,
            "CallbackURLs": ["http://localhost:3000/cb"], "SupportedIdentityProviders": ["COGNITO"],
            "PreventUserExistenceErrors": "ENABLED",
        });
        let id = client(&server, &pool, settings.clone()).await;
        let shown = described(&server, &pool, &id).await;
        for (name, sent) in settings.as_object().unwrap() {
            if name != "TokenValidityUnits" {
                assert_eq!(shown[name], *sent, "{name}");
            }
        }
        assert_eq!(
            shown["TokenValidityUnits"],
            json!({"AccessToken": "minutes", "IdToken": "hours", "RefreshToken": "days"})
        );
        assert_eq!(shown.get("ClientSecret"), None);
    }

    #[tokio::test]
    async fn a_client_elsewhere_is_not_found() {
        finds_no_client(&TestServer::new().await, OPERATION).await;
    }

    #[tokio::test]
    async fn an_unknown_pool_is_not_found() {
        let server = TestServer::new().await;
        finds_no_pool(&server, OPERATION, json!({"UserPoolId": UNKNOWN, "ClientId": "x"})).await;
    }

    #[tokio::test]
    async fn only_signed_callers_see_clients() {
        let server = TestServer::new().await;
        let request = json!({"UserPoolId": UNKNOWN, "ClientId": "x"});
        needs_a_signature(&server, OPERATION, request).await;
    }
}
