//! `USER_AUTH`: choosing a first factor, codes as one, and stepping up.

use poolhouse_domain::user::Lookup;

use super::*;

const WRONG_CODE: (&str, &str) =
    ("CodeMismatchException", "Invalid code or auth state for the user.");
const USED: (&str, &str) =
    ("NotAuthorizedException", "Invalid session for the user, session can only be used once.");

/// A pool that allows codes by email and text message first.
async fn choosing(client: Value) -> Application {
    let pool = json!({
        "Policies": { "SignInPolicy": {
            "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"],
        }},
        "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::000000000000:role/sms" },
        "EmailConfiguration": {
            "EmailSendingAccount": "DEVELOPER",
            "SourceArn": "arn:aws:ses:us-east-1:000000000000:identity/example.com",
        },
        "AccountRecoverySetting": { "RecoveryMechanisms": [{ "Name": "admin_only", "Priority": 1 }] },
    });
    let flows = json!({ "ExplicitAuthFlows": [
        "ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
    ]});
    Application::new(pool, with(flows, client)).await
}

async fn with_verified_email(client: Value) -> Application {
    let app = choosing(client).await;
    let user = app.user("ada").await;
    app.change(&user, |user| {
        user.attributes.insert("email_verified".into(), "true".into());
    })
    .await;
    app
}

async fn begin(app: &Application, parameters: Value) -> Reply {
    app.initiate("USER_AUTH", with(json!({ "USERNAME": "ada" }), parameters)).await
}

fn session(reply: &Value) -> Option<&str> {
    Some(reply["Session"].as_str().unwrap())
}

fn sent_code(app: &Application) -> String {
    app.server.take_message().code.expose().clone()
}

fn otp(code: &str) -> Value {
    json!({ "USERNAME": "ada", "EMAIL_OTP_CODE": code })
}

#[tokio::test]
async fn without_a_preference_the_choices_are_listed() {
    let app = choosing(json!({})).await;
    app.user("ada").await;
    let asked = begin(&app, json!({})).await.ok();
    assert_eq!(asked["ChallengeName"], "SELECT_CHALLENGE");
    assert_eq!(asked["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD"]));
    assert_eq!(asked["ChallengeParameters"], json!({ "USERNAME": "ada" }));
    // The address is not verified, so its code is no choice.
    let preferred = begin(&app, json!({ "PREFERRED_CHALLENGE": "EMAIL_OTP" })).await.ok();
    assert_eq!(preferred["ChallengeName"], "SELECT_CHALLENGE");
    let none = json!({ "USERNAME": "ada", "ANSWER": "EMAIL_OTP" });
    let unavailable = app.respond("SELECT_CHALLENGE", session(&asked), none).await;
    assert_eq!(unavailable.body["__type"], "InvalidParameterException");
    assert!(app.server.take_messages().is_empty());
    let answer = json!({ "USERNAME": "ada", "ANSWER": "PASSWORD", "PASSWORD": PASSWORD });
    tokens(app.respond("SELECT_CHALLENGE", session(&asked), answer).await);
}

#[tokio::test]
async fn the_preferred_password_is_checked_at_once() {
    let app = choosing(json!({})).await;
    app.user("ada").await;
    let given = |password: &str| json!({ "PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": password });
    refused(begin(&app, given("Wrong1!!")).await, BAD);
    let result = tokens(begin(&app, given(PASSWORD)).await);
    let access = claims(&result["AccessToken"]);
    assert_eq!((&access["acr"], &access["amr"]), (&json!("urn:cognito:loa:1"), &json!(["pwd"])));
}

#[tokio::test]
async fn a_password_that_is_asked_for_is_taken_once() {
    let app = choosing(json!({})).await;
    app.user("ada").await;
    let asked = begin(&app, json!({ "PREFERRED_CHALLENGE": "PASSWORD" })).await.ok();
    assert_eq!(asked["ChallengeName"], "PASSWORD");
    let password = |password: &str| json!({ "USERNAME": "ada", "PASSWORD": password });
    let wrong = app.respond("PASSWORD", session(&asked), password("Wrong1!!")).await;
    refused(wrong, BAD);
    // The wrong password has used the session up.
    refused(app.respond("PASSWORD", session(&asked), password(PASSWORD)).await, USED);
    let asked = begin(&app, json!({ "PREFERRED_CHALLENGE": "PASSWORD" })).await.ok();
    tokens(app.respond("PASSWORD", session(&asked), password(PASSWORD)).await);
    refused(
        app.respond("PASSWORD", None, password(PASSWORD)).await,
        ("InvalidParameterException", "Missing required parameter Session"),
    );
}

