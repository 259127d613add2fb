//! What both engines promise, whatever is stored.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use poolhouse_domain::error::{Error, Result};
use tokio::task::JoinSet;

use super::bed::{Bed, NOW, at, nonces, pool, pool_id, sealer, user};
use crate::sql::{DbError, OnConstraint, Row, args};
use crate::{Db, DbConfig, Tx};

pub(super) async fn pools(db: &Db) -> usize {
    db.read(async |mut tx| tx.list_pools(None, 1_000).await).await.unwrap().len()
}

pub(super) async fn a_refusal_takes_everything_back(bed: Bed) {
    let result: Result<()> = bed
        .db
        .write(NOW, async |mut tx| {
            tx.insert_pool(&pool("us-east-1_A", 1)).await?;
            Err(Error::UserNotFound)
        })
        .await;
    assert!(matches!(result, Err(Error::UserNotFound)));
    assert_eq!(pools(&bed.db).await, 0);
}

pub(super) async fn a_refusal_can_be_a_value_that_commits(bed: Bed) {
    let result: Result<Result<(), Error>> = bed
        .db
        .write(NOW, async |mut tx| {
            tx.insert_pool(&pool("us-east-1_A", 1)).await?;
            Ok(Err(Error::UserNotFound))
        })
        .await;
    assert!(matches!(result, Ok(Err(Error::UserNotFound))));
    assert_eq!(pools(&bed.db).await, 1);
}

pub(super) async fn a_read_cannot_write(bed: Bed) {
    let result = bed.db.read(async |mut tx| tx.insert_pool(&pool("us-east-1_A", 1)).await).await;
    assert!(result.unwrap_err().is_fault());
    assert_eq!(pools(&bed.db).await, 0);
}

pub(super) async fn a_unique_index_is_named(bed: Bed) {
    bed.with_users(&["alice"]).await;
    const TWICE: &str = "INSERT INTO users (pool_id, sub, username, username_key, status, enabled,
            attributes, mfa, stamp, version, created, modified)
        SELECT pool_id, ?1, username, ?2, status, enabled, attributes, mfa, 0, 1, 0, 0
        FROM users /* test */";
    for (sub, key, name) in
        [("other", "alice", "users_username_key"), ("sub-alice", "other", "users_pkey")]
    {
        let result = bed
            .db
            .write(NOW, async |mut tx| {
                let twice = tx.execute(TWICE, args![sub, key]).await;
                twice.on_constraint(name, Error::UserNotFound)
            })
            .await;
        assert!(matches!(result, Err(Error::UserNotFound)), "{name}: {result:?}");
        let other = bed
            .db
            .write(NOW, async |mut tx| {
                let twice = tx.execute(TWICE, args![sub, key]).await;
                twice.on_constraint("client_id_key", Error::UserNotFound)
            })
            .await;
        assert!(other.unwrap_err().is_fault());
    }
}

pub(super) async fn a_missing_parent_is_named(bed: Bed) {
    let alice = user("alice");
    let result = bed.db.write(NOW, async |mut tx| tx.insert_user(&alice, "alice", None).await);
    assert!(matches!(result.await, Err(Error::PoolNotFound(id)) if id == pool_id()));
}

/// The two engines differ in what a transaction can still do after a failed statement; so that they
/// never differ in effect, a closure that goes on regardless and ends well keeps nothing on
/// PostgreSQL and is told so.
pub(super) async fn a_failed_statement_keeps_nothing(bed: Bed) {
    let result = bed
        .db
        .write(NOW, async |mut tx| {
            tx.insert_pool(&pool("us-east-1_A", 1)).await?;
            let _ = tx.insert_pool(&pool("us-east-1_A", 1)).await;
            Ok(())
        })
        .await;
    let kept = pools(&bed.db).await;
    assert_eq!((result.is_err(), kept), if bed.is_postgres() { (true, 0) } else { (false, 1) });
}

