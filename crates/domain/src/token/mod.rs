//! Tokens: their claims, their signature, the form of the opaque ones.

pub mod claims;
pub mod jwt;
pub mod key;
pub mod refresh;
