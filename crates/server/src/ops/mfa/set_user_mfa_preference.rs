//! Sets which second factors the calling user is asked for, and which one first.
//!
//! Factors that the request leaves out stay as they are.
//!
//! Differs from AWS / not verified:
//! - Two preferred factors, and a preferred one that is not enabled, are InvalidParameterExceptions
//!   of our wording.
//! - In a pool that requires MFA a factor cannot be switched off; the text is ours.
//! - Passkeys as a second factor are not built yet.

use poolhouse_domain::error::Result;
use poolhouse_wire::operations::SetUserMFAPreference;
use poolhouse_wire::shapes::{SetUserMFAPreferenceRequest, SetUserMFAPreferenceResponse};

use super::{Settings, set_preference};
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};

impl Operation for SetUserMFAPreference {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        request: SetUserMFAPreferenceRequest,
    ) -> Result<SetUserMFAPreferenceResponse> {
        let settings = &Settings {
            sms: request.sms_mfa_settings,
            totp: request.software_token_mfa_settings,
            email: request.email_mfa_settings,
            passkey: request.webauthn_mfa_settings,
        };
        let (pool, sub) = (ctx.caller.pool(), &ctx.caller.user().sub);
        ctx.write(async |mut tx| {
            let pool = tx.pool(pool).await?;
            let user = tx.user_by_sub(&pool.id, sub).await?;
            set_preference(&mut tx, &pool, user, settings).await
        })
        .await?;
        Ok(SetUserMFAPreferenceResponse {})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::client::{Application, PASSWORD, token, with};

    async fn set(app: &Application, access: &str, settings: Value) -> crate::testing::Reply {
        let request = with(json!({ "AccessToken": access }), settings);
        app.server.call("SetUserMFAPreference", request).await
    }

    #[tokio::test]
    async fn the_next_sign_in_asks_for_what_was_set() {
        let app = Application::new(json!({}), json!({})).await;
        app.set_mfa("OPTIONAL").await;
        app.user("ada").await;
        let access = token(&app, "ada").await;
        app.enrol_totp(&access).await;
        let get = json!({ "AccessToken": access });
        let shown = app.server.call("GetUser", get.clone()).await.ok();
        assert_eq!(shown["UserMFASettingList"], json!(["SOFTWARE_TOKEN_MFA"]));
        assert_eq!(shown["PreferredMfaSetting"], "SOFTWARE_TOKEN_MFA");
        // Nothing named, nothing changed.
        set(&app, &access, json!({})).await.ok();
        assert_eq!(app.server.call("GetUser", get.clone()).await.ok(), shown);
        let off = json!({ "SoftwareTokenMfaSettings": { "Enabled": false } });
        assert_eq!(set(&app, &access, off).await.ok(), json!({}));
        let shown = app.server.call("GetUser", get).await.ok();
        assert!(shown.get("UserMFASettingList").is_none(), "{shown}");
        assert!(shown.get("PreferredMfaSetting").is_none(), "{shown}");
        let signed_in = app.password_sign_in("ada", PASSWORD).await.ok();
        assert!(signed_in["AuthenticationResult"]["AccessToken"].is_string());
    }

    #[tokio::test]
    async fn what_is_refused_changes_nothing() {
        let app = Application::new(json!({}), json!({})).await;
        app.set_mfa("OPTIONAL").await;
        app.user("ada").await;
        let access = token(&app, "ada").await;
        let on = json!({ "Enabled": true, "PreferredMfa": true });
        for (settings, text) in [
            (
                json!({ "SoftwareTokenMfaSettings": on }),
                "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA",
            ),
            (
                json!({ "SMSMfaSettings": on }),
                "User does not have delivery config set to turn on SMS_MFA",
            ),
            (
                json!({ "SMSMfaSettings": on, "SoftwareTokenMfaSettings": on }),
                "Only one MFA method can be set as preferred",
            ),
            (
                json!({ "SoftwareTokenMfaSettings": { "PreferredMfa": true } }),
                "A preferred MFA method must be enabled",
            ),
        ] {
            let reply = set(&app, &access, settings).await;
            reply.refused("InvalidParameterException", text);
        }
        let shown = app.server.call("GetUser", json!({ "AccessToken": access })).await.ok();
        assert!(shown.get("UserMFASettingList").is_none(), "{shown}");
    }

    #[tokio::test]
    async fn where_the_pool_requires_mfa_nothing_can_be_switched_off() {
        let app = Application::new(json!({}), json!({})).await;
        app.set_mfa("OPTIONAL").await;
        app.user("ada").await;
        let access = token(&app, "ada").await;
        app.enrol_totp(&access).await;
        app.set_mfa("ON").await;
        let off = json!({ "SoftwareTokenMfaSettings": { "Enabled": false } });
        set(&app, &access, off).await.refused(
            "InvalidParameterException",
            "MFA is required in this user pool: a factor cannot be switched off",
        );
        let passkey = json!({ "WebAuthnMfaSettings": { "Enabled": true } });
        assert_eq!(set(&app, &access, passkey).await.status, 501);
        let asked = app.password_sign_in("ada", PASSWORD).await.ok();
        assert_eq!(asked["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    }
}
