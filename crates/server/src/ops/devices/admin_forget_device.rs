//! Forgets a device of a user, and ends the refresh tokens of its sign-ins.
//!
//! Access tokens that were issued already live on until they expire. The state of the user does
//! not matter.
//!
//! Differs from AWS / not verified:
//!
//! * `Device does not exist.` is attested for sign-ins only.
//! * Whether the pool still tracks devices is not looked at: what it once kept can be removed.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::{DeviceKey, PoolId};
use poolhouse_wire::operations::AdminForgetDevice;
use poolhouse_wire::shapes::AdminForgetDeviceRequest;

use super::find_user;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for AdminForgetDevice {
    type Caller = Signed;

    async fn run(ctx: &mut Ctx<'_, Signed>, request: AdminForgetDeviceRequest) -> Result<()> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let key = &DeviceKey::new(request.device_key);
        ctx.write(async |mut tx| {
            let pool = tx.pool(pool).await?;
            let user = find_user(&mut tx, &pool, name).await?;
            tx.forget_device(&user.pool, &user.sub, key).await
        })
        .await
    }
}
