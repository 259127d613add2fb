//! Sets which second factors a user is asked for, as an administrator.
//!
//! Factors that the request leaves out stay as they are.
//!
//! Differs from AWS / not verified:
//! - As SetUserMFAPreference.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::AdminSetUserMFAPreference;
use poolhouse_wire::shapes::{AdminSetUserMFAPreferenceRequest, AdminSetUserMFAPreferenceResponse};

use super::{Settings, set_preference};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, named_user};

impl Operation for AdminSetUserMFAPreference {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminSetUserMFAPreferenceRequest,
    ) -> Result<AdminSetUserMFAPreferenceResponse> {
        let settings = &Settings {
            sms: request.sms_mfa_settings,
            totp: request.software_token_mfa_settings,
            email: request.email_mfa_settings,
            passkey: request.webauthn_mfa_settings,
        };
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        ctx.write(async |mut tx| {
            let pool = tx.pool(pool).await?;
            let user = named_user(&mut tx, &pool, name).await?;
            set_preference(&mut tx, &pool, user, settings).await
        })
        .await?;
        Ok(AdminSetUserMFAPreferenceResponse {})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::client::{Application, PASSWORD, token};

    #[tokio::test]
    async fn an_administrator_switches_it_off_for_a_user() {
        let app = Application::new(json!({}), json!({})).await;
        app.set_mfa("OPTIONAL").await;
        let user = app.user("ada").await;
        let access = token(&app, "ada").await;
        app.enrol_totp(&access).await;
        for name in ["ada", user.sub.as_str()] {
            for enabled in [false, true] {
                let request = json!({
                    "UserPoolId": app.pool, "Username": name,
                    "SoftwareTokenMfaSettings": { "Enabled": enabled },
                });
                let done = app.server.admin("AdminSetUserMFAPreference", request).await.ok();
                assert_eq!(done, json!({}));
                let next = app.password_sign_in("ada", PASSWORD).await.ok();
                assert_eq!(next["AuthenticationResult"].is_null(), enabled, "{name} {next}");
            }
        }
    }

    #[tokio::test]
    async fn pool_user_and_signature_must_be_there() {
        let app = Application::new(json!({}), json!({})).await;
        let request = |pool: &str| json!({ "UserPoolId": pool, "Username": "nobody" });
        let name = "AdminSetUserMFAPreference";
        let unknown = app.server.admin(name, request(&app.pool)).await;
        unknown.refused("UserNotFoundException", "User does not exist.");
        let unknown = app.server.admin(name, request("us-east-1_Nowhere00")).await;
        let text = "User pool us-east-1_Nowhere00 does not exist.";
        unknown.refused("ResourceNotFoundException", text);
        let unsigned = app.server.call(name, request(&app.pool)).await;
        unsigned.refused("MissingAuthenticationTokenException", "Missing Authentication Token");
    }
}
