//! Passwords, proofs, the lock, and the states that shut the door.

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
