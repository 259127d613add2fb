//! `errors.rs`: every error name, and its HTTP status.

use std::collections::BTreeMap;

use super::Source;

pub(super) fn text(source: &Source) -> String {
    let mut statuses: BTreeMap<&str, u16> = source
        .overlay
        .protocol_errors
        .iter()
        .map(|(name, status)| (name.as_str(), *status))
        .collect();
    for (name, shape) in &source.facts.shapes {
        if shape.exception {
            statuses.insert(name, if shape.fault { 500 } else { 400 });
        }
    }
    let variants: Vec<_> =
        statuses.keys().map(|name| format!("        {name} = \"{name}\",\n")).collect();
    let mut by_status: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for (name, status) in &statuses {
        if *status != 400 {
            by_status.entry(*status).or_default().push(format!("Self::{name}"));
        }
    }
    let arms: Vec<_> = by_status
        .iter()
        .map(|(status, names)| format!("            {} => {status},\n", names.join(" | ")))
        .collect();
    format!(
        "//! Names of errors, as they stand in `__type`.\n\n\
         use crate::enumeration::wire_enum;\n\n\
         wire_enum! {{\n    /// An error's name on the wire: modelled exceptions and those of the protocol.\n    \
         pub enum ErrorName {{\n{}    }}\n}}\n\n\
         impl ErrorName {{\n    \
         /// The HTTP status the error is sent with: 400 for everything a client did, whatever its name.\n    \
         pub const fn http_status(self) -> u16 {{\n        match self {{\n{}            _ => 400,\n        }}\n    }}\n}}\n",
        variants.concat(),
        arms.concat()
    )
}
