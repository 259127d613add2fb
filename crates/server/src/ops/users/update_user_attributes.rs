//! Changes attributes of the calling user, as far as the client of their sign-in may write them; an
//! empty value deletes one.
//!
//! A new email address or phone number is not verified. If the pool verifies it automatically, a
//! code that works for a day is sent to it, for VerifyUserAttribute; where the pool says so, the old
//! address stays in force until then. All changes are made, or none. What vouches for a user
//! (`sub`, `email_verified`, `phone_number_verified`, `identities`) is not theirs to write.
//!
//! Differs from AWS / not verified:
//! - As AdminUpdateUserAttributes, but that permissions come before the schema.
//! - `CodeDeliveryDetailsList` is empty, not absent, when nothing is sent.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::user::attribute::AttributeRule;
use poolhouse_wire::operations::UpdateUserAttributes;
use poolhouse_wire::shapes::{UpdateUserAttributesRequest, UpdateUserAttributesResponse};

use super::changes;
use super::codes::Origin;
use crate::ops::Operation;
use crate::ops::ctx::{Bearer, Ctx, client_and_pool};

impl Operation for UpdateUserAttributes {
    type Caller = Bearer;

    async fn run(
        ctx: &mut Ctx<'_, Bearer>,
        request: UpdateUserAttributesRequest,
    ) -> Result<UpdateUserAttributesResponse> {
        let id = &ctx.caller.client().clone();
        let place = &ctx.read(async |mut tx| client_and_pool(&mut tx, id).await).await?;
        let given = request.user_attributes.as_slice();
        if !given.iter().all(|attribute| place.client.settings.writes(&attribute.name)) {
            return Err(Error::Attribute(AttributeRule::UnauthorizedWrite));
        }
        let user = ctx.caller.user().clone();
        let metadata = request.client_metadata.as_ref();
        let origin = Origin { pool: &place.pool, client: Some(id), metadata };
        let sent = changes::make(ctx, origin, &user, given).await?;
        Ok(UpdateUserAttributesResponse { code_delivery_details_list: Some(sent) })
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::message::Medium;
    use poolhouse_domain::user::{User, UserStatus};
    use serde_json::{Value, json};

    use crate::ops::users::bed::{
        EXPIRED, LIMIT, MISMATCH, all_at_once, code_of, listed, merged, verifying_both,
        with_trigger, wrong,
    };
    use crate::ops::users::passwords::testing::{Bed, OLD};
    use crate::testing::Reply;

    const UNAUTHORIZED: (&str, &str) =
        ("NotAuthorizedException", "A client attempted to write unauthorized attribute");
    const TAKEN: (&str, &str) =
        ("AliasExistsException", "An account with the email already exists.");
    const GONE: (&str, &str) = ("UserNotFoundException", "User does not exist.");

    struct Someone {
        bed: Bed,
        user: User,
        access: String,
    }

    impl Someone {
        async fn with(settings: Value, attributes: Value) -> Self {
            let bed = Bed::with(settings).await;
            let user = bed.user("ann", UserStatus::Confirmed, attributes, Some(OLD)).await;
            let access = bed.tokens("ann", OLD).await.access;
            Self { bed, user, access }
        }

        async fn call(&self, operation: &str, body: Value) -> Reply {
            let body = merged(json!({"AccessToken": self.access}), body);
            self.bed.server.call(operation, body).await
        }

        async fn update(&self, changes: Value) -> Reply {
            let body = json!({"UserAttributes": listed(&changes)});
            self.call("UpdateUserAttributes", body).await
        }

        async fn verify(&self, name: &str, code: &str) -> Reply {
            let body = json!({"AttributeName": name, "Code": code});
            self.call("VerifyUserAttribute", body).await
        }

        async fn ask(&self, name: &str) -> Reply {
            let body = json!({"AttributeName": name});
            self.call("GetUserAttributeVerificationCode", body).await
        }

        async fn delete(&self, names: &[&str]) -> Reply {
            let body = json!({"UserAttributeNames": names});
            self.call("DeleteUserAttributes", body).await
        }

        fn code(&self) -> String {
            code_of(&self.bed.server.take_message())
        }

        async fn attributes(&self) -> Value {
            json!(self.bed.stored(&self.user).await.attributes)
        }

        async fn waiting(&self, name: &str) -> Option<String> {
            let (pool, sub) = (&self.user.pool, &self.user.sub);
            let read = self
                .bed
                .server
                .app
                .db
                .read(async |mut tx| tx.pending_attribute(pool, sub, name).await);
            read.await.unwrap().map(|value| value.expose().clone())
        }

        /// Whether somebody signs in as this user by a name.
        async fn is_called(&self, name: &str) -> bool {
            let reply = self.bed.sign_in(name, OLD).await;
            if reply.status == 200 {
                return true;
            }
            reply.refused(GONE.0, GONE.1);
            false
        }
    }

    fn verified(address: &str) -> Value {
        json!({"email": address, "email_verified": "true"})
    }

    const OLD_EMAIL: &str = "old@example.com";
    const NEW_EMAIL: &str = "new@example.com";

    fn cell(kind: Value, before_update: bool) -> Value {
        let names = if before_update { json!(["email"]) } else { json!([]) };
        merged(
            json!({
                "AutoVerifiedAttributes": ["email"],
                "UserAttributeUpdateSettings": {
                    "AttributesRequireVerificationBeforeUpdate": names,
                },
            }),
            kind,
        )
    }

    /// The table of pool kinds and `AttributesRequireVerificationBeforeUpdate`: the value after the
    /// request and who is found by it, for users and administrators; then after the code.
    #[tokio::test]
    async fn every_kind_of_pool_changes_an_address_as_it_says() {
        let username = json!({"UsernameAttributes": ["email"]});
        let alias = json!({"AliasAttributes": ["email"]});
        // Whether the old and the new address find the user before the code comes back; after it.
        for (kind, before_update, before_code, after_code) in [
            (&username, true, (true, false), (false, true)),
            (&username, false, (false, true), (false, true)),
            (&alias, true, (true, false), (false, true)),
            (&alias, false, (false, false), (false, true)),
            (&json!({}), true, (false, false), (false, false)),
            (&json!({}), false, (false, false), (false, false)),
        ] {
            for by_admin in [false, true] {
                let place = format!("{kind} {before_update} {by_admin}");
                let ann =
                    Someone::with(cell(kind.clone(), before_update), verified(OLD_EMAIL)).await;
                if by_admin {
                    let body = json!({"UserAttributes": listed(&json!({"email": NEW_EMAIL}))});
                    ann.bed.on("ann", "AdminUpdateUserAttributes", body).await.ok();
                } else {
                    let body = ann.update(json!({"email": NEW_EMAIL})).await.ok();
                    assert_eq!(
                        body,
                        json!({"CodeDeliveryDetailsList": [{
                            "Destination": "n***@e***", "DeliveryMedium": "EMAIL",
                            "AttributeName": "email",
                        }]}),
                        "{place}"
                    );
                }
                let expected = match before_update {
                    true => verified(OLD_EMAIL),
                    false => json!({"email": NEW_EMAIL, "email_verified": "false"}),
                };
                assert_eq!(ann.attributes().await, expected, "{place}");
                let found = (ann.is_called(OLD_EMAIL).await, ann.is_called(NEW_EMAIL).await);
                assert_eq!(found, before_code, "{place}");
                let message = ann.bed.server.take_message();
                assert_eq!(message.destination.expose(), NEW_EMAIL, "{place}");
                assert_eq!(message.kind, "UpdateUserAttribute");
                assert_eq!(ann.verify("email", &code_of(&message)).await.ok(), json!({}));
                assert_eq!(ann.attributes().await, verified(NEW_EMAIL), "{place}");
                assert_eq!(ann.waiting("email").await, None);
                let found = (ann.is_called(OLD_EMAIL).await, ann.is_called(NEW_EMAIL).await);
                assert_eq!(found, after_code, "{place}");
                assert!(ann.is_called("ann").await || kind == &username);
            }
        }
    }

    #[tokio::test]
    async fn both_addresses_change_at_once_with_a_code_each() {
        let ann = Someone::with(verifying_both(), json!({"name": "Ann"})).await;
        let changes = json!({"email": NEW_EMAIL, "phone_number": "+15550100", "name": ""});
        let list = ann.update(changes).await.ok()["CodeDeliveryDetailsList"].take();
        let names: Vec<_> =
            list.as_array().unwrap().iter().map(|one| one["AttributeName"].clone()).collect();
        assert_eq!(names, ["email", "phone_number"]);
        let sent = ann.bed.server.take_messages();
        let of = |medium| code_of(sent.iter().find(|message| message.medium == medium).unwrap());
        let (email, phone) = (of(Medium::Email), of(Medium::Sms));
        if email != phone {
            ann.verify("email", &phone).await.refused(MISMATCH.0, MISMATCH.1);
        }
        ann.verify("phone_number", &phone).await.ok();
        ann.verify("email", &email).await.ok();
        assert_eq!(
            ann.attributes().await,
            json!({
                "email": NEW_EMAIL, "email_verified": "true",
                "phone_number": "+15550100", "phone_number_verified": "true",
            })
        );
        // Nothing to verify, nothing sent.
        let quiet = ann.update(json!({"email": NEW_EMAIL, "nickname": "A"})).await.ok();
        assert_eq!(quiet, json!({"CodeDeliveryDetailsList": []}));
        assert_eq!(ann.bed.server.take_messages().len(), 0);
    }

    #[tokio::test]
    async fn the_same_change_twice_at_once_is_one_change() {
        for before_update in [false, true] {
            let ann = Someone::with(cell(json!({}), before_update), verified(OLD_EMAIL)).await;
            let (one, two) = tokio::join!(
                ann.update(json!({"email": NEW_EMAIL})),
                ann.update(json!({"email": NEW_EMAIL}))
            );
            let lists = [one.ok(), two.ok()].map(|mut body| body["CodeDeliveryDetailsList"].take());
            let told: usize = lists.iter().map(|list| list.as_array().unwrap().len()).sum();
            let sent = ann.bed.server.take_messages();
            assert_eq!(sent.len(), told, "as many as the callers were told of");
            ann.verify("email", &code_of(sent.last().unwrap())).await.ok();
            assert_eq!(ann.attributes().await, verified(NEW_EMAIL));
        }
    }

    #[tokio::test]
    async fn a_change_of_address_ends_sign_ins_in_progress_and_nothing_else() {
        let ann = Someone::with(cell(json!({}), true), verified(OLD_EMAIL)).await;
        let stamp = async || ann.bed.stored(&ann.user).await.stamp;
        ann.update(json!({"name": "A"})).await.ok();
        ann.update(json!({"email": NEW_EMAIL})).await.ok();
        assert_eq!(stamp().await, 0, "it waits");
        ann.verify("email", &ann.code()).await.ok();
        assert_eq!(stamp().await, 1);
        ann.delete(&["email"]).await.ok();
        assert_eq!(stamp().await, 2);
        ann.call("GetUser", json!({})).await.ok();
    }

    #[tokio::test]
    async fn what_is_not_the_users_to_write_changes_nothing() {
        let schema = json!({"Schema": [
            {"Name": "rank", "AttributeDataType": "String", "Mutable": false},
            {"Name": "inner", "AttributeDataType": "String", "DeveloperOnlyAttribute": true,
             "Mutable": true},
            {"Name": "family_name", "Required": true, "Mutable": true},
        ]});
        let ann = Someone::with(schema, json!({"family_name": "Lee", "email": OLD_EMAIL})).await;
        let before = ann.bed.stored(&ann.user).await;
        for name in
            ["sub", "email_verified", "phone_number_verified", "identities", "dev:custom:inner"]
        {
            let value = if name.ends_with("verified") { "true" } else { "x" };
            let reply = ann.update(json!({"name": "A", name: value})).await;
            reply.refused(UNAUTHORIZED.0, UNAUTHORIZED.1);
            ann.delete(&["name", name]).await.refused(UNAUTHORIZED.0, UNAUTHORIZED.1);
        }
        for (changes, text) in [
            (
                json!({"custom:none": "x"}),
                "Invalid user attributes: user.custom:none: Attribute does not exist in the \
                 schema.\n",
            ),
            (
                json!({"family_name": ""}),
                "Invalid user attributes: user.family_name: Required attribute cannot be \
                 removed\n",
            ),
            (json!({"email": "nowhere"}), "Invalid email address format."),
        ] {
            let reply = ann.update(merged(json!({"name": "A"}), changes)).await;
            reply.refused("InvalidParameterException", text);
        }
        assert_eq!(ann.bed.stored(&ann.user).await, before);
        assert_eq!(ann.bed.server.take_messages().len(), 0);
    }

    #[tokio::test]
    async fn a_client_writes_what_it_may() {
        let bed = Bed::with(json!({})).await;
        let request = json!({
            "UserPoolId": bed.pool, "ClientId": bed.client, "WriteAttributes": ["name"],
            "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        });
        bed.server.admin("UpdateUserPoolClient", request).await.ok();
        let attributes = json!({"name": "Ann", "nickname": "A"});
        let user = bed.user("ann", UserStatus::Confirmed, attributes, Some(OLD)).await;
        let access = bed.tokens("ann", OLD).await.access;
        let ann = Someone { bed, user, access };
        ann.update(json!({"nickname": "B"})).await.refused(UNAUTHORIZED.0, UNAUTHORIZED.1);
        ann.delete(&["nickname"]).await.refused(UNAUTHORIZED.0, UNAUTHORIZED.1);
        ann.update(json!({"name": "Anna"})).await.ok();
        assert_eq!(ann.attributes().await, json!({"name": "Anna", "nickname": "A"}));
        assert_eq!(ann.delete(&["name"]).await.ok(), json!({}));
        assert_eq!(ann.attributes().await, json!({"nickname": "A"}));
    }

    #[tokio::test]
    async fn deleting_an_address_takes_everything_about_it_along() {
        let ann = Someone::with(
            cell(json!({"AliasAttributes": ["email"]}), true),
            merged(verified(OLD_EMAIL), json!({"name": "Ann"})),
        )
        .await;
        ann.update(json!({"email": NEW_EMAIL})).await.ok();
        let code = ann.code();
        ann.delete(&["email", "nickname"]).await.ok();
        assert_eq!(ann.attributes().await, json!({"name": "Ann"}));
        assert_eq!(ann.waiting("email").await, None);
        assert!(!ann.is_called(OLD_EMAIL).await);
        ann.verify("email", &code).await.refused(MISMATCH.0, MISMATCH.1);
        assert!(!ann.is_called(NEW_EMAIL).await);
    }

    #[tokio::test]
    async fn an_address_that_waits_is_withdrawn_replaced_or_overruled() {
        let ann = Someone::with(cell(json!({}), true), verified(OLD_EMAIL)).await;
        ann.update(json!({"email": NEW_EMAIL})).await.ok();
        let first = ann.code();
        ann.update(json!({"email": "newer@example.com"})).await.ok();
        let second = ann.code();
        assert_eq!(ann.waiting("email").await.as_deref(), Some("newer@example.com"));
        if first != second {
            ann.verify("email", &first).await.refused(MISMATCH.0, MISMATCH.1);
        }
        // The one in force again: nothing waits, and the code proves nothing.
        ann.update(json!({"email": OLD_EMAIL})).await.ok();
        assert_eq!(ann.waiting("email").await, None);
        ann.verify("email", &second).await.refused(MISMATCH.0, MISMATCH.1);
        assert_eq!(ann.attributes().await, verified(OLD_EMAIL));
        // An administrator who vouches for another one.
        ann.update(json!({"email": NEW_EMAIL})).await.ok();
        let third = ann.code();
        let body = json!({"UserAttributes": listed(&verified("admin@example.com"))});
        ann.bed.on("ann", "AdminUpdateUserAttributes", body).await.ok();
        assert_eq!(ann.attributes().await, verified("admin@example.com"));
        ann.verify("email", &third).await.refused(MISMATCH.0, MISMATCH.1);
        assert_eq!(ann.attributes().await, verified("admin@example.com"));
    }

    #[tokio::test]
    async fn somebody_elses_address_is_refused_when_it_would_be_theirs() {
        for before_update in [false, true] {
            // Instead of usernames: at once.
            let kind = json!({"UsernameAttributes": ["email"]});
            let ann = Someone::with(cell(kind, before_update), verified(OLD_EMAIL)).await;
            ann.bed.user("bob", UserStatus::Confirmed, verified(NEW_EMAIL), None).await;
            ann.update(json!({"email": NEW_EMAIL})).await.refused(TAKEN.0, TAKEN.1);
            assert_eq!(ann.attributes().await, verified(OLD_EMAIL));
            assert_eq!(ann.waiting("email").await, None);
            assert_eq!(ann.bed.server.take_messages().len(), 0);
            // As aliases: when it is verified, and the code is not used up.
            let kind = json!({"AliasAttributes": ["email"]});
            let ann = Someone::with(cell(kind, before_update), verified(OLD_EMAIL)).await;
            let bob = ann.bed.user("bob", UserStatus::Confirmed, verified(NEW_EMAIL), None).await;
            ann.update(json!({"email": NEW_EMAIL})).await.ok();
            let code = ann.code();
            let before = ann.bed.stored(&ann.user).await;
            ann.verify("email", &code).await.refused(TAKEN.0, TAKEN.1);
            assert_eq!(ann.bed.stored(&ann.user).await, before);
            assert!(ann.bed.stored(&bob).await.is_verified("email"));
            let body = json!({"UserAttributeNames": ["email"]});
            ann.bed.on("bob", "AdminDeleteUserAttributes", body).await.ok();
            ann.verify("email", &code).await.ok();
            assert!(ann.is_called(NEW_EMAIL).await);
        }
    }

    #[tokio::test]
    async fn a_code_for_an_address_is_sent_again() {
        let ann = Someone::with(cell(json!({}), true), json!({"email": OLD_EMAIL})).await;
        let body = ann.ask("email").await.ok();
        let details = &body["CodeDeliveryDetails"];
        assert_eq!(details["Destination"], "o***@e***");
        let message = ann.bed.server.take_message();
        assert_eq!(message.kind, "VerifyUserAttribute");
        ann.verify("email", &code_of(&message)).await.ok();
        assert_eq!(ann.attributes().await, verified(OLD_EMAIL));
        // Where one waits, it goes there.
        ann.update(json!({"email": NEW_EMAIL})).await.ok();
        let first = ann.code();
        let body = ann.ask("email").await.ok();
        assert_eq!(body["CodeDeliveryDetails"]["Destination"], "n***@e***");
        let second = ann.code();
        if first != second {
            ann.verify("email", &first).await.refused(MISMATCH.0, MISMATCH.1);
        }
        ann.verify("email", &second).await.ok();
        assert_eq!(ann.attributes().await, verified(NEW_EMAIL));
    }

    #[tokio::test]
    async fn only_addresses_that_are_there_are_verified() {
        let ann = Someone::with(verifying_both(), json!({"name": "Ann"})).await;
        for name in ["name", "sub", "custom:none", "email_verified"] {
            let text = format!("The attribute {name} cannot be verified");
            ann.ask(name).await.refused("InvalidParameterException", &text);
            ann.verify(name, "123456").await.refused("InvalidParameterException", &text);
        }
        for (name, text) in [
            ("email", "Email is required to verify/un-verify an email"),
            ("phone_number", "Phone Number is required to verify/un-verify a phone number"),
        ] {
            ann.ask(name).await.refused("InvalidParameterException", text);
            ann.verify(name, "123456").await.refused(EXPIRED.0, EXPIRED.1);
        }
        assert_eq!(ann.attributes().await, json!({"name": "Ann"}));
        assert_eq!(ann.bed.server.take_messages().len(), 0);
    }

    #[tokio::test]
    async fn five_codes_and_fifteen_guesses_an_hour() {
        let ann = Someone::with(verifying_both(), json!({"email": OLD_EMAIL})).await;
        for _ in 0..5 {
            ann.ask("email").await.ok();
        }
        ann.ask("email").await.refused(LIMIT.0, LIMIT.1);
        let sent = ann.bed.server.take_messages();
        assert_eq!(sent.len(), 5);
        let code = code_of(&sent[4]);
        let guess = wrong(&code);
        let replies = all_at_once((0..25).map(|_| ann.verify("email", guess)).collect()).await;
        let compared = replies.iter().filter(|reply| reply.body["__type"] == MISMATCH.0).count();
        assert_eq!(compared, 15);
        ann.verify("email", &code).await.refused(LIMIT.0, LIMIT.1);
        assert_eq!(ann.attributes().await, json!({"email": OLD_EMAIL}));
        ann.bed.server.advance_secs(3599);
        ann.verify("email", &code).await.refused(LIMIT.0, LIMIT.1);
    }

    #[tokio::test]
    async fn a_code_works_once_for_a_day_and_for_its_user() {
        let ann = Someone::with(verifying_both(), json!({"email": OLD_EMAIL})).await;
        ann.ask("email").await.ok();
        let code = ann.code();
        let replies = all_at_once((0..4).map(|_| ann.verify("email", &code)).collect()).await;
        assert_eq!(replies.iter().filter(|reply| reply.status == 200).count(), 1);
        ann.verify("email", &code).await.refused(EXPIRED.0, EXPIRED.1);
        // Another user's code, for the same address.
        ann.ask("email").await.ok();
        let anns = ann.code();
        let address = json!({"email": OLD_EMAIL});
        let bob = ann.bed.user("bob", UserStatus::Confirmed, address, Some(OLD)).await;
        let access = ann.bed.tokens("bob", OLD).await.access;
        let verify = json!({"AccessToken": access, "AttributeName": "email", "Code": anns});
        ann.bed.server.call("VerifyUserAttribute", verify).await.refused(EXPIRED.0, EXPIRED.1);
        assert!(!ann.bed.stored(&bob).await.is_verified("email"));
        ann.bed.server.advance_secs(24 * 60 * 60);
        let access = ann.bed.tokens("ann", OLD).await.access;
        let verify = json!({"AccessToken": access, "AttributeName": "email", "Code": anns});
        ann.bed.server.call("VerifyUserAttribute", verify).await.refused(EXPIRED.0, EXPIRED.1);
    }

    #[tokio::test]
    async fn administrators_delete_what_the_schema_lets_them() {
        let schema = merged(
            json!({"AliasAttributes": ["email", "preferred_username"]}),
            json!({"Schema": [
                {"Name": "rank", "AttributeDataType": "String", "Mutable": false},
                {"Name": "inner", "AttributeDataType": "String", "DeveloperOnlyAttribute": true,
                 "Mutable": true},
                {"Name": "family_name", "Required": true, "Mutable": true},
            ]}),
        );
        let attributes = merged(
            verified(OLD_EMAIL),
            json!({
                "family_name": "Lee", "dev:custom:inner": "x", "custom:rank": "1",
                "preferred_username": "ally",
            }),
        );
        let ann = Someone::with(schema, attributes.clone()).await;
        let delete = async |names: &[&str]| {
            let body = json!({"UserAttributeNames": names});
            ann.bed.on("ann", "AdminDeleteUserAttributes", body).await
        };
        for (name, problem) in [
            ("custom:none", "Attribute does not exist in the schema."),
            ("sub", "Attribute cannot be updated. (changing an immutable attribute)"),
            ("custom:rank", "Attribute cannot be updated. (changing an immutable attribute)"),
            ("family_name", "Required attribute cannot be removed"),
        ] {
            let text = format!("Invalid user attributes: user.{name}: {problem}\n");
            delete(&["email", name]).await.refused("InvalidParameterException", &text);
            assert_eq!(ann.attributes().await, attributes);
        }
        assert!(ann.is_called(OLD_EMAIL).await && ann.is_called("ally").await);
        let names = ["email_verified", "dev:custom:inner", "preferred_username", "nickname"];
        assert_eq!(delete(&names).await.ok(), json!({}));
        assert!(!ann.is_called(OLD_EMAIL).await && !ann.is_called("ally").await);
        assert_eq!(
            ann.attributes().await,
            json!({"email": OLD_EMAIL, "family_name": "Lee", "custom:rank": "1"})
        );
    }

    #[tokio::test]
    async fn a_custom_sender_sends_in_our_place() {
        let settings = with_trigger(verifying_both(), "CustomEmailSender");
        let ann = Someone::with(settings, json!({"email": OLD_EMAIL})).await;
        ann.bed.server.advance_secs(1);
        ann.update(json!({"email": NEW_EMAIL})).await.ok();
        let sent = ann.bed.server.take_sent().await;
        assert_eq!(sent.event["triggerSource"], "CustomEmailSender_UpdateUserAttribute");
        // It has to go there, though it is not the user's yet.
        assert_eq!(sent.event["request"]["userAttributes"]["email"], NEW_EMAIL);
        ann.bed.server.advance_secs(1);
        ann.ask("email").await.ok();
        let sent = ann.bed.server.take_sent().await;
        assert_eq!(sent.event["triggerSource"], "CustomEmailSender_VerifyUserAttribute");
        assert_eq!(sent.event["request"]["userAttributes"]["email"], NEW_EMAIL);
    }

    #[tokio::test]
    async fn custom_message_writes_what_is_sent() {
        let settings = with_trigger(verifying_both(), "CustomMessage");
        let ann = Someone::with(settings, json!({"email": OLD_EMAIL})).await;
        let functions = &ann.bed.server.functions;
        functions.answer("CustomMessage", json!({"emailMessage": "new {####}"}));
        ann.update(json!({"email": NEW_EMAIL, "name": "Ann"})).await.ok();
        let message = ann.bed.server.take_message();
        assert_eq!(message.body.expose(), &format!("new {}", code_of(&message)));
        let told = functions.take_event();
        assert_eq!(told["triggerSource"], "CustomMessage_UpdateUserAttribute");
        assert_eq!(told["request"]["userAttributes"]["email"], NEW_EMAIL);
        ann.ask("email").await.ok();
        let message = ann.bed.server.take_message();
        assert_eq!(message.body.expose(), &format!("new {}", code_of(&message)));
        let source = functions.take_event()["triggerSource"].clone();
        assert_eq!(source, "CustomMessage_VerifyUserAttribute");
        // What sends nothing asks nobody.
        ann.update(json!({"name": "Annie"})).await.ok();
        assert_eq!(functions.take_sources(), Vec::<String>::new());
        functions.fail("CustomMessage", "no");
        let text = "CustomMessage failed with error no.";
        let before = ann.bed.stored(&ann.user).await;
        let changed = ann.update(json!({"email": "c@d.example"})).await;
        changed.refused("UserLambdaValidationException", text);
        assert_eq!(ann.bed.stored(&ann.user).await, before);
    }

    #[tokio::test]
    async fn tokens_that_ended_change_nothing() {
        let ann = Someone::with(verifying_both(), json!({"email": OLD_EMAIL})).await;
        ann.call("GlobalSignOut", json!({})).await.ok();
        let before = ann.bed.stored(&ann.user).await;
        for reply in [
            ann.update(json!({"name": "A"})).await,
            ann.delete(&["email"]).await,
            ann.ask("email").await,
            ann.verify("email", "123456").await,
        ] {
            reply.refused("NotAuthorizedException", "Access Token has been revoked");
        }
        assert_eq!(ann.bed.stored(&ann.user).await, before);
    }
}
