//! What a user may choose of second factors.

use super::policy::{MfaMode, PoolPolicy};
use crate::error::{Error, MfaRefusal, Result};
use crate::user::{MfaFactor, MfaPreference, User};

/// What a request says of one factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// `Enabled`.
    pub enabled: bool,
    /// `PreferredMfa`.
    pub preferred: bool,
}

/// The preference after a request. Factors that it does not name stay as they are; switching the
/// preferred one off leaves none preferred.
///
/// # Errors
/// Two preferred; preferred but not enabled; a factor that is not set up; switching one off where
/// the pool requires MFA.
pub fn apply(
    pool: &PoolPolicy,
    user: &User,
    wishes: &[(MfaFactor, Wish)],
) -> Result<MfaPreference> {
    let refuse = |refusal| Err(Error::Mfa(refusal));
    if wishes.iter().filter(|(_, wish)| wish.preferred).count() > 1 {
        return refuse(MfaRefusal::TwoPreferred);
    }
    let mut preference = user.mfa.clone();
    for (factor, wish) in wishes {
        if wish.preferred && !wish.enabled {
            return refuse(MfaRefusal::PreferredNotEnabled);
        }
        let active = preference.active.contains(factor);
        if wish.enabled {
            if !is_set_up(user, *factor) {
                return refuse(MfaRefusal::FactorNotSetUp(factor.as_str()));
            }
            if !active {
                preference.active.push(*factor);
            }
        } else if active {
            if pool.mfa == MfaMode::Required {
                return refuse(MfaRefusal::RequiredByPool);
            }
            preference.active.retain(|other| other != factor);
        }
        if wish.preferred {
            preference.preferred = Some(*factor);
        } else if preference.preferred == Some(*factor) {
            preference.preferred = None;
        }
    }
    preference.active.sort_unstable();
    Ok(preference)
}

fn is_set_up(user: &User, factor: MfaFactor) -> bool {
    match factor {
        MfaFactor::Totp => user.totp_verified,
        MfaFactor::Sms => user.attribute("phone_number").is_some(),
        MfaFactor::Email => user.attribute("email").is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::testing::{pool, user};
    use MfaFactor::{Sms, Totp};

    const ON: Wish = Wish { enabled: true, preferred: false };
    const FIRST: Wish = Wish { enabled: true, preferred: true };
    const OFF: Wish = Wish { enabled: false, preferred: false };

    fn enrolled() -> User {
        let mut user = user();
        user.totp_verified = true;
        user.attributes.insert("phone_number".into(), "+15555550100".into());
        user
    }

    #[track_caller]
    fn refused(result: Result<MfaPreference>, expected: &MfaRefusal) {
        match result {
            Err(Error::Mfa(refusal)) => assert_eq!(&refusal, expected),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn factors_that_are_not_named_stay() {
        let mut user = enrolled();
        user.mfa = MfaPreference { active: vec![Sms], preferred: Some(Sms) };
        let both = apply(&pool(), &user, &[(Totp, ON)]).unwrap();
        assert_eq!(both, MfaPreference { active: vec![Sms, Totp], preferred: Some(Sms) });
    }

    #[test]
    fn switching_the_preferred_one_off_leaves_none() {
        let mut user = enrolled();
        user.mfa = MfaPreference { active: vec![Sms, Totp], preferred: Some(Totp) };
        let rest = apply(&pool(), &user, &[(Totp, OFF)]).unwrap();
        assert_eq!(rest, MfaPreference { active: vec![Sms], preferred: None });
        assert_eq!(apply(&pool(), &user, &[(Totp, ON)]).unwrap().preferred, None);
    }

    #[test]
    fn what_is_refused() {
        let user = enrolled();
        refused(apply(&pool(), &user, &[(Totp, FIRST), (Sms, FIRST)]), &MfaRefusal::TwoPreferred);
        let unprepared = crate::auth::testing::user();
        refused(
            apply(&pool(), &unprepared, &[(Totp, ON)]),
            &MfaRefusal::FactorNotSetUp("SOFTWARE_TOKEN_MFA"),
        );
        let wish = Wish { enabled: false, preferred: true };
        refused(apply(&pool(), &user, &[(Totp, wish)]), &MfaRefusal::PreferredNotEnabled);
        let strict = PoolPolicy { mfa: MfaMode::Required, ..pool() };
        let mut active = enrolled();
        active.mfa.active.push(Totp);
        refused(apply(&strict, &active, &[(Totp, OFF)]), &MfaRefusal::RequiredByPool);
        assert!(apply(&strict, &user, &[(Totp, OFF)]).is_ok(), "nothing was on");
    }
}
