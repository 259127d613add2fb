//! Signing in: what a proof leads to, and which answers a session takes.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::factors::{Checked, check_totp};
use super::{Hash, Purpose, check_hash, check_policy, nobody, subject};
use crate::model_test::state::{
    At, Family, Guess, Mfa, Model, No, Progress, Reply, Said, Session, Status, Uid, User, Waits,
    bad_credentials, disabled, invalid, missing_device, missing_user, no, not_authorized,
};

/// What comes with every answer to a challenge.
#[derive(Clone, Debug)]
pub(crate) struct Answer<'a> {
    pub(crate) at: At,
    pub(crate) session: Option<usize>,
    pub(crate) name: &'a str,
    pub(crate) device: Option<&'a str>,
    pub(crate) hash: Hash,
}

/// What follows a proof.
enum Next {
    Challenge(&'static str, Value, Waits),
    Grant(Option<String>),
}

pub(crate) fn invalid_session() -> No {
    not_authorized("Invalid session for the user.")
}

impl Model {
    /// A name, a password, and at times a device: USER_PASSWORD_AUTH and ADMIN_USER_PASSWORD_AUTH.
    pub(crate) fn sign_in(
        &mut self,
        at: At,
        name: &str,
        password: &str,
        device: Option<&str>,
        hash: Hash,
    ) -> Said<Reply> {
        check_hash(self.client(at), hash)?;
        let Some(uid) = self.pools[at.pool].find(name, Purpose::Public) else {
            return Err(self.sign_in_of_nobody(at, name, device));
        };
        let device = self.presented(at.pool, uid, device)?;
        let user = self.user_mut(at.pool, uid).clone();
        let hides = self.client(at).hides_users;
        let hidden = gate(&user, hides)?;
        self.charge(at.pool, &subject(uid), Guess::Password)?;
        if user.password != password || hidden {
            return Err(bad_credentials());
        }
        self.check_temporary(&user)?;
        self.clear(at.pool, &subject(uid), Guess::Password);
        let stamp = user.stamp;
        let progress = Progress { stamp, device, mfa_done: false, new_password: false };
        Ok(self.proceed(at, uid, progress))
    }

    /// The refusal for a name that belongs to nobody, after what it costs.
    pub(crate) fn sign_in_of_nobody(&mut self, at: At, name: &str, device: Option<&str>) -> No {
        if !self.client(at).hides_users {
            return missing_user();
        }
        if device.is_some() && self.pools[at.pool].tracking.is_some() {
            return missing_device();
        }
        let hidden = nobody(&self.pools[at.pool].key(name));
        self.charge(at.pool, &hidden, Guess::Password).err().unwrap_or_else(bad_credentials)
    }

    pub(crate) fn check_temporary(&self, user: &User) -> Said<()> {
        match user.temporary_until {
            Some(until) if until <= self.now => Err(not_authorized(
                "Temporary password has expired and must be reset by an administrator.",
            )),
            _ => Ok(()),
        }
    }

    /// The table of devices and MFA.
    pub(crate) fn proceed(&mut self, at: At, uid: Uid, progress: Progress) -> Reply {
        match self.next(at, uid, &progress) {
            Next::Challenge(name, parameters, waits) => {
                let session = self.open(at, uid, waits, progress);
                Reply::Challenge { name, parameters, session: Some(session) }
            }
            Next::Grant(device) => {
                let owes = self.pools[at.pool].mfa == Mfa::On;
                self.must(!owes || progress.mfa_done, "P5: tokens without a second factor");
                self.grant(at, uid, device, progress.mfa_done)
            }
        }
    }

    fn next(&self, at: At, uid: Uid, progress: &Progress) -> Next {
        let place = &self.pools[at.pool];
        let user = &place.users[&uid];
        let id = || user.username.clone();
        if user.status == Status::ForceChange && !progress.new_password {
            let attributes = serde_json::to_string(&user.attributes).unwrap();
            let parameters = json!({
                "USER_ID_FOR_SRP": id(), "requiredAttributes": "[]", "userAttributes": attributes,
            });
            return Next::Challenge("NEW_PASSWORD_REQUIRED", parameters, Waits::NewPassword);
        }
        let device = progress.device.as_ref().filter(|_| place.tracking.is_some());
        let challenged = device.filter(|key| {
            let known = user.devices.get(*key);
            known.is_some_and(|device| device.is_challenged())
                && self.rules.remembered_devices_count
        });
        let device_challenge = |key: &String| {
            let parameters = json!({ "USERNAME": id() });
            Next::Challenge("DEVICE_SRP_AUTH", parameters, Waits::DeviceSrp(key.clone()))
        };
        let replaces = place.tracking.is_some_and(|tracking| tracking.replaces_mfa);
        if let Some(key) = challenged.filter(|_| replaces) {
            return device_challenge(key);
        }
        if !progress.mfa_done
            && let Some(factor) = second_factor(place.mfa, user)
        {
            return factor;
        }
        match challenged {
            Some(key) => device_challenge(key),
            None => Next::Grant(device.cloned()),
        }
    }

