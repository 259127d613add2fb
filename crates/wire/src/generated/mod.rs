// Written by `cargo xtask codegen` from model/. Do not edit.
//! Generated from the API model: types, constraint tables, operations, error names.

pub(crate) mod errors;
pub mod operations;
pub mod shapes;
mod tables;
