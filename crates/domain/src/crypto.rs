//! The few primitives that the rules need, over AWS-LC.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::{digest, hmac};
use rand_core::RngCore;

use crate::rng;
use crate::secret::Secret;
use crate::work;

/// Bytes of a sealing key.
pub const KEY_BYTES: usize = 32;
/// Bytes of a nonce of AES-GCM.
pub(crate) const NONCE_BYTES: usize = 12;
/// Bytes that a sealed value's own key is derived from.
const KEY_NONCE_BYTES: usize = 12;
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
    work::hmac();
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    for part in parts {
        context.update(part);
    }
    to_array(context.sign().as_ref())
}

/// HMAC-SHA1, for one-time passwords only (RFC 4226).
pub fn hmac_sha1(key: &[u8], data: &[u8]) -> [u8; 20] {
    work::hmac();
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

/// Seals and opens with AES-256-GCM; what it is bound to goes in as associated data.
///
/// Every sealed value has its own AES key, derived from a random part of its header. Under a single
/// key random 96-bit nonces are good for about 2^32 values (NIST SP 800-38D, section 8.3), and a
/// busy installation, which seals several at every sign-in, would be there within months.
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

    /// Seals `plain`, bound to `place`: version, key nonce, nonce, ciphertext with tag.
    pub fn seal(&self, place: &[u8], plain: &[u8], rng: &mut dyn RngCore) -> Vec<u8> {
        let key_nonce = rng::bytes::<KEY_NONCE_BYTES>(rng);
        let nonce = rng::bytes::<NONCE_BYTES>(rng);
        // AES-GCM seals anything shorter than 64 GiB; should it ever not, nothing leaves in clear.
        let body = gcm_seal(&self.value_key(&key_nonce), nonce, place, plain).unwrap_or_default();
        [&[VERSION], key_nonce.as_slice(), nonce.as_slice(), body.as_slice()].concat()
    }

    /// Opens what [`Self::seal`] made for the same place.
    ///
    /// # Errors
    /// [`OpenError`] for everything else.
    pub fn open(&self, place: &[u8], sealed: &[u8]) -> Result<Secret<Vec<u8>>, OpenError> {
        let rest = sealed.strip_prefix(&[VERSION]).ok_or(OpenError)?;
        let (key_nonce, rest) = rest.split_first_chunk::<KEY_NONCE_BYTES>().ok_or(OpenError)?;
        let (nonce, body) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(OpenError)?;
        gcm_open(&self.value_key(key_nonce), *nonce, place, body).ok_or(OpenError)
    }

    fn value_key(&self, key_nonce: &[u8; KEY_NONCE_BYTES]) -> Secret<[u8; KEY_BYTES]> {
        Secret::new(hmac_sha256(self.key.expose(), &[b"poolhouse value\0", key_nonce]))
    }
}

/// AES-256-GCM (NIST SP 800-38D): ciphertext, then the tag.
pub(crate) fn gcm_seal(
    key: &Secret<[u8; KEY_BYTES]>,
    nonce: [u8; NONCE_BYTES],
    place: &[u8],
    plain: &[u8],
) -> Option<Vec<u8>> {
    let cipher = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.expose()).ok()?);
    let mut body = plain.to_vec();
    let nonce = Nonce::assume_unique_for_key(nonce);
    cipher.seal_in_place_append_tag(nonce, Aad::from(place), &mut body).ok()?;
    Some(body)
}

/// The plain text of ciphertext and tag; none if they do not fit.
pub(crate) fn gcm_open(
    key: &Secret<[u8; KEY_BYTES]>,
    nonce: [u8; NONCE_BYTES],
    place: &[u8],
    body: &[u8],
) -> Option<Secret<Vec<u8>>> {
    let cipher = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.expose()).ok()?);
    let mut body = body.to_vec();
    let nonce = Nonce::assume_unique_for_key(nonce);
    let plain = cipher.open_in_place(nonce, Aad::from(place), &mut body).ok()?.len();
    body.truncate(plain);
    Some(Secret::new(body))
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer(…)")
    }
}

#[cfg(test)]
mod tests;
