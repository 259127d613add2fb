//! The client's half of SRP: for tests, which sign in as a client does, and for tools that move
//! users between servers.

use crypto_bigint::U256;
use data_encoding::BASE64;
use rand_core::RngCore;

use super::group::{self, Residue};
use super::{
    Identity, PublicA, Salt, derive_key, multiplier, pad, private_key, scrambler, signature,
    verifier, wire_hex,
};
use crate::rng;
use crate::secret::Secret;

/// A client in the middle of an exchange.
#[derive(Debug)]
pub struct Client {
    secret: Secret<Vec<u8>>,
    public: Vec<u8>,
}

impl Client {
    /// With a fresh 256-bit exponent.
    pub fn new(rng: &mut dyn RngCore) -> Self {
        Self::with_secret(&rng::bytes::<32>(rng))
    }

    /// With a given exponent of at most 384 bytes, as test vectors have.
    pub fn with_secret(secret: &[u8]) -> Self {
        let public = group::pow_g_bytes(secret).unwrap_or(Residue::ZERO);
        Self { secret: Secret::new(secret.to_vec()), public: group::to_bytes(&public) }
    }

    /// `SRP_A`.
    pub fn srp_a(&self) -> String {
        wire_hex(&self.public)
    }

    /// The public value.
    pub fn public(&self) -> Option<PublicA> {
        PublicA::from_bytes(&self.public).ok()
    }

    /// `PASSWORD_CLAIM_SIGNATURE` for what the server sent; none if a value is out of range.
    pub fn claim(
        &self,
        identity: Identity<'_>,
        password: &str,
        challenge: Challenge<'_>,
        timestamp: &str,
    ) -> Option<String> {
        let salt = from_hex(challenge.salt)?;
        let b = from_hex(challenge.srp_b)?;
        let u = scrambler(&self.public, &b)?;
        let x = private_key(identity, password, &salt);
        let blinded = multiplier().mul(&group::pow_g(&x));
        let base = group::residue(&b)?.sub(&blinded);
        let shared = raise(&base, &u, &x, self.secret.expose())?;
        let key = derive_key(&u, &group::to_bytes(&shared));
        let block = BASE64.decode(challenge.secret_block.as_bytes()).ok()?;
        Some(BASE64.encode(&signature(&key, identity, &block, timestamp)))
    }
}

/// `base^(a + u·x)`.
fn raise(base: &Residue, u: &U256, x: &U256, a: &[u8]) -> Option<Residue> {
    Some(group::pow_secret(base, a)?.mul(&base.pow(x).pow(u)))
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let even = if text.len().is_multiple_of(2) { text.to_owned() } else { format!("0{text}") };
    data_encoding::HEXLOWER_PERMISSIVE.decode(even.as_bytes()).ok()
}

/// What the server's challenge says.
#[derive(Clone, Copy, Debug)]
pub struct Challenge<'a> {
    /// `SALT`.
    pub salt: &'a str,
    /// `SRP_B`.
    pub srp_b: &'a str,
    /// `SECRET_BLOCK`.
    pub secret_block: &'a str,
}

/// What a client registers with ConfirmDevice.
#[derive(Clone, Debug)]
pub struct DeviceRegistration {
    /// The secret that the client keeps.
    pub password: String,
    /// `Salt`.
    pub salt: String,
    /// `PasswordVerifier`.
    pub verifier: String,
}

impl DeviceRegistration {
    /// For a device key and group key as `NewDeviceMetadata` gave them.
    pub fn generate(group_key: &str, device_key: &str, rng: &mut dyn RngCore) -> Self {
        let password = BASE64.encode(&rng::bytes::<40>(rng));
        let salt = Salt::generate(rng);
        let identity = Identity { realm: group_key, name: device_key };
        let verifier = verifier(identity, &password, &salt.0);
        Self {
            password,
            salt: BASE64.encode(&pad(&salt.0)),
            verifier: BASE64.encode(&pad(verifier.expose())),
        }
    }
}

/// The modulus as a client would send it, to test that it is refused.
pub fn modulus_hex() -> String {
    wire_hex(&group::modulus())
}
