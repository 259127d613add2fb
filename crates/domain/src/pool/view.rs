//! What the rest of the product asks of a pool's settings.

use std::collections::{BTreeMap, BTreeSet};

use poolhouse_wire::shapes::{
    AdvancedSecurityModeType, AuthFactorType, DeletionProtectionType, LambdaConfigType,
    MessageTemplateType, PasswordPolicyType, PreTokenGenerationLambdaVersionType,
    RecoveryOptionNameType, RecoveryOptionType, StatusType, UserPoolMfaType, UserPoolTierType,
    VerificationMessageTemplateType, VerifiedAttributeType,
};

use super::PoolSettings;
use crate::auth::choice::FirstFactor;
use crate::auth::method::{Level, LevelNames};
use crate::auth::policy::{MfaMode, PoolPolicy, RecoveryChannel};
use crate::device::Tracking;
use crate::message::Medium;
use crate::risk::Mode;
use crate::trigger::{Sender, Trigger, TriggerVersion};
use crate::user::MfaFactor;
use crate::user::schema::Schema;
use crate::user::username::SignInNames;

impl PoolSettings {
    /// What a sign-in needs to know.
    pub fn auth_policy(&self) -> PoolPolicy {
        PoolPolicy {
            mfa: match self.mfa {
                UserPoolMfaType::Off => MfaMode::Off,
                UserPoolMfaType::Optional => MfaMode::Optional,
                UserPoolMfaType::On => MfaMode::Required,
            },
            factors: self.mfa_factors(),
            recovery: self.recovery_channel(),
            tracking: self.device.as_ref().map(|device| Tracking {
                device_replaces_mfa: device.challenge_required_on_new_device == Some(true),
                remembered_on_prompt: device.device_only_remembered_on_user_prompt == Some(true),
            }),
            required_attributes: self.schema.required_names().map(str::to_owned).collect(),
            first_factors: self.first_factors().iter().filter_map(by_code).collect(),
            choice_based: self.tier != UserPoolTierType::Lite,
            levels: self.level_names(),
            triggers: triggers(&self.lambda),
        }
    }

    fn level_names(&self) -> LevelNames {
        let named = |level: Level| {
            let config = self.acr.get(level.member())?;
            Some((level, config.acr_value.clone()))
        };
        LevelNames(Level::ALL.into_iter().filter_map(named).collect())
    }

    /// The function of a trigger.
    pub fn trigger(&self, trigger: Trigger) -> Option<&str> {
        let lambda = &self.lambda;
        let arn = match trigger {
            Trigger::PreSignUp => &lambda.pre_sign_up,
            Trigger::PostConfirmation => &lambda.post_confirmation,
            Trigger::PreAuthentication => &lambda.pre_authentication,
            Trigger::PostAuthentication => &lambda.post_authentication,
            Trigger::CustomMessage => &lambda.custom_message,
            Trigger::DefineAuthChallenge => &lambda.define_auth_challenge,
            Trigger::CreateAuthChallenge => &lambda.create_auth_challenge,
            Trigger::VerifyAuthChallengeResponse => &lambda.verify_auth_challenge_response,
            Trigger::UserMigration => &lambda.user_migration,
            Trigger::PreTokenGeneration => match &lambda.pre_token_generation_config {
                Some(configured) => return Some(&configured.lambda_arn),
                None => &lambda.pre_token_generation,
            },
        };
        arn.as_deref()
    }

