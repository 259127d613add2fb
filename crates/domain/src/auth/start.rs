//! The first request of a sign-in: which flow, whether it may be used here, and its parameters.
//!
//! Order of checks: the flow fits the operation, the client enables it, its parameters are there,
//! the secret hash fits. All of that comes before any look at the user.

use std::collections::BTreeMap;

use super::choice::FirstFactor;
use super::method::Level;
use super::policy::{ClientPolicy, Flow, PoolPolicy};
use super::secret_hash;
use crate::error::{Error, Result, SignInRefusal};
use crate::id::DeviceKey;
use crate::pool::client::Client;
use crate::secret::Secret;
use crate::srp::PublicA;

/// Which door the request came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// InitiateAuth, RespondToAuthChallenge.
    Public,
    /// AdminInitiateAuth, AdminRespondToAuthChallenge.
    Admin,
}

/// A sign-in that may begin.
#[derive(Debug)]
pub enum Start {
    /// SRP with the user's password.
    Srp {
        /// The name typed.
        username: String,
        /// The client's public value.
        a: PublicA,
        /// A device presented at once.
        device: Option<DeviceKey>,
    },
    /// The plain password.
    Password {
        /// The name typed.
        username: String,
        /// The password typed.
        password: Secret<String>,
        /// A device presented at once.
        device: Option<DeviceKey>,
    },
    /// Challenges of the pool's own.
    Custom {
        /// The name typed.
        username: String,
        /// `SRP_A`, a usable public value, where the password may be asked for.
        srp_a: Option<String>,
        /// A device presented at once.
        device: Option<DeviceKey>,
    },
    /// A choice of first factor.
    Choice(Box<Choice>),
    /// New tokens for a refresh token. The secret hash is checked later, over the token's user.
    Refresh {
        /// The refresh token.
        token: String,
        /// The device it belongs to.
        device: Option<DeviceKey>,
        /// `SECRET_HASH`, to be checked over the username or the sub.
        secret_hash: Option<String>,
    },
}

/// How a choice-based sign-in begins.
#[derive(Debug)]
pub struct Choice {
    /// The name typed.
    pub username: String,
    /// `PREFERRED_CHALLENGE`, if it is one that this server has.
    pub preferred: Option<FirstFactor>,
    /// The password, given at once.
    pub password: Option<Secret<String>>,
    /// The client's public value, given at once.
    pub a: Option<PublicA>,
    /// A device presented at once.
    pub device: Option<DeviceKey>,
    /// What the tokens must be good for.
    pub step_up: Option<StepUp>,
}

/// A demand for a level of authentication.
#[derive(Debug)]
pub struct StepUp {
    /// `TARGET_ACR_VALUES`: names of levels, best first.
    pub levels: Vec<Level>,
    /// `MAX_AGE`: how many seconds old a proof may be to be credited.
    pub max_age: Option<i64>,
    /// `ACCESS_TOKEN`, whose proofs are credited.
    pub access_token: Option<String>,
}

impl Start {
    /// The flow.
    pub fn flow(&self, api: Api) -> Flow {
        match (self, api) {
            (Self::Srp { .. }, _) => Flow::UserSrp,
            (Self::Password { .. }, Api::Public) => Flow::UserPassword,
            (Self::Password { .. }, Api::Admin) => Flow::AdminUserPassword,
            (Self::Custom { .. }, _) => Flow::Custom,
            (Self::Choice(_), _) => Flow::UserAuth,
            (Self::Refresh { .. }, _) => Flow::Refresh,
        }
    }

