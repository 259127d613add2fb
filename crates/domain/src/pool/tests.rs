//! Every rule of pool settings, and the exact objects that are listed.

use poolhouse_wire::shapes::{SetUserPoolMfaConfigRequest, UpdateUserPoolRequest};
use serde_json::{Value, json};

use super::*;
use crate::auth::policy::{MfaMode, RecoveryChannel};
use crate::user::MfaFactor;
use crate::user::schema::SchemaRule;

const ROLE: &str = "arn:aws:iam::123456789012:role/sms";

fn realm() -> Realm {
    Realm { region: "us-west-2".into(), account: "123456789012".into() }
}

/// Two objects made one; where both have a member, the second's counts.
fn with(base: Value, more: Value) -> Value {
    let (Value::Object(mut base), Value::Object(more)) = (base, more) else { panic!() };
    base.extend(more);
    Value::Object(base)
}

fn create(request: Value) -> Result<Pool> {
    let request = with(json!({"PoolName": "MyUserPool"}), request);
    let request = serde_json::from_value(request).unwrap();
    let created = Timestamp::from_millis(1_726_784_814_598);
    Pool::create(PoolId::new("us-west-2_aBcDeFgHi"), &request, &realm(), created)
}

fn update(pool: &Pool, request: Value) -> Result<Pool> {
    let request = with(json!({"UserPoolId": "us-west-2_aBcDeFgHi"}), request);
    let request: UpdateUserPoolRequest = serde_json::from_value(request).unwrap();
    pool.clone().update(&request, &realm(), Timestamp::from_millis(1_726_784_900_000))
}

fn set_mfa(pool: &Pool, request: Value) -> Result<Pool> {
    let request = with(json!({"UserPoolId": "us-west-2_aBcDeFgHi"}), request);
    let request: SetUserPoolMfaConfigRequest = serde_json::from_value(request).unwrap();
    pool.clone().set_mfa_config(&request, &realm(), Timestamp::from_millis(1_726_784_900_000))
}

fn rule(result: Result<Pool>) -> PoolRule {
    match result.unwrap_err() {
        Error::Pool(rule) => rule,
        other => panic!("{other:?}"),
    }
}

fn refused(request: Value) -> PoolRule {
    rule(create(request))
}

fn described(pool: &Pool) -> Value {
    serde_json::to_value(pool.describe(&realm())).unwrap()
}

/// One member as DescribeUserPool lists it, null where it is absent.
fn member(pool: &Pool, name: &str) -> Value {
    described(pool).get(name).cloned().unwrap_or_default()
}

fn sms() -> Value {
    json!({"SmsConfiguration": {"SnsCallerArn": ROLE}})
}

fn own_sender() -> Value {
    json!({
        "EmailConfiguration": {
            "EmailSendingAccount": "DEVELOPER",
            "SourceArn": "arn:aws:ses:us-west-2:123456789012:identity/example.com",
        },
    })
}

#[test]
fn a_pool_with_nothing_but_a_name_is_the_documented_object() {
    let expected = json!({
        "Id": "us-west-2_aBcDeFgHi",
        "Name": "MyUserPool",
        "Policies": {
            "PasswordPolicy": {
                "MinimumLength": 8, "RequireUppercase": true, "RequireLowercase": true,
                "RequireNumbers": true, "RequireSymbols": true, "TemporaryPasswordValidityDays": 7,
            },
            "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]},
        },
        "DeletionProtection": "INACTIVE",
        "LambdaConfig": {},
        "LastModifiedDate": 1_726_784_814.598,
        "CreationDate": 1_726_784_814.598,
        "SchemaAttributes": Schema::standard().to_wire(),
        "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_CODE"},
        "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": []},
        "MfaConfiguration": "OFF",
        "EstimatedNumberOfUsers": 0,
        "EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT"},
        "UserPoolTags": {},
        "AdminCreateUserConfig": {
            "AllowAdminCreateUserOnly": false, "UnusedAccountValidityDays": 7,
        },
        "Arn": "arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_aBcDeFgHi",
        "AccountRecoverySetting": {"RecoveryMechanisms": [
            {"Priority": 1, "Name": "verified_email"},
            {"Priority": 2, "Name": "verified_phone_number"},
        ]},
        "UserPoolTier": "ESSENTIALS",
        "AcrConfiguration": {
            "Level1": {"AcrValue": "urn:cognito:loa:1"},
            "Level2": {"AcrValue": "urn:cognito:loa:2"},
            "Level3": {"AcrValue": "urn:cognito:loa:3"},
            "Level4": {"AcrValue": "urn:cognito:loa:4"},
        },
    });
    let pool = create(json!({})).unwrap();
    assert_eq!(described(&pool), expected);
    assert_eq!(pool.settings, PoolSettings::default());

    let mut created = expected;
    created.as_object_mut().unwrap().remove("UserPoolTags");
    assert_eq!(serde_json::to_value(pool.describe_created(&realm())).unwrap(), created);
}

