// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `branding` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use crate::blob::Blob;
use crate::enumeration::wire_enum;
use crate::sensitive::Sensitive;
use crate::time::EpochSeconds;
use serde::{Deserialize, Serialize};

wire_enum! {
    /// `AssetCategoryType`, a set of names.
    pub enum AssetCategoryType {
    FaviconIco = "FAVICON_ICO",
    FaviconSvg = "FAVICON_SVG",
    EmailGraphic = "EMAIL_GRAPHIC",
    SmsGraphic = "SMS_GRAPHIC",
    AuthAppGraphic = "AUTH_APP_GRAPHIC",
    PasswordGraphic = "PASSWORD_GRAPHIC",
    PasskeyGraphic = "PASSKEY_GRAPHIC",
    PageHeaderLogo = "PAGE_HEADER_LOGO",
    PageHeaderBackground = "PAGE_HEADER_BACKGROUND",
    PageFooterLogo = "PAGE_FOOTER_LOGO",
    PageFooterBackground = "PAGE_FOOTER_BACKGROUND",
    PageBackground = "PAGE_BACKGROUND",
    FormBackground = "FORM_BACKGROUND",
    FormLogo = "FORM_LOGO",
    IdpButtonIcon = "IDP_BUTTON_ICON",
    }
}

wire_enum! {
    /// `AssetExtensionType`, a set of names.
    pub enum AssetExtensionType {
    Ico = "ICO",
    Jpeg = "JPEG",
    Png = "PNG",
    Svg = "SVG",
    Webp = "WEBP",
    }
}

/// [`AssetType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AssetType.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AssetType {
    #[serde(rename = "Bytes", skip_serializing_if = "Option::is_none")]
    pub bytes: Option<Blob>,
    #[serde(rename = "Category")]
    pub category: AssetCategoryType,
    #[serde(rename = "ColorMode")]
    pub color_mode: ColorSchemeModeType,
    #[serde(rename = "Extension")]
    pub extension: AssetExtensionType,
    #[serde(rename = "ResourceId", skip_serializing_if = "Option::is_none")]
    pub resource_id: Option<String>,
}

wire_enum! {
    /// `ColorSchemeModeType`, a set of names.
    pub enum ColorSchemeModeType {
    Light = "LIGHT",
    Dark = "DARK",
    Dynamic = "DYNAMIC",
    }
}

/// What [`CreateManagedLoginBranding`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateManagedLoginBranding.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateManagedLoginBrandingRequest {
    #[serde(rename = "Assets", skip_serializing_if = "Option::is_none")]
    pub assets: Option<Vec<AssetType>>,
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "Settings", skip_serializing_if = "Option::is_none")]
    pub settings: Option<serde_json::Value>,
    #[serde(rename = "UseCognitoProvidedValues", skip_serializing_if = "Option::is_none")]
    pub use_cognito_provided_values: Option<bool>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`CreateManagedLoginBranding`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateManagedLoginBranding.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateManagedLoginBrandingResponse {
    #[serde(rename = "ManagedLoginBranding", skip_serializing_if = "Option::is_none")]
    pub managed_login_branding: Option<ManagedLoginBrandingType>,
}

/// What [`DeleteManagedLoginBranding`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteManagedLoginBranding.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeleteManagedLoginBrandingRequest {
    #[serde(rename = "ManagedLoginBrandingId")]
    pub managed_login_branding_id: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`DescribeManagedLoginBrandingByClient`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeManagedLoginBrandingByClient.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeManagedLoginBrandingByClientRequest {
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "ReturnMergedResources", skip_serializing_if = "Option::is_none")]
    pub return_merged_resources: Option<bool>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`DescribeManagedLoginBrandingByClient`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeManagedLoginBrandingByClient.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeManagedLoginBrandingByClientResponse {
    #[serde(rename = "ManagedLoginBranding", skip_serializing_if = "Option::is_none")]
    pub managed_login_branding: Option<ManagedLoginBrandingType>,
}

/// What [`DescribeManagedLoginBranding`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeManagedLoginBranding.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeManagedLoginBrandingRequest {
    #[serde(rename = "ManagedLoginBrandingId")]
    pub managed_login_branding_id: String,
    #[serde(rename = "ReturnMergedResources", skip_serializing_if = "Option::is_none")]
    pub return_merged_resources: Option<bool>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`DescribeManagedLoginBranding`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeManagedLoginBranding.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeManagedLoginBrandingResponse {
    #[serde(rename = "ManagedLoginBranding", skip_serializing_if = "Option::is_none")]
    pub managed_login_branding: Option<ManagedLoginBrandingType>,
}

