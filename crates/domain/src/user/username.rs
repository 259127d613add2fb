//! Usernames and aliases: what may be one, how they are compared, and whom they find.
//!
//! It decides by which names the users of a pool are found and which of them must be free. Who
//! holds a name is the store's to say.
//!
//! Sources: "Working with user attributes" (usernames, aliases) in the developer guide;
//! `AliasAttributes`, `UsernameAttributes` and `UsernameConfiguration` of CreateUserPool.
//!
//! Two names are the same if their code points are, after folding to lower case in pools that
//! ignore case: no Unicode normal form is applied, so `é` in one and in two code points differ.
//!
//! Not verified against AWS: a pool that ignores case stores usernames in lower case (SRP hashes
//! the stored form, which clients take from the response); a preferred username that could not be
//! a username, or has the form of another alias of the pool or of a subject, finds nobody.

use std::collections::BTreeMap;

use poolhouse_wire::shapes::{AliasAttributeType, UsernameAttributeType, VerifiedAttributeType};
use serde::{Deserialize, Serialize};

use super::attribute::{is_email, is_phone_number};
use super::{Lookup, UserStatus};
use crate::error::Error;
use crate::id::Sub;

/// Characters of a subject.
const UUID_CHARS: usize = 36;
/// The longest username, in characters.
pub const USERNAME_CHARS_MAX: usize = 128;

/// A broken rule of usernames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsernameRule {
    /// The pool's usernames are email addresses, and this is none.
    NotAnEmail,
    /// The pool's usernames are phone numbers, and this is none.
    NotAPhoneNumber,
    /// The pool's usernames are email addresses or phone numbers, and this is neither.
    NeitherEmailNorPhoneNumber,
    /// It looks like this alias of the pool (email or phone number).
    LooksLikeAlias(AliasKind),
    /// Another user has the username; whether an administrator asked for it.
    UsernameTaken {
        /// AdminCreateUser rather than SignUp.
        admin: bool,
    },
    /// Another user was created with this email or phone number as a username.
    AttributeTaken(AliasKind),
    /// Another user holds this alias.
    AliasTaken(AliasKind),
}

impl From<UsernameRule> for Error {
    fn from(rule: UsernameRule) -> Self {
        Self::Username(rule)
    }
}

/// An attribute by which users can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AliasKind {
    /// `email`
    #[serde(rename = "email")]
    Email,
    /// `phone_number`
    #[serde(rename = "phone_number")]
    PhoneNumber,
    /// `preferred_username`
    #[serde(rename = "preferred_username")]
    PreferredUsername,
}

impl AliasKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Email, Self::PhoneNumber, Self::PreferredUsername];

    /// The attribute's name, which is also the kind of the stored alias.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
            Self::PreferredUsername => "preferred_username",
        }
    }

    /// The attribute that says whether it is verified; a preferred username is never verified.
    pub fn verified_name(self) -> Option<&'static str> {
        match self {
            Self::Email => Some("email_verified"),
            Self::PhoneNumber => Some("phone_number_verified"),
            Self::PreferredUsername => None,
        }
    }

    /// Whether a text has the form of such a value.
    fn fits(self, text: &str) -> bool {
        match self {
            Self::Email => is_email(text),
            Self::PhoneNumber => is_phone_number(text),
            Self::PreferredUsername => is_username(text),
        }
    }
}

impl From<AliasAttributeType> for AliasKind {
    fn from(kind: AliasAttributeType) -> Self {
        match kind {
            AliasAttributeType::Email => Self::Email,
            AliasAttributeType::PhoneNumber => Self::PhoneNumber,
            AliasAttributeType::PreferredUsername => Self::PreferredUsername,
        }
    }
}

impl From<UsernameAttributeType> for AliasKind {
    fn from(kind: UsernameAttributeType) -> Self {
        match kind {
            UsernameAttributeType::Email => Self::Email,
            UsernameAttributeType::PhoneNumber => Self::PhoneNumber,
        }
    }
}

impl From<VerifiedAttributeType> for AliasKind {
    fn from(kind: VerifiedAttributeType) -> Self {
        match kind {
            VerifiedAttributeType::Email => Self::Email,
            VerifiedAttributeType::PhoneNumber => Self::PhoneNumber,
        }
    }
}

