//! What NEW_PASSWORD_REQUIRED may change of a user.

use poolhouse_domain::auth::policy::PoolPolicy;
use poolhouse_domain::error::{Error, Result, SignInRefusal};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::pool::client::Client;
use poolhouse_domain::user::attribute::{self, AttributeRule};
use poolhouse_domain::user::{User, UserStatus};
use poolhouse_wire::shapes::AttributeType;

use crate::ops::users::passwords;

/// Addresses: they are replaced by verification, never here.
const ADDRESSES: [&str; 2] = ["email", "phone_number"];

/// The user as they will be: confirmed, with the attributes that the answer gave.
///
/// # Errors
/// A password against the policy; an attribute that the client may not write, that is provided
/// already, or that is required and still missing.
pub(super) fn changed_user(
    pool: &Pool,
    client: &Client,
    policy: &PoolPolicy,
    user: &User,
    new_password: &str,
    given: &[AttributeType],
) -> Result<User> {
    passwords::check(pool, new_password)?;
    let refused = |refusal| Err(Error::SignIn(refusal));
    for AttributeType { name, .. } in given {
        if !client.settings.writes(name) {
            return Err(Error::Attribute(AttributeRule::UnauthorizedWrite));
        }
        let fixed = policy.required_attributes.contains(name) || ADDRESSES.contains(&name.as_str());
        if fixed && user.attribute(name).is_some() {
            return refused(SignInRefusal::AttributeAlreadyProvided(name.clone()));
        }
    }
    let schema = pool.settings.schema();
    let updated = attribute::admin_update(schema, &[], &[], &user.attributes, given);
    let attributes = updated.map_err(Error::Attribute)?.attributes;
    let missing = policy
        .required_attributes
        .iter()
        .find(|name| name.as_str() != "sub" && !attributes.contains_key(*name));
    if let Some(name) = missing {
        return refused(SignInRefusal::AttributeMissing(name.clone()));
    }
    Ok(User { attributes, status: UserStatus::Confirmed, ..user.clone() })
}
