//! `PreSignUp` and `PostConfirmation`.

use serde_json::{Value, json};

use super::{Call, Event, Fields, Metadata, Person, Trigger, Unrecognizable, put};
use crate::id::ClientId;

/// Who makes the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreSignUpSource {
    /// The user.
    SignUp,
    /// An administrator.
    AdminCreateUser,
}

/// May this user be made?
#[derive(Clone, Debug)]
pub struct PreSignUp {
    /// Who asks.
    pub source: PreSignUpSource,
    /// The client that asks, none for an administrator.
    pub client: Option<ClientId>,
    /// The user as they would be.
    pub person: Person,
    /// `ValidationData`.
    pub validation_data: Option<Metadata>,
    /// `ClientMetadata`.
    pub metadata: Option<Metadata>,
}

/// What the function says of the new user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PreSignUpAnswer {
    /// The user needs no code.
    pub confirm: bool,
    /// The email address is verified.
    pub verify_email: bool,
    /// The phone number is verified.
    pub verify_phone: bool,
}

impl Call for PreSignUp {
    type Reply = PreSignUpAnswer;
    const TRIGGER: Trigger = Trigger::PreSignUp;

    fn event(&self) -> Event {
        let mut request = self.person.request();
        request.insert("validationData".into(), json!(self.validation_data));
        put(&mut request, "clientMetadata", self.metadata.as_ref());
        Event {
            source: match self.source {
                PreSignUpSource::SignUp => "PreSignUp_SignUp",
                PreSignUpSource::AdminCreateUser => "PreSignUp_AdminCreateUser",
            }
            .to_owned(),
            version: "1",
            user_name: self.person.user_name.clone(),
            client: self.client.clone(),
            request: Value::Object(request),
            response: json!({
                "autoConfirmUser": false, "autoVerifyEmail": false, "autoVerifyPhone": false,
            }),
        }
    }

    fn reply(&self, response: &Fields) -> Result<PreSignUpAnswer, Unrecognizable> {
        Ok(PreSignUpAnswer {
            confirm: response.flag("autoConfirmUser")?,
            verify_email: response.flag("autoVerifyEmail")?,
            verify_phone: response.flag("autoVerifyPhone")?,
        })
    }
}

/// What confirmed the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmationSource {
    /// A code, an administrator or the PreSignUp trigger.
    ConfirmSignUp,
    /// A new password with a code.
    ConfirmForgotPassword,
}

/// A user was confirmed.
#[derive(Clone, Debug)]
pub struct PostConfirmation {
    /// How.
    pub source: ConfirmationSource,
    /// The client that asks, none for an administrator.
    pub client: Option<ClientId>,
    /// The user as they are now.
    pub person: Person,
    /// `ClientMetadata`.
    pub metadata: Option<Metadata>,
}

impl Call for PostConfirmation {
    type Reply = ();
    const TRIGGER: Trigger = Trigger::PostConfirmation;

    fn event(&self) -> Event {
        let mut request = self.person.request();
        put(&mut request, "clientMetadata", self.metadata.as_ref());
        Event {
            source: match self.source {
                ConfirmationSource::ConfirmSignUp => "PostConfirmation_ConfirmSignUp",
                ConfirmationSource::ConfirmForgotPassword => {
                    "PostConfirmation_ConfirmForgotPassword"
                }
            }
            .to_owned(),
            version: "1",
            user_name: self.person.user_name.clone(),
            client: self.client.clone(),
            request: Value::Object(request),
            response: json!({}),
        }
    }

    fn reply(&self, _: &Fields) -> Result<(), Unrecognizable> {
        Ok(())
    }
}
