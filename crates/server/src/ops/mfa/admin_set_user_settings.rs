//! Switches text messages as a second factor on or off for a user, as administrators of old clients
//! do. AdminGetUser shows the same.
//!
//! Differs from AWS / not verified:
//! - As SetUserSettings.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::AdminSetUserSettings;
use poolhouse_wire::shapes::{AdminSetUserSettingsRequest, AdminSetUserSettingsResponse};

use super::legacy_settings;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, named_user};

impl Operation for AdminSetUserSettings {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminSetUserSettingsRequest,
    ) -> Result<AdminSetUserSettingsResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        ctx.write(async |mut tx| {
            let pool = tx.pool(pool).await?;
            let user = named_user(&mut tx, &pool, name).await?;
            legacy_settings::set(&mut tx, &pool, user, &request.mfa_options).await
        })
        .await?;
        Ok(AdminSetUserSettingsResponse {})
    }
}
