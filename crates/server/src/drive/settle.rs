//! The transaction that ends a step: everything single-use is consumed, and what the step changed
//! and what follows is written, or nothing is.

use poolhouse_domain::auth::advance::{Challenge, Grant, GrantedDevice, Next};
use poolhouse_domain::auth::handle::Handle;
use poolhouse_domain::auth::step::{SessionState, Step};
use poolhouse_domain::crypto::sha256;
use poolhouse_domain::device::{Device, Remembered};
use poolhouse_domain::error::{Error, Result, SessionRefusal, SignInRefusal};
use poolhouse_domain::id::{ClientId, DeviceKey, PoolId, Sub};
use poolhouse_domain::message::Message;
use poolhouse_domain::risk::event::EventResponseType;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::session::{GuessKind, SessionRow, TokenFamily};
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::user::username::UsernameRule;
use poolhouse_domain::user::{PasswordRecord, User};
use poolhouse_store::Tx;

use super::hidden::look_for_nobody;
use super::risk::Watched;
use super::triggers::token_source;
use super::{Drive, Reply, bad_credentials, hidden_subject};
use crate::ops::aliases;
use crate::ops::users::passwords;

/// The kind of single-use rows that secret blocks leave.
const BLOCK_KIND: &str = "secret_block";

/// What a step used up and changed.
#[derive(Debug, Default)]
pub(super) struct Settlement {
    /// Sessions that were answered, by the hashes of their handles. One that is gone already means
    /// that the same challenge was answered twice.
    pub(super) sessions: Vec<[u8; 32]>,
    /// A secret block that was proven: its nonce, and until when it must be remembered.
    pub(super) block: Option<([u8; 16], Timestamp)>,
    /// A TOTP step whose code was accepted.
    pub(super) totp_step: Option<i64>,
    /// Attempts to forget, because they ended in success.
    pub(super) clear: Option<(String, GuessKind)>,
    /// A new password.
    pub(super) password: Option<PasswordRecord>,
    /// What the step changes of the user.
    pub(super) changed: Option<Change>,
    /// A device that proved itself and must still stand in for MFA at this moment.
    pub(super) proven_device: Option<DeviceKey>,
}

/// A change of the user that a step makes.
#[derive(Debug)]
pub(super) struct Change {
    /// The user from now on, but for stamp and time.
    pub(super) user: User,
    /// Whether a credential, a factor or the right to sign in changed: other sign-ins in progress
    /// then end. A verified address alone is none of these.
    pub(super) ends_others: bool,
}

/// What the transaction writes for what follows.
enum Outcome<'a> {
    Challenge { challenge: &'a Challenge, handle: Option<Handle>, message: Option<&'a Message> },
    Grant { grant: &'a Grant, family: &'a TokenFamily },
}

