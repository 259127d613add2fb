//! Threat protection at sign-in: what is recorded, and what each action does.

use serde_json::{Value, json};

use super::bed::{events, knowing, on, protected, refuse_known_passwords};
use crate::testing::Reply;
use crate::testing::client::{Application, PASSWORD, claims, with};

const BLOCKED: (&str, &str) =
    ("NotAuthorizedException", "Unable to login because of security reasons.");
const WRONG: (&str, &str) = ("NotAuthorizedException", "Incorrect username or password.");
const HOME: (&str, &str) = ("192.0.2.10", "laptop");
/// A known network, another device: one point.
const LOW: (&str, &str) = ("192.0.2.77", "tablet");
/// Another network, too: two.
const MEDIUM: (&str, &str) = ("203.0.113.5", "tablet");
/// On another continent a moment later: three more.
const HIGH: (&str, &str) = ("198.51.100.5", "laptop");
const TABLE: &str = "192.0.2.0/24,DE,Berlin,52.52,13.40\n203.0.113.0/24,DE,Bonn,50.73,7.10\n\
                     198.51.100.0/24,AU,Sydney,-33.87,151.21\n";

/// AdminInitiateAuth for a user whose device is said to be here.
async fn sign_in(
    app: &Application,
    name: &str,
    password: &str,
    (ip, agent): (&str, &str),
) -> Reply {
    let request = json!({
        "UserPoolId": app.pool, "ClientId": app.client, "AuthFlow": "ADMIN_USER_PASSWORD_AUTH",
        "AuthParameters": { "USERNAME": name, "PASSWORD": password },
        "ContextData": {
            "IpAddress": ip, "ServerName": "shop", "ServerPath": "/",
            "HttpHeaders": [{ "headerName": "User-Agent", "headerValue": agent }],
        },
    });
    app.server.admin("AdminInitiateAuth", request).await
}

/// A pool with a user who signed in at home once, a minute ago.
async fn at_home(mode: &str, passwords: &[&str]) -> Application {
    let app = knowing(mode, passwords, TABLE, json!({})).await;
    let ada = app.user("ada").await;
    app.change(&ada, |user| {
        user.attributes.insert("email_verified".into(), "true".into());
    })
    .await;
    passed(sign_in(&app, "ada", PASSWORD, HOME).await);
    app.server.advance_secs(60);
    app
}

#[track_caller]
fn passed(reply: Reply) -> Value {
    let reply = reply.ok();
    assert!(reply["AuthenticationResult"]["AccessToken"].is_string(), "{reply}");
    reply["AuthenticationResult"].clone()
}

/// Sets the action of every level that is named.
async fn act(app: &Application, actions: Value) {
    let template = json!({
        "Subject": "Was it you?", "HtmlBody": "{username} {city} {event-id} {feedback-token} end",
    });
    let configuration = json!({ "AccountTakeoverRiskConfiguration": {
        "Actions": actions,
        "NotifyConfiguration": {
            "SourceArn": "arn:aws:ses:us-east-1:000000000000:identity/example.com",
            "BlockEmail": template, "MfaEmail": template,
        },
    }});
    on(app, "SetRiskConfiguration", configuration).await.ok();
}

fn action(name: &str, notify: bool) -> Value {
    json!({ "EventAction": name, "Notify": notify })
}

/// Response, decision and level of the newest event.
async fn newest(app: &Application, name: &str) -> (String, String, Option<String>) {
    let event = events(app, name).await.remove(0);
    let risk = &event["EventRisk"];
    (
        event["EventResponse"].as_str().unwrap().into(),
        risk["RiskDecision"].as_str().unwrap().into(),
        risk["RiskLevel"].as_str().map(str::to_owned),
    )
}

fn told(response: &str, decision: &str, level: Option<&str>) -> (String, String, Option<String>) {
    (response.into(), decision.into(), level.map(str::to_owned))
}

