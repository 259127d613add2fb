//! One function that holds a JSON value against a constraint table.
//!
//! Violations come in the order of the model: members as the model lists them, a structure's own members before those
//! of the next. For one value the pattern comes before the length, as in messages that were seen.

use serde_json::{Map, Value};

use crate::blob::Blob;
use crate::body::{Malformed, Rejection};
use crate::shape::{Kind, Member, Shape};
use crate::violation::{Rule, Shown, Violation};

/// More violations than this are not collected: a message that long helps nobody, and costs.
pub const VIOLATIONS_MAX: usize = 100;

/// Checks a request body, from which nulls were dropped, against its table.
///
/// # Errors
/// [`Malformed::WrongType`] for the first member of the wrong JSON type; otherwise all violations.
pub fn check(shape: &'static Shape, body: &Value) -> Result<(), Rejection> {
    let mut walk = Walk { violations: Vec::new() };
    walk.value(shape, body, &Place { path: String::new(), hidden: false })
        .map_err(Rejection::Serialization)?;
    if walk.violations.is_empty() { Ok(()) } else { Err(Rejection::Violations(walk.violations)) }
}

struct Walk {
    violations: Vec<Violation>,
}

/// Where the walk is.
struct Place {
    path: String,
    /// A shape around this place is sensitive.
    hidden: bool,
}

impl Place {
    fn inside(&self, shape: &Shape, step: &str) -> Place {
        let path =
            if self.path.is_empty() { step.to_owned() } else { format!("{}.{step}", self.path) };
        Place { path, hidden: self.hidden || shape.sensitive }
    }

    fn wrong_type(&self, expected: &'static str) -> Malformed {
        Malformed::WrongType { path: self.path.clone(), expected }
    }
}

impl Walk {
    fn value(&mut self, shape: &'static Shape, value: &Value, at: &Place) -> Result<(), Malformed> {
        match (shape.kind, value) {
            (Kind::Structure(members), Value::Object(map)) => {
                self.structure(shape, members, map, at)?;
            }
            (Kind::Structure(_), _) => return Err(at.wrong_type("an object")),
            (Kind::List(element), Value::Array(items)) => {
                self.simple(shape, value, at)?;
                self.elements(shape, element, items, value, at)?;
            }
            (Kind::Map(key, inner), Value::Object(map)) => {
                self.simple(shape, value, at)?;
                self.entries(shape, (key, inner), map, value, at)?;
            }
            _ => self.simple(shape, value, at)?,
        }
        Ok(())
    }

    fn structure(
        &mut self,
        shape: &'static Shape,
        members: &'static [Member],
        map: &Map<String, Value>,
        at: &Place,
    ) -> Result<(), Malformed> {
        for member in members {
            let inside = at.inside(shape, &lower_first(member.name));
            match map.get(member.name) {
                Some(value) => self.value(member.shape, value, &inside)?,
                None if member.required => self.push(&inside, Shown::Null, Rule::NotNull),
                None => {}
            }
        }
        Ok(())
    }

    /// Elements that are structures have places of their own; simple ones are reported once, for the whole list.
    fn elements(
        &mut self,
        shape: &'static Shape,
        element: &'static Shape,
        items: &[Value],
        list: &Value,
        at: &Place,
    ) -> Result<(), Malformed> {
        let mut fails = false;
        for (index, item) in items.iter().enumerate() {
            let inside = at.inside(shape, &format!("{}.member", index + 1));
            if is_simple(element) {
                fails |= !failed_rules(element, item, &inside)?.is_empty();
            } else {
                self.value(element, item, &inside)?;
            }
        }
        if fails {
            self.push(at, shown(shape, list, at), Rule::EachElement(all_rules(element)));
        }
        Ok(())
    }

    fn entries(
        &mut self,
        shape: &'static Shape,
        (key, inner): (&'static Shape, &'static Shape),
        map: &Map<String, Value>,
        whole: &Value,
        at: &Place,
    ) -> Result<(), Malformed> {
        let mut key_fails = false;
        let mut value_fails = false;
        for (name, value) in map {
            let inside = at.inside(shape, "member");
            key_fails |= !failed_rules(key, &Value::from(name.as_str()), &inside)?.is_empty();
            if is_simple(inner) {
                value_fails |= !failed_rules(inner, value, &inside)?.is_empty();
            } else {
                self.value(inner, value, &at.inside(shape, &format!("{name}.member")))?;
            }
        }
        if key_fails {
            self.push(at, shown(shape, whole, at), Rule::EachKey(all_rules(key)));
        }
        if value_fails {
            self.push(at, shown(shape, whole, at), Rule::EachValue(all_rules(inner)));
        }
        Ok(())
    }

