//! Fifteen holes that were seen in other servers of this API, running. None may exist here.
//!
//! One test for each, by its number. What belongs to an operation that is not built yet is asked
//! all the same: the operation must refuse today, and the same test must still pass when it is
//! built. Nothing of these can be tried for real before they are:
//!
//! * 7: SMS and email codes at sign-in. Codes of SignUp, ForgotPassword and VerifyUserAttribute are
//!   tried below `ops::users`: one user's for another, twice, too late, too often.
//! * 10: passkeys. 11: redirects, authorization codes, hosted pages.
//! * 15: AddUserPoolClientSecret; a second secret is put into the store instead.

use std::sync::Arc;

use hyper::Method;
use poolhouse_domain::secret_hash;
use poolhouse_domain::srp::client::modulus_hex;
use poolhouse_domain::user::{Lookup, User, UserStatus};
use serde_json::{Value, json};

use crate::http::Doors;
use crate::keys::{FreshKeys, KeySource};
use crate::rpc::dispatch;
use crate::testing::client::{Application, PASSWORD, claims, with};
use crate::testing::sample::{Fill, sample};
use crate::testing::{Build, Key, OwnKeys, Reply, TestServer};

const TOTP: &str = "SOFTWARE_TOKEN_MFA";

async fn plain() -> Application {
    Application::new(json!({}), json!({})).await
}

#[track_caller]
fn no_tokens(reply: &Reply) {
    assert_ne!(reply.status, 200, "{}", reply.body);
    assert!(reply.body.get("AuthenticationResult").is_none(), "{}", reply.body);
}

#[track_caller]
fn tokens(reply: Reply) -> Value {
    let body = reply.ok();
    assert!(body["AuthenticationResult"]["AccessToken"].is_string(), "{body}");
    body["AuthenticationResult"].clone()
}

async fn stored(app: &Application, name: &str) -> User {
    let (pool, lookup) = (&app.pool_id(), &[Lookup::Username(name.to_owned())]);
    app.server.app.db.read(async |mut tx| tx.user_by(pool, lookup).await).await.unwrap()
}

/// A user with an authenticator, its seed, and the session that waits for its code.
async fn waiting_for_totp(app: &Application, name: &str) -> (Vec<u8>, String) {
    app.set_mfa("OPTIONAL").await;
    app.user(name).await;
    let first = tokens(app.password_sign_in(name, PASSWORD).await);
    let seed = app.enrol_totp(first["AccessToken"].as_str().unwrap()).await;
    app.server.advance_secs(30);
    let asked = app.password_sign_in(name, PASSWORD).await.ok();
    assert_eq!(asked["ChallengeName"], TOTP);
    (seed, asked["Session"].as_str().unwrap().to_owned())
}

/// Answers to every challenge with a session, for this user, good but for the session.
fn answers(name: &str) -> Vec<(&'static str, Value)> {
    let own = [
        ("NEW_PASSWORD_REQUIRED", json!({ "NEW_PASSWORD": "Another1!" })),
        ("MFA_SETUP", json!({})),
        ("SMS_MFA", json!({ "SMS_MFA_CODE": "123456" })),
        ("EMAIL_OTP", json!({ "EMAIL_OTP_CODE": "123456" })),
        ("SMS_OTP", json!({ "SMS_OTP_CODE": "123456" })),
        (TOTP, json!({ "SOFTWARE_TOKEN_MFA_CODE": "123456" })),
        ("SELECT_MFA_TYPE", json!({ "ANSWER": TOTP })),
        ("SELECT_CHALLENGE", json!({ "ANSWER": "PASSWORD", "PASSWORD": PASSWORD })),
        ("CUSTOM_CHALLENGE", json!({ "ANSWER": "x" })),
        ("PASSWORD", json!({ "PASSWORD": PASSWORD })),
        ("WEB_AUTHN", json!({ "CREDENTIAL": "{}" })),
    ];
    own.into_iter().map(|(kind, more)| (kind, with(json!({ "USERNAME": name }), more))).collect()
}

