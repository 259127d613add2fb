//! Codes that are sent to users: drawn, kept, sent, compared.
//!
//! A code is kept as a keyed hash that is bound to the pool, the user, the purpose and the address
//! it went to: it proves nothing for anybody else, and nothing for an address that the user was
//! given later. Its message is written in the transaction that keeps it. Every guess is paid for
//! before it is compared.
//!
//! It knows nothing of what a right code leads to.

use std::collections::BTreeMap;

use poolhouse_domain::crypto::hmac_sha256;
use poolhouse_domain::error::{CodeRefusal, Error, Result};
use poolhouse_domain::id::{ClientId, PoolId, Sub};
use poolhouse_domain::message::{Medium, Message};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::rng;
use poolhouse_domain::secret::{Secret, ct_eq};
use poolhouse_domain::session::{CodePurpose, CodeRow, HourlyBudget};
use poolhouse_domain::trigger::{CustomMessage, CustomText, Person};
use poolhouse_domain::user::delivery::{self, MessageKind};
use poolhouse_domain::user::template::{self, Text};
use poolhouse_domain::user::username::Purpose;
use poolhouse_domain::user::{User, masking, recovery};
use poolhouse_store::Tx;
use poolhouse_wire::shapes::{
    CodeDeliveryDetailsType, DefaultEmailOptionType, VerifiedAttributeType,
};

use crate::app::{App, Strictness};
use crate::confirm_page;
use crate::drive::hidden_subject;
use crate::ops::ctx::Ctx;
use crate::threat::Scene;
use crate::triggers::sender::{self, Cause};

/// Digits of a code.
const CODE_DIGITS: usize = 6;
/// How long a code that confirms a sign-up or verifies an attribute works, in seconds.
pub const VERIFICATION_LIFE_SECS: i64 = 24 * 60 * 60;
/// How long a code for a new password works, in seconds.
pub const RESET_LIFE_SECS: i64 = 60 * 60;

/// What the CustomMessage trigger has a message say. It is not asked where another trigger sends
/// the message.
///
/// # Errors
/// [`Error::Trigger`].
pub async fn custom_text<C: Send>(
    ctx: &mut Ctx<'_, C>,
    origin: Origin<'_>,
    user: &User,
    kind: MessageKind,
    medium: Medium,
) -> Result<CustomText> {
    let settings = &origin.pool.settings;
    if sender::sends(origin.pool, medium) {
        return Ok(CustomText::default());
    }
    let option = settings.verification_template().default_email_option;
    let confirms = matches!(kind, MessageKind::SignUp | MessageKind::ResendCode);
    let call = CustomMessage {
        kind,
        medium,
        by_link: confirms && option == Some(DefaultEmailOptionType::ConfirmWithLink),
        client: origin.client.cloned(),
        person: Person::of(user),
        metadata: origin.metadata.cloned(),
    };
    Ok(ctx.trigger(origin.pool, &call).await?.unwrap_or_default())
}

/// What a code is for, and how it travels.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// What it proves.
    pub purpose: CodePurpose,
    /// Why it is sent.
    pub kind: MessageKind,
    /// Which of the user's addresses it goes to.
    pub medium: Medium,
    /// How long it works, in seconds.
    pub life_secs: i64,
}

/// The request that a message is written for: what a trigger that changes its text is told.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// The pool.
    pub pool: &'a Pool,
    /// The client that asks, none where an administrator does.
    pub client: Option<&'a ClientId>,
    /// `ClientMetadata`, as the request has it. It is handed on and never kept.
    pub metadata: Option<&'a BTreeMap<String, String>>,
}

impl<'a> Origin<'a> {
    /// What a message of this kind is written for.
    pub(crate) fn cause(self, kind: MessageKind) -> Cause<'a> {
        Cause { pool: self.pool, client: self.client, metadata: self.metadata, kind }
    }
}