pub(super) async fn contention_runs_the_closure_again_but_not_for_ever(bed: Bed) {
    for (conflicts, runs, kept) in [(4, 5, 1), (9, 5, 1)] {
        let count = AtomicUsize::new(0);
        let id = format!("us-east-1_{conflicts}");
        let result = bed
            .db
            .write(NOW, async |mut tx| {
                tx.insert_pool(&pool(&id, 1)).await?;
                if count.fetch_add(1, Ordering::SeqCst) < conflicts {
                    tx.core.again = true;
                    return Err(Error::fault("contention"));
                }
                Ok(())
            })
            .await;
        assert_eq!(count.load(Ordering::SeqCst), runs);
        assert_eq!(result.is_ok(), conflicts < 5);
        assert_eq!(pools(&bed.db).await, kept);
    }
}

pub(super) async fn a_dropped_write_takes_itself_back(bed: Bed) {
    for cut in 0..4 {
        let (started, hold) = (tokio::sync::Notify::new(), tokio::sync::Notify::new());
        let write = bed.db.write(NOW, async |mut tx| {
            for n in 0..4 {
                if n == cut {
                    started.notify_one();
                    hold.notified().await;
                }
                tx.insert_pool(&pool(&format!("us-east-1_{n}"), n)).await?;
            }
            Ok(())
        });
        tokio::select! {
            _ = write => panic!("the write was to be dropped"),
            () = started.notified() => {}
        }
        // Nothing of it is left and nothing is left locked.
        assert_eq!(pools(&bed.db).await, 0, "cut at {cut}");
        let next = &pool(&format!("us-east-1_kept{cut}"), 1);
        let kept = async |mut tx: Tx| tx.insert_pool(next).await;
        bed.db.write(NOW, kept).await.unwrap();
        let forget = async |mut tx: Tx| tx.delete_pool(&next.id).await;
        bed.db.write(NOW, forget).await.unwrap();
    }
}

pub(super) async fn a_panic_poisons_nothing(bed: Bed) {
    let db = bed.db.clone();
    let mut tasks = JoinSet::new();
    tasks.spawn(async move {
        db.write(NOW, async |mut tx| {
            tx.insert_pool(&pool("us-east-1_A", 1)).await?;
            if tx.now == NOW {
                panic!("on purpose");
            }
            Ok(())
        })
        .await
    });
    assert!(tasks.join_next().await.unwrap().unwrap_err().is_panic());
    assert_eq!(pools(&bed.db).await, 0);
    bed.db.write(NOW, async |mut tx| tx.insert_pool(&pool("us-east-1_A", 1)).await).await.unwrap();
    assert_eq!(pools(&bed.db).await, 1);
}

/// Several hundred writers at once, some refused, some dropped while they wait: everything
/// acknowledged is there after the store is opened anew, everything refused is not.
pub(super) async fn many_writers_lose_nothing(bed: Bed) {
    let mut tasks = JoinSet::new();
    for n in 0..192_i64 {
        let db = bed.db.clone();
        tasks.spawn(async move {
            let id = format!("us-east-1_{n}");
            let write = db.write(NOW, async |mut tx| {
                tx.insert_pool(&pool(&id, n)).await?;
                if n % 8 == 3 { Err(Error::UserNotFound) } else { Ok(()) }
            });
            if n % 8 == 5 {
                tokio::select! { biased; _ = write => {}, () = tokio::task::yield_now() => {} }
                return None;
            }
            let kept = write.await.is_ok();
            Some((id, kept))
        });
    }
    let mut acknowledged = Vec::new();
    let mut refused = Vec::new();
    while let Some(task) = tasks.join_next().await {
        match task.unwrap() {
            Some((id, true)) => acknowledged.push(id),
            Some((id, false)) => refused.push(id),
            None => {}
        }
    }
    assert_eq!((acknowledged.len(), refused.len()), (144, 24));
    let db = match bed.config {
        DbConfig::SqliteMemory => bed.db,
        config => Db::open(config, sealer(), nonces()).await.unwrap(),
    };
    let list = db.read(async |mut tx| tx.list_pools(None, 1_000).await).await.unwrap();
    let there: Vec<&str> = list.iter().map(|pool| pool.id.as_str()).collect();
    assert!(acknowledged.iter().all(|id| there.contains(&id.as_str())));
    assert!(!refused.iter().any(|id| there.contains(&id.as_str())));
}

