//! Giving a user a password: what every operation that does so has in common.
//!
//! A password is turned into a record outside of any transaction, because that takes time; the
//! transaction that keeps the record reads the user again.

use poolhouse_domain::auth::exchange;
use poolhouse_domain::error::{Error, Result};
use poolhouse_domain::pool::Pool;
use poolhouse_domain::secret::Secret;
use poolhouse_domain::time::Timestamp;
use poolhouse_domain::user::password::{self, HISTORY_PASSWORDS_MAX, PasswordPolicy, PasswordRule};
use poolhouse_domain::user::{PasswordRecord, User};
use poolhouse_store::Tx;

use crate::app::App;
use crate::ops::aliases;

/// Seconds of a day.
const DAY_SECS: i64 = 24 * 60 * 60;

/// Checks a new password against the pool's policy. What the user had before is
/// [`check_history`]'s to compare.
///
/// # Errors
/// The first broken rule.
pub fn check(pool: &Pool, new_password: &str) -> Result<()> {
    Ok(password::check(&policy_of(pool), new_password)?)
}

/// Checks that a new password is none of the last ones, the one in force included, where the pool
/// forbids it. Each is one modular exponentiation, on the crypto pool.
///
/// # Errors
/// [`PasswordRule::Reused`]; `Overloaded`.
pub async fn check_history(
    app: &App,
    pool: &Pool,
    user: &User,
    new_password: &Secret<String>,
) -> Result<()> {
    let size = history_size(pool);
    if size == 0 {
        return Ok(());
    }
    let read = app.db.read(async |mut tx| {
        let mut records = tx.old_passwords(&user.pool, &user.sub, size - 1).await?;
        records.extend(tx.password(&user.pool, &user.sub).await?);
        Ok(records)
    });
    let (records, user, given) = (read.await?, user.clone(), new_password.clone());
    let job = move || {
        let fits = |record| exchange::password_fits(&user.pool, &user, record, given.expose());
        records.iter().any(fits)
    };
    if app.crypto.run(job).await? { Err(PasswordRule::Reused.into()) } else { Ok(()) }
}

/// Whether what [`check_history`] compared with is still all there is. `compared` is the user as it
/// was read before the comparison, `current` as this transaction read it.
///
/// # Errors
/// `Overloaded`, which asks to try again.
pub fn check_still_compared(pool: &Pool, compared: &User, current: &User) -> Result<()> {
    let same = compared.stamp == current.stamp || history_size(pool) == 0;
    if same { Ok(()) } else { Err(Error::Overloaded) }
}

/// When a temporary password that is given now stops working.
pub fn temporary_until(pool: &Pool, now: Timestamp) -> Timestamp {
    let days = i64::from(policy_of(pool).temporary_validity_days);
    now.plus_secs(days.saturating_mul(DAY_SECS))
}

fn policy_of(pool: &Pool) -> PasswordPolicy {
    PasswordPolicy::from_wire(Some(pool.settings.password_policy()))
}

fn history_size(pool: &Pool) -> i64 {
    i64::from(policy_of(pool).history_size.unwrap_or(0).min(HISTORY_PASSWORDS_MAX))
}

/// Replaces a user's password. `before` is as this transaction read it, `after` the user with it.
/// Sign-ins in progress end; whoever is signed in stays so.
///
/// # Errors
/// An alias that the user would hold in the new status and another user has.
pub async fn store(
    tx: &mut Tx,
    pool: &Pool,
    before: &User,
    after: User,
    record: &PasswordRecord,
) -> Result<()> {
    let stamp = before.stamp.saturating_add(1);
    let changed = User { stamp, modified: tx.now, ..after };
    aliases::sync(tx, &pool.settings.sign_in_names(), Some(before), &changed).await?;
    tx.update_user(&changed).await?;
    remember(tx, pool, before).await?;
    tx.set_password(&changed.pool, &changed.sub, record).await
}

