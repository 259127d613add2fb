// Written by `cargo xtask codegen` from model/. Do not edit.
//! One marker type per operation, with everything the model and the overlay say about it.

use super::{shapes, tables};
use crate::operation::operation;

/// Version of the API, a date.
pub const API_VERSION: &str = "2016-04-18";
/// First label of the endpoint's host name, and the service name in signatures and policies.
pub const ENDPOINT_PREFIX: &str = "cognito-idp";
/// Content type of requests and responses.
pub const CONTENT_TYPE: &str = "application/x-amz-json-1.1";
/// What stands before the dot in `X-Amz-Target`.
pub const TARGET_PREFIX: &str = "AWSCognitoIdentityProviderService";

operation! {
    /// [`AddCustomAttributes`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddCustomAttributes.html).
    AddCustomAttributes {
        input: shapes::AddCustomAttributesRequest, table: tables::ADD_CUSTOM_ATTRIBUTES_REQUEST;
        output: shapes::AddCustomAttributesResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserImportInProgressException;
    }
}

operation! {
    /// [`AddUserPoolClientSecret`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddUserPoolClientSecret.html).
    AddUserPoolClientSecret {
        input: shapes::AddUserPoolClientSecretRequest, table: tables::ADD_USER_POOL_CLIENT_SECRET_REQUEST;
        output: shapes::AddUserPoolClientSecretResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolClientUpdate;
        errors: AccessDeniedException, InternalServerException, InvalidParameterException,
            LimitExceededException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`AdminAddUserToGroup`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminAddUserToGroup.html).
    AdminAddUserToGroup {
        input: shapes::AdminAddUserToGroupRequest, table: tables::ADMIN_ADD_USER_TO_GROUP_REQUEST;
        output: (), has_output: false;
        auth: Signed, resource: Pool, rate: UserUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserNotFoundException;
    }
}

operation! {
    /// [`AdminConfirmSignUp`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminConfirmSignUp.html).
    AdminConfirmSignUp {
        input: shapes::AdminConfirmSignUpRequest, table: tables::ADMIN_CONFIRM_SIGN_UP_REQUEST;
        output: shapes::AdminConfirmSignUpResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserCreation;
        errors: InternalErrorException, InvalidLambdaResponseException, InvalidParameterException,
            LimitExceededException, NotAuthorizedException, OperationNotEnabledException,
            ResourceNotFoundException, TooManyFailedAttemptsException, TooManyRequestsException,
            UnexpectedLambdaException, UserLambdaValidationException, UserNotFoundException;
    }
}

operation! {
    /// [`AdminCreateUser`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html).
    AdminCreateUser {
        input: shapes::AdminCreateUserRequest, table: tables::ADMIN_CREATE_USER_REQUEST;
        output: shapes::AdminCreateUserResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserCreation;
        errors: CodeDeliveryFailureException, InternalErrorException,
            InvalidLambdaResponseException, InvalidParameterException, InvalidPasswordException,
            InvalidSmsRoleAccessPolicyException, InvalidSmsRoleTrustRelationshipException,
            NotAuthorizedException, OperationNotEnabledException, PreconditionNotMetException,
            ResourceNotFoundException, TooManyRequestsException, UnexpectedLambdaException,
            UnsupportedUserStateException, UserLambdaValidationException, UserNotFoundException,
            UsernameExistsException;
    }
}

operation! {
    /// [`AdminDeleteSoftwareToken`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteSoftwareToken.html).
    AdminDeleteSoftwareToken {
        input: shapes::AdminDeleteSoftwareTokenRequest, table: tables::ADMIN_DELETE_SOFTWARE_TOKEN_REQUEST;
        output: shapes::AdminDeleteSoftwareTokenResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserNotConfirmedException, UserNotFoundException;
    }
}

operation! {
    /// [`AdminDeleteUser`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteUser.html).
    AdminDeleteUser {
        input: shapes::AdminDeleteUserRequest, table: tables::ADMIN_DELETE_USER_REQUEST;
        output: (), has_output: false;
        auth: Signed, resource: Pool, rate: UserUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserNotFoundException;
    }
}

operation! {
    /// [`AdminDeleteUserAttributes`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteUserAttributes.html).
    AdminDeleteUserAttributes {
        input: shapes::AdminDeleteUserAttributesRequest, table: tables::ADMIN_DELETE_USER_ATTRIBUTES_REQUEST;
        output: shapes::AdminDeleteUserAttributesResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserNotFoundException;
    }
}

operation! {
    /// [`AdminDisableProviderForUser`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDisableProviderForUser.html).
    AdminDisableProviderForUser {
        input: shapes::AdminDisableProviderForUserRequest, table: tables::ADMIN_DISABLE_PROVIDER_FOR_USER_REQUEST;
        output: shapes::AdminDisableProviderForUserResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserUpdate;
        errors: AliasExistsException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, ResourceNotFoundException,
            TooManyRequestsException, UserNotFoundException;
    }
}

operation! {
    /// [`AdminDisableUser`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDisableUser.html).
    AdminDisableUser {
        input: shapes::AdminDisableUserRequest, table: tables::ADMIN_DISABLE_USER_REQUEST;
        output: shapes::AdminDisableUserResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserNotFoundException;
    }
}

operation! {
    /// [`AdminEnableUser`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminEnableUser.html).
    AdminEnableUser {
        input: shapes::AdminEnableUserRequest, table: tables::ADMIN_ENABLE_USER_REQUEST;
        output: shapes::AdminEnableUserResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserNotFoundException;
    }
}

operation! {
    /// [`AdminForgetDevice`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminForgetDevice.html).
    AdminForgetDevice {
        input: shapes::AdminForgetDeviceRequest, table: tables::ADMIN_FORGET_DEVICE_REQUEST;
        output: (), has_output: false;
        auth: Signed, resource: Pool, rate: UserResourceUpdate;
        errors: InternalErrorException, InvalidParameterException,
            InvalidUserPoolConfigurationException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserNotFoundException;
    }
}

operation! {
    /// [`AdminGetDevice`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetDevice.html).
    AdminGetDevice {
        input: shapes::AdminGetDeviceRequest, table: tables::ADMIN_GET_DEVICE_REQUEST;
        output: shapes::AdminGetDeviceResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserResourceRead;
        errors: InternalErrorException, InvalidParameterException,
            InvalidUserPoolConfigurationException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`AdminGetUser`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html).
    AdminGetUser {
        input: shapes::AdminGetUserRequest, table: tables::ADMIN_GET_USER_REQUEST;
        output: shapes::AdminGetUserResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserNotFoundException;
    }
}

operation! {
    /// [`AdminGetUserAuthFactors`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUserAuthFactors.html).
    AdminGetUserAuthFactors {
        input: shapes::AdminGetUserAuthFactorsRequest, table: tables::ADMIN_GET_USER_AUTH_FACTORS_REQUEST;
        output: shapes::AdminGetUserAuthFactorsResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserNotFoundException;
    }
}

operation! {
    /// [`AdminInitiateAuth`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminInitiateAuth.html).
    AdminInitiateAuth {
        input: shapes::AdminInitiateAuthRequest, table: tables::ADMIN_INITIATE_AUTH_REQUEST;
        output: shapes::AdminInitiateAuthResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserAuthentication;
        errors: FeatureUnavailableInTierException, InternalErrorException,
            InvalidEmailRoleAccessPolicyException, InvalidLambdaResponseException,
            InvalidParameterException, InvalidSmsRoleAccessPolicyException,
            InvalidSmsRoleTrustRelationshipException, InvalidUserPoolConfigurationException,
            MFAMethodNotFoundException, NotAuthorizedException, OperationNotEnabledException,
            PasswordResetRequiredException, ResourceNotFoundException, TooManyRequestsException,
            UnexpectedLambdaException, UnsupportedOperationException, UserLambdaValidationException,
            UserNotConfirmedException, UserNotFoundException;
    }
}

operation! {
    /// [`AdminLinkProviderForUser`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminLinkProviderForUser.html).
    AdminLinkProviderForUser {
        input: shapes::AdminLinkProviderForUserRequest, table: tables::ADMIN_LINK_PROVIDER_FOR_USER_REQUEST;
        output: shapes::AdminLinkProviderForUserResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserUpdate;
        errors: AliasExistsException, InternalErrorException, InvalidParameterException,
            LimitExceededException, NotAuthorizedException, OperationNotEnabledException,
            ResourceNotFoundException, TooManyRequestsException, UserNotFoundException;
    }
}

