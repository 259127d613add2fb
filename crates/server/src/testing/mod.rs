//! A whole server in memory, for the tests below each operation.
//!
//! Requests take the real way: a signed HTTP request in, a response out. Time stands still until
//! a test moves it, randomness follows from a seed, messages go to a list.

pub(crate) mod client;
pub(crate) mod devices;
pub(crate) mod functions;
pub(crate) mod operator;
pub(crate) mod refused;
pub(crate) mod sample;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bytes::Bytes;
use hyper::Method;
use poolhouse_domain::crypto::Sealer;

use poolhouse_domain::id::Realm;
use poolhouse_domain::message::Message;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::sigv4;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::token::key::Signer;
use poolhouse_store::{Db, DbConfig};
use rustls::RootCertStore;
use serde_json::Value;

use crate::app::{App, Identity, RootKey, Strictness};
use crate::config::IssuerForm;
use crate::crypto_pool::CryptoPool;
use crate::delivery::{Carrier, Failure, Post, Sink, Wait};
use crate::env::{Clock, Env, SimClock};
use crate::http::{BoxFuture, Doors, Header, Request, RequestId, Response};
use crate::keys::{KeySource, Keys, NewKey};
use crate::ports::guard::Guard;
use crate::ports::outbound::Outbound;
use crate::testing::functions::FakeFunctions;
use crate::threat::Sources;
use crate::triggers::Triggers;
use crate::triggers::sender::ToFunctions;

/// When every test begins: 2026-01-05T12:00:00Z.
pub(crate) const START: Timestamp = Timestamp::from_secs(1_767_614_400);
/// The token of `GET /metrics`.
pub(crate) const METRICS_TOKEN: &str = "metrics-token-for-tests-only";
/// Under which codes go to custom senders.
pub(crate) const SENDER_KEY: [u8; 32] = [5; 32];
const ROOT_ID: &str = "AKIATESTROOT00000000";
const ROOT_SECRET: &str = "root-secret-for-tests-only-0123456789abcd";

/// A server in memory. A clone is the same server.
#[derive(Clone)]
pub(crate) struct TestServer {
    pub(crate) app: Arc<App>,
    pub(crate) clock: Arc<SimClock>,
    outbox: Arc<Outbox>,
    pub(crate) functions: Arc<FakeFunctions>,
}

/// What a server in memory may be built from.
pub(crate) struct Build {
    pub(crate) strictness: Strictness,
    pub(crate) database: DbConfig,
    pub(crate) keys: Arc<dyn KeySource>,
    pub(crate) issuer: IssuerForm,
    pub(crate) threats: Sources,
    /// Who sends messages; none keeps them for [`TestServer::take_messages`].
    pub(crate) post: Option<Post>,
}

impl Default for Build {
    fn default() -> Self {
        Self {
            strictness: Strictness::Serve,
            database: DbConfig::SqliteMemory,
            keys: Arc::new(SameKeys),
            issuer: IssuerForm::Url,
            threats: Sources::default(),
            post: None,
        }
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Reply {
    /// The body of a success.
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        self.body
    }

    /// Asserts an error's name and text.
    #[track_caller]
    pub(crate) fn refused(self, name: &str, message: &str) {
        let got = (self.body["__type"].as_str(), self.body["message"].as_str());
        assert_eq!(got, (Some(name), Some(message)), "status {}", self.status);
    }
}

/// Who signs a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key<'a> {
    pub(crate) id: &'a str,
    pub(crate) secret: &'a str,
}

/// The root key pair.
pub(crate) const ROOT: Key<'static> = Key { id: ROOT_ID, secret: ROOT_SECRET };

impl TestServer {
    pub(crate) async fn new() -> Self {
        Self::with(Strictness::Serve).await
    }

    pub(crate) async fn with(strictness: Strictness) -> Self {
        Self::built(Build { strictness, ..Build::default() }).await
    }

    pub(crate) async fn built(build: Build) -> Self {
        let (env, clock) = Env::simulated(START, 42);
        let sealer = Sealer::new(Secret::new([7; 32]));
        let nonces = Box::new(env.entropy.fork("sealed cells", 0));
        let db = Db::open(build.database, sealer.for_purpose("store"), nonces);
        let outbox = Arc::new(Outbox::default());
        let keys = Keys::new(build.keys, Arc::clone(&env.clock));
        let functions = Arc::new(FakeFunctions::default());
        let triggers = Arc::new(Triggers::new(Arc::<FakeFunctions>::clone(&functions)));
        let clock_of_post = Arc::clone(&env.clock);
        let app = Arc::new(App {
            env,
            db: db.await.unwrap(),
            sealer: sealer.for_purpose("handles"),
            identity: Identity {
                realm: Realm { region: "us-east-1".into(), account: "000000000000".into() },
                public_url: "http://localhost:9229".into(),
                issuer: build.issuer,
            },
            root: RootKey { id: ROOT_ID.into(), secret: Secret::new(ROOT_SECRET.into()) },
            strictness: build.strictness,
            keys,
            crypto: CryptoPool::new(2),
            threats: build.threats,
            post: build.post.unwrap_or_else(|| post(&outbox, &triggers, clock_of_post)),
            outbound: Outbound::with_roots(
                Guard::new(Guard::this_machine()),
                RootCertStore::empty(),
            )
            .unwrap(),
            triggers,
            sender_key: Secret::new(SENDER_KEY),
            metrics_token: Some(Secret::new(METRICS_TOKEN.into())),
            requests: AtomicU64::new(0),
        });
        Self { app, clock, outbox, functions }
    }

