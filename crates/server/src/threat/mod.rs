//! Threat protection at work: what a request says of itself, what is known of its user, and what
//! follows.
//!
//! The rules are `poolhouse_domain::risk`; this module gathers the facts that they need and writes
//! what they found. In a pool without threat protection it reads nothing and writes nothing.

pub mod breached;
pub mod places;

use std::net::IpAddr;

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::ClientId;
use poolhouse_domain::message::{Medium, Message};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::pool::client::Client;
use poolhouse_domain::risk::event::{AuthEvent, Context, EventResponseType, EventType, Findings};
use poolhouse_domain::risk::notice;
use poolhouse_domain::risk::score::{FAILURES_MAX, FAILURES_SECS, SIGN_INS_MAX, Signals};
use poolhouse_domain::risk::settings::RiskSettings;
use poolhouse_domain::risk::verdict::{Attempt, Verdict};
use poolhouse_domain::risk::{Level, Mode};
use poolhouse_domain::rng;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::trigger::Person;
use poolhouse_domain::user::User;
use poolhouse_domain::user::delivery::{self, MessageKind};
use poolhouse_domain::user::password::PasswordRule;
use poolhouse_store::Tx;
use poolhouse_wire::shapes::{ContextDataType, EventFilterType, UserContextDataType};
use rand_core::RngCore;

use crate::app::App;
use crate::ops::ctx::Meta;
use crate::triggers::sender::{self, Cause};
use breached::BreachedPasswords;
use places::Places;

/// What the operator supplied about dangers.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Passwords that others know.
    pub breached: Option<BreachedPasswords>,
    /// Where addresses are.
    pub places: Option<Places>,
}

/// Where a request comes from, as far as it is known.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    address: Option<IpAddr>,
    device: Option<String>,
}

impl Origin {
    /// Of a request that a user's device sent itself. What a client claims in `UserContextData`
    /// counts if the client may pass on what its own users told it.
    pub fn of_user(meta: &Meta, client: &Client, claimed: Option<&UserContextDataType>) -> Self {
        let claimed = claimed.filter(|_| client.settings.propagates_context());
        let claimed = claimed.and_then(|context| context.ip_address.as_deref()?.parse().ok());
        Self { address: claimed.or(Some(meta.ip)), device: meta.user_agent.clone() }
    }

    /// Of a request with an access token, which says nothing of itself.
    pub fn of_bearer(meta: &Meta) -> Self {
        Self { address: Some(meta.ip), device: meta.user_agent.clone() }
    }

    /// Of a request that an administrator's server sent for a user: what it says, or nothing.
    pub fn of_admin(claimed: Option<&ContextDataType>) -> Self {
        let Some(claimed) = claimed else { return Self::default() };
        let agent = claimed.http_headers.iter().find(|header| {
            header.header_name.as_deref().is_some_and(|n| n.eq_ignore_ascii_case("user-agent"))
        });
        Self {
            address: claimed.ip_address.parse().ok(),
            device: agent.and_then(|header| header.header_value.clone()),
        }
    }
}

/// A request to a pool: what the pool does about risks, and where the request comes from.
#[derive(Clone, Debug)]
pub struct Scene {
    mode: Mode,
    settings: RiskSettings,
    context: Context,
}

