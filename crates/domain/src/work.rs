//! What a request costs, where debug builds count it: the primitives whose number decides how long an
//! answer takes, and must therefore not tell who exists.
//!
//! The counts are of the whole process and of nothing else's use. A release build counts nothing.

#[cfg(debug_assertions)]
use std::sync::atomic::{AtomicU64, Ordering};

#[cfg(debug_assertions)]
static EXPONENTIATIONS: AtomicU64 = AtomicU64::new(0);
#[cfg(debug_assertions)]
static HMACS: AtomicU64 = AtomicU64::new(0);

/// What was computed since the process began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Modular exponentiations.
    pub exponentiations: u64,
    /// HMACs, those inside of seals included.
    pub hmacs: u64,
}

/// Notes a modular exponentiation.
#[inline]
pub(crate) fn exponentiation() {
    #[cfg(debug_assertions)]
    EXPONENTIATIONS.fetch_add(1, Ordering::Relaxed);
}

/// Notes an HMAC.
#[inline]
pub(crate) fn hmac() {
    #[cfg(debug_assertions)]
    HMACS.fetch_add(1, Ordering::Relaxed);
}

/// The counts; none in a release build.
pub fn done() -> Option<Work> {
    #[cfg(debug_assertions)]
    let counts = Some(Work {
        exponentiations: EXPONENTIATIONS.load(Ordering::Relaxed),
        hmacs: HMACS.load(Ordering::Relaxed),
    });
    #[cfg(not(debug_assertions))]
    let counts = None;
    counts
}
