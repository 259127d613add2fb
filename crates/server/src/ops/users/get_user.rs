//! Shows the calling user, with the attributes that the client of their sign-in may read.
//!
//! `sub` is always among them, attributes for administrators alone never are.
//!
//! Differs from AWS / not verified:
//! - After `sub`, attributes are listed in the order of the schema.
//! - `MFAOptions` is there only for users whose second factor is a text message.
//! - Tokens of a client that was deleted meanwhile are refused as the client's absence:
//!   `User pool client <id> does not exist.`

use poolhouse_domain::error::Result;
use poolhouse_wire::Sensitive;
use poolhouse_wire::operations::GetUser;
use poolhouse_wire::shapes::{GetUserRequest, GetUserResponse};

use super::shown;
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx, client_and_pool};

impl Operation for GetUser {
    type Caller = Bearer;

    async fn run(ctx: &mut Ctx<'_, Bearer>, _: GetUserRequest) -> Result<GetUserResponse> {
        let id = ctx.caller.client();
        let place = ctx.read(async |mut tx| client_and_pool(&mut tx, id).await).await?;
        let (schema, client) = (place.pool.settings.schema(), &place.client.settings);
        let user = ctx.caller.user();
        Ok(GetUserResponse {
            mfa_options: shown::mfa_options(user),
            preferred_mfa_setting: shown::preferred_factor(user),
            user_attributes: shown::attributes(schema, user, |name| client.reads(name)),
            user_mfa_setting_list: shown::active_factors(user),
            username: Sensitive::new(user.username.clone()),
        })
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::user::{MfaFactor, MfaPreference, UserStatus};
    use serde_json::{Value, json};

    use crate::ops::users::people::{
        me, names, of_pool, plain, signed_in, twin, with_custom_attributes,
    };
    use crate::testing::client::{Application, PASSWORD};
    use crate::testing::refused::{self, Token};

    const OPERATION: &str = "GetUser";

    #[tokio::test]
    async fn the_user_of_the_token_is_shown_and_nothing_of_their_record() {
        let app = plain().await;
        let ada = app.user("ada").await;
        app.user("bob").await;
        let shown = me(&app, &signed_in(&app, "ada").await).await.ok();
        let expected = json!({
            "UserAttributes": [
                { "Name": "sub", "Value": ada.sub },
                { "Name": "email", "Value": "ada@example.com" },
            ],
            "Username": "ada",
        });
        assert_eq!(shown, expected);
    }

    async fn shown_to(app: &Application) -> Vec<String> {
        let shown = me(app, &signed_in(app, "ada").await).await.ok();
        names(&shown["UserAttributes"]).into_iter().map(str::to_owned).collect()
    }

    #[tokio::test]
    async fn attributes_that_the_client_may_not_read_are_hidden() {
        let open = with_custom_attributes(json!({})).await;
        assert_eq!(shown_to(&open).await, ["sub", "name", "email", "custom:tier"]);
        let narrow = with_custom_attributes(json!({ "ReadAttributes": ["email"] })).await;
        assert_eq!(shown_to(&narrow).await, ["sub", "email"]);
        let custom = json!({ "ReadAttributes": ["custom:tier", "picture"] });
        let custom = with_custom_attributes(custom).await;
        assert_eq!(shown_to(&custom).await, ["sub", "custom:tier"]);
    }

    #[tokio::test]
    async fn the_client_that_the_token_was_given_to_counts() {
        let app = with_custom_attributes(json!({})).await;
        let request = of_pool(
            &app,
            json!({
                "ClientName": "narrow", "ReadAttributes": ["name"],
                "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
            }),
        );
        let made = app.server.admin("CreateUserPoolClient", request).await.ok();
        let client = &made["UserPoolClient"]["ClientId"];
        let parameters = json!({ "USERNAME": "ada", "PASSWORD": PASSWORD });
        let request = json!({
            "ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters,
        });
        let narrow = app.server.call("InitiateAuth", request).await.ok();
        let shown = me(&app, &narrow["AuthenticationResult"]).await.ok();
        assert_eq!(names(&shown["UserAttributes"]), ["sub", "name"]);
        assert_eq!(shown_to(&app).await, ["sub", "name", "email", "custom:tier"]);
    }

    #[tokio::test]
    async fn a_change_of_what_the_client_reads_counts_at_once() {
        let app = with_custom_attributes(json!({})).await;
        let tokens = signed_in(&app, "ada").await;
        let update = json!({ "ClientId": app.client, "ReadAttributes": ["name"] });
        app.server.admin("UpdateUserPoolClient", of_pool(&app, update)).await.ok();
        let shown = me(&app, &tokens).await.ok();
        assert_eq!(names(&shown["UserAttributes"]), ["sub", "name"]);
    }

    #[tokio::test]
    async fn a_token_of_a_client_that_is_gone_is_refused() {
        let app = plain().await;
        app.user("ada").await;
        let tokens = signed_in(&app, "ada").await;
        let client = json!({ "ClientId": app.client });
        app.server.admin("DeleteUserPoolClient", of_pool(&app, client)).await.ok();
        let text = format!("User pool client {} does not exist.", app.client);
        me(&app, &tokens).await.refused("ResourceNotFoundException", &text);
    }

    #[tokio::test]
    async fn second_factors_are_shown_while_they_are_switched_on() {
        let app = plain().await;
        let ada = app.user("ada").await;
        let tokens = signed_in(&app, "ada").await;
        app.change(&ada, |user| {
            user.mfa = MfaPreference {
                active: vec![MfaFactor::Sms, MfaFactor::Email],
                preferred: Some(MfaFactor::Sms),
            };
        })
        .await;
        let shown = me(&app, &tokens).await.ok();
        assert_eq!(shown["UserMFASettingList"], json!(["SMS_MFA", "EMAIL_OTP"]));
        assert_eq!(shown["PreferredMfaSetting"], "SMS_MFA");
        let options = json!([{ "DeliveryMedium": "SMS", "AttributeName": "phone_number" }]);
        assert_eq!(shown["MFAOptions"], options);
    }

    #[tokio::test]
    async fn no_other_token_will_do() {
        let app = plain().await;
        app.user("ada").await;
        let tokens = signed_in(&app, "ada").await;
        for other in ["IdToken", "RefreshToken"] {
            let request = json!({ "AccessToken": tokens[other] });
            let reply = app.server.call(OPERATION, request).await;
            reply.refused("NotAuthorizedException", "Invalid Access Token");
        }
    }

    #[tokio::test]
    async fn of_two_users_with_the_same_name_the_tokens_own_is_shown() {
        let app = plain().await;
        let ada = app.user("ada").await;
        twin(&app.server, "ada").await;
        let shown = me(&app, &signed_in(&app, "ada").await).await.ok();
        assert_eq!(shown["UserAttributes"][0], json!({ "Name": "sub", "Value": ada.sub }));
    }

    #[tokio::test]
    async fn tokens_that_are_no_good_are_refused() {
        refused::tokens(OPERATION, Token::Required, json!({})).await;
    }

    #[tokio::test]
    async fn a_user_who_must_reset_is_told_and_shown_again_later() {
        let app = plain().await;
        let ada = app.user("ada").await;
        let tokens = signed_in(&app, "ada").await;
        app.change(&ada, |user| user.status = UserStatus::ResetRequired).await;
        let text = "Password reset required for the user";
        me(&app, &tokens).await.refused("PasswordResetRequiredException", text);
        app.change(&ada, |user| user.status = UserStatus::Confirmed).await;
        assert_ne!(me(&app, &tokens).await.ok(), Value::Null);
    }
}
