// Written by `cargo xtask codegen` from model/. Do not edit.
//! Lists, maps and simple values.

use super::patterns;
use super::*;
use crate::shape::Shape;

pub(crate) static AUTH_FLOW_TYPE: Shape = Shape::enumeration(
    "AuthFlowType",
    &[
        "USER_SRP_AUTH",
        "REFRESH_TOKEN_AUTH",
        "REFRESH_TOKEN",
        "CUSTOM_AUTH",
        "ADMIN_NO_SRP_AUTH",
        "USER_PASSWORD_AUTH",
        "ADMIN_USER_PASSWORD_AUTH",
        "USER_AUTH",
    ],
);
pub(crate) static AUTH_PARAMETERS_TYPE: Shape =
    Shape::map("AuthParametersType", &STRING_TYPE, &STRING_TYPE).sensitive();
pub(crate) static CHALLENGE_NAME_TYPE: Shape = Shape::enumeration(
    "ChallengeNameType",
    &[
        "SMS_MFA",
        "EMAIL_OTP",
        "SOFTWARE_TOKEN_MFA",
        "SELECT_MFA_TYPE",
        "MFA_SETUP",
        "PASSWORD_VERIFIER",
        "CUSTOM_CHALLENGE",
        "SELECT_CHALLENGE",
        "DEVICE_SRP_AUTH",
        "DEVICE_PASSWORD_VERIFIER",
        "ADMIN_NO_SRP_AUTH",
        "NEW_PASSWORD_REQUIRED",
        "SMS_OTP",
        "PASSWORD",
        "WEB_AUTHN",
        "PASSWORD_SRP",
    ],
);
pub(crate) static CHALLENGE_RESPONSES_TYPE: Shape =
    Shape::map("ChallengeResponsesType", &STRING_TYPE, &STRING_TYPE).sensitive();
pub(crate) static HTTP_HEADER_LIST: Shape = Shape::list("HttpHeaderList", &HTTP_HEADER);
pub(crate) static ASSET_BYTES_TYPE: Shape = Shape::blob("AssetBytesType").at_most(1_000_000);
pub(crate) static ASSET_CATEGORY_TYPE: Shape = Shape::enumeration(
    "AssetCategoryType",
    &[
        "FAVICON_ICO",
        "FAVICON_SVG",
        "EMAIL_GRAPHIC",
        "SMS_GRAPHIC",
        "AUTH_APP_GRAPHIC",
        "PASSWORD_GRAPHIC",
        "PASSKEY_GRAPHIC",
        "PAGE_HEADER_LOGO",
        "PAGE_HEADER_BACKGROUND",
        "PAGE_FOOTER_LOGO",
        "PAGE_FOOTER_BACKGROUND",
        "PAGE_BACKGROUND",
        "FORM_BACKGROUND",
        "FORM_LOGO",
        "IDP_BUTTON_ICON",
    ],
);
pub(crate) static ASSET_EXTENSION_TYPE: Shape =
    Shape::enumeration("AssetExtensionType", &["ICO", "JPEG", "PNG", "SVG", "WEBP"]);
pub(crate) static ASSET_LIST_TYPE: Shape =
    Shape::list("AssetListType", &ASSET_TYPE).at_least(0).at_most(40);
pub(crate) static CSS_TYPE: Shape = Shape::string("CSSType").at_least(0).at_most(131_072);
pub(crate) static COLOR_SCHEME_MODE_TYPE: Shape =
    Shape::enumeration("ColorSchemeModeType", &["LIGHT", "DARK", "DYNAMIC"]);
pub(crate) static IMAGE_FILE_TYPE: Shape =
    Shape::blob("ImageFileType").at_least(0).at_most(131_072);
pub(crate) static MANAGED_LOGIN_BRANDING_ID_TYPE: Shape =
    Shape::string("ManagedLoginBrandingIdType").matching(&patterns::MANAGED_LOGIN_BRANDING_ID_TYPE);
pub(crate) static RESOURCE_ID_TYPE: Shape =
    Shape::string("ResourceIdType").at_least(1).at_most(40).matching(&patterns::RESOURCE_ID_TYPE);
pub(crate) static ACCESS_TOKEN_VALIDITY_TYPE: Shape =
    Shape::integer("AccessTokenValidityType").at_least(1).at_most(86_400);
pub(crate) static AUTH_SESSION_VALIDITY_TYPE: Shape =
    Shape::integer("AuthSessionValidityType").at_least(3).at_most(15);
pub(crate) static CALLBACK_URLS_LIST_TYPE: Shape =
    Shape::list("CallbackURLsListType", &REDIRECT_URL_TYPE).at_least(0).at_most(100);
pub(crate) static CLIENT_NAME_TYPE: Shape =
    Shape::string("ClientNameType").at_least(1).at_most(128).matching(&patterns::CLIENT_NAME_TYPE);
pub(crate) static CLIENT_PERMISSION_LIST_TYPE: Shape =
    Shape::list("ClientPermissionListType", &CLIENT_PERMISSION_TYPE);
