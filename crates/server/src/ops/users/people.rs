//! What the tests of this family share: calls about a user, and many users at once.

use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::user::{MfaPreference, User, UserStatus};
use serde_json::{Value, json};

use crate::http::Doors;
use crate::testing::client::{Application, PASSWORD, with};
use crate::testing::devices::{insert_pool, insert_user};
use crate::testing::{ROOT, Reply, TestServer};

/// A second pool of a server.
pub(super) const TWIN: &str = "us-east-1_Twin00001";
/// When every test begins, as a date on the wire.
pub(super) const BEGAN: f64 = 1_767_614_400.0;
pub(super) const DISABLED: (&str, &str) = ("NotAuthorizedException", "User is disabled.");
pub(super) const REVOKED: (&str, &str) =
    ("NotAuthorizedException", "Access Token has been revoked");
pub(super) const NOBODY: (&str, &str) = ("UserNotFoundException", "User does not exist.");

/// A pool and a client without settings of their own.
pub(super) async fn plain() -> Application {
    Application::new(json!({}), json!({})).await
}

/// Adds a second pool with a user of this name; the user.
pub(super) async fn twin(server: &TestServer, name: &str) -> User {
    insert_pool(server, TWIN, None).await;
    insert_user(server, TWIN, name).await
}

/// Calls an operation on a user of the application's pool as root.
pub(super) async fn admin(app: &Application, operation: &str, name: &str) -> Reply {
    app.server.admin(operation, json!({ "UserPoolId": app.pool, "Username": name })).await
}

/// What AdminGetUser shows of a user of the second pool.
pub(super) async fn seen_in_twin(server: &TestServer, name: &str) -> Value {
    let request = json!({ "UserPoolId": TWIN, "Username": name });
    server.admin("AdminGetUser", request).await.ok()
}

/// Signs a user in: the tokens.
pub(super) async fn signed_in(app: &Application, name: &str) -> Value {
    let reply = app.password_sign_in(name, PASSWORD).await.ok();
    assert!(reply["AuthenticationResult"]["AccessToken"].is_string(), "{reply}");
    reply["AuthenticationResult"].clone()
}

/// GetUser with these tokens.
pub(super) async fn me(app: &Application, tokens: &Value) -> Reply {
    let request = json!({ "AccessToken": tokens["AccessToken"] });
    app.server.call("GetUser", request).await
}

/// New tokens for these.
pub(super) async fn refreshed(app: &Application, tokens: &Value) -> Reply {
    let parameters = json!({ "REFRESH_TOKEN": tokens["RefreshToken"] });
    app.initiate("REFRESH_TOKEN_AUTH", parameters).await
}

/// Status and length of the body of a signed call's answer.
pub(super) async fn answer_bytes(
    server: &TestServer,
    operation: &str,
    body: Value,
) -> (u16, usize) {
    let target = format!("AWSCognitoIdentityProviderService.{operation}");
    let body = body.to_string();
    let mut headers = vec![
        ("host".to_owned(), "localhost:9229".to_owned()),
        ("content-type".to_owned(), "application/x-amz-json-1.1".to_owned()),
        ("x-amz-target".to_owned(), target),
    ];
    headers.extend(server.signature(ROOT, "cognito-idp", &headers, body.as_bytes()));
    let response = server.app.handle(server.request(headers, body.into())).await;
    (response.status, response.body.len())
}

/// Puts users without a password into a pool: `user0`, `user1`, …, each as `make` leaves it.
pub(super) async fn crowd(
    server: &TestServer,
    pool: &str,
    size: usize,
    make: impl Fn(usize, &mut User),
) -> Vec<User> {
    let (now, mut rng) = (server.now(), server.app.fork_rng("crowd"));
    let one = |number| {
        let mut user = User {
            pool: PoolId::new(pool),
            sub: Sub::generate(&mut rng),
            username: format!("user{number}"),
            status: UserStatus::Confirmed,
            enabled: true,
            attributes: [("email".to_owned(), format!("user{number}@example.com"))].into(),
            mfa: MfaPreference::default(),
            totp_verified: false,
            totp_name: None,
            stamp: 0,
            created: now,
            modified: now,
        };
        make(number, &mut user);
        user
    };
    let users: Vec<User> = (0..size).map(one).collect();
    let inserted = &users;
    let write = server.app.db.write(now, async |mut tx| {
        for user in inserted {
            tx.insert_user(user, &user.username, None).await?;
        }
        Ok(())
    });
    write.await.unwrap();
    users
}

/// A pool whose schema has `custom:tier` and, for administrators alone, `dev:custom:risk`; its
/// client has these settings. In it is `ada`, who has both, a name and an email.
pub(super) async fn with_custom_attributes(client: Value) -> Application {
    let schema = json!({ "Schema": [
        { "Name": "tier", "AttributeDataType": "String", "Mutable": true },
        {
            "Name": "risk", "AttributeDataType": "String", "Mutable": true,
            "DeveloperOnlyAttribute": true,
        },
    ]});
    let app = Application::new(schema, client).await;
    let ada = app.user("ada").await;
    app.change(&ada, |user| {
        for (name, value) in [("name", "Ada"), ("custom:tier", "gold"), ("dev:custom:risk", "low")]
        {
            user.attributes.insert(name.into(), value.into());
        }
    })
    .await;
    app
}

/// The names of a list of attributes, in its order.
pub(super) fn names(attributes: &Value) -> Vec<&str> {
    let attributes = attributes.as_array().unwrap().iter();
    attributes.map(|attribute| attribute["Name"].as_str().unwrap()).collect()
}

/// A request about the users of the application's pool.
pub(super) fn of_pool(app: &Application, more: Value) -> Value {
    with(json!({ "UserPoolId": app.pool }), more)
}
