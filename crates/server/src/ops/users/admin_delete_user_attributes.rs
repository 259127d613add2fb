//! Deletes attributes of a user, as an administrator.
//!
//! An address takes along what is known of its verification, the name that it is to its user, and
//! one that waits to replace it. A name that the user does not have is no error. All are deleted, or
//! none.
//!
//! Differs from AWS / not verified:
//! - Required and immutable attributes are refused with texts of updates.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::AdminDeleteUserAttributes;
use poolhouse_wire::shapes::{AdminDeleteUserAttributesRequest, AdminDeleteUserAttributesResponse};

use super::{changes, named};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for AdminDeleteUserAttributes {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminDeleteUserAttributesRequest,
    ) -> Result<AdminDeleteUserAttributesResponse> {
        let (id, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let names = request.user_attribute_names.as_slice();
        ctx.write(async |mut tx| {
            let (pool, user) = named::user(&mut tx, id, name).await?;
            changes::delete(&mut tx, &pool, user, names).await
        })
        .await?;
        Ok(AdminDeleteUserAttributesResponse {})
    }
}
