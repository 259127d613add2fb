//! Translates the model's patterns, which are Java regular expressions, to the syntax of the `regex` crate.
//!
//! Only what differs is touched. In Java without flags `\w`, `\s` and `\S` are about ASCII, and `.` stops at five line
//! terminators; in the `regex` crate they are about Unicode, and `.` stops at `\n` alone.

use crate::Outcome;

const WORD: &str = "0-9A-Za-z_";
const SPACE: &str = r" \t\n\x0B\f\r";
const NOT_A_LINE_END: &str = r"[^\n\r\x{85}\x{2028}\x{2029}]";

/// A pattern in the other syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Translated {
    pub(crate) regex: String,
    /// The pattern is one character class, repeated: each character can be judged alone.
    pub(crate) single_class: bool,
}

/// Translates one pattern.
///
/// Fails on syntax that would mean something else, or nothing, in the other dialect. Only patterns of requests are
/// translated, and none of them has any today.
pub(crate) fn translate(java: &str) -> Outcome<Translated> {
    let dot_is_any = java.starts_with("(?s)");
    let mut regex = String::new();
    let mut in_class = false;
    let mut chars = java.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let escaped = chars.next().ok_or("the pattern ends in a backslash")?;
                regex.push_str(&escape(escaped, in_class)?);
            }
            '[' if in_class => return Err("a class within a class".into()),
            '[' => {
                in_class = true;
                regex.push('[');
            }
            ']' => {
                in_class = false;
                regex.push(']');
            }
            '&' | '~' | '-' if in_class && chars.peek() == Some(&c) => {
                return Err(format!("{c}{c} in a class is an operator").into());
            }
            '(' if chars.peek() == Some(&'?') => {
                regex.push('(');
                if java.contains("(?<") || java.contains("(?=") || java.contains("(?!") {
                    return Err("look-around".into());
                }
            }
            '.' if !in_class && !dot_is_any => regex.push_str(NOT_A_LINE_END),
            other => regex.push(other),
        }
    }
    let single_class = is_single_class(java);
    Ok(Translated { regex, single_class })
}

fn escape(escaped: char, in_class: bool) -> Outcome<String> {
    Ok(match (escaped, in_class) {
        ('w', true) => WORD.to_owned(),
        ('w', false) => format!("[{WORD}]"),
        ('s', true) => SPACE.to_owned(),
        ('s', false) => format!("[{SPACE}]"),
        ('S', _) => format!("[^{SPACE}]"),
        ('p' | 'x' | 't' | 'n' | 'r', _) => format!("\\{escaped}"),
        (c, _) if c.is_ascii_alphanumeric() => return Err(format!("\\{c} is not known").into()),
        (c, _) => format!("\\{c}"),
    })
}

fn is_single_class(java: &str) -> bool {
    let body = java.strip_prefix('^').and_then(|b| b.strip_suffix('$')).unwrap_or(java);
    let Some(inside) = body.strip_prefix('[').and_then(|b| b.strip_suffix(['+', '*'])) else {
        return false;
    };
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        if c == ']' && !escaped {
            return at + 1 == inside.len();
        }
        escaped = c == '\\' && !escaped;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shorthands_become_ascii() {
        for (java, regex, single_class) in [
            (r"[\w+]+", "[0-9A-Za-z_+]+", true),
            (r"[\S]+", r"[[^ \t\n\x0B\f\r]]+", true),
            (r"[\w\s+=,.@-]+", r"[0-9A-Za-z_ \t\n\x0B\f\r+=,.@-]+", true),
            (r"^[\w\- ]+$", r"^[0-9A-Za-z_\- ]+$", true),
            (r"[\w-]+_[0-9a-f-]+", "[0-9A-Za-z_-]+_[0-9a-f-]+", false),
            ("(?s).*", "(?s).*", false),
            (r"a.\{#\}", r"a[^\n\r\x{85}\x{2028}\x{2029}]\{#\}", false),
        ] {
            let expected = Translated { regex: regex.to_owned(), single_class };
            assert_eq!(translate(java).unwrap(), expected, "{java}");
        }
    }

    #[test]
    fn what_would_change_its_meaning_is_refused() {
        for java in ["a(?<!b)", "[a&&b]", "[a--b]", "[a[b]]", r"\bword", "a\\"] {
            assert!(translate(java).is_err(), "{java}");
        }
    }
}
