//! Exchanges a user's token for another one (RFC 8693): for a client, an audience, fewer scopes; with
//! an actor's token, for one that says who acts for the user.
//!
//! Subject and actor are tokens of the same pool. Impersonation needs
//! ALLOW_TOKEN_EXCHANGE_IMPERSONATION, delegation ALLOW_TOKEN_EXCHANGE_DELEGATION. The token belongs to
//! the sign-in of its subject (`origin_jti`): when that is revoked, it cannot be exchanged any more.
//!
//! Differs from AWS / not verified:
//! - Tokens of identity providers and SAML assertions are answered 501.
//! - A signature is not asked for and not looked at: a client with a secret shows it always.
//! - The token ends no later than its subject's.
//! - `act` has the actor's `sub` and `client_id`, and in it the `act` of the subject's token. Without an
//!   actor that is kept as it was.
//! - Audiences become `aud`. Resource servers are not built, so every resource is unknown.
//! - Wanted scopes that the subject's token or the client does not have are left out, and without any
//!   the claim `scope` is, too. An ID token has no scopes.
//! - A machine's own token can be an actor, not a subject.
//! - Operations that take an access token accept derived ones only from the client that signed the user
//!   in.
//! - The PreTokenGeneration trigger runs as `TokenGeneration_Authentication`; the scopes of the derived
//!   token are those of the exchange, whatever it adds. The texts are Poolhouse's own.

use poolhouse_domain::auth::refresh::check_bearer;
use poolhouse_domain::auth::start::Api;
use poolhouse_domain::error::{Error, ExchangeRefusal, Result, SignInRefusal};
use poolhouse_domain::id::{ClientId, OriginJti, PoolId, Sub};
use poolhouse_domain::session::TokenFamily;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::token::exchange::{Wanted, grant_derived, knows_secret};
use poolhouse_domain::token::jwt::Unverified;
use poolhouse_domain::user::User;
use poolhouse_wire::operations::GetDerivedToken;
use poolhouse_wire::shapes::{
    GetDerivedTokenRequest, GetDerivedTokenResponse, IssuedTokenTypeIdentifierType,
    OAuthTokenTypeType, TokenTypeIdentifierType,
};
use serde_json::{Map, Value};

use crate::app::App;
use crate::drive::Drive;
use crate::ops::Operation;
use crate::ops::ctx::{Anonymous, Ctx, client_and_pool};

impl Operation for GetDerivedToken {
    type Caller = Anonymous;

    async fn run(
        ctx: &mut Ctx<'_, Anonymous>,
        request: GetDerivedTokenRequest,
    ) -> Result<GetDerivedTokenResponse> {
        let id = &ClientId::new(&*request.client_id);
        let found = ctx.read(async |mut tx| client_and_pool(&mut tx, id).await).await?;
        let secret = request.client_secret.as_deref();
        if !knows_secret(&found.client, secret) {
            return Err(Error::SignIn(match secret {
                None => SignInRefusal::SecretHashMissing(id.clone()),
                Some(_) => SignInRefusal::SecretHashWrong(id.clone()),
            }));
        }
        let audience = check_shape(&request)?;
        let (app, pool, now) = (ctx.app, &found.pool.id, ctx.now);
        let claims = genuine(app, pool, &request.subject_token, request.subject_token_type).await?;
        let (user, family) = alive(app, pool, &claims, now).await?;
        let actor = actor(app, pool, &request, now).await?;
        let wanted = Wanted { scopes: request.scopes.as_deref(), audience, actor: actor.as_ref() };
        let grant = grant_derived(&found.client, &claims, &family, wanted)?;
        let access = IssuedTokenTypeIdentifierType::AccessToken;
        let kind = request.requested_token_type.unwrap_or(access);
        let derived = Drive::new(ctx, Api::Public, found).derive(&grant, &user, kind).await?;
        let bearer = kind == access;
        Ok(GetDerivedTokenResponse {
            expires_in: i32::try_from(derived.seconds).ok(),
            issued_token: derived.token.into(),
            issued_token_type: kind,
            scopes: bearer.then(|| grant.scopes().to_vec()),
            token_type: if bearer { OAuthTokenTypeType::Bearer } else { OAuthTokenTypeType::NA },
        })
    }
}

