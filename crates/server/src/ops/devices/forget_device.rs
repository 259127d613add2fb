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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::http::Doors;
    use crate::testing::devices::{ALWAYS, Devices, State};
    use crate::testing::refused::{self, Token};

    const OPERATION: &str = "ForgetDevice";

    #[tokio::test]
    async fn the_device_is_gone_and_so_are_the_refresh_tokens_of_its_sign_ins() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Remembered).await;
        let other = devices.device(&devices.ada, 2, State::Remembered).await;
        let (token, refresh) = devices.sign_in(&devices.ada, Some(&key)).await;
        let (_, earlier) = devices.sign_in(&devices.ada, Some(&key)).await;
        let (_, others) = devices.sign_in(&devices.ada, Some(&other)).await;
        devices.by(&token, OPERATION, json!({ "DeviceKey": key })).await.ok();
        assert_eq!(devices.stored(&devices.ada, &key).await, None);
        assert!(!devices.refreshes(&devices.ada, &refresh).await);
        assert!(!devices.refreshes(&devices.ada, &earlier).await);
        assert!(devices.refreshes(&devices.ada, &others).await, "another device's lives on");
        // The access token lives on, and shows what is left.
        let listed = devices.by(&token, "ListDevices", json!({})).await.ok();
        assert_eq!(listed["Devices"][0]["DeviceKey"], json!(other));
        assert_eq!(listed["Devices"].as_array().map(Vec::len), Some(1));
    }

    #[tokio::test]
    async fn the_reply_has_no_body_at_all() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Remembered).await;
        let token = devices.token(&devices.ada, None).await;
        let target = format!("AWSCognitoIdentityProviderService.{OPERATION}");
        let headers = vec![
            ("content-type".to_owned(), "application/x-amz-json-1.1".to_owned()),
            ("x-amz-target".to_owned(), target),
        ];
        let body = json!({ "AccessToken": token, "DeviceKey": key }).to_string();
        let request = devices.server.request(headers, body.into());
        let response = devices.server.app.handle(request).await;
        assert_eq!((response.status, response.body.len()), (200, 0));
    }

    #[tokio::test]
    async fn devices_in_any_state_can_be_forgotten_once() {
        let devices = Devices::with(ALWAYS).await;
        let token = devices.token(&devices.ada, None).await;
        for (n, state) in [(1, State::Issued), (2, State::NotRemembered), (3, State::Remembered)] {
            let body = json!({ "DeviceKey": devices.device(&devices.ada, n, state).await });
            assert_eq!(devices.by(&token, OPERATION, body.clone()).await.ok(), Value::Null);
            let again = devices.by(&token, OPERATION, body).await;
            again.refused("ResourceNotFoundException", "Device does not exist.");
        }
    }

    #[tokio::test]
    async fn what_was_tracked_once_can_be_forgotten_later() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Remembered).await;
        let token = devices.token(&devices.ada, Some(&key)).await;
        devices.stop_tracking().await;
        devices.by(&token, OPERATION, json!({ "DeviceKey": key })).await.ok();
        assert_eq!(devices.stored(&devices.ada, &key).await, None);
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
