//! Which attributes a client may read and write.
//!
//! An immutable attribute can be written: when a user signs up. Whether it is too late for it is
//! the business of whoever writes.

use super::{ClientRule, ClientSettings, Occasion};
use crate::pool::Pool;

/// What no client can write, whatever its settings.
const NEVER_WRITTEN: [&str; 4] = ["sub", "identities", "email_verified", "phone_number_verified"];
/// The beginning of attributes that are for administrators alone.
const DEVELOPER_PREFIX: &str = "dev:";

fn can_be_read(name: &str) -> bool {
    !name.starts_with(DEVELOPER_PREFIX)
}

fn can_be_written(name: &str) -> bool {
    can_be_read(name) && !NEVER_WRITTEN.contains(&name)
}

impl ClientSettings {
    /// Whether the client may read this attribute. A client without a list reads everything that a
    /// client can.
    pub fn reads(&self, name: &str) -> bool {
        match &self.read_attributes {
            Some(list) => name == "sub" || list.iter().any(|listed| listed == name),
            None => can_be_read(name),
        }
    }

    /// Whether the client may write this attribute. A client without a list writes everything that
    /// a client can.
    pub fn writes(&self, name: &str) -> bool {
        match &self.write_attributes {
            Some(list) => list.iter().any(|listed| listed == name),
            None => can_be_written(name),
        }
    }

    pub(super) fn check_attributes(
        &self,
        pool: &Pool,
        occasion: Occasion,
    ) -> Result<(), ClientRule> {
        let schema = pool.settings.schema();
        let exists = |name: &String| schema.entry(name).is_some();
        if let Some(list) = &self.read_attributes
            && !list.iter().all(|name| exists(name) && can_be_read(name))
        {
            return Err(ClientRule::ReadAttributes(occasion));
        }
        if let Some(list) = &self.write_attributes {
            let possible = list.iter().all(|name| exists(name) && can_be_written(name));
            let enough = schema.required_names().all(|name| list.iter().any(|l| l == name));
            if !possible || !enough {
                return Err(ClientRule::WriteAttributes(occasion));
            }
        }
        Ok(())
    }
}
