//! AWS's own cases, where they are beside the checkout.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Owned, Secret};
use crate::sigv4::{PathForm, Request, Rules, Signer, TokenForm, parse, verify};
use crate::time::Timestamp;

fn cases() -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/sigv4/v4");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: {} not found", folder.display());
        return None;
    };
    let mut cases: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert_eq!(cases.len(), 38);
    Some(cases)
}

fn read(case: &Path, name: &str) -> String {
    std::fs::read_to_string(case.join(name)).unwrap()
}

/// Reads an HTTP request as the suite writes it: folded header lines, spaces and UTF-8 in the path.
fn request(text: &str) -> Owned {
    let (head, body) = text.split_once("\n\n").unwrap_or((text.trim_end(), ""));
    let mut lines = head.lines();
    let (method, rest) = lines.next().unwrap().split_once(' ').unwrap();
    let target = rest.strip_suffix(" HTTP/1.1").unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut request = Owned {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: Vec::new(),
        body: body.as_bytes().to_vec(),
    };
    for line in lines {
        match line.strip_prefix(char::is_whitespace) {
            Some(_) => {
                let value = &mut request.headers.last_mut().unwrap().1;
                value.push(b'\n');
                value.extend_from_slice(line.as_bytes());
            }
            None => {
                let (name, value) = line.split_once(':').unwrap();
                request.add(name, value);
            }
        }
    }
    request
}

struct Case {
    folder: PathBuf,
    context: Value,
    secret: Secret<String>,
    now: Timestamp,
}

impl Case {
    fn new(folder: &Path) -> Self {
        let context: Value = serde_json::from_str(&read(folder, "context.json")).unwrap();
        let time: jiff::Timestamp = context["timestamp"].as_str().unwrap().parse().unwrap();
        let secret = context["credentials"]["secret_access_key"].as_str().unwrap();
        Self {
            folder: folder.to_owned(),
            secret: Secret::new(secret.to_owned()),
            now: Timestamp::from_millis(time.as_millisecond()),
            context,
        }
    }

    fn path(&self) -> PathForm {
        match self.context["normalize"].as_bool().unwrap() {
            true => PathForm::Normalized,
            false => PathForm::AsSent,
        }
    }

    fn token(&self) -> TokenForm {
        match self.context["omit_session_token"].as_bool() {
            Some(true) => TokenForm::AddedAfter,
            _ => TokenForm::Signed,
        }
    }

    fn signer(&self) -> Signer<'_> {
        Signer {
            access_key_id: self.context["credentials"]["access_key_id"].as_str().unwrap(),
            secret: &self.secret,
            session_token: self.context["credentials"]["token"].as_str(),
            region: self.context["region"].as_str().unwrap(),
            service: self.context["service"].as_str().unwrap(),
            path: self.path(),
            token: self.token(),
        }
    }

    /// The request to sign; in header form with the body's hash if the case wants it.
    fn request(&self, form: &str) -> Owned {
        let mut request = request(&read(&self.folder, "request.txt"));
        if form == "header" && self.context["sign_body"] == true {
            let hash = crate::sigv4::canonical::sha256_hex(&request.body);
            request.add("x-amz-content-sha256", &hash);
        }
        request
    }

    fn verify(&self, request: &Request<'_>) {
        let rules = Rules {
            path: self.path(),
            token: self.token(),
            ..Rules::new(&["service"], &["us-east-1"])
        };
        let name = self.folder.display();
        let claim =
            parse(request, &rules, self.now).unwrap_or_else(|e| panic!("{name}: {}", e.message()));
        let token = claim.session_token().map(|token| token.expose().as_str());
        assert_eq!(token, self.context["credentials"]["token"].as_str(), "{name}");
        let verified = verify(&claim, request, &self.secret).unwrap();
        assert_eq!(verified.access_key_id(), "AKIDEXAMPLE", "{name}");
        let wrong = Secret::new("another".to_owned());
        assert!(verify(&claim, request, &wrong).is_err(), "{name}");
    }

    fn compare(&self, form: &str, steps: &crate::sigv4::sign::Steps) {
        let name = self.folder.display();
        let expected = |file: &str| read(&self.folder, &format!("{form}-{file}.txt"));
        assert_eq!(steps.canonical, expected("canonical-request"), "{name} {form}");
        assert_eq!(steps.string_to_sign, expected("string-to-sign"), "{name} {form}");
        assert_eq!(steps.signature, expected("signature"), "{name} {form}");
    }
}

#[test]
fn header_form() {
    for folder in cases().into_iter().flatten() {
        let case = Case::new(&folder);
        let mut ours = case.request("header");
        let (headers, steps) = ours.with(|request| case.signer().sign_header(request, case.now));
        case.compare("header", &steps);
        request(&read(&folder, "header-signed-request.txt")).with(|request| case.verify(request));
        for (name, value) in headers {
            ours.add(&name, &value);
        }
        ours.with(|request| case.verify(request));
    }
}

#[test]
fn query_form() {
    for folder in cases().into_iter().flatten() {
        let case = Case::new(&folder);
        let mut ours = case.request("query");
        let (query, steps) = ours.with(|request| case.signer().sign_query(request, case.now, 3600));
        case.compare("query", &steps);
        request(&read(&folder, "query-signed-request.txt")).with(|request| case.verify(request));
        ours.query = query;
        ours.with(|request| case.verify(request));
    }
}
