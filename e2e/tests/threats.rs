//! Threat protection: events, feedback and what a risk configuration does.

use e2e::{Options, Place, Server, python};

#[test]
fn boto3() {
    let place = Place::new("threats");
    let server = Server::start(Options::serve(place.join("data")));
    python("threats.py").run(&server);
}