operation! {
    /// [`AdminListDevices`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListDevices.html).
    AdminListDevices {
        input: shapes::AdminListDevicesRequest, table: tables::ADMIN_LIST_DEVICES_REQUEST;
        output: shapes::AdminListDevicesResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserResourceRead;
        errors: InternalErrorException, InvalidParameterException,
            InvalidUserPoolConfigurationException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`AdminListGroupsForUser`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListGroupsForUser.html).
    AdminListGroupsForUser {
        input: shapes::AdminListGroupsForUserRequest, table: tables::ADMIN_LIST_GROUPS_FOR_USER_REQUEST;
        output: shapes::AdminListGroupsForUserResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserNotFoundException;
    }
}

operation! {
    /// [`AdminListUserAuthEvents`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListUserAuthEvents.html).
    AdminListUserAuthEvents {
        input: shapes::AdminListUserAuthEventsRequest, table: tables::ADMIN_LIST_USER_AUTH_EVENTS_REQUEST;
        output: shapes::AdminListUserAuthEventsResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserNotFoundException, UserPoolAddOnNotEnabledException;
    }
}

operation! {
    /// [`AdminListUserSessions`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListUserSessions.html).
    AdminListUserSessions {
        input: shapes::AdminListUserSessionsRequest, table: tables::ADMIN_LIST_USER_SESSIONS_REQUEST;
        output: shapes::AdminListUserSessionsResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserNotFoundException;
    }
}

operation! {
    /// [`AdminRemoveUserFromGroup`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRemoveUserFromGroup.html).
    AdminRemoveUserFromGroup {
        input: shapes::AdminRemoveUserFromGroupRequest, table: tables::ADMIN_REMOVE_USER_FROM_GROUP_REQUEST;
        output: (), has_output: false;
        auth: Signed, resource: Pool, rate: UserUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserNotFoundException;
    }
}

operation! {
    /// [`AdminResetUserPassword`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminResetUserPassword.html).
    AdminResetUserPassword {
        input: shapes::AdminResetUserPasswordRequest, table: tables::ADMIN_RESET_USER_PASSWORD_REQUEST;
        output: shapes::AdminResetUserPasswordResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserAccountRecovery;
        errors: InternalErrorException, InvalidEmailRoleAccessPolicyException,
            InvalidLambdaResponseException, InvalidParameterException,
            InvalidSmsRoleAccessPolicyException, InvalidSmsRoleTrustRelationshipException,
            LimitExceededException, NotAuthorizedException, OperationNotEnabledException,
            ResourceNotFoundException, TooManyRequestsException, UnexpectedLambdaException,
            UserLambdaValidationException, UserNotFoundException;
    }
}

operation! {
    /// [`AdminRespondToAuthChallenge`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRespondToAuthChallenge.html).
    AdminRespondToAuthChallenge {
        input: shapes::AdminRespondToAuthChallengeRequest, table: tables::ADMIN_RESPOND_TO_AUTH_CHALLENGE_REQUEST;
        output: shapes::AdminRespondToAuthChallengeResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserAuthentication;
        errors: AliasExistsException, CodeMismatchException, ExpiredCodeException,
            InternalErrorException, InvalidEmailRoleAccessPolicyException,
            InvalidLambdaResponseException, InvalidParameterException, InvalidPasswordException,
            InvalidSmsRoleAccessPolicyException, InvalidSmsRoleTrustRelationshipException,
            InvalidUserPoolConfigurationException, MFAMethodNotFoundException,
            NotAuthorizedException, OperationNotEnabledException,
            PasswordHistoryPolicyViolationException, PasswordResetRequiredException,
            ResourceNotFoundException, SoftwareTokenMFANotFoundException, TooManyRequestsException,
            UnexpectedLambdaException, UserLambdaValidationException, UserNotConfirmedException,
            UserNotFoundException;
    }
}

operation! {
    /// [`AdminRevokeUserSession`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRevokeUserSession.html).
    AdminRevokeUserSession {
        input: shapes::AdminRevokeUserSessionRequest, table: tables::ADMIN_REVOKE_USER_SESSION_REQUEST;
        output: shapes::AdminRevokeUserSessionResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserNotFoundException;
    }
}

operation! {
    /// [`AdminSetUserMFAPreference`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserMFAPreference.html).
    AdminSetUserMFAPreference {
        input: shapes::AdminSetUserMFAPreferenceRequest, table: tables::ADMIN_SET_USER_MFA_PREFERENCE_REQUEST;
        output: shapes::AdminSetUserMFAPreferenceResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, PasswordResetRequiredException, ResourceNotFoundException,
            UserNotConfirmedException, UserNotFoundException;
    }
}

operation! {
    /// [`AdminSetUserPassword`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html).
    AdminSetUserPassword {
        input: shapes::AdminSetUserPasswordRequest, table: tables::ADMIN_SET_USER_PASSWORD_REQUEST;
        output: shapes::AdminSetUserPasswordResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserAccountRecovery;
        errors: InternalErrorException, InvalidParameterException, InvalidPasswordException,
            NotAuthorizedException, OperationNotEnabledException,
            PasswordHistoryPolicyViolationException, ResourceNotFoundException,
            TooManyRequestsException, UserNotFoundException;
    }
}

operation! {
    /// [`AdminSetUserSettings`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserSettings.html).
    AdminSetUserSettings {
        input: shapes::AdminSetUserSettingsRequest, table: tables::ADMIN_SET_USER_SETTINGS_REQUEST;
        output: shapes::AdminSetUserSettingsResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, UserNotFoundException;
    }
}

operation! {
    /// [`AdminUpdateAuthEventFeedback`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateAuthEventFeedback.html).
    AdminUpdateAuthEventFeedback {
        input: shapes::AdminUpdateAuthEventFeedbackRequest, table: tables::ADMIN_UPDATE_AUTH_EVENT_FEEDBACK_REQUEST;
        output: shapes::AdminUpdateAuthEventFeedbackResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserNotFoundException, UserPoolAddOnNotEnabledException;
    }
}

operation! {
    /// [`AdminUpdateDeviceStatus`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateDeviceStatus.html).
    AdminUpdateDeviceStatus {
        input: shapes::AdminUpdateDeviceStatusRequest, table: tables::ADMIN_UPDATE_DEVICE_STATUS_REQUEST;
        output: shapes::AdminUpdateDeviceStatusResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserResourceUpdate;
        errors: InternalErrorException, InvalidParameterException,
            InvalidUserPoolConfigurationException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserNotFoundException;
    }
}

operation! {
    /// [`AdminUpdateUserAttributes`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html).
    AdminUpdateUserAttributes {
        input: shapes::AdminUpdateUserAttributesRequest, table: tables::ADMIN_UPDATE_USER_ATTRIBUTES_REQUEST;
        output: shapes::AdminUpdateUserAttributesResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserUpdate;
        errors: AliasExistsException, InternalErrorException, InvalidEmailRoleAccessPolicyException,
            InvalidLambdaResponseException, InvalidParameterException,
            InvalidSmsRoleAccessPolicyException, InvalidSmsRoleTrustRelationshipException,
            NotAuthorizedException, OperationNotEnabledException, ResourceNotFoundException,
            TooManyRequestsException, UnexpectedLambdaException, UserLambdaValidationException,
            UserNotFoundException;
    }
}

operation! {
    /// [`AdminUserGlobalSignOut`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUserGlobalSignOut.html).
    AdminUserGlobalSignOut {
        input: shapes::AdminUserGlobalSignOutRequest, table: tables::ADMIN_USER_GLOBAL_SIGN_OUT_REQUEST;
        output: shapes::AdminUserGlobalSignOutResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserNotFoundException;
    }
}

operation! {
    /// [`AssociateSoftwareToken`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AssociateSoftwareToken.html).
    AssociateSoftwareToken {
        input: shapes::AssociateSoftwareTokenRequest, table: tables::ASSOCIATE_SOFTWARE_TOKEN_REQUEST;
        output: shapes::AssociateSoftwareTokenResponse, has_output: true;
        auth: BearerOrSession, resource: None, rate: UserResourceUpdate;
        errors: ConcurrentModificationException, ForbiddenException, InternalErrorException,
            InvalidParameterException, NotAuthorizedException, OperationNotEnabledException,
            ResourceNotFoundException, SoftwareTokenMFANotFoundException;
    }
}

operation! {
    /// [`ChangePassword`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ChangePassword.html).
    ChangePassword {
        input: shapes::ChangePasswordRequest, table: tables::CHANGE_PASSWORD_REQUEST;
        output: shapes::ChangePasswordResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserAccountRecovery;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            InvalidPasswordException, LimitExceededException, NotAuthorizedException,
            OperationNotEnabledException, PasswordHistoryPolicyViolationException,
            PasswordResetRequiredException, ResourceNotFoundException, TooManyRequestsException,
            UserNotConfirmedException, UserNotFoundException;
    }
}

