//! App clients and their sealed secrets.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{ClientId, PoolId};
use poolhouse_domain::pool::client::{Client, ClientSecret};
use poolhouse_domain::time::Timestamp;

use crate::cell::Cell;
use crate::pools::{CreatedCursor, from_json, json};
use crate::sql::{DbError, OnConstraint, Row, args};
use crate::tx::Tx;

/// A client as it stands in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientListing {
    /// The id.
    pub id: ClientId,
    /// The name.
    pub name: String,
    /// When it was created.
    pub created: Timestamp,
}

const INSERT: &str = "INSERT INTO client (pool_id, id, name, settings, version, created, modified)
    VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6)";
const INSERT_SECRET: &str = "INSERT INTO client_secret (pool_id, client_id, id, value, created)
    VALUES (?1, ?2, ?3, ?4, ?5)";
const SELECT: &str = "SELECT c.pool_id, c.name, c.settings, c.created, c.modified, c.version,
        s.id, s.value, s.created
    FROM client c LEFT JOIN client_secret s ON s.pool_id = c.pool_id AND s.client_id = c.id
    WHERE c.id = ?1 ORDER BY s.created, s.id";
const UPDATE: &str = "UPDATE client
    SET name = ?3, settings = ?4, modified = ?5, version = version + 1
    WHERE pool_id = ?1 AND id = ?2 AND (CAST(?6 AS BIGINT) IS NULL OR version = ?6)";
const DELETE: &str = "DELETE FROM client WHERE pool_id = ?1 AND id = ?2";
const DELETE_SECRETS: &str = "DELETE FROM client_secret WHERE pool_id = ?1 AND client_id = ?2";
const LIST: &str = "SELECT id, name, created FROM client
    WHERE pool_id = ?1 AND (created, id) > (?2, ?3) ORDER BY created, id LIMIT ?4";

impl Tx {
    /// Keeps a new client and its secrets.
    ///
    /// # Errors
    /// `PoolNotFound` when the pool went away meanwhile.
    pub async fn insert_client(&mut self, client: &Client) -> Result<()> {
        let row = args![
            &client.pool,
            &client.id,
            &client.name,
            json(&client.settings)?,
            client.created,
            client.modified
        ];
        let missing = Error::PoolNotFound(client.pool.clone());
        self.execute(INSERT, row).await.on_missing_parent(missing)?;
        self.insert_client_secrets(client).await
    }

    async fn insert_client_secrets(&mut self, client: &Client) -> Result<()> {
        for secret in &client.secrets {
            let key = [client.pool.as_str(), client.id.as_str(), &secret.id];
            let sealed = self.seal(secret_cell(&key), secret.value.expose().as_bytes())?;
            let row = args![&client.pool, &client.id, &secret.id, sealed, secret.created];
            self.execute(INSERT_SECRET, row).await?;
        }
        Ok(())
    }

    /// A client by its id alone.
    ///
    /// # Errors
    /// `ClientNotFound`.
    pub async fn client(&mut self, id: &ClientId) -> Result<Client> {
        let mut found: Option<Client> = None;
        for mut row in self.fetch_all(SELECT, args![id]).await? {
            let head = self.client_of(id, &mut row)?;
            let client = found.get_or_insert(head);
            if let Some(secret) = self.client_secret_of(client, &mut row)? {
                client.secrets.push(secret);
            }
        }
        found.ok_or_else(|| Error::ClientNotFound(id.clone()))
    }

    /// A client of this pool.
    ///
    /// # Errors
    /// `ClientNotFound`, also for a client of another pool.
    pub async fn client_in_pool(&mut self, pool: &PoolId, id: &ClientId) -> Result<Client> {
        let client = self.client(id).await?;
        if client.pool == *pool { Ok(client) } else { Err(Error::ClientNotFound(id.clone())) }
    }

    fn client_of(&mut self, id: &ClientId, row: &mut Row) -> Result<Client> {
        let client = Client {
            id: id.clone(),
            pool: PoolId::new(row.text()?),
            name: row.text()?,
            settings: from_json(&row.text()?)?,
            created: row.time()?,
            modified: row.time()?,
            secrets: Vec::new(),
        };
        let version = row.int()?;
        self.saw("client", id.as_str(), version);
        Ok(client)
    }

    fn client_secret_of(&self, client: &Client, row: &mut Row) -> Result<Option<ClientSecret>> {
        let (id, sealed, created) = (row.opt_text()?, row.opt_blob()?, row.opt_time()?);
        let (Some(id), Some(sealed), Some(created)) = (id, sealed, created) else {
            return Ok(None);
        };
        let key = [client.pool.as_str(), client.id.as_str(), &id];
        let value = self.open_text(secret_cell(&key), &sealed)?;
        Ok(Some(ClientSecret { id, value, created }))
    }

    /// Replaces a client's name, settings, secrets and time of change. Where this transaction read
    /// the client, a change that others made since makes it run again.
    ///
    /// # Errors
    /// `ClientNotFound`.
    pub async fn update_client(&mut self, client: &Client) -> Result<()> {
        let seen = self.seen("client", client.id.as_str());
        let row = args![
            &client.pool,
            &client.id,
            &client.name,
            json(&client.settings)?,
            client.modified,
            seen
        ];
        let changed = self.execute(UPDATE, row).await?;
        let missing = Error::ClientNotFound(client.id.clone());
        self.moved("client", client.id.as_str(), changed, missing)?;
        self.execute(DELETE_SECRETS, args![&client.pool, &client.id]).await?;
        self.insert_client_secrets(client).await
    }

    /// Deletes a client. Its token families stay, and are refused with it.
    ///
    /// # Errors
    /// `ClientNotFound`.
    pub async fn delete_client(&mut self, pool: &PoolId, id: &ClientId) -> Result<()> {
        self.expect_one(DELETE, args![pool, id], Error::ClientNotFound(id.clone())).await?;
        self.forget_client_risk(pool, id).await
    }

    /// At most `limit` clients of a pool after `after`, oldest first.
    pub async fn list_clients(
        &mut self,
        pool: &PoolId,
        after: Option<&CreatedCursor>,
        limit: i64,
    ) -> Result<Vec<ClientListing>> {
        let (created, id) = CreatedCursor::start(after);
        let rows = self.fetch_all(LIST, args![pool, created, id, limit]).await?;
        let listing = |mut row: Row| {
            Ok(ClientListing {
                id: ClientId::new(row.text()?),
                name: row.text()?,
                created: row.time()?,
            })
        };
        Ok(rows.into_iter().map(listing).collect::<Result<_, DbError>>()?)
    }
}

fn secret_cell<'a>(key: &'a [&'a str]) -> Cell<'a> {
    Cell { table: "client_secret", column: "value", key }
}
