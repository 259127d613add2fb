//! The constraint tables: one `static` per shape that occurs in requests. Members stand in the order of the model,
//! because messages name them in that order.

use std::collections::{BTreeMap, BTreeSet};

use super::Source;
use super::plan::Plan;
use crate::facts::ShapeFacts;
use crate::{Outcome, names, pattern};

/// `tables/patterns.rs`, `tables/values.rs`, `tables/<family>.rs` and `tables/mod.rs`.
pub(super) fn texts(source: &Source, plan: &Plan) -> Outcome<Vec<(String, String)>> {
    let mut bodies: BTreeMap<String, String> = BTreeMap::new();
    let mut patterns = BTreeSet::new();
    for (family, shapes) in plan.by_family() {
        for name in shapes.iter().filter(|name| plan.in_requests.contains(**name)) {
            let shape = source.facts.shape(name)?;
            let is_structure = shape.kind == "structure" && !shape.document;
            let file = if is_structure { family } else { "values" };
            if shape.pattern.is_some() {
                patterns.insert((*name).to_owned());
            }
            let body = bodies.entry(file.to_owned()).or_default();
            body.push_str(&static_text(source, name, shape)?);
        }
    }
    let mut files = Vec::new();
    let mut index = String::from("//! Constraint tables of requests, by family of operations.\n\n");
    let mut exports = String::new();
    bodies.insert("patterns".to_owned(), patterns_text(source, &patterns)?);
    for (name, body) in bodies {
        index.push_str(&format!("mod {name};\n"));
        if name == "patterns" {
            files.push((format!("tables/{name}.rs"), body));
            continue;
        }
        exports.push_str(&format!("pub(crate) use {name}::*;\n"));
        files.push((format!("tables/{name}.rs"), with_header(&name, &body)));
    }
    files.push(("tables/mod.rs".to_owned(), format!("{index}\n{exports}")));
    Ok(files)
}

fn with_header(name: &str, body: &str) -> String {
    let title = match name {
        "values" => "//! Lists, maps and simple values.".to_owned(),
        "common" => "//! Structures that several families of operations use.".to_owned(),
        family => format!("//! Structures of the `{family}` operations."),
    };
    let mut uses = Vec::new();
    if body.contains("Member::") {
        uses.push("use crate::shape::{Member, Shape};");
    } else {
        uses.push("use crate::shape::Shape;");
    }
    if name == "values" {
        uses.push("use super::patterns;");
    }
    if body.contains("&") {
        uses.push("use super::*;");
    }
    format!("{title}\n\n{}\n\n{body}", uses.join("\n"))
}

fn static_text(source: &Source, name: &str, shape: &ShapeFacts) -> Outcome<String> {
    let reference = |field: &Option<String>| -> Outcome<String> {
        let target = field.as_deref().ok_or_else(|| format!("{name} names no element"))?;
        Ok(format!("&{}", names::constant(target)))
    };
    let mut value = match shape.kind.as_str() {
        "structure" if shape.document => format!("Shape::document(\"{name}\")"),
        "structure" => {
            let members = shape.members.iter().flatten().map(|member| {
                let how = if member.required { "required" } else { "optional" };
                let target = names::constant(&member.shape);
                format!("Member::{how}(\"{}\", &{target}),\n", member.name)
            });
            format!("Shape::structure(\"{name}\", &[{}])", members.collect::<String>())
        }
        "list" => format!("Shape::list(\"{name}\", {})", reference(&shape.member)?),
        "map" => format!(
            "Shape::map(\"{name}\", {}, {})",
            reference(&shape.key)?,
            reference(&shape.value)?
        ),
        "string" => match source.extras.enum_order.get(name).or(shape.values.as_ref()) {
            Some(values) => {
                let quoted: Vec<_> = values.iter().map(|v| format!("\"{v}\"")).collect();
                format!("Shape::enumeration(\"{name}\", &[{}])", quoted.join(", "))
            }
            None => format!("Shape::string(\"{name}\")"),
        },
        kind @ ("integer" | "long" | "boolean" | "timestamp" | "blob") => {
            format!("Shape::{kind}(\"{name}\")")
        }
        other => return Err(format!("{name} has unknown type {other}").into()),
    };
    if let Some(min) = shape.min {
        value.push_str(&format!(".at_least({})", digits(min)));
    }
    if let Some(max) = shape.max {
        value.push_str(&format!(".at_most({})", digits(max)));
    }
    if shape.pattern.is_some() {
        value.push_str(&format!(".matching(&patterns::{})", names::constant(name)));
    }
    if shape.sensitive {
        value.push_str(".sensitive()");
    }
    let lead = if shape.kind == "structure" { "\n" } else { "" };
    Ok(format!("{lead}pub(crate) static {}: Shape = {value};\n", names::constant(name)))
}

/// A number with its thousands separated, as the linter wants it.
fn digits(number: i64) -> String {
    let plain = number.to_string();
    if number < 10_000 {
        return plain;
    }
    let mut grouped = String::new();
    for (at, c) in plain.chars().enumerate() {
        if at > 0 && (plain.len() - at).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(c);
    }
    grouped
}

fn patterns_text(source: &Source, shapes: &BTreeSet<String>) -> Outcome<String> {
    let mut text = String::from(
        "//! Patterns: the text that messages show, and the expression that is matched (`\\w`, `\\s`, `\\S` and `.` as Java\n\
         //! means them). `each` marks those that judge every character alone.\n\n\
         use crate::pattern::Pattern;\n\n",
    );
    for name in shapes {
        let Some(java) = &source.facts.shape(name)?.pattern else { continue };
        let translated =
            pattern::translate(java).map_err(|e| format!("pattern of {name}, {java}: {e}"))?;
        let how = if translated.single_class { "each" } else { "new" };
        text.push_str(&format!(
            "pub(super) static {}: Pattern = Pattern::{how}(r\"{java}\", r\"{}\");\n",
            names::constant(name),
            translated.regex
        ));
    }
    Ok(text)
}
