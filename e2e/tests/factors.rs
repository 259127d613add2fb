//! Signing in by choice, with codes by mail and text message, with every client's own functions.

use e2e::{Options, Place, Server, node};

#[test]
fn aws_amplify() {
    let place = Place::new("amplify");
    let server = Server::start(Options::serve(place.join("data")));
    node("amplify_story.mjs").run(&server);
}
