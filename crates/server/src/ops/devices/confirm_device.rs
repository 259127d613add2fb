//! Confirms the device whose key the sign-in handed out, and keeps its verifier.
//!
//! The key must be the one in the access token's `device_key` claim: a token confirms the device
//! of its own sign-in and no other. Checks come in this order: the token, the key, salt and
//! verifier, the pool's configuration, the device's state.
//!
//! Differs from AWS / not verified:
//!
//! * The texts for a negative or unusable salt or verifier, for a device that was confirmed
//!   before and for a pool without device tracking are Poolhouse's own.
//! * The order of the checks after the device key is not verified.
//! * Without `DeviceSecretVerifierConfig`, or with an empty one, the device is confirmed; it is
//!   listed, but can never sign in with a key and so never replaces MFA. With only one of its two
//!   members the request is refused, as if the other had been empty.
//! * A device that was forgotten since the sign-in gives `ResourceNotFoundException`.
//! * When tracking was switched off since the sign-in: `InvalidUserPoolConfigurationException`.

use poolhouse_domain::device::{DeviceSecret, Remembered};
use poolhouse_domain::error::{DeviceRefusal, Error, Result};
use poolhouse_domain::secret::Secret;
use poolhouse_domain::srp::{DeviceValueError, parse_device_salt, parse_device_verifier};
use poolhouse_store::ConfirmDevice as Outcome;
use poolhouse_wire::operations::ConfirmDevice;
use poolhouse_wire::shapes::{
    ConfirmDeviceRequest, ConfirmDeviceResponse, DeviceSecretVerifierConfigType,
};

use super::tracking_of;
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};

impl Operation for ConfirmDevice {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        request: ConfirmDeviceRequest,
    ) -> Result<ConfirmDeviceResponse> {
        let own = ctx.caller.device().filter(|key| key.as_str() == request.device_key);
        let key = &own.ok_or(Error::Device(DeviceRefusal::InvalidKey))?;
        let secret = request.device_secret_verifier_config.map(secret).transpose()?.flatten();
        let (secret, name) = (secret.as_ref(), request.device_name.as_deref());
        let user = ctx.caller.user();
        let confirm = ctx.write(async |mut tx| {
            let tracking = tracking_of(&tx.pool(&user.pool).await?)?;
            let remembered = tracking.after_confirmation();
            let (pool, sub) = (&user.pool, &user.sub);
            match tx.confirm_device(pool, sub, key, name, secret, remembered).await? {
                Outcome::Confirmed => Ok(remembered),
                Outcome::AlreadyConfirmed => Err(Error::Device(DeviceRefusal::AlreadyConfirmed)),
                Outcome::Missing => Err(Error::DeviceNotFound),
            }
        });
        let user_must_decide = confirm.await? == Remembered::No;
        Ok(ConfirmDeviceResponse { user_confirmation_necessary: Some(user_must_decide) })
    }
}

