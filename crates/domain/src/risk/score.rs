//! How risky a sign-in is: a sum of points, each for something that can be explained to a user.
//!
//! | what | points |
//! |---|---|
//! | a device that this user never signed in with | 1 |
//! | a network that this user never signed in from | 1 |
//! | 5 or more failed sign-ins of this user within an hour | 1 |
//! | 10 or more | 2 in all |
//! | farther from the last sign-in than an airliner flies in the time | 3 |
//!
//! No point is no risk, one is low, two are medium, three or more are high. Somebody who never
//! signed in has neither devices nor networks, so nothing about them is new; neither is what a
//! request does not tell. A sign-in that was
//! called invalid afterwards is none.

use super::Level;
use super::address::Network;
use super::event::{AuthEvent, Context, Place};
use crate::time::Timestamp;
use poolhouse_wire::shapes::FeedbackValueType;

/// Earlier sign-ins that are looked at.
pub const SIGN_INS_MAX: i64 = 20;
/// How long a failure counts, in seconds.
pub const FAILURES_SECS: i64 = 60 * 60;
/// Failures that are counted at most.
pub const FAILURES_MAX: i64 = 20;

const FAILURES_SOME: i64 = 5;
const FAILURES_MANY: i64 = 10;
/// How fast people travel, km/h.
const SPEED_KMH_MAX: f64 = 900.0;
/// A table of places is no more exact than this, km.
const DISTANCE_KM_MIN: f64 = 500.0;
const EARTH_RADIUS_KM: f64 = 6371.0;

/// What speaks against an attempt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signals {
    /// A device that the user never signed in with.
    pub new_device: bool,
    /// A network that the user never signed in from.
    pub new_network: bool,
    /// Failures of the last hour.
    pub failures: i64,
    /// Nobody could have come here from the last sign-in.
    pub impossible_travel: bool,
}

impl Signals {
    /// Of an attempt, beside the user's successful sign-ins, the newest first.
    pub fn of(context: &Context, now: Timestamp, sign_ins: &[AuthEvent], failures: i64) -> Self {
        let invalid = |event: &&AuthEvent| {
            event.feedback.as_ref().is_some_and(|said| said.value == FeedbackValueType::Invalid)
        };
        let known: Vec<&AuthEvent> = sign_ins.iter().filter(|event| !invalid(event)).collect();
        let device = context.device.as_deref();
        let same_device = |event: &&AuthEvent| event.context.device.as_deref() == device;
        let network = context.address.map(Network::around);
        let same_network = |event: &&AuthEvent| match (network, event.context.address) {
            (Some(network), Some(address)) => network.contains(address),
            (Some(_) | None, None) | (None, Some(_)) => false,
        };
        let travelled = known.iter().find_map(|event| {
            Some((event.context.place.as_ref()?, now.millis_since(event.created)))
        });
        Self {
            new_device: device.is_some() && !known.is_empty() && !known.iter().any(same_device),
            new_network: network.is_some() && !known.is_empty() && !known.iter().any(same_network),
            failures,
            impossible_travel: match (travelled, &context.place) {
                (Some((from, millis)), Some(to)) => too_fast(from, to, millis),
                _ => false,
            },
        }
    }

    /// The points.
    pub fn points(self) -> u32 {
        let failures = match self.failures {
            FAILURES_MANY.. => 2,
            FAILURES_SOME.. => 1,
            _ => 0,
        };
        let travel = if self.impossible_travel { 3 } else { 0 };
        u32::from(self.new_device) + u32::from(self.new_network) + failures + travel
    }

    /// The level; none where there is no risk.
    pub fn level(self) -> Option<Level> {
        match self.points() {
            0 => None,
            1 => Some(Level::Low),
            2 => Some(Level::Medium),
            _ => Some(Level::High),
        }
    }
}

fn too_fast(from: &Place, to: &Place, millis: i64) -> bool {
    let distance = distance_km(from, to);
    #[expect(
        clippy::cast_precision_loss,
        reason = "hours need no more than 52 bits of milliseconds"
    )]
    let hours = millis.max(0) as f64 / 3_600_000.0;
    distance > DISTANCE_KM_MIN && distance > SPEED_KMH_MAX * hours
}

