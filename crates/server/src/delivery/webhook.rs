//! Messages to a program of the operator's: a signed `POST` of JSON.
//!
//! `X-Poolhouse-Signature: t=<seconds>,v1=<hex>` is an HMAC-SHA256 under `webhook-secret` over the
//! seconds, a dot and the body, so that the receiver knows who wrote it and when. The URL is the
//! operator's own setting, so its host may be reached wherever it is; redirects are not followed.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use data_encoding::HEXLOWER;
use poolhouse_domain::crypto::hmac_sha256;
use poolhouse_domain::message::{Message, plain_text};
use poolhouse_domain::secret::Secret;
use poolhouse_domain::time::Timestamp;
use serde_json::json;

use super::{Failure, Sink, document};
use crate::config::transports::WebhookConfig;
use crate::env::Clock;
use crate::http::BoxFuture;
use crate::ports::guard::{Allowed, Guard};
use crate::ports::outbound::{Bounds, Outbound, OutboundError, TlsSetup, Url};

/// What a call may take; nothing of the answer counts but its status.
const BOUNDS: Bounds = Bounds { time: Duration::from_secs(20), answer_bytes_max: 64 * 1024 };
/// Statuses below 500 that may be different the next time.
const TRY_AGAIN: [u16; 3] = [408, 425, 429];

/// A program that sends messages.
pub struct Webhook {
    url: Url,
    secret: Secret<String>,
    token: Option<Secret<String>>,
    outbound: Outbound,
    clock: Arc<dyn Clock>,
}

impl Webhook {
    /// A webhook; nothing is sent yet.
    ///
    /// # Errors
    /// The TLS library refuses its own defaults.
    pub fn new(config: &WebhookConfig, clock: Arc<dyn Clock>) -> Result<Self, TlsSetup> {
        let named = config.url.host().parse::<Allowed>().ok();
        Ok(Self {
            url: config.url.clone(),
            secret: config.secret.clone(),
            token: config.token.clone(),
            outbound: Outbound::new(Guard::new(named.into_iter().collect()))?,
            clock,
        })
    }

    async fn send(&self, message: &Message) -> Result<(), Failure> {
        let mut document = document(message);
        if let Some(document) = document.as_object_mut() {
            let text = plain_text(message.body.expose());
            if message.subject.is_some() {
                document.insert("text".to_owned(), json!(text));
            }
        }
        let body = document.to_string();
        let signature = signature(&self.secret, self.clock.now(), body.as_bytes());
        let mut headers = vec![
            ("content-type".to_owned(), "application/json".to_owned()),
            ("x-poolhouse-message".to_owned(), message.id.clone()),
            ("x-poolhouse-signature".to_owned(), signature),
        ];
        if let Some(token) = &self.token {
            headers.push(("authorization".to_owned(), format!("Bearer {}", token.expose())));
        }
        match self.outbound.post(&self.url, &headers, Bytes::from(body), BOUNDS).await {
            Ok(answer) => by_status(answer.status),
            Err(error) => Err(Failure::temporary(reason(&error))),
        }
    }
}

impl Sink for Webhook {
    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<(), Failure>> {
        Box::pin(self.send(message))
    }
}

/// The value of `X-Poolhouse-Signature` for a body that is sent at `now`.
pub fn signature(secret: &Secret<String>, now: Timestamp, body: &[u8]) -> String {
    let seconds = now.as_millis().div_euclid(1000).to_string();
    let mac = hmac_sha256(secret.expose().as_bytes(), &[seconds.as_bytes(), b".", body]);
    format!("t={seconds},v1={}", HEXLOWER.encode(&mac))
}

fn by_status(status: u16) -> Result<(), Failure> {
    let reason = format!("http {status}");
    match status {
        200..=299 => Ok(()),
        400..=499 if !TRY_AGAIN.contains(&status) => Err(Failure::permanent(reason)),
        _ => Err(Failure::temporary(reason)),
    }
}

/// The error without what the other side said.
fn reason(error: &OutboundError) -> &'static str {
    match error {
        OutboundError::Forbidden(_) => "webhook: its address may not be reached",
        OutboundError::Unresolved(_) => "webhook: its name cannot be resolved",
        OutboundError::Unreachable(..) => "webhook: no connection",
        OutboundError::Timeout => "webhook: no answer in time",
        OutboundError::TooLarge => "webhook: the answer is too large",
        OutboundError::Broken(_) => "webhook: the connection failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::env::SimClock;
    use poolhouse_domain::id::{PoolId, Sub};
    use poolhouse_domain::message::Medium;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;
    use tokio::task::JoinSet;

    fn message() -> Message {
        Message {
            id: "11111111-0000-4000-8000-000000000000".into(),
            pool: PoolId::new("us-east-1_AAAAAAAAA"),
            sub: Sub::new("s"),
            medium: Medium::Sms,
            kind: "SignUp".into(),
            destination: Secret::new("+15550100".into()),
            subject: None,
            body: Secret::new("Your code is 123456".into()),
            code: Secret::new("123456".into()),
            created: Timestamp::from_secs(1),
            expires: None,
            call: None,
        }
    }

    /// Sends a message to a server that answers with this; the outcome and what it was sent.
    async fn exchange(answer: &'static str) -> (Result<(), Failure>, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut server = JoinSet::new();
        server.spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut heard = String::new();
            let mut buffer = [0; 4096];
            while !heard.ends_with('}') {
                let count = stream.read(&mut buffer).await.unwrap();
                assert_ne!(count, 0, "{heard}");
                heard.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
            }
            stream.write_all(answer.as_bytes()).await.unwrap();
            heard
        });
        let config = WebhookConfig {
            url: Url::parse(&format!("http://127.0.0.1:{port}/send")).unwrap(),
            secret: Secret::new("0123456789abcdef".into()),
            token: Some(Secret::new("token-token-token".into())),
        };
        let clock = Arc::new(SimClock::new(Timestamp::from_secs(1_767_614_400)));
        let webhook = Webhook::new(&config, clock).unwrap();
        let outcome = webhook.deliver(&message()).await;
        (outcome, server.join_next().await.unwrap().unwrap())
    }

    #[tokio::test]
    async fn a_message_is_posted_and_signed() {
        let answer = "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
        let (outcome, heard) = exchange(answer).await;
        outcome.unwrap();
        let (head, body) = heard.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("POST /send HTTP/1.1"), "{head}");
        let secret = Secret::new("0123456789abcdef".to_owned());
        let now = Timestamp::from_secs(1_767_614_400);
        let expected = signature(&secret, now, body.as_bytes());
        assert!(expected.starts_with("t=1767614400,v1="));
        assert!(head.contains(&format!("x-poolhouse-signature: {expected}")), "{head}");
        assert!(head.contains("authorization: Bearer token-token-token"), "{head}");
        let sent: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!((&sent["to"], &sent["code"]), (&json!("+15550100"), &json!("123456")));
    }

    #[tokio::test]
    async fn a_redirect_is_not_followed() {
        let answer = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\n\
                      connection: close\r\ncontent-length: 0\r\n\r\n";
        let (outcome, _) = exchange(answer).await;
        assert_eq!(outcome, Err(Failure::temporary("http 302")));
    }

    #[test]
    fn statuses_say_whether_to_try_again() {
        for (status, permanent) in
            [(400, true), (404, true), (408, false), (425, false), (429, false), (500, false)]
        {
            assert_eq!(by_status(status).unwrap_err().permanent, permanent, "{status}");
        }
        assert!(by_status(202).is_ok());
    }
}
