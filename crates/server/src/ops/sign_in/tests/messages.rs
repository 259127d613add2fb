//! Second factors by text message and email, the choice between factors, and setting up email.

use super::*;

const WRONG_CODE: (&str, &str) =
    ("CodeMismatchException", "Invalid code or auth state for the user.");

/// A pool with these second factors, whose recovery keeps none of them from use.
async fn with_factors(mode: &str, factors: &[&str]) -> Application {
    let app = Application::new(
        json!({
            "EmailConfiguration": {
                "EmailSendingAccount": "DEVELOPER",
                "SourceArn": "arn:aws:ses:us-east-1:000000000000:identity/example.com",
            },
            "AccountRecoverySetting": {
                "RecoveryMechanisms": [{ "Name": "admin_only", "Priority": 1 }],
            },
        }),
        json!({}),
    )
    .await;
    let mut request = json!({ "UserPoolId": app.pool, "MfaConfiguration": mode });
    for factor in factors {
        let (member, value) = match *factor {
            "sms" => (
                "SmsMfaConfiguration",
                json!({ "SmsConfiguration": {
                    "SnsCallerArn": "arn:aws:iam::000000000000:role/sms",
                }}),
            ),
            "totp" => ("SoftwareTokenMfaConfiguration", json!({ "Enabled": true })),
            _ => (
                "EmailMfaConfiguration",
                json!({ "Message": "<b>{####}</b> it is", "Subject": "Log in" }),
            ),
        };
        request[member] = value;
    }
    app.server.admin("SetUserPoolMfaConfig", request).await.ok();
    app
}

async fn ada(app: &Application, phone: bool, email: bool) {
    let user = app.user("ada").await;
    app.change(&user, |user| {
        if phone {
            user.attributes.insert("phone_number".into(), "+15555550100".into());
        }
        if !email {
            user.attributes.remove("email");
        }
    })
    .await;
}

fn session(reply: &Value) -> Option<&str> {
    Some(reply["Session"].as_str().unwrap())
}

fn answer(key: &str, code: &str) -> Value {
    json!({ "USERNAME": "ada", key: code })
}

async fn shown(app: &Application) -> Value {
    let request = json!({ "UserPoolId": app.pool, "Username": "ada" });
    app.server.admin("AdminGetUser", request).await.ok()
}

fn attribute(user: &Value, name: &str) -> Value {
    let all = user["UserAttributes"].as_array().unwrap();
    all.iter().find(|one| one["Name"] == name).map_or(Value::Null, |one| one["Value"].clone())
}

#[tokio::test]
async fn a_text_message_is_a_second_factor_and_verifies_the_number() {
    let app = with_factors("ON", &["sms", "totp"]).await;
    ada(&app, true, false).await;
    let asked = app.password_sign_in("ada", PASSWORD).await.ok();
    assert_eq!(asked["ChallengeName"], "SMS_MFA");
    assert_eq!(
        asked["ChallengeParameters"],
        json!({
            "CODE_DELIVERY_DELIVERY_MEDIUM": "SMS",
            "CODE_DELIVERY_DESTINATION": "+*******0100", "USER_ID_FOR_SRP": "ada",
        })
    );
    let message = app.server.take_message();
    let code = message.code.expose();
    assert_eq!((code.len(), message.destination.expose().as_str()), (6, "+15555550100"));
    assert_eq!(message.body.expose(), &format!("Your authentication code is {code}. "));
    let wrong = app.respond("SMS_MFA", session(&asked), answer("SMS_MFA_CODE", "x")).await;
    refused(wrong, WRONG_CODE);
    assert_eq!(attribute(&shown(&app).await, "phone_number_verified"), Value::Null);
    let good = answer("SMS_MFA_CODE", code);
    let result = tokens(app.respond("SMS_MFA", session(&asked), good.clone()).await);
    assert_eq!(claims(&result["IdToken"])["amr"], json!(["pwd", "sms", "mfa"]));
    assert_eq!(attribute(&shown(&app).await, "phone_number_verified"), "true");
    let again = app.respond("SMS_MFA", session(&asked), good).await;
    assert_eq!(again.body["__type"], "NotAuthorizedException");
}

