// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `sessions` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static ADMIN_LIST_USER_SESSIONS_REQUEST: Shape = Shape::structure(
    "AdminListUserSessionsRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::optional("NextToken", &PAGINATION_KEY),
    ],
);

pub(crate) static ADMIN_REVOKE_USER_SESSION_REQUEST: Shape = Shape::structure(
    "AdminRevokeUserSessionRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::required("SessionId", &SESSION_ID_TYPE),
        Member::optional("RevokeAssociatedSessions", &REVOKE_ASSOCIATED_SESSIONS_TYPE),
    ],
);

pub(crate) static CLIENT_SSO_SESSION_CONFIG_TYPE: Shape = Shape::structure(
    "ClientSSOSessionConfigType",
    &[Member::required("MaxValidityMinutes", &SSO_SESSION_MAX_VALIDITY_MINUTES_TYPE)],
);

pub(crate) static GET_USER_POOL_CLIENT_SESSION_CONFIGURATION_REQUEST: Shape = Shape::structure(
    "GetUserPoolClientSessionConfigurationRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ClientId", &CLIENT_ID_TYPE),
    ],
);

pub(crate) static GET_USER_POOL_SESSION_CONFIGURATION_REQUEST: Shape = Shape::structure(
    "GetUserPoolSessionConfigurationRequest",
    &[Member::required("UserPoolId", &USER_POOL_ID_TYPE)],
);

pub(crate) static LIST_USER_SESSIONS_REQUEST: Shape = Shape::structure(
    "ListUserSessionsRequest",
    &[
        Member::required("AccessToken", &TOKEN_MODEL_TYPE),
        Member::optional("NextToken", &PAGINATION_KEY),
    ],
);

pub(crate) static REVOKE_USER_SESSION_REQUEST: Shape = Shape::structure(
    "RevokeUserSessionRequest",
    &[
        Member::required("AccessToken", &TOKEN_MODEL_TYPE),
        Member::required("SessionId", &SESSION_ID_TYPE),
        Member::optional("RevokeAssociatedSessions", &REVOKE_ASSOCIATED_SESSIONS_TYPE),
    ],
);

pub(crate) static SET_USER_POOL_CLIENT_SESSION_CONFIGURATION_REQUEST: Shape = Shape::structure(
    "SetUserPoolClientSessionConfigurationRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::required("SSOSession", &CLIENT_SSO_SESSION_CONFIG_TYPE),
    ],
);

pub(crate) static SET_USER_POOL_SESSION_CONFIGURATION_REQUEST: Shape = Shape::structure(
    "SetUserPoolSessionConfigurationRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("UserSessionTracking", &USER_SESSION_TRACKING_TYPE),
        Member::required("TokenSession", &USER_POOL_TOKEN_SESSION_CONFIG_TYPE),
    ],
);

pub(crate) static USER_POOL_TOKEN_SESSION_CONFIG_TYPE: Shape = Shape::structure(
    "UserPoolTokenSessionConfigType",
    &[Member::required("MaxPerUser", &MAX_SESSIONS_PER_USER_TYPE)],
);
