//! Whether a refresh token still gives tokens.
//!
//! With device tracking on, a refresh token belongs to the device of its sign-in: that device must
//! be named and confirmed. It need not be remembered.
//!
//! A client may rotate its refresh tokens: each use replaces the newest by another one, which ends
//! when the first would have. Whoever uses one that was replaced is refused, and the newest goes on
//! working; only for a few seconds, which the client configures, may the one before be used again,
//! by somebody who did not get the answer. That replaces the newest, too, so of several answers the
//! last one holds.

use super::advance;
use super::method::Methods;
use super::policy::{ClientPolicy, PoolPolicy};
use crate::device::Device;
use crate::error::{AccessTokenRefusal, Error, RefreshTokenRefusal, Result, SignInRefusal};
use crate::id::{ClientId, DeviceKey, OriginJti, Sub};
use crate::session::TokenFamily;
use crate::time::Timestamp;
use crate::user::{User, UserStatus};

/// Through which operation a refresh token is presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// The flow REFRESH_TOKEN_AUTH, which can return no refresh token and so does not rotate.
    Flow,
    /// GetTokensFromRefreshToken.
    Renewal,
}

/// What becomes of the refresh token that was presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It stays good: the client does not rotate.
    Stays,
    /// It is the newest, and another one replaces it.
    Replaced,
    /// It was replaced a moment ago: another one replaces the newest.
    Retried,
}

/// The right to new access and ID tokens of an existing family. Built by [`check`] only.
#[derive(Debug)]
pub struct RefreshGrant {
    sub: Sub,
    origin_jti: OriginJti,
    device: Option<DeviceKey>,
    authenticated: Timestamp,
    methods: Methods,
    turn: Turn,
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

    /// What becomes of the refresh token.
    pub fn turn(&self) -> Turn {
        self.turn
    }
}

/// What a refresh may look at.
#[derive(Clone, Copy, Debug)]
pub struct RefreshFacts<'a> {
    /// The operation.
    pub door: Door,
    /// The hash of the token's handle.
    pub token: &'a [u8; 32],
    /// Until when it may be used again, if it was replaced a moment ago.
    pub retry_until: Option<Timestamp>,
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
/// `Invalid`, `Expired`, `Revoked`, `Reused`, and the states of the user that shut the door.
pub fn check(facts: RefreshFacts<'_>, now: Timestamp) -> Result<RefreshGrant> {
    let refuse = |refusal| Err(Error::RefreshToken(refusal));
    let family = facts.family;
    let rotation = facts.client_policy.rotation;
    if family.client != *facts.client || (rotation && facts.door == Door::Flow) {
        return refuse(RefreshTokenRefusal::Invalid);
    }
    if family.revoked.is_some() {
        return refuse(RefreshTokenRefusal::Revoked);
    }
    if family.expires <= now {
        return refuse(RefreshTokenRefusal::Expired);
    }
    if !family.refreshable || !device_fits(facts) {
        return refuse(RefreshTokenRefusal::Invalid);
    }
    let turn = turn(facts, now)?;
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
        turn,
    })
}

/// One of the family's tokens is the newest. Of the others, all that is known is which were replaced
/// a moment ago.
fn turn(facts: RefreshFacts<'_>, now: Timestamp) -> Result<Turn> {
    let newest = facts.family.newest_hash == *facts.token;
    match (newest, facts.client_policy.rotation) {
        (true, false) => Ok(Turn::Stays),
        (true, true) => Ok(Turn::Replaced),
        (false, true) if facts.retry_until.is_some_and(|until| now < until) => Ok(Turn::Retried),
        (false, _) => Err(Error::RefreshToken(match facts.door {
            Door::Renewal => RefreshTokenRefusal::Reused,
            // The flow's operations have no such exception.
            Door::Flow => RefreshTokenRefusal::Invalid,
        })),
    }
}

