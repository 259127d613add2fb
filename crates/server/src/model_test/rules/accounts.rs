//! Users: how they come, are confirmed, changed and go.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    HOUR, Hash, Purpose, check_hash, check_policy, limit_exceeded, looks_like_email,
    missing_parameter, nobody, subject,
};
use crate::model_test::state::{
    At, Budget, Code, Guess, Model, Names, Said, Status, Uid, User, bad_credentials, disabled,
    invalid, missing_user, no, not_authorized,
};

/// How long a temporary password works.
const TEMPORARY_MS: i64 = 7 * 24 * HOUR;

/// What a request says of attributes, in its order.
pub(crate) type Given = [(&'static str, String)];

/// What ResendConfirmationCode did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Resent {
    To(Uid),
    /// Pretended for a name that belongs to nobody.
    ToNobody,
}

pub(crate) fn by_name(given: &Given) -> BTreeMap<String, String> {
    given.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

/// How an email address looks that could be one.
pub(crate) fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
}

impl Model {
    /// A new user of this pool, not yet in it.
    fn new_user(&self, pool: usize, name: &str, password: &str, given: &Given) -> Said<User> {
        let place = &self.pools[pool];
        let mut attributes = by_name(given);
        attributes.retain(|_, value| !value.is_empty());
        if place.names == Names::Email {
            attributes.entry("email".to_owned()).or_insert(name.to_owned());
        }
        if attributes.contains_key("custom:nope") {
            return Err(invalid(
                "Attributes did not conform to the schema: custom:nope: Attribute does not exist \
                 in the schema.\n",
            ));
        }
        if attributes.get("email").is_some_and(|email| !is_email(email)) {
            return Err(invalid("Invalid email address format."));
        }
        Ok(User {
            sub: String::new(),
            username: if place.names == Names::Email { String::new() } else { place.key(name) },
            status: Status::Unconfirmed,
            enabled: true,
            attributes,
            password: password.to_owned(),
            temporary_until: None,
            stamp: 0,
            totp: None,
            totp_pending: None,
            totp_active: false,
            totp_preferred: false,
            devices: BTreeMap::new(),
            groups: BTreeSet::new(),
            sign_up_code: None,
            email_code: None,
            reset_code: None,
            waiting: None,
            created: self.now,
            modified: self.now,
        })
    }

    fn check_new_name(&self, pool: usize, name: &str) -> Said<()> {
        match (self.pools[pool].names, looks_like_email(name)) {
            (Names::Email, false) => Err(invalid("Username should be an email.")),
            (Names::Alias, true) => Err(invalid(
                "Username cannot be of email format, since user pool is configured for email \
                 alias.",
            )),
            (Names::Own, _) | (Names::Alias, false) | (Names::Email, true) => Ok(()),
        }
    }

    fn add(&mut self, pool: usize, user: User) -> Uid {
        let uid = self.next_uid;
        self.next_uid += 1;
        self.pools[pool].users.insert(uid, user);
        uid
    }

    /// By whatever name another user is found: as theirs, as an alias, as a subject.
    fn username_is_taken(&self, pool: usize, user: &User) -> bool {
        let place = &self.pools[pool];
        place.names != Names::Email && place.find(&user.username, Purpose::Admin).is_some()
    }

    /// SignUp; the user's subject is learned, and the code, if there is an address for one.
    pub(crate) fn sign_up(
        &mut self,
        at: At,
        name: &str,
        password: &str,
        given: &Given,
        hash: Hash,
    ) -> Said<(Uid, bool)> {
        check_hash(self.client(at), hash)?;
        self.check_new_name(at.pool, name)?;
        check_policy(password)?;
        if given.iter().any(|(name, _)| *name == "email_verified") {
            return Err(not_authorized("A client attempted to write unauthorized attribute"));
        }
        let user = self.new_user(at.pool, name, password, given)?;
        let place = &self.pools[at.pool];
        if place.names == Names::Alias && user.attributes.contains_key("preferred_username") {
            return Err(invalid(
                "Preferred username cannot be provided for unconfirmed account, since user pool \
                 is configured for preferred username alias.",
            ));
        }
        if self.username_is_taken(at.pool, &user) {
            return Err(no("UsernameExistsException", "User already exists"));
        }
        if let Some((kind, _)) = place.conflicts(None, &BTreeMap::new(), &user).first() {
            return Err(place.taken(kind));
        }
        let sends = place.verifies_email && user.attributes.contains_key("email");
        Ok((self.add(at.pool, user), sends))
    }

    /// A code that confirms a sign-up was sent.
    pub(crate) fn learn_sign_up_code(&mut self, pool: usize, uid: Uid, code: String) {
        let expires = self.now + 24 * HOUR;
        let user = self.user_mut(pool, uid);
        let address = user.attributes.get("email").cloned().unwrap_or_default();
        user.sign_up_code = Some(Code { code, address, expires });
    }

    pub(crate) fn confirm_sign_up(
        &mut self,
        at: At,
        name: &str,
        code: &str,
        force: bool,
        hash: Hash,
    ) -> Said<()> {
        let client = self.client(at).clone();
        check_hash(&client, hash)?;
        let expired =
            || no("ExpiredCodeException", "Invalid code provided, please request a code again.");
        let pool = at.pool;
        let Some(uid) = self.pools[pool].find(name, Purpose::Public) else {
            if !client.hides_users {
                return Err(missing_user());
            }
            let hidden = nobody(&self.pools[pool].key(name));
            self.spend(pool, &hidden, Budget::ConfirmSignUp)?;
            return Err(expired());
        };
        let user = self.user_mut(pool, uid).clone();
        if !user.enabled {
            return Err(disabled());
        }
        if user.status != Status::Unconfirmed {
            let status = user.status.text();
            return Err(not_authorized(&format!(
                "User cannot be confirmed. Current status is {status}"
            )));
        }
        self.spend(pool, &subject(uid), Budget::ConfirmSignUp)?;
        let sent = user.sign_up_code.as_ref().filter(|sent| self.now < sent.expires);
        let sent = sent.ok_or_else(expired)?;
        let address = user.attributes.get("email").map(String::as_str).unwrap_or_default();
        if sent.code != code || sent.address != address {
            return Err(no(
                "CodeMismatchException",
                "Invalid verification code provided, please try again.",
            ));
        }
        let mut after = user.clone();
        after.status = Status::Confirmed;
        after.attributes.insert("email_verified".to_owned(), "true".to_owned());
        after.sign_up_code = None;
        self.claim(pool, uid, &user, &after, force)?;
        after.stamp += 1;
        after.modified = self.now;
        *self.user_mut(pool, uid) = after;
        Ok(())
    }

    /// Gives a user the aliases of a change, or says which is taken. `force` takes emails from
    /// whoever holds them.
    fn claim(
        &mut self,
        pool: usize,
        uid: Uid,
        before: &User,
        after: &User,
        force: bool,
    ) -> Said<()> {
        let place = &self.pools[pool];
        let conflicts = place.conflicts(Some(uid), &place.claims(before), after);
        self.take(pool, &conflicts, force)
    }

    fn take(&mut self, pool: usize, conflicts: &[(&'static str, Uid)], force: bool) -> Said<()> {
        let moves = |kind: &str| force && kind == "email" && self.pools[pool].names == Names::Alias;
        if let Some((kind, _)) = conflicts.iter().find(|(kind, _)| !moves(kind)) {
            return Err(self.pools[pool].taken(kind));
        }
        for (_, loser) in conflicts {
            let loser = self.change(pool, *loser);
            loser.attributes.insert("email_verified".to_owned(), "false".to_owned());
        }
        Ok(())
    }

    pub(crate) fn resend_code(&mut self, at: At, name: &str, hash: Hash) -> Said<Resent> {
        let client = self.client(at).clone();
        check_hash(&client, hash)?;
        let pool = at.pool;
        let nothing = || invalid("Auto verification not turned on.");
        let Some(uid) = self.pools[pool].find(name, Purpose::Public) else {
            if !client.hides_users {
                return Err(missing_user());
            }
            if !self.pools[pool].verifies_email {
                return Err(nothing());
            }
            let hidden = nobody(&self.pools[pool].key(name));
            self.spend(pool, &hidden, Budget::Resend)?;
            return Ok(Resent::ToNobody);
        };
        let place = &self.pools[pool];
        let user = &place.users[&uid];
        if !user.enabled {
            return Err(disabled());
        }
        if user.status != Status::Unconfirmed {
            return Err(invalid("User is already confirmed."));
        }
        if !place.verifies_email || !user.attributes.contains_key("email") {
            return Err(nothing());
        }
        self.spend(pool, &subject(uid), Budget::Resend)?;
        Ok(Resent::To(uid))
    }

    pub(crate) fn admin_confirm_sign_up(&mut self, pool: usize, name: &str) -> Said<()> {
        let uid = self.named(pool, name)?;
        let user = self.user_mut(pool, uid).clone();
        if user.status != Status::Unconfirmed {
            let status = user.status.text();
            return Err(not_authorized(&format!(
                "User cannot be confirmed. Current status is {status}"
            )));
        }
        let after = User { status: Status::Confirmed, ..user.clone() };
        self.claim(pool, uid, &user, &after, false)?;
        self.change(pool, uid).status = Status::Confirmed;
        Ok(())
    }

    pub(crate) fn admin_create(
        &mut self,
        pool: usize,
        name: &str,
        password: &str,
        given: &Given,
        force: bool,
        invite: bool,
    ) -> Said<Uid> {
        self.check_new_name(pool, name)?;
        let mut user = self.new_user(pool, name, password, given)?;
        user.status = Status::ForceChange;
        user.temporary_until = Some(self.now + TEMPORARY_MS);
        if user.attributes.contains_key("email_verified") && !user.attributes.contains_key("email")
        {
            return Err(invalid("Email is required to verify/un-verify an email"));
        }
        check_policy(password)?;
        if invite && !user.attributes.contains_key("email") {
            return Err(invalid("The user has no email that the invitation could be sent to"));
        }
        if self.username_is_taken(pool, &user) {
            return Err(no("UsernameExistsException", "User account already exists"));
        }
        let conflicts = self.pools[pool].conflicts(None, &BTreeMap::new(), &user);
        self.take(pool, &conflicts, force)?;
        Ok(self.add(pool, user))
    }

    pub(crate) fn invite_again(&mut self, pool: usize, name: &str, password: &str) -> Said<Uid> {
        let uid = self.named(pool, name)?;
        if self.user_mut(pool, uid).status != Status::ForceChange {
            return Err(no(
                "UnsupportedUserStateException",
                format!("Resend not possible. {name} status is not FORCE_CHANGE_PASSWORD"),
            ));
        }
        check_policy(password)?;
        let until = self.now + TEMPORARY_MS;
        let user = self.change(pool, uid);
        user.password = password.to_owned();
        user.temporary_until = Some(until);
        Ok(uid)
    }

    pub(crate) fn set_password(
        &mut self,
        pool: usize,
        name: &str,
        password: &str,
        permanent: bool,
    ) -> Said<()> {
        let uid = self.named(pool, name)?;
        check_policy(password)?;
        let user = self.user_mut(pool, uid).clone();
        let status = if permanent { Status::Confirmed } else { Status::ForceChange };
        let after = User { status, ..user.clone() };
        self.claim(pool, uid, &user, &after, false)?;
        let until = (!permanent).then_some(self.now + TEMPORARY_MS);
        let user = self.change(pool, uid);
        user.status = status;
        user.password = password.to_owned();
        user.temporary_until = until;
        Ok(())
    }

    /// ChangePassword of the bearer.
    pub(crate) fn change_password(
        &mut self,
        pool: usize,
        uid: Uid,
        previous: Option<&str>,
        proposed: &str,
    ) -> Said<()> {
        let user = self.user_mut(pool, uid).clone();
        if user.status != Status::Confirmed {
            return Err(not_authorized("User password cannot be reset in the current state."));
        }
        check_policy(proposed)?;
        let previous = previous.ok_or_else(|| missing_parameter("PreviousPassword"))?;
        let who = subject(uid);
        if !self.can_spend(pool, &who, Budget::ChangePassword) {
            return Err(limit_exceeded());
        }
        self.charge(pool, &who, Guess::Password)?;
        self.spend(pool, &who, Budget::ChangePassword)?;
        if user.password != previous {
            return Err(bad_credentials());
        }
        self.clear(pool, &who, Guess::Password);
        let user = self.change(pool, uid);
        user.password = proposed.to_owned();
        user.temporary_until = None;
        Ok(())
    }

    pub(crate) fn set_enabled(&mut self, pool: usize, name: &str, enabled: bool) -> Said<()> {
        let uid = self.named(pool, name)?;
        if !enabled {
            self.revoke_all(uid);
        }
        if self.user_mut(pool, uid).enabled != enabled {
            self.change(pool, uid).enabled = enabled;
        }
        Ok(())
    }

    pub(crate) fn delete(&mut self, pool: usize, uid: Uid) {
        self.pools[pool].users.remove(&uid);
    }
}