#[tokio::test]
async fn srp_runs_in_a_session_that_must_come_back() {
    let app = choosing(json!({})).await;
    app.user("ada").await;
    let client = Client::new(&mut app.server.app.fork_rng("t"));
    let a = client.srp_a();
    // At once, by the choice, and after the choice.
    let preferred = json!({ "PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": a });
    let at_once = begin(&app, preferred).await.ok();
    let listed = begin(&app, json!({})).await.ok();
    let chosen = json!({ "USERNAME": "ada", "ANSWER": "PASSWORD_SRP", "SRP_A": a });
    let chosen = app.respond("SELECT_CHALLENGE", session(&listed), chosen).await.ok();
    let asked = begin(&app, json!({ "PREFERRED_CHALLENGE": "PASSWORD_SRP" })).await.ok();
    assert_eq!(asked["ChallengeName"], "PASSWORD_SRP");
    let then = json!({ "USERNAME": "ada", "SRP_A": a });
    let then = app.respond("PASSWORD_SRP", session(&asked), then).await.ok();
    for started in [at_once.clone(), chosen, then] {
        assert_eq!(started["ChallengeName"], "PASSWORD_VERIFIER", "{started}");
        let claim = app.claim(&client, &started, PASSWORD);
        let alone = app.respond("PASSWORD_VERIFIER", None, claim.clone()).await;
        assert_eq!(alone.body["__type"], "InvalidParameterException");
        tokens(app.respond("PASSWORD_VERIFIER", session(&started), claim.clone()).await);
        refused(app.respond("PASSWORD_VERIFIER", session(&started), claim).await, USED);
    }
    // One exchange's session does not serve another's block.
    let other =
        begin(&app, json!({ "PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": a })).await.ok();
    let claim = app.claim(&client, &at_once, PASSWORD);
    refused(app.respond("PASSWORD_VERIFIER", session(&other), claim).await, INVALID_SESSION);
}

#[tokio::test]
async fn a_code_by_email_signs_in() {
    let app = with_verified_email(json!({})).await;
    let asked = begin(&app, json!({ "PREFERRED_CHALLENGE": "EMAIL_OTP" })).await.ok();
    assert_eq!(asked["ChallengeName"], "EMAIL_OTP");
    assert_eq!(asked["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP"]));
    let parameters = json!({
        "CODE_DELIVERY_DELIVERY_MEDIUM": "EMAIL", "CODE_DELIVERY_DESTINATION": "a***@e***",
    });
    assert_eq!(asked["ChallengeParameters"], parameters);
    let message = app.server.take_message();
    let code = message.code.expose().clone();
    assert!(code.len() == 8 && code.bytes().all(|b| b.is_ascii_digit()), "{code}");
    assert_eq!(message.body.expose(), &format!("Your authentication code is {code}. "));
    // A wrong code leaves the session alive, and is not the other challenge's.
    refused(app.respond("EMAIL_OTP", session(&asked), otp("00000000")).await, WRONG_CODE);
    let as_sms = json!({ "USERNAME": "ada", "SMS_OTP_CODE": code });
    refused(app.respond("SMS_OTP", session(&asked), as_sms).await, INVALID_SESSION);
    let result = tokens(app.respond("EMAIL_OTP", session(&asked), otp(&code)).await);
    let id = claims(&result["IdToken"]);
    assert_eq!((&id["acr"], &id["amr"]), (&json!("urn:cognito:loa:2"), &json!(["email_otp"])));
    refused(app.respond("EMAIL_OTP", session(&asked), otp(&code)).await, USED);
    // Refreshed tokens tell the same.
    let refresh = json!({ "REFRESH_TOKEN": result["RefreshToken"] });
    let renewed = tokens(app.initiate("REFRESH_TOKEN_AUTH", refresh).await);
    assert_eq!(claims(&renewed["AccessToken"])["amr"], json!(["email_otp"]));
}

