//! Accounts that change: a forgotten password, a reset by an administrator, a new address.

use e2e::postgres::Schema;
use e2e::{Options, Place, Server, node, python};

#[test]
fn boto3_on_sqlite() {
    let place = Place::new("accounts");
    let server = Server::start(Options::serve(place.join("data")));
    python("accounts.py").run(&server);
}

#[test]
fn boto3_on_postgresql() {
    let Some(schema) = Schema::new() else { return };
    let place = Place::new("accounts-postgresql");
    let options = Options::serve(place.join("data"));
    let server = Server::start(Options { database_url: Some(schema.url()), ..options });
    python("accounts.py").run(&server);
}

#[test]
fn amazon_cognito_identity_js_on_sqlite() {
    let place = Place::new("accounts-js");
    let server = Server::start(Options::serve(place.join("data")));
    node("accounts_story.mjs").run(&server);
}
