//! Who may call: every operation of the model against every way of not being allowed to.
//!
//! The rows come from the table that requests are dispatched by, so an operation that is added has
//! its row at once; operations that are not built yet have to refuse as they will when they are.
//! No cell may succeed, and each must refuse for its own reason, not by accident: what a caller who
//! *is* allowed is told serves as the control.

use std::collections::BTreeSet;

use poolhouse_domain::secret::Secret;
use poolhouse_domain::sigv4;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::token::jwt;
use poolhouse_domain::user::UserStatus;
use poolhouse_wire::{AuthKind, ResourceKind};
use serde_json::{Map, Value, json};

use crate::rpc::dispatch::{self, Entry};
use crate::testing::client::{Application, PASSWORD, claims, with};
use crate::testing::operator::{Operator, operator};
use crate::testing::sample::{Fill, sample};
use crate::testing::{Build, Key, OwnKeys, ROOT, Reply, TestServer};

/// A pool that is in no server.
const NOWHERE: &str = "us-east-1_Nowhere00";
/// The refusals of a door that was not opened.
const SIGNATURE_REFUSALS: [&str; 5] = [
    "AccessDeniedException",
    "IncompleteSignatureException",
    "InvalidSignatureException",
    "MissingAuthenticationTokenException",
    "UnrecognizedClientException",
];

async fn application() -> Application {
    let build = Build { keys: std::sync::Arc::new(OwnKeys::default()), ..Build::default() };
    let server = TestServer::built(build).await;
    Application::on(server, json!({}), json!({})).await
}

fn rows(kinds: &[AuthKind]) -> Vec<&'static Entry> {
    dispatch::all().into_iter().filter(|entry| kinds.contains(&entry.auth)).collect()
}

/// The least that an operation takes, about this pool.
fn body(entry: &Entry, pool: &str) -> Value {
    let mut body = sample(entry.input, Fill::Required);
    if body.get("UserPoolId").is_some() {
        body["UserPoolId"] = pool.into();
    }
    if body.get("ResourceArn").is_some() {
        body["ResourceArn"] = arn(pool).into();
    }
    body
}

fn arn(pool: &str) -> String {
    format!("arn:aws:cognito-idp:us-east-1:000000000000:userpool/{pool}")
}

fn unsigned_headers(entry: &Entry) -> Vec<(String, String)> {
    let target = format!("AWSCognitoIdentityProviderService.{}", entry.name);
    [("host", "localhost:9229"), ("content-type", "application/x-amz-json-1.1")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into_iter()
        .chain([("x-amz-target".to_owned(), target)])
        .collect()
}

/// What a request is signed for.
#[derive(Clone, Copy)]
struct Scope {
    region: &'static str,
    service: &'static str,
    at: Timestamp,
}

fn sign(headers: &mut Vec<(String, String)>, key: Key<'_>, body: &str, scope: Scope) {
    let secret = Secret::new(key.secret.to_owned());
    let signer = sigv4::Signer {
        access_key_id: key.id,
        secret: &secret,
        session_token: None,
        region: scope.region,
        service: scope.service,
        path: sigv4::PathForm::Normalized,
        token: sigv4::TokenForm::Signed,
    };
    let signed: Vec<(&str, &[u8])> =
        headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
    let body = body.as_bytes();
    let request = sigv4::Request { method: "POST", path: "/", query: "", headers: &signed, body };
    let added = signer.headers(&request, scope.at);
    headers.extend(added);
}

/// Callers whose keys are good and whose policies are not.
struct Callers {
    without_policy: Operator,
    inactive: Operator,
    other_actions: [Operator; 2],
    other_pool: Operator,
    denied: Operator,
}

impl Callers {
    async fn new(server: &TestServer, other_pool: &str) -> Self {
        let allow = |action: &str, resource: &str| json!([{ "Effect": "Allow", "Action": action, "Resource": resource }]);
        let deny = json!([
            { "Effect": "Allow", "Action": "*", "Resource": "*" },
            { "Effect": "Deny", "Action": "cognito-idp:*", "Resource": "*" },
        ]);
        let inactive = operator(server, "inactive", Some(allow("*", "*"))).await;
        inactive.switch_off(server).await;
        Self {
            without_policy: operator(server, "bare", None).await,
            inactive,
            other_actions: [
                operator(server, "describer", Some(allow("cognito-idp:DescribeUserPool", "*")))
                    .await,
                operator(server, "groups", Some(allow("cognito-idp:ListGroups", "*"))).await,
            ],
            other_pool: operator(server, "other", Some(allow("*", &arn(other_pool)))).await,
            denied: operator(server, "denied", Some(deny)).await,
        }
    }

    fn other_action(&self, entry: &Entry) -> Key<'_> {
        let index = usize::from(entry.name == "DescribeUserPool");
        self.other_actions[index].key()
    }
}

