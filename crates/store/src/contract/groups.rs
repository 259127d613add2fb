//! Groups and their members.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::group::{GROUPS_MAX, GROUPS_OF_USER_MAX, Group, GroupRefusal};
use poolhouse_domain::id::{PoolId, Sub};
use tokio::task::JoinSet;

use super::bed::{Bed, NOW, at, pool, pool_id, user};

fn group(name: &str, precedence: Option<i32>) -> Group {
    Group {
        pool: pool_id(),
        name: name.to_owned(),
        description: None,
        role_arn: None,
        precedence,
        created: NOW,
        modified: NOW,
    }
}

async fn insert(bed: &Bed, group: &Group) -> Result<()> {
    bed.db.write(NOW, async |mut tx| tx.insert_group(group).await).await
}

async fn join(bed: &Bed, user: &str, group: &str) -> Result<bool> {
    let sub = Sub::new(format!("sub-{user}"));
    bed.db.write(NOW, async |mut tx| tx.add_to_group(&pool_id(), &sub, group).await).await
}

async fn groups_of(bed: &Bed, user: &str) -> Vec<String> {
    let sub = Sub::new(format!("sub-{user}"));
    let read = bed.db.read(async |mut tx| tx.groups_of_user(&pool_id(), &sub).await);
    read.await.unwrap().into_iter().map(|group| group.name).collect()
}

async fn members(bed: &Bed, group: &str) -> Vec<String> {
    let read = bed.db.read(async |mut tx| tx.users_in_group(&pool_id(), group, None, 60).await);
    read.await.unwrap().into_iter().map(|user| user.username).collect()
}

fn refused<T>(result: Result<T>, why: GroupRefusal) -> bool {
    matches!(result, Err(Error::Group(refusal)) if refusal == why)
}

pub(super) async fn groups_are_kept(bed: Bed) {
    bed.with_pool().await;
    let mut one = Group {
        description: Some("Those who may".into()),
        role_arn: Some("arn:aws:iam::000000000000:role/a".into()),
        ..group("one", Some(i32::MAX))
    };
    insert(&bed, &one).await.unwrap();
    assert!(refused(insert(&bed, &one).await, GroupRefusal::Exists));
    let read =
        async |name: &str| bed.db.read(async |mut tx| tx.group(&pool_id(), name).await).await;
    assert_eq!(read("one").await.unwrap(), one);
    assert!(refused(read("One").await, GroupRefusal::NotFound));
    (one.description, one.precedence, one.modified) = (None, Some(0), at(9));
    let update = bed.db.write(NOW, async |mut tx| {
        tx.group(&pool_id(), "one").await?;
        tx.update_group(&one).await?;
        tx.update_group(&one).await
    });
    update.await.unwrap();
    assert_eq!(read("one").await.unwrap(), one);
    let delete =
        async || bed.db.write(NOW, async |mut tx| tx.delete_group(&pool_id(), "one").await).await;
    delete().await.unwrap();
    assert!(refused(delete().await, GroupRefusal::NotFound));
    let update = bed.db.write(NOW, async |mut tx| tx.update_group(&one).await).await;
    assert!(refused(update, GroupRefusal::NotFound));
    let nowhere = Group { pool: PoolId::new("us-east-1_B"), ..one };
    assert!(matches!(insert(&bed, &nowhere).await, Err(Error::PoolNotFound(_))));
}

pub(super) async fn groups_are_listed_by_name(bed: Bed) {
    bed.with_pool().await;
    let other = pool("us-east-1_B", 2);
    bed.db.write(NOW, async |mut tx| tx.insert_pool(&other).await).await.unwrap();
    insert(&bed, &Group { pool: other.id.clone(), ..group("d", None) }).await.unwrap();
    for name in ["c", "a", "Z", "b", "é"] {
        insert(&bed, &group(name, None)).await.unwrap();
    }
    let (mut seen, mut after): (Vec<String>, Option<String>) = (Vec::new(), None);
    loop {
        let read =
            bed.db.read(async |mut tx| tx.list_groups(&pool_id(), after.as_deref(), 2).await);
        let page = read.await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.name.clone());
        seen.extend(page.into_iter().map(|group| group.name));
    }
    assert_eq!(seen, ["Z", "a", "b", "c", "é"]);
}

