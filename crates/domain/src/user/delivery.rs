//! Which of a user's addresses gets a message, and the message for the outbox.
//!
//! It decides where a sign-up code and an invitation go. It neither draws codes nor sends anything.
//!
//! Sources: "Verifying contact information at sign-up" in the developer guide;
//! `DesiredDeliveryMediums` of AdminCreateUser in the API reference.
//!
//! Not verified against AWS: an invitation by several media of which the user lacks one (here:
//! refused, as if it were the only one).

use poolhouse_wire::shapes::{DeliveryMediumType, VerifiedAttributeType};
use rand_core::RngCore;

use super::User;
use super::attribute::Attributes;
use super::template::Text;
use crate::error::UserStateRefusal;
use crate::message::{Medium, Message};
use crate::rng;
use crate::secret::Secret;
use crate::time::Timestamp;

/// Why a message is sent. The names are those of the sources of the custom message trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// A code after SignUp.
    SignUp,
    /// A code after ResendConfirmationCode.
    ResendCode,
    /// A temporary password after AdminCreateUser, also when it is sent again.
    AdminCreateUser,
    /// News of a sign-in that looked unlike the user.
    AccountTakeOverNotification,
    /// A code after an address was changed.
    UpdateUserAttribute,
    /// A code at sign-in, as the first or the second factor.
    Authentication,
    /// A code that verifies an address, after GetUserAttributeVerificationCode.
    VerifyUserAttribute,
    /// A code for a new password, after ForgotPassword or AdminResetUserPassword.
    ForgotPassword,
}

impl MessageKind {
    /// The name under which the outbox keeps it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignUp => "SignUp",
            Self::ResendCode => "ResendCode",
            Self::AdminCreateUser => "AdminCreateUser",
            Self::AccountTakeOverNotification => "AccountTakeOverNotification",
            Self::UpdateUserAttribute => "UpdateUserAttribute",
            Self::Authentication => "Authentication",
            Self::VerifyUserAttribute => "VerifyUserAttribute",
            Self::ForgotPassword => "ForgotPassword",
        }
    }
}

/// Where the code of a sign-up goes: to one attribute that the pool verifies by itself and the user
/// has, a phone before an email. Without one there is nothing to send, and that is no error.
pub fn confirmation_medium(
    auto_verified: &[VerifiedAttributeType],
    attributes: &Attributes,
) -> Option<Medium> {
    [
        (VerifiedAttributeType::PhoneNumber, Medium::Sms),
        (VerifiedAttributeType::Email, Medium::Email),
    ]
    .into_iter()
    .find(|(verified, medium)| auto_verified.contains(verified) && has(attributes, *medium))
    .map(|(_, medium)| medium)
}

/// Where an invitation goes. Without `DesiredDeliveryMediums` it is a text message, and none for a
/// user without a number.
///
/// # Errors
/// `NoAddressFor` a medium that was asked for, if the user has no such attribute.
pub fn invitation_media(
    desired: &[DeliveryMediumType],
    attributes: &Attributes,
) -> Result<Vec<Medium>, UserStateRefusal> {
    if desired.is_empty() {
        return Ok(has(attributes, Medium::Sms).then_some(Medium::Sms).into_iter().collect());
    }
    let mut media = Vec::new();
    for wanted in desired {
        let medium = match wanted {
            DeliveryMediumType::Sms => Medium::Sms,
            DeliveryMediumType::Email => Medium::Email,
        };
        if !has(attributes, medium) {
            return Err(UserStateRefusal::NoAddressFor(medium.attribute()));
        }
        if !media.contains(&medium) {
            media.push(medium);
        }
    }
    Ok(media)
}

fn has(attributes: &Attributes, medium: Medium) -> bool {
    attributes.get(medium.attribute()).is_some_and(|value| !value.is_empty())
}

/// A message to a user for the outbox; none if the user has no address for the medium.
pub fn message(
    user: &User,
    kind: MessageKind,
    medium: Medium,
    text: Text,
    code: &Secret<String>,
    now: Timestamp,
    rng: &mut dyn RngCore,
) -> Option<Message> {
    let destination = user.attributes.get(medium.attribute()).filter(|to| !to.is_empty())?;
    Some(message_to(user, kind, medium, destination, text, code, now, rng))
}

