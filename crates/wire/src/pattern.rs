//! Patterns of the model: what messages show, and what is matched.

use std::sync::OnceLock;

use regex::Regex;

/// A pattern. Compiled when first used, once; matching takes time linear in the value.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    regex: &'static str,
    each: bool,
    compiled: OnceLock<Option<Compiled>>,
}

#[derive(Debug)]
struct Compiled {
    whole: Regex,
    /// For patterns that judge each character alone: the ASCII characters they accept, as bits.
    ascii: Option<u128>,
}

impl Pattern {
    pub(crate) const fn new(text: &'static str, regex: &'static str) -> Self {
        Self { text, regex, each: false, compiled: OnceLock::new() }
    }

    /// A pattern that is one character class, repeated.
    pub(crate) const fn each(text: &'static str, regex: &'static str) -> Self {
        Self { text, regex, each: true, compiled: OnceLock::new() }
    }

    /// The pattern as the model writes it, which is how messages show it.
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// Whether the whole value matches.
    ///
    /// A pattern that does not compile matches nothing; a test compiles every pattern there is.
    pub fn matches(&self, value: &str) -> bool {
        let Some(compiled) = self.compiled() else { return false };
        match compiled.ascii {
            Some(accepted) if !value.is_empty() && value.is_ascii() => {
                value.bytes().all(|byte| accepted & (1_u128 << (byte & 127)) != 0)
            }
            _ => compiled.whole.is_match(value),
        }
    }

    fn compiled(&self) -> Option<&Compiled> {
        self.compiled
            .get_or_init(|| {
                let whole = Regex::new(&format!(r"\A(?:{})\z", self.regex)).ok()?;
                let accepts = |byte: u8| whole.is_match(char::from(byte).encode_utf8(&mut [0; 4]));
                let bits = || {
                    (0..128_u8)
                        .filter(|byte| accepts(*byte))
                        .fold(0, |bits, byte| bits | (1 << byte))
                };
                Some(Compiled { ascii: self.each.then(bits), whole })
            })
            .as_ref()
    }

    #[cfg(test)]
    pub(crate) fn compiles(&self) -> bool {
        self.compiled().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::OperationSpec;
    use crate::operations::*;
    use crate::shape::{Kind, Shape};

    /// The pattern of the member at the end of a path of member names.
    fn pattern_at(shape: &'static Shape, path: &[&str]) -> &'static Pattern {
        match (shape.kind, path) {
            (Kind::Structure(members), [name, rest @ ..]) => {
                pattern_at(members.iter().find(|m| m.name == *name).unwrap().shape, rest)
            }
            (Kind::List(element), _) => pattern_at(element, path),
            _ => shape.pattern.unwrap(),
        }
    }

    fn assert_matches(pattern: &Pattern, yes: &[&str], no: &[&str]) {
        for value in yes {
            assert!(pattern.matches(value), "{} should accept {value:?}", pattern.text());
        }
        for value in no {
            assert!(!pattern.matches(value), "{} should refuse {value:?}", pattern.text());
        }
    }

    #[test]
    fn shorthands_mean_ascii_as_in_java() {
        let pool_id = pattern_at(DescribeUserPool::INPUT, &["UserPoolId"]);
        assert_eq!(pool_id.text(), r"[\w-]+_[0-9a-zA-Z]+");
        assert_matches(
            pool_id,
            &["us-east-1_Example01", "a_b"],
            &["", "us-east-1", "über_1", "a_b\n", "\u{1d7d9}_1"],
        );
        let password = pattern_at(ChangePassword::INPUT, &["ProposedPassword"]);
        assert_matches(
            password,
            &["a", "pässword", "no\u{a0}break"],
            &["", "a b", "a\u{b}b", "a\tb"],
        );
    }

    #[test]
    fn one_class_agrees_with_its_expression() {
        let token = pattern_at(GetUser::INPUT, &["AccessToken"]);
        assert!(token.each);
        assert_matches(token, &["A-b_c=.9", "eyJ.x.y"], &["", "a:b", "a b", "a/b", "é"]);
        let username = pattern_at(SignUp::INPUT, &["Username"]);
        assert_matches(
            username,
            &["alice", "a@b.c", "名前", "e\u{301}", "€"],
            &["", "a b", "a\u{2003}b", "\u{7}"],
        );
    }

    #[test]
    fn patterns_inside_lists_are_found_and_anchored() {
        let path = ["LogConfigurations", "S3Configuration", "BucketArn"];
        let arn = pattern_at(SetLogDeliveryConfiguration::INPUT, &path);
        assert_matches(
            arn,
            &["arn:aws:s3:::bucket"],
            &["bucket", "x arn:aws:s3:::b", "arn:aws:s3:::b\n"],
        );
    }

    #[test]
    fn a_pattern_that_does_not_compile_matches_nothing() {
        assert_matches(&Pattern::new("(", "("), &[], &["", "("]);
    }

    #[test]
    fn every_pattern_compiles() {
        fn walk(shape: &'static Shape, found: &mut Vec<&'static Pattern>) {
            found.extend(shape.pattern);
            match shape.kind {
                Kind::Structure(members) => members.iter().for_each(|m| walk(m.shape, found)),
                Kind::List(element) => walk(element, found),
                Kind::Map(key, value) => [key, value].into_iter().for_each(|s| walk(s, found)),
                _ => {}
            }
        }
        let mut found = Vec::new();
        macro_rules! all {
            ($($name:ident,)+) => { $(walk($name::INPUT, &mut found);)+ };
        }
        crate::for_each_operation!(all);
        assert!(found.len() > 141);
        for pattern in found {
            assert!(pattern.compiles(), "{}", pattern.text());
        }
    }
}
