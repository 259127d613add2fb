//! Signing keys that follow one another: which one signs, and until when the one before is served.
//!
//! A new key is published before it signs, so that whoever checks tokens knows it by then. The one
//! before it is published, and its tokens are accepted, until its last token has expired.

use crate::time::Timestamp;

/// The longest life of an access or ID token, seconds: a day.
const TOKEN_SECONDS_MAX: i64 = 24 * 60 * 60;
/// How much longer a key is served than its last token lives, for clocks that differ, seconds.
const CLOCK_SKEW_SECONDS: i64 = 5 * 60;
/// How long a key is published before it signs, seconds. Servers see it within one, and whoever
/// keeps a copy of the key set looks again when a token names a key that is not in it.
pub const LEAD_SECONDS: i64 = 60;
/// Keys of one purpose that a pool can have at once: with more, somebody rotates in a loop, and
/// everybody's key set grows.
pub const KEYS_MAX: usize = 10;

/// A key's place in the succession of the keys of its purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term<'a> {
    /// The key id.
    pub kid: &'a str,
    /// What it signs: `id` or `access`.
    pub purpose: &'a str,
    /// From when on it does.
    pub signs_from: Timestamp,
}

/// The key that signs at `now`: the last one whose time has come.
pub fn signer<'a>(terms: &[Term<'a>], purpose: &str, now: Timestamp) -> Option<Term<'a>> {
    let due = terms.iter().filter(|term| term.purpose == purpose && term.signs_from <= now);
    due.max_by_key(|term| (term.signs_from, term.kid)).copied()
}

/// Whether a key is published at `now` and its tokens are accepted.
pub fn serves(terms: &[Term<'_>], kid: &str, now: Timestamp) -> bool {
    let Some(own) = terms.iter().find(|term| term.kid == kid) else { return false };
    let last = TOKEN_SECONDS_MAX + CLOCK_SKEW_SECONDS;
    !terms.iter().any(|other| {
        let follows = (other.signs_from, other.kid) > (own.signs_from, own.kid);
        other.purpose == own.purpose && follows && other.signs_from.plus_secs(last) <= now
    })
}

/// What a key whose successor signs since before this is good for: nothing.
pub fn ended_before(now: Timestamp) -> Timestamp {
    now.plus_secs(-(TOKEN_SECONDS_MAX + CLOCK_SKEW_SECONDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = TOKEN_SECONDS_MAX + CLOCK_SKEW_SECONDS;

    fn term(kid: &'static str, purpose: &'static str, from: i64) -> Term<'static> {
        Term { kid, purpose, signs_from: Timestamp::from_secs(from) }
    }

    #[test]
    fn the_last_key_whose_time_has_come_signs() {
        let terms = [
            term("b", "id", 200),
            term("a", "id", 100),
            term("c", "id", 200),
            term("x", "access", 150),
        ];
        let table = [
            (99, "id", None),
            (100, "id", Some("a")),
            (199, "id", Some("a")),
            (200, "id", Some("c")),
            (900, "id", Some("c")),
            (149, "access", None),
            (900, "access", Some("x")),
            (900, "other", None),
        ];
        for (now, purpose, expected) in table {
            let found = signer(&terms, purpose, Timestamp::from_secs(now));
            assert_eq!(found.map(|term| term.kid), expected, "{now} {purpose}");
        }
    }

    #[test]
    fn a_key_is_served_from_before_it_signs_until_its_last_token_expires() {
        let terms = [term("a", "id", 100), term("b", "id", 200), term("x", "access", 50)];
        for (kid, now, expected) in [
            ("b", 0, true),
            ("a", 200 + DAY - 1, true),
            ("a", 200 + DAY, false),
            ("b", 200 + DAY, true),
            ("x", 200 + DAY, true),
            ("other", 0, false),
        ] {
            assert_eq!(serves(&terms, kid, Timestamp::from_secs(now)), expected, "{kid} {now}");
        }
        let now = Timestamp::from_secs(200 + DAY);
        assert_eq!(ended_before(now), Timestamp::from_secs(200));
    }
}
