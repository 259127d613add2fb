// Written by `cargo xtask codegen` from model/. Do not edit.
//! Structures of the `pools` operations.

use super::*;
use crate::shape::{Member, Shape};

pub(crate) static ACCOUNT_RECOVERY_SETTING_TYPE: Shape = Shape::structure(
    "AccountRecoverySettingType",
    &[Member::optional("RecoveryMechanisms", &RECOVERY_MECHANISMS_TYPE)],
);

pub(crate) static ACR_LEVEL_CONFIG_TYPE: Shape =
    Shape::structure("AcrLevelConfigType", &[Member::required("AcrValue", &ACR_VALUE_TYPE)]);

pub(crate) static ADD_CUSTOM_ATTRIBUTES_REQUEST: Shape = Shape::structure(
    "AddCustomAttributesRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::required("CustomAttributes", &CUSTOM_ATTRIBUTES_LIST_TYPE),
    ],
);

pub(crate) static ADMIN_CREATE_USER_CONFIG_TYPE: Shape = Shape::structure(
    "AdminCreateUserConfigType",
    &[
        Member::optional("AllowAdminCreateUserOnly", &BOOLEAN_TYPE),
        Member::optional(
            "UnusedAccountValidityDays",
            &ADMIN_CREATE_USER_UNUSED_ACCOUNT_VALIDITY_DAYS_TYPE,
        ),
        Member::optional("InviteMessageTemplate", &MESSAGE_TEMPLATE_TYPE),
    ],
);

pub(crate) static ADVANCED_SECURITY_ADDITIONAL_FLOWS_TYPE: Shape = Shape::structure(
    "AdvancedSecurityAdditionalFlowsType",
    &[Member::optional("CustomAuthMode", &ADVANCED_SECURITY_ENABLED_MODE_TYPE)],
);

pub(crate) static CREATE_USER_POOL_REQUEST: Shape = Shape::structure(
    "CreateUserPoolRequest",
    &[
        Member::required("PoolName", &USER_POOL_NAME_TYPE),
        Member::optional("Policies", &USER_POOL_POLICY_TYPE),
        Member::optional("DeletionProtection", &DELETION_PROTECTION_TYPE),
        Member::optional("LambdaConfig", &LAMBDA_CONFIG_TYPE),
        Member::optional("AutoVerifiedAttributes", &VERIFIED_ATTRIBUTES_LIST_TYPE),
        Member::optional("AliasAttributes", &ALIAS_ATTRIBUTES_LIST_TYPE),
        Member::optional("UsernameAttributes", &USERNAME_ATTRIBUTES_LIST_TYPE),
        Member::optional("SmsVerificationMessage", &SMS_VERIFICATION_MESSAGE_TYPE),
        Member::optional("EmailVerificationMessage", &EMAIL_VERIFICATION_MESSAGE_TYPE),
        Member::optional("EmailVerificationSubject", &EMAIL_VERIFICATION_SUBJECT_TYPE),
        Member::optional("VerificationMessageTemplate", &VERIFICATION_MESSAGE_TEMPLATE_TYPE),
        Member::optional("SmsAuthenticationMessage", &SMS_VERIFICATION_MESSAGE_TYPE),
        Member::optional("MfaConfiguration", &USER_POOL_MFA_TYPE),
        Member::optional("UserAttributeUpdateSettings", &USER_ATTRIBUTE_UPDATE_SETTINGS_TYPE),
        Member::optional("DeviceConfiguration", &DEVICE_CONFIGURATION_TYPE),
        Member::optional("EmailConfiguration", &EMAIL_CONFIGURATION_TYPE),
        Member::optional("SmsConfiguration", &SMS_CONFIGURATION_TYPE),
        Member::optional("UserPoolTags", &USER_POOL_TAGS_TYPE),
        Member::optional("AdminCreateUserConfig", &ADMIN_CREATE_USER_CONFIG_TYPE),
        Member::optional("Schema", &SCHEMA_ATTRIBUTES_LIST_TYPE),
        Member::optional("UserPoolAddOns", &USER_POOL_ADD_ONS_TYPE),
        Member::optional("DcrConfiguration", &DCR_CONFIGURATION_TYPE),
        Member::optional("UsernameConfiguration", &USERNAME_CONFIGURATION_TYPE),
        Member::optional("AccountRecoverySetting", &ACCOUNT_RECOVERY_SETTING_TYPE),
        Member::optional("UserPoolTier", &USER_POOL_TIER_TYPE),
        Member::optional("KeyConfiguration", &KEY_CONFIGURATION_TYPE),
        Member::optional("IssuerConfiguration", &ISSUER_CONFIGURATION_TYPE),
        Member::optional("AcrConfiguration", &ACR_CONFIGURATION_TYPE),
    ],
);

