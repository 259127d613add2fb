//! Shows whether a pool asks for a second factor, and for which.
//!
//! Differs from AWS / not verified:
//! - A configuration of text messages that is there for verification alone is not shown.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::GetUserPoolMfaConfig;
use poolhouse_wire::shapes::{GetUserPoolMfaConfigRequest, GetUserPoolMfaConfigResponse};

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for GetUserPoolMfaConfig {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: GetUserPoolMfaConfigRequest,
    ) -> Result<GetUserPoolMfaConfigResponse> {
        let id = PoolId::new(request.user_pool_id);
        let pool = ctx.read(async |mut tx| tx.pool(&id).await).await?;
        Ok(pool.settings.mfa_config())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ops::pools::testing::{UNKNOWN, finds_no_pool, needs_a_signature, pool};
    use crate::testing::TestServer;

    const OPERATION: &str = "GetUserPoolMfaConfig";

    #[tokio::test]
    async fn a_new_pool_asks_for_nothing() {
        let server = TestServer::new().await;
        let id = pool(&server, json!({})).await;
        let shown = server.admin(OPERATION, json!({"UserPoolId": id})).await.ok();
        assert_eq!(shown, json!({"MfaConfiguration": "OFF"}));
    }

    #[tokio::test]
    async fn a_pool_created_with_mfa_asks_by_text_message() {
        let server = TestServer::new().await;
        let sms = json!({
            "SnsCallerArn": "arn:aws:iam::000000000000:role/sms", "SnsRegion": "us-east-1",
        });
        let settings = json!({
            "MfaConfiguration": "ON", "SmsConfiguration": sms,
            "SmsAuthenticationMessage": "Your code is {####}",
        });
        let id = pool(&server, settings).await;
        let shown = server.admin(OPERATION, json!({"UserPoolId": id})).await.ok();
        let expected = json!({
            "MfaConfiguration": "ON",
            "SmsMfaConfiguration": {
                "SmsAuthenticationMessage": "Your code is {####}", "SmsConfiguration": sms,
            },
        });
        assert_eq!(shown, expected);
    }

    #[tokio::test]
    async fn an_unknown_pool_is_not_found() {
        let server = TestServer::new().await;
        finds_no_pool(&server, OPERATION, json!({"UserPoolId": UNKNOWN})).await;
    }

    #[tokio::test]
    async fn only_signed_callers_see_the_configuration() {
        let server = TestServer::new().await;
        needs_a_signature(&server, OPERATION, json!({"UserPoolId": UNKNOWN})).await;
    }
}
