// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `terms` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use crate::enumeration::wire_enum;
use crate::sensitive::Sensitive;
use crate::time::EpochSeconds;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What [`CreateTerms`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateTerms.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CreateTermsRequest {
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "Enforcement")]
    pub enforcement: TermsEnforcementType,
    #[serde(rename = "Links", skip_serializing_if = "Option::is_none")]
    pub links: Option<BTreeMap<String, String>>,
    #[serde(rename = "TermsName")]
    pub terms_name: String,
    #[serde(rename = "TermsSource")]
    pub terms_source: TermsSourceType,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`CreateTerms`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateTerms.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateTermsResponse {
    #[serde(rename = "Terms", skip_serializing_if = "Option::is_none")]
    pub terms: Option<TermsType>,
}

/// What [`DeleteTerms`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteTerms.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeleteTermsRequest {
    #[serde(rename = "TermsId")]
    pub terms_id: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`DescribeTermsByClient`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeTermsByClient.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeTermsByClientRequest {
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "TermsName")]
    pub terms_name: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`DescribeTermsByClient`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeTermsByClient.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeTermsByClientResponse {
    #[serde(rename = "Terms", skip_serializing_if = "Option::is_none")]
    pub terms: Option<TermsType>,
}

/// What [`DescribeTerms`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeTerms.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeTermsRequest {
    #[serde(rename = "TermsId")]
    pub terms_id: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`DescribeTerms`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeTerms.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeTermsResponse {
    #[serde(rename = "Terms", skip_serializing_if = "Option::is_none")]
    pub terms: Option<TermsType>,
}

/// What [`ListTerms`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListTerms.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListTermsRequest {
    #[serde(rename = "MaxResults", skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`ListTerms`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListTerms.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListTermsResponse {
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(rename = "Terms")]
    pub terms: Vec<TermsDescriptionType>,
}

/// [`TermsDescriptionType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_TermsDescriptionType.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TermsDescriptionType {
    #[serde(rename = "CreationDate")]
    pub creation_date: EpochSeconds,
    #[serde(rename = "Enforcement")]
    pub enforcement: TermsEnforcementType,
    #[serde(rename = "LastModifiedDate")]
    pub last_modified_date: EpochSeconds,
    #[serde(rename = "TermsId")]
    pub terms_id: String,
    #[serde(rename = "TermsName")]
    pub terms_name: String,
}

wire_enum! {
    /// `TermsEnforcementType`, a set of names.
    pub enum TermsEnforcementType {
    None = "NONE",
    }
}

wire_enum! {
    /// `TermsSourceType`, a set of names.
    pub enum TermsSourceType {
    Link = "LINK",
    }
}

/// [`TermsType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_TermsType.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TermsType {
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "CreationDate")]
    pub creation_date: EpochSeconds,
    #[serde(rename = "Enforcement")]
    pub enforcement: TermsEnforcementType,
    #[serde(rename = "LastModifiedDate")]
    pub last_modified_date: EpochSeconds,
    #[serde(rename = "Links")]
    pub links: BTreeMap<String, String>,
    #[serde(rename = "TermsId")]
    pub terms_id: String,
    #[serde(rename = "TermsName")]
    pub terms_name: String,
    #[serde(rename = "TermsSource")]
    pub terms_source: TermsSourceType,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`UpdateTerms`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateTerms.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateTermsRequest {
    #[serde(rename = "Enforcement", skip_serializing_if = "Option::is_none")]
    pub enforcement: Option<TermsEnforcementType>,
    #[serde(rename = "Links", skip_serializing_if = "Option::is_none")]
    pub links: Option<BTreeMap<String, String>>,
    #[serde(rename = "TermsId")]
    pub terms_id: String,
    #[serde(rename = "TermsName", skip_serializing_if = "Option::is_none")]
    pub terms_name: Option<String>,
    #[serde(rename = "TermsSource", skip_serializing_if = "Option::is_none")]
    pub terms_source: Option<TermsSourceType>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`UpdateTerms`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateTerms.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateTermsResponse {
    #[serde(rename = "Terms", skip_serializing_if = "Option::is_none")]
    pub terms: Option<TermsType>,
}
