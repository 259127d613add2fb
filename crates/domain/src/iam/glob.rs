//! Wildcard patterns: `*` is any run of characters, `?` is exactly one character.
//!
//! Patterns come from administrators' policies and subjects from requests, so matching must not
//! explode. A pattern is cut at its `*` into chunks, and each chunk is looked for once, leftmost
//! first, which is enough because a later start never helps. A chunk without `?` is found by the
//! standard library's linear search; one with `?` by a bit-parallel scan. There is no backtracking.
//!
//! This module must never know what is being matched: ARNs, actions and condition values all come
//! here as text.

use std::collections::HashMap;

/// A piece of pattern text on its way into a [`Glob`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text in which `*` and `?` are wildcards.
    Wild(&'a str),
    /// Text that means itself, such as the value of a policy variable.
    Literal(&'a str),
}

/// A compiled pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glob {
    /// The chunks between the stars, in order. One chunk means a pattern without a star; with more,
    /// the first must start the subject and the last must end it, and either may be empty.
    chunks: Vec<Chunk>,
}

/// Text between two stars.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Chunk {
    /// No `?` in it.
    Literal(String),
    /// `None` stands for `?`.
    Masked(Vec<Option<char>>),
}

impl Glob {
    /// Compiles a pattern in which every `*` and `?` is a wildcard.
    pub(super) fn new(pattern: &str) -> Self {
        Self::from_pieces([Piece::Wild(pattern)])
    }

    /// Compiles a pattern from pieces, some of which are literal.
    pub(super) fn from_pieces<'a>(pieces: impl IntoIterator<Item = Piece<'a>>) -> Self {
        let mut chunks = Vec::new();
        let mut chunk = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Literal(text) => chunk.extend(text.chars().map(Some)),
                Piece::Wild(text) => {
                    for c in text.chars() {
                        match c {
                            '*' => chunks.push(Chunk::new(std::mem::take(&mut chunk))),
                            '?' => chunk.push(None),
                            c => chunk.push(Some(c)),
                        }
                    }
                }
            }
        }
        chunks.push(Chunk::new(chunk));
        Self { chunks }
    }

    /// Whether the whole subject fits the pattern. Case matters.
    pub(super) fn matches(&self, subject: &str) -> bool {
        let [first, rest @ ..] = self.chunks.as_slice() else {
            return false;
        };
        let Some(mut left) = first.strip_start(subject) else {
            return false;
        };
        let Some((last, middle)) = rest.split_last() else {
            return left.is_empty();
        };
        for chunk in middle {
            match chunk.after_first(left) {
                Some(after) => left = after,
                None => return false,
            }
        }
        last.ends(left)
    }
}

impl Chunk {
    fn new(chars: Vec<Option<char>>) -> Self {
        match chars.iter().copied().collect::<Option<String>>() {
            Some(text) => Self::Literal(text),
            None => Self::Masked(chars),
        }
    }

    /// What is left of the subject after this chunk at its start.
    fn strip_start<'s>(&self, subject: &'s str) -> Option<&'s str> {
        match self {
            Self::Literal(text) => subject.strip_prefix(text.as_str()),
            Self::Masked(mask) => {
                let mut left = subject.chars();
                for wanted in mask {
                    if !fits(*wanted, left.next()?) {
                        return None;
                    }
                }
                Some(left.as_str())
            }
        }
    }

    /// Whether this chunk ends the subject.
    fn ends(&self, subject: &str) -> bool {
        match self {
            Self::Literal(text) => subject.ends_with(text.as_str()),
            Self::Masked(mask) => {
                let mut left = subject.chars().rev();
                mask.iter().rev().all(|wanted| left.next().is_some_and(|c| fits(*wanted, c)))
            }
        }
    }

    /// What is left of the subject after the first place where this chunk occurs.
    fn after_first<'s>(&self, subject: &'s str) -> Option<&'s str> {
        match self {
            Self::Literal(text) => {
                let at = subject.find(text.as_str())?;
                subject.get(at + text.len()..)
            }
            Self::Masked(mask) => {
                let end = find_masked(mask, subject)?;
                subject.get(end..)
            }
        }
    }
}

fn fits(wanted: Option<char>, actual: char) -> bool {
    wanted.is_none_or(|c| c == actual)
}

