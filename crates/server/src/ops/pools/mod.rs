//! User pools and their settings.

mod create_user_pool;
mod delete_user_pool;
mod describe_user_pool;
mod get_user_pool_mfa_config;
mod list_user_pools;
mod set_user_pool_mfa_config;
mod update_user_pool;

#[cfg(test)]
pub(crate) mod testing {
    //! What the tests of this and the neighbouring families share.

    use serde_json::{Value, json};

    use crate::testing::TestServer;

    /// A pool id that no test server gives out.
    pub(crate) const UNKNOWN: &str = "us-east-1_Unknown00";

    /// Creates a pool; its id.
    pub(crate) async fn pool(server: &TestServer, settings: Value) -> String {
        let created = server.admin("CreateUserPool", named(settings)).await.ok();
        created["UserPool"]["Id"].as_str().unwrap().to_owned()
    }

    /// The settings with a `PoolName`, unless they have one.
    pub(crate) fn named(mut settings: Value) -> Value {
        let members = settings.as_object_mut().unwrap();
        members.entry("PoolName").or_insert(json!("MyUserPool"));
        settings
    }

    /// What DescribeUserPool shows of a pool.
    pub(crate) async fn described(server: &TestServer, id: &str) -> Value {
        let answer = server.admin("DescribeUserPool", json!({"UserPoolId": id})).await;
        answer.ok()["UserPool"].clone()
    }

    /// Asserts that an operation with this body, which names the unknown pool, finds none.
    pub(crate) async fn finds_no_pool(server: &TestServer, operation: &str, body: Value) {
        let text = format!("User pool {UNKNOWN} does not exist.");
        server.admin(operation, body).await.refused("ResourceNotFoundException", &text);
    }

    /// Asserts that an operation is for signed callers only.
    pub(crate) async fn needs_a_signature(server: &TestServer, operation: &str, body: Value) {
        let reply = server.call(operation, body).await;
        assert_eq!(reply.body["__type"], "MissingAuthenticationTokenException");
    }
}
