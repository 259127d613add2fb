//! Changes the calling user's password.
//!
//! The new password is checked first: one that cannot be used costs no attempt. Then an attempt is
//! paid for, from an hourly budget of five and from the guesses that sign-ins share, and only then
//! is the previous password compared. Sign-ins in progress end; tokens stay good, the caller's and
//! all others.
//!
//! Differs from AWS / not verified:
//! - Whether the new password was used before is compared after the previous one proved right.
//! - The order of the checks; that five changes an hour count whether they succeed or fail.
//! - A password that others know is refused where the pool's risk configuration blocks those, before
//!   an attempt is paid for: the exception and its text.
//! - While sign-ins are locked after wrong passwords, this operation is too.
//! - `PreviousPassword` left out by a user who has a password is an InvalidParameterException.
//! - A temporary password cannot be changed this way: NotAuthorizedException, with the text that
//!   recovery has for such users. The same goes for users of an identity provider.

use poolhouse_domain::auth::exchange;
use poolhouse_domain::auth::refresh::check_bearer;
use poolhouse_domain::error::{AccessTokenRefusal, Error, Result, SignInRefusal, UserStateRefusal};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::risk::event::{
    AuthEvent, ChallengeName, EventResponseType, EventType, Findings,
};
use poolhouse_domain::secret::{Secret, ct_eq};
use poolhouse_domain::session::{Charge, GuessKind, HourlyBudget};
use poolhouse_domain::user::{PasswordRecord, User, UserStatus};
use poolhouse_store::Tx;
use poolhouse_wire::Sensitive;
use poolhouse_wire::operations::ChangePassword;
use poolhouse_wire::shapes::{ChangePasswordRequest, ChangePasswordResponse, EventFilterType};

use super::{creation, passwords};
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};
use crate::threat::{self, Scene};

impl Operation for ChangePassword {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        request: ChangePasswordRequest,
    ) -> Result<ChangePasswordResponse> {
        let (id, sub) = (ctx.caller.pool().clone(), ctx.caller.user().sub.clone());
        let found = ctx.read(async |mut tx| {
            let (pool, user) = (tx.pool(&id).await?, tx.user_by_sub(&id, &sub).await?);
            Ok((pool, user, tx.password(&id, &sub).await?))
        });
        let (pool, user, current) = found.await?;
        check_state(&user)?;
        let proposed = Secret::new(request.proposed_password.into_inner());
        passwords::check(&pool, proposed.expose())?;
        let previous = request.previous_password.map(Sensitive::into_inner).map(Secret::new);
        if current.is_some() && previous.is_none() {
            return Err(Error::MissingParameter("PreviousPassword"));
        }
        let from = threat::Origin::of_bearer(ctx.meta);
        let scene = Scene::of(ctx.app, &pool, ctx.caller.client(), &from).await?;
        let what = EventFilterType::PasswordChange;
        let verdict = scene.check_password(ctx.app, what, &proposed).await?;
        pay(ctx, &user).await?;
        if let Err(refusal) = compare(ctx, &user, current.clone(), previous).await {
            failed(ctx, &scene, &user).await?;
            return Err(refusal);
        }
        passwords::check_history(ctx.app, &pool, &user, &proposed).await?;
        let findings = threat::findings(&verdict, Findings::default());
        let passed = (EventType::PasswordChange, EventResponseType::Pass);
        let event = scene.event(&user, passed, findings, ctx.now, &mut ctx.rng);
        let record = creation::password_record(ctx, &user, proposed, None).await?;
        change(ctx, &pool, &user, current.as_ref(), &record, event.as_ref()).await?;
        Ok(ChangePasswordResponse {})
    }
}

