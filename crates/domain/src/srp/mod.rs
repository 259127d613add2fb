//! SRP-6a as Cognito user pools do it, for users and for devices.
//!
//! A user proves a password under the pool's short name and the stored username; a device proves
//! its own secret under its group key and its key. The arithmetic is the same. Source: RFC 5054
//! for the group and the shape, the shipping clients for padding and key derivation (they are
//! what a server must agree with).
//!
//! This module must never know of pools, flows or sessions; it gets texts and bytes.

pub mod client;
mod group;
pub mod timestamp;

use crypto_bigint::{U256, U3072};
use rand_core::RngCore;
use zeroize::Zeroizing;

use crate::crypto::{hmac_sha256, sha256};
use crate::rng;
use crate::secret::{Secret, ct_eq};
use group::Residue;

/// Longest `SRP_A` that is looked at, hex digits: 768 and a few leading zeros.
pub const SRP_A_DIGITS_MAX: usize = 776;
/// Longest Base64 text of a device's salt or verifier that is looked at.
pub const DEVICE_VALUE_CHARS_MAX: usize = 1024;
/// Bytes of a salt.
pub const SALT_BYTES: usize = 16;
/// Bytes of the key that signs a claim.
const KEY_BYTES: usize = 16;
/// Digests of 32 bytes in a number of the modulus's length.
const SIMULATED_BLOCKS: u8 = 12;
const INFO: &[u8] = b"Caldera Derived Key\x01";

/// A number as the hashes take it: minimal big-endian two's complement, with a zero byte in front
/// where the top bit is set.
pub fn pad(bytes: &[u8]) -> Vec<u8> {
    let minimal = group::minimal(bytes);
    let mut padded = Vec::with_capacity(minimal.len() + 1);
    if minimal.first().is_none_or(|byte| byte & 0x80 != 0) {
        padded.push(0);
    }
    padded.extend_from_slice(minimal);
    padded
}

/// A number as the wire takes it: minimal lower-case hex. Clients disagree about leading zeros, so
/// none are ever sent.
pub fn wire_hex(bytes: &[u8]) -> String {
    let hex = data_encoding::HEXLOWER.encode(group::minimal(bytes));
    let trimmed = hex.trim_start_matches('0');
    if trimmed.is_empty() { "0".to_owned() } else { trimmed.to_owned() }
}

/// A salt: 16 bytes, the first of them not zero, so that its hex has no leading zero pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Salt(pub Vec<u8>);

impl Salt {
    /// A new one.
    pub fn generate(rng: &mut dyn RngCore) -> Self {
        loop {
            let bytes = rng::bytes::<SALT_BYTES>(rng);
            if bytes.first().is_some_and(|byte| *byte != 0) {
                return Self(bytes.to_vec());
            }
        }
    }
}

/// Whose secret is proven.
#[derive(Clone, Copy, Debug)]
pub struct Identity<'a> {
    /// The pool's short name (the part after the underscore), or the device's group key.
    pub realm: &'a str,
    /// The stored username, or the device key.
    pub name: &'a str,
}

/// `x = H(PAD(salt) ‖ H(realm ‖ name ‖ ":" ‖ password))`.
fn private_key(identity: Identity<'_>, password: &str, salt: &[u8]) -> Zeroizing<U256> {
    let (realm, name) = (identity.realm.as_bytes(), identity.name.as_bytes());
    let inner = Zeroizing::new(sha256(&[realm, name, b":", password.as_bytes()]));
    let outer = Zeroizing::new(sha256(&[&pad(salt), inner.as_slice()]));
    Zeroizing::new(U256::from_be_slice(outer.as_slice()))
}

/// The verifier `g^x mod N`, minimal big-endian bytes.
pub fn verifier(identity: Identity<'_>, password: &str, salt: &[u8]) -> Secret<Vec<u8>> {
    Secret::new(group::to_bytes(&group::pow_g(&private_key(identity, password, salt))))
}

