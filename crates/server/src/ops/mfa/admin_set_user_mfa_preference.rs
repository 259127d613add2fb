//! Sets which second factors a user is asked for, as an administrator.
//!
//! Factors that the request leaves out stay as they are.
//!
//! Differs from AWS / not verified:
//! - As SetUserMFAPreference.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::AdminSetUserMFAPreference;
use poolhouse_wire::shapes::{AdminSetUserMFAPreferenceRequest, AdminSetUserMFAPreferenceResponse};

use super::{Settings, set_preference};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, named_user};

impl Operation for AdminSetUserMFAPreference {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminSetUserMFAPreferenceRequest,
    ) -> Result<AdminSetUserMFAPreferenceResponse> {
        let settings = &Settings {
            sms: request.sms_mfa_settings,
            totp: request.software_token_mfa_settings,
            email: request.email_mfa_settings,
            passkey: request.webauthn_mfa_settings,
        };
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        ctx.write(async |mut tx| {
            let pool = tx.pool(pool).await?;
            let user = named_user(&mut tx, &pool, name).await?;
            set_preference(&mut tx, &pool, user, settings).await
        })
        .await?;
        Ok(AdminSetUserMFAPreferenceResponse {})
    }
}