    /// Another server over the same database, under the same clock: what a second node is.
    pub(crate) fn another(&self) -> Self {
        let (env, _) = Env::simulated(START, 43);
        let env = Env { clock: Arc::clone(&self.app.env.clock), ..env };
        let triggers = Arc::new(Triggers::new(Arc::<FakeFunctions>::clone(&self.functions)));
        let clock = Arc::clone(&env.clock);
        let app = Arc::new(App {
            env,
            db: self.app.db.clone(),
            sealer: self.app.sealer.clone(),
            identity: self.app.identity.clone(),
            root: self.app.root.clone(),
            strictness: self.app.strictness.clone(),
            keys: self.app.keys.another(),
            crypto: CryptoPool::new(2),
            threats: self.app.threats.clone(),
            post: post(&self.outbox, &triggers, clock),
            outbound: self.app.outbound.clone(),
            triggers,
            sender_key: self.app.sender_key.clone(),
            metrics_token: Some(Secret::new(METRICS_TOKEN.into())),
            requests: AtomicU64::new(0),
        });
        Self {
            app,
            clock: Arc::clone(&self.clock),
            outbox: Arc::clone(&self.outbox),
            functions: Arc::clone(&self.functions),
        }
    }

    /// The time.
    pub(crate) fn now(&self) -> Timestamp {
        self.app.env.clock.now()
    }

    /// Moves the time on.
    pub(crate) fn advance_secs(&self, seconds: i64) {
        self.clock.advance_millis(seconds * 1000);
    }

    /// Calls an operation as the root principal.
    pub(crate) async fn admin(&self, operation: &str, body: Value) -> Reply {
        self.signed(ROOT, operation, body).await
    }

    /// Calls an operation with a signature.
    pub(crate) async fn signed(&self, key: Key<'_>, operation: &str, body: Value) -> Reply {
        let target = format!("AWSCognitoIdentityProviderService.{operation}");
        let body = body.to_string();
        let mut headers = vec![
            ("host".to_owned(), "localhost:9229".to_owned()),
            ("content-type".to_owned(), "application/x-amz-json-1.1".to_owned()),
            ("x-amz-target".to_owned(), target),
        ];
        headers.extend(self.signature(key, "cognito-idp", &headers, body.as_bytes()));
        self.send(headers, body.into()).await
    }

    /// Signs a `POST /`; the headers to add.
    pub(crate) fn signature(
        &self,
        key: Key<'_>,
        service: &'static str,
        headers: &[(String, String)],
        body: &[u8],
    ) -> Vec<(String, String)> {
        let headers: Vec<(&str, &[u8])> =
            headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        let request =
            sigv4::Request { method: "POST", path: "/", query: "", headers: &headers, body };
        sign(key, service, &request, self.now())
    }

    /// Signs a request to another path for `cognito-idp`; the headers to add.
    pub(crate) fn signature_of(
        &self,
        key: Key<'_>,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        body: &[u8],
    ) -> Vec<(String, String)> {
        let headers: Vec<(&str, &[u8])> =
            headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        let request = sigv4::Request { method, path, query: "", headers: &headers, body };
        sign(key, "cognito-idp", &request, self.now())
    }

    /// Calls an operation without a signature.
    pub(crate) async fn call(&self, operation: &str, body: Value) -> Reply {
        let target = format!("AWSCognitoIdentityProviderService.{operation}");
        let headers = vec![
            ("host".to_owned(), "localhost:9229".to_owned()),
            ("content-type".to_owned(), "application/x-amz-json-1.1".to_owned()),
            ("x-amz-target".to_owned(), target),
        ];
        self.send(headers, body.to_string().into()).await
    }

    /// Sends a `POST /`.
    pub(crate) async fn send(&self, headers: Vec<(String, String)>, body: Bytes) -> Reply {
        let response = self.app.handle(self.request(headers, body)).await;
        let body = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
        Reply { status: response.status, body }
    }

