// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `mfa` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static ADMIN_DELETE_SOFTWARE_TOKEN_REQUEST: Shape = Shape::structure(
    "AdminDeleteSoftwareTokenRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
    ],
);

pub(crate) static ADMIN_GET_USER_AUTH_FACTORS_REQUEST: Shape = Shape::structure(
    "AdminGetUserAuthFactorsRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
    ],
);

pub(crate) static ADMIN_SET_USER_MFA_PREFERENCE_REQUEST: Shape = Shape::structure(
    "AdminSetUserMFAPreferenceRequest",
    &[
        Member::optional("SMSMfaSettings", &SMS_MFA_SETTINGS_TYPE),
        Member::optional("SoftwareTokenMfaSettings", &SOFTWARE_TOKEN_MFA_SETTINGS_TYPE),
        Member::optional("EmailMfaSettings", &EMAIL_MFA_SETTINGS_TYPE),
        Member::optional("WebAuthnMfaSettings", &WEBAUTHN_MFA_SETTINGS_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
    ],
);

pub(crate) static ADMIN_SET_USER_SETTINGS_REQUEST: Shape = Shape::structure(
    "AdminSetUserSettingsRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("Username", &USERNAME_TYPE),
        Member::required("MFAOptions", &MFA_OPTION_LIST_TYPE),
    ],
);

pub(crate) static ASSOCIATE_SOFTWARE_TOKEN_REQUEST: Shape = Shape::structure(
    "AssociateSoftwareTokenRequest",
    &[
        Member::optional("AccessToken", &TOKEN_MODEL_TYPE),
        Member::optional("Session", &SESSION_TYPE),
    ],
);

pub(crate) static EMAIL_MFA_SETTINGS_TYPE: Shape = Shape::structure(
    "EmailMfaSettingsType",
    &[Member::optional("Enabled", &BOOLEAN_TYPE), Member::optional("PreferredMfa", &BOOLEAN_TYPE)],
);

pub(crate) static GET_USER_AUTH_FACTORS_REQUEST: Shape = Shape::structure(
    "GetUserAuthFactorsRequest",
    &[Member::required("AccessToken", &TOKEN_MODEL_TYPE)],
);

pub(crate) static SMS_MFA_SETTINGS_TYPE: Shape = Shape::structure(
    "SMSMfaSettingsType",
    &[Member::optional("Enabled", &BOOLEAN_TYPE), Member::optional("PreferredMfa", &BOOLEAN_TYPE)],
);

pub(crate) static SET_USER_MFA_PREFERENCE_REQUEST: Shape = Shape::structure(
    "SetUserMFAPreferenceRequest",
    &[
        Member::optional("SMSMfaSettings", &SMS_MFA_SETTINGS_TYPE),
        Member::optional("SoftwareTokenMfaSettings", &SOFTWARE_TOKEN_MFA_SETTINGS_TYPE),
        Member::optional("EmailMfaSettings", &EMAIL_MFA_SETTINGS_TYPE),
        Member::optional("WebAuthnMfaSettings", &WEBAUTHN_MFA_SETTINGS_TYPE),
        Member::required("AccessToken", &TOKEN_MODEL_TYPE),
    ],
);

pub(crate) static SET_USER_SETTINGS_REQUEST: Shape = Shape::structure(
    "SetUserSettingsRequest",
    &[
        Member::required("AccessToken", &TOKEN_MODEL_TYPE),
        Member::required("MFAOptions", &MFA_OPTION_LIST_TYPE),
    ],
);

pub(crate) static SOFTWARE_TOKEN_MFA_SETTINGS_TYPE: Shape = Shape::structure(
    "SoftwareTokenMfaSettingsType",
    &[Member::optional("Enabled", &BOOLEAN_TYPE), Member::optional("PreferredMfa", &BOOLEAN_TYPE)],
);

pub(crate) static VERIFY_SOFTWARE_TOKEN_REQUEST: Shape = Shape::structure(
    "VerifySoftwareTokenRequest",
    &[
        Member::optional("AccessToken", &TOKEN_MODEL_TYPE),
        Member::optional("Session", &SESSION_TYPE),
        Member::required("UserCode", &SOFTWARE_TOKEN_MFA_USER_CODE_TYPE),
        Member::optional("FriendlyDeviceName", &STRING_TYPE),
    ],
);

pub(crate) static WEBAUTHN_MFA_SETTINGS_TYPE: Shape =
    Shape::structure("WebAuthnMfaSettingsType", &[Member::optional("Enabled", &BOOLEAN_TYPE)]);
