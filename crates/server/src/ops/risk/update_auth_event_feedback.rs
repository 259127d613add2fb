//! Says whether an event was the user's own doing, for the user, who has the token from a message.
//!
//! Differs from AWS / not verified:
//! - A token is good for a week, and can be used again to say otherwise.
//! - Name and text for a token that is not good. A user or an event that is not there is told as a
//!   bad token: whoever has none must not learn who exists.

use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::id::PoolId;
use poolhouse_domain::risk::RiskRefusal;
use poolhouse_domain::risk::event::Feedback;
use poolhouse_wire::operations::UpdateAuthEventFeedback;
use poolhouse_wire::shapes::{UpdateAuthEventFeedbackRequest, UpdateAuthEventFeedbackResponse};

use super::{feedback, protected};
use crate::ops::Operation;
use crate::ops::ctx::{Anonymous, Ctx, named_user};

impl Operation for UpdateAuthEventFeedback {
    type Caller = Anonymous;

    async fn run(
        ctx: &mut Ctx<'_, Anonymous>,
        request: UpdateAuthEventFeedbackRequest,
    ) -> Result<UpdateAuthEventFeedbackResponse> {
        let (app, pool, request) = (ctx.app, &PoolId::new(&request.user_pool_id), &request);
        let said = ctx.write(async |mut tx| {
            let pool = protected(&mut tx, pool).await?;
            let user = named_user(&mut tx, &pool, &request.username).await?;
            let event = (&pool.id, &user.sub, &*request.event_id);
            feedback::check(app, event, &request.feedback_token, tx.now)?;
            let said =
                Feedback { value: request.feedback_value, provider: "User".to_owned(), at: tx.now };
            tx.set_feedback(&pool.id, &user.sub, &request.event_id, &said).await
        });
        match said.await {
            Ok(()) => Ok(UpdateAuthEventFeedbackResponse {}),
            Err(Error::UserNotFound | Error::Risk(RiskRefusal::EventNotFound)) => {
                Err(Error::Risk(RiskRefusal::FeedbackToken))
            }
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ops::risk::bed::{OFF, event, events, protected, switch_off};
    use crate::ops::risk::feedback_token;
    use crate::testing::Reply;
    use crate::testing::client::{Application, with};

    const BAD: (&str, &str) = ("NotAuthorizedException", "Invalid feedback token.");

    async fn say(app: &Application, token: &str, more: Value) -> Reply {
        let request = json!({
            "UserPoolId": app.pool, "Username": "ada", "EventId": "one", "FeedbackToken": token,
            "FeedbackValue": "Invalid",
        });
        app.server.call("UpdateAuthEventFeedback", with(request, more)).await
    }

    #[tokio::test]
    async fn a_token_is_good_for_its_event_for_a_week() {
        let app = protected("AUDIT").await;
        let (ada, bob) = (app.user("ada").await, app.user("bob").await);
        for (user, id) in [(&ada, "one"), (&ada, "two"), (&bob, "one")] {
            event(&app, user, id).await;
        }
        let mut rng = app.server.app.fork_rng("test");
        let token = feedback_token(
            &app.server.app,
            (&ada.pool, &ada.sub, "one"),
            app.server.now(),
            &mut rng,
        );
        let forged = format!("{}A", &token[..token.len() - 1]);
        for bad in ["garbage", &forged, &token[1..]] {
            say(&app, bad, json!({})).await.refused(BAD.0, BAD.1);
        }
        for other in [
            json!({ "EventId": "two" }),
            json!({ "Username": "bob" }),
            json!({ "Username": "nobody" }),
            json!({ "EventId": "three" }),
        ] {
            say(&app, &token, other).await.refused(BAD.0, BAD.1);
        }
        for shown in events(&app, "ada").await {
            assert_eq!(shown.get("EventFeedback"), None);
        }
        app.server.advance_secs(7 * 24 * 3600 - 1);
        assert_eq!(say(&app, &token, json!({})).await.ok(), json!({}));
        let told = events(&app, "ada").await;
        let told = told.iter().find(|event| event["EventId"] == "one").unwrap();
        assert_eq!(told["EventFeedback"]["FeedbackValue"], "Invalid");
        assert_eq!(told["EventFeedback"]["Provider"], "User");
        app.server.advance_secs(1);
        say(&app, &token, json!({})).await.refused(BAD.0, BAD.1);
    }

    #[tokio::test]
    async fn a_token_is_for_nothing_else_and_others_are_not_for_this() {
        let app = protected("AUDIT").await;
        let ada = app.user("ada").await;
        for id in ["one", "two"] {
            event(&app, &ada, id).await;
        }
        let signed_in = app.password_sign_in("ada", crate::testing::client::PASSWORD).await.ok();
        let result = &signed_in["AuthenticationResult"];
        for name in ["AccessToken", "IdToken", "RefreshToken"] {
            say(&app, result[name].as_str().unwrap(), json!({})).await.refused(BAD.0, BAD.1);
        }
        let request = json!({ "UserPoolId": app.pool, "Username": "ada", "MaxResults": 1 });
        let page = app.server.admin("AdminListUserAuthEvents", request.clone()).await.ok();
        let next = page["NextToken"].as_str().unwrap();
        say(&app, next, json!({})).await.refused(BAD.0, BAD.1);
        let place = (&ada.pool, &ada.sub, "one");
        let mut rng = app.server.app.fork_rng("test");
        let token = feedback_token(&app.server.app, place, app.server.now(), &mut rng);
        let page = with(request, json!({ "NextToken": token }));
        app.server
            .admin("AdminListUserAuthEvents", page)
            .await
            .refused("InvalidParameterException", "Invalid pagination token given.");
        let me = app.server.call("GetUser", json!({ "AccessToken": token })).await;
        me.refused("NotAuthorizedException", "Invalid Access Token");
        switch_off(&app).await;
        say(&app, &token, json!({})).await.refused(OFF.0, OFF.1);
    }
}
