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

use super::{remembered, set_status, tracking_of};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, named_user};

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
            let user = named_user(&mut tx, &pool, name).await?;
            set_status(&mut tx, &user, key, status).await
        });
        update.await?;
        Ok(AdminUpdateDeviceStatusResponse {})
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::device::Remembered;
    use poolhouse_domain::id::DeviceKey;
    use poolhouse_domain::user::UserStatus;
    use serde_json::{Value, json};

    use crate::testing::devices::{ALWAYS, Devices, OPT_IN, State};
    use crate::testing::refused;

    const OPERATION: &str = "AdminUpdateDeviceStatus";

    fn body(key: &DeviceKey, status: &str) -> Value {
        json!({ "DeviceKey": key, "DeviceRememberedStatus": status })
    }

    #[tokio::test]
    async fn a_device_is_remembered_forgotten_about_and_remembered_again() {
        for tracking in [ALWAYS, OPT_IN] {
            let devices = Devices::with(tracking).await;
            let key = devices.device(&devices.ada, 1, State::NotRemembered).await;
            for (status, remembered) in [
                ("remembered", Remembered::Yes),
                ("not_remembered", Remembered::No),
                ("remembered", Remembered::Yes),
                ("remembered", Remembered::Yes),
            ] {
                devices.server.advance_secs(1);
                let reply = devices.on("ada", OPERATION, body(&key, status)).await.ok();
                assert_eq!(reply, json!({}));
                let device = devices.stored(&devices.ada, &key).await.unwrap();
                assert_eq!(
                    (device.remembered, device.modified),
                    (remembered, devices.server.now())
                );
                assert!(device.has_verifier, "the device keeps its secret");
            }
        }
    }

    #[tokio::test]
    async fn alias_and_subject_name_the_user_too() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::NotRemembered).await;
        for (name, status, remembered) in [
            ("ada@example.com", "remembered", Remembered::Yes),
            (devices.ada.sub.as_str(), "not_remembered", Remembered::No),
        ] {
            devices.on(name, OPERATION, body(&key, status)).await.ok();
            let device = devices.stored(&devices.ada, &key).await.unwrap();
            assert_eq!(device.remembered, remembered, "{name}");
        }
    }

    #[tokio::test]
    async fn only_the_named_device_changes() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::NotRemembered).await;
        let other = devices.device(&devices.ada, 2, State::NotRemembered).await;
        devices.on("ada", OPERATION, body(&key, "remembered")).await.ok();
        assert_eq!(devices.stored(&devices.ada, &key).await.unwrap().remembered, Remembered::Yes);
        assert_eq!(devices.stored(&devices.ada, &other).await.unwrap().remembered, Remembered::No);
    }

    #[tokio::test]
    async fn the_state_of_the_user_does_not_matter() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::NotRemembered).await;
        devices.change(&devices.ada, |user| user.enabled = false).await;
        devices.on("ada", OPERATION, body(&key, "remembered")).await.ok();
        assert_eq!(devices.stored(&devices.ada, &key).await.unwrap().remembered, Remembered::Yes);
        for status in [UserStatus::Unconfirmed, UserStatus::ResetRequired] {
            devices.change(&devices.ada, |user| user.status = status).await;
            devices.on("ada", OPERATION, body(&key, "not_remembered")).await.ok();
        }
        assert_eq!(devices.stored(&devices.ada, &key).await.unwrap().remembered, Remembered::No);
    }

    #[tokio::test]
    async fn without_a_status_nothing_changes_but_the_device_must_be_there() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Remembered).await;
        let before = devices.stored(&devices.ada, &key).await;
        devices.server.advance_secs(1);
        for status in [
            json!({ "DeviceKey": key }),
            json!({ "DeviceKey": key, "DeviceRememberedStatus": null }),
        ] {
            assert_eq!(devices.on("ada", OPERATION, status).await.ok(), json!({}));
        }
        assert_eq!(devices.stored(&devices.ada, &key).await, before);
        let call = async |key: &_| devices.on("ada", OPERATION, json!({ "DeviceKey": key })).await;
        refused::devices(&devices, call).await;
    }

    #[tokio::test]
    async fn devices_that_are_not_the_users_do_not_exist() {
        let devices = Devices::with(ALWAYS).await;
        let call = async |key: &_| devices.on("ada", OPERATION, body(key, "remembered")).await;
        refused::devices(&devices, call).await;
    }

    #[tokio::test]
    async fn an_issued_device_can_be_given_a_status_but_replaces_nothing() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Issued).await;
        devices.on("ada", OPERATION, body(&key, "remembered")).await.ok();
        let device = devices.stored(&devices.ada, &key).await.unwrap();
        assert_eq!(device.remembered, Remembered::Yes);
        assert!(!device.confirmed && !device.can_be_challenged());
    }

    #[tokio::test]
    async fn a_pool_without_device_tracking_is_told_before_user_and_device() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::NotRemembered).await;
        devices.stop_tracking().await;
        for (user, body) in [
            ("ada", body(&key, "remembered")),
            ("ada", json!({ "DeviceKey": key })),
            ("nobody", body(&key, "remembered")),
            ("ada", body(&DeviceKey::new("us-east-1_ffff"), "remembered")),
        ] {
            devices.on(user, OPERATION, body).await.refused(
                "InvalidUserPoolConfigurationException",
                "Device tracking is not configured for the user pool.",
            );
        }
        assert_eq!(devices.stored(&devices.ada, &key).await.unwrap().remembered, Remembered::No);
    }

    #[tokio::test]
    async fn other_statuses_are_refused() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::NotRemembered).await;
        let text = "1 validation error detected: Value 'banana' at 'deviceRememberedStatus' failed \
                    to satisfy constraint: Member must satisfy enum value set: \
                    [not_remembered, remembered]";
        let reply = devices.on("ada", OPERATION, body(&key, "banana")).await;
        reply.refused("InvalidParameterException", text);
        assert_eq!(devices.stored(&devices.ada, &key).await.unwrap().remembered, Remembered::No);
    }

    #[tokio::test]
    async fn an_empty_request_is_told_everything_that_it_lacks() {
        let devices = Devices::with(ALWAYS).await;
        devices.server.admin(OPERATION, json!({})).await.refused(
            "InvalidParameterException",
            "3 validation errors detected: Value null at 'userPoolId' failed to satisfy constraint: \
             Member must not be null; Value null at 'username' failed to satisfy constraint: Member must \
             not be null; Value null at 'deviceKey' failed to satisfy constraint: Member must not \
             be null",
        );
    }

    #[tokio::test]
    async fn pools_and_users_that_are_not_there_are_told() {
        refused::places(OPERATION, json!({ "DeviceRememberedStatus": "remembered" })).await;
    }

    #[tokio::test]
    async fn callers_without_permission_are_refused() {
        refused::callers(OPERATION, json!({ "DeviceRememberedStatus": "remembered" })).await;
    }

    #[tokio::test]
    async fn device_keys_outside_the_model_are_refused() {
        let devices = Devices::with(ALWAYS).await;
        refused::device_keys(async |body| devices.on("ada", OPERATION, body).await).await;
    }
}
