//! The sets of signed headers that real clients send, and headers that join on the way.

use super::{Owned, SigError, at, check, rules, secret, sign_header, signer, unsigned};

fn signed_set(request: &mut Owned) -> String {
    let value = String::from_utf8(request.header("authorization").clone()).unwrap();
    let (_, rest) = value.split_once("SignedHeaders=").unwrap();
    rest.split(',').next().unwrap().to_owned()
}

/// Signs with these headers too, then adds what clients and proxies do not sign.
fn sent(more: &[(&str, &str)]) -> Owned {
    let mut request = unsigned();
    for (name, value) in more {
        request.add(name, value);
    }
    sign_header(&mut request, &signer(&secret()));
    for (name, value) in [
        ("User-Agent", "x/1"),
        ("Accept", "*/*"),
        ("Connection", "keep-alive"),
        ("X-Amzn-Trace-Id", "Root=1-1-1"),
        ("X-Forwarded-For", "10.0.0.1"),
    ] {
        request.add(name, value);
    }
    request
}

#[test]
fn header_sets_of_real_clients() {
    let length = ("Content-Length", "53");
    let hash = crate::sigv4::canonical::sha256_hex(&unsigned().body);
    let ids = [
        ("Amz-Sdk-Invocation-Id", "6f3b0c8e-8d4c-4e0c-9a41-3f1a63f2b3c1"),
        ("Amz-Sdk-Request", "attempt=1; max=3"),
        length,
    ];
    let js = [
        &ids[..],
        &[("X-Amz-Content-Sha256", hash.as_str()), ("X-Amz-User-Agent", "aws-sdk-js/3.1169.0")],
    ]
    .concat();
    for (more, set) in [
        (&[][..], "content-type;host;x-amz-date;x-amz-target"),
        (&[length][..], "content-length;content-type;host;x-amz-date;x-amz-target"),
        (
            &ids[..],
            "amz-sdk-invocation-id;amz-sdk-request;content-length;content-type;host;x-amz-date;\
             x-amz-target",
        ),
        (
            &js[..],
            "amz-sdk-invocation-id;amz-sdk-request;content-length;content-type;host;\
             x-amz-content-sha256;x-amz-date;x-amz-target;x-amz-user-agent",
        ),
    ] {
        let mut request = sent(more);
        assert_eq!(signed_set(&mut request), set);
        assert!(check(&request, &rules(), at(0)).is_ok(), "{set}");
    }
}

#[test]
fn curl_signs_without_content_type() {
    let mut request = unsigned();
    request.drop_header("content-type");
    sign_header(&mut request, &signer(&secret()));
    request.add("Content-Type", "application/x-amz-json-1.1");
    assert!(check(&request, &rules(), at(0)).is_ok());
}

#[test]
fn a_port_of_the_host_is_signed() {
    let mut request = sent(&[]);
    request.edit("host", ":9229", "");
    assert_eq!(check(&request, &rules(), at(0)), Err(SigError::Mismatch));
}

#[test]
fn a_date_header_does_instead() {
    let mut request = sent(&[]);
    // What the signature covers is the time in the string to sign.
    let mut plain = unsigned();
    plain.drop_header("x-amz-target");
    plain.add("Date", "Sun, 30 Aug 2015 12:36:00 GMT");
    let (_, steps) = plain.with(|request| {
        let secret = secret();
        let signer = signer(&secret);
        let names = ["content-type", "date", "host"];
        let query = crate::sigv4::canonical::query("");
        let canonical =
            crate::sigv4::canonical::request(request, &query, &names, signer.path).unwrap();
        let scope = crate::sigv4::canonical::Scope {
            date: "20150830".into(),
            region: "us-east-1".into(),
            service: "cognito-idp".into(),
        };
        let text = crate::sigv4::canonical::string_to_sign("20150830T123600Z", &scope, &canonical);
        ((), crate::sigv4::canonical::signature(secret.expose(), &scope, &text))
    });
    let credential = "AKIDEXAMPLE/20150830/us-east-1/cognito-idp/aws4_request";
    plain.add(
        "Authorization",
        &format!(
            "AWS4-HMAC-SHA256 Credential={credential},SignedHeaders=content-type;date;host,Signature={steps}"
        ),
    );
    assert!(check(&plain, &rules(), at(0)).is_ok());
    request.add("Date", "Sun, 30 Aug 2020 12:36:00 GMT");
    assert!(check(&request, &rules(), at(0)).is_ok(), "X-Amz-Date goes first");
}
