// Written by `cargo xtask codegen` from model/. Do not edit.
//! Types of the `pools` operations.
#![expect(
    missing_docs,
    reason = "fields are members of the wire structure; the page linked from it describes them"
)]

use super::common::*;
use crate::enumeration::wire_enum;
use crate::time::EpochSeconds;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// [`AccountRecoverySettingType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AccountRecoverySettingType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AccountRecoverySettingType {
    #[serde(rename = "RecoveryMechanisms", skip_serializing_if = "Option::is_none")]
    pub recovery_mechanisms: Option<Vec<RecoveryOptionType>>,
}

/// [`AcrLevelConfigType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AcrLevelConfigType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AcrLevelConfigType {
    #[serde(rename = "AcrValue")]
    pub acr_value: String,
}

/// What [`AddCustomAttributes`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddCustomAttributes.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AddCustomAttributesRequest {
    #[serde(rename = "CustomAttributes")]
    pub custom_attributes: Vec<SchemaAttributeType>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`AddCustomAttributes`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddCustomAttributes.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AddCustomAttributesResponse {}

/// [`AdminCreateUserConfigType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUserConfigType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdminCreateUserConfigType {
    #[serde(rename = "AllowAdminCreateUserOnly", skip_serializing_if = "Option::is_none")]
    pub allow_admin_create_user_only: Option<bool>,
    #[serde(rename = "InviteMessageTemplate", skip_serializing_if = "Option::is_none")]
    pub invite_message_template: Option<MessageTemplateType>,
    #[serde(rename = "UnusedAccountValidityDays", skip_serializing_if = "Option::is_none")]
    pub unused_account_validity_days: Option<i32>,
}

/// [`AdvancedSecurityAdditionalFlowsType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdvancedSecurityAdditionalFlowsType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AdvancedSecurityAdditionalFlowsType {
    #[serde(rename = "CustomAuthMode", skip_serializing_if = "Option::is_none")]
    pub custom_auth_mode: Option<AdvancedSecurityEnabledModeType>,
}

wire_enum! {
    /// `AdvancedSecurityEnabledModeType`, a set of names.
    pub enum AdvancedSecurityEnabledModeType {
    Audit = "AUDIT",
    Enforced = "ENFORCED",
    }
}

wire_enum! {
    /// `AdvancedSecurityModeType`, a set of names.
    pub enum AdvancedSecurityModeType {
    Off = "OFF",
    Audit = "AUDIT",
    Enforced = "ENFORCED",
    }
}

wire_enum! {
    /// `AliasAttributeType`, a set of names.
    pub enum AliasAttributeType {
    PhoneNumber = "phone_number",
    Email = "email",
    PreferredUsername = "preferred_username",
    }
}

wire_enum! {
    /// `AttributeDataType`, a set of names.
    pub enum AttributeDataType {
    String = "String",
    Number = "Number",
    DateTime = "DateTime",
    Boolean = "Boolean",
    }
}

