//! Rules of the password policy.
//!
//! It decides whether a password satisfies a pool's policy and makes temporary ones that do. It
//! never sees a stored password; history is the business of whoever holds the hashes.
//!
//! Sources: `PasswordPolicyType` in the API reference; "Managing user password requirements" in the
//! developer guide.
//!
//! Not verified against AWS: the order in which missing classes are named; that letters outside
//! ASCII count as neither case; that lengths are counted in characters rather than UTF-16 units.

use poolhouse_wire::shapes::PasswordPolicyType;
use rand_core::RngCore;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::rng;
use crate::secret::Secret;

/// The shortest `MinimumLength` a pool can ask for, in characters.
pub const LENGTH_CHARS_MIN: u32 = 6;
/// The greatest `MinimumLength` a pool can ask for, in characters.
pub const MINIMUM_LENGTH_CHARS_MAX: u32 = 99;
/// The longest password, in characters.
pub const PASSWORD_CHARS_MAX: usize = 256;
/// The `MinimumLength` of a policy that names none, in characters.
const MINIMUM_LENGTH_CHARS: u32 = 8;
/// The most passwords that a pool can forbid to be used again.
pub const HISTORY_PASSWORDS_MAX: u32 = 24;
/// How long a temporary password works where the policy does not say, in days.
const TEMPORARY_VALIDITY_DAYS: u32 = 7;
/// The shortest temporary password that is generated, in characters.
const GENERATED_CHARS_MIN: u32 = 12;

const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
const DIGITS: &[u8] = b"0123456789";
/// What counts as a symbol.
const SYMBOLS: &[u8] = b"^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-";
/// Symbols of generated passwords: those that survive HTML mail, a shell and reading aloud.
const GENERATED_SYMBOLS: &[u8] = b"!@#%*+-=?_";
/// The alphabet of the rest of a generated password: letters and digits, those that look like
/// others left out.
const GENERATED_REST: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

/// A broken rule of the password policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordRule {
    /// Shorter than the policy's `MinimumLength`.
    TooShort,
    /// Longer than [`PASSWORD_CHARS_MAX`].
    TooLong,
    /// White space at an end, or a control character.
    Unprintable,
    /// No `A` to `Z`.
    NoUppercase,
    /// No `a` to `z`.
    NoLowercase,
    /// No digit.
    NoNumber,
    /// No symbol.
    NoSymbol,
    /// One of the user's last passwords, in a pool that forbids them.
    Reused,
    /// One that others know, in a pool that refuses those.
    Compromised,
}

impl From<PasswordRule> for Error {
    fn from(rule: PasswordRule) -> Self {
        Self::Password(rule)
    }
}

/// What passwords must be like (`PasswordPolicyType`), every member decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// The fewest characters.
    pub minimum_length: u32,
    /// Whether one of `A` to `Z` is needed.
    pub require_uppercase: bool,
    /// Whether one of `a` to `z` is needed.
    pub require_lowercase: bool,
    /// Whether a digit is needed.
    pub require_numbers: bool,
    /// Whether a symbol is needed.
    pub require_symbols: bool,
    /// How many of the last passwords, the one in force included, cannot be used again; `None` where
    /// no policy said so.
    pub history_size: Option<u32>,
    /// How long a temporary password works, in days.
    pub temporary_validity_days: u32,
}

impl Default for PasswordPolicy {
    /// The policy of a pool that was created without one: everything is required.
    fn default() -> Self {
        Self {
            minimum_length: MINIMUM_LENGTH_CHARS,
            require_uppercase: true,
            require_lowercase: true,
            require_numbers: true,
            require_symbols: true,
            history_size: None,
            temporary_validity_days: TEMPORARY_VALIDITY_DAYS,
        }
    }
}

