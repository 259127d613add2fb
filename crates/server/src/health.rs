//! `GET /health`: whether the server can do its work, which takes a store that reads and writes.

use crate::app::App;
use crate::http::{Response, response};

/// Answers 200 when the store can be read and takes writes, 503 when not.
pub async fn answer(app: &App) -> Response {
    match app.db.health().await {
        Ok(()) => Response::new(200, response::JSON, r#"{"status":"ok"}"#),
        Err(error) => {
            tracing::error!(%error, "the store does not do its work");
            Response::new(503, response::JSON, r#"{"status":"unavailable"}"#)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::TestServer;
    use serde_json::json;

    #[tokio::test]
    async fn a_server_whose_store_answers_is_healthy() {
        let server = TestServer::new().await;
        assert_eq!(server.get("/health").await.ok(), json!({ "status": "ok" }));
    }
}
