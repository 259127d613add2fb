//! How a user who has forgotten the password gets a new one: who may, and where the code goes.
//!
//! A code goes only to an address that is verified, and never to one by which the user also proves
//! the second factor: whoever holds that alone would hold the account.
//!
//! Sources: `AccountRecoverySettingType` in the API reference; "Recovering accounts" and "Managing
//! user existence error responses" in the developer guide.
//!
//! Not verified against AWS: an unconfirmed user whose address an administrator verified recovers
//! as others do; an administrator's reset goes, where only administrators recover accounts, to the
//! phone before the email; a user without a password can be given one; which of two channels a
//! destination is made up for when the name has the form of neither.

use poolhouse_wire::shapes::{RecoveryOptionNameType, RecoveryOptionType, VerifiedAttributeType};

use super::attribute::{is_email, is_phone_number};
use super::{MfaFactor, User, UserStatus};
use crate::error::UserStateRefusal;
use crate::message::Medium;

/// Who asks for a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The user, or whoever knows the name: ForgotPassword, ConfirmForgotPassword.
    User,
    /// AdminResetUserPassword.
    Administrator,
}

/// The order where the pool has no setting of its own.
const LEGACY: [Medium; 2] = [Medium::Sms, Medium::Email];

/// Whether users of a pool with these mechanisms recover their accounts by themselves.
///
/// # Errors
/// `RecoveryByAdministrator`.
pub fn check_open(mechanisms: &[RecoveryOptionType]) -> Result<(), UserStateRefusal> {
    let closed = mechanisms.iter().any(|option| option.name == RecoveryOptionNameType::AdminOnly);
    if closed { Err(UserStateRefusal::RecoveryByAdministrator) } else { Ok(()) }
}

/// Whether the password is one that can be reset.
///
/// # Errors
/// `Disabled`; `CannotResetPassword` where it is temporary or of an identity provider, and for an
/// administrator also where the user is not confirmed.
pub fn check_state(by: By, user: &User) -> Result<(), UserStateRefusal> {
    match user.status {
        _ if !user.enabled => Err(UserStateRefusal::Disabled),
        UserStatus::Confirmed | UserStatus::ResetRequired => Ok(()),
        UserStatus::Unconfirmed if by == By::User => Ok(()),
        UserStatus::Unconfirmed
        | UserStatus::ForceChangePassword
        | UserStatus::ExternalProvider => Err(UserStateRefusal::CannotResetPassword),
    }
}

/// Where the code goes. `mechanisms` is the pool's setting.
///
/// # Errors
/// `NoRecoveryAddress`.
pub fn medium(mechanisms: &[RecoveryOptionType], user: &User) -> Result<Medium, UserStateRefusal> {
    let usable = |medium: &Medium| {
        let attribute = medium.attribute();
        let factor = match medium {
            Medium::Email => MfaFactor::Email,
            Medium::Sms => MfaFactor::Sms,
        };
        user.attributes.get(attribute).is_some_and(|address| !address.is_empty())
            && user.is_verified(attribute)
            && !user.mfa.active.contains(&factor)
    };
    channels(mechanisms).into_iter().find(usable).ok_or(UserStateRefusal::NoRecoveryAddress)
}

/// The channel that a code for nobody seems to take: one whose form the name has; otherwise the
/// first whose addresses the pool verifies, by which most of its users would recover.
pub fn simulated_channel(
    mechanisms: &[RecoveryOptionType],
    auto_verified: &[VerifiedAttributeType],
    name: &str,
) -> VerifiedAttributeType {
    let mut channels: Vec<_> = channels(mechanisms).into_iter().map(attribute_of).collect();
    let verified = |channel: &VerifiedAttributeType| auto_verified.contains(channel);
    if channels.iter().any(verified) {
        channels.retain(verified);
    }
    let fits = |channel: &&VerifiedAttributeType| match channel {
        VerifiedAttributeType::Email => is_email(name),
        VerifiedAttributeType::PhoneNumber => is_phone_number(name),
    };
    let chosen = channels.iter().find(fits).or(channels.first());
    chosen.copied().unwrap_or(VerifiedAttributeType::Email)
}

/// The media by priority.
fn channels(mechanisms: &[RecoveryOptionType]) -> Vec<Medium> {
    let mut sorted: Vec<_> = mechanisms.iter().collect();
    sorted.sort_by_key(|option| option.priority);
    let medium = |option: &RecoveryOptionType| match option.name {
        RecoveryOptionNameType::VerifiedEmail => Some(Medium::Email),
        RecoveryOptionNameType::VerifiedPhoneNumber => Some(Medium::Sms),
        RecoveryOptionNameType::AdminOnly => None,
    };
    let channels: Vec<_> = sorted.into_iter().filter_map(medium).collect();
    if channels.is_empty() { LEGACY.to_vec() } else { channels }
}

