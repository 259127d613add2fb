// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `replicas` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static CREATE_USER_POOL_REPLICA_REQUEST: Shape = Shape::structure(
    "CreateUserPoolReplicaRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("RegionName", &REGION_NAME_TYPE),
        Member::optional("UserPoolTags", &USER_POOL_TAGS_TYPE),
    ],
);

pub(crate) static DELETE_USER_POOL_REPLICA_REQUEST: Shape = Shape::structure(
    "DeleteUserPoolReplicaRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("RegionName", &REGION_NAME_TYPE),
    ],
);

pub(crate) static LIST_USER_POOL_REPLICAS_REQUEST: Shape = Shape::structure(
    "ListUserPoolReplicasRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("NextToken", &PAGINATION_KEY_TYPE),
    ],
);

pub(crate) static UPDATE_USER_POOL_REPLICA_REQUEST: Shape = Shape::structure(
    "UpdateUserPoolReplicaRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("RegionName", &REGION_NAME_TYPE),
        Member::required("Status", &UPDATE_REPLICA_STATUS_TYPE),
    ],
);
