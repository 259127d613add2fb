//! The outbox.

use poolhouse_domain::message::{Lane, Medium, Message};
use poolhouse_domain::secret::Secret;
use tokio::task::JoinSet;

use super::bed::{Bed, NOW, at, nonces, pool_id, sealer, user};
use crate::outbox::{OutboxCount, TakenMessage};
use crate::{Db, DbConfig, Tx};

const EVERYONE: i64 = 100;

fn message(id: &str, to: &str, created: i64) -> Message {
    Message {
        id: id.into(),
        pool: pool_id(),
        sub: user("alice").sub,
        medium: Medium::Email,
        kind: "SignUp".into(),
        destination: Secret::new(to.into()),
        subject: Some("Your code".into()),
        body: Secret::new(format!("The code is {id}.")),
        code: Secret::new(id.into()),
        created: at(created),
        expires: None,
        call: None,
    }
}

async fn put(bed: &Bed, messages: &[Message]) {
    for message in messages {
        let write = bed.db.write(message.created, async |mut tx| tx.enqueue(message).await);
        write.await.unwrap();
    }
}

async fn take(db: &Db, lanes: &[Lane], now: i64, lease: i64, limit: i64) -> Vec<TakenMessage> {
    let until = at(now + lease);
    let write = db.write(at(now), async |mut tx| tx.take_messages(lanes, until, limit).await);
    write.await.unwrap()
}

fn seen(taken: &[TakenMessage]) -> Vec<(&str, i64)> {
    taken.iter().map(|taken| (taken.message.id.as_str(), taken.attempt)).collect()
}

pub(super) async fn a_message_is_sent_once(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let pool = pool_id();
    put(&bed, &[message("m1", "a@x", 1), message("m2", "b@x", 2), message("m3", "a@x", 3)]).await;
    let first = take(&bed.db, &Lane::ALL, 2, 10, EVERYONE).await;
    assert_eq!(seen(&first), [("m1", 1), ("m2", 1)]);
    // Taken is taken, until the lease runs out.
    assert_eq!(seen(&take(&bed.db, &Lane::ALL, 11, 10, EVERYONE).await), [("m3", 1)]);
    let delivered = async |mut tx: Tx| tx.delivered(&pool, "m1").await;
    assert!(bed.db.write(NOW, delivered).await.unwrap());
    assert!(!bed.db.write(NOW, delivered).await.unwrap());
    let again = take(&bed.db, &Lane::ALL, 12, 10, EVERYONE).await;
    assert_eq!(seen(&again), [("m2", 2)]);
    // Who lost the lease may say that it was sent, but not when to try again.
    let late = async |mut tx: Tx| tx.failed(&first[1], at(1), "late").await;
    assert!(!bed.db.write(NOW, late).await.unwrap());
    let failed = async |mut tx: Tx| tx.failed(&again[0], at(100), "no route").await;
    assert!(bed.db.write(NOW, failed).await.unwrap());
    let third = take(&bed.db, &Lane::ALL, 100, 10, EVERYONE).await;
    assert_eq!(seen(&third), [("m3", 2), ("m2", 3)]);
    let to = async |to: Option<&str>, limit| {
        let found = bed.db.read(async |mut tx| tx.messages_to(to, limit).await).await.unwrap();
        found.into_iter().map(|m| m.code.expose().clone()).collect::<Vec<_>>()
    };
    assert_eq!(to(Some("a@x"), 10).await, ["m3", "m1"]);
    assert_eq!(to(None, 2).await, ["m3", "m2"]);
    let all = bed.db.read(async |mut tx| tx.messages_to(Some("b@x"), 1).await).await.unwrap();
    assert_eq!(all[0].body.expose(), "The code is m2.");
    assert_eq!((all[0].medium, all[0].subject.as_deref()), (Medium::Email, Some("Your code")));
}

pub(super) async fn of_many_takers_one_gets_a_message(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let names: Vec<String> = (0..40).map(|n| format!("m{n:02}")).collect();
    let messages: Vec<Message> = names.iter().map(|name| message(name, "a@x", 1)).collect();
    put(&bed, &messages).await;
    let mut takers = JoinSet::new();
    for _ in 0..6 {
        // Of PostgreSQL there can be several servers; each opens it for itself.
        let db = match &bed.config {
            DbConfig::Postgres(_) => {
                Db::open(bed.config.clone(), sealer(), nonces()).await.unwrap()
            }
            DbConfig::SqliteFile(_) | DbConfig::SqliteMemory => bed.db.clone(),
        };
        takers.spawn(async move {
            let mut mine = Vec::new();
            for _ in 0..20 {
                let taken = take(&db, &[Lane::Email], 5, 1_000, 7).await;
                mine.extend(taken.into_iter().map(|taken| (taken.message.id, taken.attempt)));
            }
            mine
        });
    }
    let mut all = takers.join_all().await.concat();
    all.sort();
    let once: Vec<(String, i64)> = names.into_iter().map(|name| (name, 1)).collect();
    assert_eq!(all, once);
}

