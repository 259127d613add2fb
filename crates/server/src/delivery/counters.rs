//! What was done with messages since the server was started.

use std::sync::atomic::{AtomicU64, Ordering};

use poolhouse_domain::message::Lane;

/// Numbers of one lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Messages that were sent.
    pub delivered: u64,
    /// Attempts that failed.
    pub failed: u64,
    /// Messages that were given up.
    pub given_up: u64,
}

#[derive(Debug, Default)]
struct Counter {
    delivered: AtomicU64,
    failed: AtomicU64,
    given_up: AtomicU64,
}

/// The numbers of all lanes.
#[derive(Debug, Default)]
pub struct Counters {
    email: Counter,
    sms: Counter,
    function: Counter,
}

impl Counters {
    fn of(&self, lane: Lane) -> &Counter {
        match lane {
            Lane::Email => &self.email,
            Lane::Sms => &self.sms,
            Lane::Function => &self.function,
        }
    }

    pub(super) fn delivered(&self, lane: Lane) {
        self.of(lane).delivered.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn failed(&self, lane: Lane) {
        self.of(lane).failed.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn given_up(&self, lane: Lane) {
        self.of(lane).given_up.fetch_add(1, Ordering::Relaxed);
    }

    /// The numbers of a lane now.
    pub fn read(&self, lane: Lane) -> Counts {
        let counter = self.of(lane);
        Counts {
            delivered: counter.delivered.load(Ordering::Relaxed),
            failed: counter.failed.load(Ordering::Relaxed),
            given_up: counter.given_up.load(Ordering::Relaxed),
        }
    }
}
