//! Messages to users: what is to be sent, to whom, by which medium.

use serde::{Deserialize, Serialize};

use crate::id::{PoolId, Sub};
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
    fn lanes_have_names() {
        for lane in Lane::ALL {
            assert_eq!(Lane::parse(lane.as_str()), Some(lane));
        }
        assert_eq!(Lane::parse("x"), None);
    }
}
