//! CUSTOM_AUTH: whole sign-ins with three functions, and everything that must not work.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

const ARN: &str = "arn:aws:lambda:us-east-1:000000000000:function:f";
const ALL: [&str; 3] =
    ["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"];

async fn custom_with(pool: Value, client: Value, triggers: &[&str]) -> Application {
    let lambda: serde_json::Map<_, _> =
        triggers.iter().map(|name| ((*name).to_owned(), json!(ARN))).collect();
    let flows = json!({ "ExplicitAuthFlows": [
        "ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
    ]});
    let pool = with(pool, json!({ "LambdaConfig": lambda }));
    let app = Application::new(pool, with(flows, client)).await;
    asks(&app);
    app
}

async fn custom() -> Application {
    custom_with(json!({}), json!({}), &ALL).await
}

/// Asks for what each round made up, and lets three wrong answers pass before it gives up.
fn asks(app: &Application) {
    let functions = &app.server.functions;
    functions.on("DefineAuthChallenge", |event| {
        let session = event["request"]["session"].as_array().unwrap().clone();
        let last = session.last();
        let custom = |past: &Value| past["challengeName"] == "CUSTOM_CHALLENGE";
        let wrong = session.iter().filter(|past| custom(past)).count();
        let mut event = event.clone();
        event["response"] = match last {
            Some(past) if custom(past) && past["challengeResult"] == true => {
                json!({ "issueTokens": true, "failAuthentication": false })
            }
            Some(past) if past["challengeName"] == "SRP_A" => {
                json!({ "challengeName": "PASSWORD_VERIFIER" })
            }
            Some(past) if past["challengeResult"] == false && !custom(past) => {
                json!({ "failAuthentication": true })
            }
            _ if wrong >= 3 => json!({ "failAuthentication": true, "issueTokens": false }),
            _ => json!({ "challengeName": "CUSTOM_CHALLENGE", "issueTokens": false }),
        };
        Ok(event)
    });
    let round = AtomicUsize::new(0);
    functions.on("CreateAuthChallenge", move |event| {
        let number = round.fetch_add(1, Ordering::Relaxed);
        let mut event = event.clone();
        event["response"] = json!({
            "publicChallengeParameters": { "question": format!("round {number}"),
                "USERNAME": "somebody else" },
            "privateChallengeParameters": { "answer": format!("secret {number}") },
            "challengeMetadata": format!("ROUND_{number}"),
        });
        Ok(event)
    });
    functions.on("VerifyAuthChallengeResponse", |event| {
        let request = &event["request"];
        let right = request["challengeAnswer"] == request["privateChallengeParameters"]["answer"];
        let mut event = event.clone();
        event["response"] = json!({ "answerCorrect": right });
        Ok(event)
    });
}

async fn begin(app: &Application) -> Value {
    app.initiate("CUSTOM_AUTH", json!({ "USERNAME": "ada" })).await.ok()
}

async fn answer(app: &Application, asked: &Value, text: &str) -> Reply {
    let responses = json!({ "USERNAME": "ada", "ANSWER": text });
    app.respond("CUSTOM_CHALLENGE", asked["Session"].as_str(), responses).await
}

#[tokio::test]
async fn the_pools_functions_ask_and_judge() {
    let app = custom().await;
    let user = app.user("ada").await;
    let asked = begin(&app).await;
    assert_eq!(asked["ChallengeName"], "CUSTOM_CHALLENGE");
    let expected = json!({ "question": "round 0", "USERNAME": "ada" });
    assert_eq!(asked["ChallengeParameters"], expected);
    assert!(!asked.to_string().contains("secret 0"));
    let attributes = json!({
        "sub": user.sub.as_str(), "cognito:user_status": "CONFIRMED", "email": "ada@example.com",
    });
    let events = app.server.functions.take_events();
    let requests: Vec<&Value> = events.iter().map(|event| &event["request"]).collect();
    let expected = [
        &json!({ "userAttributes": attributes, "session": [] }),
        &json!({
            "userAttributes": attributes, "session": [], "challengeName": "CUSTOM_CHALLENGE",
        }),
    ];
    assert_eq!(requests, expected);

    let again = answer(&app, &asked, "guess").await.ok();
    assert_eq!(again["ChallengeParameters"]["question"], "round 1");
    assert_ne!(again["Session"], asked["Session"]);
    let events = app.server.functions.take_events();
    let past = json!([{
        "challengeName": "CUSTOM_CHALLENGE", "challengeResult": false,
        "challengeMetadata": "ROUND_0",
    }]);
    let judged = json!({
        "userAttributes": attributes, "privateChallengeParameters": { "answer": "secret 0" },
        "challengeAnswer": "guess",
    });
    assert_eq!(events[0]["request"], judged);
    assert_eq!(events[1]["request"]["session"], past);
    assert_eq!(events[2]["request"]["session"], past);
    // The round that was answered is over, right or wrong.
    refused(answer(&app, &asked, "secret 0").await, INVALID_SESSION);
    assert_eq!(app.server.functions.take_events().len(), 0);
    let result = tokens(answer(&app, &again, "secret 1").await);
    assert_eq!(claims(&result["AccessToken"])["username"], "ada");
    refused(answer(&app, &again, "secret 1").await, INVALID_SESSION);
}

