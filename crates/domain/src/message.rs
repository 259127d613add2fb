//! Messages to users: what is to be sent, to whom, by which medium.

use rand_core::RngCore;
use serde::{Deserialize, Serialize};

use crate::id::{PoolId, Sub};
use crate::rng;
use crate::secret::Secret;
use crate::time::Timestamp;

/// How a message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Medium {
    /// Email.
    Email,
    /// Text message.
    Sms,
}

impl Medium {
    /// The value of `DeliveryMedium`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "EMAIL",
            Self::Sms => "SMS",
        }
    }

    /// Reads a stored value.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Email, Self::Sms].into_iter().find(|medium| medium.as_str() == text)
    }

    /// The medium whose address an attribute holds.
    pub fn of_attribute(name: &str) -> Option<Self> {
        [Self::Email, Self::Sms].into_iter().find(|medium| medium.attribute() == name)
    }

    /// The attribute whose value is the address.
    pub fn attribute(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "phone_number",
        }
    }
}

/// Who sends a message. Each has its own worker: one that hangs holds up nobody else's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// The transport for email.
    Email,
    /// The transport for text messages.
    Sms,
    /// A Lambda function of the pool's owner: a custom sender.
    Function,
}

impl Lane {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Email, Self::Sms, Self::Function];

    /// The stored value, which is also the label of metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "EMAIL",
            Self::Sms => "SMS",
            Self::Function => "FUNCTION",
        }
    }

    /// Reads a stored value.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| lane.as_str() == text)
    }
}

/// An address that is none, of a usual length.
const NOBODYS_ADDRESS: &str = "somebody@example.com";
/// A code that is none.
const NO_CODE: &str = "------";

/// A message for the outbox. Destination, body and code are personal or secret: sealed at rest.
#[derive(Clone, Debug)]
pub struct Message {
    /// A UUID.
    pub id: String,
    /// The pool it speaks for.
    pub pool: PoolId,
    /// The user it goes to.
    pub sub: Sub,
    /// How it travels.
    pub medium: Medium,
    /// What it is, such as `SignUp` or `AdminCreateUser`.
    pub kind: String,
    /// The address or number.
    pub destination: Secret<String>,
    /// The subject of an email.
    pub subject: Option<String>,
    /// The text, with the code in it.
    pub body: Secret<String>,
    /// The code or temporary password alone.
    pub code: Secret<String>,
    /// When it was written.
    pub created: Timestamp,
    /// When there is no use in it any more, because its code has run out.
    pub expires: Option<Timestamp>,
    /// For a custom sender: which function to call, with what, as JSON. It holds what the caller
    /// said about itself, so it is sealed, too.
    pub call: Option<Secret<String>>,
}

impl Message {
    /// A message that nobody is sent, in place of one that somebody would be: as long, and with
    /// nothing in it.
    pub fn to_nobody(
        pool: &PoolId,
        subject: &str,
        body: Secret<String>,
        now: Timestamp,
        rng: &mut dyn RngCore,
    ) -> Self {
        Self {
            id: rng::uuid(rng),
            pool: pool.clone(),
            sub: Sub::new(subject),
            medium: Medium::Email,
            kind: String::new(),
            destination: Secret::new(NOBODYS_ADDRESS.to_owned()),
            subject: None,
            body,
            code: Secret::new(NO_CODE.to_owned()),
            created: now,
            expires: None,
            call: None,
        }
    }

    /// Who sends it.
    pub fn lane(&self) -> Lane {
        match (&self.call, self.medium) {
            (Some(_), _) => Lane::Function,
            (None, Medium::Email) => Lane::Email,
            (None, Medium::Sms) => Lane::Sms,
        }
    }
}

/// How long a message waits after its first failure, milliseconds; each further failure doubles it.
const RETRY_MS: i64 = 30_000;
/// The longest wait between two attempts, milliseconds.
const RETRY_MS_MAX: i64 = 60 * 60 * 1_000;
/// Attempts after which a message is given up: about three hours after the first.
pub const ATTEMPTS_MAX: i64 = 10;

