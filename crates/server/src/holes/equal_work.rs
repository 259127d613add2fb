//! A client that hides who exists does the same work for everybody: for each public operation and
//! each step of each flow, what is answered and how many modular exponentiations, HMACs and
//! statements that took are the same for a user and for a name that belongs to nobody.
//!
//! The user of these tables is confirmed, enabled and can be reached. ConfirmSignUp and
//! ResendConfirmationCode are asked about one who is not confirmed; there AWS itself tells other states
//! apart. What a Lambda trigger takes is not part of the table.

use std::sync::Arc;

use poolhouse_domain::message::Message;
use poolhouse_domain::srp::client::Client;
use poolhouse_domain::user::UserStatus;
use poolhouse_domain::work;
use serde_json::{Value, json};

use crate::delivery::{Carrier, Failure, Post, Sink, Wait};
use crate::http::BoxFuture;
use crate::testing::client::{Application, with};
use crate::testing::{Build, TestServer};

/// Guesses of one request, so that those that meet a lock are among them.
const TRIES: usize = 12;
/// A device key that nobody has.
const NO_DEVICE: &str = "us-east-1_ffffffff-0000-4000-8000-000000000000";

struct Nowhere;

impl Sink for Nowhere {
    fn deliver<'a>(&'a self, _message: &'a Message) -> BoxFuture<'a, Result<(), Failure>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

/// What one request told and cost.
#[derive(Debug, PartialEq)]
struct Seen {
    status: u16,
    content_type: Option<&'static str>,
    headers: Vec<(&'static str, String)>,
    body: Value,
    length: usize,
    exponentiations: u64,
    hmacs: u64,
    statements: u64,
}

/// A body with what is random replaced by what everybody may know of it.
fn masked(value: &Value, member: &str, name: &str) -> Value {
    match value {
        Value::String(text) => match member {
            // Hex of random numbers is a digit or two shorter now and then, for everybody.
            "SRP_B" => json!(text.len() > 700),
            "SALT" => json!(text.len() > 28),
            "Session" | "SECRET_BLOCK" => json!(text.len()),
            // Made up for nobody, masked for somebody: `a***@e***` and `+*******1234` have one form.
            "CODE_DELIVERY_DESTINATION" | "Destination" => json!(text.len()),
            _ => json!(text.replace(name, "<name>")),
        },
        Value::Object(members) => {
            members.iter().map(|(key, value)| (key.clone(), masked(value, key, name))).collect()
        }
        Value::Array(list) => list.iter().map(|value| masked(value, member, name)).collect(),
        other => other.clone(),
    }
}

async fn seen(app: &Application, operation: &str, body: &Value, name: &str) -> Seen {
    let done = || work::done().expect("debug builds count");
    let (before, statements) = (done(), app.server.app.db.statements());
    let response = app.server.respond(operation, body).await;
    let (after, ran) = (done(), app.server.app.db.statements() - statements);
    let body: Value = serde_json::from_slice(&response.body).unwrap();
    let mut headers = response.headers.clone();
    headers.retain(|(name, _)| !name.eq_ignore_ascii_case("x-amzn-requestid"));
    let body = masked(&body, "", name);
    Seen {
        status: response.status,
        content_type: response.content_type,
        headers,
        length: body.to_string().len(),
        body,
        exponentiations: after.exponentiations - before.exponentiations,
        hmacs: after.hmacs - before.hmacs,
        statements: ran,
    }
}

/// The pools that the tables are asked of.
fn pools() -> [(&'static str, Value); 3] {
    let choosing = json!({
        "Policies": { "SignInPolicy": {
            "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP"],
        }},
        "AutoVerifiedAttributes": ["email"],
        "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::000000000000:role/sms" },
        "EmailConfiguration": {
            "EmailSendingAccount": "DEVELOPER",
            "SourceArn": "arn:aws:ses:us-east-1:000000000000:identity/example.com",
        },
        "DeviceConfiguration": {
            "ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": false,
        },
    });
    let folding = json!({ "UsernameConfiguration": { "CaseSensitive": false } });
    let watched = json!({
        "UserPoolTier": "PLUS", "UserPoolAddOns": { "AdvancedSecurityMode": "AUDIT" },
    });
    [
        ("plain", choosing.clone()),
        ("ignoring case", with(choosing.clone(), folding)),
        ("watched", with(choosing, watched)),
    ]
}

async fn application(pool: &Value) -> Application {
    let client = json!({
        "PreventUserExistenceErrors": "ENABLED",
        "ExplicitAuthFlows": [
            "ALLOW_USER_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH",
            "ALLOW_REFRESH_TOKEN_AUTH",
        ],
    });
    // Workers deliver, beside the requests; here there are none.
    let carrier = || Carrier::new(Arc::new(Nowhere), Wait::Not);
    let post = Some(Post::new(carrier(), carrier(), carrier()));
    let server = TestServer::built(Build { post, ..Build::default() }).await;
    Application::on(server, pool.clone(), client).await
}

/// The user with addresses for every code.
async fn reachable(app: &Application, status: UserStatus) {
    let user = app.user_in("ada", status, None).await;
    app.change(&user, |user| {
        for (name, value) in [
            ("email_verified", "true"),
            ("phone_number", "+15555550100"),
            ("phone_number_verified", "true"),
        ] {
            user.attributes.insert(name.into(), value.into());
        }
    })
    .await;
}

type Call = (&'static str, Value);

fn initiate(app: &Application, flow: &str, name: &str, more: Value) -> Call {
    let parameters = with(json!({ "USERNAME": name }), more);
    let body = json!({ "ClientId": app.client, "AuthFlow": flow, "AuthParameters": parameters });
    ("InitiateAuth", body)
}

fn answer(app: &Application, challenge: &str, session: &Value, responses: Value) -> Call {
    let mut body = json!({
        "ClientId": app.client, "ChallengeName": challenge, "ChallengeResponses": responses,
    });
    if !session.is_null() {
        body["Session"] = session.clone();
    }
    ("RespondToAuthChallenge", body)
}

/// First requests of every flow.
fn beginnings(app: &Application, name: &str) -> Vec<Call> {
    let mut calls = Vec::new();
    for more in [
        json!({ "SRP_A": "2" }),
        json!({ "SRP_A": "0" }),
        json!({ "SRP_A": "2", "DEVICE_KEY": NO_DEVICE }),
        json!({}),
    ] {
        calls.push(initiate(app, "USER_SRP_AUTH", name, more));
    }
    for preferred in
        ["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN", "SELECT_CHALLENGE", ""]
    {
        let mut more = json!({});
        if !preferred.is_empty() {
            more["PREFERRED_CHALLENGE"] = json!(preferred);
        }
        calls.push(initiate(app, "USER_AUTH", name, more));
    }
    let at_once = json!({ "PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": "2" });
    calls.push(initiate(app, "USER_AUTH", name, at_once));
    calls.push(initiate(app, "USER_AUTH", name, json!({ "DEVICE_KEY": NO_DEVICE })));
    for more in [
        json!({ "PASSWORD": "Wrong1!!", "DEVICE_KEY": NO_DEVICE }),
        json!({}),
        json!({ "PASSWORD": "" }),
    ] {
        calls.push(initiate(app, "USER_PASSWORD_AUTH", name, more));
    }
    for _ in 0..TRIES / 2 {
        calls.push(initiate(app, "USER_PASSWORD_AUTH", name, json!({ "PASSWORD": "Wrong1!!" })));
        let given = json!({ "PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": "Wrong1!!" });
        calls.push(initiate(app, "USER_AUTH", name, given));
    }
    calls
}

/// Answers to PASSWORD_VERIFIER, without a session and with one.
async fn proofs(app: &Application, name: &str) -> Vec<Call> {
    let claim = app.srp_claim(name, "Wrong1!!").await;
    let mut calls = Vec::new();
    for change in [
        json!({ "DEVICE_KEY": NO_DEVICE }),
        json!({ "USERNAME": "eve" }),
        json!({ "TIMESTAMP": "Mon Jan 05 12:00:00 UTC 2026" }),
        json!({ "PASSWORD_CLAIM_SIGNATURE": "AAAA" }),
        json!({}),
    ] {
        let responses = with(claim.clone(), change);
        calls.push(answer(app, "PASSWORD_VERIFIER", &Value::Null, responses));
    }
    let client = Client::new(&mut app.server.app.fork_rng("equal work"));
    let more = json!({ "PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": client.srp_a() });
    let (operation, body) = initiate(app, "USER_AUTH", name, more);
    let started = app.server.call(operation, body).await.ok();
    let claim = app.claim(&client, &started, "Wrong1!!");
    calls.push(answer(app, "PASSWORD_VERIFIER", &Value::Null, claim.clone()));
    for _ in 0..TRIES / 2 {
        calls.push(answer(app, "PASSWORD_VERIFIER", &started["Session"], claim.clone()));
    }
    calls
}

/// Answers to the first challenges of USER_AUTH.
async fn choices(app: &Application, name: &str) -> Vec<Call> {
    let mut calls = Vec::new();
    let asked = async |preferred: &str| {
        let more = json!({ "PREFERRED_CHALLENGE": preferred });
        let (operation, body) = initiate(app, "USER_AUTH", name, more);
        app.server.call(operation, body).await.ok()["Session"].clone()
    };
    for (factor, more) in [
        ("PASSWORD", json!({})),
        ("PASSWORD", json!({ "PASSWORD": "Wrong1!!" })),
        ("PASSWORD_SRP", json!({})),
        ("PASSWORD_SRP", json!({ "SRP_A": "2" })),
        ("EMAIL_OTP", json!({})),
        ("SMS_OTP", json!({})),
        ("WEB_AUTHN", json!({})),
        ("EMAIL_OTP", json!({ "DEVICE_KEY": NO_DEVICE })),
        ("EMAIL_OTP", json!({ "USERNAME": "eve" })),
    ] {
        let session = asked("SELECT_CHALLENGE").await;
        let responses = with(json!({ "USERNAME": name, "ANSWER": factor }), more);
        calls.push(answer(app, "SELECT_CHALLENGE", &session, responses.clone()));
        // The same again: used up, where the first was an answer.
        calls.push(answer(app, "SELECT_CHALLENGE", &session, responses));
    }
    let named = json!({ "USERNAME": name });
    for _ in 0..2 {
        let session = asked("PASSWORD").await;
        let given = with(named.clone(), json!({ "PASSWORD": "Wrong1!!" }));
        calls.push(answer(app, "PASSWORD", &session, given.clone()));
        calls.push(answer(app, "PASSWORD", &session, given));
    }
    let session = asked("PASSWORD_SRP").await;
    let given = with(named.clone(), json!({ "SRP_A": "2" }));
    calls.push(answer(app, "PASSWORD_SRP", &session, given.clone()));
    calls.push(answer(app, "PASSWORD_SRP", &session, given));
    for (challenge, other) in [("EMAIL_OTP", "SMS_OTP"), ("SMS_OTP", "EMAIL_OTP")] {
        let session = asked(challenge).await;
        let code = |challenge: &str| {
            let mut given = named.clone();
            given[format!("{challenge}_CODE")] = json!("12345678");
            given
        };
        let strange = with(code(challenge), json!({ "DEVICE_KEY": NO_DEVICE }));
        calls.push(answer(app, challenge, &session, strange));
        calls.push(answer(app, other, &session, code(other)));
        for _ in 0..TRIES {
            calls.push(answer(app, challenge, &session, code(challenge)));
        }
    }
    calls
}

/// A password forgotten, and guesses at the code.
fn recovery(app: &Application, name: &str) -> Vec<Call> {
    let named = json!({ "ClientId": app.client, "Username": name });
    let more = json!({ "ConfirmationCode": "123456", "Password": "Another1!" });
    let guess = with(named.clone(), more);
    let mut calls = vec![("ConfirmForgotPassword", guess.clone())];
    calls.extend((0..7).map(|_| ("ForgotPassword", named.clone())));
    calls.extend((0..17).map(|_| ("ConfirmForgotPassword", guess.clone())));
    calls
}

/// Everything that is asked of a user who has confirmed their sign-up.
async fn confirmed(app: &Application, part: &str, name: &str) -> Vec<Call> {
    match part {
        "beginnings" => beginnings(app, name),
        "proofs" => proofs(app, name).await,
        "choices" => choices(app, name).await,
        _ => recovery(app, name),
    }
}

async fn compare(label: &str, app: &Application, ada: &[Call], bob: &[Call]) -> Vec<String> {
    assert_eq!(ada.len(), bob.len());
    let mut differences = Vec::new();
    let mut seen_of = Vec::new();
    for (name, calls) in [("ada", ada), ("bob", bob)] {
        let mut all = Vec::new();
        for (operation, body) in calls {
            all.push(seen(app, operation, body, name).await);
        }
        seen_of.push(all);
    }
    for (number, (one, other)) in seen_of[0].iter().zip(&seen_of[1]).enumerate() {
        if one != other {
            let mut asked = bob[number].clone();
            for long in ["PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE"] {
                asked.1["ChallengeResponses"][long] = Value::Null;
            }
            differences.push(format!("{label} {number} {asked:?}\n  {one:?}\n  {other:?}"));
        }
    }
    differences
}

/// The counts are the process's: only where each test is a process of its own do they tell.
fn alone() -> bool {
    #[expect(clippy::disallowed_methods, reason = "the test's own setting, not the server's")]
    let alone = std::env::var_os("NEXTEST").is_some();
    if !alone {
        println!("skipped: other tests of this process would be counted; use cargo nextest");
    }
    alone
}

async fn table(part: &str) {
    if !alone() {
        return;
    }
    let mut differences = Vec::new();
    for (label, pool) in pools() {
        let app = application(&pool).await;
        reachable(&app, UserStatus::Confirmed).await;
        // Tables that are built once in a process.
        app.password_sign_in("bob", "Wrong1!!").await;
        app.password_sign_in("ada", "Wrong1!!").await;
        app.server.advance_secs(3600);
        let ada = confirmed(&app, part, "ada").await;
        let bob = confirmed(&app, part, "bob").await;
        differences.extend(compare(label, &app, &ada, &bob).await);
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[tokio::test]
async fn to_begin_is_the_same_work_for_everybody() {
    table("beginnings").await;
}

#[tokio::test]
async fn to_weigh_a_proof_is_the_same_work_for_everybody() {
    table("proofs").await;
}

#[tokio::test]
async fn to_take_a_choice_and_a_code_is_the_same_work_for_everybody() {
    table("choices").await;
}

#[tokio::test]
async fn to_recover_is_the_same_work_for_everybody() {
    table("recovery").await;
}

/// ResendConfirmationCode of somebody who can be sent one.
#[tokio::test]
async fn to_resend_a_code_is_the_same_work_for_everybody() {
    if !alone() {
        return;
    }
    let mut differences = Vec::new();
    for (label, pool) in pools() {
        let app = application(&pool).await;
        app.user_in("ada", UserStatus::Unconfirmed, None).await;
        let calls = |name: &str| -> Vec<Call> {
            let named = json!({ "ClientId": app.client, "Username": name });
            (0..7).map(|_| ("ResendConfirmationCode", named.clone())).collect()
        };
        differences.extend(compare(label, &app, &calls("ada"), &calls("bob")).await);
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// ConfirmSignUp of somebody whose code has run out, which is what nobody is told.
#[tokio::test]
async fn to_confirm_a_sign_up_is_the_same_work_for_everybody() {
    if !alone() {
        return;
    }
    let mut differences = Vec::new();
    for (label, pool) in pools() {
        let app = application(&pool).await;
        app.user_in("ada", UserStatus::Unconfirmed, None).await;
        let calls = |name: &str| -> Vec<Call> {
            let guess =
                json!({ "ClientId": app.client, "Username": name, "ConfirmationCode": "123456" });
            (0..17).map(|_| ("ConfirmSignUp", guess.clone())).collect()
        };
        differences.extend(compare(label, &app, &calls("ada"), &calls("bob")).await);
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