/// A code and its message, not yet written.
#[derive(Clone, Debug)]
pub struct Issued {
    row: CodeRow,
    message: Message,
}

impl Issued {
    /// Keeps the code, in place of an older one for the same purpose, and its message. When the
    /// transaction has committed, the operation says so with `ctx.mail_enqueued()`.
    ///
    /// # Errors
    /// `UserNotFound`.
    pub async fn store(&self, tx: &mut Tx) -> Result<()> {
        tx.put_code(&self.message.pool, &self.message.sub, &self.row).await?;
        tx.enqueue(&self.message).await
    }

    /// What the caller is told of it.
    pub fn details(&self) -> CodeDeliveryDetailsType {
        masking::details(self.message.medium, self.message.destination.expose())
    }
}

/// A fresh code for a user; `text` says what its message tells, unless a trigger says otherwise.
///
/// # Errors
/// What `text` returns and [`Error::Trigger`]; a fault when the user has no address for the medium.
pub async fn issue<C: Send>(
    ctx: &mut Ctx<'_, C>,
    origin: Origin<'_>,
    user: &User,
    order: Order,
    text: impl FnOnce(&Secret<String>) -> Result<Text>,
) -> Result<Issued> {
    let Order { purpose, kind, medium, life_secs } = order;
    let code = match &ctx.app.strictness {
        Strictness::Dev { fixed_code: Some(code) } => Secret::new(code.clone()),
        Strictness::Dev { fixed_code: None } | Strictness::Serve => {
            Secret::new(rng::digits(CODE_DIGITS, &mut ctx.rng))
        }
    };
    let attribute = medium.attribute();
    let row = CodeRow {
        purpose,
        attribute: attribute.to_owned(),
        hash: hash(ctx.app, bound(user, purpose, attribute), code.expose()),
        expires: ctx.now.plus_secs(life_secs),
    };
    let text = if sender::sends(origin.pool, medium) {
        sender::unwritten()
    } else {
        let custom = custom_text(ctx, origin, user, kind, medium).await?;
        template::customised(text(&code)?, &custom, medium, None, &code)
    };
    let message = delivery::message(user, kind, medium, text, &code, ctx.now, &mut ctx.rng);
    let mut message =
        message.ok_or_else(|| Error::fault("a code for a user without an address"))?;
    message.expires = Some(row.expires);
    let message = sender::hand_over(ctx.app, origin.cause(kind), user, message, &mut ctx.rng)?;
    Ok(Issued { row, message })
}

/// A fresh code that confirms a sign-up, where the pool verifies an address that the user has. Where
/// the pool confirms by link, an email holds the link that holds the code.
///
/// # Errors
/// As [`issue`].
pub async fn issue_sign_up<C: Send>(
    ctx: &mut Ctx<'_, C>,
    origin: Origin<'_>,
    user: &User,
    kind: MessageKind,
) -> Result<Option<Issued>> {
    let pool = origin.pool;
    let auto_verified = pool.settings.auto_verified();
    let Some(medium) = delivery::confirmation_medium(auto_verified, &user.attributes) else {
        return Ok(None);
    };
    let (purpose, life_secs) = (CodePurpose::SignUp, VERIFICATION_LIFE_SECS);
    let texts = pool.settings.verification_template();
    let text = |code: &_| Ok(template::confirmation(medium, Some(texts), None, code));
    let order = Order { purpose, kind, medium, life_secs };
    let mut issued = issue(ctx, origin, user, order, text).await?;
    if medium == Medium::Email && template::by_link(texts) {
        let client = origin.client.ok_or_else(|| Error::fault("a link without a client"))?;
        let message = &mut issued.message;
        let link = confirm_page::link(ctx.app, client, &user.username, &message.code);
        message.body = template::linked(&message.body, &link);
    }
    Ok(Some(issued))
}

