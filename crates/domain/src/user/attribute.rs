//! Rules of attributes: what users may carry, who may write and read it, and what a change of
//! address brings with it.
//!
//! It turns the attributes of a request into those that are stored, or says what is wrong with
//! them. It knows neither who asks nor whether an address is free.
//!
//! Sources: "Working with user attributes" in the developer guide; SignUp, AdminCreateUser,
//! AdminUpdateUserAttributes and AdminDeleteUserAttributes in the API reference.
//!
//! Not verified against AWS: an address that has to be verified before it counts is not there until
//! then even where the user had none; the value that is in force, set again, withdraws one that
//! waits; of a name given twice the last counts; an empty value at creation is
//! as if it were not given; an email has at most 320 bytes and no stray dots before the `@`, a
//! phone number at most 15 digits; `DateTime` values are not looked into; an address that is set to
//! the value it has is not verified anew; an immutable attribute refuses even the value it has.

use std::collections::BTreeMap;

use poolhouse_wire::shapes::{AttributeType, VerifiedAttributeType};

use super::schema::{Entry, Kind, Schema, SchemaRule, VALUE_CHARS_MAX, is_standard};
use super::username::AliasKind;
use crate::error::Error;
use crate::id::Sub;

/// A broken rule of attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeRule {
    /// The schema itself was refused.
    Schema(SchemaRule),
    /// What a new user was given does not fit the schema; all of it, in the schema's order.
    Nonconforming(Vec<Misfit>),
    /// A change does not fit the schema; all of it, in the schema's order.
    InvalidUpdate(Vec<Misfit>),
    /// `email` is not an address.
    EmailFormat,
    /// `phone_number` is not a number.
    PhoneNumberFormat,
    /// A client wrote what it may not write.
    UnauthorizedWrite,
    /// This address (`email` or `phone_number`) is to be verified or not, and there is none.
    NothingToVerify(AliasKind),
    /// `preferred_username` at sign-up, where it is an alias and thus for confirmed users alone.
    PreferredUsernameAtSignUp,
    /// An attribute that is not an address is to be verified.
    NotVerifiable(String),
}

/// An attribute that does not fit the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The attribute.
    pub name: String,
    /// What is wrong.
    pub problem: Problem,
}

/// Why an attribute does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Required, and not given.
    Required,
    /// Not in the schema.
    Unknown,
    /// Cannot be changed.
    Immutable,
    /// Required, and about to be deleted.
    CannotBeRemoved,
    /// Fewer characters than this bound.
    TooShort(String),
    /// More characters than this bound.
    TooLong(String),
    /// Not a number.
    NotANumber,
    /// Less than this bound.
    TooSmall(String),
    /// Greater than this bound.
    TooLarge(String),
    /// Neither `true` nor `false`.
    NotABoolean,
}

impl From<AttributeRule> for Error {
    fn from(rule: AttributeRule) -> Self {
        Self::Attribute(rule)
    }
}

/// Attributes by name, without `sub`.
pub type Attributes = BTreeMap<String, String>;

/// Who creates a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Creator {
    /// The user, with SignUp: required attributes are required.
    SignUp {
        /// Whether `preferred_username` is an alias of the pool.
        preferred_username_is_alias: bool,
    },
    /// An administrator, with AdminCreateUser: nothing is required.
    Admin,
}

