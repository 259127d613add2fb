//! The door as a client sees it: signed forms in, XML out.

mod access;
mod door;
mod keys;
mod policies;
mod users;

use poolhouse_domain::secret::Secret;
use poolhouse_domain::sigv4;

use crate::app::Strictness;
use crate::http::request::Method;
use crate::http::{Doors, Request, Response};
use crate::testing::{Key, ROOT, TestServer};

const IAM: &str = "2010-05-08";
const STS: &str = "2011-06-15";
/// May call one operation of the user pools API, and nothing of IAM.
const ONE_OPERATION: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"cognito-idp:ListUserPools","Resource":"*"}]}"#;

/// An answer.
#[derive(Clone, Debug)]
struct Answer {
    status: u16,
    body: String,
}

impl Answer {
    fn of(response: &Response) -> Self {
        assert_eq!(response.content_type, Some("text/xml"));
        Self { status: response.status, body: String::from_utf8(response.body.to_vec()).unwrap() }
    }

    /// The body of a success without the request's id.
    #[track_caller]
    fn ok(&self) -> String {
        assert_eq!(self.status, 200, "{}", self.body);
        let (before, rest) = self.body.split_once("<RequestId>").unwrap();
        let (id, after) = rest.split_once("</RequestId>").unwrap();
        assert_eq!(id.len(), 36);
        format!("{before}…{after}")
    }

    #[track_caller]
    fn refused(&self, status: u16, code: &str, message: &str) {
        let got = (self.status, self.text("Code"), self.text("Message"));
        assert_eq!(got, (status, code.to_owned(), message.to_owned()), "{}", self.body);
        let kind = if status < 500 { "Sender" } else { "Receiver" };
        assert_eq!(self.text("Type"), kind);
    }

    /// The text of the first element of a name.
    #[track_caller]
    fn text(&self, name: &str) -> String {
        self.texts(name).into_iter().next().unwrap_or_else(|| panic!("{name}: {}", self.body))
    }

    /// The texts of all elements of a name.
    fn texts(&self, name: &str) -> Vec<String> {
        let open = format!("<{name}>");
        let element = |piece: &str| {
            let text = piece.split('<').next().unwrap_or_default();
            text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
        };
        self.body.split(&open).skip(1).map(element).collect()
    }
}

/// A key pair that a test made.
#[derive(Clone, Debug)]
struct Pair {
    id: String,
    secret: String,
}

impl Pair {
    fn key(&self) -> Key<'_> {
        Key { id: &self.id, secret: &self.secret }
    }
}

fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn form(action: &str, version: &str, params: &[(&str, &str)]) -> String {
    let mut form = format!("Action={action}&Version={version}");
    for (name, value) in params {
        form.push_str(&format!("&{name}={}", encode(value)));
    }
    form
}

fn form_headers() -> Vec<(String, String)> {
    let form = "application/x-www-form-urlencoded; charset=utf-8";
    vec![
        ("host".to_owned(), "localhost:9229".to_owned()),
        ("content-type".to_owned(), form.to_owned()),
    ]
}

async fn send(server: &TestServer, headers: Vec<(String, String)>, body: String) -> Answer {
    Answer::of(&server.app.handle(server.request(headers, body.into())).await)
}

async fn call_as(
    server: &TestServer,
    key: Key<'_>,
    action: &str,
    params: &[(&str, &str)],
) -> Answer {
    let body = form(action, IAM, params);
    let mut headers = form_headers();
    headers.extend(server.signature(key, "iam", &headers, body.as_bytes()));
    send(server, headers, body).await
}

async fn call(server: &TestServer, action: &str, params: &[(&str, &str)]) -> Answer {
    call_as(server, ROOT, action, params).await
}

async fn whoami(server: &TestServer, key: Key<'_>) -> Answer {
    let body = form("GetCallerIdentity", STS, &[]);
    let mut headers = form_headers();
    headers.extend(server.signature(key, "sts", &headers, body.as_bytes()));
    send(server, headers, body).await
}

async fn user(server: &TestServer, name: &str) {
    call(server, "CreateUser", &[("UserName", name)]).await.ok();
}

async fn key_of(server: &TestServer, user: &str) -> Pair {
    let made = call(server, "CreateAccessKey", &[("UserName", user)]).await;
    made.ok();
    Pair { id: made.text("AccessKeyId"), secret: made.text("SecretAccessKey") }
}

async fn allow(server: &TestServer, user: &str, policy: &str, document: &str) {
    let params = [("UserName", user), ("PolicyName", policy), ("PolicyDocument", document)];
    call(server, "PutUserPolicy", &params).await.ok();
}

/// All pages of one item, joined.
async fn pages(
    server: &TestServer,
    action: &str,
    params: &[(&str, &str)],
    item: &str,
) -> Vec<Vec<String>> {
    let (mut found, mut marker) = (Vec::new(), None::<String>);
    loop {
        let mut params = params.to_vec();
        params.push(("MaxItems", "1"));
        if let Some(marker) = &marker {
            params.push(("Marker", marker));
        }
        let page = call(server, action, &params).await;
        page.ok();
        found.push(page.texts(item));
        marker = page.texts("Marker").pop();
        assert_eq!(page.text("IsTruncated"), marker.is_some().to_string());
        assert!(found.len() < 10, "the list does not end");
        if marker.is_none() {
            return found;
        }
    }
}
