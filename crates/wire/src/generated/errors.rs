// Written by `cargo xtask codegen` from model/. Do not edit.
//! Names of errors, as they stand in `__type`.

use crate::enumeration::wire_enum;

wire_enum! {
    /// An error's name on the wire: modelled exceptions and those of the protocol.
    pub enum ErrorName {
        AccessDeniedException = "AccessDeniedException",
        AliasExistsException = "AliasExistsException",
        CodeDeliveryFailureException = "CodeDeliveryFailureException",
        CodeMismatchException = "CodeMismatchException",
        ConcurrentModificationException = "ConcurrentModificationException",
        DeviceKeyExistsException = "DeviceKeyExistsException",
        DuplicateProviderException = "DuplicateProviderException",
        EnableSoftwareTokenMFAException = "EnableSoftwareTokenMFAException",
        ExpiredCodeException = "ExpiredCodeException",
        ExpiredTokenException = "ExpiredTokenException",
        FeatureUnavailableInTierException = "FeatureUnavailableInTierException",
        ForbiddenException = "ForbiddenException",
        GroupExistsException = "GroupExistsException",
        IncompleteSignatureException = "IncompleteSignatureException",
        InternalErrorException = "InternalErrorException",
        InternalServerException = "InternalServerException",
        InvalidEmailRoleAccessPolicyException = "InvalidEmailRoleAccessPolicyException",
        InvalidLambdaResponseException = "InvalidLambdaResponseException",
        InvalidOAuthFlowException = "InvalidOAuthFlowException",
        InvalidParameterException = "InvalidParameterException",
        InvalidPasswordException = "InvalidPasswordException",
        InvalidSignatureException = "InvalidSignatureException",
        InvalidSmsRoleAccessPolicyException = "InvalidSmsRoleAccessPolicyException",
        InvalidSmsRoleTrustRelationshipException = "InvalidSmsRoleTrustRelationshipException",
        InvalidUserPoolConfigurationException = "InvalidUserPoolConfigurationException",
        LimitExceededException = "LimitExceededException",
        MFAMethodNotFoundException = "MFAMethodNotFoundException",
        ManagedLoginBrandingExistsException = "ManagedLoginBrandingExistsException",
        MissingAuthenticationTokenException = "MissingAuthenticationTokenException",
        NotAuthorizedException = "NotAuthorizedException",
        NotImplementedException = "NotImplementedException",
        OperationNotEnabledException = "OperationNotEnabledException",
        PasswordHistoryPolicyViolationException = "PasswordHistoryPolicyViolationException",
        PasswordResetRequiredException = "PasswordResetRequiredException",
        PreconditionNotMetException = "PreconditionNotMetException",
        RefreshTokenReuseException = "RefreshTokenReuseException",
        RequestTooLargeException = "RequestTooLargeException",
        ResourceNotFoundException = "ResourceNotFoundException",
        ScopeDoesNotExistException = "ScopeDoesNotExistException",
        SerializationException = "SerializationException",
        ServiceQuotaExceededException = "ServiceQuotaExceededException",
        SoftwareTokenMFANotFoundException = "SoftwareTokenMFANotFoundException",
        TermsExistsException = "TermsExistsException",
        TierChangeNotAllowedException = "TierChangeNotAllowedException",
        TooManyFailedAttemptsException = "TooManyFailedAttemptsException",
        TooManyRequestsException = "TooManyRequestsException",
        UnauthorizedException = "UnauthorizedException",
        UnexpectedLambdaException = "UnexpectedLambdaException",
        UnknownOperationException = "UnknownOperationException",
        UnrecognizedClientException = "UnrecognizedClientException",
        UnsupportedIdentityProviderException = "UnsupportedIdentityProviderException",
        UnsupportedOperationException = "UnsupportedOperationException",
        UnsupportedTokenTypeException = "UnsupportedTokenTypeException",
        UnsupportedUserStateException = "UnsupportedUserStateException",
        UserImportInProgressException = "UserImportInProgressException",
        UserLambdaValidationException = "UserLambdaValidationException",
        UserNotConfirmedException = "UserNotConfirmedException",
        UserNotFoundException = "UserNotFoundException",
        UserPoolAddOnNotEnabledException = "UserPoolAddOnNotEnabledException",
        UserPoolTaggingException = "UserPoolTaggingException",
        UsernameExistsException = "UsernameExistsException",
        WebAuthnChallengeNotFoundException = "WebAuthnChallengeNotFoundException",
        WebAuthnClientMismatchException = "WebAuthnClientMismatchException",
        WebAuthnConfigurationMissingException = "WebAuthnConfigurationMissingException",
        WebAuthnCredentialNotSupportedException = "WebAuthnCredentialNotSupportedException",
        WebAuthnNotEnabledException = "WebAuthnNotEnabledException",
        WebAuthnOriginNotAllowedException = "WebAuthnOriginNotAllowedException",
        WebAuthnRelyingPartyMismatchException = "WebAuthnRelyingPartyMismatchException",
    }
}

impl ErrorName {
    /// The HTTP status the error is sent with: 400 for everything a client did, whatever its name.
    pub const fn http_status(self) -> u16 {
        match self {
            Self::RequestTooLargeException => 413,
            Self::InternalErrorException | Self::InternalServerException => 500,
            Self::NotImplementedException => 501,
            _ => 400,
        }
    }
}