impl Scene {
    /// Reads what counts for a client, if the pool has threat protection.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn of(app: &App, pool: &Pool, client: &ClientId, origin: &Origin) -> Result<Self> {
        let mode = pool.settings.threat_mode();
        if mode == Mode::Off {
            let (settings, context) = (RiskSettings::default(), Context::default());
            return Ok(Self { mode, settings, context });
        }
        let pool = &pool.id;
        let settings = app.db.read(async |mut tx| tx.effective_risk(pool, client).await).await?;
        let table = app.threats.places.as_ref();
        let place = origin.address.and_then(|address| table?.of(address)).cloned();
        let context = Context::new(origin.address, origin.device.as_deref(), place);
        Ok(Self { mode, settings, context })
    }

    /// Decides about a new password, or about a sign-up that has none.
    ///
    /// # Errors
    /// [`PasswordRule::Compromised`]; a fault when the list cannot be read.
    pub async fn check_password(
        &self,
        app: &App,
        what: EventFilterType,
        password: impl Into<Option<&Secret<String>>>,
    ) -> Result<Verdict> {
        let compromised = match password.into() {
            Some(password) => self.compromised(app, password).await?,
            None => None,
        };
        let address = self.context.address;
        let attempt = Attempt { what, address, level: None, compromised };
        let verdict = Verdict::of(self.mode, &self.settings, attempt);
        if verdict.blocked { Err(PasswordRule::Compromised.into()) } else { Ok(verdict) }
    }

    /// Decides about a sign-in whose first factor is proven. Where the password itself was not
    /// seen, as with SRP, it cannot be looked up.
    ///
    /// # Errors
    /// A fault of the store or of the list.
    pub async fn weigh(
        &self,
        app: &App,
        user: &User,
        password: Option<&Secret<String>>,
        now: Timestamp,
    ) -> Result<Verdict> {
        if self.mode == Mode::Off {
            return Ok(Verdict::NOTHING);
        }
        let compromised = match password {
            Some(password) => self.compromised(app, password).await?,
            None => None,
        };
        let level = self.level(app, user, now).await?;
        let what = EventFilterType::SignIn;
        let attempt = Attempt { what, address: self.context.address, level, compromised };
        Ok(Verdict::of(self.mode, &self.settings, attempt))
    }

    async fn level(&self, app: &App, user: &User, now: Timestamp) -> Result<Option<Level>> {
        let (pool, sub, since) = (&user.pool, &user.sub, now.plus_secs(-FAILURES_SECS));
        let read = app.db.read(async |mut tx| {
            let known = tx.last_sign_ins(pool, sub, SIGN_INS_MAX).await?;
            Ok((known, tx.failed_sign_ins(pool, sub, since, FAILURES_MAX).await?))
        });
        let (known, failures) = read.await?;
        Ok(Signals::of(&self.context, now, &known, failures).level())
    }

    async fn compromised(&self, app: &App, password: &Secret<String>) -> Result<Option<bool>> {
        let (Some(list), true) = (&app.threats.breached, self.mode != Mode::Off) else {
            return Ok(None);
        };
        let (list, password) = (list.clone(), password.clone());
        let found = app.crypto.run(move || list.contains(&password)).await?;
        found.map(Some).map_err(Error::fault)
    }

    /// Whether the pool records what users do.
    pub fn records(&self) -> bool {
        self.mode != Mode::Off
    }

    /// What is recorded about this request; nothing where the pool records nothing.
    pub fn event(
        &self,
        user: &User,
        (kind, response): (EventType, EventResponseType),
        findings: Findings,
        now: Timestamp,
        rng: &mut dyn RngCore,
    ) -> Option<AuthEvent> {
        (self.mode != Mode::Off).then(|| AuthEvent {
            id: rng::uuid(rng),
            pool: user.pool.clone(),
            sub: user.sub.clone(),
            created: now,
            kind,
            response,
            findings,
            context: self.context.clone(),
            feedback: None,
        })
    }

    /// The message about an event, if the verdict wants one and the user has a verified address.
    ///
    /// # Errors
    /// A fault.
    pub(crate) fn notice(
        &self,
        (app, pool, client): (&App, &Pool, &ClientId),
        user: &User,
        verdict: &Verdict,
        event: &AuthEvent,
        rng: &mut dyn RngCore,
    ) -> Result<Option<Message>> {
        let Some(kind) = verdict.notice else { return Ok(None) };
        let address = user.attribute("email").filter(|address| !address.is_empty());
        let Some(address) = address.filter(|_| user.attribute("email_verified") == Some("true"))
        else {
            return Ok(None);
        };
        let configuration =
            self.settings.takeover.as_ref().and_then(|t| t.notify_configuration.as_ref());
        let of = (&event.pool, &event.sub, event.id.as_str());
        let token = crate::ops::risk::feedback_token(app, of, event.created, rng);
        let text = notice::text(kind, configuration, &user.username, event, &token);
        let mut told = notice::facts(kind, &user.username, event, &token);
        // A function could not send it otherwise.
        told.push(("email", address.to_owned()));
        let person = Person::told(user, &told);
        let (kind, none) = (MessageKind::AccountTakeOverNotification, notice::no_code());
        let cause = Cause { pool, client: Some(client), metadata: None, kind };
        let (medium, created) = (Medium::Email, event.created);
        let message = delivery::message(user, kind, medium, text, &none, created, rng);
        let to_sender = |message| sender::hand_over_of(app, cause, person, message, rng);
        message.map(to_sender).transpose()
    }
}

/// Findings with what a verdict found.
pub fn findings(verdict: &Verdict, findings: Findings) -> Findings {
    Findings {
        decision: Some(verdict.decision),
        level: verdict.level.map(Into::into),
        compromised: verdict.compromised,
        ..findings
    }
}

/// Keeps an event, if there is one, in the transaction that keeps its cause.
///
/// # Errors
/// A fault of the store; `UserNotFound`.
pub async fn record(tx: &mut Tx, event: Option<&AuthEvent>) -> Result<()> {
    match event {
        None => Ok(()),
        Some(event) => tx.put_event(event).await,
    }
}
