//! The few primitives that the rules need, over AWS-LC.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::{digest, hmac};
use rand_core::RngCore;

use crate::rng;
use crate::secret::Secret;

/// Bytes of a sealing key.
pub const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 12;
/// First byte of everything sealed: the form, so that it can change.
const VERSION: u8 = 1;

/// SHA-256 of the concatenation of `parts`.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(part);
    }
    to_array(context.finish().as_ref())
}

/// HMAC-SHA256 of the concatenation of `parts`.
pub fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    for part in parts {
        context.update(part);
    }
    to_array(context.sign().as_ref())
}

/// HMAC-SHA1, for one-time passwords only (RFC 4226).
pub fn hmac_sha1(key: &[u8], data: &[u8]) -> [u8; 20] {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key);
    to_array(hmac::sign(&key, data).as_ref())
}

fn to_array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut array = [0; N];
    for (to, from) in array.iter_mut().zip(bytes) {
        *to = *from;
    }
    array
}

/// Something sealed did not open: another key, another place, or changed bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("sealed data does not open under this key and place")]
pub struct OpenError;

/// Seals and opens with AES-256-GCM under one key; what it is bound to goes in as associated data.
#[derive(Clone)]
pub struct Sealer {
    key: std::sync::Arc<Secret<[u8; KEY_BYTES]>>,
}

impl Sealer {
    /// Over a master key.
    pub fn new(key: Secret<[u8; KEY_BYTES]>) -> Self {
        Self { key: std::sync::Arc::new(key) }
    }

    /// A sealer for one purpose, whose key tells nothing of the master's or of another purpose's.
    #[must_use]
    pub fn for_purpose(&self, label: &str) -> Self {
        Self::new(Secret::new(self.derive(label)))
    }

    /// A key for one purpose, for keyed hashes.
    pub fn derive(&self, label: &str) -> [u8; KEY_BYTES] {
        hmac_sha256(self.key.expose(), &[b"poolhouse purpose\0", label.as_bytes()])
    }

    /// Seals `plain`, bound to `place`: version, nonce, ciphertext with tag.
    pub fn seal(&self, place: &[u8], plain: &[u8], rng: &mut dyn RngCore) -> Vec<u8> {
        let nonce = rng::bytes::<NONCE_BYTES>(rng);
        let mut sealed = Vec::with_capacity(1 + NONCE_BYTES + plain.len() + AES_256_GCM.tag_len());
        sealed.push(VERSION);
        sealed.extend_from_slice(&nonce);
        let mut body = plain.to_vec();
        let result = self.cipher().and_then(|cipher| {
            let nonce = Nonce::assume_unique_for_key(nonce);
            cipher.seal_in_place_append_tag(nonce, Aad::from(place), &mut body).ok()
        });
        // AES-GCM seals anything shorter than 64 GiB; should it ever not, nothing leaves in clear.
        if result.is_none() {
            body.clear();
        }
        sealed.append(&mut body);
        sealed
    }

    /// Opens what [`Self::seal`] made for the same place.
    ///
    /// # Errors
    /// [`OpenError`] for everything else.
    pub fn open(&self, place: &[u8], sealed: &[u8]) -> Result<Secret<Vec<u8>>, OpenError> {
        let (version, rest) = sealed.split_first().ok_or(OpenError)?;
        let (nonce, body) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(OpenError)?;
        if *version != VERSION {
            return Err(OpenError);
        }
        let cipher = self.cipher().ok_or(OpenError)?;
        let mut body = body.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let opened =
            cipher.open_in_place(nonce, Aad::from(place), &mut body).map_err(|_| OpenError)?.len();
        body.truncate(opened);
        Ok(Secret::new(body))
    }

    fn cipher(&self) -> Option<LessSafeKey> {
        UnboundKey::new(&AES_256_GCM, self.key.expose()).ok().map(LessSafeKey::new)
    }
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn what_is_sealed_opens_only_unchanged_and_in_its_place() {
        let mut rng = ChaCha20Rng::seed_from_u64(5);
        let sealer = Sealer::new(Secret::new([9; KEY_BYTES]));
        let sealed = sealer.seal(b"user 1", b"verifier", &mut rng);
        assert_eq!(sealer.open(b"user 1", &sealed).unwrap().expose(), b"verifier");
        assert!(sealer.open(b"user 2", &sealed).is_err());
        assert!(Sealer::new(Secret::new([8; 32])).open(b"user 1", &sealed).is_err());
        assert!(sealer.for_purpose("other").open(b"user 1", &sealed).is_err());
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert!(sealer.open(b"user 1", &changed).is_err(), "byte {index}");
            assert!(sealer.open(b"user 1", &sealed[..index]).is_err(), "cut at {index}");
        }
    }

    #[test]
    fn sealing_twice_gives_different_bytes() {
        let mut rng = ChaCha20Rng::seed_from_u64(6);
        let sealer = Sealer::new(Secret::new([9; KEY_BYTES]));
        assert_ne!(sealer.seal(b"", b"x", &mut rng), sealer.seal(b"", b"x", &mut rng));
    }
}
