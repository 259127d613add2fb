//! Sign-ins as clients see them. What is asked for is the domain's table, tested there; here it is
//! whole exchanges over the wire, and everything that must not work.

use poolhouse_domain::session::GuessKind;
use poolhouse_domain::srp::client::{Client, modulus_hex};
use poolhouse_domain::user::UserStatus;
use serde_json::{Value, json};

use crate::testing::Reply;
use crate::testing::client::{Application, PASSWORD, claims, with};

const BAD: (&str, &str) = ("NotAuthorizedException", "Incorrect username or password.");
const INVALID_SESSION: (&str, &str) = ("NotAuthorizedException", "Invalid session for the user.");
const NO_DEVICE: (&str, &str) = ("ResourceNotFoundException", "Device does not exist.");

#[track_caller]
fn refused(reply: Reply, (name, message): (&str, &str)) {
    reply.refused(name, message);
}

#[track_caller]
fn tokens(reply: Reply) -> Value {
    let body = reply.ok();
    assert!(body["AuthenticationResult"]["AccessToken"].is_string(), "{body}");
    body["AuthenticationResult"].clone()
}

async fn plain() -> Application {
    Application::new(json!({}), json!({})).await
}

mod flows {
    use super::*;

    #[tokio::test]
    async fn srp_and_password_give_the_same_kind_of_tokens() {
        let app = plain().await;
        let user = app.user("ada").await;
        for result in [
            tokens(app.srp_sign_in("ada", None).await),
            tokens(app.password_sign_in("ada", PASSWORD).await),
        ] {
            assert_eq!(result["TokenType"], "Bearer");
            assert_eq!(result["ExpiresIn"], 3600);
            assert!(result.get("NewDeviceMetadata").is_none());
            let access = claims(&result["AccessToken"]);
            let names: Vec<&str> = access.keys().map(String::as_str).collect();
            assert_eq!(
                names,
                [
                    "auth_time",
                    "client_id",
                    "event_id",
                    "exp",
                    "iat",
                    "iss",
                    "jti",
                    "origin_jti",
                    "scope",
                    "sub",
                    "token_use",
                    "username",
                ]
            );
            assert_eq!(access["sub"], user.sub.as_str());
            assert_eq!(access["iss"], format!("http://localhost:9229/{}", app.pool));
            assert_eq!(access["scope"], "aws.cognito.signin.user.admin");
            let id = claims(&result["IdToken"]);
            assert_eq!(id["aud"], app.client.as_str());
            assert_eq!(id["cognito:username"], "ada");
            assert_eq!(id["email"], "ada@example.com");
            assert_eq!(id["origin_jti"], access["origin_jti"]);
            assert_ne!(id["jti"], access["jti"]);
            for absent in ["device_key", "scope", "username", "client_id"] {
                assert!(!id.contains_key(absent), "{absent}");
            }
        }
    }

    #[tokio::test]
    async fn password_verifier_has_no_session_and_minimal_hex() {
        let app = plain().await;
        app.user("ada").await;
        let client = Client::new(&mut app.server.app.fork_rng("t"));
        let parameters = json!({ "USERNAME": "ada", "SRP_A": client.srp_a().to_uppercase() });
        let started = app.initiate("USER_SRP_AUTH", parameters).await.ok();
        assert_eq!(started["ChallengeName"], "PASSWORD_VERIFIER");
        assert!(started.get("Session").is_none());
        let sent = started["ChallengeParameters"].as_object().unwrap();
        let names: Vec<&str> = sent.keys().map(String::as_str).collect();
        assert_eq!(names, ["SALT", "SECRET_BLOCK", "SRP_B", "USERNAME", "USER_ID_FOR_SRP"]);
        for hex in ["SALT", "SRP_B"] {
            let text = sent[hex].as_str().unwrap();
            assert!(!text.starts_with('0') && text == text.to_lowercase(), "{hex} {text}");
        }
        let claim = app.claim(&client, &started, PASSWORD);
        let extra = with(claim, json!({ "SRP_A": "1", "DEVICE_KEY": null, "SMS_MFA_CODE": "1" }));
        tokens(app.respond("PASSWORD_VERIFIER", None, extra).await);
    }

