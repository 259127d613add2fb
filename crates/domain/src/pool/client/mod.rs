//! App clients: the record and the rules of their settings.
//!
//! It decides which settings a client may have, given its pool, what is filled in where a request
//! is silent and how the settings are listed. It knows nothing of requests that come through a
//! client, nor of the texts of errors.
//!
//! Sources: the pages of CreateUserPoolClient, UpdateUserPoolClient and DescribeUserPoolClient in
//! the API reference; "Application-specific settings with app clients" in the developer guide.

mod attributes;
mod configure;
mod describe;
mod flows;
mod oauth;
mod validity;

use poolhouse_wire::shapes::{
    AnalyticsConfigurationType, CreateUserPoolClientRequest, ExplicitAuthFlowsType, FeatureType,
    OAuthFlowType, PreventUserExistenceErrorTypes, RefreshTokenRotationType,
    TokenValidityUnitsType, UpdateUserPoolClientRequest,
};
use rand_core::RngCore;
use serde::{Deserialize, Serialize};

use super::Pool;
use crate::auth::policy::ClientPolicy;
use crate::error::{Error, Result, UserSessionRefusal};
use crate::id::{self, ClientId, PoolId};
use crate::secret::Secret;
use crate::time::Timestamp;

/// `SSOSession.MaxValidityMinutes` where it was never set.
const SSO_MINUTES_DEFAULT: i32 = 60;

/// Everything about a client that is configuration, as one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClientSettings {
    #[serde(skip_serializing_if = "Option::is_none")]
    access_token_validity: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed_oauth_flows: Option<Vec<OAuthFlowType>>,
    oauth: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed_oauth_scopes: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    analytics: Option<AnalyticsConfigurationType>,
    auth_session_validity: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    callback_urls: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_redirect_uri: Option<String>,
    propagate_context: bool,
    revocation: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    explicit_auth_flows: Option<Vec<ExplicitAuthFlowsType>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token_validity: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logout_urls: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prevent_user_existence_errors: Option<PreventUserExistenceErrorTypes>,
    #[serde(skip_serializing_if = "Option::is_none")]
    read_attributes: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rotation: Option<RefreshTokenRotationType>,
    refresh_token_validity: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity_providers: Option<Vec<String>>,
    /// `SSOSession.MaxValidityMinutes`; none where it was never set.
    #[serde(skip_serializing_if = "Option::is_none")]
    sso_minutes: Option<i32>,
    units: TokenValidityUnitsType,
    #[serde(skip_serializing_if = "Option::is_none")]
    write_attributes: Option<Vec<String>>,
}

impl Default for ClientSettings {
    /// The settings of a client that was created with nothing but a name.
    fn default() -> Self {
        configure::assemble(UpdateUserPoolClientRequest::default())
    }
}

impl ClientSettings {
    /// What a sign-in needs to know.
    pub fn auth_policy(&self) -> ClientPolicy {
        let seconds = self.lifetimes();
        ClientPolicy {
            flows: self.flows(),
            hides_users: self.hides_users(),
            session_minutes: i64::from(self.auth_session_validity),
            revocation: self.revocation,
            access_seconds: seconds.access,
            id_seconds: seconds.id,
            refresh_seconds: seconds.refresh,
            rotation: self.rotates(),
            retry_seconds: self.retry_seconds(),
        }
    }

    /// How long a browser session that this client began may be used again without a question,
    /// minutes.
    pub fn sso_minutes(&self) -> i32 {
        self.sso_minutes.unwrap_or(SSO_MINUTES_DEFAULT)
    }

    /// Whether `PreventUserExistenceErrors` is ENABLED.
    pub fn hides_users(&self) -> bool {
        self.prevent_user_existence_errors == Some(PreventUserExistenceErrorTypes::Enabled)
    }

    fn retry_seconds(&self) -> i64 {
        let rotation = self.rotation.as_ref();
        rotation.and_then(|rotation| rotation.retry_grace_period_seconds).map_or(0, i64::from)
    }

    /// Whether it may say where its users' requests come from.
    pub fn propagates_context(&self) -> bool {
        self.propagate_context
    }

    /// Whether refresh tokens are replaced when they are used.
    pub fn rotates(&self) -> bool {
        self.rotation.as_ref().is_some_and(|rotation| rotation.feature == FeatureType::Enabled)
    }
}

/// An app client.
#[derive(Clone, Debug)]
pub struct Client {
    /// The id, unique over all pools.
    pub id: ClientId,
    /// The pool.
    pub pool: PoolId,
    /// The name, not necessarily unique.
    pub name: String,
    /// The configuration.
    pub settings: ClientSettings,
    /// Active secrets, oldest first; none for a public client.
    pub secrets: Vec<ClientSecret>,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
}

impl Client {
    /// A new client as CreateUserPoolClient asks for it.
    ///
    /// # Errors
    /// The first broken [`ClientRule`].
    pub fn create(
        request: &CreateUserPoolClientRequest,
        pool: &Pool,
        now: Timestamp,
        rng: &mut dyn RngCore,
    ) -> Result<Self> {
        let generate = request.generate_secret == Some(true);
        if generate && request.client_secret.is_some() {
            return Err(ClientRule::from(AuthRule::SecretTwice).into());
        }
        let secret = generate || request.client_secret.is_some();
        let settings = configure::assemble(configure::as_update(request));
        settings.check(pool, secret, Occasion::Create)?;

        let id = ClientId::generate(rng);
        let value = request.client_secret.as_deref().map(str::to_owned);
        let value = value.or_else(|| generate.then(|| id::client_secret(rng)));
        let secrets = value.map(|value| ClientSecret::new(&id, value, now));
        Ok(Self {
            pool: pool.id.clone(),
            name: request.client_name.clone(),
            settings,
            secrets: secrets.into_iter().collect(),
            created: now,
            modified: now,
            id,
        })
    }