pub(crate) static CLIENT_PERMISSION_TYPE: Shape =
    Shape::string("ClientPermissionType").at_least(1).at_most(2048);
pub(crate) static CLIENT_SECRET_ID_TYPE: Shape =
    Shape::string("ClientSecretIdType").at_least(1).at_most(128);
pub(crate) static CLIENT_TYPE_TYPE: Shape =
    Shape::enumeration("ClientTypeType", &["REGULAR", "DCR"]);
pub(crate) static EXPLICIT_AUTH_FLOWS_LIST_TYPE: Shape =
    Shape::list("ExplicitAuthFlowsListType", &EXPLICIT_AUTH_FLOWS_TYPE);
pub(crate) static EXPLICIT_AUTH_FLOWS_TYPE: Shape = Shape::enumeration(
    "ExplicitAuthFlowsType",
    &[
        "ALLOW_CUSTOM_AUTH",
        "ADMIN_NO_SRP_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "CUSTOM_AUTH_FLOW_ONLY",
        "USER_PASSWORD_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_USER_AUTH",
        "ALLOW_TOKEN_EXCHANGE_DELEGATION",
        "ALLOW_TOKEN_EXCHANGE_IMPERSONATION",
        "ALLOW_CLIENT_TOKEN_AUTH",
    ],
);
pub(crate) static FEATURE_TYPE: Shape = Shape::enumeration("FeatureType", &["ENABLED", "DISABLED"]);
pub(crate) static GENERATE_SECRET: Shape = Shape::boolean("GenerateSecret");
pub(crate) static HEX_STRING_TYPE: Shape =
    Shape::string("HexStringType").matching(&patterns::HEX_STRING_TYPE);
pub(crate) static ID_TOKEN_VALIDITY_TYPE: Shape =
    Shape::integer("IdTokenValidityType").at_least(1).at_most(86_400);
pub(crate) static LOGOUT_URLS_LIST_TYPE: Shape =
    Shape::list("LogoutURLsListType", &REDIRECT_URL_TYPE).at_least(0).at_most(100);
pub(crate) static PREVENT_USER_EXISTENCE_ERROR_TYPES: Shape =
    Shape::enumeration("PreventUserExistenceErrorTypes", &["LEGACY", "ENABLED"]);
pub(crate) static QUERY_LIMIT: Shape = Shape::integer("QueryLimit").at_least(1).at_most(60);
pub(crate) static REDIRECT_URL_TYPE: Shape = Shape::string("RedirectUrlType")
    .at_least(1)
    .at_most(1024)
    .matching(&patterns::REDIRECT_URL_TYPE);
pub(crate) static REFRESH_TOKEN_VALIDITY_TYPE: Shape =
    Shape::integer("RefreshTokenValidityType").at_least(0).at_most(315_360_000);
pub(crate) static RETRY_GRACE_PERIOD_SECONDS_TYPE: Shape =
    Shape::integer("RetryGracePeriodSecondsType").at_least(0).at_most(60);
pub(crate) static SUPPORTED_IDENTITY_PROVIDERS_LIST_TYPE: Shape =
    Shape::list("SupportedIdentityProvidersListType", &PROVIDER_NAME_TYPE);
pub(crate) static TIME_UNITS_TYPE: Shape =
    Shape::enumeration("TimeUnitsType", &["seconds", "minutes", "hours", "days"]);
pub(crate) static ACR_VALUE_TYPE: Shape =
    Shape::string("AcrValueType").at_least(1).at_most(64).matching(&patterns::ACR_VALUE_TYPE);
pub(crate) static ARN_TYPE: Shape =
    Shape::string("ArnType").at_least(20).at_most(2048).matching(&patterns::ARN_TYPE);
pub(crate) static ATTRIBUTE_LIST_TYPE: Shape = Shape::list("AttributeListType", &ATTRIBUTE_TYPE);
pub(crate) static ATTRIBUTE_NAME_TYPE: Shape = Shape::string("AttributeNameType")
    .at_least(1)
    .at_most(32)
    .matching(&patterns::ATTRIBUTE_NAME_TYPE);
pub(crate) static ATTRIBUTE_VALUE_TYPE: Shape =
    Shape::string("AttributeValueType").at_most(2048).sensitive();
pub(crate) static AUTH_FACTOR_TYPE: Shape = Shape::enumeration(
    "AuthFactorType",
    &["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN", "SOFTWARE_TOKEN"],
);
pub(crate) static BOOLEAN_TYPE: Shape = Shape::boolean("BooleanType");
pub(crate) static CLIENT_ID_TYPE: Shape = Shape::string("ClientIdType")
    .at_least(1)
    .at_most(128)
    .matching(&patterns::CLIENT_ID_TYPE)
    .sensitive();
pub(crate) static CLIENT_METADATA_TYPE: Shape =
    Shape::map("ClientMetadataType", &STRING_TYPE, &STRING_TYPE);
pub(crate) static CLIENT_SECRET_TYPE: Shape = Shape::string("ClientSecretType")
    .at_least(24)
    .at_most(64)
    .matching(&patterns::CLIENT_SECRET_TYPE)
    .sensitive();
