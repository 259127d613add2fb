//! The server's side of SRP against worked exchanges, made with two shipping clients.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by failing")]

use data_encoding::{BASE64, HEXLOWER};

use poolhouse_domain::srp::client::{self, DeviceRegistration};
use poolhouse_domain::srp::{
    self, DeviceValueError, Ephemeral, Identity, PublicA, Salt, pad, timestamp, wire_hex,
};
use poolhouse_domain::time::Timestamp;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use serde_json::Value;

fn file() -> Value {
    serde_json::from_str(include_str!("data/srp-vectors.json")).unwrap()
}

fn text<'a>(vector: &'a Value, name: &str) -> &'a str {
    vector[name].as_str().unwrap_or_else(|| panic!("{name} in {}", vector["name"]))
}

fn number(vector: &Value, name: &str) -> Vec<u8> {
    let hex = text(vector, name);
    let even = if hex.len().is_multiple_of(2) { hex.to_owned() } else { format!("0{hex}") };
    HEXLOWER.decode(even.as_bytes()).unwrap()
}

fn identity(vector: &Value) -> Identity<'_> {
    match text(vector, "kind") {
        "user" => {
            Identity { realm: text(vector, "pool_name"), name: text(vector, "user_id_for_srp") }
        }
        _ => Identity { realm: text(vector, "device_group_key"), name: text(vector, "device_key") },
    }
}

