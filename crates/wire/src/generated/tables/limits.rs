// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `limits` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static GET_PROVISIONED_LIMIT_REQUEST: Shape = Shape::structure(
    "GetProvisionedLimitRequest",
    &[Member::required("LimitDefinition", &LIMIT_DEFINITION_TYPE)],
);

pub(crate) static LIMIT_DEFINITION_TYPE: Shape = Shape::structure(
    "LimitDefinitionType",
    &[
        Member::required("LimitClass", &LIMIT_CLASS),
        Member::required("Attributes", &STRING_TO_STRING_MAP_TYPE),
    ],
);

pub(crate) static UPDATE_PROVISIONED_LIMIT_REQUEST: Shape = Shape::structure(
    "UpdateProvisionedLimitRequest",
    &[
        Member::required("LimitDefinition", &LIMIT_DEFINITION_TYPE),
        Member::required("RequestedLimitValue", &INTEGER_TYPE),
    ],
);
