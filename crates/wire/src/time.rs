//! Timestamps as the wire writes them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant, in milliseconds since 1970-01-01T00:00:00Z. On the wire a JSON number of seconds whose fraction holds
/// the milliseconds: `1715100742.022`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EpochSeconds(i64);

impl EpochSeconds {
    /// The instant that many milliseconds after the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn as_millis(self) -> i64 {
        self.0
    }
}

impl Serialize for EpochSeconds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Exact for every year a calendar can hold: below 2^53 milliseconds a quotient prints with at most three
        // decimals.
        serializer.serialize_f64(self.0 as f64 / 1000.0)
    }
}

impl<'de> Deserialize<'de> for EpochSeconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A number outside the range of i64 saturates; callers compare instants, they do not add to them.
        Ok(Self((f64::deserialize(deserializer)? * 1000.0).round() as i64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_form_has_the_milliseconds_as_a_fraction() {
        for (millis, text) in [
            (1_715_100_742_022, "1715100742.022"),
            (1_715_100_742_000, "1715100742.0"),
            (1_547_833_345_777, "1547833345.777"),
            (1, "0.001"),
            (-1, "-0.001"),
        ] {
            let at = EpochSeconds::from_millis(millis);
            assert_eq!(serde_json::to_string(&at).unwrap(), text);
            assert_eq!(serde_json::from_str::<EpochSeconds>(text).unwrap(), at);
        }
    }

    #[test]
    fn other_number_forms_are_read() {
        for text in ["1667864578", "1.667864578E9", "1667864578.0"] {
            let at: EpochSeconds = serde_json::from_str(text).unwrap();
            assert_eq!(at.as_millis(), 1_667_864_578_000);
        }
    }
}
