//! Poolhouse: a self-hosted identity server that speaks the Amazon Cognito user pools API.
//!
//! This crate is what talks: command line, settings, HTTP, and the application behind it. What is
//! true is decided in `poolhouse-domain`, what is remembered in `poolhouse-store`, what AWS says in
//! `poolhouse-wire`. Start reading at [`run::run`].

pub mod boot;
pub mod cli;
pub mod config;
pub mod env;
pub mod http;
pub mod logging;
pub mod run;
pub mod shutdown;
pub mod startup;

pub use run::run;
