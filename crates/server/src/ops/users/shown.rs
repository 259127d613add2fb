//! How a user is shown: the members that AdminCreateUser, AdminGetUser, GetUser and ListUsers have
//! in common.
//!
//! Which attributes the reader may see is the operation's to say; their order stands here.

use poolhouse_domain::time::Timestamp;
use poolhouse_domain::user::attribute::in_order;
use poolhouse_domain::user::schema::Schema;
use poolhouse_domain::user::{MfaFactor, User, UserStatus};
use poolhouse_wire::shapes::{
    AttributeType, DeliveryMediumType, MFAOptionType, UserStatusType, UserType,
};
use poolhouse_wire::{EpochSeconds, Sensitive};

/// The attributes that `seen` lets pass: `sub` first, then in the order of the schema.
pub(super) fn attributes(
    schema: &Schema,
    user: &User,
    seen: impl Fn(&str) -> bool,
) -> Vec<AttributeType> {
    let listed = in_order(schema, &user.sub, &user.attributes).into_iter();
    let listed = listed.filter(|(name, _)| seen(name));
    listed.map(|(name, value)| AttributeType { name, value: Some(Sensitive::new(value)) }).collect()
}

/// A user as lists and AdminCreateUser show them, with the attributes that `seen` lets pass.
pub(in crate::ops) fn listed(
    schema: &Schema,
    user: &User,
    seen: impl Fn(&str) -> bool,
) -> UserType {
    UserType {
        attributes: Some(attributes(schema, user, seen)),
        enabled: Some(user.enabled),
        mfa_options: mfa_options(user),
        user_create_date: Some(epoch(user.created)),
        user_last_modified_date: Some(epoch(user.modified)),
        user_status: Some(status(user.status)),
        username: Some(Sensitive::new(user.username.clone())),
    }
}

/// `UserMFASettingList`: none where no factor is switched on.
pub(in crate::ops) fn active_factors(user: &User) -> Option<Vec<String>> {
    let active = &user.mfa.active;
    let names = || active.iter().map(|factor| factor.as_str().to_owned()).collect();
    (!active.is_empty()).then(names)
}

/// `PreferredMfaSetting`.
pub(in crate::ops) fn preferred_factor(user: &User) -> Option<String> {
    user.mfa.preferred.map(|factor| factor.as_str().to_owned())
}

/// `MFAOptions`, which knows of text messages alone: none where they are not switched on.
pub(super) fn mfa_options(user: &User) -> Option<Vec<MFAOptionType>> {
    let sms = MFAOptionType {
        attribute_name: Some("phone_number".to_owned()),
        delivery_medium: Some(DeliveryMediumType::Sms),
    };
    user.mfa.active.contains(&MfaFactor::Sms).then(|| vec![sms])
}

/// `UserStatus`.
pub(super) fn status(status: UserStatus) -> UserStatusType {
    match status {
        UserStatus::Unconfirmed => UserStatusType::Unconfirmed,
        UserStatus::Confirmed => UserStatusType::Confirmed,
        UserStatus::ForceChangePassword => UserStatusType::ForceChangePassword,
        UserStatus::ResetRequired => UserStatusType::ResetRequired,
        UserStatus::ExternalProvider => UserStatusType::ExternalProvider,
    }
}

/// A date.
pub(in crate::ops) fn epoch(at: Timestamp) -> EpochSeconds {
    EpochSeconds::from_millis(at.as_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_keeps_its_name() {
        for value in UserStatus::ALL {
            assert_eq!(status(value).as_str(), value.as_str());
        }
    }
}
