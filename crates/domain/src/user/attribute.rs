//! Rules of attributes.

use super::schema::SchemaRule;
use crate::error::Error;

/// A broken rule of attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeRule {
    /// The schema itself was refused.
    Schema(SchemaRule),
}

impl From<AttributeRule> for Error {
    fn from(rule: AttributeRule) -> Self {
        Self::Attribute(rule)
    }
}
