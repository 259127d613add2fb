//! Episodes: made from a seed, run, and when one fails cut down to the steps that matter.

use std::collections::BTreeMap;

use super::chance::Rng;
use super::state::Rules;
use super::steps::{Kind, STORIES, WEIGHTS};
use super::world::{Difference, Seen, World};
use crate::testing::TestServer;

/// Steps of an episode.
pub(crate) const EPISODE_STEPS: usize = 400;
/// Runs that are spent on cutting a failing episode down.
const SHRINK_RUNS_MAX: usize = 160;

/// One step, which means something in any state: `seed` decides all of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Op {
    pub(crate) kind: Kind,
    pub(crate) seed: u64,
    /// Whom it is probably about.
    pub(crate) focus: usize,
    pub(crate) in_story: bool,
}

/// What to run.
#[derive(Clone, Debug)]
pub(crate) struct Episode {
    pub(crate) seed: u64,
    pub(crate) ops: Vec<Op>,
    pub(crate) rules: Rules,
}

/// Where an episode failed.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) at: usize,
    pub(crate) difference: Difference,
}

impl Episode {
    /// The episode of a seed.
    pub(crate) fn new(seed: u64, steps: usize, rules: Rules) -> Self {
        let mut r = Rng::new(seed ^ 0x5eed);
        let mut ops = Vec::with_capacity(steps);
        let mut push = |r: &mut Rng, kind, focus, in_story| {
            ops.push(Op { kind, seed: r.next(), focus, in_story });
            ops.len() < steps
        };
        // Somebody must be there before anything can happen to them.
        for focus in [0, 1, 2, 3] {
            for kind in [Kind::AdminCreateUser, Kind::SignUp, Kind::AdminSetPassword] {
                push(&mut r, kind, focus, false);
            }
        }
        let mut more = true;
        while more {
            let focus = r.below(6);
            let story = r.percent(60).then(|| weighted(&mut r, &STORIES, |story| story.0).1);
            for kind in story.unwrap_or_default() {
                more = more && push(&mut r, *kind, focus, true);
            }
            for _ in 0..r.below(9) {
                let kind = weighted(&mut r, &WEIGHTS, |kind| kind.1).0;
                more = more && push(&mut r, kind, focus, false);
            }
        }
        Self { seed, ops, rules }
    }

    /// Runs it on these servers.
    pub(crate) async fn run(
        &self,
        servers: Vec<TestServer>,
        seen: &mut Seen,
    ) -> Result<(), Failure> {
        let mut world = World::new(servers, self.rules, self.seed).await;
        let mut result = Ok(());
        for (at, op) in self.ops.iter().enumerate() {
            world.focus = op.focus;
            let mut r = Rng::new(op.seed);
            r.in_story = op.in_story;
            let step = world.step(op.kind, &mut r).await;
            let step = step.and_then(|()| world.check());
            if let Err(difference) = step {
                result = Err(Failure { at, difference });
                break;
            }
        }
        if result.is_ok() {
            let audit = world.audit().await;
            result = audit.map_err(|difference| Failure { at: self.ops.len(), difference });
        }
        for (key, count) in &world.seen {
            *seen.entry(key.clone()).or_default() += count;
        }
        if let Err(failure) = &mut result {
            let from = world.trace.len().saturating_sub(12);
            let trace = world.trace[from..].join("\n    ");
            failure.difference.push_str(&format!("\n  before it:\n    {trace}"));
        }
        result
    }

    /// Cuts off what is not needed to fail: the rest first, then chunks of it.
    pub(crate) async fn shrink(&self, failure: Failure) -> (Self, Failure) {
        let mut best = self.clone();
        best.ops.truncate(failure.at + 1);
        let mut failure = failure;
        let mut runs = 0;
        let mut chunk = best.ops.len().div_ceil(2);
        while chunk > 0 && runs < SHRINK_RUNS_MAX {
            let mut at = 0;
            while at < best.ops.len() && runs < SHRINK_RUNS_MAX {
                let mut shorter = best.clone();
                let end = (at + chunk).min(shorter.ops.len());
                shorter.ops.drain(at..end);
                runs += 1;
                let servers = vec![TestServer::new().await];
                match shorter.run(servers, &mut Seen::new()).await {
                    Err(again) => {
                        shorter.ops.truncate(again.at + 1);
                        (best, failure) = (shorter, again);
                    }
                    Ok(()) => at += chunk,
                }
            }
            chunk = if chunk == 1 { 0 } else { chunk.div_ceil(2) };
        }
        (best, failure)
    }

    /// What is said of a failing episode.
    pub(crate) fn report(&self, failure: &Failure) -> String {
        let steps: Vec<String> = self.ops.iter().map(|op| format!("{op:?}")).collect();
        format!(
            "episode {seed} fails after {count} steps:\n  {steps}\n  {difference}\n\
             Server and model differ. If the server is right, its rule belongs into \
             model_test/rules as well.\nTo run it again: \
             POOLHOUSE_MODEL_SEED={seed} cargo test -p poolhouse model_test",
            seed = self.seed,
            count = self.ops.len(),
            steps = steps.join("\n  "),
            difference = failure.difference,
        )
    }
}

impl World {
    /// What holds after every step.
    fn check(&mut self) -> Result<(), Difference> {
        if let Some(broken) = self.model.broken.take() {
            return Err(broken);
        }
        self.model.pools.iter().try_for_each(|pool| pool.check_aliases())
    }
}

/// One of a list, the heavier the likelier.
fn weighted<'a, T>(r: &mut Rng, from: &'a [T], weight: impl Fn(&T) -> usize) -> &'a T {
    let mut at = r.below(from.iter().map(&weight).sum());
    let found = from.iter().find(|one| {
        let here = at < weight(one);
        at = at.wrapping_sub(weight(one));
        here
    });
    found.unwrap()
}

/// A table of what was called how often and answered what.
pub(crate) fn coverage(seen: &Seen) -> String {
    let mut operations: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for ((operation, outcome), count) in seen {
        let outcome = outcome.trim_end_matches("Exception");
        operations.entry(operation).or_default().push(format!("{outcome} {count}"));
    }
    let line = |(operation, outcomes): (&&str, &Vec<String>)| {
        format!("  {operation}: {}", outcomes.join(", "))
    };
    operations.iter().map(line).collect::<Vec<_>>().join("\n")
}
