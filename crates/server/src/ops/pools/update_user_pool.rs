//! Replaces the settings of a user pool: what the request leaves out goes back to its default.
//!
//! Kept are what there is no member for (the schema, by which names users sign in, the factors of
//! MFA), the name, and `DcrConfiguration`.
//!
//! Differs from AWS / not verified:
//! - `DeletionProtection` is kept where the request leaves it out. By the letter of the reference it
//!   would go back to INACTIVE, and a pool would lose its protection to a request about a subject
//!   line.
//! - `UserPoolTier` and `UserPoolTags` are kept as well; what the service does is not known.
//! - MFA can be switched on without `SmsConfiguration` where another factor is configured. Text
//!   messages become a factor when MFA is switched on with `SmsConfiguration`.
//! - A plan that lacks a feature in use is refused with TierChangeNotAllowedException, a feature
//!   that the pool's plan lacks with FeatureUnavailableInTierException. App clients that use
//!   `ALLOW_USER_AUTH` do not stand in the way of LITE.
//! - Two updates at once both succeed, one after the other: ConcurrentModificationException does
//!   not occur.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::UpdateUserPool;
use poolhouse_wire::shapes::{UpdateUserPoolRequest, UpdateUserPoolResponse};

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for UpdateUserPool {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: UpdateUserPoolRequest,
    ) -> Result<UpdateUserPoolResponse> {
        let (realm, now) = (&ctx.app.identity.realm, ctx.now);
        let id = PoolId::new(request.user_pool_id.clone());
        ctx.write(async |mut tx| {
            let pool = tx.pool(&id).await?.update(&request, realm, now)?;
            tx.update_pool(&pool).await
        })
        .await?;
        Ok(UpdateUserPoolResponse {})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ops::pools::testing::{UNKNOWN, described, finds_no_pool, needs_a_signature, pool};
    use crate::testing::{START, TestServer};

    const OPERATION: &str = "UpdateUserPool";

    #[tokio::test]
    async fn settings_are_set_and_reset() {
        let server = TestServer::new().await;
        let settings = json!({
            "AutoVerifiedAttributes": ["email"], "DeletionProtection": "ACTIVE",
            "UserPoolTags": {"a": "b"}, "UserPoolTier": "PLUS",
            "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": true},
            "Schema": [{"Name": "x", "AttributeDataType": "String"}],
        });
        let id = pool(&server, settings).await;
        let mut expected = described(&server, &id).await;
        server.advance_secs(5);
        let request = json!({"UserPoolId": id, "PoolName": "New name"});
        assert_eq!(server.admin(OPERATION, request).await.ok(), json!({}));

        expected["Name"] = json!("New name");
        expected["LastModifiedDate"] = json!((START.as_secs() + 5) as f64);
        expected["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] = json!(false);
        expected.as_object_mut().unwrap().remove("AutoVerifiedAttributes");
        assert_eq!(described(&server, &id).await, expected);
    }

    #[tokio::test]
    async fn what_describe_shows_can_be_written_back() {
        let server = TestServer::new().await;
        let id = pool(&server, json!({"UserPoolTier": "LITE"})).await;
        let before = described(&server, &id).await;
        let mut request = before.clone();
        let members = request.as_object_mut().unwrap();
        for read_only in
            ["Id", "Name", "Arn", "CreationDate", "LastModifiedDate", "SchemaAttributes"]
        {
            members.remove(read_only);
        }
        members.remove("EstimatedNumberOfUsers");
        members.insert("UserPoolId".into(), json!(id));
        // These two mirror each other, and the service does not take both.
        let admin = members.get_mut("AdminCreateUserConfig").unwrap().as_object_mut().unwrap();
        admin.remove("UnusedAccountValidityDays");
        server.admin(OPERATION, request).await.ok();
        assert_eq!(described(&server, &id).await, before);
    }

    #[tokio::test]
    async fn a_refused_update_changes_nothing() {
        let server = TestServer::new().await;
        let id = pool(&server, json!({"DcrConfiguration": {}})).await;
        let before = described(&server, &id).await;
        let features = "Following features need to be disabled for this tier or upgrade the tier: \
                        Dynamic Client Registration";
        let lite = json!({"UserPoolId": id, "UserPoolTier": "LITE", "PoolName": "x"});
        let refused = "TierChangeNotAllowedException";
        server.admin(OPERATION, lite).await.refused(refused, features);
        let email = json!({
            "UserPoolId": id, "EmailConfiguration": {"EmailSendingAccount": "DEVELOPER"},
        });
        let text = "SourceArn is required when EmailSendingAccount is DEVELOPER.";
        server.admin(OPERATION, email).await.refused("InvalidParameterException", text);
        assert_eq!(described(&server, &id).await, before);
    }

    #[tokio::test]
    async fn an_unknown_pool_is_not_found() {
        let server = TestServer::new().await;
        finds_no_pool(&server, OPERATION, json!({"UserPoolId": UNKNOWN})).await;
    }

    #[tokio::test]
    async fn only_signed_callers_change_pools() {
        let server = TestServer::new().await;
        needs_a_signature(&server, OPERATION, json!({"UserPoolId": UNKNOWN})).await;
    }
}
