//! What Lambda triggers hear of a sign-in and change about it.

use super::*;

const ARN: &str = "arn:aws:lambda:us-east-1:000000000000:function:f";

async fn with_triggers(names: &[&str], pool: Value, client: Value) -> Application {
    let lambda: serde_json::Map<_, _> =
        names.iter().map(|name| ((*name).to_owned(), json!(ARN))).collect();
    let app = Application::new(with(pool, json!({ "LambdaConfig": lambda })), client).await;
    for name in names {
        app.server.functions.on(name, |event| Ok(event.clone()));
    }
    app
}

fn event(app: &Application, source: &str, request: Value, response: Value) -> Value {
    json!({
        "version": "1", "region": "us-east-1", "userPoolId": app.pool, "userName": "ada",
        "callerContext": {
            "awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": app.client,
        },
        "triggerSource": source, "request": request, "response": response,
    })
}

fn ada(user: &poolhouse_domain::user::User) -> Value {
    json!({
        "sub": user.sub.as_str(), "cognito:user_status": "CONFIRMED", "email": "ada@example.com",
    })
}

async fn begin(app: &Application, flow: &str, parameters: Value) -> Reply {
    let request = json!({
        "ClientId": app.client, "AuthFlow": flow, "AuthParameters": parameters,
        "ClientMetadata": { "from": "beginning" },
    });
    app.server.call("InitiateAuth", request).await
}

fn password() -> Value {
    json!({ "USERNAME": "ada", "PASSWORD": PASSWORD })
}

#[tokio::test]
async fn pre_authentication_may_say_no_before_anything_is_compared() {
    let app = with_triggers(&["PreAuthentication"], json!({}), json!({})).await;
    let user = app.user("ada").await;
    app.server.functions.fail("PreAuthentication", "not today");
    let no = ("UserLambdaValidationException", "PreAuthentication failed with error not today.");
    refused(begin(&app, "USER_PASSWORD_AUTH", password()).await, no);
    let said = json!({ "userAttributes": ada(&user), "validationData": { "from": "beginning" } });
    let expected = event(&app, "PreAuthentication_Authentication", said, json!({}));
    assert_eq!(app.server.functions.take_event(), expected);
    refused(begin(&app, "USER_SRP_AUTH", json!({ "USERNAME": "ada", "SRP_A": "2" })).await, no);
    // It may come as often as it likes: no guess is counted.
    for _ in 0..10 {
        refused(app.password_sign_in("ada", "Wrong1!!").await, no);
    }
    app.server.functions.on("PreAuthentication", |event| Ok(event.clone()));
    tokens(begin(&app, "USER_PASSWORD_AUTH", password()).await);
    // It runs once for a sign-in, and not for a refresh.
    app.server.functions.take_events();
    let result = tokens(app.srp_sign_in("ada", None).await);
    assert_eq!(app.server.functions.take_events().len(), 1);
    let token = json!({ "REFRESH_TOKEN": result["RefreshToken"] });
    tokens(app.initiate("REFRESH_TOKEN_AUTH", token).await);
    assert_eq!(app.server.functions.take_events().len(), 0);
}

#[tokio::test]
async fn pre_authentication_hears_of_nobody_where_that_is_hidden() {
    let hiding = json!({ "PreventUserExistenceErrors": "ENABLED" });
    let app = with_triggers(&["PreAuthentication"], json!({}), hiding).await;
    refused(app.password_sign_in("ada", PASSWORD).await, BAD);
    let said = json!({ "userAttributes": {}, "userNotFound": true });
    let expected = event(&app, "PreAuthentication_Authentication", said, json!({}));
    assert_eq!(app.server.functions.take_event(), expected);
    app.initiate("USER_SRP_AUTH", json!({ "USERNAME": "ada", "SRP_A": "2" })).await.ok();
    assert_eq!(app.server.functions.take_event()["request"]["userNotFound"], true);
    let app = with_triggers(&["PreAuthentication"], json!({}), json!({})).await;
    let none = ("UserNotFoundException", "User does not exist.");
    refused(app.password_sign_in("ada", PASSWORD).await, none);
    assert_eq!(app.server.functions.take_events().len(), 0);
}

