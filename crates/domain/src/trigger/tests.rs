use super::*;
use crate::id::Sub;
use crate::message::Medium;
use crate::secret::Secret;
use crate::time::Timestamp;
use crate::token::claims::Claims;
use crate::user::delivery::MessageKind;
use crate::user::{MfaPreference, UserStatus};

const SUB: &str = "7325c1de-b05b-4f84-b321-9adc6e61f4a2";
const CLIENT: &str = "38fjsnc484p94kpqsnet7mpld0";

fn client() -> ClientId {
    ClientId::new(CLIENT)
}

pub(super) fn alice() -> User {
    User {
        pool: PoolId::new("us-west-2_aBcDeFgHi"),
        sub: Sub::new(SUB),
        username: "alice".into(),
        status: UserStatus::Confirmed,
        enabled: true,
        attributes: [("email".to_owned(), "alice@example.com".to_owned())].into(),
        mfa: MfaPreference::default(),
        totp_verified: false,
        totp_name: None,
        stamp: 1,
        created: Timestamp::from_secs(0),
        modified: Timestamp::from_secs(0),
    }
}

fn metadata() -> Option<Metadata> {
    Some([("k".to_owned(), "v".to_owned())].into())
}

fn event<C: Call>(call: &C) -> Value {
    call.event().to_json("us-west-2", &PoolId::new("us-west-2_aBcDeFgHi"))
}

fn whole(source: &str, client: &str, request: Value, response: Value) -> Value {
    json!({
        "version": "1", "region": "us-west-2", "userPoolId": "us-west-2_aBcDeFgHi",
        "userName": "alice",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": client},
        "triggerSource": source, "request": request, "response": response,
    })
}

fn known() -> Value {
    json!({"sub": SUB, "cognito:user_status": "CONFIRMED", "email": "alice@example.com"})
}

fn answer<C: Call>(call: &C, response: Value) -> Result<C::Reply, Unrecognizable> {
    let returned = json!({ "response": response }).to_string();
    response_of(returned.as_bytes()).and_then(|response| call.reply(&response))
}

#[test]
fn an_applicant_has_neither_subject_nor_status() {
    let call = PreSignUp {
        source: PreSignUpSource::SignUp,
        client: Some(client()),
        person: Person::applicant(&alice()),
        validation_data: None,
        metadata: None,
    };
    let expected = whole(
        "PreSignUp_SignUp",
        CLIENT,
        json!({"userAttributes": {"email": "alice@example.com"}, "validationData": null}),
        json!({"autoConfirmUser": false, "autoVerifyEmail": false, "autoVerifyPhone": false}),
    );
    assert_eq!(event(&call), expected);
    let admin = PreSignUp {
        source: PreSignUpSource::AdminCreateUser,
        client: None,
        validation_data: metadata(),
        metadata: metadata(),
        ..call
    };
    let event = event(&admin);
    assert_eq!(event["callerContext"]["clientId"], "CLIENT_ID_NOT_APPLICABLE");
    assert_eq!(event["request"]["validationData"], json!({"k": "v"}));
    assert_eq!(event["request"]["clientMetadata"], json!({"k": "v"}));
}

