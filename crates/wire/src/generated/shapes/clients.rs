// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `clients` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use super::common::*;
use crate::enumeration::wire_enum;
use crate::sensitive::Sensitive;
use crate::time::EpochSeconds;
use serde::{Deserialize, Serialize};

/// What [`AddUserPoolClientSecret`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddUserPoolClientSecret.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AddUserPoolClientSecretRequest {
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "ClientSecret", skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Sensitive<String>>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`AddUserPoolClientSecret`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddUserPoolClientSecret.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AddUserPoolClientSecretResponse {
    #[serde(rename = "ClientSecretDescriptor", skip_serializing_if = "Option::is_none")]
    pub client_secret_descriptor: Option<ClientSecretDescriptorType>,
}

/// [`AnalyticsConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AnalyticsConfigurationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AnalyticsConfigurationType {
    #[serde(rename = "ApplicationArn", skip_serializing_if = "Option::is_none")]
    pub application_arn: Option<String>,
    #[serde(rename = "ApplicationId", skip_serializing_if = "Option::is_none")]
    pub application_id: Option<String>,
    #[serde(rename = "ExternalId", skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    #[serde(rename = "RoleArn", skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    #[serde(rename = "UserDataShared", skip_serializing_if = "Option::is_none")]
    pub user_data_shared: Option<bool>,
}

/// [`ClientSecretDescriptorType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ClientSecretDescriptorType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ClientSecretDescriptorType {
    #[serde(rename = "ClientSecretCreateDate", skip_serializing_if = "Option::is_none")]
    pub client_secret_create_date: Option<EpochSeconds>,
    #[serde(rename = "ClientSecretId", skip_serializing_if = "Option::is_none")]
    pub client_secret_id: Option<String>,
    #[serde(rename = "ClientSecretValue", skip_serializing_if = "Option::is_none")]
    pub client_secret_value: Option<Sensitive<String>>,
}

wire_enum! {
    /// `ClientTypeType`, a set of names.
    pub enum ClientTypeType {
    Regular = "REGULAR",
    Dcr = "DCR",
    }
}

/// What [`CreateUserPoolClient`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateUserPoolClientRequest {
    #[serde(rename = "AccessTokenValidity", skip_serializing_if = "Option::is_none")]
    pub access_token_validity: Option<i32>,
    #[serde(rename = "AllowedOAuthFlows", skip_serializing_if = "Option::is_none")]
    pub allowed_oauth_flows: Option<Vec<OAuthFlowType>>,
    #[serde(rename = "AllowedOAuthFlowsUserPoolClient", skip_serializing_if = "Option::is_none")]
    pub allowed_oauth_flows_user_pool_client: Option<bool>,
    #[serde(rename = "AllowedOAuthScopes", skip_serializing_if = "Option::is_none")]
    pub allowed_oauth_scopes: Option<Vec<String>>,
    #[serde(rename = "AnalyticsConfiguration", skip_serializing_if = "Option::is_none")]
    pub analytics_configuration: Option<AnalyticsConfigurationType>,
    #[serde(rename = "AuthSessionValidity", skip_serializing_if = "Option::is_none")]
    pub auth_session_validity: Option<i32>,
    #[serde(rename = "CallbackURLs", skip_serializing_if = "Option::is_none")]
    pub callback_urls: Option<Vec<String>>,
    #[serde(rename = "ClientName")]
    pub client_name: String,
    #[serde(rename = "ClientSecret", skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Sensitive<String>>,
    #[serde(rename = "DefaultRedirectURI", skip_serializing_if = "Option::is_none")]
    pub default_redirect_uri: Option<String>,
    #[serde(
        rename = "EnablePropagateAdditionalUserContextData",
        skip_serializing_if = "Option::is_none"
    )]
    pub enable_propagate_additional_user_context_data: Option<bool>,
    #[serde(rename = "EnableTokenRevocation", skip_serializing_if = "Option::is_none")]
    pub enable_token_revocation: Option<bool>,
    #[serde(rename = "ExplicitAuthFlows", skip_serializing_if = "Option::is_none")]
    pub explicit_auth_flows: Option<Vec<ExplicitAuthFlowsType>>,
    #[serde(rename = "GenerateSecret", skip_serializing_if = "Option::is_none")]
    pub generate_secret: Option<bool>,
    #[serde(rename = "IdTokenValidity", skip_serializing_if = "Option::is_none")]
    pub id_token_validity: Option<i32>,
    #[serde(rename = "LogoutURLs", skip_serializing_if = "Option::is_none")]
    pub logout_urls: Option<Vec<String>>,
    #[serde(rename = "PreventUserExistenceErrors", skip_serializing_if = "Option::is_none")]
    pub prevent_user_existence_errors: Option<PreventUserExistenceErrorTypes>,
    #[serde(rename = "ReadAttributes", skip_serializing_if = "Option::is_none")]
    pub read_attributes: Option<Vec<String>>,
    #[serde(rename = "RefreshTokenRotation", skip_serializing_if = "Option::is_none")]
    pub refresh_token_rotation: Option<RefreshTokenRotationType>,
    #[serde(rename = "RefreshTokenValidity", skip_serializing_if = "Option::is_none")]
    pub refresh_token_validity: Option<i32>,
    #[serde(rename = "SupportedIdentityProviders", skip_serializing_if = "Option::is_none")]
    pub supported_identity_providers: Option<Vec<String>>,
    #[serde(rename = "TokenValidityUnits", skip_serializing_if = "Option::is_none")]
    pub token_validity_units: Option<TokenValidityUnitsType>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "WriteAttributes", skip_serializing_if = "Option::is_none")]
    pub write_attributes: Option<Vec<String>>,
}