    #[tokio::test]
    async fn a_flow_works_only_where_it_fits_and_is_enabled() {
        let only_srp = json!({ "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"] });
        let app = Application::new(json!({}), only_srp).await;
        app.user("ada").await;
        let error = |text: &'static str| ("InvalidParameterException", text);
        refused(
            app.password_sign_in("ada", PASSWORD).await,
            error("USER_PASSWORD_AUTH flow not enabled for this client"),
        );
        refused(
            app.initiate("REFRESH_TOKEN_AUTH", json!({ "REFRESH_TOKEN": "x" })).await,
            error("Auth flow not enabled for this client"),
        );
        refused(
            app.initiate("CUSTOM_AUTH", json!({ "USERNAME": "ada" })).await,
            error("CUSTOM_AUTH is not enabled for the client."),
        );
        refused(
            app.initiate("USER_AUTH", json!({ "USERNAME": "ada" })).await,
            error("USER_AUTH is not enabled for the client."),
        );
        for flow in ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] {
            let parameters = json!({ "USERNAME": "ada", "PASSWORD": PASSWORD });
            refused(
                app.initiate(flow, parameters).await,
                error("Initiate Auth method not supported."),
            );
        }
        let admin = json!({
            "UserPoolId": app.pool, "ClientId": app.client, "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": { "USERNAME": "ada", "PASSWORD": PASSWORD },
        });
        refused(
            app.server.admin("AdminInitiateAuth", admin).await,
            error("Initiate Auth method not supported."),
        );
        let unknown = app.initiate("BANANA", json!({})).await;
        assert_eq!(unknown.body["__type"], "InvalidParameterException");
    }

    #[tokio::test]
    async fn missing_parameters_are_named() {
        let app = plain().await;
        let missing = |name: &str| format!("Missing required parameter {name}");
        for (flow, parameters, name) in [
            ("USER_SRP_AUTH", json!({ "SRP_A": "2" }), "USERNAME"),
            ("USER_SRP_AUTH", json!({ "USERNAME": "ada" }), "SRP_A"),
            ("USER_PASSWORD_AUTH", json!({ "USERNAME": "ada" }), "PASSWORD"),
            ("REFRESH_TOKEN_AUTH", json!({}), "REFRESH_TOKEN"),
        ] {
            let reply = app.initiate(flow, parameters).await;
            refused(reply, ("InvalidParameterException", &missing(name)));
        }
        for (challenge, responses, name) in [
            ("PASSWORD_VERIFIER", json!({}), "USERNAME"),
            ("PASSWORD_VERIFIER", json!({ "USERNAME": "a" }), "PASSWORD_CLAIM_SECRET_BLOCK"),
            ("SOFTWARE_TOKEN_MFA", json!({ "USERNAME": "a" }), "SOFTWARE_TOKEN_MFA_CODE"),
            ("NEW_PASSWORD_REQUIRED", json!({ "USERNAME": "a" }), "NEW_PASSWORD"),
            ("DEVICE_SRP_AUTH", json!({ "USERNAME": "a", "SRP_A": "2" }), "DEVICE_KEY"),
            ("MFA_SETUP", json!({ "USERNAME": "a" }), "Session"),
        ] {
            let reply = app.respond(challenge, None, responses).await;
            refused(reply, ("InvalidParameterException", &missing(name)));
        }
    }

    #[tokio::test]
    async fn unknown_clients_pools_and_foreign_clients_are_told() {
        let app = plain().await;
        let request = json!({
            "ClientId": "0123456789abcdefghijklmnop", "AuthFlow": "USER_SRP_AUTH",
            "AuthParameters": {},
        });
        app.server.call("InitiateAuth", request).await.refused(
            "ResourceNotFoundException",
            "User pool client 0123456789abcdefghijklmnop does not exist.",
        );
        let other = app.server.admin("CreateUserPool", json!({ "PoolName": "other" })).await.ok();
        let other = other["UserPool"]["Id"].as_str().unwrap();
        let request = |pool: &str| {
            json!({
                "UserPoolId": pool, "ClientId": app.client,
                "AuthFlow": "ADMIN_USER_PASSWORD_AUTH",
                "AuthParameters": { "USERNAME": "ada", "PASSWORD": PASSWORD },
            })
        };
        let text = format!("User pool client {} does not exist.", app.client);
        app.server
            .admin("AdminInitiateAuth", request(other))
            .await
            .refused("ResourceNotFoundException", &text);
        app.server
            .admin("AdminInitiateAuth", request("us-east-1_Nowhere00"))
            .await
            .refused("ResourceNotFoundException", "User pool us-east-1_Nowhere00 does not exist.");
    }

    #[tokio::test]
    async fn admin_sign_in_by_password_and_by_srp() {
        let app = plain().await;
        app.user("ada").await;
        let start = |flow: &str, parameters: Value| {
            json!({
                "UserPoolId": app.pool, "ClientId": app.client, "AuthFlow": flow,
                "AuthParameters": parameters,
            })
        };
        for flow in ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] {
            let parameters = json!({ "USERNAME": "ada", "PASSWORD": PASSWORD });
            tokens(app.server.admin("AdminInitiateAuth", start(flow, parameters)).await);
        }
        let client = Client::new(&mut app.server.app.fork_rng("t"));
        let parameters = json!({ "USERNAME": "ada", "SRP_A": client.srp_a() });
        let started =
            app.server.admin("AdminInitiateAuth", start("USER_SRP_AUTH", parameters)).await.ok();
        let answer = json!({
            "UserPoolId": app.pool, "ClientId": app.client, "ChallengeName": "PASSWORD_VERIFIER",
            "ChallengeResponses": app.claim(&client, &started, PASSWORD),
        });
        tokens(app.server.admin("AdminRespondToAuthChallenge", answer).await);
        let unsigned = app.server.call("AdminInitiateAuth", json!({})).await;
        refused(unsigned, ("MissingAuthenticationTokenException", "Missing Authentication Token"));
    }
}

mod credentials {
    use super::*;

    #[tokio::test]
    async fn wrong_passwords_and_proofs_are_refused() {
        let app = plain().await;
        app.user("ada").await;
        refused(app.password_sign_in("ada", "Wrong1!!").await, BAD);
        let claim = app.srp_claim("ada", "Wrong1!!").await;
        refused(app.respond("PASSWORD_VERIFIER", None, claim).await, BAD);
        for (member, value) in [
            ("PASSWORD_CLAIM_SIGNATURE", json!("AAAA")),
            ("PASSWORD_CLAIM_SIGNATURE", json!("not base64")),
            ("PASSWORD_CLAIM_SECRET_BLOCK", json!("AAAA")),
            ("TIMESTAMP", json!("Mon Jan 05 12:00:00 UTC 2026")),
            ("TIMESTAMP", json!("Tue Jan 5 12:00:00 UTC 2026")),
            ("USERNAME", json!("bob")),
        ] {
            app.server.advance_secs(16 * 60);
            let mut claim = app.srp_claim("ada", PASSWORD).await;
            claim[member] = value;
            refused(app.respond("PASSWORD_VERIFIER", None, claim).await, BAD);
        }
    }

    #[tokio::test]
    async fn a_public_value_that_is_zero_is_refused_at_once() {
        let app = plain().await;
        app.user("ada").await;
        let n = modulus_hex();
        let doubled = format!("{n}0");
        for a in ["0", "000", &n, &n.to_uppercase(), &doubled, "", "xyz", "-2", &"f".repeat(9999)] {
            let reply = app.initiate("USER_SRP_AUTH", json!({ "USERNAME": "ada", "SRP_A": a }));
            refused(reply.await, ("InvalidParameterException", "Invalid SRP_A"));
        }
        let ok = app.initiate("USER_SRP_AUTH", json!({ "USERNAME": "ada", "SRP_A": "0002" }));
        assert_eq!(ok.await.ok()["ChallengeName"], "PASSWORD_VERIFIER");
    }