    /// The client after UpdateUserPoolClient: what the request leaves out goes back to its default,
    /// except the name. Secrets are not touched.
    ///
    /// # Errors
    /// The first broken [`ClientRule`].
    pub fn update(
        self,
        request: &UpdateUserPoolClientRequest,
        pool: &Pool,
        now: Timestamp,
    ) -> Result<Self> {
        let mut settings = configure::assemble(request.clone());
        settings.sso_minutes = self.settings.sso_minutes;
        settings.check(pool, !self.secrets.is_empty(), Occasion::Update)?;
        let name = request.client_name.clone().unwrap_or(self.name);
        Ok(Self { name, settings, modified: now, ..self })
    }

    /// What a sign-in needs to know.
    pub fn auth_policy(&self) -> ClientPolicy {
        self.settings.auth_policy()
    }

    /// The client after SetUserPoolClientSessionConfiguration, in a pool that tracks sessions.
    ///
    /// # Errors
    /// As [`Pool::set_sessions`], and [`UserSessionRefusal::TrackingOff`].
    pub fn set_sso_minutes(mut self, minutes: i32, pool: &Pool, now: Timestamp) -> Result<Self> {
        pool.check_session_tier()?;
        if pool.settings.session_limit().is_none() {
            return Err(Error::UserSession(UserSessionRefusal::TrackingOff));
        }
        self.settings.sso_minutes = Some(minutes);
        Ok(Self { modified: now, ..self })
    }
}

/// One of a client's secrets.
#[derive(Clone, Debug)]
pub struct ClientSecret {
    /// `<client id>--<epoch>`.
    pub id: String,
    /// The secret itself, which the service shows again in Describe; sealed at rest.
    pub value: Secret<String>,
    /// When it was made.
    pub created: Timestamp,
}

impl ClientSecret {
    /// A secret made at `now`.
    pub fn new(client: &ClientId, value: String, now: Timestamp) -> Self {
        let id = format!("{client}--{}", now.as_millis());
        Self { id, value: Secret::new(value), created: now }
    }
}

/// Which operation breaks a rule: a few texts name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// CreateUserPoolClient.
    Create,
    /// UpdateUserPoolClient.
    Update,
}

/// A broken rule of client settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientRule {
    /// Secrets, flows and lifetimes that cannot be, or do not fit together.
    Auth(AuthRule),
    /// OAuth settings that cannot be, or do not fit together.
    OAuth(OAuthRule),
    /// An identity provider that the pool does not have.
    UnknownProvider {
        /// The provider as it was named.
        provider: String,
        /// The pool.
        pool: PoolId,
    },
    /// ReadAttributes names what cannot be read.
    ReadAttributes(Occasion),
    /// WriteAttributes names what cannot be written, or lacks a required attribute.
    WriteAttributes(Occasion),
    /// EnablePropagateAdditionalUserContextData for a client without a secret.
    ContextNeedsSecret,
    /// AnalyticsConfiguration is neither an ARN nor an id with role and external id.
    Analytics,
}

/// Secrets, flows and lifetimes that cannot be, or do not fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthRule {
    /// Both GenerateSecret and ClientSecret.
    SecretTwice,
    /// A token's lifetime is out of its range.
    ValidityRange,
    /// An ID or access token would outlive the refresh token.
    ValidityBeyondRefresh,
    /// Older and newer names of flows together.
    MixedFlows,
    /// CUSTOM_AUTH_FLOW_ONLY beside another flow.
    CustomFlowNotAlone,
    /// ALLOW_CLIENT_TOKEN_AUTH beside another flow.
    ClientTokenNotAlone,
    /// ALLOW_CLIENT_TOKEN_AUTH for a client without a secret.
    ClientTokenNeedsSecret,
    /// ALLOW_USER_AUTH in a pool whose plan does not have it.
    UserAuthUnavailable,
    /// Rotation beside ALLOW_REFRESH_TOKEN_AUTH.
    RotationWithRefreshFlow,
}

/// OAuth settings that cannot be, or do not fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OAuthRule {
    /// OAuth is allowed without flows or scopes.
    Incomplete,
    /// client_credentials beside another OAuth flow.
    ClientCredentialsNotAlone,
    /// client_credentials for a client without a secret.
    ClientCredentialsNeedSecret,
    /// client_credentials with this scope, which belongs to users.
    ClientCredentialsScope(String),
    /// A scope that does not exist.
    UnknownScope(String),
    /// A callback URL that cannot be one.
    CallbackUrl(String),
    /// A logout URL that cannot be one.
    LogoutUrl(String),
    /// HTTP to a host other than this machine.
    InsecureUrl(String),
    /// DefaultRedirectURI is not among the callback URLs.
    DefaultRedirect,
    /// code or implicit without a callback URL.
    CallbackMissing,
}

impl From<AuthRule> for ClientRule {
    fn from(rule: AuthRule) -> Self {
        Self::Auth(rule)
    }
}

impl From<OAuthRule> for ClientRule {
    fn from(rule: OAuthRule) -> Self {
        Self::OAuth(rule)
    }
}

impl From<ClientRule> for Error {
    fn from(rule: ClientRule) -> Self {
        Self::Client(rule)
    }
}

#[cfg(test)]
mod tests;
