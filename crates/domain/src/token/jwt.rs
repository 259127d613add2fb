//! JSON web tokens, narrowly: RS256 and nothing else, three parts, canonical Base64url.
//!
//! General libraries have had type-confusion holes; this one has one algorithm and one header, which
//! is matched as text and never interpreted. Which keys may sign is the caller's.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value};

use super::key::{PublicKey, Signer};
use crate::error::{Error, Result};

/// Longest token that is looked at, bytes. One of ours can name a hundred groups, which alone may
/// take more than 16 KiB.
const TOKEN_BYTES_MAX: usize = 128 * 1024;

/// Characters of a key id: Base64 of a SHA-256.
const KID_CHARS: usize = 44;
const HEADER_START: &str = r#"{"kid":""#;
const HEADER_END: &str = r#"","alg":"RS256"}"#;

/// Why a token is no good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejected {
    /// Not a token of this form.
    Malformed,
    /// Signed by a key that is not there.
    UnknownKey,
    /// The signature does not fit.
    BadSignature,
}

/// Makes a token; the header is exactly `{"kid":…,"alg":"RS256"}`.
///
/// # Errors
/// A fault of the signer.
pub fn sign(claims: &Map<String, Value>, signer: &Signer) -> Result<String> {
    let claims = serde_json::to_vec(claims).map_err(Error::fault)?;
    let header = BASE64URL_NOPAD.encode(header(&signer.public().kid).as_bytes());
    let signed = format!("{header}.{}", BASE64URL_NOPAD.encode(&claims));
    let signature = BASE64URL_NOPAD.encode(&signer.sign(signed.as_bytes())?);
    Ok(format!("{signed}.{signature}"))
}

/// A token taken apart, nothing of it proven.
#[derive(Debug)]
pub struct Unverified<'a> {
    signed: &'a str,
    signature: Vec<u8>,
    kid: String,
    claims: Map<String, Value>,
}

impl<'a> Unverified<'a> {
    /// Takes a token apart.
    ///
    /// # Errors
    /// [`Rejected::Malformed`] for every form but the one of [`sign`].
    pub fn parse(token: &'a str) -> std::result::Result<Self, Rejected> {
        if token.len() > TOKEN_BYTES_MAX {
            return Err(Rejected::Malformed);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(Rejected::Malformed)?;
        let (header, claims) = signed.split_once('.').ok_or(Rejected::Malformed)?;
        if claims.contains('.') {
            return Err(Rejected::Malformed);
        }
        let header = BASE64URL_NOPAD.decode(header.as_bytes()).map_err(|_| Rejected::Malformed)?;
        let kid = kid(&header).ok_or(Rejected::Malformed)?;
        let signature =
            BASE64URL_NOPAD.decode(signature.as_bytes()).map_err(|_| Rejected::Malformed)?;
        Ok(Self { signed, signature, kid: kid.to_owned(), claims: object(claims)? })
    }

    /// What the token says its issuer is, to find the keys that could have signed it.
    pub fn claimed_issuer(&self) -> Option<&str> {
        self.claims.get("iss").and_then(Value::as_str)
    }

    /// Whether one of these is the key that the token names.
    pub fn names_one_of(&self, keys: &[PublicKey]) -> bool {
        keys.iter().any(|key| key.kid == self.kid)
    }

    /// Checks the signature against the keys that may have made it.
    ///
    /// # Errors
    /// [`Rejected::UnknownKey`], [`Rejected::BadSignature`].
    pub fn verify(self, keys: &[PublicKey]) -> std::result::Result<Map<String, Value>, Rejected> {
        let key = keys.iter().find(|key| key.kid == self.kid).ok_or(Rejected::UnknownKey)?;
        if !key.verifies(self.signed.as_bytes(), &self.signature) {
            return Err(Rejected::BadSignature);
        }
        Ok(self.claims)
    }
}

/// The one header there is, for a key.
fn header(kid: &str) -> String {
    [HEADER_START, kid, HEADER_END].concat()
}

/// The key id of a header, if that is exactly what [`header`] writes. It is matched as text, not
/// interpreted: no `crit`, no embedded keys or addresses of keys, no member twice, no other order.
fn kid(header: &[u8]) -> Option<&str> {
    let header = std::str::from_utf8(header).ok()?;
    let kid = header.strip_prefix(HEADER_START)?.strip_suffix(HEADER_END)?;
    let base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
    (kid.len() == KID_CHARS && kid.bytes().all(base64)).then_some(kid)
}

fn object(part: &str) -> std::result::Result<Map<String, Value>, Rejected> {
    let bytes = BASE64URL_NOPAD.decode(part.as_bytes()).map_err(|_| Rejected::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| Rejected::Malformed)
}

#[cfg(test)]
mod tests;