/// What can be said without looking at a token; the audience, if one is wanted.
fn check_shape(request: &GetDerivedTokenRequest) -> Result<Option<&str>> {
    let refuse = |refusal| Err(Error::Exchange(refusal));
    if request.actor_token.is_some() != request.actor_token_type.is_some() {
        return refuse(ExchangeRefusal::ActorIncomplete);
    }
    let first = |list: &Option<Vec<String>>| list.as_ref().and_then(|list| list.first()).cloned();
    match (first(&request.audiences), first(&request.resources)) {
        (Some(_), Some(_)) => return refuse(ExchangeRefusal::AudienceAndResource),
        (None, Some(resource)) => return refuse(ExchangeRefusal::Resource(resource)),
        (_, None) => {}
    }
    let saml = TokenTypeIdentifierType::Saml2;
    let foreign = request.subject_token_provider_name.is_some()
        || request.actor_token_provider_name.is_some()
        || request.subject_token_type == saml
        || request.actor_token_type == Some(saml);
    if foreign {
        return Err(Error::NotBuilt("the exchange of tokens of identity providers"));
    }
    Ok(request.audiences.as_ref().and_then(|list| list.first()).map(String::as_str))
}

/// The claims of a token of this pool and kind, which may be expired or revoked.
async fn genuine(
    app: &App,
    pool: &PoolId,
    token: &str,
    kind: TokenTypeIdentifierType,
) -> Result<Map<String, Value>> {
    let invalid = || Error::Exchange(ExchangeRefusal::SubjectInvalid);
    let unverified = Unverified::parse(token).map_err(|_| invalid())?;
    if unverified.claimed_issuer() != Some(&app.identity.issuer_of(pool)) {
        return Err(invalid());
    }
    let purpose = match kind {
        TokenTypeIdentifierType::AccessToken => "access",
        TokenTypeIdentifierType::IdToken => "id",
        TokenTypeIdentifierType::Saml2 => return Err(invalid()),
    };
    let mut keys = app.keys.public(&app.db, pool, purpose).await?.ok_or_else(invalid)?;
    if !unverified.names_one_of(&keys) {
        app.keys.look_again(pool);
        keys = app.keys.public(&app.db, pool, purpose).await?.ok_or_else(invalid)?;
    }
    let claims = unverified.verify(&keys).map_err(|_| invalid())?;
    let said = claims.get("token_use").and_then(Value::as_str);
    if said == Some(purpose) { Ok(claims) } else { Err(invalid()) }
}

fn expired(claims: &Map<String, Value>, now: Timestamp) -> bool {
    claims.get("exp").and_then(Value::as_i64).is_none_or(|exp| exp <= now.as_secs())
}

/// The user of a token and its family, if neither has been shut out.
async fn alive(
    app: &App,
    pool: &PoolId,
    claims: &Map<String, Value>,
    now: Timestamp,
) -> Result<(User, TokenFamily)> {
    let refuse = |refusal| Error::Exchange(refusal);
    if expired(claims, now) {
        return Err(refuse(ExchangeRefusal::SubjectExpired));
    }
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let (Some(jti), Some(sub)) = (text("origin_jti"), text("sub")) else {
        return Err(refuse(ExchangeRefusal::SubjectInvalid));
    };
    let (jti, sub) = (&OriginJti::new(jti), &Sub::new(sub));
    let found = app.db.read(async |mut tx| {
        let found = tx.bearer_facts(pool, jti, sub).await?;
        match &found {
            None => drop(tx.user_by_sub(pool, sub).await?),
            Some((_, family)) => drop(tx.client(&family.client).await?),
        }
        Ok(found)
    });
    let revoked = || refuse(ExchangeRefusal::SubjectRevoked);
    let found = found.await.map_err(|error| match error {
        Error::ClientNotFound(_) => revoked(),
        other => other,
    });
    let (user, family) = found?.ok_or_else(revoked)?;
    check_bearer(&family, &user).map_err(|error| match error {
        Error::AccessToken(_) => revoked(),
        other => other,
    })?;
    Ok((user, family))
}

/// The claims of the actor's token: a user's, alive, or a machine's whose client is still there.
async fn actor(
    app: &App,
    pool: &PoolId,
    request: &GetDerivedTokenRequest,
    now: Timestamp,
) -> Result<Option<Map<String, Value>>> {
    let (Some(token), Some(kind)) = (&request.actor_token, request.actor_token_type) else {
        return Ok(None);
    };
    let found = async {
        let claims = genuine(app, pool, token, kind).await?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        match (text("origin_jti"), text("client_id"), expired(&claims, now)) {
            (None, Some(client), false) => {
                let client = &ClientId::new(client);
                app.db.read(async |mut tx| tx.client_in_pool(pool, client).await).await?;
            }
            _ => drop(alive(app, pool, &claims, now).await?),
        }
        Ok::<_, Error>(claims)
    };
    match found.await {
        Ok(claims) => Ok(Some(claims)),
        Err(fault) if fault.is_fault() => Err(fault),
        Err(_) => Err(Error::Exchange(ExchangeRefusal::ActorInvalid)),
    }
}

#[cfg(test)]
mod tests;
