//! Begins the enrolment of an authenticator app: returns the secret to put into it.
//!
//! With an access token, or with the session of an MFA_SETUP challenge; the latter is replaced by a
//! new session. A secret that was associated before and not verified is replaced; a verified one
//! stays until another is verified.
//!
//! Differs from AWS / not verified:
//! - Neither or both of `AccessToken` and `Session` is an InvalidParameterException of our wording.

use poolhouse_domain::auth::handle::Handle;
use poolhouse_domain::error::Result;
use poolhouse_domain::totp;
use poolhouse_wire::operations::AssociateSoftwareToken;
use poolhouse_wire::shapes::{AssociateSoftwareTokenRequest, AssociateSoftwareTokenResponse};

use super::{Enroller, enroller, pool_with_totp, replace_session, same_user};
use crate::ops::Operation;
use crate::ops::ctx::{BearerOrSession, Ctx};

impl Operation for AssociateSoftwareToken {
    type Caller = BearerOrSession;

    async fn run(
        ctx: &mut Ctx<'_, BearerOrSession>,
        _: AssociateSoftwareTokenRequest,
    ) -> Result<AssociateSoftwareTokenResponse> {
        let enroller = enroller(ctx).await?;
        let user = enroller.user();
        pool_with_totp(ctx, &user.pool).await?;
        let seed = totp::generate_seed(&mut ctx.rng);
        let next = match &enroller {
            Enroller::User(_) => None,
            Enroller::Session(found) => Some((found, Handle::generate(&user.pool, &mut ctx.rng))),
        };
        let (seed_ref, next_ref) = (&seed, &next);
        ctx.write(async |mut tx| {
            if let Some((found, _)) = next_ref {
                same_user(&mut tx, found).await?;
            }
            tx.put_totp_pending(&user.pool, &user.sub, seed_ref).await?;
            match next_ref {
                None => Ok(()),
                Some((found, handle)) => {
                    replace_session(&mut tx, found, &found.state, handle).await
                }
            }
        })
        .await?;
        let session =
            next.map(|(_, handle)| handle.to_session(&ctx.app.sealer, &mut ctx.rng).into());
        Ok(AssociateSoftwareTokenResponse {
            secret_code: Some(totp::secret_code(seed.expose()).into()),
            session,
        })
    }
}