#[test]
fn a_list_shows_five_members() {
    let pool = create(json!({"LambdaConfig": {"PreTokenGeneration": "arn:f"}})).unwrap();
    let expected = json!({
        "Id": "us-west-2_aBcDeFgHi", "Name": "MyUserPool",
        "LambdaConfig": {
            "PreTokenGeneration": "arn:f",
            "PreTokenGenerationConfig": {"LambdaArn": "arn:f", "LambdaVersion": "V1_0"},
        },
        "LastModifiedDate": 1_726_784_814.598, "CreationDate": 1_726_784_814.598,
    });
    assert_eq!(serde_json::to_value(pool.list_item()).unwrap(), expected);
}

#[test]
fn what_is_sent_comes_back_as_it_was_sent() {
    let request = json!({
        "AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]},
        "AliasAttributes": ["email", "preferred_username"],
        "AutoVerifiedAttributes": ["email"],
        "DeletionProtection": "ACTIVE",
        "IssuerConfiguration": {"Type": "UPDATED"},
        "KeyConfiguration": {"KeyType": "AWS_OWNED_KEY"},
        "LambdaConfig": {
            "CustomEmailSender": {"LambdaArn": "arn:f", "LambdaVersion": "V1_0"},
            "KMSKeyID": "arn:k", "PreSignUp": "arn:p",
        },
        "SmsAuthenticationMessage": "Use {####}",
        "SmsConfiguration": {"SnsCallerArn": ROLE, "ExternalId": "x", "SnsRegion": "eu-west-1"},
        "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
        "UserPoolTags": {"team": "red"},
        "UserPoolTier": "PLUS",
        "UsernameConfiguration": {"CaseSensitive": false},
    });
    let pool = create(request.clone()).unwrap();
    for (name, sent) in request.as_object().unwrap() {
        assert_eq!(member(&pool, name), *sent, "{name}");
    }
    let pool = create(json!({"UsernameAttributes": ["email", "phone_number"]})).unwrap();
    assert_eq!(member(&pool, "UsernameAttributes"), json!(["email", "phone_number"]));
}

#[test]
fn the_stored_document_reads_back_and_fills_in_what_it_lacks() {
    let request = json!({
        "AcrConfiguration": {"Level2": {"AcrValue": "silver"}},
        "DcrConfiguration": {}, "DeviceConfiguration": {}, "UserPoolTags": {"a": "b"},
    });
    let pool = create(request).unwrap();
    let document = serde_json::to_string(&pool.settings).unwrap();
    assert_eq!(serde_json::from_str::<PoolSettings>(&document).unwrap(), pool.settings);
    assert_eq!(serde_json::from_str::<PoolSettings>("{}").unwrap(), PoolSettings::default());
}

#[test]
fn a_password_policy_that_is_sent_switches_off_what_it_does_not_name() {
    let policy = |request| member(&create(request).unwrap(), "Policies")["PasswordPolicy"].clone();
    let sent = json!({"Policies": {"PasswordPolicy": {"RequireNumbers": true}}});
    let expected = json!({
        "MinimumLength": 8, "RequireUppercase": false, "RequireLowercase": false,
        "RequireNumbers": true, "RequireSymbols": false, "TemporaryPasswordValidityDays": 7,
    });
    assert_eq!(policy(sent), expected);
    let sent = json!({"Policies": {"PasswordPolicy": {
        "MinimumLength": 12, "PasswordHistorySize": 3, "TemporaryPasswordValidityDays": 0,
    }}});
    let made = policy(sent);
    assert_eq!(made["MinimumLength"], 12);
    assert_eq!(made["PasswordHistorySize"], 3);
    assert_eq!(made["TemporaryPasswordValidityDays"], 7);
}

