//! What a test stands on: an empty store, and records to put into it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use poolhouse_domain::crypto::{KEY_BYTES, Sealer};
use poolhouse_domain::id::{ClientId, PoolId, Sub};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::pool::client::{Client, ClientSecret};
use poolhouse_domain::secret::Secret;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::user::{MfaPreference, PasswordRecord, User, UserStatus};

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use crate::{Db, DbConfig};

/// A store of one kind, and the way to open it again.
#[derive(Clone)]
pub(super) struct Bed {
    pub(super) db: Db,
    pub(super) config: DbConfig,
    schema: Option<(String, String)>,
}

static NEXT: AtomicU32 = AtomicU32::new(0);

fn unique() -> String {
    format!("poolhouse_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The same key each time, so that a store can be opened again.
pub(super) fn sealer() -> Sealer {
    Sealer::new(Secret::new([7; KEY_BYTES]))
}

/// The randomness of the nonces.
pub(super) fn nonces() -> Box<dyn RngCore + Send> {
    Box::new(ChaCha20Rng::seed_from_u64(7))
}

impl Bed {
    pub(super) async fn memory() -> Self {
        Self::of(DbConfig::SqliteMemory, None).await
    }

    pub(super) async fn file() -> Self {
        let directory: PathBuf = std::env::temp_dir().join(unique());
        std::fs::create_dir_all(&directory).unwrap();
        Self::of(DbConfig::SqliteFile(directory.join("store.db")), None).await
    }

    pub(super) async fn postgres() -> Option<Self> {
        #[expect(clippy::disallowed_methods, reason = "the test's own setting, not the server's")]
        let Ok(url) = std::env::var("TEST_POSTGRES") else {
            println!("skipped: TEST_POSTGRES is not set");
            return None;
        };
        let schema = unique();
        administer(&url, &format!("CREATE SCHEMA {schema}")).await;
        let mark = if url.contains('?') { '&' } else { '?' };
        let own = format!("{url}{mark}options=-c%20search_path%3D{schema}");
        Some(Self::of(DbConfig::Postgres(own), Some((url, schema))).await)
    }

    async fn of(config: DbConfig, schema: Option<(String, String)>) -> Self {
        let db = Db::open(config.clone(), sealer(), nonces()).await.unwrap();
        Self { db, config, schema }
    }

    /// How many races to run of those that memory is good for: elsewhere each waits for a disk.
    pub(super) fn races(&self, in_memory: u64) -> u64 {
        match self.config {
            DbConfig::SqliteMemory => in_memory,
            DbConfig::SqliteFile(_) | DbConfig::Postgres(_) => in_memory / 40,
        }
    }

    /// Removes what the test made; a failing test leaves it to be looked at.
    pub(super) async fn remove(self) {
        drop(self.db);
        if let DbConfig::SqliteFile(path) = &self.config {
            std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
        }
        if let Some((url, schema)) = self.schema {
            administer(&url, &format!("DROP SCHEMA {schema} CASCADE")).await;
        }
    }

    pub(super) fn is_postgres(&self) -> bool {
        matches!(self.config, DbConfig::Postgres(_))
    }
}

async fn administer(url: &str, sql: &str) {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(connection);
    client.batch_execute(sql).await.unwrap();
}

pub(super) fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

pub(super) const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

pub(super) fn pool_id() -> PoolId {
    PoolId::new("us-east-1_AAAAAAAAA")
}

pub(super) fn pool(id: &str, created: i64) -> Pool {
    Pool {
        id: PoolId::new(id),
        name: format!("pool {id}"),
        settings: Default::default(),
        users: 0,
        created: at(created),
        modified: at(created),
    }
}

pub(super) fn client(id: &str, created: i64) -> Client {
    Client {
        id: ClientId::new(id),
        pool: pool_id(),
        name: format!("client {id}"),
        settings: Default::default(),
        secrets: vec![ClientSecret {
            id: format!("{id}--1"),
            value: Secret::new(format!("secret of {id}")),
            created: at(created),
        }],
        created: at(created),
        modified: at(created),
    }
}

pub(super) fn user(name: &str) -> User {
    let attributes = BTreeMap::from([("email".to_owned(), format!("{name}@example.com"))]);
    User {
        pool: pool_id(),
        sub: Sub::new(format!("sub-{name}")),
        username: name.to_owned(),
        status: UserStatus::Confirmed,
        enabled: true,
        attributes,
        mfa: MfaPreference::default(),
        totp_verified: false,
        totp_name: None,
        stamp: 0,
        created: NOW,
        modified: NOW,
    }
}

pub(super) fn password(text: &str) -> PasswordRecord {
    PasswordRecord {
        salt: b"salt".to_vec(),
        verifier: Secret::new(text.as_bytes().to_vec()),
        temporary_until: None,
    }
}

impl Bed {
    /// A store with one pool in it.
    pub(super) async fn with_pool(&self) {
        let pool = pool(pool_id().as_str(), 1);
        self.db.write(NOW, async |mut tx| tx.insert_pool(&pool).await).await.unwrap();
    }

    /// A store with a pool and these users.
    pub(super) async fn with_users(&self, names: &[&str]) {
        self.with_pool().await;
        for name in names {
            self.insert(&user(name)).await;
        }
    }

    pub(super) async fn insert(&self, user: &User) {
        let insert = async |mut tx: crate::Tx| tx.insert_user(user, &user.username, None).await;
        let outcome = self.db.write(NOW, insert).await.unwrap();
        assert_eq!(outcome, crate::InsertUser::Inserted);
    }
}
