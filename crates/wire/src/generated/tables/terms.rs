// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `terms` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static CREATE_TERMS_REQUEST: Shape = Shape::structure(
    "CreateTermsRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::required("TermsName", &TERMS_NAME_TYPE),
        Member::required("TermsSource", &TERMS_SOURCE_TYPE),
        Member::required("Enforcement", &TERMS_ENFORCEMENT_TYPE),
        Member::optional("Links", &LINKS_TYPE),
    ],
);

pub(crate) static DELETE_TERMS_REQUEST: Shape = Shape::structure(
    "DeleteTermsRequest",
    &[
        Member::required("TermsId", &TERMS_ID_TYPE),
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
    ],
);

pub(crate) static DESCRIBE_TERMS_BY_CLIENT_REQUEST: Shape = Shape::structure(
    "DescribeTermsByClientRequest",
    &[
        Member::required("ClientId", &CLIENT_ID_TYPE),
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("TermsName", &TERMS_NAME_TYPE),
    ],
);

pub(crate) static DESCRIBE_TERMS_REQUEST: Shape = Shape::structure(
    "DescribeTermsRequest",
    &[
        Member::required("TermsId", &TERMS_ID_TYPE),
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
    ],
);

pub(crate) static LIST_TERMS_REQUEST: Shape = Shape::structure(
    "ListTermsRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("MaxResults", &LIST_TERMS_REQUEST_MAX_RESULTS_INTEGER),
        Member::optional("NextToken", &STRING_TYPE),
    ],
);

pub(crate) static UPDATE_TERMS_REQUEST: Shape = Shape::structure(
    "UpdateTermsRequest",
    &[
        Member::required("TermsId", &TERMS_ID_TYPE),
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("TermsName", &TERMS_NAME_TYPE),
        Member::optional("TermsSource", &TERMS_SOURCE_TYPE),
        Member::optional("Enforcement", &TERMS_ENFORCEMENT_TYPE),
        Member::optional("Links", &LINKS_TYPE),
    ],
);
