//! Which second factor a sign-in owes after a correct first one.
//!
//! One pure function over the pool's and the user's settings: the decision list of the developer
//! guide's page on MFA. Devices are not looked at here; [`super::advance`] combines the two.

use std::collections::BTreeSet;

use super::policy::{MfaMode, PoolPolicy, RecoveryChannel};
use crate::error::SignInRefusal;
use crate::risk::Demand;
use crate::user::{MfaFactor, User};

/// What the user owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MfaNeed {
    /// Nothing.
    None,
    /// This factor.
    Challenge(MfaFactor),
    /// One of these, at the user's choice.
    Select(Vec<MfaFactor>),
    /// To set one of these up first.
    Setup(Vec<MfaFactor>),
    /// A factor is required and none is possible.
    Impossible,
}

/// Decides.
pub fn decide(pool: &PoolPolicy, user: &User) -> MfaNeed {
    match pool.mfa {
        MfaMode::Off => MfaNeed::None,
        MfaMode::Optional => optional(pool, user),
        MfaMode::Required => required(pool, user),
    }
}

/// Decides about a sign-in of which a risk asks more than the pool does of everybody.
///
/// A demand is met by what the user has set up, switched on or not. Whoever has nothing is let in
/// by [`Demand::IfConfigured`] and not by [`Demand::Required`]: a factor that is set up in a risky
/// sign-in would be the intruder's.
///
/// # Errors
/// [`SignInRefusal::SecurityReasons`].
pub fn demanded(pool: &PoolPolicy, user: &User, demand: Demand) -> Result<MfaNeed, SignInRefusal> {
    let usual = decide(pool, user);
    let configured = || match required(pool, user) {
        need @ (MfaNeed::Challenge(_) | MfaNeed::Select(_)) => Some(need),
        MfaNeed::None | MfaNeed::Setup(_) | MfaNeed::Impossible => None,
    };
    match (demand, usual) {
        (Demand::IfConfigured, MfaNeed::None) => Ok(configured().unwrap_or(MfaNeed::None)),
        (Demand::Required, MfaNeed::None | MfaNeed::Setup(_) | MfaNeed::Impossible) => {
            configured().ok_or(SignInRefusal::SecurityReasons)
        }
        (_, usual) => Ok(usual),
    }
}

/// Factors the user switched on and can still use: enabled in the pool and set up.
fn active(pool: &PoolPolicy, user: &User) -> Vec<MfaFactor> {
    user.mfa
        .active
        .iter()
        .copied()
        .filter(|factor| pool.factors.contains(factor) && is_set_up(user, *factor))
        .collect()
}

/// Whether a user can be asked for a factor: an authenticator was verified, an address is known.
pub fn is_set_up(user: &User, factor: MfaFactor) -> bool {
    match factor {
        MfaFactor::Totp => user.totp_verified,
        MfaFactor::Sms => user.attribute("phone_number").is_some(),
        MfaFactor::Email => user.attribute("email").is_some(),
    }
}

fn preferred(user: &User, active: &[MfaFactor]) -> Option<MfaFactor> {
    user.mfa.preferred.filter(|factor| active.contains(factor))
}

fn optional(pool: &PoolPolicy, user: &User) -> MfaNeed {
    let active = active(pool, user);
    match (preferred(user, &active), active.as_slice()) {
        (_, []) => MfaNeed::None,
        (Some(factor), _) => MfaNeed::Challenge(factor),
        (None, [factor]) => MfaNeed::Challenge(*factor),
        (None, several) => MfaNeed::Select(several.to_vec()),
    }
}

fn required(pool: &PoolPolicy, user: &User) -> MfaNeed {
    if let Some(factor) = preferred(user, &active(pool, user)) {
        return MfaNeed::Challenge(factor);
    }
    let messages = usable_messages(pool, user);
    if pool.factors.contains(&MfaFactor::Totp) && user.totp_verified {
        let mut choices = vec![MfaFactor::Totp];
        choices.extend(messages);
        return one_of(choices);
    }
    required_by_message(pool, user, messages)
}

