//! Values that must not be printed.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

/// A value of a shape the model marks sensitive: on the wire like its content, in `Debug` only a placeholder.
///
/// Comparison with `==` takes time that depends on the content. It is there for tests; secrets are compared in the
/// domain, in constant time.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sensitive<T>(T);

impl<T> Sensitive<T> {
    /// Wraps a value.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for whoever now takes care of it.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> From<T> for Sensitive<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Sensitive<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl Deref for Sensitive<String> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<V> Deref for Sensitive<BTreeMap<String, V>> {
    type Target = BTreeMap<String, V>;
    fn deref(&self) -> &BTreeMap<String, V> {
        &self.0
    }
}

impl<T> fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// What `Debug` prints instead of a sensitive value.
pub(crate) const REDACTED: &str = "[redacted]";

/// `Debug` for a structure that is sensitive as a whole.
macro_rules! redacted_debug {
    ($name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::sensitive::REDACTED)
            }
        }
    };
}
pub(crate) use redacted_debug;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shapes::{RespondToAuthChallengeRequest, UserContextDataType};

    #[test]
    fn debug_never_shows_the_content() {
        let request = RespondToAuthChallengeRequest {
            session: Some("tiger-session".into()),
            challenge_responses: Some(Sensitive::new(BTreeMap::from([(
                "PASSWORD".to_owned(),
                "tiger".to_owned(),
            )]))),
            user_context_data: Some(UserContextDataType {
                encoded_data: Some("tiger".to_owned()),
                ..Default::default()
            }),
            ..request()
        };
        let printed = format!("{request:?}");
        assert!(!printed.contains("tiger"), "{printed}");
        assert!(printed.contains(REDACTED), "{printed}");
    }

    fn request() -> RespondToAuthChallengeRequest {
        let json = r#"{"ChallengeName": "PASSWORD", "ClientId": "1example23456789"}"#;
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn content_is_reached_by_reference_and_by_value() {
        let secret: Sensitive<String> = "tiger".into();
        assert_eq!(secret.len(), 5);
        assert_eq!(Some(&secret).map(|s| &**s), Some("tiger"));
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"tiger\"");
        assert_eq!(secret.into_inner(), "tiger");
    }
}
