//! The message that tells a user of a risky sign-in.
//!
//! It holds no code and opens nothing. Placeholders for links that are followed with one click are
//! left empty: there is no page yet that they could lead to.

use poolhouse_wire::shapes::{NotifyConfigurationType, NotifyEmailType};

use super::event::{AuthEvent, Context};
use super::verdict::NoticeKind;
use crate::message::Medium;
use crate::secret::Secret;
use crate::time::Timestamp;
use crate::user::template::{Text, notification};

const BLOCKED_SUBJECT: &str = "Blocked sign-in attempt";
const NEW_SUBJECT: &str = "New sign-in attempt";
const BLOCKED_BODY: &str = "A sign-in to your account {username} was refused because it looked \
    unlike you.\nTime: {login-time}\nAddress: {ip-address}\nPlace: {city}, {country}\nDevice: \
    {device-name}\nIf this was not you, change your password.";
const NEW_BODY: &str = "There was a sign-in to your account {username} that looked unlike you.\n\
    Time: {login-time}\nAddress: {ip-address}\nPlace: {city}, {country}\nDevice: {device-name}\n\
    If this was not you, change your password.";

/// What stands for something that is not known.
const UNKNOWN: &str = "unknown";

/// The words of the message about an event, in the pool's template if it has one for this kind.
pub fn text(
    kind: NoticeKind,
    configuration: Option<&NotifyConfigurationType>,
    username: &str,
    event: &AuthEvent,
    feedback_token: &str,
) -> Text {
    let template = configuration.and_then(|configuration| match kind {
        NoticeKind::Blocked => configuration.block_email.as_ref(),
        NoticeKind::Mfa => configuration.mfa_email.as_ref(),
        NoticeKind::NoAction => configuration.no_action_email.as_ref(),
    });
    let (subject, body) = match kind {
        NoticeKind::Blocked => (BLOCKED_SUBJECT, BLOCKED_BODY),
        NoticeKind::Mfa | NoticeKind::NoAction => (NEW_SUBJECT, NEW_BODY),
    };
    let own = |mail: &NotifyEmailType| mail.html_body.clone().or_else(|| mail.text_body.clone());
    let subject = template.map_or(subject, |mail| mail.subject.as_str());
    let body = template.and_then(own).unwrap_or_else(|| body.replace('\n', "<br>"));
    let place = event.context.place.as_ref();
    let address = address(&event.context);
    let time = utc(event.created);
    let values = [
        ("{ip-address}", address.as_str()),
        ("{city}", place.map_or(UNKNOWN, |place| place.city.as_str())),
        ("{country}", place.map_or(UNKNOWN, |place| place.country.as_str())),
        ("{login-time}", time.as_str()),
        ("{device-name}", event.context.device.as_deref().unwrap_or(UNKNOWN)),
        ("{one-click-link-valid}", ""),
        ("{one-click-link-invalid}", ""),
        ("{event-id}", event.id.as_str()),
        ("{feedback-token}", feedback_token),
        ("{username}", username),
    ];
    notification(Medium::Email, subject, &body, &values)
}

/// What a custom sender is told of an event in place of a text.
pub fn facts(
    kind: NoticeKind,
    username: &str,
    event: &AuthEvent,
    feedback_token: &str,
) -> Vec<(&'static str, String)> {
    let action = match kind {
        NoticeKind::Blocked => "BLOCK",
        NoticeKind::Mfa => "MFA",
        NoticeKind::NoAction => "NO_ACTION",
    };
    let context = &event.context;
    let place = context.place.as_ref();
    let known = [
        ("CITY", place.map(|place| place.city.clone())),
        ("COUNTRY", place.map(|place| place.country.clone())),
        ("DEVICE_NAME", context.device.clone()),
    ];
    let mut facts = vec![
        ("EVENT_ID", event.id.clone()),
        ("USER_NAME", username.to_owned()),
        ("IP_ADDRESS", address(context)),
        ("ACCOUNT_TAKE_OVER_ACTION", action.to_owned()),
        ("ONE_CLICK_LINK_VALID", String::new()),
        ("ONE_CLICK_LINK_INVALID", String::new()),
        ("LOGIN_TIME", utc(event.created)),
        ("FEEDBACK_TOKEN", feedback_token.to_owned()),
    ];
    facts.extend(known.into_iter().filter_map(|(name, value)| Some((name, value?))));
    facts
}

/// The code of a message that has none.
pub fn no_code() -> Secret<String> {
    Secret::new(String::new())
}

fn address(context: &Context) -> String {
    context.address.map_or_else(|| UNKNOWN.to_owned(), |address| address.to_string())
}

/// `2026-01-05 12:00:00 UTC`.
fn utc(at: Timestamp) -> String {
    let seconds = at.as_secs();
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Civil from days: Howard Hinnant, "chrono-compatible low-level date algorithms".
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_index + 2) / 5 + 1;
    let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{PoolId, Sub};
    use crate::risk::event::{Findings, Place};
    use poolhouse_wire::shapes::{EventResponseType, EventType};
    use serde_json::json;

    fn event() -> AuthEvent {
        let place =
            Place { country: "DE".into(), city: "Berlin".into(), latitude: 0.0, longitude: 0.0 };
        AuthEvent {
            id: "event-1".into(),
            pool: PoolId::new("us-east-1_AAAAAAAAA"),
            sub: Sub::new("s"),
            created: Timestamp::from_secs(1_767_614_400),
            kind: EventType::SignIn,
            response: EventResponseType::Fail,
            findings: Findings::default(),
            context: Context::new("192.0.2.1".parse().ok(), Some("<b>Fox</b> {city}"), Some(place)),
            feedback: None,
        }
    }

    #[test]
    fn the_template_of_the_kind_is_filled() {
        let configuration = serde_json::from_value(json!({
            "SourceArn": "arn:x", "BlockEmail": {
                "Subject": "No", "HtmlBody": "{username} {ip-address} {city} {country} {login-time} \
                 {device-name} {event-id} {feedback-token}[{one-click-link-valid}]",
            },
        })).unwrap();
        let text = text(NoticeKind::Blocked, Some(&configuration), "ada", &event(), "token");
        assert_eq!(text.subject.as_deref(), Some("No"));
        assert_eq!(
            text.body.expose(),
            "ada 192.0.2.1 Berlin DE 2026-01-05 12:00:00 UTC &lt;b&gt;Fox&lt;/b&gt; {city} event-1 \
             token[]"
        );
    }

    #[test]
    fn without_a_template_there_is_a_default() {
        for (kind, subject) in [
            (NoticeKind::Blocked, "Blocked sign-in attempt"),
            (NoticeKind::Mfa, "New sign-in attempt"),
            (NoticeKind::NoAction, "New sign-in attempt"),
        ] {
            let text = text(kind, None, "ada", &event(), "token");
            assert_eq!(text.subject.as_deref(), Some(subject));
            assert!(text.body.expose().contains("Place: Berlin, DE<br>"));
            assert!(!text.body.expose().contains("token"));
        }
    }

    #[test]
    fn dates_are_civil() {
        for (seconds, text) in [
            (0, "1970-01-01 00:00:00 UTC"),
            (951_827_696, "2000-02-29 12:34:56 UTC"),
            (1_798_761_599, "2026-12-31 23:59:59 UTC"),
        ] {
            assert_eq!(utc(Timestamp::from_secs(seconds)), text);
        }
    }
}
