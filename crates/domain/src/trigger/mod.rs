//! What Lambda triggers are told and may answer, as typed calls and the service's versioned JSON.
//!
//! A call knows its event and how to read its answer; it knows neither where the function is nor how
//! it is reached. Only the `response` of what a function returns is read, and strictly: a wrong type
//! is an answer that cannot be understood, never a default.
//!
//! Sources: "Customizing user pool workflows with Lambda triggers" in the developer guide.
//!
//! Differs from AWS / not verified:
//! - `null` in an answer is an absent member;
//! - members that a request does not have (`clientMetadata`, say) are left out of the event;
//! - an event names no SDK: `awsSdkVersion` is `aws-sdk-unknown-unknown`.

mod authentication;
mod custom_auth;
mod custom_message;
mod migration;
mod overrides;
mod redact;
mod sender;
mod sign_up;
mod tokens;

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value, json};

pub use authentication::{PostAuthentication, PreAuthentication};
pub use custom_auth::{
    Answered, CreateAuthChallenge, Created, DefineAuthChallenge, Defined, Past,
    VerifyAuthChallengeResponse,
};
pub use custom_message::{CustomMessage, CustomText};
pub use migration::{FinalStatus, Migrated, MigrationSource, UserMigration};
pub use overrides::{GroupOverride, Override, TokenOverride, apply};
pub use redact::redacted;
pub use sender::{ForSender, KEY_NAMESPACE, Sender};
pub use sign_up::{
    ConfirmationSource, PostConfirmation, PreSignUp, PreSignUpAnswer, PreSignUpSource,
};
pub use tokens::{Groups, PreTokenGeneration, TokenSource, TriggerVersion};

use crate::id::{ClientId, PoolId};
use crate::user::User;

/// What is said of a call that no client made.
const NO_CLIENT: &str = "CLIENT_ID_NOT_APPLICABLE";
/// The caller's SDK, which is not told.
const SDK: &str = "aws-sdk-unknown-unknown";

/// `ClientMetadata` and its like.
pub type Metadata = BTreeMap<String, String>;

/// A trigger that a pool can configure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trigger {
    /// Before a user is made.
    PreSignUp,
    /// After a user was confirmed.
    PostConfirmation,
    /// Before a sign-in.
    PreAuthentication,
    /// After a sign-in, before its tokens.
    PostAuthentication,
    /// Before a message is written.
    CustomMessage,
    /// Decides what a custom sign-in asks for.
    DefineAuthChallenge,
    /// Makes a custom challenge.
    CreateAuthChallenge,
    /// Judges the answer to a custom challenge.
    VerifyAuthChallengeResponse,
    /// Before tokens are signed.
    PreTokenGeneration,
    /// For a user who does not exist.
    UserMigration,
}

impl Trigger {
    /// Its name in `LambdaConfig`, and in every refusal.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PreSignUp => "PreSignUp",
            Self::PostConfirmation => "PostConfirmation",
            Self::PreAuthentication => "PreAuthentication",
            Self::PostAuthentication => "PostAuthentication",
            Self::CustomMessage => "CustomMessage",
            Self::DefineAuthChallenge => "DefineAuthChallenge",
            Self::CreateAuthChallenge => "CreateAuthChallenge",
            Self::VerifyAuthChallengeResponse => "VerifyAuthChallengeResponse",
            Self::PreTokenGeneration => "PreTokenGeneration",
            Self::UserMigration => "UserMigration",
        }
    }
}

impl fmt::Display for Trigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is particular in an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// `triggerSource`.
    pub source: String,
    /// `version`.
    pub version: &'static str,
    /// `userName`.
    pub user_name: String,
    /// The client that asks, none where an administrator does.
    pub client: Option<ClientId>,
    /// `request`.
    pub request: Value,
    /// `response`, as the function finds it.
    pub response: Value,
}

impl Event {
    /// The whole event.
    pub fn to_json(&self, region: &str, pool: &PoolId) -> Value {
        let client = self.client.as_ref().map_or(NO_CLIENT, ClientId::as_str);
        json!({
            "version": self.version,
            "region": region,
            "userPoolId": pool.as_str(),
            "userName": self.user_name,
            "callerContext": { "awsSdkVersion": SDK, "clientId": client },
            "triggerSource": self.source,
            "request": self.request,
            "response": self.response,
        })
    }
}

/// One call of a trigger.
pub trait Call {
    /// What its answer means.
    type Reply;
    /// Which trigger.
    const TRIGGER: Trigger;

    /// The event.
    fn event(&self) -> Event;

