//! What a pool, or one of its clients, configured about risks.

use std::net::IpAddr;

use poolhouse_wire::EpochSeconds;
use poolhouse_wire::Sensitive;
use poolhouse_wire::shapes::{
    AccountTakeoverActionType, AccountTakeoverRiskConfigurationType,
    CompromisedCredentialsRiskConfigurationType, NotifyEmailType, RiskConfigurationType,
    SetRiskConfigurationRequest,
};
use serde::{Deserialize, Serialize};

use super::address::Network;
use super::{Level, RiskRefusal};
use crate::error::{Error, Result};
use crate::id::{ClientId, PoolId};
use crate::time::Timestamp;
pub use poolhouse_wire::shapes::RiskExceptionConfigurationType;

/// A risk configuration. What is absent asks for nothing to be done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RiskSettings {
    /// What to do about passwords that others know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compromised: Option<CompromisedCredentialsRiskConfigurationType>,
    /// What to do about risky sign-ins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takeover: Option<AccountTakeoverRiskConfigurationType>,
    /// Addresses that are always refused, or never assessed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exceptions: Option<RiskExceptionConfigurationType>,
}

impl RiskSettings {
    /// As SetRiskConfiguration asks for them; none where it names none, which takes them back.
    ///
    /// # Errors
    /// [`RiskRefusal`].
    pub fn configure(request: &SetRiskConfigurationRequest) -> Result<Option<Self>> {
        let settings = Self {
            compromised: request.compromised_credentials_risk_configuration.clone(),
            takeover: request.account_takeover_risk_configuration.clone(),
            exceptions: request.risk_exception_configuration.clone(),
        };
        settings.check()?;
        Ok((settings != Self::default()).then_some(settings))
    }

    fn check(&self) -> Result<()> {
        if let Some(takeover) = &self.takeover {
            let actions = &takeover.actions;
            let notifies = [&actions.low_action, &actions.medium_action, &actions.high_action]
                .into_iter()
                .flatten()
                .any(|action| action.notify);
            let notify = takeover.notify_configuration.as_ref();
            if notifies && notify.is_none() {
                return Err(Error::Risk(RiskRefusal::NotifyConfigurationMissing));
            }
            let mails = notify
                .map(|notify| [&notify.block_email, &notify.mfa_email, &notify.no_action_email]);
            let empty =
                |mail: &&NotifyEmailType| mail.html_body.is_none() && mail.text_body.is_none();
            if mails.into_iter().flatten().flatten().any(|mail| empty(&mail)) {
                return Err(Error::Risk(RiskRefusal::NotifyTextMissing));
            }
        }
        let mut ranges = self.blocked_ranges().iter().chain(self.skipped_ranges());
        if ranges.any(|range| Network::parse(range).is_none()) {
            return Err(Error::Risk(RiskRefusal::IpRange));
        }
        Ok(())
    }

    /// As they are shown: what is not set is not there.
    pub fn shown(
        &self,
        pool: &PoolId,
        client: Option<&ClientId>,
        modified: Option<Timestamp>,
    ) -> RiskConfigurationType {
        RiskConfigurationType {
            account_takeover_risk_configuration: self.takeover.clone(),
            client_id: client.map(|client| Sensitive::new(client.as_str().to_owned())),
            compromised_credentials_risk_configuration: self.compromised.clone(),
            last_modified_date: modified.map(|at| EpochSeconds::from_millis(at.as_millis())),
            risk_exception_configuration: self.exceptions.clone(),
            user_pool_id: Some(pool.as_str().to_owned()),
        }
    }

    /// What to do about this risk.
    pub fn action(&self, level: Level) -> Option<&AccountTakeoverActionType> {
        let actions = &self.takeover.as_ref()?.actions;
        match level {
            Level::Low => actions.low_action.as_ref(),
            Level::Medium => actions.medium_action.as_ref(),
            Level::High => actions.high_action.as_ref(),
        }
    }

    /// Addresses that are always refused.
    pub fn blocked_ranges(&self) -> &[String] {
        let exceptions = self.exceptions.as_ref();
        exceptions.and_then(|e| e.blocked_ip_range_list.as_deref()).unwrap_or_default()
    }

    /// Addresses that are never assessed.
    pub fn skipped_ranges(&self) -> &[String] {
        let exceptions = self.exceptions.as_ref();
        exceptions.and_then(|e| e.skipped_ip_range_list.as_deref()).unwrap_or_default()
    }

    /// Whether an address is in one of these ranges.
    pub fn in_ranges(ranges: &[String], address: IpAddr) -> bool {
        ranges.iter().filter_map(|range| Network::parse(range)).any(|net| net.contains(address))
    }
}
