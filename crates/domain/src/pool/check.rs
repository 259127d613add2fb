//! The rules of pool settings, in the order in which the service checks them.

use poolhouse_wire::shapes::{
    AliasAttributeType, AuthFactorType, CreateUserPoolRequest, EmailSendingAccountType,
    RecoveryOptionNameType, SmsConfigurationType, UserPoolMfaType, VerifiedAttributeType,
    WebAuthnFactorConfigurationType,
};

use super::{FactorsRule, PoolRule, PoolSettings, SettingsRule, TAGS_MAX, tier};
use crate::error::Result;
use crate::id::Realm;

type Checked = Result<(), PoolRule>;

fn require(holds: bool, rule: impl Into<PoolRule>) -> Checked {
    if holds { Ok(()) } else { Err(rule.into()) }
}

/// What is looked at before the schema.
pub(super) fn check_before_schema(request: &CreateUserPoolRequest) -> Checked {
    let both = request.alias_attributes.is_some() && request.username_attributes.is_some();
    require(!both, SettingsRule::AliasAndUsernameAttributes)
}

/// Everything else. `before` is the pool's state for an update and none for a creation.
pub(super) fn check_after_schema(
    request: &CreateUserPoolRequest,
    settings: &PoolSettings,
    before: Option<&PoolSettings>,
    realm: &Realm,
) -> Result<()> {
    check_preferred_username(settings)?;
    tier::check(settings, before)?;
    check_sms(settings, before, realm)?;
    check_email(settings)?;
    check_lambda(request, settings)?;
    check_recovery(settings)?;
    check_validity_days(request)?;
    check_first_factors(settings)?;
    check_factors_together(settings)?;
    check_update_settings(settings)?;
    check_tags(settings)?;
    check_levels(settings)?;
    Ok(())
}

fn check_preferred_username(settings: &PoolSettings) -> Checked {
    let aliases = settings.alias_attributes.as_deref().unwrap_or_default();
    let alias = aliases.contains(&AliasAttributeType::PreferredUsername);
    let required = settings.schema.required_names().any(|name| name == "preferred_username");
    require(!(alias && required), SettingsRule::PreferredUsernameRequired)
}

/// A new pool can have no other factor yet than text messages; a later one can.
fn check_sms(settings: &PoolSettings, before: Option<&PoolSettings>, realm: &Realm) -> Checked {
    if let Some(sms) = &settings.sms {
        check_sms_sender(sms, realm)?;
    }
    let other = before.is_some() && settings.has_factor_beside_sms();
    if settings.mfa != UserPoolMfaType::Off && !other {
        require(settings.sms.is_some(), FactorsRule::SmsForMfa)?;
    }
    let verified = settings.auto_verified_attributes.as_deref().unwrap_or_default();
    let phone = verified.contains(&VerifiedAttributeType::PhoneNumber);
    require(!phone || settings.sms.is_some(), SettingsRule::SmsForAutoVerification)
}

/// The rules of `SmsConfiguration` itself.
pub(super) fn check_sms_sender(sms: &SmsConfigurationType, realm: &Realm) -> Checked {
    require(sms.sns_caller_arn.is_some() != sms.eums_sms.is_some(), SettingsRule::SmsSender)?;
    let region = sms.eums_sms.as_ref().and_then(|eums| eums.region.as_ref());
    require(region.is_none_or(|region| *region == realm.region), SettingsRule::SmsRegion)
}

fn check_email(settings: &PoolSettings) -> Checked {
    let own = settings.email.email_sending_account == Some(EmailSendingAccountType::Developer);
    require(!own || settings.email.source_arn.is_some(), SettingsRule::EmailSourceMissing)
}

fn check_lambda(request: &CreateUserPoolRequest, settings: &PoolSettings) -> Checked {
    let wanted = request.lambda_config.as_ref();
    let older = wanted.and_then(|lambda| lambda.pre_token_generation.as_ref());
    let newer = wanted.and_then(|lambda| lambda.pre_token_generation_config.as_ref());
    if let (Some(older), Some(newer)) = (older, newer) {
        require(*older == newer.lambda_arn, SettingsRule::PreTokenTriggers)?;
    }
    let lambda = &settings.lambda;
    let sender = lambda.custom_email_sender.is_some() || lambda.custom_sms_sender.is_some();
    require(!sender || lambda.kms_key_id.is_some(), SettingsRule::SenderKeyMissing)
}

