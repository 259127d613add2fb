//! Lists all devices of a user, whether or not they are remembered or even confirmed.
//!
//! In the order of their keys, in pages of at most 60.
//!
//! Differs from AWS / not verified:
//!
//! * Keys that were handed out but never confirmed are listed; they are removed after some time.
//! * An unknown user gives `UserNotFoundException`, although the model does not declare it here.
//! * `Limit` 0 is taken for none; a page then has 60 devices.
//! * The order of the list is Poolhouse's own.
//! * A pagination token is good for an hour, for this user alone. The text for any other is
//!   Poolhouse's own.
//! * A user without devices is given an empty list, also where the pool does not track devices.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::OperationSpec;
use poolhouse_wire::operations::AdminListDevices;
use poolhouse_wire::shapes::{AdminListDevicesRequest, AdminListDevicesResponse};

use super::{List, Viewer, describe, find_user};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for AdminListDevices {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminListDevicesRequest,
    ) -> Result<AdminListDevicesResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let user = ctx.read(async |mut tx| {
            let pool = tx.pool(pool).await?;
            find_user(&mut tx, &pool, name).await
        });
        let owner = &user.await?;
        let (pool, sub) = (&owner.pool, &owner.sub);
        let list = List { operation: Self::NAME, pool, sub, remembered_only: false };
        let wanted = list.wanted(ctx, request.limit, request.pagination_token.as_deref())?;
        let devices = ctx.read(async |mut tx| list.read(&mut tx, &wanted).await).await?;
        let page = list.page(ctx, devices, &wanted)?;
        let viewer = Viewer::Admin { realm: &ctx.app.identity.realm, owner };
        let shown = page.devices.iter().map(|device| describe(device, viewer));
        Ok(AdminListDevicesResponse { devices: Some(shown.collect()), pagination_token: page.next })
    }
}
