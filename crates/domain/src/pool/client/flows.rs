//! Which sign-in flows a client may start.

use std::collections::BTreeSet;

use poolhouse_wire::shapes::{ExplicitAuthFlowsType, UserPoolTierType};

use super::{AuthRule, ClientSettings};
use crate::auth::policy::Flow;
use crate::pool::Pool;

/// What a client may do that names no flows.
const DEFAULT: [Flow; 3] = [Flow::Refresh, Flow::UserSrp, Flow::Custom];

/// Whether it is one of the three names from before there were `ALLOW_` names.
fn is_legacy(flow: ExplicitAuthFlowsType) -> bool {
    use ExplicitAuthFlowsType as Name;
    matches!(flow, Name::AdminNoSrpAuth | Name::CustomAuthFlowOnly | Name::UserPasswordAuth)
}

/// The flows that one name permits, by itself or with what an older name implies.
fn permitted(flow: ExplicitAuthFlowsType) -> &'static [Flow] {
    use ExplicitAuthFlowsType as Name;
    match flow {
        Name::AdminNoSrpAuth => {
            &[Flow::AdminUserPassword, Flow::UserSrp, Flow::Custom, Flow::Refresh]
        }
        Name::UserPasswordAuth => &[Flow::UserPassword, Flow::UserSrp, Flow::Custom, Flow::Refresh],
        Name::CustomAuthFlowOnly => &[Flow::Custom, Flow::Refresh],
        Name::AllowAdminUserPasswordAuth => &[Flow::AdminUserPassword],
        Name::AllowCustomAuth => &[Flow::Custom],
        Name::AllowUserPasswordAuth => &[Flow::UserPassword],
        Name::AllowUserSrpAuth => &[Flow::UserSrp],
        Name::AllowRefreshTokenAuth => &[Flow::Refresh],
        Name::AllowUserAuth => &[Flow::UserAuth],
        Name::AllowTokenExchangeDelegation
        | Name::AllowTokenExchangeImpersonation
        | Name::AllowClientTokenAuth => &[],
    }
}

impl ClientSettings {
    fn names(&self, flow: ExplicitAuthFlowsType) -> bool {
        self.explicit_auth_flows.iter().flatten().any(|name| *name == flow)
    }

    /// Whether the client may have tokens for itself.
    pub fn issues_client_tokens(&self) -> bool {
        self.names(ExplicitAuthFlowsType::AllowClientTokenAuth)
    }

    /// Whether it may exchange a user's token for one as if the user acted.
    pub fn impersonates(&self) -> bool {
        self.names(ExplicitAuthFlowsType::AllowTokenExchangeImpersonation)
    }

    /// Whether it may exchange a user's token for one that names who acts for the user.
    pub fn delegates(&self) -> bool {
        self.names(ExplicitAuthFlowsType::AllowTokenExchangeDelegation)
    }

    /// `AllowedOAuthScopes`.
    pub fn scopes(&self) -> &[String] {
        self.allowed_oauth_scopes.as_deref().unwrap_or_default()
    }

    /// The flows in effect. Rotation shuts the flow that would refresh without it.
    pub(super) fn flows(&self) -> BTreeSet<Flow> {
        let mut flows: BTreeSet<Flow> = match &self.explicit_auth_flows {
            None => DEFAULT.into(),
            Some(names) => names.iter().flat_map(|name| permitted(*name)).copied().collect(),
        };
        if self.rotates() {
            flows.remove(&Flow::Refresh);
        }
        flows
    }

    pub(super) fn check_flows(&self, pool: &Pool, secret: bool) -> Result<(), AuthRule> {
        use ExplicitAuthFlowsType as Name;
        let flows: BTreeSet<Name> = self.explicit_auth_flows.iter().flatten().copied().collect();
        let legacy = flows.iter().filter(|flow| is_legacy(**flow)).count();
        if legacy != 0 && legacy != flows.len() {
            return Err(AuthRule::MixedFlows);
        }
        if flows.contains(&Name::CustomAuthFlowOnly) && flows.len() > 1 {
            return Err(AuthRule::CustomFlowNotAlone);
        }
        if flows.contains(&Name::AllowClientTokenAuth) {
            if flows.len() > 1 {
                return Err(AuthRule::ClientTokenNotAlone);
            }
            if !secret {
                return Err(AuthRule::ClientTokenNeedsSecret);
            }
        }
        let lite = pool.settings.tier() == UserPoolTierType::Lite;
        if flows.contains(&Name::AllowUserAuth) && lite {
            return Err(AuthRule::UserAuthUnavailable);
        }
        if flows.contains(&Name::AllowRefreshTokenAuth) && self.rotates() {
            return Err(AuthRule::RotationWithRefreshFlow);
        }
        Ok(())
    }
}
