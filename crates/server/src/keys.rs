//! Signing keys of pools, opened once and kept.
//!
//! A pool has two keys, one for access tokens and one for ID tokens. They are made with the pool,
//! never by a read. What is cached cannot go stale: keys of a pool do not change, and the tokens of
//! a deleted pool fail at the store.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::PoolId;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::token::key::{PublicKey, Signer};
use poolhouse_store::{Db, PublicKeyRow, SigningKeyRow};

use crate::crypto_pool::CryptoPool;

/// Pools whose opened keys are kept at once.
const CACHED_POOLS_MAX: usize = 4096;

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

/// The keys of all pools.
pub struct Keys {
    source: Arc<dyn KeySource>,
    opened: Mutex<HashMap<PoolId, Arc<PoolKeys>>>,
}

impl Keys {
    /// Nothing opened yet.
    pub fn new(source: Arc<dyn KeySource>) -> Self {
        Self { source, opened: Mutex::new(HashMap::new()) }
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
        Ok([row(access, "access", now)?, row(id, "id", now)?])
    }

    /// The keys of a pool; none where there is no such pool.
    ///
    /// # Errors
    /// A fault of the store, or a cell that does not open.
    pub async fn of(&self, db: &Db, pool: &PoolId) -> Result<Option<Arc<PoolKeys>>> {
        if let Some(keys) = self.cached(pool) {
            return Ok(Some(keys));
        }
        let rows = db.read(async |mut tx| tx.signing_keys(pool).await).await?;
        let find = |use_: &str| rows.iter().find(|row| row.public.purpose == use_);
        let (Some(access), Some(id)) = (find("access"), find("id")) else { return Ok(None) };
        let access = Signer::from_pkcs8(access.pkcs8.expose())?;
        let keys = Arc::new(PoolKeys { access, id: Signer::from_pkcs8(id.pkcs8.expose())? });
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if opened.len() >= CACHED_POOLS_MAX {
            opened.clear();
        }
        opened.insert(pool.clone(), Arc::clone(&keys));
        Ok(Some(keys))
    }

    /// The public keys that access tokens of a pool verify under.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub async fn access_public(&self, db: &Db, pool: &PoolId) -> Result<Option<Vec<PublicKey>>> {
        Ok(self.of(db, pool).await?.map(|keys| vec![keys.access.public().clone()]))
    }

    fn cached(&self, pool: &PoolId) -> Option<Arc<PoolKeys>> {
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.get(pool).map(Arc::clone)
    }
}

fn row((signer, pkcs8): NewKey, key_use: &'static str, now: Timestamp) -> Result<SigningKeyRow> {
    let public = serde_json::to_string(signer.public()).map_err(Error::fault)?;
    let kid = signer.public().kid.clone();
    let purpose = key_use.to_owned();
    Ok(SigningKeyRow { public: PublicKeyRow { kid, purpose, public, created: now }, pkcs8 })
}
