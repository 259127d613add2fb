//! Deletes the calling user, with everything that was kept about them, at once.
//!
//! The token that was presented is the first to find nobody afterwards.

use poolhouse_domain::error::Result;
use poolhouse_wire::operations::DeleteUser;
use poolhouse_wire::shapes::DeleteUserRequest;

use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};

impl Operation for DeleteUser {
    type Caller = Bearer;

    async fn run(ctx: &mut Ctx<'_, Bearer>, _: DeleteUserRequest) -> Result<()> {
        let (pool, sub) = (ctx.caller.pool(), &ctx.caller.user().sub);
        ctx.write(async |mut tx| tx.delete_user(pool, sub).await).await
    }
}
