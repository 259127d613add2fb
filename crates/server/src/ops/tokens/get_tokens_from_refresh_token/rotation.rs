//! Refresh tokens that are replaced when they are used.

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::testing::Reply;
use crate::testing::client::{Application, PASSWORD, claims, with};

const REUSED: (&str, &str) = ("RefreshTokenReuseException", "Refresh token reuse detected");
const REVOKED: (&str, &str) = ("NotAuthorizedException", "Refresh Token has been revoked");
const INVALID: (&str, &str) = ("NotAuthorizedException", "Invalid Refresh Token.");

fn rotating(grace: i64) -> Value {
    json!({
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
        "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": grace },
    })
}

async fn application(grace: i64) -> Application {
    let app = Application::new(json!({}), rotating(grace)).await;
    app.user("ada").await;
    app
}

async fn sign_in(app: &Application) -> Value {
    let answer = app.password_sign_in("ada", PASSWORD).await.ok();
    answer["AuthenticationResult"].clone()
}

async fn first(app: &Application) -> Value {
    sign_in(app).await["RefreshToken"].clone()
}

async fn renew(app: &Application, token: &Value) -> Reply {
    let request = json!({ "ClientId": app.client, "RefreshToken": token });
    app.server.call("GetTokensFromRefreshToken", request).await
}

/// The refresh token that replaces this one.
#[track_caller]
fn next(reply: Reply) -> Value {
    let result = &reply.ok()["AuthenticationResult"];
    for member in ["AccessToken", "IdToken", "RefreshToken"] {
        assert!(result[member].is_string(), "{member}");
    }
    assert!(result.get("NewDeviceMetadata").is_none());
    result["RefreshToken"].clone()
}

async fn revoke(app: &Application, token: &Value) {
    let request = json!({ "ClientId": app.client, "Token": token });
    app.server.call("RevokeToken", request).await.ok();
}

#[tokio::test]
async fn each_use_replaces_the_token_and_keeps_the_sign_in() {
    let app = application(0).await;
    let signed_in = sign_in(&app).await;
    let mut token = signed_in["RefreshToken"].clone();
    for _ in 0..3 {
        app.server.advance_secs(60);
        let body = renew(&app, &token).await.ok();
        let result = &body["AuthenticationResult"];
        let (old, new) = (claims(&signed_in["AccessToken"]), claims(&result["AccessToken"]));
        for same in ["origin_jti", "auth_time", "sub"] {
            assert_eq!(old[same], new[same], "{same}");
        }
        assert_ne!(token, result["RefreshToken"]);
        token = result["RefreshToken"].clone();
        let text = token.as_str().unwrap();
        assert_eq!(text.split('.').count(), 5);
    }
}

#[tokio::test]
async fn a_replaced_token_is_refused_and_the_newest_goes_on_working() {
    let app = application(0).await;
    let one = first(&app).await;
    let two = next(renew(&app, &one).await);
    let three = next(renew(&app, &two).await);
    for used in [&one, &two, &one] {
        renew(&app, used).await.refused(REUSED.0, REUSED.1);
    }
    next(renew(&app, &three).await);
}

#[tokio::test]
async fn the_new_token_lives_as_long_as_the_first_would_have() {
    let hours = json!({
        "RefreshTokenValidity": 2, "TokenValidityUnits": { "RefreshToken": "hours" },
    });
    let app = Application::new(json!({}), with(rotating(0), hours)).await;
    app.user("ada").await;
    let one = first(&app).await;
    app.server.advance_secs(2 * 3600 - 1);
    let two = next(renew(&app, &one).await);
    app.server.advance_secs(1);
    let expired = ("NotAuthorizedException", "Refresh Token has expired");
    renew(&app, &two).await.refused(expired.0, expired.1);
}

#[tokio::test]
async fn a_retry_within_the_grace_period_succeeds_and_the_last_answer_holds() {
    let app = application(10).await;
    let one = first(&app).await;
    let lost = next(renew(&app, &one).await);
    app.server.advance_secs(9);
    let held = next(renew(&app, &one).await);
    renew(&app, &lost).await.refused(REUSED.0, REUSED.1);
    let two = next(renew(&app, &held).await);
    app.server.advance_secs(1);
    renew(&app, &one).await.refused(REUSED.0, REUSED.1);
    next(renew(&app, &two).await);
    app.server.advance_secs(11);
    renew(&app, &two).await.refused(REUSED.0, REUSED.1);
}

