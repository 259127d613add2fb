//! Codes at sign-in: drawn and sent with a challenge, compared with its answer.
//!
//! A code lives in the session that waits for it, as a keyed hash bound to the user and the address.
//! What is guessed is counted for the user, whatever session it is guessed under.

use poolhouse_domain::auth::advance::{Accepted, Challenge, accept, gate};
use poolhouse_domain::auth::method::Method;
use poolhouse_domain::auth::step::{ChallengeKind, CodeStep, CodeUse};
use poolhouse_domain::crypto::hmac_sha256;
use poolhouse_domain::error::{Error, Result, SessionRefusal, SignInRefusal};
use poolhouse_domain::id::DeviceKey;
use poolhouse_domain::message::{Medium, Message};
use poolhouse_domain::risk::event::ChallengeName;
use poolhouse_domain::rng;
use poolhouse_domain::secret::{Secret, ct_eq};
use poolhouse_domain::session::GuessKind;
use poolhouse_domain::user::delivery::{self, MessageKind};
use poolhouse_domain::user::{MfaFactor, User, UserStatus, template};

use super::session::{Found, Hidden, Whose};
use super::settle::{Change, Settlement};
use super::{Drive, Reply, hidden_subject};
use crate::app::Strictness;
use crate::triggers::sender::{self, Cause};

/// Digits of a code that says who a user is.
const FIRST_FACTOR_DIGITS: usize = 8;
/// Digits of a code that is a second factor.
const SECOND_FACTOR_DIGITS: usize = 6;

/// Whose guesses a code's are counted with.
fn guesses(proves: CodeUse) -> GuessKind {
    match proves {
        CodeUse::First => GuessKind::Otp,
        CodeUse::Second | CodeUse::SetUp => GuessKind::Mfa,
    }
}

fn factor(medium: Medium) -> MfaFactor {
    match medium {
        Medium::Email => MfaFactor::Email,
        Medium::Sms => MfaFactor::Sms,
    }
}

