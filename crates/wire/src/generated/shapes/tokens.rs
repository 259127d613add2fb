// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `tokens` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use super::common::*;
use crate::enumeration::wire_enum;
use crate::sensitive::Sensitive;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What [`AdminUserGlobalSignOut`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUserGlobalSignOut.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminUserGlobalSignOutRequest {
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "Username")]
    pub username: Sensitive<String>,
}

/// What [`AdminUserGlobalSignOut`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUserGlobalSignOut.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminUserGlobalSignOutResponse {}

/// [`ClientAuthenticationResultType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ClientAuthenticationResultType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ClientAuthenticationResultType {
    #[serde(rename = "AccessToken", skip_serializing_if = "Option::is_none")]
    pub access_token: Option<Sensitive<String>>,
    #[serde(rename = "ExpiresIn", skip_serializing_if = "Option::is_none")]
    pub expires_in: Option<i32>,
    #[serde(rename = "TokenType", skip_serializing_if = "Option::is_none")]
    pub token_type: Option<String>,
}

/// What [`GetClientToken`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetClientToken.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetClientTokenRequest {
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "ClientMetadata", skip_serializing_if = "Option::is_none")]
    pub client_metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "Scopes", skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    #[serde(rename = "Secret")]
    pub secret: Sensitive<String>,
}

/// What [`GetClientToken`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetClientToken.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetClientTokenResponse {
    #[serde(rename = "ClientAuthenticationResult", skip_serializing_if = "Option::is_none")]
    pub client_authentication_result: Option<ClientAuthenticationResultType>,
}

/// What [`GetDerivedToken`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetDerivedToken.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GetDerivedTokenRequest {
    #[serde(rename = "ActorToken", skip_serializing_if = "Option::is_none")]
    pub actor_token: Option<Sensitive<String>>,
    #[serde(rename = "ActorTokenProviderName", skip_serializing_if = "Option::is_none")]
    pub actor_token_provider_name: Option<String>,
    #[serde(rename = "ActorTokenType", skip_serializing_if = "Option::is_none")]
    pub actor_token_type: Option<TokenTypeIdentifierType>,
    #[serde(rename = "Audiences", skip_serializing_if = "Option::is_none")]
    pub audiences: Option<Vec<String>>,
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "ClientSecret", skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Sensitive<String>>,
    #[serde(rename = "RequestedTokenType", skip_serializing_if = "Option::is_none")]
    pub requested_token_type: Option<IssuedTokenTypeIdentifierType>,
    #[serde(rename = "Resources", skip_serializing_if = "Option::is_none")]
    pub resources: Option<Vec<String>>,
    #[serde(rename = "Scopes", skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    #[serde(rename = "SubjectToken")]
    pub subject_token: Sensitive<String>,
    #[serde(rename = "SubjectTokenProviderName", skip_serializing_if = "Option::is_none")]
    pub subject_token_provider_name: Option<String>,
    #[serde(rename = "SubjectTokenType")]
    pub subject_token_type: TokenTypeIdentifierType,
}

/// What [`GetDerivedToken`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetDerivedToken.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GetDerivedTokenResponse {
    #[serde(rename = "ExpiresIn", skip_serializing_if = "Option::is_none")]
    pub expires_in: Option<i32>,
    #[serde(rename = "IssuedToken")]
    pub issued_token: Sensitive<String>,
    #[serde(rename = "IssuedTokenType")]
    pub issued_token_type: IssuedTokenTypeIdentifierType,
    #[serde(rename = "Scopes", skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    #[serde(rename = "TokenType")]
    pub token_type: OAuthTokenTypeType,
}

/// What [`GetTokensFromRefreshToken`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetTokensFromRefreshTokenRequest {
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "ClientMetadata", skip_serializing_if = "Option::is_none")]
    pub client_metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "ClientSecret", skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Sensitive<String>>,
    #[serde(rename = "DeviceKey", skip_serializing_if = "Option::is_none")]
    pub device_key: Option<String>,
    #[serde(rename = "RefreshToken")]
    pub refresh_token: Sensitive<String>,
}

/// What [`GetTokensFromRefreshToken`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetTokensFromRefreshTokenResponse {
    #[serde(rename = "AuthenticationResult", skip_serializing_if = "Option::is_none")]
    pub authentication_result: Option<AuthenticationResultType>,
}

/// What [`GlobalSignOut`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GlobalSignOut.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GlobalSignOutRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
}

/// What [`GlobalSignOut`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GlobalSignOut.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GlobalSignOutResponse {}

wire_enum! {
    /// `IssuedTokenTypeIdentifierType`, a set of names.
    pub enum IssuedTokenTypeIdentifierType {
    AccessToken = "ACCESS_TOKEN",
    IdToken = "ID_TOKEN",
    }
}

wire_enum! {
    /// `OAuthTokenTypeType`, a set of names.
    pub enum OAuthTokenTypeType {
    Bearer = "Bearer",
    NA = "N_A",
    }
}

/// What [`RevokeToken`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeToken.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RevokeTokenRequest {
    #[serde(rename = "ClientId")]
    pub client_id: Sensitive<String>,
    #[serde(rename = "ClientSecret", skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Sensitive<String>>,
    #[serde(rename = "RevokeAssociatedSessions", skip_serializing_if = "Option::is_none")]
    pub revoke_associated_sessions: Option<RevokeAssociatedSessionsType>,
    #[serde(rename = "Token")]
    pub token: Sensitive<String>,
}

/// What [`RevokeToken`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeToken.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RevokeTokenResponse {}

wire_enum! {
    /// `TokenTypeIdentifierType`, a set of names.
    pub enum TokenTypeIdentifierType {
    AccessToken = "ACCESS_TOKEN",
    IdToken = "ID_TOKEN",
    Saml2 = "SAML2",
    }
}
