//! Devices in sign-ins, whole exchanges.

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
async fn two_sign_ins_with_one_device_do_not_disturb_each_other() {
    let app = Application::with_devices(true, false).await;
    let (_, device, _) = with_device(&app, "ada").await;
    let older = app.srp_sign_in("ada", Some(&device.key)).await.ok();
    let newer = app.srp_sign_in("ada", Some(&device.key)).await.ok();
    tokens(app.device_sign_in(&older, "ada", &device, true).await);
    // Without a session the newer one is meant, and it is answered once.
    tokens(app.device_sign_in(&newer, "ada", &device, false).await);
    const USED: &str = "Invalid session for the user, session can only be used once.";
    refused(
        app.device_sign_in(&newer, "ada", &device, false).await,
        ("NotAuthorizedException", USED),
    );
    refused(
        app.device_sign_in(&newer, "ada", &device, true).await,
        ("NotAuthorizedException", USED),
    );
    refused(
        app.device_sign_in(&older, "ada", &device, true).await,
        ("NotAuthorizedException", USED),
    );
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
    let stored =
        app.server.app.db.read(async |mut tx| tx.list_devices(pool, sub, false, None, 100).await);
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
