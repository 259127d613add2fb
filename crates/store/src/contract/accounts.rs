//! Recovery and changes of accounts: codes that are not sent, values that wait, old passwords.

use poolhouse_domain::error::Error;
use poolhouse_domain::id::Sub;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::session::{CodePurpose, CodeRow, HourlyBudget};
use poolhouse_domain::time::Timestamp;
use tokio::task::JoinSet;

use super::bed::{Bed, NOW, at, password, pool_id, user};
use crate::Tx;

fn later(ms: i64) -> Timestamp {
    at(NOW.as_millis() + ms)
}

fn code(n: u8, expires: Timestamp) -> CodeRow {
    let attribute = "email".to_owned();
    CodeRow { purpose: CodePurpose::Reset, attribute, hash: [n; 32], expires }
}

pub(super) async fn a_hidden_code_seems_to_be_there(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let (pool, alice) = (pool_id(), user("alice").sub);
    let seeming = async |subject: &str, now| {
        let read = bed
            .db
            .read(async |mut tx| tx.seeming_code(&pool, subject, CodePurpose::Reset, now).await);
        read.await.unwrap().map(|row| row.hash[0])
    };
    let hide = async |subject: &str, n, expires| {
        let put = bed
            .db
            .write(NOW, async |mut tx| tx.put_hidden_code(&pool, subject, &code(n, expires)).await);
        put.await.unwrap();
    };
    assert_eq!(seeming("nobody", NOW).await, None);
    hide("nobody", 1, later(10)).await;
    hide("nobody", 2, later(20)).await;
    hide(alice.as_str(), 3, later(30)).await;
    assert_eq!(seeming("nobody", later(19)).await, Some(2));
    assert_eq!(seeming("nobody", later(20)).await, None);
    assert_eq!(seeming(alice.as_str(), NOW).await, Some(3));
    // What was sent comes first, as long as it works.
    let put = async |mut tx: Tx| tx.put_code(&pool, &alice, &code(4, later(10))).await;
    bed.db.write(NOW, put).await.unwrap();
    assert_eq!(seeming(alice.as_str(), later(9)).await, Some(4));
    assert_eq!(seeming(alice.as_str(), later(10)).await, Some(3));
    // It is not a code: nothing can be had for it.
    let consume = bed.db.write(NOW, async |mut tx| {
        tx.consume_code(&pool, &alice, CodePurpose::Reset, &[3; 32]).await
    });
    assert!(!consume.await.unwrap());
    let sweep =
        async |now| bed.db.write(now, async |mut tx| tx.purge_expired(100).await).await.unwrap();
    assert_eq!(sweep(later(20)).await, 0);
    assert_eq!(sweep(later(31)).await, 2);
    // A deleted pool leaves none.
    hide("nobody", 5, later(1_000)).await;
    let delete = async |mut tx: Tx| tx.delete_pool(&pool).await;
    bed.db.write(NOW, delete).await.unwrap();
    sweep(NOW).await;
    assert_eq!(seeming("nobody", NOW).await, None);
}

pub(super) async fn a_value_waits_sealed(bed: Bed) {
    bed.with_users(&["alice", "bob"]).await;
    let (pool, alice, bob) = (pool_id(), user("alice").sub, user("bob").sub);
    let waiting = async |sub: &Sub, name: &str| {
        let read =
            bed.db.read(async |mut tx| tx.pending_attribute(&pool, sub, name).await).await.unwrap();
        read.map(|value| value.expose().clone())
    };
    for value in ["one@example.com", "two@example.com"] {
        let value = Secret::new(value.to_owned());
        let put = bed.db.write(NOW, async |mut tx| {
            tx.put_pending_attribute(&pool, &alice, "email", &value).await
        });
        put.await.unwrap();
    }
    assert_eq!(waiting(&alice, "email").await.as_deref(), Some("two@example.com"));
    assert_eq!(waiting(&alice, "phone_number").await, None);
    assert_eq!(waiting(&bob, "email").await, None);
    let plain = "SELECT value FROM pending_attribute /* test */";
    let rows = bed.db.read(async |mut tx| Ok(tx.fetch_all(plain, &[]).await?)).await.unwrap();
    let kept: Vec<u8> = rows.into_iter().flat_map(|mut row| row.blob().unwrap()).collect();
    assert!(!kept.windows(3).any(|part| part == b"two"));
    let drop_it = async |name: &str| {
        let dropped =
            bed.db.write(NOW, async |mut tx| tx.drop_pending_attribute(&pool, &alice, name).await);
        dropped.await.unwrap()
    };
    assert!(!drop_it("phone_number").await);
    assert!(drop_it("email").await);
    assert!(!drop_it("email").await);
    let value = Secret::new("x".to_owned());
    let nobody = bed.db.write(NOW, async |mut tx| {
        tx.put_pending_attribute(&pool, &Sub::new("nobody"), "email", &value).await
    });
    assert!(matches!(nobody.await, Err(Error::UserNotFound)));
}

