//! What the client holds in place of state: sealed, so that it can be neither read nor made up.
//!
//! A `Session` string names a stored session by a random handle; a refresh token names its family
//! the same way; a `SECRET_BLOCK` carries the whole SRP exchange. Garbage is refused by the seal,
//! before any look at the store.

use data_encoding::{BASE64, BASE64URL_NOPAD};
use rand_core::RngCore;

use super::step::SecretBlock;
use crate::crypto::{self, Sealer};
use crate::error::{Error, RefreshTokenRefusal, Result, SessionRefusal, SignInRefusal};
use crate::id::{OriginJti, PoolId};
use crate::rng;
use crate::token::refresh as token_form;

/// Longest `Session` that the model lets through, characters.
const SESSION_CHARS_MAX: usize = 4096;
/// Longest Base64 secret block that is looked at, characters.
const BLOCK_CHARS_MAX: usize = 8192;
/// Longest refresh token that is looked at, characters.
const REFRESH_CHARS_MAX: usize = 4096;
/// A secret block is filled up to a multiple of this, bytes: its length must not tell whose
/// exchange it carries, nor whether there is such a user.
const BLOCK_FILL_BYTES: usize = 2048;
/// Bytes of the random part of a handle.
const HANDLE_BYTES: usize = 32;

const SESSION_LABEL: &[u8] = b"poolhouse session v1";
const REFRESH_LABEL: &[u8] = b"poolhouse refresh token v1";
const BLOCK_LABEL: &[u8] = b"poolhouse secret block v1";

/// A random name for something stored, and the pool it is stored in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handle {
    /// The pool.
    pub pool: PoolId,
    /// The name itself; only its hash is stored.
    random: [u8; HANDLE_BYTES],
}

impl Handle {
    /// A new one.
    pub fn generate(pool: &PoolId, rng: &mut dyn RngCore) -> Self {
        Self { pool: pool.clone(), random: rng::bytes::<HANDLE_BYTES>(rng) }
    }

    /// What the store keeps.
    pub fn hash(&self) -> [u8; 32] {
        crypto::sha256(&[&self.random])
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.random.to_vec();
        bytes.extend_from_slice(self.pool.as_str().as_bytes());
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (random, pool) = bytes.split_first_chunk::<HANDLE_BYTES>()?;
        let pool = std::str::from_utf8(pool).ok()?;
        Some(Self { pool: PoolId::new(pool), random: *random })
    }

    /// The `Session` string.
    pub fn to_session(&self, sealer: &Sealer, rng: &mut dyn RngCore) -> String {
        BASE64URL_NOPAD.encode(&sealer.seal(SESSION_LABEL, &self.to_bytes(), rng))
    }

    /// Reads a `Session` string.
    ///
    /// # Errors
    /// [`SessionRefusal::Invalid`] for anything that this installation did not make.
    pub fn from_session(text: &str, sealer: &Sealer) -> Result<Self> {
        unseal(text, SESSION_CHARS_MAX, SESSION_LABEL, sealer)
            .and_then(|bytes| Self::from_bytes(&bytes))
            .ok_or(Error::Session(SessionRefusal::Invalid))
    }
}

/// What a refresh token names. The first one of a sign-in has a name of its own; one that replaced
/// another says which family it belongs to, so that it is known for one of the family's even when
/// nothing is stored about it any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshHandle {
    handle: Handle,
    family: Option<OriginJti>,
}

impl RefreshHandle {
    /// The first one of a family.
    pub fn first(pool: &PoolId, rng: &mut dyn RngCore) -> Self {
        Self { handle: Handle::generate(pool, rng), family: None }
    }

    /// One that replaces another.
    pub fn next(pool: &PoolId, family: &OriginJti, rng: &mut dyn RngCore) -> Self {
        Self { handle: Handle::generate(pool, rng), family: Some(family.clone()) }
    }

    /// The pool.
    pub fn pool(&self) -> &PoolId {
        &self.handle.pool
    }

    /// The family that it says it belongs to; none for the first one, which is found by its hash.
    pub fn family(&self) -> Option<&OriginJti> {
        self.family.as_ref()
    }

    /// What the store keeps.
    pub fn hash(&self) -> [u8; 32] {
        self.handle.hash()
    }

