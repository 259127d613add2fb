//! `cargo xtask docs`: writes `docs/operations.md`, what each operation is and where it differs from AWS.
//!
//! Everything comes from where it is decided: callers and resources from the overlay, summaries and differences from
//! the `//!` text of an operation's file, and what is still to do from `rpc/not_yet.rs`.

use std::collections::{BTreeMap, BTreeSet};

use crate::Outcome;
use crate::codegen::Source;
use crate::overlay::{Caller, Resource};
use crate::workspace::{Generated, Workspace};

const PATH: &str = "docs/operations.md";
const OPS: &str = "crates/server/src/ops";
const NOT_YET: &str = "crates/server/src/rpc/not_yet.rs";
/// How the paragraph about differences begins in an operation's `//!` text.
const DIFFERS: &str = "Differs from AWS";

/// What an operation's own file says.
#[derive(Debug, Default, PartialEq, Eq)]
struct About {
    summary: String,
    differences: Vec<String>,
}

/// Writes the file.
pub(crate) fn run(workspace: &Workspace) -> Outcome<()> {
    let file = operations(workspace)?;
    workspace.write(&file.path, &file.text)
}

/// What is stale or contradictory, one sentence each.
pub(crate) fn problems(workspace: &Workspace) -> Outcome<Vec<String>> {
    workspace.stale(None, &[operations(workspace)?], "cargo xtask docs")
}

fn operations(workspace: &Workspace) -> Outcome<Generated> {
    let source = Source::load(workspace)?;
    let not_yet = match std::fs::read_to_string(workspace.path(NOT_YET)) {
        Ok(text) => names_in(&text)?,
        Err(_) => BTreeSet::new(),
    };
    if let Some(unknown) = not_yet.iter().find(|n| !source.facts.operations.contains_key(*n)) {
        return Err(format!("{NOT_YET} names {unknown}, which is no operation").into());
    }
    let written = written(workspace, source.facts.operations.keys(), &not_yet)?;
    Ok(Generated { path: PATH.to_owned(), text: page(&source, &written)? })
}

/// The operations that have a file and are not on the list of what is to do, with what their files say.
fn written<'a>(
    workspace: &Workspace,
    names: impl Iterator<Item = &'a String>,
    not_yet: &BTreeSet<String>,
) -> Outcome<BTreeMap<String, About>> {
    let by_file: BTreeMap<String, &String> = names.map(|n| (n.to_lowercase(), n)).collect();
    let mut written = BTreeMap::new();
    for path in workspace.files(OPS)? {
        let file_name = path.file_name().map(|n| n.to_string_lossy().into_owned());
        let stem = file_name.as_deref().and_then(|n| n.strip_suffix(".rs")).unwrap_or_default();
        // Underscores do not count: whether it is `web_authn` or `webauthn` is the file's business.
        let Some(name) = by_file.get(&stem.replace('_', "")) else { continue };
        if !not_yet.contains(*name) {
            let text = workspace.read(&workspace.relative(&path))?;
            let about = about(&text);
            if about.summary.is_empty() {
                let file = workspace.relative(&path);
                return Err(
                    format!("{file} begins without a `//!` line that says what it does").into()
                );
            }
            written.insert((*name).clone(), about);
        }
    }
    Ok(written)
}

/// The names in `not_yet! { A, B, … }`.
fn names_in(text: &str) -> Outcome<BTreeSet<String>> {
    let code: String = text.lines().map(|line| line.split("//").next().unwrap_or("")).fold(
        String::new(),
        |mut all, line| {
            all.push_str(line);
            all.push('\n');
            all
        },
    );
    let mut names = BTreeSet::new();
    // A `macro_rules! not_yet` definition has another spelling, so the first hit is the call.
    for call in code.split("not_yet! {").skip(1) {
        let list = call.split('}').next().unwrap_or("");
        for name in list.split(',').map(str::trim).filter(|n| !n.is_empty()) {
            if !name.chars().all(|c| c.is_ascii_alphanumeric()) {
                return Err(format!("{NOT_YET}: {name:?} is no name of an operation").into());
            }
            names.insert(name.to_owned());
        }
    }
    Ok(names)
}

/// Reads the `//!` text at the head of a file.
fn about(text: &str) -> About {
    let lines: Vec<&str> =
        text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim).collect();
    let summary = lines.first().copied().unwrap_or_default().to_owned();
    let mut differences: Vec<String> = Vec::new();
    let mut reading = false;
    let mut after_blank = false;
    for line in lines {
        let item = line.strip_prefix("* ").or_else(|| line.strip_prefix("- "));
        if line.starts_with(DIFFERS) {
            reading = true;
            let rest = line.split_once(':').map_or("", |(_, rest)| rest.trim());
            differences.extend((!rest.is_empty()).then(|| rest.to_owned()));
        } else if !reading {
            continue;
        } else if line.is_empty() {
            after_blank = true;
            continue;
        } else if let Some(item) = item {
            differences.push(item.to_owned());
        } else if after_blank {
            reading = false;
        } else if let Some(last) = differences.last_mut() {
            last.push(' ');
            last.push_str(line);
        } else {
            differences.push(line.to_owned());
        }
        after_blank = false;
    }
    About { summary, differences }
}

