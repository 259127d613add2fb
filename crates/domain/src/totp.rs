//! Time-based one-time passwords: RFC 6238 over SHA-1, six digits, thirty seconds, one step of
//! tolerance either way.

use data_encoding::BASE32_NOPAD;
use rand_core::RngCore;

use crate::crypto::hmac_sha1;
use crate::rng;
use crate::secret::{Secret, ct_eq};
use crate::time::Timestamp;

/// Seconds of a step.
const STEP_SECS: i64 = 30;
/// Steps before and after the current one whose codes are accepted.
const TOLERANCE_STEPS: i64 = 1;
/// Bytes of a new seed: 52 characters in base 32, as the service's own.
const SEED_BYTES: usize = 32;

/// A new seed.
pub fn generate_seed(rng: &mut dyn RngCore) -> Secret<Vec<u8>> {
    Secret::new(rng::bytes::<SEED_BYTES>(rng).to_vec())
}

/// `SecretCode`: the seed in base 32 without padding.
pub fn secret_code(seed: &[u8]) -> String {
    BASE32_NOPAD.encode(seed)
}

/// Reads a `SecretCode`, as an authenticator app does.
pub fn parse_secret_code(text: &str) -> Option<Secret<Vec<u8>>> {
    BASE32_NOPAD.decode(text.as_bytes()).ok().map(Secret::new)
}

/// What a code turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Right, and newer than every accepted one. The step is to be recorded.
    Accepted {
        /// Its time step.
        step: i64,
    },
    /// Right, but this code or a later one was accepted before.
    Reused,
    /// Wrong.
    Wrong,
}

/// Checks a code. Every step of the window is computed and compared, whichever fits.
pub fn verify(seed: &[u8], code: &str, now: Timestamp, last_step: Option<i64>) -> Outcome {
    let current = now.as_secs().div_euclid(STEP_SECS);
    let mut fits = None;
    for step in current - TOLERANCE_STEPS..=current + TOLERANCE_STEPS {
        if ct_eq(code_at_step(seed, step).as_bytes(), code.as_bytes()) {
            fits = Some(step);
        }
    }
    match (fits, last_step) {
        (None, _) => Outcome::Wrong,
        (Some(step), Some(last)) if step <= last => Outcome::Reused,
        (Some(step), _) => Outcome::Accepted { step },
    }
}

/// The code that an authenticator shows at an instant.
pub fn code_at(seed: &[u8], at: Timestamp) -> String {
    code_at_step(seed, at.as_secs().div_euclid(STEP_SECS))
}

/// HOTP of RFC 4226, section 5.3.
fn code_at_step(seed: &[u8], step: i64) -> String {
    let hash = hmac_sha1(seed, &step.to_be_bytes());
    let offset = usize::from(hash.last().copied().unwrap_or_default() & 0x0f);
    let window = hash.get(offset..).and_then(|rest| rest.first_chunk::<4>());
    let number = u32::from_be_bytes(window.copied().unwrap_or_default()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_of_rfc_6238_appendix_b() {
        for (at, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code_at(SEED, Timestamp::from_secs(at)), code);
        }
    }

    #[test]
    fn codes_of_rfc_4226_appendix_d() {
        let codes = ["755224", "287082", "359152", "969429", "338314"];
        for (step, code) in (0..).zip(codes) {
            assert_eq!(code_at_step(SEED, step), code);
        }
    }

    #[test]
    fn one_step_either_way_to_the_second() {
        let code = code_at(SEED, Timestamp::from_secs(3000));
        for (at, accepted) in
            [(2969, false), (2970, true), (2999, true), (3059, true), (3060, false)]
        {
            let outcome = verify(SEED, &code, Timestamp::from_secs(at), None);
            let expected = if accepted { Outcome::Accepted { step: 100 } } else { Outcome::Wrong };
            assert_eq!(outcome, expected, "{at}");
        }
    }

    #[test]
    fn a_code_is_good_once_and_an_older_one_never_after() {
        let now = Timestamp::from_secs(3000);
        let (older, current) = (code_at(SEED, now.plus_secs(-30)), code_at(SEED, now));
        assert_eq!(verify(SEED, &current, now, Some(100)), Outcome::Reused);
        assert_eq!(verify(SEED, &older, now, Some(100)), Outcome::Reused);
        assert_eq!(verify(SEED, &current, now, Some(99)), Outcome::Accepted { step: 100 });
    }

    #[test]
    fn other_texts_are_wrong() {
        for code in ["", "0", "1234567", "abcdef", "000000\0"] {
            assert_eq!(verify(SEED, code, Timestamp::from_secs(3000), None), Outcome::Wrong);
        }
    }

    #[test]
    fn a_secret_code_is_read_back() {
        let code = secret_code(SEED);
        assert_eq!(parse_secret_code(&code).unwrap().expose(), SEED);
        assert_eq!(secret_code(&[7; SEED_BYTES]).len(), 52);
    }
}
