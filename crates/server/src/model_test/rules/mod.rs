//! The rules, written from the specification a second time: names, guesses and budgets here, the
//! rest in one file per subject.

pub(crate) mod accounts;
pub(crate) mod attributes;
pub(crate) mod choice;
pub(crate) mod devices;
pub(crate) mod factors;
pub(crate) mod groups;
pub(crate) mod proofs;
pub(crate) mod recovery;
pub(crate) mod sign_in;
pub(crate) mod tokens;

use std::collections::BTreeMap;

use super::state::{
    Attempts, Budget, Client, Guess, Model, Names, No, Pool, Said, Spent, Status, Uid, User,
    invalid, no, not_authorized,
};

const SECOND: i64 = 1000;
const HOUR: i64 = 3600 * SECOND;

/// What a name is given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Public,
    Admin,
}

/// What a request says of a client's secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hash {
    None,
    Right,
    Wrong,
}

pub(crate) fn check_hash(client: &Client, hash: Hash) -> Said<()> {
    let id = &client.id;
    match (&client.secret, hash) {
        (None, Hash::None) | (Some(_), Hash::Right) => Ok(()),
        (Some(_), Hash::None) => Err(not_authorized(&format!(
            "Client {id} is configured with secret but SECRET_HASH was not received"
        ))),
        (None, _) | (Some(_), Hash::Wrong) => {
            Err(not_authorized(&format!("Unable to verify secret hash for client {id}")))
        }
    }
}

pub(crate) fn looks_like_email(text: &str) -> bool {
    text.contains('@')
}

pub(crate) fn looks_like_subject(text: &str) -> bool {
    text.len() == 36 && text.split('-').count() == 5
}

/// The default policy: eight characters, one of each class.
pub(crate) fn check_policy(password: &str) -> Said<()> {
    let has = |class: fn(&char) -> bool| password.chars().any(|c| class(&c));
    let reason = if password.chars().count() < 8 {
        "Password not long enough"
    } else if !has(char::is_ascii_uppercase) {
        "Password must have uppercase characters"
    } else if !has(char::is_ascii_lowercase) {
        "Password must have lowercase characters"
    } else if !has(char::is_ascii_digit) {
        "Password must have numeric characters"
    } else if !has(char::is_ascii_punctuation) {
        "Password must have symbol characters"
    } else {
        return Ok(());
    };
    let text = format!("Password did not conform with policy: {reason}");
    Err(no("InvalidPasswordException", text))
}

impl Pool {
    /// A name or address as it is compared.
    pub(crate) fn key(&self, text: &str) -> String {
        if self.case_sensitive { text.to_owned() } else { text.to_lowercase() }
    }

    /// Whom a name means: a username before an email, that before a preferred username, and a
    /// subject for administrators alone.
    pub(crate) fn find(&self, name: &str, purpose: Purpose) -> Option<Uid> {
        let key = self.key(name);
        let by = |test: &dyn Fn(&User) -> bool| {
            self.users.iter().find(|(_, user)| test(user)).map(|(uid, _)| *uid)
        };
        let holds = |kind: &'static str| {
            let key = key.clone();
            by(&move |user: &User| self.claims(user).get(kind) == Some(&key))
        };
        by(&|user| self.key(&user.username) == key)
            .or_else(|| holds("email"))
            .or_else(|| holds("preferred_username"))
            .or_else(|| match purpose {
                Purpose::Admin => by(&|user| user.sub == name),
                Purpose::Public => None,
            })
    }

    /// The aliases that a user holds.
    pub(crate) fn claims(&self, user: &User) -> BTreeMap<&'static str, String> {
        let mut claims = BTreeMap::new();
        let email = user.attributes.get("email");
        let verified = user.attributes.get("email_verified").is_some_and(|value| value == "true");
        match self.names {
            Names::Own => {}
            Names::Email => {
                claims.extend(email.map(|email| ("email", self.key(email))));
            }
            Names::Alias => {
                claims.extend(email.filter(|_| verified).map(|email| ("email", self.key(email))));
                let preferred = user.attributes.get("preferred_username");
                let preferred =
                    preferred.filter(|name| !looks_like_email(name) && !looks_like_subject(name));
                if user.status != Status::Unconfirmed {
                    claims.extend(preferred.map(|name| ("preferred_username", self.key(name))));
                }
            }
        }
        claims
    }

    /// Who else holds an alias that a user would hold after a change, and did not before.
    pub(crate) fn conflicts(
        &self,
        uid: Option<Uid>,
        before: &BTreeMap<&'static str, String>,
        after: &User,
    ) -> Vec<(&'static str, Uid)> {
        let wanted = self.claims(after);
        let new = wanted.iter().filter(|(kind, key)| before.get(*kind) != Some(*key));
        let mut conflicts = Vec::new();
        for (kind, key) in new {
            let holder = self.users.iter().find(|(other, user)| {
                Some(**other) != uid && self.claims(user).get(kind) == Some(key)
            });
            conflicts.extend(holder.map(|(other, _)| (*kind, *other)));
        }
        conflicts
    }

    /// The refusal of a taken alias.
    pub(crate) fn taken(&self, kind: &str) -> No {
        match self.names {
            Names::Email => no(
                "UsernameExistsException",
                format!("An account with the given {kind} already exists."),
            ),
            Names::Own | Names::Alias => {
                no("AliasExistsException", format!("An account with the {kind} already exists."))
            }
        }
    }

    /// P4: an alias belongs to one user, and an email in an alias pool only to who has verified it.
    pub(crate) fn check_aliases(&self) -> Result<(), String> {
        let mut held: BTreeMap<(&str, String), Uid> = BTreeMap::new();
        for (uid, user) in &self.users {
            for (kind, key) in self.claims(user) {
                if let Some(other) = held.insert((kind, key.clone()), *uid) {
                    return Err(format!("P4: {kind} {key} of users {other} and {uid}"));
                }
            }
        }
        Ok(())
    }
}

