//! A pool's schema: which attributes its users can have, and what may stand in them.
//!
//! It decides how a request's `Schema` changes the twenty standard attributes and what custom ones
//! it adds. It knows nothing of users, clients or the texts of errors.
//!
//! Sources: `SchemaAttributeType` and `AddCustomAttributes` in the API reference; "Working with
//! user attributes" in the developer guide.
//!
//! Not verified against AWS: what a missing `Mutable` means for a custom attribute (here: true),
//! a name that occurs twice in one request (here: refused), a `Schema` entry for `sub` (here: looked
//! at and without effect), and negative bounds of numbers (here: possible).

use poolhouse_wire::shapes::{
    AttributeDataType, NumberAttributeConstraintsType, SchemaAttributeType,
    StringAttributeConstraintsType,
};
use serde::{Deserialize, Serialize};

use super::attribute::AttributeRule;
use crate::error::Error;

/// The longest value of any attribute, in characters.
pub const VALUE_CHARS_MAX: u32 = 2048;
/// The most custom attributes that a pool can have.
pub const CUSTOM_ATTRIBUTES_MAX: usize = 50;

/// A broken rule of the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemaRule {
    /// An entry without a name.
    NameMissing,
    /// A custom attribute without a data type.
    DataTypeMissing,
    /// A standard attribute, named here, with another data type or marked developer-only.
    StandardChanged(String),
    /// A custom attribute marked required.
    RequiredCustom,
    /// A bound of this kind of attribute, with this name, is not a usable integer.
    InvalidBound(Kind, String),
    /// A bound of the named string attribute lies above [`VALUE_CHARS_MAX`].
    LengthAboveMax(String),
    /// The named string attribute's longest value is shorter than its shortest.
    MaxLengthBelowMin(String),
    /// The named number attribute's greatest value is smaller than its least.
    MaxValueBelowMin(String),
    /// The named attribute is there already.
    Duplicate(String),
    /// More than [`CUSTOM_ATTRIBUTES_MAX`] custom attributes.
    TooManyCustom,
}

impl From<SchemaRule> for Error {
    fn from(rule: SchemaRule) -> Self {
        Self::Attribute(AttributeRule::Schema(rule))
    }
}

/// What kind of value an attribute takes (`AttributeDataType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Text, bounded in length.
    String,
    /// A number, bounded in value.
    Number,
    /// A point in time.
    DateTime,
    /// `true` or `false`.
    Boolean,
}

impl From<AttributeDataType> for Kind {
    fn from(kind: AttributeDataType) -> Self {
        match kind {
            AttributeDataType::String => Self::String,
            AttributeDataType::Number => Self::Number,
            AttributeDataType::DateTime => Self::DateTime,
            AttributeDataType::Boolean => Self::Boolean,
        }
    }
}

impl From<Kind> for AttributeDataType {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::String => Self::String,
            Kind::Number => Self::Number,
            Kind::DateTime => Self::DateTime,
            Kind::Boolean => Self::Boolean,
        }
    }
}

/// One attribute of a schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The whole name, for custom attributes with its prefix.
    pub name: String,
    /// The kind of its values.
    pub kind: Kind,
    /// Whether only administrators may read and write it.
    #[serde(default)]
    pub developer_only: bool,
    /// Whether it can be changed once it has a value.
    pub mutable: bool,
    /// Whether a user who signs up must give it.
    #[serde(default)]
    pub required: bool,
    /// The shortest length in characters, or the least number: as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// The greatest length in characters, or the greatest number: as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
}

/// A pool's schema, in the order in which it is listed: standard attributes, then custom ones in
/// the order of their creation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Schema {
    entries: Vec<Entry>,
}

