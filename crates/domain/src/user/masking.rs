//! Where a code went, as far as anybody may know (`CodeDeliveryDetails`).
//!
//! It hides addresses and makes up destinations for users that do not exist. It sends nothing.
//!
//! Sources: `CodeDeliveryDetailsType` in the API reference; "Managing user existence error
//! responses" in the developer guide.
//!
//! Not verified against AWS: one asterisk for each hidden digit of a phone number; what is made up
//! for a name that is neither an email address nor a phone number.

use poolhouse_wire::shapes::{CodeDeliveryDetailsType, DeliveryMediumType, VerifiedAttributeType};

use super::attribute::{is_email, is_phone_number};
use crate::crypto::hmac_sha256;
use crate::id::PoolId;
use crate::message::Medium;

/// Digits of a phone number that stay visible.
const VISIBLE_DIGITS: usize = 4;
/// Digits of a phone number that is made up.
const SIMULATED_DIGITS: usize = 11;

/// First letters of addresses that are made up, about as often as among people's names.
const LOCAL_LETTERS: &[u8] = b"aaaabbccdddeefghijjjjkkllmmmmnoprrssssttvw";
/// First letters of their domains, about as often as among mail providers: `q***@x***` would give
/// itself away.
const DOMAIN_LETTERS: &[u8] = b"ggggggggggyyyhhooimcae";

/// `t***@t***` for `test@test.com`.
pub fn mask_email(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let first = |text: &str| text.chars().take(1).collect::<String>();
    format!("{}***@{}***", first(local), first(domain))
}

/// `+*******0100` for `+15555550100`. A number of four digits or fewer is hidden whole.
pub fn mask_phone_number(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let hidden = match digits.len() {
        few if few <= VISIBLE_DIGITS => few,
        many => many - VISIBLE_DIGITS,
    };
    let shown: String = digits.into_iter().skip(hidden).collect();
    format!("+{}{shown}", "*".repeat(hidden))
}

/// An address as far as anybody may know it.
pub fn mask(medium: Medium, address: &str) -> String {
    match medium {
        Medium::Email => mask_email(address),
        Medium::Sms => mask_phone_number(address),
    }
}

/// What is told of a code that was sent to this address.
pub fn details(medium: Medium, address: &str) -> CodeDeliveryDetailsType {
    let delivery_medium = match medium {
        Medium::Email => DeliveryMediumType::Email,
        Medium::Sms => DeliveryMediumType::Sms,
    };
    CodeDeliveryDetailsType {
        attribute_name: Some(medium.attribute().to_owned()),
        delivery_medium: Some(delivery_medium),
        destination: Some(mask(medium, address)),
    }
}

/// What is told of a code for a user that does not exist, in a pool that does not let on: the same
/// for the same name each time. A name that is itself an address seems to be the destination.
///
/// `key` is a secret of the server for this purpose: whoever could compute the answer could tell it
/// from a real one. `given` is the name as the pool compares it (`SignInNames::username_key`): a
/// pool that ignores case must answer alike for `Bob` and `bob`, as it does for users that exist.
/// `auto_verified` is the pool's `AutoVerifiedAttributes`.
pub fn simulated(
    key: &[u8],
    pool: &PoolId,
    given: &str,
    auto_verified: &[VerifiedAttributeType],
) -> CodeDeliveryDetailsType {
    let text_only = auto_verified == [VerifiedAttributeType::PhoneNumber];
    let email_only = auto_verified == [VerifiedAttributeType::Email] || auto_verified.is_empty();
    if !text_only && is_email(given) {
        return details(Medium::Email, given);
    }
    if !email_only && is_phone_number(given) {
        return details(Medium::Sms, given);
    }
    let noise = hmac_sha256(key, &[pool.as_str().as_bytes(), b"\0", given.as_bytes()]);
    let mut noise = noise.into_iter();
    let by_text = text_only || !email_only && below(&mut noise, 2) == 0;
    if by_text {
        return details(Medium::Sms, &made_up_number(&mut noise));
    }
    details(Medium::Email, &made_up_email(&mut noise))
}

fn below(noise: &mut impl Iterator<Item = u8>, bound: u8) -> u8 {
    noise.next().map_or(0, |byte| byte % bound)
}

fn made_up_number(noise: &mut impl Iterator<Item = u8>) -> String {
    (0..SIMULATED_DIGITS).map(|_| char::from(b'0' + below(noise, 10))).collect()
}

fn made_up_email(noise: &mut impl Iterator<Item = u8>) -> String {
    let mut letter = |letters: &[u8]| {
        let place = below(noise, u8::try_from(letters.len()).unwrap_or(u8::MAX));
        letters.get(usize::from(place)).copied().map_or('a', char::from)
    };
    format!("{}@{}", letter(LOCAL_LETTERS), letter(DOMAIN_LETTERS))
}