/// The attributes that a new user is stored with. `implied` is what the given name also is
/// (`NewIdentity::implied_attribute`); an attribute given beside it wins.
///
/// Whether a client may write them is [`check_writable`]'s to say, and said first.
///
/// # Errors
/// All that does not fit the schema; after that the first of the other rules.
pub fn for_new_user(
    schema: &Schema,
    creator: Creator,
    given: &[AttributeType],
    implied: Option<(&'static str, String)>,
) -> Result<Attributes, AttributeRule> {
    let mut values = by_name(given);
    values.retain(|_, value| !value.is_empty());
    if let Some((name, value)) = implied {
        values.entry(name.to_owned()).or_insert(value);
    }
    let mut problems = BTreeMap::new();
    if matches!(creator, Creator::SignUp { .. }) {
        let missing = schema.required_names().filter(|name| !values.contains_key(*name));
        problems.extend(missing.map(|name| (name, Problem::Required)));
    }
    for (name, value) in &mut values {
        let problem = match schema.entry(name) {
            None => Some(Problem::Unknown),
            Some(_) if name == "sub" => Some(Problem::Immutable),
            Some(entry) => normalise(entry, value).err(),
        };
        problems.extend(problem.map(|problem| (name.as_str(), problem)));
    }
    if !problems.is_empty() {
        return Err(AttributeRule::Nonconforming(misfits(schema, problems)));
    }
    check_formats(&values)?;
    let alias = Creator::SignUp { preferred_username_is_alias: true };
    if creator == alias && values.contains_key("preferred_username") {
        return Err(AttributeRule::PreferredUsernameAtSignUp);
    }
    for kind in [AliasKind::Email, AliasKind::PhoneNumber] {
        let judged = kind.verified_name().is_some_and(|name| values.contains_key(name));
        if judged && !values.contains_key(kind.as_str()) {
            return Err(AttributeRule::NothingToVerify(kind));
        }
    }
    Ok(values)
}

/// What an administrator's change leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminUpdate {
    /// All attributes afterwards.
    pub attributes: Attributes,
    /// The addresses (`email`, `phone_number`) that have to be verified now: each is sent a code.
    pub changed_addresses: Vec<&'static str>,
    /// New addresses that wait for their code before they replace the ones in force: each is sent
    /// one.
    pub waiting: Vec<(&'static str, String)>,
    /// Addresses that the request decides: none may wait for them any more.
    pub settled: Vec<&'static str>,
}

/// What AdminUpdateUserAttributes and UpdateUserAttributes do. `auto_verified` is the pool's `AutoVerifiedAttributes`,
/// `verify_before_update` its `AttributesRequireVerificationBeforeUpdate`.
///
/// An empty value deletes. A new address counts at once and is not verified, unless the same
/// request says that it is.
///
/// # Errors
/// All that does not fit the schema; after that the first of the other rules.
pub fn admin_update(
    schema: &Schema,
    auto_verified: &[VerifiedAttributeType],
    verify_before_update: &[VerifiedAttributeType],
    current: &Attributes,
    changes: &[AttributeType],
) -> Result<AdminUpdate, AttributeRule> {
    let changes = checked_changes(schema, by_name(changes))?;
    let mut attributes = applied(current, &changes);
    let mut update = AdminUpdate {
        attributes: Attributes::new(),
        changed_addresses: vec![],
        waiting: vec![],
        settled: vec![],
    };
    for wire in [VerifiedAttributeType::Email, VerifiedAttributeType::PhoneNumber] {
        let kind = AliasKind::from(wire);
        let (name, Some(verified)) = (kind.as_str(), kind.verified_name()) else { continue };
        let said = changes.get(verified).filter(|value| !value.is_empty());
        if !attributes.contains_key(name) {
            if said.is_some() {
                return Err(AttributeRule::NothingToVerify(kind));
            }
            attributes.remove(verified);
            update.settled.extend(changes.contains_key(name).then_some(name));
            continue;
        }
        let changed = attributes.get(name) != current.get(name);
        if !changed || said.is_some_and(|value| value == "true") {
            update.settled.extend(changes.contains_key(name).then_some(name));
            continue;
        }
        if verify_before_update.contains(&wire) {
            let new = attributes.remove(name).unwrap_or_default();
            update.waiting.push((name, new));
            restore(&mut attributes, current, &[name, verified]);
            continue;
        }
        attributes.insert(verified.to_owned(), "false".to_owned());
        update.settled.push(name);
        if auto_verified.contains(&wire) {
            update.changed_addresses.push(name);
        }
    }
    Ok(AdminUpdate { attributes, ..update })
}

/// Gives attributes the values back that they had.
fn restore(attributes: &mut Attributes, current: &Attributes, names: &[&str]) {
    for name in names {
        match current.get(*name) {
            Some(value) => attributes.insert((*name).to_owned(), value.clone()),
            None => attributes.remove(*name),
        };
    }
}

/// Whether an address or what is known of its verification differs: what is a factor of a sign-in
/// has changed.
pub fn addresses_differ(one: &Attributes, other: &Attributes) -> bool {
    [AliasKind::Email, AliasKind::PhoneNumber].into_iter().any(|kind| {
        let verified = kind.verified_name().unwrap_or_default();
        let name = kind.as_str();
        one.get(name) != other.get(name) || one.get(verified) != other.get(verified)
    })
}

/// What AdminDeleteUserAttributes does: an address takes its verification along.
///
/// # Errors
/// All names that are unknown, immutable or required.
pub fn admin_delete(
    schema: &Schema,
    current: &Attributes,
    names: &[String],
) -> Result<Attributes, AttributeRule> {
    let changes = names.iter().map(|name| (name.clone(), String::new())).collect();
    let mut attributes = applied(current, &checked_changes(schema, changes)?);
    for kind in [AliasKind::Email, AliasKind::PhoneNumber] {
        if !attributes.contains_key(kind.as_str()) {
            kind.verified_name().map(|verified| attributes.remove(verified));
        }
    }
    Ok(attributes)
}

/// The changes with their values in stored form; an empty value stands for deletion.
fn checked_changes(schema: &Schema, mut changes: Attributes) -> Result<Attributes, AttributeRule> {
    let mut problems = BTreeMap::new();
    for (name, value) in &mut changes {
        let problem = match schema.entry(name) {
            None => Some(Problem::Unknown),
            Some(entry) if !entry.mutable => Some(Problem::Immutable),
            Some(entry) if value.is_empty() => entry.required.then_some(Problem::CannotBeRemoved),
            Some(entry) => normalise(entry, value).err(),
        };
        problems.extend(problem.map(|problem| (name.as_str(), problem)));
    }
    if !problems.is_empty() {
        return Err(AttributeRule::InvalidUpdate(misfits(schema, problems)));
    }
    check_formats(&changes)?;
    Ok(changes)
}

fn applied(current: &Attributes, changes: &Attributes) -> Attributes {
    let mut attributes = current.clone();
    for (name, value) in changes {
        if value.is_empty() {
            attributes.remove(name);
        } else {
            attributes.insert(name.clone(), value.clone());
        }
    }
    attributes
}

fn by_name(given: &[AttributeType]) -> Attributes {
    let value = |attribute: &AttributeType| match &attribute.value {
        Some(value) => String::from(&**value),
        None => String::new(),
    };
    given.iter().map(|attribute| (attribute.name.clone(), value(attribute))).collect()
}

/// In the order of the schema; what is not in it comes last, by name.
fn misfits(schema: &Schema, mut problems: BTreeMap<&str, Problem>) -> Vec<Misfit> {
    let mut found = Vec::with_capacity(problems.len());
    let known = schema.entries().iter().map(|entry| entry.name.as_str());
    for name in known {
        let problem = problems.remove(name);
        found.extend(problem.map(|problem| Misfit { name: name.to_owned(), problem }));
    }
    let unknown = problems.into_iter();
    found.extend(unknown.map(|(name, problem)| Misfit { name: name.to_owned(), problem }));
    found
}

/// Brings a value into its stored form and checks it against its schema entry.
fn normalise(entry: &Entry, value: &mut String) -> Result<(), Problem> {
    match entry.kind {
        Kind::Boolean => {
            value.make_ascii_lowercase();
            if value == "true" || value == "false" { Ok(()) } else { Err(Problem::NotABoolean) }
        }
        Kind::Number => check_number(entry, value),
        Kind::String => check_length(value, entry.min.as_deref(), entry.max.as_deref()),
        Kind::DateTime => check_length(value, None, None),
    }
}

fn check_length(value: &str, min: Option<&str>, max: Option<&str>) -> Result<(), Problem> {
    let length = value.chars().count();
    let bound = |bound: &str| bound.parse::<usize>().ok();
    let limit = VALUE_CHARS_MAX.to_string();
    let max = max.unwrap_or(&limit);
    if let Some(min) = min.filter(|min| bound(min).is_some_and(|min| length < min)) {
        return Err(Problem::TooShort(min.to_owned()));
    }
    if bound(max).is_some_and(|max| length > max) {
        return Err(Problem::TooLong(max.to_owned()));
    }
    Ok(())
}

fn check_number(entry: &Entry, value: &str) -> Result<(), Problem> {
    let plain =
        value.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'));
    let parsed = value.parse::<f64>().ok().filter(|number| plain && number.is_finite());
    let number = parsed.ok_or(Problem::NotANumber)?;
    let bound = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<f64>().ok());
    match (&entry.min, &entry.max) {
        (Some(min), _) if bound(&entry.min).is_some_and(|min| number < min) => {
            Err(Problem::TooSmall(min.clone()))
        }
        (_, Some(max)) if bound(&entry.max).is_some_and(|max| number > max) => {
            Err(Problem::TooLarge(max.clone()))
        }
        _ => Ok(()),
    }
}