#[tokio::test]
async fn an_email_is_a_second_factor_with_the_pools_text() {
    let app = with_factors("OPTIONAL", &["email"]).await;
    ada(&app, false, true).await;
    let result = tokens(app.password_sign_in("ada", PASSWORD).await);
    let on = json!({
        "AccessToken": result["AccessToken"], "EmailMfaSettings": { "Enabled": true },
    });
    app.server.call("SetUserMFAPreference", on).await.ok();
    let asked = app.password_sign_in("ada", PASSWORD).await.ok();
    assert_eq!(asked["ChallengeName"], "EMAIL_OTP");
    let message = app.server.take_message();
    let code = message.code.expose();
    assert_eq!(message.subject.as_deref(), Some("Log in"));
    assert_eq!(message.body.expose(), &format!("<b>{code}</b> it is"));
    let good = answer("EMAIL_OTP_CODE", code);
    tokens(app.respond("EMAIL_OTP", session(&asked), good).await);
}

#[tokio::test]
async fn guesses_at_codes_and_totp_are_counted_together_for_the_user() {
    let app = with_factors("ON", &["sms"]).await;
    ada(&app, true, false).await;
    let wrong = answer("SMS_MFA_CODE", "000000");
    for _ in 0..2 {
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        for _ in 0..5 {
            refused(app.respond("SMS_MFA", session(&asked), wrong.clone()).await, WRONG_CODE);
        }
    }
    let asked = app.password_sign_in("ada", PASSWORD).await.ok();
    let code = app.server.take_messages().pop().unwrap().code.expose().clone();
    let locked = app.respond("SMS_MFA", session(&asked), answer("SMS_MFA_CODE", &code)).await;
    refused(locked, ("NotAuthorizedException", "Password attempts exceeded"));
}

