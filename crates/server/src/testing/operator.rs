//! IAM users with keys and policies, put into the store.

use poolhouse_domain::secret::Secret;
use poolhouse_store::IamUserRow;
use serde_json::{Value, json};

use super::{Key, TestServer};

/// An IAM user and their key.
#[derive(Clone, Debug)]
pub(crate) struct Operator {
    name: String,
    id: String,
    secret: String,
}

impl Operator {
    pub(crate) fn key(&self) -> Key<'_> {
        Key { id: &self.id, secret: &self.secret }
    }

    /// Makes the key inactive.
    pub(crate) async fn switch_off(&self, server: &TestServer) {
        let (name, id) = (&self.name, &self.id);
        let write = async |mut tx: poolhouse_store::Tx| tx.set_access_key(name, id, false).await;
        server.app.db.write(server.now(), write).await.unwrap();
    }
}

/// An IAM user whose one policy has these statements, or who has none.
pub(crate) async fn operator(
    server: &TestServer,
    name: &str,
    statements: Option<Value>,
) -> Operator {
    let now = server.now();
    let user = IamUserRow {
        name: name.to_owned(),
        id: format!("AIDA{:0>16}", name.to_uppercase()),
        path: "/".into(),
        created: now,
    };
    let made = Operator {
        name: name.to_owned(),
        id: format!("AKIA{:0>16}", name.to_uppercase()),
        secret: format!("secret of {name} for tests"),
    };
    let policy =
        statements.map(|list| json!({ "Version": "2012-10-17", "Statement": list }).to_string());
    let (user, policy, id) = (&user, &policy, &made.id);
    let secret = &Secret::new(made.secret.clone());
    let write = server.app.db.write(now, async |mut tx| {
        tx.insert_iam_user(user).await?;
        tx.insert_access_key(&user.name, id, secret).await?;
        match policy {
            Some(policy) => tx.put_user_policy(&user.name, "only", policy).await.map(drop),
            None => Ok(()),
        }
    });
    write.await.unwrap();
    made
}
