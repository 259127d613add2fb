//! Hostile bodies: whatever is sent, the answer is a refusal in the service's words — never a
//! fault, never a panic, and never a value that the constraints should have stopped.

use std::collections::BTreeSet;

use bytes::Bytes;
use poolhouse_wire::AuthKind;
use poolhouse_wire::shape::{Kind, Shape};
use serde_json::{Value, json};

use crate::rpc::dispatch::{self, Entry};
use crate::testing::operator::operator;
use crate::testing::sample::{Fill, sample};
use crate::testing::{Key, ROOT, Reply, TestServer};

/// Sends these very bytes, signed where the operation wants it.
async fn raw(server: &TestServer, entry: &Entry, key: Key<'_>, body: impl Into<Bytes>) -> Reply {
    let body = body.into();
    let target = format!("AWSCognitoIdentityProviderService.{}", entry.name);
    let mut headers = vec![
        ("host".to_owned(), "localhost:9229".to_owned()),
        ("content-type".to_owned(), "application/x-amz-json-1.1".to_owned()),
        ("x-amz-target".to_owned(), target),
    ];
    if entry.auth == AuthKind::Signed {
        headers.extend(server.signature(key, "cognito-idp", &headers, &body));
    }
    server.send(headers, body).await
}

fn kind(reply: &Reply) -> &str {
    reply.body["__type"].as_str().unwrap_or("none")
}

#[track_caller]
fn no_fault(reply: &Reply, what: &str) {
    assert_ne!(kind(reply), "InternalErrorException", "{what}");
    assert!(reply.status < 500 || kind(reply) == "NotImplementedException", "{what}: {reply:?}");
}

/// A member of a sample, by its JSON pointer. `key` of a map's own key is not among them.
struct Place {
    pointer: String,
    shape: &'static Shape,
    sensitive: bool,
}

fn places(shape: &'static Shape, value: &Value, at: &str, sensitive: bool, found: &mut Vec<Place>) {
    let sensitive = sensitive || shape.sensitive;
    if !at.is_empty() {
        found.push(Place { pointer: at.to_owned(), shape, sensitive });
    }
    match (shape.kind, value) {
        (Kind::Structure(members), Value::Object(_)) => {
            for member in members {
                if let Some(inner) = value.get(member.name) {
                    places(member.shape, inner, &format!("{at}/{}", member.name), sensitive, found);
                }
            }
        }
        (Kind::List(element), Value::Array(list)) => {
            for (index, inner) in list.iter().enumerate() {
                places(element, inner, &format!("{at}/{index}"), sensitive, found);
            }
        }
        (Kind::Map(_, values), Value::Object(map)) => {
            for (key, inner) in map {
                let key = key.replace('~', "~0").replace('/', "~1");
                places(values, inner, &format!("{at}/{key}"), sensitive, found);
            }
        }
        _ => {}
    }
}

/// Everything that can be said to an operation, and where its members are.
fn full(entry: &Entry) -> (Value, Vec<Place>) {
    let body = sample(entry.input, Fill::Everything);
    let mut found = Vec::new();
    places(entry.input, &body, "", false, &mut found);
    (body, found)
}

fn changed(body: &Value, pointer: &str, to: Value) -> Value {
    let mut body = body.clone();
    *body.pointer_mut(pointer).unwrap() = to;
    body
}

#[tokio::test]
async fn every_member_of_every_operation_refuses_another_type() {
    let server = TestServer::new().await;
    let mut sent = 0;
    for entry in dispatch::all() {
        let (body, places) = full(entry);
        for Place { pointer, shape, .. } in &places {
            let wrong = match shape.kind {
                Kind::Structure(_) | Kind::Map(..) => vec![json!([]), json!("x"), json!(7)],
                Kind::List(_) => vec![json!({}), json!("x"), json!(7)],
                Kind::String | Kind::Enumeration(_) | Kind::Blob => {
                    vec![json!({}), json!([]), json!(7)]
                }
                Kind::Integer | Kind::Long => vec![json!({}), json!([]), json!("x")],
                Kind::Boolean => vec![json!({}), json!([]), json!(7)],
                Kind::Timestamp => vec![json!({}), json!([])],
                Kind::Document => continue,
            };
            for value in wrong {
                sent += 1;
                let request = changed(&body, pointer, value);
                let reply = raw(&server, entry, ROOT, request.to_string()).await;
                assert_eq!(kind(&reply), "SerializationException", "{} {request}", entry.name);
            }
        }
    }
    println!("{sent} wrong types");
    assert!(sent > 1500, "{sent}");
}

