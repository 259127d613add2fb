//! Which flow works where, and what it asks for.

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
                "acr",
                "amr",
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
        refused(app.initiate(flow, parameters).await, error("Initiate Auth method not supported."));
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

#[tokio::test]
async fn every_form_of_issuer_signs_and_verifies() {
    use crate::config::IssuerForm;
    use crate::testing::{Build, TestServer};
    for (issuer, start) in [
        (IssuerForm::Url, "http://localhost:9229/"),
        (IssuerForm::Aws, "https://cognito-idp.us-east-1.amazonaws.com/"),
        (IssuerForm::AwsGlobal, "https://issuer-cognito-idp.us-east-1.amazonaws.com/"),
    ] {
        let server = TestServer::built(Build { issuer, ..Build::default() }).await;
        let app = Application::on(server, json!({}), json!({})).await;
        app.user("ada").await;
        let result = tokens(app.password_sign_in("ada", PASSWORD).await);
        for token in ["AccessToken", "IdToken"] {
            assert_eq!(claims(&result[token])["iss"], format!("{start}{}", app.pool));
        }
        let get = json!({ "AccessToken": result["AccessToken"] });
        app.server.call("GetUser", get).await.ok();
        // Key set and discovery are served whatever the issuer says.
        for document in ["jwks.json", "openid-configuration"] {
            app.server.get(&format!("/{}/.well-known/{document}", app.pool)).await.ok();
        }
    }
}
