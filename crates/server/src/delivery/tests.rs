//! The outbox through a whole server.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::{Mutex, PoisonError};

use poolhouse_domain::message::{ATTEMPTS_MAX, Medium};
use poolhouse_domain::secret::Secret;
use poolhouse_domain::user::User;
use poolhouse_store::DeadMessage;
use serde_json::{Value, json};

use super::*;
use crate::testing::client::Application;
use crate::testing::{Build, TestServer};

const ID: &str = "11111111-0000-4000-8000-000000000000";

async fn enqueue(server: &TestServer, user: &User, id: &str) -> Message {
    let message = Message {
        id: id.to_owned(),
        pool: user.pool.clone(),
        sub: user.sub.clone(),
        medium: Medium::Email,
        kind: "SignUp".into(),
        destination: Secret::new("ada@example.com".into()),
        subject: Some("Your verification code".into()),
        body: Secret::new("Your verification code is 123456. ".into()),
        code: Secret::new("123456".into()),
        created: server.now(),
        expires: None,
        call: None,
    };
    let stored = &message;
    let write = server.app.db.write(server.now(), async |mut tx| tx.enqueue(stored).await);
    write.await.unwrap();
    message
}

/// Answers attempts with what the test put here, and keeps the ids of all.
#[derive(Default)]
struct Script {
    outcomes: Mutex<Vec<std::result::Result<(), Failure>>>,
    ids: Mutex<Vec<String>>,
}

impl Script {
    fn failing(times: usize, failure: &Failure) -> Arc<Self> {
        let outcomes = Mutex::new(vec![Err(failure.clone()); times]);
        Arc::new(Self { outcomes, ids: Mutex::default() })
    }

    fn attempts(&self) -> usize {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

impl Sink for Script {
    fn deliver<'a>(
        &'a self,
        message: &'a Message,
    ) -> BoxFuture<'a, std::result::Result<(), Failure>> {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner).push(message.id.clone());
        let next = self.outcomes.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Box::pin(std::future::ready(next.unwrap_or(Ok(()))))
    }
}

/// Never answers.
struct Hangs;

impl Sink for Hangs {
    fn deliver<'a>(&'a self, _: &'a Message) -> BoxFuture<'a, std::result::Result<(), Failure>> {
        Box::pin(std::future::pending())
    }
}

fn post(sink: Arc<dyn Sink>, wait: Wait) -> Post {
    let carrier = || Carrier::new(Arc::clone(&sink), wait);
    Post::new(carrier(), carrier(), carrier())
}

async fn served_by(sink: Arc<dyn Sink>, wait: Wait, pool: Value) -> Application {
    let server = TestServer::built(Build { post: Some(post(sink, wait)), ..Build::default() });
    Application::on(server.await, pool, json!({})).await
}

async fn dead(app: &Application) -> Vec<DeadMessage> {
    app.server.app.db.read(async |mut tx| tx.dead_messages(10).await).await.unwrap()
}

#[tokio::test]
async fn a_message_is_one_private_file_that_a_script_can_read() {
    let name = format!("poolhouse-spool-{}", std::process::id());
    let directory = std::env::temp_dir().join(name);
    fs::create_dir_all(&directory).unwrap();
    let spool = Arc::new(FileSpool(directory.clone()));
    let app = served_by(spool, Wait::ForDelivery, json!({})).await;
    let user = app.user("ada").await;
    let message = enqueue(&app.server, &user, ID).await;
    app.server.app.mail_written().await.unwrap();
    let files: Vec<_> = fs::read_dir(&directory).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!(fs::metadata(&files[0]).unwrap().permissions().mode() & 0o777, 0o600);
    let read: Value = serde_json::from_slice(&fs::read(&files[0]).unwrap()).unwrap();
    assert_eq!(read, document(&message));
    assert_eq!((&read["to"], &read["code"]), (&json!("ada@example.com"), &json!("123456")));
    // Sent is sent: nothing comes a second time.
    fs::remove_file(&files[0]).unwrap();
    app.server.app.deliver().await.unwrap();
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 0);
    // After a week what is left is removed.
    enqueue(&app.server, &user, &ID.replace('1', "2")).await;
    app.server.app.mail_written().await.unwrap();
    app.server.advance_secs(7 * 24 * 60 * 60);
    app.server.app.sweep().await.unwrap();
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 1);
    app.server.advance_secs(1);
    app.server.app.sweep().await.unwrap();
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 0);
    fs::remove_dir_all(directory).unwrap();
}

