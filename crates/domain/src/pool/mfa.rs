//! SetUserPoolMfaConfig and GetUserPoolMfaConfig: the factors, which no other operation sets.

use poolhouse_wire::shapes::{
    GetUserPoolMfaConfigResponse, SetUserPoolMfaConfigRequest, SetUserPoolMfaConfigResponse,
    SmsMfaConfigType, SoftwareTokenMfaConfigType, UserPoolMfaType,
};

use super::check::{check_factors_together, check_sms_sender};
use super::configure::with_region;
use super::{FactorsRule, PoolSettings, tier};
use crate::error::Result;
use crate::id::Realm;

impl PoolSettings {
    /// The settings after SetUserPoolMfaConfig: a factor that the request leaves out is off. The
    /// mode is kept where the request names none, and so is the configuration of text messages,
    /// which verification uses as well.
    ///
    /// # Errors
    /// [`super::PoolRule`].
    pub fn set_mfa_config(
        &self,
        request: &SetUserPoolMfaConfigRequest,
        realm: &Realm,
    ) -> Result<Self> {
        let mut settings = self.clone();
        settings.mfa = request.mfa_configuration.unwrap_or(self.mfa);
        settings.sms_mfa = request.sms_mfa_configuration.is_some();
        if let Some(sms) = request.sms_mfa_configuration.clone() {
            if let Some(config) = sms.sms_configuration {
                check_sms_sender(&config, realm)?;
                settings.sms = Some(with_region(config, &realm.region));
            }
            settings.sms_authentication_message = sms.sms_authentication_message;
        }
        settings.software_token_mfa = request
            .software_token_mfa_configuration
            .as_ref()
            .map(|config| config.enabled.unwrap_or(false));
        settings.email_mfa.clone_from(&request.email_mfa_configuration);
        settings.web_authn.clone_from(&request.webauthn_configuration);

        let factor = settings.sms_mfa || settings.has_factor_beside_sms();
        match settings.mfa {
            UserPoolMfaType::Off if factor => return Err(FactorsRule::MfaOffWithFactor.into()),
            UserPoolMfaType::On | UserPoolMfaType::Optional if !factor => {
                return Err(FactorsRule::NoMfaFactor.into());
            }
            UserPoolMfaType::Off | UserPoolMfaType::On | UserPoolMfaType::Optional => {}
        }
        if settings.sms_mfa && settings.sms.is_none() {
            return Err(FactorsRule::SmsForMfa.into());
        }
        tier::check(&settings, Some(self))?;
        check_factors_together(&settings)?;
        Ok(settings)
    }

    /// What GetUserPoolMfaConfig lists.
    pub fn mfa_config(&self) -> GetUserPoolMfaConfigResponse {
        let sms = || SmsMfaConfigType {
            sms_authentication_message: self.sms_authentication_message.clone(),
            sms_configuration: self.sms.clone(),
        };
        GetUserPoolMfaConfigResponse {
            email_mfa_configuration: self.email_mfa.clone(),
            mfa_configuration: Some(self.mfa),
            sms_mfa_configuration: self.sms_mfa.then(sms),
            software_token_mfa_configuration: self
                .software_token_mfa
                .map(|enabled| SoftwareTokenMfaConfigType { enabled: Some(enabled) }),
            webauthn_configuration: self.web_authn.clone(),
        }
    }

    /// What SetUserPoolMfaConfig answers: the same.
    pub fn mfa_config_set(&self) -> SetUserPoolMfaConfigResponse {
        let config = self.mfa_config();
        SetUserPoolMfaConfigResponse {
            email_mfa_configuration: config.email_mfa_configuration,
            mfa_configuration: config.mfa_configuration,
            sms_mfa_configuration: config.sms_mfa_configuration,
            software_token_mfa_configuration: config.software_token_mfa_configuration,
            webauthn_configuration: config.webauthn_configuration,
        }
    }

    /// Whether an authenticator app or email is a second factor.
    pub(super) fn has_factor_beside_sms(&self) -> bool {
        self.software_token_mfa == Some(true) || self.email_mfa.is_some()
    }
}
