//! Risk configurations, and what users did.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::ClientId;
use poolhouse_domain::risk::RiskRefusal;
use poolhouse_domain::risk::event::{
    AuthEvent, ChallengeName, Context, EventResponseType, EventType, Feedback, FeedbackValueType,
    Findings, Place,
};
use poolhouse_domain::risk::settings::{RiskExceptionConfigurationType, RiskSettings};

use super::bed::{Bed, NOW, at, client, pool_id, user};
use crate::CreatedCursor;
use crate::sql::args;

fn settings(range: &str) -> RiskSettings {
    let exceptions = RiskExceptionConfigurationType {
        blocked_ip_range_list: Some(vec![range.to_owned()]),
        skipped_ip_range_list: None,
    };
    RiskSettings { exceptions: Some(exceptions), ..RiskSettings::default() }
}

fn event(user_name: &str, id: &str, created: i64, response: EventResponseType) -> AuthEvent {
    let place =
        Place { country: "DE".into(), city: "Berlin".into(), latitude: 52.5, longitude: 13.4 };
    AuthEvent {
        id: id.into(),
        pool: pool_id(),
        sub: user(user_name).sub,
        created: at(created),
        kind: EventType::SignIn,
        response,
        findings: Findings::proof(ChallengeName::Mfa, true),
        context: Context::new("192.0.2.1".parse().ok(), Some("laptop"), Some(place)),
        feedback: None,
    }
}

async fn put(bed: &Bed, event: &AuthEvent) -> Result<()> {
    bed.db.write(NOW, async |mut tx| tx.put_event(event).await).await
}

pub(super) async fn risk_configurations_are_kept(bed: Bed) {
    bed.with_pool().await;
    let own = ClientId::new("c1");
    let other = ClientId::new("c2");
    let (pools, clients) = (settings("192.0.2.0/24"), settings("198.51.100.0/24"));
    let effective = async |client: &ClientId| {
        bed.db.read(async |mut tx| tx.effective_risk(&pool_id(), client).await).await.unwrap()
    };
    assert_eq!(effective(&own).await, RiskSettings::default());
    bed.db
        .write(at(1), async |mut tx| {
            tx.set_risk(&pool_id(), None, Some(&RiskSettings::default())).await?;
            tx.set_risk(&pool_id(), None, Some(&pools)).await
        })
        .await
        .unwrap();
    assert_eq!(effective(&own).await, pools);
    let write = bed
        .db
        .write(at(2), async |mut tx| tx.set_risk(&pool_id(), Some(&own), Some(&clients)).await);
    write.await.unwrap();
    assert_eq!((effective(&own).await, effective(&other).await), (clients.clone(), pools.clone()));
    let read = async |client: Option<&ClientId>| {
        bed.db.read(async |mut tx| tx.risk(&pool_id(), client).await).await.unwrap()
    };
    assert_eq!(read(None).await, Some((pools.clone(), at(1))));
    assert_eq!(read(Some(&own)).await, Some((clients, at(2))));
    assert_eq!(read(Some(&other)).await, None);
    let reset = bed.db.write(NOW, async |mut tx| tx.set_risk(&pool_id(), Some(&own), None).await);
    reset.await.unwrap();
    assert_eq!((read(Some(&own)).await, effective(&own).await), (None, pools));
}

pub(super) async fn a_client_takes_its_risk_configuration_along(bed: Bed) {
    bed.with_pool().await;
    let own = client("c1", 1);
    bed.db
        .write(NOW, async |mut tx| {
            tx.insert_client(&own).await?;
            tx.set_risk(&pool_id(), Some(&own.id), Some(&settings("192.0.2.0/24"))).await?;
            tx.delete_client(&pool_id(), &own.id).await
        })
        .await
        .unwrap();
    let left = bed.db.read(async |mut tx| tx.risk(&pool_id(), Some(&own.id)).await).await;
    assert_eq!(left.unwrap(), None);
}