    pub(crate) fn open(&mut self, at: At, uid: Uid, waits: Waits, progress: Progress) -> usize {
        let expires = self.now + self.client(at).session_secs * 1000;
        if let Waits::DeviceSrp(key) = &waits {
            let place = &self.pools[at.pool];
            let replaces = place.tracking.is_some_and(|tracking| tracking.replaces_mfa);
            let owes = place.mfa == Mfa::On && !progress.mfa_done && !replaces;
            self.must(!owes, "P5: a device ends a sign-in that owes a second factor");
            self.links.insert((at.pool, at.client, uid, key.clone()), self.sessions.len());
        }
        let (used, gone) = (false, false);
        self.sessions.push(Session { at, uid, waits, progress, expires, used, gone });
        self.sessions.len() - 1
    }

    /// Tokens. P1: never for who is shut out.
    pub(crate) fn grant(
        &mut self,
        at: At,
        uid: Uid,
        device: Option<String>,
        with_totp: bool,
    ) -> Reply {
        let now = self.now;
        let tracked = self.pools[at.pool].tracking.is_some();
        let expires = now + self.client(at).refresh_secs * 1000;
        let user = self.user_mut(at.pool, uid).clone();
        let may = user.enabled && user.status == Status::Confirmed;
        self.must(may, "P1: tokens for who is shut out");
        let user = self.user_mut(at.pool, uid);
        if let Some(known) = device.as_ref().and_then(|key| user.devices.get_mut(key)) {
            known.authenticated = now;
        }
        self.families.push(Family {
            at,
            uid,
            new_device: tracked && device.is_none(),
            device,
            authenticated: now,
            with_totp,
            expires,
            revoked: false,
            refreshable: true,
            newest: 0,
            retry: BTreeMap::new(),
            origin_jti: String::new(),
            gone: false,
        });
        Reply::Tokens { family: self.families.len() - 1 }
    }

    /// A session that may be answered; none is one that was never issued.
    pub(crate) fn open_session(&self, id: Option<usize>) -> Said<&Session> {
        let session = id.map(|id| &self.sessions[id]).filter(|session| !session.gone);
        let session = session.ok_or_else(invalid_session)?;
        let user = self.user(session.at.pool, session.uid).ok_or_else(invalid_session)?;
        if session.used {
            return Err(not_authorized(
                "Invalid session for the user, session can only be used once.",
            ));
        }
        if session.expires <= self.now {
            return Err(not_authorized("Invalid session for the user, session is expired."));
        }
        if session.progress.stamp != user.stamp {
            return Err(invalid_session());
        }
        Ok(session)
    }

    /// The session of an answer, which is its user's and client's and waits for this.
    pub(crate) fn answered(&self, answer: &Answer<'_>, waits: fn(&Waits) -> bool) -> Said<Session> {
        let session = self.open_session(answer.session)?.clone();
        self.check_session(&session, answer.at, answer.name)?;
        if waits(&session.waits) { Ok(session) } else { Err(invalid_session()) }
    }

    pub(crate) fn check_session(&self, session: &Session, at: At, name: &str) -> Said<()> {
        let place = &self.pools[at.pool];
        let named = || {
            let exact = place.users.get(&session.uid).is_some_and(|user| user.username == name);
            exact || place.find(name, Purpose::Public) == Some(session.uid)
        };
        if session.at == at && named() { Ok(()) } else { Err(invalid_session()) }
    }

    pub(crate) fn use_up(&mut self, id: usize) {
        self.sessions[id].used = !self.rules.sessions_are_reusable;
    }

    /// Goes on after the step of a session was done. The device may have been presented before.
    fn go_on(&mut self, id: usize, mut progress: Progress, device: Option<String>) -> Reply {
        progress.device = device;
        self.use_up(id);
        let (at, uid) = (self.sessions[id].at, self.sessions[id].uid);
        self.proceed(at, uid, progress)
    }

    /// The device of an answer, or that of an earlier step, if it is still there.
    pub(crate) fn device_of(&self, answer: &Answer<'_>, session: &Session) -> Said<Option<String>> {
        let key = answer.device.or(session.progress.device.as_deref());
        self.presented(answer.at.pool, session.uid, key)
    }

