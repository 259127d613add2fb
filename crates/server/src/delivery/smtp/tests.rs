//! Mails as they go out, and a mail server that has its moods.

use std::sync::{Arc, Mutex};

use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::message::Medium;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::time::Timestamp;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::*;
use crate::testing::TestServer;

const ID: &str = "11111111-0000-4000-8000-000000000000";

fn message(to: &str, subject: &str, body: &str) -> Message {
    Message {
        id: ID.to_owned(),
        pool: PoolId::new("us-east-1_AAAAAAAAA"),
        sub: Sub::new("s"),
        medium: Medium::Email,
        kind: "SignUp".into(),
        destination: Secret::new(to.into()),
        subject: Some(subject.into()),
        body: Secret::new(body.into()),
        code: Secret::new("123456".into()),
        created: Timestamp::from_secs(1_767_614_400),
        expires: None,
        call: None,
    }
}

fn mailbox(text: &str) -> Mailbox {
    text.parse().unwrap()
}

fn composed(message: &Message) -> Result<String, Failure> {
    let from = mailbox("Pool <pool@example.com>");
    let mail = compose(message, &from, from.clone(), Some(mailbox("help@example.com")))?;
    Ok(String::from_utf8(mail.formatted()).unwrap())
}

#[test]
fn a_mail_has_both_forms_and_a_name_by_which_it_is_known_again() {
    let mail = composed(&message("ada@example.com", "Your code", "<b>Code</b> 123456")).unwrap();
    for line in [
        "From: Pool <pool@example.com>",
        "Reply-To: help@example.com",
        "To: ada@example.com",
        "Subject: Your code",
        "Message-ID: <11111111-0000-4000-8000-000000000000@example.com>",
        "X-Poolhouse-Message: 11111111-0000-4000-8000-000000000000",
        "Auto-Submitted: auto-generated",
        "Date: Mon, 05 Jan 2026 12:00:00 +0000",
        "<b>Code</b> 123456",
        "Code 123456",
    ] {
        assert!(mail.lines().any(|found| found == line), "{line} is missing in\n{mail}");
    }
    assert!(mail.contains("text/plain") && mail.contains("text/html"));
}

#[test]
fn no_address_ends_a_line_or_adds_a_recipient() {
    for to in [
        "ada@example.com\r\nBcc: eve@example.com",
        "ada@example.com\nBcc: eve@example.com",
        "ada@example.com\r",
        "ada@example.com\0",
        "ada@example.com\u{85}Bcc: eve@example.com",
        "ada@example.com\u{2028}Bcc: eve@example.com",
        "ada@example.com, eve@example.com",
        "ada@example.com,eve@example.com",
        "ada@example.com> RCPT TO:<eve@example.com",
        "Ada <ada@example.com>",
        "\"a\r\n\"@example.com",
        "",
        "ada",
    ] {
        let refused = composed(&message(to, "s", "b")).unwrap_err();
        assert!(refused.permanent, "{to:?}");
        assert!(!refused.reason.contains("ada"), "{refused:?}");
    }
}

#[test]
fn a_subject_is_one_header() {
    for subject in ["a\r\nBcc: eve@example.com", "a\nb", "a\0b", "a\u{2028}b", "a\u{85}b"] {
        assert!(composed(&message("ada@example.com", subject, "b")).is_err(), "{subject:?}");
    }
    for subject in ["%0d%0aBcc: eve@example.com", "é".repeat(140).as_str(), "=?utf-8?q?=0D=0A?="] {
        let mail = composed(&message("ada@example.com", subject, "b")).unwrap();
        let (head, _) = mail.split_once("\r\n\r\n").unwrap();
        let names = head.lines().filter(|line| !line.starts_with(' '));
        assert!(names.clone().all(|line| !line.starts_with("Bcc")), "{head}");
        assert_eq!(names.count(), 10, "{head}");
    }
}

