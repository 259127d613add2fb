//! Steps of SRP sign-ins, of users and devices. They cost the most, and are done the least.

use poolhouse_domain::srp::client::{Challenge, Client as SrpClient};
use poolhouse_domain::srp::{Identity, timestamp};
use serde_json::{Value, json};

use super::sign_in::{Sent, initiate};
use crate::model_test::chance::Rng;
use crate::model_test::rules::proofs::Claim;
use crate::model_test::state::{Prover, Waits};
use crate::model_test::world::{HeldProof, Step, World};

impl World {
    fn srp_client(r: &mut Rng) -> SrpClient {
        let secret: Vec<u8> = (0..4).flat_map(|_| r.next().to_be_bytes()).collect();
        SrpClient::with_secret(&secret)
    }

    pub(super) async fn begin_srp(&mut self, r: &mut Rng) -> Step {
        let (at, admin) = (self.some_place(r), r.percent(30));
        let name = self.some_name(r, at.pool);
        let device = self.some_device(r, at.pool, &name, 40);
        let (hash, srp) = (self.some_hash(r, at), Self::srp_client(r));
        let said = self.model.begin_srp(at, &name, device.as_deref(), hash);
        let mut parameters = json!({ "USERNAME": name, "SRP_A": srp.srp_a() });
        if let Some(device) = device {
            parameters["DEVICE_KEY"] = device.into();
        }
        if let Some(hash) = self.hash_text(at, hash, &name) {
            parameters["SECRET_HASH"] = hash.into();
        }
        let request = self.beginning(at, admin, "USER_SRP_AUTH", parameters);
        let expected = said.clone().map(|(_, shown)| {
            json!({
                "ChallengeName": "PASSWORD_VERIFIER",
                "ChallengeParameters": {
                    "SALT": "*", "SRP_B": "*", "SECRET_BLOCK": "*", "USERNAME": shown,
                    "USER_ID_FOR_SRP": shown,
                },
            })
        });
        let Some(body) = self.call(initiate(admin), admin, request, expected).await? else {
            return Ok(());
        };
        let parameters = body["ChallengeParameters"].clone();
        if parameters["USERNAME"] != parameters["USER_ID_FOR_SRP"] {
            return Err("USERNAME and USER_ID_FOR_SRP differ".to_owned());
        }
        let exchange = said.unwrap().0;
        self.held.proofs.push(HeldProof { exchange, srp, parameters, at, device: false });
        Ok(())
    }

    /// An exchange to answer, of a user or of a device.
    fn some_proof(&self, r: &mut Rng, device: bool) -> Option<usize> {
        let proofs = self.held.proofs.iter().enumerate();
        let fitting: Vec<usize> =
            proofs.filter(|(_, proof)| proof.device == device).map(|(index, _)| index).collect();
        Some(fitting[r.recent(fitting.len())?])
    }

    pub(super) async fn answer_srp(&mut self, r: &mut Rng) -> Step {
        let Some(index) = self.some_proof(r, false) else { return Ok(()) };
        let proof = &self.held.proofs[index];
        let (id, mut at) = (proof.exchange, proof.at);
        let shown = proof.parameters["USERNAME"].as_str().unwrap().to_owned();
        if !r.well(97) {
            at.client = (at.client + 1) % 3;
        }
        let name = if r.well(92) { shown.clone() } else { self.some_name(r, at.pool) };
        let device = self.some_device(r, at.pool, &name, 25);
        let (hash, admin) = (self.some_hash(r, at), r.percent(30));
        let sent = Sent { at, session: None, text: None, name, device, hash, admin };
        let password = match &self.model.exchanges[id].who {
            Prover::User(uid) => {
                let user = self.model.user(at.pool, *uid).map(|user| user.password.clone());
                user.filter(|_| r.well(75))
            }
            Prover::Nobody(_) | Prover::Device(..) => None,
        };
        let realm = self.model.pools[at.pool].id.split_once('_').unwrap().1.to_owned();
        let identity = Identity { realm: &realm, name: &shown };
        let own = self.claim(index, identity, password.as_deref());
        let claim = if password.is_some() { Claim::Right } else { Claim::Wrong };
        let said = self.model.answer_srp(&sent.answer(), id, &shown, claim);
        self.expect_answer(&sent, "PASSWORD_VERIFIER", own, said).await
    }