/// What [`CreateUserPool`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateUserPoolRequest {
    #[serde(rename = "AccountRecoverySetting", skip_serializing_if = "Option::is_none")]
    pub account_recovery_setting: Option<AccountRecoverySettingType>,
    #[serde(rename = "AcrConfiguration", skip_serializing_if = "Option::is_none")]
    pub acr_configuration: Option<BTreeMap<String, AcrLevelConfigType>>,
    #[serde(rename = "AdminCreateUserConfig", skip_serializing_if = "Option::is_none")]
    pub admin_create_user_config: Option<AdminCreateUserConfigType>,
    #[serde(rename = "AliasAttributes", skip_serializing_if = "Option::is_none")]
    pub alias_attributes: Option<Vec<AliasAttributeType>>,
    #[serde(rename = "AutoVerifiedAttributes", skip_serializing_if = "Option::is_none")]
    pub auto_verified_attributes: Option<Vec<VerifiedAttributeType>>,
    #[serde(rename = "DcrConfiguration", skip_serializing_if = "Option::is_none")]
    pub dcr_configuration: Option<DcrConfigurationType>,
    #[serde(rename = "DeletionProtection", skip_serializing_if = "Option::is_none")]
    pub deletion_protection: Option<DeletionProtectionType>,
    #[serde(rename = "DeviceConfiguration", skip_serializing_if = "Option::is_none")]
    pub device_configuration: Option<DeviceConfigurationType>,
    #[serde(rename = "EmailConfiguration", skip_serializing_if = "Option::is_none")]
    pub email_configuration: Option<EmailConfigurationType>,
    #[serde(rename = "EmailVerificationMessage", skip_serializing_if = "Option::is_none")]
    pub email_verification_message: Option<String>,
    #[serde(rename = "EmailVerificationSubject", skip_serializing_if = "Option::is_none")]
    pub email_verification_subject: Option<String>,
    #[serde(rename = "IssuerConfiguration", skip_serializing_if = "Option::is_none")]
    pub issuer_configuration: Option<IssuerConfigurationType>,
    #[serde(rename = "KeyConfiguration", skip_serializing_if = "Option::is_none")]
    pub key_configuration: Option<KeyConfigurationType>,
    #[serde(rename = "LambdaConfig", skip_serializing_if = "Option::is_none")]
    pub lambda_config: Option<LambdaConfigType>,
    #[serde(rename = "MfaConfiguration", skip_serializing_if = "Option::is_none")]
    pub mfa_configuration: Option<UserPoolMfaType>,
    #[serde(rename = "Policies", skip_serializing_if = "Option::is_none")]
    pub policies: Option<UserPoolPolicyType>,
    #[serde(rename = "PoolName")]
    pub pool_name: String,
    #[serde(rename = "Schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<Vec<SchemaAttributeType>>,
    #[serde(rename = "SmsAuthenticationMessage", skip_serializing_if = "Option::is_none")]
    pub sms_authentication_message: Option<String>,
    #[serde(rename = "SmsConfiguration", skip_serializing_if = "Option::is_none")]
    pub sms_configuration: Option<SmsConfigurationType>,
    #[serde(rename = "SmsVerificationMessage", skip_serializing_if = "Option::is_none")]
    pub sms_verification_message: Option<String>,
    #[serde(rename = "UserAttributeUpdateSettings", skip_serializing_if = "Option::is_none")]
    pub user_attribute_update_settings: Option<UserAttributeUpdateSettingsType>,
    #[serde(rename = "UserPoolAddOns", skip_serializing_if = "Option::is_none")]
    pub user_pool_add_ons: Option<UserPoolAddOnsType>,
    #[serde(rename = "UserPoolTags", skip_serializing_if = "Option::is_none")]
    pub user_pool_tags: Option<BTreeMap<String, String>>,
    #[serde(rename = "UserPoolTier", skip_serializing_if = "Option::is_none")]
    pub user_pool_tier: Option<UserPoolTierType>,
    #[serde(rename = "UsernameAttributes", skip_serializing_if = "Option::is_none")]
    pub username_attributes: Option<Vec<UsernameAttributeType>>,
    #[serde(rename = "UsernameConfiguration", skip_serializing_if = "Option::is_none")]
    pub username_configuration: Option<UsernameConfigurationType>,
    #[serde(rename = "VerificationMessageTemplate", skip_serializing_if = "Option::is_none")]
    pub verification_message_template: Option<VerificationMessageTemplateType>,
}

/// What [`CreateUserPool`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreateUserPoolResponse {
    #[serde(rename = "UserPool", skip_serializing_if = "Option::is_none")]
    pub user_pool: Option<UserPoolType>,
}

/// [`CustomEmailLambdaVersionConfigType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CustomEmailLambdaVersionConfigType.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CustomEmailLambdaVersionConfigType {
    #[serde(rename = "LambdaArn")]
    pub lambda_arn: String,
    #[serde(rename = "LambdaVersion")]
    pub lambda_version: CustomEmailSenderLambdaVersionType,
}

wire_enum! {
    /// `CustomEmailSenderLambdaVersionType`, a set of names.
    pub enum CustomEmailSenderLambdaVersionType {
    V10 = "V1_0",
    }
}

/// [`CustomSMSLambdaVersionConfigType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CustomSMSLambdaVersionConfigType.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CustomSMSLambdaVersionConfigType {
    #[serde(rename = "LambdaArn")]
    pub lambda_arn: String,
    #[serde(rename = "LambdaVersion")]
    pub lambda_version: CustomSMSSenderLambdaVersionType,
}

wire_enum! {
    /// `CustomSMSSenderLambdaVersionType`, a set of names.
    pub enum CustomSMSSenderLambdaVersionType {
    V10 = "V1_0",
    }
}

/// [`DcrConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DcrConfigurationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DcrConfigurationType {
    #[serde(rename = "AllowedScopes", skip_serializing_if = "Option::is_none")]
    pub allowed_scopes: Option<Vec<String>>,
    #[serde(rename = "AuthenticatedGrantTypes", skip_serializing_if = "Option::is_none")]
    pub authenticated_grant_types: Option<Vec<OAuthFlowType>>,
    #[serde(rename = "EnableStatus", skip_serializing_if = "Option::is_none")]
    pub enable_status: Option<StatusType>,
    #[serde(rename = "OpenDcrEnabled", skip_serializing_if = "Option::is_none")]
    pub open_dcr_enabled: Option<bool>,
    #[serde(rename = "OpenDcrGrantTypes", skip_serializing_if = "Option::is_none")]
    pub open_dcr_grant_types: Option<Vec<OAuthFlowType>>,
}

wire_enum! {
    /// `DefaultEmailOptionType`, a set of names.
    pub enum DefaultEmailOptionType {
    ConfirmWithLink = "CONFIRM_WITH_LINK",
    ConfirmWithCode = "CONFIRM_WITH_CODE",
    }
}

/// What [`DeleteUserPool`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPool.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeleteUserPoolRequest {
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

wire_enum! {
    /// `DeletionProtectionType`, a set of names.
    pub enum DeletionProtectionType {
    Active = "ACTIVE",
    Inactive = "INACTIVE",
    }
}

