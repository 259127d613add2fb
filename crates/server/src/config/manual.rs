//! The reference of the settings, written from the table: `docs/config.md`, `config.example.toml`
//! and the help text of each flag.
//!
//! A test compares both files with what this module writes;
//! `cargo test -p poolhouse --lib write_the_manual -- --ignored` writes them anew.

use std::fmt::Write as _;

use super::table::{SETTINGS, Scope, Setting, Sources};

const COMMENT_COLUMNS: usize = 100;

/// The text of `--help` for one setting.
pub fn flag_help(setting: &Setting) -> String {
    let (summary, detail, variable) = (setting.summary, setting.detail, setting.variable());
    format!("{summary} {detail}\n[default: {}] [env: {variable}]", setting.default)
}

/// The text of `-h` for one setting.
pub fn flag_help_short(setting: &Setting) -> String {
    format!("{} [default: {}]", setting.summary, setting.default)
}

/// `docs/config.md`.
pub fn reference() -> String {
    let mut text = String::from(REFERENCE_HEAD);
    for setting in SETTINGS {
        write_section(&mut text, setting);
    }
    text
}

fn write_section(text: &mut String, setting: &Setting) {
    let variable = setting.variable();
    let forms = match setting.sources {
        Sources::All => {
            format!(
                "`--{key} {value}`, `{variable}`, `{key} = {example}`",
                key = setting.key,
                value = setting.value,
                example = setting.example
            )
        }
        Sources::Environment => format!("`{variable}`"),
    };
    let scope = match setting.scope {
        Scope::Both => "",
        Scope::Dev => " (`poolhouse dev` only)",
    };
    // Writing to a String cannot fail.
    let _infallible = write!(
        text,
        "\n## {}{scope}\n\n{forms}\n\nDefault: {}\n\n{} {}\n",
        setting.key, setting.default, setting.summary, setting.detail
    );
}

/// `config.example.toml`: every line is a comment, so that the file as it stands changes nothing.
pub fn example_file() -> String {
    let mut text = String::from(EXAMPLE_HEAD);
    for setting in SETTINGS.iter().filter(|setting| setting.sources == Sources::All) {
        text.push('\n');
        let prose = format!("{} {} Default: {}", setting.summary, setting.detail, setting.default);
        for line in wrap(&prose, COMMENT_COLUMNS - 2) {
            let _infallible = writeln!(text, "# {line}");
        }
        let _infallible = writeln!(text, "#{} = {}", setting.key, setting.example);
    }
    text
}

fn wrap(prose: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in prose.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

const REFERENCE_HEAD: &str = "\
<!-- Written from crates/server/src/config/table.rs; a test keeps it fresh. Do not edit. -->

# Settings

Every setting is a flag of `poolhouse serve` and `poolhouse dev`, an environment variable, and a key
of the TOML file that `--config FILE` (or `POOLHOUSE_CONFIG`) names. A flag goes before a variable, a
variable before the file, the file before the default. An empty variable counts as not set. A key
that the file does not know is an error, and so is a value that makes no sense:
`poolhouse check-config` says what is wrong without starting anything, and shows what holds.
[`config.example.toml`](../config.example.toml) is a file to start from.
";

const EXAMPLE_HEAD: &str = "\
# Settings of Poolhouse: `poolhouse serve --config FILE`. Written from the table of settings; see
# docs/config.md. Each line shows an example or the default; remove the `#` to set it.
";

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn at_root(name: &str) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
    }

    fn files() -> [(&'static str, String); 2] {
        [("docs/config.md", reference()), ("config.example.toml", example_file())]
    }

    #[test]
    fn the_manual_is_fresh() {
        for (name, expected) in files() {
            let found = std::fs::read_to_string(at_root(name)).unwrap_or_default();
            assert!(
                found == expected,
                "{name} is out of date; run \
                 `cargo test -p poolhouse --lib write_the_manual -- --ignored`"
            );
        }
    }

    #[test]
    #[ignore = "writes docs/config.md and config.example.toml"]
    fn write_the_manual() {
        std::fs::create_dir_all(at_root("docs")).unwrap();
        for (name, text) in files() {
            std::fs::write(at_root(name), text).unwrap();
        }
    }

    #[test]
    fn the_example_file_is_valid_as_it_stands_and_with_every_line_set() {
        use crate::config::layers::{File, gather};
        let check = |text: String, settings: usize| {
            let file = File { path: "example".into(), text };
            let layers = gather(&Default::default(), &|_| None, Some(&file)).unwrap();
            assert_eq!(layers.len(), settings);
        };
        check(example_file(), 0);
        let set = |line: &str| match line.strip_prefix('#') {
            Some(line) if !line.starts_with(' ') => line.to_owned(),
            _ => line.to_owned(),
        };
        let all: Vec<String> = example_file().lines().map(set).collect();
        let count = SETTINGS.iter().filter(|setting| setting.sources == Sources::All).count();
        check(all.join("\n"), count);
    }
}
