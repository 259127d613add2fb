//! Who may do what to whom.

use serde_json::json;

use super::*;

/// Bob's answer to a call that nothing allows.
fn denied(action: &str, resource: &str) -> String {
    format!(
        "User: arn:aws:iam::000000000000:user/bob is not authorized to perform: {action} on \
         resource: {resource} because no identity-based policy allows the {action} action"
    )
}

#[tokio::test]
async fn who_may_use_pools_may_not_manage_users() {
    let server = TestServer::new().await;
    user(&server, "bob").await;
    allow(&server, "bob", "p", ONE_OPERATION).await;
    call(&server, "CreateUser", &[("UserName", "carol"), ("Path", "/dev/")]).await.ok();
    let key = key_of(&server, "bob").await;
    let carol = "arn:aws:iam::000000000000:user/dev/carol";
    let id = "AKIA0000000000000000";
    let params = |names: &[&'static str]| -> Vec<(&'static str, &'static str)> {
        let value = |name: &&'static str| match *name {
            "UserName" => "carol",
            "AccessKeyId" => id,
            "Status" => "Active",
            "PolicyName" => "p",
            _ => ONE_OPERATION,
        };
        names.iter().map(|name| (*name, value(name))).collect()
    };
    for (action, names) in [
        ("GetUser", &["UserName"][..]),
        ("DeleteUser", &["UserName"]),
        ("CreateAccessKey", &["UserName"]),
        ("ListAccessKeys", &["UserName"]),
        ("UpdateAccessKey", &["UserName", "AccessKeyId", "Status"]),
        ("DeleteAccessKey", &["UserName", "AccessKeyId"]),
        ("PutUserPolicy", &["UserName", "PolicyName", "PolicyDocument"]),
        ("GetUserPolicy", &["UserName", "PolicyName"]),
        ("ListUserPolicies", &["UserName"]),
        ("DeleteUserPolicy", &["UserName", "PolicyName"]),
    ] {
        let text = denied(&format!("iam:{action}"), carol);
        let answer = call_as(&server, key.key(), action, &params(names)).await;
        answer.refused(403, "AccessDenied", &text);
    }
    let made = [("UserName", "eve"), ("Path", "/ops/")];
    let text = denied("iam:CreateUser", "arn:aws:iam::000000000000:user/ops/eve");
    call_as(&server, key.key(), "CreateUser", &made).await.refused(403, "AccessDenied", &text);
    let text = denied("iam:ListUsers", "arn:aws:iam::000000000000:user/");
    call_as(&server, key.key(), "ListUsers", &[]).await.refused(403, "AccessDenied", &text);
    let listed = call(&server, "ListUsers", &[]).await;
    assert_eq!(listed.texts("UserName"), ["bob", "carol"]);
}

#[tokio::test]
async fn who_may_not_ask_does_not_learn_who_exists() {
    let server = TestServer::new().await;
    user(&server, "bob").await;
    let key = key_of(&server, "bob").await;
    let text = denied("iam:GetUser", "arn:aws:iam::000000000000:user/nobody");
    let answer = call_as(&server, key.key(), "GetUser", &[("UserName", "nobody")]).await;
    answer.refused(403, "AccessDenied", &text);
}

#[tokio::test]
async fn permission_is_bound_to_the_path_that_a_user_really_has() {
    let server = TestServer::new().await;
    user(&server, "bob").await;
    let dev = r#"{"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Action":["iam:CreateUser","iam:GetUser","iam:ListUsers"],
         "Resource":"arn:aws:iam::000000000000:user/dev/*"}]}"#;
    allow(&server, "bob", "dev", dev).await;
    let key = key_of(&server, "bob").await;
    let create = |name: &'static str, path: &'static str| {
        let (server, key) = (&server, key.key());
        let params = [("UserName", name), ("Path", path)];
        async move { call_as(server, key, "CreateUser", &params).await }
    };
    create("x", "/dev/").await.ok();
    create("y", "/dev/team/").await.ok();
    let text = denied("iam:CreateUser", "arn:aws:iam::000000000000:user/z");
    create("z", "/").await.refused(403, "AccessDenied", &text);
    call(&server, "CreateUser", &[("UserName", "boss")]).await.ok();
    let read = |name: &'static str| {
        let (server, key) = (&server, key.key());
        async move { call_as(server, key, "GetUser", &[("UserName", name)]).await }
    };
    read("Y").await.ok();
    let text = denied("iam:GetUser", "arn:aws:iam::000000000000:user/boss");
    read("boss").await.refused(403, "AccessDenied", &text);
    let listed = call_as(&server, key.key(), "ListUsers", &[("PathPrefix", "/dev/")]).await;
    assert_eq!(listed.texts("UserName"), ["x", "y"]);
    let all = call_as(&server, key.key(), "ListUsers", &[]).await;
    assert_eq!(all.status, 403);
}

#[tokio::test]
async fn an_explicit_deny_is_told_as_one() {
    let server = TestServer::new().await;
    user(&server, "bob").await;
    let all = r#"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},
        {"Effect":"Deny","Action":"iam:DeleteUser","Resource":"*"}]}"#;
    allow(&server, "bob", "p", all).await;
    let key = key_of(&server, "bob").await;
    let text = "User: arn:aws:iam::000000000000:user/bob is not authorized to perform: \
                iam:DeleteUser on resource: arn:aws:iam::000000000000:user/bob with an explicit \
                deny in an identity-based policy";
    let answer = call_as(&server, key.key(), "DeleteUser", &[("UserName", "bob")]).await;
    answer.refused(403, "AccessDenied", text);
    call_as(&server, key.key(), "CreateUser", &[("UserName", "new")]).await.ok();
}

#[tokio::test]
async fn a_policy_takes_effect_with_the_next_request() {
    let server = TestServer::new().await;
    user(&server, "bob").await;
    let key = key_of(&server, "bob").await;
    let list = || async {
        let reply = server.signed(key.key(), "ListUserPools", json!({ "MaxResults": 1 })).await;
        reply.body["__type"] != "AccessDeniedException"
    };
    assert!(!list().await);
    allow(&server, "bob", "p", ONE_OPERATION).await;
    assert!(list().await);
    let params = [("UserName", "bob"), ("PolicyName", "p")];
    call(&server, "DeleteUserPolicy", &params).await.ok();
    assert!(!list().await);
}
