//! Access keys: made, used, taken out of use, deleted.

use serde_json::json;

use super::*;

#[tokio::test]
async fn a_key_signs_and_its_secret_is_told_once() {
    let server = TestServer::new().await;
    user(&server, "Bob").await;
    let made = call(&server, "CreateAccessKey", &[("UserName", "bob")]).await;
    let (id, secret) = (made.text("AccessKeyId"), made.text("SecretAccessKey"));
    assert!(id.starts_with("AKIA") && id.len() == 20 && secret.len() == 40);
    assert_eq!(
        made.ok(),
        format!(
            "<CreateAccessKeyResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
             <CreateAccessKeyResult><AccessKey><UserName>Bob</UserName>\
             <AccessKeyId>{id}</AccessKeyId><Status>Active</Status>\
             <SecretAccessKey>{secret}</SecretAccessKey>\
             <CreateDate>2026-01-05T12:00:00Z</CreateDate></AccessKey></CreateAccessKeyResult>\
             <ResponseMetadata>…</ResponseMetadata></CreateAccessKeyResponse>"
        )
    );
    let list = call(&server, "ListAccessKeys", &[("UserName", "BOB")]).await;
    assert_eq!(
        list.ok(),
        format!(
            "<ListAccessKeysResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
             <ListAccessKeysResult><UserName>Bob</UserName><AccessKeyMetadata><member>\
             <UserName>Bob</UserName><AccessKeyId>{id}</AccessKeyId><Status>Active</Status>\
             <CreateDate>2026-01-05T12:00:00Z</CreateDate></member></AccessKeyMetadata>\
             <IsTruncated>false</IsTruncated></ListAccessKeysResult>\
             <ResponseMetadata>…</ResponseMetadata></ListAccessKeysResponse>"
        )
    );
    let who = whoami(&server, Key { id: &id, secret: &secret }).await;
    assert_eq!(who.text("Arn"), "arn:aws:iam::000000000000:user/Bob");
}

#[tokio::test]
async fn a_user_has_two_keys_at_most() {
    let server = TestServer::new().await;
    user(&server, "bob").await;
    let first = key_of(&server, "bob").await;
    server.advance_secs(1);
    let second = key_of(&server, "bob").await;
    let third = || async { call(&server, "CreateAccessKey", &[("UserName", "bob")]).await };
    let text = "Cannot exceed quota for AccessKeysPerUser: 2";
    third().await.refused(409, "LimitExceeded", text);
    let listed = pages(&server, "ListAccessKeys", &[("UserName", "bob")], "AccessKeyId").await;
    assert_eq!(listed, [[first.id.as_str()], [second.id.as_str()]]);
    let params = [("UserName", "bob"), ("AccessKeyId", first.id.as_str())];
    call(&server, "DeleteAccessKey", &params).await.ok();
    third().await.ok();
}

#[tokio::test]
async fn an_inactive_key_is_refused_at_every_door_until_it_is_active_again() {
    let server = TestServer::new().await;
    user(&server, "bob").await;
    allow(&server, "bob", "p", ONE_OPERATION).await;
    let key = key_of(&server, "bob").await;
    let set = |status: &'static str| {
        let params = [("UserName", "bob"), ("AccessKeyId", key.id.as_str()), ("Status", status)];
        let server = &server;
        async move { call(server, "UpdateAccessKey", &params).await.ok() }
    };
    whoami(&server, key.key()).await.ok();
    assert_eq!(
        set("Inactive").await,
        "<UpdateAccessKeyResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
         <ResponseMetadata>…</ResponseMetadata></UpdateAccessKeyResponse>"
    );
    let invalid = "The security token included in the request is invalid.";
    whoami(&server, key.key()).await.refused(403, "InvalidClientTokenId", invalid);
    let listed = call_as(&server, key.key(), "ListUsers", &[]).await;
    listed.refused(403, "InvalidClientTokenId", invalid);
    let pools = server.signed(key.key(), "ListUserPools", json!({ "MaxResults": 1 })).await;
    pools.refused("UnrecognizedClientException", invalid);
    let keys = call(&server, "ListAccessKeys", &[("UserName", "bob")]).await;
    assert_eq!(keys.text("Status"), "Inactive");
    set("Active").await;
    whoami(&server, key.key()).await.ok();
}

