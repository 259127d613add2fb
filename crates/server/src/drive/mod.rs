//! The loop that runs a sign-in: loads facts, charges attempts, asks the domain, commits.
//!
//! Public and admin operations come here with the same request in hand; they differ in how pool and
//! client were found. Nothing in this module decides what a sign-in owes: that is
//! `poolhouse_domain::auth`. Expensive arithmetic runs on the crypto pool, never inside a
//! transaction; every attempt is charged, in a transaction of its own, before it is compared.

mod answer;
mod begin;
mod choice;
mod code;
mod custom;
mod device;
mod facts;
mod hidden;
mod new_password;
mod proof;
mod renew;
mod risk;
pub mod session;
pub(crate) mod settle;
mod tokens;
mod triggers;

use std::net::IpAddr;

use poolhouse_domain::auth::advance::Challenge;
use poolhouse_domain::auth::exchange::Place;
use poolhouse_domain::auth::policy::{ClientPolicy, PoolPolicy};
use poolhouse_domain::auth::start::Api;
use poolhouse_domain::error::{Error, Result, SessionRefusal, SignInRefusal};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::pool::client::Client;
use poolhouse_domain::session::{Charge, GuessKind};
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::trigger::Metadata;
use poolhouse_wire::shapes::AuthenticationResultType;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::app::App;
use crate::ops::ctx::{Ctx, PoolAndClient};
use crate::threat::Origin;
use risk::Watch;

pub(crate) use renew::family_of;

/// What a sign-in step answers.
#[derive(Debug)]
pub enum Reply {
    /// More is asked for.
    Challenge {
        /// The challenge.
        challenge: Box<Challenge>,
        /// The `Session` to send back, where the challenge has one.
        session: Option<String>,
    },
    /// Done.
    Tokens(Box<AuthenticationResultType>),
}

/// One step of a sign-in.
pub struct Drive<'a> {
    app: &'a App,
    now: Timestamp,
    ip: IpAddr,
    user_agent: Option<String>,
    api: Api,
    pool: Pool,
    client: Client,
    policy: PoolPolicy,
    client_policy: ClientPolicy,
    /// `ClientMetadata` of the request that begins the sign-in.
    validation: Option<Metadata>,
    /// `ClientMetadata` of an answer, or of a request for new tokens.
    metadata: Option<Metadata>,
    /// Whether a message was written that is to be sent.
    mail: bool,
    watch: Watch,
    rng: ChaCha20Rng,
}

impl<'a> Drive<'a> {
    /// For a request that named this pool and client.
    pub fn new<C>(ctx: &mut Ctx<'a, C>, api: Api, found: PoolAndClient) -> Self {
        let PoolAndClient { pool, client } = found;
        Self {
            app: ctx.app,
            now: ctx.now,
            ip: ctx.meta.ip,
            user_agent: ctx.meta.user_agent.clone(),
            api,
            policy: pool.settings.auth_policy(),
            client_policy: client.settings.auth_policy(),
            pool,
            watch: Watch::new(Origin::default()),
            client,
            validation: None,
            metadata: None,
            mail: false,
            rng: fork(&mut ctx.rng),
        }
    }

    /// With the request's `ClientMetadata`.
    #[must_use]
    pub fn with_metadata(self, metadata: Option<Metadata>) -> Self {
        Self { metadata, ..self }
    }

    /// Randomness for one piece of work. A stream is never copied: what two draws would share
    /// could be a public id on one side and a secret handle on the other.
    fn fork(&mut self) -> ChaCha20Rng {
        fork(&mut self.rng)
    }

    fn place(&self) -> Place<'_> {
        Place {
            pool: &self.pool.id,
            client: &self.client.id,
            sealer: &self.app.sealer,
            now: self.now,
        }
    }

    /// Whether a message was written that is to be sent.
    pub fn sends_mail(&self) -> bool {
        self.mail
    }

    /// Pays for one attempt, in a transaction that commits whatever comes of it.
    async fn charge(&self, subject: &str, kind: GuessKind) -> Result<()> {
        let pool = &self.pool.id;
        let charge =
            self.app.db.write(self.now, async |mut tx| tx.charge(pool, subject, kind).await);
        match charge.await? {
            Charge::Paid => Ok(()),
            Charge::Locked => Err(Error::SignIn(SignInRefusal::Locked)),
        }
    }

    /// Pays for one attempt and uses up the session that it answers, if there is one: both or
    /// neither. While the subject is locked, the session stays.
    async fn charge_in_session(
        &self,
        subject: &str,
        kind: GuessKind,
        session: Option<[u8; 32]>,
    ) -> Result<()> {
        let Some(session) = &session else { return self.charge(subject, kind).await };
        let pool = &self.pool.id;
        let charge = self.app.db.write(self.now, async |mut tx| {
            let charge = tx.charge(pool, subject, kind).await?;
            if charge == Charge::Paid && !tx.consume_session(pool, session).await? {
                return Err(Error::Session(SessionRefusal::Used));
            }
            Ok(charge)
        });
        match charge.await? {
            Charge::Paid => Ok(()),
            Charge::Locked => Err(Error::SignIn(SignInRefusal::Locked)),
        }
    }
}

fn fork(rng: &mut ChaCha20Rng) -> ChaCha20Rng {
    ChaCha20Rng::from_rng(rng)
}

/// Whose guesses are counted for a name that belongs to nobody.
pub(crate) fn hidden_subject(name: &str) -> String {
    use poolhouse_domain::crypto::sha256;
    let hash = sha256(&[b"hidden user\0", name.as_bytes()]);
    format!("hidden:{}", data_encoding::HEXLOWER.encode(&hash))
}

fn bad_credentials() -> Error {
    Error::SignIn(SignInRefusal::BadCredentials)
}
