//! What a sign-in leaves behind: sessions, charges, codes, token families.

use poolhouse_domain::auth::method::Method;
use poolhouse_domain::error::Error;
use poolhouse_domain::id::{ClientId, OriginJti, SessionId, Sub};
use poolhouse_domain::secret::Secret;
use poolhouse_domain::session::{
    Charge, CodePurpose, CodeRow, GuessKind, HourlyBudget, SessionRow, TokenFamily, TokenSession,
};
use poolhouse_domain::time::Timestamp;
use tokio::task::JoinSet;

use super::bed::{Bed, NOW, at, pool_id, user};
use crate::{Db, Tx};

pub(super) fn later(ms: i64) -> Timestamp {
    at(NOW.as_millis() + ms)
}

fn session(step: &str) -> SessionRow {
    SessionRow {
        pool: pool_id(),
        handle_hash: [7; 32],
        client: ClientId::new("c1"),
        sub: None,
        step: Secret::new(step.as_bytes().to_vec()),
        expires: later(1_000),
        used: None,
    }
}

pub(super) fn session_of(handle_hash: [u8; 32]) -> SessionRow {
    SessionRow { handle_hash, ..session("race") }
}

async fn consume(db: &Db, now: Timestamp) -> bool {
    db.write(now, async |mut tx| tx.consume_session(&pool_id(), &[7; 32]).await).await.unwrap()
}

pub(super) async fn a_session_is_consumed_once(bed: Bed) {
    bed.db.write(NOW, async |mut tx| tx.put_session(&session("one")).await).await.unwrap();
    assert!(!consume(&bed.db, later(1_000)).await, "expired");
    let mut tasks = JoinSet::new();
    for _ in 0..32 {
        let db = bed.db.clone();
        tasks.spawn(async move { consume(&db, NOW).await });
    }
    assert_eq!(tasks.join_all().await.into_iter().filter(|won| *won).count(), 1);
    let read = bed.db.read(async |mut tx| tx.session(&pool_id(), &[7; 32]).await).await.unwrap();
    assert_eq!(read.unwrap().used, Some(NOW));
}

pub(super) async fn a_session_is_replaced_by_its_handle(bed: Bed) {
    let read =
        async || bed.db.read(async |mut tx| tx.session(&pool_id(), &[7; 32]).await).await.unwrap();
    assert!(read().await.is_none());
    bed.db.write(NOW, async |mut tx| tx.put_session(&session("one")).await).await.unwrap();
    assert!(consume(&bed.db, NOW).await);
    let mut two = session("two");
    two.sub = Some(Sub::new("sub-alice"));
    bed.db.write(NOW, async |mut tx| tx.put_session(&two).await).await.unwrap();
    let found = read().await.unwrap();
    assert_eq!(found.step.expose(), b"two");
    assert_eq!((found.sub, found.used, found.expires), (two.sub.clone(), None, two.expires));
    assert!(consume(&bed.db, NOW).await);
}

pub(super) async fn things_happen_once(bed: Bed) {
    let mut tasks = JoinSet::new();
    for _ in 0..32 {
        let db = bed.db.clone();
        tasks.spawn(async move {
            let once = async |mut tx: Tx| tx.once(&pool_id(), "srp", &[1; 32], later(10)).await;
            db.write(NOW, once).await.unwrap()
        });
    }
    assert_eq!(tasks.join_all().await.into_iter().filter(|first| *first).count(), 1);
    let once = async |kind: &str, now: Timestamp| {
        let once = async |mut tx: Tx| tx.once(&pool_id(), kind, &[1; 32], later(100)).await;
        bed.db.write(now, once).await.unwrap()
    };
    assert!(once("other", NOW).await);
    assert!(!once("srp", later(9)).await);
    assert!(once("srp", later(10)).await);
    assert!(!once("srp", later(10)).await);
}

async fn charge(db: &Db, now: Timestamp, kind: GuessKind) -> Charge {
    db.write(now, async |mut tx| tx.charge(&pool_id(), "alice", kind).await).await.unwrap()
}

