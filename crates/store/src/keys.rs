//! Signing keys: the private half sealed, the public half readable without opening it.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::token::succession::ended_before;

use crate::cell::Cell;
use crate::sql::args;
use crate::tx::Tx;

/// The public half of a signing key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKeyRow {
    /// The key id, as in a token's header.
    pub kid: String,
    /// What it signs: `id` or `access`.
    pub purpose: String,
    /// The public key's numbers, as JSON.
    pub public: String,
    /// When it was made.
    pub created: Timestamp,
    /// From when on it signs.
    pub signs_from: Timestamp,
}

/// A signing key.
#[derive(Clone, Debug)]
pub struct SigningKeyRow {
    /// The public half.
    pub public: PublicKeyRow,
    /// The private key in PKCS#8.
    pub pkcs8: Secret<Vec<u8>>,
}

const INSERT: &str = "INSERT INTO signing_key (pool_id, kid, purpose, pkcs8, public, created,
        signs_from)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const SELECT: &str = "SELECT kid, purpose, public, created,
        COALESCE(signs_from, created), pkcs8
    FROM signing_key WHERE pool_id = ?1 ORDER BY created, kid";
const SELECT_PUBLIC: &str = "SELECT kid, purpose, public, created,
        COALESCE(signs_from, created)
    FROM signing_key WHERE pool_id = ?1 ORDER BY created, kid";

const PURGE: &str = "DELETE FROM signing_key WHERE (pool_id, kid) IN (
        SELECT k.pool_id, k.kid FROM signing_key n
        JOIN signing_key k ON k.pool_id = n.pool_id AND k.purpose = n.purpose
        WHERE n.signs_from IS NOT NULL AND n.signs_from <= ?1
            AND COALESCE(k.signs_from, k.created) < n.signs_from
        LIMIT ?2
    )";

impl Tx {
    /// Keeps a new signing key of a pool.
    pub async fn put_signing_key(&mut self, pool: &PoolId, key: &SigningKeyRow) -> Result<()> {
        let place = [pool.as_str(), &key.public.kid];
        let sealed = self.seal(key_cell(&place), key.pkcs8.expose())?;
        let PublicKeyRow { kid, purpose, public, created, signs_from } = &key.public;
        // The keys that come with a pool have no predecessor, and what finds ended ones skips them.
        let signs_from = (signs_from != created).then_some(*signs_from);
        let row = args![pool, kid, purpose, sealed, public, *created, signs_from];
        self.execute(INSERT, row).await?;
        Ok(())
    }

    /// A pool's signing keys, oldest first.
    pub async fn signing_keys(&mut self, pool: &PoolId) -> Result<Vec<SigningKeyRow>> {
        let mut keys = Vec::new();
        for mut row in self.fetch_all(SELECT, args![pool]).await? {
            let public = public_of(&mut row)?;
            let place = [pool.as_str(), &public.kid];
            let pkcs8 = self.open(key_cell(&place), &row.blob()?)?;
            keys.push(SigningKeyRow { public, pkcs8 });
        }
        Ok(keys)
    }

    /// The public halves alone, oldest first: opens no cell.
    pub async fn public_keys(&mut self, pool: &PoolId) -> Result<Vec<PublicKeyRow>> {
        let rows = self.fetch_all(SELECT_PUBLIC, args![pool]).await?;
        rows.into_iter().map(|mut row| public_of(&mut row)).collect()
    }
}

impl Tx {
    /// Deletes at most `limit` keys whose last token has expired; how many there were.
    pub(crate) async fn purge_signing_keys(&mut self, limit: i64) -> Result<u64> {
        Ok(self.execute(PURGE, args![ended_before(self.now), limit]).await?)
    }
}

fn public_of(row: &mut crate::sql::Row) -> Result<PublicKeyRow> {
    Ok(PublicKeyRow {
        kid: row.text()?,
        purpose: row.text()?,
        public: row.text()?,
        created: row.time()?,
        signs_from: row.time()?,
    })
}

fn key_cell<'a>(key: &'a [&'a str]) -> Cell<'a> {
    Cell { table: "signing_key", column: "pkcs8", key }
}
