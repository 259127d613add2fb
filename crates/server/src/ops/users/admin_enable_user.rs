//! Lets a user who was shut out sign in again.
//!
//! What they were given before stays revoked. To do it again changes nothing: who is enabled stays
//! signed in.
//!
//! Differs from AWS / not verified:
//! - That tokens from before stay revoked.
//! - Doing it again leaves `UserLastModifiedDate` as it is.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::user::User;
use poolhouse_wire::operations::AdminEnableUser;
use poolhouse_wire::shapes::{AdminEnableUserRequest, AdminEnableUserResponse};

use super::named;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for AdminEnableUser {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminEnableUserRequest,
    ) -> Result<AdminEnableUserResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        ctx.write(async |mut tx| {
            let (_, user) = named::user(&mut tx, pool, name).await?;
            if user.enabled {
                return Ok(());
            }
            let (stamp, modified) = (user.stamp.saturating_add(1), tx.now);
            tx.update_user(&User { enabled: true, stamp, modified, ..user }).await
        })
        .await?;
        Ok(AdminEnableUserResponse {})
    }
}