#[tokio::test]
async fn codes_are_guessed_ten_times_over_all_sessions_and_end_with_them() {
    let app = with_verified_email(json!({})).await;
    let preferred = json!({ "PREFERRED_CHALLENGE": "EMAIL_OTP" });
    for _ in 0..2 {
        let asked = begin(&app, preferred.clone()).await.ok();
        sent_code(&app);
        for _ in 0..5 {
            refused(app.respond("EMAIL_OTP", session(&asked), otp("00000000")).await, WRONG_CODE);
        }
    }
    let asked = begin(&app, preferred.clone()).await.ok();
    let code = sent_code(&app);
    let locked = app.respond("EMAIL_OTP", session(&asked), otp(&code)).await;
    refused(locked, ("NotAuthorizedException", "Password attempts exceeded"));
    app.server.advance_secs(1);
    tokens(app.respond("EMAIL_OTP", session(&asked), otp(&code)).await);
    let asked = begin(&app, preferred).await.ok();
    let code = sent_code(&app);
    app.server.advance_secs(180);
    let expired = "Invalid session for the user, session is expired.";
    let late = app.respond("EMAIL_OTP", session(&asked), otp(&code)).await;
    refused(late, ("NotAuthorizedException", expired));
}

#[tokio::test]
async fn a_code_does_not_outlive_the_address() {
    let app = with_verified_email(json!({})).await;
    let asked = begin(&app, json!({ "PREFERRED_CHALLENGE": "EMAIL_OTP" })).await.ok();
    let code = sent_code(&app);
    let request = json!({
        "UserPoolId": app.pool, "Username": "ada", "UserAttributes": [
            { "Name": "email", "Value": "new@example.com" },
            { "Name": "email_verified", "Value": "true" },
        ],
    });
    app.server.admin("AdminUpdateUserAttributes", request).await.ok();
    let reply = app.respond("EMAIL_OTP", session(&asked), otp(&code)).await;
    assert_ne!(reply.status, 200, "{}", reply.body);
}

#[tokio::test]
async fn whoever_owes_a_second_factor_is_offered_the_password() {
    let app = with_verified_email(json!({})).await;
    app.set_mfa("OPTIONAL").await;
    let result = tokens(app.password_sign_in("ada", PASSWORD).await);
    app.enrol_totp(result["AccessToken"].as_str().unwrap()).await;
    let asked = begin(&app, json!({ "PREFERRED_CHALLENGE": "EMAIL_OTP" })).await.ok();
    assert_eq!(asked["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD"]));
    let answer = json!({ "USERNAME": "ada", "ANSWER": "PASSWORD", "PASSWORD": PASSWORD });
    let next = app.respond("SELECT_CHALLENGE", session(&asked), answer).await.ok();
    assert_eq!(next["ChallengeName"], "SOFTWARE_TOKEN_MFA");
}

#[tokio::test]
async fn a_pool_of_the_lite_plan_has_no_choice() {
    let flows = json!({ "ExplicitAuthFlows": ["ALLOW_USER_AUTH"] });
    let app = Application::new(json!({}), flows).await;
    app.user("ada").await;
    let down = json!({ "UserPoolId": app.pool, "UserPoolTier": "LITE" });
    app.server.admin("UpdateUserPool", down).await.ok();
    let reply = begin(&app, json!({})).await;
    assert_eq!(reply.body["__type"], "FeatureUnavailableInTierException");
}