    /// The refresh token, in the five-part form that clients expect.
    pub fn to_token(&self, sealer: &Sealer, rng: &mut dyn RngCore) -> String {
        let mut bytes = self.handle.to_bytes();
        if let Some(family) = &self.family {
            bytes.push(0);
            bytes.extend_from_slice(family.as_str().as_bytes());
        }
        token_form::encode(&sealer.seal(REFRESH_LABEL, &bytes, rng))
    }

    /// Reads a refresh token.
    ///
    /// # Errors
    /// [`RefreshTokenRefusal::Invalid`] for anything that this installation did not make.
    pub fn from_token(text: &str, sealer: &Sealer) -> Result<Self> {
        let bounded = (text.len() <= REFRESH_CHARS_MAX).then_some(text);
        bounded
            .and_then(token_form::decode)
            .and_then(|sealed| sealer.open(REFRESH_LABEL, &sealed).ok())
            .and_then(|bytes| Self::from_bytes(bytes.expose()))
            .ok_or(Error::RefreshToken(RefreshTokenRefusal::Invalid))
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let Handle { pool, random } = Handle::from_bytes(bytes)?;
        let (pool, family) = match pool.as_str().split_once('\0') {
            Some((pool, family)) => (PoolId::new(pool), Some(OriginJti::new(family))),
            None => (pool, None),
        };
        Some(Self { handle: Handle { pool, random }, family })
    }
}

fn unseal(text: &str, max: usize, label: &[u8], sealer: &Sealer) -> Option<Vec<u8>> {
    if text.len() > max {
        return None;
    }
    let sealed = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    sealer.open(label, &sealed).ok().map(|bytes| bytes.expose().clone())
}

/// Seals an exchange into the Base64 text of `SECRET_BLOCK`.
///
/// # Errors
/// A fault if the block cannot be serialised.
pub fn seal_block(block: &SecretBlock, sealer: &Sealer, rng: &mut dyn RngCore) -> Result<String> {
    let mut bytes = serde_json::to_vec(block).map_err(Error::fault)?;
    // JSON may end in white space, so what reads the block need not know about it.
    bytes.resize(bytes.len().next_multiple_of(BLOCK_FILL_BYTES), b' ');
    Ok(BASE64.encode(&sealer.seal(BLOCK_LABEL, &bytes, rng)))
}

/// Opens `PASSWORD_CLAIM_SECRET_BLOCK`. Also returns the decoded bytes, which the client signed.
///
/// # Errors
/// [`SignInRefusal::BadCredentials`] for anything that this installation did not make.
pub fn open_block(text: &str, sealer: &Sealer) -> Result<(SecretBlock, Vec<u8>)> {
    let open = || -> Option<(SecretBlock, Vec<u8>)> {
        if text.len() > BLOCK_CHARS_MAX {
            return None;
        }
        let sealed = BASE64.decode(text.as_bytes()).ok()?;
        let bytes = sealer.open(BLOCK_LABEL, &sealed).ok()?;
        Some((serde_json::from_slice(bytes.expose()).ok()?, sealed))
    };
    open().ok_or(Error::SignIn(SignInRefusal::BadCredentials))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::KEY_BYTES;
    use crate::secret::Secret;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn a_refresh_token_is_read_back_with_its_family() {
        let rng = &mut ChaCha20Rng::seed_from_u64(5);
        let sealer = Sealer::new(Secret::new([7; KEY_BYTES]));
        let (pool, family) = (PoolId::new("us-east-1_AAAAAAAAA"), OriginJti::new("a-family"));
        let first = RefreshHandle::first(&pool, rng);
        let next = RefreshHandle::next(&pool, &family, rng);
        assert_eq!((first.family(), next.family()), (None, Some(&family)));
        assert_ne!(first.hash(), next.hash());
        for handle in [first, next] {
            assert_eq!(handle.pool(), &pool);
            let token = handle.to_token(&sealer, rng);
            assert_eq!(RefreshHandle::from_token(&token, &sealer).unwrap(), handle);
            let other = Sealer::new(Secret::new([8; KEY_BYTES]));
            assert!(RefreshHandle::from_token(&token, &other).is_err());
        }
    }
}