/// Checks a plain password against a verifier, in constant time.
pub fn verify_password(identity: Identity<'_>, password: &str, salt: &[u8], stored: &[u8]) -> bool {
    ct_eq(verifier(identity, password, salt).expose(), group::minimal(stored))
}

/// `k = H(PAD(N) ‖ PAD(g))`.
fn multiplier() -> Residue {
    let hash = sha256(&[&pad(&group::modulus()), &[2]]);
    Residue::new(&U256::from_be_slice(&hash).resize())
}

/// `SRP_A` is not a usable public value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a usable public value")]
pub struct InvalidPublicValue;

/// A client's public value, not zero modulo N.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicA(Vec<u8>);

impl PublicA {
    /// Reads hex in either case, with or without leading zeros. The length is bounded before any
    /// arithmetic.
    ///
    /// # Errors
    /// Empty, too long, not hex, or zero modulo N: with such a value everybody knows the key.
    pub fn parse(hex: &str) -> Result<Self, InvalidPublicValue> {
        if hex.is_empty() || hex.len() > SRP_A_DIGITS_MAX {
            return Err(InvalidPublicValue);
        }
        let even = if hex.len().is_multiple_of(2) { hex.to_owned() } else { format!("0{hex}") };
        let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(even.as_bytes());
        Self::from_bytes(&bytes.map_err(|_| InvalidPublicValue)?)
    }

    /// Reads big-endian bytes.
    ///
    /// # Errors
    /// Too long, or zero modulo N.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, InvalidPublicValue> {
        let residue = group::residue(bytes).ok_or(InvalidPublicValue)?;
        if residue == Residue::ZERO {
            return Err(InvalidPublicValue);
        }
        Ok(Self(group::minimal(bytes).to_vec()))
    }

    /// Minimal big-endian bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The server's half of an exchange.
#[derive(Clone, Debug)]
pub struct Ephemeral {
    /// The secret exponent, 32 bytes.
    pub secret: Secret<Vec<u8>>,
    /// The public value B, minimal big-endian.
    pub public: Vec<u8>,
}

impl Ephemeral {
    /// Draws one for a verifier; draws again in the case B ≡ 0, which must never be sent.
    pub fn generate(verifier: &[u8], rng: &mut dyn RngCore) -> Option<Self> {
        let v = group::residue(verifier)?;
        loop {
            let secret = Secret::new(rng::bytes::<32>(rng).to_vec());
            if let Some(public) = public_value(&v, secret.expose()) {
                return Some(Self { secret, public });
            }
        }
    }
}

/// `B = k·v + g^b mod N`, none if that is zero.
fn public_value(v: &Residue, secret: &[u8]) -> Option<Vec<u8>> {
    let b = multiplier().mul(v).add(&group::pow_g_bytes(secret)?);
    (b != Residue::ZERO).then(|| group::to_bytes(&b))
}

/// The key of an exchange, from the server's side; none if a value is out of range or u is zero.
pub fn server_key(a: &PublicA, secret: &[u8], verifier: &[u8]) -> Option<Secret<[u8; KEY_BYTES]>> {
    let v = group::residue(verifier)?;
    let public = public_value(&v, secret)?;
    let u = scrambler(a.as_bytes(), &public)?;
    let base = group::residue(a.as_bytes())?.mul(&group::pow_public(&v, &u));
    let shared = Zeroizing::new(group::pow_secret(&base, secret)?);
    Some(derive_key(&u, &Zeroizing::new(group::to_bytes(&shared))))
}

/// `u = H(PAD(A) ‖ PAD(B))`, none if it is zero.
fn scrambler(a: &[u8], b: &[u8]) -> Option<U256> {
    let u = U256::from_be_slice(&sha256(&[&pad(a), &pad(b)]));
    (u != U256::ZERO).then_some(u)
}