#[tokio::test]
async fn every_step_of_a_sign_in_is_recorded() {
    let app = protected("AUDIT").await;
    app.set_mfa("OPTIONAL").await;
    app.user("ada").await;
    app.password_sign_in("ada", "Wr0ng!pass").await.refused(WRONG.0, WRONG.1);
    app.server.advance_secs(1);
    let first = passed(app.password_sign_in("ada", PASSWORD).await);
    let seed = app.enrol_totp(first["AccessToken"].as_str().unwrap()).await;
    app.server.advance_secs(30);
    let asked = app.srp_sign_in("ada", None).await.ok();
    let session = asked["Session"].as_str();
    app.server.advance_secs(1);
    let wrong = json!({ "USERNAME": "ada", "SOFTWARE_TOKEN_MFA_CODE": "000000" });
    let wrong = app.respond("SOFTWARE_TOKEN_MFA", session, wrong).await;
    assert_eq!(wrong.body["__type"], "CodeMismatchException");
    app.server.advance_secs(1);
    let done = passed(app.answer_totp(&asked, "ada", &seed, None).await);
    let proof =
        |name: &str, held: &str| json!({ "ChallengeName": name, "ChallengeResponse": held });
    let expected = [
        ("Pass", json!([proof("Password", "Success"), proof("Mfa", "Success")])),
        ("Fail", json!([proof("Mfa", "Failure")])),
        ("InProgress", json!([proof("Password", "Success")])),
        ("Pass", json!([proof("Password", "Success")])),
        ("Fail", json!([proof("Password", "Failure")])),
    ];
    let seen = events(&app, "ada").await;
    assert_eq!(seen.len(), expected.len(), "{seen:#?}");
    for (event, (response, proofs)) in seen.iter().zip(&expected) {
        assert_eq!(
            (&event["EventType"], &event["EventResponse"]),
            (&json!("SignIn"), &json!(response))
        );
        assert_eq!(event["ChallengeResponses"], *proofs);
        assert_eq!(event["EventContextData"]["IpAddress"], "192.0.2.1");
    }
    // A refresh is no sign-in.
    let refresh = json!({ "REFRESH_TOKEN": done["RefreshToken"] });
    app.initiate("REFRESH_TOKEN_AUTH", refresh).await.ok();
    assert_eq!(events(&app, "ada").await.len(), expected.len());
}

#[tokio::test]
async fn an_attempt_that_is_turned_away_unlooked_at_is_no_event() {
    let app = protected("ENFORCED").await;
    app.user("ada").await;
    for _ in 0..6 {
        app.password_sign_in("ada", "Wr0ng!pass").await;
    }
    let locked = app.password_sign_in("ada", PASSWORD).await;
    locked.refused("NotAuthorizedException", "Password attempts exceeded");
    assert_eq!(events(&app, "ada").await.len(), 5);
    app.password_sign_in("nobody", PASSWORD).await;
}

#[tokio::test]
async fn audit_finds_risks_and_changes_nothing() {
    let app = at_home("AUDIT", &[PASSWORD]).await;
    let block = action("BLOCK", true);
    act(&app, json!({ "LowAction": block, "MediumAction": block, "HighAction": block })).await;
    for (place, level) in [(LOW, "Low"), (MEDIUM, "Medium"), (HIGH, "High")] {
        // Each is compared with home alone.
        let event = events(&app, "ada").await.remove(0);
        let said =
            json!({ "Username": "ada", "EventId": event["EventId"], "FeedbackValue": "Invalid" });
        if event["EventContextData"]["IpAddress"] != HOME.0 {
            on(&app, "AdminUpdateAuthEventFeedback", said).await.ok();
        }
        app.server.advance_secs(60);
        passed(sign_in(&app, "ada", PASSWORD, place).await);
        assert_eq!(newest(&app, "ada").await, told("Pass", "NoRisk", Some(level)), "{level}");
    }
    app.server.app.deliver().await.unwrap();
    assert_eq!(app.server.take_messages().len(), 0);
}

