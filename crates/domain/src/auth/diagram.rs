//! The machine's picture, `flow.mmd`: drawn by asking the machine, so that it cannot lie.
//!
//! Every combination of what a sign-in can meet (the pool's settings, the user's state and factors,
//! the device presented at each step) is walked through with the real [`accept`], [`proceed`],
//! [`begin_device`] and [`grant_after_device`]. What was asked and what followed is written down: an
//! arrow for each pair that occurs, and tables that say exactly when.
//!
//! The one thing taken from elsewhere is what an accepted answer adds to the progress, which the
//! server's `drive` does; [`Walk::answer`] repeats it.

mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::advance::{
    Accepted, Facts, GrantedDevice, Next, accept, grant_after_device, mfa_challenge, proceed,
};
use super::choice::{self, FirstFactor};
use super::exchange::{Place, begin_device};
use super::mfa::{self, MfaNeed};
use super::policy::{Flow, MfaMode, PoolPolicy, RecoveryChannel};
use super::step::{
    ChallengeKind, CodeStep, CodeUse, CustomStep, Private, Progress, SessionState, Step,
};
use super::testing;
use crate::crypto::Sealer;
use crate::device::{Device, DeviceSecret, Remembered};
use crate::error::{Error, Result, SignInRefusal};
use crate::id::ClientId;
use crate::message::Medium;
use crate::risk::Demand;
use crate::secret::Secret;
use crate::srp::{self, Identity, PublicA};
use crate::time::Timestamp;
use crate::user::{MfaFactor, User, UserStatus};

const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);
/// Where a sign-in stands once the password is proven, by SRP or as it is, or a code in its place.
const PROVEN: &str = "FIRST_FACTOR_PROVEN";
const TOKENS: &str = "TOKENS";
const REFUSED: &str = "REFUSED";

/// What an outcome depends on, in words; [`Walk::note`] proves that it depends on nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Situation {
    from: &'static str,
    password: &'static str,
    tracking: &'static str,
    device: &'static str,
    owed: &'static str,
}

impl Situation {
    fn parts(self) -> [(&'static str, &'static str); 4] {
        [
            ("password", self.password),
            ("devices", self.tracking),
            ("device", self.device),
            ("owed", self.owed),
        ]
    }
}

const TRACKING: [&str; 3] = ["not tracked", "tracked", "tracked in place of MFA"];
const DEVICES: [&str; 5] =
    ["none", "unconfirmed", "not remembered", "remembered without a verifier", "remembered"];
const OWED: [&str; 7] =
    ["nothing", "TOTP", "a text message", "an email", "a choice", "a set-up", "impossible"];

fn presented(name: &str) -> Option<Device> {
    let device = testing::device(Remembered::Yes);
    match name {
        "unconfirmed" => Some(Device { confirmed: false, ..device }),
        "not remembered" => Some(Device { remembered: Remembered::No, ..device }),
        "remembered without a verifier" => Some(Device { has_verifier: false, ..device }),
        "remembered" => Some(device),
        _ => None,
    }
}

fn owed(policy: &PoolPolicy, user: &User) -> &'static str {
    match mfa::decide(policy, user) {
        MfaNeed::None => "nothing",
        MfaNeed::Challenge(MfaFactor::Totp) => "TOTP",
        MfaNeed::Challenge(MfaFactor::Sms) => "a text message",
        MfaNeed::Challenge(MfaFactor::Email) => "an email",
        MfaNeed::Select(_) => "a choice",
        MfaNeed::Setup(_) => "a set-up",
        MfaNeed::Impossible => "impossible",
    }
}

/// Every subset of the factors.
fn subsets() -> Vec<Vec<MfaFactor>> {
    let all = [MfaFactor::Totp, MfaFactor::Sms, MfaFactor::Email];
    let member = |bits: usize, at: usize| bits & (1 << at) != 0;
    (0..8).map(|bits| (0..3).filter(|at| member(bits, *at)).map(|at| all[at]).collect()).collect()
}

