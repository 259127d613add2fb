// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `resource_servers` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static CREATE_RESOURCE_SERVER_REQUEST: Shape = Shape::structure(
    "CreateResourceServerRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Identifier", &RESOURCE_SERVER_IDENTIFIER_TYPE),
        Member::required("Name", &RESOURCE_SERVER_NAME_TYPE),
        Member::optional("Scopes", &RESOURCE_SERVER_SCOPE_LIST_TYPE),
    ],
);

pub(crate) static DELETE_RESOURCE_SERVER_REQUEST: Shape = Shape::structure(
    "DeleteResourceServerRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Identifier", &RESOURCE_SERVER_IDENTIFIER_TYPE),
    ],
);

pub(crate) static DESCRIBE_RESOURCE_SERVER_REQUEST: Shape = Shape::structure(
    "DescribeResourceServerRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Identifier", &RESOURCE_SERVER_IDENTIFIER_TYPE),
    ],
);

pub(crate) static LIST_RESOURCE_SERVERS_REQUEST: Shape = Shape::structure(
    "ListResourceServersRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("MaxResults", &LIST_RESOURCE_SERVERS_LIMIT_TYPE),
        Member::optional("NextToken", &PAGINATION_KEY_TYPE),
    ],
);

pub(crate) static RESOURCE_SERVER_SCOPE_TYPE: Shape = Shape::structure(
    "ResourceServerScopeType",
    &[
        Member::required("ScopeName", &RESOURCE_SERVER_SCOPE_NAME_TYPE),
        Member::required("ScopeDescription", &RESOURCE_SERVER_SCOPE_DESCRIPTION_TYPE),
    ],
);

pub(crate) static UPDATE_RESOURCE_SERVER_REQUEST: Shape = Shape::structure(
    "UpdateResourceServerRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Identifier", &RESOURCE_SERVER_IDENTIFIER_TYPE),
        Member::required("Name", &RESOURCE_SERVER_NAME_TYPE),
        Member::optional("Scopes", &RESOURCE_SERVER_SCOPE_LIST_TYPE),
    ],
);
