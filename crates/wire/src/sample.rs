//! Values made from constraint tables: every operation's request is read once with the least and once with everything.

use serde_json::{Map, Value};

use crate::operation::OperationSpec;
use crate::operations::*;
use crate::shape::{Kind, Shape};
use crate::{Blob, body};

/// Every operation's request: a smallest body passes, decodes, and comes back the same.
#[test]
fn every_operation_reads_its_smallest_request() {
    fn one<O: OperationSpec>() -> usize {
        let smallest = sample(O::INPUT, Fill::Required);
        round_trip::<O>(&smallest);
        round_trip::<O>(&sample(O::INPUT, Fill::Everything));
        1
    }
    fn round_trip<O: OperationSpec>(body: &Value) {
        let bytes = serde_json::to_vec(body).unwrap();
        let request = body::read::<O>(&bytes).unwrap_or_else(|e| panic!("{}: {e}", O::NAME));
        assert_eq!(&serde_json::to_value(&request).unwrap(), body, "{}", O::NAME);
    }
    macro_rules! all {
        ($($name:ident,)+) => { [$(one::<$name>()),+].len() };
    }
    assert_eq!(crate::for_each_operation!(all), 141);
}

#[derive(Clone, Copy, PartialEq)]
enum Fill {
    Required,
    Everything,
}

/// A value that satisfies the shape.
fn sample(shape: &'static Shape, fill: Fill) -> Value {
    let count = usize::try_from(shape.min.unwrap_or(0)).unwrap_or(0);
    match shape.kind {
        Kind::Structure(members) => members
            .iter()
            .filter(|m| m.required || fill == Fill::Everything)
            .map(|m| (m.name.to_owned(), sample(m.shape, fill)))
            .collect::<Map<_, _>>()
            .into(),
        Kind::List(element) => {
            let count = if fill == Fill::Everything { count.max(1) } else { count };
            vec![sample(element, fill); count].into()
        }
        Kind::Map(key, value) => {
            let count = if fill == Fill::Everything { count.max(1) } else { count };
            assert!(count < 2, "a map needs two different keys");
            let key = sample(key, fill).as_str().unwrap().to_owned();
            (0..count).map(|_| (key.clone(), sample(value, fill))).collect::<Map<_, _>>().into()
        }
        Kind::String => sample_string(shape, count).into(),
        Kind::Enumeration(names) => names[0].into(),
        Kind::Integer | Kind::Long => shape.min.unwrap_or(7).into(),
        Kind::Boolean => true.into(),
        Kind::Timestamp => 1_715_100_742.022.into(),
        Kind::Blob => Blob(vec![1; count.max(2)]).to_base64().into(),
        Kind::Document => serde_json::json!({ "any": ["thing", 1] }),
    }
}

fn sample_string(shape: &Shape, min: usize) -> String {
    const UUID: &str = "00000000-0000-4000-8000-000000000000";
    const SESSION: &str = "tkn0000000000000000000000000";
    const TERMS: &str = "terms-of-use";
    const BRACED: [&str; 4] = ["{####}", "{##Click##}", "cognito:default", "Level1"];
    const ARNS: [&str; 3] = ["arn:aws:s3:::bucket", "arn:aws:kms:eu-west-1:1:key/k", "import-1"];
    let repeated =
        ["a", "0", "us_0", "aaa"].map(|unit| unit.repeat(min.div_ceil(unit.len()).max(1)));
    let mut candidates: Vec<&str> = repeated.iter().map(String::as_str).collect();
    candidates.extend([UUID, SESSION, TERMS, "a@b"]);
    candidates.extend(BRACED);
    candidates.extend(ARNS);
    let fits = |text: &&&str| {
        let matches = shape.pattern.is_none_or(|p| p.matches(text));
        matches && text.len() >= min && shape.max.is_none_or(|max| text.len() as i64 <= max)
    };
    let found = candidates.iter().find(fits);
    let found = found.unwrap_or_else(|| panic!("no sample for {}", shape.name));
    (*found).to_string()
}
