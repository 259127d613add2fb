//! What a session may be answered with, by whom, and for how long.

use super::*;

/// A session that waits for a TOTP code of ada.
async fn waiting() -> (Application, Vec<u8>, String) {
    let app = plain().await;
    app.set_mfa("OPTIONAL").await;
    app.user("ada").await;
    app.user("bob").await;
    let result = tokens(app.password_sign_in("ada", PASSWORD).await);
    let seed = app.enrol_totp(result["AccessToken"].as_str().unwrap()).await;
    app.server.advance_secs(30);
    let asked = app.password_sign_in("ada", PASSWORD).await.ok();
    (app, seed, asked["Session"].as_str().unwrap().to_owned())
}

fn code(name: &str, code: &str) -> Value {
    json!({ "USERNAME": name, "SOFTWARE_TOKEN_MFA_CODE": code })
}

#[tokio::test]
async fn a_session_belongs_to_its_user_client_and_challenge() {
    let (app, seed, session) = waiting().await;
    let good = app.totp(&seed);
    let name = "SOFTWARE_TOKEN_MFA";
    refused(app.respond(name, Some(&session), code("bob", &good)).await, INVALID_SESSION);
    let other = json!({ "UserPoolId": app.pool, "ClientName": "other" });
    let other = app.server.admin("CreateUserPoolClient", other).await.ok();
    let foreign = json!({
        "ClientId": other["UserPoolClient"]["ClientId"], "ChallengeName": name,
        "Session": session, "ChallengeResponses": code("ada", &good),
    });
    let reply = app.server.call("RespondToAuthChallenge", foreign).await;
    refused(reply, INVALID_SESSION);
    for (challenge, more) in [
        ("NEW_PASSWORD_REQUIRED", json!({ "NEW_PASSWORD": "Another1!" })),
        ("MFA_SETUP", json!({})),
        ("SMS_MFA", json!({ "SMS_MFA_CODE": "123456" })),
        ("EMAIL_OTP", json!({ "EMAIL_OTP_CODE": "123456" })),
        ("SELECT_MFA_TYPE", json!({ "ANSWER": "SOFTWARE_TOKEN_MFA" })),
        ("SELECT_CHALLENGE", json!({ "ANSWER": "PASSWORD", "PASSWORD": PASSWORD })),
        ("CUSTOM_CHALLENGE", json!({ "ANSWER": "x" })),
        ("ADMIN_NO_SRP_AUTH", json!({ "PASSWORD": PASSWORD })),
    ] {
        let answer = with(json!({ "USERNAME": "ada" }), more);
        let reply = app.respond(challenge, Some(&session), answer).await;
        refused(reply, INVALID_SESSION);
    }
    tokens(app.respond(name, Some(&session), code("ada", &good)).await);
}

#[tokio::test]
async fn an_invented_or_altered_session_opens_nothing() {
    let (app, seed, session) = waiting().await;
    let name = "SOFTWARE_TOKEN_MFA";
    let good = code("ada", &app.totp(&seed));
    for index in (0..session.len()).step_by(7) {
        let mut altered = session.clone().into_bytes();
        altered[index] = if altered[index] == b'A' { b'B' } else { b'A' };
        let altered = String::from_utf8(altered).unwrap();
        refused(app.respond(name, Some(&altered), good.clone()).await, INVALID_SESSION);
    }
    let invented = "A".repeat(100);
    for challenge in ["NEW_PASSWORD_REQUIRED", "MFA_SETUP", "SOFTWARE_TOKEN_MFA", "SMS_MFA"] {
        let more = json!({ "NEW_PASSWORD": "Another1!", "SMS_MFA_CODE": "123456" });
        let reply = app.respond(challenge, Some(&invented), with(good.clone(), more)).await;
        refused(reply, INVALID_SESSION);
    }
    tokens(app.respond(name, Some(&session), good).await);
}

#[tokio::test]
async fn a_session_ends_with_its_time_and_with_its_users_change() {
    let (app, seed, session) = waiting().await;
    let name = "SOFTWARE_TOKEN_MFA";
    app.server.advance_secs(180);
    let late = app.respond(name, Some(&session), code("ada", &app.totp(&seed))).await;
    let text = "Invalid session for the user, session is expired.";
    refused(late, ("NotAuthorizedException", text));
    let asked = app.password_sign_in("ada", PASSWORD).await.ok();
    let session = asked["Session"].as_str();
    let out = json!({ "UserPoolId": app.pool, "Username": "ada" });
    app.server.admin("AdminUserGlobalSignOut", out).await.ok();
    let reply = app.respond(name, session, code("ada", &app.totp(&seed))).await;
    refused(reply, INVALID_SESSION);
}
