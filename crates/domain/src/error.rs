//! Every way an operation can be refused, and the one way it can break.
//!
//! A *refusal* is named by the domain and carries no text: the texts of the wire live in the
//! server's error map and nowhere else. A *fault* is storage, cryptography or a bug: it rolls the
//! transaction back, is logged once and is never shown.

use crate::auth::policy::Flow;
use crate::group::GroupRefusal;
use crate::id::{ClientId, PoolId};
use crate::pool::PoolRule;
use crate::pool::client::ClientRule;
use crate::risk::RiskRefusal;
use crate::trigger::Trigger;
use crate::user::attribute::AttributeRule;
use crate::user::filter::FilterRule;
use crate::user::password::PasswordRule;
use crate::user::username::UsernameRule;

/// The domain's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A refusal or a fault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such pool.
    #[error("pool {0} not found")]
    PoolNotFound(PoolId),
    /// No such client, or not in this pool.
    #[error("client {0} not found")]
    ClientNotFound(ClientId),
    /// No such user.
    #[error("user not found")]
    UserNotFound,
    /// No user of this name, where a password was to be recovered.
    #[error("nobody to recover a password for")]
    NobodyToRecover,
    /// No such device of this user.
    #[error("device not found")]
    DeviceNotFound,
    /// A rule of pool settings.
    #[error("pool rule: {0:?}")]
    Pool(PoolRule),
    /// A rule of client settings.
    #[error("client rule: {0:?}")]
    Client(ClientRule),
    /// A rule of usernames and aliases.
    #[error("username rule: {0:?}")]
    Username(UsernameRule),
    /// A rule of attributes.
    #[error("attribute rule: {0:?}")]
    Attribute(AttributeRule),
    /// A rule of the password policy.
    #[error("password rule: {0:?}")]
    Password(PasswordRule),
    /// A rule of ListUsers.
    #[error("filter rule: {0:?}")]
    Filter(FilterRule),
    /// An operation on a group was refused.
    #[error("group refused: {0:?}")]
    Group(GroupRefusal),
    /// An operation of threat protection was refused.
    #[error("risk refused: {0:?}")]
    Risk(RiskRefusal),
    /// A sign-in was refused.
    #[error("sign-in refused: {0:?}")]
    SignIn(SignInRefusal),
    /// A challenge session was refused.
    #[error("session refused: {0:?}")]
    Session(SessionRefusal),
    /// An access token was refused.
    #[error("access token refused: {0:?}")]
    AccessToken(AccessTokenRefusal),
    /// A refresh token was refused.
    #[error("refresh token refused: {0:?}")]
    RefreshToken(RefreshTokenRefusal),
    /// An operation on a user's sessions was refused.
    #[error("user session refused: {0:?}")]
    UserSession(UserSessionRefusal),
    /// GetClientToken or GetDerivedToken was refused.
    #[error("token exchange refused: {0:?}")]
    Exchange(ExchangeRefusal),
    /// RevokeToken was refused.
    #[error("revocation refused: {0:?}")]
    Revocation(RevocationRefusal),
    /// A code was refused.
    #[error("code refused: {0:?}")]
    Code(CodeRefusal),
    /// A device operation was refused.
    #[error("device refused: {0:?}")]
    Device(DeviceRefusal),
    /// An MFA setting was refused.
    #[error("mfa refused: {0:?}")]
    Mfa(MfaRefusal),
    /// The user's state does not allow the operation.
    #[error("user state: {0:?}")]
    UserState(UserStateRefusal),
    /// A Lambda trigger refused, failed or could not be called.
    #[error("trigger: {0:?}")]
    Trigger(TriggerRefusal),
    /// A parameter that this case needs is missing.
    #[error("parameter {0} missing")]
    MissingParameter(&'static str),
    /// A pagination token is not one of ours for this list.
    #[error("pagination token refused")]
    PaginationToken,
    /// An hourly budget or the guessing lock of a code is exhausted.
    #[error("attempt limit exceeded")]
    AttemptLimit,
    /// A member or value belongs to a feature that is not built yet; the text names it.
    #[error("not built yet: {0}")]
    NotBuilt(&'static str),
    /// A bounded queue is full: try again later.
    #[error("overloaded")]
    Overloaded,
    /// Storage, cryptography or a bug.
    #[error("fault: {0}")]
    Fault(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// Wraps an inner error as a fault.
    pub fn fault(inner: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Fault(inner.into())
    }

    /// Whether it is a fault, which rolls back, rather than a refusal.
    pub fn is_fault(&self) -> bool {
        matches!(self, Self::Fault(_))
    }
}

/// Why a sign-in was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInRefusal {
    /// Wrong password, proof, secret block or timestamp; also the generic answer for a hidden user.
    BadCredentials,
    /// Too risky, where the pool ends such sign-ins.
    SecurityReasons,
    /// Too many failures: locked for now.
    Locked,
    /// The user is disabled.
    Disabled,
    /// The user is not confirmed.
    NotConfirmed,
    /// An administrator demanded a reset.
    ResetRequired,
    /// The temporary password ran out.
    TemporaryPasswordExpired,
    /// The flow cannot be started through this operation.
    FlowNotSupportedHere,
    /// The flow is not in the client's ExplicitAuthFlows.
    FlowNotEnabled(Flow),
    /// CUSTOM_AUTH in a pool without its Lambda triggers.
    CustomAuthNotConfigured,
    /// `SRP_A` is not a usable value.
    InvalidSrpA,
    /// The client has a secret and no hash came.
    SecretHashMissing(ClientId),
    /// The hash does not fit.
    SecretHashWrong(ClientId),
    /// MFA is required and the user has no way to do it.
    NoFactorPossible,
    /// NEW_PASSWORD_REQUIRED tried to change an attribute that has a value.
    AttributeAlreadyProvided(String),
    /// NEW_PASSWORD_REQUIRED left out a required attribute.
    AttributeMissing(String),
    /// Wrong TOTP code.
    WrongTotp,
    /// A TOTP code that was accepted before.
    ReusedTotp,
    /// Wrong code of an EMAIL_OTP, SMS_OTP or SMS_MFA challenge.
    WrongCode,
    /// The pool's plan does not have the flow.
    FlowNotInPlan(Flow),
    /// An `ANSWER` that is not one of the choices.
    NotAChoice,
    /// An email address to set up as a factor that is not one.
    InvalidEmail,
    /// `TARGET_ACR_VALUES` names no level that exists.
    UnknownLevels,
    /// The user cannot reach any of the levels that were asked for.
    NoLevel,
    /// What is proven is enough for the level that was asked for.
    LevelReached,
    /// `ACCESS_TOKEN` without `TARGET_ACR_VALUES`.
    TokenWithoutLevels,
    /// `MAX_AGE` is not a number of seconds.
    InvalidMaxAge,
    /// `ACCESS_TOKEN` is of another user.
    TokenOfAnotherUser,
}

/// Why a challenge session was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionRefusal {
    /// Garbage, another user's, another client's, or of another challenge.
    Invalid,
    /// Too old.
    Expired,
    /// Answered before.
    Used,
}

