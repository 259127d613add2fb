//! Texts of the rules of pool settings.

use poolhouse_domain::pool::PoolRule;
use poolhouse_wire::ErrorName;

/// The name and text of a broken rule.
pub(super) fn pool(rule: &PoolRule) -> (ErrorName, String) {
    (ErrorName::InvalidParameterException, format!("{rule:?}"))
}
