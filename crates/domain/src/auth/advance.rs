//! The machine: what follows a proof, and which answers a step accepts.
//!
//! Pure: facts were loaded before, effects are returned. Tokens come only from a [`Grant`], whose
//! fields are private to this module, so no branch elsewhere can issue any.
//!
//! Start reading at [`proceed`]: it is the table of devices and MFA in one screen.

use std::collections::BTreeMap;

use rand_core::RngCore;

use super::mfa::{self, MfaNeed};
use super::policy::PoolPolicy;
use super::step::{ChallengeKind, Progress, SessionState, Step};
use crate::device::Device;
use crate::error::{Error, Result, SessionRefusal, SignInRefusal};
use crate::id::{DeviceKey, PoolId, Sub, device_group_key};
use crate::time::Timestamp;
use crate::user::{MfaFactor, User, UserStatus};

/// What a step may look at.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The pool.
    pub pool: &'a PoolId,
    /// Its policy.
    pub policy: &'a PoolPolicy,
    /// The user, as just read.
    pub user: &'a User,
    /// The presented device, if it is one of the user's and the pool tracks devices.
    pub device: Option<&'a Device>,
}

/// What follows.
#[derive(Debug)]
pub enum Next {
    /// Ask for more.
    Challenge(Challenge),
    /// Issue tokens.
    Grant(Grant),
}

/// A challenge to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Its name.
    pub kind: ChallengeKind,
    /// `ChallengeParameters`.
    pub parameters: BTreeMap<String, String>,
    /// The session to save, for challenges that have one.
    pub session: Option<SessionState>,
}

/// The right to tokens. Built in this module only.
#[derive(Debug)]
pub struct Grant {
    sub: Sub,
    device: GrantedDevice,
    authenticated: Timestamp,
}

/// The device of a finished sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GrantedDevice {
    /// The pool does not track devices.
    Untracked,
    /// The device that was presented.
    Known(DeviceKey),
    /// A key issued with these tokens.
    New {
        /// The key.
        key: DeviceKey,
        /// Its group key.
        group_key: String,
    },
}

impl GrantedDevice {
    /// The `device_key` claim.
    pub fn key(&self) -> Option<&DeviceKey> {
        match self {
            Self::Untracked => None,
            Self::Known(key) | Self::New { key, .. } => Some(key),
        }
    }
}

impl Grant {
    /// The user.
    pub fn sub(&self) -> &Sub {
        &self.sub
    }

    /// The device.
    pub fn device(&self) -> &GrantedDevice {
        &self.device
    }

    /// When the user proved who they are: `auth_time`.
    pub fn authenticated(&self) -> Timestamp {
        self.authenticated
    }
}

/// What follows once the password (or a new one) is proven: the table of devices and MFA.
///
/// | device presented | MFA not due | due, device does not replace it | due, device replaces it |
/// |---|---|---|---|
/// | none | tokens, new key | MFA, tokens, new key | the same |
/// | not remembered | tokens | MFA, tokens | the same |
/// | remembered | device, tokens | MFA, device, tokens | device, tokens |
///
/// # Errors
/// [`SignInRefusal::NoFactorPossible`], and [`Error::NotBuilt`] for factors that come later.
pub fn proceed(
    progress: Progress,
    facts: Facts<'_>,
    now: Timestamp,
    rng: &mut dyn RngCore,
) -> Result<Next> {
    if facts.user.status == UserStatus::ForceChangePassword && !progress.new_password {
        return Ok(new_password_challenge(progress, facts));
    }
    let device = facts.device.filter(|_| facts.policy.tracking.is_some());
    let challengeable = device.filter(|device| device.can_be_challenged());
    let replaces = facts.policy.tracking.is_some_and(|tracking| tracking.device_replaces_mfa);
    if let Some(device) = challengeable.filter(|_| replaces) {
        return Ok(device_challenge(progress, facts, device));
    }
    if !progress.mfa_done
        && let Some(challenge) = second_factor(&progress, facts)?
    {
        return Ok(challenge);
    }
    if let Some(device) = challengeable {
        return Ok(device_challenge(progress, facts, device));
    }
    Ok(Next::Grant(grant(facts, now, rng)))
}

fn second_factor(progress: &Progress, facts: Facts<'_>) -> Result<Option<Next>> {
    match mfa::decide(facts.policy, facts.user) {
        MfaNeed::None => Ok(None),
        MfaNeed::Challenge(MfaFactor::Totp) => Ok(Some(totp_challenge(progress, facts))),
        MfaNeed::Setup(choices) if choices.contains(&MfaFactor::Totp) => {
            Ok(Some(setup_challenge(progress, facts, &choices)))
        }
        MfaNeed::Challenge(MfaFactor::Sms) => Err(Error::NotBuilt("the SMS_MFA challenge")),
        MfaNeed::Challenge(MfaFactor::Email) => Err(Error::NotBuilt("the EMAIL_OTP challenge")),
        MfaNeed::Select(_) => Err(Error::NotBuilt("the SELECT_MFA_TYPE challenge")),
        MfaNeed::Setup(_) => Err(Error::NotBuilt("MFA_SETUP with email")),
        MfaNeed::Impossible => Err(Error::SignIn(SignInRefusal::NoFactorPossible)),
    }
}

