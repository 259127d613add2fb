//! What AWS's policy documentation says, case by case.

use crate::iam::{Context, Decision, Policy, Request, decide};

const POOL: &str = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_AbCdEf012";

#[derive(Clone, Copy, Debug, PartialEq)]
enum Is {
    Allowed,
    Denied,
    Unmentioned,
}
use Is::{Allowed, Denied, Unmentioned};

fn context(keys: &[(&str, &str)]) -> Context {
    keys.iter().fold(Context::default(), |context, (key, value)| context.with(key, *value))
}

/// Policies are written with `'` for `"`.
fn policy(version: &str, statements: &str) -> Policy {
    let document = format!("{{'Version':'{version}','Statement':[{statements}]}}");
    Policy::parse(&document.replace('\'', "\"")).unwrap_or_else(|e| panic!("{document}: {e:?}"))
}

fn ask(policy: Policy, action: &str, resource: &str, keys: &[(&str, &str)]) -> Is {
    let context = context(keys);
    match decide(&[policy], &Request { action, resource, context: &context }) {
        Decision::Allow => Allowed,
        Decision::ExplicitDeny { .. } => Denied,
        Decision::ImplicitDeny => Unmentioned,
    }
}

#[test]
fn effects_actions_and_resources() {
    let allow = |rest: &str| format!("{{'Effect':'Allow',{rest}}}");
    let deny = |rest: &str| format!("{{'Effect':'Deny',{rest}}}");
    let all = "'Action':'*','Resource':'*'";
    let get = "'Action':'cognito-idp:AdminGetUser','Resource':'*'";
    let on = |resource: &str| allow(&format!("'Action':'*','Resource':'{resource}'"));
    let act = |action: &str| allow(&format!("'Action':'{action}','Resource':'*'"));
    let cases = [
        // Effect.
        (allow(all), Allowed),
        (deny(all), Denied),
        (allow(get), Allowed),
        (format!("{},{}", allow(all), deny(get)), Denied),
        (format!("{},{}", deny(get), allow(all)), Denied),
        (format!("{},{}", allow(get), allow(all)), Allowed),
        (format!("{},{}", allow(all), deny("'Action':'iam:*','Resource':'*'")), Allowed),
        // Action.
        (act("cognito-idp:AdminGetUser"), Allowed),
        (act("COGNITO-IDP:admingetuser"), Allowed),
        (act("cognito-idp:*"), Allowed),
        (act("cognito-idp:Admin*"), Allowed),
        (act("cognito-idp:Admin*User"), Allowed),
        (act("cognito-idp:*Get*"), Allowed),
        (act("cognito-idp:AdminGet????"), Allowed),
        (act("cognito-idp:AdminGet???"), Unmentioned),
        (act("*:AdminGetUser"), Allowed),
        (act("*:*"), Allowed),
        (act("cognito-idp:AdminGetUserX"), Unmentioned),
        (act("cognito-idp:AdminGetUse"), Unmentioned),
        (act("cognito-identity:AdminGetUser"), Unmentioned),
        (act("cognito:*"), Unmentioned),
        (allow("'Action':['iam:GetUser','cognito-idp:AdminGetUser'],'Resource':'*'"), Allowed),
        (allow("'Action':['iam:GetUser','cognito-idp:ListUsers'],'Resource':'*'"), Unmentioned),
        (allow("'NotAction':'cognito-idp:AdminGetUser','Resource':'*'"), Unmentioned),
        (allow("'NotAction':'iam:*','Resource':'*'"), Allowed),
        (allow("'NotAction':['iam:*','cognito-idp:Admin*'],'Resource':'*'"), Unmentioned),
        (format!("{},{}", allow(all), deny("'NotAction':'cognito-idp:*','Resource':'*'")), Allowed),
        (format!("{},{}", allow(all), deny("'NotAction':'iam:*','Resource':'*'")), Denied),
        // Resource.
        (on(POOL), Allowed),
        (on("arn:aws:cognito-idp:us-east-1:000000000000:userpool/*"), Allowed),
        (on("arn:aws:cognito-idp:us-east-1:000000000000:*"), Allowed),
        (on("arn:aws:cognito-idp:*:*:userpool/*"), Allowed),
        (on("arn:aws:cognito-idp:*:*:*"), Allowed),
        (on("arn:aws:cognito-idp:*"), Allowed),
        (on("arn:aws:cognito-idp:us-east-1:*"), Allowed),
        (on("arn:*:cognito-idp:us-*-1:??????000000:userpool/us-east-1_*"), Allowed),
        (on("arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_AbCdEf01?"), Allowed),
        (
            on("arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_AbCdEf0123"),
            Unmentioned,
        ),
        (
            on("arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_abcdef012"),
            Unmentioned,
        ),
        (on("arn:aws:cognito-idp:us-east-1:000000000000:userpool/"), Unmentioned),
        (on("arn:aws:cognito-idp:us-east-1:000000000000:"), Unmentioned),
        (on("arn:aws:cognito-idp:us-west-2:000000000000:userpool/*"), Unmentioned),
        (on("arn:aws:cognito-idp:us-east-1:111111111111:userpool/*"), Unmentioned),
        (on("arn:aws:cognito-identity:us-east-1:000000000000:*"), Unmentioned),
        (on("arn:aws-cn:cognito-idp:us-east-1:000000000000:*"), Unmentioned),
        // A star within a part does not reach over a colon.
        (on("arn:aws:cognito-idp:us*00:000000000000:userpool/*"), Unmentioned),
        (on("arn:aws:cognito-idp::000000000000:userpool/*"), Unmentioned),
        (allow(&format!("'Action':'*','Resource':['arn:aws:s3:::x','{POOL}']")), Allowed),
        (allow(&format!("'Action':'*','NotResource':'{POOL}'")), Unmentioned),
        (allow("'Action':'*','NotResource':'arn:aws:s3:::*'"), Allowed),
        (allow("'Action':'*','NotResource':'*'"), Unmentioned),
        (
            format!("{},{}", allow(all), deny(&format!("'Action':'*','NotResource':'{POOL}'"))),
            Allowed,
        ),
        (
            format!("{},{}", allow(all), deny("'Action':'*','NotResource':['arn:aws:s3:::*']")),
            Denied,
        ),
    ];
    for (statements, expected) in &cases {
        let policy = policy("2012-10-17", statements);
        let actual = ask(policy, "cognito-idp:AdminGetUser", POOL, &[]);
        assert_eq!(actual, *expected, "{statements}");
    }
}

