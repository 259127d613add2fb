//! What the Cognito user pools API says: request and response types, their constraints, operations and error names.
//!
//! This crate decides what is well formed, and with which words something is not. It must never know what a request
//! means: no rule about users, tokens or pools belongs here, and no error text that is not about form.
//!
//! Start reading at [`body::read`], the way a request takes: bytes, JSON, constraints, type. The types themselves are
//! generated from the API model by `cargo xtask codegen`.

pub mod blob;
pub mod body;
pub mod enumeration;
mod generated;
pub mod operation;
pub mod pattern;
#[cfg(test)]
mod sample;
pub mod sensitive;
pub mod shape;
pub mod time;
pub mod validate;
pub mod violation;

pub use blob::Blob;
pub use body::{Malformed, Rejection};
pub use generated::errors::ErrorName;
pub use generated::{operations, shapes};
pub use operation::{AuthKind, OperationSpec, RateCategory, ResourceKind};
pub use sensitive::Sensitive;
pub use shape::Shape;
pub use time::EpochSeconds;
pub use violation::Violation;
