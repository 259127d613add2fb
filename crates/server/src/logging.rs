//! The log: one line per event on the standard error output, as text or JSON.
//!
//! It decides the form only. What a request's line says is decided where requests are handled.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

use crate::config::{LogConfig, LogFormat};

/// Starts logging, for the whole process. Called once; a second call changes nothing.
pub fn start(config: &LogConfig) {
    // The level was checked with the settings; a filter that logs nothing would hide faults.
    let filter = EnvFilter::try_new(&config.level).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // The error says that logging has been started before, as tests do.
    let _already_started = match config.format {
        LogFormat::Text => builder.with_ansi(std::io::stderr().is_terminal()).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).with_span_list(false).try_init(),
    };
    log_panics();
}

/// Makes every panic one line of the log instead of several on the terminal.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let payload = panic.payload();
        let message = payload
            .downcast_ref::<&str>()
            .copied()
            .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
            .unwrap_or("no message");
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(message = "a bug: this should not have happened", panic = message, place);
    }));
}
