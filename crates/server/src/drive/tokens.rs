//! Issuing: claims, signatures, the family row; and refresh, which only signs.

use poolhouse_domain::auth::advance::{Grant, GrantedDevice};
use poolhouse_domain::auth::handle::Handle;
use poolhouse_domain::auth::refresh::{self, RefreshFacts};
use poolhouse_domain::auth::secret_hash;
use poolhouse_domain::device::Device;
use poolhouse_domain::error::{Error, RefreshTokenRefusal, Result};
use poolhouse_domain::group::GroupClaims;
use poolhouse_domain::id::{DeviceKey, OriginJti};
use poolhouse_domain::session::TokenFamily;
use poolhouse_domain::token::claims::{self, Claims, TokenFacts, TokenRequest};
use poolhouse_domain::token::jwt;
use poolhouse_domain::user::User;
use poolhouse_wire::shapes::{AuthenticationResultType, NewDeviceMetadataType};

use super::{Drive, Reply};
use crate::ops::ctx::refuse_trigger;

/// The type of every token.
const TOKEN_TYPE: &str = "Bearer";

/// Tokens that are signed and not yet sent.
pub(super) struct Issued {
    pub(super) result: AuthenticationResultType,
    pub(super) family: TokenFamily,
}

/// What the handle of a refresh token leads to.
struct FoundFamily {
    family: TokenFamily,
    user: User,
    device: Option<Device>,
}

impl Drive<'_> {
    /// Signs tokens for a finished sign-in. They are worth nothing until the family is stored.
    pub(super) async fn issue(&mut self, grant: &Grant, user: &User) -> Result<Issued> {
        let origin_jti = OriginJti::generate(&mut self.rng);
        let handle = Handle::generate(&self.pool.id, &mut self.rng);
        let request = TokenRequest::for_sign_in(grant, origin_jti.clone());
        let mut result = self.sign(&request, user).await?;
        result.refresh_token =
            Some(handle.to_refresh_token(&self.app.sealer, &mut self.rng).into());
        if let GrantedDevice::New { key, group_key } = grant.device() {
            result.new_device_metadata = Some(NewDeviceMetadataType {
                device_key: Some(key.as_str().to_owned()),
                device_group_key: Some(group_key.clone()),
            });
        }
        let family = TokenFamily {
            pool: self.pool.id.clone(),
            origin_jti,
            sub: user.sub.clone(),
            client: self.client.id.clone(),
            device: grant.device().key().cloned(),
            refresh_hash: handle.hash(),
            authenticated: grant.authenticated(),
            methods: grant.methods().clone(),
            expires: self.now.plus_secs(self.client_policy.refresh_seconds),
            revoked: None,
        };
        Ok(Issued { result, family })
    }

    /// `REFRESH_TOKEN_AUTH`: new access and ID tokens of the same family.
    pub(super) async fn refresh(
        &mut self,
        token: &str,
        device: Option<&DeviceKey>,
        hash: Option<&str>,
    ) -> Result<Reply> {
        let found = self.find_family(token).await?;
        let user = &found.user;
        secret_hash::check(&self.client, &[&user.username, user.sub.as_str()], hash)?;
        let result = self.renew_family(found, device).await?;
        Ok(Reply::Tokens(Box::new(result)))
    }

    /// `GetTokensFromRefreshToken`: the same for a client that has shown its secret itself.
    ///
    /// # Errors
    /// The refusals of a refresh; a client with rotation is not served yet.
    pub async fn renew(
        &mut self,
        token: &str,
        device: Option<&DeviceKey>,
    ) -> Result<AuthenticationResultType> {
        refuse_trigger(&self.policy, &["PreTokenGeneration"])?;
        if self.client_policy.rotation {
            return Err(Error::NotBuilt("the rotation of refresh tokens"));
        }
        let found = self.find_family(token).await?;
        self.renew_family(found, device).await
    }

    async fn find_family(&self, token: &str) -> Result<FoundFamily> {
        let invalid = || Error::RefreshToken(RefreshTokenRefusal::Invalid);
        let handle = Handle::from_refresh_token(token, &self.app.sealer)?;
        if handle.pool != self.pool.id {
            return Err(invalid());
        }
        let (pool, handle_hash, tracked) =
            (&self.pool.id, &handle.hash(), self.policy.tracking.is_some());
        let found = self.app.db.read(async |mut tx| {
            let Some(family) = tx.family_by_refresh(pool, handle_hash).await? else {
                return Ok(None);
            };
            let user = tx.user_by_sub(pool, &family.sub).await?;
            let device = match &family.device {
                Some(key) if tracked => known(tx.device(pool, &family.sub, key).await)?,
                _ => None,
            };
            Ok(Some(FoundFamily { family, user, device }))
        });
        found.await?.ok_or_else(invalid)
    }

    async fn renew_family(
        &mut self,
        found: FoundFamily,
        presented: Option<&DeviceKey>,
    ) -> Result<AuthenticationResultType> {
        let facts = RefreshFacts {
            family: &found.family,
            user: &found.user,
            client: &self.client.id,
            client_policy: &self.client_policy,
            policy: &self.policy,
            presented,
            device: found.device.as_ref(),
        };
        let grant = refresh::check(facts, self.now)?;
        self.sign(&TokenRequest::for_refresh(&grant), &found.user).await
    }

    async fn sign(
        &mut self,
        request: &TokenRequest,
        user: &User,
    ) -> Result<AuthenticationResultType> {
        let (pool, sub) = (&self.pool.id, &user.sub);
        let groups = self.app.db.read(async |mut tx| tx.groups_of_user(pool, sub).await).await?;
        let groups = GroupClaims::of(&groups);
        let issuer = self.app.identity.issuer_of(&self.pool.id);
        let readable = self.readable(user);
        let facts = TokenFacts {
            issuer: &issuer,
            client: &self.client.id,
            policy: &self.client_policy,
            levels: &self.policy.levels,
            user,
            groups: &groups,
            readable: &readable,
        };
        let Claims { access, id } = claims::build(request, facts, self.now, &mut self.rng);
        let keys = self.app.keys.of(&self.app.db, &self.pool.id).await?;
        let keys = keys.ok_or_else(|| Error::PoolNotFound(self.pool.id.clone()))?;
        let job = move || -> Result<(String, String)> {
            Ok((jwt::sign(&access, &keys.access)?, jwt::sign(&id, &keys.id)?))
        };
        let (access, id) = self.app.crypto.run(job).await??;
        Ok(AuthenticationResultType {
            access_token: Some(access.into()),
            id_token: Some(id.into()),
            expires_in: i32::try_from(self.client_policy.access_seconds).ok(),
            token_type: Some(TOKEN_TYPE.to_owned()),
            ..AuthenticationResultType::default()
        })
    }

    /// The attributes that the client may read.
    fn readable<'u>(&self, user: &'u User) -> Vec<(&'u str, &'u str)> {
        user.attributes
            .iter()
            .filter(|(name, _)| self.client.settings.reads(name))
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }
}

/// A device that is gone is no fault here.
fn known(
    found: Result<poolhouse_domain::device::Device>,
) -> Result<Option<poolhouse_domain::device::Device>> {
    match found {
        Ok(device) => Ok(Some(device)),
        Err(Error::DeviceNotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
