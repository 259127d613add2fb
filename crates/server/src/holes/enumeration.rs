//! A client that hides who exists: whatever is asked about a missing user is answered as for a
//! user whose secret the caller does not know — status, members and lengths alike.

use std::net::IpAddr;

use poolhouse_domain::srp::client::Client;
use poolhouse_domain::user::UserStatus;
use poolhouse_wire::OperationSpec;
use poolhouse_wire::operations::{ConfirmForgotPassword, ForgotPassword};
use serde_json::{Value, json};

use crate::ops::Operation;
use crate::ops::ctx::{Anonymous, Ctx, Meta};
use crate::testing::Reply;
use crate::testing::client::{Application, PASSWORD, with};

/// A device key that nobody has.
const NO_DEVICE: &str = "us-east-1_ffffffff-0000-4000-8000-000000000000";

async fn hiding(pool: Value) -> Application {
    Application::new(pool, json!({ "PreventUserExistenceErrors": "ENABLED" })).await
}

async fn hiding_with_devices() -> Application {
    hiding(json!({ "DeviceConfiguration": {
        "ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": false,
    }}))
    .await
}

/// A reply with its values replaced by their lengths, for names that may not differ in more.
fn outline(reply: &Reply, name: &str) -> Value {
    fn walk(value: &Value, name: &str) -> Value {
        match value {
            Value::String(text) if text.contains(' ') => json!(text),
            // Hex of random numbers is a digit shorter now and then, for everybody.
            Value::String(text) if text.len() > 700 && text.len() <= 768 => json!("a number"),
            Value::String(text) if text.len() == 31 || text.len() == 32 => json!("a salt"),
            Value::String(text) if text == name => json!("the name"),
            Value::String(text) => json!(text.len()),
            Value::Object(members) => {
                members.iter().map(|(key, value)| (key.clone(), walk(value, name))).collect()
            }
            Value::Array(list) => list.iter().map(|value| walk(value, name)).collect(),
            other => other.clone(),
        }
    }
    let body = &reply.body;
    json!([reply.status, body["__type"], body["ChallengeName"], walk(body, name)])
}

#[tokio::test]
async fn the_first_answer_tells_nobody_who_exists() {
    let app = hiding_with_devices().await;
    // The same length, so that lengths can be compared.
    app.user("ada").await;
    for (flow, more) in [
        ("USER_SRP_AUTH", json!({ "SRP_A": "2" })),
        ("USER_SRP_AUTH", json!({ "SRP_A": "2", "DEVICE_KEY": NO_DEVICE })),
        ("USER_SRP_AUTH", json!({ "SRP_A": "0" })),
        ("USER_SRP_AUTH", json!({})),
        ("USER_PASSWORD_AUTH", json!({ "PASSWORD": "Wrong1!!" })),
        ("USER_PASSWORD_AUTH", json!({ "PASSWORD": "Wrong1!!", "DEVICE_KEY": NO_DEVICE })),
        ("USER_PASSWORD_AUTH", json!({})),
    ] {
        let ask = async |name: &str| {
            let parameters = with(json!({ "USERNAME": name }), more.clone());
            outline(&app.initiate(flow, parameters).await, name)
        };
        assert_eq!(ask("ada").await, ask("bob").await, "{flow} {more}");
    }
}

#[tokio::test]
async fn the_second_answer_tells_nobody_either() {
    let app = hiding_with_devices().await;
    app.user("ada").await;
    for change in [
        json!({}),
        json!({ "DEVICE_KEY": NO_DEVICE }),
        json!({ "USERNAME": "eve" }),
        json!({ "USERNAME": "00000000-0000-4000-8000-000000000000" }),
        json!({ "TIMESTAMP": "Mon Jan 05 12:00:00 UTC 2026" }),
        json!({ "PASSWORD_CLAIM_SIGNATURE": "AAAA" }),
    ] {
        let ask = async |name: &str| {
            let claim = with(app.srp_claim(name, "Wrong1!!").await, change.clone());
            outline(&app.respond("PASSWORD_VERIFIER", None, claim).await, name)
        };
        assert_eq!(ask("ada").await, ask("bob").await, "{change}");
    }
}

