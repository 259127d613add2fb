//! What one running server consists of, and the door that every request comes through.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use poolhouse_domain::crypto::Sealer;
use poolhouse_domain::error::Result;
use poolhouse_domain::id::{PoolId, Realm};
use poolhouse_domain::message::Lane;
use poolhouse_domain::secret::Secret;
use poolhouse_store::{Db, DbConfig};
use rand_chacha::ChaCha20Rng;
use tokio::task::JoinHandle;

use crate::config::transports::Transport;
use crate::config::{Config, Database, IssuerForm, Mode};
use crate::crypto_pool::CryptoPool;
use crate::delivery::{self, Carrier, Desk, FileSpool, Post, Sink, Smtp, Wait, Webhook};
use crate::env::Env;
use crate::http::router::{Route, route};
use crate::http::{BoxFuture, Doors, Request, Response, cors};
use crate::keys::{FreshKeys, Keys};
use crate::ports::guard::Guard;
use crate::ports::lambda::Lambda;
use crate::ports::outbound::Outbound;
use crate::shutdown::{Phase, Shutdown};
use crate::startup::Prepared;
use crate::threat::Sources;
use crate::threat::breached::BreachedPasswords;
use crate::threat::places::Places;
use crate::triggers::sender::{SenderKey, ToFunctions};
use crate::triggers::{self, Triggers};

/// Time between two sweeps of expired rows.
const SWEEP_INTERVAL: Duration = Duration::from_secs(60);
/// Rows of each kind that one transaction of a sweep removes at most.
const SWEEP_ROWS_MAX: i64 = 200;
/// Transactions of one sweep at most; what is left waits for the next.
const SWEEP_PIECES_MAX: u32 = 500;

/// How the server treats callers and codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// Everything is checked.
    Serve,
    /// Local development: signatures are taken on trust.
    Dev {
        /// The code of every message; none means random ones.
        fixed_code: Option<String>,
    },
}

/// What a server is told about itself.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Region and account.
    pub realm: Realm,
    /// `http://host:port`, without a slash at its end.
    pub public_url: String,
    /// The form of issuers.
    pub issuer: IssuerForm,
}

impl Identity {
    /// The issuer of a pool's tokens.
    pub fn issuer_of(&self, pool: &PoolId) -> String {
        self.issuer.of(&self.public_url, &self.realm.region, pool.as_str())
    }
}

/// The key pair of the principal who may do everything.
#[derive(Clone, Debug)]
pub struct RootKey {
    /// Access key id.
    pub id: String,
    /// Secret access key.
    pub secret: Secret<String>,
}

/// What an application is started with.
pub struct Start {
    /// The settings.
    pub config: Arc<Config>,
    /// What is on disk, locked for this process.
    pub prepared: Arc<Prepared>,
    /// Time and randomness.
    pub env: Env,
    /// The address that the listener has.
    pub bound: SocketAddr,
    /// Tells background work to stop.
    pub shutdown: Shutdown,
}

/// A running server: the application, its lock on the data directory, its background work.
pub struct Running {
    /// The application.
    pub app: Arc<App>,
    background: JoinHandle<()>,
    _prepared: Arc<Prepared>,
}

impl Running {
    /// Waits for background work to end; called when no request is in flight any more.
    pub async fn stop(self) {
        if let Err(error) = self.background.await {
            tracing::error!(%error, "background work ended badly");
        }
    }
}

