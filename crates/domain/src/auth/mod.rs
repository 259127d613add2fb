//! Sign-in as an explicit machine.
//!
//! [`start::Start`] reads the first request, [`answer::Answer`] the later ones; [`advance`] decides
//! what follows; [`exchange`] does the two halves of SRP; [`refresh`] decides over refresh tokens.
//! The server's `drive` loads facts, calls these, and commits what they return. Public and admin
//! operations share all of it. `flow.mmd` is the machine's picture, drawn from it by a test.

pub mod advance;
pub mod answer;
pub mod choice;
pub mod exchange;
pub mod handle;
pub mod method;
pub mod mfa;
pub mod policy;
pub mod preference;
pub mod refresh;
pub mod secret_hash;
pub mod start;
pub mod step;

#[cfg(test)]
mod cells;
#[cfg(test)]
mod diagram;
#[cfg(test)]
pub(crate) mod testing;