/// What [`DescribeUserPool`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPool.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeUserPoolRequest {
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`DescribeUserPool`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPool.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DescribeUserPoolResponse {
    #[serde(rename = "UserPool", skip_serializing_if = "Option::is_none")]
    pub user_pool: Option<UserPoolType>,
}

/// [`DeviceConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeviceConfigurationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeviceConfigurationType {
    #[serde(rename = "ChallengeRequiredOnNewDevice", skip_serializing_if = "Option::is_none")]
    pub challenge_required_on_new_device: Option<bool>,
    #[serde(rename = "DeviceOnlyRememberedOnUserPrompt", skip_serializing_if = "Option::is_none")]
    pub device_only_remembered_on_user_prompt: Option<bool>,
}

/// [`EmailConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_EmailConfigurationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EmailConfigurationType {
    #[serde(rename = "ConfigurationSet", skip_serializing_if = "Option::is_none")]
    pub configuration_set: Option<String>,
    #[serde(rename = "EmailSendingAccount", skip_serializing_if = "Option::is_none")]
    pub email_sending_account: Option<EmailSendingAccountType>,
    #[serde(rename = "From", skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(rename = "ReplyToEmailAddress", skip_serializing_if = "Option::is_none")]
    pub reply_to_email_address: Option<String>,
    #[serde(rename = "SourceArn", skip_serializing_if = "Option::is_none")]
    pub source_arn: Option<String>,
}

/// [`EmailMfaConfigType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_EmailMfaConfigType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EmailMfaConfigType {
    #[serde(rename = "Message", skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    #[serde(rename = "Subject", skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

wire_enum! {
    /// `EmailSendingAccountType`, a set of names.
    pub enum EmailSendingAccountType {
    CognitoDefault = "COGNITO_DEFAULT",
    Developer = "DEVELOPER",
    }
}

wire_enum! {
    /// `EncryptionKeyType`, a set of names.
    pub enum EncryptionKeyType {
    AwsOwnedKey = "AWS_OWNED_KEY",
    CustomerManagedKey = "CUSTOMER_MANAGED_KEY",
    }
}

/// [`EumsSmsConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_EumsSmsConfigurationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EumsSmsConfigurationType {
    #[serde(rename = "CallerArn")]
    pub caller_arn: String,
    #[serde(rename = "ConfigurationSetName", skip_serializing_if = "Option::is_none")]
    pub configuration_set_name: Option<String>,
    #[serde(rename = "ExternalId", skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    #[serde(rename = "InEntityId", skip_serializing_if = "Option::is_none")]
    pub in_entity_id: Option<String>,
    #[serde(rename = "InTemplateId", skip_serializing_if = "Option::is_none")]
    pub in_template_id: Option<String>,
    #[serde(rename = "OriginationIdentity", skip_serializing_if = "Option::is_none")]
    pub origination_identity: Option<String>,
    #[serde(rename = "Region", skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

/// What [`GetSigningCertificate`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetSigningCertificate.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetSigningCertificateRequest {
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`GetSigningCertificate`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetSigningCertificate.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetSigningCertificateResponse {
    #[serde(rename = "Certificate", skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
}

/// What [`GetUserPoolMfaConfig`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolMfaConfig.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetUserPoolMfaConfigRequest {
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
}

/// What [`GetUserPoolMfaConfig`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolMfaConfig.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GetUserPoolMfaConfigResponse {
    #[serde(rename = "EmailMfaConfiguration", skip_serializing_if = "Option::is_none")]
    pub email_mfa_configuration: Option<EmailMfaConfigType>,
    #[serde(rename = "MfaConfiguration", skip_serializing_if = "Option::is_none")]
    pub mfa_configuration: Option<UserPoolMfaType>,
    #[serde(rename = "SmsMfaConfiguration", skip_serializing_if = "Option::is_none")]
    pub sms_mfa_configuration: Option<SmsMfaConfigType>,
    #[serde(rename = "SoftwareTokenMfaConfiguration", skip_serializing_if = "Option::is_none")]
    pub software_token_mfa_configuration: Option<SoftwareTokenMfaConfigType>,
    #[serde(rename = "WebAuthnConfiguration", skip_serializing_if = "Option::is_none")]
    pub webauthn_configuration: Option<WebAuthnConfigurationType>,
}

/// [`InboundFederationLambdaType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InboundFederationLambdaType.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InboundFederationLambdaType {
    #[serde(rename = "LambdaArn")]
    pub lambda_arn: String,
    #[serde(rename = "LambdaVersion")]
    pub lambda_version: InboundFederationLambdaVersionType,
}

wire_enum! {
    /// `InboundFederationLambdaVersionType`, a set of names.
    pub enum InboundFederationLambdaVersionType {
    V10 = "V1_0",
    }
}

/// [`IssuerConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_IssuerConfigurationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct IssuerConfigurationType {
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<IssuerType>,
}

wire_enum! {
    /// `IssuerType`, a set of names.
    pub enum IssuerType {
    Original = "ORIGINAL",
    Updated = "UPDATED",
    }
}

