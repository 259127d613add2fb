//! Keys, passwords, authenticators and devices.

use poolhouse_domain::auth::method::Method;
use poolhouse_domain::device::{Device, DeviceSecret, Remembered};
use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{ClientId, DeviceKey, OriginJti, Sub};
use poolhouse_domain::secret::Secret;
use poolhouse_domain::session::TokenFamily;
use tokio::task::JoinSet;

use super::bed::{Bed, NOW, at, password, pool_id, user};
use crate::sql::args;
use crate::{ConfirmDevice, IntegrityError, PublicKeyRow, SigningKeyRow};

pub(super) async fn signing_keys_are_kept(bed: Bed) {
    bed.with_pool().await;
    let key = |kid: &str, purpose: &str| SigningKeyRow {
        public: PublicKeyRow {
            kid: kid.into(),
            purpose: purpose.into(),
            public: "{}".into(),
            created: at(1),
            signs_from: at(1),
        },
        pkcs8: Secret::new(kid.as_bytes().to_vec()),
    };
    bed.db
        .write(NOW, async |mut tx| {
            tx.put_signing_key(&pool_id(), &key("k1", "id")).await?;
            tx.put_signing_key(&pool_id(), &key("k2", "access")).await
        })
        .await
        .unwrap();
    let keys = bed.db.read(async |mut tx| tx.signing_keys(&pool_id()).await).await.unwrap();
    let public = bed.db.read(async |mut tx| tx.public_keys(&pool_id()).await).await.unwrap();
    assert_eq!(keys.iter().map(|key| key.public.clone()).collect::<Vec<_>>(), public);
    assert_eq!((keys[1].pkcs8.expose().as_slice(), keys.len()), (&b"k2"[..], 2));
}

pub(super) async fn a_signing_key_is_swept_after_its_last_token(bed: Bed) {
    bed.with_pool().await;
    let key = |kid: &str, purpose: &str, signs_from| SigningKeyRow {
        public: PublicKeyRow {
            kid: kid.into(),
            purpose: purpose.into(),
            public: "{}".into(),
            created: at(1),
            signs_from: at(signs_from),
        },
        pkcs8: Secret::new(kid.as_bytes().to_vec()),
    };
    let keys = [("a", "id", 1), ("x", "access", 1), ("b", "id", 500), ("c", "id", 900)];
    let put = async |mut tx: crate::Tx| {
        for (kid, purpose, signs_from) in keys {
            tx.put_signing_key(&pool_id(), &key(kid, purpose, signs_from)).await?;
        }
        Ok(())
    };
    bed.db.write(NOW, put).await.unwrap();
    let left = async |now| {
        bed.db.write(now, async |mut tx| tx.purge_expired(100).await).await.unwrap();
        let keys = bed.db.read(async |mut tx| tx.public_keys(&pool_id()).await).await.unwrap();
        keys.into_iter().map(|key| (key.kid, key.signs_from)).collect::<Vec<_>>()
    };
    let key = |kid: &str, signs_from| (kid.to_owned(), at(signs_from));
    let kept = (24 * 60 + 5) * 60 * 1_000;
    let all = [key("a", 1), key("b", 500), key("c", 900), key("x", 1)];
    assert_eq!(left(at(499 + kept)).await, all);
    assert_eq!(left(at(500 + kept)).await, all[1..]);
    assert_eq!(left(at(900 + kept)).await, all[2..]);
    assert_eq!(left(at(i64::MAX / 2)).await, all[2..]);
}

pub(super) async fn passwords_are_kept(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let alice = user("alice").sub;
    let read = async || bed.db.read(async |mut tx| tx.password(&pool_id(), &alice).await).await;
    assert!(read().await.unwrap().is_none());
    for text in ["one", "two"] {
        let mut record = password(text);
        record.temporary_until = (text == "two").then_some(at(5));
        let set = async |mut tx: crate::Tx| tx.set_password(&pool_id(), &alice, &record).await;
        bed.db.write(NOW, set).await.unwrap();
        let found = read().await.unwrap().unwrap();
        assert_eq!(found.verifier.expose(), text.as_bytes());
        assert_eq!((found.salt, found.temporary_until), (record.salt, record.temporary_until));
    }
    let nobody = Sub::new("nobody");
    let set = bed
        .db
        .write(NOW, async |mut tx| tx.set_password(&pool_id(), &nobody, &password("x")).await);
    assert!(matches!(set.await, Err(Error::UserNotFound)));
}

