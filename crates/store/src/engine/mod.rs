//! The two engines. Everything that differs between them is below here.

pub(crate) mod lane;
pub(crate) mod postgres;
pub(crate) mod sqlite;