#[tokio::test]
async fn hole_01_invented_foreign_expired_and_used_sessions_open_nothing() {
    let app = plain().await;
    let (seed, bobs) = waiting_for_totp(&app, "bob").await;
    app.user_in("ada", UserStatus::ForceChangePassword, Some(3600)).await;
    app.user("eve").await;
    let ask = async || {
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        assert_eq!(asked["ChallengeName"], "NEW_PASSWORD_REQUIRED");
        asked["Session"].as_str().unwrap().to_owned()
    };
    let (expired, used) = (ask().await, ask().await);
    // Another installation's: the same form under another key.
    let mut other = used.clone();
    let last = if other.pop() == Some('A') { 'B' } else { 'A' };
    other.push(last);
    let all = [Some("x".repeat(100)), Some(other), Some(bobs.clone()), None];
    for session in &all {
        for (challenge, answer) in answers("ada") {
            no_tokens(&app.respond(challenge, session.as_deref(), answer).await);
        }
    }
    // Only the user whom a session is about can answer it.
    for (challenge, answer) in answers("eve") {
        no_tokens(&app.respond(challenge, Some(&used), answer).await);
    }
    let answer = json!({ "USERNAME": "ada", "NEW_PASSWORD": "Another1!" });
    tokens(app.respond("NEW_PASSWORD_REQUIRED", Some(&used), answer).await);
    app.server.advance_secs(180);
    for session in [used, expired, bobs] {
        for name in ["ada", "bob"] {
            for (challenge, answer) in answers(name) {
                no_tokens(&app.respond(challenge, Some(&session), answer).await);
            }
        }
        let code = json!({ "USERNAME": "bob", "SOFTWARE_TOKEN_MFA_CODE": app.totp(&seed) });
        no_tokens(&app.respond(TOTP, Some(&session), code).await);
    }
    tokens(app.password_sign_in("ada", "Another1!").await);
}

#[tokio::test]
async fn hole_02_only_a_flow_that_fits_and_is_enabled_issues_tokens() {
    const FLOWS: [(&str, &str); 6] = [
        ("ALLOW_USER_AUTH", "USER_AUTH"),
        ("ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"),
        ("ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH"),
        ("ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"),
        ("ALLOW_REFRESH_TOKEN_AUTH", "REFRESH_TOKEN_AUTH"),
        ("ALLOW_REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"),
    ];
    const NEVER: [&str; 5] =
        ["CUSTOM_AUTH", "BANANA", "user_password_auth", "", "USER_PASSWORD_AUTH "];
    let app = plain().await;
    app.user("ada").await;
    let refresh = tokens(app.password_sign_in("ada", PASSWORD).await)["RefreshToken"].clone();
    let parameters = json!({
        "USERNAME": "ada", "PASSWORD": PASSWORD, "REFRESH_TOKEN": refresh,
        "PREFERRED_CHALLENGE": "PASSWORD",
    });
    for allowed in [
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_CUSTOM_AUTH",
        "ALLOW_USER_AUTH",
    ] {
        let update = json!({
            "UserPoolId": app.pool, "ClientId": app.client, "ExplicitAuthFlows": [allowed],
        });
        app.server.admin("UpdateUserPoolClient", update).await.ok();
        let flows = FLOWS.into_iter().map(|(needs, flow)| (needs == allowed, flow));
        for (enabled, flow) in flows.chain(NEVER.map(|flow| (false, flow))) {
            let request = json!({
                "ClientId": app.client, "AuthFlow": flow, "AuthParameters": parameters,
            });
            let public = app.server.call("InitiateAuth", request.clone()).await;
            let request = with(request, json!({ "UserPoolId": app.pool }));
            let admin = app.server.admin("AdminInitiateAuth", request).await;
            let (for_public, for_admin) =
                (!flow.starts_with("ADMIN_"), flow != "USER_PASSWORD_AUTH");
            for (reply, fits) in [(public, for_public), (admin, for_admin)] {
                if enabled && fits {
                    tokens(reply);
                } else {
                    no_tokens(&reply);
                }
            }
        }
    }
}

