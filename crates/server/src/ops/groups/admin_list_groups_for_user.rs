//! Lists the groups that a user is in, by precedence, those without one last.
//!
//! Differs from AWS / not verified:
//! - Groups of the same precedence come in the order of their names.
//! - `Limit` 0 is taken for none; a page then has 60 groups.
//! - A pagination token is good for an hour, for this user alone. The text for any other is
//!   Poolhouse's own. A group whose precedence is changed between two pages may be on both or none.

use poolhouse_domain::error::Result;
use poolhouse_domain::group::Group;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::OperationSpec;
use poolhouse_wire::operations::AdminListGroupsForUser;
use poolhouse_wire::shapes::{AdminListGroupsForUserRequest, AdminListGroupsForUserResponse};

use super::{page_size, shown};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, named_user};
use crate::page;

/// Where a group stands in the list.
type Place = (i64, String);

impl Operation for AdminListGroupsForUser {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminListGroupsForUserRequest,
    ) -> Result<AdminListGroupsForUserResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let read = ctx.read(async |mut tx| {
            let pool = tx.pool(pool).await?;
            let user = named_user(&mut tx, &pool, name).await?;
            let groups = tx.groups_of_user(&pool.id, &user.sub).await?;
            Ok((user, groups))
        });
        let (user, mut groups) = read.await?;
        let list = [pool.as_str(), user.sub.as_str()];
        let open = |token| page::open(ctx.app, Self::NAME, &list, token, ctx.now);
        let after: Option<Place> = request.next_token.as_deref().map(open).transpose()?;
        // There are a hundred at most.
        groups.retain(|group| after.as_ref().is_none_or(|after| place(group) > *after));
        let (groups, last) = page::cut(groups, page_size(request.limit));
        let last = last.map(|group| place(&group));
        let seal = |last| page::seal(ctx.app, Self::NAME, &list, &last, ctx.now, &mut ctx.rng);
        Ok(AdminListGroupsForUserResponse {
            groups: Some(groups.iter().map(shown).collect()),
            next_token: last.map(seal).transpose()?,
        })
    }
}

fn place(group: &Group) -> Place {
    (group.precedence.map_or(i64::MAX, i64::from), group.name.clone())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ops::groups::bed::{application, group, join, names};

    const OPERATION: &str = "AdminListGroupsForUser";
    const BAD: (&str, &str) = ("InvalidParameterException", "Invalid pagination token given.");

    #[tokio::test]
    async fn groups_come_by_precedence_on_pages_of_every_size() {
        let app = application().await;
        for (name, precedence) in [
            ("z-none", json!({})),
            ("a-none", json!({})),
            ("third", json!({ "Precedence": 2_147_483_647 })),
            ("second", json!({ "Precedence": 1 })),
            ("also-second", json!({ "Precedence": 1 })),
            ("first", json!({ "Precedence": 0 })),
        ] {
            group(&app, name, precedence).await;
            join(&app, "ada", name).await;
        }
        let all = ["first", "also-second", "second", "third", "a-none", "z-none"];
        for size in [1, 2, 5, 6, 60] {
            let (mut seen, mut token) = (Vec::new(), Value::Null);
            for _ in 0..all.len() {
                let request = json!({
                    "UserPoolId": app.pool, "Username": "ada", "Limit": size, "NextToken": token,
                });
                let page = app.server.admin(OPERATION, request).await.ok();
                seen.extend(names(&page));
                token = page["NextToken"].clone();
                if token.is_null() {
                    break;
                }
            }
            assert_eq!(seen, all, "{size}");
        }
    }

    #[tokio::test]
    async fn a_token_is_good_for_its_user() {
        let app = application().await;
        for name in ["one", "two"] {
            group(&app, name, json!({})).await;
            join(&app, "ada", name).await;
            join(&app, "bob", name).await;
        }
        let ask = |user: &str, token: &Value| json!({ "UserPoolId": app.pool, "Username": user, "Limit": 1, "NextToken": token });
        let page = app.server.admin(OPERATION, ask("ada", &Value::Null)).await.ok();
        let token = &page["NextToken"];
        app.server.admin(OPERATION, ask("bob", token)).await.refused(BAD.0, BAD.1);
        let rest = app.server.admin(OPERATION, ask("ada", token)).await.ok();
        assert_eq!((names(&rest), rest.get("NextToken")), (vec!["two".to_owned()], None));
    }

    #[tokio::test]
    async fn a_user_who_comes_again_is_in_no_group() {
        let app = application().await;
        group(&app, "team", json!({})).await;
        join(&app, "ada", "team").await;
        let ada = json!({ "UserPoolId": app.pool, "Username": "ada" });
        app.server.admin("AdminDeleteUser", ada.clone()).await.ok();
        let nobody = app.server.admin(OPERATION, ada.clone()).await;
        nobody.refused("UserNotFoundException", "User does not exist.");
        app.user("ada").await;
        let page = app.server.admin(OPERATION, ada.clone()).await.ok();
        assert_eq!(page, json!({ "Groups": [] }));
        let reply = app.server.call(OPERATION, ada).await;
        assert_eq!(reply.body["__type"], "MissingAuthenticationTokenException");
    }
}
