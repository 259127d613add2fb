// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `mfa` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use super::common::*;
use crate::enumeration::wire_enum;
use crate::sensitive::Sensitive;
use serde::{Deserialize, Serialize};

/// What [`AdminDeleteSoftwareToken`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteSoftwareToken.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminDeleteSoftwareTokenRequest {
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminDeleteSoftwareToken`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteSoftwareToken.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminDeleteSoftwareTokenResponse {}

/// What [`AdminGetUserAuthFactors`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUserAuthFactors.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminGetUserAuthFactorsRequest {
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminGetUserAuthFactors`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUserAuthFactors.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminGetUserAuthFactorsResponse {
    #[serde(rename = "ConfiguredUserAuthFactors", skip_serializing_if = "Option::is_none")]
    pub configured_user_auth_factors: Option<Vec<AuthFactorType>>,
    #[serde(rename = "PreferredMfaSetting", skip_serializing_if = "Option::is_none")]
    pub preferred_mfa_setting: Option<String>,
    #[serde(rename = "UserMFASettingList", skip_serializing_if = "Option::is_none")]
    pub user_mfa_setting_list: Option<Vec<String>>,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminSetUserMFAPreference`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserMFAPreference.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminSetUserMFAPreferenceRequest {
    #[serde(rename = "EmailMfaSettings", skip_serializing_if = "Option::is_none")]
    pub email_mfa_settings: Option<EmailMfaSettingsType>,
    #[serde(rename = "SMSMfaSettings", skip_serializing_if = "Option::is_none")]
    pub sms_mfa_settings: Option<SMSMfaSettingsType>,
    #[serde(rename = "SoftwareTokenMfaSettings", skip_serializing_if = "Option::is_none")]
    pub software_token_mfa_settings: Option<SoftwareTokenMfaSettingsType>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
    #[serde(rename = "WebAuthnMfaSettings", skip_serializing_if = "Option::is_none")]
    pub webauthn_mfa_settings: Option<WebAuthnMfaSettingsType>,
}

/// What [`AdminSetUserMFAPreference`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserMFAPreference.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminSetUserMFAPreferenceResponse {}

/// What [`AdminSetUserSettings`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserSettings.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminSetUserSettingsRequest {
    #[serde(rename = "MFAOptions")]
    pub mfa_options: Vec<MFAOptionType>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminSetUserSettings`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserSettings.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminSetUserSettingsResponse {}

/// What [`AssociateSoftwareToken`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AssociateSoftwareToken.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AssociateSoftwareTokenRequest {
    #[serde(rename = "AccessToken", skip_serializing_if = "Option::is_none")]
    pub access_token: Option<Sensitive<String>>,
    #[serde(rename = "Session", skip_serializing_if = "Option::is_none")]
    pub session: Option<Sensitive<String>>,
}

/// What [`AssociateSoftwareToken`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AssociateSoftwareToken.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AssociateSoftwareTokenResponse {
    #[serde(rename = "SecretCode", skip_serializing_if = "Option::is_none")]
    pub secret_code: Option<Sensitive<String>>,
    #[serde(rename = "Session", skip_serializing_if = "Option::is_none")]
    pub session: Option<Sensitive<String>>,
}

/// [`EmailMfaSettingsType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_EmailMfaSettingsType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EmailMfaSettingsType {
    #[serde(rename = "Enabled", skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    #[serde(rename = "PreferredMfa", skip_serializing_if = "Option::is_none")]
    pub preferred_mfa: Option<bool>,
}

/// What [`GetUserAuthFactors`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserAuthFactors.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetUserAuthFactorsRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
}

/// What [`GetUserAuthFactors`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserAuthFactors.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetUserAuthFactorsResponse {
    #[serde(rename = "ConfiguredUserAuthFactors", skip_serializing_if = "Option::is_none")]
    pub configured_user_auth_factors: Option<Vec<AuthFactorType>>,
    #[serde(rename = "PreferredMfaSetting", skip_serializing_if = "Option::is_none")]
    pub preferred_mfa_setting: Option<String>,
    #[serde(rename = "UserMFASettingList", skip_serializing_if = "Option::is_none")]
    pub user_mfa_setting_list: Option<Vec<String>>,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// [`SMSMfaSettingsType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SMSMfaSettingsType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SMSMfaSettingsType {
    #[serde(rename = "Enabled", skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    #[serde(rename = "PreferredMfa", skip_serializing_if = "Option::is_none")]
    pub preferred_mfa: Option<bool>,
}

/// What [`SetUserMFAPreference`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserMFAPreference.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SetUserMFAPreferenceRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
    #[serde(rename = "EmailMfaSettings", skip_serializing_if = "Option::is_none")]
    pub email_mfa_settings: Option<EmailMfaSettingsType>,
    #[serde(rename = "SMSMfaSettings", skip_serializing_if = "Option::is_none")]
    pub sms_mfa_settings: Option<SMSMfaSettingsType>,
    #[serde(rename = "SoftwareTokenMfaSettings", skip_serializing_if = "Option::is_none")]
    pub software_token_mfa_settings: Option<SoftwareTokenMfaSettingsType>,
    #[serde(rename = "WebAuthnMfaSettings", skip_serializing_if = "Option::is_none")]
    pub webauthn_mfa_settings: Option<WebAuthnMfaSettingsType>,
}

/// What [`SetUserMFAPreference`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserMFAPreference.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SetUserMFAPreferenceResponse {}

/// What [`SetUserSettings`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserSettings.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SetUserSettingsRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
    #[serde(rename = "MFAOptions")]
    pub mfa_options: Vec<MFAOptionType>,
}

/// What [`SetUserSettings`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserSettings.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SetUserSettingsResponse {}

/// [`SoftwareTokenMfaSettingsType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SoftwareTokenMfaSettingsType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SoftwareTokenMfaSettingsType {
    #[serde(rename = "Enabled", skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    #[serde(rename = "PreferredMfa", skip_serializing_if = "Option::is_none")]
    pub preferred_mfa: Option<bool>,
}

/// What [`VerifySoftwareToken`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifySoftwareToken.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct VerifySoftwareTokenRequest {
    #[serde(rename = "AccessToken", skip_serializing_if = "Option::is_none")]
    pub access_token: Option<Sensitive<String>>,
    #[serde(rename = "FriendlyDeviceName", skip_serializing_if = "Option::is_none")]
    pub friendly_device_name: Option<String>,
    #[serde(rename = "Session", skip_serializing_if = "Option::is_none")]
    pub session: Option<Sensitive<String>>,
    #[serde(rename = "UserCode")]
    pub user_code: Sensitive<String>,
}

/// What [`VerifySoftwareToken`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifySoftwareToken.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct VerifySoftwareTokenResponse {
    #[serde(rename = "Session", skip_serializing_if = "Option::is_none")]
    pub session: Option<Sensitive<String>>,
    #[serde(rename = "Status", skip_serializing_if = "Option::is_none")]
    pub status: Option<VerifySoftwareTokenResponseType>,
}

wire_enum! {
    /// `VerifySoftwareTokenResponseType`, a set of names.
    pub enum VerifySoftwareTokenResponseType {
    Success = "SUCCESS",
    Error = "ERROR",
    }
}

/// [`WebAuthnMfaSettingsType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_WebAuthnMfaSettingsType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct WebAuthnMfaSettingsType {
    #[serde(rename = "Enabled", skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
}
