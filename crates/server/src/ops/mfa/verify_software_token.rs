//! Ends the enrolment of an authenticator app: the user shows that it gives right codes.
//!
//! With an access token the authenticator is registered, and SetUserMFAPreference switches it on.
//! With the session of an MFA_SETUP challenge it is registered and switched on at once, and the new
//! session finishes the challenge. A wrong code can be tried again with the same session. The code
//! itself is used up: it does not sign in afterwards.
//!
//! Differs from AWS / not verified:
//! - Without a preceding AssociateSoftwareToken: an InvalidParameterException of our wording.
//! - Ten wrong codes start a lock that doubles, as for passwords.

use poolhouse_domain::auth::handle::Handle;
use poolhouse_domain::auth::step::{SessionState, Step};
use poolhouse_domain::error::{Error, MfaRefusal, Result, SignInRefusal};
use poolhouse_domain::secret::{Secret, ct_eq};
use poolhouse_domain::session::{Charge, GuessKind};
use poolhouse_domain::totp::{self, Outcome};
use poolhouse_domain::user::{MfaFactor, User};
use poolhouse_wire::operations::VerifySoftwareToken;
use poolhouse_wire::shapes::{
    VerifySoftwareTokenRequest, VerifySoftwareTokenResponse, VerifySoftwareTokenResponseType,
};

use super::{Enroller, enroller, pool_with_totp, replace_session, same_user};
use crate::ops::Operation;
use crate::ops::ctx::{BearerOrSession, Ctx};

impl Operation for VerifySoftwareToken {
    type Caller = BearerOrSession;

    async fn run(
        ctx: &mut Ctx<'_, BearerOrSession>,
        request: VerifySoftwareTokenRequest,
    ) -> Result<VerifySoftwareTokenResponse> {
        let enroller = enroller(ctx).await?;
        let user = enroller.user();
        pool_with_totp(ctx, &user.pool).await?;
        let (step, seed) = &check_code(ctx, user, &request.user_code).await?;
        let next = match &enroller {
            Enroller::User(_) => None,
            Enroller::Session(found) => Some((found, Handle::generate(&user.pool, &mut ctx.rng))),
        };
        let (name, next_ref) = (request.friendly_device_name.as_deref(), &next);
        ctx.write(async |mut tx| {
            let mut current = match next_ref {
                Some((found, _)) => same_user(&mut tx, found).await?,
                None => tx.user_by_sub(&user.pool, &user.sub).await?,
            };
            // The seed that the code proved, not one that was associated a moment ago.
            let pending = tx.totp_pending(&user.pool, &user.sub).await?;
            let proven = pending.is_some_and(|pending| ct_eq(pending.expose(), seed.expose()));
            if !proven || !tx.verify_totp(&user.pool, &user.sub, name, *step).await? {
                return Err(Error::Mfa(MfaRefusal::NothingAssociated));
            }
            tx.clear_guesses(&user.pool, user.sub.as_str(), GuessKind::Mfa).await?;
            current.stamp = current.stamp.saturating_add(1);
            current.modified = tx.now;
            let stamp = current.stamp;
            if next_ref.is_some() {
                switch_on(&mut current);
            }
            tx.update_user(&current).await?;
            let Some((found, handle)) = next_ref else { return Ok(()) };
            let step = Step::MfaSetup { enrolled: true, choices: vec![MfaFactor::Totp] };
            let mut state = SessionState { step, ..found.state.clone() };
            state.progress.stamp = stamp;
            replace_session(&mut tx, found, &state, handle).await
        })
        .await?;
        let session =
            next.map(|(_, handle)| handle.to_session(&ctx.app.sealer, &mut ctx.rng).into());
        Ok(VerifySoftwareTokenResponse {
            session,
            status: Some(VerifySoftwareTokenResponseType::Success),
        })
    }
}

fn switch_on(user: &mut User) {
    if !user.mfa.active.contains(&MfaFactor::Totp) {
        user.mfa.active.push(MfaFactor::Totp);
        user.mfa.active.sort_unstable();
    }
}

