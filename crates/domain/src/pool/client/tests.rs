//! Every rule of client settings, and the exact objects that are listed.

use poolhouse_wire::shapes::CreateUserPoolRequest;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value, json};

use super::*;
use crate::auth::policy::Flow;
use crate::id::Realm;

fn with(base: Value, more: Value) -> Value {
    let (Value::Object(mut base), Value::Object(more)) = (base, more) else { panic!() };
    base.extend(more);
    Value::Object(base)
}

fn pool(request: Value) -> Pool {
    let request: CreateUserPoolRequest =
        serde_json::from_value(with(json!({"PoolName": "p"}), request)).unwrap();
    let realm = Realm { region: "us-west-2".into(), account: "123456789012".into() };
    let id = PoolId::new("us-west-2_aBcDeFgHi");
    Pool::create(id, &request, &realm, Timestamp::default()).unwrap()
}

fn create_in(pool: &Pool, request: Value) -> Result<Client> {
    let base = json!({"UserPoolId": "us-west-2_aBcDeFgHi", "ClientName": "app"});
    let request = serde_json::from_value(with(base, request)).unwrap();
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    Client::create(&request, pool, Timestamp::from_millis(1_726_788_459_464), &mut rng)
}

fn create(request: Value) -> Result<Client> {
    create_in(&pool(json!({})), request)
}

fn update(client: &Client, request: Value) -> Result<Client> {
    let base = json!({"UserPoolId": "us-west-2_aBcDeFgHi", "ClientId": client.id});
    let request = serde_json::from_value(with(base, request)).unwrap();
    let now = Timestamp::from_millis(1_726_788_500_000);
    client.clone().update(&request, &pool(json!({})), now)
}

fn rule(result: Result<Client>) -> ClientRule {
    match result.unwrap_err() {
        Error::Client(rule) => rule,
        other => panic!("{other:?}"),
    }
}

fn refused(request: Value) -> ClientRule {
    rule(create(request))
}

fn described(client: &Client) -> Value {
    serde_json::to_value(client.describe()).unwrap()
}

fn policy(request: Value) -> ClientPolicy {
    create(request).unwrap().auth_policy()
}

#[test]
fn a_client_with_nothing_but_a_name_is_the_documented_object() {
    let client = create(json!({})).unwrap();
    let expected = json!({
        "UserPoolId": "us-west-2_aBcDeFgHi", "ClientName": "app", "ClientId": client.id,
        "LastModifiedDate": 1_726_788_459.464, "CreationDate": 1_726_788_459.464,
        "RefreshTokenValidity": 30, "TokenValidityUnits": {},
        "AllowedOAuthFlowsUserPoolClient": false, "EnableTokenRevocation": true,
        "EnablePropagateAdditionalUserContextData": false, "AuthSessionValidity": 3,
        "ClientType": "REGULAR",
    });
    assert_eq!(described(&client), expected);
    assert_eq!(client.settings, ClientSettings::default());
    assert!(client.secrets.is_empty());
    assert_eq!(
        serde_json::to_value(client.list_item()).unwrap(),
        json!({
            "UserPoolId": "us-west-2_aBcDeFgHi", "ClientName": "app", "ClientId": client.id,
        })
    );
}

#[test]
fn a_client_with_nothing_but_a_name_has_the_documented_effects() {
    let expected = ClientPolicy {
        flows: [Flow::UserSrp, Flow::Custom, Flow::Refresh].into(),
        hides_users: false,
        session_minutes: 3,
        revocation: true,
        access_seconds: 3600,
        id_seconds: 3600,
        refresh_seconds: 30 * 86_400,
        rotation: false,
        retry_seconds: 0,
    };
    assert_eq!(policy(json!({})), expected);
}

