//! The filter of ListUsers: one term, `name = "value"` or `name ^= "value"`; and the attributes
//! that it is to show.
//!
//! It reads the filter and says what is searched for, in the form in which the store keeps what can
//! be searched. It never sees a user.
//!
//! Sources: ListUsers in the API reference; "Searching for users" in the developer guide.
//!
//! Not verified against AWS: `username` and `status` are compared exactly, all else without regard
//! to case; `\\` in a value stands for one backslash.

use super::schema::Schema;
use super::username::SignInNames;
use crate::error::Error;

/// What can be searched by.
const SEARCHABLE: [&str; 10] = [
    "username",
    "email",
    "phone_number",
    "name",
    "given_name",
    "family_name",
    "preferred_username",
    "cognito:user_status",
    "status",
    "sub",
];

/// A broken rule of ListUsers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterRule {
    /// Not a filter.
    Syntax,
    /// This attribute cannot be searched by.
    NotSearchable(String),
    /// An attribute that is to be shown is not in the schema.
    NoSuchAttribute,
}

impl From<FilterRule> for Error {
    fn from(rule: FilterRule) -> Self {
        Self::Filter(rule)
    }
}

/// How a search compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// `=`
    Exact,
    /// `^=`
    Prefix,
}

/// What is searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchTerm {
    /// What is compared.
    pub name: &'static str,
    /// How.
    pub op: Match,
    /// With what, folded as the store folds it.
    pub key: String,
}

/// Reads a filter. An empty one asks for everybody.
///
/// # Errors
/// `Syntax` before `NotSearchable`.
pub fn parse(filter: &str, names: &SignInNames) -> Result<Option<SearchTerm>, FilterRule> {
    let filter = filter.trim();
    if filter.is_empty() {
        return Ok(None);
    }
    let (name, op, value) = read(filter).ok_or(FilterRule::Syntax)?;
    let searchable = SEARCHABLE.into_iter().find(|searchable| *searchable == name);
    let name = searchable.ok_or_else(|| FilterRule::NotSearchable(name.to_owned()))?;
    Ok(Some(SearchTerm { name, op, key: key(name, &value, names) }))
}

/// Whether users of a pool with this schema can have the attributes that are to be shown
/// (`AttributesToGet`).
///
/// # Errors
/// `NoSuchAttribute`.
pub fn check_attributes(schema: &Schema, wanted: &[String]) -> Result<(), FilterRule> {
    if wanted.iter().all(|name| schema.entry(name).is_some()) {
        return Ok(());
    }
    Err(FilterRule::NoSuchAttribute)
}

/// The store keeps neither NUL nor, but for two names, capital letters.
fn key(name: &str, value: &str, names: &SignInNames) -> String {
    let value = value.replace('\0', "");
    match name {
        "username" => names.username_key(&value),
        "status" => value,
        _ => value.to_lowercase(),
    }
}

/// Name, operator and value.
fn read(filter: &str) -> Option<(&str, Match, String)> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '=' | '^' | '"');
    let (name, rest) = filter.split_at_checked(filter.find(ends)?)?;
    let rest = rest.trim_start();
    let (op, rest) = match rest.strip_prefix("^=") {
        Some(rest) => (Match::Prefix, rest),
        None => (Match::Exact, rest.strip_prefix('=')?),
    };
    let value = unquote(rest.trim_start())?;
    (!name.is_empty()).then_some((name, op, value))
}

