//! Sets whether a pool asks for a second factor, and for which: a factor left out is off.
//!
//! Users keep what they registered, also while their factor is off.
//!
//! Differs from AWS / not verified:
//! - Where the request names no `MfaConfiguration` the mode is kept; what the service does is not
//!   known.
//! - Text messages stay configured for verification when they are no longer a factor.
//! - The texts of the errors are remembered or ours.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::SetUserPoolMfaConfig;
use poolhouse_wire::shapes::{SetUserPoolMfaConfigRequest, SetUserPoolMfaConfigResponse};

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for SetUserPoolMfaConfig {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: SetUserPoolMfaConfigRequest,
    ) -> Result<SetUserPoolMfaConfigResponse> {
        let (realm, now) = (&ctx.app.identity.realm, ctx.now);
        let id = PoolId::new(request.user_pool_id.clone());
        let pool = ctx.write(async |mut tx| {
            let pool = tx.pool(&id).await?.set_mfa_config(&request, realm, now)?;
            tx.update_pool(&pool).await?;
            Ok(pool)
        });
        Ok(pool.await?.settings.mfa_config_set())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ops::pools::testing::{UNKNOWN, described, finds_no_pool, needs_a_signature, pool};
    use crate::testing::{START, TestServer};

    const OPERATION: &str = "SetUserPoolMfaConfig";

    #[tokio::test]
    async fn the_configuration_is_answered_and_shared_with_the_pool() {
        let server = TestServer::new().await;
        let id = pool(&server, json!({})).await;
        server.advance_secs(7);
        let mut request = json!({
            "UserPoolId": id, "MfaConfiguration": "OPTIONAL",
            "SoftwareTokenMfaConfiguration": {"Enabled": true},
            "SmsMfaConfiguration": {"SmsConfiguration": {
                "SnsCallerArn": "arn:aws:iam::000000000000:role/sms", "SnsRegion": "us-east-1",
            }},
        });
        let answer = server.admin(OPERATION, request.clone()).await.ok();
        request.as_object_mut().unwrap().remove("UserPoolId");
        assert_eq!(answer, request);
        let shown = described(&server, &id).await;
        assert_eq!(shown["MfaConfiguration"], "OPTIONAL");
        assert_eq!(shown["SmsConfiguration"], request["SmsMfaConfiguration"]["SmsConfiguration"]);
        assert_eq!(shown["LastModifiedDate"], json!((START.as_secs() + 7) as f64));
        let got = server.admin("GetUserPoolMfaConfig", json!({"UserPoolId": id})).await.ok();
        assert_eq!(got, request);
    }

    #[tokio::test]
    async fn a_factor_left_out_is_off() {
        let server = TestServer::new().await;
        let id = pool(&server, json!({})).await;
        let on = json!({
            "UserPoolId": id, "MfaConfiguration": "ON",
            "SoftwareTokenMfaConfiguration": {"Enabled": true},
        });
        server.admin(OPERATION, on).await.ok();
        let off = json!({"UserPoolId": id, "MfaConfiguration": "OFF"});
        let answer = server.admin(OPERATION, off).await.ok();
        assert_eq!(answer, json!({"MfaConfiguration": "OFF"}));
    }

    #[tokio::test]
    async fn contradictions_are_refused_and_change_nothing() {
        let server = TestServer::new().await;
        let id = pool(&server, json!({})).await;
        let before = described(&server, &id).await;
        let refused = "InvalidParameterException";
        server.advance_secs(1);
        let bare = json!({"UserPoolId": id, "MfaConfiguration": "ON"});
        server.admin(OPERATION, bare).await.refused(
            refused,
            "At least one of [SmsMfaConfiguration] or [SoftwareTokenMfaConfiguration] must be \
             provided.",
        );
        let off = json!({
            "UserPoolId": id, "MfaConfiguration": "OFF",
            "SoftwareTokenMfaConfiguration": {"Enabled": true},
        });
        server.admin(OPERATION, off).await.refused(
            refused,
            "Invalid MFA configuration given, can't disable MFA and configure an MFA together.",
        );
        assert_eq!(described(&server, &id).await, before);
    }

    #[tokio::test]
    async fn passkeys_need_their_plan() {
        let server = TestServer::new().await;
        let id = pool(&server, json!({"UserPoolTier": "LITE"})).await;
        let request = json!({"UserPoolId": id, "WebAuthnConfiguration": {}});
        server.admin(OPERATION, request).await.refused(
            "FeatureUnavailableInTierException",
            "Following features need to be disabled for this tier or upgrade the tier: Passkeys",
        );
    }

    #[tokio::test]
    async fn an_unknown_pool_is_not_found() {
        let server = TestServer::new().await;
        finds_no_pool(&server, OPERATION, json!({"UserPoolId": UNKNOWN})).await;
    }

    #[tokio::test]
    async fn only_signed_callers_configure_mfa() {
        let server = TestServer::new().await;
        needs_a_signature(&server, OPERATION, json!({"UserPoolId": UNKNOWN})).await;
    }
}
