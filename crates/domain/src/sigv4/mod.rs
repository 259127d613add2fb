//! AWS Signature Version 4: is this request signed with that secret, now, for us?
//!
//! It takes two steps, because the secret must be looked up between them: [`parse`] reads the
//! signature's claim and checks everything that needs no secret, in AWS's order; [`verify`] checks
//! the signature itself. Only `verify` can make a [`Verified`], so whoever holds one knows that it
//! happened. [`Signer`] is the other side: it signs as clients do.
//!
//! Both the `Authorization` header and the presigned query form are read. `host` and every
//! `x-amz-*` header must be signed, so nothing that steers us can be added on the way; the body's
//! hash is always computed, never believed.
//!
//! This module must never know operations, users or HTTP libraries.
//!
//! Differs from AWS / not verified:
//! - the wording for an unsigned `x-amz-*` header and for a repeated header;
//! - a presigned request without `X-Amz-Expires` is good for five minutes;
//! - `+` in a query is read as a space, as the form decoding of the query does;
//! - the message for a wrong signature does not show the canonical request.

mod canonical;
mod claim;
mod error;
mod sign;
#[cfg(test)]
mod tests;

pub use claim::{Claim, Verified, parse, verify};
pub use error::{ScopeFault, SigError};
pub use sign::Signer;

/// How far a signature's time may be from ours, in seconds, either way.
pub const CLOCK_SKEW_S_MAX: i64 = 300;
/// The longest life of a presigned request, in seconds: a week.
pub const EXPIRES_S_MAX: i64 = 604_800;

/// The only algorithm.
const ALGORITHM: &str = "AWS4-HMAC-SHA256";
/// The last element of every credential scope.
const TERMINATOR: &str = "aws4_request";

/// A request as it came in. It has no `Debug`: headers and body hold secrets.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The method, in upper case.
    pub method: &'a str,
    /// The path as it was sent, before any decoding.
    pub path: &'a str,
    /// What followed the `?`, as it was sent; empty without one.
    pub query: &'a str,
    /// The headers in the order they came, names in any case. With HTTP/2 the caller adds `host`
    /// from `:authority`.
    pub headers: &'a [(&'a str, &'a [u8])],
    /// The whole body.
    pub body: &'a [u8],
}

/// What a signature must be made for.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// The signing names that are ours at this door, the first one first in messages.
    pub services: &'a [&'a str],
    /// The regions that are ours at this door.
    pub regions: &'a [&'a str],
    /// How the path goes into the signature.
    pub path: PathForm,
    /// Whether the session token is signed.
    pub token: TokenForm,
}

impl<'a> Rules<'a> {
    /// The rules of every service but S3: the path is normalised and the session token signed.
    pub fn new(services: &'a [&'a str], regions: &'a [&'a str]) -> Self {
        Self { services, regions, path: PathForm::Normalized, token: TokenForm::Signed }
    }
}

/// How the path goes into the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathForm {
    /// Without `.`, `..` and empty segments: every service but S3.
    Normalized,
    /// As sent.
    AsSent,
}

/// Whether the session token is signed. Some services of AWS want it added behind the signature;
/// none of ours does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenForm {
    /// It is signed like every `x-amz-*` header or parameter.
    Signed,
    /// It is added after signing.
    AddedAfter,
}
