//! Choice-based sign-in: `USER_AUTH`, and the answers to its first challenges.

use poolhouse_domain::auth::advance::{
    Accepted, Challenge, Next, accept, code_challenge, first_challenge, gate,
};
use poolhouse_domain::auth::choice::{self, FirstFactor};
use poolhouse_domain::auth::exchange;
use poolhouse_domain::auth::method::{Level, Method, Methods};
use poolhouse_domain::auth::policy::Flow;
use poolhouse_domain::auth::start::{Choice, StepUp};
use poolhouse_domain::auth::step::{ChallengeKind, CodeUse, Progress, Step};
use poolhouse_domain::device::Device;
use poolhouse_domain::error::{Error, Result, SessionRefusal, SignInRefusal};
use poolhouse_domain::id::DeviceKey;
use poolhouse_domain::risk::event::ChallengeName;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::session::GuessKind;
use poolhouse_domain::srp::PublicA;
use poolhouse_domain::trigger::Person;
use poolhouse_domain::user::User;

use super::session::{self, Found, Whose};
use super::settle::Settlement;
use super::{Drive, Reply, bad_credentials};
use crate::rpc::authn;

/// What came together with a choice, and saves a round: the password, the public value.
pub(super) type Given = (Option<Secret<String>>, Option<PublicA>);

/// A user at the beginning of a sign-in.
struct Standing {
    user: User,
    device: Option<Device>,
    progress: Progress,
    /// The session that was answered, if one was.
    session: Option<[u8; 32]>,
}

