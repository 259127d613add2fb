// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `auth` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static ADMIN_INITIATE_AUTH_REQUEST: Shape = Shape::structure(
    "AdminInitiateAuthRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::required("AuthFlow", &AUTH_FLOW_TYPE),
        Member::optional("AuthParameters", &AUTH_PARAMETERS_TYPE),
        Member::optional("ClientMetadata", &CLIENT_METADATA_TYPE),
        Member::optional("AnalyticsMetadata", &ANALYTICS_METADATA_TYPE),
        Member::optional("ContextData", &CONTEXT_DATA_TYPE),
        Member::optional("Session", &SESSION_TYPE),
    ],
);

pub(crate) static ADMIN_RESPOND_TO_AUTH_CHALLENGE_REQUEST: Shape = Shape::structure(
    "AdminRespondToAuthChallengeRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::required("ChallengeName", &CHALLENGE_NAME_TYPE),
        Member::optional("ChallengeResponses", &CHALLENGE_RESPONSES_TYPE),
        Member::optional("Session", &SESSION_TYPE),
        Member::optional("AnalyticsMetadata", &ANALYTICS_METADATA_TYPE),
        Member::optional("ContextData", &CONTEXT_DATA_TYPE),
        Member::optional("ClientMetadata", &CLIENT_METADATA_TYPE),
    ],
);

pub(crate) static CONTEXT_DATA_TYPE: Shape = Shape::structure(
    "ContextDataType",
    &[
        Member::required("IpAddress", &STRING_TYPE),
        Member::required("ServerName", &STRING_TYPE),
        Member::required("ServerPath", &STRING_TYPE),
        Member::required("HttpHeaders", &HTTP_HEADER_LIST),
        Member::optional("EncodedData", &STRING_TYPE),
    ],
);

pub(crate) static HTTP_HEADER: Shape = Shape::structure(
    "HttpHeader",
    &[Member::optional("headerName", &STRING_TYPE), Member::optional("headerValue", &STRING_TYPE)],
);

pub(crate) static INITIATE_AUTH_REQUEST: Shape = Shape::structure(
    "InitiateAuthRequest",
    &[
        Member::required("AuthFlow", &AUTH_FLOW_TYPE),
        Member::optional("AuthParameters", &AUTH_PARAMETERS_TYPE),
        Member::optional("ClientMetadata", &CLIENT_METADATA_TYPE),
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::optional("AnalyticsMetadata", &ANALYTICS_METADATA_TYPE),
        Member::optional("UserContextData", &USER_CONTEXT_DATA_TYPE),
        Member::optional("Session", &SESSION_TYPE),
    ],
);

pub(crate) static RESPOND_TO_AUTH_CHALLENGE_REQUEST: Shape = Shape::structure(
    "RespondToAuthChallengeRequest",
    &[
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::required("ChallengeName", &CHALLENGE_NAME_TYPE),
        Member::optional("Session", &SESSION_TYPE),
        Member::optional("ChallengeResponses", &CHALLENGE_RESPONSES_TYPE),
        Member::optional("AnalyticsMetadata", &ANALYTICS_METADATA_TYPE),
        Member::optional("UserContextData", &USER_CONTEXT_DATA_TYPE),
        Member::optional("ClientMetadata", &CLIENT_METADATA_TYPE),
    ],
);