/// Names are charged alike, so the lock does not tell; and a wrong name in the answer is charged
/// to nobody.
#[tokio::test]
async fn locks_come_to_missing_users_at_the_same_try() {
    let app = hiding(json!({})).await;
    app.user("ada").await;
    app.user_in("lea", UserStatus::ResetRequired, None).await;
    for wrong_name in [true, false] {
        let tries = async |name: &str| {
            let mut seen = Vec::new();
            for _ in 0..7 {
                let mut claim = app.srp_claim(name, "Wrong1!!").await;
                if wrong_name {
                    claim["USERNAME"] = json!("eve");
                }
                let reply = app.respond("PASSWORD_VERIFIER", None, claim).await;
                seen.push(reply.body["message"].as_str().unwrap().to_owned());
            }
            seen
        };
        assert_eq!(tries("ada").await, tries("bob").await, "wrong name: {wrong_name}");
        assert_eq!(tries("lea").await, tries("rob").await, "wrong name: {wrong_name}");
    }
    app.server.advance_secs(3600);
    let tries = async |name: &str| {
        let mut seen = Vec::new();
        for _ in 0..7 {
            seen.push(app.password_sign_in(name, "Wrong1!!").await);
        }
        seen
    };
    let ada = tries("ada").await;
    assert_eq!(ada.last().unwrap().body["message"], "Password attempts exceeded");
    assert_eq!(tries("bob").await, ada);
    assert_eq!(tries("lea").await, ada);
}

/// Whoever has to reset their password is told nothing, and does not get in with the old one.
#[tokio::test]
async fn a_user_who_must_reset_looks_like_one_with_another_password() {
    let app = hiding(json!({})).await;
    app.user_in("lea", UserStatus::ResetRequired, None).await;
    const TEXT: &str = "Incorrect username or password.";
    app.password_sign_in("lea", PASSWORD).await.refused("NotAuthorizedException", TEXT);
    let claim = app.srp_claim("lea", PASSWORD).await;
    let reply = app.respond("PASSWORD_VERIFIER", None, claim).await;
    reply.refused("NotAuthorizedException", TEXT);
}

/// Where sign-in is by email, real users have a made-up username: so have missing ones.
#[tokio::test]
async fn made_up_usernames_where_names_are_email_addresses() {
    let app = hiding(json!({ "UsernameAttributes": ["email"] })).await;
    let client = Client::new(&mut app.server.app.fork_rng("t"));
    let start = json!({ "USERNAME": "bob@example.com", "SRP_A": client.srp_a() });
    let started = app.initiate("USER_SRP_AUTH", start).await.ok();
    let name = started["ChallengeParameters"]["USERNAME"].as_str().unwrap();
    assert!(uuid::Uuid::parse_str(name).is_ok(), "{name}");
    assert_eq!(started["ChallengeParameters"]["USER_ID_FOR_SRP"], name);
}

/// Users of every state, and names that belong to nobody, by three letters each.
async fn everybody(app: &Application) -> [&'static str; 8] {
    for (name, enabled, status, verified) in [
        ("ada", true, UserStatus::Confirmed, true),
        ("res", true, UserStatus::ResetRequired, true),
        ("new", true, UserStatus::Unconfirmed, false),
        ("off", false, UserStatus::Confirmed, true),
        ("tmp", true, UserStatus::ForceChangePassword, true),
        ("fed", true, UserStatus::ExternalProvider, true),
        ("bar", true, UserStatus::Confirmed, false),
    ] {
        let user = app.user_in(name, status, None).await;
        app.change(&user, |user| {
            user.enabled = enabled;
            user.attributes.insert("email_verified".into(), verified.to_string());
        })
        .await;
    }
    ["ada", "res", "new", "off", "tmp", "fed", "bar", "bob"]
}