#[tokio::test]
async fn a_directory_that_is_gone_is_no_end() {
    let spool = Arc::new(FileSpool("/nonexistent/poolhouse".into()));
    let app = served_by(spool, Wait::ForDelivery, json!({})).await;
    let user = app.user("ada").await;
    enqueue(&app.server, &user, ID).await;
    app.server.app.deliver().await.unwrap();
    let counts = app.server.app.post.counters.read(Lane::Email);
    assert_eq!(counts, Counts { delivered: 0, failed: 1, given_up: 0 });
}

#[tokio::test]
async fn what_could_not_be_delivered_is_tried_again_ever_later_and_then_given_up() {
    let attempts = usize::try_from(ATTEMPTS_MAX).unwrap();
    let script = Script::failing(attempts, &Failure::temporary("smtp 451"));
    let app = served_by(Arc::<Script>::clone(&script), Wait::Not, json!({})).await;
    let user = app.user("ada").await;
    enqueue(&app.server, &user, ID).await;
    let mut waits = vec![];
    for attempt in 1..=ATTEMPTS_MAX {
        app.server.app.deliver().await.unwrap();
        assert_eq!(script.attempts(), usize::try_from(attempt).unwrap());
        let Some(wait) = retry_after_ms(attempt) else { break };
        // Not a moment earlier.
        app.server.clock.advance_millis(wait - 1);
        app.server.app.deliver().await.unwrap();
        assert_eq!(script.attempts(), usize::try_from(attempt).unwrap());
        app.server.clock.advance_millis(1);
        waits.push(wait);
    }
    assert!(waits.is_sorted() && waits.len() == attempts - 1);
    let given_up = dead(&app).await;
    assert_eq!(given_up.len(), 1);
    assert_eq!((given_up[0].id.as_str(), given_up[0].reason.as_str()), (ID, "smtp 451"));
    let printed = format!("{given_up:?}");
    assert!(!printed.contains("123456") && !printed.contains("ada@"), "{printed}");
    // The operator has it tried again, and the transport works by now.
    let (pool, now) = (&user.pool, app.server.now());
    let revive = app.server.app.db.write(now, async |mut tx| tx.revive(pool, ID).await);
    assert!(revive.await.unwrap());
    app.server.app.deliver().await.unwrap();
    assert!(dead(&app).await.is_empty());
    let counts = app.server.app.post.counters.read(Lane::Email);
    assert_eq!(counts, Counts { delivered: 1, failed: 10, given_up: 1 });
}

#[tokio::test]
async fn a_permanent_failure_is_not_tried_again() {
    let script = Script::failing(1, &Failure::permanent("smtp 550"));
    let app = served_by(Arc::<Script>::clone(&script), Wait::Not, json!({})).await;
    let user = app.user("ada").await;
    enqueue(&app.server, &user, ID).await;
    app.server.app.deliver().await.unwrap();
    app.server.advance_secs(24 * 60 * 60);
    app.server.app.deliver().await.unwrap();
    assert_eq!(script.attempts(), 1);
    assert_eq!(dead(&app).await[0].attempts, 1);
}

#[tokio::test]
async fn a_crash_between_sending_and_noting_it_sends_again_with_the_same_id() {
    let script = Arc::new(Script::default());
    let app = served_by(Arc::<Script>::clone(&script), Wait::Not, json!({})).await;
    let user = app.user("ada").await;
    enqueue(&app.server, &user, ID).await;
    let taken = take(app.server.app.desk(), &Lane::ALL, 10).await.unwrap();
    script.deliver(&taken[0].message).await.unwrap();
    // Here the process dies. Until the lease runs out nobody touches the message.
    app.server.clock.advance_millis(LEASE_MS - 1);
    app.server.app.deliver().await.unwrap();
    assert_eq!(script.attempts(), 1);
    app.server.clock.advance_millis(1);
    app.server.app.deliver().await.unwrap();
    assert_eq!(*script.ids.lock().unwrap(), [ID, ID]);
    app.server.advance_secs(24 * 60 * 60);
    app.server.app.deliver().await.unwrap();
    assert_eq!(script.attempts(), 2);
}