#[test]
fn an_invitation_is_written_with_two_placeholders() {
    let call = CustomMessage {
        kind: MessageKind::AdminCreateUser,
        medium: Medium::Email,
        by_link: false,
        client: None,
        person: Person::of(&User { status: UserStatus::ForceChangePassword, ..alice() }),
        metadata: None,
    };
    let expected = whole(
        "CustomMessage_AdminCreateUser",
        "CLIENT_ID_NOT_APPLICABLE",
        json!({
            "userAttributes": {
                "sub": SUB, "cognito:user_status": "FORCE_CHANGE_PASSWORD",
                "email": "alice@example.com",
            },
            "codeParameter": "{####}", "linkParameter": "{##Click Here##}",
            "usernameParameter": "{username}",
        }),
        json!({"smsMessage": null, "emailMessage": null, "emailSubject": null}),
    );
    assert_eq!(event(&call), expected);
    let code = CustomMessage { kind: MessageKind::SignUp, metadata: metadata(), ..call.clone() };
    assert_eq!(event(&code)["request"]["usernameParameter"], Value::Null);
    assert_eq!(event(&code)["request"]["clientMetadata"], json!({"k": "v"}));

    let text = |subject: Option<&str>, body: Option<&str>| CustomText {
        subject: subject.map(str::to_owned),
        body: body.map(str::to_owned),
    };
    let both = "{username} {####}";
    let given = json!({"emailMessage": both, "emailSubject": "Hi", "smsMessage": "no code"});
    assert_eq!(answer(&call, given), Ok(text(Some("Hi"), Some(both))));
    assert_eq!(answer(&call, json!({})), Ok(CustomText::default()));
    assert_eq!(answer(&call, json!({"emailMessage": "{####}"})), Err(Unrecognizable));
    assert_eq!(
        answer(&code, json!({"emailMessage": "x {####}"})).unwrap().body.unwrap(),
        "x {####}"
    );
    assert_eq!(answer(&code, json!({"emailMessage": "no code"})), Err(Unrecognizable));
    let link = CustomMessage { by_link: true, ..code.clone() };
    assert!(answer(&link, json!({"emailMessage": "{##Here##}"})).is_ok());
    for (name, most) in [("emailMessage", 20_000), ("emailSubject", 140)] {
        let text = |length: usize| json!({ name: format!("{{####}}{}", "ü".repeat(length - 6)) });
        assert!(answer(&code, text(most)).is_ok());
        assert_eq!(answer(&code, text(most + 1)), Err(Unrecognizable), "{name}");
    }
    let sms = CustomMessage { medium: Medium::Sms, ..code };
    let text = |length: usize| json!({"smsMessage": format!("{{####}}{}", "x".repeat(length - 6))});
    assert!(answer(&sms, text(140)).is_ok());
    assert_eq!(answer(&sms, text(141)), Err(Unrecognizable));
}

fn tokens(version: TriggerVersion) -> PreTokenGeneration {
    PreTokenGeneration {
        version,
        source: TokenSource::Authentication,
        client: client(),
        person: Some(Person::of(&alice())),
        groups: Groups { names: vec!["admins".into()], ..Groups::default() },
        scopes: vec!["aws.cognito.signin.user.admin".into()],
        metadata: None,
    }
}

#[test]
fn token_events_have_three_versions() {
    let groups = json!({
        "groupsToOverride": ["admins"], "iamRolesToOverride": [], "preferredRole": null,
    });
    let request = json!({"userAttributes": known(), "groupConfiguration": groups});
    let source = "TokenGeneration_Authentication";
    let response = json!({"claimsOverrideDetails": null});
    let expected = whole(source, CLIENT, request.clone(), response);
    assert_eq!(event(&tokens(TriggerVersion::V1)), expected);
    for (version, text) in [(TriggerVersion::V2, "2"), (TriggerVersion::V3, "3")] {
        let mut request = request.clone();
        request["scopes"] = json!(["aws.cognito.signin.user.admin"]);
        let response = json!({"claimsAndScopeOverrideDetails": null});
        let mut expected = whole(source, CLIENT, request, response);
        expected["version"] = json!(text);
        assert_eq!(event(&tokens(version)), expected);
    }
    let of_client = PreTokenGeneration {
        source: TokenSource::ClientCredentials,
        person: None,
        scopes: vec!["api/read".into()],
        ..tokens(TriggerVersion::V3)
    };
    let event = event(&of_client);
    assert_eq!(event["userName"], "ClientCredentials");
    assert_eq!(
        event["request"],
        json!({"userAttributes": {}, "groupConfiguration": null, "scopes": ["api/read"]})
    );
    assert_eq!(event["triggerSource"], "TokenGeneration_ClientCredentials");
}

