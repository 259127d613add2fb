//! What ForgotPassword and AdminResetUserPassword have in common: the code for a new password.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::message::Medium;
use poolhouse_domain::pool::Pool;
use poolhouse_domain::session::CodePurpose;
use poolhouse_domain::user::delivery::MessageKind;
use poolhouse_domain::user::recovery::{self, By};
use poolhouse_domain::user::{User, template};

use super::codes::{self, Issued, Order, Origin};
use crate::ops::ctx::Ctx;

/// Where the code for a user goes.
///
/// # Errors
/// The user's state, or that there is no address.
pub(super) fn medium(pool: &Pool, by: By, user: &User) -> Result<Medium> {
    let mechanisms = pool.settings.recovery_mechanisms();
    let checked = recovery::check_state(by, user);
    checked.and_then(|()| recovery::medium(mechanisms, user)).map_err(Error::UserState)
}

/// A fresh code and its message.
///
/// # Errors
/// [`Error::Trigger`].
pub(super) async fn issue<C: Send>(
    ctx: &mut Ctx<'_, C>,
    origin: Origin<'_>,
    user: &User,
    medium: Medium,
) -> Result<Issued> {
    let order = Order {
        purpose: CodePurpose::Reset,
        kind: MessageKind::ForgotPassword,
        medium,
        life_secs: codes::RESET_LIFE_SECS,
    };
    let texts = origin.pool.settings.verification_template();
    let text = |code: &_| Ok(template::reset(medium, Some(texts), code));
    codes::issue(ctx, origin, user, order, text).await
}

/// Whether a code that was written for `seen` is still right for the user as a transaction reads
/// them.
///
/// # Errors
/// As [`medium`]; `Overloaded`, which asks to try again, when the address has changed.
pub(super) fn check_same(
    pool: &Pool,
    by: By,
    seen: &User,
    current: &User,
    to: Medium,
) -> Result<()> {
    let attribute = to.attribute();
    let same = current.attribute(attribute) == seen.attribute(attribute);
    if medium(pool, by, current)? == to && same { Ok(()) } else { Err(Error::Overloaded) }
}
