// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `clients` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static ADD_USER_POOL_CLIENT_SECRET_REQUEST: Shape = Shape::structure(
    "AddUserPoolClientSecretRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::optional("ClientSecret", &CLIENT_SECRET_TYPE),
    ],
);

pub(crate) static ANALYTICS_CONFIGURATION_TYPE: Shape = Shape::structure(
    "AnalyticsConfigurationType",
    &[
        Member::optional("ApplicationId", &HEX_STRING_TYPE),
        Member::optional("ApplicationArn", &ARN_TYPE),
        Member::optional("RoleArn", &ARN_TYPE),
        Member::optional("ExternalId", &STRING_TYPE),
        Member::optional("UserDataShared", &BOOLEAN_TYPE),
    ],
);

pub(crate) static CREATE_USER_POOL_CLIENT_REQUEST: Shape = Shape::structure(
    "CreateUserPoolClientRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ClientName", &CLIENT_NAME_TYPE),
        Member::optional("GenerateSecret", &GENERATE_SECRET),
        Member::optional("ClientSecret", &CLIENT_SECRET_TYPE),
        Member::optional("RefreshTokenValidity", &REFRESH_TOKEN_VALIDITY_TYPE),
        Member::optional("AccessTokenValidity", &ACCESS_TOKEN_VALIDITY_TYPE),
        Member::optional("IdTokenValidity", &ID_TOKEN_VALIDITY_TYPE),
        Member::optional("TokenValidityUnits", &TOKEN_VALIDITY_UNITS_TYPE),
        Member::optional("ReadAttributes", &CLIENT_PERMISSION_LIST_TYPE),
        Member::optional("WriteAttributes", &CLIENT_PERMISSION_LIST_TYPE),
        Member::optional("ExplicitAuthFlows", &EXPLICIT_AUTH_FLOWS_LIST_TYPE),
        Member::optional("SupportedIdentityProviders", &SUPPORTED_IDENTITY_PROVIDERS_LIST_TYPE),
        Member::optional("CallbackURLs", &CALLBACK_URLS_LIST_TYPE),
        Member::optional("LogoutURLs", &LOGOUT_URLS_LIST_TYPE),
        Member::optional("DefaultRedirectURI", &REDIRECT_URL_TYPE),
        Member::optional("AllowedOAuthFlows", &OAUTH_FLOWS_TYPE),
        Member::optional("AllowedOAuthScopes", &SCOPE_LIST_TYPE),
        Member::optional("AllowedOAuthFlowsUserPoolClient", &BOOLEAN_TYPE),
        Member::optional("AnalyticsConfiguration", &ANALYTICS_CONFIGURATION_TYPE),
        Member::optional("PreventUserExistenceErrors", &PREVENT_USER_EXISTENCE_ERROR_TYPES),
        Member::optional("EnableTokenRevocation", &WRAPPED_BOOLEAN_TYPE),
        Member::optional("EnablePropagateAdditionalUserContextData", &WRAPPED_BOOLEAN_TYPE),
        Member::optional("AuthSessionValidity", &AUTH_SESSION_VALIDITY_TYPE),
        Member::optional("RefreshTokenRotation", &REFRESH_TOKEN_ROTATION_TYPE),
    ],
);

pub(crate) static DELETE_USER_POOL_CLIENT_REQUEST: Shape = Shape::structure(
    "DeleteUserPoolClientRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ClientId", &CLIENT_ID_TYPE),
    ],
);

pub(crate) static DELETE_USER_POOL_CLIENT_SECRET_REQUEST: Shape = Shape::structure(
    "DeleteUserPoolClientSecretRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::required("ClientSecretId", &CLIENT_SECRET_ID_TYPE),
    ],
);

pub(crate) static DESCRIBE_USER_POOL_CLIENT_REQUEST: Shape = Shape::structure(
    "DescribeUserPoolClientRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ClientId", &CLIENT_ID_TYPE),
    ],
);

pub(crate) static LIST_USER_POOL_CLIENT_SECRETS_REQUEST: Shape = Shape::structure(
    "ListUserPoolClientSecretsRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::optional("NextToken", &PAGINATION_KEY),
    ],
);

pub(crate) static LIST_USER_POOL_CLIENTS_REQUEST: Shape = Shape::structure(
    "ListUserPoolClientsRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("MaxResults", &QUERY_LIMIT),
        Member::optional("NextToken", &PAGINATION_KEY),
        Member::optional("ClientType", &CLIENT_TYPE_TYPE),
    ],
);

pub(crate) static REFRESH_TOKEN_ROTATION_TYPE: Shape = Shape::structure(
    "RefreshTokenRotationType",
    &[
        Member::required("Feature", &FEATURE_TYPE),
        Member::optional("RetryGracePeriodSeconds", &RETRY_GRACE_PERIOD_SECONDS_TYPE),
    ],
);

pub(crate) static TOKEN_VALIDITY_UNITS_TYPE: Shape = Shape::structure(
    "TokenValidityUnitsType",
    &[
        Member::optional("AccessToken", &TIME_UNITS_TYPE),
        Member::optional("IdToken", &TIME_UNITS_TYPE),
        Member::optional("RefreshToken", &TIME_UNITS_TYPE),
    ],
);

pub(crate) static UPDATE_USER_POOL_CLIENT_REQUEST: Shape = Shape::structure(
    "UpdateUserPoolClientRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::optional("ClientName", &CLIENT_NAME_TYPE),
        Member::optional("RefreshTokenValidity", &REFRESH_TOKEN_VALIDITY_TYPE),
        Member::optional("AccessTokenValidity", &ACCESS_TOKEN_VALIDITY_TYPE),
        Member::optional("IdTokenValidity", &ID_TOKEN_VALIDITY_TYPE),
        Member::optional("TokenValidityUnits", &TOKEN_VALIDITY_UNITS_TYPE),
        Member::optional("ReadAttributes", &CLIENT_PERMISSION_LIST_TYPE),
        Member::optional("WriteAttributes", &CLIENT_PERMISSION_LIST_TYPE),
        Member::optional("ExplicitAuthFlows", &EXPLICIT_AUTH_FLOWS_LIST_TYPE),
        Member::optional("SupportedIdentityProviders", &SUPPORTED_IDENTITY_PROVIDERS_LIST_TYPE),
        Member::optional("CallbackURLs", &CALLBACK_URLS_LIST_TYPE),
        Member::optional("LogoutURLs", &LOGOUT_URLS_LIST_TYPE),
        Member::optional("DefaultRedirectURI", &REDIRECT_URL_TYPE),
        Member::optional("AllowedOAuthFlows", &OAUTH_FLOWS_TYPE),
        Member::optional("AllowedOAuthScopes", &SCOPE_LIST_TYPE),
        Member::optional("AllowedOAuthFlowsUserPoolClient", &BOOLEAN_TYPE),
        Member::optional("AnalyticsConfiguration", &ANALYTICS_CONFIGURATION_TYPE),
        Member::optional("PreventUserExistenceErrors", &PREVENT_USER_EXISTENCE_ERROR_TYPES),
        Member::optional("EnableTokenRevocation", &WRAPPED_BOOLEAN_TYPE),
        Member::optional("EnablePropagateAdditionalUserContextData", &WRAPPED_BOOLEAN_TYPE),
        Member::optional("AuthSessionValidity", &AUTH_SESSION_VALIDITY_TYPE),
        Member::optional("RefreshTokenRotation", &REFRESH_TOKEN_ROTATION_TYPE),
    ],
);
