//! What a sign-in in progress is waiting for, and what it has proven so far.
//!
//! A session *owns* its step with the step's data. What the client holds is a sealed handle (for
//! sessions) or a sealed block (for SRP): it can neither read nor change nor invent one.

use serde::{Deserialize, Serialize};

use super::choice::FirstFactor;
use super::method::{Level, Methods};
use super::policy::Flow;
use crate::id::{ClientId, DeviceKey, PoolId, Sub};
use crate::message::Medium;
use crate::time::Timestamp;
use crate::trigger::Past;
use crate::user::MfaFactor;

/// What is proven, carried from step to step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The flow that began the sign-in.
    pub flow: Flow,
    /// The user's stamp when the sign-in began: another one ends it.
    pub stamp: i64,
    /// The proofs that were given.
    pub methods: Methods,
    /// The level of authentication that a step-up aims at.
    pub target: Option<Level>,
    /// The device presented so far.
    pub device: Option<DeviceKey>,
    /// A second factor was proven in this sign-in.
    pub mfa_done: bool,
    /// The password was replaced in this sign-in, which the token's trigger source tells.
    pub new_password: bool,
    /// In CUSTOM_AUTH, what was asked and answered so far.
    pub past: Vec<Past>,
}

impl Progress {
    /// Nothing is proven yet.
    pub fn new(flow: Flow, stamp: i64) -> Self {
        Self {
            flow,
            stamp,
            methods: Methods::default(),
            target: None,
            device: None,
            mfa_done: false,
            new_password: false,
            past: Vec::new(),
        }
    }
}

/// What a code that was sent proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CodeUse {
    /// Who the user is.
    First,
    /// A second factor.
    Second,
    /// A second factor that is being set up: the address is not the user's yet.
    SetUp,
}

/// A code that was sent, and where to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeStep {
    /// What it proves.
    pub proves: CodeUse,
    /// How it travelled.
    pub medium: Medium,
    /// The address: one that the user has no longer proves nothing.
    pub address: String,
    /// HMAC of the code under the server's key; none until it is drawn, and then nothing fits.
    pub hash: Option<[u8; 32]>,
}

/// A challenge that a function made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomStep {
    /// What judges the answer, as JSON.
    pub private: Private,
    /// What the function called it.
    pub metadata: Option<String>,
    /// The client's public value, while the password has not been asked for.
    pub srp_a: Option<String>,
}

/// A text of the server's own, which does not print.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Private(pub String);

impl std::fmt::Debug for Private {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// The challenge that a session waits to see answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// `SELECT_CHALLENGE` among these.
    Select(Vec<FirstFactor>),
    /// `PASSWORD`.
    Password,
    /// `PASSWORD_SRP`.
    PasswordSrp,
    /// `PASSWORD_VERIFIER` in a flow with sessions, tied to this secret block.
    PasswordVerifier {
        /// The nonce of the block that carries the exchange.
        nonce: [u8; 16],
    },
    /// `EMAIL_OTP`, `SMS_OTP` or `SMS_MFA`.
    Code(CodeStep),
    /// `CUSTOM_CHALLENGE`.
    Custom(Box<CustomStep>),
    /// `SELECT_MFA_TYPE` among these.
    SelectMfa(Vec<MfaFactor>),
    /// No challenge: a sign-up that waits for ConfirmSignUp.
    SignUp,
    /// No challenge: a sign-up that was confirmed, and may go on to sign in.
    SignedUp,
    /// `NEW_PASSWORD_REQUIRED`.
    NewPassword,
    /// `SOFTWARE_TOKEN_MFA`.
    Totp,
    /// `MFA_SETUP`; enrolled once VerifySoftwareToken succeeded under this session.
    MfaSetup {
        /// Whether the authenticator has been verified.
        enrolled: bool,
        /// What may be set up.
        choices: Vec<MfaFactor>,
    },
    /// `DEVICE_SRP_AUTH` for this device.
    DeviceSrp(DeviceKey),
    /// `DEVICE_PASSWORD_VERIFIER`, tied to this secret block.
    DevicePassword {
        /// The nonce of the block that carries the exchange.
        nonce: [u8; 16],
    },
}

impl Step {
    /// The challenge's name on the wire; none for a step that waits for another operation.
    pub fn challenge(&self) -> Option<ChallengeKind> {
        Some(match self {
            Self::Select(_) => ChallengeKind::SelectChallenge,
            Self::Password => ChallengeKind::Password,
            Self::PasswordSrp => ChallengeKind::PasswordSrp,
            Self::PasswordVerifier { .. } => ChallengeKind::PasswordVerifier,
            Self::Code(code) => code.challenge(),
            Self::Custom(_) => ChallengeKind::CustomChallenge,
            Self::SelectMfa(_) => ChallengeKind::SelectMfaType,
            Self::NewPassword => ChallengeKind::NewPasswordRequired,
            Self::Totp => ChallengeKind::SoftwareTokenMfa,
            Self::MfaSetup { .. } => ChallengeKind::MfaSetup,
            Self::DeviceSrp(_) => ChallengeKind::DeviceSrpAuth,
            Self::DevicePassword { .. } => ChallengeKind::DevicePasswordVerifier,
            Self::SignUp | Self::SignedUp => return None,
        })
    }
}

