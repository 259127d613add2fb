//! Groups of users, and what tokens say of them.
//!
//! It decides the order of a user's groups and which role they prefer. It knows nothing of who may
//! change a group.
//!
//! Sources: the page of CreateGroup in the API reference; "Adding groups to a user pool" and
//! "Role-based access control" in the developer guide.

use std::collections::BTreeSet;

use crate::id::PoolId;
use crate::time::Timestamp;

/// Groups that a pool can have.
pub const GROUPS_MAX: i64 = 10_000;
/// Groups that a user can be in.
pub const GROUPS_OF_USER_MAX: i64 = 100;

/// A group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The pool.
    pub pool: PoolId,
    /// Its name, which never changes.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The role that its members can assume.
    pub role_arn: Option<String>,
    /// The lower, the more the group counts; one without counts least.
    pub precedence: Option<i32>,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
}

/// Why an operation on a group was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupRefusal {
    /// No such group.
    NotFound,
    /// There is one with this name.
    Exists,
    /// The pool has [`GROUPS_MAX`].
    TooMany,
    /// The user is in [`GROUPS_OF_USER_MAX`].
    UserInTooMany,
}

/// What tokens say of a user's groups: `cognito:groups`, `cognito:roles` and
/// `cognito:preferred_role`. What is empty is not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupClaims {
    /// The names, by precedence, those without one last.
    pub groups: Vec<String>,
    /// The roles in the same order, each once.
    pub roles: Vec<String>,
    /// The role that counts most, if one does.
    pub preferred_role: Option<String>,
}

impl GroupClaims {
    /// Of the groups that a user is in.
    ///
    /// A role is preferred if it alone has the lowest precedence of all groups with a role: the
    /// same role twice is one role, two roles side by side are none.
    pub fn of(groups: &[Group]) -> Self {
        let mut ordered: Vec<&Group> = groups.iter().collect();
        ordered.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.name.cmp(&b.name)));
        let mut roles = Vec::new();
        let mut best = BTreeSet::new();
        let lowest = ordered.iter().find(|group| group.role_arn.is_some()).map(|group| rank(group));
        for group in &ordered {
            let Some(role) = &group.role_arn else { continue };
            if !roles.contains(role) {
                roles.push(role.clone());
            }
            if Some(rank(group)) == lowest {
                best.insert(role);
            }
        }
        let preferred_role = best.first().filter(|_| best.len() == 1).map(|role| (*role).clone());
        let groups = ordered.iter().map(|group| group.name.clone()).collect();
        Self { groups, roles, preferred_role }
    }
}

/// Where a group stands: those without a precedence last.
fn rank(group: &Group) -> i64 {
    group.precedence.map_or(i64::MAX, i64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Option<&str> = Some("arn:aws:iam::000000000000:role/a");
    const B: Option<&str> = Some("arn:aws:iam::000000000000:role/b");

    fn group((name, precedence, role): (&str, Option<i32>, Option<&str>)) -> Group {
        Group {
            pool: PoolId::new("us-east-1_AAAAAAAAA"),
            name: name.to_owned(),
            description: None,
            role_arn: role.map(str::to_owned),
            precedence,
            created: Timestamp::from_secs(1),
            modified: Timestamp::from_secs(1),
        }
    }

    type Row<'a> = (
        &'a [(&'a str, Option<i32>, Option<&'a str>)],
        &'a [&'a str],
        &'a [Option<&'a str>],
        Option<&'a str>,
    );

    #[test]
    fn a_table_of_groups_and_claims() {
        let table: &[Row<'_>] = &[
            (&[], &[], &[], None),
            (&[("one", None, None)], &["one"], &[], None),
            (&[("one", None, A)], &["one"], &[A], A),
            (&[("z", Some(0), A), ("a", Some(1), B)], &["z", "a"], &[A, B], A),
            (&[("a", None, B), ("z", Some(i32::MAX), A)], &["z", "a"], &[A, B], A),
            // Equal precedence: by name, and no role is preferred unless it is the same one.
            (&[("b", Some(3), B), ("a", Some(3), A)], &["a", "b"], &[A, B], None),
            (&[("b", Some(3), A), ("a", Some(3), A)], &["a", "b"], &[A], A),
            (&[("b", None, B), ("a", None, A)], &["a", "b"], &[A, B], None),
            (&[("b", None, A), ("a", None, A)], &["a", "b"], &[A], A),
            // A tie behind the first does not matter.
            (
                &[("a", Some(1), A), ("b", Some(2), B), ("c", Some(2), A)],
                &["a", "b", "c"],
                &[A, B],
                A,
            ),
            // A group without a role has none to prefer.
            (&[("a", Some(1), None), ("b", Some(2), B)], &["a", "b"], &[B], B),
        ];
        for (groups, names, roles, preferred) in table {
            let groups: Vec<Group> = groups.iter().copied().map(group).collect();
            let expected = GroupClaims {
                groups: names.iter().map(|name| (*name).to_owned()).collect(),
                roles: roles.iter().flatten().map(|role| (*role).to_owned()).collect(),
                preferred_role: preferred.map(str::to_owned),
            };
            assert_eq!(GroupClaims::of(&groups), expected, "{groups:?}");
            let reversed: Vec<Group> = groups.iter().rev().cloned().collect();
            assert_eq!(GroupClaims::of(&reversed), expected, "{groups:?} reversed");
        }
    }
}
