//! The authenticator app: enrolment, codes, and whether it is asked for.

use super::{locked, subject};
use crate::model_test::chance::{totp, totp_step};
use crate::model_test::state::{
    Guess, Mfa, Model, Said, Session, Totp, Uid, Waits, invalid, no, not_authorized,
};

/// Who enrols: a user with a token, or a sign-in that was told to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Enroller {
    User(usize, Uid),
    Session(usize),
}

/// What a code turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Checked {
    Step(i64),
    Used,
    Wrong,
}

/// P: a code is good for the step before, this and the one after, and once.
pub(crate) fn check_totp(
    seed: &[u8],
    code: &str,
    now: i64,
    last: Option<i64>,
    tolerance: i64,
) -> Checked {
    let fits = (-tolerance..=tolerance).filter(|off| totp(seed, now, *off) == code).max();
    let Some(step) = fits.map(|off| totp_step(now) + off) else { return Checked::Wrong };
    if last.is_some_and(|last| step <= last) { Checked::Used } else { Checked::Step(step) }
}

impl Model {
    /// The place of an enroller, if there may be an enrolment.
    fn enrols(&self, enroller: Enroller) -> Said<(usize, Uid)> {
        let (pool, uid) = match enroller {
            Enroller::User(pool, uid) => (pool, uid),
            Enroller::Session(id) => {
                let session = self.open_session(Some(id))?;
                let Waits::Setup { .. } = session.waits else {
                    return Err(not_authorized("Invalid session for the user."));
                };
                (session.at.pool, session.uid)
            }
        };
        if self.pools[pool].mfa == Mfa::Off {
            return Err(no(
                "SoftwareTokenMFANotFoundException",
                "Software Token MFA has not been enabled by the userPool",
            ));
        }
        Ok((pool, uid))
    }

    /// AssociateSoftwareToken: the session that replaces the given one. The seed is learned.
    pub(crate) fn associate(&mut self, enroller: Enroller) -> Said<(usize, Uid, Option<usize>)> {
        let (pool, uid) = self.enrols(enroller)?;
        let next = match enroller {
            Enroller::User(..) => None,
            Enroller::Session(id) => Some(self.replace_session(id, |_| ())),
        };
        Ok((pool, uid, next))
    }

    /// VerifySoftwareToken: the session that replaces the given one.
    pub(crate) fn verify(
        &mut self,
        enroller: Enroller,
        code: &str,
        name: Option<&str>,
    ) -> Said<Option<usize>> {
        let (pool, uid) = self.enrols(enroller)?;
        let who = subject(uid);
        self.charge(pool, &who, Guess::Mfa).map_err(|_| locked())?;
        let seed = self.user_mut(pool, uid).totp_pending.clone().ok_or_else(|| {
            invalid(
                "No software token is associated with the user: call AssociateSoftwareToken first.",
            )
        })?;
        let checked = check_totp(&seed, code, self.now, None, self.rules.totp_tolerance);
        let Checked::Step(last_step) = checked else {
            return Err(no(
                "EnableSoftwareTokenMFAException",
                "Code mismatch and fail enable Software Token MFA",
            ));
        };
        self.clear(pool, &who, Guess::Mfa);
        let user = self.change(pool, uid);
        user.totp_pending = None;
        user.totp = Some(Totp { seed, last_step, name: name.map(str::to_owned) });
        let stamp = user.stamp;
        let Enroller::Session(id) = enroller else { return Ok(None) };
        user.totp_active = true;
        Ok(Some(self.replace_session(id, |session| {
            session.waits = Waits::Setup { enrolled: true };
            session.progress.stamp = stamp;
        })))
    }

    /// Uses a session up for a new one like it.
    fn replace_session(&mut self, id: usize, change: impl FnOnce(&mut Session)) -> usize {
        self.sessions[id].used = !self.rules.sessions_are_reusable;
        let mut session = self.sessions[id].clone();
        session.used = false;
        session.expires = self.now + self.client(session.at).session_secs * 1000;
        change(&mut session);
        self.sessions.push(session);
        self.sessions.len() - 1
    }

    /// SetUserMFAPreference for the authenticator.
    pub(crate) fn set_preference(
        &mut self,
        pool: usize,
        uid: Uid,
        enabled: bool,
        preferred: bool,
    ) -> Said<()> {
        if preferred && !enabled {
            return Err(invalid("A preferred MFA method must be enabled"));
        }
        let required = self.pools[pool].mfa == Mfa::On;
        let user = self.user_mut(pool, uid);
        if enabled && user.totp.is_none() {
            return Err(invalid(
                "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA",
            ));
        }
        if !enabled && user.totp_active && required {
            return Err(invalid(
                "MFA is required in this user pool: a factor cannot be switched off",
            ));
        }
        if (user.totp_active, user.totp_preferred) != (enabled, preferred) {
            let user = self.change(pool, uid);
            (user.totp_active, user.totp_preferred) = (enabled, preferred);
        }
        Ok(())
    }
}
