// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `tags` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static LIST_TAGS_FOR_RESOURCE_REQUEST: Shape =
    Shape::structure("ListTagsForResourceRequest", &[Member::required("ResourceArn", &ARN_TYPE)]);

pub(crate) static TAG_RESOURCE_REQUEST: Shape = Shape::structure(
    "TagResourceRequest",
    &[Member::required("ResourceArn", &ARN_TYPE), Member::required("Tags", &USER_POOL_TAGS_TYPE)],
);

pub(crate) static UNTAG_RESOURCE_REQUEST: Shape = Shape::structure(
    "UntagResourceRequest",
    &[
        Member::required("ResourceArn", &ARN_TYPE),
        Member::required("TagKeys", &USER_POOL_TAGS_LIST_TYPE),
    ],
);
