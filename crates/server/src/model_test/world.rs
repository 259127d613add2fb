//! The servers, the model, and what clients hold. Every request goes through [`World::call`], which
//! compares what it is answered with what the model says.

use std::collections::BTreeMap;

use poolhouse_domain::srp::client::Client as SrpClient;
use poolhouse_wire::{ErrorName, OperationSpec, for_each_operation, operations};
use serde_json::{Value, json};

use super::chance::{Rng, secret_hash};
use super::rules::tokens::{Access, RefreshToken};
use super::rules::{Hash, Purpose};
use super::state::{At, Client, Mfa, Model, Names, No, Pool, Rules, Said, Tracking, Uid, User};
use super::steps::pools;
use crate::testing::{Reply, TestServer};

/// Why an episode ended: what the server said, and what the model expected.
pub(crate) type Difference = String;
pub(crate) type Step = Result<(), Difference>;

/// Passwords that satisfy the policy.
pub(crate) const PASSWORDS: [&str; 3] = ["Passw0rd!", "Other-1pass", "Third.2word"];
/// And those that do not.
const BAD_PASSWORDS: [&str; 5] =
    ["Sh0rt!", "n0-upper-case", "N0-LOWER-CASE", "No-Number", "NoSymbol1"];

/// Errors that any operation may answer, whatever it declares: the protocol's.
const COMMON: [&str; 2] = ["InvalidParameterException", "NotAuthorizedException"];

/// Errors that operations answer although the model does not list them; each is documented by the
/// operation.
const UNDECLARED: [(&str, &str); 6] = [
    ("AdminConfirmSignUp", "AliasExistsException"),
    ("AdminCreateUser", "AliasExistsException"),
    ("AdminGetDevice", "UserNotFoundException"),
    ("AdminListDevices", "UserNotFoundException"),
    ("AdminSetUserPassword", "AliasExistsException"),
    ("GetTokensFromRefreshToken", "PasswordResetRequiredException"),
];

/// What any operation says of the user of an access token.
const OF_BEARERS: [&str; 3] =
    ["PasswordResetRequiredException", "UserNotConfirmedException", "UserNotFoundException"];

/// How often each operation was called, and what it answered.
pub(crate) type Seen = BTreeMap<(&'static str, String), u64>;

/// An access token.
#[derive(Clone, Debug)]
pub(crate) struct HeldToken {
    pub(crate) text: String,
    pub(crate) id_token: String,
    pub(crate) access: Access,
}

/// A client in the middle of an SRP exchange.
pub(crate) struct HeldProof {
    pub(crate) exchange: usize,
    pub(crate) srp: SrpClient,
    pub(crate) parameters: Value,
    pub(crate) at: At,
    pub(crate) device: bool,
}

/// What clients hold. Nothing is ever thrown away: old things must be refused.
#[derive(Default)]
pub(crate) struct Held {
    pub(crate) tokens: Vec<HeldToken>,
    pub(crate) refreshes: Vec<(String, RefreshToken)>,
    /// By the model's numbers.
    pub(crate) sessions: BTreeMap<usize, String>,
    pub(crate) proofs: Vec<HeldProof>,
    pub(crate) codes: Vec<String>,
}

pub(crate) struct World {
    /// One, or two that must answer alike.
    pub(crate) servers: Vec<TestServer>,
    pub(crate) model: Model,
    pub(crate) held: Held,
    pub(crate) seen: Seen,
    /// Whom most of the next steps are about.
    pub(crate) focus: usize,
    pub(crate) trace: Vec<String>,
    /// Requests that were sent.
    pub(crate) requests: usize,
    /// The next challenge names the first factors that are available.
    pub(crate) offers: bool,
}

/// What an operation declares.
struct Declared {
    errors: &'static [ErrorName],
    parses: fn(&Value) -> bool,
}

fn declared(operation: &str) -> Declared {
    fn parses<O: OperationSpec>(body: &Value) -> bool {
        !O::HAS_OUTPUT && body.is_null()
            || serde_json::from_value::<O::Output>(body.clone()).is_ok()
    }
    macro_rules! table {
        ($($name:ident),* $(,)?) => {
            match operation {
                $(stringify!($name) => Declared {
                    errors: operations::$name::ERRORS,
                    parses: parses::<operations::$name>,
                },)*
                other => panic!("no operation {other}"),
            }
        };
    }
    for_each_operation!(table)
}

/// Whether an answer is the expected one; `*` stands for any text.
pub(crate) fn fits(expected: &Value, got: &Value) -> bool {
    match (expected, got) {
        (Value::String(any), Value::String(text)) if any == "*" => !text.is_empty(),
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(k, v)| b.get(k).is_some_and(|got| fits(v, got)))
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| fits(a, b))
        }
        _ => expected == got,
    }
}

