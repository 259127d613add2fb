//! Bytes that travel as base64 text.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes; on the wire a string of standard base64 with padding (RFC 4648 section 4). `Debug` shows the length only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Blob(pub Vec<u8>);

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

impl Blob {
    /// The bytes that `text` stands for, or nothing if it is not standard base64 with padding.
    pub fn from_base64(text: &str) -> Option<Blob> {
        let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
        let groups = text.as_bytes().chunks(4);
        let last = groups.len().checked_sub(1);
        for (at, group) in groups.enumerate() {
            let &[a, b, c, d] = group else { return None };
            let padding = match (c, d) {
                (b'=', b'=') => 2,
                (_, b'=') => 1,
                _ => 0,
            };
            if padding > 0 && Some(at) != last {
                return None;
            }
            let [c, d] = [(c, padding == 2), (d, padding >= 1)]
                .map(|(symbol, padded)| if padded { Some(0) } else { sextet(symbol) });
            let word = (sextet(a)? << 18) | (sextet(b)? << 12) | (c? << 6) | d?;
            let [_, x, y, z] = word.to_be_bytes();
            match padding {
                0 => bytes.extend([x, y, z]),
                1 if z == 0 => bytes.extend([x, y]),
                2 if z == 0 && y == 0 => bytes.push(x),
                // Bits that no byte holds must be zero, so that one value has one text.
                _ => return None,
            }
        }
        Some(Blob(bytes))
    }

    /// The bytes as standard base64 with padding.
    pub fn to_base64(&self) -> String {
        let mut text = String::with_capacity(self.0.len().div_ceil(3) * 4);
        for group in self.0.chunks(3) {
            let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
            let word = (byte(0) << 16) | (byte(1) << 8) | byte(2);
            for at in 0..4 {
                text.push(if at > group.len() { '=' } else { symbol(word >> (18 - 6 * at)) });
            }
        }
        text
    }
}

fn sextet(symbol: u8) -> Option<u32> {
    let value = match symbol {
        b'A'..=b'Z' => symbol - b'A',
        b'a'..=b'z' => symbol - b'a' + 26,
        b'0'..=b'9' => symbol - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

fn symbol(word: u32) -> char {
    let at = (word & 63) as usize;
    ALPHABET.get(at).map_or('=', |&byte| char::from(byte))
}

impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blob({} bytes)", self.0.len())
    }
}

impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_base64())
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Blob::from_base64(&text).ok_or_else(|| D::Error::custom("not base64"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_4648_section_10() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            let blob = Blob(bytes.as_bytes().to_vec());
            assert_eq!(blob.to_base64(), text);
            assert_eq!(Blob::from_base64(text), Some(blob));
        }
    }

    #[test]
    fn every_byte_survives() {
        let blob = Blob((0..=255).collect());
        assert_eq!(Blob::from_base64(&blob.to_base64()), Some(blob));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in
            ["Zg=", "Zg", "Z===", "====", "Zh==", "Zm9=", "Zg==Zg==", "Zm9v\n", "Zm_v", "Z=9v"]
        {
            assert_eq!(Blob::from_base64(text), None, "{text}");
        }
    }
}
