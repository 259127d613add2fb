//! The documents under a pool's issuer: its keys and its discovery document.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::PoolId;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::token::key::PublicKey;
use poolhouse_domain::token::succession;
use poolhouse_store::PublicKeyRow;
use serde_json::{Value, json};

use crate::app::App;
use crate::http::{Response, response};
use crate::keys::term;

/// `/{pool}/.well-known/jwks.json` (RFC 7517).
pub async fn jwks(app: &App, pool: &str) -> Response {
    let pool = &PoolId::new(pool);
    // Not from what is kept in memory: a key must be here before it signs anywhere, and whoever
    // fetches the keys of a deleted pool must not be told that its tokens are still good.
    let rows = app.db.read(async |mut tx| {
        tx.pool(pool).await?;
        tx.public_keys(pool).await
    });
    match rows.await {
        Ok(rows) => match published(&rows, app.env.clock.now()) {
            Ok(keys) => Response::new(200, response::JSON, json!({ "keys": keys }).to_string()),
            Err(error) => fault(&error),
        },
        Err(Error::PoolNotFound(_)) => no_pool(pool),
        Err(error) => fault(&error),
    }
}

/// The keys under which tokens verify: those of ID tokens first, the oldest first.
fn published(rows: &[PublicKeyRow], now: Timestamp) -> Result<Vec<Value>> {
    let terms: Vec<_> = rows.iter().map(term).collect();
    let mut served: Vec<_> =
        rows.iter().filter(|row| succession::serves(&terms, &row.kid, now)).collect();
    served.sort_by_key(|row| (row.purpose != "id", row.signs_from));
    let jwk = |row: &PublicKeyRow| {
        let key: PublicKey = serde_json::from_str(&row.public).map_err(Error::fault)?;
        Ok(key.jwk())
    };
    served.into_iter().map(jwk).collect()
}

/// `/{pool}/.well-known/openid-configuration` (OpenID Connect Discovery 1.0).
pub async fn openid_configuration(app: &App, pool: &str) -> Response {
    let pool = &PoolId::new(pool);
    match app.db.read(async |mut tx| tx.pool(pool).await).await {
        Ok(_) => Response::new(200, response::JSON, discovery(app, pool).to_string()),
        Err(Error::PoolNotFound(_)) => no_pool(pool),
        Err(error) => fault(&error),
    }
}

/// What is true today: endpoints of hosted login are named when there are any.
fn discovery(app: &App, pool: &PoolId) -> Value {
    let issuer = app.identity.issuer_of(pool);
    json!({
        "id_token_signing_alg_values_supported": ["RS256"],
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "response_types_supported": ["code", "token"],
        "scopes_supported": ["openid", "email", "phone", "profile"],
        "subject_types_supported": ["public"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
    })
}

fn no_pool(pool: &PoolId) -> Response {
    let message = format!("User pool {pool} does not exist.");
    Response::new(404, response::JSON, json!({ "message": message }).to_string())
}

fn fault(error: &Error) -> Response {
    tracing::error!(%error, "fault");
    Response::internal_error()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::client::{Application, PASSWORD};

    #[tokio::test]
    async fn keys_and_discovery_stand_under_the_issuer() {
        let app = Application::new(json!({}), json!({})).await;
        app.user("ada").await;
        let keys = app.server.get(&format!("/{}/.well-known/jwks.json", app.pool)).await.ok();
        let keys = keys["keys"].as_array().unwrap();
        assert_eq!(keys.len(), 2);
        let kids: Vec<&str> = keys.iter().map(|key| key["kid"].as_str().unwrap()).collect();
        assert_ne!(kids[0], kids[1]);
        for key in keys {
            let names: Vec<&str> = key.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(names, ["alg", "e", "kid", "kty", "n", "use"]);
        }
        let signed = app.password_sign_in("ada", PASSWORD).await.ok();
        let kid = |token: &Value| -> Value {
            let header = token.as_str().unwrap().split('.').next().unwrap();
            let header = data_encoding::BASE64URL_NOPAD.decode(header.as_bytes()).unwrap();
            serde_json::from_slice::<Value>(&header).unwrap()["kid"].clone()
        };
        let result = &signed["AuthenticationResult"];
        let (access, id) = (kid(&result["AccessToken"]), kid(&result["IdToken"]));
        assert_ne!(access, id);
        assert!(kids.contains(&access.as_str().unwrap()) && kids.contains(&id.as_str().unwrap()));
        let path = format!("/{}/.well-known/openid-configuration", app.pool);
        let discovery = app.server.get(&path).await.ok();
        let issuer = format!("http://localhost:9229/{}", app.pool);
        assert_eq!(discovery["issuer"], issuer);
        assert_eq!(discovery["jwks_uri"], format!("{issuer}/.well-known/jwks.json"));
    }

    #[tokio::test]
    async fn an_unknown_pool_is_not_found() {
        let app = Application::new(json!({}), json!({})).await;
        for document in ["jwks.json", "openid-configuration"] {
            let path = format!("/us-east-1_Nowhere00/.well-known/{document}");
            let reply = app.server.get(&path).await;
            assert_eq!(reply.status, 404);
            let text = "User pool us-east-1_Nowhere00 does not exist.";
            assert_eq!(reply.body, json!({ "message": text }));
        }
    }

    #[tokio::test]
    async fn a_deleted_pool_publishes_nothing() {
        let app = Application::new(json!({}), json!({})).await;
        app.user("ada").await;
        // Signing puts the keys into the cache.
        app.password_sign_in("ada", PASSWORD).await.ok();
        let (server, pool) = (&app.server.app, &app.pool);
        assert_eq!(super::jwks(server, pool).await.status, 200);
        assert_eq!(super::openid_configuration(server, pool).await.status, 200);
        app.server.admin("DeleteUserPool", json!({ "UserPoolId": pool })).await.ok();
        assert_eq!(super::jwks(server, pool).await.status, 404);
        assert_eq!(super::openid_configuration(server, pool).await.status, 404);
    }
}
