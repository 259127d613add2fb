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
