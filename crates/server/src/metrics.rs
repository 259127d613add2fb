//! `GET /metrics`: numbers for Prometheus, for whoever has the token.
//!
//! They need a token because numbers of messages, asked for before and after a request, tell whether
//! an account exists. There is no personal data in them.

use std::fmt::Write as _;

use poolhouse_domain::error::Result;
use poolhouse_domain::message::Lane;
use poolhouse_domain::secret::ct_eq;

use crate::app::App;
use crate::http::{Request, Response};

const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Answers with the numbers; as an unknown path does where no token is set, 401 without it.
pub async fn answer(app: &App, request: &Request) -> Response {
    let Some(token) = &app.metrics_token else { return Response::not_understood() };
    let given = request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
    if !given.is_some_and(|given| ct_eq(given.as_bytes(), token.expose().as_bytes())) {
        return Response::aws_error(401, "UnauthorizedException", "A bearer token is needed.")
            .with_header("WWW-Authenticate", "Bearer");
    }
    match text(app).await {
        Ok(text) => Response::new(200, TEXT, text),
        Err(error) => {
            tracing::error!(%error, "fault");
            Response::internal_error()
        }
    }
}

async fn text(app: &App) -> Result<String> {
    let mut queued = Vec::new();
    for lane in Lane::ALL {
        queued.push((lane, app.db.read(async |mut tx| tx.outbox_count(lane).await).await?));
    }
    let counts = Lane::ALL.map(|lane| (lane, app.post.counters.read(lane)));
    let mut text = String::new();
    let mut family = |name: &str, kind: &str, help: &str, values: Vec<(Lane, i128)>| {
        // Writing to a String cannot fail.
        let _infallible =
            writeln!(text, "# HELP poolhouse_{name} {help}\n# TYPE poolhouse_{name} {kind}");
        for (lane, value) in values {
            let lane = lane.as_str().to_ascii_lowercase();
            let _infallible = writeln!(text, "poolhouse_{name}{{lane=\"{lane}\"}} {value}");
        }
    };
    let stored = |of: fn(&poolhouse_store::OutboxCount) -> i64| {
        queued.iter().map(|(lane, count)| (*lane, of(count).into())).collect()
    };
    let done = |of: fn(&crate::delivery::Counts) -> u64| {
        counts.iter().map(|(lane, count)| (*lane, of(count).into())).collect()
    };
    let help = "Messages that wait or are being sent.";
    family("outbox_queued", "gauge", help, stored(|count| count.queued));
    let help = "Messages that were given up.";
    family("outbox_dead", "gauge", help, stored(|count| count.dead));
    let help = "Messages that this process sent.";
    family("outbox_delivered_total", "counter", help, done(|count| count.delivered));
    let help = "Attempts of this process to send a message that failed.";
    family("outbox_failed_total", "counter", help, done(|count| count.failed));
    let help = "Messages that this process gave up.";
    family("outbox_given_up_total", "counter", help, done(|count| count.given_up));
    Ok(text)
}

#[cfg(test)]
mod tests {
    use crate::http::Doors;
    use crate::testing::client::Application;
    use crate::testing::{METRICS_TOKEN, TestServer};
    use bytes::Bytes;
    use hyper::Method;
    use serde_json::json;

    async fn metrics(server: &TestServer, token: Option<&str>) -> (u16, String) {
        let headers = token.map(|token| ("authorization".into(), token.into()));
        let mut request = server.request(headers.into_iter().collect(), Bytes::new());
        (request.method, request.path) = (Method::GET, "/metrics".into());
        let response = server.app.handle(request).await;
        (response.status, String::from_utf8(response.body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn numbers_are_for_whoever_has_the_token_and_name_nobody() {
        let verifying = json!({ "AutoVerifiedAttributes": ["email"] });
        let app = Application::new(verifying, json!({})).await;
        let sign_up = json!({
            "ClientId": app.client, "Username": "ada", "Password": "Passw0rd!",
            "UserAttributes": [{ "Name": "email", "Value": "ada@example.com" }],
        });
        app.server.call("SignUp", sign_up).await.ok();
        let bearer = format!("Bearer {METRICS_TOKEN}");
        let (status, text) = metrics(&app.server, Some(&bearer)).await;
        assert_eq!(status, 200);
        for line in [
            "# TYPE poolhouse_outbox_delivered_total counter",
            "poolhouse_outbox_delivered_total{lane=\"email\"} 1",
            "poolhouse_outbox_queued{lane=\"email\"} 0",
            "poolhouse_outbox_dead{lane=\"sms\"} 0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} is missing in\n{text}");
        }
        assert!(!text.contains("ada") && !text.contains(&app.pool), "{text}");
        for token in [None, Some("Bearer x"), Some(METRICS_TOKEN), Some("Bearer ")] {
            assert_eq!(metrics(&app.server, token).await.0, 401, "{token:?}");
        }
    }
}