    pub(crate) fn answer_totp(&mut self, answer: &Answer<'_>, code: &str) -> Said<Reply> {
        check_hash(self.client(answer.at), answer.hash)?;
        let session = self.answered(answer, |waits| *waits == Waits::Totp)?;
        let (pool, uid) = (answer.at.pool, session.uid);
        self.presented(pool, uid, answer.device)?;
        self.charge(pool, &subject(uid), Guess::Mfa)?;
        let wrong = || no("CodeMismatchException", "Invalid code received for user");
        let totp = self.user_mut(pool, uid).totp.clone().ok_or_else(wrong)?;
        let (last, tolerance) = (Some(totp.last_step), self.rules.totp_tolerance);
        let step = match check_totp(&totp.seed, code, self.now, last, tolerance) {
            Checked::Step(step) => step,
            Checked::Wrong => return Err(wrong()),
            Checked::Used => {
                let text = "Your software token has already been used once.";
                return Err(no("ExpiredCodeException", text));
            }
        };
        let device = self.device_of(answer, &session)?;
        self.clear(pool, &subject(uid), Guess::Mfa);
        self.user_mut(pool, uid).totp =
            Some(crate::model_test::state::Totp { last_step: step, ..totp });
        let progress = Progress { mfa_done: true, ..session.progress };
        Ok(self.go_on(answer.session.unwrap(), progress, device))
    }

    pub(crate) fn answer_new_password(
        &mut self,
        answer: &Answer<'_>,
        password: &str,
        attributes: &[(&str, String)],
    ) -> Said<Reply> {
        check_hash(self.client(answer.at), answer.hash)?;
        let session = self.answered(answer, |waits| *waits == Waits::NewPassword)?;
        check_policy(password)?;
        let (pool, uid) = (answer.at.pool, session.uid);
        let user = self.user_mut(pool, uid).clone();
        let mut after = User { status: Status::Confirmed, ..user.clone() };
        for (name, value) in attributes {
            if *name == "email" && user.attributes.contains_key("email") {
                return Err(invalid("Cannot modify an already provided email"));
            }
            after.attributes.insert((*name).to_owned(), value.clone());
            if *name == "email" {
                after.attributes.insert("email_verified".to_owned(), "false".to_owned());
            }
        }
        let device = self.device_of(answer, &session)?;
        let place = &self.pools[pool];
        if let Some((kind, _)) = place.conflicts(Some(uid), &place.claims(&user), &after).first() {
            return Err(place.taken(kind));
        }
        let changed = self.change(pool, uid);
        changed.attributes = after.attributes;
        changed.status = Status::Confirmed;
        changed.password = password.to_owned();
        changed.temporary_until = None;
        let stamp = changed.stamp;
        let progress = Progress { stamp, new_password: true, ..session.progress };
        Ok(self.go_on(answer.session.unwrap(), progress, device))
    }

    /// The answer to MFA_SETUP: the session says it all.
    pub(crate) fn answer_setup(&mut self, answer: &Answer<'_>) -> Said<Reply> {
        check_hash(self.client(answer.at), answer.hash)?;
        let session = self.answered(answer, |waits| *waits == Waits::Setup { enrolled: true })?;
        let device = self.device_of(answer, &session)?;
        let progress = Progress { mfa_done: true, ..session.progress };
        Ok(self.go_on(answer.session.unwrap(), progress, device))
    }
}

/// Who may not sign in, whatever they prove; whether that is told only as a wrong password is.
pub(crate) fn gate(user: &User, hides: bool) -> Said<bool> {
    if !user.enabled {
        return Err(disabled());
    }
    match user.status {
        Status::Unconfirmed => Err(no("UserNotConfirmedException", "User is not confirmed.")),
        Status::ResetRequired if hides => Ok(true),
        Status::ResetRequired => Err(reset_required()),
        Status::Confirmed | Status::ForceChange => Ok(false),
    }
}

pub(crate) fn reset_required() -> No {
    no("PasswordResetRequiredException", "Password reset required for the user")
}

/// The authenticator app: where it is optional, of those who switched it on; where it is required,
/// of all who have one, and the others set one up.
fn second_factor(mfa: Mfa, user: &User) -> Option<Next> {
    let id = user.username.clone();
    match (mfa, &user.totp) {
        (Mfa::Off, _) => None,
        (Mfa::Optional, Some(totp)) if user.totp_active => Some(ask(id, totp.name.as_deref())),
        (Mfa::Optional, _) => None,
        (Mfa::On, Some(totp)) => Some(ask(id, totp.name.as_deref())),
        (Mfa::On, None) => {
            let setup = json!({
                "MFAS_CAN_SETUP": "[\"SOFTWARE_TOKEN_MFA\"]", "USER_ID_FOR_SRP": id,
            });
            Some(Next::Challenge("MFA_SETUP", setup, Waits::Setup { enrolled: false }))
        }
    }
}

fn ask(id: String, name: Option<&str>) -> Next {
    let mut parameters = json!({ "USER_ID_FOR_SRP": id });
    if let Some(name) = name {
        parameters["FRIENDLY_DEVICE_NAME"] = name.into();
    }
    Next::Challenge("SOFTWARE_TOKEN_MFA", parameters, Waits::Totp)
}