    #[tokio::test]
    async fn a_secret_block_works_once_for_its_user_client_and_kind() {
        let app = plain().await;
        app.user("ada").await;
        app.user("bob").await;
        let claim = app.srp_claim("ada", PASSWORD).await;
        tokens(app.respond("PASSWORD_VERIFIER", None, claim.clone()).await);
        refused(app.respond("PASSWORD_VERIFIER", None, claim).await, BAD);
        let as_bob = with(app.srp_claim("ada", PASSWORD).await, json!({ "USERNAME": "bob" }));
        refused(app.respond("PASSWORD_VERIFIER", None, as_bob).await, BAD);
        let as_device = with(
            app.srp_claim("ada", PASSWORD).await,
            json!({ "DEVICE_KEY": "us-east-1_aaaaaaaa-0000-4000-8000-000000000000" }),
        );
        refused(app.respond("DEVICE_PASSWORD_VERIFIER", None, as_device).await, BAD);
        let flows = json!({
            "UserPoolId": app.pool, "ClientName": "other",
            "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"],
        });
        let other = app.server.admin("CreateUserPoolClient", flows).await.ok();
        let foreign = json!({
            "ClientId": other["UserPoolClient"]["ClientId"],
            "ChallengeName": "PASSWORD_VERIFIER",
            "ChallengeResponses": app.srp_claim("ada", PASSWORD).await,
        });
        refused(app.server.call("RespondToAuthChallenge", foreign).await, BAD);
    }

    #[tokio::test]
    async fn a_secret_block_gets_old() {
        let app = plain().await;
        app.user("ada").await;
        let claim = app.srp_claim("ada", PASSWORD).await;
        app.server.advance_secs(180);
        refused(
            app.respond("PASSWORD_VERIFIER", None, claim).await,
            ("NotAuthorizedException", "Invalid session for the user, session is expired."),
        );
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn of_many_right_proofs_at_once_one_wins() {
        let app = std::sync::Arc::new(plain().await);
        app.user("ada").await;
        let claim = app.srp_claim("ada", PASSWORD).await;
        let mut all = tokio::task::JoinSet::new();
        for _ in 0..5 {
            let (app, claim) = (std::sync::Arc::clone(&app), claim.clone());
            all.spawn(async move { app.respond("PASSWORD_VERIFIER", None, claim).await.status });
        }
        let won = all.join_all().await.into_iter().filter(|status| *status == 200).count();
        assert_eq!(won, 1);
    }

    #[tokio::test]
    async fn the_sixth_wrong_password_in_a_row_is_not_compared() {
        let app = plain().await;
        app.user("ada").await;
        let locked = ("NotAuthorizedException", "Password attempts exceeded");
        for _ in 0..5 {
            refused(app.password_sign_in("ada", "Wrong1!!").await, BAD);
        }
        refused(app.password_sign_in("ada", PASSWORD).await, locked);
        let claim = app.srp_claim("ada", PASSWORD).await;
        refused(app.respond("PASSWORD_VERIFIER", None, claim).await, locked);
        app.server.advance_secs(1);
        tokens(app.password_sign_in("ada", PASSWORD).await);
        // Success clears the count: five more are free.
        for _ in 0..5 {
            refused(app.password_sign_in("ada", "Wrong1!!").await, BAD);
        }
    }

    #[tokio::test]
    async fn the_lock_doubles_up_to_a_quarter_of_an_hour() {
        let app = plain().await;
        app.user("ada").await;
        for _ in 0..4 {
            refused(app.password_sign_in("ada", "Wrong1!!").await, BAD);
        }
        for seconds in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900] {
            refused(app.password_sign_in("ada", "Wrong1!!").await, BAD);
            app.server.advance_secs(seconds - 1);
            let reply = app.password_sign_in("ada", PASSWORD).await;
            refused(reply, ("NotAuthorizedException", "Password attempts exceeded"));
            app.server.advance_secs(1);
        }
    }

    #[tokio::test]
    async fn users_whose_state_shuts_the_door() {
        let app = plain().await;
        let unconfirmed = ("UserNotConfirmedException", "User is not confirmed.");
        let reset = ("PasswordResetRequiredException", "Password reset required for the user");
        let disabled = ("NotAuthorizedException", "User is disabled.");
        app.user_in("new", UserStatus::Unconfirmed, None).await;
        app.user_in("reset", UserStatus::ResetRequired, None).await;
        let off = app.user("off").await;
        app.change(&off, |user| user.enabled = false).await;
        for (name, expected) in [("new", unconfirmed), ("reset", reset)] {
            for password in [PASSWORD, "Wrong1!!"] {
                refused(app.password_sign_in(name, password).await, expected);
                let claim = app.srp_claim(name, password).await;
                refused(app.respond("PASSWORD_VERIFIER", None, claim).await, expected);
            }
        }
        refused(app.password_sign_in("off", PASSWORD).await, disabled);
        let start = app.initiate("USER_SRP_AUTH", json!({ "USERNAME": "off", "SRP_A": "2" }));
        refused(start.await, disabled);
    }

    #[tokio::test]
    async fn a_user_who_is_disabled_or_changed_meanwhile_does_not_finish() {
        let app = plain().await;
        let ada = app.user("ada").await;
        let claim = app.srp_claim("ada", PASSWORD).await;
        app.change(&ada, |user| user.stamp += 1).await;
        refused(app.respond("PASSWORD_VERIFIER", None, claim).await, BAD);
        let claim = app.srp_claim("ada", PASSWORD).await;
        app.change(&ada, |user| (user.enabled, user.stamp) = (false, user.stamp + 1)).await;
        let reply = app.respond("PASSWORD_VERIFIER", None, claim).await;
        refused(reply, ("NotAuthorizedException", "User is disabled."));
    }

    #[tokio::test]
    async fn a_password_is_compared_to_its_last_byte() {
        let app = plain().await;
        app.user("ada").await;
        let long = format!("{PASSWORD}{}", "x".repeat(200));
        refused(app.password_sign_in("ada", &long).await, BAD);
        refused(app.password_sign_in("ada", "passw0rd!").await, BAD);
        refused(app.password_sign_in("ada", "Passw0rd").await, BAD);
    }
}

mod hidden {
    use super::*;

    async fn hiding() -> Application {
        Application::new(json!({}), json!({ "PreventUserExistenceErrors": "ENABLED" })).await
    }

    #[tokio::test]
    async fn legacy_clients_are_told_who_exists() {
        let app = plain().await;
        let ada = app.user("ada").await;
        let none = ("UserNotFoundException", "User does not exist.");
        refused(app.password_sign_in("bob", PASSWORD).await, none);
        let start = |name: &str| json!({ "USERNAME": name, "SRP_A": "2" });
        refused(app.initiate("USER_SRP_AUTH", start("bob")).await, none);
        // The sub is not a name to sign in with.
        refused(app.initiate("USER_SRP_AUTH", start(ada.sub.as_str())).await, none);
    }

