//! The session that leads from SignUp over ConfirmSignUp to a first sign-in without another code.
//!
//! The code that confirms a sign-up proves the address, and so is a first factor. The session that
//! SignUp returns names who waits for it; ConfirmSignUp trades it for one that has proven it.

use poolhouse_domain::auth::handle::Handle;
use poolhouse_domain::auth::method::Method;
use poolhouse_domain::auth::policy::Flow;
use poolhouse_domain::auth::step::{Progress, SessionState, Step};
use poolhouse_domain::error::{Error, Result, SessionRefusal};
use poolhouse_domain::message::Medium;
use poolhouse_domain::session::SessionRow;
use poolhouse_domain::user::User;
use poolhouse_store::Tx;

use crate::drive::session;
use crate::drive::settle::session_row;
use crate::ops::ctx::{Anonymous, Ctx, PoolAndClient};

/// A session to store in the transaction of the step, and to return.
pub(crate) struct Continuation {
    row: SessionRow,
    handle: Handle,
    /// The session that it replaces.
    replaces: Option<[u8; 32]>,
}

impl Continuation {
    /// Writes it, in place of the one before.
    pub(super) async fn store(&self, tx: &mut Tx) -> Result<()> {
        if let Some(session) = &self.replaces
            && !tx.consume_session(&self.row.pool, session).await?
        {
            return Err(Error::Session(SessionRefusal::Used));
        }
        tx.put_session(&self.row).await
    }

    /// The `Session` string.
    pub(super) fn to_session(&self, ctx: &mut Ctx<'_, Anonymous>) -> String {
        self.handle.to_session(&ctx.app.sealer, &mut ctx.rng)
    }
}

/// For a new user; none where the client or the pool has no choice-based sign-in.
pub(super) fn of_sign_up(
    ctx: &mut Ctx<'_, Anonymous>,
    found: &PoolAndClient,
    user: &User,
) -> Result<Option<Continuation>> {
    if !chooses(found) {
        return Ok(None);
    }
    let progress = Progress::new(Flow::UserAuth, user.stamp);
    make(ctx, found, user, &SessionState::new(Step::SignUp, &progress), None).map(Some)
}

/// Whether users can sign in by choice here.
fn chooses(found: &PoolAndClient) -> bool {
    found.pool.settings.auth_policy().choice_based
        && found.client.auth_policy().flows.contains(&Flow::UserAuth)
}

/// For the `Session` of a confirmation by a code that went by `medium`. One that is past its time
/// takes nothing from the confirmation but the sign-in that would have followed.
///
/// Clients confirm without the session of the sign-up, too, and go on with the one that they get:
/// where a code by this medium is a first factor, whoever has this one could have asked for another.
///
/// # Errors
/// [`SessionRefusal::Invalid`] for a session that is not this user's sign-up with this client.
pub(super) async fn of_confirmation(
    ctx: &mut Ctx<'_, Anonymous>,
    found: &PoolAndClient,
    user: &User,
    given: Option<&str>,
    medium: Medium,
) -> Result<Option<Continuation>> {
    let method = match medium {
        Medium::Email => Method::Email,
        Medium::Sms => Method::Sms,
    };
    let Some(text) = given else {
        let allowed = &found.pool.settings.auth_policy().first_factors;
        if !chooses(found) || !allowed.iter().any(|factor| factor.medium() == Some(medium)) {
            return Ok(None);
        }
        return signed_up(ctx, found, user, Progress::new(Flow::UserAuth, 0), method, None);
    };
    let waiting = match session::find(ctx.app, text, ctx.now).await {
        Err(Error::Session(SessionRefusal::Expired)) => return Ok(None),
        other => other?,
    };
    let ours = waiting.client == found.client.id && waiting.user.sub == user.sub;
    if !ours || waiting.pool != found.pool.id || waiting.state.step != Step::SignUp {
        return Err(Error::Session(SessionRefusal::Invalid));
    }
    signed_up(ctx, found, user, waiting.state.progress, method, Some(waiting.hash))
}

/// A session that has proven an address.
fn signed_up(
    ctx: &mut Ctx<'_, Anonymous>,
    found: &PoolAndClient,
    user: &User,
    mut progress: Progress,
    method: Method,
    replaces: Option<[u8; 32]>,
) -> Result<Option<Continuation>> {
    progress.methods.add(method);
    // Confirmation raises the stamp.
    progress.stamp = user.stamp.saturating_add(1);
    let state = SessionState::new(Step::SignedUp, &progress);
    make(ctx, found, user, &state, replaces).map(Some)
}

fn make(
    ctx: &mut Ctx<'_, Anonymous>,
    found: &PoolAndClient,
    user: &User,
    state: &SessionState,
    replaces: Option<[u8; 32]>,
) -> Result<Continuation> {
    let minutes = found.client.auth_policy().session_minutes;
    let expires = ctx.now.plus_secs(minutes.saturating_mul(60));
    let handle = Handle::generate(&user.pool, &mut ctx.rng);
    let (client, hash) = (&found.client.id, handle.hash());
    let row = session_row(&user.pool, Some(&user.sub), client, hash, state, expires)?;
    Ok(Continuation { row, handle, replaces })
}
