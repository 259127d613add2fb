//! Deletes a user, with everything that was kept about them, at once.
//!
//! The username and the aliases are free afterwards; who takes them is somebody else, with another
//! subject. Tokens of the deleted user answer `User does not exist.`

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::AdminDeleteUser;
use poolhouse_wire::shapes::AdminDeleteUserRequest;

use super::named;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for AdminDeleteUser {
    type Caller = Signed;

    async fn run(ctx: &mut Ctx<'_, Signed>, request: AdminDeleteUserRequest) -> Result<()> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        ctx.write(async |mut tx| {
            let (_, user) = named::user(&mut tx, pool, name).await?;
            tx.delete_user(&user.pool, &user.sub).await
        })
        .await
    }
}
