//! Lists the groups of a pool, in pages of at most 60.
//!
//! Differs from AWS / not verified:
//! - Groups come in the order of their names.
//! - `Limit` 0 is taken for none; a page then has 60 groups.
//! - A pagination token is good for an hour, for this pool alone. The text for any other is
//!   Poolhouse's own.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::OperationSpec;
use poolhouse_wire::operations::ListGroups;
use poolhouse_wire::shapes::{ListGroupsRequest, ListGroupsResponse};

use super::{page_size, shown};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};
use crate::page;

impl Operation for ListGroups {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: ListGroupsRequest,
    ) -> Result<ListGroupsResponse> {
        let (pool, size) = (&PoolId::new(request.user_pool_id), page_size(request.limit));
        let list = [pool.as_str()];
        let open = |token| page::open(ctx.app, Self::NAME, &list, token, ctx.now);
        let after: Option<String> = request.next_token.as_deref().map(open).transpose()?;
        let (after, fetch) = (after.as_deref(), i64::from(size).saturating_add(1));
        let read = ctx.read(async |mut tx| {
            tx.pool(pool).await?;
            tx.list_groups(pool, after, fetch).await
        });
        let (groups, last) = page::cut(read.await?, size);
        let last = last.map(|group| group.name);
        let seal = |last| page::seal(ctx.app, Self::NAME, &list, &last, ctx.now, &mut ctx.rng);
        Ok(ListGroupsResponse {
            groups: Some(groups.iter().map(shown).collect()),
            next_token: last.map(seal).transpose()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ops::groups::bed::{application, group, many, names, on, twin};
    use crate::testing::client::with;

    const OPERATION: &str = "ListGroups";
    const BAD: (&str, &str) = ("InvalidParameterException", "Invalid pagination token given.");

    #[tokio::test]
    async fn pages_put_together_are_the_whole_list() {
        let app = application().await;
        twin(&app.server, "elsewhere").await;
        many(&app, 65).await;
        let all: Vec<String> = (0..65).map(|number| format!("group{number:04}")).collect();
        for (limit, size) in [(json!(7), 7), (json!(60), 60), (json!(0), 60), (Value::Null, 60)] {
            let (mut seen, mut token) = (Vec::new(), Value::Null);
            for _ in 0..all.len() {
                let request = json!({ "UserPoolId": app.pool, "Limit": limit, "NextToken": token });
                let page = app.server.admin(OPERATION, request).await.ok();
                token = page["NextToken"].clone();
                seen.extend(names(&page));
                if token.is_null() {
                    break;
                }
                assert_eq!(names(&page).len(), size);
            }
            assert_eq!(seen, all);
        }
    }

    #[tokio::test]
    async fn an_empty_list_is_a_list() {
        let app = application().await;
        let page = app.server.admin(OPERATION, json!({ "UserPoolId": app.pool })).await.ok();
        assert_eq!(page, json!({ "Groups": [] }));
        group(&app, "team", json!({ "Precedence": 1 })).await;
        let page = app.server.admin(OPERATION, json!({ "UserPoolId": app.pool })).await.ok();
        let team = on(&app, "GetGroup", "team", json!({})).await.ok();
        assert_eq!(page, json!({ "Groups": [team["Group"]] }));
    }

    #[tokio::test]
    async fn a_token_continues_its_own_list_only() {
        let app = application().await;
        let twin = twin(&app.server, "elsewhere").await;
        many(&app, 3).await;
        let ask = json!({ "UserPoolId": app.pool, "Limit": 1 });
        let token = app.server.admin(OPERATION, ask.clone()).await.ok()["NextToken"].clone();
        let other = json!({ "UserPoolId": twin, "NextToken": token });
        app.server.admin(OPERATION, other).await.refused(BAD.0, BAD.1);
        let garbage = with(ask.clone(), json!({ "NextToken": "garbage" }));
        app.server.admin(OPERATION, garbage).await.refused(BAD.0, BAD.1);
        let user = json!({ "UserPoolId": app.pool, "Username": "ada", "NextToken": token });
        app.server.admin("AdminListGroupsForUser", user).await.refused(BAD.0, BAD.1);
        let good = with(ask, json!({ "NextToken": token }));
        app.server.admin(OPERATION, good.clone()).await.ok();
        app.server.advance_secs(3600);
        app.server.admin(OPERATION, good).await.refused(BAD.0, BAD.1);
    }

    #[tokio::test]
    async fn callers_and_pools_that_are_not_there_are_refused() {
        let app = application().await;
        let reply = app.server.call(OPERATION, json!({ "UserPoolId": app.pool })).await;
        assert_eq!(reply.body["__type"], "MissingAuthenticationTokenException");
        let nowhere = json!({ "UserPoolId": "us-east-1_Nowhere00" });
        app.server
            .admin(OPERATION, nowhere)
            .await
            .refused("ResourceNotFoundException", "User pool us-east-1_Nowhere00 does not exist.");
        let reply =
            app.server.admin(OPERATION, json!({ "UserPoolId": app.pool, "Limit": 61 })).await;
        assert_eq!(reply.body["__type"], "InvalidParameterException");
    }
}
