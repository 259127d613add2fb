//! What a pool does about the risk of an attempt.

use std::net::IpAddr;

use poolhouse_wire::shapes::{
    AccountTakeoverEventActionType, CompromisedCredentialsEventActionType, EventFilterType,
    RiskDecisionType,
};

use super::settings::RiskSettings;
use super::{Demand, Level, Mode};

/// What is known of an attempt.
#[derive(Clone, Copy, Debug)]
pub struct Attempt {
    /// What is attempted.
    pub what: EventFilterType,
    /// From where, as far as it is known.
    pub address: Option<IpAddr>,
    /// How risky it is.
    pub level: Option<Level>,
    /// Whether the password is one that others know; none where no password was seen.
    pub compromised: Option<bool>,
}

/// Which message a user gets about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// `BlockEmail`
    Blocked,
    /// `MfaEmail`
    Mfa,
    /// `NoActionEmail`
    NoAction,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the attempt ends here.
    pub blocked: bool,
    /// What else is asked of it.
    pub demand: Demand,
    /// What is recorded as done.
    pub decision: RiskDecisionType,
    /// The risk that is recorded.
    pub level: Option<Level>,
    /// Whether it is recorded that others know the password.
    pub compromised: Option<bool>,
    /// What the user is told by mail.
    pub notice: Option<NoticeKind>,
}

impl Verdict {
    /// Nothing was looked at, nothing is done.
    pub const NOTHING: Self = Self {
        blocked: false,
        demand: Demand::None,
        decision: RiskDecisionType::NoRisk,
        level: None,
        compromised: None,
        notice: None,
    };

    /// Decides. An address that is always refused is refused before anything else; one that is
    /// always let through is not assessed at all. A password that others know ends an attempt
    /// whatever its risk. Where nothing is enforced nothing changes, and what was found is kept.
    pub fn of(mode: Mode, settings: &RiskSettings, attempt: Attempt) -> Self {
        if mode == Mode::Off {
            return Self::NOTHING;
        }
        let listed = |ranges: &[String]| {
            attempt.address.is_some_and(|address| RiskSettings::in_ranges(ranges, address))
        };
        let signs_in = attempt.what == EventFilterType::SignIn;
        let refused = signs_in && listed(settings.blocked_ranges());
        if !refused && listed(settings.skipped_ranges()) {
            return Self::NOTHING;
        }
        let found =
            Self { level: attempt.level, compromised: attempt.compromised, ..Self::NOTHING };
        if mode == Mode::Audit {
            return found;
        }
        let blocked = Self { blocked: true, decision: RiskDecisionType::Block, ..found };
        if refused || attempt.compromised == Some(true) && settings.blocks_compromised(attempt.what)
        {
            return blocked;
        }
        let Some(action) = attempt.level.and_then(|level| settings.action(level)) else {
            return found;
        };
        let notice = |kind| action.notify.then_some(kind);
        let demanding = |demand| Self {
            demand,
            decision: RiskDecisionType::AccountTakeover,
            notice: notice(NoticeKind::Mfa),
            ..found
        };
        match action.event_action {
            AccountTakeoverEventActionType::Block => {
                Self { notice: notice(NoticeKind::Blocked), ..blocked }
            }
            AccountTakeoverEventActionType::MfaIfConfigured => demanding(Demand::IfConfigured),
            AccountTakeoverEventActionType::MfaRequired => demanding(Demand::Required),
            AccountTakeoverEventActionType::NoAction => {
                Self { notice: notice(NoticeKind::NoAction), ..found }
            }
        }
    }
}

