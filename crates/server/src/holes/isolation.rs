//! Tenants: what is of one pool cannot be named, read or changed through another.
//!
//! For every operation that takes a `UserPoolId` the request names pool A and, in every other
//! member that names something, what is pool B's. It must be refused, and B must be as it was.

use std::collections::BTreeSet;

use poolhouse_domain::id::{ClientId, DeviceKey};
use poolhouse_domain::user::{Lookup, User};
use serde_json::{Value, json};

use crate::rpc::dispatch::{self, Entry};
use crate::testing::client::{Application, PASSWORD};
use crate::testing::sample::{Fill, sample};
use crate::testing::{Reply, TestServer};

/// Members that name something of a pool, and what they name in [`Tenant`].
const NAMES: [&str; 5] = ["Username", "ClientId", "DeviceKey", "GroupName", "ProviderName"];

/// A pool with a client, two users, a device and tokens.
struct Tenant {
    app: Application,
    ada: User,
    /// A user whom no other pool has.
    own: User,
    device: String,
    access: String,
    refresh: String,
}

async fn tenant(server: TestServer, own: &str) -> Tenant {
    let tracking = json!({ "DeviceConfiguration": {
        "ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": false,
    }});
    let app = Application::on(server, tracking, json!({})).await;
    app.set_mfa("OPTIONAL").await;
    let (ada, own) = (app.user("ada").await, app.user(own).await);
    let result = app.password_sign_in(&own.username, PASSWORD).await.ok();
    let result = result["AuthenticationResult"].clone();
    let device = app.confirm_device(&result).await.key;
    let text = |member: &str| result[member].as_str().unwrap().to_owned();
    let (access, refresh) = (text("AccessToken"), text("RefreshToken"));
    Tenant { app, ada, own, device, access, refresh }
}

impl Tenant {
    /// Everything that the pool is, to be compared.
    async fn dump(&self) -> String {
        let (pool, client) = (&self.app.pool_id(), &ClientId::new(&self.app.client));
        let key = &DeviceKey::new(&self.device);
        let read = self.app.server.app.db.read(async |mut tx| {
            let mut dump = format!("{:?} {:?}", tx.pool(pool).await?, tx.client(client).await?);
            for user in [&self.ada, &self.own] {
                let password = tx.password(pool, &user.sub).await?.unwrap();
                dump += &format!("{:?}", tx.user_by_sub(pool, &user.sub).await?);
                dump += &format!("{:?}{:?}", password.salt, password.verifier.expose());
                dump += &format!("{:?}", tx.list_devices(pool, &user.sub, false, None, 100).await?);
            }
            let secret = tx.device_secret(pool, &self.own.sub, key).await?.unwrap();
            dump += &format!("{:?}{:?}", secret.salt, secret.verifier.expose());
            dump += &format!("{:?}", tx.public_keys(pool).await?);
            Ok(dump)
        });
        read.await.unwrap()
    }

    /// What a member of a request would be called here.
    fn names(&self, member: &str) -> Vec<Value> {
        match member {
            "Username" => vec![json!(self.own.username), json!(self.own.sub.as_str())],
            "ClientId" => vec![json!(self.app.client)],
            "DeviceKey" => vec![json!(self.device)],
            _ => vec![json!("only-in-b")],
        }
    }
}

/// The requests that name pool `a` and, one member after the other, what is pool B's. The first
/// part says whether anything of B's is named at all.
fn requests(entry: &Entry, a: &str, b: &Tenant) -> Vec<(bool, Value)> {
    let mut base = sample(entry.input, Fill::Required);
    base["UserPoolId"] = a.into();
    let full = sample(entry.input, Fill::Everything);
    let mut list = vec![(false, base.clone())];
    for member in NAMES {
        if full.get(member).is_none() {
            continue;
        }
        for name in b.names(member) {
            let mut request = base.clone();
            request[member] = name;
            // A device is looked for with a user that both pools have.
            if member == "DeviceKey" && full.get("Username").is_some() {
                request["Username"] = "ada".into();
            }
            list.push((true, request));
        }
    }
    list
}

fn kind(reply: &Reply) -> &str {
    reply.body["__type"].as_str().unwrap_or("none")
}

