//! The machine: what follows a proof, and which answers a step accepts.
//!
//! Pure: facts were loaded before, effects are returned. Tokens come only from a [`Grant`], whose
//! fields are private to this module, so no branch elsewhere can issue any.
//!
//! Start reading at [`proceed`]: it is the table of devices and MFA in one screen.

use std::collections::BTreeMap;

use rand_core::RngCore;

use super::choice::{self, FirstFactor};
use super::method::{Method, Methods};
use super::mfa::{self, MfaNeed};
use super::policy::{Flow, PoolPolicy};
use super::step::{ChallengeKind, CodeStep, CodeUse, CustomStep, Progress, SessionState, Step};
use crate::device::Device;
use crate::error::{Error, Result, SessionRefusal, SignInRefusal};
use crate::id::{DeviceKey, PoolId, Sub, device_group_key};
use crate::message::Medium;
use crate::risk::Demand;
use crate::time::Timestamp;
use crate::user::{MfaFactor, User, UserStatus, masking};

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
    /// What the risk of the sign-in asks beyond the pool's rules.
    pub risk: Demand,
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
    /// The session to save, for challenges that have one. A step that waits for a code has none
    /// until the code is drawn and sent.
    pub session: Option<SessionState>,
    /// The first factors to choose from, in choice-based sign-in.
    pub available: Vec<FirstFactor>,
}

impl Challenge {
    /// One outside of choice-based sign-in.
    pub fn new(
        kind: ChallengeKind,
        parameters: BTreeMap<String, String>,
        session: Option<SessionState>,
    ) -> Self {
        Self { kind, parameters, session, available: Vec::new() }
    }

    /// The code that has to be drawn and sent with it.
    pub fn code(&mut self) -> Option<&mut CodeStep> {
        match self.session.as_mut().map(|session| &mut session.step) {
            Some(Step::Code(code)) => Some(code),
            _ => None,
        }
    }
}

/// The right to tokens. Built in this module only.
#[derive(Debug)]
pub struct Grant {
    sub: Sub,
    device: GrantedDevice,
    authenticated: Timestamp,
    flow: Flow,
    methods: Methods,
    new_password: bool,
}

/// The device of a finished sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GrantedDevice {
    /// The pool does not track devices, or the sign-in is one that has none.
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

    /// The flow that began the sign-in.
    pub fn flow(&self) -> Flow {
        self.flow
    }

    /// What was proven.
    pub fn methods(&self) -> &Methods {
        &self.methods
    }

    /// Whether the password was replaced in this sign-in.
    pub fn new_password(&self) -> bool {
        self.new_password
    }
}

/// What follows once the first factor (or a new password) is proven: the table of devices and MFA.
///
/// | device presented | MFA not due | due, device does not replace it | due, device replaces it |
/// |---|---|---|---|
/// | none | tokens, new key | MFA, tokens, new key | the same |
/// | not remembered | tokens | MFA, tokens | the same |
/// | remembered | device, tokens | MFA, device, tokens | device, tokens |
///
/// A step-up adds the factors of its level, which no device replaces.
///
/// A risk can make MFA due; a device that replaces MFA replaces that, too.
///
/// # Errors
/// [`SignInRefusal::NoFactorPossible`]; [`SignInRefusal::SecurityReasons`] where a risk demands a
/// factor and there is none.
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
    let stepping_up = !missing_for_level(&progress, facts).is_empty();
    if let Some(device) = challengeable.filter(|_| replaces && !stepping_up) {
        return Ok(device_challenge(progress, facts, device));
    }
    // In CUSTOM_AUTH a second factor belongs to a password: where none was proven, the pool's functions
    // alone say what is enough.
    let by_functions = progress.flow == Flow::Custom && !progress.methods.has(Method::Password);
    if (stepping_up || !progress.mfa_done)
        && !by_functions
        && let Some(challenge) = second_factor(&progress, facts)?
    {
        return Ok(challenge);
    }
    if let Some(device) = challengeable {
        return Ok(device_challenge(progress, facts, device));
    }
    Ok(Next::Grant(grant(&progress, facts, now, rng)))
}

