//! Events and answers as an operator may read them: the shape, and of the values only those that are
//! neither secret nor personal.

use serde_json::{Map, Value, json};

/// Members whose text is shown.
const SHOWN: [&str; 24] = [
    "awsSdkVersion",
    "challengeName",
    "claimsToSuppress",
    "clientId",
    "codeParameter",
    "cognito:user_status",
    "desiredDeliveryMediums",
    "email_verified",
    "finalUserStatus",
    "groupsToOverride",
    "iamRolesToOverride",
    "linkParameter",
    "messageAction",
    "phone_number_verified",
    "preferredRole",
    "region",
    "scopes",
    "scopesToAdd",
    "scopesToSuppress",
    "sub",
    "triggerSource",
    "userPoolId",
    "usernameParameter",
    "version",
];
/// Members in which a function or a client may put anything: nothing below them is shown but names.
const HIDDEN: [&str; 6] = [
    "challengeMetadata",
    "claimsToAddOrOverride",
    "clientMetadata",
    "privateChallengeParameters",
    "publicChallengeParameters",
    "validationData",
];
/// Names of members that one object shows.
const MEMBERS_MAX: usize = 100;
/// Elements that one list shows.
const ELEMENTS_MAX: usize = 50;
/// Characters of a name or text that is shown.
const CHARS_MAX: usize = 256;
/// What is shown in place of a value.
const MASK: &str = "***";

/// What may be shown of an event or an answer.
pub fn redacted(value: &Value) -> Value {
    below(value, Sight::Masked)
}

/// What is to be done with values that have no members.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sight {
    /// Shown.
    Clear,
    /// Texts are not shown; flags and null are.
    Masked,
    /// Nothing is shown.
    Blind,
}

fn below(value: &Value, sight: Sight) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Bool(flag) if sight != Sight::Blind => json!(flag),
        Value::String(text) if sight == Sight::Clear => json!(short(text)),
        Value::Number(number) if sight == Sight::Clear => json!(number),
        Value::Bool(_) | Value::String(_) | Value::Number(_) => json!(MASK),
        Value::Array(list) => {
            list.iter().take(ELEMENTS_MAX).map(|value| below(value, sight)).collect()
        }
        Value::Object(members) => Value::Object(object(members, sight)),
    }
}

fn object(members: &Map<String, Value>, sight: Sight) -> Map<String, Value> {
    let one = |(name, value): (&String, &Value)| {
        let sight = match name.as_str() {
            _ if sight == Sight::Blind => Sight::Blind,
            name if HIDDEN.contains(&name) => Sight::Blind,
            name if SHOWN.contains(&name) => Sight::Clear,
            _ => Sight::Masked,
        };
        (short(name), below(value, sight))
    };
    members.iter().take(MEMBERS_MAX).map(one).collect()
}

fn short(text: &str) -> String {
    text.chars().take(CHARS_MAX).collect()
}