impl Drive<'_> {
    /// `USER_AUTH`.
    pub(super) async fn begin_choice(
        &mut self,
        choice: Choice,
        session: Option<&str>,
    ) -> Result<Reply> {
        let Choice { username, preferred, password, a, device, step_up } = choice;
        let Some(user) = self.find_user(&username).await? else {
            if !self.client_policy.hides_users {
                return Err(Error::UserNotFound);
            }
            let name = self.pool.settings.sign_in_names().username_key(&username);
            self.hidden_device(&name, device.as_ref()).await?;
            if let Some(text) = session {
                // It is looked at as for somebody, whose it is not, either.
                let found = session::find(self.app, text, self.now).await?;
                self.check_session(&found, &username).await?;
                return Err(Error::Session(SessionRefusal::Invalid));
            }
            self.pre_authentication(Person::unknown(&username)).await?;
            return self.begin_hidden_choice(&username, preferred, (password, a), step_up).await;
        };
        if !user.enabled {
            return Err(Error::SignIn(SignInRefusal::Disabled));
        }
        let device = self.find_device(&user, device.as_ref()).await?;
        self.pre_authentication(Person::of(&user)).await?;
        if let Some(text) = session {
            return self.after_sign_up(user, device, text).await;
        }
        let mut available = self.available(&user).await?;
        let mut progress = Progress::new(Flow::UserAuth, user.stamp);
        progress.device = device.as_ref().map(|device| device.key.clone());
        if let Some(step_up) = step_up {
            let proven = self.credited(&user, &step_up).await?;
            let level = choice::target(&self.policy, &user, &available, &step_up.levels, &proven)?;
            progress.target = Some(level);
            if proven.has(Method::Password) && level > Level::Message {
                progress.methods = proven;
                return self.step_up(user, device, progress).await;
            }
            available = choice::for_level(&available, level);
        }
        let first = preferred.filter(|factor| available.contains(factor));
        let standing = Standing { user, device, progress, session: None };
        let mut reply = self.ask(standing, first, (password, a), &available).await?;
        if let Reply::Challenge { challenge, .. } = &mut reply
            && challenge.available.is_empty()
        {
            challenge.available = available;
        }
        Ok(reply)
    }

    async fn available(&self, user: &User) -> Result<Vec<FirstFactor>> {
        let (pool, sub) = (&self.pool.id, &user.sub);
        let password = self.app.db.read(async |mut tx| tx.password(pool, sub).await).await?;
        let available = choice::available(&self.policy, user, password.is_some());
        if available.is_empty() { Err(bad_credentials()) } else { Ok(available) }
    }

    /// What an access token proves that comes with a step-up, if it is not too old.
    async fn credited(&self, user: &User, step_up: &StepUp) -> Result<Methods> {
        let Some(token) = &step_up.access_token else { return Ok(Methods::default()) };
        let bearer = authn::bearer(self.app, token, self.now).await?;
        if bearer.user.pool != user.pool || bearer.user.sub != user.sub {
            return Err(Error::SignIn(SignInRefusal::TokenOfAnotherUser));
        }
        let family = bearer.family();
        let fresh = step_up
            .max_age
            .is_none_or(|seconds| self.now <= family.authenticated.plus_secs(seconds));
        Ok(if fresh { family.methods.clone() } else { Methods::default() })
    }

    /// A step-up whose password is proven by the access token: on to the second factor.
    async fn step_up(
        &mut self,
        user: User,
        device: Option<Device>,
        progress: Progress,
    ) -> Result<Reply> {
        gate(&user, self.client_policy.hides_users)?;
        let next = self.proceed(&user, device.as_ref(), progress, None).await?;
        self.settle(&user, next, Settlement::default()).await
    }

    /// The sign-in that follows a sign-up: the code that confirmed it was the first factor.
    async fn after_sign_up(
        &mut self,
        user: User,
        device: Option<Device>,
        text: &str,
    ) -> Result<Reply> {
        let invalid = || Error::Session(SessionRefusal::Invalid);
        let found = session::find(self.app, text, self.now).await?;
        self.check_session(&found, &user.username).await?;
        if found.state.step != Step::SignedUp {
            return Err(invalid());
        }
        gate(&found.user, self.client_policy.hides_users)?;
        let (hash, state) = (found.hash, found.state.clone());
        let device = device.map(|device| device.key);
        let settlement = Settlement { sessions: vec![hash], ..Settlement::default() };
        self.go_on(found, state, device, settlement).await
    }

    /// `SELECT_CHALLENGE`.
    pub(super) async fn select(
        &mut self,
        username: &str,
        device: Option<DeviceKey>,
        factor: Option<FirstFactor>,
        given: Given,
        session: Option<&str>,
    ) -> Result<Reply> {
        let whose = self.answered_session(username, session).await?;
        let state = match &whose {
            Whose::Users(found) => &found.state,
            Whose::Nobodys(hidden) => &hidden.state,
        };
        let Accepted::Select(choices) = accept(&state.step, ChallengeKind::SelectChallenge)? else {
            return Err(Error::Session(SessionRefusal::Invalid));
        };
        let factor = factor.filter(|factor| choices.contains(factor));
        let factor = factor.ok_or(Error::SignIn(SignInRefusal::NotAChoice))?;
        self.chosen(whose, device, factor, given).await
    }

    /// `PASSWORD` and `PASSWORD_SRP`.
    pub(super) async fn choice_answer(
        &mut self,
        kind: ChallengeKind,
        username: &str,
        device: Option<DeviceKey>,
        given: Given,
        session: Option<&str>,
    ) -> Result<Reply> {
        let whose = self.answered_session(username, session).await?;
        let state = match &whose {
            Whose::Users(found) => &found.state,
            Whose::Nobodys(hidden) => &hidden.state,
        };
        let factor = match accept(&state.step, kind)? {
            Accepted::Password => FirstFactor::Password,
            Accepted::PasswordSrp => FirstFactor::PasswordSrp,
            _ => return Err(Error::Session(SessionRefusal::Invalid)),
        };
        self.chosen(whose, device, factor, given).await
    }

    async fn chosen(
        &mut self,
        whose: Whose,
        device: Option<DeviceKey>,
        factor: FirstFactor,
        given: Given,
    ) -> Result<Reply> {
        let found = match whose {
            Whose::Users(found) => *found,
            Whose::Nobodys(hidden) => {
                self.hidden_device(&hidden.name, device.as_ref()).await?;
                let (hash, progress) = (Some(hidden.hash), hidden.state.progress);
                return self
                    .ask_nobody(&hidden.name, Some(factor), given, progress, hash, &[])
                    .await;
            }
        };
        let Found { hash, state, user, .. } = found;
        let mut progress = state.progress;
        let presented = device.or_else(|| progress.device.clone());
        let device = self.find_device(&user, presented.as_ref()).await?;
        progress.device = device.as_ref().map(|device| device.key.clone());
        let standing = Standing { user, device, progress, session: Some(hash) };
        self.ask(standing, Some(factor), given, &[]).await
    }

    /// Asks for a first factor, or for a choice; what was given with the choice is used at once.
    async fn ask(
        &mut self,
        standing: Standing,
        first: Option<FirstFactor>,
        given: Given,
        available: &[FirstFactor],
    ) -> Result<Reply> {
        let step = match (first, given) {
            (Some(FirstFactor::Password), (Some(password), _)) => {
                return self.prove_password(standing, password).await;
            }
            (Some(FirstFactor::PasswordSrp), (_, Some(a))) => {
                return self.begin_exchange(standing, a).await;
            }
            (Some(FirstFactor::Password), _) => Step::Password,
            (Some(FirstFactor::PasswordSrp), _) => Step::PasswordSrp,
            (Some(FirstFactor::Email | FirstFactor::Sms), _) => {
                return self.send_first_code(standing, first).await;
            }
            (None, _) => Step::Select(available.to_vec()),
        };
        let challenge = first_challenge(&standing.progress, step, &standing.user.username)
            .ok_or_else(|| Error::fault("a first factor without a challenge"))?;
        self.settle_first(standing, challenge).await
    }

    async fn settle_first(&mut self, standing: Standing, challenge: Challenge) -> Result<Reply> {
        let sessions = standing.session.into_iter().collect();
        let settlement = Settlement { sessions, ..Settlement::default() };
        self.settle(&standing.user, Next::Challenge(challenge), settlement).await
    }

    async fn send_first_code(
        &mut self,
        standing: Standing,
        factor: Option<FirstFactor>,
    ) -> Result<Reply> {
        let medium = factor.and_then(FirstFactor::medium);
        let medium = medium.ok_or_else(|| Error::fault("a code without a medium"))?;
        let address = standing.user.attribute(medium.attribute()).unwrap_or_default().to_owned();
        // Not used: for users who do not exist one has to be made up.
        let _ = self.seeming_address(&standing.user.username, medium);
        let progress = &standing.progress;
        let challenge = code_challenge(progress, CodeUse::First, medium, address, None);
        self.settle_first(standing, challenge).await
    }

    /// Checks the password. A session is used up by the attempt, right or wrong.
    async fn prove_password(
        &mut self,
        standing: Standing,
        password: Secret<String>,
    ) -> Result<Reply> {
        let Standing { user, device, mut progress, session } = standing;
        let shut = self.gate_before_proof(&user)?;
        self.charge_in_session(user.sub.as_str(), GuessKind::Password, session).await?;
        self.suspect(&user, ChallengeName::Password);
        self.compare_password(&user, password.clone()).await?;
        shut?;
        progress.methods.add(Method::Password);
        let next = self.proceed(&user, device.as_ref(), progress, Some(&password)).await?;
        let clear = Some((user.sub.as_str().to_owned(), GuessKind::Password));
        self.settle(&user, next, Settlement { clear, ..Settlement::default() }).await
    }

    /// The first half of SRP, in a session.
    async fn begin_exchange(&mut self, standing: Standing, a: PublicA) -> Result<Reply> {
        let (pool, sub) = (&self.pool.id, &standing.user.sub);
        let password = self.app.db.read(async |mut tx| tx.password(pool, sub).await).await?;
        let (pool, client) = (self.pool.id.clone(), self.client.id.clone());
        let (sealer, now, mut rng) = (self.app.sealer.clone(), self.now, self.fork());
        let (user, progress) = (standing.user.clone(), standing.progress.clone());
        let device = progress.device.clone();
        let job = move || {
            let place = exchange::Place { pool: &pool, client: &client, sealer: &sealer, now };
            let (password, progress) = (password.as_ref(), Some(&progress));
            exchange::begin_user(place, &user, password, &a, device, progress, &mut rng)
        };
        let challenge = self.app.crypto.run(job).await??;
        self.settle_first(standing, challenge).await
    }
}