#[test]
fn custom_challenges_tell_what_was_asked_and_answered() {
    let session = vec![
        Past { name: "SRP_A".into(), right: true, metadata: None },
        Past { name: "CUSTOM_CHALLENGE".into(), right: false, metadata: Some("CAPTCHA".into()) },
    ];
    let past = json!([
        {"challengeName": "SRP_A", "challengeResult": true},
        {"challengeName": "CUSTOM_CHALLENGE", "challengeResult": false,
         "challengeMetadata": "CAPTCHA"},
    ]);
    let person = Person::of(&alice());
    let define = DefineAuthChallenge {
        client: client(),
        person: person.clone(),
        session: session.clone(),
        metadata: None,
    };
    let expected = whole(
        "DefineAuthChallenge_Authentication",
        CLIENT,
        json!({"userAttributes": known(), "session": past}),
        json!({"challengeName": null, "issueTokens": null, "failAuthentication": null}),
    );
    assert_eq!(event(&define), expected);
    let named = json!({"challengeName": "CUSTOM_CHALLENGE", "issueTokens": false});
    assert_eq!(answer(&define, named), Ok(Defined::Challenge("CUSTOM_CHALLENGE".into())));
    assert_eq!(answer(&define, json!({"issueTokens": true})), Ok(Defined::Tokens));
    let both = json!({"issueTokens": true, "failAuthentication": true});
    assert_eq!(answer(&define, both), Ok(Defined::Failure));
    for nothing in [json!({}), json!({"issueTokens": "true"}), json!({"challengeName": 1})] {
        assert_eq!(answer(&define, nothing), Err(Unrecognizable));
    }

    let create = CreateAuthChallenge {
        client: client(),
        person: Person::unknown("alice"),
        challenge_name: "CUSTOM_CHALLENGE".into(),
        session,
        metadata: metadata(),
    };
    let expected = whole(
        "CreateAuthChallenge_Authentication",
        CLIENT,
        json!({
            "userAttributes": {}, "userNotFound": true, "challengeName": "CUSTOM_CHALLENGE",
            "session": past, "clientMetadata": {"k": "v"},
        }),
        json!({
            "publicChallengeParameters": null, "privateChallengeParameters": null,
            "challengeMetadata": null,
        }),
    );
    assert_eq!(event(&create), expected);
    let given = json!({
        "publicChallengeParameters": {"q": "1+1"}, "privateChallengeParameters": {"a": "2"},
        "challengeMetadata": "SUM",
    });
    let created = answer(&create, given).unwrap();
    assert_eq!(created.public["q"], "1+1");
    assert_eq!(created.metadata.as_deref(), Some("SUM"));
    let verify = VerifyAuthChallengeResponse {
        client: client(),
        person,
        private: created.private,
        answer: Secret::new("2".into()),
        metadata: None,
    };
    let expected = whole(
        "VerifyAuthChallengeResponse_Authentication",
        CLIENT,
        json!({
            "userAttributes": known(), "privateChallengeParameters": {"a": "2"},
            "challengeAnswer": "2",
        }),
        json!({"answerCorrect": null}),
    );
    assert_eq!(event(&verify), expected);
    assert_eq!(answer(&verify, json!({"answerCorrect": true})), Ok(Answered::Right));
    assert_eq!(answer(&verify, json!({})), Ok(Answered::Wrong));
    assert_eq!(answer(&verify, json!({"answerCorrect": "true"})), Err(Unrecognizable));
    assert_eq!(answer(&verify, json!({"answerCorrect": 1})), Err(Unrecognizable));
}

#[test]
fn a_migration_is_told_the_password_and_what_was_typed() {
    let call = UserMigration {
        source: MigrationSource::Authentication,
        client: client(),
        user_name: "alice".into(),
        password: Some(Secret::new("Passw0rd!".into())),
        validation_data: metadata(),
        metadata: None,
    };
    let expected = whole(
        "UserMigration_Authentication",
        CLIENT,
        json!({"password": "Passw0rd!", "validationData": {"k": "v"}}),
        json!({
            "userAttributes": null, "forceAliasCreation": null, "enableSMSMFA": null,
            "finalUserStatus": null, "messageAction": null, "desiredDeliveryMediums": null,
        }),
    );
    assert_eq!(event(&call), expected);
    let given = json!({
        "userAttributes": {"email": "a@b.example", "name": null}, "finalUserStatus": "CONFIRMED",
        "messageAction": "SUPPRESS", "desiredDeliveryMediums": ["EMAIL"],
        "forceAliasCreation": true, "enableSMSMFA": false,
    });
    let expected = Migrated {
        attributes: [("email".to_owned(), "a@b.example".to_owned())].into(),
        status: FinalStatus::Confirmed,
        welcomes: false,
        media: vec![Medium::Email],
        force_alias: true,
        sms_mfa: false,
    };
    assert_eq!(answer(&call, given), Ok(Some(expected)));
    assert_eq!(answer(&call, json!({})), Ok(None));
    for wrong in [
        json!({"userAttributes": {"email": true}}),
        json!({"userAttributes": []}),
        json!({"userAttributes": {}, "finalUserStatus": "ADMIN"}),
        json!({"userAttributes": {}, "messageAction": "x"}),
        json!({"userAttributes": {}, "desiredDeliveryMediums": "EMAIL"}),
        json!({"userAttributes": {}, "desiredDeliveryMediums": ["PIGEON"]}),
        json!({"userAttributes": {}, "forceAliasCreation": "true"}),
    ] {
        assert_eq!(answer(&call, wrong.clone()), Err(Unrecognizable), "{wrong}");
    }
}