fn policies() -> Vec<(&'static str, PoolPolicy)> {
    let mut policies = Vec::new();
    for mfa in [MfaMode::Off, MfaMode::Optional, MfaMode::Required] {
        for factors in subsets() {
            for recovery in [None, Some(RecoveryChannel::Email), Some(RecoveryChannel::Phone)] {
                for (name, replaces) in TRACKING.into_iter().zip([None, Some(false), Some(true)]) {
                    let factors = factors.iter().copied().collect();
                    let tracking = replaces.map(testing::tracking);
                    let policy = PoolPolicy { mfa, factors, recovery, tracking, ..testing::pool() };
                    policies.push((name, policy));
                }
            }
        }
    }
    policies
}

fn users() -> Vec<User> {
    let mut users = Vec::new();
    for status in [UserStatus::Confirmed, UserStatus::ForceChangePassword] {
        for (active, addresses) in subsets().into_iter().flat_map(|active| {
            [&[][..], &["email"], &["phone_number"], &["email", "phone_number"]]
                .map(|addresses| (active.clone(), addresses))
        }) {
            for totp_verified in [false, true] {
                for preferred in [None, active.first().copied()] {
                    let mut user = User { status, totp_verified, ..testing::user() };
                    user.mfa.active.clone_from(&active);
                    user.mfa.preferred = preferred;
                    for name in addresses {
                        user.attributes.insert((*name).into(), "somewhere".into());
                    }
                    users.push(user);
                }
            }
        }
    }
    users
}

/// A pool and a user, as a sign-in finds them.
struct World<'a> {
    tracking: &'static str,
    policy: &'a PoolPolicy,
    user: User,
}

impl World<'_> {
    fn facts<'f>(&'f self, device: Option<&'f Device>) -> Facts<'f> {
        Facts {
            pool: &self.user.pool,
            policy: self.policy,
            user: &self.user,
            device,
            risk: Demand::None,
        }
    }
}

/// What was seen.
#[derive(Default)]
struct Walk {
    outcomes: BTreeMap<Situation, &'static str>,
    /// From a challenge to what its answer led to, for those that no situation changes.
    fixed: BTreeSet<(&'static str, &'static str)>,
    /// The device's exchange does not depend on the world, and takes its time.
    exchanged: bool,
}

impl Walk {
    fn through_everything() -> Self {
        let mut walk = Self::default();
        for (tracking, policy) in &policies() {
            for user in users() {
                let start = Progress::new(Flow::UserAuth, 0);
                walk.go_on(&World { tracking, policy, user }, PROVEN, start);
            }
        }
        walk
    }

    /// What follows in this world, whatever device is presented, and all that follows from there.
    fn go_on(&mut self, world: &World<'_>, from: &'static str, progress: Progress) {
        let mut next = BTreeMap::new();
        for name in DEVICES {
            let device = presented(name);
            let facts = world.facts(device.as_ref());
            let mut rng = ChaCha20Rng::seed_from_u64(7);
            let followed = proceed(progress.clone(), facts, NOW, &mut rng);
            self.note(world, from, name, &followed);
            if let Ok(Next::Challenge(challenge)) = followed {
                next.insert(challenge.kind, challenge.session.unwrap());
            }
        }
        for (kind, session) in next {
            self.answer(world, kind, session);
        }
    }

    fn note(
        &mut self,
        world: &World<'_>,
        from: &'static str,
        device: &'static str,
        followed: &Result<Next>,
    ) {
        let password = match world.user.status {
            UserStatus::ForceChangePassword => "temporary",
            _ => "permanent",
        };
        let owed = owed(world.policy, &world.user);
        let situation = Situation { from, password, tracking: world.tracking, device, owed };
        let outcome = outcome(followed);
        let before = self.outcomes.insert(situation, outcome).unwrap_or(outcome);
        assert_eq!(before, outcome, "{situation:?} does not say all that matters");
    }

