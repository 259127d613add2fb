//! JSON web tokens, narrowly: RS256 and nothing else, three parts, canonical Base64url.
//!
//! General libraries have had type-confusion holes; this one has one algorithm, no choice by
//! header, and looks at no header member but `kid` and `alg`. Which keys may sign is the caller's.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value};

use super::key::{PublicKey, Signer};
use crate::error::{Error, Result};

/// Longest token that is looked at, bytes.
const TOKEN_BYTES_MAX: usize = 16 * 1024;

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
    let kid = serde_json::to_string(&signer.public().kid).map_err(Error::fault)?;
    let header = format!(r#"{{"kid":{kid},"alg":"RS256"}}"#);
    let claims = serde_json::to_vec(claims).map_err(Error::fault)?;
    let header = BASE64URL_NOPAD.encode(header.as_bytes());
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
        let header = object(header)?;
        let kid = header.get("kid").and_then(Value::as_str).ok_or(Rejected::Malformed)?;
        // Exactly the two members that we write: no `crit`, no embedded keys, no key addresses.
        if header.len() != 2 || header.get("alg").and_then(Value::as_str) != Some("RS256") {
            return Err(Rejected::Malformed);
        }
        let signature =
            BASE64URL_NOPAD.decode(signature.as_bytes()).map_err(|_| Rejected::Malformed)?;
        Ok(Self { signed, signature, kid: kid.to_owned(), claims: object(claims)? })
    }

    /// What the token says its issuer is, to find the keys that could have signed it.
    pub fn claimed_issuer(&self) -> Option<&str> {
        self.claims.get("iss").and_then(Value::as_str)
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

fn object(part: &str) -> std::result::Result<Map<String, Value>, Rejected> {
    let bytes = BASE64URL_NOPAD.decode(part.as_bytes()).map_err(|_| Rejected::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| Rejected::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn claims() -> Map<String, Value> {
        json!({ "iss": "http://localhost/us-east-1_A", "sub": "x" }).as_object().unwrap().clone()
    }

    fn forge(header: &Value, claims: &Value, signature: &[u8]) -> String {
        let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        format!("{}.{}.{}", part(header), part(claims), BASE64URL_NOPAD.encode(signature))
    }

    #[test]
    fn a_token_verifies_under_its_own_key_only() {
        let (signer, der) = Signer::generate().unwrap();
        let (other, _) = Signer::generate().unwrap();
        let token = sign(&claims(), &signer).unwrap();
        let keys = [other.public().clone(), signer.public().clone()];
        let read = Unverified::parse(&token).unwrap();
        assert_eq!(read.claimed_issuer(), Some("http://localhost/us-east-1_A"));
        assert_eq!(read.verify(&keys).unwrap(), claims());
        let without = Unverified::parse(&token).unwrap().verify(&keys[..1]);
        assert_eq!(without, Err(Rejected::UnknownKey));
        let swapped = PublicKey { kid: signer.public().kid.clone(), ..other.public().clone() };
        let forged = Unverified::parse(&token).unwrap().verify(&[swapped]);
        assert_eq!(forged, Err(Rejected::BadSignature));
        let header = BASE64URL_NOPAD.decode(token.split('.').next().unwrap().as_bytes()).unwrap();
        let expected = format!(r#"{{"kid":"{}","alg":"RS256"}}"#, signer.public().kid);
        assert_eq!(String::from_utf8(header).unwrap(), expected);
        assert_eq!(signer.public().kid.len(), 44);
        let again = Signer::from_pkcs8(der.expose()).unwrap();
        assert_eq!(sign(&claims(), &again).unwrap(), token, "RS256 is deterministic");
    }

    #[test]
    fn forged_headers_are_refused() {
        let (signer, _) = Signer::generate().unwrap();
        let kid = &signer.public().kid;
        let claims = json!({ "sub": "x" });
        for header in [
            json!({ "kid": kid, "alg": "none" }),
            json!({ "kid": kid, "alg": "None" }),
            json!({ "kid": kid, "alg": "" }),
            json!({ "kid": kid, "alg": "HS256" }),
            json!({ "kid": kid, "alg": "ES256" }),
            json!({ "kid": kid, "alg": "PS256" }),
            json!({ "kid": kid, "alg": "RS256", "crit": ["x"] }),
            json!({ "kid": kid, "alg": "RS256", "jwk": {} }),
            json!({ "kid": kid, "alg": "RS256", "jku": "http://127.0.0.1/" }),
            json!({ "kid": [kid], "alg": "RS256" }),
            json!({ "alg": "RS256" }),
            json!([]),
        ] {
            let token = forge(&header, &claims, b"");
            assert_eq!(Unverified::parse(&token).unwrap_err(), Rejected::Malformed, "{header}");
        }
        for kid in ["../../x", "' OR 1=1", ""] {
            let token = forge(&json!({ "kid": kid, "alg": "RS256" }), &claims, b"x");
            let result = Unverified::parse(&token).unwrap().verify(&[signer.public().clone()]);
            assert_eq!(result, Err(Rejected::UnknownKey));
        }
        // The public key's own bytes as an HMAC secret prove nothing.
        let header = json!({ "kid": kid, "alg": "RS256" });
        let mac = crate::crypto::hmac_sha256(signer.public().n.as_bytes(), &[b"x"]);
        let token = forge(&header, &claims, &mac);
        let result = Unverified::parse(&token).unwrap().verify(&[signer.public().clone()]);
        assert_eq!(result, Err(Rejected::BadSignature));
    }

    #[test]
    fn other_forms_are_refused() {
        let (signer, _) = Signer::generate().unwrap();
        let token = sign(&claims(), &signer).unwrap();
        let parts: Vec<&str> = token.split('.').collect();
        for wrong in [
            String::new(),
            "..".into(),
            parts[..2].join("."),
            format!("{token}.AA"),
            format!("{token}="),
            format!(" {token}"),
            format!("{token}\n"),
            format!("\u{feff}{token}"),
            format!(r#"{{"payload":"{}"}}"#, parts[1]),
            "A".repeat(TOKEN_BYTES_MAX + 1),
        ] {
            assert_eq!(Unverified::parse(&wrong).unwrap_err(), Rejected::Malformed);
        }
        for index in 0..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            let accepted = Unverified::parse(&changed)
                .and_then(|read| read.verify(&[signer.public().clone()]));
            assert!(accepted.is_err(), "character {index}");
        }
    }
}