fn check_formats(values: &Attributes) -> Result<(), AttributeRule> {
    let breaks = |name: &str, fits: fn(&str) -> bool| {
        values.get(name).is_some_and(|value| !value.is_empty() && !fits(value))
    };
    if breaks("email", is_email) {
        return Err(AttributeRule::EmailFormat);
    }
    if breaks("phone_number", is_phone_number) {
        return Err(AttributeRule::PhoneNumberFormat);
    }
    Ok(())
}

/// The longest label of a domain name, in bytes.
const LABEL_BYTES_MAX: usize = 63;
/// The longest email address, in bytes: 64 before the `@` and 255 after it (RFC 5321, 4.5.3.1).
const EMAIL_BYTES_MAX: usize = 320;
/// The most digits of a phone number (E.164).
const PHONE_DIGITS_MAX: usize = 15;

/// Whether a text looks like an email address: an unquoted local part and a domain name, both also
/// in letters beyond ASCII. Nothing passes that would mean something else in a mail header, or that
/// is too long for mail and for an index.
pub fn is_email(text: &str) -> bool {
    if text.len() > EMAIL_BYTES_MAX {
        return false;
    }
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let beyond = |c: char| !c.is_ascii() && !c.is_control() && !c.is_whitespace();
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let in_label = |c: char| c.is_ascii_alphanumeric() || c == '-' || beyond(c);
    let label = |label: &str| {
        let hyphen = label.starts_with('-') || label.ends_with('-');
        (1..=LABEL_BYTES_MAX).contains(&label.len()) && !hyphen && label.chars().all(in_label)
    };
    let dotted = local.split('.').all(|part| !part.is_empty());
    dotted && local.chars().all(|c| atom(c) || beyond(c)) && domain.split('.').all(label)
}

