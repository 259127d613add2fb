//! The two tables of sign-in, cell by cell: what is owed after the first factor, for every row of
//! the MFA decision and every device; and what each challenge says and needs to be answered.

use std::collections::{BTreeMap, BTreeSet};

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::advance::{
    Challenge, Facts, GrantedDevice, Next, code_challenge, first_challenge, grant_after_device,
    mfa_challenge, proceed,
};
use super::answer::Answer;
use super::choice::FirstFactor;
use super::exchange::{Place, begin_device, begin_user};
use super::policy::{Flow, MfaMode, PoolPolicy, RecoveryChannel};
use super::step::{ChallengeKind, CodeUse, Progress, Step};
use super::testing;
use crate::crypto::Sealer;
use crate::device::{Device, DeviceSecret, Remembered};
use crate::error::{Error, SignInRefusal};
use crate::id::ClientId;
use crate::message::Medium;
use crate::risk::Demand;
use crate::secret::Secret;
use crate::srp::PublicA;
use crate::time::Timestamp;
use crate::user::{MfaFactor, User, UserStatus};

use MfaFactor::{Email, Sms, Totp};
use MfaMode::{Off, Optional, Required};

const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

/// A row of the MFA decision table: a pool, a user, and the challenge that is owed.
struct Row {
    name: &'static str,
    mode: MfaMode,
    factors: &'static [MfaFactor],
    recovery: Option<RecoveryChannel>,
    /// Which of phone number and email the user has, and whether an authenticator.
    has: &'static [MfaFactor],
    active: &'static [MfaFactor],
    preferred: Option<MfaFactor>,
    owed: Owed,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Owed {
    Nothing,
    Challenge(&'static str),
    /// With this list in `MFAS_CAN_CHOOSE` or `MFAS_CAN_SETUP`.
    Listing(&'static str, &'static str),
    Impossible,
}

const SETUP: &str = "MFA_SETUP";
const SELECT: &str = "SELECT_MFA_TYPE";
const DEVICE: &str = "DEVICE_SRP_AUTH";

#[expect(clippy::too_many_arguments, reason = "the columns of the table")]
const fn row(
    name: &'static str,
    mode: MfaMode,
    factors: &'static [MfaFactor],
    recovery: Option<RecoveryChannel>,
    has: &'static [MfaFactor],
    active: &'static [MfaFactor],
    preferred: Option<MfaFactor>,
    owed: Owed,
) -> Row {
    Row { name, mode, factors, recovery, has, active, preferred, owed }
}

const ALL: &[MfaFactor] = &[Sms, Totp, Email];

const ROWS: &[Row] = &[
    row("off", Off, &[], None, ALL, ALL, Some(Totp), Owed::Nothing),
    row("optional, nothing active", Optional, ALL, None, ALL, &[], None, Owed::Nothing),
    row(
        "optional, one active",
        Optional,
        ALL,
        None,
        ALL,
        &[Totp],
        None,
        Owed::Challenge("SOFTWARE_TOKEN_MFA"),
    ),
    row("optional, SMS active", Optional, ALL, None, ALL, &[Sms], None, Owed::Challenge("SMS_MFA")),
    row(
        "optional, several, one preferred",
        Optional,
        ALL,
        None,
        ALL,
        ALL,
        Some(Email),
        Owed::Challenge("EMAIL_OTP"),
    ),
    row(
        "optional, several, none preferred",
        Optional,
        ALL,
        None,
        ALL,
        &[Sms, Totp],
        None,
        Owed::Listing(SELECT, r#"["SMS_MFA","SOFTWARE_TOKEN_MFA"]"#),
    ),
    row(
        "on, SMS and TOTP, neither phone nor authenticator",
        Required,
        &[Sms, Totp],
        None,
        &[],
        &[],
        None,
        Owed::Listing(SETUP, r#"["SOFTWARE_TOKEN_MFA"]"#),
    ),
    row(
        "on, SMS and TOTP, a phone",
        Required,
        &[Sms, Totp],
        None,
        &[Sms],
        &[],
        None,
        Owed::Challenge("SMS_MFA"),
    ),
    row(
        "on, email only, no email",
        Required,
        &[Email],
        None,
        &[],
        &[],
        None,
        Owed::Listing(SETUP, r#"["EMAIL_OTP"]"#),
    ),
    row(
        "on, all, no attributes",
        Required,
        ALL,
        None,
        &[],
        &[],
        None,
        Owed::Listing(SETUP, r#"["SOFTWARE_TOKEN_MFA","EMAIL_OTP"]"#),
    ),
    row(
        "on, all, everything and no preference",
        Required,
        ALL,
        None,
        ALL,
        &[],
        None,
        Owed::Listing(SELECT, r#"["SMS_MFA","SOFTWARE_TOKEN_MFA","EMAIL_OTP"]"#),
    ),
    row(
        "on, all, everything and a preference",
        Required,
        ALL,
        None,
        ALL,
        &[Sms],
        Some(Sms),
        Owed::Challenge("SMS_MFA"),
    ),
    row(
        "on, an authenticator, and the email recovers the account",
        Required,
        ALL,
        Some(RecoveryChannel::Email),
        &[Totp, Email],
        &[],
        None,
        Owed::Challenge("SOFTWARE_TOKEN_MFA"),
    ),
    row(
        "on, both addresses, recovery by email",
        Required,
        &[Sms, Email],
        Some(RecoveryChannel::Email),
        &[Sms, Email],
        &[],
        None,
        Owed::Challenge("SMS_MFA"),
    ),
    row(
        "on, both addresses, no recovery by them",
        Required,
        &[Sms, Email],
        None,
        &[Sms, Email],
        &[],
        None,
        Owed::Listing(SELECT, r#"["SMS_MFA","EMAIL_OTP"]"#),
    ),
    row(
        "on, an authenticator that the pool has switched off",
        Required,
        &[Sms],
        None,
        &[Totp, Sms],
        &[Totp],
        Some(Totp),
        Owed::Challenge("SMS_MFA"),
    ),
    row(
        "on, only the email, which recovers the account, and no TOTP in the pool",
        Required,
        &[Email],
        Some(RecoveryChannel::Email),
        &[Email],
        &[],
        None,
        Owed::Impossible,
    ),
    row(
        "on, only the email, which recovers the account, TOTP in the pool",
        Required,
        &[Email, Totp],
        Some(RecoveryChannel::Email),
        &[Email],
        &[],
        None,
        Owed::Listing(SETUP, r#"["SOFTWARE_TOKEN_MFA"]"#),
    ),
];

fn user_of(row: &Row) -> User {
    let mut user = testing::user();
    user.totp_verified = row.has.contains(&Totp);
    for (factor, name, value) in
        [(Sms, "phone_number", "+15555550100"), (Email, "email", "a@example.com")]
    {
        if row.has.contains(&factor) {
            user.attributes.insert(name.into(), value.into());
        }
    }
    user.mfa.active = row.active.to_vec();
    user.mfa.preferred = row.preferred;
    user
}

/// A column of the device table.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Presented {
    None,
    NotRemembered,
    Remembered,
}

/// Plays a sign-in to its end; what was asked for, in order.
fn play(row: &Row, replaces: bool, presented: Presented) -> Result<Vec<String>, SignInRefusal> {
    let policy = PoolPolicy {
        mfa: row.mode,
        factors: row.factors.iter().copied().collect(),
        recovery: row.recovery,
        tracking: Some(testing::tracking(replaces)),
        ..testing::pool()
    };
    let user = user_of(row);
    let device = match presented {
        Presented::None => None,
        Presented::NotRemembered => Some(testing::device(Remembered::No)),
        Presented::Remembered => Some(testing::device(Remembered::Yes)),
    };
    let facts = Facts {
        pool: &user.pool,
        policy: &policy,
        user: &user,
        device: device.as_ref(),
        risk: Demand::None,
    };
    let mut rng = ChaCha20Rng::seed_from_u64(7);
    let (mut asked, mut progress) = (Vec::new(), Progress::new(Flow::UserPassword, 0));
    for _ in 0..4 {
        let next = match proceed(progress.clone(), facts, NOW, &mut rng) {
            Err(Error::SignIn(refusal)) => return Err(refusal),
            other => other.unwrap(),
        };
        let grant = match next {
            Next::Grant(grant) => grant,
            Next::Challenge(challenge) if challenge.kind == ChallengeKind::DeviceSrpAuth => {
                asked.push(DEVICE.to_owned());
                grant_after_device(&progress, facts, device.as_ref().unwrap(), NOW)
            }
            Next::Challenge(challenge) => {
                asked.push(shown(&challenge));
                progress.mfa_done = true;
                continue;
            }
        };
        let new = matches!(grant.device(), GrantedDevice::New { .. });
        asked.push(if new { "tokens with a new device" } else { "tokens" }.to_owned());
        return Ok(asked);
    }
    panic!("no end after {asked:?}");
}

fn shown(challenge: &Challenge) -> String {
    let list = ["MFAS_CAN_CHOOSE", "MFAS_CAN_SETUP"]
        .iter()
        .find_map(|name| challenge.parameters.get(*name));
    match list {
        Some(list) => format!("{} {list}", challenge.kind.as_str()),
        None => challenge.kind.as_str().to_owned(),
    }
}

/// What the two tables say together.
fn expected(
    owed: Owed,
    replaces: bool,
    presented: Presented,
) -> Result<Vec<String>, SignInRefusal> {
    let factor = match owed {
        Owed::Nothing => None,
        Owed::Challenge(name) => Some(Ok(name.to_owned())),
        Owed::Listing(name, list) => Some(Ok(format!("{name} {list}"))),
        Owed::Impossible => Some(Err(SignInRefusal::NoFactorPossible)),
    };
    let replaced = replaces && presented == Presented::Remembered;
    let mut asked = Vec::new();
    if let Some(factor) = factor.filter(|_| !replaced) {
        asked.push(factor?);
    }
    if presented == Presented::Remembered {
        asked.push(DEVICE.to_owned());
    }
    let new = presented == Presented::None;
    asked.push(if new { "tokens with a new device" } else { "tokens" }.to_owned());
    Ok(asked)
}

#[test]
fn every_cell_of_the_mfa_table_times_the_device_table() {
    let mut cells = 0;
    for row in ROWS {
        for replaces in [false, true] {
            for presented in [Presented::None, Presented::NotRemembered, Presented::Remembered] {
                let cell = format!("{}; {presented:?}; replaces MFA: {replaces}", row.name);
                let played = play(row, replaces, presented);
                assert_eq!(played, expected(row.owed, replaces, presented), "{cell}");
                cells += 1;
            }
        }
    }
    assert_eq!(cells, ROWS.len() * 6);
}

/// The challenges as they are issued, each in every form.
fn issued() -> Vec<Challenge> {
    let user = User { totp_name: Some("phone".into()), ..testing::user() };
    let progress = Progress::new(Flow::UserAuth, 0);
    let policy = PoolPolicy { mfa: Required, factors: [Totp, Email].into(), ..testing::pool() };
    let facts =
        Facts { pool: &user.pool, policy: &policy, user: &user, device: None, risk: Demand::None };
    let of = |next: Next| match next {
        Next::Challenge(challenge) => challenge,
        Next::Grant(_) => panic!("tokens"),
    };
    let first = |step| first_challenge(&progress, step, "ada").unwrap();
    let code = |proves, medium, address: &str, id: Option<String>| {
        code_challenge(&progress, proves, medium, address.to_owned(), id)
    };
    let mut rng = ChaCha20Rng::seed_from_u64(7);
    let client = ClientId::new("client");
    let sealer = Sealer::new(Secret::new([7; 32]));
    let place = Place { pool: &user.pool, client: &client, sealer: &sealer, now: NOW };
    let a = PublicA::parse("2").unwrap();
    let device: Device = testing::device(Remembered::Yes);
    let secret = DeviceSecret { salt: vec![7; 16], verifier: Secret::new(vec![5]) };
    let tracking = PoolPolicy { tracking: Some(testing::tracking(true)), ..testing::pool() };
    let with_device = Facts {
        pool: &user.pool,
        policy: &tracking,
        user: &user,
        device: Some(&device),
        risk: Demand::None,
    };
    let temporary = User { status: UserStatus::ForceChangePassword, ..user.clone() };
    let renewing = Facts {
        pool: &user.pool,
        policy: &policy,
        user: &temporary,
        device: None,
        risk: Demand::None,
    };
    vec![
        first(Step::Select(vec![FirstFactor::Password])),
        first(Step::Password),
        first(Step::PasswordSrp),
        begin_user(place, &user, None, &a, None, None, &mut rng).unwrap(),
        code(CodeUse::First, Medium::Email, "j@g.example", None),
        code(CodeUse::First, Medium::Sms, "+15555551234", None),
        code(CodeUse::Second, Medium::Email, "j@g.example", Some("ada".into())),
        code(CodeUse::Second, Medium::Sms, "+15555551234", Some("ada".into())),
        of(mfa_challenge(&progress, facts, Totp)),
        of(proceed(progress.clone(), facts, NOW, &mut rng).unwrap()),
        of(proceed(progress.clone(), renewing, NOW, &mut rng).unwrap()),
        of(proceed(progress.clone(), with_device, NOW, &mut rng).unwrap()),
        begin_device(place, &user, &device, &secret, &progress, &a, &mut rng).unwrap(),
    ]
}

#[test]
fn every_challenge_says_what_the_table_says() {
    let medium = "CODE_DELIVERY_DELIVERY_MEDIUM";
    let to = "CODE_DELIVERY_DESTINATION";
    let id = "USER_ID_FOR_SRP";
    let expected: [(&str, &[&str]); 13] = [
        ("SELECT_CHALLENGE", &["USERNAME"]),
        ("PASSWORD", &["USERNAME"]),
        ("PASSWORD_SRP", &["USERNAME"]),
        ("PASSWORD_VERIFIER", &["SALT", "SECRET_BLOCK", "SRP_B", "USERNAME", id]),
        ("EMAIL_OTP", &[medium, to]),
        ("SMS_OTP", &[medium, to]),
        ("EMAIL_OTP", &[medium, to, id]),
        ("SMS_MFA", &[medium, to, id]),
        ("SOFTWARE_TOKEN_MFA", &["FRIENDLY_DEVICE_NAME", id]),
        ("MFA_SETUP", &["MFAS_CAN_SETUP", id]),
        ("NEW_PASSWORD_REQUIRED", &[id, "requiredAttributes", "userAttributes"]),
        ("DEVICE_SRP_AUTH", &["USERNAME"]),
        ("DEVICE_PASSWORD_VERIFIER", &["DEVICE_KEY", "SALT", "SECRET_BLOCK", "SRP_B", "USERNAME"]),
    ];
    let issued = issued();
    let said: Vec<(&str, Vec<&str>)> = issued
        .iter()
        .map(|one| (one.kind.as_str(), one.parameters.keys().map(String::as_str).collect()))
        .collect();
    let expected: Vec<(&str, Vec<&str>)> =
        expected.iter().map(|(name, keys)| (*name, keys.to_vec())).collect();
    assert_eq!(said, expected);
    let destinations: BTreeSet<&str> =
        issued.iter().filter_map(|one| one.parameters.get(to)).map(String::as_str).collect();
    assert_eq!(destinations, BTreeSet::from(["+*******1234", "j***@g***"]));
}

#[test]
fn every_challenge_needs_the_answers_that_the_table_lists() {
    let claim = ["PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP"];
    let needs: BTreeMap<ChallengeKind, Vec<&str>> = BTreeMap::from([
        (ChallengeKind::SelectChallenge, vec!["ANSWER"]),
        (ChallengeKind::Password, vec!["PASSWORD"]),
        (ChallengeKind::PasswordSrp, vec!["SRP_A"]),
        (ChallengeKind::PasswordVerifier, claim.to_vec()),
        (ChallengeKind::EmailOtp, vec!["EMAIL_OTP_CODE"]),
        (ChallengeKind::SmsOtp, vec!["SMS_OTP_CODE"]),
        (ChallengeKind::SmsMfa, vec!["SMS_MFA_CODE"]),
        (ChallengeKind::SelectMfaType, vec!["ANSWER"]),
        (ChallengeKind::CustomChallenge, vec!["ANSWER"]),
        (ChallengeKind::NewPasswordRequired, vec!["NEW_PASSWORD"]),
        (ChallengeKind::SoftwareTokenMfa, vec!["SOFTWARE_TOKEN_MFA_CODE"]),
        (ChallengeKind::MfaSetup, vec![]),
        (ChallengeKind::DeviceSrpAuth, vec!["DEVICE_KEY", "SRP_A"]),
        (ChallengeKind::DevicePasswordVerifier, [&["DEVICE_KEY"][..], &claim].concat()),
    ]);
    for kind in ChallengeKind::ALL {
        let Some(own) = needs.get(&kind) else { panic!("{kind:?} is not in the table") };
        let keys: Vec<&str> = std::iter::once("USERNAME").chain(own.iter().copied()).collect();
        let all: BTreeMap<String, String> =
            keys.iter().map(|key| ((*key).to_owned(), "2".to_owned())).collect();
        assert!(Answer::parse(kind, &all).is_ok(), "{kind:?}");
        for key in keys {
            let mut less = all.clone();
            less.remove(key);
            match Answer::parse(kind, &less) {
                Err(Error::MissingParameter(missing)) => assert_eq!(missing, key, "{kind:?}"),
                other => panic!("{kind:?} without {key}: {other:?}"),
            }
        }
    }
}
