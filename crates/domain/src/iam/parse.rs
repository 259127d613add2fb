//! From a policy document's text to a [`Policy`], or to a message that says what is wrong with it.
//!
//! Where AWS has a sentence for a mistake, the message is that sentence. Its general one, "Syntax
//! errors in policy.", is followed by our detail.

use std::collections::BTreeSet;

use super::arn::ArnPattern;
use super::condition::{Operator, Test};
use super::glob::Glob;
use super::json::Json;
use super::policy::{
    Effect, POLICY_BYTES_MAX, POLICY_CHARS_MAX, Policy, PolicyError, STATEMENTS_MAX, Set,
    Statement, policy_chars,
};
use super::template::Template;

type Result<T> = std::result::Result<T, PolicyError>;

/// A JSON object's members.
type Members = [(String, Json)];

/// Whether the language's version has policy variables.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    V2008,
    V2012,
}

impl Policy {
    /// Reads an identity policy.
    ///
    /// # Errors
    /// [`PolicyError::TooLong`] over the limits, [`PolicyError::Malformed`] for everything else.
    pub fn parse(document: &str) -> Result<Self> {
        if document.len() > POLICY_BYTES_MAX || policy_chars(document) > POLICY_CHARS_MAX {
            return Err(PolicyError::TooLong);
        }
        let json = Json::parse(document).map_err(|error| syntax(&format!("Not JSON: {error}.")))?;
        let Json::Object(members) = json else {
            return Err(syntax("A policy is a JSON object."));
        };
        only(&members, &["Version", "Id", "Statement"], "policy")?;
        let version = version(&members)?;
        text(&members, "Id")?;
        let statements = match find(&members, "Statement") {
            None => return Err(syntax("Statement is missing.")),
            Some(Json::Array(items)) => items.as_slice(),
            Some(one) => std::slice::from_ref(one),
        };
        if statements.is_empty() {
            return Err(syntax("Statement is empty."));
        }
        if statements.len() > STATEMENTS_MAX {
            return Err(syntax(&format!("There are more than {STATEMENTS_MAX} statements.")));
        }
        let statements =
            statements.iter().map(|json| statement(json, version)).collect::<Result<Vec<_>>>()?;
        unique_sids(&statements)?;
        Ok(Self { statements })
    }
}

fn malformed(message: impl Into<String>) -> PolicyError {
    PolicyError::Malformed(message.into())
}

fn syntax(detail: &str) -> PolicyError {
    malformed(format!("Syntax errors in policy. {detail}"))
}

fn find<'a>(members: &'a Members, name: &str) -> Option<&'a Json> {
    members.iter().find(|(member, _)| member == name).map(|(_, value)| value)
}

fn only(members: &Members, known: &[&str], what: &str) -> Result<()> {
    match members.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        Some((name, _)) => Err(syntax(&format!("A {what} has no element '{name}'."))),
        None => Ok(()),
    }
}

/// An optional member that must be a string.
fn text<'a>(members: &'a Members, name: &str) -> Result<Option<&'a str>> {
    match find(members, name) {
        None => Ok(None),
        Some(Json::String(text)) => Ok(Some(text)),
        Some(_) => Err(syntax(&format!("{name} must be a string."))),
    }
}

fn version(members: &Members) -> Result<Version> {
    match text(members, "Version")? {
        None | Some("2008-10-17") => Ok(Version::V2008),
        Some("2012-10-17") => Ok(Version::V2012),
        Some(other) => Err(syntax(&format!("There is no policy version '{other}'."))),
    }
}

fn statement(json: &Json, version: Version) -> Result<Statement> {
    let Json::Object(members) = json else {
        return Err(syntax("A statement is a JSON object."));
    };
    if members.iter().any(|(name, _)| name == "Principal" || name == "NotPrincipal") {
        return Err(malformed("Policy document should not specify a principal."));
    }
    const KNOWN: [&str; 7] =
        ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];
    only(members, &KNOWN, "statement")?;
    Ok(Statement {
        sid: sid(members)?,
        effect: effect(members)?,
        actions: set(members, ["Action", "NotAction"], "actions", action)?,
        resources: set(members, ["Resource", "NotResource"], "resources", |written| {
            ArnPattern::resource(written, template(written, version)?).map_err(malformed)
        })?,
        tests: tests(members, version)?,
    })
}

fn sid(members: &Members) -> Result<Option<String>> {
    let sid = text(members, "Sid")?.filter(|sid| !sid.is_empty());
    if sid.is_some_and(|sid| !sid.bytes().all(|b| b.is_ascii_alphanumeric())) {
        return Err(malformed(
            "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the \
             regular expression [0-9A-Za-z]*",
        ));
    }
    Ok(sid.map(str::to_owned))
}

