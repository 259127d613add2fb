//! Signs the calling user out everywhere: refresh tokens end, access tokens are refused.
//!
//! ID tokens stay verifiable by whoever checks them without asking, until they expire.

use poolhouse_domain::error::Result;
use poolhouse_wire::operations::GlobalSignOut;
use poolhouse_wire::shapes::{GlobalSignOutRequest, GlobalSignOutResponse};

use super::sign_out;
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};

impl Operation for GlobalSignOut {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        _: GlobalSignOutRequest,
    ) -> Result<GlobalSignOutResponse> {
        let (pool, sub) = (ctx.caller.pool(), &ctx.caller.user().sub);
        ctx.write(async |mut tx| {
            let user = tx.user_by_sub(pool, sub).await?;
            sign_out(&mut tx, user).await
        })
        .await?;
        Ok(GlobalSignOutResponse {})
    }
}
