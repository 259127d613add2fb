//! Policy variables: text with `${aws:username}` and its kin in it.
//!
//! A variable's value is data: `*`, `?` and `:` in it mean themselves. Variables exist only in
//! policies of version 2012-10-17; in older ones the same text is just text.

use super::context::Context;
use super::glob::{Glob, Piece};

/// Text whose variables are filled in per request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// Text as written; a pattern reads wildcards in it.
    Text(String),
    /// `${*}`, `${?}` or `${$}`: the character itself.
    Escaped(&'static str),
    /// `${key}` or `${key, 'default'}`; the key is in lower case.
    Variable { key: String, default: Option<String> },
}

impl Template {
    /// Text without variables.
    pub(super) fn plain(text: &str) -> Self {
        Self { parts: vec![Part::Text(text.to_owned())] }
    }

    /// Reads variables out of text. The error says what is wrong with one.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            let (part, left) = variable(after)
                .ok_or_else(|| format!("The policy variable in '{text}' is malformed."))?;
            parts.push(part);
            rest = left;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Self { parts })
    }

    /// Whether it is the same for every request.
    pub(super) fn is_fixed(&self) -> bool {
        !self.parts.iter().any(|part| matches!(part, Part::Variable { .. }))
    }

    /// The text for a request; `None` if a variable has neither a value nor a default.
    pub(super) fn text(&self, context: &Context) -> Option<String> {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => Some(text.as_str()),
                Part::Escaped(text) => Some(*text),
                Part::Variable { key, default } => value(context, key, default.as_deref()),
            })
            .collect()
    }

    /// The pattern for a request; `None` if a variable has neither a value nor a default.
    pub(super) fn glob(&self, context: &Context) -> Option<Glob> {
        let pieces = self
            .parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => Some(Piece::Wild(text)),
                Part::Escaped(text) => Some(Piece::Literal(text)),
                Part::Variable { key, default } => {
                    value(context, key, default.as_deref()).map(Piece::Literal)
                }
            })
            .collect::<Option<Vec<_>>>()?;
        Some(Glob::from_pieces(pieces))
    }

    /// Cuts at the first `count - 1` colons of the text; colons inside variables do not count.
    pub(super) fn split_colons(self, count: usize) -> Vec<Self> {
        let mut segments = vec![Self { parts: Vec::new() }];
        for part in self.parts {
            let Part::Text(text) = part else {
                push(&mut segments, part);
                continue;
            };
            let room = count.saturating_sub(segments.len()) + 1;
            for (at, piece) in text.splitn(room, ':').enumerate() {
                if at > 0 {
                    segments.push(Self { parts: Vec::new() });
                }
                if !piece.is_empty() {
                    push(&mut segments, Part::Text(piece.to_owned()));
                }
            }
        }
        segments
    }

    /// The text if there is nothing to fill in or to unescape.
    pub(super) fn as_plain(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [] => Some(""),
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Whether it is a single variable.
    pub(super) fn is_one_variable(&self) -> bool {
        matches!(self.parts.as_slice(), [Part::Variable { .. }])
    }

    /// The text as it was written, without defaults.
    pub(super) fn written(&self) -> String {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.clone(),
                Part::Escaped(text) => format!("${{{text}}}"),
                Part::Variable { key, .. } => format!("${{{key}}}"),
            })
            .collect()
    }

    /// Whether its written text ends in a `*` wildcard.
    pub(super) fn ends_in_star(&self) -> bool {
        matches!(self.parts.last(), Some(Part::Text(text)) if text.ends_with('*'))
    }
}

fn push(segments: &mut [Template], part: Part) {
    if let Some(segment) = segments.last_mut() {
        segment.parts.push(part);
    }
}

/// A variable stands for exactly one value.
fn value<'a>(context: &'a Context, key: &str, default: Option<&'a str>) -> Option<&'a str> {
    match context.get(key) {
        [] => default,
        [one] => Some(one),
        _ => None,
    }
}

