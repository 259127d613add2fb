//! What an operation is: a type with constants. One is generated for each, in [`crate::operations`].

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{ErrorName, Shape};

/// Everything about an operation except what it does.
pub trait OperationSpec {
    /// The operation's name: after the dot in `X-Amz-Target`, and after the colon in a policy's action.
    const NAME: &'static str;
    /// Constraints of the input.
    const INPUT: &'static Shape;
    /// Whether the reply has a body. Without one it is empty, not `{}`.
    const HAS_OUTPUT: bool;
    /// The errors the model lists. Protocol errors may occur besides.
    const ERRORS: &'static [ErrorName];
    /// Who may call.
    const AUTH: AuthKind;
    /// What a policy is evaluated against.
    const RESOURCE: ResourceKind;
    /// The quota the call is counted in.
    const RATE: RateCategory;
    /// The request.
    type Input: Serialize + DeserializeOwned + Debug + Clone + Send + Sync + 'static;
    /// The reply; `()` where there is none.
    type Output: Serialize + DeserializeOwned + Debug + Clone + Send + Sync + 'static;
}

/// Who may call an operation, as far as the transport can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuthKind {
    /// A Signature Version 4 request that policy allows.
    Signed,
    /// The bearer of an access token, which is a member of the input. A signature is ignored.
    Bearer,
    /// The bearer of an access token or of a challenge's `Session`. A signature is ignored.
    BearerOrSession,
    /// Anybody; what authority is needed is in the input. A signature is ignored.
    Anonymous,
    /// Signed or not: clients sign, because the model does not say otherwise, and the input may carry a client's
    /// credentials instead.
    SignedOrClient,
}

/// What the policies of a signed caller are evaluated against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResourceKind {
    /// The ARN of the pool in the member `UserPoolId`.
    Pool,
    /// The ARN in the member `ResourceArn`.
    ArnMember,
    /// The ARN of the pool that owns the client in the member `ClientId`.
    ClientPool,
    /// `*`: the call is about no single pool.
    Any,
    /// No policy is evaluated.
    None,
}

/// A request-rate quota. Calls of one category in one account share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RateCategory {
    /// Signing in.
    UserAuthentication,
    /// Signing up, and users made by an administrator.
    UserCreation,
    /// Replies of identity providers.
    UserFederation,
    /// Passwords: forgotten, changed, reset.
    UserAccountRecovery,
    /// Reading one user.
    UserRead,
    /// Changing one user.
    UserUpdate,
    /// Refreshing and revoking tokens.
    UserToken,
    /// Reading what belongs to a user: devices, events, groups.
    UserResourceRead,
    /// Changing what belongs to a user.
    UserResourceUpdate,
    /// Listing users.
    UserList,
    /// Reading pools.
    UserPoolRead,
    /// Changing pools.
    UserPoolUpdate,
    /// Reading what belongs to a pool: groups, providers, domains, branding.
    UserPoolResourceRead,
    /// Changing what belongs to a pool.
    UserPoolResourceUpdate,
    /// Reading app clients.
    UserPoolClientRead,
    /// Changing app clients.
    UserPoolClientUpdate,
    /// Machine-to-machine tokens.
    ClientAuthentication,
    /// Reading and changing these quotas.
    LimitManagement,
}

impl RateCategory {
    /// The category's name, as `LimitDefinition` spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UserAuthentication => "UserAuthentication",
            Self::UserCreation => "UserCreation",
            Self::UserFederation => "UserFederation",
            Self::UserAccountRecovery => "UserAccountRecovery",
            Self::UserRead => "UserRead",
            Self::UserUpdate => "UserUpdate",
            Self::UserToken => "UserToken",
            Self::UserResourceRead => "UserResourceRead",
            Self::UserResourceUpdate => "UserResourceUpdate",
            Self::UserList => "UserList",
            Self::UserPoolRead => "UserPoolRead",
            Self::UserPoolUpdate => "UserPoolUpdate",
            Self::UserPoolResourceRead => "UserPoolResourceRead",
            Self::UserPoolResourceUpdate => "UserPoolResourceUpdate",
            Self::UserPoolClientRead => "UserPoolClientRead",
            Self::UserPoolClientUpdate => "UserPoolClientUpdate",
            Self::ClientAuthentication => "ClientAuthentication",
            Self::LimitManagement => "LimitManagement",
        }
    }

    /// Requests per second in one account before any raise; from the service's quota page.
    pub const fn requests_per_second(self) -> u32 {
        match self {
            Self::UserAuthentication | Self::UserRead | Self::UserToken => 120,
            Self::UserCreation | Self::UserResourceRead => 50,
            Self::UserAccountRecovery | Self::UserList => 30,
            Self::UserFederation | Self::UserUpdate | Self::UserResourceUpdate => 25,
            Self::UserPoolResourceRead => 20,
            Self::UserPoolRead
            | Self::UserPoolUpdate
            | Self::UserPoolResourceUpdate
            | Self::UserPoolClientRead
            | Self::UserPoolClientUpdate => 15,
            Self::ClientAuthentication => 150,
            Self::LimitManagement => 1,
        }
    }
}

/// Declares an operation's marker type; only generated code calls it.
macro_rules! operation {
    (
        $(#[$about:meta])*
        $name:ident {
            input: $input:ty, table: $table:path;
            output: $output:ty, has_output: $has_output:literal;
            auth: $auth:ident, resource: $resource:ident, rate: $rate:ident;
            errors: $($error:ident),+;
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl $crate::OperationSpec for $name {
            const NAME: &'static str = stringify!($name);
            const INPUT: &'static $crate::Shape = &$table;
            const HAS_OUTPUT: bool = $has_output;
            const ERRORS: &'static [$crate::ErrorName] = &[$($crate::ErrorName::$error),+];
            const AUTH: $crate::AuthKind = $crate::AuthKind::$auth;
            const RESOURCE: $crate::ResourceKind = $crate::ResourceKind::$resource;
            const RATE: $crate::RateCategory = $crate::RateCategory::$rate;
            type Input = $input;
            type Output = $output;
        }
    };
}
pub(crate) use operation;
