//! `GET /health`: whether the server can do its work, which takes the store.

use crate::app::App;
use crate::http::{Response, response};

/// Answers 200 when the store answers, 503 when it does not.
pub async fn answer(app: &App) -> Response {
    match app.db.read(async |mut tx| tx.list_pools(None, 1).await).await {
        Ok(_) => Response::new(200, response::JSON, r#"{"status":"ok"}"#),
        Err(error) => {
            tracing::error!(%error, "the store does not answer");
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