    /// Reads the request.
    ///
    /// # Errors
    /// The refusals of `spec` order: flow not supported here, not enabled, parameter missing,
    /// secret hash missing or wrong, unusable `SRP_A`.
    pub fn parse(
        api: Api,
        flow: Flow,
        parameters: &BTreeMap<String, String>,
        client: &Client,
        policy: &ClientPolicy,
        pool: &PoolPolicy,
    ) -> Result<Self> {
        check_flow(api, flow, policy)?;
        let get =
            |name: &'static str| parameters.get(name).cloned().ok_or(Error::MissingParameter(name));
        let device = device_key(parameters);
        match flow {
            Flow::UserSrp => {
                let (username, a) = (get("USERNAME")?, get("SRP_A")?);
                secret_hash::check(client, &[&username], hash_of(parameters))?;
                Ok(Self::Srp { username, a: parse_a(&a)?, device })
            }
            Flow::UserPassword | Flow::AdminUserPassword => {
                let (username, password) = (get("USERNAME")?, Secret::new(get("PASSWORD")?));
                secret_hash::check(client, &[&username], hash_of(parameters))?;
                Ok(Self::Password { username, password, device })
            }
            Flow::Refresh => Ok(Self::Refresh {
                token: get("REFRESH_TOKEN")?,
                device,
                secret_hash: hash_of(parameters).map(str::to_owned),
            }),
            Flow::Custom if pool.triggers.contains("DefineAuthChallenge") => {
                let username = get("USERNAME")?;
                let with_srp = parameters.get("CHALLENGE_NAME").is_some_and(|name| name == "SRP_A");
                let srp_a = if with_srp { Some(get("SRP_A")?) } else { None };
                secret_hash::check(client, &[&username], hash_of(parameters))?;
                srp_a.as_deref().map(parse_a).transpose()?;
                Ok(Self::Custom { username, srp_a, device })
            }
            Flow::Custom => Err(Error::SignIn(SignInRefusal::CustomAuthNotConfigured)),
            Flow::UserAuth if !pool.choice_based => {
                Err(Error::SignIn(SignInRefusal::FlowNotInPlan(flow)))
            }
            Flow::UserAuth => {
                let username = get("USERNAME")?;
                secret_hash::check(client, &[&username], hash_of(parameters))?;
                choice(username, parameters, pool).map(|choice| Self::Choice(Box::new(choice)))
            }
        }
    }
}

fn choice(
    username: String,
    parameters: &BTreeMap<String, String>,
    pool: &PoolPolicy,
) -> Result<Choice> {
    let get = |name: &str| parameters.get(name);
    Ok(Choice {
        username,
        preferred: get("PREFERRED_CHALLENGE").and_then(|name| FirstFactor::parse(name)),
        password: get("PASSWORD").cloned().map(Secret::new),
        a: get("SRP_A").map(|a| parse_a(a)).transpose()?,
        device: device_key(parameters),
        step_up: step_up(parameters, pool)?,
    })
}

fn step_up(parameters: &BTreeMap<String, String>, pool: &PoolPolicy) -> Result<Option<StepUp>> {
    let refuse = |refusal| Err(Error::SignIn(refusal));
    let access_token = parameters.get("ACCESS_TOKEN").cloned();
    let Some(names) = parameters.get("TARGET_ACR_VALUES") else {
        if access_token.is_some() {
            return refuse(SignInRefusal::TokenWithoutLevels);
        }
        return Ok(None);
    };
    let levels = pool.levels.parse(names);
    if levels.is_empty() {
        return refuse(SignInRefusal::UnknownLevels);
    }
    let max_age = match parameters.get("MAX_AGE").map(|text| text.parse::<u32>()) {
        None => None,
        Some(Ok(seconds)) => Some(i64::from(seconds)),
        Some(Err(_)) => return refuse(SignInRefusal::InvalidMaxAge),
    };
    Ok(Some(StepUp { levels, max_age, access_token }))
}

fn check_flow(api: Api, flow: Flow, policy: &ClientPolicy) -> Result<()> {
    let fits = match (api, flow) {
        (Api::Public, Flow::AdminUserPassword) | (Api::Admin, Flow::UserPassword) => false,
        (
            _,
            Flow::UserSrp
            | Flow::Custom
            | Flow::Refresh
            | Flow::UserAuth
            | Flow::UserPassword
            | Flow::AdminUserPassword,
        ) => true,
    };
    if !fits {
        return Err(Error::SignIn(SignInRefusal::FlowNotSupportedHere));
    }
    if !policy.flows.contains(&flow) {
        return Err(Error::SignIn(SignInRefusal::FlowNotEnabled(flow)));
    }
    Ok(())
}

/// Reads `SRP_A`.
///
/// # Errors
/// [`SignInRefusal::InvalidSrpA`] for anything that is not a usable public value.
pub fn parse_a(text: &str) -> Result<PublicA> {
    PublicA::parse(text).map_err(|_| Error::SignIn(SignInRefusal::InvalidSrpA))
}

/// `SECRET_HASH` among parameters or responses.
pub(super) fn hash_of(parameters: &BTreeMap<String, String>) -> Option<&str> {
    parameters.get("SECRET_HASH").map(String::as_str)
}

/// `DEVICE_KEY` among parameters or responses.
pub(super) fn device_key(parameters: &BTreeMap<String, String>) -> Option<DeviceKey> {
    parameters.get("DEVICE_KEY").map(DeviceKey::new)
}
