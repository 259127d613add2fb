//! Right tokens pass; everything that only resembles one does not.

use std::sync::OnceLock;

use data_encoding::BASE64;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::crypto::hmac_sha256;

fn signer() -> &'static Signer {
    static SIGNER: OnceLock<Signer> = OnceLock::new();
    SIGNER.get_or_init(|| Signer::generate().unwrap().0)
}

fn other() -> &'static Signer {
    static SIGNER: OnceLock<Signer> = OnceLock::new();
    SIGNER.get_or_init(|| Signer::generate().unwrap().0)
}

fn claims() -> Map<String, Value> {
    json!({ "iss": "http://localhost/us-east-1_A", "sub": "x" }).as_object().unwrap().clone()
}

fn check(token: &str) -> std::result::Result<Map<String, Value>, Rejected> {
    Unverified::parse(token)?.verify(&[signer().public().clone()])
}

fn b64(text: &str) -> String {
    BASE64URL_NOPAD.encode(text.as_bytes())
}

/// Any header and any claims, under a right signature of `signer`.
fn forge(header: &str, claims: &str, signer: &Signer) -> String {
    let signed = format!("{}.{}", b64(header), b64(claims));
    let signature = signer.sign(signed.as_bytes()).unwrap();
    format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature))
}

#[test]
fn a_token_verifies_under_its_own_key_only() {
    let token = sign(&claims(), signer()).unwrap();
    let keys = [other().public().clone(), signer().public().clone()];
    let read = Unverified::parse(&token).unwrap();
    assert_eq!(read.claimed_issuer(), Some("http://localhost/us-east-1_A"));
    assert_eq!(read.verify(&keys).unwrap(), claims());
    let without = Unverified::parse(&token).unwrap().verify(&keys[..1]);
    assert_eq!(without, Err(Rejected::UnknownKey));
    let swapped = PublicKey { kid: signer().public().kid.clone(), ..other().public().clone() };
    let forged = Unverified::parse(&token).unwrap().verify(&[swapped]);
    assert_eq!(forged, Err(Rejected::BadSignature));
    let borrowed_name = forge(&header(&signer().public().kid), "{}", other());
    assert_eq!(check(&borrowed_name), Err(Rejected::BadSignature));
}

