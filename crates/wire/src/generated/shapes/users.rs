// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `users` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use super::common::*;
use crate::enumeration::wire_enum;
use crate::sensitive::Sensitive;
use crate::time::EpochSeconds;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What [`AdminCreateUser`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminCreateUserRequest {
    #[serde(rename = "ClientMetadata", skip_serializing_if = "Option::is_none")]
    pub client_metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "DesiredDeliveryMediums", skip_serializing_if = "Option::is_none")]
    pub desired_delivery_mediums: Option<Vec<DeliveryMediumType>>,
    #[serde(rename = "ForceAliasCreation", skip_serializing_if = "Option::is_none")]
    pub force_alias_creation: Option<bool>,
    #[serde(rename = "MessageAction", skip_serializing_if = "Option::is_none")]
    pub message_action: Option<MessageActionType>,
    #[serde(rename = "TemporaryPassword", skip_serializing_if = "Option::is_none")]
    pub temporary_password: Option<Sensitive<String>>,
    #[serde(rename = "UserAttributes", skip_serializing_if = "Option::is_none")]
    pub user_attributes: Option<Vec<AttributeType>>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
    #[serde(rename = "ValidationData", skip_serializing_if = "Option::is_none")]
    pub validation_data: Option<Vec<AttributeType>>,
}

/// What [`AdminCreateUser`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminCreateUserResponse {
    #[serde(rename = "User", skip_serializing_if = "Option::is_none")]
    pub user: Option<UserType>,
}

