//! Tokens for a client itself, and tokens made of other tokens (RFC 8693).
//!
//! A derived token belongs to the sign-in of its subject: it carries that family's `origin_jti`, and
//! ends no later than the token that it was made of. Whether tokens are genuine and their families
//! alive is established before; here is decided what they may become.

use rand_core::RngCore;
use serde_json::{Map, Value, json};

use super::claims::Claims;
use crate::auth::method::Methods;
use crate::error::{Error, ExchangeRefusal, Result, SignInRefusal};
use crate::id::{ClientId, OriginJti};
use crate::pool::client::Client;
use crate::rng;
use crate::secret::ct_eq;
use crate::session::TokenFamily;
use crate::time::Timestamp;

/// The version that tokens outside of API sign-ins carry.
const VERSION: i64 = 2;

/// Whether this is one of the client's active secrets, itself and not a hash; a public client has
/// none to send. All are compared, whichever fits.
pub fn knows_secret(client: &Client, given: Option<&str>) -> bool {
    match given {
        None => client.secrets.is_empty(),
        Some(given) => client.secrets.iter().fold(false, |fits, secret| {
            fits | ct_eq(secret.value.expose().as_bytes(), given.as_bytes())
        }),
    }
}

/// The right to a token for a client itself. Built by [`grant_client`] only.
#[derive(Debug)]
pub struct ClientGrant {
    client: ClientId,
    scopes: Vec<String>,
}

/// Decides about GetClientToken. Without wanted scopes the client gets all that it has.
///
/// # Errors
/// A wrong secret, the flow, a scope that the client does not have.
pub fn grant_client(
    client: &Client,
    secret: &str,
    wanted: Option<&[String]>,
) -> Result<ClientGrant> {
    if client.secrets.is_empty() || !knows_secret(client, Some(secret)) {
        return Err(Error::SignIn(SignInRefusal::SecretHashWrong(client.id.clone())));
    }
    if !client.settings.issues_client_tokens() {
        return refuse(ExchangeRefusal::NotEnabled("ALLOW_CLIENT_TOKEN_AUTH"));
    }
    let own = client.settings.scopes();
    let scopes = wanted.filter(|wanted| !wanted.is_empty()).unwrap_or(own);
    if let Some(foreign) = scopes.iter().find(|scope| !own.contains(scope)) {
        return refuse(ExchangeRefusal::Scope(foreign.clone()));
    }
    Ok(ClientGrant { client: client.id.clone(), scopes: once(scopes.iter().cloned()) })
}

/// The claims of a client's own access token.
pub fn client_claims(
    grant: &ClientGrant,
    issuer: &str,
    seconds: i64,
    now: Timestamp,
    rng: &mut dyn RngCore,
) -> Map<String, Value> {
    let client = grant.client.as_str();
    let mut claims = Map::new();
    for (name, value) in [
        ("sub", json!(client)),
        ("token_use", json!("access")),
        ("auth_time", json!(now.as_secs())),
        ("iss", json!(issuer)),
        ("exp", json!(now.as_secs() + seconds)),
        ("iat", json!(now.as_secs())),
        ("version", json!(VERSION)),
        ("jti", json!(rng::uuid(rng))),
        ("client_id", json!(client)),
    ] {
        claims.insert(name.into(), value);
    }
    set_scope(&mut claims, &grant.scopes);
    claims
}

/// What is asked of an exchange.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Scopes; without any, those of the subject.
    pub scopes: Option<&'a [String]>,
    /// Where the token is to be used.
    pub audience: Option<&'a str>,
    /// The verified claims of whoever acts for the subject.
    pub actor: Option<&'a Map<String, Value>>,
}

/// The right to a derived token. Built by [`grant_derived`] only.
#[derive(Debug)]
pub struct DerivedGrant {
    origin_jti: OriginJti,
    authenticated: Timestamp,
    methods: Methods,
    scopes: Vec<String>,
    audience: Option<String>,
    act: Option<Value>,
    not_after: Timestamp,
}

