//! Sign-ins as clients see them. What is asked for is the domain's table, tested there; here it is
//! whole exchanges over the wire, and everything that must not work.

mod choice;
mod credentials;
mod custom;
mod devices;
mod flows;
mod hidden;
mod messages;
mod refresh;
mod secrets;
mod sessions;
mod temporary;
mod totp;
mod triggers;

use poolhouse_domain::session::GuessKind;
use poolhouse_domain::srp::client::{Client, modulus_hex};
use poolhouse_domain::user::UserStatus;
use serde_json::{Value, json};

use crate::testing::Reply;
use crate::testing::client::{Application, PASSWORD, claims, with};

const BAD: (&str, &str) = ("NotAuthorizedException", "Incorrect username or password.");
const INVALID_SESSION: (&str, &str) = ("NotAuthorizedException", "Invalid session for the user.");
const NO_DEVICE: (&str, &str) = ("ResourceNotFoundException", "Device does not exist.");

#[track_caller]
fn refused(reply: Reply, (name, message): (&str, &str)) {
    reply.refused(name, message);
}

#[track_caller]
fn tokens(reply: Reply) -> Value {
    let body = reply.ok();
    assert!(body["AuthenticationResult"]["AccessToken"].is_string(), "{body}");
    body["AuthenticationResult"].clone()
}

async fn plain() -> Application {
    Application::new(json!({}), json!({})).await
}
