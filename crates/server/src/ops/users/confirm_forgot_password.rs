//! Gives a user a new password for the code that ForgotPassword or AdminResetUserPassword sent.
//!
//! The new password is checked first: one that the policy forbids costs no guess. Then a guess is
//! paid for, fifteen an hour for a user whatever codes were sent meanwhile, and only then is the
//! code compared. The user is confirmed, the address that the code went to is verified, a lock after
//! wrong passwords ends, sign-ins in progress end. Tokens that were issued stay good.
//!
//! Where clients hide users, a name that belongs to nobody, or to a user who was sent nothing, is
//! told that the code is wrong once one was asked for, and that it has expired otherwise.
//!
//! Differs from AWS / not verified:
//! - Too many guesses are a LimitExceededException; TooManyFailedAttemptsException is not used.
//! - A lock after wrong codes of second factors stays for its time: whoever can read the user's mail
//!   would otherwise guess those without end.
//! - A password that the pool's history forbids is told only to whoever has the right code, and does
//!   not use the code up.
//! - A password that others know is refused where the pool's risk configuration blocks those, before
//!   a guess is paid for. A wrong code leaves no event.
//! - The address stays unverified if another user holds it as an alias by now.
//! - Where the pool has a history and the password is changed at the same moment:
//!   TooManyRequestsException.
//! - UserNotConfirmedException is not used: the code confirms the user.
//! - When the PostConfirmation trigger fails, so does the call, and the password is the new one.

use poolhouse_domain::auth::secret_hash;
use poolhouse_domain::error::{CodeRefusal, Error, Result};
use poolhouse_domain::id::ClientId;
use poolhouse_domain::pool::Pool;
use poolhouse_domain::risk::event::{EventResponseType, EventType, Findings};
use poolhouse_domain::secret::Secret;
use poolhouse_domain::session::{CodeRow, GuessKind};
use poolhouse_domain::trigger::ConfirmationSource;
use poolhouse_domain::user::recovery::{self, By};
use poolhouse_domain::user::{PasswordRecord, User, UserStatus};
use poolhouse_store::Tx;
use poolhouse_wire::operations::ConfirmForgotPassword;
use poolhouse_wire::shapes::{
    ConfirmForgotPasswordRequest, ConfirmForgotPasswordResponse, EventFilterType,
};

use super::codes::{self, Origin};
use super::{creation, passwords};
use crate::ops::ctx::{Anonymous, Ctx, PoolAndClient, client_and_pool};
use crate::ops::{Operation, aliases};
use crate::threat::{self, Scene};

impl Operation for ConfirmForgotPassword {
    type Caller = Anonymous;

    async fn run(
        ctx: &mut Ctx<'_, Anonymous>,
        request: ConfirmForgotPasswordRequest,
    ) -> Result<ConfirmForgotPasswordResponse> {
        let client = &ClientId::new(&*request.client_id);
        let found = ctx.read(async |mut tx| client_and_pool(&mut tx, client).await).await?;
        let PoolAndClient { pool, client } = &found;
        let name = &*request.username;
        secret_hash::check(client, &[name], request.secret_hash.as_deref())?;
        let password = Secret::new(request.password.into_inner());
        passwords::check(pool, password.expose())?;
        let from = threat::Origin::of_user(ctx.meta, client, request.user_context_data.as_ref());
        let scene = Scene::of(ctx.app, pool, &client.id, &from).await?;
        let what = EventFilterType::PasswordChange;
        let verdict = scene.check_password(ctx.app, what, &password).await?;
        let user = codes::find_user(ctx, pool, name).await?;
        let hides = client.settings.hides_users();
        let (subject, user) = match &user {
            Some(user) => match recovery::check_state(By::User, user) {
                Ok(()) => (user.sub.as_str().to_owned(), Some(user)),
                Err(_) if hides => (user.sub.as_str().to_owned(), None),
                Err(refusal) => return Err(Error::UserState(refusal)),
            },
            None if hides => (codes::hidden_subject_of(pool, name), None),
            None => return Err(Error::NobodyToRecover),
        };
        let given = &request.confirmation_code;
        let code = &codes::check_reset(ctx, &pool.id, &subject, user, given).await?;
        let user = user.ok_or(Error::Code(CodeRefusal::Mismatch))?;
        passwords::check_history(ctx.app, pool, user, &password).await?;
        let record = &creation::password_record(ctx, user, password, None).await?;
        let findings = threat::findings(&verdict, Findings::default());
        let passed = (EventType::PasswordChange, EventResponseType::Pass);
        let event = &scene.event(user, passed, findings, ctx.now, &mut ctx.rng);
        let reset = ctx.write(async |mut tx| {
            let user = reset(&mut tx, pool, user, code, record).await?;
            threat::record(&mut tx, event.as_ref()).await?;
            Ok(user)
        });
        let user = &reset.await?;
        let metadata = request.client_metadata.as_ref();
        let origin = Origin { pool, client: Some(&client.id), metadata };
        let source = ConfirmationSource::ConfirmForgotPassword;
        creation::confirmed(ctx, origin, user, source).await?;
        Ok(ConfirmForgotPasswordResponse {})
    }
}

