//! What a function may change about tokens: claims, scopes and groups, and never what the server
//! itself relies on.
//!
//! Suppression beats addition. What may not be changed is passed over in silence, as the service
//! does. Too much is an answer that cannot be understood.
//!
//! Not verified against AWS: the bound on the size of what is added; that a list of scopes that
//! becomes empty takes the claim away.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{Fields, Unrecognizable};
use crate::id::ClientId;
use crate::token::claims::Claims;

/// Names in one answer, added and suppressed.
const ITEMS_MAX: usize = 5_000;
/// Bytes of what is added, as JSON.
const ADDED_BYTES_MAX: usize = 64 * 1024;

/// Claims that no function changes, in either token. So are all others that begin with `cognito:`.
const RESERVED: [&str; 17] = [
    "acr",
    "amr",
    "at_hash",
    "aud",
    "auth_time",
    "azp",
    "event_id",
    "exp",
    "iat",
    "identities",
    "iss",
    "jti",
    "nbf",
    "nonce",
    "origin_jti",
    "sub",
    "token_use",
];
/// Those of the access token alone. Scopes have a way of their own.
const RESERVED_ACCESS: [&str; 5] = ["client_id", "device_key", "scope", "username", "version"];

/// Changes of one token.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TokenOverride {
    /// Claims to add or replace.
    pub add: Map<String, Value>,
    /// Claims to leave out.
    pub suppress: BTreeSet<String>,
    /// Scopes to add, of the access token.
    pub add_scopes: Vec<String>,
    /// Scopes to leave out, of the access token.
    pub suppress_scopes: BTreeSet<String>,
}

/// Groups in place of the user's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupOverride {
    /// Names.
    pub names: Vec<String>,
    /// Roles.
    pub roles: Vec<String>,
    /// The preferred role.
    pub preferred_role: Option<String>,
}

/// Everything that a function changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Override {
    /// The ID token.
    pub id: TokenOverride,
    /// The access token.
    pub access: TokenOverride,
    /// Groups, in both; none leaves them.
    pub groups: Option<GroupOverride>,
}

/// The first version: claims of the ID token, which are texts.
pub(super) fn read_v1(response: &Fields) -> Result<Override, Unrecognizable> {
    let Some(details) = response.fields("claimsOverrideDetails")? else {
        return Ok(Override::default());
    };
    let add = details.text_map("claimsToAddOrOverride")?.unwrap_or_default();
    let id = TokenOverride {
        add: add.into_iter().map(|(name, text)| (name, Value::String(text))).collect(),
        suppress: details.texts("claimsToSuppress")?.into_iter().collect(),
        ..TokenOverride::default()
    };
    bounded(Override { id, access: TokenOverride::default(), groups: groups(&details)? })
}

/// The later versions: claims of both tokens, and scopes.
pub(super) fn read_v2(response: &Fields) -> Result<Override, Unrecognizable> {
    let Some(details) = response.fields("claimsAndScopeOverrideDetails")? else {
        return Ok(Override::default());
    };
    let one = |name: &str| -> Result<TokenOverride, Unrecognizable> {
        let Some(token) = details.fields(name)? else { return Ok(TokenOverride::default()) };
        let add = token.fields("claimsToAddOrOverride")?.unwrap_or_default();
        Ok(TokenOverride {
            add: add.raw().clone(),
            suppress: token.texts("claimsToSuppress")?.into_iter().collect(),
            add_scopes: token.texts("scopesToAdd")?,
            suppress_scopes: token.texts("scopesToSuppress")?.into_iter().collect(),
        })
    };
    let (id, access) = (one("idTokenGeneration")?, one("accessTokenGeneration")?);
    bounded(Override { id, access, groups: groups(&details)? })
}

