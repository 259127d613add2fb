//! Rules of attributes.

/// A broken rule of attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeRule {}
