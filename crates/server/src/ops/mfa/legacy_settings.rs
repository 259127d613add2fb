//! `MFAOptions`, the setting of old clients that knows of text messages alone.

use poolhouse_domain::auth::preference::{self, Wish};
use poolhouse_domain::error::{Error, MfaRefusal, Result};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::user::{MfaFactor, User};
use poolhouse_store::Tx;
use poolhouse_wire::shapes::{DeliveryMediumType, MFAOptionType};

/// Switches text messages as a second factor on or off, as the options say, for a user as read in
/// this transaction. Other factors, and what is preferred, stay as they are.
///
/// # Errors
/// [`MfaRefusal::OptionNotSms`]; as SetUserMFAPreference.
pub(super) async fn set(
    tx: &mut Tx,
    pool: &Pool,
    user: User,
    options: &[MFAOptionType],
) -> Result<()> {
    let is_sms = |option: &MFAOptionType| {
        option.delivery_medium == Some(DeliveryMediumType::Sms)
            && option.attribute_name.as_deref() == Some("phone_number")
    };
    if !options.iter().all(is_sms) {
        return Err(Error::Mfa(MfaRefusal::OptionNotSms));
    }
    let enabled = !options.is_empty();
    if user.mfa.active.contains(&MfaFactor::Sms) == enabled {
        return Ok(());
    }
    let wish = Wish { enabled, preferred: false };
    let mfa = preference::apply(&pool.settings.auth_policy(), &user, &[(MfaFactor::Sms, wish)])?;
    let stamp = user.stamp.saturating_add(1);
    tx.update_user(&User { mfa, stamp, modified: tx.now, ..user }).await
}