/// [`KeyConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_KeyConfigurationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct KeyConfigurationType {
    #[serde(rename = "KeyType", skip_serializing_if = "Option::is_none")]
    pub key_type: Option<EncryptionKeyType>,
    #[serde(rename = "KmsKeyArn", skip_serializing_if = "Option::is_none")]
    pub kms_key_arn: Option<String>,
}

/// [`LambdaConfigType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LambdaConfigType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LambdaConfigType {
    #[serde(rename = "CreateAuthChallenge", skip_serializing_if = "Option::is_none")]
    pub create_auth_challenge: Option<String>,
    #[serde(rename = "CustomEmailSender", skip_serializing_if = "Option::is_none")]
    pub custom_email_sender: Option<CustomEmailLambdaVersionConfigType>,
    #[serde(rename = "CustomMessage", skip_serializing_if = "Option::is_none")]
    pub custom_message: Option<String>,
    #[serde(rename = "CustomSMSSender", skip_serializing_if = "Option::is_none")]
    pub custom_sms_sender: Option<CustomSMSLambdaVersionConfigType>,
    #[serde(rename = "DefineAuthChallenge", skip_serializing_if = "Option::is_none")]
    pub define_auth_challenge: Option<String>,
    #[serde(rename = "InboundFederation", skip_serializing_if = "Option::is_none")]
    pub inbound_federation: Option<InboundFederationLambdaType>,
    #[serde(rename = "KMSKeyID", skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
    #[serde(rename = "PostAuthentication", skip_serializing_if = "Option::is_none")]
    pub post_authentication: Option<String>,
    #[serde(rename = "PostConfirmation", skip_serializing_if = "Option::is_none")]
    pub post_confirmation: Option<String>,
    #[serde(rename = "PreAuthentication", skip_serializing_if = "Option::is_none")]
    pub pre_authentication: Option<String>,
    #[serde(rename = "PreSignUp", skip_serializing_if = "Option::is_none")]
    pub pre_sign_up: Option<String>,
    #[serde(rename = "PreTokenGeneration", skip_serializing_if = "Option::is_none")]
    pub pre_token_generation: Option<String>,
    #[serde(rename = "PreTokenGenerationConfig", skip_serializing_if = "Option::is_none")]
    pub pre_token_generation_config: Option<PreTokenGenerationVersionConfigType>,
    #[serde(rename = "UserMigration", skip_serializing_if = "Option::is_none")]
    pub user_migration: Option<String>,
    #[serde(rename = "VerifyAuthChallengeResponse", skip_serializing_if = "Option::is_none")]
    pub verify_auth_challenge_response: Option<String>,
}

/// What [`ListUserPools`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPools.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListUserPoolsRequest {
    #[serde(rename = "MaxResults")]
    pub max_results: i32,
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// What [`ListUserPools`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPools.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListUserPoolsResponse {
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    #[serde(rename = "UserPools", skip_serializing_if = "Option::is_none")]
    pub user_pools: Option<Vec<UserPoolDescriptionType>>,
}

/// [`MessageTemplateType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_MessageTemplateType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MessageTemplateType {
    #[serde(rename = "EmailMessage", skip_serializing_if = "Option::is_none")]
    pub email_message: Option<String>,
    #[serde(rename = "EmailSubject", skip_serializing_if = "Option::is_none")]
    pub email_subject: Option<String>,
    #[serde(rename = "SMSMessage", skip_serializing_if = "Option::is_none")]
    pub sms_message: Option<String>,
}

/// [`NumberAttributeConstraintsType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_NumberAttributeConstraintsType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct NumberAttributeConstraintsType {
    #[serde(rename = "MaxValue", skip_serializing_if = "Option::is_none")]
    pub max_value: Option<String>,
    #[serde(rename = "MinValue", skip_serializing_if = "Option::is_none")]
    pub min_value: Option<String>,
}

/// [`PasswordPolicyType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_PasswordPolicyType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PasswordPolicyType {
    #[serde(rename = "MinimumLength", skip_serializing_if = "Option::is_none")]
    pub minimum_length: Option<i32>,
    #[serde(rename = "PasswordHistorySize", skip_serializing_if = "Option::is_none")]
    pub password_history_size: Option<i32>,
    #[serde(rename = "RequireLowercase", skip_serializing_if = "Option::is_none")]
    pub require_lowercase: Option<bool>,
    #[serde(rename = "RequireNumbers", skip_serializing_if = "Option::is_none")]
    pub require_numbers: Option<bool>,
    #[serde(rename = "RequireSymbols", skip_serializing_if = "Option::is_none")]
    pub require_symbols: Option<bool>,
    #[serde(rename = "RequireUppercase", skip_serializing_if = "Option::is_none")]
    pub require_uppercase: Option<bool>,
    #[serde(rename = "TemporaryPasswordValidityDays", skip_serializing_if = "Option::is_none")]
    pub temporary_password_validity_days: Option<i32>,
}

wire_enum! {
    /// `PreTokenGenerationLambdaVersionType`, a set of names.
    pub enum PreTokenGenerationLambdaVersionType {
    V10 = "V1_0",
    V20 = "V2_0",
    V30 = "V3_0",
    }
}

