//! SRP, of users and of devices: what an exchange may lead to. The arithmetic is the client's.

use serde_json::{Value, json};

use super::sign_in::{Answer, gate, invalid_session};
use super::{Hash, Purpose, check_hash, missing_parameter, nobody, subject};
use crate::model_test::state::{
    At, Exchange, Guess, Model, Progress, Prover, Reply, Said, Session, Uid, Waits,
    bad_credentials, disabled, missing_device, missing_user, not_authorized,
};

/// What a claim is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    Right,
    Wrong,
}

impl Model {
    /// USER_SRP_AUTH. What the challenge shows of nobody in a pool of emails is not known before.
    pub(crate) fn begin_srp(
        &mut self,
        at: At,
        name: &str,
        device: Option<&str>,
        hash: Hash,
    ) -> Said<(usize, String)> {
        check_hash(self.client(at), hash)?;
        let now = self.now;
        let exchange = |who, stamp, device| Exchange {
            at,
            who,
            stamp,
            device,
            issued: now,
            used: false,
            mfa_done: false,
        };
        let Some(uid) = self.pools[at.pool].find(name, Purpose::Public) else {
            if !self.client(at).hides_users {
                return Err(missing_user());
            }
            if device.is_some() && self.pools[at.pool].tracking.is_some() {
                return Err(missing_device());
            }
            let place = &self.pools[at.pool];
            let key = place.key(name);
            let emails = place.names == crate::model_test::state::Names::Email;
            let shown = if emails { "*".to_owned() } else { key.clone() };
            self.exchanges.push(exchange(Prover::Nobody(key), 0, None));
            return Ok((self.exchanges.len() - 1, shown));
        };
        let user = self.user_mut(at.pool, uid).clone();
        if !user.enabled {
            return Err(disabled());
        }
        self.presented(at.pool, uid, device)?;
        let device = device.map(str::to_owned);
        self.exchanges.push(exchange(Prover::User(uid), user.stamp, device));
        Ok((self.exchanges.len() - 1, user.username))
    }

    /// The age and place of an exchange.
    fn check_exchange(&self, at: At, exchange: &Exchange) -> Said<()> {
        if exchange.at != at {
            return Err(bad_credentials());
        }
        if exchange.issued + self.client(at).session_secs * 1000 <= self.now {
            return Err(not_authorized("Invalid session for the user, session is expired."));
        }
        Ok(())
    }

    /// The user of an exchange, unchanged since.
    fn prover(&self, pool: usize, uid: Uid, name: &str, stamp: u64) -> Said<()> {
        let user = self.user(pool, uid).ok_or_else(bad_credentials)?;
        if user.username == name && user.stamp == stamp {
            return Ok(());
        }
        Err(if user.enabled { bad_credentials() } else { disabled() })
    }

    /// The answer to PASSWORD_VERIFIER. `shown` is the name that the challenge gave to nobody.
    pub(crate) fn answer_srp(
        &mut self,
        answer: &Answer<'_>,
        id: usize,
        shown: &str,
        claim: Claim,
    ) -> Said<Reply> {
        let (at, pool) = (answer.at, answer.at.pool);
        check_hash(self.client(at), answer.hash)?;
        let exchange = self.exchanges[id].clone();
        self.check_exchange(at, &exchange)?;
        let uid = match &exchange.who {
            Prover::User(uid) => *uid,
            Prover::Device(..) => return Err(bad_credentials()),
            Prover::Nobody(key) => {
                if shown != answer.name {
                    return Err(bad_credentials());
                }
                if answer.device.is_some() && self.pools[pool].tracking.is_some() {
                    return Err(missing_device());
                }
                self.charge(pool, &nobody(key), Guess::Password)?;
                return Err(bad_credentials());
            }
        };
        self.prover(pool, uid, answer.name, exchange.stamp)?;
        let presented = answer.device.or(exchange.device.as_deref());
        let device = self.presented(pool, uid, presented)?;
        let user = self.user_mut(pool, uid).clone();
        let hidden = gate(&user, self.client(at).hides_users)?;
        self.charge(pool, &subject(uid), Guess::Password)?;
        if claim == Claim::Wrong || hidden {
            return Err(bad_credentials());
        }
        self.check_temporary(&user)?;
        if exchange.used {
            return Err(bad_credentials());
        }
        self.exchanges[id].used = true;
        self.clear(pool, &subject(uid), Guess::Password);
        let stamp = user.stamp;
        let progress = Progress { stamp, device, mfa_done: false, new_password: false };
        Ok(self.proceed(at, uid, progress))
    }