/// Whether a text looks like a phone number: a plus sign and at most [`PHONE_DIGITS_MAX`] digits.
pub fn is_phone_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (1..=PHONE_DIGITS_MAX).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a client with this `WriteAttributes` may write an attribute. A client without a list may
/// write standard attributes and mutable custom ones; a name that is not in the schema passes then,
/// because the schema refuses it with a text of its own.
pub fn can_write(write_list: Option<&[String]>, schema: &Schema, name: &str) -> bool {
    let never = name == "sub"
        || AliasKind::ALL.iter().any(|kind| kind.verified_name() == Some(name))
        || schema.entry(name).is_some_and(|entry| entry.developer_only);
    match write_list {
        _ if never => false,
        Some(list) => list.iter().any(|writable| writable == name),
        None => is_standard(name) || schema.entry(name).is_none_or(|entry| entry.mutable),
    }
}

/// Whether a client with this `ReadAttributes` may read an attribute. A client without a list may
/// read everything that is not for administrators alone.
pub fn can_read(read_list: Option<&[String]>, schema: &Schema, name: &str) -> bool {
    let developer_only = schema.entry(name).is_some_and(|entry| entry.developer_only);
    match read_list {
        _ if name == "sub" => true,
        _ if developer_only => false,
        Some(list) => list.iter().any(|readable| readable == name),
        None => true,
    }
}

/// Whether a client may write all that a request of its user gives.
///
/// # Errors
/// `UnauthorizedWrite`.
pub fn check_writable(
    write_list: Option<&[String]>,
    schema: &Schema,
    given: &[AttributeType],
) -> Result<(), AttributeRule> {
    if given.iter().all(|attribute| can_write(write_list, schema, &attribute.name)) {
        return Ok(());
    }
    Err(AttributeRule::UnauthorizedWrite)
}

/// A user's attributes as they are listed: `sub`, then the schema's order, then the others by name.
pub fn in_order(schema: &Schema, sub: &Sub, attributes: &Attributes) -> Vec<(String, String)> {
    let mut listed = vec![("sub".to_owned(), sub.as_str().to_owned())];
    for entry in schema.entries() {
        let value = attributes.get(&entry.name).filter(|_| entry.name != "sub");
        listed.extend(value.map(|value| (entry.name.clone(), value.clone())));
    }
    let others = attributes.iter().filter(|(name, _)| schema.entry(name).is_none());
    listed.extend(others.map(|(name, value)| (name.clone(), value.clone())));
    listed
}