#[test]
fn every_vector_gives_verifier_key_and_signature() {
    let file = file();
    let vectors = file["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 33);
    for vector in vectors {
        let name = text(vector, "name");
        let (identity, salt) = (identity(vector), number(vector, "salt_wire_hex"));
        assert_eq!(HEXLOWER.encode(&pad(&salt)), text(vector, "salt_padded_hex"), "{name}");
        assert_eq!(wire_hex(&salt), text(vector, "salt_wire_hex"), "{name}");
        let verifier = srp::verifier(identity, text(vector, "password"), &salt);
        assert_eq!(wire_hex(verifier.expose()), text(vector, "verifier_hex"), "{name}");
        assert!(srp::verify_password(identity, text(vector, "password"), &salt, verifier.expose()));
        assert!(!srp::verify_password(identity, "another", &salt, verifier.expose()));
        let a = PublicA::parse(text(vector, "srp_a")).unwrap();
        let b = number(vector, "b_hex");
        let key = srp::server_key(&a, &b, verifier.expose()).unwrap();
        assert_eq!(HEXLOWER.encode(key.expose()), text(vector, "hkdf_key_hex"), "{name}");
        let block = BASE64.decode(text(vector, "secret_block_b64").as_bytes()).unwrap();
        let signature = srp::signature(&key, identity, &block, text(vector, "timestamp"));
        assert_eq!(BASE64.encode(&signature), text(vector, "signature_b64"), "{name}");
        assert!(timestamp::parse(text(vector, "timestamp")).is_some(), "{name}");
        if let Some(registered) = vector.get("confirm_device") {
            let salt_sent = text(registered, "Salt");
            assert_eq!(srp::parse_device_salt(salt_sent).unwrap(), salt, "{name}");
            let verifier_sent = text(registered, "PasswordVerifier");
            assert_eq!(
                &srp::parse_device_verifier(verifier_sent).unwrap(),
                verifier.expose(),
                "{name}"
            );
        }
    }
}

#[test]
fn our_client_agrees_with_the_vectors() {
    for vector in file()["vectors"].as_array().unwrap() {
        let client = client::Client::with_secret(&number(vector, "a_hex"));
        assert_eq!(client.srp_a(), text(vector, "srp_a"));
        let challenge = client::Challenge {
            salt: text(vector, "salt_wire_hex"),
            srp_b: text(vector, "srp_b"),
            secret_block: text(vector, "secret_block_b64"),
        };
        let claim = client.claim(
            identity(vector),
            text(vector, "password"),
            challenge,
            text(vector, "timestamp"),
        );
        assert_eq!(claim.as_deref(), Some(text(vector, "signature_b64")));
    }
}

#[test]
fn what_must_be_refused_is_refused() {
    let file = file();
    let base = file["vectors"].as_array().unwrap().iter().find(|v| v["name"] == "user-basic");
    let base = base.unwrap();
    let (identity, salt) = (identity(base), number(base, "salt_wire_hex"));
    let verifier = srp::verifier(identity, text(base, "password"), &salt);
    let a = PublicA::parse(text(base, "srp_a")).unwrap();
    let key = srp::server_key(&a, &number(base, "b_hex"), verifier.expose()).unwrap();
    let block = BASE64.decode(text(base, "secret_block_b64").as_bytes()).unwrap();
    let mut seen = 0;
    for negative in file["negative"].as_array().unwrap() {
        let name = text(negative, "name");
        if let Some(values) = negative["srp_a_values"].as_array() {
            for value in values {
                assert!(PublicA::parse(value.as_str().unwrap()).is_err(), "{name}: {value}");
            }
            continue;
        }
        let stamp = negative["timestamp"].as_str().unwrap_or(text(base, "timestamp"));
        let signature = BASE64.encode(&srp::signature(&key, identity, &block, stamp));
        let fits = signature == text(negative, "signature_b64");
        assert!(!(fits && timestamp::parse(stamp).is_some()), "{name} was accepted");
        seen += 1;
    }
    assert_eq!(seen, 5);
}

#[test]
fn hostile_public_values_are_refused_before_arithmetic() {
    let n = client::modulus_hex();
    let multiple = format!("0000{n}");
    let upper = n.to_uppercase();
    let long = "0".repeat(10_000);
    let huge = "f".repeat(1_000_000);
    for hostile in [
        "", "0", "00", "000", &n, &multiple, &upper, "-1", "+1", "0x1", " 1", "1 ", "１", "1\0",
        "g", &long, &huge,
    ] {
        assert!(PublicA::parse(hostile).is_err(), "{:?}", hostile.get(..20));
    }
    for usable in ["1", "2", "00002", "A", "a0B"] {
        assert!(PublicA::parse(usable).is_ok(), "{usable}");
    }
}

#[test]
fn hostile_device_values_are_refused() {
    let n = HEXLOWER.decode(client::modulus_hex().as_bytes()).unwrap();
    let b64 = |bytes: &[u8]| BASE64.encode(bytes);
    let mut minus_one = n.clone();
    *minus_one.last_mut().unwrap() -= 1;
    assert_eq!(srp::parse_device_verifier(&b64(&[0x80; 384])), Err(DeviceValueError::Negative));
    assert_eq!(srp::parse_device_salt(&b64(&[0xff; 16])), Err(DeviceValueError::Negative));
    for invalid in [
        String::new(),
        "not base64".into(),
        b64(&[0]),
        b64(&pad(&n)),
        b64(&[1; 400]),
        "A".repeat(2000),
    ] {
        assert_eq!(srp::parse_device_verifier(&invalid), Err(DeviceValueError::Invalid));
    }
    assert!(srp::parse_device_verifier(&b64(&pad(&minus_one))).is_ok());
    assert!(srp::parse_device_verifier(&b64(&[2])).is_ok());
}

#[test]
fn a_zero_key_proves_nothing() {
    // The A ≡ 0 attack: with S = 0 everybody knows the key. Such an A never gets this far, and a
    // proof made with S = 0 does not fit an honest exchange.
    let mut rng = ChaCha20Rng::seed_from_u64(3);
    let identity = Identity { realm: "TestPool1", name: "ada" };
    let salt = Salt::generate(&mut rng);
    let verifier = srp::verifier(identity, "Passw0rd!", &salt.0);
    let server = Ephemeral::generate(verifier.expose(), &mut rng).unwrap();
    let client = client::Client::new(&mut rng);
    let key = srp::server_key(&client.public().unwrap(), server.secret.expose(), verifier.expose());
    let key = key.unwrap();
    let zero = poolhouse_domain::crypto::hmac_sha256(&[0], &[&[0]]);
    assert_ne!(key.expose().as_slice(), &zero[..16]);
}

#[test]
fn a_device_registers_and_proves_itself() {
    let mut rng = ChaCha20Rng::seed_from_u64(4);
    let identity = Identity { realm: "-Group123", name: "us-east-1_abc" };
    let device = DeviceRegistration::generate(identity.realm, identity.name, &mut rng);
    let verifier = srp::parse_device_verifier(&device.verifier).unwrap();
    let salt = srp::parse_device_salt(&device.salt).unwrap();
    let server = Ephemeral::generate(&verifier, &mut rng).unwrap();
    let client = client::Client::new(&mut rng);
    let stamp = timestamp::format(Timestamp::from_secs(1_800_000_000)).unwrap();
    let (salt_hex, b_hex, block) = (wire_hex(&salt), wire_hex(&server.public), "c2VjcmV0");
    let challenge = client::Challenge { salt: &salt_hex, srp_b: &b_hex, secret_block: block };
    let a = PublicA::parse(&client.srp_a()).unwrap();
    let key = srp::server_key(&a, server.secret.expose(), &verifier).unwrap();
    let expected = BASE64.encode(&srp::signature(&key, identity, b"secret", &stamp));
    let right = client.claim(identity, &device.password, challenge, &stamp).unwrap();
    let wrong = client.claim(identity, "other", challenge, &stamp).unwrap();
    assert_eq!(right, expected);
    assert_ne!(wrong, expected);
}

#[test]
fn salts_never_begin_with_a_zero_byte() {
    let mut rng = ChaCha20Rng::seed_from_u64(5);
    for _ in 0..100_000 {
        assert_ne!(Salt::generate(&mut rng).0[0], 0);
    }
    let mut key = [0; 32];
    rng.fill_bytes(&mut key);
    for number in 0..10_000 {
        let name = number.to_string();
        let salt = srp::simulated_salt(&key, "TestPool1", &name);
        assert_eq!(salt, srp::simulated_salt(&key, "TestPool1", &name));
        assert!(salt.0.len() == 16 && salt.0[0] != 0);
    }
}
