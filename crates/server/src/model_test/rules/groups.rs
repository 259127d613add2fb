//! Groups, and what tokens say of them.

use serde_json::{Value, json};

use crate::model_test::state::{Group, Model, No, Said, Uid, User, epoch, no};

/// What a request says of a group.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wish {
    pub(crate) description: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) precedence: Option<i64>,
}

pub(crate) fn missing_group() -> No {
    no("ResourceNotFoundException", "Group not found.")
}

impl Model {
    pub(crate) fn create_group(&mut self, pool: usize, name: &str, wish: &Wish) -> Said<()> {
        let now = self.now;
        let groups = &mut self.pools[pool].groups;
        if groups.contains_key(name) {
            return Err(no("GroupExistsException", "A group with the name already exists."));
        }
        let Wish { description, role, precedence } = wish.clone();
        let group = Group { description, role, precedence, created: now, modified: now };
        groups.insert(name.to_owned(), group);
        Ok(())
    }

    /// What is not said stays.
    pub(crate) fn update_group(&mut self, pool: usize, name: &str, wish: &Wish) -> Said<()> {
        let now = self.now;
        let group = self.pools[pool].groups.get_mut(name).ok_or_else(missing_group)?;
        let wish = wish.clone();
        group.description = wish.description.or(group.description.take());
        group.role = wish.role.or(group.role.take());
        group.precedence = wish.precedence.or(group.precedence);
        group.modified = now;
        Ok(())
    }

    pub(crate) fn delete_group(&mut self, pool: usize, name: &str) -> Said<()> {
        let place = &mut self.pools[pool];
        place.groups.remove(name).ok_or_else(missing_group)?;
        for user in place.users.values_mut() {
            user.groups.remove(name);
        }
        Ok(())
    }

    /// Puts a user into a group or takes them out; the group is looked for first.
    pub(crate) fn join(&mut self, pool: usize, group: &str, user: &str, joins: bool) -> Said<()> {
        if !self.pools[pool].groups.contains_key(group) {
            return Err(missing_group());
        }
        let uid = self.named(pool, user)?;
        let groups = &mut self.user_mut(pool, uid).groups;
        match joins {
            true => groups.insert(group.to_owned()),
            false => groups.remove(group),
        };
        Ok(())
    }

    pub(crate) fn shown_group(&self, pool: usize, name: &str) -> Said<Value> {
        let place = &self.pools[pool];
        let group = place.groups.get(name).ok_or_else(missing_group)?;
        let mut shown = json!({
            "GroupName": name, "UserPoolId": place.id, "CreationDate": epoch(group.created),
            "LastModifiedDate": epoch(group.modified),
        });
        if let Some(description) = &group.description {
            shown["Description"] = description.clone().into();
        }
        if let Some(role) = &group.role {
            shown["RoleArn"] = role.clone().into();
        }
        if let Some(precedence) = group.precedence {
            shown["Precedence"] = precedence.into();
        }
        Ok(shown)
    }

    /// The groups of a user: by precedence, those without one last, then by name.
    pub(crate) fn groups_of(&self, pool: usize, uid: Uid) -> Vec<(String, Group)> {
        let place = &self.pools[pool];
        let user: &User = &place.users[&uid];
        let mut groups: Vec<(String, Group)> =
            user.groups.iter().map(|name| (name.clone(), place.groups[name].clone())).collect();
        groups.sort_by_key(|(name, group)| (group.precedence.unwrap_or(i64::MAX), name.clone()));
        groups
    }

    /// What tokens say of a user's groups; of their roles only ID tokens do.
    pub(crate) fn claim_groups(&self, pool: usize, uid: Uid, access: &mut Value, id: &mut Value) {
        let groups = self.groups_of(pool, uid);
        if groups.is_empty() {
            return;
        }
        let names: Vec<&String> = groups.iter().map(|(name, _)| name).collect();
        access["cognito:groups"] = json!(names);
        id["cognito:groups"] = json!(names);
        let with_role = || groups.iter().filter_map(|(_, g)| Some((g.role.clone()?, g.precedence)));
        let mut roles: Vec<String> = Vec::new();
        for (role, _) in with_role() {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        let Some((first, lowest)) = with_role().next() else { return };
        id["cognito:roles"] = json!(roles);
        // Two roles side by side: none is preferred.
        if with_role().filter(|(_, rank)| *rank == lowest).all(|(role, _)| role == first) {
            id["cognito:preferred_role"] = first.into();
        }
    }
}
