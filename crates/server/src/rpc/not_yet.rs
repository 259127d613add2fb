//! The operations that are not built yet, and what they say.
//!
//! The compiler keeps this list: an operation that is neither here nor implemented does not
//! compile, and neither does one that is both.

use poolhouse_domain::error::{Error, Result};
use poolhouse_wire::{AuthKind, OperationSpec, operations};
use serde_json::Value;

use crate::app::App;
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, BearerOrSession, Ctx};
use crate::rpc::authn::{Caller, Verified};
use poolhouse_domain::time::Timestamp;

/// Whoever the operation asks for: they are verified as they will be when it is built.
#[derive(Clone, Copy, Debug)]
pub struct AnyCaller;

impl Caller for AnyCaller {
    const KINDS: &'static [AuthKind] = &[
        AuthKind::Signed,
        AuthKind::Bearer,
        AuthKind::BearerOrSession,
        AuthKind::Anonymous,
        AuthKind::SignedOrClient,
    ];

    async fn establish(
        app: &App,
        verified: Verified,
        auth: AuthKind,
        body: &Value,
        now: Timestamp,
    ) -> Result<Self> {
        match auth {
            AuthKind::Bearer => drop(Bearer::establish(app, verified, auth, body, now).await?),
            AuthKind::BearerOrSession => {
                drop(BearerOrSession::establish(app, verified, auth, body, now).await?);
            }
            AuthKind::Signed | AuthKind::Anonymous | AuthKind::SignedOrClient => {}
        }
        Ok(Self)
    }
}

macro_rules! not_yet {
    ($($name:ident),* $(,)?) => {
        $(impl Operation for operations::$name {
            type Caller = AnyCaller;

            async fn run(
                _: &mut Ctx<'_, AnyCaller>,
                _: Self::Input,
            ) -> Result<<Self as OperationSpec>::Output> {
                Err(Error::NotBuilt(stringify!($name)))
            }
        })*
    };
}

not_yet! {
    AddCustomAttributes,
    AddUserPoolClientSecret,
    AdminDisableProviderForUser,
    AdminLinkProviderForUser,
    CompleteWebAuthnRegistration,
    CreateIdentityProvider,
    CreateManagedLoginBranding,
    CreateResourceServer,
    CreateTerms,
    CreateUserImportJob,
    CreateUserPoolDomain,
    CreateUserPoolReplica,
    DeleteIdentityProvider,
    DeleteManagedLoginBranding,
    DeleteResourceServer,
    DeleteTerms,
    DeleteUserPoolClientSecret,
    DeleteUserPoolDomain,
    DeleteUserPoolReplica,
    DeleteWebAuthnCredential,
    DescribeIdentityProvider,
    DescribeManagedLoginBranding,
    DescribeManagedLoginBrandingByClient,
    DescribeResourceServer,
    DescribeTerms,
    DescribeTermsByClient,
    DescribeUserImportJob,
    DescribeUserPoolDomain,
    GetCSVHeader,
    GetIdentityProviderByIdentifier,
    GetLogDeliveryConfiguration,
    GetProvisionedLimit,
    GetSigningCertificate,
    GetUICustomization,
    ListIdentityProviders,
    ListResourceServers,
    ListTagsForResource,
    ListTerms,
    ListUserImportJobs,
    ListUserPoolClientSecrets,
    ListUserPoolReplicas,
    ListWebAuthnCredentials,
    SetLogDeliveryConfiguration,
    SetUICustomization,
    StartUserImportJob,
    StartWebAuthnRegistration,
    StopUserImportJob,
    TagResource,
    UntagResource,
    UpdateIdentityProvider,
    UpdateManagedLoginBranding,
    UpdateProvisionedLimit,
    UpdateResourceServer,
    UpdateTerms,
    UpdateUserPoolDomain,
    UpdateUserPoolReplica,
}
