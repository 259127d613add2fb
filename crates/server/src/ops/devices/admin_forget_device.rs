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

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, named_user};

impl Operation for AdminForgetDevice {
    type Caller = Signed;

    async fn run(ctx: &mut Ctx<'_, Signed>, request: AdminForgetDeviceRequest) -> Result<()> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let key = &DeviceKey::new(request.device_key);
        ctx.write(async |mut tx| {
            let pool = tx.pool(pool).await?;
            let user = named_user(&mut tx, &pool, name).await?;
            tx.forget_device(&user.pool, &user.sub, key).await
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::devices::{ALWAYS, Devices, State};
    use crate::testing::refused;

    const OPERATION: &str = "AdminForgetDevice";

    #[tokio::test]
    async fn the_device_is_gone_and_so_are_the_refresh_tokens_of_its_sign_ins() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Remembered).await;
        let other = devices.device(&devices.ada, 2, State::Remembered).await;
        let (token, refresh) = devices.sign_in(&devices.ada, Some(&key)).await;
        let (_, others) = devices.sign_in(&devices.ada, Some(&other)).await;
        let reply = devices.on("ada", OPERATION, json!({ "DeviceKey": key })).await.ok();
        assert_eq!(reply, Value::Null, "the reply has no body");
        assert_eq!(devices.stored(&devices.ada, &key).await, None);
        assert!(!devices.refreshes(&devices.ada, &refresh).await);
        assert!(devices.refreshes(&devices.ada, &others).await, "another device's lives on");
        devices.by(&token, "ListDevices", json!({})).await.ok();
    }

    #[tokio::test]
    async fn devices_in_any_state_can_be_forgotten_once() {
        let devices = Devices::with(ALWAYS).await;
        for (n, state) in [(1, State::Issued), (2, State::NotRemembered), (3, State::Remembered)] {
            let body = json!({ "DeviceKey": devices.device(&devices.ada, n, state).await });
            devices.on("ada", OPERATION, body.clone()).await.ok();
            let again = devices.on("ada", OPERATION, body).await;
            again.refused("ResourceNotFoundException", "Device does not exist.");
        }
    }

    #[tokio::test]
    async fn disabled_users_and_pools_that_stopped_tracking_do_not_matter() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Remembered).await;
        devices.change(&devices.ada, |user| user.enabled = false).await;
        devices.stop_tracking().await;
        devices.on(devices.ada.sub.as_str(), OPERATION, json!({ "DeviceKey": key })).await.ok();
        assert_eq!(devices.stored(&devices.ada, &key).await, None);
    }

    #[tokio::test]
    async fn devices_that_are_not_the_users_do_not_exist() {
        let devices = Devices::with(ALWAYS).await;
        let call = async |key: &_| devices.on("ada", OPERATION, json!({ "DeviceKey": key })).await;
        refused::devices(&devices, call).await;
    }

    #[tokio::test]
    async fn pools_and_users_that_are_not_there_are_told() {
        refused::places(OPERATION, json!({})).await;
    }

    #[tokio::test]
    async fn callers_without_permission_are_refused() {
        refused::callers(OPERATION, json!({})).await;
    }

    #[tokio::test]
    async fn device_keys_outside_the_model_are_refused() {
        let devices = Devices::with(ALWAYS).await;
        refused::device_keys(async |body| devices.on("ada", OPERATION, body).await).await;
    }
}