/// [`PreTokenGenerationVersionConfigType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_PreTokenGenerationVersionConfigType.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PreTokenGenerationVersionConfigType {
    #[serde(rename = "LambdaArn")]
    pub lambda_arn: String,
    #[serde(rename = "LambdaVersion")]
    pub lambda_version: PreTokenGenerationLambdaVersionType,
}

wire_enum! {
    /// `RecoveryOptionNameType`, a set of names.
    pub enum RecoveryOptionNameType {
    VerifiedEmail = "verified_email",
    VerifiedPhoneNumber = "verified_phone_number",
    AdminOnly = "admin_only",
    }
}

/// [`RecoveryOptionType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RecoveryOptionType.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecoveryOptionType {
    #[serde(rename = "Name")]
    pub name: RecoveryOptionNameType,
    #[serde(rename = "Priority")]
    pub priority: i32,
}

/// [`SchemaAttributeType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SchemaAttributeType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SchemaAttributeType {
    #[serde(rename = "AttributeDataType", skip_serializing_if = "Option::is_none")]
    pub attribute_data_type: Option<AttributeDataType>,
    #[serde(rename = "DeveloperOnlyAttribute", skip_serializing_if = "Option::is_none")]
    pub developer_only_attribute: Option<bool>,
    #[serde(rename = "Mutable", skip_serializing_if = "Option::is_none")]
    pub mutable: Option<bool>,
    #[serde(rename = "Name", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(rename = "NumberAttributeConstraints", skip_serializing_if = "Option::is_none")]
    pub number_attribute_constraints: Option<NumberAttributeConstraintsType>,
    #[serde(rename = "Required", skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    #[serde(rename = "StringAttributeConstraints", skip_serializing_if = "Option::is_none")]
    pub string_attribute_constraints: Option<StringAttributeConstraintsType>,
}

/// What [`SetUserPoolMfaConfig`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolMfaConfig.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SetUserPoolMfaConfigRequest {
    #[serde(rename = "EmailMfaConfiguration", skip_serializing_if = "Option::is_none")]
    pub email_mfa_configuration: Option<EmailMfaConfigType>,
    #[serde(rename = "MfaConfiguration", skip_serializing_if = "Option::is_none")]
    pub mfa_configuration: Option<UserPoolMfaType>,
    #[serde(rename = "SmsMfaConfiguration", skip_serializing_if = "Option::is_none")]
    pub sms_mfa_configuration: Option<SmsMfaConfigType>,
    #[serde(rename = "SoftwareTokenMfaConfiguration", skip_serializing_if = "Option::is_none")]
    pub software_token_mfa_configuration: Option<SoftwareTokenMfaConfigType>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "WebAuthnConfiguration", skip_serializing_if = "Option::is_none")]
    pub webauthn_configuration: Option<WebAuthnConfigurationType>,
}

/// What [`SetUserPoolMfaConfig`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolMfaConfig.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SetUserPoolMfaConfigResponse {
    #[serde(rename = "EmailMfaConfiguration", skip_serializing_if = "Option::is_none")]
    pub email_mfa_configuration: Option<EmailMfaConfigType>,
    #[serde(rename = "MfaConfiguration", skip_serializing_if = "Option::is_none")]
    pub mfa_configuration: Option<UserPoolMfaType>,
    #[serde(rename = "SmsMfaConfiguration", skip_serializing_if = "Option::is_none")]
    pub sms_mfa_configuration: Option<SmsMfaConfigType>,
    #[serde(rename = "SoftwareTokenMfaConfiguration", skip_serializing_if = "Option::is_none")]
    pub software_token_mfa_configuration: Option<SoftwareTokenMfaConfigType>,
    #[serde(rename = "WebAuthnConfiguration", skip_serializing_if = "Option::is_none")]
    pub webauthn_configuration: Option<WebAuthnConfigurationType>,
}

/// [`SignInPolicyType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignInPolicyType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SignInPolicyType {
    #[serde(rename = "AllowedFirstAuthFactors", skip_serializing_if = "Option::is_none")]
    pub allowed_first_auth_factors: Option<Vec<AuthFactorType>>,
}

/// [`SmsConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SmsConfigurationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SmsConfigurationType {
    #[serde(rename = "EumsSms", skip_serializing_if = "Option::is_none")]
    pub eums_sms: Option<EumsSmsConfigurationType>,
    #[serde(rename = "ExternalId", skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    #[serde(rename = "SnsCallerArn", skip_serializing_if = "Option::is_none")]
    pub sns_caller_arn: Option<String>,
    #[serde(rename = "SnsRegion", skip_serializing_if = "Option::is_none")]
    pub sns_region: Option<String>,
}

/// [`SmsMfaConfigType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SmsMfaConfigType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SmsMfaConfigType {
    #[serde(rename = "SmsAuthenticationMessage", skip_serializing_if = "Option::is_none")]
    pub sms_authentication_message: Option<String>,
    #[serde(rename = "SmsConfiguration", skip_serializing_if = "Option::is_none")]
    pub sms_configuration: Option<SmsConfigurationType>,
}

