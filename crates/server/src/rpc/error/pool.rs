//! Texts of the rules of pool settings.
//!
//! Few are attested; whoever tests compatibility should look at the names.

use poolhouse_domain::pool::{FactorsRule, PoolRule, SettingsRule, TAGS_MAX};
use poolhouse_wire::ErrorName;

use super::{NameAndText, invalid_parameter};

/// The name and text of a broken rule.
pub(super) fn pool(rule: &PoolRule) -> NameAndText {
    match rule {
        PoolRule::FeatureUnavailable(features) => {
            (ErrorName::FeatureUnavailableInTierException, unavailable(features))
        }
        PoolRule::TierChange(features) => {
            (ErrorName::TierChangeNotAllowedException, unavailable(features))
        }
        PoolRule::TooManyTags => tagging(format!("A user pool has at most {TAGS_MAX} tags")),
        PoolRule::ReservedTag => tagging("Tag keys cannot begin with aws:".to_owned()),
        PoolRule::Settings(rule) => invalid_parameter(settings(*rule)),
        PoolRule::Factors(rule) => invalid_parameter(factors(*rule)),
    }
}

/// Only the names of two features are attested, not the sentence around them.
pub(super) fn unavailable(features: &[&str]) -> String {
    let features = features.join(", ");
    format!("Following features need to be disabled for this tier or upgrade the tier: {features}")
}

fn tagging(text: String) -> NameAndText {
    (ErrorName::UserPoolTaggingException, text)
}

/// The text where MFA or automatic verification has nothing to send text messages with.
const SMS_MISSING: &str = "SMS configuration and Auto verification for phone_number are required \
    when MFA is required/optional";

fn settings(rule: SettingsRule) -> &'static str {
    match rule {
        SettingsRule::AliasAndUsernameAttributes => {
            "Only one of the aliasAttributes or usernameAttributes can be set in a user pool."
        }
        SettingsRule::PreferredUsernameRequired => {
            "preferred_username can not be both an alias and a required attribute."
        }
        SettingsRule::SmsSender => {
            "SMS configuration must have exactly one of SnsCallerArn and EumsSms."
        }
        SettingsRule::SmsRegion => "The region of EumsSms must be the region of the user pool.",
        SettingsRule::SmsForAutoVerification => SMS_MISSING,
        SettingsRule::EmailSourceMissing => {
            "SourceArn is required when EmailSendingAccount is DEVELOPER."
        }
        SettingsRule::PreTokenTriggers => {
            "PreTokenGeneration and the LambdaArn of PreTokenGenerationConfig must be the same."
        }
        SettingsRule::SenderKeyMissing => {
            "KMSKeyID is required when CustomSMSSender or CustomEmailSender is set."
        }
        SettingsRule::RecoveryAdminOnly => {
            "Invalid account recovery setting parameter. Account Recovery Setting cannot use \
             admin_only setting with any other recovery mechanisms."
        }
        SettingsRule::RecoveryRepeated => {
            "Invalid account recovery setting parameter. Recovery mechanisms and their priorities \
             must be different."
        }
        SettingsRule::ValidityDaysTwice => {
            "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of \
             UnusedAccountValidityDays"
        }
        SettingsRule::VerificationBeforeUpdate => {
            "AttributesRequireVerificationBeforeUpdate must be a subset of AutoVerifiedAttributes."
        }
        SettingsRule::AcrRepeated => "The AcrValue of every level must be unique.",
        SettingsRule::DeletionProtected => {
            "The user pool cannot be deleted because deletion protection is activated. Deletion \
             protection must be inactivated first."
        }
    }
}

fn factors(rule: FactorsRule) -> &'static str {
    match rule {
        FactorsRule::PasswordMissing => "PASSWORD must be one of AllowedFirstAuthFactors.",
        FactorsRule::SoftwareTokenFirst => "SOFTWARE_TOKEN is not supported as a first factor.",
        FactorsRule::OneTimePasswordWithMfa => {
            "EMAIL_OTP and SMS_OTP cannot be first factors when MFA is required."
        }
        FactorsRule::PasskeyWithMfa => {
            "WEB_AUTHN can be a first factor when MFA is required only with FactorConfiguration \
             MULTI_FACTOR_WITH_USER_VERIFICATION."
        }
        FactorsRule::SmsForMfa => SMS_MISSING,
        FactorsRule::NoMfaFactor => {
            "At least one of [SmsMfaConfiguration] or [SoftwareTokenMfaConfiguration] must be \
             provided."
        }
        FactorsRule::MfaOffWithFactor => {
            "Invalid MFA configuration given, can't disable MFA and configure an MFA together."
        }
        FactorsRule::EmailMfaSender => {
            "Email MFA requires an email configuration with EmailSendingAccount DEVELOPER."
        }
        FactorsRule::EmailMfaRecovery => {
            "Email MFA requires another account recovery mechanism than email alone."
        }
    }
}