    /// Calls an operation without a signature; the whole response.
    pub(crate) async fn respond(&self, operation: &str, body: &Value) -> Response {
        let target = format!("AWSCognitoIdentityProviderService.{operation}");
        let headers = vec![
            ("host".to_owned(), "localhost:9229".to_owned()),
            ("content-type".to_owned(), "application/x-amz-json-1.1".to_owned()),
            ("x-amz-target".to_owned(), target),
        ];
        self.app.handle(self.request(headers, body.to_string().into())).await
    }

    /// Sends a `GET`.
    pub(crate) async fn get(&self, target: &str) -> Reply {
        self.get_with(vec![("host".into(), "localhost:9229".into())], target).await
    }

    /// Sends a `GET` that is signed for the operations' service.
    pub(crate) async fn get_signed(&self, key: Key<'_>, target: &str) -> Reply {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let headers: &[(&str, &[u8])] = &[("host", b"localhost:9229")];
        let request = sigv4::Request { method: "GET", path, query, headers, body: &[] };
        let mut headers = vec![("host".to_owned(), "localhost:9229".to_owned())];
        headers.extend(sign(key, "cognito-idp", &request, self.now()));
        self.get_with(headers, target).await
    }

    async fn get_with(&self, headers: Vec<(String, String)>, target: &str) -> Reply {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut request = self.request(headers, Bytes::new());
        (request.method, request.path, request.query) = (Method::GET, path.into(), query.into());
        let response = self.app.handle(request).await;
        let body = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
        Reply { status: response.status, body }
    }

    /// A `POST /` as the listener would hand it over.
    pub(crate) fn request(&self, headers: Vec<(String, String)>, body: Bytes) -> Request {
        Request {
            method: Method::POST,
            path: "/".into(),
            query: String::new(),
            headers: headers
                .into_iter()
                .map(|(name, value)| Header { name, value: value.into() })
                .collect(),
            body,
            peer: SocketAddr::from(([192, 0, 2, 1], 4711)),
            id: RequestId::generate(&mut self.app.fork_rng("test")),
            received: self.now(),
        }
    }

    /// Takes the messages that were sent, oldest first.
    pub(crate) fn take_messages(&self) -> Vec<Message> {
        std::mem::take(&mut *self.outbox.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes the only message that was sent.
    #[track_caller]
    pub(crate) fn take_message(&self) -> Message {
        let mut messages = self.take_messages();
        assert_eq!(messages.len(), 1, "one message expected");
        messages.remove(0)
    }
}

fn sign(
    key: Key<'_>,
    service: &str,
    request: &sigv4::Request<'_>,
    now: Timestamp,
) -> Vec<(String, String)> {
    let secret = Secret::new(key.secret.to_owned());
    let signer = sigv4::Signer {
        access_key_id: key.id,
        secret: &secret,
        session_token: None,
        region: "us-east-1",
        service,
        path: sigv4::PathForm::Normalized,
        token: sigv4::TokenForm::Signed,
    };
    signer.headers(request, now)
}

#[derive(Default)]
struct Outbox(Mutex<Vec<Message>>);

impl Sink for Outbox {
    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<(), Failure>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(message.clone());
        Box::pin(std::future::ready(Ok(())))
    }
}

/// Every lane delivers at once: to a list, and to functions what is theirs.
fn post(outbox: &Arc<Outbox>, triggers: &Arc<Triggers>, clock: Arc<dyn Clock>) -> Post {
    let carrier = || Carrier::new(Arc::<Outbox>::clone(outbox), Wait::ForDelivery);
    let functions = Arc::new(ToFunctions::new(Arc::clone(triggers), clock));
    Post::new(carrier(), carrier(), Carrier::new(functions, Wait::ForDelivery))
}

/// Two keys for all pools of all tests: making RSA keys is slow, and no test is about them.
struct SameKeys;

impl KeySource for SameKeys {
    fn pair(&self) -> poolhouse_domain::error::Result<[NewKey; 2]> {
        static KEYS: OnceLock<[NewKey; 2]> = OnceLock::new();
        Ok(KEYS.get_or_init(|| [Signer::generate().unwrap(), Signer::generate().unwrap()]).clone())
    }
}

/// Three pairs of keys, taken in turn: the first pools of a test do not share one.
#[derive(Default)]
pub(crate) struct OwnKeys(AtomicUsize);

impl KeySource for OwnKeys {
    fn pair(&self) -> poolhouse_domain::error::Result<[NewKey; 2]> {
        static KEYS: OnceLock<Vec<[NewKey; 2]>> = OnceLock::new();
        let made = || (0..3).map(|_| [Signer::generate().unwrap(), Signer::generate().unwrap()]);
        let keys = KEYS.get_or_init(|| made().collect());
        Ok(keys[self.0.fetch_add(1, Ordering::Relaxed) % keys.len()].clone())
    }
}
