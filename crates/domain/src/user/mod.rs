//! Users: the record and its states.

pub mod attribute;
pub mod delivery;
pub mod filter;
pub mod masking;
pub mod password;
pub mod recovery;
pub mod schema;
pub mod template;
pub mod username;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{PoolId, Sub};
use crate::secret::Secret;
use crate::time::Timestamp;

/// `UserStatus`, the values that are still produced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UserStatus {
    /// Signed up, not confirmed.
    #[serde(rename = "UNCONFIRMED")]
    Unconfirmed,
    /// May sign in.
    #[serde(rename = "CONFIRMED")]
    Confirmed,
    /// Holds a temporary password.
    #[serde(rename = "FORCE_CHANGE_PASSWORD")]
    ForceChangePassword,
    /// An administrator demands a new password.
    #[serde(rename = "RESET_REQUIRED")]
    ResetRequired,
    /// Came from an identity provider and has no password here.
    #[serde(rename = "EXTERNAL_PROVIDER")]
    ExternalProvider,
}

impl UserStatus {
    /// Every value, for parsing and for search.
    pub const ALL: [Self; 5] = [
        Self::Unconfirmed,
        Self::Confirmed,
        Self::ForceChangePassword,
        Self::ResetRequired,
        Self::ExternalProvider,
    ];

    /// The wire value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unconfirmed => "UNCONFIRMED",
            Self::Confirmed => "CONFIRMED",
            Self::ForceChangePassword => "FORCE_CHANGE_PASSWORD",
            Self::ResetRequired => "RESET_REQUIRED",
            Self::ExternalProvider => "EXTERNAL_PROVIDER",
        }
    }

    /// Reads a stored value.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

/// A second factor that a user can have switched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MfaFactor {
    /// A code by text message.
    #[serde(rename = "SMS_MFA")]
    Sms,
    /// A code from an authenticator app.
    #[serde(rename = "SOFTWARE_TOKEN_MFA")]
    Totp,
    /// A code by email.
    #[serde(rename = "EMAIL_OTP")]
    Email,
}

impl MfaFactor {
    /// The value in `UserMFASettingList` and in challenge names.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sms => "SMS_MFA",
            Self::Totp => "SOFTWARE_TOKEN_MFA",
            Self::Email => "EMAIL_OTP",
        }
    }
}

/// What a user chose with SetUserMFAPreference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MfaPreference {
    /// Factors switched on, without repetition, in the order they are listed on the wire.
    #[serde(default)]
    pub active: Vec<MfaFactor>,
    /// The one asked for first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred: Option<MfaFactor>,
}

/// A user, without any secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The pool.
    pub pool: PoolId,
    /// The immutable subject.
    pub sub: Sub,
    /// The immutable stored username, which SRP hashes.
    pub username: String,
    /// The status.
    pub status: UserStatus,
    /// Whether the user may sign in and use tokens.
    pub enabled: bool,
    /// Attributes by name, `sub` not among them.
    pub attributes: BTreeMap<String, String>,
    /// Factors and preference.
    pub mfa: MfaPreference,
    /// Whether a TOTP secret has been verified.
    pub totp_verified: bool,
    /// The name given to the authenticator, shown in its challenge.
    pub totp_name: Option<String>,
    /// Changes with every change of a credential, a factor or the right to sign in. A sign-in that
    /// began under another stamp is not finished.
    pub stamp: i64,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
}

impl User {
    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        if name == "sub" {
            return Some(self.sub.as_str());
        }
        self.attributes.get(name).map(String::as_str)
    }

    /// Whether `email_verified` or `phone_number_verified` is true.
    pub fn is_verified(&self, attribute: &str) -> bool {
        self.attributes.get(&format!("{attribute}_verified")).is_some_and(|v| v == "true")
    }
}

/// How a password is kept: the SRP verifier alone, which also checks a plain password.
#[derive(Clone, Debug)]
pub struct PasswordRecord {
    /// The salt's bytes, big-endian and minimal.
    pub salt: Vec<u8>,
    /// The verifier's bytes, big-endian.
    pub verifier: Secret<Vec<u8>>,
    /// For a temporary password: when it stops working.
    pub temporary_until: Option<Timestamp>,
}

/// A TOTP registration.
#[derive(Clone, Debug)]
pub struct TotpRecord {
    /// The shared secret's bytes.
    pub seed: Secret<Vec<u8>>,
    /// The last time step whose code was accepted: an older or equal one is a reuse.
    pub last_step: Option<i64>,
}

/// A way to find a user, in the order in which an operation tries them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// By the stored username's key (folded where the pool ignores case).
    Username(String),
    /// By an alias that resolves to at most one user: its kind (`email`, `phone_number`,
    /// `preferred_username`) and key.
    Alias(&'static str, String),
    /// By subject.
    Sub(Sub),
}