fn grant(facts: Facts<'_>, now: Timestamp, rng: &mut dyn RngCore) -> Grant {
    let device = match (facts.policy.tracking, facts.device) {
        (None, _) => GrantedDevice::Untracked,
        (Some(_), Some(device)) => GrantedDevice::Known(device.key.clone()),
        (Some(_), None) => GrantedDevice::New {
            key: DeviceKey::generate(facts.pool, rng),
            group_key: device_group_key(rng),
        },
    };
    Grant { sub: facts.user.sub.clone(), device, authenticated: now }
}

/// The grant after a device proved its secret: nothing else is owed.
pub fn grant_after_device(facts: Facts<'_>, device: &Device, now: Timestamp) -> Grant {
    Grant {
        sub: facts.user.sub.clone(),
        device: GrantedDevice::Known(device.key.clone()),
        authenticated: now,
    }
}

fn challenge(kind: ChallengeKind, parameters: &[(&str, String)], session: SessionState) -> Next {
    let parameters =
        parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    Next::Challenge(Challenge { kind, parameters, session: Some(session) })
}

fn state(step: Step, progress: &Progress) -> SessionState {
    SessionState { step, progress: progress.clone(), twin: None }
}

fn totp_challenge(progress: &Progress, facts: Facts<'_>) -> Next {
    let mut parameters = vec![("USER_ID_FOR_SRP", facts.user.username.clone())];
    if let Some(name) = &facts.user.totp_name {
        parameters.push(("FRIENDLY_DEVICE_NAME", name.clone()));
    }
    challenge(ChallengeKind::SoftwareTokenMfa, &parameters, state(Step::Totp, progress))
}

fn setup_challenge(progress: &Progress, facts: Facts<'_>, choices: &[MfaFactor]) -> Next {
    // Email enrolment comes with email codes: only what can be completed here is offered.
    let offered: Vec<&str> = choices
        .iter()
        .filter(|factor| **factor == MfaFactor::Totp)
        .map(|factor| factor.as_str())
        .collect();
    challenge(
        ChallengeKind::MfaSetup,
        &[
            ("MFAS_CAN_SETUP", json_text(&offered)),
            ("USER_ID_FOR_SRP", facts.user.username.clone()),
        ],
        state(Step::MfaSetup { enrolled: false }, progress),
    )
}

fn device_challenge(progress: Progress, facts: Facts<'_>, device: &Device) -> Next {
    challenge(
        ChallengeKind::DeviceSrpAuth,
        &[("USERNAME", facts.user.username.clone())],
        state(Step::DeviceSrp(device.key.clone()), &progress),
    )
}

fn new_password_challenge(progress: Progress, facts: Facts<'_>) -> Next {
    let missing: Vec<String> = facts
        .policy
        .required_attributes
        .iter()
        .filter(|name| name.as_str() != "sub" && facts.user.attribute(name).is_none())
        .map(|name| format!("userAttributes.{name}"))
        .collect();
    challenge(
        ChallengeKind::NewPasswordRequired,
        &[
            ("USER_ID_FOR_SRP", facts.user.username.clone()),
            ("requiredAttributes", json_text(&missing)),
            ("userAttributes", json_text(&facts.user.attributes)),
        ],
        state(Step::NewPassword, &progress),
    )
}

/// JSON text of plain strings: cannot fail.
fn json_text(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Refuses users whose state shuts the door, whatever they prove.
///
/// Being unconfirmed is told whether or not the password is right (as the service does); a user
/// from an identity provider has no password here and is treated as unknown by the caller.
///
/// # Errors
/// `Disabled`, `NotConfirmed`, `ResetRequired`.
pub fn gate(user: &User, hides_users: bool) -> Result<()> {
    let refuse = |refusal| Err(Error::SignIn(refusal));
    if !user.enabled {
        return refuse(SignInRefusal::Disabled);
    }
    match user.status {
        UserStatus::Unconfirmed => refuse(SignInRefusal::NotConfirmed),
        UserStatus::ResetRequired if hides_users => refuse(SignInRefusal::BadCredentials),
        UserStatus::ResetRequired => refuse(SignInRefusal::ResetRequired),
        UserStatus::ExternalProvider => refuse(SignInRefusal::BadCredentials),
        UserStatus::Confirmed | UserStatus::ForceChangePassword => Ok(()),
    }
}

/// What a session's step accepts: step and answer are matched together, here and nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// Replace the password.
    NewPassword,
    /// Check a TOTP code.
    Totp,
    /// The authenticator is enrolled: go on.
    Enrolled,
    /// Begin the exchange of this device.
    DeviceSrp(DeviceKey),
    /// Finish the exchange of the block with this nonce.
    DevicePassword([u8; 16]),
}

