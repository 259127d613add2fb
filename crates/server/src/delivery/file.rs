//! The spool: each message is a file that a person, a script or a test reads.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use poolhouse_domain::message::Message;
use poolhouse_domain::time::Timestamp;
use serde_json::{Value, json};

use super::{Failure, Sink};
use crate::http::BoxFuture;

/// How long a file stays, milliseconds: codes in plain text should not pile up for ever.
const FILE_KEPT_MS: i64 = 7 * 24 * 60 * 60 * 1_000;
/// Digits of the time at the start of a file's name.
const TIME_DIGITS: usize = 13;

/// One JSON file for each message, in a directory.
#[derive(Debug)]
pub struct FileSpool(pub PathBuf);

impl Sink for FileSpool {
    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<(), Failure>> {
        let name = format!("{:013}-{}.json", message.created.as_millis(), message.id);
        let text = format!("{:#}\n", document(message));
        let directory = self.0.clone();
        Box::pin(async move {
            let written = tokio::task::spawn_blocking(move || write(&directory, &name, &text));
            let failed = |kind: io::ErrorKind| Failure::temporary(format!("file: {kind}"));
            match written.await {
                Ok(result) => result.map_err(|error| failed(error.kind())),
                Err(_) => Err(failed(io::ErrorKind::Interrupted)),
            }
        })
    }

    fn sweep(&self, now: Timestamp) -> BoxFuture<'_, ()> {
        let directory = self.0.clone();
        let before = now.as_millis().saturating_sub(FILE_KEPT_MS);
        Box::pin(async move {
            let swept = tokio::task::spawn_blocking(move || retire(&directory, before)).await;
            if let Ok(Err(error)) = swept {
                tracing::warn!(%error, "old messages could not be removed from the outbox directory");
            }
        })
    }
}

fn write(directory: &Path, name: &str, text: &str) -> io::Result<()> {
    let unfinished = directory.join(format!(".{name}"));
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&unfinished)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    // A reader sees whole files only.
    fs::rename(unfinished, directory.join(name))
}

/// Removes our files of messages that were written before a time, and nobody else's.
fn retire(directory: &Path, before_ms: i64) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let name = entry.file_name();
        let written = name.to_str().and_then(written_ms);
        if written.is_some_and(|written| written < before_ms) && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// When the message of a file was written, if it is one of ours, finished or not.
fn written_ms(name: &str) -> Option<i64> {
    let (time, id) = name.strip_prefix('.').unwrap_or(name).split_once('-')?;
    let id = id.strip_suffix(".json")?;
    let ours = time.len() == TIME_DIGITS && uuid::Uuid::try_parse(id).is_ok();
    if ours { time.parse().ok() } else { None }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_old_files_of_ours_are_removed() {
        let directory =
            std::env::temp_dir().join(format!("poolhouse-retire-{}", std::process::id()));
        fs::create_dir_all(
            directory.join("1700000000000-11111111-0000-4000-8000-000000000009.json"),
        )
        .unwrap();
        let id = "11111111-0000-4000-8000-000000000000.json";
        let old = [format!("1700000000000-{id}"), format!(".1700000000000-{id}")];
        let kept =
            [format!("1700000000001-{id}"), "1700000000000-x.json".into(), "note.txt".to_owned()];
        for name in old.iter().chain(&kept) {
            fs::write(directory.join(name), "{}").unwrap();
        }
        retire(&directory, 1_700_000_000_001).unwrap();
        for name in &old {
            assert!(!directory.join(name).exists(), "{name}");
        }
        for name in &kept {
            assert!(directory.join(name).exists(), "{name}");
        }
        fs::remove_dir_all(directory).unwrap();
    }
}
