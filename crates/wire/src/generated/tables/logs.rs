// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `logs` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static CLOUD_WATCH_LOGS_CONFIGURATION_TYPE: Shape = Shape::structure(
    "CloudWatchLogsConfigurationType",
    &[Member::optional("LogGroupArn", &ARN_TYPE)],
);

pub(crate) static FIREHOSE_CONFIGURATION_TYPE: Shape =
    Shape::structure("FirehoseConfigurationType", &[Member::optional("StreamArn", &ARN_TYPE)]);

pub(crate) static GET_LOG_DELIVERY_CONFIGURATION_REQUEST: Shape = Shape::structure(
    "GetLogDeliveryConfigurationRequest",
    &[Member::required("UserPoolId", &USER_POOL_ID_TYPE)],
);

pub(crate) static LOG_CONFIGURATION_TYPE: Shape = Shape::structure(
    "LogConfigurationType",
    &[
        Member::required("LogLevel", &LOG_LEVEL),
        Member::required("EventSource", &EVENT_SOURCE_NAME),
        Member::optional("CloudWatchLogsConfiguration", &CLOUD_WATCH_LOGS_CONFIGURATION_TYPE),
        Member::optional("S3Configuration", &S3_CONFIGURATION_TYPE),
        Member::optional("FirehoseConfiguration", &FIREHOSE_CONFIGURATION_TYPE),
    ],
);

pub(crate) static S3_CONFIGURATION_TYPE: Shape =
    Shape::structure("S3ConfigurationType", &[Member::optional("BucketArn", &S3_ARN_TYPE)]);

pub(crate) static SET_LOG_DELIVERY_CONFIGURATION_REQUEST: Shape = Shape::structure(
    "SetLogDeliveryConfigurationRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("LogConfigurations", &LOG_CONFIGURATION_LIST_TYPE),
    ],
);