impl Drive<'_> {
    /// Draws the code of a challenge that needs one, and writes the message that tells it.
    pub(super) async fn draw_code(
        &mut self,
        user: &User,
        challenge: &mut Challenge,
    ) -> Result<Option<Message>> {
        let Some(medium) = challenge.code().map(|step| step.medium) else { return Ok(None) };
        let custom = self.custom_text(user, medium).await?;
        let Some(step) = challenge.code() else { return Ok(None) };
        let code = self.digits(step.proves);
        step.hash = Some(self.code_hash(user.sub.as_str(), step, code.expose()));
        let own = self.pool.settings.authentication_template(step.medium);
        let text = template::authentication(step.medium, own, &code);
        let text = template::customised(text, &custom, step.medium, None, &code);
        let (kind, medium, address) = (MessageKind::Authentication, step.medium, &step.address);
        let message =
            delivery::message_to(user, kind, medium, address, text, &code, self.now, &mut self.rng);
        let (client, metadata) = (Some(&self.client.id), self.metadata.as_ref());
        let cause = Cause { pool: &self.pool, client, metadata, kind };
        sender::hand_over(self.app, cause, user, message, &mut self.rng).map(Some)
    }

    /// The same work for a user who does not exist: a code that nobody is told.
    pub(super) fn draw_nobodys_code(
        &mut self,
        name: &str,
        challenge: &mut Challenge,
    ) -> Result<Option<Message>> {
        let Some(step) = challenge.code() else { return Ok(None) };
        let code = self.digits(step.proves);
        let subject = hidden_subject(name);
        step.hash = Some(self.code_hash(&subject, step, code.expose()));
        let own = self.pool.settings.authentication_template(step.medium);
        let text = template::authentication(step.medium, own, &code);
        let (pool, now) = (&self.pool.id, self.now);
        Ok(Some(Message::to_nobody(pool, &subject, text.body, now, &mut self.rng)))
    }

    fn digits(&mut self, proves: CodeUse) -> Secret<String> {
        let count = match proves {
            CodeUse::First => FIRST_FACTOR_DIGITS,
            CodeUse::Second | CodeUse::SetUp => SECOND_FACTOR_DIGITS,
        };
        match &self.app.strictness {
            Strictness::Dev { fixed_code: Some(code) } => Secret::new(code.clone()),
            Strictness::Dev { fixed_code: None } | Strictness::Serve => {
                Secret::new(rng::digits(count, &mut self.rng))
            }
        }
    }

    /// What is kept of a code. None of the parts before the code can hold the zero byte that ends
    /// it.
    fn code_hash(&self, subject: &str, step: &CodeStep, code: &str) -> [u8; 32] {
        let place = [self.pool.id.as_str(), subject, step.medium.as_str(), &step.address];
        let mut parts: Vec<&[u8]> = Vec::with_capacity(9);
        for part in place {
            parts.extend([part.as_bytes(), b"\0"]);
        }
        parts.push(code.as_bytes());
        hmac_sha256(&self.app.sealer.derive("sign-in codes"), &parts)
    }

    /// `EMAIL_OTP`, `SMS_OTP`, `SMS_MFA`.
    pub(super) async fn code(
        &mut self,
        kind: ChallengeKind,
        username: &str,
        device: Option<DeviceKey>,
        given: Secret<String>,
        session: Option<&str>,
    ) -> Result<Reply> {
        match self.answered_session(username, session).await? {
            Whose::Users(found) => self.users_code(kind, *found, device, given).await,
            Whose::Nobodys(hidden) => {
                Err(self.nobodys_code(kind, *hidden, device.as_ref(), &given).await)
            }
        }
    }

    async fn users_code(
        &mut self,
        kind: ChallengeKind,
        found: Found,
        device: Option<DeviceKey>,
        given: Secret<String>,
    ) -> Result<Reply> {
        let step = code_step(accept(&found.state.step, kind)?)?;
        self.gate_code(&found.user, step.proves).await?;
        // A device that does not exist is told first: the client drops it and sends the code again.
        self.find_device(&found.user, device.as_ref()).await?;
        let subject = found.user.sub.as_str();
        self.charge(subject, guesses(step.proves)).await?;
        self.suspect(&found.user, ChallengeName::Mfa);
        let fits = self.fits(subject, &step, given.expose());
        let current = step.proves == CodeUse::SetUp
            || found.user.attribute(step.medium.attribute()) == Some(&step.address);
        if !fits || !current {
            return Err(Error::SignIn(SignInRefusal::WrongCode));
        }
        let mut state = found.state.clone();
        state.progress.methods.add(Method::from(factor(step.medium)));
        state.progress.mfa_done |= step.proves != CodeUse::First;
        let settlement = Settlement {
            sessions: vec![found.hash],
            clear: Some((subject.to_owned(), guesses(step.proves))),
            changed: proven_address(&found.user, &step),
            ..Settlement::default()
        };
        self.go_on(found, state, device, settlement).await
    }

    /// The answer for a user who does not exist, after the work of one who does.
    async fn nobodys_code(
        &mut self,
        kind: ChallengeKind,
        hidden: Hidden,
        device: Option<&DeviceKey>,
        given: &Secret<String>,
    ) -> Error {
        let step = match accept(&hidden.state.step, kind).and_then(code_step) {
            Ok(step) => step,
            Err(refusal) => return refusal,
        };
        if let Err(no_device) = self.hidden_device(&hidden.name, device).await {
            return no_device;
        }
        let subject = hidden_subject(&hidden.name);
        if let Err(locked) = self.charge(&subject, guesses(step.proves)).await {
            return locked;
        }
        // Even the right guess is wrong: there is nobody to sign in.
        let _ = self.fits(&subject, &step, given.expose());
        Error::SignIn(SignInRefusal::WrongCode)
    }

    fn fits(&self, subject: &str, step: &CodeStep, given: &str) -> bool {
        let hash = self.code_hash(subject, step, given);
        step.hash.is_some_and(|kept| ct_eq(&kept, &hash))
    }

    /// Whoever signed up without a password is confirmed by the code itself.
    async fn gate_code(&self, user: &User, proves: CodeUse) -> Result<()> {
        if proves == CodeUse::First && user.status == UserStatus::Unconfirmed && user.enabled {
            let (pool, sub) = (&user.pool, &user.sub);
            let password = self.app.db.read(async |mut tx| tx.password(pool, sub).await).await?;
            if password.is_none() {
                return Ok(());
            }
        }
        gate(user, self.client_policy.hides_users)
    }
}

fn code_step(accepted: Accepted) -> Result<CodeStep> {
    match accepted {
        Accepted::Code(step) => Ok(step),
        _ => Err(Error::Session(SessionRefusal::Invalid)),
    }
}

/// The user after a code was proven: its address is verified, and a factor that was being set up is
/// on. None where that changes nothing.
fn proven_address(user: &User, step: &CodeStep) -> Option<Change> {
    let name = step.medium.attribute();
    let mut after = user.clone();
    after.attributes.insert(format!("{name}_verified"), "true".to_owned());
    let mut ends_others = false;
    if step.proves == CodeUse::SetUp {
        ends_others = true;
        after.attributes.insert(name.to_owned(), step.address.clone());
        let factor = factor(step.medium);
        if !after.mfa.active.contains(&factor) {
            after.mfa.active.push(factor);
            after.mfa.active.sort_unstable();
        }
    }
    if after.status == UserStatus::Unconfirmed {
        ends_others = true;
        after.status = UserStatus::Confirmed;
    }
    (after != *user).then_some(Change { user: after, ends_others })
}
