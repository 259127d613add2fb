//! Users: names, paths, pages, limits.

use super::*;

#[tokio::test]
async fn a_user_is_created_read_and_deleted() {
    let server = TestServer::new().await;
    let made = call(&server, "CreateUser", &[("UserName", "Bob"), ("Path", "/dev/")]).await;
    let id = made.text("UserId");
    assert!(id.starts_with("AIDA") && id.len() == 21, "{id}");
    assert_eq!(
        made.ok(),
        format!(
            "<CreateUserResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
             <CreateUserResult><User><Path>/dev/</Path><UserName>Bob</UserName>\
             <UserId>{id}</UserId><Arn>arn:aws:iam::000000000000:user/dev/Bob</Arn>\
             <CreateDate>2026-01-05T12:00:00Z</CreateDate></User></CreateUserResult>\
             <ResponseMetadata>…</ResponseMetadata></CreateUserResponse>"
        )
    );
    server.advance_secs(5);
    let read = call(&server, "GetUser", &[("UserName", "BOB")]).await;
    assert_eq!(read.ok(), made.ok().replace("CreateUser", "GetUser"));
    assert_eq!(
        call(&server, "DeleteUser", &[("UserName", "bob")]).await.ok(),
        "<DeleteUserResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
         <ResponseMetadata>…</ResponseMetadata></DeleteUserResponse>"
    );
    let gone = "The user with name Bob cannot be found.";
    for action in ["GetUser", "DeleteUser"] {
        call(&server, action, &[("UserName", "Bob")]).await.refused(404, "NoSuchEntity", gone);
    }
}

#[tokio::test]
async fn names_are_unique_without_regard_to_case() {
    let server = TestServer::new().await;
    user(&server, "Bob").await;
    let taken = call(&server, "CreateUser", &[("UserName", "bOB")]).await;
    taken.refused(409, "EntityAlreadyExists", "User with name bOB already exists.");
}

#[tokio::test]
async fn get_user_without_a_name_is_about_the_caller() {
    let server = TestServer::new().await;
    let root = call(&server, "GetUser", &[]).await;
    assert_eq!(root.text("Arn"), "arn:aws:iam::000000000000:root");
    assert_eq!(root.text("UserId"), "000000000000");
    assert!(root.texts("UserName").is_empty());
    user(&server, "bob").await;
    let key = key_of(&server, "bob").await;
    let denied = "User: arn:aws:iam::000000000000:user/bob is not authorized to perform: \
                  iam:GetUser on resource: arn:aws:iam::000000000000:user/bob because no \
                  identity-based policy allows the iam:GetUser action";
    call_as(&server, key.key(), "GetUser", &[]).await.refused(403, "AccessDenied", denied);
    let own = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:GetUser","Resource":"arn:aws:iam::*:user/${aws:username}"}}"#;
    allow(&server, "bob", "own", own).await;
    assert_eq!(call_as(&server, key.key(), "GetUser", &[]).await.text("UserName"), "bob");
}

#[tokio::test]
async fn constraints_are_told_together_and_before_permission() {
    let server = TestServer::new().await;
    let long = "a".repeat(65);
    let long_text = format!(
        "1 validation error detected: Value '{long}' at 'userName' failed to satisfy constraint: \
         Member must have length less than or equal to 64"
    );
    let cases: [(&[(&str, &str)], &str); 6] = [
        (
            &[],
            "1 validation error detected: Value null at 'userName' failed to satisfy constraint: \
             Member must not be null",
        ),
        (
            &[("Path", "")],
            "2 validation errors detected: Value null at 'userName' failed to satisfy constraint: \
             Member must not be null; Value '' at 'path' failed to satisfy constraint: Member must \
             have length greater than or equal to 1",
        ),
        (&[("UserName", &long)], &long_text),
        (
            &[("UserName", "a b")],
            "The specified value for userName is invalid. It must contain only alphanumeric \
             characters and/or the following: +=,.@_-",
        ),
        (
            &[("UserName", "é")],
            "The specified value for userName is invalid. It must contain only alphanumeric \
             characters and/or the following: +=,.@_-",
        ),
        (
            &[("UserName", "a"), ("Path", "/dev")],
            "The specified value for path is invalid. It must begin and end with / and contain \
             only alphanumeric characters and/or / characters.",
        ),
    ];
    user(&server, "bob").await;
    let bob = key_of(&server, "bob").await;
    for (params, text) in cases {
        for key in [ROOT, bob.key()] {
            let answer = call_as(&server, key, "CreateUser", params).await;
            answer.refused(400, "ValidationError", text);
        }
    }
    call(&server, "CreateUser", &[("UserName", &long[..64])]).await.ok();
    // A name that could not be created may still be asked for.
    let text = format!("The user with name {long} cannot be found.");
    call(&server, "GetUser", &[("UserName", &long)]).await.refused(404, "NoSuchEntity", &text);
}

#[tokio::test]
async fn what_a_user_could_have_elsewhere_is_not_ignored() {
    let server = TestServer::new().await;
    let arn = "arn:aws:iam::000000000000:policy/x";
    let bounded = [("UserName", "bob"), ("PermissionsBoundary", arn)];
    let text = "Poolhouse does not implement PermissionsBoundary of CreateUser.";
    call(&server, "CreateUser", &bounded).await.refused(501, "NotImplemented", text);
    let tagged = [("UserName", "bob"), ("Tags.member.1.Key", "k"), ("Tags.member.1.Value", "v")];
    let text = "Poolhouse does not implement Tags of CreateUser.";
    call(&server, "CreateUser", &tagged).await.refused(501, "NotImplemented", text);
    call(&server, "CreateUser", &[("UserName", "bob"), ("Tags", "")]).await.ok();
}