/// What [`AdminDeleteUserAttributes`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteUserAttributes.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminDeleteUserAttributesRequest {
    #[serde(rename = "UserAttributeNames")]
    pub user_attribute_names: Vec<String>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminDeleteUserAttributes`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteUserAttributes.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminDeleteUserAttributesResponse {}

/// What [`AdminDeleteUser`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteUser.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminDeleteUserRequest {
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminDisableProviderForUser`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDisableProviderForUser.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminDisableProviderForUserRequest {
    #[serde(rename = "User")]
    pub user: ProviderUserIdentifierType,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`AdminDisableProviderForUser`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDisableProviderForUser.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminDisableProviderForUserResponse {}

/// What [`AdminDisableUser`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDisableUser.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminDisableUserRequest {
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminDisableUser`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDisableUser.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminDisableUserResponse {}

/// What [`AdminEnableUser`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminEnableUser.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminEnableUserRequest {
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminEnableUser`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminEnableUser.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminEnableUserResponse {}

/// What [`AdminGetUser`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminGetUserRequest {
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminGetUser`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminGetUserResponse {
    #[serde(rename = "Enabled", skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    #[serde(rename = "MFAOptions", skip_serializing_if = "Option::is_none")]
    pub mfa_options: Option<Vec<MFAOptionType>>,
    #[serde(rename = "PreferredMfaSetting", skip_serializing_if = "Option::is_none")]
    pub preferred_mfa_setting: Option<String>,
    #[serde(rename = "UserAttributes", skip_serializing_if = "Option::is_none")]
    pub user_attributes: Option<Vec<AttributeType>>,
    #[serde(rename = "UserCreateDate", skip_serializing_if = "Option::is_none")]
    pub user_create_date: Option<EpochSeconds>,
    #[serde(rename = "UserLastModifiedDate", skip_serializing_if = "Option::is_none")]
    pub user_last_modified_date: Option<EpochSeconds>,
    #[serde(rename = "UserMFASettingList", skip_serializing_if = "Option::is_none")]
    pub user_mfa_setting_list: Option<Vec<String>>,
    #[serde(rename = "UserStatus", skip_serializing_if = "Option::is_none")]
    pub user_status: Option<UserStatusType>,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminLinkProviderForUser`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminLinkProviderForUser.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminLinkProviderForUserRequest {
    #[serde(rename = "DestinationUser")]
    pub destination_user: ProviderUserIdentifierType,
    #[serde(rename = "SourceUser")]
    pub source_user: ProviderUserIdentifierType,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`AdminLinkProviderForUser`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminLinkProviderForUser.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminLinkProviderForUserResponse {}

/// What [`AdminUpdateUserAttributes`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminUpdateUserAttributesRequest {
    #[serde(rename = "ClientMetadata", skip_serializing_if = "Option::is_none")]
    pub client_metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "UserAttributes")]
    pub user_attributes: Vec<AttributeType>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminUpdateUserAttributes`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminUpdateUserAttributesResponse {}

/// What [`DeleteUserAttributes`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserAttributes.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeleteUserAttributesRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
    #[serde(rename = "UserAttributeNames")]
    pub user_attribute_names: Vec<String>,
}

/// What [`DeleteUserAttributes`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserAttributes.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeleteUserAttributesResponse {}

/// What [`DeleteUser`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUser.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeleteUserRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
}

/// What [`GetUserAttributeVerificationCode`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserAttributeVerificationCode.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetUserAttributeVerificationCodeRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
    #[serde(rename = "AttributeName")]
    pub attribute_name: String,
    #[serde(rename = "ClientMetadata", skip_serializing_if = "Option::is_none")]
    pub client_metadata: Option<BTreeMap<String, String>>,
}

/// What [`GetUserAttributeVerificationCode`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserAttributeVerificationCode.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetUserAttributeVerificationCodeResponse {
    #[serde(rename = "CodeDeliveryDetails", skip_serializing_if = "Option::is_none")]
    pub code_delivery_details: Option<CodeDeliveryDetailsType>,
}

/// What [`GetUser`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetUserRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
}

/// What [`GetUser`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetUserResponse {
    #[serde(rename = "MFAOptions", skip_serializing_if = "Option::is_none")]
    pub mfa_options: Option<Vec<MFAOptionType>>,
    #[serde(rename = "PreferredMfaSetting", skip_serializing_if = "Option::is_none")]
    pub preferred_mfa_setting: Option<String>,
    #[serde(rename = "UserAttributes")]
    pub user_attributes: Vec<AttributeType>,
    #[serde(rename = "UserMFASettingList", skip_serializing_if = "Option::is_none")]
    pub user_mfa_setting_list: Option<Vec<String>>,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`ListUsers`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListUsersRequest {
    #[serde(rename = "AttributesToGet", skip_serializing_if = "Option::is_none")]
    pub attributes_to_get: Option<Vec<String>>,
    #[serde(rename = "Filter", skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    #[serde(rename = "Limit", skip_serializing_if = "Option::is_none")]
    pub limit: Option<i32>,
    #[serde(rename = "PaginationToken", skip_serializing_if = "Option::is_none")]
    pub pagination_token: Option<String>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`ListUsers`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListUsersResponse {
    #[serde(rename = "PaginationToken", skip_serializing_if = "Option::is_none")]
    pub pagination_token: Option<String>,
    #[serde(rename = "Users", skip_serializing_if = "Option::is_none")]
    pub users: Option<Vec<UserType>>,
}

wire_enum! {
    /// `MessageActionType`, a set of names.
    pub enum MessageActionType {
    Resend = "RESEND",
    Suppress = "SUPPRESS",
    }
}

/// [`ProviderUserIdentifierType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ProviderUserIdentifierType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProviderUserIdentifierType {
    #[serde(rename = "ProviderAttributeName", skip_serializing_if = "Option::is_none")]
    pub provider_attribute_name: Option<String>,
    #[serde(rename = "ProviderAttributeValue", skip_serializing_if = "Option::is_none")]
    pub provider_attribute_value: Option<String>,
    #[serde(rename = "ProviderName", skip_serializing_if = "Option::is_none")]
    pub provider_name: Option<String>,
}

/// What [`UpdateUserAttributes`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserAttributes.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateUserAttributesRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
    #[serde(rename = "ClientMetadata", skip_serializing_if = "Option::is_none")]
    pub client_metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "UserAttributes")]
    pub user_attributes: Vec<AttributeType>,
}

/// What [`UpdateUserAttributes`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserAttributes.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateUserAttributesResponse {
    #[serde(rename = "CodeDeliveryDetailsList", skip_serializing_if = "Option::is_none")]
    pub code_delivery_details_list: Option<Vec<CodeDeliveryDetailsType>>,
}

/// What [`VerifyUserAttribute`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifyUserAttribute.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct VerifyUserAttributeRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
    #[serde(rename = "AttributeName")]
    pub attribute_name: String,
    #[serde(rename = "Code")]
    pub code: String,
}

/// What [`VerifyUserAttribute`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifyUserAttribute.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct VerifyUserAttributeResponse {}