    /// The answer to DEVICE_SRP_AUTH, with its session or without.
    pub(crate) fn answer_device(
        &mut self,
        answer: &Answer<'_>,
        with_session: bool,
    ) -> Said<(usize, usize, Value)> {
        let (at, pool) = (answer.at, answer.at.pool);
        let key = answer.device.ok_or_else(|| missing_parameter("DEVICE_KEY"))?;
        check_hash(self.client(at), answer.hash)?;
        let id = if with_session { answer.session } else { self.linked(answer, key)? };
        let session = self.open_session(id)?.clone();
        if with_session {
            self.check_session(&session, at, answer.name)?;
        }
        self.presented(pool, session.uid, Some(key))?.ok_or_else(missing_device)?;
        if session.waits != Waits::DeviceSrp(key.to_owned()) {
            return Err(invalid_session());
        }
        let user = self.pools[pool].users[&session.uid].clone();
        if !user.devices[key].is_challenged() {
            return Err(invalid_session());
        }
        self.use_up(id.unwrap());
        let next = self.exchanges.len();
        self.exchanges.push(Exchange {
            at,
            who: Prover::Device(session.uid, key.to_owned()),
            stamp: user.stamp,
            device: Some(key.to_owned()),
            issued: self.now,
            used: false,
            mfa_done: session.progress.mfa_done,
        });
        let expires = self.now + self.client(at).session_secs * 1000;
        let waits = Waits::DevicePassword(next);
        self.sessions.push(Session { waits, expires, used: false, gone: false, ..session });
        let parameters = json!({
            "SALT": "*", "SRP_B": "*", "SECRET_BLOCK": "*", "USERNAME": user.username,
            "DEVICE_KEY": key,
        });
        Ok((next, self.sessions.len() - 1, parameters))
    }

    /// The session that an answer without one means.
    fn linked(&self, answer: &Answer<'_>, key: &str) -> Said<Option<usize>> {
        let At { pool, client } = answer.at;
        let uid =
            self.pools[pool].find(answer.name, Purpose::Public).ok_or_else(invalid_session)?;
        self.presented(pool, uid, Some(key))?.ok_or_else(missing_device)?;
        Ok(self.links.get(&(pool, client, uid, key.to_owned())).copied())
    }

    /// The answer to DEVICE_PASSWORD_VERIFIER.
    pub(crate) fn answer_device_password(
        &mut self,
        answer: &Answer<'_>,
        with_session: bool,
        id: usize,
        claim: Claim,
    ) -> Said<Reply> {
        let (at, pool) = (answer.at, answer.at.pool);
        let key = answer.device.ok_or_else(|| missing_parameter("DEVICE_KEY"))?;
        check_hash(self.client(at), answer.hash)?;
        let exchange = self.exchanges[id].clone();
        self.check_exchange(at, &exchange)?;
        let Prover::Device(uid, expected) = &exchange.who else { return Err(bad_credentials()) };
        let uid = *uid;
        if self.pools[pool].find(answer.name, Purpose::Public) != Some(uid) {
            return Err(bad_credentials());
        }
        let username = self.pools[pool].users[&uid].username.clone();
        self.prover(pool, uid, &username, exchange.stamp)?;
        self.presented(pool, uid, Some(key))?.ok_or_else(missing_device)?;
        if gate(&self.pools[pool].users[&uid], self.client(at).hides_users)? {
            return Err(bad_credentials());
        }
        if with_session {
            let session = self.open_session(answer.session)?.clone();
            self.check_session(&session, at, answer.name)?;
            if session.waits != Waits::DevicePassword(id) {
                return Err(invalid_session());
            }
        }
        let challenged = self.pools[pool].users[&uid].devices[key].is_challenged();
        if expected != key || !challenged {
            return Err(bad_credentials());
        }
        let guessed = format!("{}/{key}", subject(uid));
        self.charge(pool, &guessed, Guess::Device)?;
        if claim == Claim::Wrong || exchange.used {
            return Err(bad_credentials());
        }
        if with_session {
            self.use_up(answer.session.unwrap());
        }
        self.exchanges[id].used = true;
        self.clear(pool, &guessed, Guess::Device);
        Ok(self.grant(at, uid, Some(key.to_owned()), exchange.mfa_done))
    }
}