pub(super) async fn a_pool_is_full_of_groups_once(bed: Bed) {
    bed.with_pool().await;
    let fill = bed.db.write(NOW, async |mut tx| {
        for number in 0..GROUPS_MAX - 1 {
            tx.execute(
                "INSERT INTO user_group (pool_id, name, version, created, modified)
                VALUES (?1, ?2, 1, 0, 0)",
                crate::sql::args![&pool_id(), format!("{number:05}")],
            )
            .await?;
        }
        Ok(())
    });
    fill.await.unwrap();
    // Of several who want the last place one gets it.
    let mut racing = JoinSet::new();
    for name in ["a", "b", "c", "d"] {
        let bed = bed.clone();
        racing.spawn(async move { insert(&bed, &group(name, None)).await });
    }
    let outcomes = racing.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for outcome in outcomes {
        assert!(outcome.is_ok() || refused(outcome, GroupRefusal::TooMany));
    }
    assert!(refused(insert(&bed, &group("00000", None)).await, GroupRefusal::Exists));
}

pub(super) async fn a_user_is_in_a_group_once(bed: Bed) {
    bed.with_users(&["alice", "bob"]).await;
    for (name, precedence) in [("z", Some(1)), ("a", None), ("m", Some(0)), ("b", Some(1))] {
        insert(&bed, &group(name, precedence)).await.unwrap();
        assert!(join(&bed, "alice", name).await.unwrap());
        assert!(!join(&bed, "alice", name).await.unwrap());
    }
    assert_eq!(groups_of(&bed, "alice").await, ["m", "b", "z", "a"]);
    assert!(groups_of(&bed, "bob").await.is_empty());
    assert!(refused(join(&bed, "alice", "none").await, GroupRefusal::NotFound));
    assert!(matches!(join(&bed, "nobody", "z").await, Err(Error::UserNotFound)));
    for number in 4..GROUPS_OF_USER_MAX - 1 {
        let name = format!("{number:05}");
        insert(&bed, &group(&name, None)).await.unwrap();
        assert!(join(&bed, "alice", &name).await.unwrap());
    }
    let mut racing = JoinSet::new();
    for name in ["race1", "race2", "race3"] {
        insert(&bed, &group(name, None)).await.unwrap();
        let bed = bed.clone();
        racing.spawn(async move { join(&bed, "alice", name).await });
    }
    let outcomes = racing.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for outcome in outcomes {
        assert!(outcome.is_ok() || refused(outcome, GroupRefusal::UserInTooMany));
    }
    assert!(!join(&bed, "alice", "z").await.unwrap());
}

pub(super) async fn members_are_listed(bed: Bed) {
    bed.with_users(&["alice", "bob", "carol", "dora"]).await;
    for name in ["team", "other"] {
        insert(&bed, &group(name, None)).await.unwrap();
    }
    for name in ["carol", "alice", "bob"] {
        join(&bed, name, "team").await.unwrap();
    }
    join(&bed, "dora", "other").await.unwrap();
    let page = async |after: Option<&Sub>| {
        let read =
            bed.db.read(async |mut tx| tx.users_in_group(&pool_id(), "team", after, 2).await);
        read.await.unwrap()
    };
    let first = page(None).await;
    assert_eq!(first, [user("alice"), user("bob")]);
    assert_eq!(page(Some(&first[1].sub)).await, [user("carol")]);
}

pub(super) async fn a_membership_goes_with_either_end(bed: Bed) {
    bed.with_users(&["alice", "bob"]).await;
    for name in ["team", "other"] {
        insert(&bed, &group(name, None)).await.unwrap();
        join(&bed, "alice", name).await.unwrap();
        join(&bed, "bob", name).await.unwrap();
    }
    let leave = async || {
        let bob = user("bob").sub;
        let write =
            bed.db.write(NOW, async |mut tx| tx.remove_from_group(&pool_id(), &bob, "other").await);
        write.await.unwrap()
    };
    assert!(leave().await);
    assert!(!leave().await);
    assert_eq!(members(&bed, "other").await, ["alice"]);
    let alice = user("alice").sub;
    bed.db.write(NOW, async |mut tx| tx.delete_user(&pool_id(), &alice).await).await.unwrap();
    assert_eq!(members(&bed, "team").await, ["bob"]);
    bed.db.write(NOW, async |mut tx| tx.delete_group(&pool_id(), "team").await).await.unwrap();
    assert!(groups_of(&bed, "bob").await.is_empty());
    insert(&bed, &group("team", None)).await.unwrap();
    assert!(members(&bed, "team").await.is_empty());
}
