//! Groups of users, and who is in them.
//!
//! A change of a group or of who is in it takes effect on tokens when they are next issued,
//! refreshed ones among them: it revokes nothing.

mod admin_add_user_to_group;
mod admin_list_groups_for_user;
mod admin_remove_user_from_group;
mod create_group;
mod delete_group;
mod get_group;
mod list_groups;
mod list_users_in_group;
mod update_group;

use poolhouse_domain::group::Group;
use poolhouse_wire::shapes::GroupType;

use crate::ops::users::shown::epoch;

/// Items on a page where the request names no limit, or 0.
const PAGE_DEFAULT: i32 = 60;

/// How many items a page has.
fn page_size(limit: Option<i32>) -> i32 {
    limit.filter(|limit| *limit > 0).unwrap_or(PAGE_DEFAULT)
}

/// A group as every operation shows it: what is not set is not there.
fn shown(group: &Group) -> GroupType {
    GroupType {
        creation_date: Some(epoch(group.created)),
        description: group.description.clone(),
        group_name: Some(group.name.clone()),
        last_modified_date: Some(epoch(group.modified)),
        precedence: group.precedence,
        role_arn: group.role_arn.clone(),
        user_pool_id: Some(group.pool.as_str().to_owned()),
    }
}

#[cfg(test)]
mod bed {
    //! What the tests of this family share.

    use poolhouse_domain::group::Group;
    use serde_json::{Value, json};

    use crate::testing::client::{Application, with};
    use crate::testing::{Reply, TestServer};

    pub(super) const NO_GROUP: (&str, &str) = ("ResourceNotFoundException", "Group not found.");
    pub(super) const ROLE_A: &str = "arn:aws:iam::000000000000:role/a";
    pub(super) const ROLE_B: &str = "arn:aws:iam::000000000000:role/b";

    /// A pool with `ada` and `bob` in it.
    pub(super) async fn application() -> Application {
        let app = Application::new(json!({}), json!({})).await;
        app.user("ada").await;
        app.user("bob").await;
        app
    }

    /// Calls an operation on a group of the pool.
    pub(super) async fn on(app: &Application, operation: &str, group: &str, more: Value) -> Reply {
        let request = json!({ "UserPoolId": app.pool, "GroupName": group });
        app.server.admin(operation, with(request, more)).await
    }

    /// Creates a group.
    pub(super) async fn group(app: &Application, name: &str, more: Value) {
        on(app, "CreateGroup", name, more).await.ok();
    }

    /// Puts a user into a group.
    pub(super) async fn join(app: &Application, user: &str, group: &str) {
        let request = json!({ "Username": user });
        assert_eq!(on(app, "AdminAddUserToGroup", group, request).await.ok(), Value::Null);
    }

    /// The names of a user's groups.
    pub(super) async fn groups_of(app: &Application, user: &str) -> Vec<String> {
        let request = json!({ "UserPoolId": app.pool, "Username": user });
        names(&app.server.admin("AdminListGroupsForUser", request).await.ok())
    }

    pub(super) fn names(page: &Value) -> Vec<String> {
        let groups = page["Groups"].as_array().unwrap();
        groups.iter().map(|group| group["GroupName"].as_str().unwrap().to_owned()).collect()
    }

    /// Puts groups into the store: `group0000`, `group0001`, …
    pub(super) async fn many(app: &Application, size: i64) {
        let (pool, now) = (&app.pool_id(), app.server.now());
        let write = app.server.app.db.write(now, async |mut tx| {
            for number in 0..size {
                tx.insert_group(&Group {
                    pool: pool.clone(),
                    name: format!("group{number:04}"),
                    description: None,
                    role_arn: None,
                    precedence: None,
                    created: now,
                    modified: now,
                })
                .await?;
            }
            Ok(())
        });
        write.await.unwrap();
    }

    /// An operation on a group is for signed callers with permission on the pool, and finds no
    /// group in another pool or none.
    pub(super) async fn refusals(operation: &str, more: Value) {
        let app = application().await;
        group(&app, "team", json!({})).await;
        let body = with(json!({ "UserPoolId": app.pool, "GroupName": "team" }), more.clone());
        let reply = app.server.call(operation, body.clone()).await;
        assert_eq!(reply.body["__type"], "MissingAuthenticationTokenException");
        let elsewhere = with(body, json!({ "UserPoolId": "us-east-1_Nowhere00" }));
        app.server
            .admin(operation, elsewhere)
            .await
            .refused("ResourceNotFoundException", "User pool us-east-1_Nowhere00 does not exist.");
        on(&app, operation, "other", more).await.refused(NO_GROUP.0, NO_GROUP.1);
        for name in ["", "two words", &"x".repeat(129)] {
            let reply = on(&app, operation, name, json!({ "Username": "ada" })).await;
            assert_eq!(reply.body["__type"], "InvalidParameterException", "{name}");
        }
    }

    /// A second pool of the server with a group of the same name.
    pub(super) async fn twin(server: &TestServer, group: &str) -> String {
        let made = server.admin("CreateUserPool", json!({ "PoolName": "twin" })).await.ok();
        let pool = made["UserPool"]["Id"].as_str().unwrap().to_owned();
        let request = json!({ "UserPoolId": pool, "GroupName": group });
        server.admin("CreateGroup", request).await.ok();
        pool
    }
}
