//! Lists the remembered devices of the user.
//!
//! In the order of their keys, in pages of at most 60.
//!
//! Differs from AWS / not verified:
//!
//! * `Limit` 0 is taken for none; a page then has 60 devices.
//! * The order of the list is Poolhouse's own.
//! * A pagination token is good for an hour, for this user alone. The text for any other is
//!   Poolhouse's own.
//! * A user without remembered devices is given an empty list, also where the pool does not track
//!   devices.
//! * The attributes whose names begin with `dev:` are left out.

use poolhouse_domain::error::Result;
use poolhouse_wire::OperationSpec;
use poolhouse_wire::operations::ListDevices;
use poolhouse_wire::shapes::{ListDevicesRequest, ListDevicesResponse};

use super::{List, Viewer, describe};
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};

impl Operation for ListDevices {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        request: ListDevicesRequest,
    ) -> Result<ListDevicesResponse> {
        let (pool, sub) = (&ctx.caller.pool().clone(), &ctx.caller.user().sub.clone());
        let list = List { operation: Self::NAME, pool, sub, remembered_only: true };
        let wanted = list.wanted(ctx, request.limit, request.pagination_token.as_deref())?;
        let devices = ctx.read(async |mut tx| list.read(&mut tx, &wanted).await).await?;
        let page = list.page(ctx, devices, &wanted)?;
        let shown = page.devices.iter().map(|device| describe(device, Viewer::User));
        Ok(ListDevicesResponse { devices: Some(shown.collect()), pagination_token: page.next })
    }
}
