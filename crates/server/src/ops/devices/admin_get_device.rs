//! Shows an administrator one device of a user.
//!
//! Whatever the state of the user and of the device.
//!
//! Differs from AWS / not verified:
//!
//! * An unknown user gives `UserNotFoundException`, as in the other operations of administrators,
//!   although the model does not declare it here.
//! * `Device does not exist.` is attested for sign-ins only.
//! * Whether the pool still tracks devices is not looked at.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::{DeviceKey, PoolId};
use poolhouse_wire::operations::AdminGetDevice;
use poolhouse_wire::shapes::{AdminGetDeviceRequest, AdminGetDeviceResponse};

use super::{Viewer, describe, find_user};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for AdminGetDevice {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminGetDeviceRequest,
    ) -> Result<AdminGetDeviceResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let key = &DeviceKey::new(request.device_key);
        let read = ctx.read(async |mut tx| {
            let pool = tx.pool(pool).await?;
            let user = find_user(&mut tx, &pool, name).await?;
            let device = tx.device(&user.pool, &user.sub, key).await?;
            Ok((user, device))
        });
        let (user, device) = read.await?;
        let viewer = Viewer::Admin { realm: &ctx.app.identity.realm, owner: &user };
        Ok(AdminGetDeviceResponse { device: describe(&device, viewer) })
    }
}