/// Why an access token was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessTokenRefusal {
    /// Malformed, of another kind, pool or issuer.
    Invalid,
    /// Its signature does not verify.
    BadSignature,
    /// Past its `exp`.
    Expired,
    /// Revoked, signed out.
    Revoked,
    /// Without the scope `aws.cognito.signin.user.admin`.
    MissingScope,
}

/// Why a refresh token was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefreshTokenRefusal {
    /// Garbage, another client's, or without its confirmed device.
    Invalid,
    /// Too old.
    Expired,
    /// Revoked.
    Revoked,
    /// Another one has replaced it.
    Reused,
}

/// Why an operation on a user's sessions was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserSessionRefusal {
    /// The user has no such session, or has it no longer.
    NotFound,
    /// The session that asks cannot end itself this way.
    Current,
    /// The pool does not track sessions.
    TrackingOff,
}

/// Why GetClientToken or GetDerivedToken was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExchangeRefusal {
    /// This flow is not in the client's ExplicitAuthFlows.
    NotEnabled(&'static str),
    /// A scope that the client does not have.
    Scope(String),
    /// No token of this kind and pool, or of no user.
    SubjectInvalid,
    /// Too old.
    SubjectExpired,
    /// Revoked.
    SubjectRevoked,
    /// The actor's token: any of these.
    ActorInvalid,
    /// Only one of ActorToken and ActorTokenType.
    ActorIncomplete,
    /// Both Audiences and Resources.
    AudienceAndResource,
    /// A resource server that does not exist.
    Resource(String),
}

