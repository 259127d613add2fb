//! Pools, clients, users, aliases and searches.

use poolhouse_domain::error::Error;
use poolhouse_domain::id::{ClientId, PoolId, Sub};
use poolhouse_domain::secret::Secret;
use poolhouse_domain::user::{Lookup, MfaFactor, UserStatus};
use tokio::task::JoinSet;

use super::bed::{Bed, NOW, at, client, password, pool, pool_id, user};
use crate::{
    Claim, CreatedCursor, Db, InsertUser, SearchMatch, SearchTerm, Tx, UserCursor, UserPage,
};

async fn pool_now(
    db: &Db,
    id: &PoolId,
) -> poolhouse_domain::error::Result<poolhouse_domain::pool::Pool> {
    db.read(async |mut tx| tx.pool(id).await).await
}

pub(super) async fn pools_are_kept(bed: Bed) {
    let mut one = pool("us-east-1_A", 5);
    bed.db.write(NOW, async |mut tx| tx.insert_pool(&one).await).await.unwrap();
    assert_eq!(pool_now(&bed.db, &one.id).await.unwrap(), one);
    one.name = "another name".into();
    one.modified = at(9);
    bed.db
        .write(NOW, async |mut tx| {
            tx.pool(&one.id).await?;
            tx.update_pool(&one).await?;
            tx.update_pool(&one).await
        })
        .await
        .unwrap();
    assert_eq!(pool_now(&bed.db, &one.id).await.unwrap(), one);
    bed.db.write(NOW, async |mut tx| tx.delete_pool(&one.id).await).await.unwrap();
    assert!(
        matches!(pool_now(&bed.db, &one.id).await, Err(Error::PoolNotFound(id)) if id == one.id)
    );
    let update = bed.db.write(NOW, async |mut tx| tx.update_pool(&one).await).await;
    assert!(matches!(update, Err(Error::PoolNotFound(_))));
    let delete = bed.db.write(NOW, async |mut tx| tx.delete_pool(&one.id).await).await;
    assert!(matches!(delete, Err(Error::PoolNotFound(_))));
}

pub(super) async fn pools_are_listed_in_order(bed: Bed) {
    for (id, created) in [("c", 2), ("a", 3), ("b", 2), ("d", 1)] {
        let pool = pool(id, created);
        bed.db.write(NOW, async |mut tx| tx.insert_pool(&pool).await).await.unwrap();
    }
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page =
            bed.db.read(async |mut tx| tx.list_pools(after.as_ref(), 3).await).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(CreatedCursor { created: last.created, id: last.id.to_string() });
        seen.extend(page.into_iter().map(|pool| pool.id.to_string()));
    }
    assert_eq!(seen, ["d", "b", "c", "a"]);
}

