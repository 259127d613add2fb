//! Says whether an event was the user's own doing, for an administrator.
//!
//! A sign-in that was called invalid is none of those that make a device or a network known.
//!
//! Differs from AWS / not verified:
//! - The text for an event that is not there.
//! - A later word replaces an earlier one, whoever said it.
//! - Other spellings than `Valid` and `Invalid` are refused, as the model has it.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::risk::event::Feedback;
use poolhouse_wire::operations::AdminUpdateAuthEventFeedback;
use poolhouse_wire::shapes::{
    AdminUpdateAuthEventFeedbackRequest, AdminUpdateAuthEventFeedbackResponse,
};

use super::protected;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, named_user};

impl Operation for AdminUpdateAuthEventFeedback {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminUpdateAuthEventFeedbackRequest,
    ) -> Result<AdminUpdateAuthEventFeedbackResponse> {
        let (pool, request) = (&PoolId::new(&request.user_pool_id), &request);
        ctx.write(async |mut tx| {
            let pool = protected(&mut tx, pool).await?;
            let user = named_user(&mut tx, &pool, &request.username).await?;
            let said = Feedback {
                value: request.feedback_value,
                provider: "Admin".to_owned(),
                at: tx.now,
            };
            tx.set_feedback(&pool.id, &user.sub, &request.event_id, &said).await
        })
        .await?;
        Ok(AdminUpdateAuthEventFeedbackResponse {})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ops::risk::bed::{OFF, event, events, on, protected, switch_off};

    const OPERATION: &str = "AdminUpdateAuthEventFeedback";
    const NO_EVENT: (&str, &str) = ("ResourceNotFoundException", "Auth event does not exist.");

    #[tokio::test]
    async fn the_last_word_is_shown() {
        let app = protected("AUDIT").await;
        let ada = app.user("ada").await;
        event(&app, &ada, "one").await;
        event(&app, &ada, "two").await;
        for (index, value) in [(1, "Invalid"), (2, "Valid")] {
            app.server.advance_secs(1);
            let said = json!({ "Username": "ada", "EventId": "one", "FeedbackValue": value });
            assert_eq!(on(&app, OPERATION, said).await.ok(), json!({}));
            let events = events(&app, "ada").await;
            let expected = json!({
                "FeedbackValue": value, "Provider": "Admin",
                "FeedbackDate": 1_767_614_400.0 + f64::from(index),
            });
            assert_eq!(events[1]["EventFeedback"], expected);
            assert_eq!(events[0].get("EventFeedback"), None);
        }
    }

    #[tokio::test]
    async fn events_of_others_are_not_found() {
        let app = protected("AUDIT").await;
        let (ada, _) = (app.user("ada").await, app.user("bob").await);
        event(&app, &ada, "one").await;
        let say = |user: &str, event: &str| json!({ "Username": user, "EventId": event, "FeedbackValue": "Valid" });
        on(&app, OPERATION, say("bob", "one")).await.refused(NO_EVENT.0, NO_EVENT.1);
        on(&app, OPERATION, say("ada", "two")).await.refused(NO_EVENT.0, NO_EVENT.1);
        let nobody = on(&app, OPERATION, say("nobody", "one")).await;
        nobody.refused("UserNotFoundException", "User does not exist.");
        assert_eq!(events(&app, "ada").await[0].get("EventFeedback"), None);
        let mut unsigned = say("ada", "one");
        unsigned["UserPoolId"] = app.pool.clone().into();
        let reply = app.server.call(OPERATION, unsigned).await;
        assert_eq!(reply.body["__type"], "MissingAuthenticationTokenException");
        switch_off(&app).await;
        on(&app, OPERATION, say("ada", "one")).await.refused(OFF.0, OFF.1);
    }
}