/// The great circle between two places.
fn distance_km(a: &Place, b: &Place) -> f64 {
    let (north_a, north_b) = (a.latitude.to_radians(), b.latitude.to_radians());
    let north = (north_b - north_a) / 2.0;
    let east = (b.longitude - a.longitude).to_radians() / 2.0;
    let h = north.sin().powi(2) + north_a.cos() * north_b.cos() * east.sin().powi(2);
    2.0 * EARTH_RADIUS_KM * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{PoolId, Sub};
    use crate::risk::event::{Feedback, Findings};
    use poolhouse_wire::shapes::{EventResponseType, EventType};

    const NOW: Timestamp = Timestamp::from_secs(1_767_614_400);

    fn place(latitude: f64, longitude: f64) -> Option<Place> {
        Some(Place { country: "X".into(), city: "Y".into(), latitude, longitude })
    }

    fn context(address: &str, device: &str, place: Option<Place>) -> Context {
        Context::new(Some(address.parse().unwrap()), Some(device), place)
    }

    fn sign_in(context: Context, hours_ago: i64) -> AuthEvent {
        AuthEvent {
            id: "e".into(),
            pool: PoolId::new("us-east-1_AAAAAAAAA"),
            sub: Sub::new("s"),
            created: NOW.plus_secs(-hours_ago * 3600),
            kind: EventType::SignIn,
            response: EventResponseType::Pass,
            findings: Findings::default(),
            context,
            feedback: None,
        }
    }

    #[test]
    fn a_table_of_signals_and_levels() {
        let s = |new_device, new_network, failures, impossible_travel| Signals {
            new_device,
            new_network,
            failures,
            impossible_travel,
        };
        for (signals, points, level) in [
            (s(false, false, 0, false), 0, None),
            (s(false, false, 4, false), 0, None),
            (s(true, false, 0, false), 1, Some(Level::Low)),
            (s(false, true, 0, false), 1, Some(Level::Low)),
            (s(false, false, 5, false), 1, Some(Level::Low)),
            (s(true, true, 0, false), 2, Some(Level::Medium)),
            (s(false, false, 10, false), 2, Some(Level::Medium)),
            (s(true, false, 9, false), 2, Some(Level::Medium)),
            (s(false, false, 0, true), 3, Some(Level::High)),
            (s(true, true, 5, false), 3, Some(Level::High)),
            (s(true, true, i64::MAX, true), 7, Some(Level::High)),
        ] {
            assert_eq!((signals.points(), signals.level()), (points, level), "{signals:?}");
        }
    }

    #[test]
    fn nothing_is_new_about_somebody_new() {
        let attempt = context("192.0.2.1", "laptop", place(52.5, 13.4));
        assert_eq!(Signals::of(&attempt, NOW, &[], 0), Signals::default());
    }

    #[test]
    fn what_a_request_does_not_tell_is_not_new() {
        let known = [sign_in(context("192.0.2.9", "laptop", None), 1)];
        assert_eq!(Signals::of(&Context::default(), NOW, &known, 0), Signals::default());
    }

    #[test]
    fn devices_and_networks_are_known_from_sign_ins() {
        let known = [
            sign_in(context("198.51.100.7", "phone", None), 30),
            sign_in(context("192.0.2.9", "laptop", None), 300),
        ];
        for (address, device, new_network, new_device) in [
            ("192.0.2.1", "laptop", false, false),
            ("192.0.2.1", "phone", false, false),
            ("192.0.2.1", "tablet", false, true),
            ("203.0.113.1", "laptop", true, false),
            ("2001:db8::1", "tablet", true, true),
        ] {
            let signals = Signals::of(&context(address, device, None), NOW, &known, 0);
            assert_eq!((signals.new_network, signals.new_device), (new_network, new_device));
        }
        let mut disowned = known.clone();
        let said = Feedback { value: FeedbackValueType::Invalid, provider: "User".into(), at: NOW };
        disowned[1].feedback = Some(said);
        let signals = Signals::of(&context("192.0.2.1", "laptop", None), NOW, &disowned, 0);
        assert!(signals.new_network && signals.new_device);
    }

    #[test]
    fn nobody_is_in_two_places_at_once() {
        let berlin = context("192.0.2.1", "laptop", place(52.52, 13.40));
        for (hours, latitude, longitude, impossible) in [
            (1, 40.71, -74.01, true),  // New York in an hour
            (8, 40.71, -74.01, false), // 6,385 km in eight
            (0, 50.11, 8.68, false),   // Frankfurt at once: 424 km is no evidence
            (1, -33.87, 151.21, true), // Sydney
            (24, -33.87, 151.21, false),
            (0, 52.52, 13.40, false),
        ] {
            let known =
                [sign_in(context("192.0.2.1", "laptop", place(latitude, longitude)), hours)];
            let signals = Signals::of(&berlin, NOW, &known, 0);
            assert_eq!(signals.impossible_travel, impossible, "{hours} {latitude} {longitude}");
        }
    }
}
