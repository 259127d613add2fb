// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `resource_servers` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use crate::enumeration::wire_enum;
use serde::{Deserialize, Serialize};

/// What [`CreateResourceServer`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateResourceServer.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateResourceServerRequest {
    #[serde(rename = "Identifier")]
    pub identifier: String,
    #[serde(rename = "Name")]
    pub name: String,
    #[serde(rename = "Scopes", skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<ResourceServerScopeType>>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`CreateResourceServer`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateResourceServer.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateResourceServerResponse {
    #[serde(rename = "ResourceServer")]
    pub resource_server: ResourceServerType,
}

/// What [`DeleteResourceServer`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteResourceServer.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeleteResourceServerRequest {
    #[serde(rename = "Identifier")]
    pub identifier: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`DescribeResourceServer`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeResourceServer.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeResourceServerRequest {
    #[serde(rename = "Identifier")]
    pub identifier: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`DescribeResourceServer`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeResourceServer.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeResourceServerResponse {
    #[serde(rename = "ResourceServer")]
    pub resource_server: ResourceServerType,
}

/// What [`ListResourceServers`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListResourceServers.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListResourceServersRequest {
    #[serde(rename = "MaxResults", skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`ListResourceServers`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListResourceServers.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListResourceServersResponse {
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(rename = "ResourceServers")]
    pub resource_servers: Vec<ResourceServerType>,
}

wire_enum! {
    /// `ResourceServerManagedByType`, a set of names.
    pub enum ResourceServerManagedByType {
    Cognito = "COGNITO",
    }
}

/// [`ResourceServerScopeType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResourceServerScopeType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ResourceServerScopeType {
    #[serde(rename = "ScopeDescription")]
    pub scope_description: String,
    #[serde(rename = "ScopeName")]
    pub scope_name: String,
}

/// [`ResourceServerType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResourceServerType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ResourceServerType {
    #[serde(rename = "Identifier", skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
    #[serde(rename = "ManagedBy", skip_serializing_if = "Option::is_none")]
    pub managed_by: Option<ResourceServerManagedByType>,
    #[serde(rename = "Name", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(rename = "Scopes", skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<ResourceServerScopeType>>,
    #[serde(rename = "UserPoolId", skip_serializing_if = "Option::is_none")]
    pub user_pool_id: Option<String>,
}

/// What [`UpdateResourceServer`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateResourceServer.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateResourceServerRequest {
    #[serde(rename = "Identifier")]
    pub identifier: String,
    #[serde(rename = "Name")]
    pub name: String,
    #[serde(rename = "Scopes", skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<ResourceServerScopeType>>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`UpdateResourceServer`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateResourceServer.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateResourceServerResponse {
    #[serde(rename = "ResourceServer")]
    pub resource_server: ResourceServerType,
}