/// Opens what the application needs; it is ready for requests when this returns.
///
/// # Errors
/// Whatever keeps it from starting, in words for the operator.
pub async fn start(
    start: Start,
) -> std::result::Result<Running, Box<dyn std::error::Error + Send + Sync>> {
    let Start { config, prepared, env, bound, shutdown } = start;
    let sealer = Sealer::new(prepared.master_key.clone());
    let database = database(&config, &prepared.database_file);
    let nonces = Box::new(env.entropy.fork("sealed cells", 0));
    let db = Db::open(database, sealer.for_purpose("store"), nonces).await?;
    let realm = Realm { region: config.region.clone(), account: config.account_id.clone() };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let outbound = Outbound::new(Guard::new(config.outbound_allow.clone()))?;
    let (urls, endpoint) = (config.lambda_functions.clone(), config.lambda_endpoint.clone());
    let functions = Lambda::new(outbound.clone(), urls, endpoint);
    let triggers = Arc::new(Triggers::new(Arc::new(functions)));
    let app = Arc::new(App {
        identity: Identity { realm, public_url: config.public_url(bound), issuer: config.issuer },
        root: RootKey {
            id: prepared.root.access_key_id.clone(),
            secret: prepared.root.secret_access_key.clone(),
        },
        strictness: match &config.mode {
            Mode::Serve => Strictness::Serve,
            Mode::Dev { fixed_code } => Strictness::Dev { fixed_code: fixed_code.clone() },
        },
        keys: Keys::new(Arc::new(FreshKeys), Arc::clone(&env.clock)),
        crypto: CryptoPool::new(cores),
        threats: threats(&config)?,
        post: post(&config, &prepared, (&db, &triggers), &env)?,
        metrics_token: config.metrics_token.clone(),
        requests: AtomicU64::new(0),
        triggers,
        sender_key: prepared.sender_key.clone(),
        outbound,
        sealer: sealer.for_purpose("handles"),
        env,
        db,
    });
    #[expect(clippy::disallowed_methods, reason = "background work begins here, and stop() waits")]
    let background = tokio::spawn(background(Arc::clone(&app), shutdown));
    Ok(Running { app, background, _prepared: prepared })
}

/// The database that the settings name.
pub(crate) fn database(config: &Config, file: &Path) -> DbConfig {
    match &config.database {
        Database::Embedded => DbConfig::SqliteFile(file.to_owned()),
        Database::Postgres(url) => DbConfig::Postgres(url.expose().clone()),
    }
}

/// Opens what the operator supplied about dangers.
fn threats(config: &Config) -> std::io::Result<Sources> {
    let named = |path: &Path, error: std::io::Error| {
        std::io::Error::new(error.kind(), format!("{}: {error}", path.display()))
    };
    let breached = config
        .compromised_passwords
        .as_deref()
        .map(|path| BreachedPasswords::open(path).map_err(|error| named(path, error)));
    let places = config
        .location_table
        .as_deref()
        .map(|path| Places::open(path).map_err(|error| named(path, error)));
    Ok(Sources { breached: breached.transpose()?, places: places.transpose()? })
}

/// Who sends messages, by the settings.
fn post(
    config: &Config,
    prepared: &Prepared,
    (db, triggers): (&Db, &Arc<Triggers>),
    env: &Env,
) -> std::result::Result<Post, Box<dyn std::error::Error + Send + Sync>> {
    let spool: Arc<dyn Sink> = Arc::new(FileSpool(prepared.outbox_dir.clone()));
    let carrier = |transport: &Transport| {
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(match transport {
            Transport::File => Carrier::new(Arc::clone(&spool), Wait::ForDelivery),
            Transport::Smtp(smtp) => Carrier::new(Arc::new(Smtp::new(smtp, db)?), Wait::Not),
            Transport::Webhook(webhook) => {
                let sink = Webhook::new(webhook, Arc::clone(&env.clock))?;
                Carrier::new(Arc::new(sink), Wait::Not)
            }
        })
    };
    let functions = ToFunctions::new(Arc::clone(triggers), Arc::clone(&env.clock));
    let function = Carrier::new(Arc::new(functions), Wait::Not);
    Ok(Post::new(carrier(&config.mail.email)?, carrier(&config.mail.sms)?, function))
}

/// Sends messages, and removes what has expired.
async fn background(app: Arc<App>, shutdown: Shutdown) {
    let worker = |lane| delivery::work(Arc::clone(&app), lane, shutdown.clone());
    tokio::join!(
        worker(Lane::Email),
        worker(Lane::Sms),
        worker(Lane::Function),
        sweep(Arc::clone(&app), shutdown.clone()),
    );
}

