//! Lists what a user did that concerns their credentials, the newest first, at most 60 on a page.
//!
//! Differs from AWS / not verified:
//! - Every step of a sign-in is an event of its own: one that leads to a challenge is `InProgress`.
//! - `RiskDecision` tells what was done: where nothing is enforced it is `NoRisk`, whatever the
//!   level. `Timezone` is never there; `City` and `Country` are where the operator gave a table of
//!   places.
//! - Attempts that were turned away unlooked-at, because of too many before them, are no events.
//! - `MaxResults` 0 is taken for none. A pagination token is good for an hour, for this user alone;
//!   AWS's shows an event's id and time. The text for any other is Poolhouse's own.

use poolhouse_domain::error::Result;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::risk::event::AuthEvent;
use poolhouse_domain::time::Timestamp;
use poolhouse_store::CreatedCursor;
use poolhouse_wire::OperationSpec;
use poolhouse_wire::operations::AdminListUserAuthEvents;
use poolhouse_wire::shapes::{AdminListUserAuthEventsRequest, AdminListUserAuthEventsResponse};

use super::protected;
use crate::ops::Operation;
use crate::ops::ctx::{Ctx, Signed, named_user};
use crate::page;

/// Events on a page where the request names no number, or 0.
const PAGE_DEFAULT: i32 = 60;

impl Operation for AdminListUserAuthEvents {
    type Caller = Signed;

    async fn run(
        ctx: &mut Ctx<'_, Signed>,
        request: AdminListUserAuthEventsRequest,
    ) -> Result<AdminListUserAuthEventsResponse> {
        let (pool, name) = (&PoolId::new(request.user_pool_id), &*request.username);
        let user = ctx.read(async |mut tx| {
            let pool = protected(&mut tx, pool).await?;
            named_user(&mut tx, &pool, name).await
        });
        let user = user.await?;
        let list = [pool.as_str(), user.sub.as_str()];
        let open = |token| page::open(ctx.app, Self::NAME, &list, token, ctx.now);
        let before: Option<(Timestamp, String)> =
            request.next_token.as_deref().map(open).transpose()?;
        let before = before.map(|(created, id)| CreatedCursor { created, id });
        let size = request.max_results.filter(|size| *size > 0).unwrap_or(PAGE_DEFAULT);
        let (sub, fetch) = (&user.sub, i64::from(size).saturating_add(1));
        let read = ctx.read(async |mut tx| tx.list_events(pool, sub, before.as_ref(), fetch).await);
        let (events, last) = page::cut(read.await?, size);
        let last = last.map(|event| (event.created, event.id));
        let seal = |last| page::seal(ctx.app, Self::NAME, &list, &last, ctx.now, &mut ctx.rng);
        Ok(AdminListUserAuthEventsResponse {
            auth_events: Some(events.iter().map(AuthEvent::shown).collect()),
            next_token: last.map(seal).transpose()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ops::risk::bed::{OFF, event, events, on, protected, switch_off};

    const OPERATION: &str = "AdminListUserAuthEvents";

    #[tokio::test]
    async fn an_event_shows_what_is_known() {
        let app = protected("AUDIT").await;
        let ada = app.user("ada").await;
        assert_eq!(events(&app, "ada").await, [json!(null); 0]);
        event(&app, &ada, "one").await;
        let expected = json!({
            "EventId": "one", "EventType": "SignIn", "EventResponse": "Pass",
            "CreationDate": 1_767_614_400.0,
            "EventRisk": { "RiskDecision": "NoRisk", "CompromisedCredentialsDetected": false },
            "ChallengeResponses": [{ "ChallengeName": "Password", "ChallengeResponse": "Success" }],
            "EventContextData": { "IpAddress": "192.0.2.1", "DeviceName": "laptop" },
        });
        assert_eq!(events(&app, "ada").await, [expected]);
        app.user("bob").await;
        assert_eq!(events(&app, "bob").await, [json!(null); 0]);
    }

    #[tokio::test]
    async fn pages_put_together_are_all_events_newest_first() {
        let app = protected("AUDIT").await;
        let ada = app.user("ada").await;
        for number in 0..65 {
            event(&app, &ada, &format!("event{number:02}")).await;
            app.server.advance_secs(i64::from(number % 3));
        }
        let all: Vec<String> = (0..65).rev().map(|number| format!("event{number:02}")).collect();
        for (size, full) in [(json!(7), 7), (json!(60), 60), (json!(0), 60), (Value::Null, 60)] {
            let (mut seen, mut token) = (Vec::new(), Value::Null);
            for _ in 0..all.len() {
                let request = json!({ "Username": "ada", "MaxResults": size, "NextToken": token });
                let page = on(&app, OPERATION, request).await.ok();
                let ids = page["AuthEvents"].as_array().unwrap().iter();
                let ids: Vec<String> =
                    ids.map(|event| event["EventId"].as_str().unwrap().into()).collect();
                token = page["NextToken"].clone();
                assert!(token.is_null() || ids.len() == full);
                seen.extend(ids);
                if token.is_null() {
                    break;
                }
            }
            assert_eq!(seen, all);
        }
    }

    #[tokio::test]
    async fn what_cannot_be_is_refused() {
        let app = protected("AUDIT").await;
        let (ada, _) = (app.user("ada").await, app.user("bob").await);
        for id in ["one", "two"] {
            event(&app, &ada, id).await;
        }
        let one = json!({ "Username": "ada", "MaxResults": 1 });
        let token = on(&app, OPERATION, one.clone()).await.ok()["NextToken"].clone();
        let other = json!({ "Username": "bob", "NextToken": token });
        on(&app, OPERATION, other)
            .await
            .refused("InvalidParameterException", "Invalid pagination token given.");
        on(&app, OPERATION, json!({ "Username": "nobody" }))
            .await
            .refused("UserNotFoundException", "User does not exist.");
        let unsigned = json!({ "UserPoolId": app.pool, "Username": "ada" });
        let reply = app.server.call(OPERATION, unsigned).await;
        assert_eq!(reply.body["__type"], "MissingAuthenticationTokenException");
        switch_off(&app).await;
        on(&app, OPERATION, one).await.refused(OFF.0, OFF.1);
    }
}
