//! From a request to settings: what a silent request means.

use std::collections::BTreeMap;

use poolhouse_wire::shapes::{
    AccountRecoverySettingType, AcrLevelConfigType, AdminCreateUserConfigType,
    AdvancedSecurityModeType, AuthFactorType, CreateUserPoolRequest, DcrConfigurationType,
    DefaultEmailOptionType, DeletionProtectionType, DeviceConfigurationType,
    EmailConfigurationType, EmailSendingAccountType, LambdaConfigType, OAuthFlowType,
    PasswordPolicyType, PreTokenGenerationLambdaVersionType, PreTokenGenerationVersionConfigType,
    RecoveryOptionNameType, RecoveryOptionType, SignInPolicyType, SmsConfigurationType, StatusType,
    UpdateUserPoolRequest, UserAttributeUpdateSettingsType, UserPoolAddOnsType, UserPoolMfaType,
    UserPoolTierType, VerificationMessageTemplateType,
};

use super::check::{check_after_schema, check_before_schema};
use super::{PoolSettings, describe, tier};
use crate::error::Result;
use crate::id::Realm;
use crate::user::schema::Schema;

/// `MinimumLength` where the policy names none, characters.
const PASSWORD_CHARS_MIN_DEFAULT: i32 = 8;
/// How long a temporary password works where nothing else is said, days. Zero means this, too.
const TEMPORARY_PASSWORD_DAYS_DEFAULT: i32 = 7;

impl PoolSettings {
    /// The settings that CreateUserPool asks for.
    ///
    /// # Errors
    /// The first broken rule, in the order in which the service checks.
    pub fn create(request: &CreateUserPoolRequest, realm: &Realm) -> Result<Self> {
        check_before_schema(request)?;
        let schema = Schema::from_request(request.schema.as_deref().unwrap_or_default())?;
        let mut settings = assemble(request, schema, &realm.region);
        settings.sms_mfa = settings.mfa != UserPoolMfaType::Off;
        check_after_schema(request, &settings, None, realm)?;
        Ok(settings)
    }

    /// The settings after UpdateUserPool: what the request leaves out goes back to its default.
    ///
    /// Kept are what the operation has no member for, and the plan, the tags, the deletion
    /// protection and the dynamic client registration where the request is silent about them.
    ///
    /// # Errors
    /// The first broken rule, in the order in which the service checks.
    pub fn update(&self, request: &UpdateUserPoolRequest, realm: &Realm) -> Result<Self> {
        let request = as_creation(request, self);
        let mut settings = assemble(&request, self.schema.clone(), &realm.region);
        settings.alias_attributes.clone_from(&self.alias_attributes);
        settings.username_attributes.clone_from(&self.username_attributes);
        settings.username.clone_from(&self.username);
        settings.email_mfa.clone_from(&self.email_mfa);
        settings.software_token_mfa = self.software_token_mfa;
        settings.web_authn.clone_from(&self.web_authn);
        settings.sessions.clone_from(&self.sessions);
        settings.sms_mfa = settings.sms_is_factor_after(self);
        check_after_schema(&request, &settings, Some(self), realm)?;
        Ok(settings)
    }

    /// UpdateUserPool says nothing of single factors. Text messages stay what they were, except
    /// that they become a factor when MFA or they themselves are switched on by this update, or
    /// when MFA would be left without any factor.
    fn sms_is_factor_after(&self, before: &Self) -> bool {
        let other = self.software_token_mfa == Some(true) || self.email_mfa.is_some();
        self.sms.is_some()
            && self.mfa != UserPoolMfaType::Off
            && (before.sms_mfa
                || before.mfa == UserPoolMfaType::Off
                || before.sms.is_none()
                || !other)
    }
}

/// The members that both operations have, so that one function gives them meaning.
fn as_creation(request: &UpdateUserPoolRequest, before: &PoolSettings) -> CreateUserPoolRequest {
    let request = request.clone();
    CreateUserPoolRequest {
        account_recovery_setting: request.account_recovery_setting,
        acr_configuration: request.acr_configuration,
        admin_create_user_config: request.admin_create_user_config,
        alias_attributes: None,
        auto_verified_attributes: request.auto_verified_attributes,
        dcr_configuration: request.dcr_configuration.or_else(|| before.dcr.clone()),
        deletion_protection: request.deletion_protection.or(Some(before.deletion_protection)),
        device_configuration: request.device_configuration,
        email_configuration: request.email_configuration,
        email_verification_message: request.email_verification_message,
        email_verification_subject: request.email_verification_subject,
        issuer_configuration: request.issuer_configuration,
        key_configuration: request.key_configuration,
        lambda_config: request.lambda_config,
        mfa_configuration: request.mfa_configuration,
        policies: request.policies,
        pool_name: request.pool_name.unwrap_or_default(),
        schema: None,
        sms_authentication_message: request.sms_authentication_message,
        sms_configuration: request.sms_configuration,
        sms_verification_message: request.sms_verification_message,
        user_attribute_update_settings: request.user_attribute_update_settings,
        user_pool_add_ons: request.user_pool_add_ons,
        user_pool_tags: request.user_pool_tags.or_else(|| Some(before.tags.clone())),
        user_pool_tier: request.user_pool_tier.or(Some(before.tier)),
        username_attributes: None,
        username_configuration: None,
        verification_message_template: request.verification_message_template,
    }
}

