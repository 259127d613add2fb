//! `NEW_PASSWORD_REQUIRED`.

use super::*;

async fn invited(app: &Application) -> Value {
    app.user_in("ada", UserStatus::ForceChangePassword, Some(3600)).await;
    app.password_sign_in("ada", PASSWORD).await.ok()
}

fn answer(password: &str) -> Value {
    json!({ "USERNAME": "ada", "NEW_PASSWORD": password })
}

#[tokio::test]
async fn a_temporary_password_is_replaced_before_anything_else() {
    let app = plain().await;
    let asked = invited(&app).await;
    assert_eq!(asked["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    let sent = &asked["ChallengeParameters"];
    assert_eq!(sent["userAttributes"], r#"{"email":"ada@example.com"}"#);
    assert_eq!(sent["requiredAttributes"], "[]");
    assert_eq!(sent["USER_ID_FOR_SRP"], "ada");
    let session = asked["Session"].as_str();
    let name = "NEW_PASSWORD_REQUIRED";
    let weak = app.respond(name, session, answer("weak")).await;
    let text = "Password did not conform with policy: Password not long enough";
    refused(weak, ("InvalidPasswordException", text));
    // The same password is a new one; a refusal leaves the session usable.
    tokens(app.respond(name, session, answer(PASSWORD)).await);
    tokens(app.password_sign_in("ada", PASSWORD).await);
    let again = app.respond(name, session, answer("Another1!")).await;
    assert_eq!(again.body["__type"], "NotAuthorizedException");
    tokens(app.password_sign_in("ada", PASSWORD).await);
}

#[tokio::test]
async fn mfa_is_not_skipped_after_a_new_password() {
    let app = plain().await;
    app.set_mfa("ON").await;
    let asked = invited(&app).await;
    let session = asked["Session"].as_str();
    let next = app.respond("NEW_PASSWORD_REQUIRED", session, answer("Another1!")).await.ok();
    assert_eq!(next["ChallengeName"], "MFA_SETUP", "{next}");
    assert!(next.get("AuthenticationResult").is_none());
}

#[tokio::test]
async fn a_temporary_password_runs_out() {
    let app = plain().await;
    app.user_in("ada", UserStatus::ForceChangePassword, Some(60)).await;
    app.server.advance_secs(60);
    let text = "Temporary password has expired and must be reset by an administrator.";
    refused(app.password_sign_in("ada", PASSWORD).await, ("NotAuthorizedException", text));
    refused(app.password_sign_in("ada", "Wrong1!!").await, BAD);
}

#[tokio::test]
async fn attributes_can_be_filled_in_but_addresses_not_replaced() {
    let schema = json!({ "Schema": [{ "Name": "name", "Required": true }] });
    let app = Application::new(schema, json!({})).await;
    let asked = invited(&app).await;
    let sent = &asked["ChallengeParameters"];
    assert_eq!(sent["requiredAttributes"], r#"["userAttributes.name"]"#);
    let session = asked["Session"].as_str();
    let name = "NEW_PASSWORD_REQUIRED";
    let missing = app.respond(name, session, answer("Another1!")).await;
    let text = "Invalid attributes given, name is missing";
    refused(missing, ("InvalidParameterException", text));
    let replaced = with(
        answer("Another1!"),
        json!({ "userAttributes.name": "Ada", "userAttributes.email": "m@example.com" }),
    );
    let text = "Cannot modify an already provided email";
    refused(app.respond(name, session, replaced).await, ("InvalidParameterException", text));
    let verified = with(
        answer("Another1!"),
        json!({ "userAttributes.name": "Ada", "userAttributes.email_verified": "true" }),
    );
    let text = "A client attempted to write unauthorized attribute";
    refused(app.respond(name, session, verified).await, ("NotAuthorizedException", text));
    let good = with(answer("Another1!"), json!({ "userAttributes.name": "Ada" }));
    let result = tokens(app.respond(name, session, good).await);
    assert_eq!(claims(&result["IdToken"])["name"], "Ada");
}
