//! How a client is listed.

use poolhouse_wire::EpochSeconds;
use poolhouse_wire::shapes::{ClientTypeType, UserPoolClientDescription, UserPoolClientType};

use super::Client;

impl Client {
    /// The client as DescribeUserPoolClient lists it, with its oldest secret.
    pub fn describe(&self) -> UserPoolClientType {
        let settings = self.settings.clone();
        let secret = self.secrets.first().map(|secret| secret.value.expose().as_str().into());
        UserPoolClientType {
            access_token_validity: settings.access_token_validity,
            allowed_oauth_flows: settings.allowed_oauth_flows,
            allowed_oauth_flows_user_pool_client: Some(settings.oauth),
            allowed_oauth_scopes: settings.allowed_oauth_scopes,
            analytics_configuration: settings.analytics,
            auth_session_validity: Some(settings.auth_session_validity),
            callback_urls: settings.callback_urls,
            client_id: Some(self.id.as_str().into()),
            client_name: Some(self.name.clone()),
            client_secret: secret,
            client_type: Some(ClientTypeType::Regular),
            creation_date: Some(EpochSeconds::from_millis(self.created.as_millis())),
            default_redirect_uri: settings.default_redirect_uri,
            enable_propagate_additional_user_context_data: Some(settings.propagate_context),
            enable_token_revocation: Some(settings.revocation),
            explicit_auth_flows: settings.explicit_auth_flows,
            id_token_validity: settings.id_token_validity,
            last_modified_date: Some(EpochSeconds::from_millis(self.modified.as_millis())),
            logout_urls: settings.logout_urls,
            prevent_user_existence_errors: settings.prevent_user_existence_errors,
            read_attributes: settings.read_attributes,
            refresh_token_rotation: settings.rotation,
            refresh_token_validity: Some(settings.refresh_token_validity),
            supported_identity_providers: settings.identity_providers,
            token_validity_units: Some(settings.units),
            user_pool_id: Some(self.pool.as_str().to_owned()),
            write_attributes: settings.write_attributes,
        }
    }

    /// The client as ListUserPoolClients lists it.
    pub fn list_item(&self) -> UserPoolClientDescription {
        UserPoolClientDescription {
            client_id: Some(self.id.as_str().into()),
            client_name: Some(self.name.clone()),
            user_pool_id: Some(self.pool.as_str().to_owned()),
        }
    }
}
