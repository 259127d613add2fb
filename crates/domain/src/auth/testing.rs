//! Builders for the machine's tests.

use std::collections::BTreeMap;

use super::policy::PoolPolicy;
use crate::device::{Device, Remembered, Tracking};
use crate::id::{DeviceKey, PoolId, Sub};
use crate::time::Timestamp;
use crate::user::{MfaPreference, User, UserStatus};

pub(crate) fn pool() -> PoolPolicy {
    PoolPolicy::default()
}

pub(crate) fn tracking(device_replaces_mfa: bool) -> Tracking {
    Tracking { device_replaces_mfa, remembered_on_prompt: false }
}

pub(crate) fn user() -> User {
    User {
        pool: PoolId::new("us-east-1_TestPool1"),
        sub: Sub::new("11111111-2222-4333-8444-555555555555"),
        username: "ada".into(),
        status: UserStatus::Confirmed,
        enabled: true,
        attributes: BTreeMap::new(),
        mfa: MfaPreference::default(),
        totp_verified: false,
        totp_name: None,
        stamp: 0,
        created: Timestamp::from_millis(0),
        modified: Timestamp::from_millis(0),
    }
}

pub(crate) fn device(remembered: Remembered) -> Device {
    Device {
        key: DeviceKey::new("us-east-1_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"),
        group_key: "-Group123".into(),
        name: Some("laptop".into()),
        confirmed: true,
        remembered,
        has_verifier: true,
        created: Timestamp::from_millis(0),
        modified: Timestamp::from_millis(0),
        last_authenticated: Timestamp::from_millis(0),
        last_ip: None,
    }
}
