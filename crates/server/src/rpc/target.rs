//! The operation's name in `X-Amz-Target`.

use poolhouse_wire::operations::TARGET_PREFIX;

/// What the header names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// An operation of this service, known or not.
    Operation(&'a str),
    /// Another service, or no form of a target.
    NotUnderstood,
}

/// Reads the header.
pub fn parse(header: Option<&str>) -> Target<'_> {
    match header.and_then(|text| text.split_once('.')) {
        Some((TARGET_PREFIX, name)) => Target::Operation(name),
        _ => Target::NotUnderstood,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_service_is_understood() {
        let target = "AWSCognitoIdentityProviderService.GetUser";
        assert_eq!(parse(Some(target)), Target::Operation("GetUser"));
        let unknown = "AWSCognitoIdentityProviderService.";
        assert_eq!(parse(Some(unknown)), Target::Operation(""));
        for other in [None, Some(""), Some("GetUser"), Some("AWSCognitoIdentityService.GetId")] {
            assert_eq!(parse(other), Target::NotUnderstood);
        }
    }
}
