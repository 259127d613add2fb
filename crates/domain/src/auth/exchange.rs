//! The two halves of an SRP exchange, for users, devices and users who do not exist.
//!
//! Between the halves the server keeps nothing: everything travels in the sealed secret block.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use rand_core::RngCore;

use super::advance::Challenge;
use super::answer::SrpClaim;
use super::handle::seal_block;
use super::step::{ChallengeKind, Progress, Prover, SecretBlock, SessionState, Step};
use crate::crypto::{Sealer, hmac_sha256};
use crate::device::{Device, DeviceSecret};
use crate::error::{Error, Result, SessionRefusal, SignInRefusal};
use crate::id::{ClientId, DeviceKey, PoolId};
use crate::rng;
use crate::secret::ct_eq;
use crate::srp::{self, Ephemeral, Identity, PublicA, timestamp, wire_hex};
use crate::time::Timestamp;
use crate::user::{PasswordRecord, User};

/// Where and when an exchange takes place.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The pool.
    pub pool: &'a PoolId,
    /// The client.
    pub client: &'a ClientId,
    /// Seals blocks.
    pub sealer: &'a Sealer,
    /// The request's time.
    pub now: Timestamp,
}

/// A salt to hash with where nothing is compared.
const ANY_SALT: [u8; 16] = [1; 16];

/// Starts a user's exchange: the `PASSWORD_VERIFIER` challenge. In a flow with sessions, `progress`
/// is what its session carries, and the answer is taken with that session alone.
///
/// # Errors
/// A fault for a stored verifier that is out of range.
pub fn begin_user(
    place: Place<'_>,
    user: &User,
    password: Option<&PasswordRecord>,
    a: &PublicA,
    device: Option<DeviceKey>,
    progress: Option<&Progress>,
    rng: &mut dyn RngCore,
) -> Result<Challenge> {
    // A user without a password looks like one with another password.
    // It is made up for everybody, as for those who do not exist: that takes its time, too.
    let stand_in = simulated(place, &user.username);
    let (salt, verifier) = match password {
        Some(record) => (&record.salt, record.verifier.expose()),
        None => (&stand_in.salt, &stand_in.verifier),
    };
    let in_session = progress.is_some();
    let half = Half { salt, verifier, a, device, stamp: user.stamp, in_session };
    let prover = Prover::User(user.sub.clone());
    let (mut parameters, nonce) = begin(place, half, prover, rng)?;
    parameters.insert("USERNAME".into(), user.username.clone());
    parameters.insert("USER_ID_FOR_SRP".into(), user.username.clone());
    let step = Step::PasswordVerifier { nonce };
    let session = progress.map(|progress| SessionState::new(step, progress));
    Ok(Challenge::new(ChallengeKind::PasswordVerifier, parameters, session))
}

/// A user who does not exist.
#[derive(Clone, Copy, Debug)]
pub struct Nobody<'a> {
    /// The name typed, as the pool compares names.
    pub name: &'a str,
    /// Whether the pool's users have a username of their own choice. Where they have, it is what a
    /// challenge shows, so a made-up id would tell that there is no such user.
    pub own_names: bool,
}

/// Starts the exchange of a user who does not exist, so that nobody can tell.
///
/// # Errors
/// As [`begin_user`].
pub fn begin_simulated(
    place: Place<'_>,
    nobody: Nobody<'_>,
    a: &PublicA,
    progress: Option<&Progress>,
    rng: &mut dyn RngCore,
) -> Result<Challenge> {
    let stand_in = simulated(place, nobody.name);
    let half = Half {
        salt: &stand_in.salt,
        verifier: &stand_in.verifier,
        a,
        device: None,
        stamp: 0,
        in_session: progress.is_some(),
    };
    let user_id = if nobody.own_names { nobody.name.to_owned() } else { stand_in.user_id };
    let prover = Prover::Simulated { subject: nobody.name.to_owned(), user_id: user_id.clone() };
    let (mut parameters, nonce) = begin(place, half, prover, rng)?;
    parameters.insert("USERNAME".into(), user_id.clone());
    parameters.insert("USER_ID_FOR_SRP".into(), user_id);
    let hidden = Some(nobody.name.to_owned());
    let step = Step::PasswordVerifier { nonce };
    let session =
        progress.map(|progress| SessionState { hidden, ..SessionState::new(step, progress) });
    Ok(Challenge::new(ChallengeKind::PasswordVerifier, parameters, session))
}

/// Starts a device's exchange: the `DEVICE_PASSWORD_VERIFIER` challenge. Its session may be sent
/// back or not; the block alone ties the answer to this exchange.
///
/// # Errors
/// A fault for a stored verifier that is out of range.
pub fn begin_device(
    place: Place<'_>,
    user: &User,
    device: &Device,
    secret: &DeviceSecret,
    progress: &Progress,
    a: &PublicA,
    rng: &mut dyn RngCore,
) -> Result<Challenge> {
    let half = Half {
        salt: &secret.salt,
        verifier: secret.verifier.expose(),
        a,
        device: Some(device.key.clone()),
        stamp: user.stamp,
        in_session: false,
    };
    let prover = Prover::Device {
        sub: user.sub.clone(),
        device: device.key.clone(),
        progress: progress.clone(),
    };
    let (mut parameters, nonce) = begin(place, half, prover, rng)?;
    parameters.insert("USERNAME".into(), user.username.clone());
    parameters.insert("DEVICE_KEY".into(), device.key.as_str().to_owned());
    let session = SessionState::new(Step::DevicePassword { nonce }, progress);
    Ok(Challenge::new(ChallengeKind::DevicePasswordVerifier, parameters, Some(session)))
}

