//! From a request to settings, and the order in which they are checked.

use poolhouse_wire::shapes::{
    AnalyticsConfigurationType, CreateUserPoolClientRequest, UpdateUserPoolClientRequest,
};

use super::{ClientRule, ClientSettings, Occasion, validity};
use crate::pool::Pool;

/// `AuthSessionValidity` where the request names none, minutes.
const SESSION_MINUTES_DEFAULT: i32 = 3;

/// The members that both operations have, so that one function gives them meaning.
pub(super) fn as_update(request: &CreateUserPoolClientRequest) -> UpdateUserPoolClientRequest {
    let request = request.clone();
    UpdateUserPoolClientRequest {
        access_token_validity: request.access_token_validity,
        allowed_oauth_flows: request.allowed_oauth_flows,
        allowed_oauth_flows_user_pool_client: request.allowed_oauth_flows_user_pool_client,
        allowed_oauth_scopes: request.allowed_oauth_scopes,
        analytics_configuration: request.analytics_configuration,
        auth_session_validity: request.auth_session_validity,
        callback_urls: request.callback_urls,
        client_id: "".into(),
        client_name: Some(request.client_name),
        default_redirect_uri: request.default_redirect_uri,
        enable_propagate_additional_user_context_data: request
            .enable_propagate_additional_user_context_data,
        enable_token_revocation: request.enable_token_revocation,
        explicit_auth_flows: request.explicit_auth_flows,
        id_token_validity: request.id_token_validity,
        logout_urls: request.logout_urls,
        prevent_user_existence_errors: request.prevent_user_existence_errors,
        read_attributes: request.read_attributes,
        refresh_token_rotation: request.refresh_token_rotation,
        refresh_token_validity: request.refresh_token_validity,
        supported_identity_providers: request.supported_identity_providers,
        token_validity_units: request.token_validity_units,
        user_pool_id: request.user_pool_id,
        write_attributes: request.write_attributes,
    }
}

/// Fills in the defaults. It checks nothing.
pub(super) fn assemble(request: UpdateUserPoolClientRequest) -> ClientSettings {
    let units = validity::complete(request.token_validity_units.unwrap_or_default());
    let named = |list: Option<Vec<_>>| list.filter(|flows| !flows.is_empty());
    ClientSettings {
        sso_minutes: None,
        access_token_validity: request.access_token_validity,
        allowed_oauth_flows: request.allowed_oauth_flows,
        oauth: request.allowed_oauth_flows_user_pool_client.unwrap_or(false),
        allowed_oauth_scopes: request.allowed_oauth_scopes,
        analytics: request.analytics_configuration,
        auth_session_validity: request.auth_session_validity.unwrap_or(SESSION_MINUTES_DEFAULT),
        callback_urls: request.callback_urls,
        default_redirect_uri: request.default_redirect_uri,
        propagate_context: request.enable_propagate_additional_user_context_data.unwrap_or(false),
        revocation: request.enable_token_revocation.unwrap_or(true),
        explicit_auth_flows: named(request.explicit_auth_flows),
        id_token_validity: request.id_token_validity,
        logout_urls: request.logout_urls,
        prevent_user_existence_errors: request.prevent_user_existence_errors,
        read_attributes: request.read_attributes,
        rotation: request.refresh_token_rotation,
        refresh_token_validity: request
            .refresh_token_validity
            .filter(|validity| *validity != 0)
            .unwrap_or_else(|| validity::refresh_default(units.refresh_token)),
        identity_providers: request.supported_identity_providers,
        units,
        write_attributes: request.write_attributes,
    }
}

impl ClientSettings {
    /// `secret` says whether the client has one.
    pub(super) fn check(
        &self,
        pool: &Pool,
        secret: bool,
        occasion: Occasion,
    ) -> Result<(), ClientRule> {
        self.check_validity()?;
        self.check_flows(pool, secret)?;
        self.check_oauth(pool, secret)?;
        self.check_providers(pool)?;
        self.check_attributes(pool, occasion)?;
        if self.propagate_context && !secret {
            return Err(ClientRule::ContextNeedsSecret);
        }
        match &self.analytics {
            Some(analytics) if !complete(analytics) => Err(ClientRule::Analytics),
            _ => Ok(()),
        }
    }

    /// Pools have no identity providers of their own yet; the pool itself is always one.
    fn check_providers(&self, pool: &Pool) -> Result<(), ClientRule> {
        let providers = self.identity_providers.as_deref().unwrap_or_default();
        match providers.iter().find(|provider| *provider != "COGNITO") {
            None => Ok(()),
            Some(provider) => Err(ClientRule::UnknownProvider {
                provider: provider.clone(),
                pool: pool.id.clone(),
            }),
        }
    }
}

fn complete(analytics: &AnalyticsConfigurationType) -> bool {
    let by_id = [&analytics.application_id, &analytics.role_arn, &analytics.external_id];
    match &analytics.application_arn {
        Some(_) => analytics.application_id.is_none() && analytics.external_id.is_none(),
        None => by_id.iter().all(|member| member.is_some()),
    }
}