/// [`SoftwareTokenMfaConfigType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SoftwareTokenMfaConfigType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SoftwareTokenMfaConfigType {
    #[serde(rename = "Enabled", skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
}

wire_enum! {
    /// `StatusType`, a set of names.
    pub enum StatusType {
    Enabled = "Enabled",
    Disabled = "Disabled",
    }
}

/// [`StringAttributeConstraintsType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StringAttributeConstraintsType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StringAttributeConstraintsType {
    #[serde(rename = "MaxLength", skip_serializing_if = "Option::is_none")]
    pub max_length: Option<String>,
    #[serde(rename = "MinLength", skip_serializing_if = "Option::is_none")]
    pub min_length: Option<String>,
}

/// What [`UpdateUserPool`][page] is given.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateUserPoolRequest {
    #[serde(rename = "AccountRecoverySetting", skip_serializing_if = "Option::is_none")]
    pub account_recovery_setting: Option<AccountRecoverySettingType>,
    #[serde(rename = "AcrConfiguration", skip_serializing_if = "Option::is_none")]
    pub acr_configuration: Option<BTreeMap<String, AcrLevelConfigType>>,
    #[serde(rename = "AdminCreateUserConfig", skip_serializing_if = "Option::is_none")]
    pub admin_create_user_config: Option<AdminCreateUserConfigType>,
    #[serde(rename = "AutoVerifiedAttributes", skip_serializing_if = "Option::is_none")]
    pub auto_verified_attributes: Option<Vec<VerifiedAttributeType>>,
    #[serde(rename = "DcrConfiguration", skip_serializing_if = "Option::is_none")]
    pub dcr_configuration: Option<DcrConfigurationType>,
    #[serde(rename = "DeletionProtection", skip_serializing_if = "Option::is_none")]
    pub deletion_protection: Option<DeletionProtectionType>,
    #[serde(rename = "DeviceConfiguration", skip_serializing_if = "Option::is_none")]
    pub device_configuration: Option<DeviceConfigurationType>,
    #[serde(rename = "EmailConfiguration", skip_serializing_if = "Option::is_none")]
    pub email_configuration: Option<EmailConfigurationType>,
    #[serde(rename = "EmailVerificationMessage", skip_serializing_if = "Option::is_none")]
    pub email_verification_message: Option<String>,
    #[serde(rename = "EmailVerificationSubject", skip_serializing_if = "Option::is_none")]
    pub email_verification_subject: Option<String>,
    #[serde(rename = "IssuerConfiguration", skip_serializing_if = "Option::is_none")]
    pub issuer_configuration: Option<IssuerConfigurationType>,
    #[serde(rename = "KeyConfiguration", skip_serializing_if = "Option::is_none")]
    pub key_configuration: Option<KeyConfigurationType>,
    #[serde(rename = "LambdaConfig", skip_serializing_if = "Option::is_none")]
    pub lambda_config: Option<LambdaConfigType>,
    #[serde(rename = "MfaConfiguration", skip_serializing_if = "Option::is_none")]
    pub mfa_configuration: Option<UserPoolMfaType>,
    #[serde(rename = "Policies", skip_serializing_if = "Option::is_none")]
    pub policies: Option<UserPoolPolicyType>,
    #[serde(rename = "PoolName", skip_serializing_if = "Option::is_none")]
    pub pool_name: Option<String>,
    #[serde(rename = "SmsAuthenticationMessage", skip_serializing_if = "Option::is_none")]
    pub sms_authentication_message: Option<String>,
    #[serde(rename = "SmsConfiguration", skip_serializing_if = "Option::is_none")]
    pub sms_configuration: Option<SmsConfigurationType>,
    #[serde(rename = "SmsVerificationMessage", skip_serializing_if = "Option::is_none")]
    pub sms_verification_message: Option<String>,
    #[serde(rename = "UserAttributeUpdateSettings", skip_serializing_if = "Option::is_none")]
    pub user_attribute_update_settings: Option<UserAttributeUpdateSettingsType>,
    #[serde(rename = "UserPoolAddOns", skip_serializing_if = "Option::is_none")]
    pub user_pool_add_ons: Option<UserPoolAddOnsType>,
    #[serde(rename = "UserPoolId")]
    pub user_pool_id: String,
    #[serde(rename = "UserPoolTags", skip_serializing_if = "Option::is_none")]
    pub user_pool_tags: Option<BTreeMap<String, String>>,
    #[serde(rename = "UserPoolTier", skip_serializing_if = "Option::is_none")]
    pub user_pool_tier: Option<UserPoolTierType>,
    #[serde(rename = "VerificationMessageTemplate", skip_serializing_if = "Option::is_none")]
    pub verification_message_template: Option<VerificationMessageTemplateType>,
}

/// What [`UpdateUserPool`][page] answers.
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpdateUserPoolResponse {}

/// [`UserAttributeUpdateSettingsType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserAttributeUpdateSettingsType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UserAttributeUpdateSettingsType {
    #[serde(
        rename = "AttributesRequireVerificationBeforeUpdate",
        skip_serializing_if = "Option::is_none"
    )]
    pub attributes_require_verification_before_update: Option<Vec<VerifiedAttributeType>>,
}