pub(crate) fn locked() -> No {
    not_authorized("Password attempts exceeded")
}

pub(crate) fn limit_exceeded() -> No {
    no("LimitExceededException", "Attempt limit exceeded, please try after some time.")
}

impl Model {
    /// Pays for an attempt. P6: from the fifth wrong password on (tenth wrong code) the subject is
    /// locked for 2^(n-5) seconds, at most 15 minutes; what is tried meanwhile does not count.
    pub(crate) fn charge(&mut self, pool: usize, subject: &str, kind: Guess) -> Said<()> {
        let (now, rules) = (self.now, self.rules);
        let free = if kind == Guess::Password { rules.lock_after } else { 10 };
        let key = (subject.to_owned(), kind);
        let fresh = Attempts { count: 0, last: now, locked_until: 0 };
        let attempts = self.pools[pool].guesses.entry(key).or_insert(fresh);
        if attempts.locked_until > now {
            return Err(locked());
        }
        attempts.count = if now - attempts.last >= 900 * SECOND { 1 } else { attempts.count + 1 };
        attempts.last = now;
        let over = attempts.count - free;
        let secs = if over < 0 { 0 } else { 2_i64.saturating_pow(over.min(40) as u32).min(900) };
        attempts.locked_until = if over < 0 { 0 } else { now + secs * SECOND };
        Ok(())
    }

    pub(crate) fn clear(&mut self, pool: usize, subject: &str, kind: Guess) {
        self.pools[pool].guesses.remove(&(subject.to_owned(), kind));
    }

    /// Whether the budget of an hour allows one more, not yet spent.
    pub(crate) fn can_spend(&self, pool: usize, subject: &str, kind: Budget) -> bool {
        let most = match kind {
            Budget::ConfirmSignUp | Budget::ConfirmForgot | Budget::VerifyAttribute => 15,
            Budget::Resend | Budget::ChangePassword | Budget::Forgot | Budget::AttributeCode => 5,
        };
        let spent = self.pools[pool].budgets.get(&(subject.to_owned(), kind));
        spent.is_none_or(|spent| spent.since <= self.now - HOUR || spent.count < most)
    }

    pub(crate) fn spend(&mut self, pool: usize, subject: &str, kind: Budget) -> Said<()> {
        if !self.can_spend(pool, subject, kind) {
            return Err(limit_exceeded());
        }
        let now = self.now;
        let fresh = Spent { count: 0, since: now };
        let key = (subject.to_owned(), kind);
        let spent = self.pools[pool].budgets.entry(key).or_insert(fresh);
        if spent.since <= now - HOUR {
            *spent = fresh;
        }
        spent.count += 1;
        Ok(())
    }

    /// Whom an administrator's request means.
    pub(crate) fn named(&self, pool: usize, name: &str) -> Said<Uid> {
        self.pools[pool].find(name, Purpose::Admin).ok_or_else(super::state::missing_user)
    }

    /// Sweeping removes only what every reader ignores; what it leaves behind of that is the text
    /// of a session that expired long ago, and the refresh token that did.
    pub(crate) fn sweep(&mut self) {
        let now = self.now;
        for session in &mut self.sessions {
            session.gone |= session.expires < now - HOUR;
        }
        for family in &mut self.families {
            family.gone |= family.expires < now - 7 * 24 * HOUR;
        }
        for user in self.pools.iter_mut().flat_map(|pool| pool.users.values_mut()) {
            user.devices
                .retain(|_, device| device.confirmed || device.created >= now - 30 * 24 * HOUR);
            let kept = |code: &super::state::Code| code.expires >= now - 7 * 24 * HOUR;
            user.sign_up_code = user.sign_up_code.take().filter(kept);
            user.email_code = user.email_code.take().filter(kept);
            user.reset_code = user.reset_code.take().filter(kept);
        }
        for pool in &mut self.pools {
            pool.seeming.retain(|_, until| *until >= now);
        }
    }
}

/// Whose guesses are counted.
pub(crate) fn subject(uid: Uid) -> String {
    format!("user {uid}")
}

/// Whose guesses are counted for a name that belongs to nobody.
pub(crate) fn nobody(key: &str) -> String {
    format!("nobody {key}")
}

pub(crate) fn missing_parameter(name: &str) -> No {
    invalid(format!("Missing required parameter {name}"))
}
