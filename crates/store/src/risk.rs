//! Risk configurations of pools and of their clients.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{ClientId, PoolId};
use poolhouse_domain::risk::settings::RiskSettings;
use poolhouse_domain::time::Timestamp;

use crate::pools::{from_json, json};
use crate::sql::{OnConstraint, args};
use crate::tx::Tx;

const SET: &str = "INSERT INTO risk_configuration (pool_id, client_id, settings, modified)
    VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (pool_id, client_id) DO UPDATE SET settings = excluded.settings,
        modified = excluded.modified";
const RESET: &str = "DELETE FROM risk_configuration WHERE pool_id = ?1 AND client_id = ?2";
const SELECT: &str = "SELECT settings, modified FROM risk_configuration
    WHERE pool_id = ?1 AND client_id = ?2";
/// The client's own goes before the pool's.
const EFFECTIVE: &str = "SELECT settings FROM risk_configuration
    WHERE pool_id = ?1 AND client_id IN ('', ?2) ORDER BY client_id DESC LIMIT 1";

impl Tx {
    /// Replaces a risk configuration of a pool, or of one of its clients; none takes it back.
    ///
    /// # Errors
    /// `PoolNotFound`.
    pub async fn set_risk(
        &mut self,
        pool: &PoolId,
        client: Option<&ClientId>,
        settings: Option<&RiskSettings>,
    ) -> Result<()> {
        let client = client.map_or("", ClientId::as_str);
        let Some(settings) = settings else {
            self.execute(RESET, args![pool, client]).await?;
            return Ok(());
        };
        let row = args![pool, client, json(settings)?, self.now];
        let missing = Error::PoolNotFound(pool.clone());
        self.execute(SET, row).await.on_missing_parent(missing)?;
        Ok(())
    }

    /// The configuration of exactly this pool or client, and when it was made.
    pub async fn risk(
        &mut self,
        pool: &PoolId,
        client: Option<&ClientId>,
    ) -> Result<Option<(RiskSettings, Timestamp)>> {
        let client = client.map_or("", ClientId::as_str);
        let Some(mut row) = self.fetch_opt(SELECT, args![pool, client]).await? else {
            return Ok(None);
        };
        Ok(Some((from_json(&row.text()?)?, row.time()?)))
    }

    /// The configuration that counts for a client: its own, else the pool's, else one that asks
    /// for nothing.
    pub async fn effective_risk(
        &mut self,
        pool: &PoolId,
        client: &ClientId,
    ) -> Result<RiskSettings> {
        match self.fetch_opt(EFFECTIVE, args![pool, client]).await? {
            None => Ok(RiskSettings::default()),
            Some(mut row) => from_json(&row.text()?),
        }
    }

    /// Forgets the configuration of a client that is deleted.
    pub(crate) async fn forget_client_risk(
        &mut self,
        pool: &PoolId,
        client: &ClientId,
    ) -> Result<()> {
        self.execute(RESET, args![pool, client]).await?;
        Ok(())
    }
}