pub(crate) static CONFIRMATION_CODE_TYPE: Shape = Shape::string("ConfirmationCodeType")
    .at_least(1)
    .at_most(2048)
    .matching(&patterns::CONFIRMATION_CODE_TYPE);
pub(crate) static DELIVERY_MEDIUM_TYPE: Shape =
    Shape::enumeration("DeliveryMediumType", &["SMS", "EMAIL"]);
pub(crate) static DEVICE_KEY_TYPE: Shape =
    Shape::string("DeviceKeyType").at_least(1).at_most(55).matching(&patterns::DEVICE_KEY_TYPE);

pub(crate) static DOCUMENT: Shape = Shape::document("Document");
pub(crate) static DOMAIN_TYPE: Shape =
    Shape::string("DomainType").at_least(1).at_most(63).matching(&patterns::DOMAIN_TYPE);
pub(crate) static FORCE_ALIAS_CREATION: Shape = Shape::boolean("ForceAliasCreation");
pub(crate) static INTEGER_TYPE: Shape = Shape::integer("IntegerType");
pub(crate) static MFA_OPTION_LIST_TYPE: Shape = Shape::list("MFAOptionListType", &MFA_OPTION_TYPE);
pub(crate) static OAUTH_FLOW_TYPE: Shape =
    Shape::enumeration("OAuthFlowType", &["implicit", "client_credentials", "code"]);
pub(crate) static OAUTH_FLOWS_TYPE: Shape =
    Shape::list("OAuthFlowsType", &OAUTH_FLOW_TYPE).at_least(0).at_most(3);
pub(crate) static PAGINATION_KEY: Shape =
    Shape::string("PaginationKey").at_least(1).at_most(131_072).matching(&patterns::PAGINATION_KEY);
pub(crate) static PAGINATION_KEY_TYPE: Shape =
    Shape::string("PaginationKeyType").at_least(1).matching(&patterns::PAGINATION_KEY_TYPE);
pub(crate) static PASSWORD_TYPE: Shape =
    Shape::string("PasswordType").at_most(256).matching(&patterns::PASSWORD_TYPE).sensitive();
pub(crate) static POOL_QUERY_LIMIT_TYPE: Shape =
    Shape::integer("PoolQueryLimitType").at_least(1).at_most(60);
pub(crate) static PROVIDER_NAME_TYPE: Shape = Shape::string("ProviderNameType")
    .at_least(1)
    .at_most(32)
    .matching(&patterns::PROVIDER_NAME_TYPE);
pub(crate) static QUERY_LIMIT_TYPE: Shape =
    Shape::integer("QueryLimitType").at_least(0).at_most(60);
pub(crate) static REGION_NAME_TYPE: Shape = Shape::string("RegionNameType").at_least(5).at_most(32);
pub(crate) static RESOURCE_SERVER_IDENTIFIER_TYPE: Shape =
    Shape::string("ResourceServerIdentifierType")
        .at_least(1)
        .at_most(256)
        .matching(&patterns::RESOURCE_SERVER_IDENTIFIER_TYPE);
pub(crate) static REVOKE_ASSOCIATED_SESSIONS_TYPE: Shape =
    Shape::enumeration("RevokeAssociatedSessionsType", &["NONE", "LINKED"]);
pub(crate) static SCOPE_LIST_TYPE: Shape = Shape::list("ScopeListType", &SCOPE_TYPE).at_most(50);
pub(crate) static SCOPE_TYPE: Shape =
    Shape::string("ScopeType").at_least(1).at_most(256).matching(&patterns::SCOPE_TYPE);
pub(crate) static SEARCH_PAGINATION_TOKEN_TYPE: Shape = Shape::string("SearchPaginationTokenType")
    .at_least(1)
    .matching(&patterns::SEARCH_PAGINATION_TOKEN_TYPE);
pub(crate) static SECRET_HASH_TYPE: Shape = Shape::string("SecretHashType")
    .at_least(1)
    .at_most(128)
    .matching(&patterns::SECRET_HASH_TYPE)
    .sensitive();
pub(crate) static SESSION_TYPE: Shape =
    Shape::string("SessionType").at_least(20).at_most(4096).sensitive();
pub(crate) static STRING_TYPE: Shape = Shape::string("StringType").at_least(0).at_most(131_072);
pub(crate) static TAG_KEYS_TYPE: Shape = Shape::string("TagKeysType").at_least(1).at_most(128);
pub(crate) static TAG_VALUE_TYPE: Shape = Shape::string("TagValueType").at_least(0).at_most(256);
pub(crate) static TOKEN_MODEL_TYPE: Shape =
    Shape::string("TokenModelType").matching(&patterns::TOKEN_MODEL_TYPE).sensitive();
pub(crate) static USER_POOL_ID_TYPE: Shape =
    Shape::string("UserPoolIdType").at_least(1).at_most(55).matching(&patterns::USER_POOL_ID_TYPE);
pub(crate) static USER_POOL_TAGS_TYPE: Shape =
    Shape::map("UserPoolTagsType", &TAG_KEYS_TYPE, &TAG_VALUE_TYPE);
