//! Shows an administrator a user, with every attribute and whatever their state.
//!
//! Differs from AWS / not verified:
//! - After `sub`, attributes are listed in the order of the schema.
//! - `MFAOptions` is there only for users whose second factor is a text message.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::Sensitive;
use poolhouse_wire::operations::AdminGetUser;
use poolhouse_wire::shapes::{AdminGetUserRequest, AdminGetUserResponse};

use super::{named, shown};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for AdminGetUser {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminGetUserRequest,
    ) -> Result<AdminGetUserResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let (pool, user) = ctx.read(async |mut tx| named::user(&mut tx, pool, name).await).await?;
        Ok(AdminGetUserResponse {
            enabled: Some(user.enabled),
            mfa_options: shown::mfa_options(&user),
            preferred_mfa_setting: shown::preferred_factor(&user),
            user_attributes: Some(shown::attributes(pool.settings.schema(), &user, |_| true)),
            user_create_date: Some(shown::epoch(user.created)),
            user_last_modified_date: Some(shown::epoch(user.modified)),
            user_mfa_setting_list: shown::active_factors(&user),
            user_status: Some(shown::status(user.status)),
            username: Sensitive::new(user.username),
        })
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::user::{MfaFactor, MfaPreference, UserStatus};
    use serde_json::{Value, json};

    use crate::ops::users::people::{
        BEGAN, TWIN, admin, names, plain, twin, with_custom_attributes,
    };
    use crate::testing::client::Application;
    use crate::testing::devices::insert_user;
    use crate::testing::refused;

    const OPERATION: &str = "AdminGetUser";

    #[tokio::test]
    async fn a_user_is_shown_with_what_is_set() {
        let app = plain().await;
        let ada = app.user("ada").await;
        let shown = admin(&app, OPERATION, "ada").await.ok();
        let expected = json!({
            "Enabled": true,
            "UserAttributes": [
                { "Name": "sub", "Value": ada.sub },
                { "Name": "email", "Value": "ada@example.com" },
            ],
            "UserCreateDate": BEGAN,
            "UserLastModifiedDate": BEGAN,
            "UserStatus": "CONFIRMED",
            "Username": "ada",
        });
        assert_eq!(shown, expected);
    }

    #[tokio::test]
    async fn every_attribute_is_shown_also_those_no_client_reads() {
        let app = with_custom_attributes(json!({ "ReadAttributes": ["name"] })).await;
        let shown = admin(&app, OPERATION, "ada").await.ok();
        let all = ["sub", "name", "email", "custom:tier", "dev:custom:risk"];
        assert_eq!(names(&shown["UserAttributes"]), all);
    }

    #[tokio::test]
    async fn second_factors_are_shown_while_they_are_switched_on() {
        let app = plain().await;
        let ada = app.user("ada").await;
        let switch = async |active: &[MfaFactor], preferred| {
            app.change(&ada, |user| user.mfa = MfaPreference { active: active.into(), preferred })
                .await;
            let shown = admin(&app, OPERATION, "ada").await.ok();
            ["UserMFASettingList", "PreferredMfaSetting", "MFAOptions"]
                .map(|member| shown.get(member).cloned())
        };
        let totp = switch(&[MfaFactor::Totp], None).await;
        assert_eq!(totp, [Some(json!(["SOFTWARE_TOKEN_MFA"])), None, None]);
        let both = switch(&[MfaFactor::Sms, MfaFactor::Totp], Some(MfaFactor::Totp)).await;
        let options = json!([{ "DeliveryMedium": "SMS", "AttributeName": "phone_number" }]);
        assert_eq!(
            both,
            [
                Some(json!(["SMS_MFA", "SOFTWARE_TOKEN_MFA"])),
                Some(json!("SOFTWARE_TOKEN_MFA")),
                Some(options),
            ]
        );
        assert_eq!(switch(&[], None).await, [None, None, None]);
    }

    #[tokio::test]
    async fn a_user_is_found_by_username_alias_and_subject() {
        let app = Application::new(json!({ "AliasAttributes": ["email"] }), json!({})).await;
        let ada = insert_user(&app.server, &app.pool, "ada").await;
        for name in ["ada", "ada@example.com", ada.sub.as_str()] {
            let shown = admin(&app, OPERATION, name).await.ok();
            assert_eq!(
                (&shown["Username"], shown["UserAttributes"][0]["Value"].as_str()),
                (&json!("ada"), Some(ada.sub.as_str()))
            );
        }
        let text = "User does not exist.";
        for name in ["Ada", "ada@example", "00000000-0000-4000-8000-000000000000"] {
            admin(&app, OPERATION, name).await.refused("UserNotFoundException", text);
        }
    }

    #[tokio::test]
    async fn whatever_the_state_it_is_shown() {
        let app = plain().await;
        let ada = app.user("ada").await;
        for status in UserStatus::ALL {
            for enabled in [true, false] {
                app.change(&ada, |user| (user.status, user.enabled) = (status, enabled)).await;
                let shown = admin(&app, OPERATION, "ada").await.ok();
                let got = (&shown["UserStatus"], &shown["Enabled"]);
                assert_eq!(got, (&json!(status.as_str()), &json!(enabled)));
            }
        }
    }

    #[tokio::test]
    async fn of_two_users_with_the_same_name_the_pools_own_is_shown() {
        let app = plain().await;
        let ada = app.user("ada").await;
        let other = twin(&app.server, "ada").await;
        for (pool, user) in [(app.pool.as_str(), &ada), (TWIN, &other)] {
            let request = json!({ "UserPoolId": pool, "Username": "ada" });
            let shown = app.server.admin(OPERATION, request).await.ok();
            assert_eq!(shown["UserAttributes"][0]["Value"], json!(user.sub));
        }
        let request = json!({ "UserPoolId": app.pool, "Username": other.sub });
        let reply = app.server.admin(OPERATION, request).await;
        reply.refused("UserNotFoundException", "User does not exist.");
    }

    #[tokio::test]
    async fn a_name_that_the_model_forbids_is_refused() {
        let app = plain().await;
        for (name, rule) in [
            (
                Value::Null,
                "Value null at 'username' failed to satisfy constraint: Member must not be null",
            ),
            (json!(""), "have length greater than or equal to 1"),
        ] {
            let request = json!({ "UserPoolId": app.pool, "Username": name });
            let reply = app.server.admin(OPERATION, request).await;
            assert_eq!(reply.body["__type"], "InvalidParameterException");
            let text = reply.body["message"].as_str().unwrap();
            assert!(text.contains(rule), "{text}");
        }
    }

    #[tokio::test]
    async fn pools_and_users_that_are_not_there_are_told() {
        refused::places(OPERATION, json!({})).await;
    }

    #[tokio::test]
    async fn callers_without_permission_are_refused() {
        refused::callers(OPERATION, json!({})).await;
    }
}