fn unique_sids(statements: &[Statement]) -> Result<()> {
    let mut seen = BTreeSet::new();
    if statements.iter().filter_map(|s| s.sid.as_deref()).all(|sid| seen.insert(sid)) {
        return Ok(());
    }
    Err(malformed("Statement IDs (SID) in a single policy must be unique."))
}

fn effect(members: &Members) -> Result<Effect> {
    match text(members, "Effect")? {
        None => Err(syntax("Effect is missing.")),
        Some("Allow") => Ok(Effect::Allow),
        Some("Deny") => Ok(Effect::Deny),
        Some(other) => Err(syntax(&format!("Effect must be 'Allow' or 'Deny', not '{other}'."))),
    }
}

/// `Action` or `NotAction`, `Resource` or `NotResource`: exactly one of the two, not empty.
fn set<T>(
    members: &Members,
    [positive, negative]: [&str; 2],
    what: &str,
    read: impl Fn(&str) -> Result<T>,
) -> Result<Set<T>> {
    let (name, value, complement) = match (find(members, positive), find(members, negative)) {
        (Some(value), None) => (positive, value, false),
        (None, Some(value)) => (negative, value, true),
        (None, None) => return Err(malformed(format!("Policy statement must contain {what}."))),
        (Some(_), Some(_)) => {
            return Err(syntax(&format!("{positive} and {negative} exclude each other.")));
        }
    };
    let values = list(value)
        .iter()
        .map(|value| match value {
            Json::String(text) => read(text),
            _ => Err(syntax(&format!("{name} must be a string or a list of strings."))),
        })
        .collect::<Result<Vec<_>>>()?;
    if values.is_empty() {
        return Err(malformed(format!("Policy statement must contain {what}.")));
    }
    Ok(if complement { Set::NoneOf(values) } else { Set::Any(values) })
}

/// A list's items; anything else is a list of one.
fn list(json: &Json) -> &[Json] {
    match json {
        Json::Array(items) => items,
        one => std::slice::from_ref(one),
    }
}

fn action(written: &str) -> Result<Glob> {
    if written == "*" {
        return Ok(Glob::new("*"));
    }
    let Some((vendor, name)) = written.split_once(':') else {
        return Err(malformed(
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
        ));
    };
    if name.contains(':') {
        return Err(malformed("Actions/Condition can contain only one colon."));
    }
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
    if vendor != "*" && (vendor.is_empty() || !vendor.bytes().all(plain)) {
        return Err(malformed(format!("Vendor {vendor} is not valid")));
    }
    let wild = |b: u8| b.is_ascii_alphanumeric() || b == b'*' || b == b'?';
    if name.is_empty() || !name.bytes().all(wild) {
        return Err(syntax(&format!("'{written}' is not an action.")));
    }
    Ok(Glob::new(&written.to_ascii_lowercase()))
}

fn template(written: &str, version: Version) -> Result<Template> {
    match version {
        Version::V2008 => Ok(Template::plain(written)),
        Version::V2012 => Template::parse(written).map_err(|detail| syntax(&detail)),
    }
}

fn tests(members: &Members, version: Version) -> Result<Vec<Test>> {
    let Some(condition) = find(members, "Condition") else {
        return Ok(Vec::new());
    };
    let Json::Object(operators) = condition else {
        return Err(syntax("Condition must be a JSON object."));
    };
    let mut tests = Vec::new();
    for (name, keys) in operators {
        let operator = Operator::parse(name)
            .ok_or_else(|| syntax(&format!("There is no condition operator '{name}'.")))?;
        let Json::Object(keys) = keys else {
            return Err(syntax(&format!("{name} must be a JSON object.")));
        };
        for (key, values) in keys {
            tests.push(test(name, operator, key, values, version)?);
        }
    }
    Ok(tests)
}

fn test(
    name: &str,
    operator: Operator,
    key: &str,
    values: &Json,
    version: Version,
) -> Result<Test> {
    if !key.contains(':') {
        return Err(malformed(
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
        ));
    }
    let version = if operator.takes_variables() { version } else { Version::V2008 };
    let values = list(values)
        .iter()
        .map(|value| match value {
            Json::String(text) | Json::Number(text) => template(text, version),
            Json::Bool(value) => Ok(Template::plain(&value.to_string())),
            Json::Null | Json::Array(_) | Json::Object(_) => {
                Err(syntax(&format!("A value of {key} must be a string.")))
            }
        })
        .collect::<Result<Vec<_>>>()?;
    if values.is_empty() {
        return Err(syntax(&format!("{key} must have a value.")));
    }
    Test::new(operator, key, values)
        .map_err(|value| syntax(&format!("'{value}' is not a value for {name}.")))
}
