//! Users who do not exist.

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
    let sent =
        |body: &Value, name: &str| body["ChallengeParameters"][name].as_str().unwrap().to_owned();
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
