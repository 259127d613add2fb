//! What only `poolhouse dev` has: reading the messages that were sent.

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use crate::app::{App, Strictness};
use crate::http::{Request, Response, response};

/// Messages that one call returns.
const MESSAGES_MAX: usize = 100;

/// `GET /_poolhouse/messages?to=…`: the latest messages to an address, newest first.
pub async fn messages(app: &App, request: &Request) -> Response {
    if !matches!(app.strictness, Strictness::Dev { .. }) {
        return Response::not_understood();
    }
    let to = query(&request.query, "to");
    match app.db.read(async |mut tx| tx.messages_to(to.as_deref(), MESSAGES_MAX).await).await {
        Ok(found) => {
            let list: Vec<Value> = found.iter().map(crate::delivery::document).collect();
            Response::new(200, response::JSON, json!({ "messages": list }).to_string())
        }
        Err(error) => {
            tracing::error!(%error, "fault");
            Response::internal_error()
        }
    }
}

fn query(query: &str, name: &str) -> Option<String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let value = pairs.into_iter().find(|(key, _)| *key == name)?.1.replace('+', " ");
    Some(percent_decode_str(&value).decode_utf8_lossy().into_owned())
}