/// One way of not being allowed: its name, the refusal, and the headers that make it.
type Cell = (&'static str, &'static str, Vec<(String, String)>);

fn signed_cells(
    entry: &Entry,
    body: &str,
    callers: &Callers,
    token: &str,
    now: Timestamp,
) -> Vec<Cell> {
    let here = Scope { region: "us-east-1", service: "cognito-idp", at: now };
    let plain = || unsigned_headers(entry);
    let authorization = |value: &str| {
        let mut headers = plain();
        headers.push(("authorization".to_owned(), value.to_owned()));
        headers
    };
    let by = |key: Key<'_>, scope: Scope| {
        let mut headers = plain();
        sign(&mut headers, key, body, scope);
        headers
    };
    let other = || rows(&[AuthKind::Signed]).into_iter().find(|other| other.name != entry.name);
    let retargeted = {
        let mut headers = unsigned_headers(other().unwrap());
        sign(&mut headers, ROOT, body, here);
        headers[2] = plain()[2].clone();
        headers
    };
    let unsigned_target = {
        let mut headers = plain();
        let target = headers.pop().unwrap();
        sign(&mut headers, ROOT, body, here);
        headers.push(target);
        headers
    };
    let unsigned_extra = {
        let mut headers = by(ROOT, here);
        headers.push(("x-amz-extra".to_owned(), "1".to_owned()));
        headers
    };
    let other_body = {
        let mut headers = plain();
        sign(&mut headers, ROOT, &format!("{body} "), here);
        headers
    };
    let with_token = {
        let mut headers = plain();
        headers.push(("x-amz-security-token".to_owned(), "AQoDYXdz".to_owned()));
        sign(&mut headers, ROOT, body, here);
        headers
    };
    let (root, wrong) = (ROOT, "wrong-secret-0123456789");
    const MISSING: &str = "MissingAuthenticationTokenException";
    const INCOMPLETE: &str = "IncompleteSignatureException";
    const UNKNOWN: &str = "UnrecognizedClientException";
    const INVALID: &str = "InvalidSignatureException";
    const DENIED: &str = "AccessDeniedException";
    vec![
        ("unsigned", MISSING, plain()),
        ("bearer instead", MISSING, authorization(&format!("Bearer {token}"))),
        (
            "malformed",
            INCOMPLETE,
            authorization("AWS4-HMAC-SHA256 Credential=AKIATESTROOT00000000"),
        ),
        ("no signature", INCOMPLETE, authorization("AWS4-HMAC-SHA256 nonsense")),
        ("unknown key", UNKNOWN, by(Key { id: "AKIANOBODY0000000000", ..root }, here)),
        ("inactive key", UNKNOWN, by(callers.inactive.key(), here)),
        ("session token", UNKNOWN, with_token),
        ("wrong secret", INVALID, by(Key { secret: wrong, ..root }, here)),
        ("another's secret", INVALID, by(Key { id: root.id, ..callers.denied.key() }, here)),
        ("too old", INVALID, by(root, Scope { at: now.plus_secs(-301), ..here })),
        ("too early", INVALID, by(root, Scope { at: now.plus_secs(301), ..here })),
        ("other region", INVALID, by(root, Scope { region: "eu-west-1", ..here })),
        ("other service", INVALID, by(root, Scope { service: "iam", ..here })),
        ("signed for another operation", INVALID, retargeted),
        ("target not signed", INVALID, unsigned_target),
        ("x-amz header not signed", INVALID, unsigned_extra),
        ("signed for another body", INVALID, other_body),
        ("no policy", DENIED, by(callers.without_policy.key(), here)),
        ("policy for another action", DENIED, by(callers.other_action(entry), here)),
        ("policy for another pool", DENIED, by(callers.other_pool.key(), here)),
        ("explicit deny over allow", DENIED, by(callers.denied.key(), here)),
    ]
}