/// A value with its long texts cut.
fn brief(value: &Value) -> Value {
    match value {
        Value::String(text) if text.len() > 120 => format!("{}…", &text[..12]).into(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), brief(value))).collect()
        }
        Value::Array(list) => list.iter().map(brief).collect(),
        _ => value.clone(),
    }
}

impl World {
    /// A world with two pools, whose settings follow from `seed`.
    pub(crate) async fn new(servers: Vec<TestServer>, rules: Rules, seed: u64) -> Self {
        let mut world = Self {
            servers,
            model: Model::new(rules),
            held: Held::default(),
            seen: Seen::new(),
            focus: 0,
            trace: Vec::new(),
            requests: 0,
            offers: false,
        };
        let mut r = Rng::new(seed);
        for _ in 0..2 {
            world.create_pool(&mut r).await;
        }
        world
    }

    /// Calls an operation and compares. The body of the success that was expected, or none where
    /// the expected refusal came.
    pub(crate) async fn call(
        &mut self,
        operation: &'static str,
        signed: bool,
        request: Value,
        expected: Said<Value>,
    ) -> Result<Option<Value>, Difference> {
        let reply = self.send(operation, signed, &request).await?;
        self.requests += 1;
        let outcome = match &reply.body["__type"] {
            Value::String(name) => name.clone(),
            _ => "ok".to_owned(),
        };
        if self.trace.len() > 40 {
            self.trace.remove(0);
        }
        self.trace.push(format!("{operation} {} -> {outcome}", brief(&request)));
        *self.seen.entry((operation, outcome.clone())).or_default() += 1;
        let differs = |what: &str| {
            let expected = match &expected {
                Ok(body) => body.to_string(),
                Err(No { name, text }) => format!("{name}: {text}"),
            };
            Err(format!(
                "{what}\n  request:  {operation} {}\n  server:   {} {}\n  model:    {expected}",
                brief(&request),
                reply.status,
                brief(&reply.body)
            ))
        };
        // P12: what is answered is in the API's model.
        let declared = declared(operation);
        if reply.status == 200 {
            if !(declared.parses)(&reply.body) {
                return differs("P12: the answer does not parse");
            }
        } else {
            let listed = declared.errors.iter().any(|name| name.as_str() == outcome);
            let bearer =
                OF_BEARERS.contains(&outcome.as_str()) && request.get("AccessToken").is_some();
            let documented = UNDECLARED.contains(&(operation, outcome.as_str())) || bearer;
            if !listed && !documented && !COMMON.contains(&outcome.as_str()) {
                return differs("P12: the operation does not declare this error");
            }
        }
        match &expected {
            Ok(body) if reply.status == 200 && fits(body, &reply.body) => Ok(Some(reply.body)),
            Err(No { name, text })
                if reply.body["__type"] == *name && reply.body["message"] == **text =>
            {
                Ok(None)
            }
            _ => differs("server and model differ"),
        }
    }

    /// Sends a request to every server; all must answer the same, byte for byte.
    async fn send(
        &self,
        operation: &str,
        signed: bool,
        request: &Value,
    ) -> Result<Reply, Difference> {
        let mut first: Option<Reply> = None;
        for server in &self.servers {
            let reply = match signed {
                true => server.admin(operation, request.clone()).await,
                false => server.call(operation, request.clone()).await,
            };
            match &first {
                Some(other) if *other != reply => {
                    return Err(format!(
                        "two engines differ\n  request: {operation} {request}\n  first:   {} {}\n  \
                         second:  {} {}",
                        other.status, other.body, reply.status, reply.body
                    ));
                }
                Some(_) => {}
                None => first = Some(reply),
            }
        }
        Ok(first.unwrap())
    }