/// HKDF with PAD(u) as salt and PAD(S) as input, 16 bytes.
fn derive_key(u: &U256, shared: &[u8]) -> Secret<[u8; KEY_BYTES]> {
    let shared = Zeroizing::new(pad(shared));
    let prk = Zeroizing::new(hmac_sha256(&pad(u.to_be_bytes().as_ref()), &[&shared]));
    let mut key = [0; KEY_BYTES];
    for (to, from) in key.iter_mut().zip(hmac_sha256(prk.as_slice(), &[INFO])) {
        *to = from;
    }
    Secret::new(key)
}

/// What a client signs with the key of an exchange.
pub fn signature(
    key: &Secret<[u8; KEY_BYTES]>,
    identity: Identity<'_>,
    block: &[u8],
    timestamp: &str,
) -> [u8; 32] {
    let (realm, name) = (identity.realm.as_bytes(), identity.name.as_bytes());
    hmac_sha256(key.expose(), &[realm, name, block, timestamp.as_bytes()])
}

/// A device's salt or verifier is not usable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeviceValueError {
    /// Its first bit is set: as a signed number it is negative.
    #[error("negative")]
    Negative,
    /// Not Base64, empty, too long, zero, or not below N.
    #[error("not usable")]
    Invalid,
}

/// Reads a device's verifier: Base64 of a positive signed big-endian number below N.
///
/// # Errors
/// See [`DeviceValueError`].
pub fn parse_device_verifier(base64: &str) -> Result<Vec<u8>, DeviceValueError> {
    let bytes = parse_signed(base64)?;
    let value = group::integer(&bytes).ok_or(DeviceValueError::Invalid)?;
    if value == U3072::ZERO || !group::is_reduced(&value) {
        return Err(DeviceValueError::Invalid);
    }
    Ok(bytes)
}

/// Reads a device's salt: Base64 of a signed big-endian number that is not negative.
///
/// # Errors
/// See [`DeviceValueError`].
pub fn parse_device_salt(base64: &str) -> Result<Vec<u8>, DeviceValueError> {
    parse_signed(base64)
}

fn parse_signed(base64: &str) -> Result<Vec<u8>, DeviceValueError> {
    if base64.len() > DEVICE_VALUE_CHARS_MAX {
        return Err(DeviceValueError::Invalid);
    }
    let bytes = data_encoding::BASE64.decode(base64.as_bytes());
    let bytes = bytes.map_err(|_| DeviceValueError::Invalid)?;
    match bytes.first() {
        None => Err(DeviceValueError::Invalid),
        Some(byte) if byte & 0x80 != 0 => Err(DeviceValueError::Negative),
        Some(_) => Ok(group::minimal(&bytes).to_vec()),
    }
}

/// The salt that a user who does not exist seems to have: the same for the same name for ever, and
/// distributed as real ones are.
pub fn simulated_salt(key: &[u8], pool: &str, username: &str) -> Salt {
    let (pool, username) = (pool.as_bytes(), username.as_bytes());
    let mut round = 0_u8;
    loop {
        let hash = hmac_sha256(key, &[b"salt\0", &[round], pool, b"\0", username]);
        match hash.first_chunk::<SALT_BYTES>() {
            Some(bytes) if bytes.first().is_some_and(|byte| *byte != 0) => {
                return Salt(bytes.to_vec());
            }
            _ => round = round.wrapping_add(1),
        }
    }
}

/// A verifier that nobody knows a password for, to stand in for that of a user who does not exist:
/// the same for the same name for ever.
///
/// It is any residue, not a power of g: `B` hides the difference, and an exponentiation that only
/// missing users cost would show in the time taken.
pub fn simulated_verifier(key: &[u8], pool: &str, username: &str) -> Vec<u8> {
    let (pool, username) = (pool.as_bytes(), username.as_bytes());
    let block = |round: u8| hmac_sha256(key, &[b"verifier\0", &[round], pool, b"\0", username]);
    let bytes: Vec<u8> = (0..SIMULATED_BLOCKS).flat_map(block).collect();
    group::residue(&bytes).map_or_else(Vec::new, |residue| group::to_bytes(&residue))
}

#[cfg(test)]
mod tests;
