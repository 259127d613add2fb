//! Laws that hold for all policies, whatever they say.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::reference::{action, config, documents, engine, keys, resource};
use crate::iam::Decision;

fn allowed(decision: &Decision) -> bool {
    *decision == Decision::Allow
}

/// The statements of all documents, each in a document of its own.
fn split(documents: &[Value]) -> Vec<Value> {
    documents
        .iter()
        .flat_map(|document| document["Statement"].as_array().unwrap())
        .map(|statement| json!({"Version": "2012-10-17", "Statement": [statement]}))
        .collect()
}

fn swap(statement: &Value, from: &str, to: &str) -> Value {
    let mut statement = statement.clone();
    let members = statement.as_object_mut().unwrap();
    if let Some(value) = members.remove(from) {
        members.insert(to.to_owned(), value);
    }
    json!({"Version": "2012-10-17", "Statement": statement})
}

proptest! {
    #![proptest_config(config(10_000, 4))]

    #[test]
    fn a_deny_never_allows_more(
        documents in documents(), more in documents(),
        action in action(), resource in resource(), keys in keys(),
    ) {
        let before = engine(&documents, &action, &resource, &keys);
        let denies: Vec<_> = split(&more)
            .into_iter()
            .filter(|document| document["Statement"][0]["Effect"] == "Deny")
            .collect();
        let after = engine(&[documents, denies].concat(), &action, &resource, &keys);
        prop_assert!(!allowed(&after) || allowed(&before));
    }

    #[test]
    fn removing_an_allow_never_allows_more(
        documents in documents(), at in any::<prop::sample::Index>(),
        action in action(), resource in resource(), keys in keys(),
    ) {
        let mut documents = split(&documents);
        let before = engine(&documents, &action, &resource, &keys);
        let allows: Vec<_> = (0..documents.len())
            .filter(|i| documents[*i]["Statement"][0]["Effect"] == "Allow")
            .collect();
        if allows.is_empty() {
            return Ok(());
        }
        documents.remove(*at.get(&allows));
        let after = engine(&documents, &action, &resource, &keys);
        prop_assert!(!allowed(&after) || allowed(&before));
    }

    #[test]
    fn order_and_grouping_do_not_matter(
        documents in documents(), action in action(), resource in resource(), keys in keys(),
    ) {
        let before = engine(&documents, &action, &resource, &keys);
        let mut single = split(&documents);
        single.reverse();
        let after = engine(&single, &action, &resource, &keys);
        prop_assert_eq!(
            std::mem::discriminant(&before),
            std::mem::discriminant(&after)
        );
    }

    #[test]
    fn not_action_is_the_complement(
        documents in documents(), action in action(), resource in resource(), keys in keys(),
    ) {
        for document in split(&documents) {
            let mut statement = document["Statement"][0].clone();
            statement["Effect"] = json!("Allow");
            let members = statement.as_object_mut().unwrap();
            members.remove("Condition");
            members.remove("NotResource");
            members.insert("Resource".into(), json!("*"));
            let positive = swap(&statement, "NotAction", "Action");
            let negative = swap(&statement, "Action", "NotAction");
            let positive = engine(&[positive], &action, &resource, &keys);
            let negative = engine(&[negative], &action, &resource, &keys);
            prop_assert_ne!(allowed(&positive), allowed(&negative));
        }
    }
}