/// Hole 13, for every set of values in the model.
#[tokio::test]
async fn hole_13_no_enumeration_takes_a_banana() {
    let server = TestServer::new().await;
    let (mut sent, mut operations) = (0, BTreeSet::new());
    for entry in dispatch::all() {
        let (body, places) = full(entry);
        for Place { pointer, shape, .. } in &places {
            let Kind::Enumeration(names) = shape.kind else { continue };
            for value in ["banana", "", &names[0].to_lowercase(), &format!("{} ", names[0])] {
                if names.contains(&value) {
                    continue;
                }
                sent += 1;
                operations.insert(entry.name);
                let request = changed(&body, pointer, json!(value));
                let reply = raw(&server, entry, ROOT, request.to_string()).await;
                let text = reply.body["message"].as_str().unwrap_or_default();
                let told = text.contains("Member must satisfy enum value set");
                assert!(told, "{} {pointer} {value:?}: {}", entry.name, reply.body);
            }
        }
    }
    println!("{sent} values out of their set, in {} operations", operations.len());
    assert!(sent > 200, "{sent}");
}

/// Texts that break what reads them carelessly.
fn hostile_texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "\0",
        "a\0b",
        "a\r\nb: c",
        "\u{1b}[2J",
        "' OR 1=1 --",
        "\"; DROP TABLE user; --",
        "../../etc/passwd",
        "%00%0d%0a",
        "{\"a\":1}",
        "${jndi:ldap://x}",
        "\u{202e}abc",
        "\u{feff}x",
        "e\u{301}",
        "\u{130}\u{131}\u{df}",
        "\u{1f600}",
        "a/b~c",
        "*",
        "",
        "\u{fffd}",
        "-1",
        "1e400",
    ]
    .map(str::to_owned)
    .into();
    texts.push("x".repeat(100_000));
    texts.push("\u{10ffff}".repeat(5_000));
    texts
}

#[tokio::test]
async fn no_text_in_any_member_is_a_fault() {
    let server = TestServer::new().await;
    let mut sent = 0;
    for entry in dispatch::all() {
        let (body, places) = full(entry);
        for (index, Place { pointer, shape, .. }) in places.iter().enumerate() {
            if !matches!(shape.kind, Kind::String | Kind::Blob) {
                continue;
            }
            let texts = hostile_texts();
            // All of them in every member would take a minute; three each reach all members.
            for turn in 0..3 {
                let text = &texts[(index * 3 + turn) % texts.len()];
                sent += 1;
                let request = changed(&body, pointer, json!(text));
                let reply = raw(&server, entry, ROOT, request.to_string()).await;
                no_fault(&reply, &format!("{} {pointer} {text:.40}", entry.name));
            }
        }
    }
    println!("{sent} hostile texts");
    assert!(sent > 1000, "{sent}");
}