#[test]
fn a_pool_chooses_no_headers() {
    assert_eq!(parse_sender(None), Ok(None));
    assert_eq!(parse_sender(Some("")), Ok(None));
    let named = parse_sender(Some("Shop <shop@example.com>")).unwrap().unwrap();
    assert_eq!(named.to_string(), "Shop <shop@example.com>");
    for text in ["a@b.example\r\nBcc: c@d.example", "a@b.example\u{2029}", "x", "a@b.example, c@d"]
    {
        assert!(parse_sender(Some(text)).is_err(), "{text:?}");
    }
}

/// A mail server that answers MAIL FROM with a line and says what it was sent.
struct Server {
    port: u16,
    heard: Arc<Mutex<String>>,
    _tasks: JoinSet<()>,
}

async fn server(mail_from: &'static str, greeting: &'static str) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(Mutex::new(String::new()));
    let mut tasks = JoinSet::new();
    let ears = Arc::clone(&heard);
    tasks.spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let (reader, mut writer) = stream.into_split();
        let mut lines = BufReader::new(reader).lines();
        writer.write_all(greeting.as_bytes()).await.unwrap();
        let mut data = false;
        while let Ok(Some(line)) = lines.next_line().await {
            ears.lock().unwrap().push_str(&format!("{line}\n"));
            let answer = match line.split(' ').next().unwrap_or_default() {
                "." if data => {
                    data = false;
                    "250 kept\r\n"
                }
                _ if data => continue,
                "DATA" => {
                    data = true;
                    "354 go on\r\n"
                }
                "MAIL" => mail_from,
                "QUIT" => "221 bye\r\n",
                _ => "250 fine\r\n",
            };
            if writer.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    });
    Server { port, heard, _tasks: tasks }
}

async fn sent(port: u16, security: SmtpSecurity, message: &Message) -> Result<(), Failure> {
    let config = SmtpConfig {
        host: "127.0.0.1".into(),
        port,
        security,
        login: None,
        from: mailbox("pool@example.com"),
        reply_to: None,
        pool_senders: false,
    };
    let db = TestServer::new().await.app.db.clone();
    Smtp::new(&config, &db).unwrap().deliver(message).await
}

const READY: &str = "220 mail.example.com ready\r\n";

#[tokio::test]
async fn a_mail_arrives_whole_with_its_dots() {
    let server = server("250 fine\r\n", READY).await;
    let body = "one\r\n.\r\nRCPT TO:<eve@example.com>\r\n..two";
    let message = message("ada@example.com", "s", body);
    sent(server.port, SmtpSecurity::Plain, &message).await.unwrap();
    let heard = server.heard.lock().unwrap().clone();
    assert!(heard.contains("MAIL FROM:<pool@example.com>"), "{heard}");
    assert!(heard.contains("RCPT TO:<ada@example.com>"), "{heard}");
    // Until the end of the data there is no line that is one dot.
    let (_, data) = heard.split_once("\nDATA\n").unwrap();
    let (mail, rest) = data.split_once("\n.\n").unwrap();
    assert!(mail.contains("RCPT TO:<eve@example.com>") && rest.trim() == "QUIT", "{heard}");
}

#[tokio::test]
async fn refusals_are_for_ever_or_for_now_and_repeat_nothing() {
    for (answer, permanent, reason) in [
        ("550 5.1.1 <ada@example.com> unknown\r\n", true, "smtp 550"),
        ("451 4.3.0 ada@example.com later\r\n", false, "smtp 451"),
        ("535 5.7.8 who are you\r\n", false, "smtp 535"),
    ] {
        let server = server(answer, READY).await;
        let message = message("ada@example.com", "s", "b");
        let refused = sent(server.port, SmtpSecurity::Plain, &message).await.unwrap_err();
        assert_eq!(refused, Failure { reason: reason.into(), permanent });
    }
}

#[tokio::test]
async fn without_tls_nothing_is_sent_where_tls_is_needed() {
    let server = server("250 fine\r\n", READY).await;
    let message = message("ada@example.com", "s", "b");
    let refused = sent(server.port, SmtpSecurity::StartTls, &message).await.unwrap_err();
    assert!(!refused.permanent, "{refused:?}");
    assert!(!server.heard.lock().unwrap().contains("MAIL"));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let message = message("ada@example.com", "s", "b");
    assert!(!sent(port, SmtpSecurity::Plain, &message).await.unwrap_err().permanent);
}
