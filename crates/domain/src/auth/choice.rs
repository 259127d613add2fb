//! Choice-based sign-in (`USER_AUTH`): which first factors a user can choose from, and which level
//! a step-up aims at.
//!
//! Sources: `InitiateAuth` in the API reference; "Authentication flows" and "Step-up authentication"
//! in the developer guide.

use serde::{Deserialize, Serialize};

use super::method::{Level, Method, Methods};
use super::mfa::{self, MfaNeed};
use super::policy::{MfaMode, PoolPolicy};
use super::step::ChallengeKind;
use crate::error::{Error, Result, SignInRefusal};
use crate::message::Medium;
use crate::user::{MfaFactor, User, UserStatus};

/// A first factor of `USER_AUTH`, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FirstFactor {
    /// The password by SRP.
    PasswordSrp,
    /// The plain password.
    Password,
    /// A code by email.
    Email,
    /// A code by text message.
    Sms,
}

impl FirstFactor {
    const ALL: [Self; 4] = [Self::PasswordSrp, Self::Password, Self::Email, Self::Sms];

    /// The challenge that asks for it.
    pub fn challenge(self) -> ChallengeKind {
        match self {
            Self::PasswordSrp => ChallengeKind::PasswordSrp,
            Self::Password => ChallengeKind::Password,
            Self::Email => ChallengeKind::EmailOtp,
            Self::Sms => ChallengeKind::SmsOtp,
        }
    }

    /// Reads `PREFERRED_CHALLENGE` or `ANSWER`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|factor| factor.challenge().as_str() == text)
    }

    /// The medium of a code.
    pub fn medium(self) -> Option<Medium> {
        match self {
            Self::PasswordSrp | Self::Password => None,
            Self::Email => Some(Medium::Email),
            Self::Sms => Some(Medium::Sms),
        }
    }
}

/// What this user can sign in with first.
///
/// Codes go to verified addresses, or, for somebody without a password, to the one there is: without
/// it they could not sign in at all. Whoever owes a second factor is offered the password alone: a code
/// that could be both would be one factor counted twice.
pub fn available(policy: &PoolPolicy, user: &User, has_password: bool) -> Vec<FirstFactor> {
    let mut factors = Vec::new();
    if has_password {
        factors.extend([FirstFactor::PasswordSrp, FirstFactor::Password]);
    }
    let by_password_alone = match user.status {
        UserStatus::ForceChangePassword => true,
        // A code would confirm whoever has no password; the others are confirmed first.
        UserStatus::Unconfirmed => has_password,
        UserStatus::Confirmed | UserStatus::ResetRequired | UserStatus::ExternalProvider => false,
    };
    if !by_password_alone && mfa::decide(policy, user) == MfaNeed::None {
        let reachable = |factor: &FirstFactor| {
            factor.medium().is_some_and(|medium| {
                policy.first_factors.contains(factor) && receives(user, medium, has_password)
            })
        };
        factors.extend([FirstFactor::Email, FirstFactor::Sms].into_iter().filter(reachable));
    }
    factors
}

fn receives(user: &User, medium: Medium, has_password: bool) -> bool {
    let name = medium.attribute();
    user.attribute(name).is_some_and(|address| !address.is_empty())
        && (user.is_verified(name) || !has_password)
}

/// What a user who does not exist seems to be able to sign in with: everything that the pool has.
pub fn simulated(policy: &PoolPolicy) -> Vec<FirstFactor> {
    let mut factors = vec![FirstFactor::PasswordSrp, FirstFactor::Password];
    if policy.mfa != MfaMode::Required {
        let codes = [FirstFactor::Email, FirstFactor::Sms];
        factors.extend(codes.into_iter().filter(|factor| policy.first_factors.contains(factor)));
    }
    factors
}

/// The level that a step-up aims at: the first of `wanted` that the user's factors can reach.
///
/// # Errors
/// [`SignInRefusal::NoLevel`] where none can be reached, [`SignInRefusal::LevelReached`] where what
/// is proven already is enough for it.
pub fn target(
    policy: &PoolPolicy,
    user: &User,
    available: &[FirstFactor],
    wanted: &[Level],
    proven: &Methods,
) -> Result<Level> {
    let reachable = wanted.iter().find(|level| can_reach(policy, user, available, **level));
    let level = *reachable.ok_or(Error::SignIn(SignInRefusal::NoLevel))?;
    if level.is_met_by(proven) {
        return Err(Error::SignIn(SignInRefusal::LevelReached));
    }
    Ok(level)
}

fn can_reach(policy: &PoolPolicy, user: &User, available: &[FirstFactor], level: Level) -> bool {
    let password = available.contains(&FirstFactor::Password);
    match level {
        Level::Password => password,
        Level::Message => available.iter().any(|factor| factor.medium().is_some()),
        Level::PasswordAndMessage | Level::PasswordAndTotp => {
            password && !usable(policy, user, level.second_factors()).is_empty()
        }
    }
}