/// The second factors of which one is missing for the level that a step-up aims at.
fn missing_for_level(progress: &Progress, facts: Facts<'_>) -> Vec<MfaFactor> {
    match progress.target {
        Some(level) if !level.is_met_by(&progress.methods) => {
            choice::usable(facts.policy, facts.user, level.second_factors())
        }
        Some(_) | None => Vec::new(),
    }
}

fn second_factor(progress: &Progress, facts: Facts<'_>) -> Result<Option<Next>> {
    let need = match missing_for_level(progress, facts).as_slice() {
        [] => mfa::demanded(facts.policy, facts.user, facts.risk).map_err(Error::SignIn)?,
        [only] => MfaNeed::Challenge(*only),
        several => MfaNeed::Select(several.to_vec()),
    };
    match need {
        MfaNeed::None => Ok(None),
        MfaNeed::Challenge(factor) => Ok(Some(mfa_challenge(progress, facts, factor))),
        MfaNeed::Select(choices) => Ok(Some(select_challenge(progress, facts, choices))),
        MfaNeed::Setup(choices) => Ok(Some(setup_challenge(progress, facts, choices))),
        MfaNeed::Impossible => Err(Error::SignIn(SignInRefusal::NoFactorPossible)),
    }
}

fn grant(progress: &Progress, facts: Facts<'_>, now: Timestamp, rng: &mut dyn RngCore) -> Grant {
    let device = match (facts.policy.tracking, facts.device) {
        (None, _) => GrantedDevice::Untracked,
        (Some(_), Some(device)) => GrantedDevice::Known(device.key.clone()),
        // Without a password CUSTOM_AUTH issues no devices.
        (Some(_), None)
            if progress.flow == Flow::Custom && !progress.methods.has(Method::Password) =>
        {
            GrantedDevice::Untracked
        }
        (Some(_), None) => GrantedDevice::New {
            key: DeviceKey::generate(facts.pool, rng),
            group_key: device_group_key(rng),
        },
    };
    granted(progress, facts, device, now)
}

fn granted(progress: &Progress, facts: Facts<'_>, device: GrantedDevice, now: Timestamp) -> Grant {
    Grant {
        sub: facts.user.sub.clone(),
        device,
        authenticated: now,
        flow: progress.flow,
        methods: progress.methods.clone(),
        new_password: progress.new_password,
    }
}

/// The grant after a device proved its secret: nothing else is owed.
pub fn grant_after_device(
    progress: &Progress,
    facts: Facts<'_>,
    device: &Device,
    now: Timestamp,
) -> Grant {
    granted(progress, facts, GrantedDevice::Known(device.key.clone()), now)
}

fn challenge(kind: ChallengeKind, parameters: &[(&str, String)], session: SessionState) -> Next {
    let parameters =
        parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    Next::Challenge(Challenge::new(kind, parameters, Some(session)))
}

/// The challenge of a second factor.
pub fn mfa_challenge(progress: &Progress, facts: Facts<'_>, factor: MfaFactor) -> Next {
    let medium = match factor {
        MfaFactor::Totp => return totp_challenge(progress, facts),
        MfaFactor::Sms => Medium::Sms,
        MfaFactor::Email => Medium::Email,
    };
    let address = facts.user.attribute(medium.attribute()).unwrap_or_default().to_owned();
    let user_id = Some(facts.user.username.clone());
    Next::Challenge(code_challenge(progress, CodeUse::Second, medium, address, user_id))
}