    #[tokio::test]
    async fn a_missing_user_looks_like_one_with_another_password() {
        let app = hiding().await;
        app.user("ada").await;
        refused(app.password_sign_in("bob", PASSWORD).await, BAD);
        let start = |name: &str| json!({ "USERNAME": name, "SRP_A": "2" });
        let first = app.initiate("USER_SRP_AUTH", start("bob")).await.ok();
        let again = app.initiate("USER_SRP_AUTH", start("bob")).await.ok();
        let real = app.initiate("USER_SRP_AUTH", start("ada")).await.ok();
        let sent = |body: &Value, name: &str| {
            body["ChallengeParameters"][name].as_str().unwrap().to_owned()
        };
        for name in ["SALT", "USER_ID_FOR_SRP", "USERNAME"] {
            assert_eq!(sent(&first, name), sent(&again, name), "{name}");
        }
        assert_ne!(sent(&first, "SRP_B"), sent(&again, "SRP_B"));
        let members = |body: &Value| -> Vec<String> {
            body["ChallengeParameters"].as_object().unwrap().keys().cloned().collect()
        };
        assert_eq!(members(&first), members(&real));
        let claim = app.srp_claim("bob", PASSWORD).await;
        refused(app.respond("PASSWORD_VERIFIER", None, claim).await, BAD);
    }

    #[tokio::test]
    async fn a_missing_user_locks_like_a_real_one() {
        let app = hiding().await;
        app.user("ada").await;
        for name in ["ada", "bob"] {
            for _ in 0..5 {
                refused(app.password_sign_in(name, "Wrong1!!").await, BAD);
            }
            let reply = app.password_sign_in(name, "Wrong1!!").await;
            refused(reply, ("NotAuthorizedException", "Password attempts exceeded"));
        }
    }

    #[tokio::test]
    async fn a_reset_is_hidden_too() {
        let app = hiding().await;
        app.user_in("ada", UserStatus::ResetRequired, None).await;
        refused(app.password_sign_in("ada", PASSWORD).await, BAD);
    }
}

mod secrets {
    use super::*;
    use poolhouse_domain::secret_hash::compute;

    async fn confidential() -> (Application, String) {
        let app = Application::new(json!({}), json!({ "GenerateSecret": true })).await;
        app.user("ada").await;
        let described = json!({ "UserPoolId": app.pool, "ClientId": app.client });
        let described = app.server.admin("DescribeUserPoolClient", described).await.ok();
        let secret = described["UserPoolClient"]["ClientSecret"].as_str().unwrap().to_owned();
        (app, secret)
    }

    #[tokio::test]
    async fn a_client_with_a_secret_proves_it_in_every_step() {
        let (app, secret) = confidential().await;
        let (id, hash) = (app.client.clone(), compute(&secret, "ada", &app.client));
        let missing =
            format!("Client {id} is configured with secret but SECRET_HASH was not received");
        let wrong = format!("Unable to verify secret hash for client {id}");
        let start = json!({ "USERNAME": "ada", "PASSWORD": PASSWORD });
        let flow = "USER_PASSWORD_AUTH";
        refused(app.initiate(flow, start.clone()).await, ("NotAuthorizedException", &missing));
        // It comes before any look at the user.
        let nobody = json!({ "USERNAME": "nobody", "PASSWORD": "x", "SECRET_HASH": hash });
        refused(app.initiate(flow, nobody).await, ("NotAuthorizedException", &wrong));
        let good = with(start, json!({ "SECRET_HASH": hash }));
        let result = tokens(app.initiate(flow, good).await);

        let client = Client::new(&mut app.server.app.fork_rng("t"));
        let start = json!({ "USERNAME": "ada", "SRP_A": client.srp_a(), "SECRET_HASH": hash });
        let started = app.initiate("USER_SRP_AUTH", start).await.ok();
        let claim = app.claim(&client, &started, PASSWORD);
        let reply = app.respond("PASSWORD_VERIFIER", None, claim.clone()).await;
        refused(reply, ("NotAuthorizedException", &missing));
        let claim = with(claim, json!({ "SECRET_HASH": hash }));
        tokens(app.respond("PASSWORD_VERIFIER", None, claim).await);

        let refresh = json!({ "REFRESH_TOKEN": result["RefreshToken"] });
        let flow = "REFRESH_TOKEN_AUTH";
        refused(app.initiate(flow, refresh.clone()).await, ("NotAuthorizedException", &missing));
        for name in ["ada", claims(&result["AccessToken"])["sub"].as_str().unwrap()] {
            let hash = compute(&secret, name, &app.client);
            tokens(app.initiate(flow, with(refresh.clone(), json!({ "SECRET_HASH": hash }))).await);
        }
    }

    #[tokio::test]
    async fn a_hash_for_a_client_without_a_secret_is_refused() {
        let app = plain().await;
        app.user("ada").await;
        let start = json!({ "USERNAME": "ada", "PASSWORD": PASSWORD, "SECRET_HASH": "AAAA" });
        let text = format!("Unable to verify secret hash for client {}", app.client);
        let reply = app.initiate("USER_PASSWORD_AUTH", start).await;
        refused(reply, ("NotAuthorizedException", &text));
    }
}

mod temporary {
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
}

mod totp {
    use super::*;

    async fn enrolled() -> (Application, Vec<u8>) {
        let app = plain().await;
        app.set_mfa("OPTIONAL").await;
        app.user("ada").await;
        let result = tokens(app.password_sign_in("ada", PASSWORD).await);
        let seed = app.enrol_totp(result["AccessToken"].as_str().unwrap()).await;
        (app, seed)
    }

    fn code(code: &str) -> Value {
        json!({ "USERNAME": "ada", "SOFTWARE_TOKEN_MFA_CODE": code })
    }

    #[tokio::test]
    async fn a_code_is_asked_for_and_accepted_once() {
        let (app, seed) = enrolled().await;
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        let session = asked["Session"].as_str();
        let name = "SOFTWARE_TOKEN_MFA";
        // The code that enrolled the authenticator is used up.
        let enrolment = app.respond(name, session, code(&app.totp(&seed))).await;
        let reused = ("ExpiredCodeException", "Your software token has already been used once.");
        refused(enrolment, reused);
        app.server.advance_secs(30);
        let wrong = ("CodeMismatchException", "Invalid code received for user");
        refused(app.respond(name, session, code("000000")).await, wrong);
        let good = code(&app.totp(&seed));
        tokens(app.respond(name, session, good.clone()).await);
        let once = "Invalid session for the user, session can only be used once.";
        let again = app.respond(name, session, good.clone()).await;
        refused(again, ("NotAuthorizedException", once));
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        refused(app.respond(name, asked["Session"].as_str(), good).await, reused);
    }

