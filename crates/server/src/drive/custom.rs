//! `CUSTOM_AUTH`: three functions of the pool's own decide what is asked and whether it is right.
//!
//! Each round is a session of its own that is used up before an answer is judged. What the functions
//! keep from the client is in the session, sealed as all of it is. When they are satisfied, the
//! machine decides what is owed besides: MFA after a password that was proven, a remembered device.

use poolhouse_domain::auth::advance::{Accepted, Challenge, Next, accept, gate};
use poolhouse_domain::auth::exchange::{self, Nobody};
use poolhouse_domain::auth::policy::Flow;
use poolhouse_domain::auth::start::parse_a;
use poolhouse_domain::auth::step::{
    ChallengeKind, CustomStep, Private, Progress, SessionState, Step,
};
use poolhouse_domain::error::{Error, Result, SessionRefusal, SignInRefusal, TriggerRefusal};
use poolhouse_domain::id::DeviceKey;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::trigger::{
    Answered, CreateAuthChallenge, DefineAuthChallenge, Defined, Past, Person,
    VerifyAuthChallengeResponse,
};
use poolhouse_domain::user::User;

use super::session::Whose;
use super::settle::Settlement;
use super::{Drive, Reply, bad_credentials};

/// Rounds of one sign-in.
const ROUNDS_MAX: usize = 30;

/// Who signs in.
pub(super) enum Who {
    /// A user.
    User(Box<User>),
    /// Nobody, where the client hides that; the name as the pool compares names.
    Nobody(String),
}

impl Who {
    fn person(&self) -> Person {
        match self {
            Self::User(user) => Person::of(user),
            Self::Nobody(name) => Person::unknown(name),
        }
    }
}

/// A sign-in between two challenges.
pub(super) struct Round {
    pub(super) who: Who,
    pub(super) progress: Progress,
    /// The client's public value, while the password has not been asked for.
    pub(super) srp_a: Option<String>,
    /// What the round before leaves to be written.
    pub(super) settlement: Settlement,
}