    /// The constraints of the value itself.
    fn simple(
        &mut self,
        shape: &'static Shape,
        value: &Value,
        at: &Place,
    ) -> Result<(), Malformed> {
        for rule in failed_rules(shape, value, at)? {
            self.push(at, shown(shape, value, at), rule);
        }
        Ok(())
    }

    fn push(&mut self, at: &Place, value: Shown, rule: Rule) {
        if self.violations.len() < VIOLATIONS_MAX {
            self.violations.push(Violation { path: at.path.clone(), value, rule });
        }
    }
}

/// Whether messages report values of this shape with the list or map they are in.
fn is_simple(shape: &Shape) -> bool {
    !matches!(shape.kind, Kind::Structure(_) | Kind::List(_) | Kind::Map(..))
}

/// What of the shape's own constraints the value does not satisfy: pattern, then smallest, then largest.
fn failed_rules(shape: &'static Shape, value: &Value, at: &Place) -> Result<Vec<Rule>, Malformed> {
    let size = measure(shape, value).map_err(|expected| at.wrong_type(expected))?;
    let mut failed = Vec::new();
    if let (Some(pattern), Value::String(text)) = (shape.pattern, value)
        && !pattern.matches(text)
    {
        failed.push(Rule::Pattern(pattern.text()));
    }
    if let (Kind::Enumeration(names), Value::String(text)) = (shape.kind, value)
        && !names.contains(&text.as_str())
    {
        failed.push(Rule::OneOf(names));
    }
    let Some(size) = size else { return Ok(failed) };
    failed.extend(at_least(shape).filter(|_| shape.min.is_some_and(|min| size < min)));
    failed.extend(at_most(shape).filter(|_| shape.max.is_some_and(|max| size > max)));
    Ok(failed)
}

/// Every constraint of the shape, in the order in which messages about elements list them.
fn all_rules(shape: &'static Shape) -> Vec<Rule> {
    let mut rules: Vec<_> = at_most(shape).into_iter().chain(at_least(shape)).collect();
    rules.extend(shape.pattern.map(|pattern| Rule::Pattern(pattern.text())));
    if let Kind::Enumeration(names) = shape.kind {
        rules.push(Rule::OneOf(names));
    }
    rules
}

fn at_least(shape: &Shape) -> Option<Rule> {
    shape.min.map(if is_number(shape) { Rule::ValueAtLeast } else { Rule::LengthAtLeast })
}

fn at_most(shape: &Shape) -> Option<Rule> {
    shape.max.map(if is_number(shape) { Rule::ValueAtMost } else { Rule::LengthAtMost })
}

fn is_number(shape: &Shape) -> bool {
    matches!(shape.kind, Kind::Integer | Kind::Long)
}

/// The number or length that limits are about, or what the value should have been.
fn measure(shape: &Shape, value: &Value) -> Result<Option<i64>, &'static str> {
    let size = match (shape.kind, value) {
        (Kind::List(_), Value::Array(items)) => length(items.len()),
        (Kind::List(_), _) => return Err("an array"),
        (Kind::Map(..), Value::Object(map)) => length(map.len()),
        (Kind::Map(..), _) => return Err("an object"),
        (Kind::String, Value::String(text)) => length(utf16_units(text)),
        (Kind::Enumeration(_), Value::String(_)) => return Ok(None),
        (Kind::String | Kind::Enumeration(_), _) => return Err("a string"),
        (Kind::Integer, Value::Number(number)) => {
            let whole = number.as_i64().and_then(|n| i32::try_from(n).ok());
            whole.map(i64::from).ok_or("a whole number of 32 bits")?
        }
        (Kind::Long, Value::Number(number)) => {
            number.as_i64().ok_or("a whole number of 64 bits")?
        }
        (Kind::Timestamp, Value::Number(_)) => return Ok(None),
        (Kind::Integer | Kind::Long | Kind::Timestamp, _) => return Err("a number"),
        (Kind::Boolean, Value::Bool(_)) => return Ok(None),
        (Kind::Boolean, _) => return Err("a boolean"),
        (Kind::Blob, Value::String(text)) => {
            length(Blob::from_base64(text).ok_or("base64")?.0.len())
        }
        (Kind::Blob, _) => return Err("base64"),
        (Kind::Structure(_) | Kind::Document, _) => return Ok(None),
    };
    Ok(Some(size))
}