#[test]
fn what_is_sent_comes_back_as_it_was_sent() {
    let request = json!({
        "AccessTokenValidity": 10, "IdTokenValidity": 20, "RefreshTokenValidity": 90,
        "TokenValidityUnits": {
            "AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "minutes",
        },
        "AllowedOAuthFlows": ["code", "implicit"], "AllowedOAuthFlowsUserPoolClient": true,
        "AllowedOAuthScopes": ["openid", "email"],
        "AnalyticsConfiguration": {"ApplicationArn": "arn:a", "UserDataShared": true},
        "AuthSessionValidity": 15,
        "CallbackURLs": ["https://example.com/cb"], "LogoutURLs": ["myapp://bye"],
        "DefaultRedirectURI": "https://example.com/cb",
        "EnableTokenRevocation": false,
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_TOKEN_EXCHANGE_DELEGATION"],
        "PreventUserExistenceErrors": "ENABLED",
        "ReadAttributes": ["email", "email_verified"], "WriteAttributes": ["email"],
        "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 10},
        "SupportedIdentityProviders": ["COGNITO"],
        "ClientSecret": "mine-0123456789012345678", "EnablePropagateAdditionalUserContextData": true,
    });
    let client = create(request.clone()).unwrap();
    let listed = described(&client);
    for (name, sent) in request.as_object().unwrap() {
        assert_eq!(listed[name], *sent, "{name}");
    }
    let document = serde_json::to_string(&client.settings).unwrap();
    assert_eq!(serde_json::from_str::<ClientSettings>(&document).unwrap(), client.settings);
    let nothing = serde_json::from_str::<ClientSettings>("{}").unwrap();
    assert_eq!(nothing, ClientSettings::default());
    let seen = client.auth_policy();
    assert!(seen.hides_users && seen.rotation && !seen.revocation);
    assert_eq!((seen.access_seconds, seen.id_seconds, seen.refresh_seconds), (600, 1200, 5400));
    assert_eq!(seen.session_minutes, 15);
}

#[test]
fn a_secret_is_generated_or_chosen_and_shown() {
    let client = create(json!({"GenerateSecret": true})).unwrap();
    let [secret] = client.secrets.as_slice() else { panic!() };
    assert_eq!(secret.id, format!("{}--1726788459464", client.id));
    assert_eq!(secret.created, client.created);
    let value = secret.value.expose();
    assert!(value.len() >= 50 && value.chars().all(|c| c.is_ascii_alphanumeric()));
    assert_eq!(described(&client)["ClientSecret"], **value);

    let chosen = "abcdefghijklmnopqrstuvwxyz";
    let client = create(json!({"ClientSecret": chosen, "GenerateSecret": false})).unwrap();
    assert_eq!(described(&client)["ClientSecret"], chosen);
    let both = refused(json!({"ClientSecret": chosen, "GenerateSecret": true}));
    assert_eq!(both, AuthRule::SecretTwice.into());
}

#[test]
fn units_are_shown_all_or_none() {
    let units = |sent: Value| {
        let request = json!({"TokenValidityUnits": sent, "AccessTokenValidity": 5});
        described(&create(request).unwrap())["TokenValidityUnits"].clone()
    };
    assert_eq!(units(json!({})), json!({}));
    assert_eq!(
        units(json!({"IdToken": "minutes"})),
        json!({"AccessToken": "hours", "IdToken": "minutes", "RefreshToken": "days"})
    );
}

#[test]
fn the_default_of_refresh_tokens_is_thirty_days_in_every_unit() {
    for (unit, shown) in [("seconds", 2_592_000), ("minutes", 43_200), ("hours", 720), ("days", 30)]
    {
        for validity in [json!({}), json!({"RefreshTokenValidity": 0})] {
            let request = with(validity, json!({"TokenValidityUnits": {"RefreshToken": unit}}));
            let client = create(request).unwrap();
            assert_eq!(described(&client)["RefreshTokenValidity"], shown);
            assert_eq!(client.auth_policy().refresh_seconds, 2_592_000);
        }
    }
}