/// The standard attributes in their order: name, kind, least and greatest length or value.
const STANDARD: [(&str, Kind, Option<&str>, Option<&str>); 20] = [
    ("sub", Kind::String, Some("1"), Some("2048")),
    ("name", Kind::String, Some("0"), Some("2048")),
    ("given_name", Kind::String, Some("0"), Some("2048")),
    ("family_name", Kind::String, Some("0"), Some("2048")),
    ("middle_name", Kind::String, Some("0"), Some("2048")),
    ("nickname", Kind::String, Some("0"), Some("2048")),
    ("preferred_username", Kind::String, Some("0"), Some("2048")),
    ("profile", Kind::String, Some("0"), Some("2048")),
    ("picture", Kind::String, Some("0"), Some("2048")),
    ("website", Kind::String, Some("0"), Some("2048")),
    ("email", Kind::String, Some("0"), Some("2048")),
    ("email_verified", Kind::Boolean, None, None),
    ("gender", Kind::String, Some("0"), Some("2048")),
    ("birthdate", Kind::String, Some("10"), Some("10")),
    ("zoneinfo", Kind::String, Some("0"), Some("2048")),
    ("locale", Kind::String, Some("0"), Some("2048")),
    ("phone_number", Kind::String, Some("0"), Some("2048")),
    ("phone_number_verified", Kind::Boolean, None, None),
    ("address", Kind::String, Some("0"), Some("2048")),
    ("updated_at", Kind::Number, Some("0"), None),
];

/// Whether it is one of the twenty standard attributes.
pub fn is_standard(name: &str) -> bool {
    STANDARD.iter().any(|(standard, ..)| *standard == name)
}

impl Default for Schema {
    fn default() -> Self {
        Self::standard()
    }
}

impl Schema {
    /// The schema of a pool that was created without one.
    pub fn standard() -> Self {
        let entries = STANDARD.iter().map(|(name, kind, min, max)| Entry {
            name: (*name).to_owned(),
            kind: *kind,
            developer_only: false,
            mutable: *name != "sub",
            required: *name == "sub",
            min: min.map(str::to_owned),
            max: max.map(str::to_owned),
        });
        Self { entries: entries.collect() }
    }

    /// The schema that CreateUserPool's `Schema` asks for.
    ///
    /// # Errors
    /// The first broken rule, in the order of the request.
    pub fn from_request(request: &[SchemaAttributeType]) -> Result<Self, SchemaRule> {
        let mut schema = Self::standard();
        let mut overridden: Vec<&str> = Vec::new();
        for wanted in request {
            let name = wanted.name.as_deref().ok_or(SchemaRule::NameMissing)?;
            if !is_standard(name) {
                schema.push_custom(wanted)?;
                continue;
            }
            if overridden.contains(&name) {
                return Err(SchemaRule::Duplicate(name.to_owned()));
            }
            overridden.push(name);
            if let Some(entry) = schema.entries.iter_mut().find(|entry| entry.name == name) {
                entry.override_with(wanted)?;
            }
        }
        Ok(schema)
    }

    /// What AddCustomAttributes does. A standard name is no different from any other here: it gets
    /// the prefix.
    ///
    /// # Errors
    /// The first broken rule, in the order of the request; the schema is then to be thrown away.
    pub fn add_custom(&mut self, request: &[SchemaAttributeType]) -> Result<(), SchemaRule> {
        request.iter().try_for_each(|wanted| self.push_custom(wanted))
    }

    fn push_custom(&mut self, wanted: &SchemaAttributeType) -> Result<(), SchemaRule> {
        let entry = custom(wanted)?;
        if self.entry(&entry.name).is_some() {
            return Err(SchemaRule::Duplicate(entry.name));
        }
        if self.entries.iter().filter(|e| !is_standard(&e.name)).count() >= CUSTOM_ATTRIBUTES_MAX {
            return Err(SchemaRule::TooManyCustom);
        }
        self.entries.push(entry);
        Ok(())
    }

    /// `SchemaAttributes` as DescribeUserPool lists them.
    pub fn to_wire(&self) -> Vec<SchemaAttributeType> {
        self.entries.iter().map(Entry::to_wire).collect()
    }

    /// The attributes in their order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The attribute with this whole name.
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// What a user who signs up must give, in the schema's order: `sub`, which nobody gives, is not
    /// among it.
    pub fn required_names(&self) -> impl Iterator<Item = &str> {
        let required = |entry: &&Entry| entry.required && entry.name != "sub";
        self.entries.iter().filter(required).map(|entry| entry.name.as_str())
    }
}

