//! Texts of messages: a pool's templates with the user's name and code in them.
//!
//! It decides what a message says. It neither draws codes nor sends anything.
//!
//! Bodies of emails are HTML, as they are in the templates, so what is put into them is escaped;
//! text messages are plain. A value that is put in is never looked into for placeholders: a user
//! named `{####}` gets no code into the name.
//!
//! Sources: `VerificationMessageTemplateType` and `MessageTemplateType` in the API reference;
//! "Customizing email and SMS messages" in the developer guide.
//!
//! Not verified against AWS: a verification template without `{####}` is sent as it is, because the
//! model lets none through. The link of a confirmation leads to the server's public address.

use poolhouse_wire::shapes::{
    DefaultEmailOptionType, MessageTemplateType, VerificationMessageTemplateType,
};

use crate::message::Medium;
use crate::secret::Secret;
use crate::trigger::CustomText;

const CODE: &str = "{####}";
const USERNAME: &str = "{username}";

const VERIFICATION_BODY: &str = "Your verification code is {####}. ";
const VERIFICATION_SUBJECT: &str = "Your verification code";
const LINK_BEGIN: &str = "{##";
const LINK_END: &str = "##}";
const LINK_BODY: &str =
    "Please click the link below to verify your email address. {##Verify Email##} ";
const LINK_SUBJECT: &str = "Your verification link";
const RESET_BODY: &str = "Your password reset code is {####}. ";
const RESET_SUBJECT: &str = "Your password reset code";
const INVITATION_BODY: &str = "Your username is {username} and temporary password is {####}. ";
const INVITATION_SUBJECT: &str = "Your temporary password";
const PASSWORDLESS_INVITATION_BODY: &str = "Your username is {username}. ";

const AUTHENTICATION_BODY: &str = "Your authentication code is {####}. ";
const AUTHENTICATION_SUBJECT: &str = "Your authentication code";

/// What a message says.
#[derive(Clone, Debug)]
pub struct Text {
    /// The subject, of an email alone: one line.
    pub subject: Option<String>,
    /// The body: HTML in an email, plain in a text message.
    pub body: Secret<String>,
}

/// Whether sign-ups are confirmed by a link in an email.
pub fn by_link(template: &VerificationMessageTemplateType) -> bool {
    template.default_email_option == Some(DefaultEmailOptionType::ConfirmWithLink)
}

/// The message by which a sign-up is confirmed, sent at once or again: that of [`verification`], or
/// where the pool confirms by link an email in which [`linked`] has yet to put the link.
pub fn confirmation(
    medium: Medium,
    template: Option<&VerificationMessageTemplateType>,
    sms_message: Option<&str>,
    code: &Secret<String>,
) -> Text {
    match template.filter(|template| medium == Medium::Email && by_link(template)) {
        None => verification(medium, template, sms_message, code),
        Some(template) => {
            let body = template.email_message_by_link.as_deref().unwrap_or(LINK_BODY);
            let subject = template.email_subject_by_link.as_deref().unwrap_or(LINK_SUBJECT);
            Text {
                subject: subject_of(medium, subject),
                body: fill(medium, body, &[(CODE, code.expose().as_str())]),
            }
        }
    }
}

/// Puts a link in place of each `{##text##}`; the text is the operator's and HTML.
pub fn linked(body: &Secret<String>, link: &Secret<String>) -> Secret<String> {
    let mut rest = body.expose().as_str();
    let room = rest.matches(LINK_BEGIN).count().saturating_mul(link.expose().len() * 6 + 16);
    let mut filled = String::with_capacity(rest.len().saturating_add(room));
    while let Some((before, after)) = rest.split_once(LINK_BEGIN) {
        let Some((text, behind)) = after.split_once(LINK_END) else { break };
        filled.push_str(before);
        filled.push_str("<a href=\"");
        push_value(&mut filled, Medium::Email, link.expose());
        filled.push_str("\">");
        filled.push_str(text);
        filled.push_str("</a>");
        rest = behind;
    }
    filled.push_str(rest);
    Secret::new(filled)
}

