// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `logs` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use crate::enumeration::wire_enum;
use serde::{Deserialize, Serialize};

/// [`CloudWatchLogsConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CloudWatchLogsConfigurationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CloudWatchLogsConfigurationType {
    #[serde(rename = "LogGroupArn", skip_serializing_if = "Option::is_none")]
    pub log_group_arn: Option<String>,
}

wire_enum! {
    /// `EventSourceName`, a set of names.
    pub enum EventSourceName {
    UserNotification = "userNotification",
    UserAuthEvents = "userAuthEvents",
    }
}

/// [`FirehoseConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_FirehoseConfigurationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FirehoseConfigurationType {
    #[serde(rename = "StreamArn", skip_serializing_if = "Option::is_none")]
    pub stream_arn: Option<String>,
}

/// What [`GetLogDeliveryConfiguration`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetLogDeliveryConfiguration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetLogDeliveryConfigurationRequest {
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`GetLogDeliveryConfiguration`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetLogDeliveryConfiguration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetLogDeliveryConfigurationResponse {
    #[serde(rename = "LogDeliveryConfiguration", skip_serializing_if = "Option::is_none")]
    pub log_delivery_configuration: Option<LogDeliveryConfigurationType>,
}

/// [`LogConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LogConfigurationType.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogConfigurationType {
    #[serde(rename = "CloudWatchLogsConfiguration", skip_serializing_if = "Option::is_none")]
    pub cloud_watch_logs_configuration: Option<CloudWatchLogsConfigurationType>,
    #[serde(rename = "EventSource")]
    pub event_source: EventSourceName,
    #[serde(rename = "FirehoseConfiguration", skip_serializing_if = "Option::is_none")]
    pub firehose_configuration: Option<FirehoseConfigurationType>,
    #[serde(rename = "LogLevel")]
    pub log_level: LogLevel,
    #[serde(rename = "S3Configuration", skip_serializing_if = "Option::is_none")]
    pub s3_configuration: Option<S3ConfigurationType>,
}

/// [`LogDeliveryConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LogDeliveryConfigurationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LogDeliveryConfigurationType {
    #[serde(rename = "LogConfigurations")]
    pub log_configurations: Vec<LogConfigurationType>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

wire_enum! {
    /// `LogLevel`, a set of names.
    pub enum LogLevel {
    Error = "ERROR",
    Info = "INFO",
    }
}

/// [`S3ConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_S3ConfigurationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct S3ConfigurationType {
    #[serde(rename = "BucketArn", skip_serializing_if = "Option::is_none")]
    pub bucket_arn: Option<String>,
}

/// What [`SetLogDeliveryConfiguration`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetLogDeliveryConfiguration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SetLogDeliveryConfigurationRequest {
    #[serde(rename = "LogConfigurations")]
    pub log_configurations: Vec<LogConfigurationType>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`SetLogDeliveryConfiguration`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetLogDeliveryConfiguration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SetLogDeliveryConfigurationResponse {
    #[serde(rename = "LogDeliveryConfiguration", skip_serializing_if = "Option::is_none")]
    pub log_delivery_configuration: Option<LogDeliveryConfigurationType>,
}
