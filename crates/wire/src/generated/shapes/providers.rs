// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `providers` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use crate::enumeration::wire_enum;
use crate::time::EpochSeconds;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What [`CreateIdentityProvider`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CreateIdentityProviderRequest {
    #[serde(rename = "AcrMapping", skip_serializing_if = "Option::is_none")]
    pub acr_mapping: Option<BTreeMap<String, String>>,
    #[serde(rename = "AttributeMapping", skip_serializing_if = "Option::is_none")]
    pub attribute_mapping: Option<BTreeMap<String, String>>,
    #[serde(rename = "IdpIdentifiers", skip_serializing_if = "Option::is_none")]
    pub idp_identifiers: Option<Vec<String>>,
    #[serde(rename = "ProviderDetails")]
    pub provider_details: BTreeMap<String, String>,
    #[serde(rename = "ProviderName")]
    pub provider_name: String,
    #[serde(rename = "ProviderType")]
    pub provider_type: IdentityProviderTypeType,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`CreateIdentityProvider`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateIdentityProviderResponse {
    #[serde(rename = "IdentityProvider")]
    pub identity_provider: IdentityProviderType,
}

/// What [`DeleteIdentityProvider`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteIdentityProvider.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeleteIdentityProviderRequest {
    #[serde(rename = "ProviderName")]
    pub provider_name: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`DescribeIdentityProvider`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeIdentityProvider.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeIdentityProviderRequest {
    #[serde(rename = "ProviderName")]
    pub provider_name: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`DescribeIdentityProvider`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeIdentityProvider.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeIdentityProviderResponse {
    #[serde(rename = "IdentityProvider")]
    pub identity_provider: IdentityProviderType,
}

/// What [`GetIdentityProviderByIdentifier`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetIdentityProviderByIdentifier.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetIdentityProviderByIdentifierRequest {
    #[serde(rename = "IdpIdentifier")]
    pub idp_identifier: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`GetIdentityProviderByIdentifier`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetIdentityProviderByIdentifier.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetIdentityProviderByIdentifierResponse {
    #[serde(rename = "IdentityProvider")]
    pub identity_provider: IdentityProviderType,
}

/// [`IdentityProviderType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_IdentityProviderType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct IdentityProviderType {
    #[serde(rename = "AcrMapping", skip_serializing_if = "Option::is_none")]
    pub acr_mapping: Option<BTreeMap<String, String>>,
    #[serde(rename = "AttributeMapping", skip_serializing_if = "Option::is_none")]
    pub attribute_mapping: Option<BTreeMap<String, String>>,
    #[serde(rename = "CreationDate", skip_serializing_if = "Option::is_none")]
    pub creation_date: Option<EpochSeconds>,
    #[serde(rename = "IdpIdentifiers", skip_serializing_if = "Option::is_none")]
    pub idp_identifiers: Option<Vec<String>>,
    #[serde(rename = "LastModifiedDate", skip_serializing_if = "Option::is_none")]
    pub last_modified_date: Option<EpochSeconds>,
    #[serde(rename = "ProviderDetails", skip_serializing_if = "Option::is_none")]
    pub provider_details: Option<BTreeMap<String, String>>,
    #[serde(rename = "ProviderName", skip_serializing_if = "Option::is_none")]
    pub provider_name: Option<String>,
    #[serde(rename = "ProviderType", skip_serializing_if = "Option::is_none")]
    pub provider_type: Option<IdentityProviderTypeType>,
    #[serde(rename = "UserPoolId", skip_serializing_if = "Option::is_none")]
    pub user_pool_id: Option<String>,
}

wire_enum! {
    /// `IdentityProviderTypeType`, a set of names.
    pub enum IdentityProviderTypeType {
    Saml = "SAML",
    Facebook = "Facebook",
    Google = "Google",
    LoginWithAmazon = "LoginWithAmazon",
    SignInWithApple = "SignInWithApple",
    Oidc = "OIDC",
    }
}

/// What [`ListIdentityProviders`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListIdentityProviders.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListIdentityProvidersRequest {
    #[serde(rename = "MaxResults", skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`ListIdentityProviders`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListIdentityProviders.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListIdentityProvidersResponse {
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(rename = "Providers")]
    pub providers: Vec<ProviderDescription>,
}

/// [`ProviderDescription`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ProviderDescription.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProviderDescription {
    #[serde(rename = "CreationDate", skip_serializing_if = "Option::is_none")]
    pub creation_date: Option<EpochSeconds>,
    #[serde(rename = "LastModifiedDate", skip_serializing_if = "Option::is_none")]
    pub last_modified_date: Option<EpochSeconds>,
    #[serde(rename = "ProviderName", skip_serializing_if = "Option::is_none")]
    pub provider_name: Option<String>,
    #[serde(rename = "ProviderType", skip_serializing_if = "Option::is_none")]
    pub provider_type: Option<IdentityProviderTypeType>,
}

/// What [`UpdateIdentityProvider`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateIdentityProvider.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateIdentityProviderRequest {
    #[serde(rename = "AcrMapping", skip_serializing_if = "Option::is_none")]
    pub acr_mapping: Option<BTreeMap<String, String>>,
    #[serde(rename = "AttributeMapping", skip_serializing_if = "Option::is_none")]
    pub attribute_mapping: Option<BTreeMap<String, String>>,
    #[serde(rename = "IdpIdentifiers", skip_serializing_if = "Option::is_none")]
    pub idp_identifiers: Option<Vec<String>>,
    #[serde(rename = "ProviderDetails", skip_serializing_if = "Option::is_none")]
    pub provider_details: Option<BTreeMap<String, String>>,
    #[serde(rename = "ProviderName")]
    pub provider_name: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`UpdateIdentityProvider`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateIdentityProvider.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateIdentityProviderResponse {
    #[serde(rename = "IdentityProvider")]
    pub identity_provider: IdentityProviderType,
}
