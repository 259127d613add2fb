// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `passkeys` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static COMPLETE_WEBAUTHN_REGISTRATION_REQUEST: Shape = Shape::structure(
    "CompleteWebAuthnRegistrationRequest",
    &[
        Member::required("AccessToken", &TOKEN_MODEL_TYPE),
        Member::required("Credential", &DOCUMENT),
    ],
);

pub(crate) static DELETE_WEBAUTHN_CREDENTIAL_REQUEST: Shape = Shape::structure(
    "DeleteWebAuthnCredentialRequest",
    &[
        Member::required("AccessToken", &TOKEN_MODEL_TYPE),
        Member::required("CredentialId", &STRING_TYPE),
    ],
);

pub(crate) static LIST_WEBAUTHN_CREDENTIALS_REQUEST: Shape = Shape::structure(
    "ListWebAuthnCredentialsRequest",
    &[
        Member::required("AccessToken", &TOKEN_MODEL_TYPE),
        Member::optional("NextToken", &PAGINATION_KEY),
        Member::optional("MaxResults", &WEBAUTHN_CREDENTIALS_QUERY_LIMIT_TYPE),
    ],
);

pub(crate) static START_WEBAUTHN_REGISTRATION_REQUEST: Shape = Shape::structure(
    "StartWebAuthnRegistrationRequest",
    &[Member::required("AccessToken", &TOKEN_MODEL_TYPE)],
);
