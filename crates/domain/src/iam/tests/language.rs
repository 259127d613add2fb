//! What is a policy and what is not; principals, contexts and messages.

use crate::iam::{
    Account, Context, Denied, POLICY_BYTES_MAX, POLICY_CHARS_MAX, Policy, PolicyError, Principal,
    Reason, Request, Transport, permit,
};
use crate::time::Timestamp;

fn refusal(document: &str) -> String {
    match Policy::parse(document) {
        Err(PolicyError::Malformed(message)) => message,
        other => panic!("{document}: {other:?}"),
    }
}

fn with_statement(statement: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#)
}

#[test]
fn documents_that_are_refused() {
    for (document, reason) in [
        ("", "Not JSON"),
        ("{", "Not JSON"),
        ("[]", "A policy is a JSON object."),
        ("{}", "Statement is missing."),
        (r#"{"Statement":[]}"#, "Statement is empty."),
        (r#"{"Statement":"x"}"#, "A statement is a JSON object."),
        (r#"{"Statement":null}"#, "A statement is a JSON object."),
        (r#"{"Version":"2012-10-18","Statement":[]}"#, "no policy version '2012-10-18'"),
        (r#"{"Version":2012,"Statement":[]}"#, "Version must be a string."),
        (r#"{"Id":7,"Statement":[]}"#, "Id must be a string."),
        (r#"{"Statements":[]}"#, "A policy has no element 'Statements'."),
        (r#"{"Version":"2012-10-17","Version":"2012-10-17"}"#, "'Version' stands there twice"),
    ] {
        let message = refusal(document);
        assert!(message.starts_with("Syntax errors in policy. "), "{message}");
        assert!(message.contains(reason), "{document}: {message}");
    }
}

#[test]
fn statements_that_are_refused() {
    const VENDOR: &str =
        "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
    for (statement, reason) in [
        (r#"{"Action":"*","Resource":"*"}"#, "Effect is missing."),
        (r#"{"Effect":"allow","Action":"*","Resource":"*"}"#, "not 'allow'"),
        (r#"{"Effect":true,"Action":"*","Resource":"*"}"#, "Effect must be a string."),
        (r#"{"Effect":"Allow","Resource":"*"}"#, "Policy statement must contain actions."),
        (
            r#"{"Effect":"Allow","Action":[],"Resource":"*"}"#,
            "Policy statement must contain actions.",
        ),
        (r#"{"Effect":"Allow","Action":"*"}"#, "Policy statement must contain resources."),
        (
            r#"{"Effect":"Allow","Action":"*","Resource":[]}"#,
            "Policy statement must contain resources.",
        ),
        (
            r#"{"Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"}"#,
            "Action and NotAction exclude",
        ),
        (
            r#"{"Effect":"Allow","Action":"*","Resource":"*","NotResource":"*"}"#,
            "Resource and NotResource exclude",
        ),
        (r#"{"Effect":"Allow","Action":7,"Resource":"*"}"#, "Action must be a string or a list"),
        (
            r#"{"Effect":"Allow","Action":["*",null],"Resource":"*"}"#,
            "Action must be a string or a list",
        ),
        (r#"{"Effect":"Allow","Action":"GetUser","Resource":"*"}"#, VENDOR),
        (r#"{"Effect":"Allow","Action":"","Resource":"*"}"#, VENDOR),
        (r#"{"Effect":"Allow","Action":"a:b:c","Resource":"*"}"#, "only one colon"),
        (r#"{"Effect":"Allow","Action":"a*:b","Resource":"*"}"#, "Vendor a* is not valid"),
        (r#"{"Effect":"Allow","Action":":b","Resource":"*"}"#, "Vendor  is not valid"),
        (r#"{"Effect":"Allow","Action":"a:","Resource":"*"}"#, "'a:' is not an action"),
        (r#"{"Effect":"Allow","Action":"a:b c","Resource":"*"}"#, "'a:b c' is not an action"),
        (
            r#"{"Effect":"Allow","Action":"*","Resource":"pool"}"#,
            r#"Resource pool must be in ARN format or "*"."#,
        ),
        (
            r#"{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3"}"#,
            r#"must be in ARN format or "*"."#,
        ),
        (r#"{"Effect":"Allow","Action":"*","Resource":""}"#, r#"must be in ARN format or "*"."#),
        (r#"{"Effect":"Allow","Action":"*","Resource":"*:x"}"#, r#"must be in ARN format or "*"."#),
        (
            r#"{"Effect":"Allow","Action":"*","Resource":"arn:aws:*:::x"}"#,
            "Resource vendor must be fully qualified",
        ),
        (
            r#"{"Effect":"Allow","Action":"*","Resource":"arn:aws:*"}"#,
            "Resource vendor must be fully qualified",
        ),
        (
            r#"{"Effect":"Allow","Action":"*","Resource":"arn:aws::::x"}"#,
            "Resource vendor must be fully qualified",
        ),
        (
            r#"{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:${aws:x}::y"}"#,
            "after its fifth colon",
        ),
        (r#"{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::${aws:x"}"#, "is malformed"),
        (
            r#"{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}"#,
            "Policy document should not specify a principal.",
        ),
        (
            r#"{"Effect":"Allow","NotPrincipal":"*","Action":"*","Resource":"*"}"#,
            "Policy document should not specify a principal.",
        ),
        (
            r#"{"Effect":"Allow","Actions":"*","Resource":"*"}"#,
            "A statement has no element 'Actions'.",
        ),
        (r#"{"Sid":"a b","Effect":"Allow","Action":"*","Resource":"*"}"#, "must be alpha-numeric"),
        (r#"{"Sid":1,"Effect":"Allow","Action":"*","Resource":"*"}"#, "Sid must be a string."),
    ] {
        let message = refusal(&with_statement(statement));
        assert!(message.contains(reason), "{statement}: {message}");
    }
    let twice = r#"{"Sid":"a","Effect":"Allow","Action":"*","Resource":"*"}"#;
    assert_eq!(
        refusal(&with_statement(&format!("{twice},{twice}"))),
        "Statement IDs (SID) in a single policy must be unique."
    );
}

#[test]
fn conditions_that_are_refused() {
    for (condition, reason) in [
        ("[]", "Condition must be a JSON object."),
        (r#"{"StringEquals":"x"}"#, "StringEquals must be a JSON object."),
        (r#"{"StringIs":{"aws:x":"y"}}"#, "There is no condition operator 'StringIs'."),
        (r#"{"StringIs":{}}"#, "There is no condition operator 'StringIs'."),
        (r#"{"NullIfExists":{"aws:x":"true"}}"#, "There is no condition operator"),
        (r#"{"StringEquals":{"x":"y"}}"#, "must be prefaced by a vendor"),
        (r#"{"StringEquals":{"aws:x":[]}}"#, "aws:x must have a value."),
        (r#"{"StringEquals":{"aws:x":null}}"#, "A value of aws:x must be a string."),
        (r#"{"StringEquals":{"aws:x":[["y"]]}}"#, "A value of aws:x must be a string."),
        (r#"{"StringEquals":{"aws:x":"${y}"}}"#, "is malformed"),
        (r#"{"NumericEquals":{"aws:x":"y"}}"#, "'y' is not a value for NumericEquals."),
        (r#"{"NumericEquals":{"aws:x":"${aws:y}"}}"#, "is not a value for NumericEquals."),
        (r#"{"DateEquals":{"aws:x":"y"}}"#, "'y' is not a value for DateEquals."),
        (r#"{"Bool":{"aws:x":"yes"}}"#, "'yes' is not a value for Bool."),
        (r#"{"Null":{"aws:x":"yes"}}"#, "'yes' is not a value for Null."),
        (r#"{"BinaryEquals":{"aws:x":"?"}}"#, "'?' is not a value for BinaryEquals."),
        (
            r#"{"ArnLike":{"aws:x":"arn:aws:iam::1"}}"#,
            "'arn:aws:iam::1' is not a value for ArnLike.",
        ),
        (r#"{"ArnNotLike":{"aws:x":"bob"}}"#, "'bob' is not a value for ArnNotLike."),
        (r#"{"IpAddress":{"aws:x":"10.0.0.0/33"}}"#, "'10.0.0.0/33' is not a value for IpAddress."),
        (
            r#"{"NotIpAddress":{"aws:x":"localhost"}}"#,
            "'localhost' is not a value for NotIpAddress.",
        ),
    ] {
        let statement =
            format!(r#"{{"Effect":"Allow","Action":"*","Resource":"*","Condition":{condition}}}"#);
        let message = refusal(&with_statement(&statement));
        assert!(message.contains(reason), "{condition}: {message}");
    }
}

#[test]
fn documents_that_are_accepted() {
    for document in [
        r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#,
        r#"{"Version":"2008-10-17","Id":"x","Statement":{"Sid":"","Effect":"Deny","Action":"*","Resource":"*"}}"#,
        r#"{"Version":"2012-10-17","Statement":[{"Sid":"","Effect":"Deny","Action":"*","Resource":"*","Condition":{}},
            {"Sid":"","Effect":"Allow","NotAction":["iam:*"],"NotResource":["*"],"Condition":{"Null":{"aws:x":[true,false]}}}]}"#,
    ] {
        assert!(Policy::parse(document).is_ok(), "{document}");
    }
}

#[test]
fn sizes() {
    let sized = |sid: usize, space: usize| {
        let sid = "a".repeat(sid);
        format!(
            r#"{{"Statement":{{"Sid":"{sid}","Effect":"Allow","Action":"*","Resource":"*"}}}}{}"#,
            " ".repeat(space)
        )
    };
    let room = POLICY_CHARS_MAX - sized(0, 0).len();
    assert!(Policy::parse(&sized(room, 10_000)).is_ok(), "white space does not count");
    assert_eq!(Policy::parse(&sized(room + 1, 0)), Err(PolicyError::TooLong));
    assert_eq!(Policy::parse(&sized(0, POLICY_BYTES_MAX)), Err(PolicyError::TooLong));
    let nested = "[".repeat(5_000);
    assert!(matches!(Policy::parse(&nested), Err(PolicyError::Malformed(_))));
}

#[test]
fn messages_of_denial() {
    let user = Principal::User {
        account: Account::new("000000000000", "us-east-1"),
        name: "bob".into(),
        path: "/".into(),
        id: "AIDAEXAMPLE".into(),
    };
    let context = Context::of(&user);
    let resource = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_A";
    let action = "cognito-idp:AdminUpdateDeviceStatus";
    let request = Request { action, resource, context: &context };
    let denied = permit(&user, &[], &request).unwrap_err();
    assert_eq!(
        denied.message(),
        "User: arn:aws:iam::000000000000:user/bob is not authorized to perform: \
         cognito-idp:AdminUpdateDeviceStatus on resource: \
         arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_A because no \
         identity-based policy allows the cognito-idp:AdminUpdateDeviceStatus action"
    );
    let explicit = permit(&user, &[Policy::parse_or_deny_all("")], &request).unwrap_err();
    assert_eq!(explicit, Denied { reason: Reason::Explicit, ..denied });
    assert!(
        explicit
            .message()
            .ends_with("userpool/us-east-1_A with an explicit deny in an identity-based policy")
    );
    let root = Principal::Root { account: Account::new("000000000000", "us-east-1") };
    assert_eq!(permit(&root, &[], &request), Ok(()));
}

/// A user's policy that uses every key of the builder.
#[test]
fn contexts_carry_the_global_keys() {
    let user = Principal::User {
        account: Account::new("000000000000", "us-east-1"),
        name: "bob".into(),
        path: "/team/".into(),
        id: "AIDAEXAMPLE".into(),
    };
    let context = Context::of(&user)
        .with_time(Timestamp::from_millis(1_440_938_160_999))
        .with_source_ip("::ffff:127.0.0.1".parse().unwrap())
        .with_user_agent("Boto3/1.44.5")
        .with_secure_transport(Transport::Plain)
        .with_requested_region("us-east-1")
        .with_resource_tag("Team", "red")
        .with_request_tag("Cost", "7")
        .with_tag_key("Old");
    let document = with_statement(
        r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{
            "StringEquals":{"aws:username":"bob","aws:userid":"AIDAEXAMPLE","aws:PrincipalType":"User",
                "aws:PrincipalAccount":"000000000000","aws:RequestedRegion":"us-east-1",
                "aws:ResourceTag/team":"red","aws:RequestTag/Cost":"7",
                "aws:CurrentTime":"2015-08-30T12:36:00Z","aws:EpochTime":"1440938160"},
            "ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::000000000000:user/team/bob"},
            "IpAddress":{"aws:SourceIp":"127.0.0.1"},"StringLike":{"aws:UserAgent":"Boto3/*"},
            "Bool":{"aws:SecureTransport":"false","aws:ViaAWSService":"false","aws:PrincipalIsAWSService":"false"},
            "ForAllValues:StringEquals":{"aws:TagKeys":["Cost","Old"]},
            "Null":{"aws:TagKeys":"false","aws:MultiFactorAuthPresent":"true"}}}"#,
    );
    let policies = [Policy::parse(&document).unwrap()];
    let request = Request { action: "a:B", resource: "*", context: &context };
    assert_eq!(permit(&user, &policies, &request), Ok(()));
}