#[tokio::test]
async fn a_code_that_ran_out_is_not_sent() {
    let script = Script::failing(20, &Failure::temporary("down"));
    let verifying = json!({ "AutoVerifiedAttributes": ["email"] });
    let app = served_by(Arc::<Script>::clone(&script), Wait::Not, verifying).await;
    let sign_up = json!({
        "ClientId": app.client, "Username": "ada", "Password": "Passw0rd!",
        "UserAttributes": [{ "Name": "email", "Value": "ada@example.com" }],
    });
    app.server.call("SignUp", sign_up).await.ok();
    app.server.app.deliver().await.unwrap();
    app.server.advance_secs(24 * 60 * 60);
    app.server.app.deliver().await.unwrap();
    assert_eq!(script.attempts(), 1);
    assert_eq!(dead(&app).await[0].reason, EXPIRED);
}

#[tokio::test]
async fn no_request_waits_for_a_transport_that_hangs() {
    let verifying = json!({ "AutoVerifiedAttributes": ["email"] });
    let app = served_by(Arc::new(Hangs), Wait::Not, verifying).await;
    let sign_up = json!({
        "ClientId": app.client, "Username": "ada", "Password": "Passw0rd!",
        "UserAttributes": [{ "Name": "email", "Value": "ada@example.com" }],
    });
    // It would never end.
    app.server.call("SignUp", sign_up).await.ok();
    let count = app.server.app.db.read(async |mut tx| tx.outbox_count(Lane::Email).await);
    assert_eq!(count.await.unwrap().queued, 1);
}

#[tokio::test]
async fn an_attempt_has_an_end() {
    let impatient = Post { attempt_max: Duration::ZERO, ..post(Arc::new(Hangs), Wait::Not) };
    let server = TestServer::built(Build { post: Some(impatient), ..Build::default() }).await;
    let app = Application::on(server, json!({}), json!({})).await;
    let user = app.user("ada").await;
    enqueue(&app.server, &user, ID).await;
    app.server.app.deliver().await.unwrap();
    assert_eq!(app.server.app.post.counters.read(Lane::Email).failed, 1);
}

#[tokio::test]
async fn a_worker_sends_what_it_is_told_of_and_stops_when_told() {
    let script = Arc::new(Script::default());
    let app = served_by(Arc::<Script>::clone(&script), Wait::Not, json!({})).await;
    let user = app.user("ada").await;
    let (trigger, shutdown) = crate::shutdown::channel();
    let mut worker = tokio::task::JoinSet::new();
    worker.spawn(work(Arc::clone(&app.server.app), Lane::Email, shutdown));
    enqueue(&app.server, &user, ID).await;
    app.server.app.mail_written().await.unwrap();
    for _ in 0..100_000 {
        if app.server.app.post.counters.read(Lane::Email).delivered == 1 {
            break;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(*script.ids.lock().unwrap(), [ID]);
    trigger.advance();
    worker.join_next().await.unwrap().unwrap();
}

#[tokio::test]
async fn dev_mode_shows_messages_and_serve_does_not() {
    for (strictness, status) in [
        (crate::app::Strictness::Serve, 404),
        (crate::app::Strictness::Dev { fixed_code: None }, 200),
    ] {
        let server = TestServer::with(strictness).await;
        let app = Application::on(server, json!({}), json!({})).await;
        let user = app.user("ada").await;
        enqueue(&app.server, &user, "11111111-0000-4000-8000-000000000000").await;
        let shown = app.server.get("/_poolhouse/messages?to=ada%40example.com").await;
        assert_eq!(shown.status, status);
        if status == 200 {
            assert_eq!(shown.body["messages"][0]["code"], "123456");
            let none = app.server.get("/_poolhouse/messages?to=bob@example.com").await.ok();
            assert_eq!(none, json!({ "messages": [] }));
        }
    }
}

#[tokio::test]
async fn dev_mode_takes_any_key_but_not_none() {
    let strictness = crate::app::Strictness::Dev { fixed_code: None };
    let server = TestServer::with(strictness).await;
    let key = crate::testing::Key { id: "test", secret: "test" };
    let body = json!({ "MaxResults": 1 });
    server.signed(key, "ListUserPools", body.clone()).await.ok();
    let unsigned = server.call("ListUserPools", body).await;
    unsigned.refused("MissingAuthenticationTokenException", "Missing Authentication Token");
}
