//! What the tests of this family share: a server with one pool and one client.

use std::future::poll_fn;
use std::task::Poll;

use poolhouse_domain::error::Error;
use poolhouse_domain::id::{PoolId, Sub};
use poolhouse_domain::message::Message;
use poolhouse_domain::session::{CodePurpose, CodeRow};
use poolhouse_domain::user::username::Purpose;
use poolhouse_domain::user::{PasswordRecord, User};
use serde_json::{Value, json};

use crate::app::Strictness;
use crate::ops::pools::testing::pool;
use crate::testing::{Reply, TestServer};

/// A password that the default policy lets pass.
pub(super) const PASSWORD: &str = "Passw0rd!";
pub(super) const DAY_SECS: i64 = 24 * 60 * 60;
/// An ARN that looks like a function.
const LAMBDA: &str = "arn:aws:lambda:us-east-1:000000000000:function:f";

pub(super) const MISMATCH: (&str, &str) =
    ("CodeMismatchException", "Invalid verification code provided, please try again.");
pub(super) const EXPIRED: (&str, &str) =
    ("ExpiredCodeException", "Invalid code provided, please request a code again.");
pub(super) const NOT_FOUND: (&str, &str) = ("UserNotFoundException", "User does not exist.");
pub(super) const LIMIT: (&str, &str) =
    ("LimitExceededException", "Attempt limit exceeded, please try after some time.");
pub(super) const DISABLED: (&str, &str) = ("NotAuthorizedException", "User is disabled.");
pub(super) const CONFIRMED: (&str, &str) =
    ("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED");
pub(super) const NO_PASSWORD: (&str, &str) =
    ("InvalidParameterException", "User is required to have a password");

impl Reply {
    /// Asserts one of the refusals that have a name above.
    #[track_caller]
    pub(super) fn is(self, (name, text): (&str, &str)) {
        self.refused(name, text);
    }
}

/// A server with a pool and a client.
pub(super) struct Bed {
    pub(super) server: TestServer,
    pub(super) pool: String,
    pub(super) client: String,
}

impl Bed {
    /// A pool with these settings and a client without any.
    pub(super) async fn new(settings: Value) -> Self {
        Self::with(settings, json!({})).await
    }

    /// A pool with these settings and a client with those.
    pub(super) async fn with(settings: Value, client: Value) -> Self {
        Self::on(TestServer::new().await, settings, client).await
    }

    /// Like [`Self::with`], on a server for local work.
    pub(super) async fn dev(fixed_code: &str, settings: Value) -> Self {
        let strictness = Strictness::Dev { fixed_code: Some(fixed_code.into()) };
        Self::on(TestServer::with(strictness).await, settings, json!({})).await
    }

    async fn on(server: TestServer, settings: Value, client: Value) -> Self {
        let pool = pool(&server, settings).await;
        let client = Self::client(&server, &pool, client).await;
        Self { server, pool, client }
    }

    async fn client(server: &TestServer, pool: &str, settings: Value) -> String {
        let request = merged(json!({"UserPoolId": pool, "ClientName": "app"}), settings);
        let created = server.admin("CreateUserPoolClient", request).await.ok();
        created["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned()
    }

    /// Adds a client that hides users; its id.
    pub(super) async fn hiding_client(&self) -> String {
        let settings = json!({"PreventUserExistenceErrors": "ENABLED"});
        Self::client(&self.server, &self.pool, settings).await
    }

    /// Calls a public operation through the client.
    pub(super) async fn call(&self, operation: &str, request: Value) -> Reply {
        self.server.call(operation, merged(json!({"ClientId": self.client}), request)).await
    }

    /// Calls an operation of administrators on the pool.
    pub(super) async fn admin(&self, operation: &str, request: Value) -> Reply {
        self.server.admin(operation, merged(json!({"UserPoolId": self.pool}), request)).await
    }

    /// Signs up with a fine password.
    pub(super) async fn sign_up(&self, name: &str, attributes: Value) -> Reply {
        let request =
            json!({"Username": name, "Password": PASSWORD, "UserAttributes": listed(&attributes)});
        self.call("SignUp", request).await
    }

    /// Signs up and takes the code that was sent.
    pub(super) async fn signed_up(&self, name: &str, attributes: Value) -> String {
        self.sign_up(name, attributes).await.ok();
        code_of(&self.server.take_message())
    }

    pub(super) async fn confirm(&self, name: &str, code: &str) -> Reply {
        let request = json!({"Username": name, "ConfirmationCode": code});
        self.call("ConfirmSignUp", request).await
    }

    pub(super) async fn confirm_by_force(&self, name: &str, code: &str) -> Reply {
        let request =
            json!({"Username": name, "ConfirmationCode": code, "ForceAliasCreation": true});
        self.call("ConfirmSignUp", request).await
    }

    pub(super) async fn resend(&self, name: &str) -> Reply {
        self.call("ResendConfirmationCode", json!({"Username": name})).await
    }

    /// Has an administrator create a user without telling them.
    pub(super) async fn created(&self, name: &str, attributes: Value) -> Value {
        let request = json!({
            "Username": name, "TemporaryPassword": PASSWORD, "MessageAction": "SUPPRESS",
            "UserAttributes": listed(&attributes),
        });
        self.admin("AdminCreateUser", request).await.ok()["User"].clone()
    }

    pub(super) fn id(&self) -> PoolId {
        PoolId::new(&self.pool)
    }

    /// The stored user that an administrator would find by this name.
    pub(super) async fn find(&self, name: &str) -> Option<User> {
        let id = &self.id();
        let found = self.server.app.db.read(async |mut tx| {
            let names = tx.pool(id).await?.settings.sign_in_names();
            tx.user_by(id, &names.lookups(Purpose::Admin, name)).await
        });
        match found.await {
            Ok(user) => Some(user),
            Err(Error::UserNotFound) => None,
            Err(error) => panic!("{error}"),
        }
    }

    pub(super) async fn user(&self, name: &str) -> User {
        self.find(name).await.unwrap()
    }

    pub(super) async fn password(&self, sub: &Sub) -> PasswordRecord {
        let id = &self.id();
        self.server.app.db.read(async |mut tx| tx.password(id, sub).await).await.unwrap().unwrap()
    }

    /// What the store keeps of a user's sign-up code.
    pub(super) async fn stored_code(&self, sub: &Sub) -> Option<CodeRow> {
        let id = &self.id();
        let read =
            self.server.app.db.read(async |mut tx| tx.code(id, sub, CodePurpose::SignUp).await);
        read.await.unwrap()
    }

    /// Changes a stored user.
    pub(super) async fn change(&self, name: &str, change: impl Fn(&mut User) + Send + Sync) {
        let user = &self.user(name).await;
        let change = &change;
        let written = self.server.app.db.write(self.server.now(), async |mut tx| {
            let mut user = tx.user_by_sub(&user.pool, &user.sub).await?;
            change(&mut user);
            tx.update_user(&user).await
        });
        written.await.unwrap();
    }

    pub(super) async fn users(&self) -> i64 {
        let id = &self.id();
        self.server.app.db.read(async |mut tx| tx.pool(id).await).await.unwrap().users
    }

    /// Signs in with a password as an administrator would.
    pub(super) async fn sign_in(&self, name: &str, password: &str) -> Reply {
        let request = json!({
            "ClientId": self.client, "AuthFlow": "ADMIN_USER_PASSWORD_AUTH",
            "AuthParameters": {"USERNAME": name, "PASSWORD": password},
        });
        self.admin("AdminInitiateAuth", request).await
    }
}

/// A client that lets administrators sign users in.
pub(super) fn password_client() -> Value {
    json!({"ExplicitAuthFlows": ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]})
}

