//! Changing and deleting attributes: what administrators and users have in common.
//!
//! A new address is verified by a code. Where the pool says so it waits for the code, sealed, while
//! the old one stays in force; otherwise it counts at once. Whether it may be written is the
//! operation's to say, and what it leads to the domain's.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::message::Medium;
use poolhouse_domain::pool::Pool;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::session::CodePurpose;
use poolhouse_domain::user::attribute::{self, AdminUpdate, AttributeRule, Attributes};
use poolhouse_domain::user::delivery::MessageKind;
use poolhouse_domain::user::username::{AliasKind, UsernameRule};
use poolhouse_domain::user::{User, template};
use poolhouse_store::Tx;
use poolhouse_wire::shapes::{AttributeType, CodeDeliveryDetailsType};

use super::codes::{self, Issued, Order, Origin};
use crate::ops::aliases;
use crate::ops::ctx::Ctx;

/// The addresses and how messages travel to them.
const ADDRESSES: [(AliasKind, Medium); 2] =
    [(AliasKind::Email, Medium::Email), (AliasKind::PhoneNumber, Medium::Sms)];

/// Makes changes to a user, all or none; what was sent, by attribute.
///
/// # Errors
/// The rules of attributes; an alias of somebody else; [`Error::NotBuilt`] where a trigger would
/// have to write or send a message.
pub(super) async fn make<C: Send + Sync>(
    ctx: &mut Ctx<'_, C>,
    origin: Origin<'_>,
    user: &User,
    changes: &[AttributeType],
) -> Result<Vec<CodeDeliveryDetailsType>> {
    let pool = origin.pool;
    let planned = update_of(pool, &user.attributes, changes)?;
    let codes = &issue(ctx, origin, user, planned).await?;
    let sent = ctx.write(async |mut tx| {
        let user = tx.user_by_sub(&user.pool, &user.sub).await?;
        apply(&mut tx, pool, user, changes, codes).await
    });
    let sent = sent.await?;
    if !sent.is_empty() {
        ctx.mail_enqueued();
    }
    let sent = codes.iter().filter(|(medium, _)| sent.contains(medium));
    Ok(sent.map(|(_, code)| code.details()).collect())
}

fn update_of(pool: &Pool, current: &Attributes, changes: &[AttributeType]) -> Result<AdminUpdate> {
    let settings = &pool.settings;
    let (schema, auto) = (settings.schema(), settings.auto_verified());
    let before = settings.verified_before_update();
    Ok(attribute::admin_update(schema, auto, before, current, changes)?)
}

/// The media by which an update sends codes.
fn media(update: &AdminUpdate) -> Vec<Medium> {
    let waiting = update.waiting.iter().map(|(name, _)| *name);
    let names: Vec<&str> = update.changed_addresses.iter().copied().chain(waiting).collect();
    let media = ADDRESSES.iter().map(|(_, medium)| *medium);
    media.filter(|medium| names.contains(&medium.attribute())).collect()
}

/// Codes for the addresses that have to be verified, as far as that can be said of the user as they
/// were read: randomness, and waiting for a trigger, have no place in a transaction.
async fn issue<C: Send>(
    ctx: &mut Ctx<'_, C>,
    origin: Origin<'_>,
    user: &User,
    planned: AdminUpdate,
) -> Result<Vec<(Medium, Issued)>> {
    let media = media(&planned);
    let mut attributes = planned.attributes;
    for (name, value) in planned.waiting {
        attributes.insert(name.to_owned(), value);
    }
    let user = &User { attributes, ..user.clone() };
    let mut codes = Vec::new();
    for medium in media {
        let kind = MessageKind::UpdateUserAttribute;
        codes.push((medium, verification(ctx, origin, user, kind, medium).await?));
    }
    Ok(codes)
}

/// A fresh code that verifies an address of a user.
///
/// # Errors
/// What the message's text returns.
pub(super) async fn verification<C: Send>(
    ctx: &mut Ctx<'_, C>,
    origin: Origin<'_>,
    user: &User,
    kind: MessageKind,
    medium: Medium,
) -> Result<Issued> {
    let (purpose, life_secs) = (CodePurpose::Attribute(medium), codes::VERIFICATION_LIFE_SECS);
    let texts = origin.pool.settings.verification_template();
    let text = |code: &_| Ok(template::verification(medium, Some(texts), None, code));
    codes::issue(ctx, origin, user, Order { purpose, kind, medium, life_secs }, text).await
}

/// Makes the changes to a user, as read in this transaction, and keeps the codes that it takes; by
/// which media they go.
///
/// # Errors
/// `Overloaded`, which asks to try again, when the user has changed so much that more are needed.
async fn apply(
    tx: &mut Tx,
    pool: &Pool,
    user: User,
    changes: &[AttributeType],
    codes: &[(Medium, Issued)],
) -> Result<Vec<Medium>> {
    let update = update_of(pool, &user.attributes, changes)?;
    let needed = media(&update);
    if !needed.iter().all(|needed| codes.iter().any(|(medium, _)| medium == needed)) {
        return Err(Error::Overloaded);
    }
    write(tx, pool, &user, update.attributes).await?;
    for name in &update.settled {
        tx.drop_pending_attribute(&user.pool, &user.sub, name).await?;
    }
    for (name, value) in &update.waiting {
        wait(tx, pool, &user, name, value).await?;
    }
    for (_, code) in codes.iter().filter(|(medium, _)| needed.contains(medium)) {
        code.store(tx).await?;
    }
    Ok(needed)
}

