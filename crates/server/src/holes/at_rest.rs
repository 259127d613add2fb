//! Hole 14: what a whole story of sign-ins leaves on disk and in the log. No secret may be there
//! in clear: the file of the database and its log are read as bytes, as a thief would.

use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use poolhouse_domain::id::ClientId;
use poolhouse_domain::message::{Medium, Message};
use poolhouse_domain::secret::Secret;
use poolhouse_domain::user::{Lookup, PasswordRecord, User};
use poolhouse_store::DbConfig;
use serde_json::{Value, json};
use tracing_subscriber::fmt::MakeWriter;

use crate::testing::client::{Application, PASSWORD};
use crate::testing::operator::operator;
use crate::testing::{Build, ROOT, TestServer};

/// A directory of this test alone, removed at its end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let directory = format!("poolhouse-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(directory);
        let _none_before = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// The bytes of all files.
    fn bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(&self.0).unwrap().map(|file| file.unwrap().path());
        files.flat_map(|path| std::fs::read(path).unwrap()).collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _nothing_to_do = std::fs::remove_dir_all(&self.0);
    }
}

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Secrets by what they are.
#[derive(Default)]
struct Secrets(Vec<(String, Vec<u8>)>);

impl Secrets {
    fn text(&mut self, what: &str, text: &str) {
        assert!(text.len() >= 6, "{what}: too short to be looked for");
        self.bytes(what, text.as_bytes());
        if let Ok(hex) = data_encoding::HEXLOWER_PERMISSIVE.decode(text.as_bytes()) {
            self.0.push((format!("{what}, as bytes"), hex));
        }
    }

    /// A secret of bytes, in the forms in which it could have been written down.
    fn bytes(&mut self, what: &str, bytes: &[u8]) {
        let forms = [
            ("bytes", bytes.to_vec()),
            ("hex", data_encoding::HEXLOWER.encode(bytes).into_bytes()),
            ("Base64", data_encoding::BASE64.encode(bytes).into_bytes()),
            ("numbers", format!("{bytes:?}").replace(' ', "").into_bytes()),
        ];
        self.0.extend(forms.map(|(form, value)| (format!("{what} ({form})"), value)));
    }

    fn found_in(&self, haystack: &[u8]) -> Vec<&str> {
        let finds = |needle: &[u8]| haystack.windows(needle.len()).any(|window| window == needle);
        let found = self.0.iter().filter(|(_, secret)| finds(secret));
        found.map(|(what, _)| what.as_str()).collect()
    }
}

/// Sign-ins of every kind, successful and not; what must not be found afterwards.
async fn story(app: &Application, secrets: &mut Secrets) {
    let ada = app.user("ada").await;
    secrets.text("password", PASSWORD);
    let id = &ClientId::new(&app.client);
    let client = app.server.app.db.read(async |mut tx| tx.client(id).await).await.unwrap();
    assert!(client.secrets.is_empty());
    let confidential = json!({
        "UserPoolId": app.pool, "ClientName": "confidential", "GenerateSecret": true,
    });
    let made = app.server.admin("CreateUserPoolClient", confidential).await.ok();
    secrets.text("client secret", made["UserPoolClient"]["ClientSecret"].as_str().unwrap());
    // The wrong ones are secrets too: they are a typing error away from the right ones.
    for wrong in ["Wr0ng-Canary!"] {
        secrets.text("wrong password", wrong);
        app.password_sign_in("ada", wrong).await;
        let claim = app.srp_claim("ada", wrong).await;
        app.respond("PASSWORD_VERIFIER", None, claim).await;
    }
    let first = app.srp_sign_in("ada", None).await.ok()["AuthenticationResult"].clone();
    tokens(secrets, &first);
    let device = app.confirm_device(&first).await;
    secrets.text("device password", &device.password);
    let seed = app.enrol_totp(first["AccessToken"].as_str().unwrap()).await;
    secrets.bytes("TOTP seed", &seed);
    secrets.text("TOTP seed", &poolhouse_domain::totp::secret_code(&seed));
    let asked = app.srp_sign_in("ada", None).await.ok();
    secrets.text("session", asked["Session"].as_str().unwrap());
    tokens(
        secrets,
        &app.answer_totp(&asked, "ada", &seed, None).await.ok()["AuthenticationResult"],
    );
    secrets.text("TOTP code", &app.totp(&seed));
    let asked = app.srp_sign_in("ada", Some(&device.key)).await.ok();
    let done = app.device_sign_in(&asked, "ada", &device, true).await.ok();
    tokens(secrets, &done["AuthenticationResult"]);
    let refresh = json!({
        "REFRESH_TOKEN": done["AuthenticationResult"]["RefreshToken"], "DEVICE_KEY": device.key,
    });
    app.initiate("REFRESH_TOKEN_AUTH", refresh).await.ok();
    kept_by_the_server(app, &ada, secrets).await;
    mail(app, &ada, secrets).await;
    recovery(app, &ada, secrets).await;
    let operator = operator(&app.server, "canary", None).await;
    secrets.text("IAM secret", operator.key().secret);
    app.server.signed(operator.key(), "ListUserPools", json!({ "MaxResults": 1 })).await;
    secrets.text("root secret", ROOT.secret);
    // A faulty request of every form that is told in the log.
    app.server.call("InitiateAuth", json!({ "AuthFlow": PASSWORD, "ClientId": "x" })).await;
}

