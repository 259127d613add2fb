//! User pools: the record and the rules of their settings.

pub mod client;

use serde::{Deserialize, Serialize};

use crate::id::PoolId;
use crate::time::Timestamp;

/// Everything about a pool that is configuration, as one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PoolSettings {}

/// A user pool.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// The id.
    pub id: PoolId,
    /// The name, not necessarily unique.
    pub name: String,
    /// The configuration.
    pub settings: PoolSettings,
    /// Users in it, maintained by the store and never written from here.
    pub users: i64,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
}

/// A broken rule of pool settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PoolRule {}