/// Compares what a user gives with the code that was sent; the row to consume. The guess is paid
/// for by a write of its own, whatever comes of it.
///
/// # Errors
/// [`Error::AttemptLimit`]; [`CodeRefusal::Expired`] where there is no code that still works;
/// [`CodeRefusal::Mismatch`].
pub async fn check<C: Sync>(
    ctx: &Ctx<'_, C>,
    user: &User,
    purpose: CodePurpose,
    budget: HourlyBudget,
    given: &str,
) -> Result<CodeRow> {
    spend(ctx, &user.pool, user.sub.as_str(), budget).await?;
    let (pool, sub) = (&user.pool, &user.sub);
    let row = ctx.read(async |mut tx| tx.code(pool, sub, purpose).await).await?;
    let row = row.filter(|row| ctx.now < row.expires).ok_or(Error::Code(CodeRefusal::Expired))?;
    let guess = hash(ctx.app, bound(user, purpose, &row.attribute), given);
    if ct_eq(&guess, &row.hash) { Ok(row) } else { Err(Error::Code(CodeRefusal::Mismatch)) }
}

/// Pays for a guess about a user who does not exist, where nobody may notice, and looks for the
/// code, which is not there.
///
/// # Errors
/// [`Error::AttemptLimit`], as for a user who does.
pub async fn check_hidden<C: Sync>(
    ctx: &Ctx<'_, C>,
    pool: &Pool,
    name: &str,
    purpose: CodePurpose,
    budget: HourlyBudget,
) -> Result<()> {
    let (pool, subject) = (&pool.id, hidden_subject_of(pool, name));
    spend(ctx, pool, &subject, budget).await?;
    let nobody = &Sub::new(subject);
    ctx.read(async |mut tx| tx.code(pool, nobody, purpose).await).await.map(drop)
}

/// What stands for a name that belongs to nobody, where nobody may notice.
pub fn hidden_subject_of(pool: &Pool, name: &str) -> String {
    hidden_subject(&pool.settings.sign_in_names().username_key(name))
}

async fn spend<C: Sync>(
    ctx: &Ctx<'_, C>,
    pool: &PoolId,
    subject: &str,
    budget: HourlyBudget,
) -> Result<()> {
    let paid = ctx.write(async |mut tx| tx.spend(pool, subject, budget).await).await?;
    if paid { Ok(()) } else { Err(Error::AttemptLimit) }
}

/// What is told of a code for a user who does not exist, where nobody may notice.
pub fn simulated_details(app: &App, pool: &Pool, name: &str) -> CodeDeliveryDetailsType {
    simulated(app, pool, name, pool.settings.auto_verified())
}

/// What is told of a code for a new password where there is nobody to send it to, and nobody may
/// notice.
pub fn simulated_reset(app: &App, pool: &Pool, name: &str) -> CodeDeliveryDetailsType {
    let settings = &pool.settings;
    let (mechanisms, auto) = (settings.recovery_mechanisms(), settings.auto_verified());
    simulated(app, pool, name, &[recovery::simulated_channel(mechanisms, auto, name)])
}

fn simulated(
    app: &App,
    pool: &Pool,
    name: &str,
    channels: &[VerifiedAttributeType],
) -> CodeDeliveryDetailsType {
    let key = app.sealer.derive("simulated destinations");
    let name = pool.settings.sign_in_names().username_key(name);
    masking::simulated(&key, &pool.id, &name, channels)
}

