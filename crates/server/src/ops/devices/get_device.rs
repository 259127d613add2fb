//! Shows its user one device, remembered or not.
//!
//! The user is whoever the access token belongs to; the device need not be the token's own.
//!
//! Differs from AWS / not verified:
//!
//! * Any device of the user is shown, also one that is not remembered or not confirmed.
//! * The attributes whose names begin with `dev:` are left out, as in what clients were seen to
//!   receive; AWS's own example of a command line shows them.
//! * `Device does not exist.` is attested for sign-ins only.
//! * The text for a request without `AccessToken`, which the model leaves optional, is Poolhouse's
//!   own.
//! * Whether the pool still tracks devices is not looked at.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::DeviceKey;
use poolhouse_wire::operations::GetDevice;
use poolhouse_wire::shapes::{GetDeviceRequest, GetDeviceResponse};

use super::{Viewer, describe};
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};

impl Operation for GetDevice {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        request: GetDeviceRequest,
    ) -> Result<GetDeviceResponse> {
        let (user, key) = (ctx.caller.user(), &DeviceKey::new(request.device_key));
        let device = ctx.read(async |mut tx| tx.device(&user.pool, &user.sub, key).await).await?;
        Ok(GetDeviceResponse { device: describe(&device, Viewer::User) })
    }
}