operation! {
    /// [`CompleteWebAuthnRegistration`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CompleteWebAuthnRegistration.html).
    CompleteWebAuthnRegistration {
        input: shapes::CompleteWebAuthnRegistrationRequest, table: tables::COMPLETE_WEBAUTHN_REGISTRATION_REQUEST;
        output: shapes::CompleteWebAuthnRegistrationResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserResourceUpdate;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            LimitExceededException, NotAuthorizedException, OperationNotEnabledException,
            PasswordResetRequiredException, TooManyRequestsException,
            WebAuthnChallengeNotFoundException, WebAuthnClientMismatchException,
            WebAuthnCredentialNotSupportedException, WebAuthnNotEnabledException,
            WebAuthnOriginNotAllowedException, WebAuthnRelyingPartyMismatchException;
    }
}

operation! {
    /// [`ConfirmDevice`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmDevice.html).
    ConfirmDevice {
        input: shapes::ConfirmDeviceRequest, table: tables::CONFIRM_DEVICE_REQUEST;
        output: shapes::ConfirmDeviceResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserResourceUpdate;
        errors: DeviceKeyExistsException, ForbiddenException, InternalErrorException,
            InvalidLambdaResponseException, InvalidParameterException, InvalidPasswordException,
            InvalidUserPoolConfigurationException, NotAuthorizedException,
            OperationNotEnabledException, PasswordResetRequiredException, ResourceNotFoundException,
            TooManyRequestsException, UserNotConfirmedException, UserNotFoundException,
            UsernameExistsException;
    }
}

operation! {
    /// [`ConfirmForgotPassword`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmForgotPassword.html).
    ConfirmForgotPassword {
        input: shapes::ConfirmForgotPasswordRequest, table: tables::CONFIRM_FORGOT_PASSWORD_REQUEST;
        output: shapes::ConfirmForgotPasswordResponse, has_output: true;
        auth: Anonymous, resource: None, rate: UserAccountRecovery;
        errors: CodeMismatchException, ExpiredCodeException, ForbiddenException,
            InternalErrorException, InvalidLambdaResponseException, InvalidParameterException,
            InvalidPasswordException, LimitExceededException, NotAuthorizedException,
            OperationNotEnabledException, PasswordHistoryPolicyViolationException,
            ResourceNotFoundException, TooManyFailedAttemptsException, TooManyRequestsException,
            UnexpectedLambdaException, UserLambdaValidationException, UserNotConfirmedException,
            UserNotFoundException;
    }
}

operation! {
    /// [`ConfirmSignUp`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html).
    ConfirmSignUp {
        input: shapes::ConfirmSignUpRequest, table: tables::CONFIRM_SIGN_UP_REQUEST;
        output: shapes::ConfirmSignUpResponse, has_output: true;
        auth: Anonymous, resource: None, rate: UserCreation;
        errors: AliasExistsException, CodeMismatchException, ExpiredCodeException,
            ForbiddenException, InternalErrorException, InvalidLambdaResponseException,
            InvalidParameterException, LimitExceededException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyFailedAttemptsException,
            TooManyRequestsException, UnexpectedLambdaException, UserLambdaValidationException,
            UserNotFoundException;
    }
}

operation! {
    /// [`CreateGroup`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html).
    CreateGroup {
        input: shapes::CreateGroupRequest, table: tables::CREATE_GROUP_REQUEST;
        output: shapes::CreateGroupResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: GroupExistsException, InternalErrorException, InvalidParameterException,
            LimitExceededException, NotAuthorizedException, OperationNotEnabledException,
            ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`CreateIdentityProvider`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html).
    CreateIdentityProvider {
        input: shapes::CreateIdentityProviderRequest, table: tables::CREATE_IDENTITY_PROVIDER_REQUEST;
        output: shapes::CreateIdentityProviderResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: DuplicateProviderException, InternalErrorException, InvalidParameterException,
            LimitExceededException, NotAuthorizedException, ResourceNotFoundException,
            TooManyRequestsException;
    }
}

operation! {
    /// [`CreateManagedLoginBranding`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateManagedLoginBranding.html).
    CreateManagedLoginBranding {
        input: shapes::CreateManagedLoginBrandingRequest, table: tables::CREATE_MANAGED_LOGIN_BRANDING_REQUEST;
        output: shapes::CreateManagedLoginBrandingResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: ConcurrentModificationException, InternalErrorException, InvalidParameterException,
            LimitExceededException, ManagedLoginBrandingExistsException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`CreateResourceServer`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateResourceServer.html).
    CreateResourceServer {
        input: shapes::CreateResourceServerRequest, table: tables::CREATE_RESOURCE_SERVER_REQUEST;
        output: shapes::CreateResourceServerResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, LimitExceededException,
            NotAuthorizedException, OperationNotEnabledException, ResourceNotFoundException,
            TooManyRequestsException;
    }
}

operation! {
    /// [`CreateTerms`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateTerms.html).
    CreateTerms {
        input: shapes::CreateTermsRequest, table: tables::CREATE_TERMS_REQUEST;
        output: shapes::CreateTermsResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: ConcurrentModificationException, InternalErrorException, InvalidParameterException,
            LimitExceededException, NotAuthorizedException, OperationNotEnabledException,
            ResourceNotFoundException, TermsExistsException, TooManyRequestsException;
    }
}

operation! {
    /// [`CreateUserImportJob`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserImportJob.html).
    CreateUserImportJob {
        input: shapes::CreateUserImportJobRequest, table: tables::CREATE_USER_IMPORT_JOB_REQUEST;
        output: shapes::CreateUserImportJobResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, LimitExceededException,
            NotAuthorizedException, OperationNotEnabledException, PreconditionNotMetException,
            ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`CreateUserPool`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html).
    CreateUserPool {
        input: shapes::CreateUserPoolRequest, table: tables::CREATE_USER_POOL_REQUEST;
        output: shapes::CreateUserPoolResponse, has_output: true;
        auth: Signed, resource: Any, rate: UserPoolUpdate;
        errors: FeatureUnavailableInTierException, InternalErrorException,
            InvalidEmailRoleAccessPolicyException, InvalidParameterException,
            InvalidSmsRoleAccessPolicyException, InvalidSmsRoleTrustRelationshipException,
            LimitExceededException, NotAuthorizedException, TierChangeNotAllowedException,
            TooManyRequestsException, UserPoolTaggingException;
    }
}

operation! {
    /// [`CreateUserPoolClient`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html).
    CreateUserPoolClient {
        input: shapes::CreateUserPoolClientRequest, table: tables::CREATE_USER_POOL_CLIENT_REQUEST;
        output: shapes::CreateUserPoolClientResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolClientUpdate;
        errors: FeatureUnavailableInTierException, InternalErrorException,
            InvalidOAuthFlowException, InvalidParameterException, LimitExceededException,
            NotAuthorizedException, OperationNotEnabledException, ResourceNotFoundException,
            ScopeDoesNotExistException, TooManyRequestsException;
    }
}

operation! {
    /// [`CreateUserPoolDomain`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolDomain.html).
    CreateUserPoolDomain {
        input: shapes::CreateUserPoolDomainRequest, table: tables::CREATE_USER_POOL_DOMAIN_REQUEST;
        output: shapes::CreateUserPoolDomainResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: ConcurrentModificationException, FeatureUnavailableInTierException,
            InternalErrorException, InvalidParameterException, LimitExceededException,
            NotAuthorizedException, OperationNotEnabledException, ResourceNotFoundException;
    }
}

operation! {
    /// [`CreateUserPoolReplica`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolReplica.html).
    CreateUserPoolReplica {
        input: shapes::CreateUserPoolReplicaRequest, table: tables::CREATE_USER_POOL_REPLICA_REQUEST;
        output: shapes::CreateUserPoolReplicaResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: FeatureUnavailableInTierException, InternalErrorException,
            InvalidParameterException, LimitExceededException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserPoolTaggingException;
    }
}

operation! {
    /// [`DeleteGroup`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteGroup.html).
    DeleteGroup {
        input: shapes::DeleteGroupRequest, table: tables::DELETE_GROUP_REQUEST;
        output: (), has_output: false;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`DeleteIdentityProvider`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteIdentityProvider.html).
    DeleteIdentityProvider {
        input: shapes::DeleteIdentityProviderRequest, table: tables::DELETE_IDENTITY_PROVIDER_REQUEST;
        output: (), has_output: false;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: ConcurrentModificationException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, ResourceNotFoundException, TooManyRequestsException,
            UnsupportedIdentityProviderException;
    }
}

operation! {
    /// [`DeleteManagedLoginBranding`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteManagedLoginBranding.html).
    DeleteManagedLoginBranding {
        input: shapes::DeleteManagedLoginBrandingRequest, table: tables::DELETE_MANAGED_LOGIN_BRANDING_REQUEST;
        output: (), has_output: false;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: ConcurrentModificationException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, ResourceNotFoundException,
            TooManyRequestsException;
    }
}