#[test]
fn sign_ins_tell_who_and_with_what() {
    let before = PreAuthentication {
        client: client(),
        person: Person::unknown("alice"),
        validation_data: metadata(),
    };
    let request = json!({"userAttributes": {}, "userNotFound": true, "validationData": {"k": "v"}});
    let expected = whole("PreAuthentication_Authentication", CLIENT, request, json!({}));
    assert_eq!(event(&before), expected);
    let after = PostAuthentication {
        client: client(),
        person: Person::of(&alice()),
        new_device: true,
        metadata: None,
    };
    let request = json!({"userAttributes": known(), "newDeviceUsed": true});
    let expected = whole("PostAuthentication_Authentication", CLIENT, request, json!({}));
    assert_eq!(event(&after), expected);
    let confirmed = PostConfirmation {
        source: ConfirmationSource::ConfirmForgotPassword,
        client: Some(client()),
        person: Person::of(&alice()),
        metadata: metadata(),
    };
    let request = json!({"userAttributes": known(), "clientMetadata": {"k": "v"}});
    let expected = whole("PostConfirmation_ConfirmForgotPassword", CLIENT, request, json!({}));
    assert_eq!(event(&confirmed), expected);
}

/// OUT-2: answers that nobody should believe.
#[test]
fn hostile_answers_are_not_understood() {
    let call = PreSignUp {
        source: PreSignUpSource::SignUp,
        client: None,
        person: Person::unknown("alice"),
        validation_data: None,
        metadata: None,
    };
    let read = |returned: &[u8]| response_of(returned).and_then(|response| call.reply(&response));
    let deep = format!("{{\"response\":{}{}}}", "[".repeat(200), "]".repeat(200));
    let wrong: [&[u8]; 17] = [
        b"",
        b"null",
        b"true",
        b"\"x\"",
        b"[]",
        b"{}",
        b"not json",
        b"{\"response\":null}",
        b"{\"response\":[]}",
        b"{\"response\":\"x\"}",
        b"{\"Response\":{}}",
        b"{\"response\":{}",
        b"{\"response\":{\"autoConfirmUser\":\"true\"}}",
        b"{\"response\":{\"autoConfirmUser\":1}}",
        b"{\"response\":{\"autoVerifyEmail\":{}}}",
        b"\xff\xfe",
        deep.as_bytes(),
    ];
    for returned in wrong {
        assert_eq!(read(returned), Err(Unrecognizable), "{}", String::from_utf8_lossy(returned));
    }
    // More than is asked for, and null, are harmless.
    let more = br#"{"response":{"autoConfirmUser":true,"autoVerifyEmail":null,"x":{}},"y":1}"#;
    let expected = PreSignUpAnswer { confirm: true, ..PreSignUpAnswer::default() };
    assert_eq!(read(more), Ok(expected));
}

fn claims() -> Claims {
    let text = json!({
        "sub": SUB, "iss": "https://i", "origin_jti": "o", "event_id": "e", "auth_time": 1,
        "exp": 2, "iat": 1, "jti": "j", "cognito:groups": ["admins"],
    });
    let mut access = text.clone();
    for (name, value) in [
        ("token_use", "access"),
        ("client_id", CLIENT),
        ("username", "alice"),
        ("scope", "aws.cognito.signin.user.admin"),
        ("device_key", "d"),
    ] {
        access[name] = json!(value);
    }
    let mut id = text;
    for (name, value) in [
        ("token_use", "id"),
        ("aud", CLIENT),
        ("cognito:username", "alice"),
        ("email", "alice@example.com"),
        ("custom:team", "red"),
        ("cognito:preferred_role", "r"),
    ] {
        id[name] = json!(value);
    }
    id["cognito:roles"] = json!(["r"]);
    let map = |value: Value| value.as_object().unwrap().clone();
    Claims { access: map(access), id: map(id) }
}