pub(super) async fn a_pool_goes_with_everything_in_it(bed: Bed) {
    bed.with_users(&["alice", "bob"]).await;
    let other = pool("us-east-1_B", 2);
    let mut stays = user("alice");
    stays.pool = other.id.clone();
    bed.db.write(NOW, async |mut tx| tx.insert_pool(&other).await).await.unwrap();
    bed.insert(&stays).await;
    let alice = user("alice").sub;
    bed.db
        .write(NOW, async |mut tx| {
            tx.insert_client(&client("c1", 1)).await?;
            tx.claim_alias(&pool_id(), "email", "a@x", &alice).await?;
            tx.once(&pool_id(), "k", &[0; 32], at(i64::MAX)).await?;
            tx.delete_pool(&pool_id()).await
        })
        .await
        .unwrap();
    // Gone for every reader at once, and nothing can be added.
    let client = bed.db.read(async |mut tx| tx.client(&ClientId::new("c1")).await).await;
    assert!(matches!(client, Err(Error::ClientNotFound(_))));
    let found = bed.db.read(async |mut tx| tx.pool(&pool_id()).await).await;
    assert!(matches!(found, Err(Error::PoolNotFound(_))));
    let listed = bed.db.read(async |mut tx| tx.list_pools(None, 10).await).await.unwrap();
    assert_eq!(listed.iter().map(|pool| pool.id.as_str()).collect::<Vec<_>>(), ["us-east-1_B"]);
    let carol = user("carol");
    let added = bed.db.write(NOW, async |mut tx| tx.insert_user(&carol, "carol", None).await);
    assert!(matches!(added.await, Err(Error::PoolNotFound(_))));
    let again = bed.db.write(NOW, async |mut tx| tx.delete_pool(&pool_id()).await).await;
    assert!(matches!(again, Err(Error::PoolNotFound(_))));
    // Removed piece by piece: two users, one row that is not a user's, the pool.
    let mut pieces = Vec::new();
    for _ in 0..5 {
        let purge = bed.db.write(NOW, async |mut tx| tx.purge_expired(1).await);
        pieces.push(purge.await.unwrap());
    }
    assert_eq!(pieces, [2, 1, 1, 0, 0]);
    let gone = bed.db.read(async |mut tx| tx.user_by_sub(&pool_id(), &alice).await).await;
    assert!(matches!(gone, Err(Error::UserNotFound)));
    bed.db.read(async |mut tx| tx.user_by_sub(&other.id, &alice).await).await.unwrap();
    for sql in [
        "SELECT COUNT(*) FROM user_search WHERE pool_id = 'us-east-1_AAAAAAAAA' /* test */",
        "SELECT COUNT(*) FROM once WHERE pool_id = 'us-east-1_AAAAAAAAA' /* test */",
        "SELECT COUNT(*) FROM alias WHERE pool_id = 'us-east-1_AAAAAAAAA' /* test */",
        "SELECT COUNT(*) FROM pool_users WHERE pool_id = 'us-east-1_AAAAAAAAA' /* test */",
        "SELECT COUNT(*) FROM pool WHERE id = 'us-east-1_AAAAAAAAA' /* test */",
    ] {
        let rows = bed.db.read(async |mut tx| Ok(tx.fetch_all(sql, &[]).await?)).await.unwrap();
        assert_eq!(rows.into_iter().map(|mut row| row.int().unwrap()).sum::<i64>(), 0, "{sql}");
    }
}

pub(super) async fn clients_are_kept(bed: Bed) {
    bed.with_pool().await;
    let mut one = client("c1", 1);
    let mut public = client("c2", 2);
    public.secrets.clear();
    bed.db
        .write(NOW, async |mut tx| {
            tx.insert_client(&one).await?;
            tx.insert_client(&public).await
        })
        .await
        .unwrap();
    let read = async |id: &str| {
        let id = ClientId::new(id);
        bed.db.read(async |mut tx| tx.client_in_pool(&pool_id(), &id).await).await
    };
    let found = read("c1").await.unwrap();
    assert_eq!((&found.name, &found.pool, found.created), (&one.name, &one.pool, one.created));
    assert_eq!(found.secrets[0].value.expose(), "secret of c1");
    assert!(read("c2").await.unwrap().secrets.is_empty());
    assert!(matches!(read("c3").await, Err(Error::ClientNotFound(_))));
    let foreign = PoolId::new("us-east-1_B");
    let elsewhere = bed.db.read(async |mut tx| tx.client_in_pool(&foreign, &one.id).await).await;
    assert!(matches!(elsewhere, Err(Error::ClientNotFound(_))));

    one.name = "renamed".into();
    let mut second = one.secrets[0].clone();
    second.id = "c1--2".into();
    second.value = Secret::new("rotated".into());
    one.secrets.push(second);
    bed.db.write(NOW, async |mut tx| tx.update_client(&one).await).await.unwrap();
    let found = read("c1").await.unwrap();
    assert_eq!(found.name, "renamed");
    let secrets: Vec<&String> = found.secrets.iter().map(|s| s.value.expose()).collect();
    assert_eq!(secrets, ["secret of c1", "rotated"]);
    bed.db.write(NOW, async |mut tx| tx.delete_client(&one.pool, &one.id).await).await.unwrap();
    assert!(matches!(read("c1").await, Err(Error::ClientNotFound(_))));
    let again = bed.db.write(NOW, async |mut tx| tx.delete_client(&one.pool, &one.id).await).await;
    assert!(matches!(again, Err(Error::ClientNotFound(_))));
}

