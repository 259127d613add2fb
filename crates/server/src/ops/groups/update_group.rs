//! Changes a group: description, role, precedence.
//!
//! What the request does not name stays as it is. A group's name cannot be changed.
//!
//! Differs from AWS / not verified:
//! - A precedence or role that was set once can be replaced and not taken away.
//! - `LastModifiedDate` moves even where nothing was changed.

use poolhouse_domain::error::Result;
use poolhouse_domain::group::Group;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::UpdateGroup;
use poolhouse_wire::shapes::{UpdateGroupRequest, UpdateGroupResponse};

use super::shown;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for UpdateGroup {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: UpdateGroupRequest,
    ) -> Result<UpdateGroupResponse> {
        let (pool, request) = (&PoolId::new(&request.user_pool_id), &request);
        let group = ctx.write(async |mut tx| {
            tx.pool(pool).await?;
            let before = tx.group(pool, &request.group_name).await?;
            let group = Group {
                description: request.description.clone().or(before.description),
                role_arn: request.role_arn.clone().or(before.role_arn),
                precedence: request.precedence.or(before.precedence),
                modified: tx.now,
                ..before
            };
            tx.update_group(&group).await?;
            Ok(group)
        });
        Ok(UpdateGroupResponse { group: Some(shown(&group.await?)) })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ops::groups::bed::{ROLE_A, ROLE_B, application, group, on, refusals};

    const OPERATION: &str = "UpdateGroup";

    #[tokio::test]
    async fn what_is_not_named_stays() {
        let app = application().await;
        let all = json!({ "Description": "before", "RoleArn": ROLE_A, "Precedence": 3 });
        group(&app, "team", all).await;
        app.server.advance_secs(5);
        let start = 1_767_614_400.0;
        let mut expected = json!({
            "GroupName": "team", "UserPoolId": app.pool, "Description": "before",
            "RoleArn": ROLE_A, "Precedence": 3,
            "CreationDate": start, "LastModifiedDate": start + 5.0,
        });
        for change in [
            json!({}),
            json!({ "Precedence": 0 }),
            json!({ "RoleArn": ROLE_B }),
            json!({ "Description": "after" }),
        ] {
            for (name, value) in change.as_object().unwrap() {
                expected[name] = value.clone();
            }
            let changed = on(&app, OPERATION, "team", change).await.ok();
            assert_eq!(changed["Group"], expected);
            assert_eq!(on(&app, "GetGroup", "team", json!({})).await.ok()["Group"], expected);
        }
    }

    #[tokio::test]
    async fn a_refusal_changes_nothing() {
        let app = application().await;
        group(&app, "team", json!({ "Precedence": 3 })).await;
        let before = on(&app, "GetGroup", "team", json!({})).await.ok();
        app.server.advance_secs(5);
        let reply = on(&app, OPERATION, "team", json!({ "Precedence": -1 })).await;
        assert_eq!(reply.body["__type"], "InvalidParameterException");
        assert_eq!(on(&app, "GetGroup", "team", json!({})).await.ok(), before);
    }

    #[tokio::test]
    async fn what_cannot_be_is_refused() {
        refusals(OPERATION, json!({ "Description": "x" })).await;
    }
}