impl CodeStep {
    /// The challenge's name on the wire.
    pub fn challenge(&self) -> ChallengeKind {
        match (self.medium, self.proves) {
            (Medium::Email, _) => ChallengeKind::EmailOtp,
            (Medium::Sms, CodeUse::First) => ChallengeKind::SmsOtp,
            (Medium::Sms, CodeUse::Second | CodeUse::SetUp) => ChallengeKind::SmsMfa,
        }
    }
}

/// The challenges that this machine issues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChallengeKind {
    /// A choice of first factor.
    SelectChallenge,
    /// The plain password, in USER_AUTH.
    Password,
    /// The first half of SRP with the password, in USER_AUTH.
    PasswordSrp,
    /// SRP proof of the password.
    PasswordVerifier,
    /// A code by email.
    EmailOtp,
    /// A code by text message as the first factor.
    SmsOtp,
    /// A code by text message as the second factor.
    SmsMfa,
    /// What a function of the pool's own asks.
    CustomChallenge,
    /// A choice of second factor.
    SelectMfaType,
    /// A new password in place of a temporary one.
    NewPasswordRequired,
    /// A TOTP code.
    SoftwareTokenMfa,
    /// Enrolment of a factor.
    MfaSetup,
    /// A device's public SRP value.
    DeviceSrpAuth,
    /// A device's SRP proof.
    DevicePasswordVerifier,
}

impl ChallengeKind {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::SelectChallenge,
        Self::Password,
        Self::PasswordSrp,
        Self::PasswordVerifier,
        Self::EmailOtp,
        Self::SmsOtp,
        Self::SmsMfa,
        Self::CustomChallenge,
        Self::SelectMfaType,
        Self::NewPasswordRequired,
        Self::SoftwareTokenMfa,
        Self::MfaSetup,
        Self::DeviceSrpAuth,
        Self::DevicePasswordVerifier,
    ];

    /// The wire's `ChallengeName`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SelectChallenge => "SELECT_CHALLENGE",
            Self::Password => "PASSWORD",
            Self::PasswordSrp => "PASSWORD_SRP",
            Self::PasswordVerifier => "PASSWORD_VERIFIER",
            Self::EmailOtp => "EMAIL_OTP",
            Self::SmsOtp => "SMS_OTP",
            Self::SmsMfa => "SMS_MFA",
            Self::CustomChallenge => "CUSTOM_CHALLENGE",
            Self::SelectMfaType => "SELECT_MFA_TYPE",
            Self::NewPasswordRequired => "NEW_PASSWORD_REQUIRED",
            Self::SoftwareTokenMfa => "SOFTWARE_TOKEN_MFA",
            Self::MfaSetup => "MFA_SETUP",
            Self::DeviceSrpAuth => "DEVICE_SRP_AUTH",
            Self::DevicePasswordVerifier => "DEVICE_PASSWORD_VERIFIER",
        }
    }

    /// Reads a `ChallengeName`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// A session's content, sealed at rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionState {
    /// What it waits for.
    pub step: Step,
    /// What is proven.
    pub progress: Progress,
    /// For a device link that stands in for a session: the session it belongs to, so that both
    /// are consumed together.
    pub twin: Option<[u8; 32]>,
    /// For a sign-in of nobody, where the client hides who exists: the name typed, as the pool
    /// compares names.
    pub hidden: Option<String>,
}

impl SessionState {
    /// A session of a user who exists.
    pub fn new(step: Step, progress: &Progress) -> Self {
        Self { step, progress: progress.clone(), twin: None, hidden: None }
    }
}

/// Whose SRP exchange a secret block carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Prover {
    /// A user's password.
    User(Sub),
    /// A device's secret, after the first factor.
    Device {
        /// Its user.
        sub: Sub,
        /// The device.
        device: DeviceKey,
        /// What the sign-in has proven.
        progress: Progress,
    },
    /// Nobody: the user does not exist and the pool hides that.
    Simulated {
        /// The name typed, to charge its guesses.
        subject: String,
        /// The made-up USER_ID_FOR_SRP that was sent.
        user_id: String,
    },
}

/// The server's state between the two halves of an SRP exchange. It travels inside
/// `SECRET_BLOCK`, sealed, so that starting an exchange writes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretBlock {
    /// Makes each block unique and single-use.
    pub nonce: [u8; 16],
    /// The pool.
    pub pool: PoolId,
    /// The client.
    pub client: ClientId,
    /// Whose exchange.
    pub prover: Prover,
    /// The user's stamp at the start.
    pub stamp: i64,
    /// The device presented at the start.
    pub device: Option<DeviceKey>,
    /// The flow has sessions: the proof is only taken together with the one that waits for it.
    pub in_session: bool,
    /// The client's public value, minimal big-endian.
    #[serde(with = "base64_bytes")]
    pub a: Vec<u8>,
    /// The server's secret exponent.
    #[serde(with = "base64_bytes")]
    pub b: Vec<u8>,
    /// When it was issued.
    pub issued: Timestamp,
}

/// Bytes as Base64: a list of numbers takes three times as much, and more or less of it by chance.
mod base64_bytes {
    use data_encoding::BASE64;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(bytes))
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(reader: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(reader)?;
        BASE64.decode(text.as_bytes()).map_err(serde::de::Error::custom)
    }
}
