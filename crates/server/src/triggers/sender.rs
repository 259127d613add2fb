//! Custom senders: functions of a pool's owner that send messages in our place.
//!
//! A message for one is written to the outbox as the whole call: the function, and the event with
//! the code encrypted. Whoever takes it from there only posts it. What a function returns is not
//! read, and that it failed is its own affair: the message was handed over. Where it could not be
//! reached, the message is tried again as every other.

use std::sync::Arc;

use bytes::Bytes;
use poolhouse_domain::crypto::KEY_BYTES;
use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::esdk::WrappingKey;
use poolhouse_domain::id::ClientId;
use poolhouse_domain::message::{Medium, Message};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::trigger::{ForSender, KEY_NAMESPACE, Metadata, Person, redacted};
use poolhouse_domain::user::User;
use poolhouse_domain::user::delivery::MessageKind;
use poolhouse_domain::user::template::Text;
use rand_core::RngCore;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::log::TriggerCall;
use super::{Triggers, kind};
use crate::app::App;
use crate::delivery::{Failure, Sink};
use crate::env::Clock;
use crate::http::BoxFuture;
use crate::ports::lambda::{Invocation, InvokeError};

/// Under which a code goes to a function.
pub type SenderKey = Secret<[u8; KEY_BYTES]>;

/// What the outbox keeps for a function.
#[derive(Serialize, Deserialize)]
struct Kept {
    function: String,
    event: Value,
}

/// What a message is written for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cause<'a> {
    /// The pool.
    pub(crate) pool: &'a Pool,
    /// The client that asks, none where an administrator does.
    pub(crate) client: Option<&'a ClientId>,
    /// `ClientMetadata`.
    pub(crate) metadata: Option<&'a Metadata>,
    /// Why it is sent.
    pub(crate) kind: MessageKind,
}

/// Whether a function sends a pool's messages by a medium.
pub(crate) fn sends(pool: &Pool, medium: Medium) -> bool {
    pool.settings.sender(medium).is_some()
}

/// The text of a message that a function writes.
pub(crate) fn unwritten() -> Text {
    Text { subject: None, body: Secret::new(String::new()) }
}

/// The message as it goes to the pool's custom sender, or as it is where there is none.
///
/// # Errors
/// A fault.
pub(crate) fn hand_over(
    app: &App,
    cause: Cause<'_>,
    user: &User,
    message: Message,
    rng: &mut dyn RngCore,
) -> Result<Message> {
    // The function has to be told where the message goes, also when that is not the user's yet.
    let mut told = user.clone();
    let address = message.destination.expose().clone();
    told.attributes.insert(message.medium.attribute().to_owned(), address);
    hand_over_of(app, cause, Person::of(&told), message, rng)
}

/// As [`hand_over`], with what the function is told of the user.
///
/// # Errors
/// A fault.
pub(crate) fn hand_over_of(
    app: &App,
    cause: Cause<'_>,
    person: Person,
    message: Message,
    rng: &mut dyn RngCore,
) -> Result<Message> {
    let Some(sender) = cause.pool.settings.sender(message.medium) else { return Ok(message) };
    let code = Some(&message.code).filter(|code| !code.expose().is_empty());
    let letter = ForSender {
        kind: cause.kind,
        medium: message.medium,
        code,
        client: cause.client,
        person,
        metadata: cause.metadata,
    };
    let key = WrappingKey { namespace: KEY_NAMESPACE, name: sender.key, key: &app.sender_key };
    let place = (app.identity.realm.region.as_str(), &message.pool);
    let event = letter.event(place, key, rng);
    let event = event.ok_or_else(|| Error::fault("a code that cannot be encrypted"))?;
    let kept = Kept { function: sender.arn.to_owned(), event };
    let call = serde_json::to_string(&kept).map_err(Error::fault)?;
    let Text { subject, body } = unwritten();
    Ok(Message { call: Some(Secret::new(call)), subject, body, ..message })
}

/// Takes messages to functions.
pub struct ToFunctions {
    triggers: Arc<Triggers>,
    clock: Arc<dyn Clock>,
}

impl ToFunctions {
    /// Through the port that triggers have.
    pub fn new(triggers: Arc<Triggers>, clock: Arc<dyn Clock>) -> Self {
        Self { triggers, clock }
    }