/// What [`GetUICustomization`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUICustomization.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetUICustomizationRequest {
    #[serde(rename = "ClientId", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<Sensitive<String>>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`GetUICustomization`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUICustomization.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetUICustomizationResponse {
    #[serde(rename = "UICustomization")]
    pub ui_customization: UICustomizationType,
}

/// [`ManagedLoginBrandingType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ManagedLoginBrandingType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ManagedLoginBrandingType {
    #[serde(rename = "Assets", skip_serializing_if = "Option::is_none")]
    pub assets: Option<Vec<AssetType>>,
    #[serde(rename = "CreationDate", skip_serializing_if = "Option::is_none")]
    pub creation_date: Option<EpochSeconds>,
    #[serde(rename = "LastModifiedDate", skip_serializing_if = "Option::is_none")]
    pub last_modified_date: Option<EpochSeconds>,
    #[serde(rename = "ManagedLoginBrandingId", skip_serializing_if = "Option::is_none")]
    pub managed_login_branding_id: Option<String>,
    #[serde(rename = "Settings", skip_serializing_if = "Option::is_none")]
    pub settings: Option<serde_json::Value>,
    #[serde(rename = "UseCognitoProvidedValues", skip_serializing_if = "Option::is_none")]
    pub use_cognito_provided_values: Option<bool>,
    #[serde(rename = "UserPoolId", skip_serializing_if = "Option::is_none")]
    pub user_pool_id: Option<String>,
}

/// What [`SetUICustomization`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUICustomization.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SetUICustomizationRequest {
    #[serde(rename = "CSS", skip_serializing_if = "Option::is_none")]
    pub css: Option<String>,
    #[serde(rename = "ClientId", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<Sensitive<String>>,
    #[serde(rename = "ImageFile", skip_serializing_if = "Option::is_none")]
    pub image_file: Option<Blob>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`SetUICustomization`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUICustomization.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SetUICustomizationResponse {
    #[serde(rename = "UICustomization")]
    pub ui_customization: UICustomizationType,
}

/// [`UICustomizationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UICustomizationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UICustomizationType {
    #[serde(rename = "CSS", skip_serializing_if = "Option::is_none")]
    pub css: Option<String>,
    #[serde(rename = "CSSVersion", skip_serializing_if = "Option::is_none")]
    pub css_version: Option<String>,
    #[serde(rename = "ClientId", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<Sensitive<String>>,
    #[serde(rename = "CreationDate", skip_serializing_if = "Option::is_none")]
    pub creation_date: Option<EpochSeconds>,
    #[serde(rename = "ImageUrl", skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    #[serde(rename = "LastModifiedDate", skip_serializing_if = "Option::is_none")]
    pub last_modified_date: Option<EpochSeconds>,
    #[serde(rename = "UserPoolId", skip_serializing_if = "Option::is_none")]
    pub user_pool_id: Option<String>,
}

/// What [`UpdateManagedLoginBranding`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateManagedLoginBranding.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateManagedLoginBrandingRequest {
    #[serde(rename = "Assets", skip_serializing_if = "Option::is_none")]
    pub assets: Option<Vec<AssetType>>,
    #[serde(rename = "ManagedLoginBrandingId", skip_serializing_if = "Option::is_none")]
    pub managed_login_branding_id: Option<String>,
    #[serde(rename = "Settings", skip_serializing_if = "Option::is_none")]
    pub settings: Option<serde_json::Value>,
    #[serde(rename = "UseCognitoProvidedValues", skip_serializing_if = "Option::is_none")]
    pub use_cognito_provided_values: Option<bool>,
    #[serde(rename = "UserPoolId", skip_serializing_if = "Option::is_none")]
    pub user_pool_id: Option<String>,
}

/// What [`UpdateManagedLoginBranding`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateManagedLoginBranding.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateManagedLoginBrandingResponse {
    #[serde(rename = "ManagedLoginBranding", skip_serializing_if = "Option::is_none")]
    pub managed_login_branding: Option<ManagedLoginBrandingType>,
}