fn changed(version: TriggerVersion, response: Value) -> Result<Claims, Unrecognizable> {
    let change = answer(&tokens(version), response)?;
    let mut claims = claims();
    apply(&change, &mut claims, &client());
    Ok(claims)
}

fn v1(details: Value) -> Result<Claims, Unrecognizable> {
    changed(TriggerVersion::V1, json!({ "claimsOverrideDetails": details }))
}

fn v2(details: Value) -> Result<Claims, Unrecognizable> {
    changed(TriggerVersion::V2, json!({ "claimsAndScopeOverrideDetails": details }))
}

#[test]
fn the_first_version_changes_texts_of_the_id_token() {
    let found = v1(json!({
        "claimsToAddOrOverride": {"email": "other@example.com", "team": "blue", "twice": "x"},
        "claimsToSuppress": ["custom:team", "twice", "unknown"],
    }))
    .unwrap();
    assert_eq!(found.access, claims().access);
    assert_eq!(found.id["email"], "other@example.com");
    assert_eq!(found.id["team"], "blue");
    assert!(!found.id.contains_key("custom:team") && !found.id.contains_key("twice"));
    for untouched in [json!(null), json!({}), json!({"claimsToAddOrOverride": null})] {
        assert_eq!(v1(untouched), Ok(claims()));
    }
    for wrong in [
        json!({"claimsToAddOrOverride": {"n": 1}}),
        json!({"claimsToAddOrOverride": []}),
        json!({"claimsToSuppress": "email"}),
        json!({"claimsToSuppress": [1]}),
        json!({"groupOverrideDetails": "admins"}),
        json!({"groupOverrideDetails": {"groupsToOverride": "admins"}}),
        json!("x"),
    ] {
        assert_eq!(v1(wrong.clone()), Err(Unrecognizable), "{wrong}");
    }
}

#[test]
fn later_versions_change_both_tokens_with_any_value() {
    let found = v2(json!({
        "idTokenGeneration": {"claimsToAddOrOverride": {"levels": [1, {"a": true}]}},
        "accessTokenGeneration": {
            "claimsToAddOrOverride": {"tenant": {"id": 7}, "aud": CLIENT},
            "claimsToSuppress": ["nothing"],
            "scopesToAdd": ["api/read", "two words", "", "aws.cognito.x", "api/read", "api/gone"],
            "scopesToSuppress": ["api/gone"],
        },
    }))
    .unwrap();
    assert_eq!(found.id["levels"], json!([1, {"a": true}]));
    assert_eq!(found.access["tenant"], json!({"id": 7}));
    assert_eq!(found.access["aud"], CLIENT);
    assert_eq!(found.access["scope"], "aws.cognito.signin.user.admin api/read");
    let bare = json!({"accessTokenGeneration": {
        "scopesToSuppress": ["aws.cognito.signin.user.admin"],
        "claimsToAddOrOverride": {"aud": "another"},
    }});
    let bare = v2(bare).unwrap();
    assert!(!bare.access.contains_key("scope") && !bare.access.contains_key("aud"));
}

#[test]
fn what_the_server_relies_on_is_never_changed() {
    let names = [
        "sub",
        "iss",
        "exp",
        "iat",
        "jti",
        "nbf",
        "token_use",
        "auth_time",
        "origin_jti",
        "acr",
        "amr",
        "azp",
        "at_hash",
        "nonce",
        "identities",
        "event_id",
        "cognito:username",
        "cognito:groups",
        "cognito:roles",
        "cognito:preferred_role",
        "cognito:anything",
        "dev:custom:x",
    ];
    let mut add = Map::new();
    for name in names.iter().chain(&["client_id", "device_key", "username", "version", "scope"]) {
        add.insert((*name).to_owned(), json!("evil"));
    }
    let token = |add: &Map<String, Value>| json!({"claimsToAddOrOverride": add, "claimsToSuppress": add.keys().collect::<Vec<_>>()});
    assert_eq!(v2(json!({"accessTokenGeneration": token(&add)})).unwrap(), claims());
    add.retain(|name, _| names.contains(&name.as_str()));
    add.insert("aud".into(), json!("evil"));
    assert_eq!(v2(json!({"idTokenGeneration": token(&add)})).unwrap(), claims());
    assert_eq!(v1(token(&add)).unwrap(), claims());
}

