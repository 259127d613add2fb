//! Sessions of users: token families of pools that track them, as their users and administrators
//! see them.

use std::cmp::Reverse;

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{OriginJti, PoolId, SessionId, Sub};
use poolhouse_domain::session::TokenFamily;
use poolhouse_domain::time::Timestamp;

use crate::families::{family_columns, family_of};
use crate::sql::args;
use crate::tx::Tx;
use crate::users::HOLD;

/// The place in a list of sessions after which the next page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionCursor {
    /// When the last session of the page before began.
    pub created: Timestamp,
    /// Its id.
    pub id: SessionId,
}

/// Sessions of one user that are looked at when one more begins. There are hardly ever more than the
/// pool allows; should there be, the rest is for the next time.
const SESSIONS_COUNTED_MAX: i64 = 1_000;

const TOUCH: &str = "UPDATE token_family SET last_active = ?3, ip = ?5
    WHERE pool_id = ?1 AND origin_jti = ?2 AND session_id IS NOT NULL AND last_active < ?4";
const LIST: &str = concat!(
    "SELECT ",
    family_columns!(),
    " FROM token_family f
    WHERE f.pool_id = ?1 AND f.sub = ?2 AND f.session_id IS NOT NULL AND f.revoked IS NULL
        AND f.refreshable = 1 AND f.expires > ?3 AND (f.authenticated, f.session_id) < (?4, ?5)
    ORDER BY f.authenticated DESC, f.session_id DESC LIMIT ?6"
);
const BY_ID: &str = concat!(
    "SELECT ",
    family_columns!(),
    " FROM token_family f WHERE f.pool_id = ?1 AND f.sub = ?2 AND f.session_id = ?3
        AND f.session_id IS NOT NULL AND f.revoked IS NULL AND f.refreshable = 1 AND f.expires > ?4"
);
impl Tx {
    /// Ends the sessions of a user that are more than `max`, the least recently used first, but not
    /// `kept`, which just began; how many there were. Sign-ins of one user pass here one by one.
    ///
    /// # Errors
    /// `UserNotFound`.
    pub async fn limit_sessions(&mut self, kept: &TokenFamily, max: i64) -> Result<u64> {
        let (pool, sub) = (&kept.pool, &kept.sub);
        self.expect_one(HOLD, args![pool, sub], Error::UserNotFound).await?;
        let mut others =
            self.list_sessions(pool, sub, self.now, None, SESSIONS_COUNTED_MAX).await?;
        others.retain(|other| other.origin_jti != kept.origin_jti);
        others.sort_by_key(|other| {
            Reverse(other.session.as_ref().map(|session| (session.last_active, session.id.clone())))
        });
        let stay = usize::try_from(max.saturating_sub(1)).unwrap_or(0);
        let mut ended = 0;
        for other in others.iter().skip(stay) {
            ended += u64::from(self.revoke_family(pool, &other.origin_jti).await?);
        }
        Ok(ended)
    }

    /// Notes that a session was used at this instant, if what was noted last is before `before`.
    pub async fn touch_session(
        &mut self,
        pool: &PoolId,
        origin_jti: &OriginJti,
        before: Timestamp,
        ip: &str,
    ) -> Result<()> {
        self.execute(TOUCH, args![pool, origin_jti, self.now, before, ip]).await?;
        Ok(())
    }

    /// At most `limit` sessions of a user that are alive at `now`, the newest first.
    pub async fn list_sessions(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        now: Timestamp,
        after: Option<&SessionCursor>,
        limit: i64,
    ) -> Result<Vec<TokenFamily>> {
        let (created, id) = after.map_or((Timestamp::from_millis(i64::MAX), ""), |cursor| {
            (cursor.created, cursor.id.as_str())
        });
        let rows = self.fetch_all(LIST, args![pool, sub, now, created, id, limit]).await?;
        rows.into_iter().map(|mut row| family_of(&mut row)).collect()
    }

    /// A session of this user that is alive at `now`.
    pub async fn session_of_user(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        id: &SessionId,
        now: Timestamp,
    ) -> Result<Option<TokenFamily>> {
        let row = self.fetch_opt(BY_ID, args![pool, sub, id, now]).await?;
        row.map(|mut row| family_of(&mut row)).transpose()
    }
}