/// Records that the previous password was wrong.
async fn failed(ctx: &mut Ctx<'_, Bearer>, scene: &Scene, user: &User) -> Result<()> {
    let findings = Findings::proof(ChallengeName::Password, false);
    let failed = (EventType::PasswordChange, EventResponseType::Fail);
    let Some(event) = scene.event(user, failed, findings, ctx.now, &mut ctx.rng) else {
        return Ok(());
    };
    let event = &event;
    ctx.write(async |mut tx| tx.put_event(event).await).await
}

/// Whether the password is the user's own to change: neither temporary nor somebody else's to check.
fn check_state(user: &User) -> Result<()> {
    match user.status {
        UserStatus::Confirmed => Ok(()),
        UserStatus::Unconfirmed
        | UserStatus::ForceChangePassword
        | UserStatus::ResetRequired
        | UserStatus::ExternalProvider => {
            Err(Error::UserState(UserStateRefusal::CannotResetPassword))
        }
    }
}

/// Pays for one attempt, in a transaction of its own: it stays paid whatever comes of it. A refusal
/// costs nothing.
async fn pay(ctx: &Ctx<'_, Bearer>, user: &User) -> Result<()> {
    let (pool, sub) = (&user.pool, user.sub.as_str());
    ctx.write(async |mut tx| {
        if !tx.spend(pool, sub, HourlyBudget::ChangePassword).await? {
            return Err(Error::AttemptLimit);
        }
        match tx.charge(pool, sub, GuessKind::Password).await? {
            Charge::Paid => Ok(()),
            Charge::Locked => Err(Error::SignIn(SignInRefusal::Locked)),
        }
    })
    .await
}

/// Compares the previous password. A user who has none must not claim one.
async fn compare(
    ctx: &Ctx<'_, Bearer>,
    user: &User,
    current: Option<PasswordRecord>,
    previous: Option<Secret<String>>,
) -> Result<()> {
    let fits = match (current, previous) {
        (None, None) => true,
        (Some(current), Some(previous)) => {
            let user = user.clone();
            let job =
                move || exchange::password_fits(&user.pool, &user, &current, previous.expose());
            ctx.app.crypto.run(job).await?
        }
        (None, Some(_)) | (Some(_), None) => false,
    };
    if fits { Ok(()) } else { Err(bad_credentials()) }
}

/// Keeps the new password, if the caller may still act and the password is still the one that was
/// compared.
async fn change(
    ctx: &Ctx<'_, Bearer>,
    pool: &Pool,
    seen: &User,
    compared: Option<&PasswordRecord>,
    record: &PasswordRecord,
    event: Option<&AuthEvent>,
) -> Result<()> {
    let (jti, sub) = (&ctx.caller.family().origin_jti, &ctx.caller.user().sub);
    ctx.write(async |mut tx| {
        let found = tx.bearer_facts(&pool.id, jti, sub).await?;
        let (user, family) = found.ok_or(Error::AccessToken(AccessTokenRefusal::Revoked))?;
        check_bearer(&family, &user)?;
        check_state(&user)?;
        check_unchanged(&mut tx, &user, compared).await?;
        passwords::check_still_compared(pool, seen, &user)?;
        passwords::store(&mut tx, pool, &user, user.clone(), record).await?;
        threat::record(&mut tx, event).await?;
        tx.clear_guesses(&user.pool, user.sub.as_str(), GuessKind::Password).await
    })
    .await
}

async fn check_unchanged(
    tx: &mut Tx,
    user: &User,
    compared: Option<&PasswordRecord>,
) -> Result<()> {
    let same = match (tx.password(&user.pool, &user.sub).await?, compared) {
        (None, None) => true,
        (Some(now), Some(then)) => {
            now.salt == then.salt && ct_eq(now.verifier.expose(), then.verifier.expose())
        }
        (None, Some(_)) | (Some(_), None) => false,
    };
    if same { Ok(()) } else { Err(bad_credentials()) }
}