#[test]
fn the_two_names_of_one_number_of_days_mirror_each_other() {
    let days = |request| {
        let pool = create(request).unwrap();
        let policy = &member(&pool, "Policies")["PasswordPolicy"];
        let older = &member(&pool, "AdminCreateUserConfig")["UnusedAccountValidityDays"];
        assert_eq!(policy["TemporaryPasswordValidityDays"], *older);
        older.clone()
    };
    let older = json!({"AdminCreateUserConfig": {"UnusedAccountValidityDays": 2}});
    let newer = json!({"Policies": {"PasswordPolicy": {"TemporaryPasswordValidityDays": 3}}});
    assert_eq!(days(older.clone()), 2);
    assert_eq!(days(newer.clone()), 3);
    let both = refused(with(older, newer));
    assert_eq!(both, SettingsRule::ValidityDaysTwice.into());
}

#[test]
fn the_older_names_of_verification_texts_mirror_the_template() {
    let older = json!({
        "SmsVerificationMessage": "sms {####}", "EmailVerificationMessage": "mail {####}",
        "EmailVerificationSubject": "subject",
    });
    let template = json!({
        "DefaultEmailOption": "CONFIRM_WITH_CODE", "SmsMessage": "sms {####}",
        "EmailMessage": "mail {####}", "EmailSubject": "subject",
    });
    let newer = json!({"VerificationMessageTemplate": template});
    for request in [older.clone(), newer] {
        let pool = create(request).unwrap();
        assert_eq!(member(&pool, "VerificationMessageTemplate"), template);
        for (name, text) in older.as_object().unwrap() {
            assert_eq!(member(&pool, name), *text);
        }
    }
}

#[test]
fn parts_that_are_sent_empty_are_filled_in() {
    let pool = create(json!({
        "DeviceConfiguration": {}, "DcrConfiguration": {}, "EmailConfiguration": {"From": "a@b.c"},
        "UserPoolAddOns": {"AdvancedSecurityMode": "OFF"}, "AccountRecoverySetting": {},
    }));
    let pool = with(described(&pool.unwrap()), json!({}));
    assert_eq!(
        pool["DeviceConfiguration"],
        json!({"ChallengeRequiredOnNewDevice": false, "DeviceOnlyRememberedOnUserPrompt": false})
    );
    assert_eq!(
        pool["DcrConfiguration"],
        json!({
            "EnableStatus": "Enabled", "OpenDcrEnabled": false,
            "AuthenticatedGrantTypes": ["code", "client_credentials"],
            "OpenDcrGrantTypes": ["code"],
        })
    );
    assert_eq!(
        pool["EmailConfiguration"],
        json!({"From": "a@b.c", "EmailSendingAccount": "COGNITO_DEFAULT"})
    );
    assert_eq!(
        pool["UserPoolAddOns"],
        json!({"AdvancedSecurityMode": "OFF", "AdvancedSecurityAdditionalFlows": {}})
    );
    assert_eq!(
        pool["AccountRecoverySetting"],
        described(&create(json!({})).unwrap())["AccountRecoverySetting"]
    );
}

#[test]
fn text_messages_are_sent_from_the_pools_region_by_one_sender() {
    let pool = create(sms()).unwrap();
    assert_eq!(member(&pool, "SmsConfiguration")["SnsRegion"], "us-west-2");
    let eums = |region: &str| json!({"EumsSms": {"CallerArn": ROLE, "Region": region}});
    let pool = create(json!({"SmsConfiguration": eums("us-west-2")})).unwrap();
    assert_eq!(member(&pool, "SmsConfiguration"), eums("us-west-2"));
    let elsewhere = refused(json!({"SmsConfiguration": eums("eu-west-1")}));
    assert_eq!(elsewhere, SettingsRule::SmsRegion.into());
    let both = with(eums("us-west-2"), json!({"SnsCallerArn": ROLE}));
    for config in [json!({}), both] {
        let refused = refused(json!({"SmsConfiguration": config}));
        assert_eq!(refused, SettingsRule::SmsSender.into());
    }
}