/// Fills in the defaults. It checks nothing.
pub(super) fn assemble(
    request: &CreateUserPoolRequest,
    schema: Schema,
    region: &str,
) -> PoolSettings {
    let request = request.clone();
    let policies = request.policies.clone().unwrap_or_default();
    let password_policy = password_policy(
        policies.password_policy,
        request.admin_create_user_config.as_ref().and_then(|c| c.unused_account_validity_days),
    );
    PoolSettings {
        account_recovery: account_recovery(request.account_recovery_setting.clone()),
        acr: custom_levels(request.acr_configuration.clone().unwrap_or_default()),
        admin_create_user: admin_create_user(
            request.admin_create_user_config.clone().unwrap_or_default(),
            &password_policy,
        ),
        dcr: request.dcr_configuration.clone().map(dcr),
        deletion_protection: request
            .deletion_protection
            .unwrap_or(DeletionProtectionType::Inactive),
        device: request.device_configuration.clone().map(device),
        email: email(request.email_configuration.clone().unwrap_or_default()),
        email_mfa: None,
        lambda: lambda(request.lambda_config.clone().unwrap_or_default()),
        mfa: request.mfa_configuration.unwrap_or(UserPoolMfaType::Off),
        password_policy,
        schema,
        sessions: None,
        sign_in_policy: sign_in_policy(policies.sign_in_policy.unwrap_or_default()),
        sms: request.sms_configuration.clone().map(|sms| with_region(sms, region)),
        sms_mfa: false,
        software_token_mfa: None,
        tier: request.user_pool_tier.unwrap_or_else(|| default_tier(&request.user_pool_add_ons)),
        add_ons: request.user_pool_add_ons.clone().map(add_ons),
        update_settings: UserAttributeUpdateSettingsType {
            attributes_require_verification_before_update: Some(
                request
                    .user_attribute_update_settings
                    .clone()
                    .and_then(|s| s.attributes_require_verification_before_update)
                    .unwrap_or_default(),
            ),
        },
        verification: verification(&request),
        web_authn: None,
        alias_attributes: request.alias_attributes,
        auto_verified_attributes: request.auto_verified_attributes,
        issuer: request.issuer_configuration,
        key: request.key_configuration,
        sms_authentication_message: request.sms_authentication_message,
        tags: request.user_pool_tags.unwrap_or_default(),
        username_attributes: request.username_attributes,
        username: request.username_configuration,
    }
}

/// Threat protection belongs to the highest plan, and asking for it asks for that plan.
fn default_tier(add_ons: &Option<UserPoolAddOnsType>) -> UserPoolTierType {
    match add_ons {
        Some(add_ons) if add_ons.advanced_security_mode != AdvancedSecurityModeType::Off => {
            UserPoolTierType::Plus
        }
        _ => tier::DEFAULT,
    }
}

fn account_recovery(wanted: Option<AccountRecoverySettingType>) -> AccountRecoverySettingType {
    let standard = || {
        vec![
            RecoveryOptionType { name: RecoveryOptionNameType::VerifiedEmail, priority: 1 },
            RecoveryOptionType { name: RecoveryOptionNameType::VerifiedPhoneNumber, priority: 2 },
        ]
    };
    let wanted = wanted.and_then(|setting| setting.recovery_mechanisms);
    AccountRecoverySettingType { recovery_mechanisms: Some(wanted.unwrap_or_else(standard)) }
}

/// Whoever reads a pool and writes it back sends the default names, too: those are no choice.
fn custom_levels(
    wanted: BTreeMap<String, AcrLevelConfigType>,
) -> BTreeMap<String, AcrLevelConfigType> {
    let mut wanted = wanted;
    wanted.retain(|level, config| describe::default_acr_value(level) != Some(&config.acr_value));
    wanted
}