/// The message with a code that verifies an address. `sms_message` is the pool's
/// `SmsVerificationMessage`, which counts where the template has no text of its own.
pub fn verification(
    medium: Medium,
    template: Option<&VerificationMessageTemplateType>,
    sms_message: Option<&str>,
    code: &Secret<String>,
) -> Text {
    coded(medium, template, sms_message, (VERIFICATION_BODY, VERIFICATION_SUBJECT), code)
}

/// The message with a code for a new password: a text of its own, unless the pool has changed that
/// of its verification messages.
pub fn reset(
    medium: Medium,
    template: Option<&VerificationMessageTemplateType>,
    code: &Secret<String>,
) -> Text {
    coded(medium, template, None, (RESET_BODY, RESET_SUBJECT), code)
}

fn coded(
    medium: Medium,
    template: Option<&VerificationMessageTemplateType>,
    sms_message: Option<&str>,
    (default_body, default_subject): (&str, &str),
    code: &Secret<String>,
) -> Text {
    let (body, subject) = match medium {
        Medium::Email => (
            template.and_then(|template| template.email_message.as_deref()),
            template.and_then(|template| template.email_subject.as_deref()),
        ),
        Medium::Sms => {
            (template.and_then(|template| template.sms_message.as_deref()).or(sms_message), None)
        }
    };
    let values = [(CODE, code.expose().as_str())];
    Text {
        subject: subject_of(medium, subject.unwrap_or(default_subject)),
        body: fill(medium, body.unwrap_or(default_body), &values),
    }
}

/// The message with a code that signs a user in; `own` is the pool's body and subject.
pub fn authentication(
    medium: Medium,
    own: (Option<&str>, Option<&str>),
    code: &Secret<String>,
) -> Text {
    let (body, subject) = own;
    Text {
        subject: subject_of(medium, subject.unwrap_or(AUTHENTICATION_SUBJECT)),
        body: fill(medium, body.unwrap_or(AUTHENTICATION_BODY), &[(CODE, code.expose().as_str())]),
    }
}

/// The invitation of a user whom an administrator created. A template that leaves out the temporary
/// password of a user who has one says nothing that helps: then there is no message.
pub fn invitation(
    medium: Medium,
    template: Option<&MessageTemplateType>,
    username: &str,
    password: Option<&Secret<String>>,
) -> Option<Text> {
    let (body, subject) = match medium {
        Medium::Email => (
            template.and_then(|template| template.email_message.as_deref()),
            template.and_then(|template| template.email_subject.as_deref()),
        ),
        Medium::Sms => (template.and_then(|template| template.sms_message.as_deref()), None),
    };
    let standard = if password.is_some() { INVITATION_BODY } else { PASSWORDLESS_INVITATION_BODY };
    let body = body.unwrap_or(standard);
    if password.is_some() && !body.contains(CODE) {
        return None;
    }
    let password = password.map_or("", |password| password.expose().as_str());
    Some(Text {
        subject: subject_of(medium, subject.unwrap_or(INVITATION_SUBJECT)),
        body: fill(medium, body, &[(USERNAME, username), (CODE, password)]),
    })
}

/// A message that tells of something and holds no code: values in place of placeholders.
pub fn notification(medium: Medium, subject: &str, body: &str, values: &[(&str, &str)]) -> Text {
    Text { subject: subject_of(medium, subject), body: fill(medium, body, values) }
}

/// The texts of a CustomMessage trigger in place of the pool's own, each where there is one.
/// `username` is put in where the message is an invitation.
pub fn customised(
    text: Text,
    custom: &CustomText,
    medium: Medium,
    username: Option<&str>,
    code: &Secret<String>,
) -> Text {
    let mut values = vec![(CODE, code.expose().as_str())];
    values.extend(username.map(|name| (USERNAME, name)));
    Text {
        subject: match &custom.subject {
            Some(subject) => subject_of(medium, subject),
            None => text.subject,
        },
        body: match &custom.body {
            Some(body) => fill(medium, body, &values),
            None => text.body,
        },
    }
}

