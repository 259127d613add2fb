//! `DefineAuthChallenge`, `CreateAuthChallenge` and `VerifyAuthChallengeResponse`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{Call, Event, Fields, Metadata, Person, Trigger, Unrecognizable, put};
use crate::id::ClientId;
use crate::secret::Secret;

/// Bytes of the parameters of a challenge, public and private each, as JSON.
const PARAMETERS_BYTES_MAX: usize = 32 * 1024;
/// Bytes of what a challenge is called.
const METADATA_BYTES_MAX: usize = 1024;

/// A challenge of the sign-in that was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// Its name.
    #[serde(rename = "challengeName")]
    pub name: String,
    /// Whether the answer was right.
    #[serde(rename = "challengeResult")]
    pub right: bool,
    /// What the function that made it called it.
    #[serde(rename = "challengeMetadata", skip_serializing_if = "Option::is_none", default)]
    pub metadata: Option<String>,
}

/// What comes next?
#[derive(Clone, Debug)]
pub struct DefineAuthChallenge {
    /// The client.
    pub client: ClientId,
    /// Who signs in.
    pub person: Person,
    /// What was asked and answered.
    pub session: Vec<Past>,
    /// `ClientMetadata` of an answer to a challenge.
    pub metadata: Option<Metadata>,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Defined {
    /// Tokens.
    Tokens,
    /// The end.
    Failure,
    /// A challenge of this name.
    Challenge(String),
}

impl Call for DefineAuthChallenge {
    type Reply = Defined;
    const TRIGGER: Trigger = Trigger::DefineAuthChallenge;

    fn event(&self) -> Event {
        let mut request = self.person.request();
        request.insert("session".into(), json!(self.session));
        put(&mut request, "clientMetadata", self.metadata.as_ref());
        event(
            "DefineAuthChallenge_Authentication",
            &self.person,
            &self.client,
            request,
            json!({ "challengeName": null, "issueTokens": null, "failAuthentication": null }),
        )
    }

    /// Failure goes before tokens, and tokens before a challenge.
    fn reply(&self, response: &Fields) -> Result<Defined, Unrecognizable> {
        let (fail, issue) = (response.flag("failAuthentication")?, response.flag("issueTokens")?);
        let name = response.text("challengeName")?;
        match (fail, issue, name) {
            (true, _, _) => Ok(Defined::Failure),
            (false, true, _) => Ok(Defined::Tokens),
            (false, false, Some(name)) => Ok(Defined::Challenge(name)),
            (false, false, None) => Err(Unrecognizable),
        }
    }
}

/// What shall the user be asked?
#[derive(Clone, Debug)]
pub struct CreateAuthChallenge {
    /// The client.
    pub client: ClientId,
    /// Who signs in.
    pub person: Person,
    /// The name of the challenge.
    pub challenge_name: String,
    /// What was asked and answered.
    pub session: Vec<Past>,
    /// `ClientMetadata` of an answer to a challenge.
    pub metadata: Option<Metadata>,
}

/// A challenge.
#[derive(Clone, Debug)]
pub struct Created {
    /// What the client is told.
    pub public: Metadata,
    /// What judges the answer, and what the client is not told.
    pub private: Secret<String>,
    /// What later calls know the challenge by.
    pub metadata: Option<String>,
}

impl Call for CreateAuthChallenge {
    type Reply = Created;
    const TRIGGER: Trigger = Trigger::CreateAuthChallenge;

    fn event(&self) -> Event {
        let mut request = self.person.request();
        request.insert("challengeName".into(), json!(self.challenge_name));
        request.insert("session".into(), json!(self.session));
        put(&mut request, "clientMetadata", self.metadata.as_ref());
        event(
            "CreateAuthChallenge_Authentication",
            &self.person,
            &self.client,
            request,
            json!({
                "publicChallengeParameters": null, "privateChallengeParameters": null,
                "challengeMetadata": null,
            }),
        )
    }

    fn reply(&self, response: &Fields) -> Result<Created, Unrecognizable> {
        let private = response.text_map("privateChallengeParameters")?.unwrap_or_default();
        let created = Created {
            public: response.text_map("publicChallengeParameters")?.unwrap_or_default(),
            private: Secret::new(json!(private).to_string()),
            metadata: response.text("challengeMetadata")?,
        };
        let public = json!(created.public).to_string().len();
        let most = [public, created.private.expose().len()];
        let name = created.metadata.as_ref().map_or(0, String::len);
        let fits = most.iter().all(|bytes| *bytes <= PARAMETERS_BYTES_MAX);
        if fits && name <= METADATA_BYTES_MAX { Ok(created) } else { Err(Unrecognizable) }
    }
}

/// Is this answer right?
#[derive(Clone, Debug)]
pub struct VerifyAuthChallengeResponse {
    /// The client.
    pub client: ClientId,
    /// Who signs in.
    pub person: Person,
    /// What [`Created::private`] was.
    pub private: Secret<String>,
    /// What the user gave.
    pub answer: Secret<String>,
    /// `ClientMetadata` of the answer.
    pub metadata: Option<Metadata>,
}

/// Whether it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// It is.
    Right,
    /// It is not.
    Wrong,
}

impl Call for VerifyAuthChallengeResponse {
    type Reply = Answered;
    const TRIGGER: Trigger = Trigger::VerifyAuthChallengeResponse;

    fn event(&self) -> Event {
        let mut request = self.person.request();
        let private: Value = serde_json::from_str(self.private.expose()).unwrap_or_default();
        request.insert("privateChallengeParameters".into(), private);
        request.insert("challengeAnswer".into(), json!(self.answer.expose()));
        put(&mut request, "clientMetadata", self.metadata.as_ref());
        event(
            "VerifyAuthChallengeResponse_Authentication",
            &self.person,
            &self.client,
            request,
            json!({ "answerCorrect": null }),
        )
    }

    fn reply(&self, response: &Fields) -> Result<Answered, Unrecognizable> {
        Ok(if response.flag("answerCorrect")? { Answered::Right } else { Answered::Wrong })
    }
}

fn event(
    source: &str,
    person: &Person,
    client: &ClientId,
    request: Map<String, Value>,
    response: Value,
) -> Event {
    Event {
        source: source.to_owned(),
        version: "1",
        user_name: person.user_name.clone(),
        client: Some(client.clone()),
        request: Value::Object(request),
        response,
    }
}
