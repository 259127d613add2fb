//! Rows that outlive a request but not a sign-in: challenge sessions, codes, charges.

use crate::auth::method::Methods;
use crate::id::{ClientId, DeviceKey, OriginJti, PoolId, SessionId, Sub};
use crate::message::Medium;
use crate::secret::Secret;
use crate::time::Timestamp;

/// A challenge session as the store keeps it. The client holds a sealed handle, never this.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// The pool.
    pub pool: PoolId,
    /// SHA-256 of the handle.
    pub handle_hash: [u8; 32],
    /// The client that started the sign-in.
    pub client: ClientId,
    /// The user, absent for a simulated sign-in.
    pub sub: Option<Sub>,
    /// The step and its data, serialised by the state machine; sealed at rest.
    pub step: Secret<Vec<u8>>,
    /// When it stops being accepted.
    pub expires: Timestamp,
    /// When it was answered successfully; such a session is kept until it expires, so that a
    /// second answer gets the right text.
    pub used: Option<Timestamp>,
}

/// What a code proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodePurpose {
    /// Confirms a sign-up.
    SignUp,
    /// Verifies a changed address, each kind of address by a code of its own.
    Attribute(Medium),
    /// Resets a password.
    Reset,
}

impl CodePurpose {
    /// The stored value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignUp => "sign_up",
            Self::Attribute(Medium::Email) => "attribute_email",
            Self::Attribute(Medium::Sms) => "attribute_phone_number",
            Self::Reset => "reset",
        }
    }
}

/// A code that was sent: only its keyed hash is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeRow {
    /// What it is for.
    pub purpose: CodePurpose,
    /// The attribute it was sent to (`email` or `phone_number`).
    pub attribute: String,
    /// HMAC-SHA256 of the code under the server's key, bound to pool, user and purpose.
    pub hash: [u8; 32],
    /// When it stops being accepted.
    pub expires: Timestamp,
}

/// A secret that can be guessed, each with its own counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuessKind {
    /// Passwords and SRP proofs of users, over every flow.
    Password,
    /// TOTP and message codes as a second factor.
    Mfa,
    /// Message codes as the first factor.
    Otp,
    /// Device SRP proofs.
    Device,
}

impl GuessKind {
    /// The stored value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Mfa => "mfa",
            Self::Otp => "otp",
            Self::Device => "device",
        }
    }

    /// Failures that cost nothing: the n-th one starts the lock.
    pub fn free_attempts(self) -> i64 {
        match self {
            Self::Password => 5,
            Self::Mfa | Self::Otp | Self::Device => 10,
        }
    }
}

/// The answer to charging one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charge {
    /// The attempt is paid for and may be compared.
    Paid,
    /// The subject is locked; nothing was counted and nothing may be compared.
    Locked,
}

/// Things of which a user may do only so many an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HourlyBudget {
    /// ConfirmSignUp: 15.
    ConfirmSignUp,
    /// ResendConfirmationCode: 5.
    ResendConfirmationCode,
    /// ChangePassword: 5.
    ChangePassword,
    /// VerifyUserAttribute: 15.
    VerifyUserAttribute,
    /// GetUserAttributeVerificationCode: 5.
    AttributeVerificationCode,
    /// ForgotPassword: 5.
    ForgotPassword,
    /// ConfirmForgotPassword: 15, which makes 20 with the requests for codes.
    ConfirmForgotPassword,
}

impl HourlyBudget {
    /// The stored value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ConfirmSignUp => "confirm_sign_up",
            Self::ResendConfirmationCode => "resend",
            Self::ChangePassword => "change_password",
            Self::VerifyUserAttribute => "verify_attribute",
            Self::AttributeVerificationCode => "attribute_code",
            Self::ForgotPassword => "forgot_password",
            Self::ConfirmForgotPassword => "confirm_forgot_password",
        }
    }

    /// How many an hour.
    pub fn per_hour(self) -> i64 {
        match self {
            Self::ConfirmSignUp | Self::VerifyUserAttribute | Self::ConfirmForgotPassword => 15,
            Self::ResendConfirmationCode
            | Self::ChangePassword
            | Self::AttributeVerificationCode
            | Self::ForgotPassword => 5,
        }
    }
}

/// What is known of a sign-in's session, where the pool tracks them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSession {
    /// The id under which users and administrators see it.
    pub id: SessionId,
    /// The sign-in or the last refresh that was noted.
    pub last_active: Timestamp,
    /// Where that came from.
    pub ip: Option<String>,
    /// What the user agent said at the sign-in.
    pub device_type: Option<String>,
}

/// Characters of a device type that are kept.
const DEVICE_TYPE_CHARS_MAX: usize = 1024;

/// What a session says of the device that began it: the user agent's own words, of which only what
/// prints is kept; none where it said nothing.
pub fn device_type(user_agent: Option<&str>) -> Option<String> {
    let printable = |c: &char| c.is_ascii_graphic() || *c == ' ';
    let text: String = user_agent?.chars().filter(printable).take(DEVICE_TYPE_CHARS_MAX).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// All tokens of one sign-in: what refresh and revocation look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenFamily {
    /// The pool.
    pub pool: PoolId,
    /// The id every token of the family carries.
    pub origin_jti: OriginJti,
    /// The user.
    pub sub: Sub,
    /// The client that signed in.
    pub client: ClientId,
    /// The device of the sign-in, where the pool tracks devices.
    pub device: Option<DeviceKey>,
    /// SHA-256 of the handle of the first refresh token.
    pub refresh_hash: [u8; 32],
    /// That of the newest one; the same until one is replaced.
    pub newest_hash: [u8; 32],
    /// Whether its refresh tokens can be used: not after their device was forgotten.
    pub refreshable: bool,
    /// When the user proved who they are.
    pub authenticated: Timestamp,
    /// The proofs of the sign-in.
    pub methods: Methods,
    /// When the refresh tokens end, the first and every one that replaced it.
    pub expires: Timestamp,
    /// When it was revoked.
    pub revoked: Option<Timestamp>,
    /// Its session, where the pool tracked sessions at the sign-in.
    pub session: Option<TokenSession>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_type_is_bounded_and_prints() {
        assert_eq!(device_type(None), None);
        for nothing in ["", "   ", "\u{7f}\r\n\t", "\u{202e}"] {
            assert_eq!(device_type(Some(nothing)), None);
        }
        let odd = device_type(Some(" Mozilla/5.0 (X11;\r\n\u{202e} x) "));
        assert_eq!(odd.as_deref(), Some("Mozilla/5.0 (X11; x)"));
        assert_eq!(device_type(Some(&"a".repeat(5000))).map(|text| text.len()), Some(1024));
    }
}
