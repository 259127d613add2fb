//! Lists the factors that the calling user can sign in with.
//!
//! Differs from AWS / not verified:
//! - Codes by email and text message are listed where the address is verified and the pool has them
//!   as first factors, or the user as second ones. Passkeys are not built yet.
//! - An authenticator is listed as SOFTWARE_TOKEN; `ConfiguredUserAuthFactors` is there even if it is
//!   empty.

use poolhouse_domain::error::Result;
use poolhouse_wire::Sensitive;
use poolhouse_wire::operations::GetUserAuthFactors;
use poolhouse_wire::shapes::{GetUserAuthFactorsRequest, GetUserAuthFactorsResponse};

use super::factors::configured;
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};
use crate::ops::users::shown;

impl Operation for GetUserAuthFactors {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        _: GetUserAuthFactorsRequest,
    ) -> Result<GetUserAuthFactorsResponse> {
        let (id, user) = (ctx.caller.pool(), ctx.caller.user());
        let read = ctx.read(async |mut tx| {
            Ok((tx.pool(id).await?, tx.password(id, &user.sub).await?.is_some()))
        });
        let (pool, has_password) = read.await?;
        Ok(GetUserAuthFactorsResponse {
            configured_user_auth_factors: Some(configured(&pool, user, has_password)),
            preferred_mfa_setting: shown::preferred_factor(user),
            user_mfa_setting_list: shown::active_factors(user),
            username: Sensitive::new(user.username.clone()),
        })
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::user::{MfaFactor, User};
    use serde_json::{Value, json};

    use crate::testing::client::{Application, token};

    async fn factors(app: &Application, access: &str) -> Value {
        let request = json!({ "AccessToken": access });
        let own = app.server.call("GetUserAuthFactors", request).await.ok();
        let request = json!({ "UserPoolId": app.pool, "Username": "ada" });
        let seen = app.server.admin("AdminGetUserAuthFactors", request).await.ok();
        assert_eq!(own, seen);
        own
    }

    fn verify_both(user: &mut User) {
        for (name, value) in [
            ("email_verified", "true"),
            ("phone_number", "+15550100"),
            ("phone_number_verified", "true"),
        ] {
            user.attributes.insert(name.into(), value.into());
        }
    }

    #[tokio::test]
    async fn what_is_set_up_is_listed_to_the_user_and_to_administrators() {
        let app = Application::new(json!({}), json!({})).await;
        app.set_mfa("OPTIONAL").await;
        let ada = app.user("ada").await;
        let access = token(&app, "ada").await;
        let password = json!({ "Username": "ada", "ConfiguredUserAuthFactors": ["PASSWORD"] });
        assert_eq!(factors(&app, &access).await, password);
        // Verified addresses alone are no factors in a pool without codes.
        app.change(&ada, verify_both).await;
        assert_eq!(factors(&app, &access).await, password);
        app.enrol_totp(&access).await;
        app.change(&ada, |user| user.mfa.active.push(MfaFactor::Sms)).await;
        let all = factors(&app, &access).await;
        assert_eq!(
            all["ConfiguredUserAuthFactors"],
            json!(["PASSWORD", "SMS_OTP", "SOFTWARE_TOKEN"])
        );
        assert_eq!(all["PreferredMfaSetting"], "SOFTWARE_TOKEN_MFA");
        assert_eq!(all["UserMFASettingList"].as_array().unwrap().len(), 2);
    }

    #[tokio::test]
    async fn first_factors_of_the_pool_are_listed_where_the_address_is_verified() {
        let policies = json!({ "Policies": { "SignInPolicy": {
            "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP"],
        }}});
        let app = Application::new(policies, json!({})).await;
        let ada = app.user("ada").await;
        let access = token(&app, "ada").await;
        let listed = factors(&app, &access).await;
        assert_eq!(listed["ConfiguredUserAuthFactors"], json!(["PASSWORD"]));
        app.change(&ada, verify_both).await;
        let listed = factors(&app, &access).await;
        assert_eq!(
            listed["ConfiguredUserAuthFactors"],
            json!(["PASSWORD", "EMAIL_OTP", "SMS_OTP"])
        );
    }

    #[tokio::test]
    async fn who_may_ask() {
        let app = Application::new(json!({}), json!({})).await;
        app.user("ada").await;
        let access = token(&app, "ada").await;
        app.server.call("GlobalSignOut", json!({ "AccessToken": access })).await.ok();
        let reply = app.server.call("GetUserAuthFactors", json!({ "AccessToken": access })).await;
        reply.refused("NotAuthorizedException", "Access Token has been revoked");
        let name = "AdminGetUserAuthFactors";
        let request = json!({ "UserPoolId": app.pool, "Username": "nobody" });
        let unknown = app.server.admin(name, request.clone()).await;
        unknown.refused("UserNotFoundException", "User does not exist.");
        let unsigned = app.server.call(name, request).await;
        unsigned.refused("MissingAuthenticationTokenException", "Missing Authentication Token");
        let request = json!({ "UserPoolId": "us-east-1_Nowhere00", "Username": "ada" });
        let nowhere = app.server.admin(name, request).await;
        let text = "User pool us-east-1_Nowhere00 does not exist.";
        nowhere.refused("ResourceNotFoundException", text);
    }
}
