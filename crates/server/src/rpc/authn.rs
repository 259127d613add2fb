//! Who calls: the signature or the access token of a request.

use std::net::IpAddr;

use poolhouse_domain::auth::refresh::check_bearer;
use poolhouse_domain::error::{AccessTokenRefusal, Error, Result};
use poolhouse_domain::iam::{Account, Policy, Principal};
use poolhouse_domain::id::{OriginJti, PoolId, Sub};
use poolhouse_domain::secret::{Secret, ct_eq};
use poolhouse_domain::sigv4::{self, SigError};
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::token::claims::USER_ADMIN_SCOPE;
use poolhouse_domain::token::jwt::{Rejected, Unverified};
use poolhouse_wire::AuthKind;
use serde_json::{Map, Value};

use crate::app::{App, Strictness};
use crate::http::Request;
use crate::ops::ctx::{Anonymous, Bearer, BearerOrSession, Signed};

/// How often a key's time of last use is written, milliseconds.
const LAST_USED_RESOLUTION_MS: i64 = 60 * 60 * 1000;

/// A caller type: what the pipeline has to establish before the operation runs.
pub trait Caller: Sized + Send {
    /// The kinds of the model that this caller fits.
    const KINDS: &'static [AuthKind];

    /// Establishes it from what the pipeline verified.
    fn establish(
        app: &App,
        verified: Verified,
        auth: AuthKind,
        body: &Value,
        now: Timestamp,
    ) -> impl Future<Output = Result<Self>> + Send;
}

/// What the transport proved before the body was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verified {
    /// A signature, and permission by policy.
    Signature,
    /// Nothing.
    Nothing,
}

impl Caller for Signed {
    const KINDS: &'static [AuthKind] = &[AuthKind::Signed];

    async fn establish(
        _: &App,
        verified: Verified,
        _: AuthKind,
        _: &Value,
        _: Timestamp,
    ) -> Result<Self> {
        match verified {
            Verified::Signature => Ok(Self { _proof: () }),
            Verified::Nothing => Err(Error::fault("a signed operation without a signature")),
        }
    }
}

impl Caller for Anonymous {
    const KINDS: &'static [AuthKind] = &[AuthKind::Anonymous, AuthKind::SignedOrClient];

    async fn establish(_: &App, _: Verified, _: AuthKind, _: &Value, _: Timestamp) -> Result<Self> {
        Ok(Self)
    }
}

impl Caller for Bearer {
    const KINDS: &'static [AuthKind] = &[AuthKind::Bearer];

    async fn establish(
        app: &App,
        _: Verified,
        _: AuthKind,
        body: &Value,
        now: Timestamp,
    ) -> Result<Self> {
        match body.get("AccessToken").and_then(Value::as_str) {
            Some(token) => bearer(app, token, now).await,
            None => Err(Error::MissingParameter("AccessToken")),
        }
    }
}

impl Caller for BearerOrSession {
    const KINDS: &'static [AuthKind] = &[AuthKind::BearerOrSession];

    async fn establish(
        app: &App,
        _: Verified,
        _: AuthKind,
        body: &Value,
        now: Timestamp,
    ) -> Result<Self> {
        let text = |name: &str| body.get(name).and_then(Value::as_str);
        match (text("AccessToken"), text("Session")) {
            (Some(token), None) => Ok(Self::Bearer(Box::new(bearer(app, token, now).await?))),
            (None, Some(session)) => Ok(Self::Session(session.to_owned())),
            (Some(_), Some(_)) | (None, None) => {
                Err(Error::Mfa(poolhouse_domain::error::MfaRefusal::TokenOrSession))
            }
        }
    }
}

/// Verifies an access token: form, issuer, signature, kind, time, scope, and that neither it nor
/// its user has been shut out since.
///
/// # Errors
/// [`Error::AccessToken`] and the refusals of the user's state.
pub async fn bearer(app: &App, token: &str, now: Timestamp) -> Result<Bearer> {
    let refuse = |refusal| Error::AccessToken(refusal);
    let invalid = || refuse(AccessTokenRefusal::Invalid);
    let unverified = Unverified::parse(token).map_err(|_| invalid())?;
    let pool = claimed_pool(app, unverified.claimed_issuer()).ok_or_else(invalid)?;
    let mut keys = app.keys.access_public(&app.db, &pool).await?.ok_or_else(invalid)?;
    if !unverified.names_one_of(&keys) {
        // Another server may have signed with a key that this one has not seen.
        app.keys.look_again(&pool);
        keys = app.keys.access_public(&app.db, &pool).await?.ok_or_else(invalid)?;
    }
    let claims = unverified.verify(&keys).map_err(|rejected| match rejected {
        Rejected::Malformed | Rejected::UnknownKey => invalid(),
        Rejected::BadSignature => refuse(AccessTokenRefusal::BadSignature),
    })?;
    let facts = AccessClaims::read(&claims).ok_or_else(invalid)?;
    if facts.expires <= now.as_secs() {
        return Err(refuse(AccessTokenRefusal::Expired));
    }
    if !facts.scope.split(' ').any(|scope| scope == USER_ADMIN_SCOPE) {
        return Err(refuse(AccessTokenRefusal::MissingScope));
    }
    let (jti, sub) = (OriginJti::new(facts.origin_jti), Sub::new(facts.sub));
    let (pool, jti, sub) = (&pool, &jti, &sub);
    let found = app.db.read(async |mut tx| {
        let found = tx.bearer_facts(pool, jti, sub).await?;
        match &found {
            // No such user, or no such family: the first is told apart, as the service does.
            None => drop(tx.user_by_sub(pool, sub).await?),
            // The tokens of a client that was deleted are of no use here any more.
            Some((_, family)) => drop(tx.client(&family.client).await?),
        }
        Ok(found)
    });
    let (user, family) = found.await?.ok_or_else(|| refuse(AccessTokenRefusal::Revoked))?;
    check_bearer(&family, &user)?;
    if family.client.as_str() != facts.client_id {
        return Err(invalid());
    }
    Ok(Bearer { user, family, claims })
}