operation! {
    /// [`DeleteResourceServer`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteResourceServer.html).
    DeleteResourceServer {
        input: shapes::DeleteResourceServerRequest, table: tables::DELETE_RESOURCE_SERVER_REQUEST;
        output: (), has_output: false;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`DeleteTerms`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteTerms.html).
    DeleteTerms {
        input: shapes::DeleteTermsRequest, table: tables::DELETE_TERMS_REQUEST;
        output: (), has_output: false;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: ConcurrentModificationException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, ResourceNotFoundException,
            TooManyRequestsException;
    }
}

operation! {
    /// [`DeleteUser`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUser.html).
    DeleteUser {
        input: shapes::DeleteUserRequest, table: tables::DELETE_USER_REQUEST;
        output: (), has_output: false;
        auth: Bearer, resource: None, rate: UserUpdate;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, PasswordResetRequiredException,
            ResourceNotFoundException, TooManyRequestsException, UserNotConfirmedException,
            UserNotFoundException;
    }
}

operation! {
    /// [`DeleteUserAttributes`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserAttributes.html).
    DeleteUserAttributes {
        input: shapes::DeleteUserAttributesRequest, table: tables::DELETE_USER_ATTRIBUTES_REQUEST;
        output: shapes::DeleteUserAttributesResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserUpdate;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, PasswordResetRequiredException,
            ResourceNotFoundException, TooManyRequestsException, UserNotConfirmedException,
            UserNotFoundException;
    }
}

operation! {
    /// [`DeleteUserPool`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPool.html).
    DeleteUserPool {
        input: shapes::DeleteUserPoolRequest, table: tables::DELETE_USER_POOL_REQUEST;
        output: (), has_output: false;
        auth: Signed, resource: Pool, rate: UserPoolUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserImportInProgressException;
    }
}

operation! {
    /// [`DeleteUserPoolClient`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolClient.html).
    DeleteUserPoolClient {
        input: shapes::DeleteUserPoolClientRequest, table: tables::DELETE_USER_POOL_CLIENT_REQUEST;
        output: (), has_output: false;
        auth: Signed, resource: Pool, rate: UserPoolClientUpdate;
        errors: ConcurrentModificationException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, ResourceNotFoundException,
            TooManyRequestsException;
    }
}

operation! {
    /// [`DeleteUserPoolClientSecret`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolClientSecret.html).
    DeleteUserPoolClientSecret {
        input: shapes::DeleteUserPoolClientSecretRequest, table: tables::DELETE_USER_POOL_CLIENT_SECRET_REQUEST;
        output: shapes::DeleteUserPoolClientSecretResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolClientUpdate;
        errors: InternalServerException, InvalidParameterException, LimitExceededException,
            ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`DeleteUserPoolDomain`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolDomain.html).
    DeleteUserPoolDomain {
        input: shapes::DeleteUserPoolDomainRequest, table: tables::DELETE_USER_POOL_DOMAIN_REQUEST;
        output: shapes::DeleteUserPoolDomainResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: ConcurrentModificationException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, ResourceNotFoundException;
    }
}

operation! {
    /// [`DeleteUserPoolReplica`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolReplica.html).
    DeleteUserPoolReplica {
        input: shapes::DeleteUserPoolReplicaRequest, table: tables::DELETE_USER_POOL_REPLICA_REQUEST;
        output: shapes::DeleteUserPoolReplicaResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`DeleteWebAuthnCredential`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteWebAuthnCredential.html).
    DeleteWebAuthnCredential {
        input: shapes::DeleteWebAuthnCredentialRequest, table: tables::DELETE_WEBAUTHN_CREDENTIAL_REQUEST;
        output: shapes::DeleteWebAuthnCredentialResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserResourceUpdate;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            LimitExceededException, NotAuthorizedException, OperationNotEnabledException,
            PasswordResetRequiredException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`DescribeIdentityProvider`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeIdentityProvider.html).
    DescribeIdentityProvider {
        input: shapes::DescribeIdentityProviderRequest, table: tables::DESCRIBE_IDENTITY_PROVIDER_REQUEST;
        output: shapes::DescribeIdentityProviderResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`DescribeManagedLoginBranding`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeManagedLoginBranding.html).
    DescribeManagedLoginBranding {
        input: shapes::DescribeManagedLoginBrandingRequest, table: tables::DESCRIBE_MANAGED_LOGIN_BRANDING_REQUEST;
        output: shapes::DescribeManagedLoginBrandingResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`DescribeManagedLoginBrandingByClient`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeManagedLoginBrandingByClient.html).
    DescribeManagedLoginBrandingByClient {
        input: shapes::DescribeManagedLoginBrandingByClientRequest, table: tables::DESCRIBE_MANAGED_LOGIN_BRANDING_BY_CLIENT_REQUEST;
        output: shapes::DescribeManagedLoginBrandingByClientResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`DescribeResourceServer`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeResourceServer.html).
    DescribeResourceServer {
        input: shapes::DescribeResourceServerRequest, table: tables::DESCRIBE_RESOURCE_SERVER_REQUEST;
        output: shapes::DescribeResourceServerResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`DescribeRiskConfiguration`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeRiskConfiguration.html).
    DescribeRiskConfiguration {
        input: shapes::DescribeRiskConfigurationRequest, table: tables::DESCRIBE_RISK_CONFIGURATION_REQUEST;
        output: shapes::DescribeRiskConfigurationResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserPoolAddOnNotEnabledException;
    }
}

operation! {
    /// [`DescribeTerms`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeTerms.html).
    DescribeTerms {
        input: shapes::DescribeTermsRequest, table: tables::DESCRIBE_TERMS_REQUEST;
        output: shapes::DescribeTermsResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`DescribeTermsByClient`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeTermsByClient.html).
    DescribeTermsByClient {
        input: shapes::DescribeTermsByClientRequest, table: tables::DESCRIBE_TERMS_BY_CLIENT_REQUEST;
        output: shapes::DescribeTermsByClientResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`DescribeUserImportJob`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserImportJob.html).
    DescribeUserImportJob {
        input: shapes::DescribeUserImportJobRequest, table: tables::DESCRIBE_USER_IMPORT_JOB_REQUEST;
        output: shapes::DescribeUserImportJobResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`DescribeUserPool`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPool.html).
    DescribeUserPool {
        input: shapes::DescribeUserPoolRequest, table: tables::DESCRIBE_USER_POOL_REQUEST;
        output: shapes::DescribeUserPoolResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserPoolTaggingException;
    }
}

operation! {
    /// [`DescribeUserPoolClient`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolClient.html).
    DescribeUserPoolClient {
        input: shapes::DescribeUserPoolClientRequest, table: tables::DESCRIBE_USER_POOL_CLIENT_REQUEST;
        output: shapes::DescribeUserPoolClientResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolClientRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`DescribeUserPoolDomain`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolDomain.html).
    DescribeUserPoolDomain {
        input: shapes::DescribeUserPoolDomainRequest, table: tables::DESCRIBE_USER_POOL_DOMAIN_REQUEST;
        output: shapes::DescribeUserPoolDomainResponse, has_output: true;
        auth: Signed, resource: Any, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException;
    }
}

operation! {
    /// [`ForgetDevice`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgetDevice.html).
    ForgetDevice {
        input: shapes::ForgetDeviceRequest, table: tables::FORGET_DEVICE_REQUEST;
        output: (), has_output: false;
        auth: Bearer, resource: None, rate: UserResourceUpdate;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            InvalidUserPoolConfigurationException, NotAuthorizedException,
            OperationNotEnabledException, PasswordResetRequiredException, ResourceNotFoundException,
            TooManyRequestsException, UserNotConfirmedException, UserNotFoundException;
    }
}

operation! {
    /// [`ForgotPassword`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgotPassword.html).
    ForgotPassword {
        input: shapes::ForgotPasswordRequest, table: tables::FORGOT_PASSWORD_REQUEST;
        output: shapes::ForgotPasswordResponse, has_output: true;
        auth: Anonymous, resource: None, rate: UserAccountRecovery;
        errors: CodeDeliveryFailureException, ForbiddenException, InternalErrorException,
            InvalidEmailRoleAccessPolicyException, InvalidLambdaResponseException,
            InvalidParameterException, InvalidSmsRoleAccessPolicyException,
            InvalidSmsRoleTrustRelationshipException, LimitExceededException,
            NotAuthorizedException, OperationNotEnabledException, ResourceNotFoundException,
            TooManyRequestsException, UnexpectedLambdaException, UserLambdaValidationException,
            UserNotFoundException;
    }
}