async fn swap_verifiers(tx: &mut crate::Tx) -> Result<()> {
    let rows =
        tx.fetch_all("SELECT verifier FROM password ORDER BY sub DESC /* test */", &[]).await?;
    for (mut row, name) in rows.into_iter().zip(["alice", "bob"]) {
        let values = args![&user(name).sub, row.blob()?];
        assert_eq!(
            tx.execute("UPDATE password SET verifier = ?2 WHERE sub = ?1 /* test */", values)
                .await?,
            1
        );
    }
    Ok(())
}

pub(super) async fn a_swapped_cell_does_not_open(bed: Bed) {
    bed.with_users(&["alice", "bob"]).await;
    let names = ["alice", "bob"];
    bed.db
        .write(NOW, async |mut tx| {
            for name in names {
                tx.set_password(&pool_id(), &user(name).sub, &password(name)).await?;
            }
            swap_verifiers(&mut tx).await
        })
        .await
        .unwrap();
    for name in names {
        let sub = user(name).sub;
        let opened = bed.db.read(async |mut tx| tx.password(&pool_id(), &sub).await).await;
        let Err(Error::Fault(fault)) = opened else { panic!("a swapped cell opened") };
        let fault = fault.downcast_ref::<IntegrityError>().unwrap();
        assert_eq!((fault.table, fault.column), ("password", "verifier"));
    }
    bed.db.write(NOW, async |mut tx| swap_verifiers(&mut tx).await).await.unwrap();
    for name in names {
        let sub = user(name).sub;
        let opened = bed.db.read(async |mut tx| tx.password(&pool_id(), &sub).await).await;
        assert_eq!(opened.unwrap().unwrap().verifier.expose(), name.as_bytes());
    }
}

pub(super) async fn an_authenticator_is_verified_once(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let alice = user("alice").sub;
    let pool = pool_id();
    bed.db
        .write(NOW, async |mut tx| {
            assert!(!tx.verify_totp(&pool, &alice, None, 1).await?);
            tx.put_totp_pending(&pool, &alice, &Secret::new(b"first".to_vec())).await?;
            tx.put_totp_pending(&pool, &alice, &Secret::new(b"second".to_vec())).await?;
            assert_eq!(tx.totp_pending(&pool, &alice).await?.unwrap().expose(), b"second");
            assert!(tx.totp(&pool, &alice).await?.is_none());
            assert!(!tx.user_by_sub(&pool, &alice).await?.totp_verified);
            assert!(tx.verify_totp(&pool, &alice, Some("phone"), 7).await?);
            assert!(!tx.verify_totp(&pool, &alice, Some("phone"), 8).await?);
            let user = tx.user_by_sub(&pool, &alice).await?;
            assert_eq!((user.totp_verified, user.totp_name.as_deref()), (true, Some("phone")));
            let record = tx.totp(&pool, &alice).await?.unwrap();
            assert_eq!(
                (record.seed.expose().as_slice(), record.last_step),
                (&b"second"[..], Some(7))
            );
            // A new one that waits leaves the old one in force.
            tx.put_totp_pending(&pool, &alice, &Secret::new(b"third".to_vec())).await?;
            assert_eq!(tx.totp(&pool, &alice).await?.unwrap().seed.expose(), b"second");
            tx.delete_totp(&pool, &alice).await?;
            assert!(tx.totp(&pool, &alice).await?.is_none());
            assert!(tx.totp_pending(&pool, &alice).await?.is_none());
            tx.delete_totp(&pool, &alice).await
        })
        .await
        .unwrap();
}

pub(super) async fn a_time_step_is_used_once(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let alice = user("alice").sub;
    let pool = pool_id();
    bed.db
        .write(NOW, async |mut tx| {
            tx.put_totp_pending(&pool, &alice, &Secret::new(b"seed".to_vec())).await?;
            assert!(!tx.accept_totp_step(&pool, &alice, 11).await?);
            tx.verify_totp(&pool, &alice, None, 10).await
        })
        .await
        .unwrap();
    let mut tasks = JoinSet::new();
    for _ in 0..24 {
        let db = bed.db.clone();
        tasks.spawn(async move {
            let alice = user("alice").sub;
            let accept =
                async |mut tx: crate::Tx| tx.accept_totp_step(&pool_id(), &alice, 11).await;
            db.write(NOW, accept).await.unwrap()
        });
    }
    assert_eq!(tasks.join_all().await.into_iter().filter(|accepted| *accepted).count(), 1);
    for (step, accepted) in [(10, false), (11, false), (12, true)] {
        let accept = async |mut tx: crate::Tx| tx.accept_totp_step(&pool_id(), &alice, step).await;
        assert_eq!(bed.db.write(NOW, accept).await.unwrap(), accepted, "{step}");
    }
}