pub(super) async fn a_lane_takes_its_own_messages(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let sms = Message { medium: Medium::Sms, ..message("sms", "+1", 1) };
    let call = Some(Secret::new("{\"canary\":1}".into()));
    let function = Message { call, expires: Some(at(9)), ..message("fun", "a@x", 1) };
    put(&bed, &[message("mail", "a@x", 1), sms, function]).await;
    assert!(take(&bed.db, &[], 1, 1, EVERYONE).await.is_empty());
    let by = async |lane| take(&bed.db, &[lane], 1, 1_000, EVERYONE).await;
    assert_eq!(seen(&by(Lane::Sms).await), [("sms", 1)]);
    let taken = by(Lane::Function).await;
    assert_eq!(seen(&taken), [("fun", 1)]);
    let message = &taken[0].message;
    assert_eq!(message.call.as_ref().unwrap().expose(), "{\"canary\":1}");
    assert_eq!(message.expires, Some(at(9)));
    assert_eq!(seen(&by(Lane::Email).await), [("mail", 1)]);
}

pub(super) async fn what_was_given_up_is_listed_and_can_be_revived(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let pool = pool_id();
    put(&bed, &[message("m1", "a@x", 1), message("m2", "b@x", 2)]).await;
    let taken = take(&bed.db, &Lane::ALL, 2, 10, EVERYONE).await;
    let bury = async |mut tx: Tx| tx.bury(&taken[0], "smtp 550").await;
    assert!(bed.db.write(at(3), bury).await.unwrap());
    assert!(!bed.db.write(at(3), bury).await.unwrap());
    let dead = async || bed.db.read(async |mut tx| tx.dead_messages(9).await).await.unwrap();
    let listed = dead().await;
    assert_eq!(listed.len(), 1);
    let found = &listed[0];
    assert_eq!((found.id.as_str(), found.kind.as_str()), ("m1", "SignUp"));
    assert_eq!((found.dead, found.attempts, found.reason.as_str()), (at(3), 1, "smtp 550"));
    assert_eq!((found.lane, found.sub.clone()), (Lane::Email, user("alice").sub));
    for (lane, queued, dead) in [(Lane::Email, 1, 1), (Lane::Sms, 0, 0)] {
        let count = bed.db.read(async |mut tx| tx.outbox_count(lane).await).await.unwrap();
        assert_eq!(count, OutboxCount { queued, dead });
    }
    // The dead are not taken.
    assert_eq!(seen(&take(&bed.db, &Lane::ALL, 50, 10, EVERYONE).await), [("m2", 2)]);
    let revive = async |mut tx: Tx| tx.revive(&pool, "m1").await;
    assert!(bed.db.write(at(51), revive).await.unwrap());
    assert!(!bed.db.write(at(51), revive).await.unwrap());
    assert!(dead().await.is_empty());
    assert_eq!(seen(&take(&bed.db, &Lane::ALL, 51, 10, EVERYONE).await), [("m1", 1)]);
}

pub(super) async fn a_message_goes_with_its_user_and_after_its_time(bed: Bed) {
    const DAY: i64 = 24 * 60 * 60 * 1_000;
    bed.with_users(&["alice", "bob"]).await;
    let (pool, bob) = (pool_id(), user("bob").sub);
    let names = ["sent", "dead", "waits"];
    put(&bed, &names.map(|name| message(name, "a@x", 1))).await;
    put(&bed, &[Message { sub: bob.clone(), ..message("bobs", "b@x", 1) }]).await;
    let taken = take(&bed.db, &Lane::ALL, 1, 1, EVERYONE).await;
    let dead = taken.iter().find(|taken| taken.message.id == "dead").unwrap();
    let end = async |mut tx: Tx| {
        tx.delivered(&pool, "sent").await?;
        tx.bury(dead, "x").await?;
        tx.delete_user(&pool, &bob).await
    };
    bed.db.write(at(2), end).await.unwrap();
    let ids = async || {
        let all = bed.db.read(async |mut tx| tx.messages_to(None, 9).await).await.unwrap();
        all.into_iter().map(|message| message.id).collect::<Vec<_>>()
    };
    assert_eq!(ids().await, ["waits", "sent", "dead"]);
    let sweep = async |now| {
        bed.db.write(at(now), async |mut tx| tx.purge_expired(100).await).await.unwrap();
    };
    sweep(DAY + 2).await;
    assert_eq!(ids().await, ["waits", "dead"]);
    sweep(7 * DAY + 3).await;
    assert_eq!(ids().await, ["waits"]);
}
