//! `CustomEmailSender` and `CustomSMSSender`: functions that send messages in our place. They are
//! told the code, encrypted, and nothing that they return matters.
//!
//! Differs from AWS / not verified:
//! - an event has no `response`, and `clientMetadata` is null where there is none (as the samples in
//!   the developer guide);
//! - `code` is bound to an encryption context, `userpool-id`.

use serde_json::{Map, Value, json};

use super::{Event, Metadata, Person};
use crate::esdk::{self, WrappingKey};
use crate::id::{ClientId, PoolId};
use crate::message::Medium;
use crate::secret::Secret;
use crate::user::delivery::MessageKind;

use rand_core::RngCore;

/// The namespace of the key under which codes are encrypted. Its name is the pool's `KMSKeyID`.
pub const KEY_NAMESPACE: &str = "poolhouse";
/// What a code is bound to.
const POOL_CONTEXT: &str = "userpool-id";

/// The function that sends a pool's messages by one medium.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sender<'a> {
    /// Its ARN.
    pub arn: &'a str,
    /// `KMSKeyID`.
    pub key: &'a str,
}

/// A message for a sender.
#[derive(Clone, Debug)]
pub struct ForSender<'a> {
    /// Why it is sent.
    pub kind: MessageKind,
    /// How it is to be sent.
    pub medium: Medium,
    /// The code or temporary password, where there is one.
    pub code: Option<&'a Secret<String>>,
    /// The client that asks, none for an administrator.
    pub client: Option<&'a ClientId>,
    /// Whom it goes to.
    pub person: Person,
    /// `ClientMetadata`.
    pub metadata: Option<&'a Metadata>,
}

impl ForSender<'_> {
    /// The whole event, with the code encrypted under a key. None where the key's name is longer than
    /// the format of the encrypted code has place for.
    pub fn event(
        &self,
        (region, pool): (&str, &PoolId),
        key: WrappingKey<'_>,
        rng: &mut dyn RngCore,
    ) -> Option<Value> {
        let code = match self.code {
            None => None,
            Some(code) => {
                let context = [(POOL_CONTEXT, pool.as_str())];
                let code = self.code_text(code);
                let encrypted = esdk::encrypt(key, &context, &code, rng)?;
                Some(data_encoding::BASE64.encode(&encrypted))
            }
        };
        let (sender, form) = match self.medium {
            Medium::Email => ("CustomEmailSender", "customEmailSenderRequestV1"),
            Medium::Sms => ("CustomSMSSender", "customSMSSenderRequestV1"),
        };
        let mut request: Map<String, Value> = self.person.request();
        request.insert("type".into(), json!(form));
        request.insert("code".into(), json!(code));
        request.insert("clientMetadata".into(), json!(self.metadata));
        let event = Event {
            source: format!("{sender}_{}", self.kind.as_str()),
            version: "1",
            user_name: self.person.user_name.clone(),
            client: self.client.cloned(),
            request: Value::Object(request),
            response: Value::Null,
        };
        let mut event = event.to_json(region, pool);
        if let Some(members) = event.as_object_mut() {
            members.remove("response");
        }
        Some(event)
    }

    /// Codes are digits. A temporary password may hold anything, and goes into HTML.
    fn code_text(&self, code: &Secret<String>) -> Secret<String> {
        if self.kind != MessageKind::AdminCreateUser {
            return code.clone();
        }
        let escaped = code.expose().replace('&', "&amp;").replace('<', "&lt;");
        let escaped = escaped.replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;");
        Secret::new(escaped)
    }
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;
    use crate::crypto::KEY_BYTES;
    use crate::esdk::tests::{NAME, decrypt};
    use crate::trigger::tests::alice as user;

    fn key() -> Secret<[u8; KEY_BYTES]> {
        Secret::new([9; KEY_BYTES])
    }

    fn event(letter: &ForSender<'_>) -> Value {
        let key = key();
        let wrapping = WrappingKey { namespace: KEY_NAMESPACE, name: NAME, key: &key };
        let place = ("us-west-2", &PoolId::new("us-west-2_aBcDeFgHi"));
        letter.event(place, wrapping, &mut ChaCha20Rng::seed_from_u64(3)).unwrap()
    }

    fn letter<'a>(kind: MessageKind, medium: Medium, code: &'a Secret<String>) -> ForSender<'a> {
        let person = Person::of(&user());
        ForSender { kind, medium, code: Some(code), client: None, person, metadata: None }
    }

    /// Takes the code out of an event.
    fn code_of(event: &mut Value) -> String {
        let code = event["request"]["code"].take();
        let bytes = data_encoding::BASE64.decode(code.as_str().unwrap().as_bytes()).unwrap();
        decrypt(&bytes, &key()).unwrap()
    }

    #[test]
    fn events_are_those_of_the_service() {
        let code = Secret::new("123456".to_owned());
        let mut told = event(&letter(MessageKind::SignUp, Medium::Email, &code));
        assert_eq!(code_of(&mut told), "123456");
        let attributes = Person::of(&user()).request()["userAttributes"].clone();
        let expected = json!({
            "version": "1", "triggerSource": "CustomEmailSender_SignUp", "region": "us-west-2",
            "userPoolId": "us-west-2_aBcDeFgHi", "userName": user().username,
            "callerContext": {
                "awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "CLIENT_ID_NOT_APPLICABLE",
            },
            "request": {
                "type": "customEmailSenderRequestV1", "code": null, "clientMetadata": null,
                "userAttributes": attributes,
            },
        });
        assert_eq!(told, expected);

        let metadata = Metadata::from([("k".to_owned(), "v".to_owned())]);
        let client = ClientId::new("abc");
        let letter = letter(MessageKind::Authentication, Medium::Sms, &code);
        let letter = ForSender { metadata: Some(&metadata), client: Some(&client), ..letter };
        let told = event(&letter);
        assert_eq!(told["triggerSource"], "CustomSMSSender_Authentication");
        assert_eq!(told["request"]["type"], "customSMSSenderRequestV1");
        assert_eq!(told["request"]["clientMetadata"], json!({"k": "v"}));
        assert_eq!(told["callerContext"]["clientId"], "abc");
        let none = event(&ForSender { code: None, ..letter });
        assert_eq!(none["request"]["code"], Value::Null);
    }

    #[test]
    fn a_temporary_password_can_stand_in_html() {
        let password = Secret::new("a<b>&\"c'1".to_owned());
        let mut invited = event(&letter(MessageKind::AdminCreateUser, Medium::Email, &password));
        assert_eq!(code_of(&mut invited), "a&lt;b&gt;&amp;&quot;c&#39;1");
        let mut other = event(&letter(MessageKind::ForgotPassword, Medium::Email, &password));
        assert_eq!(code_of(&mut other), password.expose().as_str());
    }
}
