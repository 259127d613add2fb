//! Tokens: what they are good for, and how they end.

use super::sign_in::reset_required;
use super::{HOUR, Hash, check_hash};
use crate::model_test::state::{
    At, Model, No, Said, Status, Uid, disabled, invalid, missing_user, no, not_authorized,
};

/// An access token as the client holds it.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    pub(crate) family: usize,
    pub(crate) expires: i64,
    /// The `device_key` claim.
    pub(crate) device: Option<String>,
}

/// A refresh token: its family, and which of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RefreshToken {
    pub(crate) family: usize,
    pub(crate) number: usize,
}

fn invalid_refresh() -> No {
    not_authorized("Invalid Refresh Token.")
}

impl Model {
    pub(crate) fn revoke_all(&mut self, uid: Uid) {
        for family in self.families.iter_mut().filter(|family| family.uid == uid) {
            family.revoked = true;
        }
    }

    /// Whether an access token may act; the user that it acts for.
    pub(crate) fn bearer(&self, access: &Access) -> Said<Uid> {
        let family = &self.families[access.family];
        if access.expires <= self.now {
            return Err(not_authorized("Access Token has expired"));
        }
        let user = self.user(family.at.pool, family.uid).ok_or_else(missing_user)?;
        if !user.enabled {
            return Err(disabled());
        }
        if family.revoked || family.gone {
            return Err(not_authorized("Access Token has been revoked"));
        }
        if user.status == Status::Unconfirmed {
            return Err(no("UserNotConfirmedException", "User is not confirmed."));
        }
        if user.status == Status::ResetRequired {
            return Err(reset_required());
        }
        Ok(family.uid)
    }

    /// REFRESH_TOKEN_AUTH, with a secret hash, and GetTokensFromRefreshToken, without one; the token
    /// is none where it was never issued. The family, and the number of the token that replaces it.
    pub(crate) fn refresh(
        &mut self,
        at: At,
        token: Option<RefreshToken>,
        device: Option<&str>,
        hash: Option<Hash>,
    ) -> Said<(usize, Option<usize>)> {
        let rotation = self.client(at).rotation;
        if rotation.is_some() && hash.is_some() {
            return Err(invalid("Auth flow not enabled for this client"));
        }
        let RefreshToken { family: id, number } = token.ok_or_else(invalid_refresh)?;
        let family = &self.families[id];
        let user = self.user(family.at.pool, family.uid);
        let Some(user) = user.filter(|_| family.at.pool == at.pool && !family.gone) else {
            return Err(invalid_refresh());
        };
        if let Some(hash) = hash {
            check_hash(self.client(at), hash)?;
        }
        if family.at != at {
            return Err(invalid_refresh());
        }
        if family.revoked && (user.enabled || !self.rules.disabled_may_refresh) {
            return Err(not_authorized("Refresh Token has been revoked"));
        }
        if family.expires <= self.now {
            return Err(not_authorized("Refresh Token has expired"));
        }
        if !family.refreshable {
            return Err(invalid_refresh());
        }
        if let (Some(bound), Some(_)) = (&family.device, self.pools[at.pool].tracking) {
            let confirmed = user.devices.get(bound).is_some_and(|device| device.confirmed);
            if device != Some(bound.as_str()) || !confirmed {
                return Err(invalid_refresh());
            }
        }
        let newest = family.newest == number;
        let again = family.retry.get(&number).is_some_and(|until| self.now < *until);
        if !newest && !again {
            return Err(no("RefreshTokenReuseException", "Refresh token reuse detected"));
        }
        if user.status == Status::ResetRequired {
            return Err(reset_required());
        }
        let Some(grace) = rotation else { return Ok((id, None)) };
        let (now, issued) = (self.now, &mut self.families[id]);
        if newest && grace > 0 {
            issued.retry.insert(number, now + grace * 1000);
        }
        // No number is given twice.
        issued.newest = issued.newest.max(number) + 1;
        Ok((id, Some(issued.newest)))
    }

    /// RevokeToken of a refresh token, whoever's it is. Of those that were replaced only the first
    /// ends its family.
    pub(crate) fn revoke(&mut self, at: At, token: Option<RefreshToken>, hash: Hash) -> Said<()> {
        let unauthorized = || no("UnauthorizedException", "Unauthorized");
        if check_hash(self.client(at), hash).is_err() {
            return Err(unauthorized());
        }
        let Some(RefreshToken { family: id, number }) = token else { return Ok(()) };
        let family = &self.families[id];
        let there = self.user(family.at.pool, family.uid).is_some();
        if !there || family.gone {
            return Ok(());
        }
        if family.at != at {
            return Err(unauthorized());
        }
        self.families[id].revoked |= number == 0 || number == family.newest;
        Ok(())
    }

    /// GlobalSignOut and AdminUserGlobalSignOut: also what is in progress ends.
    pub(crate) fn sign_out(&mut self, pool: usize, uid: Uid) {
        self.revoke_all(uid);
        self.user_mut(pool, uid).stamp += 1;
    }

    /// When an access token that is issued now ends.
    pub(crate) fn access_expiry(&self, at: At) -> i64 {
        self.now + self.client(at).access_secs * (HOUR / 3600)
    }
}
