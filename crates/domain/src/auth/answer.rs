//! The answer to a challenge, read from `ChallengeResponses`.
//!
//! Keys that a challenge does not know are ignored: shipping clients send the keys of several
//! challenges at once.

use std::collections::BTreeMap;

use super::start::{device_key, hash_of, parse_a};
use super::step::ChallengeKind;
use crate::error::{Error, Result};
use crate::id::DeviceKey;
use crate::secret::Secret;
use crate::srp::PublicA;

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
    /// To `PASSWORD_VERIFIER`.
    PasswordVerifier(SrpClaim),
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
    /// To `MFA_SETUP`: the session says it all.
    MfaSetup,
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
            ChallengeKind::PasswordVerifier => Body::PasswordVerifier(claim()?),
            ChallengeKind::NewPasswordRequired => Body::NewPassword {
                password: Secret::new(get("NEW_PASSWORD")?),
                attributes: attributes(responses),
            },
            ChallengeKind::SoftwareTokenMfa => {
                Body::Totp { code: Secret::new(get("SOFTWARE_TOKEN_MFA_CODE")?) }
            }
            ChallengeKind::MfaSetup => Body::MfaSetup,
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

fn attributes(responses: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    responses
        .iter()
        .filter_map(|(key, value)| {
            key.strip_prefix(ATTRIBUTE_PREFIX).map(|name| (name.to_owned(), value.clone()))
        })
        .collect()
}
