//! Forgotten passwords.

use super::{HOUR, Hash, Purpose, check_hash, check_policy, nobody, subject};
use crate::model_test::state::{
    At, Budget, Code, Guess, Model, No, Said, Status, Uid, User, disabled, invalid, no,
    not_authorized,
};

/// What ForgotPassword did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Forgotten {
    /// A code goes to this user's email.
    Sent(Uid),
    /// It seems so.
    Pretended,
}

pub(crate) fn expired() -> No {
    no("ExpiredCodeException", "Invalid code provided, please request a code again.")
}

pub(crate) fn mismatch() -> No {
    no("CodeMismatchException", "Invalid verification code provided, please try again.")
}

fn nobody_to_recover() -> No {
    no("UserNotFoundException", "Username/client id combination not found.")
}

/// Whose password can be reset.
fn check_state(user: &User, by_administrator: bool) -> Said<()> {
    if !user.enabled {
        return Err(disabled());
    }
    match user.status {
        Status::Confirmed | Status::ResetRequired => Ok(()),
        Status::Unconfirmed if !by_administrator => Ok(()),
        Status::Unconfirmed | Status::ForceChange => {
            Err(not_authorized("User password cannot be reset in the current state."))
        }
    }
}

/// A code goes to a verified address alone.
fn check_address(user: &User) -> Said<()> {
    let has = |name: &str| user.attributes.get(name);
    if has("email").is_some() && has("email_verified").is_some_and(|value| value == "true") {
        return Ok(());
    }
    Err(invalid(
        "Cannot reset password for the user as there is no registered/verified email or \
         phone_number",
    ))
}

impl Model {
    pub(crate) fn forgot_password(&mut self, at: At, name: &str, hash: Hash) -> Said<Forgotten> {
        let client = self.client(at).clone();
        check_hash(&client, hash)?;
        let pool = at.pool;
        let who = match self.pools[pool].find(name, Purpose::Public) {
            Some(uid) => {
                let user = &self.pools[pool].users[&uid];
                match check_state(user, false).and_then(|()| check_address(user)) {
                    Ok(()) => {
                        self.spend(pool, &subject(uid), Budget::Forgot)?;
                        return Ok(Forgotten::Sent(uid));
                    }
                    Err(_) if client.hides_users => subject(uid),
                    Err(no) => return Err(no),
                }
            }
            None if client.hides_users => nobody(&self.pools[pool].key(name)),
            None => return Err(nobody_to_recover()),
        };
        self.spend(pool, &who, Budget::Forgot)?;
        let until = self.now + HOUR;
        self.pools[pool].seeming.insert(who, until);
        Ok(Forgotten::Pretended)
    }

    /// A code for a new password was sent.
    pub(crate) fn learn_reset_code(&mut self, pool: usize, uid: Uid, code: String) {
        let expires = self.now + HOUR;
        let user = self.user_mut(pool, uid);
        let address = user.attributes["email"].clone();
        user.reset_code = Some(Code { code, address, expires });
    }

    pub(crate) fn admin_reset(&mut self, pool: usize, name: &str) -> Said<Uid> {
        let uid = self.named(pool, name)?;
        let user = &self.pools[pool].users[&uid];
        check_state(user, true)?;
        check_address(user)?;
        self.change(pool, uid).status = Status::ResetRequired;
        Ok(uid)
    }

    pub(crate) fn confirm_forgot(
        &mut self,
        at: At,
        name: &str,
        code: &str,
        password: &str,
        hash: Hash,
    ) -> Said<()> {
        let client = self.client(at).clone();
        check_hash(&client, hash)?;
        check_policy(password)?;
        let pool = at.pool;
        let (who, uid) = match self.pools[pool].find(name, Purpose::Public) {
            Some(uid) => match check_state(&self.pools[pool].users[&uid], false) {
                Ok(()) => (subject(uid), Some(uid)),
                Err(_) if client.hides_users => (subject(uid), None),
                Err(no) => return Err(no),
            },
            None if client.hides_users => (nobody(&self.pools[pool].key(name)), None),
            None => return Err(nobody_to_recover()),
        };
        self.spend(pool, &who, Budget::ConfirmForgot)?;
        let now = self.now;
        let known = self.pools[pool].find(name, Purpose::Public);
        let sent = known.and_then(|uid| self.pools[pool].users[&uid].reset_code.clone());
        let sent = sent.filter(|sent| now < sent.expires);
        let seems = self.pools[pool].seeming.get(&who).is_some_and(|until| now < *until);
        if sent.is_none() && !seems {
            return Err(expired());
        }
        let (Some(sent), Some(uid)) = (sent, uid) else { return Err(mismatch()) };
        let user = self.user_mut(pool, uid).clone();
        if sent.code != code || user.attributes.get("email") != Some(&sent.address) {
            return Err(mismatch());
        }
        self.recover(pool, uid, user, password)
    }

    /// The address is verified, unless another holds it by now.
    fn recover(&mut self, pool: usize, uid: Uid, user: User, password: &str) -> Said<()> {
        let place = &self.pools[pool];
        let held = place.claims(&user);
        let mut after = User { status: Status::Confirmed, ..user.clone() };
        after.attributes.insert("email_verified".to_owned(), "true".to_owned());
        if !place.conflicts(Some(uid), &held, &after).is_empty() {
            after.attributes = user.attributes;
        }
        if let Some((kind, _)) = place.conflicts(Some(uid), &held, &after).first() {
            return Err(place.taken(kind));
        }
        self.clear(pool, &subject(uid), Guess::Password);
        let user = self.change(pool, uid);
        user.status = Status::Confirmed;
        user.attributes = after.attributes;
        user.password = password.to_owned();
        user.temporary_until = None;
        user.reset_code = None;
        Ok(())
    }
}