#[tokio::test]
async fn post_authentication_can_keep_the_tokens_back() {
    let devices = json!({ "DeviceConfiguration": {
        "ChallengeRequiredOnNewDevice": false, "DeviceOnlyRememberedOnUserPrompt": false,
    }});
    let app = with_triggers(&["PostAuthentication"], devices, json!({})).await;
    let user = app.user("ada").await;
    app.server.functions.fail("PostAuthentication", "no");
    let no = ("UserLambdaValidationException", "PostAuthentication failed with error no.");
    refused(begin(&app, "USER_PASSWORD_AUTH", password()).await, no);
    let said = json!({ "userAttributes": ada(&user), "newDeviceUsed": true });
    let expected = event(&app, "PostAuthentication_Authentication", said, json!({}));
    assert_eq!(app.server.functions.take_event(), expected);
    // No device was issued with tokens that never were.
    let list = json!({ "UserPoolId": app.pool, "Username": "ada" });
    let devices = app.server.admin("AdminListDevices", list).await.ok();
    assert_eq!(devices["Devices"], json!([]));
    // A wrong password is not a sign-in.
    refused(app.password_sign_in("ada", "Wrong1!!").await, BAD);
    assert_eq!(app.server.functions.take_events().len(), 0);
    app.server.functions.on("PostAuthentication", |event| Ok(event.clone()));
    // What comes with the answer is for this trigger.
    let claim = app.srp_claim("ada", PASSWORD).await;
    let answer = json!({
        "ClientId": app.client, "ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": claim,
        "ClientMetadata": { "from": "answer" },
    });
    tokens(app.server.call("RespondToAuthChallenge", answer).await);
    let told = app.server.functions.take_event();
    assert_eq!(told["request"]["clientMetadata"], json!({ "from": "answer" }));
}

fn version(version: &str) -> Value {
    json!({ "LambdaConfig": { "PreTokenGenerationConfig": {
        "LambdaArn": ARN, "LambdaVersion": version,
    }}})
}

#[tokio::test]
async fn the_first_version_shapes_the_id_token() {
    let app = with_triggers(&["PreTokenGeneration"], json!({}), json!({})).await;
    let user = app.user("ada").await;
    let change = json!({ "claimsOverrideDetails": {
        "claimsToAddOrOverride": { "team": "blue", "email": "other@example.com", "sub": "evil",
            "iss": "evil", "exp": "9999999999", "cognito:groups": "root" },
        "claimsToSuppress": ["aud"],
        "groupOverrideDetails": { "groupsToOverride": ["a", "b"], "iamRolesToOverride": ["r"],
            "preferredRole": "r" },
    }});
    app.server.functions.answer("PreTokenGeneration", change);
    let result = tokens(begin(&app, "USER_PASSWORD_AUTH", password()).await);
    let groups = json!({
        "groupsToOverride": [], "iamRolesToOverride": [], "preferredRole": null,
    });
    let said = json!({ "userAttributes": ada(&user), "groupConfiguration": groups });
    let silence = json!({ "claimsOverrideDetails": null });
    let expected = event(&app, "TokenGeneration_Authentication", said.clone(), silence.clone());
    assert_eq!(app.server.functions.take_event(), expected);
    let (id, access) = (claims(&result["IdToken"]), claims(&result["AccessToken"]));
    assert_eq!((&id["team"], &id["email"]), (&json!("blue"), &json!("other@example.com")));
    assert_eq!((&id["sub"], &id["aud"]), (&json!(user.sub.as_str()), &json!(app.client)));
    assert_ne!(id["iss"], "evil");
    assert!(id["exp"].is_number());
    assert_eq!(id["cognito:groups"], json!(["a", "b"]));
    assert_eq!(access["cognito:groups"], json!(["a", "b"]));
    assert_eq!((&id["cognito:roles"], &id["cognito:preferred_role"]), (&json!(["r"]), &json!("r")));
    assert!(!access.contains_key("team"));
    // A refresh asks anew, and so does the operation that has metadata of its own for it.
    let token = json!({ "REFRESH_TOKEN": result["RefreshToken"] });
    tokens(begin(&app, "REFRESH_TOKEN_AUTH", token).await);
    let expected = event(&app, "TokenGeneration_RefreshTokens", said.clone(), silence.clone());
    assert_eq!(app.server.functions.take_event(), expected);
    let request = json!({
        "ClientId": app.client, "RefreshToken": result["RefreshToken"],
        "ClientMetadata": { "k": "v" },
    });
    app.server.call("GetTokensFromRefreshToken", request.clone()).await.ok();
    let said = with(said, json!({ "clientMetadata": { "k": "v" } }));
    let expected = event(&app, "TokenGeneration_RefreshTokens", said, silence);
    assert_eq!(app.server.functions.take_event(), expected);
    app.server.functions.fail("PreTokenGeneration", "no");
    let no = ("UserLambdaValidationException", "PreTokenGeneration failed with error no.");
    refused(app.server.call("GetTokensFromRefreshToken", request).await, no);
    refused(begin(&app, "USER_PASSWORD_AUTH", password()).await, no);
}