#[tokio::test]
async fn a_deleted_key_is_refused_at_once() {
    let server = TestServer::new().await;
    user(&server, "bob").await;
    let key = key_of(&server, "bob").await;
    whoami(&server, key.key()).await.ok();
    let params = [("UserName", "bob"), ("AccessKeyId", key.id.as_str())];
    call(&server, "DeleteAccessKey", &params).await.ok();
    let invalid = "The security token included in the request is invalid.";
    whoami(&server, key.key()).await.refused(403, "InvalidClientTokenId", invalid);
    let pools = server.signed(key.key(), "ListUserPools", json!({ "MaxResults": 1 })).await;
    pools.refused("UnrecognizedClientException", invalid);
    let text = format!("The Access Key with id {} cannot be found.", key.id);
    call(&server, "DeleteAccessKey", &params).await.refused(404, "NoSuchEntity", &text);
}

#[tokio::test]
async fn a_key_is_found_under_its_own_user_only() {
    let server = TestServer::new().await;
    for name in ["alice", "bob"] {
        user(&server, name).await;
    }
    let key = key_of(&server, "alice").await;
    let id = ("AccessKeyId", key.id.as_str());
    let no_key = format!("The Access Key with id {} cannot be found.", key.id);
    let no_user = "The user with name carol cannot be found.";
    for (user, text) in [("bob", no_key.as_str()), ("carol", no_user)] {
        let user = ("UserName", user);
        let deleted = call(&server, "DeleteAccessKey", &[user, id]).await;
        deleted.refused(404, "NoSuchEntity", text);
        let params = [user, id, ("Status", "Inactive")];
        call(&server, "UpdateAccessKey", &params).await.refused(404, "NoSuchEntity", text);
    }
    for action in ["CreateAccessKey", "ListAccessKeys"] {
        let answer = call(&server, action, &[("UserName", "carol")]).await;
        answer.refused(404, "NoSuchEntity", no_user);
    }
    whoami(&server, key.key()).await.ok();
}

#[tokio::test]
async fn without_a_name_keys_are_the_callers_own() {
    let server = TestServer::new().await;
    user(&server, "bob").await;
    let own = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:*AccessKey*","Resource":"arn:aws:iam::000000000000:user/${aws:username}"}}"#;
    allow(&server, "bob", "own", own).await;
    let first = key_of(&server, "bob").await;
    let made = call_as(&server, first.key(), "CreateAccessKey", &[]).await;
    assert_eq!(made.text("UserName"), "bob");
    let second = Pair { id: made.text("AccessKeyId"), secret: made.text("SecretAccessKey") };
    let listed = call_as(&server, second.key(), "ListAccessKeys", &[]).await;
    assert_eq!(listed.texts("AccessKeyId").len(), 2);
    let id = ("AccessKeyId", first.id.as_str());
    call_as(&server, second.key(), "UpdateAccessKey", &[id, ("Status", "Inactive")]).await.ok();
    call_as(&server, second.key(), "DeleteAccessKey", &[id]).await.ok();
    let text = "Must specify userName when calling with non-User credentials";
    for action in ["CreateAccessKey", "ListAccessKeys", "DeleteAccessKey"] {
        call(&server, action, &[id]).await.refused(400, "ValidationError", text);
    }
}

#[tokio::test]
async fn constraints() {
    let server = TestServer::new().await;
    user(&server, "bob").await;
    let update = |id: &'static str, status: &'static str| {
        let server = &server;
        let params = [("UserName", "bob"), ("AccessKeyId", id), ("Status", status)];
        async move { call(server, "UpdateAccessKey", &params).await }
    };
    let violation = |text| format!("1 validation error detected: {text}");
    for (id, status, text) in [
        (
            "AKIA",
            "Active",
            "Value 'AKIA' at 'accessKeyId' failed to satisfy constraint: Member must have length \
             greater than or equal to 16",
        ),
        (
            "AKIA-0000000000000",
            "Active",
            "Value 'AKIA-0000000000000' at 'accessKeyId' failed to satisfy constraint: Member must \
             satisfy regular expression pattern: [\\w]+",
        ),
        (
            "AKIA0000000000000000",
            "active",
            "Value 'active' at 'status' failed to satisfy constraint: Member must satisfy enum \
             value set: [Active, Inactive]",
        ),
    ] {
        update(id, status).await.refused(400, "ValidationError", &violation(text));
    }
    let text = "2 validation errors detected: Value null at 'accessKeyId' failed to satisfy \
                constraint: Member must not be null; Value null at 'status' failed to satisfy \
                constraint: Member must not be null";
    call(&server, "UpdateAccessKey", &[]).await.refused(400, "ValidationError", text);
}
