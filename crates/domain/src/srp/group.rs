//! Arithmetic in the 3072-bit group of RFC 5054 (appendix A) and RFC 3526 (group 15).
//!
//! Exponents that are secret (b, x) take constant time; only u, which both sides can compute from
//! what was sent, takes variable time.

use std::sync::OnceLock;

use crypto_bigint::modular::ConstMontyForm;
use crypto_bigint::{Choice, CtEq, CtSelect, U256, U3072, const_monty_params};

use crate::work;

const_monty_params!(
    Modulus,
    U3072,
    "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3be39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf6955817183995497cea956ae515d2261898fa051015728e5a8aaac42dad33170d04507a33a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7db3970f85a6e1e4c7abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864d87602733ec86a64521f2b18177b200cbbe117577a615d6c770988c0bad946e208e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2caffffffffffffffff",
    "The prime N."
);

/// Bytes of the modulus.
pub(super) const MODULUS_BYTES: usize = 384;
/// Bits of an exponent window of the table for g.
const WINDOW_BITS: usize = 4;
/// Values of a window.
const WINDOW_VALUES: usize = 1 << WINDOW_BITS;
/// Windows of a 256-bit exponent.
const WINDOWS: usize = 256 / WINDOW_BITS;

/// A residue modulo N.
pub(super) type Residue = ConstMontyForm<Modulus, { U3072::LIMBS }>;

/// Reads a big-endian number of at most 384 significant bytes and reduces it modulo N.
pub(super) fn residue(bytes: &[u8]) -> Option<Residue> {
    integer(bytes).map(|value| Residue::new(&value))
}

/// Reads a big-endian number of at most 384 significant bytes.
pub(super) fn integer(bytes: &[u8]) -> Option<U3072> {
    let significant = minimal(bytes);
    let start = MODULUS_BYTES.checked_sub(significant.len())?;
    let mut full = [0; MODULUS_BYTES];
    full.get_mut(start..)?.copy_from_slice(significant);
    Some(U3072::from_be_slice(&full))
}

/// The bytes without leading zeros; one zero byte for zero.
pub(super) fn minimal(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    bytes.get(zeros.min(bytes.len().saturating_sub(1))..).unwrap_or(bytes)
}

/// A residue as minimal big-endian bytes.
pub(super) fn to_bytes(residue: &Residue) -> Vec<u8> {
    minimal(residue.retrieve().to_be_bytes().as_ref()).to_vec()
}

/// Whether a number is smaller than N.
pub(super) fn is_reduced(value: &U3072) -> bool {
    Residue::new(value).retrieve() == *value
}

/// N itself: the largest residue and one.
pub(super) fn modulus() -> Vec<u8> {
    let largest = Residue::ONE.neg().retrieve();
    minimal(largest.wrapping_add(&U3072::ONE).to_be_bytes().as_ref()).to_vec()
}

/// Bytes of the exponents that this server draws.
const EXPONENT_BYTES: usize = 32;

/// `base^exponent` for a secret exponent; constant time for exponents of one length.
pub(super) fn pow_secret(base: &Residue, exponent: &[u8]) -> Option<Residue> {
    work::exponentiation();
    if exponent.len() == EXPONENT_BYTES {
        return Some(base.pow(&U256::from_be_slice(exponent)));
    }
    integer(exponent).map(|exponent| base.pow(&exponent))
}

/// `g^exponent` for a secret exponent; constant time for exponents of one length.
pub(super) fn pow_g_bytes(exponent: &[u8]) -> Option<Residue> {
    if exponent.len() == EXPONENT_BYTES {
        return Some(pow_g(&U256::from_be_slice(exponent)));
    }
    pow_secret(&Residue::new(&U3072::from_u8(2)), exponent)
}

/// `base^exponent` for a public 256-bit exponent.
pub(super) fn pow_public(base: &Residue, exponent: &U256) -> Residue {
    work::exponentiation();
    base.pow_vartime(exponent)
}

/// `g^exponent` with `g = 2`, for a secret 256-bit exponent: one multiplication a window, from a
/// table that is built once. Every entry of a window is touched, so that the exponent does not
/// show in which memory was read.
pub(super) fn pow_g(exponent: &U256) -> Residue {
    work::exponentiation();
    static TABLE: OnceLock<Vec<[Residue; WINDOW_VALUES]>> = OnceLock::new();
    let table = TABLE.get_or_init(table_of_g);
    let bytes = exponent.to_le_bytes();
    let digits = bytes.as_ref().iter().flat_map(|byte| [byte & 0x0f, byte >> WINDOW_BITS]);
    let mut result = Residue::ONE;
    for (window, digit) in table.iter().zip(digits) {
        result = result.mul(&select(window, digit));
    }
    result
}

fn select(window: &[Residue; WINDOW_VALUES], digit: u8) -> Residue {
    let mut chosen = *Residue::ONE.as_montgomery();
    for (value, entry) in (0_u8..).zip(window) {
        let choice: Choice = value.ct_eq(&digit);
        chosen = chosen.ct_select(entry.as_montgomery(), choice);
    }
    Residue::from_montgomery(chosen)
}

/// Row i holds `(2^(16^i))^d` for every digit d.
fn table_of_g() -> Vec<[Residue; WINDOW_VALUES]> {
    let mut base = Residue::new(&U3072::from_u8(2));
    let mut table = Vec::with_capacity(WINDOWS);
    for _ in 0..WINDOWS {
        let mut row = [Residue::ONE; WINDOW_VALUES];
        let mut power = Residue::ONE;
        for entry in &mut row {
            *entry = power;
            power = power.mul(&base);
        }
        table.push(row);
        base = power;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::{RngCore, SeedableRng};

    #[test]
    fn the_table_agrees_with_plain_exponentiation() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let two = Residue::new(&U3072::from_u8(2));
        let mut exponents = vec![U256::ZERO, U256::ONE, U256::MAX];
        for _ in 0..4 {
            let mut bytes = [0; 32];
            rng.fill_bytes(&mut bytes);
            exponents.push(U256::from_be_slice(&bytes));
        }
        for exponent in exponents {
            assert_eq!(pow_g(&exponent), two.pow(&exponent));
        }
    }

    #[test]
    fn minimal_keeps_one_byte() {
        assert_eq!(minimal(&[0, 0, 1, 0]), [1, 0]);
        assert_eq!(minimal(&[0, 0]), [0]);
        assert_eq!(minimal(&[]), [] as [u8; 0]);
    }

    #[test]
    fn too_long_a_number_is_refused_and_leading_zeros_do_not_count() {
        let mut bytes = vec![0; 10];
        bytes.extend([0xff; MODULUS_BYTES]);
        assert!(integer(&bytes).is_some());
        bytes.insert(0, 1);
        assert!(integer(&bytes).is_none());
    }
}
