//! Repository chores: what is generated, and what is checked. Plain Rust; only `model` may use the network.
//!
//! Start at `run`, which names every chore.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool: printing is how it answers"
)]

mod codegen;
mod docs;
mod facts;
mod model;
mod names;
mod overlay;
mod pattern;
mod tidy;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use workspace::Workspace;

/// The result of a chore: what it made, or a sentence that says what to do.
type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

const HELP: &str = "\
Chores of this repository. Run as `cargo xtask <chore>`.

  model [--from PATH]   Take the API model's facts into model/cognito-idp.json. PATH: a botocore wheel, a folder that
                        holds one, or service-2.json (.gz). Without it the pinned package is fetched with pip.
  codegen [--check]     Write crates/wire/src/generated/ from model/cognito-idp.json and model/overlay.toml.
  docs [--check]        Write docs/operations.md from the model, the overlay and the operations' own `//!` lines.
  tidy                  Check the rules of the house: who depends on whom, what Cargo.lock may hold, where SQL stands,
                        how long files are.

A new operation: write crates/server/src/ops/<family>/<operation>.rs, take its name off crates/server/src/rpc/not_yet.rs
(the compiler says so if you forget), then `cargo xtask docs`.
A new API model: `cargo xtask model`, read the diff, then `cargo xtask codegen` and `cargo xtask docs`.

With --check nothing is written; the chore fails where a file would change. The tests of this package do the same.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Outcome<String> {
    let workspace = Workspace::here();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["help" | "-h" | "--help"] => return Ok(HELP.to_owned()),
        ["model"] => model::run(&workspace, None)?,
        ["model", "--from", path] => model::run(&workspace, Some(&PathBuf::from(path)))?,
        ["codegen"] => codegen::run(&workspace)?,
        ["codegen", "--check"] => none_of(codegen::problems(&workspace)?)?,
        ["docs"] => docs::run(&workspace)?,
        ["docs", "--check"] => none_of(docs::problems(&workspace)?)?,
        ["tidy"] => none_of(tidy::problems(&workspace)?)?,
        other => return Err(format!("unknown chore: {}\n\n{HELP}", other.join(" ")).into()),
    }
    Ok(String::new())
}

/// Fails with the problems, one a line, if there are any.
fn none_of(problems: Vec<String>) -> Outcome<()> {
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}