/// A message to an address that need not be the user's yet.
#[expect(clippy::too_many_arguments, reason = "they are what a message is made of")]
pub fn message_to(
    user: &User,
    kind: MessageKind,
    medium: Medium,
    destination: &str,
    text: Text,
    code: &Secret<String>,
    now: Timestamp,
    rng: &mut dyn RngCore,
) -> Message {
    Message {
        id: rng::uuid(rng),
        pool: user.pool.clone(),
        sub: user.sub.clone(),
        medium,
        kind: kind.as_str().to_owned(),
        destination: Secret::new(destination.to_owned()),
        subject: text.subject,
        body: text.body,
        code: code.clone(),
        created: now,
        expires: None,
        call: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{PoolId, Sub};
    use crate::user::{MfaPreference, UserStatus, template};
    use VerifiedAttributeType::{Email, PhoneNumber};
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    fn attributes(pairs: &[(&str, &str)]) -> Attributes {
        pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
    }

    #[test]
    fn a_confirmation_goes_to_the_phone_before_the_email() {
        let both = attributes(&[("email", "a@b.example"), ("phone_number", "+15550100")]);
        let email = attributes(&[("email", "a@b.example")]);
        assert_eq!(confirmation_medium(&[Email, PhoneNumber], &both), Some(Medium::Sms));
        assert_eq!(confirmation_medium(&[Email], &both), Some(Medium::Email));
        assert_eq!(confirmation_medium(&[Email, PhoneNumber], &email), Some(Medium::Email));
    }

    #[test]
    fn nothing_is_sent_where_nothing_is_verified_or_there_is_no_address() {
        let email = attributes(&[("email", "a@b.example")]);
        assert_eq!(confirmation_medium(&[], &email), None);
        assert_eq!(confirmation_medium(&[PhoneNumber], &email), None);
        assert_eq!(confirmation_medium(&[Email], &attributes(&[])), None);
        assert_eq!(confirmation_medium(&[Email], &attributes(&[("email", "")])), None);
    }

    #[test]
    fn an_invitation_goes_where_it_was_asked_for_or_by_text_message_or_nowhere() {
        use DeliveryMediumType::{Email, Sms};
        let both = attributes(&[("email", "a@b.example"), ("phone_number", "+15550100")]);
        let email = attributes(&[("email", "a@b.example")]);
        assert_eq!(invitation_media(&[], &both), Ok(vec![Medium::Sms]));
        assert_eq!(invitation_media(&[], &email), Ok(vec![]));
        assert_eq!(invitation_media(&[], &attributes(&[])), Ok(vec![]));
        let twice = invitation_media(&[Email, Sms, Email], &both);
        assert_eq!(twice, Ok(vec![Medium::Email, Medium::Sms]));
        assert_eq!(
            invitation_media(&[Email, Sms], &email),
            Err(UserStateRefusal::NoAddressFor("phone_number"))
        );
    }

    #[test]
    fn a_message_holds_the_code_apart_and_prints_nothing_of_it() {
        let now = Timestamp::from_secs(5);
        let user = User {
            pool: PoolId::new("us-east-1_AbCdEfGhI"),
            sub: Sub::new("8f14e45f-ceea-467f-a1d2-9b0c5a3e7d11"),
            username: "ann".into(),
            status: UserStatus::Unconfirmed,
            enabled: true,
            attributes: attributes(&[("email", "ann@example.com")]),
            mfa: MfaPreference::default(),
            totp_verified: false,
            totp_name: None,
            stamp: 0,
            created: now,
            modified: now,
        };
        let code = Secret::new("424242".to_owned());
        let mut rng = ChaCha20Rng::seed_from_u64(3);
        let mut send = |medium| {
            let text = template::verification(medium, None, None, &code);
            message(&user, MessageKind::SignUp, medium, text, &code, now, &mut rng)
        };
        assert!(send(Medium::Sms).is_none());
        let sent = send(Medium::Email).unwrap();
        assert_eq!(sent.destination.expose(), "ann@example.com");
        assert_eq!(sent.code.expose(), "424242");
        assert_eq!((sent.kind.as_str(), sent.created), ("SignUp", now));
        let printed = format!("{sent:?}");
        assert!(!printed.contains("424242") && !printed.contains("ann@"), "{printed}");
    }
}
