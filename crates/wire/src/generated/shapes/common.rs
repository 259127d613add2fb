// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types that several families of operations use.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use crate::enumeration::wire_enum;
use crate::sensitive::Sensitive;
use crate::time::EpochSeconds;
use serde::{Deserialize, Serialize};

/// [`AnalyticsMetadataType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AnalyticsMetadataType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AnalyticsMetadataType {
    #[serde(rename = "AnalyticsEndpointId", skip_serializing_if = "Option::is_none")]
    pub analytics_endpoint_id: Option<String>,
}

/// [`AttributeType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AttributeType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AttributeType {
    #[serde(rename = "Name")]
    pub name: String,
    #[serde(rename = "Value", skip_serializing_if = "Option::is_none")]
    pub value: Option<Sensitive<String>>,
}

wire_enum! {
    /// `AuthFactorType`, a set of names.
    pub enum AuthFactorType {
    Password = "PASSWORD",
    EmailOtp = "EMAIL_OTP",
    SmsOtp = "SMS_OTP",
    WebAuthn = "WEB_AUTHN",
    SoftwareToken = "SOFTWARE_TOKEN",
    }
}

/// [`AuthenticationResultType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AuthenticationResultType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AuthenticationResultType {
    #[serde(rename = "AccessToken", skip_serializing_if = "Option::is_none")]
    pub access_token: Option<Sensitive<String>>,
    #[serde(rename = "ExpiresIn", skip_serializing_if = "Option::is_none")]
    pub expires_in: Option<i32>,
    #[serde(rename = "IdToken", skip_serializing_if = "Option::is_none")]
    pub id_token: Option<Sensitive<String>>,
    #[serde(rename = "NewDeviceMetadata", skip_serializing_if = "Option::is_none")]
    pub new_device_metadata: Option<NewDeviceMetadataType>,
    #[serde(rename = "RefreshToken", skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<Sensitive<String>>,
    #[serde(rename = "TokenType", skip_serializing_if = "Option::is_none")]
    pub token_type: Option<String>,
}

/// [`CodeDeliveryDetailsType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CodeDeliveryDetailsType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CodeDeliveryDetailsType {
    #[serde(rename = "AttributeName", skip_serializing_if = "Option::is_none")]
    pub attribute_name: Option<String>,
    #[serde(rename = "DeliveryMedium", skip_serializing_if = "Option::is_none")]
    pub delivery_medium: Option<DeliveryMediumType>,
    #[serde(rename = "Destination", skip_serializing_if = "Option::is_none")]
    pub destination: Option<String>,
}

wire_enum! {
    /// `DeliveryMediumType`, a set of names.
    pub enum DeliveryMediumType {
    Sms = "SMS",
    Email = "EMAIL",
    }
}

/// [`MFAOptionType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_MFAOptionType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MFAOptionType {
    #[serde(rename = "AttributeName", skip_serializing_if = "Option::is_none")]
    pub attribute_name: Option<String>,
    #[serde(rename = "DeliveryMedium", skip_serializing_if = "Option::is_none")]
    pub delivery_medium: Option<DeliveryMediumType>,
}

/// [`NewDeviceMetadataType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_NewDeviceMetadataType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct NewDeviceMetadataType {
    #[serde(rename = "DeviceGroupKey", skip_serializing_if = "Option::is_none")]
    pub device_group_key: Option<String>,
    #[serde(rename = "DeviceKey", skip_serializing_if = "Option::is_none")]
    pub device_key: Option<String>,
}

wire_enum! {
    /// `OAuthFlowType`, a set of names.
    pub enum OAuthFlowType {
    Code = "code",
    Implicit = "implicit",
    ClientCredentials = "client_credentials",
    }
}

wire_enum! {
    /// `RevokeAssociatedSessionsType`, a set of names.
    pub enum RevokeAssociatedSessionsType {
    None = "NONE",
    Linked = "LINKED",
    }
}

/// [`UserContextDataType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserContextDataType.html
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UserContextDataType {
    #[serde(rename = "EncodedData", skip_serializing_if = "Option::is_none")]
    pub encoded_data: Option<String>,
    #[serde(rename = "IpAddress", skip_serializing_if = "Option::is_none")]
    pub ip_address: Option<String>,
}

crate::sensitive::redacted_debug!(UserContextDataType);

wire_enum! {
    /// `UserStatusType`, a set of names.
    pub enum UserStatusType {
    Unconfirmed = "UNCONFIRMED",
    Confirmed = "CONFIRMED",
    Archived = "ARCHIVED",
    Compromised = "COMPROMISED",
    Unknown = "UNKNOWN",
    ResetRequired = "RESET_REQUIRED",
    ForceChangePassword = "FORCE_CHANGE_PASSWORD",
    ExternalProvider = "EXTERNAL_PROVIDER",
    }
}

/// [`UserType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UserType {
    #[serde(rename = "Attributes", skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Vec<AttributeType>>,
    #[serde(rename = "Enabled", skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    #[serde(rename = "MFAOptions", skip_serializing_if = "Option::is_none")]
    pub mfa_options: Option<Vec<MFAOptionType>>,
    #[serde(rename = "UserCreateDate", skip_serializing_if = "Option::is_none")]
    pub user_create_date: Option<EpochSeconds>,
    #[serde(rename = "UserLastModifiedDate", skip_serializing_if = "Option::is_none")]
    pub user_last_modified_date: Option<EpochSeconds>,
    #[serde(rename = "UserStatus", skip_serializing_if = "Option::is_none")]
    pub user_status: Option<UserStatusType>,
    #[serde(rename = "Username", skip_serializing_if = "Option::is_none")]
    pub username: Option<Sensitive<String>>,
}