/// Present and null means no groups; absent means those of the user.
fn groups(details: &Fields) -> Result<Option<GroupOverride>, Unrecognizable> {
    if !details.raw().contains_key("groupOverrideDetails") {
        return Ok(None);
    }
    let Some(groups) = details.fields("groupOverrideDetails")? else {
        return Ok(Some(GroupOverride::default()));
    };
    Ok(Some(GroupOverride {
        names: groups.texts("groupsToOverride")?,
        roles: groups.texts("iamRolesToOverride")?,
        preferred_role: groups.text("preferredRole")?,
    }))
}

fn bounded(change: Override) -> Result<Override, Unrecognizable> {
    let tokens = [&change.id, &change.access];
    let items: usize = tokens
        .iter()
        .map(|token| {
            let scopes = token.add_scopes.len().saturating_add(token.suppress_scopes.len());
            token.add.len().saturating_add(token.suppress.len()).saturating_add(scopes)
        })
        .sum();
    let bytes: usize =
        tokens.iter().map(|token| json!([token.add, token.add_scopes]).to_string().len()).sum();
    let groups = change.groups.as_ref().map_or(0, |groups| {
        json!([groups.names, groups.roles, groups.preferred_role]).to_string().len()
    });
    if items > ITEMS_MAX || bytes.saturating_add(groups) > ADDED_BYTES_MAX {
        return Err(Unrecognizable);
    }
    Ok(change)
}

/// Changes the claims of both tokens.
pub fn apply(change: &Override, claims: &mut Claims, client: &ClientId) {
    change_claims(&change.id, &mut claims.id, is_reserved);
    let own_audience = json!(client.as_str());
    let audience = change.access.add.get("aud").filter(|aud| **aud == own_audience);
    let audience = audience.filter(|_| !change.access.suppress.contains("aud")).cloned();
    let reserved = |name: &str| is_reserved(name) || RESERVED_ACCESS.contains(&name);
    change_claims(&change.access, &mut claims.access, reserved);
    if let Some(audience) = audience {
        claims.access.insert("aud".into(), audience);
    }
    change_scopes(&change.access, &mut claims.access);
    if let Some(groups) = &change.groups {
        change_groups(groups, claims);
    }
}

fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name) || name.starts_with("cognito:")
}

fn change_claims(
    change: &TokenOverride,
    claims: &mut Map<String, Value>,
    reserved: impl Fn(&str) -> bool,
) {
    for (name, value) in &change.add {
        // Attributes of developers alone are none of a token's business.
        if !reserved(name) && !name.starts_with("dev:") {
            claims.insert(name.clone(), value.clone());
        }
    }
    for name in change.suppress.iter().filter(|name| !reserved(name)) {
        claims.remove(name);
    }
}

fn change_scopes(change: &TokenOverride, access: &mut Map<String, Value>) {
    let current = access.get("scope").and_then(Value::as_str).unwrap_or_default();
    let mut scopes: Vec<&str> = current.split(' ').filter(|scope| !scope.is_empty()).collect();
    for scope in &change.add_scopes {
        let visible = !scope.is_empty() && scope.bytes().all(|byte| byte.is_ascii_graphic());
        let ours = scope.starts_with("aws.cognito");
        if visible && !ours && !scopes.contains(&scope.as_str()) {
            scopes.push(scope);
        }
    }
    scopes.retain(|scope| !change.suppress_scopes.contains(*scope));
    let scopes = scopes.join(" ");
    if scopes.is_empty() {
        access.remove("scope");
    } else {
        access.insert("scope".into(), json!(scopes));
    }
}

fn change_groups(groups: &GroupOverride, claims: &mut Claims) {
    let mut set = |name: &str, value: Option<Value>, both: bool| {
        let tokens = [Some(&mut claims.id), both.then_some(&mut claims.access)];
        for token in tokens.into_iter().flatten() {
            match &value {
                Some(value) => token.insert(name.to_owned(), value.clone()),
                None => token.remove(name),
            };
        }
    };
    let list = |names: &[String]| (!names.is_empty()).then(|| json!(names));
    set("cognito:groups", list(&groups.names), true);
    set("cognito:roles", list(&groups.roles), false);
    set("cognito:preferred_role", groups.preferred_role.as_ref().map(|role| json!(role)), false);
}
