//! From an operation's name to what runs it: a table that is generated, so that it cannot be
//! wrong. An operation without an implementation does not compile; one that is implemented and
//! still listed in `not_yet.rs` does not either.

use std::collections::HashMap;
use std::sync::LazyLock;

use poolhouse_wire::{AuthKind, ResourceKind, Shape, for_each_operation, operations};

use super::pipeline::{Job, Outcome, call};
use crate::http::BoxFuture;
use crate::ops::Operation;
use crate::rpc::authn::Caller;

/// One operation, with its types forgotten.
pub struct Entry {
    /// The name.
    pub name: &'static str,
    /// The table of its input.
    pub input: &'static Shape,
    /// Who may call.
    pub auth: AuthKind,
    /// What policies are about.
    pub resource: ResourceKind,
    /// Runs it.
    pub run: for<'a> fn(Job<'a>) -> BoxFuture<'a, Outcome>,
}

fn entry<O: Operation + 'static>() -> Entry {
    const {
        // The caller that an operation takes is the one the model prescribes.
        let mut fits = false;
        let mut index = 0;
        let kinds = <O::Caller as Caller>::KINDS;
        while let Some((kind, _)) = nth(kinds, index) {
            fits |= *kind as u8 == O::AUTH as u8;
            index += 1;
        }
        assert!(fits, "the operation's Caller does not fit the model's kind of authorisation");
    }
    Entry {
        name: O::NAME,
        input: O::INPUT,
        auth: O::AUTH,
        resource: O::RESOURCE,
        run: |job| Box::pin(call::<O>(job)),
    }
}

/// The element at `index` of a slice, and the rest; usable in constants.
const fn nth(kinds: &[AuthKind], index: usize) -> Option<(&AuthKind, &[AuthKind])> {
    let mut rest = kinds;
    let mut skipped = 0;
    while skipped < index {
        match rest.split_first() {
            Some((_, after)) => rest = after,
            None => return None,
        }
        skipped += 1;
    }
    rest.split_first()
}

macro_rules! entries {
    ($($name:ident),* $(,)?) => {
        vec![$(entry::<operations::$name>()),*]
    };
}

static TABLE: LazyLock<HashMap<&'static str, Entry>> = LazyLock::new(|| {
    let entries: Vec<Entry> = for_each_operation!(entries);
    entries.into_iter().map(|entry| (entry.name, entry)).collect()
});

/// Finds an operation.
pub fn find(name: &str) -> Option<&'static Entry> {
    TABLE.get(name)
}

/// Every operation, in the order of their names.
pub fn all() -> Vec<&'static Entry> {
    let mut all: Vec<&Entry> = TABLE.values().collect();
    all.sort_by_key(|entry| entry.name);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_of_the_model_is_in_the_table() {
        assert_eq!(all().len(), 141);
        assert!(find("AdminUpdateDeviceStatus").is_some());
        assert!(find("adminupdatedevicestatus").is_none());
    }
}