#[tokio::test]
async fn the_functions_end_a_sign_in() {
    let app = custom().await;
    app.user("ada").await;
    let mut asked = begin(&app).await;
    for _ in 0..2 {
        asked = answer(&app, &asked, "guess").await.ok();
    }
    refused(answer(&app, &asked, "guess").await, BAD);
    // Of two answers at once one is judged.
    let asked = begin(&app).await;
    let (one, two) =
        tokio::join!(answer(&app, &asked, "secret 3"), answer(&app, &asked, "secret 3"));
    let (won, lost) = if one.status == 200 { (one, two) } else { (two, one) };
    tokens(won);
    refused(lost, INVALID_SESSION);
    // A function that never ends is ended.
    app.server
        .functions
        .answer("DefineAuthChallenge", json!({ "challengeName": "CUSTOM_CHALLENGE" }));
    let mut asked = begin(&app).await;
    for _ in 0..30 {
        asked = answer(&app, &asked, "guess").await.ok();
    }
    refused(answer(&app, &asked, "guess").await, BAD);
}

#[tokio::test]
async fn a_session_is_for_its_user_its_client_and_its_challenge() {
    let app = custom().await;
    app.user("ada").await;
    app.user("bob").await;
    let asked = begin(&app).await;
    let session = asked["Session"].as_str();
    let as_bob = json!({ "USERNAME": "bob", "ANSWER": "secret 0" });
    refused(app.respond("CUSTOM_CHALLENGE", session, as_bob).await, INVALID_SESSION);
    let code = json!({ "USERNAME": "ada", "SOFTWARE_TOKEN_MFA_CODE": "123456" });
    refused(app.respond("SOFTWARE_TOKEN_MFA", session, code).await, INVALID_SESSION);
    let missing = ("InvalidParameterException", "Missing required parameter ANSWER");
    let nothing = json!({ "USERNAME": "ada" });
    refused(app.respond("CUSTOM_CHALLENGE", session, nothing).await, missing);
    app.server.advance_secs(3 * 60);
    let expired = ("NotAuthorizedException", "Invalid session for the user, session is expired.");
    refused(answer(&app, &asked, "secret 0").await, expired);
}

#[tokio::test]
async fn all_three_functions_are_needed_when_their_turn_comes() {
    let text = "Custom auth lambda trigger is not configured for the user pool.";
    let missing = ("InvalidParameterException", text);
    for triggers in [&[][..], &["PreSignUp"], &ALL[1..], &ALL[..1]] {
        let app = custom_with(json!({}), json!({}), triggers).await;
        app.user("ada").await;
        refused(app.initiate("CUSTOM_AUTH", json!({ "USERNAME": "ada" })).await, missing);
    }
    let app = custom_with(json!({}), json!({}), &ALL[..2]).await;
    app.user("ada").await;
    let asked = begin(&app).await;
    refused(answer(&app, &asked, "secret 0").await, missing);
}

#[tokio::test]
async fn failures_and_nonsense_issue_nothing() {
    let app = custom().await;
    app.user("ada").await;
    let bad = ("InvalidLambdaResponseException", "Unrecognizable lambda output");
    for name in ["SMS_MFA", "DEVICE_SRP_AUTH", "PASSWORD_VERIFIER", "banana"] {
        app.server.functions.answer("DefineAuthChallenge", json!({ "challengeName": name }));
        refused(app.initiate("CUSTOM_AUTH", json!({ "USERNAME": "ada" })).await, bad);
    }
    for response in [json!({}), json!({ "issueTokens": "true" }), json!({ "issueTokens": 1 })] {
        app.server.functions.answer("DefineAuthChallenge", response);
        refused(app.initiate("CUSTOM_AUTH", json!({ "USERNAME": "ada" })).await, bad);
    }
    asks(&app);
    let large = json!({ "privateChallengeParameters": { "a": "x".repeat(40_000) } });
    for response in [json!({ "publicChallengeParameters": { "a": 1 } }), large] {
        app.server.functions.answer("CreateAuthChallenge", response);
        refused(app.initiate("CUSTOM_AUTH", json!({ "USERNAME": "ada" })).await, bad);
    }
    asks(&app);
    let asked = begin(&app).await;
    app.server.functions.fail("VerifyAuthChallengeResponse", "'no'");
    let text = "VerifyAuthChallengeResponse failed with error 'no'.";
    let failed = ("UserLambdaValidationException", text);
    refused(answer(&app, &asked, "secret 0").await, failed);
    refused(answer(&app, &asked, "secret 0").await, INVALID_SESSION);
}