impl Entry {
    /// Bounds count only where the request names the data type, too: the service ignores them
    /// otherwise, and so do the tools that rely on it.
    fn override_with(&mut self, wanted: &SchemaAttributeType) -> Result<(), SchemaRule> {
        let other_kind =
            wanted.attribute_data_type.is_some_and(|kind| Kind::from(kind) != self.kind);
        if other_kind || wanted.developer_only_attribute == Some(true) {
            return Err(SchemaRule::StandardChanged(self.name.clone()));
        }
        let mut changed = self.clone();
        changed.mutable = wanted.mutable.unwrap_or(self.mutable);
        changed.required = wanted.required.unwrap_or(self.required);
        let (min, max) = bounds(self.kind, wanted);
        if wanted.attribute_data_type.is_some() && (min.is_some() || max.is_some()) {
            (changed.min, changed.max) = (min, max);
            changed.check_bounds()?;
        }
        if self.name != "sub" {
            *self = changed;
        }
        Ok(())
    }

    fn check_bounds(&self) -> Result<(), SchemaRule> {
        let read = |text: &Option<String>| {
            let Some(text) = text else { return Ok(None) };
            let lowest = if self.kind == Kind::Number { i64::MIN } else { 0 };
            match text.parse::<i64>() {
                Ok(number) if number >= lowest => Ok(Some(number)),
                _ => Err(SchemaRule::InvalidBound(self.kind, self.name.clone())),
            }
        };
        let (min, max) = (read(&self.min)?, read(&self.max)?);
        let crossed = matches!((min, max), (Some(min), Some(max)) if max < min);
        match self.kind {
            Kind::String if min.max(max) > Some(i64::from(VALUE_CHARS_MAX)) => {
                Err(SchemaRule::LengthAboveMax(self.name.clone()))
            }
            Kind::String if crossed => Err(SchemaRule::MaxLengthBelowMin(self.name.clone())),
            Kind::Number if crossed => Err(SchemaRule::MaxValueBelowMin(self.name.clone())),
            _ => Ok(()),
        }
    }

    fn to_wire(&self) -> SchemaAttributeType {
        let string = || StringAttributeConstraintsType {
            min_length: self.min.clone(),
            max_length: self.max.clone(),
        };
        let number = || NumberAttributeConstraintsType {
            min_value: self.min.clone(),
            max_value: self.max.clone(),
        };
        SchemaAttributeType {
            attribute_data_type: Some(self.kind.into()),
            developer_only_attribute: Some(self.developer_only),
            mutable: Some(self.mutable),
            name: Some(self.name.clone()),
            number_attribute_constraints: (self.kind == Kind::Number).then(number),
            required: Some(self.required),
            string_attribute_constraints: (self.kind == Kind::String).then(string),
        }
    }
}

/// A custom attribute as a request describes it.
fn custom(wanted: &SchemaAttributeType) -> Result<Entry, SchemaRule> {
    let name = wanted.name.as_deref().ok_or(SchemaRule::NameMissing)?;
    let kind = Kind::from(wanted.attribute_data_type.ok_or(SchemaRule::DataTypeMissing)?);
    if wanted.required == Some(true) {
        return Err(SchemaRule::RequiredCustom);
    }
    let developer_only = wanted.developer_only_attribute == Some(true);
    let prefix = if developer_only { "dev:custom:" } else { "custom:" };
    let (min, max) = bounds(kind, wanted);
    let entry = Entry {
        name: format!("{prefix}{name}"),
        kind,
        developer_only,
        mutable: wanted.mutable.unwrap_or(true),
        required: false,
        min,
        max,
    };
    entry.check_bounds()?;
    Ok(entry)
}

