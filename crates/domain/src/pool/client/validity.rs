//! How long a client's tokens live.

use poolhouse_wire::shapes::{TimeUnitsType, TokenValidityUnitsType};

use super::{AuthRule, ClientSettings};

const MINUTE_SECONDS: i64 = 60;
const HOUR_SECONDS: i64 = 60 * MINUTE_SECONDS;
const DAY_SECONDS: i64 = 24 * HOUR_SECONDS;

/// Shortest and longest life of an access or ID token.
const SHORT_LIVED_SECONDS: std::ops::RangeInclusive<i64> = 5 * MINUTE_SECONDS..=DAY_SECONDS;
/// Shortest and longest life of a refresh token: an hour, ten years.
const REFRESH_SECONDS: std::ops::RangeInclusive<i64> = HOUR_SECONDS..=315_360_000;
/// Life of an access or ID token where nothing else is said.
const SHORT_LIVED_SECONDS_DEFAULT: i64 = HOUR_SECONDS;
/// Life of a refresh token where nothing else is said.
const REFRESH_SECONDS_DEFAULT: i64 = 30 * DAY_SECONDS;

/// Lifetimes in seconds.
pub(super) struct Lifetimes {
    pub(super) access: i64,
    pub(super) id: i64,
    pub(super) refresh: i64,
}

/// Whoever names one unit is shown all three; whoever names none is shown none.
pub(super) fn complete(units: TokenValidityUnitsType) -> TokenValidityUnitsType {
    if units == TokenValidityUnitsType::default() {
        return units;
    }
    TokenValidityUnitsType {
        access_token: units.access_token.or(Some(TimeUnitsType::Hours)),
        id_token: units.id_token.or(Some(TimeUnitsType::Hours)),
        refresh_token: units.refresh_token.or(Some(TimeUnitsType::Days)),
    }
}

/// `RefreshTokenValidity` where the request names none or zero: thirty days in this unit.
pub(super) fn refresh_default(unit: Option<TimeUnitsType>) -> i32 {
    let unit = unit.unwrap_or(TimeUnitsType::Days);
    i32::try_from(REFRESH_SECONDS_DEFAULT / seconds_in(unit)).unwrap_or(i32::MAX)
}

fn seconds_in(unit: TimeUnitsType) -> i64 {
    match unit {
        TimeUnitsType::Seconds => 1,
        TimeUnitsType::Minutes => MINUTE_SECONDS,
        TimeUnitsType::Hours => HOUR_SECONDS,
        TimeUnitsType::Days => DAY_SECONDS,
    }
}

impl ClientSettings {
    pub(super) fn lifetimes(&self) -> Lifetimes {
        let short = |validity: Option<i32>, unit: Option<TimeUnitsType>| {
            let unit = seconds_in(unit.unwrap_or(TimeUnitsType::Hours));
            validity.map_or(SHORT_LIVED_SECONDS_DEFAULT, |validity| i64::from(validity) * unit)
        };
        let refresh_unit = self.units.refresh_token.unwrap_or(TimeUnitsType::Days);
        Lifetimes {
            access: short(self.access_token_validity, self.units.access_token),
            id: short(self.id_token_validity, self.units.id_token),
            refresh: i64::from(self.refresh_token_validity) * seconds_in(refresh_unit),
        }
    }

    pub(super) fn check_validity(&self) -> Result<(), AuthRule> {
        let seconds = self.lifetimes();
        if !SHORT_LIVED_SECONDS.contains(&seconds.access)
            || !SHORT_LIVED_SECONDS.contains(&seconds.id)
            || !REFRESH_SECONDS.contains(&seconds.refresh)
        {
            return Err(AuthRule::ValidityRange);
        }
        if seconds.access.max(seconds.id) > seconds.refresh {
            return Err(AuthRule::ValidityBeyondRefresh);
        }
        Ok(())
    }
}
