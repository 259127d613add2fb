//! Poolhouse: a self-hosted identity server that speaks the Amazon Cognito user pools API.
//!
//! This crate is what talks: command line, settings, HTTP, and the application behind it. What is
//! true is decided in `poolhouse-domain`, what is remembered in `poolhouse-store`, what AWS says in
//! `poolhouse-wire`. Start reading at [`run::run`].

pub mod app;
pub mod cli;
pub mod config;
mod confirm_page;
pub mod crypto_pool;
pub mod dead_letters;
pub mod delivery;
pub mod dev;
pub mod drive;
pub mod env;
pub mod health;
#[cfg(test)]
mod holes;
pub mod http;
pub mod iam;
pub mod key_command;
pub mod keys;
pub mod logging;
pub mod metrics;
#[cfg(test)]
mod model_test;
pub mod oauth;
pub mod ops;
pub mod page;
pub mod ports;
pub mod rpc;
pub mod run;
pub mod shutdown;
pub mod startup;
#[cfg(test)]
pub(crate) mod testing;
pub mod threat;
pub mod triggers;

pub use run::run;
