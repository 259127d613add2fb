//! App clients: the record and the rules of their settings.

use serde::{Deserialize, Serialize};

use crate::id::{ClientId, PoolId};
use crate::secret::Secret;
use crate::time::Timestamp;

/// Everything about a client that is configuration, as one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ClientSettings {}

/// An app client.
#[derive(Clone, Debug)]
pub struct Client {
    /// The id, unique over all pools.
    pub id: ClientId,
    /// The pool.
    pub pool: PoolId,
    /// The name, not necessarily unique.
    pub name: String,
    /// The configuration.
    pub settings: ClientSettings,
    /// Active secrets, oldest first; none for a public client.
    pub secrets: Vec<ClientSecret>,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
}

/// One of a client's secrets.
#[derive(Clone, Debug)]
pub struct ClientSecret {
    /// `<client id>--<epoch>`.
    pub id: String,
    /// The secret itself, which the service shows again in Describe; sealed at rest.
    pub value: Secret<String>,
    /// When it was made.
    pub created: Timestamp,
}

/// A broken rule of client settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientRule {}
