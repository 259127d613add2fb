//! Splits Rust text into code, literals and comments. Knows just enough for that.

/// A part of a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Everything else.
    Code(String),
    /// What stands between the quotes of a string.
    Literal(String),
    /// A comment, with its marks.
    Comment(String),
}

impl Piece {
    pub(super) fn code(&self) -> Option<&str> {
        if let Piece::Code(text) = self { Some(text) } else { None }
    }

    pub(super) fn literal(&self) -> Option<&str> {
        if let Piece::Literal(text) = self { Some(text) } else { None }
    }
}

/// The pieces of a file, in order.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut code = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (piece, after) = special(rest, &code).unwrap_or_else(|| {
            code.push(c);
            (None, rest.get(c.len_utf8()..).unwrap_or_default())
        });
        rest = after;
        if let Some(piece) = piece {
            pieces.push(Piece::Code(std::mem::take(&mut code)));
            pieces.push(piece);
        }
    }
    pieces.push(Piece::Code(code));
    pieces
}

/// What begins here if it is not plain code, and the text after it. A character literal is skipped: no piece.
fn special<'a>(rest: &'a str, before: &str) -> Option<(Option<Piece>, &'a str)> {
    if rest.starts_with("//") {
        let (comment, after) = split(rest, rest.find('\n').unwrap_or(rest.len()));
        return Some((Some(Piece::Comment(comment.to_owned())), after));
    }
    if rest.starts_with("/*") {
        let (comment, after) = split(rest, block_comment_end(rest));
        return Some((Some(Piece::Comment(comment.to_owned())), after));
    }
    let in_word = before.chars().last().is_some_and(|c| c.is_alphanumeric() || c == '_');
    if !in_word && let Some((literal, after)) = raw_string(rest) {
        return Some((Some(Piece::Literal(literal.to_owned())), after));
    }
    if let Some(inside) = rest.strip_prefix('"') {
        let (literal, after) = split(inside, closing(inside, '"')?);
        let after = after.strip_prefix('"').unwrap_or(after);
        return Some((Some(Piece::Literal(literal.to_owned())), after));
    }
    let inside = rest.strip_prefix('\'')?;
    // `'a'` and `'\n'` are characters; `'a` alone is a lifetime.
    let mut chars = inside.char_indices();
    let is_character = match (chars.next()?.1, chars.next()) {
        ('\\', _) => true,
        (_, Some((_, second))) => second == '\'',
        _ => false,
    };
    if !is_character {
        return None;
    }
    let after = split(inside, closing(inside, '\'')?).1;
    Some((None, after.strip_prefix('\'').unwrap_or(after)))
}

fn split(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// Where an unescaped quote stands.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if c == quote && !escaped {
            return Some(at);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

/// `r"…"`, `r#"…"#`, `br"…"`.
fn raw_string(text: &str) -> Option<(&str, &str)> {
    let after_r = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let quote_and_more = after_r.trim_start_matches('#');
    let hashes = after_r.len() - quote_and_more.len();
    let inside = quote_and_more.strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    inside.split_once(&end)
}

fn block_comment_end(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(c) = rest.chars().next() else { break };
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += c.len_utf8();
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(text: &str) -> Vec<String> {
        pieces(text).iter().filter_map(Piece::literal).map(str::to_owned).collect()
    }

    #[test]
    fn literals_of_every_kind() {
        let text = r##"let a = "x\"y"; let b = r#"raw "quoted""#; let c = b"bytes"; let d = br"rb"; for"e";"##;
        assert_eq!(literals(text), [r#"x\"y"#, r#"raw "quoted""#, "bytes", "rb", "e"]);
    }

    #[test]
    fn quotes_in_comments_and_characters_are_no_literals() {
        let text = "// it's \"no\"\n/* \"no\" /* \"no\" */ \"no\" */ let q = '\"'; let s = '\\''; fn f<'a>(x: &'a str) { \"yes\" }";
        assert_eq!(literals(text), ["yes"]);
    }

    #[test]
    fn code_keeps_what_is_neither() {
        let code: String = pieces("a // b\nc \"d\" e").iter().filter_map(Piece::code).collect();
        assert_eq!(code, "a \nc  e");
    }
}
