//! Sessions that wait (SES-1, SES-2, SES-5, SES-6): each is answered under its own challenge alone, by
//! its user, through its client, and ends with whatever changes the user.

use poolhouse_domain::auth::step::ChallengeKind;
use poolhouse_domain::srp::client::Client;
use poolhouse_domain::user::{MfaFactor, User, UserStatus};
use serde_json::{Value, json};

use crate::testing::Reply;
use crate::testing::client::{Application, PASSWORD, with};

/// Every session that a sign-in can wait with: a name, the challenge, the second factors of its user.
const KINDS: [(&str, &str, &[MfaFactor]); 12] = [
    ("choice", "SELECT_CHALLENGE", &[]),
    ("password", "PASSWORD", &[]),
    ("srp", "PASSWORD_SRP", &[]),
    ("proof", "PASSWORD_VERIFIER", &[]),
    ("email first", "EMAIL_OTP", &[]),
    ("text first", "SMS_OTP", &[]),
    ("text", "SMS_MFA", &[MfaFactor::Sms]),
    ("email", "EMAIL_OTP", &[MfaFactor::Email]),
    ("authenticator", "SOFTWARE_TOKEN_MFA", &[MfaFactor::Totp]),
    ("factors", "SELECT_MFA_TYPE", &[MfaFactor::Sms, MfaFactor::Email]),
    ("new password", "NEW_PASSWORD_REQUIRED", &[]),
    ("setup", "MFA_SETUP", &[]),
];

/// Administrators' changes after which no session goes on.
const CHANGES: [(&str, &str); 4] = [
    ("AdminSetUserPassword", r#"{"Password":"Changed1!","Permanent":true}"#),
    ("AdminUserGlobalSignOut", "{}"),
    ("AdminDisableUser", "{}"),
    ("AdminDeleteUser", "{}"),
];

async fn application(kind: &str) -> Application {
    let mut pool = json!({
        "Policies": { "SignInPolicy": {
            "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP"],
        }},
        "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::000000000000:role/sms" },
        "EmailConfiguration": {
            "EmailSendingAccount": "DEVELOPER",
            "SourceArn": "arn:aws:ses:us-east-1:000000000000:identity/example.com",
        },
        "AccountRecoverySetting": { "RecoveryMechanisms": [{ "Name": "admin_only", "Priority": 1 }] },
    });
    if kind == "setup" {
        pool["Policies"] = json!({});
    }
    let client = json!({ "ExplicitAuthFlows": [
        "ALLOW_USER_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
    ]});
    let app = Application::new(pool, client).await;
    let mut factors = json!({
        "UserPoolId": app.pool, "MfaConfiguration": if kind == "setup" { "ON" } else { "OPTIONAL" },
        "SoftwareTokenMfaConfiguration": { "Enabled": true },
    });
    if kind != "setup" {
        factors["EmailMfaConfiguration"] = json!({});
        factors["SmsMfaConfiguration"] = json!({ "SmsConfiguration": {
            "SnsCallerArn": "arn:aws:iam::000000000000:role/sms",
        }});
    }
    app.server.admin("SetUserPoolMfaConfig", factors).await.ok();
    app
}

async fn user(app: &Application, name: &str, kind: &str, factors: &[MfaFactor]) -> User {
    let status = match kind {
        "new password" => UserStatus::ForceChangePassword,
        _ => UserStatus::Confirmed,
    };
    let user = app.user_in(name, status, None).await;
    app.change(&user, |user| {
        user.attributes.insert("email_verified".into(), "true".into());
        if kind != "setup" {
            user.attributes.insert("phone_number".into(), "+15555550100".into());
            user.attributes.insert("phone_number_verified".into(), "true".into());
        }
        user.mfa.active = factors.iter().copied().filter(|f| *f != MfaFactor::Totp).collect();
    })
    .await;
    if factors == [MfaFactor::Totp] {
        let token = crate::testing::client::token(app, name).await;
        app.enrol_totp(&token).await;
    }
    user
}

/// Begins a sign-in that waits with this kind of session.
async fn begin(
    app: &Application,
    name: &str,
    (kind, challenge, _): (&str, &str, &[MfaFactor]),
) -> Value {
    let first = ["choice", "password", "srp", "proof", "email first", "text first"];
    let asked = if first.contains(&kind) {
        let mut more = json!({ "USERNAME": name });
        match kind {
            "choice" => {}
            "proof" => {
                let client = Client::new(&mut app.server.app.fork_rng("waiting"));
                more["PREFERRED_CHALLENGE"] = json!("PASSWORD_SRP");
                more["SRP_A"] = json!(client.srp_a());
            }
            _ => more["PREFERRED_CHALLENGE"] = json!(challenge),
        }
        app.initiate("USER_AUTH", more).await.ok()
    } else {
        app.password_sign_in(name, PASSWORD).await.ok()
    };
    assert_eq!(asked["ChallengeName"], challenge, "{kind}: {asked}");
    asked["Session"].clone()
}

