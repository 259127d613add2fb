//! RSA keys that sign tokens, over AWS-LC.

use std::sync::Arc;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize, PublicKeyComponents};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::crypto::sha256;
use crate::error::{Error, Result};
use crate::secret::Secret;

/// A public key as it is stored and published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKey {
    /// The key id: 44 characters, the Base64 SHA-256 of the modulus.
    pub kid: String,
    /// The modulus, unpadded Base64url.
    pub n: String,
    /// The exponent, unpadded Base64url.
    pub e: String,
}

impl PublicKey {
    /// The entry of a JWK set (RFC 7517).
    pub fn jwk(&self) -> Value {
        json!({
            "alg": "RS256", "e": self.e, "kid": self.kid, "kty": "RSA", "n": self.n, "use": "sig",
        })
    }

    /// Whether `signature` is one of `message` under RS256 by this key.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let decode = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes());
        let (Ok(n), Ok(e)) = (decode(&self.n), decode(&self.e)) else { return false };
        PublicKeyComponents { n: &n, e: &e }
            .verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            .is_ok()
    }
}

/// A private key. Cheap to clone.
#[derive(Clone)]
pub struct Signer {
    pair: Arc<KeyPair>,
    public: PublicKey,
}

impl Signer {
    /// A new RSA-2048 key. The one thing here whose randomness is not passed in: AWS-LC draws it
    /// from its own source and takes no other.
    ///
    /// # Errors
    /// A fault, should AWS-LC find no primes.
    pub fn generate() -> Result<(Self, Secret<Vec<u8>>)> {
        let pair = KeyPair::generate(KeySize::Rsa2048).map_err(Error::fault)?;
        let der: Pkcs8V1Der<'_> = pair.as_der().map_err(Error::fault)?;
        let der = Secret::new(der.as_ref().to_vec());
        Ok((Self::over(pair), der))
    }

    /// From PKCS#8, as it was stored.
    ///
    /// # Errors
    /// A fault for bytes that are no such key.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self> {
        KeyPair::from_pkcs8(der).map(Self::over).map_err(|rejected| {
            Error::fault(format!("a stored signing key is not usable: {rejected}"))
        })
    }

    fn over(pair: KeyPair) -> Self {
        let n = pair.public_key().modulus().big_endian_without_leading_zero().to_vec();
        let e = pair.public_key().exponent().big_endian_without_leading_zero().to_vec();
        let public = PublicKey {
            kid: BASE64.encode(&sha256(&[&n])),
            n: BASE64URL_NOPAD.encode(&n),
            e: BASE64URL_NOPAD.encode(&e),
        };
        Self { pair: Arc::new(pair), public }
    }

    /// The public half.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Signs with RS256 (PKCS#1 v1.5, which is deterministic).
    ///
    /// # Errors
    /// A fault, should AWS-LC refuse.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        #[expect(
            clippy::disallowed_methods,
            reason = "AWS-LC asks for a source it does not use: PKCS#1 v1.5 has no randomness"
        )]
        let unused = SystemRandom::new();
        self.pair
            .sign(&RSA_PKCS1_SHA256, &unused, message, &mut signature)
            .map_err(Error::fault)?;
        Ok(signature)
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signer").field("kid", &self.public.kid).finish_non_exhaustive()
    }
}