#[test]
fn actions_about_no_resource() {
    for (resource, expected) in [
        ("'Resource':'*'", Allowed),
        ("'Resource':'arn:aws:cognito-idp:*:*:userpool/*'", Unmentioned),
        ("'Resource':'arn:aws:cognito-idp:*'", Unmentioned),
        ("'NotResource':'arn:aws:cognito-idp:*'", Allowed),
    ] {
        let statement = format!("{{'Effect':'Allow','Action':'*',{resource}}}");
        let policy = policy("2012-10-17", &statement);
        assert_eq!(ask(policy, "cognito-idp:ListUserPools", "*", &[]), expected, "{resource}");
    }
}

#[test]
fn no_policy_and_several() {
    let context = Context::default();
    let request = Request { action: "iam:GetUser", resource: "*", context: &context };
    let one = |effect: &str, sid: &str| {
        let rest = "'Action':'*','Resource':'*'";
        policy("2012-10-17", &format!("{{'Sid':'{sid}','Effect':'{effect}',{rest}}}"))
    };
    assert_eq!(decide(&[], &request), Decision::ImplicitDeny);
    let both = [one("Allow", "a"), one("Deny", "d")];
    assert_eq!(decide(&both, &request), Decision::ExplicitDeny { sid: Some("d".into()) });
    assert_eq!(decide(&[one("Allow", "a"), one("Allow", "b")], &request), Decision::Allow);
    assert_eq!(
        decide(&[one("Allow", "a"), Policy::parse_or_deny_all("{}")], &request),
        Decision::ExplicitDeny { sid: None }
    );
}

/// A condition, the request's keys, and whether the condition holds.
type Row<'a> = (&'a str, &'a [(&'a str, &'a str)], bool);

