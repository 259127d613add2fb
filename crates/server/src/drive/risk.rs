//! Threat protection in a sign-in: how risky it is, and what is recorded of it.
//!
//! What a risk demands enters the machine as one of its facts. An event is written in the
//! transaction that ends the step; of a step that is refused after its attempt was paid for, in one
//! of its own before the answer.

use poolhouse_domain::auth::advance::{self, Next};
use poolhouse_domain::auth::method::{Method, Methods};
use poolhouse_domain::auth::step::Progress;
use poolhouse_domain::device::Device;
use poolhouse_domain::error::{Error, Result, SignInRefusal};
use poolhouse_domain::message::Message;
use poolhouse_domain::risk::event::{
    AuthEvent, ChallengeName, EventResponseType, EventType, Findings, RiskDecisionType,
};
use poolhouse_domain::risk::verdict::Verdict;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::user::User;
use poolhouse_store::Tx;
use rand_chacha::rand_core::RngCore as _;

use super::Drive;
use crate::threat::{self, Origin, Scene};

/// What a drive knows of the risk of its step.
#[derive(Debug)]
pub(super) struct Watch {
    origin: Origin,
    scene: Option<Scene>,
    pub(super) verdict: Verdict,
    /// What was proven before the step goes on.
    proven: Option<Findings>,
    /// Whose proof is being compared, from when its attempt is paid for.
    suspect: Option<(User, ChallengeName)>,
}

/// What the transaction that ends a step writes besides.
#[derive(Debug, Default)]
pub(super) struct Watched {
    event: Option<AuthEvent>,
    notice: Option<Message>,
}

impl Watch {
    pub(super) fn new(origin: Origin) -> Self {
        Self { origin, scene: None, verdict: Verdict::NOTHING, proven: None, suspect: None }
    }
}

impl Watched {
    pub(super) fn sends_mail(&self) -> bool {
        self.notice.is_some()
    }

    pub(super) async fn write(&self, tx: &mut Tx) -> Result<()> {
        threat::record(tx, self.event.as_ref()).await?;
        match &self.notice {
            None => Ok(()),
            Some(notice) => tx.enqueue(notice).await,
        }
    }
}

impl Drive<'_> {
    /// Says where the request comes from.
    #[must_use]
    pub fn from(mut self, origin: Origin) -> Self {
        self.watch.origin = origin;
        self
    }

    pub(super) async fn scene(&mut self) -> Result<Scene> {
        if let Some(scene) = &self.watch.scene {
            return Ok(scene.clone());
        }
        let scene = Scene::of(self.app, &self.pool, &self.client.id, &self.watch.origin).await?;
        self.watch.scene = Some(scene.clone());
        Ok(scene)
    }

    /// Says whose proof is compared next: its attempt is paid for.
    pub(super) fn suspect(&mut self, user: &User, proof: ChallengeName) {
        self.watch.suspect = Some((user.clone(), proof));
    }

    /// What follows a proof: weighs the risk of the sign-in, unless a second factor has answered
    /// it, and asks the machine. `password` is there if it was seen.
    pub(super) async fn proceed(
        &mut self,
        user: &User,
        device: Option<&Device>,
        progress: Progress,
        password: Option<&Secret<String>>,
    ) -> Result<Next> {
        let scene = self.scene().await?;
        self.watch.proven = Some(proofs(&progress.methods, progress.mfa_done));
        self.watch.verdict = if progress.mfa_done {
            Verdict::NOTHING
        } else {
            scene.weigh(self.app, user, password, self.now).await?
        };
        if self.watch.verdict.blocked {
            return Err(self.block(user).await);
        }
        let mut rng = self.fork();
        let next = advance::proceed(progress, self.facts(user, device), self.now, &mut rng);
        match next {
            Err(Error::SignIn(SignInRefusal::SecurityReasons)) => {
                self.watch.verdict.decision = RiskDecisionType::Block;
                Err(self.block(user).await)
            }
            other => other,
        }
    }

    /// Records a sign-in that ends because of its risk; the refusal.
    async fn block(&mut self, user: &User) -> Error {
        let refusal = Error::SignIn(SignInRefusal::SecurityReasons);
        self.watch.suspect = None;
        let written = async {
            let watched = self.watched(user, EventResponseType::Fail).await?;
            self.app.db.write(self.now, async |mut tx| watched.write(&mut tx).await).await
        };
        written.await.err().unwrap_or(refusal)
    }

    /// What is written of a step that ends so. Steps that proved nothing are not recorded.
    pub(super) async fn watched(
        &mut self,
        user: &User,
        response: EventResponseType,
    ) -> Result<Watched> {
        let Some(proven) = self.watch.proven.take() else { return Ok(Watched::default()) };
        let scene = self.scene().await?;
        let (verdict, now) = (self.watch.verdict, self.now);
        let findings = threat::findings(&verdict, proven);
        let event = scene.event(user, (EventType::SignIn, response), findings, now, &mut self.rng);
        let Some(event) = event else { return Ok(Watched::default()) };
        let at = (self.app, &self.pool, &self.client.id);
        let notice = scene.notice(at, user, &verdict, &event, &mut self.rng)?;
        Ok(Watched { event: Some(event), notice })
    }

    /// Says what a device proved: the rest was proven in earlier steps.
    pub(super) fn device_proved(&mut self, methods: &Methods) {
        self.watch.proven = Some(proofs(methods, false));
    }

    /// Records a proof that did not hold. For a user who does not exist as much is written, so that
    /// the time it takes does not tell.
    pub(super) async fn note_failure<T>(&mut self, result: Result<T>) -> Result<T> {
        use SignInRefusal::{
            BadCredentials, ReusedTotp, TemporaryPasswordExpired, WrongCode, WrongTotp,
        };
        let Err(Error::SignIn(
            BadCredentials | ReusedTotp | TemporaryPasswordExpired | WrongCode | WrongTotp,
        )) = &result
        else {
            return result;
        };
        let scene = self.scene().await?;
        if !scene.records() {
            return result;
        }
        let (now, pool) = (self.now, self.pool.id.clone());
        let Some((user, proof)) = self.watch.suspect.take() else {
            let mut id = [0; 32];
            self.rng.fill_bytes(&mut id);
            let shadow = async |mut tx: Tx| tx.put_shadow_event(&pool, &id).await;
            self.app.db.write(now, shadow).await?;
            return result;
        };
        let failed = (EventType::SignIn, EventResponseType::Fail);
        let findings = Findings::proof(proof, false);
        let event = scene.event(&user, failed, findings, now, &mut self.rng);
        let written =
            self.app.db.write(now, async |mut tx| threat::record(&mut tx, event.as_ref()).await);
        match written.await {
            // Deleted a moment ago: there is nobody to record it for.
            Ok(()) | Err(Error::UserNotFound) => result,
            Err(fault) => Err(fault),
        }
    }
}

fn proofs(methods: &Methods, mfa_done: bool) -> Findings {
    let mut findings = Findings::default();
    if methods.has(Method::Password) {
        findings = Findings::proof(ChallengeName::Password, true);
    }
    if mfa_done {
        findings.proofs.extend(Findings::proof(ChallengeName::Mfa, true).proofs);
    }
    findings
}