#[test]
fn groups_are_replaced_as_a_whole() {
    let details = json!({
        "groupsToOverride": ["a", "b"], "iamRolesToOverride": ["r1"], "preferredRole": "r1",
    });
    for found in
        [v1(json!({"groupOverrideDetails": details})), v2(json!({"groupOverrideDetails": details}))]
    {
        let found = found.unwrap();
        assert_eq!(found.id["cognito:groups"], json!(["a", "b"]));
        assert_eq!(found.access["cognito:groups"], json!(["a", "b"]));
        assert_eq!(found.id["cognito:roles"], json!(["r1"]));
        assert_eq!(found.id["cognito:preferred_role"], "r1");
        assert!(!found.access.contains_key("cognito:roles"));
    }
    for none in [json!(null), json!({})] {
        let found = v2(json!({ "groupOverrideDetails": none })).unwrap();
        assert!(
            !found.id.keys().any(|name| name.starts_with("cognito:") && name != "cognito:username")
        );
        assert!(!found.access.contains_key("cognito:groups"));
    }
}

#[test]
fn too_much_is_not_understood() {
    let many = |count: usize| -> Value {
        let names: Vec<String> = (0..count).map(|number| format!("c{number}")).collect();
        json!({"idTokenGeneration": {"claimsToSuppress": names}})
    };
    assert!(v2(many(5_000)).is_ok());
    assert_eq!(v2(many(5_001)), Err(Unrecognizable));
    let large = json!({"claimsToAddOrOverride": {"big": "x".repeat(1024 * 1024)}});
    assert_eq!(v1(large.clone()), Err(Unrecognizable));
    assert_eq!(v2(json!({"accessTokenGeneration": large})), Err(Unrecognizable));
    let groups = json!({"groupOverrideDetails": {"groupsToOverride": ["x".repeat(1024 * 1024)]}});
    assert_eq!(v1(groups), Err(Unrecognizable));
}

#[test]
fn what_an_operator_reads_has_no_secrets_and_nobodys_data() {
    let call = UserMigration {
        source: MigrationSource::Authentication,
        client: client(),
        user_name: "canary-name".into(),
        password: Some(Secret::new("canary-password".into())),
        validation_data: Some([("k".to_owned(), "canary-data".to_owned())].into()),
        metadata: None,
    };
    let shown = redacted(&event(&call));
    assert!(!shown.to_string().contains("canary"), "{shown}");
    assert_eq!(shown["triggerSource"], "UserMigration_Authentication");
    assert_eq!(shown["callerContext"]["clientId"], CLIENT);
    assert_eq!(shown["request"]["password"], "***");
    let verify = VerifyAuthChallengeResponse {
        client: client(),
        person: Person::of(&User {
            attributes: [
                ("email".to_owned(), "canary@example.com".to_owned()),
                ("email_verified".to_owned(), "true".to_owned()),
            ]
            .into(),
            ..alice()
        }),
        private: Secret::new(r#"{"answer":"canary-answer"}"#.into()),
        answer: Secret::new("canary-guess".into()),
        metadata: Some([("k".to_owned(), "canary-metadata".to_owned())].into()),
    };
    let shown = redacted(&event(&verify));
    assert!(!shown.to_string().contains("canary"), "{shown}");
    assert_eq!(shown["request"]["userAttributes"]["sub"], SUB);
    assert_eq!(shown["request"]["userAttributes"]["email_verified"], "true");
    let answer = json!({"response": {
        "answerCorrect": true, "finalUserStatus": "CONFIRMED",
        "claimsOverrideDetails": {"claimsToAddOrOverride": {"n": 77777, "t": "canary"}},
        "emailMessage": "canary", "publicChallengeParameters": {"sub": "canary"},
    }});
    let shown = redacted(&answer);
    assert!(!shown.to_string().contains("canary") && !shown.to_string().contains("77777"));
    assert_eq!(shown["response"]["answerCorrect"], true);
    assert_eq!(shown["response"]["finalUserStatus"], "CONFIRMED");
    // However much a function returns, little is kept.
    let many: Vec<String> = vec!["x".repeat(1000); 1000];
    let bounded = redacted(&json!({ "scopes": many })).to_string().len();
    assert!(bounded < 20_000, "{bounded}");
}