/// Each row is asked twice: as the condition of an Allow and of a Deny.
fn check(version: &str, rows: &[Row<'_>]) {
    for (condition, keys, holds) in rows {
        for (effect, hit) in [("Allow", Allowed), ("Deny", Denied)] {
            let statement = format!(
                "{{'Effect':'{effect}','Action':'*','Resource':'*','Condition':{{{condition}}}}}"
            );
            let expected = if *holds { hit } else { Unmentioned };
            let actual = ask(policy(version, &statement), "a:B", "*", keys);
            assert_eq!(actual, expected, "{effect} {condition} with {keys:?}");
        }
    }
}

#[test]
fn string_conditions() {
    let bob: &[(&str, &str)] = &[("aws:username", "bob")];
    check(
        "2012-10-17",
        &[
            ("'StringEquals':{'aws:username':'bob'}", bob, true),
            ("'StringEquals':{'aws:username':'Bob'}", bob, false),
            ("'StringEquals':{'aws:username':'bo*'}", bob, false),
            ("'StringEquals':{'aws:username':['al','bob']}", bob, true),
            ("'StringEquals':{'aws:username':['al','ed']}", bob, false),
            ("'StringEquals':{'aws:username':'bob'}", &[], false),
            ("'StringEquals':{'AWS:USERNAME':'bob'}", bob, true),
            ("'stringequals':{'aws:username':'bob'}", bob, true),
            ("'StringNotEquals':{'aws:username':'bob'}", bob, false),
            ("'StringNotEquals':{'aws:username':'al'}", bob, true),
            ("'StringNotEquals':{'aws:username':['al','bob']}", bob, false),
            ("'StringNotEquals':{'aws:username':['al','ed']}", bob, true),
            ("'StringNotEquals':{'aws:username':'bob'}", &[], true),
            ("'StringEqualsIgnoreCase':{'aws:username':'BOB'}", bob, true),
            ("'StringEqualsIgnoreCase':{'aws:username':'ÄB'}", &[("aws:username", "äb")], true),
            ("'StringEqualsIgnoreCase':{'aws:username':'BO'}", bob, false),
            ("'StringNotEqualsIgnoreCase':{'aws:username':'BOB'}", bob, false),
            ("'StringNotEqualsIgnoreCase':{'aws:username':'AL'}", bob, true),
            ("'StringLike':{'aws:username':'b*'}", bob, true),
            ("'StringLike':{'aws:username':'B*'}", bob, false),
            ("'StringLike':{'aws:username':'?o?'}", bob, true),
            ("'StringLike':{'aws:username':['x*','*b']}", bob, true),
            ("'StringLike':{'aws:username':'*'}", &[], false),
            ("'StringNotLike':{'aws:username':'b*'}", bob, false),
            ("'StringNotLike':{'aws:username':'x*'}", bob, true),
            ("'StringNotLike':{'aws:username':'*'}", &[], true),
            // Several keys and several operators: all must hold.
            (
                "'StringEquals':{'aws:username':'bob','aws:x':'1'}",
                &[("aws:username", "bob"), ("aws:x", "1")],
                true,
            ),
            ("'StringEquals':{'aws:username':'bob','aws:x':'1'}", bob, false),
            (
                "'StringEquals':{'aws:username':'bob'},'Bool':{'aws:x':'true'}",
                &[("aws:username", "bob"), ("aws:x", "true")],
                true,
            ),
            ("'StringEquals':{'aws:username':'bob'},'Bool':{'aws:x':'true'}", bob, false),
            ("'StringEquals':{'aws:username':'bob','AWS:UserName':'al'}", bob, false),
            // Numbers and booleans of JSON are read as text.
            ("'StringEquals':{'aws:x':5}", &[("aws:x", "5")], true),
            ("'StringEquals':{'aws:x':true}", &[("aws:x", "true")], true),
            ("", &[], true),
        ],
    );
}

#[test]
fn numeric_and_date_conditions() {
    let ten: &[(&str, &str)] = &[("aws:n", "10")];
    let noon: &[(&str, &str)] = &[("aws:CurrentTime", "2026-11-22T12:00:00Z")];
    let epoch: &[(&str, &str)] = &[("aws:EpochTime", "1440938160")];
    check(
        "2012-10-17",
        &[
            ("'NumericEquals':{'aws:n':'10'}", ten, true),
            ("'NumericEquals':{'aws:n':10}", ten, true),
            ("'NumericEquals':{'aws:n':'10.0'}", ten, true),
            ("'NumericEquals':{'aws:n':['9','10']}", ten, true),
            ("'NumericEquals':{'aws:n':'9'}", ten, false),
            ("'NumericEquals':{'aws:n':'9'}", &[], false),
            ("'NumericEquals':{'aws:n':'9'}", &[("aws:n", "ten")], false),
            ("'NumericNotEquals':{'aws:n':'9'}", ten, true),
            ("'NumericNotEquals':{'aws:n':['9','10']}", ten, false),
            ("'NumericNotEquals':{'aws:n':'9'}", &[], true),
            ("'NumericLessThan':{'aws:n':'10'}", ten, false),
            ("'NumericLessThan':{'aws:n':'10.5'}", ten, true),
            ("'NumericLessThanEquals':{'aws:n':'10'}", ten, true),
            ("'NumericLessThanEquals':{'aws:n':'-10'}", ten, false),
            ("'NumericGreaterThan':{'aws:n':'9'}", ten, true),
            ("'NumericGreaterThan':{'aws:n':'10'}", ten, false),
            ("'NumericGreaterThanEquals':{'aws:n':'10'}", ten, true),
            ("'NumericGreaterThanEquals':{'aws:n':'11'}", ten, false),
            ("'DateGreaterThan':{'aws:CurrentTime':'2026-11-22T11:59:59Z'}", noon, true),
            ("'DateGreaterThan':{'aws:CurrentTime':'2026-11-22T12:00:00Z'}", noon, false),
            ("'DateGreaterThanEquals':{'aws:CurrentTime':'2026-11-22T12:00:00Z'}", noon, true),
            ("'DateLessThan':{'aws:CurrentTime':'2026-11-23'}", noon, true),
            ("'DateLessThan':{'aws:CurrentTime':'2026'}", noon, false),
            ("'DateLessThanEquals':{'aws:CurrentTime':'2026-11-22T13:00:00+01:00'}", noon, true),
            ("'DateEquals':{'aws:CurrentTime':'2026-11-22T12:00:00.000Z'}", noon, true),
            ("'DateEquals':{'aws:CurrentTime':'2026-11-22'}", noon, false),
            ("'DateNotEquals':{'aws:CurrentTime':'2026-11-22'}", noon, true),
            ("'DateNotEquals':{'aws:CurrentTime':'2026-11-22'}", &[], true),
            ("'DateLessThan':{'aws:CurrentTime':'2099'}", &[], false),
            ("'DateEquals':{'aws:EpochTime':'2015-08-30T12:36:00Z'}", epoch, true),
            ("'DateLessThan':{'aws:EpochTime':'1440938161'}", epoch, true),
            ("'NumericLessThan':{'aws:EpochTime':1440938161}", epoch, true),
        ],
    );
}

#[test]
fn other_conditions() {
    let ip: &[(&str, &str)] = &[("aws:SourceIp", "203.0.113.7")];
    let arn: &[(&str, &str)] = &[("aws:SourceArn", "arn:aws:iam::123456789012:user/a/bob")];
    check(
        "2012-10-17",
        &[
            ("'Bool':{'aws:SecureTransport':'true'}", &[("aws:SecureTransport", "true")], true),
            ("'Bool':{'aws:SecureTransport':true}", &[("aws:SecureTransport", "true")], true),
            ("'Bool':{'aws:SecureTransport':'TRUE'}", &[("aws:SecureTransport", "true")], true),
            ("'Bool':{'aws:SecureTransport':'true'}", &[("aws:SecureTransport", "false")], false),
            ("'Bool':{'aws:SecureTransport':'false'}", &[("aws:SecureTransport", "false")], true),
            ("'Bool':{'aws:SecureTransport':'false'}", &[], false),
            ("'BinaryEquals':{'aws:k':'QmluYXJ5'}", &[("aws:k", "QmluYXJ5")], true),
            ("'BinaryEquals':{'aws:k':'QmluYXJ5'}", &[("aws:k", "QmluYXJ6")], false),
            ("'IpAddress':{'aws:SourceIp':'203.0.113.0/24'}", ip, true),
            ("'IpAddress':{'aws:SourceIp':'203.0.113.9/24'}", ip, true),
            ("'IpAddress':{'aws:SourceIp':'203.0.113.7'}", ip, true),
            ("'IpAddress':{'aws:SourceIp':'203.0.113.8'}", ip, false),
            ("'IpAddress':{'aws:SourceIp':['10.0.0.0/8','203.0.113.0/24']}", ip, true),
            ("'IpAddress':{'aws:SourceIp':'0.0.0.0/0'}", ip, true),
            (
                "'IpAddress':{'aws:SourceIp':'203.0.113.0/24'}",
                &[("aws:SourceIp", "::ffff:203.0.113.7")],
                true,
            ),
            (
                "'IpAddress':{'aws:SourceIp':'2001:db8::/32'}",
                &[("aws:SourceIp", "2001:db8:1::9")],
                true,
            ),
            ("'IpAddress':{'aws:SourceIp':'2001:db8::/32'}", ip, false),
            ("'IpAddress':{'aws:SourceIp':'203.0.113.0/24'}", &[], false),
            ("'NotIpAddress':{'aws:SourceIp':'203.0.113.0/24'}", ip, false),
            ("'NotIpAddress':{'aws:SourceIp':'10.0.0.0/8'}", ip, true),
            ("'NotIpAddress':{'aws:SourceIp':'10.0.0.0/8'}", &[], true),
            ("'ArnEquals':{'aws:SourceArn':'arn:aws:iam::123456789012:user/a/bob'}", arn, true),
            ("'ArnEquals':{'aws:SourceArn':'arn:aws:iam::*:user/*'}", arn, true),
            ("'ArnLike':{'aws:SourceArn':'arn:aws:iam::123456789012:user/*'}", arn, true),
            ("'ArnLike':{'aws:SourceArn':'arn:*:*:*:*:user/*/bob'}", arn, true),
            ("'ArnLike':{'aws:SourceArn':'arn:aws:iam:*'}", arn, true),
            ("'ArnLike':{'aws:SourceArn':'*'}", arn, true),
            ("'ArnLike':{'aws:SourceArn':'arn:aws:iam::123456789012:role/*'}", arn, false),
            ("'ArnLike':{'aws:SourceArn':'*'}", &[], false),
            ("'ArnNotEquals':{'aws:SourceArn':'arn:aws:iam::123456789012:user/*'}", arn, false),
            ("'ArnNotLike':{'aws:SourceArn':'arn:aws:s3:::*'}", arn, true),
            ("'ArnNotLike':{'aws:SourceArn':'arn:aws:s3:::*'}", &[], true),
            ("'Null':{'aws:username':'true'}", &[], true),
            ("'Null':{'aws:username':true}", &[("aws:username", "bob")], false),
            ("'Null':{'aws:username':'false'}", &[("aws:username", "bob")], true),
            ("'Null':{'aws:username':'false'}", &[], false),
        ],
    );
}

#[test]
fn if_exists_and_sets() {
    let tags: &[(&str, &str)] = &[("aws:TagKeys", "a"), ("aws:TagKeys", "b")];
    check(
        "2012-10-17",
        &[
            ("'StringEqualsIfExists':{'aws:x':'1'}", &[], true),
            ("'StringEqualsIfExists':{'aws:x':'1'}", &[("aws:x", "1")], true),
            ("'StringEqualsIfExists':{'aws:x':'1'}", &[("aws:x", "2")], false),
            ("'StringNotEqualsIfExists':{'aws:x':'1'}", &[], true),
            ("'BoolIfExists':{'aws:x':'true'}", &[], true),
            (
                "'IpAddressIfExists':{'aws:SourceIp':'10.0.0.0/8'}",
                &[("aws:SourceIp", "1.1.1.1")],
                false,
            ),
            ("'ForAnyValue:StringEquals':{'aws:TagKeys':['b','c']}", tags, true),
            ("'ForAnyValue:StringEquals':{'aws:TagKeys':'c'}", tags, false),
            ("'ForAnyValue:StringEquals':{'aws:TagKeys':'c'}", &[], false),
            ("'ForAnyValue:StringLike':{'aws:TagKeys':'?'}", tags, true),
            ("'ForAnyValue:StringNotEquals':{'aws:TagKeys':'a'}", tags, true),
            ("'ForAnyValue:StringNotEquals':{'aws:TagKeys':['a','b']}", tags, false),
            ("'ForAnyValue:StringNotEquals':{'aws:TagKeys':'a'}", &[], false),
            ("'ForAnyValue:StringEqualsIfExists':{'aws:TagKeys':'a'}", &[], false),
            ("'ForAllValues:StringEquals':{'aws:TagKeys':['a','b','c']}", tags, true),
            ("'ForAllValues:StringEquals':{'aws:TagKeys':'a'}", tags, false),
            ("'ForAllValues:StringEquals':{'aws:TagKeys':'a'}", &[], true),
            ("'ForAllValues:StringNotEquals':{'aws:TagKeys':'c'}", tags, true),
            ("'ForAllValues:StringNotEquals':{'aws:TagKeys':'a'}", tags, false),
            ("'ForAllValues:StringLike':{'aws:TagKeys':'[ab]'}", tags, false),
            // Without a set operator: one fits, or none does.
            ("'StringEquals':{'aws:TagKeys':'b'}", tags, true),
            ("'StringNotEquals':{'aws:TagKeys':'b'}", tags, false),
            ("'StringNotEquals':{'aws:TagKeys':'c'}", tags, true),
            // Tag keys are part of the key's name, so their case does not matter.
            ("'StringEquals':{'aws:ResourceTag/Team':'x'}", &[("aws:ResourceTag/team", "x")], true),
        ],
    );
}

#[test]
fn variables_in_conditions() {
    let bob: &[(&str, &str)] = &[("aws:username", "bob"), ("aws:x", "home/bob")];
    let star: &[(&str, &str)] = &[("aws:username", "*"), ("aws:x", "home/bob")];
    check(
        "2012-10-17",
        &[
            ("'StringEquals':{'aws:x':'home/${aws:username}'}", bob, true),
            ("'StringLike':{'aws:x':'*/${aws:username}'}", bob, true),
            ("'StringEquals':{'aws:x':'home/${aws:username}'}", &[("aws:x", "home/bob")], false),
            ("'StringLike':{'aws:x':'home/${aws:username}'}", star, false),
            ("'StringLike':{'aws:x':'home/${*}'}", bob, false),
            ("'StringLike':{'aws:x':'${*}'}", &[("aws:x", "*")], true),
            (
                "'ArnLike':{'aws:a':'arn:aws:iam::1:user/${aws:username}'}",
                &[("aws:username", "bob"), ("aws:a", "arn:aws:iam::1:user/bob")],
                true,
            ),
            (
                "'ArnEquals':{'aws:a':'${aws:b}'}",
                &[("aws:b", "arn:aws:iam::1:user/bob"), ("aws:a", "arn:aws:iam::1:user/bob")],
                true,
            ),
            (
                "'ArnEquals':{'aws:a':'${aws:b}'}",
                &[("aws:b", "*"), ("aws:a", "arn:aws:iam::1:user/bob")],
                false,
            ),
        ],
    );
    let literal = "'StringEquals':{'aws:x':'${aws:username}'}";
    check("2008-10-17", &[(literal, bob, false), (literal, &[("aws:x", "${aws:username}")], true)]);
}

#[test]
fn variables_with_defaults_and_without_values() {
    let ask = |condition: &str, effect: &str, keys: &[(&str, &str)]| {
        let document = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"{effect}","Action":"*",
            "Resource":"*","Condition":{condition}}}}}"#
        );
        ask(Policy::parse(&document).unwrap(), "a:B", "*", keys)
    };
    let with_default = r#"{"StringEquals":{"aws:x":"${aws:none, 'home'}"}}"#;
    assert_eq!(ask(with_default, "Allow", &[("aws:x", "home")]), Allowed);
    assert_eq!(ask(with_default, "Allow", &[("aws:x", "home"), ("aws:none", "y")]), Unmentioned);
    let negated = r#"{"StringNotEquals":{"aws:x":"${aws:none}"}}"#;
    assert_eq!(ask(negated, "Allow", &[("aws:x", "home")]), Unmentioned);
    assert_eq!(ask(negated, "Deny", &[("aws:x", "home")]), Denied);
}