/// What stands between quotes that begin and end a text; within, quotes are escaped.
fn unquote(quoted: &str) -> Option<String> {
    let mut value = String::with_capacity(quoted.len());
    let mut rest = quoted.strip_prefix('"')?.chars();
    while let Some(c) = rest.next() {
        match c {
            '"' => return rest.as_str().is_empty().then_some(value),
            '\\' if rest.as_str().starts_with(['"', '\\']) => value.extend(rest.next()),
            c => value.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn term(filter: &str) -> (&'static str, Match, String) {
        let term = parse(filter, &SignInNames::default()).unwrap().unwrap();
        (term.name, term.op, term.key)
    }

    fn refused(filter: &str) -> FilterRule {
        parse(filter, &SignInNames::default()).unwrap_err()
    }

    fn print(name: &str, op: Match, value: &str) -> String {
        let op = if op == Match::Exact { "=" } else { "^=" };
        format!("{name} {op} \"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
    }

    #[test]
    fn samples_of_the_guide_are_read() {
        assert_eq!(
            term("phone_number ^= \"+1312\""),
            ("phone_number", Match::Prefix, "+1312".into())
        );
        assert_eq!(term("family_name = \"Reddy\""), ("family_name", Match::Exact, "reddy".into()));
        let status = term("cognito:user_status = \"CONFIRMED\"");
        assert_eq!(status, ("cognito:user_status", Match::Exact, "confirmed".into()));
        assert_eq!(term("status=\"Enabled\""), ("status", Match::Exact, "Enabled".into()));
        assert_eq!(term("  username^=\"A b\" "), ("username", Match::Prefix, "A b".into()));
        assert_eq!(term("name=\"\""), ("name", Match::Exact, String::new()));
    }

    #[test]
    fn attributes_that_are_to_be_shown_are_in_the_schema() {
        let check = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            check_attributes(&Schema::standard(), &names)
        };
        assert_eq!(check(&[]), Ok(()));
        assert_eq!(check(&["email", "sub"]), Ok(()));
        assert_eq!(check(&["email", "custom:x"]), Err(FilterRule::NoSuchAttribute));
        assert_eq!(check(&["username"]), Err(FilterRule::NoSuchAttribute));
    }

    #[test]
    fn everybody_is_found_by_nothing() {
        assert_eq!(parse("", &SignInNames::default()), Ok(None));
        assert_eq!(parse("  ", &SignInNames::default()), Ok(None));
    }

    #[test]
    fn quotes_within_a_value_are_escaped() {
        assert_eq!(term(r#"name = "say \"hi\"""#).2, "say \"hi\"");
        assert_eq!(term(r#"name = "a\\""#).2, "a\\");
        assert_eq!(term(r#"name = "corp\me""#).2, "corp\\me");
        assert_eq!(refused(r#"name = "a" b""#), FilterRule::Syntax);
        assert_eq!(refused(r#"name = "a\""#), FilterRule::Syntax);
    }

    #[test]
    fn what_is_no_filter_is_refused() {
        for filter in [
            "name",
            "name = ",
            "name = x",
            "name = 'x'",
            "= \"x\"",
            "^= \"x\"",
            "name == \"x\"",
            "name ^ = \"x\"",
            "name != \"x\"",
            "name \"x\"",
            "name = \"x",
            "name = \"",
            "\"",
            "name = \"x\" and email = \"y\"",
            "given name = \"x\"",
            "custom:x = y",
        ] {
            assert_eq!(refused(filter), FilterRule::Syntax, "{filter}");
        }
    }

    #[test]
    fn only_these_can_be_searched_by() {
        for name in SEARCHABLE {
            assert_eq!(term(&format!("{name} = \"x\"")).0, name);
        }
        for name in ["custom:foo", "Email", "address", "enabled", "user_status"] {
            let rule = FilterRule::NotSearchable(name.into());
            assert_eq!(refused(&format!("{name} = \"x\"")), rule);
        }
    }

    #[test]
    fn case_counts_for_username_and_status() {
        assert_eq!(term("username = \"Alice\"").2, "Alice");
        assert_eq!(term("status = \"Enabled\"").2, "Enabled");
        assert_eq!(term("email = \"A@B.example\"").2, "a@b.example");
        assert_eq!(term("sub = \"ABC\"").2, "abc");
        let folding = SignInNames { case_sensitive: false, ..SignInNames::default() };
        let found = parse("username = \"Alice\"", &folding).unwrap().unwrap();
        assert_eq!(found.key, "alice");
    }

    #[test]
    fn a_key_holds_no_nul() {
        assert_eq!(term("name = \"a\0b\"").2, "ab");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(filter: String) {
            let _read = parse(&filter, &SignInNames::default());
        }

        #[test]
        fn anything_like_a_filter_is_read_or_refused(filter in "(name|x)?[ ^=]{0,4}[\"\\\\ab ]{0,8}") {
            let _read = parse(&filter, &SignInNames::default());
        }

        #[test]
        fn what_is_printed_is_read_back(prefix: bool, value: String) {
            let op = if prefix { Match::Prefix } else { Match::Exact };
            let printed = print("username", op, &value);
            prop_assert_eq!(read(&printed), Some(("username", op, value)));
        }
    }
}
