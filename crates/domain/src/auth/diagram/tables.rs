//! The exact tables below the picture.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{DEVICES, OWED, Situation, TRACKING};

/// For each place, what follows: situations with the same consequences stand together.
pub(super) fn write(text: &mut String, outcomes: &BTreeMap<Situation, &'static str>) {
    let places: BTreeSet<_> = outcomes.keys().map(|s| (s.from, s.password)).collect();
    for (from, password) in places {
        writeln!(text, "%%\n%% After {from}, the password being {password}:").unwrap();
        // What is owed, grouped by what it leads to; then devices, grouped by that.
        let mut rows: Groups<Groups<&str, &str>, (&str, &str)> = Vec::new();
        for tracking in TRACKING {
            for device in DEVICES {
                let mut follows: Groups<&str, &str> = Vec::new();
                for owed in OWED {
                    let situation = Situation { from, password, tracking, device, owed };
                    if let Some(outcome) = outcomes.get(&situation) {
                        join(&mut follows, *outcome, owed);
                    }
                }
                join(&mut rows, follows, (tracking, device));
            }
        }
        for (follows, devices) in rows {
            for tracking in TRACKING {
                let of =
                    devices.iter().filter(|(of, _)| *of == tracking).map(|(_, device)| *device);
                match of.collect::<Vec<_>>().as_slice() {
                    [] => {}
                    all if all.len() == DEVICES.len() => {
                        writeln!(text, "%%   devices {tracking}").unwrap();
                    }
                    some => {
                        let some = some.join(" or ");
                        writeln!(text, "%%   devices {tracking}, device {some}").unwrap();
                    }
                }
            }
            for (outcome, owed) in follows {
                let owed =
                    if owed.len() == OWED.len() { "anything".into() } else { owed.join(", ") };
                writeln!(text, "%%     owed {owed} --> {outcome}").unwrap();
            }
        }
    }
}

/// Members by what they have in common, in the order of their first.
type Groups<K, M> = Vec<(K, Vec<M>)>;

/// Adds a member to the group of its key.
fn join<K: PartialEq, M>(groups: &mut Groups<K, M>, key: K, member: M) {
    match groups.iter_mut().find(|(seen, _)| *seen == key) {
        Some((_, members)) => members.push(member),
        None => groups.push((key, vec![member])),
    }
}