pub(super) async fn locks_double(bed: Bed) {
    for (kind, free) in [(GuessKind::Password, 5), (GuessKind::Mfa, 10)] {
        let mut now = NOW;
        for _ in 0..free {
            assert_eq!(charge(&bed.db, now, kind).await, Charge::Paid);
        }
        for lock in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] {
            for early in [0, lock * 1_000 - 1] {
                let early = at(now.as_millis() + early);
                assert_eq!(charge(&bed.db, early, kind).await, Charge::Locked, "{lock}");
            }
            now = at(now.as_millis() + lock * 1_000);
            assert_eq!(charge(&bed.db, now, kind).await, Charge::Paid, "{lock}");
        }
        // The longest lock is as long as the quiet after which the count begins anew.
        assert_eq!(charge(&bed.db, at(now.as_millis() + 899_999), kind).await, Charge::Locked);
        now = at(now.as_millis() + 900_000);
        for _ in 0..free {
            assert_eq!(charge(&bed.db, now, kind).await, Charge::Paid);
        }
        assert_eq!(charge(&bed.db, now, kind).await, Charge::Locked);
        let clear = async |mut tx: Tx| tx.clear_guesses(&pool_id(), "alice", kind).await;
        bed.db.write(now, clear).await.unwrap();
        assert_eq!(charge(&bed.db, now, kind).await, Charge::Paid);
    }
}

/// Two thousand guesses at once buy no more than the five that are free.
pub(super) async fn guesses_are_charged_one_by_one(bed: Bed) {
    let mut tasks = JoinSet::new();
    let guesses = 2_000;
    // As many at a time as a server would let in.
    for _ in 0..50 {
        let db = bed.db.clone();
        tasks.spawn(async move {
            let mut paid = 0;
            for _ in 0..guesses / 50 {
                paid += i32::from(charge(&db, NOW, GuessKind::Password).await == Charge::Paid);
            }
            paid
        });
    }
    assert_eq!(tasks.join_all().await.into_iter().sum::<i32>(), 5);
}

pub(super) async fn budgets_are_hourly(bed: Bed) {
    let hour = 3_600_000;
    let spend = async |now| {
        let budget = HourlyBudget::ResendConfirmationCode;
        bed.db.write(now, async |mut tx| tx.spend(&pool_id(), "alice", budget).await).await.unwrap()
    };
    for n in 0..5 {
        assert!(spend(later(n)).await);
    }
    assert!(!spend(later(6)).await);
    assert!(!spend(later(hour - 1)).await);
    for _ in 0..5 {
        assert!(spend(later(hour)).await);
    }
    assert!(!spend(later(hour)).await);
}

fn code(n: u8, expires: Timestamp) -> CodeRow {
    let purpose = CodePurpose::SignUp;
    CodeRow { purpose, attribute: "email".into(), hash: [n; 32], expires }
}

pub(super) async fn a_code_is_consumed_once(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let (pool, alice) = (pool_id(), user("alice").sub);
    let consume = async |n: u8, now| {
        let purpose = CodePurpose::SignUp;
        let use_up = async |mut tx: Tx| tx.consume_code(&pool, &alice, purpose, &[n; 32]).await;
        bed.db.write(now, use_up).await.unwrap()
    };
    for n in [1, 2] {
        let put = async |mut tx: Tx| tx.put_code(&pool, &alice, &code(n, later(100))).await;
        bed.db.write(NOW, put).await.unwrap();
    }
    let read = async |purpose| {
        bed.db.read(async |mut tx| tx.code(&pool, &alice, purpose).await).await.unwrap()
    };
    assert_eq!(read(CodePurpose::SignUp).await, Some(code(2, later(100))));
    assert_eq!(read(CodePurpose::Reset).await, None);
    assert!(!consume(1, NOW).await, "replaced");
    assert!(!consume(2, later(100)).await, "expired");
    assert!(consume(2, later(99)).await);
    assert!(!consume(2, later(99)).await, "used");
    let nobody = Sub::new("nobody");
    let put = bed.db.write(NOW, async |mut tx| tx.put_code(&pool, &nobody, &code(1, NOW)).await);
    assert!(matches!(put.await, Err(Error::UserNotFound)));
}