pub(super) async fn the_newest_passwords_are_remembered(bed: Bed) {
    bed.with_users(&["alice", "bob"]).await;
    let (pool, alice, bob) = (pool_id(), user("alice").sub, user("bob").sub);
    let old = async |sub: &Sub, limit| {
        let read = bed.db.read(async |mut tx| tx.old_passwords(&pool, sub, limit).await);
        let texts = read.await.unwrap().into_iter().map(|record| record.verifier.expose().clone());
        texts.map(|text| String::from_utf8(text).unwrap()).collect::<Vec<_>>()
    };
    let remember = async |text: &str, keep| {
        let record = password(text);
        let kept = bed
            .db
            .write(NOW, async |mut tx| tx.remember_password(&pool, &alice, &record, keep).await);
        kept.await.unwrap();
    };
    for text in ["1", "2", "3", "4"] {
        remember(text, 3).await;
    }
    assert_eq!(old(&alice, 24).await, ["4", "3", "2"]);
    assert_eq!(old(&alice, 2).await, ["4", "3"]);
    assert_eq!(old(&bob, 24).await, [""; 0]);
    remember("5", 1).await;
    assert_eq!(old(&alice, 24).await, ["5"]);
    remember("6", 0).await;
    assert_eq!(old(&alice, 24).await, [""; 0]);
    remember("7", 24).await;
    let delete = async |mut tx: Tx| tx.delete_user(&pool, &alice).await;
    bed.db.write(NOW, delete).await.unwrap();
    assert_eq!(old(&alice, 24).await, [""; 0]);
}

pub(super) async fn passwords_replaced_at_once_are_all_remembered(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let mut tasks = JoinSet::new();
    for n in 0..4 {
        let db = bed.db.clone();
        tasks.spawn(async move {
            let (pool, alice) = (pool_id(), user("alice").sub);
            let next = password(&n.to_string());
            let replace = db.write(NOW, async |mut tx| {
                let user = tx.user_by_sub(&pool, &alice).await?;
                let current = tx.password(&pool, &alice).await?;
                tx.update_user(&user).await?;
                if let Some(current) = current {
                    tx.remember_password(&pool, &alice, &current, 24).await?;
                }
                tx.set_password(&pool, &alice, &next).await
            });
            replace.await.unwrap();
        });
    }
    tasks.join_all().await;
    let (pool, alice) = (pool_id(), user("alice").sub);
    let all = bed.db.read(async |mut tx| {
        let mut all = tx.old_passwords(&pool, &alice, 24).await?;
        all.extend(tx.password(&pool, &alice).await?);
        Ok(all)
    });
    let all = all.await.unwrap();
    let mut texts: Vec<_> = all.iter().map(|record| record.verifier.expose().clone()).collect();
    texts.sort();
    assert_eq!(texts, [b"0", b"1", b"2", b"3"]);
}

pub(super) async fn guesses_at_a_reset_code_are_counted_one_by_one(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let mut tasks = JoinSet::new();
    for _ in 0..60 {
        let db = bed.db.clone();
        tasks.spawn(async move {
            let (pool, alice) = (pool_id(), user("alice").sub);
            let budget = HourlyBudget::ConfirmForgotPassword;
            let spend = async |mut tx: Tx| tx.spend(&pool, alice.as_str(), budget).await;
            db.write(NOW, spend).await.unwrap()
        });
    }
    let paid = tasks.join_all().await.into_iter().filter(|paid| *paid).count();
    assert_eq!(paid, 15);
}

pub(super) async fn a_reset_code_is_consumed_once(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let (pool, alice) = (pool_id(), user("alice").sub);
    let put = async |mut tx: Tx| tx.put_code(&pool, &alice, &code(1, later(10))).await;
    bed.db.write(NOW, put).await.unwrap();
    let mut tasks = JoinSet::new();
    for _ in 0..32 {
        let db = bed.db.clone();
        tasks.spawn(async move {
            let (pool, alice) = (pool_id(), user("alice").sub);
            let purpose = CodePurpose::Reset;
            let use_up = async |mut tx: Tx| tx.consume_code(&pool, &alice, purpose, &[1; 32]).await;
            db.write(NOW, use_up).await.unwrap()
        });
    }
    assert_eq!(tasks.join_all().await.into_iter().filter(|won| *won).count(), 1);
}
