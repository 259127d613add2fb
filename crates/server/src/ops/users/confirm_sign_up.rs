//! Confirms a sign-up with the code that was sent; the address that it was sent to is verified.
//!
//! Fifteen guesses an hour are compared, right ones included. A code works once, for a day, for
//! its user and for the address it was sent to.
//!
//! Differs from AWS / not verified:
//! - Too many guesses are a LimitExceededException; TooManyFailedAttemptsException is not used.
//! - A user who does not exist is `User does not exist.`; `Username/client id combination not
//!   found.` has been seen, too. Where clients hide users it is an ExpiredCodeException.
//! - A disabled user is refused before the code is looked at.
//! - `ForceAliasCreation` takes over email addresses and phone numbers, never preferred usernames.
//! - `Session` is that of SignUp: anything else is `Invalid session for the user.` One that has run out
//!   still confirms, and no session comes back.
//! - Without a `Session` one comes back all the same where the code could have been a first factor
//!   (USER_AUTH, and codes by that medium): AWS Amplify sends none and goes on with the answer's.
//! - When the PostConfirmation trigger fails, so does the call, and the user is confirmed.

use std::collections::BTreeMap;

use poolhouse_domain::auth::secret_hash;
use poolhouse_domain::error::{CodeRefusal, Error, Result, UserStateRefusal};
use poolhouse_domain::id::ClientId;
use poolhouse_domain::message::Medium;
use poolhouse_domain::session::{CodePurpose, CodeRow, HourlyBudget};
use poolhouse_domain::user::username::SignInNames;
use poolhouse_domain::user::{User, UserStatus};
use poolhouse_store::Tx;
use poolhouse_wire::operations::ConfirmSignUp;
use poolhouse_wire::shapes::{ConfirmSignUpRequest, ConfirmSignUpResponse};

use super::codes::{self, Origin};
use super::continuation::{self, Continuation};
use super::creation;
use crate::ops::ctx::{Anonymous, Ctx, PoolAndClient, client_and_pool};
use crate::ops::{Operation, aliases};

impl Operation for ConfirmSignUp {
    type Caller = Anonymous;

    async fn run(
        ctx: &mut Ctx<'_, Anonymous>,
        request: ConfirmSignUpRequest,
    ) -> Result<ConfirmSignUpResponse> {
        let client = &ClientId::new(&*request.client_id);
        let found = ctx.read(async |mut tx| client_and_pool(&mut tx, client).await).await?;
        let name = &*request.username;
        secret_hash::check(&found.client, &[name], request.secret_hash.as_deref())?;
        let given = Confirmation {
            username: name,
            code: &request.confirmation_code,
            force: request.force_alias_creation == Some(true),
            session: request.session.as_deref(),
            metadata: request.client_metadata.as_ref(),
        };
        let session = confirm_by_code(ctx, &found, given).await?;
        let session = session.map(|session| session.to_session(ctx).into());
        Ok(ConfirmSignUpResponse { session })
    }
}

/// A confirmation, by whichever door it came.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Confirmation<'a> {
    /// The name typed.
    pub(crate) username: &'a str,
    /// The code.
    pub(crate) code: &'a str,
    /// `ForceAliasCreation`.
    pub(crate) force: bool,
    /// `Session` of SignUp.
    pub(crate) session: Option<&'a str>,
    /// `ClientMetadata`.
    pub(crate) metadata: Option<&'a BTreeMap<String, String>>,
}