/// Before, while and after a code seems to be there, and until guesses and requests run out.
#[tokio::test]
async fn recovery_is_the_same_for_everybody_without_the_code() {
    for settings in [
        json!({}),
        json!({ "AutoVerifiedAttributes": ["email"] }),
        json!({ "UsernameConfiguration": { "CaseSensitive": false } }),
    ] {
        let app = hiding(settings.clone()).await;
        let mut seen: Vec<(&str, Vec<Value>)> = Vec::new();
        for name in everybody(&app).await {
            let forgot = json!({ "ClientId": app.client, "Username": name });
            let confirm = with(
                forgot.clone(),
                json!({ "ConfirmationCode": "wrong", "Password": "Another1!" }),
            );
            let weak = with(confirm.clone(), json!({ "Password": "weak" }));
            let mut replies = Vec::new();
            let mut ask = async |operation: &str, body: &Value| {
                replies.push(outline(&app.server.call(operation, body.clone()).await, name));
            };
            ask("ConfirmForgotPassword", &confirm).await;
            ask("ConfirmForgotPassword", &weak).await;
            for _ in 0..7 {
                ask("ForgotPassword", &forgot).await;
            }
            for _ in 0..16 {
                ask("ConfirmForgotPassword", &confirm).await;
            }
            app.server.advance_secs(3600);
            ask("ConfirmForgotPassword", &confirm).await;
            seen.push((name, replies));
        }
        let (_, first) = seen.first().unwrap();
        for (name, replies) in &seen {
            assert_eq!(replies, first, "{name} {settings}");
        }
        let types: Vec<_> = first.iter().filter_map(|reply| reply[1].as_str()).collect();
        let count = |name| types.iter().filter(|one| **one == name).count();
        assert_eq!(count("LimitExceededException"), 4, "{types:?}");
        assert_eq!(count("CodeMismatchException"), 14);
        assert_eq!(count("ExpiredCodeException"), 2);
        let to: std::collections::BTreeSet<_> =
            app.server.take_messages().into_iter().map(|message| message.sub).collect();
        assert_eq!(to.len(), 2, "ada and res alone were written to");
    }
}

/// The work of a request, which its time follows, by the statements it runs.
#[tokio::test]
async fn recovery_costs_the_same_for_everybody() {
    let app = hiding(json!({ "AutoVerifiedAttributes": ["email"] })).await;
    let server = &app.server;
    async fn cost<O>(app: &Application, body: Value) -> u64
    where
        O: Operation<Caller = Anonymous>,
        <O as OperationSpec>::Input: serde::de::DeserializeOwned,
    {
        let server = &app.server;
        let meta = Meta { ip: IpAddr::from([192, 0, 2, 1]), user_agent: None };
        let mut ctx = Ctx::new(&server.app, server.now(), Anonymous, &meta);
        let before = server.app.db.statements();
        drop(O::run(&mut ctx, serde_json::from_value(body).unwrap()).await);
        server.app.db.statements() - before
    }
    let mut costs = Vec::new();
    for name in everybody(&app).await {
        let forgot = json!({ "ClientId": app.client, "Username": name });
        let confirm =
            with(forgot.clone(), json!({ "ConfirmationCode": "wrong", "Password": "Another1!" }));
        let mut one = vec![cost::<ConfirmForgotPassword>(&app, confirm.clone()).await];
        for _ in 0..6 {
            one.push(cost::<ForgotPassword>(&app, forgot.clone()).await);
        }
        for _ in 0..15 {
            one.push(cost::<ConfirmForgotPassword>(&app, confirm.clone()).await);
        }
        server.advance_secs(3600);
        costs.push((name, one));
    }
    for (name, one) in &costs {
        assert_eq!(one, &costs[0].1, "{name}");
    }
}
