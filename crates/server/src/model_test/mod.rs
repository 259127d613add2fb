//! A reference model of the server, and random sequences of operations that compare the two.
//!
//! The model is written from the specification by itself: plain values in memory, no part of the
//! server's rules. It says for every request what must be answered, byte for byte but for what the
//! server draws at random. An episode is a list of steps that follow from a seed; one that fails is
//! cut down to the steps that matter and printed. `POOLHOUSE_MODEL_SEED=…` runs one episode again,
//! `POOLHOUSE_MODEL_STEPS=…` more steps than the default.
//!
//! Properties that hold all the while, whatever the model says: P1 (no tokens for who is shut out),
//! P2 (signing out ends every token), P3 (single use), P4 (an alias has one holder), P5 (no tokens
//! with too few factors), P6 (the lock's formula), P8 (pages), P11 (sweeping and reading change
//! nothing), P12 (answers are in the API's model).

mod chance;
mod rules;
mod runner;
mod state;
mod steps;
mod world;

use std::fmt::Debug;
use std::str::FromStr;

use runner::{EPISODE_STEPS, Episode, Failure, coverage};
use state::Rules;
use world::Seen;

use crate::testing::TestServer;

/// Steps of one test function; there are eight of them.
const STEPS: usize = 12_800;

#[expect(clippy::disallowed_methods, reason = "the test's own setting, not the server's")]
fn setting<T: FromStr<Err: Debug>>(name: &str) -> Option<T> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}

async fn run(episode: &Episode, seen: &mut Seen) -> Result<(), Failure> {
    episode.run(vec![TestServer::new().await], seen).await
}

async fn run_many(number: u64) {
    let steps = setting("POOLHOUSE_MODEL_STEPS").unwrap_or(STEPS);
    let only: Option<u64> = setting("POOLHOUSE_MODEL_SEED");
    let mut seen = Seen::new();
    let mut done = 0;
    let first = 1000 * number;
    let episodes = u64::try_from(steps.div_ceil(EPISODE_STEPS)).unwrap();
    for seed in first..first + episodes {
        let seed = only.unwrap_or(seed);
        let episode = Episode::new(seed, EPISODE_STEPS, Rules::default());
        if let Err(failure) = run(&episode, &mut seen).await {
            let (episode, failure) = episode.shrink(failure).await;
            panic!("{}", episode.report(&failure));
        }
        done += episode.ops.len();
        if only.is_some() {
            break;
        }
    }
    let requests: u64 = seen.values().sum();
    println!("{done} steps, {requests} requests, no differences\n{}", coverage(&seen));
}

macro_rules! sequences {
    ($($name:ident: $number:literal),+ $(,)?) => {
        $(
            #[tokio::test]
            async fn $name() {
                run_many($number).await;
            }
        )+
    };
}

sequences! {
    random_sequences_of_operations_are_answered_as_the_model_says_1: 1,
    random_sequences_of_operations_are_answered_as_the_model_says_2: 2,
    random_sequences_of_operations_are_answered_as_the_model_says_3: 3,
    random_sequences_of_operations_are_answered_as_the_model_says_4: 4,
    random_sequences_of_operations_are_answered_as_the_model_says_5: 5,
    random_sequences_of_operations_are_answered_as_the_model_says_6: 6,
    random_sequences_of_operations_are_answered_as_the_model_says_7: 7,
    random_sequences_of_operations_are_answered_as_the_model_says_8: 8,
}
