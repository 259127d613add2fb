//! Callers of the service interface.

use poolhouse_domain::secret::Secret;

use super::bed::{Bed, NOW, at};
use crate::{IamChange, IamUserRow};

fn iam_user(name: &str) -> IamUserRow {
    IamUserRow { name: name.into(), id: format!("AIDA{name}"), path: "/".into(), created: NOW }
}

pub(super) async fn iam_users_are_kept(bed: Bed) {
    bed.db
        .write(NOW, async |mut tx| {
            assert_eq!(tx.insert_iam_user(&iam_user("Alice")).await?, IamChange::Done);
            assert_eq!(tx.insert_iam_user(&iam_user("ALICE")).await?, IamChange::Taken);
            assert_eq!(tx.insert_iam_user(&iam_user("bob")).await?, IamChange::Done);
            assert_eq!(tx.iam_user("alice").await?, Some(iam_user("Alice")));
            assert_eq!(tx.iam_user("carol").await?, None);
            assert_eq!(tx.list_iam_users(None, 1).await?, [iam_user("Alice")]);
            assert_eq!(tx.list_iam_users(Some("Alice"), 9).await?, [iam_user("bob")]);
            assert_eq!(tx.count_iam_users().await?, 2);
            assert!(tx.lock_iam_user("ALICE").await?);
            assert!(!tx.lock_iam_user("carol").await?);
            assert_eq!(tx.put_user_policy("ALICE", "p", "{}").await?, IamChange::Done);
            assert_eq!(tx.put_user_policy("nobody", "p", "{}").await?, IamChange::Missing);
            assert_eq!(tx.put_user_policy("alice", "p", "{2}").await?, IamChange::Done);
            assert_eq!(tx.user_policy("alice", "p").await?.as_deref(), Some("{2}"));
            assert_eq!(tx.user_policy("alice", "P").await?, None);
            let list = [("p".to_owned(), "{2}".to_owned())];
            assert_eq!(tx.list_user_policies("alice", None, 9).await?, list);
            assert_eq!(tx.delete_iam_user("alice").await?, IamChange::InUse);
            assert_eq!(tx.delete_user_policy("alice", "p").await?, IamChange::Done);
            assert_eq!(tx.delete_user_policy("alice", "p").await?, IamChange::Missing);
            assert_eq!(tx.delete_iam_user("alice").await?, IamChange::Done);
            assert_eq!(tx.delete_iam_user("alice").await?, IamChange::Missing);
            Ok(())
        })
        .await
        .unwrap();
}

pub(super) async fn access_keys_come_with_policies(bed: Bed) {
    let secret = Secret::new("wJalr".to_owned());
    bed.db
        .write(NOW, async |mut tx| {
            tx.insert_iam_user(&iam_user("alice")).await?;
            assert_eq!(tx.insert_access_key("nobody", "A0", &secret).await?, IamChange::Missing);
            assert_eq!(tx.insert_access_key("alice", "A1", &secret).await?, IamChange::Done);
            let plain = tx.access_key("A1").await?.unwrap();
            assert!(plain.policies.is_empty());
            tx.put_user_policy("alice", "b", "{b}").await?;
            tx.put_user_policy("alice", "a", "{a}").await?;
            let found = tx.access_key("A1").await?.unwrap();
            assert_eq!(
                (found.user, found.secret.expose()),
                (iam_user("alice"), &"wJalr".to_owned())
            );
            let both = [("a".to_owned(), "{a}".to_owned()), ("b".to_owned(), "{b}".to_owned())];
            assert_eq!(found.policies, both);
            assert!(found.key.active && found.key.last_used.is_none());
            assert!(tx.access_key("A2").await?.is_none());
            assert_eq!(tx.set_access_key("alice", "A1", false).await?, IamChange::Done);
            assert_eq!(tx.set_access_key("bob", "A1", true).await?, IamChange::Missing);
            tx.touch_access_key("A1", at(5)).await?;
            tx.touch_access_key("A1", at(5)).await?;
            let keys = tx.list_access_keys("alice").await?;
            assert_eq!((keys[0].active, keys[0].last_used), (false, Some(NOW)));
            assert_eq!(tx.delete_iam_user("alice").await?, IamChange::InUse);
            assert_eq!(tx.delete_access_key("alice", "A1").await?, IamChange::Done);
            assert_eq!(tx.delete_access_key("alice", "A1").await?, IamChange::Missing);
            for policy in ["a", "b"] {
                tx.delete_user_policy("alice", policy).await?;
            }
            assert_eq!(tx.delete_iam_user("alice").await?, IamChange::Done);
            Ok(())
        })
        .await
        .unwrap();
}
