//! `SOFTWARE_TOKEN_MFA` and `MFA_SETUP`.

use super::*;

async fn enrolled() -> (Application, Vec<u8>) {
    let app = plain().await;
    app.set_mfa("OPTIONAL").await;
    app.user("ada").await;
    let result = tokens(app.password_sign_in("ada", PASSWORD).await);
    let seed = app.enrol_totp(result["AccessToken"].as_str().unwrap()).await;
    (app, seed)
}

fn code(code: &str) -> Value {
    json!({ "USERNAME": "ada", "SOFTWARE_TOKEN_MFA_CODE": code })
}

#[tokio::test]
async fn a_code_is_asked_for_and_accepted_once() {
    let (app, seed) = enrolled().await;
    let asked = app.password_sign_in("ada", PASSWORD).await.ok();
    let session = asked["Session"].as_str();
    let name = "SOFTWARE_TOKEN_MFA";
    // The code that enrolled the authenticator is used up.
    let enrolment = app.respond(name, session, code(&app.totp(&seed))).await;
    let reused = ("ExpiredCodeException", "Your software token has already been used once.");
    refused(enrolment, reused);
    app.server.advance_secs(30);
    let wrong = ("CodeMismatchException", "Invalid code received for user");
    refused(app.respond(name, session, code("000000")).await, wrong);
    let good = code(&app.totp(&seed));
    tokens(app.respond(name, session, good.clone()).await);
    let once = "Invalid session for the user, session can only be used once.";
    let again = app.respond(name, session, good.clone()).await;
    refused(again, ("NotAuthorizedException", once));
    let asked = app.password_sign_in("ada", PASSWORD).await.ok();
    refused(app.respond(name, asked["Session"].as_str(), good).await, reused);
}

#[tokio::test]
async fn guessing_codes_is_locked_over_all_sessions() {
    let (app, seed) = enrolled().await;
    app.server.advance_secs(30);
    let name = "SOFTWARE_TOKEN_MFA";
    for _ in 0..2 {
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        for _ in 0..5 {
            let reply = app.respond(name, asked["Session"].as_str(), code("000000")).await;
            assert_eq!(reply.body["__type"], "CodeMismatchException");
        }
    }
    let asked = app.password_sign_in("ada", PASSWORD).await.ok();
    let locked = app.respond(name, asked["Session"].as_str(), code(&app.totp(&seed))).await;
    refused(locked, ("NotAuthorizedException", "Password attempts exceeded"));
    app.server.advance_secs(1);
    let good = app.respond(name, asked["Session"].as_str(), code(&app.totp(&seed))).await;
    tokens(good);
}

#[tokio::test]
async fn setup_gives_tokens_only_after_verification() {
    let app = plain().await;
    app.set_mfa("ON").await;
    app.user("ada").await;
    let asked = app.password_sign_in("ada", PASSWORD).await.ok();
    assert_eq!(asked["ChallengeName"], "MFA_SETUP");
    assert_eq!(asked["ChallengeParameters"]["MFAS_CAN_SETUP"], r#"["SOFTWARE_TOKEN_MFA"]"#);
    let session = asked["Session"].as_str().unwrap();
    let user = json!({ "USERNAME": "ada" });
    let early = app.respond("MFA_SETUP", Some(session), user.clone()).await;
    refused(early, INVALID_SESSION);
    let begun = app.server.call("AssociateSoftwareToken", json!({ "Session": session }));
    let begun = begun.await.ok();
    let second = begun["Session"].as_str().unwrap();
    assert_ne!(second, session);
    let early = app.respond("MFA_SETUP", Some(second), user.clone()).await;
    refused(early, INVALID_SESSION);
    let code = begun["SecretCode"].as_str().unwrap();
    let seed = poolhouse_domain::totp::parse_secret_code(code).unwrap().expose().clone();
    let verify = |code: String| json!({ "Session": second, "UserCode": code });
    let wrong = app.server.call("VerifySoftwareToken", verify("000000".into())).await;
    let text = "Code mismatch and fail enable Software Token MFA";
    refused(wrong, ("EnableSoftwareTokenMFAException", text));
    let done = app.server.call("VerifySoftwareToken", verify(app.totp(&seed))).await.ok();
    assert_eq!(done["Status"], "SUCCESS");
    tokens(app.respond("MFA_SETUP", done["Session"].as_str(), user).await);
    let next = app.password_sign_in("ada", PASSWORD).await.ok();
    assert_eq!(next["ChallengeName"], "SOFTWARE_TOKEN_MFA");
}

#[tokio::test]
async fn a_pool_without_authenticators_enrols_none() {
    let app = plain().await;
    app.user("ada").await;
    let result = tokens(app.password_sign_in("ada", PASSWORD).await);
    let request = json!({ "AccessToken": result["AccessToken"] });
    let reply = app.server.call("AssociateSoftwareToken", request).await;
    let text = "Software Token MFA has not been enabled by the userPool";
    refused(reply, ("SoftwareTokenMFANotFoundException", text));
}

#[tokio::test]
async fn a_trigger_that_cannot_be_called_is_not_passed_over() {
    let (app, seed) = enrolled().await;
    app.server.advance_secs(30);
    let asked = app.password_sign_in("ada", PASSWORD).await.ok();
    let update = json!({
        "UserPoolId": app.pool, "MfaConfiguration": "OPTIONAL",
        "LambdaConfig": {
            "PostAuthentication": "arn:aws:lambda:us-east-1:000000000000:function:audit",
        },
    });
    app.server.admin("UpdateUserPool", update).await.ok();
    let text = "PostAuthentication invocation failed due to configuration.";
    let begun = app.password_sign_in("ada", PASSWORD).await.ok();
    assert_eq!(begun["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    let name = "SOFTWARE_TOKEN_MFA";
    let finished = app.respond(name, asked["Session"].as_str(), code(&app.totp(&seed))).await;
    refused(finished, ("UnexpectedLambdaException", text));
}
