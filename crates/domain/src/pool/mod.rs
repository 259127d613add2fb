//! User pools: the record and the rules of their settings.
//!
//! It decides which settings a pool may have together, what is filled in where a request is silent
//! and how the settings are listed. It knows nothing of a pool's users, of the texts of errors, or
//! of which features this server acts on: what it does not act on is kept and given back as it came.
//!
//! Sources: the pages of CreateUserPool, UpdateUserPool, DescribeUserPool, SetUserPoolMfaConfig in
//! the API reference; "User pool feature plans" and "MFA settings" in the developer guide.

mod check;
pub mod client;
mod configure;
mod describe;
mod mfa;
mod sessions;
mod tier;
mod view;

use std::collections::BTreeMap;

use poolhouse_wire::shapes::{
    AccountRecoverySettingType, AcrLevelConfigType, AdminCreateUserConfigType, AliasAttributeType,
    CreateUserPoolRequest, DcrConfigurationType, DeletionProtectionType, DeviceConfigurationType,
    EmailConfigurationType, EmailMfaConfigType, IssuerConfigurationType, KeyConfigurationType,
    LambdaConfigType, PasswordPolicyType, SetUserPoolMfaConfigRequest, SignInPolicyType,
    SmsConfigurationType, UpdateUserPoolRequest, UserAttributeUpdateSettingsType,
    UserPoolAddOnsType, UserPoolMfaType, UserPoolTierType, UsernameAttributeType,
    UsernameConfigurationType, VerificationMessageTemplateType, VerifiedAttributeType,
    WebAuthnConfigurationType,
};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::id::{PoolId, Realm};
use crate::time::Timestamp;
use crate::user::schema::Schema;

/// Tags that a pool can have.
pub const TAGS_MAX: usize = 50;

/// Everything about a pool that is configuration, as one document.
///
/// Defaults are filled in when it is made, so that a later change of a default leaves pools as they
/// are. Parts without a default are absent until somebody sets them, and are listed accordingly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PoolSettings {
    account_recovery: AccountRecoverySettingType,
    /// The levels whose name is not the default one.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    acr: BTreeMap<String, AcrLevelConfigType>,
    admin_create_user: AdminCreateUserConfigType,
    #[serde(skip_serializing_if = "Option::is_none")]
    alias_attributes: Option<Vec<AliasAttributeType>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auto_verified_attributes: Option<Vec<VerifiedAttributeType>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dcr: Option<DcrConfigurationType>,
    deletion_protection: DeletionProtectionType,
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<DeviceConfigurationType>,
    email: EmailConfigurationType,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_mfa: Option<EmailMfaConfigType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<IssuerConfigurationType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<KeyConfigurationType>,
    lambda: LambdaConfigType,
    mfa: UserPoolMfaType,
    password_policy: PasswordPolicyType,
    schema: Schema,
    /// What SetUserPoolSessionConfiguration set; none where it was never called.
    #[serde(skip_serializing_if = "Option::is_none")]
    sessions: Option<sessions::Sessions>,
    sign_in_policy: SignInPolicyType,
    #[serde(skip_serializing_if = "Option::is_none")]
    sms: Option<SmsConfigurationType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sms_authentication_message: Option<String>,
    /// Whether text messages are a second factor. A pool can send them for verification alone.
    sms_mfa: bool,
    /// `SoftwareTokenMfaConfiguration.Enabled`; none where it was never sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    software_token_mfa: Option<bool>,
    tags: BTreeMap<String, String>,
    tier: UserPoolTierType,
    #[serde(skip_serializing_if = "Option::is_none")]
    add_ons: Option<UserPoolAddOnsType>,
    update_settings: UserAttributeUpdateSettingsType,
    #[serde(skip_serializing_if = "Option::is_none")]
    username_attributes: Option<Vec<UsernameAttributeType>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<UsernameConfigurationType>,
    verification: VerificationMessageTemplateType,
    #[serde(skip_serializing_if = "Option::is_none")]
    web_authn: Option<WebAuthnConfigurationType>,
}

/// A user pool.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// The id.
    pub id: PoolId,
    /// The name, not necessarily unique.
    pub name: String,
    /// The configuration.
    pub settings: PoolSettings,
    /// Users in it, maintained by the store and never written from here.
    pub users: i64,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
}

impl Pool {
    /// A new pool as CreateUserPool asks for it.
    ///
    /// # Errors
    /// [`PoolRule`] and the rules of the schema.
    pub fn create(
        id: PoolId,
        request: &CreateUserPoolRequest,
        realm: &Realm,
        now: Timestamp,
    ) -> Result<Self> {
        let settings = PoolSettings::create(request, realm)?;
        let name = request.pool_name.clone();
        Ok(Self { id, name, settings, users: 0, created: now, modified: now })
    }

