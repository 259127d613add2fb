//! Lists the factors that a user can sign in with, for an administrator.
//!
//! Differs from AWS / not verified:
//! - As GetUserAuthFactors.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::Sensitive;
use poolhouse_wire::operations::AdminGetUserAuthFactors;
use poolhouse_wire::shapes::{AdminGetUserAuthFactorsRequest, AdminGetUserAuthFactorsResponse};

use super::factors::configured;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, named_user};
use crate::ops::users::shown;

impl Operation for AdminGetUserAuthFactors {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminGetUserAuthFactorsRequest,
    ) -> Result<AdminGetUserAuthFactorsResponse> {
        let (id, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let read = ctx.read(async |mut tx| {
            let pool = tx.pool(id).await?;
            let user = named_user(&mut tx, &pool, name).await?;
            let has_password = tx.password(id, &user.sub).await?.is_some();
            Ok((pool, user, has_password))
        });
        let (pool, user, has_password) = read.await?;
        Ok(AdminGetUserAuthFactorsResponse {
            configured_user_auth_factors: Some(configured(&pool, &user, has_password)),
            preferred_mfa_setting: shown::preferred_factor(&user),
            user_mfa_setting_list: shown::active_factors(&user),
            username: Sensitive::new(user.username),
        })
    }
}