    /// The right answer to a challenge: what the drive makes of it.
    fn answer(&mut self, world: &World<'_>, kind: ChallengeKind, session: SessionState) {
        let step = match session.step {
            // VerifySoftwareToken succeeded under this session.
            Step::MfaSetup { choices, .. } => {
                if choices.contains(&MfaFactor::Email) {
                    // An address was given instead.
                    let code = ChallengeKind::EmailOtp.as_str();
                    self.fixed.insert((kind.as_str(), code));
                    let progress = Progress { mfa_done: true, ..session.progress.clone() };
                    self.go_on(world, code, progress);
                }
                if !choices.contains(&MfaFactor::Totp) {
                    return;
                }
                Step::MfaSetup { enrolled: true, choices }
            }
            step => step,
        };
        let (from, progress) = (kind.as_str(), session.progress);
        match accept(&step, kind).unwrap() {
            Accepted::NewPassword => {
                let user = User { status: UserStatus::Confirmed, ..world.user.clone() };
                let world = World { user, ..*world };
                self.go_on(&world, from, Progress { new_password: true, ..progress });
            }
            Accepted::Totp | Accepted::MfaSetup { .. } | Accepted::Code(_) => {
                self.go_on(world, from, Progress { mfa_done: true, ..progress });
            }
            Accepted::SelectMfa(choices) => {
                for factor in choices {
                    let facts = world.facts(None);
                    let Next::Challenge(chosen) = mfa_challenge(&progress, facts, factor) else {
                        panic!("tokens for a choice");
                    };
                    self.fixed.insert((from, chosen.kind.as_str()));
                    self.answer(world, chosen.kind, chosen.session.unwrap());
                }
            }
            Accepted::Custom(_) => panic!("a custom challenge outside of its flow"),
            Accepted::Select(_)
            | Accepted::Password
            | Accepted::PasswordSrp
            | Accepted::PasswordVerifier(_) => panic!("a first factor after a first factor"),
            Accepted::DeviceSrp(_) if self.exchanged => {}
            Accepted::DeviceSrp(_) => {
                self.exchanged = true;
                let challenge = exchange(world, &progress);
                self.fixed.insert((from, challenge.kind.as_str()));
                self.answer(world, challenge.kind, challenge.session.unwrap());
            }
            Accepted::DevicePassword(_) => {
                let device = testing::device(Remembered::Yes);
                let facts = world.facts(Some(&device));
                let grant = grant_after_device(&progress, facts, &device, NOW);
                self.fixed.insert((from, outcome(&Ok(Next::Grant(grant)))));
            }
        }
    }
}

/// The first half of a device's exchange.
fn exchange(world: &World<'_>, progress: &Progress) -> super::advance::Challenge {
    let device = testing::device(Remembered::Yes);
    let identity = Identity { realm: &device.group_key, name: device.key.as_str() };
    let salt = vec![7; 16];
    let verifier = srp::verifier(identity, "secret of the device", &salt);
    let secret = DeviceSecret { salt, verifier };
    let (client, sealer) = (ClientId::new("client"), Sealer::new(Secret::new([7; 32])));
    let place = Place { pool: &world.user.pool, client: &client, sealer: &sealer, now: NOW };
    let (a, mut rng) = (PublicA::parse("2").unwrap(), ChaCha20Rng::seed_from_u64(7));
    begin_device(place, &world.user, &device, &secret, progress, &a, &mut rng).unwrap()
}

fn outcome(followed: &Result<Next>) -> &'static str {
    match followed {
        Ok(Next::Challenge(challenge)) => challenge.kind.as_str(),
        Ok(Next::Grant(grant)) => match grant.device() {
            GrantedDevice::Untracked => "tokens",
            GrantedDevice::Known(_) => "tokens with the device",
            GrantedDevice::New { .. } => "tokens with a new device",
        },
        Err(Error::SignIn(SignInRefusal::NoFactorPossible)) => REFUSED,
        Err(other) => panic!("a sign-in ended with {other}"),
    }
}

