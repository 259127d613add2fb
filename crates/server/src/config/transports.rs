//! How messages leave the server: the settings of the transports, checked together.

use lettre::message::Mailbox;
use poolhouse_domain::secret::Secret;

use super::check::{Checker, Visibility};
use crate::ports::outbound::Url;

const SMTP_PORT_IMPLICIT: u16 = 465;
const SMTP_PORT_SUBMISSION: u16 = 587;
const SMTP_PORT_PLAIN: u16 = 25;
const SECRET_CHARS_MAX: usize = 512;
const TOKEN_CHARS_MIN: usize = 16;

/// How messages leave the server.
#[derive(Clone, Debug, Default)]
pub struct MailConfig {
    /// `email-transport` with what belongs to it.
    pub email: Transport,
    /// `sms-transport` with what belongs to it.
    pub sms: Transport,
}

/// How messages of one kind leave the server.
#[derive(Clone, Debug, Default)]
pub enum Transport {
    /// As files in the data directory.
    #[default]
    File,
    /// To a mail server.
    Smtp(Box<SmtpConfig>),
    /// To a program of the operator's.
    Webhook(WebhookConfig),
}

/// A mail server, and in whose name mail is sent.
#[derive(Clone, Debug)]
pub struct SmtpConfig {
    /// `smtp-host`.
    pub host: String,
    /// `smtp-port`, or the one that fits `smtp-security`.
    pub port: u16,
    /// `smtp-security`.
    pub security: SmtpSecurity,
    /// `smtp-username` and `smtp-password`.
    pub login: Option<(String, Secret<String>)>,
    /// `email-from`.
    pub from: Mailbox,
    /// `email-reply-to`.
    pub reply_to: Option<Mailbox>,
    /// `email-pool-senders`.
    pub pool_senders: bool,
}

/// How the connection to a mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// TLS from the first byte.
    Implicit,
    /// STARTTLS, or nothing is sent.
    StartTls,
    /// STARTTLS if the server offers it.
    Opportunistic,
    /// None.
    Plain,
}

/// A program that sends messages.
#[derive(Clone, Debug)]
pub struct WebhookConfig {
    /// `email-webhook-url` or `sms-webhook-url`.
    pub url: Url,
    /// `webhook-secret`.
    pub secret: Secret<String>,
    /// `webhook-token`.
    pub token: Option<Secret<String>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Smtp,
    Webhook,
}

pub(super) fn check(checker: &mut Checker<'_>) -> MailConfig {
    let smtp = smtp(checker);
    let secret = checker.optional("webhook-secret", Visibility::Hidden, token);
    let token = checker.optional("webhook-token", Visibility::Hidden, token);
    let email_url = checker.optional("email-webhook-url", Visibility::Shown, webhook_url);
    let sms_url = checker.optional("sms-webhook-url", Visibility::Shown, webhook_url);
    let webhook = |checker: &mut Checker<'_>, kind: &str, url: Option<Url>| {
        let (url_key, kind_key) = (format!("{kind}-webhook-url"), format!("{kind}-transport"));
        checker.need(&kind_key, &url_key);
        checker.need(&kind_key, "webhook-secret");
        let (url, secret) = url.zip(secret.clone())?;
        let (secret, token) = (Secret::new(secret), token.clone().map(Secret::new));
        Some(Transport::Webhook(WebhookConfig { url, secret, token }))
    };
    let kind = checker.optional("email-transport", Visibility::Shown, email_kind);
    let email = match kind.unwrap_or(Kind::File) {
        Kind::File => None,
        Kind::Smtp => {
            checker.need("email-transport", "smtp-host");
            checker.need("email-transport", "email-from");
            smtp.map(|smtp| Transport::Smtp(Box::new(smtp)))
        }
        Kind::Webhook => webhook(checker, "email", email_url),
    };
    let kind = checker.optional("sms-transport", Visibility::Shown, sms_kind);
    let sms = match kind.unwrap_or(Kind::File) {
        Kind::File | Kind::Smtp => None,
        Kind::Webhook => webhook(checker, "sms", sms_url),
    };
    // What is missing was noted, so that a default here is never used.
    MailConfig { email: email.unwrap_or_default(), sms: sms.unwrap_or_default() }
}

fn smtp(checker: &mut Checker<'_>) -> Option<SmtpConfig> {
    let host = checker.optional("smtp-host", Visibility::Shown, host);
    let port = checker.optional("smtp-port", Visibility::Shown, port);
    let security = checker.optional("smtp-security", Visibility::Shown, security);
    let security = security.unwrap_or(SmtpSecurity::StartTls);
    let username = checker.optional("smtp-username", Visibility::Shown, printable);
    let password = checker.optional("smtp-password", Visibility::Hidden, printable);
    let from = checker.optional("email-from", Visibility::Shown, mailbox);
    let reply_to = checker.optional("email-reply-to", Visibility::Shown, mailbox);
    let senders = checker.optional("email-pool-senders", Visibility::Shown, yes_or_no);
    if password.is_some() {
        checker.need("smtp-password", "smtp-username");
    }
    // The example of the manual is one of these alone.
    let asked = checker.given("email-transport");
    if asked && username.is_some() {
        checker.need("smtp-username", "smtp-password");
        if matches!(security, SmtpSecurity::Opportunistic | SmtpSecurity::Plain) {
            checker.refuse(
                "smtp-security",
                "a password is sent only where TLS is certain: implicit or starttls.",
            );
        }
    }
    let by_security = match security {
        SmtpSecurity::Implicit => SMTP_PORT_IMPLICIT,
        SmtpSecurity::StartTls => SMTP_PORT_SUBMISSION,
        SmtpSecurity::Opportunistic | SmtpSecurity::Plain => SMTP_PORT_PLAIN,
    };
    Some(SmtpConfig {
        host: host?,
        port: port.unwrap_or(by_security),
        security,
        login: username.zip(password.map(Secret::new)),
        from: from?,
        reply_to,
        pool_senders: senders.unwrap_or(false),
    })
}

