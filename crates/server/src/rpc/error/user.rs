//! Texts of the rules of users.

use poolhouse_domain::user::attribute::{AttributeRule, Misfit, Problem};
use poolhouse_domain::user::filter::FilterRule;
use poolhouse_domain::user::password::PasswordRule;
use poolhouse_domain::user::schema::{Kind, SchemaRule};
use poolhouse_domain::user::username::{AliasKind, UsernameRule};
use poolhouse_wire::ErrorName;

use super::{NameAndText, invalid_parameter, not_authorized};

/// The name and text of a broken rule of usernames.
pub(super) fn username(rule: &UsernameRule) -> NameAndText {
    match rule {
        UsernameRule::NotAnEmail => invalid_parameter("Username should be an email."),
        UsernameRule::NotAPhoneNumber => invalid_parameter("Username should be a phone number."),
        UsernameRule::NeitherEmailNorPhoneNumber => {
            invalid_parameter("Username should be either an email or a phone number.")
        }
        UsernameRule::LooksLikeAlias(kind) => {
            let form = match kind {
                AliasKind::Email => "email",
                AliasKind::PhoneNumber => "phone number",
                AliasKind::PreferredUsername => "preferred username",
            };
            invalid_parameter(&format!(
                "Username cannot be of {form} format, since user pool is configured for {form} \
                 alias."
            ))
        }
        UsernameRule::UsernameTaken { admin } => {
            let text = if *admin { "User account already exists" } else { "User already exists" };
            (ErrorName::UsernameExistsException, text.to_owned())
        }
        UsernameRule::AttributeTaken(kind) => (
            ErrorName::UsernameExistsException,
            format!("An account with the given {} already exists.", kind.as_str()),
        ),
        UsernameRule::AliasTaken(kind) => (
            ErrorName::AliasExistsException,
            format!("An account with the {} already exists.", kind.as_str()),
        ),
    }
}

/// The name and text of a broken rule of attributes.
pub(super) fn attribute(rule: &AttributeRule) -> NameAndText {
    match rule {
        AttributeRule::Schema(rule) => invalid_parameter(&schema(rule)),
        AttributeRule::Nonconforming(all) => {
            let all: String = all.iter().map(misfit).collect();
            invalid_parameter(&format!("Attributes did not conform to the schema: {all}"))
        }
        AttributeRule::InvalidUpdate(all) => {
            let all: String = all.iter().map(|one| format!("user.{}", misfit(one))).collect();
            invalid_parameter(&format!("Invalid user attributes: {all}"))
        }
        AttributeRule::EmailFormat => invalid_parameter("Invalid email address format."),
        AttributeRule::PhoneNumberFormat => invalid_parameter("Invalid phone number format."),
        AttributeRule::UnauthorizedWrite => {
            not_authorized("A client attempted to write unauthorized attribute")
        }
        AttributeRule::NothingToVerify(kind) => invalid_parameter(match kind {
            AliasKind::Email => "Email is required to verify/un-verify an email",
            AliasKind::PhoneNumber => "Phone Number is required to verify/un-verify a phone number",
            AliasKind::PreferredUsername => "A preferred username cannot be verified",
        }),
        AttributeRule::PreferredUsernameAtSignUp => invalid_parameter(
            "Preferred username cannot be provided for unconfirmed account, since user pool is \
             configured for preferred username alias.",
        ),
        AttributeRule::NotVerifiable(name) => {
            invalid_parameter(&format!("The attribute {name} cannot be verified"))
        }
    }
}

/// One line of a list, line end included.
fn misfit(misfit: &Misfit) -> String {
    let text = match &misfit.problem {
        Problem::Required => "The attribute is required".to_owned(),
        Problem::Unknown => "Attribute does not exist in the schema.".to_owned(),
        Problem::Immutable => {
            "Attribute cannot be updated. (changing an immutable attribute)".to_owned()
        }
        Problem::CannotBeRemoved => "Required attribute cannot be removed".to_owned(),
        Problem::TooShort(min) => format!("String must be at least {min} characters"),
        Problem::TooLong(max) => format!("String must be no longer than {max} characters"),
        Problem::NotANumber => "Value must be a number".to_owned(),
        Problem::TooSmall(min) => format!("Number must be no less than {min}"),
        Problem::TooLarge(max) => format!("Number must be no greater than {max}"),
        Problem::NotABoolean => "Value must be true or false".to_owned(),
    };
    format!("{}: {text}\n", misfit.name)
}

