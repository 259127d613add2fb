//! The primitives against Project Wycheproof's vectors; sealed values against damage.

use std::path::Path;

use serde_json::Value;

use super::*;
use crate::secret::ct_eq;
use crate::token::key::PublicKey;
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
    assert!(sealer.open(b"user 1", &[&sealed[..], b"x"].concat()).is_err());
}

#[test]
fn sealing_twice_gives_different_bytes() {
    let mut rng = ChaCha20Rng::seed_from_u64(6);
    let sealer = Sealer::new(Secret::new([9; KEY_BYTES]));
    assert_ne!(sealer.seal(b"", b"x", &mut rng), sealer.seal(b"", b"x", &mut rng));
}

/// The tests of a Wycheproof file, each with its group; nothing where the vectors are not there.
fn wycheproof(file: &str) -> Vec<(Value, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/wycheproof");
    let Ok(text) = std::fs::read_to_string(folder.join(file)) else {
        println!("skipped: {file} not found");
        return Vec::new();
    };
    let document: Value = serde_json::from_str(&text).unwrap();
    let mut all = Vec::new();
    for group in document["testGroups"].as_array().unwrap() {
        let mut shared = group.clone();
        shared.as_object_mut().unwrap().remove("tests");
        all.extend(group["tests"].as_array().unwrap().iter().map(|t| (shared.clone(), t.clone())));
    }
    assert_eq!(Some(all.len() as u64), document["numberOfTests"].as_u64());
    all
}

fn unhex(value: &Value) -> Vec<u8> {
    data_encoding::HEXLOWER.decode(value.as_str().unwrap().as_bytes()).unwrap()
}

fn valid(test: &Value) -> bool {
    test["result"] == "valid"
}

#[test]
fn aes_gcm_agrees_with_wycheproof() {
    let usable =
        |group: &Value| group["keySize"] == 256 && group["ivSize"] == 96 && group["tagSize"] == 128;
    for (_, test) in wycheproof("aes_gcm_test.json").iter().filter(|(group, _)| usable(group)) {
        let key = Secret::new(<[u8; 32]>::try_from(unhex(&test["key"])).unwrap());
        let nonce: [u8; 12] = unhex(&test["iv"]).try_into().unwrap();
        let (aad, plain) = (unhex(&test["aad"]), unhex(&test["msg"]));
        let body = [unhex(&test["ct"]), unhex(&test["tag"])].concat();
        let opened = gcm_open(&key, nonce, &aad, &body);
        assert_eq!(opened.is_some(), valid(test), "{test}");
        if let Some(opened) = opened {
            assert_eq!(opened.expose(), &plain, "{test}");
            assert_eq!(gcm_seal(&key, nonce, &aad, &plain), Some(body), "{test}");
        }
    }
}

#[test]
fn hmac_agrees_with_wycheproof() {
    type Mac = fn(&[u8], &[u8]) -> Vec<u8>;
    let in_two_parts: Mac = |key, text| {
        let (head, tail) = text.split_at(text.len() / 2);
        hmac_sha256(key, &[head, tail]).to_vec()
    };
    let sha1: Mac = |key, text| hmac_sha1(key, text).to_vec();
    for (file, mac) in [("hmac_sha256_test.json", in_two_parts), ("hmac_sha1_test.json", sha1)] {
        for (group, test) in wycheproof(file) {
            let mut made = mac(&unhex(&test["key"]), &unhex(&test["msg"]));
            made.truncate(group["tagSize"].as_u64().unwrap() as usize / 8);
            assert_eq!(ct_eq(&made, &unhex(&test["tag"])), valid(&test), "{file}: {test}");
        }
    }
}

#[test]
fn rsa_verification_agrees_with_wycheproof() {
    for (group, test) in wycheproof("rsa_signature_2048_sha256_test.json") {
        let text = |name: &str| group["keyJwk"][name].as_str().unwrap().to_owned();
        let key = PublicKey { kid: String::new(), n: text("n"), e: text("e") };
        // "acceptable" are encodings that RFC 8017 lets a verifier take or refuse.
        if test["result"] != "acceptable" {
            let fits = key.verifies(&unhex(&test["msg"]), &unhex(&test["sig"]));
            assert_eq!(fits, valid(&test), "{test}");
        }
    }
}

#[test]
fn a_digest_of_parts_is_that_of_the_whole() {
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(data_encoding::HEXLOWER.encode(&sha256(&[b"a", b"", b"bc"])), abc);
}
