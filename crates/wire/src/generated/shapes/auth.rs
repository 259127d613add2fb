// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `auth` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use super::common::*;
use crate::enumeration::wire_enum;
use crate::sensitive::Sensitive;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What [`AdminInitiateAuth`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminInitiateAuth.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AdminInitiateAuthRequest {
    #[serde(rename = "AnalyticsMetadata", skip_serializing_if = "Option::is_none")]
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    #[serde(rename = "AuthFlow")]
    pub auth_flow: AuthFlowType,
    #[serde(rename = "AuthParameters", skip_serializing_if = "Option::is_none")]
    pub auth_parameters: Option<Sensitive<BTreeMap<String, String>>>,
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "ClientMetadata", skip_serializing_if = "Option::is_none")]
    pub client_metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "ContextData", skip_serializing_if = "Option::is_none")]
    pub context_data: Option<ContextDataType>,
    #[serde(rename = "Session", skip_serializing_if = "Option::is_none")]
    pub session: Option<Sensitive<String>>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`AdminInitiateAuth`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminInitiateAuth.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminInitiateAuthResponse {
    #[serde(rename = "AuthenticationResult", skip_serializing_if = "Option::is_none")]
    pub authentication_result: Option<AuthenticationResultType>,
    #[serde(rename = "AvailableChallenges", skip_serializing_if = "Option::is_none")]
    pub available_challenges: Option<Vec<ChallengeNameType>>,
    #[serde(rename = "ChallengeName", skip_serializing_if = "Option::is_none")]
    pub challenge_name: Option<ChallengeNameType>,
    #[serde(rename = "ChallengeParameters", skip_serializing_if = "Option::is_none")]
    pub challenge_parameters: Option<BTreeMap<String, String>>,
    #[serde(rename = "Session", skip_serializing_if = "Option::is_none")]
    pub session: Option<Sensitive<String>>,
}

/// What [`AdminRespondToAuthChallenge`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRespondToAuthChallenge.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AdminRespondToAuthChallengeRequest {
    #[serde(rename = "AnalyticsMetadata", skip_serializing_if = "Option::is_none")]
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    #[serde(rename = "ChallengeName")]
    pub challenge_name: ChallengeNameType,
    #[serde(rename = "ChallengeResponses", skip_serializing_if = "Option::is_none")]
    pub challenge_responses: Option<Sensitive<BTreeMap<String, String>>>,
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "ClientMetadata", skip_serializing_if = "Option::is_none")]
    pub client_metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "ContextData", skip_serializing_if = "Option::is_none")]
    pub context_data: Option<ContextDataType>,
    #[serde(rename = "Session", skip_serializing_if = "Option::is_none")]
    pub session: Option<Sensitive<String>>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`AdminRespondToAuthChallenge`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRespondToAuthChallenge.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminRespondToAuthChallengeResponse {
    #[serde(rename = "AuthenticationResult", skip_serializing_if = "Option::is_none")]
    pub authentication_result: Option<AuthenticationResultType>,
    #[serde(rename = "AvailableChallenges", skip_serializing_if = "Option::is_none")]
    pub available_challenges: Option<Vec<ChallengeNameType>>,
    #[serde(rename = "ChallengeName", skip_serializing_if = "Option::is_none")]
    pub challenge_name: Option<ChallengeNameType>,
    #[serde(rename = "ChallengeParameters", skip_serializing_if = "Option::is_none")]
    pub challenge_parameters: Option<BTreeMap<String, String>>,
    #[serde(rename = "Session", skip_serializing_if = "Option::is_none")]
    pub session: Option<Sensitive<String>>,
}

wire_enum! {
    /// `AuthFlowType`, a set of names.
    pub enum AuthFlowType {
    UserSrpAuth = "USER_SRP_AUTH",
    RefreshTokenAuth = "REFRESH_TOKEN_AUTH",
    RefreshToken = "REFRESH_TOKEN",
    CustomAuth = "CUSTOM_AUTH",
    AdminNoSrpAuth = "ADMIN_NO_SRP_AUTH",
    UserPasswordAuth = "USER_PASSWORD_AUTH",
    AdminUserPasswordAuth = "ADMIN_USER_PASSWORD_AUTH",
    UserAuth = "USER_AUTH",
    }
}

