// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `signup` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static ADMIN_CONFIRM_SIGN_UP_REQUEST: Shape = Shape::structure(
    "AdminConfirmSignUpRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::optional("ClientMetadata", &CLIENT_METADATA_TYPE),
    ],
);

pub(crate) static CONFIRM_SIGN_UP_REQUEST: Shape = Shape::structure(
    "ConfirmSignUpRequest",
    &[
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::optional("SecretHash", &SECRET_HASH_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::required("ConfirmationCode", &CONFIRMATION_CODE_TYPE),
        Member::optional("ForceAliasCreation", &FORCE_ALIAS_CREATION),
        Member::optional("AnalyticsMetadata", &ANALYTICS_METADATA_TYPE),
        Member::optional("UserContextData", &USER_CONTEXT_DATA_TYPE),
        Member::optional("ClientMetadata", &CLIENT_METADATA_TYPE),
        Member::optional("Session", &SESSION_TYPE),
    ],
);

pub(crate) static RESEND_CONFIRMATION_CODE_REQUEST: Shape = Shape::structure(
    "ResendConfirmationCodeRequest",
    &[
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::optional("SecretHash", &SECRET_HASH_TYPE),
        Member::optional("UserContextData", &USER_CONTEXT_DATA_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::optional("AnalyticsMetadata", &ANALYTICS_METADATA_TYPE),
        Member::optional("ClientMetadata", &CLIENT_METADATA_TYPE),
    ],
);

pub(crate) static SIGN_UP_REQUEST: Shape = Shape::structure(
    "SignUpRequest",
    &[
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::optional("SecretHash", &SECRET_HASH_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::optional("Password", &PASSWORD_TYPE),
        Member::optional("UserAttributes", &ATTRIBUTE_LIST_TYPE),
        Member::optional("ValidationData", &ATTRIBUTE_LIST_TYPE),
        Member::optional("AnalyticsMetadata", &ANALYTICS_METADATA_TYPE),
        Member::optional("UserContextData", &USER_CONTEXT_DATA_TYPE),
        Member::optional("ClientMetadata", &CLIENT_METADATA_TYPE),
    ],
);
