//! What a step looks at: the user that a name means, the device that was presented.

use poolhouse_domain::auth::advance::{Facts, gate};
use poolhouse_domain::device::Device;
use poolhouse_domain::error::{Error, Result, SignInRefusal};
use poolhouse_domain::id::{DeviceKey, Sub};
use poolhouse_domain::user::username::Purpose;
use poolhouse_domain::user::{User, UserStatus};

use super::{Drive, bad_credentials, hidden_subject};

impl Drive<'_> {
    /// The local user that a name means at sign-in: by username or an active alias, never by sub.
    pub(super) async fn find_user(&self, name: &str) -> Result<Option<User>> {
        let lookups = self.pool.settings.sign_in_names().lookups(Purpose::SignIn, name);
        let (pool, lookups) = (&self.pool.id, &lookups);
        let found = self.app.db.read(async |mut tx| tx.user_by(pool, lookups).await).await;
        match found {
            Ok(user) if user.status == UserStatus::ExternalProvider => Ok(None),
            Ok(user) => Ok(Some(user)),
            Err(Error::UserNotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The presented device; none where none was presented or the pool does not track devices.
    ///
    /// # Errors
    /// [`Error::DeviceNotFound`] for a key that is not one of the user's.
    pub(super) async fn find_device(
        &self,
        user: &User,
        key: Option<&DeviceKey>,
    ) -> Result<Option<Device>> {
        let (Some(key), true) = (key, self.policy.tracking.is_some()) else { return Ok(None) };
        let (pool, sub) = (&self.pool.id, &user.sub);
        self.app.db.read(async |mut tx| tx.device(pool, sub, key).await).await.map(Some)
    }

    /// What [`Self::find_device`] says for a user who does not exist, and so has no device. A
    /// device key that only existing users' devices are looked up for would tell who exists.
    ///
    /// # Errors
    /// [`Error::DeviceNotFound`].
    pub(super) async fn hidden_device(&self, name: &str, key: Option<&DeviceKey>) -> Result<()> {
        let (Some(key), true) = (key, self.policy.tracking.is_some()) else { return Ok(()) };
        let (pool, nobody) = (&self.pool.id, &Sub::new(hidden_subject(name)));
        let found = self.app.db.read(async |mut tx| tx.device(pool, nobody, key).await).await;
        Err(found.err().unwrap_or(Error::DeviceNotFound))
    }

    /// The user's state, before the password is looked at. The inner result is to be told after
    /// it: a state that is hidden must cost an attempt and take the time of a wrong password, or
    /// it would be told by the lock that never comes.
    ///
    /// # Errors
    /// A state that is told.
    pub(super) fn gate_before_proof(&self, user: &User) -> Result<Result<()>> {
        match gate(user, self.client_policy.hides_users) {
            Err(Error::SignIn(SignInRefusal::BadCredentials)) => Ok(Err(bad_credentials())),
            told => told.map(Ok),
        }
    }

    /// Facts for the machine.
    pub(super) fn facts<'f>(&'f self, user: &'f User, device: Option<&'f Device>) -> Facts<'f> {
        let risk = self.watch.verdict.demand;
        Facts { pool: &self.pool.id, policy: &self.policy, user, device, risk }
    }
}
