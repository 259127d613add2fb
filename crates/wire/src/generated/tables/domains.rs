// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `domains` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static CREATE_USER_POOL_DOMAIN_REQUEST: Shape = Shape::structure(
    "CreateUserPoolDomainRequest",
    &[
        Member::required("Domain", &DOMAIN_TYPE),
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("ManagedLoginVersion", &WRAPPED_INTEGER_TYPE),
        Member::optional("CustomDomainConfig", &CUSTOM_DOMAIN_CONFIG_TYPE),
        Member::optional("Routing", &ROUTING_TYPE),
    ],
);

pub(crate) static CUSTOM_DOMAIN_CONFIG_TYPE: Shape = Shape::structure(
    "CustomDomainConfigType",
    &[
        Member::required("CertificateArn", &ARN_TYPE),
        Member::optional("SecurityPolicy", &SECURITY_POLICY_TYPE),
    ],
);

pub(crate) static DELETE_USER_POOL_DOMAIN_REQUEST: Shape = Shape::structure(
    "DeleteUserPoolDomainRequest",
    &[Member::required("Domain", &DOMAIN_TYPE), Member::required("UserPoolId", &USER_POOL_ID_TYPE)],
);

pub(crate) static DESCRIBE_USER_POOL_DOMAIN_REQUEST: Shape =
    Shape::structure("DescribeUserPoolDomainRequest", &[Member::required("Domain", &DOMAIN_TYPE)]);

pub(crate) static FAILOVER_TYPE: Shape = Shape::structure(
    "FailoverType",
    &[
        Member::required("SecondaryRegion", &REGION_NAME_TYPE),
        Member::required("PrimaryRoute53HealthCheckId", &HEALTH_CHECK_ID_TYPE),
    ],
);

pub(crate) static ROUTING_TYPE: Shape =
    Shape::structure("RoutingType", &[Member::optional("Failover", &FAILOVER_TYPE)]);

pub(crate) static UPDATE_USER_POOL_DOMAIN_REQUEST: Shape = Shape::structure(
    "UpdateUserPoolDomainRequest",
    &[
        Member::required("Domain", &DOMAIN_TYPE),
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("ManagedLoginVersion", &WRAPPED_INTEGER_TYPE),
        Member::optional("CustomDomainConfig", &CUSTOM_DOMAIN_CONFIG_TYPE),
        Member::optional("Routing", &ROUTING_TYPE),
    ],
);
