//! Changes attributes of a user, as an administrator; an empty value deletes one.
//!
//! A new email address or phone number counts at once and is not verified, unless the same request
//! says that it is. If the pool verifies it automatically, a code that works for a day is sent to
//! it. All changes are made, or none.
//!
//! Differs from AWS / not verified:
//! - The code is for VerifyUserAttribute, which answers 501 until it is built; an administrator can
//!   set `email_verified` or `phone_number_verified` meanwhile.
//! - A code that was sent to an address before it was changed proves nothing any more.
//! - In pools that keep an old address until the new one is verified, a change that would have to
//!   wait answers 501.
//! - A request that would send a message answers 501 in pools with a CustomMessage trigger or a
//!   custom sender for that medium.
//! - An address of somebody else is an AliasExistsException also where it is given instead of a
//!   username.
//! - An address that is set to the value it has is not verified anew.
//! - A message that cannot be delivered at once is tried again; there is no error for it.
//! - `ClientMetadata` reaches triggers alone and is not kept.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::PoolId;
use poolhouse_domain::message::Medium;
use poolhouse_domain::pool::Pool;
use poolhouse_domain::session::CodePurpose;
use poolhouse_domain::user::attribute::{self, AdminUpdate, Attributes};
use poolhouse_domain::user::template;
use poolhouse_domain::user::username::{Purpose, UsernameRule};
use poolhouse_domain::user::{User, delivery::MessageKind};
use poolhouse_store::Tx;
use poolhouse_wire::operations::AdminUpdateUserAttributes;
use poolhouse_wire::shapes::{
    AdminUpdateUserAttributesRequest, AdminUpdateUserAttributesResponse, AttributeType,
};

use super::codes::{self, Issued, Order};
use crate::ops::ctx::{Ctx, Signed};
use crate::ops::{Operation, aliases};

impl Operation for AdminUpdateUserAttributes {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminUpdateUserAttributesRequest,
    ) -> Result<AdminUpdateUserAttributesResponse> {
        let (id, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let changes = request.user_attributes.as_slice();
        let found = ctx.read(async |mut tx| {
            let pool = tx.pool(id).await?;
            let lookups = pool.settings.sign_in_names().lookups(Purpose::Admin, name);
            let user = tx.user_by(&pool.id, &lookups).await?;
            Ok((pool, user))
        });
        let (pool, user) = &found.await?;
        let planned = update_of(pool, &user.attributes, changes)?;
        let codes = &issue(ctx, pool, user, &planned.attributes, changes)?;
        let sent = ctx.write(async |mut tx| {
            let user = tx.user_by_sub(&user.pool, &user.sub).await?;
            apply(&mut tx, pool, user, changes, codes).await
        });
        if sent.await? {
            ctx.mail_enqueued();
        }
        Ok(AdminUpdateUserAttributesResponse {})
    }
}

fn update_of(pool: &Pool, current: &Attributes, changes: &[AttributeType]) -> Result<AdminUpdate> {
    let settings = &pool.settings;
    let (schema, auto) = (settings.schema(), settings.auto_verified());
    let before = settings.verified_before_update();
    Ok(attribute::admin_update(schema, auto, before, current, changes)?)
}

/// Codes for the addresses that the request names. Whether they are needed is decided where the
/// user is read for good; drawing them is cheap, and randomness has no place in a transaction that
/// may run twice.
fn issue(
    ctx: &mut Ctx<'_, Signed>,
    pool: &Pool,
    user: &User,
    attributes: &Attributes,
    changes: &[AttributeType],
) -> Result<Vec<(Medium, Issued)>> {
    let texts = pool.settings.verification_template();
    let user = &User { attributes: attributes.clone(), ..user.clone() };
    let mut codes = Vec::new();
    for medium in [Medium::Email, Medium::Sms] {
        let named = changes.iter().any(|change| change.name == medium.attribute());
        if !named || !attributes.contains_key(medium.attribute()) {
            continue;
        }
        let order = Order {
            purpose: CodePurpose::Attribute(medium),
            kind: MessageKind::UpdateUserAttribute,
            medium,
            life_secs: codes::VERIFICATION_LIFE_SECS,
        };
        let text = |code: &_| Ok(template::verification(medium, Some(texts), None, code));
        codes.push((medium, codes::issue(ctx, user, order, text)?));
    }
    Ok(codes)
}

/// Makes the changes to a user, as read in this transaction; whether a code was sent.
async fn apply(
    tx: &mut Tx,
    pool: &Pool,
    user: User,
    changes: &[AttributeType],
    codes: &[(Medium, Issued)],
) -> Result<bool> {
    let update = update_of(pool, &user.attributes, changes)?;
    let changed = User { attributes: update.attributes, modified: tx.now, ..user.clone() };
    let names = pool.settings.sign_in_names();
    aliases::sync(tx, &names, Some(&user), &changed).await.map_err(taken)?;
    tx.update_user(&changed).await?;
    let unverified = |medium: Medium| update.changed_addresses.contains(&medium.attribute());
    let mut sent = false;
    for (medium, code) in codes.iter().filter(|(medium, _)| unverified(*medium)) {
        codes::refuse_message_triggers(&pool.settings.auth_policy(), *medium)?;
        code.store(tx).await?;
        sent = true;
    }
    Ok(sent)
}

/// The one refusal that this operation has for an address that somebody else is known by.
fn taken(error: Error) -> Error {
    match error {
        Error::Username(UsernameRule::AttributeTaken(kind)) => {
            UsernameRule::AliasTaken(kind).into()
        }
        other => other,
    }
}