/// The picture's node for an outcome.
fn node(outcome: &'static str) -> &'static str {
    if outcome.starts_with("tokens") { TOKENS } else { outcome }
}

/// Where a flow begins; none for flows that do not begin here.
fn entry(flow: Flow) -> Option<&'static str> {
    match flow {
        Flow::UserSrp => Some(ChallengeKind::PasswordVerifier.as_str()),
        Flow::UserPassword | Flow::AdminUserPassword => Some(PROVEN),
        Flow::UserAuth => Some(ChallengeKind::SelectChallenge.as_str()),
        // A refresh asks for nothing; the pool's functions decide over the other.
        Flow::Refresh | Flow::Custom => None,
    }
}

/// The whole file.
fn draw() -> String {
    let walk = Walk::through_everything();
    let mut text = String::from(
        "%% Sign-in. Drawn by asking the machine (diagram.rs). Do not edit: to draw it anew, run\n\
         %%   cargo test -p poolhouse-domain write_the_diagram -- --ignored\n\
         %%\n\
         %% An arrow says where a right answer leads, and only with what it can. What stands in\n\
         %% brackets is given on that arrow; the tables below are exact. A wrong answer leads\n\
         %% nowhere: it is refused, and the session stays until it is used or expires.\n\
         stateDiagram-v2\n",
    );
    for flow in [Flow::UserSrp, Flow::UserPassword, Flow::AdminUserPassword, Flow::UserAuth] {
        line(&mut text, "[*]", entry(flow).unwrap(), flow.as_str());
    }
    write_first_factors(&mut text);
    write_custom(&mut text);
    line(&mut text, ChallengeKind::PasswordVerifier.as_str(), PROVEN, "");
    for ((from, to), given) in arrows(&walk.outcomes) {
        line(&mut text, from, to, &given);
    }
    for (from, outcome) in &walk.fixed {
        line(&mut text, from, node(outcome), "");
    }
    for end in [TOKENS, REFUSED] {
        line(&mut text, end, "[*]", "");
    }
    write_answers(&mut text);
    tables::write(&mut text, &walk.outcomes);
    text
}

/// The choices of USER_AUTH: each can also be reached at once, as the preferred one, and a password
/// or public value that comes with the choice skips the challenge that would ask for it.
fn write_first_factors(text: &mut String) {
    let factors = choice::simulated(&PoolPolicy {
        first_factors: [FirstFactor::Email, FirstFactor::Sms].into(),
        ..testing::pool()
    });
    let select = ChallengeKind::SelectChallenge.as_str();
    for factor in factors {
        let asks = factor.challenge().as_str();
        line(text, select, asks, "");
        line(text, "[*]", asks, "USER_AUTH [preferred]");
        match factor {
            FirstFactor::PasswordSrp => {
                line(text, asks, ChallengeKind::PasswordVerifier.as_str(), "");
            }
            FirstFactor::Password | FirstFactor::Email | FirstFactor::Sms => {
                line(text, asks, PROVEN, "[as the first factor]");
            }
        }
    }
}

/// CUSTOM_AUTH: what follows is what the pool's functions decide, after each answer anew.
fn write_custom(text: &mut String) {
    let custom = ChallengeKind::CustomChallenge.as_str();
    let srp = ChallengeKind::PasswordVerifier.as_str();
    line(text, "[*]", custom, "CUSTOM_AUTH [the functions ask]");
    line(text, "[*]", srp, "CUSTOM_AUTH [with SRP]");
    line(text, srp, custom, "[in CUSTOM_AUTH, the functions ask]");
    line(text, custom, custom, "[the functions ask again]");
    line(text, custom, PROVEN, "[the functions issue tokens]");
    line(text, custom, REFUSED, "[the functions fail the sign-in]");
}

fn line(text: &mut String, from: &str, to: &str, label: &str) {
    let label = if label.is_empty() { String::new() } else { format!(" : {label}") };
    writeln!(text, "    {from} --> {to}{label}").unwrap();
}