/// Salt and verifier; none where the request has neither.
fn secret(config: DeviceSecretVerifierConfigType) -> Result<Option<DeviceSecret>> {
    let DeviceSecretVerifierConfigType { password_verifier, salt } = config;
    if password_verifier.is_none() && salt.is_none() {
        return Ok(None);
    }
    let salt = parse_device_salt(&salt.unwrap_or_default()).map_err(|error| match error {
        DeviceValueError::Negative => DeviceRefusal::NegativeSalt,
        DeviceValueError::Invalid => DeviceRefusal::InvalidSalt,
    });
    let verifier = parse_device_verifier(&password_verifier.unwrap_or_default());
    let verifier = verifier.map_err(|error| match error {
        DeviceValueError::Negative => DeviceRefusal::NegativeVerifier,
        DeviceValueError::Invalid => DeviceRefusal::InvalidVerifier,
    });
    let salt = salt.map_err(Error::Device)?;
    Ok(Some(DeviceSecret { salt, verifier: Secret::new(verifier.map_err(Error::Device)?) }))
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::device::Remembered;
    use poolhouse_domain::id::DeviceKey;
    use serde_json::{Value, json};

    use crate::testing::devices::{ALWAYS, Devices, OPT_IN, State, Tracking};
    use crate::testing::refused::{self, Token};

    const OPERATION: &str = "ConfirmDevice";
    /// Base64 of 16 bytes, the first below 0x80.
    const SALT: &str = "AQEBAQEBAQEBAQEBAQEBAQ==";
    /// Base64 of 2.
    const VERIFIER: &str = "Ag==";

    fn body(key: &DeviceKey) -> Value {
        json!({
            "DeviceKey": key,
            "DeviceName": "laptop",
            "DeviceSecretVerifierConfig": { "PasswordVerifier": VERIFIER, "Salt": SALT },
        })
    }

    async fn confirmed(tracking: Tracking) -> (Value, Remembered) {
        let devices = Devices::with(tracking).await;
        let key = devices.device(&devices.ada, 1, State::Issued).await;
        let token = devices.token(&devices.ada, Some(&key)).await;
        devices.server.advance_secs(5);
        let reply = devices.by(&token, OPERATION, body(&key)).await.ok();
        let device = devices.stored(&devices.ada, &key).await.unwrap();
        assert!(device.confirmed && device.has_verifier);
        assert_eq!(device.name.as_deref(), Some("laptop"));
        assert_eq!(device.modified.millis_since(device.created), 5000);
        (reply, device.remembered)
    }

    #[tokio::test]
    async fn the_pools_configuration_decides_whether_the_device_is_remembered_at_once() {
        for challenge in [false, true] {
            let always = confirmed(Some((challenge, false))).await;
            assert_eq!(always, (json!({ "UserConfirmationNecessary": false }), Remembered::Yes));
            let opt_in = confirmed(Some((challenge, true))).await;
            assert_eq!(opt_in, (json!({ "UserConfirmationNecessary": true }), Remembered::No));
        }
    }

    #[tokio::test]
    async fn the_verifier_is_kept_as_it_came() {
        let devices = Devices::with(ALWAYS).await;
        let key = &devices.device(&devices.ada, 1, State::Issued).await;
        let token = devices.token(&devices.ada, Some(key)).await;
        devices.by(&token, OPERATION, body(key)).await.ok();
        let (pool, sub) = (&devices.ada.pool, &devices.ada.sub);
        let read =
            devices.server.app.db.read(async |mut tx| tx.device_secret(pool, sub, key).await);
        let secret = read.await.unwrap().unwrap();
        assert_eq!((secret.salt, secret.verifier.expose()), (vec![1; 16], &vec![2]));
    }

    #[tokio::test]
    async fn without_verifier_and_name_the_device_is_confirmed_but_can_not_be_challenged() {
        for config in [Value::Null, json!({}), json!({ "Salt": null })] {
            let devices = Devices::with(ALWAYS).await;
            let key = devices.device(&devices.ada, 1, State::Issued).await;
            let token = devices.token(&devices.ada, Some(&key)).await;
            let body = json!({ "DeviceKey": key, "DeviceSecretVerifierConfig": config });
            devices.by(&token, OPERATION, body).await.ok();
            let device = devices.stored(&devices.ada, &key).await.unwrap();
            assert!(device.confirmed && !device.has_verifier && !device.can_be_challenged());
            assert_eq!(device.name, None);
        }
    }

    #[tokio::test]
    async fn only_the_tokens_own_key_is_confirmed() {
        let devices = Devices::with(ALWAYS).await;
        let own = devices.device(&devices.ada, 1, State::Issued).await;
        let stale = devices.device(&devices.ada, 2, State::Issued).await;
        let bobs = devices.device(&devices.bob, 3, State::Issued).await;
        let with_device = devices.token(&devices.ada, Some(&own)).await;
        let without = devices.token(&devices.ada, None).await;
        let unknown = DeviceKey::new("us-east-1_ffffffff-0000-4000-8000-000000000000");
        for (token, key) in [
            (&with_device, &stale),
            (&with_device, &bobs),
            (&with_device, &unknown),
            (&without, &own),
        ] {
            let reply = devices.by(token, OPERATION, body(key)).await;
            reply.refused("InvalidParameterException", "Invalid device key given.");
        }
        for (user, key) in [(&devices.ada, &own), (&devices.ada, &stale), (&devices.bob, &bobs)] {
            assert!(!devices.stored(user, key).await.unwrap().confirmed);
        }
    }

    #[tokio::test]
    async fn a_second_confirmation_is_refused_and_changes_nothing() {
        let devices = Devices::with(OPT_IN).await;
        let key = devices.device(&devices.ada, 1, State::Issued).await;
        let token = devices.token(&devices.ada, Some(&key)).await;
        devices.by(&token, OPERATION, body(&key)).await.ok();
        let before = devices.stored(&devices.ada, &key).await;
        devices.server.advance_secs(5);
        let again = json!({ "DeviceKey": key, "DeviceName": "other" });
        let reply = devices.by(&token, OPERATION, again).await;
        reply.refused("DeviceKeyExistsException", "Device already exists");
        assert_eq!(devices.stored(&devices.ada, &key).await, before);
    }

    #[tokio::test]
    async fn values_that_are_no_verifier_or_salt_are_refused_and_change_nothing() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Issued).await;
        let token = devices.token(&devices.ada, Some(&key)).await;
        let long = "A".repeat(2000);
        // 385 bytes 00 ff … ff: positive, and more than the group's modulus.
        let beyond = format!("AP//{}/w==", "/".repeat(508));
        for (salt, verifier, text) in [
            ("gA==", VERIFIER, "Negative value passed for salt."),
            (SALT, "gA==", "Negative value passed for verifier."),
            ("gA==", "gA==", "Negative value passed for salt."),
            ("?", VERIFIER, "Invalid value passed for salt."),
            ("", VERIFIER, "Invalid value passed for salt."),
            (&long, VERIFIER, "Invalid value passed for salt."),
            (SALT, "Ag", "Invalid value passed for verifier."),
            (SALT, "", "Invalid value passed for verifier."),
            (SALT, "AA==", "Invalid value passed for verifier."),
            (SALT, &beyond, "Invalid value passed for verifier."),
            (SALT, &long, "Invalid value passed for verifier."),
        ] {
            let config = json!({ "PasswordVerifier": verifier, "Salt": salt });
            let body = json!({ "DeviceKey": key, "DeviceSecretVerifierConfig": config });
            let reply = devices.by(&token, OPERATION, body).await;
            reply.refused("InvalidParameterException", text);
        }
        for (config, text) in [
            (json!({ "PasswordVerifier": VERIFIER }), "Invalid value passed for salt."),
            (json!({ "Salt": SALT }), "Invalid value passed for verifier."),
        ] {
            let body = json!({ "DeviceKey": key, "DeviceSecretVerifierConfig": config });
            let reply = devices.by(&token, OPERATION, body).await;
            reply.refused("InvalidParameterException", text);
        }
        assert!(!devices.stored(&devices.ada, &key).await.unwrap().confirmed);
    }

    #[tokio::test]
    async fn a_wrong_key_is_told_before_a_wrong_verifier() {
        let devices = Devices::with(ALWAYS).await;
        let own = devices.device(&devices.ada, 1, State::Issued).await;
        let other = devices.device(&devices.ada, 2, State::Issued).await;
        let token = devices.token(&devices.ada, Some(&own)).await;
        let config = json!({ "PasswordVerifier": "gA==", "Salt": "gA==" });
        let body = json!({ "DeviceKey": other, "DeviceSecretVerifierConfig": config });
        let reply = devices.by(&token, OPERATION, body).await;
        reply.refused("InvalidParameterException", "Invalid device key given.");
    }

    #[tokio::test]
    async fn a_device_forgotten_since_the_sign_in_does_not_come_back() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Issued).await;
        let token = devices.token(&devices.ada, Some(&key)).await;
        devices.by(&token, "ForgetDevice", json!({ "DeviceKey": key })).await.ok();
        let reply = devices.by(&token, OPERATION, body(&key)).await;
        reply.refused("ResourceNotFoundException", "Device does not exist.");
        assert_eq!(devices.stored(&devices.ada, &key).await, None);
    }

    #[tokio::test]
    async fn a_pool_that_stopped_tracking_confirms_nothing() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Issued).await;
        let token = devices.token(&devices.ada, Some(&key)).await;
        devices.stop_tracking().await;
        devices.by(&token, OPERATION, body(&key)).await.refused(
            "InvalidUserPoolConfigurationException",
            "Device tracking is not configured for the user pool.",
        );
        assert!(!devices.stored(&devices.ada, &key).await.unwrap().confirmed);
    }

    #[tokio::test]
    async fn tokens_that_are_no_good_are_refused() {
        refused::tokens(OPERATION, Token::Required, json!({})).await;
    }

    #[tokio::test]
    async fn device_keys_and_names_outside_the_model_are_refused() {
        let devices = Devices::with(ALWAYS).await;
        let key = devices.device(&devices.ada, 1, State::Issued).await;
        let token = devices.token(&devices.ada, Some(&key)).await;
        refused::device_keys(async |body| devices.by(&token, OPERATION, body).await).await;
        for (name, rule) in
            [("", "greater than or equal to 1"), (&"n".repeat(1025), "less than or equal to 1024")]
        {
            let body = json!({ "DeviceKey": key, "DeviceName": name });
            let text = format!(
                "1 validation error detected: Value '{name}' at 'deviceName' failed to satisfy \
                 constraint: Member must have length {rule}"
            );
            let reply = devices.by(&token, OPERATION, body).await;
            reply.refused("InvalidParameterException", &text);
        }
    }
}
