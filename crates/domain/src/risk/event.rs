//! What a user did that concerns their credentials, as it is recorded and shown.

use std::net::IpAddr;

use poolhouse_wire::EpochSeconds;
use poolhouse_wire::shapes::{
    AuthEventType, ChallengeResponseType, EventContextDataType, EventFeedbackType, EventRiskType,
};
pub use poolhouse_wire::shapes::{
    ChallengeName, ChallengeResponse, EventResponseType, EventType, FeedbackValueType,
    RiskDecisionType, RiskLevelType,
};
use serde::{Deserialize, Serialize};

use super::Level;
use crate::id::{PoolId, Sub};
use crate::time::Timestamp;

/// Characters of a device's name that are kept.
pub const DEVICE_CHARS_MAX: usize = 200;

/// An event of a user.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthEvent {
    /// A UUID.
    pub id: String,
    /// The pool.
    pub pool: PoolId,
    /// The user.
    pub sub: Sub,
    /// When it happened.
    pub created: Timestamp,
    /// What was tried.
    pub kind: EventType,
    /// What came of it.
    pub response: EventResponseType,
    /// What was found about it.
    pub findings: Findings,
    /// Where it came from: personal, sealed at rest.
    pub context: Context,
    /// What was said about it afterwards.
    pub feedback: Option<Feedback>,
}

/// What was found about an attempt.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// What was proven, or was not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proofs: Vec<Proof>,
    /// What was done about the risk; none where no risk was assessed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<RiskDecisionType>,
    /// How risky it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<RiskLevelType>,
    /// Whether the password is one that others know; none where no password was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compromised: Option<bool>,
}

/// A proof of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Of what.
    pub name: ChallengeName,
    /// Whether it held.
    pub response: ChallengeResponse,
}

/// Where an attempt came from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Context {
    /// The address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<IpAddr>,
    /// What the device calls itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// Where the address is, if the operator has a table of places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// A place on earth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The country.
    pub country: String,
    /// The city.
    pub city: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// What was said about an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Feedback {
    /// Whether it was the user.
    pub value: FeedbackValueType,
    /// Who said so: `Admin` or `User`.
    pub provider: String,
    /// When.
    pub at: Timestamp,
}

impl Findings {
    /// A single proof.
    pub fn proof(name: ChallengeName, held: bool) -> Self {
        let response = if held { ChallengeResponse::Success } else { ChallengeResponse::Failure };
        Self { proofs: vec![Proof { name, response }], ..Self::default() }
    }
}

impl Context {
    /// Of a request from this address that calls its device so.
    pub fn new(address: Option<IpAddr>, device: Option<&str>, place: Option<Place>) -> Self {
        let clean = |name: &str| -> String {
            name.chars().filter(|c| !c.is_control()).take(DEVICE_CHARS_MAX).collect()
        };
        let device = device.map(clean).filter(|name| !name.is_empty());
        Self { address: address.map(|address| address.to_canonical()), device, place }
    }
}

impl AuthEvent {
    /// As AdminListUserAuthEvents shows it.
    pub fn shown(&self) -> AuthEventType {
        let challenges = self.findings.proofs.iter().map(|proof| ChallengeResponseType {
            challenge_name: Some(proof.name),
            challenge_response: Some(proof.response),
        });
        let risk = &self.findings;
        AuthEventType {
            challenge_responses: Some(challenges.collect()),
            creation_date: Some(epoch(self.created)),
            event_context_data: Some(EventContextDataType {
                city: self.context.place.as_ref().map(|place| place.city.clone()),
                country: self.context.place.as_ref().map(|place| place.country.clone()),
                device_name: self.context.device.clone(),
                ip_address: self.context.address.map(|address| address.to_string()),
                timezone: None,
            }),
            event_feedback: self.feedback.as_ref().map(|feedback| EventFeedbackType {
                feedback_date: Some(epoch(feedback.at)),
                feedback_value: feedback.value,
                provider: feedback.provider.clone(),
            }),
            event_id: Some(self.id.clone()),
            event_response: Some(self.response),
            event_risk: Some(EventRiskType {
                compromised_credentials_detected: Some(risk.compromised == Some(true)),
                risk_decision: Some(risk.decision.unwrap_or(RiskDecisionType::NoRisk)),
                risk_level: risk.level,
            }),
            event_type: Some(self.kind),
        }
    }
}

impl From<Level> for RiskLevelType {
    fn from(level: Level) -> Self {
        match level {
            Level::Low => Self::Low,
            Level::Medium => Self::Medium,
            Level::High => Self::High,
        }
    }
}

fn epoch(at: Timestamp) -> EpochSeconds {
    EpochSeconds::from_millis(at.as_millis())
}
