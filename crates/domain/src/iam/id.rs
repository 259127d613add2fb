//! Names and ids of IAM: access keys, users, policies, paths.
//!
//! Parsing means "it has the form of one"; whether it exists is the store's answer.

use std::fmt;

use rand_core::RngCore;

use crate::rng;
use crate::secret::Secret;

/// Characters of a user name.
pub const USER_NAME_CHARS_MAX: usize = 64;
/// Characters of an inline policy's name.
pub const POLICY_NAME_CHARS_MAX: usize = 128;
/// Characters of a path.
pub const PATH_CHARS_MAX: usize = 512;
/// Characters of an access key id that we generate.
pub const ACCESS_KEY_ID_CHARS: usize = 20;
/// Fewest characters of an access key id: AWS's own bound.
pub const ACCESS_KEY_ID_CHARS_MIN: usize = 16;
/// Most characters of an access key id: AWS's own bound.
pub const ACCESS_KEY_ID_CHARS_MAX: usize = 128;
/// Characters of a secret access key that we generate.
pub const SECRET_ACCESS_KEY_CHARS: usize = 40;
/// Characters of a user id.
pub const USER_ID_CHARS: usize = 21;

const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Why text is not a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameRule {
    /// It is empty.
    Empty,
    /// It has fewer than this many characters.
    TooShort {
        /// The limit.
        min: usize,
    },
    /// It has more than this many characters.
    TooLong {
        /// The limit.
        max: usize,
    },
    /// A character outside letters, digits and `_+=,.@-`, or for a path: not `/…/` of printable ASCII.
    Characters,
}

macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text as it stands on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    };
}

text_type! {
    /// An IAM user's name: 1 to 64 of letters, digits and `_+=,.@-`. AWS keeps its case and compares
    /// without it; see [`UserName::folded`].
    UserName
}

impl UserName {
    /// Reads a name.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub fn parse(text: &str) -> Result<Self, NameRule> {
        name(text, USER_NAME_CHARS_MAX).map(Self)
    }

    /// The form in which two names of one account may not be equal.
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

text_type! {
    /// An inline policy's name: 1 to 128 of letters, digits and `_+=,.@-`.
    PolicyName
}

impl PolicyName {
    /// Reads a name.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub fn parse(text: &str) -> Result<Self, NameRule> {
        name(text, POLICY_NAME_CHARS_MAX).map(Self)
    }
}

text_type! {
    /// A path: `/`, or printable ASCII between two slashes; up to 512 characters.
    Path
}

impl Path {
    /// Reads a path.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub fn parse(text: &str) -> Result<Self, NameRule> {
        if text.is_empty() {
            return Err(NameRule::Empty);
        }
        if text.len() > PATH_CHARS_MAX {
            return Err(NameRule::TooLong { max: PATH_CHARS_MAX });
        }
        let framed = text.starts_with('/') && text.ends_with('/');
        if !framed || !text.bytes().all(|b| matches!(b, 0x21..=0x7E)) {
            return Err(NameRule::Characters);
        }
        Ok(Self(text.to_owned()))
    }
}

impl Default for Path {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

text_type! {
    /// An access key's id. Ours are `AKIA` and 16 characters of base 32; an operator may choose
    /// another for the root key.
    AccessKeyId
}

impl AccessKeyId {
    /// Reads an id: 16 to 128 letters, digits and `_`.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub fn parse(text: &str) -> Result<Self, NameRule> {
        if text.len() < ACCESS_KEY_ID_CHARS_MIN {
            return Err(NameRule::TooShort { min: ACCESS_KEY_ID_CHARS_MIN });
        }
        if text.len() > ACCESS_KEY_ID_CHARS_MAX {
            return Err(NameRule::TooLong { max: ACCESS_KEY_ID_CHARS_MAX });
        }
        if !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            return Err(NameRule::Characters);
        }
        Ok(Self(text.to_owned()))
    }

    /// A new id.
    pub fn generate(rng: &mut dyn RngCore) -> Self {
        Self(base32("AKIA", ACCESS_KEY_ID_CHARS, rng))
    }
}

text_type! {
    /// A user's unique id: `AIDA` and 17 characters of base 32.
    UserId
}

impl UserId {
    /// Wraps an id that is already known to be one, such as a stored row's.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A new id.
    pub fn generate(rng: &mut dyn RngCore) -> Self {
        Self(base32("AIDA", USER_ID_CHARS, rng))
    }
}

/// A new secret access key: 40 characters of base 64, 240 random bits.
pub fn generate_secret_access_key(rng: &mut dyn RngCore) -> Secret<String> {
    Secret::new(rng::string_from(BASE64, SECRET_ACCESS_KEY_CHARS, rng))
}

fn base32(prefix: &str, chars: usize, rng: &mut dyn RngCore) -> String {
    let random = chars.saturating_sub(prefix.len());
    format!("{prefix}{}", rng::string_from(BASE32, random, rng))
}

fn name(text: &str, max: usize) -> Result<String, NameRule> {
    if text.is_empty() {
        return Err(NameRule::Empty);
    }
    if text.chars().count() > max {
        return Err(NameRule::TooLong { max });
    }
    if !text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+=,.@-".contains(&b)) {
        return Err(NameRule::Characters);
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_core::SeedableRng;

    #[test]
    fn names() {
        assert_eq!(UserName::parse("Bob_+=,.@-9").unwrap().folded(), "bob_+=,.@-9");
        assert_eq!(UserName::parse(""), Err(NameRule::Empty));
        assert!(UserName::parse(&"a".repeat(64)).is_ok());
        assert_eq!(UserName::parse(&"a".repeat(65)), Err(NameRule::TooLong { max: 64 }));
        assert!(PolicyName::parse(&"a".repeat(128)).is_ok());
        for bad in ["a b", "a/b", "a:b", "é", "a\n", "*"] {
            assert_eq!(UserName::parse(bad), Err(NameRule::Characters), "{bad}");
        }
    }

    #[test]
    fn paths() {
        for good in ["/", "/a/", "/a/b c/".replace(' ', "!").as_str(), "//"] {
            assert!(Path::parse(good).is_ok(), "{good}");
        }
        for bad in ["a", "/a", "a/", "/a b/", "/é/"] {
            assert_eq!(Path::parse(bad), Err(NameRule::Characters), "{bad}");
        }
        let long = format!("/{}/", "a".repeat(511));
        assert_eq!(Path::parse(&long), Err(NameRule::TooLong { max: 512 }));
    }

    #[test]
    fn generated_ids_have_aws_forms() {
        let mut rng = rand_chacha::ChaCha20Rng::seed_from_u64(1);
        let key = AccessKeyId::generate(&mut rng);
        assert_eq!(key.as_str().len(), ACCESS_KEY_ID_CHARS);
        assert!(key.as_str().starts_with("AKIA"));
        assert_eq!(AccessKeyId::parse(key.as_str()), Ok(key.clone()));
        assert_ne!(AccessKeyId::generate(&mut rng), key);
        let user = UserId::generate(&mut rng);
        assert_eq!(user.as_str().len(), USER_ID_CHARS);
        assert!(user.as_str().starts_with("AIDA"));
        let secret = generate_secret_access_key(&mut rng);
        assert_eq!(secret.expose().len(), SECRET_ACCESS_KEY_CHARS);
        assert_ne!(generate_secret_access_key(&mut rng).expose(), secret.expose());
    }
}