    #[tokio::test]
    async fn guessing_codes_is_locked_over_all_sessions() {
        let (app, seed) = enrolled().await;
        app.server.advance_secs(30);
        let name = "SOFTWARE_TOKEN_MFA";
        for _ in 0..2 {
            let asked = app.password_sign_in("ada", PASSWORD).await.ok();
            for _ in 0..5 {
                let reply = app.respond(name, asked["Session"].as_str(), code("000000")).await;
                assert_eq!(reply.body["__type"], "CodeMismatchException");
            }
        }
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        let locked = app.respond(name, asked["Session"].as_str(), code(&app.totp(&seed))).await;
        refused(locked, ("NotAuthorizedException", "Password attempts exceeded"));
        app.server.advance_secs(1);
        let good = app.respond(name, asked["Session"].as_str(), code(&app.totp(&seed))).await;
        tokens(good);
    }

    #[tokio::test]
    async fn setup_gives_tokens_only_after_verification() {
        let app = plain().await;
        app.set_mfa("ON").await;
        app.user("ada").await;
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        assert_eq!(asked["ChallengeName"], "MFA_SETUP");
        assert_eq!(asked["ChallengeParameters"]["MFAS_CAN_SETUP"], r#"["SOFTWARE_TOKEN_MFA"]"#);
        let session = asked["Session"].as_str().unwrap();
        let user = json!({ "USERNAME": "ada" });
        let early = app.respond("MFA_SETUP", Some(session), user.clone()).await;
        refused(early, INVALID_SESSION);
        let begun = app.server.call("AssociateSoftwareToken", json!({ "Session": session }));
        let begun = begun.await.ok();
        let second = begun["Session"].as_str().unwrap();
        assert_ne!(second, session);
        let early = app.respond("MFA_SETUP", Some(second), user.clone()).await;
        refused(early, INVALID_SESSION);
        let code = begun["SecretCode"].as_str().unwrap();
        let seed = poolhouse_domain::totp::parse_secret_code(code).unwrap().expose().clone();
        let verify = |code: String| json!({ "Session": second, "UserCode": code });
        let wrong = app.server.call("VerifySoftwareToken", verify("000000".into())).await;
        let text = "Code mismatch and fail enable Software Token MFA";
        refused(wrong, ("EnableSoftwareTokenMFAException", text));
        let done = app.server.call("VerifySoftwareToken", verify(app.totp(&seed))).await.ok();
        assert_eq!(done["Status"], "SUCCESS");
        tokens(app.respond("MFA_SETUP", done["Session"].as_str(), user).await);
        let next = app.password_sign_in("ada", PASSWORD).await.ok();
        assert_eq!(next["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    }

    #[tokio::test]
    async fn a_pool_without_authenticators_enrols_none() {
        let app = plain().await;
        app.user("ada").await;
        let result = tokens(app.password_sign_in("ada", PASSWORD).await);
        let request = json!({ "AccessToken": result["AccessToken"] });
        let reply = app.server.call("AssociateSoftwareToken", request).await;
        let text = "Software Token MFA has not been enabled by the userPool";
        refused(reply, ("SoftwareTokenMFANotFoundException", text));
    }
}

mod sessions {
    use super::*;

    /// A session that waits for a TOTP code of ada.
    async fn waiting() -> (Application, Vec<u8>, String) {
        let app = plain().await;
        app.set_mfa("OPTIONAL").await;
        app.user("ada").await;
        app.user("bob").await;
        let result = tokens(app.password_sign_in("ada", PASSWORD).await);
        let seed = app.enrol_totp(result["AccessToken"].as_str().unwrap()).await;
        app.server.advance_secs(30);
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        (app, seed, asked["Session"].as_str().unwrap().to_owned())
    }

    fn code(name: &str, code: &str) -> Value {
        json!({ "USERNAME": name, "SOFTWARE_TOKEN_MFA_CODE": code })
    }

    #[tokio::test]
    async fn a_session_belongs_to_its_user_client_and_challenge() {
        let (app, seed, session) = waiting().await;
        let good = app.totp(&seed);
        let name = "SOFTWARE_TOKEN_MFA";
        refused(app.respond(name, Some(&session), code("bob", &good)).await, INVALID_SESSION);
        let other = json!({ "UserPoolId": app.pool, "ClientName": "other" });
        let other = app.server.admin("CreateUserPoolClient", other).await.ok();
        let foreign = json!({
            "ClientId": other["UserPoolClient"]["ClientId"], "ChallengeName": name,
            "Session": session, "ChallengeResponses": code("ada", &good),
        });
        let reply = app.server.call("RespondToAuthChallenge", foreign).await;
        refused(reply, INVALID_SESSION);
        for (challenge, more) in [
            ("NEW_PASSWORD_REQUIRED", json!({ "NEW_PASSWORD": "Another1!" })),
            ("MFA_SETUP", json!({})),
            ("SMS_MFA", json!({ "SMS_MFA_CODE": "123456" })),
            ("EMAIL_OTP", json!({ "EMAIL_OTP_CODE": "123456" })),
            ("SELECT_MFA_TYPE", json!({ "ANSWER": "SOFTWARE_TOKEN_MFA" })),
            ("SELECT_CHALLENGE", json!({ "ANSWER": "PASSWORD", "PASSWORD": PASSWORD })),
            ("CUSTOM_CHALLENGE", json!({ "ANSWER": "x" })),
            ("ADMIN_NO_SRP_AUTH", json!({ "PASSWORD": PASSWORD })),
        ] {
            let answer = with(json!({ "USERNAME": "ada" }), more);
            let reply = app.respond(challenge, Some(&session), answer).await;
            refused(reply, INVALID_SESSION);
        }
        tokens(app.respond(name, Some(&session), code("ada", &good)).await);
    }

    #[tokio::test]
    async fn an_invented_or_altered_session_opens_nothing() {
        let (app, seed, session) = waiting().await;
        let name = "SOFTWARE_TOKEN_MFA";
        let good = code("ada", &app.totp(&seed));
        for index in (0..session.len()).step_by(7) {
            let mut altered = session.clone().into_bytes();
            altered[index] = if altered[index] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(altered).unwrap();
            refused(app.respond(name, Some(&altered), good.clone()).await, INVALID_SESSION);
        }
        let invented = "A".repeat(100);
        for challenge in ["NEW_PASSWORD_REQUIRED", "MFA_SETUP", "SOFTWARE_TOKEN_MFA", "SMS_MFA"] {
            let answer = with(good.clone(), json!({ "NEW_PASSWORD": "Another1!" }));
            let reply = app.respond(challenge, Some(&invented), answer).await;
            refused(reply, INVALID_SESSION);
        }
        tokens(app.respond(name, Some(&session), good).await);
    }

    #[tokio::test]
    async fn a_session_ends_with_its_time_and_with_its_users_change() {
        let (app, seed, session) = waiting().await;
        let name = "SOFTWARE_TOKEN_MFA";
        app.server.advance_secs(180);
        let late = app.respond(name, Some(&session), code("ada", &app.totp(&seed))).await;
        let text = "Invalid session for the user, session is expired.";
        refused(late, ("NotAuthorizedException", text));
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        let session = asked["Session"].as_str();
        let out = json!({ "UserPoolId": app.pool, "Username": "ada" });
        app.server.admin("AdminUserGlobalSignOut", out).await.ok();
        let reply = app.respond(name, session, code("ada", &app.totp(&seed))).await;
        refused(reply, INVALID_SESSION);
    }
}

mod refresh {
    use super::*;

    async fn signed_in() -> (Application, Value) {
        let app = plain().await;
        app.user("ada").await;
        let result = tokens(app.password_sign_in("ada", PASSWORD).await);
        (app, result)
    }

    async fn refresh(app: &Application, result: &Value) -> Reply {
        let token = json!({ "REFRESH_TOKEN": result["RefreshToken"] });
        app.initiate("REFRESH_TOKEN_AUTH", token).await
    }

    #[tokio::test]
    async fn a_refresh_keeps_the_sign_in_and_returns_no_refresh_token() {
        let (app, first) = signed_in().await;
        app.server.advance_secs(600);
        for flow in ["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"] {
            let token = json!({ "REFRESH_TOKEN": first["RefreshToken"] });
            let second = tokens(app.initiate(flow, token).await);
            assert!(second.get("RefreshToken").is_none());
            let (old, new) = (claims(&first["AccessToken"]), claims(&second["AccessToken"]));
            for same in ["origin_jti", "auth_time", "sub"] {
                assert_eq!(old[same], new[same], "{same}");
            }
            assert_ne!(old["jti"], new["jti"]);
            assert_eq!(new["iat"].as_i64(), old["iat"].as_i64().map(|iat| iat + 600));
        }
    }

    #[tokio::test]
    async fn what_is_no_refresh_token_is_refused() {
        let (app, first) = signed_in().await;
        let invalid = ("NotAuthorizedException", "Invalid Refresh Token.");
        for token in [json!("garbage"), first["AccessToken"].clone(), first["IdToken"].clone()] {
            let reply = app.initiate("REFRESH_TOKEN_AUTH", json!({ "REFRESH_TOKEN": token }));
            refused(reply.await, invalid);
        }
        let flows = json!({
            "UserPoolId": app.pool, "ClientName": "other",
            "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"],
        });
        let other = app.server.admin("CreateUserPoolClient", flows).await.ok();
        let foreign = json!({
            "ClientId": other["UserPoolClient"]["ClientId"], "AuthFlow": "REFRESH_TOKEN_AUTH",
            "AuthParameters": { "REFRESH_TOKEN": first["RefreshToken"] },
        });
        refused(app.server.call("InitiateAuth", foreign).await, invalid);
    }

    #[tokio::test]
    async fn a_refresh_token_ends_with_time_revocation_sign_out_and_its_user() {
        let (app, first) = signed_in().await;
        app.server.advance_secs(30 * 24 * 3600);
        let expired = ("NotAuthorizedException", "Refresh Token has expired");
        refused(refresh(&app, &first).await, expired);
        let revoked = ("NotAuthorizedException", "Refresh Token has been revoked");
        let second = tokens(app.password_sign_in("ada", PASSWORD).await);
        let third = tokens(app.password_sign_in("ada", PASSWORD).await);
        let request = json!({ "ClientId": app.client, "Token": second["RefreshToken"] });
        for _ in 0..2 {
            app.server.call("RevokeToken", request.clone()).await.ok();
        }
        refused(refresh(&app, &second).await, revoked);
        tokens(refresh(&app, &third).await);
        let out = json!({ "AccessToken": third["AccessToken"] });
        app.server.call("GlobalSignOut", out.clone()).await.ok();
        refused(refresh(&app, &third).await, revoked);
        let again = app.server.call("GlobalSignOut", out).await;
        refused(again, ("NotAuthorizedException", "Access Token has been revoked"));
    }

    #[tokio::test]
    async fn a_user_whose_state_shuts_the_door_gets_no_tokens() {
        let (app, first) = signed_in().await;
        let pool = app.pool_id();
        let user = app.server.app.db.read(async |mut tx| {
            let lookup = [poolhouse_domain::user::Lookup::Username("ada".into())];
            tx.user_by(&pool, &lookup).await
        });
        let user = user.await.unwrap();
        for (status, name) in [
            (UserStatus::Unconfirmed, "UserNotConfirmedException"),
            (UserStatus::ResetRequired, "PasswordResetRequiredException"),
        ] {
            app.change(&user, |user| user.status = status).await;
            assert_eq!(refresh(&app, &first).await.body["__type"], name);
        }
        app.change(&user, |user| user.enabled = false).await;
        refused(refresh(&app, &first).await, ("NotAuthorizedException", "User is disabled."));
    }
}

mod devices {
    use super::*;
    use crate::testing::client::KeptDevice;

    /// A user with TOTP and a confirmed device, and the tokens of the sign-in that issued it.
    async fn with_device(app: &Application, name: &str) -> (Vec<u8>, KeptDevice, Value) {
        app.user(name).await;
        let first = tokens(app.srp_sign_in(name, None).await);
        let seed = app.enrol_totp(first["AccessToken"].as_str().unwrap()).await;
        let asked = app.srp_sign_in(name, None).await.ok();
        let result = tokens(app.answer_totp(&asked, name, &seed, None).await);
        let device = app.confirm_device(&result).await;
        (seed, device, result)
    }

    #[tokio::test]
    async fn the_whole_story() {
        let app = Application::with_devices(true, false).await;
        app.user("ada").await;
        let first = tokens(app.srp_sign_in("ada", None).await);
        let seed = app.enrol_totp(first["AccessToken"].as_str().unwrap()).await;

        // A new device: MFA is asked.
        let asked = app.srp_sign_in("ada", None).await.ok();
        let result = tokens(app.answer_totp(&asked, "ada", &seed, None).await);
        let device = app.confirm_device(&result).await;
        assert_eq!(claims(&result["AccessToken"])["device_key"], device.key.as_str());

        // With the device: no MFA.
        for sessions in [true, false] {
            let asked = app.srp_sign_in("ada", Some(&device.key)).await.ok();
            let result = tokens(app.device_sign_in(&asked, "ada", &device, sessions).await);
            assert!(result.get("NewDeviceMetadata").is_none());
            assert_eq!(claims(&result["AccessToken"])["device_key"], device.key.as_str());
        }

        // Switched off: MFA again, and the key is still the device's.
        app.set_device("ada", &device.key, "not_remembered").await.ok();
        let asked = app.srp_sign_in("ada", Some(&device.key)).await.ok();
        let result = tokens(app.answer_totp(&asked, "ada", &seed, Some(&device.key)).await);
        assert!(result.get("NewDeviceMetadata").is_none());

        // Switched on: not asked.
        app.set_device("ada", &device.key, "remembered").await.ok();
        let asked = app.srp_sign_in("ada", Some(&device.key)).await.ok();
        tokens(app.device_sign_in(&asked, "ada", &device, true).await);

        // Forgotten: gone.
        let forget = json!({ "UserPoolId": app.pool, "Username": "ada", "DeviceKey": device.key });
        app.server.admin("AdminForgetDevice", forget).await.ok();
        refused(app.srp_sign_in("ada", Some(&device.key)).await, NO_DEVICE);
        refused(app.set_device("ada", &device.key, "remembered").await, NO_DEVICE);
    }

    #[tokio::test]
    async fn a_foreign_device_is_no_device() {
        let app = Application::with_devices(true, false).await;
        let (_, device, _) = with_device(&app, "ada").await;
        app.user("bob").await;
        refused(app.srp_sign_in("bob", Some(&device.key)).await, NO_DEVICE);
        let start = json!({ "USERNAME": "bob", "SRP_A": "2", "DEVICE_KEY": device.key });
        refused(app.initiate("USER_SRP_AUTH", start).await, NO_DEVICE);
    }

    #[tokio::test]
    async fn a_failed_device_lookup_leaves_the_proof_usable() {
        let app = Application::with_devices(true, false).await;
        app.user("ada").await;
        let claim = app.srp_claim("ada", PASSWORD).await;
        let gone = json!({ "DEVICE_KEY": "us-east-1_aaaaaaaa-0000-4000-8000-000000000000" });
        let reply = app.respond("PASSWORD_VERIFIER", None, with(claim.clone(), gone)).await;
        refused(reply, NO_DEVICE);
        tokens(app.respond("PASSWORD_VERIFIER", None, claim).await);
    }

    #[tokio::test]
    async fn a_wrong_device_secret_ends_the_sign_in() {
        let app = Application::with_devices(true, false).await;
        let (_, device, _) = with_device(&app, "ada").await;
        let stolen = KeptDevice { password: "another".into(), ..device.clone() };
        let asked = app.srp_sign_in("ada", Some(&device.key)).await.ok();
        refused(app.device_sign_in(&asked, "ada", &stolen, true).await, BAD);
        // Its challenge was used up by asking: it must be begun anew.
        let again = app.device_sign_in(&asked, "ada", &device, true).await;
        assert_eq!(again.body["__type"], "NotAuthorizedException");
    }

    #[tokio::test]
    async fn a_device_challenge_without_a_proven_first_factor_is_refused() {
        let app = Application::with_devices(true, false).await;
        let (_, device, _) = with_device(&app, "ada").await;
        let begin = json!({ "USERNAME": "ada", "DEVICE_KEY": device.key, "SRP_A": "2" });
        let reply = app.respond("DEVICE_SRP_AUTH", None, begin.clone()).await;
        refused(reply, INVALID_SESSION);
        // The row that stands in for a session is used up with it.
        let asked = app.srp_sign_in("ada", Some(&device.key)).await.ok();
        tokens(app.device_sign_in(&asked, "ada", &device, true).await);
        let reply = app.respond("DEVICE_SRP_AUTH", None, begin).await;
        assert_eq!(reply.body["__type"], "NotAuthorizedException");
    }

    #[tokio::test]
    async fn a_device_that_is_switched_off_or_forgotten_on_the_way_does_not_finish() {
        let app = Application::with_devices(true, false).await;
        let (_, device, _) = with_device(&app, "ada").await;
        let asked = app.srp_sign_in("ada", Some(&device.key)).await.ok();
        app.set_device("ada", &device.key, "not_remembered").await.ok();
        let reply = app.device_sign_in(&asked, "ada", &device, true).await;
        refused(reply, INVALID_SESSION);
        app.set_device("ada", &device.key, "remembered").await.ok();
        let asked = app.srp_sign_in("ada", Some(&device.key)).await.ok();
        let client = Client::new(&mut app.server.app.fork_rng("t"));
        let begin = json!({ "USERNAME": "ada", "DEVICE_KEY": device.key, "SRP_A": client.srp_a() });
        let started = app.respond("DEVICE_SRP_AUTH", asked["Session"].as_str(), begin).await.ok();
        let claim = app.device_claim(&client, &started, "ada", &device);
        app.set_device("ada", &device.key, "not_remembered").await.ok();
        let reply = app.respond("DEVICE_PASSWORD_VERIFIER", None, claim.clone()).await;
        refused(reply, BAD);
        let forget = json!({ "UserPoolId": app.pool, "Username": "ada", "DeviceKey": device.key });
        app.server.admin("AdminForgetDevice", forget).await.ok();
        refused(app.respond("DEVICE_PASSWORD_VERIFIER", None, claim).await, NO_DEVICE);
    }

    #[tokio::test]
    async fn a_device_block_works_once() {
        let app = Application::with_devices(true, false).await;
        let (_, device, _) = with_device(&app, "ada").await;
        let asked = app.srp_sign_in("ada", Some(&device.key)).await.ok();
        let client = Client::new(&mut app.server.app.fork_rng("t"));
        let begin = json!({ "USERNAME": "ada", "DEVICE_KEY": device.key, "SRP_A": client.srp_a() });
        let started = app.respond("DEVICE_SRP_AUTH", asked["Session"].as_str(), begin).await.ok();
        let sent = &started["ChallengeParameters"];
        assert_eq!(sent["USERNAME"], "ada");
        assert_eq!(sent["DEVICE_KEY"], device.key.as_str());
        let claim = app.device_claim(&client, &started, "ada", &device);
        let as_password = app.respond("PASSWORD_VERIFIER", None, claim.clone()).await;
        refused(as_password, BAD);
        tokens(app.respond("DEVICE_PASSWORD_VERIFIER", None, claim.clone()).await);
        refused(app.respond("DEVICE_PASSWORD_VERIFIER", None, claim).await, BAD);
    }

    #[tokio::test]
    async fn an_always_pool_asks_mfa_and_then_the_device() {
        let app = Application::with_devices(false, false).await;
        let (seed, device, _) = with_device(&app, "ada").await;
        let asked = app.srp_sign_in("ada", Some(&device.key)).await.ok();
        let next = app.answer_totp(&asked, "ada", &seed, Some(&device.key)).await.ok();
        assert_eq!(next["ChallengeName"], "DEVICE_SRP_AUTH");
        tokens(app.device_sign_in(&next, "ada", &device, true).await);
    }

    #[tokio::test]
    async fn an_opt_in_pool_waits_for_the_user() {
        let app = Application::with_devices(true, true).await;
        app.user("ada").await;
        let first = tokens(app.srp_sign_in("ada", None).await);
        let seed = app.enrol_totp(first["AccessToken"].as_str().unwrap()).await;
        let asked = app.srp_sign_in("ada", None).await.ok();
        let result = tokens(app.answer_totp(&asked, "ada", &seed, None).await);
        let (device, registration) = app.new_device(&result);
        let confirm = json!({
            "AccessToken": result["AccessToken"], "DeviceKey": device.key,
            "DeviceSecretVerifierConfig": {
                "PasswordVerifier": registration.verifier, "Salt": registration.salt,
            },
        });
        let confirmed = app.server.call("ConfirmDevice", confirm).await.ok();
        assert_eq!(confirmed["UserConfirmationNecessary"], true);
        let asked = app.srp_sign_in("ada", Some(&device.key)).await.ok();
        assert_eq!(asked["ChallengeName"], "SOFTWARE_TOKEN_MFA");
        let remember = json!({
            "AccessToken": result["AccessToken"], "DeviceKey": device.key,
            "DeviceRememberedStatus": "remembered",
        });
        app.server.call("UpdateDeviceStatus", remember).await.ok();
        let asked = app.srp_sign_in("ada", Some(&device.key)).await.ok();
        tokens(app.device_sign_in(&asked, "ada", &device, true).await);
    }

    #[tokio::test]
    async fn refresh_belongs_to_the_confirmed_device() {
        let app = Application::with_devices(true, false).await;
        app.user("ada").await;
        let invalid = ("NotAuthorizedException", "Invalid Refresh Token.");
        let result = tokens(app.srp_sign_in("ada", None).await);
        let issued = &result["NewDeviceMetadata"]["DeviceKey"];
        let refresh = |key: Option<&Value>| {
            let mut parameters = json!({ "REFRESH_TOKEN": result["RefreshToken"] });
            if let Some(key) = key {
                parameters["DEVICE_KEY"] = key.clone();
            }
            app.initiate("REFRESH_TOKEN_AUTH", parameters)
        };
        refused(refresh(Some(issued)).await, invalid);
        let device = app.confirm_device(&result).await;
        tokens(refresh(Some(issued)).await);
        refused(refresh(None).await, invalid);
        let other = json!("us-east-1_aaaaaaaa-0000-4000-8000-000000000000");
        refused(refresh(Some(&other)).await, invalid);
        app.set_device("ada", &device.key, "not_remembered").await.ok();
        tokens(refresh(Some(issued)).await);
        let forget = json!({ "UserPoolId": app.pool, "Username": "ada", "DeviceKey": device.key });
        app.server.admin("AdminForgetDevice", forget).await.ok();
        refused(refresh(Some(issued)).await, invalid);
    }

    #[tokio::test]
    async fn every_sign_in_without_a_device_issues_another() {
        let app = Application::with_devices(true, false).await;
        let user = app.user("ada").await;
        let mut keys = std::collections::BTreeSet::new();
        for _ in 0..60 {
            let result = tokens(app.password_sign_in("ada", PASSWORD).await);
            let key = result["NewDeviceMetadata"]["DeviceKey"].as_str().unwrap();
            keys.insert(key.to_owned());
        }
        assert_eq!(keys.len(), 60);
        let (pool, sub) = (&user.pool, &user.sub);
        let stored = app
            .server
            .app
            .db
            .read(async |mut tx| tx.list_devices(pool, sub, false, None, 100).await);
        assert_eq!(stored.await.unwrap().len(), 60);
    }

    #[tokio::test]
    async fn device_secrets_are_guessed_at_a_bounded_rate() {
        let app = Application::with_devices(true, false).await;
        let (_, device, result) = with_device(&app, "ada").await;
        let sub = claims(&result["AccessToken"])["sub"].as_str().unwrap().to_owned();
        let (pool, subject) = (&app.pool_id(), &format!("{sub}/{}", device.key));
        for _ in 0..10 {
            let now = app.server.now();
            let charge = app
                .server
                .app
                .db
                .write(now, async |mut tx| tx.charge(pool, subject, GuessKind::Device).await);
            charge.await.unwrap();
        }
        let asked = app.srp_sign_in("ada", Some(&device.key)).await.ok();
        let reply = app.device_sign_in(&asked, "ada", &device, true).await;
        refused(reply, ("NotAuthorizedException", "Password attempts exceeded"));
    }
}
