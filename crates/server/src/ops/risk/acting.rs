//! Threat protection through the operations that it acts in.

use serde_json::{Value, json};

use super::bed::{events, knowing, on, protected, refuse_known_passwords};
use crate::testing::Reply;
use crate::testing::client::{Application, PASSWORD, token};

const KNOWN: &str = "Passw0rd!known";
const REFUSED: (&str, &str) =
    ("InvalidPasswordException", "Provided password cannot be used for security reasons.");

async fn sign_up(app: &Application, name: &str, password: &str) -> Reply {
    let request = json!({
        "ClientId": app.client, "Username": name, "Password": password,
        "UserAttributes": [{ "Name": "email", "Value": format!("{name}@example.com") }],
    });
    app.server.call("SignUp", request).await
}

async fn change(app: &Application, token: &str, from: &str, to: &str) -> Reply {
    let request = json!({ "AccessToken": token, "PreviousPassword": from, "ProposedPassword": to });
    app.server.call("ChangePassword", request).await
}

/// Kind, response and whether the password is known, of each event of a user, oldest first.
async fn told(app: &Application, name: &str) -> Vec<(String, String, bool)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let one = |event: &Value| {
        let known = event["EventRisk"]["CompromisedCredentialsDetected"].as_bool().unwrap();
        (text(&event["EventType"]), text(&event["EventResponse"]), known)
    };
    events(app, name).await.iter().rev().map(one).collect()
}

fn expected(all: &[(&str, &str, bool)]) -> Vec<(String, String, bool)> {
    all.iter().map(|(kind, response, known)| ((*kind).into(), (*response).into(), *known)).collect()
}

#[tokio::test]
async fn a_password_that_others_know_is_refused_at_sign_up() {
    let app = knowing("ENFORCED", &[KNOWN, "other"], "", json!({})).await;
    refuse_known_passwords(&app, json!(["SIGN_UP"])).await;
    sign_up(&app, "ada", KNOWN).await.refused(REFUSED.0, REFUSED.1);
    let nobody = on(&app, "AdminGetUser", json!({ "Username": "ada" })).await;
    nobody.refused("UserNotFoundException", "User does not exist.");
    assert_eq!(app.server.take_messages().len(), 0);
    sign_up(&app, "ada", PASSWORD).await.ok();
    app.server.advance_secs(1);
    let resend = json!({ "ClientId": app.client, "Username": "ada" });
    app.server.call("ResendConfirmationCode", resend).await.ok();
    let all = [("SignUp", "Pass", false), ("ResendCode", "Pass", false)];
    assert_eq!(told(&app, "ada").await, expected(&all));
}

#[tokio::test]
async fn a_password_that_others_know_is_refused_as_a_new_one() {
    let app = knowing("ENFORCED", &[KNOWN], "", json!({})).await;
    app.user("ada").await;
    refuse_known_passwords(&app, json!(["PASSWORD_CHANGE"])).await;
    let token = token(&app, "ada").await;
    change(&app, &token, PASSWORD, KNOWN).await.refused(REFUSED.0, REFUSED.1);
    app.password_sign_in("ada", PASSWORD).await.ok();
    change(&app, &token, "Wr0ng!pass", "Oth3r!pass")
        .await
        .refused("NotAuthorizedException", "Incorrect username or password.");
    app.server.advance_secs(1);
    change(&app, &token, PASSWORD, "Oth3r!pass").await.ok();
    let changes = told(&app, "ada").await.into_iter().filter(|event| event.0 == "PasswordChange");
    let all = [("PasswordChange", "Fail", false), ("PasswordChange", "Pass", false)];
    assert_eq!(changes.collect::<Vec<_>>(), expected(&all));
}

