//! `cargo xtask codegen`: writes `crates/wire/src/generated/`.
//!
//! The parts: `shapes` (serde types), `tables` (constraints), `operations` and `errors`. Each returns text; this module
//! formats, writes and compares. Nothing here depends on what is on disk except the two model files.

mod errors;
mod operations;
mod plan;
mod shapes;
mod tables;

use crate::Outcome;
use crate::facts::Facts;
use crate::overlay::{Extras, Overlay};
use crate::workspace::{Generated, Workspace};

const FOLDER: &str = "crates/wire/src/generated";
const COMMAND: &str = "cargo xtask codegen";

/// The corrected model and what was said beside it.
pub(crate) struct Source {
    pub(crate) facts: Facts,
    pub(crate) overlay: Overlay,
    pub(crate) extras: Extras,
}

impl Source {
    /// Reads and checks both model files.
    pub(crate) fn load(workspace: &Workspace) -> Outcome<Source> {
        let mut facts = Facts::load(&workspace.path("model/cognito-idp.json"))?;
        let overlay = Overlay::parse(&workspace.read("model/overlay.toml")?)?;
        let extras = overlay.apply(&mut facts)?;
        Ok(Source { facts, overlay, extras })
    }
}

/// Writes the files, and removes those nobody generates any more.
pub(crate) fn run(workspace: &Workspace) -> Outcome<()> {
    let files = files(workspace)?;
    for file in &files {
        workspace.write(&file.path, &file.text)?;
    }
    for path in workspace.files(FOLDER)? {
        if !files.iter().any(|file| file.path == workspace.relative(&path)) {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// What `run` would change, one sentence each.
pub(crate) fn problems(workspace: &Workspace) -> Outcome<Vec<String>> {
    workspace.stale(Some(FOLDER), &files(workspace)?, COMMAND)
}

/// Every generated file, formatted.
fn files(workspace: &Workspace) -> Outcome<Vec<Generated>> {
    let source = Source::load(workspace)?;
    let plan = plan::Plan::new(&source)?;
    let mut parts = vec![
        ("mod.rs".to_owned(), MODULES.to_owned()),
        ("errors.rs".to_owned(), errors::text(&source)),
        ("operations.rs".to_owned(), operations::text(&source)?),
    ];
    parts.extend(shapes::texts(&source, &plan)?);
    parts.extend(tables::texts(&source, &plan)?);
    let mut files = Vec::new();
    for (name, body) in parts {
        let text = workspace
            .rustfmt(&format!("// Written by `{COMMAND}` from model/. Do not edit.\n{body}"))
            .map_err(|e| format!("{name}: {e}"))?;
        files.push(Generated { path: format!("{FOLDER}/{name}"), text });
    }
    Ok(files)
}

const MODULES: &str = "\
//! Generated from the API model: types, constraint tables, operations, error names.

pub(crate) mod errors;
pub mod operations;
pub mod shapes;
mod tables;
";

/// The page of the API reference that describes an operation or a data type.
fn page(name: &str) -> String {
    format!(
        "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_{name}.html"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_code_is_fresh_and_readable() {
        let workspace = Workspace::here();
        let stale = problems(&workspace).unwrap();
        assert!(stale.is_empty(), "{}", stale.join("\n"));
        for file in files(&workspace).unwrap() {
            assert!(file.text.lines().count() < 2000, "{} is too long to read", file.path);
        }
    }

    #[test]
    fn the_model_has_the_operations_the_service_has() {
        let source = Source::load(&Workspace::here()).unwrap();
        assert_eq!(source.facts.operations.len(), 141);
        let errors = source.facts.shapes.values().filter(|s| s.exception).count();
        assert_eq!(errors, 59);
    }
}
