//! Begins the enrolment of an authenticator app: returns the secret to put into it.
//!
//! With an access token, or with the session of an MFA_SETUP challenge; the latter is replaced by a
//! new session. A secret that was associated before and not verified is replaced; a verified one
//! stays until another is verified.
//!
//! Differs from AWS / not verified:
//! - Neither or both of `AccessToken` and `Session` is an InvalidParameterException of our wording.

use poolhouse_domain::auth::handle::Handle;
use poolhouse_domain::error::Result;
use poolhouse_domain::totp;
use poolhouse_wire::operations::AssociateSoftwareToken;
use poolhouse_wire::shapes::{AssociateSoftwareTokenRequest, AssociateSoftwareTokenResponse};

use super::{Enroller, enroller, pool_with_totp, replace_session, same_user};
use crate::ops::Operation;
use crate::ops::ctx::{BearerOrSession, Ctx};

impl Operation for AssociateSoftwareToken {
    type Caller = BearerOrSession;

    async fn run(
        ctx: &mut Ctx<'_, BearerOrSession>,
        _: AssociateSoftwareTokenRequest,
    ) -> Result<AssociateSoftwareTokenResponse> {
        let enroller = enroller(ctx).await?;
        let user = enroller.user();
        pool_with_totp(ctx, &user.pool).await?;
        let seed = totp::generate_seed(&mut ctx.rng);
        let next = match &enroller {
            Enroller::User(_) => None,
            Enroller::Session(found) => Some((found, Handle::generate(&user.pool, &mut ctx.rng))),
        };
        let (seed_ref, next_ref) = (&seed, &next);
        ctx.write(async |mut tx| {
            if let Some((found, _)) = next_ref {
                same_user(&mut tx, found).await?;
            }
            tx.put_totp_pending(&user.pool, &user.sub, seed_ref).await?;
            match next_ref {
                None => Ok(()),
                Some((found, handle)) => {
                    replace_session(&mut tx, found, &found.state, handle).await
                }
            }
        })
        .await?;
        let session =
            next.map(|(_, handle)| handle.to_session(&ctx.app.sealer, &mut ctx.rng).into());
        Ok(AssociateSoftwareTokenResponse {
            secret_code: Some(totp::secret_code(seed.expose()).into()),
            session,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::client::{Application, PASSWORD, token};

    #[tokio::test]
    async fn a_secret_is_base32_and_new_each_time_and_replaces_only_the_pending_one() {
        let app = Application::new(json!({}), json!({})).await;
        app.set_mfa("OPTIONAL").await;
        app.user("ada").await;
        let access = token(&app, "ada").await;
        let verified = app.enrol_totp(&access).await;
        let request = json!({ "AccessToken": access });
        let first = app.server.call("AssociateSoftwareToken", request.clone()).await.ok();
        let second = app.server.call("AssociateSoftwareToken", request).await.ok();
        let code = first["SecretCode"].as_str().unwrap();
        assert_eq!(code.len(), 52);
        assert!(code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
        assert_ne!(first["SecretCode"], second["SecretCode"]);
        assert!(first.get("Session").is_none());
        // The authenticator that was verified before still signs in.
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        let done = app.answer_totp(&asked, "ada", &verified, None).await.ok();
        assert!(done["AuthenticationResult"]["AccessToken"].is_string());
    }

    #[tokio::test]
    async fn exactly_one_of_token_and_session() {
        let app = Application::new(json!({}), json!({})).await;
        app.set_mfa("OPTIONAL").await;
        app.user("ada").await;
        let access = token(&app, "ada").await;
        let text = "Exactly one of AccessToken and Session must be given";
        let both = json!({ "AccessToken": access, "Session": "A".repeat(40) });
        for request in [json!({}), both] {
            let reply = app.server.call("AssociateSoftwareToken", request).await;
            reply.refused("InvalidParameterException", text);
        }
    }

    #[tokio::test]
    async fn a_session_that_waits_for_something_else_enrols_nothing() {
        let app = Application::new(json!({}), json!({})).await;
        app.set_mfa("OPTIONAL").await;
        app.user("ada").await;
        let access = token(&app, "ada").await;
        app.enrol_totp(&access).await;
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        assert_eq!(asked["ChallengeName"], "SOFTWARE_TOKEN_MFA");
        for session in [asked["Session"].clone(), json!("A".repeat(40))] {
            let request = json!({ "Session": session });
            let reply = app.server.call("AssociateSoftwareToken", request).await;
            reply.refused("NotAuthorizedException", "Invalid session for the user.");
        }
    }
}
