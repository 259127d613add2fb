//! The session that leads from SignUp over ConfirmSignUp to a first sign-in without another code.
//!
//! The code that confirms a sign-up proves the address, and so is a first factor. The session that
//! SignUp returns names who waits for it; ConfirmSignUp trades it for one that has proven it.

use poolhouse_domain::auth::handle::Handle;
use poolhouse_domain::auth::method::Method;
use poolhouse_domain::auth::policy::Flow;
use poolhouse_domain::auth::step::{Progress, SessionState, Step};
use poolhouse_domain::error::{Error, Result, SessionRefusal};
use poolhouse_domain::message::Medium;
use poolhouse_domain::session::SessionRow;
use poolhouse_domain::user::User;
use poolhouse_store::Tx;

use crate::drive::session;
use crate::drive::settle::session_row;
use crate::ops::ctx::{Anonymous, Ctx, PoolAndClient};

/// A session to store in the transaction of the step, and to return.
pub(crate) struct Continuation {
    row: SessionRow,
    handle: Handle,
    /// The session that it replaces.
    replaces: Option<[u8; 32]>,
}

impl Continuation {
    /// Writes it, in place of the one before.
    pub(super) async fn store(&self, tx: &mut Tx) -> Result<()> {
        if let Some(session) = &self.replaces
            && !tx.consume_session(&self.row.pool, session).await?
        {
            return Err(Error::Session(SessionRefusal::Used));
        }
        tx.put_session(&self.row).await
    }

    /// The `Session` string.
    pub(super) fn to_session(&self, ctx: &mut Ctx<'_, Anonymous>) -> String {
        self.handle.to_session(&ctx.app.sealer, &mut ctx.rng)
    }
}

/// For a new user; none where the client or the pool has no choice-based sign-in.
pub(super) fn of_sign_up(
    ctx: &mut Ctx<'_, Anonymous>,
    found: &PoolAndClient,
    user: &User,
) -> Result<Option<Continuation>> {
    if !chooses(found) {
        return Ok(None);
    }
    let progress = Progress::new(Flow::UserAuth, user.stamp);
    make(ctx, found, user, &SessionState::new(Step::SignUp, &progress), None).map(Some)
}

/// Whether users can sign in by choice here.
fn chooses(found: &PoolAndClient) -> bool {
    found.pool.settings.auth_policy().choice_based
        && found.client.auth_policy().flows.contains(&Flow::UserAuth)
}

/// For the `Session` of a confirmation by a code that went by `medium`. One that is past its time
/// takes nothing from the confirmation but the sign-in that would have followed.
///
/// Clients confirm without the session of the sign-up, too, and go on with the one that they get:
/// where a code by this medium is a first factor, whoever has this one could have asked for another.
///
/// # Errors
/// [`SessionRefusal::Invalid`] for a session that is not this user's sign-up with this client.
pub(super) async fn of_confirmation(
    ctx: &mut Ctx<'_, Anonymous>,
    found: &PoolAndClient,
    user: &User,
    given: Option<&str>,
    medium: Medium,
) -> Result<Option<Continuation>> {
    let method = match medium {
        Medium::Email => Method::Email,
        Medium::Sms => Method::Sms,
    };
    let Some(text) = given else {
        let allowed = &found.pool.settings.auth_policy().first_factors;
        if !chooses(found) || !allowed.iter().any(|factor| factor.medium() == Some(medium)) {
            return Ok(None);
        }
        return signed_up(ctx, found, user, Progress::new(Flow::UserAuth, 0), method, None);
    };
    let waiting = match session::find(ctx.app, text, ctx.now).await {
        Err(Error::Session(SessionRefusal::Expired)) => return Ok(None),
        other => other?,
    };
    let ours = waiting.client == found.client.id && waiting.user.sub == user.sub;
    if !ours || waiting.pool != found.pool.id || waiting.state.step != Step::SignUp {
        return Err(Error::Session(SessionRefusal::Invalid));
    }
    signed_up(ctx, found, user, waiting.state.progress, method, Some(waiting.hash))
}

/// A session that has proven an address.
fn signed_up(
    ctx: &mut Ctx<'_, Anonymous>,
    found: &PoolAndClient,
    user: &User,
    mut progress: Progress,
    method: Method,
    replaces: Option<[u8; 32]>,
) -> Result<Option<Continuation>> {
    progress.methods.add(method);
    // Confirmation raises the stamp.
    progress.stamp = user.stamp.saturating_add(1);
    let state = SessionState::new(Step::SignedUp, &progress);
    make(ctx, found, user, &state, replaces).map(Some)
}