/// [`UserPoolAddOnsType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolAddOnsType.html
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UserPoolAddOnsType {
    #[serde(rename = "AdvancedSecurityAdditionalFlows", skip_serializing_if = "Option::is_none")]
    pub advanced_security_additional_flows: Option<AdvancedSecurityAdditionalFlowsType>,
    #[serde(rename = "AdvancedSecurityMode")]
    pub advanced_security_mode: AdvancedSecurityModeType,
}

/// [`UserPoolDescriptionType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolDescriptionType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UserPoolDescriptionType {
    #[serde(rename = "CreationDate", skip_serializing_if = "Option::is_none")]
    pub creation_date: Option<EpochSeconds>,
    #[serde(rename = "Id", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(rename = "LambdaConfig", skip_serializing_if = "Option::is_none")]
    pub lambda_config: Option<LambdaConfigType>,
    #[serde(rename = "LastModifiedDate", skip_serializing_if = "Option::is_none")]
    pub last_modified_date: Option<EpochSeconds>,
    #[serde(rename = "Name", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(rename = "ReplicaRegions", skip_serializing_if = "Option::is_none")]
    pub replica_regions: Option<Vec<String>>,
    #[serde(rename = "Status", skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusType>,
}

wire_enum! {
    /// `UserPoolMfaType`, a set of names.
    pub enum UserPoolMfaType {
    Off = "OFF",
    On = "ON",
    Optional = "OPTIONAL",
    }
}

/// [`UserPoolPolicyType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolPolicyType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UserPoolPolicyType {
    #[serde(rename = "PasswordPolicy", skip_serializing_if = "Option::is_none")]
    pub password_policy: Option<PasswordPolicyType>,
    #[serde(rename = "SignInPolicy", skip_serializing_if = "Option::is_none")]
    pub sign_in_policy: Option<SignInPolicyType>,
}

wire_enum! {
    /// `UserPoolTierType`, a set of names.
    pub enum UserPoolTierType {
    Lite = "LITE",
    Essentials = "ESSENTIALS",
    Plus = "PLUS",
    }
}

/// [`UserPoolType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UserPoolType {
    #[serde(rename = "AccountRecoverySetting", skip_serializing_if = "Option::is_none")]
    pub account_recovery_setting: Option<AccountRecoverySettingType>,
    #[serde(rename = "AcrConfiguration", skip_serializing_if = "Option::is_none")]
    pub acr_configuration: Option<BTreeMap<String, AcrLevelConfigType>>,
    #[serde(rename = "AdminCreateUserConfig", skip_serializing_if = "Option::is_none")]
    pub admin_create_user_config: Option<AdminCreateUserConfigType>,
    #[serde(rename = "AliasAttributes", skip_serializing_if = "Option::is_none")]
    pub alias_attributes: Option<Vec<AliasAttributeType>>,
    #[serde(rename = "Arn", skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    #[serde(rename = "AutoVerifiedAttributes", skip_serializing_if = "Option::is_none")]
    pub auto_verified_attributes: Option<Vec<VerifiedAttributeType>>,
    #[serde(rename = "CreationDate", skip_serializing_if = "Option::is_none")]
    pub creation_date: Option<EpochSeconds>,
    #[serde(rename = "CustomDomain", skip_serializing_if = "Option::is_none")]
    pub custom_domain: Option<String>,
    #[serde(rename = "DcrConfiguration", skip_serializing_if = "Option::is_none")]
    pub dcr_configuration: Option<DcrConfigurationType>,
    #[serde(rename = "DeletionProtection", skip_serializing_if = "Option::is_none")]
    pub deletion_protection: Option<DeletionProtectionType>,
    #[serde(rename = "DeviceConfiguration", skip_serializing_if = "Option::is_none")]
    pub device_configuration: Option<DeviceConfigurationType>,
    #[serde(rename = "Domain", skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    #[serde(rename = "EmailConfiguration", skip_serializing_if = "Option::is_none")]
    pub email_configuration: Option<EmailConfigurationType>,
    #[serde(rename = "EmailConfigurationFailure", skip_serializing_if = "Option::is_none")]
    pub email_configuration_failure: Option<String>,
    #[serde(rename = "EmailVerificationMessage", skip_serializing_if = "Option::is_none")]
    pub email_verification_message: Option<String>,
    #[serde(rename = "EmailVerificationSubject", skip_serializing_if = "Option::is_none")]
    pub email_verification_subject: Option<String>,
    #[serde(rename = "EstimatedNumberOfUsers", skip_serializing_if = "Option::is_none")]
    pub estimated_number_of_users: Option<i32>,
    #[serde(rename = "Id", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(rename = "IssuerConfiguration", skip_serializing_if = "Option::is_none")]
    pub issuer_configuration: Option<IssuerConfigurationType>,
    #[serde(rename = "KeyConfiguration", skip_serializing_if = "Option::is_none")]
    pub key_configuration: Option<KeyConfigurationType>,
    #[serde(rename = "LambdaConfig", skip_serializing_if = "Option::is_none")]
    pub lambda_config: Option<LambdaConfigType>,
    #[serde(rename = "LastModifiedDate", skip_serializing_if = "Option::is_none")]
    pub last_modified_date: Option<EpochSeconds>,
    #[serde(rename = "MfaConfiguration", skip_serializing_if = "Option::is_none")]
    pub mfa_configuration: Option<UserPoolMfaType>,
    #[serde(rename = "Name", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(rename = "Policies", skip_serializing_if = "Option::is_none")]
    pub policies: Option<UserPoolPolicyType>,
    #[serde(rename = "SchemaAttributes", skip_serializing_if = "Option::is_none")]
    pub schema_attributes: Option<Vec<SchemaAttributeType>>,
    #[serde(rename = "SmsAuthenticationMessage", skip_serializing_if = "Option::is_none")]
    pub sms_authentication_message: Option<String>,
    #[serde(rename = "SmsConfiguration", skip_serializing_if = "Option::is_none")]
    pub sms_configuration: Option<SmsConfigurationType>,
    #[serde(rename = "SmsConfigurationFailure", skip_serializing_if = "Option::is_none")]
    pub sms_configuration_failure: Option<String>,
    #[serde(rename = "SmsVerificationMessage", skip_serializing_if = "Option::is_none")]
    pub sms_verification_message: Option<String>,
    #[serde(rename = "Status", skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusType>,
    #[serde(rename = "UserAttributeUpdateSettings", skip_serializing_if = "Option::is_none")]
    pub user_attribute_update_settings: Option<UserAttributeUpdateSettingsType>,
    #[serde(rename = "UserPoolAddOns", skip_serializing_if = "Option::is_none")]
    pub user_pool_add_ons: Option<UserPoolAddOnsType>,
    #[serde(rename = "UserPoolTags", skip_serializing_if = "Option::is_none")]
    pub user_pool_tags: Option<BTreeMap<String, String>>,
    #[serde(rename = "UserPoolTier", skip_serializing_if = "Option::is_none")]
    pub user_pool_tier: Option<UserPoolTierType>,
    #[serde(rename = "UsernameAttributes", skip_serializing_if = "Option::is_none")]
    pub username_attributes: Option<Vec<UsernameAttributeType>>,
    #[serde(rename = "UsernameConfiguration", skip_serializing_if = "Option::is_none")]
    pub username_configuration: Option<UsernameConfigurationType>,
    #[serde(rename = "VerificationMessageTemplate", skip_serializing_if = "Option::is_none")]
    pub verification_message_template: Option<VerificationMessageTemplateType>,
}

