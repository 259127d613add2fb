//! Custom senders: functions that decrypt codes with the library that AWS gives their authors.

use e2e::{Options, Place, Server, python, script};

const ARN: &str = "arn:aws:lambda:us-east-1:000000000000:function";

#[test]
fn aws_encryption_sdk() {
    let place = Place::new("senders");
    let (listener, url) = script::listener();
    let pairs =
        ["CustomEmailSender", "CustomMessage"].map(|name| format!("{ARN}:{name}={url}/{name}"));
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
        ..Options::serve(place.join("data"))
    };
    let server = Server::start(options);
    python("senders.py").serving(listener).run(&server);
}