impl Drive<'_> {
    /// Ends a step. `user` is as the step saw it: a user who changed meanwhile ends the sign-in.
    pub(super) async fn settle(
        &mut self,
        user: &User,
        next: Next,
        settlement: Settlement,
    ) -> Result<Reply> {
        match next {
            Next::Challenge(mut challenge) => {
                let message = self.draw_code(user, &mut challenge).await?;
                let watched = self.watched(user, EventResponseType::InProgress).await?;
                self.mail |= message.is_some() || watched.sends_mail();
                let handle = challenge
                    .session
                    .is_some()
                    .then(|| Handle::generate(&self.pool.id, &mut self.rng));
                let outcome = Outcome::Challenge {
                    challenge: &challenge,
                    handle: handle.clone(),
                    message: message.as_ref(),
                };
                self.commit(user, &settlement, &outcome, &watched).await?;
                let session =
                    handle.map(|handle| handle.to_session(&self.app.sealer, &mut self.rng));
                Ok(Reply::Challenge { challenge: Box::new(challenge), session })
            }
            Next::Grant(grant) => {
                let signed_in = settlement.changed.as_ref().map_or(user, |change| &change.user);
                self.post_authentication(&grant, signed_in).await?;
                let source = token_source(&grant, &settlement);
                let issued = self.issue(&grant, signed_in, source).await?;
                let outcome = Outcome::Grant { grant: &grant, family: &issued.family };
                let watched = self.watched(user, EventResponseType::Pass).await?;
                self.mail |= watched.sends_mail();
                self.commit(user, &settlement, &outcome, &watched).await?;
                Ok(Reply::Tokens(Box::new(issued.result)))
            }
        }
    }

    async fn commit(
        &self,
        user: &User,
        settlement: &Settlement,
        outcome: &Outcome<'_>,
        watched: &Watched,
    ) -> Result<()> {
        self.app
            .db
            .write(self.now, async |mut tx| {
                let stamp = self.still_the_same(&mut tx, user, settlement).await?;
                consume(&mut tx, &user.pool, &user.sub, settlement).await?;
                watched.write(&mut tx).await?;
                let stamp = match &settlement.changed {
                    None => stamp,
                    Some(change) => self.change(&mut tx, user, change, stamp).await?,
                };
                if let Some(record) = &settlement.password {
                    passwords::remember(&mut tx, &self.pool, user).await?;
                    tx.set_password(&user.pool, &user.sub, record).await?;
                }
                match outcome {
                    Outcome::Challenge { challenge, handle, message } => {
                        if let Some(message) = message {
                            tx.enqueue(message).await?;
                        }
                        self.save_challenge(&mut tx, user, challenge, handle.as_ref(), stamp).await
                    }
                    Outcome::Grant { grant, family } => {
                        self.save_grant(&mut tx, user, grant, family).await
                    }
                }
            })
            .await
    }

    /// The user's stamp, if it is the one that the step began under.
    async fn still_the_same(
        &self,
        tx: &mut Tx,
        user: &User,
        settlement: &Settlement,
    ) -> Result<i64> {
        let current = tx.user_by_sub(&user.pool, &user.sub).await?;
        if !current.enabled {
            return Err(Error::SignIn(SignInRefusal::Disabled));
        }
        // A change writes the attributes as the step saw them, so they must be the same too.
        let overwrites = settlement.changed.is_some() && current.attributes != user.attributes;
        if current.stamp != user.stamp || overwrites {
            return Err(Error::Session(SessionRefusal::Invalid));
        }
        Ok(current.stamp)
    }

    /// Writes a change of the user; the stamp from now on.
    async fn change(&self, tx: &mut Tx, before: &User, change: &Change, stamp: i64) -> Result<i64> {
        let names = self.pool.settings.sign_in_names();
        let synced = aliases::sync(tx, &names, Some(before), &change.user).await;
        if let (Err(Error::Username(UsernameRule::AliasTaken(_))), false) =
            (&synced, change.ends_others)
        {
            // Another user has verified the address first. It was good for this sign-in all the
            // same, but does not become this user's alias.
            return Ok(stamp);
        }
        synced?;
        let stamp = stamp.saturating_add(i64::from(change.ends_others));
        let user = User { stamp, modified: tx.now, ..change.user.clone() };
        tx.update_user(&user).await?;
        Ok(stamp)
    }

    /// Ends a step of a user who does not exist.
    pub(super) async fn settle_hidden(
        &mut self,
        name: &str,
        mut challenge: Challenge,
        answered: Option<[u8; 32]>,
    ) -> Result<Reply> {
        let message = self.draw_nobodys_code(name, &mut challenge)?;
        self.mail |= message.is_some();
        let Some(state) = challenge.session.as_mut() else {
            return Ok(Reply::Challenge { challenge: Box::new(challenge), session: None });
        };
        state.hidden = Some(name.to_owned());
        let handle = Handle::generate(&self.pool.id, &mut self.rng);
        let (client, expires) = (&self.client.id, self.session_expiry());
        let row = session_row(&self.pool.id, None, client, handle.hash(), state, expires)?;
        let (pool, stored, answered, subject) =
            (&self.pool.id, &row, &answered, &hidden_subject(name));
        let write = self.app.db.write(self.now, async |mut tx| {
            look_for_nobody(&mut tx, pool, subject).await?;
            if let Some(session) = answered
                && !tx.consume_session(pool, session).await?
            {
                return Err(Error::Session(SessionRefusal::Used));
            }
            if let Some(message) = &message {
                tx.pretend_to_enqueue(message).await?;
            }
            tx.put_session(stored).await
        });
        write.await?;
        let session = handle.to_session(&self.app.sealer, &mut self.rng);
        Ok(Reply::Challenge { challenge: Box::new(challenge), session: Some(session) })
    }

    async fn save_challenge(
        &self,
        tx: &mut Tx,
        user: &User,
        challenge: &Challenge,
        handle: Option<&Handle>,
        stamp: i64,
    ) -> Result<()> {
        let (Some(state), Some(handle)) = (&challenge.session, handle) else { return Ok(()) };
        let mut state = state.clone();
        state.progress.stamp = stamp;
        let expires = self.session_expiry();
        let client = &self.client.id;
        put_session(tx, user, client, handle.hash(), &state, expires).await?;
        if let Step::DeviceSrp(device) = &state.step {
            // Some clients send no session with the device challenges: a second row, found by who
            // and with what, ties their answer to the proven first factor.
            let link = device_link(client, &user.sub, device);
            let twin = SessionState { twin: Some(handle.hash()), ..state };
            put_session(tx, user, client, link, &twin, expires).await?;
        }
        Ok(())
    }

    /// When a session that is made now ends.
    pub(super) fn session_expiry(&self) -> Timestamp {
        self.now.plus_secs(self.client_policy.session_minutes.saturating_mul(60))
    }

    async fn save_grant(
        &self,
        tx: &mut Tx,
        user: &User,
        grant: &Grant,
        family: &TokenFamily,
    ) -> Result<()> {
        let ip = self.ip.to_string();
        match grant.device() {
            GrantedDevice::Untracked => {}
            GrantedDevice::Known(key) => {
                tx.touch_device(&user.pool, &user.sub, key, Some(&ip)).await?;
            }
            GrantedDevice::New { key, group_key } => {
                let device = Device {
                    key: key.clone(),
                    group_key: group_key.clone(),
                    name: None,
                    confirmed: false,
                    remembered: Remembered::No,
                    has_verifier: false,
                    created: self.now,
                    modified: self.now,
                    last_authenticated: self.now,
                    last_ip: Some(ip),
                };
                tx.issue_device(&user.pool, &user.sub, &device).await?;
            }
        }
        tx.put_family(family).await?;
        match self.pool.settings.session_limit().filter(|_| family.session.is_some()) {
            None => Ok(()),
            Some(max) => tx.limit_sessions(family, max).await.map(drop),
        }
    }
}

