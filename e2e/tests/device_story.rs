//! The main job of the product, told by every client that does device sign-in.
//!
//! New device: a code is asked. Confirmed: signed in silently. An administrator's
//! `AdminUpdateDeviceStatus` decides whether the next sign-in asks for a code.

use e2e::postgres::Schema;
use e2e::{Options, Place, Server, node, python};

fn sqlite(test: &str) -> (Place, Server) {
    let place = Place::new(test);
    let server = Server::start(Options::serve(place.join("data")));
    (place, server)
}

#[test]
fn boto3_and_pycognito_on_sqlite() {
    let (_place, server) = sqlite("pycognito");
    python("device_story.py").run(&server);
}

#[test]
fn boto3_and_pycognito_on_postgresql() {
    let Some(schema) = Schema::new() else { return };
    let place = Place::new("pycognito-postgresql");
    let options = Options::serve(place.join("data"));
    let server = Server::start(Options { database_url: Some(schema.url()), ..options });
    python("device_story.py").run(&server);
    assert!(!place.join("data/poolhouse.db").exists());
    drop(server);
}

#[test]
fn the_sdk_for_javascript_and_cognito_srp_helper_on_sqlite() {
    let (_place, server) = sqlite("sdk-js");
    node("sdk_story.mjs").run(&server);
}

#[test]
fn amazon_cognito_identity_js_on_sqlite() {
    let (_place, server) = sqlite("identity-js");
    node("identity_js_story.mjs").run(&server);
}

#[test]
fn every_device_configuration() {
    let (_place, server) = sqlite("configurations");
    python("configurations.py").run(&server);
}
