//! An application and its users: signs in over the wire as the shipping clients do.

use poolhouse_domain::auth::exchange;
use poolhouse_domain::id::PoolId;
use poolhouse_domain::srp::client::{Challenge, Client, DeviceRegistration};
use poolhouse_domain::srp::{Identity, timestamp};
use poolhouse_domain::totp;
use poolhouse_domain::user::{MfaPreference, User, UserStatus};
use serde_json::{Map, Value, json};

use super::{Reply, TestServer};

/// The password of every test user.
pub(crate) const PASSWORD: &str = "Passw0rd!";

/// A pool with one client.
pub(crate) struct Application {
    pub(crate) server: TestServer,
    pub(crate) pool: String,
    pub(crate) client: String,
}

/// A device as its user keeps it.
#[derive(Clone, Debug)]
pub(crate) struct KeptDevice {
    pub(crate) key: String,
    pub(crate) group: String,
    pub(crate) password: String,
}

/// Merges members into an object.
pub(crate) fn with(mut base: Value, more: Value) -> Value {
    if let (Some(base), Value::Object(more)) = (base.as_object_mut(), more) {
        base.extend(more);
    }
    base
}

impl Application {
    /// With these settings besides the names.
    pub(crate) async fn new(pool: Value, client: Value) -> Self {
        Self::on(TestServer::new().await, pool, client).await
    }

