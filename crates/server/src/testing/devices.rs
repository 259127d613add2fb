//! A pool with users who have devices and tokens, put into the store as sign-ins would leave them.

use std::collections::BTreeMap;

use poolhouse_domain::auth::method::{LevelNames, Methods};
use poolhouse_domain::auth::policy::{ClientPolicy, PoolPolicy};
use poolhouse_domain::auth::refresh::{self, Door, RefreshFacts};
use poolhouse_domain::crypto::sha256;
use poolhouse_domain::device::{Device, DeviceSecret, Remembered};
use poolhouse_domain::id::{ClientId, DeviceKey, OriginJti, PoolId, Sub};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::pool::client::Client;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::session::TokenFamily;
use poolhouse_domain::srp::{self, Identity};
use poolhouse_domain::token::claims::{self, TokenFacts, TokenRequest};
use poolhouse_domain::token::jwt;
use poolhouse_domain::user::{MfaPreference, PasswordRecord, User, UserStatus};
use poolhouse_store::IamUserRow;
use poolhouse_wire::shapes::{
    AliasAttributeType, CreateUserPoolClientRequest, CreateUserPoolRequest,
    DeviceConfigurationType, ExplicitAuthFlowsType,
};
use serde_json::{Value, json};

use super::{Key, Reply, TestServer};
use crate::ops::aliases;

/// `{ChallengeRequiredOnNewDevice, DeviceOnlyRememberedOnUserPrompt}`.
pub(crate) type Tracking = Option<(bool, bool)>;
/// Devices are remembered at once and do not replace MFA.
pub(crate) const ALWAYS: Tracking = Some((false, false));
/// Devices are remembered when the user says so.
pub(crate) const OPT_IN: Tracking = Some((true, true));

/// The fixture's first pool.
pub(crate) const POOL: &str = "us-east-1_Devices01";
/// The password of every user of the fixture.
const PASSWORD: &str = "Correct-horse-1";
/// Seconds an access token of the fixture lives.
pub(crate) const ACCESS_SECS: i64 = 3600;

/// How far a device has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Issued,
    NotRemembered,
    Remembered,
}

/// A server, and in it one pool with the users `ada` and `bob`.
pub(crate) struct Devices {
    pub(crate) server: TestServer,
    pub(crate) ada: User,
    pub(crate) bob: User,
    client: ClientId,
}

impl Devices {
    pub(crate) async fn with(tracking: Tracking) -> Self {
        let server = TestServer::new().await;
        insert_pool(&server, POOL, tracking).await;
        let ada = insert_user(&server, POOL, "ada").await;
        let bob = insert_user(&server, POOL, "bob").await;
        let client = insert_client(&server, POOL).await;
        Self { server, ada, bob, client }
    }

    /// Gives a user a device named `device <n>`, last used from `192.0.2.<n>`.
    pub(crate) async fn device(&self, user: &User, n: u8, state: State) -> DeviceKey {
        let key = DeviceKey::new(format!("us-east-1_{n:08x}-0000-4000-8000-000000000000"));
        let now = self.server.now();
        let device = Device {
            key: key.clone(),
            group_key: format!("-Group{n:03}"),
            name: None,
            confirmed: false,
            remembered: Remembered::No,
            has_verifier: false,
            created: now,
            modified: now,
            last_authenticated: now,
            last_ip: Some(format!("192.0.2.{n}")),
        };
        let remembered = match state {
            State::Issued | State::NotRemembered => Remembered::No,
            State::Remembered => Remembered::Yes,
        };
        let (name, secret) = (&format!("device {n}"), &secret());
        let (pool, sub, device) = (&user.pool, &user.sub, &device);
        let write = self.server.app.db.write(now, async |mut tx| {
            tx.issue_device(pool, sub, device).await?;
            if state != State::Issued {
                let (key, name) = (&device.key, Some(name.as_str()));
                tx.confirm_device(pool, sub, key, name, Some(secret), remembered).await?;
            }
            Ok(())
        });
        write.await.unwrap();
        key
    }

    /// A device as it is stored.
    pub(crate) async fn stored(&self, user: &User, key: &DeviceKey) -> Option<Device> {
        let (pool, sub) = (&user.pool, &user.sub);
        self.server.app.db.read(async |mut tx| tx.device(pool, sub, key).await).await.ok()
    }

    /// The access token of a sign-in with that device.
    pub(crate) async fn token(&self, user: &User, device: Option<&DeviceKey>) -> String {
        self.sign_in(user, device).await.0
    }

