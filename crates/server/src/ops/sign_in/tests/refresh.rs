//! `REFRESH_TOKEN_AUTH`.

use super::*;

async fn signed_in() -> (Application, Value) {
    let app = plain().await;
    app.user("ada").await;
    let result = tokens(app.password_sign_in("ada", PASSWORD).await);
    (app, result)
}

async fn refresh(app: &Application, result: &Value) -> Reply {
    let token = json!({ "REFRESH_TOKEN": result["RefreshToken"] });
    app.initiate("REFRESH_TOKEN_AUTH", token).await
}

#[tokio::test]
async fn a_refresh_keeps_the_sign_in_and_returns_no_refresh_token() {
    let (app, first) = signed_in().await;
    app.server.advance_secs(600);
    for flow in ["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"] {
        let token = json!({ "REFRESH_TOKEN": first["RefreshToken"] });
        let second = tokens(app.initiate(flow, token).await);
        assert!(second.get("RefreshToken").is_none());
        let (old, new) = (claims(&first["AccessToken"]), claims(&second["AccessToken"]));
        for same in ["origin_jti", "auth_time", "sub"] {
            assert_eq!(old[same], new[same], "{same}");
        }
        assert_ne!(old["jti"], new["jti"]);
        assert_eq!(new["iat"].as_i64(), old["iat"].as_i64().map(|iat| iat + 600));
    }
}

#[tokio::test]
async fn what_is_no_refresh_token_is_refused() {
    let (app, first) = signed_in().await;
    let invalid = ("NotAuthorizedException", "Invalid Refresh Token.");
    for token in [json!("garbage"), first["AccessToken"].clone(), first["IdToken"].clone()] {
        let reply = app.initiate("REFRESH_TOKEN_AUTH", json!({ "REFRESH_TOKEN": token }));
        refused(reply.await, invalid);
    }
    let flows = json!({
        "UserPoolId": app.pool, "ClientName": "other",
        "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"],
    });
    let other = app.server.admin("CreateUserPoolClient", flows).await.ok();
    let foreign = json!({
        "ClientId": other["UserPoolClient"]["ClientId"], "AuthFlow": "REFRESH_TOKEN_AUTH",
        "AuthParameters": { "REFRESH_TOKEN": first["RefreshToken"] },
    });
    refused(app.server.call("InitiateAuth", foreign).await, invalid);
}

#[tokio::test]
async fn a_refresh_token_ends_with_time_revocation_sign_out_and_its_user() {
    let (app, first) = signed_in().await;
    app.server.advance_secs(30 * 24 * 3600);
    let expired = ("NotAuthorizedException", "Refresh Token has expired");
    refused(refresh(&app, &first).await, expired);
    let revoked = ("NotAuthorizedException", "Refresh Token has been revoked");
    let second = tokens(app.password_sign_in("ada", PASSWORD).await);
    let third = tokens(app.password_sign_in("ada", PASSWORD).await);
    let request = json!({ "ClientId": app.client, "Token": second["RefreshToken"] });
    for _ in 0..2 {
        app.server.call("RevokeToken", request.clone()).await.ok();
    }
    refused(refresh(&app, &second).await, revoked);
    tokens(refresh(&app, &third).await);
    let out = json!({ "AccessToken": third["AccessToken"] });
    app.server.call("GlobalSignOut", out.clone()).await.ok();
    refused(refresh(&app, &third).await, revoked);
    let again = app.server.call("GlobalSignOut", out).await;
    refused(again, ("NotAuthorizedException", "Access Token has been revoked"));
}

#[tokio::test]
async fn a_user_whose_state_shuts_the_door_gets_no_tokens() {
    let (app, first) = signed_in().await;
    let pool = app.pool_id();
    let user = app.server.app.db.read(async |mut tx| {
        let lookup = [poolhouse_domain::user::Lookup::Username("ada".into())];
        tx.user_by(&pool, &lookup).await
    });
    let user = user.await.unwrap();
    for (status, name) in [
        (UserStatus::Unconfirmed, "UserNotConfirmedException"),
        (UserStatus::ResetRequired, "PasswordResetRequiredException"),
    ] {
        app.change(&user, |user| user.status = status).await;
        assert_eq!(refresh(&app, &first).await.body["__type"], name);
    }
    app.change(&user, |user| user.enabled = false).await;
    refused(refresh(&app, &first).await, ("NotAuthorizedException", "User is disabled."));
}

#[tokio::test]
async fn the_tokens_of_a_deleted_client_are_of_no_use() {
    let (app, first) = signed_in().await;
    let delete = json!({ "UserPoolId": app.pool, "ClientId": app.client });
    app.server.admin("DeleteUserPoolClient", delete).await.ok();
    let text = format!("User pool client {} does not exist.", app.client);
    let gone = ("ResourceNotFoundException", text.as_str());
    refused(refresh(&app, &first).await, gone);
    for operation in ["GetUser", "ListDevices", "GlobalSignOut"] {
        let request = json!({ "AccessToken": first["AccessToken"] });
        refused(app.server.call(operation, request).await, gone);
    }
}
