//! Which shapes are needed where: by requests (they get a constraint table), and by which family of operations.

use std::collections::{BTreeMap, BTreeSet};

use super::Source;
use crate::Outcome;
use crate::facts::ShapeFacts;

/// The family of shapes that more than one family uses.
pub(super) const COMMON: &str = "common";

/// Where each shape goes.
pub(super) struct Plan {
    /// Shapes that occur in requests.
    pub(super) in_requests: BTreeSet<String>,
    /// Shape to the one family that uses it, or `COMMON`.
    pub(super) family: BTreeMap<String, String>,
}

impl Plan {
    pub(super) fn new(source: &Source) -> Outcome<Plan> {
        let mut in_requests = BTreeSet::new();
        let mut users: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (name, operation) in &source.facts.operations {
            let family = source.overlay.operation(name)?.family.as_str();
            let mut used = reachable(source, &operation.input)?;
            in_requests.extend(used.iter().cloned());
            if let Some(output) = &operation.output {
                used.extend(reachable(source, output)?);
            }
            for shape in used {
                users.entry(shape).or_default().insert(family);
            }
        }
        let family = users
            .into_iter()
            .map(|(shape, families)| {
                let only = families.first().filter(|_| families.len() == 1);
                (shape, (*only.unwrap_or(&COMMON)).to_owned())
            })
            .collect();
        Ok(Plan { in_requests, family })
    }

    /// Families in order, each with the names of its shapes in order.
    pub(super) fn by_family(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut families: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (shape, family) in &self.family {
            families.entry(family).or_default().push(shape);
        }
        families
    }
}

fn reachable(source: &Source, root: &str) -> Outcome<BTreeSet<String>> {
    let mut seen = BTreeSet::new();
    let mut open = vec![root.to_owned()];
    while let Some(name) = open.pop() {
        if seen.insert(name.clone()) {
            open.extend(children(source.facts.shape(&name)?).map(str::to_owned));
        }
    }
    Ok(seen)
}

fn children(shape: &ShapeFacts) -> impl Iterator<Item = &str> {
    let members = shape.members.iter().flatten().map(|m| m.shape.as_str());
    members
        .chain([&shape.member, &shape.key, &shape.value].into_iter().filter_map(|r| r.as_deref()))
}