    async fn post(&self, message: &Message) -> std::result::Result<(), Failure> {
        let kept = message.call.as_ref().and_then(|call| serde_json::from_str(call.expose()).ok());
        let Some(Kept { function, event }) = kept else {
            return Err(Failure::permanent("function: there is nothing to call"));
        };
        let now = self.clock.now();
        let bytes = Bytes::from(event.to_string());
        // One attempt: the outbox makes the others.
        let call = Invocation { arn: &function, event: bytes, now };
        let answer = self.triggers.functions.invoke(call).await;
        let error = answer.as_ref().err();
        self.triggers.log.keep(TriggerCall {
            at: now,
            millis: self.clock.now().millis_since(now),
            pool: message.pool.clone(),
            trigger: trigger(message.medium),
            arn: function,
            attempts: 1,
            failure: error.map(ToString::to_string),
            event: redacted(&event),
            answer: None,
        });
        match error {
            // It was called: the rest is its own affair.
            None | Some(InvokeError::Function(_) | InvokeError::TooLarge) => Ok(()),
            Some(error) => Err(Failure::temporary(format!("function: {}", kind(error)))),
        }
    }
}

impl Sink for ToFunctions {
    fn deliver<'a>(
        &'a self,
        message: &'a Message,
    ) -> BoxFuture<'a, std::result::Result<(), Failure>> {
        Box::pin(self.post(message))
    }
}

fn trigger(medium: Medium) -> &'static str {
    match medium {
        Medium::Email => "CustomEmailSender",
        Medium::Sms => "CustomSMSSender",
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_domain::message::Lane;
    use serde_json::json;

    use super::*;
    use crate::testing::TestServer;
    use crate::testing::client::Application;

    const ARN: &str = "arn:aws:lambda:us-east-1:000000000000:function:send";

    async fn app() -> Application {
        let pool = json!({
            "AutoVerifiedAttributes": ["email"],
            "LambdaConfig": {
                "CustomEmailSender": { "LambdaArn": ARN, "LambdaVersion": "V1_0" },
                "KMSKeyID": "arn:aws:kms:us-east-1:000000000000:key/k",
            },
        });
        Application::on(TestServer::new().await, pool, json!({})).await
    }

    async fn sign_up(app: &Application) {
        let request = json!({
            "ClientId": app.client, "Username": "ada", "Password": "Passw0rd!",
            "UserAttributes": [{ "Name": "email", "Value": "ada@example.com" }],
        });
        app.server.call("SignUp", request).await.ok();
    }

    async fn queued(app: &Application) -> i64 {
        let count = app.server.app.db.read(async |mut tx| tx.outbox_count(Lane::Function).await);
        count.await.unwrap().queued
    }

    #[tokio::test]
    async fn what_the_function_says_and_that_it_failed_is_its_own_affair() {
        for answer in [Ok(json!("nonsense")), Err(InvokeError::Function("no".into()))] {
            let app = app().await;
            app.server.functions.on("CustomEmailSender", move |_| answer.clone());
            sign_up(&app).await;
            assert_eq!(app.server.take_sent().await.event["userName"], "ada");
            assert_eq!(queued(&app).await, 0);
            let log = app.server.app.triggers.log().latest(None);
            assert_eq!((log[0].trigger, log[0].arn.as_str()), ("CustomEmailSender", ARN));
            // The operator does not see the code, not even encrypted.
            assert_eq!(log[0].event["request"]["code"], "***");
        }
    }

    #[tokio::test]
    async fn a_function_that_is_not_reached_gets_the_same_message_again() {
        let app = app().await;
        app.server.functions.on("CustomEmailSender", |_| Err(InvokeError::Timeout));
        sign_up(&app).await;
        let first = app.server.functions.take_event();
        assert_eq!((queued(&app).await, app.server.take_messages().len()), (1, 0));
        app.server.functions.answer("CustomEmailSender", json!({}));
        app.server.advance_secs(30);
        app.server.app.deliver().await.unwrap();
        assert_eq!(app.server.functions.take_event(), first);
        assert_eq!(queued(&app).await, 0);
    }
}
