//! Revokes a refresh token, and with it every access token of the same sign-in.
//!
//! Succeeds again for a token that is revoked, and for one that was never issued.
//!
//! Differs from AWS / not verified:
//! - The texts of the three errors are ours: the service's are not known.
//! - A token that has the form of a JWT is taken for an access or ID token
//!   (UnsupportedTokenTypeException), whoever made it.
//! - `RevokeAssociatedSessions` is accepted; there are no browser sessions yet that it could end.

use poolhouse_domain::auth::handle::Handle;
use poolhouse_domain::error::{Error, Result, RevocationRefusal};
use poolhouse_domain::id::ClientId;
use poolhouse_domain::token::jwt::Unverified;
use poolhouse_wire::operations::RevokeToken;
use poolhouse_wire::shapes::{RevokeTokenRequest, RevokeTokenResponse};

use super::knows_secret;
use crate::ops::Operation;
use crate::ops::ctx::{Anonymous, Ctx};

impl Operation for RevokeToken {
    type Caller = Anonymous;

    async fn run(
        ctx: &mut Ctx<'_, Anonymous>,
        request: RevokeTokenRequest,
    ) -> Result<RevokeTokenResponse> {
        let refuse = |refusal| Error::Revocation(refusal);
        let id = &ClientId::new(request.client_id.into_inner());
        let client = match ctx.read(async |mut tx| tx.client(id).await).await {
            Err(Error::ClientNotFound(_)) => return Err(refuse(RevocationRefusal::Unauthorized)),
            other => other?,
        };
        if !knows_secret(&client, request.client_secret.as_deref()) {
            return Err(refuse(RevocationRefusal::Unauthorized));
        }
        if !client.settings.auth_policy().revocation {
            return Err(refuse(RevocationRefusal::NotEnabled));
        }
        let Ok(handle) = Handle::from_refresh_token(&request.token, &ctx.app.sealer) else {
            if Unverified::parse(&request.token).is_ok() {
                return Err(refuse(RevocationRefusal::WrongTokenType));
            }
            return Ok(RevokeTokenResponse {});
        };
        let hash = &handle.hash();
        ctx.write(async |mut tx| {
            let Some(family) = tx.family_by_refresh(&handle.pool, hash).await? else {
                return Ok(());
            };
            if family.client != client.id {
                return Err(refuse(RevocationRefusal::Unauthorized));
            }
            tx.revoke_family(&family.pool, &family.origin_jti).await.map(drop)
        })
        .await?;
        Ok(RevokeTokenResponse {})
    }
}