/// Decides about GetDerivedToken, for a client that has shown who it is. `subject` are the verified
/// claims of the subject's token, `family` that token's, alive.
///
/// # Errors
/// The flow; a subject whose token does not end.
pub fn grant_derived(
    client: &Client,
    subject: &Map<String, Value>,
    family: &TokenFamily,
    wanted: Wanted<'_>,
) -> Result<DerivedGrant> {
    let (enabled, flow) = match wanted.actor {
        None => (client.settings.impersonates(), "ALLOW_TOKEN_EXCHANGE_IMPERSONATION"),
        Some(_) => (client.settings.delegates(), "ALLOW_TOKEN_EXCHANGE_DELEGATION"),
    };
    if !enabled {
        return refuse(ExchangeRefusal::NotEnabled(flow));
    }
    let expires = subject.get("exp").and_then(Value::as_i64);
    let Some(expires) = expires else { return refuse(ExchangeRefusal::SubjectInvalid) };
    let own = scopes_of(subject);
    let scopes = match wanted.scopes.filter(|wanted| !wanted.is_empty()) {
        None => once(own.iter().map(|scope| (*scope).to_owned())),
        Some(wanted) => once(wanted.iter().cloned())
            .into_iter()
            .filter(|scope| own.contains(&scope.as_str()))
            .filter(|scope| client.settings.scopes().contains(scope))
            .collect(),
    };
    Ok(DerivedGrant {
        origin_jti: family.origin_jti.clone(),
        authenticated: family.authenticated,
        methods: family.methods.clone(),
        scopes,
        audience: wanted.audience.map(str::to_owned),
        act: acting(subject, wanted.actor),
        not_after: Timestamp::from_secs(expires),
    })
}

/// The chain of those who act: the actor, before them whoever the subject's token names already.
fn acting(subject: &Map<String, Value>, actor: Option<&Map<String, Value>>) -> Option<Value> {
    let before = subject.get("act");
    let Some(actor) = actor else { return before.cloned() };
    let mut act = Map::new();
    for name in ["sub", "client_id"] {
        if let Some(value) = actor.get(name) {
            act.insert(name.into(), value.clone());
        }
    }
    if let Some(before) = before {
        act.insert("act".into(), before.clone());
    }
    Some(act.into())
}

impl DerivedGrant {
    /// The subject's family.
    pub fn origin_jti(&self) -> &OriginJti {
        &self.origin_jti
    }

    /// When the subject signed in.
    pub fn authenticated(&self) -> Timestamp {
        self.authenticated
    }

    /// How they did.
    pub fn methods(&self) -> &Methods {
        &self.methods
    }

    /// The scopes of an access token.
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// The claims of the access token.
    pub fn access(&self, claims: Claims) -> Map<String, Value> {
        let mut access = claims.access;
        set_scope(&mut access, &self.scopes);
        self.narrow(access)
    }

    /// The claims of the ID token.
    pub fn id(&self, claims: Claims) -> Map<String, Value> {
        self.narrow(claims.id)
    }

    fn narrow(&self, mut claims: Map<String, Value>) -> Map<String, Value> {
        let expires = claims.get("exp").and_then(Value::as_i64).unwrap_or(0);
        claims.insert("exp".into(), json!(expires.min(self.not_after.as_secs())));
        if let Some(audience) = &self.audience {
            claims.insert("aud".into(), json!(audience));
        }
        if let Some(act) = &self.act {
            claims.insert("act".into(), act.clone());
        }
        claims
    }
}

fn scopes_of(claims: &Map<String, Value>) -> Vec<&str> {
    let scope = claims.get("scope").and_then(Value::as_str).unwrap_or("");
    scope.split(' ').filter(|scope| !scope.is_empty()).collect()
}

/// Without scopes the claim is left out.
fn set_scope(claims: &mut Map<String, Value>, scopes: &[String]) {
    if scopes.is_empty() {
        claims.remove("scope");
    } else {
        claims.insert("scope".into(), json!(scopes.join(" ")));
    }
}

/// Each of them once, in their order.
fn once(scopes: impl Iterator<Item = String>) -> Vec<String> {
    let mut list = Vec::new();
    for scope in scopes {
        if !list.contains(&scope) {
            list.push(scope);
        }
    }
    list
}

fn refuse<T>(refusal: ExchangeRefusal) -> Result<T> {
    Err(Error::Exchange(refusal))
}