fn device(key: &str) -> Device {
    Device {
        key: DeviceKey::new(key),
        group_key: "-AbCdEfGh".into(),
        name: None,
        confirmed: false,
        remembered: Remembered::No,
        has_verifier: false,
        created: NOW,
        modified: NOW,
        last_authenticated: NOW,
        last_ip: Some("127.0.0.1".into()),
    }
}

fn secret() -> DeviceSecret {
    DeviceSecret { salt: vec![1, 2, 3], verifier: Secret::new(vec![4, 5, 6]) }
}

impl Bed {
    async fn with_device(&self, key: &str) {
        self.with_users(&["alice", "bob"]).await;
        let issue = async |mut tx: crate::Tx| {
            tx.issue_device(&pool_id(), &user("alice").sub, &device(key)).await
        };
        self.db.write(NOW, issue).await.unwrap();
    }
}

pub(super) async fn a_device_is_confirmed_once(bed: Bed) {
    bed.with_device("us-east-1_d1").await;
    let (alice, bob, key) = (user("alice").sub, user("bob").sub, DeviceKey::new("us-east-1_d1"));
    let read =
        async |sub: &Sub| bed.db.read(async |mut tx| tx.device(&pool_id(), sub, &key).await).await;
    assert_eq!(read(&alice).await.unwrap(), device("us-east-1_d1"));
    assert!(matches!(read(&bob).await, Err(Error::DeviceNotFound)));
    let mut tasks = JoinSet::new();
    for n in 0..16 {
        let (db, alice, key) = (bed.db.clone(), alice.clone(), key.clone());
        tasks.spawn(async move {
            let name = format!("phone {n}");
            let outcome = db.write(at(5), async |mut tx| {
                let (name, secret) = (Some(name.as_str()), secret());
                let yes = Remembered::Yes;
                tx.confirm_device(&pool_id(), &alice, &key, name, Some(&secret), yes).await
            });
            (n, outcome.await.unwrap())
        });
    }
    let outcomes = tasks.join_all().await;
    let first: Vec<i32> = outcomes
        .iter()
        .filter(|(_, outcome)| *outcome == ConfirmDevice::Confirmed)
        .map(|(n, _)| *n)
        .collect();
    assert_eq!(first.len(), 1);
    assert!(outcomes.iter().all(|(_, outcome)| *outcome != ConfirmDevice::Missing));
    let found = read(&alice).await.unwrap();
    assert_eq!(found.name, Some(format!("phone {}", first[0])));
    assert!(found.can_be_challenged() && found.modified == at(5));
    let kept = bed.db.read(async |mut tx| tx.device_secret(&pool_id(), &alice, &key).await).await;
    let kept = kept.unwrap().unwrap();
    assert_eq!((kept.salt, kept.verifier.expose().clone()), (vec![1, 2, 3], vec![4, 5, 6]));
    let foreign = bed.db.write(NOW, async |mut tx| {
        tx.confirm_device(&pool_id(), &bob, &key, None, None, Remembered::No).await
    });
    assert_eq!(foreign.await.unwrap(), ConfirmDevice::Missing);
}

pub(super) async fn a_device_is_remembered_by_one_statement(bed: Bed) {
    bed.with_device("us-east-1_d1").await;
    let (alice, bob, key) = (user("alice").sub, user("bob").sub, DeviceKey::new("us-east-1_d1"));
    for (when, remembered) in [(6, Remembered::Yes), (7, Remembered::Yes), (8, Remembered::No)] {
        let set = async |mut tx: crate::Tx| {
            tx.set_device_status(&pool_id(), &alice, &key, remembered).await
        };
        bed.db.write(at(when), set).await.unwrap();
        let found = bed.db.read(async |mut tx| tx.device(&pool_id(), &alice, &key).await).await;
        let found = found.unwrap();
        assert_eq!((found.remembered, found.modified), (remembered, at(when)));
    }
    let other = DeviceKey::new("us-east-1_d2");
    for (sub, key) in [(&bob, &key), (&alice, &other)] {
        let set = bed.db.write(NOW, async |mut tx| {
            tx.set_device_status(&pool_id(), sub, key, Remembered::Yes).await
        });
        assert!(matches!(set.await, Err(Error::DeviceNotFound)));
        let touch =
            bed.db.write(NOW, async |mut tx| tx.touch_device(&pool_id(), sub, key, None).await);
        assert!(matches!(touch.await, Err(Error::DeviceNotFound)));
        let forget = bed.db.write(NOW, async |mut tx| tx.forget_device(&pool_id(), sub, key).await);
        assert!(matches!(forget.await, Err(Error::DeviceNotFound)));
    }
    let touch =
        async |mut tx: crate::Tx| tx.touch_device(&pool_id(), &alice, &key, Some("::1")).await;
    bed.db.write(at(9), touch).await.unwrap();
    let found = bed.db.read(async |mut tx| tx.device(&pool_id(), &alice, &key).await).await;
    let found = found.unwrap();
    assert_eq!((found.last_authenticated, found.last_ip.as_deref()), (at(9), Some("::1")));
    assert_eq!((found.modified, found.remembered), (at(8), Remembered::No));
}

