//! `cargo xtask tidy`: the rules of the house that neither the compiler nor the linter knows. Also run as a test.

mod lex;
mod lock;
mod manifests;

use std::path::Path;

use crate::Outcome;
use crate::workspace::Workspace;
use lex::Piece;

/// A source file, tests included. Generated files have their own limit in `codegen`.
const FILE_LINES_MAX: usize = 900;
/// A source file up to its tests.
const FILE_LINES_BEFORE_TESTS_MAX: usize = 500;
/// Texts for one engine alone. The two engines share one text; each exception is one more thing to keep equal.
const POSTGRES_FILES_MAX: usize = 3;

/// What breaks a rule, one sentence each, sorted.
pub(crate) fn problems(workspace: &Workspace) -> Outcome<Vec<String>> {
    let mut problems = manifests::problems(workspace)?;
    problems.extend(lock::problems(workspace)?);
    problems.extend(engine_files(workspace)?);
    for folder in ["crates", "xtask/src", "e2e"] {
        for path in workspace.files(folder)? {
            let name = workspace.relative(&path);
            if path.extension().is_some_and(|e| e == "rs") && !name.contains("/target/") {
                let text = workspace.read(&name)?;
                problems.extend(source_problems(&name, &text));
            }
        }
    }
    problems.sort();
    Ok(problems)
}

fn source_problems(name: &str, text: &str) -> Vec<String> {
    let pieces = lex::pieces(text);
    let mut problems = Vec::new();
    let code: String = pieces.iter().filter_map(Piece::code).collect();
    if code.contains("#[allow(") || code.contains("#![allow(") {
        problems.push(format!(
            "{name}: use #[expect(lint, reason = \"…\")], which ends when it is not needed"
        ));
    }
    if name.starts_with("crates/server/src/pages/") && code.contains("poolhouse_store") {
        problems.push(format!("{name}: pages do not touch the store; go through the drive"));
    }
    let counted =
        name.starts_with("crates/") && name.contains("/src/") && !name.contains("/generated/");
    if counted {
        problems.extend(length_problem(name, text));
    }
    if counted && !name.starts_with("crates/store/") {
        let literals = pieces.iter().filter_map(Piece::literal);
        let sql = literals.filter(|literal| is_sql(literal));
        problems.extend(sql.map(|literal| {
            let start: String = literal.trim().chars().take(30).collect();
            format!("{name}: SQL belongs in crates/store: {start:?}")
        }));
    }
    problems
}

fn length_problem(name: &str, text: &str) -> Option<String> {
    let total = text.lines().count();
    let all_tests =
        name.ends_with("/tests.rs") || name.contains("/tests/") || name.contains("/holes/");
    let before_tests = match all_tests {
        true => 0,
        false => text.lines().take_while(|line| line.trim() != "#[cfg(test)]").count(),
    };
    if total > FILE_LINES_MAX {
        Some(format!("{name}: {total} lines; split it, {FILE_LINES_MAX} are the most"))
    } else if before_tests > FILE_LINES_BEFORE_TESTS_MAX {
        Some(format!(
            "{name}: {before_tests} lines before its tests; split it, {FILE_LINES_BEFORE_TESTS_MAX} are the most"
        ))
    } else {
        None
    }
}

/// Statements, recognised by keywords in capitals, as house style writes them.
fn is_sql(literal: &str) -> bool {
    const STATEMENTS: [&[&str]; 8] = [
        &["SELECT", "FROM"],
        &["INSERT", "INTO"],
        &["UPDATE", "SET"],
        &["DELETE", "FROM"],
        &["CREATE", "TABLE"],
        &["ALTER", "TABLE"],
        &["DROP", "TABLE"],
        &["PRAGMA"],
    ];
    let words: Vec<&str> =
        literal.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    STATEMENTS.iter().any(|statement| statement.iter().all(|keyword| words.contains(keyword)))
}

fn engine_files(workspace: &Workspace) -> Outcome<Vec<String>> {
    let mut problems = Vec::new();
    let files = workspace.files("crates")?;
    let special: Vec<_> = files.iter().filter(|path| is_postgres_only(path)).collect();
    for path in &special {
        let name = workspace.relative(path);
        if !workspace.read(&name)?.starts_with("-- ") {
            problems
                .push(format!("{name}: begin with a comment that says why one text does not do"));
        }
    }
    if special.len() > POSTGRES_FILES_MAX {
        problems.push(format!(
            "{} files for one engine alone; {POSTGRES_FILES_MAX} are the most",
            special.len()
        ));
    }
    Ok(problems)
}

fn is_postgres_only(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(".postgres.sql"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_is_tidy() {
        let found = problems(&Workspace::here()).unwrap();
        assert!(found.is_empty(), "{}", found.join("\n"));
    }

    #[test]
    fn sql_outside_the_store_is_found_in_literals_only() {
        let text = "// SELECT a FROM b\nconst A: &str = r#\"\n  UPDATE device\n SET x = ?1\"#;\nlet from = \"SELECT\";";
        let found = source_problems("crates/server/src/a.rs", text);
        assert_eq!(
            found,
            [
                "crates/server/src/a.rs: SQL belongs in crates/store: \"UPDATE device\\n SET x = ?1\""
            ]
        );
        assert!(source_problems("crates/store/src/a.rs", text).is_empty());
    }

    #[test]
    fn allow_is_found_in_code_only() {
        let text =
            "// #[allow(x)]\nconst A: &str = \"#[allow(x)]\";\n#[allow(dead_code)]\nfn f() {}\n";
        assert_eq!(source_problems("xtask/src/a.rs", text).len(), 1);
        let quiet = text.replace("\n#[allow(dead_code)]", "");
        assert!(source_problems("xtask/src/a.rs", &quiet).is_empty());
    }

    #[test]
    fn long_files_are_found() {
        let lines = |n: usize| "fn f() {}\n".repeat(n);
        let name = "crates/domain/src/a.rs";
        assert!(length_problem(name, &lines(500)).is_none());
        assert!(length_problem(name, &lines(501)).is_some());
        let tested = format!("{}#[cfg(test)]\n{}", lines(500), lines(399));
        assert!(length_problem(name, &tested).is_none());
        assert!(length_problem(name, &format!("{tested}\n")).is_some());
        assert!(length_problem("crates/domain/src/a/tests.rs", &lines(501)).is_none());
        let generated = "crates/wire/src/generated/a.rs";
        assert!(source_problems(generated, &lines(901)).is_empty());
    }

    #[test]
    fn pages_do_not_touch_the_store() {
        let text = "use poolhouse_store::Db;\n";
        assert_eq!(source_problems("crates/server/src/pages/login.rs", text).len(), 1);
        assert!(source_problems("crates/server/src/drive.rs", text).is_empty());
    }
}