#[tokio::test]
async fn a_risk_is_blocked_and_told_by_mail() {
    let app = at_home("ENFORCED", &[]).await;
    act(&app, json!({ "HighAction": action("BLOCK", true) })).await;
    sign_in(&app, "ada", PASSWORD, HIGH).await.refused(BLOCKED.0, BLOCKED.1);
    assert_eq!(newest(&app, "ada").await, told("Fail", "Block", Some("High")));
    app.server.app.deliver().await.unwrap();
    let mail = app.server.take_message();
    assert_eq!(mail.kind, "AccountTakeOverNotification");
    assert_eq!(mail.destination.expose(), "ada@example.com");
    assert_eq!((mail.subject.as_deref(), mail.code.expose().as_str()), (Some("Was it you?"), ""));
    let event = events(&app, "ada").await.remove(0);
    let words: Vec<&str> = mail.body.expose().split(' ').collect();
    let [name, city, id, token, "end"] = words[..] else { panic!("{words:?}") };
    assert_eq!((name, city, &json!(id)), ("ada", "Sydney", &event["EventId"]));
    let said = json!({
        "UserPoolId": app.pool, "Username": "ada", "EventId": id, "FeedbackToken": token,
        "FeedbackValue": "Invalid",
    });
    app.server.call("UpdateAuthEventFeedback", said).await.ok();
    // Elsewhere nothing changed, and a wrong password is told as one.
    app.server.advance_secs(60);
    sign_in(&app, "ada", "Wr0ng!pass", HIGH).await.refused(WRONG.0, WRONG.1);
    passed(sign_in(&app, "ada", PASSWORD, HOME).await);
}

#[tokio::test]
async fn a_risk_is_told_by_the_custom_sender_of_a_pool_that_has_one() {
    let app = at_home("ENFORCED", &[]).await;
    act(&app, json!({ "HighAction": action("BLOCK", true) })).await;
    let arn = "arn:aws:lambda:us-east-1:000000000000:function:send";
    let lambda = json!({
        "CustomEmailSender": { "LambdaArn": arn, "LambdaVersion": "V1_0" },
        "KMSKeyID": "arn:aws:kms:us-east-1:000000000000:key/k",
    });
    let plus = json!({ "AdvancedSecurityMode": "ENFORCED" });
    let change = json!({ "LambdaConfig": lambda, "UserPoolTier": "PLUS", "UserPoolAddOns": plus });
    on(&app, "UpdateUserPool", change).await.ok();
    sign_in(&app, "ada", PASSWORD, HIGH).await.refused(BLOCKED.0, BLOCKED.1);
    app.server.app.deliver().await.unwrap();
    let sent = app.server.take_sent().await.event;
    assert_eq!(sent["triggerSource"], "CustomEmailSender_AccountTakeOverNotification");
    assert_eq!(sent["callerContext"]["clientId"], app.client);
    let told = &sent["request"]["userAttributes"];
    let event = events(&app, "ada").await.remove(0);
    assert_eq!((&told["EVENT_ID"], &told["USER_NAME"]), (&event["EventId"], &json!("ada")));
    assert_eq!(
        (&told["ACCOUNT_TAKE_OVER_ACTION"], &told["CITY"]),
        (&json!("BLOCK"), &json!("Sydney"))
    );
    assert_eq!(
        (&told["email"], &sent["request"]["code"]),
        (&json!("ada@example.com"), &json!(null))
    );
    let said = json!({
        "UserPoolId": app.pool, "Username": "ada", "EventId": told["EVENT_ID"],
        "FeedbackToken": told["FEEDBACK_TOKEN"], "FeedbackValue": "Invalid",
    });
    app.server.call("UpdateAuthEventFeedback", said).await.ok();
}