pub(crate) static USERNAME_TYPE: Shape = Shape::string("UsernameType")
    .at_least(1)
    .at_most(128)
    .matching(&patterns::USERNAME_TYPE)
    .sensitive();
pub(crate) static WRAPPED_BOOLEAN_TYPE: Shape = Shape::boolean("WrappedBooleanType");
pub(crate) static DEVICE_NAME_TYPE: Shape =
    Shape::string("DeviceNameType").at_least(1).at_most(1024);
pub(crate) static DEVICE_REMEMBERED_STATUS_TYPE: Shape =
    Shape::enumeration("DeviceRememberedStatusType", &["not_remembered", "remembered"]);
pub(crate) static HEALTH_CHECK_ID_TYPE: Shape = Shape::string("HealthCheckIdType").at_most(64);
pub(crate) static SECURITY_POLICY_TYPE: Shape =
    Shape::enumeration("SecurityPolicyType", &["TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"]);
pub(crate) static WRAPPED_INTEGER_TYPE: Shape = Shape::integer("WrappedIntegerType");
pub(crate) static DESCRIPTION_TYPE: Shape = Shape::string("DescriptionType").at_most(2048);
pub(crate) static GROUP_NAME_TYPE: Shape =
    Shape::string("GroupNameType").at_least(1).at_most(128).matching(&patterns::GROUP_NAME_TYPE);
pub(crate) static PRECEDENCE_TYPE: Shape = Shape::integer("PrecedenceType").at_least(0);
pub(crate) static PASSWORD_HASHING_ALGORITHM_TYPE: Shape = Shape::enumeration(
    "PasswordHashingAlgorithmType",
    &["BCRYPT", "SCRYPT", "ARGON2ID", "PBKDF2_SHA256"],
);
pub(crate) static USER_IMPORT_JOB_ID_TYPE: Shape = Shape::string("UserImportJobIdType")
    .at_least(1)
    .at_most(55)
    .matching(&patterns::USER_IMPORT_JOB_ID_TYPE);
pub(crate) static USER_IMPORT_JOB_NAME_TYPE: Shape = Shape::string("UserImportJobNameType")
    .at_least(1)
    .at_most(128)
    .matching(&patterns::USER_IMPORT_JOB_NAME_TYPE);
pub(crate) static LIMIT_CLASS: Shape = Shape::enumeration("LimitClass", &["API_CATEGORY"]);
pub(crate) static STRING_TO_STRING_MAP_TYPE: Shape =
    Shape::map("StringToStringMapType", &STRING_TYPE, &STRING_TYPE);
pub(crate) static EVENT_SOURCE_NAME: Shape =
    Shape::enumeration("EventSourceName", &["userNotification", "userAuthEvents"]);
pub(crate) static LOG_CONFIGURATION_LIST_TYPE: Shape =
    Shape::list("LogConfigurationListType", &LOG_CONFIGURATION_TYPE).at_least(0).at_most(2);
pub(crate) static LOG_LEVEL: Shape = Shape::enumeration("LogLevel", &["ERROR", "INFO"]);
pub(crate) static S3_ARN_TYPE: Shape =
    Shape::string("S3ArnType").at_least(3).at_most(1024).matching(&patterns::S3_ARN_TYPE);
pub(crate) static SOFTWARE_TOKEN_MFA_USER_CODE_TYPE: Shape =
    Shape::string("SoftwareTokenMFAUserCodeType")
        .at_least(6)
        .at_most(6)
        .matching(&patterns::SOFTWARE_TOKEN_MFA_USER_CODE_TYPE)
        .sensitive();
pub(crate) static WEBAUTHN_CREDENTIALS_QUERY_LIMIT_TYPE: Shape =
    Shape::integer("WebAuthnCredentialsQueryLimitType").at_least(0).at_most(20);
pub(crate) static ACR_CONFIGURATION_TYPE: Shape =
    Shape::map("AcrConfigurationType", &ACR_LEVEL_KEY_TYPE, &ACR_LEVEL_CONFIG_TYPE)
        .at_least(0)
        .at_most(4);
pub(crate) static ACR_LEVEL_KEY_TYPE: Shape =
    Shape::string("AcrLevelKeyType").matching(&patterns::ACR_LEVEL_KEY_TYPE);
pub(crate) static ADMIN_CREATE_USER_UNUSED_ACCOUNT_VALIDITY_DAYS_TYPE: Shape =
    Shape::integer("AdminCreateUserUnusedAccountValidityDaysType").at_least(0).at_most(365);
pub(crate) static ADVANCED_SECURITY_ENABLED_MODE_TYPE: Shape =
    Shape::enumeration("AdvancedSecurityEnabledModeType", &["AUDIT", "ENFORCED"]);
pub(crate) static ADVANCED_SECURITY_MODE_TYPE: Shape =
    Shape::enumeration("AdvancedSecurityModeType", &["OFF", "AUDIT", "ENFORCED"]);
pub(crate) static ALIAS_ATTRIBUTE_TYPE: Shape =
    Shape::enumeration("AliasAttributeType", &["phone_number", "email", "preferred_username"]);
