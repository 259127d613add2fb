//! `/_poolhouse/dead-messages`: what was given up, for operators, while the server runs.
//!
//! `GET` lists the latest, `POST {"pool":…,"id":…}` has one sent again. Requests are signed as those
//! of operations are (service `cognito-idp`), and need the actions `poolhouse:ListDeadMessages` and
//! `poolhouse:RetryMessage`. Nothing of a message's contents or address is ever shown.

use hyper::Method;
use poolhouse_domain::iam;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::time::Timestamp;
use poolhouse_store::DeadMessage;
use serde_json::{Value, json};

use crate::app::App;
use crate::http::{Request, Response, response};
use crate::rpc::authn::{self, SignatureRefusal};
use crate::rpc::authz::common_context;
use crate::rpc::pipeline::chain;

/// Messages that one call lists.
const LISTED_MAX: i64 = 1_000;

/// Answers one call.
pub async fn answer(app: &App, request: &Request) -> Response {
    let now = app.env.clock.now();
    let listing = request.method == Method::GET;
    let action = if listing { "poolhouse:ListDeadMessages" } else { "poolhouse:RetryMessage" };
    if let Err(refusal) = permit(app, request, action, now).await {
        return refusal;
    }
    let answer = if listing { list(app).await } else { retry(app, &request.body, now).await };
    answer.unwrap_or_else(|error| fault(&error))
}

async fn permit(
    app: &App,
    request: &Request,
    action: &str,
    now: Timestamp,
) -> Result<(), Response> {
    let regions = [app.identity.realm.region.as_str()];
    let caller = authn::signed(app, request, &["cognito-idp"], &regions, now).await;
    let caller = caller.map_err(|refusal| match refusal {
        SignatureRefusal::Fault(error) => fault(&error),
        SignatureRefusal::Signature(refusal) => {
            Response::aws_error(403, refusal.exception_name(), &refusal.message())
        }
    })?;
    let context = common_context(app, &caller, request.header("user-agent"), now);
    let asked = iam::Request { action, resource: "*", context: &context };
    iam::permit(&caller.principal, &caller.policies, &asked)
        .map_err(|denied| Response::aws_error(403, "AccessDeniedException", &denied.message()))
}

async fn list(app: &App) -> poolhouse_domain::error::Result<Response> {
    let found = app.db.read(async |mut tx| tx.dead_messages(LISTED_MAX).await).await?;
    let list: Vec<Value> = found.iter().map(shown).collect();
    Ok(Response::new(200, response::JSON, json!({ "messages": list }).to_string()))
}

fn shown(message: &DeadMessage) -> Value {
    json!({
        "id": message.id,
        "pool": message.pool.as_str(),
        "user": message.sub.as_str(),
        "lane": message.lane.as_str(),
        "medium": message.medium.as_str(),
        "kind": message.kind,
        "created": message.created.as_millis(),
        "dead": message.dead.as_millis(),
        "attempts": message.attempts,
        "reason": message.reason,
    })
}

async fn retry(
    app: &App,
    body: &[u8],
    now: Timestamp,
) -> poolhouse_domain::error::Result<Response> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let Some((pool, id)) = text("pool").zip(text("id")) else {
        return Ok(Response::bad_request("A JSON object with pool and id is needed."));
    };
    let pool = &PoolId::new(pool);
    if !app.db.write(now, async |mut tx| tx.revive(pool, id).await).await? {
        let text = "No message with this id was given up in this pool.";
        return Ok(Response::aws_error(404, "ResourceNotFoundException", text));
    }
    app.mail_written().await?;
    Ok(Response::new(200, response::JSON, "{}"))
}