pub(crate) static CUSTOM_EMAIL_LAMBDA_VERSION_CONFIG_TYPE: Shape = Shape::structure(
    "CustomEmailLambdaVersionConfigType",
    &[
        Member::required("LambdaVersion", &CUSTOM_EMAIL_SENDER_LAMBDA_VERSION_TYPE),
        Member::required("LambdaArn", &ARN_TYPE),
    ],
);

pub(crate) static CUSTOM_SMS_LAMBDA_VERSION_CONFIG_TYPE: Shape = Shape::structure(
    "CustomSMSLambdaVersionConfigType",
    &[
        Member::required("LambdaVersion", &CUSTOM_SMS_SENDER_LAMBDA_VERSION_TYPE),
        Member::required("LambdaArn", &ARN_TYPE),
    ],
);

pub(crate) static DCR_CONFIGURATION_TYPE: Shape = Shape::structure(
    "DcrConfigurationType",
    &[
        Member::optional("EnableStatus", &STATUS_TYPE),
        Member::optional("OpenDcrEnabled", &BOOLEAN_TYPE),
        Member::optional("AuthenticatedGrantTypes", &OAUTH_FLOWS_TYPE),
        Member::optional("OpenDcrGrantTypes", &OAUTH_FLOWS_TYPE),
        Member::optional("AllowedScopes", &SCOPE_LIST_TYPE),
    ],
);

pub(crate) static DELETE_USER_POOL_REQUEST: Shape = Shape::structure(
    "DeleteUserPoolRequest",
    &[Member::required("UserPoolId", &USER_POOL_ID_TYPE)],
);

pub(crate) static DESCRIBE_USER_POOL_REQUEST: Shape = Shape::structure(
    "DescribeUserPoolRequest",
    &[Member::required("UserPoolId", &USER_POOL_ID_TYPE)],
);

pub(crate) static DEVICE_CONFIGURATION_TYPE: Shape = Shape::structure(
    "DeviceConfigurationType",
    &[
        Member::optional("ChallengeRequiredOnNewDevice", &BOOLEAN_TYPE),
        Member::optional("DeviceOnlyRememberedOnUserPrompt", &BOOLEAN_TYPE),
    ],
);

pub(crate) static EMAIL_CONFIGURATION_TYPE: Shape = Shape::structure(
    "EmailConfigurationType",
    &[
        Member::optional("SourceArn", &ARN_TYPE),
        Member::optional("ReplyToEmailAddress", &EMAIL_ADDRESS_TYPE),
        Member::optional("EmailSendingAccount", &EMAIL_SENDING_ACCOUNT_TYPE),
        Member::optional("From", &STRING_TYPE),
        Member::optional("ConfigurationSet", &SES_CONFIGURATION_SET),
    ],
);

pub(crate) static EMAIL_MFA_CONFIG_TYPE: Shape = Shape::structure(
    "EmailMfaConfigType",
    &[
        Member::optional("Message", &EMAIL_MFA_MESSAGE_TYPE),
        Member::optional("Subject", &EMAIL_MFA_SUBJECT_TYPE),
    ],
);

pub(crate) static EUMS_SMS_CONFIGURATION_TYPE: Shape = Shape::structure(
    "EumsSmsConfigurationType",
    &[
        Member::required("CallerArn", &ARN_TYPE),
        Member::optional("ExternalId", &STRING_TYPE),
        Member::optional("OriginationIdentity", &STRING_TYPE),
        Member::optional("ConfigurationSetName", &STRING_TYPE),
        Member::optional("InEntityId", &STRING_TYPE),
        Member::optional("InTemplateId", &STRING_TYPE),
        Member::optional("Region", &REGION_CODE_TYPE),
    ],
);

pub(crate) static GET_SIGNING_CERTIFICATE_REQUEST: Shape = Shape::structure(
    "GetSigningCertificateRequest",
    &[Member::required("UserPoolId", &USER_POOL_ID_TYPE)],
);

pub(crate) static GET_USER_POOL_MFA_CONFIG_REQUEST: Shape = Shape::structure(
    "GetUserPoolMfaConfigRequest",
    &[Member::required("UserPoolId", &USER_POOL_ID_TYPE)],
);

