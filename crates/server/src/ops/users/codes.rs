//! Codes that are sent to users: drawn, kept, sent, compared.
//!
//! A code is kept as a keyed hash that is bound to the pool, the user, the purpose and the address
//! it went to: it proves nothing for anybody else, and nothing for an address that the user was
//! given later. Its message is written in the transaction that keeps it. Every guess is paid for
//! before it is compared.
//!
//! It knows nothing of what a right code leads to.

use std::collections::BTreeMap;

use poolhouse_domain::auth::policy::PoolPolicy;
use poolhouse_domain::crypto::hmac_sha256;
use poolhouse_domain::error::{CodeRefusal, Error, Result};
use poolhouse_domain::id::{ClientId, PoolId};
use poolhouse_domain::message::{Medium, Message};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::rng;
use poolhouse_domain::secret::{Secret, ct_eq};
use poolhouse_domain::session::{CodePurpose, CodeRow, HourlyBudget};
use poolhouse_domain::user::delivery::{self, MessageKind};
use poolhouse_domain::user::template::{self, Text};
use poolhouse_domain::user::username::Purpose;
use poolhouse_domain::user::{User, masking};
use poolhouse_store::Tx;
use poolhouse_wire::shapes::CodeDeliveryDetailsType;

use crate::app::{App, Strictness};
use crate::drive::hidden_subject;
use crate::ops::ctx::{Ctx, refuse_trigger};

/// Digits of a code.
const CODE_DIGITS: usize = 6;
/// How long a code that confirms a sign-up or verifies an attribute works, in seconds.
pub const VERIFICATION_LIFE_SECS: i64 = 24 * 60 * 60;

/// Refuses a message that a Lambda trigger would have to write or send.
///
/// # Errors
/// [`Error::NotBuilt`].
pub fn refuse_message_triggers(policy: &PoolPolicy, medium: Medium) -> Result<()> {
    let sender = match medium {
        Medium::Email => "CustomEmailSender",
        Medium::Sms => "CustomSMSSender",
    };
    refuse_trigger(policy, &["CustomMessage", sender])
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

/// A fresh code for a user; `text` says what its message tells.
///
/// # Errors
/// What `text` returns; a fault when the user has no address for the medium.
pub async fn issue<C: Send>(
    ctx: &mut Ctx<'_, C>,
    _origin: Origin<'_>,
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
        hash: hash(ctx.app, user, purpose, attribute, code.expose()),
        expires: ctx.now.plus_secs(life_secs),
    };
    let text = text(&code)?;
    let message = delivery::message(user, kind, medium, text, &code, ctx.now, &mut ctx.rng);
    let message = message.ok_or_else(|| Error::fault("a code for a user without an address"))?;
    Ok(Issued { row, message })
}

/// A fresh code that confirms a sign-up, where the pool verifies an address that the user has.
///
/// # Errors
/// [`Error::NotBuilt`] where the pool wants a link instead, or a trigger to write the message.
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
    refuse_message_triggers(&pool.settings.auth_policy(), medium)?;
    let (purpose, life_secs) = (CodePurpose::SignUp, VERIFICATION_LIFE_SECS);
    let texts = pool.settings.verification_template();
    let text = |code: &_| template::confirmation(medium, Some(texts), None, code);
    issue(ctx, origin, user, Order { purpose, kind, medium, life_secs }, text).await.map(Some)
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
    let guess = hash(ctx.app, user, purpose, &row.attribute, given);
    if ct_eq(&guess, &row.hash) { Ok(row) } else { Err(Error::Code(CodeRefusal::Mismatch)) }
}

/// Pays for a guess about a user who does not exist, where nobody may notice.
///
/// # Errors
/// [`Error::AttemptLimit`], as for a user who does.
pub async fn spend_hidden<C: Sync>(
    ctx: &Ctx<'_, C>,
    pool: &Pool,
    name: &str,
    budget: HourlyBudget,
) -> Result<()> {
    let name = pool.settings.sign_in_names().username_key(name);
    spend(ctx, &pool.id, &hidden_subject(&name), budget).await
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
    let key = app.sealer.derive("simulated destinations");
    let name = pool.settings.sign_in_names().username_key(name);
    masking::simulated(&key, &pool.id, &name, pool.settings.auto_verified())
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

/// What is kept of a code. None of the parts before the code can hold the zero byte that ends it.
fn hash(app: &App, user: &User, purpose: CodePurpose, attribute: &str, code: &str) -> [u8; 32] {
    let address = user.attribute(attribute).unwrap_or_default();
    let place = [user.pool.as_str(), user.sub.as_str(), purpose.as_str(), attribute, address];
    let mut parts: Vec<&[u8]> = Vec::with_capacity(11);
    for part in place {
        parts.extend([part.as_bytes(), b"\0"]);
    }
    parts.push(code.as_bytes());
    hmac_sha256(&app.sealer.derive("codes"), &parts)
}