#[test]
fn a_creation_is_refused_by_each_rule() {
    let cases: [(Value, PoolRule); 18] = [
        (
            json!({"AliasAttributes": ["email"], "UsernameAttributes": ["email"]}),
            SettingsRule::AliasAndUsernameAttributes.into(),
        ),
        (
            json!({
                "AliasAttributes": ["preferred_username"],
                "Schema": [{"Name": "preferred_username", "Required": true}],
            }),
            SettingsRule::PreferredUsernameRequired.into(),
        ),
        (json!({"MfaConfiguration": "ON"}), FactorsRule::SmsForMfa.into()),
        (json!({"MfaConfiguration": "OPTIONAL"}), FactorsRule::SmsForMfa.into()),
        (
            json!({"AutoVerifiedAttributes": ["email", "phone_number"]}),
            SettingsRule::SmsForAutoVerification.into(),
        ),
        (
            json!({"EmailConfiguration": {"EmailSendingAccount": "DEVELOPER"}}),
            SettingsRule::EmailSourceMissing.into(),
        ),
        (
            json!({"LambdaConfig": {
                "PreTokenGeneration": "arn:a",
                "PreTokenGenerationConfig": {"LambdaArn": "arn:b", "LambdaVersion": "V1_0"},
            }}),
            SettingsRule::PreTokenTriggers.into(),
        ),
        (
            json!({"LambdaConfig": {
                "CustomSMSSender": {"LambdaArn": "arn:b", "LambdaVersion": "V1_0"},
            }}),
            SettingsRule::SenderKeyMissing.into(),
        ),
        (
            json!({"AccountRecoverySetting": {"RecoveryMechanisms": [
                {"Name": "verified_email", "Priority": 1}, {"Name": "admin_only", "Priority": 2},
            ]}}),
            SettingsRule::RecoveryAdminOnly.into(),
        ),
        (
            json!({"AccountRecoverySetting": {"RecoveryMechanisms": [
                {"Name": "verified_email", "Priority": 1},
                {"Name": "verified_phone_number", "Priority": 1},
            ]}}),
            SettingsRule::RecoveryRepeated.into(),
        ),
        (
            json!({"AccountRecoverySetting": {"RecoveryMechanisms": [
                {"Name": "verified_email", "Priority": 1},
                {"Name": "verified_email", "Priority": 2},
            ]}}),
            SettingsRule::RecoveryRepeated.into(),
        ),
        (first_factors(&["EMAIL_OTP"]), FactorsRule::PasswordMissing.into()),
        (first_factors(&["PASSWORD", "SOFTWARE_TOKEN"]), FactorsRule::SoftwareTokenFirst.into()),
        (
            with(first_factors(&["PASSWORD", "SMS_OTP"]), required_sms()),
            FactorsRule::OneTimePasswordWithMfa.into(),
        ),
        (
            with(first_factors(&["PASSWORD", "WEB_AUTHN"]), required_sms()),
            FactorsRule::PasskeyWithMfa.into(),
        ),
        (
            json!({
                "AutoVerifiedAttributes": [],
                "UserAttributeUpdateSettings": {
                    "AttributesRequireVerificationBeforeUpdate": ["email"],
                },
            }),
            SettingsRule::VerificationBeforeUpdate.into(),
        ),
        (json!({"UserPoolTags": {"aws:x": "y"}}), PoolRule::ReservedTag),
        (
            json!({"AcrConfiguration": {"Level1": {"AcrValue": "urn:cognito:loa:2"}}}),
            SettingsRule::AcrRepeated.into(),
        ),
    ];
    for (request, expected) in cases {
        assert_eq!(refused(request.clone()), expected, "{request}");
    }
}

fn first_factors(factors: &[&str]) -> Value {
    json!({"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": factors}}})
}

