//! Token families: what is left of a sign-in once its tokens are out, so that it can be revoked.

use poolhouse_domain::auth::method::Methods;
use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{ClientId, DeviceKey, OriginJti, PoolId, Sub};
use poolhouse_domain::session::TokenFamily;
use poolhouse_domain::user::User;

use crate::sql::{OnConstraint, Row, args};
use crate::tx::Tx;
use crate::users::{user_columns, user_joins};

macro_rules! family_columns {
    () => {
        "f.pool_id, f.origin_jti, f.sub, f.client_id, f.device_key, f.refresh_hash,
        f.authenticated, f.methods, f.expires, f.revoked"
    };
}

const PUT: &str = "INSERT INTO token_family (pool_id, origin_jti, sub, client_id, device_key,
        refresh_hash, refreshable, authenticated, expires, revoked, methods)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?8, ?9, ?10)";
const SELECT: &str = concat!(
    "SELECT ",
    family_columns!(),
    " FROM token_family f WHERE f.pool_id = ?1 AND f.origin_jti = ?2"
);
const BY_REFRESH: &str = concat!(
    "SELECT ",
    family_columns!(),
    " FROM token_family f WHERE f.pool_id = ?1 AND f.refresh_hash = ?2 AND f.refreshable = 1"
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

impl Tx {
    /// Keeps the family of a new sign-in.
    ///
    /// # Errors
    /// `UserNotFound`.
    pub async fn put_family(&mut self, family: &TokenFamily) -> Result<()> {
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
            family.methods.to_text()
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

    /// The family of a refresh token, revoked or not; none when its device was forgotten.
    pub async fn family_by_refresh(
        &mut self,
        pool: &PoolId,
        refresh_hash: &[u8; 32],
    ) -> Result<Option<TokenFamily>> {
        let row = self.fetch_opt(BY_REFRESH, args![pool, refresh_hash]).await?;
        row.map(|mut row| family_of(&mut row)).transpose()
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

fn family_of(row: &mut Row) -> Result<TokenFamily> {
    Ok(TokenFamily {
        pool: PoolId::new(row.text()?),
        origin_jti: OriginJti::new(row.text()?),
        sub: Sub::new(row.text()?),
        client: ClientId::new(row.text()?),
        device: row.opt_text()?.map(DeviceKey::new),
        refresh_hash: row.hash()?,
        authenticated: row.time()?,
        methods: Methods::from_text(&row.text()?),
        expires: row.time()?,
        revoked: row.opt_time()?,
    })
}