operation! {
    /// [`GetCSVHeader`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetCSVHeader.html).
    GetCSVHeader {
        input: shapes::GetCSVHeaderRequest, table: tables::GET_CSV_HEADER_REQUEST;
        output: shapes::GetCSVHeaderResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`GetClientToken`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetClientToken.html).
    GetClientToken {
        input: shapes::GetClientTokenRequest, table: tables::GET_CLIENT_TOKEN_REQUEST;
        output: shapes::GetClientTokenResponse, has_output: true;
        auth: SignedOrClient, resource: None, rate: ClientAuthentication;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, ResourceNotFoundException,
            TooManyRequestsException;
    }
}

operation! {
    /// [`GetDerivedToken`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetDerivedToken.html).
    GetDerivedToken {
        input: shapes::GetDerivedTokenRequest, table: tables::GET_DERIVED_TOKEN_REQUEST;
        output: shapes::GetDerivedTokenResponse, has_output: true;
        auth: SignedOrClient, resource: ClientPool, rate: UserToken;
        errors: ForbiddenException, InternalErrorException, InvalidLambdaResponseException,
            InvalidParameterException, NotAuthorizedException, OperationNotEnabledException,
            ResourceNotFoundException, TooManyRequestsException, UnexpectedLambdaException,
            UserLambdaValidationException, UserNotFoundException;
    }
}

operation! {
    /// [`GetDevice`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetDevice.html).
    GetDevice {
        input: shapes::GetDeviceRequest, table: tables::GET_DEVICE_REQUEST;
        output: shapes::GetDeviceResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserResourceRead;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            InvalidUserPoolConfigurationException, NotAuthorizedException,
            OperationNotEnabledException, PasswordResetRequiredException, ResourceNotFoundException,
            TooManyRequestsException, UserNotConfirmedException, UserNotFoundException;
    }
}

operation! {
    /// [`GetGroup`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetGroup.html).
    GetGroup {
        input: shapes::GetGroupRequest, table: tables::GET_GROUP_REQUEST;
        output: shapes::GetGroupResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`GetIdentityProviderByIdentifier`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetIdentityProviderByIdentifier.html).
    GetIdentityProviderByIdentifier {
        input: shapes::GetIdentityProviderByIdentifierRequest, table: tables::GET_IDENTITY_PROVIDER_BY_IDENTIFIER_REQUEST;
        output: shapes::GetIdentityProviderByIdentifierResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`GetLogDeliveryConfiguration`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetLogDeliveryConfiguration.html).
    GetLogDeliveryConfiguration {
        input: shapes::GetLogDeliveryConfigurationRequest, table: tables::GET_LOG_DELIVERY_CONFIGURATION_REQUEST;
        output: shapes::GetLogDeliveryConfigurationResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`GetProvisionedLimit`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetProvisionedLimit.html).
    GetProvisionedLimit {
        input: shapes::GetProvisionedLimitRequest, table: tables::GET_PROVISIONED_LIMIT_REQUEST;
        output: shapes::GetProvisionedLimitResponse, has_output: true;
        auth: Signed, resource: Any, rate: LimitManagement;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`GetSigningCertificate`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetSigningCertificate.html).
    GetSigningCertificate {
        input: shapes::GetSigningCertificateRequest, table: tables::GET_SIGNING_CERTIFICATE_REQUEST;
        output: shapes::GetSigningCertificateResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, OperationNotEnabledException,
            ResourceNotFoundException;
    }
}

operation! {
    /// [`GetTokensFromRefreshToken`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html).
    GetTokensFromRefreshToken {
        input: shapes::GetTokensFromRefreshTokenRequest, table: tables::GET_TOKENS_FROM_REFRESH_TOKEN_REQUEST;
        output: shapes::GetTokensFromRefreshTokenResponse, has_output: true;
        auth: Anonymous, resource: None, rate: UserToken;
        errors: ForbiddenException, InternalErrorException, InvalidLambdaResponseException,
            InvalidParameterException, NotAuthorizedException, OperationNotEnabledException,
            RefreshTokenReuseException, ResourceNotFoundException, TooManyRequestsException,
            UnexpectedLambdaException, UserLambdaValidationException, UserNotFoundException;
    }
}

operation! {
    /// [`GetUICustomization`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUICustomization.html).
    GetUICustomization {
        input: shapes::GetUICustomizationRequest, table: tables::GET_UI_CUSTOMIZATION_REQUEST;
        output: shapes::GetUICustomizationResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`GetUser`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html).
    GetUser {
        input: shapes::GetUserRequest, table: tables::GET_USER_REQUEST;
        output: shapes::GetUserResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserRead;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, PasswordResetRequiredException,
            ResourceNotFoundException, TooManyRequestsException, UserNotConfirmedException,
            UserNotFoundException;
    }
}

operation! {
    /// [`GetUserAttributeVerificationCode`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserAttributeVerificationCode.html).
    GetUserAttributeVerificationCode {
        input: shapes::GetUserAttributeVerificationCodeRequest, table: tables::GET_USER_ATTRIBUTE_VERIFICATION_CODE_REQUEST;
        output: shapes::GetUserAttributeVerificationCodeResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserResourceRead;
        errors: CodeDeliveryFailureException, ForbiddenException, InternalErrorException,
            InvalidEmailRoleAccessPolicyException, InvalidLambdaResponseException,
            InvalidParameterException, InvalidSmsRoleAccessPolicyException,
            InvalidSmsRoleTrustRelationshipException, LimitExceededException,
            NotAuthorizedException, OperationNotEnabledException, PasswordResetRequiredException,
            ResourceNotFoundException, TooManyRequestsException, UnexpectedLambdaException,
            UserLambdaValidationException, UserNotConfirmedException, UserNotFoundException;
    }
}

operation! {
    /// [`GetUserAuthFactors`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserAuthFactors.html).
    GetUserAuthFactors {
        input: shapes::GetUserAuthFactorsRequest, table: tables::GET_USER_AUTH_FACTORS_REQUEST;
        output: shapes::GetUserAuthFactorsResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserRead;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, PasswordResetRequiredException,
            ResourceNotFoundException, TooManyRequestsException, UserNotConfirmedException,
            UserNotFoundException;
    }
}

operation! {
    /// [`GetUserPoolClientSessionConfiguration`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolClientSessionConfiguration.html).
    GetUserPoolClientSessionConfiguration {
        input: shapes::GetUserPoolClientSessionConfigurationRequest, table: tables::GET_USER_POOL_CLIENT_SESSION_CONFIGURATION_REQUEST;
        output: shapes::GetUserPoolClientSessionConfigurationResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolClientRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`GetUserPoolMfaConfig`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolMfaConfig.html).
    GetUserPoolMfaConfig {
        input: shapes::GetUserPoolMfaConfigRequest, table: tables::GET_USER_POOL_MFA_CONFIG_REQUEST;
        output: shapes::GetUserPoolMfaConfigResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`GetUserPoolSessionConfiguration`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolSessionConfiguration.html).
    GetUserPoolSessionConfiguration {
        input: shapes::GetUserPoolSessionConfigurationRequest, table: tables::GET_USER_POOL_SESSION_CONFIGURATION_REQUEST;
        output: shapes::GetUserPoolSessionConfigurationResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`GlobalSignOut`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GlobalSignOut.html).
    GlobalSignOut {
        input: shapes::GlobalSignOutRequest, table: tables::GLOBAL_SIGN_OUT_REQUEST;
        output: shapes::GlobalSignOutResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserUpdate;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, PasswordResetRequiredException,
            ResourceNotFoundException, TooManyRequestsException, UserNotConfirmedException;
    }
}

operation! {
    /// [`InitiateAuth`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html).
    InitiateAuth {
        input: shapes::InitiateAuthRequest, table: tables::INITIATE_AUTH_REQUEST;
        output: shapes::InitiateAuthResponse, has_output: true;
        auth: Anonymous, resource: None, rate: UserAuthentication;
        errors: FeatureUnavailableInTierException, ForbiddenException, InternalErrorException,
            InvalidEmailRoleAccessPolicyException, InvalidLambdaResponseException,
            InvalidParameterException, InvalidSmsRoleAccessPolicyException,
            InvalidSmsRoleTrustRelationshipException, InvalidUserPoolConfigurationException,
            NotAuthorizedException, OperationNotEnabledException, PasswordResetRequiredException,
            ResourceNotFoundException, TooManyRequestsException, UnexpectedLambdaException,
            UnsupportedOperationException, UserLambdaValidationException, UserNotConfirmedException,
            UserNotFoundException;
    }
}

operation! {
    /// [`ListDevices`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListDevices.html).
    ListDevices {
        input: shapes::ListDevicesRequest, table: tables::LIST_DEVICES_REQUEST;
        output: shapes::ListDevicesResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserResourceRead;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            InvalidUserPoolConfigurationException, NotAuthorizedException,
            OperationNotEnabledException, PasswordResetRequiredException, ResourceNotFoundException,
            TooManyRequestsException, UserNotConfirmedException, UserNotFoundException;
    }
}

