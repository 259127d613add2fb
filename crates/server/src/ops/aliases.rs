//! Keeping the table of aliases in step with what a user is called.

use poolhouse_domain::error::Result;
use poolhouse_domain::user::User;
use poolhouse_domain::user::username::{AliasKind, SignInNames, UsernameRule};
use poolhouse_store::{Claim, Tx};

/// Claims the aliases that a user holds from now on, and releases those it no longer does. `before`
/// is the user as it was, none for a new one.
///
/// # Errors
/// [`UsernameRule::AttributeTaken`] or [`UsernameRule::AliasTaken`] when another user holds one:
/// uniqueness is decided by the claim itself, not by a look before it.
pub async fn sync(
    tx: &mut Tx,
    names: &SignInNames,
    before: Option<&User>,
    after: &User,
) -> Result<()> {
    let held = before.map(|user| names.claims(user.status, &user.attributes)).unwrap_or_default();
    let wanted = names.claims(after.status, &after.attributes);
    for (kind, key) in held.iter().filter(|claim| !wanted.contains(claim)) {
        tx.release_alias(&after.pool, kind.as_str(), key, &after.sub).await?;
    }
    for (kind, key) in wanted.iter().filter(|claim| !held.contains(claim)) {
        let claim = tx.claim_alias(&after.pool, kind.as_str(), key, &after.sub).await?;
        if let Claim::TakenBy(_) = claim {
            return Err(taken(names, *kind).into());
        }
    }
    Ok(())
}

/// Before [`sync`]: takes the email addresses and phone numbers that a user claims from now on away
/// from whoever holds them, for whom they are no longer verified. Not where they are given instead
/// of usernames, and not preferred usernames: those stay with their first holder.
///
/// # Errors
/// A fault of the store.
pub async fn take_over(
    tx: &mut Tx,
    names: &SignInNames,
    before: Option<&User>,
    after: &User,
) -> Result<()> {
    let held = before.map(|user| names.claims(user.status, &user.attributes)).unwrap_or_default();
    let wanted = names.claims(after.status, &after.attributes);
    for (kind, key) in wanted.iter().filter(|claim| !held.contains(claim)) {
        let Some(verified) = kind.verified_name() else { continue };
        if !names.aliases.contains(kind) {
            continue;
        }
        let holder = tx.alias(&after.pool, kind.as_str(), key).await?;
        let Some(holder) = holder.filter(|holder| *holder != after.sub) else { continue };
        let mut loser = tx.user_by_sub(&after.pool, &holder).await?;
        loser.attributes.insert(verified.to_owned(), "false".to_owned());
        loser.stamp = loser.stamp.saturating_add(1);
        loser.modified = tx.now;
        tx.update_user(&loser).await?;
        tx.move_alias(&after.pool, kind.as_str(), key, &after.sub).await?;
    }
    Ok(())
}

/// Whether nobody else holds what a user would claim from now on. Only [`sync`] decides it.
///
/// # Errors
/// A fault of the store.
pub async fn is_free(
    tx: &mut Tx,
    names: &SignInNames,
    before: &User,
    after: &User,
) -> Result<bool> {
    let held = names.claims(before.status, &before.attributes);
    let wanted = names.claims(after.status, &after.attributes);
    for (kind, key) in wanted.iter().filter(|claim| !held.contains(claim)) {
        let holder = tx.alias(&after.pool, kind.as_str(), key).await?;
        if holder.is_some_and(|holder| holder != after.sub) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn taken(names: &SignInNames, kind: AliasKind) -> UsernameRule {
    if names.username_attributes.contains(&kind) {
        UsernameRule::AttributeTaken(kind)
    } else {
        UsernameRule::AliasTaken(kind)
    }
}