pub(super) fn family(name: &str, n: u8) -> TokenFamily {
    TokenFamily {
        pool: pool_id(),
        origin_jti: OriginJti::new(format!("family {name} {n}")),
        sub: user(name).sub,
        client: ClientId::new("c1"),
        device: None,
        refresh_hash: [n; 32],
        newest_hash: [n; 32],
        refreshable: true,
        authenticated: NOW,
        methods: [Method::Password, Method::Totp].into_iter().collect(),
        expires: later(1_000),
        revoked: None,
        session: None,
    }
}

pub(super) async fn families_are_revoked(bed: Bed) {
    bed.with_users(&["alice", "bob"]).await;
    let pool = pool_id();
    let families = [family("alice", 1), family("alice", 2), family("bob", 3)];
    bed.db
        .write(NOW, async |mut tx| {
            for family in &families {
                tx.put_family(family).await?;
                assert_eq!(tx.family(&pool, &family.origin_jti).await?.as_ref(), Some(family));
            }
            Ok(())
        })
        .await
        .unwrap();
    let revoke = async |mut tx: Tx| tx.revoke_family(&pool, &families[0].origin_jti).await;
    assert!(bed.db.write(at(5), revoke).await.unwrap());
    assert!(!bed.db.write(at(6), revoke).await.unwrap());
    let all = async |mut tx: Tx| tx.revoke_all(&pool, &user("alice").sub).await;
    assert_eq!(bed.db.write(at(7), all).await.unwrap(), 1);
    let mut revoked = Vec::new();
    for family in &families {
        let read = async |mut tx: Tx| tx.family_by_refresh(&pool, &family.refresh_hash).await;
        revoked.push(bed.db.read(read).await.unwrap().unwrap().revoked);
    }
    assert_eq!(revoked, [Some(at(5)), Some(at(7)), None]);
}

pub(super) async fn a_bearer_is_judged_in_one_journey(bed: Bed) {
    bed.with_users(&["alice", "bob"]).await;
    let pool = pool_id();
    let mut known = family("alice", 1);
    known.session = Some(TokenSession {
        id: SessionId::new("tkn1"),
        last_active: later(5),
        ip: Some("192.0.2.1".into()),
        device_type: None,
    });
    bed.db.write(NOW, async |mut tx| tx.put_family(&known).await).await.unwrap();
    let facts = async |jti: &OriginJti, name: &str| {
        let sub = user(name).sub;
        bed.db.read(async |mut tx| tx.bearer_facts(&pool, jti, &sub).await).await.unwrap()
    };
    assert_eq!(facts(&known.origin_jti, "alice").await, Some((user("alice"), known.clone())));
    assert_eq!(facts(&known.origin_jti, "bob").await, None);
    assert_eq!(facts(&OriginJti::new("other"), "alice").await, None);
    let gone = async |mut tx: Tx| tx.delete_user(&pool, &user("alice").sub).await;
    bed.db.write(NOW, gone).await.unwrap();
    assert_eq!(facts(&known.origin_jti, "alice").await, None);
}

pub(super) async fn what_ran_out_is_swept_away(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let (pool, alice) = (pool_id(), user("alice").sub);
    bed.db
        .write(NOW, async |mut tx| {
            tx.put_session(&session("one")).await?;
            tx.once(&pool, "k", &[1; 32], later(10)).await?;
            tx.charge(&pool, "alice", GuessKind::Password).await?;
            tx.spend(&pool, "alice", HourlyBudget::ConfirmSignUp).await?;
            tx.put_code(&pool, &alice, &code(1, later(10))).await?;
            tx.put_family(&family("alice", 1)).await
        })
        .await
        .unwrap();
    let sweep =
        async |now| bed.db.write(now, async |mut tx| tx.purge_expired(100).await).await.unwrap();
    let (hour, day) = (3_600_000, 86_400_000);
    assert_eq!(sweep(NOW).await, 0);
    assert_eq!(sweep(later(11)).await, 1, "once");
    assert_eq!(sweep(later(hour + 1_001)).await, 3, "session, guess, budget");
    assert_eq!(sweep(later(2 * day)).await, 0, "access tokens may still be alive");
    assert_eq!(sweep(later(8 * day)).await, 2, "code, family");
    assert_eq!(sweep(later(9 * day)).await, 0);
}
