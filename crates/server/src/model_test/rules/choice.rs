//! Choice-based sign-in, where the password is the only first factor.

use serde_json::json;

use super::sign_in::{Answer, gate};
use super::{Hash, Purpose, check_hash, subject};
use crate::model_test::state::{
    At, Guess, Model, Progress, Reply, Said, Uid, Waits, bad_credentials, disabled, invalid,
    missing_user,
};

/// A sign-in of a user who is known, and what was answered.
struct Standing {
    at: At,
    uid: Uid,
    progress: Progress,
    session: Option<usize>,
}

impl Model {
    /// USER_AUTH through a client that does not hide users; `prefers` the password.
    pub(crate) fn choose(
        &mut self,
        at: At,
        name: &str,
        (prefers, password): (bool, Option<&str>),
        device: Option<&str>,
        hash: Hash,
    ) -> Said<Reply> {
        check_hash(self.client(at), hash)?;
        let uid = self.pools[at.pool].find(name, Purpose::Public).ok_or_else(missing_user)?;
        let user = self.user_mut(at.pool, uid).clone();
        if !user.enabled {
            return Err(disabled());
        }
        let device = self.presented(at.pool, uid, device)?;
        let stamp = user.stamp;
        let progress = Progress { stamp, device, mfa_done: false, new_password: false };
        self.ask(Standing { at, uid, progress, session: None }, prefers, password)
    }

    /// The answer to SELECT_CHALLENGE.
    pub(crate) fn answer_select(
        &mut self,
        answer: &Answer<'_>,
        choice: &str,
        password: Option<&str>,
    ) -> Said<Reply> {
        let standing = self.standing(answer, |waits| *waits == Waits::Select, choice)?;
        self.ask(standing, true, password)
    }

    /// The answer to PASSWORD.
    pub(crate) fn answer_password(&mut self, answer: &Answer<'_>, password: &str) -> Said<Reply> {
        let standing = self.standing(answer, |waits| *waits == Waits::Password, "PASSWORD")?;
        self.ask(standing, true, Some(password))
    }

    fn use_up_any(&mut self, session: Option<usize>) {
        if let Some(id) = session {
            self.use_up(id);
        }
    }

    fn standing(
        &self,
        answer: &Answer<'_>,
        waits: fn(&Waits) -> bool,
        choice: &str,
    ) -> Said<Standing> {
        check_hash(self.client(answer.at), answer.hash)?;
        let session = self.answered(answer, waits)?;
        if choice != "PASSWORD" {
            return Err(invalid("ANSWER is not one of the challenges that are available."));
        }
        let device = self.device_of(answer, &session)?;
        let progress = Progress { device, ..session.progress };
        Ok(Standing { at: answer.at, uid: session.uid, progress, session: answer.session })
    }

    fn ask(&mut self, standing: Standing, chosen: bool, password: Option<&str>) -> Said<Reply> {
        let Standing { at, uid, progress, session } = standing;
        let user = self.user_mut(at.pool, uid).clone();
        let Some(password) = password.filter(|_| chosen) else {
            self.use_up_any(session);
            let (name, waits) = match chosen {
                true => ("PASSWORD", Waits::Password),
                false => ("SELECT_CHALLENGE", Waits::Select),
            };
            let parameters = json!({ "USERNAME": user.username });
            let session = Some(self.open(at, uid, waits, progress));
            return Ok(Reply::Challenge { name, parameters, session });
        };
        let hidden = gate(&user, self.client(at).hides_users)?;
        self.charge(at.pool, &subject(uid), Guess::Password)?;
        // Right or wrong, the session is used up.
        self.use_up_any(session);
        if user.password != password || hidden {
            return Err(bad_credentials());
        }
        self.check_temporary(&user)?;
        self.clear(at.pool, &subject(uid), Guess::Password);
        Ok(self.proceed(at, uid, progress))
    }
}