/// What [`CreateUserPoolClient`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateUserPoolClientResponse {
    #[serde(rename = "UserPoolClient", skip_serializing_if = "Option::is_none")]
    pub user_pool_client: Option<UserPoolClientType>,
}

/// What [`DeleteUserPoolClient`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolClient.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeleteUserPoolClientRequest {
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`DeleteUserPoolClientSecret`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolClientSecret.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeleteUserPoolClientSecretRequest {
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "ClientSecretId")]
    pub client_secret_id: String,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`DeleteUserPoolClientSecret`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolClientSecret.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeleteUserPoolClientSecretResponse {}

/// What [`DescribeUserPoolClient`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolClient.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeUserPoolClientRequest {
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`DescribeUserPoolClient`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolClient.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeUserPoolClientResponse {
    #[serde(rename = "UserPoolClient", skip_serializing_if = "Option::is_none")]
    pub user_pool_client: Option<UserPoolClientType>,
}

wire_enum! {
    /// `ExplicitAuthFlowsType`, a set of names.
    pub enum ExplicitAuthFlowsType {
    AdminNoSrpAuth = "ADMIN_NO_SRP_AUTH",
    CustomAuthFlowOnly = "CUSTOM_AUTH_FLOW_ONLY",
    UserPasswordAuth = "USER_PASSWORD_AUTH",
    AllowAdminUserPasswordAuth = "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    AllowCustomAuth = "ALLOW_CUSTOM_AUTH",
    AllowUserPasswordAuth = "ALLOW_USER_PASSWORD_AUTH",
    AllowUserSrpAuth = "ALLOW_USER_SRP_AUTH",
    AllowRefreshTokenAuth = "ALLOW_REFRESH_TOKEN_AUTH",
    AllowUserAuth = "ALLOW_USER_AUTH",
    AllowTokenExchangeDelegation = "ALLOW_TOKEN_EXCHANGE_DELEGATION",
    AllowTokenExchangeImpersonation = "ALLOW_TOKEN_EXCHANGE_IMPERSONATION",
    AllowClientTokenAuth = "ALLOW_CLIENT_TOKEN_AUTH",
    }
}

wire_enum! {
    /// `FeatureType`, a set of names.
    pub enum FeatureType {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
    }
}

/// What [`ListUserPoolClientSecrets`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClientSecrets.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListUserPoolClientSecretsRequest {
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`ListUserPoolClientSecrets`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClientSecrets.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListUserPoolClientSecretsResponse {
    #[serde(rename = "ClientSecrets", skip_serializing_if = "Option::is_none")]
    pub client_secrets: Option<Vec<ClientSecretDescriptorType>>,
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// What [`ListUserPoolClients`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClients.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListUserPoolClientsRequest {
    #[serde(rename = "ClientType", skip_serializing_if = "Option::is_none")]
    pub client_type: Option<ClientTypeType>,
    #[serde(rename = "MaxResults", skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`ListUserPoolClients`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClients.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListUserPoolClientsResponse {
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(rename = "UserPoolClients", skip_serializing_if = "Option::is_none")]
    pub user_pool_clients: Option<Vec<UserPoolClientDescription>>,
}

wire_enum! {
    /// `PreventUserExistenceErrorTypes`, a set of names.
    pub enum PreventUserExistenceErrorTypes {
    Legacy = "LEGACY",
    Enabled = "ENABLED",
    }
}