fn fault(error: &poolhouse_domain::error::Error) -> Response {
    tracing::error!(error = %chain(error), "fault");
    Response::internal_error()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::{Carrier, Failure, Post, Sink, Wait};
    use crate::http::{BoxFuture, Doors};
    use crate::testing::client::Application;
    use crate::testing::{Build, Key, ROOT, TestServer};
    use bytes::Bytes;
    use poolhouse_domain::message::{Lane, Message};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    /// Refuses for ever, until it does not.
    #[derive(Default)]
    struct Moody(AtomicBool);

    impl Sink for Moody {
        fn deliver<'a>(&'a self, _: &'a Message) -> BoxFuture<'a, Result<(), Failure>> {
            let works = self.0.load(Ordering::SeqCst);
            let outcome = if works { Ok(()) } else { Err(Failure::permanent("smtp 550")) };
            Box::pin(std::future::ready(outcome))
        }
    }

    async fn call(server: &TestServer, key: Option<Key<'_>>, body: Option<Value>) -> (u16, Value) {
        let method = if body.is_some() { Method::POST } else { Method::GET };
        let body = Bytes::from(body.map(|body| body.to_string()).unwrap_or_default());
        let path = "/_poolhouse/dead-messages";
        let mut headers = vec![("host".to_owned(), "localhost:9229".to_owned())];
        if let Some(key) = key {
            headers.extend(server.signature_of(key, method.as_str(), path, &headers, &body));
        }
        let mut request = server.request(headers, body);
        (request.method, request.path) = (method, path.into());
        let response = server.app.handle(request).await;
        (response.status, serde_json::from_slice(&response.body).unwrap_or(Value::Null))
    }

    #[tokio::test]
    async fn an_operator_sees_what_was_given_up_and_has_it_sent_again() {
        let sink = Arc::new(Moody::default());
        let carrier = || Carrier::new(Arc::<Moody>::clone(&sink), Wait::ForDelivery);
        let post = Post::new(carrier(), carrier(), carrier());
        let server = TestServer::built(Build { post: Some(post), ..Build::default() }).await;
        let verifying = json!({ "AutoVerifiedAttributes": ["email"] });
        let app = Application::on(server, verifying, json!({})).await;
        let sign_up = json!({
            "ClientId": app.client, "Username": "ada", "Password": "Passw0rd!",
            "UserAttributes": [{ "Name": "email", "Value": "ada@example.com" }],
        });
        app.server.call("SignUp", sign_up).await.ok();
        let (status, listed) = call(&app.server, Some(ROOT), None).await;
        assert_eq!(status, 200, "{listed}");
        let message = &listed["messages"][0];
        assert_eq!((&message["reason"], &message["kind"]), (&json!("smtp 550"), &json!("SignUp")));
        let text = listed.to_string();
        assert!(!text.contains("ada@") && !text.contains("code"), "{text}");
        let named = json!({ "pool": app.pool, "id": message["id"] });
        // Only who may.
        assert_eq!(call(&app.server, None, None).await.0, 403);
        assert_eq!(call(&app.server, None, Some(named.clone())).await.0, 403);
        let nobody = crate::testing::operator::operator(&app.server, "nobody", None).await;
        let key = nobody.key();
        assert_eq!(call(&app.server, Some(key), None).await.0, 403);
        assert_eq!(call(&app.server, Some(key), Some(named.clone())).await.0, 403);
        sink.0.store(true, Ordering::SeqCst);
        assert_eq!(call(&app.server, Some(ROOT), Some(json!({}))).await.0, 400);
        let other = json!({ "pool": "us-east-1_AAAAAAAAA", "id": message["id"] });
        assert_eq!(call(&app.server, Some(ROOT), Some(other)).await.0, 404);
        assert_eq!(call(&app.server, Some(ROOT), Some(named.clone())).await.0, 200);
        assert_eq!(app.server.app.post.counters.read(Lane::Email).delivered, 1);
        let (_, listed) = call(&app.server, Some(ROOT), None).await;
        assert_eq!(listed, json!({ "messages": [] }));
        assert_eq!(call(&app.server, Some(ROOT), Some(named)).await.0, 404);
    }
}
