//! Threat protection: how risky a sign-in is, and what a pool does about it.
//!
//! It decides from values alone: what is known of earlier sign-ins, where the request comes from,
//! what the pool configured. It knows nothing of where those are kept, and it never sees a password:
//! that one is known to others is told to it.
//!
//! Sources: "Advanced security with threat protection" in the developer guide; the page of
//! SetRiskConfiguration in the API reference. How AWS scores is not published: the score in
//! [`score`] is Poolhouse's own.

pub mod address;
pub mod event;
pub mod notice;
pub mod score;
pub mod settings;
pub mod verdict;

/// What a pool does with risks: `UserPoolAddOns.AdvancedSecurityMode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Nothing is assessed and nothing recorded.
    Off,
    /// Risks are assessed and recorded, and change nothing.
    Audit,
    /// Risks are acted on.
    Enforced,
}

/// How risky an attempt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `Low`
    Low,
    /// `Medium`
    Medium,
    /// `High`
    High,
}

/// What a risk asks of a sign-in beyond what the pool asks of everybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Demand {
    /// Nothing.
    #[default]
    None,
    /// A second factor of a user who has one.
    IfConfigured,
    /// A second factor; who has none is refused.
    Required,
}

/// Why an operation of threat protection was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RiskRefusal {
    /// The pool's threat protection is off.
    AddOnOff,
    /// Users are to be notified and it is not said how.
    NotifyConfigurationMissing,
    /// A message for users has neither an HTML nor a plain text.
    NotifyTextMissing,
    /// A range of addresses that is none.
    IpRange,
    /// The user has no such event.
    EventNotFound,
    /// A feedback token that is not good for this event.
    FeedbackToken,
}