/// An address that a user who does not exist seems to have for a medium: that of [`simulated`].
pub fn simulated_address(key: &[u8], pool: &PoolId, given: &str, medium: Medium) -> String {
    let noise = hmac_sha256(key, &[pool.as_str().as_bytes(), b"\0", given.as_bytes()]);
    match medium {
        Medium::Email if is_email(given) => given.to_owned(),
        Medium::Sms if is_phone_number(given) => given.to_owned(),
        Medium::Email => made_up_email(&mut noise.into_iter()),
        Medium::Sms => made_up_number(&mut noise.into_iter()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use VerifiedAttributeType::{Email, PhoneNumber};
    use proptest::prelude::*;

    fn shown(details: &CodeDeliveryDetailsType) -> (&str, &str, &str) {
        (
            details.delivery_medium.unwrap().as_str(),
            details.attribute_name.as_deref().unwrap(),
            details.destination.as_deref().unwrap(),
        )
    }

    fn made_up(given: &str, auto: &[VerifiedAttributeType]) -> CodeDeliveryDetailsType {
        simulated(b"key", &PoolId::new("us-east-1_AbCdEfGhI"), given, auto)
    }

    #[test]
    fn an_email_address_keeps_two_letters() {
        assert_eq!(mask_email("test@test.com"), "t***@t***");
        assert_eq!(mask_email("éa@ü.example"), "é***@ü***");
        assert_eq!(
            shown(&details(Medium::Email, "alice@example.com")),
            ("EMAIL", "email", "a***@e***")
        );
    }

    #[test]
    fn a_phone_number_keeps_four_digits() {
        assert_eq!(mask_phone_number("+15555559934"), "+*******9934");
        assert_eq!(mask_phone_number("+12345"), "+*2345");
        assert_eq!(mask_phone_number("+1234"), "+****");
        assert_eq!(mask_phone_number("+1"), "+*");
        let details = details(Medium::Sms, "+15555559934");
        assert_eq!(shown(&details), ("SMS", "phone_number", "+*******9934"));
    }

    #[test]
    fn a_hidden_user_named_by_an_address_seems_to_have_it() {
        let email = made_up("alice@example.com", &[Email]);
        assert_eq!(shown(&email), ("EMAIL", "email", "a***@e***"));
        assert_eq!(made_up("alice@example.com", &[PhoneNumber, Email]), email);
        let text = made_up("+15555559934", &[PhoneNumber]);
        assert_eq!(shown(&text), ("SMS", "phone_number", "+*******9934"));
        assert_eq!(made_up("+15555559934", &[PhoneNumber, Email]), text);
    }

    #[test]
    fn the_pools_settings_decide_the_medium() {
        for given in ["alice", "+15550100", "alice@example.com"] {
            assert_eq!(shown(&made_up(given, &[Email])).0, "EMAIL");
            assert_eq!(shown(&made_up(given, &[PhoneNumber])).0, "SMS");
            assert_eq!(shown(&made_up(given, &[])).0, "EMAIL");
        }
        let both = |n: u32| made_up(&format!("user{n}"), &[Email, PhoneNumber]);
        let texts = (0..100).filter(|n| shown(&both(*n)).0 == "SMS").count();
        assert!((20..80).contains(&texts), "{texts}");
    }

    #[test]
    fn an_email_address_that_is_made_up_looks_masked() {
        for n in 0..100 {
            let made_up = made_up(&format!("user{n}"), &[Email]);
            let (_, _, destination) = shown(&made_up);
            assert_eq!(mask_email(destination), destination);
            let domain = destination.as_bytes()[5];
            assert!(DOMAIN_LETTERS.contains(&domain), "{destination}");
        }
    }

    #[test]
    fn what_is_made_up_depends_on_key_pool_and_name() {
        let pool = PoolId::new("us-east-1_AbCdEfGhI");
        let other = PoolId::new("us-east-1_IhGfEdCbA");
        let auto = [PhoneNumber];
        let first = simulated(b"key", &pool, "alice", &auto);
        assert_eq!(simulated(b"key", &pool, "alice", &auto), first);
        assert_ne!(simulated(b"another", &pool, "alice", &auto), first);
        assert_ne!(simulated(b"key", &other, "alice", &auto), first);
        assert_ne!(simulated(b"key", &pool, "bob", &auto), first);
    }

    proptest! {
        #[test]
        fn anything_can_be_masked(text: String) {
            prop_assert!(mask_email(&text).chars().count() <= 9);
            let digits = mask_phone_number(&text).chars().filter(char::is_ascii_digit).count();
            prop_assert!(digits <= VISIBLE_DIGITS);
        }
    }
}
