// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `branding` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static ASSET_TYPE: Shape = Shape::structure(
    "AssetType",
    &[
        Member::required("Category", &ASSET_CATEGORY_TYPE),
        Member::required("ColorMode", &COLOR_SCHEME_MODE_TYPE),
        Member::required("Extension", &ASSET_EXTENSION_TYPE),
        Member::optional("Bytes", &ASSET_BYTES_TYPE),
        Member::optional("ResourceId", &RESOURCE_ID_TYPE),
    ],
);

pub(crate) static CREATE_MANAGED_LOGIN_BRANDING_REQUEST: Shape = Shape::structure(
    "CreateManagedLoginBrandingRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::optional("UseCognitoProvidedValues", &BOOLEAN_TYPE),
        Member::optional("Settings", &DOCUMENT),
        Member::optional("Assets", &ASSET_LIST_TYPE),
    ],
);

pub(crate) static DELETE_MANAGED_LOGIN_BRANDING_REQUEST: Shape = Shape::structure(
    "DeleteManagedLoginBrandingRequest",
    &[
        Member::required("ManagedLoginBrandingId", &MANAGED_LOGIN_BRANDING_ID_TYPE),
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
    ],
);

pub(crate) static DESCRIBE_MANAGED_LOGIN_BRANDING_BY_CLIENT_REQUEST: Shape = Shape::structure(
    "DescribeManagedLoginBrandingByClientRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::optional("ReturnMergedResources", &BOOLEAN_TYPE),
    ],
);

pub(crate) static DESCRIBE_MANAGED_LOGIN_BRANDING_REQUEST: Shape = Shape::structure(
    "DescribeManagedLoginBrandingRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ManagedLoginBrandingId", &MANAGED_LOGIN_BRANDING_ID_TYPE),
        Member::optional("ReturnMergedResources", &BOOLEAN_TYPE),
    ],
);

pub(crate) static GET_UI_CUSTOMIZATION_REQUEST: Shape = Shape::structure(
    "GetUICustomizationRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("ClientId", &CLIENT_ID_TYPE),
    ],
);

pub(crate) static SET_UI_CUSTOMIZATION_REQUEST: Shape = Shape::structure(
    "SetUICustomizationRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("ClientId", &CLIENT_ID_TYPE),
        Member::optional("CSS", &CSS_TYPE),
        Member::optional("ImageFile", &IMAGE_FILE_TYPE),
    ],
);

pub(crate) static UPDATE_MANAGED_LOGIN_BRANDING_REQUEST: Shape = Shape::structure(
    "UpdateManagedLoginBrandingRequest",
    &[
        Member::optional("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("ManagedLoginBrandingId", &MANAGED_LOGIN_BRANDING_ID_TYPE),
        Member::optional("UseCognitoProvidedValues", &BOOLEAN_TYPE),
        Member::optional("Settings", &DOCUMENT),
        Member::optional("Assets", &ASSET_LIST_TYPE),
    ],
);
