//! Tokens: their claims, their signature, the form of the opaque ones.

pub mod claims;
pub mod exchange;
pub mod jwt;
pub mod key;
pub mod refresh;
pub mod succession;
