//! Whether a refresh token still gives tokens.
//!
//! With device tracking on, a refresh token belongs to the device of its sign-in: that device must
//! be named and confirmed. It need not be remembered.

use super::advance;
use super::method::Methods;
use super::policy::{ClientPolicy, PoolPolicy};
use crate::device::Device;
use crate::error::{AccessTokenRefusal, Error, RefreshTokenRefusal, Result, SignInRefusal};
use crate::id::{ClientId, DeviceKey, OriginJti, Sub};
use crate::session::TokenFamily;
use crate::time::Timestamp;
use crate::user::{User, UserStatus};

/// The right to new access and ID tokens of an existing family. Built by [`check`] only.
#[derive(Debug)]
pub struct RefreshGrant {
    sub: Sub,
    origin_jti: OriginJti,
    device: Option<DeviceKey>,
    authenticated: Timestamp,
    methods: Methods,
}

impl RefreshGrant {
    /// The proofs of the sign-in, which a refresh does not change.
    pub fn methods(&self) -> &Methods {
        &self.methods
    }

    /// The user.
    pub fn sub(&self) -> &Sub {
        &self.sub
    }

    /// The family.
    pub fn origin_jti(&self) -> &OriginJti {
        &self.origin_jti
    }

    /// The device of the sign-in.
    pub fn device(&self) -> Option<&DeviceKey> {
        self.device.as_ref()
    }

    /// When the user signed in, which a refresh does not change.
    pub fn authenticated(&self) -> Timestamp {
        self.authenticated
    }
}

/// What a refresh may look at.
#[derive(Clone, Copy, Debug)]
pub struct RefreshFacts<'a> {
    /// The family that the token's handle names.
    pub family: &'a TokenFamily,
    /// Its user.
    pub user: &'a User,
    /// The client that asks.
    pub client: &'a ClientId,
    /// That client's policy.
    pub client_policy: &'a ClientPolicy,
    /// The pool's policy.
    pub policy: &'a PoolPolicy,
    /// The key that the request names.
    pub presented: Option<&'a DeviceKey>,
    /// The family's device, if it still exists.
    pub device: Option<&'a Device>,
}

/// Decides.
///
/// # Errors
/// `Invalid`, `Expired`, `Revoked`, and the states of the user that shut the door.
pub fn check(facts: RefreshFacts<'_>, now: Timestamp) -> Result<RefreshGrant> {
    let refuse = |refusal| Err(Error::RefreshToken(refusal));
    let family = facts.family;
    if family.client != *facts.client || facts.client_policy.rotation {
        return refuse(RefreshTokenRefusal::Invalid);
    }
    if family.revoked.is_some() {
        return refuse(RefreshTokenRefusal::Revoked);
    }
    if family.expires <= now {
        return refuse(RefreshTokenRefusal::Expired);
    }
    if !device_fits(facts) {
        return refuse(RefreshTokenRefusal::Invalid);
    }
    if facts.user.status == UserStatus::ExternalProvider {
        return Err(Error::SignIn(SignInRefusal::BadCredentials));
    }
    advance::gate(facts.user, false)?;
    Ok(RefreshGrant {
        sub: family.sub.clone(),
        origin_jti: family.origin_jti.clone(),
        device: family.device.clone(),
        authenticated: family.authenticated,
        methods: family.methods.clone(),
    })
}

fn device_fits(facts: RefreshFacts<'_>) -> bool {
    match (&facts.family.device, facts.policy.tracking) {
        (None, _) | (_, None) => true,
        (Some(bound), Some(_)) => {
            facts.presented == Some(bound) && facts.device.is_some_and(|device| device.confirmed)
        }
    }
}

/// Whether an access token of this family may act for this user.
///
/// # Errors
/// `Revoked`, and the states of the user that shut the door.
pub fn check_bearer(family: &TokenFamily, user: &User) -> Result<()> {
    if !user.enabled {
        return Err(Error::SignIn(SignInRefusal::Disabled));
    }
    if family.revoked.is_some() {
        return Err(Error::AccessToken(AccessTokenRefusal::Revoked));
    }
    match user.status {
        UserStatus::Unconfirmed => Err(Error::SignIn(SignInRefusal::NotConfirmed)),
        UserStatus::ResetRequired => Err(Error::SignIn(SignInRefusal::ResetRequired)),
        UserStatus::Confirmed | UserStatus::ForceChangePassword | UserStatus::ExternalProvider => {
            Ok(())
        }
    }
}