/// Length as Java counts it.
fn utf16_units(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

fn length(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// What a message shows of the value: nothing if it is, contains or is part of something sensitive.
fn shown(shape: &'static Shape, value: &Value, at: &Place) -> Shown {
    if at.hidden || hides(shape) { Shown::Nothing } else { Shown::Text(plain(value)) }
}

fn hides(shape: &Shape) -> bool {
    shape.sensitive
        || match shape.kind {
            Kind::Structure(members) => members.iter().any(|m| hides(m.shape)),
            Kind::List(element) => hides(element),
            Kind::Map(key, value) => hides(key) || hides(value),
            Kind::Blob => true,
            _ => false,
        }
}

/// The value as Java prints it: `[a, b]` for lists, `{k=v}` for maps.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(plain).collect::<Vec<_>>().join(", "))
        }
        Value::Object(map) => {
            let entries: Vec<_> = map.iter().map(|(k, v)| format!("{k}={}", plain(v))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        scalar => scalar.to_string(),
    }
}

fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::{self, DEPTH_MAX};
    use crate::operation::OperationSpec;
    use crate::operations::*;

    /// What the operation says about the body.
    fn answer<O: OperationSpec>(json: &str) -> String {
        match body::read::<O>(json.as_bytes()) {
            Ok(_) => "accepted".to_owned(),
            Err(Rejection::Violations(violations)) => crate::violation::message(&violations),
            Err(Rejection::Serialization(malformed)) => format!("serialization: {malformed}"),
        }
    }

    fn check_answer<O: OperationSpec>(json: &str, expected: &str) {
        assert_eq!(answer::<O>(json), expected, "{json}");
    }

    const POOL: &str = r#""UserPoolId": "us-east-1_Example01""#;

    #[test]
    fn messages_seen_in_the_wild() {
        let long = "x".repeat(257);
        check_answer::<AdminSetUserPassword>(
            &format!(r#"{{{POOL}, "Username": "alice", "Password": "{long}"}}"#),
            "1 validation error detected: Value at 'password' failed to satisfy constraint: \
             Member must have length less than or equal to 256",
        );
        let long = "x".repeat(129);
        check_answer::<AdminGetUser>(
            &format!(r#"{{{POOL}, "Username": "{long}"}}"#),
            "1 validation error detected: Value at 'username' failed to satisfy constraint: \
             Member must have length less than or equal to 128",
        );
        check_answer::<AdminGetUser>(
            &format!(r#"{{{POOL}, "Username": ""}}"#),
            "2 validation errors detected: Value at 'username' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+; \
             Value at 'username' failed to satisfy constraint: \
             Member must have length greater than or equal to 1",
        );
        check_answer::<UpdateDeviceStatus>(
            r#"{"AccessToken": "a.b.c", "DeviceKey": null}"#,
            "1 validation error detected: Value null at 'deviceKey' failed to satisfy constraint: \
             Member must not be null",
        );
        check_answer::<UpdateDeviceStatus>(
            r#"{"AccessToken": "a.b.c", "DeviceKey": "abc"}"#,
            "1 validation error detected: Value 'abc' at 'deviceKey' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: [\\w-]+_[0-9a-f-]+",
        );
        check_answer::<CreateUserPool>(
            r#"{"PoolName": "p", "MfaConfiguration": "false"}"#,
            "1 validation error detected: Value 'false' at 'mfaConfiguration' failed to satisfy \
             constraint: Member must satisfy enum value set: [OPTIONAL, OFF, ON]",
        );
    }

    #[test]
    fn elements_of_simple_lists_are_reported_with_the_list() {
        check_answer::<CreateUserPoolClient>(
            &format!(r#"{{{POOL}, "ClientName": "c", "AllowedOAuthFlows": ["code", "token"]}}"#),
            "1 validation error detected: Value '[code, token]' at 'allowedOAuthFlows' failed to \
             satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value \
             set: [implicit, client_credentials, code]]",
        );
        check_answer::<CreateUserPoolClient>(
            &format!(r#"{{{POOL}, "ClientName": "c", "CallbackURLs": ["", "https://a.example"]}}"#),
            "1 validation error detected: Value '[, https://a.example]' at 'callbackURLs' failed to \
             satisfy constraint: Member must satisfy constraint: [Member must have length less than \
             or equal to 1024, Member must have length greater than or equal to 1, Member must \
             satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+]",
        );
    }

    #[test]
    fn elements_that_are_structures_have_numbered_places() {
        check_answer::<CreateUserPool>(
            r#"{"PoolName": "p", "Schema": [{"Name": "ok"}, {"Name": "abcdefghijklmnopqrstu"}]}"#,
            "1 validation error detected: Value 'abcdefghijklmnopqrstu' at 'schema.2.member.name' \
             failed to satisfy constraint: Member must have length less than or equal to 20",
        );
        check_answer::<AdminUpdateUserAttributes>(
            &format!(r#"{{{POOL}, "Username": "alice", "UserAttributes": [{{"Value": "v"}}]}}"#),
            "1 validation error detected: Value null at 'userAttributes.1.member.name' failed to \
             satisfy constraint: Member must not be null",
        );
    }

    #[test]
    fn maps_report_keys_and_values_once() {
        let long = "k".repeat(129);
        check_answer::<CreateUserPool>(
            &format!(r#"{{"PoolName": "p", "UserPoolTags": {{"{long}": "v", "": "w"}}}}"#),
            &format!(
                "1 validation error detected: Value '{{=w, {long}=v}}' at 'userPoolTags' failed to \
                 satisfy constraint: Map keys must satisfy constraint: [Member must have length less \
                 than or equal to 128, Member must have length greater than or equal to 1]"
            ),
        );
        let huge = "v".repeat(131_073);
        check_answer::<InitiateAuth>(
            &format!(
                r#"{{"AuthFlow": "USER_AUTH", "ClientId": "c", "AuthParameters": {{"USERNAME": "{huge}"}}}}"#
            ),
            "1 validation error detected: Value at 'authParameters' failed to satisfy constraint: Map \
             value must satisfy constraint: [Member must have length less than or equal to 131072, \
             Member must have length greater than or equal to 0]",
        );
    }

    #[test]
    fn an_unknown_name_lists_the_known_ones() {
        check_answer::<UpdateDeviceStatus>(
            r#"{"AccessToken": "a.b.c", "DeviceKey": "us-east-1_ab", "DeviceRememberedStatus": "banana"}"#,
            "1 validation error detected: Value 'banana' at 'deviceRememberedStatus' failed to satisfy \
             constraint: Member must satisfy enum value set: [not_remembered, remembered]",
        );
    }

    #[test]
    fn all_violations_come_in_the_order_of_the_model() {
        check_answer::<ListDevices>(
            r#"{"AccessToken": "a b", "Limit": 61, "PaginationToken": ""}"#,
            "4 validation errors detected: \
             Value at 'accessToken' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: [A-Za-z0-9-_=.]+; \
             Value '61' at 'limit' failed to satisfy constraint: \
             Member must have value less than or equal to 60; \
             Value '' at 'paginationToken' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: [\\S]+; \
             Value '' at 'paginationToken' failed to satisfy constraint: \
             Member must have length greater than or equal to 1",
        );
        check_answer::<AdminGetUser>(
            "",
            "2 validation errors detected: \
             Value null at 'userPoolId' failed to satisfy constraint: Member must not be null; \
             Value null at 'username' failed to satisfy constraint: Member must not be null",
        );
    }

    #[test]
    fn the_flow_the_model_lacks_is_accepted() {
        check_answer::<CreateUserPoolClient>(
            &format!(
                r#"{{{POOL}, "ClientName": "c", "ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH"]}}"#
            ),
            "accepted",
        );
    }

    #[test]
    fn a_wrong_json_type_hides_every_violation() {
        for (json, said) in [
            (r#"{"AccessToken": "", "Limit": "1"}"#, "limit is not a number"),
            (r#"{"AccessToken": 1}"#, "accessToken is not a string"),
            (r#"{"AccessToken": "a", "Limit": 1.5}"#, "limit is not a whole number of 32 bits"),
            (r#"{"AccessToken": "a", "Limit": 1.0}"#, "limit is not a whole number of 32 bits"),
            (
                r#"{"AccessToken": "a", "Limit": 3000000000}"#,
                "limit is not a whole number of 32 bits",
            ),
            ("[]", "the body is not a JSON object"),
            ("null", "the body is not a JSON object"),
            ("{", "the body is not JSON"),
            ("{} {}", "the body is not JSON"),
            ("{\"AccessToken\": \"\u{0}\"}", "the body is not JSON"),
        ] {
            check_answer::<ListDevices>(json, &format!("serialization: {said}"));
        }
        check_answer::<ListDevices>("{\"AccessToken\": \"a\"}", "accepted");
        for (member, said) in [
            (r#""Permanent": "true""#, "permanent is not a boolean"),
            (r#""Permanent": 1"#, "permanent is not a boolean"),
        ] {
            check_answer::<AdminSetUserPassword>(
                &format!("{{{POOL}, \"Username\": \"a\", \"Password\": \"p\", {member}}}"),
                &format!("serialization: {said}"),
            );
        }
        for (member, said) in [
            (r#""Schema": {}"#, "schema is not an array"),
            (r#""Schema": [1]"#, "schema.1.member is not an object"),
            (r#""UserPoolTags": []"#, "userPoolTags is not an object"),
            (r#""UserPoolTags": {"a": 1}"#, "userPoolTags.member is not a string"),
            (r#""Policies": []"#, "policies is not an object"),
            (r#""MfaConfiguration": true"#, "mfaConfiguration is not a string"),
        ] {
            check_answer::<CreateUserPool>(
                &format!("{{\"PoolName\": \"p\", {member}}}"),
                &format!("serialization: {said}"),
            );
        }
    }

    #[test]
    fn blobs_are_measured_in_bytes_and_not_shown() {
        let image = |bytes: usize| Blob(vec![0; bytes]).to_base64();
        let body = |text: &str| format!("{{{POOL}, \"ImageFile\": \"{text}\"}}");
        check_answer::<SetUICustomization>(&body(&image(131_072)), "accepted");
        check_answer::<SetUICustomization>(
            &body(&image(131_073)),
            "1 validation error detected: Value at 'imageFile' failed to satisfy constraint: Member \
             must have length less than or equal to 131072",
        );
        check_answer::<SetUICustomization>(&body("%"), "serialization: imageFile is not base64");
    }

    #[test]
    fn nulls_and_unknown_members_are_ignored_everywhere() {
        let json = format!(
            r#"{{{POOL}, "Username": "alice", "Banana": {{"x": [null]}}, "ClientMetadata": {{"a": null, "b": "c"}},
            "UserAttributes": [null, {{"Name": "email", "Value": null, "Extra": 1}}]}}"#
        );
        let request = body::read::<AdminUpdateUserAttributes>(json.as_bytes()).unwrap();
        assert_eq!(request.user_attributes.len(), 1);
        assert_eq!(request.user_attributes[0].value, None);
        let metadata = request.client_metadata.unwrap();
        assert_eq!(metadata.into_iter().collect::<Vec<_>>(), [("b".to_owned(), "c".to_owned())]);
    }

    #[test]
    fn the_last_of_two_equal_keys_counts() {
        let json = r#"{"AccessToken": "first", "AccessToken": "last"}"#;
        let request = body::read::<GetUser>(json.as_bytes()).unwrap();
        assert_eq!(&*request.access_token, "last");
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |arrays: usize| {
            let (open, close) = ("[".repeat(arrays), "]".repeat(arrays));
            format!(r#"{{"AccessToken": "a", "Banana": {open}{close}}}"#)
        };
        check_answer::<GetUser>(&nested(DEPTH_MAX - 1), "accepted");
        for arrays in [DEPTH_MAX, 200, 100_000] {
            check_answer::<GetUser>(
                &nested(arrays),
                "serialization: the body nests deeper than 64",
            );
        }
    }

    #[test]
    fn the_number_of_violations_is_bounded() {
        let attributes = vec!["{}"; VIOLATIONS_MAX + 1].join(",");
        let json = format!(r#"{{{POOL}, "Username": "a", "UserAttributes": [{attributes}]}}"#);
        let said = answer::<AdminUpdateUserAttributes>(&json);
        assert!(said.starts_with("100 validation errors detected: "), "{said}");
    }

    #[test]
    fn lengths_are_counted_in_utf16_units() {
        let json = |emoji: usize| {
            let name = "\u{1f600}".repeat(emoji);
            format!(r#"{{{POOL}, "Username": "{name}"}}"#)
        };
        check_answer::<AdminGetUser>(&json(64), "accepted");
        assert!(answer::<AdminGetUser>(&json(65)).ends_with("less than or equal to 128"));
    }

    #[test]
    fn kinds_that_only_replies_have_today() {
        static LONG: Shape = Shape::long("Long").at_least(2).at_most(3);
        static TIME: Shape = Shape::timestamp("Time");
        let rules = |shape, json| check(shape, &serde_json::from_str(json).unwrap());
        assert_eq!(rules(&TIME, "1.5"), Ok(()));
        assert!(matches!(rules(&TIME, "\"1.5\""), Err(Rejection::Serialization(_))));
        assert_eq!(rules(&LONG, "3"), Ok(()));
        assert!(matches!(rules(&LONG, "3.5"), Err(Rejection::Serialization(_))));
        let Err(Rejection::Violations(found)) = rules(&LONG, "1") else { panic!("accepted") };
        assert_eq!(found[0].rule, Rule::ValueAtLeast(2));
    }
}