fn check_recovery(settings: &PoolSettings) -> Checked {
    let [first, second] = settings.recovery_mechanisms() else { return Ok(()) };
    let admin = RecoveryOptionNameType::AdminOnly;
    require(first.name != admin && second.name != admin, SettingsRule::RecoveryAdminOnly)?;
    let repeated = first.name == second.name || first.priority == second.priority;
    require(!repeated, SettingsRule::RecoveryRepeated)
}

fn check_validity_days(request: &CreateUserPoolRequest) -> Checked {
    let policies = request.policies.as_ref();
    let newer = policies
        .and_then(|policies| policies.password_policy.as_ref())
        .and_then(|policy| policy.temporary_password_validity_days);
    let older = request
        .admin_create_user_config
        .as_ref()
        .and_then(|config| config.unused_account_validity_days);
    require(newer.is_none() || older.is_none(), SettingsRule::ValidityDaysTwice)
}

fn check_first_factors(settings: &PoolSettings) -> Checked {
    let factors = settings.first_factors();
    let token = factors.contains(&AuthFactorType::SoftwareToken);
    require(!token, FactorsRule::SoftwareTokenFirst)?;
    require(factors.contains(&AuthFactorType::Password), FactorsRule::PasswordMissing)
}

/// What first and second factors demand of each other, and email MFA of the rest. Both
/// UpdateUserPool and SetUserPoolMfaConfig can break it.
pub(super) fn check_factors_together(settings: &PoolSettings) -> Checked {
    if settings.mfa == UserPoolMfaType::On {
        let factors = settings.first_factors();
        let otp = [AuthFactorType::EmailOtp, AuthFactorType::SmsOtp];
        require(!otp.iter().any(|f| factors.contains(f)), FactorsRule::OneTimePasswordWithMfa)?;
        let double = WebAuthnFactorConfigurationType::MultiFactorWithUserVerification;
        let passkey = settings.web_authn.as_ref().and_then(|config| config.factor_configuration);
        let single = factors.contains(&AuthFactorType::WebAuthn) && passkey != Some(double);
        require(!single, FactorsRule::PasskeyWithMfa)?;
    }
    if settings.email_mfa.is_some() {
        let own = settings.email.email_sending_account == Some(EmailSendingAccountType::Developer);
        require(own, FactorsRule::EmailMfaSender)?;
        let email = RecoveryOptionNameType::VerifiedEmail;
        let only = settings.recovery_mechanisms().iter().all(|option| option.name == email);
        require(!only, FactorsRule::EmailMfaRecovery)?;
    }
    Ok(())
}

fn check_update_settings(settings: &PoolSettings) -> Checked {
    let verified = settings.auto_verified_attributes.as_deref().unwrap_or_default();
    let before_update =
        settings.update_settings.attributes_require_verification_before_update.as_deref();
    let subset = before_update.unwrap_or_default().iter().all(|name| verified.contains(name));
    require(subset, SettingsRule::VerificationBeforeUpdate)
}

fn check_tags(settings: &PoolSettings) -> Checked {
    require(settings.tags.len() <= TAGS_MAX, PoolRule::TooManyTags)?;
    let reserved = settings.tags.keys().any(|key| key.to_ascii_lowercase().starts_with("aws:"));
    require(!reserved, PoolRule::ReservedTag)
}

fn check_levels(settings: &PoolSettings) -> Checked {
    let levels = settings.effective_levels();
    let mut values: Vec<_> = levels.values().map(|config| config.acr_value.as_str()).collect();
    values.sort_unstable();
    let unique = values.windows(2).all(|pair| pair.first() != pair.last());
    require(unique, SettingsRule::AcrRepeated)
}
