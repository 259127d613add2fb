//! Shows an administrator a user, with every attribute and whatever their state.
//!
//! Differs from AWS / not verified:
//! - After `sub`, attributes are listed in the order of the schema.
//! - `MFAOptions` is there only for users whose second factor is a text message.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::Sensitive;
use poolhouse_wire::operations::AdminGetUser;
use poolhouse_wire::shapes::{AdminGetUserRequest, AdminGetUserResponse};

use super::{named, shown};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for AdminGetUser {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminGetUserRequest,
    ) -> Result<AdminGetUserResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let (pool, user) = ctx.read(async |mut tx| named::user(&mut tx, pool, name).await).await?;
        Ok(AdminGetUserResponse {
            enabled: Some(user.enabled),
            mfa_options: shown::mfa_options(&user),
            preferred_mfa_setting: shown::preferred_factor(&user),
            user_attributes: Some(shown::attributes(pool.settings.schema(), &user, |_| true)),
            user_create_date: Some(shown::epoch(user.created)),
            user_last_modified_date: Some(shown::epoch(user.modified)),
            user_mfa_setting_list: shown::active_factors(&user),
            user_status: Some(shown::status(user.status)),
            username: Sensitive::new(user.username),
        })
    }
}
