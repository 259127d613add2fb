//! The one map from refusals to the wire: every AWS name and text stands here and nowhere else.
//!
//! Each function is one exhaustive `match` without `_`: a new refusal does not compile until
//! somebody has decided what the wire says.

mod client;
mod pool;
mod user;

use poolhouse_domain::error::{
    AccessTokenRefusal, CodeRefusal, DeviceRefusal, Error, ExchangeRefusal, MfaRefusal,
    RefreshTokenRefusal, RevocationRefusal, SessionRefusal, SignInRefusal, TriggerRefusal,
    UserSessionRefusal, UserStateRefusal,
};
use poolhouse_domain::group::GroupRefusal;
use poolhouse_domain::risk::RiskRefusal;
use poolhouse_domain::trigger::Trigger;
use poolhouse_wire::ErrorName;

/// An error as the wire says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireError {
    /// The exception.
    pub name: ErrorName,
    /// The text.
    pub message: String,
}

impl WireError {
    /// Puts name and text together.
    pub fn new(name: ErrorName, message: impl Into<String>) -> Self {
        Self { name, message: message.into() }
    }
}

/// Says a refusal on the wire. A fault says nothing but that it happened.
pub fn to_wire(error: &Error) -> WireError {
    let (name, message) = match error {
        Error::PoolNotFound(id) => not_found(format!("User pool {id} does not exist.")),
        Error::ClientNotFound(id) => not_found(format!("User pool client {id} does not exist.")),
        Error::DeviceNotFound => not_found("Device does not exist.".into()),
        Error::UserNotFound => {
            (ErrorName::UserNotFoundException, "User does not exist.".to_owned())
        }
        Error::NobodyToRecover => (
            ErrorName::UserNotFoundException,
            "Username/client id combination not found.".to_owned(),
        ),
        Error::Pool(rule) => pool::pool(rule),
        Error::Client(rule) => client::client(rule),
        Error::Username(rule) => user::username(rule),
        Error::Attribute(rule) => user::attribute(rule),
        Error::Password(rule) => user::password(rule),
        Error::Filter(rule) => user::filter(rule),
        Error::Group(refusal) => group(*refusal),
        Error::Risk(refusal) => risk(*refusal),
        Error::SignIn(refusal) => sign_in(refusal),
        Error::Session(refusal) => not_authorized(session(*refusal)),
        Error::AccessToken(refusal) => not_authorized(access_token(*refusal)),
        Error::RefreshToken(refusal) => refresh_token(*refusal),
        Error::UserSession(refusal) => user_session(*refusal),
        Error::Exchange(refusal) => exchange(refusal),
        Error::Revocation(refusal) => revocation(*refusal),
        Error::Code(refusal) => code(*refusal),
        Error::Device(refusal) => device(*refusal),
        Error::Mfa(refusal) => mfa(refusal),
        Error::UserState(refusal) => user_state(refusal),
        Error::Trigger(refusal) => trigger(refusal),
        Error::MissingParameter(name) => {
            invalid_parameter(&format!("Missing required parameter {name}"))
        }
        Error::PaginationToken => invalid_parameter("Invalid pagination token given."),
        Error::AttemptLimit => (
            ErrorName::LimitExceededException,
            "Attempt limit exceeded, please try after some time.".to_owned(),
        ),
        Error::NotBuilt(what) => (
            ErrorName::NotImplementedException,
            format!("Poolhouse does not implement {what} yet."),
        ),
        Error::Overloaded => (ErrorName::TooManyRequestsException, "Too many requests".to_owned()),
        Error::Fault(_) => (
            ErrorName::InternalErrorException,
            "An internal error occurred; the server's log names the cause under this request's id."
                .to_owned(),
        ),
    };
    WireError { name, message }
}

type NameAndText = (ErrorName, String);

fn not_found(text: String) -> NameAndText {
    (ErrorName::ResourceNotFoundException, text)
}

fn invalid_parameter(text: &str) -> NameAndText {
    (ErrorName::InvalidParameterException, text.to_owned())
}

fn not_authorized(text: &str) -> NameAndText {
    (ErrorName::NotAuthorizedException, text.to_owned())
}

fn group(refusal: GroupRefusal) -> NameAndText {
    match refusal {
        GroupRefusal::NotFound => not_found("Group not found.".into()),
        GroupRefusal::Exists => {
            (ErrorName::GroupExistsException, "A group with the name already exists.".into())
        }
        GroupRefusal::TooMany => (
            ErrorName::LimitExceededException,
            "The user pool has as many groups as it can have.".into(),
        ),
        GroupRefusal::UserInTooMany => {
            invalid_parameter("The user is in as many groups as a user can be in.")
        }
    }
}