#[tokio::test]
async fn later_versions_shape_the_access_token_and_its_scopes() {
    for (name, number) in [("V2_0", "2"), ("V3_0", "3")] {
        let app = Application::new(version(name), json!({})).await;
        app.user("ada").await;
        let change = json!({ "claimsAndScopeOverrideDetails": {
            "idTokenGeneration": { "claimsToAddOrOverride": { "level": 7 } },
            "accessTokenGeneration": {
                "claimsToAddOrOverride": { "tenant": ["x"], "client_id": "evil" },
                "scopesToAdd": ["api/read"], "scopesToSuppress": ["aws.cognito.signin.user.admin"],
            },
        }});
        app.server.functions.answer("PreTokenGeneration", change);
        let result = tokens(app.password_sign_in("ada", PASSWORD).await);
        let told = app.server.functions.take_event();
        assert_eq!(told["version"], number);
        assert_eq!(told["request"]["scopes"], json!(["aws.cognito.signin.user.admin"]));
        assert_eq!(told["response"], json!({ "claimsAndScopeOverrideDetails": null }));
        let (id, access) = (claims(&result["IdToken"]), claims(&result["AccessToken"]));
        assert_eq!((&id["level"], &access["tenant"]), (&json!(7), &json!(["x"])));
        assert_eq!(access["client_id"], json!(app.client));
        assert_eq!(access["scope"], "api/read");
        // A token without the scope acts for its user nowhere here.
        let request = json!({ "AccessToken": result["AccessToken"] });
        let text = "Access Token does not have required scopes";
        refused(app.server.call("GetUser", request).await, ("NotAuthorizedException", text));
    }
}

#[tokio::test]
async fn answers_that_nobody_should_believe_issue_nothing() {
    let app = Application::new(version("V2_0"), json!({})).await;
    app.user("ada").await;
    let bad = ("InvalidLambdaResponseException", "Unrecognizable lambda output");
    let token = |details: Value| json!({ "claimsAndScopeOverrideDetails": details });
    let large = "x".repeat(1024 * 1024);
    for answer in [
        token(json!("x")),
        token(json!({ "idTokenGeneration": [] })),
        token(json!({ "idTokenGeneration": { "claimsToAddOrOverride": "x" } })),
        token(json!({ "accessTokenGeneration": { "scopesToAdd": [1] } })),
        token(json!({ "groupOverrideDetails": { "groupsToOverride": [{}] } })),
        token(json!({ "idTokenGeneration": { "claimsToAddOrOverride": { "big": large } } })),
    ] {
        app.server.functions.answer("PreTokenGeneration", answer);
        refused(app.password_sign_in("ada", PASSWORD).await, bad);
        // A sign-in that did not end in tokens counts as an attempt.
        app.server.advance_secs(16 * 60);
    }
}

#[tokio::test]
async fn the_source_tells_how_the_sign_in_ended() {
    let devices = json!({ "DeviceConfiguration": {
        "ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": false,
    }});
    let app = with_triggers(&["PreTokenGeneration"], devices, json!({})).await;
    app.user("ada").await;
    let result = tokens(app.srp_sign_in("ada", None).await);
    let device = app.confirm_device(&result).await;
    app.server.functions.take_events();
    let asked = app.srp_sign_in("ada", Some(&device.key)).await.ok();
    tokens(app.device_sign_in(&asked, "ada", &device, true).await);
    assert_eq!(app.server.functions.take_sources(), ["TokenGeneration_AuthenticateDevice"]);
    app.user_in("bob", UserStatus::ForceChangePassword, Some(60)).await;
    let asked = app.password_sign_in("bob", PASSWORD).await.ok();
    let answer = json!({ "USERNAME": "bob", "NEW_PASSWORD": "N3wSecret!" });
    let session = asked["Session"].as_str();
    tokens(app.respond("NEW_PASSWORD_REQUIRED", session, answer).await);
    assert_eq!(app.server.functions.take_sources(), ["TokenGeneration_NewPasswordChallenge"]);
}

fn migrated(status: &str, more: Value) -> Value {
    let base = json!({
        "userAttributes": { "username": "ada", "email": "ada@example.com",
            "email_verified": "true" },
        "finalUserStatus": status, "messageAction": "SUPPRESS",
    });
    with(base, more)
}