/// Those of `factors` that the pool enables and the user has set up.
pub fn usable(policy: &PoolPolicy, user: &User, factors: &[MfaFactor]) -> Vec<MfaFactor> {
    let usable =
        |factor: &MfaFactor| policy.factors.contains(factor) && mfa::is_set_up(user, *factor);
    factors.iter().copied().filter(usable).collect()
}

/// The first factors with which a step-up to `level` can begin.
pub fn for_level(available: &[FirstFactor], level: Level) -> Vec<FirstFactor> {
    let by_code = level == Level::Message;
    available.iter().copied().filter(|factor| factor.medium().is_some() == by_code).collect()
}

/// What a first factor proves.
pub fn proof(factor: FirstFactor) -> Method {
    match factor {
        FirstFactor::PasswordSrp | FirstFactor::Password => Method::Password,
        FirstFactor::Email => Method::Email,
        FirstFactor::Sms => Method::Sms,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::testing::{pool, user};
    use FirstFactor::{Email, Password, PasswordSrp, Sms};

    fn choosing() -> PoolPolicy {
        PoolPolicy { first_factors: [Email, Sms].into(), ..pool() }
    }

    fn with(attributes: &[(&str, &str)]) -> User {
        let mut user = user();
        for (name, value) in attributes {
            user.attributes.insert((*name).into(), (*value).into());
        }
        user
    }

    fn reachable() -> User {
        with(&[
            ("email", "a@example.com"),
            ("email_verified", "true"),
            ("phone_number", "+15550100"),
            ("phone_number_verified", "true"),
        ])
    }

    #[test]
    fn a_user_is_offered_what_pool_and_user_have() {
        assert_eq!(available(&choosing(), &reachable(), true), [PasswordSrp, Password, Email, Sms]);
        assert_eq!(available(&choosing(), &reachable(), false), [Email, Sms]);
        assert_eq!(available(&pool(), &reachable(), true), [PasswordSrp, Password]);
        assert_eq!(available(&choosing(), &user(), true), [PasswordSrp, Password]);
        let unverified = with(&[("email", "a@example.com")]);
        assert_eq!(available(&choosing(), &unverified, false), [Email]);
        assert_eq!(available(&choosing(), &unverified, true), [PasswordSrp, Password]);
        assert_eq!(available(&choosing(), &user(), false), []);
    }

    #[test]
    fn whoever_owes_a_second_factor_or_a_new_password_begins_with_the_password() {
        let mut required = choosing();
        required.mfa = MfaMode::Required;
        required.factors.insert(MfaFactor::Totp);
        assert_eq!(available(&required, &reachable(), true), [PasswordSrp, Password]);
        let temporary = User { status: UserStatus::ForceChangePassword, ..reachable() };
        assert_eq!(available(&choosing(), &temporary, true), [PasswordSrp, Password]);
    }

    #[test]
    fn an_unverified_address_serves_only_who_has_no_password() {
        let unconfirmed =
            User { status: UserStatus::Unconfirmed, ..with(&[("email", "a@example.com")]) };
        assert_eq!(available(&choosing(), &unconfirmed, false), [Email]);
        assert_eq!(available(&choosing(), &unconfirmed, true), [PasswordSrp, Password]);
    }

    #[test]
    fn a_step_up_takes_the_first_level_that_can_be_reached() {
        let mut policy = choosing();
        policy.factors.extend([MfaFactor::Totp, MfaFactor::Email]);
        let user = reachable();
        let available = available(&policy, &user, true);
        let to = |wanted: &[Level], proven: &[Method]| {
            let proven = proven.iter().copied().collect();
            match target(&policy, &user, &available, wanted, &proven) {
                Ok(level) => Ok(level),
                Err(Error::SignIn(refusal)) => Err(refusal),
                Err(other) => panic!("{other}"),
            }
        };
        // No authenticator is registered, so the fourth level is out of reach.
        let wanted = [Level::PasswordAndTotp, Level::PasswordAndMessage];
        assert_eq!(to(&wanted, &[]), Ok(Level::PasswordAndMessage));
        assert_eq!(to(&wanted, &[Method::Password]), Ok(Level::PasswordAndMessage));
        assert_eq!(to(&[Level::PasswordAndTotp], &[]), Err(SignInRefusal::NoLevel));
        let both = [Method::Password, Method::Email];
        assert_eq!(to(&wanted, &both), Err(SignInRefusal::LevelReached));
        assert_eq!(to(&[Level::Message], &[Method::Password]), Ok(Level::Message));
        assert_eq!(for_level(&available, Level::Message), [Email, Sms]);
        assert_eq!(for_level(&available, Level::PasswordAndMessage), [PasswordSrp, Password]);
    }
}