/// The user that the `Username` of a public operation means, if there is one.
///
/// # Errors
/// A fault of the store.
pub async fn find_user<C: Sync>(ctx: &Ctx<'_, C>, pool: &Pool, name: &str) -> Result<Option<User>> {
    let lookups = &pool.settings.sign_in_names().lookups(Purpose::Public, name);
    match ctx.read(async |mut tx| tx.user_by(&pool.id, lookups).await).await {
        Ok(user) => Ok(Some(user)),
        Err(Error::UserNotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Compares what somebody gives with the code for a new password that `subject` seems to have been
/// sent. `user` is none where nobody may get one: then nothing is right, after the same work.
///
/// # Errors
/// As [`check`].
pub async fn check_reset<C: Sync>(
    ctx: &Ctx<'_, C>,
    pool: &PoolId,
    subject: &str,
    user: Option<&User>,
    given: &str,
) -> Result<CodeRow> {
    spend(ctx, pool, subject, HourlyBudget::ConfirmForgotPassword).await?;
    let (purpose, now) = (CodePurpose::Reset, ctx.now);
    let row = ctx.read(async |mut tx| tx.seeming_code(pool, subject, purpose, now).await).await?;
    let row = row.ok_or(Error::Code(CodeRefusal::Expired))?;
    let address = user.and_then(|user| user.attribute(&row.attribute)).unwrap_or_default();
    let bound = Bound { pool, subject, purpose, attribute: &row.attribute, address };
    let fits = ct_eq(&hash(ctx.app, bound, given), &row.hash);
    if fits && user.is_some() { Ok(row) } else { Err(Error::Code(CodeRefusal::Mismatch)) }
}

/// Does everything that sending a code does, but for the code and the message: for a name or a user
/// of whom nobody may learn that there is nothing to send. The statements are those of the real
/// thing, and as much is sealed.
///
/// # Errors
/// [`Error::AttemptLimit`], as for a user who is sent one.
pub async fn pretend<C: Sync>(
    ctx: &mut Ctx<'_, C>,
    scene: &Scene,
    pool: &PoolId,
    subject: &str,
    (purpose, budget): (CodePurpose, HourlyBudget),
) -> Result<()> {
    let attribute = Medium::Email.attribute();
    // Not a code, so that no guess can ever fit.
    let noise = rng::string_from(b"0123456789abcdef", 64, &mut ctx.rng);
    let bound = Bound { pool, subject, purpose, attribute, address: "" };
    let hash = hash(ctx.app, bound, &noise);
    let expires = ctx.now.plus_secs(RESET_LIFE_SECS);
    let message = &Message::to_nobody(pool, subject, Secret::new(noise), ctx.now, &mut ctx.rng);
    let shadow = rng::bytes::<32>(&mut ctx.rng);
    let row = &CodeRow { purpose, attribute: attribute.to_owned(), hash, expires };
    let sub = &Sub::new(subject);
    ctx.write(async |mut tx| {
        match tx.user_by_sub(pool, sub).await {
            Ok(_) | Err(Error::UserNotFound) => {}
            Err(fault) => return Err(fault),
        }
        if !tx.spend(pool, subject, budget).await? {
            return Err(Error::AttemptLimit);
        }
        if scene.records() {
            tx.put_shadow_event(pool, &shadow).await?;
        }
        tx.put_hidden_code(pool, subject, row).await?;
        tx.pretend_to_enqueue(message).await
    })
    .await
}

/// What a code is bound to.
#[derive(Clone, Copy)]
struct Bound<'a> {
    pool: &'a PoolId,
    subject: &'a str,
    purpose: CodePurpose,
    attribute: &'a str,
    address: &'a str,
}

fn bound<'a>(user: &'a User, purpose: CodePurpose, attribute: &'a str) -> Bound<'a> {
    let address = user.attribute(attribute).unwrap_or_default();
    Bound { pool: &user.pool, subject: user.sub.as_str(), purpose, attribute, address }
}

/// What is kept of a code. None of the parts before the code can hold the zero byte that ends it.
fn hash(app: &App, bound: Bound<'_>, code: &str) -> [u8; 32] {
    let Bound { pool, subject, purpose, attribute, address } = bound;
    let place = [pool.as_str(), subject, purpose.as_str(), attribute, address];
    let mut parts: Vec<&[u8]> = Vec::with_capacity(11);
    for part in place {
        parts.extend([part.as_bytes(), b"\0"]);
    }
    parts.push(code.as_bytes());
    hmac_sha256(&app.sealer.derive("codes"), &parts)
}