operation! {
    /// [`ListGroups`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListGroups.html).
    ListGroups {
        input: shapes::ListGroupsRequest, table: tables::LIST_GROUPS_REQUEST;
        output: shapes::ListGroupsResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`ListIdentityProviders`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListIdentityProviders.html).
    ListIdentityProviders {
        input: shapes::ListIdentityProvidersRequest, table: tables::LIST_IDENTITY_PROVIDERS_REQUEST;
        output: shapes::ListIdentityProvidersResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`ListResourceServers`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListResourceServers.html).
    ListResourceServers {
        input: shapes::ListResourceServersRequest, table: tables::LIST_RESOURCE_SERVERS_REQUEST;
        output: shapes::ListResourceServersResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`ListTagsForResource`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListTagsForResource.html).
    ListTagsForResource {
        input: shapes::ListTagsForResourceRequest, table: tables::LIST_TAGS_FOR_RESOURCE_REQUEST;
        output: shapes::ListTagsForResourceResponse, has_output: true;
        auth: Signed, resource: ArnMember, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`ListTerms`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListTerms.html).
    ListTerms {
        input: shapes::ListTermsRequest, table: tables::LIST_TERMS_REQUEST;
        output: shapes::ListTermsResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`ListUserImportJobs`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserImportJobs.html).
    ListUserImportJobs {
        input: shapes::ListUserImportJobsRequest, table: tables::LIST_USER_IMPORT_JOBS_REQUEST;
        output: shapes::ListUserImportJobsResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`ListUserPoolClientSecrets`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClientSecrets.html).
    ListUserPoolClientSecrets {
        input: shapes::ListUserPoolClientSecretsRequest, table: tables::LIST_USER_POOL_CLIENT_SECRETS_REQUEST;
        output: shapes::ListUserPoolClientSecretsResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolClientRead;
        errors: InternalServerException, InvalidParameterException, LimitExceededException,
            ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`ListUserPoolClients`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClients.html).
    ListUserPoolClients {
        input: shapes::ListUserPoolClientsRequest, table: tables::LIST_USER_POOL_CLIENTS_REQUEST;
        output: shapes::ListUserPoolClientsResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolClientRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`ListUserPoolReplicas`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolReplicas.html).
    ListUserPoolReplicas {
        input: shapes::ListUserPoolReplicasRequest, table: tables::LIST_USER_POOL_REPLICAS_REQUEST;
        output: shapes::ListUserPoolReplicasResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`ListUserPools`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPools.html).
    ListUserPools {
        input: shapes::ListUserPoolsRequest, table: tables::LIST_USER_POOLS_REQUEST;
        output: shapes::ListUserPoolsResponse, has_output: true;
        auth: Signed, resource: Any, rate: UserPoolRead;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            TooManyRequestsException;
    }
}

operation! {
    /// [`ListUserSessions`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserSessions.html).
    ListUserSessions {
        input: shapes::ListUserSessionsRequest, table: tables::LIST_USER_SESSIONS_REQUEST;
        output: shapes::ListUserSessionsResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserResourceRead;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, PasswordResetRequiredException,
            ResourceNotFoundException, TooManyRequestsException, UserNotConfirmedException,
            UserNotFoundException;
    }
}

operation! {
    /// [`ListUsers`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html).
    ListUsers {
        input: shapes::ListUsersRequest, table: tables::LIST_USERS_REQUEST;
        output: shapes::ListUsersResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserList;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`ListUsersInGroup`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsersInGroup.html).
    ListUsersInGroup {
        input: shapes::ListUsersInGroupRequest, table: tables::LIST_USERS_IN_GROUP_REQUEST;
        output: shapes::ListUsersInGroupResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserList;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`ListWebAuthnCredentials`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListWebAuthnCredentials.html).
    ListWebAuthnCredentials {
        input: shapes::ListWebAuthnCredentialsRequest, table: tables::LIST_WEBAUTHN_CREDENTIALS_REQUEST;
        output: shapes::ListWebAuthnCredentialsResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserResourceRead;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            LimitExceededException, NotAuthorizedException, OperationNotEnabledException,
            PasswordResetRequiredException, TooManyRequestsException;
    }
}

operation! {
    /// [`ResendConfirmationCode`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResendConfirmationCode.html).
    ResendConfirmationCode {
        input: shapes::ResendConfirmationCodeRequest, table: tables::RESEND_CONFIRMATION_CODE_REQUEST;
        output: shapes::ResendConfirmationCodeResponse, has_output: true;
        auth: Anonymous, resource: None, rate: UserResourceRead;
        errors: CodeDeliveryFailureException, ForbiddenException, InternalErrorException,
            InvalidEmailRoleAccessPolicyException, InvalidLambdaResponseException,
            InvalidParameterException, InvalidSmsRoleAccessPolicyException,
            InvalidSmsRoleTrustRelationshipException, LimitExceededException,
            NotAuthorizedException, OperationNotEnabledException, ResourceNotFoundException,
            TooManyRequestsException, UnexpectedLambdaException, UserLambdaValidationException,
            UserNotFoundException;
    }
}

operation! {
    /// [`RespondToAuthChallenge`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html).
    RespondToAuthChallenge {
        input: shapes::RespondToAuthChallengeRequest, table: tables::RESPOND_TO_AUTH_CHALLENGE_REQUEST;
        output: shapes::RespondToAuthChallengeResponse, has_output: true;
        auth: Anonymous, resource: None, rate: UserAuthentication;
        errors: AliasExistsException, CodeMismatchException, ExpiredCodeException,
            ForbiddenException, InternalErrorException, InvalidEmailRoleAccessPolicyException,
            InvalidLambdaResponseException, InvalidParameterException, InvalidPasswordException,
            InvalidSmsRoleAccessPolicyException, InvalidSmsRoleTrustRelationshipException,
            InvalidUserPoolConfigurationException, MFAMethodNotFoundException,
            NotAuthorizedException, OperationNotEnabledException,
            PasswordHistoryPolicyViolationException, PasswordResetRequiredException,
            ResourceNotFoundException, SoftwareTokenMFANotFoundException, TooManyRequestsException,
            UnexpectedLambdaException, UserLambdaValidationException, UserNotConfirmedException,
            UserNotFoundException;
    }
}

operation! {
    /// [`RevokeToken`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeToken.html).
    RevokeToken {
        input: shapes::RevokeTokenRequest, table: tables::REVOKE_TOKEN_REQUEST;
        output: shapes::RevokeTokenResponse, has_output: true;
        auth: Anonymous, resource: None, rate: UserToken;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            OperationNotEnabledException, TooManyRequestsException, UnauthorizedException,
            UnsupportedOperationException, UnsupportedTokenTypeException;
    }
}

operation! {
    /// [`RevokeUserSession`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeUserSession.html).
    RevokeUserSession {
        input: shapes::RevokeUserSessionRequest, table: tables::REVOKE_USER_SESSION_REQUEST;
        output: shapes::RevokeUserSessionResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserUpdate;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, PasswordResetRequiredException,
            ResourceNotFoundException, TooManyRequestsException, UserNotConfirmedException,
            UserNotFoundException;
    }
}

operation! {
    /// [`SetLogDeliveryConfiguration`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetLogDeliveryConfiguration.html).
    SetLogDeliveryConfiguration {
        input: shapes::SetLogDeliveryConfigurationRequest, table: tables::SET_LOG_DELIVERY_CONFIGURATION_REQUEST;
        output: shapes::SetLogDeliveryConfigurationResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: FeatureUnavailableInTierException, InternalErrorException,
            InvalidParameterException, NotAuthorizedException, ResourceNotFoundException,
            TooManyRequestsException;
    }
}

operation! {
    /// [`SetRiskConfiguration`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetRiskConfiguration.html).
    SetRiskConfiguration {
        input: shapes::SetRiskConfigurationRequest, table: tables::SET_RISK_CONFIGURATION_REQUEST;
        output: shapes::SetRiskConfigurationResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: CodeDeliveryFailureException, InternalErrorException,
            InvalidEmailRoleAccessPolicyException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, ResourceNotFoundException,
            TooManyRequestsException, UserPoolAddOnNotEnabledException;
    }
}

operation! {
    /// [`SetUICustomization`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUICustomization.html).
    SetUICustomization {
        input: shapes::SetUICustomizationRequest, table: tables::SET_UI_CUSTOMIZATION_REQUEST;
        output: shapes::SetUICustomizationResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`SetUserMFAPreference`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserMFAPreference.html).
    SetUserMFAPreference {
        input: shapes::SetUserMFAPreferenceRequest, table: tables::SET_USER_MFA_PREFERENCE_REQUEST;
        output: shapes::SetUserMFAPreferenceResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserResourceUpdate;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, PasswordResetRequiredException,
            ResourceNotFoundException, UserNotConfirmedException, UserNotFoundException;
    }
}