#[tokio::test]
async fn a_missing_user_gets_the_same_choices_and_challenges() {
    let app = choosing(json!({ "PreventUserExistenceErrors": "ENABLED" })).await;
    let user = app.user("ada").await;
    app.change(&user, |user| {
        user.attributes.insert("email_verified".into(), "true".into());
        user.attributes.insert("phone_number".into(), "+15550100".into());
        user.attributes.insert("phone_number_verified".into(), "true".into());
    })
    .await;
    let shape = |reply: &Value| {
        let length = reply["Session"].as_str().map(str::len);
        let parameters: Vec<String> =
            reply["ChallengeParameters"].as_object().unwrap().keys().cloned().collect();
        let (name, available) = (&reply["ChallengeName"], &reply["AvailableChallenges"]);
        (name.clone(), available.clone(), parameters, length)
    };
    for parameters in [
        json!({}),
        json!({ "PREFERRED_CHALLENGE": "PASSWORD" }),
        json!({ "PREFERRED_CHALLENGE": "PASSWORD_SRP" }),
        json!({ "PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": "2" }),
        json!({ "PREFERRED_CHALLENGE": "EMAIL_OTP" }),
        json!({ "PREFERRED_CHALLENGE": "SMS_OTP" }),
        json!({ "PREFERRED_CHALLENGE": "WEB_AUTHN" }),
    ] {
        let ada = begin(&app, parameters.clone()).await.ok();
        let bob = with(json!({ "USERNAME": "bob" }), parameters.clone());
        let bob = app.initiate("USER_AUTH", bob).await.ok();
        assert_eq!(shape(&ada), shape(&bob), "{parameters}");
    }
    let bob = |more: Value| with(json!({ "USERNAME": "bob" }), more);
    let asked = app.initiate("USER_AUTH", bob(json!({}))).await.ok();
    let answer = bob(json!({ "ANSWER": "PASSWORD", "PASSWORD": PASSWORD }));
    refused(app.respond("SELECT_CHALLENGE", session(&asked), answer.clone()).await, BAD);
    refused(app.respond("SELECT_CHALLENGE", session(&asked), answer).await, USED);
    let preferred = bob(json!({ "PREFERRED_CHALLENGE": "EMAIL_OTP" }));
    let asked = app.initiate("USER_AUTH", preferred.clone()).await.ok();
    let again = app.initiate("USER_AUTH", preferred).await.ok();
    assert_eq!(asked["ChallengeParameters"], again["ChallengeParameters"]);
    let code = bob(json!({ "EMAIL_OTP_CODE": "12345678" }));
    for _ in 0..10 {
        refused(app.respond("EMAIL_OTP", session(&asked), code.clone()).await, WRONG_CODE);
    }
    let locked = app.respond("EMAIL_OTP", session(&asked), code.clone()).await;
    refused(locked, ("NotAuthorizedException", "Password attempts exceeded"));
    // Nobody's session is nobody else's.
    refused(app.respond("EMAIL_OTP", session(&asked), otp("12345678")).await, INVALID_SESSION);
    assert_eq!(app.server.take_messages().len(), 2, "ada's alone");
}

