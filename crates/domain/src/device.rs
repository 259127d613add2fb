//! Devices: what the pool's configuration makes of them, and what a device record holds.
//!
//! A device belongs to one user, not to an app client. Its remembered status decides what the
//! next sign-in asks for; this module owns that meaning, the store only keeps the flag.

use crate::id::DeviceKey;
use crate::secret::Secret;
use crate::time::Timestamp;

/// Whether a confirmed device stands in for an MFA code (`DeviceRememberedStatus`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remembered {
    /// `remembered`: the device signs in with its key.
    Yes,
    /// `not_remembered`: the device is known but every factor is asked for.
    No,
}

impl Remembered {
    /// The wire value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "remembered",
            Self::No => "not_remembered",
        }
    }
}

/// A device of a user, without its verifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// `<region>_<uuid>`.
    pub key: DeviceKey,
    /// The key of its group, `-` and eight characters: the pool name of the device's SRP.
    pub group_key: String,
    /// The name that ConfirmDevice gave, if any.
    pub name: Option<String>,
    /// Whether ConfirmDevice has been called; an issued key is not yet a device that can sign in.
    pub confirmed: bool,
    /// Whether it is remembered.
    pub remembered: Remembered,
    /// Whether it holds a verifier and so can pass device SRP at all.
    pub has_verifier: bool,
    /// When its key was issued.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
    /// When a sign-in with it last succeeded.
    pub last_authenticated: Timestamp,
    /// The address of that sign-in.
    pub last_ip: Option<String>,
}

/// A device's SRP verifier, as ConfirmDevice registered it.
#[derive(Clone, Debug)]
pub struct DeviceSecret {
    /// The salt's bytes, big-endian, without sign padding.
    pub salt: Vec<u8>,
    /// The verifier's bytes, big-endian, without sign padding.
    pub verifier: Secret<Vec<u8>>,
}

/// A pool's `DeviceConfiguration`; a pool without one does not track devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tracking {
    /// `ChallengeRequiredOnNewDevice`: a remembered device replaces MFA. (The name misleads: new
    /// devices owe MFA in either case.)
    pub device_replaces_mfa: bool,
    /// `DeviceOnlyRememberedOnUserPrompt`: a confirmed device starts not remembered.
    pub remembered_on_prompt: bool,
}

impl Tracking {
    /// The state of a device after ConfirmDevice.
    pub fn after_confirmation(self) -> Remembered {
        if self.remembered_on_prompt { Remembered::No } else { Remembered::Yes }
    }
}

impl Device {
    /// Whether a sign-in that presents this device is answered with the device challenge.
    ///
    /// A key that was issued but never confirmed, or confirmed without a verifier, never is.
    pub fn can_be_challenged(&self) -> bool {
        self.confirmed && self.has_verifier && self.remembered == Remembered::Yes
    }
}
