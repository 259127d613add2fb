//! Guessing at every secret from many connections to two servers that share one store: what is
//! compared is what the limit says, to the one, and the right value is refused once it is reached.
//!
//! Two thousand guesses at the password, whose limit is the lowest; five hundred at the others, whose
//! attempts are charged by the same two statements; fewer at SRP proofs, each of which is a modular
//! exponentiation for the test to make.

use std::sync::Arc;

use poolhouse_domain::srp::client::Client;
use poolhouse_domain::user::{MfaFactor, User, UserStatus};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::testing::client::{Application, PASSWORD, with};
use crate::testing::{Reply, TestServer};

/// How many guesses are under way at once.
const AT_ONCE: usize = 32;
/// Guesses at a password.
const MANY: usize = 2_000;
/// Guesses at a code.
const SOME: usize = 500;
/// Guesses at a proof.
const FEW: usize = 60;

const LOCKED: &str = "Password attempts exceeded";

/// Whether an answer says that a guess was compared. Anything but that and a limit fails the test.
fn compared(reply: &Reply) -> bool {
    let text = |member: &str| reply.body[member].as_str().unwrap_or_default().to_owned();
    match (text("__type").as_str(), text("message").as_str()) {
        ("LimitExceededException", _) | ("NotAuthorizedException", LOCKED) => false,
        ("CodeMismatchException" | "EnableSoftwareTokenMFAException", _)
        | ("NotAuthorizedException", "Incorrect username or password.") => true,
        _ => panic!("{}", reply.body),
    }
}

/// Sends guesses to the two servers in turn; how many were compared.
async fn attack(
    app: &Application,
    guesses: usize,
    operation: &'static str,
    bodies: &[Value],
) -> usize {
    let servers: [Arc<TestServer>; 2] =
        [Arc::new(app.server.clone()), Arc::new(app.server.another())];
    let (mut count, mut tasks) = (0, JoinSet::new());
    for number in 0..guesses {
        let (server, body) =
            (Arc::clone(&servers[number % 2]), bodies[number / 2 % bodies.len()].clone());
        tasks.spawn(async move { compared(&server.call(operation, body).await) });
        if tasks.len() == AT_ONCE {
            let done = std::mem::take(&mut tasks).join_all().await;
            count += done.into_iter().filter(|compared| *compared).count();
        }
    }
    count + tasks.join_all().await.into_iter().filter(|compared| *compared).count()
}

/// A pool that has every first and second factor.
async fn with_everything() -> Application {
    let pool = json!({
        "Policies": { "SignInPolicy": {
            "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP"],
        }},
        "AutoVerifiedAttributes": ["email"],
        "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::000000000000:role/sms" },
        "EmailConfiguration": {
            "EmailSendingAccount": "DEVELOPER",
            "SourceArn": "arn:aws:ses:us-east-1:000000000000:identity/example.com",
        },
        "AccountRecoverySetting": { "RecoveryMechanisms": [{ "Name": "admin_only", "Priority": 1 }] },
    });
    let client = json!({ "ExplicitAuthFlows": [
        "ALLOW_USER_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
    ]});
    let app = Application::new(pool, client).await;
    let factors = json!({
        "UserPoolId": app.pool, "MfaConfiguration": "OPTIONAL",
        "SoftwareTokenMfaConfiguration": { "Enabled": true },
        "EmailMfaConfiguration": {},
        "SmsMfaConfiguration": { "SmsConfiguration": {
            "SnsCallerArn": "arn:aws:iam::000000000000:role/sms",
        }},
    });
    app.server.admin("SetUserPoolMfaConfig", factors).await.ok();
    app
}

async fn reachable(app: &Application, factor: Option<MfaFactor>) -> User {
    let user = app.user("ada").await;
    app.change(&user, |user| {
        for (name, value) in [
            ("email_verified", "true"),
            ("phone_number", "+15555550100"),
            ("phone_number_verified", "true"),
        ] {
            user.attributes.insert(name.into(), value.into());
        }
        user.mfa.active.extend(factor);
    })
    .await;
    user
}

fn respond(app: &Application, challenge: &str, session: &Value, responses: Value) -> Value {
    let responses = with(json!({ "USERNAME": "ada" }), responses);
    json!({
        "ClientId": app.client, "ChallengeName": challenge, "Session": session,
        "ChallengeResponses": responses,
    })
}