#[test]
fn variables_in_resources() {
    let own = "arn:aws:iam::000000000000:user/${aws:username}";
    let bob = "arn:aws:iam::000000000000:user/bob";
    for (version, element, effect, resource, keys, expected) in [
        ("2012-10-17", "Resource", "Allow", bob, &[("aws:username", "bob")][..], Allowed),
        ("2012-10-17", "Resource", "Allow", bob, &[("aws:username", "al")][..], Unmentioned),
        ("2012-10-17", "Resource", "Allow", bob, &[("aws:username", "*")][..], Unmentioned),
        ("2012-10-17", "Resource", "Allow", bob, &[][..], Unmentioned),
        ("2012-10-17", "NotResource", "Allow", bob, &[][..], Unmentioned),
        ("2012-10-17", "NotResource", "Deny", bob, &[][..], Denied),
        ("2012-10-17", "NotResource", "Allow", bob, &[("aws:username", "al")][..], Allowed),
        ("2008-10-17", "Resource", "Allow", bob, &[("aws:username", "bob")][..], Unmentioned),
        ("2008-10-17", "Resource", "Allow", own, &[][..], Allowed),
    ] {
        let statement = format!("{{'Effect':'{effect}','Action':'*','{element}':'{own}'}}");
        let actual = ask(policy(version, &statement), "iam:GetUser", resource, keys);
        assert_eq!(actual, expected, "{version} {effect} {element} {resource} {keys:?}");
    }
}
