//! Answers to challenges.

use std::collections::BTreeMap;

use poolhouse_domain::auth::advance::{Accepted, Next, accept, gate, grant_after_device, proceed};
use poolhouse_domain::auth::answer::{Answer, Body, SrpClaim};
use poolhouse_domain::auth::exchange;
use poolhouse_domain::auth::handle::open_block;
use poolhouse_domain::auth::secret_hash;
use poolhouse_domain::auth::step::{ChallengeKind, Prover, SecretBlock, SessionState};
use poolhouse_domain::device::Device;
use poolhouse_domain::error::{Error, Result, SessionRefusal, SignInRefusal};
use poolhouse_domain::id::{DeviceKey, Sub};
use poolhouse_domain::secret::Secret;
use poolhouse_domain::session::GuessKind;
use poolhouse_domain::srp::{Identity, PublicA};
use poolhouse_domain::totp;
use poolhouse_domain::user::User;
use poolhouse_wire::shapes::AttributeType;

use super::begin::SIGN_IN_TRIGGERS;
use super::new_password;
use super::session::{self, Found};
use super::settle::{Settlement, device_link};
use super::{Drive, Reply, bad_credentials, hidden_subject};
use crate::ops::ctx::refuse_trigger;

/// A secret block, opened.
struct Opened {
    block: SecretBlock,
    bytes: Vec<u8>,
    claim: SrpClaim,
}

