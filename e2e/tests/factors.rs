//! First and second factors, with every client's own functions: codes by email and text message,
//! authenticator apps, devices, choices.

use e2e::{Options, Place, Server, node, python};

#[test]
fn aws_amplify() {
    let place = Place::new("amplify");
    let server = Server::start(Options::serve(place.join("data")));
    node("amplify_story.mjs").run(&server);
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
