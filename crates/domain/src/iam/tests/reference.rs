//! A second evaluator, written to be obvious: it walks the JSON document with recursion, strings and
//! no preparation. The engine must agree with it on everything that the generator draws.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};

use crate::iam::{Context, Decision, Policy, Request, decide};

type Keys = Vec<(String, String)>;

fn glob(pattern: &[Tok], subject: &[char]) -> bool {
    match (pattern, subject) {
        ([], []) => true,
        ([Tok::Star, rest @ ..], _) => {
            glob(rest, subject) || (!subject.is_empty() && glob(pattern, &subject[1..]))
        }
        ([Tok::One, rest @ ..], [_, left @ ..]) => glob(rest, left),
        ([Tok::Char(c), rest @ ..], [d, left @ ..]) => c == d && glob(rest, left),
        _ => false,
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Tok {
    Star,
    One,
    Char(char),
}

/// The pattern's tokens with variables filled in; `None` without a value. Only the forms that the
/// generator draws are known here.
fn tokens(pattern: &str, keys: &Keys) -> Option<Vec<Tok>> {
    let mut out = Vec::new();
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("${") {
            let (name, left) = after.split_once('}').unwrap();
            let values: Vec<_> =
                keys.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name)).collect();
            if values.len() != 1 {
                return None;
            }
            out.extend(values[0].1.chars().map(Tok::Char));
            rest = left;
            continue;
        }
        out.push(match c {
            '*' => Tok::Star,
            '?' => Tok::One,
            c => Tok::Char(c),
        });
        rest = &rest[c.len_utf8()..];
    }
    Some(out)
}

fn wild(pattern: &str, subject: &str, keys: &Keys) -> Option<bool> {
    Some(glob(&tokens(pattern, keys)?, &subject.chars().collect::<Vec<_>>()))
}

fn arn(pattern: &str, subject: &str, keys: &Keys) -> Option<bool> {
    if pattern == "*" {
        return Some(true);
    }
    let subject: Vec<_> = subject.splitn(6, ':').collect();
    // The generator puts variables behind the fifth colon only.
    let pattern: Vec<_> = pattern.splitn(6, ':').collect();
    if subject.len() != 6 {
        return Some(false);
    }
    let parts: Vec<_> =
        pattern.iter().zip(subject).map(|(pattern, part)| wild(pattern, part, keys)).collect();
    if parts.contains(&Some(false)) {
        Some(false)
    } else if parts.contains(&None) {
        None
    } else {
        Some(true)
    }
}

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

fn compare(base: &str, wanted: &str, actual: &str, keys: &Keys) -> Option<bool> {
    match base {
        "StringEquals" => {
            let wanted: Option<Vec<Tok>> = tokens(wanted, keys);
            let text: String = wanted?
                .iter()
                .map(|tok| match tok {
                    Tok::Star => '*',
                    Tok::One => '?',
                    Tok::Char(c) => *c,
                })
                .collect();
            Some(text == actual)
        }
        "StringLike" => wild(wanted, actual, keys),
        "NumericEquals" => Some(wanted.parse::<f64>().unwrap() == actual.parse::<f64>().ok()?),
        "NumericLessThan" => Some(actual.parse::<f64>().ok()? < wanted.parse::<f64>().unwrap()),
        "Bool" => Some(wanted == actual.parse::<bool>().ok()?.to_string()),
        other => panic!("the generator does not draw {other}"),
    }
}