/// How long to wait after attempt number `attempt` failed, in milliseconds; none when it was the
/// last. The first attempt is number 1.
pub fn retry_after_ms(attempt: i64) -> Option<i64> {
    if attempt >= ATTEMPTS_MAX {
        return None;
    }
    let doublings = u32::try_from(attempt.saturating_sub(1)).unwrap_or(0);
    let factor = 2_i64.saturating_pow(doublings);
    Some(RETRY_MS.saturating_mul(factor).min(RETRY_MS_MAX))
}

/// The text of an HTML body for readers without HTML: tags are left out (a line break stands for a
/// paragraph's end and for `<br>`, an address behind a link's text), entities become characters.
/// What is not understood stays as it is.
pub fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    let mut link = None;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, found) = rest.split_at(at);
        text.push_str(before);
        let end = if found.starts_with('<') { '>' } else { ';' };
        let Some((inner, after)) = found.split_once(end).filter(|_| is_markup(found)) else {
            let (sign, after) = found.split_at(1);
            text.push_str(sign);
            rest = after;
            continue;
        };
        let inner = inner.get(1..).unwrap_or_default();
        rest = after;
        if end == '>' {
            push_tag(&mut text, inner, &mut link);
        } else if let Some(c) = entity(inner) {
            text.push(c);
        } else {
            text.push('&');
            text.push_str(inner);
            text.push(';');
        }
    }
    text.push_str(rest);
    text
}

/// Whether a `<` or `&` begins a tag or an entity: what follows it decides.
fn is_markup(found: &str) -> bool {
    let mut chars = found.chars();
    match (chars.next(), chars.next()) {
        (Some('<'), Some(c)) => c.is_ascii_alphabetic() || matches!(c, '/' | '!'),
        (Some('&'), Some(c)) => c.is_ascii_alphabetic() || c == '#',
        _ => false,
    }
}

fn push_tag(text: &mut String, tag: &str, link: &mut Option<String>) {
    let name = tag.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
    match name.trim_end_matches('/').to_ascii_lowercase().as_str() {
        "br" | "/p" | "/div" | "/tr" | "/li" | "/h1" | "/h2" | "/h3" => text.push('\n'),
        "a" => {
            let href = tag.split_once("href=\"").and_then(|(_, rest)| rest.split_once('"'));
            *link = href.map(|(href, _)| plain_text(href));
        }
        "/a" => {
            if let Some(link) = link.take() {
                text.push_str(&format!(" ({link})"));
            }
        }
        _ => {}
    }
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "nbsp" => Some(' '),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour_and_end() {
        let waits: Vec<Option<i64>> = (1..=ATTEMPTS_MAX).map(retry_after_ms).collect();
        let secs = [30, 60, 120, 240, 480, 960, 1920, 3600, 3600].map(|s| Some(s * 1_000));
        assert_eq!(waits, [&secs[..], &[None]].concat());
        assert_eq!((retry_after_ms(i64::MAX), retry_after_ms(0)), (None, Some(30_000)));
    }

    #[test]
    fn a_body_without_its_html() {
        for (html, text) in [
            ("Your code is 123456. ", "Your code is 123456. "),
            (
                "<p>Hello <b>Ada</b>,</p>1&lt;2 &amp;amp; &#39;x&#x27; &copy;",
                "Hello Ada,\n1<2 &amp; 'x' &copy;",
            ),
            ("a<br/>b<BR>c", "a\nb\nc"),
            (
                "<a class=\"x\" href=\"https://x.example/?a=1&amp;b=2\">Verify</a>.",
                "Verify (https://x.example/?a=1&b=2).",
            ),
            ("1 < 2 & 3 > 2; <", "1 < 2 & 3 > 2; <"),
            ("a & b; < c", "a & b; < c"),
            ("&#0;&#xD;&", "&#0;&#xD;&"),
        ] {
            assert_eq!(plain_text(html), text);
        }
    }

    #[test]
    fn lanes_have_names() {
        for lane in Lane::ALL {
            assert_eq!(Lane::parse(lane.as_str()), Some(lane));
        }
        assert_eq!(Lane::parse("x"), None);
    }
}
