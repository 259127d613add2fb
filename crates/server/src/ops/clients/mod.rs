//! App clients and their settings.

mod create_user_pool_client;
mod delete_user_pool_client;
mod describe_user_pool_client;
mod list_user_pool_clients;
mod update_user_pool_client;

#[cfg(test)]
mod testing {
    use serde_json::{Value, json};

    use crate::testing::TestServer;

    /// Creates a client; its id.
    pub(super) async fn client(server: &TestServer, pool: &str, mut settings: Value) -> String {
        let members = settings.as_object_mut().unwrap();
        members.insert("UserPoolId".into(), json!(pool));
        members.entry("ClientName").or_insert(json!("app"));
        let created = server.admin("CreateUserPoolClient", settings).await.ok();
        created["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned()
    }

    /// What DescribeUserPoolClient shows of a client.
    pub(super) async fn described(server: &TestServer, pool: &str, client: &str) -> Value {
        let request = json!({"UserPoolId": pool, "ClientId": client});
        let answer = server.admin("DescribeUserPoolClient", request).await;
        answer.ok()["UserPoolClient"].clone()
    }

    /// Asserts that an operation does not find a client in another pool, nor one that never was.
    pub(super) async fn finds_no_client(server: &TestServer, operation: &str) {
        let pool = crate::ops::pools::testing::pool;
        let (here, there) = (pool(server, json!({})).await, pool(server, json!({})).await);
        let elsewhere = client(server, &there, json!({})).await;
        for id in [elsewhere.as_str(), "unknown"] {
            let request = json!({"UserPoolId": here, "ClientId": id});
            let text = format!("User pool client {id} does not exist.");
            server.admin(operation, request).await.refused("ResourceNotFoundException", &text);
        }
        assert_eq!(described(server, &there, &elsewhere).await["ClientId"], elsewhere);
    }
}
