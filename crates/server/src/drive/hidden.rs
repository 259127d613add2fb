//! Users who do not exist, where the client hides that: the same answers after the same work.

use poolhouse_domain::auth::advance::{Challenge, code_challenge, first_challenge};
use poolhouse_domain::auth::choice::{self, FirstFactor};
use poolhouse_domain::auth::exchange::{self, Nobody};
use poolhouse_domain::auth::method::{Level, Methods};
use poolhouse_domain::auth::policy::Flow;
use poolhouse_domain::auth::start::StepUp;
use poolhouse_domain::auth::step::{CodeUse, Progress, Step};
use poolhouse_domain::error::{Error, Result, SessionRefusal, SignInRefusal};
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::message::Medium;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::session::GuessKind;
use poolhouse_domain::user::masking;
use poolhouse_store::Tx;

use super::choice::Given;
use super::session::Hidden;
use super::{Drive, Reply, bad_credentials, hidden_subject};
use crate::rpc::authn;

impl Drive<'_> {
    /// Reads what is read of a user who exists: the password that nobody has.
    pub(super) async fn nobodys_record(&self, name: &str) -> Result<()> {
        let (pool, nobody) = (&self.pool.id, &Sub::new(hidden_subject(name)));
        self.app.db.read(async |mut tx| tx.password(pool, nobody).await).await.map(drop)
    }

    /// Whether a session of nobody is answered under the name that it was begun with.
    pub(super) async fn check_hidden_session(&self, hidden: &Hidden, username: &str) -> Result<()> {
        let invalid = || Error::Session(SessionRefusal::Invalid);
        if hidden.pool != self.pool.id || hidden.client != self.client.id {
            return Err(invalid());
        }
        let names = self.pool.settings.sign_in_names();
        let nobody = Nobody { name: &hidden.name, own_names: names.own_names() };
        if username == exchange::simulated_user_id(self.place(), nobody) {
            return Ok(());
        }
        // As for a session of somebody: another name is looked up, whoever it means.
        self.find_user(username).await?;
        if names.username_key(username) == hidden.name { Ok(()) } else { Err(invalid()) }
    }

    /// `USER_AUTH` of a user who does not exist: they seem to have a password, and an address for
    /// every code that the pool allows.
    pub(super) async fn begin_hidden_choice(
        &mut self,
        username: &str,
        preferred: Option<FirstFactor>,
        given: Given,
        step_up: Option<StepUp>,
    ) -> Result<Reply> {
        let name = self.pool.settings.sign_in_names().username_key(username);
        self.nobodys_record(&name).await?;
        let mut available = choice::simulated(&self.policy);
        let mut progress = Progress::new(Flow::UserAuth, 0);
        if let Some(step_up) = step_up {
            if let Some(token) = &step_up.access_token {
                // One that is no good is told before whose it is.
                authn::bearer(self.app, token, self.now).await?;
                return Err(Error::SignIn(SignInRefusal::TokenOfAnotherUser));
            }
            let level = simulated_target(&available, &step_up.levels)?;
            progress.target = Some(level);
            available = choice::for_level(&available, level);
        }
        let first = preferred.filter(|factor| available.contains(factor));
        let reply = self.ask_nobody(&name, first, given, progress, None, &available).await?;
        Ok(match reply {
            Reply::Challenge { mut challenge, session } => {
                challenge.available = available;
                Reply::Challenge { challenge, session }
            }
            tokens @ Reply::Tokens(_) => tokens,
        })
    }

    /// What `ask` does for users who exist.
    pub(super) async fn ask_nobody(
        &mut self,
        name: &str,
        first: Option<FirstFactor>,
        given: Given,
        progress: Progress,
        session: Option<[u8; 32]>,
        available: &[FirstFactor],
    ) -> Result<Reply> {
        let own_names = self.pool.settings.sign_in_names().own_names();
        let challenge = match (first, given) {
            (Some(FirstFactor::Password), (Some(password), _)) => {
                return Err(self.nobodys_password(name, password, session).await);
            }
            (Some(FirstFactor::PasswordSrp), (_, Some(a))) => {
                self.nobodys_record(name).await?;
                let (pool, client) = (self.pool.id.clone(), self.client.id.clone());
                let (sealer, now, mut rng) = (self.app.sealer.clone(), self.now, self.fork());
                let name = name.to_owned();
                let job = move || {
                    let place =
                        exchange::Place { pool: &pool, client: &client, sealer: &sealer, now };
                    let nobody = Nobody { name: &name, own_names };
                    exchange::begin_simulated(place, nobody, &a, Some(&progress), &mut rng)
                };
                self.app.crypto.run(job).await??
            }
            (Some(FirstFactor::Email | FirstFactor::Sms), _) => {
                self.nobodys_code_challenge(name, first, &progress)?
            }
            (Some(FirstFactor::Password), _) => self.nobodys(name, Step::Password, &progress)?,
            (Some(FirstFactor::PasswordSrp), _) => {
                self.nobodys(name, Step::PasswordSrp, &progress)?
            }
            (None, _) => self.nobodys(name, Step::Select(available.to_vec()), &progress)?,
        };
        self.settle_hidden(name, challenge, session).await
    }

    fn nobodys(&self, name: &str, step: Step, progress: &Progress) -> Result<Challenge> {
        let own_names = self.pool.settings.sign_in_names().own_names();
        let named = exchange::simulated_user_id(self.place(), Nobody { name, own_names });
        first_challenge(progress, step, &named)
            .ok_or_else(|| Error::fault("a first factor without a challenge"))
    }

    fn nobodys_code_challenge(
        &self,
        name: &str,
        factor: Option<FirstFactor>,
        progress: &Progress,
    ) -> Result<Challenge> {
        let medium = factor.and_then(FirstFactor::medium);
        let medium = medium.ok_or_else(|| Error::fault("a code without a medium"))?;
        let address = self.seeming_address(name, medium);
        Ok(code_challenge(progress, CodeUse::First, medium, address, None))
    }

    /// The address that a user who does not exist seems to have.
    pub(super) fn seeming_address(&self, name: &str, medium: Medium) -> String {
        let key = self.app.sealer.derive("simulated destinations");
        masking::simulated_address(&key, &self.pool.id, name, medium)
    }

    /// The answer to a password, after the work of a user who exists.
    pub(super) async fn nobodys_password(
        &mut self,
        name: &str,
        password: Secret<String>,
        session: Option<[u8; 32]>,
    ) -> Error {
        let subject = hidden_subject(name);
        let charged = self.charge_in_session(&subject, GuessKind::Password, session).await;
        if let Err(locked) = charged {
            return locked;
        }
        if let Err(fault) = self.nobodys_record(name).await {
            return fault;
        }
        let (pool, client) = (self.pool.id.clone(), self.client.id.clone());
        let (sealer, now, name) = (self.app.sealer.clone(), self.now, name.to_owned());
        let job = move || {
            let place = exchange::Place { pool: &pool, client: &client, sealer: &sealer, now };
            exchange::password_fits_nobody(place, &name, password.expose());
        };
        self.app.crypto.run(job).await.err().unwrap_or_else(bad_credentials)
    }
}

/// Looks for a user who does not exist, as a step looks again for one who does.
pub(super) async fn look_for_nobody(tx: &mut Tx, pool: &PoolId, subject: &str) -> Result<()> {
    match tx.user_by_sub(pool, &Sub::new(subject)).await {
        Ok(_) | Err(Error::UserNotFound) => Ok(()),
        Err(fault) => Err(fault),
    }
}

/// The level that a step-up of nobody aims at: they seem to have no second factor.
fn simulated_target(available: &[FirstFactor], wanted: &[Level]) -> Result<Level> {
    let by_code = available.iter().any(|factor| factor.medium().is_some());
    let reachable = |level: &Level| match level {
        Level::Password => true,
        Level::Message => by_code,
        Level::PasswordAndMessage | Level::PasswordAndTotp => false,
    };
    let level = wanted.iter().copied().find(reachable);
    debug_assert!(level.is_none_or(|level| !level.is_met_by(&Methods::default())));
    level.ok_or(Error::SignIn(SignInRefusal::NoLevel))
}
