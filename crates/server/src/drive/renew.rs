//! Refresh: new access and ID tokens of a sign-in, and where the client rotates, a new refresh
//! token.
//!
//! A refresh that does not rotate signs and writes nothing, but for a session's time of last use, at
//! most once a minute. One that rotates replaces the newest token by one conditional statement, in a
//! transaction that looks at everything again; the tokens are signed before it, so that a client
//! never loses its refresh token without having got another.

use poolhouse_domain::auth::handle::RefreshHandle;
use poolhouse_domain::auth::refresh::{self, Door, RefreshFacts, RefreshGrant, Turn};
use poolhouse_domain::auth::secret_hash;
use poolhouse_domain::device::Device;
use poolhouse_domain::error::{Error, RefreshTokenRefusal, Result};
use poolhouse_domain::id::DeviceKey;
use poolhouse_domain::session::TokenFamily;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::token::claims::TokenRequest;
use poolhouse_domain::trigger::TokenSource;
use poolhouse_domain::user::User;
use poolhouse_store::Tx;
use poolhouse_wire::shapes::AuthenticationResultType;

use super::{Drive, Reply};

/// How often a session's time of last use is written by refreshes that write nothing else,
/// milliseconds.
const LAST_ACTIVE_RESOLUTION_MS: i64 = 60 * 1000;
/// How often a rotation looks again because another was faster. After the first time the token is
/// not the newest any more, and then nothing that others do is in the way.
const RACES_MAX: u32 = 3;

/// A refresh token as it was presented.
#[derive(Clone, Copy)]
struct Presented<'a> {
    door: Door,
    handle: &'a RefreshHandle,
    device: Option<&'a DeviceKey>,
}

/// What the handle of a refresh token leads to.
struct Found {
    family: TokenFamily,
    user: User,
    device: Option<Device>,
    retry_until: Option<Timestamp>,
}

