//! Puts a user into a group. Doing it again changes nothing.
//!
//! Differs from AWS / not verified:
//! - A user can be in 100 groups; name and text of the refusal of one more.
//! - The group is looked for before the user.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::AdminAddUserToGroup;
use poolhouse_wire::shapes::AdminAddUserToGroupRequest;

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, named_user};

impl Operation for AdminAddUserToGroup {
    type Caller = Signed;

    async fn run(ctx: &mut Ctx<'_, Signed>, request: AdminAddUserToGroupRequest) -> Result<()> {
        let (pool, request) = (&PoolId::new(&request.user_pool_id), &request);
        ctx.write(async |mut tx| {
            let pool = tx.pool(pool).await?;
            let group = tx.group(&pool.id, &request.group_name).await?;
            let user = named_user(&mut tx, &pool, &request.username).await?;
            tx.add_to_group(&pool.id, &user.sub, &group.name).await?;
            Ok(())
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::group::GROUPS_OF_USER_MAX;
    use serde_json::{Value, json};

    use crate::ops::groups::bed::{
        ROLE_A, ROLE_B, application, group, groups_of, join, many, on, refusals, twin,
    };
    use crate::testing::client::{PASSWORD, claims};

    const OPERATION: &str = "AdminAddUserToGroup";

    #[tokio::test]
    async fn a_user_is_in_a_group_once() {
        let app = application().await;
        group(&app, "team", json!({})).await;
        assert_eq!(groups_of(&app, "ada").await, [""; 0]);
        join(&app, "ada", "team").await;
        join(&app, "ada", "team").await;
        assert_eq!(groups_of(&app, "ada").await, ["team"]);
        assert_eq!(groups_of(&app, "bob").await, [""; 0]);
    }

    #[tokio::test]
    async fn a_user_is_in_a_hundred_groups_at_most() {
        let app = application().await;
        many(&app, GROUPS_OF_USER_MAX + 1).await;
        for number in 0..GROUPS_OF_USER_MAX {
            join(&app, "ada", &format!("group{number:04}")).await;
        }
        on(&app, OPERATION, "group0100", json!({ "Username": "ada" })).await.refused(
            "InvalidParameterException",
            "The user is in as many groups as a user can be in.",
        );
        // Being in one of them already is no reason to refuse.
        join(&app, "ada", "group0000").await;
        join(&app, "bob", "group0100").await;
        let left = on(&app, "AdminRemoveUserFromGroup", "group0003", json!({ "Username": "ada" }));
        left.await.ok();
        join(&app, "ada", "group0100").await;
    }

    #[tokio::test]
    async fn tokens_tell_the_groups_of_now() {
        let app = application().await;
        let plain = app.password_sign_in("ada", PASSWORD).await.ok();
        let plain = &plain["AuthenticationResult"];
        for token in ["AccessToken", "IdToken"] {
            let claims = claims(&plain[token]);
            let told = claims.keys().filter(|name| {
                ["cognito:groups", "cognito:roles", "cognito:preferred_role"].contains(&&***name)
            });
            assert_eq!(told.count(), 0);
        }
        group(&app, "low", json!({ "RoleArn": ROLE_B, "Precedence": 9 })).await;
        group(&app, "none", json!({})).await;
        group(&app, "high", json!({ "RoleArn": ROLE_A, "Precedence": 1 })).await;
        for name in ["low", "none", "high"] {
            join(&app, "ada", name).await;
        }
        // What was signed before stays good, and what it is exchanged for tells the groups.
        let refresh = json!({ "REFRESH_TOKEN": plain["RefreshToken"] });
        let refreshed = app.initiate("REFRESH_TOKEN_AUTH", refresh.clone()).await.ok();
        let signed_in = app.password_sign_in("ada", PASSWORD).await.ok();
        for reply in [&refreshed, &signed_in] {
            let access = claims(&reply["AuthenticationResult"]["AccessToken"]);
            assert_eq!(access["cognito:groups"], json!(["high", "low", "none"]));
            assert!(!access.contains_key("cognito:roles"));
            assert!(!access.contains_key("cognito:preferred_role"));
            let id = claims(&reply["AuthenticationResult"]["IdToken"]);
            assert_eq!(id["cognito:groups"], json!(["high", "low", "none"]));
            assert_eq!(id["cognito:roles"], json!([ROLE_A, ROLE_B]));
            assert_eq!(id["cognito:preferred_role"], ROLE_A);
        }
        on(&app, "UpdateGroup", "low", json!({ "Precedence": 1 })).await.ok();
        on(&app, "AdminRemoveUserFromGroup", "none", json!({ "Username": "ada" })).await.ok();
        let refreshed = app.initiate("REFRESH_TOKEN_AUTH", refresh).await.ok();
        let id = claims(&refreshed["AuthenticationResult"]["IdToken"]);
        assert_eq!(id["cognito:groups"], json!(["high", "low"]));
        assert_eq!(id.get("cognito:preferred_role"), None, "a tie of two roles has no winner");
    }

    #[tokio::test]
    async fn users_and_groups_of_another_pool_are_not_found() {
        let app = application().await;
        let twin = twin(&app.server, "team").await;
        let request = json!({ "UserPoolId": twin, "GroupName": "team", "Username": "ada" });
        let refused = app.server.admin(OPERATION, request).await;
        refused.refused("UserNotFoundException", "User does not exist.");
        let members = json!({ "UserPoolId": twin, "GroupName": "team" });
        let members = app.server.admin("ListUsersInGroup", members).await.ok();
        assert_eq!(members["Users"], Value::Array(Vec::new()));
        let refused = on(&app, OPERATION, "team", json!({ "Username": "ada" })).await;
        refused.refused("ResourceNotFoundException", "Group not found.");
        assert_eq!(groups_of(&app, "ada").await, [""; 0]);
    }

    #[tokio::test]
    async fn what_cannot_be_is_refused() {
        refusals(OPERATION, json!({ "Username": "ada" })).await;
    }
}
