//! Pagination tokens: where a list goes on, sealed.
//!
//! A token is bound to the operation and to what is listed, so one of another list, another pool
//! or another filter is refused; it lives for an hour.

use data_encoding::BASE64URL_NOPAD;
use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::time::Timestamp;
use rand_core::RngCore;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::app::App;

/// How long a token may be used, seconds.
const LIFETIME_SECS: i64 = 60 * 60;
/// Longest token that is looked at, characters.
const CHARS_MAX: usize = 16 * 1024;

#[derive(Serialize, Deserialize)]
struct Content<T> {
    cursor: T,
    issued: Timestamp,
}

fn place(operation: &str, list: &[&str]) -> Vec<u8> {
    let mut place = format!("page\0{operation}").into_bytes();
    for part in list {
        place.push(0);
        place.extend_from_slice(part.as_bytes());
    }
    place
}

/// Makes the token that continues after `cursor`. `list` names what is listed: pool, user, filter.
///
/// # Errors
/// A fault if the cursor cannot be serialised.
pub fn seal<T: Serialize>(
    app: &App,
    operation: &str,
    list: &[&str],
    cursor: &T,
    now: Timestamp,
    rng: &mut dyn RngCore,
) -> Result<String> {
    let content = serde_json::to_vec(&Content { cursor, issued: now }).map_err(Error::fault)?;
    Ok(BASE64URL_NOPAD.encode(&app.sealer.seal(&place(operation, list), &content, rng)))
}

/// Cuts rows, of which one more was fetched than fits, to a page of `size`. With them comes the
/// page's last row if there are more behind it: the next page begins after that one.
pub fn cut<T: Clone>(mut rows: Vec<T>, size: i32) -> (Vec<T>, Option<T>) {
    let size = usize::try_from(size).unwrap_or(0);
    let more = rows.len() > size;
    rows.truncate(size);
    let last = if more { rows.last().cloned() } else { None };
    (rows, last)
}

/// Reads a token of the same operation and list.
///
/// # Errors
/// [`Error::PaginationToken`] for any other token, and one that is too old.
pub fn open<T: DeserializeOwned>(
    app: &App,
    operation: &str,
    list: &[&str],
    token: &str,
    now: Timestamp,
) -> Result<T> {
    let read = || -> Option<Content<T>> {
        if token.len() > CHARS_MAX {
            return None;
        }
        let sealed = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
        let content = app.sealer.open(&place(operation, list), &sealed).ok()?;
        serde_json::from_slice(content.expose()).ok()
    };
    let content = read().ok_or(Error::PaginationToken)?;
    if content.issued.plus_secs(LIFETIME_SECS) <= now {
        return Err(Error::PaginationToken);
    }
    Ok(content.cursor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestServer;

    #[tokio::test]
    async fn a_token_continues_its_own_list_only_and_for_an_hour() {
        let server = TestServer::new().await;
        let (app, now) = (&server.app, server.now());
        let mut rng = app.fork_rng("test");
        let token = seal(app, "ListUsers", &["pool", "a"], &7_i64, now, &mut rng).unwrap();
        let read = |operation: &str, list: &[&str], token: &str, now: Timestamp| {
            open::<i64>(app, operation, list, token, now).ok()
        };
        assert_eq!(read("ListUsers", &["pool", "a"], &token, now), Some(7));
        assert_eq!(read("ListDevices", &["pool", "a"], &token, now), None);
        assert_eq!(read("ListUsers", &["other", "a"], &token, now), None);
        assert_eq!(read("ListUsers", &["pool", "b"], &token, now), None);
        assert_eq!(read("ListUsers", &["poola"], &token, now), None);
        assert_eq!(read("ListUsers", &["pool", "a"], "x", now), None);
        let late = now.plus_secs(LIFETIME_SECS);
        assert_eq!(read("ListUsers", &["pool", "a"], &token, late), None);
        for index in 0..token.len() {
            let mut altered = token.clone().into_bytes();
            altered[index] = if altered[index] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(altered).unwrap();
            if altered != token {
                assert_eq!(read("ListUsers", &["pool", "a"], &altered, now), None, "{index}");
            }
        }
    }
}
