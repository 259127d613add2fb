//! Tokens as those see them who receive them: verified, renewed, listed as sessions, revoked.

use e2e::postgres::Schema;
use e2e::{Options, Place, Server, node, python};

#[test]
fn boto3_and_pyjwt_on_sqlite() {
    let place = Place::new("tokens");
    let server = Server::start(Options::serve(place.join("data")));
    python("tokens.py").run(&server);
}

#[test]
fn boto3_and_pyjwt_on_postgresql() {
    let Some(schema) = Schema::new() else { return };
    let place = Place::new("tokens-postgresql");
    let options = Options::serve(place.join("data"));
    let server = Server::start(Options { database_url: Some(schema.url()), ..options });
    python("tokens.py").run(&server);
}

/// It takes a minute: a new key is published that long before it signs.
#[test]
fn old_and_new_keys_verify() {
    let place = Place::new("keys");
    let options = Options::serve(place.join("data"));
    let program = options.command().get_program().to_owned();
    let server = Server::start(options);
    python("tokens.py").env("POOLHOUSE", program).run(&server);
}

/// For programs that accept AWS's issuers only.
#[test]
fn the_verifier_that_knows_only_awss_issuers() {
    for issuer in ["aws", "aws-global"] {
        let place = Place::new(issuer);
        let options = Options::serve(place.join("data"));
        let flags = vec!["--issuer".to_owned(), issuer.to_owned()];
        let server = Server::start(Options { flags, ..options });
        node("verifier_story.mjs").run(&server);
    }
}