pub(super) async fn no_update_is_lost(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let mut tasks = JoinSet::new();
    for worker in 0..12 {
        let db = bed.db.clone();
        tasks.spawn(async move {
            for n in 0..5 {
                let name = format!("custom:{worker}-{n}");
                let update = db.write(NOW, async |mut tx| {
                    let sub = user("alice").sub;
                    let mut alice = tx.user_by_sub(&pool_id(), &sub).await?;
                    alice.attributes.insert(name.clone(), "1".into());
                    tx.update_user(&alice).await
                });
                update.await.unwrap();
            }
        });
    }
    tasks.join_all().await;
    let sub = user("alice").sub;
    let alice = bed.db.read(async |mut tx| tx.user_by_sub(&pool_id(), &sub).await).await.unwrap();
    assert_eq!(alice.attributes.len(), 1 + 60);
}

/// Everything the engine knows about the tables, as text.
async fn introspect(db: &Db, postgres: bool) -> Vec<String> {
    const SQLITE: &str = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name
        /* test */";
    const COLUMNS: &str = "SELECT concat_ws(' ', c.relname, a.attnum, a.attname,
            format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attcollation)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0
        ORDER BY c.relname, a.attnum";
    const INDEXES: &str = "SELECT replace(indexdef, current_schema(), '') FROM pg_indexes
        WHERE schemaname = current_schema() ORDER BY indexname";
    const CONSTRAINTS: &str = "SELECT concat_ws(' ', conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = current_schema()::regnamespace ORDER BY 1";
    let statements = if postgres { &[COLUMNS, INDEXES, CONSTRAINTS][..] } else { &[SQLITE] };
    let mut found = Vec::new();
    for sql in statements {
        let rows = db.read(async |mut tx| Ok(tx.fetch_all(sql, &[]).await?)).await.unwrap();
        found.extend(rows.into_iter().map(|mut row: Row| row.text().unwrap()));
    }
    found
}

pub(super) async fn the_schema_is_the_sum_of_the_migrations(bed: Bed) {
    let migrated = introspect(&bed.db, bed.is_postgres()).await;
    assert!(migrated.len() > 30, "{migrated:?}");
    // In a store of its own: everything is dropped, and made again from the text for readers.
    match &bed.db.engine_for_tests() {
        Engine::Sqlite => {
            let conn = rusqlite::Connection::open_in_memory().unwrap();
            conn.execute_batch(&crate::migrate::whole_for_sqlite()).unwrap();
            let mut statement = conn
                .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
                .unwrap();
            let rows = statement.query_map([], |row| row.get(0)).unwrap();
            // A column that a later migration added stands on the line of its neighbour.
            let flat = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let written: Vec<String> = rows.map(|row| flat(&row.unwrap())).collect();
            assert_eq!(migrated.iter().map(flat).collect::<Vec<_>>(), written);
        }
        Engine::Postgres(postgres) => {
            let mut session = postgres.write().await.unwrap();
            let drop_all = "DO $$ DECLARE t record; BEGIN
                FOR t IN SELECT relname FROM pg_class WHERE relkind = 'r'
                    AND relnamespace = current_schema()::regnamespace
                LOOP EXECUTE format('DROP TABLE %I CASCADE', t.relname); END LOOP; END $$";
            session.control(drop_all).await.unwrap();
            session.control(&crate::migrate::whole_for_postgres()).await.unwrap();
            session.commit().await.unwrap();
            assert_eq!(migrated, introspect(&bed.db, true).await);
        }
    }
}
use crate::db::EngineForTests as Engine;

pub(super) async fn text_is_ordered_by_its_bytes(bed: Bed) {
    let names = ["a", "Z", "é", "_", "a-b", "ab", "\u{10000}", "\u{FFFD}", "z"];
    for name in names {
        let pool = pool(name, 7);
        bed.db.write(NOW, async |mut tx| tx.insert_pool(&pool).await).await.unwrap();
    }
    let list = bed.db.read(async |mut tx| tx.list_pools(None, 100).await).await.unwrap();
    let mut sorted = names.to_vec();
    sorted.sort_unstable();
    assert_eq!(list.iter().map(|pool| pool.id.as_str()).collect::<Vec<_>>(), sorted);
}

