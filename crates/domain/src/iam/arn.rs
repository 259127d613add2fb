//! Patterns over ARNs: six parts between colons, each matched on its own.
//!
//! A lone `*` matches every resource, also the `*` of a request that is about none. A pattern of
//! fewer parts is allowed if it ends in `*`, which then stands for the missing ones too.

use super::context::Context;
use super::template::{Pattern, Template};

const SEGMENTS: usize = 6;

/// A pattern for resources or for ARN conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ArnPattern {
    /// `*`.
    Any,
    /// Part by part.
    Parts(Vec<Pattern>),
    /// A variable that holds the whole ARN.
    Whole(Pattern),
}

impl ArnPattern {
    /// A `Resource` or `NotResource` value. The error is AWS's text.
    pub(super) fn resource(written: &str, template: Template) -> Result<Self, String> {
        if template.as_plain() == Some("*") {
            return Ok(Self::Any);
        }
        let malformed = || format!("Resource {written} must be in ARN format or \"*\".");
        let parts = six(template).ok_or_else(malformed)?;
        let fixed = parts.get(..SEGMENTS - 1).ok_or_else(malformed)?;
        if fixed.iter().any(|part| part.as_plain().is_none()) {
            return Err(format!(
                "Resource {written} may contain variables after its fifth colon only."
            ));
        }
        match parts.get(2).and_then(Template::as_plain) {
            Some(service) if !service.is_empty() && !service.contains(['*', '?']) => {}
            _ => {
                return Err("Resource vendor must be fully qualified and cannot contain regexes."
                    .to_owned());
            }
        }
        Ok(Self::Parts(parts.into_iter().map(Pattern::new).collect()))
    }

    /// A value of `ArnEquals`, `ArnLike` and their negations; `None` if it cannot match any ARN,
    /// which under a negation would match all.
    pub(super) fn condition(template: Template) -> Option<Self> {
        if template.as_plain() == Some("*") {
            return Some(Self::Any);
        }
        if template.is_one_variable() {
            return Some(Self::Whole(Pattern::new(template)));
        }
        Some(Self::Parts(six(template)?.into_iter().map(Pattern::new).collect()))
    }

    /// Whether an ARN fits; `None` if a variable has no value.
    pub(super) fn matches(&self, arn: &str, context: &Context) -> Option<bool> {
        let patterns = match self {
            Self::Any => return Some(true),
            Self::Whole(pattern) => return pattern.matches(arn, context),
            Self::Parts(patterns) => patterns,
        };
        let parts: Vec<&str> = arn.splitn(SEGMENTS, ':').collect();
        if parts.len() != patterns.len() {
            return Some(false);
        }
        let mut answer = Some(true);
        for (pattern, part) in patterns.iter().zip(parts) {
            match pattern.matches(part, context) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => answer = None,
            }
        }
        answer
    }
}

/// Cuts an ARN pattern into its six parts, filling up behind a final `*`.
fn six(template: Template) -> Option<Vec<Template>> {
    let mut parts = template.split_colons(SEGMENTS);
    if parts.first().and_then(Template::as_plain) != Some("arn") {
        return None;
    }
    if parts.len() < SEGMENTS && !parts.last().is_some_and(Template::ends_in_star) {
        return None;
    }
    while parts.len() < SEGMENTS {
        parts.push(Template::plain("*"));
    }
    Some(parts)
}
