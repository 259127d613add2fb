// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `passkeys` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use crate::sensitive::Sensitive;
use crate::time::EpochSeconds;
use serde::{Deserialize, Serialize};

/// What [`CompleteWebAuthnRegistration`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CompleteWebAuthnRegistration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CompleteWebAuthnRegistrationRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
    #[serde(rename = "Credential")]
    pub credential: serde_json::Value,
}

/// What [`CompleteWebAuthnRegistration`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CompleteWebAuthnRegistration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CompleteWebAuthnRegistrationResponse {}

/// What [`DeleteWebAuthnCredential`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteWebAuthnCredential.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeleteWebAuthnCredentialRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
    #[serde(rename = "CredentialId")]
    pub credential_id: String,
}

/// What [`DeleteWebAuthnCredential`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteWebAuthnCredential.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeleteWebAuthnCredentialResponse {}

/// What [`ListWebAuthnCredentials`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListWebAuthnCredentials.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListWebAuthnCredentialsRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
    #[serde(rename = "MaxResults", skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// What [`ListWebAuthnCredentials`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListWebAuthnCredentials.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListWebAuthnCredentialsResponse {
    #[serde(rename = "Credentials")]
    pub credentials: Vec<WebAuthnCredentialDescription>,
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// What [`StartWebAuthnRegistration`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StartWebAuthnRegistration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StartWebAuthnRegistrationRequest {
    #[serde(rename = "AccessToken")]
    pub access_token: Sensitive<String>,
}

/// What [`StartWebAuthnRegistration`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StartWebAuthnRegistration.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StartWebAuthnRegistrationResponse {
    #[serde(rename = "CredentialCreationOptions")]
    pub credential_creation_options: serde_json::Value,
}

/// [`WebAuthnCredentialDescription`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_WebAuthnCredentialDescription.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct WebAuthnCredentialDescription {
    #[serde(rename = "AuthenticatorAttachment", skip_serializing_if = "Option::is_none")]
    pub authenticator_attachment: Option<String>,
    #[serde(rename = "AuthenticatorTransports")]
    pub authenticator_transports: Vec<String>,
    #[serde(rename = "CreatedAt")]
    pub created_at: EpochSeconds,
    #[serde(rename = "CredentialId")]
    pub credential_id: String,
    #[serde(rename = "FriendlyCredentialName")]
    pub friendly_credential_name: String,
    #[serde(rename = "RelyingPartyId")]
    pub relying_party_id: String,
}