/// The byte offset behind the first occurrence of a mask: the Shift-And algorithm. Bit *i* of the
/// state says that the mask's first *i + 1* characters fit the subject up to here, so one pass
/// over the subject follows all starts at once, 64 of them a word.
fn find_masked(mask: &[Option<char>], subject: &str) -> Option<usize> {
    let words = mask.len().div_ceil(64);
    let mut any = vec![0u64; words];
    let mut accepts: HashMap<char, Vec<u64>> = HashMap::new();
    for (at, wanted) in mask.iter().enumerate() {
        let bits = match wanted {
            None => &mut any,
            Some(c) => accepts.entry(*c).or_insert_with(|| vec![0; words]),
        };
        set(bits, at);
    }
    let last = mask.len().checked_sub(1)?;
    let mut state = vec![0u64; words];
    for (at, c) in subject.char_indices() {
        let exact = accepts.get(&c);
        let mut carry = 1;
        for (word, slot) in state.iter_mut().enumerate() {
            let accepted = any.get(word).copied().unwrap_or(0)
                | exact.and_then(|bits| bits.get(word)).copied().unwrap_or(0);
            let moved = (*slot << 1) | carry;
            carry = *slot >> 63;
            *slot = moved & accepted;
        }
        if is_set(&state, last) {
            return Some(at + c.len_utf8());
        }
    }
    None
}

fn set(bits: &mut [u64], at: usize) {
    if let Some(word) = bits.get_mut(at / 64) {
        *word |= 1 << (at % 64);
    }
}

fn is_set(bits: &[u64], at: usize) -> bool {
    bits.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The textbook table of all prefixes: slow, and obviously right.
    fn slow(pattern: &str, subject: &str) -> bool {
        let p: Vec<char> = pattern.chars().collect();
        let s: Vec<char> = subject.chars().collect();
        let mut table = vec![vec![false; s.len() + 1]; p.len() + 1];
        table[0][0] = true;
        for i in 1..=p.len() {
            for j in 0..=s.len() {
                table[i][j] = match p[i - 1] {
                    '*' => table[i - 1][j] || (j > 0 && table[i][j - 1]),
                    '?' => j > 0 && table[i - 1][j - 1],
                    c => j > 0 && s[j - 1] == c && table[i - 1][j - 1],
                };
            }
        }
        table[p.len()][s.len()]
    }

    #[test]
    fn table() {
        for (pattern, subject, expected) in [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("*", "anything:at/all", true),
            ("?", "", false),
            ("?", "é", true),
            ("?", "ab", false),
            ("a*", "a", true),
            ("a*", "ba", false),
            ("*a", "ba", true),
            ("*a", "ab", false),
            ("a*b*c", "a--b--c", true),
            ("a*b*c", "abcbc", true),
            ("a*b*c", "acb", false),
            ("ab*ba", "aba", false),
            ("ab*ba", "abba", true),
            ("a**b", "ab", true),
            ("*?*", "", false),
            ("*??*", "é", false),
            ("*a?c*", "xxabxabc", true),
            ("*a?c", "xabcabd", false),
            ("get*", "Get", false),
        ] {
            assert_eq!(Glob::new(pattern).matches(subject), expected, "{pattern} ~ {subject}");
        }
    }

    #[test]
    fn literal_pieces_have_no_wildcards() {
        let glob = Glob::from_pieces([Piece::Wild("home/*/"), Piece::Literal("*?")]);
        assert!(glob.matches("home/x/*?"));
        assert!(!glob.matches("home/x/ab"));
    }

    #[test]
    fn long_masks_cross_word_borders() {
        let mask = format!("*{}a?b*", "?".repeat(130));
        let subject = format!("{}a-b", "x".repeat(130));
        assert!(Glob::new(&mask).matches(&subject));
        assert!(!Glob::new(&mask).matches(&subject[1..]));
    }

    /// With backtracking each of these would outlast any patience: they end, so there is none.
    #[test]
    fn no_pattern_explodes() {
        const LEN: usize = 100_000;
        let subject = "a".repeat(LEN);
        assert!(Glob::new(&"*a".repeat(LEN)).matches(&subject));
        assert!(!Glob::new(&format!("{}b", "*a".repeat(LEN))).matches(&subject));
        let half = "a".repeat(LEN / 2);
        assert!(!Glob::new(&format!("*{half}b*{half}")).matches(&subject));
        assert!(!Glob::new(&format!("*{}b*", "?a".repeat(3_000))).matches(&subject));
        assert!(!Glob::new(&"*?".repeat(LEN + 1)).matches(&subject));
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 4_000,
            rng_seed: proptest::test_runner::RngSeed::Fixed(1),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn agrees_with_the_textbook(pattern in "[ab*?é]{0,9}", subject in "[abé]{0,12}") {
            prop_assert_eq!(Glob::new(&pattern).matches(&subject), slow(&pattern, &subject));
        }
    }
}
