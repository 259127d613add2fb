//! Shuts a user out: they can no longer sign in, and what they were given is revoked.
//!
//! They stay in the pool and are found and listed as before. To do it again changes nothing.
//!
//! Differs from AWS / not verified:
//! - Tokens of a disabled user answer `User is disabled.`, although they are also revoked.
//! - Doing it again leaves `UserLastModifiedDate` as it is.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::user::User;
use poolhouse_wire::operations::AdminDisableUser;
use poolhouse_wire::shapes::{AdminDisableUserRequest, AdminDisableUserResponse};

use super::named;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for AdminDisableUser {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminDisableUserRequest,
    ) -> Result<AdminDisableUserResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        ctx.write(async |mut tx| {
            let (_, user) = named::user(&mut tx, pool, name).await?;
            tx.revoke_all(&user.pool, &user.sub).await?;
            if !user.enabled {
                return Ok(());
            }
            let (stamp, modified) = (user.stamp.saturating_add(1), tx.now);
            tx.update_user(&User { enabled: false, stamp, modified, ..user }).await
        })
        .await?;
        Ok(AdminDisableUserResponse {})
    }
}
