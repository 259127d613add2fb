//! Who may do what: identity policies in AWS's policy language, evaluated as a pure function.
//!
//! Start reading at [`permit`]: it answers for a principal, its policies and a [`Request`]. An
//! explicit deny beats any allow, and what nothing allows is denied. [`Policy::parse`] is the only
//! way to a policy, so everything that reaches the evaluation has been checked.
//!
//! This module must never know operations, pools or HTTP: the caller names the action, builds the
//! resource's ARN from what the request is about (never from what it claims), and fills the
//! [`Context`].
//!
//! Differs from AWS / not verified:
//! - a policy variable that has no value and no default matches nothing; under a negated operator
//!   or `NotResource` it lets a Deny apply and an Allow not (AWS documents only the positive case);
//! - an operator without `ForAnyValue`/`ForAllValues` on a key with several values: a positive one
//!   needs one value that fits, a negated one needs that none fits;
//! - an empty list of values is refused;
//! - details behind "Syntax errors in policy." are ours.

mod arn;
mod condition;
mod context;
mod decide;
mod glob;
pub mod id;
mod json;
mod parse;
mod policy;
mod principal;
mod template;
#[cfg(test)]
mod tests;

pub use context::{Context, Transport};
pub use decide::{Decision, Denied, Reason, Request, decide, permit};
pub use policy::{
    POLICY_BYTES_MAX, POLICY_CHARS_MAX, Policy, PolicyError, STATEMENTS_MAX, policy_chars,
};
pub use principal::{Account, Partition, Principal};