/// Whether revoking this token ends its family: the newest and the first one do, the ones between
/// are good for nothing, not even for this.
pub fn revokes(family: &TokenFamily, token: &[u8; 32]) -> bool {
    *token == family.newest_hash || *token == family.refresh_hash
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::method::Method;
    use crate::auth::testing;
    use crate::device::Remembered;
    use crate::error::Error::{RefreshToken, SignIn};

    const NOW: Timestamp = Timestamp::from_secs(1_000);
    const FIRST: [u8; 32] = [1; 32];
    const MIDDLE: [u8; 32] = [2; 32];
    const NEWEST: [u8; 32] = [3; 32];

    fn family() -> TokenFamily {
        let user = testing::user();
        TokenFamily {
            pool: user.pool,
            origin_jti: OriginJti::new("family"),
            sub: user.sub,
            client: ClientId::new("mine"),
            device: None,
            refresh_hash: FIRST,
            newest_hash: NEWEST,
            refreshable: true,
            authenticated: Timestamp::from_secs(500),
            methods: [Method::Password].into_iter().collect(),
            expires: Timestamp::from_secs(1_001),
            revoked: None,
            session: None,
        }
    }

    /// What a case changes of a refresh with the newest token by a client that rotates.
    struct Case {
        door: Door,
        token: [u8; 32],
        retry_until: Option<i64>,
        rotation: bool,
        family: TokenFamily,
        user: User,
        presented: Option<DeviceKey>,
        device: Option<Device>,
        tracked: bool,
    }

    fn case() -> Case {
        Case {
            door: Door::Renewal,
            token: NEWEST,
            retry_until: None,
            rotation: true,
            family: family(),
            user: testing::user(),
            presented: None,
            device: None,
            tracked: false,
        }
    }

    impl Case {
        fn check(&self) -> Result<RefreshGrant> {
            let client_policy = ClientPolicy { rotation: self.rotation, ..Default::default() };
            let tracking = self.tracked.then(|| testing::tracking(false));
            let policy = PoolPolicy { tracking, ..testing::pool() };
            let facts = RefreshFacts {
                door: self.door,
                token: &self.token,
                retry_until: self.retry_until.map(Timestamp::from_secs),
                family: &self.family,
                user: &self.user,
                client: &ClientId::new("mine"),
                client_policy: &client_policy,
                policy: &policy,
                presented: self.presented.as_ref(),
                device: self.device.as_ref(),
            };
            check(facts, NOW)
        }

        #[track_caller]
        fn turns(&self, turn: Turn) {
            let grant = self.check().unwrap();
            assert_eq!(grant.turn(), turn);
            assert_eq!(grant.authenticated(), Timestamp::from_secs(500));
            assert_eq!(grant.methods().amr(), ["pwd"]);
        }

        #[track_caller]
        fn refused(&self, refusal: RefreshTokenRefusal) {
            match self.check() {
                Err(RefreshToken(got)) => assert_eq!(got, refusal),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn only_the_newest_token_refreshes_and_for_a_moment_the_one_before() {
        use RefreshTokenRefusal::{Invalid, Reused};
        let (flow, renewal) = (Door::Flow, Door::Renewal);
        // door, rotation, token, may be retried until, what follows
        let table = [
            (renewal, true, NEWEST, None, Ok(Turn::Replaced)),
            (renewal, false, NEWEST, None, Ok(Turn::Stays)),
            (flow, true, NEWEST, None, Err(Invalid)),
            (flow, false, NEWEST, None, Ok(Turn::Stays)),
            (renewal, true, MIDDLE, None, Err(Reused)),
            (renewal, true, MIDDLE, Some(1_001), Ok(Turn::Retried)),
            (renewal, true, MIDDLE, Some(1_000), Err(Reused)),
            (renewal, false, MIDDLE, Some(1_001), Err(Reused)),
            (renewal, true, FIRST, None, Err(Reused)),
            (renewal, true, FIRST, Some(1_001), Ok(Turn::Retried)),
            (renewal, false, FIRST, None, Err(Reused)),
            (flow, false, FIRST, None, Err(Invalid)),
            (flow, true, FIRST, Some(1_001), Err(Invalid)),
        ];
        for (door, rotation, token, retry_until, expected) in table {
            let case = Case { door, token, retry_until, rotation, ..case() };
            match expected {
                Ok(turn) => case.turns(turn),
                Err(refusal) => case.refused(refusal),
            }
        }
    }

    #[test]
    fn what_ended_is_told_before_what_was_replaced() {
        let mut case = Case { token: MIDDLE, ..case() };
        case.family.expires = NOW;
        case.refused(RefreshTokenRefusal::Expired);
        case.family.revoked = Some(NOW);
        case.refused(RefreshTokenRefusal::Revoked);
        case.family.client = ClientId::new("other");
        case.refused(RefreshTokenRefusal::Invalid);
    }

    #[test]
    fn it_belongs_to_its_confirmed_device_where_devices_are_tracked() {
        let device = testing::device(Remembered::No);
        let mut case = Case { tracked: true, ..case() };
        case.family.device = Some(device.key.clone());
        case.refused(RefreshTokenRefusal::Invalid);
        case.presented = Some(device.key.clone());
        case.refused(RefreshTokenRefusal::Invalid);
        case.device = Some(Device { confirmed: false, ..device.clone() });
        case.refused(RefreshTokenRefusal::Invalid);
        case.device = Some(device);
        case.turns(Turn::Replaced);
        case.presented = Some(DeviceKey::new("us-east-1_other"));
        case.refused(RefreshTokenRefusal::Invalid);
        case.tracked = false;
        case.turns(Turn::Replaced);
        case.family.refreshable = false;
        case.refused(RefreshTokenRefusal::Invalid);
    }

    #[test]
    fn the_users_state_is_looked_at() {
        let mut case = case();
        case.user.enabled = false;
        assert!(matches!(case.check(), Err(SignIn(SignInRefusal::Disabled))));
    }

    #[test]
    fn the_first_and_the_newest_token_end_the_family() {
        let family = family();
        let ends = [FIRST, MIDDLE, NEWEST].map(|token| revokes(&family, &token));
        assert_eq!(ends, [true, false, true]);
    }
}