fn attribute_of(medium: Medium) -> VerifiedAttributeType {
    match medium {
        Medium::Email => VerifiedAttributeType::Email,
        Medium::Sms => VerifiedAttributeType::PhoneNumber,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::testing::user;
    use RecoveryOptionNameType::{AdminOnly, VerifiedEmail, VerifiedPhoneNumber};
    use VerifiedAttributeType::{Email, PhoneNumber};

    fn options(names: &[RecoveryOptionNameType]) -> Vec<RecoveryOptionType> {
        let one = |(priority, name): (i32, &RecoveryOptionNameType)| RecoveryOptionType {
            name: *name,
            priority,
        };
        (1..).zip(names).map(one).collect()
    }

    fn holder(verified: &[&str]) -> User {
        let mut user = user();
        user.attributes.clear();
        for (name, value) in [("email", "a@b.example"), ("phone_number", "+15550100")] {
            user.attributes.insert(name.into(), value.into());
        }
        for name in verified {
            user.attributes.insert(format!("{name}_verified"), "true".into());
        }
        user
    }

    /// Setting × verified addresses × active factors, every cell.
    #[test]
    fn the_code_goes_to_the_first_verified_address_that_is_no_second_factor() {
        let (email, phone) = ("email", "phone_number");
        let settings: [(&[RecoveryOptionNameType], [Medium; 2]); 6] = [
            (&[VerifiedEmail, VerifiedPhoneNumber], [Medium::Email, Medium::Sms]),
            (&[VerifiedPhoneNumber, VerifiedEmail], [Medium::Sms, Medium::Email]),
            (&[VerifiedEmail], [Medium::Email, Medium::Email]),
            (&[VerifiedPhoneNumber], [Medium::Sms, Medium::Sms]),
            (&[AdminOnly], LEGACY),
            (&[], LEGACY),
        ];
        for (setting, order) in settings {
            for verified in [&[][..], &[email], &[phone], &[email, phone]] {
                for active in [
                    &[][..],
                    &[MfaFactor::Email],
                    &[MfaFactor::Sms],
                    &[MfaFactor::Totp],
                    &[MfaFactor::Sms, MfaFactor::Email],
                ] {
                    let mut user = holder(verified);
                    user.mfa.active = active.to_vec();
                    let expected = order.into_iter().find(|medium| match medium {
                        Medium::Email => {
                            verified.contains(&email) && !active.contains(&MfaFactor::Email)
                        }
                        Medium::Sms => {
                            verified.contains(&phone) && !active.contains(&MfaFactor::Sms)
                        }
                    });
                    let got = medium(&options(setting), &user);
                    let expected = expected.ok_or(UserStateRefusal::NoRecoveryAddress);
                    assert_eq!(got, expected, "{setting:?} {verified:?} {active:?}");
                }
            }
        }
    }

    #[test]
    fn priorities_count_and_not_the_order_of_the_list() {
        let mut setting = options(&[VerifiedEmail, VerifiedPhoneNumber]);
        setting.iter_mut().for_each(|option| option.priority = 3 - option.priority);
        assert_eq!(medium(&setting, &holder(&["email", "phone_number"])), Ok(Medium::Sms));
    }

    #[test]
    fn a_verification_without_an_address_is_none() {
        let mut user = holder(&["email"]);
        user.attributes.remove("email");
        let setting = options(&[VerifiedEmail]);
        assert_eq!(medium(&setting, &user), Err(UserStateRefusal::NoRecoveryAddress));
    }

    #[test]
    fn only_administrators_recover_where_the_pool_says_so() {
        assert_eq!(check_open(&options(&[VerifiedEmail])), Ok(()));
        assert_eq!(check_open(&[]), Ok(()));
        let closed = check_open(&options(&[AdminOnly]));
        assert_eq!(closed, Err(UserStateRefusal::RecoveryByAdministrator));
    }

    /// Every status, enabled or not, for users and administrators.
    #[test]
    fn whose_password_can_be_reset() {
        let cannot = || Err(UserStateRefusal::CannotResetPassword);
        for (status, by_user, by_administrator) in [
            (UserStatus::Unconfirmed, Ok(()), cannot()),
            (UserStatus::Confirmed, Ok(()), Ok(())),
            (UserStatus::ForceChangePassword, cannot(), cannot()),
            (UserStatus::ResetRequired, Ok(()), Ok(())),
            (UserStatus::ExternalProvider, cannot(), cannot()),
        ] {
            let mut user = user();
            user.status = status;
            assert_eq!(check_state(By::User, &user), by_user, "{status:?}");
            assert_eq!(check_state(By::Administrator, &user), by_administrator, "{status:?}");
            user.enabled = false;
            for by in [By::User, By::Administrator] {
                assert_eq!(check_state(by, &user), Err(UserStateRefusal::Disabled));
            }
        }
    }

    #[test]
    fn a_made_up_channel_is_one_that_the_pool_has() {
        let both = options(&[VerifiedEmail, VerifiedPhoneNumber]);
        let phone_first = options(&[VerifiedPhoneNumber, VerifiedEmail]);
        for (setting, auto, name, expected) in [
            (&both, &[][..], "bob", Email),
            (&both, &[], "+15550100", PhoneNumber),
            (&phone_first, &[], "bob", PhoneNumber),
            (&phone_first, &[], "a@b.example", Email),
            (&phone_first, &[Email], "bob", Email),
            (&both, &[PhoneNumber], "bob", PhoneNumber),
            (&both, &[PhoneNumber], "a@b.example", PhoneNumber),
            (&options(&[VerifiedPhoneNumber]), &[Email], "a@b.example", PhoneNumber),
            (&options(&[VerifiedEmail]), &[PhoneNumber], "+15550100", Email),
            (&vec![], &[], "bob", PhoneNumber),
        ] {
            assert_eq!(simulated_channel(setting, auto, name), expected, "{setting:?} {name}");
        }
    }
}
