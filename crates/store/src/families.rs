//! Token families: what is left of a sign-in once its tokens are out, so that it can be revoked.

use poolhouse_domain::auth::method::Methods;
use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{ClientId, DeviceKey, OriginJti, PoolId, SessionId, Sub};
use poolhouse_domain::session::{TokenFamily, TokenSession};
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::user::User;

use crate::sql::{OnConstraint, Row, args};
use crate::tx::Tx;
use crate::users::{user_columns, user_joins};

/// The columns of a family, in the order in which they are read.
macro_rules! family_columns {
    () => {
        "f.pool_id, f.origin_jti, f.sub, f.client_id, f.device_key, f.refresh_hash,
        COALESCE(f.current_hash, f.refresh_hash), f.refreshable, f.authenticated, f.methods,
        f.expires, f.revoked, f.session_id, f.last_active, f.ip, f.device_type"
    };
}

pub(crate) use family_columns;

const PUT: &str = "INSERT INTO token_family (pool_id, origin_jti, sub, client_id, device_key,
        refresh_hash, refreshable, authenticated, expires, revoked, methods, session_id,
        last_active, ip, device_type)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
const SELECT: &str = concat!(
    "SELECT ",
    family_columns!(),
    " FROM token_family f WHERE f.pool_id = ?1 AND f.origin_jti = ?2"
);
const BY_REFRESH: &str = concat!(
    "SELECT ",
    family_columns!(),
    " FROM token_family f WHERE f.pool_id = ?1 AND f.refresh_hash = ?2"
);
const BEARER: &str = concat!(
    "SELECT ",
    family_columns!(),
    ", ",
    user_columns!(),
    " FROM token_family f JOIN users u ON u.pool_id = f.pool_id AND u.sub = f.sub",
    user_joins!(),
    "WHERE f.pool_id = ?1 AND f.origin_jti = ?2 AND f.sub = ?3"
);
const REVOKE: &str = "UPDATE token_family SET revoked = ?3
    WHERE pool_id = ?1 AND origin_jti = ?2 AND revoked IS NULL";
const REVOKE_ALL: &str = "UPDATE token_family SET revoked = ?3
    WHERE pool_id = ?1 AND sub = ?2 AND revoked IS NULL";

macro_rules! replace {
    () => {
        "UPDATE token_family SET current_hash = ?3,
            last_active = CASE WHEN session_id IS NULL THEN NULL ELSE CAST(?4 AS BIGINT) END,
            ip = CASE WHEN session_id IS NULL THEN NULL ELSE CAST(?5 AS TEXT) END
        WHERE pool_id = ?1 AND origin_jti = ?2 AND revoked IS NULL AND refreshable = 1
            AND expires > ?4"
    };
}
const REPLACE_ANY: &str = replace!();
const REPLACE: &str = concat!(replace!(), " AND COALESCE(current_hash, refresh_hash) = ?6");
const PUT_RETRY: &str = "INSERT INTO refresh_retry (pool_id, token_hash, origin_jti, expires)
    VALUES (?1, ?2, ?3, ?4)";
const RETRY: &str = "SELECT expires FROM refresh_retry
    WHERE pool_id = ?1 AND token_hash = ?2 AND origin_jti = ?3";

impl Tx {
    /// Keeps the family of a new sign-in.
    ///
    /// # Errors
    /// `UserNotFound`.
    pub async fn put_family(&mut self, family: &TokenFamily) -> Result<()> {
        let session = family.session.as_ref();
        let row = args![
            &family.pool,
            &family.origin_jti,
            &family.sub,
            &family.client,
            family.device.as_ref(),
            &family.refresh_hash,
            family.authenticated,
            family.expires,
            family.revoked,
            family.methods.to_text(),
            session.map(|session| &session.id),
            session.map(|session| session.last_active),
            session.and_then(|session| session.ip.as_deref()),
            session.and_then(|session| session.device_type.as_deref())
        ];
        self.execute(PUT, row).await.on_missing_parent(Error::UserNotFound)?;
        Ok(())
    }

    /// A family, revoked or not.
    pub async fn family(
        &mut self,
        pool: &PoolId,
        origin_jti: &OriginJti,
    ) -> Result<Option<TokenFamily>> {
        let row = self.fetch_opt(SELECT, args![pool, origin_jti]).await?;
        row.map(|mut row| family_of(&mut row)).transpose()
    }