#[tokio::test]
async fn a_step_up_asks_for_what_the_token_does_not_prove() {
    let app = with_verified_email(json!({})).await;
    app.set_mfa("OPTIONAL").await;
    let before = tokens(app.password_sign_in("ada", PASSWORD).await);
    let seed = app.enrol_totp(before["AccessToken"].as_str().unwrap()).await;
    let off = json!({
        "AccessToken": before["AccessToken"], "SoftwareTokenMfaSettings": { "Enabled": false },
    });
    app.server.call("SetUserMFAPreference", off).await.ok();
    let token = tokens(app.password_sign_in("ada", PASSWORD).await)["AccessToken"].clone();
    let step = |more: Value| with(json!({ "TARGET_ACR_VALUES": "urn:cognito:loa:4" }), more);
    // With the token the password counts; without it, or too old, it is asked for.
    let asked = begin(&app, step(json!({ "ACCESS_TOKEN": token }))).await.ok();
    let up = tokens(app.answer_totp(&asked, "ada", &seed, None).await);
    let access = claims(&up["AccessToken"]);
    assert_eq!(access["acr"], "urn:cognito:loa:4");
    assert_eq!(access["amr"], json!(["pwd", "otp", "mfa"]));
    let listed = begin(&app, step(json!({}))).await.ok();
    assert_eq!(listed["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD"]));
    let answer = json!({ "USERNAME": "ada", "ANSWER": "PASSWORD", "PASSWORD": PASSWORD });
    let asked = app.respond("SELECT_CHALLENGE", session(&listed), answer).await.ok();
    assert_eq!(asked["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    app.server.advance_secs(60);
    let old = begin(&app, step(json!({ "ACCESS_TOKEN": token, "MAX_AGE": "59" }))).await.ok();
    assert_eq!(old["ChallengeName"], "SELECT_CHALLENGE");
    // A level of codes alone needs no password.
    let code = json!({ "TARGET_ACR_VALUES": "urn:cognito:loa:2" });
    let by_code = begin(&app, code).await.ok();
    assert_eq!(by_code["AvailableChallenges"], json!(["EMAIL_OTP"]));
}

#[tokio::test]
async fn a_step_up_that_makes_no_sense_is_refused() {
    let app = with_verified_email(json!({})).await;
    let token = tokens(app.password_sign_in("ada", PASSWORD).await)["AccessToken"].clone();
    app.user("bob").await;
    let bobs = tokens(app.password_sign_in("bob", PASSWORD).await)["AccessToken"].clone();
    let level = |level: u8| format!("urn:cognito:loa:{level}");
    for (parameters, text) in [
        (
            json!({ "ACCESS_TOKEN": token }),
            "ACCESS_TOKEN is only accepted together with TARGET_ACR_VALUES.",
        ),
        (
            json!({ "TARGET_ACR_VALUES": "gold" }),
            "TARGET_ACR_VALUES names no level of the user pool.",
        ),
        (
            json!({ "TARGET_ACR_VALUES": level(4) }),
            "The user cannot reach any of the levels that TARGET_ACR_VALUES names.",
        ),
        (
            json!({ "TARGET_ACR_VALUES": level(1), "ACCESS_TOKEN": token }),
            "The access token has the level that TARGET_ACR_VALUES asks for.",
        ),
        (
            json!({ "TARGET_ACR_VALUES": level(1), "MAX_AGE": "-1" }),
            "MAX_AGE must be a whole number of seconds.",
        ),
        (
            json!({ "TARGET_ACR_VALUES": level(2), "ACCESS_TOKEN": bobs }),
            "ACCESS_TOKEN does not belong to the user in USERNAME.",
        ),
    ] {
        begin(&app, parameters).await.refused("InvalidParameterException", text);
    }
    let garbage = json!({ "TARGET_ACR_VALUES": level(2), "ACCESS_TOKEN": "x" });
    begin(&app, garbage).await.refused("NotAuthorizedException", "Invalid Access Token");
}

/// No state that shuts a user out lets them in with a right code or the right password.
#[tokio::test]
async fn whoever_is_shut_out_is_not_let_in_by_choice() {
    let shut = |user: &mut poolhouse_domain::user::User, state: &str| match state {
        "disabled" => user.enabled = false,
        "unconfirmed" => user.status = UserStatus::Unconfirmed,
        "reset" => user.status = UserStatus::ResetRequired,
        _ => user.status = UserStatus::ExternalProvider,
    };
    for state in ["disabled", "unconfirmed", "reset", "external"] {
        // Shut out between the challenge and its answer.
        let app = with_verified_email(json!({})).await;
        let (pool, lookup) = (&app.pool_id(), &[Lookup::Username("ada".into())]);
        let user = app.server.app.db.read(async |mut tx| tx.user_by(pool, lookup).await);
        let user = user.await.unwrap();
        let asked = begin(&app, json!({ "PREFERRED_CHALLENGE": "EMAIL_OTP" })).await.ok();
        let code = sent_code(&app);
        app.change(&user, |user| shut(user, state)).await;
        let reply = app.respond("EMAIL_OTP", session(&asked), otp(&code)).await;
        assert_ne!(reply.status, 200, "{state}: {}", reply.body);
        // Shut out before it began.
        let parameters = json!({ "PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": PASSWORD });
        let reply = begin(&app, parameters).await;
        assert!(reply.body.get("AuthenticationResult").is_none(), "{state}: {}", reply.body);
        let reply = begin(&app, json!({ "PREFERRED_CHALLENGE": "EMAIL_OTP" })).await;
        if reply.status == 200 && reply.body["ChallengeName"] == "EMAIL_OTP" {
            let code = sent_code(&app);
            let reply = app.respond("EMAIL_OTP", session(&reply.body), otp(&code)).await;
            assert_ne!(reply.status, 200, "{state}: {}", reply.body);
        }
    }
}