fn required_sms() -> Value {
    with(sms(), json!({"MfaConfiguration": "ON"}))
}

#[test]
fn the_schema_is_read_after_the_names_and_before_the_rest() {
    let schema =
        json!({"Schema": [{"Name": "x", "AttributeDataType": "String", "Required": true}]});
    let error = create(with(schema.clone(), json!({"MfaConfiguration": "ON"}))).unwrap_err();
    let custom = Error::from(SchemaRule::RequiredCustom);
    assert_eq!(format!("{error:?}"), format!("{custom:?}"));
    let names = json!({"AliasAttributes": ["email"], "UsernameAttributes": ["email"]});
    let both = SettingsRule::AliasAndUsernameAttributes;
    assert_eq!(refused(with(schema, names)), both.into());
}

#[test]
fn fifty_tags_are_enough() {
    let tags = |count: usize| -> Value {
        let tags: BTreeMap<_, _> = (0..count).map(|n| (n.to_string(), String::new())).collect();
        json!({"UserPoolTags": tags})
    };
    assert_eq!(create(tags(50)).unwrap().settings.tags().len(), 50);
    assert_eq!(refused(tags(51)), PoolRule::TooManyTags);
}

#[test]
fn default_names_of_levels_are_no_choice() {
    let defaults = described(&create(json!({})).unwrap())["AcrConfiguration"].clone();
    let lite = json!({"UserPoolTier": "LITE", "AcrConfiguration": defaults});
    assert!(create(lite).is_ok());
    let swapped = json!({"AcrConfiguration": {
        "Level1": {"AcrValue": "urn:cognito:loa:2"}, "Level2": {"AcrValue": "urn:cognito:loa:1"},
    }});
    let pool = create(swapped).unwrap();
    assert_eq!(member(&pool, "AcrConfiguration")["Level1"]["AcrValue"], "urn:cognito:loa:2");
    assert_eq!(member(&pool, "AcrConfiguration")["Level3"]["AcrValue"], "urn:cognito:loa:3");
}

