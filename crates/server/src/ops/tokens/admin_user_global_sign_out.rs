//! Signs a user out everywhere, as an administrator.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::AdminUserGlobalSignOut;
use poolhouse_wire::shapes::{AdminUserGlobalSignOutRequest, AdminUserGlobalSignOutResponse};

use super::sign_out;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, named_user};

impl Operation for AdminUserGlobalSignOut {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminUserGlobalSignOutRequest,
    ) -> Result<AdminUserGlobalSignOutResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        ctx.write(async |mut tx| {
            let pool = tx.pool(pool).await?;
            let user = named_user(&mut tx, &pool, name).await?;
            sign_out(&mut tx, user).await
        })
        .await?;
        Ok(AdminUserGlobalSignOutResponse {})
    }
}
