//! `PreAuthentication` and `PostAuthentication`.

use serde_json::{Value, json};

use super::{Call, Event, Fields, Metadata, Person, Trigger, Unrecognizable, put};
use crate::id::ClientId;

/// May this user try to sign in?
#[derive(Clone, Debug)]
pub struct PreAuthentication {
    /// The client.
    pub client: ClientId,
    /// Who tries; nobody where the client hides that.
    pub person: Person,
    /// `ClientMetadata` of the request that begins the sign-in.
    pub validation_data: Option<Metadata>,
}

impl Call for PreAuthentication {
    type Reply = ();
    const TRIGGER: Trigger = Trigger::PreAuthentication;

    fn event(&self) -> Event {
        let mut request = self.person.request();
        put(&mut request, "validationData", self.validation_data.as_ref());
        Event {
            source: "PreAuthentication_Authentication".to_owned(),
            version: "1",
            user_name: self.person.user_name.clone(),
            client: Some(self.client.clone()),
            request: Value::Object(request),
            response: json!({}),
        }
    }

    fn reply(&self, _: &Fields) -> Result<(), Unrecognizable> {
        Ok(())
    }
}

/// A user has signed in, and gets tokens unless the function fails.
#[derive(Clone, Debug)]
pub struct PostAuthentication {
    /// The client.
    pub client: ClientId,
    /// The user.
    pub person: Person,
    /// Whether the user's device is one that was not known.
    pub new_device: bool,
    /// `ClientMetadata` of an answer to a challenge.
    pub metadata: Option<Metadata>,
}

impl Call for PostAuthentication {
    type Reply = ();
    const TRIGGER: Trigger = Trigger::PostAuthentication;

    fn event(&self) -> Event {
        let mut request = self.person.request();
        request.insert("newDeviceUsed".into(), Value::Bool(self.new_device));
        put(&mut request, "clientMetadata", self.metadata.as_ref());
        Event {
            source: "PostAuthentication_Authentication".to_owned(),
            version: "1",
            user_name: self.person.user_name.clone(),
            client: Some(self.client.clone()),
            request: Value::Object(request),
            response: json!({}),
        }
    }

    fn reply(&self, _: &Fields) -> Result<(), Unrecognizable> {
        Ok(())
    }
}