/// Reads what follows `${` up to its `}`.
fn variable(text: &str) -> Option<(Part, &str)> {
    for escaped in ["*", "?", "$"] {
        if let Some(rest) = text.strip_prefix(escaped).and_then(|rest| rest.strip_prefix('}')) {
            return Some((Part::Escaped(escaped), rest));
        }
    }
    let end = text.find(['}', ','])?;
    let (key, rest) = text.split_at_checked(end)?;
    let key = key.trim();
    if !key.contains(':') || key.contains(['$', '{', '*', '?', '\'']) {
        return None;
    }
    let key = key.to_lowercase();
    if let Some(rest) = rest.strip_prefix('}') {
        return Some((Part::Variable { key, default: None }, rest));
    }
    let quoted = rest.strip_prefix(',')?.trim_start().strip_prefix('\'')?;
    let (default, rest) = quoted.split_once('\'')?;
    let rest = rest.trim_start().strip_prefix('}')?;
    Some((Part::Variable { key, default: Some(default.to_owned()) }, rest))
}

/// A pattern, compiled at once where it has no variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    /// The same for every request.
    Fixed(Glob),
    /// Compiled per request.
    Open(Template),
}

impl Pattern {
    pub(super) fn new(template: Template) -> Self {
        match template.glob(&Context::default()) {
            Some(glob) if template.is_fixed() => Self::Fixed(glob),
            _ => Self::Open(template),
        }
    }

    /// Whether the subject fits; `None` if a variable has no value.
    pub(super) fn matches(&self, subject: &str, context: &Context) -> Option<bool> {
        match self {
            Self::Fixed(glob) => Some(glob.matches(subject)),
            Self::Open(template) => Some(template.glob(context)?.matches(subject)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> Context {
        Context::default()
            .with("aws:username", "bob")
            .with("aws:PrincipalTag/Team", "a*:b")
            .with("aws:TagKeys", "x")
            .with("aws:TagKeys", "y")
    }

    #[test]
    fn variables_are_filled_in() {
        for (text, expected) in [
            ("plain", Some("plain")),
            ("", Some("")),
            ("home/${aws:username}/x", Some("home/bob/x")),
            ("${AWS:UserName}", Some("bob")),
            ("${ aws:username }", Some("bob")),
            ("${aws:userid}", None),
            ("${aws:userid, 'nobody'}", Some("nobody")),
            ("${aws:userid,''}", Some("")),
            ("${aws:username, 'nobody'}", Some("bob")),
            ("${aws:TagKeys}", None),
            ("${aws:TagKeys, 'x'}", None),
            ("${*}${?}${$}", Some("*?$")),
            ("$ {x} $5", Some("$ {x} $5")),
            ("${aws:PrincipalTag/Team}", Some("a*:b")),
        ] {
            let template = Template::parse(text).unwrap();
            assert_eq!(template.text(&context()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn malformed_variables_are_refused() {
        for text in [
            "${",
            "${}",
            "${aws:username",
            "${username}",
            "${aws:x, y}",
            "${aws:x, 'y}",
            "${aws:x, 'y' z}",
            "${aws:${aws:x}}",
            "${aws:*}",
        ] {
            assert!(Template::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn values_are_not_patterns() {
        let pattern = Pattern::new(Template::parse("${aws:PrincipalTag/Team}/*").unwrap());
        assert_eq!(pattern.matches("a*:b/c", &context()), Some(true));
        assert_eq!(pattern.matches("aXX:b/c", &context()), Some(false));
        let escaped = Pattern::new(Template::parse("${*}x").unwrap());
        assert_eq!(escaped.matches("*x", &context()), Some(true));
        assert_eq!(escaped.matches("yx", &context()), Some(false));
    }

    #[test]
    fn colons_of_variables_do_not_split() {
        let segments = Template::parse("a:${aws:username}:${aws:PrincipalTag/Team}:d:e").unwrap();
        let texts: Vec<_> =
            segments.split_colons(4).iter().map(|s| s.text(&context()).unwrap()).collect();
        assert_eq!(texts, ["a", "bob", "a*:b", "d:e"]);
    }
}