impl Drive<'_> {
    /// `REFRESH_TOKEN_AUTH`: new access and ID tokens of the same family.
    pub(super) async fn refresh(
        &mut self,
        token: &str,
        device: Option<&DeviceKey>,
        hash: Option<&str>,
    ) -> Result<Reply> {
        let handle = &RefreshHandle::from_token(token, &self.app.sealer)?;
        let presented = Presented { door: Door::Flow, handle, device };
        let found = self.find(handle).await?;
        let user = &found.user;
        secret_hash::check(&self.client, &[&user.username, user.sub.as_str()], hash)?;
        let result = self.renew_found(presented, found).await?;
        Ok(Reply::Tokens(Box::new(result)))
    }

    /// `GetTokensFromRefreshToken`: the same for a client that has shown its secret itself, and
    /// where it rotates, with a new refresh token.
    ///
    /// # Errors
    /// The refusals of a refresh.
    pub async fn renew(
        &mut self,
        token: &str,
        device: Option<&DeviceKey>,
    ) -> Result<AuthenticationResultType> {
        let handle = &RefreshHandle::from_token(token, &self.app.sealer)?;
        let found = self.find(handle).await?;
        self.renew_found(Presented { door: Door::Renewal, handle, device }, found).await
    }

    async fn find(&self, handle: &RefreshHandle) -> Result<Found> {
        if *handle.pool() != self.pool.id {
            return Err(Error::RefreshToken(RefreshTokenRefusal::Invalid));
        }
        let tracked = self.policy.tracking.is_some();
        self.app.db.read(async |mut tx| load(&mut tx, handle, tracked).await).await
    }

    async fn renew_found(
        &mut self,
        presented: Presented<'_>,
        found: Found,
    ) -> Result<AuthenticationResultType> {
        let grant = self.check(presented, &found)?;
        let (request, source) = (TokenRequest::for_refresh(&grant), TokenSource::RefreshTokens);
        let mut result = self.sign(&request, &found.user, source).await?;
        match grant.turn() {
            Turn::Stays => self.note_use(&found.family).await?,
            Turn::Replaced | Turn::Retried => {
                let family = &found.family.origin_jti;
                let next = RefreshHandle::next(&self.pool.id, family, &mut self.rng);
                self.replace(presented, &next).await?;
                let next = next.to_token(&self.app.sealer, &mut self.rng);
                result.refresh_token = Some(next.into());
            }
        }
        Ok(result)
    }

    fn check(&self, presented: Presented<'_>, found: &Found) -> Result<RefreshGrant> {
        let facts = RefreshFacts {
            door: presented.door,
            token: &presented.handle.hash(),
            retry_until: found.retry_until,
            family: &found.family,
            user: &found.user,
            client: &self.client.id,
            client_policy: &self.client_policy,
            policy: &self.policy,
            presented: presented.device,
            device: found.device.as_ref(),
        };
        refresh::check(facts, self.now)
    }

    /// Makes `next` the newest token, if the presented one still lets it.
    async fn replace(&self, presented: Presented<'_>, next: &RefreshHandle) -> Result<()> {
        let (hash, next, ip) = (&presented.handle.hash(), &next.hash(), &self.ip.to_string());
        let (tracked, now) = (self.policy.tracking.is_some(), self.now);
        let write = self.app.db.write(now, async |mut tx| {
            for _ in 0..RACES_MAX {
                let found = load(&mut tx, presented.handle, tracked).await?;
                let from = match self.check(presented, &found)?.turn() {
                    Turn::Retried => None,
                    Turn::Stays | Turn::Replaced => Some(hash),
                };
                if tx.replace_refresh(&found.family, from, next, ip).await? {
                    let seconds = self.client_policy.retry_seconds;
                    if from.is_some() && seconds > 0 {
                        let until = now.plus_secs(seconds);
                        tx.put_refresh_retry(&found.family, hash, until).await?;
                    }
                    return Ok(());
                }
            }
            Err(Error::Overloaded)
        });
        write.await
    }

    /// Notes that a session was used, coarsely: refreshes are the most frequent requests of all.
    async fn note_use(&self, family: &TokenFamily) -> Result<()> {
        let before = self.now.plus_millis(-LAST_ACTIVE_RESOLUTION_MS);
        let Some(session) = &family.session else { return Ok(()) };
        if session.last_active >= before {
            return Ok(());
        }
        let (pool, jti, ip) = (&family.pool, &family.origin_jti, &self.ip.to_string());
        let touch = async |mut tx: Tx| tx.touch_session(pool, jti, before, ip).await;
        self.app.db.write(self.now, touch).await
    }
}

/// The family that a refresh token names, in whatever state.
pub(crate) async fn family_of(tx: &mut Tx, handle: &RefreshHandle) -> Result<Option<TokenFamily>> {
    match handle.family() {
        Some(family) => tx.family(handle.pool(), family).await,
        None => tx.family_by_refresh(handle.pool(), &handle.hash()).await,
    }
}

/// All that a refresh looks at.
async fn load(tx: &mut Tx, handle: &RefreshHandle, tracked: bool) -> Result<Found> {
    let family = family_of(tx, handle).await?;
    let family = family.ok_or(Error::RefreshToken(RefreshTokenRefusal::Invalid))?;
    let user = tx.user_by_sub(&family.pool, &family.sub).await?;
    let device = match &family.device {
        Some(key) if tracked => known(tx.device(&family.pool, &family.sub, key).await)?,
        _ => None,
    };
    let hash = handle.hash();
    let retry_until = match hash == family.newest_hash {
        true => None,
        false => tx.refresh_retry(&family, &hash).await?,
    };
    Ok(Found { family, user, device, retry_until })
}

/// A device that is gone is no fault here.
fn known(found: Result<Device>) -> Result<Option<Device>> {
    match found {
        Ok(device) => Ok(Some(device)),
        Err(Error::DeviceNotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