/// An answer to any challenge, in good form.
fn answer(name: &str, challenge: &str) -> Value {
    let choice = if challenge == "SELECT_MFA_TYPE" { "SMS_MFA" } else { "PASSWORD" };
    with(
        json!({ "USERNAME": name, "ANSWER": choice }),
        json!({
            "PASSWORD": PASSWORD, "NEW_PASSWORD": "Another1!", "SRP_A": "2",
            "EMAIL_OTP_CODE": "1", "SMS_OTP_CODE": "1", "SMS_MFA_CODE": "1",
            "SOFTWARE_TOKEN_MFA_CODE": "1", "PASSWORD_CLAIM_SECRET_BLOCK": "AAAA",
            "PASSWORD_CLAIM_SIGNATURE": "AAAA", "TIMESTAMP": "Mon Jan 5 12:00:00 UTC 2026",
        }),
    )
}

fn is_invalid(reply: &Reply) -> bool {
    let text = reply.body["message"].as_str().unwrap_or_default();
    reply.status == 400 && text.starts_with("Invalid session for the user")
}

/// The answer to an exchange is taken by its block, and this one is none.
fn by_block(challenge: &str) -> bool {
    ["PASSWORD_VERIFIER", "DEVICE_PASSWORD_VERIFIER"].contains(&challenge)
}

#[track_caller]
fn shut(reply: &Reply, challenge: &str, what: &str) {
    let text = reply.body["message"].as_str().unwrap_or_default();
    let bad = by_block(challenge) && text == "Incorrect username or password.";
    // Devices are looked for before the session is.
    let device = challenge == "DEVICE_SRP_AUTH" && reply.status == 400;
    assert!(is_invalid(reply) || bad || device, "{what}, {challenge}: {}", reply.body);
}

#[tokio::test]
async fn a_session_takes_its_own_challenge_alone() {
    for kind in KINDS {
        let (label, own, factors) = kind;
        let app = application(label).await;
        user(&app, "ada", label, factors).await;
        user(&app, "bob", label, &[]).await;
        let session = begin(&app, "ada", kind).await;
        let session = session.as_str();
        let others = ChallengeKind::ALL.into_iter().map(ChallengeKind::as_str);
        for other in others.chain(["CUSTOM_CHALLENGE", "ADMIN_NO_SRP_AUTH", "WEB_AUTHN"]) {
            if other != own {
                let given =
                    with(answer("ada", other), json!({ "DEVICE_KEY": "us-east-1_0-0-0-0-0" }));
                let given = if other.starts_with("DEVICE") { given } else { answer("ada", other) };
                shut(&app.respond(other, session, given).await, other, label);
            }
        }
        shut(&app.respond(own, session, answer("bob", own)).await, own, "other user");
        shut(&app.respond(own, session, answer("nobody", own)).await, own, "no user");
        let client = json!({ "UserPoolId": app.pool, "ClientName": "other" });
        let client = app.server.admin("CreateUserPoolClient", client).await.ok();
        let foreign = json!({
            "ClientId": client["UserPoolClient"]["ClientId"], "ChallengeName": own,
            "Session": session, "ChallengeResponses": answer("ada", own),
        });
        let reply = app.server.call("RespondToAuthChallenge", foreign).await;
        shut(&reply, own, "other client");
        // It lives: its own challenge is looked at, whatever the answer is worth.
        if !by_block(own) && own != "MFA_SETUP" {
            let reply = app.respond(own, session, answer("ada", own)).await;
            assert!(!is_invalid(&reply), "{label}: {}", reply.body);
        }
    }
}

#[tokio::test]
async fn a_session_ends_with_its_user() {
    for kind in KINDS {
        let (label, own, factors) = kind;
        for (operation, more) in CHANGES {
            let app = application(label).await;
            user(&app, "ada", label, factors).await;
            let session = begin(&app, "ada", kind).await;
            let more: Value = serde_json::from_str(more).unwrap();
            let change = with(json!({ "UserPoolId": app.pool, "Username": "ada" }), more);
            app.server.admin(operation, change).await.ok();
            let reply = app.respond(own, session.as_str(), answer("ada", own)).await;
            shut(&reply, own, &format!("{label}, {operation}"));
        }
    }
}

