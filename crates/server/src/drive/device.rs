//! A remembered device proves its secret: both halves of its exchange.

use poolhouse_domain::auth::advance::{Accepted, Next, accept, gate, grant_after_device};
use poolhouse_domain::auth::answer::SrpClaim;
use poolhouse_domain::auth::exchange;
use poolhouse_domain::auth::step::{ChallengeKind, Prover};
use poolhouse_domain::device::Device;
use poolhouse_domain::error::{Error, Result, SessionRefusal};
use poolhouse_domain::id::{DeviceKey, Sub};
use poolhouse_domain::session::GuessKind;
use poolhouse_domain::srp::PublicA;
use poolhouse_domain::user::User;

use super::session::{self, Found};
use super::settle::{Settlement, device_link};
use super::{Drive, Reply, bad_credentials};

impl Drive<'_> {
    /// The first half of a device's exchange: only after a first factor was proven, which the
    /// session says, or in its absence the row that was made beside it.
    pub(super) async fn device_srp(
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
        let sessions = self.device_sessions(&found, &device).await?;
        let job = move || {
            let place = exchange::Place { pool: &pool, client: &client, sealer: &sealer, now };
            exchange::begin_device(place, &user, &device, &secret, &progress, &a, &mut rng)
        };
        let challenge = self.app.crypto.run(job).await??;
        let settlement = Settlement { sessions, ..Settlement::default() };
        self.settle(&found.user, Next::Challenge(challenge), settlement).await
    }

    /// The session and the row beside it go together. Where a later sign-in with the same device
    /// has made the row its own, the session goes alone.
    async fn device_sessions(&self, found: &Found, device: &Device) -> Result<Vec<[u8; 32]>> {
        if let Some(twin) = found.state.twin {
            return Ok(vec![found.hash, twin]);
        }
        let link = device_link(&self.client.id, &found.user.sub, &device.key);
        match session::find_by_hash(self.app, &self.pool.id, link, self.now).await {
            Ok(row) if row.state.twin == Some(found.hash) => Ok(vec![found.hash, link]),
            Err(error) if error.is_fault() => Err(error),
            Ok(_) | Err(_) => Ok(vec![found.hash]),
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

    pub(super) async fn device_password(
        &mut self,
        username: &str,
        key: Option<DeviceKey>,
        claim: SrpClaim,
        session: Option<&str>,
    ) -> Result<Reply> {
        let key = key.ok_or(Error::MissingParameter("DEVICE_KEY"))?;
        let opened = self.open(claim)?;
        let Prover::Device { sub, device: expected, progress } = opened.block.prover.clone() else {
            return Err(bad_credentials());
        };
        let (sub, expected) = (&sub, &expected);
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
        self.device_proved(&progress.methods);
        let facts = self.facts(&user, Some(&device));
        let grant = grant_after_device(&progress, facts, &device, self.now);
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