    /// The second half: a proof, or without a password something of its form.
    fn claim(&self, index: usize, identity: Identity<'_>, password: Option<&str>) -> Value {
        let HeldProof { srp, parameters, .. } = &self.held.proofs[index];
        let text = |name: &str| parameters[name].as_str().unwrap();
        let stamp = timestamp::format(self.servers[0].now()).unwrap();
        let challenge = Challenge {
            salt: text("SALT"),
            srp_b: text("SRP_B"),
            secret_block: text("SECRET_BLOCK"),
        };
        let signature = match password {
            Some(password) => srp.claim(identity, password, challenge, &stamp).unwrap(),
            None => "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".to_owned(),
        };
        json!({
            "PASSWORD_CLAIM_SECRET_BLOCK": text("SECRET_BLOCK"),
            "PASSWORD_CLAIM_SIGNATURE": signature,
            "TIMESTAMP": stamp,
        })
    }

    pub(super) async fn answer_device(&mut self, r: &mut Rng) -> Step {
        let sent = self.some_answer(r, |waits| matches!(waits, Waits::DeviceSrp(_)));
        let Some(mut sent) = sent else { return Ok(()) };
        let waits = sent.session.map(|id| self.model.sessions[id].waits.clone());
        if let Some(Waits::DeviceSrp(key)) = waits
            && r.well(92)
        {
            sent.device = Some(key);
        }
        let with_session = r.percent(60);
        if !with_session {
            sent.text = None;
        }
        let srp = Self::srp_client(r);
        if sent.device.is_none() {
            sent.device = Some("us-east-1_ffffffff-0000-4000-8000-000000000000".to_owned());
        }
        let said = self.model.answer_device(&sent.answer(), with_session);
        let own = json!({ "SRP_A": srp.srp_a() });
        let request = self.responding(&sent, "DEVICE_SRP_AUTH", own);
        let expected = said.clone().map(|(_, _, parameters)| {
            json!({
                "ChallengeName": "DEVICE_PASSWORD_VERIFIER", "ChallengeParameters": parameters,
                "Session": "*",
            })
        });
        let operation = match sent.admin {
            true => "AdminRespondToAuthChallenge",
            false => "RespondToAuthChallenge",
        };
        let Some(body) = self.call(operation, sent.admin, request, expected).await? else {
            return Ok(());
        };
        let (exchange, session, _) = said.unwrap();
        self.held.sessions.insert(session, body["Session"].as_str().unwrap().to_owned());
        let (parameters, at) = (body["ChallengeParameters"].clone(), sent.at);
        self.held.proofs.push(HeldProof { exchange, srp, parameters, at, device: true });
        Ok(())
    }

    pub(super) async fn answer_device_password(&mut self, r: &mut Rng) -> Step {
        let Some(index) = self.some_proof(r, true) else { return Ok(()) };
        let proof = &self.held.proofs[index];
        let (id, at) = (proof.exchange, proof.at);
        let Prover::Device(uid, key) = self.model.exchanges[id].who.clone() else {
            return Ok(());
        };
        let waits = Waits::DevicePassword(id);
        let session = self.model.sessions.iter().position(|session| session.waits == waits);
        let name = match self.model.user(at.pool, uid) {
            Some(user) if r.well(95) => user.username.clone(),
            _ => self.some_name(r, at.pool),
        };
        let (hash, admin, with_session) = (self.some_hash(r, at), r.percent(30), r.percent(60));
        let text = session.filter(|_| with_session).map(|id| self.held.sessions[&id].clone());
        let device = Some(key.clone());
        let sent = Sent { at, session, text, name, device, hash, admin };
        let user = self.model.user(at.pool, uid);
        let known = user.and_then(|user| user.devices.get(&key)).cloned();
        let password = known.as_ref().and_then(|device| device.password.clone());
        let password = password.filter(|_| r.well(85));
        let group = known.map(|device| device.group).unwrap_or_default();
        let own = self.claim(index, Identity { realm: &group, name: &key }, password.as_deref());
        let claim = if password.is_some() { Claim::Right } else { Claim::Wrong };
        let said = self.model.answer_device_password(&sent.answer(), with_session, id, claim);
        self.expect_answer(&sent, "DEVICE_PASSWORD_VERIFIER", own, said).await
    }
}