pub(crate) static ALIAS_ATTRIBUTES_LIST_TYPE: Shape =
    Shape::list("AliasAttributesListType", &ALIAS_ATTRIBUTE_TYPE);
pub(crate) static ALLOWED_FIRST_AUTH_FACTORS_LIST_TYPE: Shape =
    Shape::list("AllowedFirstAuthFactorsListType", &AUTH_FACTOR_TYPE).at_least(1).at_most(5);
pub(crate) static ATTRIBUTE_DATA_TYPE: Shape =
    Shape::enumeration("AttributeDataType", &["String", "Number", "DateTime", "Boolean"]);
pub(crate) static ATTRIBUTES_REQUIRE_VERIFICATION_BEFORE_UPDATE_TYPE: Shape =
    Shape::list("AttributesRequireVerificationBeforeUpdateType", &VERIFIED_ATTRIBUTE_TYPE);
pub(crate) static CUSTOM_ATTRIBUTE_NAME_TYPE: Shape = Shape::string("CustomAttributeNameType")
    .at_least(1)
    .at_most(20)
    .matching(&patterns::CUSTOM_ATTRIBUTE_NAME_TYPE);
pub(crate) static CUSTOM_ATTRIBUTES_LIST_TYPE: Shape =
    Shape::list("CustomAttributesListType", &SCHEMA_ATTRIBUTE_TYPE).at_least(1).at_most(25);
pub(crate) static CUSTOM_EMAIL_SENDER_LAMBDA_VERSION_TYPE: Shape =
    Shape::enumeration("CustomEmailSenderLambdaVersionType", &["V1_0"]);
pub(crate) static CUSTOM_SMS_SENDER_LAMBDA_VERSION_TYPE: Shape =
    Shape::enumeration("CustomSMSSenderLambdaVersionType", &["V1_0"]);
pub(crate) static DEFAULT_EMAIL_OPTION_TYPE: Shape =
    Shape::enumeration("DefaultEmailOptionType", &["CONFIRM_WITH_LINK", "CONFIRM_WITH_CODE"]);
pub(crate) static DELETION_PROTECTION_TYPE: Shape =
    Shape::enumeration("DeletionProtectionType", &["ACTIVE", "INACTIVE"]);
pub(crate) static EMAIL_ADDRESS_TYPE: Shape =
    Shape::string("EmailAddressType").matching(&patterns::EMAIL_ADDRESS_TYPE);
pub(crate) static EMAIL_INVITE_MESSAGE_TYPE: Shape = Shape::string("EmailInviteMessageType")
    .at_least(6)
    .at_most(20_000)
    .matching(&patterns::EMAIL_INVITE_MESSAGE_TYPE);
pub(crate) static EMAIL_MFA_MESSAGE_TYPE: Shape = Shape::string("EmailMfaMessageType")
    .at_least(6)
    .at_most(20_000)
    .matching(&patterns::EMAIL_MFA_MESSAGE_TYPE);
pub(crate) static EMAIL_MFA_SUBJECT_TYPE: Shape =
    Shape::string("EmailMfaSubjectType").matching(&patterns::EMAIL_MFA_SUBJECT_TYPE);
pub(crate) static EMAIL_SENDING_ACCOUNT_TYPE: Shape =
    Shape::enumeration("EmailSendingAccountType", &["COGNITO_DEFAULT", "DEVELOPER"]);
pub(crate) static EMAIL_VERIFICATION_MESSAGE_BY_LINK_TYPE: Shape =
    Shape::string("EmailVerificationMessageByLinkType")
        .at_least(6)
        .at_most(20_000)
        .matching(&patterns::EMAIL_VERIFICATION_MESSAGE_BY_LINK_TYPE);
pub(crate) static EMAIL_VERIFICATION_MESSAGE_TYPE: Shape =
    Shape::string("EmailVerificationMessageType")
        .at_least(6)
        .at_most(20_000)
        .matching(&patterns::EMAIL_VERIFICATION_MESSAGE_TYPE);
pub(crate) static EMAIL_VERIFICATION_SUBJECT_BY_LINK_TYPE: Shape =
    Shape::string("EmailVerificationSubjectByLinkType")
        .at_least(1)
        .at_most(140)
        .matching(&patterns::EMAIL_VERIFICATION_SUBJECT_BY_LINK_TYPE);
pub(crate) static EMAIL_VERIFICATION_SUBJECT_TYPE: Shape =
    Shape::string("EmailVerificationSubjectType")
        .at_least(1)
        .at_most(140)
        .matching(&patterns::EMAIL_VERIFICATION_SUBJECT_TYPE);
pub(crate) static ENCRYPTION_KEY_ARN_TYPE: Shape = Shape::string("EncryptionKeyArnType")
    .at_least(20)
    .at_most(2048)
    .matching(&patterns::ENCRYPTION_KEY_ARN_TYPE);
pub(crate) static ENCRYPTION_KEY_TYPE: Shape =
    Shape::enumeration("EncryptionKeyType", &["AWS_OWNED_KEY", "CUSTOMER_MANAGED_KEY"]);
