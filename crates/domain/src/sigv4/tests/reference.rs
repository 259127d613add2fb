//! A second canonicaliser, written from AWS's description with nothing but strings, to compare with.

use std::collections::BTreeMap;
use std::fmt::Write;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::{Owned, at, secret, signer};
use crate::sigv4::{PathForm, Signer};

fn escape(bytes: &[u8], keep: &str) -> String {
    let mut out = String::new();
    for b in bytes {
        let c = char::from(*b);
        if c.is_ascii_alphanumeric() || keep.contains(c) {
            out.push(c);
        } else {
            write!(out, "%{b:02X}").unwrap();
        }
    }
    out
}

fn unescape(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).filter(|hex| hex.chars().all(|c| c.is_ascii_hexdigit()));
        match (bytes[at], hex) {
            (b'%', Some(hex)) => {
                out.push(u8::from_str_radix(hex, 16).unwrap());
                at += 2;
            }
            (b'+', _) => out.push(b' '),
            (b, _) => out.push(b),
        }
        at += 1;
    }
    out
}

fn shorten(path: &str) -> String {
    let mut path = path.to_owned();
    while path.contains("//") {
        path = path.replace("//", "/");
    }
    while let Some(at) = path.find("/./") {
        path.replace_range(at..at + 2, "");
    }
    while let Some(at) = path.find("/../") {
        let start = path[..at].rfind('/').unwrap_or(0);
        path.replace_range(start..at + 3, "");
    }
    if let Some(rest) = path.strip_suffix("/.") {
        path = format!("{rest}/");
    }
    if let Some(rest) = path.strip_suffix("/..") {
        path = rest.rsplit_once('/').map_or(String::new(), |(rest, _)| rest.to_owned()) + "/";
    }
    path
}

fn canonical(request: &Owned, form: PathForm) -> String {
    let path = match form {
        PathForm::Normalized => shorten(&request.path),
        PathForm::AsSent => request.path.clone(),
    };
    let mut query: Vec<(String, String)> = Vec::new();
    for pair in request.query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        query.push((escape(&unescape(name), "-._~"), escape(&unescape(value), "-._~")));
    }
    query.sort();
    let query: Vec<_> = query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut headers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in &request.headers {
        let value = String::from_utf8(value.clone()).unwrap();
        let value = value.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        headers.entry(name.to_ascii_lowercase()).or_default().push(value);
    }
    let mut out =
        format!("{}\n{}\n{}\n", request.method, escape(path.as_bytes(), "-._~/"), query.join("&"));
    for (name, values) in &headers {
        writeln!(out, "{name}:{}", values.join(",")).unwrap();
    }
    let names: Vec<_> = headers.into_keys().collect();
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &request.body);
    write!(out, "\n{}\n", names.join(";")).unwrap();
    for byte in hash.as_ref() {
        write!(out, "{byte:02x}").unwrap();
    }
    out
}

/// Requests with everything awkward in them.
pub(super) fn request() -> impl Strategy<Value = Owned> {
    let value = "[!-~]([ -~\té]{0,12}[!-~])?";
    let headers = prop::collection::vec(("[Aa-c][a0-]{0,2}", value), 0..4);
    let query = prop::collection::vec("[Aa=%+ ~é/?2fF-]{0,7}", 0..4);
    let path = "(/[a.~é% 2]{0,3}){1,5}";
    let body = prop::collection::vec(any::<u8>(), 1..40);
    (path, query, headers, body).prop_map(|(path, query, headers, body)| {
        let mut request = Owned {
            method: "POST".into(),
            path,
            query: query.join("&"),
            headers: Vec::new(),
            body,
        };
        request.add("host", "localhost:9229");
        for (name, value) in headers {
            request.add(&format!("H-{name}"), &value);
        }
        request
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 10_000,
        rng_seed: RngSeed::Fixed(6),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn canonicaliser_and_reference_agree(request in request(), normalized in any::<bool>()) {
        let path = if normalized { PathForm::Normalized } else { PathForm::AsSent };
        let secret = secret();
        let signer = Signer { path, ..signer(&secret) };
        let (_, steps) = request.with(|request| signer.sign_header(request, at(0)));
        let mut signed = request;
        signed.add("x-amz-date", "20150830T123600Z");
        prop_assert_eq!(steps.canonical, canonical(&signed, path));
    }
}