/// Uses the code up and replaces the password, or does neither. `seen` is the user whose code was
/// compared.
async fn reset(
    tx: &mut Tx,
    pool: &Pool,
    seen: &User,
    code: &CodeRow,
    record: &PasswordRecord,
) -> Result<User> {
    let before = tx.user_by_sub(&seen.pool, &seen.sub).await?;
    recovery::check_state(By::User, &before).map_err(Error::UserState)?;
    let address = &code.attribute;
    let moved = before.attribute(address) != seen.attribute(address);
    if moved || !tx.consume_code(&seen.pool, &seen.sub, code.purpose, &code.hash).await? {
        // A newer code, or another address, since it was compared.
        return Err(Error::Code(CodeRefusal::Expired));
    }
    passwords::check_still_compared(pool, seen, &before)?;
    let mut after = before.clone();
    after.status = UserStatus::Confirmed;
    after.attributes.insert(format!("{address}_verified"), "true".to_owned());
    let names = pool.settings.sign_in_names();
    if !aliases::is_free(tx, &names, &before, &after).await? {
        after.attributes.clone_from(&before.attributes);
    }
    passwords::store(tx, pool, &before, after.clone(), record).await?;
    tx.clear_guesses(&before.pool, before.sub.as_str(), GuessKind::Password).await?;
    Ok(after)
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::user::UserStatus;
    use serde_json::{Value, json};

    use crate::ops::users::bed::*;
    use crate::testing::Reply;

    const NEW: &str = "Changed-Passw0rd!";

    fn email() -> Value {
        json!({"email": "a@b.example"})
    }

    async fn forgot(bed: &Bed, name: &str) -> Reply {
        bed.call("ForgotPassword", json!({"Username": name})).await
    }

    async fn finish(bed: &Bed, name: &str, code: &str, password: &str) -> Reply {
        let request = json!({"Username": name, "ConfirmationCode": code, "Password": password});
        bed.call("ConfirmForgotPassword", request).await
    }

    /// A pool, a confirmed user and the code that was sent for a new password.
    async fn forgotten(settings: Value) -> (Bed, String) {
        let bed = Bed::with(settings, password_client()).await;
        let code = bed.signed_up("ann", email()).await;
        bed.confirm("ann", &code).await.ok();
        forgot(&bed, "ann").await.ok();
        let code = code_of(&bed.server.take_message());
        (bed, code)
    }

    #[tokio::test]
    async fn the_right_code_gives_a_new_password() {
        let (bed, code) = forgotten(verifying()).await;
        let before = bed.user("ann").await;
        bed.server.advance_secs(60);
        assert_eq!(finish(&bed, "ann", &code, NEW).await.ok(), json!({}));
        let after = bed.user("ann").await;
        assert_eq!((after.status, after.stamp), (UserStatus::Confirmed, before.stamp + 1));
        assert_eq!((&after.attributes, after.modified), (&before.attributes, bed.server.now()));
        bed.sign_in("ann", PASSWORD)
            .await
            .refused("NotAuthorizedException", "Incorrect username or password.");
        bed.sign_in("ann", NEW).await.ok();
        // Once.
        finish(&bed, "ann", &code, PASSWORD).await.is(EXPIRED);
        bed.sign_in("ann", NEW).await.ok();
    }

    #[tokio::test]
    async fn what_is_wrong_changes_nothing() {
        let (bed, code) = forgotten(verifying()).await;
        let before = bed.user("ann").await;
        for guess in [wrong(&code), &code[..5], &format!("{code}0"), "é", "\u{0}"] {
            finish(&bed, "ann", guess, NEW).await.is(MISMATCH);
        }
        // A password against the policy costs no guess.
        for _ in 0..20 {
            finish(&bed, "ann", &code, "Changed-Password").await.refused(
                "InvalidPasswordException",
                "Password did not conform with policy: Password must have numeric characters",
            );
        }
        assert_eq!(bed.user("ann").await, before);
        bed.sign_in("ann", PASSWORD).await.ok();
        finish(&bed, "ann", &code, NEW).await.ok();
    }

    #[tokio::test]
    async fn a_code_works_for_an_hour_and_the_newest_alone() {
        let (bed, first) = forgotten(verifying()).await;
        bed.server.advance_secs(3599);
        forgot(&bed, "ann").await.ok();
        let second = code_of(&bed.server.take_message());
        if first != second {
            finish(&bed, "ann", &first, NEW).await.is(MISMATCH);
        }
        bed.server.advance_secs(3599);
        finish(&bed, "ann", &second, NEW).await.ok();
        forgot(&bed, "ann").await.ok();
        let third = code_of(&bed.server.take_message());
        bed.server.advance_secs(3600);
        finish(&bed, "ann", &third, PASSWORD).await.is(EXPIRED);
        bed.sign_in("ann", NEW).await.ok();
    }

    #[tokio::test]
    async fn a_code_is_its_users_purposes_and_addresses_alone() {
        let (bed, code) = forgotten(verifying()).await;
        let sign_up = bed.signed_up("bob", email()).await;
        finish(&bed, "bob", &code, NEW).await.is(EXPIRED);
        finish(&bed, "bob", &sign_up, NEW).await.is(EXPIRED);
        bed.confirm("bob", &sign_up).await.ok();
        forgot(&bed, "bob").await.ok();
        let bobs = code_of(&bed.server.take_message());
        if bobs != code {
            finish(&bed, "bob", &code, NEW).await.is(MISMATCH);
        }
        bed.change("bob", |user| {
            user.attributes.insert("email".into(), "other@b.example".into());
        })
        .await;
        finish(&bed, "bob", &bobs, NEW).await.is(MISMATCH);
        // The codes of two users are kept differently even if they are the same.
        let bed = Bed::dev("424242", verifying()).await;
        for name in ["ann", "bob"] {
            bed.signed_up(name, email()).await;
        }
        finish(&bed, "ann", "424242", NEW).await.is(EXPIRED);
    }

    #[tokio::test]
    async fn fifteen_guesses_an_hour_whatever_codes_are_sent() {
        let (bed, code) = forgotten(verifying()).await;
        for _ in 0..15 {
            finish(&bed, "ann", wrong(&code), NEW).await.is(MISMATCH);
        }
        finish(&bed, "ann", &code, NEW).await.is(LIMIT);
        forgot(&bed, "ann").await.ok();
        let newer = code_of(&bed.server.take_message());
        finish(&bed, "ann", &newer, NEW).await.is(LIMIT);
        bed.sign_in("ann", PASSWORD).await.ok();
        bed.server.advance_secs(3599);
        finish(&bed, "ann", &newer, NEW).await.is(LIMIT);
        bed.server.advance_secs(1);
        forgot(&bed, "ann").await.ok();
        let newest = code_of(&bed.server.take_message());
        finish(&bed, "ann", &newest, NEW).await.ok();
    }

    #[tokio::test]
    async fn guesses_at_once_are_counted_one_by_one() {
        let (bed, code) = forgotten(verifying()).await;
        let guess = wrong(&code);
        let all = (0..40).map(|_| finish(&bed, "ann", guess, NEW)).collect();
        let replies = all_at_once(all).await;
        let compared = replies.iter().filter(|reply| reply.body["__type"] == MISMATCH.0).count();
        assert_eq!((replies.len(), compared), (40, 15));
    }

    #[tokio::test]
    async fn of_two_at_once_one_gets_the_password() {
        let (bed, code) = forgotten(verifying()).await;
        let stamp = bed.user("ann").await.stamp;
        let (one, two) =
            tokio::join!(finish(&bed, "ann", &code, NEW), finish(&bed, "ann", &code, NEW));
        assert_eq!([one.status, two.status].iter().filter(|status| **status == 200).count(), 1);
        assert_eq!(bed.user("ann").await.stamp, stamp + 1);
    }

    #[tokio::test]
    async fn it_confirms_verifies_unlocks_and_ends_sign_ins() {
        let (bed, code) = forgotten(verifying()).await;
        for _ in 0..5 {
            bed.sign_in("ann", "Wrong-Passw0rd").await;
        }
        bed.sign_in("ann", PASSWORD)
            .await
            .refused("NotAuthorizedException", "Password attempts exceeded");
        bed.change("ann", |user| {
            user.status = UserStatus::Unconfirmed;
            user.attributes.insert("email_verified".into(), "false".into());
        })
        .await;
        finish(&bed, "ann", &code, NEW).await.ok();
        let user = bed.user("ann").await;
        assert_eq!((user.status, user.is_verified("email")), (UserStatus::Confirmed, true));
        bed.sign_in("ann", NEW).await.ok();
    }

    #[tokio::test]
    async fn tokens_stay_good() {
        let (bed, code) = forgotten(verifying()).await;
        let tokens = bed.sign_in("ann", PASSWORD).await.ok()["AuthenticationResult"].take();
        finish(&bed, "ann", &code, NEW).await.ok();
        let request = json!({"AccessToken": tokens["AccessToken"]});
        bed.server.call("GetUser", request).await.ok();
    }

    #[tokio::test]
    async fn an_alias_that_went_to_somebody_else_is_not_taken_back() {
        let (bed, code) = forgotten(email_alias()).await;
        let other = bed.signed_up("bob", email()).await;
        bed.confirm_by_force("bob", &other).await.ok();
        assert!(!bed.user("ann").await.is_verified("email"));
        finish(&bed, "ann", &code, NEW).await.ok();
        assert!(!bed.user("ann").await.is_verified("email"));
        assert_eq!(bed.user("a@b.example").await.username, "bob");
        bed.sign_in("ann", NEW).await.ok();
    }

    #[tokio::test]
    async fn users_whose_password_cannot_be_reset_are_named() {
        let (bed, code) = forgotten(verifying()).await;
        for (enabled, status, text) in [
            (false, UserStatus::Confirmed, "User is disabled."),
            (
                true,
                UserStatus::ForceChangePassword,
                "User password cannot be reset in the current state.",
            ),
            (
                true,
                UserStatus::ExternalProvider,
                "User password cannot be reset in the current state.",
            ),
        ] {
            bed.change("ann", |user| (user.enabled, user.status) = (enabled, status)).await;
            let before = bed.user("ann").await;
            finish(&bed, "ann", &code, NEW).await.refused("NotAuthorizedException", text);
            assert_eq!(bed.user("ann").await, before);
        }
        finish(&bed, "nobody", "123456", NEW)
            .await
            .refused("UserNotFoundException", "Username/client id combination not found.");
        bed.signed_up("bob", email()).await;
        finish(&bed, "bob", "123456", NEW).await.is(EXPIRED);
    }

    #[tokio::test]
    async fn hiding_clients_say_the_same_of_everybody_without_the_right_code() {
        let bed = Bed::with(verifying(), password_client()).await;
        let hiding = bed.hiding_client().await;
        for name in ["ann", "off", "tmp"] {
            let code = bed.signed_up(name, email()).await;
            bed.confirm(name, &code).await.ok();
        }
        // A disabled user's code is worth nothing, even the right one.
        forgot(&bed, "off").await.ok();
        let offs = code_of(&bed.server.take_message());
        bed.change("off", |user| user.enabled = false).await;
        bed.change("tmp", |user| user.status = UserStatus::ForceChangePassword).await;
        let ask = async |name: &str, code: &str| {
            let request = json!({
                "ClientId": hiding, "Username": name, "ConfirmationCode": code, "Password": NEW,
            });
            bed.call("ConfirmForgotPassword", request).await
        };
        ask("off", &offs).await.is(MISMATCH);
        for name in ["ann", "tmp", "nobody"] {
            ask(name, "000000").await.is(EXPIRED);
        }
        bed.server.advance_secs(3600);
        let mut seen = Vec::new();
        for name in ["ann", "tmp", "nobody"] {
            let request = json!({"ClientId": hiding, "Username": name});
            bed.call("ForgotPassword", request).await.ok();
            let sent = bed.server.take_messages();
            let guess = sent.first().map_or("000000", |message| wrong(&code_of(message)));
            let mut replies = Vec::new();
            for _ in 0..16 {
                replies.push(ask(name, guess).await);
            }
            bed.server.advance_secs(3600);
            replies.push(ask(name, guess).await);
            seen.push(replies);
        }
        assert!(seen.iter().all(|replies| *replies == seen[0]), "{seen:?}");
        let name_of = |at: usize| seen[0][at].body["__type"].as_str().unwrap().to_owned();
        assert_eq!([name_of(0), name_of(14)], [MISMATCH.0, MISMATCH.0]);
        assert_eq!([name_of(15), name_of(16)], [LIMIT.0, EXPIRED.0]);
        assert!(!bed.user("off").await.enabled);
    }

    #[tokio::test]
    async fn post_confirmation_hears_of_it_and_cannot_undo_it() {
        let settings = with_trigger(verifying(), "PostConfirmation");
        let bed = Bed::with(settings, password_client()).await;
        let verified = json!({"email": "a@b.example", "email_verified": "true"});
        bed.created("alice", verified).await;
        bed.change("alice", |user| user.status = UserStatus::Confirmed).await;
        bed.server.functions.fail("PostConfirmation", "late");
        forgot(&bed, "alice").await.ok();
        let code = code_of(&bed.server.take_message());
        let text = "PostConfirmation failed with error late.";
        let wrong_first = finish(&bed, "alice", wrong(&code), NEW).await;
        wrong_first.is(MISMATCH);
        assert_eq!(bed.server.functions.take_sources(), Vec::<String>::new());
        let failed = finish(&bed, "alice", &code, NEW).await;
        failed.refused("UserLambdaValidationException", text);
        let user = bed.user("alice").await;
        let said = json!({"userAttributes": {
            "sub": user.sub.as_str(), "cognito:user_status": "CONFIRMED",
            "email": "a@b.example", "email_verified": "true",
        }});
        let source = "PostConfirmation_ConfirmForgotPassword";
        let expected = event(&bed, source, Some(&bed.client), said, json!({}));
        assert_eq!(bed.server.functions.take_event(), expected);
        bed.sign_in("alice", NEW).await.ok();
    }

    #[tokio::test]
    async fn the_secret_hash_is_asked_for() {
        let bed = Bed::with(verifying(), json!({"GenerateSecret": true})).await;
        let reply = finish(&bed, "nobody", "123456", NEW).await;
        assert_eq!(reply.body["__type"], "NotAuthorizedException");
        assert!(reply.body["message"].as_str().unwrap().contains("SECRET_HASH"));
    }
}