#[tokio::test]
async fn a_user_who_is_known_elsewhere_moves_here() {
    let app = with_triggers(&["UserMigration"], json!({}), json!({})).await;
    app.server.functions.answer("UserMigration", migrated("CONFIRMED", json!({})));
    // The password is what the user types, whatever the policy.
    let typed = json!({ "USERNAME": "ada", "PASSWORD": "old" });
    let result = tokens(begin(&app, "USER_PASSWORD_AUTH", typed.clone()).await);
    let said = json!({ "password": "old", "validationData": { "from": "beginning" } });
    let silence = json!({
        "userAttributes": null, "forceAliasCreation": null, "enableSMSMFA": null,
        "finalUserStatus": null, "messageAction": null, "desiredDeliveryMediums": null,
    });
    let expected = event(&app, "UserMigration_Authentication", said, silence);
    assert_eq!(app.server.functions.take_event(), expected);
    let id = claims(&result["IdToken"]);
    assert_eq!((&id["email"], &id["email_verified"]), (&json!("ada@example.com"), &json!(true)));
    assert_eq!(id["cognito:username"], "ada");
    // From now on the user is here, and nobody is asked.
    tokens(app.initiate("USER_PASSWORD_AUTH", typed).await);
    refused(app.password_sign_in("ada", "other").await, BAD);
    assert_eq!(app.server.functions.take_events().len(), 0);
    assert_eq!(app.server.take_messages().len(), 0);
}

#[tokio::test]
async fn a_migration_that_does_not_happen_is_told_as_the_client_wants() {
    let none = ("UserNotFoundException", "User does not exist.");
    let bad = ("InvalidLambdaResponseException", "Unrecognizable lambda output");
    let app = with_triggers(&["UserMigration"], json!({}), json!({})).await;
    // Who is not known anywhere does not exist; SRP shows no password to ask with.
    refused(app.password_sign_in("ada", PASSWORD).await, none);
    app.server.functions.take_events();
    refused(app.initiate("USER_SRP_AUTH", json!({ "USERNAME": "ada", "SRP_A": "2" })).await, none);
    assert_eq!(app.server.functions.take_events().len(), 0);
    app.server.functions.fail("UserMigration", "Bad password");
    let text = format!("Exception migrating user in app client {}", app.client);
    refused(app.password_sign_in("ada", PASSWORD).await, ("UserNotFoundException", &text));
    for more in [
        json!({ "userAttributes": { "custom:unknown": "x" } }),
        json!({ "userAttributes": { "email": "not an address" } }),
        json!({ "userAttributes": { "email": 7 } }),
        json!({ "finalUserStatus": "ROOT" }),
    ] {
        app.server.functions.answer("UserMigration", migrated("CONFIRMED", more));
        refused(app.password_sign_in("ada", PASSWORD).await, bad);
    }
    let list = app.server.admin("ListUsers", json!({ "UserPoolId": app.pool })).await.ok();
    assert_eq!(list["Users"], json!([]));
    app.server.functions.answer("UserMigration", migrated("RESET_REQUIRED", json!({})));
    let reset = ("PasswordResetRequiredException", "Password reset required for the user");
    refused(app.password_sign_in("ada", PASSWORD).await, reset);

    let hiding = json!({ "PreventUserExistenceErrors": "ENABLED" });
    let app = with_triggers(&["UserMigration"], json!({}), hiding).await;
    refused(app.password_sign_in("ada", PASSWORD).await, BAD);
    app.server.functions.fail("UserMigration", "Bad password");
    refused(app.password_sign_in("ada", PASSWORD).await, BAD);
}

#[tokio::test]
async fn an_alias_moves_with_a_migration_only_by_force() {
    let pool = json!({ "AliasAttributes": ["email"] });
    let app = with_triggers(&["UserMigration"], pool, json!({})).await;
    let owner = json!({
        "UserPoolId": app.pool, "Username": "owner", "MessageAction": "SUPPRESS",
        "TemporaryPassword": PASSWORD,
        "UserAttributes": [
            { "Name": "email", "Value": "ada@example.com" },
            { "Name": "email_verified", "Value": "true" },
        ],
    });
    app.server.admin("AdminCreateUser", owner).await.ok();
    app.server.functions.answer("UserMigration", migrated("CONFIRMED", json!({})));
    let taken = ("AliasExistsException", "An account with the email already exists.");
    refused(app.password_sign_in("ada", PASSWORD).await, taken);
    let force = json!({ "forceAliasCreation": true });
    app.server.functions.answer("UserMigration", migrated("CONFIRMED", force));
    tokens(app.password_sign_in("ada", PASSWORD).await);
    tokens(app.password_sign_in("ada@example.com", PASSWORD).await);
}