pub(super) async fn a_forgotten_device_cannot_refresh(bed: Bed) {
    bed.with_device("us-east-1_d1").await;
    let (pool, alice) = (pool_id(), user("alice").sub);
    let key = DeviceKey::new("us-east-1_d1");
    let family = |n: u8, device: Option<&DeviceKey>| TokenFamily {
        pool: pool_id(),
        origin_jti: OriginJti::new(format!("family {n}")),
        sub: user("alice").sub,
        client: ClientId::new("c1"),
        device: device.cloned(),
        refresh_hash: [n; 32],
        newest_hash: [n; 32],
        refreshable: true,
        authenticated: NOW,
        methods: [Method::Password, Method::Totp].into_iter().collect(),
        expires: at(i64::MAX),
        revoked: None,
        session: None,
    };
    bed.db
        .write(NOW, async |mut tx| {
            tx.put_family(&family(1, Some(&key))).await?;
            tx.put_family(&family(2, None)).await?;
            assert_eq!(tx.family_by_refresh(&pool, &[1; 32]).await?, Some(family(1, Some(&key))));
            tx.forget_device(&pool, &alice, &key).await?;
            let forgotten = tx.family_by_refresh(&pool, &[1; 32]).await?.unwrap();
            assert!(!forgotten.refreshable);
            assert_eq!(tx.family_by_refresh(&pool, &[2; 32]).await?, Some(family(2, None)));
            let (_, bearer) =
                tx.bearer_facts(&pool, &family(1, None).origin_jti, &alice).await?.unwrap();
            assert_eq!(bearer.revoked, None);
            Ok(())
        })
        .await
        .unwrap();
}

pub(super) async fn devices_are_listed(bed: Bed) {
    bed.with_device("us-east-1_d3").await;
    let (pool, alice) = (pool_id(), user("alice").sub);
    bed.db
        .write(NOW, async |mut tx| {
            for (key, remembered) in
                [("us-east-1_d1", Some(Remembered::Yes)), ("us-east-1_d2", Some(Remembered::No))]
            {
                tx.issue_device(&pool, &alice, &device(key)).await?;
                let key = DeviceKey::new(key);
                if let Some(remembered) = remembered {
                    tx.confirm_device(&pool, &alice, &key, None, None, remembered).await?;
                }
            }
            Ok(())
        })
        .await
        .unwrap();
    let list = async |remembered_only, after: Option<&str>, limit| {
        let after = after.map(DeviceKey::new);
        let after = after.as_ref();
        let found = bed.db.read(async |mut tx| {
            tx.list_devices(&pool, &alice, remembered_only, after, limit).await
        });
        let found = found.await.unwrap();
        found.into_iter().map(|device| device.key.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(list(false, None, 60).await, ["us-east-1_d1", "us-east-1_d2", "us-east-1_d3"]);
    assert_eq!(list(false, None, 2).await, ["us-east-1_d1", "us-east-1_d2"]);
    assert_eq!(list(false, Some("us-east-1_d2"), 2).await, ["us-east-1_d3"]);
    assert_eq!(list(true, None, 60).await, ["us-east-1_d1"]);
    let purge = async |mut tx: crate::Tx| tx.purge_unconfirmed(at(i64::MAX), 10).await;
    assert_eq!(bed.db.write(NOW, purge).await.unwrap(), 1);
    assert_eq!(list(false, None, 60).await, ["us-east-1_d1", "us-east-1_d2"]);
}
