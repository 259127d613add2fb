//! Switches text messages as a second factor on or off for the calling user, as old clients do.
//!
//! `MFAOptions` with the phone number by SMS switches them on, an empty list off; nothing else can be
//! said. GetUser shows the same. Other factors, and which one is preferred, stay as they are.
//!
//! Differs from AWS / not verified:
//! - Another medium or attribute is an InvalidParameterException of our wording, as is switching off
//!   where the pool requires MFA.
//! - The number need not be verified.

use poolhouse_domain::error::Result;
use poolhouse_wire::operations::SetUserSettings;
use poolhouse_wire::shapes::{SetUserSettingsRequest, SetUserSettingsResponse};

use super::legacy_settings;
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx};

impl Operation for SetUserSettings {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        request: SetUserSettingsRequest,
    ) -> Result<SetUserSettingsResponse> {
        let (pool, sub) = (ctx.caller.pool(), &ctx.caller.user().sub);
        ctx.write(async |mut tx| {
            let pool = tx.pool(pool).await?;
            let user = tx.user_by_sub(&pool.id, sub).await?;
            legacy_settings::set(&mut tx, &pool, user, &request.mfa_options).await
        })
        .await?;
        Ok(SetUserSettingsResponse {})
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::user::MfaFactor;
    use serde_json::{Value, json};

    use crate::testing::Reply;
    use crate::testing::client::{Application, token};

    fn sms() -> Value {
        json!([{ "DeliveryMedium": "SMS", "AttributeName": "phone_number" }])
    }

    /// The calling user, or an administrator for them.
    async fn set(app: &Application, access: Option<&str>, options: Value) -> Reply {
        match access {
            Some(access) => {
                let request = json!({ "AccessToken": access, "MFAOptions": options });
                app.server.call("SetUserSettings", request).await
            }
            None => {
                let request =
                    json!({ "UserPoolId": app.pool, "Username": "ada", "MFAOptions": options });
                app.server.admin("AdminSetUserSettings", request).await
            }
        }
    }

    async fn shown(app: &Application, access: &str) -> (Value, Value) {
        let me = app.server.call("GetUser", json!({ "AccessToken": access })).await.ok();
        let request = json!({ "UserPoolId": app.pool, "Username": "ada" });
        let seen = app.server.admin("AdminGetUser", request).await.ok();
        assert_eq!(me.get("MFAOptions"), seen.get("MFAOptions"));
        assert_eq!(me.get("UserMFASettingList"), seen.get("UserMFASettingList"));
        (me["MFAOptions"].clone(), me["UserMFASettingList"].clone())
    }

    #[tokio::test]
    async fn text_messages_are_switched_on_and_off_and_shown() {
        let app = Application::new(json!({}), json!({})).await;
        app.set_mfa("OPTIONAL").await;
        let ada = app.user("ada").await;
        let access = token(&app, "ada").await;
        app.change(&ada, |user| {
            user.attributes.insert("phone_number".into(), "+15550100".into());
            user.mfa.active = vec![MfaFactor::Totp];
            user.mfa.preferred = Some(MfaFactor::Totp);
        })
        .await;
        for access_of in [Some(access.as_str()), None] {
            assert_eq!(set(&app, access_of, sms()).await.ok(), json!({}));
            let (options, list) = shown(&app, &access).await;
            assert_eq!((options, list), (sms(), json!(["SMS_MFA", "SOFTWARE_TOKEN_MFA"])));
            // Again, which changes nothing.
            set(&app, access_of, sms()).await.ok();
            assert_eq!(set(&app, access_of, json!([])).await.ok(), json!({}));
            let (options, list) = shown(&app, &access).await;
            assert_eq!((options, list), (Value::Null, json!(["SOFTWARE_TOKEN_MFA"])));
        }
        let user = app.server.app.db.read(async |mut tx| tx.user_by_sub(&ada.pool, &ada.sub).await);
        let user = user.await.unwrap();
        assert_eq!((user.stamp, user.mfa.preferred), (4, Some(MfaFactor::Totp)));
    }

    #[tokio::test]
    async fn what_is_refused_changes_nothing() {
        let app = Application::new(json!({}), json!({})).await;
        let ada = app.user("ada").await;
        let access = token(&app, "ada").await;
        let wrong = "MFAOptions can only say that codes go to the phone_number by SMS";
        for access_of in [Some(access.as_str()), None] {
            for options in [
                json!([{ "DeliveryMedium": "EMAIL", "AttributeName": "email" }]),
                json!([{ "DeliveryMedium": "SMS", "AttributeName": "email" }]),
                json!([{ "DeliveryMedium": "SMS" }]),
                json!([{}]),
            ] {
                let reply = set(&app, access_of, options).await;
                reply.refused("InvalidParameterException", wrong);
            }
            let text = "User does not have delivery config set to turn on SMS_MFA";
            set(&app, access_of, sms()).await.refused("InvalidParameterException", text);
        }
        app.set_mfa("ON").await;
        app.change(&ada, |user| user.mfa.active = vec![MfaFactor::Sms]).await;
        for access_of in [Some(access.as_str()), None] {
            set(&app, access_of, json!([])).await.refused(
                "InvalidParameterException",
                "MFA is required in this user pool: a factor cannot be switched off",
            );
        }
        assert_eq!(shown(&app, &access).await.1, json!(["SMS_MFA"]));
        let unknown = json!({ "UserPoolId": app.pool, "Username": "nobody", "MFAOptions": sms() });
        let (name, text) = ("UserNotFoundException", "User does not exist.");
        app.server.admin("AdminSetUserSettings", unknown.clone()).await.refused(name, text);
        let (name, text) = ("MissingAuthenticationTokenException", "Missing Authentication Token");
        app.server.call("AdminSetUserSettings", unknown).await.refused(name, text);
    }
}