operation! {
    /// [`SetUserPoolClientSessionConfiguration`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolClientSessionConfiguration.html).
    SetUserPoolClientSessionConfiguration {
        input: shapes::SetUserPoolClientSessionConfigurationRequest, table: tables::SET_USER_POOL_CLIENT_SESSION_CONFIGURATION_REQUEST;
        output: shapes::SetUserPoolClientSessionConfigurationResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolClientUpdate;
        errors: ConcurrentModificationException, FeatureUnavailableInTierException,
            InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`SetUserPoolMfaConfig`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolMfaConfig.html).
    SetUserPoolMfaConfig {
        input: shapes::SetUserPoolMfaConfigRequest, table: tables::SET_USER_POOL_MFA_CONFIG_REQUEST;
        output: shapes::SetUserPoolMfaConfigResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: ConcurrentModificationException, FeatureUnavailableInTierException,
            InternalErrorException, InvalidParameterException, InvalidSmsRoleAccessPolicyException,
            InvalidSmsRoleTrustRelationshipException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`SetUserPoolSessionConfiguration`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolSessionConfiguration.html).
    SetUserPoolSessionConfiguration {
        input: shapes::SetUserPoolSessionConfigurationRequest, table: tables::SET_USER_POOL_SESSION_CONFIGURATION_REQUEST;
        output: shapes::SetUserPoolSessionConfigurationResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: ConcurrentModificationException, FeatureUnavailableInTierException,
            InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`SetUserSettings`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserSettings.html).
    SetUserSettings {
        input: shapes::SetUserSettingsRequest, table: tables::SET_USER_SETTINGS_REQUEST;
        output: shapes::SetUserSettingsResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserResourceUpdate;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, PasswordResetRequiredException,
            ResourceNotFoundException, UserNotConfirmedException, UserNotFoundException;
    }
}

operation! {
    /// [`SignUp`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html).
    SignUp {
        input: shapes::SignUpRequest, table: tables::SIGN_UP_REQUEST;
        output: shapes::SignUpResponse, has_output: true;
        auth: Anonymous, resource: None, rate: UserCreation;
        errors: CodeDeliveryFailureException, ForbiddenException, InternalErrorException,
            InvalidEmailRoleAccessPolicyException, InvalidLambdaResponseException,
            InvalidParameterException, InvalidPasswordException,
            InvalidSmsRoleAccessPolicyException, InvalidSmsRoleTrustRelationshipException,
            LimitExceededException, NotAuthorizedException, OperationNotEnabledException,
            ResourceNotFoundException, TooManyRequestsException, UnexpectedLambdaException,
            UserLambdaValidationException, UsernameExistsException;
    }
}

operation! {
    /// [`StartUserImportJob`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StartUserImportJob.html).
    StartUserImportJob {
        input: shapes::StartUserImportJobRequest, table: tables::START_USER_IMPORT_JOB_REQUEST;
        output: shapes::StartUserImportJobResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, PreconditionNotMetException, ResourceNotFoundException,
            TooManyRequestsException;
    }
}

operation! {
    /// [`StartWebAuthnRegistration`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StartWebAuthnRegistration.html).
    StartWebAuthnRegistration {
        input: shapes::StartWebAuthnRegistrationRequest, table: tables::START_WEBAUTHN_REGISTRATION_REQUEST;
        output: shapes::StartWebAuthnRegistrationResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserResourceUpdate;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            LimitExceededException, NotAuthorizedException, OperationNotEnabledException,
            PasswordResetRequiredException, TooManyRequestsException,
            WebAuthnConfigurationMissingException, WebAuthnNotEnabledException;
    }
}

operation! {
    /// [`StopUserImportJob`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StopUserImportJob.html).
    StopUserImportJob {
        input: shapes::StopUserImportJobRequest, table: tables::STOP_USER_IMPORT_JOB_REQUEST;
        output: shapes::StopUserImportJobResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, PreconditionNotMetException, ResourceNotFoundException,
            TooManyRequestsException;
    }
}

operation! {
    /// [`TagResource`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_TagResource.html).
    TagResource {
        input: shapes::TagResourceRequest, table: tables::TAG_RESOURCE_REQUEST;
        output: shapes::TagResourceResponse, has_output: true;
        auth: Signed, resource: ArnMember, rate: UserPoolResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`UntagResource`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UntagResource.html).
    UntagResource {
        input: shapes::UntagResourceRequest, table: tables::UNTAG_RESOURCE_REQUEST;
        output: shapes::UntagResourceResponse, has_output: true;
        auth: Signed, resource: ArnMember, rate: UserPoolResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`UpdateAuthEventFeedback`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateAuthEventFeedback.html).
    UpdateAuthEventFeedback {
        input: shapes::UpdateAuthEventFeedbackRequest, table: tables::UPDATE_AUTH_EVENT_FEEDBACK_REQUEST;
        output: shapes::UpdateAuthEventFeedbackResponse, has_output: true;
        auth: Anonymous, resource: None, rate: UserResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException,
            UserNotFoundException, UserPoolAddOnNotEnabledException;
    }
}

operation! {
    /// [`UpdateDeviceStatus`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateDeviceStatus.html).
    UpdateDeviceStatus {
        input: shapes::UpdateDeviceStatusRequest, table: tables::UPDATE_DEVICE_STATUS_REQUEST;
        output: shapes::UpdateDeviceStatusResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserResourceUpdate;
        errors: ForbiddenException, InternalErrorException, InvalidParameterException,
            InvalidUserPoolConfigurationException, NotAuthorizedException,
            OperationNotEnabledException, PasswordResetRequiredException, ResourceNotFoundException,
            TooManyRequestsException, UserNotConfirmedException, UserNotFoundException;
    }
}

operation! {
    /// [`UpdateGroup`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateGroup.html).
    UpdateGroup {
        input: shapes::UpdateGroupRequest, table: tables::UPDATE_GROUP_REQUEST;
        output: shapes::UpdateGroupResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`UpdateIdentityProvider`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateIdentityProvider.html).
    UpdateIdentityProvider {
        input: shapes::UpdateIdentityProviderRequest, table: tables::UPDATE_IDENTITY_PROVIDER_REQUEST;
        output: shapes::UpdateIdentityProviderResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: ConcurrentModificationException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, ResourceNotFoundException, TooManyRequestsException,
            UnsupportedIdentityProviderException;
    }
}

operation! {
    /// [`UpdateManagedLoginBranding`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateManagedLoginBranding.html).
    UpdateManagedLoginBranding {
        input: shapes::UpdateManagedLoginBrandingRequest, table: tables::UPDATE_MANAGED_LOGIN_BRANDING_REQUEST;
        output: shapes::UpdateManagedLoginBrandingResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: ConcurrentModificationException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, ResourceNotFoundException,
            TooManyRequestsException;
    }
}

operation! {
    /// [`UpdateProvisionedLimit`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateProvisionedLimit.html).
    UpdateProvisionedLimit {
        input: shapes::UpdateProvisionedLimitRequest, table: tables::UPDATE_PROVISIONED_LIMIT_REQUEST;
        output: shapes::UpdateProvisionedLimitResponse, has_output: true;
        auth: Signed, resource: Any, rate: LimitManagement;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            ResourceNotFoundException, ServiceQuotaExceededException, TooManyRequestsException;
    }
}

operation! {
    /// [`UpdateResourceServer`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateResourceServer.html).
    UpdateResourceServer {
        input: shapes::UpdateResourceServerRequest, table: tables::UPDATE_RESOURCE_SERVER_REQUEST;
        output: shapes::UpdateResourceServerResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`UpdateTerms`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateTerms.html).
    UpdateTerms {
        input: shapes::UpdateTermsRequest, table: tables::UPDATE_TERMS_REQUEST;
        output: shapes::UpdateTermsResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: ConcurrentModificationException, InternalErrorException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, ResourceNotFoundException,
            TermsExistsException, TooManyRequestsException;
    }
}

operation! {
    /// [`UpdateUserAttributes`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserAttributes.html).
    UpdateUserAttributes {
        input: shapes::UpdateUserAttributesRequest, table: tables::UPDATE_USER_ATTRIBUTES_REQUEST;
        output: shapes::UpdateUserAttributesResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserUpdate;
        errors: AliasExistsException, CodeDeliveryFailureException, CodeMismatchException,
            ExpiredCodeException, ForbiddenException, InternalErrorException,
            InvalidEmailRoleAccessPolicyException, InvalidLambdaResponseException,
            InvalidParameterException, InvalidSmsRoleAccessPolicyException,
            InvalidSmsRoleTrustRelationshipException, NotAuthorizedException,
            OperationNotEnabledException, PasswordResetRequiredException, ResourceNotFoundException,
            TooManyRequestsException, UnexpectedLambdaException, UserLambdaValidationException,
            UserNotConfirmedException, UserNotFoundException;
    }
}

