//! Rules of usernames.

/// A broken rule of usernames.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UsernameRule {}