/// Remembers the password in force, which is about to be replaced, where the pool forbids to use it
/// again. The user's row was written before, in this transaction.
///
/// # Errors
/// A fault of the store.
pub async fn remember(tx: &mut Tx, pool: &Pool, user: &User) -> Result<()> {
    let size = history_size(pool);
    if size == 0 {
        return Ok(());
    }
    match tx.password(&user.pool, &user.sub).await? {
        Some(old) => tx.remember_password(&user.pool, &user.sub, &old, size - 1).await,
        None => Ok(()),
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! A pool, a client and users with passwords, for the tests of what changes them.

    use std::collections::BTreeMap;

    use poolhouse_domain::auth::exchange;
    use poolhouse_domain::id::{PoolId, Sub};
    use poolhouse_domain::user::{MfaPreference, User, UserStatus};
    use poolhouse_store::InsertUser;
    use serde_json::{Value, json};

    use crate::ops::aliases;
    use crate::testing::{Reply, TestServer};

    /// A password that every policy of these tests lets pass.
    pub(crate) const OLD: &str = "Old-Secret-1";
    /// Another.
    pub(crate) const NEW: &str = "New-Secret-2";
    /// What a wrong password is told.
    pub(crate) const WRONG: &str = "Incorrect username or password.";
    /// A pool that no test server gives out.
    pub(crate) const NO_POOL: &str = "us-east-1_Unknown00";

    /// Passwords that break one rule of the default policy each, in the order in which rules are
    /// told, and what is told of them.
    pub(crate) const UNUSABLE: [(&str, &str); 5] = [
        ("shrt", "Password not long enough"),
        ("long-enough", "Password must have uppercase characters"),
        ("LONG-ENOUGH", "Password must have lowercase characters"),
        ("Long-Enough", "Password must have numeric characters"),
        ("L0ngEnough", "Password must have symbol characters"),
    ];

    /// A server with one pool and one client.
    pub(crate) struct Bed {
        pub(crate) server: TestServer,
        pub(crate) pool: String,
        pub(crate) client: String,
    }

    impl Bed {
        /// With these settings of the pool.
        pub(crate) async fn with(settings: Value) -> Self {
            Self::on_server(TestServer::new().await, settings).await
        }

        pub(crate) async fn on_server(server: TestServer, settings: Value) -> Self {
            let pool = crate::ops::pools::testing::pool(&server, settings).await;
            let client = client(&server, &pool).await;
            Self { server, pool, client }
        }

        /// A user in the store.
        pub(crate) async fn user(
            &self,
            name: &str,
            status: UserStatus,
            attributes: Value,
            password: Option<&str>,
        ) -> User {
            let (app, now) = (&self.server.app, self.server.now());
            let pool = PoolId::new(self.pool.as_str());
            let rng = &mut app.fork_rng("user");
            let user = &User {
                sub: Sub::generate(rng),
                username: name.to_owned(),
                status,
                enabled: true,
                attributes: serde_json::from_value::<BTreeMap<_, _>>(attributes).unwrap(),
                mfa: MfaPreference::default(),
                totp_verified: false,
                totp_name: None,
                stamp: 0,
                created: now,
                modified: now,
                pool: pool.clone(),
            };
            let password =
                &password.map(|text| exchange::new_password(&pool, name, text, None, rng));
            let write = app.db.write(now, async |mut tx| {
                let names = tx.pool(&user.pool).await?.settings.sign_in_names();
                let inserted = tx.insert_user(user, &user.username, password.as_ref()).await?;
                assert_eq!(inserted, InsertUser::Inserted);
                aliases::sync(&mut tx, &names, None, user).await
            });
            write.await.unwrap();
            user.clone()
        }

        /// A confirmed user without attributes whose password is [`OLD`].
        pub(crate) async fn confirmed(&self, name: &str) -> User {
            self.user(name, UserStatus::Confirmed, json!({}), Some(OLD)).await
        }

        /// A user as it is stored.
        pub(crate) async fn stored(&self, user: &User) -> User {
            let db = &self.server.app.db;
            db.read(async |mut tx| tx.user_by_sub(&user.pool, &user.sub).await).await.unwrap()
        }

        /// Changes a user in the store.
        pub(crate) async fn change(&self, user: &User, change: impl Fn(&mut User)) {
            let now = self.server.now();
            let write = self.server.app.db.write(now, async |mut tx| {
                let mut user = tx.user_by_sub(&user.pool, &user.sub).await?;
                change(&mut user);
                tx.update_user(&user).await
            });
            write.await.unwrap();
        }

        /// Signs in with a password.
        pub(crate) async fn sign_in(&self, name: &str, password: &str) -> Reply {
            let request = json!({
                "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": self.client,
                "AuthParameters": {"USERNAME": name, "PASSWORD": password},
            });
            self.server.call("InitiateAuth", request).await
        }

        /// What a sign-in yields.
        pub(crate) async fn tokens(&self, name: &str, password: &str) -> Tokens {
            let result = self.sign_in(name, password).await.ok()["AuthenticationResult"].take();
            let text = |member: &str| result[member].as_str().unwrap().to_owned();
            Tokens {
                access: text("AccessToken"),
                id: text("IdToken"),
                refresh: text("RefreshToken"),
            }
        }

        /// Refreshes.
        pub(crate) async fn refresh(&self, tokens: &Tokens) -> Reply {
            let request = json!({
                "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": self.client,
                "AuthParameters": {"REFRESH_TOKEN": tokens.refresh},
            });
            self.server.call("InitiateAuth", request).await
        }

        /// Calls an operation on a user of the pool as root.
        pub(crate) async fn on(&self, name: &str, operation: &str, mut body: Value) -> Reply {
            body["UserPoolId"] = json!(self.pool);
            body["Username"] = json!(name);
            self.server.admin(operation, body).await
        }

        /// Answers NEW_PASSWORD_REQUIRED.
        pub(crate) async fn answer(&self, name: &str, challenge: &Value, password: &str) -> Reply {
            let request = json!({
                "ChallengeName": "NEW_PASSWORD_REQUIRED", "ClientId": self.client,
                "Session": challenge["Session"],
                "ChallengeResponses": {"USERNAME": name, "NEW_PASSWORD": password},
            });
            self.server.call("RespondToAuthChallenge", request).await
        }
    }

    /// The tokens of a sign-in.
    pub(crate) struct Tokens {
        pub(crate) access: String,
        pub(crate) id: String,
        pub(crate) refresh: String,
    }

    /// A client for passwords; its id.
    pub(crate) async fn client(server: &TestServer, pool: &str) -> String {
        let request = json!({
            "UserPoolId": pool, "ClientName": "app",
            "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        });
        let created = server.admin("CreateUserPoolClient", request).await.ok();
        created["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned()
    }

    /// Asserts that an administrator's operation on the user `ann` knows which pools and users there
    /// are, and whom it works for. `body` is good but for pool and user.
    pub(crate) async fn is_for_administrators(operation: &str, body: Value) {
        let bed = Bed::with(json!({})).await;
        let ann = bed.confirmed("ann").await;
        bed.on("nobody", operation, body.clone())
            .await
            .refused("UserNotFoundException", "User does not exist.");
        let mut named = body;
        named["Username"] = json!("ann");
        named["UserPoolId"] = json!(NO_POOL);
        let text = format!("User pool {NO_POOL} does not exist.");
        bed.server
            .admin(operation, named.clone())
            .await
            .refused("ResourceNotFoundException", &text);
        let other = crate::ops::pools::testing::pool(&bed.server, json!({})).await;
        named["UserPoolId"] = json!(other);
        bed.server
            .admin(operation, named.clone())
            .await
            .refused("UserNotFoundException", "User does not exist.");
        named["UserPoolId"] = json!(bed.pool);
        bed.server
            .call(operation, named.clone())
            .await
            .refused("MissingAuthenticationTokenException", "Missing Authentication Token");
        let action = format!("cognito-idp:{operation}");
        let arn = format!("arn:aws:cognito-idp:us-east-1:000000000000:userpool/{other}");
        let elsewhere = json!([{"Effect": "Allow", "Action": action, "Resource": arn}]);
        let caller = crate::testing::devices::iam_user(&bed.server, elsewhere).await;
        let refused = bed.server.signed(caller, operation, named).await;
        assert_eq!(refused.body["__type"], "AccessDeniedException");
        assert_eq!(bed.stored(&ann).await, ann);
        bed.sign_in("ann", OLD).await.ok();
    }
}

#[cfg(test)]
mod tests {
    //! What must never be seen of a password.

    use std::io::Write;
    use std::path::Path;
    use std::sync::{Arc, Mutex};

    use poolhouse_domain::user::User;
    use poolhouse_store::DbConfig;
    use serde_json::{Value, json};
    use tracing::instrument::WithSubscriber;

    use super::testing::{Bed, NEW, OLD};
    use crate::testing::{Build, TestServer};

    const TEMPORARY: &str = "Temporary-Secret-3";
    const GUESSED: &str = "Guessed-Secret-4";
    const UNUSABLE: &str = "unusable-secret";

    /// Has a password set, guessed, changed and replaced, and an address verified; the texts that
    /// nobody may find anywhere.
    async fn secrets(bed: &Bed, ann: &User) -> Vec<Vec<u8>> {
        let mut secrets: Vec<String> =
            [OLD, NEW, TEMPORARY, GUESSED, UNUSABLE].map(str::to_owned).into();
        let set = |password: &str, permanent: bool| {
            let body = json!({"Password": password, "Permanent": permanent});
            bed.on("ann", "AdminSetUserPassword", body)
        };
        set(UNUSABLE, true).await.refused(
            "InvalidPasswordException",
            "Password did not conform with policy: Password must have uppercase characters",
        );
        set(TEMPORARY, false).await.ok();
        let challenge = bed.sign_in("ann", TEMPORARY).await.ok();
        secrets.push(challenge["Session"].as_str().unwrap().to_owned());
        bed.answer("ann", &challenge, OLD).await.ok();
        let tokens = bed.tokens("ann", OLD).await;
        for previous in [GUESSED, OLD] {
            let body = json!({
                "AccessToken": tokens.access, "PreviousPassword": previous, "ProposedPassword": NEW,
            });
            bed.server.call("ChangePassword", body).await;
        }
        bed.tokens("ann", NEW).await;
        secrets.extend([tokens.access, tokens.id, tokens.refresh]);
        let email = json!([{"Name": "email", "Value": "ann@example.com"}]);
        let body = json!({"UserAttributes": email});
        bed.on("ann", "AdminUpdateUserAttributes", body).await.ok();
        let message = bed.server.take_message();
        secrets.push(message.body.expose().clone());
        let verifier = stored_verifier(bed, ann).await;
        let hex = data_encoding::HEXLOWER.encode(&verifier);
        let base64 = data_encoding::BASE64.encode(&verifier);
        let mut secrets: Vec<Vec<u8>> = secrets.into_iter().map(String::into_bytes).collect();
        secrets.extend([hex.into_bytes(), base64.into_bytes(), verifier]);
        secrets
    }

    async fn stored_verifier(bed: &Bed, user: &User) -> Vec<u8> {
        let read = bed.server.app.db.read(async |mut tx| tx.password(&user.pool, &user.sub).await);
        read.await.unwrap().unwrap().verifier.expose().clone()
    }

    fn holds(haystack: &[u8], needle: &[u8]) -> bool {
        haystack.windows(needle.len()).any(|window| window == needle)
    }

    fn settings() -> Value {
        json!({"AutoVerifiedAttributes": ["email"]})
    }

    #[tokio::test]
    async fn no_file_holds_a_password_its_verifier_a_token_or_a_code() {
        let name = format!("poolhouse-passwords-{}", std::process::id());
        let directory = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&directory).unwrap();
        let database = DbConfig::SqliteFile(directory.join("store"));
        let server = TestServer::built(Build { database, ..Build::default() }).await;
        let bed = Bed::on_server(server, settings()).await;
        let ann = bed.confirmed("ann").await;
        let secrets = secrets(&bed, &ann).await;
        let files = contents(&directory);
        std::fs::remove_dir_all(&directory).unwrap();
        // What is not secret is found, so secrets would be.
        assert!(holds(&files, ann.sub.as_str().as_bytes()));
        for secret in secrets {
            assert!(!holds(&files, &secret), "{}", String::from_utf8_lossy(&secret));
        }
    }

    fn contents(directory: &Path) -> Vec<u8> {
        let files = std::fs::read_dir(directory).unwrap();
        files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
    }

    #[tokio::test]
    async fn the_log_says_nothing_of_a_password_a_token_a_code_or_whose_it_is() {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(move || writer.clone())
            .finish();
        let bed = Bed::with(settings()).await;
        let ann = bed.confirmed("ann").await;
        let logged = async {
            // The line of a request was used before, maybe by a test that nobody listens to, and is
            // then remembered as one of no interest.
            tracing::callsite::rebuild_interest_cache();
            secrets(&bed, &ann).await
        };
        let mut secrets = logged.with_subscriber(subscriber).await;
        secrets.push(b"ann@example.com".to_vec());
        secrets.push(ann.sub.as_str().as_bytes().to_vec());
        let log = log.0.lock().unwrap();
        for operation in ["AdminSetUserPassword", "ChangePassword", "AdminUpdateUserAttributes"] {
            assert!(holds(&log, operation.as_bytes()), "{operation}");
        }
        for secret in secrets {
            assert!(!holds(&log, &secret), "{}", String::from_utf8_lossy(&secret));
        }
    }

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(line);
            Ok(line.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
}