impl PasswordPolicy {
    /// The policy a request sends: what it leaves out is not required, unlike in a pool without any
    /// policy. Ranges are those of the model, which the request was checked against.
    pub fn from_wire(policy: Option<&PasswordPolicyType>) -> Self {
        let Some(sent) = policy else { return Self::default() };
        let number = |member: Option<i32>| member.and_then(|number| u32::try_from(number).ok());
        let days = number(sent.temporary_password_validity_days).filter(|days| *days > 0);
        Self {
            minimum_length: number(sent.minimum_length).unwrap_or(MINIMUM_LENGTH_CHARS),
            require_uppercase: sent.require_uppercase.unwrap_or(false),
            require_lowercase: sent.require_lowercase.unwrap_or(false),
            require_numbers: sent.require_numbers.unwrap_or(false),
            require_symbols: sent.require_symbols.unwrap_or(false),
            history_size: number(sent.password_history_size),
            temporary_validity_days: days.unwrap_or(TEMPORARY_VALIDITY_DAYS),
        }
    }
}

/// Whether a password satisfies a policy.
///
/// # Errors
/// The first broken rule: length, then upper case, lower case, numbers, symbols. One at a time, as
/// clients show them.
pub fn check(policy: &PasswordPolicy, password: &str) -> Result<(), PasswordRule> {
    let length = password.chars().count();
    let any = |class: &[u8]| password.bytes().any(|byte| class.contains(&byte));
    let padded = password.trim() != password;
    // A space that is neither first nor last counts as a symbol.
    let symbol = any(SYMBOLS) || password.trim().contains(' ');
    let minimum = usize::try_from(policy.minimum_length).unwrap_or(usize::MAX);
    match () {
        () if length < minimum => Err(PasswordRule::TooShort),
        () if length > PASSWORD_CHARS_MAX => Err(PasswordRule::TooLong),
        () if padded || password.chars().any(char::is_control) => Err(PasswordRule::Unprintable),
        () if policy.require_uppercase && !any(UPPER) => Err(PasswordRule::NoUppercase),
        () if policy.require_lowercase && !any(LOWER) => Err(PasswordRule::NoLowercase),
        () if policy.require_numbers && !any(DIGITS) => Err(PasswordRule::NoNumber),
        () if policy.require_symbols && !symbol => Err(PasswordRule::NoSymbol),
        () => Ok(()),
    }
}

