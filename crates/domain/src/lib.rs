//! What is true: the rules of user pools as pure functions.
//!
//! Nothing here waits, reads a clock, draws randomness of its own or talks to anything: time and
//! randomness come in as parameters, effects go out as values.

pub mod auth;
pub mod crypto;
pub mod device;
pub mod error;
pub mod esdk;
pub mod group;
pub mod iam;
pub mod id;
pub mod message;
pub mod pool;
pub mod risk;
pub mod rng;
pub mod secret;
pub mod secret_hash;
pub mod session;
pub mod sigv4;
pub mod srp;
pub mod time;
pub mod token;
pub mod totp;
pub mod trigger;
pub mod user;
pub mod work;
