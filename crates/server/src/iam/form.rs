//! The parameters of a Query API request: `application/x-www-form-urlencoded` pairs, from the query
//! string and from the body.
//!
//! Nothing is guessed: a broken escape, text that is not UTF-8 and a parameter given twice are
//! refused, because two readers could read each of them differently.

use std::collections::BTreeMap;
use std::fmt;

use super::refusal::Refusal;

/// Most parameters of one request. The largest request of an action that is built has five, and a
/// presigned one brings six more.
const PAIRS_MAX: usize = 256;
/// Longest name of a parameter, bytes before decoding.
const NAME_BYTES_MAX: usize = 256;

/// Parameters by name.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Form(BTreeMap<String, String>);

/// The names only: values may be signatures.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Form {
    /// Reads all parts as one form.
    pub(super) fn parse(parts: &[&[u8]]) -> Result<Self, Refusal> {
        let mut form = BTreeMap::new();
        let pairs = parts.iter().flat_map(|part| part.split(|byte| *byte == b'&'));
        for pair in pairs.filter(|pair| !pair.is_empty()) {
            let mut sides = pair.splitn(2, |byte| *byte == b'=');
            let name = sides.next().unwrap_or_default();
            if name.len() > NAME_BYTES_MAX {
                return Err(Refusal::malformed("A parameter's name is too long."));
            }
            let name = decode(name)?;
            let value = decode(sides.next().unwrap_or_default())?;
            if form.len() == PAIRS_MAX {
                return Err(Refusal::malformed("There are too many parameters."));
            }
            if form.contains_key(&name) {
                let text = format!("The parameter {name} is given more than once.");
                return Err(Refusal::malformed(text));
            }
            form.insert(name, value);
        }
        Ok(Self(form))
    }

    /// A parameter, which may be empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The first parameter that has a value and is `member` or, as in `Tags.member.1.Key`, a part
    /// of it.
    pub(super) fn part_of(&self, member: &str) -> Option<&str> {
        let part = |name: &&String| {
            name.strip_prefix(member).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let mut valued = self.0.iter().filter(|(_, value)| !value.is_empty());
        valued.find(|(name, _)| part(name)).map(|(name, _)| name.as_str())
    }
}

fn decode(text: &[u8]) -> Result<String, Refusal> {
    let broken = || Refusal::malformed("The parameters are not form-urlencoded UTF-8.");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = (rest.next().and_then(hex), rest.next().and_then(hex));
                let (Some(high), Some(low)) = digits else { return Err(broken()) };
                high << 4 | low
            }
            other => *other,
        });
    }
    String::from_utf8(bytes).map_err(|_| broken())
}

fn hex(digit: &u8) -> Option<u8> {
    char::from(*digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(body: &str) -> Result<Form, Refusal> {
        Form::parse(&[b"", body.as_bytes()])
    }

    #[test]
    fn pairs_are_decoded() {
        let form = parse("Action=GetUser&User%4eame=a%2Bb+c%C3%A9&Empty=&Bare&&x=a=b").unwrap();
        assert_eq!(form.get("Action"), Some("GetUser"));
        assert_eq!(form.get("UserName"), Some("a+b c\u{e9}"));
        assert_eq!((form.get("Empty"), form.get("Bare")), (Some(""), Some("")));
        assert_eq!(form.get("x"), Some("a=b"));
        assert_eq!(form.get("action"), None);
    }

    #[test]
    fn query_and_body_are_one_form() {
        let form = Form::parse(&[b"Action=GetUser", b"Version=1"]).unwrap();
        assert_eq!((form.get("Action"), form.get("Version")), (Some("GetUser"), Some("1")));
        assert!(Form::parse(&[b"Action=GetUser", b"Action=DeleteUser"]).is_err());
    }

    #[test]
    fn what_two_readers_could_read_differently_is_refused() {
        for body in ["a=1&a=1", "a=1&%61=2", "a=%", "a=%2", "a=%zz", "a=%ff", "%C3=1", "a=% 1"] {
            let refusal = parse(body).unwrap_err();
            assert_eq!((refusal.status, refusal.code), (400, "MalformedInput"), "{body}");
        }
    }

    #[test]
    fn size_is_bounded() {
        let pairs = |count: usize| (0..count).map(|n| format!("p{n}=1&")).collect::<String>();
        assert!(parse(&pairs(PAIRS_MAX)).is_ok());
        assert!(parse(&pairs(PAIRS_MAX + 1)).is_err());
        assert!(parse(&format!("{}=1", "n".repeat(NAME_BYTES_MAX))).is_ok());
        assert!(parse(&format!("{}=1", "n".repeat(NAME_BYTES_MAX + 1))).is_err());
    }

    #[test]
    fn parts_of_a_member() {
        let form = parse("Tags.member.1.Key=k&TagsOther=1&Empty=").unwrap();
        assert_eq!(form.part_of("Tags"), Some("Tags.member.1.Key"));
        assert_eq!(form.part_of("Tag"), None);
        assert_eq!(form.part_of("Empty"), None);
    }
}