/// SMS and email, where the user has the attribute, the pool enables it, and it is not what the
/// account is recovered with.
fn usable_messages(pool: &PoolPolicy, user: &User) -> Vec<MfaFactor> {
    [(MfaFactor::Sms, RecoveryChannel::Phone), (MfaFactor::Email, RecoveryChannel::Email)]
        .into_iter()
        .filter(|(factor, channel)| {
            pool.factors.contains(factor)
                && is_set_up(user, *factor)
                && pool.recovery != Some(*channel)
        })
        .map(|(factor, _)| factor)
        .collect()
}

fn one_of(choices: Vec<MfaFactor>) -> MfaNeed {
    match choices.as_slice() {
        [only] => MfaNeed::Challenge(*only),
        _ => MfaNeed::Select(choices),
    }
}

/// Items 5 to 8 of the list: nothing preferred, no usable authenticator.
fn required_by_message(pool: &PoolPolicy, user: &User, messages: Vec<MfaFactor>) -> MfaNeed {
    if !messages.is_empty() {
        return one_of(messages);
    }
    let has_attribute =
        [MfaFactor::Sms, MfaFactor::Email].into_iter().any(|factor| is_set_up(user, factor));
    let setup = if has_attribute { only_totp(pool) } else { everything_to_set_up(pool) };
    if setup.is_empty() { MfaNeed::Impossible } else { MfaNeed::Setup(setup) }
}

fn only_totp(pool: &PoolPolicy) -> Vec<MfaFactor> {
    pool.factors.iter().copied().filter(|factor| *factor == MfaFactor::Totp).collect()
}