/// A temporary password that satisfies the policy: one character of each required class, the rest
/// letters and digits that cannot be mistaken for one another, in an order that tells nothing.
pub fn generate_temporary(policy: &PasswordPolicy, rng: &mut dyn RngCore) -> Secret<String> {
    let required = [
        (policy.require_uppercase, UPPER),
        (policy.require_lowercase, LOWER),
        (policy.require_numbers, DIGITS),
        (policy.require_symbols, GENERATED_SYMBOLS),
    ];
    let length = usize::try_from(policy.minimum_length.max(GENERATED_CHARS_MIN)).unwrap_or(0);
    let mut password = Zeroizing::new(Vec::with_capacity(length));
    for (_, class) in required.into_iter().filter(|(required, _)| *required) {
        password.extend_from_slice(rng::string_from(class, 1, rng).as_bytes());
    }
    let rest = Zeroizing::new(rng::string_from(GENERATED_REST, length - password.len(), rng));
    password.extend_from_slice(rest.as_bytes());
    for at in (1..length).rev() {
        let bound = u32::try_from(at).map_or(u32::MAX, |at| at.saturating_add(1));
        password.swap(at, usize::try_from(rng::below(bound, rng)).unwrap_or(0));
    }
    Secret::new(password.iter().copied().map(char::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    /// Requires nothing but six characters.
    fn lax() -> PasswordPolicy {
        PasswordPolicy::from_wire(Some(&PasswordPolicyType {
            minimum_length: Some(6),
            ..PasswordPolicyType::default()
        }))
    }

    #[test]
    fn reasons_come_one_at_a_time_in_order() {
        let policy = PasswordPolicy::default();
        let reason = |password: &str| check(&policy, password);
        assert_eq!(reason("a"), Err(PasswordRule::TooShort));
        assert_eq!(reason("       é"), Err(PasswordRule::Unprintable));
        assert_eq!(reason("ßßßßßßßß"), Err(PasswordRule::NoUppercase));
        assert_eq!(reason("AAAAAAAA"), Err(PasswordRule::NoLowercase));
        assert_eq!(reason("AAAAaaaa"), Err(PasswordRule::NoNumber));
        assert_eq!(reason("AAAaaa11"), Err(PasswordRule::NoSymbol));
        assert_eq!(reason("AAaa11!!"), Ok(()));
    }

    #[test]
    fn exactly_these_are_symbols() {
        let policy = PasswordPolicy { require_symbols: true, ..lax() };
        let listed = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-";
        for byte in 33..127_u8 {
            let symbol = char::from(byte);
            let accepted = check(&policy, &format!("aaaaaaa{symbol}")).is_ok();
            assert_eq!(accepted, listed.contains(symbol), "{symbol}");
            assert_eq!(symbol.is_ascii_punctuation(), listed.contains(symbol), "{symbol}");
        }
        assert_eq!(check(&policy, "aaaaaaa§"), Err(PasswordRule::NoSymbol));
    }

    #[test]
    fn an_inner_space_is_a_symbol_and_an_outer_one_refused() {
        let policy = PasswordPolicy { require_symbols: true, ..lax() };
        assert_eq!(check(&policy, "correct horse"), Ok(()));
        assert_eq!(check(&policy, "correct!horse "), Err(PasswordRule::Unprintable));
        assert_eq!(check(&policy, " correct!horse"), Err(PasswordRule::Unprintable));
        assert_eq!(check(&policy, "correct!\nhorse"), Err(PasswordRule::Unprintable));
    }

    #[test]
    fn lengths_are_counted_in_characters() {
        assert_eq!(check(&lax(), "ééééé"), Err(PasswordRule::TooShort));
        assert_eq!(check(&lax(), "éééééé"), Ok(()));
        assert_eq!(check(&lax(), &"é".repeat(256)), Ok(()));
        assert_eq!(check(&lax(), &"é".repeat(257)), Err(PasswordRule::TooLong));
    }

    #[test]
    fn a_sent_policy_requires_only_what_it_says() {
        let empty = PasswordPolicy::from_wire(Some(&PasswordPolicyType::default()));
        assert_eq!(empty.minimum_length, 8);
        assert_eq!(check(&empty, "aaaaaaaa"), Ok(()));
        assert_eq!(empty.temporary_validity_days, 7);
        let days = |days| {
            PasswordPolicy::from_wire(Some(&PasswordPolicyType {
                temporary_password_validity_days: Some(days),
                ..PasswordPolicyType::default()
            }))
        };
        assert_eq!(days(0).temporary_validity_days, 7);
        assert_eq!(days(365).temporary_validity_days, 365);
        assert_eq!(PasswordPolicy::from_wire(None), PasswordPolicy::default());
    }

    proptest! {
        #[test]
        fn what_is_generated_satisfies_the_policy(
            seed: u64,
            minimum_length in LENGTH_CHARS_MIN..=MINIMUM_LENGTH_CHARS_MAX,
            classes: [bool; 4],
        ) {
            let [require_uppercase, require_lowercase, require_numbers, require_symbols] = classes;
            let policy = PasswordPolicy {
                minimum_length, require_uppercase, require_lowercase, require_numbers,
                require_symbols, ..PasswordPolicy::default()
            };
            let mut rng = ChaCha20Rng::seed_from_u64(seed);
            let password = generate_temporary(&policy, &mut rng);
            prop_assert_eq!(check(&policy, password.expose()), Ok(()));
            let another = generate_temporary(&policy, &mut rng);
            prop_assert_ne!(password.expose(), another.expose());
        }

        #[test]
        fn any_text_is_judged(password: String) {
            let _judged = check(&PasswordPolicy::default(), &password);
        }
    }
}
