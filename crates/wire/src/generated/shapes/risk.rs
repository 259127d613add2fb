// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `risk` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use crate::enumeration::wire_enum;
use crate::sensitive::Sensitive;
use crate::time::EpochSeconds;
use serde::{Deserialize, Serialize};

/// [`AccountTakeoverActionType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AccountTakeoverActionType.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountTakeoverActionType {
    #[serde(rename = "EventAction")]
    pub event_action: AccountTakeoverEventActionType,
    #[serde(rename = "Notify")]
    pub notify: bool,
}

/// [`AccountTakeoverActionsType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AccountTakeoverActionsType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AccountTakeoverActionsType {
    #[serde(rename = "HighAction", skip_serializing_if = "Option::is_none")]
    pub high_action: Option<AccountTakeoverActionType>,
    #[serde(rename = "LowAction", skip_serializing_if = "Option::is_none")]
    pub low_action: Option<AccountTakeoverActionType>,
    #[serde(rename = "MediumAction", skip_serializing_if = "Option::is_none")]
    pub medium_action: Option<AccountTakeoverActionType>,
}

wire_enum! {
    /// `AccountTakeoverEventActionType`, a set of names.
    pub enum AccountTakeoverEventActionType {
    Block = "BLOCK",
    MfaIfConfigured = "MFA_IF_CONFIGURED",
    MfaRequired = "MFA_REQUIRED",
    NoAction = "NO_ACTION",
    }
}

/// [`AccountTakeoverRiskConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AccountTakeoverRiskConfigurationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AccountTakeoverRiskConfigurationType {
    #[serde(rename = "Actions")]
    pub actions: AccountTakeoverActionsType,
    #[serde(rename = "NotifyConfiguration", skip_serializing_if = "Option::is_none")]
    pub notify_configuration: Option<NotifyConfigurationType>,
}

/// What [`AdminListUserAuthEvents`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListUserAuthEvents.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminListUserAuthEventsRequest {
    #[serde(rename = "MaxResults", skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminListUserAuthEvents`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListUserAuthEvents.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminListUserAuthEventsResponse {
    #[serde(rename = "AuthEvents", skip_serializing_if = "Option::is_none")]
    pub auth_events: Option<Vec<AuthEventType>>,
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// What [`AdminUpdateAuthEventFeedback`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateAuthEventFeedback.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AdminUpdateAuthEventFeedbackRequest {
    #[serde(rename = "EventId")]
    pub event_id: String,
    #[serde(rename = "FeedbackValue")]
    pub feedback_value: FeedbackValueType,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminUpdateAuthEventFeedback`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateAuthEventFeedback.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminUpdateAuthEventFeedbackResponse {}

/// [`AuthEventType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AuthEventType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AuthEventType {
    #[serde(rename = "ChallengeResponses", skip_serializing_if = "Option::is_none")]
    pub challenge_responses: Option<Vec<ChallengeResponseType>>,
    #[serde(rename = "CreationDate", skip_serializing_if = "Option::is_none")]
    pub creation_date: Option<EpochSeconds>,
    #[serde(rename = "EventContextData", skip_serializing_if = "Option::is_none")]
    pub event_context_data: Option<EventContextDataType>,
    #[serde(rename = "EventFeedback", skip_serializing_if = "Option::is_none")]
    pub event_feedback: Option<EventFeedbackType>,
    #[serde(rename = "EventId", skip_serializing_if = "Option::is_none")]
    pub event_id: Option<String>,
    #[serde(rename = "EventResponse", skip_serializing_if = "Option::is_none")]
    pub event_response: Option<EventResponseType>,
    #[serde(rename = "EventRisk", skip_serializing_if = "Option::is_none")]
    pub event_risk: Option<EventRiskType>,
    #[serde(rename = "EventType", skip_serializing_if = "Option::is_none")]
    pub event_type: Option<EventType>,
}

wire_enum! {
    /// `ChallengeName`, a set of names.
    pub enum ChallengeName {
    Password = "Password",
    Mfa = "Mfa",
    }
}

wire_enum! {
    /// `ChallengeResponse`, a set of names.
    pub enum ChallengeResponse {
    Success = "Success",
    Failure = "Failure",
    }
}

