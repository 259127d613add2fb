//! Rules of the ListUsers filter.

/// A broken rule of the ListUsers filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterRule {}
