//! The arithmetic of `SECRET_HASH`; whether one is due is decided in [`crate::auth::secret_hash`].

use data_encoding::BASE64;

use crate::crypto::hmac_sha256;
use crate::secret::ct_eq;

/// `base64(HMAC-SHA256(secret, username ‖ client id))`.
pub fn compute(secret: &str, username: &str, client_id: &str) -> String {
    BASE64.encode(&hmac_sha256(secret.as_bytes(), &[username.as_bytes(), client_id.as_bytes()]))
}

/// Whether `hash` is that, compared in constant time.
pub fn verify(secret: &str, username: &str, client_id: &str, hash: &str) -> bool {
    ct_eq(compute(secret, username, client_id).as_bytes(), hash.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_values() {
        let file = include_str!("../tests/data/srp-vectors.json");
        let file: serde_json::Value = serde_json::from_str(file).unwrap();
        let cases = file["secret_hash"].as_array().unwrap();
        assert_eq!(cases.len(), 3);
        for case in cases {
            let text = |name: &str| case[name].as_str().unwrap();
            let (secret, name, id) = (text("client_secret"), text("username"), text("client_id"));
            assert_eq!(compute(secret, name, id), text("secret_hash"));
            assert!(verify(secret, name, id, text("secret_hash")));
            assert!(!verify(secret, "other", id, text("secret_hash")));
            assert!(!verify(secret, name, id, ""));
        }
    }
}