    /// A sign-in with that device: its access token, and the hash of its refresh token.
    pub(crate) async fn sign_in(
        &self,
        user: &User,
        device: Option<&DeviceKey>,
    ) -> (String, [u8; 32]) {
        let (app, now) = (&self.server.app, self.server.now());
        let rng = &mut app.fork_rng("sign-in");
        let origin_jti = OriginJti::generate(rng);
        let refresh_hash = sha256(&[origin_jti.as_str().as_bytes()]);
        let client = self.client.clone();
        let family = TokenFamily {
            pool: user.pool.clone(),
            origin_jti,
            sub: user.sub.clone(),
            client: client.clone(),
            device: device.cloned(),
            refresh_hash,
            newest_hash: refresh_hash,
            refreshable: true,
            authenticated: now,
            methods: Methods::default(),
            expires: now.plus_secs(30 * 24 * 3600),
            revoked: None,
            session: None,
        };
        app.db.write(now, async |mut tx| tx.put_family(&family).await).await.unwrap();
        let policy = ClientPolicy {
            access_seconds: ACCESS_SECS,
            id_seconds: ACCESS_SECS,
            ..ClientPolicy::default()
        };
        let facts = RefreshFacts {
            door: Door::Flow,
            token: &refresh_hash,
            retry_until: None,
            family: &family,
            user,
            client: &client,
            client_policy: &policy,
            policy: &PoolPolicy::default(),
            presented: None,
            device: None,
        };
        let request = TokenRequest::for_refresh(&refresh::check(facts, now).unwrap());
        let issuer = app.identity.issuer_of(&user.pool);
        let facts = TokenFacts {
            issuer: &issuer,
            client: &client,
            policy: &policy,
            levels: &LevelNames::default(),
            user,
            groups: &Default::default(),
            readable: &[],
        };
        let claims = claims::build(&request, facts, now, rng);
        let keys = app.keys.of(&app.db, &user.pool).await.unwrap().unwrap();
        (jwt::sign(&claims.access, &keys.access).unwrap(), refresh_hash)
    }

    /// Starts a sign-in of `ada` with her password, with that device if there is one.
    pub(crate) async fn initiate(&self, device: Option<&DeviceKey>) -> Reply {
        let parameters = json!({ "USERNAME": "ada", "PASSWORD": PASSWORD, "DEVICE_KEY": device });
        self.auth("USER_PASSWORD_AUTH", parameters).await
    }

    /// Calls InitiateAuth.
    pub(crate) async fn auth(&self, flow: &str, parameters: Value) -> Reply {
        let client = self.client.as_str();
        let body = json!({ "ClientId": client, "AuthFlow": flow, "AuthParameters": parameters });
        self.server.call("InitiateAuth", body).await
    }

    /// Whether a refresh token would still be looked at.
    pub(crate) async fn refreshes(&self, user: &User, refresh_hash: &[u8; 32]) -> bool {
        let pool = &user.pool;
        let find =
            async |mut tx: poolhouse_store::Tx| tx.family_by_refresh(pool, refresh_hash).await;
        self.server.app.db.read(find).await.unwrap().is_some_and(|family| family.refreshable)
    }

    /// Changes a user.
    pub(crate) async fn change(&self, user: &User, change: impl Fn(&mut User)) {
        let mut changed = user.clone();
        change(&mut changed);
        let now = self.server.now();
        let changed = &changed;
        let write = self.server.app.db.write(now, async |mut tx| tx.update_user(changed).await);
        write.await.unwrap();
    }

    /// Switches the pool's device tracking off.
    pub(crate) async fn stop_tracking(&self) {
        let now = self.server.now();
        let (pool, realm) = (&PoolId::new(POOL), &self.server.app.identity.realm);
        let request = &serde_json::from_value(json!({ "UserPoolId": POOL })).unwrap();
        let write = self.server.app.db.write(now, async |mut tx| {
            let pool = tx.pool(pool).await?.update(request, realm, now)?;
            tx.update_pool(&pool).await
        });
        write.await.unwrap();
    }

    /// Calls an operation as the user of a token.
    pub(crate) async fn by(&self, token: &str, operation: &str, mut body: Value) -> Reply {
        body["AccessToken"] = token.into();
        self.server.call(operation, body).await
    }

    /// Calls an operation on a user as root.
    pub(crate) async fn on(&self, username: &str, operation: &str, mut body: Value) -> Reply {
        body["UserPoolId"] = POOL.into();
        body["Username"] = username.into();
        self.server.admin(operation, body).await
    }
}