/// [`ChallengeResponseType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ChallengeResponseType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ChallengeResponseType {
    #[serde(rename = "ChallengeName", skip_serializing_if = "Option::is_none")]
    pub challenge_name: Option<ChallengeName>,
    #[serde(rename = "ChallengeResponse", skip_serializing_if = "Option::is_none")]
    pub challenge_response: Option<ChallengeResponse>,
}

/// [`CompromisedCredentialsActionsType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CompromisedCredentialsActionsType.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CompromisedCredentialsActionsType {
    #[serde(rename = "EventAction")]
    pub event_action: CompromisedCredentialsEventActionType,
}

wire_enum! {
    /// `CompromisedCredentialsEventActionType`, a set of names.
    pub enum CompromisedCredentialsEventActionType {
    Block = "BLOCK",
    NoAction = "NO_ACTION",
    }
}

/// [`CompromisedCredentialsRiskConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CompromisedCredentialsRiskConfigurationType.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CompromisedCredentialsRiskConfigurationType {
    #[serde(rename = "Actions")]
    pub actions: CompromisedCredentialsActionsType,
    #[serde(rename = "EventFilter", skip_serializing_if = "Option::is_none")]
    pub event_filter: Option<Vec<EventFilterType>>,
}

/// What [`DescribeRiskConfiguration`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeRiskConfiguration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeRiskConfigurationRequest {
    #[serde(rename = "ClientId", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<Sensitive<String>>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`DescribeRiskConfiguration`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeRiskConfiguration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeRiskConfigurationResponse {
    #[serde(rename = "RiskConfiguration")]
    pub risk_configuration: RiskConfigurationType,
}

/// [`EventContextDataType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_EventContextDataType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EventContextDataType {
    #[serde(rename = "City", skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    #[serde(rename = "Country", skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(rename = "DeviceName", skip_serializing_if = "Option::is_none")]
    pub device_name: Option<String>,
    #[serde(rename = "IpAddress", skip_serializing_if = "Option::is_none")]
    pub ip_address: Option<String>,
    #[serde(rename = "Timezone", skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
}

/// [`EventFeedbackType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_EventFeedbackType.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventFeedbackType {
    #[serde(rename = "FeedbackDate", skip_serializing_if = "Option::is_none")]
    pub feedback_date: Option<EpochSeconds>,
    #[serde(rename = "FeedbackValue")]
    pub feedback_value: FeedbackValueType,
    #[serde(rename = "Provider")]
    pub provider: String,
}

wire_enum! {
    /// `EventFilterType`, a set of names.
    pub enum EventFilterType {
    SignIn = "SIGN_IN",
    PasswordChange = "PASSWORD_CHANGE",
    SignUp = "SIGN_UP",
    }
}

wire_enum! {
    /// `EventResponseType`, a set of names.
    pub enum EventResponseType {
    Pass = "Pass",
    Fail = "Fail",
    InProgress = "InProgress",
    }
}

/// [`EventRiskType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_EventRiskType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EventRiskType {
    #[serde(rename = "CompromisedCredentialsDetected", skip_serializing_if = "Option::is_none")]
    pub compromised_credentials_detected: Option<bool>,
    #[serde(rename = "RiskDecision", skip_serializing_if = "Option::is_none")]
    pub risk_decision: Option<RiskDecisionType>,
    #[serde(rename = "RiskLevel", skip_serializing_if = "Option::is_none")]
    pub risk_level: Option<RiskLevelType>,
}

wire_enum! {
    /// `EventType`, a set of names.
    pub enum EventType {
    SignIn = "SignIn",
    SignUp = "SignUp",
    ForgotPassword = "ForgotPassword",
    PasswordChange = "PasswordChange",
    ResendCode = "ResendCode",
    }
}

wire_enum! {
    /// `FeedbackValueType`, a set of names.
    pub enum FeedbackValueType {
    Valid = "Valid",
    Invalid = "Invalid",
    }
}

