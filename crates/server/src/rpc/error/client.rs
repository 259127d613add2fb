//! Texts of the rules of client settings.

use poolhouse_domain::pool::client::ClientRule;
use poolhouse_wire::ErrorName;

/// The name and text of a broken rule.
pub(super) fn client(rule: &ClientRule) -> (ErrorName, String) {
    (ErrorName::InvalidParameterException, format!("{rule:?}"))
}
