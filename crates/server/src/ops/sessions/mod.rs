//! Sessions of users, where a pool tracks them: their settings, their lists, their end.
//!
//! A session is a token family: every sign-in begins one while tracking is on, and it ends with its
//! refresh token, with a revocation, or when the user begins more of them than the pool allows.

mod admin_list_user_sessions;
mod admin_revoke_user_session;
mod get_user_pool_client_session_configuration;
mod get_user_pool_session_configuration;
mod list_user_sessions;
mod revoke_user_session;
mod set_user_pool_client_session_configuration;
mod set_user_pool_session_configuration;

use poolhouse_domain::error::{Error, Result, UserSessionRefusal};
use poolhouse_domain::id::{PoolId, SessionId, Sub};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::session::TokenFamily;
use poolhouse_domain::time::Timestamp;
use poolhouse_store::{SessionCursor, Tx};
use poolhouse_wire::EpochSeconds;
use poolhouse_wire::shapes::{SessionDescriptionType, SessionTypeType};

use super::ctx::Ctx;
use crate::page;

/// Sessions on a page.
const PAGE: i32 = 125;

/// A page of a user's sessions, with the token of the next one.
struct Page {
    sessions: Vec<TokenFamily>,
    next: Option<String>,
}

/// Whose sessions are listed, and by which operation.
#[derive(Clone, Copy)]
struct List<'a> {
    operation: &'static str,
    pool: &'a PoolId,
    sub: &'a Sub,
}

impl List<'_> {
    /// The page that `token` continues with, or the first.
    ///
    /// # Errors
    /// [`Error::PaginationToken`].
    async fn page<C>(self, ctx: &mut Ctx<'_, C>, token: Option<&str>) -> Result<Page> {
        let (pool, sub, now) = (self.pool, self.sub, ctx.now);
        let list = [pool.as_str(), sub.as_str()];
        let after = match token {
            None => None,
            Some(token) => {
                let (created, id): (Timestamp, SessionId) =
                    page::open(ctx.app, self.operation, &list, token, now)?;
                Some(SessionCursor { created, id })
            }
        };
        let after = after.as_ref();
        let rows = ctx.read(async |mut tx| {
            if tx.pool(pool).await?.settings.session_limit().is_none() {
                return Ok(Vec::new());
            }
            tx.list_sessions(pool, sub, now, after, i64::from(PAGE) + 1).await
        });
        let (sessions, last) = page::cut(rows.await?, PAGE);
        let cursor = last.and_then(|last| Some((last.authenticated, last.session?.id)));
        let seal = |cursor| page::seal(ctx.app, self.operation, &list, &cursor, now, &mut ctx.rng);
        let next = cursor.map(seal).transpose()?;
        Ok(Page { sessions, next })
    }
}

/// A session on the wire.
fn describe(family: &TokenFamily, current: bool) -> Option<SessionDescriptionType> {
    let session = family.session.as_ref()?;
    let time = |at: Timestamp| Some(EpochSeconds::from_millis(at.as_millis()));
    Some(SessionDescriptionType {
        client_id: Some(family.client.as_str().to_owned().into()),
        create_date: time(family.authenticated),
        device_type: session.device_type.clone(),
        is_current_session: Some(current),
        last_active_date: time(session.last_active),
        last_ip_address: session.ip.clone().map(Into::into),
        last_location: None,
        origin_session_id: None,
        session_id: Some(session.id.as_str().to_owned()),
        session_type: Some(SessionTypeType::Token),
    })
}

/// Ends a session of this user.
///
/// # Errors
/// [`UserSessionRefusal::NotFound`], also where the pool does not track sessions.
async fn revoke(tx: &mut Tx, pool: &Pool, sub: &Sub, id: &SessionId) -> Result<()> {
    let missing = || Error::UserSession(UserSessionRefusal::NotFound);
    pool.settings.session_limit().ok_or_else(missing)?;
    let family = tx.session_of_user(&pool.id, sub, id, tx.now).await?.ok_or_else(missing)?;
    tx.revoke_family(&pool.id, &family.origin_jti).await.map(drop)
}

#[cfg(test)]
mod testing {
    use serde_json::{Value, json};

    use crate::testing::client::Application;

    /// An application whose pool tracks sessions, at most `max` for each user.
    pub(super) async fn tracking(max: i64) -> Application {
        let app = Application::new(json!({}), json!({})).await;
        track(&app, "ENABLED", max).await;
        app
    }

    pub(super) async fn track(app: &Application, tracking: &str, max: i64) {
        let request = json!({
            "UserPoolId": app.pool, "UserSessionTracking": tracking,
            "TokenSession": { "MaxPerUser": max },
        });
        app.server.admin("SetUserPoolSessionConfiguration", request).await.ok();
    }

    /// The sessions of a user, as an administrator sees them.
    pub(super) async fn sessions(app: &Application, name: &str) -> Vec<Value> {
        let request = json!({ "UserPoolId": app.pool, "Username": name });
        let listed = app.server.admin("AdminListUserSessions", request).await.ok();
        listed["Sessions"].as_array().unwrap().clone()
    }
}
