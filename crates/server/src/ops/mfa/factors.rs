//! Which factors a user can sign in with, for GetUserAuthFactors and AdminGetUserAuthFactors.

use poolhouse_domain::pool::Pool;
use poolhouse_domain::user::{MfaFactor, User};
use poolhouse_wire::shapes::AuthFactorType;

/// `ConfiguredUserAuthFactors`: a password that is set; codes by email and text message where the
/// address is verified, and the pool lets users sign in by them or the user receives them as second
/// factors; an authenticator.
pub(super) fn configured(pool: &Pool, user: &User, has_password: bool) -> Vec<AuthFactorType> {
    let first = pool.settings.first_factors();
    let by_message = |factor: AuthFactorType, attribute: &str, second: MfaFactor| {
        let reachable = user.attribute(attribute).is_some() && user.is_verified(attribute);
        reachable && (first.contains(&factor) || user.mfa.active.contains(&second))
    };
    let (email, sms) = (AuthFactorType::EmailOtp, AuthFactorType::SmsOtp);
    [
        (AuthFactorType::Password, has_password),
        (email, by_message(email, "email", MfaFactor::Email)),
        (sms, by_message(sms, "phone_number", MfaFactor::Sms)),
        (AuthFactorType::SoftwareToken, user.totp_verified),
    ]
    .into_iter()
    .filter_map(|(factor, configured)| configured.then_some(factor))
    .collect()
}