#[tokio::test]
async fn the_newest_and_the_first_token_revoke_and_the_ones_between_do_not() {
    let app = application(0).await;
    let one = first(&app).await;
    let two = next(renew(&app, &one).await);
    let three = next(renew(&app, &two).await);
    revoke(&app, &two).await;
    revoke(&app, &json!("never-issued")).await;
    let four = next(renew(&app, &three).await);
    for _ in 0..2 {
        revoke(&app, &four).await;
        renew(&app, &four).await.refused(REVOKED.0, REVOKED.1);
        renew(&app, &one).await.refused(REVOKED.0, REVOKED.1);
    }

    let signed_in = sign_in(&app).await;
    let five = next(renew(&app, &signed_in["RefreshToken"]).await);
    revoke(&app, &signed_in["RefreshToken"]).await;
    renew(&app, &five).await.refused(REVOKED.0, REVOKED.1);
    let get = json!({ "AccessToken": signed_in["AccessToken"] });
    let ended = app.server.call("GetUser", get).await;
    ended.refused("NotAuthorizedException", "Access Token has been revoked");
}

#[tokio::test]
async fn a_rotated_token_of_another_client_is_refused() {
    let app = application(10).await;
    let one = first(&app).await;
    let two = next(renew(&app, &one).await);
    let other = with(rotating(10), json!({ "UserPoolId": app.pool, "ClientName": "other" }));
    let other = app.server.admin("CreateUserPoolClient", other).await.ok();
    let other = &other["UserPoolClient"]["ClientId"];
    for token in [&one, &two] {
        let request = json!({ "ClientId": other, "RefreshToken": token });
        let reply = app.server.call("GetTokensFromRefreshToken", request).await;
        reply.refused(INVALID.0, INVALID.1);
        let request = json!({ "ClientId": other, "Token": token });
        app.server
            .call("RevokeToken", request)
            .await
            .refused("UnauthorizedException", "Unauthorized");
    }
    next(renew(&app, &two).await);
}

#[tokio::test]
async fn the_newest_token_needs_its_device_too() {
    let app = Application::with_devices(true, false).await;
    app.user("ada").await;
    let update = with(rotating(0), json!({ "UserPoolId": app.pool, "ClientId": app.client }));
    let signed_in = sign_in(&app).await;
    app.confirm_device(&signed_in).await;
    app.server.admin("UpdateUserPoolClient", update).await.ok();
    let device = &signed_in["NewDeviceMetadata"]["DeviceKey"];
    let mut token = signed_in["RefreshToken"].clone();
    for _ in 0..2 {
        renew(&app, &token).await.refused(INVALID.0, INVALID.1);
        let request = json!({ "ClientId": app.client, "RefreshToken": token, "DeviceKey": device });
        token = next(app.server.call("GetTokensFromRefreshToken", request).await);
    }
    let forget = json!({ "AccessToken": signed_in["AccessToken"], "DeviceKey": device });
    app.server.call("ForgetDevice", forget).await;
    let request = json!({ "ClientId": app.client, "RefreshToken": token, "DeviceKey": device });
    let reply = app.server.call("GetTokensFromRefreshToken", request).await;
    reply.refused(INVALID.0, INVALID.1);
}

#[tokio::test]
async fn rotation_can_be_switched_on_and_off() {
    let app = Application::new(json!({}), json!({})).await;
    app.user("ada").await;
    let one = first(&app).await;
    let update =
        |rotation: Value| with(rotation, json!({ "UserPoolId": app.pool, "ClientId": app.client }));
    app.server.admin("UpdateUserPoolClient", update(rotating(0))).await.ok();
    // The flow cannot hand out a new refresh token, and is shut.
    let flow = app.initiate("REFRESH_TOKEN_AUTH", json!({ "REFRESH_TOKEN": one })).await;
    flow.refused("InvalidParameterException", "Auth flow not enabled for this client");
    let two = next(renew(&app, &one).await);
    let off = json!({ "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"] });
    app.server.admin("UpdateUserPoolClient", update(off)).await.ok();
    for _ in 0..2 {
        let body = renew(&app, &two).await.ok();
        assert!(body["AuthenticationResult"].get("RefreshToken").is_none());
        app.initiate("REFRESH_TOKEN_AUTH", json!({ "REFRESH_TOKEN": two })).await.ok();
    }
    renew(&app, &one).await.refused(REUSED.0, REUSED.1);
    let flow = app.initiate("REFRESH_TOKEN_AUTH", json!({ "REFRESH_TOKEN": one })).await;
    flow.refused(INVALID.0, INVALID.1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_uses_at_once_one_succeeds() {
    let app = application(0).await;
    let one = first(&app).await;
    let mut calls = JoinSet::new();
    let nodes = [app.server.clone(), app.server.another()];
    for number in 0..64 {
        let node = nodes[number % 2].clone();
        let request = json!({ "ClientId": app.client, "RefreshToken": one });
        calls.spawn(async move { node.call("GetTokensFromRefreshToken", request).await });
    }
    let (won, lost): (Vec<Reply>, Vec<Reply>) =
        calls.join_all().await.into_iter().partition(|reply| reply.status == 200);
    assert_eq!((won.len(), lost.len()), (1, 63));
    for reply in lost {
        reply.refused(REUSED.0, REUSED.1);
    }
    next(renew(&app, &next(won.into_iter().next().unwrap())).await);
}