/// A challenge whose code has to be drawn and sent. Where it is the first factor it names nobody,
/// as captured; a second factor tells the user's id.
pub fn code_challenge(
    progress: &Progress,
    proves: CodeUse,
    medium: Medium,
    address: String,
    user_id: Option<String>,
) -> Challenge {
    let destination = masking::mask(medium, &address);
    let code = CodeStep { proves, medium, address, hash: None };
    let mut parameters = BTreeMap::from([
        ("CODE_DELIVERY_DELIVERY_MEDIUM".to_owned(), medium.as_str().to_owned()),
        ("CODE_DELIVERY_DESTINATION".to_owned(), destination),
    ]);
    if let Some(user_id) = user_id {
        parameters.insert("USER_ID_FOR_SRP".to_owned(), user_id);
    }
    let kind = code.challenge();
    Challenge::new(kind, parameters, Some(SessionState::new(Step::Code(code), progress)))
}

fn totp_challenge(progress: &Progress, facts: Facts<'_>) -> Next {
    let mut parameters = vec![("USER_ID_FOR_SRP", facts.user.username.clone())];
    if let Some(name) = &facts.user.totp_name {
        parameters.push(("FRIENDLY_DEVICE_NAME", name.clone()));
    }
    let session = SessionState::new(Step::Totp, progress);
    challenge(ChallengeKind::SoftwareTokenMfa, &parameters, session)
}

fn names_of(choices: &[MfaFactor]) -> String {
    let names: Vec<&str> = choices.iter().map(|factor| factor.as_str()).collect();
    json_text(&names)
}

fn select_challenge(progress: &Progress, facts: Facts<'_>, mut choices: Vec<MfaFactor>) -> Next {
    choices.sort_unstable();
    challenge(
        ChallengeKind::SelectMfaType,
        &[
            ("MFAS_CAN_CHOOSE", names_of(&choices)),
            ("USER_ID_FOR_SRP", facts.user.username.clone()),
        ],
        SessionState::new(Step::SelectMfa(choices), progress),
    )
}

fn setup_challenge(progress: &Progress, facts: Facts<'_>, choices: Vec<MfaFactor>) -> Next {
    challenge(
        ChallengeKind::MfaSetup,
        &[("MFAS_CAN_SETUP", names_of(&choices)), ("USER_ID_FOR_SRP", facts.user.username.clone())],
        SessionState::new(Step::MfaSetup { enrolled: false, choices }, progress),
    )
}

fn device_challenge(progress: Progress, facts: Facts<'_>, device: &Device) -> Next {
    challenge(
        ChallengeKind::DeviceSrpAuth,
        &[("USERNAME", facts.user.username.clone())],
        SessionState::new(Step::DeviceSrp(device.key.clone()), &progress),
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
        SessionState::new(Step::NewPassword, &progress),
    )
}

/// The challenge that offers first factors, or asks for one of them without more; `named` is the
/// name of the user that the challenge shows.
pub fn first_challenge(progress: &Progress, step: Step, named: &str) -> Option<Challenge> {
    let kind = step.challenge()?;
    let parameters = BTreeMap::from([("USERNAME".to_owned(), named.to_owned())]);
    Some(Challenge::new(kind, parameters, Some(SessionState::new(step, progress))))
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
    /// One of these first factors.
    Select(Vec<FirstFactor>),
    /// Check the password.
    Password,
    /// Begin the exchange.
    PasswordSrp,
    /// Finish the exchange of the block with this nonce.
    PasswordVerifier([u8; 16]),
    /// Compare with the code that was sent.
    Code(CodeStep),
    /// Have the answer judged.
    Custom(Box<CustomStep>),
    /// One of these second factors.
    SelectMfa(Vec<MfaFactor>),
    /// Replace the password.
    NewPassword,
    /// Check a TOTP code.
    Totp,
    /// Go on where the authenticator is enrolled, or set up an address.
    MfaSetup {
        /// The authenticator is enrolled.
        enrolled: bool,
        /// An email address may be set up.
        email: bool,
    },
    /// Begin the exchange of this device.
    DeviceSrp(DeviceKey),
    /// Finish the exchange of the block with this nonce.
    DevicePassword([u8; 16]),
}

