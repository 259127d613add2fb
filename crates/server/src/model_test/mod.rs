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

use poolhouse_store::DbConfig;

use crate::testing::{Build, TestServer};

/// Steps of one test function; there are eight of them.
const STEPS: usize = 12_800;
/// Episodes that run on both engines.
const PAIRS: u64 = 4;

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

/// A rule of the model that is bent must be noticed: whoever bends the server's is found the same way.
async fn is_noticed(name: &str, rules: Rules) {
    for seed in 9000..9040 {
        let episode = Episode::new(seed, EPISODE_STEPS, rules);
        if let Err(failure) = run(&episode, &mut Seen::new()).await {
            let (episode, failure) = episode.shrink(failure).await;
            let as_it_is = Episode { rules: Rules::default(), ..episode.clone() };
            run(&as_it_is, &mut Seen::new()).await.unwrap();
            println!("{name}: {}", episode.report(&failure));
            return;
        }
    }
    panic!("{name} goes unnoticed");
}

#[tokio::test]
async fn a_lock_that_comes_too_late_is_noticed() {
    is_noticed("lock after 6", Rules { lock_after: 6, ..Rules::default() }).await;
}

#[tokio::test]
async fn a_refresh_for_disabled_users_is_noticed() {
    let rules = Rules { disabled_may_refresh: true, ..Rules::default() };
    is_noticed("disabled users may refresh", rules).await;
}

#[tokio::test]
async fn a_code_from_a_minute_ago_is_noticed() {
    is_noticed("two steps of tolerance", Rules { totp_tolerance: 2, ..Rules::default() }).await;
}

#[tokio::test]
async fn a_session_that_works_twice_is_noticed() {
    let rules = Rules { sessions_are_reusable: true, ..Rules::default() };
    is_noticed("sessions are reusable", rules).await;
}

#[tokio::test]
async fn a_remembered_device_that_counts_for_nothing_is_noticed() {
    let rules = Rules { remembered_devices_count: false, ..Rules::default() };
    is_noticed("remembered devices are not challenged", rules).await;
}

/// The same episodes on both engines: every answer is the same, byte for byte, because both servers
/// draw the same randomness.
#[test]
fn both_engines_answer_alike() {
    let Some(url) = setting::<String>("TEST_POSTGRES") else {
        println!("skipped: TEST_POSTGRES is not set");
        return;
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let episodes = setting("POOLHOUSE_MODEL_PAIRS").unwrap_or(PAIRS);
    let mut seen = Seen::new();
    for seed in 7000..7000 + episodes {
        let schema = format!("poolhouse_model_{}_{seed}", std::process::id());
        runtime.block_on(administer(&url, &format!("CREATE SCHEMA {schema}")));
        let mark = if url.contains('?') { '&' } else { '?' };
        let own = format!("{url}{mark}options=-c%20search_path%3D{schema}");
        let episode = Episode::new(seed, EPISODE_STEPS, Rules::default());
        let result = runtime.block_on(async {
            let postgres = Build { database: DbConfig::Postgres(own), ..Build::default() };
            let servers = vec![TestServer::new().await, TestServer::built(postgres).await];
            episode.run(servers, &mut seen).await
        });
        runtime.block_on(administer(&url, &format!("DROP SCHEMA {schema} CASCADE")));
        if let Err(failure) = result {
            panic!("{}", episode.report(&failure));
        }
    }
    let requests: u64 = seen.values().sum();
    println!("{requests} requests to two engines, no differences\n{}", coverage(&seen));
}

async fn administer(url: &str, sql: &str) {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(connection);
    client.batch_execute(sql).await.unwrap();
}
