//! Which actions exist, in which service, and which of them are built.

/// A service of the Query API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    /// Identity and access management.
    Iam,
    /// The security token service.
    Sts,
}

impl Service {
    /// The service that an API version belongs to: the two have no version in common.
    pub(super) fn of_version(version: &str) -> Option<Self> {
        match version {
            "2010-05-08" => Some(Self::Iam),
            "2011-06-15" => Some(Self::Sts),
            _ => None,
        }
    }

    /// Its name in a credential scope.
    pub(super) const fn signing_name(self) -> &'static str {
        match self {
            Self::Iam => "iam",
            Self::Sts => "sts",
        }
    }

    /// The XML namespace of its responses.
    pub(super) const fn namespace(self) -> &'static str {
        match self {
            Self::Iam => "https://iam.amazonaws.com/doc/2010-05-08/",
            Self::Sts => "https://sts.amazonaws.com/doc/2011-06-15/",
        }
    }
}

macro_rules! actions {
    ($($name:ident = $label:literal, $doc:literal;)*) => {
        /// An action that is built.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Action {
            $(#[doc = $doc] $name,)*
        }

        impl Action {
            /// All of them.
            pub(super) const ALL: &[Self] = &[$(Self::$name),*];

            /// Its name in policies and in the log: `iam:CreateUser`.
            pub(super) const fn label(self) -> &'static str {
                match self {
                    $(Self::$name => $label,)*
                }
            }

            /// Its name on the wire: `CreateUser`.
            pub(super) const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)*
                }
            }
        }
    };
}

actions! {
    CreateUser = "iam:CreateUser", "Creates a user.";
    GetUser = "iam:GetUser", "Reads a user.";
    ListUsers = "iam:ListUsers", "Lists users.";
    DeleteUser = "iam:DeleteUser", "Deletes a user.";
    CreateAccessKey = "iam:CreateAccessKey", "Gives a user an access key.";
    ListAccessKeys = "iam:ListAccessKeys", "Lists a user's access keys.";
    UpdateAccessKey = "iam:UpdateAccessKey", "Takes an access key out of use, or back.";
    DeleteAccessKey = "iam:DeleteAccessKey", "Deletes an access key.";
    PutUserPolicy = "iam:PutUserPolicy", "Writes an inline policy.";
    GetUserPolicy = "iam:GetUserPolicy", "Reads an inline policy.";
    ListUserPolicies = "iam:ListUserPolicies", "Lists a user's inline policies.";
    DeleteUserPolicy = "iam:DeleteUserPolicy", "Deletes an inline policy.";
    GetCallerIdentity = "sts:GetCallerIdentity", "Tells callers who they are.";
}

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// An action that is built.
    Built(Action),
    /// One that AWS has and this server has not.
    NotBuilt(&'static str),
    /// No action of the service.
    Unknown,
}

/// Looks an action up; names are case-sensitive.
pub(super) fn find(service: Service, name: &str) -> Found {
    let built = Action::ALL.iter().find(|action| {
        let of_service = action.label().split_once(':').map(|(prefix, _)| prefix);
        action.name() == name && of_service == Some(service.signing_name())
    });
    if let Some(action) = built {
        return Found::Built(*action);
    }
    let others = match service {
        Service::Iam => IAM_NOT_BUILT,
        Service::Sts => STS_NOT_BUILT,
    };
    match others.iter().find(|other| **other == name) {
        Some(name) => Found::NotBuilt(name),
        None => Found::Unknown,
    }
}

const STS_NOT_BUILT: &[&str] = &[
    "AssumeRole",
    "AssumeRoleWithSAML",
    "AssumeRoleWithWebIdentity",
    "AssumeRoot",
    "DecodeAuthorizationMessage",
    "GetAccessKeyInfo",
    "GetDelegatedAccessToken",
    "GetFederationToken",
    "GetScopedCredentials",
    "GetSessionToken",
    "GetWebIdentityToken",
];

