//! Deletes an app client.
//!
//! Tokens that were issued through it verify until they expire, but no operation takes them.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::{ClientId, PoolId};
use poolhouse_wire::operations::DeleteUserPoolClient;
use poolhouse_wire::shapes::DeleteUserPoolClientRequest;

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for DeleteUserPoolClient {
    type Caller = Signed;

    async fn run(ctx: &mut Ctx<'_, Signed>, request: DeleteUserPoolClientRequest) -> Result<()> {
        let pool = PoolId::new(request.user_pool_id);
        let id = ClientId::new(request.client_id.into_inner());
        ctx.write(async |mut tx| {
            tx.pool(&pool).await?;
            tx.delete_client(&pool, &id).await
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ops::clients::testing::{client, described, finds_no_client};
    use crate::ops::pools::testing::{UNKNOWN, finds_no_pool, needs_a_signature, pool};
    use crate::testing::TestServer;

    const OPERATION: &str = "DeleteUserPoolClient";

    #[tokio::test]
    async fn the_client_is_gone_and_its_neighbour_is_not() {
        let server = TestServer::new().await;
        let pool = pool(&server, json!({})).await;
        let id = client(&server, &pool, json!({"GenerateSecret": true})).await;
        let other = client(&server, &pool, json!({})).await;
        let request = json!({"UserPoolId": pool, "ClientId": id});
        let reply = server.admin(OPERATION, request.clone()).await;
        assert_eq!((reply.status, reply.body), (200, Value::Null));
        let text = format!("User pool client {id} does not exist.");
        for operation in [OPERATION, "DescribeUserPoolClient"] {
            let reply = server.admin(operation, request.clone()).await;
            reply.refused("ResourceNotFoundException", &text);
        }
        assert_eq!(described(&server, &pool, &other).await["ClientId"], other);
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
    async fn only_signed_callers_delete_clients() {
        let server = TestServer::new().await;
        let request = json!({"UserPoolId": UNKNOWN, "ClientId": "x"});
        needs_a_signature(&server, OPERATION, request).await;
    }
}