/// Where the session-less answer to a device challenge is found.
pub(super) fn device_link(client: &ClientId, sub: &Sub, device: &DeviceKey) -> [u8; 32] {
    let (client, sub) = (client.as_str().as_bytes(), sub.as_str().as_bytes());
    sha256(&[b"device link\0", client, b"\0", sub, b"\0", device.as_str().as_bytes()])
}

async fn put_session(
    tx: &mut Tx,
    user: &User,
    client: &ClientId,
    handle_hash: [u8; 32],
    state: &SessionState,
    expires: Timestamp,
) -> Result<()> {
    let row = session_row(&user.pool, Some(&user.sub), client, handle_hash, state, expires)?;
    tx.put_session(&row).await
}

/// A session as it is stored.
pub(crate) fn session_row(
    pool: &PoolId,
    sub: Option<&Sub>,
    client: &ClientId,
    handle_hash: [u8; 32],
    state: &SessionState,
    expires: Timestamp,
) -> Result<SessionRow> {
    Ok(SessionRow {
        pool: pool.clone(),
        handle_hash,
        client: client.clone(),
        sub: sub.cloned(),
        step: Secret::new(serde_json::to_vec(state).map_err(Error::fault)?),
        expires,
        used: None,
    })
}

/// Uses up what a step proved with; each by one conditional statement, so that of two answers at
/// once one wins.
async fn consume(tx: &mut Tx, pool: &PoolId, sub: &Sub, settlement: &Settlement) -> Result<()> {
    for session in &settlement.sessions {
        if !tx.consume_session(pool, session).await? {
            return Err(Error::Session(SessionRefusal::Used));
        }
    }
    if let Some((nonce, until)) = settlement.block
        && !tx.once(pool, BLOCK_KIND, &sha256(&[&nonce]), until).await?
    {
        return Err(bad_credentials());
    }
    if let Some(step) = settlement.totp_step
        && !tx.accept_totp_step(pool, sub, step).await?
    {
        return Err(Error::SignIn(SignInRefusal::ReusedTotp));
    }
    if let Some(key) = &settlement.proven_device
        && !tx.device(pool, sub, key).await?.can_be_challenged()
    {
        // An administrator switched it off, or somebody forgot it, a moment ago.
        return Err(bad_credentials());
    }
    if let Some((subject, kind)) = &settlement.clear {
        tx.clear_guesses(pool, subject, *kind).await?;
    }
    Ok(())
}
