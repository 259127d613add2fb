//! Lambda triggers, with functions that the scripts serve over HTTP: at URLs of their own, and behind
//! the Invoke API of AWS Lambda.

use e2e::postgres::Schema;
use e2e::{Options, Place, Script, Server, node, python, script};

const FUNCTIONS: &[&str] = &[
    "PreSignUp",
    "CustomMessage",
    "PostConfirmation",
    "UserMigration",
    "PreAuthentication",
    "PostAuthentication",
    "PreTokenGeneration",
    "DefineAuthChallenge",
    "CreateAuthChallenge",
    "VerifyAuthChallengeResponse",
];
const ARN: &str = "arn:aws:lambda:us-east-1:000000000000:function";

/// A server that knows where the functions of a story are, by URL or behind the Invoke API.
fn run(place: &Place, database_url: Option<String>, story: Script) {
    let (listener, url) = script::listener();
    let pairs: Vec<String> =
        FUNCTIONS.iter().map(|name| format!("{ARN}:{name}={url}/{name}")).collect();
    let flags = [
        ("--lambda-functions", pairs.join(" ")),
        ("--lambda-endpoint", url.clone()),
        ("--outbound-allow", "127.0.0.1".to_owned()),
    ];
    let options = Options {
        flags: flags.into_iter().flat_map(|(name, value)| [name.to_owned(), value]).collect(),
        variables: vec![
            ("POOLHOUSE_LAMBDA_ACCESS_KEY_ID", "AKIDFUNCTIONS".to_owned()),
            ("POOLHOUSE_LAMBDA_SECRET_ACCESS_KEY", "a-secret-of-functions".to_owned()),
        ],
        database_url,
        ..Options::serve(place.join("data"))
    };
    let server = Server::start(options);
    story.serving(listener).run(&server);
}

#[test]
fn functions_in_python_on_sqlite() {
    let place = Place::new("triggers");
    run(&place, None, python("triggers.py"));
}

#[test]
fn functions_in_python_on_postgresql() {
    let Some(schema) = Schema::new() else { return };
    let place = Place::new("triggers-postgresql");
    run(&place, Some(schema.url()), python("triggers.py"));
}

#[test]
fn custom_authentication_with_aws_amplify_and_amazon_cognito_identity_js() {
    let place = Place::new("custom-auth");
    run(&place, None, node("custom_auth.mjs"));
}