pub(crate) static INBOUND_FEDERATION_LAMBDA_TYPE: Shape = Shape::structure(
    "InboundFederationLambdaType",
    &[
        Member::required("LambdaVersion", &INBOUND_FEDERATION_LAMBDA_VERSION_TYPE),
        Member::required("LambdaArn", &ARN_TYPE),
    ],
);

pub(crate) static ISSUER_CONFIGURATION_TYPE: Shape =
    Shape::structure("IssuerConfigurationType", &[Member::optional("Type", &ISSUER_TYPE)]);

pub(crate) static KEY_CONFIGURATION_TYPE: Shape = Shape::structure(
    "KeyConfigurationType",
    &[
        Member::optional("KeyType", &ENCRYPTION_KEY_TYPE),
        Member::optional("KmsKeyArn", &ENCRYPTION_KEY_ARN_TYPE),
    ],
);

pub(crate) static LAMBDA_CONFIG_TYPE: Shape = Shape::structure(
    "LambdaConfigType",
    &[
        Member::optional("PreSignUp", &ARN_TYPE),
        Member::optional("CustomMessage", &ARN_TYPE),
        Member::optional("PostConfirmation", &ARN_TYPE),
        Member::optional("PreAuthentication", &ARN_TYPE),
        Member::optional("PostAuthentication", &ARN_TYPE),
        Member::optional("DefineAuthChallenge", &ARN_TYPE),
        Member::optional("CreateAuthChallenge", &ARN_TYPE),
        Member::optional("VerifyAuthChallengeResponse", &ARN_TYPE),
        Member::optional("PreTokenGeneration", &ARN_TYPE),
        Member::optional("UserMigration", &ARN_TYPE),
        Member::optional("PreTokenGenerationConfig", &PRE_TOKEN_GENERATION_VERSION_CONFIG_TYPE),
        Member::optional("CustomSMSSender", &CUSTOM_SMS_LAMBDA_VERSION_CONFIG_TYPE),
        Member::optional("CustomEmailSender", &CUSTOM_EMAIL_LAMBDA_VERSION_CONFIG_TYPE),
        Member::optional("KMSKeyID", &ARN_TYPE),
        Member::optional("InboundFederation", &INBOUND_FEDERATION_LAMBDA_TYPE),
    ],
);

pub(crate) static LIST_USER_POOLS_REQUEST: Shape = Shape::structure(
    "ListUserPoolsRequest",
    &[
        Member::optional("NextToken", &PAGINATION_KEY_TYPE),
        Member::required("MaxResults", &POOL_QUERY_LIMIT_TYPE),
    ],
);

pub(crate) static MESSAGE_TEMPLATE_TYPE: Shape = Shape::structure(
    "MessageTemplateType",
    &[
        Member::optional("SMSMessage", &SMS_INVITE_MESSAGE_TYPE),
        Member::optional("EmailMessage", &EMAIL_INVITE_MESSAGE_TYPE),
        Member::optional("EmailSubject", &EMAIL_VERIFICATION_SUBJECT_TYPE),
    ],
);

pub(crate) static NUMBER_ATTRIBUTE_CONSTRAINTS_TYPE: Shape = Shape::structure(
    "NumberAttributeConstraintsType",
    &[Member::optional("MinValue", &STRING_TYPE), Member::optional("MaxValue", &STRING_TYPE)],
);

pub(crate) static PASSWORD_POLICY_TYPE: Shape = Shape::structure(
    "PasswordPolicyType",
    &[
        Member::optional("MinimumLength", &PASSWORD_POLICY_MIN_LENGTH_TYPE),
        Member::optional("RequireUppercase", &BOOLEAN_TYPE),
        Member::optional("RequireLowercase", &BOOLEAN_TYPE),
        Member::optional("RequireNumbers", &BOOLEAN_TYPE),
        Member::optional("RequireSymbols", &BOOLEAN_TYPE),
        Member::optional("PasswordHistorySize", &PASSWORD_HISTORY_SIZE_TYPE),
        Member::optional("TemporaryPasswordValidityDays", &TEMPORARY_PASSWORD_VALIDITY_DAYS_TYPE),
    ],
);

pub(crate) static PRE_TOKEN_GENERATION_VERSION_CONFIG_TYPE: Shape = Shape::structure(
    "PreTokenGenerationVersionConfigType",
    &[
        Member::required("LambdaVersion", &PRE_TOKEN_GENERATION_LAMBDA_VERSION_TYPE),
        Member::required("LambdaArn", &ARN_TYPE),
    ],
);