/// A pool in the store, with its keys.
pub(crate) async fn insert_pool(server: &TestServer, id: &str, tracking: Tracking) {
    let (app, now) = (&server.app, server.now());
    let request = CreateUserPoolRequest {
        pool_name: "devices".into(),
        alias_attributes: Some(vec![AliasAttributeType::Email]),
        device_configuration: tracking.map(|(challenge, prompt)| DeviceConfigurationType {
            challenge_required_on_new_device: Some(challenge),
            device_only_remembered_on_user_prompt: Some(prompt),
        }),
        ..CreateUserPoolRequest::default()
    };
    let pool = Pool::create(PoolId::new(id), &request, &app.identity.realm, now).unwrap();
    let (pool, keys) = (&pool, &app.keys.generate(&app.crypto, now).await.unwrap());
    let write = app.db.write(now, async |mut tx| {
        tx.insert_pool(pool).await?;
        for key in keys {
            tx.put_signing_key(&pool.id, key).await?;
        }
        Ok(())
    });
    write.await.unwrap();
}

/// A public client in the store.
async fn insert_client(server: &TestServer, pool: &str) -> ClientId {
    let (app, now) = (&server.app, server.now());
    let request = CreateUserPoolClientRequest {
        client_name: "devices".into(),
        explicit_auth_flows: Some(vec![
            ExplicitAuthFlowsType::AllowUserPasswordAuth,
            ExplicitAuthFlowsType::AllowRefreshTokenAuth,
        ]),
        user_pool_id: pool.into(),
        ..CreateUserPoolClientRequest::default()
    };
    let pool = &PoolId::new(pool);
    let pool = app.db.read(async |mut tx| tx.pool(pool).await).await.unwrap();
    let client = Client::create(&request, &pool, now, &mut app.fork_rng("client")).unwrap();
    let inserted = &client;
    app.db.write(now, async |mut tx| tx.insert_client(inserted).await).await.unwrap();
    client.id
}

/// A confirmed user in the store, whose email address is an alias.
pub(crate) async fn insert_user(server: &TestServer, pool: &str, name: &str) -> User {
    let now = server.now();
    let user = User {
        pool: PoolId::new(pool),
        sub: Sub::generate(&mut server.app.fork_rng("user")),
        username: name.to_owned(),
        status: UserStatus::Confirmed,
        enabled: true,
        attributes: BTreeMap::from([
            ("email".to_owned(), format!("{name}@example.com")),
            ("email_verified".to_owned(), "true".to_owned()),
        ]),
        mfa: MfaPreference::default(),
        totp_verified: false,
        totp_name: None,
        stamp: 0,
        created: now,
        modified: now,
    };
    let identity = Identity { realm: user.pool.short_name(), name };
    let password = &PasswordRecord {
        salt: vec![3; 16],
        verifier: srp::verifier(identity, PASSWORD, &[3; 16]),
        temporary_until: None,
    };
    let inserted = &user;
    let write = server.app.db.write(now, async |mut tx| {
        let names = tx.pool(&inserted.pool).await?.settings.sign_in_names();
        let outcome = tx.insert_user(inserted, name, Some(password)).await?;
        aliases::sync(&mut tx, &names, None, inserted).await?;
        Ok(outcome)
    });
    assert_eq!(write.await.unwrap(), poolhouse_store::InsertUser::Inserted);
    user
}

/// An IAM user whose one policy has these statements.
pub(crate) async fn iam_user(server: &TestServer, statements: Value) -> Key<'static> {
    const KEY: Key<'static> =
        Key { id: "AKIADEVICES000000000", secret: "devices-secret-for-tests" };
    let now = server.now();
    let user = IamUserRow {
        name: "operator".into(),
        id: "AIDADEVICES000000000".into(),
        path: "/".into(),
        created: now,
    };
    let policy = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
    let (user, policy, secret) = (&user, &policy, &Secret::new(KEY.secret.to_owned()));
    let write = server.app.db.write(now, async |mut tx| {
        tx.insert_iam_user(user).await?;
        tx.insert_access_key(&user.name, KEY.id, secret).await?;
        tx.put_user_policy(&user.name, "only", policy).await
    });
    write.await.unwrap();
    KEY
}

fn secret() -> DeviceSecret {
    DeviceSecret { salt: vec![1; 16], verifier: Secret::new(vec![2; 384]) }
}