/// A subject is a header: nothing in it may end its line.
fn subject_of(medium: Medium, subject: &str) -> Option<String> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    (medium == Medium::Email).then(|| subject.replace(breaks, ""))
}

/// Puts values in place of placeholders, from left to right and once.
fn fill(medium: Medium, template: &str, values: &[(&str, &str)]) -> Secret<String> {
    // Reserved at once, so that no half-filled copy is left behind: each value can come again and
    // again, and each of its characters can become six.
    let most = |(placeholder, value): &(&str, &str)| {
        template.matches(placeholder).count().saturating_mul(value.len()).saturating_mul(6)
    };
    let room = values.iter().map(most).fold(template.len(), usize::saturating_add);
    let mut filled = String::with_capacity(room);
    let mut rest = template;
    while let Some(c) = rest.chars().next() {
        match values.iter().find_map(|(p, value)| Some((rest.strip_prefix(p)?, value))) {
            Some((after, value)) => {
                push_value(&mut filled, medium, value);
                rest = after;
            }
            None => {
                filled.push(c);
                rest = rest.split_at_checked(c.len_utf8()).map_or("", |(_, after)| after);
            }
        }
    }
    Secret::new(filled)
}

fn push_value(text: &mut String, medium: Medium, value: &str) {
    for c in value.chars() {
        match (medium, c) {
            (Medium::Email, '&') => text.push_str("&amp;"),
            (Medium::Email, '<') => text.push_str("&lt;"),
            (Medium::Email, '>') => text.push_str("&gt;"),
            (Medium::Email, '"') => text.push_str("&quot;"),
            (Medium::Email, '\'') => text.push_str("&#39;"),
            (_, c) => text.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn secret(text: &str) -> Secret<String> {
        Secret::new(text.to_owned())
    }

    fn parts(text: &Text) -> (Option<&str>, &str) {
        (text.subject.as_deref(), text.body.expose())
    }

    #[test]
    fn a_pool_that_confirms_by_link_does_so_by_email_alone() {
        let by_link = VerificationMessageTemplateType {
            default_email_option: Some(DefaultEmailOptionType::ConfirmWithLink),
            ..VerificationMessageTemplateType::default()
        };
        let confirm = |medium| confirmation(medium, Some(&by_link), None, &secret("123456"));
        let email = confirm(Medium::Email);
        assert_eq!(email.subject.as_deref(), Some("Your verification link"));
        let body = linked(&email.body, &secret("https://x.example/?a=1&b=\""));
        assert_eq!(
            body.expose(),
            "Please click the link below to verify your email address. \
             <a href=\"https://x.example/?a=1&amp;b=&quot;\">Verify Email</a> "
        );
        assert_eq!(confirm(Medium::Sms).body.expose(), "Your verification code is 123456. ");
        let by_code = VerificationMessageTemplateType {
            default_email_option: Some(DefaultEmailOptionType::ConfirmWithCode),
            ..VerificationMessageTemplateType::default()
        };
        for template in [None, Some(&by_code)] {
            let text = confirmation(Medium::Email, template, None, &secret("123456"));
            assert_eq!(text.body.expose(), "Your verification code is 123456. ");
        }
    }

    #[test]
    fn what_is_no_placeholder_of_a_link_stays() {
        let link = secret("l");
        for (body, expected) in [
            ("{##a##}{##b##}", "<a href=\"l\">a</a><a href=\"l\">b</a>"),
            ("{##a", "{##a"),
            ("##} {##a##}", "##} <a href=\"l\">a</a>"),
            ("{##{##a##}", "<a href=\"l\">{##a</a>"),
        ] {
            assert_eq!(linked(&secret(body), &link).expose(), expected);
        }
    }

    fn invite(medium: Medium, message: &str, username: &str, password: &str) -> Option<String> {
        let template = MessageTemplateType {
            email_message: Some(message.to_owned()),
            email_subject: None,
            sms_message: Some(message.to_owned()),
        };
        let text = invitation(medium, Some(&template), username, Some(&secret(password)));
        text.map(|text| text.body.expose().clone())
    }

    #[test]
    fn defaults_are_those_of_the_service() {
        let code = secret("123456");
        let email = verification(Medium::Email, None, None, &code);
        let body = "Your verification code is 123456. ";
        assert_eq!(parts(&email), (Some("Your verification code"), body));
        assert_eq!(parts(&verification(Medium::Sms, None, None, &code)), (None, body));
        let email = invitation(Medium::Email, None, "alice", Some(&secret("Pass-1"))).unwrap();
        let body = "Your username is alice and temporary password is Pass-1. ";
        assert_eq!(parts(&email), (Some("Your temporary password"), body));
    }

    #[test]
    fn the_pools_templates_are_used() {
        let template = VerificationMessageTemplateType {
            email_message: Some("<b>{####}</b>".into()),
            email_subject: Some("Hi".into()),
            sms_message: Some("text {####}".into()),
            ..VerificationMessageTemplateType::default()
        };
        let code = secret("123456");
        let email = verification(Medium::Email, Some(&template), Some("old {####}"), &code);
        assert_eq!(parts(&email), (Some("Hi"), "<b>123456</b>"));
        let text = verification(Medium::Sms, Some(&template), Some("old {####}"), &code);
        assert_eq!(parts(&text), (None, "text 123456"));
        let without = VerificationMessageTemplateType::default();
        let text = verification(Medium::Sms, Some(&without), Some("old {####}"), &code);
        assert_eq!(parts(&text), (None, "old 123456"));
    }

    #[test]
    fn values_are_not_looked_into() {
        let body = invite(Medium::Sms, "{username}/{####}/{username}", "{####}", "{username}");
        assert_eq!(body.unwrap(), "{####}/{username}/{####}");
        let body = invite(Medium::Sms, "{{####}}{####", "u", "p");
        assert_eq!(body.unwrap(), "{p}{####");
    }

    #[test]
    fn an_email_is_html_and_a_text_message_is_not() {
        let message = "<p>{username} {####}</p>";
        let email = invite(Medium::Email, message, "<a href='x'>", "a&b\"c").unwrap();
        assert_eq!(email, "<p>&lt;a href=&#39;x&#39;&gt; a&amp;b&quot;c</p>");
        let text = invite(Medium::Sms, message, "<i>", "a&b").unwrap();
        assert_eq!(text, "<p><i> a&b</p>");
    }

    #[test]
    fn a_subject_is_one_line() {
        let template = VerificationMessageTemplateType {
            email_subject: Some("Hi\r\nBcc: mallory@example.com\u{2028}\t\0!".into()),
            ..VerificationMessageTemplateType::default()
        };
        let email = verification(Medium::Email, Some(&template), None, &secret("1"));
        assert_eq!(email.subject.unwrap(), "HiBcc: mallory@example.com!");
    }

    #[test]
    fn an_invitation_that_leaves_out_the_password_is_not_sent() {
        assert_eq!(invite(Medium::Email, "Welcome {username}", "alice", "Pass-1"), None);
        let template = MessageTemplateType {
            email_message: Some("Welcome {username}".into()),
            ..MessageTemplateType::default()
        };
        let text = invitation(Medium::Email, Some(&template), "alice", None).unwrap();
        assert_eq!(text.body.expose(), "Welcome alice");
    }

    #[test]
    fn a_text_is_not_printed() {
        let text = verification(Medium::Sms, None, None, &secret("123456"));
        assert!(!format!("{text:?}").contains("123456"));
    }

    proptest! {
        #[test]
        fn every_placeholder_is_filled_once(
            texts in prop::collection::vec("[^{}]{0,8}", 1..5),
            username: String,
        ) {
            let filled = fill(Medium::Sms, &texts.join(USERNAME), &[(USERNAME, &username)]);
            prop_assert_eq!(filled.expose(), &texts.join(&username));
        }

        #[test]
        fn a_name_is_no_markup(username: String) {
            let filled = fill(Medium::Email, USERNAME, &[(USERNAME, &username)]);
            prop_assert!(!filled.expose().contains(['<', '>', '"', '\'']));
        }
    }
}
