//! Remembers a device of the user, or does so no longer.
//!
//! A remembered device signs in with its key and, where the pool says so, without MFA. One that is
//! not remembered any more keeps its key and can be remembered again.
//!
//! Differs from AWS / not verified:
//!
//! * None of the operation's refusals has been seen from AWS: `Device does not exist.` is attested
//!   for sign-ins, the text for a pool without device tracking is Poolhouse's own, and so is its
//!   precedence over a device that is not there.
//! * Without `DeviceRememberedStatus` the request succeeds and changes nothing, if the device is
//!   there.
//! * A device whose key was handed out but not confirmed can be given a status; it is neither
//!   listed nor does it replace MFA before it is confirmed, and ConfirmDevice sets the status anew.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::DeviceKey;
use poolhouse_wire::operations::UpdateDeviceStatus;
use poolhouse_wire::shapes::{UpdateDeviceStatusRequest, UpdateDeviceStatusResponse};

use super::{remembered, set_status, tracking_of};
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};

impl Operation for UpdateDeviceStatus {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        request: UpdateDeviceStatusRequest,
    ) -> Result<UpdateDeviceStatusResponse> {
        let (user, key) = (ctx.caller.user(), &DeviceKey::new(request.device_key));
        let status = request.device_remembered_status.map(remembered);
        let update = ctx.write(async |mut tx| {
            tracking_of(&tx.pool(&user.pool).await?)?;
            set_status(&mut tx, user, key, status).await
        });
        update.await?;
        Ok(UpdateDeviceStatusResponse {})
    }
}
