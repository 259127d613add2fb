//! Says whether a pool tracks its users' sessions, and how many each may have: DISABLED and 20 where
//! that was never set.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::GetUserPoolSessionConfiguration;
use poolhouse_wire::shapes::{
    GetUserPoolSessionConfigurationRequest, GetUserPoolSessionConfigurationResponse,
};

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for GetUserPoolSessionConfiguration {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: GetUserPoolSessionConfigurationRequest,
    ) -> Result<GetUserPoolSessionConfigurationResponse> {
        let id = &PoolId::new(request.user_pool_id.clone());
        let pool = ctx.read(async |mut tx| tx.pool(id).await).await?;
        Ok(GetUserPoolSessionConfigurationResponse {
            user_pool_id: Some(request.user_pool_id),
            ..pool.settings.session_configuration()
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ops::pools::testing::{UNKNOWN, finds_no_pool, needs_a_signature, pool};
    use crate::testing::TestServer;

    const OPERATION: &str = "GetUserPoolSessionConfiguration";

    #[tokio::test]
    async fn what_was_never_set_is_off_with_twenty_sessions() {
        let server = TestServer::new().await;
        let id = pool(&server, json!({})).await;
        let read = server.admin(OPERATION, json!({ "UserPoolId": id })).await.ok();
        let expected = json!({
            "UserPoolId": id, "UserSessionTracking": "DISABLED",
            "TokenSession": { "MaxPerUser": 20 },
        });
        assert_eq!(read, expected);
    }

    #[tokio::test]
    async fn requests_are_checked() {
        let server = TestServer::new().await;
        let id = pool(&server, json!({})).await;
        needs_a_signature(&server, OPERATION, json!({ "UserPoolId": id })).await;
        finds_no_pool(&server, OPERATION, json!({ "UserPoolId": UNKNOWN })).await;
    }
}
