//! Texts of the rules of client settings.
//!
//! Few are attested; whoever tests compatibility should look at the names.

use poolhouse_domain::pool::client::{AuthRule, ClientRule, OAuthRule, Occasion};
use poolhouse_wire::ErrorName;

use super::pool::unavailable;
use super::{NameAndText, invalid_parameter};

/// The name and text of a broken rule.
pub(super) fn client(rule: &ClientRule) -> NameAndText {
    match rule {
        ClientRule::Auth(rule) => auth(*rule),
        ClientRule::OAuth(rule) => oauth(rule),
        ClientRule::UnknownProvider { provider, pool } => invalid_parameter(&format!(
            "The provider {provider} does not exist for User Pool {pool}."
        )),
        ClientRule::ReadAttributes(occasion) => attributes("read", *occasion),
        ClientRule::WriteAttributes(occasion) => attributes("write", *occasion),
        ClientRule::ContextNeedsSecret => invalid_parameter(
            "EnablePropagateAdditionalUserContextData requires a client with a secret.",
        ),
        ClientRule::Analytics => invalid_parameter(
            "AnalyticsConfiguration must have either ApplicationArn or all of ApplicationId, \
             RoleArn and ExternalId.",
        ),
    }
}

fn attributes(kind: &str, occasion: Occasion) -> NameAndText {
    let doing = match occasion {
        Occasion::Create => "creating",
        Occasion::Update => "updating",
    };
    invalid_parameter(&format!("Invalid {kind} attributes specified while {doing} a client"))
}

fn auth(rule: AuthRule) -> NameAndText {
    match rule {
        AuthRule::SecretTwice => {
            invalid_parameter("GenerateSecret and ClientSecret cannot be used together.")
        }
        AuthRule::ValidityRange => invalid_parameter("Invalid range for token validity."),
        AuthRule::ValidityBeyondRefresh => invalid_parameter(
            "The validity of access and ID tokens cannot exceed the validity of refresh tokens.",
        ),
        AuthRule::MixedFlows => invalid_parameter("Cannot mix legacy and non legacy auth flows."),
        AuthRule::CustomFlowNotAlone => {
            invalid_parameter("CUSTOM_AUTH_FLOW_ONLY cannot be used along with other auth flows.")
        }
        AuthRule::ClientTokenNotAlone => {
            invalid_parameter("ALLOW_CLIENT_TOKEN_AUTH cannot be used along with other auth flows.")
        }
        AuthRule::ClientTokenNeedsSecret => {
            invalid_parameter("ALLOW_CLIENT_TOKEN_AUTH requires a client with a secret.")
        }
        AuthRule::UserAuthUnavailable => {
            (ErrorName::FeatureUnavailableInTierException, unavailable(&["Choice-Based Sign-In"]))
        }
        AuthRule::RotationWithRefreshFlow => invalid_parameter(
            "Refresh token rotation cannot be enabled along with ALLOW_REFRESH_TOKEN_AUTH.",
        ),
    }
}

fn oauth(rule: &OAuthRule) -> NameAndText {
    let flow = |text: &str| (ErrorName::InvalidOAuthFlowException, text.to_owned());
    match rule {
        OAuthRule::Incomplete => invalid_parameter(
            "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed \
             to use OAuth flows.",
        ),
        OAuthRule::ClientCredentialsNotAlone => flow(
            "client_credentials flow can not be selected along with code flow or implicit flow.",
        ),
        OAuthRule::ClientCredentialsNeedSecret => flow(
            "client_credentials flow can not be selected if client does not have a client secret.",
        ),
        OAuthRule::ClientCredentialsScope(scope) => {
            flow(&format!("{scope} is not supported with client_credentials flow."))
        }
        OAuthRule::UnknownScope(scope) => {
            (ErrorName::ScopeDoesNotExistException, format!("Invalid scope requested: {scope}"))
        }
        OAuthRule::CallbackUrl(url) => {
            invalid_parameter(&format!("Invalid callback urls specified: {url}"))
        }
        OAuthRule::LogoutUrl(url) => {
            invalid_parameter(&format!("Invalid logout urls specified: {url}"))
        }
        OAuthRule::InsecureUrl(url) => {
            invalid_parameter(&format!("{url} cannot use the HTTP protocol."))
        }
        OAuthRule::DefaultRedirect => {
            invalid_parameter("DefaultRedirectURI must be one of the CallbackURLs.")
        }
        OAuthRule::CallbackMissing => invalid_parameter(
            "CallbackURLs are required if code flow or implicit flow is selected.",
        ),
    }
}
