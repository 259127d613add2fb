//! What clients impose on the wire, and what must not pass there.
//!
//! Requirement by requirement, where it is exercised:
//!
//! | | requirement | walk |
//! |---|---|---|
//! | W1 | `DEVICE_KEY` comes with PASSWORD_VERIFIER only | `identity_js_story.mjs` |
//! | W2 | `Session` optional with device answers, checked if sent | `device_story.py` (never sent), `sdk_story.mjs` and `identity_js_story.mjs` (sent), `wire.py` (made up, stolen) |
//! | W3 | `Device does not exist.` to the letter | `identity_js_story.mjs`, `wire.py`, all stories |
//! | W4 | a lost device does not consume the proof | `identity_js_story.mjs`, `wire.py` |
//! | W5 | `null` is absent, in maps too | `identity_js_story.mjs`, `wire.py` |
//! | W6 | unknown answer keys are ignored | `sdk_story.mjs`, `identity_js_story.mjs`, `wire.py` |
//! | W7 | USERNAME and DEVICE_KEY in DEVICE_PASSWORD_VERIFIER | `device_story.py`, `sdk_story.mjs` |
//! | W8 | SRP_A in either case, with leading zeros | `wire.py` |
//! | W9 | padded numbers; negative ones refused | all stories, `wire.py` |
//! | W10 | wrong device secret: NotAuthorizedException | all stories |
//! | W11 | public operations ignore Authorization | `wire.py`, `sdk_story.mjs` (signed by an unknown key) |
//! | W12 | the signed headers are the request's choice | `signatures.py`, `signatures.mjs`, curl, the AWS CLI |
//! | W13 | refresh with a device, RevokeToken, `origin_jti` | `device_story.py`, `identity_js_story.mjs` |
//! | W14 | the form of TIMESTAMP | `wire.py` |
//! | W15 | error in body and header | `wire.py`, `identity_js_story.mjs` |
//! | W16 | sign-ins without a key make devices | `configurations.py` |
//! | W17 | opt-in | `configurations.py`, `identity_js_story.mjs` |

use e2e::{Options, Place, Server, python};

#[test]
fn what_clients_impose_and_what_is_refused() {
    let place = Place::new("wire");
    let server = Server::start(Options::serve(place.join("data")));
    python("wire.py").run(&server);
}
