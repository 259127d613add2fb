// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `domains` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use crate::enumeration::wire_enum;
use serde::{Deserialize, Serialize};

/// What [`CreateUserPoolDomain`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolDomain.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateUserPoolDomainRequest {
    #[serde(rename = "CustomDomainConfig", skip_serializing_if = "Option::is_none")]
    pub custom_domain_config: Option<CustomDomainConfigType>,
    #[serde(rename = "Domain")]
    pub domain: String,
    #[serde(rename = "ManagedLoginVersion", skip_serializing_if = "Option::is_none")]
    pub managed_login_version: Option<i32>,
    #[serde(rename = "Routing", skip_serializing_if = "Option::is_none")]
    pub routing: Option<RoutingType>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`CreateUserPoolDomain`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolDomain.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateUserPoolDomainResponse {
    #[serde(rename = "CloudFrontDomain", skip_serializing_if = "Option::is_none")]
    pub cloud_front_domain: Option<String>,
    #[serde(rename = "ManagedLoginVersion", skip_serializing_if = "Option::is_none")]
    pub managed_login_version: Option<i32>,
    #[serde(rename = "Routing", skip_serializing_if = "Option::is_none")]
    pub routing: Option<RoutingType>,
}

/// [`CustomDomainConfigType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CustomDomainConfigType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CustomDomainConfigType {
    #[serde(rename = "CertificateArn")]
    pub certificate_arn: String,
    #[serde(rename = "SecurityPolicy", skip_serializing_if = "Option::is_none")]
    pub security_policy: Option<SecurityPolicyType>,
}

/// What [`DeleteUserPoolDomain`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolDomain.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeleteUserPoolDomainRequest {
    #[serde(rename = "Domain")]
    pub domain: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`DeleteUserPoolDomain`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolDomain.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeleteUserPoolDomainResponse {}

/// What [`DescribeUserPoolDomain`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolDomain.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeUserPoolDomainRequest {
    #[serde(rename = "Domain")]
    pub domain: String,
}

/// What [`DescribeUserPoolDomain`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolDomain.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeUserPoolDomainResponse {
    #[serde(rename = "DomainDescription", skip_serializing_if = "Option::is_none")]
    pub domain_description: Option<DomainDescriptionType>,
}

/// [`DomainDescriptionType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DomainDescriptionType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DomainDescriptionType {
    #[serde(rename = "AWSAccountId", skip_serializing_if = "Option::is_none")]
    pub aws_account_id: Option<String>,
    #[serde(rename = "CloudFrontDistribution", skip_serializing_if = "Option::is_none")]
    pub cloud_front_distribution: Option<String>,
    #[serde(rename = "CustomDomainConfig", skip_serializing_if = "Option::is_none")]
    pub custom_domain_config: Option<CustomDomainConfigType>,
    #[serde(rename = "Domain", skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    #[serde(rename = "ManagedLoginVersion", skip_serializing_if = "Option::is_none")]
    pub managed_login_version: Option<i32>,
    #[serde(rename = "Routing", skip_serializing_if = "Option::is_none")]
    pub routing: Option<RoutingType>,
    #[serde(rename = "S3Bucket", skip_serializing_if = "Option::is_none")]
    pub s3_bucket: Option<String>,
    #[serde(rename = "Status", skip_serializing_if = "Option::is_none")]
    pub status: Option<DomainStatusType>,
    #[serde(rename = "UserPoolId", skip_serializing_if = "Option::is_none")]
    pub user_pool_id: Option<String>,
    #[serde(rename = "Version", skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

wire_enum! {
    /// `DomainStatusType`, a set of names.
    pub enum DomainStatusType {
    Creating = "CREATING",
    Deleting = "DELETING",
    Updating = "UPDATING",
    Active = "ACTIVE",
    Failed = "FAILED",
    }
}

/// [`FailoverType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_FailoverType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FailoverType {
    #[serde(rename = "PrimaryRoute53HealthCheckId")]
    pub primary_route53_health_check_id: String,
    #[serde(rename = "SecondaryRegion")]
    pub secondary_region: String,
}

/// [`RoutingType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RoutingType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RoutingType {
    #[serde(rename = "Failover", skip_serializing_if = "Option::is_none")]
    pub failover: Option<FailoverType>,
}

wire_enum! {
    /// `SecurityPolicyType`, a set of names.
    pub enum SecurityPolicyType {
    TlsV1 = "TLS_V1",
    TlsV122021 = "TLS_V1_2_2021",
    TlsV132025 = "TLS_V1_3_2025",
    }
}

/// What [`UpdateUserPoolDomain`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolDomain.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateUserPoolDomainRequest {
    #[serde(rename = "CustomDomainConfig", skip_serializing_if = "Option::is_none")]
    pub custom_domain_config: Option<CustomDomainConfigType>,
    #[serde(rename = "Domain")]
    pub domain: String,
    #[serde(rename = "ManagedLoginVersion", skip_serializing_if = "Option::is_none")]
    pub managed_login_version: Option<i32>,
    #[serde(rename = "Routing", skip_serializing_if = "Option::is_none")]
    pub routing: Option<RoutingType>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`UpdateUserPoolDomain`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolDomain.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateUserPoolDomainResponse {
    #[serde(rename = "CloudFrontDomain", skip_serializing_if = "Option::is_none")]
    pub cloud_front_domain: Option<String>,
    #[serde(rename = "ManagedLoginVersion", skip_serializing_if = "Option::is_none")]
    pub managed_login_version: Option<i32>,
    #[serde(rename = "Routing", skip_serializing_if = "Option::is_none")]
    pub routing: Option<RoutingType>,
}
