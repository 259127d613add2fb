//! What one running server consists of, and the door that every request comes through.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use poolhouse_domain::crypto::Sealer;
use poolhouse_domain::error::Result;
use poolhouse_domain::id::{PoolId, Realm};
use poolhouse_domain::secret::Secret;
use poolhouse_store::Db;
use rand_chacha::ChaCha20Rng;

use crate::config::IssuerForm;
use crate::crypto_pool::CryptoPool;
use crate::delivery::Sink;
use crate::env::Env;
use crate::http::router::{Route, route};
use crate::http::{BoxFuture, Doors, Request, Response, cors};
use crate::keys::Keys;

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
        let region = &self.realm.region;
        match self.issuer {
            IssuerForm::Url => format!("{}/{pool}", self.public_url),
            IssuerForm::Aws => format!("https://cognito-idp.{region}.amazonaws.com/{pool}"),
            IssuerForm::AwsGlobal => {
                format!("https://issuer-cognito-idp.{region}.amazonaws.com/{pool}")
            }
        }
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
    /// Where messages go.
    pub sink: Arc<dyn Sink>,
    /// Counts requests, so that each has its own randomness.
    pub requests: AtomicU64,
}

impl App {
    /// Randomness for one request.
    pub fn fork_rng(&self, purpose: &'static str) -> ChaCha20Rng {
        self.env.entropy.fork(purpose, self.requests.fetch_add(1, Ordering::Relaxed))
    }

    /// Sends what is due; each message's fate is recorded in the store.
    ///
    /// # Errors
    /// A fault of the store; a message that cannot be delivered is not one.
    pub async fn deliver(&self) -> Result<()> {
        crate::delivery::tick(&self.db, self.sink.as_ref(), self.env.clock.now()).await
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
            Route::DevMessages => crate::dev::messages(self, &request).await,
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