/// The text of a broken rule of schemas, always of `InvalidParameterException`.
fn schema(rule: &SchemaRule) -> String {
    match rule {
        SchemaRule::NameMissing => "Attribute name is required.".to_owned(),
        SchemaRule::DataTypeMissing => "Invalid AttributeDataType input, consider using the \
                                        provided AttributeDataType enum."
            .to_owned(),
        SchemaRule::StandardChanged(name) => format!(
            "You can not change AttributeDataType or set developerOnlyAttribute for standard \
             schema attribute {name}"
        ),
        SchemaRule::RequiredCustom => {
            "Required custom attributes are not supported currently.".to_owned()
        }
        SchemaRule::InvalidBound(kind, name) => {
            let member = match kind {
                Kind::Number => "NumberAttributeConstraints",
                Kind::String | Kind::DateTime | Kind::Boolean => "StringAttributeConstraints",
            };
            format!("Invalid {member} for schema attribute {name}")
        }
        SchemaRule::LengthAboveMax(name) => {
            format!("user.{name}: String attributes cannot have a length of more than 2048")
        }
        SchemaRule::MaxLengthBelowMin(name) => {
            format!("user.{name}: Max length cannot be less than min length.")
        }
        SchemaRule::MaxValueBelowMin(name) => {
            format!("user.{name}: Max value cannot be less than min value.")
        }
        SchemaRule::Duplicate(name) => {
            format!("{name}: Existing attribute already has name {name}.")
        }
        SchemaRule::TooManyCustom => {
            "A user pool cannot have more than 50 custom attributes.".to_owned()
        }
    }
}

/// The name and text of a broken rule of the password policy.
pub(super) fn password(rule: &PasswordRule) -> NameAndText {
    let reason = match rule {
        PasswordRule::TooShort => "Password not long enough",
        PasswordRule::TooLong => "Password must not be longer than 256 characters",
        PasswordRule::Unprintable => {
            "Password must not begin or end with white space or have control characters"
        }
        PasswordRule::NoUppercase => "Password must have uppercase characters",
        PasswordRule::NoLowercase => "Password must have lowercase characters",
        PasswordRule::NoNumber => "Password must have numeric characters",
        PasswordRule::NoSymbol => "Password must have symbol characters",
        PasswordRule::Reused => {
            let text = "Password has previously been used.".to_owned();
            return (ErrorName::PasswordHistoryPolicyViolationException, text);
        }
        PasswordRule::Compromised => {
            let text = "Provided password cannot be used for security reasons.";
            return (ErrorName::InvalidPasswordException, text.to_owned());
        }
    };
    (ErrorName::InvalidPasswordException, format!("Password did not conform with policy: {reason}"))
}

/// The name and text of a broken rule of the ListUsers filter.
pub(super) fn filter(rule: &FilterRule) -> NameAndText {
    match rule {
        FilterRule::Syntax => invalid_parameter("Error while parsing filter"),
        FilterRule::NotSearchable(name) => {
            invalid_parameter(&format!("Invalid search attribute: {name}"))
        }
        FilterRule::NoSuchAttribute => {
            invalid_parameter("One or more requested attributes do not exist.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text((name, text): NameAndText) -> String {
        format!("{} {text}", name.as_str())
    }

    fn misfits(problems: &[(&str, Problem)]) -> Vec<Misfit> {
        let one = |(name, problem): &(&str, Problem)| Misfit {
            name: (*name).to_owned(),
            problem: problem.clone(),
        };
        problems.iter().map(one).collect()
    }

    #[test]
    fn misfits_of_a_new_user_are_lines() {
        let rule = AttributeRule::Nonconforming(misfits(&[
            ("email", Problem::Required),
            ("custom:x", Problem::Unknown),
        ]));
        assert_eq!(
            text(attribute(&rule)),
            "InvalidParameterException Attributes did not conform to the schema: email: The \
             attribute is required\ncustom:x: Attribute does not exist in the schema.\n"
        );
    }

    #[test]
    fn misfits_of_a_change_name_the_user() {
        let rule = AttributeRule::InvalidUpdate(misfits(&[
            ("sub", Problem::Immutable),
            ("custom:foo", Problem::Unknown),
        ]));
        assert_eq!(
            text(attribute(&rule)),
            "InvalidParameterException Invalid user attributes: user.sub: Attribute cannot be \
             updated. (changing an immutable attribute)\nuser.custom:foo: Attribute does not \
             exist in the schema.\n"
        );
    }

    #[test]
    fn taken_names_are_told_apart() {
        let taken = |rule| text(username(&rule));
        assert_eq!(
            taken(UsernameRule::UsernameTaken { admin: false }),
            "UsernameExistsException User already exists"
        );
        assert_eq!(
            taken(UsernameRule::UsernameTaken { admin: true }),
            "UsernameExistsException User account already exists"
        );
        assert_eq!(
            taken(UsernameRule::AttributeTaken(AliasKind::PhoneNumber)),
            "UsernameExistsException An account with the given phone_number already exists."
        );
        assert_eq!(
            taken(UsernameRule::AliasTaken(AliasKind::Email)),
            "AliasExistsException An account with the email already exists."
        );
        assert_eq!(
            taken(UsernameRule::LooksLikeAlias(AliasKind::Email)),
            "InvalidParameterException Username cannot be of email format, since user pool is \
             configured for email alias."
        );
    }

    #[test]
    fn a_password_is_told_one_reason() {
        assert_eq!(
            text(password(&PasswordRule::NoSymbol)),
            "InvalidPasswordException Password did not conform with policy: Password must have \
             symbol characters"
        );
    }
}