#[cfg(test)]
mod tests {
    use super::*;
    use VerifiedAttributeType::{Email, PhoneNumber};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    const SIGN_UP: Creator = Creator::SignUp { preferred_username_is_alias: false };

    fn schema(request: Value) -> Schema {
        let request: Vec<_> = serde_json::from_value(request).unwrap();
        Schema::from_request(&request).unwrap()
    }

    fn given(pairs: &[(&str, &str)]) -> Vec<AttributeType> {
        let one = |(name, value): &(&str, &str)| AttributeType {
            name: (*name).to_owned(),
            value: Some((*value).into()),
        };
        pairs.iter().map(one).collect()
    }

    fn map(pairs: &[(&str, &str)]) -> Attributes {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    fn create(creator: Creator, pairs: &[(&str, &str)]) -> Result<Attributes, AttributeRule> {
        for_new_user(&Schema::standard(), creator, &given(pairs), None)
    }

    fn misfit(name: &str, problem: Problem) -> Misfit {
        Misfit { name: name.into(), problem }
    }

    #[test]
    fn required_attributes_are_required_of_users_and_not_of_administrators() {
        let schema = schema(json!([
            {"Name": "phone_number", "Required": true}, {"Name": "email", "Required": true},
            {"Name": "name", "Required": true},
        ]));
        let new =
            |creator, pairs: &[(&str, &str)]| for_new_user(&schema, creator, &given(pairs), None);
        let missing = |names: &[&str]| {
            let all = names.iter().map(|name| misfit(name, Problem::Required));
            Err(AttributeRule::Nonconforming(all.collect()))
        };
        assert_eq!(new(SIGN_UP, &[]), missing(&["name", "email", "phone_number"]));
        assert_eq!(
            new(SIGN_UP, &[("email", ""), ("name", "A")]),
            missing(&["email", "phone_number"])
        );
        assert_eq!(new(Creator::Admin, &[]), Ok(map(&[])));
        let implied = Some(("email", "a@b.example".to_owned()));
        let with_name = for_new_user(&schema, SIGN_UP, &given(&[("name", "A")]), implied);
        assert_eq!(with_name, missing(&["phone_number"]));
    }

    #[test]
    fn misfits_are_all_named_in_the_order_of_the_schema() {
        let schema = schema(json!([
            {"Name": "team", "AttributeDataType": "String",
             "StringAttributeConstraints": {"MinLength": "2", "MaxLength": "3"}},
            {"Name": "level", "AttributeDataType": "Number",
             "NumberAttributeConstraints": {"MinValue": "1", "MaxValue": "10"}},
        ]));
        let refused = |pairs: &[(&str, &str)]| {
            for_new_user(&schema, Creator::Admin, &given(pairs), None).unwrap_err()
        };
        assert_eq!(
            refused(&[
                ("zebra", "x"),
                ("custom:level", "0.5"),
                ("custom:team", "abcd"),
                ("custom:other", "x"),
                ("sub", "x"),
                ("birthdate", "1.1.1970")
            ]),
            AttributeRule::Nonconforming(vec![
                misfit("sub", Problem::Immutable),
                misfit("birthdate", Problem::TooShort("10".into())),
                misfit("custom:team", Problem::TooLong("3".into())),
                misfit("custom:level", Problem::TooSmall("1".into())),
                misfit("custom:other", Problem::Unknown),
                misfit("zebra", Problem::Unknown),
            ])
        );
        let level = |value| refused(&[("custom:level", value)]);
        let only = |problem| AttributeRule::Nonconforming(vec![misfit("custom:level", problem)]);
        assert_eq!(level("11"), only(Problem::TooLarge("10".into())));
        for text in ["ten", "inf", "NaN", "0x2", "1_0", " 1"] {
            assert_eq!(level(text), only(Problem::NotANumber), "{text}");
        }
    }

    #[test]
    fn values_are_stored_as_given_but_for_booleans() {
        let stored = create(
            Creator::Admin,
            &[
                ("email", "A@b.example"),
                ("email_verified", "True"),
                ("updated_at", "1.5"),
                ("name", "Ünï ✓"),
            ],
        );
        let expected = map(&[
            ("email", "A@b.example"),
            ("email_verified", "true"),
            ("updated_at", "1.5"),
            ("name", "Ünï ✓"),
        ]);
        assert_eq!(stored, Ok(expected));
        let no = AttributeRule::Nonconforming(vec![misfit("email_verified", Problem::NotABoolean)]);
        let refused =
            create(Creator::Admin, &[("email", "a@b.example"), ("email_verified", "yes")]);
        assert_eq!(refused, Err(no));
    }

    #[test]
    fn a_custom_attribute_without_bounds_still_has_the_greatest_length() {
        let schema = schema(json!([{"Name": "x", "AttributeDataType": "String"}]));
        let new = |value: String| {
            for_new_user(&schema, Creator::Admin, &given(&[("custom:x", &value)]), None)
        };
        assert!(new("é".repeat(2048)).is_ok());
        let long =
            AttributeRule::Nonconforming(vec![misfit("custom:x", Problem::TooLong("2048".into()))]);
        assert_eq!(new("é".repeat(2049)), Err(long));
    }

    #[test]
    fn addresses_have_a_format() {
        let email = create(SIGN_UP, &[("email", "nobody")]);
        assert_eq!(email, Err(AttributeRule::EmailFormat));
        let phone = create(SIGN_UP, &[("phone_number", "555-0100")]);
        assert_eq!(phone, Err(AttributeRule::PhoneNumberFormat));
        for fine in ["a@b", "a.b+c@d-e.example", "ü@münchen.example", "o'neil@b.example"] {
            assert!(is_email(fine), "{fine}");
        }
        for bad in [
            "",
            "@",
            "a@",
            "@b",
            "a@b@c",
            "a b@c",
            "a@b c",
            "a@b\r\nBcc: c@d",
            "a@-b",
            "a@b-",
            "a@b..c",
            "<a@b>",
            "a@b>",
            "a,b@c",
            "\"a\"@b",
            "a@b.",
            "a\u{85}@b",
            "a@b\u{2028}",
            ".a@b",
            "a.@b",
            "a..b@c",
            &format!("{}@b", "a".repeat(319)),
            &format!("a@{}", "b.".repeat(1000)),
        ] {
            assert!(!is_email(bad), "{bad}");
        }
        assert!(is_phone_number("+15550100"));
        for bad in ["", "+", "15550100", "+1 555", "+1-555", "++1", "+١", "+1234567890123456"] {
            assert!(!is_phone_number(bad), "{bad}");
        }
    }

    #[test]
    fn what_is_verified_must_be_there() {
        let email = create(Creator::Admin, &[("email_verified", "true")]);
        assert_eq!(email, Err(AttributeRule::NothingToVerify(AliasKind::Email)));
        let phone = create(Creator::Admin, &[("phone_number_verified", "false")]);
        assert_eq!(phone, Err(AttributeRule::NothingToVerify(AliasKind::PhoneNumber)));
        let implied = Some(("email", "a@b.example".to_owned()));
        let verified = given(&[("email_verified", "true")]);
        let created = for_new_user(&Schema::standard(), Creator::Admin, &verified, implied);
        assert_eq!(created, Ok(map(&[("email", "a@b.example"), ("email_verified", "true")])));
    }

    #[test]
    fn a_given_address_wins_over_the_name() {
        let implied = Some(("email", "a@b.example".to_owned()));
        let other = given(&[("email", "c@d.example")]);
        let created = for_new_user(&Schema::standard(), Creator::Admin, &other, implied);
        assert_eq!(created, Ok(map(&[("email", "c@d.example")])));
    }

    #[test]
    fn a_preferred_username_that_is_an_alias_waits_for_confirmation() {
        let alias = Creator::SignUp { preferred_username_is_alias: true };
        let pairs = [("preferred_username", "ally")];
        assert_eq!(create(alias, &pairs), Err(AttributeRule::PreferredUsernameAtSignUp));
        assert_eq!(create(SIGN_UP, &pairs), Ok(map(&pairs)));
        assert_eq!(create(Creator::Admin, &pairs), Ok(map(&pairs)));
    }

    fn updated(
        auto: &[VerifiedAttributeType],
        current: &[(&str, &str)],
        changes: &[(&str, &str)],
    ) -> Result<AdminUpdate, AttributeRule> {
        admin_update(&Schema::standard(), auto, &[], &map(current), &given(changes))
    }

    const VERIFIED: [(&str, &str); 2] = [("email", "a@b.example"), ("email_verified", "true")];

    #[test]
    fn a_new_address_is_unverified_and_sent_a_code_where_the_pool_verifies_it() {
        let change = [("email", "c@d.example")];
        let after = map(&[("email", "c@d.example"), ("email_verified", "false")]);
        let update = updated(&[Email], &VERIFIED, &change).unwrap();
        assert_eq!((update.attributes, update.changed_addresses), (after.clone(), vec!["email"]));
        let update = updated(&[PhoneNumber], &VERIFIED, &change).unwrap();
        assert_eq!((update.attributes, update.changed_addresses), (after, vec![]));
    }

    #[test]
    fn an_administrator_can_vouch_for_an_address() {
        let change = [("email", "c@d.example"), ("email_verified", "TRUE")];
        let update = updated(&[Email], &VERIFIED, &change).unwrap();
        let after = map(&[("email", "c@d.example"), ("email_verified", "true")]);
        assert_eq!((update.attributes, update.changed_addresses), (after, vec![]));
        let unverified = updated(&[Email], &VERIFIED, &[("email_verified", "false")]).unwrap();
        assert_eq!(unverified.attributes["email_verified"], "false");
        assert!(unverified.changed_addresses.is_empty());
        let nothing = updated(&[], &[], &[("email_verified", "true")]);
        assert_eq!(nothing, Err(AttributeRule::NothingToVerify(AliasKind::Email)));
    }

    #[test]
    fn the_same_address_again_changes_nothing() {
        let update = updated(&[Email], &VERIFIED, &VERIFIED[..1]).unwrap();
        assert_eq!((update.attributes, update.changed_addresses), (map(&VERIFIED), vec![]));
    }

    #[test]
    fn an_empty_value_deletes_and_takes_the_verification_along() {
        let update = updated(&[Email], &VERIFIED, &[("email", "")]).unwrap();
        assert_eq!((update.attributes, update.changed_addresses), (map(&[]), vec![]));
        let both = updated(&[], &VERIFIED, &[("email", ""), ("email_verified", "true")]);
        assert_eq!(both, Err(AttributeRule::NothingToVerify(AliasKind::Email)));
        let deleted = admin_delete(&Schema::standard(), &map(&VERIFIED), &["email".into()]);
        assert_eq!(deleted, Ok(map(&[])));
    }

    #[test]
    fn changes_must_fit_the_schema() {
        let schema = schema(json!([
            {"Name": "name", "Mutable": false}, {"Name": "email", "Required": true},
            {"Name": "x", "AttributeDataType": "Boolean"},
        ]));
        let update = |pairs: &[(&str, &str)]| {
            admin_update(&schema, &[], &[], &map(&VERIFIED), &given(pairs)).unwrap_err()
        };
        let misfits = vec![
            misfit("sub", Problem::Immutable),
            misfit("name", Problem::Immutable),
            misfit("email", Problem::CannotBeRemoved),
            misfit("custom:x", Problem::NotABoolean),
            misfit("custom:y", Problem::Unknown),
        ];
        let pairs =
            [("custom:y", "1"), ("custom:x", "1"), ("email", ""), ("name", "A"), ("sub", "1")];
        assert_eq!(update(&pairs), AttributeRule::InvalidUpdate(misfits));
        assert_eq!(update(&[("email", "nobody")]), AttributeRule::EmailFormat);
        assert_eq!(update(&[("phone_number", "1")]), AttributeRule::PhoneNumberFormat);
        let deleted = admin_delete(&schema, &map(&VERIFIED), &["name".into(), "y".into()]);
        let misfits = vec![misfit("name", Problem::Immutable), misfit("y", Problem::Unknown)];
        assert_eq!(deleted, Err(AttributeRule::InvalidUpdate(misfits)));
    }

    #[test]
    fn what_must_be_verified_first_waits() {
        let (before, email) = (map(&VERIFIED), "email");
        let update = |current: &Attributes, changes: &[(&str, &str)]| {
            let changed =
                admin_update(&Schema::standard(), &[Email], &[Email], current, &given(changes));
            changed.unwrap()
        };
        let new = ("email", "c@d.example");
        let waits = (email, "c@d.example".to_owned());
        for changes in [&[new][..], &[new, ("email_verified", "false")]] {
            let update = update(&before, changes);
            assert_eq!(update.attributes, before, "{changes:?}");
            assert_eq!((update.waiting, update.settled), (vec![waits.clone()], vec![]));
            assert!(update.changed_addresses.is_empty());
        }
        // There may be none in force.
        let first = update(&map(&[]), &[new, ("email_verified", "false")]);
        assert_eq!((first.attributes, first.waiting), (map(&[]), vec![waits]));
        // Vouched for, set to what it is, deleted: nothing waits any more.
        for (changes, after) in [
            (&[new, ("email_verified", "true")][..], map(&[new, ("email_verified", "true")])),
            (&[VERIFIED[0]], before.clone()),
            (&[("email", "")], map(&[])),
        ] {
            let update = update(&before, changes);
            assert_eq!((update.attributes, update.waiting), (after, vec![]), "{changes:?}");
            assert_eq!(update.settled, [email]);
        }
        // What the setting does not name counts at once, and does not concern what waits.
        let phone = update(&before, &[("phone_number", "+1")]);
        assert_eq!(phone.attributes.get("phone_number").map(String::as_str), Some("+1"));
        assert_eq!(phone.settled, ["phone_number"]);
        let name = update(&before, &[("name", "A"), ("email_verified", "true")]);
        assert!(name.settled.is_empty() && name.waiting.is_empty());
    }

    #[test]
    fn a_changed_address_or_verification_is_seen() {
        let before = map(&VERIFIED);
        assert!(!addresses_differ(&before, &before));
        for (change, differs) in [
            (("email", "c@d.example"), true),
            (("email_verified", "false"), true),
            (("phone_number", "+1"), true),
            (("phone_number_verified", "true"), true),
            (("name", "A"), false),
        ] {
            let mut after = before.clone();
            after.insert(change.0.into(), change.1.into());
            assert_eq!(addresses_differ(&before, &after), differs, "{change:?}");
        }
    }

    #[test]
    fn clients_write_and_read_what_they_may() {
        let schema = schema(json!([
            {"Name": "open", "AttributeDataType": "String"},
            {"Name": "fixed", "AttributeDataType": "String", "Mutable": false},
            {"Name": "inner", "AttributeDataType": "String", "DeveloperOnlyAttribute": true},
            {"Name": "email", "Mutable": false},
        ]));
        let list: Vec<String> = ["custom:fixed", "email_verified", "dev:custom:inner", "sub"]
            .map(str::to_owned)
            .to_vec();
        let cases = [
            // name, written without a list, with it, read without a list, with it
            ("email", true, false, true, false),
            ("custom:open", true, false, true, false),
            ("custom:fixed", false, true, true, true),
            ("custom:none", true, false, true, false),
            ("email_verified", false, false, true, true),
            ("dev:custom:inner", false, false, false, false),
            ("sub", false, false, true, true),
        ];
        for (name, write, write_listed, read, read_listed) in cases {
            assert_eq!(can_write(None, &schema, name), write, "{name}");
            assert_eq!(can_write(Some(&list), &schema, name), write_listed, "{name}");
            assert_eq!(can_read(None, &schema, name), read, "{name}");
            assert_eq!(can_read(Some(&list), &schema, name), read_listed, "{name}");
        }
        let attributes = given(&[("email", "a@b.example"), ("email_verified", "true")]);
        let refused = Err(AttributeRule::UnauthorizedWrite);
        assert_eq!(check_writable(None, &schema, &attributes), refused);
        assert_eq!(check_writable(None, &schema, &attributes[..1]), Ok(()));
    }

    #[test]
    fn attributes_are_listed_with_sub_first() {
        let schema = schema(json!([{"Name": "a", "AttributeDataType": "String"}]));
        let attributes =
            map(&[("custom:a", "1"), ("email", "2"), ("name", "3"), ("identities", "4")]);
        let listed = in_order(&schema, &Sub::new("s"), &attributes);
        let names: Vec<_> = listed.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["sub", "name", "email", "custom:a", "identities"]);
    }

    proptest! {
        #[test]
        fn any_value_is_judged(name in "email|phone_number|updated_at|email_verified|x", value: String) {
            let _judged = create(SIGN_UP, &[(&name, &value)]);
        }

        #[test]
        fn an_address_fits_one_line(local: String, domain: String) {
            let text = format!("{local}@{domain}");
            if is_email(&text) {
                prop_assert!(!text.contains(|c: char| c.is_control() || c.is_whitespace()));
            }
        }
    }
}
