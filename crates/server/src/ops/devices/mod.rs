//! Devices: confirming, reading, remembering and forgetting them, by their user or by an
//! administrator.
//!
//! What the nine operations share stands here: how a device is shown, and how a list of devices is
//! cut into pages. What a device's state means for a sign-in is the domain's.

mod admin_forget_device;
mod admin_get_device;
mod admin_list_devices;
mod admin_update_device_status;
mod confirm_device;
mod forget_device;
mod get_device;
mod list_devices;
#[cfg(test)]
mod story;
mod update_device_status;

use poolhouse_domain::device::{Device, Remembered, Tracking};
use poolhouse_domain::error::{DeviceRefusal, Error, Result};
use poolhouse_domain::id::{DeviceKey, PoolId, Realm, Sub};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::user::User;
use poolhouse_store::Tx;
use poolhouse_wire::EpochSeconds;
use poolhouse_wire::shapes::{AttributeType, DeviceRememberedStatusType, DeviceType};

use super::ctx::Ctx;
use crate::page;

/// Devices on a page where the request names no limit, or 0.
const PAGE_DEFAULT: i64 = 60;

/// The pool's device tracking.
///
/// # Errors
/// [`DeviceRefusal::TrackingOff`].
fn tracking_of(pool: &Pool) -> Result<Tracking> {
    pool.settings.auth_policy().tracking.ok_or(Error::Device(DeviceRefusal::TrackingOff))
}

/// Remembers a device or does so no longer. Without a status nothing is changed, but the device
/// must be there.
///
/// # Errors
/// [`Error::DeviceNotFound`], also for another user's.
async fn set_status(
    tx: &mut Tx,
    user: &User,
    key: &DeviceKey,
    status: Option<Remembered>,
) -> Result<()> {
    match status {
        Some(remembered) => tx.set_device_status(&user.pool, &user.sub, key, remembered).await,
        None => tx.device(&user.pool, &user.sub, key).await.map(drop),
    }
}

fn remembered(status: DeviceRememberedStatusType) -> Remembered {
    match status {
        DeviceRememberedStatusType::Remembered => Remembered::Yes,
        DeviceRememberedStatusType::NotRemembered => Remembered::No,
    }
}

/// Who looks at a device: an administrator is shown more of it.
#[derive(Clone, Copy, Debug)]
enum Viewer<'a> {
    /// The device's user.
    User,
    /// An administrator: where the server stands, and whose device it is.
    Admin { realm: &'a Realm, owner: &'a User },
}

/// A device on the wire, its attributes in the order in which the service lists them.
fn describe(device: &Device, viewer: Viewer<'_>) -> DeviceType {
    let owner = match viewer {
        Viewer::User => None,
        Viewer::Admin { realm, owner } => {
            Some((realm, format!("{}.{}", owner.username, owner.pool)))
        }
    };
    let remembered = device.remembered.as_str();
    let attributes = [
        ("device_status", Some("valid".to_owned())),
        ("device_name", device.name.clone()),
        ("dev:device_arn", owner.as_ref().map(|(realm, owner)| arn(realm, owner, &device.key))),
        ("dev:device_owner", owner.as_ref().map(|(_, owner)| owner.clone())),
        ("last_ip_used", device.last_ip.clone()),
        ("dev:device_remembered_status", owner.as_ref().map(|_| remembered.to_owned())),
        ("dev:device_sdk", owner.as_ref().map(|_| "aws-sdk".to_owned())),
    ];
    let attributes = attributes.into_iter().filter_map(|(name, value)| {
        Some(AttributeType { name: name.to_owned(), value: Some(value?.into()) })
    });
    DeviceType {
        device_attributes: Some(attributes.collect()),
        device_create_date: Some(epoch(device.created)),
        device_key: Some(device.key.as_str().to_owned()),
        device_last_authenticated_date: Some(epoch(device.last_authenticated)),
        device_last_modified_date: Some(epoch(device.modified)),
    }
}

fn arn(realm: &Realm, owner: &str, key: &DeviceKey) -> String {
    let Realm { region, account } = realm;
    format!("arn:aws:cognito-idp:{region}:{account}:owner/{owner}/device/{key}")
}

fn epoch(at: Timestamp) -> EpochSeconds {
    EpochSeconds::from_millis(at.as_millis())
}

/// A list of a user's devices: which operation lists them, for whom, and which of them.
#[derive(Clone, Copy, Debug)]
struct List<'a> {
    operation: &'static str,
    pool: &'a PoolId,
    sub: &'a Sub,
    remembered_only: bool,
}

/// What a request says about the page it wants, checked.
#[derive(Clone, Debug)]
struct Wanted {
    limit: i64,
    after: Option<DeviceKey>,
}

/// A page, and the token of the next one where there is one.
#[derive(Clone, Debug)]
struct Page {
    devices: Vec<Device>,
    next: Option<String>,
}

impl List<'_> {
    /// Reads `Limit` and `PaginationToken`.
    ///
    /// # Errors
    /// [`Error::PaginationToken`] for a token of any other list.
    fn wanted<C>(
        &self,
        ctx: &Ctx<'_, C>,
        limit: Option<i32>,
        token: Option<&str>,
    ) -> Result<Wanted> {
        let limit = limit.map(i64::from).filter(|limit| *limit > 0).unwrap_or(PAGE_DEFAULT);
        let (pool, sub) = (self.pool.as_str(), self.sub.as_str());
        let open = |token| page::open(ctx.app, self.operation, &[pool, sub], token, ctx.now);
        Ok(Wanted { limit, after: token.map(open).transpose()? })
    }

    /// Reads one device more than is wanted: whether there is another page depends on it.
    async fn read(&self, tx: &mut Tx, wanted: &Wanted) -> Result<Vec<Device>> {
        let after = wanted.after.as_ref();
        tx.list_devices(self.pool, self.sub, self.remembered_only, after, wanted.limit + 1).await
    }

    /// Cuts the page off what was read.
    fn page<C>(
        &self,
        ctx: &mut Ctx<'_, C>,
        mut devices: Vec<Device>,
        wanted: &Wanted,
    ) -> Result<Page> {
        let limit = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
        let more = devices.len() > limit;
        devices.truncate(limit);
        let last = devices.last().filter(|_| more).map(|device| &device.key);
        let list = [self.pool.as_str(), self.sub.as_str()];
        let seal = |key| page::seal(ctx.app, self.operation, &list, key, ctx.now, &mut ctx.rng);
        Ok(Page { next: last.map(seal).transpose()?, devices })
    }
}