#[tokio::test]
async fn hole_03_srp_compares_the_proof_and_needs_no_session() {
    let app = plain().await;
    app.user("ada").await;
    let n = modulus_hex();
    for a in ["0", "00", &n, &n.to_uppercase(), &format!("{n}00"), &format!("0{n}")] {
        for name in ["ada", "nobody"] {
            let reply = app.initiate("USER_SRP_AUTH", json!({ "USERNAME": name, "SRP_A": a }));
            reply.await.refused("InvalidParameterException", "Invalid SRP_A");
        }
    }
    let zeros = data_encoding::BASE64.encode(&[0; 32]);
    for signature in [zeros.as_str(), "", "AAAA", "not base64", &zeros[..42]] {
        app.server.advance_secs(3600);
        let mut claim = app.srp_claim("ada", PASSWORD).await;
        claim["PASSWORD_CLAIM_SIGNATURE"] = json!(signature);
        let reply = app.respond("PASSWORD_VERIFIER", None, claim).await;
        reply.refused("NotAuthorizedException", "Incorrect username or password.");
    }
    // A proof of A = 0, whose key everybody knows, under a block that was made for another A.
    let wrong = app.srp_claim("ada", "").await;
    no_tokens(&app.respond("PASSWORD_VERIFIER", None, wrong).await);
    tokens(app.srp_sign_in("ada", None).await);
}

#[tokio::test]
async fn hole_04_users_who_are_shut_out_neither_sign_in_nor_refresh_nor_act() {
    let app = plain().await;
    for (name, enabled, status) in [
        ("unconfirmed", true, UserStatus::Unconfirmed),
        ("disabled", false, UserStatus::Confirmed),
        ("reset", true, UserStatus::ResetRequired),
        ("federated", true, UserStatus::ExternalProvider),
        ("deleted", true, UserStatus::Confirmed),
    ] {
        let user = app.user(name).await;
        let before = tokens(app.password_sign_in(name, PASSWORD).await);
        let claim = app.srp_claim(name, PASSWORD).await;
        if name == "deleted" {
            let (pool, sub) = (&user.pool, &user.sub);
            let delete = async |mut tx: poolhouse_store::Tx| tx.delete_user(pool, sub).await;
            app.server.app.db.write(app.server.now(), delete).await.unwrap();
        } else {
            app.change(&user, |user| (user.enabled, user.status) = (enabled, status)).await;
        }
        no_tokens(&app.password_sign_in(name, PASSWORD).await);
        no_tokens(&app.respond("PASSWORD_VERIFIER", None, claim).await);
        let parameters = json!({ "USERNAME": name, "PASSWORD": PASSWORD });
        let admin = json!({
            "UserPoolId": app.pool, "ClientId": app.client,
            "AuthFlow": "ADMIN_USER_PASSWORD_AUTH", "AuthParameters": parameters,
        });
        no_tokens(&app.server.admin("AdminInitiateAuth", admin).await);
        let refresh = json!({ "REFRESH_TOKEN": before["RefreshToken"] });
        no_tokens(&app.initiate("REFRESH_TOKEN_AUTH", refresh).await);
        if name != "federated" {
            let act = json!({ "AccessToken": before["AccessToken"] });
            let reply = app.server.call("ListDevices", act).await;
            assert_ne!(reply.status, 200, "{name}: {}", reply.body);
        }
    }
}

