//! Inline policies: what is kept, what is refused.

use super::*;

const BOB: (&str, &str) = ("UserName", "bob");

#[tokio::test]
async fn a_policy_is_kept_as_given_and_told_percent_encoded() {
    let server = TestServer::new().await;
    user(&server, "bob").await;
    let document =
        "{ \"Statement\": {\"Effect\":\"Allow\",\r\n\"Action\":\"a:B\",\"Resource\":\"*\"} }";
    let params = [BOB, ("PolicyName", "p.1"), ("PolicyDocument", document)];
    assert_eq!(
        call(&server, "PutUserPolicy", &params).await.ok(),
        "<PutUserPolicyResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
         <ResponseMetadata>…</ResponseMetadata></PutUserPolicyResponse>"
    );
    let read = call(&server, "GetUserPolicy", &[BOB, ("PolicyName", "p.1")]).await;
    assert_eq!(
        read.ok(),
        "<GetUserPolicyResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
         <GetUserPolicyResult><UserName>bob</UserName><PolicyName>p.1</PolicyName>\
         <PolicyDocument>%7B%20%22Statement%22%3A%20%7B%22Effect%22%3A%22Allow%22%2C%0D%0A\
         %22Action%22%3A%22a%3AB%22%2C%22Resource%22%3A%22%2A%22%7D%20%7D</PolicyDocument>\
         </GetUserPolicyResult><ResponseMetadata>…</ResponseMetadata></GetUserPolicyResponse>"
    );
    let other = call(&server, "GetUserPolicy", &[BOB, ("PolicyName", "P.1")]).await;
    other.refused(404, "NoSuchEntity", "The user policy with name P.1 cannot be found.");
}

#[tokio::test]
async fn a_policy_is_replaced_listed_and_deleted() {
    let server = TestServer::new().await;
    user(&server, "bob").await;
    for name in ["b", "a", "b"] {
        allow(&server, "bob", name, ONE_OPERATION).await;
    }
    let list = call(&server, "ListUserPolicies", &[BOB]).await;
    assert_eq!(
        list.ok(),
        "<ListUserPoliciesResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
         <ListUserPoliciesResult><PolicyNames><member>a</member><member>b</member></PolicyNames>\
         <IsTruncated>false</IsTruncated></ListUserPoliciesResult>\
         <ResponseMetadata>…</ResponseMetadata></ListUserPoliciesResponse>"
    );
    assert_eq!(pages(&server, "ListUserPolicies", &[BOB], "member").await, [["a"], ["b"]]);
    let a = [BOB, ("PolicyName", "a")];
    assert_eq!(
        call(&server, "DeleteUserPolicy", &a).await.ok(),
        "<DeleteUserPolicyResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
         <ResponseMetadata>…</ResponseMetadata></DeleteUserPolicyResponse>"
    );
    let text = "The user policy with name a cannot be found.";
    call(&server, "DeleteUserPolicy", &a).await.refused(404, "NoSuchEntity", text);
    assert_eq!(call(&server, "ListUserPolicies", &[BOB]).await.texts("member"), ["b"]);
}

#[tokio::test]
async fn policies_of_nobody() {
    let server = TestServer::new().await;
    let params = [BOB, ("PolicyName", "p"), ("PolicyDocument", ONE_OPERATION)];
    for action in ["PutUserPolicy", "GetUserPolicy", "ListUserPolicies", "DeleteUserPolicy"] {
        let answer = call(&server, action, &params).await;
        answer.refused(404, "NoSuchEntity", "The user with name bob cannot be found.");
    }
}

#[tokio::test]
async fn what_is_not_a_policy_is_refused() {
    let server = TestServer::new().await;
    user(&server, "bob").await;
    let put = |document: String| {
        let server = &server;
        async move {
            let params = [BOB, ("PolicyName", "p"), ("PolicyDocument", document.as_str())];
            call(server, "PutUserPolicy", &params).await
        }
    };
    let principal =
        r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}"#;
    for (document, text) in [
        ("{}", "Syntax errors in policy. Statement is missing."),
        (principal, "Policy document should not specify a principal."),
    ] {
        let answer = put(document.to_owned()).await;
        answer.refused(400, "MalformedPolicyDocument", text);
    }
    let empty = "1 validation error detected: Value at 'policyDocument' failed to satisfy \
                 constraint: Member must have length greater than or equal to 1";
    put(String::new()).await.refused(400, "ValidationError", empty);
    let long = "1 validation error detected: Value at 'policyDocument' failed to satisfy \
                constraint: Member must have length less than or equal to 131072";
    put(" ".repeat(131_073)).await.refused(400, "ValidationError", long);
    let beyond = "The specified value for policyDocument is invalid. It must contain only \
                  printable ASCII characters.";
    put(format!("{ONE_OPERATION}\u{20ac}")).await.refused(400, "ValidationError", beyond);
}

#[tokio::test]
async fn a_users_policies_are_bounded_together() {
    let server = TestServer::new().await;
    user(&server, "bob").await;
    let document = |chars: usize| {
        let frame = r#"{"Statement":{"Sid":"","Effect":"Allow","Action":"a:B","Resource":"*"}}"#;
        let sid = "s".repeat(chars - frame.len());
        frame.replace("\"Sid\":\"\"", &format!("\"Sid\":\"{sid}\""))
    };
    let put = |name: &'static str, document: String| {
        let server = &server;
        async move {
            let params = [BOB, ("PolicyName", name), ("PolicyDocument", document.as_str())];
            call(server, "PutUserPolicy", &params).await
        }
    };
    let text = "Maximum policy size of 6144 bytes exceeded for user bob";
    put("a", document(6145)).await.refused(409, "LimitExceeded", text);
    put("a", document(6000)).await.ok();
    put("b", document(145)).await.refused(409, "LimitExceeded", text);
    put("b", document(144)).await.ok();
    // White space does not count, and a policy does not count against its own replacement.
    put("a", document(6000).replace(',', ", ")).await.ok();
}
