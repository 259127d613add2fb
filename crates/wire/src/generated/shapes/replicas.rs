// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `replicas` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use crate::enumeration::wire_enum;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What [`CreateUserPoolReplica`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolReplica.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateUserPoolReplicaRequest {
    #[serde(rename = "RegionName")]
    pub region_name: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "UserPoolTags", skip_serializing_if = "Option::is_none")]
    pub user_pool_tags: Option<BTreeMap<String, String>>,
}

/// What [`CreateUserPoolReplica`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolReplica.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateUserPoolReplicaResponse {
    #[serde(rename = "UserPoolReplica", skip_serializing_if = "Option::is_none")]
    pub user_pool_replica: Option<UserPoolReplicaType>,
}

/// What [`DeleteUserPoolReplica`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolReplica.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeleteUserPoolReplicaRequest {
    #[serde(rename = "RegionName")]
    pub region_name: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`DeleteUserPoolReplica`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolReplica.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeleteUserPoolReplicaResponse {
    #[serde(rename = "UserPoolReplica", skip_serializing_if = "Option::is_none")]
    pub user_pool_replica: Option<UserPoolReplicaType>,
}

/// What [`ListUserPoolReplicas`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolReplicas.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListUserPoolReplicasRequest {
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`ListUserPoolReplicas`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolReplicas.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListUserPoolReplicasResponse {
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(rename = "UserPoolReplicas", skip_serializing_if = "Option::is_none")]
    pub user_pool_replicas: Option<Vec<UserPoolReplicaType>>,
}

wire_enum! {
    /// `ReplicaRoleType`, a set of names.
    pub enum ReplicaRoleType {
    Primary = "PRIMARY",
    Secondary = "SECONDARY",
    }
}

wire_enum! {
    /// `ReplicaStatusType`, a set of names.
    pub enum ReplicaStatusType {
    Creating = "CREATING",
    Active = "ACTIVE",
    Inactive = "INACTIVE",
    Deleting = "DELETING",
    }
}

wire_enum! {
    /// `UpdateReplicaStatusType`, a set of names.
    pub enum UpdateReplicaStatusType {
    Active = "ACTIVE",
    Inactive = "INACTIVE",
    }
}

/// What [`UpdateUserPoolReplica`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolReplica.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UpdateUserPoolReplicaRequest {
    #[serde(rename = "RegionName")]
    pub region_name: String,
    #[serde(rename = "Status")]
    pub status: UpdateReplicaStatusType,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`UpdateUserPoolReplica`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolReplica.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateUserPoolReplicaResponse {
    #[serde(rename = "UserPoolReplica", skip_serializing_if = "Option::is_none")]
    pub user_pool_replica: Option<UserPoolReplicaType>,
}

/// [`UserPoolReplicaType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolReplicaType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UserPoolReplicaType {
    #[serde(rename = "RegionName", skip_serializing_if = "Option::is_none")]
    pub region_name: Option<String>,
    #[serde(rename = "Role", skip_serializing_if = "Option::is_none")]
    pub role: Option<ReplicaRoleType>,
    #[serde(rename = "Status", skip_serializing_if = "Option::is_none")]
    pub status: Option<ReplicaStatusType>,
    #[serde(rename = "UserPoolArn", skip_serializing_if = "Option::is_none")]
    pub user_pool_arn: Option<String>,
}