/// The members that anybody can reach get every text.
#[tokio::test]
async fn no_text_in_a_sign_in_is_a_fault() {
    use crate::testing::client::Application;
    let app = Application::new(json!({ "AliasAttributes": ["email"] }), json!({})).await;
    app.user("ada").await;
    for text in hostile_texts() {
        let what = &format!("{text:.40}");
        for (flow, parameters) in [
            ("USER_PASSWORD_AUTH", json!({ "USERNAME": text, "PASSWORD": "x" })),
            ("USER_PASSWORD_AUTH", json!({ "USERNAME": "nobody", "PASSWORD": text })),
            ("USER_SRP_AUTH", json!({ "USERNAME": text, "SRP_A": "2" })),
            ("USER_SRP_AUTH", json!({ "USERNAME": "ada", "SRP_A": text })),
            ("USER_SRP_AUTH", json!({ "USERNAME": "ada", "SRP_A": "2", "DEVICE_KEY": text })),
            ("REFRESH_TOKEN_AUTH", json!({ "REFRESH_TOKEN": text })),
            ("USER_SRP_AUTH", json!({ "USERNAME": "ada", "SRP_A": "2", "SECRET_HASH": text })),
            ("USER_PASSWORD_AUTH", json!({ text.as_str(): text })),
        ] {
            no_fault(&app.initiate(flow, parameters).await, what);
        }
        for (challenge, responses) in [
            (
                "PASSWORD_VERIFIER",
                json!({
                    "USERNAME": text, "PASSWORD_CLAIM_SECRET_BLOCK": text,
                    "PASSWORD_CLAIM_SIGNATURE": text, "TIMESTAMP": text,
                }),
            ),
            ("SOFTWARE_TOKEN_MFA", json!({ "USERNAME": text, "SOFTWARE_TOKEN_MFA_CODE": text })),
            ("NEW_PASSWORD_REQUIRED", json!({ "USERNAME": text, "NEW_PASSWORD": text })),
            ("DEVICE_SRP_AUTH", json!({ "USERNAME": "ada", "DEVICE_KEY": text, "SRP_A": "2" })),
        ] {
            for session in [None, Some(text.as_str())] {
                let reply = app.respond(challenge, session, responses.clone()).await;
                assert_ne!(reply.status, 200, "{what}");
                no_fault(&reply, what);
            }
        }
        let mut claim = app.srp_claim("ada", "x").await;
        for member in ["PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP", "DEVICE_KEY"] {
            claim[member] = json!(text);
            no_fault(&app.respond("PASSWORD_VERIFIER", None, claim.clone()).await, what);
        }
    }
}

#[tokio::test]
async fn what_is_no_object_of_the_model_is_a_serialization_error() {
    let server = TestServer::new().await;
    let nested = |open: &str, close: &str, depth: usize| {
        format!("{{\"UserAttributes\":{}{}}}", open.repeat(depth), close.repeat(depth))
    };
    let bodies: Vec<Vec<u8>> = vec![
        b"{".to_vec(),
        b"}".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"\"x\"".to_vec(),
        b"7".to_vec(),
        b"{\"a\":1,}".to_vec(),
        b"{'a':1}".to_vec(),
        b"{\"a\":NaN}".to_vec(),
        b"{\"a\":1}{\"a\":2}".to_vec(),
        b"{\"a\":1} x".to_vec(),
        b"\xef\xbb\xbf{}".to_vec(),
        b"{\"a\":\"\xff\xfe\"}".to_vec(),
        b"{\"a\":\"\xed\xa0\x80\"}".to_vec(),
        b"{\"a\":\"\n\"}".to_vec(),
        b"{\"a\":01}".to_vec(),
        b"\0".to_vec(),
        vec![b'['; 100_000],
        nested("[", "]", 65).into_bytes(),
        nested("[", "]", 100_000).into_bytes(),
        nested("{\"a\":", "}", 100_000).into_bytes(),
    ];
    for name in ["InitiateAuth", "SignUp", "GetUser", "CreateUserPool", "AdminInitiateAuth"] {
        let entry = dispatch::find(name).unwrap();
        for body in &bodies {
            let reply = raw(&server, entry, ROOT, body.clone()).await;
            let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
            assert_eq!(kind(&reply), "SerializationException", "{name} {shown}");
            assert_eq!(reply.status, 400, "{name} {shown}");
        }
    }
}

#[tokio::test]
async fn big_numbers_and_big_texts_are_refused_in_order() {
    let server = TestServer::new().await;
    let entry = dispatch::find("CreateUserPoolClient").unwrap();
    for number in ["99999999999", "-1", "1e400", "2147483648", "-2147483649", "1.5"] {
        let body = format!(
            r#"{{"UserPoolId":"us-east-1_Nowhere00","ClientName":"c","RefreshTokenValidity":{number}}}"#
        );
        let reply = raw(&server, entry, ROOT, body).await;
        assert_eq!(reply.status, 400, "{number}");
        no_fault(&reply, number);
    }
    let entry = dispatch::find("InitiateAuth").unwrap();
    let mebibyte = "x".repeat(1 << 20);
    for body in [
        json!({ "ClientId": mebibyte, "AuthFlow": "USER_SRP_AUTH" }),
        json!({ "ClientId": "c", "AuthFlow": mebibyte }),
        json!({ "ClientId": "c", "AuthFlow": "USER_SRP_AUTH", "AuthParameters": { "A": mebibyte } }),
        json!({ "ClientId": "c", "AuthFlow": "USER_SRP_AUTH", "ClientMetadata": { mebibyte.as_str(): "" } }),
    ] {
        let reply = raw(&server, entry, ROOT, body.to_string()).await;
        assert_eq!(reply.status, 400);
        no_fault(&reply, "a mebibyte");
    }
}