/// Why RevokeToken was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationRefusal {
    /// The client has `EnableTokenRevocation` off.
    NotEnabled,
    /// Not a refresh token.
    WrongTokenType,
    /// Unknown client, wrong client or wrong secret.
    Unauthorized,
}

/// Why a code was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRefusal {
    /// Wrong.
    Mismatch,
    /// Expired, or never sent.
    Expired,
}

/// Why a device operation was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceRefusal {
    /// ConfirmDevice with another key than the token's.
    InvalidKey,
    /// Confirmed before.
    AlreadyConfirmed,
    /// The pool does not track devices.
    TrackingOff,
    /// The salt is negative.
    NegativeSalt,
    /// The verifier is negative.
    NegativeVerifier,
    /// The salt is not usable.
    InvalidSalt,
    /// The verifier is not usable.
    InvalidVerifier,
}

/// Why an MFA setting was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MfaRefusal {
    /// TOTP is not enabled in the pool.
    SoftwareTokenNotEnabled,
    /// The code does not enrol the authenticator.
    EnrolmentCodeMismatch,
    /// No secret has been associated.
    NothingAssociated,
    /// The factor is not set up for the user.
    FactorNotSetUp(&'static str),
    /// More than one factor preferred.
    TwoPreferred,
    /// Preferred but not enabled.
    PreferredNotEnabled,
    /// The pool requires MFA: a factor cannot be switched off.
    RequiredByPool,
    /// `MFAOptions` that say something else than that codes go to the phone number by SMS.
    OptionNotSms,
    /// Neither or both of AccessToken and Session.
    TokenOrSession,
}

/// Why a Lambda trigger did not let the operation go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TriggerRefusal {
    /// The function failed, which is how it says no; its own words.
    Function(Trigger, String),
    /// Nothing callable is configured for the function.
    Configuration(Trigger),
    /// We may not invoke the function.
    Denied(Trigger),
    /// The function took too long, at every attempt.
    Timeout(Trigger),
    /// There were too many invocations of the function.
    Throttled(Trigger),
    /// What runs the function failed.
    Service(Trigger),
    /// The answer cannot be understood.
    Unrecognizable,
    /// The function that could have known a user failed.
    Migration(ClientId),
    /// Too many calls of triggers are going on already.
    Busy,
}

/// Why a user's state refuses an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserStateRefusal {
    /// Disabled.
    Disabled,
    /// Not confirmed.
    NotConfirmed,
    /// Reset required.
    ResetRequired,
    /// ConfirmSignUp of a user who is past it; the status is in the text.
    CannotConfirm(&'static str),
    /// ResendConfirmationCode of a confirmed user.
    AlreadyConfirmed,
    /// ResendConfirmationCode where nothing is verified automatically.
    NoAutoVerification,
    /// AdminCreateUser RESEND in another status than FORCE_CHANGE_PASSWORD.
    ResendNotPossible(String),
    /// The pool allows administrators only to create users.
    SignUpNotPermitted,
    /// The password is not the user's own to replace: temporary, or of an identity provider.
    CannotResetPassword,
    /// Neither a password nor a way to do without.
    PasswordNeeded,
    /// A message was asked for by a medium for which the user has no address.
    NoAddressFor(&'static str),
    /// The pool lets administrators alone recover accounts.
    RecoveryByAdministrator,
    /// No verified address that a code for a new password may go to.
    NoRecoveryAddress,
}
