//! Deletes a group. Its members stay users, and are in it no more.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::DeleteGroup;
use poolhouse_wire::shapes::DeleteGroupRequest;

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for DeleteGroup {
    type Caller = Signed;

    async fn run(ctx: &mut Ctx<'_, Signed>, request: DeleteGroupRequest) -> Result<()> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.group_name);
        ctx.write(async |mut tx| {
            tx.pool(pool).await?;
            tx.delete_group(pool, name).await
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ops::groups::bed::{NO_GROUP, application, group, groups_of, join, on, refusals};

    const OPERATION: &str = "DeleteGroup";

    #[tokio::test]
    async fn a_group_goes_with_its_memberships_and_not_with_its_members() {
        let app = application().await;
        for name in ["team", "other"] {
            group(&app, name, json!({})).await;
            join(&app, "ada", name).await;
        }
        assert_eq!(on(&app, OPERATION, "team", json!({})).await.ok(), Value::Null);
        on(&app, "GetGroup", "team", json!({})).await.refused(NO_GROUP.0, NO_GROUP.1);
        on(&app, OPERATION, "team", json!({})).await.refused(NO_GROUP.0, NO_GROUP.1);
        assert_eq!(groups_of(&app, "ada").await, ["other"]);
        // A new group of the name begins without members.
        group(&app, "team", json!({})).await;
        assert_eq!(groups_of(&app, "ada").await, ["other"]);
    }

    #[tokio::test]
    async fn what_cannot_be_is_refused() {
        refusals(OPERATION, json!({})).await;
    }
}