fn bad_credentials() -> Error {
    Error::SignIn(SignInRefusal::BadCredentials)
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::id::Sub;
    use poolhouse_domain::user::{User, UserStatus};
    use poolhouse_store::InsertUser;
    use serde_json::{Value, json};

    use crate::ops::users::passwords::testing::{Bed, NEW, OLD, Tokens, UNUSABLE, WRONG};
    use crate::testing::Reply;

    const LIMIT: &str = "Attempt limit exceeded, please try after some time.";

    async fn change(bed: &Bed, tokens: &Tokens, previous: &str, proposed: &str) -> Reply {
        let body = json!({"PreviousPassword": previous, "ProposedPassword": proposed});
        with_token(bed, &tokens.access, body).await
    }

    async fn with_token(bed: &Bed, token: &str, mut body: Value) -> Reply {
        body["AccessToken"] = json!(token);
        bed.server.call("ChangePassword", body).await
    }

    #[tokio::test]
    async fn the_new_password_works_and_the_old_one_does_not() {
        let bed = Bed::with(json!({})).await;
        let ann = bed.confirmed("ann").await;
        let (tokens, others) = (bed.tokens("ann", OLD).await, bed.tokens("ann", OLD).await);
        bed.server.advance_secs(60);
        assert_eq!(change(&bed, &tokens, OLD, NEW).await.ok(), json!({}));
        bed.sign_in("ann", OLD).await.refused("NotAuthorizedException", WRONG);
        bed.tokens("ann", NEW).await;
        let stored = bed.stored(&ann).await;
        assert_eq!((stored.status, stored.modified), (UserStatus::Confirmed, bed.server.now()));
        assert!(stored.stamp > ann.stamp);
        // Nobody is signed out.
        bed.refresh(&others).await.ok();
        change(&bed, &tokens, NEW, "Third-Secret-3").await.ok();
    }

    #[tokio::test]
    async fn a_wrong_previous_password_changes_nothing() {
        let bed = Bed::with(json!({})).await;
        let ann = bed.confirmed("ann").await;
        bed.confirmed("bob").await;
        let tokens = bed.tokens("ann", OLD).await;
        change(&bed, &tokens, NEW, NEW).await.refused("NotAuthorizedException", WRONG);
        assert_eq!(bed.stored(&ann).await, ann);
        // Nor does the password of somebody else count.
        bed.on("bob", "AdminSetUserPassword", json!({"Password": NEW, "Permanent": true}))
            .await
            .ok();
        change(&bed, &tokens, NEW, NEW).await.refused("NotAuthorizedException", WRONG);
        bed.tokens("ann", OLD).await;
    }

    #[tokio::test]
    async fn five_attempts_an_hour() {
        let bed = Bed::with(json!({})).await;
        bed.confirmed("ann").await;
        bed.confirmed("bob").await;
        let (ann, bob) = (bed.tokens("ann", OLD).await, bed.tokens("bob", OLD).await);
        let passwords = [OLD, "Secret-No-1", "Secret-No-2", "Secret-No-3", "Secret-No-4"];
        for pair in passwords.windows(2) {
            change(&bed, &ann, pair[0], pair[1]).await.ok();
        }
        change(&bed, &ann, "Wrong-Secret-0", NEW).await.refused("NotAuthorizedException", WRONG);
        for previous in ["Wrong-Secret-0", "Secret-No-4"] {
            change(&bed, &ann, previous, NEW).await.refused("LimitExceededException", LIMIT);
        }
        change(&bed, &bob, OLD, NEW).await.ok();
        bed.sign_in("ann", NEW).await.refused("NotAuthorizedException", WRONG);
        let ann = bed.tokens("ann", "Secret-No-4").await;
        bed.server.advance_secs(3599);
        change(&bed, &ann, "Secret-No-4", NEW).await.refused("LimitExceededException", LIMIT);
        let ann = bed.tokens("ann", "Secret-No-4").await;
        bed.server.advance_secs(1);
        change(&bed, &ann, "Secret-No-4", NEW).await.ok();
        bed.tokens("ann", NEW).await;
    }

    #[tokio::test]
    async fn guesses_are_those_of_sign_ins() {
        let bed = Bed::with(json!({})).await;
        bed.confirmed("ann").await;
        let tokens = bed.tokens("ann", OLD).await;
        for _ in 0..5 {
            change(&bed, &tokens, "Wrong-Secret-0", NEW)
                .await
                .refused("NotAuthorizedException", WRONG);
        }
        let locked = "Password attempts exceeded";
        bed.sign_in("ann", OLD).await.refused("NotAuthorizedException", locked);
    }

    #[tokio::test]
    async fn a_locked_user_is_not_asked_and_pays_nothing() {
        let bed = Bed::with(json!({})).await;
        bed.confirmed("ann").await;
        let tokens = bed.tokens("ann", OLD).await;
        for _ in 0..5 {
            bed.sign_in("ann", "Wrong-Secret-0").await.refused("NotAuthorizedException", WRONG);
        }
        for _ in 0..6 {
            change(&bed, &tokens, OLD, NEW)
                .await
                .refused("NotAuthorizedException", "Password attempts exceeded");
        }
        bed.server.advance_secs(2);
        change(&bed, &tokens, OLD, NEW).await.ok();
        // The success ends the count of guesses.
        bed.sign_in("ann", "Wrong-Secret-0").await.refused("NotAuthorizedException", WRONG);
        bed.tokens("ann", NEW).await;
    }

    #[tokio::test]
    async fn an_unusable_new_password_costs_no_attempt() {
        let bed = Bed::with(json!({})).await;
        let ann = bed.confirmed("ann").await;
        let tokens = bed.tokens("ann", OLD).await;
        for (password, reason) in UNUSABLE {
            let text = format!("Password did not conform with policy: {reason}");
            for previous in [OLD, "Wrong-Secret-0"] {
                let reply = change(&bed, &tokens, previous, password).await;
                reply.refused("InvalidPasswordException", &text);
            }
        }
        assert_eq!(bed.stored(&ann).await, ann);
        change(&bed, &tokens, OLD, NEW).await.ok();
    }

    #[tokio::test]
    async fn the_previous_password_is_left_out_only_where_there_is_none() {
        let bed = Bed::with(json!({})).await;
        let ann = bed.confirmed("ann").await;
        let tokens = bed.tokens("ann", OLD).await;
        let body = json!({"ProposedPassword": NEW});
        with_token(&bed, &tokens.access, body.clone())
            .await
            .refused("InvalidParameterException", "Missing required parameter PreviousPassword");
        bed.tokens("ann", OLD).await;
        assert_eq!(bed.stored(&ann).await, ann);
    }

    #[tokio::test]
    async fn a_user_without_a_password_gets_one() {
        let fixture = crate::testing::devices::Devices::with(None).await;
        let (server, now) = (&fixture.server, fixture.server.now());
        let sub = Sub::generate(&mut server.app.fork_rng("user"));
        let eve = &User { sub, username: "eve".into(), ..fixture.ada.clone() };
        let insert =
            server.app.db.write(now, async |mut tx| tx.insert_user(eve, "eve", None).await);
        assert_eq!(insert.await.unwrap(), InsertUser::Inserted);
        let token = fixture.token(eve, None).await;
        let claimed = json!({
            "AccessToken": token, "PreviousPassword": OLD, "ProposedPassword": NEW,
        });
        server.call("ChangePassword", claimed).await.refused("NotAuthorizedException", WRONG);
        let first = json!({"AccessToken": token, "ProposedPassword": NEW});
        server.call("ChangePassword", first.clone()).await.ok();
        let pool = eve.pool.as_str();
        let client = crate::ops::users::passwords::testing::client(server, pool).await;
        let sign_in = json!({
            "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": client,
            "AuthParameters": {"USERNAME": "eve", "PASSWORD": NEW},
        });
        server.call("InitiateAuth", sign_in).await.ok();
        server
            .call("ChangePassword", first)
            .await
            .refused("InvalidParameterException", "Missing required parameter PreviousPassword");
    }

    #[tokio::test]
    async fn a_temporary_password_cannot_be_changed_this_way() {
        let bed = Bed::with(json!({})).await;
        bed.confirmed("ann").await;
        let tokens = bed.tokens("ann", OLD).await;
        bed.on("ann", "AdminSetUserPassword", json!({"Password": OLD})).await.ok();
        for previous in [OLD, "Wrong-Secret-0"] {
            change(&bed, &tokens, previous, NEW).await.refused(
                "NotAuthorizedException",
                "User password cannot be reset in the current state.",
            );
        }
        assert_eq!(bed.sign_in("ann", OLD).await.ok()["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    }

    #[tokio::test]
    async fn the_state_of_the_user_is_told() {
        let bed = Bed::with(json!({})).await;
        let ann = bed.confirmed("ann").await;
        let tokens = bed.tokens("ann", OLD).await;
        for (status, name, text) in [
            (UserStatus::Unconfirmed, "UserNotConfirmedException", "User is not confirmed."),
            (
                UserStatus::ResetRequired,
                "PasswordResetRequiredException",
                "Password reset required for the user",
            ),
            (
                UserStatus::ExternalProvider,
                "NotAuthorizedException",
                "User password cannot be reset in the current state.",
            ),
        ] {
            bed.change(&ann, |user| user.status = status).await;
            change(&bed, &tokens, OLD, NEW).await.refused(name, text);
        }
        bed.change(&ann, |user| user.enabled = false).await;
        change(&bed, &tokens, OLD, NEW)
            .await
            .refused("NotAuthorizedException", "User is disabled.");
    }

    #[tokio::test]
    async fn only_a_good_access_token_will_do() {
        let bed = Bed::with(json!({})).await;
        let ann = bed.confirmed("ann").await;
        let tokens = bed.tokens("ann", OLD).await;
        let body = json!({"PreviousPassword": OLD, "ProposedPassword": NEW});
        for token in ["garbage", &tokens.id, &tokens.refresh] {
            with_token(&bed, token, body.clone())
                .await
                .refused("NotAuthorizedException", "Invalid Access Token");
        }
        let reply = bed.server.call("ChangePassword", body.clone()).await;
        reply.refused(
            "InvalidParameterException",
            "1 validation error detected: Value null at 'accessToken' failed to satisfy \
             constraint: Member must not be null",
        );
        assert_eq!(bed.stored(&ann).await, ann);
        bed.on("ann", "AdminUserGlobalSignOut", json!({})).await.ok();
        with_token(&bed, &tokens.access, body.clone())
            .await
            .refused("NotAuthorizedException", "Access Token has been revoked");
        let late = bed.tokens("ann", OLD).await;
        bed.server.advance_secs(3600);
        with_token(&bed, &late.access, body)
            .await
            .refused("NotAuthorizedException", "Access Token has expired");
        bed.tokens("ann", OLD).await;
    }

    #[tokio::test]
    async fn of_two_changes_at_once_one_counts() {
        let bed = Bed::with(json!({})).await;
        bed.confirmed("ann").await;
        let tokens = bed.tokens("ann", OLD).await;
        let (one, other) = tokio::join!(
            change(&bed, &tokens, OLD, "One-Secret-1"),
            change(&bed, &tokens, OLD, "Other-Secret-2")
        );
        assert_eq!([one.status, other.status].iter().filter(|status| **status == 200).count(), 1);
        let (kept, lost) = match one.status {
            200 => ("One-Secret-1", "Other-Secret-2"),
            _ => ("Other-Secret-2", "One-Secret-1"),
        };
        bed.tokens("ann", kept).await;
        for dead in [lost, OLD] {
            bed.sign_in("ann", dead).await.refused("NotAuthorizedException", WRONG);
        }
    }
}
