//! What is remembered: the only SQL, for SQLite and PostgreSQL.
//!
//! [`Db`] opens the store and lends a [`Tx`]; what a transaction can do is written as inherent
//! functions of `Tx`, one module per noun, each statement a constant beside its function. Nothing
//! here decides anything about users or pools: it answers what is there, and makes sure that of
//! two who want the same thing at the same time one gets it.

mod aliases;
mod cell;
mod clients;
mod codes;
mod db;
mod devices;
mod engine;
mod events;
mod families;
mod groups;
mod guesses;
mod history;
mod iam;
mod installation;
mod keys;
mod migrate;
mod outbox;
mod pending;
mod pools;
mod purge;
mod risk;
mod search;
mod sessions;
mod sql;
mod totp;
mod tx;
mod user_sessions;
mod users;

#[cfg(test)]
mod contract;

pub use aliases::Claim;
pub use cell::IntegrityError;
pub use clients::ClientListing;
pub use db::{Db, DbConfig};
pub use devices::ConfirmDevice;
pub use iam::{AccessKeyRow, IamChange, IamKeyListing, IamUserRow};
pub use installation::WrongKey;
pub use keys::{PublicKeyRow, SigningKeyRow};
pub use outbox::{DeadMessage, OutboxCount, TakenMessage};
pub use pools::CreatedCursor;
pub use search::{SearchMatch, SearchTerm, UserCursor, UserPage};
pub use sql::Overloaded;
pub use tx::Tx;
pub use user_sessions::SessionCursor;
pub use users::InsertUser;