pub(crate) static INBOUND_FEDERATION_LAMBDA_VERSION_TYPE: Shape =
    Shape::enumeration("InboundFederationLambdaVersionType", &["V1_0"]);
pub(crate) static ISSUER_TYPE: Shape = Shape::enumeration("IssuerType", &["ORIGINAL", "UPDATED"]);
pub(crate) static OPTIONAL_ARN_TYPE: Shape = Shape::string("OptionalArnType")
    .at_least(0)
    .at_most(2048)
    .matching(&patterns::OPTIONAL_ARN_TYPE);
pub(crate) static PASSWORD_HISTORY_SIZE_TYPE: Shape =
    Shape::integer("PasswordHistorySizeType").at_least(0).at_most(24);
pub(crate) static PASSWORD_POLICY_MIN_LENGTH_TYPE: Shape =
    Shape::integer("PasswordPolicyMinLengthType").at_least(6).at_most(99);
pub(crate) static PRE_TOKEN_GENERATION_LAMBDA_VERSION_TYPE: Shape =
    Shape::enumeration("PreTokenGenerationLambdaVersionType", &["V1_0", "V2_0", "V3_0"]);
pub(crate) static PRIORITY_TYPE: Shape = Shape::integer("PriorityType").at_least(1).at_most(2);
pub(crate) static RECOVERY_MECHANISMS_TYPE: Shape =
    Shape::list("RecoveryMechanismsType", &RECOVERY_OPTION_TYPE).at_least(1).at_most(2);
pub(crate) static RECOVERY_OPTION_NAME_TYPE: Shape = Shape::enumeration(
    "RecoveryOptionNameType",
    &["verified_email", "verified_phone_number", "admin_only"],
);
pub(crate) static REGION_CODE_TYPE: Shape = Shape::string("RegionCodeType").at_least(5).at_most(32);
pub(crate) static RELYING_PARTY_ID_TYPE: Shape =
    Shape::string("RelyingPartyIdType").at_least(1).at_most(127);
pub(crate) static SES_CONFIGURATION_SET: Shape = Shape::string("SESConfigurationSet")
    .at_least(1)
    .at_most(64)
    .matching(&patterns::SES_CONFIGURATION_SET);
pub(crate) static SCHEMA_ATTRIBUTES_LIST_TYPE: Shape =
    Shape::list("SchemaAttributesListType", &SCHEMA_ATTRIBUTE_TYPE).at_least(1).at_most(50);
pub(crate) static SMS_INVITE_MESSAGE_TYPE: Shape = Shape::string("SmsInviteMessageType")
    .at_least(6)
    .at_most(140)
    .matching(&patterns::SMS_INVITE_MESSAGE_TYPE);
pub(crate) static SMS_VERIFICATION_MESSAGE_TYPE: Shape =
    Shape::string("SmsVerificationMessageType")
        .at_least(6)
        .at_most(140)
        .matching(&patterns::SMS_VERIFICATION_MESSAGE_TYPE);
pub(crate) static STATUS_TYPE: Shape = Shape::enumeration("StatusType", &["Enabled", "Disabled"]);
pub(crate) static TEMPORARY_PASSWORD_VALIDITY_DAYS_TYPE: Shape =
    Shape::integer("TemporaryPasswordValidityDaysType").at_least(0).at_most(365);
pub(crate) static USER_POOL_MFA_TYPE: Shape =
    Shape::enumeration("UserPoolMfaType", &["OPTIONAL", "OFF", "ON"]);
pub(crate) static USER_POOL_NAME_TYPE: Shape = Shape::string("UserPoolNameType")
    .at_least(1)
    .at_most(128)
    .matching(&patterns::USER_POOL_NAME_TYPE);
pub(crate) static USER_POOL_TIER_TYPE: Shape =
    Shape::enumeration("UserPoolTierType", &["LITE", "ESSENTIALS", "PLUS"]);
pub(crate) static USER_VERIFICATION_TYPE: Shape =
    Shape::enumeration("UserVerificationType", &["required", "preferred"]);
pub(crate) static USERNAME_ATTRIBUTE_TYPE: Shape =
    Shape::enumeration("UsernameAttributeType", &["phone_number", "email"]);
pub(crate) static USERNAME_ATTRIBUTES_LIST_TYPE: Shape =
    Shape::list("UsernameAttributesListType", &USERNAME_ATTRIBUTE_TYPE);
pub(crate) static VERIFIED_ATTRIBUTE_TYPE: Shape =
    Shape::enumeration("VerifiedAttributeType", &["phone_number", "email"]);
pub(crate) static VERIFIED_ATTRIBUTES_LIST_TYPE: Shape =
    Shape::list("VerifiedAttributesListType", &VERIFIED_ATTRIBUTE_TYPE);
pub(crate) static WEBAUTHN_FACTOR_CONFIGURATION_TYPE: Shape = Shape::enumeration(
    "WebAuthnFactorConfigurationType",
    &["SINGLE_FACTOR", "MULTI_FACTOR_WITH_USER_VERIFICATION"],
);
pub(crate) static ACR_MAPPING_KEY_TYPE: Shape =
    Shape::string("AcrMappingKeyType").matching(&patterns::ACR_MAPPING_KEY_TYPE);
