//! Refresh tokens that rotate, and sessions as users see them.

use poolhouse_domain::id::{SessionId, Sub};
use poolhouse_domain::session::{TokenFamily, TokenSession};
use tokio::task::JoinSet;

use super::bed::{Bed, NOW, pool_id, user};
use super::signing_in::{family, later};
use crate::{Db, SessionCursor, Tx};

/// The store once more, as a second server has it. A file has one server only.
async fn another(bed: &Bed) -> Db {
    if !bed.is_postgres() {
        return bed.db.clone();
    }
    let (config, nonces) = (bed.config.clone(), super::bed::nonces());
    Db::open(config, super::bed::sealer(), nonces).await.unwrap()
}

pub(super) async fn a_refresh_token_is_replaced_once(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let known = family("alice", 1);
    bed.db.write(NOW, async |mut tx| tx.put_family(&known).await).await.unwrap();
    let nodes = [bed.db.clone(), another(&bed).await];
    let mut tasks = JoinSet::new();
    for number in 0..64_u8 {
        let (db, known) = (nodes[usize::from(number) % 2].clone(), known.clone());
        tasks.spawn(async move {
            let next = [100 + number; 32];
            let replace = async |mut tx: Tx| {
                tx.replace_refresh(&known, Some(&[1; 32]), &next, "192.0.2.1").await
            };
            db.write(NOW, replace).await.unwrap().then_some(next)
        });
    }
    let won: Vec<_> = tasks.join_all().await.into_iter().flatten().collect();
    let read = async || {
        let read = async |mut tx: Tx| tx.family(&known.pool, &known.origin_jti).await;
        bed.db.read(read).await.unwrap().unwrap()
    };
    let found = read().await;
    assert_eq!((won.len(), found.newest_hash), (1, won[0]));
    assert_eq!((found.refresh_hash, &found.session), ([1; 32], &None));
    let replace = async |from: Option<&[u8; 32]>, now| {
        let next = &[9; 32];
        let replace = async |mut tx: Tx| tx.replace_refresh(&known, from, next, "192.0.2.1").await;
        bed.db.write(now, replace).await.unwrap()
    };
    assert!(!replace(None, later(1_000)).await, "expired");
    assert!(!replace(Some(&[8; 32]), NOW).await, "not the newest");
    assert!(replace(None, NOW).await);
    assert!(replace(Some(&[9; 32]), NOW).await);
    let revoke = async |mut tx: Tx| tx.revoke_family(&known.pool, &known.origin_jti).await;
    assert!(bed.db.write(NOW, revoke).await.unwrap());
    assert!(!replace(None, NOW).await, "revoked");
}

pub(super) async fn a_replaced_token_may_be_retried(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let (one, two) = (family("alice", 1), family("alice", 2));
    let put = async |mut tx: Tx| {
        tx.put_family(&one).await?;
        tx.put_family(&two).await?;
        tx.put_refresh_retry(&one, &[7; 32], later(10)).await
    };
    bed.db.write(NOW, put).await.unwrap();
    let read = async |family: &TokenFamily, hash: [u8; 32]| {
        bed.db.read(async |mut tx| tx.refresh_retry(family, &hash).await).await.unwrap()
    };
    assert_eq!(read(&one, [7; 32]).await, Some(later(10)));
    assert_eq!(read(&one, [8; 32]).await, None);
    assert_eq!(read(&two, [7; 32]).await, None, "of another family");
    let sweep = async |mut tx: Tx| tx.purge_expired(100).await;
    assert_eq!(bed.db.write(later(10), sweep).await.unwrap(), 0);
    assert_eq!(bed.db.write(later(11), sweep).await.unwrap(), 1);
    assert_eq!(read(&one, [7; 32]).await, None);
}

fn session_of(n: u8, last_active: i64) -> TokenFamily {
    let session = TokenSession {
        id: SessionId::new(format!("tkn{n}")),
        last_active: later(last_active),
        ip: Some("192.0.2.7".into()),
        device_type: Some("browser".into()),
    };
    let authenticated = later(i64::from(n));
    TokenFamily { session: Some(session), authenticated, ..family("alice", n) }
}

fn ids(families: &[TokenFamily]) -> Vec<&str> {
    families.iter().map(|family| family.session.as_ref().unwrap().id.as_str()).collect()
}