/// The bounds in a request that belong to this kind; those of the other kind have no effect.
fn bounds(kind: Kind, wanted: &SchemaAttributeType) -> (Option<String>, Option<String>) {
    let (string, number) =
        (&wanted.string_attribute_constraints, &wanted.number_attribute_constraints);
    let (min, max) = match (kind, string, number) {
        (Kind::String, Some(bounds), _) => (&bounds.min_length, &bounds.max_length),
        (Kind::Number, _, Some(bounds)) => (&bounds.min_value, &bounds.max_value),
        _ => return (None, None),
    };
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    (given(min), given(max))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn schema(request: Value) -> Result<Schema, SchemaRule> {
        Schema::from_request(&serde_json::from_value::<Vec<SchemaAttributeType>>(request).unwrap())
    }

    fn refused(request: Value) -> SchemaRule {
        schema(request).unwrap_err()
    }

    fn wire(schema: &Schema, name: &str) -> Value {
        let found = schema.to_wire().into_iter().find(|e| e.name.as_deref() == Some(name));
        serde_json::to_value(found.unwrap()).unwrap()
    }

    #[test]
    fn the_standard_schema_is_listed_as_the_service_lists_it() {
        let mut expected = Vec::new();
        for name in [
            "sub",
            "name",
            "given_name",
            "family_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "email",
            "email_verified",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "phone_number",
            "phone_number_verified",
            "address",
            "updated_at",
        ] {
            let sub = name == "sub";
            let mut entry = json!({
                "Name": name, "AttributeDataType": "String", "DeveloperOnlyAttribute": false,
                "Mutable": !sub, "Required": sub,
            });
            match name {
                "email_verified" | "phone_number_verified" => {
                    entry["AttributeDataType"] = json!("Boolean");
                }
                "updated_at" => {
                    entry["AttributeDataType"] = json!("Number");
                    entry["NumberAttributeConstraints"] = json!({"MinValue": "0"});
                }
                _ => {
                    let (min, max) = match name {
                        "sub" => ("1", "2048"),
                        "birthdate" => ("10", "10"),
                        _ => ("0", "2048"),
                    };
                    entry["StringAttributeConstraints"] =
                        json!({"MinLength": min, "MaxLength": max});
                }
            }
            expected.push(entry);
        }
        let listed = serde_json::to_value(Schema::standard().to_wire()).unwrap();
        assert_eq!(listed, Value::Array(expected));
        assert_eq!(schema(json!([])).unwrap(), Schema::standard());
    }

    #[test]
    fn a_standard_attribute_can_be_made_required_and_immutable_in_its_place() {
        let made = schema(json!([{"Name": "email", "Required": true, "Mutable": false}])).unwrap();
        let entry = made.entry("email").unwrap();
        assert_eq!((entry.required, entry.mutable), (true, false));
        assert_eq!(made.entries()[10].name, "email");
        assert_eq!(made.entries().len(), 20);
        assert_eq!(made.required_names().collect::<Vec<_>>(), ["email"]);
    }

    #[test]
    fn bounds_of_a_standard_attribute_count_only_with_its_data_type() {
        let bounds = json!({"MinLength": "5"});
        let without = json!([{"Name": "name", "StringAttributeConstraints": bounds}]);
        assert_eq!(schema(without).unwrap(), Schema::standard());
        let with = json!([
            {"Name": "name", "AttributeDataType": "String", "StringAttributeConstraints": bounds}
        ]);
        assert_eq!(wire(&schema(with).unwrap(), "name")["StringAttributeConstraints"], bounds);
        let empty = json!([
            {"Name": "name", "AttributeDataType": "String", "StringAttributeConstraints": {}}
        ]);
        assert_eq!(schema(empty).unwrap(), Schema::standard());
    }

    #[test]
    fn a_standard_attribute_keeps_its_kind_and_its_readers() {
        let changed = SchemaRule::StandardChanged("email".into());
        let number = json!([{"Name": "email", "AttributeDataType": "Number"}]);
        assert_eq!(refused(number), changed);
        assert_eq!(refused(json!([{"Name": "email", "DeveloperOnlyAttribute": true}])), changed);
    }

    #[test]
    fn sub_stays_as_it_is() {
        let request = json!([{"Name": "sub", "Mutable": true, "Required": false}]);
        assert_eq!(schema(request).unwrap(), Schema::standard());
    }

    #[test]
    fn custom_attributes_follow_in_order_with_their_prefix() {
        let made = schema(json!([
            {"Name": "team", "AttributeDataType": "String", "Mutable": false},
            {"Name": "name", "Required": true},
            {"Name": "level", "AttributeDataType": "Number", "DeveloperOnlyAttribute": true,
             "NumberAttributeConstraints": {"MaxValue": "9"}},
            {"Name": "seen", "AttributeDataType": "DateTime",
             "StringAttributeConstraints": {"MinLength": "1"}},
        ]))
        .unwrap();
        let names: Vec<_> = made.entries()[20..].iter().map(|e| e.name.as_str()).collect();
        assert_eq!(names, ["custom:team", "dev:custom:level", "custom:seen"]);
        assert_eq!(
            wire(&made, "custom:team"),
            json!({"Name": "custom:team", "AttributeDataType": "String", "Mutable": false,
                   "DeveloperOnlyAttribute": false, "Required": false,
                   "StringAttributeConstraints": {}})
        );
        assert_eq!(
            wire(&made, "dev:custom:level"),
            json!({"Name": "dev:custom:level", "AttributeDataType": "Number", "Mutable": true,
                   "DeveloperOnlyAttribute": true, "Required": false,
                   "NumberAttributeConstraints": {"MaxValue": "9"}})
        );
        assert_eq!(
            wire(&made, "custom:seen"),
            json!({"Name": "custom:seen", "AttributeDataType": "DateTime", "Mutable": true,
                   "DeveloperOnlyAttribute": false, "Required": false})
        );
    }

    #[test]
    fn custom_attributes_need_a_kind_and_cannot_be_required() {
        assert_eq!(refused(json!([{"Name": "x"}])), SchemaRule::DataTypeMissing);
        assert_eq!(refused(json!([{"AttributeDataType": "String"}])), SchemaRule::NameMissing);
        let required = json!([{"Name": "x", "AttributeDataType": "String", "Required": true}]);
        assert_eq!(refused(required), SchemaRule::RequiredCustom);
    }

    #[test]
    fn bounds_are_integers_in_order_and_within_the_limit() {
        let string = |min: &str, max: &str| {
            refused(json!([{"Name": "x", "AttributeDataType": "String",
                "StringAttributeConstraints": {"MinLength": min, "MaxLength": max}}]))
        };
        let name = || "custom:x".to_owned();
        assert_eq!(string("-1", "5"), SchemaRule::InvalidBound(Kind::String, name()));
        assert_eq!(string("0", "five"), SchemaRule::InvalidBound(Kind::String, name()));
        assert_eq!(string("0", "2049"), SchemaRule::LengthAboveMax(name()));
        assert_eq!(string("2049", "1"), SchemaRule::LengthAboveMax(name()));
        assert_eq!(string("6", "5"), SchemaRule::MaxLengthBelowMin(name()));
        let number = |min: &str, max: &str| {
            schema(json!([{"Name": "x", "AttributeDataType": "Number",
                "NumberAttributeConstraints": {"MinValue": min, "MaxValue": max}}]))
        };
        assert_eq!(number("2", "1"), Err(SchemaRule::MaxValueBelowMin(name())));
        assert_eq!(number("1.5", "2"), Err(SchemaRule::InvalidBound(Kind::Number, name())));
        assert!(number("-10", "100000").is_ok());
    }

    #[test]
    fn a_name_is_there_once() {
        let twice = |name: &str| {
            let entry = json!({"Name": name, "AttributeDataType": "String"});
            refused(json!([entry, entry]))
        };
        assert_eq!(twice("x"), SchemaRule::Duplicate("custom:x".into()));
        assert_eq!(twice("email"), SchemaRule::Duplicate("email".into()));
    }

    #[test]
    fn added_attributes_are_all_custom_and_counted() {
        let named = |name: String| SchemaAttributeType {
            name: Some(name),
            attribute_data_type: Some(AttributeDataType::String),
            ..SchemaAttributeType::default()
        };
        let mut schema = Schema::standard();
        schema.add_custom(&[named("email".into())]).unwrap();
        assert!(schema.entry("custom:email").is_some());
        let again = schema.add_custom(&[named("email".into())]);
        assert_eq!(again, Err(SchemaRule::Duplicate("custom:email".into())));
        let rest: Vec<_> = (1..CUSTOM_ATTRIBUTES_MAX).map(|n| named(format!("a{n}"))).collect();
        schema.add_custom(&rest).unwrap();
        assert_eq!(schema.add_custom(&[named("b".into())]), Err(SchemaRule::TooManyCustom));
    }

    #[test]
    fn a_schema_survives_storage() {
        let made = schema(json!([{"Name": "team", "AttributeDataType": "String"}])).unwrap();
        let text = serde_json::to_string(&made).unwrap();
        assert_eq!(serde_json::from_str::<Schema>(&text).unwrap(), made);
    }
}