/// Writes a user's attributes and keeps aliases in step. Sign-ins in progress end when an address
/// changes, to which one of their codes may have been sent.
async fn write(tx: &mut Tx, pool: &Pool, before: &User, attributes: Attributes) -> Result<()> {
    let raised = i64::from(attribute::addresses_differ(&before.attributes, &attributes));
    let stamp = before.stamp.saturating_add(raised);
    let after = User { attributes, stamp, modified: tx.now, ..before.clone() };
    let names = pool.settings.sign_in_names();
    aliases::sync(tx, &names, Some(before), &after).await.map_err(taken)?;
    tx.update_user(&after).await
}

/// Keeps an address until its code comes back. Where it is given instead of a username, somebody
/// else's is refused now; where it is an alias, when it is verified, since it is nobody's before.
async fn wait(tx: &mut Tx, pool: &Pool, user: &User, name: &str, value: &str) -> Result<()> {
    let names = pool.settings.sign_in_names();
    let mut later = user.clone();
    later.attributes.insert(name.to_owned(), value.to_owned());
    let kind = ADDRESSES.iter().map(|(kind, _)| *kind).find(|kind| kind.as_str() == name);
    if let Some(kind) = kind.filter(|kind| names.username_attributes.contains(kind))
        && !aliases::is_free(tx, &names, user, &later).await?
    {
        return Err(UsernameRule::AliasTaken(kind).into());
    }
    let value = Secret::new(value.to_owned());
    tx.put_pending_attribute(&user.pool, &user.sub, name, &value).await
}

/// Deletes attributes of a user, as read in this transaction, and what waits for them.
///
/// # Errors
/// All names that are unknown, immutable or required.
pub(super) async fn delete(tx: &mut Tx, pool: &Pool, user: User, names: &[String]) -> Result<()> {
    let attributes = attribute::admin_delete(pool.settings.schema(), &user.attributes, names)?;
    for (kind, _) in ADDRESSES {
        if names.iter().any(|name| name == kind.as_str()) {
            tx.drop_pending_attribute(&user.pool, &user.sub, kind.as_str()).await?;
        }
    }
    write(tx, pool, &user, attributes).await
}

/// The medium by which an attribute is verified.
///
/// # Errors
/// [`AttributeRule::NotVerifiable`].
pub(super) fn verifiable(name: &str) -> Result<Medium> {
    let found = ADDRESSES.iter().find(|(kind, _)| kind.as_str() == name);
    let refused = || AttributeRule::NotVerifiable(name.to_owned()).into();
    found.map(|(_, medium)| *medium).ok_or_else(refused)
}

/// A user with the address that a code is to verify: the one that waits, or else the one in force.
#[derive(Clone, Debug)]
pub(super) struct Addressed {
    /// The user, the address among the attributes.
    pub(super) user: User,
    /// Whether it waits.
    pub(super) waits: bool,
}

impl Addressed {
    /// Reads it.
    ///
    /// # Errors
    /// `UserNotFound`.
    pub(super) async fn read(
        tx: &mut Tx,
        pool: &PoolId,
        sub: &Sub,
        medium: Medium,
    ) -> Result<Self> {
        let mut user = tx.user_by_sub(pool, sub).await?;
        let waiting = tx.pending_attribute(pool, sub, medium.attribute()).await?;
        let waits = waiting.is_some();
        if let Some(value) = waiting {
            user.attributes.insert(medium.attribute().to_owned(), value.expose().clone());
        }
        Ok(Self { user, waits })
    }

    /// The address.
    ///
    /// # Errors
    /// [`AttributeRule::NothingToVerify`].
    pub(super) fn address(&self, medium: Medium) -> Result<&str> {
        let kind = match medium {
            Medium::Email => AliasKind::Email,
            Medium::Sms => AliasKind::PhoneNumber,
        };
        let address = self.user.attribute(medium.attribute()).filter(|to| !to.is_empty());
        address.ok_or_else(|| AttributeRule::NothingToVerify(kind).into())
    }
}

/// Puts a verified address in force. `seen` is what the code was compared for, which must be as it
/// was.
///
/// # Errors
/// `AliasTaken`.
pub(super) async fn verified(
    tx: &mut Tx,
    pool: &Pool,
    seen: &Addressed,
    medium: Medium,
) -> Result<bool> {
    let (id, sub, name) = (&seen.user.pool, &seen.user.sub, medium.attribute());
    let now = Addressed::read(tx, id, sub, medium).await?;
    if now.waits != seen.waits || now.user.attribute(name) != seen.user.attribute(name) {
        return Ok(false);
    }
    let mut attributes = now.user.attributes;
    attributes.insert(format!("{name}_verified"), "true".to_owned());
    let before = tx.user_by_sub(id, sub).await?;
    write(tx, pool, &before, attributes).await?;
    tx.drop_pending_attribute(id, sub, name).await?;
    Ok(true)
}

/// The one refusal that changes have for an address that somebody else is known by.
fn taken(error: Error) -> Error {
    match error {
        Error::Username(UsernameRule::AttributeTaken(kind)) => {
            UsernameRule::AliasTaken(kind).into()
        }
        other => other,
    }
}
