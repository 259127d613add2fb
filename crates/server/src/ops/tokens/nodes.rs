//! What ends on one server has ended on every other one over the same database, with its next request.

use serde_json::{Value, json};

use crate::testing::client::{Application, PASSWORD};
use crate::testing::{Reply, TestServer};

struct Bed {
    app: Application,
    other: TestServer,
    result: Value,
}

/// A user signed in, and known to both servers.
async fn bed() -> Bed {
    let app = Application::new(json!({}), json!({})).await;
    app.user("ada").await;
    let result = app.password_sign_in("ada", PASSWORD).await.ok()["AuthenticationResult"].clone();
    let bed = Bed { other: app.server.another(), app, result };
    for node in [&bed.app.server, &bed.other] {
        bed.get(node).await.ok();
        bed.refresh(node).await.ok();
    }
    bed
}

impl Bed {
    async fn get(&self, node: &TestServer) -> Reply {
        node.call("GetUser", json!({ "AccessToken": self.result["AccessToken"] })).await
    }

    async fn refresh(&self, node: &TestServer) -> Reply {
        let token = &self.result["RefreshToken"];
        let request = json!({ "ClientId": self.app.client, "RefreshToken": token });
        node.call("GetTokensFromRefreshToken", request).await
    }

    /// Nothing of the sign-in works, here or there.
    async fn ended(&self, access: (&str, &str), refresh: (&str, &str)) {
        for node in [&self.other, &self.app.server] {
            self.get(node).await.refused(access.0, access.1);
            self.refresh(node).await.refused(refresh.0, refresh.1);
        }
    }

    fn named(&self) -> Value {
        json!({ "UserPoolId": self.app.pool, "Username": "ada" })
    }
}

const NAME: &str = "NotAuthorizedException";
const ACCESS: (&str, &str) = (NAME, "Access Token has been revoked");
const REFRESH: (&str, &str) = (NAME, "Refresh Token has been revoked");

#[tokio::test]
async fn a_revoked_token_and_a_sign_out_end_everywhere() {
    let bed = self::bed().await;
    let revoke = json!({ "ClientId": bed.app.client, "Token": bed.result["RefreshToken"] });
    bed.app.server.call("RevokeToken", revoke).await.ok();
    bed.ended(ACCESS, REFRESH).await;

    let bed = self::bed().await;
    let out = json!({ "AccessToken": bed.result["AccessToken"] });
    bed.app.server.call("GlobalSignOut", out).await.ok();
    bed.ended(ACCESS, REFRESH).await;

    let bed = self::bed().await;
    bed.app.server.admin("AdminUserGlobalSignOut", bed.named()).await.ok();
    bed.ended(ACCESS, REFRESH).await;
}

#[tokio::test]
async fn a_disabled_or_deleted_user_is_out_everywhere() {
    let bed = self::bed().await;
    bed.app.server.admin("AdminDisableUser", bed.named()).await.ok();
    let disabled = (NAME, "User is disabled.");
    bed.ended(disabled, REFRESH).await;
    // Enabling again does not bring the sign-in back.
    bed.app.server.admin("AdminEnableUser", bed.named()).await.ok();
    bed.ended(ACCESS, REFRESH).await;

    let bed = self::bed().await;
    bed.app.server.admin("AdminDeleteUser", bed.named()).await.ok();
    let gone = ("UserNotFoundException", "User does not exist.");
    bed.ended(gone, (NAME, "Invalid Refresh Token.")).await;

    let bed = self::bed().await;
    let own = json!({ "AccessToken": bed.result["AccessToken"] });
    bed.app.server.call("DeleteUser", own).await.ok();
    bed.ended(gone, (NAME, "Invalid Refresh Token.")).await;
}

#[tokio::test]
async fn the_tokens_of_a_deleted_client_and_pool_are_of_no_use_anywhere() {
    let bed = self::bed().await;
    let client = json!({ "UserPoolId": bed.app.pool, "ClientId": bed.app.client });
    bed.app.server.admin("DeleteUserPoolClient", client).await.ok();
    let text = format!("User pool client {} does not exist.", bed.app.client);
    let gone = ("ResourceNotFoundException", text.as_str());
    bed.ended(gone, gone).await;

    let bed = self::bed().await;
    bed.app.server.admin("DeleteUserPool", json!({ "UserPoolId": bed.app.pool })).await.ok();
    for node in [&bed.other, &bed.app.server] {
        assert_ne!(bed.get(node).await.status, 200);
        assert_ne!(bed.refresh(node).await.status, 200);
    }
}
