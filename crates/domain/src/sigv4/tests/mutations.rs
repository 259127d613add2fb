//! Every way to spoil a signed request, and the answer to it.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::{
    Owned, Rules, SigError, Signer, at, check, claim, presigned, rules, secret, sign_header,
    signed, signer, unsigned,
};
use crate::sigv4::{CLOCK_SKEW_S_MAX, TokenForm};

const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

type Change = (&'static str, fn(&mut Owned));

fn outcome(request: &Owned) -> (&'static str, String) {
    match check(request, &rules(), at(0)) {
        Ok(_) => ("Ok", String::new()),
        Err(error) => (error.exception_name(), error.message()),
    }
}

fn spoil(change: impl FnOnce(&mut Owned)) -> (&'static str, String) {
    let mut request = signed();
    change(&mut request);
    outcome(&request)
}

fn spoil_query(from: &str, to: &str) -> (&'static str, String) {
    let mut request = presigned();
    assert!(request.query.contains(from), "{} has no {from}", request.query);
    request.query = request.query.replacen(from, to, 1);
    outcome(&request)
}

fn mismatch() -> (&'static str, String) {
    ("InvalidSignatureException", MISMATCH.to_owned())
}

fn invalid(message: &str) -> (&'static str, String) {
    ("InvalidSignatureException", message.to_owned())
}

fn incomplete(message: &str) -> (&'static str, String) {
    ("IncompleteSignatureException", message.to_owned())
}

#[test]
fn what_is_signed_cannot_change() {
    assert_eq!(spoil(|_| {}).0, "Ok");
    let changes: [Change; 22] = [
        ("body", |r| r.body.push(b' ')),
        ("body gone", |r| r.body.clear()),
        ("method", |r| r.method = "GET".into()),
        ("path", |r| r.path = "/x".into()),
        ("query", |r| r.query = "x=1".into()),
        ("host", |r| r.edit("host", "127.0.0.1", "127.0.0.2")),
        ("port", |r| r.edit("host", "9229", "9230")),
        ("target", |r| r.edit("x-amz-target", "AdminGetUser", "AdminDeleteUser")),
        ("target's case", |r| r.edit("x-amz-target", "Admin", "admin")),
        ("content type", |r| r.edit("content-type", "1.1", "1.0")),
        ("content type twice", |r| r.add("content-type", "application/json")),
        ("content type gone", |r| r.drop_header("content-type")),
        ("target gone", |r| r.drop_header("x-amz-target")),
        ("date", |r| r.edit("x-amz-date", "123600Z", "123601Z")),
        ("signature", |r| {
            let value = r.header("authorization");
            let last = value.len() - 1;
            value[last] = if value[last] == b'0' { b'1' } else { b'0' };
        }),
        ("signature cut", |r| {
            r.header("authorization").pop();
        }),
        ("signature longer", |r| r.header("authorization").push(b'0')),
        ("signature in upper case", |r| {
            let value = r.header("authorization");
            let at = value.len() - 64;
            value[at..].make_ascii_uppercase();
        }),
        ("signed headers reordered", |r| {
            r.edit("authorization", "content-type;host", "host;content-type");
        }),
        ("one signed header less", |r| r.edit("authorization", "content-type;", "")),
        ("one signed header more", |r| r.edit("authorization", "host;", "host;user-agent;")),
        ("one signed header twice", |r| r.edit("authorization", "host;", "host;host;")),
    ];
    for (name, change) in changes {
        assert_eq!(spoil(change), mismatch(), "{name}");
    }
}

#[test]
fn what_does_not_matter_may_change() {
    let changes: [Change; 6] = [
        ("another header", |r| r.add("user-agent", "x")),
        ("spaces", |r| r.edit("x-amz-target", "AWS", "  AWS")),
        ("header order", |r| r.headers.reverse()),
        ("header name case", |r| {
            for (name, _) in &mut r.headers {
                name.make_ascii_uppercase();
            }
        }),
        ("spaces in Authorization", |r| {
            r.edit("authorization", ", SignedHeaders", ",SignedHeaders")
        }),
        ("path that means the same", |r| r.path = "/./".into()),
    ];
    for (name, change) in changes {
        assert_eq!(spoil(change).0, "Ok", "{name}");
    }
}

#[test]
fn nothing_that_steers_us_is_unsigned() {
    let must =
        |name: &str| invalid(&format!("{name} must be a 'SignedHeader' in the AWS Authorization."));
    assert_eq!(spoil(|r| r.edit("authorization", ";x-amz-target", "")), must("'x-amz-target'"));
    assert_eq!(spoil(|r| r.add("X-Amz-Security-Token", "t")), must("'x-amz-security-token'"));
    assert_eq!(spoil(|r| r.add("X-AMZ-Anything", "t")), must("'x-amz-anything'"));
    assert_eq!(spoil(|r| r.edit("authorization", ";host", "")), must("'Host' or ':authority'"));
    assert_eq!(spoil(|r| r.edit("authorization", ";x-amz-date", "")), must("'x-amz-date'"));
    let mut request = unsigned();
    request.drop_header("x-amz-target");
    let secret = secret();
    request.query = request.with(|request| signer(&secret).query(request, at(0), 60));
    request.add("x-amz-target", "AWSCognitoIdentityProviderService.DeleteUserPool");
    assert_eq!(outcome(&request), must("'x-amz-target'"));
}

#[test]
fn what_decides_comes_once() {
    for name in ["authorization", "host", "x-amz-date", "x-amz-target"] {
        let answer = spoil(|r| {
            let value = String::from_utf8(r.header(name).clone()).unwrap();
            r.add(name, &value);
        });
        assert_eq!(answer, incomplete(&format!("The header '{name}' must not be repeated.")));
    }
    assert_eq!(spoil(|r| r.add("Authorization", "Bearer x")).0, "IncompleteSignatureException");
    let twice = spoil(|r| r.edit("authorization", "Signature=", "Signature=0, Signature="));
    assert!(twice.1.starts_with("Authorization header requires 'Signature' parameter."));
    let mut both = presigned();
    sign_header(&mut both, &signer(&secret()));
    assert_eq!(
        outcome(&both),
        invalid(
            "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."
        )
    );
}

#[test]
fn the_stated_hash_must_be_true() {
    let with_hash = |hash: &str| {
        let mut request = unsigned();
        request.add("X-Amz-Content-Sha256", hash);
        sign_header(&mut request, &signer(&secret()));
        outcome(&request)
    };
    let truth = crate::sigv4::canonical::sha256_hex(&unsigned().body);
    assert_eq!(with_hash(&truth).0, "Ok");
    let empty = crate::sigv4::canonical::sha256_hex(b"");
    let upper = truth.to_uppercase();
    for hash in [
        "UNSIGNED-PAYLOAD",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "",
        empty.as_str(),
        upper.as_str(),
    ] {
        assert_eq!(with_hash(hash), mismatch(), "{hash}");
    }
}

#[test]
fn missing_and_malformed() {
    let missing =
        ("MissingAuthenticationTokenException", "Missing Authentication Token".to_owned());
    assert_eq!(outcome(&unsigned()), missing);
    for other in ["Bearer eyJ", "Basic YTpi", "", "eyJraWQi", "aws4-hmac-sha256 x"] {
        let answer = spoil(|r| *r.header("authorization") = other.as_bytes().to_vec());
        assert_eq!(answer, missing, "{other}");
    }
    let answer = spoil(|r| *r.header("authorization") = b"AWS4-HMAC-SHA256".to_vec());
    assert_eq!(
        answer,
        incomplete(
            "Authorization header requires 'Credential' parameter. Authorization header requires \
             'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. \
             (Hashed with SHA-256 and encoded with Base64) \
             Authorization=YI2YWea8FSxnksZL2ETHbs5elHm9HQufxTLK0W0ffV0="
        )
    );
    let answer = spoil(|r| {
        r.drop_header("x-amz-date");
        *r.header("authorization") = b"AWS4-HMAC-SHA256 Credential=a, Signature=".to_vec();
    });
    assert!(answer.1.starts_with(
        "Authorization header requires 'Signature' parameter. Authorization header requires \
         'SignedHeaders' parameter. Authorization header requires existence of either a \
         'X-Amz-Date' or a 'Date' header. (Hashed"
    ));
    let answer = spoil(|r| r.edit("authorization", "Signature=", "Signature"));
    assert_eq!(answer.0, "IncompleteSignatureException");
    assert!(answer.1.starts_with(
        "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 \
         and encoded with Base64): '"
    ));
    assert!(!answer.1.contains("Credential"), "the header itself is not echoed");
    assert_eq!(
        spoil(|r| r.edit("authorization", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1")),
        incomplete(
            "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA1' (only AWS4-HMAC-SHA256 for now). "
        )
    );
    for (from, to) in [("/aws4_request", ""), ("AKIDEXAMPLE/", "a/b/"), ("us-east-1/", "")] {
        let answer = spoil(|r| r.edit("authorization", from, to));
        assert!(
            answer.1.starts_with("Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '"),
            "{answer:?}"
        );
        assert_eq!(answer.0, "IncompleteSignatureException");
    }
}

#[test]
fn scopes() {
    let region = "Credential should be scoped to a valid region.";
    let service = "Credential should be scoped to correct service: 'cognito-idp'.";
    let terminator =
        "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'.";
    let date = "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date \
                from HTTP: '20150829' != '20150830', from '20150830T123600Z'.";
    for (from, to, message) in [
        ("us-east-1", "us-west-2", region),
        ("us-east-1", "", region),
        ("us-east-1", "US-EAST-1", region),
        ("/cognito-idp/", "/iam/", service),
        ("/cognito-idp/", "/cognito-identity/", service),
        ("aws4_request", "aws5_request", terminator),
        ("20150830/", "20150829/", date),
    ] {
        assert_eq!(spoil(|r| r.edit("authorization", from, to)), invalid(message), "{to}");
    }
    assert_eq!(
        spoil(|r| r.edit(
            "authorization",
            "20150830/us-east-1/cognito-idp/aws4_request",
            "20150829/x/y/aws5_request"
        )),
        invalid(&format!("{region} {service} {terminator} {date}"))
    );
}

#[test]
fn the_iam_door_takes_other_scopes() {
    let rules = Rules::new(&["iam", "sts"], &["eu-west-1", "us-east-1"]);
    let secret = secret();
    for (service, region, good) in [
        ("iam", "us-east-1", true),
        ("sts", "eu-west-1", true),
        ("sts", "us-east-1", true),
        ("iam", "us-west-2", false),
        ("cognito-idp", "us-east-1", false),
    ] {
        let mut request = unsigned();
        sign_header(&mut request, &Signer { service, region, ..signer(&secret) });
        assert_eq!(check(&request, &rules, at(0)).is_ok(), good, "{service} {region}");
    }
}

#[test]
fn the_clock() {
    let ask = |now_s: i64| match check(&signed(), &rules(), at(now_s)) {
        Ok(_) => String::new(),
        Err(error) => format!("{}: {}", error.exception_name(), error.message()),
    };
    for now in [0, 299, CLOCK_SKEW_S_MAX, -299, -CLOCK_SKEW_S_MAX] {
        assert_eq!(ask(now), "", "{now}");
    }
    assert_eq!(
        ask(301),
        "InvalidSignatureException: Signature expired: 20150830T123600Z is now earlier than \
         20150830T123601Z (20150830T124101Z - 5 min.)"
    );
    assert_eq!(
        ask(-301),
        "InvalidSignatureException: Signature not yet current: 20150830T123600Z is still later \
         than 20150830T123559Z (20150830T123059Z + 5 min.)"
    );
    for date in [
        "",
        "20150830T123600",
        "2015-08-30T12:36:00Z",
        "20150830T126000Z",
        "20151330T000000Z",
        "2015083 T123600Z",
        "+0150830T123600Z",
        "yesterday",
    ] {
        let answer = spoil(|r| *r.header("x-amz-date") = date.as_bytes().to_vec());
        let expected = format!(
            "Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601"
        );
        assert_eq!(answer, incomplete(&expected), "{date}");
    }
}

#[test]
fn presigned_requests() {
    assert_eq!(outcome(&presigned()).0, "Ok");
    let at_time = |now_s: i64| check(&presigned(), &rules(), at(now_s)).map_err(|e| e.message());
    assert!(at_time(60).is_ok());
    assert!(at_time(-CLOCK_SKEW_S_MAX).is_ok());
    assert_eq!(
        at_time(61).unwrap_err(),
        "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z \
         (20150830T123701Z - 1 min.)"
    );
    assert!(at_time(-301).unwrap_err().starts_with("Signature not yet current: "));
    for (from, to) in [
        ("ListUsers", "DeleteUser"),
        ("X-Amz-Expires=60", "X-Amz-Expires=61"),
        ("Version", "version"),
        ("X-Amz-Signature=", "x=1&X-Amz-Signature="),
        ("X-Amz-Expires=60&", ""),
    ] {
        assert_eq!(spoil_query(from, to), mismatch(), "{to}");
    }
    for expires in ["-1", "604801", "x", "", "99999999999", "60&X-Amz-Expires=60"] {
        let answer = spoil_query("X-Amz-Expires=60", &format!("X-Amz-Expires={expires}"));
        assert_eq!(answer.0, "IncompleteSignatureException", "{expires}");
        assert!(answer.1.starts_with("X-Amz-Expires must be"), "{answer:?}");
    }
    for name in [
        "X-Amz-Credential",
        "X-Amz-Signature",
        "X-Amz-SignedHeaders",
        "X-Amz-Date",
        "X-Amz-Algorithm",
    ] {
        let expected = incomplete(&format!(
            "AWS query-string parameters must include '{name}'. Re-examine the query-string parameters."
        ));
        assert_eq!(spoil_query(&format!("{name}="), &format!("{name}=&x=")), expected);
        assert_eq!(spoil_query(&format!("{name}="), &format!("{name}=1&{name}=")), expected);
    }
    assert_eq!(
        spoil_query("X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Algorithm=AWS4-HMAC-SHA512").1,
        "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA512' (only AWS4-HMAC-SHA256 for now). "
    );
    assert!(spoil_query("us-east-1", "us-east-2").1.contains("valid region"));
}

#[test]
fn a_week_is_the_longest_life() {
    let secret = secret();
    for (expires_s, good) in [(604_800, true), (604_801, false)] {
        let mut request = unsigned();
        request.query = request.with(|request| signer(&secret).query(request, at(0), expires_s));
        assert_eq!(check(&request, &rules(), at(604_800)).is_ok(), good, "{expires_s}");
    }
}

#[test]
fn session_tokens_reach_the_claim() {
    let secret = secret();
    let signer = Signer { session_token: Some("to/ken=="), ..signer(&secret) };
    let mut header = unsigned();
    sign_header(&mut header, &signer);
    let mut query = unsigned();
    query.query = query.with(|request| signer.query(request, at(0), 60));
    for request in [&header, &query] {
        assert_eq!(claim(request).session_token().unwrap().expose(), "to/ken==");
        assert!(check(request, &rules(), at(0)).is_ok());
        assert!(!format!("{:?}", claim(request)).contains("to/"));
    }
    header.edit("x-amz-security-token", "to", "no");
    assert_eq!(outcome(&header), mismatch());
    assert!(claim(&signed()).session_token().is_none());
    let mut after = unsigned();
    sign_header(&mut after, &Signer { token: TokenForm::AddedAfter, ..signer });
    assert_eq!(outcome(&after).0, "InvalidSignatureException");
}

#[test]
fn names_in_both_protocols() {
    for (error, json, query, message) in [
        (
            SigError::MissingToken,
            "MissingAuthenticationTokenException",
            "MissingAuthenticationToken",
            "Missing Authentication Token",
        ),
        (
            SigError::UnknownKey,
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "The security token included in the request is invalid.",
        ),
        (SigError::Mismatch, "InvalidSignatureException", "SignatureDoesNotMatch", MISMATCH),
    ] {
        assert_eq!(error.exception_name(), json);
        assert_eq!(error.query_code(), query);
        assert_eq!(error.message(), message);
    }
    assert_eq!(SigError::BadExpires.query_code(), "IncompleteSignature");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1_500,
        rng_seed: RngSeed::Fixed(5),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn signed_requests_verify_and_spoiled_ones_do_not(
        request in super::reference::request(), spot in any::<prop::sample::Index>(), what in 0..3,
    ) {
        let secret = secret();
        let mut header = request.clone();
        sign_header(&mut header, &signer(&secret));
        prop_assert!(check(&header, &rules(), at(0)).is_ok());
        let mut query = request.clone();
        query.query = request.with(|request| signer(&secret).query(request, at(0), 60));
        prop_assert!(check(&query, &rules(), at(0)).is_ok());

        for mut signed in [header, query] {
            match what {
                0 => {
                    let at = spot.index(signed.body.len());
                    signed.body[at] ^= 1;
                }
                1 => {
                    let at = spot.index(request.headers.len());
                    let value = &mut signed.headers[at].1;
                    let last = value.len() - 1;
                    value[last] = if value[last] == b'x' { b'y' } else { b'x' };
                }
                _ => signed.path.push('x'),
            }
            prop_assert!(check(&signed, &rules(), at(0)).is_err());
        }
    }
}
