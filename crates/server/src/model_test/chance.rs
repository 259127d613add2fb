//! Small independent tools: repeatable randomness, and the arithmetic that a client does for
//! itself. Nothing here is the server's own code.

use aws_lc_rs::hmac;
use data_encoding::BASE64;

/// Seconds of a TOTP step.
const STEP_SECS: i64 = 30;

/// Repeatable randomness (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Rng {
    state: u64,
    /// The next thing of a story, done as its teller means it: with what came last, rightly.
    pub(crate) in_story: bool,
}

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed, in_story: false }
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }

    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Whether something that usually goes well goes well: in a story nearly always.
    pub(crate) fn well(&mut self, percent: usize) -> bool {
        let percent = if self.in_story { percent.max(98) } else { percent };
        self.percent(percent)
    }

    pub(crate) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// An index into a list that grows: mostly one of the last few, at times any.
    pub(crate) fn recent(&mut self, len: usize) -> Option<usize> {
        match len {
            0 => None,
            _ if self.in_story => Some(len - 1),
            _ if self.percent(70) => Some(len - 1 - self.below(len.min(4))),
            _ => Some(self.below(len)),
        }
    }
}

/// The code that an authenticator shows (RFC 6238).
pub(crate) fn totp(seed: &[u8], now_ms: i64, steps_off: i64) -> String {
    let step = now_ms.div_euclid(1000 * STEP_SECS) + steps_off;
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, seed);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let at = usize::from(tag[19] & 15);
    let number = u32::from_be_bytes([tag[at] & 0x7f, tag[at + 1], tag[at + 2], tag[at + 3]]);
    format!("{:06}", number % 1_000_000)
}

/// The time step of an instant.
pub(crate) fn totp_step(now_ms: i64) -> i64 {
    now_ms.div_euclid(1000 * STEP_SECS)
}

/// `SECRET_HASH`.
pub(crate) fn secret_hash(secret: &str, name: &str, client: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    BASE64.encode(hmac::sign(&key, format!("{name}{client}").as_bytes()).as_ref())
}
