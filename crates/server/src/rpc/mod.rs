//! The door of the user pools API: AWS JSON 1.1 over `POST /`.

pub mod authn;
pub mod authz;
pub mod dispatch;
pub mod error;
pub mod not_yet;
pub mod pipeline;
pub mod target;
