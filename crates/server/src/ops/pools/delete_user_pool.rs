//! Deletes a user pool and everything in it.
//!
//! Differs from AWS / not verified:
//! - The text about deletion protection is remembered, not attested.
//! - Nothing is kept for a later recovery.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::DeleteUserPool;
use poolhouse_wire::shapes::DeleteUserPoolRequest;

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for DeleteUserPool {
    type Caller = Signed;

    async fn run(ctx: &mut Ctx<'_, Signed>, request: DeleteUserPoolRequest) -> Result<()> {
        let id = PoolId::new(request.user_pool_id);
        ctx.write(async |mut tx| {
            tx.pool(&id).await?.check_deletable()?;
            tx.delete_pool(&id).await
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::error::Error;
    use poolhouse_domain::id::ClientId;
    use serde_json::{Value, json};

    use crate::ops::pools::testing::{UNKNOWN, described, finds_no_pool, needs_a_signature, pool};
    use crate::testing::TestServer;

    const OPERATION: &str = "DeleteUserPool";

    #[tokio::test]
    async fn the_pool_and_its_clients_are_gone() {
        let server = TestServer::new().await;
        let (id, other) = (pool(&server, json!({})).await, pool(&server, json!({})).await);
        let request = json!({"UserPoolId": id, "ClientName": "app"});
        let created = server.admin("CreateUserPoolClient", request).await.ok();
        let client = created["UserPoolClient"]["ClientId"].as_str().unwrap();

        let reply = server.admin(OPERATION, json!({"UserPoolId": id})).await;
        assert_eq!((reply.status, reply.body), (200, Value::Null));
        let text = format!("User pool {id} does not exist.");
        for operation in [OPERATION, "DescribeUserPool"] {
            let reply = server.admin(operation, json!({"UserPoolId": id})).await;
            reply.refused("ResourceNotFoundException", &text);
        }
        let client = ClientId::new(client);
        let found = server.app.db.read(async |mut tx| tx.client(&client).await).await;
        assert!(matches!(found, Err(Error::ClientNotFound(_))));
        assert_eq!(described(&server, &other).await["Id"], other);
    }

    #[tokio::test]
    async fn a_protected_pool_stays_until_it_is_unprotected() {
        let server = TestServer::new().await;
        let id = pool(&server, json!({"DeletionProtection": "ACTIVE"})).await;
        server.admin(OPERATION, json!({"UserPoolId": id})).await.refused(
            "InvalidParameterException",
            "The user pool cannot be deleted because deletion protection is activated. Deletion \
             protection must be inactivated first.",
        );
        assert_eq!(described(&server, &id).await["Id"], id);
        let unprotect = json!({"UserPoolId": id, "DeletionProtection": "INACTIVE"});
        server.admin("UpdateUserPool", unprotect).await.ok();
        server.admin(OPERATION, json!({"UserPoolId": id})).await.ok();
    }

    #[tokio::test]
    async fn an_unknown_pool_is_not_found() {
        let server = TestServer::new().await;
        finds_no_pool(&server, OPERATION, json!({"UserPoolId": UNKNOWN})).await;
    }

    #[tokio::test]
    async fn only_signed_callers_delete_pools() {
        let server = TestServer::new().await;
        let id = pool(&server, json!({})).await;
        needs_a_signature(&server, OPERATION, json!({"UserPoolId": id})).await;
        assert_eq!(described(&server, &id).await["Id"], id);
    }
}