#[tokio::test]
async fn a_user_who_still_has_something_is_not_deleted() {
    let server = TestServer::new().await;
    user(&server, "bob").await;
    let key = key_of(&server, "bob").await;
    allow(&server, "bob", "p", ONE_OPERATION).await;
    let bob = ("UserName", "bob");
    let conflict = |what| format!("Cannot delete entity, must delete {what} first.");
    let delete = || async { call(&server, "DeleteUser", &[bob]).await };
    delete().await.refused(409, "DeleteConflict", &conflict("access keys"));
    call(&server, "DeleteAccessKey", &[bob, ("AccessKeyId", &key.id)]).await.ok();
    delete().await.refused(409, "DeleteConflict", &conflict("policies"));
    call(&server, "DeleteUserPolicy", &[bob, ("PolicyName", "p")]).await.ok();
    delete().await.ok();
}

#[tokio::test]
async fn users_are_listed_by_page_and_by_path() {
    let server = TestServer::new().await;
    let empty = call(&server, "ListUsers", &[]).await;
    assert_eq!(
        empty.ok(),
        "<ListUsersResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><ListUsersResult>\
         <Users></Users><IsTruncated>false</IsTruncated></ListUsersResult>\
         <ResponseMetadata>…</ResponseMetadata></ListUsersResponse>"
    );
    for (name, path) in [("carol", "/dev/x/"), ("Bob", "/dev/"), ("alice", "/"), ("dan", "/dev/")] {
        call(&server, "CreateUser", &[("UserName", name), ("Path", path)]).await.ok();
    }
    let all = call(&server, "ListUsers", &[]).await;
    assert_eq!(all.texts("UserName"), ["alice", "Bob", "carol", "dan"]);
    let dev = call(&server, "ListUsers", &[("PathPrefix", "/dev/")]).await;
    assert_eq!(dev.texts("UserName"), ["Bob", "carol", "dan"]);
    let paged = pages(&server, "ListUsers", &[], "UserName").await;
    assert_eq!(paged, [["alice"], ["Bob"], ["carol"], ["dan"]]);
    let paged = pages(&server, "ListUsers", &[("PathPrefix", "/dev/")], "UserName").await;
    assert_eq!(paged, [["Bob"], ["carol"], ["dan"]]);
}

#[tokio::test]
async fn pages_have_bounds_and_markers_of_their_own() {
    let server = TestServer::new().await;
    for name in ["a", "b"] {
        user(&server, name).await;
    }
    let page = |bound| {
        format!(
            "1 validation error detected: Value '{bound}' at 'maxItems' failed to satisfy \
             constraint: Member must have value "
        )
    };
    for (items, text) in [
        ("0", page("0") + "greater than or equal to 1"),
        ("-1", page("-1") + "greater than or equal to 1"),
        ("1001", page("1001") + "less than or equal to 1000"),
    ] {
        let answer = call(&server, "ListUsers", &[("MaxItems", items)]).await;
        answer.refused(400, "ValidationError", &text);
    }
    let answer = call(&server, "ListUsers", &[("MaxItems", "many")]).await;
    answer.refused(400, "MalformedInput", "'many' is not an integer.");
    call(&server, "ListUsers", &[("MaxItems", "1000")]).await.ok();
    let marker = call(&server, "ListUsers", &[("MaxItems", "1")]).await.text("Marker");
    assert!(marker.len() <= 320);
    let marker = ("Marker", marker.as_str());
    for params in [&[("Marker", "bogus")][..], &[marker, ("PathPrefix", "/x/")]] {
        let answer = call(&server, "ListUsers", params).await;
        answer.refused(400, "ValidationError", "Invalid Marker.");
    }
    let answer = call(&server, "ListAccessKeys", &[("UserName", "a"), marker]).await;
    answer.refused(400, "ValidationError", "Invalid Marker.");
    assert_eq!(call(&server, "ListUsers", &[marker]).await.texts("UserName"), ["b"]);
}

#[tokio::test]
async fn the_number_of_users_is_bounded() {
    let server = TestServer::new().await;
    let now = server.now();
    let filled = server.app.db.write(now, async |mut tx| {
        for number in 0..crate::iam::create_user::USERS_MAX {
            let (name, id) = (format!("u{number:04}"), format!("AIDA{number}"));
            let row = poolhouse_store::IamUserRow { name, id, path: "/".into(), created: now };
            tx.insert_iam_user(&row).await?;
        }
        Ok(())
    });
    filled.await.unwrap();
    let text = "Cannot exceed quota for UsersPerAccount: 5000";
    let more = || async { call(&server, "CreateUser", &[("UserName", "bob")]).await };
    more().await.refused(409, "LimitExceeded", text);
    let page = call(&server, "ListUsers", &[("MaxItems", "1000")]).await;
    assert_eq!(page.texts("UserName").len(), 1000);
    let none = call(&server, "ListUsers", &[("PathPrefix", "/dev/")]).await;
    assert_eq!((none.texts("UserName").len(), none.text("IsTruncated").as_str()), (0, "false"));
    call(&server, "DeleteUser", &[("UserName", "u0000")]).await.ok();
    more().await.ok();
}
