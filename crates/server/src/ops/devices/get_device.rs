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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::devices::{ALWAYS, Devices, State};
    use crate::testing::refused::{self, Token};

    const OPERATION: &str = "GetDevice";

    #[tokio::test]
    async fn a_device_is_shown_without_what_is_for_administrators() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Remembered).await;
        let token = devices.token(&devices.ada, Some(&key)).await;
        let reply = devices.by(&token, OPERATION, json!({ "DeviceKey": key })).await.ok();
        let expected = json!({ "Device": {
            "DeviceAttributes": [
                { "Name": "device_status", "Value": "valid" },
                { "Name": "device_name", "Value": "device 1" },
                { "Name": "last_ip_used", "Value": "192.0.2.1" },
            ],
            "DeviceCreateDate": 1_767_614_400.0,
            "DeviceKey": "us-east-1_00000001-0000-4000-8000-000000000000",
            "DeviceLastAuthenticatedDate": 1_767_614_400.0,
            "DeviceLastModifiedDate": 1_767_614_400.0,
        }});
        assert_eq!(reply, expected);
    }

    #[tokio::test]
    async fn any_device_of_the_user_is_shown_whatever_its_state() {
        let devices = Devices::with(ALWAYS).await;
        let token = devices.token(&devices.ada, None).await;
        for (n, state) in [(1, State::Issued), (2, State::NotRemembered), (3, State::Remembered)] {
            let key = devices.device(&devices.ada, n, state).await;
            let reply = devices.by(&token, OPERATION, json!({ "DeviceKey": key })).await.ok();
            assert_eq!(reply["Device"]["DeviceKey"], json!(key));
        }
    }

    #[tokio::test]
    async fn a_device_without_a_name_has_no_attribute_of_that_name() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Issued).await;
        let token = devices.token(&devices.ada, Some(&key)).await;
        let reply = devices.by(&token, OPERATION, json!({ "DeviceKey": key })).await.ok();
        let expected = json!([
            { "Name": "device_status", "Value": "valid" },
            { "Name": "last_ip_used", "Value": "192.0.2.1" },
        ]);
        assert_eq!(reply["Device"]["DeviceAttributes"], expected);
    }

    #[tokio::test]
    async fn devices_that_are_not_the_users_do_not_exist() {
        let devices = Devices::with(ALWAYS).await;
        let token = devices.token(&devices.ada, None).await;
        let call = async |key: &_| devices.by(&token, OPERATION, json!({ "DeviceKey": key })).await;
        refused::devices(&devices, call).await;
    }

    #[tokio::test]
    async fn tokens_that_are_no_good_are_refused() {
        refused::tokens(OPERATION, Token::Optional, json!({})).await;
    }

    #[tokio::test]
    async fn device_keys_outside_the_model_are_refused() {
        let devices = Devices::with(ALWAYS).await;
        let token = devices.token(&devices.ada, None).await;
        refused::device_keys(async |body| devices.by(&token, OPERATION, body).await).await;
    }
}
