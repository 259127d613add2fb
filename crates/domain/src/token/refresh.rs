//! The outer form of a refresh token.
//!
//! Clients treat it as opaque, but it must match `[A-Za-z0-9-_=.]+`, and real ones have the five
//! parts of a JWE. Ours has them too; all of the content is in the fourth.

use data_encoding::BASE64URL_NOPAD;

/// What a real one's header says; here it is only a form.
const HEADER: &[u8] = br#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#;

/// Puts sealed bytes into the form.
pub fn encode(sealed: &[u8]) -> String {
    let header = BASE64URL_NOPAD.encode(HEADER);
    let body = BASE64URL_NOPAD.encode(sealed);
    format!("{header}.AA.AA.{body}.AA")
}

/// The sealed bytes of a text in the form; none for any other text.
pub fn decode(token: &str) -> Option<Vec<u8>> {
    let header = BASE64URL_NOPAD.encode(HEADER);
    let body = token.strip_prefix(&header)?.strip_prefix(".AA.AA.")?.strip_suffix(".AA")?;
    BASE64URL_NOPAD.decode(body.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_parts_in_the_models_alphabet() {
        let token = encode(&[0xff; 60]);
        assert_eq!(token.split('.').count(), 5);
        assert!(token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_=.".contains(&b)));
        assert_eq!(decode(&token), Some(vec![0xff; 60]));
        for other in ["", "a.b.c.d.e", &format!("{token}."), &token[1..]] {
            assert_eq!(decode(other), None);
        }
    }
}