fn tokens(secrets: &mut Secrets, result: &Value) {
    for token in ["AccessToken", "IdToken", "RefreshToken"] {
        if let Some(text) = result[token].as_str() {
            secrets.text(token, text);
            // The part that is secret, should it have been kept without the rest.
            let longest = text.split('.').max_by_key(|part| part.len()).unwrap();
            secrets.text(token, longest);
        }
    }
}

/// Verifiers and signing keys, as the store gives them out.
async fn kept_by_the_server(app: &Application, user: &User, secrets: &mut Secrets) {
    let (pool, sub) = (&user.pool, &user.sub);
    let read = app
        .server
        .app
        .db
        .read(async |mut tx| Ok((tx.password(pool, sub).await?, tx.signing_keys(pool).await?)));
    let (password, keys) = read.await.unwrap();
    secrets.bytes("SRP verifier", password.unwrap().verifier.expose());
    assert_eq!(keys.len(), 2);
    for key in keys {
        let der = key.pkcs8.expose();
        secrets.bytes("signing key", der);
        // The end of the private half: no public part is in it.
        secrets.bytes("signing key's end", &der[der.len() - 64..]);
    }
}

/// An address that waits, the code for it, a code for a new password, and a password that is history.
async fn recovery(app: &Application, user: &User, secrets: &mut Secrets) {
    let (pool, sub) = (&user.pool, &user.sub);
    let waiting = Secret::new("canary-waiting@example.com".to_owned());
    let old = PasswordRecord {
        salt: vec![1; 16],
        verifier: Secret::new(b"canary verifier of an old password".to_vec()),
        temporary_until: None,
    };
    let (kept, replaced) = (&waiting, &old);
    let write = app.server.app.db.write(app.server.now(), async |mut tx| {
        tx.put_pending_attribute(pool, sub, "email", kept).await?;
        tx.remember_password(pool, sub, replaced, 24).await
    });
    write.await.unwrap();
    secrets.text("address that waits", waiting.expose());
    secrets.bytes("old verifier", old.verifier.expose());
}

/// A message with a code, delivered.
async fn mail(app: &Application, user: &User, secrets: &mut Secrets) {
    let message = &Message {
        id: "00000000-0000-4000-8000-000000000001".into(),
        pool: user.pool.clone(),
        sub: user.sub.clone(),
        medium: Medium::Email,
        kind: "ForgotPassword".into(),
        destination: Secret::new("canary-destination@example.com".into()),
        subject: Some("Your code".into()),
        body: Secret::new("Your canary code is 918273645".into()),
        code: Secret::new("918273645".into()),
        created: app.server.now(),
        expires: None,
        call: None,
    };
    let write = async |mut tx: poolhouse_store::Tx| tx.enqueue(message).await;
    app.server.app.db.write(app.server.now(), write).await.unwrap();
    app.server.app.deliver().await.unwrap();
    secrets.text("code", "918273645");
    secrets.text("message", "Your canary code is");
    secrets.text("destination", "canary-destination@example.com");
}

#[tokio::test]
async fn hole_14_no_secret_is_on_disk_or_in_the_log_in_clear() {
    let log = Log::default();
    let subscriber = || {
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(log.clone())
            .finish()
    };
    // Of all threads where no other test logs; of this thread in any case.
    let _other_test_logs = tracing::subscriber::set_global_default(subscriber());
    let _this_thread = tracing::subscriber::set_default(subscriber());
    let scratch = Scratch::new("at-rest");
    let database = DbConfig::SqliteFile(scratch.0.join("poolhouse.db"));
    let server = TestServer::built(Build { database, ..Build::default() }).await;
    let tracking = json!({ "DeviceConfiguration": {
        "ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": false,
    }});
    let app = Application::on(server, tracking, json!({})).await;
    app.set_mfa("OPTIONAL").await;
    let mut secrets = Secrets::default();
    story(&app, &mut secrets).await;
    let (disk, logged) = (scratch.bytes(), log.bytes());
    // The controls: what is not secret is found where it should be.
    let mut plain = Secrets::default();
    plain.text("username", "ada@example.com");
    assert_eq!(plain.found_in(&disk), ["username (bytes)"]);
    let mut plain = Secrets::default();
    plain.text("operation", "RespondToAuthChallenge");
    assert_eq!(plain.found_in(&logged), ["operation (bytes)"]);
    assert!(secrets.0.len() > 80, "{}", secrets.0.len());
    let none: [&str; 0] = [];
    assert_eq!(secrets.found_in(&disk), none);
    assert_eq!(secrets.found_in(&logged), none, "{}", String::from_utf8_lossy(&logged));
    let lookup = &[Lookup::Username("ada".into())];
    let (pool, db) = (&app.pool_id(), &app.server.app.db);
    assert!(db.read(async |mut tx| tx.user_by(pool, lookup).await).await.is_ok());
}
