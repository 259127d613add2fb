//! The answer to a challenge, read from `ChallengeResponses`.
//!
//! Keys that a challenge does not know are ignored: shipping clients send the keys of several
//! challenges at once.

use std::collections::BTreeMap;

use super::choice::FirstFactor;
use super::start::{device_key, hash_of, parse_a};
use super::step::ChallengeKind;
use crate::error::{Error, Result};
use crate::id::DeviceKey;
use crate::secret::Secret;
use crate::srp::PublicA;
use crate::user::MfaFactor;

/// Prefix of the attributes that a NEW_PASSWORD_REQUIRED answer sets.
const ATTRIBUTE_PREFIX: &str = "userAttributes.";

/// The second half of an SRP exchange, as the client claims it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SrpClaim {
    /// `PASSWORD_CLAIM_SECRET_BLOCK`, Base64.
    pub block: String,
    /// `PASSWORD_CLAIM_SIGNATURE`, Base64.
    pub signature: String,
    /// `TIMESTAMP`.
    pub timestamp: String,
}

/// What a challenge's own keys say.
#[derive(Debug)]
pub enum Body {
    /// To `SELECT_CHALLENGE`.
    Select {
        /// The choice, none for a word that is not one.
        factor: Option<FirstFactor>,
        /// The password, given at once.
        password: Option<Secret<String>>,
        /// The client's public value, given at once.
        a: Option<PublicA>,
    },
    /// To `PASSWORD`.
    Password(Secret<String>),
    /// To `PASSWORD_SRP`.
    PasswordSrp(PublicA),
    /// To `PASSWORD_VERIFIER`.
    PasswordVerifier(SrpClaim),
    /// To `EMAIL_OTP`, `SMS_OTP` and `SMS_MFA`.
    Code(Secret<String>),
    /// To `CUSTOM_CHALLENGE`.
    Custom(Secret<String>),
    /// To `SELECT_MFA_TYPE`: the choice, none for a word that is not one.
    SelectMfa(Option<MfaFactor>),
    /// To `NEW_PASSWORD_REQUIRED`.
    NewPassword {
        /// The new password.
        password: Secret<String>,
        /// Attributes by name, without the prefix.
        attributes: BTreeMap<String, String>,
    },
    /// To `SOFTWARE_TOKEN_MFA`.
    Totp {
        /// Six digits.
        code: Secret<String>,
    },
    /// To `MFA_SETUP`.
    MfaSetup {
        /// An address to receive codes; without one the session says it all.
        email: Option<String>,
    },
    /// To `DEVICE_SRP_AUTH`.
    DeviceSrp(PublicA),
    /// To `DEVICE_PASSWORD_VERIFIER`.
    DevicePassword(SrpClaim),
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// `USERNAME`.
    pub username: String,
    /// `DEVICE_KEY`; always there in answers to device challenges.
    pub device: Option<DeviceKey>,
    /// `SECRET_HASH`.
    pub secret_hash: Option<String>,
    /// The rest.
    pub body: Body,
}

impl Answer {
    /// Reads an answer to `kind`.
    ///
    /// # Errors
    /// [`Error::MissingParameter`] for a key that the challenge needs, `USERNAME` first; an
    /// unusable `SRP_A`.
    pub fn parse(kind: ChallengeKind, responses: &BTreeMap<String, String>) -> Result<Self> {
        let get =
            |name: &'static str| responses.get(name).cloned().ok_or(Error::MissingParameter(name));
        let username = get("USERNAME")?;
        let claim = || -> Result<SrpClaim> {
            Ok(SrpClaim {
                block: get("PASSWORD_CLAIM_SECRET_BLOCK")?,
                signature: get("PASSWORD_CLAIM_SIGNATURE")?,
                timestamp: get("TIMESTAMP")?,
            })
        };
        let body = match kind {
            ChallengeKind::SelectChallenge => Body::Select {
                factor: FirstFactor::parse(&get("ANSWER")?),
                password: responses.get("PASSWORD").cloned().map(Secret::new),
                a: responses.get("SRP_A").map(|a| parse_a(a)).transpose()?,
            },
            ChallengeKind::Password => Body::Password(Secret::new(get("PASSWORD")?)),
            ChallengeKind::PasswordSrp => Body::PasswordSrp(parse_a(&get("SRP_A")?)?),
            ChallengeKind::PasswordVerifier => Body::PasswordVerifier(claim()?),
            ChallengeKind::EmailOtp => Body::Code(Secret::new(get("EMAIL_OTP_CODE")?)),
            ChallengeKind::SmsOtp => Body::Code(Secret::new(get("SMS_OTP_CODE")?)),
            ChallengeKind::SmsMfa => Body::Code(Secret::new(get("SMS_MFA_CODE")?)),
            ChallengeKind::CustomChallenge => Body::Custom(Secret::new(get("ANSWER")?)),
            ChallengeKind::SelectMfaType => Body::SelectMfa(second_factor(&get("ANSWER")?)),
            ChallengeKind::NewPasswordRequired => Body::NewPassword {
                password: Secret::new(get("NEW_PASSWORD")?),
                attributes: attributes(responses),
            },
            ChallengeKind::SoftwareTokenMfa => {
                Body::Totp { code: Secret::new(get("SOFTWARE_TOKEN_MFA_CODE")?) }
            }
            ChallengeKind::MfaSetup => {
                // The guide writes the key in lower case, a shipping client in capitals.
                let email = responses.get("EMAIL").or_else(|| responses.get("email"));
                Body::MfaSetup { email: email.cloned() }
            }
            ChallengeKind::DeviceSrpAuth => {
                get("DEVICE_KEY")?;
                Body::DeviceSrp(parse_a(&get("SRP_A")?)?)
            }
            ChallengeKind::DevicePasswordVerifier => {
                get("DEVICE_KEY")?;
                Body::DevicePassword(claim()?)
            }
        };
        let (device, hash) = (device_key(responses), hash_of(responses).map(str::to_owned));
        Ok(Self { username, device, secret_hash: hash, body })
    }
}

/// A choice of second factor; the guide has two names for email.
fn second_factor(answer: &str) -> Option<MfaFactor> {
    match answer {
        "EMAIL_MFA" => Some(MfaFactor::Email),
        _ => [MfaFactor::Sms, MfaFactor::Totp, MfaFactor::Email]
            .into_iter()
            .find(|factor| factor.as_str() == answer),
    }
}

fn attributes(responses: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    responses
        .iter()
        .filter_map(|(key, value)| {
            key.strip_prefix(ATTRIBUTE_PREFIX).map(|name| (name.to_owned(), value.clone()))
        })
        .collect()
}