impl Drive<'_> {
    /// `CUSTOM_AUTH`, with or without SRP first.
    pub(super) async fn begin_custom(
        &mut self,
        username: &str,
        srp_a: Option<String>,
        device: Option<DeviceKey>,
    ) -> Result<Reply> {
        let (who, stamp) = match self.find_user(username).await? {
            Some(user) => {
                self.find_device(&user, device.as_ref()).await?;
                self.pre_authentication(Person::of(&user)).await?;
                gate(&user, self.client_policy.hides_users)?;
                let stamp = user.stamp;
                (Who::User(Box::new(user)), stamp)
            }
            None if !self.client_policy.hides_users => return Err(Error::UserNotFound),
            None => {
                let name = self.pool.settings.sign_in_names().username_key(username);
                self.hidden_device(&name, device.as_ref()).await?;
                self.pre_authentication(Person::unknown(username)).await?;
                (Who::Nobody(name), 0)
            }
        };
        let mut progress = Progress::new(Flow::Custom, stamp);
        progress.device = device;
        if srp_a.is_some() {
            progress.past.push(Past { name: "SRP_A".to_owned(), right: true, metadata: None });
        }
        let settlement = Settlement::default();
        self.define(Round { who, progress, srp_a, settlement }).await
    }

    /// Asks what comes next, and does it.
    pub(super) async fn define(&mut self, round: Round) -> Result<Reply> {
        if round.progress.past.len() > ROUNDS_MAX {
            return Err(bad_credentials());
        }
        let call = DefineAuthChallenge {
            client: self.client.id.clone(),
            person: round.who.person(),
            session: round.progress.past.clone(),
            metadata: self.metadata.clone(),
        };
        match self.trigger(&call).await?.ok_or_else(not_configured)? {
            Defined::Failure => Err(bad_credentials()),
            Defined::Tokens => self.satisfied(round).await,
            Defined::Challenge(name) if name == ChallengeKind::CustomChallenge.as_str() => {
                self.create(round).await
            }
            Defined::Challenge(name) if name == ChallengeKind::PasswordVerifier.as_str() => {
                self.ask_password(round).await
            }
            Defined::Challenge(_) => Err(Error::Trigger(TriggerRefusal::Unrecognizable)),
        }
    }

    /// The functions are satisfied: what else is owed is the machine's to say.
    async fn satisfied(&mut self, round: Round) -> Result<Reply> {
        let Round { who, mut progress, settlement, .. } = round;
        // There is nobody to sign in, whatever a function says.
        let Who::User(user) = who else { return Err(bad_credentials()) };
        let device = self.find_device(&user, progress.device.as_ref()).await?;
        progress.device = device.as_ref().map(|device| device.key.clone());
        let next = self.proceed(&user, device.as_ref(), progress, None).await?;
        self.settle(&user, next, settlement).await
    }

    /// Has a challenge made.
    async fn create(&mut self, round: Round) -> Result<Reply> {
        let Round { who, progress, srp_a, settlement } = round;
        let call = CreateAuthChallenge {
            client: self.client.id.clone(),
            person: who.person(),
            challenge_name: ChallengeKind::CustomChallenge.as_str().to_owned(),
            session: progress.past.clone(),
            metadata: self.metadata.clone(),
        };
        let created = self.trigger(&call).await?.ok_or_else(not_configured)?;
        let mut parameters = created.public;
        parameters.insert("USERNAME".to_owned(), self.shown_name(&who));
        let step = Step::Custom(Box::new(CustomStep {
            private: Private(created.private.expose().clone()),
            metadata: created.metadata,
            srp_a,
        }));
        let state = SessionState::new(step, &progress);
        let challenge = Challenge::new(ChallengeKind::CustomChallenge, parameters, Some(state));
        self.ask_custom(who, challenge, settlement).await
    }

    fn shown_name(&self, who: &Who) -> String {
        let own_names = self.pool.settings.sign_in_names().own_names();
        match who {
            Who::User(user) => user.username.clone(),
            Who::Nobody(name) => {
                exchange::simulated_user_id(self.place(), Nobody { name, own_names })
            }
        }
    }

    async fn ask_custom(
        &mut self,
        who: Who,
        challenge: Challenge,
        settlement: Settlement,
    ) -> Result<Reply> {
        match who {
            Who::User(user) => self.settle(&user, Next::Challenge(challenge), settlement).await,
            Who::Nobody(name) => self.settle_hidden(&name, challenge, None).await,
        }
    }

    /// Begins the exchange of the password, for whoever gave a public value at the start.
    async fn ask_password(&mut self, round: Round) -> Result<Reply> {
        let Round { who, progress, srp_a, settlement } = round;
        let srp_a = srp_a.ok_or(Error::Trigger(TriggerRefusal::Unrecognizable))?;
        let a = parse_a(&srp_a)?;
        let (pool, client) = (self.pool.id.clone(), self.client.id.clone());
        let (sealer, now, mut rng) = (self.app.sealer.clone(), self.now, self.fork());
        let own_names = self.pool.settings.sign_in_names().own_names();
        let challenge = match &who {
            Who::User(user) => {
                let (realm, sub) = (&self.pool.id, &user.sub);
                let read = self.app.db.read(async |mut tx| tx.password(realm, sub).await);
                let (password, user) = (read.await?, User::clone(user));
                let job = move || {
                    let place =
                        exchange::Place { pool: &pool, client: &client, sealer: &sealer, now };
                    let (password, device) = (password.as_ref(), progress.device.clone());
                    let progress = Some(&progress);
                    exchange::begin_user(place, &user, password, &a, device, progress, &mut rng)
                };
                self.app.crypto.run(job).await??
            }
            Who::Nobody(name) => {
                let name = name.clone();
                let job = move || {
                    let place =
                        exchange::Place { pool: &pool, client: &client, sealer: &sealer, now };
                    let nobody = Nobody { name: &name, own_names };
                    exchange::begin_simulated(place, nobody, &a, Some(&progress), &mut rng)
                };
                self.app.crypto.run(job).await??
            }
        };
        self.ask_custom(who, challenge, settlement).await
    }

    /// `CUSTOM_CHALLENGE`.
    pub(super) async fn custom_answer(
        &mut self,
        username: &str,
        device: Option<DeviceKey>,
        answer: Secret<String>,
        session: Option<&str>,
    ) -> Result<Reply> {
        let invalid = || Error::Session(SessionRefusal::Invalid);
        let whose = match self.answered_session(username, session).await {
            // An answered round is told as any other session that is not waited for.
            Err(Error::Session(SessionRefusal::Used)) => return Err(invalid()),
            other => other?,
        };
        let (hash, state, who) = match whose {
            Whose::Users(found) => {
                gate(&found.user, self.client_policy.hides_users)?;
                self.find_device(&found.user, device.as_ref()).await?;
                (found.hash, found.state, Who::User(Box::new(found.user)))
            }
            Whose::Nobodys(hidden) => {
                self.hidden_device(&hidden.name, device.as_ref()).await?;
                (hidden.hash, hidden.state, Who::Nobody(hidden.name))
            }
        };
        let Accepted::Custom(step) = accept(&state.step, ChallengeKind::CustomChallenge)? else {
            return Err(invalid());
        };
        let (pool, used) = (&self.pool.id, &hash);
        let consume =
            self.app.db.write(self.now, async |mut tx| tx.consume_session(pool, used).await);
        if !consume.await? {
            return Err(invalid());
        }
        let call = VerifyAuthChallengeResponse {
            client: self.client.id.clone(),
            person: who.person(),
            private: Secret::new(step.private.0.clone()),
            answer,
            metadata: self.metadata.clone(),
        };
        let answered = self.trigger(&call).await?.ok_or_else(not_configured)?;
        let mut progress = state.progress;
        progress.device = device.or(progress.device);
        progress.past.push(Past {
            name: ChallengeKind::CustomChallenge.as_str().to_owned(),
            right: answered == Answered::Right,
            metadata: step.metadata,
        });
        let settlement = Settlement::default();
        self.define(Round { who, progress, srp_a: step.srp_a, settlement }).await
    }

    /// After the password was proven, or was not.
    pub(super) async fn after_password(
        &mut self,
        who: Who,
        mut progress: Progress,
        right: bool,
        settlement: Settlement,
    ) -> Result<Reply> {
        let name = ChallengeKind::PasswordVerifier.as_str().to_owned();
        progress.past.push(Past { name, right, metadata: None });
        self.define(Round { who, progress, srp_a: None, settlement }).await
    }
}

fn not_configured() -> Error {
    Error::SignIn(SignInRefusal::CustomAuthNotConfigured)
}