    /// The pool after UpdateUserPool.
    ///
    /// # Errors
    /// [`PoolRule`].
    pub fn update(
        self,
        request: &UpdateUserPoolRequest,
        realm: &Realm,
        now: Timestamp,
    ) -> Result<Self> {
        let settings = self.settings.update(request, realm)?;
        let name = request.pool_name.clone().unwrap_or(self.name);
        Ok(Self { name, settings, modified: now, ..self })
    }

    /// The pool after SetUserPoolMfaConfig.
    ///
    /// # Errors
    /// [`PoolRule`].
    pub fn set_mfa_config(
        self,
        request: &SetUserPoolMfaConfigRequest,
        realm: &Realm,
        now: Timestamp,
    ) -> Result<Self> {
        let settings = self.settings.set_mfa_config(request, realm)?;
        Ok(Self { settings, modified: now, ..self })
    }

    /// Whether DeleteUserPool may delete it.
    ///
    /// # Errors
    /// [`SettingsRule::DeletionProtected`].
    pub fn check_deletable(&self) -> Result<()> {
        if self.settings.deletion_protected() {
            return Err(SettingsRule::DeletionProtected.into());
        }
        Ok(())
    }
}

/// A broken rule of pool settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PoolRule {
    /// Features that the pool's plan does not have.
    FeatureUnavailable(Vec<&'static str>),
    /// Features in use that the plan asked for does not have.
    TierChange(Vec<&'static str>),
    /// More than [`TAGS_MAX`] tags.
    TooManyTags,
    /// A tag's key begins with `aws:`.
    ReservedTag,
    /// Members that do not fit together.
    Settings(SettingsRule),
    /// First and second factors that do not fit together, or lack what they need.
    Factors(FactorsRule),
}

/// Members of a pool that do not fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsRule {
    /// Both AliasAttributes and UsernameAttributes.
    AliasAndUsernameAttributes,
    /// preferred_username is an alias and required.
    PreferredUsernameRequired,
    /// Neither or both of SnsCallerArn and EumsSms.
    SmsSender,
    /// EumsSms names another region than the pool's.
    SmsRegion,
    /// phone_number is verified automatically and text messages are not configured.
    SmsForAutoVerification,
    /// EmailSendingAccount DEVELOPER without SourceArn.
    EmailSourceMissing,
    /// PreTokenGeneration and PreTokenGenerationConfig name different functions.
    PreTokenTriggers,
    /// A custom sender without KMSKeyID.
    SenderKeyMissing,
    /// admin_only beside another recovery mechanism.
    RecoveryAdminOnly,
    /// A recovery mechanism or priority occurs twice.
    RecoveryRepeated,
    /// UnusedAccountValidityDays beside TemporaryPasswordValidityDays.
    ValidityDaysTwice,
    /// An attribute is to be verified before update but is not verified automatically.
    VerificationBeforeUpdate,
    /// Two authentication levels have one name.
    AcrRepeated,
    /// DeleteUserPool of a protected pool.
    DeletionProtected,
}

/// First and second factors that do not fit together, or lack what they need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorsRule {
    /// AllowedFirstAuthFactors without PASSWORD.
    PasswordMissing,
    /// SOFTWARE_TOKEN as a first factor.
    SoftwareTokenFirst,
    /// One-time passwords as a first factor although MFA is required.
    OneTimePasswordWithMfa,
    /// Passkeys as a first factor although MFA is required and they do not count as two factors.
    PasskeyWithMfa,
    /// MFA by text messages, which are not configured.
    SmsForMfa,
    /// MFA is on and no factor configured.
    NoMfaFactor,
    /// MFA is off and a factor configured.
    MfaOffWithFactor,
    /// Email MFA with the default sender.
    EmailMfaSender,
    /// Email MFA although email is the only way to recover an account.
    EmailMfaRecovery,
}

impl From<SettingsRule> for PoolRule {
    fn from(rule: SettingsRule) -> Self {
        Self::Settings(rule)
    }
}

impl From<FactorsRule> for PoolRule {
    fn from(rule: FactorsRule) -> Self {
        Self::Factors(rule)
    }
}

impl From<SettingsRule> for Error {
    fn from(rule: SettingsRule) -> Self {
        Self::Pool(rule.into())
    }
}

impl From<FactorsRule> for Error {
    fn from(rule: FactorsRule) -> Self {
        Self::Pool(rule.into())
    }
}

impl From<PoolRule> for Error {
    fn from(rule: PoolRule) -> Self {
        Self::Pool(rule)
    }
}

impl Default for PoolSettings {
    /// The settings of a pool that was created with nothing but a name.
    fn default() -> Self {
        configure::assemble(&CreateUserPoolRequest::default(), Schema::standard(), "")
    }
}

#[cfg(test)]
mod tests;
