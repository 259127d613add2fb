//! Requests made from the model's tables: the least that passes an operation's constraints.
//!
//! They let a test ask every operation something without knowing what it does.

use poolhouse_wire::shape::{Kind, Shape};
use serde_json::{Map, Value, json};

/// How much of a request is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fill {
    /// The members that must be there.
    Required,
    /// All of them.
    Everything,
}

/// A value that satisfies a shape.
pub(crate) fn sample(shape: &'static Shape, fill: Fill) -> Value {
    let least = usize::try_from(shape.min.unwrap_or(0)).unwrap_or(0);
    let count = if fill == Fill::Everything { least.max(1) } else { least };
    match shape.kind {
        Kind::Structure(members) => {
            let wanted = members.iter().filter(|m| m.required || fill == Fill::Everything);
            let filled = wanted.map(|m| (m.name.to_owned(), sample(m.shape, fill)));
            Value::Object(filled.collect::<Map<_, _>>())
        }
        Kind::List(element) => Value::Array(vec![sample(element, fill); count]),
        Kind::Map(key, value) => {
            let entry = || (text_of(key), sample(value, fill));
            Value::Object((0..count).map(|_| entry()).collect())
        }
        Kind::String => text_of(shape).into(),
        Kind::Enumeration(names) => names[0].into(),
        Kind::Integer | Kind::Long => shape.min.unwrap_or(7).into(),
        Kind::Boolean => true.into(),
        Kind::Timestamp => 1_715_100_742.into(),
        Kind::Blob => data_encoding::BASE64.encode(&vec![1; least.max(2)]).into(),
        Kind::Document => json!({}),
    }
}

/// A text that satisfies a shape, out of a handful of forms.
fn text_of(shape: &'static Shape) -> String {
    const FORMS: [&str; 11] = [
        "00000000-0000-4000-8000-000000000000",
        "tkn0000000000000000000000000",
        "terms-of-use",
        "a@b",
        "{####}",
        "{##Click##}",
        "cognito:default",
        "Level1",
        "arn:aws:s3:::bucket",
        "arn:aws:kms:eu-west-1:1:key/k",
        "import-1",
    ];
    if let Kind::Enumeration(names) = shape.kind {
        return names[0].to_owned();
    }
    let least = usize::try_from(shape.min.unwrap_or(0)).unwrap_or(0);
    let most = shape.max.map_or(usize::MAX, |max| usize::try_from(max).unwrap());
    let repeated =
        ["a", "0", "us_0", "aaa"].map(|unit| unit.repeat(least.div_ceil(unit.len()).max(1)));
    let forms = repeated.into_iter().chain(FORMS.map(str::to_owned));
    forms
        .into_iter()
        .find(|text| {
            let matches = shape.pattern.is_none_or(|pattern| pattern.matches(text));
            matches && (least..=most).contains(&text.len())
        })
        .unwrap_or_else(|| panic!("no sample for {}", shape.name))
}