#[tokio::test]
async fn a_state_that_shuts_the_door_shuts_it_here_too() {
    let app = custom().await;
    let ada = app.user("ada").await;
    let asked = begin(&app).await;
    app.change(&ada, |user| user.enabled = false).await;
    let disabled = ("NotAuthorizedException", "User is disabled.");
    refused(answer(&app, &asked, "secret 0").await, disabled);
    refused(app.initiate("CUSTOM_AUTH", json!({ "USERNAME": "ada" })).await, disabled);
    app.user_in("bob", UserStatus::Unconfirmed, None).await;
    let unconfirmed = ("UserNotConfirmedException", "User is not confirmed.");
    refused(app.initiate("CUSTOM_AUTH", json!({ "USERNAME": "bob" })).await, unconfirmed);
}

#[tokio::test]
async fn nobody_is_asked_like_somebody_where_that_is_hidden() {
    let hiding = json!({ "PreventUserExistenceErrors": "ENABLED" });
    let app = custom_with(json!({}), hiding, &ALL).await;
    let asked = begin(&app).await;
    let expected = json!({ "question": "round 0", "USERNAME": "ada" });
    assert_eq!(asked["ChallengeParameters"], expected);
    for event in app.server.functions.take_events() {
        assert_eq!(event["request"]["userNotFound"], true);
        assert_eq!(
            (&event["userName"], &event["request"]["userAttributes"]),
            (&json!("ada"), &json!({}))
        );
    }
    let again = answer(&app, &asked, "guess").await.ok();
    refused(answer(&app, &asked, "guess").await, INVALID_SESSION);
    // Whatever the functions say, there is nobody to sign in.
    refused(answer(&app, &again, "secret 1").await, BAD);
    let app = custom().await;
    let none = ("UserNotFoundException", "User does not exist.");
    refused(app.initiate("CUSTOM_AUTH", json!({ "USERNAME": "ada" })).await, none);
    assert_eq!(app.server.functions.take_events().len(), 0);
}

async fn begin_srp(app: &Application) -> (Client, Value) {
    let client = Client::new(&mut app.server.app.fork_rng("custom client"));
    let parameters =
        json!({ "USERNAME": "ada", "CHALLENGE_NAME": "SRP_A", "SRP_A": client.srp_a() });
    let started = app.initiate("CUSTOM_AUTH", parameters).await.ok();
    assert_eq!(started["ChallengeName"], "PASSWORD_VERIFIER", "{started}");
    (client, started)
}

async fn prove(app: &Application, begun: &(Client, Value), password: &str) -> Reply {
    let (client, started) = begun;
    let claim = app.claim(client, started, password);
    app.respond("PASSWORD_VERIFIER", started["Session"].as_str(), claim).await
}

fn pasts(events: &[Value]) -> Value {
    events.last().unwrap()["request"]["session"].clone()
}

#[tokio::test]
async fn the_password_can_come_first() {
    let devices = json!({ "DeviceConfiguration": {
        "ChallengeRequiredOnNewDevice": false, "DeviceOnlyRememberedOnUserPrompt": false,
    }});
    let app = custom_with(devices, json!({}), &ALL).await;
    app.user("ada").await;
    let begun = begin_srp(&app).await;
    let srp = json!({ "challengeName": "SRP_A", "challengeResult": true });
    assert_eq!(pasts(&app.server.functions.take_events()), json!([srp]));
    let asked = prove(&app, &begun, PASSWORD).await.ok();
    assert_eq!(asked["ChallengeName"], "CUSTOM_CHALLENGE");
    let proven = json!({ "challengeName": "PASSWORD_VERIFIER", "challengeResult": true });
    assert_eq!(pasts(&app.server.functions.take_events()), json!([srp, proven]));
    // The proof works once.
    assert_eq!(prove(&app, &begun, PASSWORD).await.status, 400);
    let result = tokens(answer(&app, &asked, "secret 0").await);
    assert!(result["NewDeviceMetadata"]["DeviceKey"].is_string());
    // Without a password there is no device.
    let asked = begin(&app).await;
    let result = tokens(answer(&app, &asked, "secret 1").await);
    assert_eq!(result.get("NewDeviceMetadata"), None);
    assert!(!claims(&result["AccessToken"]).contains_key("device_key"));
    let token = json!({ "REFRESH_TOKEN": result["RefreshToken"] });
    tokens(app.initiate("REFRESH_TOKEN_AUTH", token).await);

    let text = "Missing required parameter SRP_A";
    let without = json!({ "USERNAME": "ada", "CHALLENGE_NAME": "SRP_A" });
    let reply = app.initiate("CUSTOM_AUTH", without).await;
    refused(reply, ("InvalidParameterException", text));
}

