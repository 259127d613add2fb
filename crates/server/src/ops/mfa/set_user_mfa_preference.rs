//! Sets which second factors the calling user is asked for, and which one first.
//!
//! Factors that the request leaves out stay as they are.
//!
//! Differs from AWS / not verified:
//! - Two preferred factors, and a preferred one that is not enabled, are InvalidParameterExceptions
//!   of our wording.
//! - In a pool that requires MFA a factor cannot be switched off; the text is ours.
//! - Passkeys as a second factor are not built yet.

use poolhouse_domain::error::Result;
use poolhouse_wire::operations::SetUserMFAPreference;
use poolhouse_wire::shapes::{SetUserMFAPreferenceRequest, SetUserMFAPreferenceResponse};

use super::{Settings, set_preference};
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};

impl Operation for SetUserMFAPreference {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        request: SetUserMFAPreferenceRequest,
    ) -> Result<SetUserMFAPreferenceResponse> {
        let settings = &Settings {
            sms: request.sms_mfa_settings,
            totp: request.software_token_mfa_settings,
            email: request.email_mfa_settings,
            passkey: request.webauthn_mfa_settings,
        };
        let (pool, sub) = (ctx.caller.pool(), &ctx.caller.user().sub);
        ctx.write(async |mut tx| {
            let pool = tx.pool(pool).await?;
            let user = tx.user_by_sub(&pool.id, sub).await?;
            set_preference(&mut tx, &pool, user, settings).await
        })
        .await?;
        Ok(SetUserMFAPreferenceResponse {})
    }
}
