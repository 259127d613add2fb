//! The one-way rule: wire ← domain ← store ← server, and what each crate may not bring in.

use std::collections::BTreeSet;
use std::process::Command;

use toml::{Table, Value};

use crate::Outcome;
use crate::workspace::Workspace;

/// A crate, the crates of ours it may use, and what must not be in its dependency tree.
struct Rule {
    package: &'static str,
    folder: &'static str,
    may_use: &'static [&'static str],
    never: &'static [&'static str],
}

const WIRE: &str = "poolhouse-wire";
const DOMAIN: &str = "poolhouse-domain";
const STORE: &str = "poolhouse-store";

/// Everything third-party that `wire` may use.
const WIRE_USES: [&str; 3] = ["regex", "serde", "serde_json"];

const RUNTIMES: [&str; 5] = ["async-std", "futures", "futures-util", "smol", "tokio"];
const RULES: [Rule; 4] = [
    Rule { package: WIRE, folder: "crates/wire", may_use: &[], never: &RUNTIMES },
    Rule {
        package: DOMAIN,
        folder: "crates/domain",
        may_use: &[WIRE],
        never: &[
            "async-std",
            "axum",
            "deadpool",
            "deadpool-postgres",
            "diesel",
            "futures",
            "futures-util",
            "http",
            "hyper",
            "hyper-util",
            "libsqlite3-sys",
            "postgres",
            "reqwest",
            "rusqlite",
            "smol",
            "sqlx",
            "tokio",
            "tokio-postgres",
            "ureq",
        ],
    },
    Rule {
        package: STORE,
        folder: "crates/store",
        may_use: &[WIRE, DOMAIN],
        never: &["axum", "http", "hyper", "hyper-util", "reqwest", "ureq"],
    },
    Rule {
        package: "poolhouse",
        folder: "crates/server",
        may_use: &[WIRE, DOMAIN, STORE],
        // A second cryptographic library, which rustls would take as well; aws-lc-rs is the one.
        never: &["ring"],
    },
];

/// What breaks the rule, one sentence each.
pub(super) fn problems(workspace: &Workspace) -> Outcome<Vec<String>> {
    let mut problems = Vec::new();
    for rule in &RULES {
        let manifest: Table = workspace.read(&format!("{}/Cargo.toml", rule.folder))?.parse()?;
        problems.extend(rule.broken(&dependencies(&manifest), &tree(workspace, rule.package)?));
    }
    Ok(problems)
}

impl Rule {
    fn broken(&self, direct: &BTreeSet<String>, tree: &BTreeSet<String>) -> Vec<String> {
        let package = self.package;
        let mut problems = Vec::new();
        for name in direct {
            let ours = name.starts_with("poolhouse");
            if ours && !self.may_use.contains(&name.as_str()) {
                problems.push(format!("{package} may not use {name}: the rule is one-way"));
            }
            if package == WIRE && !ours && !WIRE_USES.contains(&name.as_str()) {
                problems.push(format!(
                    "{package} may not use {name}: it is types and their form, nothing else"
                ));
            }
        }
        for name in self.never.iter().filter(|name| tree.contains(**name)) {
            problems.push(format!("{package} brings in {name}, which is none of its business"));
        }
        problems
    }
}

/// What a crate needs to be built; what its tests need is its own affair.
fn dependencies(manifest: &Table) -> BTreeSet<String> {
    let sections = ["dependencies", "build-dependencies"];
    let tables = sections.iter().filter_map(|s| manifest.get(*s)).filter_map(Value::as_table);
    tables.flat_map(|table| table.keys().cloned()).collect()
}

/// Names of all packages the crate is built from on this machine. Cargo is asked, because `Cargo.lock` also lists what
/// other platforms and tests need.
fn tree(workspace: &Workspace, package: &str) -> Outcome<BTreeSet<String>> {
    let output = Command::new("cargo")
        .args(["tree", "--offline", "--locked", "--edges", "normal,build", "--prefix", "none"])
        .args(["--format", "{p}", "--package", package])
        .current_dir(workspace.path(""))
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let text = String::from_utf8(output.stdout)?;
    Ok(text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|n| (*n).to_owned()).collect()
    }

    fn broken(package: &str, direct: &[&str], tree: &[&str]) -> Vec<String> {
        let rule = RULES.iter().find(|rule| rule.package == package).unwrap();
        rule.broken(&set(direct), &set(tree))
    }

    #[test]
    fn the_rule_is_one_way() {
        assert_eq!(broken(WIRE, &["poolhouse-domain"], &[]).len(), 1);
        assert_eq!(broken(DOMAIN, &["poolhouse-store"], &[]).len(), 1);
        assert!(broken(STORE, &["poolhouse-domain", "poolhouse-wire"], &["tokio"]).is_empty());
    }

    #[test]
    fn what_is_brought_in_by_others_counts() {
        let found = broken(DOMAIN, &["helper"], &["helper", "tokio"]);
        assert_eq!(found, ["poolhouse-domain brings in tokio, which is none of its business"]);
        assert_eq!(broken(WIRE, &["subtle"], &["subtle"]).len(), 1);
        assert!(broken(WIRE, &["serde"], &["serde", "serde_derive"]).is_empty());
    }

    #[test]
    fn the_tree_is_that_of_the_crate() {
        let tree = tree(&Workspace::here(), WIRE).unwrap();
        assert!(tree.contains("serde") && tree.contains(WIRE), "{tree:?}");
        assert!(!tree.contains(DOMAIN), "{tree:?}");
    }

    #[test]
    fn test_dependencies_do_not_count() {
        let manifest = "[dependencies]\na = \"1\"\n[dev-dependencies]\ntokio = \"1\"\n[build-dependencies]\nc = \"1\"\n";
        assert_eq!(dependencies(&manifest.parse().unwrap()), set(&["a", "c"]));
    }
}
