//! What `Cargo.lock` may hold: one library for cryptography, one SQLite, and nothing from elsewhere than crates.io.
//!
//! `deny.toml` says the same to cargo-deny, which also knows licences and advisories. This check needs no tool.

use toml::{Table, Value};

use crate::Outcome;
use crate::workspace::Workspace;

/// The only registry that crates come from.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Never in the tree, not even for a test or another platform, and why. `ring` is not among them: rustls names it as a
/// choice that nobody here makes, and the lock file lists choices, too. What is built is asked in `manifests`.
const NEVER: [(&str, &str); 10] = [
    ("rsa", "its private-key operations leak timing (RUSTSEC-2023-0071); aws-lc-rs signs"),
    ("jsonwebtoken", "tokens have one algorithm, which domain::token::jwt signs and checks itself"),
    ("openssl", SECOND_LIBRARY),
    ("openssl-sys", SECOND_LIBRARY),
    ("native-tls", SECOND_LIBRARY),
    ("boring", SECOND_LIBRARY),
    ("boring-sys", SECOND_LIBRARY),
    ("mbedtls", SECOND_LIBRARY),
    ("graviola", SECOND_LIBRARY),
    ("rug", "GMP is under the LGPL and takes minutes to build; crypto-bigint computes SRP"),
];
const SECOND_LIBRARY: &str = "a second cryptographic library; aws-lc-rs is the one";

/// In the tree at this one version: raising it is a decision, made here.
const PINNED: [(&str, &str, &str); 1] = [(
    "libsqlite3-sys",
    "0.39.1",
    "it is the SQLite that is built in: read its release notes on durability first",
)];

/// In the tree once, whatever the version: two would be two implementations to trust.
const ONCE: [&str; 4] = ["aws-lc-rs", "aws-lc-sys", "rusqlite", "tokio-postgres"];

/// In the tree once or not at all.
const AT_MOST_ONCE: [&str; 3] = ["rustls", "tokio-rustls", "webpki-roots"];

/// What breaks a rule, one sentence each.
pub(super) fn problems(workspace: &Workspace) -> Outcome<Vec<String>> {
    broken(&workspace.read("Cargo.lock")?)
}

struct Package {
    name: String,
    version: String,
    source: Option<String>,
}

fn packages(lock: &str) -> Outcome<Vec<Package>> {
    let lock: Table = lock.parse()?;
    let list = lock.get("package").and_then(Value::as_array).ok_or("Cargo.lock has no packages")?;
    let text = |package: &Value, key: &str| package.get(key)?.as_str().map(str::to_owned);
    let read = |package: &Value| {
        Some(Package {
            name: text(package, "name")?,
            version: text(package, "version")?,
            source: text(package, "source"),
        })
    };
    list.iter().map(|p| read(p).ok_or("Cargo.lock: a package without a name".into())).collect()
}

fn broken(lock: &str) -> Outcome<Vec<String>> {
    let packages = packages(lock)?;
    let versions = |name: &str| -> Vec<&str> {
        packages.iter().filter(|p| p.name == name).map(|p| p.version.as_str()).collect()
    };
    let mut problems = Vec::new();
    for (name, why) in NEVER {
        if !versions(name).is_empty() {
            problems.push(format!("Cargo.lock: {name} came in: {why}"));
        }
    }
    for (name, pinned, why) in PINNED {
        if versions(name) != [pinned] {
            let found = versions(name).join(", ");
            problems.push(format!("Cargo.lock: {name} is [{found}], not {pinned}: {why}"));
        }
    }
    let once = ONCE.iter().map(|name| (*name, 1));
    for (name, least) in once.chain(AT_MOST_ONCE.iter().map(|name| (*name, 0))) {
        let count = versions(name).len();
        if count > 1 || count < least {
            problems.push(format!("Cargo.lock: {name} is there {count} times, which must be once"));
        }
    }
    let elsewhere = packages.iter().filter(|p| p.source.as_deref().is_some_and(|s| s != CRATES_IO));
    problems.extend(elsewhere.map(|p| format!("Cargo.lock: {} is not from crates.io", p.name)));
    Ok(problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: [(&str, &str); 5] = [
        ("aws-lc-rs", "1.0.0"),
        ("aws-lc-sys", "0.1.0"),
        ("libsqlite3-sys", "0.39.1"),
        ("rusqlite", "0.41.0"),
        ("tokio-postgres", "0.7.0"),
    ];

    fn lock(packages: &[(&str, &str)], source: &str) -> String {
        let one = |(name, version): &(&str, &str)| {
            format!(
                "[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"{source}\"\n"
            )
        };
        packages.iter().map(one).collect()
    }

    fn with(more: &[(&str, &str)]) -> Vec<String> {
        broken(&lock(&[&GOOD, more].concat(), CRATES_IO)).unwrap()
    }

    #[test]
    fn one_of_each_is_right() {
        assert!(with(&[]).is_empty());
        assert!(with(&[("rustls", "0.23.0")]).is_empty());
    }

    #[test]
    fn what_must_not_come_in() {
        for (name, _) in NEVER {
            assert_eq!(with(&[(name, "1.0.0")]).len(), 1, "{name}");
        }
    }

    #[test]
    fn two_are_too_many_and_none_too_few() {
        assert_eq!(with(&[("aws-lc-sys", "0.2.0")]).len(), 1);
        assert_eq!(with(&[("rustls", "0.22.0"), ("rustls", "0.23.0")]).len(), 1);
        let found = broken(&lock(&GOOD[1..], CRATES_IO)).unwrap();
        assert_eq!(found, ["Cargo.lock: aws-lc-rs is there 0 times, which must be once"]);
    }

    #[test]
    fn another_sqlite_is_a_decision() {
        let other = GOOD.map(|(name, version)| match name {
            "libsqlite3-sys" => (name, "0.39.2"),
            _ => (name, version),
        });
        assert_eq!(broken(&lock(&other, CRATES_IO)).unwrap().len(), 1);
    }

    #[test]
    fn only_crates_io() {
        let found = broken(&lock(&GOOD, "git+https://example.com/fork")).unwrap();
        assert_eq!(found.len(), GOOD.len());
    }
}