impl RiskSettings {
    /// Whether a password that others know ends this.
    pub fn blocks_compromised(&self, what: EventFilterType) -> bool {
        self.compromised.as_ref().is_some_and(|configured| {
            let events = configured.event_filter.as_deref();
            configured.actions.event_action == CompromisedCredentialsEventActionType::Block
                && events.is_none_or(|events| events.is_empty() || events.contains(&what))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn settings(value: Value) -> RiskSettings {
        serde_json::from_value(value).unwrap()
    }

    fn attempt(level: Option<Level>, compromised: Option<bool>, address: &str) -> Attempt {
        let address = Some(address.parse().unwrap());
        Attempt { what: EventFilterType::SignIn, address, level, compromised }
    }

    fn everything() -> RiskSettings {
        let action =
            |action: &str, notify: bool| json!({ "EventAction": action, "Notify": notify });
        settings(json!({
            "takeover": { "Actions": {
                "LowAction": action("NO_ACTION", true),
                "MediumAction": action("MFA_IF_CONFIGURED", false),
                "HighAction": action("BLOCK", true),
            }},
            "compromised": { "Actions": { "EventAction": "BLOCK" } },
            "exceptions": {
                "BlockedIPRangeList": ["203.0.113.0/24"],
                "SkippedIPRangeList": ["198.51.100.0/24", "203.0.113.7/32"],
            },
        }))
    }

    const HOME: &str = "192.0.2.1";

    #[test]
    fn each_level_has_its_action() {
        let settings = everything();
        let of = |level| Verdict::of(Mode::Enforced, &settings, attempt(level, None, HOME));
        assert_eq!(of(None), Verdict::NOTHING);
        let low = of(Some(Level::Low));
        assert_eq!(
            (low.blocked, low.demand, low.decision, low.notice),
            (false, Demand::None, RiskDecisionType::NoRisk, Some(NoticeKind::NoAction))
        );
        let medium = of(Some(Level::Medium));
        assert_eq!(
            (medium.blocked, medium.demand, medium.decision, medium.notice),
            (false, Demand::IfConfigured, RiskDecisionType::AccountTakeover, None)
        );
        let high = of(Some(Level::High));
        assert_eq!(
            (high.blocked, high.decision, high.notice),
            (true, RiskDecisionType::Block, Some(NoticeKind::Blocked))
        );
    }

    #[test]
    fn audit_finds_and_changes_nothing() {
        let settings = everything();
        for (level, compromised, address) in [
            (Some(Level::High), Some(true), HOME),
            (None, Some(true), HOME),
            (Some(Level::Low), None, "203.0.113.1"),
        ] {
            let verdict = Verdict::of(Mode::Audit, &settings, attempt(level, compromised, address));
            assert_eq!(verdict, Verdict { level, compromised, ..Verdict::NOTHING });
            let off = Verdict::of(Mode::Off, &settings, attempt(level, compromised, address));
            assert_eq!(off, Verdict::NOTHING);
        }
    }

    #[test]
    fn exceptions_go_first() {
        let settings = everything();
        let of = |address| {
            let attempt = attempt(Some(Level::High), Some(true), address);
            Verdict::of(Mode::Enforced, &settings, attempt)
        };
        assert_eq!(of("198.51.100.9"), Verdict::NOTHING);
        assert!(of("203.0.113.7").blocked, "refused wins over let through");
        let calm = Verdict::of(Mode::Enforced, &settings, attempt(None, None, "203.0.113.1"));
        assert_eq!((calm.blocked, calm.decision), (true, RiskDecisionType::Block));
        let what = EventFilterType::SignUp;
        let new = Attempt { what, ..attempt(None, None, "203.0.113.1") };
        assert!(!Verdict::of(Mode::Enforced, &settings, new).blocked, "only sign-ins are refused");
    }

    #[test]
    fn a_known_password_is_refused_where_the_filter_says_so() {
        use EventFilterType::{PasswordChange, SignIn, SignUp};
        for (filter, action, what, blocked) in [
            (json!(null), "BLOCK", SignUp, true),
            (json!([]), "BLOCK", SignIn, true),
            (json!(["SIGN_IN"]), "BLOCK", SignIn, true),
            (json!(["SIGN_IN"]), "BLOCK", PasswordChange, false),
            (json!(["SIGN_UP", "PASSWORD_CHANGE"]), "BLOCK", SignIn, false),
            (json!(null), "NO_ACTION", SignIn, false),
        ] {
            let actions = json!({ "EventAction": action });
            let configured = json!({ "EventFilter": filter, "Actions": actions });
            let settings = settings(json!({ "compromised": configured }));
            let attempt = Attempt { what, ..attempt(None, Some(true), HOME) };
            let verdict = Verdict::of(Mode::Enforced, &settings, attempt);
            assert_eq!((verdict.blocked, verdict.compromised), (blocked, Some(true)), "{filter}");
        }
        let verdict =
            Verdict::of(Mode::Enforced, &RiskSettings::default(), attempt(None, Some(true), HOME));
        assert!(!verdict.blocked);
    }
}
