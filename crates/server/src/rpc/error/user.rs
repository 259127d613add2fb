//! Texts of the rules of users.

use poolhouse_domain::user::attribute::AttributeRule;
use poolhouse_domain::user::filter::FilterRule;
use poolhouse_domain::user::password::PasswordRule;
use poolhouse_domain::user::username::UsernameRule;
use poolhouse_wire::ErrorName;

pub(super) fn username(rule: &UsernameRule) -> (ErrorName, String) {
    (ErrorName::InvalidParameterException, format!("{rule:?}"))
}
pub(super) fn attribute(rule: &AttributeRule) -> (ErrorName, String) {
    (ErrorName::InvalidParameterException, format!("{rule:?}"))
}
pub(super) fn password(rule: &PasswordRule) -> (ErrorName, String) {
    (ErrorName::InvalidParameterException, format!("{rule:?}"))
}
pub(super) fn filter(rule: &FilterRule) -> (ErrorName, String) {
    (ErrorName::InvalidParameterException, format!("{rule:?}"))
}
