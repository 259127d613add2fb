//! What the worked exchanges do not reach: secrets of this server's own size, values that must be
//! drawn again, planted proofs, and agreement for any names and passwords.

use data_encoding::{BASE64, HEXLOWER};
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_core::RngCore;
use serde_json::Value;

use super::client::{Challenge, Client};
use super::*;

fn cases() -> Vec<Value> {
    let file = include_str!("../../tests/data/srp-vectors-256.json");
    let file: Value = serde_json::from_str(file).unwrap();
    file["cases"].as_array().unwrap().clone()
}

fn text<'a>(case: &'a Value, name: &str) -> &'a str {
    case[name].as_str().unwrap_or_else(|| panic!("{name} in {}", case["name"]))
}

fn number(case: &Value, name: &str) -> Vec<u8> {
    let hex = text(case, name);
    let even = if hex.len().is_multiple_of(2) { hex.to_owned() } else { format!("0{hex}") };
    HEXLOWER.decode(even.as_bytes()).unwrap()
}

/// Names and password of a case.
fn who(case: &Value) -> (Identity<'_>, &str) {
    if case["kind"] == "device" {
        let identity =
            Identity { realm: text(case, "device_group_key"), name: text(case, "device_key") };
        return (identity, text(case, "device_password"));
    }
    let identity = Identity { realm: text(case, "pool_name"), name: text(case, "user_id_for_srp") };
    (identity, text(case, "password"))
}

/// Randomness that gives what is planned, then zeros.
struct Planned(Vec<[u8; 32]>);

impl RngCore for Planned {
    fn next_u32(&mut self) -> u32 {
        0
    }
    fn next_u64(&mut self) -> u64 {
        0
    }
    fn fill_bytes(&mut self, out: &mut [u8]) {
        let next = if self.0.is_empty() { [0; 32] } else { self.0.remove(0) };
        out.copy_from_slice(&next[..out.len()]);
    }
}

#[test]
fn every_exchange_with_a_secret_of_256_bits() {
    assert_eq!(cases().len(), 20);
    for case in &cases() {
        let name = text(case, "name");
        let (identity, password) = who(case);
        let verifier = verifier(identity, password, &number(case, "salt_hex"));
        assert_eq!(verifier.expose(), group::minimal(&number(case, "verifier")), "{name}");
        let b: [u8; 32] = number(case, "small_b").try_into().unwrap();
        let server = Ephemeral::generate(verifier.expose(), &mut Planned(vec![b])).unwrap();
        assert_eq!(server.public, group::minimal(&number(case, "srp_b")), "{name}");
        let a = PublicA::parse(text(case, "srp_a")).unwrap();
        let key = server_key(&a, server.secret.expose(), verifier.expose()).unwrap();
        assert_eq!(HEXLOWER.encode(key.expose()), text(case, "key_hex"), "{name}");
        let block = BASE64.decode(text(case, "secret_block_b64").as_bytes()).unwrap();
        let made = signature(&key, identity, &block, text(case, "timestamp"));
        assert_eq!(BASE64.encode(&made), text(case, "signature_b64"), "{name}");
    }
}

#[test]
fn a_public_value_of_zero_is_drawn_again() {
    // A verifier chosen so that k·v + g^b = 0 for the first secret drawn.
    let first = [3; 32];
    let inverse = multiplier().invert().into_option().unwrap();
    let v = group::pow_g(&U256::from_be_slice(&first)).mul(&inverse).neg();
    let server =
        Ephemeral::generate(&group::to_bytes(&v), &mut Planned(vec![first, [4; 32]])).unwrap();
    assert_eq!(server.secret.expose(), &[4; 32]);
    assert_ne!(wire_hex(&server.public), "0");
    let a = PublicA::parse("2").unwrap();
    assert!(server_key(&a, &first, &group::to_bytes(&v)).is_none());
}