operation! {
    /// [`UpdateUserPool`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html).
    UpdateUserPool {
        input: shapes::UpdateUserPoolRequest, table: tables::UPDATE_USER_POOL_REQUEST;
        output: shapes::UpdateUserPoolResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolUpdate;
        errors: ConcurrentModificationException, FeatureUnavailableInTierException,
            InternalErrorException, InvalidEmailRoleAccessPolicyException,
            InvalidParameterException, InvalidSmsRoleAccessPolicyException,
            InvalidSmsRoleTrustRelationshipException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TierChangeNotAllowedException,
            TooManyRequestsException, UserImportInProgressException, UserPoolTaggingException;
    }
}

operation! {
    /// [`UpdateUserPoolClient`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html).
    UpdateUserPoolClient {
        input: shapes::UpdateUserPoolClientRequest, table: tables::UPDATE_USER_POOL_CLIENT_REQUEST;
        output: shapes::UpdateUserPoolClientResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolClientUpdate;
        errors: ConcurrentModificationException, FeatureUnavailableInTierException,
            InternalErrorException, InvalidOAuthFlowException, InvalidParameterException,
            NotAuthorizedException, OperationNotEnabledException, ResourceNotFoundException,
            ScopeDoesNotExistException, TooManyRequestsException;
    }
}

operation! {
    /// [`UpdateUserPoolDomain`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolDomain.html).
    UpdateUserPoolDomain {
        input: shapes::UpdateUserPoolDomainRequest, table: tables::UPDATE_USER_POOL_DOMAIN_REQUEST;
        output: shapes::UpdateUserPoolDomainResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: ConcurrentModificationException, FeatureUnavailableInTierException,
            InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`UpdateUserPoolReplica`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolReplica.html).
    UpdateUserPoolReplica {
        input: shapes::UpdateUserPoolReplicaRequest, table: tables::UPDATE_USER_POOL_REPLICA_REQUEST;
        output: shapes::UpdateUserPoolReplicaResponse, has_output: true;
        auth: Signed, resource: Pool, rate: UserPoolResourceUpdate;
        errors: InternalErrorException, InvalidParameterException, NotAuthorizedException,
            OperationNotEnabledException, ResourceNotFoundException, TooManyRequestsException;
    }
}

operation! {
    /// [`VerifySoftwareToken`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifySoftwareToken.html).
    VerifySoftwareToken {
        input: shapes::VerifySoftwareTokenRequest, table: tables::VERIFY_SOFTWARE_TOKEN_REQUEST;
        output: shapes::VerifySoftwareTokenResponse, has_output: true;
        auth: BearerOrSession, resource: None, rate: UserResourceUpdate;
        errors: CodeMismatchException, EnableSoftwareTokenMFAException, ForbiddenException,
            InternalErrorException, InvalidParameterException,
            InvalidUserPoolConfigurationException, NotAuthorizedException, NotAuthorizedException,
            OperationNotEnabledException, PasswordResetRequiredException, ResourceNotFoundException,
            SoftwareTokenMFANotFoundException, TooManyRequestsException, UserNotConfirmedException,
            UserNotFoundException;
    }
}

operation! {
    /// [`VerifyUserAttribute`](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifyUserAttribute.html).
    VerifyUserAttribute {
        input: shapes::VerifyUserAttributeRequest, table: tables::VERIFY_USER_ATTRIBUTE_REQUEST;
        output: shapes::VerifyUserAttributeResponse, has_output: true;
        auth: Bearer, resource: None, rate: UserUpdate;
        errors: AliasExistsException, CodeMismatchException, ExpiredCodeException,
            ForbiddenException, InternalErrorException, InvalidParameterException,
            LimitExceededException, NotAuthorizedException, OperationNotEnabledException,
            PasswordResetRequiredException, ResourceNotFoundException, TooManyRequestsException,
            UserNotConfirmedException, UserNotFoundException;
    }
}

/// Calls a macro with the names of all operations: `for_each_operation!(m)` is `m! { AddCustomAttributes, … }`.
///
/// The names are those of the marker types in this module. A trait that every operation must have is checked by
/// the compiler this way, and no list of operations is kept by hand.
#[macro_export]
macro_rules! for_each_operation {
    ($callback:ident) => {
        $callback! {
            AddCustomAttributes,
            AddUserPoolClientSecret,
            AdminAddUserToGroup,
            AdminConfirmSignUp,
            AdminCreateUser,
            AdminDeleteSoftwareToken,
            AdminDeleteUser,
            AdminDeleteUserAttributes,
            AdminDisableProviderForUser,
            AdminDisableUser,
            AdminEnableUser,
            AdminForgetDevice,
            AdminGetDevice,
            AdminGetUser,
            AdminGetUserAuthFactors,
            AdminInitiateAuth,
            AdminLinkProviderForUser,
            AdminListDevices,
            AdminListGroupsForUser,
            AdminListUserAuthEvents,
            AdminListUserSessions,
            AdminRemoveUserFromGroup,
            AdminResetUserPassword,
            AdminRespondToAuthChallenge,
            AdminRevokeUserSession,
            AdminSetUserMFAPreference,
            AdminSetUserPassword,
            AdminSetUserSettings,
            AdminUpdateAuthEventFeedback,
            AdminUpdateDeviceStatus,
            AdminUpdateUserAttributes,
            AdminUserGlobalSignOut,
            AssociateSoftwareToken,
            ChangePassword,
            CompleteWebAuthnRegistration,
            ConfirmDevice,
            ConfirmForgotPassword,
            ConfirmSignUp,
            CreateGroup,
            CreateIdentityProvider,
            CreateManagedLoginBranding,
            CreateResourceServer,
            CreateTerms,
            CreateUserImportJob,
            CreateUserPool,
            CreateUserPoolClient,
            CreateUserPoolDomain,
            CreateUserPoolReplica,
            DeleteGroup,
            DeleteIdentityProvider,
            DeleteManagedLoginBranding,
            DeleteResourceServer,
            DeleteTerms,
            DeleteUser,
            DeleteUserAttributes,
            DeleteUserPool,
            DeleteUserPoolClient,
            DeleteUserPoolClientSecret,
            DeleteUserPoolDomain,
            DeleteUserPoolReplica,
            DeleteWebAuthnCredential,
            DescribeIdentityProvider,
            DescribeManagedLoginBranding,
            DescribeManagedLoginBrandingByClient,
            DescribeResourceServer,
            DescribeRiskConfiguration,
            DescribeTerms,
            DescribeTermsByClient,
            DescribeUserImportJob,
            DescribeUserPool,
            DescribeUserPoolClient,
            DescribeUserPoolDomain,
            ForgetDevice,
            ForgotPassword,
            GetCSVHeader,
            GetClientToken,
            GetDerivedToken,
            GetDevice,
            GetGroup,
            GetIdentityProviderByIdentifier,
            GetLogDeliveryConfiguration,
            GetProvisionedLimit,
            GetSigningCertificate,
            GetTokensFromRefreshToken,
            GetUICustomization,
            GetUser,
            GetUserAttributeVerificationCode,
            GetUserAuthFactors,
            GetUserPoolClientSessionConfiguration,
            GetUserPoolMfaConfig,
            GetUserPoolSessionConfiguration,
            GlobalSignOut,
            InitiateAuth,
            ListDevices,
            ListGroups,
            ListIdentityProviders,
            ListResourceServers,
            ListTagsForResource,
            ListTerms,
            ListUserImportJobs,
            ListUserPoolClientSecrets,
            ListUserPoolClients,
            ListUserPoolReplicas,
            ListUserPools,
            ListUserSessions,
            ListUsers,
            ListUsersInGroup,
            ListWebAuthnCredentials,
            ResendConfirmationCode,
            RespondToAuthChallenge,
            RevokeToken,
            RevokeUserSession,
            SetLogDeliveryConfiguration,
            SetRiskConfiguration,
            SetUICustomization,
            SetUserMFAPreference,
            SetUserPoolClientSessionConfiguration,
            SetUserPoolMfaConfig,
            SetUserPoolSessionConfiguration,
            SetUserSettings,
            SignUp,
            StartUserImportJob,
            StartWebAuthnRegistration,
            StopUserImportJob,
            TagResource,
            UntagResource,
            UpdateAuthEventFeedback,
            UpdateDeviceStatus,
            UpdateGroup,
            UpdateIdentityProvider,
            UpdateManagedLoginBranding,
            UpdateProvisionedLimit,
            UpdateResourceServer,
            UpdateTerms,
            UpdateUserAttributes,
            UpdateUserPool,
            UpdateUserPoolClient,
            UpdateUserPoolDomain,
            UpdateUserPoolReplica,
            VerifySoftwareToken,
            VerifyUserAttribute,
        }
    };
}
