//! What the API model states, without its prose, and the form in which `model/cognito-idp.json` holds it.
//!
//! Knows nothing of Rust names or of generated code; `names` and `codegen` do.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Outcome;

/// Everything the generators need to know about the service.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Facts {
    pub(crate) service: ServiceFacts,
    pub(crate) operations: BTreeMap<String, OperationFacts>,
    pub(crate) shapes: BTreeMap<String, ShapeFacts>,
}

/// The names that appear in every request.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServiceFacts {
    pub(crate) api_version: String,
    pub(crate) endpoint_prefix: String,
    pub(crate) json_version: String,
    pub(crate) target_prefix: String,
}

/// How the model says an operation is authorised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum AuthFact {
    /// Signature Version 4, the service's default.
    Sigv4,
    /// The operation carries the no-auth trait.
    None,
}

/// One operation.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OperationFacts {
    pub(crate) auth: AuthFact,
    pub(crate) errors: Vec<String>,
    pub(crate) input: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) output: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) readonly: bool,
}

/// One shape. Which fields are set depends on `kind`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShapeFacts {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// Members of a structure, in the order of the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) members: Option<Vec<MemberFacts>>,
    /// Element shape of a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) member: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<String>,
    #[serde(rename = "enum", default, skip_serializing_if = "Option::is_none")]
    pub(crate) values: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) min: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) max: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pattern: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) sensitive: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) document: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) exception: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) fault: bool,
}

/// One member of a structure.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberFacts {
    pub(crate) name: String,
    pub(crate) shape: String,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) required: bool,
}

// serde's `skip_serializing_if` hands the field over by reference.
fn is_false(flag: &bool) -> bool {
    !*flag
}

impl Facts {
    /// Reads `model/cognito-idp.json`.
    pub(crate) fn load(path: &Path) -> Outcome<Facts> {
        let text = std::fs::read_to_string(path)
            .map_err(|e| format!("{}: {e}; run `cargo xtask model`", path.display()))?;
        Ok(serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?)
    }

    /// The shape of that name, or an error that says which name was not found.
    pub(crate) fn shape(&self, name: &str) -> Outcome<&ShapeFacts> {
        Ok(self.shapes.get(name).ok_or_else(|| format!("the model has no shape {name}"))?)
    }

    /// The file's text: sorted keys, one member per line, so that a change of the model is a short diff.
    pub(crate) fn to_text(&self) -> Outcome<String> {
        let mut text = String::new();
        write_value(&serde_json::to_value(self)?, 0, 0, &mut text);
        text.push('\n');
        Ok(text)
    }
}

/// Values whose one-line form fits in this many columns are written on one line.
const LINE_CHARS_MAX: usize = 110;

fn write_value(value: &Value, indent: usize, used: usize, text: &mut String) {
    let compact = one_line(value);
    if used + compact.len() <= LINE_CHARS_MAX {
        text.push_str(&compact);
        return;
    }
    let pad = " ".repeat(indent + 1);
    let (open, close, lines): (_, _, Vec<(String, &Value)>) = match value {
        Value::Array(items) => ('[', ']', items.iter().map(|v| (pad.clone(), v)).collect()),
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            let labelled =
                entries.into_iter().map(|(key, v)| (format!("{pad}{}: ", quoted(key)), v));
            ('{', '}', labelled.collect())
        }
        _ => {
            text.push_str(&compact);
            return;
        }
    };
    text.push(open);
    for (at, (lead, child)) in lines.iter().enumerate() {
        text.push_str(if at == 0 { "\n" } else { ",\n" });
        text.push_str(lead);
        write_value(child, indent + 1, lead.len(), text);
    }
    text.push('\n');
    text.push_str(&" ".repeat(indent));
    text.push(close);
}

fn one_line(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            format!("[{}]", items.iter().map(one_line).collect::<Vec<_>>().join(", "))
        }
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            let parts: Vec<_> =
                entries.iter().map(|(k, v)| format!("{}: {}", quoted(k), one_line(v))).collect();
            format!("{{{}}}", parts.join(", "))
        }
        scalar => scalar.to_string(),
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_broken_and_short_ones_are_not() {
        let long: Vec<_> = (0..30).map(|n| format!("value {n}")).collect();
        let value = serde_json::json!({ "b": { "z": 1, "a": true }, "a": long });
        let mut text = String::new();
        write_value(&value, 0, 0, &mut text);
        assert!(text.starts_with("{\n \"a\": [\n  \"value 0\",\n"), "{text}");
        assert!(text.ends_with("\n ],\n \"b\": {\"a\": true, \"z\": 1}\n}"), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
