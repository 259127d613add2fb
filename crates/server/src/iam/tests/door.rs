//! Forms, versions, signatures, documents.

use super::*;

#[tokio::test]
async fn everybody_may_ask_who_they_are() {
    let server = TestServer::new().await;
    assert_eq!(
        whoami(&server, ROOT).await.ok(),
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
         <GetCallerIdentityResult><Arn>arn:aws:iam::000000000000:root</Arn>\
         <UserId>000000000000</UserId><Account>000000000000</Account></GetCallerIdentityResult>\
         <ResponseMetadata>…</ResponseMetadata></GetCallerIdentityResponse>"
    );
    let made = call(&server, "CreateUser", &[("UserName", "bob"), ("Path", "/dev/")]).await;
    let deny = r#"{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#;
    allow(&server, "bob", "nothing", deny).await;
    let key = key_of(&server, "bob").await;
    let who = whoami(&server, key.key()).await;
    who.ok();
    assert_eq!(who.text("Arn"), "arn:aws:iam::000000000000:user/dev/bob");
    assert_eq!(who.text("UserId"), made.text("UserId"));
}

#[tokio::test]
async fn an_action_belongs_to_a_version() {
    let server = TestServer::new().await;
    for (body, text) in [
        ("Action=Fly&Version=2010-05-08", "Could not find operation Fly for version 2010-05-08"),
        (
            "Action=GetCallerIdentity&Version=2010-05-08",
            "Could not find operation GetCallerIdentity for version 2010-05-08",
        ),
        (
            "Action=GetUser&Version=2011-06-15",
            "Could not find operation GetUser for version 2011-06-15",
        ),
        ("Action=GetUser", "Could not find operation GetUser for version NO_VERSION_SPECIFIED"),
        ("Action=%3Cb%3E&Version=%26", "Could not find operation <b> for version &"),
    ] {
        // Told before the signature is looked at: there is none.
        let answer = send(&server, form_headers(), body.to_owned()).await;
        answer.refused(400, "InvalidAction", text);
    }
    let answer = send(&server, form_headers(), "Version=2010-05-08".to_owned()).await;
    answer.refused(400, "MissingAction", "The request is missing an action.");
}

#[tokio::test]
async fn what_is_not_built_says_so_to_callers_with_a_signature() {
    let server = TestServer::new().await;
    let role = [("RoleName", "r")];
    let text = "Poolhouse does not implement CreateRole.";
    call(&server, "CreateRole", &role).await.refused(501, "NotImplemented", text);
    let body = form("CreateRole", IAM, &role);
    let unsigned = send(&server, form_headers(), body).await;
    unsigned.refused(403, "MissingAuthenticationToken", "Missing Authentication Token");
    let body = form("AssumeRole", STS, &[]);
    let mut headers = form_headers();
    headers.extend(server.signature(ROOT, "sts", &headers, body.as_bytes()));
    let answer = send(&server, headers, body).await;
    answer.refused(501, "NotImplemented", "Poolhouse does not implement AssumeRole.");
    assert!(answer.body.starts_with(
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Receiver"
    ));
}

#[tokio::test]
async fn signatures_are_checked() {
    let server = TestServer::new().await;
    let body = form("ListUsers", IAM, &[]);
    let unsigned = send(&server, form_headers(), body.clone()).await;
    unsigned.refused(403, "MissingAuthenticationToken", "Missing Authentication Token");
    let wrong = Key { secret: "wrong", ..ROOT };
    let text = "The request signature we calculated does not match the signature you provided. \
                Check your AWS Secret Access Key and signing method. Consult the service \
                documentation for details.";
    let answer = call_as(&server, wrong, "ListUsers", &[]).await;
    answer.refused(403, "SignatureDoesNotMatch", text);
    let nobody = Key { id: "AKIANOBODY0000000000", secret: "x" };
    let text = "The security token included in the request is invalid.";
    let answer = call_as(&server, nobody, "ListUsers", &[]).await;
    answer.refused(403, "InvalidClientTokenId", text);
    let mut headers = form_headers();
    headers.push(("authorization".into(), "AWS4-HMAC-SHA256 Credential=x".into()));
    let answer = send(&server, headers, body.clone()).await;
    assert_eq!((answer.status, answer.text("Code").as_str()), (400, "IncompleteSignature"));
    let mut headers = form_headers();
    headers.extend(server.signature(ROOT, "sts", &headers, body.as_bytes()));
    let text = "Credential should be scoped to correct service: 'iam'.";
    let answer = send(&server, headers.clone(), body.clone()).await;
    answer.refused(403, "SignatureDoesNotMatch", text);
    let mut headers = form_headers();
    headers.extend(server.signature(ROOT, "iam", &headers, body.as_bytes()));
    let swapped = form("GetUser", IAM, &[]);
    let answer = send(&server, headers, swapped).await;
    assert_eq!((answer.status, answer.text("Code").as_str()), (403, "SignatureDoesNotMatch"));
}

