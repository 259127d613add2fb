//! `poolhouse keys`: lists the signing keys of a pool, and has new ones take their place.
//!
//! It works on the database itself, with the settings of the server, and may do so while servers run:
//! PostgreSQL and SQLite both take turns with their writes, and every server looks for new keys once
//! a second. It needs the master key, and so whoever may run it could read the keys anyway; there is
//! no door in the network for it. Use the program that the server was started from, because opening a
//! database brings it up to date.

use std::fmt::Write as _;

use poolhouse_domain::error::Error;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::token::succession::{self, KEYS_MAX, LEAD_SECONDS};
use poolhouse_store::{Db, PublicKeyRow};

use crate::keys::{KeySource, row, term};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Say which keys there are.
    List,
    /// Make two new ones, which sign from a minute later on.
    Rotate,
}

/// Why new keys were not made.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// There is no such pool.
    #[error("user pool {0} does not exist.")]
    NoPool(PoolId),
    /// A key waits for its turn.
    #[error("the pool has new keys already, which sign within a minute. Wait for them.")]
    Waiting,
    /// There are many.
    #[error("the pool has {KEYS_MAX} keys of each kind. Wait a day, until the oldest have ended.")]
    TooMany,
    /// The store, or the generator.
    #[error("{0}")]
    Fault(Error),
}

impl From<Error> for KeysError {
    fn from(error: Error) -> Self {
        match error {
            Error::PoolNotFound(pool) => Self::NoPool(pool),
            other => Self::Fault(other),
        }
    }
}

/// Does it; the text to print.
///
/// # Errors
/// See [`KeysError`].
pub async fn run(
    db: &Db,
    source: &dyn KeySource,
    action: Action,
    pool: &PoolId,
    now: Timestamp,
) -> std::result::Result<String, KeysError> {
    if action == Action::Rotate {
        rotate(db, source, pool, now).await?;
    }
    let rows = db.read(async |mut tx| {
        tx.pool(pool).await?;
        tx.public_keys(pool).await
    });
    Ok(table(&rows.await?, now))
}

async fn rotate(
    db: &Db,
    source: &dyn KeySource,
    pool: &PoolId,
    now: Timestamp,
) -> std::result::Result<(), KeysError> {
    let signs_from = now.plus_secs(LEAD_SECONDS);
    let [access, id] = source.pair()?;
    let new = [row(access, "access", now, signs_from)?, row(id, "id", now, signs_from)?];
    // A refusal is a value: nothing is written, and there is nothing to roll back.
    let write = db.write(now, async |mut tx| {
        tx.pool(pool).await?;
        let rows = tx.public_keys(pool).await?;
        if rows.iter().any(|row| row.signs_from > now) {
            return Ok(Err(KeysError::Waiting));
        }
        if rows.iter().filter(|row| row.purpose == "id").count() >= KEYS_MAX {
            return Ok(Err(KeysError::TooMany));
        }
        for key in &new {
            tx.put_signing_key(pool, key).await?;
        }
        Ok(Ok(()))
    });
    write.await?
}

