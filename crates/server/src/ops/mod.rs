//! The operations: one file each, with its tests below it.
//!
//! An operation is the body only. Parsing, validation, authentication, permission, error names and
//! logging are the pipeline's.

pub mod aliases;
pub mod clients;
pub mod ctx;
pub mod devices;
pub mod groups;
pub mod mfa;
pub mod pools;
pub mod risk;
pub mod sessions;
pub mod sign_in;
pub mod tokens;
pub mod users;

use poolhouse_domain::error::Result;
use poolhouse_wire::OperationSpec;

use ctx::Ctx;

/// What an operation does.
pub trait Operation: OperationSpec {
    /// Who calls it; checked against the model when the table of operations is built.
    type Caller: crate::rpc::authn::Caller;

    /// Does it.
    fn run(
        ctx: &mut Ctx<'_, Self::Caller>,
        request: Self::Input,
    ) -> impl Future<Output = Result<Self::Output>> + Send;
}