    /// Reads the answer.
    ///
    /// # Errors
    /// It cannot be understood.
    fn reply(&self, response: &Fields) -> Result<Self::Reply, Unrecognizable>;
}

/// What a function returned cannot be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unrecognizable;

/// The `response` of what a function returned.
///
/// # Errors
/// It is not JSON, not an object, or has no object under `response`.
pub fn response_of(returned: &[u8]) -> Result<Fields, Unrecognizable> {
    match serde_json::from_slice(returned) {
        Ok(Value::Object(mut event)) => match event.remove("response") {
            Some(Value::Object(fields)) => Ok(Fields(fields)),
            _ => Err(Unrecognizable),
        },
        _ => Err(Unrecognizable),
    }
}

/// Members of an answer, read by type. What is absent or null is nothing; a wrong type is an error.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields(Map<String, Value>);

impl Fields {
    /// The members as they are.
    pub fn raw(&self) -> &Map<String, Value> {
        &self.0
    }

    fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    fn flag(&self, name: &str) -> Result<bool, Unrecognizable> {
        match self.value(name) {
            None => Ok(false),
            Some(value) => value.as_bool().ok_or(Unrecognizable),
        }
    }

    fn text(&self, name: &str) -> Result<Option<String>, Unrecognizable> {
        let text = |value: &Value| value.as_str().map(str::to_owned).ok_or(Unrecognizable);
        self.value(name).map(text).transpose()
    }

    fn texts(&self, name: &str) -> Result<Vec<String>, Unrecognizable> {
        let Some(value) = self.value(name) else { return Ok(Vec::new()) };
        let list = value.as_array().ok_or(Unrecognizable)?;
        let text = |value: &Value| value.as_str().map(str::to_owned).ok_or(Unrecognizable);
        list.iter().map(text).collect()
    }

    fn fields(&self, name: &str) -> Result<Option<Self>, Unrecognizable> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::Object(fields)) => Ok(Some(Self(fields.clone()))),
            Some(_) => Err(Unrecognizable),
        }
    }

    /// A map of texts. A member that is null is left out.
    fn text_map(&self, name: &str) -> Result<Option<Metadata>, Unrecognizable> {
        let Some(fields) = self.fields(name)? else { return Ok(None) };
        let mut map = Metadata::new();
        for name in fields.0.keys() {
            if let Some(text) = fields.text(name)? {
                map.insert(name.clone(), text);
            }
        }
        Ok(Some(map))
    }
}

/// Whom a call is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    user_name: String,
    attributes: Map<String, Value>,
    unknown: bool,
}

impl Person {
    /// A user, of whom only this is told.
    pub fn told(user: &User, attributes: &[(&str, String)]) -> Self {
        let text = |(name, value): &(&str, String)| ((*name).to_owned(), json!(value));
        let attributes = attributes.iter().map(text).collect();
        Self { user_name: user.username.clone(), attributes, unknown: false }
    }

    /// A user.
    pub fn of(user: &User) -> Self {
        Self { user_name: user.username.clone(), attributes: attributes(user), unknown: false }
    }

    /// Somebody who is about to become a user: without subject and status.
    pub fn applicant(user: &User) -> Self {
        let mut attributes = attributes(user);
        attributes.remove("sub");
        attributes.remove("cognito:user_status");
        Self { user_name: user.username.clone(), attributes, unknown: false }
    }

    /// Nobody: the name as it was typed.
    pub fn unknown(user_name: &str) -> Self {
        Self { user_name: user_name.to_owned(), attributes: Map::new(), unknown: true }
    }

    /// The common part of a request: attributes, and whether there is such a user where that is
    /// hidden from the caller.
    fn request(&self) -> Map<String, Value> {
        let mut request = Map::new();
        request.insert("userAttributes".into(), Value::Object(self.attributes.clone()));
        if self.unknown {
            request.insert("userNotFound".into(), Value::Bool(true));
        }
        request
    }
}

fn attributes(user: &User) -> Map<String, Value> {
    let text = |(name, value): (&String, &String)| (name.clone(), Value::String(value.clone()));
    let mut attributes: Map<String, Value> = user.attributes.iter().map(text).collect();
    attributes.insert("sub".into(), json!(user.sub.as_str()));
    attributes.insert("cognito:user_status".into(), json!(user.status.as_str()));
    attributes
}

fn put(request: &mut Map<String, Value>, name: &str, metadata: Option<&Metadata>) {
    if let Some(metadata) = metadata {
        request.insert(name.to_owned(), json!(metadata));
    }
}

#[cfg(test)]
mod tests;
