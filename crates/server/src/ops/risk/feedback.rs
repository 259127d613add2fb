//! The token by which a user, from the message about an event, says whether it was them.
//!
//! It is good for one event of one user of one pool, for a week, and for nothing but feedback.

use data_encoding::BASE64URL_NOPAD;
use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::risk::RiskRefusal;
use poolhouse_domain::time::Timestamp;
use rand_core::RngCore;

use crate::app::App;

/// How long a token is good, in seconds.
const LIFETIME_SECS: i64 = 7 * 24 * 60 * 60;
/// Longest token that is looked at, characters.
const CHARS_MAX: usize = 512;

fn place(pool: &PoolId, sub: &Sub, event: &str) -> Vec<u8> {
    format!("feedback token\0{pool}\0{}\0{event}", sub.as_str()).into_bytes()
}

/// A token for an event.
pub fn issue(
    app: &App,
    (pool, sub, event): (&PoolId, &Sub, &str),
    now: Timestamp,
    rng: &mut dyn RngCore,
) -> String {
    let expires = now.plus_secs(LIFETIME_SECS).as_millis().to_be_bytes();
    BASE64URL_NOPAD.encode(&app.sealer.seal(&place(pool, sub, event), &expires, rng))
}

/// Checks that a token is good for an event.
///
/// # Errors
/// [`RiskRefusal::FeedbackToken`].
pub(super) fn check(
    app: &App,
    (pool, sub, event): (&PoolId, &Sub, &str),
    token: &str,
    now: Timestamp,
) -> Result<()> {
    let expires = || {
        let sealed =
            (token.len() <= CHARS_MAX).then(|| BASE64URL_NOPAD.decode(token.as_bytes()))?;
        let opened = app.sealer.open(&place(pool, sub, event), &sealed.ok()?).ok()?;
        let bytes: [u8; 8] = opened.expose().as_slice().try_into().ok()?;
        Some(Timestamp::from_millis(i64::from_be_bytes(bytes)))
    };
    match expires() {
        Some(expires) if now < expires => Ok(()),
        _ => Err(Error::Risk(RiskRefusal::FeedbackToken)),
    }
}