const IAM_NOT_BUILT: &[&str] = &[
    "AcceptDelegationRequest",
    "AcquireRole",
    "AddClientIDToOpenIDConnectProvider",
    "AddRoleToInstanceProfile",
    "AddUserToGroup",
    "AssociateDelegationRequest",
    "AttachGroupPolicy",
    "AttachRolePolicy",
    "AttachUserPolicy",
    "ChangePassword",
    "CreateAccountAlias",
    "CreateDelegationRequest",
    "CreateGroup",
    "CreateInstanceProfile",
    "CreateLoginProfile",
    "CreateOpenIDConnectProvider",
    "CreatePolicy",
    "CreatePolicyVersion",
    "CreateRole",
    "CreateSAMLProvider",
    "CreateServiceLinkedRole",
    "CreateServiceSpecificCredential",
    "CreateVirtualMFADevice",
    "DeactivateMFADevice",
    "DeleteAccountAlias",
    "DeleteAccountPasswordPolicy",
    "DeleteGroup",
    "DeleteGroupPolicy",
    "DeleteInstanceProfile",
    "DeleteLoginProfile",
    "DeleteOpenIDConnectProvider",
    "DeletePolicy",
    "DeletePolicyVersion",
    "DeleteRole",
    "DeleteRolePermissionsBoundary",
    "DeleteRolePolicy",
    "DeleteSAMLProvider",
    "DeleteSSHPublicKey",
    "DeleteServerCertificate",
    "DeleteServiceLinkedRole",
    "DeleteServiceSpecificCredential",
    "DeleteSigningCertificate",
    "DeleteUserPermissionsBoundary",
    "DeleteVirtualMFADevice",
    "DetachGroupPolicy",
    "DetachRolePolicy",
    "DetachUserPolicy",
    "DisableOrganizationsRootCredentialsManagement",
    "DisableOrganizationsRootSessions",
    "DisableOutboundWebIdentityFederation",
    "EnableMFADevice",
    "EnableOrganizationsRootCredentialsManagement",
    "EnableOrganizationsRootSessions",
    "EnableOutboundWebIdentityFederation",
    "GenerateCredentialReport",
    "GenerateOrganizationsAccessReport",
    "GenerateServiceLastAccessedDetails",
    "GetAccessKeyLastUsed",
    "GetAccountAuthorizationDetails",
    "GetAccountPasswordPolicy",
    "GetAccountProperties",
    "GetAccountSummary",
    "GetContextKeysForCustomPolicy",
    "GetContextKeysForPrincipalPolicy",
    "GetCredentialReport",
    "GetDelegationRequest",
    "GetGroup",
    "GetGroupPolicy",
    "GetHumanReadableSummary",
    "GetInstanceProfile",
    "GetLoginProfile",
    "GetMFADevice",
    "GetOpenIDConnectProvider",
    "GetOrganizationsAccessReport",
    "GetOutboundWebIdentityFederationInfo",
    "GetPolicy",
    "GetPolicyVersion",
    "GetRole",
    "GetRolePolicy",
    "GetRoleTemplateVersion",
    "GetSAMLProvider",
    "GetSSHPublicKey",
    "GetServerCertificate",
    "GetServiceLastAccessedDetails",
    "GetServiceLastAccessedDetailsWithEntities",
    "GetServiceLinkedRoleDeletionStatus",
    "ListAccountAliases",
    "ListAttachedGroupPolicies",
    "ListAttachedRolePolicies",
    "ListAttachedUserPolicies",
    "ListDelegationRequests",
    "ListEntitiesForPolicy",
    "ListGroupPolicies",
    "ListGroups",
    "ListGroupsForUser",
    "ListInstanceProfileTags",
    "ListInstanceProfiles",
    "ListInstanceProfilesForRole",
    "ListMFADeviceTags",
    "ListMFADevices",
    "ListOpenIDConnectProviderTags",
    "ListOpenIDConnectProviders",
    "ListOrganizationsFeatures",
    "ListPolicies",
    "ListPoliciesGrantingServiceAccess",
    "ListPolicyTags",
    "ListPolicyVersions",
    "ListRolePolicies",
    "ListRoleTags",
    "ListRoles",
    "ListSAMLProviderTags",
    "ListSAMLProviders",
    "ListSSHPublicKeys",
    "ListServerCertificateTags",
    "ListServerCertificates",
    "ListServiceSpecificCredentials",
    "ListSigningCertificates",
    "ListUserTags",
    "ListVirtualMFADevices",
    "PutAccountProperties",
    "PutGroupPolicy",
    "PutRolePermissionsBoundary",
    "PutRolePolicy",
    "PutUserPermissionsBoundary",
    "RejectDelegationRequest",
    "RemoveClientIDFromOpenIDConnectProvider",
    "RemoveRoleFromInstanceProfile",
    "RemoveUserFromGroup",
    "ResetServiceSpecificCredential",
    "ResyncMFADevice",
    "SendDelegationToken",
    "SetDefaultPolicyVersion",
    "SetSecurityTokenServicePreferences",
    "SimulateCustomPolicy",
    "SimulatePrincipalPolicy",
    "TagInstanceProfile",
    "TagMFADevice",
    "TagOpenIDConnectProvider",
    "TagPolicy",
    "TagRole",
    "TagSAMLProvider",
    "TagServerCertificate",
    "TagUser",
    "UntagInstanceProfile",
    "UntagMFADevice",
    "UntagOpenIDConnectProvider",
    "UntagPolicy",
    "UntagRole",
    "UntagSAMLProvider",
    "UntagServerCertificate",
    "UntagUser",
    "UpdateAccountPasswordPolicy",
    "UpdateAssumeRolePolicy",
    "UpdateDelegationRequest",
    "UpdateGroup",
    "UpdateLoginProfile",
    "UpdateOpenIDConnectProvider",
    "UpdateOpenIDConnectProviderThumbprint",
    "UpdateRole",
    "UpdateRoleDescription",
    "UpdateSAMLProvider",
    "UpdateSSHPublicKey",
    "UpdateServerCertificate",
    "UpdateServiceSpecificCredential",
    "UpdateSigningCertificate",
    "UpdateUser",
    "UploadSSHPublicKey",
    "UploadServerCertificate",
    "UploadSigningCertificate",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_belongs_to_one_service() {
        assert_eq!(find(Service::Iam, "GetUser"), Found::Built(Action::GetUser));
        assert_eq!(find(Service::Sts, "GetUser"), Found::Unknown);
        let whoami = Found::Built(Action::GetCallerIdentity);
        assert_eq!(find(Service::Sts, "GetCallerIdentity"), whoami);
        assert_eq!(find(Service::Iam, "GetCallerIdentity"), Found::Unknown);
        assert_eq!(find(Service::Iam, "getuser"), Found::Unknown);
        assert_eq!(find(Service::Iam, "CreateRole"), Found::NotBuilt("CreateRole"));
        assert_eq!(find(Service::Sts, "AssumeRole"), Found::NotBuilt("AssumeRole"));
    }

    #[test]
    fn no_action_is_both_built_and_not() {
        for action in Action::ALL {
            assert!(!IAM_NOT_BUILT.contains(&action.name()), "{action:?}");
            assert!(!STS_NOT_BUILT.contains(&action.name()), "{action:?}");
            assert!(action.label().ends_with(&format!(":{}", action.name())), "{action:?}");
        }
        assert_eq!(Action::ALL.len(), 13);
    }
}