#[tokio::test]
async fn nobody_is_told_at_an_address_that_is_not_verified() {
    let app = at_home("ENFORCED", &[]).await;
    let bob = app.user("bob").await;
    passed(sign_in(&app, "bob", PASSWORD, HOME).await);
    act(&app, json!({ "HighAction": action("BLOCK", true) })).await;
    sign_in(&app, "bob", PASSWORD, HIGH).await.refused(BLOCKED.0, BLOCKED.1);
    app.server.app.deliver().await.unwrap();
    assert_eq!(app.server.take_messages().len(), 0, "{}", bob.username);
}

#[tokio::test]
async fn a_demand_is_met_by_a_factor_and_refused_without_one() {
    for (name, blocked) in [("MFA_IF_CONFIGURED", false), ("MFA_REQUIRED", true)] {
        let app = at_home("ENFORCED", &[]).await;
        app.set_mfa("OPTIONAL").await;
        act(&app, json!({ "MediumAction": action(name, true) })).await;
        let risky = sign_in(&app, "ada", PASSWORD, MEDIUM).await;
        if blocked {
            risky.refused(BLOCKED.0, BLOCKED.1);
            assert_eq!(newest(&app, "ada").await, told("Fail", "Block", Some("Medium")));
        } else {
            passed(risky);
            let expected = told("Pass", "AccountTakeover", Some("Medium"));
            assert_eq!(newest(&app, "ada").await, expected);
        }
    }
}

#[tokio::test]
async fn a_risk_asks_for_a_factor_that_is_registered_but_not_switched_on() {
    let app = at_home("ENFORCED", &[]).await;
    app.set_mfa("OPTIONAL").await;
    let home = passed(sign_in(&app, "ada", PASSWORD, HOME).await);
    let seed = app.enrol_totp(home["AccessToken"].as_str().unwrap()).await;
    let off = json!({
        "AccessToken": home["AccessToken"],
        "SoftwareTokenMfaSettings": { "Enabled": false, "PreferredMfa": false },
    });
    app.server.call("SetUserMFAPreference", off).await.ok();
    app.server.advance_secs(60);
    act(&app, json!({ "MediumAction": action("MFA_REQUIRED", true) })).await;
    passed(sign_in(&app, "ada", PASSWORD, HOME).await);
    app.server.advance_secs(60);
    let asked = sign_in(&app, "ada", PASSWORD, MEDIUM).await.ok();
    assert_eq!(asked["ChallengeName"], "SOFTWARE_TOKEN_MFA", "{asked}");
    let expected = told("InProgress", "AccountTakeover", Some("Medium"));
    assert_eq!(newest(&app, "ada").await, expected);
    assert_eq!(app.server.take_messages().len(), 1);
    app.server.advance_secs(30);
    let answer = json!({
        "UserPoolId": app.pool, "ClientId": app.client, "ChallengeName": "SOFTWARE_TOKEN_MFA",
        "Session": asked["Session"],
        "ChallengeResponses": { "USERNAME": "ada", "SOFTWARE_TOKEN_MFA_CODE": app.totp(&seed) },
    });
    let done = app.server.admin("AdminRespondToAuthChallenge", answer).await;
    assert!(claims(&passed(done)["AccessToken"]).contains_key("sub"));
}

#[tokio::test]
async fn addresses_can_be_refused_or_let_through() {
    let app = at_home("ENFORCED", &[]).await;
    let takeover = json!({ "Actions": { "HighAction": action("BLOCK", false) } });
    on(
        &app,
        "SetRiskConfiguration",
        json!({
            "AccountTakeoverRiskConfiguration": takeover,
            "RiskExceptionConfiguration": {
                "BlockedIPRangeList": ["192.0.2.0/28"], "SkippedIPRangeList": ["198.51.100.0/24"],
            },
        }),
    )
    .await
    .ok();
    sign_in(&app, "ada", PASSWORD, HOME).await.refused(BLOCKED.0, BLOCKED.1);
    assert_eq!(newest(&app, "ada").await, told("Fail", "Block", None));
    app.server.advance_secs(60);
    passed(sign_in(&app, "ada", PASSWORD, HIGH).await);
    assert_eq!(newest(&app, "ada").await, told("Pass", "NoRisk", None));
    // A client's own configuration goes before the pool's.
    let own = json!({
        "ClientId": app.client,
        "RiskExceptionConfiguration": { "SkippedIPRangeList": ["192.0.2.0/24"] },
    });
    on(&app, "SetRiskConfiguration", own).await.ok();
    passed(sign_in(&app, "ada", PASSWORD, HOME).await);
}