async fn signed_in(app: &Application) -> Value {
    app.password_sign_in("ada", PASSWORD).await.ok()["AuthenticationResult"]["AccessToken"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_guesses_at_a_password_are_five() {
    let app = with_everything().await;
    reachable(&app, None).await;
    let at_once = |flow: &str, more: Value| {
        let parameters = with(json!({ "USERNAME": "ada", "PASSWORD": "Wrong1!!" }), more);
        json!({ "ClientId": app.client, "AuthFlow": flow, "AuthParameters": parameters })
    };
    let plain = at_once("USER_PASSWORD_AUTH", json!({}));
    let chosen = at_once("USER_AUTH", json!({ "PREFERRED_CHALLENGE": "PASSWORD" }));
    assert_eq!(attack(&app, MANY, "InitiateAuth", &[plain, chosen]).await, 5);
    app.password_sign_in("ada", PASSWORD).await.refused("NotAuthorizedException", LOCKED);
    let claim = app.srp_claim("ada", PASSWORD).await;
    let reply = app.respond("PASSWORD_VERIFIER", None, claim).await;
    reply.refused("NotAuthorizedException", LOCKED);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_guesses_at_proofs_of_a_password_are_five() {
    let app = with_everything().await;
    reachable(&app, None).await;
    let mut bodies = Vec::new();
    for _ in 0..6 {
        let claim = app.srp_claim("ada", "Wrong1!!").await;
        bodies.push(json!({
            "ClientId": app.client, "ChallengeName": "PASSWORD_VERIFIER",
            "ChallengeResponses": claim,
        }));
    }
    let right = app.srp_claim("ada", PASSWORD).await;
    assert_eq!(attack(&app, FEW, "RespondToAuthChallenge", &bodies).await, 5);
    let reply = app.respond("PASSWORD_VERIFIER", None, right).await;
    reply.refused("NotAuthorizedException", LOCKED);
}

/// Over many sessions at once, which is how the budget of one is got around (AuthQuake).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_guesses_at_codes_of_first_factors_are_ten_over_all_sessions() {
    for (challenge, member) in [("EMAIL_OTP", "EMAIL_OTP_CODE"), ("SMS_OTP", "SMS_OTP_CODE")] {
        let app = with_everything().await;
        reachable(&app, None).await;
        let mut bodies = Vec::new();
        let mut right = Value::Null;
        for _ in 0..8 {
            let begin = json!({ "USERNAME": "ada", "PREFERRED_CHALLENGE": challenge });
            let asked = app.initiate("USER_AUTH", begin).await.ok();
            let code = app.server.take_message().code.expose().clone();
            let answer = |code: &str| {
                let mut given = json!({});
                given[member] = json!(code);
                respond(&app, challenge, &asked["Session"], given)
            };
            // No code has nine digits.
            bodies.push(answer("123456789"));
            right = answer(&code);
        }
        assert_eq!(attack(&app, SOME, "RespondToAuthChallenge", &bodies).await, 10, "{challenge}");
        let reply = app.server.call("RespondToAuthChallenge", right).await;
        reply.refused("NotAuthorizedException", LOCKED);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_guesses_at_second_factors_are_ten_over_all_sessions() {
    for (factor, challenge, member) in [
        (MfaFactor::Sms, "SMS_MFA", "SMS_MFA_CODE"),
        (MfaFactor::Email, "EMAIL_OTP", "EMAIL_OTP_CODE"),
        (MfaFactor::Totp, "SOFTWARE_TOKEN_MFA", "SOFTWARE_TOKEN_MFA_CODE"),
    ] {
        let app = with_everything().await;
        let totp = factor == MfaFactor::Totp;
        reachable(&app, (!totp).then_some(factor)).await;
        let mut seed = Vec::new();
        if totp {
            let token = signed_in(&app).await;
            seed = app.enrol_totp(token.as_str().unwrap()).await;
            app.server.advance_secs(30);
        }
        let mut bodies = Vec::new();
        let mut right = Value::Null;
        for _ in 0..4 {
            let asked = app.password_sign_in("ada", PASSWORD).await.ok();
            assert_eq!(asked["ChallengeName"], challenge, "{asked}");
            let code = if totp {
                app.totp(&seed)
            } else {
                app.server.take_message().code.expose().clone()
            };
            let answer = |code: &str| {
                let mut given = json!({});
                given[member] = json!(code);
                respond(&app, challenge, &asked["Session"], given)
            };
            let wrong = if code == "000000" { "000001" } else { "000000" };
            bodies.push(answer(wrong));
            right = answer(&code);
        }
        assert_eq!(attack(&app, SOME, "RespondToAuthChallenge", &bodies).await, 10, "{challenge}");
        let reply = app.server.call("RespondToAuthChallenge", right).await;
        reply.refused("NotAuthorizedException", LOCKED);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_guesses_at_a_new_authenticator_are_ten() {
    let app = with_everything().await;
    reachable(&app, None).await;
    let token = signed_in(&app).await;
    let begun = app.server.call("AssociateSoftwareToken", json!({ "AccessToken": token }));
    let code = begun.await.ok()["SecretCode"].as_str().unwrap().to_owned();
    let seed = poolhouse_domain::totp::parse_secret_code(&code).unwrap().expose().clone();
    let right = app.totp(&seed);
    let wrong = if right == "000000" { "000001" } else { "000000" };
    let guess = |code: &str| json!({ "AccessToken": token, "UserCode": code });
    assert_eq!(attack(&app, SOME, "VerifySoftwareToken", &[guess(wrong)]).await, 10);
    let reply = app.server.call("VerifySoftwareToken", guess(&right)).await;
    assert!(!compared(&reply), "{}", reply.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_guesses_at_a_sign_up_are_fifteen_an_hour() {
    let app = with_everything().await;
    let sign_up = json!({
        "ClientId": app.client, "Username": "ada", "Password": PASSWORD,
        "UserAttributes": [{ "Name": "email", "Value": "ada@example.com" }],
    });
    app.server.call("SignUp", sign_up).await.ok();
    let right = app.server.take_message().code.expose().clone();
    let guess =
        |code: &str| json!({ "ClientId": app.client, "Username": "ada", "ConfirmationCode": code });
    assert_eq!(attack(&app, SOME, "ConfirmSignUp", &[guess("1234567")]).await, 15);
    let reply = app.server.call("ConfirmSignUp", guess(&right)).await;
    assert_eq!(reply.body["__type"], "LimitExceededException");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_guesses_at_an_address_are_fifteen_an_hour() {
    let app = with_everything().await;
    let user = app.user("ada").await;
    let token = signed_in(&app).await;
    let ask = json!({ "AccessToken": token, "AttributeName": "email" });
    app.server.call("GetUserAttributeVerificationCode", ask).await.ok();
    let right = app.server.take_message().code.expose().clone();
    let guess =
        |code: &str| json!({ "AccessToken": token, "AttributeName": "email", "Code": code });
    assert_eq!(attack(&app, SOME, "VerifyUserAttribute", &[guess("1234567")]).await, 15);
    let reply = app.server.call("VerifyUserAttribute", guess(&right)).await;
    assert_eq!(reply.body["__type"], "LimitExceededException");
    assert_eq!(user.status, UserStatus::Confirmed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_guesses_at_a_device_are_ten() {
    let app = Application::with_devices(false, false).await;
    app.user("ada").await;
    let result = app.srp_sign_in("ada", None).await.ok()["AuthenticationResult"].clone();
    let device = app.confirm_device(&result).await;
    let asked = app.srp_sign_in("ada", Some(&device.key)).await.ok();
    let client = Client::new(&mut app.server.app.fork_rng("guessing"));
    let begin = json!({ "DEVICE_KEY": device.key, "SRP_A": client.srp_a() });
    let begin = respond(&app, "DEVICE_SRP_AUTH", &asked["Session"], begin);
    let started = app.server.call("RespondToAuthChallenge", begin).await.ok();
    let right = app.device_claim(&client, &started, "ada", &device);
    let wrong = with(right.clone(), json!({ "PASSWORD_CLAIM_SIGNATURE": "AAAA" }));
    let body = |claim| respond(&app, "DEVICE_PASSWORD_VERIFIER", &started["Session"], claim);
    assert_eq!(attack(&app, FEW, "RespondToAuthChallenge", &[body(wrong)]).await, 10);
    let reply = app.server.call("RespondToAuthChallenge", body(right)).await;
    reply.refused("NotAuthorizedException", LOCKED);
}

/// A challenge that is answered rightly by sixteen at once, on two servers, signs in once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_right_answer_wins_once() {
    let app = with_everything().await;
    reachable(&app, None).await;
    let servers = [Arc::new(app.server.clone()), Arc::new(app.server.another())];
    for round in 0..20 {
        let challenge = if round % 2 == 0 { "EMAIL_OTP" } else { "PASSWORD" };
        let begin = json!({ "USERNAME": "ada", "PREFERRED_CHALLENGE": challenge });
        let asked = app.initiate("USER_AUTH", begin).await.ok();
        let sent = app.server.take_messages();
        let given = match sent.first() {
            Some(message) => json!({ "EMAIL_OTP_CODE": message.code.expose() }),
            None => json!({ "PASSWORD": PASSWORD }),
        };
        let body = respond(&app, challenge, &asked["Session"], given);
        let mut tasks = JoinSet::new();
        // Of a password no more than are compared before the lock.
        for number in 0..if challenge == "PASSWORD" { 4 } else { 9 } {
            let (server, body) = (Arc::clone(&servers[number % 2]), body.clone());
            tasks.spawn(async move { server.call("RespondToAuthChallenge", body).await });
        }
        let replies = tasks.join_all().await;
        let won = replies.iter().filter(|reply| reply.status == 200).count();
        assert_eq!(won, 1, "round {round}");
        assert!(replies.iter().all(|reply| reply.status < 500));
        // What lost was charged; begin anew.
        app.server.advance_secs(16 * 60);
    }
}
