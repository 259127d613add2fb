//! Single-use things, fought over: 20,000 races in memory, fewer where each write waits for a disk.

use poolhouse_domain::id::Sub;
use poolhouse_domain::session::{CodePurpose, CodeRow};
use tokio::task::JoinSet;

use super::bed::{Bed, NOW, pool_id, user};
use super::signing_in::{later, session_of};
use crate::Db;

/// Who runs in a race.
const RUNNERS: usize = 3;
/// Races that are run at once.
const AT_ONCE: u64 = 50;

fn hash(race: u64) -> [u8; 32] {
    let mut hash = [0; 32];
    hash[..8].copy_from_slice(&race.to_be_bytes());
    hash
}

/// Runs the races `1..=races`, each against itself; every one must have one winner.
async fn run<F, W>(races: u64, enter: F)
where
    F: Fn(u64) -> W,
    W: Future<Output = bool> + Send + 'static,
{
    for first in (1..=races).step_by(AT_ONCE as usize) {
        let mut tasks = JoinSet::new();
        let last = races.min(first + AT_ONCE - 1);
        for _ in 0..RUNNERS {
            for race in first..=last {
                let runner = enter(race);
                tasks.spawn(async move { (race, runner.await) });
            }
        }
        let mut won: Vec<u64> = tasks
            .join_all()
            .await
            .into_iter()
            .filter(|(_, won)| *won)
            .map(|(race, _)| race)
            .collect();
        won.sort_unstable();
        assert_eq!(won, (first..=last).collect::<Vec<_>>());
    }
}

pub(super) async fn a_session_has_one_winner(bed: Bed) {
    let races = bed.races(8_000);
    for first in (1..=races).step_by(500) {
        let last = races.min(first + 499);
        let put = bed.db.write(NOW, async |mut tx| {
            for race in first..=last {
                tx.put_session(&session_of(hash(race))).await?;
            }
            Ok(())
        });
        put.await.unwrap();
    }
    run(races, |race| {
        let db: Db = bed.db.clone();
        async move {
            let consume =
                db.write(NOW, async |mut tx| tx.consume_session(&pool_id(), &hash(race)).await);
            consume.await.unwrap()
        }
    })
    .await;
}

pub(super) async fn a_secret_block_has_one_winner(bed: Bed) {
    run(bed.races(8_000), |race| {
        let db: Db = bed.db.clone();
        async move {
            let once = db.write(NOW, async |mut tx| {
                tx.once(&pool_id(), "secret_block", &hash(race), later(1_000)).await
            });
            once.await.unwrap()
        }
    })
    .await;
}

pub(super) async fn a_code_has_one_winner(bed: Bed) {
    let races = bed.races(2_000);
    bed.with_pool().await;
    for first in (1..=races).step_by(100) {
        let last = races.min(first + 99);
        for race in first..=last {
            bed.insert(&user(&format!("u{race}"))).await;
        }
        let put = bed.db.write(NOW, async |mut tx| {
            for race in first..=last {
                let sub: Sub = user(&format!("u{race}")).sub;
                for purpose in [CodePurpose::SignUp, CodePurpose::Reset] {
                    let (attribute, expires) = ("email".to_owned(), later(1_000));
                    let row = CodeRow { purpose, attribute, hash: hash(race), expires };
                    tx.put_code(&pool_id(), &sub, &row).await?;
                }
            }
            Ok(())
        });
        put.await.unwrap();
    }
    run(races, |race| {
        let db: Db = bed.db.clone();
        async move {
            let sub = user(&format!("u{race}")).sub;
            let purpose = if race % 2 == 0 { CodePurpose::SignUp } else { CodePurpose::Reset };
            let consume = db.write(NOW, async |mut tx| {
                tx.consume_code(&pool_id(), &sub, purpose, &hash(race)).await
            });
            consume.await.unwrap()
        }
    })
    .await;
}

/// One authenticator, step after step: races that are run one by one, because a later step would
/// beat an earlier one.
pub(super) async fn a_totp_step_has_one_winner(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let alice = user("alice").sub;
    let enrol = bed.db.write(NOW, async |mut tx| {
        let seed = poolhouse_domain::secret::Secret::new(b"seed".to_vec());
        tx.put_totp_pending(&pool_id(), &alice, &seed).await?;
        tx.verify_totp(&pool_id(), &alice, None, 0).await
    });
    assert!(enrol.await.unwrap());
    for step in 1..=bed.races(2_000) {
        let mut tasks = JoinSet::new();
        for _ in 0..RUNNERS {
            let (db, alice) = (bed.db.clone(), alice.clone());
            let step = i64::try_from(step).unwrap();
            tasks.spawn(async move {
                let accept = db
                    .write(NOW, async |mut tx| tx.accept_totp_step(&pool_id(), &alice, step).await);
                accept.await.unwrap()
            });
        }
        assert_eq!(tasks.join_all().await.into_iter().filter(|won| *won).count(), 1, "{step}");
    }
}
