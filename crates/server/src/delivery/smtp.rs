//! Mail to a mail server (SMTP, RFC 5321), with HTML and plain text.
//!
//! Every header is written by the library from parsed values; an address that could end a line is
//! refused before it is parsed. `Message-ID` follows from the message's id, so that a mail that is
//! sent twice can be told.

use std::time::{Duration, SystemTime};

use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use poolhouse_domain::error::Error;
use poolhouse_domain::message::{Message, plain_text};
use poolhouse_store::Db;

use super::{Failure, Sink};
use crate::config::transports::{SmtpConfig, SmtpSecurity};
use crate::http::BoxFuture;

/// How long the mail server may take for each answer.
const ANSWER_MAX: Duration = Duration::from_secs(20);
/// What the server says of a login that it does not accept. It is the operator's to mend, so the
/// message is kept.
const LOGIN_REFUSED: [u16; 4] = [530, 534, 535, 538];

/// A mail server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    reply_to: Option<Mailbox>,
    /// Where the pools' own senders are; none where they do not count.
    pools: Option<Db>,
}

/// The mail server cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the mail server {host} cannot be used: {source}")]
pub struct SmtpSetup {
    host: String,
    source: lettre::transport::smtp::Error,
}

impl Smtp {
    /// A mail server; nothing is sent yet.
    ///
    /// # Errors
    /// Its name cannot be one, or the TLS library refuses its own defaults.
    pub fn new(config: &SmtpConfig, db: &Db) -> Result<Self, SmtpSetup> {
        let setup = |source| SmtpSetup { host: config.host.clone(), source };
        let parameters = || TlsParameters::new_rustls(config.host.clone()).map_err(setup);
        let tls = match config.security {
            SmtpSecurity::Implicit => Tls::Wrapper(parameters()?),
            SmtpSecurity::StartTls => Tls::Required(parameters()?),
            SmtpSecurity::Opportunistic => Tls::Opportunistic(parameters()?),
            SmtpSecurity::Plain => Tls::None,
        };
        let name = ClientId::Domain(config.from.email.domain().to_owned());
        let mut transport =
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(config.host.clone())
                .port(config.port)
                .tls(tls)
                .hello_name(name)
                .timeout(Some(ANSWER_MAX));
        if let Some((user, password)) = &config.login {
            transport = transport
                .credentials(Credentials::new(user.clone(), password.expose().clone()))
                .authentication(vec![Mechanism::Plain, Mechanism::Login]);
        }
        Ok(Self {
            transport: transport.build(),
            from: config.from.clone(),
            reply_to: config.reply_to.clone(),
            pools: config.pool_senders.then(|| db.clone()),
        })
    }

    async fn send(&self, message: &Message) -> Result<(), Failure> {
        let (from, reply_to) = self.sender(message).await?;
        let mail = compose(message, &self.from, from, reply_to)?;
        self.transport.send(mail).await.map(drop).map_err(|error| failure(&error))
    }

    /// In whose name a message is sent, and who gets the answers.
    async fn sender(&self, message: &Message) -> Result<(Mailbox, Option<Mailbox>), Failure> {
        let own = || (self.from.clone(), self.reply_to.clone());
        let Some(db) = &self.pools else { return Ok(own()) };
        let pool = match db.read(async |mut tx| tx.pool(&message.pool).await).await {
            Ok(pool) => pool,
            Err(Error::PoolNotFound(_)) => return Err(Failure::permanent("the pool is gone")),
            Err(_) => return Err(Failure::temporary("the pool could not be read")),
        };
        let (from, reply_to) = pool.settings.email_senders();
        let (own_from, own_reply_to) = own();
        Ok((parse_sender(from)?.unwrap_or(own_from), parse_sender(reply_to)?.or(own_reply_to)))
    }
}

impl Sink for Smtp {
    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<(), Failure>> {
        Box::pin(self.send(message))
    }
}

fn parse_sender(text: Option<&str>) -> Result<Option<Mailbox>, Failure> {
    let refused = || Failure::permanent("the pool's EmailConfiguration holds no usable address");
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    if text.chars().any(ends_a_line) {
        return Err(refused());
    }
    text.parse().map(Some).map_err(|_| refused())
}

fn ends_a_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The mail for a message. Bounces go to the operator's own address.
fn compose(
    message: &Message,
    bounces: &Mailbox,
    from: Mailbox,
    reply_to: Option<Mailbox>,
) -> Result<lettre::Message, Failure> {
    let to = message.destination.expose();
    let to: Address = if to.chars().any(ends_a_line) { None } else { to.parse().ok() }
        .ok_or_else(|| Failure::permanent("the destination is no email address"))?;
    let subject = message.subject.as_deref().unwrap_or_default();
    if subject.chars().any(ends_a_line) {
        return Err(Failure::permanent("the subject has more than one line"));
    }
    let millis = u64::try_from(message.created.as_millis()).unwrap_or(0);
    let domain = bounces.email.domain();
    let envelope = Envelope::new(Some(bounces.email.clone()), vec![to.clone()]);
    let envelope = envelope.map_err(|_| Failure::permanent("no envelope"))?;
    let raw =
        |name, value: &str| HeaderValue::new(HeaderName::new_from_ascii_str(name), value.into());
    let mut mail = lettre::Message::builder()
        .envelope(envelope)
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(subject)
        .date(SystemTime::UNIX_EPOCH + Duration::from_millis(millis))
        .message_id(Some(format!("<{}@{domain}>", message.id)))
        .raw_header(raw("Auto-Submitted", "auto-generated"))
        .raw_header(raw("X-Poolhouse-Message", &message.id));
    if let Some(reply_to) = reply_to {
        mail = mail.reply_to(reply_to);
    }
    let html = message.body.expose().clone();
    let parts = MultiPart::alternative_plain_html(plain_text(&html), html);
    mail.multipart(parts).map_err(|_| Failure::permanent("the mail cannot be composed"))
}

/// What went wrong, without what the server said: servers like to repeat addresses.
fn failure(error: &lettre::transport::smtp::Error) -> Failure {
    if let Some(code) = error.status() {
        let number = u16::from(code);
        let reason = format!("smtp {number}");
        if error.is_permanent() && !LOGIN_REFUSED.contains(&number) {
            return Failure::permanent(reason);
        }
        return Failure::temporary(reason);
    }
    let reason = if error.is_timeout() {
        "smtp: no answer in time"
    } else if error.is_tls() {
        "smtp: TLS failed"
    } else if error.is_response() {
        "smtp: the server's answer cannot be understood"
    } else {
        "smtp: no connection, or the server does not offer what is needed"
    };
    Failure::temporary(reason)
}

#[cfg(test)]
mod tests;