pub(super) async fn sessions_are_listed_and_end_when_there_are_too_many(bed: Bed) {
    bed.with_users(&["alice", "bob"]).await;
    let (pool, alice) = (pool_id(), user("alice").sub);
    let last_active = [30, 10, 20, 40];
    let sessions: Vec<_> =
        (1..).zip(last_active).map(|(n, last_active)| session_of(n, last_active)).collect();
    let untracked = family("alice", 9);
    let put = async |mut tx: Tx| {
        tx.put_family(&untracked).await?;
        for session in &sessions {
            tx.put_family(session).await?;
        }
        Ok(())
    };
    bed.db.write(NOW, put).await.unwrap();
    let list = async |sub: &Sub, now, after: Option<&SessionCursor>, limit| {
        let list = async |mut tx: Tx| tx.list_sessions(&pool, sub, now, after, limit).await;
        bed.db.read(list).await.unwrap()
    };
    let all = list(&alice, NOW, None, 9).await;
    assert_eq!(ids(&all), ["tkn4", "tkn3", "tkn2", "tkn1"]);
    assert_eq!(all[3], sessions[0]);
    let after = SessionCursor { created: all[1].authenticated, id: SessionId::new("tkn3") };
    assert_eq!(ids(&list(&alice, NOW, Some(&after), 1).await), ["tkn2"]);
    assert!(list(&user("bob").sub, NOW, None, 9).await.is_empty());
    assert!(list(&alice, later(1_000), None, 9).await.is_empty(), "expired");

    let find = async |sub: &Sub, id: &str| {
        let id = SessionId::new(id);
        let find = async |mut tx: Tx| tx.session_of_user(&pool, sub, &id, NOW).await;
        bed.db.read(find).await.unwrap()
    };
    assert_eq!(find(&alice, "tkn2").await.as_ref(), Some(&sessions[1]));
    assert_eq!(find(&user("bob").sub, "tkn2").await, None);

    // The newest stays, and of the others the one that was used last.
    let limit = async |max| {
        let limit = async |mut tx: Tx| tx.limit_sessions(&sessions[1], max).await;
        bed.db.write(later(50), limit).await.unwrap()
    };
    assert_eq!((limit(4).await, limit(2).await, limit(2).await), (0, 2, 0));
    assert_eq!(ids(&list(&alice, NOW, None, 9).await), ["tkn4", "tkn2"]);
    assert_eq!(limit(1).await, 1);
    assert_eq!(ids(&list(&alice, NOW, None, 9).await), ["tkn2"]);
    assert_eq!(find(&alice, "tkn4").await, None);
    let read = async |mut tx: Tx| tx.family(&pool, &untracked.origin_jti).await;
    assert_eq!(bed.db.read(read).await.unwrap().unwrap().revoked, None);
}

pub(super) async fn a_session_is_touched_coarsely(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let (pool, known, untracked) = (pool_id(), session_of(1, 0), family("alice", 2));
    let touch = async |family: &TokenFamily, now, before| {
        let jti = &family.origin_jti;
        let touch = async |mut tx: Tx| tx.touch_session(&pool, jti, before, "192.0.2.8").await;
        bed.db.write(now, touch).await.unwrap();
        let read = async |mut tx: Tx| tx.family(&pool, jti).await;
        bed.db.read(read).await.unwrap().unwrap().session
    };
    let put = async |mut tx: Tx| {
        tx.put_family(&untracked).await?;
        tx.put_family(&known).await
    };
    bed.db.write(NOW, put).await.unwrap();
    assert_eq!(touch(&known, later(5), NOW).await, known.session);
    let touched = touch(&known, later(5), later(1)).await.unwrap();
    assert_eq!((touched.last_active, touched.ip.as_deref()), (later(5), Some("192.0.2.8")));
    assert_eq!(touch(&untracked, later(5), later(1)).await, None);
    let replace = async |mut tx: Tx| tx.replace_refresh(&known, None, &[5; 32], "192.0.2.9").await;
    assert!(bed.db.write(later(6), replace).await.unwrap());
    let touched = touch(&known, later(7), NOW).await.unwrap();
    assert_eq!((touched.last_active, touched.ip.as_deref()), (later(6), Some("192.0.2.9")));
}

/// Sign-ins at once leave no more sessions than there may be.
pub(super) async fn sessions_are_limited_one_by_one(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let (pool, alice) = (pool_id(), user("alice").sub);
    let nodes = [bed.db.clone(), another(&bed).await];
    let mut tasks = JoinSet::new();
    for n in 0..16_u8 {
        let db = nodes[usize::from(n) % 2].clone();
        tasks.spawn(async move {
            let session = session_of(n, i64::from(n));
            let sign_in = async |mut tx: Tx| {
                tx.put_family(&session).await?;
                tx.limit_sessions(&session, 3).await
            };
            db.write(NOW, sign_in).await.unwrap();
        });
    }
    tasks.join_all().await;
    let list = async |mut tx: Tx| tx.list_sessions(&pool, &alice, NOW, None, 99).await;
    assert_eq!(bed.db.read(list).await.unwrap().len(), 3);
}
