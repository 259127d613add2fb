//! Changes attributes of a user, as an administrator; an empty value deletes one.
//!
//! A new email address or phone number counts at once and is not verified, unless the same request
//! says that it is. If the pool verifies it automatically, a code that works for a day is sent to
//! it, for VerifyUserAttribute. Where the pool says so, the old address stays in force until then.
//! All changes are made, or none.
//!
//! Differs from AWS / not verified:
//! - A code that was sent to an address before it was changed proves nothing any more.
//! - In pools that keep an old address until the new one is verified, a first address waits, too;
//!   the address in force, set again, withdraws one that waits; `email_verified` or
//!   `phone_number_verified` beside an address that waits is not looked at unless it is true.
//! - Sign-ins in progress end when an address changes.
//! - An address of somebody else is an AliasExistsException also where it is given instead of a
//!   username.
//! - An address that is set to the value it has is not verified anew.
//! - A message that cannot be delivered at once is tried again; there is no error for it.
//! - `ClientMetadata` reaches triggers alone and is not kept.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_wire::operations::AdminUpdateUserAttributes;
use poolhouse_wire::shapes::{AdminUpdateUserAttributesRequest, AdminUpdateUserAttributesResponse};

use super::codes::Origin;
use super::{changes, named};
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed};

impl Operation for AdminUpdateUserAttributes {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminUpdateUserAttributesRequest,
    ) -> Result<AdminUpdateUserAttributesResponse> {
        let (id, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let found = ctx.read(async |mut tx| named::user(&mut tx, id, name).await);
        let (pool, user) = &found.await?;
        let origin = Origin { pool, client: None, metadata: request.client_metadata.as_ref() };
        changes::make(ctx, origin, user, request.user_attributes.as_slice()).await?;
        Ok(AdminUpdateUserAttributesResponse {})
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use poolhouse_domain::message::Medium;
    use poolhouse_domain::session::{CodePurpose, CodeRow};
    use poolhouse_domain::user::{User, UserStatus};
    use serde_json::{Value, json};

    use crate::ops::users::bed::{self, MISMATCH, code_of, listed, with_trigger};
    use crate::ops::users::passwords::testing::{Bed, NEW, OLD, WRONG, is_for_administrators};
    use crate::testing::Reply;

    const OPERATION: &str = "AdminUpdateUserAttributes";
    const DAY_SECS: i64 = 24 * 60 * 60;

    async fn update(bed: &Bed, name: &str, changes: Value) -> Reply {
        bed.on(name, OPERATION, json!({"UserAttributes": listed(&changes)})).await
    }

    async fn with_attributes(bed: &Bed, name: &str, attributes: Value) -> User {
        bed.user(name, UserStatus::Confirmed, attributes, Some(OLD)).await
    }

    fn map(attributes: Value) -> BTreeMap<String, String> {
        serde_json::from_value(attributes).unwrap()
    }

    async fn assert_attributes(bed: &Bed, user: &User, attributes: Value) {
        assert_eq!(bed.stored(user).await.attributes, map(attributes));
    }

    async fn code(bed: &Bed, user: &User, medium: Medium) -> Option<CodeRow> {
        let purpose = CodePurpose::Attribute(medium);
        let db = &bed.server.app.db;
        let read = db.read(async |mut tx| tx.code(&user.pool, &user.sub, purpose).await);
        read.await.unwrap()
    }

    #[tokio::test]
    async fn attributes_are_set_replaced_and_deleted() {
        let schema = json!([{"Name": "team", "AttributeDataType": "String", "Mutable": true}]);
        let bed = Bed::with(json!({"Schema": schema})).await;
        let before = json!({"name": "Ann", "locale": "en", "custom:team": "red"});
        let ann = with_attributes(&bed, "ann", before).await;
        let tokens = bed.tokens("ann", OLD).await;
        bed.server.advance_secs(60);
        let changes = json!({"name": "Anna", "locale": "", "custom:team": "blue", "gender": "x", "zoneinfo": ""});
        assert_eq!(update(&bed, "ann", changes).await.ok(), json!({}));
        let after = json!({"name": "Anna", "custom:team": "blue", "gender": "x"});
        assert_attributes(&bed, &ann, after).await;
        let stored = bed.stored(&ann).await;
        assert_eq!((stored.modified, stored.status), (bed.server.now(), UserStatus::Confirmed));
        // Nobody is signed out, and the next token says what is new.
        let fresh = bed.refresh(&tokens).await.ok();
        let id = fresh["AuthenticationResult"]["IdToken"].as_str().unwrap();
        assert_eq!(crate::testing::client::claims(&json!(id))["name"], "Anna");
    }

    #[tokio::test]
    async fn what_does_not_fit_the_schema_is_named_and_nothing_changes() {
        let schema = json!([
            {"Name": "badge", "AttributeDataType": "String", "Mutable": false},
            {"Name": "family_name", "Required": true, "Mutable": true},
        ]);
        let bed = Bed::with(json!({"Schema": schema})).await;
        let ann = with_attributes(&bed, "ann", json!({"family_name": "Lee"})).await;
        let immutable = "Attribute cannot be updated. (changing an immutable attribute)";
        for (name, value, lines) in [
            (
                "custom:foo",
                "x",
                "user.custom:foo: Attribute does not exist in the schema.\n".to_owned(),
            ),
            (
                "identities",
                "[]",
                "user.identities: Attribute does not exist in the schema.\n".to_owned(),
            ),
            ("sub", "x", format!("user.sub: {immutable}\n")),
            ("custom:badge", "x", format!("user.custom:badge: {immutable}\n")),
            (
                "family_name",
                "",
                "user.family_name: Required attribute cannot be removed\n".to_owned(),
            ),
        ] {
            let changes = json!({"name": "Ann", name: value});
            let text = format!("Invalid user attributes: {lines}");
            let reply = update(&bed, "ann", changes).await;
            reply.refused("InvalidParameterException", &text);
        }
        for (changes, text) in [
            (json!({"email": "nowhere"}), "Invalid email address format."),
            (json!({"phone_number": "0123"}), "Invalid phone number format."),
            (json!({"email_verified": "true"}), "Email is required to verify/un-verify an email"),
            (
                json!({"phone_number_verified": "false"}),
                "Phone Number is required to verify/un-verify a phone number",
            ),
        ] {
            let reply = update(&bed, "ann", changes).await;
            reply.refused("InvalidParameterException", text);
        }
        assert_eq!(bed.stored(&ann).await, ann);
    }

    #[tokio::test]
    async fn a_new_address_is_unverified_and_gets_a_code() {
        let bed = Bed::with(json!({"AutoVerifiedAttributes": ["email"]})).await;
        let before = json!({"email": "old@example.com", "email_verified": "true"});
        let ann = with_attributes(&bed, "ann", before).await;
        update(&bed, "ann", json!({"email": "new@example.com"})).await.ok();
        let after = json!({"email": "new@example.com", "email_verified": "false"});
        assert_attributes(&bed, &ann, after).await;
        let message = bed.server.take_message();
        assert_eq!(message.destination.expose(), "new@example.com");
        assert_eq!(message.kind, "UpdateUserAttribute");
        let digits = code_of(&message);
        assert_eq!((digits.len(), digits.parse::<u32>().is_ok()), (6, true));
        let body = format!("Your verification code is {digits}. ");
        assert_eq!(*message.body.expose(), body);
        let kept = code(&bed, &ann, Medium::Email).await.unwrap();
        assert_eq!(kept.expires, bed.server.now().plus_secs(DAY_SECS));
        assert_eq!(kept.attribute, "email");
    }

    #[tokio::test]
    async fn two_new_addresses_get_a_code_each() {
        let bed = Bed::with(bed::verifying_both()).await;
        let ann = with_attributes(&bed, "ann", json!({})).await;
        let changes = json!({"email": "ann@example.com", "phone_number": "+15550100"});
        update(&bed, "ann", changes).await.ok();
        let sent = bed.server.take_messages();
        let mut to: Vec<_> = sent.iter().map(|message| message.destination.expose()).collect();
        to.sort();
        assert_eq!(to, ["+15550100", "ann@example.com"]);
        assert_ne!(code_of(&sent[0]), code_of(&sent[1]));
        for medium in [Medium::Email, Medium::Sms] {
            let kept = code(&bed, &ann, medium).await.unwrap();
            assert_eq!(kept.attribute, medium.attribute());
        }
    }

    #[tokio::test]
    async fn nothing_is_sent_where_nothing_has_to_be_verified() {
        let bed = Bed::with(json!({"AutoVerifiedAttributes": ["email"]})).await;
        let verified = json!({"email": "ann@example.com", "email_verified": "true"});
        let ann = with_attributes(&bed, "ann", json!({})).await;
        update(&bed, "ann", verified.clone()).await.ok();
        assert_attributes(&bed, &ann, verified.clone()).await;
        // The value that it has, another attribute, and an address that the pool does not verify.
        update(&bed, "ann", json!({"email": "ann@example.com", "name": "Ann"})).await.ok();
        assert_eq!(bed.stored(&ann).await.attributes["email_verified"], "true");
        update(&bed, "ann", json!({"phone_number": "+15550100"})).await.ok();
        assert_eq!(bed.stored(&ann).await.attributes["phone_number_verified"], "false");
        update(&bed, "ann", json!({"email_verified": "false"})).await.ok();
        assert_eq!(bed.stored(&ann).await.attributes["email_verified"], "false");
        update(&bed, "ann", json!({"email": ""})).await.ok();
        let rest = json!({
            "name": "Ann", "phone_number": "+15550100", "phone_number_verified": "false",
        });
        assert_attributes(&bed, &ann, rest).await;
        assert_eq!(bed.server.take_messages().len(), 0);
        assert_eq!(code(&bed, &ann, Medium::Email).await, None);
    }

    #[tokio::test]
    async fn a_refused_change_sends_nothing() {
        let settings = json!({
            "AutoVerifiedAttributes": ["email"], "AliasAttributes": ["preferred_username"],
        });
        let bed = Bed::with(settings).await;
        let ann = with_attributes(&bed, "ann", json!({})).await;
        with_attributes(&bed, "bob", json!({"preferred_username": "ally"})).await;
        let changes = json!({"email": "ann@example.com", "preferred_username": "ally"});
        update(&bed, "ann", changes).await.refused(
            "AliasExistsException",
            "An account with the preferred_username already exists.",
        );
        assert_eq!(bed.stored(&ann).await, ann);
        assert_eq!(code(&bed, &ann, Medium::Email).await, None);
        assert_eq!(bed.server.take_messages().len(), 0);
    }

    #[tokio::test]
    async fn an_alias_works_while_it_is_verified() {
        let bed = Bed::with(json!({"AliasAttributes": ["email"]})).await;
        let before = json!({"email": "old@example.com", "email_verified": "true"});
        with_attributes(&bed, "ann", before).await;
        let unknown = async |name: &str| {
            let reply = bed.sign_in(name, OLD).await;
            reply.refused("UserNotFoundException", "User does not exist.");
        };
        bed.tokens("old@example.com", OLD).await;
        update(&bed, "ann", json!({"email": "new@example.com"})).await.ok();
        unknown("old@example.com").await;
        unknown("new@example.com").await;
        update(&bed, "ann", json!({"email_verified": "true"})).await.ok();
        bed.tokens("new@example.com", OLD).await;
        unknown("old@example.com").await;
        update(&bed, "new@example.com", json!({"email_verified": "false"})).await.ok();
        unknown("new@example.com").await;
        bed.tokens("ann", OLD).await;
    }

    #[tokio::test]
    async fn an_alias_of_somebody_else_is_not_taken_over() {
        let bed = Bed::with(json!({"AliasAttributes": ["email"]})).await;
        let held = json!({"email": "bob@example.com", "email_verified": "true"});
        with_attributes(&bed, "bob", held.clone()).await;
        let ann = with_attributes(&bed, "ann", json!({})).await;
        let text = "An account with the email already exists.";
        update(&bed, "ann", held).await.refused("AliasExistsException", text);
        assert_eq!(bed.stored(&ann).await, ann);
        update(&bed, "ann", json!({"email": "bob@example.com"})).await.ok();
        let verify = update(&bed, "ann", json!({"email_verified": "true"})).await;
        verify.refused("AliasExistsException", text);
        bed.sign_in("bob@example.com", NEW).await.refused("NotAuthorizedException", WRONG);
        bed.on("bob", "AdminSetUserPassword", json!({"Password": NEW, "Permanent": true}))
            .await
            .ok();
        bed.tokens("bob@example.com", NEW).await;
    }

    #[tokio::test]
    async fn an_address_that_is_the_username_counts_at_once() {
        let bed = Bed::with(json!({"UsernameAttributes": ["email"]})).await;
        let ann = json!({"email": "ann@example.com", "email_verified": "true"});
        let ann = with_attributes(&bed, "ann", ann).await;
        with_attributes(&bed, "bob", json!({"email": "bob@example.com"})).await;
        update(&bed, "ann@example.com", json!({"email": "new@example.com"})).await.ok();
        bed.tokens("new@example.com", OLD).await;
        let gone = bed.sign_in("ann@example.com", OLD).await;
        gone.refused("UserNotFoundException", "User does not exist.");
        update(&bed, "new@example.com", json!({"email": "bob@example.com"}))
            .await
            .refused("AliasExistsException", "An account with the email already exists.");
        assert_eq!(bed.stored(&ann).await.attributes["email"], "new@example.com");
        bed.tokens("new@example.com", OLD).await;
    }

    #[tokio::test]
    async fn a_custom_sender_sends_in_our_place() {
        let settings = with_trigger(bed::verifying_both(), "CustomSMSSender");
        let bed = Bed::with(settings).await;
        with_attributes(&bed, "ann", json!({})).await;
        update(&bed, "ann", json!({"email": "ann@example.com"})).await.ok();
        assert_eq!(bed.server.functions.take_events().len(), 0);
        assert_eq!(bed.server.take_messages().len(), 1);
        bed.server.advance_secs(1);
        update(&bed, "ann", json!({"phone_number": "+15550100"})).await.ok();
        let sent = bed.server.take_sent().await;
        assert_eq!(sent.event["triggerSource"], "CustomSMSSender_UpdateUserAttribute");
        assert_eq!(sent.event["request"]["userAttributes"]["phone_number"], "+15550100");
    }

    #[tokio::test]
    async fn a_code_sent_to_the_old_address_proves_nothing_for_the_new_one() {
        let bed = bed::Bed::new(bed::verifying()).await;
        let old = bed.signed_up("ann", json!({"email": "old@example.com"})).await;
        let changes = json!({
            "Username": "ann", "UserAttributes": listed(&json!({"email": "new@example.com"})),
        });
        bed.admin(OPERATION, changes).await.ok();
        let attribute_code = code_of(&bed.server.take_message());
        bed.confirm("ann", &old).await.is(MISMATCH);
        // Nor is a code for the attribute one for the sign-up.
        bed.confirm("ann", &attribute_code).await.is(MISMATCH);
        let user = bed.user("ann").await;
        assert_eq!((user.status, user.is_verified("email")), (UserStatus::Unconfirmed, false));
        bed.resend("ann").await.ok();
        bed.confirm("ann", &code_of(&bed.server.take_message())).await.ok();
        assert!(bed.user("ann").await.is_verified("email"));
    }

    #[tokio::test]
    async fn users_do_not_write_what_is_not_theirs_to_say() {
        let schema = json!([
            {"Name": "inner", "AttributeDataType": "String", "DeveloperOnlyAttribute": true,
             "Mutable": true},
        ]);
        let bed = Bed::with(json!({"Schema": schema})).await;
        let email = json!({"email": "ann@example.com"});
        let ann = with_attributes(&bed, "ann", email).await;
        let tokens = bed.tokens("ann", OLD).await;
        bed.on("ann", "AdminSetUserPassword", json!({"Password": OLD})).await.ok();
        let before = bed.stored(&ann).await;
        for (name, value) in [
            ("email_verified", "true"),
            ("phone_number_verified", "true"),
            ("sub", "00000000-0000-4000-8000-000000000000"),
            ("identities", "[]"),
            ("dev:custom:inner", "x"),
        ] {
            let challenge = bed.sign_in("ann", OLD).await.ok();
            let request = json!({
                "ChallengeName": "NEW_PASSWORD_REQUIRED", "ClientId": bed.client,
                "Session": challenge["Session"],
                "ChallengeResponses": {
                    "USERNAME": "ann", "NEW_PASSWORD": NEW, format!("userAttributes.{name}"): value,
                },
            });
            bed.server.call("RespondToAuthChallenge", request).await.refused(
                "NotAuthorizedException",
                "A client attempted to write unauthorized attribute",
            );
            let request = json!({
                "AccessToken": tokens.access, "UserAttributes": [{"Name": name, "Value": value}],
            });
            bed.server.call("UpdateUserAttributes", request).await.refused(
                "NotAuthorizedException",
                "A client attempted to write unauthorized attribute",
            );
            assert_eq!(bed.stored(&ann).await, before);
        }
    }

    #[tokio::test]
    async fn the_subject_is_not_written_by_anybody() {
        let bed = Bed::with(json!({})).await;
        let ann = bed.confirmed("ann").await;
        for value in ["00000000-0000-4000-8000-000000000000", ann.sub.as_str(), ""] {
            let reply = update(&bed, "ann", json!({"sub": value})).await;
            assert_eq!(reply.body["__type"], "InvalidParameterException");
        }
        assert_eq!(bed.stored(&ann).await, ann);
    }

    #[tokio::test]
    async fn only_administrators_and_of_users_that_are_there() {
        is_for_administrators(OPERATION, json!({"UserAttributes": listed(&json!({"name": "A"}))}))
            .await;
    }
}
