//! Gives a client an access token for itself: client credentials, without the OAuth endpoint.
//!
//! The client needs a secret and ALLOW_CLIENT_TOKEN_AUTH, which is then its only flow. Without
//! `Scopes` the token has all scopes of the client.
//!
//! Differs from AWS / not verified:
//! - The secret is checked first, then the flow (InvalidParameterException), then the scopes
//!   (InvalidParameterException); the service's order and texts are not known.
//! - A client without scopes gets a token without the claim `scope`. Resource servers are not built, so
//!   the only scope that such a client can have today is `aws.cognito/dcr/register`.
//! - The token lives as long as the client's access tokens. It ends with nothing else: it belongs to no
//!   user and no sign-in, and operations that take an access token refuse it.
//! - The PreTokenGeneration trigger hears of clients in its version V3_0; the others are not asked.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::ClientId;
use poolhouse_domain::token::claims::Claims;
use poolhouse_domain::token::exchange::{client_claims, grant_client};
use poolhouse_domain::token::jwt;
use poolhouse_domain::trigger::{
    Groups, Metadata, PreTokenGeneration, TokenSource, TriggerVersion, apply,
};
use poolhouse_wire::operations::GetClientToken;
use poolhouse_wire::shapes::{
    ClientAuthenticationResultType, GetClientTokenRequest, GetClientTokenResponse,
};
use serde_json::{Map, Value};

use crate::ops::Operation;
use crate::ops::ctx::{Anonymous, Ctx, PoolAndClient, client_and_pool};

impl Operation for GetClientToken {
    type Caller = Anonymous;

    async fn run(
        ctx: &mut Ctx<'_, Anonymous>,
        request: GetClientTokenRequest,
    ) -> Result<GetClientTokenResponse> {
        let id = &ClientId::new(request.client_id.into_inner());
        let found = ctx.read(async |mut tx| client_and_pool(&mut tx, id).await).await?;
        let grant = grant_client(&found.client, &request.secret, request.scopes.as_deref())?;
        let (app, pool) = (ctx.app, &found.pool.id);
        let seconds = found.client.auth_policy().access_seconds;
        let issuer = app.identity.issuer_of(pool);
        let access = client_claims(&grant, &issuer, seconds, ctx.now, &mut ctx.rng);
        let claims = shaped(ctx, &found, access, request.client_metadata).await?;
        let keys = app.keys.of(&app.db, pool).await?;
        let keys = keys.ok_or_else(|| Error::PoolNotFound(pool.clone()))?;
        let token = app.crypto.run(move || jwt::sign(&claims, &keys.access)).await??;
        let result = ClientAuthenticationResultType {
            access_token: Some(token.into()),
            expires_in: i32::try_from(seconds).ok(),
            token_type: Some("Bearer".to_owned()),
        };
        Ok(GetClientTokenResponse { client_authentication_result: Some(result) })
    }
}

/// The claims after the PreTokenGeneration trigger, which hears of clients in its third version
/// alone.
async fn shaped(
    ctx: &mut Ctx<'_, Anonymous>,
    found: &PoolAndClient,
    access: Map<String, Value>,
    metadata: Option<Metadata>,
) -> Result<Map<String, Value>> {
    let PoolAndClient { pool, client } = found;
    let version = pool.settings.token_trigger_version();
    if version != TriggerVersion::V3 {
        return Ok(access);
    }
    let scopes = access.get("scope").and_then(Value::as_str).unwrap_or_default();
    let call = PreTokenGeneration {
        version,
        source: TokenSource::ClientCredentials,
        client: client.id.clone(),
        person: None,
        groups: Groups::default(),
        scopes: scopes.split_whitespace().map(str::to_owned).collect(),
        metadata,
    };
    let mut claims = Claims { access, id: Map::new() };
    if let Some(change) = ctx.trigger(pool, &call).await? {
        apply(&change, &mut claims, &client.id);
        // There is no user who could be in groups.
        claims.access.remove("cognito:groups");
    }
    Ok(claims.access)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::client::{Application, claims, with};

    const SECRET: &str = "a-secret-of-the-client-0123456789";
    const SCOPE: &str = "aws.cognito/dcr/register";

    /// A machine in a pool where there is a scope that machines can have.
    async fn machine(client: Value) -> Application {
        let pool = json!({ "DcrConfiguration": { "EnableStatus": "Enabled" } });
        let base = json!({
            "ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH"],
            "ClientSecret": SECRET.replace('-', "_"),
        });
        Application::new(pool, with(base, client)).await
    }

    fn request(app: &Application) -> Value {
        json!({ "ClientId": app.client, "Secret": SECRET.replace('-', "_") })
    }

    #[tokio::test]
    async fn the_token_says_these_claims_and_no_others() {
        let scopes = json!({
            "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": [SCOPE],
            "AllowedOAuthFlowsUserPoolClient": true, "AccessTokenValidity": 2,
        });
        let app = machine(scopes).await;
        let now = app.server.now().as_secs();
        for scopes in [json!({}), json!({ "Scopes": [SCOPE, SCOPE] })] {
            let reply = app.server.call("GetClientToken", with(request(&app), scopes)).await.ok();
            let result = &reply["ClientAuthenticationResult"];
            assert_eq!(
                (&result["TokenType"], &result["ExpiresIn"]),
                (&json!("Bearer"), &json!(7200))
            );
            let mut said = claims(&result["AccessToken"]);
            assert_eq!(said.remove("jti").unwrap().as_str().unwrap().len(), 36);
            let expected = json!({
                "sub": app.client, "client_id": app.client, "token_use": "access", "version": 2,
                "iss": format!("http://localhost:9229/{}", app.pool), "scope": SCOPE,
                "auth_time": now, "iat": now, "exp": now + 7200,
            });
            assert_eq!(Value::from(said), expected);
            // It is nobody's.
            let get = json!({ "AccessToken": result["AccessToken"] });
            let reply = app.server.call("GetUser", get).await;
            reply.refused("NotAuthorizedException", "Invalid Access Token");
        }
    }

    #[tokio::test]
    async fn secret_flow_and_scopes_are_checked() {
        let app = machine(json!({})).await;
        let plain = app.server.call("GetClientToken", request(&app)).await.ok();
        let said = claims(&plain["ClientAuthenticationResult"]["AccessToken"]);
        assert!(!said.contains_key("scope"));
        let wrong = with(request(&app), json!({ "Secret": "x".repeat(30) }));
        let text = format!("Unable to verify secret hash for client {}", app.client);
        app.server.call("GetClientToken", wrong).await.refused("NotAuthorizedException", &text);
        let scope = with(request(&app), json!({ "Scopes": [SCOPE] }));
        let text = format!("Invalid scope requested: {SCOPE}");
        app.server.call("GetClientToken", scope).await.refused("InvalidParameterException", &text);
        let nobody = with(request(&app), json!({ "ClientId": "nosuchclient" }));
        let reply = app.server.call("GetClientToken", nobody).await;
        assert_eq!(reply.body["__type"], "ResourceNotFoundException");

        let other =
            Application::new(json!({}), json!({ "ClientSecret": SECRET.replace('-', "_") })).await;
        let reply = other.server.call("GetClientToken", request(&other)).await;
        let text = "ALLOW_CLIENT_TOKEN_AUTH flow not enabled for this client";
        reply.refused("InvalidParameterException", text);
        let public = Application::new(json!({}), json!({})).await;
        let reply = public.server.call("GetClientToken", request(&public)).await;
        assert_eq!(reply.body["__type"], "NotAuthorizedException");
    }
}
