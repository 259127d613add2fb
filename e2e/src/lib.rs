//! Whole-product tests: the built binary, a real client, a real network.
//!
//! The tests are in `tests/`; the stories they tell are scripts in `python/` and `js/`. This library
//! starts servers, runs scripts against them, and gives each test a place of its own. Everything is
//! bounded in time: a test ends with a reason, not with a hang.
//!
//! `./test` at the root of the repository installs the clients and runs all of it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a harness of tests: what cannot be done fails the test, and the test says so"
)]

pub mod http;
pub mod place;
pub mod postgres;
pub mod script;
pub mod server;
mod wait;

use std::path::PathBuf;

pub use place::Place;
pub use script::{Script, node, python, tool};
pub use server::{Options, Server};

/// The root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}