fn make(
    ctx: &mut Ctx<'_, Anonymous>,
    found: &PoolAndClient,
    user: &User,
    state: &SessionState,
    replaces: Option<[u8; 32]>,
) -> Result<Continuation> {
    let minutes = found.client.auth_policy().session_minutes;
    let expires = ctx.now.plus_secs(minutes.saturating_mul(60));
    let handle = Handle::generate(&user.pool, &mut ctx.rng);
    let (client, hash) = (&found.client.id, handle.hash());
    let row = session_row(&user.pool, Some(&user.sub), client, hash, state, expires)?;
    Ok(Continuation { row, handle, replaces })
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::user::UserStatus;
    use serde_json::{Value, json};

    use crate::ops::users::bed::*;

    const SIGN_UP: &str = "SignUp";

    /// A pool whose users sign in with codes by email, which it also verifies.
    async fn by_code() -> Bed {
        let factors = json!({"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]});
        let settings = merged(verifying(), json!({"Policies": {"SignInPolicy": factors}}));
        Bed::with(settings, json!({"ExplicitAuthFlows": ["ALLOW_USER_AUTH"]})).await
    }

    async fn signs_in(bed: &Bed, more: Value) -> crate::testing::Reply {
        let request = json!({
            "AuthFlow": "USER_AUTH",
            "AuthParameters": {"USERNAME": "alice", "PREFERRED_CHALLENGE": "EMAIL_OTP"},
        });
        bed.call("InitiateAuth", merged(request, more)).await
    }

    fn without_password() -> Value {
        let email = json!([{"Name": "email", "Value": "alice@example.com"}]);
        json!({"Username": "alice", "UserAttributes": email})
    }

    #[tokio::test]
    async fn a_sign_up_goes_on_to_a_sign_in_without_another_code() {
        let bed = by_code().await;
        let signed_up = bed.call(SIGN_UP, without_password()).await.ok();
        let code = code_of(&bed.server.take_message());
        let request = json!({
            "Username": "alice", "ConfirmationCode": code, "Session": signed_up["Session"],
        });
        let early = signs_in(&bed, json!({"Session": signed_up["Session"]})).await;
        early.refused("NotAuthorizedException", "Invalid session for the user.");
        let confirmed = bed.call("ConfirmSignUp", request).await.ok();
        let session = json!({"Session": confirmed["Session"]});
        let tokens = signs_in(&bed, session.clone()).await.ok();
        let token = &tokens["AuthenticationResult"]["AccessToken"];
        assert_eq!(crate::testing::client::claims(token)["amr"], json!(["email_otp"]));
        assert_eq!(bed.server.take_messages().len(), 0, "no other code");
        let again = signs_in(&bed, session).await;
        again.refused(
            "NotAuthorizedException",
            "Invalid session for the user, session can only be used once.",
        );
        // From now on by code.
        assert_eq!(signs_in(&bed, json!({})).await.ok()["ChallengeName"], "EMAIL_OTP");
    }

    #[tokio::test]
    async fn a_code_that_could_sign_in_goes_on_without_the_session_of_the_sign_up() {
        let confirm = async |bed: &Bed| {
            bed.call(SIGN_UP, merged(without_password(), json!({"Password": PASSWORD}))).await.ok();
            let code = code_of(&bed.server.take_message());
            let request = json!({"Username": "alice", "ConfirmationCode": code});
            bed.call("ConfirmSignUp", request).await.ok()
        };
        let bed = by_code().await;
        let session = json!({"Session": confirm(&bed).await["Session"]});
        assert!(signs_in(&bed, session.clone()).await.ok()["AuthenticationResult"].is_object());
        assert_eq!(signs_in(&bed, session).await.body["__type"], "NotAuthorizedException");
        // Where codes do not sign in, or the client lets nobody choose, this one does not either.
        let choosing = json!({"ExplicitAuthFlows": ["ALLOW_USER_AUTH"]});
        let bed = Bed::with(verifying(), choosing).await;
        assert_eq!(confirm(&bed).await, json!({}));
        let factors = json!({"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]});
        let settings = merged(verifying(), json!({"Policies": {"SignInPolicy": factors}}));
        let bed = Bed::with(settings, json!({"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]})).await;
        assert_eq!(confirm(&bed).await, json!({}));
    }

    #[tokio::test]
    async fn the_session_of_a_sign_up_is_its_users_alone_and_may_run_out() {
        let bed = by_code().await;
        let alices = bed.call(SIGN_UP, without_password()).await.ok();
        let alices_code = code_of(&bed.server.take_message());
        let bob = merged(without_password(), json!({"Username": "bob"}));
        bed.call(SIGN_UP, bob).await.ok();
        let bobs_code = code_of(&bed.server.take_message());
        let confirm = |name: &str, code: &str| {
            let session = &alices["Session"];
            json!({"Username": name, "ConfirmationCode": code, "Session": session})
        };
        let stolen = bed.call("ConfirmSignUp", confirm("bob", &bobs_code)).await;
        stolen.refused("NotAuthorizedException", "Invalid session for the user.");
        assert_eq!(bed.user("bob").await.status, UserStatus::Unconfirmed);
        // Too late for the sign-in is not too late for the confirmation.
        bed.server.advance_secs(180);
        let late = bed.call("ConfirmSignUp", confirm("alice", &alices_code)).await.ok();
        assert_eq!(late, json!({}));
        assert_eq!(bed.user("alice").await.status, UserStatus::Confirmed);
    }

    #[tokio::test]
    async fn a_first_code_confirms_whoever_has_no_password() {
        let bed = by_code().await;
        bed.call(SIGN_UP, without_password()).await.ok();
        bed.server.take_messages();
        let asked = signs_in(&bed, json!({})).await.ok();
        let code = bed.server.take_message().code.expose().clone();
        let answer = json!({
            "ChallengeName": "EMAIL_OTP", "Session": asked["Session"],
            "ChallengeResponses": {"USERNAME": "alice", "EMAIL_OTP_CODE": code},
        });
        let tokens = bed.call("RespondToAuthChallenge", answer).await.ok();
        assert!(tokens["AuthenticationResult"].is_object());
        let user = bed.user("alice").await;
        assert_eq!(user.status, UserStatus::Confirmed);
        assert_eq!(user.attribute("email_verified"), Some("true"));
    }
}