/// A reset by an administrator shuts the user out at once, whatever they hold.
#[tokio::test]
async fn hole_04_a_reset_shuts_everything_until_the_code_comes() {
    let app = Application::new(json!({ "AutoVerifiedAttributes": ["email"] }), json!({})).await;
    let ada = app.user("ada").await;
    app.change(&ada, |user| {
        user.attributes.insert("email_verified".into(), "true".into());
    })
    .await;
    let before = tokens(app.password_sign_in("ada", PASSWORD).await);
    let claim = app.srp_claim("ada", PASSWORD).await;
    let reset = json!({ "UserPoolId": app.pool, "Username": "ada" });
    app.server.admin("AdminResetUserPassword", reset).await.ok();
    no_tokens(&app.password_sign_in("ada", PASSWORD).await);
    no_tokens(&app.respond("PASSWORD_VERIFIER", None, claim).await);
    let refresh = json!({ "REFRESH_TOKEN": before["RefreshToken"] });
    no_tokens(&app.initiate("REFRESH_TOKEN_AUTH", refresh).await);
    for (operation, more) in [
        ("UpdateUserAttributes", json!({ "UserAttributes": [{ "Name": "name", "Value": "A" }] })),
        ("DeleteUserAttributes", json!({ "UserAttributeNames": ["email"] })),
        ("GetUserAttributeVerificationCode", json!({ "AttributeName": "email" })),
        ("VerifyUserAttribute", json!({ "AttributeName": "email", "Code": "123456" })),
        ("SetUserSettings", json!({ "MFAOptions": [] })),
        ("GetUserAuthFactors", json!({})),
        (
            "ChangePassword",
            json!({ "PreviousPassword": PASSWORD, "ProposedPassword": "Another1!" }),
        ),
    ] {
        let body = with(json!({ "AccessToken": before["AccessToken"] }), more);
        let reply = app.server.call(operation, body).await;
        assert_eq!(reply.body["__type"], "PasswordResetRequiredException", "{operation}");
    }
    let code = app.server.take_message().code.expose().clone();
    let confirm = json!({
        "ClientId": app.client, "Username": "ada", "ConfirmationCode": code,
        "Password": "Another1!",
    });
    app.server.call("ConfirmForgotPassword", confirm).await.ok();
    no_tokens(&app.password_sign_in("ada", PASSWORD).await);
    tokens(app.password_sign_in("ada", "Another1!").await);
}

/// A new password by a code is no way around the second factor.
#[tokio::test]
async fn hole_05_mfa_is_owed_after_a_forgotten_password() {
    let app = Application::new(json!({ "AutoVerifiedAttributes": ["email"] }), json!({})).await;
    let (seed, _) = waiting_for_totp(&app, "ada").await;
    let ada = stored(&app, "ada").await;
    app.change(&ada, |user| {
        user.attributes.insert("email_verified".into(), "true".into());
    })
    .await;
    let forgot = json!({ "ClientId": app.client, "Username": "ada" });
    app.server.call("ForgotPassword", forgot.clone()).await.ok();
    let code = app.server.take_message().code.expose().clone();
    let confirm = with(forgot, json!({ "ConfirmationCode": code, "Password": "Another1!" }));
    app.server.call("ConfirmForgotPassword", confirm).await.ok();
    let asked = app.password_sign_in("ada", "Another1!").await.ok();
    assert_eq!(asked["ChallengeName"], TOTP);
    tokens(app.answer_totp(&asked, "ada", &seed, None).await);
}

#[tokio::test]
async fn hole_05_mfa_is_owed_through_every_flow_and_after_a_new_password() {
    for mode in ["ON", "OPTIONAL"] {
        let app = plain().await;
        let (seed, _) = waiting_for_totp(&app, "ada").await;
        app.set_mfa(mode).await;
        let admin = |flow: &str| {
            json!({
                "UserPoolId": app.pool, "ClientId": app.client, "AuthFlow": flow,
                "AuthParameters": { "USERNAME": "ada", "PASSWORD": PASSWORD },
            })
        };
        for reply in [
            app.password_sign_in("ada", PASSWORD).await,
            app.srp_sign_in("ada", None).await,
            app.server.admin("AdminInitiateAuth", admin("ADMIN_USER_PASSWORD_AUTH")).await,
            app.server.admin("AdminInitiateAuth", admin("ADMIN_NO_SRP_AUTH")).await,
        ] {
            let asked = reply.ok();
            assert_eq!(asked["ChallengeName"], TOTP, "{mode}");
            assert!(asked.get("AuthenticationResult").is_none());
        }
        // After an administrator's reset, which leaves the authenticator.
        let ada = stored(&app, "ada").await;
        app.change(&ada, |user| {
            (user.status, user.stamp) = (UserStatus::ForceChangePassword, user.stamp + 1);
        })
        .await;
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        assert_eq!(asked["ChallengeName"], "NEW_PASSWORD_REQUIRED");
        let answer = json!({ "USERNAME": "ada", "NEW_PASSWORD": "Another1!" });
        let session = asked["Session"].as_str();
        let next = app.respond("NEW_PASSWORD_REQUIRED", session, answer).await.ok();
        tokens(app.answer_totp(&next, "ada", &seed, None).await);
    }
    // A pool that demands MFA of a user who has no factor and no preference.
    let app = plain().await;
    app.set_mfa("ON").await;
    app.user("bob").await;
    for reply in [app.password_sign_in("bob", PASSWORD).await, app.srp_sign_in("bob", None).await] {
        let asked = reply.ok();
        assert_eq!(asked["ChallengeName"], "MFA_SETUP");
        let session = asked["Session"].as_str();
        no_tokens(&app.respond("MFA_SETUP", session, json!({ "USERNAME": "bob" })).await);
    }
}