/// Each arrow with what all situations on it have in common and the others from there do not.
fn arrows(
    outcomes: &BTreeMap<Situation, &'static str>,
) -> BTreeMap<(&'static str, &'static str), String> {
    let mut on: BTreeMap<_, Vec<Situation>> = BTreeMap::new();
    for (situation, outcome) in outcomes {
        on.entry((situation.from, node(outcome))).or_default().push(*situation);
    }
    let all_from = |from| outcomes.keys().copied().filter(move |situation| situation.from == from);
    on.iter()
        .map(|((from, to), situations)| {
            let all = values(all_from(*from));
            let given = values(situations.iter().copied());
            let limits = all.iter().zip(&given).filter(|(all, given)| all.1 != given.1);
            let limits: Vec<String> = limits
                .map(|(_, (part, some))| {
                    let some: Vec<&str> = some.iter().copied().collect();
                    format!("[{part} {}]", some.join(" or "))
                })
                .collect();
            ((*from, *to), limits.join(" "))
        })
        .collect()
}

/// The values of each part of some situations.
fn values(
    situations: impl Iterator<Item = Situation>,
) -> [(&'static str, BTreeSet<&'static str>); 4] {
    let mut values = ["password", "devices", "device", "owed"].map(|part| (part, BTreeSet::new()));
    for situation in situations {
        for (column, (_, value)) in values.iter_mut().zip(situation.parts()) {
            column.1.insert(value);
        }
    }
    values
}

/// Which answers each step takes: all pairs.
fn write_answers(text: &mut String) {
    let key = testing::device(Remembered::Yes).key;
    let code = |proves, medium| {
        Step::Code(CodeStep { proves, medium, address: String::new(), hash: None })
    };
    let setup = Step::MfaSetup { enrolled: false, choices: Vec::new() };
    let custom = CustomStep { private: Private(String::new()), metadata: None, srp_a: None };
    let steps = [
        ("Select", Step::Select(Vec::new())),
        ("Password", Step::Password),
        ("PasswordSrp", Step::PasswordSrp),
        ("PasswordVerifier", Step::PasswordVerifier { nonce: [7; 16] }),
        ("Code, email", code(CodeUse::First, Medium::Email)),
        ("Code, text, first factor", code(CodeUse::First, Medium::Sms)),
        ("Code, text, second", code(CodeUse::Second, Medium::Sms)),
        ("Custom", Step::Custom(Box::new(custom))),
        ("SelectMfa", Step::SelectMfa(Vec::new())),
        ("SignUp", Step::SignUp),
        ("SignedUp", Step::SignedUp),
        ("NewPassword", Step::NewPassword),
        ("Totp", Step::Totp),
        ("MfaSetup", setup),
        ("DeviceSrp", Step::DeviceSrp(key)),
        ("DevicePassword", Step::DevicePassword { nonce: [7; 16] }),
    ];
    text.push_str(
        "%%\n%% What a session that waits at a step accepts (in USER_SRP_AUTH no session\n",
    );
    text.push_str("%% waits for a PASSWORD_VERIFIER: the sealed block stands for it):\n");
    for (name, step) in steps {
        let mut taken = Vec::new();
        for kind in ChallengeKind::ALL {
            match accept(&step, kind) {
                Ok(_) => taken.push(kind.as_str()),
                Err(Error::Session(_)) => {}
                Err(other) => panic!("{name} answered as {kind:?}: {other}"),
            }
        }
        let taken = if taken.is_empty() { "nothing".to_owned() } else { taken.join(", ") };
        writeln!(text, "%%   {name:<26}{taken}").unwrap();
    }
}

fn path() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/auth/flow.mmd")
}

#[test]
fn the_diagram_is_fresh() {
    let found = std::fs::read_to_string(path()).unwrap_or_default();
    assert!(
        found == draw(),
        "crates/domain/src/auth/flow.mmd is not what the machine does. If the change is meant, run \
         `cargo test -p poolhouse-domain write_the_diagram -- --ignored` and read the diff."
    );
}

#[test]
#[ignore = "writes flow.mmd; for when the machine was changed on purpose"]
fn write_the_diagram() {
    std::fs::write(path(), draw()).unwrap();
}