/// Confirms the user whose code it is; the session that goes on to a sign-in, if one was given.
///
/// # Errors
/// As ConfirmSignUp.
pub(crate) async fn confirm_by_code(
    ctx: &mut Ctx<'_, Anonymous>,
    found: &PoolAndClient,
    given: Confirmation<'_>,
) -> Result<Option<Continuation>> {
    let PoolAndClient { pool, client } = found;
    let (purpose, budget) = (CodePurpose::SignUp, HourlyBudget::ConfirmSignUp);
    let Some(user) = &codes::find_user(ctx, pool, given.username).await? else {
        if !client.settings.hides_users() {
            return Err(Error::UserNotFound);
        }
        codes::check_hidden(ctx, pool, given.username, purpose, budget).await?;
        return Err(Error::Code(CodeRefusal::Expired));
    };
    check_state(user)?;
    let code = &codes::check(ctx, user, purpose, budget, given.code).await?;
    let medium = Medium::of_attribute(&code.attribute);
    let medium = medium.ok_or_else(|| Error::fault("a code for an unknown attribute"))?;
    let session = continuation::of_confirmation(ctx, found, user, given.session, medium).await?;
    let (names, next) = (&pool.settings.sign_in_names(), &session);
    let confirmed = ctx
        .write(async |mut tx| {
            let confirmed = confirm(&mut tx, names, user, code, given.force).await?;
            if let Some(session) = next {
                session.store(&mut tx).await?;
            }
            Ok(confirmed)
        })
        .await?;
    let origin = Origin { pool, client: Some(&client.id), metadata: given.metadata };
    creation::post_confirmation(ctx, origin, &confirmed).await?;
    Ok(session)
}

fn check_state(user: &User) -> Result<()> {
    let refusal = match user.status {
        _ if !user.enabled => UserStateRefusal::Disabled,
        UserStatus::Unconfirmed => return Ok(()),
        status => UserStateRefusal::CannotConfirm(status.as_str()),
    };
    Err(Error::UserState(refusal))
}