/// Matches a step with the challenge that is being answered.
///
/// # Errors
/// [`SessionRefusal::Invalid`] for every pair that does not belong together.
pub fn accept(step: &Step, answered: ChallengeKind) -> Result<Accepted> {
    if step.challenge() != Some(answered) {
        return Err(Error::Session(SessionRefusal::Invalid));
    }
    Ok(match step {
        Step::Select(factors) => Accepted::Select(factors.clone()),
        Step::Password => Accepted::Password,
        Step::PasswordSrp => Accepted::PasswordSrp,
        Step::PasswordVerifier { nonce } => Accepted::PasswordVerifier(*nonce),
        Step::Code(code) => Accepted::Code(code.clone()),
        Step::Custom(custom) => Accepted::Custom(custom.clone()),
        Step::SelectMfa(factors) => Accepted::SelectMfa(factors.clone()),
        Step::NewPassword => Accepted::NewPassword,
        Step::Totp => Accepted::Totp,
        Step::MfaSetup { enrolled, choices } => {
            Accepted::MfaSetup { enrolled: *enrolled, email: choices.contains(&MfaFactor::Email) }
        }
        Step::DeviceSrp(key) => Accepted::DeviceSrp(key.clone()),
        Step::DevicePassword { nonce } => Accepted::DevicePassword(*nonce),
        Step::SignUp | Step::SignedUp => return Err(Error::Session(SessionRefusal::Invalid)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::method::{Level, Method};
    use crate::auth::policy::MfaMode;
    use crate::auth::step::Private;
    use crate::auth::testing::{device, pool, tracking, user};
    use crate::device::Remembered;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn progress() -> Progress {
        Progress::new(Flow::UserPassword, 0)
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
        let facts =
            Facts { pool: &pool_id, policy: &policy, user: &user, device, risk: Demand::None };
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
                            grant_after_device(&progress, facts, device.unwrap(), NOW)
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
        let facts = Facts {
            pool: &pool_id,
            policy: &policy,
            user: &user,
            device: None,
            risk: Demand::None,
        };
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

    #[test]
    fn a_step_up_asks_for_the_factor_of_its_level_and_no_device_replaces_it() {
        let mut policy = pool();
        policy.tracking = Some(tracking(true));
        policy.factors.extend([MfaFactor::Totp, MfaFactor::Sms, MfaFactor::Email]);
        let mut user = user();
        user.totp_verified = true;
        user.attributes.insert("email".into(), "a@example.com".into());
        let (pool_id, device) = (user.pool.clone(), device(Remembered::Yes));
        let facts = Facts {
            pool: &pool_id,
            policy: &policy,
            user: &user,
            device: Some(&device),
            risk: Demand::None,
        };
        let mut rng = ChaCha20Rng::seed_from_u64(7);
        let mut asked = |target, proven: &[Method]| {
            let methods = proven.iter().copied().collect();
            let progress = Progress { target, methods, ..progress() };
            match proceed(progress, facts, NOW, &mut rng).unwrap() {
                Next::Challenge(challenge) => challenge.kind.as_str(),
                Next::Grant(_) => "tokens",
            }
        };
        let password = [Method::Password];
        assert_eq!(asked(None, &password), DEVICE);
        assert_eq!(asked(Some(Level::Password), &password), DEVICE);
        assert_eq!(asked(Some(Level::PasswordAndTotp), &password), MFA);
        assert_eq!(asked(Some(Level::PasswordAndMessage), &password), "EMAIL_OTP");
        let done = [Method::Password, Method::Totp];
        assert_eq!(asked(Some(Level::PasswordAndTotp), &done), DEVICE);
        // An email code was enough for the pool, not for the level.
        let less = [Method::Password, Method::Email];
        assert_eq!(asked(Some(Level::PasswordAndTotp), &less), MFA);
    }

    fn code(proves: CodeUse, medium: Medium) -> Step {
        Step::Code(CodeStep { proves, medium, address: "x".into(), hash: None })
    }

    fn every_step() -> Vec<Step> {
        let setup = |enrolled| Step::MfaSetup { enrolled, choices: vec![MfaFactor::Totp] };
        vec![
            Step::Select(vec![FirstFactor::Password]),
            Step::Password,
            Step::PasswordSrp,
            Step::PasswordVerifier { nonce: [7; 16] },
            code(CodeUse::First, Medium::Email),
            code(CodeUse::Second, Medium::Email),
            code(CodeUse::SetUp, Medium::Email),
            code(CodeUse::First, Medium::Sms),
            code(CodeUse::Second, Medium::Sms),
            Step::SelectMfa(vec![MfaFactor::Totp]),
            Step::Custom(Box::new(CustomStep {
                private: Private(String::new()),
                metadata: None,
                srp_a: None,
            })),
            Step::SignUp,
            Step::SignedUp,
            Step::NewPassword,
            Step::Totp,
            setup(false),
            setup(true),
            Step::DeviceSrp(device(Remembered::Yes).key),
            Step::DevicePassword { nonce: [7; 16] },
        ]
    }

    #[test]
    fn a_step_accepts_its_own_challenge_and_no_other() {
        for step in every_step() {
            for kind in ChallengeKind::ALL {
                let accepted = accept(&step, kind).is_ok();
                let own = step.challenge() == Some(kind);
                assert_eq!(accepted, own, "{step:?} answered as {kind:?}");
            }
        }
    }

    #[test]
    fn every_challenge_can_be_issued_and_answered() {
        for kind in ChallengeKind::ALL {
            assert!(every_step().iter().any(|step| accept(step, kind).is_ok()), "{kind:?}");
        }
    }

    #[test]
    fn an_enrolment_that_is_not_finished_is_told_apart() {
        let of = |enrolled, choices: &[MfaFactor]| {
            let step = Step::MfaSetup { enrolled, choices: choices.to_vec() };
            accept(&step, ChallengeKind::MfaSetup).unwrap()
        };
        let both = [MfaFactor::Totp, MfaFactor::Email];
        assert_eq!(of(false, &both), Accepted::MfaSetup { enrolled: false, email: true });
        assert_eq!(of(true, &both[..1]), Accepted::MfaSetup { enrolled: true, email: false });
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

    #[test]
    fn a_risk_makes_mfa_due_unless_a_remembered_device_replaces_it() {
        let (pool_id, user) = (PoolId::new("us-east-1_AAAAAAAAA"), user());
        let registered = User { totp_verified: true, ..user.clone() };
        for (factor, user, risk, outcome) in [
            (true, &registered, Demand::None, "grant"),
            (true, &registered, Demand::IfConfigured, "SOFTWARE_TOKEN_MFA"),
            (true, &registered, Demand::Required, "SOFTWARE_TOKEN_MFA"),
            (true, &user, Demand::IfConfigured, "grant"),
            (true, &user, Demand::Required, "refused"),
            (false, &registered, Demand::IfConfigured, "grant"),
            (false, &registered, Demand::Required, "refused"),
        ] {
            let mut policy = pool();
            policy.mfa = MfaMode::Optional;
            policy.factors = factor.then_some(MfaFactor::Totp).into_iter().collect();
            let facts = Facts { pool: &pool_id, policy: &policy, user, device: None, risk };
            let mut rng = ChaCha20Rng::seed_from_u64(7);
            let next = proceed(progress(), facts, NOW, &mut rng);
            let seen = match next {
                Ok(Next::Grant(_)) => "grant",
                Ok(Next::Challenge(challenge)) => challenge.kind.as_str(),
                Err(Error::SignIn(SignInRefusal::SecurityReasons)) => "refused",
                Err(other) => panic!("{other}"),
            };
            assert_eq!(seen, outcome, "{factor} {risk:?}");
        }
    }
}
