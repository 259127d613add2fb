//! Creates an app client, with a secret if the request asks for one.
//!
//! Differs from AWS / not verified:
//! - `ClientType` is part of the answer.
//! - Whether a client without lists of attributes may read and write custom ones: here it may. It
//!   may also write immutable attributes, which takes effect when users sign up.
//! - A `RefreshTokenValidity` that is left out or zero is thirty days in whatever unit the request
//!   names.
//! - Identity providers other than `COGNITO`, and scopes of resource servers, are refused as
//!   unknown: neither exist yet.
//! - An `AnalyticsConfiguration` with only an ARN is listed without the service-linked role.
//! - Most texts of the errors are remembered or ours; their names are the service's.
//! - There is no limit to the number of clients.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::pool::client::Client;
use poolhouse_wire::operations::CreateUserPoolClient;
use poolhouse_wire::shapes::{CreateUserPoolClientRequest, CreateUserPoolClientResponse};

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for CreateUserPoolClient {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: CreateUserPoolClientRequest,
    ) -> Result<CreateUserPoolClientResponse> {
        let (now, rng) = (ctx.now, &ctx.rng);
        let id = PoolId::new(request.user_pool_id.clone());
        let client = ctx.write(async |mut tx| {
            let pool = tx.pool(&id).await?;
            // A repeated transaction draws the same id and secret.
            let client = Client::create(&request, &pool, now, &mut rng.clone())?;
            tx.insert_client(&client).await?;
            Ok(client)
        });
        Ok(CreateUserPoolClientResponse { user_pool_client: Some(client.await?.describe()) })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ops::clients::testing::described;
    use crate::ops::pools::testing::{UNKNOWN, finds_no_pool, needs_a_signature, pool};
    use crate::testing::{START, TestServer};

    const OPERATION: &str = "CreateUserPoolClient";

    async fn create(server: &TestServer, pool: &str, settings: Value) -> crate::testing::Reply {
        let mut request = json!({"UserPoolId": pool, "ClientName": "app"});
        request.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
        server.admin(OPERATION, request).await
    }

    #[tokio::test]
    async fn a_client_with_nothing_but_a_name_is_answered_in_full() {
        let server = TestServer::new().await;
        let pool = pool(&server, json!({})).await;
        let created = create(&server, &pool, json!({})).await.ok();
        let client = &created["UserPoolClient"];
        let id = client["ClientId"].as_str().unwrap();
        assert_eq!(id.len(), 26);
        let expected = json!({
            "UserPoolId": pool, "ClientName": "app", "ClientId": id, "ClientType": "REGULAR",
            "CreationDate": START.as_secs() as f64, "LastModifiedDate": START.as_secs() as f64,
            "RefreshTokenValidity": 30, "TokenValidityUnits": {},
            "AllowedOAuthFlowsUserPoolClient": false, "EnableTokenRevocation": true,
            "EnablePropagateAdditionalUserContextData": false, "AuthSessionValidity": 3,
        });
        assert_eq!(*client, expected);
        assert_eq!(described(&server, &pool, id).await, expected);
    }

    #[tokio::test]
    async fn secrets_are_generated_or_chosen() {
        let server = TestServer::new().await;
        let pool = pool(&server, json!({})).await;
        let generated = create(&server, &pool, json!({"GenerateSecret": true})).await.ok();
        let secret = generated["UserPoolClient"]["ClientSecret"].as_str().unwrap();
        assert!(secret.len() >= 50);
        let chosen = "abcdefghijklmnopqrstuvwxyz";
        let answer = create(&server, &pool, json!({"ClientSecret": chosen})).await.ok();
        assert_eq!(answer["UserPoolClient"]["ClientSecret"], chosen);
        let id = answer["UserPoolClient"]["ClientId"].as_str().unwrap();
        assert_eq!(described(&server, &pool, id).await["ClientSecret"], chosen);
        let both = json!({"ClientSecret": chosen, "GenerateSecret": true});
        create(&server, &pool, both).await.refused(
            "InvalidParameterException",
            "GenerateSecret and ClientSecret cannot be used together.",
        );
    }

    #[tokio::test]
    async fn the_names_of_flows_from_before_are_still_accepted() {
        let server = TestServer::new().await;
        let pool = pool(&server, json!({})).await;
        let flows = json!({"ExplicitAuthFlows": ["ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH"]});
        let created = create(&server, &pool, flows.clone()).await.ok();
        assert_eq!(created["UserPoolClient"]["ExplicitAuthFlows"], flows["ExplicitAuthFlows"]);
    }

    #[tokio::test]
    async fn rules_are_told_under_the_services_names_and_leave_nothing_behind() {
        let server = TestServer::new().await;
        let pool = pool(&server, json!({"UserPoolTier": "LITE"})).await;
        let provider = format!("The provider Google does not exist for User Pool {pool}.");
        let invalid = "InvalidParameterException";
        let cases: [(Value, &str, &str); 8] = [
            (
                json!({"AllowedOAuthFlowsUserPoolClient": true}),
                invalid,
                "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is \
                 allowed to use OAuth flows.",
            ),
            (
                json!({
                    "AllowedOAuthFlows": ["code", "client_credentials"],
                    "CallbackURLs": ["https://example.com"],
                }),
                "InvalidOAuthFlowException",
                "client_credentials flow can not be selected along with code flow or implicit \
                 flow.",
            ),
            (
                json!({"AllowedOAuthScopes": ["api/read"]}),
                "ScopeDoesNotExistException",
                "Invalid scope requested: api/read",
            ),
            (json!({"SupportedIdentityProviders": ["Google"]}), invalid, &provider),
            (
                json!({"ReadAttributes": ["nobody"]}),
                invalid,
                "Invalid read attributes specified while creating a client",
            ),
            (
                json!({"WriteAttributes": ["email_verified"]}),
                invalid,
                "Invalid write attributes specified while creating a client",
            ),
            (json!({"AccessTokenValidity": 25}), invalid, "Invalid range for token validity."),
            (
                json!({"ExplicitAuthFlows": ["ALLOW_USER_AUTH"]}),
                "FeatureUnavailableInTierException",
                "Following features need to be disabled for this tier or upgrade the tier: \
                 Choice-Based Sign-In",
            ),
        ];
        for (settings, name, text) in cases {
            create(&server, &pool, settings).await.refused(name, text);
        }
        let listed = server.admin("ListUserPoolClients", json!({"UserPoolId": pool})).await.ok();
        assert_eq!(listed, json!({"UserPoolClients": []}));
    }

    #[tokio::test]
    async fn an_unknown_pool_is_not_found() {
        let server = TestServer::new().await;
        let request = json!({"UserPoolId": UNKNOWN, "ClientName": "app"});
        finds_no_pool(&server, OPERATION, request).await;
    }

    #[tokio::test]
    async fn only_signed_callers_create_clients() {
        let server = TestServer::new().await;
        let request = json!({"UserPoolId": UNKNOWN, "ClientName": "app"});
        needs_a_signature(&server, OPERATION, request).await;
    }
}