/// The pool that a token claims to be of; it must then verify under that pool's keys.
fn claimed_pool(app: &App, issuer: Option<&str>) -> Option<PoolId> {
    let issuer = issuer?;
    let pool = PoolId::new(issuer.rsplit_once('/')?.1);
    (app.identity.issuer_of(&pool) == issuer).then_some(pool)
}

/// The claims that an access token must have, with their types.
struct AccessClaims<'a> {
    sub: &'a str,
    client_id: &'a str,
    origin_jti: &'a str,
    scope: &'a str,
    expires: i64,
}

impl<'a> AccessClaims<'a> {
    fn read(claims: &'a Map<String, Value>) -> Option<Self> {
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        if text("token_use") != Some("access") {
            return None;
        }
        Some(Self {
            sub: text("sub")?,
            client_id: text("client_id")?,
            origin_jti: text("origin_jti")?,
            scope: text("scope")?,
            expires: claims.get("exp").and_then(Value::as_i64)?,
        })
    }
}

/// A verified signature: who it is and what they may do.
#[derive(Debug)]
pub struct SignedCaller {
    /// The principal.
    pub principal: Principal,
    /// Its identity policies; a root principal needs none.
    pub policies: Vec<Policy>,
    /// Where the request came from.
    pub ip: IpAddr,
}

/// Why a signed request was refused before its body was read.
#[derive(Debug)]
pub enum SignatureRefusal {
    /// The signature.
    Signature(SigError),
    /// The store.
    Fault(Error),
}

/// Verifies the signature of a request for one of `services`.
///
/// # Errors
/// The refusals of Signature Version 4, or a fault of the store.
pub async fn signed(
    app: &App,
    request: &Request,
    services: &[&str],
    regions: &[&str],
    now: Timestamp,
) -> Result<SignedCaller, SignatureRefusal> {
    let headers: Vec<(&str, &[u8])> = request
        .headers
        .iter()
        .map(|header| (header.name.as_str(), header.value.as_ref()))
        .collect();
    let parts = sigv4::Request {
        method: request.method.as_str(),
        path: &request.path,
        query: &request.query,
        headers: &headers,
        body: &request.body,
    };
    let rules = sigv4::Rules::new(services, regions);
    let claim = sigv4::parse(&parts, &rules, now).map_err(SignatureRefusal::Signature);
    let account = Account::new(&app.identity.realm.account, &app.identity.realm.region);
    let ip = request.peer.ip();
    if matches!(app.strictness, Strictness::Dev { .. }) {
        // Local development: whoever names a key is taken for the root, whatever they signed.
        return match claim {
            Err(SignatureRefusal::Signature(SigError::MissingToken)) => {
                Err(SignatureRefusal::Signature(SigError::MissingToken))
            }
            _ => Ok(SignedCaller { principal: root(&account), policies: Vec::new(), ip }),
        };
    }
    let claim = claim?;
    let unknown = || SignatureRefusal::Signature(SigError::UnknownKey);
    if claim.session_token().is_some() {
        return Err(unknown());
    }
    let id = claim.access_key_id();
    let verify = |secret: &Secret<String>| {
        sigv4::verify(&claim, &parts, secret).map_err(SignatureRefusal::Signature)
    };
    if ct_eq(id.as_bytes(), app.root.id.as_bytes()) {
        verify(&app.root.secret)?;
        return Ok(SignedCaller { principal: root(&account), policies: Vec::new(), ip });
    }
    let row = app.db.read(async |mut tx| tx.access_key(id).await);
    let row = row.await.map_err(SignatureRefusal::Fault)?.filter(|row| row.key.active);
    let row = row.ok_or_else(unknown)?;
    verify(&row.secret)?;
    touch_key(app, id, row.key.last_used, now).await.map_err(SignatureRefusal::Fault)?;
    let principal = Principal::User {
        account,
        name: row.user.name.clone(),
        path: row.user.path.clone(),
        id: row.user.id.clone(),
    };
    let policies =
        row.policies.iter().map(|(_, document)| Policy::parse_or_deny_all(document)).collect();
    Ok(SignedCaller { principal, policies, ip })
}

fn root(account: &Account) -> Principal {
    Principal::Root { account: account.clone() }
}

/// Remembers that a key was used, at most once an hour: a read path must not write each time.
async fn touch_key(app: &App, id: &str, last: Option<Timestamp>, now: Timestamp) -> Result<()> {
    let before = now.plus_millis(-LAST_USED_RESOLUTION_MS);
    if last.is_some_and(|last| last > before) {
        return Ok(());
    }
    app.db.write(now, async |mut tx| tx.touch_access_key(id, before).await).await
}
