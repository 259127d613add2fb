//! SRP proofs of passwords: the second half of the exchange.

use poolhouse_domain::auth::advance::{Accepted, accept};
use poolhouse_domain::auth::answer::SrpClaim;
use poolhouse_domain::auth::exchange;
use poolhouse_domain::auth::handle::open_block;
use poolhouse_domain::auth::method::Method;
use poolhouse_domain::auth::policy::Flow;
use poolhouse_domain::auth::step::{ChallengeKind, Progress, Prover, SecretBlock};
use poolhouse_domain::error::{Error, Result, SessionRefusal, SignInRefusal};
use poolhouse_domain::id::{DeviceKey, Sub};
use poolhouse_domain::risk::event::ChallengeName;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::session::GuessKind;
use poolhouse_domain::srp::Identity;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::user::User;

use super::custom::Who;
use super::hidden::look_for_nobody;
use super::session::Whose;
use super::settle::Settlement;
use super::{Drive, Reply, bad_credentials, hidden_subject};

/// A secret block, opened.
pub(super) struct Opened {
    pub(super) block: SecretBlock,
    bytes: Vec<u8>,
    claim: SrpClaim,
}

impl Drive<'_> {
    /// `PASSWORD_VERIFIER`. In a flow with sessions the proof counts only with the session that was
    /// issued beside its block.
    pub(super) async fn password_verifier(
        &mut self,
        username: &str,
        device: Option<DeviceKey>,
        claim: SrpClaim,
        session: Option<&str>,
    ) -> Result<Reply> {
        let opened = self.open(claim)?;
        let session = self.session_of_block(&opened, username, session).await?;
        // In CUSTOM_AUTH a wrong proof goes on, too, so that its session is used up by either.
        let custom =
            session.as_ref().filter(|(_, progress)| progress.flow == Flow::Custom).cloned();
        let used_up = custom.as_ref().map(|(hash, _)| *hash);
        let sub = match &opened.block.prover {
            Prover::User(sub) => sub.clone(),
            Prover::Simulated { subject, user_id } => {
                let hidden = &hidden_subject(subject);
                let pool = &self.pool.id;
                let look =
                    self.app.db.read(async |mut tx| look_for_nobody(&mut tx, pool, hidden).await);
                look.await?;
                // As a real user's answer, it is charged only where it names whom it is about.
                if user_id != username {
                    return Err(bad_credentials());
                }
                self.hidden_device(subject, device.as_ref()).await?;
                let name = subject.clone();
                let refusal = self.hidden_proof(opened, &name, used_up).await;
                return match (refusal, custom) {
                    (Error::SignIn(SignInRefusal::BadCredentials), Some((_, progress))) => {
                        let nothing = Settlement::default();
                        self.after_password(Who::Nobody(name), progress, false, nothing).await
                    }
                    (refusal, _) => Err(refusal),
                };
            }
            Prover::Device { .. } => return Err(bad_credentials()),
        };
        let user = self.prover(&sub, username, opened.block.stamp).await?;
        // Before anything is charged or used up: a client whose device is gone sends the same
        // proof again without it.
        let presented = device.or_else(|| opened.block.device.clone());
        let device = self.find_device(&user, presented.as_ref()).await?;
        let shut = self.gate_before_proof(&user)?;
        self.charge_in_session(sub.as_str(), GuessKind::Password, used_up).await?;
        self.suspect(&user, ChallengeName::Password);
        let (pool, sub) = (&self.pool.id, &user.sub);
        let record = self.app.db.read(async |mut tx| tx.password(pool, sub).await).await?;
        let Some(record) = record else { return Err(bad_credentials()) };
        let (until, nonce, issued) =
            (record.temporary_until, opened.block.nonce, opened.block.issued);
        let (realm, name) = (self.pool.id.short_name().to_owned(), user.username.clone());
        let proven = self.prove(opened, realm, name, record.verifier).await;
        if let (Err(Error::SignIn(SignInRefusal::BadCredentials)), Some((_, progress))) =
            (&proven, &custom)
        {
            let (who, nothing) = (Who::User(Box::new(user)), Settlement::default());
            return self.after_password(who, progress.clone(), false, nothing).await;
        }
        proven?;
        shut?;
        self.check_temporary(until)?;
        let (sessions, mut progress) = match session {
            Some((_, progress)) if custom.is_some() => (Vec::new(), progress),
            Some((hash, progress)) => (vec![hash], progress),
            None => (Vec::new(), Progress::new(Flow::UserSrp, user.stamp)),
        };
        progress.methods.add(Method::Password);
        progress.device = device.as_ref().map(|device| device.key.clone());
        let settlement = Settlement {
            sessions,
            block: Some((nonce, self.block_expiry(issued))),
            clear: Some((user.sub.as_str().to_owned(), GuessKind::Password)),
            ..Settlement::default()
        };
        if custom.is_some() {
            let who = Who::User(Box::new(user));
            return self.after_password(who, progress, true, settlement).await;
        }
        let next = self.proceed(&user, device.as_ref(), progress, None).await?;
        self.settle(&user, next, settlement).await
    }

    /// The session that belongs to a block, and what it carries; none in a flow without sessions.
    async fn session_of_block(
        &self,
        opened: &Opened,
        username: &str,
        session: Option<&str>,
    ) -> Result<Option<([u8; 32], Progress)>> {
        if !opened.block.in_session {
            return Ok(None);
        }
        let whose = self.answered_session(username, session).await?;
        let (hash, state) = match whose {
            Whose::Users(found) => (found.hash, found.state),
            Whose::Nobodys(hidden) => (hidden.hash, hidden.state),
        };
        let kind = ChallengeKind::PasswordVerifier;
        if accept(&state.step, kind)? != Accepted::PasswordVerifier(opened.block.nonce) {
            return Err(Error::Session(SessionRefusal::Invalid));
        }
        Ok(Some((hash, state.progress)))
    }

    /// Opens the block of a claim and checks what needs no secret.
    pub(super) fn open(&self, claim: SrpClaim) -> Result<Opened> {
        let (block, bytes) = open_block(&claim.block, &self.app.sealer)?;
        exchange::check_block(self.place(), &block, &claim, self.client_policy.session_minutes)?;
        Ok(Opened { block, bytes, claim })
    }

    /// How long a used block must be remembered: until it would be too old anyway.
    pub(super) fn block_expiry(&self, issued: Timestamp) -> Timestamp {
        issued.plus_secs(self.client_policy.session_minutes.saturating_mul(60)).plus_secs(1)
    }

    /// The user of an exchange, named as the challenge named them and unchanged since.
    pub(super) async fn prover(&self, sub: &Sub, username: &str, stamp: i64) -> Result<User> {
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

    pub(super) async fn prove(
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
    async fn hidden_proof(&self, opened: Opened, name: &str, session: Option<[u8; 32]>) -> Error {
        let subject = &hidden_subject(name);
        let charged = self.charge_in_session(subject, GuessKind::Password, session).await;
        if let Err(locked) = charged {
            return locked;
        }
        if let Err(fault) = self.nobodys_record(name).await {
            return fault;
        }
        let (pool, client) = (self.pool.id.clone(), self.client.id.clone());
        let (sealer, now) = (self.app.sealer.clone(), self.now);
        let job = move || {
            let place = exchange::Place { pool: &pool, client: &client, sealer: &sealer, now };
            exchange::proves_nothing(place, &opened.block, &opened.bytes, &opened.claim);
        };
        self.app.crypto.run(job).await.err().unwrap_or_else(bad_credentials)
    }
}