fn risk(refusal: RiskRefusal) -> NameAndText {
    match refusal {
        RiskRefusal::AddOnOff => (
            ErrorName::UserPoolAddOnNotEnabledException,
            "User pool add-ons are not enabled".into(),
        ),
        RiskRefusal::NotifyConfigurationMissing => {
            invalid_parameter("NotifyConfiguration is required when an action notifies the user.")
        }
        RiskRefusal::NotifyTextMissing => {
            invalid_parameter("A notification needs an HtmlBody or a TextBody.")
        }
        RiskRefusal::IpRange => invalid_parameter("An IP range must be in CIDR notation."),
        RiskRefusal::EventNotFound => not_found("Auth event does not exist.".into()),
        RiskRefusal::FeedbackToken => not_authorized("Invalid feedback token."),
    }
}

fn sign_in(refusal: &SignInRefusal) -> NameAndText {
    match refusal {
        SignInRefusal::BadCredentials => not_authorized("Incorrect username or password."),
        SignInRefusal::SecurityReasons => {
            not_authorized("Unable to login because of security reasons.")
        }
        SignInRefusal::Locked => not_authorized("Password attempts exceeded"),
        SignInRefusal::Disabled => not_authorized("User is disabled."),
        SignInRefusal::NotConfirmed => {
            (ErrorName::UserNotConfirmedException, "User is not confirmed.".into())
        }
        SignInRefusal::ResetRequired => (
            ErrorName::PasswordResetRequiredException,
            "Password reset required for the user".into(),
        ),
        SignInRefusal::TemporaryPasswordExpired => {
            not_authorized("Temporary password has expired and must be reset by an administrator.")
        }
        SignInRefusal::FlowNotSupportedHere => {
            invalid_parameter("Initiate Auth method not supported.")
        }
        SignInRefusal::FlowNotEnabled(flow) => invalid_parameter(&flow_not_enabled(*flow)),
        SignInRefusal::CustomAuthNotConfigured => {
            invalid_parameter("Custom auth lambda trigger is not configured for the user pool.")
        }
        SignInRefusal::InvalidSrpA => invalid_parameter("Invalid SRP_A"),
        SignInRefusal::SecretHashMissing(client) => not_authorized(&format!(
            "Client {client} is configured with secret but SECRET_HASH was not received"
        )),
        SignInRefusal::SecretHashWrong(client) => {
            not_authorized(&format!("Unable to verify secret hash for client {client}"))
        }
        SignInRefusal::NoFactorPossible => invalid_parameter(
            "MFA is required and the user has no factor that can be used or set up.",
        ),
        SignInRefusal::AttributeAlreadyProvided(name) => {
            invalid_parameter(&format!("Cannot modify an already provided {name}"))
        }
        SignInRefusal::AttributeMissing(name) => {
            invalid_parameter(&format!("Invalid attributes given, {name} is missing"))
        }
        SignInRefusal::WrongTotp => {
            (ErrorName::CodeMismatchException, "Invalid code received for user".into())
        }
        SignInRefusal::ReusedTotp => (
            ErrorName::ExpiredCodeException,
            "Your software token has already been used once.".into(),
        ),
        SignInRefusal::WrongCode => {
            (ErrorName::CodeMismatchException, "Invalid code or auth state for the user.".into())
        }
        SignInRefusal::FlowNotInPlan(flow) => (
            ErrorName::FeatureUnavailableInTierException,
            format!("{} is not available in the user pool's feature plan.", flow.as_str()),
        ),
        SignInRefusal::NotAChoice => {
            invalid_parameter("ANSWER is not one of the challenges that are available.")
        }
        SignInRefusal::InvalidEmail => invalid_parameter("Invalid email address format."),
        SignInRefusal::UnknownLevels => {
            invalid_parameter("TARGET_ACR_VALUES names no level of the user pool.")
        }
        SignInRefusal::NoLevel => invalid_parameter(
            "The user cannot reach any of the levels that TARGET_ACR_VALUES names.",
        ),
        SignInRefusal::LevelReached => {
            invalid_parameter("The access token has the level that TARGET_ACR_VALUES asks for.")
        }
        SignInRefusal::TokenWithoutLevels => {
            invalid_parameter("ACCESS_TOKEN is only accepted together with TARGET_ACR_VALUES.")
        }
        SignInRefusal::InvalidMaxAge => {
            invalid_parameter("MAX_AGE must be a whole number of seconds.")
        }
        SignInRefusal::TokenOfAnotherUser => {
            invalid_parameter("ACCESS_TOKEN does not belong to the user in USERNAME.")
        }
    }
}

