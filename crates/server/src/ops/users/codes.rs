//! Codes that are sent to users: drawn, kept, sent, compared.
//!
//! A code is kept as a keyed hash that is bound to the pool, the user, the purpose and the address
//! it went to: it proves nothing for anybody else, and nothing for an address that the user was
//! given later. Its message is written in the transaction that keeps it. Every guess is paid for
//! before it is compared.
//!
//! It knows nothing of what a right code leads to.

use poolhouse_domain::auth::policy::PoolPolicy;
use poolhouse_domain::crypto::hmac_sha256;
use poolhouse_domain::error::{CodeRefusal, Error, Result};
use poolhouse_domain::id::PoolId;
use poolhouse_domain::message::{Medium, Message};
use poolhouse_domain::pool::{Pool, PoolSettings};
use poolhouse_domain::rng;
use poolhouse_domain::secret::{Secret, ct_eq};
use poolhouse_domain::session::{CodePurpose, CodeRow, HourlyBudget};
use poolhouse_domain::user::attribute::Attributes;
use poolhouse_domain::user::template::{self, Text};
use poolhouse_domain::user::username::Purpose;
use poolhouse_domain::user::{User, masking};
use poolhouse_store::Tx;
use poolhouse_wire::shapes::{
    CodeDeliveryDetailsType, DefaultEmailOptionType, VerifiedAttributeType,
};

use crate::app::{App, Strictness};
use crate::drive::hidden_subject;
use crate::ops::ctx::{Ctx, refuse_trigger};

/// Digits of a code.
const CODE_DIGITS: usize = 6;
/// How long a code that confirms a sign-up or verifies an attribute works, in seconds.
pub const VERIFICATION_LIFE_SECS: i64 = 24 * 60 * 60;

/// Where a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address<'a> {
    /// By which medium.
    pub medium: Medium,
    /// The email address or phone number.
    pub value: &'a str,
}

impl<'a> Address<'a> {
    /// The address that a user with these attributes has for a medium.
    pub fn of(medium: Medium, attributes: &'a Attributes) -> Option<Self> {
        let value = attributes.get(medium.attribute()).filter(|value| !value.is_empty())?;
        Some(Self { medium, value })
    }
}

/// The address that a new user verifies: of those that the pool verifies automatically the phone
/// number comes first. There is one message at most.
pub fn sign_up_address<'a>(
    settings: &PoolSettings,
    attributes: &'a Attributes,
) -> Option<Address<'a>> {
    let verified = [
        (VerifiedAttributeType::PhoneNumber, Medium::Sms),
        (VerifiedAttributeType::Email, Medium::Email),
    ];
    let mut verified = verified.iter().filter(|(kind, _)| settings.auto_verified().contains(kind));
    verified.find_map(|(_, medium)| Address::of(*medium, attributes))
}

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
pub struct Order<'a> {
    /// What it proves.
    pub purpose: CodePurpose,
    /// What its message is called, such as `SignUp`.
    pub kind: &'static str,
    /// Where it goes.
    pub address: Address<'a>,
    /// How long it works, in seconds.
    pub life_secs: i64,
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
pub fn issue<C>(
    ctx: &mut Ctx<'_, C>,
    user: &User,
    order: Order<'_>,
    text: impl FnOnce(&Secret<String>) -> Text,
) -> Issued {
    let Order { purpose, kind, address, life_secs } = order;
    let code = match &ctx.app.strictness {
        Strictness::Dev { fixed_code: Some(code) } => Secret::new(code.clone()),
        Strictness::Dev { fixed_code: None } | Strictness::Serve => {
            Secret::new(rng::digits(CODE_DIGITS, &mut ctx.rng))
        }
    };
    let row = CodeRow {
        purpose,
        attribute: address.medium.attribute().to_owned(),
        hash: hash(ctx.app, user, purpose, address, code.expose()),
        expires: ctx.now.plus_secs(life_secs),
    };
    let text = text(&code);
    Issued { row, message: message(ctx, user, kind, address, text, code) }
}

/// A fresh code that confirms a sign-up.
///
/// # Errors
/// [`Error::NotBuilt`] where the pool wants a link instead, or a trigger to write the message.
pub fn issue_sign_up<C>(
    ctx: &mut Ctx<'_, C>,
    pool: &Pool,
    user: &User,
    address: Address<'_>,
    kind: &'static str,
) -> Result<Issued> {
    refuse_message_triggers(&pool.settings.auth_policy(), address.medium)?;
    let texts = pool.settings.verification_template();
    let link = texts.default_email_option == Some(DefaultEmailOptionType::ConfirmWithLink);
    if link && address.medium == Medium::Email {
        return Err(Error::NotBuilt("confirmation by link (CONFIRM_WITH_LINK)"));
    }
    let (purpose, life_secs) = (CodePurpose::SignUp, VERIFICATION_LIFE_SECS);
    let order = Order { purpose, kind, address, life_secs };
    let text = |code: &_| template::verification(address.medium, Some(texts), None, code);
    Ok(issue(ctx, user, order, text))
}

/// A message to a user, not yet written.
pub fn message<C>(
    ctx: &mut Ctx<'_, C>,
    user: &User,
    kind: &str,
    address: Address<'_>,
    text: Text,
    code: Secret<String>,
) -> Message {
    Message {
        id: rng::uuid(&mut ctx.rng),
        pool: user.pool.clone(),
        sub: user.sub.clone(),
        medium: address.medium,
        kind: kind.to_owned(),
        destination: Secret::new(address.value.to_owned()),
        subject: text.subject,
        body: text.body,
        code,
        created: ctx.now,
    }
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
    let sent_to = [Medium::Email, Medium::Sms].into_iter().find(|m| m.attribute() == row.attribute);
    let address = sent_to.and_then(|medium| Address::of(medium, &user.attributes));
    let fits = address
        .is_some_and(|address| ct_eq(&hash(ctx.app, user, purpose, address, given), &row.hash));
    if fits { Ok(row) } else { Err(Error::Code(CodeRefusal::Mismatch)) }
}

/// Pays for a guess about a user who does not exist, where nobody may notice.
///
/// # Errors
/// [`Error::AttemptLimit`], as for a user who does.
pub async fn spend_hidden<C: Sync>(
    ctx: &Ctx<'_, C>,
    pool: &PoolId,
    name: &str,
    budget: HourlyBudget,
) -> Result<()> {
    spend(ctx, pool, &hidden_subject(name), budget).await
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
    masking::simulated(&key, &pool.id, name, pool.settings.auto_verified())
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
fn hash(
    app: &App,
    user: &User,
    purpose: CodePurpose,
    address: Address<'_>,
    code: &str,
) -> [u8; 32] {
    let mut parts: Vec<&[u8]> = Vec::with_capacity(11);
    let place = [user.pool.as_str(), user.sub.as_str(), purpose.as_str()];
    for part in place.into_iter().chain([address.medium.attribute(), address.value]) {
        parts.extend([part.as_bytes(), b"\0"]);
    }
    parts.push(code.as_bytes());
    hmac_sha256(&app.sealer.derive("codes"), &parts)
}