/// Settings of a pool that verifies email addresses.
pub(super) fn verifying() -> Value {
    json!({"AutoVerifiedAttributes": ["email"]})
}

/// Settings of a pool that can send text messages and verifies both kinds of address.
pub(super) fn verifying_both() -> Value {
    json!({
        "AutoVerifiedAttributes": ["email", "phone_number"],
        "SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::000000000000:role/sms"},
    })
}

/// Settings of a pool in which verified email addresses are aliases.
pub(super) fn email_alias() -> Value {
    json!({"AutoVerifiedAttributes": ["email"], "AliasAttributes": ["email"]})
}

/// Settings of a pool in which email addresses are given instead of usernames.
pub(super) fn email_as_username() -> Value {
    json!({"AutoVerifiedAttributes": ["email"], "UsernameAttributes": ["email"]})
}

/// Settings with a trigger.
pub(super) fn with_trigger(settings: Value, name: &str) -> Value {
    let trigger = match name {
        "CustomEmailSender" | "CustomSMSSender" => json!({
            name: {"LambdaArn": LAMBDA, "LambdaVersion": "V1_0"},
            "KMSKeyID": "arn:aws:kms:us-east-1:000000000000:key/k",
        }),
        _ => json!({ name: LAMBDA }),
    };
    merged(settings, json!({ "LambdaConfig": trigger }))
}

/// The event of a trigger, for the whole of it to be compared.
pub(super) fn event(
    bed: &Bed,
    source: &str,
    client: Option<&str>,
    request: Value,
    response: Value,
) -> Value {
    json!({
        "version": "1", "region": "us-east-1", "userPoolId": bed.pool, "userName": "alice",
        "callerContext": {
            "awsSdkVersion": "aws-sdk-unknown-unknown",
            "clientId": client.unwrap_or("CLIENT_ID_NOT_APPLICABLE"),
        },
        "triggerSource": source, "request": request, "response": response,
    })
}

/// A list of attributes from a map of them.
pub(super) fn listed(attributes: &Value) -> Value {
    let attributes = attributes.as_object().unwrap();
    attributes.iter().map(|(name, value)| json!({"Name": name, "Value": value})).collect()
}

pub(super) fn code_of(message: &Message) -> String {
    message.code.expose().clone()
}

/// Another code than this one.
pub(super) fn wrong(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

pub(super) fn merged(mut one: Value, other: Value) -> Value {
    let Value::Object(other) = other else { panic!("an object expected") };
    one.as_object_mut().unwrap().extend(other);
    one
}

/// Awaits every call, each going on whenever another one waits.
pub(super) async fn all_at_once<F: Future<Output = Reply>>(calls: Vec<F>) -> Vec<Reply> {
    let mut calls: Vec<_> = calls.into_iter().map(Box::pin).collect();
    let mut replies = Vec::new();
    poll_fn(|context| {
        calls.retain_mut(|call| match call.as_mut().poll(context) {
            Poll::Ready(reply) => {
                replies.push(reply);
                false
            }
            Poll::Pending => true,
        });
        if calls.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    replies
}
