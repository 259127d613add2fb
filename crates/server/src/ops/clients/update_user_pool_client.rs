//! Replaces the settings of an app client: what the request leaves out goes back to its default.
//!
//! The name is kept where it is left out, and the secret always.
//!
//! Differs from AWS / not verified:
//! - Two updates at once both succeed, one after the other: ConcurrentModificationException does
//!   not occur.
//! - What is said of CreateUserPoolClient holds here as well.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::{ClientId, PoolId};
use poolhouse_wire::operations::UpdateUserPoolClient;
use poolhouse_wire::shapes::{UpdateUserPoolClientRequest, UpdateUserPoolClientResponse};

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for UpdateUserPoolClient {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: UpdateUserPoolClientRequest,
    ) -> Result<UpdateUserPoolClientResponse> {
        let now = ctx.now;
        let pool = PoolId::new(request.user_pool_id.clone());
        let id = ClientId::new(&*request.client_id);
        let client = ctx.write(async |mut tx| {
            let pool = tx.pool(&pool).await?;
            let client = tx.client_in_pool(&pool.id, &id).await?;
            let client = client.update(&request, &pool, now)?;
            tx.update_client(&client).await?;
            Ok(client)
        });
        Ok(UpdateUserPoolClientResponse { user_pool_client: Some(client.await?.describe()) })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ops::clients::testing::{client, described, finds_no_client};
    use crate::ops::pools::testing::{UNKNOWN, finds_no_pool, needs_a_signature, pool};
    use crate::testing::{START, TestServer};

    const OPERATION: &str = "UpdateUserPoolClient";

    #[tokio::test]
    async fn settings_are_replaced_and_name_and_secret_kept() {
        let server = TestServer::new().await;
        let pool = pool(&server, json!({})).await;
        let settings = json!({
            "ClientName": "web", "GenerateSecret": true, "EnableTokenRevocation": false,
            "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"], "ReadAttributes": ["email"],
        });
        let id = client(&server, &pool, settings).await;
        let mut expected = described(&server, &pool, &id).await;
        server.advance_secs(3);
        let request = json!({"UserPoolId": pool, "ClientId": id, "AuthSessionValidity": 5});
        let answer = server.admin(OPERATION, request).await.ok();

        let members = expected.as_object_mut().unwrap();
        members.remove("ExplicitAuthFlows");
        members.remove("ReadAttributes");
        expected["EnableTokenRevocation"] = json!(true);
        expected["AuthSessionValidity"] = json!(5);
        expected["LastModifiedDate"] = json!((START.as_secs() + 3) as f64);
        assert_eq!(answer, json!({"UserPoolClient": expected}));
        assert_eq!(described(&server, &pool, &id).await, expected);
    }

    #[tokio::test]
    async fn a_refused_update_changes_nothing() {
        let server = TestServer::new().await;
        let pool = pool(&server, json!({})).await;
        let id = client(&server, &pool, json!({})).await;
        let before = described(&server, &pool, &id).await;
        server.advance_secs(1);
        let ask = |name: &str, value| json!({"UserPoolId": pool, "ClientId": id, name: value});
        let invalid = "InvalidParameterException";
        let read = server.admin(OPERATION, ask("ReadAttributes", json!(["nobody"]))).await;
        read.refused(invalid, "Invalid read attributes specified while updating a client");
        let flows = ["USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"];
        let mixed = server.admin(OPERATION, ask("ExplicitAuthFlows", json!(flows))).await;
        mixed.refused(invalid, "Cannot mix legacy and non legacy auth flows.");
        let context = "EnablePropagateAdditionalUserContextData";
        let public = server.admin(OPERATION, ask(context, json!(true))).await;
        public.refused(invalid, &format!("{context} requires a client with a secret."));
        assert_eq!(described(&server, &pool, &id).await, before);
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
    async fn only_signed_callers_change_clients() {
        let server = TestServer::new().await;
        let request = json!({"UserPoolId": UNKNOWN, "ClientId": "x"});
        needs_a_signature(&server, OPERATION, request).await;
    }
}
