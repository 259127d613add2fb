// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `users` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static ADMIN_CREATE_USER_REQUEST: Shape = Shape::structure(
    "AdminCreateUserRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::optional("UserAttributes", &ATTRIBUTE_LIST_TYPE),
        Member::optional("ValidationData", &ATTRIBUTE_LIST_TYPE),
        Member::optional("TemporaryPassword", &PASSWORD_TYPE),
        Member::optional("ForceAliasCreation", &FORCE_ALIAS_CREATION),
        Member::optional("MessageAction", &MESSAGE_ACTION_TYPE),
        Member::optional("DesiredDeliveryMediums", &DELIVERY_MEDIUM_LIST_TYPE),
        Member::optional("ClientMetadata", &CLIENT_METADATA_TYPE),
    ],
);

pub(crate) static ADMIN_DELETE_USER_ATTRIBUTES_REQUEST: Shape = Shape::structure(
    "AdminDeleteUserAttributesRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::required("UserAttributeNames", &ATTRIBUTE_NAME_LIST_TYPE),
    ],
);

pub(crate) static ADMIN_DELETE_USER_REQUEST: Shape = Shape::structure(
    "AdminDeleteUserRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
    ],
);

pub(crate) static ADMIN_DISABLE_PROVIDER_FOR_USER_REQUEST: Shape = Shape::structure(
    "AdminDisableProviderForUserRequest",
    &[
        Member::required("UserPoolId", &STRING_TYPE),
        Member::required("User", &PROVIDER_USER_IDENTIFIER_TYPE),
    ],
);

pub(crate) static ADMIN_DISABLE_USER_REQUEST: Shape = Shape::structure(
    "AdminDisableUserRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
    ],
);

pub(crate) static ADMIN_ENABLE_USER_REQUEST: Shape = Shape::structure(
    "AdminEnableUserRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
    ],
);

pub(crate) static ADMIN_GET_USER_REQUEST: Shape = Shape::structure(
    "AdminGetUserRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
    ],
);

pub(crate) static ADMIN_LINK_PROVIDER_FOR_USER_REQUEST: Shape = Shape::structure(
    "AdminLinkProviderForUserRequest",
    &[
        Member::required("UserPoolId", &STRING_TYPE),
        Member::required("DestinationUser", &PROVIDER_USER_IDENTIFIER_TYPE),
        Member::required("SourceUser", &PROVIDER_USER_IDENTIFIER_TYPE),
    ],
);

pub(crate) static ADMIN_UPDATE_USER_ATTRIBUTES_REQUEST: Shape = Shape::structure(
    "AdminUpdateUserAttributesRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::required("UserAttributes", &ATTRIBUTE_LIST_TYPE),
        Member::optional("ClientMetadata", &CLIENT_METADATA_TYPE),
    ],
);

pub(crate) static DELETE_USER_ATTRIBUTES_REQUEST: Shape = Shape::structure(
    "DeleteUserAttributesRequest",
    &[
        Member::required("UserAttributeNames", &ATTRIBUTE_NAME_LIST_TYPE),
        Member::required("AccessToken", &TOKEN_MODEL_TYPE),
    ],
);

pub(crate) static DELETE_USER_REQUEST: Shape =
    Shape::structure("DeleteUserRequest", &[Member::required("AccessToken", &TOKEN_MODEL_TYPE)]);

pub(crate) static GET_USER_ATTRIBUTE_VERIFICATION_CODE_REQUEST: Shape = Shape::structure(
    "GetUserAttributeVerificationCodeRequest",
    &[
        Member::required("AccessToken", &TOKEN_MODEL_TYPE),
        Member::required("AttributeName", &ATTRIBUTE_NAME_TYPE),
        Member::optional("ClientMetadata", &CLIENT_METADATA_TYPE),
    ],
);

pub(crate) static GET_USER_REQUEST: Shape =
    Shape::structure("GetUserRequest", &[Member::required("AccessToken", &TOKEN_MODEL_TYPE)]);

pub(crate) static LIST_USERS_REQUEST: Shape = Shape::structure(
    "ListUsersRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("AttributesToGet", &SEARCHED_ATTRIBUTE_NAMES_LIST_TYPE),
        Member::optional("Limit", &QUERY_LIMIT_TYPE),
        Member::optional("PaginationToken", &SEARCH_PAGINATION_TOKEN_TYPE),
        Member::optional("Filter", &USER_FILTER_TYPE),
    ],
);

pub(crate) static PROVIDER_USER_IDENTIFIER_TYPE: Shape = Shape::structure(
    "ProviderUserIdentifierType",
    &[
        Member::optional("ProviderName", &PROVIDER_NAME_TYPE),
        Member::optional("ProviderAttributeName", &STRING_TYPE),
        Member::optional("ProviderAttributeValue", &STRING_TYPE),
    ],
);

pub(crate) static UPDATE_USER_ATTRIBUTES_REQUEST: Shape = Shape::structure(
    "UpdateUserAttributesRequest",
    &[
        Member::required("UserAttributes", &ATTRIBUTE_LIST_TYPE),
        Member::required("AccessToken", &TOKEN_MODEL_TYPE),
        Member::optional("ClientMetadata", &CLIENT_METADATA_TYPE),
    ],
);

pub(crate) static VERIFY_USER_ATTRIBUTE_REQUEST: Shape = Shape::structure(
    "VerifyUserAttributeRequest",
    &[
        Member::required("AccessToken", &TOKEN_MODEL_TYPE),
        Member::required("AttributeName", &ATTRIBUTE_NAME_TYPE),
        Member::required("Code", &CONFIRMATION_CODE_TYPE),
    ],
);
