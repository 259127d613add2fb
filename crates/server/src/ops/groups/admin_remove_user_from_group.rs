//! Takes a user out of a group. Doing it again changes nothing.
//!
//! Differs from AWS / not verified:
//! - The group is looked for before the user.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::AdminRemoveUserFromGroup;
use poolhouse_wire::shapes::AdminRemoveUserFromGroupRequest;

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, named_user};

impl Operation for AdminRemoveUserFromGroup {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminRemoveUserFromGroupRequest,
    ) -> Result<()> {
        let (pool, request) = (&PoolId::new(&request.user_pool_id), &request);
        ctx.write(async |mut tx| {
            let pool = tx.pool(pool).await?;
            let group = tx.group(&pool.id, &request.group_name).await?;
            let user = named_user(&mut tx, &pool, &request.username).await?;
            tx.remove_from_group(&pool.id, &user.sub, &group.name).await?;
            Ok(())
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ops::groups::bed::{application, group, groups_of, join, on, refusals};

    const OPERATION: &str = "AdminRemoveUserFromGroup";

    #[tokio::test]
    async fn a_user_leaves_one_group_alone() {
        let app = application().await;
        for name in ["team", "other"] {
            group(&app, name, json!({})).await;
            join(&app, "ada", name).await;
            join(&app, "bob", name).await;
        }
        for _ in 0..2 {
            let left = on(&app, OPERATION, "team", json!({ "Username": "ada" })).await;
            assert_eq!(left.ok(), Value::Null);
            assert_eq!(groups_of(&app, "ada").await, ["other"]);
        }
        assert_eq!(groups_of(&app, "bob").await, ["other", "team"]);
    }

    #[tokio::test]
    async fn nobody_leaves_for_an_unknown_user() {
        let app = application().await;
        group(&app, "team", json!({})).await;
        join(&app, "ada", "team").await;
        let refused = on(&app, OPERATION, "team", json!({ "Username": "nobody" })).await;
        refused.refused("UserNotFoundException", "User does not exist.");
        assert_eq!(groups_of(&app, "ada").await, ["team"]);
    }

    #[tokio::test]
    async fn what_cannot_be_is_refused() {
        refusals(OPERATION, json!({ "Username": "ada" })).await;
    }
}