wire_enum! {
    /// `ChallengeNameType`, a set of names.
    pub enum ChallengeNameType {
    SmsMfa = "SMS_MFA",
    EmailOtp = "EMAIL_OTP",
    SoftwareTokenMfa = "SOFTWARE_TOKEN_MFA",
    SelectMfaType = "SELECT_MFA_TYPE",
    MfaSetup = "MFA_SETUP",
    PasswordVerifier = "PASSWORD_VERIFIER",
    CustomChallenge = "CUSTOM_CHALLENGE",
    SelectChallenge = "SELECT_CHALLENGE",
    DeviceSrpAuth = "DEVICE_SRP_AUTH",
    DevicePasswordVerifier = "DEVICE_PASSWORD_VERIFIER",
    AdminNoSrpAuth = "ADMIN_NO_SRP_AUTH",
    NewPasswordRequired = "NEW_PASSWORD_REQUIRED",
    SmsOtp = "SMS_OTP",
    Password = "PASSWORD",
    WebAuthn = "WEB_AUTHN",
    PasswordSrp = "PASSWORD_SRP",
    }
}

/// [`ContextDataType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ContextDataType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ContextDataType {
    #[serde(rename = "EncodedData", skip_serializing_if = "Option::is_none")]
    pub encoded_data: Option<String>,
    #[serde(rename = "HttpHeaders")]
    pub http_headers: Vec<HttpHeader>,
    #[serde(rename = "IpAddress")]
    pub ip_address: String,
    #[serde(rename = "ServerName")]
    pub server_name: String,
    #[serde(rename = "ServerPath")]
    pub server_path: String,
}

/// [`HttpHeader`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_HttpHeader.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct HttpHeader {
    #[serde(rename = "headerName", skip_serializing_if = "Option::is_none")]
    pub header_name: Option<String>,
    #[serde(rename = "headerValue", skip_serializing_if = "Option::is_none")]
    pub header_value: Option<String>,
}

/// What [`InitiateAuth`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InitiateAuthRequest {
    #[serde(rename = "AnalyticsMetadata", skip_serializing_if = "Option::is_none")]
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    #[serde(rename = "AuthFlow")]
    pub auth_flow: AuthFlowType,
    #[serde(rename = "AuthParameters", skip_serializing_if = "Option::is_none")]
    pub auth_parameters: Option<Sensitive<BTreeMap<String, String>>>,
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "ClientMetadata", skip_serializing_if = "Option::is_none")]
    pub client_metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "Session", skip_serializing_if = "Option::is_none")]
    pub session: Option<Sensitive<String>>,
    #[serde(rename = "UserContextData", skip_serializing_if = "Option::is_none")]
    pub user_context_data: Option<UserContextDataType>,
}

/// What [`InitiateAuth`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct InitiateAuthResponse {
    #[serde(rename = "AuthenticationResult", skip_serializing_if = "Option::is_none")]
    pub authentication_result: Option<AuthenticationResultType>,
    #[serde(rename = "AvailableChallenges", skip_serializing_if = "Option::is_none")]
    pub available_challenges: Option<Vec<ChallengeNameType>>,
    #[serde(rename = "ChallengeName", skip_serializing_if = "Option::is_none")]
    pub challenge_name: Option<ChallengeNameType>,
    #[serde(rename = "ChallengeParameters", skip_serializing_if = "Option::is_none")]
    pub challenge_parameters: Option<BTreeMap<String, String>>,
    #[serde(rename = "Session", skip_serializing_if = "Option::is_none")]
    pub session: Option<Sensitive<String>>,
}

/// What [`RespondToAuthChallenge`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RespondToAuthChallengeRequest {
    #[serde(rename = "AnalyticsMetadata", skip_serializing_if = "Option::is_none")]
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    #[serde(rename = "ChallengeName")]
    pub challenge_name: ChallengeNameType,
    #[serde(rename = "ChallengeResponses", skip_serializing_if = "Option::is_none")]
    pub challenge_responses: Option<Sensitive<BTreeMap<String, String>>>,
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "ClientMetadata", skip_serializing_if = "Option::is_none")]
    pub client_metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "Session", skip_serializing_if = "Option::is_none")]
    pub session: Option<Sensitive<String>>,
    #[serde(rename = "UserContextData", skip_serializing_if = "Option::is_none")]
    pub user_context_data: Option<UserContextDataType>,
}

/// What [`RespondToAuthChallenge`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RespondToAuthChallengeResponse {
    #[serde(rename = "AuthenticationResult", skip_serializing_if = "Option::is_none")]
    pub authentication_result: Option<AuthenticationResultType>,
    #[serde(rename = "AvailableChallenges", skip_serializing_if = "Option::is_none")]
    pub available_challenges: Option<Vec<ChallengeNameType>>,
    #[serde(rename = "ChallengeName", skip_serializing_if = "Option::is_none")]
    pub challenge_name: Option<ChallengeNameType>,
    #[serde(rename = "ChallengeParameters", skip_serializing_if = "Option::is_none")]
    pub challenge_parameters: Option<BTreeMap<String, String>>,
    #[serde(rename = "Session", skip_serializing_if = "Option::is_none")]
    pub session: Option<Sensitive<String>>,
}
