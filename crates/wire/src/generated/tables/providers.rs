// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `providers` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static CREATE_IDENTITY_PROVIDER_REQUEST: Shape = Shape::structure(
    "CreateIdentityProviderRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ProviderName", &PROVIDER_NAME_TYPE_V2),
        Member::required("ProviderType", &IDENTITY_PROVIDER_TYPE_TYPE),
        Member::required("ProviderDetails", &PROVIDER_DETAILS_TYPE),
        Member::optional("AttributeMapping", &ATTRIBUTE_MAPPING_TYPE),
        Member::optional("IdpIdentifiers", &IDP_IDENTIFIERS_LIST_TYPE),
        Member::optional("AcrMapping", &ACR_MAPPING_TYPE),
    ],
);

pub(crate) static DELETE_IDENTITY_PROVIDER_REQUEST: Shape = Shape::structure(
    "DeleteIdentityProviderRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ProviderName", &PROVIDER_NAME_TYPE),
    ],
);

pub(crate) static DESCRIBE_IDENTITY_PROVIDER_REQUEST: Shape = Shape::structure(
    "DescribeIdentityProviderRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ProviderName", &PROVIDER_NAME_TYPE),
    ],
);

pub(crate) static GET_IDENTITY_PROVIDER_BY_IDENTIFIER_REQUEST: Shape = Shape::structure(
    "GetIdentityProviderByIdentifierRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("IdpIdentifier", &IDP_IDENTIFIER_TYPE),
    ],
);

pub(crate) static LIST_IDENTITY_PROVIDERS_REQUEST: Shape = Shape::structure(
    "ListIdentityProvidersRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("MaxResults", &LIST_PROVIDERS_LIMIT_TYPE),
        Member::optional("NextToken", &PAGINATION_KEY_TYPE),
    ],
);

pub(crate) static UPDATE_IDENTITY_PROVIDER_REQUEST: Shape = Shape::structure(
    "UpdateIdentityProviderRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ProviderName", &PROVIDER_NAME_TYPE),
        Member::optional("ProviderDetails", &PROVIDER_DETAILS_TYPE),
        Member::optional("AttributeMapping", &ATTRIBUTE_MAPPING_TYPE),
        Member::optional("IdpIdentifiers", &IDP_IDENTIFIERS_LIST_TYPE),
        Member::optional("AcrMapping", &ACR_MAPPING_TYPE),
    ],
);
