//! The `poolhouse` binary: arguments in, exit code out.

use std::io::Write as _;
use std::process::ExitCode;

use poolhouse::cli::{self, UsageError};
use poolhouse::config::layers::system_environment;

/// Exit code when the command line or the settings are wrong.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os(), &system_environment) {
        Ok(command) => match poolhouse::run(command) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => complain(&format!("poolhouse: {error}\n"), ExitCode::FAILURE),
        },
        Err(UsageError::Clap(error)) => error.exit(),
        Err(UsageError::Config(error)) => complain(
            &format!(
                "poolhouse: the settings are wrong.\n{error}\nSee `poolhouse serve --help`.\n"
            ),
            ExitCode::from(USAGE),
        ),
    }
}

fn complain(text: &str, code: ExitCode) -> ExitCode {
    // Where nobody reads the complaint, the code still tells.
    let _unread = std::io::stderr().lock().write_all(text.as_bytes());
    code
}