/// Requests that use one feature each, and the lowest plan that has it.
fn gated() -> Vec<(Value, &'static str, &'static str)> {
    let pre_token = |version: &str| {
        json!({"LambdaConfig": {"PreTokenGenerationConfig": {
            "LambdaArn": "arn:f", "LambdaVersion": version,
        }}})
    };
    vec![
        (first_factors(&["PASSWORD", "EMAIL_OTP"]), "Choice-Based Sign-In", "ESSENTIALS"),
        (
            json!({"Policies": {"PasswordPolicy": {"PasswordHistorySize": 1}}}),
            "Password History",
            "ESSENTIALS",
        ),
        (
            pre_token("V2_0"),
            "Token Customization with Pre-Token Generation Lambda V2_0",
            "ESSENTIALS",
        ),
        (
            pre_token("V3_0"),
            "Token Customization with Pre-Token Generation Lambda V3_0",
            "ESSENTIALS",
        ),
        (json!({"DcrConfiguration": {}}), "Dynamic Client Registration", "ESSENTIALS"),
        (
            json!({"AcrConfiguration": {"Level1": {"AcrValue": "x"}}}),
            "Authentication Context Class Configuration",
            "ESSENTIALS",
        ),
        (json!({"UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}}), "Threat Protection", "PLUS"),
    ]
}

#[test]
fn features_need_their_plan() {
    for (request, feature, plan) in gated() {
        let tier = |tier: &str| with(request.clone(), json!({"UserPoolTier": tier}));
        assert!(create(tier(plan)).is_ok(), "{feature}");
        let below = if plan == "PLUS" { "ESSENTIALS" } else { "LITE" };
        assert_eq!(refused(tier(below)), PoolRule::FeatureUnavailable(vec![feature]));

        let pool = create(tier(plan)).unwrap();
        assert_eq!(rule(update(&pool, tier(below))), PoolRule::TierChange(vec![feature]));
        let pool = create(json!({"UserPoolTier": below})).unwrap();
        let unavailable = PoolRule::FeatureUnavailable(vec![feature]);
        assert_eq!(rule(update(&pool, request.clone())), unavailable);
    }
    let off = json!({"UserPoolTier": "LITE", "DcrConfiguration": {"EnableStatus": "Disabled"}});
    assert!(create(off).is_ok());
}

#[test]
fn threat_protection_asks_for_its_plan_by_itself() {
    let pool = create(json!({"UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"}})).unwrap();
    assert_eq!(member(&pool, "UserPoolTier"), "PLUS");
    let pool = create(json!({"UserPoolAddOns": {"AdvancedSecurityMode": "OFF"}})).unwrap();
    assert_eq!(member(&pool, "UserPoolTier"), "ESSENTIALS");
}

#[test]
fn an_empty_update_resets_everything_but_what_is_kept() {
    let kept = json!({
        "AliasAttributes": ["email"],
        "UsernameConfiguration": {"CaseSensitive": false},
        "Schema": [{"Name": "x", "AttributeDataType": "String"}],
        "DeletionProtection": "ACTIVE",
        "UserPoolTags": {"a": "b"},
        "UserPoolTier": "PLUS",
        "DcrConfiguration": {"OpenDcrEnabled": true},
    });
    let reset = json!({
        "AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]},
        "AcrConfiguration": {"Level1": {"AcrValue": "x"}},
        "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": true},
        "AutoVerifiedAttributes": ["email"],
        "DeviceConfiguration": {},
        "EmailConfiguration": {"From": "a@b.c"},
        "EmailVerificationSubject": "s",
        "IssuerConfiguration": {"Type": "UPDATED"},
        "KeyConfiguration": {"KeyType": "AWS_OWNED_KEY"},
        "LambdaConfig": {"PreSignUp": "arn:f"},
        "MfaConfiguration": "OPTIONAL",
        "Policies": {"PasswordPolicy": {"MinimumLength": 20}},
        "SmsAuthenticationMessage": "{####}..",
        "SmsConfiguration": {"SnsCallerArn": ROLE},
        "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
        "UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"},
    });
    let mut expected = described(&create(kept.clone()).unwrap());
    expected["LastModifiedDate"] = json!(1_726_784_900.0);
    let updated = update(&create(with(kept, reset)).unwrap(), json!({})).unwrap();
    assert_eq!(described(&updated), expected);
}

#[test]
fn an_update_sets_what_it_names() {
    let pool = create(json!({"DcrConfiguration": {"OpenDcrEnabled": true}})).unwrap();
    let request = json!({
        "PoolName": "Other", "DeletionProtection": "ACTIVE", "UserPoolTags": {"c": "d"},
        "DcrConfiguration": {"EnableStatus": "Disabled"},
    });
    let updated = update(&pool, request).unwrap();
    assert_eq!(updated.name, "Other");
    assert_eq!(member(&updated, "DeletionProtection"), "ACTIVE");
    assert_eq!(member(&updated, "UserPoolTags"), json!({"c": "d"}));
    assert_eq!(member(&updated, "DcrConfiguration")["OpenDcrEnabled"], false);
    assert_eq!(updated.created, pool.created);
    assert!(!updated.settings.registers_clients());
}

#[test]
fn an_update_keeps_the_factors_and_lets_mfa_be_switched_on_with_them() {
    let pool = create(json!({})).unwrap();
    let refused = rule(update(&pool, json!({"MfaConfiguration": "ON"})));
    assert_eq!(refused, FactorsRule::SmsForMfa.into());

    let totp = json!({
        "MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": {"Enabled": true},
    });
    let pool = set_mfa(&pool, totp).unwrap();
    let off = update(&pool, json!({})).unwrap();
    let config = serde_json::to_value(off.settings.mfa_config()).unwrap();
    let expected = json!({
        "MfaConfiguration": "OFF", "SoftwareTokenMfaConfiguration": {"Enabled": true},
    });
    assert_eq!(config, expected);
    let on = update(&off, json!({"MfaConfiguration": "ON"})).unwrap();
    assert_eq!(on.settings.auth_policy().mfa, MfaMode::Required);
    assert_eq!(on.settings.mfa_factors(), [MfaFactor::Totp].into());
}