#[tokio::test]
async fn a_forgotten_password_is_recorded_and_not_replaced_by_one_that_others_know() {
    let app = knowing("ENFORCED", &[KNOWN], "", json!({})).await;
    let ada = app.user("ada").await;
    app.change(&ada, |user| {
        user.attributes.insert("email_verified".into(), "true".into());
    })
    .await;
    refuse_known_passwords(&app, json!(["PASSWORD_CHANGE"])).await;
    let forgot = json!({ "ClientId": app.client, "Username": "ada" });
    app.server.call("ForgotPassword", forgot).await.ok();
    let code = app.server.take_message().code.expose().clone();
    let confirm = async |password: &str| {
        let request = json!({
            "ClientId": app.client, "Username": "ada", "ConfirmationCode": code,
            "Password": password,
        });
        app.server.call("ConfirmForgotPassword", request).await
    };
    app.server.advance_secs(1);
    confirm(KNOWN).await.refused(REFUSED.0, REFUSED.1);
    confirm("Oth3r!pass").await.ok();
    let all = [("ForgotPassword", "Pass", false), ("PasswordChange", "Pass", false)];
    assert_eq!(told(&app, "ada").await, expected(&all));
}

#[tokio::test]
async fn a_temporary_password_is_not_replaced_by_one_that_others_know() {
    let app = knowing("ENFORCED", &[KNOWN], "", json!({})).await;
    let status = poolhouse_domain::user::UserStatus::ForceChangePassword;
    app.user_in("ada", status, Some(3600)).await;
    refuse_known_passwords(&app, json!(["PASSWORD_CHANGE"])).await;
    let asked = app.password_sign_in("ada", PASSWORD).await.ok();
    let answer = |password: &str| json!({ "USERNAME": "ada", "NEW_PASSWORD": password });
    let session = asked["Session"].as_str();
    let known = app.respond("NEW_PASSWORD_REQUIRED", session, answer(KNOWN)).await;
    known.refused(REFUSED.0, REFUSED.1);
    let other = app.respond("NEW_PASSWORD_REQUIRED", session, answer("Oth3r!pass")).await.ok();
    assert!(other["AuthenticationResult"]["AccessToken"].is_string(), "{other}");
}

#[tokio::test]
async fn the_filter_and_the_action_say_where_known_passwords_are_refused() {
    let app = knowing("ENFORCED", &[KNOWN], "", json!({})).await;
    refuse_known_passwords(&app, json!(["SIGN_IN"])).await;
    sign_up(&app, "ada", KNOWN).await.ok();
    assert_eq!(told(&app, "ada").await, expected(&[("SignUp", "Pass", true)]));
    on(
        &app,
        "SetRiskConfiguration",
        json!({ "CompromisedCredentialsRiskConfiguration": {
            "Actions": { "EventAction": "NO_ACTION" },
        }}),
    )
    .await
    .ok();
    sign_up(&app, "bob", KNOWN).await.ok();
}

#[tokio::test]
async fn audit_finds_known_passwords_and_refuses_none() {
    let app = knowing("AUDIT", &[KNOWN], "", json!({})).await;
    refuse_known_passwords(&app, json!(["SIGN_UP", "PASSWORD_CHANGE"])).await;
    sign_up(&app, "ada", KNOWN).await.ok();
    assert_eq!(told(&app, "ada").await, expected(&[("SignUp", "Pass", true)]));
    app.user("bob").await;
    let token = token(&app, "bob").await;
    app.server.advance_secs(1);
    change(&app, &token, PASSWORD, KNOWN).await.ok();
    let last = told(&app, "bob").await.pop();
    assert_eq!(last, expected(&[("PasswordChange", "Pass", true)]).pop());
}

#[tokio::test]
async fn a_pool_without_threat_protection_records_nothing() {
    let app = protected("OFF").await;
    sign_up(&app, "ada", PASSWORD).await.ok();
    on(
        &app,
        "UpdateUserPool",
        json!({
            "UserPoolTier": "PLUS", "UserPoolAddOns": { "AdvancedSecurityMode": "AUDIT" },
        }),
    )
    .await
    .ok();
    assert_eq!(told(&app, "ada").await, []);
}
