//! The serde types: one `struct` per structure, one `wire_enum!` per enum, by family.

use std::collections::BTreeMap;

use super::plan::Plan;
use super::{Source, page};
use crate::Outcome;
use crate::facts::ShapeFacts;
use crate::names;

/// `shapes/<family>.rs` and `shapes/mod.rs`.
pub(super) fn texts(source: &Source, plan: &Plan) -> Outcome<Vec<(String, String)>> {
    let mut files = Vec::new();
    let mut index = String::from(
        "//! Types of requests and responses, by family of operations; all of them are re-exported here.\n\n",
    );
    let mut exports = String::new();
    for (family, shapes) in plan.by_family() {
        let body = family_text(source, family, &shapes)?;
        if body.is_empty() {
            continue;
        }
        index.push_str(&format!("mod {family};\n"));
        exports.push_str(&format!("pub use {family}::*;\n"));
        files.push((format!("shapes/{family}.rs"), body));
    }
    files.push(("shapes/mod.rs".to_owned(), format!("{index}\n{exports}")));
    Ok(files)
}

fn family_text(source: &Source, family: &str, shapes: &[&str]) -> Outcome<String> {
    let mut body = String::new();
    let mut uses = BTreeMap::new();
    let mut has_fields = false;
    for name in shapes {
        let shape = source.facts.shape(name)?;
        if let Some(values) = &shape.values {
            uses.insert("use crate::enumeration::wire_enum;", ());
            body.push_str(&enum_text(name, values));
        } else if shape.kind == "structure" && !shape.document {
            uses.insert("use serde::{Deserialize, Serialize};", ());
            has_fields |= shape.members.as_ref().is_some_and(|m| !m.is_empty());
            body.push_str(&structure_text(source, name, shape)?);
        }
    }
    if body.is_empty() {
        return Ok(body);
    }
    for (word, line) in [
        ("BTreeMap<", "use std::collections::BTreeMap;"),
        ("Sensitive<", "use crate::sensitive::Sensitive;"),
        ("EpochSeconds", "use crate::time::EpochSeconds;"),
        ("Blob", "use crate::blob::Blob;"),
    ] {
        if body.contains(word) {
            uses.insert(line, ());
        }
    }
    let elsewhere = if family == super::plan::COMMON || !uses_common(source, shapes)? {
        ""
    } else {
        "use super::common::*;\n"
    };
    let title = if family == super::plan::COMMON {
        "//! Types that several families of operations use.".to_owned()
    } else {
        format!("//! Types of the `{family}` operations.")
    };
    let expect = if has_fields {
        "#![expect(missing_docs, reason = \"fields are members of the wire structure; the page linked from it describes them\")]\n"
    } else {
        ""
    };
    let uses: Vec<_> = uses.into_keys().collect();
    Ok(format!("{title}\n{expect}\n{}\n{elsewhere}\n{body}", uses.join("\n")))
}

/// Whether a structure of the family has a member whose type is in `common`.
fn uses_common(source: &Source, shapes: &[&str]) -> Outcome<bool> {
    let own = |name: &str| shapes.contains(&name);
    for name in shapes {
        for member in source.facts.shape(name)?.members.iter().flatten() {
            let target = named_type(source, &member.shape)?;
            if target.is_some_and(|t| !own(&t)) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The generated type inside a member's type, if there is one.
fn named_type(source: &Source, name: &str) -> Outcome<Option<String>> {
    let shape = source.facts.shape(name)?;
    match (shape.kind.as_str(), &shape.member, &shape.value) {
        ("list", Some(inner), _) | ("map", _, Some(inner)) => named_type(source, inner),
        ("structure", ..) if !shape.document => Ok(Some(name.to_owned())),
        _ if shape.values.is_some() => Ok(Some(name.to_owned())),
        _ => Ok(None),
    }
}

fn enum_text(name: &str, values: &[String]) -> String {
    let variants: Vec<_> =
        values.iter().map(|v| format!("    {} = \"{v}\",\n", names::variant(v))).collect();
    format!(
        "wire_enum! {{\n    /// `{name}`, a set of names.\n    pub enum {name} {{\n{}    }}\n}}\n\n",
        variants.concat()
    )
}

fn structure_text(source: &Source, name: &str, shape: &ShapeFacts) -> Outcome<String> {
    let mut derives = vec!["Clone", "PartialEq", "Serialize", "Deserialize"];
    if has_default(source, name)? {
        derives.insert(2, "Default");
    }
    let mut redacted = String::new();
    if shape.sensitive {
        redacted = format!("crate::sensitive::redacted_debug!({name});\n\n");
    } else {
        derives.insert(0, "Debug");
    }
    let mut members: Vec<_> = shape.members.iter().flatten().collect();
    members.sort_by(|a, b| a.name.cmp(&b.name));
    let mut fields = String::new();
    for member in members {
        let rust_type = type_of(source, &member.shape)?;
        let wire = &member.name;
        let (attribute, rust_type) = if member.required {
            (format!("rename = \"{wire}\""), rust_type)
        } else {
            (
                format!("rename = \"{wire}\", skip_serializing_if = \"Option::is_none\""),
                format!("Option<{rust_type}>"),
            )
        };
        fields.push_str(&format!(
            "    #[serde({attribute})]\n    pub {}: {rust_type},\n",
            names::field(wire)
        ));
    }
    let (about, link) = match (name.strip_suffix("Request"), name.strip_suffix("Response")) {
        (Some(operation), _) => (format!("What [`{operation}`][page] is given."), page(operation)),
        (_, Some(operation)) => (format!("What [`{operation}`][page] answers."), page(operation)),
        _ => (format!("[`{name}`][page]."), page(name)),
    };
    Ok(format!(
        "/// {about}\n///\n/// [page]: {link}\n#[derive({})]\npub struct {name} {{\n{fields}}}\n\n{redacted}",
        derives.join(", ")
    ))
}

/// The Rust type of a shape, without `Option`.
fn type_of(source: &Source, name: &str) -> Outcome<String> {
    let shape = source.facts.shape(name)?;
    let inner = |field: &Option<String>| -> Outcome<String> {
        type_of(source, field.as_deref().ok_or_else(|| format!("{name} names no element"))?)
    };
    let plain = match shape.kind.as_str() {
        "structure" if shape.document => "serde_json::Value".to_owned(),
        "structure" => return Ok(name.to_owned()),
        "list" => format!("Vec<{}>", inner(&shape.member)?),
        "map" => format!("BTreeMap<String, {}>", inner(&shape.value)?),
        "string" if shape.values.is_some() => name.to_owned(),
        "string" => "String".to_owned(),
        "integer" => "i32".to_owned(),
        "long" => "i64".to_owned(),
        "boolean" => "bool".to_owned(),
        "timestamp" => "EpochSeconds".to_owned(),
        "blob" => "Blob".to_owned(),
        other => return Err(format!("{name} has unknown type {other}").into()),
    };
    Ok(if shape.sensitive { format!("Sensitive<{plain}>") } else { plain })
}

/// A structure has a default where no required member is an enum, directly or inside another structure.
fn has_default(source: &Source, name: &str) -> Outcome<bool> {
    for member in source.facts.shape(name)?.members.iter().flatten().filter(|m| m.required) {
        let shape = source.facts.shape(&member.shape)?;
        let missing = shape.values.is_some()
            || (shape.kind == "structure"
                && !shape.document
                && !has_default(source, &member.shape)?);
        if missing {
            return Ok(false);
        }
    }
    Ok(true)
}
