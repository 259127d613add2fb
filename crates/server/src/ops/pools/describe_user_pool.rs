//! Shows a user pool with all its settings.
//!
//! Differs from AWS / not verified:
//! - `Domain`, `CustomDomain` and the two members about failed configurations never occur: there are
//!   no domains yet, and senders are not tried out.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::DescribeUserPool;
use poolhouse_wire::shapes::{DescribeUserPoolRequest, DescribeUserPoolResponse};

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for DescribeUserPool {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: DescribeUserPoolRequest,
    ) -> Result<DescribeUserPoolResponse> {
        let id = PoolId::new(request.user_pool_id);
        let pool = ctx.read(async |mut tx| tx.pool(&id).await).await?;
        let user_pool = pool.describe(&ctx.app.identity.realm);
        Ok(DescribeUserPoolResponse { user_pool: Some(user_pool) })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ops::pools::testing::{UNKNOWN, described, finds_no_pool, needs_a_signature, pool};
    use crate::testing::TestServer;

    const OPERATION: &str = "DescribeUserPool";

    #[tokio::test]
    async fn the_pool_is_shown_with_its_users_counted() {
        let server = TestServer::new().await;
        let id = pool(&server, json!({"PoolName": "One"})).await;
        let other = pool(&server, json!({"PoolName": "Two"})).await;
        let shown = described(&server, &id).await;
        assert_eq!((&shown["Id"], &shown["Name"]), (&json!(id), &json!("One")));
        assert_eq!(shown["EstimatedNumberOfUsers"], 0);
        assert_eq!(described(&server, &other).await["Name"], "Two");
    }

    #[tokio::test]
    async fn an_unknown_pool_is_not_found() {
        let server = TestServer::new().await;
        finds_no_pool(&server, OPERATION, json!({"UserPoolId": UNKNOWN})).await;
    }

    #[tokio::test]
    async fn an_id_that_can_be_none_breaks_a_constraint() {
        let server = TestServer::new().await;
        let reply = server.admin(OPERATION, json!({"UserPoolId": "no pool"})).await;
        assert_eq!(reply.body["__type"], "InvalidParameterException");
    }

    #[tokio::test]
    async fn only_signed_callers_see_pools() {
        let server = TestServer::new().await;
        needs_a_signature(&server, OPERATION, json!({"UserPoolId": UNKNOWN})).await;
    }
}
