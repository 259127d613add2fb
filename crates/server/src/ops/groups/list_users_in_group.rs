//! Lists the users in a group, in pages of at most 60.
//!
//! Differs from AWS / not verified:
//! - Users come in the order of their subjects.
//! - `Limit` 0 is taken for none; a page then has 60 users.
//! - A pagination token is good for an hour, for this group alone. The text for any other is
//!   Poolhouse's own.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_wire::OperationSpec;
use poolhouse_wire::operations::ListUsersInGroup;
use poolhouse_wire::shapes::{ListUsersInGroupRequest, ListUsersInGroupResponse};

use super::page_size;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};
use crate::ops::users::shown::listed;
use crate::page;

impl Operation for ListUsersInGroup {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: ListUsersInGroupRequest,
    ) -> Result<ListUsersInGroupResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.group_name);
        let (size, list) = (page_size(request.limit), [pool.as_str(), name]);
        let open = |token| page::open(ctx.app, Self::NAME, &list, token, ctx.now);
        let after: Option<Sub> = request.next_token.as_deref().map(open).transpose()?;
        let (after, fetch) = (after.as_ref(), i64::from(size).saturating_add(1));
        let read = ctx.read(async |mut tx| {
            let found = tx.pool(pool).await?;
            tx.group(pool, name).await?;
            Ok((found, tx.users_in_group(pool, name, after, fetch).await?))
        });
        let (found, users) = read.await?;
        let (users, last) = page::cut(users, size);
        let last = last.map(|user| user.sub);
        let seal = |last| page::seal(ctx.app, Self::NAME, &list, &last, ctx.now, &mut ctx.rng);
        let schema = found.settings.schema();
        Ok(ListUsersInGroupResponse {
            next_token: last.map(seal).transpose()?,
            users: Some(users.iter().map(|user| listed(schema, user, |_| true)).collect()),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Value, json};

    use crate::ops::groups::bed::{application, group, join, on, refusals, twin};

    const OPERATION: &str = "ListUsersInGroup";
    const BAD: (&str, &str) = ("InvalidParameterException", "Invalid pagination token given.");

    fn usernames(page: &Value) -> Vec<String> {
        let users = page["Users"].as_array().unwrap();
        users.iter().map(|user| user["Username"].as_str().unwrap().to_owned()).collect()
    }

    #[tokio::test]
    async fn members_are_shown_as_a_list_of_users_shows_them() {
        let app = application().await;
        group(&app, "team", json!({})).await;
        assert_eq!(on(&app, OPERATION, "team", json!({})).await.ok(), json!({ "Users": [] }));
        join(&app, "ada", "team").await;
        let page = on(&app, OPERATION, "team", json!({})).await.ok();
        let filter = json!({ "UserPoolId": app.pool, "Filter": "username = \"ada\"" });
        assert_eq!(page, app.server.admin("ListUsers", filter).await.ok());
    }

    #[tokio::test]
    async fn pages_put_together_are_all_members() {
        let app = application().await;
        group(&app, "team", json!({})).await;
        group(&app, "other", json!({})).await;
        join(&app, "bob", "other").await;
        let mut all = BTreeSet::new();
        for number in 0..7 {
            let name = format!("user{number}");
            app.user(&name).await;
            join(&app, &name, "team").await;
            all.insert(name);
        }
        for size in [1, 3, 6, 7, 60] {
            let (mut seen, mut token) = (Vec::new(), Value::Null);
            for _ in 0..all.len() {
                let more = json!({ "Limit": size, "NextToken": token });
                let page = on(&app, OPERATION, "team", more).await.ok();
                seen.extend(usernames(&page));
                token = page["NextToken"].clone();
                if token.is_null() {
                    break;
                }
                assert_eq!(usernames(&page).len(), size);
                let other = on(&app, OPERATION, "other", json!({ "NextToken": token })).await;
                other.refused(BAD.0, BAD.1);
            }
            assert_eq!(seen.len(), all.len());
            assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), all);
        }
    }

    #[tokio::test]
    async fn a_group_of_the_name_in_another_pool_is_another_group() {
        let app = application().await;
        let twin = twin(&app.server, "team").await;
        group(&app, "team", json!({})).await;
        join(&app, "ada", "team").await;
        let request = json!({ "UserPoolId": twin, "GroupName": "team" });
        assert_eq!(app.server.admin(OPERATION, request).await.ok()["Users"], json!([]));
    }

    #[tokio::test]
    async fn what_cannot_be_is_refused() {
        refusals(OPERATION, json!({})).await;
    }
}
