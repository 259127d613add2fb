//! Issuing: claims, signatures, the family row.

use poolhouse_domain::auth::advance::{Grant, GrantedDevice};
use poolhouse_domain::auth::handle::RefreshHandle;
use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::group::GroupClaims;
use poolhouse_domain::id::{OriginJti, SessionId};
use poolhouse_domain::session::{TokenFamily, TokenSession, device_type};
use poolhouse_domain::token::claims::{self, Claims, TokenFacts, TokenRequest};
use poolhouse_domain::token::exchange::DerivedGrant;
use poolhouse_domain::token::jwt;
use poolhouse_domain::trigger::TokenSource;
use poolhouse_domain::user::User;
use poolhouse_wire::shapes::{
    AuthenticationResultType, IssuedTokenTypeIdentifierType, NewDeviceMetadataType,
};

use super::Drive;

/// The type of every token.
const TOKEN_TYPE: &str = "Bearer";

/// Tokens that are signed and not yet sent.
pub(super) struct Issued {
    pub(super) result: AuthenticationResultType,
    pub(super) family: TokenFamily,
}

/// A token made of another one.
pub struct Derived {
    /// The token.
    pub token: String,
    /// How long it lives, seconds.
    pub seconds: i64,
}

impl Drive<'_> {
    /// Signs tokens for a finished sign-in. They are worth nothing until the family is stored.
    pub(super) async fn issue(
        &mut self,
        grant: &Grant,
        user: &User,
        source: TokenSource,
    ) -> Result<Issued> {
        let origin_jti = OriginJti::generate(&mut self.rng);
        let handle = RefreshHandle::first(&self.pool.id, &mut self.rng);
        let request = TokenRequest::for_sign_in(grant, origin_jti.clone());
        let mut result = self.sign(&request, user, source).await?;
        result.refresh_token = Some(handle.to_token(&self.app.sealer, &mut self.rng).into());
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
            newest_hash: handle.hash(),
            refreshable: true,
            authenticated: grant.authenticated(),
            methods: grant.methods().clone(),
            expires: self.now.plus_secs(self.client_policy.refresh_seconds),
            revoked: None,
            session: self.new_session(),
        };
        Ok(Issued { result, family })
    }

    /// The session that begins with a sign-in, where the pool tracks them.
    fn new_session(&mut self) -> Option<TokenSession> {
        self.pool.settings.session_limit()?;
        Some(TokenSession {
            id: SessionId::generate(&mut self.rng),
            last_active: self.now,
            ip: Some(self.ip.to_string()),
            device_type: device_type(self.user_agent.as_deref()),
        })
    }

    /// The claims of a user's tokens, as everything is now.
    async fn claims(
        &mut self,
        request: &TokenRequest,
        user: &User,
        source: TokenSource,
    ) -> Result<Claims> {
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
        let mut claims = claims::build(request, facts, self.now, &mut self.rng);
        self.shape(&mut claims, user, source).await?;
        Ok(claims)
    }

    /// A token made of another one of the same user, who is as just read.
    pub async fn derive(
        &mut self,
        grant: &DerivedGrant,
        user: &User,
        kind: IssuedTokenTypeIdentifierType,
    ) -> Result<Derived> {
        let claims = self
            .claims(&TokenRequest::for_derivation(grant), user, TokenSource::Authentication)
            .await?;
        let access = kind == IssuedTokenTypeIdentifierType::AccessToken;
        let claims = if access { grant.access(claims) } else { grant.id(claims) };
        let expires = claims.get("exp").and_then(serde_json::Value::as_i64).unwrap_or(0);
        let keys = self.app.keys.of(&self.app.db, &self.pool.id).await?;
        let keys = keys.ok_or_else(|| Error::PoolNotFound(self.pool.id.clone()))?;
        let job = move || jwt::sign(&claims, if access { &keys.access } else { &keys.id });
        let token = self.app.crypto.run(job).await??;
        Ok(Derived { token, seconds: expires.saturating_sub(self.now.as_secs()) })
    }

    pub(super) async fn sign(
        &mut self,
        request: &TokenRequest,
        user: &User,
        source: TokenSource,
    ) -> Result<AuthenticationResultType> {
        let Claims { access, id } = self.claims(request, user, source).await?;
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