    /// The family whose first refresh token this is, revoked or not.
    pub async fn family_by_refresh(
        &mut self,
        pool: &PoolId,
        refresh_hash: &[u8; 32],
    ) -> Result<Option<TokenFamily>> {
        let row = self.fetch_opt(BY_REFRESH, args![pool, refresh_hash]).await?;
        row.map(|mut row| family_of(&mut row)).transpose()
    }

    /// Makes `next` the newest refresh token of a family, by one statement; whether it did. With
    /// `from` only if that is still the newest, so that of several that use it at once one succeeds.
    /// Nothing is changed in a family that ended. `ip` is noted with its session, if it has one.
    pub async fn replace_refresh(
        &mut self,
        family: &TokenFamily,
        from: Option<&[u8; 32]>,
        next: &[u8; 32],
        ip: &str,
    ) -> Result<bool> {
        let (pool, origin_jti, now) = (&family.pool, &family.origin_jti, self.now);
        let changed = match from {
            None => self.execute(REPLACE_ANY, args![pool, origin_jti, next, now, ip]).await?,
            Some(from) => {
                self.execute(REPLACE, args![pool, origin_jti, next, now, ip, from]).await?
            }
        };
        Ok(changed == 1)
    }

    /// Lets a refresh token that was just replaced be used again until `expires`.
    pub async fn put_refresh_retry(
        &mut self,
        family: &TokenFamily,
        token_hash: &[u8; 32],
        expires: Timestamp,
    ) -> Result<()> {
        let row = args![&family.pool, token_hash, &family.origin_jti, expires];
        self.execute(PUT_RETRY, row).await?;
        Ok(())
    }

    /// Until when a replaced refresh token of this family may be used again, if that was ever
    /// allowed and not swept away since.
    pub async fn refresh_retry(
        &mut self,
        family: &TokenFamily,
        token_hash: &[u8; 32],
    ) -> Result<Option<Timestamp>> {
        let row = args![&family.pool, token_hash, &family.origin_jti];
        let row = self.fetch_opt(RETRY, row).await?;
        row.map(|mut row| Ok(row.time()?)).transpose()
    }

    /// What every operation with an access token looks at, in one journey: the user and the family
    /// the token names. None when either is gone, or they do not belong together.
    pub async fn bearer_facts(
        &mut self,
        pool: &PoolId,
        origin_jti: &OriginJti,
        sub: &Sub,
    ) -> Result<Option<(User, TokenFamily)>> {
        let Some(mut row) = self.fetch_opt(BEARER, args![pool, origin_jti, sub]).await? else {
            return Ok(None);
        };
        let family = family_of(&mut row)?;
        let user = self.user_of_row(&mut row)?;
        Ok(Some((self.hold(user).await?, family)))
    }

    /// Revokes a family at this instant; whether it was there and not revoked yet.
    pub async fn revoke_family(&mut self, pool: &PoolId, origin_jti: &OriginJti) -> Result<bool> {
        Ok(self.execute(REVOKE, args![pool, origin_jti, self.now]).await? == 1)
    }

    /// Revokes all families of a user at this instant; how many were not revoked yet.
    pub async fn revoke_all(&mut self, pool: &PoolId, sub: &Sub) -> Result<u64> {
        Ok(self.execute(REVOKE_ALL, args![pool, sub, self.now]).await?)
    }
}

pub(crate) fn family_of(row: &mut Row) -> Result<TokenFamily> {
    Ok(TokenFamily {
        pool: PoolId::new(row.text()?),
        origin_jti: OriginJti::new(row.text()?),
        sub: Sub::new(row.text()?),
        client: ClientId::new(row.text()?),
        device: row.opt_text()?.map(DeviceKey::new),
        refresh_hash: row.hash()?,
        newest_hash: row.hash()?,
        refreshable: row.flag()?,
        authenticated: row.time()?,
        methods: Methods::from_text(&row.text()?),
        expires: row.time()?,
        revoked: row.opt_time()?,
        session: session_of(row)?,
    })
}

fn session_of(row: &mut Row) -> Result<Option<TokenSession>> {
    let (id, last_active) = (row.opt_text()?, row.opt_time()?);
    let (ip, device_type) = (row.opt_text()?, row.opt_text()?);
    Ok(id.zip(last_active).map(|(id, last_active)| TokenSession {
        id: SessionId::new(id),
        last_active,
        ip,
        device_type,
    }))
}