fn condition(operator: &str, key: &str, wanted: &Value, keys: &Keys, deny: bool) -> bool {
    let actual: Vec<_> = keys
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case(key))
        .map(|(_, value)| value.clone())
        .collect();
    let wanted = strings(wanted);
    if operator == "Null" {
        return wanted.iter().any(|wanted| (wanted == "true") == actual.is_empty());
    }
    let (set, rest) = operator.split_once(':').unwrap_or(("", operator));
    let (base, if_exists) = match rest.strip_suffix("IfExists") {
        Some(base) => (base, true),
        None => (rest, false),
    };
    let negated = base.contains("Not");
    let base = base.replace("Not", "");
    let passes = |actual: &String| {
        let answers: Vec<_> =
            wanted.iter().map(|wanted| compare(&base, wanted, actual, keys)).collect();
        let hit = answers.contains(&Some(true));
        let unknown = !hit && answers.contains(&None);
        match (negated, unknown) {
            (false, _) => hit,
            (true, true) => deny,
            (true, false) => !hit,
        }
    };
    match set {
        "ForAnyValue" => actual.iter().filter(|a| passes(a)).count() > 0,
        "ForAllValues" => actual.iter().filter(|a| !passes(a)).count() == 0,
        _ if actual.is_empty() => if_exists || negated,
        _ if negated => actual.iter().filter(|a| !passes(a)).count() == 0,
        _ => actual.iter().filter(|a| passes(a)).count() > 0,
    }
}

fn applies(statement: &Value, action: &str, resource: &str, keys: &Keys) -> bool {
    let deny = statement["Effect"] == "Deny";
    let lower = action.to_lowercase();
    let acts = |value: &Value| {
        strings(value).iter().any(|a| wild(&a.to_lowercase(), &lower, keys) == Some(true))
    };
    let action_ok = match statement.get("Action") {
        Some(value) => acts(value),
        None => !acts(&statement["NotAction"]),
    };
    let resource_ok = match statement.get("Resource") {
        Some(value) => strings(value).iter().any(|r| arn(r, resource, keys) == Some(true)),
        None => {
            let answers: Vec<_> =
                strings(&statement["NotResource"]).iter().map(|r| arn(r, resource, keys)).collect();
            !answers.contains(&Some(true)) && (deny || !answers.contains(&None))
        }
    };
    let conditions_ok = statement["Condition"].as_object().is_none_or(|operators| {
        operators.iter().all(|(operator, tests)| {
            tests
                .as_object()
                .unwrap()
                .iter()
                .all(|(key, wanted)| condition(operator, key, wanted, keys, deny))
        })
    });
    action_ok && resource_ok && conditions_ok
}

fn reference(documents: &[Value], action: &str, resource: &str, keys: &Keys) -> &'static str {
    let mut effects = Vec::new();
    for document in documents {
        for statement in document["Statement"].as_array().unwrap() {
            if applies(statement, action, resource, keys) {
                effects.push(statement["Effect"].as_str().unwrap());
            }
        }
    }
    if effects.contains(&"Deny") {
        "Deny"
    } else if effects.contains(&"Allow") {
        "Allow"
    } else {
        "nothing"
    }
}

pub(super) fn action() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a:Get", "a:Put", "a:GetAll", "b:Get", "A:gEt"])
        .prop_map(str::to_owned)
}

pub(super) fn resource() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "*",
        "arn:aws:a:r:1:pool/x",
        "arn:aws:a:r:1:pool/y:z",
        "arn:aws:a:r:2:user/bob",
        "arn:aws:b::1:user/*",
    ])
    .prop_map(str::to_owned)
}

pub(super) fn keys() -> impl Strategy<Value = Keys> {
    let key = prop::sample::select(vec!["aws:username", "aws:n", "aws:t", "AWS:T"]);
    let value = prop::sample::select(vec!["bob", "b", "*", "10", "2.5", "true", "false", "x"]);
    prop::collection::vec((key, value), 0..5)
        .prop_map(|pairs| pairs.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect())
}

fn one_or_more(choices: Vec<&'static str>) -> impl Strategy<Value = Value> {
    prop::collection::vec(prop::sample::select(choices), 1..3)
        .prop_map(|mut list| if list.len() == 1 { json!(list.remove(0)) } else { json!(list) })
}

