//! Steps of groups.

use serde_json::{Value, json};

use super::accounts::listed;
use crate::model_test::chance::Rng;
use crate::model_test::rules::groups::{Wish, missing_group};
use crate::model_test::state::Uid;
use crate::model_test::world::{Step, World};

const ROLES: [&str; 2] = ["arn:aws:iam::000000000000:role/a", "arn:aws:iam::000000000000:role/b"];

fn some_wish(r: &mut Rng) -> Wish {
    Wish {
        description: r.percent(30).then(|| r.pick(&["one", "two"]).to_owned()),
        role: r.percent(60).then(|| r.pick(&ROLES).to_owned()),
        precedence: r.percent(70).then(|| r.pick(&[0, 1, 2])),
    }
}

impl World {
    fn some_group(&self, r: &mut Rng) -> String {
        r.pick(&["red", "blue", "green", "gold"]).to_owned()
    }

    fn of_group(&self, pool: usize, name: &str) -> Value {
        json!({ "UserPoolId": self.model.pools[pool].id, "GroupName": name })
    }

    /// Creates a group or changes it.
    pub(super) async fn set_group(&mut self, r: &mut Rng) -> Step {
        let (pool, name, wish) = (self.some_pool(r), self.some_group(r), some_wish(r));
        let known = self.model.pools[pool].groups.contains_key(&name);
        let creates = known == r.percent(20);
        let said = match creates {
            true => self.model.create_group(pool, &name, &wish),
            false => self.model.update_group(pool, &name, &wish),
        };
        let mut request = self.of_group(pool, &name);
        if let Some(description) = wish.description {
            request["Description"] = description.into();
        }
        if let Some(role) = wish.role {
            request["RoleArn"] = role.into();
        }
        if let Some(precedence) = wish.precedence {
            request["Precedence"] = precedence.into();
        }
        let expected =
            said.and_then(|()| Ok(json!({ "Group": self.model.shown_group(pool, &name)? })));
        let operation = if creates { "CreateGroup" } else { "UpdateGroup" };
        self.call(operation, true, request, expected).await.map(drop)
    }

    pub(super) async fn delete_group(&mut self, r: &mut Rng) -> Step {
        let (pool, name) = (self.some_pool(r), self.some_group(r));
        let expected = self.model.delete_group(pool, &name).map(|()| Value::Null);
        self.call("DeleteGroup", true, self.of_group(pool, &name), expected).await.map(drop)
    }

    pub(super) async fn join_group(&mut self, r: &mut Rng) -> Step {
        let (pool, group) = (self.some_pool(r), self.some_group(r));
        let (user, joins) = (self.some_name(r, pool), r.percent(70));
        let said = self.model.join(pool, &group, &user, joins);
        let mut request = self.of_group(pool, &group);
        request["Username"] = user.into();
        let operation = if joins { "AdminAddUserToGroup" } else { "AdminRemoveUserFromGroup" };
        self.call(operation, true, request, said.map(|()| Value::Null)).await.map(drop)
    }

    /// Looks at groups: one, all, those of a user, or who is in one.
    pub(super) async fn look_at_groups(&mut self, r: &mut Rng) -> Step {
        let (pool, name) = (self.some_pool(r), self.some_group(r));
        let size = r.pick(&[1, 2, 60]);
        match r.below(4) {
            0 => {
                let expected = self.model.shown_group(pool, &name);
                let expected = expected.map(|group| json!({ "Group": group }));
                self.call("GetGroup", true, self.of_group(pool, &name), expected).await.map(drop)
            }
            1 => {
                let names: Vec<String> = self.model.pools[pool].groups.keys().cloned().collect();
                let all = names.iter().map(|name| self.model.shown_group(pool, name).unwrap());
                let request = json!({ "UserPoolId": self.model.pools[pool].id });
                let all = all.collect();
                self.in_pages("ListGroups", request, "Groups", all, size).await
            }
            2 => {
                let user = self.some_name(r, pool);
                let request = json!({ "UserPoolId": self.model.pools[pool].id, "Username": user });
                let uid = match self.model.named(pool, &user) {
                    Ok(uid) => uid,
                    Err(no) => {
                        let operation = "AdminListGroupsForUser";
                        return self.call(operation, true, request, Err(no)).await.map(drop);
                    }
                };
                let groups = self.model.groups_of(pool, uid);
                let all = groups.iter().map(|(name, _)| self.model.shown_group(pool, name));
                let all = all.map(Result::unwrap).collect();
                self.in_pages("AdminListGroupsForUser", request, "Groups", all, size).await
            }
            _ => {
                let request = self.of_group(pool, &name);
                let place = &self.model.pools[pool];
                if !place.groups.contains_key(&name) {
                    let expected = Err(missing_group());
                    return self.call("ListUsersInGroup", true, request, expected).await.map(drop);
                }
                let members = place.users.iter().filter(|(_, user)| user.groups.contains(&name));
                let mut members: Vec<Uid> = members.map(|(uid, _)| *uid).collect();
                members.sort_by_key(|uid| place.users[uid].sub.clone());
                let all = members.iter().map(|uid| listed(&self.model, pool, *uid)).collect();
                self.in_pages("ListUsersInGroup", request, "Users", all, size).await
            }
        }
    }

    /// P8: in pages, each item once.
    async fn in_pages(
        &mut self,
        operation: &'static str,
        request: Value,
        member: &str,
        all: Vec<Value>,
        size: usize,
    ) -> Step {
        let (mut rest, mut next) = (all.as_slice(), None);
        loop {
            let (page, after) = rest.split_at(rest.len().min(size));
            let mut request = request.clone();
            request["Limit"] = size.into();
            if let Some(token) = next.take() {
                request["NextToken"] = token;
            }
            let mut expected = json!({ member: page });
            if !after.is_empty() {
                expected["NextToken"] = "*".into();
            }
            let body = self.call(operation, true, request, Ok(expected)).await?;
            if after.is_empty() {
                return Ok(());
            }
            rest = after;
            next = body.map(|body| body["NextToken"].clone());
        }
    }
}
