//! `CustomMessage`: texts of a function's own. It is told placeholders, never a code.

use serde_json::{Value, json};

use super::{Call, Event, Fields, Metadata, Person, Trigger, Unrecognizable, put};
use crate::id::ClientId;
use crate::message::Medium;
use crate::user::delivery::MessageKind;

/// What stands for the code or temporary password.
const CODE: &str = "{####}";
/// What stands for the link.
const LINK: &str = "{##Click Here##}";
/// What stands for the user's name, in invitations.
const USERNAME: &str = "{username}";

const SMS_CHARS_MAX: usize = 140;
const EMAIL_CHARS_MAX: usize = 20_000;
const SUBJECT_CHARS_MAX: usize = 140;

/// What shall this message say?
#[derive(Clone, Debug)]
pub struct CustomMessage {
    /// Why it is sent.
    pub kind: MessageKind,
    /// How it is sent: only that text is used.
    pub medium: Medium,
    /// Whether a link confirms, so that a text needs no code.
    pub by_link: bool,
    /// The client that asks, none for an administrator.
    pub client: Option<ClientId>,
    /// Whom it goes to.
    pub person: Person,
    /// `ClientMetadata`.
    pub metadata: Option<Metadata>,
}

/// Texts to use instead of the pool's own, each where there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomText {
    /// The subject of an email.
    pub subject: Option<String>,
    /// The body of the email or text message.
    pub body: Option<String>,
}

impl CustomMessage {
    fn invites(&self) -> bool {
        self.kind == MessageKind::AdminCreateUser
    }

    fn usable(&self, body: &str) -> bool {
        let most = match self.medium {
            Medium::Email => EMAIL_CHARS_MAX,
            Medium::Sms => SMS_CHARS_MAX,
        };
        let code = body.contains(CODE) || (self.by_link && body.contains("{##"));
        let name = !self.invites() || body.contains(USERNAME);
        code && name && body.chars().count() <= most
    }
}

impl Call for CustomMessage {
    type Reply = CustomText;
    const TRIGGER: Trigger = Trigger::CustomMessage;

    fn event(&self) -> Event {
        let mut request = self.person.request();
        request.insert("codeParameter".into(), json!(CODE));
        request.insert("linkParameter".into(), json!(LINK));
        let name = self.invites().then_some(USERNAME);
        request.insert("usernameParameter".into(), json!(name));
        put(&mut request, "clientMetadata", self.metadata.as_ref());
        Event {
            source: format!("CustomMessage_{}", self.kind.as_str()),
            version: "1",
            user_name: self.person.user_name.clone(),
            client: self.client.clone(),
            request: Value::Object(request),
            response: json!({ "smsMessage": null, "emailMessage": null, "emailSubject": null }),
        }
    }

    fn reply(&self, response: &Fields) -> Result<CustomText, Unrecognizable> {
        let (sms, email) = (response.text("smsMessage")?, response.text("emailMessage")?);
        let subject = response.text("emailSubject")?;
        let text = match self.medium {
            Medium::Email => CustomText { subject, body: email },
            Medium::Sms => CustomText { subject: None, body: sms },
        };
        let body_fits = text.body.as_ref().is_none_or(|body| self.usable(body));
        let length = text.subject.as_ref().map_or(0, |subject| subject.chars().count());
        if body_fits && length <= SUBJECT_CHARS_MAX { Ok(text) } else { Err(Unrecognizable) }
    }
}