#[tokio::test]
async fn a_wrong_password_is_the_functions_to_judge_and_is_counted() {
    for hides in ["LEGACY", "ENABLED"] {
        let client = json!({ "PreventUserExistenceErrors": hides });
        let app = custom_with(json!({}), client, &ALL).await;
        if hides == "LEGACY" {
            app.user("ada").await;
        }
        let begun = begin_srp(&app).await;
        app.server.functions.take_events();
        refused(prove(&app, &begun, "Wrong1!!").await, BAD);
        let wrong = json!([
            { "challengeName": "SRP_A", "challengeResult": true },
            { "challengeName": "PASSWORD_VERIFIER", "challengeResult": false },
        ]);
        assert_eq!(pasts(&app.server.functions.take_events()), wrong);
        // The session is used up, so the right password does not help any more.
        assert_eq!(prove(&app, &begun, PASSWORD).await.status, 400);
        for _ in 0..4 {
            let begun = begin_srp(&app).await;
            refused(prove(&app, &begun, "Wrong1!!").await, BAD);
        }
        let begun = begin_srp(&app).await;
        let locked = ("NotAuthorizedException", "Password attempts exceeded");
        refused(prove(&app, &begun, PASSWORD).await, locked);
    }
}

#[tokio::test]
async fn a_second_factor_belongs_to_the_password() {
    let app = custom_with(json!({}), json!({}), &ALL).await;
    app.set_mfa("OPTIONAL").await;
    app.user("ada").await;
    let token = crate::testing::client::token(&app, "ada").await;
    let seed = app.enrol_totp(&token).await;
    let begun = begin_srp(&app).await;
    let asked = prove(&app, &begun, PASSWORD).await.ok();
    let asked = answer(&app, &asked, "secret 0").await.ok();
    tokens(app.answer_totp(&asked, "ada", &seed, None).await);
    let asked = begin(&app).await;
    tokens(answer(&app, &asked, "secret 1").await);
}

#[tokio::test]
async fn a_remembered_device_proves_itself_before_the_tokens() {
    let devices = json!({ "DeviceConfiguration": {
        "ChallengeRequiredOnNewDevice": false, "DeviceOnlyRememberedOnUserPrompt": false,
    }});
    let app = custom_with(devices, json!({}), &ALL).await;
    app.user("ada").await;
    let result = tokens(app.srp_sign_in("ada", None).await);
    let device = app.confirm_device(&result).await;
    let parameters = json!({ "USERNAME": "ada", "DEVICE_KEY": device.key });
    let asked = app.initiate("CUSTOM_AUTH", parameters).await.ok();
    let asked = answer(&app, &asked, "secret 0").await.ok();
    let result = tokens(app.device_sign_in(&asked, "ada", &device, true).await);
    assert_eq!(claims(&result["AccessToken"])["device_key"], json!(device.key));
    let unknown = json!({ "USERNAME": "ada", "DEVICE_KEY": "us-east-1_aaaaaaaa-0000" });
    refused(app.initiate("CUSTOM_AUTH", unknown).await, NO_DEVICE);
}

/// No state that shuts a user out lets them in through functions, whenever it began.
#[tokio::test]
async fn whoever_is_shut_out_is_not_let_in_by_functions() {
    let shut = |user: &mut poolhouse_domain::user::User, state: &str| match state {
        "disabled" => user.enabled = false,
        "unconfirmed" => user.status = UserStatus::Unconfirmed,
        "reset" => user.status = UserStatus::ResetRequired,
        _ => user.status = UserStatus::ExternalProvider,
    };
    for state in ["disabled", "unconfirmed", "reset", "external"] {
        for before in [true, false] {
            let app = custom().await;
            let user = app.user("ada").await;
            if before {
                app.change(&user, |user| shut(user, state)).await;
            }
            let asked = app.initiate("CUSTOM_AUTH", json!({ "USERNAME": "ada" })).await;
            app.change(&user, |user| shut(user, state)).await;
            if asked.status != 200 {
                assert!(before, "{state}: {}", asked.body);
                continue;
            }
            let reply = answer(&app, &asked.body, "secret 0").await;
            assert_ne!(reply.status, 200, "{state}, before the start: {before}: {}", reply.body);
        }
    }
}