/// Uses the code up and confirms, or does neither. `seen` is the user whose code was compared.
async fn confirm(
    tx: &mut Tx,
    names: &SignInNames,
    seen: &User,
    code: &CodeRow,
    force: bool,
) -> Result<User> {
    let before = tx.user_by_sub(&seen.pool, &seen.sub).await?;
    check_state(&before)?;
    let address = &code.attribute;
    let moved = before.attribute(address) != seen.attribute(address);
    if moved || !tx.consume_code(&seen.pool, &seen.sub, code.purpose, &code.hash).await? {
        // A newer code, or another address, since it was compared.
        return Err(Error::Code(CodeRefusal::Expired));
    }
    let mut after = before.clone();
    after.status = UserStatus::Confirmed;
    after.attributes.insert(format!("{address}_verified"), "true".to_owned());
    after.stamp = after.stamp.saturating_add(1);
    after.modified = tx.now;
    if force {
        aliases::take_over(tx, names, Some(&before), &after).await?;
    }
    aliases::sync(tx, names, Some(&before), &after).await?;
    tx.update_user(&after).await?;
    Ok(after)
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::user::UserStatus;
    use serde_json::json;

    use crate::ops::users::bed::*;

    fn email() -> serde_json::Value {
        json!({"email": "a@b.example"})
    }

    const ALIAS_TAKEN: (&str, &str) =
        ("AliasExistsException", "An account with the email already exists.");

    #[tokio::test]
    async fn the_right_code_confirms_and_verifies_the_address() {
        let bed = Bed::with(verifying_both(), password_client()).await;
        let code = bed.signed_up("alice", email()).await;
        bed.sign_in("alice", PASSWORD)
            .await
            .refused("UserNotConfirmedException", "User is not confirmed.");
        bed.server.advance_secs(60);
        assert_eq!(bed.confirm("alice", &code).await.ok(), json!({}));
        let user = bed.user("alice").await;
        assert_eq!((user.status, user.modified), (UserStatus::Confirmed, bed.server.now()));
        assert_eq!(user.attribute("email_verified"), Some("true"));
        assert_eq!(user.attribute("phone_number_verified"), None);
        assert_eq!(bed.stored_code(&user.sub).await, None);
        let tokens = bed.sign_in("alice", PASSWORD).await.ok();
        assert!(tokens["AuthenticationResult"]["AccessToken"].is_string());

        let both = json!({"email": "c@d.example", "phone_number": "+15550100"});
        let code = bed.signed_up("bob", both).await;
        bed.confirm("bob", &code).await.ok();
        let user = bed.user("bob").await;
        assert_eq!(user.attribute("phone_number_verified"), Some("true"));
        assert_eq!(user.attribute("email_verified"), None);
    }

    #[tokio::test]
    async fn a_wrong_code_changes_nothing() {
        let bed = Bed::new(verifying()).await;
        let code = bed.signed_up("alice", email()).await;
        let before = bed.user("alice").await;
        let (short, long) = (&code[..5], format!("{code}0"));
        for guess in [wrong(&code), short, &long, "é", "\u{0}"] {
            bed.confirm("alice", guess).await.is(MISMATCH);
        }
        assert_eq!(bed.user("alice").await, before);
        bed.confirm("alice", &code).await.ok();
    }

    #[tokio::test]
    async fn a_code_works_once() {
        let bed = Bed::new(verifying()).await;
        let code = bed.signed_up("alice", email()).await;
        bed.confirm("alice", &code).await.ok();
        bed.confirm("alice", &code).await.is(CONFIRMED);
        bed.confirm("alice", wrong(&code)).await.is(CONFIRMED);
        // Nor later, should the user ever be unconfirmed again.
        bed.change("alice", |user| user.status = UserStatus::Unconfirmed).await;
        bed.confirm("alice", &code).await.is(EXPIRED);
    }

    #[tokio::test]
    async fn of_two_at_once_one_confirms() {
        let bed = Bed::new(verifying()).await;
        let code = bed.signed_up("alice", email()).await;
        let (one, two) = tokio::join!(bed.confirm("alice", &code), bed.confirm("alice", &code));
        assert_eq!([one.status, two.status].iter().filter(|status| **status == 200).count(), 1);
        assert_eq!(bed.user("alice").await.stamp, 1);
    }

    #[tokio::test]
    async fn a_code_works_for_a_day() {
        let bed = Bed::new(verifying()).await;
        let code = bed.signed_up("alice", email()).await;
        let other = bed.signed_up("bob", email()).await;
        bed.server.advance_secs(DAY_SECS - 1);
        bed.confirm("alice", &code).await.ok();
        bed.server.advance_secs(1);
        bed.confirm("bob", &other).await.is(EXPIRED);
        bed.confirm("bob", wrong(&other)).await.is(EXPIRED);
        assert_eq!(bed.user("bob").await.status, UserStatus::Unconfirmed);
    }

    #[tokio::test]
    async fn a_user_without_a_code_is_asked_to_request_one() {
        let bed = Bed::new(verifying()).await;
        bed.sign_up("alice", json!({})).await.ok();
        bed.confirm("alice", "123456").await.is(EXPIRED);
    }

    #[tokio::test]
    async fn a_code_is_its_users_alone() {
        let bed = Bed::new(verifying()).await;
        let alices = bed.signed_up("alice", email()).await;
        let bobs = bed.signed_up("bob", email()).await;
        assert_ne!(alices, bobs);
        bed.confirm("bob", &alices).await.is(MISMATCH);
        bed.confirm("alice", &bobs).await.is(MISMATCH);
        // The same code of two users is kept differently.
        let bed = Bed::dev("424242", verifying()).await;
        bed.signed_up("alice", email()).await;
        bed.signed_up("bob", email()).await;
        let (alice, bob) = (bed.user("alice").await.sub, bed.user("bob").await.sub);
        let (one, two) = (bed.stored_code(&alice).await, bed.stored_code(&bob).await);
        assert_ne!(one.unwrap().hash, two.unwrap().hash);
    }

    #[tokio::test]
    async fn a_code_proves_only_the_address_it_went_to() {
        let bed = Bed::new(verifying()).await;
        let code = bed.signed_up("alice", email()).await;
        let other = "victim@b.example".to_owned();
        bed.change("alice", |user| {
            user.attributes.insert("email".into(), other.clone());
        })
        .await;
        bed.confirm("alice", &code).await.is(MISMATCH);
        assert_eq!(bed.user("alice").await.attribute("email_verified"), None);
        bed.change("alice", |user| {
            user.attributes.remove("email");
        })
        .await;
        bed.confirm("alice", &code).await.is(MISMATCH);
    }

    #[tokio::test]
    async fn fifteen_guesses_an_hour_are_compared() {
        let bed = Bed::new(verifying()).await;
        let code = bed.signed_up("alice", email()).await;
        bed.confirm("alice", wrong(&code)).await.is(MISMATCH);
        bed.server.advance_secs(600);
        for _ in 0..14 {
            bed.confirm("alice", wrong(&code)).await.is(MISMATCH);
        }
        // The right one is not compared either, a new one does not help, others are not concerned.
        bed.confirm("alice", &code).await.is(LIMIT);
        bed.resend("alice").await.ok();
        let newer = code_of(&bed.server.take_message());
        bed.confirm("alice", &newer).await.is(LIMIT);
        let bobs = bed.signed_up("bob", email()).await;
        bed.confirm("bob", &bobs).await.ok();
        // The hour began with the first guess.
        bed.server.advance_secs(2999);
        bed.confirm("alice", &newer).await.is(LIMIT);
        bed.server.advance_secs(1);
        bed.confirm("alice", &newer).await.ok();
    }

    #[tokio::test]
    async fn guesses_at_once_are_counted_one_by_one() {
        let bed = Bed::new(verifying()).await;
        let code = bed.signed_up("alice", email()).await;
        let guess = wrong(&code);
        let guesses: Vec<_> = (0..20).map(|_| bed.confirm("alice", guess)).collect();
        let replies = all_at_once(guesses).await;
        let compared = replies.iter().filter(|reply| reply.body["__type"] == MISMATCH.0).count();
        assert_eq!((replies.len(), compared), (20, 15));
    }

    #[tokio::test]
    async fn an_unknown_user_is_told_or_hidden() {
        let bed = Bed::new(verifying()).await;
        bed.confirm("nobody", "123456").await.is(NOT_FOUND);
        let client = bed.hiding_client().await;
        let request = json!({"ClientId": client, "Username": "nobody", "ConfirmationCode": "1"});
        for _ in 0..15 {
            bed.call("ConfirmSignUp", request.clone()).await.is(EXPIRED);
        }
        bed.call("ConfirmSignUp", request).await.is(LIMIT);
        // A real user's state is told to either.
        let code = bed.signed_up("alice", email()).await;
        bed.confirm("alice", &code).await.ok();
        let request = json!({"ClientId": client, "Username": "alice", "ConfirmationCode": code});
        bed.call("ConfirmSignUp", request).await.is(CONFIRMED);
    }

    #[tokio::test]
    async fn states_that_cannot_be_confirmed_are_named() {
        let bed = Bed::new(verifying()).await;
        bed.created("invited", json!({})).await;
        let text = "User cannot be confirmed. Current status is FORCE_CHANGE_PASSWORD";
        bed.confirm("invited", "123456").await.refused("NotAuthorizedException", text);
        let code = bed.signed_up("alice", email()).await;
        bed.change("alice", |user| user.enabled = false).await;
        bed.confirm("alice", &code).await.is(DISABLED);
        assert_eq!(bed.user("alice").await.status, UserStatus::Unconfirmed);
    }

    #[tokio::test]
    async fn an_alias_is_taken_over_only_by_force() {
        let bed = Bed::with(email_alias(), password_client()).await;
        bed.created("owner", json!({"email": "a@b.example", "email_verified": "true"})).await;
        let code = bed.signed_up("alice", email()).await;
        let (owner, alice) = (bed.user("owner").await, bed.user("alice").await);
        bed.confirm("alice", &code).await.is(ALIAS_TAKEN);
        // Nothing changed: not even the code was used up.
        assert_eq!((&bed.user("owner").await, &bed.user("alice").await), (&owner, &alice));
        assert_eq!(bed.user("a@b.example").await.username, "owner");
        bed.server.advance_secs(60);
        bed.confirm_by_force("alice", &code).await.ok();
        assert_eq!(bed.user("a@b.example").await.username, "alice");
        let loser = bed.user("owner").await;
        assert_eq!(loser.attribute("email_verified"), Some("false"));
        assert_eq!((loser.attribute("email"), loser.status), (Some("a@b.example"), owner.status));
        assert_eq!((loser.stamp, loser.modified), (owner.stamp + 1, bed.server.now()));
        bed.sign_in("a@b.example", PASSWORD).await.ok();
    }

    #[tokio::test]
    async fn force_does_no_harm_where_there_is_no_alias() {
        let bed = Bed::new(email_alias()).await;
        let code = bed.signed_up("alice", email()).await;
        bed.confirm_by_force("alice", &code).await.ok();
        assert_eq!(bed.user("a@b.example").await.username, "alice");
        // In a pool without aliases two users can have verified one address.
        let bed = Bed::new(verifying()).await;
        for name in ["alice", "bob"] {
            let code = bed.signed_up(name, email()).await;
            bed.confirm_by_force(name, &code).await.ok();
        }
        assert!(bed.user("alice").await.is_verified("email"));
        assert!(bed.user("bob").await.is_verified("email"));
    }

    #[tokio::test]
    async fn the_last_to_verify_is_refused_and_not_the_first() {
        let bed = Bed::new(email_alias()).await;
        let first = bed.signed_up("alice", email()).await;
        let second = bed.signed_up("bob", email()).await;
        bed.confirm("bob", &second).await.ok();
        bed.confirm("alice", &first).await.is(ALIAS_TAKEN);
        // Case counts as in usernames.
        let folding = json!({"UsernameConfiguration": {"CaseSensitive": false}});
        let bed = Bed::new(merged(email_alias(), folding)).await;
        let first = bed.signed_up("alice", email()).await;
        let second = bed.signed_up("bob", json!({"email": "A@B.example"})).await;
        bed.confirm("ALICE", &first).await.ok();
        bed.confirm("bob", &second).await.is(ALIAS_TAKEN);
    }

    #[tokio::test]
    async fn a_user_is_found_by_what_signs_in() {
        let bed = Bed::new(email_as_username()).await;
        let code = bed.signed_up("a@b.example", json!({})).await;
        bed.confirm("a@b.example", &code).await.ok();
        let code = bed.signed_up("c@d.example", json!({})).await;
        let sub = bed.user("c@d.example").await.sub;
        bed.confirm(sub.as_str(), &code).await.ok();
        // The subject of a user who has another username finds nobody.
        let bed = Bed::new(verifying()).await;
        let code = bed.signed_up("alice", email()).await;
        let sub = bed.user("alice").await.sub;
        bed.confirm(sub.as_str(), &code).await.is(NOT_FOUND);
    }

    #[tokio::test]
    async fn the_client_comes_first() {
        let bed = Bed::with(verifying(), json!({"GenerateSecret": true})).await;
        let text = format!(
            "Client {} is configured with secret but SECRET_HASH was not received",
            bed.client
        );
        bed.confirm("nobody", "1").await.refused("NotAuthorizedException", &text);
        let request = json!({"ClientId": "x", "Username": "nobody", "ConfirmationCode": "1"});
        bed.call("ConfirmSignUp", request)
            .await
            .refused("ResourceNotFoundException", "User pool client x does not exist.");
    }

    #[tokio::test]
    async fn post_confirmation_hears_of_it_and_cannot_undo_it() {
        let bed = Bed::new(with_trigger(verifying(), "PostConfirmation")).await;
        bed.server.functions.fail("PostConfirmation", "late");
        let code = bed.signed_up("alice", email()).await;
        let request = json!({
            "Username": "alice", "ConfirmationCode": code, "ClientMetadata": {"k": "v"},
        });
        let failed = bed.call("ConfirmSignUp", request).await;
        let text = "PostConfirmation failed with error late.";
        failed.refused("UserLambdaValidationException", text);
        let user = bed.user("alice").await;
        assert_eq!(user.status, UserStatus::Confirmed);
        let said = json!({
            "userAttributes": {
                "sub": user.sub.as_str(), "cognito:user_status": "CONFIRMED",
                "email": "a@b.example", "email_verified": "true",
            },
            "clientMetadata": {"k": "v"},
        });
        let source = "PostConfirmation_ConfirmSignUp";
        let expected = event(&bed, source, Some(&bed.client), said, json!({}));
        assert_eq!(bed.server.functions.take_event(), expected);
        bed.server.functions.answer("PostConfirmation", json!({}));
        let code = bed.signed_up("bob", json!({"email": "b@b.example"})).await;
        bed.confirm("bob", &code).await.ok();
    }
}