/// [`NotifyConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_NotifyConfigurationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct NotifyConfigurationType {
    #[serde(rename = "BlockEmail", skip_serializing_if = "Option::is_none")]
    pub block_email: Option<NotifyEmailType>,
    #[serde(rename = "From", skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(rename = "MfaEmail", skip_serializing_if = "Option::is_none")]
    pub mfa_email: Option<NotifyEmailType>,
    #[serde(rename = "NoActionEmail", skip_serializing_if = "Option::is_none")]
    pub no_action_email: Option<NotifyEmailType>,
    #[serde(rename = "ReplyTo", skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    #[serde(rename = "SourceArn")]
    pub source_arn: String,
}

/// [`NotifyEmailType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_NotifyEmailType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct NotifyEmailType {
    #[serde(rename = "HtmlBody", skip_serializing_if = "Option::is_none")]
    pub html_body: Option<String>,
    #[serde(rename = "Subject")]
    pub subject: String,
    #[serde(rename = "TextBody", skip_serializing_if = "Option::is_none")]
    pub text_body: Option<String>,
}

/// [`RiskConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RiskConfigurationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RiskConfigurationType {
    #[serde(rename = "AccountTakeoverRiskConfiguration", skip_serializing_if = "Option::is_none")]
    pub account_takeover_risk_configuration: Option<AccountTakeoverRiskConfigurationType>,
    #[serde(rename = "ClientId", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<Sensitive<String>>,
    #[serde(
        rename = "CompromisedCredentialsRiskConfiguration",
        skip_serializing_if = "Option::is_none"
    )]
    pub compromised_credentials_risk_configuration:
        Option<CompromisedCredentialsRiskConfigurationType>,
    #[serde(rename = "LastModifiedDate", skip_serializing_if = "Option::is_none")]
    pub last_modified_date: Option<EpochSeconds>,
    #[serde(rename = "RiskExceptionConfiguration", skip_serializing_if = "Option::is_none")]
    pub risk_exception_configuration: Option<RiskExceptionConfigurationType>,
    #[serde(rename = "UserPoolId", skip_serializing_if = "Option::is_none")]
    pub user_pool_id: Option<String>,
}

wire_enum! {
    /// `RiskDecisionType`, a set of names.
    pub enum RiskDecisionType {
    NoRisk = "NoRisk",
    AccountTakeover = "AccountTakeover",
    Block = "Block",
    }
}

/// [`RiskExceptionConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RiskExceptionConfigurationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RiskExceptionConfigurationType {
    #[serde(rename = "BlockedIPRangeList", skip_serializing_if = "Option::is_none")]
    pub blocked_ip_range_list: Option<Vec<String>>,
    #[serde(rename = "SkippedIPRangeList", skip_serializing_if = "Option::is_none")]
    pub skipped_ip_range_list: Option<Vec<String>>,
}

wire_enum! {
    /// `RiskLevelType`, a set of names.
    pub enum RiskLevelType {
    Low = "Low",
    Medium = "Medium",
    High = "High",
    }
}

/// What [`SetRiskConfiguration`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetRiskConfiguration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SetRiskConfigurationRequest {
    #[serde(rename = "AccountTakeoverRiskConfiguration", skip_serializing_if = "Option::is_none")]
    pub account_takeover_risk_configuration: Option<AccountTakeoverRiskConfigurationType>,
    #[serde(rename = "ClientId", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<Sensitive<String>>,
    #[serde(
        rename = "CompromisedCredentialsRiskConfiguration",
        skip_serializing_if = "Option::is_none"
    )]
    pub compromised_credentials_risk_configuration:
        Option<CompromisedCredentialsRiskConfigurationType>,
    #[serde(rename = "RiskExceptionConfiguration", skip_serializing_if = "Option::is_none")]
    pub risk_exception_configuration: Option<RiskExceptionConfigurationType>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`SetRiskConfiguration`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetRiskConfiguration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SetRiskConfigurationResponse {
    #[serde(rename = "RiskConfiguration")]
    pub risk_configuration: RiskConfigurationType,
}

/// What [`UpdateAuthEventFeedback`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateAuthEventFeedback.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UpdateAuthEventFeedbackRequest {
    #[serde(rename = "EventId")]
    pub event_id: String,
    #[serde(rename = "FeedbackToken")]
    pub feedback_token: Sensitive<String>,
    #[serde(rename = "FeedbackValue")]
    pub feedback_value: FeedbackValueType,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`UpdateAuthEventFeedback`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateAuthEventFeedback.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateAuthEventFeedbackResponse {}
