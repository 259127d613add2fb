// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `passwords` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static ADMIN_RESET_USER_PASSWORD_REQUEST: Shape = Shape::structure(
    "AdminResetUserPasswordRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::optional("ClientMetadata", &CLIENT_METADATA_TYPE),
    ],
);

pub(crate) static ADMIN_SET_USER_PASSWORD_REQUEST: Shape = Shape::structure(
    "AdminSetUserPasswordRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::required("Password", &PASSWORD_TYPE),
        Member::optional("Permanent", &BOOLEAN_TYPE),
    ],
);

pub(crate) static CHANGE_PASSWORD_REQUEST: Shape = Shape::structure(
    "ChangePasswordRequest",
    &[
        Member::optional("PreviousPassword", &PASSWORD_TYPE),
        Member::required("ProposedPassword", &PASSWORD_TYPE),
        Member::required("AccessToken", &TOKEN_MODEL_TYPE),
    ],
);

pub(crate) static CONFIRM_FORGOT_PASSWORD_REQUEST: Shape = Shape::structure(
    "ConfirmForgotPasswordRequest",
    &[
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::optional("SecretHash", &SECRET_HASH_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::required("ConfirmationCode", &CONFIRMATION_CODE_TYPE),
        Member::required("Password", &PASSWORD_TYPE),
        Member::optional("AnalyticsMetadata", &ANALYTICS_METADATA_TYPE),
        Member::optional("UserContextData", &USER_CONTEXT_DATA_TYPE),
        Member::optional("ClientMetadata", &CLIENT_METADATA_TYPE),
    ],
);

pub(crate) static FORGOT_PASSWORD_REQUEST: Shape = Shape::structure(
    "ForgotPasswordRequest",
    &[
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::optional("SecretHash", &SECRET_HASH_TYPE),
        Member::optional("UserContextData", &USER_CONTEXT_DATA_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::optional("AnalyticsMetadata", &ANALYTICS_METADATA_TYPE),
        Member::optional("ClientMetadata", &CLIENT_METADATA_TYPE),
    ],
);
