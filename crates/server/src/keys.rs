//! Signing keys of pools, opened once and kept.
//!
//! A pool has two keys, one for access tokens and one for ID tokens. They are made with the pool,
//! never by a read, and an operator may have others take their place ([`crate::key_command`]). What is
//! kept is compared with the store once a second, and at once when a token names a key that is not
//! among it; a new key signs a minute after it was published, so every server has it by then. The
//! tokens of a deleted pool fail at the store.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::PoolId;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::token::key::{PublicKey, Signer};
use poolhouse_domain::token::succession::{self, Term};
use poolhouse_store::{Db, PublicKeyRow, SigningKeyRow};

use crate::crypto_pool::CryptoPool;
use crate::env::Clock;

/// Pools whose opened keys are kept at once.
const CACHED_POOLS_MAX: usize = 4096;
/// After this long the store is asked again which keys a pool has, milliseconds.
const LOOK_AGAIN_MS: i64 = 1_000;

/// A new key and its PKCS#8 form.
pub type NewKey = (Signer, Secret<Vec<u8>>);

/// Where new keys come from.
pub trait KeySource: Send + Sync + 'static {
    /// Two different keys.
    ///
    /// # Errors
    /// A fault of the generator.
    fn pair(&self) -> Result<[NewKey; 2]>;
}

/// Fresh keys.
#[derive(Debug)]
pub struct FreshKeys;

impl KeySource for FreshKeys {
    fn pair(&self) -> Result<[NewKey; 2]> {
        Ok([Signer::generate()?, Signer::generate()?])
    }
}

/// The two keys of a pool.
#[derive(Clone, Debug)]
pub struct PoolKeys {
    /// Signs access tokens.
    pub access: Signer,
    /// Signs ID tokens.
    pub id: Signer,
}

/// A key that is kept.
struct Opened {
    row: PublicKeyRow,
    signer: Signer,
}

impl Opened {
    fn term(&self) -> Term<'_> {
        term(&self.row)
    }
}

/// The place of a stored key in the succession.
pub(crate) fn term(row: &PublicKeyRow) -> Term<'_> {
    Term { kid: &row.kid, purpose: &row.purpose, signs_from: row.signs_from }
}

/// The keys of a pool, as they were when somebody looked.
struct Looked {
    keys: Vec<Opened>,
    at: Timestamp,
}

/// The keys of all pools.
pub struct Keys {
    source: Arc<dyn KeySource>,
    clock: Arc<dyn Clock>,
    pools: Mutex<HashMap<PoolId, Arc<Looked>>>,
}

impl Keys {
    /// Nothing opened yet.
    pub fn new(source: Arc<dyn KeySource>, clock: Arc<dyn Clock>) -> Self {
        Self { source, clock, pools: Mutex::new(HashMap::new()) }
    }

    /// What another node has: the same source, and nothing opened.
    #[cfg(test)]
    pub(crate) fn another(&self) -> Self {
        Self::new(Arc::clone(&self.source), Arc::clone(&self.clock))
    }

    /// Two new keys, as rows for the store.
    ///
    /// # Errors
    /// A fault of the generator.
    pub async fn generate(
        &self,
        crypto: &CryptoPool,
        now: Timestamp,
    ) -> Result<[SigningKeyRow; 2]> {
        let source = Arc::clone(&self.source);
        let [access, id] = crypto.run(move || source.pair()).await??;
        Ok([row(access, "access", now, now)?, row(id, "id", now, now)?])
    }

    /// The keys of a pool that sign now; none where there is no such pool.
    ///
    /// # Errors
    /// A fault of the store, or a cell that does not open.
    pub async fn of(&self, db: &Db, pool: &PoolId) -> Result<Option<Arc<PoolKeys>>> {
        let (looked, now) = (self.looked(db, pool).await?, self.clock.now());
        let terms: Vec<Term<'_>> = looked.keys.iter().map(Opened::term).collect();
        let find = |purpose: &str| {
            let kid = succession::signer(&terms, purpose, now)?.kid;
            looked.keys.iter().find(|key| key.row.kid == kid).map(|key| key.signer.clone())
        };
        Ok(find("access").zip(find("id")).map(|(access, id)| Arc::new(PoolKeys { access, id })))
    }

    /// The public keys that access tokens of a pool verify under; none where there is no such pool.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub async fn access_public(&self, db: &Db, pool: &PoolId) -> Result<Option<Vec<PublicKey>>> {
        self.public(db, pool, "access").await
    }

    /// The public keys that tokens of one purpose verify under.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub async fn public(
        &self,
        db: &Db,
        pool: &PoolId,
        purpose: &str,
    ) -> Result<Option<Vec<PublicKey>>> {
        let (looked, now) = (self.looked(db, pool).await?, self.clock.now());
        let terms: Vec<Term<'_>> = looked.keys.iter().map(Opened::term).collect();
        let served = looked.keys.iter().filter(|key| {
            key.row.purpose == purpose && succession::serves(&terms, &key.row.kid, now)
        });
        let public: Vec<_> = served.map(|key| key.signer.public().clone()).collect();
        Ok((!public.is_empty()).then_some(public))
    }

    /// Looks again the next time: what is kept lacks a key that a token names.
    pub fn look_again(&self, pool: &PoolId) {
        self.kept().remove(pool);
    }

    async fn looked(&self, db: &Db, pool: &PoolId) -> Result<Arc<Looked>> {
        let now = self.clock.now();
        let kept = self.kept().get(pool).map(Arc::clone);
        if let Some(kept) = &kept
            && (0..LOOK_AGAIN_MS).contains(&now.millis_since(kept.at))
        {
            return Ok(Arc::clone(kept));
        }
        let looked = Arc::new(Looked { keys: open(db, pool, kept.as_deref()).await?, at: now });
        let mut pools = self.kept();
        if pools.len() >= CACHED_POOLS_MAX {
            pools.clear();
        }
        if !looked.keys.is_empty() {
            pools.insert(pool.clone(), Arc::clone(&looked));
        }
        Ok(looked)
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<PoolId, Arc<Looked>>> {
        self.pools.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The keys of a pool as they are stored; what did not change is not opened again.
async fn open(db: &Db, pool: &PoolId, kept: Option<&Looked>) -> Result<Vec<Opened>> {
    if let Some(kept) = kept {
        let rows = db.read(async |mut tx| tx.public_keys(pool).await).await?;
        if rows.iter().eq(kept.keys.iter().map(|key| &key.row)) {
            let again = |key: &Opened| Opened { row: key.row.clone(), signer: key.signer.clone() };
            return Ok(kept.keys.iter().map(again).collect());
        }
    }
    let rows = db.read(async |mut tx| tx.signing_keys(pool).await).await?;
    let open = |row: SigningKeyRow| {
        Ok(Opened { signer: Signer::from_pkcs8(row.pkcs8.expose())?, row: row.public })
    };
    rows.into_iter().map(open).collect()
}

/// A new key, as a row for the store.
///
/// # Errors
/// A fault, should the public key not serialise.
pub(crate) fn row(
    (signer, pkcs8): NewKey,
    purpose: &'static str,
    created: Timestamp,
    signs_from: Timestamp,
) -> Result<SigningKeyRow> {
    let public = serde_json::to_string(signer.public()).map_err(Error::fault)?;
    let kid = signer.public().kid.clone();
    let purpose = purpose.to_owned();
    Ok(SigningKeyRow { public: PublicKeyRow { kid, purpose, public, created, signs_from }, pkcs8 })
}
