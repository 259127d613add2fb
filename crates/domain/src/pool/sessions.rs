//! Whether a pool tracks its users' sessions, and how many each may have.

use poolhouse_wire::shapes::{
    GetUserPoolSessionConfigurationResponse, SetUserPoolSessionConfigurationRequest,
    UserPoolTierType, UserPoolTokenSessionConfigType, UserSessionTrackingType,
};
use serde::{Deserialize, Serialize};

use super::{Pool, PoolRule, PoolSettings};
use crate::error::Result;
use crate::time::Timestamp;

/// The feature's name in a refusal.
pub(super) const FEATURE: &str = "User Session Tracking";
/// `MaxPerUser` where it was never set.
const MAX_PER_USER_DEFAULT: i32 = 20;

/// What SetUserPoolSessionConfiguration set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sessions {
    pub(super) tracking: bool,
    max_per_user: i32,
}

impl PoolSettings {
    /// How many sessions a user may have; none where the pool does not track them.
    pub fn session_limit(&self) -> Option<i64> {
        let sessions = self.sessions.as_ref().filter(|sessions| sessions.tracking)?;
        Some(i64::from(sessions.max_per_user))
    }

    /// What GetUserPoolSessionConfiguration answers, but for the pool's id.
    pub fn session_configuration(&self) -> GetUserPoolSessionConfigurationResponse {
        let sessions = self.sessions.as_ref();
        let max_per_user = sessions.map_or(MAX_PER_USER_DEFAULT, |sessions| sessions.max_per_user);
        let tracking = match sessions.is_some_and(|sessions| sessions.tracking) {
            true => UserSessionTrackingType::Enabled,
            false => UserSessionTrackingType::Disabled,
        };
        GetUserPoolSessionConfigurationResponse {
            token_session: Some(UserPoolTokenSessionConfigType { max_per_user }),
            user_pool_id: None,
            user_session_tracking: Some(tracking),
        }
    }
}

impl Pool {
    /// Whether the pool's plan has session tracking at all.
    ///
    /// # Errors
    /// [`PoolRule::FeatureUnavailable`].
    pub fn check_session_tier(&self) -> Result<()> {
        if self.settings.tier == UserPoolTierType::Lite {
            return Err(PoolRule::FeatureUnavailable(vec![FEATURE]).into());
        }
        Ok(())
    }

    /// The pool after SetUserPoolSessionConfiguration, which replaces all of it.
    ///
    /// # Errors
    /// [`PoolRule::FeatureUnavailable`].
    pub fn set_sessions(
        mut self,
        request: &SetUserPoolSessionConfigurationRequest,
        now: Timestamp,
    ) -> Result<Self> {
        self.check_session_tier()?;
        self.settings.sessions = Some(Sessions {
            tracking: request.user_session_tracking == UserSessionTrackingType::Enabled,
            max_per_user: request.token_session.max_per_user,
        });
        Ok(Self { modified: now, ..self })
    }
}
