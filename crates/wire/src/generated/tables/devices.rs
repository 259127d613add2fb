// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `devices` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static ADMIN_FORGET_DEVICE_REQUEST: Shape = Shape::structure(
    "AdminForgetDeviceRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::required("DeviceKey", &DEVICE_KEY_TYPE),
    ],
);

pub(crate) static ADMIN_GET_DEVICE_REQUEST: Shape = Shape::structure(
    "AdminGetDeviceRequest",
    &[
        Member::required("DeviceKey", &DEVICE_KEY_TYPE),
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
    ],
);

pub(crate) static ADMIN_LIST_DEVICES_REQUEST: Shape = Shape::structure(
    "AdminListDevicesRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::optional("Limit", &QUERY_LIMIT_TYPE),
        Member::optional("PaginationToken", &SEARCH_PAGINATION_TOKEN_TYPE),
    ],
);

pub(crate) static ADMIN_UPDATE_DEVICE_STATUS_REQUEST: Shape = Shape::structure(
    "AdminUpdateDeviceStatusRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::required("DeviceKey", &DEVICE_KEY_TYPE),
        Member::optional("DeviceRememberedStatus", &DEVICE_REMEMBERED_STATUS_TYPE),
    ],
);

pub(crate) static CONFIRM_DEVICE_REQUEST: Shape = Shape::structure(
    "ConfirmDeviceRequest",
    &[
        Member::required("AccessToken", &TOKEN_MODEL_TYPE),
        Member::required("DeviceKey", &DEVICE_KEY_TYPE),
        Member::optional("DeviceSecretVerifierConfig", &DEVICE_SECRET_VERIFIER_CONFIG_TYPE),
        Member::optional("DeviceName", &DEVICE_NAME_TYPE),
    ],
);

pub(crate) static DEVICE_SECRET_VERIFIER_CONFIG_TYPE: Shape = Shape::structure(
    "DeviceSecretVerifierConfigType",
    &[Member::optional("PasswordVerifier", &STRING_TYPE), Member::optional("Salt", &STRING_TYPE)],
);

pub(crate) static FORGET_DEVICE_REQUEST: Shape = Shape::structure(
    "ForgetDeviceRequest",
    &[
        Member::optional("AccessToken", &TOKEN_MODEL_TYPE),
        Member::required("DeviceKey", &DEVICE_KEY_TYPE),
    ],
);

pub(crate) static GET_DEVICE_REQUEST: Shape = Shape::structure(
    "GetDeviceRequest",
    &[
        Member::required("DeviceKey", &DEVICE_KEY_TYPE),
        Member::optional("AccessToken", &TOKEN_MODEL_TYPE),
    ],
);

pub(crate) static LIST_DEVICES_REQUEST: Shape = Shape::structure(
    "ListDevicesRequest",
    &[
        Member::required("AccessToken", &TOKEN_MODEL_TYPE),
        Member::optional("Limit", &QUERY_LIMIT_TYPE),
        Member::optional("PaginationToken", &SEARCH_PAGINATION_TOKEN_TYPE),
    ],
);

pub(crate) static UPDATE_DEVICE_STATUS_REQUEST: Shape = Shape::structure(
    "UpdateDeviceStatusRequest",
    &[
        Member::required("AccessToken", &TOKEN_MODEL_TYPE),
        Member::required("DeviceKey", &DEVICE_KEY_TYPE),
        Member::optional("DeviceRememberedStatus", &DEVICE_REMEMBERED_STATUS_TYPE),
    ],
);
