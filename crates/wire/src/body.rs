//! The way of a request: bytes to JSON to a typed value. What cannot take it is told why.
//!
//! The order is that of the service: the text must be JSON, every member must have its JSON type, and only then are
//! constraints looked at, all of them at once.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::operation::OperationSpec;
use crate::validate;
use crate::violation::{self, Violation};

/// How deep arrays and objects may nest, the body itself included. No modelled request comes near it.
pub const DEPTH_MAX: usize = 64;

/// Why a body is not a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// `SerializationException`: not JSON, or a member of the wrong JSON type.
    Serialization(Malformed),
    /// `InvalidParameterException`: constraints of the model that the values do not satisfy; at least one.
    Violations(Vec<Violation>),
}

/// What is wrong with a body that cannot be read. Holds nothing the client sent except member names of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Malformed {
    /// The bytes are no JSON text.
    NotJson,
    /// The JSON text is not an object.
    NotAnObject,
    /// Nesting deeper than [`DEPTH_MAX`].
    TooDeep,
    /// A member has another JSON type than the model says.
    WrongType {
        /// The member's path.
        path: String,
        /// What it should be.
        expected: &'static str,
    },
    /// The tables accepted the value and the generated type did not. A defect of the generator.
    Undecodable,
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rejection::Serialization(malformed) => malformed.fmt(f),
            Rejection::Violations(violations) => f.write_str(&violation::message(violations)),
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Malformed::NotJson => f.write_str("the body is not JSON"),
            Malformed::NotAnObject => f.write_str("the body is not a JSON object"),
            Malformed::TooDeep => write!(f, "the body nests deeper than {DEPTH_MAX}"),
            Malformed::WrongType { path, expected } => write!(f, "{path} is not {expected}"),
            Malformed::Undecodable => f.write_str("the body could not be decoded"),
        }
    }
}

impl std::error::Error for Rejection {}

/// Reads the request of an operation: [`parse`], [`validate::check`], [`decode`].
///
/// # Errors
/// The first of the three that fails.
pub fn read<O: OperationSpec>(bytes: &[u8]) -> Result<O::Input, Rejection> {
    let body = parse(bytes)?;
    validate::check(O::INPUT, &body)?;
    decode(body)
}

/// Bytes to a JSON object without nulls.
///
/// No bytes at all are `{}`. A null is dropped wherever it stands, in objects, maps and lists: the service does not
/// tell it from a missing value. Where a key occurs twice the last one counts.
///
/// # Errors
/// [`Malformed::NotJson`], [`Malformed::NotAnObject`] or [`Malformed::TooDeep`].
pub fn parse(bytes: &[u8]) -> Result<Value, Rejection> {
    if bytes.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    // The parser itself gives up at twice our depth, so the recursion below is bounded.
    let value: Value = serde_json::from_slice(bytes).map_err(|error| {
        let too_deep = error.to_string().starts_with("recursion limit exceeded");
        Rejection::Serialization(if too_deep { Malformed::TooDeep } else { Malformed::NotJson })
    })?;
    if !value.is_object() {
        return Err(Rejection::Serialization(Malformed::NotAnObject));
    }
    without_nulls(value, DEPTH_MAX).ok_or(Rejection::Serialization(Malformed::TooDeep))
}

/// The value without nulls inside it, or nothing if it nests deeper than `depth`.
fn without_nulls(value: Value, depth: usize) -> Option<Value> {
    match value {
        Value::Array(items) => {
            let depth = depth.checked_sub(1)?;
            let kept = items.into_iter().filter(|v| !v.is_null());
            kept.map(|v| without_nulls(v, depth)).collect::<Option<Vec<_>>>().map(Value::Array)
        }
        Value::Object(map) => {
            let depth = depth.checked_sub(1)?;
            let kept = map.into_iter().filter(|(_, v)| !v.is_null());
            let kept = kept.map(|(k, v)| Some((k, without_nulls(v, depth)?)));
            kept.collect::<Option<Map<_, _>>>().map(Value::Object)
        }
        scalar => Some(scalar),
    }
}

/// A checked JSON object to its type. Members the type does not have are ignored.
///
/// # Errors
/// [`Malformed::Undecodable`] if the value was not checked, or the tables and the types disagree.
pub fn decode<T: DeserializeOwned>(body: Value) -> Result<T, Rejection> {
    serde_json::from_value(body).map_err(|_| Rejection::Serialization(Malformed::Undecodable))
}
