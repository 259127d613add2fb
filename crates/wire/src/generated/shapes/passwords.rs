// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `passwords` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use super::common::*;
use crate::sensitive::Sensitive;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What [`AdminResetUserPassword`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminResetUserPassword.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminResetUserPasswordRequest {
    #[serde(rename = "ClientMetadata", skip_serializing_if = "Option::is_none")]
    pub client_metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminResetUserPassword`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminResetUserPassword.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminResetUserPasswordResponse {}

/// What [`AdminSetUserPassword`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminSetUserPasswordRequest {
    #[serde(rename = "Password")]
    pub password: Sensitive<String>,
    #[serde(rename = "Permanent", skip_serializing_if = "Option::is_none")]
    pub permanent: Option<bool>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminSetUserPassword`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminSetUserPasswordResponse {}

/// What [`ChangePassword`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ChangePassword.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ChangePasswordRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
    #[serde(rename = "PreviousPassword", skip_serializing_if = "Option::is_none")]
    pub previous_password: Option<Sensitive<String>>,
    #[serde(rename = "ProposedPassword")]
    pub proposed_password: Sensitive<String>,
}

/// What [`ChangePassword`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ChangePassword.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ChangePasswordResponse {}

/// What [`ConfirmForgotPassword`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmForgotPassword.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ConfirmForgotPasswordRequest {
    #[serde(rename = "AnalyticsMetadata", skip_serializing_if = "Option::is_none")]
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "ClientMetadata", skip_serializing_if = "Option::is_none")]
    pub client_metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "ConfirmationCode")]
    pub confirmation_code: String,
    #[serde(rename = "Password")]
    pub password: Sensitive<String>,
    #[serde(rename = "SecretHash", skip_serializing_if = "Option::is_none")]
    pub secret_hash: Option<Sensitive<String>>,
    #[serde(rename = "UserContextData", skip_serializing_if = "Option::is_none")]
    pub user_context_data: Option<UserContextDataType>,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`ConfirmForgotPassword`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmForgotPassword.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ConfirmForgotPasswordResponse {}

/// What [`ForgotPassword`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgotPassword.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ForgotPasswordRequest {
    #[serde(rename = "AnalyticsMetadata", skip_serializing_if = "Option::is_none")]
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "ClientMetadata", skip_serializing_if = "Option::is_none")]
    pub client_metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "SecretHash", skip_serializing_if = "Option::is_none")]
    pub secret_hash: Option<Sensitive<String>>,
    #[serde(rename = "UserContextData", skip_serializing_if = "Option::is_none")]
    pub user_context_data: Option<UserContextDataType>,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`ForgotPassword`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgotPassword.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ForgotPasswordResponse {
    #[serde(rename = "CodeDeliveryDetails", skip_serializing_if = "Option::is_none")]
    pub code_delivery_details: Option<CodeDeliveryDetailsType>,
}
