//! Devices: confirming, reading, remembering, forgetting.

use serde_json::{Value, json};

use crate::model_test::state::{
    Device, Model, No, Said, Uid, User, epoch, invalid, missing_device, no,
};

/// What ConfirmDevice brings.
#[derive(Clone, Debug)]
pub(crate) struct Registration {
    pub(crate) name: Option<String>,
    pub(crate) has_verifier: bool,
    pub(crate) password: Option<String>,
}

fn untracked() -> No {
    no(
        "InvalidUserPoolConfigurationException",
        "Device tracking is not configured for the user pool.",
    )
}

impl Model {
    /// A key that came with tokens.
    pub(crate) fn learn_device(&mut self, family: usize, key: &str, group: &str) {
        let now = self.now;
        let (pool, uid) = (self.families[family].at.pool, self.families[family].uid);
        self.families[family].device = Some(key.to_owned());
        let device = Device {
            group: group.to_owned(),
            name: None,
            confirmed: false,
            remembered: false,
            has_verifier: false,
            password: None,
            created: now,
            modified: now,
            authenticated: now,
        };
        self.user_mut(pool, uid).devices.insert(key.to_owned(), device);
    }

    /// The device of a user; none where none was presented or the pool does not track devices.
    pub(crate) fn presented(
        &self,
        pool: usize,
        uid: Uid,
        key: Option<&str>,
    ) -> Said<Option<String>> {
        let (Some(key), Some(_)) = (key, self.pools[pool].tracking) else { return Ok(None) };
        let user = &self.pools[pool].users[&uid];
        let found = user.devices.contains_key(key).then(|| key.to_owned());
        found.map(Some).ok_or_else(missing_device)
    }

    /// Whether the user must still decide about it.
    pub(crate) fn confirm_device(
        &mut self,
        pool: usize,
        uid: Uid,
        own: Option<&str>,
        key: &str,
        registration: &Registration,
    ) -> Said<bool> {
        if own != Some(key) {
            return Err(invalid("Invalid device key given."));
        }
        let tracking = self.pools[pool].tracking.ok_or_else(untracked)?;
        let now = self.now;
        let devices = &mut self.user_mut(pool, uid).devices;
        let device = devices.get_mut(key).ok_or_else(missing_device)?;
        if device.confirmed {
            return Err(no("DeviceKeyExistsException", "Device already exists"));
        }
        device.confirmed = true;
        device.remembered = !tracking.on_prompt;
        device.name.clone_from(&registration.name);
        device.has_verifier = registration.has_verifier;
        device.password.clone_from(&registration.password);
        device.modified = now;
        Ok(tracking.on_prompt)
    }

    /// UpdateDeviceStatus, of a user who was found.
    pub(crate) fn update_device(
        &mut self,
        pool: usize,
        uid: Option<Uid>,
        key: &str,
        remembered: Option<bool>,
    ) -> Said<()> {
        self.pools[pool].tracking.ok_or_else(untracked)?;
        let uid = uid.ok_or_else(crate::model_test::state::missing_user)?;
        let now = self.now;
        let devices = &mut self.user_mut(pool, uid).devices;
        let device = devices.get_mut(key).ok_or_else(missing_device)?;
        if let Some(remembered) = remembered {
            device.remembered = remembered;
            device.modified = now;
        }
        Ok(())
    }

    pub(crate) fn forget_device(&mut self, pool: usize, uid: Uid, key: &str) -> Said<()> {
        self.user_mut(pool, uid).devices.remove(key).ok_or_else(missing_device)?;
        for family in self.families.iter_mut().filter(|family| family.uid == uid) {
            family.refreshable &= family.device.as_deref() != Some(key);
        }
        Ok(())
    }

    pub(crate) fn device(&self, pool: usize, uid: Uid, key: &str) -> Said<&Device> {
        self.pools[pool].users[&uid].devices.get(key).ok_or_else(missing_device)
    }

    /// A device as its user or an administrator sees it.
    pub(crate) fn shown_device(&self, pool: usize, uid: Uid, key: &str, admin: bool) -> Value {
        let (place, user) = (&self.pools[pool], &self.pools[pool].users[&uid]);
        shown(&place.id, user, key, admin)
    }

    /// The devices that a list shows, in the order of their keys.
    pub(crate) fn shown_devices(&self, pool: usize, uid: Uid, admin: bool) -> Vec<Value> {
        let devices = self.pools[pool].users[&uid].devices.iter();
        let listed = devices.filter(|(_, device)| admin || (device.confirmed && device.remembered));
        listed.map(|(key, _)| self.shown_device(pool, uid, key, admin)).collect()
    }
}

fn shown(pool: &str, user: &User, key: &str, admin: bool) -> Value {
    let device = &user.devices[key];
    let owner = format!("{}.{pool}", user.username);
    let arn = format!("arn:aws:cognito-idp:us-east-1:000000000000:owner/{owner}/device/{key}");
    let status = if device.remembered { "remembered" } else { "not_remembered" };
    let mut attributes = vec![("device_status", "valid")];
    attributes.extend(device.name.as_deref().map(|name| ("device_name", name)));
    if admin {
        attributes.extend([("dev:device_arn", arn.as_str()), ("dev:device_owner", &owner)]);
    }
    attributes.push(("last_ip_used", "192.0.2.1"));
    if admin {
        attributes
            .extend([("dev:device_remembered_status", status), ("dev:device_sdk", "aws-sdk")]);
    }
    let attributes: Vec<Value> = attributes
        .into_iter()
        .map(|(name, value)| json!({ "Name": name, "Value": value }))
        .collect();
    json!({
        "DeviceKey": key,
        "DeviceAttributes": attributes,
        "DeviceCreateDate": epoch(device.created),
        "DeviceLastModifiedDate": epoch(device.modified),
        "DeviceLastAuthenticatedDate": epoch(device.authenticated),
    })
}
