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

#[cfg(test)]
mod tests {
    use poolhouse_domain::device::Remembered;
    use serde_json::{Value, json};

    use crate::testing::devices::{ALWAYS, Devices, OPT_IN, State};
    use crate::testing::refused::{self, Token};

    const OPERATION: &str = "UpdateDeviceStatus";

    fn body(key: &poolhouse_domain::id::DeviceKey, status: &str) -> Value {
        json!({ "DeviceKey": key, "DeviceRememberedStatus": status })
    }

    #[tokio::test]
    async fn a_device_is_remembered_forgotten_about_and_remembered_again() {
        for tracking in [ALWAYS, OPT_IN] {
            let devices = Devices::with(tracking).await;
            let key = devices.device(&devices.ada, 1, State::NotRemembered).await;
            let token = devices.token(&devices.ada, Some(&key)).await;
            for (status, remembered) in [
                ("remembered", Remembered::Yes),
                ("not_remembered", Remembered::No),
                ("remembered", Remembered::Yes),
            ] {
                devices.server.advance_secs(1);
                let reply = devices.by(&token, OPERATION, body(&key, status)).await.ok();
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
    async fn the_same_status_again_succeeds() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Remembered).await;
        let token = devices.token(&devices.ada, Some(&key)).await;
        for _ in 0..2 {
            devices.by(&token, OPERATION, body(&key, "remembered")).await.ok();
        }
        assert_eq!(devices.stored(&devices.ada, &key).await.unwrap().remembered, Remembered::Yes);
    }

    #[tokio::test]
    async fn only_the_named_device_changes() {
        let devices = Devices::with(ALWAYS).await;
        let named = devices.device(&devices.ada, 1, State::NotRemembered).await;
        let own = devices.device(&devices.ada, 2, State::NotRemembered).await;
        let token = devices.token(&devices.ada, Some(&own)).await;
        devices.by(&token, OPERATION, body(&named, "remembered")).await.ok();
        assert_eq!(devices.stored(&devices.ada, &own).await.unwrap().remembered, Remembered::No);
    }

    #[tokio::test]
    async fn without_a_status_nothing_changes_but_the_device_must_be_there() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Remembered).await;
        let token = devices.token(&devices.ada, Some(&key)).await;
        let before = devices.stored(&devices.ada, &key).await;
        devices.server.advance_secs(1);
        for status in [
            json!({ "DeviceKey": key }),
            json!({ "DeviceKey": key, "DeviceRememberedStatus": null }),
        ] {
            assert_eq!(devices.by(&token, OPERATION, status).await.ok(), json!({}));
        }
        assert_eq!(devices.stored(&devices.ada, &key).await, before);
        let call = async |key: &_| devices.by(&token, OPERATION, json!({ "DeviceKey": key })).await;
        refused::devices(&devices, call).await;
    }

    #[tokio::test]
    async fn devices_that_are_not_the_users_do_not_exist() {
        let devices = Devices::with(ALWAYS).await;
        let token = devices.token(&devices.ada, None).await;
        let call = async |key: &_| devices.by(&token, OPERATION, body(key, "remembered")).await;
        refused::devices(&devices, call).await;
    }

    #[tokio::test]
    async fn an_issued_device_can_be_given_a_status_but_is_not_listed() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Issued).await;
        let token = devices.token(&devices.ada, Some(&key)).await;
        devices.by(&token, OPERATION, body(&key, "remembered")).await.ok();
        let device = devices.stored(&devices.ada, &key).await.unwrap();
        assert_eq!(device.remembered, Remembered::Yes);
        assert!(!device.confirmed && !device.can_be_challenged());
        let listed = devices.by(&token, "ListDevices", json!({})).await.ok();
        assert_eq!(listed, json!({ "Devices": [] }));
    }

    #[tokio::test]
    async fn confirming_sets_the_status_anew() {
        let devices = Devices::with(OPT_IN).await;
        let key = devices.device(&devices.ada, 1, State::Issued).await;
        let token = devices.token(&devices.ada, Some(&key)).await;
        devices.by(&token, OPERATION, body(&key, "remembered")).await.ok();
        devices.by(&token, "ConfirmDevice", json!({ "DeviceKey": key })).await.ok();
        assert_eq!(devices.stored(&devices.ada, &key).await.unwrap().remembered, Remembered::No);
    }

    #[tokio::test]
    async fn a_pool_without_device_tracking_is_told_before_the_device() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::NotRemembered).await;
        let token = devices.token(&devices.ada, Some(&key)).await;
        devices.stop_tracking().await;
        let unknown = "us-east-1_ffffffff-0000-4000-8000-000000000000";
        for body in [
            body(&key, "remembered"),
            json!({ "DeviceKey": key }),
            json!({ "DeviceKey": unknown, "DeviceRememberedStatus": "remembered" }),
        ] {
            devices.by(&token, OPERATION, body).await.refused(
                "InvalidUserPoolConfigurationException",
                "Device tracking is not configured for the user pool.",
            );
        }
        assert_eq!(devices.stored(&devices.ada, &key).await.unwrap().remembered, Remembered::No);
    }

    #[tokio::test]
    async fn no_longer_remembered_devices_keep_their_refresh_tokens() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Remembered).await;
        let (token, refresh) = devices.sign_in(&devices.ada, Some(&key)).await;
        devices.by(&token, OPERATION, body(&key, "not_remembered")).await.ok();
        assert!(devices.refreshes(&devices.ada, &refresh).await);
    }

    #[tokio::test]
    async fn other_statuses_are_refused() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::NotRemembered).await;
        let token = devices.token(&devices.ada, Some(&key)).await;
        for status in ["banana", "Remembered", "", "forgotten"] {
            let text = format!(
                "1 validation error detected: Value '{status}' at 'deviceRememberedStatus' failed \
                 to satisfy constraint: Member must satisfy enum value set: \
                 [not_remembered, remembered]"
            );
            let reply = devices.by(&token, OPERATION, body(&key, status)).await;
            reply.refused("InvalidParameterException", &text);
        }
        assert_eq!(devices.stored(&devices.ada, &key).await.unwrap().remembered, Remembered::No);
    }

    #[tokio::test]
    async fn tokens_that_are_no_good_are_refused() {
        let more = json!({ "DeviceRememberedStatus": "remembered" });
        refused::tokens(OPERATION, Token::Required, more).await;
    }

    #[tokio::test]
    async fn device_keys_outside_the_model_are_refused() {
        let devices = Devices::with(ALWAYS).await;
        let token = devices.token(&devices.ada, None).await;
        refused::device_keys(async |body| devices.by(&token, OPERATION, body).await).await;
    }
}