#[test]
fn lifetimes_have_their_ranges() {
    let units = json!({"TokenValidityUnits": {
        "AccessToken": "seconds", "IdToken": "seconds", "RefreshToken": "seconds",
    }});
    let ask = |lifetimes: Value| create(with(units.clone(), lifetimes));
    for (name, low, high) in
        [("AccessTokenValidity", 300, 86_400), ("IdTokenValidity", 300, 86_400)]
    {
        assert!(ask(json!({name: low})).is_ok());
        assert!(ask(json!({name: high})).is_ok());
        assert_eq!(rule(ask(json!({name: low - 1}))), AuthRule::ValidityRange.into());
        assert_eq!(rule(ask(json!({name: high + 1}))), AuthRule::ValidityRange.into());
        let hours = json!({name: 24});
        assert!(create(hours).is_ok());
        assert_eq!(refused(json!({name: 25})), AuthRule::ValidityRange.into());
        let beyond = ask(json!({name: 7201, "RefreshTokenValidity": 7200}));
        assert_eq!(rule(beyond), AuthRule::ValidityBeyondRefresh.into());
        assert!(ask(json!({name: 7200, "RefreshTokenValidity": 7200})).is_ok());
    }
    for (seconds, good) in [(3599, false), (3600, true), (315_360_000, true), (315_360_001, false)]
    {
        assert_eq!(ask(json!({"RefreshTokenValidity": seconds})).is_ok(), good, "{seconds}");
    }
    let years = refused(json!({"RefreshTokenValidity": 3651}));
    assert_eq!(years, AuthRule::ValidityRange.into());
    // The largest numbers that the model lets through do not overflow.
    let days = json!({"TokenValidityUnits": {"RefreshToken": "days"}});
    let huge = with(days, json!({"RefreshTokenValidity": 315_360_000}));
    assert_eq!(refused(huge), AuthRule::ValidityRange.into());
}