/// What the first half works on.
struct Half<'a> {
    salt: &'a [u8],
    verifier: &'a [u8],
    a: &'a PublicA,
    device: Option<DeviceKey>,
    stamp: i64,
    in_session: bool,
}

fn begin(
    place: Place<'_>,
    half: Half<'_>,
    prover: Prover,
    rng: &mut dyn RngCore,
) -> Result<(BTreeMap<String, String>, [u8; 16])> {
    let ephemeral = Ephemeral::generate(half.verifier, rng)
        .ok_or_else(|| Error::fault("a stored SRP verifier is out of range"))?;
    let nonce = rng::bytes::<16>(rng);
    let block = SecretBlock {
        nonce,
        pool: place.pool.clone(),
        client: place.client.clone(),
        prover,
        stamp: half.stamp,
        device: half.device,
        in_session: half.in_session,
        a: half.a.as_bytes().to_vec(),
        b: ephemeral.secret.expose().clone(),
        issued: place.now,
    };
    let parameters = BTreeMap::from([
        ("SALT".to_owned(), wire_hex(half.salt)),
        ("SRP_B".to_owned(), wire_hex(&ephemeral.public)),
        ("SECRET_BLOCK".to_owned(), seal_block(&block, place.sealer, rng)?),
    ]);
    Ok((parameters, nonce))
}

/// The credentials that a missing user seems to have: the same for one name for ever.
struct StandIn {
    salt: Vec<u8>,
    verifier: Vec<u8>,
    user_id: String,
}

fn simulated(place: Place<'_>, username: &str) -> StandIn {
    let key = place.sealer.derive("simulated users");
    let pool = place.pool.as_str();
    let salt = srp::simulated_salt(&key, pool, username);
    let user_id = made_up_id(&key, pool, username);
    let verifier = srp::simulated_verifier(&key, pool, username);
    StandIn { salt: salt.0, verifier, user_id }
}

fn made_up_id(key: &[u8], pool: &str, username: &str) -> String {
    let id = hmac_sha256(key, &[b"id\0", pool.as_bytes(), b"\0", username.as_bytes()]);
    let id = id.first_chunk::<16>().copied().unwrap_or_default();
    uuid::Builder::from_random_bytes(id).into_uuid().to_string()
}

/// Checks what needs no secret: pool, client, age, and that the claim's time is in form.
///
/// # Errors
/// `BadCredentials`, or [`SessionRefusal::Expired`] for a block that is too old.
pub fn check_block(
    place: Place<'_>,
    block: &SecretBlock,
    claim: &SrpClaim,
    session_minutes: i64,
) -> Result<()> {
    let bad = || Err(Error::SignIn(SignInRefusal::BadCredentials));
    if block.pool != *place.pool || block.client != *place.client {
        return bad();
    }
    if block.issued.plus_secs(session_minutes.saturating_mul(60)) <= place.now {
        return Err(Error::Session(SessionRefusal::Expired));
    }
    if timestamp::is_current(&claim.timestamp, place.now) { Ok(()) } else { bad() }
}

/// Whether the claim proves the secret behind `verifier`. Two modular exponentiations; the
/// attempt must have been charged before.
pub fn proves(
    block: &SecretBlock,
    block_bytes: &[u8],
    claim: &SrpClaim,
    identity: Identity<'_>,
    verifier: &[u8],
) -> bool {
    let Ok(a) = PublicA::from_bytes(&block.a) else { return false };
    let Some(key) = srp::server_key(&a, &block.b, verifier) else { return false };
    let expected = srp::signature(&key, identity, block_bytes, &claim.timestamp);
    let claimed = BASE64.decode(claim.signature.as_bytes()).unwrap_or_default();
    ct_eq(&expected, &claimed)
}

/// The work of [`proves`] for a user who does not exist: it takes as long and proves nothing. Any
/// residue is as good as a verifier for that; to make theirs up again would take longer.
pub fn proves_nothing(place: Place<'_>, block: &SecretBlock, bytes: &[u8], claim: &SrpClaim) {
    let Prover::Simulated { user_id, .. } = &block.prover else { return };
    let identity = Identity { realm: place.pool.short_name(), name: user_id };
    let _ = proves(block, bytes, claim, identity, &block.a);
}

/// Who a user who does not exist seems to be: the made-up id of a name, the same for ever.
pub fn simulated_user_id(place: Place<'_>, nobody: Nobody<'_>) -> String {
    if nobody.own_names {
        return nobody.name.to_owned();
    }
    made_up_id(&place.sealer.derive("simulated users"), place.pool.as_str(), nobody.name)
}

/// Checks a plain password. The attempt must have been charged before.
pub fn password_fits(pool: &PoolId, user: &User, record: &PasswordRecord, given: &str) -> bool {
    let identity = Identity { realm: pool.short_name(), name: &user.username };
    srp::verify_password(identity, given, &record.salt, record.verifier.expose())
}

/// The work of [`password_fits`] where there is no password to compare with.
pub fn password_fits_nobody(place: Place<'_>, username: &str, given: &str) {
    let identity = Identity { realm: place.pool.short_name(), name: username };
    let _ = srp::verify_password(identity, given, &ANY_SALT, &[1]);
}

/// A new password's record: fresh salt, verifier under the pool and the stored username.
pub fn new_password(
    pool: &PoolId,
    username: &str,
    password: &str,
    temporary_until: Option<Timestamp>,
    rng: &mut dyn RngCore,
) -> PasswordRecord {
    let salt = srp::Salt::generate(rng);
    let identity = Identity { realm: pool.short_name(), name: username };
    let verifier = srp::verifier(identity, password, &salt.0);
    PasswordRecord { salt: salt.0, verifier, temporary_until }
}
