//! Removes a user's authenticator, as an administrator, and with it what the user chose of it.
//!
//! The user can enrol another one; where the pool requires MFA the next sign-in demands it. Sign-ins
//! in progress end, tokens stay good.
//!
//! Differs from AWS / not verified:
//! - A user without an authenticator is no error; one who waits for a first code is forgotten, too.
//! - UserNotConfirmedException is not used.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::user::{MfaFactor, User};
use poolhouse_wire::operations::AdminDeleteSoftwareToken;
use poolhouse_wire::shapes::{AdminDeleteSoftwareTokenRequest, AdminDeleteSoftwareTokenResponse};

use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, named_user};

impl Operation for AdminDeleteSoftwareToken {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminDeleteSoftwareTokenRequest,
    ) -> Result<AdminDeleteSoftwareTokenResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        ctx.write(async |mut tx| {
            let pool = tx.pool(pool).await?;
            let user = named_user(&mut tx, &pool, name).await?;
            let mut mfa = user.mfa.clone();
            mfa.active.retain(|factor| *factor != MfaFactor::Totp);
            mfa.preferred = mfa.preferred.filter(|factor| *factor != MfaFactor::Totp);
            let stamp = user.stamp.saturating_add(1);
            tx.delete_totp(&user.pool, &user.sub).await?;
            tx.update_user(&User { mfa, stamp, modified: tx.now, ..user }).await
        })
        .await?;
        Ok(AdminDeleteSoftwareTokenResponse {})
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::user::MfaFactor;
    use serde_json::json;

    use crate::testing::Reply;
    use crate::testing::client::{Application, PASSWORD, token};

    const TOTP: &str = "SOFTWARE_TOKEN_MFA";

    async fn remove(app: &Application, name: &str) -> Reply {
        let request = json!({ "UserPoolId": app.pool, "Username": name });
        app.server.admin("AdminDeleteSoftwareToken", request).await
    }

    #[tokio::test]
    async fn the_authenticator_and_its_preference_go_and_another_can_come() {
        let app = Application::new(json!({}), json!({})).await;
        app.set_mfa("OPTIONAL").await;
        let ada = app.user("ada").await;
        let access = token(&app, "ada").await;
        let seed = app.enrol_totp(&access).await;
        app.server.advance_secs(30);
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        assert_eq!(asked["ChallengeName"], TOTP);
        assert_eq!(remove(&app, "ada").await.ok(), json!({}));
        // A sign-in in progress ends, even with the right code.
        let session = asked["Session"].as_str();
        let answer = json!({ "USERNAME": "ada", "SOFTWARE_TOKEN_MFA_CODE": app.totp(&seed) });
        let late = app.respond(TOTP, session, answer).await;
        late.refused("NotAuthorizedException", "Invalid session for the user.");
        let me = app.server.call("GetUser", json!({ "AccessToken": access })).await.ok();
        assert!(me.get("UserMFASettingList").is_none(), "{me}");
        assert!(me.get("PreferredMfaSetting").is_none(), "{me}");
        let signed_in = app.password_sign_in("ada", PASSWORD).await.ok();
        assert!(signed_in["AuthenticationResult"]["AccessToken"].is_string());
        let (pool, sub) = (&ada.pool, &ada.sub);
        let kept = app.server.app.db.read(async |mut tx| {
            Ok((tx.totp(pool, sub).await?.is_some(), tx.totp_pending(pool, sub).await?.is_some()))
        });
        assert_eq!(kept.await.unwrap(), (false, false));
        app.enrol_totp(&access).await;
        app.server.advance_secs(30);
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        assert_eq!(asked["ChallengeName"], TOTP);
    }

    #[tokio::test]
    async fn where_mfa_is_required_the_next_sign_in_sets_it_up() {
        let app = Application::new(json!({}), json!({})).await;
        app.set_mfa("OPTIONAL").await;
        app.user("ada").await;
        let access = token(&app, "ada").await;
        app.enrol_totp(&access).await;
        app.set_mfa("ON").await;
        remove(&app, "ada").await.ok();
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        assert_eq!(asked["ChallengeName"], "MFA_SETUP");
    }

    #[tokio::test]
    async fn other_factors_stay_and_a_user_without_one_is_fine() {
        let app = Application::new(json!({}), json!({})).await;
        let ada = app.user("ada").await;
        app.change(&ada, |user| {
            user.mfa.active = vec![MfaFactor::Sms, MfaFactor::Totp];
            user.mfa.preferred = Some(MfaFactor::Sms);
        })
        .await;
        remove(&app, "ada").await.ok();
        remove(&app, "ada").await.ok();
        let (pool, sub) = (&ada.pool, &ada.sub);
        let read = app.server.app.db.read(async |mut tx| tx.user_by_sub(pool, sub).await);
        let mfa = read.await.unwrap().mfa;
        assert_eq!((mfa.active, mfa.preferred), (vec![MfaFactor::Sms], Some(MfaFactor::Sms)));
    }

    #[tokio::test]
    async fn only_administrators_and_of_users_that_are_there() {
        let app = Application::new(json!({}), json!({})).await;
        remove(&app, "nobody").await.refused("UserNotFoundException", "User does not exist.");
        let name = "AdminDeleteSoftwareToken";
        let request = json!({ "UserPoolId": "us-east-1_Nowhere00", "Username": "ada" });
        let text = "User pool us-east-1_Nowhere00 does not exist.";
        let nowhere = app.server.admin(name, request.clone()).await;
        nowhere.refused("ResourceNotFoundException", text);
        let unsigned = app.server.call(name, request).await;
        unsigned.refused("MissingAuthenticationTokenException", "Missing Authentication Token");
    }
}