/// [`RefreshTokenRotationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RefreshTokenRotationType.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RefreshTokenRotationType {
    #[serde(rename = "Feature")]
    pub feature: FeatureType,
    #[serde(rename = "RetryGracePeriodSeconds", skip_serializing_if = "Option::is_none")]
    pub retry_grace_period_seconds: Option<i32>,
}

wire_enum! {
    /// `TimeUnitsType`, a set of names.
    pub enum TimeUnitsType {
    Seconds = "seconds",
    Minutes = "minutes",
    Hours = "hours",
    Days = "days",
    }
}

/// [`TokenValidityUnitsType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_TokenValidityUnitsType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TokenValidityUnitsType {
    #[serde(rename = "AccessToken", skip_serializing_if = "Option::is_none")]
    pub access_token: Option<TimeUnitsType>,
    #[serde(rename = "IdToken", skip_serializing_if = "Option::is_none")]
    pub id_token: Option<TimeUnitsType>,
    #[serde(rename = "RefreshToken", skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<TimeUnitsType>,
}

/// What [`UpdateUserPoolClient`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateUserPoolClientRequest {
    #[serde(rename = "AccessTokenValidity", skip_serializing_if = "Option::is_none")]
    pub access_token_validity: Option<i32>,
    #[serde(rename = "AllowedOAuthFlows", skip_serializing_if = "Option::is_none")]
    pub allowed_oauth_flows: Option<Vec<OAuthFlowType>>,
    #[serde(rename = "AllowedOAuthFlowsUserPoolClient", skip_serializing_if = "Option::is_none")]
    pub allowed_oauth_flows_user_pool_client: Option<bool>,
    #[serde(rename = "AllowedOAuthScopes", skip_serializing_if = "Option::is_none")]
    pub allowed_oauth_scopes: Option<Vec<String>>,
    #[serde(rename = "AnalyticsConfiguration", skip_serializing_if = "Option::is_none")]
    pub analytics_configuration: Option<AnalyticsConfigurationType>,
    #[serde(rename = "AuthSessionValidity", skip_serializing_if = "Option::is_none")]
    pub auth_session_validity: Option<i32>,
    #[serde(rename = "CallbackURLs", skip_serializing_if = "Option::is_none")]
    pub callback_urls: Option<Vec<String>>,
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "ClientName", skip_serializing_if = "Option::is_none")]
    pub client_name: Option<String>,
    #[serde(rename = "DefaultRedirectURI", skip_serializing_if = "Option::is_none")]
    pub default_redirect_uri: Option<String>,
    #[serde(
        rename = "EnablePropagateAdditionalUserContextData",
        skip_serializing_if = "Option::is_none"
    )]
    pub enable_propagate_additional_user_context_data: Option<bool>,
    #[serde(rename = "EnableTokenRevocation", skip_serializing_if = "Option::is_none")]
    pub enable_token_revocation: Option<bool>,
    #[serde(rename = "ExplicitAuthFlows", skip_serializing_if = "Option::is_none")]
    pub explicit_auth_flows: Option<Vec<ExplicitAuthFlowsType>>,
    #[serde(rename = "IdTokenValidity", skip_serializing_if = "Option::is_none")]
    pub id_token_validity: Option<i32>,
    #[serde(rename = "LogoutURLs", skip_serializing_if = "Option::is_none")]
    pub logout_urls: Option<Vec<String>>,
    #[serde(rename = "PreventUserExistenceErrors", skip_serializing_if = "Option::is_none")]
    pub prevent_user_existence_errors: Option<PreventUserExistenceErrorTypes>,
    #[serde(rename = "ReadAttributes", skip_serializing_if = "Option::is_none")]
    pub read_attributes: Option<Vec<String>>,
    #[serde(rename = "RefreshTokenRotation", skip_serializing_if = "Option::is_none")]
    pub refresh_token_rotation: Option<RefreshTokenRotationType>,
    #[serde(rename = "RefreshTokenValidity", skip_serializing_if = "Option::is_none")]
    pub refresh_token_validity: Option<i32>,
    #[serde(rename = "SupportedIdentityProviders", skip_serializing_if = "Option::is_none")]
    pub supported_identity_providers: Option<Vec<String>>,
    #[serde(rename = "TokenValidityUnits", skip_serializing_if = "Option::is_none")]
    pub token_validity_units: Option<TokenValidityUnitsType>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "WriteAttributes", skip_serializing_if = "Option::is_none")]
    pub write_attributes: Option<Vec<String>>,
}

/// What [`UpdateUserPoolClient`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateUserPoolClientResponse {
    #[serde(rename = "UserPoolClient", skip_serializing_if = "Option::is_none")]
    pub user_pool_client: Option<UserPoolClientType>,
}