fn test() -> impl Strategy<Value = (String, String, Value)> {
    let key = || prop::sample::select(vec!["aws:username", "aws:n", "aws:T"]);
    let set = || prop::sample::select(vec!["", "ForAnyValue:", "ForAllValues:"]);
    let tail = || prop::sample::select(vec!["", "IfExists"]);
    let with = move |base: Vec<&'static str>, values: Vec<&'static str>| {
        (set(), prop::sample::select(base), tail(), key(), one_or_more(values)).prop_map(
            |(set, base, tail, key, value)| (format!("{set}{base}{tail}"), key.to_owned(), value),
        )
    };
    prop_oneof![
        4 => with(
            vec!["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"],
            vec!["bob", "b*", "?", "*", "10", "${aws:username}", "${aws:t}x", "${aws:none}"],
        ),
        2 => with(
            vec!["NumericEquals", "NumericNotEquals", "NumericLessThan"],
            vec!["10", "2.50", "-1"],
        ),
        1 => with(vec!["Bool"], vec!["true", "false"]),
        1 => (key(), one_or_more(vec!["true", "false"]))
            .prop_map(|(key, value)| ("Null".to_owned(), key.to_owned(), value)),
    ]
}

fn statement() -> impl Strategy<Value = Value> {
    let actions =
        one_or_more(vec!["*", "a:*", "a:Get", "A:get*", "a:?et", "b:*", "a:*t*l", "b:Put"]);
    let resources = one_or_more(vec![
        "*",
        "arn:aws:a:*:*:*",
        "arn:aws:a:r:1:pool/*",
        "arn:aws:a:r:?:user/${aws:username}",
        "arn:*:a:*:1:pool/?",
        "arn:aws:b::1:user/${aws:t}",
        "arn:aws:b:*:*:${aws:none}",
    ]);
    (
        prop::sample::select(vec!["Allow", "Allow", "Deny"]),
        (prop::sample::select(vec!["Action", "Action", "NotAction"]), actions),
        (prop::sample::select(vec!["Resource", "Resource", "NotResource"]), resources),
        prop::collection::vec(test(), 0..3),
    )
        .prop_map(|(effect, (action, actions), (resource, resources), tests)| {
            let mut condition = json!({});
            for (operator, key, value) in tests {
                condition[operator][key] = value;
            }
            json!({"Effect": effect, action: actions, resource: resources, "Condition": condition})
        })
}

pub(super) fn documents() -> impl Strategy<Value = Vec<Value>> {
    let document = prop::collection::vec(statement(), 1..4)
        .prop_map(|statements| json!({"Version": "2012-10-17", "Statement": statements}));
    prop::collection::vec(document, 0..3)
}

pub(super) fn engine(documents: &[Value], action: &str, resource: &str, keys: &Keys) -> Decision {
    let policies: Vec<_> =
        documents.iter().map(|document| Policy::parse(&document.to_string()).unwrap()).collect();
    let context = keys.iter().fold(Context::default(), |context, (k, v)| context.with(k, v));
    decide(&policies, &Request { action, resource, context: &context })
}

pub(super) fn config(cases: u32, seed: u64) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(20_000, 2))]
    #[test]
    fn engine_and_reference_agree(
        documents in documents(), action in action(), resource in resource(), keys in keys(),
    ) {
        let engine = match engine(&documents, &action, &resource, &keys) {
            Decision::Allow => "Allow",
            Decision::ExplicitDeny { .. } => "Deny",
            Decision::ImplicitDeny => "nothing",
        };
        prop_assert_eq!(engine, reference(&documents, &action, &resource, &keys));
    }
}

/// A comparison that only ever saw one answer would prove nothing.
#[test]
fn the_generator_reaches_every_answer() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::new(config(1, 3));
    let mut seen = std::collections::BTreeMap::new();
    for _ in 0..2_000 {
        let draw = (documents(), action(), resource(), keys()).new_tree(&mut runner).unwrap();
        let (documents, action, resource, keys) = draw.current();
        *seen.entry(reference(&documents, &action, &resource, &keys)).or_insert(0) += 1;
    }
    assert!(seen.len() == 3 && seen.values().all(|count| *count > 100), "{seen:?}");
}