#[tokio::test]
async fn hole_06_two_hundred_wrong_codes_lock_and_a_code_works_once() {
    let app = plain().await;
    let (seed, session) = waiting_for_totp(&app, "ada").await;
    let answer = |code: &str| json!({ "USERNAME": "ada", "SOFTWARE_TOKEN_MFA_CODE": code });
    let right = app.totp(&seed);
    let mut compared = 0;
    for guess in 0..200 {
        let code = format!("{guess:06}");
        if code == right {
            continue;
        }
        let reply = app.respond(TOTP, Some(&session), answer(&code)).await;
        no_tokens(&reply);
        compared += usize::from(reply.body["__type"] == "CodeMismatchException");
    }
    assert_eq!(compared, 10);
    for code in ["", "12345", "1234567", "abcdef", "000000 "] {
        no_tokens(&app.respond(TOTP, Some(&session), answer(code)).await);
    }
    // Even the right one is not looked at while the lock lasts.
    no_tokens(&app.respond(TOTP, Some(&session), answer(&right)).await);
    app.server.advance_secs(2);
    tokens(app.respond(TOTP, Some(&session), answer(&app.totp(&seed))).await);
    let asked = app.password_sign_in("ada", PASSWORD).await.ok();
    let again = app.respond(TOTP, asked["Session"].as_str(), answer(&app.totp(&seed))).await;
    no_tokens(&again);
    // A code of another user's authenticator is one of anybody's.
    let (bobs, _) = waiting_for_totp(&app, "bob").await;
    app.server.advance_secs(60);
    let asked = app.password_sign_in("ada", PASSWORD).await.ok();
    no_tokens(&app.respond(TOTP, asked["Session"].as_str(), answer(&app.totp(&bobs))).await);
}

#[tokio::test]
async fn hole_07_no_made_up_code_confirms_or_resets_anything() {
    let app = plain().await;
    app.user_in("new", UserStatus::Unconfirmed, None).await;
    app.user("ada").await;
    let token = tokens(app.password_sign_in("ada", PASSWORD).await)["AccessToken"].clone();
    for code in ["123456", "000000", "", "999999", "12345678"] {
        for (operation, body) in [
            ("ConfirmSignUp", json!({ "Username": "new", "ConfirmationCode": code })),
            (
                "ConfirmForgotPassword",
                json!({ "Username": "ada", "ConfirmationCode": code, "Password": "Another1!" }),
            ),
        ] {
            let body = with(body, json!({ "ClientId": app.client }));
            let reply = app.server.call(operation, body).await;
            assert_ne!(reply.status, 200, "{operation} {code}");
        }
        let verify = json!({ "AccessToken": token, "AttributeName": "email", "Code": code });
        assert_ne!(app.server.call("VerifyUserAttribute", verify).await.status, 200, "{code}");
        let verify = json!({ "AccessToken": token, "UserCode": code });
        assert_ne!(app.server.call("VerifySoftwareToken", verify).await.status, 200, "{code}");
    }
    // Nor does a real code do anything but what it was sent for.
    let ada = stored(&app, "ada").await;
    app.change(&ada, |user| {
        user.attributes.insert("email_verified".into(), "true".into());
    })
    .await;
    let code = |messages: Vec<poolhouse_domain::message::Message>| {
        messages.last().unwrap().code.expose().clone()
    };
    let forgot = json!({ "ClientId": app.client, "Username": "ada" });
    app.server.call("ForgotPassword", forgot).await.ok();
    let reset = code(app.server.take_messages());
    let ask = json!({ "AccessToken": token, "AttributeName": "email" });
    app.server.call("GetUserAttributeVerificationCode", ask).await.ok();
    let verification = code(app.server.take_messages());
    let verify = json!({ "AccessToken": token, "AttributeName": "email", "Code": reset });
    let confirm = json!({
        "ClientId": app.client, "Username": "ada", "ConfirmationCode": verification,
        "Password": "Another1!",
    });
    let sign_up = json!({
        "ClientId": app.client, "Username": "new", "ConfirmationCode": reset,
    });
    if reset != verification {
        for (operation, body) in
            [("VerifyUserAttribute", verify), ("ConfirmForgotPassword", confirm)]
        {
            let reply = app.server.call(operation, body).await;
            assert_eq!(reply.body["__type"], "CodeMismatchException", "{operation}");
        }
    }
    assert_ne!(app.server.call("ConfirmSignUp", sign_up).await.status, 200);
    app.change(&ada, |user| {
        user.attributes.remove("email_verified");
    })
    .await;
    assert_eq!(stored(&app, "new").await.status, UserStatus::Unconfirmed);
    assert!(!stored(&app, "ada").await.attributes.contains_key("email_verified"));
    tokens(app.password_sign_in("ada", PASSWORD).await);
}

