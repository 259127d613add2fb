//! The claims of access and ID tokens.
//!
//! Tokens are built from a [`TokenRequest`], and that only from a grant of the sign-in machine or
//! of a refresh: nothing else can ask for tokens.

use rand_core::RngCore;
use serde_json::{Map, Value, json};

use crate::auth::advance::Grant;
use crate::auth::method::{LevelNames, Methods};
use crate::auth::policy::ClientPolicy;
use crate::auth::refresh::RefreshGrant;
use crate::group::GroupClaims;
use crate::id::{ClientId, DeviceKey, OriginJti};
use crate::rng;
use crate::time::Timestamp;
use crate::user::User;

/// The scope of every token that the API issues, and what every token operation demands.
pub const USER_ADMIN_SCOPE: &str = "aws.cognito.signin.user.admin";

/// A granted wish for tokens.
#[derive(Debug)]
pub struct TokenRequest {
    origin_jti: OriginJti,
    device: Option<DeviceKey>,
    authenticated: Timestamp,
    methods: Methods,
}

impl TokenRequest {
    /// For a finished sign-in, which starts the family `origin_jti`.
    pub fn for_sign_in(grant: &Grant, origin_jti: OriginJti) -> Self {
        Self {
            origin_jti,
            device: grant.device().key().cloned(),
            authenticated: grant.authenticated(),
            methods: grant.methods().clone(),
        }
    }

    /// For a refresh, which keeps family, device and time of authentication.
    pub fn for_refresh(grant: &RefreshGrant) -> Self {
        Self {
            origin_jti: grant.origin_jti().clone(),
            device: grant.device().cloned(),
            authenticated: grant.authenticated(),
            methods: grant.methods().clone(),
        }
    }
}

/// What tokens say besides the request.
#[derive(Clone, Copy, Debug)]
pub struct TokenFacts<'a> {
    /// The `iss` claim.
    pub issuer: &'a str,
    /// The client.
    pub client: &'a ClientId,
    /// Its lifetimes.
    pub policy: &'a ClientPolicy,
    /// What the pool calls the levels of authentication.
    pub levels: &'a LevelNames,
    /// The user, as just read.
    pub user: &'a User,
    /// What their groups make them.
    pub groups: &'a GroupClaims,
    /// The attributes that the client may read, `sub` not among them.
    pub readable: &'a [(&'a str, &'a str)],
}

/// The claims of the two tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct Claims {
    /// Of the access token.
    pub access: Map<String, Value>,
    /// Of the ID token.
    pub id: Map<String, Value>,
}

/// Builds both.
pub fn build(
    request: &TokenRequest,
    facts: TokenFacts<'_>,
    now: Timestamp,
    rng: &mut dyn RngCore,
) -> Claims {
    let event_id = rng::uuid(rng);
    let shared = |token_use: &str, lifetime: i64, jti: String| {
        let mut claims = Map::new();
        claims.insert("sub".into(), json!(facts.user.sub.as_str()));
        claims.insert("iss".into(), json!(facts.issuer));
        claims.insert("origin_jti".into(), json!(request.origin_jti.as_str()));
        claims.insert("event_id".into(), json!(event_id));
        claims.insert("token_use".into(), json!(token_use));
        claims.insert("auth_time".into(), json!(request.authenticated.as_secs()));
        claims.insert("exp".into(), json!(now.as_secs() + lifetime));
        claims.insert("iat".into(), json!(now.as_secs()));
        claims.insert("jti".into(), json!(jti));
        if let Some(level) = request.methods.level() {
            claims.insert("acr".into(), json!(facts.levels.of(level)));
            claims.insert("amr".into(), json!(request.methods.amr()));
        }
        claims
    };
    let mut access = shared("access", facts.policy.access_seconds, rng::uuid(rng));
    if let Some(device) = &request.device {
        access.insert("device_key".into(), json!(device.as_str()));
    }
    access.insert("client_id".into(), json!(facts.client.as_str()));
    access.insert("scope".into(), json!(USER_ADMIN_SCOPE));
    access.insert("username".into(), json!(facts.user.username));

    say_groups(&mut access, facts.groups);

    let mut id = shared("id", facts.policy.id_seconds, rng::uuid(rng));
    id.insert("aud".into(), json!(facts.client.as_str()));
    id.insert("cognito:username".into(), json!(facts.user.username));
    say_groups(&mut id, facts.groups);
    if !facts.groups.roles.is_empty() {
        id.insert("cognito:roles".into(), json!(facts.groups.roles));
    }
    if let Some(role) = &facts.groups.preferred_role {
        id.insert("cognito:preferred_role".into(), json!(role));
    }
    for (name, value) in facts.readable {
        // Claims of the token itself win: an attribute cannot replace `sub` or `aud`.
        if !id.contains_key(*name) {
            id.insert((*name).to_owned(), attribute_claim(name, value));
        }
    }
    Claims { access, id }
}

fn say_groups(claims: &mut Map<String, Value>, groups: &GroupClaims) {
    if !groups.groups.is_empty() {
        claims.insert("cognito:groups".into(), json!(groups.groups));
    }
}

/// Verified flags are booleans, the address an object, `updated_at` a number; the rest is text,
/// custom attributes always.
fn attribute_claim(name: &str, value: &str) -> Value {
    match name {
        "email_verified" | "phone_number_verified" => json!(value == "true"),
        "address" => json!({ "formatted": value }),
        "updated_at" => value.parse::<i64>().map_or_else(|_| json!(value), |number| json!(number)),
        _ => json!(value),
    }
}