fn page(source: &Source, written: &BTreeMap<String, About>) -> Outcome<String> {
    let mut text = format!(
        "<!-- Written by `cargo xtask docs`. Do not edit: change model/overlay.toml or the operation's file. -->\n\
         # Operations\n\n\
         {} of the {} operations of the API behave; the others answer `NotImplementedException`.\n\n\
         {LEGEND}\n\
         | Operation | What it does | Status | Caller | IAM resource | Differs |\n|---|---|---|---|---|---|\n",
        written.len(),
        source.facts.operations.len()
    );
    let mut sections = String::new();
    for name in source.facts.operations.keys() {
        let overlay = source.overlay.operation(name)?;
        let about = written.get(name);
        let summary = about.map_or("", |a| a.summary.as_str()).replace('|', "\\|");
        let status = if about.is_some() { "behaves" } else { "not yet" };
        let differences = about.map_or(&[] as &[String], |a| a.differences.as_slice());
        let differs = match differences.len() {
            0 => String::new(),
            n => format!("[{n}](#{})", name.to_lowercase()),
        };
        text.push_str(&format!(
            "| {name} | {summary} | {status} | {} | {} | {differs} |\n",
            caller(overlay.caller),
            resource(overlay.resource)
        ));
        if !differences.is_empty() {
            sections.push_str(&format!("\n### {name}\n\n"));
            sections.extend(differences.iter().map(|d| format!("* {d}\n")));
        }
    }
    if !sections.is_empty() {
        text.push_str("\n## Differs from AWS, or is not verified\n");
        text.push_str(&sections);
    }
    Ok(text)
}

const LEGEND: &str = "\
**Caller.** *signed*: a Signature Version 4 request that policy allows, action `cognito-idp:<Operation>`. *token*: an
access token with scope `aws.cognito.signin.user.admin`. *token or session*: that, or the `Session` of a challenge.
*public*: anybody who knows the client id, and its secret where it has one. *feedback*: whoever holds the feedback token
of a message. *client secret*: client id and secret; a signature is not looked at. *signed or client*: either.

**IAM resource.** *pool*: the ARN of the pool in `UserPoolId`. *ResourceArn*: the ARN in that member. *client's pool*:
the ARN of the pool that owns `ClientId`. `*`: the call is about no single pool. Empty: no policy is evaluated.

**Differs.** Number of known differences from AWS and of behaviour that could not be verified, listed below the table.
";

fn caller(caller: Caller) -> &'static str {
    match caller {
        Caller::Iam => "signed",
        Caller::Token => "token",
        Caller::TokenOrSession => "token or session",
        Caller::Public => "public",
        Caller::Feedback => "feedback",
        Caller::ClientSecret => "client secret",
        Caller::IamOrClient => "signed or client",
    }
}

fn resource(resource: Resource) -> &'static str {
    match resource {
        Resource::Pool => "pool",
        Resource::ArnMember => "ResourceArn",
        Resource::ClientPool => "client's pool",
        Resource::Any => "`*`",
        Resource::None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_page_is_fresh() {
        let stale = problems(&Workspace::here()).unwrap();
        assert!(stale.is_empty(), "{}", stale.join("\n"));
    }

    #[test]
    fn differences_are_a_paragraph_or_a_list() {
        let list = "//! Forgets a device.\n//!\n//! Why so.\n//!\n//! Differs from AWS / not verified:\n//!\n\
                    //! * the first, which goes\n//!   on\n//! * the second\n//!\n//! Sources: a page.\n\nuse x;\n";
        let expected = About {
            summary: "Forgets a device.".into(),
            differences: vec!["the first, which goes on".into(), "the second".into()],
        };
        assert_eq!(about(list), expected);
        let paragraph =
            "//! Reads.\n//! Differs from AWS: one thing,\n//! told in two lines.\nfn f() {}\n";
        assert_eq!(about(paragraph).differences, ["one thing, told in two lines."]);
        assert_eq!(about("use x;\n"), About::default());
    }

    #[test]
    fn the_list_of_what_is_to_do_is_read() {
        let text = "//! Doc about not_yet.\nmacro_rules! not_yet {\n    ($($n:ident),*) => {};\n}\n\
                    not_yet! {\n    CreateTerms, // soon\n    // ListTerms,\n    CreateGroup,\n}\n";
        let names: Vec<_> = names_in(text).unwrap().into_iter().collect();
        assert_eq!(names, ["CreateGroup", "CreateTerms"]);
    }
}
