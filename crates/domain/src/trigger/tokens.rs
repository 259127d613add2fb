//! `PreTokenGeneration`: what tokens shall say.

use serde_json::{Value, json};

use super::overrides::{Override, read_v1, read_v2};
use super::{Call, Event, Fields, Metadata, Person, Trigger, Unrecognizable, put};
use crate::id::ClientId;

/// Which form of event a pool has chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriggerVersion {
    /// ID tokens, texts only.
    V1,
    /// Access tokens and scopes, too.
    V2,
    /// Tokens of clients without a user, too.
    V3,
}

/// What the tokens are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenSource {
    /// A sign-in.
    Authentication,
    /// A sign-in with a temporary password.
    NewPasswordChallenge,
    /// A sign-in that ended with a device.
    AuthenticateDevice,
    /// A refresh.
    RefreshTokens,
    /// A client without a user; V3 only.
    ClientCredentials,
}

/// The groups of a user as tokens show them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// Their names.
    pub names: Vec<String>,
    /// Their roles.
    pub roles: Vec<String>,
    /// The preferred one of the roles.
    pub preferred_role: Option<String>,
}

/// What shall tokens say?
#[derive(Clone, Debug)]
pub struct PreTokenGeneration {
    /// The form of the event.
    pub version: TriggerVersion,
    /// What the tokens are for.
    pub source: TokenSource,
    /// The client.
    pub client: ClientId,
    /// The user; none for a client's own tokens.
    pub person: Option<Person>,
    /// The user's groups.
    pub groups: Groups,
    /// The scopes of the access token.
    pub scopes: Vec<String>,
    /// `ClientMetadata`.
    pub metadata: Option<Metadata>,
}

/// What is said instead of a user's name in events about none.
const CLIENT_CREDENTIALS: &str = "ClientCredentials";

impl Call for PreTokenGeneration {
    type Reply = Override;
    const TRIGGER: Trigger = Trigger::PreTokenGeneration;

    fn event(&self) -> Event {
        let nobody = Person::unknown(CLIENT_CREDENTIALS);
        let mut request = self.person.as_ref().unwrap_or(&nobody).request();
        request.remove("userNotFound");
        let groups = self.person.as_ref().map(|_| {
            json!({
                "groupsToOverride": self.groups.names,
                "iamRolesToOverride": self.groups.roles,
                "preferredRole": self.groups.preferred_role,
            })
        });
        request.insert("groupConfiguration".into(), json!(groups));
        put(&mut request, "clientMetadata", self.metadata.as_ref());
        let (version, details) = match self.version {
            TriggerVersion::V1 => ("1", "claimsOverrideDetails"),
            TriggerVersion::V2 => ("2", "claimsAndScopeOverrideDetails"),
            TriggerVersion::V3 => ("3", "claimsAndScopeOverrideDetails"),
        };
        if self.version != TriggerVersion::V1 {
            request.insert("scopes".into(), json!(self.scopes));
        }
        Event {
            source: match self.source {
                TokenSource::Authentication => "TokenGeneration_Authentication",
                TokenSource::NewPasswordChallenge => "TokenGeneration_NewPasswordChallenge",
                TokenSource::AuthenticateDevice => "TokenGeneration_AuthenticateDevice",
                TokenSource::RefreshTokens => "TokenGeneration_RefreshTokens",
                TokenSource::ClientCredentials => "TokenGeneration_ClientCredentials",
            }
            .to_owned(),
            version,
            user_name: self.person.as_ref().unwrap_or(&nobody).user_name.clone(),
            client: Some(self.client.clone()),
            request: Value::Object(request),
            response: json!({ details: null }),
        }
    }

    fn reply(&self, response: &Fields) -> Result<Override, Unrecognizable> {
        match self.version {
            TriggerVersion::V1 => read_v1(response),
            TriggerVersion::V2 | TriggerVersion::V3 => read_v2(response),
        }
    }
}
