// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `imports` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use crate::enumeration::wire_enum;
use crate::time::EpochSeconds;
use serde::{Deserialize, Serialize};

/// What [`CreateUserImportJob`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserImportJob.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateUserImportJobRequest {
    #[serde(rename = "CloudWatchLogsRoleArn")]
    pub cloud_watch_logs_role_arn: String,
    #[serde(rename = "JobName")]
    pub job_name: String,
    #[serde(rename = "PasswordHashingAlgorithm", skip_serializing_if = "Option::is_none")]
    pub password_hashing_algorithm: Option<PasswordHashingAlgorithmType>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`CreateUserImportJob`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserImportJob.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateUserImportJobResponse {
    #[serde(rename = "UserImportJob", skip_serializing_if = "Option::is_none")]
    pub user_import_job: Option<UserImportJobType>,
}

/// What [`DescribeUserImportJob`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserImportJob.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeUserImportJobRequest {
    #[serde(rename = "JobId")]
    pub job_id: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`DescribeUserImportJob`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserImportJob.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeUserImportJobResponse {
    #[serde(rename = "UserImportJob", skip_serializing_if = "Option::is_none")]
    pub user_import_job: Option<UserImportJobType>,
}

/// What [`GetCSVHeader`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetCSVHeader.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetCSVHeaderRequest {
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`GetCSVHeader`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetCSVHeader.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetCSVHeaderResponse {
    #[serde(rename = "CSVHeader", skip_serializing_if = "Option::is_none")]
    pub csv_header: Option<Vec<String>>,
    #[serde(rename = "UserPoolId", skip_serializing_if = "Option::is_none")]
    pub user_pool_id: Option<String>,
}

/// What [`ListUserImportJobs`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserImportJobs.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListUserImportJobsRequest {
    #[serde(rename = "MaxResults")]
    pub max_results: i32,
    #[serde(rename = "PaginationToken", skip_serializing_if = "Option::is_none")]
    pub pagination_token: Option<String>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`ListUserImportJobs`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserImportJobs.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListUserImportJobsResponse {
    #[serde(rename = "PaginationToken", skip_serializing_if = "Option::is_none")]
    pub pagination_token: Option<String>,
    #[serde(rename = "UserImportJobs", skip_serializing_if = "Option::is_none")]
    pub user_import_jobs: Option<Vec<UserImportJobType>>,
}

wire_enum! {
    /// `PasswordHashingAlgorithmType`, a set of names.
    pub enum PasswordHashingAlgorithmType {
    Bcrypt = "BCRYPT",
    Scrypt = "SCRYPT",
    Argon2id = "ARGON2ID",
    Pbkdf2Sha256 = "PBKDF2_SHA256",
    }
}

/// What [`StartUserImportJob`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StartUserImportJob.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StartUserImportJobRequest {
    #[serde(rename = "JobId")]
    pub job_id: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`StartUserImportJob`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StartUserImportJob.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StartUserImportJobResponse {
    #[serde(rename = "UserImportJob", skip_serializing_if = "Option::is_none")]
    pub user_import_job: Option<UserImportJobType>,
}

/// What [`StopUserImportJob`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StopUserImportJob.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StopUserImportJobRequest {
    #[serde(rename = "JobId")]
    pub job_id: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`StopUserImportJob`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StopUserImportJob.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StopUserImportJobResponse {
    #[serde(rename = "UserImportJob", skip_serializing_if = "Option::is_none")]
    pub user_import_job: Option<UserImportJobType>,
}

wire_enum! {
    /// `UserImportJobStatusType`, a set of names.
    pub enum UserImportJobStatusType {
    Created = "Created",
    Pending = "Pending",
    InProgress = "InProgress",
    Stopping = "Stopping",
    Expired = "Expired",
    Stopped = "Stopped",
    Failed = "Failed",
    Succeeded = "Succeeded",
    }
}

/// [`UserImportJobType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserImportJobType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UserImportJobType {
    #[serde(rename = "CloudWatchLogsRoleArn", skip_serializing_if = "Option::is_none")]
    pub cloud_watch_logs_role_arn: Option<String>,
    #[serde(rename = "CompletionDate", skip_serializing_if = "Option::is_none")]
    pub completion_date: Option<EpochSeconds>,
    #[serde(rename = "CompletionMessage", skip_serializing_if = "Option::is_none")]
    pub completion_message: Option<String>,
    #[serde(rename = "CreationDate", skip_serializing_if = "Option::is_none")]
    pub creation_date: Option<EpochSeconds>,
    #[serde(rename = "FailedUsers", skip_serializing_if = "Option::is_none")]
    pub failed_users: Option<i64>,
    #[serde(rename = "ImportedUsers", skip_serializing_if = "Option::is_none")]
    pub imported_users: Option<i64>,
    #[serde(rename = "JobId", skip_serializing_if = "Option::is_none")]
    pub job_id: Option<String>,
    #[serde(rename = "JobName", skip_serializing_if = "Option::is_none")]
    pub job_name: Option<String>,
    #[serde(rename = "PasswordHashingAlgorithm", skip_serializing_if = "Option::is_none")]
    pub password_hashing_algorithm: Option<PasswordHashingAlgorithmType>,
    #[serde(rename = "PreSignedUrl", skip_serializing_if = "Option::is_none")]
    pub pre_signed_url: Option<String>,
    #[serde(rename = "SkippedUsers", skip_serializing_if = "Option::is_none")]
    pub skipped_users: Option<i64>,
    #[serde(rename = "StartDate", skip_serializing_if = "Option::is_none")]
    pub start_date: Option<EpochSeconds>,
    #[serde(rename = "Status", skip_serializing_if = "Option::is_none")]
    pub status: Option<UserImportJobStatusType>,
    #[serde(rename = "UserPoolId", skip_serializing_if = "Option::is_none")]
    pub user_pool_id: Option<String>,
}