/// What the `Username` of a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// `USERNAME` of a sign-in.
    SignIn,
    /// An operation of an administrator, who may also name the subject.
    Admin,
    /// SignUp's companions: confirmation, resending, recovery.
    Public,
}

/// How the users of a pool are named. At most one of the two lists has members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInNames {
    /// `AliasAttributes`: further names beside the username.
    #[serde(default)]
    pub aliases: Vec<AliasKind>,
    /// `UsernameAttributes`: what is given instead of a username.
    #[serde(default)]
    pub username_attributes: Vec<AliasKind>,
    /// `UsernameConfiguration.CaseSensitive`.
    pub case_sensitive: bool,
}

/// What a new user is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewIdentity {
    /// The immutable username.
    pub stored_username: String,
    /// The attribute that the given name also is, and its value.
    pub implied_attribute: Option<(&'static str, String)>,
}

impl Default for SignInNames {
    /// Plain usernames whose case counts.
    fn default() -> Self {
        Self::from_wire(None, None, None)
    }
}

impl SignInNames {
    /// The names of a pool with these settings. Case counts unless the pool says otherwise.
    pub fn from_wire(
        aliases: Option<&[AliasAttributeType]>,
        username_attributes: Option<&[UsernameAttributeType]>,
        case_sensitive: Option<bool>,
    ) -> Self {
        let aliases = aliases.unwrap_or_default().iter().copied().map(AliasKind::from);
        let attributes = username_attributes.unwrap_or_default().iter().copied();
        Self {
            aliases: aliases.collect(),
            username_attributes: attributes.map(AliasKind::from).collect(),
            case_sensitive: case_sensitive.unwrap_or(true),
        }
    }

    /// Whether a new user may be given this name. Whether it is free is another question.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub fn check_new(&self, given: &str) -> Result<(), UsernameRule> {
        let fits = |kind: &AliasKind| *kind != AliasKind::PreferredUsername && kind.fits(given);
        if !self.username_attributes.is_empty() {
            if self.username_attributes.iter().any(fits) {
                return Ok(());
            }
            let takes = |kind| self.username_attributes.contains(&kind);
            return Err(match (takes(AliasKind::Email), takes(AliasKind::PhoneNumber)) {
                (true, true) => UsernameRule::NeitherEmailNorPhoneNumber,
                (false, true) => UsernameRule::NotAPhoneNumber,
                (_, false) => UsernameRule::NotAnEmail,
            });
        }
        match self.aliases.iter().copied().find(fits) {
            Some(kind) => Err(UsernameRule::LooksLikeAlias(kind)),
            None => Ok(()),
        }
    }

    /// What a user created under a name that [`Self::check_new`] let pass is called.
    pub fn new_identity(&self, given: &str, sub: &Sub) -> NewIdentity {
        if self.username_attributes.is_empty() {
            let stored_username = self.username_key(given);
            return NewIdentity { stored_username, implied_attribute: None };
        }
        let kind = self.username_attributes.iter().find(|kind| kind.fits(given));
        NewIdentity {
            stored_username: sub.as_str().to_owned(),
            implied_attribute: kind.map(|kind| (kind.as_str(), given.to_owned())),
        }
    }

    /// The ways to find whom a request means, in the order in which they count, each kind once.
    /// Only for an administrator does a subject find a user who has another username. A text that
    /// nobody can be called finds nobody: it gets no lookups, and the store does not see it.
    ///
    /// A new username is free only if none of an administrator's lookups finds a user: otherwise it
    /// would take over an alias or a subject by which that user is known.
    pub fn lookups(&self, purpose: Purpose, given: &str) -> Vec<Lookup> {
        if !is_username(given) && !is_email(given) {
            return Vec::new();
        }
        let mut lookups = vec![Lookup::Username(self.username_key(given))];
        for kind in AliasKind::ALL {
            let named = self.aliases.contains(&kind) || self.username_attributes.contains(&kind);
            if named && self.fits(kind, given) {
                lookups.push(Lookup::Alias(kind.as_str(), self.alias_key(kind, given)));
            }
        }
        match purpose {
            Purpose::SignIn | Purpose::Public => {}
            Purpose::Admin if is_subject(given) => lookups.push(Lookup::Sub(Sub::new(given))),
            Purpose::Admin => {}
        }
        lookups
    }

    /// Whether a text can be an alias of this kind here. A preferred username that looks like
    /// another alias of the pool, or like a subject, is none: whoever chose it would be found under
    /// an address or a subject that may be somebody else's.
    fn fits(&self, kind: AliasKind, text: &str) -> bool {
        let like_another = [AliasKind::Email, AliasKind::PhoneNumber]
            .into_iter()
            .any(|other| self.aliases.contains(&other) && other.fits(text));
        let posing = like_another || is_subject(text);
        kind.fits(text) && (kind != AliasKind::PreferredUsername || !posing)
    }

    /// Whether users choose their username; otherwise it is made up for them.
    pub fn own_names(&self) -> bool {
        self.username_attributes.is_empty()
    }

    /// A username as it is compared, and in pools that ignore case also as it is stored.
    pub fn username_key(&self, username: &str) -> String {
        if self.case_sensitive { username.to_owned() } else { username.to_lowercase() }
    }

    /// An alias as it is compared.
    pub fn alias_key(&self, kind: AliasKind, value: &str) -> String {
        match kind {
            AliasKind::PhoneNumber => value.to_owned(),
            AliasKind::Email | AliasKind::PreferredUsername => self.username_key(value),
        }
    }

    /// The aliases that a user with these attributes holds, which nobody else may hold: kind and
    /// key.
    ///
    /// Where a name is given instead of a username, it is held from the beginning. Otherwise an
    /// email or phone number is held while it is verified, and a preferred username as soon as the
    /// user is confirmed.
    pub fn claims(
        &self,
        status: UserStatus,
        attributes: &BTreeMap<String, String>,
    ) -> Vec<(AliasKind, String)> {
        let holds = |kind: AliasKind| match kind.verified_name() {
            _ if self.username_attributes.contains(&kind) => true,
            _ if !self.aliases.contains(&kind) => false,
            Some(verified) => attributes.get(verified).is_some_and(|value| value == "true"),
            None => status != UserStatus::Unconfirmed,
        };
        let mut claims = Vec::new();
        for kind in AliasKind::ALL.into_iter().filter(|kind| holds(*kind)) {
            let value = attributes.get(kind.as_str()).filter(|value| self.fits(kind, value));
            claims.extend(value.map(|value| (kind, self.alias_key(kind, value))));
        }
        claims
    }
}