#[tokio::test]
async fn no_operation_reaches_from_one_pool_into_another() {
    let b = tenant(TestServer::new().await, "only-in-b").await;
    let server = &b.app.server;
    let before = b.dump().await;
    let (mut tried, mut built) = (0, BTreeSet::new());
    for entry in dispatch::all() {
        if sample(entry.input, Fill::Everything).get("UserPoolId").is_none() {
            continue;
        }
        // A fresh pool A for each: some operations delete theirs.
        let a = server.admin("CreateUserPool", json!({ "PoolName": "a" })).await.ok();
        let a = a["UserPool"]["Id"].as_str().unwrap();
        for (foreign, request) in requests(entry, a, &b) {
            let reply = server.admin(entry.name, request.clone()).await;
            tried += 1;
            assert_ne!(kind(&reply), "InternalErrorException", "{} {request}", entry.name);
            if kind(&reply) != "NotImplementedException" {
                built.insert(entry.name);
            }
            // Names that a request may give to something new belong to nobody yet.
            let names_new = entry.name.contains("Create");
            if foreign && !names_new {
                assert_ne!(reply.status, 200, "{} {request}: {}", entry.name, reply.body);
            }
            let told = reply.body.to_string();
            for secret in [b.own.sub.as_str(), b.app.pool.as_str(), &b.access, &b.refresh] {
                let asked = request.to_string().contains(secret);
                assert!(asked || !told.contains(secret), "{} told {secret}", entry.name);
            }
            assert_eq!(b.dump().await, before, "{} {request}", entry.name);
        }
    }
    println!("{tried} requests over {} operations that are built", built.len());
    assert!(built.len() >= 20, "{built:?}");
    // The control: by their own pool's id the same names are found.
    let own = json!({ "UserPoolId": b.app.pool, "Username": "only-in-b", "DeviceKey": b.device });
    server.admin("AdminGetDevice", own).await.ok();
}

/// The doors without an administrator: a client belongs to one pool, a token to one user of it.
#[tokio::test]
async fn clients_tokens_and_sessions_stay_in_their_pool() {
    let b = tenant(TestServer::new().await, "only-in-b").await;
    let before = b.dump().await;
    let server = &b.app.server;
    let a = server.admin("CreateUserPool", json!({ "PoolName": "a" })).await.ok();
    let a = a["UserPool"]["Id"].as_str().unwrap().to_owned();
    let flows = json!({
        "UserPoolId": a, "ClientName": "a", "ExplicitAuthFlows":
            ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    });
    let client = server.admin("CreateUserPoolClient", flows).await.ok();
    let client = client["UserPoolClient"]["ClientId"].clone();
    let refused = async |operation: &str, mut request: Value| {
        request["ClientId"] = client.clone();
        let reply = server.call(operation, request).await;
        assert_ne!(reply.status, 200, "{operation}: {}", reply.body);
    };
    let auth =
        |flow: &str, parameters: Value| json!({ "AuthFlow": flow, "AuthParameters": parameters });
    for name in ["only-in-b", "ada", b.own.sub.as_str()] {
        let parameters = json!({ "USERNAME": name, "PASSWORD": PASSWORD });
        refused("InitiateAuth", auth("USER_PASSWORD_AUTH", parameters)).await;
        refused("InitiateAuth", auth("USER_SRP_AUTH", json!({ "USERNAME": name, "SRP_A": "2" })))
            .await;
    }
    let refresh = json!({ "REFRESH_TOKEN": b.refresh, "DEVICE_KEY": b.device });
    refused("InitiateAuth", auth("REFRESH_TOKEN_AUTH", refresh)).await;
    refused("RevokeToken", json!({ "Token": b.refresh })).await;
    let claim = b.app.srp_claim("only-in-b", PASSWORD).await;
    let answer = json!({ "ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": claim });
    refused("RespondToAuthChallenge", answer).await;
    let asked = b.app.srp_sign_in("only-in-b", Some(&b.device)).await.ok();
    let begin = json!({ "USERNAME": "only-in-b", "DEVICE_KEY": b.device, "SRP_A": "2" });
    for session in [asked["Session"].clone(), Value::Null] {
        let answer = json!({
            "ChallengeName": "DEVICE_SRP_AUTH", "ChallengeResponses": begin, "Session": session,
        });
        refused("RespondToAuthChallenge", answer).await;
    }
    // A user acts on their own devices only, whatever key they name.
    let other = b.app.password_sign_in("ada", PASSWORD).await.ok();
    let token = &other["AuthenticationResult"]["AccessToken"];
    for operation in ["GetDevice", "ForgetDevice", "UpdateDeviceStatus", "ConfirmDevice"] {
        let request = json!({
            "AccessToken": token, "DeviceKey": b.device, "DeviceRememberedStatus": "not_remembered",
        });
        let reply = server.call(operation, request).await;
        assert_ne!(reply.status, 200, "{operation}: {}", reply.body);
    }
    // The refresh token that A's client failed to revoke still works where it belongs.
    let refresh = json!({ "REFRESH_TOKEN": b.refresh, "DEVICE_KEY": b.device });
    b.app.initiate("REFRESH_TOKEN_AUTH", refresh).await.ok();
    let pool = &b.app.pool_id();
    let lookup = &[Lookup::Username("only-in-b".into())];
    let found = server.app.db.read(async |mut tx| tx.user_by(pool, lookup).await).await.unwrap();
    assert!(before.contains(&format!("{found:?}")), "the user changed");
}
