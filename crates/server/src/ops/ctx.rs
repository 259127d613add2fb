//! What an operation gets besides its request: the caller, the time, the store.

use std::net::IpAddr;

use poolhouse_domain::error::Result;
use poolhouse_domain::id::{ClientId, DeviceKey, PoolId};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::pool::client::Client;
use poolhouse_domain::session::TokenFamily;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::trigger::Call;
use poolhouse_domain::user::User;
use poolhouse_domain::user::username::Purpose;
use poolhouse_store::Tx;
use rand_chacha::ChaCha20Rng;
use serde_json::{Map, Value};

use crate::app::App;
use crate::triggers;

/// Facts about the request that are not in its body.
#[derive(Clone, Debug)]
pub struct Meta {
    /// The other end of the connection.
    pub ip: IpAddr,
    /// The `User-Agent` header as it came: unbounded but for the limits of HTTP, and not to be
    /// trusted.
    pub user_agent: Option<String>,
}

/// A caller whose signature was verified and whose policies allow the operation on its resource.
///
/// Only the pipeline makes one, so an operation cannot run on "an access key was seen".
#[derive(Clone, Debug)]
pub struct Signed {
    pub(crate) _proof: (),
}

/// A user whose access token was verified and is not revoked, and whose state lets them act.
#[derive(Clone, Debug)]
pub struct Bearer {
    pub(crate) user: User,
    pub(crate) family: TokenFamily,
    pub(crate) claims: Map<String, Value>,
}

impl Bearer {
    /// The user, as read with the token's check.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// The pool.
    pub fn pool(&self) -> &PoolId {
        &self.user.pool
    }

    /// The client that signed the user in.
    pub fn client(&self) -> &ClientId {
        &self.family.client
    }

    /// The family of the token.
    pub fn family(&self) -> &TokenFamily {
        &self.family
    }

    /// The `device_key` claim.
    pub fn device(&self) -> Option<DeviceKey> {
        self.claims.get("device_key").and_then(Value::as_str).map(DeviceKey::new)
    }
}

/// Anybody.
#[derive(Clone, Debug)]
pub struct Anonymous;

/// The bearer of a token, or somebody in the middle of a sign-in.
#[derive(Clone, Debug)]
pub enum BearerOrSession {
    /// With an access token.
    Bearer(Box<Bearer>),
    /// With a `Session`, which the operation checks.
    Session(String),
}

/// The context of one request.
pub struct Ctx<'a, Caller> {
    /// The server.
    pub app: &'a App,
    /// The request's one time.
    pub now: Timestamp,
    /// Who calls.
    pub caller: Caller,
    /// The rest.
    pub meta: &'a Meta,
    /// The request's own randomness.
    pub rng: ChaCha20Rng,
    /// Whether a message was written that should be sent before the answer.
    pub(crate) mail: bool,
}

impl<'a, Caller> Ctx<'a, Caller> {
    /// A context.
    pub(crate) fn new(app: &'a App, now: Timestamp, caller: Caller, meta: &'a Meta) -> Self {
        Self { app, now, caller, meta, rng: app.fork_rng("request"), mail: false }
    }

    /// Reads what is committed.
    ///
    /// # Errors
    /// What `f` returns, or a fault of the store.
    pub async fn read<T, F, Fut>(&self, f: F) -> Result<T>
    where
        F: FnMut(Tx) -> Fut,
        Fut: Future<Output = Result<T>>,
    {
        self.app.db.read(f).await
    }

    /// One transaction: on disk when this returns `Ok`. It may run again, so it must have no
    /// effect but through its `Tx`.
    ///
    /// # Errors
    /// What `f` returns (then nothing is kept), or a fault of the store.
    pub async fn write<T, F, Fut>(&self, f: F) -> Result<T>
    where
        F: FnMut(Tx) -> Fut,
        Fut: Future<Output = Result<T>>,
    {
        self.app.db.write(self.now, f).await
    }

    /// Calls a Lambda trigger, if the pool has it; none where it has not. It needs the context for
    /// itself, so that it cannot be called while a transaction is open.
    ///
    /// # Errors
    /// [`Error::Trigger`].
    pub async fn trigger<T: Call + Sync>(
        &mut self,
        pool: &Pool,
        call: &T,
    ) -> Result<Option<T::Reply>> {
        triggers::call(self.app, self.now, pool, call).await
    }

    /// Says that a message was enqueued: it is sent now, before the answer or beside it.
    pub fn mail_enqueued(&mut self) {
        self.mail = true;
    }
}

/// A pool and one of its clients, read together.
#[derive(Clone, Debug)]
pub struct PoolAndClient {
    /// The pool.
    pub pool: Pool,
    /// The client.
    pub client: Client,
}

/// Reads a client by its id alone, and its pool.
///
/// # Errors
/// [`Error::ClientNotFound`].
pub async fn client_and_pool(tx: &mut Tx, id: &ClientId) -> Result<PoolAndClient> {
    let client = tx.client(id).await?;
    let pool = tx.pool(&client.pool).await?;
    Ok(PoolAndClient { pool, client })
}

/// The user whom an administrator's request names: by username, alias or subject.
///
/// # Errors
/// [`Error::UserNotFound`].
pub async fn named_user(tx: &mut Tx, pool: &Pool, name: &str) -> Result<User> {
    let lookups = pool.settings.sign_in_names().lookups(Purpose::Admin, name);
    tx.user_by(&pool.id, &lookups).await
}
