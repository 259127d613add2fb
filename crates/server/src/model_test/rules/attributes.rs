//! Attributes: changing and deleting them, and verifying an email.

use super::accounts::{Given, by_name, is_email};
use super::recovery::{expired, mismatch};
use super::{HOUR, subject};
use crate::model_test::state::{Budget, Code, Model, Names, No, Said, Uid, User, invalid, no};

/// What follows from AdminUpdateUserAttributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sent {
    Nothing,
    Code,
}

impl Model {
    /// What AdminUpdateUserAttributes and UpdateUserAttributes do; an empty value deletes.
    pub(crate) fn update_attributes(&mut self, pool: usize, uid: Uid, given: &Given) -> Said<Sent> {
        let user = self.user_mut(pool, uid).clone();
        let (after, sent) = self.updated(pool, &user, given)?;
        self.write_attributes(pool, uid, &after)?;
        if let Some(waiting) = after.waiting.as_ref().filter(|_| sent == Sent::Code) {
            // Where an email is given instead of a username, somebody else's is refused at once.
            let mut later = after.clone();
            later.attributes.insert("email".to_owned(), waiting.clone());
            let place = &self.pools[pool];
            let emails = place.names == Names::Email;
            let conflicts = place.conflicts(Some(uid), &place.claims(&user), &later);
            if emails && !conflicts.is_empty() {
                *self.user_mut(pool, uid) = user;
                return Err(alias_taken("email"));
            }
        }
        self.user_mut(pool, uid).waiting = after.waiting;
        Ok(sent)
    }

    /// Sign-ins in progress end when an address, or what is known of it, changes.
    fn write_attributes(&mut self, pool: usize, uid: Uid, after: &User) -> Said<()> {
        let place = &self.pools[pool];
        let before = &place.users[&uid];
        let conflicts = place.conflicts(Some(uid), &place.claims(before), after);
        if let Some((kind, _)) = conflicts.first() {
            return Err(alias_taken(kind));
        }
        let of_address = |user: &User| {
            ["email", "email_verified"].map(|name| user.attributes.get(name).cloned())
        };
        let raised = u64::from(of_address(before) != of_address(after));
        let now = self.now;
        let user = self.user_mut(pool, uid);
        user.stamp += raised;
        user.attributes.clone_from(&after.attributes);
        user.modified = now;
        Ok(())
    }

    fn updated(&self, pool: usize, user: &User, given: &Given) -> Said<(User, Sent)> {
        let given = by_name(given);
        if given.contains_key("custom:nope") {
            return Err(unknown_attribute());
        }
        if given.get("email").is_some_and(|email| !email.is_empty() && !is_email(email)) {
            return Err(invalid("Invalid email address format."));
        }
        let mut after = user.clone();
        for (name, value) in &given {
            match value.is_empty() {
                true => drop(after.attributes.remove(name)),
                false => drop(after.attributes.insert(name.clone(), value.clone())),
            }
        }
        let said = given.get("email_verified").filter(|value| !value.is_empty());
        let (old, new) = (user.attributes.get("email"), after.attributes.get("email").cloned());
        let Some(new) = new else {
            if said.is_some() {
                return Err(invalid("Email is required to verify/un-verify an email"));
            }
            after.attributes.remove("email_verified");
            after.waiting = after.waiting.filter(|_| !given.contains_key("email"));
            return Ok((after, Sent::Nothing));
        };
        if Some(&new) == old || said.is_some_and(|value| value == "true") {
            after.waiting = after.waiting.filter(|_| !given.contains_key("email"));
            return Ok((after, Sent::Nothing));
        }
        if self.pools[pool].new_email_waits {
            for name in ["email", "email_verified"] {
                match user.attributes.get(name) {
                    Some(value) => after.attributes.insert(name.to_owned(), value.clone()),
                    None => after.attributes.remove(name),
                };
            }
            after.waiting = Some(new);
            return Ok((after, Sent::Code));
        }
        after.waiting = None;
        after.attributes.insert("email_verified".to_owned(), "false".to_owned());
        let sent = if self.pools[pool].verifies_email { Sent::Code } else { Sent::Nothing };
        Ok((after, sent))
    }

    /// DeleteUserAttributes and AdminDeleteUserAttributes.
    pub(crate) fn delete_attributes(&mut self, pool: usize, uid: Uid, names: &[&str]) -> Said<()> {
        if names.contains(&"custom:nope") {
            return Err(unknown_attribute());
        }
        let mut after = self.user_mut(pool, uid).clone();
        after.attributes.retain(|name, _| !names.contains(&name.as_str()));
        if !after.attributes.contains_key("email") {
            after.attributes.remove("email_verified");
        }
        self.write_attributes(pool, uid, &after)?;
        if names.contains(&"email") {
            self.user_mut(pool, uid).waiting = None;
        }
        Ok(())
    }

    /// The address that a code is to verify: the one that waits, or the one in force.
    pub(crate) fn address_to_verify(&self, pool: usize, uid: Uid) -> Option<&String> {
        let user = &self.pools[pool].users[&uid];
        user.waiting.as_ref().or(user.attributes.get("email"))
    }

    /// A code that verifies an address was sent.
    pub(crate) fn learn_email_code(&mut self, pool: usize, uid: Uid, code: String) {
        let expires = self.now + 24 * HOUR;
        let address = self.address_to_verify(pool, uid).cloned().unwrap_or_default();
        self.user_mut(pool, uid).email_code = Some(Code { code, address, expires });
    }

    /// GetUserAttributeVerificationCode: where the code goes.
    pub(crate) fn send_email_code(&mut self, pool: usize, uid: Uid, name: &str) -> Said<String> {
        verifiable(name)?;
        let address = self.address_to_verify(pool, uid).cloned();
        let address =
            address.ok_or_else(|| invalid("Email is required to verify/un-verify an email"))?;
        self.spend(pool, &subject(uid), Budget::AttributeCode)?;
        Ok(address)
    }

    /// VerifyUserAttribute.
    pub(crate) fn verify_email(
        &mut self,
        pool: usize,
        uid: Uid,
        name: &str,
        code: &str,
    ) -> Said<()> {
        verifiable(name)?;
        self.spend(pool, &subject(uid), Budget::VerifyAttribute)?;
        let user = self.user_mut(pool, uid).clone();
        let sent = user.email_code.as_ref().filter(|sent| self.now < sent.expires);
        let sent = sent.ok_or_else(expired)?;
        let address = self.address_to_verify(pool, uid).cloned().unwrap_or_default();
        if sent.code != code || sent.address != address {
            return Err(mismatch());
        }
        let mut after = user;
        after.attributes.insert("email".to_owned(), address);
        after.attributes.insert("email_verified".to_owned(), "true".to_owned());
        self.write_attributes(pool, uid, &after)?;
        let user = self.user_mut(pool, uid);
        user.email_code = None;
        user.waiting = None;
        Ok(())
    }
}

fn verifiable(name: &str) -> Said<()> {
    if name == "email" {
        return Ok(());
    }
    Err(invalid(format!("The attribute {name} cannot be verified")))
}

fn unknown_attribute() -> No {
    invalid("Invalid user attributes: user.custom:nope: Attribute does not exist in the schema.\n")
}

fn alias_taken(kind: &str) -> No {
    no("AliasExistsException", format!("An account with the {kind} already exists."))
}
