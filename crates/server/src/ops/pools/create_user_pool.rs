//! Creates a user pool, its schema and its signing keys.
//!
//! What this server does not act on yet is kept and listed as it was sent. Names need not be unique.
//!
//! Differs from AWS / not verified:
//! - Roles for text messages and identities for email are not tried out: every well-formed ARN is
//!   accepted.
//! - Custom texts of messages are accepted with the default sender, too.
//! - `AccountRecoverySetting` and `AcrConfiguration` are listed although they were not sent;
//!   `KeyConfiguration` and `IssuerConfiguration` only where they were.
//! - The texts about plans, text messages, email, recovery and first factors are ours in part; the
//!   names of the errors are the service's.
//! - There is no limit to the number of pools.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::pool::Pool;
use poolhouse_wire::operations::CreateUserPool;
use poolhouse_wire::shapes::{CreateUserPoolRequest, CreateUserPoolResponse};

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for CreateUserPool {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: CreateUserPoolRequest,
    ) -> Result<CreateUserPoolResponse> {
        let (app, now) = (ctx.app, ctx.now);
        let realm = &app.identity.realm;
        let id = PoolId::generate(&realm.region, &mut ctx.rng);
        let pool = Pool::create(id, &request, realm, now)?;
        let keys = app.keys.generate(&app.crypto, now).await?;
        ctx.write(async |mut tx| {
            tx.insert_pool(&pool).await?;
            for key in &keys {
                tx.put_signing_key(&pool.id, key).await?;
            }
            Ok(())
        })
        .await?;
        Ok(CreateUserPoolResponse { user_pool: Some(pool.describe_created(realm)) })
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::id::PoolId;
    use serde_json::{Value, json};

    use crate::ops::pools::testing::{described, named, needs_a_signature};
    use crate::testing::{START, TestServer};

    const OPERATION: &str = "CreateUserPool";

    #[tokio::test]
    async fn a_pool_with_nothing_but_a_name_is_answered_in_full() {
        let server = TestServer::new().await;
        let created = server.admin(OPERATION, named(json!({}))).await.ok();
        let pool = &created["UserPool"];
        let id = pool["Id"].as_str().unwrap();
        let (region, suffix) = id.split_once('_').unwrap();
        assert_eq!((region, suffix.len()), ("us-east-1", 9));
        assert_eq!(
            pool["Arn"],
            format!("arn:aws:cognito-idp:us-east-1:000000000000:userpool/{id}")
        );
        assert_eq!(pool["CreationDate"], json!(START.as_secs() as f64));
        assert_eq!(pool["SchemaAttributes"].as_array().unwrap().len(), 20);
        assert_eq!(pool["UserPoolTier"], "ESSENTIALS");
        assert_eq!(pool["MfaConfiguration"], "OFF");

        // Describe shows the same, and that there are no tags.
        let mut expected = pool.clone();
        assert_eq!(expected.get("UserPoolTags"), None);
        expected["UserPoolTags"] = json!({});
        assert_eq!(described(&server, id).await, expected);
    }

    #[tokio::test]
    async fn names_need_not_be_unique_and_ids_are() {
        let server = TestServer::new().await;
        let first = server.admin(OPERATION, named(json!({}))).await.ok();
        let second = server.admin(OPERATION, named(json!({}))).await.ok();
        assert_eq!(first["UserPool"]["Name"], second["UserPool"]["Name"]);
        assert_ne!(first["UserPool"]["Id"], second["UserPool"]["Id"]);
    }

    #[tokio::test]
    async fn a_pool_comes_with_its_signing_keys() {
        let server = TestServer::new().await;
        let created = server.admin(OPERATION, named(json!({}))).await.ok();
        let id = PoolId::new(created["UserPool"]["Id"].as_str().unwrap());
        let rows = server.app.db.read(async |mut tx| tx.public_keys(&id).await).await.unwrap();
        let mut uses: Vec<_> = rows.iter().map(|row| row.purpose.as_str()).collect();
        uses.sort_unstable();
        assert_eq!(uses, ["access", "id"]);
    }

    #[tokio::test]
    async fn settings_and_tags_are_kept() {
        let server = TestServer::new().await;
        let request = named(json!({
            "UserPoolTags": {"team": "red"},
            "AutoVerifiedAttributes": ["email"],
            "LambdaConfig": {"PreSignUp": "arn:aws:lambda:us-east-1:000000000000:function:f"},
            "DcrConfiguration": {"EnableStatus": "Disabled"},
            "Schema": [{"Name": "tenant", "AttributeDataType": "Number", "Mutable": false}],
        }));
        let created = server.admin(OPERATION, request.clone()).await.ok();
        let pool = described(&server, created["UserPool"]["Id"].as_str().unwrap()).await;
        assert_eq!(pool, created["UserPool"]);
        for name in ["UserPoolTags", "AutoVerifiedAttributes", "LambdaConfig"] {
            assert_eq!(pool[name], request[name], "{name}");
        }
        assert_eq!(pool["DcrConfiguration"]["EnableStatus"], "Disabled");
        let custom = json!({
            "Name": "custom:tenant", "AttributeDataType": "Number", "Mutable": false,
            "DeveloperOnlyAttribute": false, "Required": false, "NumberAttributeConstraints": {},
        });
        assert_eq!(pool["SchemaAttributes"][20], custom);
    }

    #[tokio::test]
    async fn constraints_of_the_model_are_told_in_its_words() {
        let server = TestServer::new().await;
        server.admin(OPERATION, json!({})).await.refused(
            "InvalidParameterException",
            "1 validation error detected: Value null at 'poolName' failed to satisfy constraint: \
             Member must not be null",
        );
        let reply = server.admin(OPERATION, json!({"PoolName": 1})).await;
        assert_eq!((reply.status, &reply.body["__type"]), (400, &json!("SerializationException")));
    }

    #[tokio::test]
    async fn rules_are_told_under_the_services_names_and_leave_nothing_behind() {
        let server = TestServer::new().await;
        let sms = "SMS configuration and Auto verification for phone_number are required when MFA \
                   is required/optional";
        let both =
            "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.";
        let tier = "Following features need to be disabled for this tier or upgrade the tier: \
                    Threat Protection";
        let schema = "Required custom attributes are not supported currently.";
        let cases: [(Value, &str, &str); 5] = [
            (json!({"MfaConfiguration": "ON"}), "InvalidParameterException", sms),
            (
                json!({"AliasAttributes": ["email"], "UsernameAttributes": ["email"]}),
                "InvalidParameterException",
                both,
            ),
            (
                json!({
                    "UserPoolTier": "LITE", "UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"},
                }),
                "FeatureUnavailableInTierException",
                tier,
            ),
            (
                json!({"UserPoolTags": {"aws:x": "y"}}),
                "UserPoolTaggingException",
                "Tag keys cannot begin with aws:",
            ),
            (
                json!({"Schema": [
                    {"Name": "x", "AttributeDataType": "String", "Required": true},
                ]}),
                "InvalidParameterException",
                schema,
            ),
        ];
        for (request, name, text) in cases {
            server.admin(OPERATION, named(request)).await.refused(name, text);
        }
        let pools = server.admin("ListUserPools", json!({"MaxResults": 60})).await.ok();
        assert_eq!(pools, json!({"UserPools": []}));
    }

    #[tokio::test]
    async fn only_signed_callers_create_pools() {
        needs_a_signature(&TestServer::new().await, OPERATION, named(json!({}))).await;
    }
}
