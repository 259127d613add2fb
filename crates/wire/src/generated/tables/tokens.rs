// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `tokens` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static ADMIN_USER_GLOBAL_SIGN_OUT_REQUEST: Shape = Shape::structure(
    "AdminUserGlobalSignOutRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
    ],
);

pub(crate) static GET_CLIENT_TOKEN_REQUEST: Shape = Shape::structure(
    "GetClientTokenRequest",
    &[
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::required("Secret", &CLIENT_SECRET_TYPE),
        Member::optional("Scopes", &SCOPE_LIST_TYPE),
        Member::optional("ClientMetadata", &CLIENT_METADATA_TYPE),
    ],
);

pub(crate) static GET_DERIVED_TOKEN_REQUEST: Shape = Shape::structure(
    "GetDerivedTokenRequest",
    &[
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::optional("ClientSecret", &CLIENT_SECRET_TYPE),
        Member::required("SubjectToken", &GET_DERIVED_TOKEN_TOKEN_MODEL_TYPE),
        Member::required("SubjectTokenType", &TOKEN_TYPE_IDENTIFIER_TYPE),
        Member::optional("SubjectTokenProviderName", &PROVIDER_NAME_TYPE),
        Member::optional("ActorToken", &GET_DERIVED_TOKEN_TOKEN_MODEL_TYPE),
        Member::optional("ActorTokenType", &TOKEN_TYPE_IDENTIFIER_TYPE),
        Member::optional("ActorTokenProviderName", &PROVIDER_NAME_TYPE),
        Member::optional("Scopes", &SCOPE_LIST_TYPE),
        Member::optional("Audiences", &AUDIENCE_LIST_TYPE),
        Member::optional("Resources", &RESOURCE_LIST_TYPE),
        Member::optional("RequestedTokenType", &ISSUED_TOKEN_TYPE_IDENTIFIER_TYPE),
    ],
);

pub(crate) static GET_TOKENS_FROM_REFRESH_TOKEN_REQUEST: Shape = Shape::structure(
    "GetTokensFromRefreshTokenRequest",
    &[
        Member::required("RefreshToken", &TOKEN_MODEL_TYPE),
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::optional("ClientSecret", &CLIENT_SECRET_TYPE),
        Member::optional("DeviceKey", &DEVICE_KEY_TYPE),
        Member::optional("ClientMetadata", &CLIENT_METADATA_TYPE),
    ],
);

pub(crate) static GLOBAL_SIGN_OUT_REQUEST: Shape =
    Shape::structure("GlobalSignOutRequest", &[Member::required("AccessToken", &TOKEN_MODEL_TYPE)]);

pub(crate) static REVOKE_TOKEN_REQUEST: Shape = Shape::structure(
    "RevokeTokenRequest",
    &[
        Member::required("Token", &TOKEN_MODEL_TYPE),
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::optional("ClientSecret", &CLIENT_SECRET_TYPE),
        Member::optional("RevokeAssociatedSessions", &REVOKE_ASSOCIATED_SESSIONS_TYPE),
    ],
);
