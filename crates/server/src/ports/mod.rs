//! What the server calls: other people's programs, over the network.
//!
//! Everything that leaves goes through [`outbound`], which knows what may be reached. None of these
//! may be called while a transaction is open: a call can take seconds.

pub mod guard;
pub mod lambda;
pub mod outbound;