pub(crate) static RECOVERY_OPTION_TYPE: Shape = Shape::structure(
    "RecoveryOptionType",
    &[
        Member::required("Priority", &PRIORITY_TYPE),
        Member::required("Name", &RECOVERY_OPTION_NAME_TYPE),
    ],
);

pub(crate) static SCHEMA_ATTRIBUTE_TYPE: Shape = Shape::structure(
    "SchemaAttributeType",
    &[
        Member::optional("Name", &CUSTOM_ATTRIBUTE_NAME_TYPE),
        Member::optional("AttributeDataType", &ATTRIBUTE_DATA_TYPE),
        Member::optional("DeveloperOnlyAttribute", &BOOLEAN_TYPE),
        Member::optional("Mutable", &BOOLEAN_TYPE),
        Member::optional("Required", &BOOLEAN_TYPE),
        Member::optional("NumberAttributeConstraints", &NUMBER_ATTRIBUTE_CONSTRAINTS_TYPE),
        Member::optional("StringAttributeConstraints", &STRING_ATTRIBUTE_CONSTRAINTS_TYPE),
    ],
);

pub(crate) static SET_USER_POOL_MFA_CONFIG_REQUEST: Shape = Shape::structure(
    "SetUserPoolMfaConfigRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("SmsMfaConfiguration", &SMS_MFA_CONFIG_TYPE),
        Member::optional("SoftwareTokenMfaConfiguration", &SOFTWARE_TOKEN_MFA_CONFIG_TYPE),
        Member::optional("EmailMfaConfiguration", &EMAIL_MFA_CONFIG_TYPE),
        Member::optional("MfaConfiguration", &USER_POOL_MFA_TYPE),
        Member::optional("WebAuthnConfiguration", &WEBAUTHN_CONFIGURATION_TYPE),
    ],
);

pub(crate) static SIGN_IN_POLICY_TYPE: Shape = Shape::structure(
    "SignInPolicyType",
    &[Member::optional("AllowedFirstAuthFactors", &ALLOWED_FIRST_AUTH_FACTORS_LIST_TYPE)],
);

pub(crate) static SMS_CONFIGURATION_TYPE: Shape = Shape::structure(
    "SmsConfigurationType",
    &[
        Member::optional("SnsCallerArn", &OPTIONAL_ARN_TYPE),
        Member::optional("ExternalId", &STRING_TYPE),
        Member::optional("SnsRegion", &REGION_CODE_TYPE),
        Member::optional("EumsSms", &EUMS_SMS_CONFIGURATION_TYPE),
    ],
);

pub(crate) static SMS_MFA_CONFIG_TYPE: Shape = Shape::structure(
    "SmsMfaConfigType",
    &[
        Member::optional("SmsAuthenticationMessage", &SMS_VERIFICATION_MESSAGE_TYPE),
        Member::optional("SmsConfiguration", &SMS_CONFIGURATION_TYPE),
    ],
);

pub(crate) static SOFTWARE_TOKEN_MFA_CONFIG_TYPE: Shape =
    Shape::structure("SoftwareTokenMfaConfigType", &[Member::optional("Enabled", &BOOLEAN_TYPE)]);

pub(crate) static STRING_ATTRIBUTE_CONSTRAINTS_TYPE: Shape = Shape::structure(
    "StringAttributeConstraintsType",
    &[Member::optional("MinLength", &STRING_TYPE), Member::optional("MaxLength", &STRING_TYPE)],
);