#[test]
fn text_messages_for_verification_do_not_become_a_factor_by_an_update() {
    let pool = create(sms()).unwrap();
    assert!(pool.settings.mfa_factors().is_empty());
    assert!(pool.settings.can_send_sms());
    let totp = json!({
        "MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": true},
    });
    let pool = set_mfa(&pool, totp).unwrap();
    assert!(pool.settings.can_send_sms());
    let again = update(&pool, required_sms()).unwrap();
    assert_eq!(again.settings.mfa_factors(), [MfaFactor::Totp].into());
    // Switched on anew, they are a factor.
    let off = update(&again, sms()).unwrap();
    let on = update(&off, required_sms()).unwrap();
    assert_eq!(on.settings.mfa_factors(), [MfaFactor::Sms, MfaFactor::Totp].into());
}

#[test]
fn a_pool_that_asks_for_mfa_from_the_start_asks_by_text_message() {
    let pool = create(required_sms()).unwrap();
    assert_eq!(pool.settings.mfa_factors(), [MfaFactor::Sms].into());
    let totp = json!({
        "MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": true},
    });
    let pool = set_mfa(&pool, totp).unwrap();
    assert_eq!(pool.settings.mfa_factors(), [MfaFactor::Totp].into());
}

#[test]
fn the_mfa_configuration_is_listed_as_it_was_set() {
    let pool = create(json!({})).unwrap();
    let config = |pool: &Pool| serde_json::to_value(pool.settings.mfa_config()).unwrap();
    assert_eq!(config(&pool), json!({"MfaConfiguration": "OFF"}));
    let wanted = json!({
        "MfaConfiguration": "OPTIONAL",
        "SmsMfaConfiguration": {
            "SmsAuthenticationMessage": "Your code is {####}",
            "SmsConfiguration": {"SnsCallerArn": ROLE, "SnsRegion": "us-west-2"},
        },
        "SoftwareTokenMfaConfiguration": {"Enabled": true},
        "WebAuthnConfiguration": {"RelyingPartyId": "example.com", "UserVerification": "required"},
    });
    let pool = set_mfa(&pool, wanted.clone()).unwrap();
    assert_eq!(config(&pool), wanted);
    assert_eq!(serde_json::to_value(pool.settings.mfa_config_set()).unwrap(), wanted);
    assert_eq!(member(&pool, "MfaConfiguration"), "OPTIONAL");
    assert_eq!(member(&pool, "SmsAuthenticationMessage"), "Your code is {####}");
    assert_eq!(member(&pool, "SmsConfiguration")["SnsCallerArn"], ROLE);

    let off = set_mfa(&pool, json!({"MfaConfiguration": "OFF"})).unwrap();
    assert_eq!(config(&off), json!({"MfaConfiguration": "OFF"}));
}

#[test]
fn the_mode_is_kept_where_only_factors_are_named() {
    let pool = create(required_sms()).unwrap();
    let pool = set_mfa(&pool, json!({"SoftwareTokenMfaConfiguration": {"Enabled": true}})).unwrap();
    assert_eq!(pool.settings.auth_policy().mfa, MfaMode::Required);
}

