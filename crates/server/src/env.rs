//! What the server takes from the world around it: the time and randomness.
//!
//! This is the only place that touches the system's clock and random source. Everything else gets
//! `now` and `rng` from here, so that a test decides both. Whatever needs the time twice reads it
//! once: one request has one time.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::UNIX_EPOCH;

use aws_lc_rs::hmac;
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use poolhouse_domain::time::Timestamp;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

/// Bytes of the key that all of a process's randomness comes from.
const SEED_BYTES: usize = 32;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// The time now.
    fn now(&self) -> Timestamp;
}

/// Hands out independent streams of randomness.
pub trait Entropy: Send + Sync + 'static {
    /// A new stream for one piece of work. `purpose` is a fixed word per call site, `number` counts
    /// within it (the request number, say).
    ///
    /// In tests equal arguments give equal streams, and one more draw for one purpose leaves every
    /// other stream as it was. In production no two streams are ever the same.
    fn fork(&self, purpose: &'static str, number: u64) -> ChaCha20Rng;
}

/// The world that one server lives in.
#[derive(Clone)]
pub struct Env {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
}

impl Env {
    /// The real world.
    ///
    /// # Errors
    /// The system has no random source.
    pub fn system() -> Result<Self, NoEntropy> {
        Ok(Env { clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy::new()?) })
    }

    /// A world for tests: time stands at `now` until the returned clock is set, and randomness
    /// follows from `seed`.
    pub fn simulated(now: Timestamp, seed: u64) -> (Self, Arc<SimClock>) {
        let clock = Arc::new(SimClock::new(now));
        let entropy = Arc::new(SeededEntropy::new(seed));
        (Env { clock: Arc::<SimClock>::clone(&clock), entropy }, clock)
    }
}

impl fmt::Debug for Env {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Env").finish_non_exhaustive()
    }
}

/// The system's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
        let now = std::time::SystemTime::now();
        // A clock before 1970 is broken; the epoch makes everything issued expire, which is safe.
        let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands still until it is set.
#[derive(Debug)]
pub struct SimClock(AtomicI64);

impl SimClock {
    /// A clock that shows `now`.
    pub fn new(now: Timestamp) -> Self {
        SimClock(AtomicI64::new(now.as_millis()))
    }

    /// Sets the clock, forwards or back.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.as_millis(), Ordering::SeqCst);
    }

    /// Moves the clock forwards.
    pub fn advance_millis(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for SimClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// The system has no random source.
#[derive(Debug, thiserror::Error)]
#[error("the operating system's random source does not answer; the server cannot make keys")]
pub struct NoEntropy;

/// Streams keyed by the operating system once, at start.
///
/// Every stream has its own key: an HMAC under the process's key of purpose, number and a count of
/// all forks. Whoever sees one stream learns nothing of another.
pub struct SystemEntropy {
    key: hmac::Key,
    forks: AtomicU64,
}

impl SystemEntropy {
    /// Takes a key from the operating system.
    ///
    /// # Errors
    /// The system has no random source.
    pub fn new() -> Result<Self, NoEntropy> {
        #[expect(clippy::disallowed_methods, reason = "the one place that asks the system")]
        let system = SystemRandom::new();
        let mut seed = zeroize::Zeroizing::new([0; SEED_BYTES]);
        system.fill(seed.as_mut()).map_err(|_| NoEntropy)?;
        let key = hmac::Key::new(hmac::HMAC_SHA256, seed.as_ref());
        Ok(SystemEntropy { key, forks: AtomicU64::new(0) })
    }
}

impl Entropy for SystemEntropy {
    fn fork(&self, purpose: &'static str, number: u64) -> ChaCha20Rng {
        stream(&self.key, purpose, number, self.forks.fetch_add(1, Ordering::Relaxed))
    }
}

/// Streams that follow from a seed; for tests only.
pub struct SeededEntropy(hmac::Key);

impl SeededEntropy {
    /// The same seed gives the same streams.
    pub fn new(seed: u64) -> Self {
        SeededEntropy(hmac::Key::new(hmac::HMAC_SHA256, &seed.to_be_bytes()))
    }
}

impl Entropy for SeededEntropy {
    fn fork(&self, purpose: &'static str, number: u64) -> ChaCha20Rng {
        stream(&self.0, purpose, number, 0)
    }
}

fn stream(key: &hmac::Key, purpose: &str, number: u64, fork: u64) -> ChaCha20Rng {
    let mut context = hmac::Context::with_key(key);
    // The numbers have a fixed length, so no two triples make the same message.
    context.update(&number.to_be_bytes());
    context.update(&fork.to_be_bytes());
    context.update(purpose.as_bytes());
    let mut seed = [0; SEED_BYTES];
    for (byte, tag) in seed.iter_mut().zip(context.sign().as_ref()) {
        *byte = *tag;
    }
    ChaCha20Rng::from_seed(seed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_core::RngCore;

    #[test]
    fn seeded_streams_repeat_and_differ_by_purpose_and_number() {
        let draw =
            |seed, purpose, number| SeededEntropy::new(seed).fork(purpose, number).next_u64();
        assert_eq!(draw(1, "a", 1), draw(1, "a", 1));
        let all = [draw(1, "a", 1), draw(1, "a", 2), draw(1, "b", 1), draw(2, "a", 1)];
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn system_streams_never_repeat() {
        let entropy = SystemEntropy::new().unwrap();
        assert_ne!(entropy.fork("a", 1).next_u64(), entropy.fork("a", 1).next_u64());
    }

    #[test]
    fn a_simulated_clock_moves_when_told_to() {
        let (env, clock) = Env::simulated(Timestamp::from_millis(5), 1);
        assert_eq!(env.clock.now(), Timestamp::from_millis(5));
        clock.advance_millis(10);
        assert_eq!(env.clock.now(), Timestamp::from_millis(15));
        clock.set(Timestamp::from_millis(1));
        assert_eq!(env.clock.now(), Timestamp::from_millis(1));
    }
}
