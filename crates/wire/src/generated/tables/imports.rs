// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `imports` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static CREATE_USER_IMPORT_JOB_REQUEST: Shape = Shape::structure(
    "CreateUserImportJobRequest",
    &[
        Member::required("JobName", &USER_IMPORT_JOB_NAME_TYPE),
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("CloudWatchLogsRoleArn", &ARN_TYPE),
        Member::optional("PasswordHashingAlgorithm", &PASSWORD_HASHING_ALGORITHM_TYPE),
    ],
);

pub(crate) static DESCRIBE_USER_IMPORT_JOB_REQUEST: Shape = Shape::structure(
    "DescribeUserImportJobRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("JobId", &USER_IMPORT_JOB_ID_TYPE),
    ],
);

pub(crate) static GET_CSV_HEADER_REQUEST: Shape =
    Shape::structure("GetCSVHeaderRequest", &[Member::required("UserPoolId", &USER_POOL_ID_TYPE)]);

pub(crate) static LIST_USER_IMPORT_JOBS_REQUEST: Shape = Shape::structure(
    "ListUserImportJobsRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("MaxResults", &POOL_QUERY_LIMIT_TYPE),
        Member::optional("PaginationToken", &PAGINATION_KEY_TYPE),
    ],
);

pub(crate) static START_USER_IMPORT_JOB_REQUEST: Shape = Shape::structure(
    "StartUserImportJobRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("JobId", &USER_IMPORT_JOB_ID_TYPE),
    ],
);

pub(crate) static STOP_USER_IMPORT_JOB_REQUEST: Shape = Shape::structure(
    "StopUserImportJobRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("JobId", &USER_IMPORT_JOB_ID_TYPE),
    ],
);
