// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `sessions` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use super::common::*;
use crate::enumeration::wire_enum;
use crate::sensitive::Sensitive;
use crate::time::EpochSeconds;
use serde::{Deserialize, Serialize};

/// What [`AdminListUserSessions`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListUserSessions.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminListUserSessionsRequest {
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminListUserSessions`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListUserSessions.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminListUserSessionsResponse {
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(rename = "Sessions", skip_serializing_if = "Option::is_none")]
    pub sessions: Option<Vec<SessionDescriptionType>>,
}

/// What [`AdminRevokeUserSession`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRevokeUserSession.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminRevokeUserSessionRequest {
    #[serde(rename = "RevokeAssociatedSessions", skip_serializing_if = "Option::is_none")]
    pub revoke_associated_sessions: Option<RevokeAssociatedSessionsType>,
    #[serde(rename = "SessionId")]
    pub session_id: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminRevokeUserSession`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRevokeUserSession.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminRevokeUserSessionResponse {}

/// [`ClientSSOSessionConfigType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ClientSSOSessionConfigType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ClientSSOSessionConfigType {
    #[serde(rename = "MaxValidityMinutes")]
    pub max_validity_minutes: i32,
}

/// What [`GetUserPoolClientSessionConfiguration`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolClientSessionConfiguration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetUserPoolClientSessionConfigurationRequest {
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`GetUserPoolClientSessionConfiguration`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolClientSessionConfiguration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetUserPoolClientSessionConfigurationResponse {
    #[serde(rename = "ClientId", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<Sensitive<String>>,
    #[serde(rename = "SSOSession", skip_serializing_if = "Option::is_none")]
    pub sso_session: Option<ClientSSOSessionConfigType>,
    #[serde(rename = "UserPoolId", skip_serializing_if = "Option::is_none")]
    pub user_pool_id: Option<String>,
}

/// What [`GetUserPoolSessionConfiguration`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolSessionConfiguration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetUserPoolSessionConfigurationRequest {
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`GetUserPoolSessionConfiguration`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolSessionConfiguration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetUserPoolSessionConfigurationResponse {
    #[serde(rename = "TokenSession", skip_serializing_if = "Option::is_none")]
    pub token_session: Option<UserPoolTokenSessionConfigType>,
    #[serde(rename = "UserPoolId", skip_serializing_if = "Option::is_none")]
    pub user_pool_id: Option<String>,
    #[serde(rename = "UserSessionTracking", skip_serializing_if = "Option::is_none")]
    pub user_session_tracking: Option<UserSessionTrackingType>,
}

/// What [`ListUserSessions`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserSessions.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListUserSessionsRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// What [`ListUserSessions`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserSessions.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListUserSessionsResponse {
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(rename = "Sessions", skip_serializing_if = "Option::is_none")]
    pub sessions: Option<Vec<SessionDescriptionType>>,
}

/// What [`RevokeUserSession`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeUserSession.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RevokeUserSessionRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
    #[serde(rename = "RevokeAssociatedSessions", skip_serializing_if = "Option::is_none")]
    pub revoke_associated_sessions: Option<RevokeAssociatedSessionsType>,
    #[serde(rename = "SessionId")]
    pub session_id: String,
}

/// What [`RevokeUserSession`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeUserSession.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RevokeUserSessionResponse {}

/// [`SessionDescriptionType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SessionDescriptionType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SessionDescriptionType {
    #[serde(rename = "ClientId", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<Sensitive<String>>,
    #[serde(rename = "CreateDate", skip_serializing_if = "Option::is_none")]
    pub create_date: Option<EpochSeconds>,
    #[serde(rename = "DeviceType", skip_serializing_if = "Option::is_none")]
    pub device_type: Option<String>,
    #[serde(rename = "IsCurrentSession", skip_serializing_if = "Option::is_none")]
    pub is_current_session: Option<bool>,
    #[serde(rename = "LastActiveDate", skip_serializing_if = "Option::is_none")]
    pub last_active_date: Option<EpochSeconds>,
    #[serde(rename = "LastIPAddress", skip_serializing_if = "Option::is_none")]
    pub last_ip_address: Option<Sensitive<String>>,
    #[serde(rename = "LastLocation", skip_serializing_if = "Option::is_none")]
    pub last_location: Option<SessionLocationType>,
    #[serde(rename = "OriginSessionId", skip_serializing_if = "Option::is_none")]
    pub origin_session_id: Option<String>,
    #[serde(rename = "SessionId", skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    #[serde(rename = "SessionType", skip_serializing_if = "Option::is_none")]
    pub session_type: Option<SessionTypeType>,
}

/// [`SessionLocationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SessionLocationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SessionLocationType {
    #[serde(rename = "City", skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    #[serde(rename = "Country", skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

wire_enum! {
    /// `SessionTypeType`, a set of names.
    pub enum SessionTypeType {
    Token = "TOKEN",
    Sso = "SSO",
    }
}

/// What [`SetUserPoolClientSessionConfiguration`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolClientSessionConfiguration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SetUserPoolClientSessionConfigurationRequest {
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "SSOSession")]
    pub sso_session: ClientSSOSessionConfigType,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`SetUserPoolClientSessionConfiguration`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolClientSessionConfiguration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SetUserPoolClientSessionConfigurationResponse {
    #[serde(rename = "ClientId", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<Sensitive<String>>,
    #[serde(rename = "SSOSession", skip_serializing_if = "Option::is_none")]
    pub sso_session: Option<ClientSSOSessionConfigType>,
    #[serde(rename = "UserPoolId", skip_serializing_if = "Option::is_none")]
    pub user_pool_id: Option<String>,
}

/// What [`SetUserPoolSessionConfiguration`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolSessionConfiguration.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetUserPoolSessionConfigurationRequest {
    #[serde(rename = "TokenSession")]
    pub token_session: UserPoolTokenSessionConfigType,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "UserSessionTracking")]
    pub user_session_tracking: UserSessionTrackingType,
}

/// What [`SetUserPoolSessionConfiguration`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolSessionConfiguration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SetUserPoolSessionConfigurationResponse {
    #[serde(rename = "TokenSession", skip_serializing_if = "Option::is_none")]
    pub token_session: Option<UserPoolTokenSessionConfigType>,
    #[serde(rename = "UserPoolId", skip_serializing_if = "Option::is_none")]
    pub user_pool_id: Option<String>,
    #[serde(rename = "UserSessionTracking", skip_serializing_if = "Option::is_none")]
    pub user_session_tracking: Option<UserSessionTrackingType>,
}

/// [`UserPoolTokenSessionConfigType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolTokenSessionConfigType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UserPoolTokenSessionConfigType {
    #[serde(rename = "MaxPerUser")]
    pub max_per_user: i32,
}

wire_enum! {
    /// `UserSessionTrackingType`, a set of names.
    pub enum UserSessionTrackingType {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
    }
}
