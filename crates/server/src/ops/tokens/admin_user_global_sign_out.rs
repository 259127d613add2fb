//! Signs a user out everywhere, as an administrator.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::user::username::Purpose;
use poolhouse_wire::operations::AdminUserGlobalSignOut;
use poolhouse_wire::shapes::{AdminUserGlobalSignOutRequest, AdminUserGlobalSignOutResponse};

use super::sign_out;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for AdminUserGlobalSignOut {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminUserGlobalSignOutRequest,
    ) -> Result<AdminUserGlobalSignOutResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        ctx.write(async |mut tx| {
            let pool = tx.pool(pool).await?;
            let lookups = pool.settings.sign_in_names().lookups(Purpose::Admin, name);
            let user = tx.user_by(&pool.id, &lookups).await?;
            sign_out(&mut tx, user).await
        })
        .await?;
        Ok(AdminUserGlobalSignOutResponse {})
    }
}
