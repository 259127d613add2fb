//! The outbox.

use poolhouse_domain::message::{Medium, Message};
use poolhouse_domain::secret::Secret;

use super::bed::{Bed, NOW, at, pool_id, user};
use crate::Tx;

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
    }
}

pub(super) async fn a_message_is_sent_once(bed: Bed) {
    let pool = pool_id();
    for (when, id, to) in [(1, "m1", "a@x"), (2, "m2", "b@x"), (3, "m3", "a@x")] {
        let message = message(id, to, when);
        bed.db.write(at(when), async |mut tx| tx.enqueue(&message).await).await.unwrap();
    }
    let due = async |now: i64, limit| {
        let due = bed.db.read(async |mut tx| tx.due(at(now), limit).await).await.unwrap();
        due.into_iter().map(|due| (due.message.id, due.attempts)).collect::<Vec<_>>()
    };
    assert_eq!(due(2, 10).await, [("m1".into(), 0), ("m2".into(), 0)]);
    assert_eq!(due(9, 1).await, [("m1".into(), 0)]);
    let delivered = async |mut tx: Tx| tx.delivered(&pool, "m1").await;
    assert!(bed.db.write(NOW, delivered).await.unwrap());
    assert!(!bed.db.write(NOW, delivered).await.unwrap());
    let failed = async |mut tx: Tx| tx.failed(&pool, "m2", at(100), "no route").await;
    bed.db.write(NOW, failed).await.unwrap();
    assert_eq!(due(99, 10).await, [("m3".into(), 0)]);
    assert_eq!(due(100, 10).await, [("m3".into(), 0), ("m2".into(), 1)]);
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
