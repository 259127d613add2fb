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
use crate::token::exchange::DerivedGrant;
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

    /// For a token made of another one of the same sign-in. It names no device.
    pub fn for_derivation(grant: &DerivedGrant) -> Self {
        Self {
            origin_jti: grant.origin_jti().clone(),
            device: None,
            authenticated: grant.authenticated(),
            methods: grant.methods().clone(),
        }
    }

    /// For a refresh, which keeps family, device, and time and manner of the authentication.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::method::Method;
    use crate::auth::testing;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    const NOW: Timestamp = Timestamp::from_secs(1_700_000_600);
    const READABLE: [(&str, &str); 8] = [
        ("address", "1 Main Street"),
        ("aud", "mallory"),
        ("custom:level", "7"),
        ("custom:verified", "true"),
        ("email", "ada@example.com"),
        ("email_verified", "true"),
        ("phone_number_verified", "false"),
        ("updated_at", "1700000000"),
    ];

    fn built(request: &TokenRequest, groups: &GroupClaims) -> [Value; 2] {
        let policy =
            ClientPolicy { access_seconds: 300, id_seconds: 7200, ..ClientPolicy::default() };
        let (client, user) = (ClientId::new("the-client"), testing::user());
        let facts = TokenFacts {
            issuer: "https://issuer/pool",
            client: &client,
            policy: &policy,
            levels: &LevelNames::default(),
            user: &user,
            readable: &READABLE,
            groups,
        };
        let claims = build(request, facts, NOW, &mut ChaCha20Rng::seed_from_u64(1));
        [claims.access.into(), claims.id.into()]
    }

    fn request() -> TokenRequest {
        TokenRequest {
            origin_jti: OriginJti::new("the-family"),
            device: None,
            authenticated: Timestamp::from_secs(1_700_000_000),
            methods: Methods::default(),
        }
    }

    /// Takes the random claims out: both tokens name one event, and each has an id of its own.
    fn random([access, id]: &mut [Value; 2]) {
        let mut take = |name: &str| {
            [&mut *access, &mut *id].map(|claims| {
                let claim = claims.as_object_mut().unwrap().remove(name).unwrap();
                claim.as_str().unwrap().to_owned()
            })
        };
        let ([one, other], [first, second]) = (take("event_id"), take("jti"));
        assert_eq!(one, other);
        assert_ne!(first, second);
        for text in [one, first, second] {
            assert_eq!((text.len(), text.matches('-').count()), (36, 4), "a UUID");
        }
    }

    #[test]
    fn these_are_all_claims_and_no_others() {
        let mut tokens = built(&request(), &GroupClaims::default());
        random(&mut tokens);
        let [access, id] = tokens;
        assert_eq!(
            access,
            json!({
                "sub": "11111111-2222-4333-8444-555555555555", "iss": "https://issuer/pool", "client_id": "the-client",
                "origin_jti": "the-family", "token_use": "access", "username": "ada",
                "scope": "aws.cognito.signin.user.admin",
                "auth_time": 1_700_000_000, "iat": 1_700_000_600, "exp": 1_700_000_900,
            })
        );
        assert_eq!(
            id,
            json!({
                "sub": "11111111-2222-4333-8444-555555555555", "iss": "https://issuer/pool", "aud": "the-client",
                "origin_jti": "the-family", "token_use": "id", "cognito:username": "ada",
                "auth_time": 1_700_000_000, "iat": 1_700_000_600, "exp": 1_700_007_800,
                "address": { "formatted": "1 Main Street" },
                "custom:level": "7", "custom:verified": "true",
                "email": "ada@example.com", "email_verified": true,
                "phone_number_verified": false, "updated_at": 1_700_000_000,
            })
        );
    }

    #[test]
    fn device_groups_and_context_are_said_where_they_belong() {
        let groups = GroupClaims {
            groups: vec!["admins".into(), "staff".into()],
            roles: vec!["arn:aws:iam::0:role/a".into()],
            preferred_role: Some("arn:aws:iam::0:role/a".into()),
        };
        let methods = [Method::Password, Method::Totp].into_iter().collect();
        let device = Some(DeviceKey::new("us-east-1_device"));
        let mut tokens = built(&TokenRequest { device, methods, ..request() }, &groups);
        let mut plain = built(&request(), &GroupClaims::default());
        random(&mut tokens);
        random(&mut plain);
        let mut said = Vec::new();
        for (token, plain) in tokens.iter().zip(&plain) {
            let (token, plain) = (token.as_object().unwrap(), plain.as_object().unwrap());
            let more = token.iter().filter(|(name, _)| !plain.contains_key(*name));
            said.push(Value::from(
                more.map(|(n, v)| (n.clone(), v.clone())).collect::<Map<_, _>>(),
            ));
            assert!(plain.iter().all(|(name, value)| token.get(name) == Some(value)));
        }
        let both = json!({
            "cognito:groups": ["admins", "staff"],
            "acr": "urn:cognito:loa:4", "amr": ["pwd", "otp", "mfa"],
        });
        let mut access = both.clone();
        access["device_key"] = json!("us-east-1_device");
        let mut id = both;
        id["cognito:roles"] = json!(["arn:aws:iam::0:role/a"]);
        id["cognito:preferred_role"] = json!("arn:aws:iam::0:role/a");
        assert_eq!(said, [access, id]);
    }
}
