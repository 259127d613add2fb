//! The signature's published cases, what clients really send, and every way to spoil it.

mod clients;
mod mutations;
mod reference;
mod suite;

use super::{
    Claim, PathForm, Request, Rules, SigError, Signer, TokenForm, Verified, parse, verify,
};
use crate::secret::Secret;
use crate::time::Timestamp;

/// A request that owns its parts, for tests to spoil.
#[derive(Clone, Debug)]
struct Owned {
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

impl Owned {
    fn with<T>(&self, run: impl FnOnce(&Request<'_>) -> T) -> T {
        let headers: Vec<(&str, &[u8])> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        run(&Request {
            method: &self.method,
            path: &self.path,
            query: &self.query,
            headers: &headers,
            body: &self.body,
        })
    }

    fn add(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.as_bytes().to_vec()));
    }

    fn header(&mut self, name: &str) -> &mut Vec<u8> {
        let found = self.headers.iter_mut().find(|(n, _)| n.eq_ignore_ascii_case(name));
        &mut found.unwrap_or_else(|| panic!("no header {name}")).1
    }

    fn drop_header(&mut self, name: &str) {
        self.headers.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
    }

    /// Replaces text in a header's value, which must be there.
    fn edit(&mut self, name: &str, from: &str, to: &str) {
        let value = String::from_utf8(self.header(name).clone()).unwrap();
        assert!(value.contains(from), "{value} has no {from}");
        *self.header(name) = value.replacen(from, to, 1).into_bytes();
    }
}

const KEY: &str = "AKIDEXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
/// 2015-08-30T12:36:00Z.
const NOW_S: i64 = 1_440_938_160;

fn at(offset_s: i64) -> Timestamp {
    Timestamp::from_secs(NOW_S + offset_s)
}

fn secret() -> Secret<String> {
    Secret::new(SECRET.to_owned())
}

fn signer(secret: &Secret<String>) -> Signer<'_> {
    Signer {
        access_key_id: KEY,
        secret,
        session_token: None,
        region: "us-east-1",
        service: "cognito-idp",
        path: PathForm::Normalized,
        token: TokenForm::Signed,
    }
}

fn rules() -> Rules<'static> {
    Rules::new(&["cognito-idp"], &["us-east-1"])
}

fn check(request: &Owned, rules: &Rules<'_>, now: Timestamp) -> Result<Verified, SigError> {
    request.with(|request| verify(&parse(request, rules, now)?, request, &secret()))
}

/// The request of an SDK, not signed yet.
fn unsigned() -> Owned {
    let mut request = Owned {
        method: "POST".into(),
        path: "/".into(),
        query: String::new(),
        headers: Vec::new(),
        body: br#"{"UserPoolId":"us-east-1_TestPool1","Username":"bob"}"#.to_vec(),
    };
    request.add("Host", "127.0.0.1:9229");
    request.add("X-Amz-Target", "AWSCognitoIdentityProviderService.AdminGetUser");
    request.add("Content-Type", "application/x-amz-json-1.1");
    request
}

fn signed() -> Owned {
    let mut request = unsigned();
    sign_header(&mut request, &signer(&secret()));
    request
}

fn sign_header(request: &mut Owned, signer: &Signer<'_>) {
    let headers = request.with(|request| signer.headers(request, at(0)));
    for (name, value) in headers {
        request.add(&name, &value);
    }
}

fn presigned() -> Owned {
    let mut request = unsigned();
    request.query = "Action=ListUsers&Version=2010-05-08".into();
    let secret = secret();
    request.query = request.with(|request| signer(&secret).query(request, at(0), 60));
    request
}

fn claim(request: &Owned) -> Claim {
    request.with(|request| parse(request, &rules(), at(0))).unwrap()
}