/// The time step of a right code, and the seed it belongs to. The attempt is charged before it is
/// compared.
async fn check_code(
    ctx: &Ctx<'_, BearerOrSession>,
    user: &User,
    code: &str,
) -> Result<(i64, Secret<Vec<u8>>)> {
    let (pool, sub) = (&user.pool, &user.sub);
    let charge = ctx.write(async |mut tx| tx.charge(pool, sub.as_str(), GuessKind::Mfa).await);
    if charge.await? == Charge::Locked {
        return Err(Error::SignIn(SignInRefusal::Locked));
    }
    let seed = ctx.read(async |mut tx| tx.totp_pending(pool, sub).await).await?;
    let seed = seed.ok_or(Error::Mfa(MfaRefusal::NothingAssociated))?;
    match totp::verify(seed.expose(), code, ctx.now, None) {
        Outcome::Accepted { step } => Ok((step, seed)),
        Outcome::Wrong | Outcome::Reused => Err(Error::Mfa(MfaRefusal::EnrolmentCodeMismatch)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::client::{Application, PASSWORD, token};

    async fn optional() -> (Application, String) {
        let app = Application::new(json!({}), json!({})).await;
        app.set_mfa("OPTIONAL").await;
        app.user("ada").await;
        let access = token(&app, "ada").await;
        (app, access)
    }

    async fn associate(app: &Application, access: &str) -> Vec<u8> {
        let request = json!({ "AccessToken": access });
        let begun = app.server.call("AssociateSoftwareToken", request).await.ok();
        let code = begun["SecretCode"].as_str().unwrap();
        poolhouse_domain::totp::parse_secret_code(code).unwrap().expose().clone()
    }

    fn verify(access: &str, code: &str) -> Value {
        json!({ "AccessToken": access, "UserCode": code, "FriendlyDeviceName": "phone" })
    }

    #[tokio::test]
    async fn with_a_token_it_registers_and_does_not_switch_on() {
        let (app, access) = optional().await;
        let seed = associate(&app, &access).await;
        let request = verify(&access, &app.totp(&seed));
        let done = app.server.call("VerifySoftwareToken", request).await.ok();
        assert_eq!(done, json!({ "Status": "SUCCESS" }));
        let signed_in = app.password_sign_in("ada", PASSWORD).await.ok();
        assert!(signed_in["AuthenticationResult"]["AccessToken"].is_string(), "{signed_in}");
        let prefer = json!({
            "AccessToken": access, "SoftwareTokenMfaSettings": { "Enabled": true },
        });
        app.server.call("SetUserMFAPreference", prefer).await.ok();
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        assert_eq!(asked["ChallengeName"], "SOFTWARE_TOKEN_MFA");
        assert_eq!(asked["ChallengeParameters"]["FRIENDLY_DEVICE_NAME"], "phone");
    }

    #[tokio::test]
    async fn a_wrong_code_registers_nothing_and_can_be_tried_again() {
        let (app, access) = optional().await;
        let seed = associate(&app, &access).await;
        let wrong = app.server.call("VerifySoftwareToken", verify(&access, "000000")).await;
        let text = "Code mismatch and fail enable Software Token MFA";
        wrong.refused("EnableSoftwareTokenMFAException", text);
        let right = verify(&access, &app.totp(&seed));
        app.server.call("VerifySoftwareToken", right.clone()).await.ok();
        // What was pending is used up.
        let text =
            "No software token is associated with the user: call AssociateSoftwareToken first.";
        let again = app.server.call("VerifySoftwareToken", right).await;
        again.refused("InvalidParameterException", text);
    }

    #[tokio::test]
    async fn guessing_is_locked_after_ten() {
        let (app, access) = optional().await;
        let seed = associate(&app, &access).await;
        for _ in 0..10 {
            let wrong = app.server.call("VerifySoftwareToken", verify(&access, "000000")).await;
            assert_eq!(wrong.body["__type"], "EnableSoftwareTokenMFAException");
        }
        let right = verify(&access, &app.totp(&seed));
        let locked = app.server.call("VerifySoftwareToken", right).await;
        locked.refused("NotAuthorizedException", "Password attempts exceeded");
    }

    #[tokio::test]
    async fn a_code_that_is_not_six_digits_is_refused_without_its_value() {
        let (app, access) = optional().await;
        let reply = app.server.call("VerifySoftwareToken", verify(&access, "12345x")).await;
        reply.refused(
            "InvalidParameterException",
            "1 validation error detected: Value at 'userCode' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: [0-9]+",
        );
    }
}
