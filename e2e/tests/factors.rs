//! First and second factors, with every client's own functions: codes by email and text message,
//! authenticator apps, devices, choices.

use e2e::{Options, Place, Server, node, python};

fn aws_amplify(story: &str) {
    let place = Place::new(&format!("amplify-{story}"));
    let server = Server::start(Options::serve(place.join("data")));
    node("amplify_story.mjs").arg(story).run(&server);
}

#[test]
fn aws_amplify_with_devices() {
    aws_amplify("devices");
}

#[test]
fn aws_amplify_with_accounts_that_change() {
    aws_amplify("accounts");
}

#[test]
fn aws_amplify_with_codes_and_choices() {
    aws_amplify("factors");
}

#[test]
fn amazon_cognito_identity_js() {
    let place = Place::new("identity-js-factors");
    let server = Server::start(Options::serve(place.join("data")));
    node("identity_js_factors.mjs").run(&server);
}

#[test]
fn boto3() {
    let place = Place::new("factors");
    let server = Server::start(Options::serve(place.join("data")));
    python("factors.py").run(&server);
}
