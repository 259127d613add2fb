//! Signing, as clients do it: for tests, tools and calls of our own.

use super::canonical::{self, Scope, Slash};
use super::claim::basic;
use super::{ALGORITHM, PathForm, Request, TokenForm};
use crate::secret::Secret;
use crate::time::Timestamp;

/// Credentials and what they are used for.
#[derive(Clone)]
pub struct Signer<'a> {
    /// The access key.
    pub access_key_id: &'a str,
    /// Its secret.
    pub secret: &'a Secret<String>,
    /// The session token of temporary credentials.
    pub session_token: Option<&'a str>,
    /// The region.
    pub region: &'a str,
    /// The service's signing name.
    pub service: &'a str,
    /// How the path goes into the signature.
    pub path: PathForm,
    /// Whether the session token is signed.
    pub token: TokenForm,
}

/// What was signed, for tests to compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Steps {
    pub(super) canonical: String,
    pub(super) string_to_sign: String,
    pub(super) signature: String,
}

impl Signer<'_> {
    /// The headers to add to a request so that it is signed: `x-amz-date`, the session token if
    /// there is one, and `authorization`. All headers of the request are signed; `host` must be
    /// among them.
    pub fn headers(&self, request: &Request<'_>, now: Timestamp) -> Vec<(String, String)> {
        self.sign_header(request, now).0
    }

    /// The request's query string, presigned for `expires_s` seconds. All headers of the request
    /// are signed; `host` must be among them.
    pub fn query(&self, request: &Request<'_>, now: Timestamp, expires_s: u32) -> String {
        self.sign_query(request, now, expires_s).0
    }

    pub(super) fn sign_header(
        &self,
        request: &Request<'_>,
        now: Timestamp,
    ) -> (Vec<(String, String)>, Steps) {
        let time = basic(now.as_secs());
        let mut added = vec![("x-amz-date".to_owned(), time.clone())];
        let token =
            self.session_token.map(|token| ("x-amz-security-token".to_owned(), token.to_owned()));
        if self.token == TokenForm::Signed {
            added.extend(token.clone());
        }
        let steps = {
            let mut headers = request.headers.to_vec();
            headers.extend(added.iter().map(|(name, value)| (name.as_str(), value.as_bytes())));
            let request = Request { headers: &headers, ..*request };
            self.steps(&request, &canonical::query(request.query), &time)
        };
        if self.token == TokenForm::AddedAfter {
            added.extend(token);
        }
        let names = signed_names(
            request,
            added
                .iter()
                .map(|(name, _)| name.as_str())
                .filter(|name| self.token == TokenForm::Signed || *name != "x-amz-security-token"),
        );
        let credential = format!("{}/{}", self.access_key_id, self.scope(&time).text());
        added.push((
            "authorization".to_owned(),
            format!(
                "{ALGORITHM} Credential={credential}, SignedHeaders={}, Signature={}",
                names.join(";"),
                steps.signature
            ),
        ));
        (added, steps)
    }

    pub(super) fn sign_query(
        &self,
        request: &Request<'_>,
        now: Timestamp,
        expires_s: u32,
    ) -> (String, Steps) {
        let time = basic(now.as_secs());
        let encoded = |text: &str| canonical::encode(text.as_bytes(), Slash::Encoded);
        let credential = format!("{}/{}", self.access_key_id, self.scope(&time).text());
        let names = signed_names(request, []).join(";");
        let mut added = vec![
            ("X-Amz-Algorithm".to_owned(), ALGORITHM.to_owned()),
            ("X-Amz-Credential".to_owned(), encoded(&credential)),
            ("X-Amz-Date".to_owned(), time.clone()),
            ("X-Amz-SignedHeaders".to_owned(), encoded(&names)),
            ("X-Amz-Expires".to_owned(), expires_s.to_string()),
        ];
        let token =
            self.session_token.map(|token| ("X-Amz-Security-Token".to_owned(), encoded(token)));
        if self.token == TokenForm::Signed {
            added.extend(token.clone());
        }
        let mut query = canonical::query(request.query);
        query.extend(added.iter().cloned());
        let steps = self.steps(request, &query, &time);
        if self.token == TokenForm::AddedAfter {
            added.extend(token);
        }
        added.push(("X-Amz-Signature".to_owned(), steps.signature.clone()));
        let added = added.iter().map(|(name, value)| format!("{name}={value}"));
        let sent = Some(request.query.to_owned()).filter(|query| !query.is_empty());
        (sent.into_iter().chain(added).collect::<Vec<_>>().join("&"), steps)
    }

    fn scope(&self, time: &str) -> Scope {
        Scope {
            date: time.get(..8).unwrap_or_default().to_owned(),
            region: self.region.to_owned(),
            service: self.service.to_owned(),
        }
    }

    fn steps(&self, request: &Request<'_>, query: &[(String, String)], time: &str) -> Steps {
        let names = signed_names(request, []);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let canonical = canonical::request(request, query, &names, self.path).unwrap_or_default();
        let scope = self.scope(time);
        let string_to_sign = canonical::string_to_sign(time, &scope, &canonical);
        let signature = canonical::signature(self.secret.expose(), &scope, &string_to_sign);
        let canonical = String::from_utf8_lossy(&canonical).into_owned();
        Steps { canonical, string_to_sign, signature }
    }
}

/// The names of a request's headers and of some more: in lower case, sorted, each once.
fn signed_names<'a>(request: &Request<'a>, more: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let names = request.headers.iter().map(|(name, _)| *name).chain(more);
    let mut names: Vec<String> = names.map(str::to_ascii_lowercase).collect();
    names.sort();
    names.dedup();
    names
}