/// The tokens that must not work are a matrix of their own, see [`super::matrix`]. Here are the
/// keys, and what ends a token.
#[tokio::test]
async fn hole_08_keys_belong_to_one_pool_and_tokens_end() {
    let build = Build { keys: Arc::new(OwnKeys::default()), ..Build::default() };
    let app = Application::on(TestServer::built(build).await, json!({}), json!({})).await;
    app.user("ada").await;
    let result = tokens(app.password_sign_in("ada", PASSWORD).await);
    let other = app.server.admin("CreateUserPool", json!({ "PoolName": "other" })).await.ok();
    let other = other["UserPool"]["Id"].as_str().unwrap().to_owned();
    let published = async |pool: &str| {
        let response = crate::oauth::jwks(&app.server.app, pool).await;
        let set: Value = serde_json::from_slice(&response.body).unwrap();
        let keys = set["keys"].as_array().unwrap().clone();
        keys.iter().map(|key| key["n"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let keys = [published(&app.pool).await, published(&other).await].concat();
    let distinct: std::collections::BTreeSet<&String> = keys.iter().collect();
    assert_eq!((keys.len(), distinct.len()), (4, 4));
    // What a running server makes is made for it.
    let [one, two] = FreshKeys.pair().unwrap();
    assert_ne!(one.0.public().n, two.0.public().n);
    let act = json!({ "AccessToken": result["AccessToken"] });
    app.server.call("GlobalSignOut", act.clone()).await.ok();
    assert_ne!(app.server.call("GlobalSignOut", act).await.status, 200);
    let living = tokens(app.password_sign_in("ada", PASSWORD).await);
    app.server.admin("DeleteUserPool", json!({ "UserPoolId": app.pool })).await.ok();
    for token in ["AccessToken", "IdToken", "RefreshToken"] {
        let act = json!({ "AccessToken": living[token] });
        assert_ne!(app.server.call("GlobalSignOut", act).await.status, 200);
    }
    let refresh = json!({ "REFRESH_TOKEN": living["RefreshToken"] });
    no_tokens(&app.initiate("REFRESH_TOKEN_AUTH", refresh).await);
}

#[tokio::test]
async fn hole_09_nobody_writes_what_vouches_for_them() {
    let schema = json!({ "Schema": [
        { "Name": "tenant", "AttributeDataType": "String", "Mutable": true },
        { "Name": "rank", "AttributeDataType": "String", "Mutable": false },
    ]});
    let app = Application::new(schema, json!({ "WriteAttributes": ["name", "email"] })).await;
    let names = [
        "sub",
        "identities",
        "email_verified",
        "phone_number_verified",
        "custom:tenant",
        "custom:rank",
        "dev:custom:tenant",
        "cognito:username",
        "nickname",
        "custom:no such",
    ];
    let attributes = |name: &str| json!([{ "Name": name, "Value": if name.ends_with("verified") { "true" } else { "x" } }]);
    for (index, name) in names.into_iter().enumerate() {
        let user = format!("user{index}");
        app.user_in(&user, UserStatus::ForceChangePassword, Some(3600)).await;
        let before = stored(&app, &user).await;
        let asked = app.password_sign_in(&user, PASSWORD).await.ok();
        let mut answer = json!({ "USERNAME": user, "NEW_PASSWORD": "Another1!" });
        answer[format!("userAttributes.{name}")] = json!("true");
        let session = asked["Session"].as_str();
        no_tokens(&app.respond("NEW_PASSWORD_REQUIRED", session, answer).await);
        assert_eq!(stored(&app, &user).await, before, "{name}");
        let sign_up = json!({
            "ClientId": app.client, "Username": format!("new{index}"), "Password": PASSWORD,
            "UserAttributes": attributes(name),
        });
        assert_ne!(app.server.call("SignUp", sign_up).await.status, 200, "{name}");
    }
    app.user("ada").await;
    let token = tokens(app.password_sign_in("ada", PASSWORD).await)["AccessToken"].clone();
    let before = stored(&app, "ada").await;
    for name in names {
        let update = json!({ "AccessToken": token, "UserAttributes": attributes(name) });
        assert_ne!(app.server.call("UpdateUserAttributes", update).await.status, 200, "{name}");
        let delete = json!({ "AccessToken": token, "UserAttributeNames": [name] });
        assert_ne!(app.server.call("DeleteUserAttributes", delete).await.status, 200, "{name}");
    }
    assert_eq!(stored(&app, "ada").await, before);
    // Nor can a client be given the right to.
    for name in ["email_verified", "sub", "identities"] {
        let update = json!({
            "UserPoolId": app.pool, "ClientId": app.client, "WriteAttributes": [name],
        });
        assert_ne!(app.server.admin("UpdateUserPoolClient", update).await.status, 200, "{name}");
    }
}

#[tokio::test]
async fn hole_10_no_passkey_is_registered_or_accepted_unverified() {
    let app = plain().await;
    app.user("ada").await;
    let token = tokens(app.password_sign_in("ada", PASSWORD).await)["AccessToken"].clone();
    let entry = dispatch::find("CompleteWebAuthnRegistration").unwrap();
    let body = with(sample(entry.input, Fill::Everything), json!({ "AccessToken": token }));
    assert_ne!(app.server.call(entry.name, body).await.status, 200);
    let answer = json!({ "USERNAME": "ada", "CREDENTIAL": "{}" });
    no_tokens(&app.respond("WEB_AUTHN", None, answer.clone()).await);
    no_tokens(&app.respond("WEB_AUTHN", Some(&"x".repeat(40)), answer).await);
    let start = json!({ "USERNAME": "ada", "PREFERRED_CHALLENGE": "WEB_AUTHN" });
    no_tokens(&app.initiate("USER_AUTH", start).await);
}

#[tokio::test]
async fn hole_11_no_page_redirects_or_issues_anything_yet() {
    let app = plain().await;
    for path in
        ["/oauth2/authorize", "/oauth2/token", "/login", "/logout", "/signup", "/saml2/idpresponse"]
    {
        for method in [Method::GET, Method::POST] {
            let mut request = app.server.request(Vec::new(), "".into());
            request.method = method;
            request.path = path.into();
            request.query = format!(
                "response_type=code&client_id={}&redirect_uri=https://evil.example",
                app.client
            );
            let response = app.server.app.handle(request).await;
            assert!(response.status >= 400, "{path}: {}", response.status);
            let redirects =
                response.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("location"));
            assert!(!redirects, "{path}");
        }
    }
}

/// Who may call what is a matrix of its own, see [`super::matrix`]. Here are the keys that other
/// servers let pass.
#[tokio::test]
async fn hole_12_no_magic_access_key_is_known() {
    let server = TestServer::new().await;
    for (id, secret) in [
        ("test", "test"),
        ("mock", "mock"),
        ("local", "local"),
        ("fake", "fake"),
        ("dummy", "dummy"),
        ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        ("LSIAQAAAAAAVNCBMPNSG", "test"),
        ("000000000000", "test"),
        ("root", "root"),
        ("x", ""),
    ] {
        let reply =
            server.signed(Key { id, secret }, "ListUserPools", json!({ "MaxResults": 1 })).await;
        assert_eq!(reply.body["__type"], "UnrecognizedClientException", "{id}");
    }
}

#[tokio::test]
async fn hole_13_no_value_out_of_its_set_is_stored_and_no_pool_appears_by_being_named() {
    let server = TestServer::new().await;
    for (member, value) in [
        ("MfaConfiguration", json!("banana")),
        ("AliasAttributes", json!(["banana"])),
        ("UsernameAttributes", json!(["banana"])),
        ("AutoVerifiedAttributes", json!(["banana"])),
        ("DeletionProtection", json!("banana")),
        ("UserPoolTier", json!("banana")),
        ("PoolName", json!("")),
        ("PoolName", json!("x".repeat(129))),
        ("PoolName", json!("banana\u{0}")),
        ("Schema", json!([{ "Name": "a", "AttributeDataType": "banana" }])),
    ] {
        let mut body = json!({ "PoolName": "p" });
        body[member] = value;
        let reply = server.admin("CreateUserPool", body.clone()).await;
        assert_eq!(reply.body["__type"], "InvalidParameterException", "{body}");
    }
    for entry in dispatch::all() {
        let mut body = sample(entry.input, Fill::Required);
        if body.get("UserPoolId").is_none() {
            continue;
        }
        body["UserPoolId"] = json!("us-east-1_Nowhere00");
        let reply = server.admin(entry.name, body).await;
        assert_ne!(reply.status, 200, "{}", entry.name);
    }
    let list = server.admin("ListUserPools", json!({ "MaxResults": 60 })).await.ok();
    assert_eq!(list["UserPools"], json!([]));
}

// Hole 14, secrets on disk and in logs, is tried in `at_rest` and in `input`.

#[tokio::test]
async fn hole_15_a_client_secret_is_demanded_and_every_one_is_consulted() {
    let app = Application::new(json!({}), json!({ "GenerateSecret": true })).await;
    app.user("ada").await;
    let id = &poolhouse_domain::id::ClientId::new(&app.client);
    let db = &app.server.app.db;
    let mut client = db.read(async |mut tx| tx.client(id).await).await.unwrap();
    let first = client.secrets[0].value.expose().clone();
    let mut second = client.secrets[0].clone();
    second.value = poolhouse_domain::secret::Secret::new("the second secret of this client".into());
    second.id = "second".into();
    client.secrets.push(second);
    let stored = &client;
    db.write(app.server.now(), async |mut tx| tx.update_client(stored).await).await.unwrap();
    let hash = |secret: &str| secret_hash::compute(secret, "ada", &app.client);
    let start = |hash: Option<String>| {
        let mut parameters = json!({ "USERNAME": "ada", "PASSWORD": PASSWORD });
        if let Some(hash) = hash {
            parameters["SECRET_HASH"] = json!(hash);
        }
        app.initiate("USER_PASSWORD_AUTH", parameters)
    };
    for secret in [&first, "the second secret of this client"] {
        tokens(start(Some(hash(secret))).await);
    }
    no_tokens(&start(None).await);
    for secret in ["", "another", &first[1..], &format!("{first} ")] {
        no_tokens(&start(Some(hash(secret))).await);
    }
    for wrong in ["", "AAAA", &secret_hash::compute(&first, "eve", &app.client)] {
        no_tokens(&start(Some((*wrong).to_owned())).await);
    }
    let result = tokens(start(Some(hash(&first))).await);
    let refresh = json!({ "REFRESH_TOKEN": result["RefreshToken"] });
    no_tokens(&app.initiate("REFRESH_TOKEN_AUTH", refresh).await);
    let revoke = json!({ "ClientId": app.client, "Token": result["RefreshToken"] });
    assert_ne!(app.server.call("RevokeToken", revoke).await.status, 200);
    assert_eq!(claims(&result["AccessToken"])["client_id"], app.client.as_str());
}
