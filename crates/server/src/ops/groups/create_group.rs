//! Creates a group in a user pool.
//!
//! Differs from AWS / not verified:
//! - The text for more than 10,000 groups.
//! - Whether the role can be assumed is not asked: `RoleArn` is kept and told in tokens.
//! - Names are compared by their bytes: `Team` and `team` are two groups.

use poolhouse_domain::error::Result;
use poolhouse_domain::group::Group;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::CreateGroup;
use poolhouse_wire::shapes::{CreateGroupRequest, CreateGroupResponse};

use super::shown;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for CreateGroup {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: CreateGroupRequest,
    ) -> Result<CreateGroupResponse> {
        let group = &Group {
            pool: PoolId::new(request.user_pool_id),
            name: request.group_name,
            description: request.description,
            role_arn: request.role_arn,
            precedence: request.precedence,
            created: ctx.now,
            modified: ctx.now,
        };
        ctx.write(async |mut tx| {
            tx.pool(&group.pool).await?;
            tx.insert_group(group).await
        })
        .await?;
        Ok(CreateGroupResponse { group: Some(shown(group)) })
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::group::GROUPS_MAX;
    use serde_json::json;

    use crate::ops::groups::bed::{ROLE_A, application, group, many, on, twin};

    const OPERATION: &str = "CreateGroup";
    const EXISTS: (&str, &str) = ("GroupExistsException", "A group with the name already exists.");
    const START: f64 = 1_767_614_400.0;

    #[tokio::test]
    async fn a_group_shows_what_is_set() {
        let app = application().await;
        let made = on(&app, OPERATION, "bare", json!({})).await.ok();
        let bare = json!({
            "GroupName": "bare", "UserPoolId": app.pool,
            "CreationDate": START, "LastModifiedDate": START,
        });
        assert_eq!(made, json!({ "Group": bare }));
        let all = json!({ "Description": "Those who may", "RoleArn": ROLE_A, "Precedence": 0 });
        let made = on(&app, OPERATION, "all", all).await.ok();
        assert_eq!(
            made["Group"],
            json!({
                "GroupName": "all", "UserPoolId": app.pool, "Description": "Those who may",
                "RoleArn": ROLE_A, "Precedence": 0,
                "CreationDate": START, "LastModifiedDate": START,
            })
        );
        assert_eq!(on(&app, "GetGroup", "all", json!({})).await.ok(), made);
    }

    #[tokio::test]
    async fn a_name_is_taken_once_in_a_pool() {
        let app = application().await;
        group(&app, "team", json!({ "Description": "first" })).await;
        app.server.advance_secs(5);
        let again = on(&app, OPERATION, "team", json!({ "Description": "second" })).await;
        again.refused(EXISTS.0, EXISTS.1);
        let kept = on(&app, "GetGroup", "team", json!({})).await.ok();
        assert_eq!(
            (&kept["Group"]["Description"], &kept["Group"]["LastModifiedDate"]),
            (&json!("first"), &json!(START))
        );
        group(&app, "Team", json!({})).await;
        twin(&app.server, "team").await;
    }

    #[tokio::test]
    async fn a_pool_has_ten_thousand_groups_at_most() {
        let app = application().await;
        many(&app, GROUPS_MAX).await;
        on(&app, OPERATION, "one-more", json!({}))
            .await
            .refused("LimitExceededException", "The user pool has as many groups as it can have.");
        on(&app, OPERATION, "group0000", json!({})).await.refused(EXISTS.0, EXISTS.1);
        on(&app, "DeleteGroup", "group0007", json!({})).await.ok();
        group(&app, "one-more", json!({})).await;
    }

    #[tokio::test]
    async fn what_the_model_forbids_is_refused() {
        let app = application().await;
        for bad in [
            json!({ "Precedence": -1 }),
            json!({ "RoleArn": "role" }),
            json!({ "Description": "x".repeat(2049) }),
        ] {
            let reply = on(&app, OPERATION, "team", bad).await;
            assert_eq!(reply.body["__type"], "InvalidParameterException");
        }
        on(&app, "GetGroup", "team", json!({}))
            .await
            .refused("ResourceNotFoundException", "Group not found.");
    }

    #[tokio::test]
    async fn only_signed_callers_create_groups_in_pools_that_are_there() {
        let app = application().await;
        let body = json!({ "UserPoolId": app.pool, "GroupName": "team" });
        let reply = app.server.call(OPERATION, body).await;
        assert_eq!(reply.body["__type"], "MissingAuthenticationTokenException");
        let body = json!({ "UserPoolId": "us-east-1_Nowhere00", "GroupName": "team" });
        app.server
            .admin(OPERATION, body)
            .await
            .refused("ResourceNotFoundException", "User pool us-east-1_Nowhere00 does not exist.");
    }
}