fn kind(reply: &Reply) -> &str {
    reply.body["__type"].as_str().unwrap_or("none")
}

#[tokio::test]
async fn nobody_calls_a_signed_operation_without_signature_and_policy() {
    let app = application().await;
    app.user("ada").await;
    let signed_in = app.password_sign_in("ada", PASSWORD).await.ok();
    let token = signed_in["AuthenticationResult"]["AccessToken"].as_str().unwrap();
    let other = app.server.admin("CreateUserPool", json!({ "PoolName": "other" })).await.ok();
    let callers = Callers::new(&app.server, other["UserPool"]["Id"].as_str().unwrap()).await;
    let rows = rows(&[AuthKind::Signed]);
    assert_eq!(rows.len(), 105);
    let (mut cells, mut wrong) = (0, Vec::new());
    for entry in rows {
        let body = body(entry, &app.pool).to_string();
        for (name, expected, headers) in
            signed_cells(entry, &body, &callers, token, app.server.now())
        {
            let reply = app.server.send(headers, body.clone().into()).await;
            cells += 1;
            if reply.status == 200 || kind(&reply) != expected {
                wrong.push(format!("{} {name}: {} {}", entry.name, reply.status, reply.body));
            }
        }
    }
    println!("{cells} cells of signed operations, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(cells >= 2000, "{cells}");
}

/// The control: the same requests, from callers who may. Without it a door that is shut to
/// everybody would look safe.
#[tokio::test]
async fn whoever_has_signature_and_policy_passes_the_door() {
    let app = application().await;
    let here = |at| Scope { region: "us-east-1", service: "cognito-idp", at };
    for (index, entry) in rows(&[AuthKind::Signed]).into_iter().enumerate() {
        let resource = match entry.resource {
            ResourceKind::Pool | ResourceKind::ArnMember => arn(NOWHERE),
            ResourceKind::ClientPool | ResourceKind::Any | ResourceKind::None => "*".to_owned(),
        };
        let body = body(entry, NOWHERE);
        let resource = if entry.resource == ResourceKind::Pool && body.get("UserPoolId").is_none() {
            "*".to_owned()
        } else {
            resource
        };
        let allow = json!([{
            "Effect": "Allow", "Action": format!("cognito-idp:{}", entry.name),
            "Resource": resource,
        }]);
        let operator = operator(&app.server, &format!("op{index}"), Some(allow)).await;
        for key in [ROOT, operator.key()] {
            let mut headers = unsigned_headers(entry);
            let body = body.to_string();
            sign(&mut headers, key, &body, here(app.server.now()));
            let reply = app.server.send(headers, body.into()).await;
            let passed = !SIGNATURE_REFUSALS.contains(&kind(&reply));
            assert!(passed, "{} as {}: {}", entry.name, key.id, reply.body);
            assert_ne!(kind(&reply), "InternalErrorException", "{}", entry.name);
        }
    }
}

/// Tokens of one sign-in.
struct Tokens {
    access: String,
    id: String,
    refresh: String,
}

async fn tokens(app: &Application, name: &str) -> Tokens {
    app.user(name).await;
    let reply = app.password_sign_in(name, PASSWORD).await.ok();
    let text = |member: &str| reply["AuthenticationResult"][member].as_str().unwrap().to_owned();
    Tokens { access: text("AccessToken"), id: text("IdToken"), refresh: text("RefreshToken") }
}

/// Changes a good token's claims and signs it again with the pool's own key.
async fn forged(app: &Application, good: &str, edit: impl Fn(&mut Map<String, Value>)) -> String {
    let mut claims = claims(&json!(good));
    edit(&mut claims);
    let server = &app.server.app;
    let keys = server.keys.of(&server.db, &app.pool_id()).await.unwrap().unwrap();
    jwt::sign(&claims, &keys.access).unwrap()
}

fn encoded(part: &[u8]) -> String {
    data_encoding::BASE64URL_NOPAD.encode(part)
}

/// Access tokens that are none, with the refusal that each must meet.
async fn bad_tokens(app: &Application) -> Vec<(&'static str, String, &'static str)> {
    const REFUSED: &str = "NotAuthorizedException";
    let good = tokens(app, "ada").await;
    let (access, refresh) = (good.access.as_str(), good.refresh.clone());
    let parts: Vec<&str> = access.split('.').collect();
    let server = &app.server.app;
    let other = app.server.admin("CreateUserPool", json!({ "PoolName": "other" })).await.ok();
    let other = other["UserPool"]["Id"].as_str().unwrap().to_owned();
    let other_id = poolhouse_domain::id::PoolId::new(&other);
    let own = server.keys.of(&server.db, &app.pool_id()).await.unwrap().unwrap();
    let foreign = server.keys.of(&server.db, &other_id).await.unwrap().unwrap();
    assert_ne!(own.access.public().kid, foreign.access.public().kid);
    let all = claims(&json!(access));
    let signed_input = format!("{}.{}", parts[0], parts[1]);
    let with_own_kid = encoded(&foreign.access.sign(signed_input.as_bytes()).unwrap());
    let none = encoded(br#"{"alg":"none"}"#);
    let none_with_kid =
        encoded(format!(r#"{{"kid":"{}","alg":"none"}}"#, own.access.public().kid).as_bytes());
    let hs256 =
        encoded(format!(r#"{{"kid":"{}","alg":"HS256"}}"#, own.access.public().kid).as_bytes());
    let hmac = poolhouse_domain::crypto::hmac_sha256(
        own.access.public().n.as_bytes(),
        &[hs256.as_bytes(), b".", parts[1].as_bytes()],
    );
    let mut list: Vec<(&'static str, String, &'static str)> = vec![
        ("garbage", "garbage".into(), REFUSED),
        ("dots", "...".into(), REFUSED),
        ("header only", parts[0].into(), REFUSED),
        ("no signature", format!("{}.{}", parts[0], parts[1]), REFUSED),
        ("empty signature", format!("{}.{}.", parts[0], parts[1]), REFUSED),
        ("last character cut", access[..access.len() - 1].into(), REFUSED),
        ("padded", format!("{access}="), REFUSED),
        ("a fourth part", format!("{access}.{}", parts[2]), REFUSED),
        ("ID token", good.id.clone(), REFUSED),
        ("refresh token", refresh, REFUSED),
        ("alg none", format!("{none}.{}.", parts[1]), REFUSED),
        ("alg none with kid", format!("{none_with_kid}.{}.{}", parts[1], parts[2]), REFUSED),
        ("HS256 with the public key", format!("{hs256}.{}.{}", parts[1], encoded(&hmac)), REFUSED),
        ("another pool's key", jwt::sign(&all, &foreign.access).unwrap(), REFUSED),
        ("another pool's key, own kid", format!("{signed_input}.{with_own_kid}"), REFUSED),
        ("the ID token's key", jwt::sign(&all, &own.id).unwrap(), REFUSED),
    ];
    let text = |value: &str| json!(value);
    let iss = all["iss"].as_str().unwrap().to_owned();
    let in_other = iss.replace(&app.pool, &other);
    let stranger = json!("00000000-0000-4000-8000-000000000000");
    let edits: Vec<(&'static str, &'static str, Value)> = vec![
        ("foreign issuer", "iss", text("https://evil.example/us-east-1_x")),
        ("another region's issuer", "iss", text(&iss.replace("localhost", "eu-west-1"))),
        ("issuer of another pool", "iss", text(&in_other)),
        ("issuer with a slash", "iss", text(&format!("{iss}/"))),
        ("issuer in upper case", "iss", text(&iss.to_uppercase())),
        ("issuer with a prefix", "iss", text(&format!("https://evil.example/{iss}"))),
        ("issuer as a list", "iss", json!([iss])),
        ("no issuer", "iss", Value::Null),
        ("token_use id", "token_use", text("id")),
        ("token_use missing", "token_use", Value::Null),
        ("expired", "exp", json!(app.server.now().as_secs())),
        ("exp as text", "exp", text("99999999999")),
        ("exp as a float", "exp", json!(99_999_999_999.5)),
        ("exp missing", "exp", Value::Null),
        ("exp negative", "exp", json!(-1)),
        ("no scope", "scope", Value::Null),
        ("another scope", "scope", text("openid email")),
        ("a longer scope", "scope", text("aws.cognito.signin.user.admin.x")),
        ("another client", "client_id", text("0123456789abcdefghijklmnop")),
        ("no client", "client_id", Value::Null),
        ("no family", "origin_jti", Value::Null),
        ("unknown family", "origin_jti", stranger.clone()),
    ];
    for (name, claim, value) in edits {
        let token = forged(app, access, |claims| {
            claims.insert(claim.to_owned(), value.clone());
        });
        list.push((name, token.await, REFUSED));
    }
    // A family belongs to its user: a token that names another's is no token.
    let bob = tokens(app, "bob").await;
    let bobs = claims(&json!(bob.access))["sub"].clone();
    let swapped = forged(app, access, |claims| {
        claims.insert("sub".into(), bobs.clone());
    });
    list.push(("another user's sub", swapped.await, REFUSED));
    let nobody = forged(app, access, |claims| {
        claims.insert("sub".into(), stranger.clone());
    });
    list.push(("a sub of nobody", nobody.await, "UserNotFoundException"));
    list.extend(shut_out(app).await);
    list
}

/// Tokens that were good until something happened to their sign-in or their user.
async fn shut_out(app: &Application) -> Vec<(&'static str, String, &'static str)> {
    const REFUSED: &str = "NotAuthorizedException";
    let mut list = Vec::new();
    let revoked = tokens(app, "revoked").await;
    let request = json!({ "ClientId": app.client, "Token": revoked.refresh });
    app.server.call("RevokeToken", request).await.ok();
    list.push(("revoked", revoked.access, REFUSED));
    let out = tokens(app, "out").await;
    app.server.call("GlobalSignOut", json!({ "AccessToken": out.access })).await.ok();
    list.push(("signed out", out.access, REFUSED));
    let out = tokens(app, "thrown").await;
    let request = json!({ "UserPoolId": app.pool, "Username": "thrown" });
    app.server.admin("AdminUserGlobalSignOut", request).await.ok();
    list.push(("signed out by an administrator", out.access, REFUSED));
    for (name, enabled, status, refusal) in [
        ("disabled", false, UserStatus::Confirmed, REFUSED),
        ("unconfirmed", true, UserStatus::Unconfirmed, "UserNotConfirmedException"),
        ("reset", true, UserStatus::ResetRequired, "PasswordResetRequiredException"),
    ] {
        let token = tokens(app, name).await;
        let user = stored(app, name).await;
        app.change(&user, |user| (user.enabled, user.status) = (enabled, status)).await;
        list.push((name, token.access, refusal));
    }
    let token = tokens(app, "deleted").await;
    let user = stored(app, "deleted").await;
    let (pool, sub) = (&user.pool, &user.sub);
    let now = app.server.now();
    app.server.app.db.write(now, async |mut tx| tx.delete_user(pool, sub).await).await.unwrap();
    list.push(("deleted", token.access, "UserNotFoundException"));
    list
}

async fn stored(app: &Application, name: &str) -> poolhouse_domain::user::User {
    let lookup = &[poolhouse_domain::user::Lookup::Username(name.to_owned())];
    let pool = &app.pool_id();
    app.server.app.db.read(async |mut tx| tx.user_by(pool, lookup).await).await.unwrap()
}

/// Sends an operation's least request with these members added and these headers.
async fn send(app: &Application, entry: &Entry, more: Value, how: How<'_>) -> Reply {
    let body = with(body(entry, &app.pool), more).to_string();
    let mut headers = unsigned_headers(entry);
    match how {
        How::Plain => {}
        How::Header(value) => headers.push(("authorization".to_owned(), value.to_owned())),
        How::Signed => {
            let at = app.server.now();
            let here = Scope { region: "us-east-1", service: "cognito-idp", at };
            sign(&mut headers, ROOT, &body, here);
        }
    }
    app.server.send(headers, body.into()).await
}

#[derive(Clone, Copy)]
enum How<'a> {
    Plain,
    Header(&'a str),
    Signed,
}

#[tokio::test]
async fn nobody_acts_as_a_user_without_that_users_living_token() {
    let app = application().await;
    let bad = bad_tokens(&app).await;
    let good = tokens(&app, "good").await;
    let bearer = format!("Bearer {}", good.access);
    let (mut cells, mut wrong) = (0, Vec::new());
    let rows = rows(&[AuthKind::Bearer, AuthKind::BearerOrSession]);
    assert_eq!(rows.len(), 24);
    for entry in rows {
        let mut check = |name: &str, reply: Reply, expected: &str| {
            cells += 1;
            if reply.status == 200 || kind(&reply) != expected {
                wrong.push(format!("{} {name}: {} {}", entry.name, reply.status, reply.body));
            }
        };
        const PARAMETER: &str = "InvalidParameterException";
        let none = || json!({ "AccessToken": null });
        check("missing", send(&app, entry, none(), How::Plain).await, PARAMETER);
        check("signed instead", send(&app, entry, none(), How::Signed).await, PARAMETER);
        check("in a header", send(&app, entry, none(), How::Header(&bearer)).await, PARAMETER);
        let number = send(&app, entry, json!({ "AccessToken": 7 }), How::Plain).await;
        check("a number", number, "SerializationException");
        for (name, token, expected) in &bad {
            let more = || json!({ "AccessToken": token });
            check(name, send(&app, entry, more(), How::Plain).await, expected);
        }
        // Nor does the root's signature bring a dead token to life.
        for (name, token, expected) in
            bad.iter().filter(|bad| bad.0 == "disabled" || bad.0 == "revoked")
        {
            check(
                name,
                send(&app, entry, json!({ "AccessToken": token }), How::Signed).await,
                expected,
            );
        }
    }
    println!("{cells} cells of operations with a token, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(cells >= 1000, "{cells}");
}

/// The control: with a living token no operation says that the token is no good.
#[tokio::test]
async fn a_users_own_token_passes_the_door() {
    let app = application().await;
    for (index, entry) in
        rows(&[AuthKind::Bearer, AuthKind::BearerOrSession]).into_iter().enumerate()
    {
        let token = tokens(&app, &format!("user{index}")).await;
        let reply = send(&app, entry, json!({ "AccessToken": token.access }), How::Plain).await;
        let text = reply.body["message"].as_str().unwrap_or_default();
        assert!(!text.contains("Access Token"), "{}: {}", entry.name, reply.body);
        assert_ne!(kind(&reply), "InternalErrorException", "{}", entry.name);
    }
}

/// Operations without a door say the same whatever the request's headers claim.
#[tokio::test]
async fn headers_add_no_rights_to_public_operations() {
    let app = application().await;
    let good = tokens(&app, "ada").await;
    let bearer = format!("Bearer {}", good.access);
    let rows = rows(&[AuthKind::Anonymous, AuthKind::SignedOrClient]);
    assert_eq!(rows.len(), 12);
    let mut cells = 0;
    for entry in rows {
        let bodies = [json!({}), json!({ "ClientId": app.client })];
        for more in bodies.into_iter().filter(|more| {
            more.as_object().unwrap().is_empty() || body(entry, "x").get("ClientId").is_some()
        }) {
            let plain = send(&app, entry, more.clone(), How::Plain).await;
            assert_ne!(kind(&plain), "InternalErrorException", "{}", entry.name);
            for how in [How::Signed, How::Header(&bearer), How::Header("AWS4-HMAC-SHA256 x")] {
                cells += 1;
                let reply = send(&app, entry, more.clone(), how).await;
                assert_eq!(reply, plain, "{}", entry.name);
            }
        }
    }
    // What only an administrator may begin stays shut to a public call that the root signed.
    let entry = dispatch::find("InitiateAuth").unwrap();
    for flow in ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] {
        let more = json!({
            "ClientId": app.client, "AuthFlow": flow,
            "AuthParameters": { "USERNAME": "ada", "PASSWORD": PASSWORD },
        });
        cells += 1;
        let reply = send(&app, entry, more, How::Signed).await;
        reply.refused("InvalidParameterException", "Initiate Auth method not supported.");
    }
    println!("{cells} cells of public operations");
}

/// Every operation of the model is in exactly one of the three matrices.
#[test]
fn no_operation_is_without_a_row() {
    let kinds = [
        &[AuthKind::Signed][..],
        &[AuthKind::Bearer, AuthKind::BearerOrSession],
        &[AuthKind::Anonymous, AuthKind::SignedOrClient],
    ];
    let names: BTreeSet<&str> = kinds.into_iter().flat_map(rows).map(|entry| entry.name).collect();
    assert_eq!(names.len(), dispatch::all().len());
}