/// [`UserPoolClientDescription`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolClientDescription.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UserPoolClientDescription {
    #[serde(rename = "ClientId", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<Sensitive<String>>,
    #[serde(rename = "ClientName", skip_serializing_if = "Option::is_none")]
    pub client_name: Option<String>,
    #[serde(rename = "UserPoolId", skip_serializing_if = "Option::is_none")]
    pub user_pool_id: Option<String>,
}

/// [`UserPoolClientType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolClientType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UserPoolClientType {
    #[serde(rename = "AccessTokenValidity", skip_serializing_if = "Option::is_none")]
    pub access_token_validity: Option<i32>,
    #[serde(rename = "AllowedOAuthFlows", skip_serializing_if = "Option::is_none")]
    pub allowed_oauth_flows: Option<Vec<OAuthFlowType>>,
    #[serde(rename = "AllowedOAuthFlowsUserPoolClient", skip_serializing_if = "Option::is_none")]
    pub allowed_oauth_flows_user_pool_client: Option<bool>,
    #[serde(rename = "AllowedOAuthScopes", skip_serializing_if = "Option::is_none")]
    pub allowed_oauth_scopes: Option<Vec<String>>,
    #[serde(rename = "AnalyticsConfiguration", skip_serializing_if = "Option::is_none")]
    pub analytics_configuration: Option<AnalyticsConfigurationType>,
    #[serde(rename = "AuthSessionValidity", skip_serializing_if = "Option::is_none")]
    pub auth_session_validity: Option<i32>,
    #[serde(rename = "CallbackURLs", skip_serializing_if = "Option::is_none")]
    pub callback_urls: Option<Vec<String>>,
    #[serde(rename = "ClientId", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<Sensitive<String>>,
    #[serde(rename = "ClientName", skip_serializing_if = "Option::is_none")]
    pub client_name: Option<String>,
    #[serde(rename = "ClientSecret", skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Sensitive<String>>,
    #[serde(rename = "ClientType", skip_serializing_if = "Option::is_none")]
    pub client_type: Option<ClientTypeType>,
    #[serde(rename = "CreationDate", skip_serializing_if = "Option::is_none")]
    pub creation_date: Option<EpochSeconds>,
    #[serde(rename = "DefaultRedirectURI", skip_serializing_if = "Option::is_none")]
    pub default_redirect_uri: Option<String>,
    #[serde(
        rename = "EnablePropagateAdditionalUserContextData",
        skip_serializing_if = "Option::is_none"
    )]
    pub enable_propagate_additional_user_context_data: Option<bool>,
    #[serde(rename = "EnableTokenRevocation", skip_serializing_if = "Option::is_none")]
    pub enable_token_revocation: Option<bool>,
    #[serde(rename = "ExplicitAuthFlows", skip_serializing_if = "Option::is_none")]
    pub explicit_auth_flows: Option<Vec<ExplicitAuthFlowsType>>,
    #[serde(rename = "IdTokenValidity", skip_serializing_if = "Option::is_none")]
    pub id_token_validity: Option<i32>,
    #[serde(rename = "LastModifiedDate", skip_serializing_if = "Option::is_none")]
    pub last_modified_date: Option<EpochSeconds>,
    #[serde(rename = "LogoutURLs", skip_serializing_if = "Option::is_none")]
    pub logout_urls: Option<Vec<String>>,
    #[serde(rename = "PreventUserExistenceErrors", skip_serializing_if = "Option::is_none")]
    pub prevent_user_existence_errors: Option<PreventUserExistenceErrorTypes>,
    #[serde(rename = "ReadAttributes", skip_serializing_if = "Option::is_none")]
    pub read_attributes: Option<Vec<String>>,
    #[serde(rename = "RefreshTokenRotation", skip_serializing_if = "Option::is_none")]
    pub refresh_token_rotation: Option<RefreshTokenRotationType>,
    #[serde(rename = "RefreshTokenValidity", skip_serializing_if = "Option::is_none")]
    pub refresh_token_validity: Option<i32>,
    #[serde(rename = "SupportedIdentityProviders", skip_serializing_if = "Option::is_none")]
    pub supported_identity_providers: Option<Vec<String>>,
    #[serde(rename = "TokenValidityUnits", skip_serializing_if = "Option::is_none")]
    pub token_validity_units: Option<TokenValidityUnitsType>,
    #[serde(rename = "UserPoolId", skip_serializing_if = "Option::is_none")]
    pub user_pool_id: Option<String>,
    #[serde(rename = "WriteAttributes", skip_serializing_if = "Option::is_none")]
    pub write_attributes: Option<Vec<String>>,
}
