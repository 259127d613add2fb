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

    /// The attribute whose value is the address.
    pub fn attribute(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "phone_number",
        }
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
}