/// Whether a request can name a user so: the constraint of `Username`, which sign-in parameters and
/// attributes are not checked against. Keys are thereby short enough for every index.
fn is_username(text: &str) -> bool {
    let printable = |c: char| !c.is_control() && !c.is_whitespace();
    (1..=USERNAME_CHARS_MAX).contains(&text.chars().count()) && text.chars().all(printable)
}

/// Whether it has the form of a subject.
fn is_subject(text: &str) -> bool {
    text.len() == UUID_CHARS && uuid::Uuid::try_parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use AliasKind::{Email, PhoneNumber, PreferredUsername};

    const SUB: &str = "8f14e45f-ceea-467f-a1d2-9b0c5a3e7d11";

    fn plain() -> SignInNames {
        SignInNames::default()
    }

    fn alias(aliases: &[AliasKind]) -> SignInNames {
        SignInNames { aliases: aliases.to_vec(), ..plain() }
    }

    fn by_attribute(kinds: &[AliasKind]) -> SignInNames {
        SignInNames { username_attributes: kinds.to_vec(), ..plain() }
    }

    fn attributes(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    fn username(text: &str) -> Lookup {
        Lookup::Username(text.into())
    }

    #[test]
    fn any_name_will_do_where_nothing_is_set() {
        for name in ["alice", "alice@example.com", "+15550100", SUB] {
            assert_eq!(plain().check_new(name), Ok(()));
        }
        let identity = plain().new_identity("Alice", &Sub::new(SUB));
        assert_eq!(identity.stored_username, "Alice");
        assert_eq!(identity.implied_attribute, None);
    }

    #[test]
    fn a_username_must_not_look_like_an_alias_of_the_pool() {
        let email = Err(UsernameRule::LooksLikeAlias(Email));
        let phone = Err(UsernameRule::LooksLikeAlias(PhoneNumber));
        assert_eq!(alias(&[Email]).check_new("alice@example.com"), email);
        assert_eq!(alias(&[Email]).check_new("+15550100"), Ok(()));
        assert_eq!(alias(&[PhoneNumber]).check_new("+15550100"), phone);
        assert_eq!(alias(&[PhoneNumber]).check_new("alice@example.com"), Ok(()));
        assert_eq!(alias(&[PreferredUsername]).check_new("alice"), Ok(()));
        assert_eq!(alias(&[PreferredUsername, Email]).check_new("a@b.example"), email);
    }

    #[test]
    fn a_name_given_instead_of_a_username_must_be_one_of_them() {
        let check = |kinds: &[AliasKind], name| by_attribute(kinds).check_new(name);
        assert_eq!(check(&[Email], "+15550100"), Err(UsernameRule::NotAnEmail));
        assert_eq!(check(&[PhoneNumber], "a@b.example"), Err(UsernameRule::NotAPhoneNumber));
        let neither = Err(UsernameRule::NeitherEmailNorPhoneNumber);
        assert_eq!(check(&[PhoneNumber, Email], "alice"), neither);
        assert_eq!(check(&[PhoneNumber, Email], "+15550100"), Ok(()));
        assert_eq!(check(&[PhoneNumber, Email], "a@b.example"), Ok(()));
    }

    #[test]
    fn a_user_named_by_an_attribute_is_stored_under_the_subject() {
        let names = by_attribute(&[Email, PhoneNumber]);
        let identity = names.new_identity("Alice@Example.com", &Sub::new(SUB));
        assert_eq!(identity.stored_username, SUB);
        assert_eq!(identity.implied_attribute, Some(("email", "Alice@Example.com".into())));
        let identity = names.new_identity("+15550100", &Sub::new(SUB));
        assert_eq!(identity.implied_attribute, Some(("phone_number", "+15550100".into())));
    }

    #[test]
    fn case_is_folded_only_where_the_pool_ignores_it() {
        let folding = SignInNames { case_sensitive: false, ..alias(&[Email]) };
        assert_eq!(folding.new_identity("ALICE", &Sub::new(SUB)).stored_username, "alice");
        assert_eq!(folding.lookups(Purpose::SignIn, "Alice"), [username("alice")]);
        assert_eq!(folding.alias_key(Email, "A@B.example"), "a@b.example");
        assert_eq!(folding.alias_key(PreferredUsername, "ALICE"), "alice");
        assert_eq!(plain().username_key("ALICE"), "ALICE");
        assert_eq!(plain().alias_key(Email, "A@B.example"), "A@B.example");
    }

    #[test]
    fn only_an_administrator_finds_by_subject() {
        assert_eq!(plain().lookups(Purpose::SignIn, SUB), [username(SUB)]);
        assert_eq!(plain().lookups(Purpose::Public, SUB), [username(SUB)]);
        let by_sub = Lookup::Sub(Sub::new(SUB));
        assert_eq!(plain().lookups(Purpose::Admin, SUB), [username(SUB), by_sub]);
        assert_eq!(plain().lookups(Purpose::Admin, "alice"), [username("alice")]);
    }

    #[test]
    fn the_username_counts_before_the_aliases() {
        let names = alias(&[PreferredUsername, PhoneNumber, Email]);
        assert_eq!(
            names.lookups(Purpose::SignIn, "ally"),
            [username("ally"), Lookup::Alias("preferred_username", "ally".into())]
        );
        assert_eq!(
            names.lookups(Purpose::Public, "+15550100")[1],
            Lookup::Alias("phone_number", "+15550100".into())
        );
        let named = by_attribute(&[Email]);
        assert_eq!(named.lookups(Purpose::SignIn, "a@b.example").len(), 2);
        assert_eq!(named.lookups(Purpose::SignIn, "+15550100"), [username("+15550100")]);
    }

    #[test]
    fn a_preferred_username_never_passes_for_an_address() {
        let names = alias(&[PreferredUsername, Email]);
        let found = [username("a@b.example"), Lookup::Alias("email", "a@b.example".into())];
        assert_eq!(names.lookups(Purpose::Admin, "a@b.example"), found);
        let posing = attributes(&[("preferred_username", "a@b.example")]);
        assert_eq!(names.claims(UserStatus::Confirmed, &posing), []);
        let alone = alias(&[PreferredUsername]);
        let held = [(PreferredUsername, "a@b.example".to_owned())];
        assert_eq!(alone.claims(UserStatus::Confirmed, &posing), held);
    }

    #[test]
    fn what_nobody_can_be_called_is_not_looked_for_and_not_held() {
        let names = alias(&AliasKind::ALL);
        let long = "x".repeat(10_240);
        for hostile in ["", " ", "a b", "a\0", "a\r\nb", "\u{2028}", &long, &"é".repeat(129)] {
            for purpose in [Purpose::SignIn, Purpose::Admin, Purpose::Public] {
                assert_eq!(names.lookups(purpose, hostile), [], "{hostile:?}");
            }
            let has = attributes(&[("preferred_username", hostile)]);
            assert_eq!(names.claims(UserStatus::Confirmed, &has), [], "{hostile:?}");
        }
        assert_eq!(names.lookups(Purpose::SignIn, &"é".repeat(128)).len(), 2);
        let address = format!("{}@example.com", "a".repeat(150));
        assert_eq!(names.lookups(Purpose::SignIn, &address).len(), 2);
    }

    #[test]
    fn a_name_by_which_another_is_known_is_looked_for_before_it_is_given() {
        let names = alias(&[PreferredUsername]);
        let of_subject = names.lookups(Purpose::Admin, SUB);
        assert!(of_subject.contains(&Lookup::Sub(Sub::new(SUB))));
        let of_alias = names.lookups(Purpose::Admin, "ally");
        assert!(of_alias.contains(&Lookup::Alias("preferred_username", "ally".into())));
    }

    #[test]
    fn an_alias_is_held_while_it_is_verified() {
        let names = alias(&[Email, PhoneNumber]);
        let claims =
            |pairs: &[(&str, &str)]| names.claims(UserStatus::Confirmed, &attributes(pairs));
        assert_eq!(claims(&[("email", "a@b.example")]), []);
        assert_eq!(claims(&[("email", "a@b.example"), ("email_verified", "false")]), []);
        assert_eq!(claims(&[("email_verified", "true")]), []);
        assert_eq!(
            claims(&[
                ("email", "a@b.example"),
                ("email_verified", "true"),
                ("phone_number", "+1"),
                ("phone_number_verified", "true")
            ]),
            [(Email, "a@b.example".to_owned()), (PhoneNumber, "+1".to_owned())]
        );
        let other = plain().claims(
            UserStatus::Confirmed,
            &attributes(&[("email", "a@b.example"), ("email_verified", "true")]),
        );
        assert_eq!(other, []);
    }

    #[test]
    fn a_preferred_username_never_passes_for_a_subject() {
        let names = alias(&[PreferredUsername]);
        let sub = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
        let found = [username(sub), Lookup::Sub(Sub::new(sub))];
        assert_eq!(names.lookups(Purpose::Admin, sub), found);
        let posing = attributes(&[("preferred_username", sub)]);
        assert_eq!(names.claims(UserStatus::Confirmed, &posing), []);
    }

    #[test]
    fn a_preferred_username_is_held_by_a_confirmed_user() {
        let names = alias(&[PreferredUsername]);
        let has = attributes(&[("preferred_username", "ally")]);
        assert_eq!(names.claims(UserStatus::Unconfirmed, &has), []);
        let held = [(PreferredUsername, "ally".to_owned())];
        assert_eq!(names.claims(UserStatus::Confirmed, &has), held);
        assert_eq!(names.claims(UserStatus::ForceChangePassword, &has), held);
    }

    #[test]
    fn a_name_given_instead_of_a_username_is_held_from_the_beginning() {
        let names = SignInNames { case_sensitive: false, ..by_attribute(&[Email]) };
        let has = attributes(&[("email", "A@b.example"), ("phone_number", "+1")]);
        let held = [(Email, "a@b.example".to_owned())];
        assert_eq!(names.claims(UserStatus::Unconfirmed, &has), held);
    }

    #[test]
    fn whoever_holds_an_alias_is_found_by_it() {
        for case_sensitive in [true, false] {
            let names = SignInNames { case_sensitive, ..alias(&AliasKind::ALL) };
            let has = attributes(&[
                ("email", "Alice@B.example"),
                ("email_verified", "true"),
                ("phone_number", "+15550100"),
                ("phone_number_verified", "true"),
                ("preferred_username", "Ally"),
            ]);
            for (kind, key) in names.claims(UserStatus::Confirmed, &has) {
                let found = names.lookups(Purpose::SignIn, &has[kind.as_str()]);
                assert!(found.contains(&Lookup::Alias(kind.as_str(), key)), "{kind:?}");
            }
        }
    }
}