#[tokio::test]
async fn a_password_that_others_know_does_not_sign_in_where_it_is_seen() {
    let app = at_home("ENFORCED", &[PASSWORD]).await;
    refuse_known_passwords(&app, json!(["SIGN_IN"])).await;
    app.password_sign_in("ada", PASSWORD).await.refused(BLOCKED.0, BLOCKED.1);
    let event = events(&app, "ada").await.remove(0);
    assert_eq!(event["EventRisk"]["CompromisedCredentialsDetected"], true);
    assert_eq!(event["EventRisk"]["RiskDecision"], "Block");
    // Whoever does not know it is told as ever; SRP does not show it.
    app.password_sign_in("ada", "Wr0ng!pass").await.refused(WRONG.0, WRONG.1);
    passed(app.srp_sign_in("ada", None).await);
    refuse_known_passwords(&app, json!(["SIGN_UP"])).await;
    passed(app.password_sign_in("ada", PASSWORD).await);
}

#[tokio::test]
async fn a_remembered_device_that_replaces_mfa_replaces_that_of_a_risk() {
    let pool = json!({
        "UserPoolAddOns": { "AdvancedSecurityMode": "ENFORCED" },
        "DeviceConfiguration": {
            "ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": false,
        },
    });
    let app = Application::new(pool, json!({})).await;
    app.set_mfa("OPTIONAL").await;
    app.user("ada").await;
    let first = passed(app.srp_sign_in("ada", None).await);
    let device = app.confirm_device(&first).await;
    for _ in 0..5 {
        app.server.advance_secs(30);
        app.password_sign_in("ada", "Wr0ng!pass").await.refused(WRONG.0, WRONG.1);
    }
    app.server.advance_secs(30);
    act(&app, json!({ "LowAction": action("MFA_REQUIRED", false) })).await;
    app.srp_sign_in("ada", None).await.refused(BLOCKED.0, BLOCKED.1);
    // A proof that is right but refused stays counted.
    app.server.advance_secs(60);
    let asked = app.srp_sign_in("ada", Some(&device.key)).await.ok();
    passed(app.device_sign_in(&asked, "ada", &device, true).await);
}

#[tokio::test]
async fn a_clients_word_about_its_users_counts_if_it_may_give_it() {
    for (may, seen) in [(false, "192.0.2.1"), (true, "203.0.113.9")] {
        let client = json!({
            "GenerateSecret": may, "EnablePropagateAdditionalUserContextData": may,
        });
        let app = knowing("AUDIT", &[], TABLE, client).await;
        app.user("ada").await;
        let mut parameters = json!({ "USERNAME": "ada", "PASSWORD": PASSWORD });
        if may {
            let described = json!({ "UserPoolId": app.pool, "ClientId": app.client });
            let described = app.server.admin("DescribeUserPoolClient", described).await.ok();
            let secret = described["UserPoolClient"]["ClientSecret"].as_str().unwrap();
            let hash = poolhouse_domain::secret_hash::compute(secret, "ada", &app.client);
            parameters = with(parameters, json!({ "SECRET_HASH": hash }));
        }
        let request = json!({
            "ClientId": app.client, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters,
            "UserContextData": { "IpAddress": "203.0.113.9", "EncodedData": "opaque" },
        });
        passed(app.server.call("InitiateAuth", request).await);
        let event = events(&app, "ada").await.remove(0);
        assert_eq!(event["EventContextData"]["IpAddress"], seen);
        assert_eq!(event["EventContextData"]["City"], if may { "Bonn" } else { "Berlin" });
    }
}