#[test]
fn flows_have_the_effects_of_their_names() {
    use Flow::{AdminUserPassword, Custom, Refresh, UserAuth, UserPassword, UserSrp};
    let flows = |names: &[&str]| {
        let flows = policy(json!({"ExplicitAuthFlows": names})).flows;
        flows.into_iter().collect::<Vec<_>>()
    };
    assert_eq!(flows(&[]), [UserSrp, Custom, Refresh]);
    assert_eq!(flows(&["ALLOW_USER_SRP_AUTH"]), [UserSrp]);
    assert_eq!(flows(&["ALLOW_USER_AUTH"]), [UserAuth]);
    assert_eq!(
        flows(&["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]),
        [AdminUserPassword, Custom, Refresh]
    );
    assert_eq!(flows(&["USER_PASSWORD_AUTH"]), [UserSrp, UserPassword, Custom, Refresh]);
    assert_eq!(flows(&["ADMIN_NO_SRP_AUTH"]), [UserSrp, AdminUserPassword, Custom, Refresh]);
    assert_eq!(
        flows(&["ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH"]),
        [UserSrp, UserPassword, AdminUserPassword, Custom, Refresh]
    );
    assert_eq!(flows(&["CUSTOM_AUTH_FLOW_ONLY"]), [Custom, Refresh]);
    assert!(flows(&["ALLOW_TOKEN_EXCHANGE_IMPERSONATION"]).is_empty());
    let rotating = json!({"RefreshTokenRotation": {"Feature": "ENABLED"}});
    assert_eq!(policy(rotating).flows, [UserSrp, Custom].into());
    let not = json!({"RefreshTokenRotation": {"Feature": "DISABLED"}});
    assert_eq!(policy(not).flows, [UserSrp, Custom, Refresh].into());
}

#[test]
fn flows_are_refused_by_each_rule() {
    let flows = |names: &[&str]| json!({"ExplicitAuthFlows": names});
    let cases = [
        (flows(&["USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"]), AuthRule::MixedFlows),
        (flows(&["CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH"]), AuthRule::CustomFlowNotAlone),
        (
            with(
                flows(&["ALLOW_CLIENT_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]),
                json!({"GenerateSecret": true}),
            ),
            AuthRule::ClientTokenNotAlone,
        ),
        (flows(&["ALLOW_CLIENT_TOKEN_AUTH"]), AuthRule::ClientTokenNeedsSecret),
        (
            with(
                flows(&["ALLOW_REFRESH_TOKEN_AUTH"]),
                json!({"RefreshTokenRotation": {"Feature": "ENABLED"}}),
            ),
            AuthRule::RotationWithRefreshFlow,
        ),
    ];
    for (request, expected) in cases {
        assert_eq!(refused(request.clone()), expected.into(), "{request}");
    }
    let machine = with(flows(&["ALLOW_CLIENT_TOKEN_AUTH"]), json!({"GenerateSecret": true}));
    assert!(create(machine).is_ok());
    let lite = create_in(&pool(json!({"UserPoolTier": "LITE"})), flows(&["ALLOW_USER_AUTH"]));
    assert_eq!(rule(lite), AuthRule::UserAuthUnavailable.into());
}

/// Flows and scopes with what else they need.
fn oauth(flows: &[&str], scopes: &[&str]) -> Value {
    json!({
        "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": flows,
        "AllowedOAuthScopes": scopes, "CallbackURLs": ["https://example.com"],
    })
}

#[test]
fn oauth_settings_are_refused_by_each_rule() {
    let secret = |request| with(request, json!({"GenerateSecret": true}));
    let cases = [
        (json!({"AllowedOAuthFlowsUserPoolClient": true}), OAuthRule::Incomplete),
        (oauth(&["code"], &[]), OAuthRule::Incomplete),
        (oauth(&[], &["openid"]), OAuthRule::Incomplete),
        (
            secret(oauth(&["client_credentials", "code"], &["openid"])),
            OAuthRule::ClientCredentialsNotAlone,
        ),
        (oauth(&["client_credentials"], &["openid"]), OAuthRule::ClientCredentialsNeedSecret),
        (
            secret(oauth(&["client_credentials"], &["openid"])),
            OAuthRule::ClientCredentialsScope("openid".into()),
        ),
        (
            secret(oauth(&["client_credentials"], &["api/read"])),
            OAuthRule::UnknownScope("api/read".into()),
        ),
        (oauth(&["code"], &["openid", "api/read"]), OAuthRule::UnknownScope("api/read".into())),
        (
            oauth(&["code"], &["aws.cognito/dcr/register"]),
            OAuthRule::UnknownScope("aws.cognito/dcr/register".into()),
        ),
        (
            json!({"CallbackURLs": ["https://a.example"], "DefaultRedirectURI": "https://b.example"}),
            OAuthRule::DefaultRedirect,
        ),
        (
            with(oauth(&["code"], &["openid"]), json!({"CallbackURLs": []})),
            OAuthRule::CallbackMissing,
        ),
        (json!({"LogoutURLs": ["nowhere"]}), OAuthRule::LogoutUrl("nowhere".into())),
    ];
    for (request, expected) in cases {
        assert_eq!(refused(request.clone()), expected.into(), "{request}");
    }
    let all = ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"];
    assert!(create(oauth(&["code", "implicit"], &all)).is_ok());
    let dcr = pool(json!({"DcrConfiguration": {}}));
    assert!(create_in(&dcr, oauth(&["code"], &["aws.cognito/dcr/register"])).is_ok());
}

#[test]
fn browsers_are_sent_only_where_it_is_safe() {
    let ask = |url: &str| create(json!({"CallbackURLs": [url]}));
    for url in [
        "https://example.com",
        "https://example.com:8443/cb?x=1",
        "http://localhost",
        "http://LOCALHOST:3000/cb",
        "http://127.0.0.1:8080",
        "http://[::1]:8080/cb",
        "myapp://callback",
        "com.example.app:/cb",
    ] {
        assert!(ask(url).is_ok(), "{url}");
    }
    for url in [
        "/cb",
        "example.com",
        "https:",
        "https://",
        "https:example.com",
        "1app://x",
        "a b:x",
        "https://example.com/#part",
        "https://localhost@evil.example/",
        "://x",
    ] {
        assert_eq!(rule(ask(url)), OAuthRule::CallbackUrl(url.into()).into(), "{url}");
    }
    for url in [
        "http://example.com",
        "HTTP://example.com",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://[::2]/",
        "http://example.com\\.localhost",
    ] {
        assert_eq!(rule(ask(url)), OAuthRule::InsecureUrl(url.into()).into(), "{url}");
    }
}

#[test]
fn only_the_pool_itself_is_an_identity_provider_yet() {
    let refused = refused(json!({"SupportedIdentityProviders": ["COGNITO", "Google"]}));
    let (provider, pool) = ("Google".to_owned(), PoolId::new("us-west-2_aBcDeFgHi"));
    assert_eq!(refused, ClientRule::UnknownProvider { provider, pool });
}

#[test]
fn attribute_lists_name_what_exists_and_is_allowed() {
    let pool = pool(json!({"Schema": [
        {"Name": "email", "Required": true},
        {"Name": "tenant", "AttributeDataType": "String", "Mutable": false},
        {"Name": "note", "AttributeDataType": "String", "DeveloperOnlyAttribute": true},
    ]}));
    let read = |names: &[&str]| create_in(&pool, json!({"ReadAttributes": names}));
    let write = |names: &[&str]| create_in(&pool, json!({"WriteAttributes": names}));
    assert!(read(&["sub", "email_verified", "custom:tenant"]).is_ok());
    for names in [["nobody"], ["dev:custom:note"], ["tenant"]] {
        let refused = rule(read(&names));
        assert_eq!(refused, ClientRule::ReadAttributes(Occasion::Create), "{names:?}");
    }
    assert!(write(&["email", "custom:tenant"]).is_ok());
    for name in ["nobody", "dev:custom:note", "email_verified", "phone_number_verified", "sub"] {
        let refused = rule(write(&["email", name]));
        assert_eq!(refused, ClientRule::WriteAttributes(Occasion::Create), "{name}");
    }
    let without_required = rule(write(&["name"]));
    assert_eq!(without_required, ClientRule::WriteAttributes(Occasion::Create));
}

#[test]
fn a_list_restricts_and_no_list_permits_what_a_client_may() {
    let open = ClientSettings::default();
    for name in ["email", "custom:x", "sub", "email_verified"] {
        assert!(open.reads(name), "{name}");
    }
    assert!(!open.reads("dev:custom:x"));
    assert!(open.writes("email") && open.writes("custom:x"));
    for name in ["sub", "email_verified", "phone_number_verified", "identities", "dev:custom:x"] {
        assert!(!open.writes(name), "{name}");
    }
    let lists = json!({"ReadAttributes": ["name"], "WriteAttributes": ["email"]});
    let listed = create(lists).unwrap().settings;
    assert!(listed.reads("name") && listed.reads("sub") && !listed.reads("email"));
    assert!(listed.writes("email") && !listed.writes("name"));
}

#[test]
fn context_needs_a_secret_and_analytics_one_of_two_forms() {
    let context = json!({"EnablePropagateAdditionalUserContextData": true});
    assert_eq!(refused(context.clone()), ClientRule::ContextNeedsSecret);
    assert!(create(with(context, json!({"GenerateSecret": true}))).is_ok());
    let analytics = |value: Value| json!({"AnalyticsConfiguration": value});
    let id = json!({"ApplicationId": "a", "RoleArn": "r", "ExternalId": "x"});
    assert!(create(analytics(id.clone())).is_ok());
    let arn = json!({"ApplicationArn": "arn", "RoleArn": "r"});
    assert!(create(analytics(arn)).is_ok());
    let both = with(id, json!({"ApplicationArn": "arn"}));
    for wrong in [json!({}), json!({"ApplicationId": "a", "RoleArn": "r"}), both] {
        assert_eq!(refused(analytics(wrong)), ClientRule::Analytics);
    }
}

#[test]
fn an_update_resets_all_but_name_and_secret() {
    let client = create(json!({
        "GenerateSecret": true, "AccessTokenValidity": 5, "EnableTokenRevocation": false,
        "AuthSessionValidity": 9, "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"],
        "PreventUserExistenceErrors": "ENABLED", "CallbackURLs": ["https://example.com"],
        "ReadAttributes": ["email"], "RefreshTokenValidity": 5,
    }));
    let client = client.unwrap();
    let updated = update(&client, json!({})).unwrap();
    assert_eq!(updated.settings, ClientSettings::default());
    assert_eq!((updated.name.as_str(), updated.created), ("app", client.created));
    assert_eq!(updated.modified, Timestamp::from_millis(1_726_788_500_000));
    assert_eq!(described(&updated)["ClientSecret"], described(&client)["ClientSecret"]);

    let renamed = update(&updated, json!({"ClientName": "web", "RefreshTokenValidity": 1}));
    let renamed = renamed.unwrap();
    assert_eq!(renamed.name, "web");
    assert_eq!(renamed.auth_policy().refresh_seconds, 86_400);
    let context = json!({"EnablePropagateAdditionalUserContextData": true});
    assert!(update(&renamed, context).is_ok());
    let read = rule(update(&renamed, json!({"ReadAttributes": ["nobody"]})));
    assert_eq!(read, ClientRule::ReadAttributes(Occasion::Update));
}
