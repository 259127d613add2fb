//! What the operations on devices mean for the next sign-in.

use poolhouse_domain::id::DeviceKey;
use poolhouse_domain::srp::{self, Identity};
use serde_json::{Value, json};

use crate::testing::devices::{ALWAYS, Devices, OPT_IN};

const SALT: [u8; 16] = [1; 16];

/// `ada` signs in from a new device: the device's key, and the result.
async fn new_device(devices: &Devices) -> (DeviceKey, Value) {
    let result = devices.initiate(None).await.ok()["AuthenticationResult"].clone();
    let key = result["NewDeviceMetadata"]["DeviceKey"].as_str().unwrap();
    (DeviceKey::new(key), result)
}

fn text<'a>(result: &'a Value, member: &str) -> &'a str {
    result[member].as_str().unwrap()
}

async fn confirm(devices: &Devices, key: &DeviceKey, result: &Value) -> Value {
    let group = text(&result["NewDeviceMetadata"], "DeviceGroupKey");
    let identity = Identity { realm: group, name: key.as_str() };
    let verifier = srp::verifier(identity, "secret of the device", &SALT);
    let encode = |bytes: &[u8]| data_encoding::BASE64.encode(&srp::pad(bytes));
    let config = json!({ "PasswordVerifier": encode(verifier.expose()), "Salt": encode(&SALT) });
    let body = json!({ "DeviceKey": key, "DeviceSecretVerifierConfig": config });
    devices.by(text(result, "AccessToken"), "ConfirmDevice", body).await.ok()
}

/// What a sign-in with the device is answered with: a challenge's name, or tokens.
async fn next(devices: &Devices, key: &DeviceKey) -> Value {
    let reply = devices.initiate(Some(key)).await.ok();
    let tokens = reply["AuthenticationResult"]["AccessToken"].is_string();
    assert!(reply["AuthenticationResult"].get("NewDeviceMetadata").is_none());
    if tokens { json!("tokens") } else { reply["ChallengeName"].clone() }
}

#[tokio::test]
async fn the_remembered_status_decides_what_the_next_sign_in_asks_for() {
    for (tracking, first) in [(ALWAYS, "DEVICE_SRP_AUTH"), (OPT_IN, "tokens")] {
        let devices = Devices::with(tracking).await;
        let (key, result) = new_device(&devices).await;
        assert_eq!(next(&devices, &key).await, "tokens", "issued only");
        confirm(&devices, &key, &result).await;
        assert_eq!(next(&devices, &key).await, first);
        for (status, expected) in [
            ("not_remembered", "tokens"),
            ("remembered", "DEVICE_SRP_AUTH"),
            ("not_remembered", "tokens"),
        ] {
            let body = json!({ "DeviceKey": key, "DeviceRememberedStatus": status });
            devices.on("ada", "AdminUpdateDeviceStatus", body.clone()).await.ok();
            assert_eq!(next(&devices, &key).await, expected, "by an administrator: {status}");
            let access = text(&result, "AccessToken");
            devices.by(access, "UpdateDeviceStatus", body).await.ok();
            assert_eq!(next(&devices, &key).await, expected, "by the user: {status}");
        }
    }
}

#[tokio::test]
async fn a_key_that_was_never_confirmed_is_not_challenged_however_remembered() {
    let devices = Devices::with(ALWAYS).await;
    let (key, result) = new_device(&devices).await;
    let body = json!({ "DeviceKey": key, "DeviceRememberedStatus": "remembered" });
    devices.by(text(&result, "AccessToken"), "UpdateDeviceStatus", body).await.ok();
    assert_eq!(next(&devices, &key).await, "tokens");
}

#[tokio::test]
async fn a_forgotten_device_neither_signs_in_nor_refreshes() {
    for operation in ["ForgetDevice", "AdminForgetDevice"] {
        let devices = Devices::with(ALWAYS).await;
        let (key, result) = new_device(&devices).await;
        confirm(&devices, &key, &result).await;
        let refresh =
            json!({ "REFRESH_TOKEN": result["RefreshToken"], "DEVICE_KEY": key.as_str() });
        devices.auth("REFRESH_TOKEN_AUTH", refresh.clone()).await.ok();
        let body = json!({ "DeviceKey": key });
        match operation {
            "ForgetDevice" => devices.by(text(&result, "AccessToken"), operation, body).await,
            _ => devices.on("ada", operation, body).await,
        }
        .ok();
        let again = devices.auth("REFRESH_TOKEN_AUTH", refresh).await;
        again.refused("NotAuthorizedException", "Invalid Refresh Token.");
        let with_device = devices.initiate(Some(&key)).await;
        with_device.refused("ResourceNotFoundException", "Device does not exist.");
        let (new, _) = new_device(&devices).await;
        assert_ne!(new, key, "a sign-in without it is a new device");
    }
}

#[tokio::test]
async fn a_sign_in_leaves_its_time_and_address_on_the_device() {
    let devices = Devices::with(ALWAYS).await;
    let (key, _) = new_device(&devices).await;
    let signed_in = devices.server.now().as_secs() as f64;
    devices.server.advance_secs(60);
    let reply = devices.on("ada", "AdminGetDevice", json!({ "DeviceKey": key })).await.ok();
    let device = &reply["Device"];
    assert_eq!(device["DeviceLastAuthenticatedDate"], json!(signed_in));
    let ip = json!({ "Name": "last_ip_used", "Value": "192.0.2.1" });
    assert!(device["DeviceAttributes"].as_array().unwrap().contains(&ip));
    assert_eq!(next(&devices, &key).await, "tokens");
    let reply = devices.on("ada", "AdminGetDevice", json!({ "DeviceKey": key })).await.ok();
    assert_eq!(reply["Device"]["DeviceLastAuthenticatedDate"], json!(signed_in + 60.0));
}

#[tokio::test]
async fn every_sign_in_without_a_device_adds_one() {
    let devices = Devices::with(ALWAYS).await;
    for _ in 0..61 {
        new_device(&devices).await;
    }
    let first = devices.on("ada", "AdminListDevices", json!({})).await.ok();
    assert_eq!(first["Devices"].as_array().map(Vec::len), Some(60));
    let body = json!({ "PaginationToken": first["PaginationToken"] });
    let rest = devices.on("ada", "AdminListDevices", body).await.ok();
    assert_eq!(rest["Devices"].as_array().map(Vec::len), Some(1));
}