pub(crate) static UPDATE_USER_POOL_REQUEST: Shape = Shape::structure(
    "UpdateUserPoolRequest",
    &[
        Member::required("UserPoolId", &USER_POOL_ID_TYPE),
        Member::optional("Policies", &USER_POOL_POLICY_TYPE),
        Member::optional("DeletionProtection", &DELETION_PROTECTION_TYPE),
        Member::optional("LambdaConfig", &LAMBDA_CONFIG_TYPE),
        Member::optional("AutoVerifiedAttributes", &VERIFIED_ATTRIBUTES_LIST_TYPE),
        Member::optional("SmsVerificationMessage", &SMS_VERIFICATION_MESSAGE_TYPE),
        Member::optional("EmailVerificationMessage", &EMAIL_VERIFICATION_MESSAGE_TYPE),
        Member::optional("EmailVerificationSubject", &EMAIL_VERIFICATION_SUBJECT_TYPE),
        Member::optional("VerificationMessageTemplate", &VERIFICATION_MESSAGE_TEMPLATE_TYPE),
        Member::optional("SmsAuthenticationMessage", &SMS_VERIFICATION_MESSAGE_TYPE),
        Member::optional("UserAttributeUpdateSettings", &USER_ATTRIBUTE_UPDATE_SETTINGS_TYPE),
        Member::optional("MfaConfiguration", &USER_POOL_MFA_TYPE),
        Member::optional("DeviceConfiguration", &DEVICE_CONFIGURATION_TYPE),
        Member::optional("EmailConfiguration", &EMAIL_CONFIGURATION_TYPE),
        Member::optional("SmsConfiguration", &SMS_CONFIGURATION_TYPE),
        Member::optional("UserPoolTags", &USER_POOL_TAGS_TYPE),
        Member::optional("AdminCreateUserConfig", &ADMIN_CREATE_USER_CONFIG_TYPE),
        Member::optional("UserPoolAddOns", &USER_POOL_ADD_ONS_TYPE),
        Member::optional("DcrConfiguration", &DCR_CONFIGURATION_TYPE),
        Member::optional("AccountRecoverySetting", &ACCOUNT_RECOVERY_SETTING_TYPE),
        Member::optional("PoolName", &USER_POOL_NAME_TYPE),
        Member::optional("UserPoolTier", &USER_POOL_TIER_TYPE),
        Member::optional("KeyConfiguration", &KEY_CONFIGURATION_TYPE),
        Member::optional("IssuerConfiguration", &ISSUER_CONFIGURATION_TYPE),
        Member::optional("AcrConfiguration", &ACR_CONFIGURATION_TYPE),
    ],
);

pub(crate) static USER_ATTRIBUTE_UPDATE_SETTINGS_TYPE: Shape = Shape::structure(
    "UserAttributeUpdateSettingsType",
    &[Member::optional(
        "AttributesRequireVerificationBeforeUpdate",
        &ATTRIBUTES_REQUIRE_VERIFICATION_BEFORE_UPDATE_TYPE,
    )],
);

pub(crate) static USER_POOL_ADD_ONS_TYPE: Shape = Shape::structure(
    "UserPoolAddOnsType",
    &[
        Member::required("AdvancedSecurityMode", &ADVANCED_SECURITY_MODE_TYPE),
        Member::optional(
            "AdvancedSecurityAdditionalFlows",
            &ADVANCED_SECURITY_ADDITIONAL_FLOWS_TYPE,
        ),
    ],
);

pub(crate) static USER_POOL_POLICY_TYPE: Shape = Shape::structure(
    "UserPoolPolicyType",
    &[
        Member::optional("PasswordPolicy", &PASSWORD_POLICY_TYPE),
        Member::optional("SignInPolicy", &SIGN_IN_POLICY_TYPE),
    ],
);

pub(crate) static USERNAME_CONFIGURATION_TYPE: Shape = Shape::structure(
    "UsernameConfigurationType",
    &[Member::required("CaseSensitive", &WRAPPED_BOOLEAN_TYPE)],
);

pub(crate) static VERIFICATION_MESSAGE_TEMPLATE_TYPE: Shape = Shape::structure(
    "VerificationMessageTemplateType",
    &[
        Member::optional("SmsMessage", &SMS_VERIFICATION_MESSAGE_TYPE),
        Member::optional("EmailMessage", &EMAIL_VERIFICATION_MESSAGE_TYPE),
        Member::optional("EmailSubject", &EMAIL_VERIFICATION_SUBJECT_TYPE),
        Member::optional("EmailMessageByLink", &EMAIL_VERIFICATION_MESSAGE_BY_LINK_TYPE),
        Member::optional("EmailSubjectByLink", &EMAIL_VERIFICATION_SUBJECT_BY_LINK_TYPE),
        Member::optional("DefaultEmailOption", &DEFAULT_EMAIL_OPTION_TYPE),
    ],
);

pub(crate) static WEBAUTHN_CONFIGURATION_TYPE: Shape = Shape::structure(
    "WebAuthnConfigurationType",
    &[
        Member::optional("RelyingPartyId", &RELYING_PARTY_ID_TYPE),
        Member::optional("UserVerification", &USER_VERIFICATION_TYPE),
        Member::optional("FactorConfiguration", &WEBAUTHN_FACTOR_CONFIGURATION_TYPE),
    ],
);