pub(crate) static ACR_MAPPING_TYPE: Shape =
    Shape::map("AcrMappingType", &ACR_MAPPING_KEY_TYPE, &ACR_VALUE_TYPE).at_least(0).at_most(4);
pub(crate) static ATTRIBUTE_MAPPING_KEY_TYPE: Shape =
    Shape::string("AttributeMappingKeyType").at_least(1).at_most(32);
pub(crate) static ATTRIBUTE_MAPPING_TYPE: Shape =
    Shape::map("AttributeMappingType", &ATTRIBUTE_MAPPING_KEY_TYPE, &STRING_TYPE);
pub(crate) static IDENTITY_PROVIDER_TYPE_TYPE: Shape = Shape::enumeration(
    "IdentityProviderTypeType",
    &["SAML", "Facebook", "Google", "LoginWithAmazon", "SignInWithApple", "OIDC"],
);
pub(crate) static IDP_IDENTIFIER_TYPE: Shape = Shape::string("IdpIdentifierType")
    .at_least(1)
    .at_most(40)
    .matching(&patterns::IDP_IDENTIFIER_TYPE);
pub(crate) static IDP_IDENTIFIERS_LIST_TYPE: Shape =
    Shape::list("IdpIdentifiersListType", &IDP_IDENTIFIER_TYPE).at_least(0).at_most(50);
pub(crate) static LIST_PROVIDERS_LIMIT_TYPE: Shape =
    Shape::integer("ListProvidersLimitType").at_least(0).at_most(60);
pub(crate) static PROVIDER_DETAILS_TYPE: Shape =
    Shape::map("ProviderDetailsType", &STRING_TYPE, &STRING_TYPE);
pub(crate) static PROVIDER_NAME_TYPE_V2: Shape = Shape::string("ProviderNameTypeV2")
    .at_least(1)
    .at_most(32)
    .matching(&patterns::PROVIDER_NAME_TYPE_V2);
pub(crate) static UPDATE_REPLICA_STATUS_TYPE: Shape =
    Shape::enumeration("UpdateReplicaStatusType", &["ACTIVE", "INACTIVE"]);
pub(crate) static LIST_RESOURCE_SERVERS_LIMIT_TYPE: Shape =
    Shape::integer("ListResourceServersLimitType").at_least(1).at_most(50);
pub(crate) static RESOURCE_SERVER_NAME_TYPE: Shape = Shape::string("ResourceServerNameType")
    .at_least(1)
    .at_most(256)
    .matching(&patterns::RESOURCE_SERVER_NAME_TYPE);
pub(crate) static RESOURCE_SERVER_SCOPE_DESCRIPTION_TYPE: Shape =
    Shape::string("ResourceServerScopeDescriptionType").at_least(1).at_most(256);
pub(crate) static RESOURCE_SERVER_SCOPE_LIST_TYPE: Shape =
    Shape::list("ResourceServerScopeListType", &RESOURCE_SERVER_SCOPE_TYPE).at_most(100);
pub(crate) static RESOURCE_SERVER_SCOPE_NAME_TYPE: Shape =
    Shape::string("ResourceServerScopeNameType")
        .at_least(1)
        .at_most(256)
        .matching(&patterns::RESOURCE_SERVER_SCOPE_NAME_TYPE);
pub(crate) static ACCOUNT_TAKEOVER_ACTION_NOTIFY_TYPE: Shape =
    Shape::boolean("AccountTakeoverActionNotifyType");
pub(crate) static ACCOUNT_TAKEOVER_EVENT_ACTION_TYPE: Shape = Shape::enumeration(
    "AccountTakeoverEventActionType",
    &["BLOCK", "MFA_IF_CONFIGURED", "MFA_REQUIRED", "NO_ACTION"],
);
pub(crate) static BLOCKED_IP_RANGE_LIST_TYPE: Shape =
    Shape::list("BlockedIPRangeListType", &STRING_TYPE).at_most(200);
pub(crate) static COMPROMISED_CREDENTIALS_EVENT_ACTION_TYPE: Shape =
    Shape::enumeration("CompromisedCredentialsEventActionType", &["BLOCK", "NO_ACTION"]);
pub(crate) static EMAIL_NOTIFICATION_BODY_TYPE: Shape = Shape::string("EmailNotificationBodyType")
    .at_least(6)
    .at_most(20_000)
    .matching(&patterns::EMAIL_NOTIFICATION_BODY_TYPE);
pub(crate) static EMAIL_NOTIFICATION_SUBJECT_TYPE: Shape =
    Shape::string("EmailNotificationSubjectType")
        .at_least(1)
        .at_most(140)
        .matching(&patterns::EMAIL_NOTIFICATION_SUBJECT_TYPE);
pub(crate) static EVENT_FILTER_TYPE: Shape =
    Shape::enumeration("EventFilterType", &["SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"]);