async fn sweep(app: Arc<App>, mut shutdown: Shutdown) {
    loop {
        tokio::select! {
            () = shutdown.reached(Phase::Draining) => return,
            () = tokio::time::sleep(SWEEP_INTERVAL) => {}
        }
        if let Err(error) = app.sweep().await {
            tracing::error!(%error, "expired rows could not be removed");
        }
    }
}

/// One server.
pub struct App {
    /// Time and randomness.
    pub env: Env,
    /// The store.
    pub db: Db,
    /// Seals sessions, blocks, tokens of pages.
    pub sealer: Sealer,
    /// Who it is.
    pub identity: Identity,
    /// The root key pair.
    pub root: RootKey,
    /// How it treats callers.
    pub strictness: Strictness,
    /// Signing keys.
    pub keys: Keys,
    /// Where expensive arithmetic runs.
    pub crypto: CryptoPool,
    /// What the operator supplied about dangers.
    pub threats: Sources,
    /// Who sends messages.
    pub post: Post,
    /// Calls over the network.
    pub outbound: Outbound,
    /// Lambda triggers.
    pub triggers: Arc<Triggers>,
    /// Under which codes go to custom senders.
    pub sender_key: SenderKey,
    /// The bearer token of `GET /metrics`; none means that there are no metrics.
    pub metrics_token: Option<Secret<String>>,
    /// Counts requests, so that each has its own randomness.
    pub requests: AtomicU64,
}

impl App {
    /// Randomness for one request.
    pub fn fork_rng(&self, purpose: &'static str) -> ChaCha20Rng {
        self.env.entropy.fork(purpose, self.requests.fetch_add(1, Ordering::Relaxed))
    }

    /// What delivery stands on.
    pub fn desk(&self) -> Desk<'_> {
        Desk { db: &self.db, clock: self.env.clock.as_ref() }
    }

    /// Messages were written: sends those that requests wait for, and wakes the others' workers.
    ///
    /// # Errors
    /// A fault of the store; a message that cannot be delivered is not one.
    pub async fn mail_written(&self) -> Result<()> {
        self.post.written(self.desk()).await
    }

    /// Sends everything that is due; each message's fate is recorded in the store.
    ///
    /// # Errors
    /// A fault of the store; a message that cannot be delivered is not one.
    pub async fn deliver(&self) -> Result<()> {
        self.post.deliver(self.desk(), &Lane::ALL).await
    }

    /// Removes expired sessions, codes, token families, devices that were never confirmed, and what
    /// is left of deleted pools, and old messages: in small transactions, so that other writes go on between them.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn sweep(&self) -> Result<()> {
        for _ in 0..SWEEP_PIECES_MAX {
            let now = self.env.clock.now();
            let purge = self.db.write(now, async |mut tx| tx.purge_expired(SWEEP_ROWS_MAX).await);
            if purge.await? == 0 {
                break;
            }
        }
        self.post.sweep(self.env.clock.now()).await;
        Ok(())
    }

    async fn answer(&self, request: Request) -> Response {
        match route(&request) {
            Route::Rpc => crate::rpc::pipeline::handle(self, request).await,
            Route::IamQuery => crate::iam::handle(self, request).await,
            Route::Jwks { pool_id } => crate::oauth::jwks(self, &pool_id).await,
            Route::OpenIdConfiguration { pool_id } => {
                crate::oauth::openid_configuration(self, &pool_id).await
            }
            Route::Health => crate::health::answer(self).await,
            Route::ConfirmUser => crate::confirm_page::answer(self, &request).await,
            Route::Metrics => crate::metrics::answer(self, &request).await,
            Route::DeadMessages => crate::dead_letters::answer(self, &request).await,
            Route::DevMessages => crate::dev::messages(self, &request).await,
            Route::TriggerCalls => triggers::log::answer(self, &request).await,
            Route::Preflight => cors::preflight(&request),
            Route::MethodNotAllowed { allow } => Response::method_not_allowed(allow),
            Route::NotUnderstood => Response::not_understood(),
        }
    }
}

impl Doors for App {
    fn handle(&self, request: Request) -> BoxFuture<'_, Response> {
        Box::pin(self.answer(request))
    }
}
