// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `devices` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use super::common::*;
use crate::enumeration::wire_enum;
use crate::sensitive::Sensitive;
use crate::time::EpochSeconds;
use serde::{Deserialize, Serialize};

/// What [`AdminForgetDevice`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminForgetDevice.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminForgetDeviceRequest {
    #[serde(rename = "DeviceKey")]
    pub device_key: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminGetDevice`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetDevice.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminGetDeviceRequest {
    #[serde(rename = "DeviceKey")]
    pub device_key: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminGetDevice`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetDevice.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminGetDeviceResponse {
    #[serde(rename = "Device")]
    pub device: DeviceType,
}

/// What [`AdminListDevices`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListDevices.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminListDevicesRequest {
    #[serde(rename = "Limit", skip_serializing_if = "Option::is_none")]
    pub limit: Option<i32>,
    #[serde(rename = "PaginationToken", skip_serializing_if = "Option::is_none")]
    pub pagination_token: Option<String>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminListDevices`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListDevices.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminListDevicesResponse {
    #[serde(rename = "Devices", skip_serializing_if = "Option::is_none")]
    pub devices: Option<Vec<DeviceType>>,
    #[serde(rename = "PaginationToken", skip_serializing_if = "Option::is_none")]
    pub pagination_token: Option<String>,
}

/// What [`AdminUpdateDeviceStatus`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateDeviceStatus.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminUpdateDeviceStatusRequest {
    #[serde(rename = "DeviceKey")]
    pub device_key: String,
    #[serde(rename = "DeviceRememberedStatus", skip_serializing_if = "Option::is_none")]
    pub device_remembered_status: Option<DeviceRememberedStatusType>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminUpdateDeviceStatus`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateDeviceStatus.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminUpdateDeviceStatusResponse {}

/// What [`ConfirmDevice`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmDevice.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ConfirmDeviceRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
    #[serde(rename = "DeviceKey")]
    pub device_key: String,
    #[serde(rename = "DeviceName", skip_serializing_if = "Option::is_none")]
    pub device_name: Option<String>,
    #[serde(rename = "DeviceSecretVerifierConfig", skip_serializing_if = "Option::is_none")]
    pub device_secret_verifier_config: Option<DeviceSecretVerifierConfigType>,
}

/// What [`ConfirmDevice`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmDevice.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ConfirmDeviceResponse {
    #[serde(rename = "UserConfirmationNecessary", skip_serializing_if = "Option::is_none")]
    pub user_confirmation_necessary: Option<bool>,
}

wire_enum! {
    /// `DeviceRememberedStatusType`, a set of names.
    pub enum DeviceRememberedStatusType {
    Remembered = "remembered",
    NotRemembered = "not_remembered",
    }
}

/// [`DeviceSecretVerifierConfigType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeviceSecretVerifierConfigType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeviceSecretVerifierConfigType {
    #[serde(rename = "PasswordVerifier", skip_serializing_if = "Option::is_none")]
    pub password_verifier: Option<String>,
    #[serde(rename = "Salt", skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
}

/// [`DeviceType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeviceType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeviceType {
    #[serde(rename = "DeviceAttributes", skip_serializing_if = "Option::is_none")]
    pub device_attributes: Option<Vec<AttributeType>>,
    #[serde(rename = "DeviceCreateDate", skip_serializing_if = "Option::is_none")]
    pub device_create_date: Option<EpochSeconds>,
    #[serde(rename = "DeviceKey", skip_serializing_if = "Option::is_none")]
    pub device_key: Option<String>,
    #[serde(rename = "DeviceLastAuthenticatedDate", skip_serializing_if = "Option::is_none")]
    pub device_last_authenticated_date: Option<EpochSeconds>,
    #[serde(rename = "DeviceLastModifiedDate", skip_serializing_if = "Option::is_none")]
    pub device_last_modified_date: Option<EpochSeconds>,
}

/// What [`ForgetDevice`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgetDevice.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ForgetDeviceRequest {
    #[serde(rename = "AccessToken", skip_serializing_if = "Option::is_none")]
    pub access_token: Option<Sensitive<String>>,
    #[serde(rename = "DeviceKey")]
    pub device_key: String,
}

/// What [`GetDevice`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetDevice.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetDeviceRequest {
    #[serde(rename = "AccessToken", skip_serializing_if = "Option::is_none")]
    pub access_token: Option<Sensitive<String>>,
    #[serde(rename = "DeviceKey")]
    pub device_key: String,
}

/// What [`GetDevice`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetDevice.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetDeviceResponse {
    #[serde(rename = "Device")]
    pub device: DeviceType,
}

/// What [`ListDevices`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListDevices.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListDevicesRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
    #[serde(rename = "Limit", skip_serializing_if = "Option::is_none")]
    pub limit: Option<i32>,
    #[serde(rename = "PaginationToken", skip_serializing_if = "Option::is_none")]
    pub pagination_token: Option<String>,
}

/// What [`ListDevices`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListDevices.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListDevicesResponse {
    #[serde(rename = "Devices", skip_serializing_if = "Option::is_none")]
    pub devices: Option<Vec<DeviceType>>,
    #[serde(rename = "PaginationToken", skip_serializing_if = "Option::is_none")]
    pub pagination_token: Option<String>,
}

/// What [`UpdateDeviceStatus`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateDeviceStatus.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateDeviceStatusRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
    #[serde(rename = "DeviceKey")]
    pub device_key: String,
    #[serde(rename = "DeviceRememberedStatus", skip_serializing_if = "Option::is_none")]
    pub device_remembered_status: Option<DeviceRememberedStatusType>,
}

/// What [`UpdateDeviceStatus`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateDeviceStatus.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateDeviceStatusResponse {}