impl Drive<'_> {
    /// Takes an answer. `name` is the challenge that the request says it answers.
    ///
    /// # Errors
    /// The refusals of the challenge.
    pub async fn answer(
        &mut self,
        name: &str,
        responses: &BTreeMap<String, String>,
        session: Option<&str>,
    ) -> Result<Reply> {
        // A challenge that this server never issues cannot have a session that waits for it.
        let Some(kind) = ChallengeKind::parse(name) else {
            return Err(Error::Session(SessionRefusal::Invalid));
        };
        let answer = Answer::parse(kind, responses)?;
        let hash = answer.secret_hash.as_deref();
        secret_hash::check(&self.client, &[&answer.username], hash)?;
        // A trigger that was configured since the sign-in began would have to run at its end.
        refuse_trigger(&self.policy, &SIGN_IN_TRIGGERS)?;
        let Answer { username, device, body, .. } = answer;
        match body {
            Body::PasswordVerifier(claim) => self.password_verifier(&username, device, claim).await,
            Body::DevicePassword(claim) => {
                self.device_password(&username, device, claim, session).await
            }
            Body::DeviceSrp(a) => self.device_srp(&username, device, a, session).await,
            Body::NewPassword { password, attributes } => {
                let found = self.session_for(kind, &username, session).await?;
                self.new_password(found, device, password, &attributes).await
            }
            Body::Totp { code } => {
                let found = self.session_for(kind, &username, session).await?;
                self.totp(found, device, code).await
            }
            Body::MfaSetup => {
                let found = self.session_for(kind, &username, session).await?;
                let mut state = found.state.clone();
                state.progress.mfa_done = true;
                self.go_on(found, state, device, Settlement::default()).await
            }
        }
    }

    /// The session that an answer names, if it waits for this challenge from this user and client.
    async fn session_for(
        &self,
        kind: ChallengeKind,
        username: &str,
        session: Option<&str>,
    ) -> Result<Found> {
        let text = session.ok_or(Error::MissingParameter("Session"))?;
        let found = session::find(self.app, text, self.now).await?;
        self.check_session(&found, username).await?;
        accept(&found.state.step, kind)?;
        gate(&found.user, self.client_policy.hides_users)?;
        Ok(found)
    }

    async fn check_session(&self, found: &Found, username: &str) -> Result<()> {
        let invalid = || Error::Session(SessionRefusal::Invalid);
        if found.pool != self.pool.id || found.client != self.client.id {
            return Err(invalid());
        }
        if found.user.username == username {
            return Ok(());
        }
        match self.find_user(username).await? {
            Some(user) if user.sub == found.user.sub => Ok(()),
            _ => Err(invalid()),
        }
    }

    /// Proceeds after a session's step was done.
    async fn go_on(
        &mut self,
        found: Found,
        mut state: SessionState,
        device: Option<DeviceKey>,
        settlement: Settlement,
    ) -> Result<Reply> {
        let presented = device.or_else(|| state.progress.device.clone());
        let device = self.find_device(&found.user, presented.as_ref()).await?;
        state.progress.device = device.as_ref().map(|device| device.key.clone());
        let mut rng = self.fork();
        let user = settlement.password.as_ref().map_or(&found.user, |(_, user)| user);
        let facts = self.facts(user, device.as_ref());
        let next = proceed(state.progress, facts, self.now, &mut rng)?;
        let settlement = Settlement { sessions: vec![found.hash], ..settlement };
        self.settle(&found.user, next, settlement).await
    }

    async fn totp(
        &mut self,
        found: Found,
        device: Option<DeviceKey>,
        code: Secret<String>,
    ) -> Result<Reply> {
        let refused = |refusal| Err(Error::SignIn(refusal));
        // A device that does not exist is told first: the client drops it and sends the code again.
        self.find_device(&found.user, device.as_ref()).await?;
        let (pool, sub) = (&self.pool.id, &found.user.sub);
        self.charge(sub.as_str(), GuessKind::Mfa).await?;
        let record = self.app.db.read(async |mut tx| tx.totp(pool, sub).await).await?;
        let Some(record) = record else { return refused(SignInRefusal::WrongTotp) };
        let seed = record.seed.expose();
        let step = match totp::verify(seed, code.expose(), self.now, record.last_step) {
            totp::Outcome::Accepted { step } => step,
            totp::Outcome::Reused => return refused(SignInRefusal::ReusedTotp),
            totp::Outcome::Wrong => return refused(SignInRefusal::WrongTotp),
        };
        let mut state = found.state.clone();
        state.progress.mfa_done = true;
        let settlement = Settlement {
            totp_step: Some(step),
            clear: Some((sub.as_str().to_owned(), GuessKind::Mfa)),
            ..Settlement::default()
        };
        self.go_on(found, state, device, settlement).await
    }

    async fn new_password(
        &mut self,
        found: Found,
        device: Option<DeviceKey>,
        password: Secret<String>,
        attributes: &BTreeMap<String, String>,
    ) -> Result<Reply> {
        let given: Vec<AttributeType> = attributes
            .iter()
            .map(|(name, value)| AttributeType {
                name: name.clone(),
                value: Some(value.clone().into()),
            })
            .collect();
        let user = new_password::changed_user(
            &self.pool,
            &self.client,
            &self.policy,
            &found.user,
            password.expose(),
            &given,
        )?;
        let (pool, username) = (self.pool.id.clone(), user.username.clone());
        let mut rng = self.fork();
        let job =
            move || exchange::new_password(&pool, &username, password.expose(), None, &mut rng);
        let record = self.app.crypto.run(job).await?;
        let mut state = found.state.clone();
        state.progress.new_password = true;
        let settlement = Settlement { password: Some((record, user)), ..Settlement::default() };
        self.go_on(found, state, device, settlement).await
    }

    async fn password_verifier(
        &mut self,
        username: &str,
        device: Option<DeviceKey>,
        claim: SrpClaim,
    ) -> Result<Reply> {
        let opened = self.open(claim)?;
        let sub = match &opened.block.prover {
            Prover::User(sub) => sub.clone(),
            Prover::Simulated { subject, user_id } => {
                // As a real user's answer, it is charged only where it names whom it is about.
                if user_id != username {
                    return Err(bad_credentials());
                }
                self.hidden_device(device.as_ref())?;
                let subject = hidden_subject(subject);
                return Err(self.hidden_proof(opened, &subject).await);
            }
            Prover::Device { .. } => return Err(bad_credentials()),
        };
        let user = self.prover(&sub, username, opened.block.stamp).await?;
        // Before anything is charged or used up: a client whose device is gone sends the same
        // proof again without it.
        let presented = device.or_else(|| opened.block.device.clone());
        let device = self.find_device(&user, presented.as_ref()).await?;
        let shut = self.gate_before_proof(&user)?;
        self.charge(sub.as_str(), GuessKind::Password).await?;
        let (pool, sub) = (&self.pool.id, &user.sub);
        let record = self.app.db.read(async |mut tx| tx.password(pool, sub).await).await?;
        let Some(record) = record else { return Err(bad_credentials()) };
        let (until, nonce, issued) =
            (record.temporary_until, opened.block.nonce, opened.block.issued);
        let (realm, name) = (self.pool.id.short_name().to_owned(), user.username.clone());
        self.prove(opened, realm, name, record.verifier).await?;
        shut?;
        self.check_temporary(until)?;
        let progress = poolhouse_domain::auth::step::Progress {
            stamp: user.stamp,
            device: device.as_ref().map(|device| device.key.clone()),
            mfa_done: false,
            new_password: false,
        };
        let mut rng = self.fork();
        let facts = self.facts(&user, device.as_ref());
        let next = proceed(progress, facts, self.now, &mut rng)?;
        let settlement = Settlement {
            block: Some((nonce, self.block_expiry(issued))),
            clear: Some((user.sub.as_str().to_owned(), GuessKind::Password)),
            ..Settlement::default()
        };
        self.settle(&user, next, settlement).await
    }

    /// Opens the block of a claim and checks what needs no secret.
    fn open(&self, claim: SrpClaim) -> Result<Opened> {
        let (block, bytes) = open_block(&claim.block, &self.app.sealer)?;
        exchange::check_block(self.place(), &block, &claim, self.client_policy.session_minutes)?;
        Ok(Opened { block, bytes, claim })
    }

    /// How long a used block must be remembered: until it would be too old anyway.
    fn block_expiry(
        &self,
        issued: poolhouse_domain::time::Timestamp,
    ) -> poolhouse_domain::time::Timestamp {
        issued.plus_secs(self.client_policy.session_minutes.saturating_mul(60)).plus_secs(1)
    }

    /// The user of an exchange, named as the challenge named them and unchanged since.
    async fn prover(&self, sub: &Sub, username: &str, stamp: i64) -> Result<User> {
        let (pool, sub) = (&self.pool.id, sub);
        let user = match self.app.db.read(async |mut tx| tx.user_by_sub(pool, sub).await).await {
            Err(Error::UserNotFound) => return Err(bad_credentials()),
            other => other?,
        };
        if user.username != username || user.stamp != stamp {
            if !user.enabled {
                return Err(Error::SignIn(SignInRefusal::Disabled));
            }
            return Err(bad_credentials());
        }
        Ok(user)
    }

    async fn prove(
        &self,
        opened: Opened,
        realm: String,
        name: String,
        verifier: Secret<Vec<u8>>,
    ) -> Result<()> {
        let job = move || {
            let Opened { block, bytes, claim } = &opened;
            let identity = Identity { realm: &realm, name: &name };
            exchange::proves(block, bytes, claim, identity, verifier.expose())
        };
        if self.app.crypto.run(job).await? { Ok(()) } else { Err(bad_credentials()) }
    }

    /// The answer to a proof for a user who does not exist, after the work of one who does.
    async fn hidden_proof(&self, opened: Opened, subject: &str) -> Error {
        if let Err(locked) = self.charge(subject, GuessKind::Password).await {
            return locked;
        }
        let (pool, client) = (self.pool.id.clone(), self.client.id.clone());
        let (sealer, now) = (self.app.sealer.clone(), self.now);
        let job = move || {
            let place = exchange::Place { pool: &pool, client: &client, sealer: &sealer, now };
            exchange::proves_nothing(place, &opened.block, &opened.bytes, &opened.claim);
        };
        self.app.crypto.run(job).await.err().unwrap_or_else(bad_credentials)
    }

    /// The first half of a device's exchange: only after a first factor was proven, which the
    /// session says, or in its absence the row that was made beside it.
    async fn device_srp(
        &mut self,
        username: &str,
        key: Option<DeviceKey>,
        a: PublicA,
        session: Option<&str>,
    ) -> Result<Reply> {
        let key = key.ok_or(Error::MissingParameter("DEVICE_KEY"))?;
        let found = match session {
            Some(text) => {
                let found = session::find(self.app, text, self.now).await?;
                self.check_session(&found, username).await?;
                found
            }
            None => self.linked_session(username, &key).await?,
        };
        let device = self.tracked_device(&found.user, &key).await?;
        let Accepted::DeviceSrp(expected) =
            accept(&found.state.step, ChallengeKind::DeviceSrpAuth)?
        else {
            return Err(Error::Session(SessionRefusal::Invalid));
        };
        gate(&found.user, self.client_policy.hides_users)?;
        if expected != key || !device.can_be_challenged() {
            return Err(Error::Session(SessionRefusal::Invalid));
        }
        let (pool, sub, key) = (&self.pool.id, &found.user.sub, &device.key);
        let secret = self.app.db.read(async |mut tx| tx.device_secret(pool, sub, key).await);
        let secret = secret.await?.ok_or_else(bad_credentials)?;
        let (pool, client) = (self.pool.id.clone(), self.client.id.clone());
        let (sealer, now, mut rng) = (self.app.sealer.clone(), self.now, self.fork());
        let (user, progress) = (found.user.clone(), found.state.progress.clone());
        let sessions = self.device_sessions(&found, &device);
        let job = move || {
            let place = exchange::Place { pool: &pool, client: &client, sealer: &sealer, now };
            exchange::begin_device(place, &user, &device, &secret, &progress, &a, &mut rng)
        };
        let challenge = self.app.crypto.run(job).await??;
        let settlement = Settlement { sessions, ..Settlement::default() };
        self.settle(&found.user, Next::Challenge(challenge), settlement).await
    }

    /// The session and the row beside it go together.
    fn device_sessions(&self, found: &Found, device: &Device) -> Vec<[u8; 32]> {
        let link = device_link(&self.client.id, &found.user.sub, &device.key);
        match found.state.twin {
            Some(twin) => vec![found.hash, twin],
            None => vec![found.hash, link],
        }
    }

    async fn linked_session(&self, username: &str, key: &DeviceKey) -> Result<Found> {
        let invalid = || Error::Session(SessionRefusal::Invalid);
        let user = self.find_user(username).await?.ok_or_else(invalid)?;
        // A device that is gone is told as such, as at every other step.
        self.tracked_device(&user, key).await?;
        let link = device_link(&self.client.id, &user.sub, key);
        session::find_by_hash(self.app, &self.pool.id, link, self.now).await
    }

    async fn tracked_device(&self, user: &User, key: &DeviceKey) -> Result<Device> {
        self.find_device(user, Some(key)).await?.ok_or(Error::DeviceNotFound)
    }

    async fn device_password(
        &mut self,
        username: &str,
        key: Option<DeviceKey>,
        claim: SrpClaim,
        session: Option<&str>,
    ) -> Result<Reply> {
        let key = key.ok_or(Error::MissingParameter("DEVICE_KEY"))?;
        let opened = self.open(claim)?;
        let Prover::Device { sub, device: expected, .. } = &opened.block.prover else {
            return Err(bad_credentials());
        };
        let user = self.device_prover(sub, username, opened.block.stamp).await?;
        let device = self.tracked_device(&user, &key).await?;
        gate(&user, self.client_policy.hides_users)?;
        let mut sessions = Vec::new();
        if let Some(text) = session {
            let found = session::find(self.app, text, self.now).await?;
            self.check_session(&found, username).await?;
            let kind = ChallengeKind::DevicePasswordVerifier;
            if accept(&found.state.step, kind)? != Accepted::DevicePassword(opened.block.nonce) {
                return Err(Error::Session(SessionRefusal::Invalid));
            }
            sessions.push(found.hash);
        }
        if *expected != key || !device.can_be_challenged() {
            return Err(bad_credentials());
        }
        let subject = format!("{}/{key}", user.sub);
        self.charge(&subject, GuessKind::Device).await?;
        let (pool, sub, device_key) = (&self.pool.id, &user.sub, &device.key);
        let secret = self.app.db.read(async |mut tx| tx.device_secret(pool, sub, device_key).await);
        let secret = secret.await?.ok_or_else(bad_credentials)?;
        let (nonce, issued) = (opened.block.nonce, opened.block.issued);
        let name = device.key.as_str().to_owned();
        self.prove(opened, device.group_key.clone(), name, secret.verifier).await?;
        let settlement = Settlement {
            sessions,
            block: Some((nonce, self.block_expiry(issued))),
            clear: Some((subject, GuessKind::Device)),
            proven_device: Some(device.key.clone()),
            ..Settlement::default()
        };
        let grant = grant_after_device(self.facts(&user, Some(&device)), &device, self.now);
        self.settle(&user, Next::Grant(grant), settlement).await
    }

    /// The user of a device's exchange; an alias is as good as the name here.
    async fn device_prover(&self, sub: &Sub, username: &str, stamp: i64) -> Result<User> {
        let named = self.find_user(username).await?.ok_or_else(bad_credentials)?;
        if named.sub != *sub {
            return Err(bad_credentials());
        }
        self.prover(sub, &named.username, stamp).await
    }
}