fn email_kind(text: &str) -> Result<Kind, String> {
    match text {
        "file" => Ok(Kind::File),
        "smtp" => Ok(Kind::Smtp),
        "webhook" => Ok(Kind::Webhook),
        _ => Err("expected file, smtp or webhook.".to_owned()),
    }
}

fn sms_kind(text: &str) -> Result<Kind, String> {
    match text {
        "file" => Ok(Kind::File),
        "webhook" => Ok(Kind::Webhook),
        _ => Err("expected file or webhook.".to_owned()),
    }
}

fn security(text: &str) -> Result<SmtpSecurity, String> {
    match text {
        "implicit" => Ok(SmtpSecurity::Implicit),
        "starttls" => Ok(SmtpSecurity::StartTls),
        "opportunistic" => Ok(SmtpSecurity::Opportunistic),
        "plain" => Ok(SmtpSecurity::Plain),
        _ => Err("expected implicit, starttls, opportunistic or plain.".to_owned()),
    }
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("expected yes or no.".to_owned()),
    }
}

fn host(text: &str) -> Result<String, String> {
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':');
    if !text.is_empty() && text.bytes().all(fine) {
        return Ok(text.to_owned());
    }
    Err("expected the name or address of a mail server, without a port.".to_owned())
}

fn port(text: &str) -> Result<u16, String> {
    match text.parse() {
        Ok(port) if port > 0 => Ok(port),
        _ => Err("expected a number from 1 to 65535.".to_owned()),
    }
}

fn mailbox(text: &str) -> Result<Mailbox, String> {
    let rule = "expected an address such as no-reply@example.com or \
                \"Example <no-reply@example.com>\".";
    if text.chars().any(char::is_control) {
        return Err(rule.to_owned());
    }
    text.parse().map_err(|_| rule.to_owned())
}

fn printable(text: &str) -> Result<String, String> {
    let fine = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
    if (1..=SECRET_CHARS_MAX).contains(&text.len()) && text.bytes().all(fine) {
        return Ok(text.to_owned());
    }
    Err(format!("expected 1 to {SECRET_CHARS_MAX} printable ASCII characters."))
}

/// A secret that others present to us or we to them.
pub(super) fn token(text: &str) -> Result<String, String> {
    let long = (TOKEN_CHARS_MIN..=SECRET_CHARS_MAX).contains(&text.len());
    if long && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(text.to_owned());
    }
    let range = format!("{TOKEN_CHARS_MIN} to {SECRET_CHARS_MAX}");
    Err(format!("expected {range} visible ASCII characters (`openssl rand -hex 32`)."))
}

fn webhook_url(text: &str) -> Result<Url, String> {
    Url::parse(text).map_err(|rule| format!("{rule}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::config::check::{Command, check};
    use crate::config::layers::{Given, Layers};

    fn serve(given: &[(&'static str, &str)]) -> Result<Config, String> {
        let given = given.iter().map(|(key, text)| {
            (*key, Given { text: (*text).to_owned(), place: format!("--{key}") })
        });
        check(Command::Serve, &given.collect::<Layers>()).map_err(|error| error.to_string())
    }

    const SMTP: [(&str, &str); 3] = [
        ("email-transport", "smtp"),
        ("smtp-host", "mail.example.com"),
        ("email-from", "Pool <no-reply@example.com>"),
    ];

    #[test]
    fn mail_goes_to_a_server_with_starttls_unless_said_otherwise() {
        let Transport::Smtp(smtp) = serve(&SMTP).unwrap().mail.email else { panic!("no smtp") };
        assert_eq!((smtp.security, smtp.port), (SmtpSecurity::StartTls, 587));
        assert_eq!(smtp.from.to_string(), "Pool <no-reply@example.com>");
        for (security, port) in [("implicit", 465), ("opportunistic", 25), ("plain", 25)] {
            let given = [&SMTP[..], &[("smtp-security", security)]].concat();
            let Transport::Smtp(smtp) = serve(&given).unwrap().mail.email else { panic!() };
            assert_eq!(smtp.port, port);
        }
    }

    #[test]
    fn what_is_missing_is_said_all_at_once() {
        let error = serve(&[("email-transport", "smtp"), ("sms-transport", "webhook")]);
        let error = error.unwrap_err();
        for key in ["smtp-host", "email-from", "sms-webhook-url", "POOLHOUSE_WEBHOOK_SECRET"] {
            assert!(error.contains(key), "{key}: {error}");
        }
    }

    #[test]
    fn a_password_does_not_travel_in_clear() {
        let login = [("smtp-username", "pool"), ("smtp-password", "hush hush")];
        for security in ["plain", "opportunistic"] {
            let given = [&SMTP[..], &login[..], &[("smtp-security", security)]].concat();
            let error = serve(&given).unwrap_err();
            assert!(error.contains("TLS is certain") && !error.contains("hush"), "{error}");
        }
        assert!(serve(&[&SMTP[..], &login[..]].concat()).is_ok());
        assert!(serve(&[&SMTP[..], &login[..1]].concat()).is_err());
        assert!(serve(&[&SMTP[..], &login[1..]].concat()).is_err());
    }

    #[test]
    fn addresses_cannot_hold_headers() {
        for from in ["a@b.example\r\nBcc: c@d.example", "a@b.example\n", "no address", "a@b,c@d"] {
            let given = [&SMTP[..2], &[("email-from", from)]].concat();
            assert!(serve(&given).is_err(), "{from:?}");
        }
    }
}