#[tokio::test]
async fn of_several_factors_the_user_chooses() {
    let app = with_factors("ON", &["sms", "totp", "email"]).await;
    ada(&app, true, true).await;
    let asked = app.password_sign_in("ada", PASSWORD).await.ok();
    assert_eq!(asked["ChallengeName"], "SELECT_MFA_TYPE");
    assert_eq!(asked["ChallengeParameters"]["MFAS_CAN_CHOOSE"], r#"["SMS_MFA","EMAIL_OTP"]"#);
    assert!(app.server.take_messages().is_empty());
    let choose = |factor: &str| answer("ANSWER", factor);
    for unavailable in ["SOFTWARE_TOKEN_MFA", "BANANA", ""] {
        let reply = app.respond("SELECT_MFA_TYPE", session(&asked), choose(unavailable)).await;
        assert_eq!(reply.body["__type"], "InvalidParameterException", "{unavailable}");
    }
    let next = app.respond("SELECT_MFA_TYPE", session(&asked), choose("EMAIL_MFA")).await.ok();
    assert_eq!(next["ChallengeName"], "EMAIL_OTP");
    let code = app.server.take_message().code.expose().clone();
    tokens(app.respond("EMAIL_OTP", session(&next), answer("EMAIL_OTP_CODE", &code)).await);
    // The choice was made: its session is used up.
    let twice = app.respond("SELECT_MFA_TYPE", session(&asked), choose("SMS_MFA")).await;
    assert_eq!(twice.body["__type"], "NotAuthorizedException");
}

#[tokio::test]
async fn an_address_can_be_set_up_as_a_factor() {
    for key in ["EMAIL", "email"] {
        let app = with_factors("ON", &["totp", "email", "sms"]).await;
        ada(&app, false, false).await;
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        assert_eq!(asked["ChallengeName"], "MFA_SETUP");
        let offered = &asked["ChallengeParameters"]["MFAS_CAN_SETUP"];
        assert_eq!(offered, r#"["SOFTWARE_TOKEN_MFA","EMAIL_OTP"]"#);
        let invalid = app.respond("MFA_SETUP", session(&asked), answer(key, "nowhere")).await;
        refused(invalid, ("InvalidParameterException", "Invalid email address format."));
        // Neither enrolled nor an address: nothing was set up.
        let nothing = json!({ "USERNAME": "ada" });
        refused(app.respond("MFA_SETUP", session(&asked), nothing).await, INVALID_SESSION);
        let given = answer(key, "ada@example.org");
        let next = app.respond("MFA_SETUP", session(&asked), given).await.ok();
        assert_eq!(next["ChallengeName"], "EMAIL_OTP");
        assert_eq!(next["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"], "a***@e***");
        assert_eq!(attribute(&shown(&app).await, "email"), Value::Null, "not before the code");
        let message = app.server.take_message();
        assert_eq!(message.destination.expose(), "ada@example.org");
        let good = answer("EMAIL_OTP_CODE", message.code.expose());
        tokens(app.respond("EMAIL_OTP", session(&next), good).await);
        let user = shown(&app).await;
        assert_eq!(attribute(&user, "email"), "ada@example.org");
        assert_eq!(attribute(&user, "email_verified"), "true");
        assert_eq!(user["UserMFASettingList"], json!(["EMAIL_OTP"]));
    }
}

#[tokio::test]
async fn an_authenticator_can_be_set_up_where_email_is_offered_too() {
    let app = with_factors("ON", &["totp", "email"]).await;
    ada(&app, false, false).await;
    let asked = app.password_sign_in("ada", PASSWORD).await.ok();
    let begun = app.server.call("AssociateSoftwareToken", json!({ "Session": session(&asked) }));
    let begun = begun.await.ok();
    let code = begun["SecretCode"].as_str().unwrap();
    let seed = poolhouse_domain::totp::parse_secret_code(code).unwrap().expose().clone();
    let verify = json!({ "Session": begun["Session"], "UserCode": app.totp(&seed) });
    let verified = app.server.call("VerifySoftwareToken", verify).await.ok();
    let done = json!({ "USERNAME": "ada" });
    let result = tokens(app.respond("MFA_SETUP", session(&verified), done).await);
    assert_eq!(claims(&result["AccessToken"])["acr"], "urn:cognito:loa:4");
}

#[tokio::test]
async fn another_users_verified_address_does_not_stop_the_sign_in() {
    let app = Application::new(
        json!({
            "AliasAttributes": ["phone_number"],
            "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::000000000000:role/sms" },
            "MfaConfiguration": "ON",
            "AccountRecoverySetting": {
                "RecoveryMechanisms": [{ "Name": "admin_only", "Priority": 1 }],
            },
        }),
        json!({}),
    )
    .await;
    for name in ["ada", "bob"] {
        let request = json!({
            "UserPoolId": app.pool, "Username": name, "MessageAction": "SUPPRESS",
            "TemporaryPassword": PASSWORD,
            "UserAttributes": [{ "Name": "phone_number", "Value": "+15555550100" }],
        });
        app.server.admin("AdminCreateUser", request).await.ok();
        let request = json!({
            "UserPoolId": app.pool, "Username": name, "Password": PASSWORD, "Permanent": true,
        });
        app.server.admin("AdminSetUserPassword", request).await.ok();
    }
    let verified = json!({
        "UserPoolId": app.pool, "Username": "bob",
        "UserAttributes": [{ "Name": "phone_number_verified", "Value": "true" }],
    });
    app.server.admin("AdminUpdateUserAttributes", verified).await.ok();
    let asked = app.password_sign_in("ada", PASSWORD).await.ok();
    let code = app.server.take_message().code.expose().clone();
    tokens(app.respond("SMS_MFA", session(&asked), answer("SMS_MFA_CODE", &code)).await);
    assert_eq!(attribute(&shown(&app).await, "phone_number_verified"), Value::Null);
}
