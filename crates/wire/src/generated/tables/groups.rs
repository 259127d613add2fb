// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `groups` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static ADMIN_ADD_USER_TO_GROUP_REQUEST: Shape = Shape::structure(
    "AdminAddUserToGroupRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::required("GroupName", &GROUP_NAME_TYPE),
    ],
);

pub(crate) static ADMIN_LIST_GROUPS_FOR_USER_REQUEST: Shape = Shape::structure(
    "AdminListGroupsForUserRequest",
    &[
        Member::required("Username", &USERNAME_TYPE),
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("Limit", &QUERY_LIMIT_TYPE),
        Member::optional("NextToken", &PAGINATION_KEY),
    ],
);

pub(crate) static ADMIN_REMOVE_USER_FROM_GROUP_REQUEST: Shape = Shape::structure(
    "AdminRemoveUserFromGroupRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::required("GroupName", &GROUP_NAME_TYPE),
    ],
);

pub(crate) static CREATE_GROUP_REQUEST: Shape = Shape::structure(
    "CreateGroupRequest",
    &[
        Member::required("GroupName", &GROUP_NAME_TYPE),
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("Description", &DESCRIPTION_TYPE),
        Member::optional("RoleArn", &ARN_TYPE),
        Member::optional("Precedence", &PRECEDENCE_TYPE),
    ],
);

pub(crate) static DELETE_GROUP_REQUEST: Shape = Shape::structure(
    "DeleteGroupRequest",
    &[
        Member::required("GroupName", &GROUP_NAME_TYPE),
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
    ],
);

pub(crate) static GET_GROUP_REQUEST: Shape = Shape::structure(
    "GetGroupRequest",
    &[
        Member::required("GroupName", &GROUP_NAME_TYPE),
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
    ],
);

pub(crate) static LIST_GROUPS_REQUEST: Shape = Shape::structure(
    "ListGroupsRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("Limit", &QUERY_LIMIT_TYPE),
        Member::optional("NextToken", &PAGINATION_KEY),
    ],
);

pub(crate) static LIST_USERS_IN_GROUP_REQUEST: Shape = Shape::structure(
    "ListUsersInGroupRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("GroupName", &GROUP_NAME_TYPE),
        Member::optional("Limit", &QUERY_LIMIT_TYPE),
        Member::optional("NextToken", &PAGINATION_KEY),
    ],
);

pub(crate) static UPDATE_GROUP_REQUEST: Shape = Shape::structure(
    "UpdateGroupRequest",
    &[
        Member::required("GroupName", &GROUP_NAME_TYPE),
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("Description", &DESCRIPTION_TYPE),
        Member::optional("RoleArn", &ARN_TYPE),
        Member::optional("Precedence", &PRECEDENCE_TYPE),
    ],
);
