//! Devices of users. What their state means for a sign-in is the domain's; here it is kept.

use poolhouse_domain::device::{Device, DeviceSecret, Remembered};
use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{DeviceKey, PoolId, Sub};
use poolhouse_domain::time::Timestamp;

use crate::cell::Cell;
use crate::sql::{OnConstraint, Row, args};
use crate::tx::Tx;

/// What became of a ConfirmDevice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmDevice {
    /// It is confirmed now.
    Confirmed,
    /// It was confirmed before; nothing was changed.
    AlreadyConfirmed,
    /// The user has no such device.
    Missing,
}

macro_rules! device_columns {
    () => {
        "device_key, group_key, name, confirmed, remembered,
        CASE WHEN verifier IS NULL THEN 0 ELSE 1 END, created, modified, last_authenticated, last_ip"
    };
}

const ISSUE: &str =
    "INSERT INTO device (pool_id, sub, device_key, group_key, confirmed, remembered,
        created, modified, last_authenticated, last_ip)
    VALUES (?1, ?2, ?3, ?4, 0, 0, ?5, ?6, ?7, ?8)";
const CONFIRM: &str = "UPDATE device SET confirmed = 1, name = ?4, salt = ?5, verifier = ?6,
        remembered = ?7, modified = ?8
    WHERE pool_id = ?1 AND sub = ?2 AND device_key = ?3 AND confirmed = 0";
const SELECT: &str = concat!(
    "SELECT ",
    device_columns!(),
    " FROM device WHERE pool_id = ?1 AND sub = ?2 AND device_key = ?3"
);
const SECRET: &str = "SELECT salt, verifier FROM device
    WHERE pool_id = ?1 AND sub = ?2 AND device_key = ?3
        AND salt IS NOT NULL AND verifier IS NOT NULL";
const SET_STATUS: &str = "UPDATE device SET remembered = ?4, modified = ?5
    WHERE pool_id = ?1 AND sub = ?2 AND device_key = ?3";
const TOUCH: &str = "UPDATE device SET last_authenticated = ?4, last_ip = ?5
    WHERE pool_id = ?1 AND sub = ?2 AND device_key = ?3";
const FORGET: &str = "DELETE FROM device WHERE pool_id = ?1 AND sub = ?2 AND device_key = ?3";
const END_REFRESH: &str = "UPDATE token_family SET refreshable = 0
    WHERE pool_id = ?1 AND sub = ?2 AND device_key = ?3";
const LIST: &str = concat!(
    "SELECT ",
    device_columns!(),
    " FROM device WHERE pool_id = ?1 AND sub = ?2 AND device_key > ?3
        AND (?4 = 0 OR (confirmed = 1 AND remembered = 1))
    ORDER BY device_key LIMIT ?5"
);
const PURGE: &str = "DELETE FROM device WHERE (pool_id, sub, device_key) IN (
        SELECT pool_id, sub, device_key FROM device
        WHERE confirmed = 0 AND created < ?1 ORDER BY created LIMIT ?2
    )";

impl Tx {
    /// Keeps a device whose key was just handed out: neither confirmed nor remembered.
    ///
    /// # Errors
    /// `UserNotFound`.
    pub async fn issue_device(&mut self, pool: &PoolId, sub: &Sub, device: &Device) -> Result<()> {
        let row = args![
            pool,
            sub,
            &device.key,
            &device.group_key,
            device.created,
            device.modified,
            device.last_authenticated,
            device.last_ip.as_deref()
        ];
        self.execute(ISSUE, row).await.on_missing_parent(Error::UserNotFound)?;
        Ok(())
    }

    /// Confirms an issued device, once. A device without a secret is kept but can never pass device
    /// SRP.
    pub async fn confirm_device(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        key: &DeviceKey,
        name: Option<&str>,
        secret: Option<&DeviceSecret>,
        remembered: Remembered,
    ) -> Result<ConfirmDevice> {
        let place = [pool.as_str(), sub.as_str(), key.as_str()];
        let salt = secret.map(|secret| secret.salt.as_slice());
        let verifier = secret
            .map(|secret| self.seal(verifier_cell(&place), secret.verifier.expose()))
            .transpose()?;
        let flag = is_remembered(remembered);
        let row = args![pool, sub, key, name, salt, verifier, flag, self.now];
        if self.execute(CONFIRM, row).await? == 1 {
            return Ok(ConfirmDevice::Confirmed);
        }
        match self.device(pool, sub, key).await {
            Ok(_) => Ok(ConfirmDevice::AlreadyConfirmed),
            Err(Error::DeviceNotFound) => Ok(ConfirmDevice::Missing),
            Err(error) => Err(error),
        }
    }