/// A line for each key: id, what it signs, and what it does now.
fn table(rows: &[PublicKeyRow], now: Timestamp) -> String {
    let terms: Vec<_> = rows.iter().map(term).collect();
    let mut text = String::new();
    for row in rows {
        let signs = succession::signer(&terms, &row.purpose, now);
        let state = if signs.is_some_and(|signs| signs.kid == row.kid) {
            "signs"
        } else if row.signs_from > now {
            "published, signs later"
        } else if succession::serves(&terms, &row.kid, now) {
            "accepted until its last token expires"
        } else {
            "ended"
        };
        // Writing to a string does not fail.
        let _written = writeln!(text, "{}  {:<6}  {state}", row.kid, row.purpose);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::{Value, json};

    use super::*;
    use crate::testing::client::{Application, PASSWORD};
    use crate::testing::{Build, OwnKeys, TestServer};

    struct Bed {
        app: Application,
        other: TestServer,
        source: OwnKeys,
        pool: PoolId,
    }

    /// Two servers on one database, with a pool that has the first of three pairs of keys.
    async fn bed() -> Bed {
        let build = Build { keys: Arc::new(OwnKeys::default()), ..Build::default() };
        let app = Application::on(TestServer::built(build).await, json!({}), json!({})).await;
        app.user("ada").await;
        let source = OwnKeys::default();
        source.pair().unwrap();
        Bed { other: app.server.another(), pool: app.pool_id(), app, source }
    }

    impl Bed {
        async fn run(&self, action: Action) -> std::result::Result<String, KeysError> {
            let server = &self.app.server;
            run(&server.app.db, &self.source, action, &self.pool, server.now()).await
        }

        async fn published(&self) -> Vec<Value> {
            let path = format!("/{}/.well-known/jwks.json", self.pool);
            let (one, two) = (self.app.server.get(&path).await, self.other.get(&path).await);
            assert_eq!(one, two);
            one.ok()["keys"].as_array().unwrap().iter().map(|key| key["kid"].clone()).collect()
        }

        async fn sign_in(&self, server: &TestServer) -> Value {
            let request = json!({
                "ClientId": self.app.client, "AuthFlow": "USER_PASSWORD_AUTH",
                "AuthParameters": { "USERNAME": "ada", "PASSWORD": PASSWORD },
            });
            server.call("InitiateAuth", request).await.ok()["AuthenticationResult"].clone()
        }

        async fn accepted(&self, result: &Value) {
            for server in [&self.app.server, &self.other] {
                let request = json!({ "AccessToken": result["AccessToken"] });
                server.call("GetUser", request).await.ok();
            }
        }
    }

    fn kid(token: &Value) -> Value {
        let header = token.as_str().unwrap().split('.').next().unwrap();
        let header = data_encoding::BASE64URL_NOPAD.decode(header.as_bytes()).unwrap();
        serde_json::from_slice::<Value>(&header).unwrap()["kid"].clone()
    }

    #[tokio::test]
    async fn new_keys_are_published_then_sign_and_the_old_ones_go_last() {
        let bed = bed().await;
        let long = json!({
            "UserPoolId": bed.app.pool, "ClientId": bed.app.client, "AccessTokenValidity": 24,
            "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
        });
        bed.app.server.admin("UpdateUserPoolClient", long).await.ok();
        let before = bed.sign_in(&bed.app.server).await;
        let old = bed.published().await;
        bed.accepted(&before).await;

        let text = bed.run(Action::Rotate).await.unwrap();
        assert_eq!(text.matches("signs later").count(), 2, "{text}");
        let both = bed.published().await;
        assert_eq!(both.len(), 4);
        assert!(old.iter().all(|kid| both.contains(kid)));
        assert!(matches!(bed.run(Action::Rotate).await, Err(KeysError::Waiting)));
        assert_eq!(bed.published().await, both);
        bed.app.server.advance_secs(LEAD_SECONDS - 1);
        let still = bed.sign_in(&bed.other).await;
        assert_eq!(kid(&still["AccessToken"]), kid(&before["AccessToken"]));

        bed.app.server.advance_secs(1);
        for server in [&bed.app.server, &bed.other] {
            let after = bed.sign_in(server).await;
            for token in ["AccessToken", "IdToken"] {
                let kid = kid(&after[token]);
                assert!(both.contains(&kid) && !old.contains(&kid), "{token}");
            }
            bed.accepted(&after).await;
        }
        bed.accepted(&before).await;

        bed.app.server.advance_secs(24 * 3600 + 5 * 60 - 1);
        assert_eq!(bed.published().await, both);
        bed.app.server.advance_secs(1);
        let new: Vec<_> = both.into_iter().filter(|kid| !old.contains(kid)).collect();
        assert_eq!(bed.published().await, new);
        bed.app.server.app.sweep().await.unwrap();
        assert_eq!(bed.published().await, new);
        let text = bed.run(Action::List).await.unwrap();
        assert_eq!(text.lines().count(), 2, "{text}");
    }

    #[tokio::test]
    async fn a_token_by_a_key_that_this_server_has_not_seen_makes_it_look() {
        let bed = bed().await;
        let before = bed.sign_in(&bed.app.server).await;
        bed.accepted(&before).await;
        // What is kept stays fresh, and the new keys sign at once.
        bed.app.server.clock.advance_millis(10);
        let [access, id] = bed.source.pair().unwrap();
        let (server, pool) = (&bed.app.server, &bed.pool);
        let then = server.now().plus_millis(-1);
        let new = [row(access, "access", then, server.now()), row(id, "id", then, server.now())];
        let new = &new.map(|row| row.unwrap());
        let write = server.app.db.write(server.now(), async |mut tx| {
            for key in new {
                tx.put_signing_key(pool, key).await?;
            }
            Ok(())
        });
        write.await.unwrap();
        let third = server.another();
        let fresh = bed.sign_in(&third).await;
        assert_ne!(kid(&fresh["AccessToken"]), kid(&before["AccessToken"]));
        bed.accepted(&fresh).await;
        bed.accepted(&before).await;
    }

    #[tokio::test]
    async fn a_key_that_is_gone_is_not_accepted_a_second_later() {
        let bed = bed().await;
        let result = bed.sign_in(&bed.app.server).await;
        bed.accepted(&result).await;
        let delete = json!({ "UserPoolId": bed.app.pool });
        bed.app.server.admin("DeleteUserPool", delete).await.ok();
        bed.app.server.advance_secs(1);
        let request = json!({ "AccessToken": result["AccessToken"] });
        let reply = bed.other.call("GetUser", request).await;
        reply.refused("NotAuthorizedException", "Invalid Access Token");
    }

    #[tokio::test]
    async fn an_unknown_pool_has_no_keys() {
        let bed = bed().await;
        let pool = PoolId::new("us-east-1_Nowhere00");
        for action in [Action::List, Action::Rotate] {
            let db = &bed.app.server.app.db;
            let result = run(db, &bed.source, action, &pool, bed.app.server.now()).await;
            assert!(matches!(result, Err(KeysError::NoPool(_))), "{action:?}");
        }
    }
}
