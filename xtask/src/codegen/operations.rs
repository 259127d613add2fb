//! `operations.rs`: a marker type per operation, and the macro that names them all.

use super::{Source, page};
use crate::overlay::{Caller, Resource};
use crate::{Outcome, names};

pub(super) fn text(source: &Source) -> Outcome<String> {
    let service = &source.facts.service;
    let mut text = format!(
        "//! One marker type per operation, with everything the model and the overlay say about it.\n\n\
         use super::{{shapes, tables}};\n\
         use crate::operation::operation;\n\n\
         /// Version of the API, a date.\n\
         pub const API_VERSION: &str = \"{}\";\n\
         /// First label of the endpoint's host name, and the service name in signatures and policies.\n\
         pub const ENDPOINT_PREFIX: &str = \"{}\";\n\
         /// Content type of requests and responses.\n\
         pub const CONTENT_TYPE: &str = \"application/x-amz-json-{}\";\n\
         /// What stands before the dot in `X-Amz-Target`.\n\
         pub const TARGET_PREFIX: &str = \"{}\";\n\n",
        service.api_version, service.endpoint_prefix, service.json_version, service.target_prefix
    );
    for (name, operation) in &source.facts.operations {
        let overlay = source.overlay.operation(name)?;
        let output = match &operation.output {
            Some(shape) => format!("shapes::{shape}"),
            None => "()".to_owned(),
        };
        text.push_str(&format!(
            "operation! {{\n    /// [`{name}`]({}).\n    {name} {{\n        \
             input: shapes::{}, table: tables::{};\n        output: {output}, has_output: {};\n        \
             auth: {}, resource: {}, rate: {};\n{}    }}\n}}\n\n",
            page(name),
            operation.input,
            names::constant(&operation.input),
            operation.output.is_some(),
            auth(overlay.caller),
            resource(overlay.resource),
            overlay.rate,
            wrapped(&operation.errors)
        ));
    }
    text.push_str(&for_each(source));
    Ok(text)
}

fn auth(caller: Caller) -> &'static str {
    match caller {
        Caller::Iam => "Signed",
        Caller::Token => "Bearer",
        Caller::TokenOrSession => "BearerOrSession",
        Caller::Public | Caller::Feedback => "Anonymous",
        Caller::ClientSecret | Caller::IamOrClient => "SignedOrClient",
    }
}

fn resource(resource: Resource) -> &'static str {
    match resource {
        Resource::Pool => "Pool",
        Resource::ArnMember => "ArnMember",
        Resource::ClientPool => "ClientPool",
        Resource::Any => "Any",
        Resource::None => "None",
    }
}

/// The list of errors, broken by hand: the formatter leaves macro input as it is.
fn wrapped(errors: &[String]) -> String {
    const LINE_CHARS_MAX: usize = 100;
    let mut text = String::new();
    let mut line = String::from("        errors:");
    for (at, error) in errors.iter().enumerate() {
        if line.len() + error.len() + 2 > LINE_CHARS_MAX {
            text.push_str(&line);
            text.push('\n');
            line = " ".repeat(11);
        }
        line.push(' ');
        line.push_str(error);
        line.push(if at + 1 == errors.len() { ';' } else { ',' });
    }
    format!("{text}{line}\n")
}

fn for_each(source: &Source) -> String {
    let names: Vec<_> =
        source.facts.operations.keys().map(|name| format!("            {name},\n")).collect();
    format!(
        "/// Calls a macro with the names of all operations: `for_each_operation!(m)` is `m! {{ AddCustomAttributes, … }}`.\n\
         ///\n\
         /// The names are those of the marker types in this module. A trait that every operation must have is checked by\n\
         /// the compiler this way, and no list of operations is kept by hand.\n\
         #[macro_export]\n\
         macro_rules! for_each_operation {{\n    ($callback:ident) => {{\n        $callback! {{\n{}        }}\n    }};\n}}\n",
        names.concat()
    )
}
