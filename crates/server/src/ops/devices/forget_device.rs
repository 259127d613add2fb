//! Forgets a device of the user, and ends the refresh tokens of its sign-ins.
//!
//! Access tokens that were issued already live on until they expire, the caller's own among them.
//!
//! Differs from AWS / not verified:
//!
//! * `Device does not exist.` is attested for sign-ins only.
//! * The text for a request without `AccessToken`, which the model leaves optional, is Poolhouse's
//!   own.
//! * Whether the pool still tracks devices is not looked at: what it once kept can be removed.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::DeviceKey;
use poolhouse_wire::operations::ForgetDevice;
use poolhouse_wire::shapes::ForgetDeviceRequest;

use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};

impl Operation for ForgetDevice {
    type Caller = Bearer;

    async fn run(ctx: &mut Ctx<'_, Bearer>, request: ForgetDeviceRequest) -> Result<()> {
        let (user, key) = (ctx.caller.user(), &DeviceKey::new(request.device_key));
        ctx.write(async |mut tx| tx.forget_device(&user.pool, &user.sub, key).await).await
    }
}
