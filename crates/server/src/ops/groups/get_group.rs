//! Shows a group.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::GetGroup;
use poolhouse_wire::shapes::{GetGroupRequest, GetGroupResponse};

use super::shown;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for GetGroup {
    type Caller = Signed;

    async fn run(ctx: &mut Ctx<'_, Signed>, request: GetGroupRequest) -> Result<GetGroupResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.group_name);
        let read = ctx.read(async |mut tx| {
            tx.pool(pool).await?;
            tx.group(pool, name).await
        });
        Ok(GetGroupResponse { group: Some(shown(&read.await?)) })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ops::groups::bed::{application, group, on, refusals, twin};

    #[tokio::test]
    async fn the_group_of_this_pool_is_shown() {
        let app = application().await;
        twin(&app.server, "team").await;
        group(&app, "team", json!({ "Precedence": 7 })).await;
        let shown = on(&app, "GetGroup", "team", json!({})).await.ok();
        assert_eq!(shown["Group"]["UserPoolId"], app.pool);
        assert_eq!(shown["Group"]["Precedence"], 7);
    }

    #[tokio::test]
    async fn what_cannot_be_is_refused() {
        refusals("GetGroup", json!({})).await;
    }
}