#[test]
fn a_public_value_is_hashed_as_it_came() {
    // N + 1 is 1 in the group, but the client hashed what it sent.
    let one = U3072::from_be_slice(&group::modulus()).wrapping_add(&U3072::ONE);
    let above = PublicA::from_bytes(one.to_be_bytes().as_ref()).unwrap();
    let identity = Identity { realm: "TestPool1", name: "ada" };
    let verifier = verifier(identity, "Passw0rd!", &[1]);
    let server = Ephemeral::generate(verifier.expose(), &mut Planned(vec![[7; 32]])).unwrap();
    let key =
        |a: &PublicA| *server_key(a, server.secret.expose(), verifier.expose()).unwrap().expose();
    let keys = ["1", "2", "abc"].map(|hex| key(&PublicA::parse(hex).unwrap()));
    assert!(!keys.contains(&key(&above)));
    assert!(keys[0] != keys[1] && keys[1] != keys[2]);
    assert_eq!(keys[2], key(&PublicA::parse("0ABC").unwrap()));

    let u = scrambler(above.as_bytes(), &server.public).unwrap();
    let base =
        Residue::ONE.mul(&group::pow_public(&group::residue(verifier.expose()).unwrap(), &u));
    let shared = group::pow_secret(&base, server.secret.expose()).unwrap();
    assert_eq!(derive_key(&u, &group::to_bytes(&shared)).expose(), &key(&above));
}

#[test]
fn planted_proofs_do_not_fit() {
    let case = &cases()[0];
    let (identity, password) = who(case);
    let verifier = verifier(identity, password, &number(case, "salt_hex"));
    let a = PublicA::parse(text(case, "srp_a")).unwrap();
    let key = server_key(&a, &number(case, "small_b"), verifier.expose()).unwrap();
    let right = signature(&key, identity, b"block", "now");
    // The proof of somebody who hopes that S is 0, and those over other texts.
    let u = scrambler(a.as_bytes(), &number(case, "srp_b")).unwrap();
    let vanished = derive_key(&u, &[0]);
    assert_ne!(signature(&vanished, identity, b"block", "now"), right);
    let shifted = Identity { realm: &format!("{}j", identity.realm), name: identity.name };
    assert_ne!(signature(&key, shifted, b"block", "now"), right);
    assert_ne!(signature(&key, identity, b"blocK", "now"), right);
    assert_ne!(signature(&key, identity, b"block", "Now"), right);
}

#[test]
fn a_missing_user_has_one_verifier_for_ever() {
    let key = [5; 32];
    let made = simulated_verifier(&key, "us-east-1_A", "nobody");
    assert_eq!(made, simulated_verifier(&key, "us-east-1_A", "nobody"));
    assert_ne!(made, simulated_verifier(&key, "us-east-1_A", "somebody"));
    assert_ne!(made, simulated_verifier(&[6; 32], "us-east-1_A", "nobody"));
    for number in 0..200 {
        let made = simulated_verifier(&key, "us-east-1_A", &number.to_string());
        let value = group::integer(&made).unwrap();
        assert!(value != U3072::ZERO && group::is_reduced(&value) && made.len() > 380);
    }
}

proptest! {
    #[test]
    fn pad_is_shortest_and_never_negative(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        let padded = pad(&bytes);
        prop_assert!(padded[0] < 0x80);
        prop_assert!(padded.len() == 1 || padded[0] != 0 || padded[1] >= 0x80);
        let wire = wire_hex(&bytes);
        prop_assert!(wire == "0" || !wire.starts_with('0'));
        let digits = format!("{wire:0>width$}", width = wire.len().next_multiple_of(2));
        let read = HEXLOWER.decode(digits.as_bytes()).unwrap();
        prop_assert_eq!(pad(&read), padded);
    }

    #[test]
    fn any_public_value_is_survived(text in "\\PC{0,40}|[0-9a-fA-F]{0,800}") {
        if let Ok(a) = PublicA::parse(&text) {
            prop_assert_eq!(PublicA::from_bytes(a.as_bytes()), Ok(a));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn client_and_server_agree_exactly_when_the_password_is_right(
        seed: u64,
        name in "\\PC{1,20}",
        password in "\\PC{1,20}",
        typed in "\\PC{1,20}",
    ) {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let identity = Identity { realm: "TestPool1", name: &name };
        let salt = Salt::generate(&mut rng);
        let verifier = verifier(identity, &password, &salt.0);
        let client = Client::new(&mut rng);
        let server = Ephemeral::generate(verifier.expose(), &mut rng).unwrap();
        let a = PublicA::parse(&client.srp_a()).unwrap();
        let key = server_key(&a, server.secret.expose(), verifier.expose()).unwrap();
        let expected = BASE64.encode(&signature(&key, identity, b"block", "now"));
        let (salt, srp_b, block) =
            (wire_hex(&salt.0), wire_hex(&server.public), BASE64.encode(b"block"));
        let challenge = Challenge { salt: &salt, srp_b: &srp_b, secret_block: &block };
        let proof = |password: &str| client.claim(identity, password, challenge, "now").unwrap();
        prop_assert_eq!(proof(&password), expected.clone());
        prop_assert_eq!(proof(&typed) == expected, typed == password);
    }
}
