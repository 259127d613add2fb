//! Revokes a refresh token, and with it every access token of the same sign-in.
//!
//! Succeeds again for a token that is revoked, and for one that was never issued. Where refresh
//! tokens rotate, the newest and the first one of a sign-in end it; the ones between are accepted and
//! change nothing.
//!
//! Differs from AWS / not verified:
//! - The texts of the three errors are ours: the service's are not known.
//! - A token that has the form of a JWT is taken for an access or ID token
//!   (UnsupportedTokenTypeException), whoever made it.
//! - `RevokeAssociatedSessions` is accepted; there are no browser sessions yet that it could end.

use poolhouse_domain::auth::handle::RefreshHandle;
use poolhouse_domain::auth::refresh::revokes;
use poolhouse_domain::error::{Error, Result, RevocationRefusal};
use poolhouse_domain::id::ClientId;
use poolhouse_domain::token::exchange::knows_secret;
use poolhouse_domain::token::jwt::Unverified;
use poolhouse_wire::operations::RevokeToken;
use poolhouse_wire::shapes::{RevokeTokenRequest, RevokeTokenResponse};

use crate::drive::family_of;
use crate::ops::Operation;
use crate::ops::ctx::{Anonymous, Ctx};

impl Operation for RevokeToken {
    type Caller = Anonymous;

    async fn run(
        ctx: &mut Ctx<'_, Anonymous>,
        request: RevokeTokenRequest,
    ) -> Result<RevokeTokenResponse> {
        let refuse = |refusal| Error::Revocation(refusal);
        let id = &ClientId::new(request.client_id.into_inner());
        let client = match ctx.read(async |mut tx| tx.client(id).await).await {
            Err(Error::ClientNotFound(_)) => return Err(refuse(RevocationRefusal::Unauthorized)),
            other => other?,
        };
        if !knows_secret(&client, request.client_secret.as_deref()) {
            return Err(refuse(RevocationRefusal::Unauthorized));
        }
        if !client.settings.auth_policy().revocation {
            return Err(refuse(RevocationRefusal::NotEnabled));
        }
        let Ok(handle) = RefreshHandle::from_token(&request.token, &ctx.app.sealer) else {
            if Unverified::parse(&request.token).is_ok() {
                return Err(refuse(RevocationRefusal::WrongTokenType));
            }
            return Ok(RevokeTokenResponse {});
        };
        let (handle, hash) = (&handle, &handle.hash());
        ctx.write(async |mut tx| {
            let Some(family) = family_of(&mut tx, handle).await? else { return Ok(()) };
            if family.client != client.id {
                return Err(refuse(RevocationRefusal::Unauthorized));
            }
            if revokes(&family, hash) {
                tx.revoke_family(&family.pool, &family.origin_jti).await?;
            }
            Ok(())
        })
        .await?;
        Ok(RevokeTokenResponse {})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::Reply;
    use crate::testing::client::{Application, PASSWORD};

    async fn signed_in(client: Value) -> (Application, Value) {
        let app = Application::new(json!({}), client).await;
        app.user("ada").await;
        let signed_in = app.password_sign_in("ada", PASSWORD).await.ok();
        (app, signed_in["AuthenticationResult"].clone())
    }

    async fn revoke(app: &Application, token: &Value) -> Reply {
        let request = json!({ "ClientId": app.client, "Token": token });
        app.server.call("RevokeToken", request).await
    }

    #[tokio::test]
    async fn one_sign_in_ends_and_others_go_on() {
        let (app, first) = signed_in(json!({})).await;
        let second = app.password_sign_in("ada", PASSWORD).await.ok();
        let second = &second["AuthenticationResult"];
        assert_eq!(revoke(&app, &first["RefreshToken"]).await.ok(), json!({}));
        let get = |result: &Value| json!({ "AccessToken": result["AccessToken"] });
        let ended = app.server.call("GetUser", get(&first)).await;
        ended.refused("NotAuthorizedException", "Access Token has been revoked");
        app.server.call("GetUser", get(second)).await.ok();
        // Again, and for a token that was never issued.
        revoke(&app, &first["RefreshToken"]).await.ok();
        revoke(&app, &json!("never-issued")).await.ok();
    }

    #[tokio::test]
    async fn other_kinds_of_token_and_other_clients_are_refused() {
        let (app, result) = signed_in(json!({})).await;
        for kind in ["AccessToken", "IdToken"] {
            let reply = revoke(&app, &result[kind]).await;
            reply.refused("UnsupportedTokenTypeException", "Unsupported token type.");
        }
        let other = json!({ "UserPoolId": app.pool, "ClientName": "other" });
        let other = app.server.admin("CreateUserPoolClient", other).await.ok();
        for client in [&other["UserPoolClient"]["ClientId"], &json!("nosuchclient")] {
            let request = json!({ "ClientId": client, "Token": result["RefreshToken"] });
            let reply = app.server.call("RevokeToken", request).await;
            reply.refused("UnauthorizedException", "Unauthorized");
        }
        let get = json!({ "AccessToken": result["AccessToken"] });
        app.server.call("GetUser", get).await.ok();
    }

    #[tokio::test]
    async fn a_client_without_revocation_revokes_nothing() {
        let (app, result) = signed_in(json!({ "EnableTokenRevocation": false })).await;
        let reply = revoke(&app, &result["RefreshToken"]).await;
        let text = "Token revocation is not enabled for this client.";
        reply.refused("UnsupportedOperationException", text);
    }

    #[tokio::test]
    async fn a_confidential_client_shows_its_secret_and_a_public_one_has_none() {
        let app = Application::new(json!({}), json!({ "GenerateSecret": true })).await;
        let described = json!({ "UserPoolId": app.pool, "ClientId": app.client });
        let described = app.server.admin("DescribeUserPoolClient", described).await.ok();
        let secret = &described["UserPoolClient"]["ClientSecret"];
        let request = |secret: Option<&Value>| {
            let mut request = json!({ "ClientId": app.client, "Token": "never-issued" });
            if let Some(secret) = secret {
                request["ClientSecret"] = secret.clone();
            }
            request
        };
        let wrong = json!("x".repeat(30));
        for refused in [None, Some(&wrong)] {
            let reply = app.server.call("RevokeToken", request(refused)).await;
            reply.refused("UnauthorizedException", "Unauthorized");
        }
        app.server.call("RevokeToken", request(Some(secret))).await.ok();
        let (public, _) = signed_in(json!({})).await;
        let request =
            json!({ "ClientId": public.client, "Token": "x", "ClientSecret": "x".repeat(30) });
        let reply = public.server.call("RevokeToken", request).await;
        reply.refused("UnauthorizedException", "Unauthorized");
    }
}
