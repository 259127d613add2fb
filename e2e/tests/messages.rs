//! Messages that leave the machine: mail by SMTP, text messages by webhook, received for real.

use e2e::{Options, Place, Server, python, script};

fn flags(pairs: &[(&str, &str)]) -> Vec<String> {
    pairs.iter().flat_map(|(name, value)| [(*name).to_owned(), (*value).to_owned()]).collect()
}

#[test]
fn mail_by_smtp() {
    let place = Place::new("smtp");
    let (listener, _) = script::listener();
    let port = listener.local_addr().unwrap().port().to_string();
    let options = Options {
        flags: flags(&[
            ("--email-transport", "smtp"),
            ("--email-from", "Poolhouse <no-reply@example.com>"),
            ("--smtp-host", "127.0.0.1"),
            ("--smtp-port", &port),
            ("--smtp-security", "plain"),
            ("--outbound-allow", "127.0.0.1"),
        ]),
        ..Options::serve(place.join("data"))
    };
    let server = Server::start(options);
    python("smtp.py").serving(listener).run(&server);
}

#[test]
fn text_messages_by_webhook() {
    let place = Place::new("sms-webhook");
    let (listener, url) = script::listener();
    let options = Options {
        flags: flags(&[
            ("--sms-transport", "webhook"),
            ("--sms-webhook-url", &format!("{url}/send")),
            ("--outbound-allow", "127.0.0.1"),
        ]),
        variables: vec![
            ("POOLHOUSE_WEBHOOK_SECRET", "a-secret-of-webhooks".to_owned()),
            ("POOLHOUSE_WEBHOOK_TOKEN", "a-token-of-webhooks".to_owned()),
        ],
        ..Options::serve(place.join("data"))
    };
    let server = Server::start(options);
    python("sms_webhook.py").serving(listener).run(&server);
}
