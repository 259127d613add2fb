// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `limits` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use crate::enumeration::wire_enum;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What [`GetProvisionedLimit`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetProvisionedLimit.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GetProvisionedLimitRequest {
    #[serde(rename = "LimitDefinition")]
    pub limit_definition: LimitDefinitionType,
}

/// What [`GetProvisionedLimit`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetProvisionedLimit.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GetProvisionedLimitResponse {
    #[serde(rename = "Limit")]
    pub limit: LimitType,
}

wire_enum! {
    /// `LimitClass`, a set of names.
    pub enum LimitClass {
    ApiCategory = "API_CATEGORY",
    }
}

/// [`LimitDefinitionType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LimitDefinitionType.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LimitDefinitionType {
    #[serde(rename = "Attributes")]
    pub attributes: BTreeMap<String, String>,
    #[serde(rename = "LimitClass")]
    pub limit_class: LimitClass,
}

/// [`LimitType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LimitType.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LimitType {
    #[serde(rename = "FreeLimitValue")]
    pub free_limit_value: i32,
    #[serde(rename = "LimitDefinition")]
    pub limit_definition: LimitDefinitionType,
    #[serde(rename = "ProvisionedLimitValue")]
    pub provisioned_limit_value: i32,
}

/// What [`UpdateProvisionedLimit`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateProvisionedLimit.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UpdateProvisionedLimitRequest {
    #[serde(rename = "LimitDefinition")]
    pub limit_definition: LimitDefinitionType,
    #[serde(rename = "RequestedLimitValue")]
    pub requested_limit_value: i32,
}

/// What [`UpdateProvisionedLimit`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateProvisionedLimit.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UpdateProvisionedLimitResponse {
    #[serde(rename = "Limit")]
    pub limit: LimitType,
}
