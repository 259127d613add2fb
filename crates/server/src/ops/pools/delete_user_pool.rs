//! Deletes a user pool and everything in it.
//!
//! The pool is out of reach when the answer comes; its users are removed in the background, so the
//! call takes no longer for a million of them than for none.
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

    #[tokio::test]
    async fn users_are_out_of_reach_at_once_and_removed_in_the_background() {
        use crate::testing::client::{Application, PASSWORD, token};
        let app = Application::new(json!({}), json!({})).await;
        let user = app.user("ada").await;
        let access = token(&app, "ada").await;
        app.server.admin("DeleteUserPool", json!({ "UserPoolId": app.pool })).await.ok();
        let gone = format!("User pool {} does not exist.", app.pool);
        let get = json!({ "UserPoolId": app.pool, "Username": "ada" });
        let found = app.server.admin("AdminGetUser", get).await;
        found.refused("ResourceNotFoundException", &gone);
        let text = format!("User pool client {} does not exist.", app.client);
        let signed_in = app.password_sign_in("ada", PASSWORD).await;
        signed_in.refused("ResourceNotFoundException", &text);
        let own = app.server.call("GetUser", json!({ "AccessToken": access })).await;
        assert_eq!(own.status, 400, "{}", own.body);
        assert!(own.body.get("UserAttributes").is_none());
        let (pool, sub) = (&user.pool, &user.sub);
        let stored = async || {
            app.server.app.db.read(async |mut tx| tx.user_by_sub(pool, sub).await).await.is_ok()
        };
        assert!(stored().await, "deletion takes no longer for many users than for none");
        app.server.app.sweep().await.unwrap();
        assert!(!stored().await);
    }
}