fn trigger(refusal: &TriggerRefusal) -> NameAndText {
    let unexpected = |trigger: &Trigger, cause: &str| {
        let text = format!("{trigger} invocation failed due to {cause}.");
        (ErrorName::UnexpectedLambdaException, text)
    };
    match refusal {
        TriggerRefusal::Function(trigger, text) => (
            ErrorName::UserLambdaValidationException,
            format!("{trigger} failed with error {text}."),
        ),
        TriggerRefusal::Configuration(trigger) => unexpected(trigger, "configuration"),
        TriggerRefusal::Denied(trigger) => unexpected(trigger, "error AccessDeniedException"),
        TriggerRefusal::Timeout(trigger) => {
            unexpected(trigger, "error Socket timeout while invoking Lambda function")
        }
        TriggerRefusal::Throttled(trigger) => unexpected(trigger, "error TooManyRequestsException"),
        TriggerRefusal::Service(trigger) => unexpected(trigger, "error ServiceException"),
        TriggerRefusal::Unrecognizable => {
            (ErrorName::InvalidLambdaResponseException, "Unrecognizable lambda output".into())
        }
        TriggerRefusal::Migration(client) => (
            ErrorName::UserNotFoundException,
            format!("Exception migrating user in app client {client}"),
        ),
        TriggerRefusal::Busy => {
            (ErrorName::TooManyRequestsException, "Too many Lambda triggers are running".into())
        }
    }
}

/// Three texts are attested, each for its flow; the others follow the nearest one.
fn flow_not_enabled(flow: poolhouse_domain::auth::policy::Flow) -> String {
    use poolhouse_domain::auth::policy::Flow;
    match flow {
        Flow::UserPassword => "USER_PASSWORD_AUTH flow not enabled for this client".into(),
        Flow::AdminUserPassword | Flow::Refresh => "Auth flow not enabled for this client".into(),
        Flow::UserSrp | Flow::Custom | Flow::UserAuth => {
            format!("{} is not enabled for the client.", flow.as_str())
        }
    }
}

fn session(refusal: SessionRefusal) -> &'static str {
    match refusal {
        SessionRefusal::Invalid => "Invalid session for the user.",
        SessionRefusal::Expired => "Invalid session for the user, session is expired.",
        SessionRefusal::Used => "Invalid session for the user, session can only be used once.",
    }
}

fn access_token(refusal: AccessTokenRefusal) -> &'static str {
    match refusal {
        AccessTokenRefusal::Invalid => "Invalid Access Token",
        AccessTokenRefusal::BadSignature => "Could not verify signature for Access Token",
        AccessTokenRefusal::Expired => "Access Token has expired",
        AccessTokenRefusal::Revoked => "Access Token has been revoked",
        AccessTokenRefusal::MissingScope => "Access Token does not have required scopes",
    }
}

fn refresh_token(refusal: RefreshTokenRefusal) -> NameAndText {
    match refusal {
        RefreshTokenRefusal::Invalid => not_authorized("Invalid Refresh Token."),
        RefreshTokenRefusal::Expired => not_authorized("Refresh Token has expired"),
        RefreshTokenRefusal::Revoked => not_authorized("Refresh Token has been revoked"),
        RefreshTokenRefusal::Reused => {
            (ErrorName::RefreshTokenReuseException, "Refresh token reuse detected".into())
        }
    }
}

fn exchange(refusal: &ExchangeRefusal) -> NameAndText {
    match refusal {
        ExchangeRefusal::NotEnabled(flow) => {
            invalid_parameter(&format!("{flow} flow not enabled for this client"))
        }
        ExchangeRefusal::Scope(scope) => {
            invalid_parameter(&format!("Invalid scope requested: {scope}"))
        }
        ExchangeRefusal::SubjectInvalid => not_authorized("Invalid Subject Token"),
        ExchangeRefusal::SubjectExpired => not_authorized("Subject Token has expired"),
        ExchangeRefusal::SubjectRevoked => not_authorized("Subject Token has been revoked"),
        ExchangeRefusal::ActorInvalid => not_authorized("Invalid Actor Token"),
        ExchangeRefusal::ActorIncomplete => {
            invalid_parameter("ActorToken and ActorTokenType must be given together.")
        }
        ExchangeRefusal::AudienceAndResource => {
            invalid_parameter("Audiences and Resources cannot be used together.")
        }
        ExchangeRefusal::Resource(id) => not_found(format!("Resource server {id} does not exist.")),
    }
}

fn user_session(refusal: UserSessionRefusal) -> NameAndText {
    match refusal {
        UserSessionRefusal::NotFound => not_found("Session does not exist.".into()),
        UserSessionRefusal::Current => invalid_parameter("The current session cannot be revoked."),
        UserSessionRefusal::TrackingOff => {
            invalid_parameter("User session tracking is not enabled for the user pool.")
        }
    }
}

