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