/// The futures of reads and writes run in tasks of the server. A closure that borrows from around
/// it must not take that away.
#[test]
fn a_write_that_borrows_is_send() {
    fn assert_send<T: Send>(value: T) -> T {
        value
    }
    async fn helper(tx: &mut Tx, name: &str) -> Result<usize> {
        Ok(tx.list_pools(None, 1).await?.len() + name.len())
    }
    fn operation<'a>(db: &'a Db, name: &'a str) -> impl Future<Output = Result<usize>> + Send {
        assert_send(async move {
            let local = String::from("local");
            let map = BTreeMap::from([("key", name)]);
            let written = db
                .write(at(1), async |mut tx| {
                    let found = helper(&mut tx, &local).await?;
                    Ok(found + map.len() + name.len())
                })
                .await?;
            db.read(async |mut tx| Ok(helper(&mut tx, name).await? + written)).await
        })
    }
    let _ = operation;
}

/// A transaction that its closure gave away cannot be ended, and is not.
#[tokio::test]
async fn a_kept_transaction_is_a_fault() {
    let bed = Bed::memory().await;
    let kept = bed.db.write(NOW, async |tx| Ok(tx)).await;
    assert!(kept.unwrap_err().is_fault());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deadlock_is_retried() {
    let Some(bed) = Bed::postgres().await else { return };
    for id in ["us-east-1_A", "us-east-1_B"] {
        bed.db.write(NOW, async |mut tx| tx.insert_pool(&pool(id, 1)).await).await.unwrap();
    }
    let met = Arc::new(tokio::sync::Barrier::new(2));
    let mut tasks = JoinSet::new();
    for ids in [["us-east-1_A", "us-east-1_B"], ["us-east-1_B", "us-east-1_A"]] {
        let (db, met) = (bed.db.clone(), Arc::clone(&met));
        tasks.spawn(async move {
            let runs = AtomicUsize::new(0);
            let write = db.write(NOW, async |mut tx| {
                tx.update_pool(&pool(ids[0], 2)).await?;
                if runs.fetch_add(1, Ordering::SeqCst) == 0 {
                    met.wait().await;
                }
                tx.update_pool(&pool(ids[1], 2)).await
            });
            write.await.map(|()| runs.into_inner())
        });
    }
    // The server ends one of the two.
    let results = tasks.join_all().await;
    let runs: usize = results.iter().flatten().sum();
    assert!(results.iter().all(Result::is_ok) && runs == 3, "{results:?}");
    bed.remove().await;
}

#[tokio::test]
async fn a_store_tells_its_health() {
    for bed in [Some(Bed::memory().await), Some(Bed::file().await), Bed::postgres().await] {
        let Some(bed) = bed else { continue };
        bed.db.health().await.unwrap();
        bed.remove().await;
    }
}

#[test]
fn an_engine_that_loses_commits_is_refused() {
    assert!(rusqlite::version_number() >= 3_051_003);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_loses_commits_is_refused() {
    let Some(bed) = Bed::postgres().await else { return };
    let DbConfig::Postgres(url) = &bed.config else { unreachable!() };
    let weak = format!("{url}%20-c%20synchronous_commit%3Doff");
    let refused = Db::open(DbConfig::Postgres(weak), sealer(), nonces()).await.unwrap_err();
    assert!(refused.to_string().contains("synchronous_commit = off"), "{refused}");
    bed.remove().await;
}

/// Writers that wait together are answered by one commit, which is the point of waiting.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writers_that_wait_together_share_a_commit() {
    let bed = Bed::file().await;
    let before = bed.db.commits_for_tests();
    let (started, hold) = (tokio::sync::Notify::new(), tokio::sync::Notify::new());
    let first = bed.db.write(NOW, async |mut tx| {
        started.notify_one();
        hold.notified().await;
        tx.insert_pool(&pool("us-east-1_first", 1)).await
    });
    let others = async {
        started.notified().await;
        let mut tasks = JoinSet::new();
        for n in 0..100 {
            let db = bed.db.clone();
            tasks.spawn(async move {
                let pool = pool(&format!("us-east-1_{n}"), 1);
                db.write(NOW, async |mut tx| tx.insert_pool(&pool).await).await
            });
        }
        while bed.db.writers_waiting_for_tests() < 100 {
            tokio::task::yield_now().await;
        }
        hold.notify_one();
        tasks.join_all().await
    };
    let (first, others) = tokio::join!(first, others);
    assert!(first.is_ok() && others.iter().all(Result::is_ok));
    assert_eq!(pools(&bed.db).await, 101);
    // The batch is bounded, so 101 writes take two.
    assert_eq!(bed.db.commits_for_tests() - before, 2);
    bed.remove().await;
}

/// A full disk: the engine may throw away the transaction of the whole batch. Whatever was
/// acknowledged is there, whatever was not is not, and writing goes on when there is room again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_tells_no_lies() {
    let bed = Bed::file().await;
    let pages = async |sql: &'static str| {
        let set = async |mut tx: Tx| Ok(tx.fetch_all(sql, &[]).await?);
        bed.db.write(NOW, set).await.unwrap();
    };
    pages("PRAGMA max_page_count = 120").await;
    let mut tasks = JoinSet::new();
    for n in 0..200 {
        let db = bed.db.clone();
        tasks.spawn(async move {
            let mut pool = pool(&format!("us-east-1_{n}"), 1);
            // Every fourth write is too big for what is left sooner than the others.
            pool.name = "x".repeat(if n % 4 == 0 { 20_000 } else { 10 });
            let write = db.write(NOW, async |mut tx| tx.insert_pool(&pool).await);
            let kept = write.await.is_ok();
            (pool.id, kept)
        });
    }
    let outcomes = tasks.join_all().await;
    assert!(outcomes.iter().any(|(_, kept)| !kept) && outcomes.iter().any(|(_, kept)| *kept));
    let list = bed.db.read(async |mut tx| tx.list_pools(None, 1_000).await).await.unwrap();
    for (id, kept) in &outcomes {
        assert_eq!(list.iter().any(|pool| pool.id == *id), *kept, "{id}");
    }
    bed.db.health().await.unwrap();
    pages("PRAGMA max_page_count = 100000").await;
    bed.db.write(NOW, async |mut tx| tx.insert_pool(&pool("later", 1)).await).await.unwrap();
    bed.remove().await;
}

