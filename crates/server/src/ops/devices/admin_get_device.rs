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

use super::{Viewer, describe};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, named_user};

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
            let user = named_user(&mut tx, &pool, name).await?;
            let device = tx.device(&user.pool, &user.sub, key).await?;
            Ok((user, device))
        });
        let (user, device) = read.await?;
        let viewer = Viewer::Admin { realm: &ctx.app.identity.realm, owner: &user };
        Ok(AdminGetDeviceResponse { device: describe(&device, viewer) })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::devices::{ALWAYS, Devices, State};
    use crate::testing::refused;

    const OPERATION: &str = "AdminGetDevice";

    fn named(name: &str, value: &str) -> Value {
        json!({ "Name": name, "Value": value })
    }

    #[tokio::test]
    async fn a_device_is_shown_with_everything_in_the_services_order() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Remembered).await;
        let reply = devices.on("ada", OPERATION, json!({ "DeviceKey": key })).await.ok();
        let arn = "arn:aws:cognito-idp:us-east-1:000000000000:owner/ada.us-east-1_Devices01\
                   /device/us-east-1_00000001-0000-4000-8000-000000000000";
        let attributes = [
            named("device_status", "valid"),
            named("device_name", "device 1"),
            named("dev:device_arn", arn),
            named("dev:device_owner", "ada.us-east-1_Devices01"),
            named("last_ip_used", "192.0.2.1"),
            named("dev:device_remembered_status", "remembered"),
            named("dev:device_sdk", "aws-sdk"),
        ];
        let expected = json!({ "Device": {
            "DeviceAttributes": attributes,
            "DeviceCreateDate": 1_767_614_400.0,
            "DeviceKey": "us-east-1_00000001-0000-4000-8000-000000000000",
            "DeviceLastAuthenticatedDate": 1_767_614_400.0,
            "DeviceLastModifiedDate": 1_767_614_400.0,
        }});
        assert_eq!(reply, expected);
    }

    #[tokio::test]
    async fn the_remembered_status_is_shown_as_it_is() {
        let devices = Devices::with(ALWAYS).await;
        for (n, state, status) in [
            (1, State::Issued, "not_remembered"),
            (2, State::NotRemembered, "not_remembered"),
            (3, State::Remembered, "remembered"),
        ] {
            let key = devices.device(&devices.ada, n, state).await;
            let reply = devices.on("ada", OPERATION, json!({ "DeviceKey": key })).await.ok();
            let attributes = reply["Device"]["DeviceAttributes"].as_array().unwrap();
            assert!(attributes.contains(&named("dev:device_remembered_status", status)));
        }
    }

    #[tokio::test]
    async fn alias_and_subject_name_the_user_too_and_a_disabled_one_has_devices() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Remembered).await;
        devices.change(&devices.ada, |user| user.enabled = false).await;
        for name in ["ada@example.com", devices.ada.sub.as_str()] {
            let reply = devices.on(name, OPERATION, json!({ "DeviceKey": key })).await.ok();
            let attributes = reply["Device"]["DeviceAttributes"].as_array().unwrap();
            let owner = named("dev:device_owner", "ada.us-east-1_Devices01");
            assert!(attributes.contains(&owner), "{name}");
        }
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
