//! A checked policy document.

use super::arn::ArnPattern;
use super::condition::Test;
use super::decide::Request;
use super::glob::Glob;

/// Characters of a policy document, white space not counted: AWS's limit for managed policies.
/// For inline policies AWS allows 2048 over all of a user's; we bound each document instead.
pub const POLICY_CHARS_MAX: usize = 6144;
/// Bytes of a policy document, white space included: AWS's limit for the parameter.
pub const POLICY_BYTES_MAX: usize = 131_072;
/// Statements of a policy. AWS bounds only the characters, which cannot hold many more.
pub const STATEMENTS_MAX: usize = 200;

/// An identity policy that [`Policy::parse`] accepted.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    pub(super) statements: Vec<Statement>,
}

/// Why a document is not a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyError {
    /// More than [`POLICY_CHARS_MAX`] characters or [`POLICY_BYTES_MAX`] bytes.
    TooLong,
    /// `MalformedPolicyDocument`, with the message: AWS's where it has one for the case.
    Malformed(String),
}

impl Policy {
    /// A stored policy. One that cannot be read (it was written by another version, or damaged)
    /// denies everything: ignoring it could drop a Deny.
    pub fn parse_or_deny_all(document: &str) -> Self {
        Self::parse(document).unwrap_or_else(|_| Self { statements: vec![Statement::deny_all()] })
    }
}

/// The characters of a document that count against [`POLICY_CHARS_MAX`].
pub fn policy_chars(document: &str) -> usize {
    document.chars().filter(|c| !c.is_whitespace()).count()
}

/// Whether a statement allows or denies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Allow,
    Deny,
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Statement {
    pub(super) sid: Option<String>,
    pub(super) effect: Effect,
    pub(super) actions: Set<Glob>,
    pub(super) resources: Set<ArnPattern>,
    pub(super) tests: Vec<Test>,
}

/// `Action` and `Resource`, or their complements `NotAction` and `NotResource`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Set<T> {
    Any(Vec<T>),
    NoneOf(Vec<T>),
}

impl Statement {
    fn deny_all() -> Self {
        Self {
            sid: None,
            effect: Effect::Deny,
            actions: Set::Any(vec![Glob::new("*")]),
            resources: Set::Any(vec![ArnPattern::Any]),
            tests: Vec::new(),
        }
    }

    /// Whether it speaks about this request. `action` is the request's, in lower case.
    pub(super) fn applies(&self, action: &str, request: &Request<'_>) -> bool {
        self.covers_action(action)
            && self.covers_resource(request)
            && self.tests.iter().all(|test| test.holds(request.context, self.effect))
    }

    fn covers_action(&self, action: &str) -> bool {
        match &self.actions {
            Set::Any(globs) => globs.iter().any(|glob| glob.matches(action)),
            Set::NoneOf(globs) => !globs.iter().any(|glob| glob.matches(action)),
        }
    }

    fn covers_resource(&self, request: &Request<'_>) -> bool {
        let fits = |pattern: &ArnPattern| pattern.matches(request.resource, request.context);
        match &self.resources {
            Set::Any(patterns) => patterns.iter().any(|pattern| fits(pattern) == Some(true)),
            Set::NoneOf(patterns) => patterns.iter().all(|pattern| {
                // A variable without a value must not help to be allowed.
                fits(pattern).map_or(self.effect == Effect::Deny, |fits| !fits)
            }),
        }
    }
}