/// What a user without any attribute can set up: SMS is never offered (measured), email unless it
/// is the recovery channel.
fn everything_to_set_up(pool: &PoolPolicy) -> Vec<MfaFactor> {
    let enabled: &BTreeSet<MfaFactor> = &pool.factors;
    [MfaFactor::Totp, MfaFactor::Email]
        .into_iter()
        .filter(|factor| enabled.contains(factor))
        .filter(|factor| {
            *factor != MfaFactor::Email || pool.recovery != Some(RecoveryChannel::Email)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::testing::{pool, user};
    use MfaFactor::{Email, Sms, Totp};

    fn check(mode: MfaMode, factors: &[MfaFactor], user: &User, expected: &MfaNeed) {
        let policy = PoolPolicy { mfa: mode, factors: factors.iter().copied().collect(), ..pool() };
        assert_eq!(&decide(&policy, user), expected, "{mode:?} {factors:?} {user:?}");
    }

    fn with(active: &[MfaFactor], preferred: Option<MfaFactor>) -> User {
        let mut user = user();
        user.totp_verified = active.contains(&Totp);
        if active.contains(&Sms) {
            user.attributes.insert("phone_number".into(), "+15555550100".into());
        }
        if active.contains(&Email) {
            user.attributes.insert("email".into(), "a@example.com".into());
        }
        user.mfa.active = active.to_vec();
        user.mfa.preferred = preferred;
        user
    }

    fn with_attributes(attributes: &[(&str, &str)], totp: bool) -> User {
        let mut user = user();
        for (name, value) in attributes {
            user.attributes.insert((*name).into(), (*value).into());
        }
        user.totp_verified = totp;
        user
    }

    #[test]
    fn off_asks_nobody_whatever_is_active() {
        check(MfaMode::Off, &[], &with(&[Totp], Some(Totp)), &MfaNeed::None);
    }

    #[test]
    fn optional_asks_those_with_an_active_factor() {
        let all = [Sms, Totp, Email];
        check(MfaMode::Optional, &all, &with(&[], None), &MfaNeed::None);
        check(MfaMode::Optional, &all, &with(&[Totp], None), &MfaNeed::Challenge(Totp));
        check(MfaMode::Optional, &all, &with(&[Sms, Totp], Some(Totp)), &MfaNeed::Challenge(Totp));
        check(
            MfaMode::Optional,
            &all,
            &with(&[Sms, Totp], None),
            &MfaNeed::Select(vec![Sms, Totp]),
        );
    }

    #[test]
    fn optional_ignores_a_factor_that_the_pool_switched_off() {
        check(MfaMode::Optional, &[Sms], &with(&[Totp], Some(Totp)), &MfaNeed::None);
    }

    #[test]
    fn optional_ignores_a_totp_that_was_registered_but_not_switched_on() {
        check(MfaMode::Optional, &[Totp], &with_attributes(&[], true), &MfaNeed::None);
    }

    #[test]
    fn required_without_anything_sets_up_what_the_pool_enables_but_never_sms() {
        let nobody = with_attributes(&[], false);
        check(MfaMode::Required, &[Sms, Totp], &nobody, &MfaNeed::Setup(vec![Totp]));
        check(MfaMode::Required, &[Email], &nobody, &MfaNeed::Setup(vec![Email]));
        check(MfaMode::Required, &[Sms, Totp, Email], &nobody, &MfaNeed::Setup(vec![Totp, Email]));
        check(MfaMode::Required, &[Sms], &nobody, &MfaNeed::Impossible);
    }

    #[test]
    fn required_uses_a_phone_where_there_is_no_totp() {
        let phone = with_attributes(&[("phone_number", "+15555550100")], false);
        check(MfaMode::Required, &[Sms, Totp], &phone, &MfaNeed::Challenge(Sms));
    }

    #[test]
    fn required_offers_the_choice_where_several_are_usable() {
        let both =
            with_attributes(&[("phone_number", "+15555550100"), ("email", "a@example.com")], true);
        check(
            MfaMode::Required,
            &[Sms, Totp, Email],
            &both,
            &MfaNeed::Select(vec![Totp, Sms, Email]),
        );
        let without_totp = User { totp_verified: false, ..both };
        check(
            MfaMode::Required,
            &[Sms, Totp, Email],
            &without_totp,
            &MfaNeed::Select(vec![Sms, Email]),
        );
    }

    #[test]
    fn required_asks_a_registered_totp_even_if_the_user_never_switched_it_on() {
        check(MfaMode::Required, &[Totp], &with_attributes(&[], true), &MfaNeed::Challenge(Totp));
    }

    #[test]
    fn required_does_not_use_the_recovery_channel_as_a_factor() {
        let email = with_attributes(&[("email", "a@example.com")], false);
        let policy = PoolPolicy {
            mfa: MfaMode::Required,
            factors: [Email, Totp].into_iter().collect(),
            recovery: Some(RecoveryChannel::Email),
            ..pool()
        };
        assert_eq!(decide(&policy, &email), MfaNeed::Setup(vec![Totp]));
        let without_totp = PoolPolicy { factors: [Email].into_iter().collect(), ..policy };
        assert_eq!(decide(&without_totp, &email), MfaNeed::Impossible);
    }

    #[test]
    fn required_with_totp_switched_off_in_the_pool_is_as_without_totp() {
        let totp = with_attributes(&[("phone_number", "+15555550100")], true);
        check(MfaMode::Required, &[Sms], &totp, &MfaNeed::Challenge(Sms));
    }

    #[test]
    fn a_demand_is_met_by_what_is_set_up() {
        let totp = with_attributes(&[], true);
        let phone = with_attributes(&[("phone_number", "+15555550100")], false);
        let nobody = with_attributes(&[], false);
        let refused = Err(SignInRefusal::SecurityReasons);
        let asked = |factor| Ok(MfaNeed::Challenge(factor));
        for (mode, factors, user, if_configured, required) in [
            (MfaMode::Optional, &[Totp][..], &totp, asked(Totp), asked(Totp)),
            (MfaMode::Optional, &[Sms], &phone, asked(Sms), asked(Sms)),
            (MfaMode::Optional, &[Totp], &phone, Ok(MfaNeed::None), refused.clone()),
            (MfaMode::Optional, &[Totp], &nobody, Ok(MfaNeed::None), refused.clone()),
            (MfaMode::Off, &[], &totp, Ok(MfaNeed::None), refused.clone()),
            (MfaMode::Required, &[Totp], &totp, asked(Totp), asked(Totp)),
            (MfaMode::Required, &[Totp], &nobody, Ok(MfaNeed::Setup(vec![Totp])), refused.clone()),
            (MfaMode::Required, &[Sms], &nobody, Ok(MfaNeed::Impossible), refused.clone()),
        ] {
            let factors = factors.iter().copied().collect();
            let policy = PoolPolicy { mfa: mode, factors, ..pool() };
            assert_eq!(demanded(&policy, user, Demand::None), Ok(decide(&policy, user)));
            assert_eq!(demanded(&policy, user, Demand::IfConfigured), if_configured, "{mode:?}");
            assert_eq!(demanded(&policy, user, Demand::Required), required, "{mode:?}");
        }
    }
}