#[test]
fn an_mfa_configuration_is_refused_by_each_rule() {
    let plain = create(json!({})).unwrap();
    let mail = create(own_sender()).unwrap();
    let only_mail = json!({"AccountRecoverySetting": {"RecoveryMechanisms": [
        {"Name": "verified_email", "Priority": 1},
    ]}});
    let only_mail = create(with(own_sender(), only_mail)).unwrap();
    let choice = create(first_factors(&["PASSWORD", "WEB_AUTHN"])).unwrap();
    let lite = create(with(own_sender(), json!({"UserPoolTier": "LITE"}))).unwrap();
    let email = json!({"MfaConfiguration": "ON", "EmailMfaConfiguration": {}});
    let totp = json!({
        "MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": true},
    });
    let off = json!({
        "MfaConfiguration": "OFF", "SoftwareTokenMfaConfiguration": {"Enabled": true},
    });
    let disabled = json!({
        "MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": false},
    });
    let sms = json!({"MfaConfiguration": "ON", "SmsMfaConfiguration": {}});
    let passkey = json!({"MfaConfiguration": "OFF", "WebAuthnConfiguration": {}});
    for (pool, request, expected) in [
        (&plain, json!({"MfaConfiguration": "OPTIONAL"}), FactorsRule::NoMfaFactor.into()),
        (&plain, disabled, FactorsRule::NoMfaFactor.into()),
        (&plain, off, FactorsRule::MfaOffWithFactor.into()),
        (&plain, sms, FactorsRule::SmsForMfa.into()),
        (&plain, email.clone(), FactorsRule::EmailMfaSender.into()),
        (&only_mail, email.clone(), FactorsRule::EmailMfaRecovery.into()),
        (&choice, totp.clone(), FactorsRule::PasskeyWithMfa.into()),
        (&lite, email.clone(), PoolRule::FeatureUnavailable(vec!["Email MFA"])),
        (&lite, passkey, PoolRule::FeatureUnavailable(vec!["Passkeys"])),
    ] {
        assert_eq!(rule(set_mfa(pool, request.clone())), expected, "{request}");
    }
    let double = json!({"WebAuthnConfiguration": {
        "FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION",
    }});
    assert!(set_mfa(&choice, with(totp, double)).is_ok());

    // What email MFA needs cannot be taken away from under it.
    let mail = set_mfa(&mail, email).unwrap();
    assert_eq!(mail.settings.mfa_factors(), [MfaFactor::Email].into());
    let taken = update(&mail, json!({"MfaConfiguration": "ON"}));
    assert_eq!(rule(taken), FactorsRule::EmailMfaSender.into());
}

#[test]
fn deletion_protection_refuses_the_deletion() {
    assert!(create(json!({})).unwrap().check_deletable().is_ok());
    let pool = create(json!({"DeletionProtection": "ACTIVE"})).unwrap();
    let refused = pool.check_deletable().map(|()| pool);
    assert_eq!(rule(refused), SettingsRule::DeletionProtected.into());
}

#[test]
fn a_sign_in_sees_the_policy() {
    let pool = create(json!({
        "DeviceConfiguration": {"ChallengeRequiredOnNewDevice": true},
        "LambdaConfig": {"PreSignUp": "arn:f", "PreTokenGenerationConfig": {
            "LambdaArn": "arn:g", "LambdaVersion": "V1_0",
        }},
        "Schema": [{"Name": "email", "Required": true}, {"Name": "name", "Required": true}],
        "AccountRecoverySetting": {"RecoveryMechanisms": [
            {"Name": "verified_email", "Priority": 2},
            {"Name": "verified_phone_number", "Priority": 1},
        ]},
    }))
    .unwrap();
    let policy = pool.settings.auth_policy();
    assert_eq!(policy.mfa, MfaMode::Off);
    assert!(policy.factors.is_empty());
    assert_eq!(policy.recovery, Some(RecoveryChannel::Phone));
    let tracking = policy.tracking.unwrap();
    assert_eq!((tracking.device_replaces_mfa, tracking.remembered_on_prompt), (true, false));
    assert_eq!(policy.required_attributes, ["name", "email"]);
    assert_eq!(policy.triggers, ["PreSignUp".to_owned(), "PreTokenGeneration".to_owned()].into());
    let plain = create(json!({})).unwrap().settings.auth_policy();
    assert_eq!((plain.recovery, plain.tracking), (Some(RecoveryChannel::Email), None));
    assert!(plain.triggers.is_empty());
}

#[test]
fn administrators_only_means_nobody_signs_up_or_recovers() {
    let pool = create(json!({
        "AdminCreateUserConfig": {
            "AllowAdminCreateUserOnly": true,
            "InviteMessageTemplate": {"EmailSubject": "Hello"},
        },
        "AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]},
    }))
    .unwrap();
    assert!(!pool.settings.allows_sign_up());
    assert_eq!(pool.settings.auth_policy().recovery, None);
    assert_eq!(pool.settings.invite_template().email_subject.as_deref(), Some("Hello"));
    assert!(create(json!({})).unwrap().settings.allows_sign_up());
}
