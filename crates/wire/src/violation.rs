//! A failed constraint, and the service's exact words for it.

use std::fmt;

/// A value that does not satisfy a constraint of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Where: names with their first letter lowered, joined by dots; `schema.1.member.name` inside a list.
    pub path: String,
    /// What is shown of the value.
    pub value: Shown,
    /// What it should have satisfied.
    pub rule: Rule,
}

/// What a message shows of the value.
#[derive(Clone, PartialEq, Eq)]
pub enum Shown {
    /// There is no value.
    Null,
    /// The value is sensitive.
    Nothing,
    /// The value as text.
    Text(String),
}

/// A constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// A required member is missing.
    NotNull,
    /// Smallest length.
    LengthAtLeast(i64),
    /// Largest length.
    LengthAtMost(i64),
    /// Smallest number.
    ValueAtLeast(i64),
    /// Largest number.
    ValueAtMost(i64),
    /// Pattern, as the model writes it.
    Pattern(&'static str),
    /// The set of names.
    OneOf(&'static [&'static str]),
    /// All rules for the elements of a list of simple values, of which some element fails one.
    EachElement(Vec<Rule>),
    /// All rules for the keys of a map.
    EachKey(Vec<Rule>),
    /// All rules for the values of a map.
    EachValue(Vec<Rule>),
}

/// The message for one or more violations: their exact number, then each of them.
pub fn message(violations: &[Violation]) -> String {
    let noun = if violations.len() == 1 { "error" } else { "errors" };
    let sentences: Vec<_> = violations.iter().map(Violation::to_string).collect();
    format!("{} validation {noun} detected: {}", violations.len(), sentences.join("; "))
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Shown::Null => write!(f, "Value null at '{}'", self.path)?,
            Shown::Nothing => write!(f, "Value at '{}'", self.path)?,
            Shown::Text(text) => write!(f, "Value '{text}' at '{}'", self.path)?,
        }
        write!(f, " failed to satisfy constraint: {}", self.rule)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rule::NotNull => f.write_str("Member must not be null"),
            Rule::LengthAtLeast(n) => {
                write!(f, "Member must have length greater than or equal to {n}")
            }
            Rule::LengthAtMost(n) => write!(f, "Member must have length less than or equal to {n}"),
            Rule::ValueAtLeast(n) => {
                write!(f, "Member must have value greater than or equal to {n}")
            }
            Rule::ValueAtMost(n) => write!(f, "Member must have value less than or equal to {n}"),
            Rule::Pattern(p) => write!(f, "Member must satisfy regular expression pattern: {p}"),
            Rule::OneOf(names) => {
                write!(f, "Member must satisfy enum value set: [{}]", names.join(", "))
            }
            Rule::EachElement(rules) => {
                write!(f, "Member must satisfy constraint: [{}]", all(rules))
            }
            Rule::EachKey(rules) => write!(f, "Map keys must satisfy constraint: [{}]", all(rules)),
            Rule::EachValue(rules) => {
                write!(f, "Map value must satisfy constraint: [{}]", all(rules))
            }
        }
    }
}

fn all(rules: &[Rule]) -> String {
    rules.iter().map(Rule::to_string).collect::<Vec<_>>().join(", ")
}

// A shown value is what a client sent; it belongs in the reply to that client, not in a log.
impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Shown::Null => "Null",
            Shown::Nothing => "Nothing",
            Shown::Text(_) => "Text(..)",
        })
    }
}
