//! The canonical request, the string to sign and the signature: the arithmetic of SigV4, the same
//! for the verifier and the signer.

use data_encoding::HEXLOWER;
use zeroize::Zeroizing;

use super::{ALGORITHM, PathForm, Request, TERMINATOR};
use crate::crypto::{hmac_sha256, sha256};

/// What a credential is good for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scope {
    /// `YYYYMMDD`.
    pub(super) date: String,
    pub(super) region: String,
    pub(super) service: String,
}

impl Scope {
    pub(super) fn text(&self) -> String {
        format!("{}/{}/{}/{TERMINATOR}", self.date, self.region, self.service)
    }
}

/// SHA-256 in lower-case hex.
pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(&sha256(&[bytes]))
}

/// The canonical request. `signed` are the signed headers' names in lower case and in order;
/// `None` if one of them is not in the request.
pub(super) fn request(
    request: &Request<'_>,
    query: &[(String, String)],
    signed: &[&str],
    path: PathForm,
) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(512);
    for line in [request.method, &self::path(request.path, path), &join(query)] {
        out.extend_from_slice(line.as_bytes());
        out.push(b'\n');
    }
    for name in signed {
        out.extend_from_slice(name.as_bytes());
        out.push(b':');
        let mut values = values(request, name).peekable();
        values.peek()?;
        for (at, value) in values.enumerate() {
            if at > 0 {
                out.push(b',');
            }
            collapse(value, &mut out);
        }
        out.push(b'\n');
    }
    out.push(b'\n');
    out.extend_from_slice(signed.join(";").as_bytes());
    out.push(b'\n');
    out.extend_from_slice(sha256_hex(request.body).as_bytes());
    Some(out)
}

/// All values of a header, in the order they came. `name` is in lower case.
pub(super) fn values<'a>(request: &Request<'a>, name: &str) -> impl Iterator<Item = &'a [u8]> {
    request
        .headers
        .iter()
        .filter(move |(other, _)| other.eq_ignore_ascii_case(name))
        .map(|(_, value)| *value)
}

/// Trims a header value and makes one space of every run of white space.
fn collapse(value: &[u8], out: &mut Vec<u8>) {
    let words = value.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    for (at, word) in words.enumerate() {
        if at > 0 {
            out.push(b' ');
        }
        out.extend_from_slice(word);
    }
}

/// The canonical path: what was sent, percent-encoded (again). S3 alone does not encode twice.
fn path(sent: &str, form: PathForm) -> String {
    match form {
        PathForm::AsSent if sent.is_empty() => "/".to_owned(),
        PathForm::AsSent => encode(sent.as_bytes(), Slash::Kept),
        PathForm::Normalized => encode(normalize(sent).as_bytes(), Slash::Kept),
    }
}

/// Removes `.`, `..` and empty segments, as RFC 3986 section 5.2.4 and a collapse of slashes do.
fn normalize(sent: &str) -> String {
    let mut kept = Vec::new();
    for segment in sent.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            segment => kept.push(segment),
        }
    }
    let is_folder = matches!(sent.rsplit('/').next(), Some("" | "." | ".."));
    let tail = if is_folder && !kept.is_empty() { "/" } else { "" };
    format!("/{}{tail}", kept.join("/"))
}

/// The query's parameters, decoded and encoded again as AWS wants it, in the order they were sent.
pub(super) fn query(sent: &str) -> Vec<(String, String)> {
    sent.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (recode(name), recode(value))
        })
        .collect()
}

/// A parameter's decoded value, for reading.
pub(super) fn decoded(encoded: &str) -> String {
    percent_encoding::percent_decode_str(encoded).decode_utf8_lossy().into_owned()
}

fn recode(sent: &str) -> String {
    let spaced = sent.replace('+', " ");
    let bytes: Vec<u8> = percent_encoding::percent_decode_str(&spaced).collect();
    encode(&bytes, Slash::Encoded)
}

fn join(query: &[(String, String)]) -> String {
    let mut pairs: Vec<_> = query.iter().collect();
    pairs.sort();
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slash {
    Kept,
    Encoded,
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
pub(super) fn encode(bytes: &[u8], slash: Slash) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).map_or('0', |d| char::from(*d));
    let mut out = String::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(*byte));
            }
            b'/' if slash == Slash::Kept => out.push('/'),
            byte => out.extend(['%', digit(byte >> 4), digit(byte & 15)]),
        }
    }
    out
}

/// The string to sign. `time` is the signature's time in the basic format.
pub(super) fn string_to_sign(time: &str, scope: &Scope, canonical: &[u8]) -> String {
    format!("{ALGORITHM}\n{time}\n{}\n{}", scope.text(), sha256_hex(canonical))
}

/// The signature in lower-case hex.
pub(super) fn signature(secret: &str, scope: &Scope, string_to_sign: &str) -> String {
    let start = Zeroizing::new(format!("AWS4{secret}"));
    let step = |key: &[u8], text: &str| Zeroizing::new(hmac_sha256(key, &[text.as_bytes()]));
    let mut key = step(start.as_bytes(), &scope.date);
    for part in [&scope.region, &scope.service, TERMINATOR] {
        key = step(key.as_slice(), part);
    }
    HEXLOWER.encode(step(key.as_slice(), string_to_sign).as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for (sent, normalized) in [
            ("", "/"),
            ("/", "/"),
            ("/a", "/a"),
            ("/a/", "/a/"),
            ("/a//b/./c/../d", "/a/b/d"),
            ("/a/..", "/"),
            ("/a/b/..", "/a/"),
            ("/a/.", "/a/"),
            ("/../..", "/"),
            ("/a%20b c", "/a%2520b%20c"),
        ] {
            assert_eq!(path(sent, PathForm::Normalized), normalized, "{sent}");
        }
        assert_eq!(path("", PathForm::AsSent), "/");
        assert_eq!(path("//a/./", PathForm::AsSent), "//a/./");
    }

    #[test]
    fn queries() {
        for (sent, canonical) in [
            ("", ""),
            ("a", "a="),
            ("a=", "a="),
            ("&&a=1&", "a=1"),
            ("b=2&a=1", "a=1&b=2"),
            ("a=2&a=1&A=3", "A=3&a=1&a=2"),
            ("a=1=2", "a=1%3D2"),
            ("a=b+c", "a=b%20c"),
            ("a=%2b%2F", "a=%2B%2F"),
            ("a=/?", "a=%2F%3F"),
            ("a=%zz%", "a=%25zz%25"),
            ("a-=1&a=2", "a=2&a-=1"),
        ] {
            assert_eq!(join(&query(sent)), canonical, "{sent}");
        }
    }

    #[test]
    fn header_values() {
        for (sent, canonical) in
            [("a", "a"), ("  a  b\t\tc ", "a b c"), ("\"a   b\"", "\"a b\""), ("", ""), ("  ", "")]
        {
            let mut out = Vec::new();
            collapse(sent.as_bytes(), &mut out);
            assert_eq!(out, canonical.as_bytes(), "{sent}");
        }
    }
}
