// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `signup` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use super::common::*;
use crate::sensitive::Sensitive;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What [`AdminConfirmSignUp`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminConfirmSignUp.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminConfirmSignUpRequest {
    #[serde(rename = "ClientMetadata", skip_serializing_if = "Option::is_none")]
    pub client_metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminConfirmSignUp`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminConfirmSignUp.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminConfirmSignUpResponse {}

/// What [`ConfirmSignUp`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ConfirmSignUpRequest {
    #[serde(rename = "AnalyticsMetadata", skip_serializing_if = "Option::is_none")]
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "ClientMetadata", skip_serializing_if = "Option::is_none")]
    pub client_metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "ConfirmationCode")]
    pub confirmation_code: String,
    #[serde(rename = "ForceAliasCreation", skip_serializing_if = "Option::is_none")]
    pub force_alias_creation: Option<bool>,
    #[serde(rename = "SecretHash", skip_serializing_if = "Option::is_none")]
    pub secret_hash: Option<Sensitive<String>>,
    #[serde(rename = "Session", skip_serializing_if = "Option::is_none")]
    pub session: Option<Sensitive<String>>,
    #[serde(rename = "UserContextData", skip_serializing_if = "Option::is_none")]
    pub user_context_data: Option<UserContextDataType>,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`ConfirmSignUp`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ConfirmSignUpResponse {
    #[serde(rename = "Session", skip_serializing_if = "Option::is_none")]
    pub session: Option<Sensitive<String>>,
}

/// What [`ResendConfirmationCode`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResendConfirmationCode.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ResendConfirmationCodeRequest {
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

/// What [`ResendConfirmationCode`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResendConfirmationCode.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ResendConfirmationCodeResponse {
    #[serde(rename = "CodeDeliveryDetails", skip_serializing_if = "Option::is_none")]
    pub code_delivery_details: Option<CodeDeliveryDetailsType>,
}

/// What [`SignUp`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SignUpRequest {
    #[serde(rename = "AnalyticsMetadata", skip_serializing_if = "Option::is_none")]
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "ClientMetadata", skip_serializing_if = "Option::is_none")]
    pub client_metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "Password", skip_serializing_if = "Option::is_none")]
    pub password: Option<Sensitive<String>>,
    #[serde(rename = "SecretHash", skip_serializing_if = "Option::is_none")]
    pub secret_hash: Option<Sensitive<String>>,
    #[serde(rename = "UserAttributes", skip_serializing_if = "Option::is_none")]
    pub user_attributes: Option<Vec<AttributeType>>,
    #[serde(rename = "UserContextData", skip_serializing_if = "Option::is_none")]
    pub user_context_data: Option<UserContextDataType>,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
    #[serde(rename = "ValidationData", skip_serializing_if = "Option::is_none")]
    pub validation_data: Option<Vec<AttributeType>>,
}

/// What [`SignUp`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SignUpResponse {
    #[serde(rename = "CodeDeliveryDetails", skip_serializing_if = "Option::is_none")]
    pub code_delivery_details: Option<CodeDeliveryDetailsType>,
    #[serde(rename = "Session", skip_serializing_if = "Option::is_none")]
    pub session: Option<Sensitive<String>>,
    #[serde(rename = "UserConfirmed")]
    pub user_confirmed: bool,
    #[serde(rename = "UserSub")]
    pub user_sub: String,
}