pub(super) async fn clients_are_listed_in_order(bed: Bed) {
    bed.with_pool().await;
    for (id, created) in [("c", 2), ("a", 3), ("b", 2)] {
        let client = client(id, created);
        bed.db.write(NOW, async |mut tx| tx.insert_client(&client).await).await.unwrap();
    }
    let after = CreatedCursor { created: at(2), id: "b".into() };
    let list = async |after: Option<&CreatedCursor>| {
        let page = bed.db.read(async |mut tx| tx.list_clients(&pool_id(), after, 10).await).await;
        page.unwrap().into_iter().map(|c| c.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(list(None).await, ["b", "c", "a"]);
    assert_eq!(list(Some(&after)).await, ["c", "a"]);
}

pub(super) async fn users_are_kept(bed: Bed) {
    bed.with_users(&["alice"]).await;
    let mut alice = user("alice");
    let read = async || {
        bed.db.read(async |mut tx| tx.user_by_sub(&pool_id(), &user("alice").sub).await).await
    };
    assert_eq!(read().await.unwrap(), alice);
    alice.status = UserStatus::ResetRequired;
    alice.enabled = false;
    alice.mfa.active = vec![MfaFactor::Totp];
    alice.mfa.preferred = Some(MfaFactor::Totp);
    alice.attributes.insert("custom:\u{1F3CA}".into(), "'; DROP TABLE users; --".into());
    alice.modified = at(7);
    bed.db.write(NOW, async |mut tx| tx.update_user(&alice).await).await.unwrap();
    assert_eq!(read().await.unwrap(), alice);
    let sub = alice.sub.clone();
    bed.db.write(NOW, async |mut tx| tx.delete_user(&pool_id(), &sub).await).await.unwrap();
    assert!(matches!(read().await, Err(Error::UserNotFound)));
    let update = bed.db.write(NOW, async |mut tx| tx.update_user(&alice).await).await;
    assert!(matches!(update, Err(Error::UserNotFound)));
    let delete = bed.db.write(NOW, async |mut tx| tx.delete_user(&pool_id(), &sub).await).await;
    assert!(matches!(delete, Err(Error::UserNotFound)));
    // The name is free again.
    bed.insert(&user("alice")).await;
}

pub(super) async fn a_username_is_taken_once(bed: Bed) {
    bed.with_pool().await;
    let mut tasks = JoinSet::new();
    for n in 0..24 {
        let db = bed.db.clone();
        tasks.spawn(async move {
            let mut alice = user("Alice");
            alice.sub = Sub::new(format!("sub-{n}"));
            let record = password("secret");
            db.write(NOW, async |mut tx| tx.insert_user(&alice, "alice", Some(&record)).await)
                .await
                .unwrap()
        });
    }
    let outcomes = tasks.join_all().await;
    assert_eq!(outcomes.iter().filter(|o| **o == InsertUser::Inserted).count(), 1);
    assert_eq!(pool_now(&bed.db, &pool_id()).await.unwrap().users, 1);
}

pub(super) async fn users_are_found_in_the_order_of_the_lookups(bed: Bed) {
    bed.with_users(&["alice", "bob", "carol", "dave"]).await;
    bed.db
        .write(NOW, async |mut tx| {
            tx.claim_alias(&pool_id(), "email", "x", &user("bob").sub).await?;
            tx.claim_alias(&pool_id(), "phone_number", "x", &user("carol").sub).await?;
            tx.claim_alias(&pool_id(), "preferred_username", "x", &user("dave").sub).await
        })
        .await
        .unwrap();
    let find = async |lookups: Vec<Lookup>| {
        let found = bed.db.read(async |mut tx| tx.user_by(&pool_id(), &lookups).await).await;
        found.map(|user| user.username).ok()
    };
    let name = |key: &str| Lookup::Username(key.into());
    let alias = |kind| Lookup::Alias(kind, "x".into());
    let sub = || Lookup::Sub(user("alice").sub);
    assert_eq!(find(vec![name("alice")]).await.as_deref(), Some("alice"));
    assert_eq!(find(vec![sub()]).await.as_deref(), Some("alice"));
    assert_eq!(find(vec![name("x")]).await, None);
    assert_eq!(find(vec![]).await, None);
    assert_eq!(find(vec![alias("phone_number"), alias("email")]).await.as_deref(), Some("carol"));
    assert_eq!(find(vec![alias("email"), alias("phone_number")]).await.as_deref(), Some("bob"));
    let all = [name("x"), alias("preferred_username"), alias("email"), sub()];
    assert_eq!(find(all.to_vec()).await.as_deref(), Some("dave"));
    let twice = vec![name("alice"), name("bob")];
    assert!(bed.db.read(async |mut tx| tx.user_by(&pool_id(), &twice).await).await.is_err());
}

pub(super) async fn users_are_counted(bed: Bed) {
    let names: Vec<String> = (0..40).map(|n| format!("user{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    bed.with_users(&names).await;
    for name in &names[..10] {
        let sub = user(name).sub;
        bed.db.write(NOW, async |mut tx| tx.delete_user(&pool_id(), &sub).await).await.unwrap();
    }
    assert_eq!(pool_now(&bed.db, &pool_id()).await.unwrap().users, 30);
    let list = bed.db.read(async |mut tx| tx.list_pools(None, 1).await).await.unwrap();
    assert_eq!(list[0].users, 30);
}

async fn search(
    db: &Db,
    term: Option<&SearchTerm>,
    after: Option<&UserCursor>,
    limit: i64,
) -> UserPage {
    db.read(async |mut tx: Tx| tx.list_users(&pool_id(), term, after, limit).await).await.unwrap()
}

fn term(name: &str, matching: SearchMatch, key: &str) -> SearchTerm {
    SearchTerm { name: name.into(), matching, key: key.into() }
}

pub(super) async fn users_are_searched(bed: Bed) {
    bed.with_users(&["Alice", "alan", "Bob", "bobby"]).await;
    let mut bob = user("Bob");
    bob.attributes.insert("family_name".into(), "Óscar-Žižek".into());
    bob.attributes.insert("email".into(), "New@Example.com".into());
    bob.enabled = false;
    bob.status = UserStatus::ForceChangePassword;
    bed.db.write(NOW, async |mut tx| tx.update_user(&bob).await).await.unwrap();
    let find = async |name: &str, matching, key: &str| {
        let page = search(&bed.db, Some(&term(name, matching, key)), None, 60).await;
        page.users.into_iter().map(|user| user.username).collect::<Vec<_>>()
    };
    use SearchMatch::{Exact, Prefix};
    assert_eq!(find("username", Exact, "Bob").await, ["Bob"]);
    assert_eq!(find("username", Exact, "bob").await, [""; 0]);
    assert_eq!(find("username", Prefix, "bo").await, ["bobby"]);
    assert_eq!(find("username", Prefix, "").await, ["Alice", "Bob", "alan", "bobby"]);
    assert_eq!(find("email", Exact, "bob@example.com").await, [""; 0]);
    assert_eq!(find("email", Exact, "new@example.com").await, ["Bob"]);
    assert_eq!(find("email", Prefix, "al").await, ["alan", "Alice"]);
    assert_eq!(find("family_name", Prefix, "óscar-ž").await, ["Bob"]);
    assert_eq!(find("status", Exact, "Disabled").await, ["Bob"]);
    assert_eq!(find("cognito:user_status", Exact, "force_change_password").await, ["Bob"]);
    assert_eq!(find("cognito:user_status", Prefix, "conf").await.len(), 3);
    assert_eq!(find("sub", Exact, "sub-bobby").await, ["bobby"]);
    assert_eq!(find("sub", Exact, "sub-bobb").await, [""; 0]);
    assert_eq!(find("sub", Prefix, "sub-bobb").await, ["bobby"]);
    assert_eq!(find("custom:x", Exact, "").await, [""; 0]);
    bed.db.write(NOW, async |mut tx| tx.delete_user(&pool_id(), &bob.sub).await).await.unwrap();
    assert_eq!(find("status", Exact, "Disabled").await, [""; 0]);
    // A value longer than any filter is kept, and found by its beginning.
    let mut long = user("alan");
    long.attributes.insert("name".into(), "\u{1F3CA}".repeat(2048));
    bed.db.write(NOW, async |mut tx| tx.update_user(&long).await).await.unwrap();
    assert_eq!(find("name", Prefix, &"\u{1F3CA}".repeat(200)).await, ["alan"]);
}

pub(super) async fn every_page_of_a_search_is_found_once(bed: Bed) {
    let names: Vec<String> = (0..25).map(|n| format!("user{n}")).collect();
    bed.with_users(&names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    for (n, name) in names.iter().enumerate() {
        let mut user = user(name);
        user.attributes.insert("family_name".into(), format!("Fam{}", n % 3));
        bed.db.write(NOW, async |mut tx| tx.update_user(&user).await).await.unwrap();
    }
    for (term, count) in [
        (None, 25),
        (Some(term("family_name", SearchMatch::Prefix, "fam")), 25),
        (Some(term("family_name", SearchMatch::Exact, "fam1")), 8),
        (Some(term("status", SearchMatch::Exact, "Enabled")), 25),
        (Some(term("sub", SearchMatch::Prefix, "sub-user1")), 11),
    ] {
        let whole = search(&bed.db, term.as_ref(), None, 60).await;
        assert_eq!((whole.users.len(), whole.next), (count, None), "{term:?}");
        let mut paged = Vec::new();
        let mut after = None;
        loop {
            let page = search(&bed.db, term.as_ref(), after.as_ref(), 4).await;
            assert!(page.users.len() <= 4);
            paged.extend(page.users);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(paged, whole.users, "{term:?}");
    }
}

pub(super) async fn an_alias_has_one_holder(bed: Bed) {
    let names: Vec<String> = (0..24).map(|n| format!("user{n}")).collect();
    bed.with_users(&names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let mut tasks = JoinSet::new();
    for name in names {
        let db = bed.db.clone();
        tasks.spawn(async move {
            let sub = user(&name).sub;
            let claim =
                db.write(NOW, async |mut tx| tx.claim_alias(&pool_id(), "email", "x", &sub).await);
            (sub.clone(), claim.await.unwrap())
        });
    }
    let claims = tasks.join_all().await;
    let winners: Vec<_> = claims.iter().filter(|(_, claim)| *claim == Claim::Claimed).collect();
    assert_eq!(winners.len(), 1);
    let winner = winners[0].0.clone();
    assert!(
        claims
            .iter()
            .all(|(sub, claim)| *sub == winner || *claim == Claim::TakenBy(winner.clone()))
    );
    let loser = claims.iter().map(|(sub, _)| sub).find(|sub| **sub != winner).unwrap();
    bed.db
        .write(NOW, async |mut tx| {
            let pool = pool_id();
            let again = tx.claim_alias(&pool, "email", "x", &winner).await?;
            assert_eq!(again, Claim::AlreadyYours);
            assert!(!tx.release_alias(&pool, "email", "x", loser).await?);
            tx.move_alias(&pool, "email", "x", loser).await?;
            assert_eq!(tx.alias(&pool, "email", "x").await?.as_ref(), Some(loser));
            assert!(tx.release_alias(&pool, "email", "x", loser).await?);
            assert_eq!(tx.alias(&pool, "email", "x").await?, None);
            Ok(())
        })
        .await
        .unwrap();
}