    /// The function that sends messages by a medium instead of us.
    pub fn sender(&self, medium: Medium) -> Option<Sender<'_>> {
        let lambda = &self.lambda;
        let arn = match medium {
            Medium::Email => lambda.custom_email_sender.as_ref().map(|it| &it.lambda_arn),
            Medium::Sms => lambda.custom_sms_sender.as_ref().map(|it| &it.lambda_arn),
        };
        // No pool has a sender without a key: see `check`.
        Some(Sender { arn: arn?, key: lambda.kms_key_id.as_deref()? })
    }

    /// Which form of event the pre token generation trigger gets.
    pub fn token_trigger_version(&self) -> TriggerVersion {
        match self.lambda.pre_token_generation_config.as_ref().map(|it| it.lambda_version) {
            Some(PreTokenGenerationLambdaVersionType::V30) => TriggerVersion::V3,
            Some(PreTokenGenerationLambdaVersionType::V20) => TriggerVersion::V2,
            Some(PreTokenGenerationLambdaVersionType::V10) | None => TriggerVersion::V1,
        }
    }

    /// By which names users sign in.
    pub fn sign_in_names(&self) -> SignInNames {
        SignInNames::from_wire(
            self.alias_attributes.as_deref(),
            self.username_attributes.as_deref(),
            self.username.as_ref().map(|configuration| configuration.case_sensitive),
        )
    }

    /// The second factors that the pool enables.
    pub fn mfa_factors(&self) -> BTreeSet<MfaFactor> {
        [
            (self.sms_mfa && self.sms.is_some(), MfaFactor::Sms),
            (self.software_token_mfa == Some(true), MfaFactor::Totp),
            (self.email_mfa.is_some(), MfaFactor::Email),
        ]
        .into_iter()
        .filter_map(|(enabled, factor)| enabled.then_some(factor))
        .collect()
    }

    fn recovery_channel(&self) -> Option<RecoveryChannel> {
        let first = self.recovery_mechanisms().iter().min_by_key(|option| option.priority)?;
        match first.name {
            RecoveryOptionNameType::VerifiedEmail => Some(RecoveryChannel::Email),
            RecoveryOptionNameType::VerifiedPhoneNumber => Some(RecoveryChannel::Phone),
            RecoveryOptionNameType::AdminOnly => None,
        }
    }

    /// The ways in which users recover their accounts, in the order of the request.
    pub fn recovery_mechanisms(&self) -> &[RecoveryOptionType] {
        self.account_recovery.recovery_mechanisms.as_deref().unwrap_or_default()
    }

    /// `AllowedFirstAuthFactors`.
    pub fn first_factors(&self) -> &[AuthFactorType] {
        self.sign_in_policy.allowed_first_auth_factors.as_deref().unwrap_or_default()
    }

    /// The text of a code at sign-in: the pool's own for the medium, where it has one, as body and
    /// subject.
    pub fn authentication_template(&self, medium: Medium) -> (Option<&str>, Option<&str>) {
        match medium {
            Medium::Sms => (self.sms_authentication_message.as_deref(), None),
            Medium::Email => {
                let own = self.email_mfa.as_ref();
                (
                    own.and_then(|config| config.message.as_deref()),
                    own.and_then(|config| config.subject.as_deref()),
                )
            }
        }
    }

    /// The password policy, with every member but `PasswordHistorySize` filled in.
    pub fn password_policy(&self) -> &PasswordPolicyType {
        &self.password_policy
    }

    /// The schema.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// For AddCustomAttributes.
    pub fn schema_mut(&mut self) -> &mut Schema {
        &mut self.schema
    }

    /// The attributes that are verified when a user signs up.
    pub fn auto_verified(&self) -> &[VerifiedAttributeType] {
        self.auto_verified_attributes.as_deref().unwrap_or_default()
    }

    /// The attributes that keep their value until its successor has been verified.
    pub fn verified_before_update(&self) -> &[VerifiedAttributeType] {
        let settings = &self.update_settings;
        settings.attributes_require_verification_before_update.as_deref().unwrap_or_default()
    }

    /// Whether users may sign up by themselves.
    pub fn allows_sign_up(&self) -> bool {
        self.admin_create_user.allow_admin_create_user_only != Some(true)
    }

    /// In whose name the pool would send mail, and who would get the answers.
    pub fn email_senders(&self) -> (Option<&str>, Option<&str>) {
        (self.email.from.as_deref(), self.email.reply_to_email_address.as_deref())
    }

    /// The texts of verification messages; what is absent has a default text.
    pub fn verification_template(&self) -> &VerificationMessageTemplateType {
        &self.verification
    }

    /// The texts of invitations; what is absent has a default text.
    pub fn invite_template(&self) -> MessageTemplateType {
        self.admin_create_user.invite_message_template.clone().unwrap_or_default()
    }

    /// The plan.
    pub fn tier(&self) -> UserPoolTierType {
        self.tier
    }

    /// What the pool does about risks.
    pub fn threat_mode(&self) -> Mode {
        match self.add_ons.as_ref().map(|add_ons| add_ons.advanced_security_mode) {
            None | Some(AdvancedSecurityModeType::Off) => Mode::Off,
            Some(AdvancedSecurityModeType::Audit) => Mode::Audit,
            Some(AdvancedSecurityModeType::Enforced) => Mode::Enforced,
        }
    }

    /// Whether dynamic client registration is switched on.
    pub fn registers_clients(&self) -> bool {
        self.dcr.as_ref().is_some_and(|dcr| dcr.enable_status == Some(StatusType::Enabled))
    }

    /// Whether text messages can be sent at all.
    pub fn can_send_sms(&self) -> bool {
        self.sms.is_some()
    }

    /// Whether DeleteUserPool is refused.
    pub fn deletion_protected(&self) -> bool {
        self.deletion_protection == DeletionProtectionType::Active
    }

    /// The tags.
    pub fn tags(&self) -> &BTreeMap<String, String> {
        &self.tags
    }

    /// For TagResource and UntagResource.
    pub fn tags_mut(&mut self) -> &mut BTreeMap<String, String> {
        &mut self.tags
    }
}

/// A first factor that is a code; the password is always one, and passkeys come later.
fn by_code(factor: &AuthFactorType) -> Option<FirstFactor> {
    match factor {
        AuthFactorType::EmailOtp => Some(FirstFactor::Email),
        AuthFactorType::SmsOtp => Some(FirstFactor::Sms),
        AuthFactorType::Password | AuthFactorType::WebAuthn | AuthFactorType::SoftwareToken => None,
    }
}

/// The triggers that are set, by their member's name.
fn triggers(lambda: &LambdaConfigType) -> BTreeSet<String> {
    [
        ("CreateAuthChallenge", lambda.create_auth_challenge.is_some()),
        ("CustomEmailSender", lambda.custom_email_sender.is_some()),
        ("CustomMessage", lambda.custom_message.is_some()),
        ("CustomSMSSender", lambda.custom_sms_sender.is_some()),
        ("DefineAuthChallenge", lambda.define_auth_challenge.is_some()),
        ("InboundFederation", lambda.inbound_federation.is_some()),
        ("PostAuthentication", lambda.post_authentication.is_some()),
        ("PostConfirmation", lambda.post_confirmation.is_some()),
        ("PreAuthentication", lambda.pre_authentication.is_some()),
        ("PreSignUp", lambda.pre_sign_up.is_some()),
        (
            "PreTokenGeneration",
            lambda.pre_token_generation.is_some() || lambda.pre_token_generation_config.is_some(),
        ),
        ("UserMigration", lambda.user_migration.is_some()),
        ("VerifyAuthChallengeResponse", lambda.verify_auth_challenge_response.is_some()),
    ]
    .into_iter()
    .filter(|(_, set)| *set)
    .map(|(name, _)| name.to_owned())
    .collect()
}