pub(crate) static EVENT_FILTERS_TYPE: Shape = Shape::list("EventFiltersType", &EVENT_FILTER_TYPE);
pub(crate) static EVENT_ID_TYPE: Shape =
    Shape::string("EventIdType").at_least(1).at_most(50).matching(&patterns::EVENT_ID_TYPE);
pub(crate) static FEEDBACK_VALUE_TYPE: Shape =
    Shape::enumeration("FeedbackValueType", &["Valid", "Invalid"]);
pub(crate) static SKIPPED_IP_RANGE_LIST_TYPE: Shape =
    Shape::list("SkippedIPRangeListType", &STRING_TYPE).at_most(200);
pub(crate) static MAX_SESSIONS_PER_USER_TYPE: Shape =
    Shape::integer("MaxSessionsPerUserType").at_least(1).at_most(100);
pub(crate) static SSO_SESSION_MAX_VALIDITY_MINUTES_TYPE: Shape =
    Shape::integer("SSOSessionMaxValidityMinutesType").at_least(0).at_most(129_600);
pub(crate) static SESSION_ID_TYPE: Shape =
    Shape::string("SessionIdType").at_least(28).at_most(28).matching(&patterns::SESSION_ID_TYPE);
pub(crate) static USER_SESSION_TRACKING_TYPE: Shape =
    Shape::enumeration("UserSessionTrackingType", &["ENABLED", "DISABLED"]);
pub(crate) static USER_POOL_TAGS_LIST_TYPE: Shape =
    Shape::list("UserPoolTagsListType", &TAG_KEYS_TYPE);
pub(crate) static LANGUAGE_ID_TYPE: Shape =
    Shape::string("LanguageIdType").matching(&patterns::LANGUAGE_ID_TYPE);
pub(crate) static LINK_URL_TYPE: Shape =
    Shape::string("LinkUrlType").at_least(1).at_most(1024).matching(&patterns::LINK_URL_TYPE);
pub(crate) static LINKS_TYPE: Shape =
    Shape::map("LinksType", &LANGUAGE_ID_TYPE, &LINK_URL_TYPE).at_least(1).at_most(13);
pub(crate) static LIST_TERMS_REQUEST_MAX_RESULTS_INTEGER: Shape =
    Shape::integer("ListTermsRequestMaxResultsInteger").at_least(1).at_most(60);
pub(crate) static TERMS_ENFORCEMENT_TYPE: Shape =
    Shape::enumeration("TermsEnforcementType", &["NONE"]);
pub(crate) static TERMS_ID_TYPE: Shape =
    Shape::string("TermsIdType").matching(&patterns::TERMS_ID_TYPE);
pub(crate) static TERMS_NAME_TYPE: Shape =
    Shape::string("TermsNameType").matching(&patterns::TERMS_NAME_TYPE);
pub(crate) static TERMS_SOURCE_TYPE: Shape = Shape::enumeration("TermsSourceType", &["LINK"]);
pub(crate) static AUDIENCE_LIST_TYPE: Shape =
    Shape::list("AudienceListType", &AUDIENCE_TYPE).at_least(0).at_most(1);
pub(crate) static AUDIENCE_TYPE: Shape =
    Shape::string("AudienceType").at_least(1).at_most(256).matching(&patterns::AUDIENCE_TYPE);
pub(crate) static GET_DERIVED_TOKEN_TOKEN_MODEL_TYPE: Shape =
    Shape::string("GetDerivedTokenTokenModelType")
        .at_least(0)
        .at_most(131_072)
        .matching(&patterns::GET_DERIVED_TOKEN_TOKEN_MODEL_TYPE)
        .sensitive();
pub(crate) static ISSUED_TOKEN_TYPE_IDENTIFIER_TYPE: Shape =
    Shape::enumeration("IssuedTokenTypeIdentifierType", &["ACCESS_TOKEN", "ID_TOKEN"]);
pub(crate) static RESOURCE_LIST_TYPE: Shape =
    Shape::list("ResourceListType", &RESOURCE_SERVER_IDENTIFIER_TYPE).at_least(0).at_most(1);
pub(crate) static TOKEN_TYPE_IDENTIFIER_TYPE: Shape =
    Shape::enumeration("TokenTypeIdentifierType", &["ACCESS_TOKEN", "ID_TOKEN", "SAML2"]);
pub(crate) static ATTRIBUTE_NAME_LIST_TYPE: Shape =
    Shape::list("AttributeNameListType", &ATTRIBUTE_NAME_TYPE);
pub(crate) static DELIVERY_MEDIUM_LIST_TYPE: Shape =
    Shape::list("DeliveryMediumListType", &DELIVERY_MEDIUM_TYPE);
pub(crate) static MESSAGE_ACTION_TYPE: Shape =
    Shape::enumeration("MessageActionType", &["RESEND", "SUPPRESS"]);
pub(crate) static SEARCHED_ATTRIBUTE_NAMES_LIST_TYPE: Shape =
    Shape::list("SearchedAttributeNamesListType", &ATTRIBUTE_NAME_TYPE);
pub(crate) static USER_FILTER_TYPE: Shape = Shape::string("UserFilterType").at_most(256);
