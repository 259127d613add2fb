//! Answers to challenges.

use std::collections::BTreeMap;

use poolhouse_domain::auth::advance::{
    Accepted, Next, accept, code_challenge, gate, mfa_challenge,
};
use poolhouse_domain::auth::answer::{Answer, Body};
use poolhouse_domain::auth::exchange;
use poolhouse_domain::auth::method::Method;
use poolhouse_domain::auth::secret_hash;
use poolhouse_domain::auth::step::{ChallengeKind, CodeUse, SessionState};
use poolhouse_domain::error::{Error, Result, SessionRefusal, SignInRefusal};
use poolhouse_domain::id::DeviceKey;
use poolhouse_domain::message::Medium;
use poolhouse_domain::risk::event::ChallengeName;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::session::GuessKind;
use poolhouse_domain::totp;
use poolhouse_domain::user::attribute::is_email;
use poolhouse_domain::user::{MfaFactor, User};
use poolhouse_wire::shapes::{AttributeType, EventFilterType};

use super::new_password;
use super::session::{self, Found, Whose};
use super::settle::{Change, Settlement};
use super::{Drive, Reply};
use crate::ops::users::passwords;

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
        let result = self.dispatch(kind, answer, session).await;
        self.note_failure(result).await
    }

    async fn dispatch(
        &mut self,
        kind: ChallengeKind,
        answer: Answer,
        session: Option<&str>,
    ) -> Result<Reply> {
        let Answer { username, device, body, .. } = answer;
        match body {
            Body::PasswordVerifier(claim) => {
                self.password_verifier(&username, device, claim, session).await
            }
            Body::DevicePassword(claim) => {
                self.device_password(&username, device, claim, session).await
            }
            Body::DeviceSrp(a) => self.device_srp(&username, device, a, session).await,
            Body::Select { factor, password, a } => {
                self.select(&username, device, factor, (password, a), session).await
            }
            Body::Password(password) => {
                self.choice_answer(kind, &username, device, (Some(password), None), session).await
            }
            Body::PasswordSrp(a) => {
                self.choice_answer(kind, &username, device, (None, Some(a)), session).await
            }
            Body::Code(code) => self.code(kind, &username, device, code, session).await,
            Body::Custom(answer) => self.custom_answer(&username, device, answer, session).await,
            Body::SelectMfa(factor) => {
                let found = self.session_for(kind, &username, session).await?;
                self.select_mfa(found, factor).await
            }
            Body::NewPassword { password, attributes } => {
                let found = self.session_for(kind, &username, session).await?;
                self.new_password(found, device, password, &attributes).await
            }
            Body::Totp { code } => {
                let found = self.session_for(kind, &username, session).await?;
                self.totp(found, device, code).await
            }
            Body::MfaSetup { email } => {
                let found = self.session_for(kind, &username, session).await?;
                self.mfa_setup(found, device, email).await
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
        match self.answered_session(username, session).await? {
            Whose::Users(found) => {
                accept(&found.state.step, kind)?;
                gate(&found.user, self.client_policy.hides_users)?;
                Ok(*found)
            }
            Whose::Nobodys(_) => Err(Error::Session(SessionRefusal::Invalid)),
        }
    }

    /// The session that an answer must name, if it is this user's, or nobody's under this name.
    pub(super) async fn answered_session(
        &self,
        username: &str,
        session: Option<&str>,
    ) -> Result<Whose> {
        let text = session.ok_or(Error::MissingParameter("Session"))?;
        let whose = session::find_any(self.app, text, self.now).await?;
        match &whose {
            Whose::Users(found) => self.check_session(found, username).await?,
            Whose::Nobodys(hidden) => self.check_hidden_session(hidden, username).await?,
        }
        Ok(whose)
    }

    pub(super) async fn check_session(&self, found: &Found, username: &str) -> Result<()> {
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
    pub(super) async fn go_on(
        &mut self,
        found: Found,
        mut state: SessionState,
        device: Option<DeviceKey>,
        settlement: Settlement,
    ) -> Result<Reply> {
        let presented = device.or_else(|| state.progress.device.clone());
        let device = self.find_device(&found.user, presented.as_ref()).await?;
        state.progress.device = device.as_ref().map(|device| device.key.clone());
        let user = settlement.changed.as_ref().map_or(&found.user, |change| &change.user);
        let next = self.proceed(user, device.as_ref(), state.progress, None).await?;
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
        let (pool, sub) = (pool.clone(), sub.clone());
        self.suspect(&found.user, ChallengeName::Mfa);
        let (pool, sub) = (&pool, &sub);
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
        state.progress.methods.add(Method::Totp);
        let settlement = Settlement {
            sessions: vec![found.hash],
            totp_step: Some(step),
            clear: Some((sub.as_str().to_owned(), GuessKind::Mfa)),
            ..Settlement::default()
        };
        self.go_on(found, state, device, settlement).await
    }

    /// `SELECT_MFA_TYPE`: the challenge of the factor that was chosen.
    async fn select_mfa(&mut self, found: Found, factor: Option<MfaFactor>) -> Result<Reply> {
        let Accepted::SelectMfa(choices) = accept(&found.state.step, ChallengeKind::SelectMfaType)?
        else {
            return Err(Error::Session(SessionRefusal::Invalid));
        };
        let factor = factor.filter(|factor| choices.contains(factor));
        let factor = factor.ok_or(Error::SignIn(SignInRefusal::NotAChoice))?;
        let facts = self.facts(&found.user, None);
        let next = mfa_challenge(&found.state.progress, facts, factor);
        let settlement = Settlement { sessions: vec![found.hash], ..Settlement::default() };
        self.settle(&found.user, next, settlement).await
    }

    /// `MFA_SETUP`: an address to receive codes, or an authenticator that was enrolled meanwhile.
    async fn mfa_setup(
        &mut self,
        found: Found,
        device: Option<DeviceKey>,
        address: Option<String>,
    ) -> Result<Reply> {
        let invalid = || Error::Session(SessionRefusal::Invalid);
        let Accepted::MfaSetup { enrolled, email } =
            accept(&found.state.step, ChallengeKind::MfaSetup)?
        else {
            return Err(invalid());
        };
        let settlement = Settlement { sessions: vec![found.hash], ..Settlement::default() };
        match address {
            Some(address) if email && !enrolled => {
                if !is_email(&address) {
                    return Err(Error::SignIn(SignInRefusal::InvalidEmail));
                }
                let (progress, name) = (&found.state.progress, found.user.username.clone());
                let (proves, medium) = (CodeUse::SetUp, Medium::Email);
                let challenge = code_challenge(progress, proves, medium, address, Some(name));
                self.settle(&found.user, Next::Challenge(challenge), settlement).await
            }
            Some(_) | None if enrolled => {
                let mut state = found.state.clone();
                state.progress.mfa_done = true;
                state.progress.methods.add(Method::Totp);
                self.go_on(found, state, device, settlement).await
            }
            Some(_) | None => Err(invalid()),
        }
    }

    async fn new_password(
        &mut self,
        found: Found,
        device: Option<DeviceKey>,
        password: Secret<String>,
        attributes: &BTreeMap<String, String>,
    ) -> Result<Reply> {
        let user = self.with_new_password(&found.user, password.expose(), attributes)?;
        let (scene, what) = (self.scene().await?, EventFilterType::PasswordChange);
        scene.check_password(self.app, what, &password).await?;
        passwords::check_history(self.app, &self.pool, &found.user, &password).await?;
        let (pool, username) = (self.pool.id.clone(), user.username.clone());
        let mut rng = self.fork();
        let job =
            move || exchange::new_password(&pool, &username, password.expose(), None, &mut rng);
        let record = self.app.crypto.run(job).await?;
        let mut state = found.state.clone();
        state.progress.new_password = true;
        let settlement = Settlement {
            sessions: vec![found.hash],
            password: Some(record),
            changed: Some(Change { user, ends_others: true }),
            ..Settlement::default()
        };
        self.go_on(found, state, device, settlement).await
    }

    fn with_new_password(
        &self,
        user: &User,
        password: &str,
        attributes: &BTreeMap<String, String>,
    ) -> Result<User> {
        let given = attributes.iter().map(|(name, value)| AttributeType {
            name: name.clone(),
            value: Some(value.clone().into()),
        });
        let given: Vec<AttributeType> = given.collect();
        let (pool, client, policy) = (&self.pool, &self.client, &self.policy);
        new_password::changed_user(pool, client, policy, user, password, &given)
    }
}
