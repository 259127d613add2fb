//! The outbox worker: takes messages that committed transactions wrote and sends each once.
//!
//! A message is written in the transaction of the change that needs it, so a code that was stored
//! is a code that will be sent. Real transports come later; until then the sink is a directory.

use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use poolhouse_domain::error::Result;
use poolhouse_domain::message::Message;
use poolhouse_domain::time::Timestamp;
use poolhouse_store::{Db, DueMessage};
use serde_json::{Value, json};

/// Messages that one turn takes.
const BATCH_MESSAGES: i64 = 64;
/// How much longer a message waits after each failure, milliseconds.
const RETRY_MS: i64 = 30_000;

/// Takes a message to where it can be read.
pub trait Sink: Send + Sync + 'static {
    /// Delivers one message. Called at least once for each: the same id may come again.
    ///
    /// # Errors
    /// The message stays in the outbox and is tried again.
    fn deliver(&self, message: &Message) -> std::io::Result<()>;
}

/// One JSON file for each message.
#[derive(Debug)]
pub struct FileSpool(pub PathBuf);

impl Sink for FileSpool {
    fn deliver(&self, message: &Message) -> std::io::Result<()> {
        let document = document(message);
        let name = format!("{:013}-{}.json", message.created.as_millis(), message.id);
        let unfinished = self.0.join(format!(".{name}"));
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&unfinished)?;
        file.write_all(format!("{document:#}\n").as_bytes())?;
        file.sync_all()?;
        // A reader sees whole files only.
        fs::rename(unfinished, self.0.join(name))
    }
}

/// A message as a person or a test reads it.
pub fn document(message: &Message) -> Value {
    json!({
        "id": message.id,
        "pool": message.pool.as_str(),
        "user": message.sub.as_str(),
        "kind": message.kind,
        "medium": message.medium.as_str(),
        "to": message.destination.expose(),
        "subject": message.subject,
        "body": message.body.expose(),
        "code": message.code.expose(),
        "created": message.created.as_millis(),
    })
}

/// One turn: everything that is due at `now`, in the order it was written.
///
/// # Errors
/// A fault of the store.
pub async fn tick(db: &Db, sink: &dyn Sink, now: Timestamp) -> Result<()> {
    let due = db.read(async |mut tx| tx.due(now, BATCH_MESSAGES).await).await?;
    for DueMessage { message, attempts } in &due {
        let outcome = sink.deliver(message);
        // The reason is kept for the operator; it names the error, never the message.
        let reason = outcome.as_ref().err().map(|error| error.kind().to_string());
        let retry_at = now.plus_millis(RETRY_MS.saturating_mul(attempts.saturating_add(1)));
        let (pool, id, reason) = (&message.pool, &message.id, &reason);
        db.write(now, async |mut tx| match reason {
            None => tx.delivered(pool, id).await.map(drop),
            Some(reason) => tx.failed(pool, id, retry_at, reason).await.map(drop),
        })
        .await?;
        if let Err(error) = outcome {
            tracing::warn!(message = message.id, %error, "a message could not be delivered");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    use poolhouse_domain::message::Medium;
    use poolhouse_domain::secret::Secret;
    use poolhouse_domain::user::User;

    use crate::testing::TestServer;
    use crate::testing::client::Application;

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
        };
        let stored = &message;
        let write = server.app.db.write(server.now(), async |mut tx| tx.enqueue(stored).await);
        write.await.unwrap();
        message
    }

    #[tokio::test]
    async fn a_message_is_one_private_file_that_a_script_can_read() {
        let app = Application::new(json!({}), json!({})).await;
        let user = app.user("ada").await;
        let message = enqueue(&app.server, &user, "11111111-0000-4000-8000-000000000000").await;
        let name = format!("poolhouse-spool-{}", std::process::id());
        let directory = std::env::temp_dir().join(name);
        fs::create_dir_all(&directory).unwrap();
        tick(&app.server.app.db, &FileSpool(directory.clone()), app.server.now()).await.unwrap();
        let files: Vec<_> = fs::read_dir(&directory).unwrap().map(|e| e.unwrap().path()).collect();
        assert_eq!(files.len(), 1, "{files:?}");
        assert_eq!(fs::metadata(&files[0]).unwrap().permissions().mode() & 0o777, 0o600);
        let read: Value = serde_json::from_slice(&fs::read(&files[0]).unwrap()).unwrap();
        assert_eq!(read, document(&message));
        assert_eq!((&read["to"], &read["code"]), (&json!("ada@example.com"), &json!("123456")));
        // Sent is sent: nothing comes a second time.
        fs::remove_file(&files[0]).unwrap();
        tick(&app.server.app.db, &FileSpool(directory.clone()), app.server.now()).await.unwrap();
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 0);
        fs::remove_dir_all(directory).unwrap();
    }

    #[tokio::test]
    async fn what_could_not_be_delivered_is_tried_again_later() {
        let app = Application::new(json!({}), json!({})).await;
        let user = app.user("ada").await;
        enqueue(&app.server, &user, "11111111-0000-4000-8000-000000000000").await;
        let nowhere = FileSpool("/nonexistent/poolhouse".into());
        tick(&app.server.app.db, &nowhere, app.server.now()).await.unwrap();
        app.server.app.deliver().await.unwrap();
        assert!(app.server.take_messages().is_empty(), "not yet");
        app.server.advance_secs(30);
        app.server.app.deliver().await.unwrap();
        assert_eq!(app.server.take_message().code.expose(), "123456");
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
}
