//! The first request of a sign-in, and refresh.

use std::collections::BTreeMap;

use poolhouse_domain::auth::exchange;
use poolhouse_domain::auth::method::Method;
use poolhouse_domain::auth::policy::Flow;
use poolhouse_domain::auth::start::{Api, Start};
use poolhouse_domain::auth::step::Progress;
use poolhouse_domain::error::{Error, Result, SignInRefusal};
use poolhouse_domain::id::DeviceKey;
use poolhouse_domain::risk::event::ChallengeName;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::session::GuessKind;
use poolhouse_domain::srp::PublicA;
use poolhouse_domain::trigger::Person;
use poolhouse_domain::user::User;

use super::settle::Settlement;
use super::{Drive, Reply, bad_credentials};

impl Drive<'_> {
    /// Begins. `session` is the request's `Session`, which goes on with a sign-up in USER_AUTH.
    ///
    /// # Errors
    /// The refusals of the flow.
    pub async fn begin(
        &mut self,
        flow: Flow,
        parameters: &BTreeMap<String, String>,
        session: Option<&str>,
    ) -> Result<Reply> {
        self.validation = self.metadata.take();
        let result = self.start(flow, parameters, session).await;
        self.note_failure(result).await
    }

    async fn start(
        &mut self,
        flow: Flow,
        parameters: &BTreeMap<String, String>,
        session: Option<&str>,
    ) -> Result<Reply> {
        let (client, pool) = (&self.client_policy, &self.policy);
        match Start::parse(self.api, flow, parameters, &self.client, client, pool)? {
            Start::Srp { username, a, device } => self.begin_srp(username, a, device).await,
            Start::Password { username, password, device } => {
                self.begin_password(username, password, device).await
            }
            Start::Custom { username, srp_a, device } => {
                self.begin_custom(&username, srp_a, device).await
            }
            Start::Choice(choice) => self.begin_choice(*choice, session).await,
            Start::Refresh { token, device, secret_hash } => {
                self.refresh(&token, device.as_ref(), secret_hash.as_deref()).await
            }
        }
    }

    async fn begin_srp(
        &mut self,
        username: String,
        a: PublicA,
        device: Option<DeviceKey>,
    ) -> Result<Reply> {
        let Some(user) = self.find_user(&username).await? else {
            return self.begin_hidden_srp(username, a, device.as_ref()).await;
        };
        if !user.enabled {
            return Err(Error::SignIn(SignInRefusal::Disabled));
        }
        self.find_device(&user, device.as_ref()).await?;
        self.pre_authentication(Person::of(&user)).await?;
        let (pool, sub) = (&self.pool.id, &user.sub);
        let password = self.app.db.read(async |mut tx| tx.password(pool, sub).await).await?;
        let (pool, client) = (self.pool.id.clone(), self.client.id.clone());
        let (sealer, now, mut rng) = (self.app.sealer.clone(), self.now, self.fork());
        let job = move || {
            let place = exchange::Place { pool: &pool, client: &client, sealer: &sealer, now };
            exchange::begin_user(place, &user, password.as_ref(), &a, device, None, &mut rng)
        };
        let challenge = self.app.crypto.run(job).await??;
        Ok(Reply::Challenge { challenge: Box::new(challenge), session: None })
    }

    /// A user who does not exist: told, or played, by the client's setting.
    async fn begin_hidden_srp(
        &mut self,
        username: String,
        a: PublicA,
        device: Option<&DeviceKey>,
    ) -> Result<Reply> {
        if !self.client_policy.hides_users {
            return Err(Error::UserNotFound);
        }
        let names = self.pool.settings.sign_in_names();
        let (folded, own_names) = (names.username_key(&username), names.own_names());
        self.hidden_device(&folded, device).await?;
        self.pre_authentication(Person::unknown(&username)).await?;
        self.nobodys_record(&folded).await?;
        let (pool, client) = (self.pool.id.clone(), self.client.id.clone());
        let (sealer, now, mut rng) = (self.app.sealer.clone(), self.now, self.fork());
        let job = move || {
            let place = exchange::Place { pool: &pool, client: &client, sealer: &sealer, now };
            let nobody = exchange::Nobody { name: &folded, own_names };
            exchange::begin_simulated(place, nobody, &a, None, &mut rng)
        };
        let challenge = self.app.crypto.run(job).await??;
        Ok(Reply::Challenge { challenge: Box::new(challenge), session: None })
    }

    async fn begin_password(
        &mut self,
        username: String,
        password: Secret<String>,
        device: Option<DeviceKey>,
    ) -> Result<Reply> {
        let found = match self.find_user(&username).await? {
            Some(user) => Some(user),
            None => self.migrate(&username, Some(&password)).await?,
        };
        let Some(user) = found else {
            return Err(self.hidden_password(&username, password, device.as_ref()).await);
        };
        let device = self.find_device(&user, device.as_ref()).await?;
        self.pre_authentication(Person::of(&user)).await?;
        let shut = self.gate_before_proof(&user)?;
        self.charge(user.sub.as_str(), GuessKind::Password).await?;
        self.suspect(&user, ChallengeName::Password);
        self.compare_password(&user, password.clone()).await?;
        shut?;
        let flow = match self.api {
            Api::Public => Flow::UserPassword,
            Api::Admin => Flow::AdminUserPassword,
        };
        let mut progress = Progress::new(flow, user.stamp);
        progress.methods.add(Method::Password);
        progress.device = device.as_ref().map(|device| device.key.clone());
        let next = self.proceed(&user, device.as_ref(), progress, Some(&password)).await?;
        let clear = Some((user.sub.as_str().to_owned(), GuessKind::Password));
        self.settle(&user, next, Settlement { clear, ..Settlement::default() }).await
    }

    /// The answer for a user who does not exist, after the work of one who does.
    async fn hidden_password(
        &mut self,
        username: &str,
        password: Secret<String>,
        device: Option<&DeviceKey>,
    ) -> Error {
        if !self.client_policy.hides_users {
            return Error::UserNotFound;
        }
        let name = self.pool.settings.sign_in_names().username_key(username);
        if let Err(no_device) = self.hidden_device(&name, device).await {
            return no_device;
        }
        if let Err(refused) = self.pre_authentication(Person::unknown(username)).await {
            return refused;
        }
        self.nobodys_password(&name, password, None).await
    }

    /// Compares a password, for an attempt that was charged.
    pub(super) async fn compare_password(&self, user: &User, given: Secret<String>) -> Result<()> {
        let (pool, sub) = (&self.pool.id, &user.sub);
        let record = self.app.db.read(async |mut tx| tx.password(pool, sub).await).await?;
        let Some(record) = record else { return Err(bad_credentials()) };
        let (pool, checked, until) = (self.pool.id.clone(), user.clone(), record.temporary_until);
        let job = move || exchange::password_fits(&pool, &checked, &record, given.expose());
        if !self.app.crypto.run(job).await? {
            return Err(bad_credentials());
        }
        self.check_temporary(until)
    }

    /// A temporary password that ran out is told to whoever knows it.
    pub(super) fn check_temporary(
        &self,
        until: Option<poolhouse_domain::time::Timestamp>,
    ) -> Result<()> {
        match until {
            Some(until) if until <= self.now => {
                Err(Error::SignIn(SignInRefusal::TemporaryPasswordExpired))
            }
            _ => Ok(()),
        }
    }
}