wire_enum! {
    /// `UserVerificationType`, a set of names.
    pub enum UserVerificationType {
    Required = "required",
    Preferred = "preferred",
    }
}

wire_enum! {
    /// `UsernameAttributeType`, a set of names.
    pub enum UsernameAttributeType {
    PhoneNumber = "phone_number",
    Email = "email",
    }
}

/// [`UsernameConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UsernameConfigurationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UsernameConfigurationType {
    #[serde(rename = "CaseSensitive")]
    pub case_sensitive: bool,
}

/// [`VerificationMessageTemplateType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerificationMessageTemplateType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct VerificationMessageTemplateType {
    #[serde(rename = "DefaultEmailOption", skip_serializing_if = "Option::is_none")]
    pub default_email_option: Option<DefaultEmailOptionType>,
    #[serde(rename = "EmailMessage", skip_serializing_if = "Option::is_none")]
    pub email_message: Option<String>,
    #[serde(rename = "EmailMessageByLink", skip_serializing_if = "Option::is_none")]
    pub email_message_by_link: Option<String>,
    #[serde(rename = "EmailSubject", skip_serializing_if = "Option::is_none")]
    pub email_subject: Option<String>,
    #[serde(rename = "EmailSubjectByLink", skip_serializing_if = "Option::is_none")]
    pub email_subject_by_link: Option<String>,
    #[serde(rename = "SmsMessage", skip_serializing_if = "Option::is_none")]
    pub sms_message: Option<String>,
}

wire_enum! {
    /// `VerifiedAttributeType`, a set of names.
    pub enum VerifiedAttributeType {
    PhoneNumber = "phone_number",
    Email = "email",
    }
}

/// [`WebAuthnConfigurationType`][page].
///
/// [page]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_WebAuthnConfigurationType.html
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct WebAuthnConfigurationType {
    #[serde(rename = "FactorConfiguration", skip_serializing_if = "Option::is_none")]
    pub factor_configuration: Option<WebAuthnFactorConfigurationType>,
    #[serde(rename = "RelyingPartyId", skip_serializing_if = "Option::is_none")]
    pub relying_party_id: Option<String>,
    #[serde(rename = "UserVerification", skip_serializing_if = "Option::is_none")]
    pub user_verification: Option<UserVerificationType>,
}

wire_enum! {
    /// `WebAuthnFactorConfigurationType`, a set of names.
    pub enum WebAuthnFactorConfigurationType {
    SingleFactor = "SINGLE_FACTOR",
    MultiFactorWithUserVerification = "MULTI_FACTOR_WITH_USER_VERIFICATION",
    }
}