/// A lock that begins while a sign-in waits for the password holds there, too.
#[tokio::test]
async fn a_locked_user_finishes_no_password_in_any_flow() {
    let app = application("").await;
    user(&app, "ada", "", &[]).await;
    let client = Client::new(&mut app.server.app.fork_rng("locked"));
    let begin = async |more: Value| {
        let parameters = with(json!({ "USERNAME": "ada" }), more);
        app.initiate("USER_AUTH", parameters).await.ok()
    };
    let asked = begin(json!({ "PREFERRED_CHALLENGE": "PASSWORD" })).await;
    let listed = begin(json!({})).await;
    let started =
        begin(json!({ "PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": client.srp_a() })).await;
    let claim = app.srp_claim("ada", PASSWORD).await;
    for _ in 0..5 {
        app.password_sign_in("ada", "Wrong1!!").await;
    }
    let locked =
        |reply: Reply| reply.refused("NotAuthorizedException", "Password attempts exceeded");
    let named = json!({ "USERNAME": "ada", "PASSWORD": PASSWORD });
    locked(app.respond("PASSWORD", asked["Session"].as_str(), named.clone()).await);
    let chosen = with(named.clone(), json!({ "ANSWER": "PASSWORD" }));
    locked(app.respond("SELECT_CHALLENGE", listed["Session"].as_str(), chosen).await);
    let proof = app.claim(&client, &started, PASSWORD);
    locked(app.respond("PASSWORD_VERIFIER", started["Session"].as_str(), proof.clone()).await);
    locked(app.respond("PASSWORD_VERIFIER", None, claim).await);
    locked(app.initiate("USER_PASSWORD_AUTH", named.clone()).await);
    let at_once = with(named.clone(), json!({ "PREFERRED_CHALLENGE": "PASSWORD" }));
    locked(app.initiate("USER_AUTH", at_once).await);
    let admin = json!({
        "UserPoolId": app.pool, "ClientId": app.client,
        "AuthFlow": "ADMIN_USER_PASSWORD_AUTH", "AuthParameters": named,
    });
    locked(app.server.admin("AdminInitiateAuth", admin).await);
    // And is over in time: nothing was used up by what it refused.
    app.server.advance_secs(1);
    let reply = app.respond("PASSWORD_VERIFIER", started["Session"].as_str(), proof).await;
    assert!(reply.ok()["AuthenticationResult"]["AccessToken"].is_string());
}

/// A session that is no good, or not this user's, is told the same whoever is named; so is an access
/// token that comes with a step-up.
#[tokio::test]
async fn what_comes_with_a_name_does_not_tell_whether_it_exists() {
    let app = application("").await;
    let hide = json!({
        "UserPoolId": app.pool, "ClientId": app.client, "ExplicitAuthFlows": [
            "ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
        ],
        "PreventUserExistenceErrors": "ENABLED",
    });
    app.server.admin("UpdateUserPoolClient", hide).await.ok();
    for name in ["ada", "eve"] {
        user(&app, name, "", &[]).await;
    }
    // The attacker's own: a session that is used up, one that waits, and a token.
    let asked = async || {
        let more = json!({ "USERNAME": "eve", "PREFERRED_CHALLENGE": "PASSWORD" });
        app.initiate("USER_AUTH", more).await.ok()["Session"].clone()
    };
    let (used, waits) = (asked().await, asked().await);
    let given = json!({ "USERNAME": "eve", "PASSWORD": PASSWORD });
    let result = app.respond("PASSWORD", used.as_str(), given).await.ok();
    let token = &result["AuthenticationResult"]["AccessToken"];
    let begin = async |name: &str, session: &Value, more: Value| {
        let mut request = json!({
            "ClientId": app.client, "AuthFlow": "USER_AUTH",
            "AuthParameters": with(json!({ "USERNAME": name }), more),
        });
        if !session.is_null() {
            request["Session"] = session.clone();
        }
        app.server.call("InitiateAuth", request).await
    };
    for session in [&used, &waits, &json!("garbage-garbage-garbage")] {
        let (real, none) =
            (begin("ada", session, json!({})).await, begin("bob", session, json!({})).await);
        assert_eq!(real, none, "{session}");
        assert!(is_invalid(&real), "{}", real.body);
    }
    for token in [token, &json!("garbage"), &json!("a.b.c")] {
        let more = json!({
            "ACCESS_TOKEN": token, "TARGET_ACR_VALUES": "urn:cognito:loa:1",
            "ACR_VALUES": "urn:cognito:loa:1",
        });
        let real = begin("ada", &Value::Null, more.clone()).await;
        assert_eq!(real, begin("bob", &Value::Null, more).await, "{token}");
        assert_ne!(real.status, 200, "{}", real.body);
    }
}
