//! Lambda functions for tests: closures, and a list of the events that they got.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use serde_json::Value;

use crate::http::BoxFuture;
use crate::ports::lambda::{Functions, Invocation, InvokeError};
use crate::testing::TestServer;

type Function = Box<dyn Fn(&Value) -> Result<Value, InvokeError> + Send + Sync>;

/// Functions by the name of the trigger they are for. One that nobody registered is not configured.
#[derive(Default)]
pub(crate) struct FakeFunctions {
    functions: Mutex<HashMap<String, Function>>,
    events: Mutex<Vec<Value>>,
}

impl FakeFunctions {
    /// Registers what a function does with the event; it returns the whole event.
    pub(crate) fn on(
        &self,
        trigger: &str,
        function: impl Fn(&Value) -> Result<Value, InvokeError> + Send + Sync + 'static,
    ) {
        let mut functions = self.functions.lock().unwrap_or_else(PoisonError::into_inner);
        functions.insert(trigger.to_owned(), Box::new(function));
    }

    /// Registers a function that answers always this `response`.
    pub(crate) fn answer(&self, trigger: &str, response: Value) {
        self.on(trigger, move |event| {
            let mut event = event.clone();
            event["response"] = response.clone();
            Ok(event)
        });
    }

    /// Registers a function that fails with this text.
    pub(crate) fn fail(&self, trigger: &str, text: &'static str) {
        self.on(trigger, move |_| Err(InvokeError::Function(text.to_owned())));
    }

    /// Takes the events that came, oldest first.
    pub(crate) fn take_events(&self) -> Vec<Value> {
        std::mem::take(&mut *self.events.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes the only event that came.
    #[track_caller]
    pub(crate) fn take_event(&self) -> Value {
        let mut events = self.take_events();
        assert_eq!(events.len(), 1, "one event expected: {events:?}");
        events.remove(0)
    }

    /// Takes the sources of the events that came, oldest first.
    pub(crate) fn take_sources(&self) -> Vec<String> {
        let source = |event: &Value| event["triggerSource"].as_str().unwrap().to_owned();
        self.take_events().iter().map(source).collect()
    }

    fn call(&self, event: &[u8]) -> Result<Bytes, InvokeError> {
        let event: Value = serde_json::from_slice(event).unwrap();
        self.events.lock().unwrap_or_else(PoisonError::into_inner).push(event.clone());
        let source = event["triggerSource"].as_str().unwrap();
        let trigger = match source.split('_').next().unwrap() {
            "TokenGeneration" => "PreTokenGeneration",
            name => name,
        };
        let functions = self.functions.lock().unwrap_or_else(PoisonError::into_inner);
        match functions.get(trigger) {
            Some(function) => function(&event).map(|returned| returned.to_string().into()),
            None => Err(InvokeError::Configuration("no function".into())),
        }
    }
}

impl Functions for FakeFunctions {
    fn invoke<'a>(&'a self, call: Invocation<'a>) -> BoxFuture<'a, Result<Bytes, InvokeError>> {
        let answer = self.call(&call.event);
        Box::pin(async move { answer })
    }
}

/// What a custom sender was asked to send.
pub(crate) struct Sent {
    /// The event, without the encrypted code.
    pub(crate) event: Value,
    /// The code that is in it.
    pub(crate) code: String,
}

impl TestServer {
    /// Takes the only message that a custom sender got; nobody else got one.
    pub(crate) async fn take_sent(&self) -> Sent {
        let mut event = self.functions.take_event();
        assert_eq!(self.take_messages().len(), 0);
        let latest = self.app.db.read(async |mut tx| tx.messages_to(None, 1).await).await.unwrap();
        let code = latest[0].code.expose().clone();
        let encrypted = event["request"]["code"].take();
        // Version 2, suite 0x0478: what is in it is for the domain's tests and for the walks.
        match encrypted.as_str() {
            Some(encrypted) => assert!(encrypted.starts_with("AgR4"), "{encrypted}"),
            None => assert_eq!(code, ""),
        }
        Sent { event, code }
    }
}
