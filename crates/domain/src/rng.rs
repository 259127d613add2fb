//! Drawing ids, codes and salts from the randomness that is passed in.

use rand_core::RngCore;

/// Fresh bytes.
pub fn bytes<const N: usize>(rng: &mut dyn RngCore) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill_bytes(&mut bytes);
    bytes
}

/// A number below `bound`, each equally likely: draws that would tip the scale are thrown away.
pub fn below(bound: u32, rng: &mut dyn RngCore) -> u32 {
    if bound < 2 {
        return 0;
    }
    let fair = u32::MAX - u32::MAX % bound;
    loop {
        let draw = rng.next_u32();
        if draw < fair {
            return draw % bound;
        }
    }
}

/// `count` characters of an ASCII alphabet, each equally likely.
pub fn string_from(alphabet: &[u8], count: usize, rng: &mut dyn RngCore) -> String {
    let bound = u32::try_from(alphabet.len()).unwrap_or(u32::MAX);
    let mut pick = || {
        let index = usize::try_from(below(bound, rng)).unwrap_or_default();
        alphabet.get(index).copied().map_or('0', char::from)
    };
    (0..count).map(|_| pick()).collect()
}

/// Decimal digits, each equally likely: a code.
pub fn digits(count: usize, rng: &mut dyn RngCore) -> String {
    string_from(b"0123456789", count, rng)
}

/// A random (version 4) UUID.
pub fn uuid(rng: &mut dyn RngCore) -> String {
    uuid::Builder::from_random_bytes(bytes::<16>(rng)).into_uuid().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn digits_are_uniform() {
        let mut rng = ChaCha20Rng::seed_from_u64(11);
        let mut counts = [0_u32; 10];
        for digit in digits(1_000_000, &mut rng).bytes() {
            counts[usize::from(digit - b'0')] += 1;
        }
        // Chi-square over ten cells: 27.9 is exceeded once in a thousand seeds.
        let chi: f64 = counts.iter().map(|n| (f64::from(*n) - 1e5).powi(2) / 1e5).sum();
        assert!(chi < 27.9, "{counts:?}");
    }

    #[test]
    fn a_uuid_is_version_4() {
        let mut rng = ChaCha20Rng::seed_from_u64(12);
        let text = uuid(&mut rng);
        assert_eq!((text.len(), text.as_bytes()[14]), (36, b'4'));
    }
}