/// A policy that is sent at all switches off every character class it does not name.
fn password_policy(wanted: Option<PasswordPolicyType>, days: Option<i32>) -> PasswordPolicyType {
    let named = |flag: Option<bool>| Some(flag.unwrap_or(wanted.is_none()));
    let policy = wanted.clone().unwrap_or_default();
    PasswordPolicyType {
        minimum_length: Some(policy.minimum_length.unwrap_or(PASSWORD_CHARS_MIN_DEFAULT)),
        password_history_size: policy.password_history_size,
        require_lowercase: named(policy.require_lowercase),
        require_numbers: named(policy.require_numbers),
        require_symbols: named(policy.require_symbols),
        require_uppercase: named(policy.require_uppercase),
        temporary_password_validity_days: policy
            .temporary_password_validity_days
            .or(days)
            .filter(|days| *days != 0)
            .or(Some(TEMPORARY_PASSWORD_DAYS_DEFAULT)),
    }
}

fn admin_create_user(
    wanted: AdminCreateUserConfigType,
    policy: &PasswordPolicyType,
) -> AdminCreateUserConfigType {
    AdminCreateUserConfigType {
        allow_admin_create_user_only: Some(wanted.allow_admin_create_user_only.unwrap_or(false)),
        invite_message_template: wanted.invite_message_template,
        unused_account_validity_days: policy.temporary_password_validity_days,
    }
}

fn dcr(wanted: DcrConfigurationType) -> DcrConfigurationType {
    let authenticated = || vec![OAuthFlowType::Code, OAuthFlowType::ClientCredentials];
    DcrConfigurationType {
        allowed_scopes: wanted.allowed_scopes,
        authenticated_grant_types: wanted
            .authenticated_grant_types
            .or_else(|| Some(authenticated())),
        enable_status: wanted.enable_status.or(Some(StatusType::Enabled)),
        open_dcr_enabled: Some(wanted.open_dcr_enabled.unwrap_or(false)),
        open_dcr_grant_types: wanted.open_dcr_grant_types.or(Some(vec![OAuthFlowType::Code])),
    }
}

fn device(wanted: DeviceConfigurationType) -> DeviceConfigurationType {
    DeviceConfigurationType {
        challenge_required_on_new_device: Some(
            wanted.challenge_required_on_new_device.unwrap_or(false),
        ),
        device_only_remembered_on_user_prompt: Some(
            wanted.device_only_remembered_on_user_prompt.unwrap_or(false),
        ),
    }
}

fn email(wanted: EmailConfigurationType) -> EmailConfigurationType {
    EmailConfigurationType {
        email_sending_account: wanted
            .email_sending_account
            .or(Some(EmailSendingAccountType::CognitoDefault)),
        ..wanted
    }
}

/// The older and the newer name of one trigger are listed together, whichever was set.
fn lambda(wanted: LambdaConfigType) -> LambdaConfigType {
    let version = PreTokenGenerationLambdaVersionType::V10;
    let config = wanted.pre_token_generation_config.or_else(|| {
        let lambda_arn = wanted.pre_token_generation.clone()?;
        Some(PreTokenGenerationVersionConfigType { lambda_arn, lambda_version: version })
    });
    LambdaConfigType {
        pre_token_generation: config.as_ref().map(|config| config.lambda_arn.clone()),
        pre_token_generation_config: config,
        ..wanted
    }
}

fn sign_in_policy(wanted: SignInPolicyType) -> SignInPolicyType {
    SignInPolicyType {
        allowed_first_auth_factors: wanted
            .allowed_first_auth_factors
            .or_else(|| Some(vec![AuthFactorType::Password])),
    }
}

/// Fills in the pool's own region as the one from which text messages are sent.
pub(super) fn with_region(wanted: SmsConfigurationType, region: &str) -> SmsConfigurationType {
    let named = wanted.sns_region.clone();
    let default = wanted.sns_caller_arn.as_ref().map(|_| region.to_owned());
    SmsConfigurationType { sns_region: named.or(default), ..wanted }
}

fn add_ons(wanted: UserPoolAddOnsType) -> UserPoolAddOnsType {
    UserPoolAddOnsType {
        advanced_security_additional_flows: Some(
            wanted.advanced_security_additional_flows.unwrap_or_default(),
        ),
        ..wanted
    }
}

/// The three older members are another name for members of the template, which goes first.
fn verification(request: &CreateUserPoolRequest) -> VerificationMessageTemplateType {
    let template = request.verification_message_template.clone().unwrap_or_default();
    let or = |newer: Option<String>, older: &Option<String>| newer.or_else(|| older.clone());
    VerificationMessageTemplateType {
        default_email_option: template
            .default_email_option
            .or(Some(DefaultEmailOptionType::ConfirmWithCode)),
        email_message: or(template.email_message, &request.email_verification_message),
        email_message_by_link: template.email_message_by_link,
        email_subject: or(template.email_subject, &request.email_verification_subject),
        email_subject_by_link: template.email_subject_by_link,
        sms_message: or(template.sms_message, &request.sms_verification_message),
    }
}