fn revocation(refusal: RevocationRefusal) -> NameAndText {
    match refusal {
        RevocationRefusal::NotEnabled => (
            ErrorName::UnsupportedOperationException,
            "Token revocation is not enabled for this client.".into(),
        ),
        RevocationRefusal::WrongTokenType => {
            (ErrorName::UnsupportedTokenTypeException, "Unsupported token type.".into())
        }
        RevocationRefusal::Unauthorized => {
            (ErrorName::UnauthorizedException, "Unauthorized".into())
        }
    }
}

fn code(refusal: CodeRefusal) -> NameAndText {
    match refusal {
        CodeRefusal::Mismatch => (
            ErrorName::CodeMismatchException,
            "Invalid verification code provided, please try again.".into(),
        ),
        CodeRefusal::Expired => (
            ErrorName::ExpiredCodeException,
            "Invalid code provided, please request a code again.".into(),
        ),
    }
}

fn device(refusal: DeviceRefusal) -> NameAndText {
    match refusal {
        DeviceRefusal::InvalidKey => invalid_parameter("Invalid device key given."),
        DeviceRefusal::AlreadyConfirmed => {
            (ErrorName::DeviceKeyExistsException, "Device already exists".into())
        }
        DeviceRefusal::TrackingOff => (
            ErrorName::InvalidUserPoolConfigurationException,
            "Device tracking is not configured for the user pool.".into(),
        ),
        DeviceRefusal::NegativeSalt => invalid_parameter("Negative value passed for salt."),
        DeviceRefusal::NegativeVerifier => invalid_parameter("Negative value passed for verifier."),
        DeviceRefusal::InvalidSalt => invalid_parameter("Invalid value passed for salt."),
        DeviceRefusal::InvalidVerifier => invalid_parameter("Invalid value passed for verifier."),
    }
}

fn mfa(refusal: &MfaRefusal) -> NameAndText {
    match refusal {
        MfaRefusal::SoftwareTokenNotEnabled => (
            ErrorName::SoftwareTokenMFANotFoundException,
            "Software Token MFA has not been enabled by the userPool".into(),
        ),
        MfaRefusal::EnrolmentCodeMismatch => (
            ErrorName::EnableSoftwareTokenMFAException,
            "Code mismatch and fail enable Software Token MFA".into(),
        ),
        MfaRefusal::NothingAssociated => invalid_parameter(
            "No software token is associated with the user: call AssociateSoftwareToken first.",
        ),
        MfaRefusal::FactorNotSetUp(factor) => invalid_parameter(&format!(
            "User does not have delivery config set to turn on {factor}"
        )),
        MfaRefusal::TwoPreferred => {
            invalid_parameter("Only one MFA method can be set as preferred")
        }
        MfaRefusal::PreferredNotEnabled => {
            invalid_parameter("A preferred MFA method must be enabled")
        }
        MfaRefusal::RequiredByPool => {
            invalid_parameter("MFA is required in this user pool: a factor cannot be switched off")
        }
        MfaRefusal::OptionNotSms => {
            invalid_parameter("MFAOptions can only say that codes go to the phone_number by SMS")
        }
        MfaRefusal::TokenOrSession => {
            invalid_parameter("Exactly one of AccessToken and Session must be given")
        }
    }
}

fn user_state(refusal: &UserStateRefusal) -> NameAndText {
    match refusal {
        UserStateRefusal::Disabled => not_authorized("User is disabled."),
        UserStateRefusal::NotConfirmed => {
            (ErrorName::UserNotConfirmedException, "User is not confirmed.".into())
        }
        UserStateRefusal::ResetRequired => (
            ErrorName::PasswordResetRequiredException,
            "Password reset required for the user".into(),
        ),
        UserStateRefusal::CannotConfirm(status) => {
            not_authorized(&format!("User cannot be confirmed. Current status is {status}"))
        }
        UserStateRefusal::AlreadyConfirmed => invalid_parameter("User is already confirmed."),
        UserStateRefusal::NoAutoVerification => {
            invalid_parameter("Auto verification not turned on.")
        }
        UserStateRefusal::ResendNotPossible(username) => (
            ErrorName::UnsupportedUserStateException,
            format!("Resend not possible. {username} status is not FORCE_CHANGE_PASSWORD"),
        ),
        UserStateRefusal::SignUpNotPermitted => {
            not_authorized("SignUp is not permitted for this user pool")
        }
        UserStateRefusal::CannotResetPassword => {
            not_authorized("User password cannot be reset in the current state.")
        }
        UserStateRefusal::PasswordNeeded => {
            invalid_parameter("User is required to have a password")
        }
        UserStateRefusal::NoAddressFor(medium) => invalid_parameter(&format!(
            "The user has no {medium} that the invitation could be sent to"
        )),
        UserStateRefusal::RecoveryByAdministrator => {
            not_authorized("Contact administrator to reset password.")
        }
        UserStateRefusal::NoRecoveryAddress => invalid_parameter(
            "Cannot reset password for the user as there is no registered/verified email or \
             phone_number",
        ),
    }
}