#[tokio::test]
async fn an_error_is_a_document() {
    let server = TestServer::new().await;
    let answer = call(&server, "GetUser", &[("UserName", "nobody")]).await;
    let (before, after) = answer.body.split_once("<RequestId>").unwrap();
    assert_eq!(
        before,
        "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error>\
         <Type>Sender</Type><Code>NoSuchEntity</Code>\
         <Message>The user with name nobody cannot be found.</Message></Error>"
    );
    assert_eq!(after.len(), 36 + "</RequestId></ErrorResponse>".len());
}

#[tokio::test]
async fn a_form_that_two_readers_could_read_differently_is_refused() {
    let server = TestServer::new().await;
    let body = "Action=DeleteUser&Version=2010-05-08&UserName=a&UserName=b";
    let answer = send(&server, form_headers(), body.to_owned()).await;
    let text = "The parameter UserName is given more than once.";
    answer.refused(400, "MalformedInput", text);
    let body = "Action=DeleteUser&Version=2010-05-08&UserName=%FF";
    let answer = send(&server, form_headers(), body.to_owned()).await;
    let text = "The parameters are not form-urlencoded UTF-8.";
    answer.refused(400, "MalformedInput", text);
}

#[tokio::test]
async fn get_with_a_query_is_the_same_call() {
    let server = TestServer::new().await;
    let query = "Action=GetCallerIdentity&Version=2011-06-15";
    let secret = Secret::new(ROOT.secret.to_owned());
    let signer = sigv4::Signer {
        access_key_id: ROOT.id,
        secret: &secret,
        session_token: None,
        region: "us-east-1",
        service: "sts",
        path: sigv4::PathForm::Normalized,
        token: sigv4::TokenForm::Signed,
    };
    let headers: [(&str, &[u8]); 1] = [("host", b"localhost:9229")];
    let unsigned = sigv4::Request { method: "GET", path: "/", query, headers: &headers, body: b"" };
    let signature = signer.headers(&unsigned, server.now());
    let host = ("host".to_owned(), "localhost:9229".to_owned());
    let headers = std::iter::once(host).chain(signature).collect();
    let request = Request {
        method: Method::GET,
        query: query.to_owned(),
        ..server.request(headers, Vec::new().into())
    };
    let answer = Answer::of(&server.app.handle(request).await);
    assert_eq!(answer.text("Arn"), "arn:aws:iam::000000000000:root");
}

#[tokio::test]
async fn local_development_takes_signatures_on_trust_but_wants_one() {
    let server = TestServer::with(Strictness::Dev { fixed_code: None }).await;
    let anybody = Key { id: "test", secret: "test" };
    call_as(&server, anybody, "CreateUser", &[("UserName", "bob")]).await.ok();
    let who = whoami(&server, anybody).await;
    assert_eq!(who.text("Arn"), "arn:aws:iam::000000000000:root");
    let body = form("ListUsers", IAM, &[]);
    let unsigned = send(&server, form_headers(), body).await;
    unsigned.refused(403, "MissingAuthenticationToken", "Missing Authentication Token");
}

#[test]
fn nothing_that_is_printed_holds_a_value_of_the_form() {
    let form = crate::iam::form::Form::parse(&[b"UserName=hush&X-Amz-Signature=hush"]).unwrap();
    let shown = format!("{form:?}");
    assert!(shown.contains("UserName") && !shown.contains("hush"), "{shown}");
}