    pub(crate) async fn on(server: TestServer, pool: Value, client: Value) -> Self {
        let made = server.admin("CreateUserPool", with(json!({ "PoolName": "app" }), pool)).await;
        let pool = made.ok()["UserPool"]["Id"].as_str().unwrap().to_owned();
        let flows = json!({
            "UserPoolId": pool, "ClientName": "app",
            "ExplicitAuthFlows": [
                "ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH",
                "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
            ],
        });
        let made = server.admin("CreateUserPoolClient", with(flows, client)).await;
        let client = made.ok()["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned();
        Self { server, pool, client }
    }

    /// With device tracking and optional TOTP, the pool of the device story.
    pub(crate) async fn with_devices(replaces_mfa: bool, on_prompt: bool) -> Self {
        let app = Self::new(
            json!({ "DeviceConfiguration": {
                "ChallengeRequiredOnNewDevice": replaces_mfa,
                "DeviceOnlyRememberedOnUserPrompt": on_prompt,
            }}),
            json!({}),
        )
        .await;
        app.set_mfa("OPTIONAL").await;
        app
    }

    pub(crate) async fn set_mfa(&self, mode: &str) {
        let request = json!({
            "UserPoolId": self.pool, "MfaConfiguration": mode,
            "SoftwareTokenMfaConfiguration": { "Enabled": true },
        });
        self.server.admin("SetUserPoolMfaConfig", request).await.ok();
    }

    pub(crate) fn pool_id(&self) -> PoolId {
        PoolId::new(&self.pool)
    }

    /// A user in the store, as they are after a confirmed sign-up.
    pub(crate) async fn user(&self, name: &str) -> User {
        self.user_in(name, UserStatus::Confirmed, None).await
    }

    /// A user in a given state; a temporary password runs out after `temporary` seconds.
    pub(crate) async fn user_in(
        &self,
        name: &str,
        status: UserStatus,
        temporary: Option<i64>,
    ) -> User {
        let mut rng = self.server.app.fork_rng("test user");
        let (pool, now) = (self.pool_id(), self.server.now());
        let user = User {
            pool: pool.clone(),
            sub: poolhouse_domain::id::Sub::generate(&mut rng),
            username: name.to_owned(),
            status,
            enabled: true,
            attributes: [("email".to_owned(), format!("{name}@example.com"))].into(),
            mfa: MfaPreference::default(),
            totp_verified: false,
            totp_name: None,
            stamp: 0,
            created: now,
            modified: now,
        };
        let until = temporary.map(|seconds| now.plus_secs(seconds));
        let password = exchange::new_password(&pool, name, PASSWORD, until, &mut rng);
        let (stored, password) = (&user, &password);
        let insert =
            async |mut tx: poolhouse_store::Tx| tx.insert_user(stored, name, Some(password)).await;
        self.server.app.db.write(now, insert).await.unwrap();
        user
    }

    /// Changes a user in the store.
    pub(crate) async fn change(&self, user: &User, change: impl Fn(&mut User)) {
        let (pool, sub, change) = (&user.pool, &user.sub, &change);
        let write = self.server.app.db.write(self.server.now(), async |mut tx| {
            let mut user = tx.user_by_sub(pool, sub).await?;
            change(&mut user);
            tx.update_user(&user).await
        });
        write.await.unwrap();
    }

    /// InitiateAuth.
    pub(crate) async fn initiate(&self, flow: &str, parameters: Value) -> Reply {
        let request =
            json!({ "ClientId": self.client, "AuthFlow": flow, "AuthParameters": parameters });
        self.server.call("InitiateAuth", request).await
    }

    /// RespondToAuthChallenge.
    pub(crate) async fn respond(
        &self,
        challenge: &str,
        session: Option<&str>,
        responses: Value,
    ) -> Reply {
        let mut request = json!({
            "ClientId": self.client, "ChallengeName": challenge, "ChallengeResponses": responses,
        });
        if let Some(session) = session {
            request["Session"] = json!(session);
        }
        self.server.call("RespondToAuthChallenge", request).await
    }

    /// Signs in with the plain password.
    pub(crate) async fn password_sign_in(&self, name: &str, password: &str) -> Reply {
        let parameters = json!({ "USERNAME": name, "PASSWORD": password });
        self.initiate("USER_PASSWORD_AUTH", parameters).await
    }

    /// The PASSWORD_VERIFIER responses of a client that knows `password`.
    pub(crate) async fn srp_claim(&self, name: &str, password: &str) -> Value {
        let client = Client::new(&mut self.server.app.fork_rng("test client"));
        let parameters = json!({ "USERNAME": name, "SRP_A": client.srp_a() });
        let started = self.initiate("USER_SRP_AUTH", parameters).await.ok();
        self.claim(&client, &started, password)
    }

    /// Answers a PASSWORD_VERIFIER challenge.
    pub(crate) fn claim(&self, client: &Client, started: &Value, password: &str) -> Value {
        let parameters = &started["ChallengeParameters"];
        let id = parameters["USER_ID_FOR_SRP"].as_str().unwrap();
        let pool = self.pool_id();
        let identity = Identity { realm: pool.short_name(), name: id };
        with(json!({ "USERNAME": id }), self.proof(client, parameters, identity, password))
    }

    fn proof(
        &self,
        client: &Client,
        parameters: &Value,
        identity: Identity<'_>,
        password: &str,
    ) -> Value {
        let text = |name: &str| parameters[name].as_str().unwrap();
        let stamp = timestamp::format(self.server.now()).unwrap();
        let challenge = Challenge {
            salt: text("SALT"),
            srp_b: text("SRP_B"),
            secret_block: text("SECRET_BLOCK"),
        };
        let signature = client.claim(identity, password, challenge, &stamp).unwrap();
        json!({
            "PASSWORD_CLAIM_SECRET_BLOCK": text("SECRET_BLOCK"),
            "PASSWORD_CLAIM_SIGNATURE": signature,
            "TIMESTAMP": stamp,
        })
    }

    /// Signs in with SRP, presenting a device or not; the reply after the password.
    pub(crate) async fn srp_sign_in(&self, name: &str, device: Option<&str>) -> Reply {
        let mut claim = self.srp_claim(name, PASSWORD).await;
        if let Some(device) = device {
            claim["DEVICE_KEY"] = json!(device);
        }
        self.respond("PASSWORD_VERIFIER", None, claim).await
    }

    /// Enrols an authenticator for a signed-in user and switches it on; the seed.
    pub(crate) async fn enrol_totp(&self, token: &str) -> Vec<u8> {
        let begun = self.server.call("AssociateSoftwareToken", json!({ "AccessToken": token }));
        let code = begun.await.ok()["SecretCode"].as_str().unwrap().to_owned();
        let seed = totp::parse_secret_code(&code).unwrap().expose().clone();
        let verify = json!({ "AccessToken": token, "UserCode": self.totp(&seed) });
        self.server.call("VerifySoftwareToken", verify).await.ok();
        let prefer = json!({
            "AccessToken": token,
            "SoftwareTokenMfaSettings": { "Enabled": true, "PreferredMfa": true },
        });
        self.server.call("SetUserMFAPreference", prefer).await.ok();
        seed
    }

    /// The code that the authenticator shows now.
    pub(crate) fn totp(&self, seed: &[u8]) -> String {
        totp::code_at(seed, self.server.now())
    }

    /// Answers SOFTWARE_TOKEN_MFA with a fresh code, half a minute later.
    pub(crate) async fn answer_totp(
        &self,
        asked: &Value,
        name: &str,
        seed: &[u8],
        device: Option<&str>,
    ) -> Reply {
        assert_eq!(asked["ChallengeName"], "SOFTWARE_TOKEN_MFA", "{asked}");
        self.server.advance_secs(30);
        let mut responses = Map::new();
        responses.insert("USERNAME".into(), json!(name));
        responses.insert("SOFTWARE_TOKEN_MFA_CODE".into(), json!(self.totp(seed)));
        if let Some(device) = device {
            responses.insert("DEVICE_KEY".into(), json!(device));
        }
        let session = asked["Session"].as_str();
        self.respond("SOFTWARE_TOKEN_MFA", session, responses.into()).await
    }

    /// Confirms the device that a sign-in issued.
    pub(crate) async fn confirm_device(&self, result: &Value) -> KeptDevice {
        let (device, registration) = self.new_device(result);
        let confirm = json!({
            "AccessToken": result["AccessToken"], "DeviceKey": device.key, "DeviceName": "laptop",
            "DeviceSecretVerifierConfig": {
                "PasswordVerifier": registration.verifier, "Salt": registration.salt,
            },
        });
        self.server.call("ConfirmDevice", confirm).await.ok();
        device
    }

    /// What a client makes of `NewDeviceMetadata`.
    pub(crate) fn new_device(&self, result: &Value) -> (KeptDevice, DeviceRegistration) {
        let issued = &result["NewDeviceMetadata"];
        let key = issued["DeviceKey"].as_str().unwrap().to_owned();
        let group = issued["DeviceGroupKey"].as_str().unwrap().to_owned();
        let mut rng = self.server.app.fork_rng("test device");
        let registration = DeviceRegistration::generate(&group, &key, &mut rng);
        (KeptDevice { key, group, password: registration.password.clone() }, registration)
    }

    /// Answers DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER, sending sessions back or not.
    pub(crate) async fn device_sign_in(
        &self,
        asked: &Value,
        name: &str,
        device: &KeptDevice,
        sessions: bool,
    ) -> Reply {
        assert_eq!(asked["ChallengeName"], "DEVICE_SRP_AUTH", "{asked}");
        let client = Client::new(&mut self.server.app.fork_rng("test device client"));
        let begin = json!({ "USERNAME": name, "DEVICE_KEY": device.key, "SRP_A": client.srp_a() });
        let session = asked["Session"].as_str().filter(|_| sessions);
        let started = self.respond("DEVICE_SRP_AUTH", session, begin).await;
        if started.status != 200 {
            return started;
        }
        let claim = self.device_claim(&client, &started.body, name, device);
        let session = started.body["Session"].as_str().filter(|_| sessions);
        self.respond("DEVICE_PASSWORD_VERIFIER", session, claim).await
    }

    /// The DEVICE_PASSWORD_VERIFIER responses.
    pub(crate) fn device_claim(
        &self,
        client: &Client,
        started: &Value,
        name: &str,
        device: &KeptDevice,
    ) -> Value {
        let identity = Identity { realm: &device.group, name: &device.key };
        let proof = self.proof(client, &started["ChallengeParameters"], identity, &device.password);
        with(json!({ "USERNAME": name, "DEVICE_KEY": device.key }), proof)
    }

    /// AdminUpdateDeviceStatus.
    pub(crate) async fn set_device(&self, name: &str, device: &str, status: &str) -> Reply {
        let request = json!({
            "UserPoolId": self.pool, "Username": name, "DeviceKey": device,
            "DeviceRememberedStatus": status,
        });
        self.server.admin("AdminUpdateDeviceStatus", request).await
    }
}

/// The claims of a token, unverified.
pub(crate) fn claims(token: &Value) -> Map<String, Value> {
    let part = token.as_str().unwrap().split('.').nth(1).unwrap();
    let bytes = data_encoding::BASE64URL_NOPAD.decode(part.as_bytes()).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// The access token of a fresh sign-in by password.
pub(crate) async fn token(app: &Application, name: &str) -> String {
    let signed_in = app.password_sign_in(name, PASSWORD).await.ok();
    signed_in["AuthenticationResult"]["AccessToken"].as_str().unwrap().to_owned()
}
