// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures that several families of operations use.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static ANALYTICS_METADATA_TYPE: Shape = Shape::structure(
    "AnalyticsMetadataType",
    &[Member::optional("AnalyticsEndpointId", &STRING_TYPE)],
);

pub(crate) static ATTRIBUTE_TYPE: Shape = Shape::structure(
    "AttributeType",
    &[
        Member::required("Name", &ATTRIBUTE_NAME_TYPE),
        Member::optional("Value", &ATTRIBUTE_VALUE_TYPE),
    ],
);

pub(crate) static MFA_OPTION_TYPE: Shape = Shape::structure(
    "MFAOptionType",
    &[
        Member::optional("DeliveryMedium", &DELIVERY_MEDIUM_TYPE),
        Member::optional("AttributeName", &ATTRIBUTE_NAME_TYPE),
    ],
);

pub(crate) static USER_CONTEXT_DATA_TYPE: Shape = Shape::structure(
    "UserContextDataType",
    &[Member::optional("IpAddress", &STRING_TYPE), Member::optional("EncodedData", &STRING_TYPE)],
)
.sensitive();