/// The writers' queue has an end.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_many_writers_are_turned_away() {
    let bed = Bed::file().await;
    let (started, hold) =
        (Arc::new(tokio::sync::Notify::new()), Arc::new(tokio::sync::Notify::new()));
    let mut holder = JoinSet::new();
    {
        let (db, started, hold) = (bed.db.clone(), Arc::clone(&started), Arc::clone(&hold));
        holder.spawn(async move {
            db.write(NOW, async |_tx| {
                started.notify_one();
                hold.notified().await;
                Ok(())
            })
            .await
        });
    }
    started.notified().await;
    let mut waiting = JoinSet::new();
    let extra = 10;
    for _ in 0..crate::engine::lane::WRITERS_WAITING_MAX + extra {
        let db = bed.db.clone();
        waiting.spawn(async move { db.write(NOW, async |_tx| Ok(())).await });
    }
    for _ in 0..extra {
        let refused = waiting.join_next().await.unwrap().unwrap().unwrap_err();
        let Error::Fault(fault) = refused else { panic!("{refused}") };
        assert!(fault.is::<crate::Overloaded>(), "{fault}");
    }
    hold.notify_one();
    assert!(waiting.join_all().await.iter().all(Result::is_ok));
    assert!(holder.join_all().await.iter().all(Result::is_ok));
    bed.remove().await;
}

#[test]
fn a_fault_of_the_store_is_a_fault_of_the_domain() {
    assert!(Error::from(DbError::Contention("x".into())).is_fault());
}