#[test]
fn the_header_is_exactly_kid_and_alg() {
    let token = sign(&claims(), signer()).unwrap();
    let header = BASE64URL_NOPAD.decode(token.split('.').next().unwrap().as_bytes()).unwrap();
    let expected = format!(r#"{{"kid":"{}","alg":"RS256"}}"#, signer().public().kid);
    assert_eq!(String::from_utf8(header).unwrap(), expected);
    assert_eq!(signer().public().kid.len(), KID_CHARS);
}

#[test]
fn a_stored_key_signs_the_same() {
    let (made, der) = Signer::generate().unwrap();
    let again = Signer::from_pkcs8(der.expose()).unwrap();
    assert_eq!(sign(&claims(), &again).unwrap(), sign(&claims(), &made).unwrap());
    assert!(Signer::from_pkcs8(&der.expose()[1..]).is_err());
}

#[test]
fn other_algorithms_are_refused() {
    let kid = &signer().public().kid;
    assert!(check(&forge(&header(kid), "{}", signer())).is_ok());
    for alg in ["none", "None", "NONE", "", "HS256", "ES256", "PS256", "RS512", "rs256"] {
        let header = format!(r#"{{"kid":"{kid}","alg":"{alg}"}}"#);
        assert_eq!(check(&forge(&header, "{}", signer())), Err(Rejected::Malformed), "{alg}");
        let unsigned = format!("{}.{}.", b64(&header), b64("{}"));
        assert_eq!(check(&unsigned), Err(Rejected::Malformed), "{alg}");
    }
}

#[test]
fn a_mac_keyed_with_the_public_key_proves_nothing() {
    let public = signer().public();
    let modulus = BASE64URL_NOPAD.decode(public.n.as_bytes()).unwrap();
    let jwk = public.jwk().to_string();
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{}\n", BASE64.encode(&modulus));
    for key in [modulus.as_slice(), public.n.as_bytes(), jwk.as_bytes(), pem.as_bytes()] {
        for (alg, expected) in [("HS256", Rejected::Malformed), ("RS256", Rejected::BadSignature)] {
            let header = format!(r#"{{"kid":"{}","alg":"{alg}"}}"#, public.kid);
            let signed = format!("{}.{}", b64(&header), b64("{}"));
            let mac = BASE64URL_NOPAD.encode(&hmac_sha256(key, &[signed.as_bytes()]));
            assert_eq!(check(&format!("{signed}.{mac}")), Err(expected));
        }
    }
}

#[test]
fn every_other_header_is_refused_even_when_it_is_signed() {
    let kid = &signer().public().kid;
    let long = "k".repeat(60_000);
    for header in [
        r#"{"alg":"RS256"}"#.to_owned(),
        r#"{"kid":null,"alg":"RS256"}"#.to_owned(),
        format!(r#"{{"alg":"RS256","kid":"{kid}"}}"#),
        format!(r#"{{"kid": "{kid}","alg":"RS256"}}"#),
        format!(r#" {{"kid":"{kid}","alg":"RS256"}}"#),
        format!("\u{feff}{{\"kid\":\"{kid}\",\"alg\":\"RS256\"}}"),
        format!(r#"{{"kid":"{kid}","alg":"RS256"}}{{}}"#),
        format!(r#"{{"kid":["{kid}"],"alg":"RS256"}}"#),
        format!(r#"["{kid}","RS256"]"#),
        format!(r#"{{"kid":"{kid}","alg":"none","alg":"RS256"}}"#),
        format!(r#"{{"kid":"{kid}","alg":"RS256","alg":"RS256"}}"#),
        format!(r#"{{"kid":"x","kid":"{kid}","alg":"RS256"}}"#),
        format!(r#"{{"kid":"{kid}","crit":["exp"],"alg":"RS256"}}"#),
        format!(r#"{{"kid":"{kid}","jwk":{{"kty":"RSA"}},"alg":"RS256"}}"#),
        format!(r#"{{"kid":"{kid}","jku":"http://127.0.0.1/","alg":"RS256"}}"#),
        format!(r#"{{"kid":"{kid}","x5u":"http://127.0.0.1/","alg":"RS256"}}"#),
        format!(r#"{{"kid":"{kid}","x5c":["AAAA"],"alg":"RS256"}}"#),
        format!(r#"{{"kid":"{kid}","typ":"JWT","alg":"RS256"}}"#),
        header("../../x"),
        header("' OR 1=1"),
        header(""),
        header(&long),
        header(&kid[..43]),
        header(&format!("\\{}", &kid[1..])),
    ] {
        let token = forge(&header, "{}", signer());
        assert_eq!(check(&token), Err(Rejected::Malformed), "{header:.120}");
    }
    let unknown = header(&BASE64.encode(&[7; 32]));
    assert_eq!(check(&forge(&unknown, "{}", signer())), Err(Rejected::UnknownKey));
}

#[test]
fn other_serialisations_are_refused() {
    let token = sign(&claims(), signer()).unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    let [header, claims, signature] = parts.as_slice() else { unreachable!() };
    // 256 bytes end in a character whose last four bits are unused.
    let last = char::from(token.bytes().last().unwrap() + 1);
    let stray_bits = format!("{}{last}", &token[..token.len() - 1]);
    for wrong in [
        String::new(),
        "..".to_owned(),
        format!("{header}.{claims}"),
        format!(".{claims}.{signature}"),
        format!("{claims}.{header}.{signature}"),
        format!("{token}."),
        format!("{token}.AA"),
        format!("{token}.AA.AA"),
        format!("{token}="),
        format!("{token}=="),
        format!("{header}=.{claims}.{signature}"),
        format!(" {token}"),
        format!("{token}\n"),
        format!("{header}.\n{claims}.{signature}"),
        format!("\u{feff}{token}"),
        format!("Bearer {token}"),
        json!({ "protected": header, "payload": claims, "signature": signature }).to_string(),
        stray_bits,
        "A".repeat(TOKEN_BYTES_MAX + 1),
    ] {
        assert_eq!(check(&wrong), Err(Rejected::Malformed), "{wrong:.90}");
    }
    assert_eq!(check(&format!("{header}.{claims}.")), Err(Rejected::BadSignature));
}

#[test]
fn every_changed_character_is_noticed() {
    let token = sign(&claims(), signer()).unwrap();
    for index in 0..token.len() {
        let mut bytes = token.clone().into_bytes();
        bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
        assert!(check(&String::from_utf8(bytes).unwrap()).is_err(), "character {index}");
    }
}

#[test]
fn claims_are_one_object() {
    let header = header(&signer().public().kid);
    for claims in ["", "null", "[]", "1", "\"{}\"", "{", "{}{}", r#"{"exp":1e400}"#, "{'a':1}"] {
        let token = forge(&header, claims, signer());
        assert_eq!(check(&token), Err(Rejected::Malformed), "{claims:?}");
    }
}

#[test]
fn a_token_with_a_hundred_long_groups_is_read() {
    let groups: Vec<String> = (0..100).map(|number| format!("{number:0>128}")).collect();
    let claims = json!({ "cognito:groups": groups }).as_object().unwrap().clone();
    let token = sign(&claims, signer()).unwrap();
    assert!(token.len() > 16 * 1024);
    assert_eq!(check(&token), Ok(claims));
}

proptest! {
    #[test]
    fn any_text_is_survived(text in "\\PC{0,60}|[A-Za-z0-9_.-]{0,200}") {
        prop_assert!(check(&text).is_err());
    }
}