pub(super) async fn events_are_listed_newest_first(bed: Bed) {
    bed.with_users(&["alice", "bob"]).await;
    let one = event("alice", "one", 5, EventResponseType::Pass);
    for (id, created) in [("b", 7), ("a", 7), ("c", 3), ("d", 9)] {
        put(&bed, &event("alice", id, created, EventResponseType::Fail)).await.unwrap();
    }
    put(&bed, &one).await.unwrap();
    put(&bed, &event("bob", "one", 5, EventResponseType::Pass)).await.unwrap();
    let read = async |id: &str| {
        let alice = user("alice").sub;
        bed.db.read(async |mut tx| tx.event(&pool_id(), &alice, id).await).await
    };
    assert_eq!(read("one").await.unwrap(), one);
    assert!(matches!(read("two").await, Err(Error::Risk(RiskRefusal::EventNotFound))));
    let (mut seen, mut before) = (Vec::new(), None);
    loop {
        let alice = user("alice").sub;
        let page = bed
            .db
            .read(async |mut tx| tx.list_events(&pool_id(), &alice, before.as_ref(), 2).await);
        let page = page.await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some(CreatedCursor { created: last.created, id: last.id.clone() });
        seen.extend(page.into_iter().map(|event| event.id));
    }
    assert_eq!(seen, ["d", "b", "a", "one", "c"]);
    // Where it came from cannot be read in the database.
    let rows = bed.db.read(async |mut tx| {
        Ok(tx.fetch_all("SELECT context FROM auth_event /* test */", args![]).await?)
    });
    for mut row in rows.await.unwrap() {
        let stored = row.blob().unwrap();
        let text = String::from_utf8_lossy(&stored).into_owned();
        assert!(!text.contains("192.0.2.1") && !text.contains("Berlin"));
    }
    let mut nobody = event("alice", "x", 1, EventResponseType::Pass);
    nobody.sub = user("nobody").sub;
    assert!(matches!(put(&bed, &nobody).await, Err(Error::UserNotFound)));
}

pub(super) async fn sign_ins_are_counted(bed: Bed) {
    bed.with_users(&["alice", "bob"]).await;
    for number in 0..6_i64 {
        let (fail, pass) = (EventResponseType::Fail, EventResponseType::Pass);
        put(&bed, &event("alice", &format!("f{number}"), number, fail)).await.unwrap();
        put(&bed, &event("alice", &format!("p{number}"), number, pass)).await.unwrap();
        put(&bed, &event("bob", &format!("b{number}"), number, fail)).await.unwrap();
    }
    let mut change = event("alice", "change", 9, EventResponseType::Fail);
    change.kind = EventType::PasswordChange;
    put(&bed, &change).await.unwrap();
    let alice = &user("alice").sub;
    for (since, limit, count) in [(-1, 20, 6), (-1, 4, 4), (3, 20, 2), (5, 20, 0)] {
        let counted = bed
            .db
            .read(async |mut tx| tx.failed_sign_ins(&pool_id(), alice, at(since), limit).await);
        assert_eq!(counted.await.unwrap(), count, "{since} {limit}");
    }
    let last = bed.db.read(async |mut tx| tx.last_sign_ins(&pool_id(), alice, 3).await);
    let ids: Vec<String> = last.await.unwrap().into_iter().map(|event| event.id).collect();
    assert_eq!(ids, ["p5", "p4", "p3"]);
}

pub(super) async fn feedback_is_kept(bed: Bed) {
    bed.with_users(&["alice", "bob"]).await;
    put(&bed, &event("alice", "one", 5, EventResponseType::Pass)).await.unwrap();
    let say = async |name: &str, value: FeedbackValueType| {
        let sub = user(name).sub;
        let said = Feedback { value, provider: "Admin".into(), at: at(8) };
        let write =
            bed.db.write(NOW, async |mut tx| tx.set_feedback(&pool_id(), &sub, "one", &said).await);
        write.await.map(|()| said)
    };
    say("alice", FeedbackValueType::Valid).await.unwrap();
    let said = say("alice", FeedbackValueType::Invalid).await.unwrap();
    let refused = say("bob", FeedbackValueType::Valid).await;
    assert!(matches!(refused, Err(Error::Risk(RiskRefusal::EventNotFound))));
    let alice = user("alice").sub;
    let read = bed.db.read(async |mut tx| tx.event(&pool_id(), &alice, "one").await).await;
    assert_eq!(read.unwrap().feedback, Some(said));
}

pub(super) async fn events_go_after_two_years_or_with_their_user(bed: Bed) {
    const YEAR: i64 = 365 * 24 * 60 * 60 * 1_000;
    bed.with_users(&["alice", "bob"]).await;
    let now = NOW.as_millis();
    for (id, age) in [("old", 2 * YEAR + 1), ("young", 2 * YEAR)] {
        put(&bed, &event("alice", id, now - age, EventResponseType::Pass)).await.unwrap();
    }
    put(&bed, &event("bob", "old", now, EventResponseType::Pass)).await.unwrap();
    bed.db.write(NOW, async |mut tx| tx.purge_expired(100).await).await.unwrap();
    let ids = async || {
        let mut left = Vec::new();
        for name in ["alice", "bob"] {
            let sub = user(name).sub;
            let page = bed.db.read(async |mut tx| tx.list_events(&pool_id(), &sub, None, 9).await);
            left.extend(page.await.unwrap().into_iter().map(|event| event.id));
        }
        left
    };
    assert_eq!(ids().await, ["young", "old"]);
    let bob = user("bob").sub;
    bed.db.write(NOW, async |mut tx| tx.delete_user(&pool_id(), &bob).await).await.unwrap();
    assert_eq!(ids().await, ["young"]);
}
