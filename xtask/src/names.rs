//! Wire names to Rust names.

/// Names whose capitals do not mark the start of a word.
const ONE_WORD: [(&str, &str); 3] =
    [("OAuth", "Oauth"), ("URLs", "Urls"), ("WebAuthn", "Webauthn")];

/// `UserPoolId` → `user_pool_id`, `CallbackURLs` → `callback_urls`, `MFAOptions` → `mfa_options`.
pub(crate) fn snake(wire: &str) -> String {
    let mut name = wire.to_owned();
    for (from, to) in ONE_WORD {
        name = name.replace(from, to);
    }
    let chars: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|i| chars.get(i)).copied();
        let after = chars.get(at + 1).copied();
        if c.is_ascii_uppercase()
            && let Some(before) = before
        {
            let starts_word =
                !before.is_ascii_uppercase() || after.is_some_and(|a| a.is_ascii_lowercase());
            if starts_word && before != '_' {
                snake.push('_');
            }
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

/// `UserPoolIdType` → `USER_POOL_ID_TYPE`.
pub(crate) fn constant(wire: &str) -> String {
    snake(wire).to_ascii_uppercase()
}

/// The Rust field for a wire member; a keyword gets a trailing underscore.
pub(crate) fn field(wire: &str) -> String {
    let name = snake(wire);
    match name.as_str() {
        "type" | "match" | "ref" | "use" | "self" | "move" | "mod" | "enum" => format!("{name}_"),
        _ => name,
    }
}

/// `USER_SRP_AUTH` → `UserSrpAuth`, `not_remembered` → `NotRemembered`, `SignInWithApple` stays.
pub(crate) fn variant(value: &str) -> String {
    let words = value.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    let mut name = String::new();
    for word in words {
        let shouted = !word.chars().any(|c| c.is_ascii_lowercase());
        for (at, c) in word.chars().enumerate() {
            name.push(match (at, shouted) {
                (0, _) => c.to_ascii_uppercase(),
                (_, true) => c.to_ascii_lowercase(),
                (_, false) => c,
            });
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snake_case_keeps_acronyms_together() {
        for (wire, expected) in [
            ("UserPoolId", "user_pool_id"),
            ("CallbackURLs", "callback_urls"),
            ("DefaultRedirectURI", "default_redirect_uri"),
            ("AllowedOAuthFlowsUserPoolClient", "allowed_oauth_flows_user_pool_client"),
            ("MFAOptions", "mfa_options"),
            ("SMSMfaSettings", "sms_mfa_settings"),
            ("KMSKeyID", "kms_key_id"),
            ("S3Bucket", "s3_bucket"),
            ("PrimaryRoute53HealthCheckId", "primary_route53_health_check_id"),
            ("StartWebAuthnRegistration", "start_webauthn_registration"),
            ("message", "message"),
            ("reasonCode", "reason_code"),
        ] {
            assert_eq!(snake(wire), expected);
        }
        assert_eq!(constant("UserPoolIdType"), "USER_POOL_ID_TYPE");
        assert_eq!(field("Type"), "type_");
    }

    #[test]
    fn variants_are_camel_case() {
        for (wire, expected) in [
            ("USER_SRP_AUTH", "UserSrpAuth"),
            ("not_remembered", "NotRemembered"),
            ("SignInWithApple", "SignInWithApple"),
            ("userAuthEvents", "UserAuthEvents"),
            ("TLS_V1_2_2021", "TlsV122021"),
            ("SAML2", "Saml2"),
        ] {
            assert_eq!(variant(wire), expected);
        }
    }
}
