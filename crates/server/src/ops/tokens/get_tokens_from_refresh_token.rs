//! New access and ID tokens for a refresh token, without a sign-in flow around it.
//!
//! Works whatever `ExplicitAuthFlows` the client has: leaving ALLOW_REFRESH_TOKEN_AUTH out is how an
//! application moves from that flow to this operation.
//!
//! Where the client rotates refresh tokens the answer has a new one, which ends when the first one of
//! the sign-in would have. One that was replaced is refused (RefreshTokenReuseException) and the
//! newest goes on working; within RetryGracePeriodSeconds it may be used again, and then the newest
//! of the answers is the one that holds.
//!
//! Differs from AWS / not verified:
//! - The PreTokenGeneration trigger is told `TokenGeneration_RefreshTokens`.
//! - The grace period ends with its last second: after 10 seconds, a token with a period of 10 is
//!   refused. It begins with the first use; using a token again does not prolong it.
//! - Within the grace period a token may be used again even if the answer to its first use was used
//!   meanwhile.
//! - Where rotation was switched off, the newest token goes on working, and replaced ones are refused.
//! - The texts for a missing and a wrong `ClientSecret` are those of SECRET_HASH.
//! - A user whose password was reset is told so, with an exception that the model does not list here.

use poolhouse_domain::auth::start::Api;
use poolhouse_domain::error::{Error, Result, SignInRefusal};
use poolhouse_domain::id::{ClientId, DeviceKey};
use poolhouse_domain::token::exchange::knows_secret;
use poolhouse_wire::operations::GetTokensFromRefreshToken;
use poolhouse_wire::shapes::{GetTokensFromRefreshTokenRequest, GetTokensFromRefreshTokenResponse};

use crate::drive::Drive;
use crate::ops::Operation;
use crate::ops::ctx::{Anonymous, Ctx, client_and_pool};

impl Operation for GetTokensFromRefreshToken {
    type Caller = Anonymous;

    async fn run(
        ctx: &mut Ctx<'_, Anonymous>,
        request: GetTokensFromRefreshTokenRequest,
    ) -> Result<GetTokensFromRefreshTokenResponse> {
        let id = &ClientId::new(request.client_id.into_inner());
        let found = ctx.read(async |mut tx| client_and_pool(&mut tx, id).await).await?;
        let secret = request.client_secret.as_deref();
        if !knows_secret(&found.client, secret) {
            return Err(Error::SignIn(match secret {
                None => SignInRefusal::SecretHashMissing(id.clone()),
                Some(_) => SignInRefusal::SecretHashWrong(id.clone()),
            }));
        }
        let device = request.device_key.map(DeviceKey::new);
        let mut drive = Drive::new(ctx, Api::Public, found).with_metadata(request.client_metadata);
        let result = drive.renew(&request.refresh_token, device.as_ref()).await?;
        Ok(GetTokensFromRefreshTokenResponse { authentication_result: Some(result) })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::client::{Application, PASSWORD, claims};

    const INVALID: (&str, &str) = ("NotAuthorizedException", "Invalid Refresh Token.");

    async fn tokens(app: &Application) -> Value {
        app.user("ada").await;
        let answer = app.password_sign_in("ada", PASSWORD).await.ok();
        answer["AuthenticationResult"].clone()
    }

    async fn renew(app: &Application, token: &Value, more: Value) -> crate::testing::Reply {
        let request = json!({ "ClientId": app.client, "RefreshToken": token });
        let request = crate::testing::client::with(request, more);
        app.server.call("GetTokensFromRefreshToken", request).await
    }

    #[tokio::test]
    async fn it_keeps_the_sign_in_and_needs_no_flow() {
        let flows = json!({ "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] });
        let app = Application::new(json!({}), flows).await;
        let first = tokens(&app).await;
        app.server.advance_secs(600);
        let body = renew(&app, &first["RefreshToken"], json!({ "ClientMetadata": {} })).await.ok();
        let second = &body["AuthenticationResult"];
        assert!(second.get("RefreshToken").is_none());
        assert!(second.get("NewDeviceMetadata").is_none());
        assert_eq!((&second["TokenType"], &second["ExpiresIn"]), (&json!("Bearer"), &json!(3600)));
        let (old, new) = (claims(&first["AccessToken"]), claims(&second["AccessToken"]));
        for same in ["origin_jti", "auth_time", "sub"] {
            assert_eq!(old[same], new[same], "{same}");
        }
        assert_ne!(old["jti"], new["jti"]);
    }

    #[tokio::test]
    async fn what_is_no_live_refresh_token_of_the_client_is_refused() {
        let app = Application::new(json!({}), json!({})).await;
        let first = tokens(&app).await;
        for token in [&json!("garbage"), &first["AccessToken"]] {
            renew(&app, token, json!({})).await.refused(INVALID.0, INVALID.1);
        }
        let other = json!({ "UserPoolId": app.pool, "ClientName": "other" });
        let other = app.server.admin("CreateUserPoolClient", other).await.ok();
        let foreign = json!({ "ClientId": other["UserPoolClient"]["ClientId"] });
        renew(&app, &first["RefreshToken"], foreign).await.refused(INVALID.0, INVALID.1);
        let nobody = json!({ "ClientId": "nobodyknowsthisclient00000" });
        renew(&app, &first["RefreshToken"], nobody).await.refused(
            "ResourceNotFoundException",
            "User pool client nobodyknowsthisclient00000 does not exist.",
        );
        let revoke = json!({ "ClientId": app.client, "Token": first["RefreshToken"] });
        app.server.call("RevokeToken", revoke).await.ok();
        renew(&app, &first["RefreshToken"], json!({}))
            .await
            .refused("NotAuthorizedException", "Refresh Token has been revoked");
    }

    #[tokio::test]
    async fn it_belongs_to_the_confirmed_device() {
        let app = Application::with_devices(true, false).await;
        let result = tokens(&app).await;
        let issued = json!({ "DeviceKey": result["NewDeviceMetadata"]["DeviceKey"] });
        let token = &result["RefreshToken"];
        renew(&app, token, issued.clone()).await.refused(INVALID.0, INVALID.1);
        app.confirm_device(&result).await;
        renew(&app, token, issued).await.ok();
        for other in [json!({}), json!({ "DeviceKey": "us-east-1_aaaaaaaa-0000" })] {
            renew(&app, token, other).await.refused(INVALID.0, INVALID.1);
        }
    }

    #[tokio::test]
    async fn a_client_with_a_secret_shows_it() {
        let app = Application::new(json!({}), json!({ "GenerateSecret": true })).await;
        let client = json!({ "UserPoolId": app.pool, "ClientId": app.client });
        let client = app.server.admin("DescribeUserPoolClient", client).await.ok();
        let secret = &client["UserPoolClient"]["ClientSecret"];
        let garbage = &json!("garbage");
        let name = "NotAuthorizedException";
        let missing = format!(
            "Client {} is configured with secret but SECRET_HASH was not received",
            app.client
        );
        renew(&app, garbage, json!({})).await.refused(name, &missing);
        let wrong = format!("Unable to verify secret hash for client {}", app.client);
        let another = json!({ "ClientSecret": "a".repeat(51) });
        renew(&app, garbage, another).await.refused(name, &wrong);
        renew(&app, garbage, json!({ "ClientSecret": secret })).await.refused(name, INVALID.1);
    }
}

#[cfg(test)]
mod rotation;