    /// A device of this user.
    ///
    /// # Errors
    /// `DeviceNotFound`, also for another user's.
    pub async fn device(&mut self, pool: &PoolId, sub: &Sub, key: &DeviceKey) -> Result<Device> {
        let row = self.fetch_opt(SELECT, args![pool, sub, key]).await?;
        device_of(&mut row.ok_or(Error::DeviceNotFound)?)
    }

    /// The secret of a device that was confirmed with one.
    pub async fn device_secret(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        key: &DeviceKey,
    ) -> Result<Option<DeviceSecret>> {
        let Some(mut row) = self.fetch_opt(SECRET, args![pool, sub, key]).await? else {
            return Ok(None);
        };
        let (salt, sealed) = (row.blob()?, row.blob()?);
        let place = [pool.as_str(), sub.as_str(), key.as_str()];
        let verifier = self.open(verifier_cell(&place), &sealed)?;
        Ok(Some(DeviceSecret { salt, verifier }))
    }

    /// Remembers a device or does so no longer, by one statement. The same state again is fine.
    ///
    /// # Errors
    /// `DeviceNotFound`, also for another user's.
    pub async fn set_device_status(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        key: &DeviceKey,
        remembered: Remembered,
    ) -> Result<()> {
        let row = args![pool, sub, key, is_remembered(remembered), self.now];
        self.expect_one(SET_STATUS, row, Error::DeviceNotFound).await
    }

    /// Notes a sign-in with a device, at this instant.
    ///
    /// # Errors
    /// `DeviceNotFound`.
    pub async fn touch_device(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        key: &DeviceKey,
        ip: Option<&str>,
    ) -> Result<()> {
        let row = args![pool, sub, key, self.now, ip];
        self.expect_one(TOUCH, row, Error::DeviceNotFound).await
    }

    /// Forgets a device: it is gone, and the refresh tokens of its sign-ins with it. Access tokens
    /// live on until they expire.
    ///
    /// # Errors
    /// `DeviceNotFound`, also for another user's.
    pub async fn forget_device(&mut self, pool: &PoolId, sub: &Sub, key: &DeviceKey) -> Result<()> {
        self.expect_one(FORGET, args![pool, sub, key], Error::DeviceNotFound).await?;
        self.execute(END_REFRESH, args![pool, sub, key]).await?;
        Ok(())
    }

    /// At most `limit` devices of a user after `after`, ordered by key; with `remembered_only` those
    /// that are confirmed and remembered.
    pub async fn list_devices(
        &mut self,
        pool: &PoolId,
        sub: &Sub,
        remembered_only: bool,
        after: Option<&DeviceKey>,
        limit: i64,
    ) -> Result<Vec<Device>> {
        let after = after.map_or("", DeviceKey::as_str);
        let rows = self.fetch_all(LIST, args![pool, sub, after, remembered_only, limit]).await?;
        rows.into_iter().map(|mut row| device_of(&mut row)).collect()
    }

    /// Deletes at most `limit` devices that were issued before `before` and never confirmed; how
    /// many there were.
    pub async fn purge_unconfirmed(&mut self, before: Timestamp, limit: i64) -> Result<u64> {
        Ok(self.execute(PURGE, args![before, limit]).await?)
    }
}

fn device_of(row: &mut Row) -> Result<Device> {
    Ok(Device {
        key: DeviceKey::new(row.text()?),
        group_key: row.text()?,
        name: row.opt_text()?,
        confirmed: row.flag()?,
        remembered: if row.flag()? { Remembered::Yes } else { Remembered::No },
        has_verifier: row.flag()?,
        created: row.time()?,
        modified: row.time()?,
        last_authenticated: row.time()?,
        last_ip: row.opt_text()?,
    })
}

fn is_remembered(remembered: Remembered) -> bool {
    remembered == Remembered::Yes
}

fn verifier_cell<'a>(key: &'a [&'a str]) -> Cell<'a> {
    Cell { table: "device", column: "verifier", key }
}
