//! Rules of the password policy.

/// A broken rule of the password policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordRule {}