/// Matches a step with the challenge that is being answered.
///
/// # Errors
/// [`SessionRefusal::Invalid`] for every pair that does not belong together, an unfinished
/// enrolment included.
pub fn accept(step: &Step, answered: ChallengeKind) -> Result<Accepted> {
    match (step, answered) {
        (Step::NewPassword, ChallengeKind::NewPasswordRequired) => Ok(Accepted::NewPassword),
        (Step::Totp, ChallengeKind::SoftwareTokenMfa) => Ok(Accepted::Totp),
        (Step::MfaSetup { enrolled: true }, ChallengeKind::MfaSetup) => Ok(Accepted::Enrolled),
        (Step::DeviceSrp(key), ChallengeKind::DeviceSrpAuth) => {
            Ok(Accepted::DeviceSrp(key.clone()))
        }
        (Step::DevicePassword { nonce }, ChallengeKind::DevicePasswordVerifier) => {
            Ok(Accepted::DevicePassword(*nonce))
        }
        (
            Step::NewPassword
            | Step::Totp
            | Step::MfaSetup { .. }
            | Step::DeviceSrp(_)
            | Step::DevicePassword { .. },
            _,
        ) => Err(Error::Session(SessionRefusal::Invalid)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::policy::MfaMode;
    use crate::auth::testing::{device, pool, tracking, user};
    use crate::device::Remembered;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn progress() -> Progress {
        Progress { stamp: 0, device: None, mfa_done: false, new_password: false }
    }

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Mfa {
        NotDue,
        Due,
    }

    /// Plays a sign-in through and writes what is asked, in order.
    fn walk(mfa: Mfa, replaces: Option<bool>, device: Option<&Device>) -> Vec<&'static str> {
        let mut policy = pool();
        policy.tracking = replaces.map(tracking);
        let mut user = user();
        if mfa == Mfa::Due {
            policy.mfa = MfaMode::Optional;
            policy.factors.insert(MfaFactor::Totp);
            user.totp_verified = true;
            user.mfa.active.push(MfaFactor::Totp);
        }
        let pool_id = user.pool.clone();
        let facts = Facts { pool: &pool_id, policy: &policy, user: &user, device };
        let mut rng = ChaCha20Rng::seed_from_u64(7);
        let (mut asked, mut progress) = (Vec::new(), progress());
        for _ in 0..4 {
            let grant = match proceed(progress.clone(), facts, NOW, &mut rng).unwrap() {
                Next::Grant(grant) => grant,
                Next::Challenge(challenge) => {
                    asked.push(challenge.kind.as_str());
                    match challenge.kind {
                        ChallengeKind::SoftwareTokenMfa => {
                            progress.mfa_done = true;
                            continue;
                        }
                        ChallengeKind::DeviceSrpAuth => {
                            grant_after_device(facts, device.unwrap(), NOW)
                        }
                        other => panic!("unexpected {other:?}"),
                    }
                }
            };
            asked.push(match grant.device() {
                GrantedDevice::Untracked => "tokens",
                GrantedDevice::Known(_) => "tokens with device",
                GrantedDevice::New { .. } => "tokens with new device",
            });
            return asked;
        }
        panic!("no end after {asked:?}");
    }

    const MFA: &str = "SOFTWARE_TOKEN_MFA";
    const DEVICE: &str = "DEVICE_SRP_AUTH";

    #[test]
    fn no_device_presented() {
        for replaces in [false, true] {
            assert_eq!(walk(Mfa::NotDue, Some(replaces), None), ["tokens with new device"]);
            assert_eq!(walk(Mfa::Due, Some(replaces), None), [MFA, "tokens with new device"]);
        }
    }

    #[test]
    fn a_device_that_is_not_remembered_changes_nothing_but_the_claim() {
        let device = device(Remembered::No);
        for replaces in [false, true] {
            assert_eq!(walk(Mfa::NotDue, Some(replaces), Some(&device)), ["tokens with device"]);
            assert_eq!(walk(Mfa::Due, Some(replaces), Some(&device)), [MFA, "tokens with device"]);
        }
    }

    #[test]
    fn a_remembered_device_proves_itself_and_replaces_mfa_where_the_pool_says_so() {
        let device = device(Remembered::Yes);
        for replaces in [false, true] {
            let walked = walk(Mfa::NotDue, Some(replaces), Some(&device));
            assert_eq!(walked, [DEVICE, "tokens with device"]);
        }
        let device = Some(&device);
        assert_eq!(walk(Mfa::Due, Some(false), device), [MFA, DEVICE, "tokens with device"]);
        assert_eq!(walk(Mfa::Due, Some(true), device), [DEVICE, "tokens with device"]);
    }

    #[test]
    fn a_remembered_device_without_verifier_or_confirmation_never_replaces_mfa() {
        let bare = Device { has_verifier: false, ..device(Remembered::Yes) };
        assert_eq!(walk(Mfa::Due, Some(true), Some(&bare)), [MFA, "tokens with device"]);
        let issued = Device { confirmed: false, ..device(Remembered::Yes) };
        assert_eq!(walk(Mfa::Due, Some(true), Some(&issued)), [MFA, "tokens with device"]);
    }

    #[test]
    fn without_tracking_devices_are_inert() {
        let device = device(Remembered::Yes);
        assert_eq!(walk(Mfa::NotDue, None, Some(&device)), ["tokens"]);
        assert_eq!(walk(Mfa::Due, None, Some(&device)), [MFA, "tokens"]);
    }

    #[test]
    fn a_temporary_password_comes_before_everything_and_mfa_still_follows() {
        let mut policy = pool();
        policy.mfa = MfaMode::Required;
        policy.factors.insert(MfaFactor::Totp);
        policy.required_attributes = vec!["sub".into(), "email".into(), "name".into()];
        let mut user = user();
        user.status = UserStatus::ForceChangePassword;
        user.attributes.insert("name".into(), "Ada".into());
        let pool_id = user.pool.clone();
        let facts = Facts { pool: &pool_id, policy: &policy, user: &user, device: None };
        let mut rng = ChaCha20Rng::seed_from_u64(7);
        let Next::Challenge(first) = proceed(progress(), facts, NOW, &mut rng).unwrap() else {
            panic!("tokens for a temporary password");
        };
        assert_eq!(first.kind, ChallengeKind::NewPasswordRequired);
        assert_eq!(first.parameters["requiredAttributes"], r#"["userAttributes.email"]"#);
        assert_eq!(first.parameters["userAttributes"], r#"{"name":"Ada"}"#);
        let done = Progress { new_password: true, ..progress() };
        let Next::Challenge(second) = proceed(done, facts, NOW, &mut rng).unwrap() else {
            panic!("MFA skipped after a new password");
        };
        assert_eq!(second.kind, ChallengeKind::MfaSetup);
        assert_eq!(second.parameters["MFAS_CAN_SETUP"], r#"["SOFTWARE_TOKEN_MFA"]"#);
    }

    fn every_step() -> Vec<Step> {
        vec![
            Step::NewPassword,
            Step::Totp,
            Step::MfaSetup { enrolled: false },
            Step::MfaSetup { enrolled: true },
            Step::DeviceSrp(device(Remembered::Yes).key),
            Step::DevicePassword { nonce: [7; 16] },
        ]
    }

    #[test]
    fn a_step_accepts_its_own_challenge_and_no_other() {
        for step in every_step() {
            for kind in ChallengeKind::ALL {
                let accepted = accept(&step, kind).is_ok();
                let own = step.challenge() == kind && step != Step::MfaSetup { enrolled: false };
                assert_eq!(accepted, own, "{step:?} answered as {kind:?}");
            }
        }
    }

    #[test]
    fn users_whose_state_shuts_the_door() {
        let state = |enabled, status| User { enabled, status, ..user() };
        let refusal = |user: &User, hides| match gate(user, hides) {
            Ok(()) => None,
            Err(Error::SignIn(refusal)) => Some(refusal),
            Err(other) => panic!("{other}"),
        };
        for hides in [false, true] {
            assert_eq!(refusal(&state(true, UserStatus::Confirmed), hides), None);
            assert_eq!(refusal(&state(true, UserStatus::ForceChangePassword), hides), None);
            for status in UserStatus::ALL {
                let disabled = refusal(&state(false, status), hides);
                assert_eq!(disabled, Some(SignInRefusal::Disabled));
            }
            assert_eq!(
                refusal(&state(true, UserStatus::Unconfirmed), hides),
                Some(SignInRefusal::NotConfirmed)
            );
            assert_eq!(
                refusal(&state(true, UserStatus::ExternalProvider), hides),
                Some(SignInRefusal::BadCredentials)
            );
        }
        let reset = state(true, UserStatus::ResetRequired);
        assert_eq!(refusal(&reset, false), Some(SignInRefusal::ResetRequired));
        assert_eq!(refusal(&reset, true), Some(SignInRefusal::BadCredentials));
    }
}
