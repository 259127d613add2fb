//! Remembers a device of a user, or does so no longer, by an administrator's decision.
//!
//! The next sign-in with the device follows it: a remembered device signs in with its key and,
//! where the pool says so, without MFA. One that is not remembered any more keeps its key and can
//! be remembered again. The state of the user does not matter.
//!
//! Differs from AWS / not verified:
//!
//! * None of the operation's refusals has been seen from AWS: `Device does not exist.` is attested
//!   for sign-ins, the text for a pool without device tracking is Poolhouse's own.
//! * Refusals come in the order pool, device tracking, user, device.
//! * Without `DeviceRememberedStatus` the request succeeds and changes nothing, if the device is
//!   there.
//! * A device whose key was handed out but not confirmed can be given a status; it is not listed
//!   to its user and does not replace MFA before it is confirmed, and ConfirmDevice sets the status
//!   anew.
//! * It succeeds for users who are disabled, unconfirmed or have to reset their password.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::{DeviceKey, PoolId};
use poolhouse_wire::operations::AdminUpdateDeviceStatus;
use poolhouse_wire::shapes::{AdminUpdateDeviceStatusRequest, AdminUpdateDeviceStatusResponse};

use super::{find_user, remembered, set_status, tracking_of};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for AdminUpdateDeviceStatus {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminUpdateDeviceStatusRequest,
    ) -> Result<AdminUpdateDeviceStatusResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let key = &DeviceKey::new(request.device_key);
        let status = request.device_remembered_status.map(remembered);
        let update = ctx.write(async |mut tx| {
            let pool = tx.pool(pool).await?;
            tracking_of(&pool)?;
            let user = find_user(&mut tx, &pool, name).await?;
            set_status(&mut tx, &user, key, status).await
        });
        update.await?;
        Ok(AdminUpdateDeviceStatusResponse {})
    }
}