#[tokio::test]
async fn nulls_are_members_that_are_not_there() {
    let server = TestServer::new().await;
    let entry = dispatch::find("InitiateAuth").unwrap();
    let with = r#"{"ClientId":"c","AuthFlow":"USER_SRP_AUTH","AuthParameters":{"USERNAME":null},"ClientMetadata":null}"#;
    let without = r#"{"ClientId":"c","AuthFlow":"USER_SRP_AUTH","AuthParameters":{}}"#;
    let (with, without) =
        (raw(&server, entry, ROOT, with).await, raw(&server, entry, ROOT, without).await);
    assert_eq!(with, without);
    assert_eq!(kind(&with), "ResourceNotFoundException");
}

/// Of a member that comes twice the last one counts, for policy as for the operation: what was
/// permitted is what is used. A member in other letters is none.
#[tokio::test]
async fn the_value_that_policy_saw_is_the_value_that_is_used() {
    let server = TestServer::new().await;
    let pool = async |name: &str| {
        let made = server.admin("CreateUserPool", json!({ "PoolName": name })).await.ok();
        made["UserPool"]["Id"].as_str().unwrap().to_owned()
    };
    let (own, other) = (pool("own").await, pool("other").await);
    let allow = json!([{
        "Effect": "Allow", "Action": "cognito-idp:*",
        "Resource": format!("arn:aws:cognito-idp:us-east-1:000000000000:userpool/{own}"),
    }]);
    let operator = operator(&server, "own", Some(allow)).await;
    let entry = dispatch::find("DescribeUserPool").unwrap();
    let twice = |first: &str, second: &str| {
        format!(r#"{{"UserPoolId":"{first}","UserPoolId":"{second}"}}"#)
    };
    let reply = raw(&server, entry, operator.key(), twice(&other, &own)).await;
    assert_eq!(reply.ok()["UserPool"]["Name"], "own");
    let reply = raw(&server, entry, operator.key(), twice(&own, &other)).await;
    assert_eq!(kind(&reply), "AccessDeniedException");
    for name in ["userPoolId", "USERPOOLID", "UserPoolId ", "UserPool\\u0000Id"] {
        let body = format!(r#"{{"UserPoolId":"{own}","{name}":"{other}"}}"#);
        let reply = raw(&server, entry, operator.key(), body).await;
        assert_eq!(reply.ok()["UserPool"]["Name"], "own", "{name}");
    }
    // An escaped name is the same name.
    let body = format!(r#"{{"UserPoolId":"{own}","\u0055serPoolId":"{other}"}}"#);
    let reply = raw(&server, entry, operator.key(), body).await;
    assert_eq!(kind(&reply), "AccessDeniedException");
}

/// What the model marks as sensitive comes back in no error.
#[tokio::test]
async fn no_error_repeats_a_sensitive_value() {
    const CANARY: &str = "C4nary-\u{e9}\0 {7f3a}";
    let server = TestServer::new().await;
    let mut sent = 0;
    for entry in dispatch::all() {
        let (body, places) = full(entry);
        for Place { pointer, shape, .. } in places.iter().filter(|place| place.sensitive) {
            if !matches!(shape.kind, Kind::String | Kind::Enumeration(_)) {
                continue;
            }
            sent += 1;
            for value in [json!(CANARY), json!(format!("{CANARY}{}", "x".repeat(140_000)))] {
                let request = changed(&body, pointer, value);
                let reply = raw(&server, entry, ROOT, request.to_string()).await;
                assert_ne!(reply.status, 200, "{} {pointer}", entry.name);
                let told = reply.body.to_string().contains("C4nary");
                assert!(!told, "{} {pointer}: {:.300}", entry.name, reply.body.to_string());
            }
        }
    }
    println!("{sent} sensitive members");
    assert!(sent > 100, "{sent}");
}