    /// The code of the only message that was sent, if one was; all servers sent the same.
    pub(crate) fn take_code(&mut self) -> Result<Option<String>, Difference> {
        let mut codes: Vec<Vec<String>> = Vec::new();
        for server in &self.servers {
            let messages = server.take_messages();
            codes.push(messages.iter().map(|message| message.code.expose().clone()).collect());
        }
        if codes.iter().any(|other| *other != codes[0]) {
            return Err("two engines sent different messages".to_owned());
        }
        match codes[0].as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(one.clone())),
            many => Err(format!("{} messages were sent", many.len())),
        }
    }

    pub(crate) fn advance(&mut self, seconds: i64) {
        self.model.now += seconds * 1000;
        for server in &self.servers {
            server.advance_secs(seconds);
        }
    }

    async fn create_pool(&mut self, r: &mut Rng) {
        let names = r.pick(&[Names::Own, Names::Alias, Names::Alias, Names::Email]);
        let case_sensitive = r.percent(50);
        let mfa = r.pick(&[Mfa::Off, Mfa::Optional, Mfa::Optional, Mfa::On]);
        let both = [(false, false), (true, false), (false, true), (true, true)];
        let tracking = r.percent(75).then(|| r.pick(&both));
        let verifies_email = r.percent(75);
        let new_email_waits = verifies_email && r.percent(40);
        let mut request = json!({
            "PoolName": "model", "UsernameConfiguration": { "CaseSensitive": case_sensitive },
        });
        match names {
            Names::Own => {}
            Names::Alias => request["AliasAttributes"] = json!(["email", "preferred_username"]),
            Names::Email => request["UsernameAttributes"] = json!(["email"]),
        }
        let tracking =
            tracking.map(|(replaces_mfa, on_prompt)| Tracking { replaces_mfa, on_prompt });
        if let Some(tracking) = tracking {
            request["DeviceConfiguration"] = pools::device_configuration(tracking);
        }
        if new_email_waits {
            request["UserAttributeUpdateSettings"] = pools::waiting_attributes(true);
        }
        if verifies_email {
            request["AutoVerifiedAttributes"] = json!(["email"]);
        }
        let made = self.send("CreateUserPool", true, &request).await.unwrap().ok();
        let id = made["UserPool"]["Id"].as_str().unwrap().to_owned();
        if mfa != Mfa::Off {
            let request = json!({
                "UserPoolId": id,
                "MfaConfiguration": pools::mode(mfa),
                "SoftwareTokenMfaConfiguration": { "Enabled": true },
            });
            self.send("SetUserPoolMfaConfig", true, &request).await.unwrap().ok();
        }
        let rotation = Some(r.pick(&[0, 10, 60]));
        let clients = vec![
            self.create_client(&id, false, false, None).await,
            self.create_client(&id, true, r.percent(50), None).await,
            self.create_client(&id, false, r.percent(30), rotation).await,
        ];
        let request = json!({ "UserPoolId": id });
        let described = self.send("DescribeUserPool", true, &request).await.unwrap().ok();
        self.model.pools.push(Pool {
            id,
            groups: BTreeMap::new(),
            described: described["UserPool"].clone(),
            modified: self.model.now,
            names,
            case_sensitive,
            mfa,
            tracking,
            verifies_email,
            new_email_waits,
            clients,
            users: BTreeMap::new(),
            guesses: BTreeMap::new(),
            budgets: BTreeMap::new(),
            seeming: BTreeMap::new(),
        });
    }

    async fn create_client(
        &self,
        pool: &str,
        hides_users: bool,
        secret: bool,
        rotation: Option<i64>,
    ) -> Client {
        let mut flows = vec![
            "ALLOW_USER_SRP_AUTH",
            "ALLOW_USER_PASSWORD_AUTH",
            "ALLOW_ADMIN_USER_PASSWORD_AUTH",
            "ALLOW_USER_AUTH",
        ];
        let mut request = json!({
            "UserPoolId": pool, "ClientName": "model", "GenerateSecret": secret,
            "PreventUserExistenceErrors": if hides_users { "ENABLED" } else { "LEGACY" },
            "AuthSessionValidity": if hides_users { 5 } else { 3 },
            "AccessTokenValidity": if hides_users { 2 } else { 1 },
            "RefreshTokenValidity": if hides_users { 10 } else { 30 },
        });
        match rotation {
            None => flows.push("ALLOW_REFRESH_TOKEN_AUTH"),
            Some(grace) => {
                request["RefreshTokenRotation"] =
                    json!({ "Feature": "ENABLED", "RetryGracePeriodSeconds": grace });
            }
        }
        request["ExplicitAuthFlows"] = json!(flows);
        let made = self.send("CreateUserPoolClient", true, &request).await.unwrap().ok();
        let made = &made["UserPoolClient"];
        Client {
            id: made["ClientId"].as_str().unwrap().to_owned(),
            secret: made["ClientSecret"].as_str().map(str::to_owned),
            hides_users,
            rotation,
            session_secs: if hides_users { 300 } else { 180 },
            access_secs: if hides_users { 7200 } else { 3600 },
            refresh_secs: 86_400 * if hides_users { 10 } else { 30 },
        }
    }

    // What the next step is about.

    pub(crate) fn some_pool(&self, r: &mut Rng) -> usize {
        if r.well(90) { self.focus % 2 } else { r.below(2) }
    }

    pub(crate) fn some_place(&self, r: &mut Rng) -> At {
        At { pool: self.some_pool(r), client: r.pick(&[0, 0, 1, 1, 2]) }
    }

    fn some_user(&self, r: &mut Rng, pool: usize) -> Option<(Uid, &User)> {
        let users = &self.model.pools[pool].users;
        let wanted = if r.well(75) { self.focus / 2 } else { r.below(64) };
        let found = users.iter().nth(wanted % users.len().max(1));
        found.map(|(uid, user)| (*uid, user))
    }

    /// A name for a user who is there, of one kind or another, or for nobody.
    pub(crate) fn some_name(&self, r: &mut Rng, pool: usize) -> String {
        let emails = self.model.pools[pool].names == Names::Email;
        let nobody = || if emails { "nobody@example.com" } else { "nobody" }.to_owned();
        let Some((_, user)) = self.some_user(r, pool).filter(|_| r.well(95)) else {
            return nobody();
        };
        let attribute = |name: &str| user.attributes.get(name).cloned();
        let kind = if r.well(50) { 0 } else { r.below(100) };
        match kind {
            0..10 => None,
            10..50 => attribute("email"),
            50..66 => attribute("preferred_username"),
            66..82 => Some(user.sub.clone()),
            82..92 => Some(user.username.to_uppercase()),
            _ => attribute("email").map(|email| email.to_uppercase()),
        }
        .unwrap_or_else(|| user.username.clone())
    }

    /// A name for a user to be.
    pub(crate) fn new_name(&self, r: &mut Rng, pool: usize) -> String {
        let email = self.model.pools[pool].names == Names::Email;
        if !email && r.percent(4) {
            // By which another is found, perhaps.
            return self.some_name(r, pool);
        }
        if email != r.percent(4) { some_email(r) } else { some_username(r) }
    }

    /// The user's password, or another.
    pub(crate) fn some_password(&self, r: &mut Rng, pool: usize, name: &str) -> String {
        let place = &self.model.pools[pool];
        let user = place.find(name, Purpose::Public).map(|uid| &place.users[&uid]);
        match user {
            Some(user) if r.well(68) => user.password.clone(),
            _ => r.pick(&PASSWORDS).to_owned(),
        }
    }

    pub(crate) fn new_password(&self, r: &mut Rng) -> String {
        if r.well(92) { r.pick(&PASSWORDS) } else { r.pick(&BAD_PASSWORDS) }.to_owned()
    }

    /// What a request says of the client's secret: mostly what it should.
    pub(crate) fn some_hash(&self, r: &mut Rng, at: At) -> Hash {
        let secret = self.model.client(at).secret.is_some();
        match (r.well(96), secret) {
            (true, true) => Hash::Right,
            (true, false) => Hash::None,
            (false, true) if r.percent(50) => Hash::None,
            (false, _) => Hash::Wrong,
        }
    }

    /// `SECRET_HASH` over a name.
    pub(crate) fn hash_text(&self, at: At, hash: Hash, name: &str) -> Option<String> {
        let client = self.model.client(at);
        match (hash, &client.secret) {
            (Hash::None, _) => None,
            (Hash::Right, Some(secret)) => Some(secret_hash(secret, name, &client.id)),
            (Hash::Right, None) | (Hash::Wrong, _) => {
                Some(secret_hash("another secret", name, &client.id))
            }
        }
    }
}

fn some_username(r: &mut Rng) -> String {
    r.pick(&["ann", "bob", "cat", "Bob", "dan", "eve"]).to_owned()
}

pub(crate) fn some_email(r: &mut Rng) -> String {
    r.pick(&["a@example.com", "b@example.com", "c@example.com", "A@example.com", "d@example.com"])
        .to_owned()
}
